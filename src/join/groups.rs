//! Claims that tell the same, over all documents: one wire copy in several outlets, one quotation, one figure of one event.
//!
//! 1. Every claim gets the keys under which others may tell the same: its words, the quotation it stands in, its place and
//!    day, its place and day of report, its document.
//! 2. Claims that share a key are one group, unless what is known of them differs: two places, two days, two classes of
//!    victims, or two figures of one sentence.
//!
//! Every step looks claims up by key; no two are compared but for that. A group's id is made from its claims' words, so that
//! the same claims have the same id in any order. Words and keys are kept as digests: of a claim that waits for the rest of its corpus no text is
//! kept, and claims of different figures, which nothing joins, are taken one after the other. Of very many claims of one figure, as "one dead", the keys
//! and what is known of each are in files.

use std::hash::BuildHasher;

use chrono::{Datelike, NaiveDate};
use foldhash::HashMap;
use foldhash::fast::FixedState;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::store::{Array, Hashed, Room};
use crate::vocabulary::{ClaimKind, VictimClass};

/// What of a claim says whether another tells the same.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The id of the document.
    pub document: &'a str,
    /// The sentence of the document that the figure stands in.
    pub sentence: usize,
    /// How many figures of the same kind and interval stand before it in that sentence.
    pub nth: usize,
    /// The [`digest`] of the words of that sentence.
    pub words: u128,
    /// The [`digest`] of the words of the quotation that the figure stands in.
    pub quotation: Option<u128>,
    /// What is counted.
    pub kind: ClaimKind,
    /// Of whom.
    pub class: VictimClass,
    /// The interval of the figure.
    pub interval: (Option<f64>, Option<f64>),
    /// The text denies it.
    pub negated: bool,
    /// The entity of the place.
    pub place: Option<&'a str>,
    /// First and last day of the harm.
    pub event: Option<(NaiveDate, NaiveDate)>,
    /// The day of the report.
    pub reported: Option<NaiveDate>,
}

/// A smaller figure than this is that of another event by chance too often to say that two claims tell the same.
const TELLING: f64 = 5.0;

/// Fewer words than this are said twice by chance.
const WORDS: usize = 6;

/// The figure of a claim as a number: claims that may tell the same have the same.
#[must_use]
pub fn figure(kind: ClaimKind, interval: (Option<f64>, Option<f64>), negated: bool) -> u64 {
    let (least, most) = interval;
    FixedState::default().hash_one((kind, least.map(f64::to_bits), most.map(f64::to_bits), negated))
}

/// The group of each of so many claims, which can be read more than once, as a number that is the same for the same claims. Of many claims more is in
/// files and less in memory.
pub(crate) fn groups<T, I: Iterator<Item = T>>(
    claims: usize,
    read: impl Fn() -> I,
    report: impl for<'t> Fn(&'t T) -> Report<'t>,
    room: &Room,
) -> Box<dyn Iterator<Item = u64>> {
    let mut groups = Groups::new(room);
    if is_few(claims) {
        let mut first = HashMap::default();
        for claim in read() {
            groups.add(&report(&claim), |n, key| *first.entry(key).or_insert(n));
        }
    } else {
        let mut all = Hashed::new(room);
        for (claim, n) in read().zip(0..) {
            keys(&report(&claim)).into_iter().for_each(|key| all.add_number(key as u64, n));
        }
        let mut first = all.matched_with_own(|same| same.first().copied()).numbers();
        for claim in read() {
            groups.add(&report(&claim), |n, _| first.next().and_then(|(_, first)| first).unwrap_or(n));
        }
    }
    Box::new(groups.ids())
}

/// Whether the keys of so many claims are kept in memory.
pub(crate) const fn is_few(claims: usize) -> bool {
    claims <= if cfg!(test) { 1 << 8 } else { 1 << 14 }
}

/// The figure of a claim, without which nobody tells the same.
fn said(report: &Report<'_>) -> String {
    format!("{}|{:?}|{}", report.kind, report.interval, report.negated)
}

/// The keys under which others may tell the same; its words first.
fn keys(report: &Report<'_>) -> Vec<u128> {
    let said = said(report);
    let mut out = vec![hash(&format!("words|{said}|{}|{:032x}", report.nth, report.words))];
    if let Some(quotation) = report.quotation {
        out.push(hash(&format!("quotation|{said}|{quotation:032x}")));
    }
    if let (Some(place), Some(event)) = (report.place, report.event) {
        out.push(hash(&format!("event|{said}|{place}|{event:?}")));
    }
    if report.interval.0.is_some_and(|n| n >= TELLING) {
        out.push(hash(&format!("document|{said}|{}", report.document)));
        // The day before is the same news: a claim of today and one of yesterday share a key.
        let days = report.reported.into_iter().flat_map(|day| [Some(day), day.succ_opt()]).flatten();
        if let Some(place) = report.place {
            out.extend(days.map(|day| hash(&format!("news|{said}|{place}|{day}"))));
        }
    }
    out
}

