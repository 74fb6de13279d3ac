//! How many tokens of an article stand in whose voice.

use std::collections::BTreeMap;

use super::words;
use crate::tables::Tables;
use crate::vocabulary::Voice;

/// The tokens of a text by voice. Words inside scare quotes count with what stands around them: the marks set them
/// apart, but attribute them to nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// In the article's own voice.
    pub own: u64,
    /// Inside direct quotations.
    pub direct: u64,
    /// Reported in other words.
    pub indirect: u64,
}

impl Tokens {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> u64 {
        self.own + self.direct + self.indirect
    }

    /// Those that are attributed to somebody.
    #[must_use]
    pub const fn quoted(self) -> u64 {
        self.direct + self.indirect
    }

    /// Adds those of another text.
    pub const fn add(&mut self, other: Self) {
        self.own += other.own;
        self.direct += other.direct;
        self.indirect += other.indirect;
    }
}

/// The tokens in the sentences of each document by voice; the innermost quotation decides.
#[must_use]
pub fn of_documents(tables: &Tables) -> BTreeMap<&str, Tokens> {
    let count = |words: Vec<words::Word<'_>>| {
        words.iter().fold(Tokens::default(), |mut sum, word| {
            match word.voice {
                Voice::Direct => sum.direct += 1,
                Voice::Indirect => sum.indirect += 1,
                _ => sum.own += 1,
            }
            sum
        })
    };
    words::of_documents(tables).map(|(d, words)| (d.doc_id.as_str(), count(words))).collect()
}
