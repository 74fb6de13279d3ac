//! Claims: a count joined with its voice, its date, its place, and with the other claims it stands to.
//!
//! 1. [`voice`]: the innermost quotation around the figure says whose words it is.
//! 2. [`event`]: the nearest date that is the harm's own; a date beside the word that attributes is the report's. No time
//!    expression, no date, but for a figure that goes on from a dated one.
//! 3. [`place`]: the nearest place in the sentence, or the last one named before it.
//! 4. [`told::carry`] and [`scene::set`]: what the report's opening, or a sentence of its own, says of when and where.
//! 5. [`scope`]; and [`links::link`]: which earlier claim a later one replaces, takes back or contradicts.

use std::sync::Arc;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{links, scene, told};
use crate::find::casualties::{Count, DateUse, Doer, Found};
use crate::find::dates::{Timex, written_on};
use crate::find::entities::Mention;
use crate::find::entities::gazetteer::Gazetteer;
use crate::find::quotes::{Quote, spelled_out};
use crate::pack::RuleId;
use crate::span::Span;
use crate::text::{Sentence, Text, Token};
use crate::vocabulary::{Anchor, Bound, ClaimKind, DateKind, EntityKind, Precision, QuoteKind, Scope, Section, VictimClass, Voice};

/// When harm happened: first and last day, precision, and the rule that dated it.
pub type Event = (NaiveDate, NaiveDate, Precision, RuleId);

/// A reported figure: one row of `claims` before ids are given.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What was counted.
    pub count: Count,
    /// In whose voice (own, direct, indirect).
    pub voice: Voice,
    /// Who says so, as written.
    pub speaker: Option<Span>,
    /// The word that attributes.
    pub cue: Option<Span>,
    /// The innermost quotation that it stands in.
    pub quotation: Option<Span>,
    /// Where it happened.
    pub place: Option<Span>,
    /// First and last day of the harm itself, with precision and the rule that dated it.
    pub event: Option<Event>,
    /// When the figure was reported.
    pub reported: Option<NaiveDate>,
    /// One incident, a total, or another, earlier event.
    pub scope: Scope,
    /// Index of the claim of the same document that this one replaces.
    pub supersedes: Option<usize>,
    /// Index of the claim of the same document that this one takes back.
    pub retracts: Option<usize>,
    /// Index of the claim of the same document, in another voice, that this one can't be true with.
    pub contradicts: Option<usize>,
}

/// An event this many days before publication is another one than the news is about.
const BACKGROUND_AFTER: Days = Days::new(366);

/// A court deals with harm done before on a day this near to the report; what it finds to have been done on an earlier one was done then.
const COURT_WITHIN: Days = Days::new(31);

/// In how many words from a figure "in the capital" is where it was.
const SEAT_WITHIN: usize = 14;

/// How far before a figure stands one whose place still holds, in bytes.
const CARRIED_WITHIN: usize = 600;

/// The rule of an event that lasts from a date until the report.
pub(super) const SINCE: &str = "claims.date-since";

/// The rule of a day that the figure's own sentence names.
const IN_SENTENCE: &str = "claims.date-in-sentence";

/// The rule of the day of what a report sets its own event against.
const OF_RECORD: &str = "claims.date-of-record";

/// The rule of a day so long before what is told of: "a week after an attack that killed 26".
pub(super) const SO_LONG_BEFORE: &str = "claims.date-so-long-before";

/// The rules of a day that the figure or sentence before has.
pub(super) const OF_FIGURE_BEFORE: &str = "claims.date-of-figure-before";
pub(super) const IN_SENTENCE_BEFORE: &str = "claims.date-in-sentence-before";

/// How many figures a headline has at most.
const FIGURES_OF_HEADLINE: usize = 8;

/// How many figures back another whole is looked for.
const LOOKED_BACK: usize = 64;

/// How far around a figure its date and place are looked for, in bytes, however long its sentence is.
pub(super) const NEAR: usize = 2000;

/// How many sentences back a date or place still holds for a figure, within its paragraph.
const SENTENCES_BACK: usize = 3;

/// In how many names from the beginning a text says what country it is about.
const LONGEST_OPENING: usize = 200;

/// How many sentences an entry of a timeline has at most.
const LONGEST_ENTRY: usize = 24;

/// Joins the counts of one text with what stands around them. Claims stand in the order of the counts.
#[must_use]
pub fn join(text: &Text<'_>, found: Found, quotes: &[Quote], dates: &[Timex], mentions: &[Mention]) -> Vec<Claim> {
    let Found {
        counts,
        dates: uses,
        toward,
        off,
        wards,
        prisons,
        taken_from,
        wider,
        inside,
        struck,
        held,
        scenes,
        regions,
        nationwide,
        there,
        here,
        seats,
        began,
        since_then,
        clauses,
        missing_since,
        ..
    } = found;
    let counts = without_speakers(text, counts, quotes);
    if counts.is_empty() {
        return Vec::new();
    }
    let about = headline_country(text, mentions);
    let parts: Vec<Span> = counts.iter().filter(|c| c.part_of.is_some()).map(|c| c.figure.span).collect();
    let mut known = Known {
        quotes,
        dates,
        mentions,
        uses: &uses,
        toward: &toward,
        off: &off,
        wards: &wards,
        prisons: &prisons,
        taken_from: &taken_from,
        wider: &wider,
        inside: &inside,
        struck: &struck,
        parts: &parts,
        held: &held,
        regions: &regions,
        nationwide: &nationwide,
        there: &there,
        here: &here,
        seats: &seats,
        about: about.and_then(|m| country_of(mentions, m)),
        began: &began,
        since_then: &since_then,
        clauses: &clauses,
        missing_since: &missing_since,
        written: written(text, dates),
        listed: is_listed(text, dates),
        period: None,
    };
    known.period = told::period(text, &known);
    // The country of a town in the headline, where the text names it.
    let of_about = || mentions.iter().map(|m| m.span).find(|m| is_country(mentions, *m) && country_of(mentions, *m) == known.about);
    let country = about.filter(|m| is_country(mentions, *m)).or_else(|| known.about.and_then(|_| of_about()));
    let country = country.or_else(|| most_named_country(mentions, &toward));
    let mut out: Vec<Claim> = Vec::with_capacity(counts.len());
    let scene = scene::opening_day(text, &known, &scenes);
    let lead = told::lead(text, &known, &counts);
    let about = scene.filter(|s| lead.as_ref().is_none_or(|e| e.1.0 > s.1.0)).or_else(|| lead.clone());
    let (lead, opening) = (lead.map(|(_, event)| event), about.clone().map(|(_, event)| event));
    // The place of the first figure below the headline.
    let mut home: Option<Span> = None;
    // The figures below the headline are told place by place.
    let mut spread = false;
    // They are of months, and no place is told of them.
    let mut by_months = false;
    // The days of the event that the headline's figures are of.
    let mut main: Option<(NaiveDate, NaiveDate)> = None;
    // Which claims only say what another is set against: a report goes on from those before them.
    let mut aside: Vec<bool> = Vec::with_capacity(counts.len());
    let figures: Vec<Span> = counts.iter().map(|c| c.figure.span).collect();
    // The largest figure of the day that the report is about.
    let mut largest: Option<f64> = None;
    let sums: Vec<bool> = counts.iter().map(|c| (c.sum || c.total) && c.update).collect();
    let wholes: Vec<Option<usize>> = counts.iter().map(|c| c.part_of).collect();
    for (index, mut count) in counts.into_iter().enumerate() {
        // The wounded are no part of the dead, however closely they stand together.
        count.part_of = count.part_of.filter(|&whole| out.get(whole).is_some_and(|w: &Claim| w.count.kind == count.kind));
        // A capital alone may be that of a sentence: "Gunfire killed 20"; and "Yemen air strike" says where it was, but not "by U.S. drone".
        let by = |d: &Doer| d.span.start >= count.trigger.end;
        let does = |d: &Doer, m: &Mention| m.kind != EntityKind::Place || m.span.end == d.span.end || by(d);
        let named = |d: &Doer| d.people || within(mentions, d.span, |m| m.span).any(|m| does(d, m));
        count.perpetrator = count.perpetrator.filter(named);
        let later = figures.get(index + 1..).unwrap_or_default();
        let of_opening = |c: &Claim| c.event.as_ref().zip(opening.as_ref()).is_some_and(|(e, about)| (e.0, e.1) == (about.0, about.1));
        if let Some(n) = out.last().filter(|c| of_opening(c)).and_then(|c| c.count.figure.min) {
            largest = Some(largest.map_or(n, |most| most.max(n)));
        }
        let mut around = Around::new(text, &count, quotes, later, sums.get(index + 1).copied().unwrap_or_default(), largest);
        around.part_next = wholes.get(index + 1).is_some_and(|whole| *whole == Some(index));
        // "denied that herders were involved and said that four had been slain": what the same speaker then says.
        let says_on = |denial: Span| {
            let inner = around.quotes.first().and_then(|q| Some((q.speaker?, q.cue?)));
            let denies = around.quotes.iter().any(|q| q.cue.is_some_and(|cue| cue.overlaps(denial)));
            inner.is_some_and(|(who, cue)| who.end <= denial.start && denial.end <= cue.start) && !denies
        };
        count.negated &= !count.denial.is_some_and(says_on);
        // "Her brother is one of the dead": of those whom the report is about, where the last paragraph told of others.
        if let Some(left) = count.part_of.and_then(|whole| out.get(whole)).filter(|w| around.leaves(w, opening.as_ref())) {
            let more = |w: &Claim| w.count.figure.min.zip(count.figure.min).is_some_and(|(all, n)| n < all);
            let single = |w: &Claim| w.event.as_ref().is_none_or(|e| &*e.3 != SINCE);
            let whole = |w: &Claim| {
                w.count.kind == left.count.kind && single(w) && !w.count.total && !around.leaves(w, opening.as_ref()) && more(w)
            };
            let from = out.len().saturating_sub(LOOKED_BACK);
            count.part_of = out[from..].iter().rposition(whole).map(|i| from + i).or(count.part_of);
        }
        count.part_of = count.part_of.map(|whole| whole_of(&out, whole, &count, &around));
        let whole = count.part_of.and_then(|whole| out.get(whole));
        let beside = whole.filter(|w| around.sentence.contains(w.count.figure.span));
        // "33 deaths, the report said, up from 19": who tells of the one tells of the other.
        let against = known.set_against(text, &around, count.figure.span);
        let set_against = against.is_some_and(|d| d.precision != Some(Precision::Day));
        let beside = beside.or_else(|| out.last().filter(|l| against.is_some() && around.sentence.contains(l.count.figure.span)));
        let (voice, speaker, cue) = voice(&count, &around, known.quotes, beside);
        let speaker = speaker.map(|s| spelled_out(text.as_str(), s));
        // "The ministry spoke of eight dead. It later raised its count to 13": who spoke last.
        let again = || out.last().filter(|l| around.before.iter().any(|s| s.contains(l.count.figure.span))).and_then(|l| l.speaker);
        let pronoun = count.pronoun && count.source.is_some_and(|(who, _)| Some(who) == speaker);
        let speaker = if pronoun { again().or(speaker) } else { speaker };
        let before_at = aside.iter().rposition(|aside| !aside);
        let before = before_at.and_then(|at| out.get(at));
        let (event, reported_on) = event(text, &count, &around, &known, before, opening.as_ref(), whole);
        // A month or year of publication is no day of report: none is made up.
        let published = day_of_publication(text);
        let last = before.map(|l: &Claim| (l.count.figure.span, told_at(text, &out, l).filter(|_| l.scope != Scope::Background)));
        let place = place(text, &count, &around, &known, last).map(|p| known.seat(text, p, country));
        // "nationwide" is of no town, whichever was named last; "the worst flood in the country in years" is no place.
        const CLAUSE: usize = 8;
        let far = |w: Span| distance(text, w, count.figure.span).min(distance(text, w, count.trigger));
        // "400 han sido asesinados en el país, 37 de ellos en Michoacán": the word of harm stands with the whole.
        let shared = |w: &Claim| w.count.trigger == count.trigger && w.count.figure.span.end <= count.figure.span.start;
        let part = |w: Span, p: Span| {
            let behind = w.end <= count.figure.span.start && count.figure.span.end <= p.start;
            behind && whole.is_some_and(shared) && distance(text, p, count.figure.span) < distance(text, w, count.figure.span)
        };
        // "69 in all the country, and did not mention Lekki": what is nearer.
        let own = |w: Span| {
            // "a riot in Turi, the latest of those that have left 50 dead in the country's jails": right behind the harm.
            let beside = far(w) <= 3 && w.start >= count.figure.span.end;
            place.is_some_and(|p| {
                let first = p.start < w.start && !(beside && far(p) > CLAUSE);
                around.sentence.contains(p) && !told_from(text, around.sentence, p) && (first || far(p) < far(w) || part(w, p))
            })
        };
        let nationwide = nationwide.iter().any(|w| around.sentence.contains(*w) && far(*w) <= CLAUSE && !own(*w));
        // Without a country that is named, of none: not of the town of another sentence.
        let place = country.filter(|_| nationwide).or_else(|| place.filter(|p| !nationwide || around.sentence.contains(*p)));
        // A report goes on at the place of its last figure until it names another; a new paragraph goes back to the one that it is about.
        let own = |p: &Span| around.sentence.contains(*p);
        // "51 died and more than 700 were hurt in 2012": a second figure of the same event long ago.
        let beside = before.filter(|p| p.scope == Scope::Background && around.sentence.contains(p.count.figure.span));
        let beside = beside.filter(|p| p.event.as_ref().map(|e| (e.0, e.1)) == event.as_ref().map(|e| (e.0, e.1)));
        let place = if let Some(beside) = beside.filter(|_| place.is_none_or(|p| !around.sentence.contains(p))) {
            beside.place
        } else if nationwide && country.is_none() || count.lasting {
            place.filter(own).or(country)
        } else if let Some(whole) = whole.filter(|w| spread && !around.sentence.contains(w.count.figure.span)) {
            place.filter(own).or(whole.place).or(country)
        } else {
            // "14 died in Port Renard, nine in Calloway. Some 1,900 were arrested": in neither.
            let listed = before_at.is_some_and(|at| !around.sentence.contains(out[at].count.figure.span) && is_spread(&out, at));
            let here = |p: &Span| own(p) || !listed && around.in_paragraph().iter().any(|s| s.contains(*p));
            let place = place.filter(|p| !(listed || by_months) || here(p)).or_else(|| country.filter(|_| listed));
            place.or_else(|| home.filter(|_| !around.goes_on_from(before))).or_else(|| {
                let near = |p: &&Claim| p.count.figure.span.end + CARRIED_WITHIN > count.figure.span.start;
                let goes_on = !(spread || by_months) || around.goes_on_from(before) || before.is_some_and(|p| own(&p.count.figure.span));
                let fits = |p: &&Claim| p.scope != Scope::Background && (around.goes_on_from(Some(p)) || !known.is_brought(p));
                told_at(text, &out, before.filter(|_| goes_on && !listed).filter(fits).filter(near)?)
            })
        };
        let headline = || sentence_of(text, count.figure.span).is_none() || in_headline(text, &count);
        let days = event.as_ref().map(|e| (e.0, e.1));
        // "Court hears of the 177 killed in 1982": what the headline counts is what the report is about, however long ago it was.
        let counted = |w: &Claim| w.count.kind == count.kind && w.count.figure.min == count.figure.min && in_headline(text, &w.count);
        main = main.or_else(|| days.filter(|_| !headline() && out.iter().take(FIGURES_OF_HEADLINE).any(counted)));
        let about_it = main.is_some() && days == main && !count.background;
        let scope = match scope(text, &count, event.as_ref().filter(|_| !about_it)) {
            _ if about_it && count.total => Scope::Total,
            _ if set_against => Scope::Background,
            scope => scope,
        };
        // What has been counted for months, nobody says where, is not of the place of one of their days.
        let for_months = |c: &Claim| c.place.is_none() && c.event.as_ref().is_some_and(months) && !in_headline(text, &c.count);
        let of_a_day = event.as_ref().is_some_and(|e| e.0 == e.1);
        by_months |= home.is_none() && place.is_some() && of_a_day && out.iter().take(FIGURES_OF_HEADLINE).any(for_months);
        let ward = count.kind == ClaimKind::Injured && place.is_some_and(|p| overlaps(known.wards, p));
        home = home.or_else(|| place.filter(|_| !ward && scope != Scope::Background && !headline() && !spread && !by_months));
        // "killing 18, a week after an attack that left 26 dead": what came before is no more than what the event is told beside.
        let told_beside = event.as_ref().is_some_and(|e| &*e.3 == SO_LONG_BEFORE)
            && before.is_some_and(|b| around.sentence.contains(b.count.figure.span) && b.event.is_some());
        aside.push(set_against || told_beside);
        let reported = reported_on.or(published);
        let quotation = around.quotes.first().map(|q| q.span);
        out.push(Claim {
            count,
            voice,
            speaker,
            cue,
            quotation,
            place,
            event,
            reported,
            scope,
            supersedes: None,
            retracts: None,
            contradicts: None,
        });
        // What is told by places is of none of them as a whole.
        let list = out.len() - 1;
        if is_spread(&out, list) && home.is_some_and(|h| out[list].place == Some(h) || list > 0 && out[list - 1].place == Some(h)) {
            (home, spread) = (None, true);
        }
    }
    older(&mut out, main, text.document.published.map(|p| p.first), lead.as_ref().filter(|_| !timeline(text, &known)));
    let about = known.period.clone().or(about).or_else(|| told::looked_back_on(text, &known));
    told::carry(&mut out, text, &known, about);
    scene::set(&mut out, text, &known, &scenes);
    not_ahead(&mut out);
    of_no_house(&mut out, text, &known, country);
    if let Some(country) = country {
        of_the_country(&mut out, text, &known, country);
    }
    links::link(&mut out, &|s| text.cut(s), &|c| c.place.map(|m| text.cut(m)));
    out
}

