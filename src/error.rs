//! The one error type. Every message says what is wrong, where, and what would put it right.

use std::path::{Path, PathBuf};

/// What can go wrong before extraction starts, or while its results are written. Extraction itself does not fail: an
/// article that can't be used becomes a row of the `problems` table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder can't be read or written.
    #[error("{}: {reason}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said; it is part of the message, so it is no source of the error to be told once more.
        reason: std::io::Error,
    },
    /// A language pack, policy or gazetteer file is not as it must be.
    #[error("{file}:{line}: {message}")]
    Pack {
        /// The pack's file, as `en/dates.toml`.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The corpus index is not as it must be.
    #[error("{}:{line}: {message}", path.display())]
    Index {
        /// The index file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A table can't be built or written.
    #[error("table {table}: {message}")]
    Table {
        /// The table's name.
        table: &'static str,
        /// What went wrong.
        message: String,
    },
    /// A stream of Arrow batches is broken, or isn't of the columns it must be.
    #[error("the stream: {message}")]
    Stream {
        /// What went wrong.
        message: String,
    },
    /// A chart can't be drawn or written.
    #[error("chart {chart}: {message}")]
    Chart {
        /// The chart's name.
        chart: String,
        /// What went wrong.
        message: String,
    },
}

/// A result with this crate's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An input or output error at `path`.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_owned();
        move |reason| Self::Io { path, reason }
    }
}
