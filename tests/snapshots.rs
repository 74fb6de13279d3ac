//! Whole articles through the whole pipeline: every row of the three articles as it is today. A change here is no failure by itself;
//! it is to be read, and accepted with `cargo insta accept` (or `INSTA_UPDATE=always cargo test`) when it is better.

#![allow(clippy::unwrap_used)] // a test that fails says where

use std::path::Path;

use newsframe::article::Extractor;
use newsframe::extract::{extract, extract_to};
use newsframe::pack::Packs;
use newsframe::tables::{Format, Row, Tables};

fn run() -> Tables {
    run_with(&Packs::shipped())
}

fn run_with(packs: &Packs) -> Tables {
    let corpus = newsframe::corpus::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles")).unwrap();
    extract(&Extractor::new(packs).unwrap(), &corpus, || ()).tables
}

/// The rows without what only repeats others: ids and places in the source.
fn shown<R: Row>(rows: &[R]) -> String {
    let left_out = ["raw_start", "raw_end", "start", "end", "speaker_start", "speaker_end", "sha256"];
    let keep: Vec<usize> =
        (0..R::COLUMNS.len()).filter(|&i| !left_out.contains(&R::COLUMNS[i]) && !R::COLUMNS[i].ends_with("sentence_id")).collect();
    let short = |s: &str| if s.chars().count() > 70 { s.chars().take(70).chain(['…']).collect() } else { s.replace('\n', "⏎") };
    let mut out = keep.iter().map(|&i| R::COLUMNS[i]).collect::<Vec<_>>().join(" | ");
    for row in rows {
        let cells = row.cells();
        out += "\n";
        out += &keep.iter().map(|&i| short(&cells[i])).collect::<Vec<_>>().join(" | ");
    }
    out
}

#[test]
fn every_table_of_the_three_articles() {
    let tables = run();
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        insta::assert_snapshot!("documents", shown(&tables.documents));
        insta::assert_snapshot!("sentences", shown(&tables.sentences));
        insta::assert_snapshot!("quotes", shown(&tables.quotes));
        insta::assert_snapshot!("mentions", shown(&tables.mentions));
        insta::assert_snapshot!("entities", shown(&tables.entities));
        insta::assert_snapshot!("dates", shown(&tables.dates));
        insta::assert_snapshot!("claims", shown(&tables.claims));
        insta::assert_snapshot!("figures", shown(&tables.figures));
        insta::assert_snapshot!("terms", shown(&tables.terms));
        insta::assert_snapshot!("problems", shown(&tables.problems));
    });
}

#[test]
fn packs_without_their_examples_find_the_same() {
    assert!(run() == run_with(&Packs::shipped().without_examples()));
}

#[test]
fn two_runs_write_the_same_bytes_in_every_format() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let formats = [
        #[cfg(feature = "tables")]
        Format::Parquet,
        Format::Csv,
        Format::Jsonl,
    ];
    for folder in &folders {
        let tables = run();
        for format in formats {
            tables.write(folder.path(), format).unwrap();
        }
    }
    for format in formats {
        for table in Tables::NAMES {
            let read = |i: usize| std::fs::read(folders[i].path().join(format!("{table}.{}", format.extension()))).unwrap();
            assert!(read(0) == read(1), "{table} as {}", format.extension());
            assert!(!read(0).is_empty() || *table == "problems", "{table} is empty");
        }
        let left: Vec<_> = std::fs::read_dir(folders[0].path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .filter(|n| n.to_string_lossy().contains("part"))
            .collect();
        assert!(left.is_empty(), "half a file is left: {left:?}");
    }
}

#[test]
fn spans_cut_the_words_of_every_row_out_of_the_clean_text() {
    let tables = run();
    let text = |id: &str| tables.documents.iter().find(|d| d.doc_id == id).unwrap().text.as_str();
    let cut = |id: &str, start: u64, end: u64| &text(id)[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()];
    macro_rules! every {
        ($($table:ident),+) => {$( for r in &tables.$table { assert_eq!(cut(&r.doc_id, r.start, r.end), r.text, stringify!($table)); } )+};
    }
    every!(sentences, quotes, mentions, dates, claims, figures, terms);
}

#[test]
fn a_corpus_that_waits_in_a_file_is_written_as_one_in_memory() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let export = folders[0].path().join("export.jsonl");
    let row = |n: usize| {
        format!(
            "{{\"id\":\"row{n}\",\"language\":\"en\",\"published\":\"2022-01-07\",\"text\":\"At least {} people were killed in Almaty, said Ann Smith of Group {}.\"}}\n",
            n % 50,
            n % 700
        )
    };
    std::fs::write(&export, (0..2100).map(row).collect::<String>()).unwrap();
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let in_memory = extract(&extractor, &newsframe::corpus::open(&export).unwrap(), || ()).tables;
    let mut reader = newsframe::corpus::Reader::open(&export).unwrap();
    let written = extract_to(&extractor, &mut reader, folders[1].path(), &[Format::Csv, Format::Jsonl], None, |_| ()).unwrap();
    assert_eq!(written.rows[0], ("documents", 2100));
    for format in [Format::Csv, Format::Jsonl] {
        in_memory.write(folders[2].path(), format).unwrap();
        for table in Tables::NAMES {
            let read = |i: usize| std::fs::read(folders[i].path().join(format!("{table}.{}", format.extension()))).unwrap();
            assert!(read(1) == read(2), "{table} as {}", format.extension());
        }
    }
    let left = std::fs::read_dir(folders[1].path()).unwrap().count();
    assert_eq!(left, 2 * Tables::NAMES.len(), "nothing but the tables is left");
}
