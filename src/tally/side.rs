//! One side of a comparison: the words of some documents, in some voices.

use super::coverage::source_of;
use super::rates::whose;
use crate::error::{Error, Result};
use crate::tables::DocumentRow;
use crate::vocabulary::{Precision, Voice};

/// What sides can be told apart by; the first five are of a document.
const KEYS: [&str; 7] = ["source", "language", "document", "year", "month", "voice", "whose"];
const OF_DOCUMENT: usize = 5;

/// What must hold for a word to be on a side; of several values of one key one must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Side(Vec<(String, String)>);

impl Side {
    pub fn add(&mut self, key: &str, value: &str) {
        self.0.push((key.to_owned(), value.to_owned()));
    }

    pub fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    pub fn check(&self) -> Result<()> {
        let unknown = self.0.iter().map(|(key, _)| key).find(|key| !KEYS.contains(&key.as_str()));
        unknown.map_or(Ok(()), |key| {
            let message = format!("no key {key:?}; known are {}", KEYS.join(", "));
            Err(Error::Table { table: "keyness", message })
        })
    }

    pub fn holds(&self, d: &DocumentRow, voice: Voice) -> bool {
        self.keys().all(|key| self.holds_for(key, &value(key, d, voice)))
    }

    /// Whether a document can have words on this side.
    pub fn takes(&self, d: &DocumentRow) -> bool {
        self.keys().filter(|key| KEYS[..OF_DOCUMENT].contains(key)).all(|key| self.holds_for(key, &value(key, d, Voice::Own)))
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    fn holds_for(&self, key: &str, value: &str) -> bool {
        self.0.iter().any(|(k, v)| k == key && v == value)
    }
}

fn value(key: &str, d: &DocumentRow, voice: Voice) -> String {
    let published = |format: &str| d.published.map_or_else(String::new, |day| day.format(format).to_string());
    match key {
        "source" => source_of(d).to_owned(),
        "language" => d.language.to_string(),
        "document" => d.doc_id.to_string(),
        "year" => published("%Y"),
        "month" if d.published_precision != Some(Precision::Year) => published("%Y-%m"),
        "voice" => voice.to_string(),
        "whose" => whose(voice).to_owned(),
        _ => String::new(),
    }
}
