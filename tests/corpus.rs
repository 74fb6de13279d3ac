//! The three articles of the corpus: no damage left, every change can be undone, every sentence can be cut from the file.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use newsframe::article::Extractor;
use newsframe::corpus::{Corpus, Document, Source};
use newsframe::pack::Packs;
use newsframe::vocabulary::EditKind;

fn corpus() -> Corpus {
    newsframe::corpus::open("data/articles".as_ref()).unwrap()
}

fn documents(corpus: &Corpus) -> Vec<(&Source, Document)> {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    corpus.sources.iter().map(|s| (s, extractor.document(s))).collect()
}

#[test]
fn the_articles_are_read_with_what_the_index_says() {
    let corpus = corpus();
    assert!(corpus.problems.is_empty(), "{:?}", corpus.problems);
    let known: Vec<_> = documents(&corpus)
        .iter()
        .map(|(_, d)| format!("{} {} {} {}", d.path, d.language, d.published.map(|p| p.to_string()).unwrap_or_default(), d.title.is_some()))
        .collect();
    assert_eq!(
        known,
        [
            "000_5561bb9bc4eda2ae.txt en 2022-01-07 true",
            "001_d769259c43aa024a.txt es 2022-01-07 false",
            "002_b14580e1018f0d2b.txt es 2022-01 false",
        ]
    );
}

#[test]
fn without_an_index_the_texts_tell_language_and_date() {
    let mut corpus = corpus();
    for source in &mut corpus.sources {
        source.language = None;
        source.published = None;
    }
    let known: Vec<_> = documents(&corpus).iter().map(|(_, d)| (d.language.to_string(), d.published.map(|p| p.to_string()))).collect();
    let date = |d: &str| Some(d.to_owned());
    assert_eq!(known, [("en".into(), None), ("es".into(), date("2022-01-07")), ("es".into(), date("2022-01"))]);
}

#[test]
fn the_damaged_article_is_whole() {
    let corpus = corpus();
    let (source, d) = &documents(&corpus)[1];
    for sound in ["Kazajstán", "¿Qué", "“Lo que está sucediendo", "años", "¡de nuevo!", "“limpieza terrorista”", "el tenge— se"]
    {
        assert!(d.text.contains(sound), "{sound}");
    }
    let beyond_ascii: std::collections::BTreeSet<char> = d.text.chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(beyond_ascii.into_iter().collect::<String>(), "¡¿áéíñóú–—“”");
    // Two of the 508 damaged runs were zero-width spaces, which can't be seen and are taken out.
    let of = |kind| d.edits.iter().filter(|e| e.kind == kind).count();
    assert_eq!((of(EditKind::Mojibake), of(EditKind::Control), d.unrepaired), (506, 2, 0));
    // Nothing else was touched: all other text stands in the source as it stands here.
    let mut raw = 0;
    let mut clean = 0;
    for e in &d.edits {
        assert_eq!(source.text[raw..e.raw.start], d.text[clean..e.clean_start]);
        (raw, clean) = (e.raw.end, e.clean_start + e.after.len());
    }
    assert_eq!(source.text[raw..], d.text[clean..]);
}

#[test]
fn sound_articles_are_not_repaired() {
    let corpus = corpus();
    for (_, d) in [&documents(&corpus)[0], &documents(&corpus)[2]] {
        assert!(d.edits.iter().all(|e| e.kind == EditKind::Furniture), "{:?}", d.edits);
    }
}

#[test]
fn furniture_is_out_and_text_is_in() {
    let corpus = corpus();
    let all = documents(&corpus);
    assert!(all[0].1.text.starts_with("Putin sent support troops to Kazakhstan"));
    assert!(all[1].1.text.contains("De parte de A Las Barricadas January 7, 2022\n"));
    let removed: Vec<_> = all.iter().map(|(_, d)| d.edits.iter().filter(|e| e.kind == EditKind::Furniture).count()).collect();
    assert_eq!(removed, [3, 1, 0]);
}

#[test]
fn every_sentence_can_be_cut_from_its_file() {
    let corpus = corpus();
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    for (source, d) in documents(&corpus) {
        let file = std::fs::read_to_string(format!("data/articles/{}", source.path)).unwrap();
        for sentence in extractor.text(&d).sentences {
            let raw = d.raw(sentence.span).unwrap();
            let mut cut = raw.of(&file).to_owned();
            for e in d.edits.iter().rev().filter(|e| raw.contains(e.raw)) {
                cut.replace_range(e.raw.start - raw.start..e.raw.end - raw.start, &e.after);
            }
            assert_eq!(cut, sentence.span.of(&d.text));
        }
    }
}
