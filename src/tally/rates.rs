//! Loaded terms per 1,000 tokens, by whatever the reader wants to tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::source_of;
use super::{Part, Resampled, Table, counted, describes, many, paired, poisson, voices};
use crate::error::{Error, Result};
use crate::tables::{DocumentRow, Tables, TermRow};
use crate::vocabulary::Voice;

/// What terms can be told apart by. The first three are known of every document and so have denominators of their own;
/// the others are known of an occurrence only, and share the denominator of their documents.
const OF_DOCUMENT: [&str; 3] = ["source", "language", "document"];
const OF_TERM: [&str; 5] = ["frame", "voice", "whose", "concept", "negated"];

/// Begins a table of rates: `rates(&news).by("source").by("voice")`.
#[must_use]
pub fn rates(tables: &Tables) -> Rates<'_> {
    Rates { tables, keys: Vec::new() }
}

/// A table of rates in the making.
#[derive(Clone, Debug)]
pub struct Rates<'t> {
    tables: &'t Tables,
    keys: Vec<String>,
}

/// Counted rates: one row a combination of keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RateTable {
    /// The keys.
    pub keys: Vec<String>,
    /// The rows, in order of their keys.
    pub rows: Vec<Rate>,
    /// Concepts that were left out because languages are told apart and not every language has them.
    pub unpaired: BTreeSet<String>,
}

/// One rate with everything it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The values of the keys.
    pub group: Vec<String>,
    /// Occurrences.
    pub count: u64,
    /// All tokens, in every voice, of the documents that could have held them: the denominator.
    pub tokens: u64,
    /// The number of those documents.
    pub documents: u64,
    /// Occurrences per 1,000 tokens; `None` without tokens.
    pub rate: Option<f64>,
    /// The lower end of its exact Poisson interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

impl Rates<'_> {
    /// Tells apart by one thing more: `source`, `language`, `document`; `frame`, `voice`, `concept`, `negated`, or `whose`
    /// (`own`, `quoted` for direct and indirect together, `scare`).
    #[must_use]
    pub fn by(mut self, key: &str) -> Self {
        self.keys.push(key.to_owned());
        self
    }

    /// Counts. A combination that some source uses has a row for every source, with a count of 0 where it was not met.
    ///
    /// # Errors
    /// If a key is not known.
    pub fn count(&self) -> Result<RateTable> {
        if let Some(key) = self.keys.iter().find(|k| !OF_DOCUMENT.contains(&k.as_str()) && !OF_TERM.contains(&k.as_str())) {
            let known = [&OF_DOCUMENT[..], &OF_TERM[..]].concat().join(", ");
            return Err(Error::Table { table: "rates", message: format!("no key {key:?}; known are {known}") });
        }
        let documents: BTreeMap<&str, &DocumentRow> = counted(self.tables).map(|d| (d.doc_id.as_str(), d)).collect();
        let tokens = voices::of_documents(self.tables);

        // The denominators: one for each group of documents.
        let mut groups: BTreeMap<Vec<String>, (u64, u64)> = BTreeMap::new();
        for d in documents.values() {
            let group = groups.entry(self.document_part(d)).or_default();
            group.0 += tokens.get(d.doc_id.as_str()).map_or(0, |t| t.all());
            group.1 += 1;
        }
        let mut counts: BTreeMap<(Vec<String>, Vec<String>), u64> = BTreeMap::new();
        let mut uses: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut unpaired = BTreeSet::new();
        let pairs = self.tells_languages_apart().then(|| paired(&self.tables.terms));
        for term in &self.tables.terms {
            if pairs.as_ref().is_some_and(|pairs| !pairs.contains(term.concept.as_str())) {
                unpaired.insert(term.concept.to_string());
                continue;
            }
            let Some(d) = documents.get(term.doc_id.as_str()) else { continue };
            let of_term: Vec<String> = self.keys.iter().filter_map(|k| value_of_term(k, term)).collect();
            uses.insert(of_term.clone());
            *counts.entry((self.document_part(d), of_term)).or_default() += 1;
        }
        if uses.is_empty() && self.keys.iter().all(|k| OF_DOCUMENT.contains(&k.as_str())) {
            uses.insert(Vec::new());
        }
        let rows = groups.iter().flat_map(|(group, &(tokens, documents))| {
            let counts = &counts;
            uses.iter().map(move |of_term| {
                let count = counts.get(&(group.clone(), of_term.clone())).copied().unwrap_or(0);
                Rate::new(self.interleave(group, of_term), count, tokens, documents)
            })
        });
        Ok(RateTable { keys: self.keys.clone(), rows: rows.collect(), unpaired })
    }

    fn tells_languages_apart(&self) -> bool {
        self.keys.iter().any(|k| k == "language")
    }

    /// How far each rate rests on single documents: the middle 95 % of rates with documents drawn anew (every draw up to five documents,
    /// else 9,999 from `seed`), the standard error by the jackknife, and the smallest and largest rate with one document left out.
    ///
    /// # Errors
    /// If a key is not known.
    pub fn resampled(&self, seed: u64) -> Result<Table> {
        let whole = self.count()?;
        let mut by_document = self.clone();
        by_document.keys.push("document".to_owned());
        let mut parts: BTreeMap<Vec<String>, Vec<Part>> = BTreeMap::new();
        for rate in by_document.count()?.rows {
            let group = rate.group.split_last().map_or_else(Vec::new, |(_, group)| group.to_vec());
            parts.entry(group).or_default().push(Part { count: rate.count, size: rate.tokens });
        }
        let rows: Vec<(&Rate, Option<Resampled>)> =
            whole.rows.iter().map(|r| (r, parts.get(&r.group).and_then(|parts| Resampled::of(parts, seed)))).collect();
        let number = |f: fn(&Resampled) -> Option<f64>| rows.iter().map(move |(_, r)| r.as_ref().and_then(f).map(|v| v * 1000.0));
        Ok(whole
            .keyed()
            .count("count", rows.iter().map(|(r, _)| r.count))
            .count("tokens", rows.iter().map(|(r, _)| r.tokens))
            .count("documents", rows.iter().map(|(r, _)| r.documents))
            .number("per_1000", number(|r| Some(r.rate)))
            .number("low", number(|r| Some(r.interval.low)))
            .number("high", number(|r| Some(r.interval.high)))
            .number("standard_error", number(|r| r.standard_error))
            .number("without_one_low", number(|r| r.left_out_range().map(|i| i.low)))
            .number("without_one_high", number(|r| r.left_out_range().map(|i| i.high)))
            .text("draws", rows.iter().map(|(_, r)| r.as_ref().map(|r| format!("{} {}", if r.exact { "all" } else { "random" }, r.draws))))
            .text("note", rows.iter().map(|(r, _)| describes(r.documents))))
    }

    fn document_part(&self, d: &DocumentRow) -> Vec<String> {
        let value = |key: &String| match key.as_str() {
            "source" => Some(source_of(d).to_owned()),
            "language" => Some(d.language.to_string()),
            "document" => Some(d.doc_id.to_string()),
            _ => None,
        };
        self.keys.iter().filter_map(value).collect()
    }

    /// The values of document keys and term keys back in the order in which the keys were given.
    fn interleave(&self, of_document: &[String], of_term: &[String]) -> Vec<String> {
        let (mut of_document, mut of_term) = (of_document.iter(), of_term.iter());
        let next = |key: &String| if OF_DOCUMENT.contains(&key.as_str()) { of_document.next() } else { of_term.next() };
        self.keys.iter().map(next).map(|v| v.cloned().unwrap_or_default()).collect()
    }
}

