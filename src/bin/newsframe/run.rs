//! `newsframe run`: the tables, the report, and every notebook executed, without a browser.

use std::collections::HashMap;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use newsframe::find::numbers::Policy;
use newsframe::tables::Format;
use serde::Deserialize;

use crate::output::tell;
use crate::setup::{Setup, say};
use crate::{extract, report};

const EXECUTE: &str = include_str!("execute.py");
/// The kernel's name in Jupyter.
const KERNEL: &str = "newsframe";

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newsframe run\n  newsframe run my-articles --out my-results\n  newsframe run data/articles notebooks/2-casualties.ipynb"
)]
pub struct Arguments {
    /// A folder of articles or one file (without: data/articles), and the notebooks to run (without: all, in order)
    #[arg(value_name = "CORPUS] [NOTEBOOK.ipynb")]
    what: Vec<PathBuf>,
    /// The folder to write into
    #[arg(long, default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    rerun: extract::Rerun,
}

/// What the runner of notebooks tells.
#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event {
    Notebook { name: String, cells: u64 },
    Cell { name: String, seconds: f64 },
    Done { name: String },
    Failed { name: String, cell: usize, source: String, message: String },
}

pub fn run(a: &Arguments) -> Result<()> {
    let (notebooks, corpora): (Vec<_>, Vec<_>) = a.what.iter().partition(|p| p.extension().is_some_and(|e| e == "ipynb"));
    if corpora.len() > 1 {
        crate::wrong_use(&format!("one corpus, please: {} and {}", corpora[0].display(), corpora[1].display()));
    }
    if let Some(missing) = a.what.iter().find(|p| !p.exists()) {
        crate::wrong_use(&format!("{} isn't there", missing.display()));
    }
    let setup = Setup::ready()?;
    let corpus = match corpora.first() {
        Some(corpus) => std::path::absolute(corpus)?,
        None => setup.project.join("data/articles"),
    };
    let notebooks =
        if notebooks.is_empty() { all(&setup.project)? } else { notebooks.iter().map(std::path::absolute).collect::<Result<_, _>>()? };
    let out = std::path::absolute(&a.out)?;
    let folder = |name: &str| -> Result<PathBuf> {
        let folder = out.join(name);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(folder)
    };
    folder("charts")?;
    let runner = Runner::ready(&setup, &corpus, &out, &folder("notebooks")?, &notebooks)?;
    say("tables");
    let earlier = report::earlier(&out);
    let tables =
        extract::extract_whole(&corpus, &folder("tables")?, &[Format::Parquet, Format::Csv], &Policy::shipped(Policy::DEFAULT)?, &a.rerun)?;
    say("report and notebooks");
    std::thread::scope(|side| {
        let report = side.spawn(|| report::write(&out, &tables, earlier.as_ref()));
        let executed = runner.execute();
        report.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        executed
    })?;
    tell_what_is_there(&out, &notebooks)
}

/// The shipped notebooks, in the order of their names.
fn all(project: &Path) -> Result<Vec<PathBuf>> {
    let folder = project.join("notebooks");
    let mut found: Vec<_> =
        std::fs::read_dir(&folder)?.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "ipynb")).collect();
    found.sort();
    Ok(found)
}

/// What executes the notebooks: `execute.py`.
struct Runner(Child);

impl Runner {
    /// Starts it: Python and the first kernels get ready while there is other work. No cell runs yet.
    fn ready(setup: &Setup, corpus: &Path, out: &Path, to: &Path, notebooks: &[PathBuf]) -> Result<Self> {
        let runner = setup
            .python("python")
            .args(["-c", EXECUTE, KERNEL])
            .arg(to)
            .args(notebooks)
            .env("NEWSFRAME_CORPUS", corpus)
            .env("NEWSFRAME_OUT", out)
            .env("NEWSFRAME_PROGRESS", "0") // nobody watches, and the outputs stay the same from run to run
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        Ok(Self(runner.context("the runner of notebooks can't be started")?))
    }

    /// Executes the notebooks and stops at the first cell that fails.
    fn execute(mut self) -> Result<()> {
        // If it is gone already, its status says so below.
        let _ = self.0.stdin.take().context("the runner's input is piped")?.write_all(b"\n");
        let events = std::io::BufReader::new(self.0.stdout.take().context("the runner's output is piped")?);
        let bar = if std::io::stderr().is_terminal() {
            ProgressBar::new(0).with_style(ProgressStyle::with_template("notebooks {bar:30} cell {pos} of {len}, {elapsed}")?)
        } else {
            ProgressBar::hidden()
        };
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        // Of each notebook that runs: its cells, the slowest in seconds, and when it began.
        let mut running: HashMap<String, (u64, f64, Instant)> = HashMap::new();
        let mut failure = None;
        for line in events.lines() {
            match serde_json::from_str(&line?)? {
                Event::Notebook { name, cells } => {
                    bar.inc_length(cells);
                    running.insert(name, (cells, 0.0, Instant::now()));
                }
                Event::Cell { name, seconds } => {
                    bar.inc(1);
                    if let Some((_, slowest, _)) = running.get_mut(&name) {
                        *slowest = slowest.max(seconds);
                    }
                }
                Event::Done { name } => {
                    if let Some((cells, slowest, start)) = running.remove(&name) {
                        let took = start.elapsed().as_secs_f64();
                        bar.suspend(|| say(&format!("{name}: {cells} cells in {took:.1} s, the slowest {slowest:.1} s")));
                    }
                }
                Event::Failed { name, cell, source, message } => {
                    failure = Some(format!("{name}, code cell {cell}:\n\n{}\n\n{message}", indented(&source)));
                }
            }
        }
        bar.finish_and_clear();
        let status = self.0.wait()?;
        match failure {
            Some(failure) => bail!("{failure}"),
            None if !status.success() => bail!("the runner of notebooks failed ({status})"),
            None => Ok(()),
        }
    }
}

impl Drop for Runner {
    /// Without a line to begin it ends by itself; its kernels with it.
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|l| format!("    {l}")).collect::<Vec<_>>().join("\n")
}

/// Says what is there now, and how to open it.
fn tell_what_is_there(out: &Path, notebooks: &[PathBuf]) -> Result<()> {
    let list = |folder: &str, ending: &str| -> Result<Vec<PathBuf>> {
        let mut files: Vec<_> = std::fs::read_dir(out.join(folder))?
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == ending))
            .collect();
        files.sort();
        Ok(files)
    };
    tell!("tables     {:>3} in {}", list("tables", "parquet")?.len(), out.join("tables").display());
    tell!(
        "charts     {:>3} in {} (SVG, PNG, the figures as CSV, a description)",
        list("charts", "svg")?.len(),
        out.join("charts").display()
    );
    tell!("notebooks  {:>3} in {}", notebooks.len(), out.join("notebooks").display());
    tell!("Open in a browser:");
    tell!("  {}", out.join("report.html").display());
    for name in notebooks.iter().filter_map(|n| n.file_stem()) {
        tell!("  {}", out.join("notebooks").join(name).with_extension("html").display());
    }
    tell!("Work with them in JupyterLab: cargo run -- lab");
    Ok(())
}
