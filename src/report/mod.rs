//! The report: what a run found, as pages for any browser that need no network, no script and no server.
//!
//! 1. [`write`] settles where everything stands ([`places`]: each document's page, each sentence's anchor in it).
//! 2. `report.html` holds findings, charts, method, limits, problems, dictionary and manifest (`overview`).
//! 3. `report/TABLE-N.html` are the tables in full, a screenful of rows a page (`sheets`).
//! 4. `report/CHART-mark-N.html` list the rows that a mark of a chart stands for, where it is more than one (`behind`).
//! 5. `report/articles/ID.html` are the articles, each sentence an anchor that rows and charts lead to (`article`, `marks`), with
//!    the source beside the clean text (`edits`).
//! 6. `report/changes.html` says what changed since the run before (`changes`).
//! 7. All share one frame (`page`) and one style sheet. Markup is made by `maud`, which escapes every text it is given; a content
//!    security policy forbids scripts, requests and foreign styles on top of that.
//!
//! The same tables and manifest give the same bytes.

mod article;
mod behind;
mod changes;
mod dictionary;
mod edits;
mod marks;
mod overview;
mod page;
mod places;
mod sheets;

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use crate::diff::Changes;
use crate::error::{Error, Result};
use crate::manifest::Manifest;
use crate::tables::{Tables, whole_file};
use page::Depth;
use places::Places;

/// The folder beside `report.html` with all other pages.
const FOLDER: &str = "report";

/// What a report tells of.
#[derive(Clone, Copy, Debug)]
pub struct Run<'r> {
    /// What was found.
    pub tables: &'r Tables,
    /// What it was found in, and by which program, packs and policy.
    pub manifest: &'r Manifest,
    /// What changed since the run before, if there was one.
    pub changes: Option<&'r Changes>,
}

/// Writes `report.html` and the folder `report` with its other pages into `out`. What an earlier run left there is replaced only
/// when all pages are there; `report.html` comes last, so where it is, everything it leads to is.
///
/// # Errors
/// If a chart can't be drawn or a file can't be written; the earlier report is still whole then, unless the very last steps failed.
pub fn write(out: &Path, run: Run<'_>) -> Result<()> {
    let beside = out.join(format!("{FOLDER}.{}.part", std::process::id()));
    let folder = out.join(FOLDER);
    let top = out.join("report.html");
    let build = || {
        let places = Places::new(run.tables);
        std::fs::create_dir_all(beside.join("articles")).map_err(Error::io(&beside))?;
        if let Some(changes) = run.changes {
            put(&beside.join("changes.html"), &changes::page(changes, Some(&places), Depth::Sheets).render().0)?;
        }
        let (overview, behind) = overview::page(run, &places)?;
        sheets::pages(run, &places).into_par_iter().chain(behind).try_for_each(|(name, page)| put(&beside.join(name), &page.render().0))?;
        article::all(run, &places).try_for_each(|(name, page)| put(&beside.join("articles").join(name), &page.render().0))?;
        for old in [&top, &folder] {
            remove(old)?;
        }
        std::fs::rename(&beside, &folder).map_err(Error::io(&folder))?;
        let page = overview.render().0;
        whole_file(&top, |out| out.write_all(page.as_bytes()).map_err(Error::io(&top)))
    };
    build().inspect_err(|_| {
        let _ = remove(&beside);
    })
}

/// Writes what changed between two runs as a page of its own.
///
/// # Errors
/// If the file can't be written; it is there whole or not at all.
pub fn write_changes(path: &Path, changes: &Changes) -> Result<()> {
    let page = changes::page(changes, None, Depth::Top).render().0;
    whole_file(path, |out| out.write_all(page.as_bytes()).map_err(Error::io(path)))
}

fn put(path: &Path, page: &str) -> Result<()> {
    std::fs::write(path, page).map_err(Error::io(path))
}

fn remove(path: &Path) -> Result<()> {
    let gone = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match gone {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path)(e)),
        _ => Ok(()),
    }
}
