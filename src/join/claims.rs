//! Claims: a count joined with its voice, its date, its place, and with the other claims it stands to.
//!
//! 1. [`voice`]: the innermost quotation around the figure says whose words it is.
//! 2. [`event`]: the nearest date that is the harm's own; a date beside the word that attributes is the report's. No time
//!    expression, no date, but for a figure that goes on from a dated one.
//! 3. [`place`]: the nearest place in the sentence, or the last one named before it.
//! 4. [`scope`]; and [`links::link`]: which earlier claim a later one replaces, takes back or contradicts.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::links;
use crate::find::casualties::Count;
use crate::find::dates::Timex;
use crate::find::entities::Mention;
use crate::find::quotes::Quote;
use crate::pack::RuleId;
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{ClaimKind, DateKind, EntityKind, Precision, QuoteKind, Scope, Voice};

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
    /// Where it happened, as an index into the mentions.
    pub place: Option<usize>,
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

/// How far around a figure its date and place are looked for, in bytes, however long its sentence is.
const NEAR: usize = 2000;

/// How many sentences back a date or place still holds for a figure, within its paragraph.
const SENTENCES_BACK: usize = 3;

/// Joins the counts of one text with what stands around them. Claims stand in the order of the counts.
#[must_use]
pub fn join(text: &Text<'_>, counts: Vec<Count>, quotes: &[Quote], dates: &[Timex], mentions: &[Mention]) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::with_capacity(counts.len());
    for mut count in counts {
        // The wounded are no part of the dead, however closely they stand together.
        count.part_of = count.part_of.filter(|&whole| out.get(whole).is_some_and(|w: &Claim| w.count.kind == count.kind));
        let around = Around::new(text, &count, quotes);
        let (voice, speaker, cue) = voice(&count, &around);
        let (event, reported_on) = event(text, &count, &around, dates, out.last());
        // A month or year of publication is no day of report: none is made up.
        let published = text.document.published.filter(|p| p.precision == Precision::Day).map(|p| p.first);
        let place = place(text, &count, &around, mentions);
        let scope = scope(text, &count, event.as_ref());
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
    }
    links::link(&mut out, &|s| text.cut(s), &|c| c.place.and_then(|m| mentions.get(m)).map(|m| text.cut(m.span)));
    out
}

/// What stands around a count.
struct Around<'q> {
    /// Its sentence.
    sentence: Span,
    /// The sentences before it that may still hold, nearest first.
    before: Vec<Span>,
    /// The quotations around the figure, innermost first, scare quotes left out.
    quotes: Vec<&'q Quote>,
}

impl<'q> Around<'q> {
    fn new(text: &Text<'_>, count: &Count, quotes: &'q [Quote]) -> Self {
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
        let mut holding: Vec<&Quote> =
            quotes[..upto].iter().rev().take(64).filter(|q| q.kind != QuoteKind::Scare && q.span.contains(figure)).collect();
        holding.sort_by_key(|q| q.span.len());
        // What stands farther off says nothing of a figure, and a text without stops is one sentence.
        let near = Span::new(sentence.start.max(figure.start.saturating_sub(NEAR)), sentence.end.min(figure.end + NEAR));
        Self { sentence: near, before, quotes: holding }
    }
}

/// Whose words the figure is: voice, speaker, word that attributes.
fn voice(count: &Count, around: &Around<'_>) -> (Voice, Option<Span>, Option<Span>) {
    let Some(inner) = around.quotes.first() else {
        if let Some((who, verb)) = count.source {
            return (Voice::Indirect, Some(who), Some(verb));
        }
        return (if count.hearsay { Voice::Indirect } else { Voice::Own }, None, None);
    };
    let voice = if inner.kind == QuoteKind::Direct { Voice::Direct } else { Voice::Indirect };
    // A quotation inside another one that names nobody is the outer one's speaker's.
    let named = around.quotes.iter().find(|q| q.speaker.is_some()).unwrap_or(inner);
    match count.source {
        Some((who, verb)) if named.speaker.is_none() && voice == Voice::Indirect => (voice, Some(who), Some(verb)),
        _ => (voice, named.speaker, named.cue),
    }
}

/// When the harm happened, and the day of the report where the text dates that.
fn event(
    text: &Text<'_>,
    count: &Count,
    around: &Around<'_>,
    dates: &[Timex],
    previous: Option<&Claim>,
) -> (Option<Event>, Option<NaiveDate>) {
    let mut reported = None;
    let mut best: Option<(usize, &Timex)> = None;
    for date in within(dates, around.sentence, |d| d.span) {
        let Some((first, last)) = date.interval.filter(|_| matches!(date.kind, DateKind::Date | DateKind::Time)) else { continue };
        if text.document.published.is_some_and(|p| first > p.last()) {
            continue;
        }
        if dates_report(text, around, date.span) {
            reported = reported.or(Some(last));
            continue;
        }
        let far = distance(text, date.span, count.trigger).min(distance(text, date.span, count.figure.span));
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, date));
        }
    }
    if let Some((_, date)) = best
        && let (Some((first, last)), Some(precision)) = (date.interval, date.precision)
    {
        return (Some((first, last, precision, Arc::from("claims.date-in-sentence"))), reported);
    }
    // "Five died in Renca on Sunday. Two more were wounded." The figure before it in the paragraph dates this one.
    let previous = previous.filter(|p| around.before.iter().any(|s| s.contains(p.count.figure.span)) && p.scope != Scope::Background);
    let event = previous.and_then(|p| p.event.clone()).map(|(a, b, p, _)| (a, b, p, Arc::from("claims.date-of-figure-before")));
    (event, reported)
}

