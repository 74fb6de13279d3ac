//! The event that a report is about: its date and place hold for the figures that have none of their own.
//!
//! A headline gives no date, and of the "35 injured" of a fourth paragraph the reader knows the day from the lead. What is
//! carried so has a rule of its own, [`TOLD`] or [`LEAD`], so that who wants only what stands beside the figure can leave it out.

use std::sync::Arc;

use chrono::{Datelike, Days};

use super::claims::{
    Claim, Event, Known, NEAR, SINCE, SO_LONG_BEFORE, dateline, day_of_publication, distance, is_spread, months, so_far, told_from, within,
};
use crate::find::casualties::{Count, DateUse};
use crate::find::dates::Timex;
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::vocabulary::{Anchor, ClaimKind, DateKind, Precision, Scope, Section, Voice};

/// The date of the nearest figure before, or after a headline, of the same report.
pub(super) const TOLD: &str = "claims.date-of-event-told";

/// The first day that the report names of its last two weeks.
pub(super) const LEAD: &str = "claims.date-in-lead";

/// How many sentences a date or place is carried to a figure that has none.
const REACH: usize = 14;

/// How many figures are looked at around one, and dates in the opening, at most: a sentence may be as long as a book.
const FIGURES: usize = 64;

/// In how many sentences from the beginning a report says what it is about.
const OPENING: usize = 7;