/// Of which earlier figure one told of farther on is a part: "Two soldiers were among the dead" are none of the 50 that only somebody else claims,
/// and children none of the soldiers.
fn whole_of(claims: &[Claim], whole: usize, part: &Count, around: &Around<'_>) -> usize {
    let Some(told) = claims.get(whole).filter(|w| !around.sentence.contains(w.count.figure.span)) else { return whole };
    let by = around.quotes.first().and_then(|q| q.speaker);
    let fighters = |c: &VictimClass| matches!(c, VictimClass::Security | VictimClass::Militant);
    let excluded = |w: &Claim| {
        let (all, some) = (w.count.victim_class, part.victim_class);
        all != some
            && (fighters(&all) || fighters(&some))
            && ![all, some].iter().any(|c| matches!(c, VictimClass::Unknown | VictimClass::Mixed))
    };
    // Another one's claim of the same harm, which the report has told of before.
    let rival = |i: usize, w: &Claim| {
        let other = |c: &Claim| {
            let sum = c.count.kind == w.count.kind && c.count.part_of.is_none() && !c.count.partial;
            sum && c.speaker.is_some() && c.speaker != w.speaker
        };
        let told = claims[..i].iter().rev().take(LOOKED_BACK).any(other);
        told && w.speaker.is_some() && w.speaker != by && !w.count.update && !around.goes_on_from(Some(w))
    };
    if !excluded(told) && !rival(whole, told) {
        return whole;
    }
    let fits = |i: &usize| {
        let w = &claims[*i];
        let larger = part.figure.min.zip(w.count.figure.max.or(w.count.figure.min)).is_none_or(|(n, all)| n < all);
        let sum = w.count.kind == told.count.kind && w.count.part_of.is_none() && !w.count.negated && w.scope != Scope::Background;
        sum && larger && !excluded(w) && !rival(*i, w)
    };
    (whole.saturating_sub(LOOKED_BACK)..whole).rev().find(fits).unwrap_or(whole)
}

/// Whether an event is a stretch of months.
pub(super) fn months(event: &Event) -> bool {
    const MONTH: Days = Days::new(31);
    event.0.checked_add_days(MONTH).is_some_and(|day| day <= event.1)
}

/// "14 had died in Port Renard, nine in Calloway": whether a figure is one of several that a word of harm gives to as many places.
pub(super) fn is_spread(claims: &[Claim], at: usize) -> bool {
    let Some(this) = claims.get(at) else { return false };
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|k| claims.get(k));
    let elsewhere = |c: &Claim| c.place.zip(this.place).is_some_and(|(a, b)| a != b);
    beside.into_iter().any(|c| c.count.trigger == this.count.trigger && c.count.part_of == this.count.part_of && elsewhere(c))
}

/// Where a report goes on from a figure: after "15 dead, eleven of them in Santiago" where the fifteen were.
fn told_at(text: &Text<'_>, claims: &[Claim], last: &Claim) -> Option<Span> {
    let own = || sentence_of(text, last.count.figure.span).zip(last.place).is_some_and(|(s, p)| s.span.contains(p));
    let whole = last.count.part_of.and_then(|whole| claims.get(whole)).filter(|_| own());
    whole.and_then(|w| w.place).or(last.place)
}

fn in_headline(text: &Text<'_>, count: &Count) -> bool {
    sentence_of(text, count.figure.span).is_some_and(|s| s.section == Section::Headline)
}

/// The sentence that a stretch of text begins in.
pub(super) fn sentence_of<'t>(text: &'t Text<'_>, span: Span) -> Option<&'t Sentence> {
    text.sentence_at(span.start).and_then(|i| text.sentences.get(i))
}

/// What stands around a count.
struct Around<'q> {
    /// Its sentence.
    sentence: Span,
    /// The sentences before it that may still hold, nearest first.
    before: Vec<Span>,
    /// The sentence before it in its paragraph.
    same_paragraph: Option<Span>,
    /// The sentence that its paragraph begins with, if that is not the first.
    opening: Option<Span>,
    /// The quotations around the figure, innermost first, scare quotes left out.
    quotes: Vec<&'q Quote>,
    /// The few words in marks, of somebody who is named, that hold the figure: "as many as forty".
    in_marks: Option<&'q Quote>,
    /// The figures behind it in the text.
    later: &'q [Span],
    /// The next of them is a sum that this one adds to.
    sum_next: bool,
    /// Whether the next figure counts a part of these.
    part_next: bool,
    /// The largest figure before that has the day that the report is about.
    main: Option<f64>,
}

impl<'q> Around<'q> {
    fn new(text: &Text<'_>, count: &Count, quotes: &'q [Quote], later: &'q [Span], sum_next: bool, main: Option<f64>) -> Self {
        let figure = count.figure.span;
        let index = text.sentence_at(figure.start);
        let sentence = index.map_or(figure, |i| text.sentences[i].span);
        let before = index.map_or_else(Vec::new, |i| {
            let here = &text.sentences[i];
            let back = text.sentences[..i].iter().rev().take(SENTENCES_BACK);
            back.enumerate().take_while(|(n, s)| *n == 0 || s.paragraph == here.paragraph).map(|(_, s)| s.span).collect()
        });
        // Quotations stand in order of their start, and hardly ever more than a few hold one place.
        let upto = quotes.partition_point(|q| q.span.start <= figure.start);
        let around = || quotes[..upto].iter().rev().take(64).filter(|q| !q.outlet && q.span.contains(figure));
        let in_marks = around().find(|q| q.kind == QuoteKind::Scare && q.speaker.is_some());
        let mut holding: Vec<&Quote> = around().filter(|q| q.kind != QuoteKind::Scare).collect();
        holding.sort_by_key(|q| q.span.len());
        // What stands farther off says nothing of a figure, and a text without stops is one sentence.
        let near = Span::new(sentence.start.max(figure.start.saturating_sub(NEAR)), sentence.end.min(figure.end + NEAR));
        let same_paragraph = index.and_then(|i| {
            let here = &text.sentences[i];
            text.sentences[..i].last().filter(|s| s.paragraph == here.paragraph).map(|s| s.span)
        });
        // The first paragraph is no entry: what stands before its dash is a dateline.
        let opening = index.filter(|&i| text.sentences[i].paragraph > 0).and_then(|i| {
            let here = &text.sentences[i];
            let paragraph = text.sentences[..i].iter().rev().take(LONGEST_ENTRY).take_while(|s| s.paragraph == here.paragraph);
            paragraph.last().map(|s| s.span)
        });
        Self { sentence: near, before, same_paragraph, opening, quotes: holding, in_marks, later, sum_next, part_next: false, main }
    }

    /// The sentences before it in its paragraph that may still hold; those of another paragraph are none or one.
    fn in_paragraph(&self) -> &[Span] {
        if self.same_paragraph.is_some() { &self.before } else { &[] }
    }

    /// Whether a claim of another event than the report is about stands in another paragraph.
    fn leaves(&self, claim: &Claim, opening: Option<&Event>) -> bool {
        // A later day that only one small figure has; where others have it from that, the report goes on from there.
        let aside = |e: &Event| claim.count.figure.min < self.main && &*e.3 != OF_FIGURE_BEFORE;
        let other = claim.event.as_ref().zip(opening).is_some_and(|(e, about)| e.1 < about.0 || e.0 > about.1 && aside(e));
        other && !self.sentence.contains(claim.count.figure.span) && !self.goes_on_from(Some(claim))
    }

    /// Whether a claim stands in one of the last sentences of the same paragraph.
    fn goes_on_from(&self, previous: Option<&Claim>) -> bool {
        previous.is_some_and(|p| self.in_paragraph().iter().any(|s| s.contains(p.count.figure.span)))
    }
}

/// Leaves out those who only tell of harm: "Four of them said the police fired", "five unions said 105 people had been arrested".
fn without_speakers(text: &Text<'_>, counts: Vec<Count>, quotes: &[Quote]) -> Vec<Count> {
    /// In a text without a stop no more are looked at.
    const QUOTES: usize = 64;
    let speaks = |index: usize, count: &Count| {
        let Some(sentence) = sentence_of(text, count.figure.span).map(|s| s.span) else { return false };
        let mut said = within(quotes, sentence, |q| q.span).take(QUOTES).filter(|q| {
            let by = |(who, cue): (Span, Span)| who.contains(count.figure.span) && !who.contains(count.trigger) && who.end <= cue.start;
            q.kind == QuoteKind::Indirect && !q.span.contains(count.figure.span) && q.speaker.zip(q.cue).is_some_and(by)
        });
        // The figures that stand next have the same word of harm.
        let other = |q: &Quote| counts.get(index + 1).is_some_and(|c| c.trigger == count.trigger && q.span.contains(c.figure.span));
        said.any(|q| !sentence.contains(count.trigger) || other(q))
    };
    let keep: Vec<bool> = counts.iter().enumerate().map(|(i, c)| !speaks(i, c)).collect();
    if keep.iter().all(|k| *k) {
        return counts;
    }
    // Where each that is kept comes to stand.
    let mut next = 0;
    let places: Vec<Option<usize>> = keep
        .iter()
        .map(|k| {
            next += usize::from(*k);
            k.then(|| next - 1)
        })
        .collect();
    let kept = counts.into_iter().zip(keep).filter(|(_, k)| *k).map(|(c, _)| c);
    kept.map(|c| Count { part_of: c.part_of.and_then(|whole| *places.get(whole)?), ..c }).collect()
}

