//! From files to documents: read, index, clean.

mod byline;
mod charset;
mod clean;
mod document;
mod format;
mod index;
mod read;

pub use byline::Bylines;
pub use clean::{Cleaner, Furniture};
pub use document::{Document, Edit, PublishedDate, SourceMap};
pub use read::{Corpus, Problem, Source, open};

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
        use std::fmt::Write;
        let _ = write!(s, "{b:02x}");
        s
    })
}

impl Corpus {
    /// One hash over all files, names included.
    #[must_use]
    pub fn sha256(&self) -> String {
        use sha2::Digest;
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort();
        let mut hash = sha2::Sha256::new();
        for (name, sha) in files {
            hash.update(format!("{sha}  {name}\n"));
        }
        hex(&hash.finalize())
    }
}
