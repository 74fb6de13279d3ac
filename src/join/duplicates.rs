//! Documents that repeat another one: the same text, or one wire story as several outlets print it.
//!
//! 1. [`signature`] makes a document small: a hash of all its words, the smallest hashes of its runs of three words (MinHash,
//!    Broder 1997, with the hashes dealt out over places: Li, Owen and Zhang, "One Permutation Hashing", 2012), and the figures it
//!    gives, about 600 bytes in all.
//! 2. [`Originals::place`] takes documents in their order and says of each which earlier one it repeats. Candidates come from
//!    bands of the smallest hashes (Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3); only documents that repeat
//!    none are kept to compare with, and only so many of those are looked at, so that the time is linear in the number of documents.
//!    Of a whole corpus ([`Waiting`]) only those are taken that share such a hash with another one.
//!
//! A document repeats an earlier one if most of its runs of words stand there too and it gives no figure that the earlier one does
//! not give: an update with a new toll is news, however little else was changed. What an outlet cut off the end does not
//! matter; what it added does. Signatures depend on nothing but the document, and `place` on nothing but the order, so a corpus
//! extracted in pieces and put together is judged as one that was extracted whole.
//!
//! The method is written out here because its hashes must not change between releases, machines or pieces of one corpus, which no crate
//! for it promises.

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt};
use serde::{Deserialize, Serialize};

use crate::store::{Dealt, Hashed, Room, Table, Taken, Texts};

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

