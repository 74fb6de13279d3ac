//! Tables of a finished run in Parquet as lazy frames: a query reads the columns that it uses, a file at a time.

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polars::prelude::{AnonymousScan, AnonymousScanArgs, DataFrame, IntoLazy, LazyFrame, PolarsResult, ScanArgsAnonymous, SchemaRef};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::read::{parquet, parts};
use crate::error::{Error, Result};

/// A table of a run's folder, as a file or as a folder of files.
///
/// # Errors
/// If it is not there in Parquet, or can't be read.
pub fn scan(folder: &Path, table: &'static str) -> Result<LazyFrame> {
    let wrong = |message: String| Error::Table { table, message };
    let files = parts(&folder.join(format!("{table}.parquet")))?;
    if files.is_empty() {
        return Err(wrong(format!("there are no files in {}", folder.display())));
    }
    let arguments = ScanArgsAnonymous { name: table, ..ScanArgsAnonymous::default() };
    LazyFrame::anonymous_scan(Arc::new(Files(files)), arguments).map_err(|e| wrong(e.to_string()))
}

/// The files of one table; there is at least one.
struct Files(Vec<PathBuf>);

impl AnonymousScan for Files {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn scan(&self, asked: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let columns: Option<Vec<String>> = asked.with_columns.as_ref().map(|names| names.iter().map(ToString::to_string).collect());
        let mut all: Option<DataFrame> = None;
        for file in &self.0 {
            let frame = parquet(file, columns.clone())?;
            // What a file has too much is let go before the next one is read.
            let frame = match &asked.predicate {
                Some(rows) => frame.lazy().filter(rows.clone()).collect()?,
                None => frame,
            };
            match &mut all {
                Some(all) => drop(all.vstack_mut(&frame)?),
                None => all = Some(frame),
            }
            if asked.n_rows.is_some_and(|n| all.as_ref().is_some_and(|all| all.height() >= n)) {
                break;
            }
        }
        let all = all.unwrap_or_default();
        Ok(asked.n_rows.map_or_else(|| all.clone(), |n| all.head(Some(n))))
    }

    fn schema(&self, _: Option<usize>) -> PolarsResult<SchemaRef> {
        let first = std::fs::File::open(&self.0[0])?;
        Ok(ParquetReader::new(first).with_slice(Some((0, 0))).finish()?.schema().clone())
    }

    fn allows_predicate_pushdown(&self) -> bool {
        true
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }
}
