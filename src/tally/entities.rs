//! Who and what is named: by source, and together with whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::coverage::source_of;
use super::{Cells, Table, counted, many};
use crate::tables::{DocumentRow, EntityRow, Tables};

/// What is named, most often first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// One row an entity.
    pub rows: Vec<NamedEntity>,
}

/// An entity with how often each source names it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedEntity {
    /// The entity.
    pub entity: EntityRow,
    /// Its mentions in the documents that are counted.
    pub mentions: u64,
    /// The documents with such a mention.
    pub documents: u64,
    /// The mentions by source; a source that never names it is not here.
    pub by_source: BTreeMap<String, u64>,
}

/// Counts the mentions of every entity by source.
#[must_use]
pub fn named(tables: &Tables) -> Named {
    let documents: HashMap<&str, &DocumentRow> = counted(tables).map(|d| (d.doc_id.as_str(), d)).collect();
    let mut counts: HashMap<&str, (BTreeMap<&str, u64>, BTreeSet<&str>)> = HashMap::new();
    for m in &tables.mentions {
        let Some(d) = documents.get(m.doc_id.as_str()) else { continue };
        let of = counts.entry(&m.entity_id).or_default();
        *of.0.entry(source_of(d)).or_default() += 1;
        of.1.insert(&m.doc_id);
    }
    let row = |e: &EntityRow| {
        let (by_source, documents) = counts.get(e.entity_id.as_str())?;
        Some(NamedEntity {
            entity: e.clone(),
            mentions: by_source.values().sum(),
            documents: documents.len() as u64,
            by_source: by_source.iter().map(|(source, n)| ((*source).to_owned(), *n)).collect(),
        })
    };
    let mut rows: Vec<NamedEntity> = tables.entities.iter().filter_map(row).collect();
    rows.sort_by(|a, b| {
        b.mentions
            .cmp(&a.mentions)
            .then_with(|| a.entity.name.cmp(&b.entity.name))
            .then_with(|| a.entity.entity_id.cmp(&b.entity.entity_id))
    });
    Named { rows }
}

impl Named {
    /// What is named most, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mentions = self.rows.iter().map(|r| r.mentions).sum();
        let Some(first) = self.rows.first() else { return "No names were found.".to_owned() };
        let most: Vec<String> = self.rows.iter().take(3).map(|r| format!("{} ({})", r.entity.name, super::grouped(r.mentions))).collect();
        let shared = self.rows.iter().filter(|r| r.by_source.len() > 1).count() as u64;
        let most = if first.mentions > 1 { format!(", most often {}", most.join(", ")) } else { String::new() };
        let names = match self.rows.len() as u64 {
            1 => "one person, place, organisation, group or event is".to_owned(),
            n => format!("{} persons, places, organisations, groups and events are", super::grouped(n)),
        };
        format!("{names} named {}{most}; {} by more than one source.", many(mentions, "time"), super::grouped(shared))
    }

    /// The rows as a table, one row an entity and source.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter().flat_map(|r| r.by_source.iter().map(move |(source, n)| (r, source, *n)));
        Table::default()
            .text("entity_id", rows().map(|r| Some(r.0.entity.entity_id.clone())))
            .text("name", rows().map(|r| Some(r.0.entity.name.clone())))
            .text("kind", rows().map(|r| Some(r.0.entity.kind.as_str())))
            .text("country", rows().map(|r| r.0.entity.country.clone()))
            .text("source", rows().map(|r| Some(r.1.clone())))
            .count("mentions", rows().map(|r| r.2))
            .count("mentions_all", rows().map(|r| r.0.mentions))
            .count("documents", rows().map(|r| r.0.documents))
    }
}

/// Which entities stand in one sentence, most often first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// One row a pair.
    pub rows: Vec<Pair>,
    /// The sentences with any name.
    pub sentences: u64,
}

/// Two entities that are named in one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Id and name of the one, the first by id.
    pub a: (String, String),
    /// Id and name of the other.
    pub b: (String, String),
    /// The sentences that name both, against those that name the second only: `a` of the `n1` with the first, `b` of the `n2` without.
    pub cells: Cells,
}

