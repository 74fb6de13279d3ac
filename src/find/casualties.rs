//! Reported figures: what was counted, of whom, before it is known who said so, when and where.

use super::numbers::Figure;
use crate::error::Result;
use crate::pack::{Failure, Pack, RuleId};
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{ClaimKind, VictimClass};

/// A figure that counts people harmed (or deployed, or a price, or damage).
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The figure.
    pub figure: Figure,
    /// What it counts.
    pub kind: ClaimKind,
    /// The words for those harmed, as written.
    pub victims: Option<Span>,
    /// How the text presents them.
    pub victim_class: VictimClass,
    /// The words for who did it, where the text says so.
    pub perpetrator: Option<Span>,
    /// The word that carries the harm ("killed", "muertos").
    pub trigger: Span,
    /// The text denies it.
    pub negated: bool,
    /// The text supposes it ("could die", "habrían muerto").
    pub hypothetical: bool,
    /// Index of the count this one is a part of ("including 36 officers"), among those found in the same text.
    pub part_of: Option<usize>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The casualty rules of one language.
#[derive(Debug)]
pub struct Casualties {}

impl Casualties {
    /// Compiles a pack's `casualties.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Every count of a text, in order. `figures` are those of the text; `dates` are the spans of its temporal
    /// expressions, whose numbers count nobody.
    #[must_use]
    pub fn find(&self, _text: &Text<'_>, _figures: &[Figure], _dates: &[Span]) -> Vec<Count> {
        Vec::new()
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}
