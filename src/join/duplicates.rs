//! Documents that repeat another one: the same text, or one wire story as several outlets print it.
//!
//! 1. [`signature`] makes a document small: a hash of all its words, the smallest hashes of its runs of three words (MinHash,
//!    Broder 1997, with the hashes dealt out over places: Li, Owen and Zhang, "One Permutation Hashing", 2012), and the figures it
//!    gives, about 600 bytes in all.
//! 2. [`Originals::place`] takes documents in their order and says of each which earlier one it repeats. Candidates come from
//!    bands of the smallest hashes (Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3); only documents that repeat
//!    none are kept to compare with, and only so many of those are looked at, so that the time is linear in the number of documents.
//!
//! A document repeats an earlier one if most of its runs of words stand there too and it gives no figure that the earlier one does
//! not give: an update with a new toll is news, however little else was changed. What an outlet cut off the end does not
//! matter; what it added does. Signatures depend on nothing but the document, and `place` on nothing but the order, so a corpus
//! extracted in pieces and put together is judged as one that was extracted whole.
//!
//! The method is written out here because its hashes must not change between releases, machines or pieces of one corpus, which no crate
//! for it promises.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

/// Words that make one run.
const RUN: usize = 3;
/// Smallest hashes that share a band.
const IN_BAND: usize = 3;
/// Bands: two documents that share 45 of 100 runs meet in one of them 98 times of 100.
const BANDS: usize = 42;
/// Places for smallest hashes.
const PLACES: usize = BANDS * IN_BAND;
/// Hashes of each run, two to a number of 64 bits, so that also a short document fills nearly all places.
const HASHES: u64 = 8;
/// Documents of fewer words are repeated only by the very same words.
const SHORTEST: u32 = 40;
/// The share of a document's runs that must stand in the earlier one.
const CONTAINED: f64 = 0.7;
/// How many documents of one band are looked at.
const CROWD: usize = 16;

/// What is kept of a document to find its repetitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// A hash of all its words in order.
    exact: u64,
    /// Its number of words.
    words: u32,
    /// Its number of different runs.
    runs: u32,
    /// For each place the smallest hash of a run that falls there; the greatest number if none does.
    smallest: Vec<u32>,
    /// Hashes of the figures it gives, in order.
    figures: Vec<u32>,
}

/// The signature of a text that gives these figures.
#[must_use]
pub fn signature<'f>(text: &str, figures: impl IntoIterator<Item = &'f str>) -> Signature {
    let (mut exact, mut words, mut last) = (START, 0, [0; RUN]);
    let mut runs = Vec::with_capacity(text.len() / 6);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let hash = word.chars().fold(START, |hash, c| {
            if c.is_ascii() { stir(hash, c.to_ascii_lowercase().into()) } else { c.to_lowercase().fold(hash, |h, c| stir(h, c.into())) }
        });
        exact = stir(exact, mixed(hash));
        last.rotate_left(1);
        last[RUN - 1] = hash;
        words += 1;
        if words as usize >= RUN {
            runs.push(mixed(last.into_iter().fold(START, |all, hash| stir(all, mixed(hash)))));
        }
    }
    runs.sort_unstable();
    runs.dedup();
    let mut smallest = vec![u32::MAX; PLACES];
    for (run, n) in runs.iter().flat_map(|run| (0..HASHES / 2).map(move |n| (run, n))) {
        let pair = mixed(run ^ (n << 56));
        for hash in [(pair >> 32) as u32, pair as u32] {
            // The high bits say where; whoever falls there differs in the others.
            let least = &mut smallest[((u64::from(hash) * PLACES as u64) >> 32) as usize];
            *least = hash.min(*least);
        }
    }
    let hash = |figure: &str| (figure.bytes().fold(START, |h, b| stir(h, b.into())) >> 32) as u32;
    let mut figures: Vec<u32> = figures.into_iter().map(hash).collect();
    figures.sort_unstable();
    figures.dedup();
    figures.shrink_to_fit();
    Signature { exact, words, runs: u32::try_from(runs.len()).unwrap_or(u32::MAX), smallest, figures }
}

