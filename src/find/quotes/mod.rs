//! Quotations and attribution: whose words a stretch of text holds.
//!
//! 1. [`Words`] looks up what the pack says of each word: its classes, and the cues with their rules.
//! 2. [`Reading`] is the text as a row of tokens with classes, cues and sentences, and knows noun phrases and clauses.
//! 3. [`marks::pair`] says which quotation marks belong together.
//! 4. [`finder::Finder`] goes through the sentences: words in marks, reported clauses, what is left.
//! 5. [`unmarked::find`] adds speech without marks: interviews, embedded texts.
//!
//! What counts as direct, indirect and scare is the codebook's business and follows the conventions there: direct speech
//! is five words or more in marks, or a finite verb; indirect speech the finite clause under a verb of saying or thinking,
//! and the infinitive of what somebody wants, asks or promises.

mod finder;
mod marks;
mod reading;
mod unmarked;
mod words;

use std::ops::Range;

use finder::{Finder, Found};
use reading::Reading;
use words::class::{FIRST_PERSON, PRONOUN};
use words::{Spec, Words};

use crate::corpus::Document;
use crate::error::Result;
use crate::pack::{Failure, Lang, Pack, RuleId, Rules};
use crate::span::Span;
use crate::text::{Sentence, Sentences, Text, paragraphs};
use crate::vocabulary::{QuoteKind, Section, Voice};

/// A stretch of text that is attributed to somebody, or set apart by scare quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The content that is attributed, without its marks.
    pub span: Span,
    /// What kind of quotation.
    pub kind: QuoteKind,
    /// Who is said to have said it, as written.
    pub speaker: Option<Span>,
    /// The word that attributes ("said", "según").
    pub cue: Option<Span>,
    /// An infinitive that says what somebody wants, asks or promises: it states nothing, and the words in it keep the voice around them.
    pub meant: bool,
    /// Who speaks is of the outlet itself: the turns of "our correspondent Martin Hale" in a broadcast.
    pub outlet: bool,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The attribution rules of one language.
#[derive(Debug)]
pub struct Quotes {
    rules: Rules<Spec>,
    words: Words,
    pack: Pack,
}

impl Quotes {
    /// Compiles a pack's `attribution.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        let rules = Rules::load(pack, "attribution")?;
        let words = Words::new(pack, &rules)?;
        Ok(Self { rules, words, pack: pack.clone() })
    }

    /// Every quotation of a text, in order of its start; nested ones follow the one that holds them.
    #[must_use]
    pub fn find(&self, text: &Text<'_>) -> Vec<Quote> {
        let reading = Reading::new(text, &text.tokens, &self.words);
        let marked = marks::pair(&reading);
        let mut finder = Finder::new(&reading, &self.rules.rules, &marked);
        finder.run();
        let (mut found, meant) = (finder.found, finder.meant);
        unmarked::find(&reading, &self.rules.rules, &mut found);
        self.quotes(&reading, found, meant)
    }

    fn quotes(&self, reading: &Reading, found: Vec<Found>, meant: Vec<Found>) -> Vec<Quote> {
        let turn = |f: &Found| self.rules.rules.get(f.rule).is_some_and(|rule| rule.spec.frame == words::Frame::Interview);
        let staff = if found.iter().any(turn) { unmarked::staff(reading) } else { Vec::new() };
        let of_staff = |name: &Range<usize>| {
            let surname = name.clone().next_back().map_or("", |i| reading.written(i)).to_lowercase();
            staff.iter().any(|s| s.to_lowercase() == surname)
        };
        let quote = |f: Found, meant: bool| {
            let speaker = f.speaker.as_ref().and_then(|s| reading.span(s));
            Some(Quote {
                span: reading.span(&f.content)?,
                kind: f.kind,
                speaker: speaker.map(|s| spelled_out(reading.text, without_possessive(reading.text, s))),
                cue: f.cue.as_ref().and_then(|c| reading.span(c)),
                meant,
                outlet: turn(&f) && f.speaker.as_ref().is_some_and(of_staff),
                rule: self.rules.rules.get(f.rule)?.id.clone(),
            })
        };
        let mut out: Vec<Quote> = first_person(reading, found).into_iter().filter_map(|f| quote(f, false)).collect();
        in_order(&mut out);
        // Of two that are the same or that cross, the one that begins first stays.
        let mut kept: Vec<Quote> = Vec::with_capacity(out.len());
        let mut open: Vec<Span> = Vec::new();
        for q in out {
            open.retain(|s| s.end > q.span.start);
            let crosses = open.iter().any(|s| *s == q.span || s.end < q.span.end);
            if !crosses {
                open.push(q.span);
                kept.push(q);
            }
        }
        // What is meant stands beside what is said, and crosses nothing.
        let meant = first_person(reading, meant).into_iter().filter_map(|f| quote(f, true));
        let beside: Vec<Quote> = meant.filter(|q| overlapping(&kept, q.span).all(|k| k.span != q.span && nests(k.span, q.span))).collect();
        kept.extend(beside);
        in_order(&mut kept);
        kept
    }

    /// Runs every rule against its own examples: `text [content] => kind | speaker | cue`, with `-` for none.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        let Ok(sentences) = Sentences::load(&self.pack) else { return Vec::new() };
        crate::pack::check(&self.rules.rules, |example| {
            let document = plain(example, self.pack.language);
            let text = cut(&document, &sentences);
            let part = |s: Option<Span>| s.map_or("-", |s| s.of(example));
            self.find(&text).into_iter().map(|q| (q.rule, q.span, format!("{} | {} | {}", q.kind, part(q.speaker), part(q.cue)))).collect()
        })
    }
}

