//! `newsframe extract`: only the tables.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use newsframe::pack::Packs;
use newsframe::tables::{Format, Tables, remove_others};

use crate::output::{note, tell};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe extract data/articles --out out/tables --format csv")]
pub struct Arguments {
    /// A folder of articles, or one file
    #[arg(default_value = "data/articles")]
    corpus: PathBuf,
    /// The folder to write the tables into
    #[arg(long)]
    out: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value_t = FormatName::default())]
    format: FormatName,
    /// What is taken as the one value of a figure such as "dozens": literal, acled, ucdp, or a file like those in data/policy
    #[arg(long, default_value = Policy::DEFAULT)]
    policy: String,
    #[command(flatten)]
    rerun: Rerun,
}

/// What a run makes of the last one in the same folder.
#[derive(clap::Args)]
pub struct Rerun {
    /// Extract also what has not changed since the last run into this folder, and keep nothing for the next
    #[arg(long)]
    fresh: bool,
}

impl Rerun {
    /// The file that keeps what each document gave, beside the tables.
    fn cache(&self, tables: &Path) -> Option<PathBuf> {
        (!self.fresh).then(|| tables.join(newsframe::extract::CACHE))
    }
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum FormatName {
    #[cfg(feature = "tables")]
    #[default]
    Parquet,
    Csv,
    #[cfg_attr(not(feature = "tables"), default)]
    Jsonl,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            #[cfg(feature = "tables")]
            FormatName::Parquet => Self::Parquet,
            FormatName::Csv => Self::Csv,
            FormatName::Jsonl => Self::Jsonl,
        }
    }
}

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let documents = extract_into(&a.corpus, &a.out, &[a.format.into()], &policy(&a.policy)?, &a.rerun)?;
    tell!("{documents} documents of {} are now tables in {}", a.corpus.display(), a.out.display());
    Ok(())
}

/// Extracts a corpus and writes its tables, in each of the formats, with their manifest. Says what it does, and gives the number of
/// documents.
pub fn extract_into(name: &Path, out: &Path, formats: &[Format], policy: &Policy, rerun: &Rerun) -> anyhow::Result<usize> {
    let packs = packs(name)?.without_examples();
    let extractor = Extractor::with_policy(&packs, policy)?;
    let mut reader = Reader::open(name).with_context(|| format!("the corpus {}", name.display()))?;
    // A bar that nobody watches prints nothing.
    let bar = ProgressBar::new(reader.bytes_in_all())
        .with_style(ProgressStyle::with_template("{bar:40} {percent}%, {msg} documents, {eta} left")?);
    make_folder(out, name, true)?;
    let written = newsframe::extract::extract_to(extractor, &mut reader, out, formats, rerun.cache(out).as_deref(), |done| {
        bar.set_position(done.bytes);
        bar.set_message(done.documents.to_string());
    })
    .with_context(|| format!("the tables in {}", out.display()))?;
    bar.finish_and_clear();
    let rows = written.rows;
    write_manifest(Manifest::new(name, &reader.files, &packs, policy, &rows, &written.times), out, formats)?;
    let width = rows.iter().map(|(t, _)| t.len()).max().unwrap_or(0);
    for (table, n) in &rows {
        tell!("  {table:<width$} {n:>8} rows");
    }
    for p in &written.problems {
        note!("  {}: {}: {}", p.severity, p.path, p.message);
    }
    let documents = rows.iter().find(|(table, _)| *table == "documents").map_or(0, |(_, n)| *n);
    tell_reused(written.reused, documents);
    Ok(documents)
}

fn tell_reused(reused: usize, of: usize) {
    if reused > 0 {
        tell!("{reused} of {of} documents are as they were at the last run; what they gave then was taken");
    }
}