/// What stands for a text without case and marks, so that two outlets' typesetting makes no difference; a short one is its document's own.
#[must_use]
pub fn digest(words: &str, document: &str) -> u128 {
    let mut letters = String::with_capacity(words.len());
    for c in words.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            letters.push(c.to_ascii_lowercase());
        } else {
            letters.extend(c.to_lowercase());
        }
    }
    if words.split_whitespace().nth(WORDS - 1).is_none() {
        letters.push_str(&format!("|{document}"));
    }
    hash(&letters)
}

/// A digest as a row has it.
#[must_use]
pub fn hex(digest: u128) -> String {
    format!("{digest:032x}")
}

/// The digest that a row has.
///
/// # Errors
/// If it is none.
pub fn from_hex(digest: &str) -> Result<u128, std::num::ParseIntError> {
    u128::from_str_radix(digest, 16)
}

/// The first half of a SHA-256: the same on every machine, and none of a corpus's claims have the same by chance.
fn hash(text: &str) -> u128 {
    let digest = Sha256::digest(text);
    digest.iter().take(16).fold(0, |all, &byte| all << 8 | u128::from(byte))
}

/// Claims as sets that are joined one by one. Of each no more is kept than joins it with those that follow.
struct Groups {
    claims: Array<{ Known::BYTES }>,
    count: u32,
    /// The numbers of places.
    places: HashMap<SmolStr, u32>,
    room: Room,
}

/// What is known of a claim, or of the group that it is the first of.
#[derive(Clone, Copy)]
struct Known {
    /// A claim of its group that stands before it, or itself.
    parent: u32,
    /// The claim of its group that was joined after it, or itself if it was the last.
    next: u32,
    /// The claim of its group that was joined last.
    last: u32,
    class: VictimClass,
    /// The number of the place, and 1; 0 if it is not known.
    place: u32,
    event: Option<(NaiveDate, NaiveDate)>,
    /// The document and sentence as one number.
    sentence: u64,
    /// The least of the keys of words.
    words: u128,
}

impl Groups {
    /// Bytes of claims, and of their ids, in memory at most.
    const MOST: usize = 2 << 20;
    /// So many claims of a group are enough to tell that two of one sentence are not the same.
    const TOLD_APART_BY: usize = 65;

    fn new(room: &Room) -> Self {
        Self { claims: Array::new(room, Self::MOST), count: 0, places: HashMap::default(), room: room.clone() }
    }

    fn get(&mut self, claim: u32) -> Known {
        Known::from_bytes(self.claims.get(claim as usize))
    }

    fn set(&mut self, claim: u32, known: Known) {
        self.claims.set(claim as usize, known.to_bytes());
    }

    /// The next claim; `first` tells for its number and a key the first claim that has the key. A claim that could be in several groups joins the first
    /// that it shares a key with, and with it those of the others that fit.
    fn add(&mut self, report: &Report<'_>, mut first: impl FnMut(u32, u64) -> u32) {
        let claim = self.count;
        self.count += 1;
        let keys = keys(report);
        let places = self.places.len() as u32;
        let known = Known {
            parent: claim,
            next: claim,
            last: claim,
            class: report.class,
            place: report.place.map_or(0, |place| *self.places.entry(place.into()).or_insert(places) + 1),
            event: report.event,
            sentence: FixedState::default().hash_one((report.document, report.sentence)),
            words: keys.first().copied().unwrap_or_default(),
        };
        self.set(claim, known);
        for key in keys {
            // Half of a key tells the claims of one deal apart; what is known of them has to agree besides.
            let other = first(claim, key as u64);
            // Whatever a broken file says, a claim that there is.
            if other < claim {
                self.join(other, claim);
            }
        }
    }

    /// The group of each claim, in their order, as a number that is the same for the same claims.
    fn ids(mut self) -> impl Iterator<Item = u64> {
        let mut places = vec![None; self.places.len()];
        for (place, n) in std::mem::take(&mut self.places) {
            places[n as usize] = Some(place);
        }
        let mut ids = Array::<8>::new(&self.room, Self::MOST);
        (0..self.count).map(move |claim| {
            let root = self.root(claim);
            // The first of a group is a claim before it, whose id is known, or itself.
            if root < claim {
                return u64::from_le_bytes(ids.get(root as usize));
            }
            // The words alone are no id: two groups that differ in what is known may have the same.
            let Known { class, place, event, words, .. } = self.get(root);
            let place = place.checked_sub(1).and_then(|place| places.get(place as usize)?.as_deref());
            let id = (hash(&format!("{words:032x}|{class:?}|{place:?}|{event:?}")) >> 64) as u64;
            ids.set(claim as usize, id.to_le_bytes());
            id
        })
    }

