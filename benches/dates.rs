//! How fast dates are found, in bytes a second on one core, and that what is found stays as it is.
//!
//! `cargo bench --no-default-features --features cli --bench dates`. The text is that of the shipped articles: `find` is the stage
//! itself, on documents that are cut into tokens and sentences already; `load` compiles the rules.

use divan::{Bencher, counter::BytesCount};
use newsframe::article::Extractor;
use newsframe::corpus;
use newsframe::find::dates::Dates;
use newsframe::pack::{Lang, Packs};

fn main() {
    divan::main();
}

/// Expressions found in the shipped articles of a language: what a faster way must find too.
fn expected(language: Lang) -> usize {
    if language == Lang::EN { 15 } else { 80 }
}

#[divan::bench(args = ["en", "es"])]
fn find(bencher: Bencher, language: &str) {
    let language = Lang::parse(language).expect("a language");
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs");
    let corpus = corpus::open("data/articles".as_ref()).expect("the shipped articles");
    let documents: Vec<_> = corpus.sources.iter().map(|s| extractor.document(s)).filter(|d| d.language == language).collect();
    let texts: Vec<_> = documents.iter().map(|d| extractor.text(d)).collect();
    let dates = &extractor.language(language).expect("its pack").dates;
    let run = || texts.iter().map(|t| dates.find(t).len()).sum::<usize>();
    assert_eq!(run(), expected(language), "{language} expressions");
    bencher.counter(BytesCount::new(documents.iter().map(|d| d.text.len()).sum::<usize>())).bench(run);
}

#[divan::bench(args = ["en", "es"])]
fn load(bencher: Bencher, language: &str) {
    let packs = Packs::shipped();
    let pack = packs.iter().find(|p| Lang::parse(language) == Some(p.language)).expect("its pack");
    bencher.bench(|| Dates::load(pack).expect("the shipped rules"));
}