/// The letters and digits of ASCII in small letters, by their bytes; 0 for what is neither.
const ASCII: [u8; 128] = {
    let (mut all, mut byte) = ([0; 128], 0);
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            all[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    all
};

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
    let mut runs: HashSet<u64> = HashSet::with_capacity(text.len() / 6);
    let mut smallest = [u32::MAX; PLACES];
    let mut ended = |hash: u64| {
        let hash = mixed(hash);
        exact = stir(exact, hash);
        last.rotate_left(1);
        last[RUN - 1] = hash;
        words += 1;
        let run = mixed(last.into_iter().fold(START, stir));
        if words as usize >= RUN && runs.insert(run) {
            for pair in (0..HASHES / 2).map(|n| mixed(run ^ (n << 56))) {
                for hash in [(pair >> 32) as u32, pair as u32] {
                    // The high bits say where; whoever falls there differs in the others.
                    let least = &mut smallest[((u64::from(hash) * PLACES as u64) >> 32) as usize];
                    *least = hash.min(*least);
                }
            }
        }
    };
    // The hash of the word so far.
    let mut word = None;
    for c in text.chars() {
        let small = ASCII.get(c as usize).copied();
        if let Some(small) = small.filter(|small| *small != 0) {
            word = Some(stir(word.unwrap_or(START), small.into()));
        } else if small.is_none() && c.is_alphanumeric() {
            word = Some(c.to_lowercase().fold(word.unwrap_or(START), |hash, c| stir(hash, c.into())));
        } else if let Some(hash) = word.take() {
            ended(hash);
        }
    }
    word.into_iter().for_each(ended);
    let hash = |figure: &str| (figure.bytes().fold(START, |h, b| stir(h, b.into())) >> 32) as u32;
    let mut figures: Vec<u32> = figures.into_iter().map(hash).collect();
    figures.sort_unstable();
    figures.dedup();
    figures.shrink_to_fit();
    Signature { exact, words, runs: u32::try_from(runs.len()).unwrap_or(u32::MAX), smallest: smallest.to_vec(), figures }
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

    /// The hashes by which it is looked for.
    fn places(&self) -> impl Iterator<Item = u64> {
        std::iter::once(mixed(self.exact)).chain(self.bands().filter(|_| self.words >= SHORTEST))
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
#[derive(Debug)]
pub struct Originals {
    /// The id and signature of each.
    kept: Texts,
    /// Where they are kept, by the hash of all words and those of the bands, a crowd to each. A document has 43 of them, so a hash is as short as can be:
    /// that a few others share it costs a look at a document that repeats nothing.
    places: Table<8>,
}

impl Default for Originals {
    fn default() -> Self {
        Self::new(&Room::default())
    }
}

impl Originals {
    /// So many bytes of signatures, and of hashes, are in memory at most, which is those of some three thousand documents.
    const MOST: usize = 2 << 20;

    pub(crate) fn new(room: &Room) -> Self {
        Self { kept: Texts::new(room, Self::MOST, 64), places: Table::new(room, Self::MOST) }
    }

    /// The id of the first earlier document that this one repeats; one that repeats none is kept for those that follow.
    pub fn place(&mut self, id: &str, signature: Signature) -> Option<String> {
        self.place_by(signature.places(), id, &signature)
    }

    /// The same by those of its hashes that another document may have too.
    fn place_by(&mut self, keys: impl Iterator<Item = u64>, id: &str, signature: &Signature) -> Option<String> {
        let (mut candidates, mut room) = (Vec::new(), Vec::new());
        for key in keys {
            let before = candidates.len();
            self.places.all(key, |place| candidates.push(place));
            if candidates.len() - before < CROWD {
                room.push(key);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let repeated = candidates.into_iter().find_map(|place| {
            let kept = self.kept.get(place);
            let (id, earlier) = from_row(&kept)?;
            signature.repeats(&earlier).then(|| id.into_owned())
        });
        if repeated.is_none() {
            let place = self.kept.push(&to_row(id, signature));
            room.into_iter().for_each(|key| self.places.add(key, place));
        }
        repeated
    }
}

/// A document's id and signature as bytes.
fn to_row(id: &str, signature: &Signature) -> Vec<u8> {
    [&(id.len() as u32).to_le_bytes(), id.as_bytes(), &signature.to_bytes()].concat()
}

fn from_row(row: &[u8]) -> Option<(Cow<'_, str>, Signature)> {
    let (length, rest) = row.split_first_chunk()?;
    let (id, signature) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((String::from_utf8_lossy(id), Signature::from_bytes(signature)?))
}

/// The documents of a corpus until all are known, and with them which hashes more than one has: most are a single document's, and nobody looks for those.
pub(crate) struct Waiting {
    documents: Dealt,
    count: u32,
    keys: Hashed,
    room: Room,
}

impl Waiting {
    pub(crate) fn new(room: &Room) -> Self {
        Self { documents: Dealt::new(room, 1), count: 0, keys: Hashed::new(room), room: room.clone() }
    }

    /// Adds the next document.
    pub(crate) fn add(&mut self, id: &str, signature: &Signature) {
        let row = to_row(id, signature);
        self.documents.add(0, |bytes| {
            bytes.extend((row.len() as u32).to_le_bytes());
            bytes.extend(row);
        });
        signature.places().for_each(|key| self.keys.add_number(key, self.count));
        self.count += 1;
    }

    /// What each document repeats, in their order.
    pub(crate) fn repetitions(self) -> impl Iterator<Item = Option<String>> {
        let keys = self.keys.matched_with_own(|documents| documents.get(1).copied());
        let mut keys = keys.numbers().peekable();
        let (mut documents, mut originals) = (Taken::new(self.documents), Originals::new(&self.room));
        (0..self.count).map(move |number| {
            let mut row = vec![0; u32::from_le_bytes(documents.next(0)?) as usize];
            documents.fill(0, &mut row).then_some(())?;
            let shared: Vec<bool> =
                std::iter::from_fn(|| keys.next_if(|(of, _)| *of == number)).map(|(_, other)| other.is_some()).collect();
            if !shared.contains(&true) {
                return None;
            }
            let (id, signature) = from_row(&row)?;
            let keys = signature.places().zip(shared).filter(|(_, shared)| *shared).map(|(key, _)| key);
            originals.place_by(keys, &id, &signature)
        })
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
        let band = signature(&text, []).bands().next();
        let mut crowd = 0;
        originals.places.all(band.unwrap(), |_| crowd += 1);
        assert_eq!(crowd, CROWD);
    }

    #[test]
    fn what_is_in_memory_is_the_same_for_any_number_of_documents() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::in_folder(folder.path());
        let (mut bounded, mut free) = (Originals::new(&room), Originals::default());
        (bounded.kept, bounded.places) = (Texts::new(&room, 1 << 16, 64), Table::new(&room, 1 << 16));
        let (mut waiting, mut known) = (Waiting::new(&room), Vec::new());
        for i in 0..2000 {
            // Every seventh repeats one from long before.
            let text = words(60, if i % 7 == 0 { i / 2 } else { i } * 60);
            let (id, signature) = (i.to_string(), signature(&text, []));
            waiting.add(&id, &signature);
            let repeated = free.place(&id, signature.clone());
            assert_eq!(bounded.place(&id, signature), repeated);
            known.push(repeated);
        }
        assert!(known.iter().any(Option::is_some) && waiting.repetitions().eq(known));
        assert!(room.check().is_ok() && std::fs::read_dir(folder.path()).unwrap().count() == 0);
        assert_eq!((bounded.kept.in_memory(), bounded.places.in_memory()), (1 << 16, 1 << 16));
        assert!(free.kept.in_memory() > 1 << 20 && free.places.in_memory() > 1 << 19);
    }

    proptest! {
        #[test]
        fn any_texts_are_placed(texts in proptest::collection::vec(any::<String>(), 0..8)) {
            let mut originals = Originals::default();
            for text in &texts {
                originals.place(text, signature(text, []));
            }
            for text in &texts {
                prop_assert!(originals.place(text, signature(text, [])).is_some());
            }
        }
    }
}
