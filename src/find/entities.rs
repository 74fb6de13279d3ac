//! Names: persons, places, organisations, groups and events, from the gazetteer, their form and their surroundings.
//!
//! 1. [`words`] gives each token its shape, its folded form and the word lists of the pack that it stands in.
//! 2. [`runs`] cuts out what may be a name: capitals in a row with the small words that names hold, without titles,
//!    demonyms and the first word of a sentence where that word is no name.
//! 3. [`evidence`] weighs each run: every rule of the pack that its words, the gazetteer or its neighbours fulfil adds its
//!    weight to a kind. The heaviest kind wins, and the heaviest rule for that kind is the one the mention names.
//! 4. What is sure in a document is learned and helps where the same name, or the surname alone, is less sure.
//!
//! The idea of weighing internal against external evidence is McDonald's (1993); learning from the sure cases of the
//! same document follows Mikheev, Moens and Grover (1999), "Named Entity Recognition without Gazetteers".

mod evidence;
pub mod gazetteer;
mod glance;
mod offices;
mod runs;
mod words;

use std::sync::Arc;

use regex_automata::util::pool::Pool;

use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, RuleId, Rules, check};
use crate::span::Span;
use crate::text::{Text, Token, tokens};
use crate::vocabulary::EntityKind;

use evidence::{Evidence, Spec, Verdict};
use gazetteer::Gazetteer;
pub use offices::Office;
use offices::Surroundings;
use runs::Structure;
use words::{Forms, Lexicon, Pieces};

/// A name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name, without title or article.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: EntityKind,
    /// The gazetteer's key of what it names, if the gazetteer knows it.
    pub gazetteer: Option<Arc<str>>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The id, in every language, of the rule for what another name goes by ("Margaret Ollenshaw, known as Zarlik").
pub(crate) const KNOWN_AS: &str = "known-as";

/// The naming rules of one language.
#[derive(Debug)]
pub struct Entities {
    rules: Rules<Spec>,
    lexicon: Lexicon,
    structure: Structure,
    evidence: Evidence,
    gazetteer: &'static Gazetteer,
    /// What is known of the words of texts that were read, for each thread.
    forms: Pool<Forms, fn() -> Forms>,
}

