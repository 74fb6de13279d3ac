//! Layout over made-up corpora: small and large, with long names in three scripts.

use chrono::NaiveDate;

use super::{Casualties, Chart, Timeline, all};
use crate::span::Span;
use crate::tables::{ClaimRow, DateRow, DocumentRow, EntityRow, MentionRow, QuoteRow, SentenceRow, Tables, TermRow};
use crate::vocabulary::{Anchor, Bound, ClaimKind, DateKind, EntityKind, Frame, Precision, QuoteKind, Scope, Section, VictimClass, Voice};

const NAMES: [&str; 6] = [
    "The Daily Example",
    "Periódico de Información del Señor Núñez",
    "Казахстанская правда",
    "X",
    "La Voz",
    "An Outlet with an Exceedingly Long Name that No Margin Could Ever Hold, Not Even a Wide One, at Any Size of Letters",
];
const TEXT: &str = "The “régime” fell on Sunday. Protesters cheered. \"At least 10 people were killed,\" said the mayor of Nur-Sultán.";

fn day(n: usize) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2022, 1, 1).and_then(|d| d.checked_add_days(chrono::Days::new(n as u64 % 40)))
}

/// A corpus of `sources` with `claims` figures and as many terms.
fn corpus(sources: usize, claims: usize) -> Tables {
    let mut t = Tables::default();
    for i in 0..sources {
        let source = NAMES.get(i).map_or_else(|| format!("Outlet Nº {i}"), |name| (*name).to_owned());
        let text = TEXT.repeat(1 + i % 7);
        let sentence = |n: usize, span: Span| SentenceRow {
            sentence_id: format!("{i}.s.{n}").into(),
            doc_id: i.to_string().into(),
            paragraph: 0,
            sentence: n as u32,
            section: Section::Body,
            start: span.start as u64,
            end: span.end as u64,
            raw_start: None,
            raw_end: None,
            text: span.of(&text).to_owned().into(),
            language: "en".into(),
            voice: Voice::Own,
            tokens: 1,
            repaired: false,
        };
        t.sentences.push(sentence(0, Span::new(0, text.len())));
        t.quotes.push(QuoteRow {
            quote_id: i.to_string().into(),
            doc_id: i.to_string().into(),
            sentence_id: None,
            kind: if i % 2 == 0 { QuoteKind::Direct } else { QuoteKind::Indirect },
            start: 53,
            end: 80,
            raw_start: None,
            raw_end: None,
            text: String::new().into(),
            speaker_text: None,
            speaker_start: None,
            speaker_end: None,
            entity_id: None,
            cue: None,
            rule: String::new().into(),
        });
        t.documents.push(DocumentRow {
            doc_id: i.to_string().into(),
            path: format!("{i}.txt").into(),
            source: (i != 3).then_some(source.into()),
            title: None,
            author: None,
            url: None,
            language: if i % 2 == 0 { "en" } else { "es" }.into(),
            published: (i % 5 != 4).then(|| day(i)).flatten(),
            published_precision: (i % 7 == 6).then_some(Precision::Month),
            published_basis: None,
            text: text.into(),
            paragraphs: 1,
            sentences: 1,
            tokens: 20,
            sha256: format!("{i:064x}").into(),
            repairs: 0,
            unrepaired: 0,
            removed_lines: 0,
            duplicate_of: None,
        });
    }
    let bounds = [Bound::Exact, Bound::AtLeast, Bound::MoreThan, Bound::Vague, Bound::AtMost, Bound::About, Bound::Range, Bound::LessThan];
    let voices = [Voice::Own, Voice::Direct, Voice::Indirect, Voice::Scare];
    for i in 0..claims {
        let (bound, n) = (bounds[i % 8], [1.0, 10.0, 26.0, 164.0, 2000.0, 7.0, 12_345.0][i % 7]);
        let (min, max) = match bound {
            Bound::AtLeast | Bound::MoreThan => (Some(n), None),
            Bound::Vague | Bound::Range => (Some(n), Some(n * 5.0 - 1.0)),
            Bound::AtMost | Bound::LessThan => (Some(1.0), Some(n)),
            _ => (Some(n), Some(n)),
        };
        let doc = i % sources;
        t.claims.push(ClaimRow {
            claim_id: format!("c{i}").into(),
            doc_id: doc.to_string().into(),
            sentence_id: None,
            start: i as u64,
            end: i as u64,
            raw_start: None,
            raw_end: None,
            text: if i % 5 == 0 { "decenas de miles".into() } else { format!("at least {n}").into() },
            kind: [ClaimKind::Killed, ClaimKind::Injured, ClaimKind::Detained, ClaimKind::Killed][i % 4],
            value_min: min,
            value_max: max,
            value_best: min.or(max),
            bound,
            victims_text: (i % 3 > 0).then(|| "agentes de policía y manifestantes de la región".into()),
            victim_class: VictimClass::Unknown,
            perpetrator_text: None,
            speaker_text: (i % 3 == 0).then(|| "the representative of the city police, Saltanat Azirbek".into()),
            speaker_entity_id: None,
            voice: voices[i % 3],
            cue: None,
            place_text: None,
            place_entity_id: None,
            event_start: (i % 3 == 0).then(|| day(i * 7)).flatten(),
            event_end: (i % 6 == 0).then(|| day(i * 7)).flatten(),
            event_precision: Some(Precision::Day),
            event_rule: None,
            reported_date: (doc % 5 != 4).then(|| day(doc)).flatten(),
            scope: if i % 9 == 8 { Scope::Background } else { Scope::Incident },
            subset_of: (i % 6 == 1).then(|| "c0".into()),
            supersedes: None,
            retracts: (i % 10 == 2).then(|| "c4".into()),
            contradicts: None,
            claim_group: None,
            negated: false,
            hypothetical: i % 11 == 10,
            rule: String::new().into(),
        });
        t.dates.push(DateRow {
            date_id: format!("d{i}").into(),
            doc_id: doc.to_string().into(),
            sentence_id: Some(format!("{doc}.s.0").into()),
            start: 0,
            end: 0,
            raw_start: None,
            raw_end: None,
            text: "el domingo".into(),
            kind: DateKind::Date,
            value: None,
            date_start: day(i * 3),
            date_end: day(i * 3),
            precision: Some([Precision::Day, Precision::Month, Precision::Year][i % 3]),
            anchor: Anchor::Published,
            modifier: None,
            rule: String::new().into(),
        });
        let named = |n: usize| (i * 5 + n * n) % 60;
        t.mentions.extend((0..3).map(|n| MentionRow {
            mention_id: format!("m{i}.{n}").into(),
            doc_id: doc.to_string().into(),
            sentence_id: Some(format!("s{}", i / 2).into()),
            kind: EntityKind::ALL[named(n) % 5],
            start: 0,
            end: 0,
            raw_start: None,
            raw_end: None,
            text: String::new().into(),
            entity_id: format!("e{}", named(n)).into(),
            joined_by: None,
            rule: String::new().into(),
        }));
        t.terms.push(TermRow {
            term_id: format!("w{i}").into(),
            doc_id: doc.to_string().into(),
            sentence_id: None,
            start: (i * 11 % 100) as u64,
            end: 0,
            raw_start: None,
            raw_end: None,
            text: "régime".into(),
            concept: "regime".into(),
            frame: Frame::ALL[i % 5],
            language: "en".into(),
            voice: voices[i % 4],
            speaker_text: None,
            speaker_entity_id: None,
            negated: false,
            target_text: None,
            target_entity_id: None,
            rule: String::new().into(),
        });
    }
    for i in 0..60 {
        t.entities.push(EntityRow {
            entity_id: format!("e{i}").into(),
            name: NAMES.get(i).map_or_else(|| format!("Señora Nº {i} de Алматы"), |name| (*name).to_owned()).into(),
            kind: EntityKind::ALL[i % 5],
            aliases: Vec::new(),
            wikidata: None,
            country: [Some("KZ"), None, Some("RU"), Some("XX")][i % 4].map(Into::into),
            latitude: None,
            longitude: None,
            mentions: 0,
            documents: 0,
        });
    }
    t
}