/// Whose words the figure is: voice, speaker, word that attributes.
fn voice(count: &Count, around: &Around<'_>, quotes: &[Quote], whole: Option<&Claim>) -> (Voice, Option<Span>, Option<Span>) {
    let Some(inner) = around.in_marks.or_else(|| around.quotes.first().copied()) else {
        if let Some((who, verb)) = count.source {
            // "alertó la Defensoría, que había cifrado en 28 los fallecidos": the verb before is not part of who it is.
            let speakers = within(quotes, around.sentence, |q| q.span).filter_map(|q| q.speaker);
            let who = speakers.into_iter().find(|s| who.contains(*s) && s.end == who.end).unwrap_or(who);
            return (Voice::Indirect, Some(who), Some(verb));
        }
        // "Six people were killed, officials said, among them two conscripts": the part is told with the whole.
        if let Some(whole) = whole.filter(|w| w.voice == Voice::Indirect) {
            return (whole.voice, whole.speaker, whole.cue);
        }
        return (if count.hearsay { Voice::Indirect } else { Voice::Own }, None, None);
    };
    let voice = if inner.kind == QuoteKind::Indirect { Voice::Indirect } else { Voice::Direct };
    // A quotation inside another one that names nobody is the outer one's speaker's.
    let named = around.in_marks.or_else(|| around.quotes.iter().copied().find(|q| q.speaker.is_some())).unwrap_or(inner);
    match count.source {
        // "The Red Cross says that 612 died, a figure the police put at 510": who is named within what another says.
        Some((who, verb)) if count.sum && inner.span.contains(who) && voice == Voice::Indirect => (voice, Some(who), Some(verb)),
        Some((who, verb)) if named.speaker.is_none() && voice == Voice::Indirect => (voice, Some(who), Some(verb)),
        _ => (voice, named.speaker, named.cue),
    }
}

/// When the harm happened, and the day of the report where the text dates that.
fn event(
    text: &Text<'_>,
    count: &Count,
    around: &Around<'_>,
    known: &Known<'_>,
    previous: Option<&Claim>,
    opening: Option<&Event>,
    whole: Option<&Claim>,
) -> (Option<Event>, Option<NaiveDate>) {
    let (mut reported, mut printed) = (None, None);
    if let Some((first, last, precision)) = so_long_before(text, count, around, known, previous, opening) {
        return (Some((first, last, precision, Arc::from(SO_LONG_BEFORE))), reported);
    }
    let set_against = || known.set_against(text, around, count.figure.span).is_some();
    let next = around.later.first().filter(|next| around.sentence.contains(**next));
    let last = previous.map(|p| p.count.figure.span).filter(|last| around.sentence.contains(*last));
    let of_last = |d: &Timex| {
        let between = |last: Span| last.end <= d.span.start && d.span.end <= count.figure.span.start;
        // "Three died on Sunday and five on Monday", but not "three died, and on Monday five"
        let opens = text.tokens_in(Span::new(d.span.end, count.figure.span.start.max(d.span.end))).is_empty();
        let shared = previous.is_some_and(|p| p.count.trigger == count.trigger);
        // "13,000 have crossed since Monday, bringing to 52,000 the number who have fled"
        let bringing = || {
            let clause = text.tokens_in(Span::new(d.span.end, count.figure.span.start.max(d.span.end)));
            count.update && clause.first().is_some_and(|t| text.cut(t.span) == ",")
        };
        let near = |last: Span| shared || bringing() || text.tokens_in(Span::new(last.end, d.span.start.max(last.end))).len() <= 3;
        last.is_some_and(|last| between(last) && near(last)) && !opens
    };
    let beyond = |d: &Timex| next.is_some_and(|next| count.figure.span.end <= next.start && next.end <= d.span.start);
    let mut best: Option<(usize, &Timex)> = None;
    let (mut lasting, mut broke_out): (Option<&Timex>, Option<&Timex>) = (None, None);
    for date in within(known.dates, around.sentence, |d| d.span) {
        let Some((first, last)) = known.past(date, text) else { continue };
        if known.used(date.span) == Some(DateUse::AsOf) {
            // "56 died last August, and as of Monday 120 were unaccounted for": of those.
            if opens_next(text, count.figure.span, date.span, around.later) {
                continue;
            }
            reported = reported.or(Some(last));
            continue;
        }
        let since = known.used(date.span) == Some(DateUse::Since);
        // "the bodies of three boys who had been missing since Friday"
        if since && matches!(count.kind, ClaimKind::Killed | ClaimKind::Injured) && overlaps(known.missing_since, date.span) {
            continue;
        }
        // "96 arrests on the day, which makes 4,844 since April": of the sum.
        let of_sum = next.is_some_and(|next| next.end <= date.span.start && count.figure.span.end <= next.start);
        if since && of_sum && around.sum_next && !count.total {
            continue;
        }
        if !since && opens_next(text, count.figure.span, date.span, around.later) {
            continue;
        }
        // "More than 170 have been killed, including 68 on Sunday": of the part.
        if around.part_next && next.is_some_and(|next| text.tokens_in(gap(*next, date.span)).len() <= 3 && next.end <= date.span.start) {
            continue;
        }
        // "El informe registra 12 capturas y denuncia que un bombardeo mató el martes a cinco": of what is said, and not of what stands outside.
        let said_then = |q: &Quote| q.kind == QuoteKind::Indirect && q.span.contains(date.span) && q.span.start >= count.figure.span.end;
        if around.quotes.is_empty() && count.source.is_none() && known.quotes_near(around.sentence).any(said_then) {
            continue;
        }
        // "hours later", reckoned from the day of something else told of before
        let of_last_told = || previous.and_then(|p| p.event.as_ref()).is_some_and(|e| e.1 == last);
        // "surrounded three hamlets before dawn", of what a court looks back on
        let looks_back = || previous.is_some_and(|p| p.scope == Scope::Background && p.event.as_ref().is_some_and(|e| e.1 < last));
        let other_day = |e: &Event| e.1 < last || last < e.0 && !of_last_told();
        if dayless(date) && opening.map_or_else(looks_back, other_day) {
            continue;
        }
        // "Another 20,000 are on the roads, and up to 50,000 may cross by the end of the month": of what is to come.
        if !since && first < last && beyond(date) && known.written.is_some_and(|day| day < last) {
            continue;
        }
        // "La entidad había informado el sábado de 20 fallecidos", "which spoke on Monday of one death": a day beside the verb is that of telling.
        let tells_on = count.source.is_some_and(|(who, verb)| {
            let beside = text.tokens_in(gap(date.span, verb)).len() <= 1;
            let before = date.span.end <= verb.start || count.earlier || count.told && verb.end <= date.span.start;
            first == last && beside && before && who.end <= date.span.start && date.span.end <= count.figure.span.start
        });
        // "La ONU retiró ayer la cifra de 119"
        let taken = |c: &Count| c.taken_back && date.span.end <= c.figure.span.start;
        let taken = taken(count) || previous.is_some_and(|p| around.sentence.contains(p.count.figure.span) && taken(&p.count));
        if (tells_on || taken) && matches!(known.used(date.span), None | Some(DateUse::Told)) {
            reported = reported.or(Some(last));
            continue;
        }
        if of_speaker(text, count, around, known, date.span) {
            continue;
        }
        // "33 deaths in that time, the report said, up from 19 in the previous quarter"
        let against = known.used(date.span) == Some(DateUse::Against);
        if against && around.later.first().is_some_and(|next| next.end <= date.span.start) {
            continue;
        }
        // "The toll has risen to 37, the commission said on Wednesday, up from 29 two days earlier": the day on which it stood so.
        let was = count.total && previous.is_some_and(|p| p.count.total && around.sentence.contains(p.count.figure.span));
        if was && set_against() && known.dates_speech(text, around.sentence, date.span) {
            continue;
        }
        if was && against && first == last && count.earlier && count.figure.span.end <= date.span.start {
            reported = reported.or(Some(last));
            continue;
        }
        let lasts = matches!(known.used(date.span), Some(DateUse::Since | DateUse::SinceWhen));
        // "MANILA, March 26 - The president said on Tuesday": the dateline's day is that of the report where no other is told.
        let line = dateline(text, around.sentence, date.span) && count.figure.span.start > date.span.end;
        if line || !lasts && !against && dates_report(text, around, known, date.span) {
            let day = if line { &mut printed } else { &mut reported };
            *day = day.or(Some(last));
            continue;
        }
        // "The dead of Tuesday's flood are 207 today": a toll stands at what it does on the day of the report.
        let missing = count.kind == ClaimKind::Missing;
        let stands = count.sum || count.total || count.update || count.open || count.status || missing;
        let published = known.written;
        let on_report = published == Some(last);
        // Bodies are found today or yesterday, and who was in hospital yesterday still is.
        let found = (count.bodies || count.status) && (on_report || published.is_some_and(|p| p.pred_opt() == Some(last)));
        let counted = |d: &Timex| {
            count.source.is_some_and(|(who, verb)| {
                let told = |of: Span, within: usize| text.tokens_in(gap(d.span, of)).len() <= within;
                who.contains(d.span)
                    || d.span.end <= who.start && told(who, 2)
                    || who.end <= d.span.start && d.span.end <= count.figure.span.start && told(verb, 2)
            })
        };
        // "On Sunday the ministry had put the number of dead at 19,136."
        let later = (count.sum || count.total || count.update || count.bodies || count.status || missing || counted(date))
            && known.used(date.span) != Some(DateUse::OfEvent)
            && !lasts
            // "this year's total" is no day of a report.
            && first == last;
        // "elevó ayer a siete el número de fallecidos"
        let beside =
            || text.tokens_in(gap(date.span, count.figure.span)).len() <= if date.span.start < count.figure.span.start { 1 } else { 2 };
        let plain = matches!(known.used(date.span), None | Some(DateUse::Told));
        let raised = later && plain && (count.update && beside() || (count.update || count.sum) && counted(date));
        if raised || (stands && (on_report || later) || later && counted(date) || found) && opening.is_some_and(|e| e.1 < last) {
            reported = reported.or(Some(last));
            continue;
        }
        let used = known.used(date.span);
        if used == Some(DateUse::Done) {
            continue;
        }
        // "lost 11 men in the ambush, the deadliest since June, when 23 died"
        let compared = used == Some(DateUse::Compared)
            || matches!(used, Some(DateUse::SinceWhen | DateUse::OfRecord | DateUse::Against))
                && count.figure.span.end <= date.span.start
                && {
                    let between = Span::new(count.figure.span.end, date.span.start);
                    between.len() < NEAR && text.cut(between).contains(',')
                };
        // "sentenced in 2013 for the massacre of 1,771": a year is no day of a court that would be told of before.
        let long_ago = date.precision == Some(Precision::Year);
        // "In November 14 were jailed for the murder of nine": a day before the verdict is that of the court.
        let court = used == Some(DateUse::Judged)
            && date.span.end <= count.trigger.start
            && previous.is_some_and(|p| {
                let held = p.count.figure.span;
                p.count.kind == ClaimKind::Detained && date.span.end <= held.start && held.end <= count.figure.span.start
            });
        if compared
            || court && matches!(count.kind, ClaimKind::Killed | ClaimKind::Injured)
            || used == Some(DateUse::Judged) && (long_ago || day_of_publication(text).is_some_and(|p| p <= last + COURT_WITHIN))
            || apposed(text, around, known, date)
            || explained(text, around, known, date)
        {
            continue;
        }
        let begun = matches!(used, Some(DateUse::Begun { .. }));
        // "the toll of the clashes that began on Saturday is now 31": from then until the report.
        let goes_on = begun && (count.total || used == Some(DateUse::Begun { lasts: true }));
        lasting = lasting.or(goes_on.then_some(date));
        broke_out = broke_out.or(begun.then_some(date));
        // "put the toll at 45 on Monday"
        let told = count.source.is_some() && (count.sum || count.total) && date.span.start >= count.figure.span.end;
        let told = told && date.precision != Some(Precision::Year);
        if told && !lasts && !against && text.tokens_in(Span::new(count.figure.span.end, date.span.start)).len() <= 3
            || begun
            // "swept up glass on Sunday after a night in which 7 were hurt"
            || matches!(used, Some(DateUse::Later { .. })) && date.span.end <= count.figure.span.start
        {
            continue;
        }
        // "before dawn on Thursday": the day is Thursday, whatever day the dawn alone would be.
        let of_day = |d: &Timex| d.kind == DateKind::Date && text.tokens_in(gap(d.span, date.span)).len() <= 1;
        if date.kind == DateKind::Time && within(known.dates, around.sentence, |d| d.span).any(of_day) {
            continue;
        }
        // "four lives this year, against seven in all of 2020": the word of harm stands with the first.
        let shared = previous.is_some_and(|p| p.count.trigger == count.trigger) && count.trigger.end <= count.figure.span.start;
        let of_figure = distance(text, date.span, count.figure.span);
        let far = if shared { of_figure } else { of_figure.min(distance(text, date.span, count.trigger)) };
        let far = match used {
            // "Con los de ayer suman 356 los policías asesinados en lo que va del año"
            _ if lasts && count.total && date.span.start >= count.figure.span.end => 0,
            Some(DateUse::OfEvent) => far / 2,
            // The second of two, whose own date this is.
            Some(DateUse::Against) if count.figure.span.end <= date.span.start => 0,
            // "another was wounded, and a third, shot last week, died": of the next figure rather.
            _ if beyond(date) => far * 3,
            // "rose from 12 in 2020 to 18 in 2021": of the figure before.
            _ if of_last(date) => far * 3 + 1,
            _ => far,
        };
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, date));
        }
    }
    let reported = reported.or(printed);
    // "With five more dead on Sunday, the toll of the clashes that began on Saturday is 31."
    let apart = |d: Span| text.tokens_in(gap(d, count.figure.span)).iter().any(|t| text.cut(t.span) == ",");
    if lasting.is_some() && count.total && best.is_some_and(|(_, d)| known.used(d.span).is_none() && apart(d.span)) {
        best = None;
    }
    if let Some(event) = best.and_then(|(_, date)| on_anniversary(text, count, around, known, date)) {
        return (Some(event), reported);
    }
    // "2,808 hurt since October 18, when the revolt began, among them 232 in the eyes": a part for as long as its whole.
    let of_whole = |d: Span| whole.is_some_and(|w| w.count.figure.span.end <= d.start && around.sentence.contains(w.count.figure.span));
    let lasts = |d: Span| lasts_until(text, count, d) || of_whole(d);
    // "15 July. A shell left over from last year's fighting killed two": of the day that heads the entry.
    let entry = || entry_date(text, around, known).or_else(|| date_above(text, count.figure.span, known));
    let of_entry = best.is_some_and(|(_, d)| known.used(d.span) == Some(DateUse::OfEvent) && d.precision == Some(Precision::Year));
    let best = best.filter(|_| !of_entry || entry().is_none());
    let lately = || within(known.dates, around.sentence, |d| d.span).find_map(|d| recent(d, known));
    // "Gunfire rang out overnight, and a group said that 233 had been killed in five days": the stretch right behind the harm.
    let right_behind = |d: &&Timex| {
        let trigger = count.trigger;
        let during = known.used(d.span) == Some(DateUse::During);
        // "killed in three days of protests" is as long as these.
        let alone = || {
            let next = text.tokens_in(Span::new(d.span.end, around.sentence.end.max(d.span.end)));
            next.first().is_none_or(|t| !text.cut(t.span).starts_with(char::is_alphabetic))
        };
        during && alone() && d.span.start >= trigger.end && text.tokens_in(Span::new(trigger.end, d.span.start)).len() <= 1
    };
    let behind = within(known.dates, around.sentence, |d| d.span).filter(right_behind).find_map(|d| recent(d, known));
    if let Some(event) = behind.filter(|_| best.is_some_and(|(far, _)| far > 3)) {
        return (Some(event), reported);
    }
    if let Some(event) = best.and_then(|(_, date)| known.event(date, text, IN_SENTENCE, lasts(date.span))) {
        return (Some(event), reported);
    }
    if let Some(event) = lately() {
        return (Some(event), reported);
    }
    if let Some((event, published)) = lasting.and_then(|d| d.interval.zip(d.precision)).zip(text.document.published) {
        return (Some((event.0.0, published.last().max(event.0.1), event.1, Arc::from(SINCE))), reported);
    }
    // "The bombs that went off on Sunday hurt thirteen."
    let at_once = broke_out.and_then(|d| known.event(d, text, IN_SENTENCE, false));
    if let Some(event) = at_once.filter(|_| around.quotes.is_empty()) {
        return (Some(event), reported);
    }
    if let Some(event) = since_it_began(text, count, around, known) {
        return (Some(event), reported);
    }
    if let Some(event) = entry().and_then(|d| known.event(d, text, "claims.date-of-entry", true)) {
        return (Some(event), reported);
    }
    // "On Sunday police stormed the square. Five people died." The last date before it in the paragraph dates this one,
    // or the figure it goes on from. What somebody says, and a total, need not be of that day.
    let undated = previous.is_some_and(|p| p.event.is_none() && around.sentence.contains(p.count.figure.span));
    // "On Thursday three died", in a text of no day: of no other day.
    if told::unknown_day(text, known, count.figure.span, previous.and_then(|p| p.event.as_ref())) {
        let own = previous.filter(|p| around.sentence.contains(p.count.figure.span)).and_then(|p| p.event.clone());
        return (own.map(|(a, b, c, _)| (a, b, c, Arc::from(OF_FIGURE_BEFORE))), reported);
    }
    let previous = previous.filter(|p| around.before.iter().any(|s| s.contains(p.count.figure.span)) && p.scope != Scope::Background);
    let own_voice = count.source.is_none() && around.quotes.is_empty();
    // "According to reports, dozens have died and 2,000 are in prison": of no day, and what is told with it neither.
    let news = !count.total && (own_voice || count.figure.bound != Bound::Vague && !undated);
    let before = around.same_paragraph.filter(|_| news).and_then(|last| {
        let dates_in = |sentence: Span| {
            let dates = within(known.dates, sentence, |d| d.span).rev();
            let fits = |d: &&Timex| {
                known.past(d, text).is_some_and(|(_, last)| !dayless(d) || opening.is_none_or(|e| e.1 >= last))
                    && (own_voice || !matches!(d.precision, Some(Precision::Year | Precision::Decade | Precision::Century)))
                    && known.of_harm(d.span)
                    && !known.dates_speech(text, sentence, d.span)
                    && !known.says_who(d.span)
            };
            dates.filter(|d| !dateline(text, sentence, d.span)).find(fits)
        };
        // "3 de octubre. Los transportistas …": a date that is all of its sentence holds for those that follow.
        let of_report = |s: Span| sentence_of(text, s).is_some_and(|s| told::line_of_report(text, known, s));
        let heading = |s: &Span| dates_in(*s).filter(|d| text.tokens_in(*s).len() <= text.tokens_in(d.span).len() + 2 && !of_report(*s));
        // What goes on on the day of the report, where the report is about an earlier one, dates nobody's harm.
        let of_news = |d: &&Timex| {
            let today = known.past(d, text).zip(known.written).is_some_and(|((_, day), written)| written == day);
            !today || opening.is_none_or(|e| d.interval.is_some_and(|(day, _)| day <= e.1))
        };
        // "On May 2, 2002, a shell came through the roof. Some 300 were inside. 79 died.": so does one that a paragraph begins with.
        let leads = |s: &Span| {
            let first = within(known.dates, *s, |d| d.span).next().filter(|d| d.kind == DateKind::Date && known.used(d.span).is_none())?;
            let comma = text.tokens_in(Span::new(first.span.end, s.end)).first().is_some_and(|t| text.cut(t.span) == ",");
            let begins = text.tokens_in(Span::new(s.start, first.span.start.max(s.start))).len() <= 1;
            (comma && begins && known.past(first, text).is_some()).then_some(first)
        };
        let held = |s: &Span| heading(s).or_else(|| leads(s));
        dates_in(last).filter(of_news).or_else(|| around.before.iter().find_map(held))
    });
    // A new paragraph goes back to what the report is about from an earlier event that the last one told of.
    let previous = previous.filter(|p| !around.leaves(p, opening));
    // A total since some day says nothing of the single events that follow.
    let previous = previous.filter(|p| {
        p.event.as_ref().is_none_or(|e| &*e.3 != SINCE && (count.total || !so_far(e, known)) || count.goes_on)
            || around.sentence.contains(p.count.figure.span)
    });
    // "The war has cost 60,000 lives", "so far 19 have died in the protests": on no single day.
    let previous = previous.filter(|p| !count.lasting || around.sentence.contains(p.count.figure.span));
    // A part is of the day of its whole, whatever else is told in between.
    let previous = whole.or(previous);
    let carried =
        previous.and_then(|p| p.event.clone().map(|(a, b, c, _)| (p.count.figure.span.start, (a, b, c, Arc::from(OF_FIGURE_BEFORE)))));
    let event = match (carried, before) {
        (Some((at, _)), Some(date)) if date.span.start > at => known.event(date, text, IN_SENTENCE_BEFORE, true),
        (Some((_, event)), _) => Some(event),
        (None, Some(date)) => known.event(date, text, IN_SENTENCE_BEFORE, true),
        (None, None) => None,
    };
    (event, reported)
}

