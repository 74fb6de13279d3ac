//! Temporal expressions, resolved to TIMEX3 values.

use chrono::NaiveDate;

use crate::error::Result;
use crate::pack::{Failure, Pack, RuleId};
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{Anchor, DateKind, Precision};

/// A temporal expression and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The expression, by the TimeML guidelines for extents.
    pub span: Span,
    /// DATE, TIME, DURATION or SET.
    pub kind: DateKind,
    /// The TIMEX3 value; `None` if it can't be resolved without inventing (no date of publication).
    pub value: Option<String>,
    /// First and last day that the expression covers, where it is a stretch of the calendar.
    pub interval: Option<(NaiveDate, NaiveDate)>,
    /// How finely it is known.
    pub precision: Option<Precision>,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The date rules of one language.
#[derive(Debug)]
pub struct Dates {}

impl Dates {
    /// Compiles a pack's `dates.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Every temporal expression of a text, in order.
    #[must_use]
    pub fn find(&self, _text: &Text<'_>) -> Vec<Timex> {
        Vec::new()
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}
