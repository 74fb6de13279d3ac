//! Loaded terms: words that take sides, with whose words they are and of whom.

use std::sync::Arc;

use super::quotes::Quote;
use crate::error::Result;
use crate::pack::{Failure, Pack, RuleId};
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{Frame, Voice};

/// A loaded word.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The word alone; fixed compounds whole.
    pub span: Span,
    /// The concept, the same over languages (`terrorist`, `revolutionary`).
    pub concept: Arc<str>,
    /// What the word does, whoever says it.
    pub frame: Frame,
    /// In whose voice.
    pub voice: Voice,
    /// Who says it, as written.
    pub speaker: Option<Span>,
    /// The naming is denied.
    pub negated: bool,
    /// Who is so called, as written.
    pub target: Option<Span>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The lexicon of one language.
#[derive(Debug)]
pub struct Terms {}

impl Terms {
    /// Compiles a pack's `terms.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Every loaded term of a text, in order. `names` are the spans of names, inside which a word takes no side.
    #[must_use]
    pub fn find(&self, _text: &Text<'_>, _quotes: &[Quote], _names: &[Span]) -> Vec<Term> {
        Vec::new()
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}
