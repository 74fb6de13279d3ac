//! Where and when it was, said in a sentence of its own: "The fighting took place near Penas Blancas on Monday."
//!
//! The lead of a report gives its figures with a country, or no more than where the report is from; what happened where is told once, farther
//! down. Its place and day are those of the figures that have only a broader place, or no day of their own.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::claims::{Claim, Event, IN_SENTENCE_BEFORE, Known, OF_FIGURE_BEFORE, dateline, how_many, sentence_of, told_from, within};
use super::told::{LEAD, TOLD};
use crate::find::casualties::{DateUse, Scene};
use crate::find::dates::Timex;
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::vocabulary::{DateKind, EntityKind, Precision, Scope, Section};

/// The day of the sentence that says when it was.
const SCENE: &str = "claims.date-of-scene";

/// In how many sentences from the beginning a report says where it was.
const OPENING: usize = 16;

/// How many sentences behind it the figures may stand.
const REACH: usize = 14;

/// Gives the figures what the first sentence says that has a place or a day for the event.
pub(super) fn set(claims: &mut [Claim], text: &Text<'_>, known: &Known<'_>, scenes: &[Scene]) {
    let at = |span: Span| text.sentence_at(span.start).unwrap_or(0);
    let opening = || {
        let body = |s: &Scene| sentence_of(text, s.span).is_some_and(|s| s.section != Section::Headline);
        scenes.iter().take_while(|s| at(s.span) < OPENING).filter(move |s| body(s) && !of_another(text, known, s))
    };
    let broad = Broad { text, known };
    let place = opening().find_map(|s| s.places.iter().find_map(|p| broad.finer(*p)).map(|p| (s, p)));
    let day = opening().find_map(|s| day(text, known, s).map(|d| (s, d)));
    let headline = of_headline(text, known);
    let published = text.document.published.map(|p| p.first);
    for claim in claims {
        let figure = claim.count.figure.span;
        let here = at(figure);
        let near = |s: &Scene| here <= at(s.span) + REACH;
        if claim.scope != Scope::Incident {
            continue;
        }
        let rule = claim.event.as_ref().map(|e| &*e.3);
        let own_day = rule.is_some_and(|r| ![OF_FIGURE_BEFORE, IN_SENTENCE_BEFORE, TOLD, LEAD].contains(&r));
        // A day of the report may be that of the toll.
        let other_day = |s: &Scene| {
            let that = self::day(text, known, s);
            own_day && claim.event.as_ref().zip(that).is_some_and(|(e, d)| e.1 < d.0 || e.0 > d.1 && Some(e.0) != published)
        };
        let broader = |p: Span, (scene, place): (&Scene, Span)| sentence_of(text, figure).is_some_and(|s| broad.holds(p, s, scene, place));
        if let Some(of_scene) = place.filter(|(s, _)| near(s) && !other_day(s))
            && claim.place.is_none_or(|p| broader(p, of_scene))
        {
            claim.place = Some(of_scene.1);
        }
        // "Soldiers go house to house in Khartoum", where what follows names no more than the country.
        let own = |p: Span| sentence_of(text, figure).is_some_and(|s| s.span.contains(p));
        let one_day = claim.event.as_ref().is_some_and(|e| e.0 == e.1);
        let country = claim.place.filter(|_| one_day).filter(|p| known.is_country(*p) && !own(*p)).and_then(|p| known.country(p));
        if let Some(finer) = headline.filter(|h| country.is_some() && known.country(*h) == country) {
            claim.place = Some(finer);
        }
        if let Some((_, event)) = day.as_ref().filter(|(s, _)| near(s) && !own_day) {
            let later = |e: &Event| e.0 > event.1 && Some(e.0) == published;
            if claim.event.as_ref().is_none_or(later) {
                claim.event = Some(event.clone());
            }
        }
    }
}

/// The first town that the headline says it was in.
fn of_headline(text: &Text<'_>, known: &Known<'_>) -> Option<Span> {
    let headlines = text.sentences.iter().take_while(|s| s.section == Section::Headline);
    headlines.flat_map(|s| known.places(s.span)).find(|m| known.is_inside(*m) && !known.is_broad(*m))
}

