//! `newsframe lab`: the notebooks in JupyterLab.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::setup::{Setup, say};

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  newsframe lab\n  newsframe lab my-articles\n  newsframe lab -- --no-browser --port 8899")]
pub struct Arguments {
    /// A folder of articles, or one file (without: data/articles)
    corpus: Option<PathBuf>,
    /// Where the notebooks write their charts
    #[arg(long, default_value = "out")]
    out: PathBuf,
    /// Passed on to JupyterLab
    #[arg(last = true)]
    jupyter: Vec<String>,
}

pub fn run(a: &Arguments) -> Result<()> {
    if let Some(missing) = a.corpus.as_ref().filter(|p| !p.exists()) {
        crate::wrong_use(&format!("{} isn't there", missing.display()));
    }
    let setup = Setup::ready()?;
    let corpus = match &a.corpus {
        Some(corpus) => std::path::absolute(corpus)?,
        None => setup.project.join("data/articles"),
    };
    let out = std::path::absolute(&a.out)?;
    std::fs::create_dir_all(&out)?;
    say(&format!("JupyterLab over {}; end it with Ctrl-C", corpus.display()));
    let mut lab = setup.python("jupyter");
    lab.arg("lab");
    if !a.jupyter.iter().any(|given| given.starts_with("--ServerApp.root_dir")) {
        lab.arg(format!("--ServerApp.root_dir={}", setup.project.join("notebooks").display()));
    }
    let status = lab.args(&a.jupyter).env("NEWSFRAME_CORPUS", corpus).env("NEWSFRAME_OUT", out).status()?;
    if !status.success() {
        bail!("JupyterLab ended with {status}");
    }
    Ok(())
}
