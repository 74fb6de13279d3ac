//! Where sentences end.

use crate::error::Result;
use crate::pack::{Failure, Lang, Pack};
use crate::span::Span;
use crate::vocabulary::Section;

/// One sentence of the clean text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// Its paragraph, counted from 0 over the document.
    pub paragraph: u32,
    /// What part of the article it stands in.
    pub section: Section,
    /// Its language, which may differ from the document's.
    pub language: Lang,
}

/// The sentence rules of one language.
#[derive(Debug)]
pub struct Sentences {}

impl Sentences {
    /// Compiles a pack's `sentences.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// The ends of the sentences of one paragraph, as spans of `text`.
    #[must_use]
    pub fn split(&self, text: &str, paragraph: Span) -> Vec<Span> {
        let _ = text;
        vec![paragraph]
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}
