//! Reported figures: who gives them, and in whose voice.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::source_of;
use super::{Table, counted, many, wilson};
use crate::tables::{ClaimRow, DocumentRow, Tables};
use crate::vocabulary::{ClaimKind, Scope, Voice};

/// The kinds of figures that count people harmed, in the order in which they are shown.
pub const HARM: [ClaimKind; 5] = [ClaimKind::Killed, ClaimKind::Injured, ClaimKind::Detained, ClaimKind::Missing, ClaimKind::Displaced];

/// The figures on people harmed that are about the event itself, each with its document: not those on another, earlier
/// event, and not those that the text supposes or only fears.
pub fn harm(tables: &Tables) -> impl Iterator<Item = (&ClaimRow, &DocumentRow)> {
    harm_at_any_time(tables).filter(|(c, _)| c.scope != Scope::Background)
}

/// The same with the figures on earlier events.
pub fn harm_at_any_time(tables: &Tables) -> impl Iterator<Item = (&ClaimRow, &DocumentRow)> {
    let documents: BTreeMap<&str, &DocumentRow> = counted(tables).map(|d| (d.doc_id.as_str(), d)).collect();
    let given = |c: &&ClaimRow| HARM.contains(&c.kind) && !c.hypothetical;
    tables.claims.iter().filter(given).filter_map(move |c| Some((c, *documents.get(c.doc_id.as_str())?)))
}

/// The figures on people harmed that [`harm`] leaves out: how many are about another event, how many are supposed only.
#[must_use]
pub fn left_out(tables: &Tables) -> (usize, usize) {
    let documents: BTreeSet<&str> = counted(tables).map(|d| d.doc_id.as_str()).collect();
    let harm = || tables.claims.iter().filter(|c| HARM.contains(&c.kind) && documents.contains(c.doc_id.as_str()));
    (harm().filter(|c| c.scope == Scope::Background).count(), harm().filter(|c| c.scope != Scope::Background && c.hypothetical).count())
}

/// The highest figure on people harmed of a kind, of those that [`harm`] gives and nobody denies or takes back: by the most that its words
/// allow (of an open figure, such as "at least 10", its own number), then by the least, then the first of the corpus.
#[must_use]
pub fn highest(tables: &Tables, kind: ClaimKind) -> Option<(&ClaimRow, &DocumentRow)> {
    let retracted: BTreeSet<&str> = tables.claims.iter().filter_map(|c| c.retracts.as_deref()).collect();
    let ends = |c: &ClaimRow| {
        let least = c.value_min.unwrap_or(f64::NEG_INFINITY);
        (c.value_max.unwrap_or(least), least)
    };
    let stands = |c: &ClaimRow| c.kind == kind && !c.negated && !retracted.contains(c.claim_id.as_str());
    harm(tables).filter(|(c, _)| stands(c)).reduce(|highest, next| if ends(next.0) > ends(highest.0) { next } else { highest })
}

/// How many of a source's figures are attributed to somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Source, kind, figures, of them attributed.
    pub rows: Vec<(String, ClaimKind, u64, u64)>,
}

/// Counts the figures on people harmed by source and kind, and those that are attributed to somebody.
#[must_use]
pub fn attribution(tables: &Tables) -> Attribution {
    let mut counts: BTreeMap<(&str, ClaimKind), (u64, u64)> = BTreeMap::new();
    for (claim, document) in harm(tables) {
        let count = counts.entry((source_of(document), claim.kind)).or_default();
        count.0 += 1;
        count.1 += u64::from(claim.voice != Voice::Own);
    }
    Attribution { rows: counts.into_iter().map(|((source, kind), (all, said))| (source.to_owned(), kind, all, said)).collect() }
}

impl Attribution {
    /// What was counted, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let of_kind = |kind| self.rows.iter().filter(|r| r.1 == kind).map(|r| r.2).sum::<u64>();
        let kinds: Vec<String> = HARM.iter().filter(|&&k| of_kind(k) > 0).map(|&k| format!("{} {k}", of_kind(k))).collect();
        let (all, said) = self.rows.iter().fold((0, 0), |sum, r| (sum.0 + r.2, sum.1 + r.3));
        if all == 0 {
            return "No figures on people harmed were found.".to_owned();
        }
        format!(
            "{} on people harmed ({}), of which {said} attributed to somebody; none of them is verified.",
            many(all, "figure"),
            kinds.join(", ")
        )
    }

    /// The rows as a table, each share with its Wilson interval.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        Table::default()
            .text("source", rows().map(|r| Some(r.0.clone())))
            .text("kind", rows().map(|r| Some(r.1.as_str())))
            .count("figures", rows().map(|r| r.2))
            .count("attributed", rows().map(|r| r.3))
            .number("share", rows().map(|r| super::share(r.3, r.2)))
            .number("low", rows().map(|r| Some(wilson(r.3, r.2).low)))
            .number("high", rows().map(|r| Some(wilson(r.3, r.2).high)))
    }
}