/// "this year": until the report, as what has been counted since a day is.
pub(super) fn so_far(event: &Event, known: &Known<'_>) -> bool {
    event.2 == Precision::Year && known.written.is_some_and(|day| event.0 < event.1 && event.1 == day)
}

/// The number and the unit of a TIMEX3 duration, and whether the unit is shorter than a day: `P3D`, `PT24H`.
pub(super) fn how_many(length: &Timex) -> Option<(u32, char, bool)> {
    let value = length.value.as_deref()?.strip_prefix('P')?;
    let (hours, value) = value.strip_prefix('T').map_or((false, value), |value| (true, value));
    let unit = value.chars().next_back()?;
    Some((value.strip_suffix(unit)?.parse().ok()?, unit, hours))
}

/// "in the past 24 hours", "en los últimos tres días", "desde hace tres semanas", "three days of protests": from then until the report.
fn recent(length: &Timex, known: &Known<'_>) -> Option<Event> {
    if let Some(DateUse::First { of_year: true }) = known.used(length.span) {
        let (number, ..) = how_many(length).filter(|(_, unit, hours)| *unit == 'M' && !hours)?;
        let year = known.written?.with_ordinal(1)?;
        return Some((year, year.checked_add_months(Months::new(number))?.pred_opt()?, Precision::Month, Arc::from(IN_SENTENCE)));
    }
    let during = known.used(length.span) == Some(DateUse::During);
    // "desde hace tres semanas"
    if length.kind != DateKind::Duration || !during && !matches!(known.used(length.span), Some(DateUse::Recent | DateUse::Since)) {
        return None;
    }
    let last = known.written?;
    // "a weekend of protests": the last one.
    if during && length.value.as_deref() == Some("P1WE") {
        let saturday = last.checked_sub_days(Days::new(u64::from((last.weekday().num_days_from_monday() + 2) % 7)))?;
        return Some((saturday, saturday.succ_opt()?.min(last), Precision::Day, Arc::from(SINCE)));
    }
    let (number, unit, hours) = how_many(length)?;
    let days = |n: u32| last.checked_sub_days(Days::new(n.saturating_sub(u32::from(during)).into()));
    let (first, precision) = match unit {
        'H' => (days(number.div_ceil(24))?, Precision::Day),
        'D' => (days(number)?, Precision::Day),
        'W' => (last.checked_sub_days(Days::new(u64::from(number) * 7))?, Precision::Week),
        'M' if !hours => (last.checked_sub_months(Months::new(number))?, Precision::Month),
        // "36 years of conflict" may be over.
        'Y' if !during => (last.checked_sub_months(Months::new(number.checked_mul(12)?))?, Precision::Year),
        _ => return None,
    };
    // "four days of protests", which began on the Friday that the text tells of
    const ABOUT: Days = Days::new(2);
    let near = |day: &NaiveDate| first <= *day + ABOUT && *day <= first + ABOUT;
    let began = known.began.iter().take(LOOKED_BACK).filter_map(|d| known.days_of(*d)).filter(|_| during).map(|(day, _)| day).find(near);
    Some((began.unwrap_or(first), last, precision, Arc::from(SINCE)))
}

/// "67 have died since the protests began": from the day that an earlier sentence says they began on.
fn since_it_began(text: &Text<'_>, count: &Count, around: &Around<'_>, known: &Known<'_>) -> Option<Event> {
    within(known.since_then, around.sentence, |s| *s).next()?;
    let published = text.document.published?;
    let upto = known.began.partition_point(|d| d.start < count.figure.span.start);
    let day = |d: &&Timex| known.past(d, text).is_some();
    let began = known.began[..upto].iter().rev().take(LOOKED_BACK).find_map(|d| within(known.dates, *d, |t| t.span).find(day))?;
    let ((first, last), precision) = began.interval.zip(began.precision)?;
    Some((first, day_of_publication(text).unwrap_or(published.last()).max(last), precision, Arc::from(SINCE)))
}

/// "Thirty years ago this month", "hace hoy veinte años": the day or month that is named beside, in the year so long ago.
fn on_anniversary(text: &Text<'_>, count: &Count, around: &Around<'_>, known: &Known<'_>, date: &Timex) -> Option<Event> {
    let ago = |d: &Timex| d.precision == Some(Precision::Year) && d.anchor == Anchor::Published;
    let now = |d: &Timex| {
        let of_report = d.interval.zip(known.written).is_some_and(|((first, last), day)| first <= day && day <= last);
        of_report && d.anchor == Anchor::Published && matches!(d.precision, Some(Precision::Day | Precision::Month))
    };
    let dates = || within(known.dates, around.sentence, |d| d.span);
    let beside = |d: &Timex| d.span != date.span && (d.span.contains(date.span) || text.tokens_in(gap(d.span, date.span)).len() <= 1);
    // "Ayer se cumplieron veinte años de la masacre"
    let near = |d: &Timex| text.tokens_in(gap(d.span, date.span)).len() <= 4;
    let years = |d: &Timex| how_many(d).filter(|(_, unit, _)| *unit == 'Y' && d.kind == DateKind::Duration && near(d));
    let day = date.anchor == Anchor::Published && date.precision == Some(Precision::Day);
    if let Some((number, ..)) = (count.background && day).then(|| dates().find_map(years)).flatten() {
        let (first, last) = date.interval?;
        let back = |day: NaiveDate| day.with_year(day.year().checked_sub(i32::try_from(number).ok()?)?);
        return Some((back(first)?, back(last)?, date.precision?, Arc::from(IN_SENTENCE)));
    }
    let (long_ago, named) = match date {
        d if ago(d) => (d, dates().find(|d| beside(d) && now(d))?),
        d if now(d) => (dates().find(|d| beside(d) && ago(d))?, d),
        _ => return None,
    };
    let ((first, last), year) = (named.interval?, long_ago.interval?.0.year());
    let (first, last) = (first.with_year(year)?, last.with_year(year)?);
    Some((first, last, named.precision?, Arc::from(IN_SENTENCE)))
}

/// "on July 4, 2022, a Monday, gunmen killed": a weekday that only says which day the date before it was.
fn apposed(text: &Text<'_>, around: &Around<'_>, known: &Known<'_>, date: &Timex) -> bool {
    let comma = |s: Span| text.tokens_in(s).first().is_some_and(|t| text.cut(t.span) == ",");
    let day = |d: &Timex| d.precision == Some(Precision::Day) && d.anchor == Anchor::Explicit;
    let names = |d: &&Timex| {
        let between = Span::new(d.span.end.min(date.span.start), date.span.start);
        d.span.end <= date.span.start && day(d) && comma(between) && text.tokens_in(between).len() <= 2
    };
    date.anchor != Anchor::Explicit
        && comma(Span::new(date.span.end, text.as_str().len().min(date.span.end + 4)))
        && within(known.dates, around.sentence, |d| d.span).any(|d| names(&d))
}

