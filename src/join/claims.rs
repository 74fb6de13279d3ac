//! Claims: a count joined with its voice, its date, its place, and with the other claims it stands to.

use chrono::NaiveDate;

use crate::find::casualties::Count;
use crate::find::dates::Timex;
use crate::find::entities::Mention;
use crate::find::quotes::Quote;
use crate::pack::RuleId;
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::{Precision, Scope, Voice};

/// A reported figure: one row of `claims` before ids are given.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What was counted.
    pub count: Count,
    /// In whose voice (own, direct, indirect).
    pub voice: Voice,
    /// Who says so, as written.
    pub speaker: Option<Span>,
    /// The word that attributes.
    pub cue: Option<Span>,
    /// Where it happened, as an index into the mentions.
    pub place: Option<usize>,
    /// First and last day of the harm itself, with precision and the rule that dated it.
    pub event: Option<(NaiveDate, NaiveDate, Precision, RuleId)>,
    /// When the figure was reported.
    pub reported: Option<NaiveDate>,
    /// One incident, a total, or another, earlier event.
    pub scope: Scope,
    /// Index of the claim of the same document that this one replaces.
    pub supersedes: Option<usize>,
    /// Index of the claim of the same document that this one takes back.
    pub retracts: Option<usize>,
}

/// Joins the counts of one text with what stands around them. Claims stand in the order of the counts.
#[must_use]
pub fn join(_text: &Text<'_>, _counts: Vec<Count>, _quotes: &[Quote], _dates: &[Timex], _mentions: &[Mention]) -> Vec<Claim> {
    Vec::new()
}
