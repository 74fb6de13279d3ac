//! Attributions in news prose written for this test: how many are found, with speaker, cue and kind.
//!
//! Run with `--nocapture` for the numbers and for every case that is wrong. `en.toml` and `es.toml` are the half that rules were
//! written by; `held-en.toml` and `held-es.toml` were written in one go before that and scored once before anything was changed for them:
//! the codebook holds those figures. `fresh-en.toml` and `fresh-es.toml` are direct speech alone, written in one go after all that, in kinds of
//! prose that the rules had not met, and scored once too. `varied-en.toml` and `varied-es.toml` are direct and indirect speech in thirteen
//! kinds of prose, scored before the rules were mended by them; `unseen-en.toml` and `unseen-es.toml` came after that and were scored once:
//! the codebook has the first scores of all. `broad-en.toml` and `broad-es.toml` were written without a look at the rules and scored before
//! these were mended by them (direct speakers right: 73 % and 65 %); `later-en.toml` and `later-es.toml` came after that and were scored
//! once (70 % of 23 and 82 % of 22), then mended by; `last-en.toml` and `last-es.toml` after all (15 of 15, 8 of 11). The floors here are a little under what is measured now.
//! `politics-*` and `press-*` are an outsider's, scored once each: the codebook has their first scores too. `campaign-en.toml` came after all
//! these; its misses are not read. `local-*` and `afar-*` are whole articles in the manner of regional papers, labelled before anything was
//! run over them: rules were mended by the first (when first scored: English 20, direct speakers right 100 %, indirect found 92.3 %; Spanish 58,
//! 82.6 %, 94.1 %); the misses of the others are not read.
//! `capitol-*` are whole articles of national politics, labelled before anything was run over them and with the infinitives under verbs of
//! promising, asking and wanting as content, which the others leave out: first scores in the codebook.
//! `floor-*` are articles of parliaments, streets, courts and markets, labelled before anything was run over them, with what is declined, refused
//! and agreed and what somebody is accused of as content too (when first scored: English 109 indirect, 82.6 % found, their speakers right 93.3 %; Spanish
//! 101, 69.3 %, 95.7 %); the misses of the held ones are not read.
//! `pulpit-*` are articles of statehouses, courts, elections abroad and local councils, documents and crowds as sources too, labelled before anything was
//! run over them (when first scored: English 90 direct and indirect, direct speakers right 76.9 %, indirect found 90.6 %, precision 96.1 %, their speakers 87.9 %; Spanish 70, 85.0, 88.0, 95.2 and
//! 97.7 %; the held ones, whose misses are not read: English 80, 88.9, 93.5, 90.7 and 86.2 %; Spanish 61, 100, 84.4, 94.6 and 97.4 %; then six labels that broke the conventions were put right).

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
    text: String,
    says: Vec<String>,
}

/// Right ones, of all.
type Count = (usize, usize);

/// What came of the attributions of one kind.
#[derive(Default)]
struct Kind {
    found: Count,
    speaker: Count,
    /// Rows of the table that are labelled.
    rows: Count,
}

#[derive(Default)]
struct Tally {
    direct: Kind,
    indirect: Kind,
    scare: Kind,
    cue: Count,
    kind: Count,
    /// Rows of infinitives under verbs of wanting that are labelled.
    meant: Count,
}

impl Tally {
    fn of(&mut self, kind: QuoteKind) -> &mut Kind {
        match kind {
            QuoteKind::Direct => &mut self.direct,
            QuoteKind::Indirect => &mut self.indirect,
            QuoteKind::Scare => &mut self.scare,
        }
    }
}

fn share((hit, of): (usize, usize)) -> f64 {
    if of == 0 { 1.0 } else { hit as f64 / of as f64 }
}

fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// `A / B` is either: a name or the office by which it is meant, a verb of saying or none where the speaker only goes on.
fn same(want: &str, got: Option<&str>) -> bool {
    let got = got.map(str::to_lowercase);
    want.to_lowercase().split(" / ").any(|want| match &got {
        None => want == "-",
        Some(got) => want != "-" && (want.contains(got) || got.contains(want)),
    })
}

fn source(language: Lang, text: &str) -> Source {
    Source { path: "sample.txt".into(), text: text.into(), has_bytes: true, language: Some(language), ..Source::default() }
}