/// "on Orthodox Christmas Day, 7 January 1993": a day whose date follows.
fn explained(text: &Text<'_>, around: &Around<'_>, known: &Known<'_>, date: &Timex) -> bool {
    let next = within(known.dates, around.sentence, |d| d.span).find(|d| d.span.start >= date.span.end);
    next.is_some_and(|d| {
        let comma = text.tokens_in(Span::new(date.span.end, d.span.start));
        let beside = comma.len() == 1 && text.cut(comma[0].span) == ",";
        beside && date.anchor != Anchor::Explicit && d.anchor == Anchor::Explicit && d.precision == Some(Precision::Day)
    })
}

/// Whether what began on a date with a clause of its own goes on to a figure: "15 have drowned since 2014, when …", or behind that clause, "since
/// January 1992, when the vote was annulled, 60,000 have died".
fn lasts_until(text: &Text<'_>, count: &Count, date: Span) -> bool {
    let figure = count.figure.span;
    let comma = |t: &&Token| text.cut(t.span) == ",";
    let closed = || text.tokens_in(Span::new(date.end, figure.start)).iter().filter(comma).take(2).count() == 2;
    figure.start < date.start || date.end <= figure.start && count.part_of.is_none() && closed()
}

/// "on Wednesday, two days after street fighting in which 18 were killed": the day before which so much time has passed.
fn so_long_before(
    text: &Text<'_>,
    count: &Count,
    around: &Around<'_>,
    known: &Known<'_>,
    previous: Option<&Claim>,
    opening: Option<&Event>,
) -> Option<(NaiveDate, NaiveDate, Precision)> {
    let figure = count.figure.span;
    let dates = || within(known.dates, around.sentence, |d| d.span).filter(|d| d.span.end <= figure.start);
    let later = |d: &&Timex| d.kind == DateKind::Duration && matches!(known.used(d.span), Some(DateUse::Later { .. }));
    let length = dates().rev().find(later)?;
    let in_which = known.used(length.span) == Some(DateUse::Later { in_which: true });
    let (number, unit, _) = how_many(length).filter(|(.., hours)| !hours)?;
    let comma = text.tokens_in(Span::new(length.span.end, figure.start)).iter().any(|t| matches!(text.cut(t.span), "," | ";"));
    let beside = |d: &&Timex| text.tokens_in(gap(d.span, length.span)).len() <= 1 && d.span.end <= length.span.start;
    let named = dates().rev().find(beside).and_then(|d| known.past(d, text)).map(|(day, _)| day);
    // "Two days after the fire, rescue workers said on Thursday"
    let told = || {
        let mut dates = within(known.dates, around.sentence, |d| d.span).filter(|d| d.precision == Some(Precision::Day));
        dates.find(|d| dates_report(text, around, known, d.span)).and_then(|d| known.past(d, text)).map(|(day, _)| day)
    };
    // "two were shot dead there, five days after three had been slain in a bank"
    let before = previous.filter(|p| around.sentence.contains(p.count.figure.span) && p.count.figure.span.end <= length.span.start);
    let before = before.and_then(|p| p.event.as_ref().or(opening)).filter(|e| e.0 == e.1).map(|e| e.0);
    let day = named.or_else(told).or(before).or(known.written).filter(|_| !comma || in_which || count.bodies)?;
    match unit {
        'D' => day.checked_sub_days(Days::new(number.into())).map(|d| (d, d, Precision::Day)),
        // "a week after 16 died"
        'W' => day.checked_sub_days(Days::new(u64::from(number) * 7)).map(|d| (d, d, Precision::Day)),
        // "two months after worshippers were killed"
        'M' => {
            let first = day.checked_sub_months(Months::new(number))?.with_day(1)?;
            Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?, Precision::Month))
        }
        'Y' => {
            let first = day.checked_sub_months(Months::new(number.checked_mul(12)?))?.with_ordinal(1)?;
            Some((first, first.checked_add_months(Months::new(12))?.pred_opt()?, Precision::Year))
        }
        _ => None,
    }
}

/// The day that heads the entry of a timeline or live report: "March 14 - Martial law in two townships. …".
fn entry_date<'k>(text: &Text<'_>, around: &Around<'_>, known: &'k Known<'_>) -> Option<&'k Timex> {
    let opening = around.opening?;
    heading(text, opening, known).filter(|date| date.precision == Some(Precision::Day) && known.past(date, text).is_some())
}

/// The day that stands alone in a line above the rows of a list: "Tuesday, 9 August", and below it what happened where.
fn date_above<'k>(text: &Text<'_>, figure: Span, known: &'k Known<'_>) -> Option<&'k Timex> {
    let at = text.sentence_at(figure.start).filter(|_| known.listed)?;
    let above = text.sentences[..at].iter().rev().take(LONGEST_ENTRY);
    // Another heading closes the list.
    let line = above.take_while(|s| s.section != Section::Heading || day_alone(text, known.dates, s).is_some());
    line.into_iter().find_map(|s| day_alone(text, known.dates, s)).filter(|d| known.past(d, text).is_some())
}

/// The day that is all of a sentence, in a paragraph that begins with it.
fn day_alone<'k>(text: &Text<'_>, dates: &'k [Timex], sentence: &Sentence) -> Option<&'k Timex> {
    let date = within(dates, sentence.span, |d| d.span).next().filter(|d| d.precision == Some(Precision::Day))?;
    let begins = text.as_str()[..sentence.span.start].trim_end_matches([' ', '\t']).ends_with('\n');
    (begins && text.tokens_in(sentence.span).len() <= text.tokens_in(date.span).len() + 1).then_some(date)
}

/// Whether several lines of a text hold a day and nothing else.
fn is_listed(text: &Text<'_>, dates: &[Timex]) -> bool {
    const LINES: usize = 2;
    let has_day = |s: &&Sentence| within(dates, s.span, |d| d.span).next().is_some();
    text.sentences.iter().filter(has_day).filter(|s| day_alone(text, dates, s).is_some()).take(LINES).count() == LINES
}

/// The date that a sentence begins with, set off from what it is the date of.
fn heading<'k>(text: &Text<'_>, sentence: Span, known: &'k Known<'_>) -> Option<&'k Timex> {
    let date = within(known.dates, sentence, |d| d.span).next()?;
    let heads = text.tokens_in(Span::new(sentence.start, date.span.start.max(sentence.start))).is_empty();
    let behind = text.tokens_in(Span::new(date.span.end, text.as_str().len().min(date.span.end + 8)));
    let set_off = behind.first().is_some_and(|t| matches!(text.cut(t.span), "-" | "–" | "—" | ":" | "."));
    (heads && set_off).then_some(date)
}

/// Whether a text is a list of dated entries, of which none is the one that it is about.
fn timeline(text: &Text<'_>, known: &Known<'_>) -> bool {
    const ENTRIES: usize = 3;
    text.sentences.iter().filter(|s| heading(text, s.span, known).is_some()).take(ENTRIES).count() == ENTRIES
}

/// Whether an hour has no day of its own: "not identified by nightfall" is of the day that the report is about.
fn dayless(date: &Timex) -> bool {
    date.kind == DateKind::Time && date.anchor == Anchor::Previous
}

/// The day of publication, where no more than a month or year is known none.
pub(super) fn day_of_publication(text: &Text<'_>) -> Option<NaiveDate> {
    text.document.published.filter(|p| p.precision == Precision::Day).map(|p| p.first)
}

/// The day of the dateline, if that is shortly before publication, or else that of publication.
fn written(text: &Text<'_>, dates: &[Timex]) -> Option<NaiveDate> {
    const FIRST: usize = 8;
    let printed = day_of_publication(text)?;
    let day = |d: &Timex| {
        let (day, last) = d.interval?;
        (day == last && written_on(text.as_str(), d.span, day, printed)).then_some(day)
    };
    Some(dates.iter().take(FIRST).find_map(day).unwrap_or(printed))
}

/// Whether a date stands in a dateline: "ALMATY, Jan 8 (Agency) - …" dates the report.
pub(super) fn dateline(text: &Text<'_>, sentence: Span, date: Span) -> bool {
    let before = text.tokens_in(Span::new(sentence.start, date.start.max(sentence.start))).len();
    // "7 de octubre.- Muere un hombre": without a place before it, the entry of a list of events.
    if before == 0 && text.as_str()[..sentence.start].contains('\n') {
        return false;
    }
    // An abbreviated month may end the sentence: "Lima, 10 ene. - …".
    let behind = text.tokens_in(Span::new(date.end, text.as_str().len().min(date.end + 80)));
    let dash = |t: &Token| matches!(text.cut(t.span), "-" | "–" | "—");
    // "Morelia, Mich., 15 de junio. En el libramiento …"
    let named = |t: &Token| text.cut(t.span).chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, ',' | '.' | '('));
    let alone = || {
        let rest = text.tokens_in(Span::new(date.end, sentence.end.max(date.end)));
        rest.len() <= 1 && text.tokens_in(Span::new(sentence.start, date.start)).iter().all(named)
    };
    before <= 6 && (behind.iter().take(8).any(dash) || before > 0 && alone())
}

/// Whether a dash or colon sets a place off as where a report is from: "MANILA - The quake that shook Abra …", "GREECE: Nobody was hurt".
pub(super) fn told_from(text: &Text<'_>, sentence: Span, place: Span) -> bool {
    let before = text.tokens_in(Span::new(sentence.start, place.start.max(sentence.start))).len();
    let behind = text.tokens_in(Span::new(place.end, text.as_str().len().min(place.end + 80)));
    let sets_off = |t: &Token| matches!(text.cut(t.span), "-" | "–" | "—" | ":");
    // "Lima, 9 de marzo (AAN).- …": the words of a day behind what opens the sentence.
    const MONTH: usize = 2;
    let (mut number, mut words) = (false, 0);
    let of_dateline = |t: &&Token| {
        let word = text.cut(t.span);
        if word.chars().all(char::is_lowercase) {
            words += 1;
            return before == 0 && number && words <= MONTH;
        }
        number |= word.starts_with(|x: char| x.is_ascii_digit());
        true
    };
    before <= 4 && behind.iter().take(12).take_while(of_dateline).any(sets_off)
}

/// Whether a date only says who speaks: "The army, which has been at war since April, put the dead at 38", "…, said Ali Noor, who was elected in 2019".
fn of_speaker(text: &Text<'_>, count: &Count, around: &Around<'_>, known: &Known<'_>, date: Span) -> bool {
    let speakers = around.quotes.iter().filter_map(|q| q.speaker.zip(q.cue)).chain(count.source);
    let clause = |who: Span| known.clause_on(who, date, count.figure.span);
    speakers.into_iter().filter(|(who, _)| around.sentence.contains(*who) && who.end <= date.start).any(|(who, cue)| {
        let words = || text.tokens_in(Span::new(who.end, date.start));
        let aside = || words().len() > 2 && words().first().is_some_and(|t| matches!(text.cut(t.span), "," | "("));
        clause(who) || date.end <= cue.start && aside()
    })
}

/// Whether a date in the figure's sentence is that of the report: it stands outside of what is attributed, or right
/// beside the word that attributes ("authorities reported yesterday").
fn dates_report(text: &Text<'_>, around: &Around<'_>, known: &Known<'_>, date: Span) -> bool {
    around.quotes.iter().any(|q| {
        let Some(cue) = q.cue else { return false };
        // "caught up with them Sunday, the command said, killing nine": what one says before and behind the word for it is one.
        let said = || known.quotes_near(around.sentence).any(|other| other.cue == q.cue && other.span.contains(date));
        let near = || words_to_cue(text, cue, q.speaker, date) <= 8 || !around.sentence.contains(date);
        // "In fighting on Thursday, he said, two were killed": what stands before who says so, between two commas, is said as well.
        let who = q.speaker.filter(|s| around.sentence.contains(*s)).unwrap_or(cue);
        let told = Span::new(cue.start.min(who.start), cue.end.max(who.end));
        let comma = |at: Option<&Token>| at.is_some_and(|t| text.cut(t.span) == ",");
        // "In fighting on Thursday, he said, two were killed"
        let led = || text.tokens_in(Span::new(around.sentence.start, date.start.max(around.sentence.start))).len();
        let interposed = || {
            let behind = text.tokens_in(Span::new(told.end, around.sentence.end.max(told.end)));
            let before = text.tokens_in(Span::new(date.end, told.start.max(date.end)));
            around.sentence.contains(told)
                && date.end <= told.start
                && comma(before.last())
                && comma(behind.first())
                && (before.len() > 1 || led() > 1)
        };
        // "A boat capsized on Friday, and the minister said that 27 had drowned": when it was, not when he spoke.
        let of_event = known.used(date) == Some(DateUse::OfEvent) && date.end <= told.start;
        if interposed() || of_event && words_to_cue(text, cue, q.speaker, date) > 1 {
            return false;
        }
        !q.span.contains(date) && (around.sentence.contains(cue) || q.span.overlaps(around.sentence)) && near() && !said()
    })
}

/// How many tokens stand between a date and a word that attributes; the speaker is one, however long his name is: "In November, the
/// London School of Hygiene and Tropical Medicine estimated".
fn words_to_cue(text: &Text<'_>, cue: Span, speaker: Option<Span>, date: Span) -> usize {
    let (start, end) = (cue.end.min(date.end), cue.start.max(date.start));
    if start >= end {
        return 0;
    }
    let gap = Span::new(start, end);
    let name = speaker.filter(|s| gap.contains(*s)).map_or(0, |s| text.tokens_in(s).len().saturating_sub(1));
    text.tokens_in(gap).len() - name
}

