//! A rule's regular expression, compiled when a text first needs it.

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};

/// A pattern, read without regard to case.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: Box<str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that is known to be one: those compiled in are compiled by the tests.
    pub(super) fn trusted(source: String) -> Self {
        Self { source: source.into(), compiled: OnceLock::new() }
    }

    /// A pattern that anybody may have written.
    ///
    /// # Errors
    /// If it is no regular expression.
    pub(super) fn checked(source: String) -> Result<Self, String> {
        let compiled = compile(&source)?;
        Ok(Self { source: source.into(), compiled: OnceLock::from(Some(compiled)) })
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.source).ok()).as_ref()
    }

    /// Its text, with the slots filled.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether it matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|r| r.is_match(text))
    }

    /// Where it and its groups match first.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    // Without a lazy automaton: a sieve or a year leaves few and short lines to a pattern, and what half a hundred of them learn takes megabytes on each
    // thread, more with every article.
    RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 26).dfa_size_limit(0).build().map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn every_shipped_pattern_is_one() {
        #[derive(Debug, serde::Deserialize)]
        struct Any {}
        let mut count = 0;
        for pack in Packs::shipped().iter() {
            for stage in ["pack", "sentences", "furniture"] {
                for rule in crate::pack::Rules::<Any>::load(pack, stage).unwrap().rules {
                    count += rule.pattern.map_or(0, |p| compile(p.as_str()).map(|_| 1).unwrap());
                }
            }
        }
        assert!(count > 40, "{count}");
        assert!(Pattern::checked("(".to_owned()).is_err());
    }
}