/// In order of their start, the one that holds another before it.
pub(crate) fn in_order(quotes: &mut [Quote]) {
    quotes.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end), q.speaker.is_none()));
}

/// Whether one of two stretches that share words holds the other.
fn nests(one: Span, other: Span) -> bool {
    one.contains(other) || other.contains(one)
}

/// "I think that …": inside somebody's direct speech he is meant; elsewhere it is the writer, whose own words these are.
fn first_person(reading: &Reading, mut found: Vec<Found>) -> Vec<Found> {
    let writes = |f: &Found| {
        let speaker = f.speaker.as_ref().filter(|s| f.kind == QuoteKind::Indirect && s.len() == 1);
        speaker.is_some_and(|s| reading.is(s.start, FIRST_PERSON) && reading.is(s.start, PRONOUN))
    };
    let mut direct: Vec<(Range<usize>, Option<Range<usize>>)> =
        found.iter().filter(|f| f.kind == QuoteKind::Direct).map(|f| (f.content.clone(), f.speaker.clone())).collect();
    direct.sort_by_key(|(content, _)| content.start);
    found.retain_mut(|f| {
        if !writes(f) {
            return true;
        }
        let before = direct.partition_point(|(content, _)| content.start <= f.content.start);
        let holder = direct[..before].iter().rev().take(4).find(|(content, _)| content.end >= f.content.end);
        if let Some((_, speaker)) = holder {
            f.speaker.clone_from(speaker);
        }
        holder.is_some()
    });
    found
}

fn without_possessive(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let ends = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s"));
    ends.map_or(span, |rest| Span::new(span.start, span.start + rest.len()))
}

/// "La Secretaría de Seguridad Pública (SSP) precisó": who speaks is the name, not its letters in brackets.
pub(crate) fn spelled_out(text: &str, span: Span) -> Span {
    const WORDS: usize = 12;
    let before = text.get(..span.start).and_then(|t| t.strip_suffix('(')).map(str::trim_end);
    let Some(before) = before.filter(|_| text.get(span.end..).is_some_and(|t| t.starts_with(')'))) else { return span };
    let (mut from, mut at) = (before.len(), before.len());
    for word in before.rsplit([' ', '\n']).take(WORDS) {
        at -= word.len();
        let small = word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
        if word.starts_with(char::is_uppercase) && (from == before.len() || word.chars().all(|c| c.is_alphanumeric() || c == '-')) {
            from = at;
        } else if !small || from == before.len() {
            break;
        }
        at = at.saturating_sub(1);
    }
    if from < before.len() { Span::new(from, before.len()) } else { span }
}

/// A text as a document of its own, for examples.
fn plain(text: &str, language: Lang) -> Document {
    Document {
        id: String::new(),
        path: String::new(),
        source: None,
        title: None,
        author: None,
        url: None,
        language,
        published: None,
        text: text.to_owned(),
        edits: Vec::new(),
        map: None,
        sha256: String::new(),
        unrepaired: 0,
    }
}

