//! The same corpus by `extract` and by Apache Spark gives the same rows, also when a worker is killed in the middle.
//!
//! Needs Java and PySpark. With `NEWSFRAME_TEST_SPARK` set the command fetches PySpark itself (`.newsframe/spark`); without it, these
//! tests run if it is there already or `NEWSFRAME_SPARK_PYTHON` names a Python that has it, and otherwise say that nothing was tested.

#![cfg(all(feature = "tables", feature = "worker"))]
#![allow(clippy::unwrap_used)] // a test that fails says where

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use newsframe::corpus;
use newsframe::tables::{Tables, read};

fn newsframe(arguments: &[&str]) {
    let run = Command::new(env!("CARGO_BIN_EXE_newsframe")).args(arguments).output().unwrap();
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

fn is_ready() -> bool {
    let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(".newsframe/spark.stamp").is_file();
    let wanted = ["NEWSFRAME_TEST_SPARK", "NEWSFRAME_SPARK_PYTHON"].into_iter().any(|name| std::env::var_os(name).is_some());
    let java = Command::new("java").arg("-version").output().is_ok();
    if java && (there || wanted) {
        return true;
    }
    eprintln!("NOT TESTED: no {} is here", if java { "PySpark" } else { "Java" });
    false
}

/// The three articles and what is awkward beside them: an id twice, a story again, lines that are no articles, an empty one.
fn corpus_of_lines(folder: &Path) -> PathBuf {
    let articles = corpus::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles")).unwrap();
    let mut lines = String::new();
    for (i, source) in articles.sources.iter().chain(articles.sources.first()).enumerate() {
        let published = source.published.map(|p| p.to_string());
        let line = serde_json::json!({"id": i.min(2), "text": source.text, "source": source.source, "title": source.title, "published": published});
        writeln!(lines, "{line}\n{{\"txt\": {i}}}\n").unwrap();
    }
    lines.push_str("not an article\n{\"text\": \"  \"}\n{\"text\": \"26 dead.\", \"language\": \"english\"}\n{\"text\": \"26 dead.\"}");
    let folder = folder.join("in put");
    std::fs::create_dir_all(folder.join("b")).unwrap();
    std::fs::write(folder.join("b/a+1.jsonl"), &lines).unwrap();
    std::fs::write(folder.join("b.jsonl"), "{\"text\": \"Twelve people were killed in Almaty on 6 January 2022, police said.\"}\n")
        .unwrap();
    folder
}

/// The rows of every table, in an order of their own.
fn rows(folder: &Path) -> BTreeMap<&'static str, Vec<BTreeMap<String, String>>> {
    let sorted = |table| {
        let mut rows = read(folder, table).unwrap();
        rows.sort();
        rows
    };
    Tables::NAMES.iter().map(|table| (*table, sorted(table))).collect()
}

