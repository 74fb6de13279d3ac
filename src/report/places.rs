//! Where everything stands: the page of each document and the anchor of each of its sentences.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::FOLDER;
use crate::tables::{DocumentRow, SentenceRow, Tables};

/// The way from ids to addresses.
#[derive(Debug)]
pub(super) struct Places<'t> {
    documents: HashMap<&'t str, (&'t DocumentRow, String)>,
    sentences: HashMap<&'t str, &'t SentenceRow>,
}

impl<'t> Places<'t> {
    pub(super) fn new(tables: &'t Tables) -> Self {
        let mut taken = HashSet::new();
        let mut documents = HashMap::new();
        for d in &tables.documents {
            let mut name = file_name(&d.doc_id);
            // Two ids that differ are never of one name but by a collision of hashes; nothing is lost then either.
            while !taken.insert(name.clone()) {
                name = format!("x{name}");
            }
            documents.insert(d.doc_id.as_str(), (d, name));
        }
        Self { documents, sentences: tables.sentences.iter().map(|s| (s.sentence_id.as_str(), s)).collect() }
    }

    pub(super) fn document(&self, id: &str) -> Option<&'t DocumentRow> {
        self.documents.get(id).map(|d| d.0)
    }

    /// The file of a document's page, without its folder.
    pub(super) fn file(&self, doc_id: &str) -> Option<&str> {
        self.documents.get(doc_id).map(|d| d.1.as_str())
    }

    /// The words of a sentence.
    pub(super) fn words(&self, sentence_id: &str) -> Option<&'t str> {
        self.sentences.get(sentence_id).map(|s| s.text.as_str())
    }

    /// The number of a sentence as readers count, from 1.
    pub(super) fn number(&self, sentence_id: &str) -> Option<u32> {
        self.sentences.get(sentence_id).map(|s| s.sentence + 1)
    }

    /// The address of a document's page, from the folder of `report.html`.
    pub(super) fn article(&self, doc_id: &str) -> Option<String> {
        self.file(doc_id).map(|f| format!("{FOLDER}/articles/{f}"))
    }

    /// The address of a row's sentence, or of its document where it has none.
    pub(super) fn sentence(&self, doc_id: &str, sentence_id: Option<&str>) -> Option<String> {
        let page = self.article(doc_id)?;
        Some(match sentence_id {
            Some(id) => format!("{page}#{}", anchor(doc_id, id)),
            None => page,
        })
    }
}

/// The anchor of a row in its document's page: its id without the document's. `D.s.60-120` is `s-60-120`.
pub(super) fn anchor(doc_id: &str, row_id: &str) -> String {
    row_id.strip_prefix(doc_id).unwrap_or(row_id).trim_start_matches('.').replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// A name that every file system takes and no two ids share, whatever a corpus gave as id.
fn file_name(id: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    // Short names may be those of devices ("nul", "com1").
    if id.chars().all(plain) && (5..=64).contains(&id.len()) {
        return format!("{id}.html");
    }
    let slug: String = id.to_ascii_lowercase().chars().map(|c| if plain(c) { c } else { '-' }).take(40).collect();
    format!("{}-{}.html", slug.trim_matches('-'), &crate::corpus::hex(&Sha256::digest(id))[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_has_a_file_name_of_its_own() {
        assert_eq!(file_name("24a95ea03180434b"), "24a95ea03180434b.html");
        let ids =
            ["../../etc/passwd", "a/b", "a\\b", "a b", "A B", "nul", "", ".", "..", "é", "e\u{301}", "<script>", "x\0y", &"y".repeat(900)];
        let names: Vec<String> = ids.iter().map(|i| file_name(i)).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), ids.len(), "{names:?}");
        for name in names {
            let stem = name.strip_suffix(".html").unwrap_or_default();
            assert!(stem.len() < 70 && stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{name}");
        }
    }

    #[test]
    fn anchors_hold_nothing_of_an_id_that_a_corpus_gave() {
        assert_eq!(anchor("a\"b", "a\"b.c.99-105.killed"), "c-99-105-killed");
        assert_eq!(anchor("d", "odd \"><x"), "odd----x");
    }
}