    /// The first claim of a claim's group; the way there is half as long the next time.
    fn root(&mut self, mut claim: u32) -> u32 {
        loop {
            let known = self.get(claim);
            let parent = self.get(known.parent);
            if parent.parent == known.parent {
                return known.parent;
            }
            self.set(claim, Known { parent: parent.parent, ..known });
            claim = parent.parent;
        }
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (into, from) = (a.min(b), a.max(b));
        let (first, other) = (self.get(into), self.get(from));
        if into == from || !first.fits(&other) || self.share_a_sentence(into, from) {
            return;
        }
        let last = self.get(first.last);
        self.set(first.last, Known { next: from, ..last });
        let first = self.get(into);
        self.set(into, first.with(&other));
        self.set(from, Known { parent: into, ..other });
    }

    /// Whether two groups, by the first claims of each, have claims of one sentence.
    fn share_a_sentence(&mut self, a: u32, b: u32) -> bool {
        let [a, b] = [a, b].map(|first| self.sentences(first));
        a.iter().any(|sentence| b.contains(sentence))
    }

    /// The sentences of the group that a claim is the first of.
    fn sentences(&mut self, mut claim: u32) -> Vec<u64> {
        let mut sentences = Vec::new();
        while sentences.len() < Self::TOLD_APART_BY {
            let known = self.get(claim);
            sentences.push(known.sentence);
            if known.next == claim {
                break;
            }
            claim = known.next;
        }
        sentences
    }
}

impl Known {
    const BYTES: usize = 52;

