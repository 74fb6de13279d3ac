//! What each source gave: documents, sentences and tokens, by voice.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Table, Tokens, UNKNOWN_SOURCE, counted, many, share, voices};
use crate::tables::{DocumentRow, Tables};
use crate::vocabulary::Precision;

/// One row a source, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// The rows.
    pub rows: Vec<SourceCoverage>,
    /// Documents that repeat another one and are counted nowhere.
    pub duplicates: usize,
}

/// What one source gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceCoverage {
    /// The source.
    pub source: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// Its documents.
    pub documents: u64,
    /// Their sentences.
    pub sentences: u64,
    /// The tokens in those.
    pub tokens: Tokens,
    /// The first and last date of publication, each with how finely it is known.
    pub published: Option<(Published, Published)>,
    /// Reported figures found.
    pub claims: u64,
    /// Loaded terms found.
    pub terms: u64,
}

/// A date of publication: its first day, and how finely it is known.
pub type Published = (NaiveDate, Option<Precision>);

/// A date as finely as it is known: `2022-01-07`, `2022-01` or `2022`.
#[must_use]
pub fn dated(day: NaiveDate, known: Option<Precision>) -> String {
    match known {
        Some(Precision::Year) => day.format("%Y").to_string(),
        Some(Precision::Month) => day.format("%Y-%m").to_string(),
        _ => day.to_string(),
    }
}

/// Counts what each source gave.
#[must_use]
pub fn coverage(tables: &Tables) -> Coverage {
    let tokens = voices::of_documents(tables);
    let sentences = per_document(tables.sentences.iter().map(|s| s.doc_id.as_str()));
    let claims = per_document(tables.claims.iter().map(|c| c.doc_id.as_str()));
    let terms = per_document(tables.terms.iter().map(|t| t.doc_id.as_str()));
    let mut sources: BTreeMap<&str, SourceCoverage> = BTreeMap::new();
    for d in counted(tables) {
        let name = source_of(d);
        let row = sources.entry(name).or_insert_with(|| SourceCoverage { source: name.to_owned(), ..SourceCoverage::default() });
        let of = |counts: &BTreeMap<&str, u64>| counts.get(d.doc_id.as_str()).copied().unwrap_or(0);
        if !row.languages.iter().any(|known| *known == d.language) {
            row.languages.push(d.language.to_string());
            row.languages.sort();
        }
        row.documents += 1;
        row.sentences += of(&sentences);
        row.tokens.add(tokens.get(d.doc_id.as_str()).copied().unwrap_or_default());
        row.claims += of(&claims);
        row.terms += of(&terms);
        if let Some(day) = d.published.map(|day| (day, d.published_precision)) {
            let (first, last) = row.published.unwrap_or((day, day));
            row.published = Some((first.min(day), last.max(day)));
        }
    }
    let duplicates = tables.documents.len() - counted(tables).count();
    Coverage { rows: sources.into_values().collect(), duplicates }
}

/// The language that most tokens are in; nothing of no documents. Words are compared within one language.
#[must_use]
pub fn main_language(tables: &Tables) -> String {
    let mut tokens: BTreeMap<&str, u64> = BTreeMap::new();
    counted(tables).for_each(|d| *tokens.entry(&d.language).or_default() += u64::from(d.tokens));
    tokens.into_iter().max_by_key(|l| l.1).map_or_else(String::new, |l| l.0.to_owned())
}

/// The source of a document, or the words for one that is not known.
pub(crate) fn source_of(d: &DocumentRow) -> &str {
    d.source.as_deref().unwrap_or(UNKNOWN_SOURCE)
}

fn per_document<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    ids.fold(BTreeMap::new(), |mut counts, id| {
        *counts.entry(id).or_default() += 1;
        counts
    })
}

impl Coverage {
    /// All sources together.
    #[must_use]
    pub fn total(&self) -> SourceCoverage {
        let mut sum = SourceCoverage { source: "all sources".to_owned(), ..SourceCoverage::default() };
        for row in &self.rows {
            sum.documents += row.documents;
            sum.sentences += row.sentences;
            sum.tokens.add(row.tokens);
            sum.claims += row.claims;
            sum.terms += row.terms;
            sum.languages.extend(row.languages.iter().cloned());
            sum.published = match (sum.published, row.published) {
                (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                (a, b) => a.or(b),
            };
        }
        sum.languages.sort();
        sum.languages.dedup();
        sum
    }

    /// What was counted, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let all = self.total();
        let share = super::share(all.tokens.quoted(), all.tokens.all()).unwrap_or(0.0) * 100.0;
        format!(
            "{} from {} ({}) hold {} and {}; {share:.0} % of the tokens are somebody else’s words, quoted or reported.",
            many(all.documents, "document"),
            many(self.rows.len() as u64, "source"),
            all.languages.join(", "),
            many(all.sentences, "sentence"),
            many(all.tokens.all(), "token"),
        )
    }

    /// The rows as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        let day = |d: Published| dated(d.0, d.1);
        Table::default()
            .text("source", rows().map(|r| Some(r.source.clone())))
            .text("languages", rows().map(|r| Some(r.languages.join(" "))))
            .count("documents", rows().map(|r| r.documents))
            .count("sentences", rows().map(|r| r.sentences))
            .count("tokens", rows().map(|r| r.tokens.all()))
            .count("tokens_own", rows().map(|r| r.tokens.own))
            .count("tokens_direct", rows().map(|r| r.tokens.direct))
            .count("tokens_indirect", rows().map(|r| r.tokens.indirect))
            .number("quoted_share", rows().map(|r| share(r.tokens.quoted(), r.tokens.all())))
            .text("published_first", rows().map(|r| r.published.map(|p| day(p.0))))
            .text("published_last", rows().map(|r| r.published.map(|p| day(p.1))))
            .count("claims", rows().map(|r| r.claims))
            .count("terms", rows().map(|r| r.terms))
    }
}