/// What was found in the text besides figures, and what its words make of dates and places.
pub(super) struct Known<'a> {
    quotes: &'a [Quote],
    pub(super) dates: &'a [Timex],
    pub(super) mentions: &'a [Mention],
    uses: &'a [(Span, DateUse)],
    held: &'a [Span],
    toward: &'a [Span],
    off: &'a [Span],
    wards: &'a [Span],
    prisons: &'a [Span],
    taken_from: &'a [Span],
    wider: &'a [Span],
    /// Names right behind a word for "in".
    inside: &'a [Span],
    /// Figures that are parts of others.
    parts: &'a [Span],
    /// Names of what was attacked.
    struck: &'a [Span],
    pub(super) regions: &'a [Span],
    /// Words for a whole country.
    nationwide: &'a [Span],
    /// Words that refer back to a place.
    there: &'a [Span],
    /// Words for where the report is from.
    here: &'a [Span],
    /// Words for the capital.
    seats: &'a [Span],
    /// The country that the headline is about.
    about: Option<&'static str>,
    /// Dates on which something began.
    began: &'a [Span],
    /// Clauses that count from such a day.
    since_then: &'a [Span],
    /// Clauses that say of the name before them who or what it is.
    clauses: &'a [Span],
    /// Dates since when somebody was missing.
    missing_since: &'a [Span],
    /// The day that the report was written on.
    pub(super) written: Option<NaiveDate>,
    /// The sentence of the headline that says which days the text is on, and these.
    period: Option<(usize, Event)>,
    /// The text is a list whose rows stand below lines that hold a day.
    pub(super) listed: bool,
}

impl Known<'_> {
    /// The days of a date that can be when something happened: no duration, and not after the report.
    pub(super) fn past(&self, date: &Timex, text: &Text<'_>) -> Option<(NaiveDate, NaiveDate)> {
        let days = date.interval.filter(|_| matches!(date.kind, DateKind::Date | DateKind::Time) && !self.in_name(date.span))?;
        text.document.published.is_none_or(|p| days.0 <= p.last()).then_some(days)
    }

    /// Whether a date is only a part of the name of a place or an organisation: "la comunidad Aurora 8 de Octubre".
    fn in_name(&self, date: Span) -> bool {
        let upto = self.mentions.partition_point(|m| m.span.start < date.end);
        let names = |m: &Mention| matches!(m.kind, EntityKind::Place | EntityKind::Organisation);
        self.mentions[..upto].last().is_some_and(|m| names(m) && m.span.overlaps(date) && !date.contains(m.span))
    }

    /// The places that are named in a stretch of text.
    pub(super) fn places(&self, span: Span) -> impl Iterator<Item = Span> {
        within(self.mentions, span, |m| m.span).filter(|m| m.kind == EntityKind::Place).map(|m| m.span)
    }

    /// Whether a place, not only the end of its name, is the wider one around that before it.
    fn is_wider(&self, place: Span) -> bool {
        let from = self.wider.partition_point(|w| w.end <= place.start);
        self.wider.get(from).is_some_and(|w| w.overlaps(place) && w.start <= place.start)
    }

    /// The capital by its name, where the text has it: that of the country told of, or the only one named.
    fn seat(&self, text: &Text<'_>, place: Span, country: Option<Span>) -> Span {
        if !overlaps(self.seats, place) {
            return place;
        }
        let Ok(gazetteer) = Gazetteer::shipped() else { return place };
        let capital = |m: &&Mention| m.gazetteer.as_deref().is_some_and(|key| gazetteer.is_capital(key));
        let of = self.about.or_else(|| country.and_then(|c| self.country(c)));
        let named = || self.mentions.iter().take(LONGEST_OPENING).filter(capital).map(|m| m.span);
        let home = named().find(|m| of.is_some() && self.country(*m) == of);
        // Where the report is from, or the only one.
        let from = || self.origin(text, |place| named().any(|m| m == place));
        let only = || named().next().filter(|first| named().all(|m| self.country(m) == self.country(*first)));
        home.or_else(|| from().or_else(only).filter(|_| of.is_none())).unwrap_or(place)
    }

    /// The place that the first sentence below the headline is told from, if it fits.
    fn origin(&self, text: &Text<'_>, fits: impl Fn(Span) -> bool) -> Option<Span> {
        let first = text.sentences.iter().find(|s| s.section != Section::Headline)?.span;
        self.places(first).find(|m| told_from(text, first, *m) && fits(*m))
    }

    /// Whether a place is a province or the like by the words beside it.
    pub(super) fn region(&self, place: Span) -> bool {
        let from = self.regions.partition_point(|r| r.end <= place.start);
        self.regions.get(from).is_some_and(|r| r.overlaps(place))
    }

    /// Whether a place is a country or a province: what lies in it is finer.
    pub(super) fn is_broad(&self, place: Span) -> bool {
        let key = within(self.mentions, place, |m| m.span).find_map(|m| m.gazetteer.as_deref());
        key.is_some_and(|k| k.starts_with("country/") || k.starts_with("region/")) || self.region(place)
    }

    pub(super) fn used(&self, date: Span) -> Option<DateUse> {
        let at = self.uses.partition_point(|(s, _)| s.start < date.start);
        let used = self.uses.get(at).filter(|(s, _)| *s == date).map(|(_, used)| *used);
        // "began late Thursday and lasted six hours": a stretch of time is no second day.
        used.filter(|used| match used {
            DateUse::Until(second) => !self.lasts(*second),
            DateUse::During => self.lasts(date),
            _ => true,
        })
    }

    /// Whether a date may be simply that on which something was done.
    pub(super) fn of_harm(&self, date: Span) -> bool {
        matches!(self.used(date), None | Some(DateUse::OfEvent | DateUse::Overnight))
    }

    /// Whether a stretch stands in a clause right behind a name, which says who or what that is, and not of a figure in it.
    fn clause_on(&self, who: Span, what: Span, figure: Span) -> bool {
        let from = self.clauses.partition_point(|c| c.start < who.end);
        self.clauses.get(from).is_some_and(|c| c.start <= who.end + 1 && c.contains(what) && !c.contains(figure))
    }

    /// Whether a date stands in a clause that says of a name who that is: "The president, who visited the town on Saturday, declared".
    pub(super) fn says_who(&self, date: Span) -> bool {
        let upto = self.clauses.partition_point(|c| c.start <= date.start);
        self.clauses[..upto].last().is_some_and(|c| c.contains(date))
    }

    /// "up from 880 in the same period last year": a figure of another time that one is set against.
    fn set_against(&self, text: &Text<'_>, around: &Around<'_>, figure: Span) -> Option<&Timex> {
        const WORDS: usize = 8;
        // Up to the next figure.
        let end = around.later.first().map_or(around.sentence.end, |next| next.start.min(around.sentence.end));
        let behind = Span::new(figure.end, end.max(figure.end));
        let date = within(self.dates, behind, |d| d.span).next();
        let date = date.filter(|d| self.used(d.span) == Some(DateUse::Against) && d.kind == DateKind::Date);
        date.filter(|d| text.tokens_in(Span::new(figure.end, d.span.start)).len() <= WORDS)
    }

    /// Whether a date stands beside a word that attributes: it dates the speech.
    pub(super) fn dates_speech(&self, text: &Text<'_>, sentence: Span, date: Span) -> bool {
        self.quotes_near(sentence).filter(|q| !q.span.contains(date)).filter_map(|q| Some((q.cue?, q.speaker))).any(|(cue, speaker)| {
            // "after Sunday's ambush, but officers fear": that is when what is named happened.
            let other = self.used(date) == Some(DateUse::OfEvent) && date.end <= cue.start;
            sentence.contains(cue) && !other && words_to_cue(text, cue, speaker, date) <= 4
        })
    }

    fn quotes_near(&self, sentence: Span) -> impl Iterator<Item = &Quote> {
        let from = self.quotes.partition_point(|q| q.span.start + NEAR < sentence.start);
        self.quotes[from..].iter().take_while(move |q| q.span.start < sentence.end)
    }

    /// Whether a place is part of the name of somebody who speaks in a sentence: "the Kenya Red Cross said".
    fn speaks(&self, sentence: Span, place: Span) -> bool {
        self.quotes_near(sentence).filter_map(|q| q.speaker).any(|s| s.contains(place))
    }

    /// The days that a date stands for here; `lasts` says whether what began then with a clause of its own goes on to the figure.
    pub(super) fn event(&self, date: &Timex, text: &Text<'_>, rule: &str, lasts: bool) -> Option<Event> {
        // "in the week", in a bulletin that says on which
        if date.precision == Some(Precision::Week)
            && date.anchor == Anchor::Previous
            && let Some((_, (first, last, precision, _))) = &self.period
        {
            return Some((*first, *last, *precision, Arc::from(rule)));
        }
        let ((mut first, mut last), mut precision) = (date.interval?, date.precision?);
        if let Some((end, unit)) = self.begins(date, text) {
            (last, precision) = (last.min(end), unit);
        }
        // "the worst since 2014, when 15 drowned": the 15 of that year.
        let since = match self.used(date.span) {
            Some(DateUse::Since) => true,
            Some(DateUse::SinceWhen) => lasts,
            _ => false,
        };
        match self.used(date.span) {
            _ if since => last = last.max(text.document.published.map_or(last, |p| p.last())),
            Some(DateUse::Overnight) => last = last.succ_opt().filter(|day| Some(*day) <= self.written).unwrap_or(last),
            Some(DateUse::Until(second)) => last = self.days_of(second).map_or(last, |days| last.max(days.1)),
            _ => {
                // The second of two: "between Thursday and [Saturday]".
                let before = self.uses.partition_point(|(s, _)| s.start < date.span.start);
                let first_of = self.uses[..before].last().filter(|(_, used)| *used == DateUse::Until(date.span));
                first = first_of.and_then(|(s, _)| self.days_of(*s)).map_or(first, |days| first.min(days.0));
            }
        }
        // "this year", "since the start of the year": nobody was harmed after the report.
        if since || precision == Precision::Year && day_of_publication(text).is_some_and(|p| first <= p && p < last) {
            last = last.min(day_of_publication(text).unwrap_or(last).max(first));
        }
        let rule = match self.used(date.span) {
            _ if since => SINCE,
            Some(DateUse::OfRecord) => OF_RECORD,
            _ => rule,
        };
        Some((first, last, precision, Arc::from(rule)))
    }

    /// "the first three months of 2021": the last day of what a year or month begins with, and how fine it is.
    fn begins(&self, date: &Timex, text: &Text<'_>) -> Option<(NaiveDate, Precision)> {
        let before = self.dates.partition_point(|d| d.span.start < date.span.start).checked_sub(1)?;
        let length =
            self.dates.get(before).filter(|d| d.kind == DateKind::Duration && matches!(self.used(d.span), Some(DateUse::First { .. })))?;
        let beside = text.tokens_in(gap(length.span, date.span)).len() <= 1;
        let ((first, _), (number, unit, hours)) = (date.interval?, how_many(length)?);
        let (next, fine) = match (date.precision?, unit) {
            (Precision::Year, 'M') if !hours => (first.checked_add_months(Months::new(number))?, Precision::Month),
            (Precision::Month, 'W') => (first.checked_add_days(Days::new(u64::from(number) * 7))?, Precision::Week),
            (Precision::Month, 'D') => (first.checked_add_days(Days::new(number.into()))?, Precision::Day),
            _ => return None,
        };
        next.pred_opt().filter(|_| beside).map(|end| (end, fine))
    }

    /// Whether a place stands right behind a word for "in".
    pub(super) fn is_inside(&self, place: Span) -> bool {
        overlaps(self.inside, place)
    }

    pub(super) fn is_country(&self, place: Span) -> bool {
        is_country(self.mentions, place)
    }

    /// The country of a place that the gazetteer knows, or that it is.
    pub(super) fn country(&self, place: Span) -> Option<&'static str> {
        country_of(self.mentions, place)
    }

    /// Whether a dateline is of another country than the headline is about: "(Washington) - Members of the Colombian police".
    pub(super) fn is_abroad(&self, place: Span) -> bool {
        self.about.is_some_and(|about| self.country(place).is_some_and(|c| c != about))
    }

    /// Whether a sentence counts from when something began, which may be long before the last day told of: "since the war began".
    pub(super) fn since_it_began(&self, sentence: Span) -> bool {
        within(self.since_then, sentence, |s| *s).next().is_some()
    }

    /// Whether a word for a whole country stands near a figure: "nationwide", "los asesinados este año en el país".
    pub(super) fn of_a_country(&self, text: &Text<'_>, figure: Span) -> bool {
        const CLAUSE: usize = 8;
        let Some(sentence) = sentence_of(text, figure) else { return false };
        within(self.nationwide, sentence.span, |w| *w).any(|w| distance(text, *w, figure) <= CLAUSE)
    }

    /// Whether the place of those hurt is the hospital that they were brought to.
    pub(super) fn is_brought(&self, claim: &Claim) -> bool {
        claim.count.kind == ClaimKind::Injured && claim.place.is_some_and(|p| overlaps(self.wards, p))
    }

    fn lasts(&self, date: Span) -> bool {
        within(self.dates, date, |d| d.span).any(|d| d.kind == DateKind::Duration)
    }

    fn days_of(&self, date: Span) -> Option<(NaiveDate, NaiveDate)> {
        let at = self.dates.partition_point(|d| d.span.start < date.start);
        self.dates.get(at).filter(|d| d.span == date)?.interval
    }
}

/// The country of a place that the gazetteer knows, or that it is.
fn country_of(mentions: &[Mention], place: Span) -> Option<&'static str> {
    let key = within(mentions, place, |m| m.span).find_map(|m| m.gazetteer.as_ref())?;
    Gazetteer::shipped().ok()?.entry(key)?.country.as_deref()
}

fn is_country(mentions: &[Mention], place: Span) -> bool {
    within(mentions, place, |m| m.span).any(|m| m.gazetteer.as_ref().is_some_and(|key| key.starts_with("country/")))
}

/// The first place of a known country that the headline names.
fn headline_country(text: &Text<'_>, mentions: &[Mention]) -> Option<Span> {
    let headlines = text.sentences.iter().take_while(|s| s.section == Section::Headline);
    let mut places = headlines.flat_map(|s| within(mentions, s.span, |m| m.span)).filter(|m| m.kind == EntityKind::Place).map(|m| m.span);
    places.find(|m| country_of(mentions, *m).is_some())
}

