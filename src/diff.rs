//! What changed between two runs, and why: in documents, claims and terms, and in the rates made of them.
//!
//! 1. Documents are the same by their id; else by their file (its text has changed) or by their text (its file has another name).
//! 2. A claim or term is the same by its place, if its document's text is; else by its words, in order. A stretch that grew or
//!    shrank where the text is the same is the same row, changed.
//! 3. Each change says what can have made it: its document, what the corpus says of that, a language pack, the policy, the program. Where
//!    the file of a document and the index are the same bytes, it is not the document.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use crate::corpus::unguarded;
use crate::error::Result;
use crate::manifest::Manifest;
use crate::tables::{Row, Tables, read};
use crate::tally::{Rate, UNKNOWN_SOURCE};

type Cells = BTreeMap<String, String>;

/// A run that is compared.
#[derive(Clone, Debug)]
pub struct Side {
    manifest: Manifest,
    documents: Vec<Cells>,
    claims: Vec<Cells>,
    terms: Vec<Cells>,
}

impl Side {
    /// Reads a run from its folder of tables.
    ///
    /// # Errors
    /// If the manifest or a table is not there or damaged.
    pub fn read(folder: &Path) -> Result<Self> {
        let rows = |table| -> Result<Vec<Cells>> {
            let mut rows = read(folder, table)?;
            if table == "documents" {
                rows.iter_mut().for_each(|r| drop(r.remove("text"))); // the largest cell, and its hash says whether it changed
            }
            Ok(rows)
        };
        Ok(Self { manifest: Manifest::read(folder)?, documents: rows("documents")?, claims: rows("claims")?, terms: rows("terms")? })
    }

    /// A run that is still in memory.
    #[must_use]
    pub fn of(tables: &Tables, manifest: &Manifest) -> Self {
        fn rows<R: Row>(rows: &[R]) -> Vec<Cells> {
            let named = |r: &R| R::COLUMNS.iter().copied().map(str::to_owned).zip(r.cells());
            let known = |r: &R| named(r).filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k, unguarded(&v).to_owned())).collect();
            rows.iter().map(known).collect()
        }
        let mut documents = rows(&tables.documents);
        documents.iter_mut().for_each(|r| drop(r.remove("text")));
        Self { manifest: manifest.clone(), documents, claims: rows(&tables.claims), terms: rows(&tables.terms) }
    }
}

/// How a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is in the later run only.
    New,
    /// It is in the earlier run only.
    Gone,
    /// It is in both, with other cells.
    Changed,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How.
    pub kind: Kind,
    /// Its id: in the later run, or, if it is gone, in the earlier one.
    pub id: String,
    /// The id of its document, in the same run.
    pub doc_id: String,
    /// The id of its sentence, in the same run.
    pub sentence_id: Option<String>,
    /// What it is: a document's file, else the words.
    pub words: String,
    /// The column, the cell before and the cell after; unknown is empty.
    pub cells: Vec<(&'static str, String, String)>,
    /// What can have made the change.
    pub why: String,
}

/// What changed in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableChanges {
    /// The table.
    pub table: &'static str,
    /// Its rows in the earlier run.
    pub before: usize,
    /// Its rows in the later run.
    pub after: usize,
    /// The rows that differ: those of the later run in their order, then those that are gone.
    pub rows: Vec<Change>,
}

impl TableChanges {
    /// How many rows differ in one way.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.rows.iter().filter(|r| r.kind == kind).count()
    }
}

/// A rate per 1,000 tokens that is another now.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedRate {
    /// The source.
    pub source: String,
    /// What was counted: a frame of loaded terms, or a kind of figure.
    pub what: String,
    /// The rate in the earlier run.
    pub before: Rate,
    /// The rate in the later run.
    pub after: Rate,
    /// What can have moved it.
    pub why: String,
}

