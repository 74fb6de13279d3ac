//! `newsframe diff`: what changed between two runs, and why.

use std::path::{Path, PathBuf};

use anyhow::Context;
use newsframe::diff::{Changes, Kind, Side, TableChanges};
use newsframe::tally::Rate;

use crate::output::tell;

#[derive(clap::Args)]
#[cfg_attr(
    feature = "charts",
    command(
        after_help = "Examples:\n  newsframe diff out-january/tables out/tables\n  newsframe diff out-january out --html what-changed.html"
    )
)]
#[cfg_attr(not(feature = "charts"), command(after_help = "Example:\n  newsframe diff out-january/tables out/tables"))]
pub struct Arguments {
    /// The earlier run: its folder of tables, or the folder that holds it
    run_a: PathBuf,
    /// The later run
    run_b: PathBuf,
    /// Also write what changed as a page for a browser
    #[cfg(feature = "charts")]
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let before = Side::read(&tables_of(&a.run_a)).context("the earlier run")?;
    let after = Side::read(&tables_of(&a.run_b)).context("the later run")?;
    let changes = Changes::between(&before, &after);
    tell!("why the runs may differ:");
    if changes.reasons.is_empty() {
        tell!("  nothing: same program, corpus, packs and policy");
    }
    for (what, before, after) in &changes.reasons {
        tell!("  {what}: {} -> {}", known(before), known(after));
    }
    changes.tables.iter().for_each(tell_table);
    tell!("rates per 1,000 tokens: {} moved", changes.rates.len());
    for r in &changes.rates {
        tell!("  {}, {}: {} -> {} ({})", r.source, r.what, rate(&r.before), rate(&r.after), r.why);
    }
    #[cfg(feature = "charts")]
    if let Some(page) = &a.html {
        newsframe::report::write_changes(page, &changes)?;
        tell!("Open in a browser: {}", page.display());
    }
    Ok(())
}

fn tables_of(run: &Path) -> PathBuf {
    let inner = run.join("tables");
    if inner.join("manifest.json").exists() { inner } else { run.to_owned() }
}

fn tell_table(t: &TableChanges) {
    let [new, gone, changed] = [Kind::New, Kind::Gone, Kind::Changed].map(|k| t.count(k));
    tell!("{}: {} before, {} after; {new} new, {gone} gone, {changed} changed", t.table, t.before, t.after);
    for c in &t.rows {
        let sign = match c.kind {
            Kind::New => '+',
            Kind::Gone => '-',
            Kind::Changed => '~',
        };
        tell!("  {sign} {} {:?} ({})", c.id, c.words, c.why);
        for (column, before, after) in &c.cells {
            tell!("      {column}: {} -> {}", known(before), known(after));
        }
    }
}

fn known(cell: &str) -> &str {
    if cell.is_empty() { "unknown" } else { cell }
}

fn rate(r: &Rate) -> String {
    r.rate.map_or_else(|| "no tokens".to_owned(), |rate| format!("{rate:.1} ({} of {})", r.count, r.tokens))
}
