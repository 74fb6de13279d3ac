//! Names in prose written for this project: recall of each kind and precision may not fall below what was reached.

use std::collections::BTreeMap;

use newsframe::article::Extractor;
use newsframe::corpus::Source;
use newsframe::join::names::{Sort, same_name};
use newsframe::pack::{Lang, Packs};

#[derive(serde::Deserialize)]
struct Cases {
    text: Vec<String>,
    person: usize,
    place: usize,
    organisation: usize,
    precision: usize,
}

/// Takes the marks out of a text: its words, and start, end and kind of each name.
fn unmark(marked: &str) -> (String, Vec<(usize, usize, &'static str)>) {
    let (mut text, mut names, mut open) = (String::new(), Vec::new(), None);
    let mut chars = marked.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => {
                let kind = match chars.next() {
                    Some('P') => "person",
                    Some('L') => "place",
                    Some('G') => "group",
                    Some('E') => "event",
                    _ => "organisation",
                };
                chars.next();
                open = Some((text.len(), kind));
            }
            ']' => names.extend(open.take().map(|(start, kind)| (start, text.len(), kind))),
            c => text.push(c),
        }
    }
    (text, names)
}

fn source(language: Lang, text: String) -> Source {
    Source { path: "case".into(), text, has_bytes: true, language: Some(language), ..Source::default() }
}

