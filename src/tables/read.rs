//! Tables of a finished run, read back as text.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus::unguarded;
use crate::error::{Error, Result};

/// The rows of a table in a run's folder, whatever its format: column and cell as CSV writes it, unknown cells left out.
///
/// # Errors
/// If the table is in none of the formats, or its file is damaged.
pub fn read(folder: &Path, table: &'static str) -> Result<Vec<BTreeMap<String, String>>> {
    let wrong = |e: &dyn std::fmt::Display| Error::Table { table, message: e.to_string() };
    let file = |ending: &str| Some(folder.join(format!("{table}.{ending}"))).filter(|p| p.exists());
    if let Some(path) = file("jsonl") {
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
        let rows = text.lines().map(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>);
        return rows.map(|r| Ok(r.map_err(|e| wrong(&e))?.into_iter().filter_map(|(k, v)| Some((k, json_cell(v)?))).collect())).collect();
    }
    if let Some(path) = file("csv") {
        let mut csv = csv::Reader::from_path(&path).map_err(|e| wrong(&e))?;
        let header: Vec<String> = csv.headers().map_err(|e| wrong(&e))?.iter().map(str::to_owned).collect();
        let row = |r: csv::Result<csv::StringRecord>| {
            let r = r.map_err(|e| wrong(&e))?;
            Ok(header.iter().cloned().zip(r.iter().map(|c| unguarded(c).to_owned())).filter(|(_, v)| !v.is_empty()).collect())
        };
        return csv.records().map(row).collect();
    }
    #[cfg(feature = "tables")]
    if let Some(path) = file("parquet") {
        use polars_io::SerReader;
        let open = std::fs::File::open(&path).map_err(Error::io(&path))?;
        let frame = polars_io::parquet::read::ParquetReader::new(open).finish().map_err(|e| wrong(&e))?;
        let mut rows = vec![BTreeMap::new(); frame.height()];
        for column in frame.columns() {
            for (i, row) in rows.iter_mut().enumerate() {
                let value = column.get(i).map_err(|e| wrong(&e))?;
                if !value.is_null() {
                    row.insert(column.name().to_string(), value.str_value().into_owned());
                }
            }
        }
        return Ok(rows);
    }
    Err(wrong(&format!("{} holds it in no format", folder.display())))
}

fn json_cell(value: serde_json::Value) -> Option<String> {
    use serde_json::Value::{Array, Null, String as Text};
    match value {
        Null => None,
        Text(s) => Some(s),
        Array(items) => Some(items.into_iter().filter_map(json_cell).collect::<Vec<_>>().join("; ")),
        other => Some(other.to_string()),
    }
}
