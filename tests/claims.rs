//! Reported figures over a labelled sample of our own: figures found, then each field on those found.
//!
//! `dev-*` was used for tuning; `held-*` was written before and not looked at until the end. The floors are what was
//! measured, rounded down.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use newsframe::article::{Article, Extractor};
use newsframe::corpus::Source;
use newsframe::export::Form;
use newsframe::extract::extract;
use newsframe::find::numbers::Policy;
use newsframe::join::claims::Claim;
use newsframe::pack::{Lang, Packs};
use newsframe::span::Span;
use newsframe::tables::Tables;
use newsframe::vocabulary::{Basis, Reason, Voice};
use proptest::prelude::*;

#[derive(serde::Deserialize)]
struct Sample {
    language: String,
    text: Vec<Labelled>,
}

#[derive(serde::Deserialize)]
struct Labelled {
    published: String,
    text: String,
    claims: Vec<String>,
}

/// What a label says: `killed 10.. at_least security indirect speaker='the police' event=2022-01-05 place=Almaty part`.
struct Label {
    span: Span,
    kind: String,
    interval: String,
    bound: String,
    class: String,
    voice: Option<String>,
    speaker: Option<String>,
    event: Option<String>,
    place: Option<String>,
    flags: Vec<String>,
}

/// Text without brackets, and the bracketed stretches.
fn unbracket(text: &str) -> (String, Vec<Span>) {
    let (mut out, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in text.chars() {
        match c {
            '[' => start = out.len(),
            ']' => spans.push(Span::new(start, out.len())),
            c => out.push(c),
        }
    }
    (out, spans)
}

/// Words parted by spaces, but not inside single quotes.
fn words(line: &str) -> Vec<String> {
    let (mut out, mut quoted, mut word) = (Vec::new(), false, String::new());
    for c in line.chars().chain([' ']) {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => out.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            c => word.push(c),
        }
    }
    out
}

fn label(line: &str, span: Span) -> Option<Label> {
    let mut words = words(line).into_iter();
    let kind = words.next().filter(|k| k != "none")?;
    let (interval, bound, class) = (words.next()?, words.next()?, words.next()?);
    let mut label = Label { span, kind, interval, bound, class, voice: None, speaker: None, event: None, place: None, flags: vec![] };
    for word in words {
        match word.split_once('=') {
            Some(("speaker", x)) => label.speaker = Some(x.to_lowercase()),
            Some(("event", x)) => label.event = Some(x.to_owned()),
            Some(("place", x)) => label.place = Some(x.to_lowercase()),
            _ if matches!(word.as_str(), "own" | "indirect" | "direct") => label.voice = Some(word),
            _ => label.flags.push(word),
        }
    }
    Some(label)
}

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    system: usize,
    fields: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<String>,
}

impl Score {
    fn field(&mut self, name: &'static str, right: bool, why: impl FnOnce() -> String) {
        let f = self.fields.entry(name).or_default();
        f.0 += usize::from(right);
        f.1 += 1;
        if !right {
            self.wrong.push(format!("{name}: {}", why()));
        }
    }

    fn f1(&self) -> f64 {
        200.0 * self.found as f64 / (self.gold + self.system) as f64
    }

    fn share(&self, name: &str) -> f64 {
        self.fields.get(name).map_or(100.0, |f| 100.0 * f.0 as f64 / f.1 as f64)
    }

    fn compare(&mut self, a: &Article, c: &Claim, want: &Label) {
        let text = &a.document.text;
        let n = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
        let cut = |s: Option<Span>| s.map_or("", |s| s.of(text)).to_lowercase();
        let at = format!("[{}] {}", want.span.of(text), &text[want.span.end..].chars().take(50).collect::<String>().replace('\n', " "));
        let interval = format!("{}..{}", n(c.count.figure.min), n(c.count.figure.max));
        self.field("value", interval == want.interval, || format!("{at}: {interval}"));
        self.field("bound", c.count.figure.bound.as_str() == want.bound, || format!("{at}: {}", c.count.figure.bound));
        self.field("class", c.count.victim_class.as_str() == want.class, || format!("{at}: {} not {}", c.count.victim_class, want.class));
        if let Some(voice) = &want.voice {
            self.field("voice", c.voice.as_str() == voice, || format!("{at}: {} not {voice}", c.voice));
            let speaker = cut(c.speaker);
            if let Some(want) = &want.speaker {
                let right = !speaker.is_empty() && (speaker.contains(want) || want.contains(&speaker));
                self.field("speaker", right, || format!("{at}: {speaker:?} not {want:?}"));
            } else if voice == "own" {
                self.field("speaker", speaker.is_empty(), || format!("{at}: {speaker:?} not none"));
            }
        }
        if let Some(want) = &want.event {
            let (first, last) = want.split_once("..").unwrap_or((want, want));
            let got = c.event.as_ref().map(|e| (e.0.to_string(), e.1.to_string()));
            let right = got.as_ref().map_or(want == "none", |g| g.0 == first && g.1 == last);
            self.field("event date", right, || format!("{at}: {got:?} not {want}"));
        }
        if let Some(want) = &want.place {
            let place = cut(c.place);
            let right = !place.is_empty() && (place.contains(want) || want.contains(&place));
            self.field("place", right, || format!("{at}: {place:?} not {want:?}"));
        }
        let has = |f: &str| want.flags.iter().any(|x| x == f);
        self.field("negated", c.count.negated == has("negated"), || at.clone());
        self.field("part", c.count.part_of.is_some() == has("part"), || at.clone());
        self.field("background", (c.scope.as_str() == "background") == has("background"), || at.clone());
    }
}

fn score(extractor: &Extractor, sample: &str) -> Score {
    let sample: Sample = toml::from_str(sample).unwrap();
    let mut out = Score::default();
    for labelled in &sample.text {
        let (text, spans) = unbracket(&labelled.text);
        let labels: Vec<Label> = labelled.claims.iter().zip(&spans).filter_map(|(l, s)| label(l, *s)).collect();
        assert_eq!(labelled.claims.len(), spans.len());
        let source = Source {
            text,
            language: Lang::parse(&sample.language),
            published: newsframe::corpus::PublishedDate::parse(&labelled.published, Basis::Index),
            ..Source::default()
        };
        let article = extractor.article(&source);
        out.gold += labels.len();
        let harm = ["killed", "injured", "detained", "missing", "displaced"];
        let claims: Vec<&Claim> = article.claims.iter().filter(|c| harm.contains(&c.count.kind.as_str())).collect();
        out.system += claims.len();
        let text = &article.document.text;
        let near = |s: Span| text[s.start..].chars().take(60).collect::<String>().replace('\n', " ");
        for l in &labels {
            match claims.iter().find(|c| c.count.figure.span.overlaps(l.span) && c.count.kind.as_str() == l.kind) {
                Some(c) => {
                    out.found += 1;
                    out.compare(&article, c, l);
                }
                None => out.wrong.push(format!("missed {} {}", l.kind, near(l.span))),
            }
        }
        for c in claims {
            if !labels.iter().any(|l| c.count.figure.span.overlaps(l.span) && c.count.kind.as_str() == l.kind) {
                out.wrong.push(format!("false {} {} ({})", c.count.kind, near(c.count.figure.span), c.count.rule));
            }
        }
    }
    out
}

fn report(name: &str, sample: &str, floors: &[(&str, f64)]) {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let s = score(&extractor, sample);
    println!(
        "{name}: {} figures, P {:.1} R {:.1} F1 {:.1}",
        s.gold,
        100.0 * s.found as f64 / s.system as f64,
        100.0 * s.found as f64 / s.gold as f64,
        s.f1()
    );
    for (field, (right, of)) in &s.fields {
        println!("  {field:<12} {:5.1} % of {of}", 100.0 * *right as f64 / *of as f64);
    }
    if !name.starts_with("held") || std::env::var_os("SHOW_HELD").is_some() {
        s.wrong.iter().for_each(|w| println!("    {w}"));
    }
    for (field, floor) in floors {
        let got = if *field == "figures" { s.f1() } else { s.share(field) };
        assert!(got >= *floor, "{name}: {field} fell to {got:.1}, below {floor}");
    }
}

#[test]
fn tuned_english() {
    report(
        "dev-en",
        include_str!("claims/dev-en.toml"),
        &[("figures", 97.0), ("value", 98.0), ("bound", 98.0), ("class", 97.0), ("voice", 92.0), ("speaker", 80.0)],
    );
}

#[test]
fn tuned_spanish() {
    report(
        "dev-es",
        include_str!("claims/dev-es.toml"),
        &[("figures", 92.0), ("value", 98.0), ("bound", 98.0), ("class", 94.0), ("voice", 92.0), ("speaker", 65.0)],
    );
}

/// Written in one go before the rules were tuned, scored when they were done.
#[test]
fn unseen_english() {
    report(
        "held, unseen-en",
        include_str!("claims/unseen-en.toml"),
        &[("figures", 90.0), ("value", 98.0), ("bound", 98.0), ("class", 94.0), ("voice", 88.0), ("speaker", 85.0), ("place", 90.0)],
    );
}

#[test]
fn unseen_spanish() {
    report(
        "held, unseen-es",
        include_str!("claims/unseen-es.toml"),
        &[("figures", 90.0), ("value", 98.0), ("bound", 98.0), ("class", 91.0), ("voice", 90.0), ("speaker", 84.0), ("place", 81.0)],
    );
}

/// The figures of the whole articles of tests/rhetoric of the same name.
#[test]
fn street_english() {
    report("street-en", include_str!("claims/street-en.toml"), &[("figures", 92.0), ("value", 99.0)]);
}

#[test]
fn street_spanish() {
    report("street-es", include_str!("claims/street-es.toml"), &[("figures", 88.5), ("value", 99.0)]);
}

#[test]
fn street_held_english() {
    report("held, street-en", include_str!("claims/street-held-en.toml"), &[("figures", 79.5), ("value", 99.0)]);
}

#[test]
fn street_held_spanish() {
    report("held, street-es", include_str!("claims/street-held-es.toml"), &[("figures", 89.0), ("value", 99.0)]);
}

/// Whole short articles of many desks and countries; how they were written, and how they were read at first sight, stands in each.
#[test]
fn front_english() {
    report("front-en", include_str!("claims/front-en.toml"), &[("figures", 91.5), ("value", 99.0)]);
}

#[test]
fn front_spanish() {
    report("front-es", include_str!("claims/front-es.toml"), &[("figures", 90.0), ("value", 99.0)]);
}

/// The other half, of which only the totals are seen.
#[test]
fn front_held_english() {
    report("held, front-held-en", include_str!("claims/front-held-en.toml"), &[("figures", 83.0), ("value", 99.0)]);
}

#[test]
fn front_held_spanish() {
    report("held, front-held-es", include_str!("claims/front-held-es.toml"), &[("figures", 84.0), ("value", 99.0)]);
}

/// Wire copy, regional papers, incident records, monitors' reports, monitored radio and live pages; how they were read at first sight stands in each.
#[test]
fn gate_english() {
    report("gate-en", include_str!("claims/gate-en.toml"), &[("figures", 95.5), ("value", 99.0), ("event date", 89.0), ("place", 94.0)]);
}

#[test]
fn gate_spanish() {
    report("gate-es", include_str!("claims/gate-es.toml"), &[("figures", 96.5), ("value", 99.0), ("event date", 84.0), ("place", 93.0)]);
}

/// The other half, of which only the totals are seen.
#[test]
fn gate_held_english() {
    report(
        "held, gate-held-en",
        include_str!("claims/gate-held-en.toml"),
        &[("figures", 85.5), ("value", 99.0), ("event date", 56.0), ("place", 76.0)],
    );
}

#[test]
fn gate_held_spanish() {
    report(
        "held, gate-held-es",
        include_str!("claims/gate-held-es.toml"),
        &[("figures", 92.0), ("value", 99.0), ("event date", 70.0), ("place", 76.0)],
    );
}

/// Of other desks and countries, written and labelled before it was ever scored; worked on after.
#[test]
fn other_desks_english() {
    report(
        "wire-en",
        include_str!("claims/wire-en.toml"),
        &[("figures", 92.0), ("value", 99.0), ("bound", 99.0), ("class", 84.0), ("voice", 88.0), ("speaker", 86.0), ("place", 97.0)],
    );
}

#[test]
fn other_desks_spanish() {
    report(
        "wire-es",
        include_str!("claims/wire-es.toml"),
        &[("figures", 89.0), ("value", 99.0), ("bound", 99.0), ("class", 90.0), ("voice", 90.0), ("speaker", 82.0), ("place", 93.0)],
    );
}

/// Eighteen ways of writing in each language, written and labelled without a look at the rules, worked on after the first score
/// (figures F1 79.9 in English and 80.8 in Spanish; 80.9 and 81.8 once labels that broke the convention were corrected).
#[test]
fn broad_english() {
    report(
        "broad-en",
        include_str!("claims/broad-en.toml"),
        &[("figures", 91.0), ("value", 99.0), ("bound", 99.0), ("class", 90.0), ("voice", 93.0), ("speaker", 92.0), ("place", 93.0)],
    );
}

#[test]
fn broad_spanish() {
    report(
        "broad-es",
        include_str!("claims/broad-es.toml"),
        &[("figures", 93.5), ("value", 99.0), ("bound", 99.0), ("class", 92.0), ("voice", 93.0), ("speaker", 92.0), ("place", 80.0)],
    );
}

