//! The words of each document in order, with whose they are.

use std::collections::HashMap;

use crate::tables::{DocumentRow, QuoteRow, SentenceRow, Tables};
use crate::text::{TokenKind, tokens};
use crate::vocabulary::{QuoteKind, Voice};

/// A word, number or mark of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub kind: TokenKind,
    /// The number of its sentence among those of the document.
    pub sentence: usize,
    /// Where it stands in the document's text.
    pub start: usize,
    pub end: usize,
    /// The innermost attribution it stands in.
    pub voice: Voice,
    pub speaker: Option<&'t str>,
    /// Set apart by marks that attribute it to nobody, or to whom the surroundings do.
    pub scare: bool,
}

impl Word<'_> {
    /// Its voice as the table of terms gives it.
    pub fn shown(&self) -> Voice {
        if self.scare && self.voice != Voice::Direct { Voice::Scare } else { self.voice }
    }

    pub fn lower(&self) -> String {
        self.text.to_lowercase().replace('’', "'")
    }
}

/// Every document, whether it is counted or not, with its words.
pub(super) fn of_documents(tables: &Tables) -> impl Iterator<Item = (&DocumentRow, Vec<Word<'_>>)> {
    let mut sentences: HashMap<&str, Vec<&SentenceRow>> = HashMap::new();
    tables.sentences.iter().for_each(|s| sentences.entry(&s.doc_id).or_default().push(s));
    let mut quotes: HashMap<&str, Vec<&QuoteRow>> = HashMap::new();
    tables.quotes.iter().for_each(|q| quotes.entry(&q.doc_id).or_default().push(q));
    tables.documents.iter().map(move |d| {
        let mut words = Vec::new();
        for (number, s) in sentences.get(d.doc_id.as_str()).into_iter().flatten().enumerate() {
            let Some((start, end)) = place(s.start).zip(place(s.end)) else { continue };
            let Some(text) = d.text.get(start..end) else { continue };
            words.extend(tokens(text, start).into_iter().map(|t| Word {
                text: t.span.of(&d.text),
                kind: t.kind,
                sentence: number,
                start: t.span.start,
                end: t.span.end,
                voice: Voice::Own,
                speaker: None,
                scare: false,
            }));
        }
        // Longest first, so that the innermost is painted last.
        let mut quotes = quotes.get(d.doc_id.as_str()).cloned().unwrap_or_default();
        quotes.sort_by_key(|q| std::cmp::Reverse(q.end.saturating_sub(q.start)));
        for q in quotes {
            let from = words.partition_point(|w| (w.start as u64) < q.start);
            let to = words.partition_point(|w| (w.start as u64) < q.end).max(from);
            for word in &mut words[from..to] {
                match q.kind {
                    QuoteKind::Scare => word.scare = true,
                    QuoteKind::Direct => word.voice = Voice::Direct,
                    QuoteKind::Indirect => word.voice = Voice::Indirect,
                }
                word.speaker = q.speaker_text.as_deref().or(if q.kind == QuoteKind::Scare { word.speaker } else { None });
            }
        }
        (d, words)
    })
}

/// The same without the documents that tallies leave out.
pub(super) fn of_counted(tables: &Tables) -> impl Iterator<Item = (&DocumentRow, Vec<Word<'_>>)> {
    of_documents(tables).filter(|(d, _)| d.duplicate_of.is_none())
}

/// What to look for among words: one or several words in order, without regard to case; `terror*` is every word that begins so.
#[derive(Clone, Debug)]
pub(super) struct Phrase(Vec<String>);

impl Phrase {
    pub fn new(written: &str) -> Self {
        Self(written.split_whitespace().map(|w| w.to_lowercase().replace('’', "'")).collect())
    }

    /// How many words from place `at` on it takes, if it stands there, within one sentence.
    pub fn at(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        let here = words.get(at..at + self.0.len()).filter(|h| !h.is_empty())?;
        let together = here.first()?.sentence == here.last()?.sentence;
        let fits = |(wanted, word): (&String, &Word<'_>)| match wanted.strip_suffix('*') {
            Some(beginning) => word.lower().starts_with(beginning),
            None => word.lower() == *wanted,
        };
        (together && self.0.iter().zip(here).all(fits)).then_some(here.len())
    }
}

fn place(byte: u64) -> Option<usize> {
    usize::try_from(byte).ok()
}
