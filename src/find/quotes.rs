//! Quotations and attribution: whose words a stretch of text holds.

use crate::error::Result;
use crate::pack::{Failure, Pack, RuleId};
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{QuoteKind, Voice};

/// A stretch of text that is attributed to somebody, or set apart by scare quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The content that is attributed, without its marks.
    pub span: Span,
    /// What kind of quotation.
    pub kind: QuoteKind,
    /// Who is said to have said it, as written.
    pub speaker: Option<Span>,
    /// The word that attributes ("said", "según").
    pub cue: Option<Span>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The attribution rules of one language.
#[derive(Debug)]
pub struct Quotes {}

impl Quotes {
    /// Compiles a pack's `attribution.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Every quotation of a text, in order of its start; nested ones follow the one that holds them.
    #[must_use]
    pub fn find(&self, _text: &Text<'_>) -> Vec<Quote> {
        Vec::new()
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}

/// The innermost quotation that holds a stretch of text.
#[must_use]
pub fn innermost(quotes: &[Quote], span: Span) -> Option<&Quote> {
    quotes.iter().filter(|q| q.span.contains(span)).min_by_key(|q| q.span.len())
}

/// In whose voice a stretch of text speaks, and the quotation that says so.
#[must_use]
pub fn voice_at(quotes: &[Quote], span: Span) -> (Voice, Option<&Quote>) {
    match innermost(quotes, span) {
        None => (Voice::Own, None),
        Some(q) => (
            match q.kind {
                QuoteKind::Direct => Voice::Direct,
                QuoteKind::Indirect => Voice::Indirect,
                QuoteKind::Scare => Voice::Scare,
            },
            Some(q),
        ),
    }
}
