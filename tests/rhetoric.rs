//! Loaded terms in news prose written for this test: how many are found, in whose voice, with which frame, denied or not, and of whom.
//!
//! Run with `--nocapture` for the numbers and for every case that is wrong. `en.toml` and `es.toml` are the half that rules were
//! written by; `held-en.toml` and `held-es.toml` were written before that and scored once before anything was changed for them: the
//! codebook holds those figures. `fresh-*.toml` came later and showed what the lexicon lacked; `unseen-*.toml` were written after it had
//! grown, and scored once; `wide-*.toml`, `denials-*.toml`, `last-*.toml` and `denied-*.toml` after that, each scored
//! once as well, for denials above all; `refused-*.toml` and then `disputed-*.toml` by writers who had seen no rule. `street-*.toml` are whole articles, half of them held, with who says each word;
//! `pulpit-*.toml` likewise, of kinds that take sides or report those who do (when first scored: recall 94.0 % of 84 and 87.3 % of 71, voice 82.3 and 88.7 %, negation 7 of 13 and 11 of 14, target 60.0 and
//! 64.5 %, speaker 57.1 and 72.4 % in English, the held half second; Spanish 87.8 % of 74 and 95.0 % of 60, 93.8 and 93.0 %, 10 of 13 and 7 of 11, 34.8 and 38.1 %, 65.5 and 79.3 %;
//! then fifteen labels that broke the conventions were put right). The floors here are a little under what is measured now.

use newsframe::article::Extractor;
use newsframe::corpus::Source;
use newsframe::find::terms::Term;
use newsframe::pack::{Lang, Packs};
use newsframe::span::Span;

#[derive(serde::Deserialize)]
struct Sample {
    text: Vec<Prose>,
}

#[derive(serde::Deserialize)]
struct Prose {
    text: String,
}

/// A term as labelled.
struct Label {
    span: Span,
    frame: char,
    voice: String,
    negated: bool,
    target: Option<String>,
    speaker: Option<String>,
}

/// Right ones, of all.
#[derive(Clone, Copy, Default)]
struct Count(usize, usize);

impl Count {
    fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn share(self) -> f64 {
        if self.1 == 0 { 1.0 } else { self.0 as f64 / self.1 as f64 }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} % ({} of {})", 100.0 * self.share(), self.0, self.1)
    }
}

#[derive(Default)]
struct Tally {
    recall: Count,
    precision: Count,
    voice: Count,
    frame: Count,
    /// Of the terms that are denied or were taken to be.
    negation: Count,
    target: Count,
    speaker: Count,
}

/// `He called them {bandits|d indirect ! > them @ He}.` without the braces, with the labels.
fn read(written: &str) -> (String, Vec<Label>) {
    let (mut text, mut labels) = (String::new(), Vec::new());
    let mut pieces = written.trim().split('{');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (marked, rest) = piece.split_once('}').expect("a brace is closed");
        let (word, label) = marked.split_once('|').expect("a label has a bar");
        let (label, speaker) = label.split_once('@').map_or((label, None), |(l, s)| (l, Some(s.trim().to_owned())));
        let (label, target) = label.split_once('>').map_or((label, None), |(l, t)| (l, Some(t.trim().to_owned())));
        let mut parts = label.split_whitespace();
        let frame = parts.next().and_then(|f| f.chars().next()).expect("a frame");
        let voice = parts.next().expect("a voice").to_owned();
        let span = Span::new(text.len(), text.len() + word.len());
        labels.push(Label { span, frame, voice, negated: parts.next() == Some("!"), target, speaker });
        text.push_str(word);
        text.push_str(rest);
    }
    (text, labels)
}

