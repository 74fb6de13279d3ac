//! `newsframe cluster`: the same extraction on Apache Spark, on this machine or on many.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use serde::Deserialize;
use serde_json::json;

use crate::extract;
use crate::output::tell;
use crate::setup;

const DRIVER: &str = include_str!("cluster.py");
/// What is installed beside the notebooks' environment, pinned.
const REQUIREMENTS: &str = include_str!("cluster.txt");
/// The Java that Spark 4 needs.
const JAVA: u32 = 17;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newsframe cluster news.jsonl.gz --out out/news\n  newsframe cluster hdfs:///cc-news --out hdfs:///cc-news-tables --master yarn --conf spark.executor.memory=4g"
)]
pub struct Arguments {
    /// A file or folder of .parquet, .jsonl (.gz, .zst), .html or .warc (.gz), here or wherever Spark reads
    input: String,
    /// The folder to write into: NAME.parquet for each table
    #[arg(long)]
    out: String,
    /// Where Spark runs; each part of the work is tried up to four times here
    #[arg(long, default_value = "local[2,4]")]
    master: String,
    /// A setting of Spark's
    #[arg(long, value_name = "NAME=VALUE")]
    conf: Vec<String>,
    /// A folder with `packs` and `aliases.csv` of your own, at the same place on every machine
    #[arg(long)]
    beside: Option<PathBuf>,
    /// What is taken as the one value of a figure such as "dozens": literal, acled, ucdp, or a file like those in data/policy
    #[arg(long, default_value = Policy::DEFAULT)]
    policy: String,
    /// The program that the machines run, where it is not this one: built for them, with nothing to link
    #[arg(long)]
    worker: Option<PathBuf>,
}

/// What the driver tells.
#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event {
    Step { name: String, done: u64, of: u64 },
    Done { rows: BTreeMap<String, u64> },
    Failed { message: String },
}

pub fn run(a: &Arguments) -> Result<()> {
    let Some(mut settings) = a.conf.iter().map(|c| c.split_once('=')).collect::<Option<Vec<_>>>() else {
        crate::wrong_use("--conf wants NAME=VALUE, as spark.executor.memory=4g");
    };
    // A user's own come later, and so count.
    settings.splice(
        ..0,
        [
            ("spark.ui.showConsoleProgress", "false"),
            ("spark.log.level", "ERROR"),
            ("spark.driver.memory", "2g"),
            ("spark.sql.execution.arrow.maxRecordsPerBatch", "1024"),
            ("spark.sql.execution.arrow.maxBytesPerBatch", "8m"),
            // So that small files share a task.
            ("spark.sql.files.openCostInBytes", "64k"),
        ],
    );
    let version = java()?;
    let (python, home) = setup::spark(REQUIREMENTS)?;
    let is_here = a.master.starts_with("local");
    // Spark takes its options apart at marks.
    let is_plain = |home: &PathBuf| !home.to_string_lossy().contains(['"', '\\']);
    let classes = home.filter(|home| is_here && is_plain(home)).map(|home| Classes::in_folder(&home, &version));
    // Of Java's own time most went into compiling itself for a run of hours, and much into reading classes.
    let quick = format!("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC{}", classes.as_ref().map_or_else(String::new, Classes::option));
    if is_here {
        settings
            .splice(..0, [("spark.ui.enabled", "false"), ("spark.sql.shuffle.partitions", "8"), ("spark.driver.extraJavaOptions", &quick)]);
    }
    let packs = a.beside.as_deref().map_or_else(|| Ok(newsframe::pack::Packs::shipped()), extract::packs)?;
    let policy = extract::policy(&a.policy)?;
    let worker = match &a.worker {
        Some(worker) => std::path::absolute(worker)?,
        None => std::env::current_exe()?,
    };
    let manifest = Manifest::new(a.input.as_ref(), &[], &packs, &policy, &[], &[]);
    let told = json!({
        "input": place(&a.input)?, "out": place(&a.out)?, "master": a.master, "conf": settings, "policy": a.policy,
        "beside": a.beside.as_ref().map(std::path::absolute).transpose()?, "worker": worker, "manifest": manifest,
    });
    let log = tempfile::Builder::new().prefix("newsframe-spark-").suffix(".log").tempfile()?;
    let mut driver = Command::new(&python);
    if is_here {
        driver.env("PYSPARK_PYTHON", &python);
    }
    let mut driver = driver
        .args(["-c", DRIVER])
        .arg(told.to_string())
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log.reopen()?)
        .spawn()
        .with_context(|| format!("{} can't be started", python.display()))?;
    let events = BufReader::new(driver.stdout.take().context("the driver's output is piped")?);
    // A bar that nobody watches prints nothing.
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{msg} {bar:30} task {pos} of {len}, {elapsed}")?);
    let mut end = None;
    for line in events.lines() {
        // Spark's own words, if any get here, are no events.
        match serde_json::from_str(&line?) {
            Ok(Event::Step { name, done, of }) => {
                bar.set_message(name);
                bar.set_length(of);
                bar.set_position(done);
            }
            Ok(last) => end = Some(last),
            Err(_) => {}
        }
    }
    bar.finish_and_clear();
    let status = driver.wait()?;
    // Java has ended too, as nobody has its output open any more.
    if let Some(classes) = classes {
        classes.settle(status.success());
    }
    match end {
        Some(Event::Done { rows }) if status.success() => {
            for (table, n) in &rows {
                tell!("  {table:<9} {n:>12} rows");
            }
            tell!("{} documents of {} are now tables in {}", rows.get("documents").unwrap_or(&0), a.input, a.out);
            Ok(())
        }
        end => {
            let reason = match end {
                Some(Event::Failed { message }) => message,
                _ => format!("it ended with {status}"),
            };
            bail!("Spark: {reason}\nwhat Spark said is in {}", log.keep()?.1.display())
        }
    }
}

