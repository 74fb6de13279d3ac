//! `newsframe report`: the tables and the report over them, without notebooks.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use newsframe::diff::{Changes, Side};
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use newsframe::report::{self, Run};
use newsframe::tables::{Format, Tables};

use crate::extract;
use crate::output::{note, tell};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe report my-articles --out my-results")]
pub struct Arguments {
    /// A folder of articles, or one file
    #[arg(default_value = "data/articles")]
    corpus: PathBuf,
    /// The folder to write into
    #[arg(long, default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    rerun: extract::Rerun,
}

pub fn run(a: &Arguments) -> Result<()> {
    std::fs::create_dir_all(&a.out).with_context(|| a.out.display().to_string())?;
    let earlier = earlier(&a.out);
    let tables = extract::extract_whole(&a.corpus, &a.out.join("tables"), &[Format::Csv], &Policy::shipped(Policy::DEFAULT)?, &a.rerun)?;
    write(&a.out, &tables, earlier.as_ref())?;
    tell!("Open in a browser: {}", a.out.join("report.html").display());
    Ok(())
}

/// The run whose tables stand in `out`, before another one takes its place.
pub fn earlier(out: &Path) -> Option<Side> {
    Side::read(&out.join("tables")).ok()
}

/// Writes the report over tables that stand in `out/tables` with their manifest, and prints it as PDF where there is a browser.
/// With an `earlier` run it says what changed since, if anything did.
pub fn write(out: &Path, tables: &Tables, earlier: Option<&Side>) -> Result<()> {
    let manifest = Manifest::read(&out.join("tables"))?;
    let changes = earlier.map(|e| Changes::between(e, &Side::of(tables, &manifest))).filter(|c| !c.is_empty());
    report::write(out, Run { tables, manifest: &manifest, changes: changes.as_ref() })?;
    let pdf = out.join("report.pdf");
    match browser() {
        Some(browser) => print(&browser, &out.join("report.html"), &pdf).unwrap_or_else(|e| note!("no report.pdf: {e:#}")),
        None => {
            // One of an earlier run would be taken for this one's.
            let _ = std::fs::remove_file(&pdf);
        }
    }
    Ok(())
}

/// A browser that can print: `NEWSFRAME_BROWSER`, or else the first Chromium on the path.
fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("NEWSFRAME_BROWSER").map(PathBuf::from);
    let on_path = |name: &str| std::env::split_paths(&std::env::var_os("PATH")?).map(|f| f.join(name)).find(|p| p.is_file());
    named.or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path))
}

/// Prints a page of ours to a file, whole or not at all.
fn print(browser: &Path, page: &Path, pdf: &Path) -> Result<()> {
    let _ = std::fs::remove_file(pdf);
    let profile = tempfile::tempdir()?;
    let beside = profile.path().join("report.pdf");
    let mut option = OsString::from("--print-to-pdf=");
    option.push(&beside);
    let mut command = Command::new(browser);
    command.args(["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--no-pdf-header-footer"]);
    // Chromium refuses to run as root in its sandbox. The page is ours and has no scripts.
    if std::fs::metadata(profile.path()).is_ok_and(|m| is_roots(&m)) {
        command.arg("--no-sandbox");
    }
    let mut data = OsString::from("--user-data-dir=");
    data.push(profile.path());
    command.arg(data).arg(option).arg(std::path::absolute(page)?);
    let mut printing = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("the browser")?;
    let until = Instant::now() + Duration::from_mins(2);
    while printing.try_wait()?.is_none() {
        if Instant::now() > until {
            printing.kill()?;
            printing.wait()?;
            bail!("the browser took longer than two minutes");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    std::fs::copy(&beside, pdf.with_extension("pdf.part")).with_context(|| format!("{} printed nothing", browser.display()))?;
    std::fs::rename(pdf.with_extension("pdf.part"), pdf)?;
    Ok(())
}

#[cfg(unix)]
fn is_roots(of: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(of) == 0
}

#[cfg(not(unix))]
fn is_roots(_: &std::fs::Metadata) -> bool {
    false
}
