//! The tallies over whole corpora: comparisons, collocations, words in their places, draws of documents.

use newsframe::article::Extractor;
use newsframe::corpus::{Corpus, Source};
use newsframe::extract::extract;
use newsframe::pack::{Lang, Packs};
use newsframe::tables::Tables;
use newsframe::tally::{self, Cells, Column, Table};
use newsframe::vocabulary::{ClaimKind, Voice};

/// A corpus of short articles: source, language, text.
fn tables(articles: &[(&str, Lang, &str)]) -> Tables {
    let sources = articles.iter().enumerate().map(|(i, (source, language, text))| Source {
        path: format!("{i}.txt"),
        source: Some((*source).to_owned()),
        text: (*text).to_owned(),
        has_bytes: true,
        language: Some(*language),
        ..Source::default()
    });
    let corpus = Corpus { sources: sources.collect(), ..Corpus::default() };
    extract(&Extractor::new(&Packs::shipped()).expect("the shipped packs load"), &corpus, || ()).tables
}

fn words(table: &Table, name: &str) -> Vec<Option<String>> {
    match table.columns.iter().find(|(n, _)| n == name) {
        Some((_, Column::Text(cells))) => cells.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

const STATE: &str = "Terrorists attacked the airport on Monday. The terrorists set fire to two cars. \
    The ministry said that terrorists had fled to the hills. Order returned in the evening.";
const OPPOSITION: &str = "Protesters marched to the airport on Monday. The protesters carried flags. \
    “We are not terrorists,” said Dana Omarova, a teacher. Order returned in the evening.";
const SPANISH: &str = "Los terroristas atacaron el aeropuerto el lunes. Los manifestantes huyeron. El orden volvió por la tarde.";

#[test]
fn sides_are_compared_with_their_sizes() {
    let news = tables(&[("State", Lang::EN, STATE), ("Opposition", Lang::EN, OPPOSITION)]);
    let keys = tally::keyness(&news).of("source", "State").against("source", "Opposition").least(1).count().unwrap();
    let of = |word: &str| keys.rows.iter().find(|k| k.word == word).map(|k| k.cells);
    assert_eq!(of("terrorists"), Some(Cells { a: 3, b: 1, n1: 28, n2: 25 }));
    assert_eq!(of("protesters"), Some(Cells { a: 0, b: 2, n1: 28, n2: 25 }));
    assert_eq!(keys.documents, (1, 1));
    assert!(words(&keys.table(), "note").iter().all(|n| n.as_deref() == Some("descriptive only: 2 documents")));
    let everything_else = tally::keyness(&news).of("source", "State").least(1).count().unwrap();
    assert_eq!(everything_else, keys);
}

#[test]
fn own_voice_is_compared_with_quotations() {
    let news = tables(&[("Opposition", Lang::EN, OPPOSITION)]);
    let keys = tally::keyness(&news).of("whose", "quoted").against("whose", "own").least(1).count().unwrap();
    let quoted = keys.rows.iter().find(|k| k.word == "terrorists").map(|k| (k.cells.a, k.cells.b, k.cells.n1));
    assert_eq!(quoted, Some((1, 0, 4)));
    assert!(tally::keyness(&news).of("source", "Opposition").against("whose", "own").count().is_err(), "a word on both sides");
    assert!(tally::keyness(&news).of("colour", "red").count().is_err());
}

#[test]
fn languages_are_compared_by_paired_concepts_only() {
    let mut news = tables(&[("State", Lang::EN, STATE), ("Estado", Lang::ES, SPANISH)]);
    let compare = |news: &Tables| tally::keyness(news).of("language", "en").against("language", "es").concepts().least(1).count();
    assert!(tally::keyness(&news).of("language", "en").against("language", "es").count().is_err());
    let keys = compare(&news).unwrap();
    let of = |word: &str| keys.rows.iter().find(|k| k.word == word).map(|k| (k.cells.a, k.cells.b));
    assert_eq!(of("terrorist"), Some((3, 1)));
    assert!(keys.unpaired.is_empty());
    news.terms[0].concept = "mine_alone".into();
    let keys = compare(&news).unwrap();
    assert_eq!(keys.unpaired.iter().collect::<Vec<_>>(), ["mine_alone"]);
    assert!(keys.sentence().contains("1 concept without a pair"));
    let rates = tally::rates(&news).by("language").by("concept").count().unwrap();
    assert!(rates.unpaired.contains("mine_alone") && rates.rows.iter().all(|r| !r.group.contains(&"mine_alone".to_owned())));
    assert!(tally::rates(&news).by("concept").count().unwrap().unpaired.is_empty());
}

#[test]
fn a_word_is_shown_in_its_places_with_voice_and_speaker() {
    let news = tables(&[("State", Lang::EN, STATE), ("Opposition", Lang::EN, OPPOSITION)]);
    let places = tally::kwic(&news, "Terrorist*");
    let voices: Vec<Voice> = places.rows.iter().map(|l| l.voice).collect();
    assert_eq!(voices, [Voice::Own, Voice::Own, Voice::Indirect, Voice::Direct]);
    assert_eq!(places.rows[3].speaker.as_deref(), Some("Dana Omarova"));
    assert_eq!(places.rows[2].left, "set fire to two cars. The ministry said that");
    assert!(places.rows[2].right.starts_with("had fled to the hills."));
    assert_eq!(tally::kwic(&news, "the airport").rows.len(), 2);
    assert!(tally::kwic(&news, "").rows.is_empty());
    assert_eq!(places.table().height(), 4);
}

#[test]
fn what_stands_near_a_word_is_counted_once() {
    let news = tables(&[("State", Lang::EN, "The red car met the red car. A blue car left. The red sun rose.")]);
    let near = tally::collocations(&news, "car", 1);
    let red = near.rows.iter().find(|r| r.word == "red").unwrap();
    // Near: red, met, red, blue, left; 13 words that are no car.
    assert_eq!((red.cells, red.node), (Cells { a: 2, b: 1, n1: 5, n2: 7 }, 3));
    assert!((red.expected() - 1.25).abs() < 1e-12 && (red.pmi() - 1.6_f64.log2()).abs() < 1e-12);
    assert!((red.t() - 0.75 / 2_f64.sqrt()).abs() < 1e-12 && (red.log_dice() - (14.0 + (4.0_f64 / 6.0).log2())).abs() < 1e-12);
    assert!((red.log_likelihood() - red.cells.g2()).abs() < 1e-12);
    let t = near.rows.iter().find(|r| r.word == "the");
    assert!(t.is_none(), "{t:?}");
}

#[test]
fn words_are_spread_over_equal_blocks() {
    let news = tables(&[("State", Lang::EN, "Rebels came. People slept. Rebels left. People woke.")]);
    let spread = tally::dispersion(&news, &["rebels", "people", "nobody"], 4);
    assert_eq!((spread.words, spread.blocks), (8, 4));
    let rebels = spread.rows[0].dispersion.unwrap();
    assert!((rebels.dp - 0.5).abs() < 1e-12 && rebels.range == 2);
    assert_eq!(spread.rows[2].dispersion, None);
}

#[test]
fn rates_say_how_far_they_rest_on_single_documents() {
    let news = tables(&[("State", Lang::EN, STATE), ("State", Lang::EN, OPPOSITION)]);
    let table = tally::rates(&news).by("concept").resampled(1).unwrap();
    assert_eq!(words(&table, "draws")[0].as_deref(), Some("all 4"));
    assert_eq!(words(&table, "note")[0].as_deref(), Some("descriptive only: 2 documents"));
    assert_eq!(table.height(), tally::rates(&news).by("concept").count().unwrap().rows.len());
}

#[test]
fn repaired_sentences_can_be_left_out() {
    let mut news = tables(&[("State", Lang::EN, STATE)]);
    news.sentences[0].repaired = true;
    let of = |news: &Tables| tally::kwic(news, "terrorists").rows.len();
    let rate = |news: &Tables| tally::rates(news).count().unwrap().rows.iter().map(|r| (r.count, r.tokens)).collect::<Vec<_>>();
    let (all, without) = (rate(&news), rate(&news.clone().without_repaired()));
    assert!(without[0].0 < all[0].0 && without[0].1 < all[0].1, "{all:?} {without:?}");
    assert_eq!((of(&news), of(&news.clone().without_repaired())), (3, 2));
}

#[test]
fn the_highest_figure_follows_one_rule() {
    let [dozens, decenas, again] = [
        ("A", Lang::EN, "Dozens of people were killed in Lagos on Monday."),
        ("B", Lang::ES, "Decenas de personas murieron en Lagos el lunes."),
        ("C", Lang::EN, "Dozens of people were killed in Lagos on Monday, police said."),
    ];
    let open = ("D", Lang::EN, "At least 98 people were killed in Lagos on Monday.");
    let denied = ("E", Lang::EN, "The army denied that 500 people were killed in Lagos on Monday.");
    let highest = |articles: &[(&str, Lang, &str)]| {
        let news = tables(articles);
        let (claim, document) = tally::highest(&news, ClaimKind::Killed).expect("a figure");
        (claim.text.clone(), document.source.clone().unwrap_or_default())
    };
    // The same most; the one that allows no fewer than 24 before the one that allows 20.
    for order in [[dozens, decenas, open], [decenas, open, dozens], [open, dozens, decenas]] {
        assert_eq!(highest(&order), ("Dozens".into(), "A".into()));
    }
    assert_eq!(highest(&[again, dozens]).1, "C", "of equal ones the first");
    assert_eq!(highest(&[decenas, open]).1, "B", "an open figure counts as its own number");
    let news = tables(&[denied, decenas]);
    assert!(news.claims.iter().any(|c| c.negated && c.value_max == Some(500.0)), "{:?}", news.claims);
    assert_eq!(highest(&[denied, decenas]).1, "B", "what is denied is no figure that stands");
}
