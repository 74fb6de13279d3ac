//! Words of a text looked up in word lists.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::span::Span;

/// A short word in small letters as a number, its first eight bytes and the rest; 0 stands for words that are longer than sixteen bytes or
/// have other letters than ASCII.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Short([u64; 2]);

/// Words in small letters with what is known of each, to be looked up by words as a text writes them.
///
/// Every word of every text is looked up in many such lists, and most are in none of them. So a token has its [`Short`] from the
/// beginning: nothing is copied, and no pointer is followed before that is found.
/// Waiting for memory is most of what a search takes, so that for a word that isn't there hardly ever more than its place is looked at.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<V> {
    /// For each place of the hashes of numbers, of which there are two to the power of `bits`: 0 where nothing is, else in the lowest
    /// `bits` bits where its entry stands in `short`, counted from one, and in the others what more the hash says.
    places: Vec<u32>,
    bits: u32,
    /// What the halves of a number are multiplied by. Nobody can tell beforehand, so no text can be made of words that all have one place.
    factors: [u64; 2],
    short: Vec<(Short, V)>,
    /// Words that are longer or have other letters.
    long: HashMap<Box<str>, V>,
}

/// Two odd numbers, others in each run of the program.
fn factors() -> [u64; 2] {
    static FACTORS: LazyLock<[u64; 2]> = LazyLock::new(|| {
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
        match Short::of(word) {
            short if short.is_none() => self.long.get(word),
            short => self.short(short),
        }
    }

    /// What is known of a word of a text; `fold` makes of one that is long or not all ASCII what the list may have.
    #[inline]
    pub fn of<'w>(&self, short: Short, fold: impl FnOnce() -> Cow<'w, str>) -> Option<&V> {
        if short.is_none() { self.folded(fold) } else { self.short(short) }
    }

    #[cold]
    #[inline(never)]
    fn folded<'w>(&self, fold: impl FnOnce() -> Cow<'w, str>) -> Option<&V> {
        self.get(&fold())
    }

    /// What is known of a short word.
    #[inline]
    pub fn short(&self, short: Short) -> Option<&V> {
        self.found(short).and_then(|i| self.short.get(i)).map(|(_, value)| value)
    }

    /// Where the entry of a short word stands.
    #[inline]
    fn found(&self, short: Short) -> Option<usize> {
        let (mut at, more) = self.place(short);
        loop {
            let place = *self.places.get(at)?;
            let entry = place & self.last();
            if place ^ entry == more || entry == 0 {
                let i = (entry as usize).checked_sub(1)?;
                if self.short.get(i)?.0 == short {
                    return Some(i);
                }
            }
            at = (at + 1) & (self.places.len() - 1);
        }
    }

    /// Where the search for a short word begins, and what more its hash says, as places have it.
    #[inline]
    fn place(&self, Short([low, high]): Short) -> (usize, u32) {
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
    #[inline]
    pub fn entry_with(&mut self, word: &str, new: impl FnOnce() -> V) -> &mut V {
        let short = Short::of(word);
        if short.is_none() {
            return self.long.entry(word.into()).or_insert_with(new);
        }
        let i = self.found(short).unwrap_or_else(|| self.add(short, new()));
        &mut self.short[i].1
    }

    /// Where the entry of a short word stands that had none.
    fn add(&mut self, short: Short, value: V) -> usize {
        if 2 * self.short.len() >= self.places.len() {
            self.bits = 2.max(self.bits + 1);
            self.places = vec![0; 1 << self.bits];
            for i in 0..self.short.len() {
                self.keep(self.short[i].0, i);
            }
        }
        let i = self.short.len();
        self.short.push((short, value));
        self.keep(short, i);
        i
    }

    fn keep(&mut self, short: Short, entry: usize) {
        let (mut at, more) = self.place(short);
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

impl Short {
    /// No two short words are one, but for bytes of 0 at the end.
    #[inline]
    pub fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let long = bytes.len();
        // What is read twice is the same bytes at the same place.
        let (low, high) = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            let Some(beyond) = 16_usize.checked_sub(long) else { return Self::default() };
            // Nothing is left of eight bytes.
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last).checked_shr(8 * beyond as u32).unwrap_or(0))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (long - 4)), 0)
        } else {
            let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return Self::default() };
            (u64::from(first) | u64::from(bytes[long / 2]) << (8 * (long / 2)) | u64::from(last) << (8 * (long - 1)), 0)
        };
        Self::folded(low, high)
    }

    /// The same for a word of a text: what stands behind it is read with it and cut off, whatever its length.
    #[inline]
    pub fn at(text: &str, span: Span) -> Self {
        let Some(bytes) = text.as_bytes().get(span.start..).and_then(|rest| rest.first_chunk::<16>()) else {
            return Self::of(span.of(text));
        };
        let Some(beyond) = 16_usize.checked_sub(span.len()).filter(|&beyond| beyond < 16) else { return Self::default() };
        let word = u128::from_le_bytes(*bytes) & (u128::MAX >> (8 * beyond));
        Self::folded(word as u64, (word >> 64) as u64)
    }

    #[inline]
    const fn folded(low: u64, high: u64) -> Self {
        if (low | high) & UPPERMOST == 0 { Self([small(low), small(high)]) } else { Self([0, 0]) }
    }

    /// Whether it stands for a word that is none.
    #[inline]
    pub const fn is_none(self) -> bool {
        self.0[0] == 0
    }

    /// The last eight of so many bytes that it has, or as many as there are; the last one uppermost.
    #[inline]
    pub const fn last(self, bytes: usize) -> u64 {
        let [low, high] = self.0;
        ((low as u128 | (high as u128) << 64) << (8 * (16_usize.saturating_sub(bytes) & 15)) >> 64) as u64
    }

    /// Whether a word has nothing but letters: of digits, hyphens and apostrophes one of two bits is not as the other is.
    #[inline]
    pub fn is_letters(self) -> bool {
        !self.is_none() && self.0.iter().all(|half| (half >> 1 ^ half) & (0x20 * EACH) == 0)
    }

    /// Whether a number has nothing but digits: letters have a bit more, and of commas and stops one of two bits is not as the other is.
    #[inline]
    pub fn is_digits(self) -> bool {
        let other = |half: &u64| half & (0x40 * EACH) | (half << 1 ^ half) & (0x20 * EACH);
        !self.is_none() && self.0.iter().all(|half| other(half) == 0)
    }
}

