//! How fast text becomes sentences, in bytes a second on one core.
//!
//! `cargo bench --no-default-features --features cli --bench sentences`. The text is that of the shipped articles; `split` is the
//! stage itself, the others say what stands around it.

use divan::{Bencher, counter::BytesCount};
use newsframe::article::Extractor;
use newsframe::corpus::{self, Document};
use newsframe::pack::{Lang, Packs};
use newsframe::text::{paragraphs, tokens};

fn main() {
    divan::main();
}

fn extractor() -> Extractor {
    Extractor::new(&Packs::shipped()).expect("the shipped packs")
}

/// The shipped articles of a language, clean.
fn documents(extractor: &Extractor, language: Lang) -> Vec<Document> {
    let corpus = corpus::open("data/articles".as_ref()).expect("the shipped articles");
    let documents = corpus.sources.iter().map(|source| extractor.document(source));
    documents.filter(|d| d.language == language).collect()
}

fn bytes(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|d| d.text.len()).sum::<usize>())
}

/// Where sentences end, paragraph by paragraph.
#[divan::bench(args = ["en", "es"])]
fn split(bencher: Bencher, language: &str) {
    let extractor = extractor();
    let language = Lang::parse(language).expect("a language");
    let documents = documents(&extractor, language);
    let sentences = &extractor.language(language).expect("its pack").sentences;
    let cut: Vec<_> = documents.iter().map(|d| (d.text.as_str(), paragraphs(&d.text))).collect();
    bencher
        .counter(bytes(&documents))
        .bench(|| cut.iter().flat_map(|(text, paragraphs)| paragraphs.iter().map(|p| sentences.split(text, *p).len())).sum::<usize>());
}

/// Where paragraphs end.
#[divan::bench(args = ["en", "es"])]
fn paragraph(bencher: Bencher, language: &str) {
    let documents = documents(&extractor(), Lang::parse(language).expect("a language"));
    bencher.counter(bytes(&documents)).bench(|| documents.iter().map(|d| paragraphs(&d.text).len()).sum::<usize>());
}

/// Words, numbers and marks.
#[divan::bench(args = ["en", "es"])]
fn token(bencher: Bencher, language: &str) {
    let documents = documents(&extractor(), Lang::parse(language).expect("a language"));
    bencher.counter(bytes(&documents)).bench(|| documents.iter().map(|d| tokens(&d.text, 0).len()).sum::<usize>());
}

/// All of it, with sections and the language of each sentence: what every finder reads.
#[divan::bench(args = ["en", "es"])]
fn text(bencher: Bencher, language: &str) {
    let extractor = extractor();
    let documents = documents(&extractor, Lang::parse(language).expect("a language"));
    bencher.counter(bytes(&documents)).bench(|| documents.iter().map(|d| extractor.text(d).sentences.len()).sum::<usize>());
}
