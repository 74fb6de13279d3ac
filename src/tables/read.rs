//! Tables of a finished run, read back as text.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus::unguarded;
use crate::error::{Error, Result};

/// The rows of a table in a run's folder, whatever its format: column and cell as CSV writes it, unknown cells left out. Where it is there in
/// several formats, the file that was written last counts.
///
/// # Errors
/// If the table is in none of the formats, or its file is damaged.
pub fn read(folder: &Path, table: &'static str) -> Result<Vec<BTreeMap<String, String>>> {
    let wrong = |e: &dyn std::fmt::Display| Error::Table { table, message: e.to_string() };
    let written = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let files = [
        "jsonl",
        "csv",
        #[cfg(feature = "tables")]
        "parquet",
    ]
    .map(|ending| folder.join(format!("{table}.{ending}")));
    // Of files of one time the first.
    let last = files.iter().rev().filter(|p| p.exists()).max_by_key(|p| written(p));
    let file = |ending: &str| last.filter(|p| p.extension().is_some_and(|e| e == ending));
    if let Some(path) = file("jsonl") {
        let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
        let rows = text.lines().map(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>);
        return rows.map(|r| Ok(r.map_err(|e| wrong(&e))?.into_iter().filter_map(|(k, v)| Some((k, json_cell(v)?))).collect())).collect();
    }
    if let Some(path) = file("csv") {
        let mut csv = csv::Reader::from_path(path).map_err(|e| wrong(&e))?;
        let header: Vec<String> = csv.headers().map_err(|e| wrong(&e))?.iter().map(str::to_owned).collect();
        let row = |r: csv::Result<csv::StringRecord>| {
            let r = r.map_err(|e| wrong(&e))?;
            Ok(header.iter().cloned().zip(r.iter().map(|c| unguarded(c).to_owned())).filter(|(_, v)| !v.is_empty()).collect())
        };
        return csv.records().map(row).collect();
    }
    #[cfg(feature = "tables")]
    if let Some(path) = file("parquet") {
        let mut rows = Vec::new();
        for part in parts(path)? {
            let frame = parquet(&part, None).map_err(|e| wrong(&e))?;
            let from = rows.len();
            rows.resize(from + frame.height(), BTreeMap::new());
            for column in frame.columns() {
                for (i, row) in rows[from..].iter_mut().enumerate() {
                    let value = column.get(i).map_err(|e| wrong(&e))?;
                    if let Some(text) = parquet_cell(&value) {
                        row.insert(column.name().to_string(), text);
                    }
                }
            }
        }
        return Ok(rows);
    }
    Err(wrong(&format!("{} holds it in no format", folder.display())))
}

/// The files of a table in Parquet: the one file, or those of a folder, as engines write them that run on many machines.
///
/// # Errors
/// If the folder can't be read.
#[cfg(feature = "tables")]
pub(crate) fn parts(path: &Path) -> Result<Vec<std::path::PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>).map_err(Error::io(path))?;
    let mut files: Vec<_> = entries.iter().map(std::fs::DirEntry::path).filter(|p| p.extension().is_some_and(|e| e == "parquet")).collect();
    files.sort();
    Ok(files)
}

/// The columns of a file in Parquet that are asked for; without a choice, all.
///
/// # Errors
/// If the file can't be read or lacks a column.
#[cfg(feature = "tables")]
pub(crate) fn parquet(path: &Path, columns: Option<Vec<String>>) -> polars::prelude::PolarsResult<polars::prelude::DataFrame> {
    use polars_io::SerReader;
    polars_io::parquet::read::ParquetReader::new(std::fs::File::open(path)?).with_columns(columns).finish()
}

#[cfg(feature = "tables")]
fn parquet_cell(value: &polars::prelude::AnyValue<'_>) -> Option<String> {
    use polars::prelude::AnyValue::{Float64, List, Null};
    match value {
        Null => None,
        // As CSV writes it: 10, not 10.0.
        Float64(v) => Some(v.to_string()),
        List(items) => Some(items.iter().filter_map(|item| parquet_cell(&item)).collect::<Vec<_>>().join("; ")),
        other => Some(other.str_value().into_owned()),
    }
}

fn json_cell(value: serde_json::Value) -> Option<String> {
    use serde_json::Value::{Array, Null, Number, String as Text};
    match value {
        Null => None,
        // As CSV writes it: 10, not 10.0.
        Number(n) if n.is_f64() => n.as_f64().map(|v| v.to_string()),
        Text(s) => Some(s),
        Array(items) => Some(items.into_iter().filter_map(json_cell).collect::<Vec<_>>().join("; ")),
        other => Some(other.to_string()),
    }
}
