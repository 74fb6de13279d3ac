//! Files and folders to sources: raw texts with what is known of them.

use std::path::Path;

use super::document::PublishedDate;
use crate::error::{Error, Result};
use crate::pack::Lang;
use crate::vocabulary::{Basis, Severity};

/// A raw text and what the corpus says of it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Id given by the corpus, if any.
    pub id: Option<String>,
    /// The file, relative to the corpus, with the row for files of many documents.
    pub path: String,
    /// The text as it came.
    pub text: String,
    /// Whether `text` has the bytes of the file (false for text taken out of HTML).
    pub has_bytes: bool,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language as given.
    pub language: Option<Lang>,
    /// When it was published, as given.
    pub published: Option<PublishedDate>,
}

/// Something that could not be used, or only in part.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The file, relative to the corpus.
    pub path: String,
    /// The document, if it got as far as having an id.
    pub doc_id: Option<String>,
    /// The stage that met it.
    pub stage: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is and what would help.
    pub message: String,
}

/// What a folder or file holds.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The texts, in order of path and row.
    pub sources: Vec<Source>,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// Every file that was read, with its SHA-256.
    pub files: Vec<(String, String)>,
}

/// Reads a folder or a single file.
///
/// # Errors
/// If `path` is not there or can't be read; single files in a folder that can't be used are problems instead.
pub fn open(path: &Path) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
    for (row, line) in text.lines().enumerate() {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let field = |name: &str| value.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        corpus.sources.push(Source {
            id: field("id"),
            path: format!("{}#{}", path.display(), row + 1),
            text: field("text").unwrap_or_default(),
            has_bytes: true,
            source: field("source"),
            title: field("title"),
            author: field("author"),
            url: field("url"),
            language: field("language").and_then(|l| Lang::parse(&l)),
            published: field("published").and_then(|p| PublishedDate::parse(&p, Basis::Index)),
        });
    }
    Ok(corpus)
}