fn charts(t: &Tables) -> Vec<(&'static str, Chart)> {
    let mut charts = all(t).unwrap_or_else(|e| panic!("{e}"));
    for (name, chart) in [
        ("casualties otherwise", Casualties { by_speaker: true, background: true }.draw(t)),
        ("timeline otherwise", Timeline { background: true }.draw(t)),
    ] {
        charts.push((name, chart.unwrap_or_else(|e| panic!("{name}: {e}"))));
    }
    charts
}

#[test]
fn no_words_overlap_or_leave_the_canvas() {
    for (sources, claims) in [(1, 0), (1, 3), (1, 200), (3, 12), (3, 5000), (8, 40), (60, 1), (60, 200), (75, 5000)] {
        for (name, chart) in charts(&corpus(sources, claims)) {
            assert_eq!(chart.scene.faults(), Vec::<String>::new(), "{name} of {sources} sources and {claims} claims");
        }
    }
    for (name, chart) in charts(&Tables::default()) {
        assert_eq!(chart.scene.faults(), Vec::<String>::new(), "{name} of nothing");
    }
}

#[test]
fn pictures_are_the_same_twice_escaped_and_described() {
    let mut t = corpus(3, 12);
    t.documents[0].source = Some("A <b> & \"B\" EVCXR_END_CONTENT".into());
    for ((name, a), (_, b)) in charts(&t).into_iter().zip(charts(&t)) {
        assert_eq!(a.svg(), b.svg(), "{name}");
        assert!(a.svg().starts_with("<svg") && a.svg().contains("role=\"img\"") && a.svg().contains("<desc>"), "{name}");
        assert!(!a.svg().contains("<b>"), "{name}");
        assert!(a.svg().contains("Descriptive only: 3 documents") && a.svg().contains("not verified"), "{name}");
        assert!(!a.alt().is_empty(), "{name}");
    }
}

