//! What must hold for any bytes, of each target; `tests/hostile.rs` asks it of the seeds, so that the targets can't fall behind the library.

use std::sync::LazyLock;

use newsframe::article::Extractor;
use newsframe::corpus::{Cleaner, Reader, SourceMap};
use newsframe::extract::extract_from;
use newsframe::pack::Packs;
use newsframe::span::Span;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Packs::shipped()).unwrap());
static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::load(&Packs::shipped()).unwrap());

/// As a plain text: decoded and cleaned, every change can be undone, every span leads back to whole characters.
pub fn clean(bytes: &[u8]) {
    for source in &mut Reader::of_bytes([("a.txt".to_owned(), bytes.to_vec())]) {
        let (text, edits, _) = CLEANER.clean(&source.text, source.skip, |_| None);
        let (mut raw, mut clean) = (0, 0);
        for e in &edits {
            assert_eq!(source.text[raw..e.raw.start], text[clean..e.clean_start]);
            assert_eq!(e.raw.of(&source.text), e.before);
            (raw, clean) = (e.raw.end, e.clean_start + e.after.len());
            assert_eq!(text[e.clean_start..clean], e.after);
        }
        assert_eq!(source.text[raw..], text[clean..]);
        let map = SourceMap::new(&edits);
        for (at, c) in text.char_indices() {
            let back = map.raw(Span::new(at, at + c.len_utf8()));
            assert!(source.text.is_char_boundary(back.start) && source.text.is_char_boundary(back.end));
        }
    }
}

/// As a web page: an article or a reason, and what is taken out of it can be cleaned.
pub fn html(bytes: &[u8]) {
    let mut reader = Reader::of_bytes([("a.html".to_owned(), bytes.to_vec())]);
    let found: Vec<_> = reader.by_ref().collect();
    assert!(!found.is_empty() || !reader.problems.is_empty());
    for source in &found {
        assert!(!source.has_bytes);
        let _ = EXTRACTOR.document(source);
    }
}

/// As the index of a corpus: it is refused, or says something of the file it names.
pub fn index(bytes: &[u8]) {
    let mut reader = Reader::of_bytes([("a.txt".to_owned(), b"Calm returned.".to_vec())]);
    let refused = reader.index("index.csv".as_ref(), bytes.to_vec()).is_err();
    let found: Vec<_> = reader.collect();
    assert_eq!(found.len(), 1);
    assert!(!refused || found[0].source.is_none());
}

/// As an export, one article a line or a row: each line that is not empty is an article or a problem, and what is found in an
/// article stands in its text.
pub fn jsonl(bytes: &[u8]) {
    for name in ["a.jsonl", "a.csv", "a.jsonl.gz", "a.csv.zst"] {
        let mut reader = Reader::of_bytes([(name.to_owned(), bytes.to_vec())]);
        let tables = extract_from(&EXTRACTOR, &mut reader, None, |_| ()).expect("no cache, so nothing can fail").tables;
        for s in &tables.sentences {
            let document = tables.documents.iter().find(|d| d.doc_id == s.doc_id).unwrap();
            assert_eq!(document.text[s.start as usize..s.end as usize], s.text);
        }
    }
}
