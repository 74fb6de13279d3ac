//! Stories: Markdown files in `tests/stories` that hold an article and the rows that must come of it.
//!
//! A block ```` ```article ```` holds the text, with `language: en` and `published: 2022-01-07` lines before a blank line. Each block
//! after it, up to the next article, is named after a table; its first line names columns, the others are all rows of that
//! table, in order. `-` is null. Failures are shown as a difference.

#![allow(clippy::unwrap_used)] // a test that fails says where

use std::path::Path;

use newsframe::article::Extractor;
use newsframe::corpus::{Corpus, PublishedDate, Source};
use newsframe::extract::extract;
use newsframe::pack::{Lang, Packs};
use newsframe::tables::{Row, Tables};
use newsframe::vocabulary::Basis;

fn source(block: &str) -> Source {
    let (head, text) = block.split_once("\n\n").expect("an article has a head and a text");
    let field = |name: &str| head.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": "));
    Source {
        id: Some("story".into()),
        path: "story".into(),
        text: text.to_owned(),
        has_bytes: true,
        source: field("source").map(str::to_owned),
        language: field("language").and_then(Lang::parse),
        published: field("published").and_then(|p| PublishedDate::parse(p, Basis::Index)),
        ..Source::default()
    }
}

fn shown<R: Row>(rows: &[R], columns: &[&str]) -> String {
    let at: Vec<usize> = columns
        .iter()
        .map(|c| R::COLUMNS.iter().position(|x| x == c).unwrap_or_else(|| panic!("{} has no column {c}", R::TABLE)))
        .collect();
    let line = |r: &R| {
        let cells = r.cells();
        at.iter().map(|&i| if cells[i].is_empty() { "-" } else { cells[i].as_str() }).collect::<Vec<_>>().join(" | ")
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn table(tables: &Tables, name: &str, columns: &[&str]) -> String {
    match name {
        "sentences" => shown(&tables.sentences, columns),
        "quotes" => shown(&tables.quotes, columns),
        "mentions" => shown(&tables.mentions, columns),
        "dates" => shown(&tables.dates, columns),
        "claims" => shown(&tables.claims, columns),
        "terms" => shown(&tables.terms, columns),
        "edits" => shown(&tables.edits, columns),
        other => panic!("no story can show the table {other}"),
    }
}

#[test]
fn every_story_comes_true() {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    files.sort();
    let (mut wrong, mut blocks) = (String::new(), 0);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut tables = Tables::default();
        for (i, block) in text.split("```").enumerate().filter(|(i, _)| i % 2 == 1) {
            let (name, body) = block.split_once('\n').unwrap();
            if name == "article" {
                let corpus = Corpus { sources: vec![source(body.trim_end())], ..Corpus::default() };
                tables = extract(&extractor, &corpus, || ()).tables;
                continue;
            }
            blocks += 1;
            let (head, want) = body.trim_end().split_once('\n').unwrap_or((body.trim_end(), ""));
            let columns: Vec<&str> = head.split('|').map(str::trim).collect();
            let got = table(&tables, name, &columns);
            let want = want.lines().map(|l| l.split('|').map(str::trim).collect::<Vec<_>>().join(" | ")).collect::<Vec<_>>().join("\n");
            if got != want {
                wrong += &format!("\n{} block {}: {name}\n--- wanted\n{want}\n--- got\n{got}\n", file.display(), i.div_ceil(2));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(blocks > 0, "no story was told");
}