fn measure(extractor: &Extractor, language: Lang, sample: &Sample) -> Tally {
    let mut tally = Tally::default();
    for prose in &sample.text {
        let (text, labels) = read(&prose.text);
        let source = Source { path: "sample.txt".into(), text, has_bytes: true, language: Some(language), ..Source::default() };
        let article = extractor.article(&source);
        let text = &article.document.text;
        assert_eq!(*text, source.text, "labels stand in the text as it is");
        for term in &article.terms {
            let right = labels.iter().any(|l| l.span.overlaps(term.span));
            tally.precision.add(right);
            if !right {
                println!("  not a term: {:?} in {:?}", term.span.of(text), around(text, term.span));
            }
        }
        for label in &labels {
            let found = article.terms.iter().find(|t| t.span.overlaps(label.span));
            tally.recall.add(found.is_some());
            let Some(term) = found else {
                println!("  missed: {:?} in {:?}", label.span.of(text), around(text, label.span));
                continue;
            };
            compare(&mut tally, label, term, text);
        }
    }
    tally
}

fn compare(tally: &mut Tally, label: &Label, term: &Term, text: &str) {
    let check = |count: &mut Count, right: bool, what: &str, got: &dyn std::fmt::Debug| {
        count.add(right);
        if !right {
            println!("  {what} of {:?}: {got:?} in {:?}", label.span.of(text), around(text, label.span));
        }
    };
    check(&mut tally.voice, term.voice.to_string() == label.voice, "voice", &term.voice);
    check(&mut tally.frame, term.frame.to_string().starts_with(label.frame), "frame", &term.frame);
    if label.negated || term.negated {
        check(&mut tally.negation, label.negated == term.negated, "negated", &term.negated);
    }
    for (count, want, span, what) in
        [(&mut tally.target, &label.target, term.target, "target"), (&mut tally.speaker, &label.speaker, term.speaker, "speaker")]
    {
        let got = span.map(|s| s.of(text));
        if let Some(want) = want {
            check(count, got.is_some_and(|g| want.contains(g) || g.contains(want.as_str())), what, &got);
        }
    }
}

fn around(text: &str, span: Span) -> String {
    let start = text[..span.start].char_indices().rev().take(50).last().map_or(span.start, |(i, _)| i);
    let end = text[span.end..].char_indices().nth(20).map_or(text.len(), |(i, _)| span.end + i);
    text[start..end].replace('\n', " ")
}

/// At least this: recall, precision, voice, frame, negation and, where they are labelled, speaker and target.
fn at_least<const N: usize>(language: Lang, name: &str, written: &str, floors: [f64; N]) {
    let sample: Sample = toml::from_str(written).expect("the sample is TOML");
    let t = measure(&Extractor::new(&Packs::shipped()).expect("the shipped packs load"), language, &sample);
    println!(
        "{name}: recall {}, precision {}, voice {}, frame {}, negation {}, target {}, speaker {}",
        t.recall, t.precision, t.voice, t.frame, t.negation, t.target, t.speaker
    );
    assert!(t.recall.1 >= 30, "{name}: {} labels", t.recall.1);
    let found = [t.recall, t.precision, t.voice, t.frame, t.negation, t.speaker, t.target].map(Count::share);
    assert!(found.iter().zip(floors).all(|(f, floor)| *f >= floor), "{name}: {found:.3?} below {floors:?}");
}

#[test]
fn english() {
    at_least(Lang::EN, "en", include_str!("rhetoric/en.toml"), [0.9, 0.9, 0.9, 0.95, 0.9, 0.0, 0.85]);
}

#[test]
fn spanish() {
    at_least(Lang::ES, "es", include_str!("rhetoric/es.toml"), [0.9, 0.9, 0.9, 0.95, 0.9]);
}

#[test]
fn english_held() {
    at_least(Lang::EN, "held-en", include_str!("rhetoric/held-en.toml"), [0.9, 0.9, 0.85, 0.95, 0.8, 0.0, 0.95]);
}

#[test]
fn spanish_held() {
    at_least(Lang::ES, "held-es", include_str!("rhetoric/held-es.toml"), [0.9, 0.9, 0.85, 0.95, 0.8, 0.0, 0.95]);
}

