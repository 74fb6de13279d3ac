//! A rule's regular expression, compiled when a text first needs it.

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;

/// A pattern, read without regard to case.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: Box<str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern of a pack. One that is `known` to be a pattern, since it is compiled in and the tests have compiled it, is compiled when it is needed.
    ///
    /// # Errors
    /// If anybody may have written it and it is no regular expression.
    pub(crate) fn new(source: String, known: bool) -> Result<Self, String> {
        let compiled = if known { OnceLock::new() } else { OnceLock::from(Some(compile(&source)?)) };
        Ok(Self { source: source.into(), compiled })
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
    pub fn captures(&self, text: &str) -> Option<Captures> {
        let regex = self.regex()?;
        let mut groups = regex.create_captures();
        regex.captures(text, &mut groups);
        groups.is_match().then_some(groups)
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    // Without automata: a sieve or a year leaves few and short lines to a pattern, and what half a hundred of them learn takes megabytes on each thread, more
    // with every article. They would also ask for the whole pattern backwards, and compiling is most of what a pattern costs.
    let config = Regex::config().hybrid(false).dfa(false).nfa_size_limit(Some(1 << 26));
    let read = syntax::Config::new().case_insensitive(true);
    Regex::builder().configure(config).syntax(read).build(pattern).map_err(|e| e.to_string())
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
        assert!(Pattern::new("(".to_owned(), false).is_err());
    }
}
