//! Maps whose keys are words. A word of up to fifteen bytes is kept as a number, so that it is found without following a pointer and
//! compared without a call; nearly all words are as short.

use foldhash::{HashMap, HashMapExt};

/// So many bytes fit into a number beside their count.
const LONGEST: usize = 15;

/// The number of a short word, which comes in two parts; none for a longer one.
fn short(parts: [&str; 2]) -> Option<u128> {
    let mut bytes = [0; LONGEST + 1];
    let mut len = 0;
    for part in parts {
        bytes.get_mut(..LONGEST)?.get_mut(len..len + part.len())?.copy_from_slice(part.as_bytes());
        len += part.len();
    }
    Some(u128::from_le_bytes(bytes) | (len as u128) << (8 * LONGEST))
}

/// A word as a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'w> {
    Short(u128),
    Long(&'w str),
}

impl<'w> Key<'w> {
    pub fn new(word: &'w str) -> Self {
        short([word, ""]).map_or(Self::Long(word), Self::Short)
    }

    /// The same of a stem with another ending; a long word is put together in `room`.
    pub fn with_ending(stem: &str, ending: &str, room: &'w mut String) -> Self {
        short([stem, ending]).map_or_else(
            || {
                room.clear();
                room.push_str(stem);
                room.push_str(ending);
                Self::Long(room)
            },
            Self::Short,
        )
    }

    /// The same of a word in a text, which is quicker if the text goes on for some bytes behind it.
    pub fn within(text: &'w str, start: usize, end: usize) -> Self {
        let len = end - start;
        match text.as_bytes().get(start..).and_then(<[u8]>::first_chunk) {
            Some(&bytes) if len <= LONGEST => {
                let own = (1 << (8 * len)) - 1;
                Self::Short(u128::from_le_bytes(bytes) & own | (len as u128) << (8 * LONGEST))
            }
            _ => Self::new(&text[start..end]),
        }
    }
}

/// A map from words.
#[derive(Debug)]
pub(super) struct Words<V> {
    short: HashMap<u128, V>,
    long: HashMap<Box<str>, V>,
}

impl<V> Default for Words<V> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<V> Words<V> {
    pub fn with_capacity(words: usize) -> Self {
        Self { short: HashMap::with_capacity(words), long: HashMap::new() }
    }

    pub fn get(&self, key: Key<'_>) -> Option<&V> {
        match key {
            Key::Short(number) => self.short.get(&number),
            Key::Long(word) => self.long.get(word),
        }
    }

    /// The value of a word; a new one if it has none yet.
    pub fn entry(&mut self, key: Key<'_>, new: impl FnOnce() -> V) -> &mut V {
        match key {
            Key::Short(number) => self.short.entry(number).or_insert_with(new),
            Key::Long(word) => self.long.entry(word.into()).or_insert_with(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_and_found_again_in_a_text() {
        let words = ["", "\0", "a", "a\0", "ñ", "quinceletrasaaa", "dieciseisletrasa", "dieciseisletrasb", "diecisieteletras "];
        let mut map = Words::default();
        for (i, word) in words.iter().enumerate() {
            assert_eq!(*map.entry(Key::new(word), || i), i, "{word:?}");
        }
        let text = words.concat();
        let mut start = 0;
        for (i, word) in words.iter().enumerate() {
            let end = start + word.len();
            assert_eq!(map.get(Key::within(&text, start, end)), Some(&i), "{word:?}");
            assert_eq!(map.get(Key::new(word)), Some(&i), "{word:?}");
            let (stem, ending) = word.split_at(word.floor_char_boundary(1));
            assert_eq!(map.get(Key::with_ending(stem, ending, &mut String::new())), Some(&i), "{word:?}");
            start = end;
        }
    }
}
