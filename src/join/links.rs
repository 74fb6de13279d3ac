//! How the claims of one document stand to each other: what replaces, takes back or contradicts what.
//!
//! Only figures that can be of the same thing are compared: the same kind, no part of another figure and no mere addition, victims and place
//! that don't exclude each other, no other event of the past.

use super::claims::Claim;
use crate::find::casualties::has_an_end;
use crate::span::Span;
use crate::vocabulary::{Scope, VictimClass};

/// How far before a figure one that it replaces or contradicts is looked for, in claims.
const BACK: usize = 12;

/// Fills in, over all claims of a document, what each replaces, takes back and contradicts; `cut` gives a stretch's words and
/// `place` the name of a claim's place.
pub fn link<'t>(claims: &mut [Claim], cut: &impl Fn(Span) -> &'t str, place: &impl Fn(&Claim) -> Option<&'t str>) {
    for i in 0..claims.len() {
        claims[i].retracts = taken_back(claims, i);
        // "rose to 26 from 15", "the ministry had earlier spoken of 15": the figure that stands is near an earlier one.
        if claims[i].count.earlier && claims[i].retracts.is_none() {
            let fits = |j: usize| !claims[j].count.earlier && comparable(&claims[j], &claims[i], cut, place);
            // One in another sentence is of the same only where somebody says both.
            let told = |j: usize| claims[i].speaker.is_some() || claims[i].count.figure.former || j.abs_diff(i) < 3;
            let together = |j: usize| j.abs_diff(i) < 4 && one_sentence(&claims[i], &claims[j], cut);
            let same = |j: usize| {
                let said = claims[i].speaker.is_none() && together(j);
                said || same_speaker(&claims[j], &claims[i], cut) && told(j)
            };
            let free = |j: usize| claims[j].supersedes.is_none() && differ(&claims[j], &claims[i]);
            let newer = near(claims.len(), i).filter(|&j| fits(j) && same(j) && free(j));
            // "killed 53 soldiers and one civilian, revising an earlier toll of 35": of one sentence the one nearest in size.
            let size = |j: usize| claims[j].count.figure.min.or(claims[j].count.figure.max).unwrap_or(1.0).max(1.0);
            let apart = |j: usize| (size(j) / size(i)).ln().abs();
            let newer = newer.enumerate().min_by(|&(m, a), &(n, b)| {
                let rank = |n: usize, j: usize| if together(j) { (0, apart(j)) } else { (1 + n, 0.0) };
                let (a, b) = (rank(m, a), rank(n, b));
                a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
            });
            if let Some((_, newer)) = newer {
                claims[newer].supersedes = Some(i);
            }
            continue;
        }
        if claims[i].supersedes.is_none() && claims[i].count.update {
            let older = (i.saturating_sub(BACK)..i).rev().find(|&j| {
                let (new, old) = (&claims[i], &claims[j]);
                // "retiró la cifra de 119 muertos y la rebajó a 97"
                let instead = || old.count.taken_back && one_sentence(new, old, cut);
                comparable(new, old, cut, place) && (same_speaker(new, old, cut) || instead()) && differ(new, old)
            });
            claims[i].supersedes = older.filter(|&j| !claims[..i].iter().any(|c| c.supersedes == Some(j)));
        }
        if claims[i].supersedes.is_none() && claims[i].retracts.is_none() {
            claims[i].contradicts = (i.saturating_sub(BACK)..i).rev().find(|&j| {
                let (new, old) = (&claims[i], &claims[j]);
                comparable(new, old, cut, place) && same_thing(new, old, place) && !same_speaker(new, old, cut) && differ(new, old)
            });
        }
    }
}

/// Whether no sentence ends between two figures.
fn one_sentence<'t>(a: &Claim, b: &Claim, cut: &impl Fn(Span) -> &'t str) -> bool {
    let (a, b) = (a.count.figure.span, b.count.figure.span);
    let between = Span::new(a.end.min(b.end), a.start.max(b.start).max(a.end.min(b.end)));
    !has_an_end(cut(between))
}