/// The day that one of the first sentences names for the event.
pub(super) fn opening_day(text: &Text<'_>, known: &Known<'_>, scenes: &[Scene]) -> Option<(usize, Event)> {
    const FIRST: usize = 5;
    let leads = |s: &&Scene| text.sentence_at(s.span.start).is_some_and(|i| i < FIRST);
    scenes.iter().take_while(leads).find_map(|s| Some((text.sentence_at(s.span.start)?, day(text, known, s)?)))
}

/// Whether a sentence tells of what was long before the report.
fn of_another(text: &Text<'_>, known: &Known<'_>, scene: &Scene) -> bool {
    let named = within(known.dates, scene.span, |d| d.span).any(|d| known.past(d, text).is_some());
    named && day(text, known, scene).is_none()
}

/// The day that a scene names, of the last two weeks.
fn day(text: &Text<'_>, known: &Known<'_>, scene: &Scene) -> Option<Event> {
    const RECENT: Days = Days::new(15);
    if let Some(day) = before(text, known, scene) {
        return Some((day, day, Precision::Day, Arc::from(SCENE)));
    }
    let recent = text.document.published?.first.checked_sub_days(RECENT)?;
    let fits = |d: &&Timex| {
        let day = matches!(d.kind, DateKind::Date | DateKind::Time) && d.interval.is_some_and(|(first, last)| first == last);
        let used = matches!(known.used(d.span), None | Some(DateUse::OfEvent | DateUse::Begun { .. }));
        day && used
            && known.past(d, text).is_some_and(|(first, _)| first >= recent)
            && !dateline(text, scene.span, d.span)
            && !known.dates_speech(text, scene.span, d.span)
    };
    let mut dates: Vec<_> = within(known.dates, scene.span, |d| d.span).filter(fits).collect();
    // "before dawn on Thursday"
    dates.sort_by_key(|d| d.kind == DateKind::Time);
    let (first, last, precision, _) = known.event(dates.first()?, text, SCENE, false)?;
    Some((first, last, precision, Arc::from(SCENE)))
}

/// "two days after the fire": the day so long before the one beside it, or the report's.
fn before(text: &Text<'_>, known: &Known<'_>, scene: &Scene) -> Option<NaiveDate> {
    let length = within(known.dates, scene.span, |d| d.span).find(|d| d.span == scene.span && d.kind == DateKind::Duration)?;
    let (number, ..) = how_many(length).filter(|(n, unit, _)| *unit == 'D' && *n < 15)?;
    let sentence = sentence_of(text, scene.span)?.span;
    let beside = |d: &&Timex| d.span.end <= length.span.start && text.tokens_in(Span::new(d.span.end, length.span.start)).len() <= 1;
    let named = within(known.dates, sentence, |d| d.span).filter(beside).find_map(|d| known.past(d, text)).map(|(day, _)| day);
    named.or(known.written)?.checked_sub_days(Days::new(number.into()))
}

/// The places that say no more than where a report is from, or in what country or province it was.
struct Broad<'a> {
    text: &'a Text<'a>,
    known: &'a Known<'a>,
}

impl Broad<'_> {
    /// A name of its own that is no country, or the place named there.
    fn finer(&self, name: Span) -> Option<Span> {
        let mentions = || within(self.known.mentions, name, |m| m.span);
        let place = mentions().find(|m| m.kind == EntityKind::Place).map(|m| m.span);
        let place = place.or_else(|| mentions().next().is_none().then_some(name))?;
        let dated = within(self.known.dates, name, |d| d.span).next().is_some();
        (!dated && !self.known.is_broad(place)).then_some(place)
    }

    /// Whether a figure's place is only the wider one of a scene.
    fn holds(&self, place: Span, figure: &Sentence, scene: &Scene, of_scene: Span) -> bool {
        let own = figure.span.contains(place);
        let same = |m: Span| self.text.cut(m).eq_ignore_ascii_case(self.text.cut(place));
        let from = sentence_of(self.text, place).is_some_and(|s| s.section == Section::Headline || told_from(self.text, s.span, place));
        let headed = figure.section == Section::Headline && own;
        let named = !own && self.known.places(scene.span).any(|m| m.start > of_scene.start && same(m));
        !headed && (from || self.known.is_broad(place) || named)
    }
}