#[test]
fn english_fresh() {
    at_least(Lang::EN, "fresh-en", include_str!("rhetoric/fresh-en.toml"), [0.95, 0.95, 0.93, 0.98, 0.9, 0.0, 0.95]);
}

#[test]
fn spanish_fresh() {
    at_least(Lang::ES, "fresh-es", include_str!("rhetoric/fresh-es.toml"), [0.95, 0.95, 0.95, 0.98, 0.9]);
}

#[test]
fn english_unseen() {
    at_least(Lang::EN, "unseen-en", include_str!("rhetoric/unseen-en.toml"), [0.93, 0.95, 0.95, 0.98, 0.9, 0.0, 0.95]);
}

#[test]
fn spanish_unseen() {
    at_least(Lang::ES, "unseen-es", include_str!("rhetoric/unseen-es.toml"), [0.95, 0.95, 0.95, 0.98, 0.9, 0.0, 0.75]);
}

#[test]
fn english_wide() {
    at_least(Lang::EN, "wide-en", include_str!("rhetoric/wide-en.toml"), [0.95, 0.98, 0.9, 0.94, 0.9, 0.0, 0.75]);
}

#[test]
fn spanish_wide() {
    at_least(Lang::ES, "wide-es", include_str!("rhetoric/wide-es.toml"), [0.94, 0.98, 0.84, 0.95, 0.95, 0.0, 0.8]);
}

#[test]
fn english_denials() {
    at_least(Lang::EN, "denials-en", include_str!("rhetoric/denials-en.toml"), [0.97, 0.98, 0.92, 0.98, 0.95]);
}

#[test]
fn spanish_denials() {
    at_least(Lang::ES, "denials-es", include_str!("rhetoric/denials-es.toml"), [0.97, 0.97, 0.87, 0.98, 0.95]);
}

#[test]
fn english_last() {
    at_least(Lang::EN, "last-en", include_str!("rhetoric/last-en.toml"), [0.95, 0.98, 0.98, 0.98, 0.95, 0.0, 0.75]);
}

#[test]
fn spanish_last() {
    at_least(Lang::ES, "last-es", include_str!("rhetoric/last-es.toml"), [0.95, 0.98, 0.95, 0.98, 0.95]);
}

#[test]
fn english_denied() {
    at_least(Lang::EN, "denied-en", include_str!("rhetoric/denied-en.toml"), [0.95, 0.93, 0.93, 0.98, 0.95]);
}

#[test]
fn spanish_denied() {
    at_least(Lang::ES, "denied-es", include_str!("rhetoric/denied-es.toml"), [0.93, 0.93, 0.93, 0.98, 0.9]);
}

#[test]
fn english_refused() {
    at_least(Lang::EN, "refused-en", include_str!("rhetoric/refused-en.toml"), [0.99, 0.98, 0.92, 0.99, 0.97]);
}

#[test]
fn spanish_refused() {
    at_least(Lang::ES, "refused-es", include_str!("rhetoric/refused-es.toml"), [0.95, 0.98, 0.9, 0.99, 0.98]);
}

#[test]
fn english_disputed() {
    at_least(Lang::EN, "disputed-en", include_str!("rhetoric/disputed-en.toml"), [0.99, 0.99, 0.96, 0.99, 0.97]);
}

#[test]
fn spanish_disputed() {
    at_least(Lang::ES, "disputed-es", include_str!("rhetoric/disputed-es.toml"), [0.95, 0.96, 0.93, 0.97, 0.97]);
}