/// Where the country that a text names most often is named first; nothing happened where somebody only went.
fn most_named_country(mentions: &[Mention], toward: &[Span]) -> Option<Span> {
    let mut named: Vec<(&str, usize, Span)> = Vec::new();
    for m in mentions.iter().take(LONGEST_OPENING) {
        // "2,000 villagers crossed into Niger"
        let key = m.gazetteer.as_deref().filter(|key| key.starts_with("country/") && !overlaps(toward, m.span));
        let Some(key) = key else { continue };
        match named.iter_mut().find(|(k, ..)| *k == key) {
            Some((_, times, _)) => *times += 1,
            None => named.push((key, 1, m.span)),
        }
    }
    let (_, most, span) = *named.iter().max_by_key(|(_, times, _)| *times)?;
    (named.iter().filter(|(_, times, _)| *times == most).count() == 1).then_some(span)
}

/// What stands between two stretches.
fn gap(a: Span, b: Span) -> Span {
    let start = a.end.min(b.end);
    Span::new(start, a.start.max(b.start).max(start))
}

/// How far two stretches stand from each other, in tokens; the end of a clause counts for many, what stands in brackets for one.
pub(super) fn distance(text: &Text<'_>, a: Span, b: Span) -> usize {
    let gap = Span::new(a.end.min(b.end), a.start.max(b.start));
    if gap.is_empty() {
        return 0;
    }
    let tokens = text.tokens_in(gap);
    let closed = |from: usize| tokens[from..].iter().position(|t| text.cut(t.span) == ")").map(|n| from + n);
    let (mut far, mut at) = (0, 0);
    while let Some(token) = tokens.get(at) {
        let word = text.cut(token.span);
        let close = if word == "(" { closed(at) } else { None };
        far += match word {
            "(" if close.is_some() => 1,
            ";" => 24,
            "." | "(" | ")" | "–" | "—" => 8,
            "," => 2,
            _ => 1,
        };
        at = close.unwrap_or(at) + 1;
    }
    far
}

/// Where it happened. A place that nothing else knows as a name ("in
/// Nanduli") is one by the word for "in" before its capital.
fn place(text: &Text<'_>, count: &Count, around: &Around<'_>, known: &Known<'_>, last: Option<(Span, Option<Span>)>) -> Option<Span> {
    if count.listed_as.is_some() {
        return count.listed_as;
    }
    let later = around.later;
    let between = |trigger: Span, figure: Span| last.is_some_and(|(l, _)| trigger.end <= l.start && l.end <= figure.start);
    let speaker = |m: Span| {
        let source = count.source.is_some_and(|(who, _)| who.contains(m));
        source || around.quotes.iter().any(|q| q.speaker.is_some_and(|s| s.contains(m)))
    };
    let seized = |m: Span| count.kind == ClaimKind::Detained && overlaps(known.taken_from, m);
    let located = |m: Span| count.located.iter().any(|s| m.overlaps(*s)) || seized(m);
    // "Israel killed 20", "Kenya police killed 3": who did it, not where.
    let doer = |m: Span| count.perpetrator.is_some_and(|p| p.span.start == m.start);
    let fits = |m: &Span| {
        let victims = count.victims.is_some_and(|v| v.contains(*m));
        let sender = count.kind == ClaimKind::Deployed && m.end <= count.trigger.start && !located(*m);
        !victims && !doer(*m) && !sender
    };
    // "in Atocha 29 people died, in El Pozo 67": with another figure between, the word of harm stands with that one's place.
    let trigger = Some(count.trigger).filter(|t| !between(*t, count.figure.span));
    // "817 were killed in Rabaa and 87 in the smaller camp": the word of harm stands with the one before.
    let listed = count.trigger.end <= count.figure.span.start && last.is_some_and(|(l, _)| around.sentence.contains(l));
    let trigger = trigger.unwrap_or(count.figure.span);
    let (from, to) = (count.figure.span.start.min(trigger.start), count.figure.span.end.max(trigger.end));
    // "89 in the theatre, 15 in the Carillon": a figure with a place of its own does not take the next one's.
    let next = later.first().filter(|n| around.sentence.contains(**n) && n.start > to);
    let own = next.filter(|n| count.located.iter().any(|s| s.start >= to && s.end <= n.start));
    // "14 died, and in Cali seven"
    let of_next = |m: &Span| {
        let figure = later.get(later.partition_point(|f| f.start < m.end));
        let apart = || {
            // "and, in Cali, a nurse"
            let before = text.tokens_in(Span::new(to.min(m.start), m.start));
            let comma = |t: Option<&Token>| t.is_some_and(|t| text.cut(t.span) == ",");
            before.len() > 2 && comma(before.get(before.len() - 2))
        };
        let ends = |f: &Span| {
            let next = text.tokens_in(Span::new(f.end, around.sentence.end.max(f.end)));
            next.first().is_none_or(|t| !text.cut(t.span).starts_with(char::is_alphanumeric))
        };
        let beside = |f: &Span| match text.tokens_in(Span::new(m.end, f.start)) {
            [] => true,
            // "En Calarcá murieron 122 y en Pereira, 44."
            [t] => text.cut(t.span) == "," && (apart() || ends(f)),
            _ => false,
        };
        m.start >= to && figure.is_some_and(beside)
    };
    // "12 lost their lives, 10 of them at Lekki": where the ten did.
    let of_part = |m: &Span| {
        let part = within(known.parts, Span::new(to, m.start.max(to)), |p| *p).next_back();
        part.is_some_and(|p| text.tokens_in(Span::new(p.end.min(m.start), m.start)).iter().all(|t| text.cut(t.span) != ","))
    };
    // "460 died in all; the worst day took 123 in Guayaquil": another clause, and the next figure's.
    let clause_of_next = |m: &Span| {
        let next = later.first().filter(|n| around.sentence.contains(**n) && n.end <= m.start && n.start >= to);
        next.is_some_and(|n| text.cut(Span::new(to, n.start)).contains(';'))
    };
    let next_one = |m: &Span| clause_of_next(m) || of_next(m) || of_part(m) || opens_next(text, count.figure.span, *m, around.later);
    let reach = |m: &Span| own.is_none_or(|n| m.start < n.start) && !next_one(m);
    // An organisation right behind a word for "in" is a place: "en la Penitenciaría del Litoral".
    let body = |m: &Mention, s: Span| m.kind == EntityKind::Organisation && m.span.start == s.start && overlaps(known.inside, s);
    let unnamed = count.located.iter().copied().filter(|s| {
        // Nobody is harmed in a person: what was taken for one is a place.
        let named = |m: &Mention| (m.kind != EntityKind::Person || overlaps(known.struck, *s)) && m.span.overlaps(*s) && !body(m, *s);
        let named = within(known.mentions, around.sentence, |m| m.span).any(named);
        let dated = within(known.dates, around.sentence, |d| d.span).any(|d| d.span.overlaps(*s));
        // "in the southern Philippine city of Cotabato": it says of what country the one behind it is.
        let of_next = known.places(Span::new(s.end, around.sentence.end.max(s.end))).next().is_some_and(|next| {
            let gap = text.tokens_in(Span::new(s.end, next.start));
            (1..=3).contains(&gap.len()) && gap.iter().all(|t| text.cut(t.span).chars().all(char::is_lowercase))
        });
        // "IN THE ENSUING CLASHES": where all is in capitals, a capital makes no name.
        let shouted = || !text.cut(*s).contains(char::is_lowercase);
        // "crowds in the capital …, at the end of a weekend that left 100 dead": too far off to be the figure's.
        let opens = || text.tokens_in(Span::new(around.sentence.start, s.start)).len() <= 2;
        let beside = || distance(text, *s, count.figure.span).min(distance(text, *s, count.trigger)) <= SEAT_WITHIN;
        let far = || overlaps(known.seats, *s) && !opens() && !beside();
        !named && !dated && !of_next && s.len() > 2 && (overlaps(known.seats, *s) || !shouted()) && !far()
    });
    let whole = |s: Span| within(known.mentions, s, |m| m.span).find(|m| body(m, s)).map_or(s, |m| m.span);
    let unnamed = unnamed.map(whole);
    let placed = last.is_some_and(|(_, place)| place.is_some());
    // "flown to Turkey", "a family from Chandpur": where somebody went or is from, and no harm was done.
    // "one remains at a Charleston hospital"
    let brought = |m: Span| count.kind == ClaimKind::Injured && placed && overlaps(known.wards, m);
    let away = |m: Span| overlaps(known.toward, m) && !located(m) || overlaps(known.held, m) || brought(m);
    let told_there = |m: Span| around.quotes.first().is_some_and(|q| said_in(text, q, m));
    let abroad = |m: Span| known.is_abroad(m) && told_from(text, around.sentence, m);
    let of_speaker = |m: Span| {
        let mut who = count.source.map(|(who, _)| who).into_iter().chain(around.quotes.iter().filter_map(|q| q.speaker));
        who.any(|s| known.clause_on(s, m, count.figure.span))
    };
    let happened = |m: &Span| fits(m) && !of_speaker(*m) && !away(*m) && !told_there(*m) && !abroad(*m);
    let mut here: Vec<Span> = known.places(around.sentence).chain(unnamed).filter(happened).filter(reach).collect();
    here.sort_by_key(|m| m.start);
    // "In Sumy a missile killed three; in Kharkiv …": another clause.
    let parted = |m: Span| m.start >= to && text.as_str()[to..m.start].contains(';');
    // A place behind the harm is named for it more often than one before it, which may be who did it; and one behind a
    // word for "in" more often than any other.
    let far = |m: Span| {
        // "200 families fled Sake"
        let left =
            count.kind == ClaimKind::Displaced && trigger.end <= m.start && text.tokens_in(Span::new(trigger.end, m.start)).len() <= 3;
        if left {
            return 0;
        }
        let first = || here.iter().all(|h| h.start < to || h.start >= m.start);
        let behind = text.tokens_in(Span::new(to.min(m.start), m.start));
        let close = behind.len() <= 3 || listed && behind.len() <= 5 && !behind.iter().any(|t| text.cut(t.span) == ",");
        if m.start >= to && located(m) && close && first() {
            // "346 were found in Cagayan de Oro and 206 in the neighboring city of Iligan"
            0
        } else if m.start >= to {
            (m.start - to) * 2
        } else if m.start > from && count.figure.span.start >= m.end {
            // "30 arrested in Dawei, 11 in Pyay"
            (count.figure.span.start - m.end) * 3
        } else {
            from.saturating_sub(m.end) * 3
        }
    };
    // One right behind the speaker is the speaker's, unless there is no other: "the police in Karachi said".
    let spoken = |m: Span| {
        let behind = |s: Span| s.end <= m.start && text.tokens_in(Span::new(s.end, m.start)).len() <= 1;
        around.quotes.iter().filter_map(|q| q.speaker).chain(count.source.map(|(who, _)| who)).any(behind)
    };
    // What somebody else calls here is where he is.
    let here_said = || within(known.here, around.sentence, |h| *h).next().copied().filter(|_| around.quotes.is_empty());
    let weighed = |m: Span| match located(m) {
        // Where the report is from, if no other is named, or if "here" stands nearer.
        _ if told_from(text, around.sentence, m) => here_said().map_or(far(m) * 60, far),
        true => far(m),
        false => far(m) * 3,
    };
    let nearest = (0..here.len()).filter(|&i| !speaker(here[i])).min_by_key(|&i| (spoken(here[i]), parted(here[i]), weighed(here[i])));
    // "SAN SALVADOR, 20 NOV -- Our correspondent in San Miguel reports": where who tells of it is, not where the report is put together.
    let from_afar = |i: &usize| told_from(text, around.sentence, here[*i]);
    let abroad = |i: usize, m: Span| known.country(here[i]).zip(known.country(m)).is_some_and(|(a, b)| a != b);
    let on_the_spot = nearest
        .filter(from_afar)
        .and_then(|i| (0..here.len()).find(|&j| j != i && speaker(here[j]) && located(here[j]) && !abroad(i, here[j])));
    let nearest = on_the_spot.or(nearest);
    // "NOUAKCHOTT - A boat capsized 60 miles north of Nouadhibou": near there rather than where it is told from.
    let off = || known.places(around.sentence).find(|m| overlaps(known.off, *m) && m.end + NEAR > from);
    if let Some(place) = nearest.is_none_or(|i| from_afar(&i)).then(off).flatten() {
        return Some(place);
    }
    // Where the speaker is from, if the report has named no other place.
    let nearest = nearest.filter(|&i| !spoken(here[i]) || last.is_none_or(|(_, place)| place.is_none()));
    // "Ethiopia's Oromia region"
    let owned = |a: &Span, b: &Span| matches!(text.cut(Span::new(a.end, b.start.max(a.end))), "'s " | "’s ");
    // "in Zahedan, Iran": the first-named is the finer.
    let finer = |places: &[Span], i: usize| {
        let (Some(a), Some(b)) = (i.checked_sub(1).and_then(|p| places.get(p)), places.get(i)) else { return false };
        // "14 were held in Blackpool, 27 in Manchester"
        let between = Span::new(a.end, b.start.max(a.end));
        let figures = || last.map(|(l, _)| l).into_iter().chain([count.figure.span]).chain(later.iter().copied().take(LOOKED_BACK));
        if figures().any(|f| between.contains(f)) {
            return false;
        }
        if owned(a, b) {
            return false;
        }
        let gap = text.tokens_in(between);
        // "in Apatzingán, and in Uruapan a boy of 14 was hit": the place opens the figure's clause.
        let beside = |f: Span| b.end <= f.start && text.tokens_in(Span::new(b.end, f.start)).is_empty();
        if gap.len() > 1 && figures().any(beside) {
            return false;
        }
        let aside = gap.first().is_some_and(|t| matches!(text.cut(t.span), "," | "("));
        // "Solhan, en el noreste de Burkina Faso", "Kilelengwani village in Tana Delta"
        let quiet = || aside || gap.iter().all(|t| text.cut(t.span).chars().all(char::is_lowercase));
        let wider = gap.len() <= 8 && known.is_wider(*b) && quiet();
        // "Auno (Konduga LGA, Borno State)", "Eldoret town (Uasin Gishu county)"
        let opened = || gap.iter().position(|t| text.cut(t.span) == "(").filter(|at| *at <= 2);
        let bracketed = gap.len() <= 8 && opened().is_some() && gap.iter().all(|t| text.cut(t.span) != ")");
        // "on Argentina Avenue in the capital"
        let seated = gap.len() <= 2 && overlaps(known.seats, *b);
        wider || bracketed || seated || aside && gap.len() <= 3
    };
    let finest = |places: &[Span], i: usize| {
        let steps = (0..3).take_while(|n| i >= *n && finer(places, i - n)).count();
        let part = places.get(i).zip(places.get(i + 1)).filter(|(a, b)| steps == 0 && owned(a, b));
        part.map(|(_, b)| *b).or_else(|| places.get(i - steps).copied())
    };
    // "In Kenya, four died when their vehicle struck a bomb near Liboi", "In Djugu territory, 15 were killed at a mine near Mongbwalu": the finer
    // place that follows, unless it is known to lie elsewhere, or is another figure's: "in one district three died and in the next, four".
    let finer_behind = |m: &Span, of: Span| {
        let named = m.start >= to && located(*m) && known.places(*m).next().is_some() && !known.is_broad(*m);
        let elsewhere = || known.country(*m).zip(known.country(of)).is_some_and(|(c, of)| c != of);
        let own = || next.is_none_or(|n| m.end <= n.start && text.tokens_in(Span::new(m.end, n.start)).len() > 2);
        // A country holds for all that a sentence tells.
        let clause = || is_country(known.mentions, of) || text.tokens_in(Span::new(to, m.start)).iter().all(|t| text.cut(t.span) != ",");
        named && own() && clause() && !elsewhere() && !parted(*m)
    };
    let nearest = nearest.map(|i| {
        let leads = here[i].end <= from;
        here.iter().position(|m| leads && finer_behind(m, here[i])).unwrap_or(i)
    });
    let nearest = nearest.and_then(|i| finest(&here, i));
    // "Police in Almaty said": those who speak from where they are, if nothing else is named.
    let unplaced = last.is_none_or(|(_, place)| place.is_none()) || within(known.there, around.sentence, |t| *t).next().is_some();
    let quoted = |m: Span| around.quotes.iter().any(|q| q.speaker.is_some_and(|s| s.contains(m)));
    let tells = |m: Span| unplaced || !spoken(m) && !quoted(m);
    let nearest = nearest.or_else(|| here.iter().copied().find(|m| located(*m) && tells(*m)));
    // In a sentence before, that of the figure told there, or else the last one named.
    let before = |s: &Span| {
        let told = last.filter(|(l, _)| s.contains(*l)).and_then(|(_, place)| place);
        told.or_else(|| {
            // However long it is.
            let s = Span::new(s.start.max(s.end.saturating_sub(NEAR)), s.end);
            // "were flown to Charleston", where the report has named another place
            let elsewhere = |m: Span| overlaps(known.held, m) || placed && overlaps(known.toward, m);
            let abroad = |m: Span| known.is_abroad(m) && told_from(text, s, m);
            let said = |m: Span| known.quotes_near(s).any(|q| said_in(text, q, m));
            let fits = |m: &Span| fits(m) && !elsewhere(*m) && !said(*m) && !known.speaks(s, *m) && !abroad(*m);
            let places: Vec<Span> = known.places(s).filter(fits).collect();
            // "In Cochabamba, growers who blocked the road to Santa Cruz fought the army.": what opens the sentence holds for all of it.
            let opens = |m: &Span| {
                let comma = text.tokens_in(Span::new(m.end, s.end.max(m.end))).first().is_some_and(|t| text.cut(t.span) == ",");
                overlaps(known.inside, *m) && comma && text.tokens_in(Span::new(s.start, m.start.max(s.start))).len() <= 1
            };
            let first = places.first().filter(|m| places.len() > 1 && opens(m)).copied();
            first.or_else(|| places.len().checked_sub(1).and_then(|i| finest(&places, i)))
        })
    };
    // "Juliaca was calm on Tuesday. In that city 18 people died": the place named before.
    let named_before = || {
        let there = within(known.there, around.sentence, |t| *t).next()?;
        let back = Span::new(around.before.first().map_or(around.sentence.start, |s| s.start).min(there.start), there.start);
        let mut places: Vec<Span> = known.places(back).filter(|m| fits(m) && !overlaps(known.held, *m)).collect();
        // "Those who fled walked to Mirebalais. There …", if it names no other.
        if places.iter().any(|m| !overlaps(known.toward, *m)) {
            places.retain(|m| !overlaps(known.toward, *m));
        }
        places.len().checked_sub(1).and_then(|i| finest(&places, i))
    };
    // "Gunmen killed three farmers here": where the report is from.
    let from_here = || here_said().and_then(|_| known.origin(text, |_| true));
    let named_before = || named_before().or_else(from_here);
    // "Eleven others were hurt, among them a doctor": both where the first was.
    let goes_on = || last.filter(|(l, _)| around.sentence.contains(*l)).and_then(|(_, place)| place);
    // A place that another paragraph happens to name is the figure's only where no figure before has one.
    let reach = if placed { around.in_paragraph() } else { &around.before };
    nearest.or_else(named_before).or_else(goes_on).or_else(|| reach.iter().find_map(before))
}

