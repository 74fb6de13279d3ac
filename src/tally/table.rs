//! A small table of counted things: what every tally gives, and what stands behind every chart.

use crate::corpus::guarded;
use crate::error::{Error, Result};

/// The cells of one column; unknown is `None`.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Words.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Count(Vec<Option<u64>>),
    /// Numbers with a fraction.
    Number(Vec<Option<f64>>),
}

/// Named columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Each column with its name, in order.
    pub columns: Vec<(String, Column)>,
}

impl Table {
    /// With a column of words more.
    #[must_use]
    pub fn text<S: Into<String>>(self, name: &str, cells: impl IntoIterator<Item = Option<S>>) -> Self {
        self.with(name, Column::Text(cells.into_iter().map(|c| c.map(Into::into)).collect()))
    }

    /// With a column of whole numbers more.
    #[must_use]
    pub fn count(self, name: &str, cells: impl IntoIterator<Item = u64>) -> Self {
        self.with(name, Column::Count(cells.into_iter().map(Some).collect()))
    }

    /// With a column of numbers more.
    #[must_use]
    pub fn number(self, name: &str, cells: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.with(name, Column::Number(cells.into_iter().collect()))
    }

    fn with(mut self, name: &str, column: Column) -> Self {
        self.columns.push((name.to_owned(), column));
        self
    }

    /// The number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.columns.first().map_or(0, |(_, c)| match c {
            Column::Text(v) => v.len(),
            Column::Count(v) => v.len(),
            Column::Number(v) => v.len(),
        })
    }

    /// The table as comma-separated values with a header; unknown is empty.
    ///
    /// # Errors
    /// If the columns are not of one length.
    pub fn csv(&self) -> Result<String> {
        let wrong = |e: &dyn std::fmt::Display| Error::Table { table: "tally", message: e.to_string() };
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(self.columns.iter().map(|(name, _)| name)).map_err(|e| wrong(&e))?;
        for row in 0..self.height() {
            out.write_record(self.columns.iter().map(|(_, c)| c.cell(row))).map_err(|e| wrong(&e))?;
        }
        let bytes = out.into_inner().map_err(|e| wrong(&e))?;
        String::from_utf8(bytes).map_err(|e| wrong(&e))
    }

    /// The table as a Polars data frame.
    ///
    /// # Errors
    /// If the columns are not of one length.
    #[cfg(feature = "tables")]
    pub fn frame(&self) -> Result<polars::prelude::DataFrame> {
        use polars::prelude::{Column as Polars, DataFrame};
        let columns = self.columns.iter().map(|(name, c)| match c {
            Column::Text(v) => Polars::new(name.as_str().into(), v.iter().map(Option::as_deref).collect::<Vec<_>>()),
            Column::Count(v) => Polars::new(name.as_str().into(), v),
            Column::Number(v) => Polars::new(name.as_str().into(), v),
        });
        DataFrame::new(self.height(), columns.collect()).map_err(|e| Error::Table { table: "tally", message: e.to_string() })
    }
}

impl Column {
    fn cell(&self, row: usize) -> String {
        let number = |v: &f64| v.to_string();
        match self {
            Self::Text(v) => v.get(row).and_then(Option::as_deref).map(|t| guarded(t).into_owned()),
            Self::Count(v) => v.get(row).copied().flatten().map(|n| n.to_string()),
            Self::Number(v) => v.get(row).and_then(Option::as_ref).map(number),
        }
        .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_empty_and_commas_are_quoted() {
        let table = Table::default().text("who", [Some("a, b"), None]).count("n", [1, 20]).number("rate", [None, Some(0.5)]);
        assert_eq!(table.csv().ok().as_deref(), Some("who,n,rate\n\"a, b\",1,\n,20,0.5\n"));
    }
}