/// All that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// What the runs were made from differently: what, before, after.
    pub reasons: Vec<(String, String, String)>,
    /// Documents, claims and terms.
    pub tables: Vec<TableChanges>,
    /// Rates that moved, by source and what was counted.
    pub rates: Vec<MovedRate>,
}

/// Columns that are compared, by table. Of the others, ids follow from places, and places from texts.
const DOCUMENT: &[&str] =
    &["path", "sha256", "source", "title", "author", "url", "published", "language", "sentences", "tokens", "unrepaired", "duplicate_of"];
const CLAIM: &[&str] = &[
    "text",
    "kind",
    "value_min",
    "value_max",
    "value_best",
    "bound",
    "victims_text",
    "victim_class",
    "perpetrator_text",
    "voice",
    "speaker_text",
    "place_text",
    "event_start",
    "event_end",
    "reported_date",
    "scope",
    "negated",
    "hypothetical",
];
const TERM: &[&str] = &["text", "concept", "frame", "voice", "speaker_text", "target_text", "negated"];
/// What the corpus says of a document.
const METADATA: [&str; 6] = ["source", "title", "author", "url", "published", "language"];

impl Changes {
    /// Compares two runs.
    #[must_use]
    pub fn between(before: &Side, after: &Side) -> Self {
        let pairs = Pairs::of(&before.documents, &after.documents);
        let causes = Causes { before: &before.manifest, after: &after.manifest };
        let claims = Kindred { table: "claims", id: "claim_id", columns: CLAIM, alike: &["kind", "text"] };
        let terms = Kindred { table: "terms", id: "term_id", columns: TERM, alike: &["concept", "text"] };
        let tables = vec![
            documents(before, after, &pairs, &causes),
            claims.compare(&before.claims, &after.claims, &pairs, &causes),
            terms.compare(&before.terms, &after.terms, &pairs, &causes),
        ];
        let rates = rates(before, after, &tables);
        Self { reasons: causes.all(), tables, rates }
    }

    /// Whether the runs tell the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reasons.is_empty() && self.rates.is_empty() && self.tables.iter().all(|t| t.rows.is_empty())
    }
}

fn cell<'r>(row: &'r Cells, column: &str) -> &'r str {
    row.get(column).map_or("", String::as_str)
}

fn moved(before: &Cells, after: &Cells, columns: &[&'static str]) -> Vec<(&'static str, String, String)> {
    let pair = |&c: &&'static str| (c, cell(before, c).to_owned(), cell(after, c).to_owned());
    columns.iter().map(pair).filter(|(_, a, b)| a != b).collect()
}

/// Which document of one run is which of the other.
struct Pairs<'r> {
    /// The later document's id by the earlier's.
    after_of: HashMap<&'r str, &'r str>,
    before: HashMap<&'r str, &'r Cells>,
    after: HashMap<&'r str, &'r Cells>,
}

impl<'r> Pairs<'r> {
    fn of(before: &'r [Cells], after: &'r [Cells]) -> Self {
        let by_id = |rows: &'r [Cells]| rows.iter().map(|d| (cell(d, "doc_id"), d)).collect::<HashMap<_, _>>();
        let mut pairs = Self { after_of: HashMap::new(), before: by_id(before), after: by_id(after) };
        let mut taken: HashSet<&str> = HashSet::new();
        for column in ["doc_id", "path", "sha256"] {
            let mut there: HashMap<&str, Vec<&str>> = HashMap::new();
            for d in after.iter().rev().filter(|d| !taken.contains(cell(d, "doc_id"))) {
                there.entry(cell(d, column)).or_default().push(cell(d, "doc_id"));
            }
            for d in before.iter().filter(|d| !pairs.after_of.contains_key(cell(d, "doc_id"))).collect::<Vec<_>>() {
                if let Some(id) = there.get_mut(cell(d, column)).and_then(Vec::pop) {
                    pairs.after_of.insert(cell(d, "doc_id"), id);
                    taken.insert(id);
                }
            }
        }
        pairs
    }