/// Written and labelled after the rules were mended by the broad samples, scored once: figures F1 84.2 and 90.6.
/// By a writer who saw no rule, with the reader's date and place for every figure; scored once before anything was changed: figures F1 86.9
/// and 82.9, event dates 50.9 % and 51.6 %, places 68.8 % and 61.5 %.
#[test]
fn outside_english() {
    report(
        "held, outside-en",
        include_str!("claims/outside-en.toml"),
        &[
            ("figures", 88.0),
            ("value", 99.0),
            ("bound", 99.0),
            ("class", 91.0),
            ("voice", 93.0),
            ("speaker", 91.0),
            ("event date", 86.0),
            ("place", 88.0),
        ],
    );
}

#[test]
fn outside_spanish() {
    report(
        "held, outside-es",
        include_str!("claims/outside-es.toml"),
        &[
            ("figures", 90.0),
            ("value", 98.0),
            ("bound", 98.0),
            ("class", 88.0),
            ("voice", 95.0),
            ("speaker", 93.0),
            ("event date", 88.0),
            ("place", 79.0),
        ],
    );
}

#[test]
fn later_english() {
    report(
        "held, later-en",
        include_str!("claims/later-en.toml"),
        &[("figures", 91.0), ("value", 99.0), ("bound", 99.0), ("class", 87.0), ("voice", 91.0), ("speaker", 89.0), ("place", 81.0)],
    );
}

#[test]
fn later_spanish() {
    report(
        "held, later-es",
        include_str!("claims/later-es.toml"),
        &[("figures", 98.0), ("value", 99.0), ("bound", 99.0), ("class", 95.0), ("voice", 97.0), ("speaker", 97.0), ("place", 83.0)],
    );
}

/// Written and labelled after the rules were mended by the other desks' samples, scored once.
#[test]
fn fresh_english() {
    report(
        "held, fresh-en",
        include_str!("claims/fresh-en.toml"),
        &[("figures", 85.0), ("value", 99.0), ("bound", 99.0), ("class", 86.0), ("voice", 86.0), ("speaker", 83.0), ("place", 89.0)],
    );
}

#[test]
fn fresh_spanish() {
    report(
        "held, fresh-es",
        include_str!("claims/fresh-es.toml"),
        &[("figures", 87.0), ("value", 99.0), ("bound", 99.0), ("class", 89.0), ("voice", 86.0), ("speaker", 89.0), ("place", 90.0)],
    );
}

#[test]
fn held_out_english() {
    report(
        "held-en",
        include_str!("claims/held-en.toml"),
        &[("figures", 92.0), ("value", 98.0), ("bound", 98.0), ("class", 96.0), ("voice", 90.0), ("speaker", 80.0)],
    );
}

#[test]
fn held_out_spanish() {
    report(
        "held-es",
        include_str!("claims/held-es.toml"),
        &[("figures", 85.0), ("value", 98.0), ("bound", 98.0), ("class", 94.0), ("voice", 95.0), ("speaker", 90.0)],
    );
}

/// One extractor for the tests below; loading it is most of their time.
fn extractor() -> &'static Extractor {
    static EXTRACTOR: std::sync::OnceLock<Extractor> = std::sync::OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::new(&Packs::shipped()).unwrap())
}

fn article(language: &str, text: &str) -> Article {
    extractor().article(&Source { text: text.to_owned(), language: Lang::parse(language), ..Source::default() })
}

/// Claims as `kind text`, in order.
fn claims(a: &Article) -> Vec<String> {
    a.claims.iter().map(|c| format!("{} {}", c.count.kind, c.count.figure.span.of(&a.document.text))).collect()
}

#[test]
fn a_figure_taken_back_points_to_the_one_before() {
    for (language, text) in [
        ("en", "The ministry said 164 people were killed.\n\nIt later said the figure of 164 was a technical error."),
        ("en", "The ministry said 164 people were killed.\n\nOn Monday it withdrew the figure of 164 from its website."),
        ("es", "El ministerio informó de 164 muertos.\n\nHoras después retiró la cifra de 164 de su web."),
        ("es", "El ministerio informó de 164 muertos.\n\nEl portavoz dijo que la cifra de 164 muertos era errónea."),
        ("es", "El ministerio informó de 164 muertos.\n\nEl Gobierno desmintió la cifra de 164 muertos."),
    ] {
        let a = article(language, text);
        assert_eq!(a.claims.len(), 2, "{text}: {:?}", claims(&a));
        assert_eq!((a.claims[0].retracts, a.claims[1].retracts), (None, Some(0)), "{text}");
        assert!(a.claims[1].count.negated && !a.claims[0].count.negated, "{text}");
    }
    // Another number, or a sum of money, takes nothing back.
    for text in ["The ministry said 164 people were killed. It withdrew 20 tanks.", "The figure of 164 was wrong."] {
        assert!(article("en", text).claims.iter().all(|c| c.retracts.is_none()), "{text}");
    }
}

#[test]
fn the_subject_of_a_verb_of_counting_is_the_source() {
    for (language, text, who, verb) in [
        ("en", "Police spokesman Musa Bello put the death toll at 18.", "Police spokesman Musa Bello", "put"),
        ("en", "Nine people died in Kano. The governor, Musa Bello, put the figure at 18.", "Musa Bello", "put"),
        ("en", "Early reports spoke of 18 dead.", "Early reports", "spoke of"),
        // What stands before a subject, or between it and its verb, is no part of it.
        ("en", "Earlier in the day the hospital had put the death toll at 18.", "the hospital", "had put"),
        ("en", "Late on Monday the army gave a toll of 18.", "the army", "gave"),
        ("en", "In Lima police counted 18 dead.", "police", "counted"),
        ("en", "The ministry on Monday confirmed 18 deaths.", "The ministry", "confirmed"),
        ("en", "Monday's report counted 18 dead.", "Monday's report", "counted"),
        ("es", "Por la noche el Ejército elevó la cifra de muertos a 18.", "el Ejército", "elevó"),
        ("es", "El informe del lunes cifró los muertos en 18.", "El informe del lunes", "cifró"),
        ("es", "Murieron nueve personas en Puno. La fiscalía eleva la cifra a 16.", "La fiscalía", "eleva"),
        ("es", "La fiscalía cifró los muertos en 16.", "La fiscalía", "cifró"),
        // A clause between them, and a name that holds a word of harm.
        ("en", "The army, which has been at war since April 2023, put the number of dead at 38.", "The army", "put"),
        (
            "es",
            "La Asociación de Familiares de los Presos Muertos cifra en 16 los fallecidos.",
            "La Asociación de Familiares de los Presos Muertos",
            "cifra en",
        ),
        // What is set in between them may begin with a preposition that parts clauses.
        ("es", "El gobierno, tras una investigación, estimó 325 muertos.", "El gobierno", "estimó"),
        ("en", "The ministry, after a visit to the town, put the dead at 38.", "The ministry", "put"),
    ] {
        let a = article(language, text);
        let last = a.claims.last().unwrap();
        let cut = |s: Option<Span>| s.map_or("", |s| s.of(&a.document.text));
        assert_eq!((last.voice, cut(last.speaker), cut(last.cue)), (Voice::Indirect, who, verb), "{text}");
        assert_eq!(last.count.kind.as_str(), "killed", "{text}");
    }
}

#[test]
fn troops_prices_and_damage_are_no_casualties() {
    for (language, text, want) in [
        ("en", "Russia sent about 2,500 troops. The clashes killed 20 soldiers.", vec!["deployed about 2,500", "killed 20"]),
        ("en", "Gas went from 60 to 120 tenge a litre; 20 were hurt.", vec!["price 120", "injured 20"]),
        ("en", "Some 120 vehicles were burned and 20 police officers were injured.", vec!["damage Some 120", "injured 20"]),
        ("es", "Fueron enviados 3.000 soldados y murieron dos.", vec!["deployed 3.000", "killed dos"]),
        ("es", "Más de 100 comercios saqueados y 26 muertos.", vec!["damage Más de 100", "killed 26"]),
        ("es", "El precio del gas subió a 120 tenges. El Gobierno gastó 500 dólares.", vec!["price 120"]),
    ] {
        let a = article(language, text);
        assert_eq!(claims(&a), want, "{text}");
    }
}

/// What is said of the first of a list, between dashes, brackets or commas, keeps it in the list.
#[test]
fn those_of_the_injured_who_die_are_no_part_of_the_dead() {
    let a = article("en", "A bomb killed 20 people and injured 43 in Kano. Four of the injured died on Sunday.");
    let of = |c: &newsframe::join::claims::Claim| (c.count.kind.as_str(), c.count.part_of);
    assert_eq!(a.claims.iter().map(of).collect::<Vec<_>>(), [("killed", None), ("injured", None), ("killed", None)]);
}

#[test]
fn an_aside_parts_no_list() {
    let found = |language: &str, text: &str| {
        let article = article(language, text);
        article.claims.iter().map(|c| c.count.figure.span.of(&article.document.text).to_lowercase()).collect::<Vec<_>>()
    };
    for text in [
        "Six clerks -- five Spaniards and one Salvadoran -- and two women were murdered on Monday.",
        "Six clerks (five Spaniards and one Salvadoran) and two women were murdered on Monday.",
    ] {
        assert_eq!(found("en", text), ["six", "five", "one", "two"], "{text}");
    }
    assert_eq!(found("en", "Six clerks, five of them Spaniards, and two women were murdered."), ["six", "five", "two"]);
    assert_eq!(found("es", "Diez marinos -cinco de ellos franceses- y dos buzos murieron."), ["diez", "cinco", "dos"]);
    assert_eq!(found("en", "The mayor (40 soldiers guard him) and two women were killed."), ["two"]);
}

/// Sentences of business, sport, politics and services whose numbers harm nobody though their verbs can ("lost", "fell", "carried off").
#[test]
fn a_bare_sum_is_of_what_is_nearest_in_size() {
    for (language, text, want) in [
        ("en", "Eight inmates died and 55 were hurt. By evening the count stood at 11.", "killed 11"),
        ("en", "Eight inmates died and 55 were hurt. By evening the number had risen to 61.", "injured 61"),
        ("es", "Murieron 18 personas, según la policía, que inicialmente las cifraba en cinco.", "killed cinco"),
        ("es", "Murieron 18 personas. La asociación elevó la cuenta a 27.", "killed 27"),
    ] {
        assert_eq!(claims(&article(language, text)).last().map(String::as_str), Some(want), "{text}");
    }
}

#[test]
fn what_is_said_of_some_of_those_told_of_is_read_as_it_stands() {
    for (language, text, want) in [
        ("en", "The fatalities on Thursday included a journalist and a driver.", vec!["killed a", "killed a"]),
        ("en", "They took him with four others, all of them dead.", vec!["killed four"]),
        ("en", "Gunfire left an 18-year-old woman and a 20-year-old man dead.", vec!["killed an", "killed a"]),
        ("en", "Twenty-eight were shot, half of them under 18.", vec!["injured Twenty-eight"]),
        ("en", "She counted ten bodies, eight of them with gunshot wounds.", vec!["killed ten", "killed eight"]),
        ("en", "In zone 18, a policeman was killed.", vec!["killed a"]),
        ("es", "En la zona 18, un policía resultó muerto.", vec!["killed un"]),
        ("es", "Murieron cuatro personas. Dos de ellas eran agentes que habían sido secuestrados.", vec!["killed cuatro", "killed Dos"]),
        ("es", "Son 264 las personas fallecidas y 1.800 las heridas.", vec!["killed 264", "injured 1.800"]),
        ("es", "El número de muertos en los choques de Juliaca, en el sur de Perú, aumentó este martes a 18.", vec!["killed 18"]),
        ("es", "La cifra de fallecidos en el desalojo ascendió el martes a nueve.", vec!["killed nueve"]),
        ("es", "Tres de los policías retenidos sufrieron heridas.", vec!["injured Tres"]),
        ("en", "A 12-year-old boy is among the four people confirmed dead.", vec!["killed A", "killed four"]),
        ("es", "Los heridos serían 746, de los cuales 206 son civiles.", vec!["injured 746", "injured 206"]),
        (
            "es",
            "Entre los fallecidos hay 37 manifestantes y un policía, mientras que otros 270 civiles resultaron heridos.",
            vec!["killed 37", "killed un", "injured 270"],
        ),
        ("en", "Monitors say four children were among 68 killed on Sunday.", vec!["killed four", "killed 68"]),
        ("en", "Two men were shot in the chest and killed.", vec!["killed Two"]),
        ("en", "Two men were shot in the leg and killed three dogs.", vec!["injured Two"]),
        // Who was killed is told of somebody else, whom no figure counts.
        ("en", "Hundreds of mourners marched in the streets at the funeral of a 24-year-old who was killed.", vec![]),
        ("en", "Dozens of cousins sang in the square at the wake of Ali Noor, who was killed.", vec![]),
        ("en", "Four were killed on Monday and six on Tuesday.", vec!["killed Four", "killed six"]),
        ("en", "A woman was killed and 11 people, among them two boys, injured.", vec!["killed A", "injured 11", "injured two"]),
        ("en", "Security forces killed two men and a boy in Taiz.", vec!["killed two", "killed a"]),
        ("en", "Six of the seven killed were women.", vec!["killed Six", "killed seven"]),
        ("en", "Father of three shot dead in Belfast", vec![]),
        (
            "en",
            "Doctors said 35 people were hurt, 21 by live rounds and four by canisters.",
            vec!["injured 35", "injured 21", "injured four"],
        ),
        ("en", "Of the dead, nine were women and four children.", vec!["killed nine", "killed four"]),
        ("en", "All but two of the 30 passengers were killed.", vec![]),
        ("en", "The death toll rose by nine to 54.", vec!["killed 54"]),
        ("es", "Fallecieron el conductor del autobús y ocho pasajeros.", vec!["killed ocho"]),
        ("es", "Resultaron muertos el sargento Luis Mora y dos soldados.", vec!["killed dos"]),
        ("es", "En los choques perecieron, además, dos suboficiales.", vec!["killed dos"]),
        ("es", "A once se eleva el número de fallecidos.", vec!["killed once"]),
        ("es", "El grupo retiene desde marzo a doce ingenieros.", vec!["detained doce"]),
    ] {
        assert_eq!(claims(&article(language, text)), want, "{text}");
    }
    for (language, text) in [
        ("en", "Thirty people were killed. Two policemen and a boy were among the dead."),
        ("es", "Hubo 30 muertos. Dos policías y un niño figuran entre los fallecidos."),
    ] {
        let parts: Vec<Option<usize>> = article(language, text).claims.iter().map(|c| c.count.part_of).collect();
        assert_eq!(parts, [None, Some(0), Some(0)], "{text}");
    }
}

