//! Language packs: what a language needs, as data with examples.
//!
//! A pack is a folder of TOML files, one a stage, named after the language's two-letter code. The shipped packs are
//! compiled in; a folder beside a corpus can replace single files or, with the ending `+.toml` (`terms+.toml`), add rules
//! and words to them. This module knows files, lines, word lists, slots and examples; what a rule means is its stage's
//! business.
//!
//! ```toml
//! now = "2022-01-07"                          # the date the examples are read on
//!
//! [words]                                     # lists that patterns name as {list}
//! weekday = ["Monday", "Tuesday"]
//!
//! [[rule]]
//! id = "weekday-past"                         # becomes en.dates.weekday-past in the tables
//! about = "last Friday, this past Monday"
//! pattern = '(?:last|this past) ({weekday})'  # a regular expression, read without regard to case
//! finds = ["He left [last Monday] => 2022-01-03"]
//! ignores = ["He was last."]
//! misses = [{ text = "Monday [last] => 2022-01-03", why = "poetic order" }]
//! ```

mod load;
mod pattern;
mod rule;
mod sieve;

pub(crate) use load::line_of;
pub use load::{Pack, Packs};
pub use pattern::Pattern;
pub use rule::{Example, Failure, Miss, Rule, RuleId, Rules, check};
pub(crate) use sieve::Sieve;

/// A language by its two-letter ISO 639-1 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Lang([u8; 2]);

impl Lang {
    /// English.
    pub const EN: Self = Self(*b"en");
    /// Spanish.
    pub const ES: Self = Self(*b"es");

    /// Reads the first two letters of a language tag (`es`, `es-MX`, `EN`).
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let bytes = tag.trim().as_bytes();
        let code = [bytes.first()?.to_ascii_lowercase(), bytes.get(1)?.to_ascii_lowercase()];
        let ends = bytes.get(2).is_none_or(|b| !b.is_ascii_alphanumeric());
        (ends && code.iter().all(u8::is_ascii_lowercase)).then_some(Self(code))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
