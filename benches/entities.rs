//! How fast names are found and joined, in bytes of text a second on one core.
//!
//! `cargo bench --no-default-features --features cli --bench entities`. The text is that of the shipped articles: `find` is the
//! stage itself, on documents that are cut into tokens and sentences already; `join` joins what it found, also over many copies,
//! which shows whether the time grows with the names alone; `load` compiles the rules.

use divan::{Bencher, counter::BytesCount};
use newsframe::article::{Article, Extractor};
use newsframe::corpus;
use newsframe::find::entities::Entities;
use newsframe::join::entities::{Names, join};
use newsframe::pack::{Lang, Packs};

fn main() {
    divan::main();
}

#[divan::bench(args = ["en", "es"])]
fn find(bencher: Bencher, language: &str) {
    let language = Lang::parse(language).expect("a language");
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs");
    let corpus = corpus::open("data/articles".as_ref()).expect("the shipped articles");
    let documents: Vec<_> = corpus.sources.iter().map(|s| extractor.document(s)).filter(|d| d.language == language).collect();
    let texts: Vec<_> = documents.iter().map(|d| extractor.text(d)).collect();
    let entities = &extractor.language(language).expect("its pack").entities;
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| texts.iter().map(|t| entities.find(t).0.len()).sum::<usize>());
}

#[divan::bench(args = [1, 10, 100])]
fn join_copies(bencher: Bencher, copies: usize) {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs");
    let corpus = corpus::open("data/articles".as_ref()).expect("the shipped articles");
    let articles: Vec<Article> = corpus.sources.iter().map(|s| extractor.article(s)).collect();
    let bytes: usize = articles.iter().map(|a| a.document.text.len()).sum();
    let documents: Vec<Names<'_>> = articles
        .iter()
        .cycle()
        .take(articles.len() * copies)
        .map(|a| Names { text: &a.document.text, mentions: &a.mentions, offices: &a.offices, published: a.document.published })
        .collect();
    bencher.counter(BytesCount::new(bytes * copies)).bench_local(|| join(&documents, &[]).entities.len());
}

#[divan::bench]
fn load(bencher: Bencher) {
    let packs = Packs::shipped();
    bencher.bench_local(|| packs.iter().map(Entities::load).collect::<Result<Vec<_>, _>>().map(|e| e.len()));
}