    /// The two documents of an earlier id.
    fn of_before(&self, id: &str) -> Option<(&'r Cells, &'r Cells)> {
        Some((*self.before.get(id)?, *self.after.get(*self.after_of.get(id)?)?))
    }
}

/// What two runs were made from.
struct Causes<'r> {
    before: &'r Manifest,
    after: &'r Manifest,
}

impl Causes<'_> {
    fn all(&self) -> Vec<(String, String, String)> {
        let (a, b) = (self.before, self.after);
        let file = |of: &Manifest, name: &str| of.files.get(name).cloned().unwrap_or_default();
        let mut all = vec![
            ("program version".to_owned(), a.version.clone(), b.version.clone()),
            ("program build".to_owned(), a.build.clone(), b.build.clone()),
            ("corpus".to_owned(), a.corpus_sha256.clone(), b.corpus_sha256.clone()),
            ("index.csv".to_owned(), file(a, "index.csv"), file(b, "index.csv")),
            ("aliases.csv".to_owned(), file(a, "aliases.csv"), file(b, "aliases.csv")),
            ("policy".to_owned(), a.policy.clone(), b.policy.clone()),
            ("the policy’s file".to_owned(), a.policy_sha256.clone(), b.policy_sha256.clone()),
        ];
        let languages: BTreeSet<&String> = a.packs.keys().chain(b.packs.keys()).collect();
        let pack = |of: &Manifest, language: &String| of.packs.get(language).cloned().unwrap_or_default();
        all.extend(languages.into_iter().map(|l| (format!("language pack {l}"), pack(a, l), pack(b, l))));
        all.retain(|(_, x, y)| x != y);
        all
    }

    fn policy(&self) -> Option<String> {
        let (a, b) = (self.before, self.after);
        match (a.policy == b.policy, a.policy_sha256 == b.policy_sha256) {
            (false, _) => Some(format!("policy {} in place of {}", b.policy, a.policy)),
            (true, false) => Some(format!("policy {} in another version", b.policy)),
            (true, true) => None,
        }
    }

    fn program(&self) -> Option<String> {
        let (a, b) = (self.before, self.after);
        match (a.version == b.version, a.build == b.build) {
            (false, _) => Some(format!("program {} in place of {}", b.version, a.version)),
            (true, false) => Some("another build of the program".to_owned()),
            (true, true) => None,
        }
    }

    /// Whether the bytes that a document was read from are known to be the same.
    fn same_bytes(&self, before: &Cells, after: &Cells) -> bool {
        let of = |manifest: &Manifest, row: &Cells| {
            let path = cell(row, "path");
            // A row of a file is named after it: `dump.jsonl#12`.
            let file = manifest.files.get(path).or_else(|| manifest.files.get(path.rsplit_once('#')?.0));
            Some((file?.clone(), manifest.files.get("index.csv").cloned()))
        };
        of(self.before, before).is_some_and(|file| of(self.after, after) == Some(file))
    }

    /// What can have changed a document that is in both runs, or a row of it.
    fn of_row(&self, (before, after): (&Cells, &Cells), columns: &[(&'static str, String, String)], is_document: bool) -> String {
        let all = |column: &str| !columns.is_empty() && columns.iter().all(|c| c.0 == column);
        let same_text = cell(before, "sha256") == cell(after, "sha256");
        let mut causes = Vec::new();
        if !self.same_bytes(before, after) {
            let metadata: Vec<&str> = METADATA.into_iter().filter(|c| cell(before, c) != cell(after, c)).collect();
            if !same_text {
                causes.push("the document’s text changed".to_owned());
            } else if !metadata.is_empty() {
                causes.push(format!("the document’s {} changed", metadata.join(", ")));
            }
        }
        if causes.is_empty() && all("path") {
            return "its file has another name".to_owned();
        }
        if let Some(policy) = self.policy().filter(|_| !is_document) {
            if causes.is_empty() && all("value_best") {
                return policy;
            }
            // A policy tells what stands in a claim, not what is found.
            if columns.iter().any(|c| c.0.starts_with("value_")) {
                causes.push(policy);
            }
        }
        let (a, b) = (&self.before.packs, &self.after.packs);
        let own = Some(cell(after, "language")).filter(|l| b.contains_key(*l)).unwrap_or("en"); // as the extractor takes it
        let packs: BTreeSet<&String> = a.keys().chain(b.keys()).filter(|l| a.get(*l) != b.get(*l) && (is_document || *l == own)).collect();
        causes.extend(packs.into_iter().map(|l| format!("language pack {l}")));
        causes.extend(self.program());
        // Speakers and repeated documents are settled over the whole corpus.
        if (causes.is_empty() || all("duplicate_of")) && self.before.corpus_sha256 != self.after.corpus_sha256 {
            causes.push("other documents of the corpus".to_owned());
        }
        if causes.is_empty() { "not known".to_owned() } else { causes.join(" or ") }
    }
}

fn documents(before: &Side, after: &Side, pairs: &Pairs<'_>, causes: &Causes<'_>) -> TableChanges {
    let of_after: HashMap<&str, &Cells> = pairs.after_of.iter().filter_map(|(b, a)| Some((*a, *pairs.before.get(b)?))).collect();
    let change = |kind, row: &Cells, cells, why: &str| Change {
        kind,
        id: cell(row, "doc_id").to_owned(),
        doc_id: cell(row, "doc_id").to_owned(),
        sentence_id: None,
        words: cell(row, "path").to_owned(),
        cells,
        why: why.to_owned(),
    };
    let mut rows = Vec::new();
    for row in &after.documents {
        let Some(old) = of_after.get(cell(row, "doc_id")) else {
            rows.push(change(Kind::New, row, Vec::new(), "new in the corpus"));
            continue;
        };
        let cells = moved(old, row, DOCUMENT);
        if !cells.is_empty() {
            let why = causes.of_row((old, row), &cells, true);
            rows.push(change(Kind::Changed, row, cells, &why));
        }
    }
    let gone = before.documents.iter().filter(|d| !pairs.after_of.contains_key(cell(d, "doc_id")));
    rows.extend(gone.map(|d| change(Kind::Gone, d, Vec::new(), "no longer in the corpus")));
    TableChanges { table: "documents", before: before.documents.len(), after: after.documents.len(), rows }
}

/// A table whose rows stand in documents.
struct Kindred {
    table: &'static str,
    id: &'static str,
    columns: &'static [&'static str],
    /// What two rows have alike that are the same in a text that changed.
    alike: &'static [&'static str],
}