/// Makes small letters of a word, with one form of apostrophe.
pub fn make_small(word: &str, into: &mut String) {
    for c in word.chars() {
        match c {
            // The capitals of Western Europe, which are quicker told than looked up.
            'À'..='Ö' | 'Ø'..='Þ' => into.extend(char::from_u32(u32::from(c) + 0x20)),
            '\0'..'À' | 'ß'..='ÿ' => into.push(c.to_ascii_lowercase()),
            '’' => into.push('\''),
            _ => into.extend(c.to_lowercase()),
        }
    }
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

    fn small(word: &str) -> Cow<'_, str> {
        let mut out = String::new();
        make_small(word, &mut out);
        out.into()
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
                prop_assert_eq!(map.of(Short::of(word), || small(word)), plain.get(&word.to_lowercase()));
                prop_assert_eq!(map.of(Short::of(&shouted), || small(&shouted)), plain.get(&shouted.to_lowercase()));
            }
            let text = words.join(" ");
            let spans: Vec<Span> = words.iter().scan(0, |at, word| {
                *at += word.len() + 1;
                Some(Span::new(*at - 1 - word.len(), *at - 1))
            }).collect();
            for (word, span) in words.iter().zip(spans) {
                prop_assert_eq!(Short::at(&text, span), Short::of(word));
            }
        }
    }
}
