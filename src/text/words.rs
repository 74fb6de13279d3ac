//! Words of a text looked up in word lists.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::span::Span;

/// A short word of ASCII letters in small letters: its first eight bytes and the rest.
type Number = [u64; 2];

/// Words in small letters with what is known of each, to be looked up by words as a text writes them.
///
/// Every word of every text is looked up in many such lists, and most are in none of them. So a short word of ASCII letters is
/// one number, whose capitals become small letters all at once: nothing is copied, and no pointer is followed before the number is found.
/// Waiting for memory is most of what a search takes, so that for a word that isn't there hardly ever more than its place is looked at.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<V> {
    /// For each place of the hashes of numbers, of which there are two to the power of `bits`: 0 where nothing is, else in the lowest
    /// `bits` bits where its entry stands in `short`, counted from one, and in the others what more the hash says.
    places: Vec<u32>,
    bits: u32,
    /// What the halves of a number are multiplied by. Nobody can tell beforehand, so no text can be made of words that all have one place.
    factors: Number,
    short: Vec<(Number, V)>,
    /// Words that are longer or have other letters.
    long: HashMap<Box<str>, V>,
}

/// Two odd numbers, others in each run of the program.
fn factors() -> Number {
    static FACTORS: LazyLock<Number> = LazyLock::new(|| {
        let random = RandomState::new();
        [1_u8, 2].map(|which| random.hash_one(which) | 1)
    });
    *FACTORS
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { places: Vec::new(), bits: 0, factors: factors(), short: Vec::new(), long: HashMap::new() }
    }
}

impl<V> WordMap<V> {
    /// With room for so many words.
    pub fn with_capacity(words: usize) -> Self {
        let places = (2 * words).next_power_of_two().max(4);
        Self { places: vec![0; places], bits: places.trailing_zeros(), short: Vec::with_capacity(words), ..Self::default() }
    }

    /// What is known of a word that is given as the list has it.
    pub fn get(&self, word: &str) -> Option<&V> {
        match number(word) {
            Some(number) => self.numbered(number),
            None => self.long.get(word),
        }
    }

    /// What is known of a word as written; `fold` makes small letters of those that are not ASCII, as it did for the list.
    #[inline]
    pub fn written(&self, word: &str, fold: impl FnOnce(&str, &mut String)) -> Option<&V> {
        match number(word) {
            Some(number) => self.numbered(number),
            None => self.folded(word, fold),
        }
    }

    #[cold]
    #[inline(never)]
    fn folded(&self, word: &str, fold: impl FnOnce(&str, &mut String)) -> Option<&V> {
        // Most long words are known to be in no list without being looked up.
        if self.long.is_empty() && word.is_ascii() {
            return None;
        }
        let mut folded = String::with_capacity(word.len());
        fold(word, &mut folded);
        self.get(&folded)
    }