fn measure(extractor: &Extractor, language: Lang, sample: &Sample) -> Tally {
    let mut tally = Tally::default();
    for labelled in &sample.text {
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
            tally.of(kind).found.1 += 1;
            let Some((i, q)) = best else {
                println!("missed   {line}");
                continue;
            };
            tally.of(kind).found.0 += 1;
            good[i] = true;
            let cut = |s: Option<Span>| s.map(|s| s.of(text));
            let checks = [("speaker", same(speaker, cut(q.speaker))), ("cue", same(cue, cut(q.cue))), ("kind", q.kind == kind)];
            for (what, right) in checks {
                let count = match what {
                    "speaker" => &mut tally.of(kind).speaker,
                    "cue" => &mut tally.cue,
                    _ => &mut tally.kind,
                };
                count.1 += 1;
                count.0 += usize::from(right);
                if !right {
                    println!("{what:8} {line}   got {} | {:?} | {:?} | {}", q.kind, cut(q.speaker), cut(q.cue), q.span.of(text));
                }
            }
        }
        for (q, good) in article.quotes.iter().zip(good) {
            // The older samples don't label what is only meant.
            let rows = if q.meant { &mut tally.meant } else { &mut tally.of(q.kind).rows };
            rows.1 += 1;
            rows.0 += usize::from(good);
            if !good {
                println!("extra    {} | {:?} | {}", q.kind, q.speaker.map(|s| s.of(text)), q.span.of(text));
            }
        }
    }
    tally
}

/// Measures a sample, prints the figures, and holds them to floors: direct found, direct speaker, indirect found, precision of
/// indirect, indirect speaker.
fn hold(name: &str, sample: &str, floors: [f64; 5]) {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs");
    let language = Lang::parse(&name[name.len() - 2..]).expect("a language");
    let t = measure(&extractor, language, &toml::from_str(sample).expect("a labelled sample"));
    let n = t.direct.found.1 + t.indirect.found.1 + t.scare.found.1;
    for (kind, k) in [("direct", &t.direct), ("indirect", &t.indirect), ("scare", &t.scare)] {
        let (found, rows, speaker) = (share(k.found), share(k.rows), share(k.speaker));
        println!("{name} {kind:8} of {:3}: recall {found:.3}, precision {rows:.3}, speaker {speaker:.3}", k.found.1);
    }
    let (cue, kind, meant) = (share(t.cue), share(t.kind), share(t.meant));
    println!("{name} all      of {n:3}: cue {cue:.3}, kind {kind:.3}, precision of {} infinitives {meant:.3}", t.meant.1);
    let got = [t.direct.found, t.direct.speaker, t.indirect.found, t.indirect.rows, t.indirect.speaker].map(share);
    for (got, floor) in got.into_iter().zip(floors) {
        assert!(got >= floor, "{name}: {got:.3} is under {floor}");
    }
}

#[test]
fn attributions_of_the_seen_half_are_found() {
    hold("seen en", include_str!("attribution/en.toml"), [0.97, 0.9, 0.9, 0.9, 0.9]);
    hold("seen es", include_str!("attribution/es.toml"), [0.97, 0.9, 0.9, 0.9, 0.9]);
}

#[test]
fn attributions_of_the_held_half_are_found() {
    hold("held en", include_str!("attribution/held-en.toml"), [0.97, 0.9, 0.9, 0.9, 0.9]);
    hold("held es", include_str!("attribution/held-es.toml"), [0.97, 0.9, 0.95, 0.9, 0.95]);
}

#[test]
fn direct_speech_of_further_kinds_of_prose_is_found() {
    // Indirect speech is not labelled in these.
    hold("fresh en", include_str!("attribution/fresh-en.toml"), [0.97, 0.95, 0.0, 0.0, 0.0]);
    hold("fresh es", include_str!("attribution/fresh-es.toml"), [0.97, 0.94, 0.0, 0.0, 0.0]);
}

#[test]
fn attributions_of_varied_prose_are_found() {
    hold("varied en", include_str!("attribution/varied-en.toml"), [0.97, 0.9, 0.93, 0.88, 0.88]);
    hold("varied es", include_str!("attribution/varied-es.toml"), [0.97, 0.9, 0.93, 0.88, 0.88]);
}

#[test]
fn attributions_of_unseen_prose_are_found() {
    hold("unseen en", include_str!("attribution/unseen-en.toml"), [0.85, 0.85, 0.78, 0.85, 0.85]);
    hold("unseen es", include_str!("attribution/unseen-es.toml"), [0.95, 0.75, 0.9, 0.9, 0.88]);
}

#[test]
fn attributions_of_broad_prose_are_found() {
    hold("broad en", include_str!("attribution/broad-en.toml"), [0.97, 0.88, 0.93, 0.9, 0.95]);
    hold("broad es", include_str!("attribution/broad-es.toml"), [0.97, 0.86, 0.95, 0.88, 0.88]);
}

#[test]
fn attributions_of_later_prose_are_found() {
    hold("later en", include_str!("attribution/later-en.toml"), [0.97, 0.78, 0.97, 0.86, 0.9]);
    hold("later es", include_str!("attribution/later-es.toml"), [0.97, 0.95, 0.97, 0.97, 0.97]);
}