    fn fits(&self, other: &Self) -> bool {
        let class = self.class == other.class || [self.class, other.class].contains(&VictimClass::Unknown);
        let place = self.place == other.place || [self.place, other.place].contains(&0);
        // "last week's explosion" may be Thursday's.
        let within = |a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)| a.0 <= b.0 && b.1 <= a.1;
        let event = self.event.zip(other.event).is_none_or(|(a, b)| within(a, b) || within(b, a));
        class && place && event
    }

    /// The same with a group that joins it.
    fn with(self, other: &Self) -> Self {
        Self {
            last: other.last,
            class: if self.class == VictimClass::Unknown { other.class } else { self.class },
            place: if self.place == 0 { other.place } else { self.place },
            // The narrower of two.
            event: self.event.zip(other.event).map(|(a, b)| (a.0.max(b.0), a.1.min(b.1))).or(self.event).or(other.event),
            words: self.words.min(other.words),
            ..self
        }
    }

    fn to_bytes(self) -> [u8; Self::BYTES] {
        let Self { parent, next, last, class, place, event, sentence, words } = self;
        // No day has this number.
        let [from, to] = event.map_or([i32::MIN; 2], |(from, to)| [from, to].map(|day| day.num_days_from_ce()));
        let mut out = [0; Self::BYTES];
        out[..16].copy_from_slice(&words.to_le_bytes());
        out[16..24].copy_from_slice(&sentence.to_le_bytes());
        let numbers = [parent, next, last, place, from.cast_unsigned(), to.cast_unsigned(), class as u32];
        out[24..].copy_from_slice(numbers.map(u32::to_le_bytes).as_flattened());
        out
    }

    fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let (numbers, _) = bytes.as_chunks();
        let n = |i: usize| u32::from_le_bytes(numbers[i]);
        let long = |i: usize| u64::from(n(i + 1)) << 32 | u64::from(n(i));
        let day = |i| NaiveDate::from_num_days_from_ce_opt(n(i).cast_signed());
        Self {
            words: u128::from(long(2)) << 64 | u128::from(long(0)),
            sentence: long(4),
            parent: n(6),
            next: n(7),
            last: n(8),
            place: n(9),
            event: day(10).zip(day(11)),
            class: VictimClass::ALL.get(n(12) as usize).copied().unwrap_or(VictimClass::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(document: &'static str, words: &'static str) -> Report<'static> {
        Report {
            document,
            sentence: 0,
            nth: 0,
            words: digest(words, document),
            quotation: None,
            kind: ClaimKind::Killed,
            class: VictimClass::Unknown,
            interval: (Some(26.0), Some(26.0)),
            negated: false,
            place: None,
            event: None,
            reported: None,
        }
    }

    fn same(reports: &[Report<'_>]) -> bool {
        let ids = group_ids(reports);
        ids.iter().all(|id| *id == ids[0])
    }

    fn group_ids(reports: &[Report<'_>]) -> Vec<u64> {
        groups(reports.len(), || reports.iter(), own, &Room::default()).collect()
    }

    fn own<'r>(report: &'r &Report<'_>) -> Report<'r> {
        (*report).clone()
    }

    #[test]
    fn wire_copy_and_quotations_of_several_outlets_are_one_group() {
        let copy = "Twenty-six people were killed in the clashes, officials said.";
        assert!(same(&[report("0", copy), report("1", "TWENTY-SIX people were killed in the clashes officials said")]));
        let (a, b) = (report("0", "A short one."), report("1", "Another outlet's own words stand around it here."));
        assert!(!same(&[a.clone(), b.clone()]));
        let said = Some(digest("We have buried twenty-six of our people since Monday", "0"));
        assert!(same(&[Report { quotation: said, ..a }, Report { quotation: said, ..b }]));
    }

    #[test]
    fn a_figure_of_one_event_is_one_group_whatever_the_words() {
        let day = NaiveDate::from_ymd_opt(2022, 1, 6);
        let at =
            |document, place, class| Report { place: Some(place), event: day.zip(day), class, ..report(document, "Words of its own.") };
        let almaty = || at("0", "Q35493", VictimClass::Unknown);
        assert!(same(&[almaty(), at("1", "Q35493", VictimClass::Protester)]));
        assert!(!same(&[almaty(), at("1", "Q1520", VictimClass::Unknown)]));
        assert!(!same(&[at("0", "Q35493", VictimClass::Security), at("1", "Q35493", VictimClass::Protester)]));
        // The headline and the text of one article; but never two figures of one sentence.
        assert!(same(&[Report { sentence: 1, ..report("0", "26 dead") }, almaty()]));
        let men = report("0", "26 men and 26 women were killed");
        assert!(!same(&[men.clone(), Report { nth: 1, ..men }]));
    }

    #[test]
    fn the_news_of_two_days_is_one_group_and_that_of_two_weeks_is_not() {
        let day = |d| NaiveDate::from_ymd_opt(2022, 1, d);
        let on = |document, d| Report { place: Some("Q35493"), reported: day(d), ..report(document, "Words of its own.") };
        assert!(same(&[on("0", 6), on("1", 7)]));
        assert!(!same(&[on("0", 6), on("1", 20)]));
        let few = |document| Report { interval: (Some(1.0), Some(1.0)), ..on(document, 6) };
        assert!(!same(&[few("0"), few("1")]), "one dead in a city of millions is not one event");
    }

    #[test]
    fn many_claims_are_grouped_as_few_are() {
        let mut die = fastrand::Rng::with_seed(7);
        const DOCUMENTS: [&str; 7] = ["0", "1", "2", "3", "4", "5", "6"];
        let days: Vec<NaiveDate> = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap().iter_days().take(40).collect();
        let mut claim = |n: usize| {
            let few = 1.0 + f64::from(die.u8(..40));
            Report {
                sentence: die.usize(..9),
                words: u128::from(die.u32(..3000)) << 64 | u128::from(die.u32(..3)),
                interval: (Some(few), Some(few)),
                place: die.bool().then(|| ["Q1", "Q2", "Q3"][n % 3]),
                event: n.is_multiple_of(4).then(|| (days[die.usize(..40)], days[39])),
                reported: n.is_multiple_of(3).then(|| days[die.usize(..40)]),
                ..report("", "")
            }
        };
        let reports: Vec<_> = (0..4000).map(|n| Report { document: DOCUMENTS[n * n % 7], ..claim(n) }).collect();
        assert!(!is_few(reports.len()));
        let folder = tempfile::tempdir().unwrap();
        let filed: Vec<u64> = groups(reports.len(), || reports.iter(), own, &Room::in_folder(folder.path())).collect();
        // Claims of other figures are other groups, and those of one are few enough.
        let mut by_figure: HashMap<u64, Vec<usize>> = HashMap::default();
        let figure = |n: usize| figure(reports[n].kind, reports[n].interval, reports[n].negated);
        (0..reports.len()).for_each(|n| by_figure.entry(figure(n)).or_default().push(n));
        for of_figure in by_figure.values() {
            let few: Vec<Report<'_>> = of_figure.iter().map(|n| reports[*n].clone()).collect();
            assert!(is_few(few.len()) && of_figure.iter().map(|n| filed[*n]).eq(group_ids(&few)));
        }
        let sizes = filed.iter().fold(HashMap::<u64, usize>::default(), |mut sizes, id| {
            *sizes.entry(*id).or_default() += 1;
            sizes
        });
        assert!(sizes.len() > 500 && sizes.values().any(|size| *size > 5), "{}", sizes.len());
    }
}