/// A document cut into paragraphs, sentences and tokens.
fn cut<'d>(document: &'d Document, sentences: &Sentences) -> Text<'d> {
    let mut out = Vec::new();
    for (paragraph, span) in (0_u32..).zip(paragraphs(&document.text)) {
        for span in sentences.split(&document.text, span) {
            out.push(Sentence { span, paragraph, section: Section::Body, language: document.language });
        }
    }
    Text::new(document, out)
}

/// No quotation of any newspaper holds so many others.
const MOST_WITHIN: usize = 256;

/// The quotations that share words with a stretch of text, in order. Of one that begins farther back than [`MOST_WITHIN`] others
/// nothing is known, so that the time is linear in the length of a text.
#[must_use]
pub fn overlapping(quotes: &[Quote], span: Span) -> impl DoubleEndedIterator<Item = &Quote> {
    let upto = quotes.partition_point(|q| q.span.start < span.end);
    quotes[upto.saturating_sub(MOST_WITHIN)..upto].iter().filter(move |q| q.span.overlaps(span))
}

/// The innermost quotation that holds a stretch of text.
#[must_use]
pub fn innermost(quotes: &[Quote], span: Span) -> Option<&Quote> {
    // Of those that hold one place the last to begin is the innermost.
    overlapping(quotes, span).rev().find(|q| q.span.contains(span))
}

