//! `newsframe check`: the language packs against their own examples, and the corpus against its index.

use std::path::PathBuf;

use anyhow::bail;
use newsframe::article::Extractor;

use crate::extract::packs;
use crate::output::tell;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe check data/articles")]
pub struct Arguments {
    /// A folder of articles, or one file
    #[arg(default_value = "data/articles")]
    corpus: PathBuf,
}

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let packs = packs(&a.corpus)?;
    let failures = Extractor::new(&packs)?.check();
    for f in &failures {
        tell!("{f}");
    }
    let corpus = newsframe::corpus::open(&a.corpus)?;
    for p in &corpus.problems {
        tell!("{}: {}: {}", p.path, p.severity, p.message);
    }
    let languages: Vec<_> = packs.iter().map(|p| p.language.to_string()).collect();
    tell!(
        "packs {}: {} examples fail; {}: {} documents, {} problems",
        languages.join(", "),
        failures.len(),
        a.corpus.display(),
        corpus.sources.len(),
        corpus.problems.len()
    );
    if !failures.is_empty() || corpus.problems.iter().any(|p| p.severity == newsframe::vocabulary::Severity::Error) {
        bail!("not all is well");
    }
    Ok(())
}
