//! What changed between two runs, and why: small corpora that differ in one thing.

#![allow(clippy::unwrap_used)] // a test that fails says where

use std::path::Path;

use newsframe::article::Extractor;
use newsframe::corpus;
use newsframe::diff::{Changes, Kind, Side};
use newsframe::extract::extract;
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use newsframe::pack::Packs;
use newsframe::tables::{Format, Tables};

const CLASH: &str = "Clash in Lagos\n\nAt least 10 people were killed in Lagos on Monday, police said. The terrorists fled.\n";
const MARCH: &str = "March in Lima\n\nSix protesters were injured in Lima on Friday. Dozens of people were killed last year.\n";

/// Extracts files of a name and a text each.
fn run(files: &[(&str, &str)], policy: &str) -> (Tables, Manifest) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let index: String = files.iter().map(|(name, _)| format!("{name},The Daily,2024-05-14,en\n")).collect();
    std::fs::write(folder.path().join("index.csv"), format!("file,source,published,language\n{index}")).unwrap();
    let packs = Packs::shipped();
    let policy = Policy::shipped(policy).unwrap();
    let extractor = Extractor::with_policy(&packs, &policy).unwrap();
    let corpus = corpus::open(folder.path()).unwrap();
    let tables = extract(&extractor, &corpus, || ()).tables;
    (tables, Manifest::new(Path::new("corpus"), &corpus.files, &packs, &policy, &[], &[]))
}

fn changes(before: &[(&str, &str)], after: &[(&str, &str)]) -> Changes {
    let [(a, m), (b, n)] = [run(before, "literal"), run(after, "literal")];
    Changes::between(&Side::of(&a, &m), &Side::of(&b, &n))
}

/// Kind, words and reason of every change in a table.
fn of(changes: &Changes, table: &str) -> Vec<(Kind, String, String)> {
    let table = changes.tables.iter().find(|t| t.table == table).unwrap();
    table.rows.iter().map(|r| (r.kind, r.words.clone(), r.why.clone())).collect()
}

fn row(kind: Kind, words: &str, why: &str) -> (Kind, String, String) {
    (kind, words.to_owned(), why.to_owned())
}

#[test]
fn the_same_run_has_not_changed() {
    assert!(changes(&[("a.txt", CLASH)], &[("a.txt", CLASH)]).is_empty());
}

#[test]
fn a_new_document_brings_its_rows_and_moves_rates() {
    let new = changes(&[("a.txt", CLASH)], &[("a.txt", CLASH), ("b.txt", MARCH)]);
    assert_eq!(of(&new, "documents"), [row(Kind::New, "b.txt", "new in the corpus")]);
    let claims = of(&new, "claims");
    assert!(!claims.is_empty() && claims.iter().all(|c| c.0 == Kind::New && c.2 == "its document is new"), "{claims:?}");
    let injured = new.rates.iter().find(|r| r.what == "figures: injured").unwrap();
    assert_eq!((injured.source.as_str(), injured.before.count, injured.after.count), ("The Daily", 0, 1));
    let gone = changes(&[("a.txt", CLASH), ("b.txt", MARCH)], &[("a.txt", CLASH)]);
    assert_eq!(of(&gone, "documents"), [row(Kind::Gone, "b.txt", "no longer in the corpus")]);
    assert!(of(&gone, "claims").iter().all(|c| c.0 == Kind::Gone && c.2 == "its document is gone"));
    assert!(new.rates.iter().all(|r| r.why == "new articles (1)") && gone.rates.iter().all(|r| r.why == "articles that are gone (1)"));
}

#[test]
fn an_edited_document_is_the_same_document_and_only_its_new_words_are_news() {
    let edited = CLASH.replace("At least 10", "At least 12");
    let changed = changes(&[("a.txt", CLASH)], &[("a.txt", &edited)]);
    let documents = of(&changed, "documents");
    assert_eq!(documents, [row(Kind::Changed, "a.txt", "the document’s text changed")]);
    let why = "the document’s text changed";
    assert_eq!(of(&changed, "claims"), [row(Kind::New, "At least 12", why), row(Kind::Gone, "At least 10", why)]);
    assert_eq!(of(&changed, "terms"), [], "what stands there as before is no change");
}

#[test]
fn a_file_that_was_renamed_keeps_its_rows() {
    let renamed = changes(&[("a.txt", CLASH)], &[("z.txt", CLASH)]);
    assert_eq!(of(&renamed, "documents"), [row(Kind::Changed, "z.txt", "its file has another name")]);
    assert_eq!(of(&renamed, "claims"), []);
    assert!(renamed.rates.is_empty());
}