#[test]
fn rows_below_a_line_with_a_day_are_of_that_day_and_no_place_speaks() {
    let text = "Security bulletin\n\nTuesday, 7 May\n\nKaduna State: Three farmers were killed in Giwa.\n\nNiger State: Two boys were hurt in Mariga.\n\nThursday, 9 May\n\nKano State: Four traders were shot dead in Bichi.\n\nAssessment\n\nOn the roads, nine people died.";
    let days = events("en", "2019-05-10", text);
    let day = |d: &str| Some((d.to_owned(), d.to_owned()));
    assert_eq!(days[..3], [day("2019-05-07"), day("2019-05-07"), day("2019-05-09")]);
    assert!(article("en", text).claims.iter().all(|c| c.voice == Voice::Own));
}

#[test]
fn the_capital_and_here_are_named_elsewhere() {
    placed(
        "en",
        &[
            ("DHAKA (Agency) - Troops held Bangladesh. Doctors in the capital counted 19 deaths.", "DHAKA"),
            ("Troops held the country. In the capital, 19 people were killed.", "capital"),
            ("INDORE: A curfew was clamped over the Amarnath row here, and four persons were killed.", "INDORE"),
            ("Coup in Sudan: soldiers search houses in Khartoum\n\nSudan is tense. On Monday seven people were killed.", "Khartoum"),
        ],
    );
    placed("es", &[("Quito (Agencia).- Ecuador sigue en paro. En la capital murieron tres manifestantes.", "Quito")]);
}

#[test]
fn ordinary_news_counts_nobody() {
    for (language, text, known) in [
        ("en", include_str!("claims/ordinary-en.txt"), &["treats 40", "took in 60", "found 12"][..]),
        ("es", include_str!("claims/ordinary-es.txt"), &["Unos 20", "atiende a 200", "retiene a nueve", "retuvo 300 millones"][..]),
    ] {
        let article = article(language, text);
        let harm = ["killed", "injured", "detained", "missing", "displaced"];
        let figures = article.claims.iter().filter(|c| harm.contains(&c.count.kind.as_str())).map(|c| c.count.figure.span);
        let false_ones: Vec<&str> = figures
            .map(|f| {
                let said = known.iter().find(|k| article.document.text[..f.end].ends_with(*k));
                *said.unwrap_or_else(|| panic!("false: {}", &article.document.text[..f.end]))
            })
            .collect();
        println!("known to be read wrongly: {false_ones:?}");
        assert_eq!(false_ones, known, "one less is known to be read wrongly");
    }
}

#[test]
fn places_are_where_it_happened() {
    for (language, text, want) in [
        ("en", "The government in Tehran said 41 people were killed in Zahedan.", Some("Zahedan")),
        ("en", "Israel killed 20 people.", None),
        ("en", "Gunmen killed 20 people in Karachi, Pakistan.", Some("Karachi")),
        ("en", "In Kenya, four officers died when their vehicle struck a bomb near Garissa.", Some("Garissa")),
        ("en", "In Kenya, four officers died as shells fell in Mogadishu.", Some("Kenya")),
        ("en", "France counts its arrests. Clashes hurt 20 people in Paris. Police arrested 719 people nationwide.", Some("France")),
        ("en", "Colombia: Police abuses\n\n(Washington, DC) – Police have killed 20 people.", Some("Colombia")),
        ("en", "Iran Alarm, based in Oslo, counts 20 dead in Zahedan.", Some("Zahedan")),
        ("en", "Mali: dead of March\n\nBAMAKO, 6 April - The mission counts 118 killed in the north of the country.", Some("Mali")),
        ("es", "El Gobierno nigerino confirmó la muerte de 58 civiles.", None),
        ("es", "El Gobierno de Níger confirmó 58 muertos en Agadez.", Some("Agadez")),
    ] {
        let a = article(language, text);
        let place = a.claims.last().and_then(|c| c.place).map(|p| p.of(&a.document.text));
        assert_eq!(place, want, "{text}");
    }
}

