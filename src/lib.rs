//! newsframe turns news articles into tables.
//!
//! An article goes one way, and the modules stand in the order it takes:
//!
//! 1. [`pack`] loads what each language needs: rules with their own examples.
//! 2. [`corpus::Reader`] reads files into raw texts, one after the other ([`corpus::open`]: all at once); [`corpus::Cleaner`] repairs them and keeps every change.
//! 3. [`text`] cuts the clean text into tokens and sentences.
//! 4. [`find`] finds quotations, names, figures, dates, harm and loaded terms.
//! 5. [`join`] joins a figure with who said it, when and where, and a name with its other spellings.
//! 6. [`article::Extractor`] runs 2 to 5 on one article; [`extract::extract`] on a corpus, into [`tables::Tables`],
//!    [`extract::extract_to`] on one of any size, into files.
//!    `worker` (feature `worker`) does the same in pieces, for engines that run on many machines.
//! 7. [`tally`] counts them with denominators and intervals, `chart` draws them, `notebook` shows both (features `tables` and
//!    `charts`); [`manifest`] says what a run was made from.
//! 8. [`export`] writes reported deaths in the columns of known event data sets; [`diff`] says what changed between two runs, and why.
//! 9. `report` makes pages of a run for any browser (feature `charts`).
//!
//! What a corpus leaves until its end is in files (`store`). A module uses only modules before it. The pages of [`docs`] say what
//! every column means, how a rule is written and where to change a thing.
//!
//! ```
//! use newsframe::{article::Extractor, corpus, extract::extract, pack::Packs};
//!
//! let extractor = Extractor::new(&Packs::shipped())?;
//! let found = extract(&extractor, &corpus::open("data/articles".as_ref())?, || ());
//! for claim in &found.tables.claims {
//!     println!("{} {}: {} ({})", claim.text, claim.kind, claim.speaker_text.as_deref().unwrap_or("the article itself"), claim.voice);
//! }
//! # assert!(!found.tables.claims.is_empty());
//! # Ok::<(), newsframe::Error>(())
//! ```

// Nothing outside of tests may end a run; the tests' own helpers may, so this is no lint of the whole package.
#![warn(clippy::expect_used)]

pub mod error;
pub mod span;
mod store;
pub mod vocabulary;

pub mod pack;

pub mod corpus;

pub mod text;

pub mod find;

pub mod join;

pub mod article;
pub mod tables;

pub mod extract;
pub mod manifest;

#[cfg(feature = "worker")]
pub mod worker;

pub mod tally;

pub mod export;

pub mod diff;

#[cfg(feature = "charts")]
pub mod chart;

#[cfg(feature = "charts")]
pub mod report;

#[cfg(all(feature = "charts", feature = "tables"))]
pub mod notebook;

/// What every column means, how a rule is written, how the whole is laid out.
pub mod docs {
    #[doc = include_str!("docs/design.md")]
    pub mod design {}
    #[doc = include_str!("docs/codebook.md")]
    pub mod codebook {}
    #[doc = include_str!("docs/rules.md")]
    pub mod rules {}
    #[doc = include_str!("docs/statistics.md")]
    pub mod statistics {}
    #[doc = include_str!("docs/charts.md")]
    pub mod charts {}
}

pub use error::{Error, Result};