/// Gives the figures without a date or a place those of the event that the report is about. Figures stand in order, and what is carried comes
/// from a few sentences around, however many figures a text has. `lead` is the day that the report is about, with the sentence that says so.
pub(super) fn carry(claims: &mut [Claim], text: &Text<'_>, known: &Known<'_>, lead: Option<(usize, Event)>) {
    let at = |c: &Claim| text.sentence_at(c.count.figure.span.start).unwrap_or(0);
    let place = opening_place(text, known);
    // Whether the first figure below the headline has the report's day of its own accord.
    let day = lead.as_ref().map(|(_, e)| (e.0, e.1));
    let in_body = |c: &&Claim| c.event.is_some() && text.sentences.get(at(c)).is_some_and(|s| s.section != Section::Headline);
    let first = claims.iter().take(FIGURES).find(in_body).filter(|c| at(c) < OPENING);
    let past = looked_back_on(text, known)
        .map(|(_, e)| (e.0, e.1))
        .filter(|d| first.is_none_or(|c| c.event.as_ref().map(|e| (e.0, e.1)) == Some(*d)));
    let confirmed = first.and_then(|c| c.event.as_ref()).is_some_and(|e| Some((e.0, e.1)) == day);
    let paragraph = |at: usize| text.sentences.get(at).map(|s| s.paragraph);
    // Figures told place by place: what another paragraph tells of one place and day is not what the next goes on from.
    let spread = (0..claims.len()).any(|i| is_spread(claims, i) && in_body_of(text, &claims[i]));
    for i in 0..claims.len() {
        let here = at(&claims[i]);
        if claims[i].scope == Scope::Background {
            // What is looked back on was where the figures of the same days were.
            let days = |c: &Claim| c.event.as_ref().map(|e| (e.0, e.1));
            let same = |c: &&Claim| days(c).is_some() && days(c) == days(&claims[i]);
            let before = claims[..i].iter().rev().take(FIGURES).take_while(|c| here <= at(c) + REACH).filter(same);
            claims[i].place = claims[i].place.or_else(|| before.into_iter().find_map(|c| c.place));
            continue;
        }
        // "Of those killed, 22 were students", far from the sum that they are a part of: when and where that was.
        let whole = claims[i].count.part_of.and_then(|w| claims.get(w)).filter(|w| spread && paragraph(at(w)) != paragraph(here));
        if let Some((event, place)) = whole.map(|w| (w.event.clone(), w.place)) {
            let claim = &mut claims[i];
            (claim.event, claim.place) = (claim.event.take().or(event), claim.place.or(place));
            if claim.event.is_some() || claim.place.is_none() {
                continue;
            }
        }
        let headline = text.sentences.get(here).is_some_and(|s| s.section == Section::Headline);
        // In a text that looks back, what it looks back on is what it is about.
        let of_past = |c: &Claim| past.is_some() && c.event.as_ref().map(|e| (e.0, e.1)) == past && !c.count.total;
        let near = |c: &&Claim| c.scope != Scope::Background || of_past(c);
        let earlier = || claims[..i].iter().rev().take(FIGURES).take_while(|c| here <= at(c) + REACH).filter(near);
        let later = || claims[i + 1..].iter().take(FIGURES).take_while(|c| at(c) <= here + OPENING).filter(near).filter(|_| headline);
        let dated = |c: &&Claim| c.event.as_ref().is_some_and(|e| &*e.3 != SINCE && &*e.3 != SO_LONG_BEFORE && !so_far(e, known));
        let this = &claims[i];
        let event = this.event.clone().or_else(|| {
            let began = || text.sentences.get(here).is_some_and(|s| known.since_it_began(s.span));
            if lasts(text, known, this.count.figure.span) || this.count.lasting || began() {
                return None;
            }
            let same = |c: &&Claim| c.event.is_some() && c.count.kind == this.count.kind && c.count.figure.min == this.count.figure.min;
            let told = |c: &Claim| c.event.clone().map(|(a, b, precision, _)| (a, b, precision, Arc::from(TOLD)));
            let lead = || lead.clone().filter(|(s, _)| headline || *s <= here && here <= s + REACH).map(|(_, e)| e);
            // A new paragraph goes back from what followed to what the report is about.
            let about = lead().filter(|_| !headline);
            // What came the day before is most often the same told on.
            let well_before = |of: &Event, e: &Event| of.1.checked_add_days(Days::new(1)).is_some_and(|next| next < e.0);
            let other = |of: &Event, e: &Event| of.0 > e.1 || confirmed && well_before(of, e);
            let goes_back = |c: &Claim, e: &Event| paragraph(at(c)) != paragraph(here) && c.event.as_ref().is_some_and(|of| other(of, e));
            let before = earlier().find(dated);
            if let Some(about) = about.filter(|e| before.is_some_and(|c| goes_back(c, e))) {
                return Some(about);
            }
            // A headline is of the stretch of time that the first figure of its kind is of.
            let stretch = later().find(|c| c.count.kind == this.count.kind).filter(|c| c.event.as_ref().is_some_and(|e| &*e.3 == SINCE));
            let first = before.or_else(|| later().find(same)).or(stretch);
            // Of the day that the opening names and that of the next figure the earlier: what follows harm is told too.
            let next = || later().find(dated).and_then(told).into_iter().chain(lead()).min_by_key(|e| e.0);
            // "since 28 April 39 have been killed. 849 policemen have been hurt": in that time, where the report tells of no day.
            // Without a day of the report nobody knows until when.
            let reaches = this.voice != Voice::Direct && text.document.published.is_some();
            let since = || earlier().find(|c| c.event.is_some()).filter(|_| reaches).and_then(told);
            first.and_then(told).or_else(next).or_else(since)
        });
        let event = event.filter(|e| this.event.is_some() || !unknown_day(text, known, this.count.figure.span, Some(e)));
        let of_news = |c: &&Claim| c.scope != Scope::Background;
        // What the places of a list are told of by turns, or what has lasted, is of no single one of them.
        let listed = |n: usize| is_spread(claims, n) && at(&claims[n]) != here;
        let last = (i.saturating_sub(FIGURES)..i).rev().find(|&n| claims[n].place.is_some());
        let apart = spread && last.is_none_or(|n| paragraph(at(&claims[n])) != paragraph(here));
        let nowhere = this.count.lasting || known.of_a_country(text, this.count.figure.span) || apart || last.is_some_and(listed);
        let placed = || {
            // What has been counted for months is not of the place of one of their days.
            let narrower = |c: &Claim| event.as_ref().is_some_and(months) && c.event.as_ref().is_some_and(|e| e.0 == e.1);
            let before = earlier().filter(of_news).filter(|c| !nowhere && !narrower(c) && !known.is_brought(c));
            // The place of a headline's figure is that of the same one farther down.
            let same = |c: &&Claim| c.count.kind == this.count.kind && c.count.figure.min == this.count.figure.min;
            let below =
                || if later().any(|c| same(&c)) { later().filter(same).find_map(|c| c.place) } else { later().find_map(|c| c.place) };
            before.into_iter().find_map(|c| c.place).or_else(below)
        };
        let place = this.place.or_else(placed).or_else(|| place.filter(|p| !nowhere || known.is_country(*p)));
        (claims[i].event, claims[i].place) = (event, place);
    }
}

