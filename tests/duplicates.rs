//! Which documents repeat another one: an agency's story in several outlets' versions, and stories that only look like it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::sync::LazyLock;

use newsframe::article::Extractor;
use newsframe::corpus::{Corpus, Source};
use newsframe::extract::extract;
use newsframe::pack::{Lang, Packs};
use newsframe::tables::Tables;
use newsframe::tally;
use serde::Deserialize;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Packs::shipped()).unwrap());

#[derive(Deserialize)]
struct Stories {
    language: String,
    text: String,
    version: Vec<Version>,
    other: Vec<Other>,
}

/// What an outlet made of the story.
#[derive(Deserialize)]
struct Version {
    outlet: String,
    repeats: bool,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    cut: Option<usize>,
    #[serde(default)]
    replace: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Other {
    what: String,
    text: String,
}

impl Version {
    fn of(&self, story: &str) -> String {
        let paragraphs: Vec<&str> = story.trim().split("\n\n").collect();
        let kept = paragraphs[..self.cut.unwrap_or(paragraphs.len())].join("\n\n");
        let edited = self.replace.iter().fold(kept, |text, (from, to)| {
            assert!(text.contains(from), "{}: {from:?} is not in the story", self.outlet);
            text.replace(from, to)
        });
        format!("{}{edited}{}", self.before, self.after)
    }
}

fn stories() -> [Stories; 2] {
    [include_str!("duplicates/en.toml"), include_str!("duplicates/es.toml")].map(|s| toml::from_str(s).unwrap())
}

fn source(id: &str, language: &str, text: String) -> Source {
    Source { id: Some(id.into()), path: id.into(), language: Lang::parse(language), text, ..Source::default() }
}

fn extracted(sources: Vec<Source>) -> Tables {
    extract(&EXTRACTOR, &Corpus { sources, ..Corpus::default() }, || ()).tables
}

/// The story, its versions and the others, in that order, with what each is and whether it repeats the story.
fn corpus(stories: &Stories) -> Vec<(Source, String, bool)> {
    let story = source("story", &stories.language, stories.text.clone());
    let mut out = vec![(story, "the story".to_owned(), false)];
    for (i, v) in stories.version.iter().enumerate() {
        out.push((source(&format!("v{i}"), &stories.language, v.of(&stories.text)), v.outlet.clone(), v.repeats));
    }
    for (i, o) in stories.other.iter().enumerate() {
        out.push((source(&format!("o{i}"), &stories.language, o.text.clone()), o.what.clone(), false));
    }
    out
}

#[test]
fn versions_of_a_story_repeat_it_and_other_stories_do_not() {
    for stories in stories() {
        let corpus = corpus(&stories);
        let tables = extracted(corpus.iter().map(|(source, ..)| source.clone()).collect());
        for (row, (_, what, repeats)) in tables.documents.iter().zip(&corpus) {
            let want = repeats.then_some("story");
            assert_eq!(row.duplicate_of.as_deref(), want, "{}: {what}", stories.language);
        }
    }
}

#[test]
fn each_version_repeats_it_alone_too() {
    for stories in stories() {
        for (version, what, repeats) in corpus(&stories).into_iter().skip(1) {
            let tables = extracted(vec![source("story", &stories.language, stories.text.clone()), version]);
            assert_eq!(tables.documents[1].duplicate_of.is_some(), repeats, "{}: {what}", stories.language);
        }
    }
}

#[test]
fn counts_are_with_or_without_them() {
    let stories = &stories()[0];
    let as_it_came = stories.version.iter().find(|v| v.repeats && v.cut.is_none()).unwrap().of(&stories.text);
    let tables = extracted(vec![source("a", "en", stories.text.clone()), source("b", "en", as_it_came)]);
    let without = tally::coverage(&tables);
    let with = tally::coverage(&tables.clone().with_duplicates());
    assert_eq!((without.total().documents, without.duplicates, with.total().documents, with.duplicates), (1, 1, 2, 0));
    assert_eq!(with.total().claims, 2 * without.total().claims);
    assert_eq!(tally::harm(&tables).count() * 2, tally::harm(&tables.clone().with_duplicates()).count());
    assert!(tally::harm(&tables).count() > 0);
}

/// What can be extracted in pieces must be judged as the whole is: placing depends on the documents and their order alone.
#[test]
fn the_order_of_documents_decides_and_nothing_else() {
    let stories = &stories()[1];
    let all: Vec<Source> = corpus(stories).into_iter().map(|(source, ..)| source).collect();
    let whole = extracted(all.clone());
    let mut originals = newsframe::join::duplicates::Originals::default();
    let mut pieces = Vec::new();
    for piece in all.chunks(3) {
        let signatures: Vec<_> = piece.iter().map(|s| EXTRACTOR.article(s)).map(|a| (a.document.id.clone(), a.signature())).collect();
        pieces.extend(signatures.into_iter().map(|(id, signature)| originals.place(&id, signature)));
    }
    assert_eq!(whole.documents.into_iter().map(|d| d.duplicate_of.map(String::from)).collect::<Vec<_>>(), pieces);
}