#[test]
fn a_lexicon_beside_the_corpus_adds_words_and_is_checked() {
    let rule = |finds: &str| {
        format!(
            "[[rule]]\nid = \"lickspittle\"\nabout = \"who serves somebody else's ends\"\nframe = \"regime_negative\"\nforms = [\"lickspittle(s)\"]\n\
             finds = [\"{finds}\"]\nignores = [\"The stage was empty.\"]\n"
        )
    };
    let load = |finds: &str| {
        let corpus = tempfile::tempdir().unwrap();
        let folder = corpus.path().join("packs/en");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("terms+.toml"), rule(finds)).unwrap();
        Packs::for_corpus(corpus.path()).and_then(|packs| Extractor::new(&packs)).unwrap()
    };
    let good = load("They are [lickspittles] of the mine owners.");
    assert!(good.check().is_empty());
    let source = Source { text: "The lickspittles left the town.".into(), language: Some(Lang::EN), ..Source::default() };
    assert_eq!(good.article(&source).terms.iter().map(|t| &*t.rule).collect::<Vec<_>>(), ["en.terms.lickspittle"]);
    let failures = load("They are [stools] of the mine owners.").check();
    assert_eq!(failures.len(), 1);
    assert!(failures[0].to_string().starts_with("en/terms+.toml:2:"), "{}", failures[0]);
}

#[test]
fn who_names_is_who_does_it() {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs load");
    for (language, text, who) in [
        (Lang::EN, "The party's leader was branded a puppet by state media.", "state media"),
        (Lang::EN, "The group is considered a terrorist organisation by the United States.", "the United States"),
        (Lang::EN, "The army killed four men it described as terrorists.", "it"),
        (Lang::ES, "El líder, al que el Gobierno llama terrorista, salió.", "el Gobierno"),
        (Lang::ES, "Estados Unidos, que considera terrorista a ese grupo, calló.", "Estados Unidos"),
        (Lang::EN, "The United States, which designates the group a terrorist organisation, was silent.", "The United States"),
        (Lang::EN, "For years the army has treated him as an insurgent.", "the army"),
        (Lang::EN, "The government would like us to see him as a terrorist.", "The government"),
        (Lang::ES, "El líder del partido fue tachado de títere por la prensa oficial.", "la prensa oficial"),
        // In whose eyes it is so.
        (Lang::EN, "To the growers, the guards are mercenaries.", "the growers"),
        (Lang::EN, "To the government that put a price on her head she was a terrorist.", "the government that put a price on her head"),
        (Lang::EN, "In the eyes of the company, they are vandals.", "the company"),
        (Lang::EN, "To townspeople in Sarn the same men are mercenaries.", "townspeople in Sarn"),
        (Lang::EN, "In Sarn he is a hero to some.", "some"),
        (Lang::ES, "Para sus detractores siguió siendo un fanático.", "sus detractores"),
        // Whose verb has its subject before another one, or behind the name.
        (Lang::EN, "The mayor closed the hall and called the tenants a mob.", "The mayor"),
        (Lang::EN, "On Monday, the mayor, Ana Hill, closed the hall and called the tenants a mob.", "Ana Hill"),
        (Lang::EN, "Hill said that he had waited and called the tenants a mob.", "Hill"),
        (Lang::EN, "Ana Hill told the council of what she termed a mutiny.", "Ana Hill"),
        (Lang::EN, "One London paper went so far as to call the tenants vandals.", "One London paper"),
        (Lang::EN, "The bloc has condemned what it calls an attempted coup.", "The bloc"),
        (Lang::EN, "The mayor, for her part, should stop calling the tenants vandals.", "The mayor"),
        (Lang::ES, "La policía cerró la sala y acusó a los vecinos de sabotaje.", "La policía"),
        (Lang::ES, "A los vecinos los tilda de vándalos un alcalde con prisa.", "un alcalde"),
        (Lang::ES, "Tampoco le gustaba que sus hijos la trataran de fanática.", "sus hijos"),
        // In marks, too.
        (Lang::EN, "It holds 40 people whom the authorities classify as \"extremists\".", "the authorities"),
        (Lang::ES, "El año pasado la misma base presentó como narcotraficante a un maestro.", "la misma base"),
        (Lang::ES, "Es el mismo Estado que hoy nos llama vándalos.", "el mismo Estado"),
        (Lang::ES, "La ministra rechaza que la tachen de radical.", "La ministra"),
        (Lang::EN, "Hill, whom the ministry has outlawed as a rebel, fled.", "the ministry"),
        (Lang::EN, "His deputy prefers the term vandals.", "His deputy"),
        (Lang::ES, "Sus vecinos ven en ella a una heroína.", "Sus vecinos"),
        (Lang::EN, "His neighbours see in him a hero.", "His neighbours"),
        (Lang::EN, "But when our mayor stands up and calls us vandals, we laugh.", "our mayor"),
        (Lang::ES, "Gil, a quien buena parte de la provincia considera una heroína, calló.", "buena parte de la provincia"),
        (Lang::ES, "Pérez, tildado en su día de títere de las navieras por esta casa, calló.", "esta casa"),
        // Somebody set in, or told of by a participle.
        (Lang::EN, "Hill branded their leader, Ada Munroe, a traitor.", "Hill"),
        (Lang::EN, "Known to his followers as the Liberator, Hill fled.", "his followers"),
        (Lang::EN, "Described by the governor of the day as a common gangster, Hill fled.", "the governor of the day"),
        (Lang::EN, "Outside the court, two men with a flag called her a traitor.", "two men with a flag"),
        (Lang::EN, "The minister, Ana Hill, has since accused us of propaganda.", "Ana Hill"),
    ] {
        let article = extractor.article(&Source { text: text.into(), language: Some(language), ..Source::default() });
        let speakers: Vec<_> = article.terms.iter().map(|t| t.speaker.map(|s| s.of(text))).collect();
        assert_eq!(speakers, [Some(who)], "{text}");
    }
}