/// The same for what needs all rows at once: charts and the report. Gives the tables.
#[cfg(feature = "charts")]
pub fn extract_whole(name: &Path, out: &Path, formats: &[Format], policy: &Policy, rerun: &Rerun) -> anyhow::Result<Tables> {
    let packs = packs(name)?.without_examples();
    let extractor = Extractor::with_policy(&packs, policy)?;
    let mut reader = Reader::open(name).with_context(|| format!("the corpus {}", name.display()))?;
    let bar = ProgressBar::new(reader.bytes_in_all())
        .with_style(ProgressStyle::with_template("{bar:40} {percent}%, {msg} documents, {eta} left")?);
    make_folder(out, name, true)?;
    let found = newsframe::extract::extract_from(&extractor, &mut reader, rerun.cache(out).as_deref(), |done| {
        bar.set_position(done.bytes);
        bar.set_message(done.documents.to_string());
    })?;
    bar.finish_and_clear();
    tell_reused(found.reused, found.tables.documents.len());
    let mut rows = Vec::new();
    for &format in formats {
        rows = found.tables.write(out, format)?;
    }
    write_manifest(Manifest::new(name, &reader.files, &packs, extractor.policy(), &rows, &found.times), out, formats)?;
    for p in &found.tables.problems {
        note!("  {}: {}: {}", p.severity, p.path, p.message);
    }
    Ok(found.tables)
}

/// Writes what tables were made from beside them, and removes those of an earlier run that it does not describe.
fn write_manifest(manifest: Manifest, out: &Path, formats: &[Format]) -> anyhow::Result<()> {
    if Manifest::read(out).is_ok_and(|earlier| !manifest.same_tables(&earlier)) {
        let removed = remove_others(out, formats)?;
        if removed > 0 {
            tell!("{removed} tables of the last run in another format were removed, as they are not those of this one");
        }
    }
    Ok(manifest.write(out)?)
}

/// Makes the folder for what a corpus gives, where that can't be taken for articles by the next run nor take the place of one. A folder in the corpus
/// is left out by its manifest, if it has one.
pub fn make_folder(out: &Path, corpus: &Path, has_manifest: bool) -> anyhow::Result<()> {
    let articles = corpus.canonicalize().with_context(|| format!("the corpus {}", corpus.display()))?;
    let place = std::path::absolute(out)?;
    let around = place.ancestors().find_map(|p| p.canonicalize().ok());
    let is_corpus = place.canonicalize().is_ok_and(|p| p == articles);
    let is_inside = is_corpus || !has_manifest && around.is_some_and(|p| p.starts_with(&articles));
    let (out_name, name) = (out.display(), corpus.display());
    if articles.is_dir() && is_inside {
        let place = if has_manifest { "another folder" } else { "a folder outside" };
        crate::wrong_use(&format!(
            "--out {out_name} is in the corpus {name}: the next run would take for articles what is written there; name {place}"
        ));
    }
    if is_table(&articles) && place.canonicalize().is_ok_and(|p| articles.parent() == Some(&p)) {
        crate::wrong_use(&format!(
            "--out {out_name} holds the corpus {name}, which has the name of a table and could be replaced by it; name another folder"
        ));
    }
    std::fs::create_dir_all(out).with_context(|| format!("the folder {}", out.display()))
}

/// Whether a file has the name of a table.
fn is_table(path: &Path) -> bool {
    path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| Tables::NAMES.contains(&stem))
}

/// A policy by its name or its file.
pub fn policy(name: &str) -> anyhow::Result<Policy> {
    if Path::new(name).extension().is_none_or(|e| e != "toml") {
        return Ok(Policy::shipped(name)?);
    }
    let text = std::fs::read_to_string(name).with_context(|| format!("the policy {name}"))?;
    Ok(Policy::parse(name, &text)?)
}

/// The shipped packs with what a folder `packs` beside or in the corpus adds.
pub fn packs(corpus: &Path) -> anyhow::Result<Packs> {
    Ok(Packs::for_corpus(corpus)?)
}