#[test]
fn attributions_of_prose_by_an_outsider_are_found() {
    hold("outside en", include_str!("attribution/outside-en.toml"), [0.99, 0.92, 0.97, 0.96, 0.96]);
    hold("outside es", include_str!("attribution/outside-es.toml"), [0.99, 0.93, 0.95, 0.93, 0.98]);
}

#[test]
fn attributions_of_prose_after_all_are_found() {
    hold("after en", include_str!("attribution/after-en.toml"), [0.99, 0.92, 0.97, 0.96, 0.94]);
    hold("after es", include_str!("attribution/after-es.toml"), [0.99, 0.92, 0.98, 0.98, 0.93]);
    // One bill "promised to refer …" was met only by a clause behind it that is no content; this sample labels no infinitives.
    hold("politics en", include_str!("attribution/politics-en.toml"), [0.99, 0.82, 0.85, 0.92, 0.91]);
    hold("politics es", include_str!("attribution/politics-es.toml"), [0.98, 0.77, 0.83, 0.88, 0.89]);
    hold("press en", include_str!("attribution/press-en.toml"), [0.99, 0.94, 0.96, 0.98, 0.92]);
    hold("press es", include_str!("attribution/press-es.toml"), [0.99, 0.94, 0.96, 0.97, 0.88]);
}

#[test]
fn attributions_of_campaign_news_are_found() {
    hold("campaign en", include_str!("attribution/campaign-en.toml"), [0.99, 0.99, 0.82, 0.8, 0.96]);
}

#[test]
fn attributions_of_regional_papers_are_found() {
    hold("local en", include_str!("attribution/local-en.toml"), [0.99, 0.99, 0.99, 0.92, 0.92]);
    hold("local es", include_str!("attribution/local-es.toml"), [0.99, 0.91, 0.97, 0.96, 0.9]);
    hold("afar en", include_str!("attribution/afar-en.toml"), [0.99, 0.81, 0.95, 0.91, 0.99]);
    hold("afar es", include_str!("attribution/afar-es.toml"), [0.81, 0.84, 0.94, 0.89, 0.88]);
}

#[test]
fn attributions_of_national_politics_are_found() {
    hold("capitol en", include_str!("attribution/capitol-en.toml"), [0.99, 0.97, 0.92, 0.9, 0.88]);
    hold("capitol es", include_str!("attribution/capitol-es.toml"), [0.99, 0.99, 0.94, 0.96, 0.96]);
    hold("capitol held en", include_str!("attribution/capitol-held-en.toml"), [0.99, 0.96, 0.88, 0.94, 0.94]);
    hold("capitol held es", include_str!("attribution/capitol-held-es.toml"), [0.99, 0.99, 0.99, 0.99, 0.75]);
}

#[test]
fn attributions_of_parliament_streets_and_courts_are_found() {
    hold("floor en", include_str!("attribution/floor-en.toml"), [0.99, 0.97, 0.97, 0.87, 0.95]);
    hold("floor es", include_str!("attribution/floor-es.toml"), [0.99, 0.92, 0.95, 0.93, 0.97]);
    hold("floor held en", include_str!("attribution/floor-held-en.toml"), [0.99, 0.97, 0.87, 0.92, 0.96]);
    hold("floor held es", include_str!("attribution/floor-held-es.toml"), [0.99, 0.84, 0.92, 0.95, 0.98]);
}

#[test]
fn attributions_of_houses_papers_and_crowds_are_found() {
    hold("pulpit en", include_str!("attribution/pulpit-en.toml"), [0.99, 0.79, 0.92, 0.94, 0.91]);
    hold("pulpit es", include_str!("attribution/pulpit-es.toml"), [0.99, 0.84, 0.98, 0.94, 0.96]);
}

#[test]
fn attributions_of_houses_papers_and_crowds_held_back_are_found() {
    hold("pulpit held en", include_str!("attribution/pulpit-held-en.toml"), [0.99, 0.88, 0.92, 0.9, 0.85]);
    hold("pulpit held es", include_str!("attribution/pulpit-held-es.toml"), [0.99, 0.99, 0.86, 0.94, 0.95]);
}

#[test]
fn attributions_of_the_last_prose_are_found() {
    hold("last en", include_str!("attribution/last-en.toml"), [0.97, 0.97, 0.95, 0.95, 0.95]);
    hold("last es", include_str!("attribution/last-es.toml"), [0.97, 0.7, 0.97, 0.95, 0.85]);
}

#[test]
fn attributions_of_whole_articles_are_found() {
    hold("articles en", include_str!("attribution/articles-en.toml"), [0.98, 0.94, 0.96, 0.96, 0.97]);
    hold("articles es", include_str!("attribution/articles-es.toml"), [0.99, 0.89, 0.93, 0.86, 0.94]);
}
