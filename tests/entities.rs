//! Names in prose written for this project: recall of each kind and precision may not fall below what was reached.

use std::collections::BTreeMap;

use newsframe::article::Extractor;
use newsframe::corpus::Source;
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

#[test]
fn names_in_our_own_prose_are_found() {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs load");
    for (language, cases) in [(Lang::EN, include_str!("entities/en.toml")), (Lang::ES, include_str!("entities/es.toml"))] {
        let cases: Cases = toml::from_str(cases).expect("the cases are TOML");
        let (mut found, mut wanted, mut report) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, usize>::new(), String::new());
        let (mut right, mut all) = (0, 0);
        for marked in &cases.text {
            let (text, names) = unmark(marked);
            let article = extractor.article(&source(language, text));
            let text = &article.document.text;
            let got: Vec<_> = article.mentions.iter().map(|m| (m.span.start, m.span.end, m.kind.as_str())).collect();
            all += got.iter().filter(|g| g.2 != "event").count();
            for name in &names {
                *wanted.entry(name.2).or_default() += 1;
                if got.contains(name) {
                    *found.entry(name.2).or_default() += 1;
                    right += 1;
                } else {
                    report += &format!("missed {} {}\n", name.2, &text[name.0..name.1]);
                }
            }
            for (start, end, kind) in got.iter().filter(|g| !names.contains(g)) {
                report += &format!("false {kind} {}\n", &text[*start..*end]);
            }
        }
        let recall = |kind: &str| 100 * found.get(kind).copied().unwrap_or(0) / wanted.get(kind).copied().unwrap_or(1);
        for (kind, floor) in [("person", cases.person), ("place", cases.place), ("organisation", cases.organisation)] {
            assert!(recall(kind) >= floor, "{language} {kind}: recall {} below {floor}\n{report}", recall(kind));
        }
        assert!(
            100 * right >= cases.precision * all,
            "{language}: precision {} below {}\n{report}",
            100 * right / all.max(1),
            cases.precision
        );
        println!(
            "{language}: persons {} places {} organisations {} precision {}\n{report}",
            recall("person"),
            recall("place"),
            recall("organisation"),
            100 * right / all.max(1)
        );
    }
}