impl Entities {
    /// Compiles a pack's `entities.toml` over the shared gazetteer.
    ///
    /// # Errors
    /// If a rule or a gazetteer line is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        let gazetteer = Gazetteer::shipped()?;
        let rules = Rules::<Spec>::load(pack, "entities")?;
        let wrong = |message: String| Error::Pack { file: format!("{}/entities.toml", pack.language), line: 1, message };
        let mut lexicon = Lexicon::new(&rules.words).map_err(wrong)?;
        let structure = Structure::new(&lexicon).map_err(wrong)?;
        let evidence = Evidence::new(&rules.rules, &lexicon, &rules.words, &structure)?;
        evidence.offices.heads().for_each(|head| lexicon.note_office(head));
        Ok(Self { rules, lexicon, structure, evidence, gazetteer, forms: Pool::new(Forms::default) })
    }

    /// Every name of a text, in order, the outer one where names nest; and every office that stands for its holder.
    #[must_use]
    pub fn find(&self, text: &Text<'_>) -> (Vec<Mention>, Vec<Office>) {
        let sentences: Vec<(Span, &[Token])> = text.each_sentence().map(|(s, own)| (s.span, &text.tokens[own])).collect();
        let name = |v: Verdict| v.kind.map(|kind| Mention { span: v.span, kind, gazetteer: v.gazetteer, rule: v.rule });
        let (verdicts, offices) = self.verdicts(text.as_str(), &sentences);
        (verdicts.into_iter().filter_map(name).collect(), offices)
    }

    fn verdicts(&self, text: &str, sentences: &[(Span, &[Token])]) -> (Vec<Verdict>, Vec<Office>) {
        let lookup = self.structure.reading;
        let pieces = Pieces::cut(text, sentences, &self.lexicon, lookup, self.gazetteer);
        let mut forms = self.forms.get();
        let words = pieces.words(&self.lexicon, lookup, self.gazetteer, &mut forms);
        forms.rest();
        let lines = runs::lines(&words, &self.structure);
        let known = runs::seen(&words, &lines, &self.structure);
        let runs = runs::runs(&words, &lines, &known, &self.structure, self.gazetteer);
        let Structure { former, of, article, .. } = self.structure;
        let offices = self.evidence.offices.find(&words, Surroundings { former, of, article }, self.gazetteer);
        (self.evidence.weigh(&words, &runs, &lines, &self.structure, self.gazetteer), offices)
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        check(&self.rules.rules, |text| {
            let tokens = tokens(text, 0);
            let whole = Span::new(0, text.len());
            let made = |v: &Verdict| v.kind.map_or_else(|| "none".to_owned(), |k| k.to_string());
            let (verdicts, offices) = self.verdicts(text, &[(whole, &tokens)]);
            let offices = offices.into_iter().map(|o| (o.rule, o.span, format!("{} {}", o.office, o.of)));
            verdicts.into_iter().map(|v| (v.rule.clone(), v.span, made(&v))).chain(offices).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    fn stages() -> Vec<(String, Entities)> {
        Packs::shipped().iter().map(|p| (p.language.to_string(), Entities::load(p).unwrap())).collect()
    }

    #[test]
    fn every_example_of_every_rule_comes_out() {
        let failures: Vec<String> = stages().iter().flat_map(|(_, s)| s.check()).map(|f| f.to_string()).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn what_a_name_goes_by_is_told_by_its_rule() {
        for (language, text) in
            [("en", "Margaret Ollenshaw, known as Zarlik, denied it."), ("es", "Eulalia Quispe, conocida como Zarlik, lo negó.")]
        {
            let (_, stage) = stages_once().iter().find(|(l, _)| l == language).unwrap();
            let own = tokens(text, 0);
            let (found, _) = stage.verdicts(text, &[(Span::new(0, text.len()), own.as_slice())]);
            let by = found.iter().find(|v| v.span.of(text) == "Zarlik").unwrap();
            assert!(by.rule.ends_with(KNOWN_AS), "{language}: {}", by.rule);
        }
    }

    #[test]
    fn offices_sons_turns_and_zones_are_no_part_of_a_name() {
        let read = |language: &str, text: &str| {
            let (_, stage) = stages_once().iter().find(|(l, _)| l == language).unwrap();
            let sentences: Vec<(Span, Vec<Token>)> = text
                .split_inclusive('\n')
                .scan(0, |at, line| {
                    let span = Span::new(*at, *at + line.trim_end().len());
                    *at += line.len();
                    Some((span, tokens(span.of(text), span.start)))
                })
                .collect();
            let cut: Vec<(Span, &[Token])> = sentences.iter().map(|(s, t)| (*s, t.as_slice())).collect();
            let (found, _) = stage.verdicts(text, &cut);
            found.iter().filter(|v| v.kind.is_some()).map(|v| v.span.of(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(read("en", "On Tuesday Senate Majority Leader John Thune spoke."), ["Senate", "John Thune"]);
        assert_eq!(read("en", "A letter from Army Chief of Staff Ann Hill was read."), ["Army", "Ann Hill"]);
        assert_eq!(read("en", "He works at the Jack Welch Management Institute."), ["Jack Welch Management Institute"]);
        assert_eq!(read("en", "It struck at 12.01 BST, 6:15 p.m. ET and 10:15 CEST."), Vec::<String>::new());
        assert_eq!(read("es", "Lo negó su dirigente Izat al Rishq."), ["Izat al Rishq"]);
        assert_eq!(read("es", "El emir Tamim bin Hamad al Zani viajó a Doha."), ["Tamim bin Hamad al Zani", "Doha"]);
        assert_eq!(read("es", "Ayer acusó Pedro al Gobierno."), ["Pedro", "Gobierno"]);
        assert_eq!(read("es", "La escuela Al Tabaín de la Ciudad de Gaza ardió."), ["Al Tabaín", "Ciudad de Gaza"]);
        assert_eq!(read("es", "El Gobierno de la Ciudad de Buenos Aires calló."), ["Gobierno de la Ciudad de Buenos Aires"]);
        assert_eq!(read("es", "El ministro de Interior y Policía, Luis Mora, habló."), ["Interior y Policía", "Luis Mora"]);
        assert_eq!(read("es", "El ministro de Defensa y el Ejército callaron."), ["Defensa", "Ejército"]);
        let letters = "It was told by the Zarlen Disaster Risk Reduction and Management Council (ZDRRMC) that nobody there was hurt.";
        assert_eq!(read("en", letters)[0], "Zarlen Disaster Risk Reduction and Management Council");
        assert_eq!(read("en", "the presidential guard of Captain Moussa Dadis Camara"), ["Moussa Dadis Camara"]);
        assert_eq!(read("es", "Huyeron los milicianos kurdos y unos 200 kurdos."), ["kurdos"]);
        let alone = "Habló Eduardo del Castillo. Exigen la renuncia de Del Castillo.";
        assert_eq!(read("es", alone), ["Eduardo del Castillo", "Del Castillo"]);
        let turns = "P. ¿Teme por su familia?\nR. Claro que temo por ella.\n";
        assert_eq!(read("es", turns), Vec::<String>::new());
        assert_eq!(read("es", "P. Claro dijo que temía por ella."), ["P. Claro"]);
        let days = "La Asociación de Mártires del 9 de Enero y el Movimiento 26 de Abril marcharon.";
        assert_eq!(read("es", days), ["Asociación de Mártires del 9 de Enero", "Movimiento 26 de Abril"]);
        assert_eq!(read("es", "El Congreso del 5 de Mayo votó."), ["Congreso"]);
        assert_eq!(read("en", "They met in Liberators' Square; the workers' leaders left."), ["Liberators' Square"]);
        assert_eq!(read("en", "We remember S.P. Panil of Leeds LS6."), ["S.P. Panil", "Leeds"]);
        assert_eq!(read("es", "Estuvo preso en Herrera de la Mancha."), ["Herrera de la Mancha"]);
        assert_eq!(read("es", "Calló el ministro Luis Méndez de Vigo, portavoz."), ["Luis Méndez de Vigo"]);
        assert_eq!(read("es", "El diputado Juan Ruiz de Lugo calló."), ["Juan Ruiz", "Lugo"]);
        assert_eq!(read("es", "A Luis Zambada García, El Mayo, lo detuvieron."), ["Luis Zambada García", "El Mayo"]);
        assert_eq!(read("en", "A shop on East 15th Street burned."), ["East 15th Street"]);
    }

    #[test]
    fn slugs_seeds_scorers_and_brands_are_cut_as_they_are_read() {
        let read = |language: &str, text: &str| {
            let (_, stage) = stages_once().iter().find(|(l, _)| l == language).unwrap();
            let (whole, tokens) = (Span::new(0, text.len()), tokens(text, 0));
            let (found, _) = stage.verdicts(text, &[(whole, &tokens)]);
            let name = |v: &Verdict| v.kind.map(|k| format!("{} {k}", v.span.of(text)));
            found.iter().filter_map(name).collect::<Vec<_>>()
        };
        assert_eq!(read("en", "CRICKET-SRI LANKA BEAT ZIMBABWE BY TEN RUNS."), ["SRI LANKA place", "ZIMBABWE place"]);
        assert_eq!(read("en", "2-Michael Chang rested."), ["Michael Chang person"]);
        assert_eq!(read("en", "Inspector-General A. K. Bhan spoke."), ["A. K. Bhan person"]);
        assert_eq!(read("en", "It was cut by Moody's on Friday."), ["Moody's organisation"]);
        assert_eq!(read("en", "Leeds 2 (Zarlik 34, Orvant 51)."), ["Leeds organisation", "Zarlik person", "Orvant person"]);
        assert_eq!(read("en", "They wrote to Thales UK again."), ["Thales UK organisation"]);
        assert_eq!(read("en", "They asked the Dane Rolf Sorensen."), ["Rolf Sorensen person"]);
        assert_eq!(read("en", "The M23 took the hill."), ["M23 organisation"]);
        let park = read("en", "They freed President Park Geun-hye of South Korea.");
        assert_eq!(park, ["Park Geun-hye person", "South Korea place"]);
        assert_eq!(read("en", "Farmer Kouassi Kouamé wept."), ["Kouassi Kouamé person"]);
        assert_eq!(read("en", "It was U.S. District Judge Ann Hill."), ["U.S. place", "Ann Hill person"]);
        assert_eq!(read("es", "La ZTV de Luis D'Elía protestó."), ["ZTV organisation", "Luis D'Elía person"]);
        assert_eq!(read("es", "Ardió en la calle Juan Flórez anoche."), ["Juan Flórez place"]);
        assert_eq!(read("es", "Cayó José Prado, \"Sito Zarlik\", en Lugo."), ["José Prado person", "Sito Zarlik person", "Lugo place"]);
        let office = read("en", "The United Nations Integrated Office in Haiti (Binuh) closed.");
        assert_eq!(office, ["United Nations Integrated Office in Haiti organisation", "Binuh organisation"]);
        assert_eq!(read("es", "Murió en Gaza Azam al Aqraa."), ["Gaza place", "Azam al Aqraa person"]);
        assert_eq!(read("es", "Fuimos al Cabo de Gata en mayo."), ["Cabo de Gata place"]);
        assert_eq!(read("es", "Podemos exige que comparezca."), ["Podemos organisation"]);
        assert_eq!(read("es", "Podemos decir que no."), Vec::<String>::new());
        assert_eq!(read("en", "It was led by Iyad Ag Zarlik, an al Qaeda man."), ["Iyad Ag Zarlik person", "al Qaeda organisation"]);
        assert_eq!(read("es", "Por la vía cerrada, Las Zarvas paró."), ["Las Zarvas place"]);
        assert_eq!(read("es", "Habló el general PNP Jorge Pérez ayer."), ["PNP organisation", "Jorge Pérez person"]);
        assert_eq!(read("es", "Bajaron a la plaza Murillo y a la V Zona."), ["Murillo place"]);
        assert_eq!(read("en", "They found Zarmiot \"Cubain\" Métayer."), ["Zarmiot \"Cubain\" Métayer person"]);
        let learned = read("es", "Habló el alcalde Juan Soria. Soria aceptó, y en Soria llovió.");
        assert_eq!(learned, ["Juan Soria person", "Soria person", "Soria place"]);
        assert_eq!(read("es", "Ardió la Escuela Nº 14 ayer."), ["Escuela Nº 14 organisation"]);
        assert_eq!(read("es", "Máximas: Murcia, 27; Almería, 26; Soria, 25."), ["Murcia place", "Almería place", "Soria place"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_spans_in_order_on_character_boundaries(text in "([A-ZÁa-zñ.'’ ,()&@0-9-]|\\PC|(de la |Mr |EE.UU. |Putin ))*") {
            let tokens = tokens(&text, 0);
            for (_, stage) in stages_once() {
                let (found, _) = stage.verdicts(&text, &[(Span::new(0, text.len()), &tokens)]);
                for v in &found {
                    proptest::prop_assert!(text.get(v.span.start..v.span.end).is_some_and(|t| !t.is_empty()));
                }
                proptest::prop_assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start));
            }
        }
    }

    fn stages_once() -> &'static [(String, Entities)] {
        static STAGES: std::sync::OnceLock<Vec<(String, Entities)>> = std::sync::OnceLock::new();
        STAGES.get_or_init(stages)
    }
}
