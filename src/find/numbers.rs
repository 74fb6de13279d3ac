//! Figures: digits and number words, with their bounds.

use crate::error::Result;
use crate::pack::{Failure, Pack};
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::Bound;

/// A figure as the text words it: "at least 10", "decenas", "un centenar".
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The figure with the words that bound it.
    pub span: Span,
    /// The number or number word alone, without the words that bound it.
    pub number: Span,
    /// The least number that the words allow.
    pub min: Option<f64>,
    /// The greatest number that the words allow.
    pub max: Option<f64>,
    /// What the chosen policy takes as the one value.
    pub best: Option<f64>,
    /// How the words bound it.
    pub bound: Bound,
    /// The policy's name for a vague word (`tens`, `dozens`, `several`), if it is one.
    pub vague: Option<std::sync::Arc<str>>,
}

/// The number words of one language.
#[derive(Debug)]
pub struct Numbers {}

impl Numbers {
    /// Compiles a pack's `numbers.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Every figure in a stretch of text, in order.
    #[must_use]
    pub fn find(&self, _text: &Text<'_>, _within: Span) -> Vec<Figure> {
        Vec::new()
    }

    /// The value of a number written in digits or words ("1.400", "veintiséis", "a couple of"), if the whole of `words`
    /// is one.
    #[must_use]
    pub fn value(&self, _words: &str) -> Option<f64> {
        None
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}
