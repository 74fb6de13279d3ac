//! How evenly chosen words are spread over a corpus, cut into blocks of one size.

use super::dispersion::{Dispersion, Part, block_of};
use super::words::{self, Phrase};
use super::{Table, describes};
use crate::tables::Tables;
use crate::text::TokenKind;

/// The spread of words over equal blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spreads {
    /// One row a word, in the order they were given.
    pub rows: Vec<Spread>,
    /// The words of all documents.
    pub words: u64,
    /// The blocks they are cut into.
    pub blocks: u64,
    /// The documents.
    pub documents: u64,
}

/// The spread of one word.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The word as it was given.
    pub word: String,
    /// Its occurrences.
    pub count: u64,
    /// How even they are; unknown without any.
    pub dispersion: Option<Dispersion>,
}

/// Cuts all documents, one after the other, into `blocks` blocks that differ by one word at most, and measures how evenly
/// each of `chosen` (written as in [`super::kwic`]) is spread over them.
#[must_use]
pub fn dispersion(tables: &Tables, chosen: &[&str], blocks: u64) -> Spreads {
    let phrases: Vec<Phrase> = chosen.iter().map(|w| Phrase::new(w)).collect();
    let mut places: Vec<Vec<u64>> = vec![Vec::new(); phrases.len()];
    let (mut size, mut documents) = (0_u64, 0);
    for (_, mut words) in words::of_counted(tables) {
        words.retain(|w| w.kind == TokenKind::Word);
        for (phrase, places) in phrases.iter().zip(&mut places) {
            places.extend((0..words.len()).filter(|&at| phrase.at(&words, at).is_some()).map(|at| size + at as u64));
        }
        size += words.len() as u64;
        documents += 1;
    }
    let blocks = blocks.clamp(1, size.max(1));
    let mut parts = vec![Part::default(); usize::try_from(blocks).unwrap_or(1)];
    for word in 0..size {
        parts[block_of(word, size, blocks) as usize].size += 1;
    }
    let spread = |(word, places): (&&str, Vec<u64>)| {
        let mut parts = parts.clone();
        places.iter().for_each(|&p| parts[block_of(p, size, blocks) as usize].count += 1);
        Spread { word: (*word).to_owned(), count: places.len() as u64, dispersion: Dispersion::of(&parts) }
    };
    Spreads { rows: chosen.iter().zip(places).map(spread).collect(), words: size, blocks, documents }
}

impl Spreads {
    /// The rows as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        let of = |f: fn(&Dispersion) -> Option<f64>| rows().map(move |r| r.dispersion.as_ref().and_then(f));
        Table::default()
            .text("word", rows().map(|r| Some(r.word.clone())))
            .count("count", rows().map(|r| r.count))
            .count("words", rows().map(|_| self.words))
            .count("blocks", rows().map(|_| self.blocks))
            .count("documents", rows().map(|_| self.documents))
            .number("range", of(|d| Some(d.range as f64)))
            .number("dp", of(|d| Some(d.dp)))
            .number("dp_norm", of(|d| d.dp_norm))
            .number("juilland_d", of(|d| d.juilland_d))
            .number("rosengren_s", of(|d| Some(d.rosengren_s)))
            .number("kld", of(|d| Some(d.kld)))
            .number("d_a", of(|d| d.d_a))
            .text("note", rows().map(|_| describes(self.documents)))
    }
}
