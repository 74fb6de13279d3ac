//! A word in its places: what stands before and after it, and whose words those are.

use super::coverage::source_of;
use super::words::{self, Phrase};
use super::{Table, many};
use crate::tables::Tables;
use crate::vocabulary::Voice;

/// How many words and marks are shown on either side.
const AROUND: usize = 10;

/// The places of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concordance {
    /// One row a place, in order.
    pub rows: Vec<Line>,
}

/// One place of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The document.
    pub doc_id: String,
    /// Its source.
    pub source: String,
    /// First byte of the word in the document's text.
    pub start: u64,
    /// What stands before it.
    pub left: String,
    /// The word as written.
    pub word: String,
    /// What stands after it.
    pub right: String,
    /// In whose voice.
    pub voice: Voice,
    /// Who says it, as written.
    pub speaker: Option<String>,
}

/// Every place of a word (`terrorist`), of words in order (`security forces`) or of all words that begin so (`terror*`), without regard
/// to case.
///
/// H. P. Luhn, "Key word-in-context index for technical literature", American Documentation 11 (1960), 288–295.
#[must_use]
pub fn kwic(tables: &Tables, word: &str) -> Concordance {
    let phrase = Phrase::new(word);
    let mut rows = Vec::new();
    for (d, words) in words::of_counted(tables) {
        let slice = |from: usize, to: usize| {
            let (first, last) = (words.get(from)?, words.get(to.checked_sub(1)?)?);
            d.text.get(first.start..last.end).map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        for at in 0..words.len() {
            let Some(taken) = phrase.at(&words, at) else { continue };
            let (before, end) = (at.saturating_sub(AROUND), at + taken);
            rows.push(Line {
                doc_id: d.doc_id.to_string(),
                source: source_of(d).to_owned(),
                start: words[at].start as u64,
                left: if before < at { slice(before, at).unwrap_or_default() } else { String::new() },
                word: slice(at, end).unwrap_or_default(),
                right: if end < words.len() { slice(end, (end + AROUND).min(words.len())).unwrap_or_default() } else { String::new() },
                voice: words[at].shown(),
                speaker: words[at].speaker.map(str::to_owned),
            });
        }
    }
    Concordance { rows }
}

impl Concordance {
    /// How many places there are in whose voice, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let of = |voice: Voice| self.rows.iter().filter(|l| l.voice == voice).count();
        format!(
            "{}: {} in own voice, {} in quotations, {} reported, {} in scare quotes.",
            many(self.rows.len() as u64, "place"),
            of(Voice::Own),
            of(Voice::Direct),
            of(Voice::Indirect),
            of(Voice::Scare)
        )
    }

    /// The rows as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        Table::default()
            .text("left", rows().map(|l| Some(l.left.clone())))
            .text("word", rows().map(|l| Some(l.word.clone())))
            .text("right", rows().map(|l| Some(l.right.clone())))
            .text("voice", rows().map(|l| Some(l.voice.to_string())))
            .text("speaker", rows().map(|l| l.speaker.clone()))
            .text("source", rows().map(|l| Some(l.source.clone())))
            .text("doc_id", rows().map(|l| Some(l.doc_id.clone())))
            .count("start", rows().map(|l| l.start))
    }
}