/// Whether a place is where something was said: "told reporters in Washington that 500 had died".
fn said_in(text: &Text<'_>, quote: &Quote, place: Span) -> bool {
    let Some(cue) = quote.cue else { return false };
    let words = |from: usize| text.tokens_in(Span::new(from.min(place.start), place.start));
    let beside = |s: Span| text.sentence_at(s.start) == text.sentence_at(place.start);
    let between =
        cue.end <= place.start && place.end <= quote.span.start && text.sentence_at(cue.start) == text.sentence_at(quote.span.start);
    // "…, the ministry said in Paris"
    let behind = || quote.span.end <= place.start && cue.end <= place.start && words(cue.end).len() <= 2 && beside(cue);
    // "The governor, who met the general in Sokoto, said", but not "The mayor of Jojutla, in Morelos, said"
    let aside = |who: Span| {
        let clause = words(who.end);
        let comma = clause.first().is_some_and(|t| text.cut(t.span) == ",");
        comma && clause.len() > 2 && who.end <= place.start && place.end <= cue.start && beside(who) && beside(cue)
    };
    between || behind() || quote.speaker.is_some_and(aside)
}

/// Whether a date or place opens the clause of a later figure: "In February 79 died, and in July there were 22".
fn opens_next(text: &Text<'_>, figure: Span, named: Span, later: &[Span]) -> bool {
    const CLAUSE: usize = 12;
    const AFTER_STOP: usize = 30;
    let between = text.tokens_in(Span::new(figure.end.min(named.start), named.start));
    let parted = match between.iter().rposition(|t| matches!(text.cut(t.span), "," | ";")) {
        Some(at) if text.cut(between[at].span) == ";" => true,
        // A conjunction, and a preposition or none.
        Some(at) => (2..=3).contains(&(between.len() - at)),
        None => false,
    };
    let next = later.get(later.partition_point(|f| f.start < named.end));
    let stop = between.iter().any(|t| text.cut(t.span) == ";");
    let most = if stop { AFTER_STOP } else { CLAUSE };
    let follows = |f: &Span| {
        let clause = if f.start < named.end + NEAR { text.tokens_in(Span::new(named.end, f.start)) } else { return false };
        clause.len() <= most && !clause.iter().any(|t| text.cut(t.span) == ";")
    };
    parted && next.is_some_and(|f| follows(f) && text.sentence_at(f.start) == text.sentence_at(figure.start))
}

/// Whether one of some stretches in order, none over another, overlaps a stretch.
fn overlaps(list: &[Span], span: Span) -> bool {
    let from = list.partition_point(|s| s.end <= span.start);
    list.get(from).is_some_and(|s| s.overlaps(span))
}

/// What was reported on a day before that which only other figures have is of an earlier one, which nobody names.
fn not_ahead(claims: &mut [Claim]) {
    let carried = |e: &Event| [told::TOLD, told::LEAD, OF_FIGURE_BEFORE, IN_SENTENCE_BEFORE].contains(&&*e.3);
    for claim in claims {
        if claim.event.as_ref().zip(claim.reported).is_some_and(|(e, day)| e.0 > day && carried(e)) {
            claim.event = None;
        }
    }
}

/// The rows that lie in a stretch of text, from a list in order.
pub(super) fn within<T>(list: &[T], span: Span, of: impl Fn(&T) -> Span) -> impl DoubleEndedIterator<Item = &T> {
    let from = list.partition_point(|x| of(x).start < span.start);
    let to = list.partition_point(|x| of(x).start < span.end);
    list.get(from..to.max(from)).unwrap_or_default().iter()
}

/// What has been counted since a day was counted in no prison or hospital that another sentence happens to name, if nothing else was.
fn of_no_house(claims: &mut [Claim], text: &Text<'_>, known: &Known<'_>, country: Option<Span>) {
    const OPENING: usize = 3;
    let house = |p: Span| overlaps(known.wards, p) || overlaps(known.prisons, p);
    let own = |c: &Claim, p: Span| sentence_of(text, c.count.figure.span).is_some_and(|s| s.span.contains(p));
    for i in 0..claims.len() {
        let lasts = claims[i].event.as_ref().is_some_and(|e| &*e.3 == SINCE);
        let Some(place) = claims[i].place.filter(|p| lasts && house(*p) && !own(&claims[i], *p)) else { continue };
        let about_it = text.sentence_at(place.start).is_none_or(|at| at < OPENING);
        let near = claims[i.saturating_sub(LOOKED_BACK)..].iter().take(2 * LOOKED_BACK);
        if !about_it && !near.into_iter().any(|c| c.place == Some(place) && own(c, place)) {
            claims[i].place = country;
        }
    }
}

/// What has been counted for longer than the single event that was told of before was counted in all the country, where it names no place
/// of its own: "Five died in Juliaca on Friday. 56 have been killed since December."
fn of_the_country(claims: &mut [Claim], text: &Text<'_>, known: &Known<'_>, country: Span) {
    for i in 0..claims.len() {
        let claim = &claims[i];
        // "En 2020 hubo 381": all that a year had.
        let year = |e: &Event| e.2 == Precision::Year && e.0.ordinal() == 1 && e.0 < e.1;
        let Some((place, event)) = claim.place.zip(claim.event.as_ref()).filter(|(_, e)| &*e.3 == SINCE || year(e)) else { continue };
        let own = |s: &Sentence| s.span.contains(place) || within(known.there, s.span, |t| *t).next().is_some();
        let own = sentence_of(text, claim.count.figure.span).is_some_and(own);
        let before = claims[..i].iter().rev().take(LOOKED_BACK).find(|c| c.place == Some(place));
        let shorter =
            before.and_then(|c| c.event.as_ref()).is_some_and(|e| &*e.3 != SINCE && event.0.checked_add_days(EARLIER_AFTER) < Some(e.0));
        if shorter && !own && !is_country(known.mentions, place) {
            claims[i].place = Some(country);
        }
    }
}

/// What a claim covers.
fn scope(text: &Text<'_>, count: &Count, event: Option<&Event>) -> Scope {
    let published = text.document.published.map(|p| p.first);
    let long_ago = published.zip(event).is_some_and(|(p, e)| e.1 < p.checked_sub_days(BACKGROUND_AFTER).unwrap_or(p));
    if long_ago || count.background || event.is_some_and(|e| &*e.3 == OF_RECORD) {
        Scope::Background
    } else if count.total {
        Scope::Total
    } else {
        Scope::Incident
    }
}

/// An event this many days before publication is another one, where the text has one of these days.
const OLDER_AFTER: Days = Days::new(45);

/// What ended so many days before the event that the opening tells of is another event.
const EARLIER_AFTER: Days = Days::new(8);

/// Events of the past months, in a text on one of the last days, are other, earlier ones; so are those that ended days before the one that
/// the opening tells of.
fn older(claims: &mut [Claim], main: Option<(NaiveDate, NaiveDate)>, published: Option<NaiveDate>, opening: Option<&Event>) {
    let Some(limit) = published.and_then(|p| p.checked_sub_days(OLDER_AFTER)) else { return };
    let last = |c: &Claim| c.event.as_ref().map(|e| e.1);
    let recent = published.and_then(|p| p.checked_sub_days(Days::new(15)));
    let news = |c: &Claim| recent.is_some_and(|day| c.event.as_ref().is_some_and(|e| e.0 >= day));
    if claims.iter().any(news) {
        let about_it = |c: &Claim| main.is_some() && c.event.as_ref().map(|e| (e.0, e.1)) == main;
        let earlier = claims.iter_mut().filter(|c| last(c).is_some_and(|day| day < limit) && !about_it(c));
        earlier.for_each(|c| c.scope = Scope::Background);
    }
    if let Some(before) = opening.and_then(|e| e.0.checked_sub_days(EARLIER_AFTER)) {
        // A note on a month tells of the days of that month.
        let period = claims.iter().take(LOOKED_BACK).find_map(|c| c.event.as_ref()).filter(|e| e.0 < e.1).map(|e| (e.0, e.1));
        let inside = |c: &Claim| c.event.as_ref().zip(period).is_some_and(|(e, (first, last))| first <= e.0 && e.1 <= last);
        let other = |c: &Claim| !c.count.total && last(c).is_some_and(|day| day < before) && !inside(c);
        claims.iter_mut().filter(|c| other(c)).for_each(|c| c.scope = Scope::Background);
    }
}