#[test]
fn a_sentence_that_says_where_and_when_it_was_places_and_dates_the_figures() {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    for (language, text, day, place) in [
        (
            "en",
            "KATHMANDU, Nepal (AP) - Rebels killed 37 policemen in western Nepal, officials said.\n\nThe attack on Manma began late on Monday.",
            "2024-05-06",
            "Manma",
        ),
        (
            "es",
            "LIMA (AFP) - Nueve personas murieron en Perú, dijo la policía.\n\nEl ataque se produjo el lunes cerca de Huayao.",
            "2024-05-06",
            "Huayao",
        ),
        // A figure with a place and a day of its own keeps them.
        (
            "en",
            "Nine people were killed in Kano on Tuesday, police said.\n\nThe attack on Maiduguri began late on Monday.",
            "2024-05-07",
            "Kano",
        ),
    ] {
        let source = Source {
            text: text.to_owned(),
            language: Lang::parse(language),
            published: newsframe::corpus::PublishedDate::parse("2024-05-09", Basis::Index),
            ..Source::default()
        };
        let a = extractor.article(&source);
        let claim = &a.claims[0];
        assert_eq!(claim.place.map(|p| p.of(&a.document.text)), Some(place), "{text}");
        assert_eq!(claim.event.as_ref().map(|e| e.0.to_string()).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn a_toll_is_of_the_day_of_its_event() {
    let text = "Rescuers are digging two days after an earthquake in Chile. On Wednesday the ministry had put the number of dead at 19.";
    let source = Source {
        text: text.to_owned(),
        language: Lang::parse("en"),
        published: newsframe::corpus::PublishedDate::parse("2024-05-09", Basis::Index),
        ..Source::default()
    };
    let a = Extractor::new(&Packs::shipped()).unwrap().article(&source);
    assert_eq!(a.claims[0].event.as_ref().map(|e| e.0.to_string()).as_deref(), Some("2024-05-07"));
}

#[test]
fn what_is_done_about_an_event_is_not_its_day() {
    for (language, text) in [
        ("en", "Rescuers struggled on Monday to reach hamlets cut off by a quake that killed 73 people.\n\nThe quake struck on Saturday."),
        (
            "es",
            "Los bomberos trabajaban el lunes para llegar a aldeas aisladas por un terremoto que mató a 73 personas.\n\nEl terremoto ocurrió el sábado.",
        ),
    ] {
        assert_eq!(events(language, "2021-06-29", text), [Some(("2021-06-26".to_owned(), "2021-06-26".to_owned()))], "{text}");
    }
    // The attack itself was on that day.
    let text = "Gunmen opened fire on Monday in an attack that killed 12 people.";
    assert_eq!(events("en", "2021-06-29", text), [Some(("2021-06-28".to_owned(), "2021-06-28".to_owned()))]);
}

/// The first and last day of each figure's event.
fn events(language: &str, published: &str, text: &str) -> Vec<Option<(String, String)>> {
    let source = Source {
        text: text.to_owned(),
        language: Lang::parse(language),
        published: newsframe::corpus::PublishedDate::parse(published, Basis::Index),
        ..Source::default()
    };
    let a = extractor().article(&source);
    a.claims.iter().map(|c| c.event.as_ref().map(|e| (e.0.to_string(), e.1.to_string()))).collect()
}

#[test]
fn a_new_paragraph_goes_back_to_the_event_that_the_report_is_about() {
    let day = |d: &str| Some((d.to_owned(), d.to_owned()));
    let text = "Nine people were killed on Monday in clashes in Puno.\n\nOn December 15, ten people were killed in Ayacucho.\n\nFamilies spoke of 12 dead.";
    assert_eq!(events("en", "2023-01-10", text), [day("2023-01-09"), day("2022-12-15"), day("2023-01-09")]);
}

#[test]
fn what_opens_the_clause_of_the_next_figure_is_not_of_the_one_before() {
    let february = Some(("2021-02-01".to_owned(), "2021-02-28".to_owned()));
    let july = Some(("2021-07-01".to_owned(), "2021-07-31".to_owned()));
    let text = "En febrero, tres motines causaron 79 muertes, y en julio hubo 22 fallecidos.";
    assert_eq!(events("es", "2021-11-14", text), [february.clone(), july.clone()]);
    let text = "In February three riots left 79 dead; in July there were 22 deaths.";
    assert_eq!(events("en", "2021-11-14", text), [february, july]);
    let text = "In Pichanaki three people were killed, and in Trujillo, near the coast, the day before, two died.";
    let a = article("en", text);
    assert_eq!(a.claims[0].place.map(|p| p.of(&a.document.text)), Some("Pichanaki"));
}

#[test]
fn a_longer_stretch_of_time_than_the_event_told_before_is_of_the_country() {
    for (language, text) in [
        (
            "es",
            "Perú: cinco muertos en Juliaca\n\nCinco personas murieron el viernes en Juliaca.\n\nDesde diciembre han muerto 56 personas.",
        ),
        ("en", "Peru: five die in Juliaca\n\nFive people died on Friday in Juliaca.\n\nSince December 56 people have been killed."),
    ] {
        let country = if language == "es" { "Perú" } else { "Peru" };
        assert_eq!(scene_of(language, "2023-01-22", text).1, country, "{text}");
    }
    let text = "Five people died on Friday in Juliaca.\n\nSince Thursday 12 people have been killed.";
    assert_eq!(scene_of("en", "2023-01-22", text).1, "Juliaca");
}

#[test]
fn a_date_is_the_reports_however_long_the_name_of_who_reports_is_and_since_may_lead_a_clause() {
    let text = "On Monday, the National Committee of Human Rights Lawyers in Khartoum said that 61 people had been killed.";
    assert_eq!(events("en", "2025-02-02", text), [None]);
    let text = "Suman 39 los muertos desde que el 7 de diciembre estallaron las protestas.";
    assert_eq!(events("es", "2023-01-10", text), [Some(("2022-12-07".to_owned(), "2023-01-10".to_owned()))]);
    let text = "Desde el golpe del 1 de febrero de 2021, el Ejército ha matado a 3.240 civiles y detenido a más de 21.000.";
    let since = Some(("2021-02-01".to_owned(), "2023-04-12".to_owned()));
    assert_eq!(events("es", "2023-04-12", text), [since.clone(), since]);
}

#[test]
fn what_began_on_a_day_counts_from_then_and_a_text_may_look_back_on_one() {
    let since = Some(("2021-04-28".to_owned(), "2021-06-09".to_owned()));
    let text = "Police have beaten marchers in protests that began on April 28, 2021.\n\nThe group has reports of 67 deaths since the protests began.";
    assert_eq!(events("en", "2021-06-09", text), std::slice::from_ref(&since));
    let text = "Las protestas empezaron el 28 de abril de 2021.\n\nDesde que empezaron las marchas han muerto 67 personas.";
    assert_eq!(events("es", "2021-06-09", text), [since]);
    let that_day = Some(("2013-08-14".to_owned(), "2013-08-14".to_owned()));
    let text = "On 14 August 2013, police moved into two camps in Cairo.\n\nNobody agrees. The group says that 817 people were killed.";
    assert_eq!(events("en", "2016-08-14", text), [that_day]);
    // What the news is set against is not its day, and is another event.
    let text = "Militants have killed 150 people in a border town, residents say, in the deadliest raid since the group kidnapped 200 girls last month.\n\nThe raid began on Monday.";
    assert_eq!(events("en", "2014-05-07", text)[1], Some(("2014-04-01".to_owned(), "2014-04-30".to_owned())));
    assert_ne!(events("en", "2014-05-07", text)[0], Some(("2014-04-01".to_owned(), "2014-04-30".to_owned())));
    let week = Some(("2021-06-02".to_owned(), "2021-06-09".to_owned()));
    let text = "Las protestas dejan en el país al menos 22 muertos en una semana, según la Fiscalía.";
    assert_eq!(events("es", "2021-06-09", text), std::slice::from_ref(&week));
    assert_eq!(events("es", "2021-06-09", "Al menos 13 muertos han dejado los choques desde hace una semana."), [week]);
    let text = "Dieciséis civiles fallecieron durante las protestas iniciadas el 28 de abril.";
    assert_eq!(events("es", "2021-06-09", text), [Some(("2021-04-28".to_owned(), "2021-06-09".to_owned()))]);
    let text = "At least 76 villagers have been killed since the general took office in May 2012.";
    assert_eq!(events("en", "2019-10-31", text), [Some(("2012-05-01".to_owned(), "2019-10-31".to_owned()))]);
    // The day of a part is not that of the whole, and what opens a sentence may have its verb far behind.
    let text = "More than 170 have been killed since February 1, including 68 on Sunday.";
    let sunday = Some(("2021-03-14".to_owned(), "2021-03-14".to_owned()));
    assert_eq!(events("en", "2021-03-17", text), [Some(("2021-02-01".to_owned(), "2021-03-17".to_owned())), sunday]);
    let text =
        "On November 19, in the hills above the old town of Senda, a district of the city of El Alto, another 12 civilians were killed.";
    assert_eq!(events("en", "2021-08-20", text), [Some(("2020-11-19".to_owned(), "2020-11-19".to_owned()))]);
    // "since Monday, police said": no clause of its own.
    let text = "Al menos 164 personas, entre ellas dos menores, murieron en los disturbios que sacuden Kazajistán desde el día 2, informó hoy el canal.";
    assert_eq!(events("es", "2022-01-09", text)[0], Some(("2022-01-02".to_owned(), "2022-01-09".to_owned())));
}

/// The tables of texts, each with its outlet and its day of publication.
fn tables_of(texts: &[(&str, &str, &str)], policy: &str) -> Tables {
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(i, (source, day, text))| {
            serde_json::json!({"id": format!("d{i}"), "source": source, "published": day, "language": "en", "text": text}).to_string()
                + "\n"
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.jsonl");
    std::fs::write(&path, lines).unwrap();
    let extractor = Extractor::with_policy(&Packs::shipped(), &Policy::shipped(policy).unwrap()).unwrap();
    extract(&extractor, &newsframe::corpus::open(&path).unwrap(), || ()).tables
}

#[test]
fn one_wire_copy_in_two_outlets_is_one_group_of_two_reports() {
    let copy = "Gunmen killed 26 villagers in Kano on Monday, officials said. Two soldiers died.";
    let t = tables_of(
        &[("A", "2022-03-02", copy), ("B", "2022-03-03", copy), ("C", "2022-03-03", "Gunmen killed 26 villagers in Lagos on Monday.")],
        "literal",
    );
    let group =
        |doc: &str| t.claims.iter().find(|c| c.doc_id == doc && c.value_min == Some(26.0)).and_then(|c| c.claim_group.clone()).unwrap();
    assert_eq!(group("d0"), group("d1"));
    assert_ne!(group("d0"), group("d2"));
}

#[test]
fn a_number_that_another_is_set_right_by_is_denied() {
    for (language, text, want) in [
        ("en", "Two farmers, not four as was reported, were killed.", [("Two", false), ("four", true)].as_slice()),
        ("en", "Not four but two farmers died.", &[("four", true), ("two", false)]),
        ("es", "El ministro dijo que dos campesinos, y no cuatro, murieron.", &[("dos", false), ("cuatro", true)]),
        ("es", "Murieron dos campesinos y no se sabe de cuatro.", &[("dos", false)]),
        ("en", "She denied that 20 marchers had been killed and said only 10 had died.", &[("20", true), ("10", false)]),
    ] {
        let a = article(language, text);
        let got: Vec<_> = a.claims.iter().map(|c| (c.count.figure.span.of(&a.document.text), c.count.negated)).collect();
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn whose_a_house_is_is_no_place_and_a_court_s_day_is_no_day_of_harm() {
    let claim = |text: &str, published: &str| {
        let published = newsframe::corpus::PublishedDate::parse(published, Basis::Index);
        let a = extractor().article(&Source { text: text.to_owned(), language: Lang::parse("en"), published, ..Source::default() });
        let c = a.claims.last().unwrap();
        (c.place.map(|p| p.of(&a.document.text).to_owned()), c.event.as_ref().map(|e| e.0.to_string()))
    };
    assert_eq!(claim("A bomb killed 36 people at a Jewish centre in Kano.", "2018-08-30").0.as_deref(), Some("Kano"));
    assert_eq!(claim("A bomb killed 36 people at a Kabul hotel.", "2018-08-30").0.as_deref(), Some("Kabul"));
    let court = "A court in Valencia on Wednesday charged nine officers over the fire of 28 March in which 68 people died.\n\nRights groups counted 78.";
    assert_eq!(claim(court, "2018-08-30").1.as_deref(), Some("2018-03-28"));
    assert_eq!(
        claim("On Wednesday 68 people died in a fire over which nobody was charged.", "2018-08-30").1.as_deref(),
        Some("2018-08-29")
    );
}

#[test]
fn where_the_hurt_were_brought_is_not_where_it_was() {
    let place = |text: &str| {
        let a = article("en", text);
        a.claims.last().and_then(|c| c.place).map(|p| p.of(&a.document.text).to_owned())
    };
    let blast = "A blast killed 700 people in Aitape.";
    assert_eq!(place(&format!("{blast} Nine miners were taken to a hospital in Cucuta with burns.")).as_deref(), Some("Aitape"));
    assert_eq!(place(&format!("{blast} Nine were injured in a hospital in Cucuta.")).as_deref(), Some("Cucuta"));
}

#[test]
fn what_is_told_place_by_place_or_has_lasted_is_of_no_single_place_and_day() {
    let rows = |text: &str| -> Vec<(String, Option<String>, Option<String>)> {
        let published = newsframe::corpus::PublishedDate::parse("2019-06-19", Basis::Index);
        let a = extractor().article(&Source { text: text.to_owned(), language: Lang::parse("en"), published, ..Source::default() });
        let cut = |s: newsframe::span::Span| s.of(&a.document.text).to_owned();
        a.claims.iter().map(|c| (cut(c.count.figure.span), c.place.map(cut), c.event.as_ref().map(|e| e.0.to_string()))).collect()
    };
    let of = |text: &str, figure: &str| rows(text).into_iter().find(|r| r.0 == figure).unwrap();
    let list =
        "Riots spread\n\nFourteen people had died in Renard, nine in Calloway and six in Dunmore, police said. Some 1,900 were arrested.\n";
    assert_eq!(of(list, "nine").1.as_deref(), Some("Calloway"));
    assert_eq!(of(list, "Some 1,900").1, None);
    let war = "Shells hit Dunmore\n\nA shell killed two nurses in Dunmore on Tuesday.\n\nThe war has cost 60,000 lives.\n";
    assert_eq!(of(war, "two").2.as_deref(), Some("2019-06-18"));
    assert_eq!((of(war, "60,000").1, of(war, "60,000").2), (None, None));
    let toll = "Riots spread\n\nThe number of people killed in the riots has risen to 37, police said on Wednesday, up from 29 two days earlier.\n";
    assert_eq!((of(toll, "37").2, of(toll, "29").2), (None, None));
}

#[test]
fn rivals_of_several_days_contradict_only_where_a_toll_would_fall() {
    let links = |text: &str| {
        let published = newsframe::corpus::PublishedDate::parse("2017-08-07", Basis::Index);
        let a = extractor().article(&Source { text: text.to_owned(), language: Lang::parse("en"), published, ..Source::default() });
        a.claims.iter().map(|c| c.contradicts).collect::<Vec<_>>()
    };
    let ferry = "A ferry sank off Zanzibar on Wednesday. The government said on Thursday that 31 people had died.";
    assert_eq!(links(&format!("{ferry} The coast guard said on Saturday that 68 people had died.")), [None, None]);
    assert_eq!(links(&format!("{ferry} The coast guard said on Saturday that 12 people had died.")), [None, Some(0)]);
    assert_eq!(links(&format!("{ferry} The coast guard said on Thursday that 68 people had died.")), [None, Some(0)]);
}

#[test]
fn a_part_is_of_no_rival_s_whole() {
    let text = "A bomb killed 33 people in Mirkhel, officials said.\n\nA spokesman for Jundullah said that its fighters had killed 50 soldiers.\n\n\
                Six children were among the dead, a doctor said.";
    let a = article("en", text);
    assert_eq!(claims(&a), ["killed 33", "killed 50", "killed Six"]);
    assert_eq!(a.claims[2].count.part_of, Some(0), "children are none of the soldiers");
}

#[test]
fn figures_that_replace_or_contradict_others_point_to_them() {
    let links = |text: &str| {
        let a = article("en", text);
        let of = |i: Option<usize>| i.map(|i| a.claims[i].count.figure.span.of(&a.document.text).to_owned());
        a.claims.iter().map(|c| (of(c.supersedes), of(c.contradicts))).collect::<Vec<_>>()
    };
    let some = |s: &str| Some(s.to_owned());
    assert_eq!(links("The death toll rose to 26 from 15, police said."), [(some("15"), None), (None, None)]);
    assert_eq!(links("The government said 41 people were killed. Rights groups put the toll at 83."), [(None, None), (None, some("41"))]);
    // What adds to a sum, or was said on another day, neither replaces nor contradicts it.
    let four = links(
        "A blast in Kano on Monday killed at least 33 people, police said. The toll rose to 41 as eight of the wounded died, doctors said.",
    );
    assert!(four.iter().all(|l| *l == (None, None)), "{four:?}");
    let later = links("Divers brought up 37 more bodies, taking the death toll to 68, the government said.");
    assert!(later.iter().all(|l| *l == (None, None)), "{later:?}");
    // "It" is who spoke last.
    let raised = links("The prison service initially said that eight inmates had died. It later raised its count to 13.");
    assert_eq!(raised, [(None, None), (some("eight"), None)]);
    let lowered =
        links("The death toll from Tuesday's blaze was lowered on Thursday to 289, officials said, from the 314 reported a day earlier.");
    assert_eq!(lowered, [(some("314"), None), (None, None)]);
    // Of two figures in one sentence the one nearest in size is what an earlier one has become.
    let revised = links("Fighters killed 53 soldiers and one civilian in Kano, the government said, revising an earlier toll of 35.");
    assert_eq!(revised, [(some("35"), None), (None, None), (None, None)]);
    let told = links("The governor initially told reporters that 2,500 people had died but later said that 255 deaths were confirmed.");
    assert_eq!(told, [(None, None), (some("2,500"), None)]);
    // A part is no contradiction of the whole, nor are the wounded of the dead.
    assert!(links("Police said 41 people were killed, 12 of them women. Doctors said 60 were wounded.").iter().all(|l| *l == (None, None)));
}

#[test]
fn a_figure_is_replaced_by_what_the_same_source_says_later() {
    for (text, links) in [
        ("La cifra de muertos por los disparos contra una marcha en Kano subió hoy de tres a cinco.", [("cinco", "tres")].as_slice()),
        (
            "El SNAI actualizó a trece el número de presos fallecidos. La Defensoría, que el viernes había cifrado en 19 los fallecidos, rebajó ayer su \
             estimación a quince.",
            &[("quince", "19")],
        ),
        ("El Gobierno, que el martes hablaba de doce muertos, admite ahora 15.", &[("15", "doce")]),
        ("La ONU retiró la cifra de 119 muertos que había dado para el bombardeo y la rebajó a 97.", &[("97", "119")]),
        (
            "El ministerio elevó el miércoles a siete la cifra de fallecidos, después de haber informado el martes de cuatro.",
            &[("siete", "cuatro")],
        ),
        ("Las autoridades redujeron este miércoles de 16 a 14 los desaparecidos en el incendio.", &[("14", "16")]),
        // What is added is no other sum.
        ("Los socorristas recuperaron siete cuerpos más, con lo que asciende a once el número de mineros muertos.", &[]),
        ("El Ejército niega que hayan muerto 50 soldados y solo admite dos.", &[]),
    ] {
        let a = article("es", text);
        let cut = |i: usize| a.claims[i].count.figure.span.of(&a.document.text);
        let got: Vec<_> = (0..a.claims.len()).filter_map(|i| Some((cut(i), cut(a.claims[i].supersedes?)))).collect();
        assert_eq!(got, links, "{text}");
    }
}

#[test]
fn who_attacked_does_the_harm_that_follows() {
    for (language, text, who) in [
        ("en", "Police opened fire on thousands of people protesting against prices, killing nine.", Some("Police")),
        ("en", "Gunmen stormed the hall on Friday and shot dead three policemen.", Some("Gunmen")),
        ("es", "Hombres armados atacaron la aldea y mataron a 12 personas.", Some("Hombres armados")),
        ("es", "La coalición afirma que mató a 30 combatientes.", Some("La coalición")),
        ("en", "Dozens of gunmen stormed the hall and killed 12.", Some("gunmen")),
        ("en", "The army on Tuesday killed 20 rebels.", Some("The army")),
        ("en", "An air strike in Yemen killed 41 people.", None),
        ("en", "A bomb exploded, killing nine.", None),
        ("es", "El alcalde dijo que murieron 30 personas.", None),
    ] {
        let a = article(language, text);
        assert_eq!(a.claims[0].count.perpetrator.map(|d| d.span.of(&a.document.text)), who, "{text}");
    }
}

#[test]
fn a_day_beside_the_verb_of_telling_is_that_of_the_report() {
    let day = |text: &str, language: &str| {
        let published = newsframe::corpus::PublishedDate::parse("2017-08-07", Basis::Index);
        let a = extractor().article(&Source { text: text.to_owned(), language: Lang::parse(language), published, ..Source::default() });
        let c = a.claims.last().unwrap();
        (c.event.as_ref().map(|e| e.0.to_string()), c.reported.map(|d| d.to_string()))
    };
    let reported = |d: &str| (None, Some(d.to_owned()));
    assert_eq!(day("La entidad había informado el sábado de 20 fallecidos.", "es"), reported("2017-08-05"));
    assert_eq!(day("El Gobierno, que el sábado hablaba de 20 muertos, calla.", "es"), reported("2017-08-05"));
    assert_eq!(day("The minister, who on Saturday put the dead at 31, resigned.", "en"), reported("2017-08-05"));
    assert_eq!(day("La ONU retiró ayer la cifra de 119 muertos.", "es"), reported("2017-08-06"));
    assert_eq!(day("Police on Saturday reported 20 deaths.", "en"), reported("2017-08-05"));
    let line = "KANO, Aug 7 (Agency) - The president said on Saturday that gunmen had killed 92 soldiers.";
    assert_eq!(day(line, "en").1.as_deref(), Some("2017-08-05"));
    assert_eq!(day("KANO, Aug 6 (Agency) - Gunmen killed 92 soldiers.", "en").1.as_deref(), Some("2017-08-06"));
    assert_eq!(day("El Gobierno, que el sábado reconoció 20 muertos, calla.", "es"), reported("2017-08-05"));
    assert_eq!(day("The army on Saturday killed 20 rebels.", "en").0.as_deref(), Some("2017-08-05"));
    // "recorded on Saturday" is when they died as well.
    assert_eq!(day("Police killed 20 men on Saturday.", "en").0.as_deref(), Some("2017-08-05"));
}

#[test]
fn every_number_is_a_claim_or_has_a_reason() {
    let text = "On 7 May 2021 some 300 police, aged 20 to 45, clashed with 40 marchers in District 9; 12 people died, 3 percent fewer than \
                in the 2 riots before, and damage cost $50. A 16-year-old boy was hurt. Five hostages were freed.";
    let t = tables_of(&[("A", "2021-05-09", text)], "literal");
    let of = |number: &str| t.figures.iter().find(|f| f.text.contains(number)).unwrap_or_else(|| panic!("{number} is not there"));
    for (number, why) in [("7", "date"), ("300", "unharmed")] {
        assert_eq!(of(number).reason.map(Reason::as_str), Some(why), "{number}");
    }
    for number in ["12", "A"] {
        let row = t.figures.iter().find(|f| f.text == number).unwrap();
        assert!(row.reason.is_none() && t.claims.iter().any(|c| Some(&c.claim_id) == row.claim_id.as_ref()), "{number}");
    }
    for (number, why) in [("3", "percent"), ("50", "money"), ("16-year-old", "in_word"), ("Five", "released")] {
        let row = t.figures.iter().find(|f| f.text == number).unwrap_or_else(|| panic!("{number} is not there"));
        assert_eq!(row.reason.map(Reason::as_str), Some(why), "{number}");
    }
    assert!(t.figures.iter().all(|f| f.reason.is_some() != f.claim_id.is_some()));
}

/// Every run of digits and every plain number word of every labelled text and article is a row of `figures`, and each row is either a
/// claim or has a reason why not.
#[test]
fn no_number_of_any_sample_is_unexplained() {
    let words: [(&str, &[&str]); 2] = [
        ("en", &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "dozens", "hundreds"]),
        ("es", &["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce", "veinte", "decenas", "cientos"]),
    ];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut lines = String::new();
    let mut texts = 0;
    let mut add = |language: &str, text: &str| {
        texts += 1;
        lines += &(serde_json::json!({"id": format!("{language}{texts}"), "language": language, "text": text}).to_string() + "\n");
    };
    for folder in ["tests/claims", "tests/attribution"] {
        let mut files: Vec<_> = std::fs::read_dir(root.join(folder)).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let language = if file.file_stem().unwrap().to_str().unwrap().ends_with("es") { "es" } else { "en" };
            if file.extension().is_some_and(|e| e == "txt") {
                add(language, &text);
                continue;
            }
            let sample: toml::Table = text.parse().unwrap();
            for labelled in sample["text"].as_array().unwrap() {
                add(language, &unbracket(labelled["text"].as_str().unwrap()).0);
            }
        }
    }
    for file in std::fs::read_dir(root.join("data/articles")).unwrap().map(|f| f.unwrap().path()) {
        if file.extension().is_some_and(|e| e == "txt") {
            add("es", &std::fs::read_to_string(&file).unwrap());
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.jsonl");
    std::fs::write(&path, lines).unwrap();
    let t = extract(extractor(), &newsframe::corpus::open(&path).unwrap(), || ()).tables;
    assert_eq!(t.documents.len(), texts);
    assert!(t.figures.iter().all(|f| f.reason.is_some() != f.claim_id.is_some()), "a claim or a reason, never both");
    let (mut numbers, mut unexplained) = (0, Vec::new());
    for d in &t.documents {
        let rows: Vec<(usize, usize)> =
            t.figures.iter().filter(|f| f.doc_id == d.doc_id).map(|f| (f.start as usize, f.end as usize)).collect();
        let language = usize::from(d.doc_id.starts_with("es"));
        let mut start = 0;
        for word in d.text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let at = start;
            start += word.len();
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            // "four-wheeled", "twenty-one": what hangs on a hyphen is no word of its own.
            let hangs = d.text[..at].ends_with('-') || d.text[at + word.len()..].starts_with('-');
            let number =
                word.contains(|c: char| c.is_ascii_digit()) || !hangs && words[language].1.iter().any(|w| word.eq_ignore_ascii_case(w));
            if number {
                numbers += 1;
                if !rows.iter().any(|&(a, b)| a < at + word.len() && at < b) {
                    unexplained.push(format!("{} {:?}", d.doc_id, d.text[at..].chars().take(40).collect::<String>()));
                }
            }
        }
    }
    println!("{numbers} numbers in {texts} texts");
    assert!(numbers > 2000, "{numbers}");
    assert!(unexplained.is_empty(), "{} of {numbers}:\n{}", unexplained.len(), unexplained.join("\n"));
}

#[test]
fn a_policy_changes_only_the_best_value_of_claims() {
    let text = [(
        "A",
        "2021-05-09",
        "Dozens of marchers were killed in Kano, and more than 40 soldiers were hurt. Between 2 and 5 people are missing.",
    )];
    let literal = tables_of(&text, "literal");
    for policy in ["acled", "ucdp"] {
        let mut other = tables_of(&text, policy);
        assert_ne!(literal.claims, other.claims, "{policy}");
        for (a, b) in literal.claims.iter().zip(&mut other.claims) {
            b.value_best = a.value_best;
        }
        assert_eq!(literal, other, "{policy}");
    }
}

#[test]
fn exports_have_an_incident_a_row() {
    let copy = "Gunmen killed dozens of villagers in Kano on Monday, 28 February 2022, officials said, including 3 women.";
    let other = "Dozens of villagers were killed in Kano on Monday, 28 February 2022.";
    let t = tables_of(&[("A", "2022-03-02", copy), ("B", "2022-03-03", other)], "acled");
    let csv = |form: Form| form.table(&t).csv().unwrap();
    let ucdp = csv(Form::Ucdp);
    let mut rows = ucdp.lines();
    let header: Vec<&str> = rows.next().unwrap().split(',').collect();
    let cells: Vec<&str> = rows.next().unwrap().split(',').collect();
    let cell = |name: &str| cells[header.iter().position(|h| *h == name).unwrap()];
    assert_eq!((cell("best"), cell("low"), cell("high")), ("12", "24", "99"));
    assert_eq!((cell("number_of_sources"), cell("date_prec"), cell("date_start")), ("2", "1", "2022-02-28"));
    assert!(rows.next().is_none(), "the women are a part, and two reports are one incident: {ucdp}");
    assert!(csv(Form::Acled).lines().nth(1).unwrap().ends_with(",12"));
    assert!(csv(Form::IraqBodyCount).contains("24,99,A; B"));
    for form in [Form::Ucdp, Form::Acled, Form::IraqBodyCount] {
        assert!(form.note().contains("Left out"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any text at all, and any shuffling of the words that matter, gives claims that lie in it and point at others.
    #[test]
    fn any_text_is_taken(
        words in proptest::collection::vec(prop_oneof![
            3 => proptest::sample::select(vec![
                "20", "a", "un", "dos", "killed", "murieron", "no", "not", "the", "figure of", "la cifra de", "was", "wrong", ",", ".", "(", "and",
                "y", "otros", "people", "muertos", "herido", "put", "death toll", "at", "sent", "troops", "vehicles", "burned", "price", "tenge",
                "a litre", "$", "from", "to", "among", "of them", "in", "Kano", "\"", "said", "according to", "según", "including", ":", ";", "\n\n",
            ]).prop_map(str::to_owned),
            1 => "\\PC{0,6}",
        ], 0..60),
        spanish in any::<bool>(),
    ) {
        let a = article(if spanish { "es" } else { "en" }, &words.join(" "));
        let text = &a.document.text;
        for c in &a.claims {
            let spans = [Some(c.count.figure.span), Some(c.count.trigger), c.count.victims, c.count.perpetrator.map(|d| d.span), c.speaker, c.cue];
            for s in spans.into_iter().flatten() {
                prop_assert!(text.get(s.start..s.end).is_some());
            }
            prop_assert!(c.count.figure.min.zip(c.count.figure.max).is_none_or(|(a, b)| a <= b));
            prop_assert!([c.retracts, c.supersedes, c.count.part_of].into_iter().flatten().all(|i| i < a.claims.len()));
        }
        prop_assert!(a.claims.windows(2).all(|w| w[0].count.figure.span.start <= w[1].count.figure.span.start));
    }
}

// By an outsider, after all the others, scored once before anything was mended with them: F1 80.3 and 84.8; the second pair after the mending,
// F1 90.9 and 91.7 (codebook).
#[test]
fn unrest_english() {
    report(
        "held, unrest-en",
        include_str!("claims/unrest-en.toml"),
        &[
            ("figures", 84.0),
            ("value", 97.0),
            ("bound", 99.0),
            ("class", 86.5),
            ("voice", 90.0),
            ("speaker", 86.0),
            ("event date", 80.0),
            ("place", 81.0),
        ],
    );
}

#[test]
fn unrest_spanish() {
    report(
        "held, unrest-es",
        include_str!("claims/unrest-es.toml"),
        &[
            ("figures", 90.5),
            ("value", 100.0),
            ("bound", 100.0),
            ("class", 92.0),
            ("voice", 94.0),
            ("speaker", 92.0),
            ("event date", 77.0),
            ("place", 77.0),
        ],
    );
}

#[test]
fn news_english() {
    report(
        "held, news-en",
        include_str!("claims/news-en.toml"),
        &[
            ("figures", 90.0),
            ("value", 99.0),
            ("bound", 99.0),
            ("class", 94.0),
            ("voice", 95.0),
            ("speaker", 91.0),
            ("event date", 89.0),
            ("place", 85.0),
        ],
    );
}

#[test]
fn news_spanish() {
    report(
        "held, news-es",
        include_str!("claims/news-es.toml"),
        &[
            ("figures", 95.0),
            ("value", 99.0),
            ("bound", 99.0),
            ("class", 91.0),
            ("voice", 95.0),
            ("speaker", 94.0),
            ("event date", 96.0),
            ("place", 90.0),
        ],
    );
}

#[test]
fn more_news_spanish() {
    report(
        "held, news2-es",
        include_str!("claims/news2-es.toml"),
        &[
            ("figures", 96.0),
            ("value", 99.0),
            ("bound", 99.0),
            ("class", 93.0),
            ("voice", 97.0),
            ("speaker", 97.0),
            ("event date", 99.0),
            ("place", 90.0),
        ],
    );
}

// By other outsiders still; what they scored at first sight stands in each.
#[test]
fn latest_news_english() {
    report(
        "held, news3-en",
        include_str!("claims/news3-en.toml"),
        &[
            ("figures", 92.0),
            ("value", 100.0),
            ("bound", 100.0),
            ("class", 87.0),
            ("voice", 98.0),
            ("speaker", 95.0),
            ("event date", 89.0),
            ("place", 81.0),
        ],
    );
}

#[test]
fn latest_news_spanish() {
    report(
        "held, news3-es",
        include_str!("claims/news3-es.toml"),
        &[
            ("figures", 88.0),
            ("value", 99.0),
            ("bound", 99.0),
            ("class", 89.0),
            ("voice", 91.0),
            ("speaker", 85.0),
            ("event date", 83.0),
            ("place", 71.0),
        ],
    );
}

// Its dates and places were 68.3 and 65.5 at first sight.
#[test]
fn last_news_english() {
    report(
        "held, news4-en",
        include_str!("claims/news4-en.toml"),
        &[
            ("figures", 89.0),
            ("value", 100.0),
            ("bound", 99.0),
            ("class", 90.0),
            ("voice", 98.0),
            ("speaker", 97.0),
            ("event date", 83.0),
            ("place", 77.0),
        ],
    );
}

#[test]
fn last_news_spanish() {
    report(
        "held, news4-es",
        include_str!("claims/news4-es.toml"),
        &[
            ("figures", 91.5),
            ("value", 100.0),
            ("bound", 100.0),
            ("class", 94.0),
            ("voice", 94.0),
            ("speaker", 94.0),
            ("event date", 91.0),
            ("place", 91.0),
        ],
    );
}

#[test]
fn later_press_english() {
    report(
        "held, news5-en",
        include_str!("claims/news5-en.toml"),
        &[
            ("figures", 93.0),
            ("value", 98.0),
            ("bound", 100.0),
            ("class", 90.0),
            ("voice", 90.0),
            ("speaker", 84.0),
            ("event date", 86.0),
            ("place", 83.0),
        ],
    );
}

#[test]
fn later_press_spanish() {
    report(
        "held, news5-es",
        include_str!("claims/news5-es.toml"),
        &[
            ("figures", 92.0),
            ("value", 99.0),
            ("bound", 99.0),
            ("class", 91.0),
            ("voice", 92.0),
            ("speaker", 89.0),
            ("event date", 88.0),
            ("place", 89.0),
        ],
    );
}

#[test]
fn newest_news_english() {
    report(
        "held, news6-en",
        include_str!("claims/news6-en.toml"),
        &[
            ("figures", 93.0),
            ("value", 98.0),
            ("bound", 100.0),
            ("class", 93.0),
            ("voice", 97.0),
            ("speaker", 96.0),
            ("event date", 96.0),
            ("place", 84.0),
        ],
    );
}

#[test]
fn newest_news_spanish() {
    report(
        "held, news6-es",
        include_str!("claims/news6-es.toml"),
        &[
            ("figures", 93.0),
            ("value", 100.0),
            ("bound", 100.0),
            ("class", 93.0),
            ("voice", 92.0),
            ("speaker", 90.0),
            ("event date", 95.0),
            ("place", 80.0),
        ],
    );
}

#[test]
fn seventh_news_english() {
    report(
        "held, news7-en",
        include_str!("claims/news7-en.toml"),
        &[
            ("figures", 96.0),
            ("value", 100.0),
            ("bound", 100.0),
            ("class", 95.0),
            ("voice", 95.0),
            ("speaker", 93.0),
            ("event date", 85.0),
            ("place", 79.0),
        ],
    );
}

#[test]
fn seventh_news_spanish() {
    report(
        "held, news7-es",
        include_str!("claims/news7-es.toml"),
        &[
            ("figures", 96.0),
            ("value", 98.0),
            ("bound", 99.0),
            ("class", 92.0),
            ("voice", 97.0),
            ("speaker", 97.0),
            ("event date", 88.0),
            ("place", 83.0),
        ],
    );
}

/// Whole articles as outlets write them, by an outsider who saw no rule; their quotations and terms are labelled too.
#[test]
fn whole_articles_english() {
    report(
        "held, articles-en",
        include_str!("claims/articles-en.toml"),
        &[
            ("figures", 91.5),
            ("value", 100.0),
            ("bound", 99.0),
            ("class", 89.0),
            ("voice", 95.0),
            ("speaker", 94.0),
            ("event date", 69.0),
            ("place", 61.0),
        ],
    );
}

#[test]
fn whole_articles_spanish() {
    report(
        "held, articles-es",
        include_str!("claims/articles-es.toml"),
        &[
            ("figures", 89.0),
            ("value", 100.0),
            ("bound", 100.0),
            ("class", 87.0),
            ("voice", 90.0),
            ("speaker", 84.0),
            ("event date", 57.0),
            ("place", 63.0),
        ],
    );
}

/// Whole articles whose background is half of them, for event dates and places; scored before the rules for these were worked on: event date
/// and place are in the files' headers.
#[test]
fn events_english() {
    report("held, events-en", include_str!("claims/events-en.toml"), &[("figures", 89.0), ("event date", 80.0), ("place", 74.0)]);
}

#[test]
fn events_spanish() {
    report("held, events-es", include_str!("claims/events-es.toml"), &[("figures", 90.0), ("event date", 83.0), ("place", 69.0)]);
}

/// Whole articles of several events each, for the same two fields: only totals are ever seen of these.
#[test]
fn scenes_english() {
    report("held, scene-en", include_str!("claims/scene-en.toml"), &[("figures", 96.0), ("event date", 79.0), ("place", 77.0)]);
}

#[test]
fn scenes_spanish() {
    report("held, scene-es", include_str!("claims/scene-es.toml"), &[("figures", 92.0), ("event date", 84.0), ("place", 71.0)]);
}

/// Kinds of article that the others lack (strikes, prisons, monthly counts, wrecks, coups, ambushes): all fields.
#[test]
fn dockets_english() {
    report(
        "docket-en",
        include_str!("claims/docket-en.toml"),
        &[
            ("figures", 91.0),
            ("value", 100.0),
            ("class", 94.0),
            ("voice", 100.0),
            ("speaker", 97.0),
            ("event date", 92.0),
            ("place", 85.0),
            ("background", 94.0),
        ],
    );
}

#[test]
fn dockets_spanish() {
    report(
        "docket-es",
        include_str!("claims/docket-es.toml"),
        &[
            ("figures", 91.0),
            ("value", 100.0),
            ("class", 100.0),
            ("voice", 93.0),
            ("speaker", 88.0),
            ("event date", 92.0),
            ("place", 90.0),
            ("background", 100.0),
        ],
    );
}

/// The half of these of which only totals are ever seen.
#[test]
fn dossiers_english() {
    report(
        "held, dossier-en",
        include_str!("claims/dossier-en.toml"),
        &[
            ("figures", 85.0),
            ("value", 100.0),
            ("class", 92.8),
            ("voice", 88.0),
            ("speaker", 91.0),
            ("event date", 85.0),
            ("place", 95.0),
            ("background", 88.0),
        ],
    );
}

#[test]
fn dossiers_spanish() {
    report(
        "held, dossier-es",
        include_str!("claims/dossier-es.toml"),
        &[
            ("figures", 81.0),
            ("value", 100.0),
            ("class", 94.0),
            ("voice", 97.0),
            ("speaker", 94.0),
            ("event date", 90.0),
            ("place", 58.0),
            ("background", 94.0),
        ],
    );
}

/// Agency reports, local notes, counts of rights groups, court stories and the like, for event dates and places: the half that was worked on, and the
/// one of which only totals are ever seen.
#[test]
fn sites_english() {
    report("site-en", include_str!("claims/site-en.toml"), &[("figures", 99.0), ("event date", 80.0), ("place", 92.0)]);
}

#[test]
fn sites_spanish() {
    report("site-es", include_str!("claims/site-es.toml"), &[("figures", 92.0), ("event date", 78.0), ("place", 81.0)]);
}

#[test]
fn unread_sites_english() {
    report("held, site-held-en", include_str!("claims/site-held-en.toml"), &[("figures", 95.0), ("event date", 78.0), ("place", 87.0)]);
}

#[test]
fn unread_sites_spanish() {
    report("held, site-held-es", include_str!("claims/site-held-es.toml"), &[("figures", 95.0), ("event date", 93.0), ("place", 82.0)]);
}

/// The first and last day and the place of the last figure of a text.
fn scene_of(language: &str, published: &str, text: &str) -> (String, String) {
    let a = extractor().article(&Source {
        text: text.to_owned(),
        language: Lang::parse(language),
        published: newsframe::corpus::PublishedDate::parse(published, Basis::Index),
        ..Source::default()
    });
    let c = a.claims.last().unwrap_or_else(|| panic!("no figure: {text}"));
    let days = c.event.as_ref().map_or_else(String::new, |e| if e.0 == e.1 { e.0.to_string() } else { format!("{}..{}", e.0, e.1) });
    (days, c.place.map_or_else(String::new, |p| p.of(&a.document.text).to_owned()))
}

#[test]
fn a_toll_says_nothing_of_the_day_that_it_rose_on_and_a_length_is_counted_from_what_is_named() {
    dated(
        "en",
        "2005-02-21",
        &[
            (
                "Divers yesterday hauled 31 more bodies from the hull. The launch capsized on Saturday night. Some 50 are missing.",
                "2005-02-19",
            ),
            ("Two days after flames consumed the factory, rescue workers said on Sunday that they had found 258 bodies.", "2005-02-18"),
            ("It was listed in July 2003. In October of that year, three soldiers were killed.", "2003-10-01..2003-10-31"),
            ("More than 1,500 people were killed in the first three months of 2004.", "2004-01-01..2004-03-31"),
            ("In the first ten days of December, 30 people died.", "2004-12-01..2004-12-10"),
            ("In the first two months of the year 300 people were killed, 9% more than in 2004.", "2005-01-01..2005-02-28"),
            ("Since the coup, in February 2004, forty people have died.", "2004-02-01..2005-02-21"),
        ],
    );
}

#[test]
fn a_new_paragraph_leaves_what_was_days_before_and_a_second_sum_has_its_own_date() {
    dated(
        "en",
        "2019-05-10",
        &[
            (
                "A bomb killed 12 people in Kano on Tuesday.\n\nTwo policemen had been shot dead on Sunday.\n\nThe army said 18 people were wounded.",
                "2019-05-07",
            ),
            ("The note counts 118 dead last month, three of them children, against 176 in the whole of March.", "2019-03-01..2019-03-31"),
        ],
    );
    dated("es", "2019-05-10", &[("Con los de ayer suman 356 los policías asesinados en lo que va del año.", "2019-01-01..2019-05-10")]);
}

#[test]
fn fighters_are_hurt_beside_fighters_and_who_is_saved_is_no_figure() {
    let told = |text: &str| {
        let a = article("es", text);
        let row = |c: &Claim| format!("{} {} {}", c.count.kind, c.count.figure.span.of(&a.document.text), c.count.victim_class);
        a.claims.iter().map(row).collect::<Vec<_>>().join(", ")
    };
    assert_each(
        &[
            ("La emboscada dejó 13 agentes abatidos y nueve lesionados.", "killed 13 security, injured nueve security"),
            ("El choque dejó 13 agentes heridos y nueve detenidos.", "injured 13 security, detained nueve unknown"),
            ("La Marina recuperó los cuerpos de once hombres, mientras que otros 48 fueron rescatados con vida.", "killed once unknown"),
            ("Ni uno de los agresores fue detenido.", "detained uno militant"),
            ("El motín dejó 79 muertos; el 21 de julio fueron 22, en Latacunga.", "killed 79 unknown, killed 22 unknown"),
        ],
        told,
    );
    assert!(article("es", "Ni uno de los agresores fue detenido.").claims[0].count.negated);
}

#[test]
fn figures_stand_in_lists_of_names_and_behind_what_is_revised() {
    let told = |text: &str| {
        let spanish = text.contains(['á', 'é', 'í', 'ó', 'ú', 'ñ']);
        let article = article(if spanish { "es" } else { "en" }, text);
        let one = |c: &Claim| {
            let part = if c.count.part_of.is_some() { " part" } else { "" };
            format!("{} {}{part}", c.count.kind, c.count.figure.span.of(&article.document.text))
        };
        article.claims.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    assert_each(
        &[
            ("Deaths by province: Herat, 12; Kabul, nine; Kunar, four.", "killed 12, killed nine, killed four"),
            ("Attendance by town: Herat, 12; Kabul, 30.", ""),
            ("Nineteen people died: ten in Senkata, nine in Sacaba.", "killed Nineteen, killed ten part, killed nine part"),
            ("Por cantón: Pedernales, 130 muertos; Portoviejo, 107; Manta, 85.", "killed 130, killed 107, killed 85"),
            ("The blast killed 30 people. Police revised the toll down from 30 to 28.", "killed 30, killed 30, killed 28"),
            ("At least 60 people died, a figure the police put at 51.", "killed At least 60, killed 51"),
            ("El fiscal habló de 20 muertos, luego de 40, y a medianoche de 53. Así acabó.", "killed 20, killed 40, killed 53"),
            (
                "El fuego dejó un saldo de 52 muertos, 42 mujeres y 10 hombres, según el médico.",
                "killed 52, killed 42 part, killed 10 part",
            ),
            ("The clashes left 279 policemen and 45 civilians injured.", "injured 279, injured 45"),
            ("One U.S. airman was killed, and a third, shot in Mosul last week, died.", "killed One, killed a third"),
            ("A rocket hit a school, killing four; another, on November 30, hit an ambulance.", "killed four"),
            ("Another Kenyan, a nurse, was hit by a bullet.", "injured Another"),
            ("Four fifths of the inhabitants had fled.", ""),
            ("The death toll is 18, three more than on Monday.", "killed 18"),
            ("The bomb cost two passers-by their lives; the mine cost three men their jobs.", "killed two"),
            ("Twelve bodies were found in a canal; four had their hands bound with wire.", "killed Twelve, killed four part"),
            ("A warder, who suffered a heart attack, died on the way to hospital.", "killed A"),
            ("Los asesinos victimaron ayer de siete balazos a un policía en su barrio de Perú.", "killed un"),
            ("Also feared dead are five members of the Choucair family.", "killed five"),
            ("They shot dead a catechist, his wife and their two sons.", "killed a, killed two"),
            ("Among those who died were two nuns and a cook.", "killed two, killed a"),
            ("Entre los muertos están el alcalde, Luis Mora, y dos maestros más de la región.", "killed dos"),
            ("The commission put the number of those who died in custody at 40,000.", "killed 40,000"),
            ("Police arrested 2,000 people. A club gave a higher figure, 2,700, and left.", "detained 2,000, detained 2,700"),
            ("They dragged six worshippers out of a mosque, doused them with petrol and burned them alive.", "killed six"),
            ("They took forty of us to a gym and beat us for hours.", ""),
            ("Kocaeli had 3,242 dead, Sakarya (2,164) and Yalova (1,442).", "killed 3,242, killed 2,164, killed 1,442"),
            (
                "El alcalde cifró en 33 los agentes heridos en la región, 19 policías y 14 guardias.",
                "injured 33, injured 19 part, injured 14 part",
            ),
        ],
        told,
    );
}

/// Tells all of some texts of which something else comes out than what stands beside them.
fn assert_each(cases: &[(&str, &str)], got: impl Fn(&str) -> String) {
    let wrong = |(text, want): &(&str, &str)| {
        let got = got(text);
        (got != *want).then(|| format!("{text}\n    {got:?}, not {want:?}"))
    };
    let wrong: Vec<String> = cases.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn dated(language: &str, published: &str, cases: &[(&str, &str)]) {
    assert_each(cases, |text| scene_of(language, published, text).0);
}

#[test]
fn what_an_event_did_on_a_day_dates_it_and_what_was_weeks_before_does_not() {
    dated(
        "en",
        "2013-10-12",
        &[
            ("A boat capsized on Friday off Malta, and the prime minister said that 27 people had drowned.", "2013-10-11"),
            ("A bomb killed 16 guards in Kano on Thursday, a week after an attack on Jos left 30 dead.", "2013-10-03"),
            ("A monitor counted 29 people killed in September, up from 19 in August.", "2013-08-01..2013-08-31"),
        ],
    );
    dated(
        "en",
        "2013-10-12",
        &[(
            "A bomb killed 16 people in Kano on Thursday, a week after an attack on Jos left 30 dead.\n\nPolice arrested five demonstrators.",
            "2013-10-10",
        )],
    );
}

#[test]
fn a_report_is_told_on_the_day_of_its_dateline() {
    dated(
        "en",
        "1991-06-12",
        &[
            ("NAIROBI, Kenya, June 11 - Police shot dead four students at a rally this morning.", "1991-06-11"),
            ("NAIROBI, June 11 (Reuter) - Four students were shot dead today.", "1991-06-11"),
            ("SAN SALVADOR, June 11 — Gunmen killed three farmers here tonight.", "1991-06-11"),
            ("RIO DE JANEIRO, June 11 - Seven inmates died in a fire yesterday.", "1991-06-10"),
            ("NAIROBI, June 4 - Four students were shot dead today.", "1991-06-12"),
            ("In Nairobi, June 11 passed calmly. Four students were shot dead today.", "1991-06-12"),
        ],
    );
    dated(
        "es",
        "1991-06-12",
        &[
            ("Quito, 11 jun (EFE).- Cuatro estudiantes murieron hoy en una protesta.", "1991-06-11"),
            ("SAN JOSÉ DE COSTA RICA, 11 de junio - Cuatro campesinos murieron esta mañana.", "1991-06-11"),
            ("Quito, 12 jun (EFE).- Cuatro estudiantes murieron hoy en una protesta.", "1991-06-12"),
        ],
    );
}

#[test]
fn the_day_of_a_statement_is_not_that_of_the_harm() {
    dated(
        "en",
        "2019-05-10",
        &[
            ("A bomb tore through a market in Kano on Tuesday. The ministry had spoken on Wednesday of 12 dead.", "2019-05-07"),
            ("A bomb tore through a market in Kano on Tuesday.\n\nOn Thursday the governor put the toll at 19.", "2019-05-07"),
            ("A bomb tore through a market in Kano on Tuesday.\n\nHospitals had by Thursday evening counted 21 dead.", "2019-05-07"),
            ("A bomb tore through a market in Kano on Tuesday.\n\nOn Thursday gunmen killed three traders in Zaria.", "2019-05-09"),
            (
                "A bomb tore through a market in Kano on Tuesday.\n\nThe army denied on Thursday any part in it. Some 40 people were wounded.",
                "2019-05-07",
            ),
            (
                "The dam broke on Monday. The mayor said nine people died.\n\nClashes were reported on Thursday in Zaria. A clerk said two people were shot dead.",
                "2019-05-09",
            ),
        ],
    );
    dated(
        "es",
        "2019-05-10",
        &[
            ("Una bomba estalló el martes en un mercado de Kano. El ministerio había informado el miércoles de 12 muertos.", "2019-05-07"),
            ("Una bomba estalló el martes en un mercado de Kano.\n\nEl gobernador elevó el jueves a 19 los muertos.", "2019-05-07"),
            (
                "Una bomba estalló el martes en un mercado de Kano.\n\nEl Ejército negó ayer su participación. Unas 40 personas resultaron heridas.",
                "2019-05-07",
            ),
            ("La presa cedió el lunes.\n\nEl jueves hubo choques en Zaria. Un médico dijo que murieron dos personas.", "2019-05-09"),
        ],
    );
}

#[test]
fn what_goes_on_for_days_lasts_until_the_report() {
    dated(
        "en",
        "2019-05-10",
        &[
            ("At least 30 people have been killed in four days of protests in Tunis.", "2019-05-07..2019-05-10"),
            ("Three weeks of fighting have left 400 people dead.", "2019-04-19..2019-05-10"),
            ("Protests began on Monday. Four days of riots have left nine people dead.", "2019-05-06..2019-05-10"),
            ("A weekend of looting left six people dead.", "2019-05-04..2019-05-05"),
            ("A 10-day siege of the jail left 14 inmates dead.", "2019-05-01..2019-05-10"),
            ("In 30 years of war 40,000 people were killed.", ""),
            ("After three days of talks, two miners were killed.", ""),
            ("Twelve people died in Tuesday's riots.", "2019-05-07"),
        ],
    );
    dated(
        "es",
        "2019-05-10",
        &[
            ("Cuatro días de protestas han dejado 30 muertos en Túnez.", "2019-05-07..2019-05-10"),
            ("Al menos 400 personas han muerto en tres semanas de combates.", "2019-04-19..2019-05-10"),
            ("Las protestas comenzaron el lunes. Cuatro días de disturbios han dejado nueve muertos.", "2019-05-06..2019-05-10"),
            ("Dos meses de huelga y 14 heridos.", "2019-03-10..2019-05-10"),
            ("En tres días de luto murieron dos mineros.", ""),
        ],
    );
}

#[test]
fn an_anniversary_names_the_day_of_the_year_so_long_ago() {
    dated(
        "en",
        "2019-05-10",
        &[
            ("Thirty years ago today soldiers shot dead 14 miners in Potosi.", "1989-05-10"),
            ("Thirty years ago this month soldiers shot dead 14 miners in Potosi.", "1989-05-01..1989-05-31"),
            ("Thirty years ago soldiers shot dead 14 miners in Potosi.", "1989-01-01..1989-12-31"),
            ("Two men were shot dead today.", "2019-05-10"),
        ],
    );
    dated(
        "es",
        "2019-05-10",
        &[
            ("Hace hoy treinta años los soldados mataron a 14 mineros en Potosí.", "1989-05-10"),
            ("Hoy hace treinta años que 14 mineros murieron en Potosí.", "1989-05-10"),
            ("Hace treinta años los soldados mataron a 14 mineros en Potosí.", "1989-01-01..1989-12-31"),
        ],
    );
}

/// Of several figures the date of the last, as `dated` has it.
#[test]
fn each_figure_has_the_date_of_its_own_clause() {
    dated(
        "en",
        "2019-05-10",
        &[
            ("Three died on Sunday and five on Monday.", "2019-05-06"),
            ("Three died on Sunday and five were hurt on Monday.", "2019-05-06"),
            ("The number of murders rose from 12 in 2016 to 18 in 2017.", "2017-01-01..2017-12-31"),
            ("Gunfire rang out overnight, and a group said that 33 people had been killed in five days.", "2019-05-06..2019-05-10"),
            ("Troops killed 49 villagers on Christmas Day, 7 January 1993.", "1993-01-07"),
            ("In fighting on 2 May, the army said, 66 rebels were killed.", "2019-05-02"),
            ("So far in May, 12 miners have died.", "2019-05-01..2019-05-10"),
        ],
    );
    dated(
        "es",
        "2019-05-13",
        &[
            ("Este fin de semana murieron doce personas.", "2019-05-11..2019-05-12"),
            ("Hubo 20 muertos en abril y en lo que va de mayo ya se registraron 19.", "2019-05-01..2019-05-13"),
        ],
    );
    let text = "El Foro contó 96 arrestos el domingo, con lo que ya son 4.844 los detenidos desde abril.";
    let day = |day: &str| Some((day.to_owned(), day.to_owned()));
    let since = Some(("2017-04-01".to_owned(), "2017-07-31".to_owned()));
    assert_eq!(events("es", "2017-07-31", text), [day("2017-07-30"), since]);
    let text = "Hallaron el lunes los cuerpos de tres jóvenes que estaban desaparecidos desde el viernes.";
    assert_ne!(events("es", "2017-07-31", text)[0].as_ref().map(|e| e.0.as_str()), Some("2017-07-28"));
}

/// "Herat: 12" below a line that says what is counted, and who died of what the sentence before tells of.
#[test]
fn rows_go_on_from_the_line_above_and_who_was_hurt_may_die_of_it() {
    let a = article("es", "Hay 22 muertos desde el martes:\n\nLima: 12\n\nCusco: 9\n\nTeléfono: 555");
    assert_eq!(claims(&a), ["killed 22", "killed 12", "killed 9"]);
    for (language, text, kind) in [
        ("en", "A man was found with stab wounds. He died at the scene.", "killed"),
        ("en", "A boy was wounded. He said that friends had died.", "injured"),
        ("es", "Una mujer resultó herida. Falleció en el hospital.", "killed"),
        ("es", "Una mujer resultó herida. Murió también su marido.", "injured"),
    ] {
        let a = article(language, text);
        assert_eq!(a.claims[0].count.kind.as_str(), kind, "{text}");
    }
}

#[test]
fn a_date_is_of_the_figure_that_it_stands_with() {
    dated(
        "en",
        "2019-05-10",
        &[
            ("The mines have claimed 12 lives so far this year, compared with seven in all of 2018.", "2018-01-01..2018-12-31"),
            ("In 2016, 40 miners died; in 2017, 12.", "2017-01-01..2017-12-31"),
            ("Russian drones hit the port overnight, killing three people.", "2019-05-09..2019-05-10"),
            ("Three people were killed last night.", "2019-05-09"),
        ],
    );
    dated(
        "es",
        "2019-05-10",
        &[
            ("En 2016 murieron 40 mineros; en 2017, 12.", "2017-01-01..2017-12-31"),
            ("Desde el inicio de las protestas, el 7 de abril, han perdido la vida 46 personas.", "2019-04-07..2019-05-10"),
            ("En los primeros cuatro meses del año murieron 20 personas, un 9 % más que en 2018.", "2019-01-01..2019-04-30"),
            ("Tienen a 60 soldados desde la toma de una base, el 3 de abril, en la que murieron 27.", "2019-04-03"),
            ("A tres días del terremoto siguen desaparecidas 12 personas.", "2019-05-07"),
            ("El conflicto armado (1960-1996) dejó 200.000 muertos.", "1960-01-01..1996-12-31"),
            ("En la guerra de 1992-1995 murieron 100.000 personas.", "1992-01-01..1995-12-31"),
        ],
    );
}

fn placed(language: &str, cases: &[(&str, &str)]) {
    assert_each(cases, |text| scene_of(language, "2019-05-10", text).1);
}

#[test]
fn a_figure_of_a_list_has_its_own_place() {
    placed(
        "en",
        &[
            ("Police arrested 14 people in Leeds and nine in Bradford.", "Bradford"),
            ("NOUAKCHOTT - Some 41 people drowned 60 miles north of Nouadhibou.", "Nouadhibou"),
            ("Ten were killed in Homs, 12 in Aleppo.", "Aleppo"),
            ("Three of the deaths occurred in Mombasa, two in the suburb of Likoni.", "Likoni"),
            ("Thirty were arrested in Lagos, 11 in Ibadan and six in Kano.", "Kano"),
            ("Five people were killed in Solhan, in northern Burkina Faso.", "Solhan"),
            ("A family of six was found dead in Zahedan, Iran.", "Zahedan"),
            ("Twelve people were killed in Kabul, police said.", "Kabul"),
            ("Kenya's Garissa was hit at dawn and seven people were killed in Kenya's Wajir.", "Wajir"),
            ("In Djugu territory, 15 people were killed in an attack on a mine near Mongbwalu.", "Mongbwalu"),
            ("Four miners were hurt in Montcoal. Two of them were badly hurt; one remains at a Charleston hospital.", "Montcoal"),
            ("After the bombing of Abs hospital in Hajjah, which killed 19 people, it was closed.", "Abs"),
            ("Amnesty says at least 12 people lost their lives in Lagos, 10 of them at Lekki.", "Lekki"),
            ("Gunmen burst into a bar in the Gulf coast oil city of Minatitlán and killed 23 people.", "Minatitlán"),
            ("A boy from Bradford was arrested in Leeds.", "Leeds"),
            ("A drone attack on Omdurman killed nine people.", "Omdurman"),
        ],
    );
    placed(
        "es",
        &[
            ("Catorce personas fueron detenidas en Sevilla y nueve en Cádiz.", "Cádiz"),
            ("Han muerto 31 personas: tres en Oruro, nueve en Sucre.", "Sucre"),
            ("Ocho murieron en Managua, cuatro en Estelí y tres en Masaya.", "Masaya"),
            ("Murieron cinco personas en Solhan, en el norte de Burkina Faso.", "Solhan"),
            ("En el barrio Siloé de Cali murieron tres estudiantes.", "Siloé"),
            ("Han muerto en Chile 15 personas, once de ellas en la Región Metropolitana.", "Región Metropolitana"),
            ("Han muerto en Chile 15 personas, once de ellas en la Región Metropolitana. Hay 96 heridos.", "Chile"),
            ("Van cuatro muertos en Tucumán y tres en Entre Ríos.", "Entre Ríos"),
            ("El bombardeo sobre Omdurmán mató a nueve personas.", "Omdurmán"),
            ("Doce internos murieron en la Penitenciaría del Litoral, en Guayaquil.", "Penitenciaría del Litoral"),
            ("Dos hombres murieron en Apatzingán, y en Uruapan un menor de 14 años resultó herido.", "Uruapan"),
            ("En Guarenas, a 30 kilómetros de Caracas, tres comerciantes fueron heridos.", "Guarenas"),
        ],
    );
}

#[test]
fn where_somebody_speaks_or_goes_is_not_where_it_was() {
    placed(
        "en",
        &[
            ("A bomb killed nine people in Homs.\n\nOfficials in Damascus said five of them were soldiers.", "Homs"),
            ("A bomb killed nine people in Homs.\n\nPolice in Aleppo said two men had been shot dead there.", "Aleppo"),
            ("Gunmen killed nine people in Homs, the foreign ministry said in Paris.", "Homs"),
            ("Police in Almaty said 10 people had been killed.", "Almaty"),
            ("A bomb went off in Homs. Forty wounded were flown to Damascus and Latakia.", "Homs"),
            ("Gunmen seized 12 schoolgirls from Chibok, Nigeria.", "Chibok"),
            ("Thousands of people have fled Goma.", "Goma"),
            ("Thousands of people have fled the town of Sake, near Goma.", "Sake"),
        ],
    );
    placed(
        "es",
        &[
            ("Una bomba mató a nueve personas en Homs.\n\nEl Gobierno, desde Damasco, dijo que cinco eran soldados.", "Homs"),
            ("Una bomba mató a nueve personas en Homs.\n\nLa policía de Alepo dijo que allí murieron dos hombres.", "Alepo"),
            ("Hombres armados mataron a nueve personas en Homs, informó en París el ministerio.", "Homs"),
            ("Una bomba estalló en Homs. Cuarenta heridos fueron trasladados a Damasco y Latakia.", "Homs"),
            ("Unas 5.000 familias abandonaron Goma.", "Goma"),
        ],
    );
}

#[test]
fn there_is_the_place_named_before_and_the_country_that_of_the_headline() {
    placed(
        "en",
        &[
            ("Two men were killed in Homs. Aleppo was quiet until noon. In that city, 18 people were shot dead later.", "Aleppo"),
            ("A shell hit a school in El Geneina, capital of West Darfur. Doctors said 40 people had died there.", "El Geneina"),
            ("Two men were killed in Homs. There were three deaths among the police.", "Homs"),
            (
                "Almaty buries its dead\n\nTwo men were killed in Almaty. The ministry of Kazakhstan spoke. Police said 7,000 people were held across the country.",
                "Kazakhstan",
            ),
            (
                "Two men were killed in Homs. It was the worst day in the country since the war began in spring, said one of the doctors, as five people were buried alive.",
                "Homs",
            ),
        ],
    );
    placed(
        "es",
        &[
            ("Dos hombres murieron en Homs. Alepo estuvo en calma. En esa ciudad murieron después 18 personas.", "Alepo"),
            ("Un obús cayó en una escuela de Zahedán, en Irán. Los médicos dicen que allí murieron 40 personas.", "Zahedán"),
            (
                "Dos hombres murieron en Masaya. La organización de Nicaragua habló. Las protestas han dejado en el país 300 muertos.",
                "Nicaragua",
            ),
        ],
    );
}

#[test]
fn a_court_deals_with_harm_of_the_days_that_it_names() {
    dated(
        "en",
        "2019-05-10",
        &[
            (
                "Court hears of 177 killed on hill\n\nSoldiers killed 177 people in Rabinal in March 1982, a witness said on Tuesday. One of the judges wept.\n\nThe indictment says that 18 girls were carried off.",
                "1982-03-01..1982-03-31",
            ),
            ("A former colonel was jailed on Thursday to 30 years for the murder of 14 miners in June 1989.", "1989-06-01..1989-06-30"),
            ("A man was charged on Thursday with the murder of three people.", ""),
        ],
    );
    dated(
        "es",
        "2019-05-10",
        &[
            (
                "Un tribunal sentenció el jueves a 5,160 años de prisión a un exsoldado por el asesinato de 171 campesinos en diciembre de 1982.",
                "1982-12-01..1982-12-31",
            ),
            ("Se probó que en abril de 1982 tropas al mando del hoy coronel retirado mataron a 267 pobladores.", "1982-04-01..1982-04-30"),
            ("El Ejército mató el martes a 171 vecinos de Las Dos Erres.", "2019-05-07"),
        ],
    );
}

/// Short items by construction, the half that the rules were worked on with.
#[test]
fn what_says_who_speaks_or_when_dates_no_harm() {
    dated(
        "en",
        "2019-05-10",
        &[
            ("The army, which has been at war since April, put the number of dead at 38.", ""),
            ("The ministry, headed since 2016 by Ali Noor, said 40 people had been killed.", ""),
            ("Fifty people were wounded, according to the militia, which seized the town last month.", ""),
            // But a clause that counts, and one on the harm itself, do.
            ("The militia, which says it has killed 38 soldiers since April 2, is at war.", "2019-04-02..2019-05-10"),
            ("The army said 38 people died in the blast, which shook Kano on Tuesday.", "2019-05-07"),
        ],
    );
    dated(
        "es",
        "2019-05-10",
        &[
            ("La Defensoría elevó ayer a siete el número de fallecidos en las protestas.", ""),
            ("El hospital, que dirige Ana Gil desde 2016, cifró en 40 los heridos.", ""),
            ("Mayo de luto\n\n10 de mayo de 2019\n\nCinco personas murieron en Puno.", ""),
            ("Cinco personas murieron ayer en Puno y la Defensoría cifra en siete los fallecidos.", "2019-05-09"),
        ],
    );
}

#[test]
fn a_day_that_nobody_can_work_out_is_no_other_day() {
    for (language, text, days) in [
        ("en", "Since 2018, 900 people have been killed in Kano.\n\nOn Thursday three traders were shot dead.", ""),
        ("en", "On May 7, 2019, nine traders were killed in Kano. Two weeks earlier, a strike had left 17 dead.", "2019-04-22..2019-04-28"),
        ("es", "En lo que va de 2019 han muerto 900 personas.\n\nAyer murieron tres vendedores.", ""),
        ("es", "El 7 de mayo de 2019 murieron nueve personas en Puno.\n\nEste martes resultaron heridas otras tres.", "2019-05-07"),
        ("es", "El 7 de mayo de 2019 murieron nueve personas en Puno.\n\nEste viernes resultaron heridas otras tres.", ""),
    ] {
        assert_eq!(scene_of(language, "", text).0, days, "{text}");
    }
}

#[test]
fn who_denies_one_thing_may_tell_another() {
    for (language, text, negated) in [
        ("en", "Ali Noor denied that herders were involved and said that four of his members had been slain.", false),
        ("en", "The army denied the attack, adding that six soldiers were dead.", false),
        ("en", "The minister denied that police had fired and that 12 people had died.", true),
        ("en", "The minister denied a report by doctors who said 12 people had died.", true),
        ("en", "The mayor rejected reports that six had died.", true),
        ("es", "El alcalde negó que hubiera disparos y dijo que cuatro vecinos habían muerto.", false),
        ("es", "El ministro negó que la policía disparara y que murieran doce personas.", true),
    ] {
        let a = article(language, text);
        assert_eq!(a.claims.last().unwrap().count.negated, negated, "{text}");
    }
}

#[test]
fn who_only_tells_of_harm_is_not_counted_among_the_harmed() {
    for (language, text, figures) in [
        ("en", "The panel counted 35 deaths.\n\nWitnesses spoke. Four of them said police fired without warning.", &["35"][..]),
        ("en", "Five unions including the Law Society said 105 people had been arrested in Kano.", &["105"]),
        ("en", "Two wounded soldiers said they were beaten.", &["Two"]),
        ("en", "Three men were arrested on Monday. The three said they had been beaten.", &["Three"]),
        ("es", "Cinco sindicatos dijeron que 105 personas fueron detenidas en Puno.", &["105"]),
        ("es", "Dos soldados heridos dijeron que los golpearon.", &["Dos"]),
    ] {
        let a = article(language, text);
        let found: Vec<&str> = a.claims.iter().map(|c| c.count.figure.span.of(&a.document.text)).collect();
        assert_eq!(found, figures, "{text}");
    }
}

#[test]
fn what_is_set_against_a_figure_is_of_another_time() {
    for (language, text, figure) in [
        (
            "en",
            "This year 1,300 people have been killed, according to figures that a firm in the city of Lagos has compiled — up from 880 in the same period last year.",
            "880",
        ),
        ("en", "Some 120 migrants have drowned this year, compared with 63 a year before.", "63"),
        ("es", "Desde enero han muerto 1.300 personas, frente a los 880 del año pasado.", "880"),
    ] {
        let a = extractor().article(&Source {
            text: text.to_owned(),
            language: Lang::parse(language),
            published: newsframe::corpus::PublishedDate::parse("2025-04-20", Basis::Index),
            ..Source::default()
        });
        let scopes: Vec<_> = a.claims.iter().map(|c| (c.count.figure.span.of(&a.document.text), c.scope.as_str())).collect();
        assert_eq!(scopes.len(), 2, "{text}: {scopes:?}");
        assert_eq!((scopes[0].1, scopes[1]), ("incident", (figure, "background")), "{text}");
    }
}

#[test]
fn a_figure_in_marks_is_in_the_words_of_who_is_named() {
    for (language, text, figure) in [
        ("en", "The army said it had eliminated \"at least 19 terrorists\" in the compound.", "at least 19"),
        ("es", "El Ejército aseguró haber eliminado a \"al menos 19 terroristas\" en el complejo.", "al menos 19"),
    ] {
        let a = article(language, text);
        assert_eq!(a.claims.len(), 1, "{text}");
        let c = &a.claims[0];
        assert_eq!((c.voice, c.count.figure.span.of(&a.document.text)), (Voice::Direct, figure), "{text}");
    }
}

#[test]
fn who_tells_of_the_first_of_a_list_tells_of_the_others_too() {
    for (language, text, who) in [
        ("en", "This year 33 people have died, the report said, up from 19 in the previous year.", "the report"),
        ("en", "Police had until then spoken of 32 deaths.", "Police"),
        ("es", "El informe eleva a 38 los fallecidos en la crisis que siguió al golpe, y a más de 800 los lesionados.", "El informe"),
        ("es", "La entidad había hablado a primera hora de cuatro fallecidos, 33 internos heridos y un policía lesionado.", "La entidad"),
    ] {
        let a = article(language, text);
        let last = a.claims.last().unwrap();
        assert_eq!((last.voice, last.speaker.map_or("", |s| s.of(&a.document.text))), (Voice::Indirect, who), "{text}");
    }
}

#[test]
fn a_day_on_which_a_toll_rose_is_that_of_the_report() {
    for (language, text, days) in [
        ("en", "The death toll from the quake that flattened villages on Sunday night rose on Tuesday to 1,411.", "2019-05-05"),
        ("en", "The death toll from the quake that flattened villages on Sunday night rose to 1,411.", "2019-05-05"),
        ("en", "The death toll from the quake rose on Tuesday to 1,411.", ""),
        ("en", "The quake struck on Sunday. The death toll rose to 1,411 on Tuesday.", "2019-05-05"),
        ("es", "La cifra de muertos subió el martes a 30.", ""),
        ("es", "En combates registrados el martes en Argelia, indicó el general, dos guerrilleros fueron abatidos.", "2019-05-07"),
        ("es", "Anteayer se cumplieron dos años de la muerte de diez cocaleros en Sacaba.", "2017-05-08"),
        (
            "es",
            "El ciclón azotó Derna el lunes. Entre los muertos figuran 84 egipcios, cuyos cuerpos fueron repatriados este miércoles.",
            "2019-05-06",
        ),
        ("en", "A flood hit Derna on Monday. The dead include 84 Egyptians, whose bodies were flown home on Wednesday.", "2019-05-06"),
        ("es", "La OIM, que desde 2014 documenta las muertes en el mar, sitúa en 957 los muertos de 2018.", "2018-01-01..2018-12-31"),
    ] {
        assert_eq!(scene_of(language, "2019-05-10", text).0, days, "{text}");
    }
}

#[test]
fn who_is_accused_of_killing_is_who_did_it() {
    for (language, text, who) in [
        ("en", "The UN accused M23 of killing 319 civilians.", "M23"),
        ("es", "La ONU acusa al M23 de ejecutar a 319 civiles.", "M23"),
        ("es", "La ONU acusa a los rebeldes de matar a 319 civiles.", "rebeldes"),
        ("en", "Soldiers of the Republican Guard killed 12 civilians.", "Soldiers of the Republican Guard"),
    ] {
        let a = article(language, text);
        let doer = a.claims[0].count.perpetrator.map_or("", |d| d.span.of(&a.document.text));
        assert_eq!(doer, who, "{text}");
    }
}

#[test]
fn forms_english() {
    report(
        "forms-en",
        include_str!("claims/forms-en.toml"),
        &[("figures", 98.5), ("value", 99.0), ("bound", 99.0), ("class", 92.0), ("part", 98.0)],
    );
}

#[test]
fn forms_spanish() {
    report(
        "forms-es",
        include_str!("claims/forms-es.toml"),
        &[("figures", 97.0), ("value", 99.0), ("bound", 99.0), ("class", 94.0), ("part", 99.0)],
    );
}

/// The other half of the same items, of which only the totals are seen.
#[test]
fn unread_forms_english() {
    report(
        "held, forms-held-en",
        include_str!("claims/forms-held-en.toml"),
        &[("figures", 88.0), ("value", 99.0), ("bound", 99.0), ("class", 93.5), ("part", 99.0)],
    );
}

#[test]
fn unread_forms_spanish() {
    report(
        "held, forms-held-es",
        include_str!("claims/forms-held-es.toml"),
        &[("figures", 84.0), ("value", 99.0), ("bound", 99.0), ("class", 94.0), ("part", 99.0)],
    );
}
