//! Any bytes as the index of a corpus: it is refused, or says something of the file it names.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsframe::corpus::Reader;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::of_bytes([("a.txt".to_owned(), b"Calm returned.".to_vec())]);
    let refused = reader.index("index.csv".as_ref(), bytes.to_vec()).is_err();
    let found: Vec<_> = reader.collect();
    assert_eq!(found.len(), 1);
    assert!(!refused || found[0].source.is_none());
});
