//! From tables to small tables: counts, rates and shares, never without what they are out of.
//!
//! 1. [`coverage`] counts documents, sentences and tokens by source and voice.
//! 2. [`rates`] counts loaded terms per 1,000 tokens, by any keys, with exact Poisson intervals.
//!    [`Rates::resampled`] says how far they rest on single documents.
//! 3. [`attribution`] counts who stands behind the reported figures, with Wilson intervals.
//! 4. [`named`] counts who and what is named by which source, [`pairs`] which names stand in one sentence.
//! 5. [`keyness`] compares all words, or the concepts, of any two groupings; [`Cells`], [`LogOdds`] and [`benjamini_hochberg`] are what it
//!    computes.
//! 6. [`dispersion`] says how evenly words are spread, [`collocations`] what stands near one, [`kwic`] shows it in its places.
//!
//! Up to five documents, estimates say `descriptive only`. Own voice and others' are added only where no key tells them apart,
//! and whole sentences that were repaired can be left out: `rates(&tables.clone().without_repaired())`.
//!
//! Documents that repeat another one (`duplicate_of`) are counted nowhere, unless they are asked for:
//! `coverage(&tables.clone().with_duplicates())`. Tokens are the words, numbers and marks of
//! sentences, so page furniture is in no denominator.

mod collocation;
mod contingency;
mod coverage;
mod dispersion;
mod entities;
mod figures;
mod interval;
mod keyness;
mod kwic;
mod log_odds;
mod multiple;
mod rates;
mod resample;
mod side;
mod spread;
mod table;
mod voices;
mod words;

pub use collocation::{Collocation, Collocations, collocations};
pub use contingency::{Cells, ConservativeLogRatio};
#[cfg(feature = "charts")]
pub(crate) use coverage::source_of;
pub use coverage::{Coverage, Published, SourceCoverage, coverage, dated, main_language};
pub use dispersion::{Dispersion, Part};
pub use entities::{Named, NamedEntity, Pair, Pairs, named, pairs};
pub use figures::{Attribution, HARM, attribution, harm, harm_at_any_time, highest, left_out};
pub use interval::{CONFIDENCE, Interval, poisson, wilson};
pub use keyness::{Key, KeyTable, Keyness, keyness};
pub use kwic::{Concordance, Line, kwic};
pub use log_odds::{LogOdds, Prior};
pub use multiple::{benjamini_hochberg, holm};
pub use rates::{Rate, RateTable, Rates, rates, whose};
pub use resample::{EXACT, Resampled};
pub use spread::{Spread, Spreads, dispersion};
pub use table::{Column, Table};
pub use voices::{Tokens, of_documents};

use std::collections::{BTreeMap, BTreeSet};

use crate::find::terms::PAIRED;
use crate::tables::{DocumentRow, Tables, TermRow};

/// What stands in place of a source that is not known.
pub const UNKNOWN_SOURCE: &str = "source unknown";

/// The documents that tallies count.
fn counted(tables: &Tables) -> impl Iterator<Item = &DocumentRow> {
    tables.documents.iter().filter(|d| d.duplicate_of.is_none())
}

/// The concepts by which the languages of these terms can be compared: those of every shipped pack, and those of a user's own
/// lexicon that were met in every language.
fn paired(terms: &[TermRow]) -> BTreeSet<String> {
    let languages: BTreeSet<&str> = terms.iter().map(|t| t.language.as_str()).collect();
    let mut met: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for term in terms {
        met.entry(&term.concept).or_default().insert(&term.language);
    }
    let everywhere = met.into_iter().filter(|(_, of)| of.len() == languages.len()).map(|(concept, _)| concept.to_owned());
    PAIRED.iter().cloned().chain(everywhere).collect()
}

/// What must stand beside every estimate from so few documents: `descriptive only: 3 documents`.
#[must_use]
pub fn describes(documents: u64) -> Option<String> {
    (documents <= EXACT as u64).then(|| format!("descriptive only: {}", many(documents, "document")))
}

/// A share, unknown of nothing.
#[allow(clippy::cast_precision_loss)]
fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// A number with its thousands apart: `12,345`.
pub(crate) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// `3 documents`, `1 document`.
pub(crate) fn many(n: u64, thing: &str) -> String {
    format!("{} {thing}{}", grouped(n), if n == 1 { "" } else { "s" })
}
