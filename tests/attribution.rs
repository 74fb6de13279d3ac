//! Attributions in news prose written for this test: how many are found, with speaker, cue and kind.
//!
//! Run with `--nocapture` for the numbers and for every case that is wrong. The floors are a little under what was
//! measured. Of the texts now counted as seen, nine were held out at first; before any rule was changed for them, all 21 direct
//! and 30 of 31 indirect attributions in them were found and 50 of 55 speakers were right.

use newsframe::article::Extractor;
use newsframe::corpus::Source;
use newsframe::pack::{Lang, Packs};
use newsframe::span::Span;
use newsframe::vocabulary::QuoteKind;

#[derive(serde::Deserialize)]
struct Sample {
    text: Vec<Labelled>,
}

#[derive(serde::Deserialize)]
struct Labelled {
    #[serde(default)]
    held_out: bool,
    text: String,
    says: Vec<String>,
}

#[derive(Default)]
struct Tally {
    direct: (usize, usize),
    indirect: (usize, usize),
    scare: (usize, usize),
    speaker: (usize, usize),
    cue: (usize, usize),
    kind: (usize, usize),
    good_rows: usize,
    rows: usize,
}

fn share((hit, of): (usize, usize)) -> f64 {
    if of == 0 { 1.0 } else { hit as f64 / of as f64 }
}

fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn same(want: &str, got: Option<&str>) -> bool {
    let (want, got) = (want.to_lowercase(), got.map(str::to_lowercase));
    match got {
        None => want == "-",
        Some(got) => want != "-" && (want.contains(&got) || got.contains(&want)),
    }
}

fn source(language: Lang, text: &str) -> Source {
    Source { path: "sample.txt".into(), text: text.into(), has_bytes: true, language: Some(language), ..Source::default() }
}

fn measure(extractor: &Extractor, language: Lang, sample: &Sample, held_out: bool) -> Tally {
    let mut tally = Tally::default();
    for labelled in sample.text.iter().filter(|t| t.held_out == held_out) {
        let article = extractor.article(&source(language, labelled.text.trim()));
        let text = &article.document.text;
        let mut good = vec![false; article.quotes.len()];
        for line in &labelled.says {
            let parts: Vec<&str> = line.splitn(4, " | ").collect();
            let &[kind, speaker, cue, content] = parts.as_slice() else { panic!("{line:?} has not four parts") };
            let kind: QuoteKind = kind.parse().expect("a kind of quotation");
            let at = text.find(content).unwrap_or_else(|| panic!("{content:?} is not in its text"));
            let want = Span::new(at, at + content.len());
            // The quotation that covers half of it and little else: of two, the one of the same kind.
            let best = article
                .quotes
                .iter()
                .enumerate()
                .filter(|(_, q)| 2 * overlap(q.span, want) >= want.len() && (2 * overlap(q.span, want) >= q.span.len() || q.kind == kind))
                .max_by_key(|(_, q)| (q.kind == kind, 1000 * overlap(q.span, want) / q.span.len().max(want.len())));
            let found = match kind {
                QuoteKind::Direct => &mut tally.direct,
                QuoteKind::Indirect => &mut tally.indirect,
                QuoteKind::Scare => &mut tally.scare,
            };
            found.1 += 1;
            let Some((i, q)) = best else {
                println!("missed   {line}");
                continue;
            };
            found.0 += 1;
            good[i] = true;
            let cut = |s: Option<Span>| s.map(|s| s.of(text));
            for (right, count, what) in [
                (same(speaker, cut(q.speaker)), &mut tally.speaker, "speaker"),
                (same(cue, cut(q.cue)), &mut tally.cue, "cue"),
                (q.kind == kind, &mut tally.kind, "kind"),
            ] {
                count.1 += 1;
                count.0 += usize::from(right);
                if !right {
                    println!("{what:8} {line}   got {} | {:?} | {:?} | {}", q.kind, cut(q.speaker), cut(q.cue), q.span.of(text));
                }
            }
        }
        for (q, _) in article.quotes.iter().zip(&good).filter(|(_, good)| !**good) {
            println!("extra    {} | {:?} | {}", q.kind, q.speaker.map(|s| s.of(text)), q.span.of(text));
        }
        tally.rows += good.len();
        tally.good_rows += good.iter().filter(|g| **g).count();
    }
    tally
}

fn sample(language: Lang) -> Sample {
    let text = match language {
        Lang::EN => include_str!("attribution/en.toml"),
        _ => include_str!("attribution/es.toml"),
    };
    toml::from_str(text).expect("a labelled sample")
}

#[test]
fn attributions_of_the_labelled_sample_are_found() {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs");
    for language in [Lang::EN, Lang::ES] {
        let sample = sample(language);
        for held_out in [false, true] {
            let t = measure(&extractor, language, &sample, held_out);
            let name = format!("{language} {}", if held_out { "held out" } else { "seen" });
            let n = t.direct.1 + t.indirect.1 + t.scare.1;
            println!(
                "{name}: {n} attributions; direct {:.2}, indirect {:.2}, scare {:.2} found; speaker {:.2}, cue {:.2}, kind {:.2}; {} of {} rows good",
                share(t.direct),
                share(t.indirect),
                share(t.scare),
                share(t.speaker),
                share(t.cue),
                share(t.kind),
                t.good_rows,
                t.rows
            );
            let floors = [
                ("direct", t.direct, 0.97),
                ("indirect", t.indirect, 0.9),
                ("speaker", t.speaker, 0.9),
                ("rows", (t.good_rows, t.rows), 0.9),
            ];
            for (what, got, floor) in floors {
                assert!(share(got) >= floor, "{name}: {what} {:.3} is under {floor}", share(got));
            }
        }
    }
}
