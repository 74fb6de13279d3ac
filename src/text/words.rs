//! Words of a text looked up in word lists.

use foldhash::{HashMap, HashMapExt};

/// A short word of ASCII letters in small letters: its first eight bytes and the rest.
type Number = [u64; 2];

/// Words in small letters with what is known of each, to be looked up by words as a text writes them.
///
/// Every word of every text is looked up in many such lists, and most are in none of them. So a short word of ASCII letters is
/// one number, whose capitals become small letters all at once: nothing is copied, and no pointer is followed before the number is found.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<V> {
    /// Where an entry stands in `short`, counted from one, by the hash of its number; a power of two of them, most of which are 0.
    places: Vec<u32>,
    short: Vec<(Number, V)>,
    /// Words that are longer or have other letters.
    long: HashMap<Box<str>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { places: Vec::new(), short: Vec::new(), long: HashMap::new() }
    }
}

impl<V> WordMap<V> {
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

    #[inline]
    fn numbered(&self, number: Number) -> Option<&V> {
        let mut at = self.place(number);
        loop {
            let (found, value) = self.short.get((*self.places.get(at)? as usize).wrapping_sub(1))?;
            if *found == number {
                return Some(value);
            }
            at = (at + 1) & (self.places.len() - 1);
        }
    }

    /// Where the search for a number begins.
    #[inline]
    fn place(&self, number: Number) -> usize {
        let [low, high] = number;
        let hash = low.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        // Only the uppermost bits depend on every letter.
        (hash >> (64 - self.places.len().trailing_zeros())) as usize
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.short.is_empty() && self.long.is_empty()
    }

    /// Every value, in no order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.short.iter().map(|(_, value)| value).chain(self.long.values())
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.short.iter_mut().map(|(_, value)| value).chain(self.long.values_mut())
    }
}

impl<V: Default> WordMap<V> {
    /// What is to be known of a word in small letters.
    pub fn entry(&mut self, word: &str) -> &mut V {
        let Some(number) = number(word) else { return self.long.entry(word.into()).or_default() };
        if 2 * self.short.len() >= self.places.len() {
            self.places = vec![0; 4.max(2 * self.places.len())];
            for i in 0..self.short.len() {
                self.keep(self.short[i].0, i);
            }
        }
        let mut at = self.place(number);
        while let Some(i) = (self.places[at] as usize).checked_sub(1) {
            if self.short[i].0 == number {
                return &mut self.short[i].1;
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        let i = self.short.len();
        self.short.push((number, V::default()));
        self.keep(number, i);
        &mut self.short[i].1
    }

    fn keep(&mut self, number: Number, entry: usize) {
        let mut at = self.place(number);
        while self.places[at] != 0 {
            at = (at + 1) & (self.places.len() - 1);
        }
        self.places[at] = u32::try_from(entry + 1).unwrap_or(u32::MAX);
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
        }
    }
}