/// Whether a date in the figure's sentence is that of the report: it stands outside of what is attributed, or right
/// beside the word that attributes ("authorities reported yesterday").
fn dates_report(text: &Text<'_>, around: &Around<'_>, date: Span) -> bool {
    around.quotes.iter().any(|q| {
        let Some(cue) = q.cue else { return false };
        !q.span.contains(date) && (around.sentence.contains(cue) || q.span.overlaps(around.sentence)) && {
            let gap = Span::new(cue.end.min(date.end), cue.start.max(date.start));
            gap.is_empty() || text.tokens_in(gap).len() <= 8 || !around.sentence.contains(date)
        }
    })
}

/// How far two stretches stand from each other, in tokens; the end of a clause counts for several.
fn distance(text: &Text<'_>, a: Span, b: Span) -> usize {
    let gap = Span::new(a.end.min(b.end), a.start.max(b.start));
    if gap.is_empty() {
        return 0;
    }
    text.tokens_in(gap).iter().map(|t| if matches!(text.cut(t.span), ";" | "." | "(" | ")" | "–" | "—") { 8 } else { 1 }).sum()
}

/// Where it happened, as an index into the mentions.
fn place(text: &Text<'_>, count: &Count, around: &Around<'_>, mentions: &[Mention]) -> Option<usize> {
    let speaker = |m: &Mention| around.quotes.iter().any(|q| q.speaker.is_some_and(|s| s.contains(m.span)));
    let located = |m: &Mention| count.located.iter().any(|s| m.span.overlaps(*s));
    let source = |m: &Mention| count.source.is_some_and(|(who, _)| who.contains(m.span));
    // "Israel killed 20", "Kenya police killed 3": who did it, not where.
    let doer = |m: &Mention| count.perpetrator.is_some_and(|p| p.start == m.span.start);
    let place = |m: &&Mention| {
        let victims = count.victims.is_some_and(|v| v.contains(m.span));
        let sender = count.kind == ClaimKind::Deployed && m.span.end <= count.trigger.start && !located(m);
        m.kind == EntityKind::Place && !victims && !speaker(m) && !source(m) && !doer(m) && !sender
    };
    let index = |m: &Mention| mentions.partition_point(|x| x.span.start < m.span.start);
    let here: Vec<&Mention> = within(mentions, around.sentence, |m| m.span).filter(place).collect();
    let (from, to) = (count.figure.span.start.min(count.trigger.start), count.figure.span.end.max(count.trigger.end));
    // A place behind the harm is named for it more often than one before it, which may be who did it; and one behind a
    // word for "in" more often than any other.
    let far = |m: &Mention| if m.span.start >= to { (m.span.start - to) * 2 } else { from.saturating_sub(m.span.end) * 3 };
    // One right behind the speaker is the speaker's, unless there is no other: "the police in Karachi said".
    let spoken = |m: &Mention| {
        let behind = |s: Span| s.end <= m.span.start && text.tokens_in(Span::new(s.end, m.span.start)).len() <= 1;
        around.quotes.iter().filter_map(|q| q.speaker).chain(count.source.map(|(who, _)| who)).any(behind)
    };
    let nearest = (0..here.len()).min_by_key(|&i| (spoken(here[i]), far(here[i]) * if located(here[i]) { 1 } else { 3 }));
    // "in Zahedan, Iran": the first-named is the finer.
    let finer = |i: &usize| {
        let (a, b) = (i.checked_sub(1).and_then(|p| here.get(p))?, here.get(*i)?);
        let gap = text.tokens_in(Span::new(a.span.end, b.span.start.max(a.span.end)));
        (gap.len() <= 3 && gap.first().is_some_and(|t| matches!(text.cut(t.span), "," | "("))).then(|| i - 1)
    };
    let nearest = nearest.map(|i| finer(&i).unwrap_or(i)).and_then(|i| here.get(i).copied());
    nearest.map(index).or_else(|| {
        let mut before = around.before.iter();
        before.find_map(|s| within(mentions, *s, |m| m.span).rfind(place).map(index))
    })
}

/// The rows that lie in a stretch of text, from a list in order.
fn within<T>(list: &[T], span: Span, of: impl Fn(&T) -> Span) -> impl DoubleEndedIterator<Item = &T> {
    let from = list.partition_point(|x| of(x).start < span.start);
    let to = list.partition_point(|x| of(x).start < span.end);
    list.get(from..to.max(from)).unwrap_or_default().iter()
}

/// What a claim covers.
fn scope(text: &Text<'_>, count: &Count, event: Option<&Event>) -> Scope {
    let published = text.document.published.map(|p| p.first);
    let long_ago = published.zip(event).is_some_and(|(p, e)| e.1 < p.checked_sub_days(BACKGROUND_AFTER).unwrap_or(p));
    if long_ago || count.background {
        Scope::Background
    } else if count.total {
        Scope::Total
    } else {
        Scope::Incident
    }
}
