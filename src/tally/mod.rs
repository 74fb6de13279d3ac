//! From tables to small tables: counts, rates and shares, never without what they are out of.
//!
//! 1. [`coverage`] counts documents, sentences and tokens by source and voice.
//! 2. [`rates`] counts loaded terms per 1,000 tokens, by any keys, with exact Poisson intervals.
//! 3. [`attribution`] counts who stands behind the reported figures, with Wilson intervals.
//!
//! Documents that repeat another one (`duplicate_of`) are counted nowhere, unless they are asked for:
//! `coverage(&tables.clone().with_duplicates())`. Tokens are the words, numbers and marks of
//! sentences, so page furniture is in no denominator.

mod coverage;
mod figures;
mod interval;
mod rates;
mod table;
mod voices;

#[cfg(feature = "charts")]
pub(crate) use coverage::source_of;
pub use coverage::{Coverage, Published, SourceCoverage, coverage, dated};
pub use figures::{Attribution, HARM, attribution, harm, left_out};
pub use interval::{CONFIDENCE, Interval, poisson, wilson};
pub use rates::{Rate, RateTable, Rates, rates, whose};
pub use table::{Column, Table};
pub use voices::{Tokens, of_documents};

use crate::tables::{DocumentRow, Tables};

/// What stands in place of a source that is not known.
pub const UNKNOWN_SOURCE: &str = "source unknown";

/// The documents that tallies count.
fn counted(tables: &Tables) -> impl Iterator<Item = &DocumentRow> {
    tables.documents.iter().filter(|d| d.duplicate_of.is_none())
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
