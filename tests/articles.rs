//! What must be true of the three articles of the first corpus.

#![allow(clippy::unwrap_used)] // a test that fails says where

use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;
use newsframe::article::Extractor;
use newsframe::extract::extract;
use newsframe::pack::Packs;
use newsframe::tables::{ClaimRow, EditRow, Tables, TermRow};
use newsframe::vocabulary::{Bound, ClaimKind, Precision, Scope, Voice};

static RUN: LazyLock<Tables> = LazyLock::new(|| {
    let corpus = newsframe::corpus::open(&folder()).unwrap();
    extract(&Extractor::new(&Packs::shipped()).unwrap(), &corpus, || ()).tables
});

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles")
}

fn doc(prefix: &str) -> &'static newsframe::tables::DocumentRow {
    RUN.documents.iter().find(|d| d.path.starts_with(prefix)).unwrap_or_else(|| panic!("no document {prefix}"))
}

fn claim(prefix: &str, text: &str, kind: ClaimKind, near: &str) -> &'static ClaimRow {
    let d = doc(prefix);
    let sentence =
        |c: &ClaimRow| RUN.sentences.iter().find(|s| Some(&s.sentence_id) == c.sentence_id.as_ref()).map_or("", |s| s.text.as_str());
    let all: Vec<_> = RUN.claims.iter().filter(|c| c.doc_id == d.doc_id && c.kind == kind).collect();
    all.iter().copied().find(|c| c.text == text && sentence(c).contains(near)).unwrap_or_else(|| {
        panic!("no claim {text:?} {kind} near {near:?} among {:?}", all.iter().map(|c| (&c.text, sentence(c))).collect::<Vec<_>>())
    })
}

fn day(s: &str) -> Option<NaiveDate> {
    s.parse().ok()
}

#[test]
fn no_damage_is_left_and_every_sentence_can_be_cut_from_its_file() {
    let d = doc("001");
    for sound in ["Kazajstán", "¿Qué", "“Lo que está sucediendo", "años", "¡de nuevo!"] {
        assert!(d.text.contains(sound), "{sound}");
    }
    for damaged in ["√", "¬", "‚Ä", "Ī", "ļ", "Ņ", "\u{200b}"] {
        assert!(!d.text.contains(damaged), "{damaged:?} is left");
    }
    assert_eq!(d.unrepaired, 0);
    assert!(d.repairs > 0);
    for d in &RUN.documents {
        let raw = std::fs::read_to_string(folder().join(&d.path)).unwrap();
        let edits: Vec<&EditRow> = RUN.edits.iter().filter(|e| e.doc_id == d.doc_id).collect();
        // undoing every edit, last first, gives the file back
        let mut text = d.text.to_string();
        for e in edits.iter().rev() {
            let at = usize::try_from(e.clean_start).unwrap();
            text.replace_range(at..at + e.after.len(), &e.before);
        }
        assert!(text == raw, "{}: undoing the edits does not give the file", d.path);
        let mut sentences = 0;
        for s in RUN.sentences.iter().filter(|s| s.doc_id == d.doc_id) {
            let (from, to) = (usize::try_from(s.raw_start.unwrap()).unwrap(), usize::try_from(s.raw_end.unwrap()).unwrap());
            let cut = &raw[from..to];
            assert!(
                s.repaired || cut == s.text || edits.iter().any(|e| (s.start..s.end).contains(&e.clean_start)),
                "{cut:?} is not {:?}",
                s.text
            );
            sentences += 1;
        }
        assert_eq!(sentences, d.sentences);
    }
    for furniture in ["Escuche esta historia", "--:--"] {
        assert!(!RUN.sentences.iter().any(|s| s.text.contains(furniture)), "{furniture}");
        assert!(RUN.edits.iter().any(|e| e.before.contains(furniture)), "{furniture} has no edit");
    }
}

#[test]
fn claims_of_the_english_article() {
    let dozens = claim("000", "dozens", ClaimKind::Killed, "claimed the lives");
    assert_eq!((dozens.voice, dozens.value_min, dozens.value_max), (Voice::Own, Some(24.0), Some(99.0)));
    assert_eq!(dozens.victim_class, newsframe::vocabulary::VictimClass::Protester);
    let attackers = claim("000", "Dozens", ClaimKind::Killed, "attackers were killed");
    assert_eq!(attackers.voice, Voice::Direct);
    assert!(attackers.speaker_text.as_deref().is_some_and(|s| s.contains("Saltanat Azirbek")), "{:?}", attackers.speaker_text);
    let police = claim("000", "At least 10", ClaimKind::Killed, "police officers");
    assert_eq!((police.value_min, police.value_max, police.bound, police.voice), (Some(10.0), None, Bound::AtLeast, Voice::Indirect));
    assert_eq!(police.speaker_text.as_deref(), Some("authorities"));
    assert_eq!(police.reported_date, day("2022-01-06"));
}

