//! Any bytes as a plain text: decoded and cleaned, every change can be undone, every span leads back to whole characters.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsframe::corpus::{Cleaner, Reader, SourceMap};
use newsframe::pack::Packs;
use newsframe::span::Span;

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::load(&Packs::shipped()).unwrap());

fuzz_target!(|bytes: &[u8]| {
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
});