#[test]
fn spark_gives_the_rows_of_extract_also_when_a_worker_is_killed() {
    if !is_ready() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let corpus = corpus_of_lines(folder.path());
    let out = |name: &str| folder.path().join(name);
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    newsframe(&["extract", &text(&corpus), "--out", &text(&out("whole"))]);
    let whole = rows(&out("whole"));
    assert!(whole["claims"].len() > 5 && whole["documents"].iter().any(|d| d.contains_key("duplicate_of")));

    // The first call asks for the schema. The second is ended in the middle of what it writes.
    let killed = out("killed.sh");
    let script = format!(
        "#!/bin/sh\nif [ \"$2\" = documents ] && ! mkdir '{0}/asked' 2>/dev/null && mkdir '{0}/ended' 2>/dev/null; then\n  '{1}' \"$@\" | head -c 30000\n  kill -9 $$\nfi\nexec '{1}' \"$@\"\n",
        folder.path().display(),
        env!("CARGO_BIN_EXE_newsframe")
    );
    std::fs::write(&killed, script).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&killed, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let cluster = |worker: &Path| {
        newsframe(&["cluster", &text(&corpus), "--out", &text(&out("cluster")), "--worker", &text(worker)]);
        rows(&out("cluster"))
    };
    let pieces = cluster(&killed);
    assert!(out("ended").is_dir(), "no worker was ended");
    for (table, rows) in &whole {
        assert_eq!(pieces[table], *rows, "{table}");
    }
    // Again into the same folder.
    assert_eq!(cluster(Path::new(env!("CARGO_BIN_EXE_newsframe"))), whole);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .map(|e| e.file_name())
        .filter(|n| n.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn spark_reads_pages_archives_of_pages_and_parquet() {
    if !is_ready() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |command: &str, input: &str, out: &str| {
        newsframe(&[command, at(input).to_str().unwrap(), "--out", at(out).to_str().unwrap()]);
        rows(&at(out))
    };
    let mut archive = Vec::new();
    for name in ["pages", "archive", "parquet"] {
        std::fs::create_dir(at(name)).unwrap();
    }
    for name in ["agency.html", "interview.html", "newsletter.html"] {
        let page = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name)).unwrap();
        std::fs::write(at("pages").join(name), &page).unwrap();
        let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", page.as_slice()].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{:012}>\r\nWARC-Date: 2022-01-07T00:00:00Z\r\n\
             WARC-Target-URI: https://news.example/{name}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            archive.len(),
            http.len()
        );
        archive.extend([head.as_bytes(), &http, b"\r\n\r\n"].concat());
    }
    std::fs::write(at("archive/news.warc"), archive).unwrap();
    let pages = run("extract", "pages", "whole");
    assert_eq!(pages["documents"].len(), 3);
    assert_eq!(run("cluster", "pages", "of-pages"), pages);

    // An archive knows the same pages by other names, a table of documents has their texts only.
    let said = |rows: &BTreeMap<&str, Vec<BTreeMap<String, String>>>| {
        let mut texts: Vec<_> = rows["sentences"].iter().map(|s| s["text"].clone()).collect();
        texts.sort();
        texts
    };
    assert_eq!(said(&run("cluster", "archive", "of-archive")), said(&pages));
    std::fs::copy(at("whole/documents.parquet"), at("parquet/documents.parquet")).unwrap();
    let tables = run("cluster", "parquet", "of-parquet");
    let named = |rows: &BTreeMap<&str, Vec<BTreeMap<String, String>>>| -> Vec<_> {
        rows["documents"].iter().map(|d| ["path", "title", "published", "text"].map(|column| d.get(column).cloned())).collect()
    };
    let sorted = |mut rows: Vec<[Option<String>; 4]>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(named(&tables)), sorted(named(&pages)));
}

/// Tables that an engine wrote in pieces, opened lazily.
#[cfg(feature = "charts")]
#[test]
fn a_folder_of_tables_opens_lazily() {
    use newsframe::notebook::{News, Results, col, len, lit};
    let folder = tempfile::tempdir().unwrap();
    let news = News::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles")).unwrap();
    news.write(folder.path(), newsframe::tables::Format::Parquet).unwrap();
    // The same table as a folder of two files.
    let file = folder.path().join("claims.parquet");
    let moved = folder.path().join("part");
    std::fs::rename(&file, &moved).unwrap();
    std::fs::create_dir(&file).unwrap();
    std::fs::copy(&moved, file.join("part-1.parquet")).unwrap();
    std::fs::rename(&moved, file.join("part-0.parquet")).unwrap();
    std::fs::write(file.join("_SUCCESS"), "").unwrap();

    let results = Results::open(folder.path()).unwrap();
    let count = |frame: newsframe::notebook::LazyFrame| frame.collect().unwrap().height();
    let killed =
        |claims: newsframe::notebook::LazyFrame| claims.filter(col("kind").eq(lit("killed"))).select([col("claim_id"), col("value_min")]);
    let here = count(killed(newsframe::notebook::IntoLazy::lazy(news.claims().unwrap())));
    assert!(here > 0);
    assert_eq!(count(killed(results.claims().unwrap())), 2 * here);
    assert_eq!(count(results.claims().unwrap().limit(1)), 1);
    assert_eq!(
        count(results.claims().unwrap().group_by([col("kind")]).agg([len()])),
        count(newsframe::notebook::IntoLazy::lazy(news.claims().unwrap()).group_by([col("kind")]).agg([len()]))
    );
    assert_eq!(read(folder.path(), "claims").unwrap().len(), 2 * news.claims.len());
    assert!(Results::open(folder.path().join("part-0")).is_err());
}