    /// What is known of each of some words of a text, in order; `fold` is asked for those that are long or not ASCII. All of several
    /// searches begin before the first one goes on, so that their waiting for memory is one.
    pub fn each<'m, 't, W>(
        &'m self,
        text: &'t str,
        words: &[W],
        span: impl Fn(&W) -> Span,
        fold: impl Fn(&'t str) -> Cow<'t, str>,
        mut found: impl FnMut(Option<&'m V>),
    ) {
        const AT_ONCE: usize = 16;
        for some in words.chunks(AT_ONCE) {
            let mut begun = [None; AT_ONCE];
            for (word, begun) in some.iter().zip(&mut begun) {
                *begun = number_at(text, span(word)).map(|number| {
                    let (at, more) = self.place(number);
                    (number, at, more, self.places.get(at).copied())
                });
            }
            for (word, begun) in some.iter().zip(&begun) {
                found(match *begun {
                    Some((number, at, more, place)) => place.and_then(|place| self.searched(number, at, more, place)),
                    None if self.long.is_empty() && span(word).of(text).is_ascii() => None,
                    None => self.get(&fold(span(word).of(text))),
                });
            }
        }
    }

    #[inline]
    fn numbered(&self, number: Number) -> Option<&V> {
        let (at, more) = self.place(number);
        self.searched(number, at, more, *self.places.get(at)?)
    }

    /// The end of a search that has come to a place.
    #[inline]
    fn searched(&self, number: Number, mut at: usize, more: u32, mut place: u32) -> Option<&V> {
        loop {
            let entry = place & self.last();
            if place ^ entry == more || entry == 0 {
                let (found, value) = self.short.get((entry as usize).checked_sub(1)?)?;
                if *found == number {
                    return Some(value);
                }
            }
            at = (at + 1) & (self.places.len() - 1);
            place = *self.places.get(at)?;
        }
    }

    /// Where the search for a number begins, and what more its hash says, as places have it.
    #[inline]
    fn place(&self, [low, high]: Number) -> (usize, u32) {
        let hash = low.wrapping_mul(self.factors[0]) ^ high.wrapping_mul(self.factors[1]);
        // Only the uppermost bits depend on every letter.
        let hash = (hash >> 32) << self.bits;
        ((hash >> 32) as usize, hash as u32)
    }

    /// The last place.
    const fn last(&self) -> u32 {
        (1 << self.bits) - 1
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Every value, in no order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.short.iter().map(|(_, value)| value).chain(self.long.values())
    }

    /// The words that are longer or have other letters than ASCII, with what is known of each.
    pub fn long(&self) -> impl Iterator<Item = (&str, &V)> {
        self.long.iter().map(|(word, known)| (word.as_ref(), known))
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.short.iter_mut().map(|(_, value)| value).chain(self.long.values_mut())
    }
}

impl<V: Default> WordMap<V> {
    /// What is to be known of a word in small letters.
    pub fn entry(&mut self, word: &str) -> &mut V {
        self.entry_with(word, V::default)
    }
}

impl<V> WordMap<V> {
    /// The same; what `new` gives if nothing is known yet.
    pub fn entry_with(&mut self, word: &str, new: impl FnOnce() -> V) -> &mut V {
        let Some(number) = number(word) else { return self.long.entry(word.into()).or_insert_with(new) };
        if 2 * self.short.len() >= self.places.len() {
            self.bits = 2.max(self.bits + 1);
            self.places = vec![0; 1 << self.bits];
            for i in 0..self.short.len() {
                self.keep(self.short[i].0, i);
            }
        }
        let (mut at, more) = self.place(number);
        while self.places[at] != 0 {
            let entry = self.places[at] & self.last();
            let i = (entry - 1) as usize;
            if self.places[at] ^ entry == more && self.short[i].0 == number {
                return &mut self.short[i].1;
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        let i = self.short.len();
        self.short.push((number, new()));
        self.keep(number, i);
        &mut self.short[i].1
    }

    fn keep(&mut self, number: Number, entry: usize) {
        let (mut at, more) = self.place(number);
        while self.places[at] != 0 {
            at = (at + 1) & (self.places.len() - 1);
        }
        self.places[at] = more | (entry + 1) as u32;
    }
}

impl<S: AsRef<str>> FromIterator<S> for WordMap<()> {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let mut all = Self::default();
        words.into_iter().for_each(|word| *all.entry(word.as_ref()) = ());
        all
    }
}

/// A word of at most sixteen bytes, all ASCII, in small letters as a number; no two such words are one, but for bytes of 0 at the end.
#[inline]
fn number(word: &str) -> Option<Number> {
    let bytes = word.as_bytes();
    let long = bytes.len();
    // What is read twice is the same bytes at the same place.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let low = u64::from_le_bytes(*first);
        // Nothing is left of eight bytes.
        let high = u64::from_le_bytes(*last).checked_shr(8 * u32::try_from(16_usize.checked_sub(long)?).unwrap_or(0)).unwrap_or(0);
        return ((low | high) & UPPERMOST == 0).then(|| [small(low), small(high)]);
    }
    let low = if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (long - 4))
    } else {
        let (&first, &last) = (bytes.first()?, bytes.last()?);
        u64::from(first) | u64::from(bytes[long / 2]) << (8 * (long / 2)) | u64::from(last) << (8 * (long - 1))
    };
    (low & UPPERMOST == 0).then(|| [small(low), 0])
}

/// The same for a word of a text: what stands behind it is read with it and cut off, whatever its length.
#[inline]
fn number_at(text: &str, span: Span) -> Option<Number> {
    let Some(bytes) = text.as_bytes().get(span.start..).and_then(|rest| rest.first_chunk::<16>()) else { return number(span.of(text)) };
    let beyond = 16_usize.checked_sub(span.len()).filter(|&beyond| beyond < 16)?;
    let word = u128::from_le_bytes(*bytes) & (u128::MAX >> (8 * beyond));
    let (low, high) = (word as u64, (word >> 64) as u64);
    ((low | high) & UPPERMOST == 0).then(|| [small(low), small(high)])
}

/// One in each byte, and each byte's uppermost bit.
const EACH: u64 = 0x0101_0101_0101_0101;
const UPPERMOST: u64 = 0x80 * EACH;

/// Eight bytes of ASCII with small letters for capitals.
#[inline]
const fn small(bytes: u64) -> u64 {
    // Each byte's uppermost bit says whether it is at least A, and whether it is more than Z.
    bytes | (((bytes + (0x80 - 0x41) * EACH) ^ (bytes + (0x7f - 0x5a) * EACH)) & UPPERMOST) >> 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(word: &str, into: &mut String) {
        into.extend(word.chars().flat_map(char::to_lowercase));
    }

    proptest! {
        #[test]
        fn a_word_is_found_however_it_is_written(words in prop::collection::vec("[a-cé@\\[`{z0'-]{0,20}", 0..60), asked in "[a-cA-CéÉ@\\[`{zZ0'-]{0,20}") {
            let mut map = WordMap::<usize>::default();
            let mut plain = std::collections::HashMap::<String, usize>::new();
            for (i, word) in words.iter().enumerate() {
                *map.entry(word) += i;
                *plain.entry(word.clone()).or_default() += i;
            }
            for word in words.iter().chain([&asked]) {
                let shouted: String = word.chars().flat_map(char::to_uppercase).collect();
                prop_assert_eq!(map.written(word, fold), plain.get(&word.to_lowercase()));
                prop_assert_eq!(map.written(&shouted, fold), plain.get(&shouted.to_lowercase()));
            }
            let text = words.join(" ");
            let spans: Vec<Span> = words.iter().scan(0, |at, word| {
                *at += word.len() + 1;
                Some(Span::new(*at - 1 - word.len(), *at - 1))
            }).collect();
            let mut found: Vec<Option<&usize>> = Vec::new();
            map.each(&text, &spans, |s| *s, |word| word.to_lowercase().into(), |value| found.push(value));
            prop_assert!(found.into_iter().eq(words.iter().map(|word| plain.get(word))));
        }
    }
}