impl Kindred {
    fn compare(&self, before: &[Cells], after: &[Cells], pairs: &Pairs<'_>, causes: &Causes<'_>) -> TableChanges {
        let mut left: HashMap<&str, Vec<&Cells>> = HashMap::new();
        after.iter().for_each(|r| left.entry(cell(r, "doc_id")).or_default().push(r));
        let mut changes: HashMap<&str, (&Cells, Vec<_>, String)> = HashMap::new();
        let mut gone = Vec::new();
        for rows in before.chunk_by(|a, b| cell(a, "doc_id") == cell(b, "doc_id")) {
            let Some(documents) = pairs.of_before(cell(&rows[0], "doc_id")) else {
                gone.extend(rows.iter().map(|r| self.change(Kind::Gone, r, Vec::new(), "its document is gone".to_owned())));
                continue;
            };
            let same_text = cell(documents.0, "sha256") == cell(documents.1, "sha256");
            let there = left.entry(cell(documents.1, "doc_id")).or_default();
            let mut rest: Vec<&Cells> = rows.iter().collect();
            let mut take = |same: &dyn Fn(&Cells, &Cells) -> bool| {
                rest.retain(|old| {
                    let Some(at) = there.iter().position(|new| same(old, new)) else { return true };
                    let new = there.remove(at);
                    let cells = moved(old, new, self.columns);
                    if !cells.is_empty() {
                        let why = causes.of_row(documents, &cells, false);
                        changes.insert(cell(new, self.id), (new, cells, why));
                    }
                    false
                });
            };
            let equal = |columns: &[&str], a: &Cells, b: &Cells| columns.iter().all(|c| cell(a, c) == cell(b, c));
            if same_text {
                take(&|a, b| equal(&["start", "end"], a, b) && equal(&self.alike[..1], a, b));
                take(&|a, b| overlap(a, b));
            } else {
                take(&|a, b| equal(self.alike, a, b));
            }
            gone.extend(rest.iter().map(|r| self.change(Kind::Gone, r, Vec::new(), causes.of_row(documents, &[], false))));
        }
        let new: HashSet<&str> = left.values().flatten().map(|r| cell(r, self.id)).collect();
        let before_of: HashMap<&str, &str> = pairs.after_of.iter().map(|(b, a)| (*a, *b)).collect();
        let mut rows = Vec::new();
        for row in after {
            let id = cell(row, self.id);
            if new.contains(id) {
                let documents = before_of.get(cell(row, "doc_id")).and_then(|d| pairs.of_before(d));
                let why = documents.map_or_else(|| "its document is new".to_owned(), |d| causes.of_row(d, &[], false));
                rows.push(self.change(Kind::New, row, Vec::new(), why));
            } else if let Some((row, cells, why)) = changes.remove(id) {
                rows.push(self.change(Kind::Changed, row, cells, why));
            }
        }
        rows.extend(gone);
        TableChanges { table: self.table, before: before.len(), after: after.len(), rows }
    }

