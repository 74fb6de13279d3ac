//! `newsframe diff`: what changed between two runs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use newsframe::manifest::Manifest;
use newsframe::tables::read;

use crate::output::tell;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe diff out-january/tables out/tables")]
pub struct Arguments {
    /// The earlier run: its folder of tables, or the folder that holds it
    run_a: PathBuf,
    /// The later run
    run_b: PathBuf,
}

/// What is compared, by which columns a row is the same row, and which of its columns may change.
const COMPARED: [(&str, &[&str], &[&str]); 3] = [
    ("documents", &["doc_id"], &["sha256", "source", "published", "language", "sentences", "tokens"]),
    (
        "claims",
        &["claim_id"],
        &["text", "value_min", "value_max", "bound", "victim_class", "voice", "speaker_text", "event_start", "scope", "negated"],
    ),
    ("terms", &["term_id"], &["text", "concept", "frame", "voice", "speaker_text", "negated"]),
];

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let (a, b) = (tables_of(&a.run_a), tables_of(&a.run_b));
    let (before, after) = (Manifest::read(&a).context("the earlier run")?, Manifest::read(&b).context("the later run")?);
    tell!("why the runs may differ:");
    let mut reasons = 0;
    for (what, x, y) in [
        ("program version", &before.version, &after.version),
        ("corpus", &before.corpus_sha256, &after.corpus_sha256),
        ("policy", &before.policy, &after.policy),
    ] {
        if x != y {
            reasons += 1;
            tell!("  {what}: {x} -> {y}");
        }
    }
    let languages: BTreeSet<_> = before.packs.keys().chain(after.packs.keys()).collect();
    for language in languages.into_iter().filter(|l| before.packs.get(*l) != after.packs.get(*l)) {
        reasons += 1;
        tell!("  language pack {language} changed");
    }
    if reasons == 0 {
        tell!("  nothing: same program, corpus, packs and policy");
    }
    for (table, key, columns) in COMPARED {
        compare(table, &rows(&a, table, key)?, &rows(&b, table, key)?, columns);
    }
    Ok(())
}

fn tables_of(run: &Path) -> PathBuf {
    let inner = run.join("tables");
    if inner.join("manifest.json").exists() { inner } else { run.to_owned() }
}

type Rows = BTreeMap<Vec<String>, BTreeMap<String, String>>;

fn rows(folder: &Path, table: &'static str, key: &[&str]) -> anyhow::Result<Rows> {
    let rows = read(folder, table)?;
    let cell = |row: &BTreeMap<String, String>, column: &str| row.get(column).cloned().unwrap_or_default();
    Ok(rows.into_iter().map(|row| (key.iter().map(|k| cell(&row, k)).collect(), row)).collect())
}

fn compare(table: &str, before: &Rows, after: &Rows, columns: &[&str]) {
    let gone: Vec<_> = before.iter().filter(|(k, _)| !after.contains_key(*k)).collect();
    let new: Vec<_> = after.iter().filter(|(k, _)| !before.contains_key(*k)).collect();
    let mut changed = Vec::new();
    for (key, row) in after {
        let Some(old) = before.get(key) else { continue };
        let moved: Vec<_> = columns.iter().filter(|c| old.get(**c) != row.get(**c)).collect();
        if !moved.is_empty() {
            changed.push((key, old, row, moved));
        }
    }
    tell!("{table}: {} before, {} after; {} new, {} gone, {} changed", before.len(), after.len(), new.len(), gone.len(), changed.len());
    let show = |sign: &str, key: &[String], row: &BTreeMap<String, String>| {
        let what = row.get("text").filter(|_| table != "documents").or_else(|| row.get("path")).map_or("", String::as_str);
        tell!("  {sign} {} {what:?}", key.join(" "));
    };
    for (key, row) in gone {
        show("-", key, row);
    }
    for (key, row) in new {
        show("+", key, row);
    }
    for (key, old, row, moved) in changed {
        show("~", key, row);
        for column in moved {
            let cell = |r: &BTreeMap<String, String>| r.get(*column).cloned().unwrap_or_default();
            tell!("      {column}: {:?} -> {:?}", cell(old), cell(row));
        }
    }
}