#[test]
fn who_is_named_is_no_part_of_the_name() {
    let extractor = Extractor::new(&Packs::shipped()).expect("the shipped packs load");
    for (language, text, whom) in [
        (Lang::EN, "Premadasa condemned what he called \"state-sponsored thuggery\".", &[None][..]),
        (Lang::EN, "Hill called the workers \"paid thugs\".", &[Some("the workers")]),
        (Lang::EN, "Hill called it a \"state-backed massacre\".", &[Some("it")]),
        (Lang::ES, "Gil llamó \"terroristas\" a los vecinos.", &[Some("los vecinos")]),
        (Lang::ES, "Gil llamó \"terroristas\" y \"criminales\" a los vecinos.", &[Some("los vecinos"); 2]),
        (Lang::ES, "Gil llamó vándalos y terroristas a los vecinos.", &[Some("los vecinos"); 2]),
        (Lang::ES, "Gil llamó \"terroristas\" y pidió calma a los vecinos.", &[None]),
        (Lang::ES, "A los vecinos que acampan aquí los llamó vándalos.", &[Some("los vecinos")]),
        (Lang::ES, "Gil citó a los vecinos, a los que llama vándalos.", &[Some("los vecinos")]),
        (Lang::ES, "Sería injusto llamarlos terroristas.", &[Some("los")]),
        (Lang::ES, "Es un hombre al que la comarca tiene por héroe.", &[Some("un hombre")]),
        (Lang::ES, "Dijo que Pérez «no era un rebelde, era un traidor».", &[Some("Pérez"), Some("Pérez")]),
        (Lang::ES, "Las marchas que convocó desde el exterior han sido reprimidas.", &[None, None]),
        // An age is said of whom stands before it.
        (Lang::ES, "Habló el vecino, de 77 años, que se definió como un héroe.", &[Some("el vecino")]),
        (Lang::EN, "Hill met the strikers, whom he regards as thugs.", &[None, Some("the strikers")]),
        (Lang::EN, "It is the funeral of a woman he still considers a traitor.", &[Some("a woman")]),
        (Lang::EN, "For that he was branded a traitor.", &[Some("he")]),
        (Lang::EN, "The dead were bystanders, not looters.", &[Some("The dead")]),
        (Lang::EN, "The law turns marchers into criminals.", &[None, Some("marchers")]),
        (Lang::EN, "I'm no terrorist.", &[Some("I")]),
        (Lang::EN, "The general, once hailed as a hero, fled.", &[Some("The general")]),
        (Lang::EN, "Hill branded their leader, Ada Munroe, a traitor.", &[Some("their leader")]),
        (Lang::EN, "Hill describes the trial as a show trial and the judge as a puppet.", &[Some("the trial"), Some("the judge")]),
        (Lang::EN, "Hill said that her marshals, described by the papers as thugs, had left.", &[Some("her marshals")]),
        (Lang::EN, "Described by the governor as a gangster, Renwick took to the hills.", &[Some("Renwick")]),
        (Lang::EN, "You will hear them called vandals.", &[Some("them")]),
        (Lang::EN, "He was hunted for years as a terrorist.", &[Some("He")]),
        (Lang::EN, "Four men were killed as militants stormed the post.", &[None]),
        (Lang::EN, "The killings amount to war crimes.", &[Some("The killings")]),
        (Lang::EN, "Are you a rebel?", &[Some("you")]),
        (Lang::ES, "Los seis vecinos que se encadenaron al puente no son extremistas.", &[Some("Los seis vecinos")]),
        (Lang::ES, "Dijo que desde el primer día que aquello fue una masacre.", &[Some("aquello")]),
        (Lang::ES, "Nos han llamado vándalos.", &[Some("Nos")]),
        (Lang::ES, "Gil las llama, con cierta pompa, «libertadoras».", &[Some("las")]),
        (Lang::ES, "Gil los había descrito la semana pasada como vándalos.", &[Some("los")]),
        (Lang::EN, "The dockers, whom ministers have repeatedly described as saboteurs, left.", &[Some("The dockers")]),
        (Lang::EN, "Officials speak of the group as bandits.", &[Some("the group")]),
        (Lang::EN, "Hill spoke as a dissident.", &[None]),
        (Lang::ES, "Gil vio en la plaza a un manifestante.", &[None]),
        (Lang::EN, "Free those it has branded vandals.", &[Some("those")]),
        (Lang::EN, "He describes a woman, who is 70 and keeps bees, as an extremist.", &[Some("a woman")]),
        (Lang::EN, "They describe what happened as an operation against bandits.", &[None]),
        (Lang::ES, "Salió una mujer, a la que la radio describió después como una rebelde.", &[Some("una mujer")]),
        (Lang::ES, "El Gobierno lo considera un agitador a sueldo.", &[Some("lo")]),
        (Lang::ES, "Fue condenado el año pasado por sedición.", &[None]),
        (Lang::ES, "«A Goya lo habrían llamado extremista», añadió Gil.", &[Some("Goya")]),
        (Lang::ES, "Vinieron los padres, a los que Gil había llamado en privado fanáticos.", &[Some("los padres")]),
        (Lang::ES, "Los tres jóvenes que exhibió el martes ante las cámaras no son terroristas.", &[Some("Los tres jóvenes")]),
        (Lang::ES, "Gil dijo que quienes cortaron el puente no eran vándalos.", &[Some("quienes cortaron el puente")]),
        (Lang::EN, "They were, she said, agitators in the pay of a mine.", &[Some("They")]),
        (Lang::EN, "That's not activists.", &[Some("That")]),
        (Lang::ES, "Gil los había presentado como agitadores al servicio de una potencia.", &[Some("los")]),
        (Lang::ES, "Gil tildó de títere a su sucesor y de farsa el juicio.", &[Some("su sucesor"), Some("el juicio")]),
        (Lang::EN, "He asked for the money from what he said was a thug.", &[None]),
        (Lang::ES, "Gil llamó el sábado lacayo de los banqueros a su rival.", &[Some("su rival")]),
        (Lang::ES, "Exige calma frente a lo que llama golpe de Estado.", &[None]),
        (Lang::ES, "Presentó a 17 detenidos a los que llamó mercenarios.", &[Some("17 detenidos")]),
        (Lang::ES, "Definió a la acusada Lidia Robles como la cabecilla.", &[Some("la acusada Lidia Robles")]),
        (Lang::EN, "To townspeople in Sarn the same men are mercenaries.", &[Some("the same men")]),
        (Lang::EN, "They call themselves democratic activists.", &[Some("themselves")]),
        (Lang::EN, "Hill, the spokesman, called the reports \"enemy propaganda spread by allies\".", &[Some("the reports")]),
        (Lang::EN, "Her mother calls her a hero; her uncle, a retired constable, a traitor.", &[Some("her"), Some("her")]),
        (Lang::ES, "Gil considera terrorista al Frente Sur.", &[Some("Frente Sur")]),
        (Lang::EN, "Everyone thinks of him as a hero.", &[Some("him")]),
        (Lang::EN, "What the government calls terrorism is a protest.", &[None, Some("What the government calls terrorism")]),
        (Lang::EN, "The drivers, known locally as bandits, left.", &[Some("The drivers")]),
        (Lang::EN, "There had been rebels in the hills.", &[None]),
        (Lang::ES, "No me considero activista ni mucho menos revolucionaria.", &[Some("me"), Some("me")]),
    ] {
        let article = extractor.article(&Source { text: text.into(), language: Some(language), ..Source::default() });
        let targets: Vec<_> = article.terms.iter().map(|t| t.target.map(|s| s.of(text))).collect();
        assert_eq!(targets, whom, "{text}");
    }
}