    fn change(&self, kind: Kind, row: &Cells, cells: Vec<(&'static str, String, String)>, why: String) -> Change {
        Change {
            kind,
            id: cell(row, self.id).to_owned(),
            doc_id: cell(row, "doc_id").to_owned(),
            sentence_id: row.get("sentence_id").cloned(),
            words: cell(row, "text").to_owned(),
            cells,
            why,
        }
    }
}

fn overlap(a: &Cells, b: &Cells) -> bool {
    let ends = |r: &Cells| Some((cell(r, "start").parse::<u64>().ok()?, cell(r, "end").parse::<u64>().ok()?));
    matches!((ends(a), ends(b)), (Some(a), Some(b)) if a.0 < b.1 && b.0 < a.1)
}

/// The rates of each source, of every frame and every kind of figure, that are not what they were.
fn rates(before: &Side, after: &Side, tables: &[TableChanges]) -> Vec<MovedRate> {
    let whys = Whys::of(before, after, tables);
    let (before, after) = (counts(before), counts(after));
    let whats: BTreeSet<(&str, String)> = before.iter().chain(&after).flat_map(|(s, c)| c.of.keys().map(|w| (*s, w.clone()))).collect();
    let rate = |side: &BTreeMap<&str, Counts>, source: &str, what: &str| {
        let of = side.get(source);
        let count = of.and_then(|c| c.of.get(what)).copied().unwrap_or(0);
        Rate::new(Vec::new(), count, of.map_or(0, |c| c.tokens), of.map_or(0, |c| c.documents))
    };
    let both = whats.iter().map(|(source, what)| MovedRate {
        source: (*source).to_owned(),
        what: what.clone(),
        before: rate(&before, source, what),
        after: rate(&after, source, what),
        why: whys.of_rate(source, what),
    });
    both.filter(|r| (r.before.count, r.before.tokens) != (r.after.count, r.after.tokens)).collect()
}

/// What is counted of a term or a claim.
fn what_of(table: &str, row: &Cells) -> String {
    match table {
        "terms" => format!("terms: {}", cell(row, "frame").replace('_', " ")),
        _ => format!("figures: {}", cell(row, "kind")),
    }
}

/// Why rates moved: what changed in the documents of a source, which changes the denominator, and in the rows that are counted.
#[derive(Default)]
struct Whys {
    documents: BTreeMap<String, BTreeMap<String, u64>>,
    rows: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Whys {
    fn of(before: &Side, after: &Side, tables: &[TableChanges]) -> Self {
        fn by<'r>(rows: &'r [Cells], id: &str) -> HashMap<&'r str, &'r Cells> {
            rows.iter().map(|r| (cell(r, id), r)).collect()
        }
        let documents = [by(&before.documents, "doc_id"), by(&after.documents, "doc_id")];
        let mut whys = Self::default();
        for table in tables {
            let sides = match table.table {
                "claims" => [by(&before.claims, "claim_id"), by(&after.claims, "claim_id")],
                "terms" => [by(&before.terms, "term_id"), by(&after.terms, "term_id")],
                _ => documents.clone(),
            };
            for change in &table.rows {
                let side = usize::from(change.kind != Kind::Gone);
                let (Some(&row), Some(&document)) = (sides[side].get(change.id.as_str()), documents[side].get(change.doc_id.as_str()))
                else {
                    continue;
                };
                let was = |column: &str, now: &str| change.cells.iter().find(|c| c.0 == column).map_or(now, |c| c.1.as_str()).to_owned();
                let source = |words: &str| if words.is_empty() { UNKNOWN_SOURCE.to_owned() } else { words.to_owned() };
                let now = source(cell(document, "source"));
                if table.table == "documents" {
                    let why = match change.kind {
                        Kind::New => "new articles",
                        Kind::Gone => "articles that are gone",
                        Kind::Changed => &change.why,
                    };
                    for source in BTreeSet::from([source(&was("source", cell(document, "source"))), now]) {
                        *whys.documents.entry(source).or_default().entry(why.to_owned()).or_default() += 1;
                    }
                } else if !change.why.starts_with("its document") {
                    let mut earlier = row.clone();
                    change.cells.iter().for_each(|(column, before, _)| drop(earlier.insert((*column).to_owned(), before.clone())));
                    for what in BTreeSet::from([what_of(table.table, row), what_of(table.table, &earlier)]) {
                        whys.rows.entry((now.clone(), what)).or_default().insert(change.why.clone());
                    }
                }
            }
        }
        whys
    }