/// A path of this machine in full; an address of a file system as it is.
fn place(name: &str) -> Result<String> {
    if name.contains("://") {
        return Ok(name.to_owned());
    }
    let path = std::path::absolute(name)?;
    path.into_os_string().into_string().ok().with_context(|| format!("{name} is not UTF-8"))
}

/// Spark's classes as Java has them in memory ("class data sharing"), 190 MB that the first run writes, so that later ones start sooner. Java passes over a
/// file that doesn't fit it.
struct Classes {
    file: PathBuf,
    is_new: bool,
}

impl Classes {
    fn in_folder(home: &Path, java: &str) -> Self {
        let file = home.join(format!("java-{}.jsa", java.replace(|c: char| !c.is_ascii_alphanumeric(), "-")));
        let is_new = !file.is_file();
        Self { file, is_new }
    }

    /// Where they are written until the run is over.
    fn beside(&self) -> PathBuf {
        self.file.with_extension(format!("{}.part", std::process::id()))
    }

    fn option(&self) -> String {
        let (option, file) = if self.is_new { ("ArchiveClassesAtExit", self.beside()) } else { ("SharedArchiveFile", self.file.clone()) };
        format!(" -Xlog:disable \"-XX:{option}={}\"", file.display())
    }

    /// Puts what a run wrote in its place, if it is whole. Without it the next run is as slow as this one.
    fn settle(&self, is_whole: bool) {
        if self.is_new && !(is_whole && std::fs::rename(self.beside(), &self.file).is_ok()) {
            let _ = std::fs::remove_file(self.beside());
        }
    }
}

/// Looks for a Java that is new enough, and gives its version.
fn java() -> Result<String> {
    let help = format!(
        "Spark needs Java {JAVA} or newer: install it (Debian and Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17; or \
         https://adoptium.net), or name its folder in JAVA_HOME"
    );
    let java = std::env::var_os("JAVA_HOME").map_or_else(|| "java".into(), |home| PathBuf::from(home).join("bin/java"));
    let Ok(told) = Command::new(&java).arg("-version").output() else { bail!("{} can't be started. {help}", java.display()) };
    // `openjdk version "17.0.15" 2025-04-15`; Java 8 calls itself 1.8.
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    let version = told.split('"').nth(1).unwrap_or_default();
    match version.split('.').next().and_then(|v| v.parse::<u32>().ok()) {
        Some(major) if major >= JAVA => Ok(version.to_owned()),
        _ => bail!("{} is too old, or none: {}. {help}", java.display(), told.lines().next().unwrap_or("it says nothing")),
    }
}
