//! `newsframe report`: the tables and the report over them, without notebooks.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use newsframe::report::{self, Run};
use newsframe::tables::{Format, Tables};

use crate::extract;
use crate::output::tell;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe report my-articles --out my-results")]
pub struct Arguments {
    /// A folder of articles, or one file
    #[arg(default_value = "data/articles")]
    corpus: PathBuf,
    /// The folder to write into
    #[arg(long, default_value = "out")]
    out: PathBuf,
}

pub fn run(a: &Arguments) -> Result<()> {
    std::fs::create_dir_all(&a.out).with_context(|| a.out.display().to_string())?;
    let tables = extract::extract_into(&a.corpus, &a.out.join("tables"), &[Format::Csv], &Policy::shipped(Policy::DEFAULT)?)?;
    write(&a.out, &tables)?;
    tell!("Open in a browser: {}", a.out.join("report.html").display());
    Ok(())
}

/// Writes the report over tables that stand in `out/tables` with their manifest.
pub fn write(out: &Path, tables: &Tables) -> Result<()> {
    let manifest = Manifest::read(&out.join("tables"))?;
    Ok(report::write(out, Run { tables, manifest: &manifest })?)
}
