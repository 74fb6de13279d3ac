//! From files to documents: read, index, clean.

mod aliases;
mod blocks;
mod byline;
mod cell;
mod charset;
mod clean;
mod document;
mod format;
mod front_matter;
mod html;
mod index;
mod read;
mod record;
mod unpack;

pub use aliases::Alias;
pub use byline::Bylines;
pub use cell::{guarded, table, unguarded};
pub use clean::{Cleaner, Furniture};
pub use document::{Document, Edit, PublishedDate, SourceMap};
pub use read::{Corpus, Problem, Reader, Source, open};
pub use record::{Body, Record};

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
        use std::fmt::Write;
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// One hash over files with theirs, names included: the same files have the same hash, in whatever order they were read.
#[must_use]
pub fn sha256(files: &[(String, String)]) -> String {
    use sha2::Digest;
    let mut files: Vec<_> = files.iter().collect();
    files.sort();
    let mut hash = sha2::Sha256::new();
    for (name, sha) in files {
        hash.update(format!("{sha}  {name}\n"));
    }
    hex(&hash.finalize())
}