#[test]
fn a_chart_is_saved_with_its_numbers_and_words() -> crate::Result<()> {
    let folder = tempfile::tempdir().map_err(crate::Error::io("temporary folder"))?;
    let (_, chart) = charts(&corpus(3, 12)).swap_remove(0);
    let chart = chart.save_in(folder.path(), "coverage")?;
    let read = |ending: &str| std::fs::read(folder.path().join(format!("coverage.{ending}"))).unwrap_or_default();
    assert_eq!(read("svg"), chart.svg().as_bytes());
    assert!(read("png").starts_with(b"\x89PNG"));
    assert_eq!(read("csv").iter().filter(|&&b| b == b'\n').count(), 4);
    assert!(String::from_utf8_lossy(&read("txt")).contains("Казахстанская правда"));
    assert_eq!(std::fs::read_dir(folder.path()).map(Iterator::count).ok(), Some(4));
    Ok(())
}

/// For the eye: `NEWSFRAME_OUT=… cargo test -- --ignored draw_made_up_corpora`.
#[test]
#[ignore = "writes pictures to look at"]
fn draw_made_up_corpora() -> crate::Result<()> {
    let folder = super::output().join("charts");
    std::fs::create_dir_all(&folder).map_err(crate::Error::io(&folder))?;
    let write = |name: String, svg: &str| std::fs::write(folder.join(&name), svg).map_err(crate::Error::io(&folder));
    for (sources, claims) in [(1, 0), (1, 3), (3, 12), (8, 40), (60, 200), (75, 5000)] {
        for (name, chart) in charts(&corpus(sources, claims)) {
            write(format!("{name}-{sources}-{claims}.svg"), chart.svg())?;
        }
    }
    let articles = crate::corpus::open("data/articles".as_ref())?;
    let extractor = crate::article::Extractor::new(&crate::pack::Packs::shipped())?;
    for (name, chart) in charts(&crate::extract::extract(&extractor, &articles, || ()).tables) {
        write(format!("{name}-dark.svg"), chart.clone().dark()?.svg())?;
        write(format!("{name}.svg"), chart.svg())?;
    }
    Ok(())
}