#[test]
fn claims_of_the_spanish_articles() {
    let own = RUN
        .claims
        .iter()
        .find(|c| c.doc_id == doc("001").doc_id && c.kind == ClaimKind::Killed && c.text.contains("decenas"))
        .expect("como mínimo decenas");
    assert_eq!((own.voice, own.value_min), (Voice::Own, Some(20.0)));
    for (text, kind) in [("15", ClaimKind::Killed), ("cientos", ClaimKind::Injured)] {
        let c = claim("002", text, kind, "Zhanaozen");
        assert_eq!(c.scope, Scope::Background, "{text}");
        assert!(c.event_start.is_some_and(|d| d < day("2013-01-01").unwrap()), "{text} {:?}", c.event_start);
    }
    for (text, kind, min) in
        [("decenas", ClaimKind::Killed, 20.0), ("cientos", ClaimKind::Injured, 200.0), ("más de 2000", ClaimKind::Detained, 2001.0)]
    {
        let c = claim("002", text, kind, "Según los informes");
        assert_eq!(c.value_min, Some(min), "{text}");
        assert!(c.speaker_text.as_deref().is_some_and(|s| s.contains("los informes")), "{text}: {:?}", c.speaker_text);
        assert_eq!((c.voice, c.scope), (Voice::Indirect, Scope::Incident), "{text}");
    }
}

#[test]
fn dates() {
    let date = |prefix: &str, text: &str| {
        let d = doc(prefix);
        RUN.dates
            .iter()
            .find(|t| t.doc_id == d.doc_id && t.text.eq_ignore_ascii_case(text))
            .unwrap_or_else(|| panic!("no date {text} in {prefix}"))
    };
    for (prefix, text, value) in [("000", "Sunday", "2022-01-02"), ("000", "Wednesday", "2022-01-05"), ("000", "January 19", "2022-01-19")]
    {
        assert_eq!(date(prefix, text).value.as_deref(), Some(value), "{text}");
    }
    assert!(RUN.dates.iter().any(|t| t.doc_id == doc("001").doc_id && t.value.as_deref() == Some("2011-12")));
    let ago = date("002", "hace 10 años");
    assert_eq!(ago.precision, Some(Precision::Year));
    assert!(matches!(ago.value.as_deref(), Some("2011" | "2012")), "{:?}", ago.value);
}

#[test]
fn entities() {
    let of = |name: &str| {
        let ids: std::collections::BTreeSet<_> = RUN.mentions.iter().filter(|m| m.text == name).map(|m| m.entity_id.as_str()).collect();
        assert_eq!(ids.len(), 1, "{name} is {ids:?}");
        ids.into_iter().next().unwrap()
    };
    let tokayev = of("Tokayev");
    for name in ["Kassym Jomart Tokayev", "Kasim-Yomart Tokayev", "Kasym Tokayev", "Kassym-Jomart Tokayev"] {
        assert_eq!(of(name), tokayev, "{name}");
    }
    let nazarbayev = of("Nazarbayev");
    for name in ["Nursultan Nazarbayev", "N azarbayev"] {
        assert_eq!(of(name), nazarbayev, "{name}");
    }
    assert_ne!(tokayev, nazarbayev);
    assert_ne!(of("Samat Abish"), nazarbayev);
    assert_eq!(of("CSTO"), of("OTSC"));
    assert_eq!(of("Collective Security Treaty Organization"), of("Organización del Tratado de Seguridad Colectiva"));
    assert_eq!(of("CSTO"), of("Collective Security Treaty Organization"));
    assert_eq!(of("Janaozen"), of("Zhanaozen"));
    assert_eq!(of("Nur-Sultan"), of("Astana"));
    assert_eq!(of("Kazajstán"), of("Kazakhstan"));
}

#[test]
fn terms() {
    let all = |text: &str| RUN.terms.iter().filter(|t| t.text.to_lowercase().contains(text)).collect::<Vec<&TermRow>>();
    for word in ["anti-terrorism operation", "antiterroristas"] {
        assert!(!all(word).is_empty(), "{word}");
        for t in all(word) {
            assert_ne!(t.voice, Voice::Own, "{} in {}", t.text, t.doc_id);
        }
    }
    let denied = |word: &str| {
        let near = RUN.sentences.iter().find(|s| s.text.contains("no llamaría a la gente de allí")).unwrap();
        RUN.terms
            .iter()
            .find(|t| t.text == word && t.sentence_id.as_ref() == Some(&near.sentence_id))
            .unwrap_or_else(|| panic!("{word}"))
            .negated
    };
    assert!(denied("manifestantes"));
    assert!(!denied("revolucionarios"));
}
