//! Any bytes as a web page: an article or a reason, and what is taken out of it can be cleaned.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::pack::Packs;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Packs::shipped()).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::of_bytes([("a.html".to_owned(), bytes.to_vec())]);
    let found: Vec<_> = reader.by_ref().collect();
    assert!(!found.is_empty() || !reader.problems.is_empty());
    for source in &found {
        assert!(!source.has_bytes);
        let _ = EXTRACTOR.document(source);
    }
});
