//! `newsframe extract`: only the tables.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use newsframe::article::Extractor;
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use newsframe::pack::Packs;
use newsframe::tables::{Format, Tables};

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
    #[arg(long, default_value = "literal")]
    policy: String,
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
    let tables = extract_into(&a.corpus, &a.out, &[a.format.into()], &policy(&a.policy)?)?;
    println!("{} documents of {} are now tables in {}", tables.documents.len(), a.corpus.display(), a.out.display());
    Ok(())
}

/// Extracts a corpus and writes its tables, in each of the formats, with their manifest. Says what it does.
pub fn extract_into(name: &Path, out: &Path, formats: &[Format], policy: &Policy) -> anyhow::Result<Tables> {
    let packs = packs(name)?;
    let extractor = Extractor::with_policy(&packs, policy)?;
    let corpus = newsframe::corpus::open(name).with_context(|| format!("the corpus {}", name.display()))?;
    // A bar that nobody watches prints nothing.
    let bar = ProgressBar::new(corpus.sources.len() as u64)
        .with_style(ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} documents, {eta} left")?);
    let found = newsframe::extract::extract(&extractor, &corpus, || bar.inc(1));
    bar.finish_and_clear();
    std::fs::create_dir_all(out).with_context(|| format!("the folder {}", out.display()))?;
    let mut rows = Vec::new();
    for &format in formats {
        rows = found.tables.write(out, format)?;
    }
    Manifest::new(name, &corpus, &packs, &policy.name, &rows, &found.times).write(out)?;
    let width = rows.iter().map(|(t, _)| t.len()).max().unwrap_or(0);
    for (table, n) in rows {
        println!("  {table:<width$} {n:>8} rows");
    }
    for p in &found.tables.problems {
        eprintln!("  {}: {}: {}", p.severity, p.path, p.message);
    }
    Ok(found.tables)
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