#[test]
fn policy_pack_and_program_are_told_apart() {
    let [(a, m), (b, n)] = [run(&[("b.txt", MARCH)], "literal"), run(&[("b.txt", MARCH)], "acled")];
    let by_policy = Changes::between(&Side::of(&a, &m), &Side::of(&b, &n));
    assert_eq!(by_policy.reasons[0], ("policy".to_owned(), "literal".to_owned(), "acled".to_owned()));
    assert!(by_policy.reasons.len() == 2 && by_policy.reasons[1].0 == "the policy’s file", "{:?}", by_policy.reasons);
    let claims = &by_policy.tables[1].rows;
    assert!(claims.iter().all(|c| c.cells.iter().all(|c| c.0 == "value_best")), "{claims:?}");
    assert!(!claims.is_empty() && claims.iter().all(|c| c.why == "policy acled in place of literal"), "{claims:?}");

    // A pack that finds a longer figure, told by its hash.
    let mut longer = a.clone();
    let claim = &mut longer.claims[0];
    (claim.claim_id, claim.text, claim.end) = (format!("{}x", claim.claim_id).into(), "Six protesters".into(), claim.end + 11);
    let mut other = m.clone();
    other.packs.insert("en".to_owned(), "another".to_owned());
    let by_pack = Changes::between(&Side::of(&a, &m), &Side::of(&longer, &other));
    assert_eq!(of(&by_pack, "claims"), [row(Kind::Changed, "Six protesters", "language pack en")]);
    other.build = "another".to_owned();
    let by_both = Changes::between(&Side::of(&a, &m), &Side::of(&longer, &other));
    assert_eq!(of(&by_both, "claims"), [row(Kind::Changed, "Six protesters", "language pack en or another build of the program")]);
}

#[test]
fn what_the_corpus_says_of_a_document_is_told_from_what_the_program_makes_of_it() {
    let [(a, m), (mut b, mut n)] = [run(&[("a.txt", CLASH)], "literal"), run(&[("a.txt", CLASH)], "literal")];
    b.documents[0].title = Some("Clash".into());
    b.claims[0].reported_date = None;
    n.build = "another".to_owned();
    // The same file and the same index: it is not the document.
    let by_program = Changes::between(&Side::of(&a, &m), &Side::of(&b, &n));
    let why = "another build of the program";
    assert_eq!(of(&by_program, "documents"), [row(Kind::Changed, "a.txt", why)]);
    assert_eq!(of(&by_program, "claims"), [row(Kind::Changed, "At least 10", why)]);
    n.build.clone_from(&m.build);
    n.files.insert("index.csv".to_owned(), "another".to_owned());
    let by_index = Changes::between(&Side::of(&a, &m), &Side::of(&b, &n));
    let why = "the document’s title changed";
    assert_eq!(of(&by_index, "documents"), [row(Kind::Changed, "a.txt", why)]);
    assert_eq!(of(&by_index, "claims"), [row(Kind::Changed, "At least 10", why)]);
    // A page out of which another program takes another text.
    b.documents[0].title = None;
    b.documents[0].sha256 = "another".into();
    b.documents[0].tokens += 5;
    (n.files, n.version) = (m.files.clone(), "9.0".to_owned());
    let by_version = Changes::between(&Side::of(&a, &m), &Side::of(&b, &n));
    let why = format!("program 9.0 in place of {}", m.version);
    assert_eq!(of(&by_version, "documents"), [row(Kind::Changed, "a.txt", &why)]);
    let terms = by_version.rates.iter().find(|r| r.what.starts_with("terms")).unwrap();
    assert_eq!(terms.why, format!("{why} (1)"), "the denominator moved");
    n.files.insert("a.txt".to_owned(), "another".to_owned());
    let by_either = Changes::between(&Side::of(&a, &m), &Side::of(&b, &n));
    assert_eq!(of(&by_either, "documents"), [row(Kind::Changed, "a.txt", &format!("the document’s text changed or {why}"))]);
}

#[test]
fn a_policy_that_changed_under_its_name_is_another() {
    let [(a, m), (mut b, mut n)] = [run(&[("b.txt", MARCH)], "literal"), run(&[("b.txt", MARCH)], "literal")];
    n.policy_sha256 = "another".to_owned();
    b.claims[1].value_best = Some(99.0);
    let changes = Changes::between(&Side::of(&a, &m), &Side::of(&b, &n));
    assert_eq!(changes.reasons.len(), 1, "{:?}", changes.reasons);
    assert_eq!(of(&changes, "claims"), [row(Kind::Changed, &b.claims[1].text, "policy literal in another version")]);
    assert!(changes.rates.is_empty());
}

#[test]
fn a_run_on_disk_is_the_run_in_memory() {
    let (tables, manifest) =
        run(&[("a.txt", CLASH), ("b.txt", "=1+1\n\n\"=cmd|' /C calc'!A0\", said the rebels. Two people died.\n")], "literal");
    for format in [Format::Csv, Format::Jsonl] {
        let folder = tempfile::tempdir().unwrap();
        tables.write(folder.path(), format).unwrap();
        manifest.write(folder.path()).unwrap();
        let changes = Changes::between(&Side::of(&tables, &manifest), &Side::read(folder.path()).unwrap());
        assert!(changes.is_empty(), "{format:?}: {changes:?}");
    }
}

#[test]
fn of_a_table_in_two_formats_the_last_written_counts() {
    let folder = tempfile::tempdir().unwrap();
    let [(earlier, _), (later, manifest)] = [run(&[("a.txt", CLASH)], "literal"), run(&[("a.txt", CLASH), ("b.txt", MARCH)], "literal")];
    manifest.write(folder.path()).unwrap();
    for [old, new] in [[Format::Jsonl, Format::Csv], [Format::Csv, Format::Jsonl]] {
        earlier.write(folder.path(), old).unwrap();
        for table in Tables::NAMES {
            let file = std::fs::File::options().append(true).open(folder.path().join(format!("{table}.{}", old.extension()))).unwrap();
            file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        }
        later.write(folder.path(), new).unwrap();
        let changes = Changes::between(&Side::of(&later, &manifest), &Side::read(folder.path()).unwrap());
        assert!(changes.is_empty(), "{new:?}: {changes:?}");
    }
}