fn value_of_term(key: &str, term: &TermRow) -> Option<String> {
    Some(match key {
        "frame" => term.frame.to_string(),
        "voice" => term.voice.to_string(),
        "whose" => whose(term.voice).to_owned(),
        "concept" => term.concept.to_string(),
        "negated" => term.negated.to_string(),
        _ => return None,
    })
}

/// Whose words: the writer's own, somebody else's, or words that marks set apart.
#[must_use]
pub const fn whose(voice: Voice) -> &'static str {
    match voice {
        Voice::Own | Voice::Mixed => "own",
        Voice::Direct | Voice::Indirect => "quoted",
        Voice::Scare => "scare",
    }
}

impl Rate {
    /// The rate of a count among tokens.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn new(group: Vec<String>, count: u64, tokens: u64, documents: u64) -> Self {
        let per = (tokens > 0).then(|| 1000.0 / tokens as f64);
        let interval = poisson(count);
        Self {
            group,
            count,
            tokens,
            documents,
            rate: per.map(|p| p * count as f64),
            low: per.map(|p| p * interval.low),
            high: per.map(|p| p * interval.high),
        }
    }
}

impl RateTable {
    /// What was counted, in a sentence: all occurrences, and the most and least frequent row.
    #[must_use]
    pub fn sentence(&self) -> String {
        let met: Vec<&Rate> = self.rows.iter().filter(|r| r.count > 0).collect();
        let by_rate = |a: &&&Rate, b: &&&Rate| a.rate.partial_cmp(&b.rate).unwrap_or(std::cmp::Ordering::Equal);
        let (Some(most), Some(least)) = (met.iter().max_by(by_rate), met.iter().min_by(by_rate)) else {
            return "No loaded terms were found.".to_owned();
        };
        let words = |r: &Rate| {
            let rate = r.rate.unwrap_or(0.0);
            format!("{} ({rate:.1} per 1,000 tokens, {} in {})", r.group.join(", "), r.count, super::grouped(r.tokens))
        };
        let all = many(met.iter().map(|r| r.count).sum(), "loaded term");
        let note = match self.unpaired.len() as u64 {
            0 => String::new(),
            n => format!(" {} without a pair in the other language left out.", many(n, "concept")),
        };
        if met.len() == 1 {
            format!("{all}: {}.{note}", words(most))
        } else {
            format!("{all}: most in {}, least in {}.{note}", words(most), words(least))
        }
    }

    /// A table of the keys only.
    fn keyed(&self) -> Table {
        let key = |table: Table, (i, key): (usize, &String)| table.text(key, self.rows.iter().map(|r| r.group.get(i).cloned()));
        self.keys.iter().enumerate().fold(Table::default(), key)
    }

    /// The rows as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        self.keyed()
            .count("count", rows().map(|r| r.count))
            .count("tokens", rows().map(|r| r.tokens))
            .count("documents", rows().map(|r| r.documents))
            .number("per_1000", rows().map(|r| r.rate))
            .number("low", rows().map(|r| r.low))
            .number("high", rows().map(|r| r.high))
            .text("note", rows().map(|r| describes(r.documents)))
    }
}
