//! All charts of the shipped articles: drawn, and saved with PNG, CSV and words, as `newsframe run` leaves them. The articles are extracted
//! before anything is measured.
//!
//! `cargo bench --no-default-features --features cli,charts --bench charts`

use std::path::Path;

use divan::Bencher;
use newsframe::article::Extractor;
use newsframe::chart;
use newsframe::corpus;
use newsframe::extract::extract;
use newsframe::pack::Packs;
use newsframe::tables::Tables;

fn main() {
    divan::main();
}

fn tables() -> Tables {
    let corpus = corpus::open(Path::new("data/articles")).expect("the shipped articles");
    extract(&Extractor::new(&Packs::shipped()).expect("the shipped packs"), &corpus, || ()).tables
}

#[divan::bench(sample_count = 10)]
fn drawn(bencher: Bencher) {
    let tables = tables();
    bencher.bench(|| {
        let charts = chart::all(&tables).expect("charts");
        assert_eq!(charts.len(), 10);
        charts
    });
}

#[divan::bench(sample_count = 5)]
fn drawn_and_saved(bencher: Bencher) {
    let tables = tables();
    let folder = tempfile::tempdir().expect("a folder");
    bencher.bench(|| {
        for (name, chart) in chart::all(&tables).expect("charts") {
            chart.save_in(folder.path(), name).expect("saved");
        }
    });
}