/// Whether a figure stands below the headline.
fn in_body_of(text: &Text<'_>, claim: &Claim) -> bool {
    let sentence = text.sentence_at(claim.count.figure.span.start).and_then(|s| text.sentences.get(s));
    sentence.is_some_and(|s| s.section != Section::Headline)
}

/// Whether a sentence tells of a stretch of time ("in four weeks of protests"): its figures are of no single day.
fn lasts(text: &Text<'_>, known: &Known<'_>, figure: Span) -> bool {
    let Some(sentence) = text.sentence_at(figure.start).and_then(|s| text.sentences.get(s)) else { return false };
    let near = Span::new(sentence.span.start.max(figure.start.saturating_sub(NEAR)), sentence.span.end.min(figure.end + NEAR));
    // "un niño de seis años": years are an age more often.
    let days = |value: &str| value.starts_with('P') && !value.starts_with("PT") && value != "P1D" && !value.ends_with('Y');
    let lasts = |d: &Timex| d.kind == DateKind::Duration && !matches!(known.used(d.span), Some(DateUse::Later { .. }));
    within(known.dates, near, |d| d.span).any(|d| lasts(d) && d.value.as_deref().is_some_and(days))
}

/// Whether a sentence tells of a day that can't be worked out, "On Thursday" or "two weeks earlier" in a text of which no day is known, and that an
/// event is not of: "this Saturday" may be the Saturday that the text names elsewhere.
pub(super) fn unknown_day(text: &Text<'_>, known: &Known<'_>, figure: Span, event: Option<&Event>) -> bool {
    let Some(sentence) = text.sentence_at(figure.start).and_then(|s| text.sentences.get(s)) else { return false };
    let near = Span::new(sentence.span.start.max(figure.start.saturating_sub(NEAR)), sentence.span.end.min(figure.end + NEAR));
    let weekday = |value: &str| {
        let day = value.strip_prefix("XXXX-WXX-").and_then(|rest| rest.get(..1)?.parse().ok());
        day.map(|n: u32| event.is_some_and(|e| e.0 == e.1 && e.0.weekday().number_from_monday() == n))
    };
    // "now", "recently" and "at nine" are of any day.
    let other = |d: &Timex| match d.value.as_deref() {
        Some(value) => weekday(value).map_or(d.kind == DateKind::Date && !value.ends_with("_REF"), |same| !same),
        None => matches!(d.kind, DateKind::Date | DateKind::Time),
    };
    let own = |d: &Timex| !dateline(text, sentence.span, d.span) && !known.dates_speech(text, sentence.span, d.span);
    // "four days later", reckoned from what is not the day that was told of, would be after the report.
    let ahead =
        |d: &Timex| d.anchor == Anchor::Previous && d.kind == DateKind::Date && d.interval.is_some() && known.past(d, text).is_none();
    let unknown = |d: &Timex| d.interval.is_none() && other(d) || ahead(d);
    let of_harm = |date: Span| known.of_harm(date) || known.used(date) == Some(DateUse::Since);
    within(known.dates, near, |d| d.span).any(|d| unknown(d) && of_harm(d.span) && own(d))
}