    fn of_rate(&self, source: &str, what: &str) -> String {
        let documents = self.documents.get(source).into_iter().flatten().map(|(why, n)| format!("{why} ({n})"));
        let rows = self.rows.get(&(source.to_owned(), what.to_owned())).into_iter().flatten();
        let rows = rows.filter(|why| self.documents.get(source).is_none_or(|d| !d.contains_key(*why))).cloned();
        let all: Vec<String> = documents.chain(rows).collect();
        if all.is_empty() { "not known".to_owned() } else { all.join("; ") }
    }
}

#[derive(Default)]
struct Counts {
    tokens: u64,
    documents: u64,
    of: BTreeMap<String, u64>,
}

/// What each source holds; documents that repeat another are counted nowhere.
fn counts(side: &Side) -> BTreeMap<&str, Counts> {
    let counted = side.documents.iter().filter(|d| !d.contains_key("duplicate_of"));
    let source_of: HashMap<&str, &str> =
        counted.clone().map(|d| (cell(d, "doc_id"), d.get("source").map_or(UNKNOWN_SOURCE, String::as_str))).collect();
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for d in counted {
        let of = counts.entry(source_of[cell(d, "doc_id")]).or_default();
        of.tokens += cell(d, "tokens").parse::<u64>().unwrap_or(0);
        of.documents += 1;
    }
    let terms = side.terms.iter().map(|t| (cell(t, "doc_id"), what_of("terms", t)));
    let claims = side.claims.iter().map(|c| (cell(c, "doc_id"), what_of("claims", c)));
    for (doc_id, what) in terms.chain(claims) {
        if let Some(source) = source_of.get(doc_id) {
            *counts.entry(source).or_default().of.entry(what).or_default() += 1;
        }
    }
    counts
}