impl Signature {
    /// The same as bytes, for documents that are not in one memory.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = [self.words, self.runs].into_iter().chain(self.smallest.iter().copied()).chain(self.figures.iter().copied());
        self.exact.to_le_bytes().into_iter().chain(numbers.flat_map(u32::to_le_bytes)).collect()
    }

    /// Reads what [`Self::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (exact, numbers) = bytes.split_first_chunk()?;
        let (numbers, rest) = numbers.as_chunks();
        let numbers: Vec<u32> = numbers.iter().map(|n| u32::from_le_bytes(*n)).collect();
        let ([words, runs], numbers) = numbers.split_first_chunk()?;
        let (smallest, figures) = numbers.split_at_checked(BANDS * IN_BAND)?;
        let whole =
            Self { exact: u64::from_le_bytes(*exact), words: *words, runs: *runs, smallest: smallest.to_vec(), figures: figures.to_vec() };
        rest.is_empty().then_some(whole)
    }

    /// What it shares with every document that repeats it or that it repeats: the hash of all its words, and the hashes of its bands,
    /// as far as they count.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.exact).chain(self.bands().filter(|_| self.words >= SHORTEST))
    }

    /// Whether this document repeats an earlier one.
    fn repeats(&self, earlier: &Self) -> bool {
        if self.exact == earlier.exact && self.words == earlier.words {
            return true;
        }
        let known = |figure| earlier.figures.binary_search(figure).is_ok();
        self.words >= SHORTEST && self.figures.iter().all(known) && self.contained_in(earlier) >= CONTAINED
    }

    /// The share of its runs that stand in another document too, as the smallest hashes tell it.
    fn contained_in(&self, other: &Self) -> f64 {
        let filled = || self.smallest.iter().zip(&other.smallest).filter(|(a, b)| **a.min(b) != u32::MAX);
        let same = filled().filter(|(a, b)| a == b).count();
        let alike = same as f64 / filled().count().max(1) as f64;
        let common = alike / (1.0 + alike) * f64::from(self.runs + other.runs);
        common / f64::from(self.runs.max(1))
    }

    fn bands(&self) -> impl Iterator<Item = u64> {
        let band = |(i, hashes): (u64, &[u32])| hashes.iter().fold(mixed(i), |all, &hash| mixed(all ^ u64::from(hash)));
        let filled = |(_, hashes): &(u64, &[u32])| hashes.iter().any(|&hash| hash != u32::MAX);
        (0..).zip(self.smallest.chunks_exact(IN_BAND)).filter(filled).map(band)
    }
}

/// The documents that repeat none before them.
#[derive(Debug, Default)]
pub struct Originals {
    kept: Vec<(String, Signature)>,
    /// Places in `kept`, by the hash of all words, and by the hash of a band.
    exact: HashMap<u64, u32, Hashed>,
    bands: Bands,
}

/// Places of documents by the hashes of their bands, a crowd to each. A document has 42 of them, so this is by far the most of what a
/// corpus leaves in memory, and is as small as can be: half of the hash and the place, eight bytes in an open table. That a few others
/// share the half costs a look at a document that repeats nothing.
#[derive(Debug, Default)]
struct Bands {
    /// A power of two of them; nobody is at [`NOBODY`].
    slots: Vec<(u32, u32)>,
    used: usize,
}

/// A place where no document is.
const NOBODY: u32 = u32::MAX;

impl Bands {
    /// The places of the documents that share a band.
    fn crowd(&self, band: u64) -> impl Iterator<Item = u32> {
        let half = band as u32;
        let last = self.slots.len().wrapping_sub(1);
        let from = half as usize & last;
        let slots = (0..self.slots.len()).map(move |i| self.slots[(from + i) & last]);
        slots.take_while(|&(_, place)| place != NOBODY).filter(move |&(other, _)| other == half).map(|(_, place)| place)
    }

    fn join(&mut self, band: u64, place: u32) {
        if self.crowd(band).nth(CROWD - 1).is_some() {
            return;
        }
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            let doubled = vec![(0, NOBODY); (self.slots.len() * 2).max(64)];
            let slots = std::mem::replace(&mut self.slots, doubled);
            slots.into_iter().filter(|(_, place)| *place != NOBODY).for_each(|slot| self.put(slot));
        }
        self.put((band as u32, place));
        self.used += 1;
    }

    fn put(&mut self, slot: (u32, u32)) {
        let last = self.slots.len() - 1;
        let mut at = slot.0 as usize & last;
        while self.slots[at].1 != NOBODY {
            at = (at + 1) & last;
        }
        self.slots[at] = slot;
    }
}