#[test]
fn english_articles() {
    at_least(Lang::EN, "articles-en", include_str!("rhetoric/articles-en.toml"), [0.92, 0.85, 0.96, 0.99, 0.99, 0.0, 0.74]);
}

#[test]
fn spanish_articles() {
    at_least(Lang::ES, "articles-es", include_str!("rhetoric/articles-es.toml"), [0.96, 0.88, 0.96, 0.95, 0.99, 0.0, 0.78]);
}

#[test]
fn english_street() {
    at_least(Lang::EN, "street-en", include_str!("rhetoric/street-en.toml"), [0.98, 0.98, 0.98, 0.99, 0.85, 0.83, 0.78]);
}

#[test]
fn spanish_street() {
    at_least(Lang::ES, "street-es", include_str!("rhetoric/street-es.toml"), [0.98, 0.95, 0.95, 0.98, 0.75, 0.9, 0.8]);
}

#[test]
fn english_street_held() {
    at_least(Lang::EN, "street-held-en", include_str!("rhetoric/street-held-en.toml"), [0.88, 0.9, 0.9, 0.95, 0.55, 0.73, 0.7]);
}

#[test]
fn spanish_street_held() {
    at_least(Lang::ES, "street-held-es", include_str!("rhetoric/street-held-es.toml"), [0.9, 0.92, 0.88, 0.98, 0.85, 0.75, 0.48]);
}

#[test]
fn english_pulpit() {
    at_least(Lang::EN, "pulpit-en", include_str!("rhetoric/pulpit-en.toml"), [0.95, 0.99, 0.9, 0.99, 0.6, 0.62, 0.89]);
}

#[test]
fn english_pulpit_held() {
    at_least(Lang::EN, "pulpit-held-en", include_str!("rhetoric/pulpit-held-en.toml"), [0.86, 0.94, 0.89, 0.97, 0.84, 0.71, 0.69]);
}

#[test]
fn spanish_pulpit() {
    at_least(Lang::ES, "pulpit-es", include_str!("rhetoric/pulpit-es.toml"), [0.93, 0.97, 0.96, 0.99, 0.97, 0.78, 0.79]);
}

#[test]
fn spanish_pulpit_held() {
    at_least(Lang::ES, "pulpit-held-es", include_str!("rhetoric/pulpit-held-es.toml"), [0.94, 0.88, 0.93, 0.97, 0.62, 0.78, 0.6]);
}