/// The first day of the last two weeks that the opening names, with its sentence; no dateline, and no day of a statement.
pub(super) fn lead(text: &Text<'_>, known: &Known<'_>, counts: &[Count]) -> Option<(usize, Event)> {
    const RECENT: Days = Days::new(15);
    let published = text.document.published?;
    let recent = published.first.checked_sub_days(RECENT)?;
    let opening = text.sentences.iter().enumerate().filter(|(_, s)| s.section != Section::Headline).take(OPENING);
    let days = opening.flat_map(|(n, s)| within(known.dates, s.span, |d| d.span).map(move |d| (n, s.span, d)));
    let days = days.take(FIGURES).filter(|(n, sentence, d)| {
        let own_line = text.sentences.get(*n).is_some_and(|s| line_of_report(text, known, s));
        let day = d.interval.is_some_and(|(first, last)| first == last);
        let told = known.past(d, text).is_some_and(|(first, _)| first >= recent);
        let own = !dateline(text, *sentence, d.span) && !known.dates_speech(text, *sentence, d.span);
        // "Divers hauled 31 more bodies from the hull yesterday": what has been found or has risen is of the report.
        let late = d.interval.zip(known.written).is_some_and(|((_, day), written)| day.succ_opt() >= Some(written));
        // "The toll rose on Tuesday to 12": on that day it rose.
        let rose = |c: &Count| {
            let between = Span::new(d.span.end.min(c.figure.span.end), c.figure.span.start.max(d.span.start));
            c.update && text.tokens_in(between).len() <= if d.span.start < c.figure.span.start { 1 } else { 3 }
        };
        // "Police on Tuesday reported 20 deaths"
        let telling = |c: &Count| {
            let beside = |verb: Span| text.tokens_in(Span::new(d.span.end, verb.start)).is_empty();
            c.source.is_some_and(|(who, verb)| who.end <= d.span.start && d.span.end <= verb.start && beside(verb))
        };
        let told_on = within(counts, *sentence, |c| c.figure.span).any(telling);
        let stands = |c: &&Count| late && (c.update || c.bodies || c.status) || rose(c) || c.taken_back;
        let nearest = |c: &Count| within(known.dates, *sentence, |d| d.span).min_by_key(|d| distance(text, d.span, c.figure.span));
        let of_report = within(counts, *sentence, |c| c.figure.span).find(stands).and_then(nearest).is_some_and(|n| n.span == d.span);
        day && told
            && own
            && !told_on
            && !own_line
            && known.of_harm(d.span)
            && !known.says_who(d.span)
            && (!of_report || known.used(d.span) == Some(DateUse::OfEvent))
    });
    // "Sunday's blaze" before a day that may be the report's, and any day before that of publication; farther down it may be another blaze.
    const NAMED_BY: usize = 4;
    let named = |n: usize, d: &Timex| n <= NAMED_BY && known.used(d.span) == Some(DateUse::OfEvent);
    // "arrested overnight" follows the harm that the rest tells of.
    let killed = counts.iter().take(FIGURES).any(|c| c.kind == ClaimKind::Killed && !c.background);
    let seized = |n: usize, d: &Timex| {
        let sentence = text.sentences.get(n).map(|s| s.span);
        let counts = sentence.into_iter().flat_map(|s| within(counts, s, |c| c.figure.span));
        killed && counts.min_by_key(|c| distance(text, d.span, c.figure.span)).is_some_and(|c| c.kind == ClaimKind::Detained)
    };
    // "Seven people were killed today", as the report begins, and what happened twelve days ago farther down: a day that may be the report's, but
    // is that of the harm beside it.
    const DAYS_BACK: Days = Days::new(6);
    let begins = text.sentences.iter().position(|s| !matches!(s.section, Section::Headline | Section::Byline));
    let of_harm = |n: usize, d: &Timex| {
        let counts = text.sentences.get(n).into_iter().flat_map(|s| within(counts, s.span, |c| c.figure.span));
        let harm = counts.filter(|c| matches!(c.kind, ClaimKind::Killed | ClaimKind::Injured));
        let harm = harm.min_by_key(|c| distance(text, d.span, c.figure.span));
        harm.is_some_and(|c| !c.update && !c.bodies && !c.status && !c.total && !c.sum)
    };
    let sure = |n: usize, d: &Timex| {
        let back = d.interval.zip(published.first.checked_sub_days(DAYS_BACK)).is_some_and(|((day, _), from)| day < from);
        let late = d.interval.is_some_and(|(_, last)| last >= published.first);
        let rank = match late {
            true if Some(n) == begins && of_harm(n, d) => 1,
            true => 3,
            false => 2 * u8::from(back),
        };
        (seized(n, d), !named(n, d), rank)
    };
    let (n, _, date) = days.min_by_key(|(n, _, d)| (sure(*n, d), *n))?;
    Some((n, known.event(date, text, LEAD, true)?))
}