type Hashed = BuildHasherDefault<AsItIs>;

impl Originals {
    /// The id of the first earlier document that this one repeats; one that repeats none is kept for those that follow.
    pub fn place(&mut self, id: &str, signature: Signature) -> Option<String> {
        let of_band = signature.bands().flat_map(|band| self.bands.crowd(band));
        let mut candidates: Vec<u32> = self.exact.get(&signature.exact).copied().into_iter().chain(of_band).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let original = candidates.into_iter().filter_map(|i| self.kept.get(i as usize)).find(|(_, earlier)| signature.repeats(earlier));
        if let Some((id, _)) = original {
            return Some(id.clone());
        }
        let place = u32::try_from(self.kept.len()).unwrap_or(u32::MAX);
        self.exact.entry(signature.exact).or_insert(place);
        if signature.words >= SHORTEST {
            for band in signature.bands() {
                self.bands.join(band, place);
            }
        }
        self.kept.push((id.to_owned(), signature));
        None
    }
}

/// Where FNV-1a starts.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a (Fowler, Noll, Vo).
const fn stir(hash: u64, with: u64) -> u64 {
    (hash ^ with).wrapping_mul(0x0100_0000_01b3)
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on every bit.
const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Takes a key that is a hash already for its own hash.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &b| stir(hash, b.into()));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(n: usize, from: usize) -> String {
        (from..from + n).map(|i| format!("word{i} ")).collect()
    }

    fn placed(texts: &[(&str, &[&str])]) -> Vec<Option<String>> {
        let mut originals = Originals::default();
        (0..).zip(texts).map(|(i, (text, figures))| originals.place(&format!("d{i}"), signature(text, figures.iter().copied()))).collect()
    }

    #[test]
    fn the_same_words_are_a_repetition_at_any_length() {
        assert_eq!(placed(&[("¡Calma!", &[]), ("calma", &[]), ("Calma chicha", &[])]), [None, Some("d0".into()), None]);
    }

    #[test]
    fn what_is_cut_off_is_a_repetition_and_what_adds_much_is_not() {
        let (whole, cut, more) = (words(200, 0), words(120, 0), words(320, 0));
        assert_eq!(placed(&[(&whole, &[]), (&cut, &[]), (&more, &[])]), [None, Some("d0".into()), None]);
    }

    #[test]
    fn a_new_figure_is_news() {
        let text = words(200, 0);
        let update = text.replace("word7 ", "word1000 ");
        assert_eq!(placed(&[(&text, &["killed 7"]), (&update, &["killed 9"]), (&update, &["killed 7"])]), [None, None, Some("d0".into())]);
    }

    #[test]
    fn shares_are_estimated_well() {
        let a = signature(&words(300, 0), []);
        for shared in [60, 150, 240] {
            let b = signature(&words(300, 300 - shared), []);
            let share = b.contained_in(&a);
            assert!((share - shared as f64 / 300.0).abs() < 0.12, "{share} for {shared} of 300");
        }
    }

    #[test]
    fn a_crowd_of_look_alikes_is_not_looked_through() {
        let mut originals = Originals::default();
        let text = words(100, 0);
        for i in 0..400 {
            // Each gives a figure of its own, so none repeats another.
            originals.place(&i.to_string(), signature(&text.replace("word5 ", &format!("w{i} ")), [format!("killed {i}").as_str()]));
        }
        assert_eq!(originals.kept.len(), 400);
        let halves = originals.bands.slots.iter().filter(|(_, place)| *place != NOBODY).map(|(half, _)| u64::from(*half));
        assert!(halves.into_iter().all(|half| originals.bands.crowd(half).count() <= CROWD));
    }

    proptest! {
        #[test]
        fn any_texts_are_placed(texts in proptest::collection::vec(any::<String>(), 0..8)) {
            let mut originals = Originals::default();
            for text in texts.iter().chain(&texts) {
                originals.place(text, signature(text, []));
            }
            prop_assert!(originals.kept.len() <= texts.len());
        }
    }
}
