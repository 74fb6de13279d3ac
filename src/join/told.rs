//! The event that a report is about: its date and place hold for the figures that have none of their own.
//!
//! A headline gives no date, and of the "35 injured" of a fourth paragraph the reader knows the day from the lead. What is
//! carried so has a rule of its own, [`TOLD`] or [`LEAD`], so that who wants only what stands beside the figure can leave it out.

use std::sync::Arc;

use chrono::Days;

use super::claims::{Claim, Event, Known, SINCE, dateline, within};
use crate::find::casualties::DateUse;
use crate::find::dates::Timex;
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{DateKind, Scope, Section};

/// The date of the nearest figure before, or after a headline, of the same report.
const TOLD: &str = "claims.date-of-event-told";

/// The first day that the report names of its last two weeks.
const LEAD: &str = "claims.date-in-lead";

/// How many sentences a date or place is carried to a figure that has none.
const REACH: usize = 14;

/// In how many sentences from the beginning a report says what it is about.
const OPENING: usize = 7;

/// Gives the figures without a date or a place those of the event that the report is about.
pub(super) fn carry(claims: &mut [Claim], text: &Text<'_>, known: &Known<'_>) {
    let at = |c: &Claim| text.sentence_at(c.count.figure.span.start).unwrap_or(0);
    let lead = lead(text, known);
    let place = opening_place(text, known);
    for i in 0..claims.len() {
        let here = at(&claims[i]);
        if claims[i].scope == Scope::Background {
            continue;
        }
        let headline = text.sentences.get(here).is_some_and(|s| s.section == Section::Headline);
        let told = |c: &Claim| c.scope != Scope::Background && (here.abs_diff(at(c)) <= REACH);
        if claims[i].event.is_none() && !lasts(text, known, here) {
            let dated = |c: &&Claim| told(c) && c.event.as_ref().is_some_and(|e| &*e.3 != SINCE);
            let before = claims[..i].iter().rev().find(dated);
            let after = || {
                let first = |c: &&Claim| dated(c) && at(c) <= here + OPENING;
                let same =
                    |c: &&Claim| first(c) && c.count.kind == claims[i].count.kind && c.count.figure.min == claims[i].count.figure.min;
                let later = &claims[i + 1..];
                later.iter().find(same).or_else(|| later.iter().find(first))
            };
            let event = before.or_else(|| headline.then(after).flatten()).and_then(|c| c.event.clone());
            let event = event.map(|(a, b, precision, _)| (a, b, precision, Arc::from(TOLD)));
            let in_lead = || lead.clone().filter(|(s, _)| headline || *s <= here && here <= s + REACH).map(|(_, e)| e);
            claims[i].event = event.or_else(in_lead);
        }
        if claims[i].place.is_none() {
            let placed = |c: &&Claim| told(c) && c.place.is_some();
            let before = claims[..i].iter().rev().find(placed).and_then(|c| c.place);
            let after = || claims[i + 1..].iter().find(|c| placed(c) && at(c) <= here + OPENING).and_then(|c| c.place);
            claims[i].place = before.or_else(|| headline.then(after).flatten()).or(place);
        }
    }
}

/// Whether a sentence tells of a stretch of time ("in four weeks of protests"): its figures are of no single day.
fn lasts(text: &Text<'_>, known: &Known<'_>, sentence: usize) -> bool {
    let Some(sentence) = text.sentences.get(sentence) else { return false };
    let days = |value: &str| value.starts_with('P') && !value.starts_with("PT") && value != "P1D";
    within(known.dates, sentence.span, |d| d.span).any(|d| d.kind == DateKind::Duration && d.value.as_deref().is_some_and(days))
}

/// The first day of the last two weeks that the opening names, with its sentence; no dateline, and no day of a statement.
pub(super) fn lead(text: &Text<'_>, known: &Known<'_>) -> Option<(usize, Event)> {
    const RECENT: Days = Days::new(15);
    let published = text.document.published?;
    let recent = published.first.checked_sub_days(RECENT)?;
    let opening = text.sentences.iter().enumerate().filter(|(_, s)| s.section != Section::Headline).take(OPENING);
    let days =
        opening.flat_map(|(n, s)| within(known.dates, s.span, |d| d.span).map(move |d| (n, s.span, d))).filter(|(_, sentence, d)| {
            let day = d.interval.is_some_and(|(first, last)| first == last);
            let told = known.past(d, text).is_some_and(|(first, _)| first >= recent);
            let own = !dateline(text, *sentence, d.span) && !known.dates_speech(text, *sentence, d.span);
            day && told && own && matches!(known.used(d.span), None | Some(DateUse::OfEvent))
        });
    // "Sunday's blaze" before a day that may be the report's, and any day before that of publication.
    let sure = |d: &Timex| (known.used(d.span) != Some(DateUse::OfEvent), d.interval.is_some_and(|(_, last)| last >= published.first));
    let (n, _, date) = days.min_by_key(|(n, _, d)| (sure(d), *n))?;
    Some((n, known.event(date, text, LEAD, true)?))
}

/// The first place that the opening names, the dateline's among them; what a sentence begins with is who did it as often.
fn opening_place(text: &Text<'_>, known: &Known<'_>) -> Option<Span> {
    let body = text.sentences.iter().filter(|s| s.section != Section::Headline);
    body.take(2).find_map(|s| known.places(s.span).find(|m| m.start > s.span.start || dateline(text, s.span, *m)))
}
