//! Any bytes as an export, one article a line or a row: each line that is not empty is an article or a problem, and what is
//! found in an article stands in its text.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::extract::extract_from;
use newsframe::pack::Packs;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Packs::shipped()).unwrap());

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.jsonl", "a.csv", "a.jsonl.gz", "a.csv.zst"] {
        let mut reader = Reader::of_bytes([(name.to_owned(), bytes.to_vec())]);
        let tables = extract_from(&EXTRACTOR, &mut reader, |_, _| ()).tables;
        for s in &tables.sentences {
            let document = tables.documents.iter().find(|d| d.doc_id == s.doc_id).unwrap();
            assert_eq!(document.text[s.start as usize..s.end as usize], s.text);
        }
    }
});