/// A name and what stands around it.
fn shown(text: &str, start: usize, end: usize) -> String {
    const REACH: usize = 40;
    let from = (start.saturating_sub(REACH)..=start).find(|&i| text.is_char_boundary(i)).unwrap_or(start);
    let to = (end..=text.len().min(end + REACH)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(end);
    format!("{}     …{}…", &text[start..end], text[from..to].replace('\n', " / "))
}

/// How many names of each kind were found, wanted and made, and what was wrong.
#[derive(Default)]
struct Outcome {
    found: BTreeMap<&'static str, usize>,
    wanted: BTreeMap<&'static str, usize>,
    made: usize,
    report: String,
}

impl Outcome {
    fn of(extractor: &Extractor, language: Lang, cases: &[String]) -> Self {
        let mut out = Self::default();
        for marked in cases {
            let (text, names) = unmark(marked);
            let article = extractor.article(&source(language, text));
            let text = &article.document.text;
            let got: Vec<_> = article.mentions.iter().map(|m| (m.span.start, m.span.end, m.kind.as_str())).collect();
            out.made += got.len();
            for name in &names {
                *out.wanted.entry(name.2).or_default() += 1;
                if got.contains(name) {
                    *out.found.entry(name.2).or_default() += 1;
                } else {
                    out.report += &format!("missed {} {}\n", name.2, shown(text, name.0, name.1));
                }
            }
            for m in article.mentions.iter().filter(|m| !names.contains(&(m.span.start, m.span.end, m.kind.as_str()))) {
                out.report += &format!("false {} {} [{}]\n", m.kind, shown(text, m.span.start, m.span.end), m.rule);
            }
        }
        out
    }

    fn recall(&self, kind: &str) -> usize {
        100 * self.found.get(kind).copied().unwrap_or(0) / self.wanted.get(kind).copied().unwrap_or(0).max(1)
    }

    fn precision(&self) -> usize {
        100 * self.found.values().sum::<usize>() / self.made.max(1)
    }
}

#[test]
fn names_in_our_own_prose_are_found() {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs load");
    let mut fallen = Vec::new();
    for (language, file, cases) in [
        (Lang::EN, "en", include_str!("entities/en.toml")),
        (Lang::ES, "es", include_str!("entities/es.toml")),
        // Written in one go before the rules were tuned, and first scored after.
        (Lang::EN, "held-en", include_str!("entities/held-en.toml")),
        (Lang::ES, "held-es", include_str!("entities/held-es.toml")),
        (Lang::ES, "wire-es", include_str!("entities/wire-es.toml")),
        (Lang::ES, "held-wire-es", include_str!("entities/held-wire-es.toml")),
        // Scored once before anything was mended with it: P 85.0, R 83.7.
        (Lang::ES, "agency-es", include_str!("entities/agency-es.toml")),
        // Written after that, scored once before anything was mended with them: P 85.6, R 79.4; and P 86.4, R 83.4.
        (Lang::EN, "held-news-en", include_str!("entities/held-news-en.toml")),
        (Lang::ES, "held-agency-es", include_str!("entities/held-agency-es.toml")),
        // By an outsider, scored once before anything was mended with them: P 89.0, R 82.0; and P 88.7, R 87.7.
        (Lang::EN, "outside-en", include_str!("entities/outside-en.toml")),
        (Lang::ES, "outside-es", include_str!("entities/outside-es.toml")),
        // By another one, likewise: P 87.2, R 80.7; and P 85.0, R 87.6.
        (Lang::EN, "news-en", include_str!("entities/news-en.toml")),
        (Lang::ES, "news-es", include_str!("entities/news-es.toml")),
        // By a third one: P 90, R 85; and P 89, R 92; nothing was changed with them.
        (Lang::EN, "last-en", include_str!("entities/last-en.toml")),
        (Lang::ES, "last-es", include_str!("entities/last-es.toml")),
        // By a fourth one, scored once before anything was mended with them: P 87, R 81; and P 86, R 86.
        (Lang::EN, "press-en", include_str!("entities/press-en.toml")),
        (Lang::ES, "press-es", include_str!("entities/press-es.toml")),
        // By a fifth one, likewise: P 88, R 85; and P 87, R 89.
        (Lang::EN, "paper-en", include_str!("entities/paper-en.toml")),
        (Lang::ES, "paper-es", include_str!("entities/paper-es.toml")),
        // Scored once, misses not read.
        (Lang::ES, "cable-es", include_str!("entities/cable-es.toml")),
        // Regional papers: the first two were read after the first score, the others not.
        (Lang::EN, "local-en", include_str!("entities/local-en.toml")),
        (Lang::ES, "local-es", include_str!("entities/local-es.toml")),
        // Desk copy, labelled before anything was run over it: F1 82.9 and 95.8; the held half 85.6 and 87.0, its misses not read.
        (Lang::EN, "desk-en", include_str!("entities/desk-en.toml")),
        (Lang::ES, "desk-es", include_str!("entities/desk-es.toml")),
        (Lang::EN, "held-desk-en", include_str!("entities/held-desk-en.toml")),
        (Lang::ES, "held-desk-es", include_str!("entities/held-desk-es.toml")),
        // Whole articles of every desk, labelled before anything was run over them: F1 85.1 and 84.0; the held half 81.4 and 84.1, its misses not read.
        (Lang::EN, "bureau-en", include_str!("entities/bureau-en.toml")),
        (Lang::ES, "bureau-es", include_str!("entities/bureau-es.toml")),
        (Lang::EN, "held-bureau-en", include_str!("entities/held-bureau-en.toml")),
        (Lang::ES, "held-bureau-es", include_str!("entities/held-bureau-es.toml")),
        (Lang::EN, "afar-en", include_str!("entities/afar-en.toml")),
        (Lang::ES, "afar-es", include_str!("entities/afar-es.toml")),
    ] {
        let cases: Cases = toml::from_str(cases).expect("the cases are TOML");
        let outcome = Outcome::of(&extractor, language, &cases.text);
        let report = &outcome.report;
        for (kind, floor) in [("person", cases.person), ("place", cases.place), ("organisation", cases.organisation)] {
            if outcome.recall(kind) < floor {
                fallen.push(format!("{file} {kind}: recall {} below {floor}", outcome.recall(kind)));
            }
        }
        if outcome.precision() < cases.precision {
            fallen.push(format!("{file}: precision {} below {}", outcome.precision(), cases.precision));
        }
        for (kind, wanted) in &outcome.wanted {
            println!("{file}: {kind} {} of {wanted}", outcome.found.get(kind).copied().unwrap_or(0));
        }
        println!("{file}: precision {}\n{report}", outcome.precision());
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// F1 of the pairs that are taken for one name, in percent.
fn pairs_f1(pairs: &[(&str, bool, bool)], only: Option<&str>) -> usize {
    let chosen = || pairs.iter().filter(|(sort, ..)| only.is_none_or(|o| *sort == o));
    let right = chosen().filter(|(_, same, taken)| *same && *taken).count();
    200 * right / (chosen().filter(|p| p.1).count() + chosen().filter(|p| p.2).count()).max(1)
}

#[test]
fn pairs_of_names_are_told_apart_or_taken_for_one() {
    let pairs: Vec<(&str, bool, bool)> = include_str!("entities/names.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|line| {
            let [sort, same, one, other] = line.split('\t').collect::<Vec<_>>().try_into().expect("four cells");
            let taken = same_name(one, other, if sort == "person" { Sort::Person } else { Sort::Other });
            if (same == "same") != taken {
                println!("{same} but {}: {one} | {other}", if taken { "same" } else { "different" });
            }
            (sort, same == "same", taken)
        })
        .collect();
    let (all, persons) = (pairs_f1(&pairs, None), pairs_f1(&pairs, Some("person")));
    println!("pairs F1: {all} overall, {persons} persons");
    // Measured: 82 overall, 81 persons; OpenSanctions' own matcher has 79 and 74.
    assert!(all >= 82 && persons >= 81, "{all} overall, {persons} persons");
}