/// In whose voice a stretch of text speaks, and the quotation that says so.
#[must_use]
pub fn voice_at(quotes: &[Quote], span: Span) -> (Voice, Option<&Quote>) {
    match innermost(quotes, span) {
        None => (Voice::Own, None),
        Some(q) => (
            match q.kind {
                QuoteKind::Direct => Voice::Direct,
                QuoteKind::Indirect => Voice::Indirect,
                QuoteKind::Scare => Voice::Scare,
            },
            Some(q),
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pack::Packs;

    fn quotes(language: Lang) -> &'static (Quotes, Sentences) {
        static LOADED: std::sync::OnceLock<Vec<(Quotes, Sentences)>> = std::sync::OnceLock::new();
        let all = LOADED.get_or_init(|| Packs::shipped().iter().map(|p| (Quotes::load(p).unwrap(), Sentences::load(p).unwrap())).collect());
        all.iter().find(|(q, _)| q.pack.language == language).unwrap()
    }

    /// Each quotation as `kind | speaker | cue | content`.
    fn read(language: Lang, text: &str) -> Vec<String> {
        let (quotes, sentences) = quotes(language);
        let document = plain(text, language);
        let text = cut(&document, sentences);
        let part = |s: Option<Span>| s.map_or("-", |s| text.cut(s));
        quotes.find(&text).iter().map(|q| format!("{} | {} | {} | {}", q.kind, part(q.speaker), part(q.cue), text.cut(q.span))).collect()
    }

    #[test]
    fn every_rule_does_what_its_examples_say() {
        for pack in Packs::shipped().iter() {
            let failures = Quotes::load(pack).unwrap().check();
            assert!(failures.is_empty(), "{}", failures.iter().map(|f| format!("{f}\n")).collect::<String>());
        }
    }

    #[test]
    fn an_interview_is_its_answers_and_not_what_the_writer_tells_between_them() {
        let text = "'We are not asking for the moon'\n\nGrace Atim runs a clinic in Lira.\n\nQ: Is it true?\n\nA: I have met them.\n\nAtim's phone rings.\n\n\
                    Q: Who ordered it?\n\nA: I don't know.\n\nMost of us were asleep.\n\nThe army did not answer. Its men were \
                    “only keeping the peace”, said Felix Okello.";
        let found = read(Lang::EN, text);
        let answers = ["We are not asking for the moon", "I have met them.", "I don't know.", "Most of us were asleep."]
            .map(|a| format!("direct | Grace Atim | - | {a}"));
        assert!(answers.iter().all(|a| found.contains(a)), "{found:#?}");
        assert!(found.iter().filter(|f| f.contains("Grace Atim")).count() == answers.len(), "{found:#?}");
    }

    #[test]
    fn a_speaker_stands_before_after_or_in_the_sentence_before() {
        assert_eq!(read(Lang::EN, "Moss said, \"We lost the boat!\""), ["direct | Moss | said | We lost the boat!"]);
        assert_eq!(
            read(Lang::EN, "Moss spoke from the pier. \"We lost the boat,\" he said."),
            ["direct | Moss | said | We lost the boat,"]
        );
        assert_eq!(
            read(Lang::EN, "\"We lost the boat!\" insists Moss. \"We really did.\""),
            ["direct | Moss | insists | We lost the boat!", "direct | Moss | insists | We really did."]
        );
        assert_eq!(read(Lang::ES, "\"Hemos perdido el barco\", dijo Musgo."), ["direct | Musgo | dijo | Hemos perdido el barco"]);
    }

    #[test]
    fn a_verb_left_out_has_another_speaker() {
        assert_eq!(
            read(Lang::ES, "El alcalde dice que llovió; los vecinos, que nevó toda la noche."),
            ["indirect | El alcalde | dice | llovió", "indirect | los vecinos | dice | nevó toda la noche"]
        );
        assert_eq!(read(Lang::ES, "El alcalde dice que llovió; los vecinos, que viven lejos, callan.").len(), 1);
        assert_eq!(
            read(Lang::ES, "Gil habló de calma; Elisa Paz, de «un caos total».").last().unwrap(),
            "scare | Elisa Paz | - | un caos total"
        );
        assert_eq!(
            read(Lang::EN, "The army says that they fled; the villagers, that they were driven out."),
            ["indirect | The army | says | they fled", "indirect | the villagers | says | they were driven out"]
        );
        assert_eq!(read(Lang::EN, "Moss tells us (June 18) that the boat was lost."), ["indirect | Moss | tells | the boat was lost"]);
        assert_eq!(
            read(Lang::EN, "Two boats were lost, the spokesman, Maj.-Gen. Ada Moss, said."),
            ["indirect | Maj.-Gen. Ada Moss | said | Two boats were lost"]
        );
    }

    #[test]
    fn a_quotation_split_by_its_attribution_is_two() {
        assert_eq!(
            read(Lang::ES, "«Nos vamos», dijo la alcaldesa, Ana Gil, «y no volveremos nunca a este lugar»."),
            ["direct | Ana Gil | dijo | Nos vamos", "direct | Ana Gil | dijo | y no volveremos nunca a este lugar"]
        );
        assert_eq!(
            read(Lang::EN, "They were, officials said, farmers from the next valley."),
            ["indirect | officials | said | They were", "indirect | officials | said | farmers from the next valley"]
        );
    }

    #[test]
    fn a_stray_mark_spoils_no_more_than_itself() {
        let text = "El “acto se suspendió por la lluvia.\n\n“Volveremos mañana con más gente”, dijo Gil.\n\nNadie más” habló.";
        assert_eq!(read(Lang::ES, text), ["direct | Gil | dijo | Volveremos mañana con más gente"]);
    }

    #[test]
    fn a_mark_opened_again_at_each_paragraph_is_the_same_speaker() {
        let text = "\"We were born here in this valley,\" said Ruth Hill. \"We will stay.\n\n\"Our children will stay too, all of them.\"";
        let got = read(Lang::EN, text);
        assert_eq!(got.len(), 3, "{got:?}");
        assert!(got.iter().all(|q| q.starts_with("direct | Ruth Hill")), "{got:?}");
    }

    proptest! {
        #[test]
        fn any_text_gives_spans_in_order_on_characters(text in "[“”\"«»'’—.,:;?!()a-zA-Záéñ¿\n ]{0,200}|\\PC{0,60}") {
            for language in [Lang::EN, Lang::ES] {
                let (quotes, sentences) = quotes(language);
                let document = plain(&text, language);
                let text = cut(&document, sentences);
                let found = quotes.find(&text);
                for q in &found {
                    for s in [Some(q.span), q.speaker, q.cue].into_iter().flatten() {
                        prop_assert!(text.as_str().get(s.start..s.end).is_some_and(|w| !w.is_empty()));
                    }
                }
                prop_assert!(found.windows(2).all(|w| w[0].span.start <= w[1].span.start));
            }
        }
    }
}
