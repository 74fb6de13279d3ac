//! How many tokens of an article stand in whose voice.

use std::collections::BTreeMap;

use crate::tables::Tables;
use crate::text::tokens;
use crate::vocabulary::{QuoteKind, Voice};

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
    let mut starts: BTreeMap<&str, Vec<(u64, Voice)>> = BTreeMap::new();
    let texts: BTreeMap<&str, &str> = tables.documents.iter().map(|d| (d.doc_id.as_str(), d.text.as_str())).collect();
    for s in &tables.sentences {
        let Some(words) = place(s.start).zip(place(s.end)).and_then(|(start, end)| texts.get(s.doc_id.as_str())?.get(start..end)) else {
            continue;
        };
        let of_sentence = tokens(words, 0).into_iter().map(|t| (s.start + t.span.start as u64, Voice::Own));
        starts.entry(&s.doc_id).or_default().extend(of_sentence);
    }
    // Longest first, so that the innermost is painted last.
    let mut quotes: Vec<_> = tables.quotes.iter().filter(|q| q.kind != QuoteKind::Scare).collect();
    quotes.sort_by_key(|q| std::cmp::Reverse(q.end.saturating_sub(q.start)));
    for q in quotes {
        let Some(tokens) = starts.get_mut(q.doc_id.as_str()) else { continue };
        let voice = if q.kind == QuoteKind::Direct { Voice::Direct } else { Voice::Indirect };
        let from = tokens.partition_point(|t| t.0 < q.start);
        let to = tokens.partition_point(|t| t.0 < q.end).max(from);
        tokens[from..to].iter_mut().for_each(|t| t.1 = voice);
    }
    let count = |tokens: Vec<(u64, Voice)>| {
        tokens.iter().fold(Tokens::default(), |mut sum, (_, voice)| {
            match voice {
                Voice::Direct => sum.direct += 1,
                Voice::Indirect => sum.indirect += 1,
                _ => sum.own += 1,
            }
            sum
        })
    };
    starts.into_iter().map(|(id, tokens)| (id, count(tokens))).collect()
}

fn place(byte: u64) -> Option<usize> {
    usize::try_from(byte).ok()
}