/// Claims near one: those of its own sentence and the ones before come before those after it.
fn near(claims: usize, i: usize) -> impl Iterator<Item = usize> {
    (i.saturating_sub(BACK)..i).rev().take(2).chain(i + 1..claims.min(i + 2)).chain((i.saturating_sub(BACK)..i).rev().skip(2))
}

/// The earlier claim that one takes back: the last one of the same kind and value.
fn taken_back(claims: &[Claim], i: usize) -> Option<usize> {
    let taken = &claims[i].count;
    let same = |c: &Claim| {
        let (a, b) = (&c.count.figure, &taken.figure);
        c.count.kind == taken.kind && (a.min, a.max) == (b.min, b.max) && !c.count.taken_back
    };
    taken.taken_back.then(|| claims[..i].iter().rposition(same)).flatten()
}

/// Whether two claims can be of the same thing.
fn comparable<'t>(a: &Claim, b: &Claim, cut: &impl Fn(Span) -> &'t str, place: &impl Fn(&Claim) -> Option<&'t str>) -> bool {
    let whole = |c: &Claim| c.count.part_of.is_none() && !c.count.partial && c.scope != Scope::Background && !c.count.hypothetical;
    let class = |c: &Claim| c.count.victim_class;
    let classes = class(a) == class(b) || [class(a), class(b)].contains(&VictimClass::Unknown);
    // "12 women" and "12 miners" are not told to be the same people.
    let victims = |c: &Claim| c.count.victims.map(cut);
    let people = class(a) != class(b)
        || class(a) == VictimClass::Unknown
        || victims(a).is_none()
        || victims(b).is_none()
        || victims(a) == victims(b);
    let places = place(a).is_none() || place(b).is_none() || place(a) == place(b);
    // What was on other days was something else.
    let days = a.event.as_ref().zip(b.event.as_ref()).is_none_or(|(a, b)| a.0 <= b.1 && b.0 <= a.1);
    a.count.kind == b.count.kind && whole(a) && whole(b) && classes && people && places && days
}

/// Whether two claims say that they are of the same thing: both are totals, or of one place and day, or the later only
/// gives another sum for what the one before counts.
fn same_thing<'t>(new: &Claim, old: &Claim, place: &impl Fn(&Claim) -> Option<&'t str>) -> bool {
    let days = |c: &Claim| c.event.as_ref().map(|e| (e.0, e.1));
    let here = place(new).is_some() && place(new) == place(old) && days(new).is_some() && days(new) == days(old);
    let told = new.speaker.is_some() && old.speaker.is_some() && new.count.victim_class == old.count.victim_class;
    // A toll of Thursday and a higher one of Saturday may both be true; a lower one may not.
    let least = |c: &Claim| c.count.figure.min.unwrap_or(0.0);
    let one_day = new.reported.zip(old.reported).is_none_or(|(a, b)| a == b || (a > b) == (least(new) < least(old)));
    one_day && !old.count.earlier && !old.count.taken_back && (new.count.sum || new.count.total && old.count.total || here && told)
}

/// Whether one voice gives both figures. A figure without a speaker is the article's own.
fn same_speaker<'t>(a: &Claim, b: &Claim, cut: &impl Fn(Span) -> &'t str) -> bool {
    let name = |c: &Claim| c.speaker.map(|s| cut(s).to_lowercase());
    match (name(a), name(b)) {
        (Some(a), Some(b)) => a.contains(&b) || b.contains(&a),
        (a, b) => a == b,
    }
}

/// Whether no number is in both intervals.
fn differ(a: &Claim, b: &Claim) -> bool {
    let ends = |c: &Claim| (c.count.figure.min.unwrap_or(0.0), c.count.figure.max.unwrap_or(f64::INFINITY));
    let ((low, high), (least, most)) = (ends(a), ends(b));
    high < least || most < low
}