/// Counts the sentences that name two entities.
#[must_use]
pub fn pairs(tables: &Tables) -> Pairs {
    let documents: BTreeSet<&str> = counted(tables).map(|d| d.doc_id.as_str()).collect();
    let mut sentences: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for m in tables.mentions.iter().filter(|m| documents.contains(m.doc_id.as_str())) {
        if let Some(sentence) = &m.sentence_id {
            sentences.entry(sentence).or_default().insert(&m.entity_id);
        }
    }
    let mut alone: HashMap<&str, u64> = HashMap::new();
    let mut both: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for named in sentences.values() {
        let named: Vec<&str> = named.iter().copied().collect();
        named.iter().for_each(|&e| *alone.entry(e).or_default() += 1);
        for (i, &a) in named.iter().enumerate().take(LISTED) {
            named[i + 1..].iter().take(LISTED).for_each(|&b| *both.entry((a, b)).or_default() += 1);
        }
    }
    let names: HashMap<&str, &str> = tables.entities.iter().map(|e| (e.entity_id.as_str(), e.name.as_str())).collect();
    let all = sentences.len() as u64;
    let of = |id: &str| (id.to_owned(), names.get(id).copied().unwrap_or(id).to_owned());
    let mut rows: Vec<Pair> = both
        .into_iter()
        .map(|((a, b), n)| Pair { a: of(a), b: of(b), cells: Cells { a: n, b: alone[b] - n, n1: alone[a], n2: all - alone[a] } })
        .collect();
    rows.sort_by(|a, b| b.cells.a.cmp(&a.cells.a).then_with(|| (&a.a.1, &a.b.1).cmp(&(&b.a.1, &b.b.1))));
    Pairs { rows, sentences: all }
}

/// The most names of one sentence that are paired with each other: a list of a hundred would give five thousand pairs.
const LISTED: usize = 20;

impl Pairs {
    /// The strongest tie, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Some(first) = self.rows.first() else { return "No sentence names two.".to_owned() };
        let ties = many(self.rows.len() as u64, "pair");
        format!("{ties} stand in one sentence, most often {} and {} ({}).", first.a.1, first.b.1, many(first.cells.a, "sentence"))
    }

    /// The rows as a table; `g2` is the log-likelihood ratio of the tie against chance.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        Table::default()
            .text("a", rows().map(|r| Some(r.a.1.clone())))
            .text("b", rows().map(|r| Some(r.b.1.clone())))
            .count("sentences", rows().map(|r| r.cells.a))
            .count("sentences_a", rows().map(|r| r.cells.n1))
            .count("sentences_b", rows().map(|r| r.cells.a + r.cells.b))
            .count("sentences_all", rows().map(|_| self.sentences))
            .number("g2", rows().map(|r| Some(r.cells.g2())))
            .text("a_id", rows().map(|r| Some(r.a.0.clone())))
            .text("b_id", rows().map(|r| Some(r.b.0.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Tables {
        let packs = crate::pack::Packs::shipped();
        let extractor = crate::article::Extractor::new(&packs).unwrap_or_else(|e| panic!("{e}"));
        let texts = [
            ("A", "Vladimir Putin spoke to Emmanuel Macron in Moscow. Vladimir Putin left Moscow."),
            ("B", "Emmanuel Macron went to Moscow on Friday."),
        ];
        let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        for (source, text) in texts {
            let page = format!("---\nsource: {source}\nlanguage: en\npublished: 2022-01-07\n---\n\n{text}\n");
            std::fs::write(folder.path().join(format!("{source}.md")), page).unwrap_or_else(|e| panic!("{e}"));
        }
        let corpus = crate::corpus::open(folder.path()).unwrap_or_else(|e| panic!("{e}"));
        crate::extract::extract(&extractor, &corpus, || ()).tables
    }

    /// Counted by hand.
    #[test]
    fn mentions_and_pairs_are_those_of_the_texts() {
        let tables = shipped();
        let named = named(&tables);
        let of = |name: &str| named.rows.iter().find(|r| r.entity.name == name).map(|r| (r.mentions, r.documents, r.by_source.len()));
        assert_eq!(of("Moscow"), Some((3, 2, 2)));
        assert_eq!(of("Vladimir Putin"), Some((2, 1, 1)));
        assert_eq!(of("Emmanuel Macron"), Some((2, 2, 2)));
        let pairs = pairs(&tables);
        assert_eq!(pairs.sentences, 3);
        let tie = |a: &str, b: &str| {
            let row = pairs
                .rows
                .iter()
                .find(|r| [&r.a.1, &r.b.1].map(String::as_str) == [a, b] || [&r.b.1, &r.a.1].map(String::as_str) == [a, b]);
            row.map(|r| r.cells.a)
        };
        assert_eq!(tie("Moscow", "Vladimir Putin"), Some(2));
        assert_eq!(tie("Moscow", "Emmanuel Macron"), Some(2));
        assert_eq!(tie("Vladimir Putin", "Emmanuel Macron"), Some(1));
        assert!(pairs.rows.iter().all(|r| r.cells.a <= r.cells.n1 && r.cells.n1 + r.cells.n2 == 3));
    }
}