/// Whether a line holds nothing but the day of the report, and no list is headed by such lines.
pub(super) fn line_of_report(text: &Text<'_>, known: &Known<'_>, line: &Sentence) -> bool {
    const HEAD: usize = 4;
    let dates = within(known.dates, line.span, |d| d.span).filter(|d| d.precision == Some(Precision::Day));
    let alone = |d: &&Timex| text.tokens_in(line.span).len() <= text.tokens_in(d.span).len() + 1;
    let day = dates.take(1).find(alone).and_then(|d| d.interval).map(|(first, _)| first);
    // Above a text of which no day is known it is that day.
    let heads = || text.document.published.is_none() && text.sentences.iter().take(HEAD).any(|s| s.span == line.span);
    !known.listed && day.is_some() && (day == day_of_publication(text) || heads())
}

/// The days that the headline of a bulletin says it is on: "Weekly report, 21-27 June 2018".
pub(super) fn period(text: &Text<'_>, known: &Known<'_>) -> Option<(usize, Event)> {
    const LONGEST: Days = Days::new(31);
    let headlines = text.sentences.iter().enumerate().take_while(|(_, s)| s.section == Section::Headline);
    let mut dates = headlines.flat_map(|(n, s)| within(known.dates, s.span, |d| d.span).map(move |d| (n, d))).take(FIGURES);
    let (n, date) = dates.find(|(_, d)| matches!(known.used(d.span), Some(DateUse::Until(_))))?;
    let event = known.event(date, text, LEAD, true)?;
    let over = known.written.is_some_and(|day| event.1 <= day && day <= event.1 + LONGEST);
    (over && event.0 < event.1 && event.1 <= event.0 + LONGEST).then_some((n, event))
}

/// The day long ago that a text which looks back begins with: "On 14 August 2013, police moved into two camps".
pub(super) fn looked_back_on(text: &Text<'_>, known: &Known<'_>) -> Option<(usize, Event)> {
    const FIRST: usize = 4;
    let body = text.sentences.iter().enumerate().filter(|(_, s)| s.section != Section::Headline).take(FIRST);
    let mut days = body.flat_map(|(n, s)| within(known.dates, s.span, |d| d.span).map(move |d| (n, s.span, d))).take(FIGURES);
    let (n, _, date) = days.find(|(n, sentence, d)| {
        let own_line = text.sentences.get(*n).is_some_and(|s| line_of_report(text, known, s));
        let day = d.anchor == Anchor::Explicit && d.interval.is_some_and(|(first, last)| first == last);
        let own = !dateline(text, *sentence, d.span) && !known.dates_speech(text, *sentence, d.span);
        day && own && !own_line && known.past(d, text).is_some() && known.of_harm(d.span)
    })?;
    Some((n, known.event(date, text, LEAD, true)?))
}

/// The first place that the opening names, the dateline's among them, or else the headline; what a sentence begins with is who did it as often.
fn opening_place(text: &Text<'_>, known: &Known<'_>) -> Option<Span> {
    let (headline, body): (Vec<_>, Vec<_>) = text.sentences.iter().take(OPENING).partition(|s| s.section == Section::Headline);
    let from = |s: &Sentence, m: Span| told_from(text, s.span, m);
    let named = |s: &&Sentence| {
        // "Colombia: police abuses", "New Caledonia unrest: what we know"
        let heads = |m: Span| {
            let behind = text.tokens_in(Span::new(m.end, s.span.end.max(m.end)));
            let words = behind.iter().take(2).take_while(|t| text.cut(t.span).chars().all(char::is_lowercase)).count();
            behind.get(words).is_some_and(|t| matches!(text.cut(t.span), ":" | "–" | "—" | "-"))
        };
        known.places(s.span).find(|m| if from(s, *m) { !known.is_abroad(*m) } else { m.start > s.span.start || heads(*m) })
    };
    body.iter().take(2).find_map(named).or_else(|| headline.iter().find_map(named))
}
