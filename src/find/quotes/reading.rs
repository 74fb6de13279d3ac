//! A text as attribution reads it: every token with its classes, its cue and its sentence; and the phrases around a verb.

use std::ops::Range;

use super::words::{Begins, Cue, Frame, Word, Words, class::*, gender_of_name};
use crate::find::entities::gazetteer::{self, Gazetteer};
use crate::span::Span;
use crate::text::{Short, Text, Token, TokenKind, make_small};
use crate::vocabulary::{EntityKind, Section};

/// How far back or forth a phrase reaches, in tokens: keeps the work linear.
const REACH: usize = 40;

/// Words that are no part of a person's name.
pub(super) const FUNCTION: Classes =
    DETERMINER | ADVERB | PREPOSITION | CONJUNCTION | PRONOUN | CLITIC | AUXILIARY | FINITE | SUBORDINATOR | RELATIVE | QUESTION;

/// One sentence as a range of tokens.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub tokens: Range<usize>,
    pub paragraph: u32,
    pub section: Section,
}

/// The tokens of a text with what is known of each.
pub(super) struct Reading<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub classes: Vec<Classes>,
    pub cues: Vec<Option<Cue>>,
    pub sentences: Vec<Stretch>,
    /// The sentence of each token, `usize::MAX` outside.
    pub sentence: Vec<usize>,
    /// Whether verbs say if one or more than one does it.
    pub verbs_agree: bool,
}

/// How many a pronoun or verb form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// A person ("she").
    Person,
    /// One, a person or a body ("agregó").
    One,
    /// More than one ("they", "agregaron").
    Many,
    /// A body ("it").
    Thing,
    /// That isn't said.
    Any,
}

/// Who says it, as the grammar gives it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    /// A noun phrase or name.
    Phrase(Range<usize>),
    /// A pronoun, or an office that stands for a person named before.
    Anaphor(Range<usize>),
    /// Nobody is named.
    Absent,
    /// The verb itself says that nobody is meant.
    Nobody,
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &Text<'a>, tokens: &'a [Token], words: &Words) -> Self {
        let body = text.as_str();
        let mut sentence = vec![usize::MAX; tokens.len()];
        let mut sentences = Vec::with_capacity(text.sentences.len());
        let mut capitals = vec![false; tokens.len()];
        for (s, Range { start, end: to }) in text.each_sentence() {
            // The dateline of a report is nobody's words.
            let from = start + dateline(body, &tokens[start..to]);
            sentence[from..to].fill(sentences.len());
            // In all-capitals text a capital says nothing.
            capitals[from..to].fill(shouts(s.span.of(body)));
            sentences.push(Stretch { tokens: from..to, paragraph: s.paragraph, section: s.section });
        }
        let (mut classes, mut known) = (Vec::<Classes>::with_capacity(tokens.len()), Vec::with_capacity(tokens.len()));
        let mut small = String::new();
        for (i, token) in tokens.iter().enumerate() {
            let written = token.span.of(body);
            // Of a short word every list knows the small letters.
            let word = if token.short.is_none() {
                small.clear();
                make_small(written, &mut small);
                small.as_str()
            } else {
                written
            };
            let listed = words.known(token.short, word);
            // "INFORMO LA POLICIA"
            let listed = listed.or_else(|| if capitals[i] { words.without_accents(token.short, word) } else { None });
            let own = match token.kind {
                TokenKind::Mark => mark(written),
                TokenKind::Number => WORD,
                TokenKind::Word => {
                    let own = WORD | words.classes(token.short, word, listed);
                    let capital = !capitals[i] && written.starts_with(char::is_uppercase);
                    let capital = capital && !(party_and_state(written) && set_off(body, tokens, i));
                    // "Julio Gil" is no month.
                    if let Some(before) = classes.last_mut().filter(|b| capital && **b & GIVEN != 0 && **b & CAPITAL != 0) {
                        *before &= !ADVERB;
                    }
                    // "Adicionalmente indicó que": the capital is the sentence's, where it is nobody's name.
                    let opens = words.verbs_agree() && (i == 0 || sentence[i - 1] != sentence[i]);
                    let of_capital = if capital { of_capital(own, token.short, word) } else { own };
                    let manner = if opens && of_capital & (FEMININE | MASCULINE) == 0 { own & MANNER } else { 0 };
                    of_capital | manner
                }
            };
            classes.push(own);
            known.push(listed.map(Word::begins).unwrap_or_default());
        }
        let verbs_agree = words.verbs_agree();
        let mut this = Self { text: body, tokens, classes, cues: vec![None; tokens.len()], sentences, sentence, verbs_agree };
        for i in (0..tokens.len()).filter(|&i| known[i].begins_cues()) {
            this.cues[i] = this.cue_at(i, words, &known);
        }
        this
    }

    fn cue_at(&self, i: usize, words: &Words, known: &[Begins]) -> Option<Cue> {
        if !self.is(i, WORD) {
            return None;
        }
        let cues = |i: usize| words.cues(known.get(i..).unwrap_or_default());
        let mut here = cues(i).peekable();
        here.peek()?;
        // "Initial reports said", "state media reported": before a verb of saying, such a form is the noun or stands before one.
        let says = |i: usize| cues(i).any(|c| matches!(c.frame, Frame::Speech | Frame::Thought | Frame::Finding) && !c.participle);
        let noun = self.is(i, NOUN_TOO) && says(i + 1)
            || self.is(i, SINGULAR_NOUN_TOO)
                && self.is(i + 1, WORD)
                && (!self.is(i + 1, FUNCTION | CAPITAL) || self.is(i + 1, LISTENER))
                && says(i + 2)
            // "La denuncia de que hubo fraude": a noun with its clause.
            || i > 0
                && self.is(i - 1, DETERMINER)
                && self.is(i + 1, LINK)
                && self.is(i + 2, COMPLEMENTIZER)
                && cues(i).any(|c| c.frame == Frame::Noun);
        let noun = noun || self.is(i, NOUN_TOO) && self.is(i + 1, COMMA) && self.heads_sentence(i);
        // "according to media reports."
        let source = || (i.saturating_sub(4)..i).rev().take_while(|&j| self.is(j, WORD)).any(|j| self.cue(j, &[Frame::Origin]).is_some());
        let noun = noun || i > 0 && self.is(i, NOUN_TOO) && self.is(i - 1, WORD) && !self.is(i + 1, WORD) && source();
        here.find(|cue| !(noun && cue.frame != Frame::Noun) && self.attributes(i, *cue))
    }

    /// "Immigrant advocates, for their part, said": what a sentence begins with, up to a comma, is no clause set into one.
    fn heads_sentence(&self, i: usize) -> bool {
        const LONGEST: usize = 4;
        let start = self.start_of_sentence(i);
        let hangs = SUBORDINATOR | COMPARATIVE | RELATIVE | QUESTION | PRONOUN;
        i > start && i - start <= LONGEST && (start..i).all(|j| self.is(j, WORD) && !self.is(j, hangs) && !self.finite(j))
    }

    /// Whether a form that may be a cue is one here: no noun, no infinitive, no passive.
    fn attributes(&self, i: usize, cue: Cue) -> bool {
        let verb = matches!(cue.frame, Frame::Speech | Frame::Thought | Frame::Finding | Frame::Stance | Frame::Participle);
        if !verb || cue.len > 1 {
            return true;
        }
        let Some(before) = i.checked_sub(1).filter(|&b| self.sentence[b] == self.sentence[i]) else {
            // "Claims that …": a verb does not open a sentence.
            return !cue.participle && !self.is(i, NOUN_TOO);
        };
        // "Preguntado por si habrá elecciones, …": such a participle opens a sentence.
        if self.verbs_agree && self.is(i, FRONTED) && !cue.participle {
            return false;
        }
        let classes = self.classes[before];
        // A form that is also a noun is one after an article; one that is also a participle, after a passive.
        // "según la sentencia": behind a preposition no pronoun stands before a verb.
        // "es la consigna que les acompaña"
        let behind =
            |b: usize| self.is(b, PREPOSITION) || self.verbs_agree && self.is(b, PASSIVE) || self.cue(b, &[Frame::Origin]).is_some();
        let settled = classes & DETERMINER != 0 && before.checked_sub(1).is_some_and(behind);
        let article = self.cue(before, &[Frame::Origin]).is_none()
            && classes & (DETERMINER | PREPOSITION) != 0
            && classes & INFINITIVE == 0
            && (classes & (CLITIC | PRONOUN | ADVERB) == 0 || settled)
            // "Otros creen que", "Both agreed that"
            && (classes & ALONE == 0 || settled || self.is(i, NOUN_TOO | SINGULAR_NOUN_TOO));
        let adjective = classes & ADVERB != 0
            && self.is(i, PAST)
            && before > 0
            && self.is(before - 1, DETERMINER)
            && !self.is(before - 1, CLITIC | PRONOUN);
        // "Two alleged gang members also died": between a number and its noun.
        let noun = self.is(i + 1, WORD) && !self.is(i + 1, FUNCTION) && (self.is(i, NONFINITE) || !self.is(i + 1, CAPITAL));
        let counted = self.is(i, PAST | NONFINITE) && self.counts(before) && noun;
        let adjective = adjective || counted;
        let governed = article && (cue.frame != Frame::Participle || classes & DETERMINER != 0);
        let noun = governed && !cue.infinitive || adjective || self.possessive(before);
        // "rejected calls for …": after a verb, the object.
        let ends = |b: usize| self.is(b, PAST | FINITE) && !self.is(b, AUXILIARY) || self.cues[b].is_some();
        // "has received credible reports of"
        let described = before > 0 && self.is(before, WORD) && !self.is(before, FUNCTION | CAPITAL | PLURAL | SOURCE) && ends(before - 1);
        let object = self.is(i, NOUN_TOO) && (ends(before) || described);
        let infinitive = (classes & INFINITIVE != 0 || cue.infinitive)
            && !self.speaks_by_its_governor(i)
            && !(cue.infinitive && self.hangs_before_marks(i));
        let auxiliary = (0..3).filter_map(|n| before.checked_sub(n)).find(|&b| !self.is(b, ADVERB));
        // "said by telephone that": nobody is named by whom.
        let doer = |p: Range<usize>| self.can_speak(&p) || self.plural(&p) || self.is(p.start, DETERMINER);
        let agent = self.is(i + 1, AGENT) && !self.is(i + 2, GERUND) && self.phrase_from(i + 2, i + 10).is_some_and(doer);
        // "was told that": somebody says it, whoever that is.
        let told = self.is(i + 1, COMPLEMENTIZER);
        let passive = auxiliary.is_some_and(|b| self.is(b, PASSIVE)) && cue.frame != Frame::Participle && !agent && !told;
        // "The deal, first reported by a paper, was": a participle set off, in a language whose verbs have a subject.
        let doer = self.is(before, CAPITAL | PLURAL | PRONOUN | ROLE | PEOPLE | SOURCE | ORGANISATION);
        let set_off = self.is(before, COMMA) || !doer && before > 0 && self.is(before - 1, COMMA);
        // "The figure reported by its office is": and where a verb follows whose subject the whole is.
        let of_noun =
            || !doer && !self.is(before, COMPARATIVE | FUNCTION) && self.phrase_from(i + 2, i + 10).is_some_and(|p| self.is(p.end, FINITE));
        let reduced = cue.frame != Frame::Participle && !self.verbs_agree && agent && (set_off || of_noun());
        // "State Department spokesman Luis Gil said"
        let behind_marks = self.is(before, COMMA) || self.is(before, QUOTE) && before > 0 && self.is(before - 1, COMMA);
        let name = self.is(i, CAPITAL) && (self.is(before, WORD) || behind_marks);
        // "fue denunciado por la organización que": with who does it behind.
        let done = self.verbs_agree && agent && auxiliary.is_some_and(|b| self.is(b, PASSIVE));
        let lacks = cue.participle && !done && !auxiliary.is_some_and(|b| self.is(b, PERFECT));
        // "the state on Friday", "its report said": without a subject of more than one the form is a noun.
        let singular = self.is(i, SINGULAR_NOUN_TOO)
            && auxiliary.is_some_and(|b| {
                let one = b > 0 && self.is(b - 1, INDEFINITE) && self.is(b - 1, DETERMINER); // "a police post"
                let set_off = self.is(b, COMMA) && !self.is(i + 1, COMPLEMENTIZER | QUOTE | DETERMINER | PRONOUN); // ", state chairman of"
                let doer = PLURAL | PRONOUN | SOURCE | AUXILIARY | RELATIVE | CONJUNCTION | INFINITIVE;
                set_off || self.is(b, WORD) && (one || !self.is(b, doer))
            });
        // "hizo un angustioso llamado a"
        let noun = noun
            || self.verbs_agree
                && self.is(i, PARTICIPLE)
                && before > 0
                && self.is(before, WORD)
                && !self.is(before, FUNCTION | CAPITAL)
                && self.is(before - 1, INDEFINITE);
        !(noun || object || infinitive || passive || reduced || name || lacks || singular && !self.many_before(i))
    }

    /// Whether a form that may be a noun has a subject of more than one that goes on behind its noun, and a clause behind it: "documents
    /// obtained by The Post show that", "two of the three note the".
    fn many_before(&self, i: usize) -> bool {
        const AROUND: usize = 8;
        let clause = self.is(i + 1, COMPLEMENTIZER | QUESTION | DETERMINER | PRONOUN | CAPITAL);
        let described = |&j: &usize| {
            let many =
                self.is(j, PLURAL | SOURCE) && self.is(j + 1, LINK | PAST | INFORMED) || self.counts(j) && self.is(j + 1, PREPOSITION);
            many && !self.is(j.wrapping_sub(1), PREPOSITION)
        };
        let part = |&j: &usize| self.is(j, WORD) && self.sentence[j] == self.sentence[i] && (!self.finite(j) || self.is(j, PAST));
        clause && (i.saturating_sub(AROUND)..i).rev().take_while(part).any(|j| described(&j))
    }

    /// Whether a token is a number of people or things.
    pub(super) fn counts(&self, i: usize) -> bool {
        self.is(i, COUNT) || self.written(i).starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether a participle stands in the passive, behind adverbs or none.
    pub(super) fn in_passive(&self, i: usize) -> bool {
        let auxiliary = (1..4).filter_map(|n| i.checked_sub(n)).find(|&b| !self.is(b, ADVERB));
        // "are warning"
        !self.is(i, GERUND) && auxiliary.is_some_and(|b| self.is(b, PASSIVE) && self.sentence[b] == self.sentence[i])
    }

    /// Whether an infinitive of saying has its clause or marks behind it, and a verb of somebody's before it: "went on to say that",
    /// "se limitó a señalar en un comunicado que", but neither "it is fair to say that" nor "hay que decir que".
    fn speaks_by_its_governor(&self, at: usize) -> bool {
        let Some(governor) = self.governor(at) else { return false };
        // "declined on Monday to say who", but "would do nothing to clarify who"
        let own = self.verbs_agree || !(governor + 1..at - 1).any(|i| self.is(i, THING | QUANTITY));
        let asks = self.is(at + 1, RELATIVE | SUBORDINATOR | QUESTION) && self.is(at - 1, INFINITIVE) && own;
        // «…», suele repetir Gil
        let after_marks =
            self.is(at - 1, AUXILIARY) && self.is(at.wrapping_sub(2), COMMA | QUOTE | DASH) && self.is(at + 1, CAPITAL | DETERMINER);
        // “…,” he likes to say.
        let closes = self.is(at - 1, INFINITIVE) && self.is(at + 1, STOP | COMMA) && (at.saturating_sub(8)..at).any(|i| self.is(i, QUOTE));
        let opens = asks
            || after_marks
            || closes
            || (at + 1..at + 7).take_while(|&i| self.is(i, WORD | QUOTE)).any(|i| self.is(i, COMPLEMENTIZER | QUOTE));
        let subject = governor.checked_sub(1).filter(|&s| self.sentence[s] == self.sentence[at]);
        let set_in = self.cues[at.saturating_sub(2)..at].iter().flatten().any(|c| c.len > 1);
        opens && !set_in && !subject.is_some_and(|s| self.is(s, THING | QUESTION))
    }

    /// Whether an infinitive of saying behind a preposition has words in marks behind it: "tras calificar la ley de «mordaza»".
    pub(super) fn hangs_before_marks(&self, at: usize) -> bool {
        const NEAR: usize = 8;
        let hangs = self.verbs_agree && self.is(at.wrapping_sub(1), PREPOSITION) && self.governor(at).is_none_or(|g| g + 2 < at);
        hangs && (at + 1..at + NEAR).take_while(|&i| self.is(i, WORD | QUOTE) && !self.is(i, COMPLEMENTIZER)).any(|i| self.is(i, QUOTE))
    }

    /// The verb that an infinitive hangs on.
    fn governor(&self, at: usize) -> Option<usize> {
        let low = self.start_of_sentence(at);
        let before = |far| {
            (low..at)
                .rev()
                .take(far)
                .take_while(|&i| self.is(i, WORD) && !self.is(i, COMPLEMENTIZER | RELATIVE | SUBORDINATOR))
                .find(|&i| self.finite(i))
        };
        // "appeared on state television shortly after 6pm to say"
        const FAR: usize = 10;
        let aside = |v: &usize| self.is(*v, PAST) && self.cues[*v].is_none() && self.is(v + 1, PREPOSITION) && !self.is(v + 1, INFINITIVE);
        before(5).or_else(|| if self.verbs_agree { None } else { before(FAR).filter(aside) })
    }

    /// Whether a token has one of the classes.
    pub(super) fn is(&self, i: usize, classes: Classes) -> bool {
        self.classes.get(i).is_some_and(|c| c & classes != 0)
    }

    /// The token as written.
    pub(super) fn written(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The cue of one of the frames at a token.
    pub(super) fn cue(&self, i: usize, frames: &[Frame]) -> Option<Cue> {
        self.cues.get(i).copied().flatten().filter(|c| frames.contains(&c.frame))
    }

    /// The span of a range of tokens.
    pub(super) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let (first, last) = (self.tokens.get(range.start)?, self.tokens.get(range.end.checked_sub(1)?)?);
        (range.start < range.end).then(|| Span::new(first.span.start, last.span.end))
    }

    /// The end of the sentence that holds a token.
    pub(super) fn end_of_sentence(&self, i: usize) -> usize {
        self.sentence.get(i).and_then(|&s| self.sentences.get(s)).map_or(i, |s| s.tokens.end)
    }

    /// The start of the sentence that holds a token.
    pub(super) fn start_of_sentence(&self, i: usize) -> usize {
        self.sentence.get(i).and_then(|&s| self.sentences.get(s)).map_or(i, |s| s.tokens.start)
    }

    /// Whether a sentence begins at a token.
    pub(super) fn sentence_starts(&self, i: usize) -> bool {
        self.start_of_sentence(i) == i
    }

    /// Whether a token makes the word before it an owner: "'s", or the apostrophe after a plural.
    pub(super) fn possessive(&self, i: usize) -> bool {
        let written = self.written(i);
        let after_plural = || {
            let before = i.checked_sub(1).and_then(|b| Some((self.tokens.get(b)?, self.tokens.get(i)?)));
            before.is_some_and(|(b, t)| b.span.end == t.span.start) && self.is(i - 1, PLURAL)
        };
        written.ends_with("'s") || written.ends_with("’s") || matches!(written, "'" | "’") && after_plural()
    }

    /// Whether a phrase is of more than one.
    pub(super) fn plural(&self, range: &Range<usize>) -> bool {
        if self.is(range.start, PRONOUN) {
            return self.is(range.start, PLURAL);
        }
        let head = range.clone().find(|&i| self.is(i, WORD) && !self.is(i, DETERMINER | ADVERB) && !self.possessive(i));
        // "police chiefs": of a compound the last word is its head.
        let compound = range.clone().take_while(|&i| self.is(i, WORD) && !self.is(i, LINK | PREPOSITION | CONJUNCTION)).last();
        let head = compound.filter(|&c| !self.verbs_agree && self.is(c, PLURAL)).or(head);
        let joined = range.clone().any(|i| self.is(i, CONJUNCTION)) && self.is(range.end - 1, CAPITAL);
        joined || !self.is_name(range) && head.is_some_and(|h| self.is(h, PLURAL) && !self.is(h, ORGANISATION))
    }

    /// Whether a phrase can be what a pronoun or a verb form of a number stands for.
    pub(super) fn fits(&self, range: &Range<usize>, number: Number) -> bool {
        match number {
            Number::Person => self.is_person(range),
            Number::One => !self.plural(range),
            Number::Many => self.plural(range),
            Number::Thing => {
                // "President Gil's office" is no person.
                let range = &self.possessed(range);
                let head = range.clone().take_while(|&i| !self.is(i, LINK | PREPOSITION));
                let (mut person, mut body) = (false, !self.is(range.start, INDEFINITE));
                for i in head {
                    person |= self.is(i, ROLE | TITLE | PERSONAL | PEOPLE);
                    body |= self.is(i, MESSAGE | ORGANISATION | WORK);
                }
                // "John Gil" is no "it".
                person |= self.is_name(range) && range.len() > 1 && self.gender(range) != 0;
                !self.plural(range) && !person && body
            }
            Number::Any => true,
        }
    }

    /// How many a pronoun stands for.
    pub(super) fn number(&self, pronoun: usize) -> Number {
        if self.is(pronoun, PERSONAL) || self.is(pronoun, OBLIQUE) && !self.is(pronoun, PLURAL) {
            Number::Person
        } else if self.is(pronoun, THING) {
            Number::Thing
        } else if self.is(pronoun, PLURAL) {
            Number::Many
        } else {
            Number::Any
        }
    }

    /// Whether a finite verb stands at a token.
    pub(super) fn finite(&self, i: usize) -> bool {
        if self.is(i, CAPITAL) && i != self.start_of_sentence(i) && self.is(i.wrapping_sub(1), WORD) {
            return false;
        }
        if self.is(i, FINITE) {
            if self.particle(i) {
                return false;
            }
            let before = i.wrapping_sub(1);
            return self.is(i, AUXILIARY) || !self.is(before, DETERMINER | PASSIVE) || self.is(before, CLITIC);
        }
        let before = i.wrapping_sub(1);
        // "la sentencia de": a noun.
        let noun = |c: Cue| c.frame == Frame::Speech && self.verbs_agree && self.is(before, DETERMINER) && self.is(i + c.len, LINK);
        if self.cue(i, &[Frame::Speech, Frame::Thought, Frame::Finding, Frame::Stance]).is_some_and(|c| !c.infinitive && !noun(c)) {
            return true;
        }
        self.is(i, PAST)
            && !self.is(before, DETERMINER | PREPOSITION | AUXILIARY)
            && (self.is(i + 1, DETERMINER | PREPOSITION | PRONOUN | ADVERB | INFINITIVE | INDEFINITE | QUANTITY | COUNT | CAPITAL | COMMA | STOP)
                // "gunmen killed 20 villagers"
                || self.written(i + 1).starts_with(|c: char| c.is_ascii_digit()))
            || self.is(i, WORD)
                && self.is(before, CLITIC)
                && !self.is(before, DETERMINER)
                && !self.is(i, CLITIC | DETERMINER | PREPOSITION | ADVERB | PARTICIPLE) // "lo ocurrido"
            || self.is(before, PRONOUN) && self.is(i, WORD) && !self.is(i, DETERMINER | PREPOSITION | CONJUNCTION | RELATIVE | PRONOUN)
    }

    /// Whether a word is a finite verb or, for all that is known of it, may be one.
    pub(super) fn may_be_verb(&self, i: usize) -> bool {
        let known = FUNCTION | CAPITAL | ROLE | TITLE | SOURCE | WORK | ORGANISATION | LISTENER;
        self.finite(i) || self.is(i, WORD) && !self.is(i, known)
    }

    /// Whether a finite verb stands in a range.
    pub(super) fn has_finite(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|i| self.finite(i))
    }

    /// How many words a range has.
    pub(super) fn words(&self, range: Range<usize>) -> usize {
        range.filter(|&i| self.is(i, WORD)).count()
    }

    /// A mark that belongs to the words beside it: the stop of a title or an initial, an apostrophe, a nickname's marks.
    fn inner_mark(&self, i: usize) -> bool {
        match self.written(i) {
            "." => {
                // A stop that ends no sentence belongs to the abbreviation before it.
                let goes_on = self.is(i + 1, WORD) && self.sentence[i] == self.sentence[i + 1] || self.joins_ranks(i + 1);
                i > 0 && self.is(i - 1, WORD) && goes_on
            }
            "-" => self.joins_ranks(i),
            "%" => i > 0 && self.is(i - 1, WORD),
            "/" => self.is(i + 1, CAPITAL) && self.inner_break(i), // "a CNN/ORC poll"
            // "the workers' union", but "'Se le vio con el gobernador', aseveró"
            "'" | "’" => {
                let glued = |a: &Token, b: &Token| a.span.end == b.span.start;
                let next = || self.tokens.get(i + 1).is_some_and(|b| glued(&self.tokens[i], b) && self.is(i + 1, WORD));
                i > 0 && self.is(i - 1, WORD) && glued(&self.tokens[i - 1], &self.tokens[i]) && (!self.verbs_agree || next())
            }
            _ => self.is(i, QUOTE) && self.nickname(i),
        }
    }

    /// Whether a hyphen stands between two abbreviations: "Maj.-Gen."
    fn joins_ranks(&self, i: usize) -> bool {
        let glued = |a: usize| self.tokens.get(a).zip(self.tokens.get(a + 1)).is_some_and(|(a, b)| a.span.end == b.span.start);
        i > 1 && self.written(i) == "-" && self.written(i - 1) == "." && self.is(i + 1, CAPITAL) && glued(i - 1) && glued(i)
    }

    fn nickname(&self, i: usize) -> bool {
        let near = |mut it: Box<dyn Iterator<Item = usize>>| it.find(|&j| !self.is(j, CAPITAL));
        let ahead = near(Box::new(i + 1..i + 5));
        let behind = near(Box::new((i.saturating_sub(4)..i).rev()));
        let pair =
            |a: usize, b: usize| self.is(a, QUOTE) && self.is(b, QUOTE) && self.is(a.wrapping_sub(1), CAPITAL) && self.is(b + 1, CAPITAL);
        ahead.is_some_and(|b| b > i + 1 && pair(i, b)) || behind.is_some_and(|a| a + 1 < i && pair(a, i))
    }

    /// The noun phrase that begins at a token.
    pub(super) fn phrase_from(&self, from: usize, end: usize) -> Option<Range<usize>> {
        let end = end.min(from + REACH).min(self.tokens.len());
        if from < end && (self.is(from, PRONOUN) || self.is(from, OBLIQUE) && !self.is(from + 1, WORD)) {
            return Some(from..from + 1);
        }
        let (mut i, mut good) = (from, from);
        while i < end {
            if !self.is(i, WORD) {
                if self.inner_mark(i) {
                    i += 1;
                    continue;
                }
                break;
            }
            let name = self.in_name(i);
            let stops = self.is(i, SUBORDINATOR | RELATIVE | COMPLEMENTIZER | QUESTION | ADVERB | HEARD)
                && !(i == from && self.is(i, DETERMINER))
                || self.is(i, PREPOSITION) && !self.is(i, LINK)
                || i > from
                    && self.cues[i].is_some_and(|c| !matches!(c.frame, Frame::Noun | Frame::Interview | Frame::Embedded))
                    && !self.links_names(i)
                || self.is(i, PRONOUN)
                || self.finite(i);
            let stops = stops && !name;
            // "diría el Mandatario dos días más tarde"
            let later =
                i > from && (self.counts(i) || self.is(i, INDEFINITE)) && self.is(i + 1, UNIT) && !self.is(i - 1, LINK | DETERMINER);
            // "dijo a Austral uno de los jóvenes"
            let one = i > from && self.is(i, INDEFINITE) && self.is(i + 1, LINK) && self.is(i + 2, DETERMINER) && self.is(i - 1, CAPITAL);
            if later || one || self.tells_of(from, i) {
                break;
            }
            // A second article begins a phrase of its own.
            let second = self.is(i, DETERMINER) && good == i && i > from && !self.is(i, CAPITAL | LINK);
            // "Su hermana le pidió": the pronoun is the verb's.
            let object =
                self.is(i, CLITIC) && i > from && !self.is(i, CAPITAL) && !self.is(i - 1, LINK | CONJUNCTION | DETERMINER | IN_NAMES);
            if second || stops || object || self.is(i, CONJUNCTION | LINK) && (i == from || !self.is(i + 1, WORD)) {
                break;
            }
            if !self.is(i, CONJUNCTION | LINK | DETERMINER) && !name {
                good = i + 1;
            }
            i += 1;
        }
        // "said the mayor wistfully"
        while good > from + 1 && self.is(good - 1, MANNER) {
            good -= 1;
        }
        if self.one_of_them(from) {
            return Some(from..from + 3);
        }
        if good == from && self.is(from, INDEFINITE) && from < end && !self.is(from + 1, WORD | QUOTE) {
            good = from + 1; // "añadió otra."
        }
        (good > from).then_some(from..good)
    }

    /// Whether a preposition stands inside the name of a body: "el Instituto de Estudios para la Paz", "the Committee on Foreign Relations".
    fn in_name(&self, i: usize) -> bool {
        const LONGEST_NAME: usize = 8;
        // "el Movimiento 19 de Abril"
        if self.is(i, CAPITAL) && self.is(i, ADVERB) && i > 2 && self.is(i - 1, LINK) && self.counts(i - 2) && self.is(i - 3, CAPITAL) {
            return true;
        }
        if !self.is(i, IN_NAMES) {
            return false;
        }
        let part = |&j: &usize| self.is(j, CAPITAL | LINK | DETERMINER | PREPOSITION | CONJUNCTION);
        // "la organización Causa en Común"
        let body = || {
            let run = (i.saturating_sub(LONGEST_NAME)..i).rev().take_while(part);
            let names = |j: usize| self.is(j, ORGANISATION) && self.is(j, CAPITAL) || self.is(j.wrapping_sub(1), ORGANISATION);
            run.into_iter().any(names)
        };
        let behind = self.is(i + 1, CAPITAL) || self.is(i + 1, DETERMINER) && self.is(i + 2, CAPITAL);
        behind && i > 0 && self.is(i - 1, CAPITAL) && self.sentence[i - 1] == self.sentence[i] && body()
    }

    /// "Data for Myanmar": a preposition that links two names is no one's view.
    fn links_names(&self, i: usize) -> bool {
        self.is(i, LINK) && self.cue(i, &[Frame::View, Frame::Opinion]).is_some() && self.is(i - 1, CAPITAL) && self.is(i + 1, CAPITAL)
    }

    /// Whether a participle behind a noun begins what is told of it: "una pancarta colgada de un balcón", but "un grupo armado de".
    fn tells_of(&self, from: usize, i: usize) -> bool {
        const SPEAKS: Classes = ROLE | PEOPLE | SOURCE | ORGANISATION | TITLE;
        let noun = i > from && self.is(i - 1, WORD) && !self.is(i - 1, FUNCTION | LINK | INDEFINITE | QUANTITY | COUNT);
        let participle = noun && self.is(i, PARTICIPLE) && !self.is(i, CAPITAL | INFORMED | SPEAKS);
        participle
            && (self.is(i + 1, PREPOSITION | ADVERB) && !self.is(i + 1, LINK)
                || self.is(i + 1, DETERMINER) && self.is(i + 2, ADVERB | UNIT)
                || self.is(i + 1, LINK) && !(from..i).any(|j| self.is(j, SPEAKS) || self.is(j, CAPITAL) && !self.is(j, DETERMINER)))
    }

    /// "una de ellas": somebody new, not whom the pronoun stands for.
    pub(super) fn one_of_them(&self, i: usize) -> bool {
        self.is(i, INDEFINITE) && self.is(i + 1, LINK) && self.is(i + 2, PRONOUN)
    }

    /// Whether a phrase is a name and nothing else.
    pub(super) fn is_name(&self, range: &Range<usize>) -> bool {
        // "Two had been brought in dead."
        let counts = range.len() == 1 && (self.counts(range.start) || self.is(range.start, QUANTITY | INDEFINITE));
        !range.is_empty()
            && !counts
            && self.is(range.start, CAPITAL | TITLE)
            && !self.is(range.start, DETERMINER)
            && !self.many_of_one(range)
            && range.clone().all(|i| self.is(i, CAPITAL | LINK | TITLE) || !self.is(i, WORD) || self.written(i).chars().count() <= 3)
            && self.is(range.end - 1, CAPITAL)
    }

    /// "Critics of Mr. Obama": they are many, and named after one.
    fn many_of_one(&self, range: &Range<usize>) -> bool {
        let head = range.start + usize::from(self.is(range.start, DETERMINER));
        self.is(head, SOURCE) && self.is(head, PLURAL) && self.is(head + 1, LINK) && head + 2 < range.end
    }

    /// "Analysts", at the head of a sentence: no name.
    pub(super) fn many_bare(&self, range: &Range<usize>) -> bool {
        let i = range.start;
        range.len() == 1 && self.is(i, SOURCE) && self.is(i, PLURAL) && self.sentence_starts(i)
    }

    /// Whether a phrase has a word for those who say things, a name or a pronoun.
    pub(super) fn can_speak(&self, range: &Range<usize>) -> bool {
        let capital = |i: usize| self.is(i, CAPITAL) && !(self.is(i, DETERMINER) && self.sentence_starts(i));
        range.clone().any(|i| self.is(i, SOURCE | ROLE | ORGANISATION | PRONOUN | LISTENER | PEOPLE) || capital(i))
    }

    /// What is somebody's of a phrase that says whose ("Gov. Ann Pruitt's [team]"), else the whole.
    pub(super) fn possessed(&self, range: &Range<usize>) -> Range<usize> {
        let owner = (range.start..range.end.max(1) - 1).rev().find(|&i| self.possessive(i));
        owner.filter(|&o| o + 1 < range.end).map_or(range.start, |o| o + 1)..range.end
    }

    /// Whether a phrase names one person: a name that is no body's, or an office.
    pub(super) fn is_person(&self, range: &Range<usize>) -> bool {
        let range = &self.possessed(range);
        // "Peter Szabo of Temple University": whose man he is makes no body of him.
        let named =
            (range.start + 1..range.end).find(|&i| self.is(i, LINK)).filter(|&l| self.is_name(&(range.start..l)) && l > range.start + 1);
        let body = (range.start..named.unwrap_or(range.end)).any(|i| self.is(i, ORGANISATION));
        let office = range.clone().any(|i| self.is(i, ROLE | TITLE | PEOPLE));
        let one = self.is(range.start, INDEFINITE) && !range.clone().any(|i| self.is(i, SOURCE) && !self.is(i, PLURAL | ROLE));
        // "deputy commissioner Tanvir Haldar", whatever the office
        let described = range.len() > 2 && !self.is(range.start, CAPITAL) && self.is_name(&(range.end - 2..range.end));
        !self.many_of_one(range) && !self.many_bare(range) && (office || !body && (one || described || self.is_name(range)))
    }

    /// Whether a phrase says that a woman or a man is meant: `FEMININE`, `MASCULINE`, or 0 where it doesn't say or says both.
    pub(super) fn gender(&self, range: &Range<usize>) -> Classes {
        let range = &self.possessed(range);
        let head = range.clone().take_while(|&i| i == range.start || !self.is(i, LINK | PREPOSITION));
        // A given name says it before a surname or behind a noun; a name alone is a surname as often.
        let name = |i: usize| self.is(i, CAPITAL) && !self.is(i, ROLE | PEOPLE | TITLE | PERSONAL | DETERMINER);
        let given = |i: usize| {
            let before = i > range.start && self.is(i - 1, CAPITAL) && name(i - 1);
            !before && (i + 1 < range.end && name(i + 1) || i > range.start && self.is(i - 1, ROLE | PEOPLE | TITLE))
        };
        let said = head.filter(|&i| !name(i) || given(i));
        let said = said.fold(0, |all, i| all | self.classes.get(i).map_or(0, |c| c & (FEMININE | MASCULINE)));
        if said == FEMININE | MASCULINE { 0 } else { said }
    }

    /// The gender of a phrase or, where a name doesn't say it, of what stands before it in apposition ("her husband, Wilner").
    fn gender_beside(&self, range: &Range<usize>) -> Classes {
        let own = self.gender(range);
        if own != 0 || !self.is_name(range) || !self.is(range.start.wrapping_sub(1), COMMA | ROLE | PEOPLE) {
            return own;
        }
        let low = self.start_of_sentence(range.start).max(range.start.saturating_sub(6));
        let office = (low..range.start).rev().filter(|&i| self.is(i, ROLE | PEOPLE));
        office.map(|i| self.gender(&(i..i + 1))).find(|g| *g != 0).unwrap_or(0)
    }

    /// Whether a phrase may be of somebody of a gender, as far as either says.
    pub(super) fn agrees(&self, range: &Range<usize>, gender: Classes) -> bool {
        let own = self.gender_beside(range);
        gender == 0 || own == 0 || own == gender
    }

    /// A phrase with what those whom it names are informed of, or with its author: "a person close to the family", "dos personas al tanto
    /// del asunto", "a report by the audit office".
    fn informed(&self, range: &Range<usize>, end: usize) -> Option<Range<usize>> {
        if self.is(range.end, AGENT) && !self.is(range.end.wrapping_sub(1), CAPITAL) {
            let author = self.phrase_from(range.end + 1, end).filter(|p| self.can_speak(p))?;
            return Some(range.start..author.end);
        }
        // "figures compiled by the firm", "datos recopilados por la firma"
        let somebody = range.clone().any(|i| self.is(i, ROLE | PEOPLE | TITLE)) || self.is_name(range);
        if self.is(range.end, PAST | PARTICIPLE) && self.is(range.end + 1, AGENT) && !somebody {
            let author = self.phrase_from(range.end + 2, end).filter(|p| self.can_speak(p))?;
            return Some(range.start..author.end);
        }
        let at = (range.end.saturating_sub(1)..end.min(range.end + 2)).find(|&i| i > range.start && self.is(i, INFORMED))?;
        let of = (at + 1..end).find(|&i| !self.is(i, PREPOSITION) || self.is(i, LINK))?;
        let of = if self.is(of, LINK) { of + 1 } else { of };
        let what = self.phrase_from(of, end).filter(|_| of > at + 1)?;
        Some(range.start..what.end)
    }

    /// The name that somebody gives as his own: "a man who gave his name as Andrei", "un taxista que se identificó como Samir".
    fn name_given(&self, from: usize, end: usize) -> Option<Range<usize>> {
        const FAR: usize = 18;
        const NEAR: usize = 6;
        let end = end.min(from + FAR);
        let set_off = usize::from(self.is(from, COMMA));
        let relative = (from + set_off..end).take_while(|&i| self.is(i, WORD)).find(|&i| self.is(i, RELATIVE))?;
        if set_off == 0 && relative != from {
            return None;
        }
        let names = (relative + 1..end.min(relative + NEAR)).take_while(|&i| self.is(i, WORD)).find(|&i| self.is(i, NAMES))?;
        let start = (names + 1..end).find(|&i| !self.is(i, ADVERB | COMPARATIVE))?;
        let close = (start..end).find(|&i| !self.is(i, CAPITAL) && !self.particle(i)).unwrap_or(end);
        (close > start && self.is_name(&(start..close))).then_some(start..close)
    }

    /// A phrase, or the name that stands in apposition to it: "the mayor, Ana Ruiz," is Ana Ruiz.
    pub(super) fn named(&self, range: Range<usize>, end: usize) -> Range<usize> {
        let capitals = range.clone().filter(|&i| self.is(i, CAPITAL)).count();
        let has_name = self.is_name(&range)
            || capitals > 1 && !self.is(range.end - 1, ORGANISATION) && self.is(range.end - 1, CAPITAL) && self.is(range.end - 2, CAPITAL);
        // "the head of the hospital Carlos Monge": the name of the hospital.
        let linked = || range.clone().any(|i| self.is(i, LINK)) && self.is(range.start + 1, ROLE) && !self.is_name(&range);
        if has_name && !linked() {
            return range;
        }
        if let Some(informed) = self.informed(&range, end) {
            return informed;
        }
        if let Some(name) = self.name_given(range.end, end) {
            return name;
        }
        // "una de las mujeres, Mariam"
        let one = self.is(range.start, INDEFINITE) && self.is(range.start + 1, LINK);
        let holder = one || range.clone().any(|i| self.is(i, ROLE | PEOPLE));
        // "a teacher called Maya Tamang"
        if holder
            && self.is(range.end, WORK | PAST)
            && let Some(name) = self.phrase_from(range.end + 1, end).filter(|p| p.len() > 1 && self.is_name(p))
        {
            return name;
        }
        if holder && self.is(range.end, PREPOSITION) {
            let field = self.phrase_from(range.end + 1, end.min(range.end + 8));
            // "la ministra para la Transición Ecológica, Teresa Ribera"
            let apposed = field.as_ref().filter(|p| self.is(p.end, COMMA) && self.is(p.end - 1, CAPITAL));
            let apposed = apposed.and_then(|p| self.phrase_from(p.end + 1, end)).filter(|p| p.len() > 1 && self.is_name(p));
            if let Some(name) = apposed.filter(|p| p.end >= end || !self.is(p.end, WORD)) {
                return name;
            }
            if self.is(range.end + 1, CAPITAL) {
                return range;
            }
            // "el experto en seguridad Ana Gil"
            return field
                .filter(|p| p.len() > 2 && self.is_name(&(p.end - 2..p.end)) && !self.is(p.end, WORD))
                .map_or(range.clone(), |p| range.start..p.end);
        }
        // "el líder del Partido Popular (PP, derecha), Pablo Casas"
        let bracket = (range.end..end.min(range.end + 8)).find(|&i| self.written(i) == ")").filter(|_| self.written(range.end) == "(");
        let comma = bracket.map_or(range.end, |close| close + 1);
        if !self.is(comma, COMMA) {
            return range;
        }
        let several = || self.plural(&range) && !range.clone().any(|i| self.is(i, CONJUNCTION));
        match self.phrase_from(comma + 1, end) {
            // "Its sponsors, Ana Gil, a senator, and Luis Paz": one of them.
            Some(name) if several() && self.is_name(&name) && !self.plural(&name) => range,
            Some(name) if self.is_name(&name) && name.len() > 1 && (name.end >= end || !self.is(name.end, WORD)) => name,
            // "el jefe del operativo, comisario Raúl Ferrero"
            Some(name) if holder && self.is_titled_name(&name) => name,
            // "su vice, el exprocurador Jordán Rodas, la define", "their ally, the US senator Jack Hill, said"
            Some(name)
                if holder
                    && self.is(name.start, DETERMINER)
                    && name.len() > 3
                    && self.is_name(&(name.end - 2..name.end))
                    && (!self.is(name.start + 1, CAPITAL) || (name.start + 2..name.end - 2).any(|i| self.is(i, ROLE)))
                    && (name.end >= end || !self.is(name.end, WORD)) =>
            {
                name
            }
            // "his wife, Rima, listens"
            Some(name) if self.is_name(&name) && holder && (name.end >= end || self.is(name.end, COMMA | STOP | QUOTE)) => name,
            _ => range,
        }
    }

    /// The subject of the verb at `verb`, looked for no further back than `low`, with the token where it begins.
    pub(super) fn subject(&self, verb: usize, low: usize) -> (Who, usize) {
        let low = low.max(verb.saturating_sub(2 * REACH));
        let form = self.cues[verb].is_some_and(|c| c.infinitive);
        let infinitive = form || verb > low && self.is(verb - 1, INFINITIVE);
        let hangs = form && self.hangs_before_marks(verb);
        let verb = if infinitive && !hangs { self.governor(verb).filter(|&g| g > low).unwrap_or(verb) } else { verb };
        // "cuestionó a la ministra por haber dicho", "por llamarlos «ratas»", but "pidió perdón por haber dicho"
        let by = verb.saturating_sub(2 - usize::from(hangs));
        if self.verbs_agree && by > low && (hangs || self.is(verb - 1, PERFECT)) && self.is(by, PREPOSITION) {
            let to = (low + 1..by).rev().take(8).find(|&i| self.is(i, PREPOSITION) && self.finite(i - 1));
            let whom = to.and_then(|to| self.phrase_from(to + 1, by)).filter(|p| p.end == by && self.can_speak(p));
            let main = || self.first_verb(low, by).map(|v| self.subject(v, low));
            return whom.map(|p| (self.who(p.clone()), p.start)).or_else(main).unwrap_or((Who::Absent, verb - 1));
        }
        let mut end = self.before_verb(verb, low);
        // "is understood to have told"
        if end > low && end < verb && self.is(end - 1, INFINITIVE) && !infinitive {
            end = self.governor(end).filter(|&g| g > low).map_or(end, |g| self.before_verb(g, low));
        }
        if end > low + 1 && end < verb && self.is(end - 1, DETERMINER) && self.is(end, ADVERB) && self.is(end - 2, PRONOUN) {
            end -= 1; // "She no longer believes"
        }
        if end > low && end < verb && self.is(end - 1, PREPOSITION) && self.is(end, ADVERB) {
            end -= 1; // "The senator on Thursday denied"
        }
        if end > low + 1 && end < verb && self.is(end - 1, DETERMINER) && self.is(end, ADVERB) && self.is(end - 2, RELATIVE) {
            end -= 1; // "el presidente, que el viernes ordenó"
        }
        // "was described by one driver as": who does what the passive says.
        let done_by = self.is(verb + 1, AGENT) && (end..verb).any(|i| self.is(i, PASSIVE));
        if done_by && let Some(agent) = self.phrase_from(verb + 2, self.end_of_sentence(verb)) {
            return (self.who(agent), end);
        }
        if end == low {
            return (Who::Absent, end);
        }
        let (who, start) = self.phrase_to(end, low, 3);
        // "Torres fue el que llevó la peor parte, mientras gritaba": no article alone.
        let (who, start) = match who {
            Who::Phrase(p)
                if self.verbs_agree && p.len() == 1 && self.is(p.start, DETERMINER) && !self.is(p.start, ALONE | CAPITAL | POSSESSIVE) =>
            {
                self.first_verb(low, p.start).map_or((Who::Absent, end), |v| self.phrase_to(self.before_verb(v, low), low, 2))
            }
            who => (who, start),
        };
        if who == Who::Absent
            && let Some(found) = self.those_within(verb, low, end)
        {
            return found;
        }
        match who {
            // "Rep. Mario Duarte, a Republican from Florida told": a comma left out.
            Who::Phrase(p)
                if !self.verbs_agree
                    && self.is(p.start, INDEFINITE)
                    && self.is(p.start.wrapping_sub(1), COMMA)
                    && let Some(name) = self.nearest_phrase(p.start - 1, low)
                    && self.sentence_starts(name.start)
                    && name.len() > 1
                    && self.is_name(&name)
                    && self.is_person(&name) =>
            {
                let start = name.start;
                (Who::Phrase(name), start)
            }
            // "freeing rebels, accusations Paris dismissed as": who does what is told of the noun.
            Who::Phrase(p) if let Some(own) = self.behind_account(&p) => (self.who(own..p.end), own),
            Who::Phrase(p) => {
                let listed = self.listed(p.clone(), low);
                let from = if listed.start < p.start { listed.start } else { start };
                (Who::Phrase(listed), from)
            }
            who => (who, start),
        }
    }

    /// "Desde la empresa señalan", "Desde el Gobierno se insiste": those inside it; `end` is where the verb at `verb` begins with what belongs to it.
    fn those_within(&self, verb: usize, low: usize, end: usize) -> Option<(Who, usize)> {
        let within = (low..end).rev().take(8).find(|&i| self.is(i, WITHIN))?;
        let unnamed = self.is(verb, MANY) || self.is(verb.wrapping_sub(1), REFLEXIVE) && self.is(within, SENDER);
        let body = within + 1..end;
        let whole = self.is(body.start, DETERMINER | CAPITAL | ORGANISATION) && self.can_speak(&body);
        (unnamed && whole && body.clone().all(|i| self.is(i, WORD) && !self.finite(i))).then_some((Who::Phrase(body), within))
    }

    /// A phrase of several that "and" joins, with those named before it: "Ana Gil, Luis Paz y Eva Ruiz", "the army, the police and the church".
    fn listed(&self, phrase: Range<usize>, low: usize) -> Range<usize> {
        const LONGEST: usize = 8;
        let Some(joined) = phrase.clone().find(|&i| self.is(i, CONJUNCTION)) else { return phrase };
        let name = |p: &Range<usize>| self.is_name(p) && !self.is(p.start, FUNCTION);
        let several = |p: &Range<usize>| self.is(p.start, DETERMINER) && self.can_speak(p) && !self.is(p.start, ADVERB);
        let first = phrase.start..joined;
        // "killing scores of people, residents and an official said": no list.
        let bare = |p: &Range<usize>| !self.is(p.start, FUNCTION | CAPITAL | GERUND) && self.plural(p) && !self.is(p.end - 1, UNIT);
        let alike = |p: &Range<usize>| name(&first) && name(p) || several(&first) && several(p) || bare(&first) && bare(p);
        let place = |p: &Range<usize>| self.span(p).is_some_and(|s| is_place(s.of(self.text)));
        let mut from = phrase.start;
        while from > low + 1 && self.is(from - 1, COMMA) {
            let part = |&i: &usize| self.is(i, WORD) || self.inner_mark(i);
            let start = (low.max(from - 1 - LONGEST.min(from - 1))..from - 1).rev().take_while(part).last();
            let Some(one) = start.map(|start| start..from - 1) else { break };
            // "the veto, which conservation groups, counties and lawmakers contend"
            let relative = self.is(one.start, RELATIVE) && self.is(one.start.wrapping_sub(1), COMMA);
            let one = one.start + usize::from(relative)..one.end;
            let whole = relative || one.start == low || self.is(one.start - 1, COMMA | DASH | QUOTE | BREAK);
            if !whole || !alike(&one) || self.has_finite(one.clone()) || place(&one) {
                break;
            }
            from = one.start;
        }
        from..phrase.end
    }

    /// Where a verb begins with its auxiliaries and adverbs.
    fn before_verb(&self, verb: usize, low: usize) -> usize {
        let mut end = verb;
        while end > low && self.is(end - 1, AUXILIARY | ADVERB | CLITIC | MANNER) && !self.is(end - 1, PRONOUN) && !self.in_name(end - 1) {
            end -= 1;
        }
        // "The campaign neither confirmed nor denied"
        let named = CAPITAL | ORGANISATION | ROLE | SOURCE | PEOPLE;
        let neither = end > low + 1 && self.is(end - 1, NOBODY) && self.is(end - 2, named) && !self.is(end - 2, PREPOSITION | RELATIVE);
        end - usize::from(neither)
    }

    /// The noun phrase that ends before `end`.
    fn phrase_to(&self, end: usize, low: usize, depth: u8) -> (Who, usize) {
        let Some(last) = end.checked_sub(1).filter(|&l| l >= low && depth > 0) else { return (Who::Absent, end) };
        // "prometió investigar, aunque negó que": the same.
        let hangs = self.verbs_agree && self.is(last, SUBORDINATOR) && !self.is(last, COMPARATIVE | PREPOSITION | QUESTION | ADVERB);
        if self.is(last, CONJUNCTION) || hangs {
            return self.before_conjunction(end, low, depth, hangs);
        }
        // "who called it “a big, fat mistake,” said": the comma stands inside the marks.
        let inside = self.is(last, QUOTE) && last > low && self.is(last - 1, COMMA) && self.words_in_marks(last, low).is_some();
        // "El Frente (FLN, por sus siglas) afirmó": who stands before the bracket.
        if let Some(open) = self.bracket(last, low) {
            return self.phrase_to(open, low, depth);
        }
        if self.is(last, COMMA | DASH) || self.written(last) == ")" || inside {
            return self.before_apposition(if inside { last + 1 } else { last }, low, depth);
        }
        if self.is(last, RELATIVE) {
            return self.before_relative(end, low, depth);
        }
        if !self.is(last, WORD) && !self.inner_mark(last) {
            return (Who::Absent, end);
        }
        let (mut from, mut verb) = (end, None);
        while from > low && end - from < REACH {
            let i = from - 1;
            if !self.is(i, WORD) && !self.inner_mark(i)
                || self.is(i, SUBORDINATOR | RELATIVE | COMPLEMENTIZER | QUESTION) && !self.is(i, DETERMINER) && !self.in_name(i)
            {
                break;
            }
            if verb.is_none() && self.finite(i) {
                verb = Some(i);
            }
            from = i;
        }
        // "officials who asked for secrecy because they were not free to speak said": those before the clause.
        let hung = from > low + 1 && self.is(from - 1, SUBORDINATOR) && self.is(from, PRONOUN) && !self.verbs_agree;
        if let Some(verb) = verb.filter(|&v| hung && v < from + 3 && v + 1 < end)
            && !self.can_speak(&(verb + 1..end))
        {
            return self.phrase_to(from - 1, low, depth - 1);
        }
        // "recuerda haber defendido": nobody stands between.
        if verb == Some(from) && from + 1 == end && !(from > low && self.is(from - 1, RELATIVE)) {
            return (Who::Absent, end);
        }
        if let Some(verb) = verb {
            if let Some(conjunction) = (verb..end).rev().find(|&i| self.is(i, CONJUNCTION)) {
                return self.strip(conjunction + 1..end);
            }
            // "resigned after an inquiry found", "who was shot after the officer says": the phrase of the clause that the preposition opens.
            let opener = (verb + 1..end).rev().find(|&i| self.is(i, OPENER));
            if let Some(opener) = opener
                && let Some(phrase) = self.phrase_from(opener + 1, end).filter(|p| p.end == end)
                && (self.can_speak(&phrase) || !(from > low && self.is(from - 1, RELATIVE)))
            {
                return (self.who(phrase.clone()), phrase.start);
            }
            if from > low && self.is(from - 1, RELATIVE) {
                // "the man who was held said": the man.
                return self.antecedent(from - 1, low, depth);
            }
            if self.is(verb, FINITE) {
                return self.strip(verb + 1..end);
            }
            // A form in "-ed" may be a participle of the phrase ("residents reached by telephone said"), which ends there.
            let (who, start) = self.strip(from..end);
            return match self.strip(from..verb) {
                (Who::Phrase(head), _) if matches!(who, Who::Phrase(_)) && head.start == start => (Who::Phrase(head), start),
                _ => (who, start),
            };
        }
        // "La misión que encabeza Kenia informó": a form of the present that no ending tells, with its subject behind it.
        let plain = self.is(from, WORD) && !self.is(from, FUNCTION | CAPITAL | ROLE | SOURCE | PEOPLE | ORGANISATION | PLURAL);
        let noun = from > low + 2 && self.is(from - 1, RELATIVE) && self.is(from - 2, WORD) && !self.is(from - 2, FUNCTION);
        if self.verbs_agree && plain && noun && from + 1 < end && self.is(from + 1, CAPITAL | DETERMINER) {
            let said = (low..from - 1)
                .rev()
                .take(8)
                .take_while(|&i| self.is(i, WORD))
                .any(|i| self.cue(i, &[Frame::Speech, Frame::Thought]).is_some());
            if !said {
                return self.antecedent(from - 1, low, depth);
            }
        }
        // "workers who survived said", "a lawyer who monitors the conflict, speaking to us, said"
        let verb = |i: usize| self.is(i, PAST) && i + 1 == end || self.is(i, PLURAL) && self.is(i + 1, DETERMINER | PREPOSITION);
        if from < end && verb(from) && from > low && self.is(from - 1, RELATIVE) && !self.is(from - 1, COMPLEMENTIZER) {
            return self.antecedent(from - 1, low, depth);
        }
        self.strip(from..end)
    }

    /// What a verb behind a conjunction has for its subject: that of the verb before. `hangs` says that it is no conjunction, but opens a clause
    /// that hangs on another.
    fn before_conjunction(&self, end: usize, low: usize, depth: u8, hangs: bool) -> (Who, usize) {
        let last = end - 1;
        // "visited the town and said": the subject of the verb before.
        let from = low.max(last.saturating_sub(REACH));
        let from = (from..last).rev().find(|&i| self.written(i) == ";").map_or(from, |i| i + 1);
        let main = self.main_verb(from, last);
        let hangs_on = main.is_some_and(|(_, hangs)| hangs);
        let verb = main.map(|(verb, _)| verb).or_else(|| self.bare_past(from, last));
        let subject = |v: usize| match self.phrase_to(self.before_verb(v, low), low, depth - 1) {
            (Who::Absent, start) => self.those_within(v, low, self.before_verb(v, low)).unwrap_or((Who::Absent, start)),
            found => found,
        };
        let quotes = (end..end + 3).any(|i| self.is(i, QUOTE) || self.written(i) == ":");
        // "ha recordado que el partido ya advirtió …, y ha instado": she, not the party.
        let says = |v: usize| self.cue(v, &[Frame::Speech, Frame::Thought]).is_some();
        let main_says = main.filter(|(_, hangs)| !hangs).and_then(|(v, _)| (v..last.min(v + 3)).find(|&v| says(v)));
        let said = || main_says.or_else(|| (from..last).rev().find(|&v| says(v)));
        let outer = main.and_then(|(verb, _)| self.who_says_of(verb, from, end));
        // "El ministro dimite y acusa": a form that may be a noun hides that it is a verb.
        let start = self.start_of_sentence(last).max(from);
        let office = self.verbs_agree && self.is(start, DETERMINER) && self.is(start + 1, ROLE | PEOPLE | ORGANISATION | SOURCE);
        let goes_on = start + 2 < last && (self.may_be_verb(start + 2) || self.is(start + 2, QUOTE));
        // "The guard said Gil called it mean and said, “…”": Gil.
        let called = (from..last).rev().find(|&i| quotes && self.cue(i, &[Frame::Stance]).is_some_and(|c| !c.infinitive));
        let caller = called.filter(|&i| main.is_some_and(|(v, _)| v < i)).map(|i| self.subject(i, low));
        if let Some((who @ Who::Phrase(_), start)) = caller
            && matches!(&who, Who::Phrase(p) if self.is_person(p))
        {
            return (who, start);
        }
        let topic = || if office && goes_on { (self.who(start..start + 2), start) } else { (Who::Absent, end) };
        match outer.or(verb).map_or_else(topic, subject) {
            // "The union said two were missing and told": not those two; and who quotes or goes on is seldom who is spoken of.
            (Who::Phrase(p), _) if (quotes || hangs_on || !self.can_speak(&p)) && said().is_some() => {
                said().map_or((Who::Absent, end), subject)
            }
            (Who::Phrase(p), _) if hangs && !self.can_speak(&p) => (Who::Absent, end),
            found => found,
        }
    }

    /// "Gil said officers had held back and promised that": the verb of saying, where a clause told by it is of another tense than the verb behind
    /// its conjunction, at `end`.
    fn who_says_of(&self, verb: usize, low: usize, end: usize) -> Option<usize> {
        let earlier = (verb.saturating_sub(2)..=verb).any(|i| self.is(i, PERFECT | AUXILIARY | PASSIVE));
        let speaks = self.is(end, PAST) || self.cue(end, &[Frame::Speech, Frame::Thought, Frame::Stance]).is_some();
        if self.verbs_agree || !earlier || !speaks {
            return None;
        }
        let opens = |i: usize| self.is(i, COMMA | COMPLEMENTIZER | SUBORDINATOR | CONJUNCTION | QUOTE);
        let says = (low..verb).rev().find(|&s| self.cue(s, &[Frame::Speech]).is_some())?;
        // "said it is “sure” that both will pass, and called on": the present is of what is told, the past is not.
        let now = (verb.saturating_sub(1)..=verb).any(|i| self.is(i, PRESENT)) && !self.is(says, PLURAL) && !self.is(end, PLURAL);
        (now || !(says..end - 1).any(opens)).then_some(says)
    }

    /// What a relative pronoun right before `end` stands for, if it is one.
    fn before_relative(&self, end: usize, low: usize, depth: u8) -> (Who, usize) {
        let last = end - 1;
        let verb = [Frame::Speech, Frame::Thought, Frame::Finding];
        // "escribió en su cuenta de Twitter que no piensa": what opens the clause is no relative.
        let says = (low..last).rev().take(8).take_while(|&i| self.is(i, WORD)).find(|&i| self.cue(i, &verb).is_some());
        if self.is(last, COMPLEMENTIZER)
            && says.is_some_and(|v| self.cues[v].is_some_and(|c| self.skip_adverbials(v + c.len, last + 1) >= last))
        {
            return (Who::Absent, end);
        }
        // "detuvo a los que llamó «agitadores»", "aplastar lo que definió como": the object of what somebody else does.
        let article = last.checked_sub(1).filter(|&a| self.verbs_agree && a > low && self.is(a, DETERMINER | CLITIC));
        let neuter = |a: usize| self.is(a, CLITIC) && !self.is(a, DETERMINER);
        let governed = |a: usize| self.is(a, PREPOSITION) || self.is(a - 1, PREPOSITION);
        // "emitió un comunicado en el que califica", "issued a statement in which it": whoever sends it.
        let message = |a: usize| governed(a) && a > low + 2 && self.is(a - 2, MESSAGE | WORK);
        if article.is_some_and(message)
            && let Some(main) = self.first_verb(low, last).filter(|_| depth > 0)
        {
            return self.phrase_to(self.before_verb(main, low), low, depth - 1);
        }
        if article.is_some_and(|a| neuter(a) || governed(a)) {
            return (Who::Absent, end);
        }
        // "mencionó el caso de Neira, de quien dijo": of whom somebody else speaks.
        let about = last.saturating_sub(1 + usize::from(article.is_some()));
        if self.verbs_agree && about > low && self.is(about, PREPOSITION) && self.is(about - 1, COMMA) {
            return match self.first_verb(low, about) {
                Some(main) if depth > 0 => self.phrase_to(self.before_verb(main, low), low, depth - 1),
                _ => (Who::Absent, end),
            };
        }
        // "activists, several of whom say", "vecinos, varios de los cuales dicen"
        let of = last - usize::from(last > low + 2 && self.is(last - 1, DETERMINER));
        if of > low + 2
            && self.is(of - 1, LINK)
            && (self.is(of - 2, QUANTITY | INDEFINITE | PLURAL) || self.counts(of - 2))
            && self.is(of - 3, COMMA)
        {
            return self.antecedent(of - 3, low, depth);
        }
        // "a pharmacist who treated the wounded and who asked that"
        let first = (low..last).rev().take(REACH).find(|&i| self.is(i, RELATIVE) && self.written(i) == self.written(last));
        let first = first.filter(|&i| !self.finite(i.wrapping_sub(1)));
        let last = first.filter(|_| self.is(last.wrapping_sub(1), CONJUNCTION)).unwrap_or(last);
        let antecedent = if self.is(last.wrapping_sub(1), COMMA) { last - 1 } else { last };
        self.antecedent(antecedent, low, depth)
    }

    /// A past form right behind those who can do it, whose bare object hides that it is a verb ("Police opened fire").
    pub(super) fn bare_past(&self, low: usize, end: usize) -> Option<usize> {
        let doer = |i: usize| self.is(i, ROLE | SOURCE | ORGANISATION | PEOPLE | CAPITAL);
        // "Residents disputed the account": as often a word that describes, but not between who does and what is done.
        let between = |i: usize| self.is(i, WORD) && !self.is(i, FUNCTION | CAPITAL) && self.is(i + 1, DETERMINER);
        (low + 1..end).find(|&i| doer(i - 1) && (self.is(i, PAST) || between(i)))
    }

    /// The last finite verb of a range outside clauses that hang on another; any, if there is none; and whether it hangs.
    fn main_verb(&self, low: usize, end: usize) -> Option<(usize, bool)> {
        let (mut hangs, mut main, mut any) = (false, None, None);
        for i in low..end {
            if self.is(i, COMPLEMENTIZER | RELATIVE | SUBORDINATOR | QUESTION) {
                hangs = true;
            } else if self.is(i, CONJUNCTION) && i > low && self.is(i - 1, COMMA) {
                // "hailing what he called a victory, but the party dismissed it"
                hangs = false;
            } else if self.finite(i) {
                any = Some(i);
                if !hangs {
                    main = any;
                }
            }
        }
        main.map(|main| (main, false)).or(any.map(|any| (any, true)))
    }

    /// The first finite verb of a range outside clauses that hang on another.
    pub(super) fn first_verb(&self, low: usize, end: usize) -> Option<usize> {
        let mut hangs = false;
        (low..end).find(|&i| {
            if self.is(i, COMPLEMENTIZER | RELATIVE | SUBORDINATOR) {
                hangs = true;
            } else if self.is(i, COMMA) {
                hangs = false;
            }
            !hangs && self.finite(i)
        })
    }

    /// The noun phrase for people or a body that a sentence begins with, where a verb follows it.
    pub(super) fn topic(&self, sentence: Range<usize>) -> Option<Range<usize>> {
        // "Por su parte, la viuda": past what stands before the subject.
        let mut start = sentence.start;
        while self.is(start, PREPOSITION | ADVERB | FRONTED)
            // "En la plaza que los vecinos llaman Dignidad, un muchacho"
            && let relative = (start + 1..sentence.end.min(start + 6)).find(|&i| self.is(i, RELATIVE)).unwrap_or(usize::MAX)
            && let Some(comma) =
                (start + 1..sentence.end.min(start + 12)).find(|&i| self.is(i, COMMA) || self.finite(i) && i < relative)
            && self.is(comma, COMMA)
        {
            start = comma + 1;
        }
        let range = self.phrase_from(start, sentence.end).filter(|p| !self.is(p.start, PRONOUN))?;
        // "Fuentes de la Moncloa restan importancia": a form that more than one does, after a name.
        let verb = range.clone().skip(1).find(|&i| self.is(i, MANY) && !self.is(i, CAPITAL | PLURAL | FUNCTION) && self.is(i - 1, CAPITAL));
        let range = range.start..verb.unwrap_or(range.end);
        let speaks = range.clone().any(|i| self.is(i, ROLE | SOURCE | ORGANISATION | PEOPLE));
        let speaks = speaks || self.is_name(&range) && range.len() > 1;
        if self.is(range.end, COMMA) && self.apposed_aside(start, sentence.start) {
            return None;
        }
        let next = (range.end..sentence.end).find(|&i| !self.is(i, CLITIC | ADVERB))?;
        // "A spokesman for the force replied"
        let described = self.is(next, PREPOSITION) && (next..sentence.end.min(next + 8)).any(|i| self.finite(i) || self.is(i, PAST));
        let goes_on = described || self.may_be_verb(next) || self.is(next, COMMA | AUXILIARY | RELATIVE) || self.written(next) == "(";
        (speaks && goes_on).then_some(range)
    }

    /// What a relative pronoun after `end` stands for: the nearest noun phrase with an article or a name.
    fn antecedent(&self, end: usize, low: usize, depth: u8) -> (Who, usize) {
        let end = self.before_party(end, low);
        // "un muchacho al que llaman Chato", "un hombre a los que"
        let article = usize::from(self.is(end.wrapping_sub(1), DETERMINER) && self.is(end.wrapping_sub(2), PREPOSITION));
        let led = self.verbs_agree && self.is(end, RELATIVE) && end > low + 1 + article;
        let end = if led && self.is(end - 1 - article, PREPOSITION) { end - 1 - article } else { end };
        if end >= low + 3 && self.one_of_them(end - 3) {
            return (Who::Phrase(end - 3..end), end - 3); // "One of them, who asked"
        }
        let nearest = self.nearest_phrase(end, low).map(|n| self.one_of(n, low));
        // "nobody left on Lake Street who could tell you"
        let about = nearest.as_ref().filter(|n| n.start > low && self.is(n.start - 1, PREPOSITION));
        if about.is_some_and(|n| (low..n.start).rev().take(4).take_while(|&i| self.is(i, WORD)).any(|i| self.is(i, NOBODY))) {
            return (Who::Nobody, end);
        }
        let nearest = nearest.map(|n| self.with_its_place(n, low));
        let head = nearest
            .as_ref()
            .and_then(|n| self.member(n, low).or_else(|| self.who_is_informed(n, low)).or_else(|| self.who_works_there(n, low)));
        // "Hernando Gil, dirigente gremial, quien calcula"
        let apposed =
            (low + 1..end).rev().take(4).take_while(|&i| self.is(i, WORD)).last().filter(|&i| self.is(i, ROLE) && !self.is(i, CAPITAL));
        let apposed = apposed.filter(|&i| nearest.is_none() && self.is(i - 1, COMMA)).and_then(|i| self.nearest_phrase(i - 1, low));
        if let Some(person) = apposed.filter(|p| self.is_name(p) && self.is_person(p)) {
            return (self.who(person.clone()), person.start);
        }
        // "according to critics, who say"
        let bare = || {
            let noun = end.checked_sub(1).filter(|&n| n > low && self.is(n, SOURCE | ROLE | PEOPLE) && self.is(n, PLURAL))?;
            self.is(noun - 1, PREPOSITION).then_some(noun..end)
        };
        match head.or(nearest).or_else(bare) {
            // "said Dale Hutchins, a Republican who hopes": the one who is described.
            Some(range) if self.is(range.start, INDEFINITE) && self.is(range.start.wrapping_sub(1), COMMA) => {
                // "was shut in Derna, an official who runs the port said": no person, where no given name says so.
                let place = |d: &Range<usize>| self.is(d.start.wrapping_sub(1), PREPOSITION | LINK) && !self.is(d.start, GIVEN | TITLE);
                let described = self.nearest_phrase(range.start - 1, low).filter(|d| self.is_name(d) && self.is_person(d) && !place(d));
                let range = described.unwrap_or(range);
                (self.who(range.clone()), range.start)
            }
            Some(range) => {
                // "este miércoles la oficina de la ONU en Haití"
                let behind = self.skip_adverbials(range.start, range.end);
                let range = if self.verbs_agree && behind + 1 < range.end { behind.max(range.start)..range.end } else { range };
                (self.who(range.clone()), range.start)
            }
            None => self.phrase_to(end, low, depth - 1),
        }
    }

    /// "one of the inspectors" for "the inspectors".
    fn one_of(&self, n: Range<usize>, low: usize) -> Range<usize> {
        let one = n.start.checked_sub(2).filter(|&o| o >= low && self.is(n.start - 1, LINK) && self.is(o, INDEFINITE));
        one.filter(|_| self.plural(&n)).map_or(n.start, |o| o)..n.end
    }

    /// "una marcha de cocaleros del Chapare" for "Chapare": the march, not where they are from.
    fn with_its_place(&self, n: Range<usize>, low: usize) -> Range<usize> {
        let place = n.len() == 1 && is_place(self.written(n.start));
        let linked = n.start > low + 1 && self.is(n.start - 1, LINK) && !self.is(n.start - 2, CAPITAL) && place;
        let part = |&i: &usize| self.is(i, WORD) && !self.finite(i) && (!self.is(i, PREPOSITION) || self.is(i, LINK));
        let head = (low..n.start).rev().take(8).take_while(part).find(|&i| self.is(i, DETERMINER | INDEFINITE) && !self.is(i, LINK));
        head.filter(|_| linked).map_or(n.start, |h| h)..n.end
    }

    /// "a member of the local Defence Force" for the force: the member, or who he is ("Ana Gil, the head of the Network, who asked").
    fn member(&self, n: &Range<usize>, low: usize) -> Option<Range<usize>> {
        let part = |&i: &usize| self.is(i, WORD) && !self.is(i, FUNCTION | CAPITAL) || self.is(i, DETERMINER);
        let start = (low..n.start).rev().take(4).take_while(part).last().unwrap_or(n.start);
        let link = start.checked_sub(1).filter(|&l| l > low && self.is(l, LINK) && self.is(l - 1, ROLE | PEOPLE))?;
        let part = |&i: &usize| self.is(i, WORD) && !self.is(i, PREPOSITION);
        let head = (low..link).rev().take(5).take_while(part).find(|&i| self.is(i, DETERMINER | INDEFINITE))?;
        let described = head.checked_sub(1).filter(|&c| c > low && self.is(c, COMMA)).and_then(|c| self.nearest_phrase(c, low));
        let member = described.filter(|d| self.is_name(d) && self.is_person(d)).unwrap_or(head..n.end);
        // "un miembro de la Mara Salvatrucha"
        // "el director del hospital regional, quien": no one who could be meant.
        let thing = !n.clone().any(|i| self.is(i, ROLE | PEOPLE | SOURCE | CAPITAL));
        let body = thing || n.clone().any(|i| self.is(i, ORGANISATION)) || self.is(start, DETERMINER) && self.is(n.start, CAPITAL);
        body.then_some(member)
    }

    /// "two people close to the campaign" for the campaign: what somebody is informed of says nothing.
    fn who_is_informed(&self, n: &Range<usize>, low: usize) -> Option<Range<usize>> {
        let of = (low..n.start).rev().take(3).take_while(|&i| self.is(i, WORD)).find(|&i| self.is(i, INFORMED))?;
        let between = (of + 1..n.start).all(|i| self.is(i, PREPOSITION | LINK));
        let part = |&i: &usize| self.is(i, WORD) && !self.finite(i) && !self.is(i, CONJUNCTION | RELATIVE | COMPLEMENTIZER);
        let start = (low..of).rev().take(5).take_while(|&i| part(&i) && (i + 1 == of || !self.is(i, PREPOSITION))).last()?;
        let people = (start..of).any(|i| self.is(i, SOURCE | ROLE | PEOPLE));
        (between && people).then_some(start..n.end)
    }

    /// "reporters at the paper" for the paper: those who say things, not where they do.
    fn who_works_there(&self, n: &Range<usize>, low: usize) -> Option<Range<usize>> {
        let preposition = n.start.checked_sub(1).filter(|&p| p > low && self.is(p, PREPOSITION))?;
        let place = !self.is(n.start, TITLE) && !n.clone().any(|i| self.is(i, ROLE | SOURCE));
        let noun = preposition.checked_sub(1).filter(|&h| place && self.is(h, ROLE | SOURCE))?;
        let from = (low..=noun).rev().take(6).take_while(|&i| self.is(i, WORD) && !self.finite(i) && !self.is(i, PREPOSITION)).last()?;
        // "Reina Suazo, vecina del sector, quien": she.
        let apposed = self.verbs_agree && self.is(preposition, LINK) && !self.is(from, DETERMINER | INDEFINITE);
        (!apposed).then_some(from..n.end)
    }

    /// The shortest phrase that ends at `end`: back to its article, or the whole of a name.
    pub(super) fn nearest_phrase(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let last = end.checked_sub(1).filter(|&l| l >= low && self.is(l, WORD))?;
        if self.is(last, CAPITAL) {
            let mut from = last;
            loop {
                let part = self.is(from - usize::from(from > low), CAPITAL) || from > low && self.inner_mark(from - 1);
                // "la Vía Campesina": no preposition behind an article.
                let named = from > low + 1 && self.is(from - 1, CAPITAL) && self.is(from - 2, DETERMINER);
                if from > low && part && (named || !self.is(from - 1, PREPOSITION | CONJUNCTION)) {
                    from -= 1;
                } else if from > low + 1
                    && (self.particle(from - 1) || self.is(from - 1, LINK) && self.is(from - 2, CAPITAL) && !self.is(from - 2, FUNCTION))
                {
                    from -= 2; // "Mike Barlow of Utah, who …"
                } else {
                    return Some(from..end);
                }
            }
        }
        let from = (low..end)
            .rev()
            .take(8)
            .take_while(|&i| self.is(i, WORD) && (!self.is(i, PREPOSITION) || self.is(i, LINK)) && !self.finite(i))
            .find(|&i| self.is(i, DETERMINER))?;
        // "el director del hospital": the article is one with its preposition.
        let from = from + usize::from(self.is(from, LINK));
        (from + 1 < end || self.is(from.wrapping_sub(1), LINK) && from < end).then_some(from..end)
    }

    /// A small word between two parts of a name ("Lula da Silva").
    fn particle(&self, i: usize) -> bool {
        let other = AUXILIARY | CONJUNCTION | PREPOSITION | ADVERB | DETERMINER | RELATIVE | PRONOUN | CLITIC;
        let short = self.is(i, WORD) && !self.is(i, CAPITAL | other) && self.written(i).chars().count() <= 3;
        short && i > 0 && self.is(i - 1, CAPITAL) && !self.is(i - 1, FUNCTION) && self.is(i + 1, CAPITAL)
    }

    /// The noun phrase before one or more insertions that end with the comma at `comma`: "X, who heads Y, said".
    fn before_apposition(&self, comma: usize, low: usize, depth: u8) -> (Who, usize) {
        let open = self.before_party(comma, low);
        if open < comma {
            return self.phrase_to(open, low, depth);
        }
        let mut chunks: Vec<Range<usize>> = Vec::new();
        let mut end = comma;
        while end > low && chunks.len() < 6 && comma - end < 2 * REACH {
            let mut from = end;
            while from > low {
                if let Some(open) = self.words_in_marks(from - 1, low).or_else(|| self.bracket(from - 1, low)) {
                    from = open;
                } else if !self.is(from - 1, COMMA | DASH | BREAK | QUOTE) || self.inner_mark(from - 1) {
                    from -= 1;
                } else {
                    break;
                }
            }
            if from < end && !self.is_party(&(from..end)) {
                chunks.push(from..end);
            }
            let separates = from > low && (self.is(from - 1, COMMA | DASH) || self.written(from - 1) == "(");
            if !separates {
                break;
            }
            end = from - 1;
        }
        // "a worker from Reno, Nevada, said": where the town is.
        if let Some(i) = (1..chunks.len()).find(|&i| self.places(&chunks[i], &chunks[i - 1])) {
            chunks.remove(i - 1);
        }
        if let Some(several) = self.joined_with_insertions(&chunks) {
            return several;
        }
        let modifies = |c: &Range<usize>| {
            self.is(c.start, RELATIVE | PREPOSITION | SUBORDINATOR | COMPARATIVE)
                || self.is(c.start, LINK) && !self.is(c.start, CAPITAL) // "Ana Gil, de Fuerza Popular, estimó"
                || self.is(c.start, CONJUNCTION) && !self.sentence_starts(c.start)
                || self.written(c.start).starts_with(|x: char| x.is_ascii_digit())
                || self.is(c.start, PAST | FRONTED | CITES)
                || self.is(c.start, PARTICIPLE) && self.is(c.start + 1, PREPOSITION | ADVERB) && !self.is(c.start, CAPITAL) // "arrodillado ante"
                || self.is(c.start, ADVERB) && self.is(c.start + 1, PAST) // "popularly known as"
                || self.cue(c.start, &[Frame::Participle, Frame::Origin]).is_some()
        };
        let Some(last) = chunks.first() else { return (Who::Absent, comma) };
        // "…, mientras que Ana Gil, de Fuerza Popular, estimó": the clause's own subject comes before one outside it.
        // "en tanto que el líder, arrodillado ante la Biblia, prometió"
        let meanwhile = |c: &Range<usize>| self.is(c.start, PREPOSITION) && self.is(c.start + 2, COMPLEMENTIZER) && c.len() > 3;
        let clause = chunks
            .get(1)
            .filter(|c| modifies(last) && (self.is(c.start, SUBORDINATOR | CONJUNCTION) || meanwhile(c)) && !self.has_finite((*c).clone()));
        if let Some(clause) = clause
            && let (who @ Who::Phrase(_), start) = self.phrase_to(clause.end, clause.start + 1, depth - 1)
        {
            return (who, start);
        }
        // "On Tuesday the examiner, who had seen it, said": past the time that opens the sentence.
        let opens = |c: &Range<usize>| {
            let who = || match self.strip(c.clone()).0 {
                Who::Phrase(p) | Who::Anaphor(p) => p.end == c.end && self.can_speak(&p),
                _ => false,
            };
            self.sentence_starts(c.start) && self.is(c.start, PREPOSITION) && who()
        };
        // "…, while the Speaker, Ana Gil, announced"
        let office = |c: &Range<usize>| {
            self.is(c.start, SUBORDINATOR | CONJUNCTION) && !self.sentence_starts(c.start) && self.is(c.start + 1, DETERMINER)
        };
        let named = chunks
            .get(1)
            .filter(|c| office(c) && !self.has_finite((*c).clone()) && (**c).clone().any(|i| self.is(i, ROLE | TITLE | PEOPLE)));
        if let Some(office) = named.filter(|_| self.is_name(last) && last.len() > 1) {
            return (Who::Phrase(last.clone()), office.start + 1);
        }
        let mut heads = chunks.iter().skip(1).filter(|c| !modifies(c) || opens(c));
        let head = heads.next();
        // "Ruth Hill, a driver from Reno, who voted, said", "Mr Hill, the Secretary of State, who flew in, said": the name before what
        // describes it.
        // "Luis Paz, director de la empresa, que asistió, dijo"
        let office = |h: &Range<usize>| self.is(h.start, INDEFINITE | DETERMINER) || self.is(h.start, ROLE) && !self.is(h.start, CAPITAL);
        let described = head.is_some_and(office) && modifies(&chunks[0]);
        let head = heads.next().filter(|c| described && self.is_name(c) && !self.is(c.start, FUNCTION)).or(head);
        let headed = head.is_some_and(|h| {
            let capitals = h.clone().filter(|&i| self.is(i, CAPITAL)).count();
            !opens(h) && (self.is_name(h) || capitals > 1 && !self.is(h.start, DETERMINER))
        });
        if !modifies(last) && self.is_name(last) && (head.is_some() || last.len() > 1) && !headed {
            return (Who::Phrase(last.clone()), head.map_or(last.start, |h| h.start));
        }
        match head {
            Some(h) => self.phrase_to(h.end, h.start, depth - 1),
            None if modifies(last) => (Who::Absent, comma),
            None => self.phrase_to(last.end, last.start, depth - 1),
        }
    }

    /// Several who are each described: "Its sponsors, Ana Gil, a senator from Reno, and Luis Paz, a Democrat, said". The pieces between the
    /// commas are given from the last to the first.
    fn joined_with_insertions(&self, chunks: &[Range<usize>]) -> Option<(Who, usize)> {
        let joins = |c: &Range<usize>| self.is(c.start, CONJUNCTION) && !self.sentence_starts(c.start);
        let last = chunks.iter().position(|c| joins(c) && self.is_name(&(c.start + 1..c.end)))?;
        let first = chunks.last().filter(|_| last + 1 < chunks.len())?;
        let many = self.is(first.start, DETERMINER) && self.plural(first);
        let names = self.is_name(first) && !self.is(first.start, FUNCTION);
        let verbless = !chunks[last..].iter().any(|c| self.has_finite(c.clone()));
        (verbless && (many || names))
            .then(|| if many { (self.who(first.clone()), first.start) } else { (Who::Phrase(first.start..chunks[last].end), first.start) })
    }

    /// Whether a name set off by commas says where the place is that stands at the end of the words before it.
    fn places(&self, before: &Range<usize>, name: &Range<usize>) -> bool {
        const LONGEST: usize = 3;
        let town = before.clone().rev().take_while(|&i| self.is(i, CAPITAL)).last().filter(|&i| i > before.start);
        let within = town.is_some_and(|i| self.is(i - 1, PREPOSITION | LINK));
        within && name.len() <= LONGEST && self.span(name).is_some_and(|s| is_place(s.of(self.text)))
    }

    /// Where a bracket that closes at a token opens, behind a word.
    fn bracket(&self, close: usize, low: usize) -> Option<usize> {
        let within = || (low..close).rev().take(REACH);
        let open = within().find(|&i| matches!(self.written(i), "(" | ")")).filter(|_| self.written(close) == ")")?;
        (self.written(open) == "(" && open > low && self.is(open - 1, WORD)).then_some(open)
    }

    /// Where a few words in marks that are part of a clause open, by the mark that closes them ("called it “a farce”, said").
    fn words_in_marks(&self, close: usize, low: usize) -> Option<usize> {
        if !self.is(close, QUOTE) {
            return None;
        }
        let open = (low..close).rev().take(24).find(|&i| !self.is(i, WORD | COMMA))?;
        (self.is(open, QUOTE) && open > low && self.is(open - 1, WORD)).then_some(open)
    }

    /// A phrase without the adverbs and adverbial phrases before it.
    fn strip(&self, range: Range<usize>) -> (Who, usize) {
        let (mut from, end) = (range.start, range.end);
        // "Más de la mitad de los encuestados"
        let quantity = |i: usize| self.is(i, QUANTITY) && self.is(i + 1, LINK | SUBORDINATOR | PREPOSITION) && i + 2 < end;
        // "Newly appointed chief Ana Gil"
        let describes =
            |i: usize| !self.verbs_agree && self.is(i, ADVERB) && self.is(i + 1, PAST) && self.is(i + 2, ROLE | TITLE) && i + 2 < end;
        while from < end
            && self.is(from, CONJUNCTION | ADVERB)
            && !self.is(from, DETERMINER | PRONOUN)
            && !quantity(from)
            && !describes(from)
        {
            from += 1;
        }
        // "Horas antes había dicho", "Within minutes thousands of people were": past the time.
        let time = from + usize::from(self.is(from, PREPOSITION));
        let unit = (time..end.min(time + 3))
            .find(|&i| self.is(i, UNIT) && !(time..i).any(|j| self.is(j, LINK) || self.is(j, CAPITAL) && !self.sentence_starts(j)));
        let behind = unit.map(|u| (u + 1..end).find(|&i| !self.is(i, ADVERB | PREPOSITION) || self.is(i, LINK)).unwrap_or(end));
        if let (Some(unit), Some(behind)) = (unit, behind)
            && (behind == end || !self.is(behind, LINK))
            && (time > from || behind > unit + 1 || self.is(from.wrapping_sub(1), AGO))
        {
            from = behind;
        }
        // "Este viernes la Fiscalía", "El martes 5 de julio el Gobierno"
        // "Esa misma tarde los vecinos", "Este mes de julio la ONU"
        let time = |i: &usize| self.is(*i, ADVERB | UNIT) && !self.is(*i, CAPITAL | PREPOSITION);
        let near = from + if self.verbs_agree { 3 } else { 2 };
        let time = (from + 1..end.min(near)).find(time).filter(|_| self.is(from, DETERMINER));
        let month = |t: usize| t + 1 + if self.is(t + 1, LINK) && self.is(t + 2, ADVERB) { 2 } else { 0 };
        let behind = time.map(|t| self.skip_adverbials(if self.is(t, UNIT) { month(t) } else { t }, end));
        let dated = behind.filter(|&b| b < end && self.is(b, DETERMINER | CAPITAL) && !self.is(b, LINK));
        from = dated.unwrap_or(from);
        // "Refiriéndose a los ataques la ministra"
        let gerund = self.verbs_agree && self.is(from, GERUND) && !self.is(from, ROLE | PEOPLE | SOURCE);
        if (self.is(from, PREPOSITION | SUBORDINATOR) || gerund) && from < end {
            // "In a statement the ministry", "Al borde del llanto la mujer": the phrase after the prepositional one.
            let next = (from + 2..end).find(|&i| {
                let own = self.is(i, DETERMINER | PRONOUN) && !self.is(i, LINK) && !self.is(i - 1, PREPOSITION | DETERMINER | LINK);
                // "blamed “bandits” for the unrest and the ministry said": in a part of its own.
                own && (!self.is(i - 1, CONJUNCTION) || self.is(range.start.wrapping_sub(1), QUOTE))
            });
            let run = (from + 1..end)
                .find(|&i| !self.is(i, CAPITAL))
                .filter(|&i| i > from + 1 && i < end && !self.is(i, PREPOSITION | CONJUNCTION));
            match next.or(run) {
                Some(i) => from = i,
                // "Before the mayor said": the clause it opens has its own subject.
                None if self.is(from, OPENER) && self.phrase_from(from + 1, end).is_some_and(|p| p.end == end) => from += 1,
                None => return (Who::Absent, end),
            }
            while from < end && self.is(from, ADVERB | CONJUNCTION) {
                from += 1;
            }
        }
        if from >= end {
            return (Who::Absent, end);
        }
        if end >= from + 3 && self.one_of_them(end - 3) {
            return (Who::Phrase(end - 3..end), end - 3);
        }
        if self.is(end - 1, PRONOUN) {
            return (Who::Anaphor(end - 1..end), end - 1); // "Speaking to the public he said"
        }
        // "a claim her office denies": the clause that hangs on a noun has its own subject.
        let noun = |i: usize| self.is(i, WORD) && !self.is(i, DETERMINER | PREPOSITION | CONJUNCTION | ADVERB | CAPITAL | PLURAL);
        let own = (from + 2..end.saturating_sub(1))
            .rev()
            .find(|&i| self.is(i, DETERMINER) && self.is(from, DETERMINER) && noun(i - 1) && !self.is(i + 1, UNIT | ADVERB));
        if let Some(own) = own.filter(|_| !self.verbs_agree) {
            return (self.who(own..end), own);
        }
        // "Un rato después borró el mensaje y publicó otro"
        if self.is(end - 1, UNIT) && end - from <= 2 {
            return (Who::Absent, end);
        }
        (self.who(from..end), from)
    }

    /// A phrase as who it names.
    pub(super) fn who(&self, range: Range<usize>) -> Who {
        // "P. La junta sostiene": the mark of a question.
        let marked = self.is(range.start, ASKS | ANSWERS) && self.written(range.start + 1) == "." && self.sentence_starts(range.start);
        let range = if marked && self.is(range.start + 2, DETERMINER) { range.start + 2..range.end } else { range };
        let range = range.start..range.clone().find(|&i| self.tells_of(range.start, i)).unwrap_or(range.end);
        // "Su abogado" is somebody else.
        let roles = range.clone().all(|i| self.is(i, DETERMINER | ROLE) && !self.is(i, INDEFINITE | POSSESSIVE));
        // "la jefa comunal", "esta mujer de 46 años"
        let (start, noun) = (range.start, range.start + 1);
        let definite = self.is(start, DETERMINER) && !self.is(start, INDEFINITE | POSSESSIVE) && self.is(noun, ANY_ROLE);
        let adjective =
            self.verbs_agree && definite && range.len() == 3 && self.is(start + 2, WORD) && !self.is(start + 2, FUNCTION | CAPITAL);
        let digits = self.written(start + 3).starts_with(|c: char| c.is_ascii_digit());
        let of_age = definite && range.len() >= 4 && self.is(start + 2, LINK) && digits;
        let alone = range.len() == 1 && self.is(start, OBLIQUE);
        // "No minister said that", but "No 10 said" and "no fewer than ten"
        let number = self.written(noun).starts_with(|c: char| c.is_ascii_digit());
        if self.is(start, NOBODY) && !number && !range.clone().any(|i| self.is(i, QUANTITY)) {
            Who::Nobody
        } else if of_age {
            Who::Anaphor(start..start + 2)
        } else if alone || self.is(range.start, PRONOUN) || adjective || roles && range.len() == 2 && self.is(range.start, DETERMINER) {
            Who::Anaphor(range)
        } else if self.is(start, AUXILIARY) && !self.is(start, CAPITAL) && range.len() > 1 || range.len() == 1 && self.is(start, CLITIC) {
            Who::Absent // "fue lo único que dijo", "Lo ocurrido, insistió, …"
        } else {
            Who::Phrase(range)
        }
    }

    /// Whether a name stands in apposition to whom a preposition brings in, so that the sentence is not about it: "Sobre su sucesor,
    /// Nelson Otegui, prefiere no opinar".
    fn apposed_aside(&self, name: usize, low: usize) -> bool {
        let Some(noun) = name.checked_sub(2).filter(|&n| n >= low && self.is(n + 1, COMMA) && self.is(n, ROLE | PEOPLE)) else {
            return false;
        };
        (low..noun).rev().take(3).find(|&j| !self.is(j, DETERMINER | POSSESSIVE)).is_some_and(|j| self.is(j, PREPOSITION))
    }

    /// The first name of a person in a range, read no further than a fixed reach.
    pub(super) fn person_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let end = range.end.min(range.start + REACH);
        let mut i = range.start;
        while i < end {
            if !self.is(i, CAPITAL) || self.is(i, FUNCTION | MANNER) {
                i += 1;
                continue;
            }
            let mut to = i + 1;
            while to < end && (self.is(to, CAPITAL) || self.inner_mark(to) || self.is(to, LINK) && self.is(to + 1, CAPITAL)) {
                to += 1;
            }
            let before = i.checked_sub(1).filter(|_| i > range.start);
            let titled = before.is_some_and(|b| self.is(b, TITLE | ROLE)) || self.is(i, TITLE);
            let verb = (to..end).find(|&j| !self.is(j, CLITIC | ADVERB) || self.finite(j)).unwrap_or(to);
            let opens =
                i == range.start && self.is(to, COMMA) || before.is_none_or(|b| self.is(b, COMMA | CONJUNCTION)) && self.finite(verb);
            let letters = self.written(i).chars().count() > 1 && self.written(i).chars().all(char::is_uppercase);
            let opens = opens && !(to == i + 1 && (letters || is_place(self.written(i))));
            // "A Ana Gil esa frase la despierta": whom the sentence begins with.
            let given =
                || self.is(i, FEMININE | MASCULINE) && to - i > 1 && self.is(to, DETERMINER | CLITIC) && self.sentence_starts(range.start);
            let fronted = self.verbs_agree && i == range.start + 1 && self.is(range.start, PREPOSITION) && given();
            // The label of a turn names who speaks, not whom he speaks of.
            let label = before.is_none() && self.written(to) == ":";
            let named = !label && (to - i > 1 || titled || opens);
            // "the Rev. Curtis Hall"
            let the_rev = |b: usize| self.is(i, TITLE) && self.is(b, DETERMINER);
            // "a su vecino Luis Gil": somebody of whom the sentence is about.
            let kin =
                |b: usize| b > range.start + 1 && self.is(b, ROLE | PEOPLE) && self.is(b - 1, POSSESSIVE) && self.is(b - 2, PREPOSITION);
            let other = self.apposed_aside(i, range.start)
                || before.is_some_and(kin)
                // "Pressed, he allowed": nobody's name.
                || before.is_none() && self.is(i, FRONTED) && to == i + 1
                || (i..to).any(|j| self.is(j, ORGANISATION))
                // "a lawmaker representing Maru South": whom somebody represents.
                || !fronted && before.is_some_and(|b| self.is(b, DETERMINER | PREPOSITION | GERUND) && !self.is(b, ROLE) && !the_rev(b));
            if named && !other && !self.possessive(to - 1) {
                return Some(i..to);
            }
            i = to;
        }
        None
    }

    /// The end of what may stand between a verb and what it governs: adverbs, times, prepositional phrases, who is told.
    pub(super) fn skip_adverbials(&self, from: usize, end: usize) -> usize {
        let number = |i: usize| self.is(i, WORD) && self.written(i).starts_with(|c: char| c.is_ascii_digit());
        let dot = |i: usize| self.written(i) == ".";
        let mut i = from;
        while i < end {
            let bare_noun = self.is(i, PREPOSITION) && !self.is(i + 1, CAPITAL | DETERMINER | ADVERB | LINK | PRONOUN);
            if self.is(i, AGO) && self.is(i + 2, UNIT) && (self.is(i + 1, INDEFINITE | DETERMINER) || self.counts(i + 1)) {
                i += 3; // "informó hace una semana que"
            } else if self.is(i, ADVERB | MANNER) && !self.is(i, COMPLEMENTIZER) && !bare_noun {
                i += 1;
            } else if self.opens_adverbial(i) && self.is(i + 1, LISTENER) && !(self.is(i + 1, POSSESSIVE) && self.has_own(i + 1)) {
                i = self.after_listener(i + 1);
            } else if self.opens_adverbial(i) && self.is(i + 1, DETERMINER) && self.is(i + 2, LISTENER) {
                i = self.after_listener(i + 2);
            } else if self.opens_adverbial(i) && self.is(i + 1, VERBAL) && !self.is(i + 1, CAPITAL | ROLE | PEOPLE | SOURCE) {
                i = self.phrase_from(i + 2, end).map_or(i + 2, |p| p.end); // "sin bajar la pala"
            } else if self.opens_adverbial(i) {
                let phrase = self.phrase_from(i + 1, end);
                // "en un español fluido Roseline Pierre": who speaks is no part of something new.
                let new = self.is(i + 1, INDEFINITE) && !self.is(i + 2, CAPITAL);
                let name = phrase.clone().filter(|_| new).and_then(|p| (p.start + 2..p.end).find(|&j| self.is(j, CAPITAL)));
                // "narró entre lágrimas Reina Suazo", but "dijo en radio Continental"
                let bare = self.is(i + 1, WORD) && !self.is(i + 1, CAPITAL | DETERMINER | LISTENER | ORGANISATION);
                let two = |j: &usize| self.is(*j, CAPITAL) && self.is(*j + 1, CAPITAL);
                let name = name.or_else(|| phrase.clone().filter(|_| bare).and_then(|p| (p.start + 1..p.end).find(two)));
                // "dijo a la salida Pedro Gil", but "en la plaza María Pita"
                let given = |j: &usize| two(j) && self.is(*j, FEMININE | MASCULINE) && !self.is(j - 1, CAPITAL | LINK);
                let someone = |p: Range<usize>| {
                    let name = (p.start + 2..p.end).find(given)?;
                    // "señaló por su parte Luis Acosta"
                    let his = self.is(name - 2, POSSESSIVE);
                    let noun = self.is(name - 1, SITE | ROLE | PEOPLE | ORGANISATION | LISTENER | TITLE | WORK)
                        || !his && self.is(name - 1, SOURCE);
                    (!noun && !self.finite(name - 1) && (name + 2..p.end).all(|j| self.is(j, CAPITAL))).then_some(name)
                };
                let name = name.or_else(|| phrase.clone().filter(|_| self.verbs_agree && self.is(i + 1, DETERMINER)).and_then(someone));
                // "dijo al Nuevo Diario Manuel Gil", but "dijo a Juan Manuel Gil", "en la Plaza María Pita"
                let name = name.or_else(|| self.behind_outlet(i + 1).filter(|_| self.verbs_agree));
                // "relató durante el juicio uno de los sobrevivientes"
                let one = |j: &usize| self.is(*j, INDEFINITE) && self.is(*j + 1, LINK) && self.is(*j + 2, DETERMINER);
                let name = name.or_else(|| phrase.clone().filter(|_| self.verbs_agree).and_then(|p| (p.start + 2..p.end).find(one)));
                i = name.or(phrase.map(|p| p.end)).unwrap_or(i + 1);
            } else if let Some(after) = self.time_span(i) {
                i = after;
            } else if self.is(i, DETERMINER) && self.is(i + 1, ADVERB) {
                i += 2;
            } else if self.is(i, LISTENER) && !self.verbs_agree && !self.owns(i) {
                i += 1;
            } else if self.is(i, DETERMINER) && self.is(i + 1, LISTENER) && !self.verbs_agree {
                i += 2; // "told the court"; Spanish needs a preposition there
            } else if i > from && number(i + usize::from(dot(i))) && self.is(i - 1, ADVERB) {
                i += 1 + usize::from(dot(i)); // "on June 5", "Jan. 5"
            } else {
                break;
            }
        }
        i.min(end)
    }

    /// "said her arm", "wrote Judge Gil": no one who is told, but whose it is, or a title.
    fn owns(&self, i: usize) -> bool {
        let noun = self.has_own(i) && !self.is(i + 1, CAPITAL);
        self.is(i, POSSESSIVE) && noun || self.is(i, CAPITAL | TITLE) && self.is(i + 1, CAPITAL)
    }

    /// Whether a possessive has its noun behind it ("on [her] Facebook page").
    fn has_own(&self, i: usize) -> bool {
        self.is(i + 1, WORD) && !self.is(i + 1, FUNCTION | INFINITIVE)
    }

    /// Whether words say of which party and state somebody is: "Rep. Mia Tran, [D-Calif.], said".
    fn is_party(&self, words: &Range<usize>) -> bool {
        const LONGEST: usize = 12;
        self.span(words).is_some_and(|s| s.len() <= LONGEST && party_and_state(s.of(self.text)))
    }

    /// The comma before such words that end at `end`, else `end`.
    fn before_party(&self, end: usize, low: usize) -> usize {
        let open = (low..end).rev().take(4).find(|&i| self.is(i, COMMA));
        open.filter(|&o| o > low && self.is_party(&(o + 1..end))).unwrap_or(end)
    }

    /// Where, in a phrase set off by a comma, a noun for what was told ends before whoever speaks of it: ", a claim [Gil] denies".
    pub(super) fn behind_account(&self, phrase: &Range<usize>) -> Option<usize> {
        let noun = phrase.start + usize::from(self.is(phrase.start, INDEFINITE));
        let set_off = self.is(phrase.start.wrapping_sub(1), COMMA) && self.is(noun, ACCOUNT | REMARK) && !self.is(noun, CAPITAL);
        (set_off && noun + 1 < phrase.end && self.is(noun + 1, CAPITAL | DETERMINER | PLURAL)).then_some(noun + 1)
    }

    /// A name of several words behind an office or a rank in small letters: "comisario Raúl Ferrero", "mayor general Miguel Gil".
    fn is_titled_name(&self, phrase: &Range<usize>) -> bool {
        let rank = |i: usize| self.is(i, ROLE | TITLE);
        let name = match phrase.start {
            i if rank(i) && self.is(i + 1, CAPITAL) => i + 1,
            i if (rank(i) || rank(i + 1)) && !self.is(i, CAPITAL) => i + 2,
            _ => return false,
        };
        phrase.len() > 2 && name < phrase.end && self.is_name(&(name..phrase.end))
    }

    /// Where the full name of somebody begins right behind that of an outlet: "al Nuevo Diario [Manuel Gil]", but "a Juan Manuel Gil".
    fn behind_outlet(&self, from: usize) -> Option<usize> {
        let outlet = |j: usize| self.is(j, DETERMINER) || !self.is(j, FEMININE | MASCULINE | TITLE | ROLE | PEOPLE | SITE);
        // "a Página 13 Zulema Ruiz"
        let number = |j: usize| j > from && self.written(j).starts_with(|c: char| c.is_ascii_digit());
        let name = (from..from + REACH).find(|&j| !number(j) && (!self.is(j, CAPITAL) || !outlet(j)))?;
        (name > from && self.is(name, FEMININE | MASCULINE) && self.is(name, CAPITAL) && self.is(name + 1, CAPITAL)).then_some(name)
    }

    /// The token after who is told, with the one word that names a station or paper ("con radio Continental").
    fn after_listener(&self, i: usize) -> usize {
        // "con Radio Bío Bío", "a Agencia Sur", but "a radio Continental Luis Gil"
        let outlet = self.verbs_agree
            && self.is(i, WORK | ORGANISATION)
            && (self.is(i, CAPITAL) || self.is(i + 2, CAPITAL) && !self.is(i.wrapping_sub(1), DETERMINER));
        if outlet && self.is(i + 1, CAPITAL) {
            // "a La Prensa Ana Gil", but "con Radio María"
            let least = if self.is(i - 1, DETERMINER) { i } else { i + 1 };
            let given = |j: usize| j > least && self.is(j, FEMININE | MASCULINE);
            return (i + 1..i + REACH).find(|&j| !self.is(j, CAPITAL) || given(j)).unwrap_or(i + 2);
        }
        // "al diario El Sur Ana Gil"
        if let Some(name) = self.behind_outlet(i + 1).filter(|_| self.verbs_agree) {
            return name;
        }
        // "al diario El Sur el ministro"
        if self.verbs_agree && self.is(i + 1, CAPITAL) && self.is(i + 1, DETERMINER) && self.is(i + 2, CAPITAL) {
            return (i + 2..i + REACH).find(|&j| !self.is(j, CAPITAL)).unwrap_or(i + 3);
        }
        // "declaró a BBC Persa", "dijo a TV Globo"
        let letters = self.written(i).chars().count() > 1 && self.written(i).chars().all(char::is_uppercase);
        if self.verbs_agree && letters && self.is(i + 1, CAPITAL) && !self.is(i + 1, FEMININE | MASCULINE) && !self.is(i + 2, CAPITAL) {
            return i + 2;
        }
        let described = self.is(i + 2, COMMA) && self.is(i + 3, RELATIVE | INDEFINITE);
        let named = !self.is(i, CAPITAL) && self.is(i + 1, CAPITAL) && !self.is(i + 2, CAPITAL) && !described;
        // "a la televisión estatal que"
        let kind = self.is(i + 1, WORD) && !self.is(i + 1, FUNCTION) && self.is(i + 2, COMPLEMENTIZER);
        i + 1 + usize::from(named || kind)
    }

    /// The end of "hours", "two days" before an adverb or a preposition ("hours later", "two days after the vote").
    fn time_span(&self, i: usize) -> Option<usize> {
        let unit = if self.is(i, UNIT) { i } else { i + 1 };
        let closes = self.is(unit + 1, STOP | COMMA | QUOTE | BREAK) && unit > i;
        let relates = self.is(unit + 1, ADVERB | PREPOSITION) && !self.is(unit + 1, LINK) || closes;
        (self.is(i, WORD) && self.is(unit, UNIT) && relates).then_some(unit + 1)
    }

    /// A preposition that is not part of a quantity ("at least", "about 50").
    pub(super) fn opens_adverbial(&self, i: usize) -> bool {
        let number = self.written(i + 1).starts_with(|c: char| c.is_ascii_digit());
        self.is(i, PREPOSITION) && !(self.is(i + 1, QUANTITY) || self.is(i, QUANTITY) && number)
    }

    /// Where the clause that begins at `from` ends: at the latest at `end`, before another attribution begins.
    pub(super) fn clause_end(&self, from: usize, end: usize, inside: &[bool]) -> usize {
        let speaks = [Frame::Speech, Frame::Thought];
        let verbs = [Frame::Speech, Frame::Thought, Frame::Stance];
        let closing = self.closing_attribution(from, end);
        let dash = |i: usize| self.is(i, DASH) && !self.inner_break(i);
        let low = self.start_of_sentence(from).max(from.saturating_sub(2 * REACH));
        // "Gil — who has said she regrets it — told": what the first dash opens, the second closes.
        let set_in = (low..from).filter(|&i| dash(i)).count() % 2 == 1;
        let opens_marks = |i: usize| inside.get(i + 1).copied().unwrap_or(false);
        let in_marks = |i: usize| self.is(i, QUOTE) && i > from + 1 && self.is(i - 1, COMMA) && !opens_marks(i);
        let mut i = from;
        while i < end {
            if inside.get(i).copied().unwrap_or(false) {
                i += 1;
                continue;
            }
            if closing == Some(i) || set_in && dash(i) && i > from {
                break;
            }
            // "negó que lo fuera: un funcionario lo llamó …": somebody else's words.
            let other = |colon: usize| {
                let verb = (colon + 1..end.min(colon + 16)).find(|&j| self.finite(j))?;
                self.cue(verb, &[Frame::Speech, Frame::Thought, Frame::Stance, Frame::Finding])
                    .filter(|_| matches!(self.subject(verb, colon + 1).0, Who::Phrase(p) if self.can_speak(&p)))
            };
            // "negó que lo fuera: fue, dijo, «propaganda»": what the colon opens is said anew.
            let anew = |colon: usize| {
                let says = (colon + 1..end.min(colon + 8)).find(|&j| self.cue(j, &speaks).is_some())?;
                (self.is(says - 1, COMMA) && self.is(says + 1, COMMA)).then_some(says)
            };
            let near = |colon: usize| from.max(colon.saturating_sub(REACH))..colon;
            let opens =
                |colon: usize| self.is(colon + 1, QUOTE) || anew(colon).is_some() || other(colon).is_some() && self.has_finite(near(colon));
            // "said that it was over; and that nobody had died"
            let that = i + 1 + usize::from(self.is(i + 1, CONJUNCTION));
            if self.written(i) == ";" && self.is(that, COMPLEMENTIZER) && self.is(from.wrapping_sub(1), COMPLEMENTIZER) {
                i = that + 1;
                continue;
            }
            if self.written(i) == ";" || self.written(i) == ":" && !self.inner_break(i) && opens(i) {
                break;
            }
            // "said they “failed to act,” adding", "“failed to act,” according to": the comma stands inside the marks.
            if in_marks(i) && self.cue(i + 1, &[Frame::Participle, Frame::Origin]).is_some() {
                return (i + 1).min(end);
            }
            // "with the Congress alleging that it fled and the BJP retorting that …"
            let beside = |p: Range<usize>| {
                self.cue(p.end, &[Frame::Participle]).is_some() && (self.can_speak(&p) || self.is(p.start, DETERMINER | INDEFINITE))
            };
            let with = || (low..from).any(|j| self.is(j, ABSOLUTE));
            if (self.is(i, CONJUNCTION) && with() || self.is(i, ABSOLUTE) && self.is(i.wrapping_sub(1), COMMA) && i > from + 1)
                && self.phrase_from(i + 1, end).is_some_and(beside)
            {
                break;
            }
            let comma = self.is(i, COMMA) || in_marks(i) && self.is(i + 1, CONJUNCTION);
            // "…, a charge the campaign rejected": of what was said, and not said.
            if comma && i > from + 1 && self.is(i + 1, INDEFINITE) && self.cue(i + 2, &[Frame::Noun]).is_some() {
                break;
            }
            // "…, something that the police denied", "… -- a claim the police denied", "… – a reference to the capital of the province"
            let aside = i + 1 + usize::from(dash(i) && self.is(i + 1, DASH));
            if (comma || dash(i) && !self.is(i.wrapping_sub(1), DASH))
                && i > from + 1
                && (self.glosses(aside, end) || self.denied(aside, end))
            {
                break;
            }
            if (comma || self.is(i, CONJUNCTION)) && i > from {
                let mut next = i + 1;
                while next < end && self.is(next, CONJUNCTION | SUBORDINATOR | ADVERB | CLITIC | AUXILIARY) && !self.is(next, PRONOUN) {
                    next += 1;
                }
                // "…, al tiempo que prometió", but "que hay dos muertos, mientras que otros diez están heridos"
                let goes_on = |j: usize| self.is(j, SUBORDINATOR) && !(j..end.min(j + REACH)).any(|v| self.cue(v, &verbs).is_some());
                let beside = |j: usize| self.is(j, BESIDE) && self.is(j + 1, COMPLEMENTIZER | SUBORDINATOR) && !goes_on(j);
                if comma && (i + 1..i + 4).any(beside) {
                    break;
                }
                // "recordó que en 1982 mataron a tres y que entonces, asegura, no hubo guerrilla": set in, and of the same.
                let alone = |j: usize| self.cue(j, &speaks).is_some_and(|c| self.is(j + c.len, COMMA));
                if comma && self.verbs_agree && next == i + 1 && alone(next) && i > from + 1 {
                    i = next + 1;
                    continue;
                }
                // "a failure of the agencies, which, he said, were scared"
                let said = |j: usize| self.is(j, PRONOUN) && self.cue(j + 1, &speaks).is_some() && self.is(j + 2, COMMA);
                if comma && !self.verbs_agree && self.is(i - 1, RELATIVE) && said(i + 1) {
                    i += 4;
                    continue;
                }
                // An origin set into the clause does not end it.
                let origin = comma && self.cue(next, &[Frame::Origin]).is_some();
                let close = || (next..end).find(|&j| self.is(j, COMMA)).filter(|&c| c > next + 1 && self.has_finite(c..end));
                // "think it is lost, according to a poll, but they differ on why": what follows is the writer's again.
                let set_in = || close().is_some_and(|c| !origin || !self.is(c + 1, CONJUNCTION) || self.is(c + 2, COMPLEMENTIZER));
                // "the absence of leaders, mocked at first as amateurish, has become": what is set in ends nothing.
                if comma && next == i + 1 && self.is(next, PAST) && self.is(next + 1, PREPOSITION | ADVERB) && set_in() {
                    i = next + 1;
                    continue;
                }
                // "and gunmen fired", "y dispararon": a verb of saying only beside words in marks.
                let marks = |v: usize| (v + 1..end.min(v + 12)).any(|j| self.is(j, QUOTE) || self.written(j) == ":");
                // "que, tras los incidentes, se reportó otro fallecido": nobody else's words.
                let nobody = |v: usize| comma && v == i + 2 && v == next && self.is(i + 1, REFLEXIVE) && !self.is(v + 1, COMPLEMENTIZER);
                // "as looting and attacks on officers went on": a noun.
                let noun =
                    |v: usize| !comma && v == i + 1 && self.is(v, NOUN_TOO) && self.is(v + 1, PREPOSITION) && !self.is(i - 1, CAPITAL);
                let says = |v: usize, frames: &[Frame]| self.cue(v, frames).is_some_and(|c| !c.marks || marks(v)) && !nobody(v) && !noun(v);
                // "that the chief whip, Simon Hart, has told": the clause's own verb.
                let near = from.max(i.saturating_sub(REACH));
                let own = comma && near == from && !self.has_finite(from..i) && (from + 1..i).any(|j| self.is(j, COMMA));
                if origin && !set_in() || comma && self.cue(next, &[Frame::Participle]).is_some() || says(next, &verbs) && !own {
                    break;
                }
                // "…, but refused to say how many", "…, pero evitó aclarar cuántos"
                let governed = (next + 1..end.min(next + 3))
                    .find(|&j| self.cue(j, &speaks).is_some_and(|c| c.infinitive || self.is(j - 1, INFINITIVE)));
                // "…, aunque evitó referirse a ello"
                let means = self.is(next, WANTS) && self.is(next + 1, VERBAL | INFINITIVE);
                if self.is(next.wrapping_sub(1), CONJUNCTION | SUBORDINATOR)
                    && (governed.is_some() || means && comma)
                    && self.is(next, WORD)
                    && !self.is(next, DETERMINER | PRONOUN)
                {
                    break;
                }
                // "…, but a rebel spokesman, Abu Omar, says only three died"
                let set_in = |open: usize| {
                    let close = (open + 1..end.min(open + 8)).find(|&j| self.is(j, COMMA) || self.finite(j))?;
                    (self.is(open, COMMA) && self.is(open + 1, CAPITAL | PREPOSITION) && self.is(close, COMMA)).then_some(close + 1)
                };
                let plain = |from: usize| {
                    let reduced = |j: usize| self.is(j, PAST) && self.is(j + 1, AGENT);
                    // "but he also warned that"
                    let aside = |j: usize| self.is(j, ADVERB) && self.is(j - 1, PRONOUN);
                    let ends = |j: usize| self.is(j, COMMA | RELATIVE | COMPLEMENTIZER) || self.finite(j) && !reduced(j) && !aside(j);
                    (from..end.min(from + 12)).find(|&j| ends(j))
                };
                // "…, but some of those who came said": over a relative clause.
                let described = |relative: usize| {
                    let own = (relative + 1..end.min(relative + 8)).find(|&j| self.finite(j) || self.is(j, COMMA))?;
                    let behind = (own + 1..end.min(own + 8)).take_while(|&j| self.is(j, WORD) && !self.is(j, COMPLEMENTIZER));
                    let says = |&j: &usize| self.cue(j, &speaks).is_some_and(|c| !c.marks && !c.infinitive) && !self.is(j - 1, INFINITIVE);
                    behind.into_iter().find(says).filter(|_| self.is(relative, RELATIVE) && relative > next && !self.is(own, COMMA))
                };
                let verb = plain(next).map(|j| set_in(j).or_else(|| described(j)).unwrap_or(j)).filter(|&j| j < end && self.finite(j));
                // "…, while the opposition called for an inquiry"
                // "contend it would help, and the paper has urged a vote"
                let beside = self.is(i + 1, SUBORDINATOR) || self.is(i + 1, CONJUNCTION) && !self.is(from.wrapping_sub(1), COMPLEMENTIZER);
                let frames = if comma && beside { &verbs[..] } else { &speaks[..] };
                // "…, and an audit later found that": with its opening word.
                let finds = |v: usize| {
                    let opens = |v: usize| self.is(self.skip_adverbials(v + 1, end), COMPLEMENTIZER);
                    comma && self.cue(v, &[Frame::Finding]).is_some() && opens(v)
                };
                // "and the paper has urged"
                let verb = verb.map(|v| if self.is(v, PERFECT) && self.is(v + 1, PAST) { v + 1 } else { v });
                // "assistance to fight the war he himself declared": of the war.
                let own = |v: usize| {
                    let (who, start) = self.subject(v, i + 1);
                    who != Who::Absent && !(self.is(start, PRONOUN) && (next..start).any(|j| self.is(j, WORD) && !self.is(j, FUNCTION)))
                };
                if verb.is_some_and(|v| (says(v, frames) || finds(v)) && own(v)) {
                    break;
                }
            }
            i += 1;
        }
        // The mark that closes behind a comma belongs to what it closes.
        (i + usize::from(i < end && in_marks(i))).min(end)
    }

    /// "a reference to the capital", "en alusión a su rival": what the writer adds to explain it.
    fn glosses(&self, i: usize, end: usize) -> bool {
        const NEAR: usize = 4;
        let gloss = (i..end.min(i + NEAR)).take_while(|&j| self.is(j, WORD) && !self.finite(j)).find(|&j| self.is(j, GLOSS));
        // "…, referring to the clashes of 1980"
        let refers = |g: usize| if g > i { self.is(i, INDEFINITE | PREPOSITION) } else { self.is(g, GERUND) };
        gloss.is_some_and(|g| refers(g) && self.is(g + 1, PREPOSITION))
    }

    /// "something that the police denied", "a version villagers called absurd": what others say of what was said, or the writer.
    fn denied(&self, i: usize, end: usize) -> bool {
        const NEAR: usize = 8;
        let noun = self.is(i, WORD) && !self.is(i, RELATIVE | CAPITAL | SUBORDINATOR | CONJUNCTION);
        let relative = (i + 1..end.min(i + 3)).find(|&j| self.is(j, RELATIVE)).filter(|_| noun);
        // "a remark that angered the opposition", "palabras por las que fue criticado"
        let remark = |j: usize| {
            self.is(j, REMARK)
                && (self.is(j + 1, RELATIVE) || self.is(j + 1, PREPOSITION) && (self.is(j + 2, RELATIVE) || self.is(j + 3, RELATIVE)))
        };
        if noun && (remark(i) || self.is(i, INDEFINITE) && remark(i + 1)) {
            return true;
        }
        let reduced = (self.is(i, INDEFINITE) && noun && self.is(i + 2, PLURAL | SOURCE | DETERMINER | CAPITAL | PRONOUN)).then_some(i + 1);
        let Some(from) = relative.or(reduced) else { return false };
        // "in Kano, a city the army attacked": no account.
        let account = self.is(i, ACCOUNT) || self.is(i + 1, ACCOUNT);
        let judges = |j: usize| self.is(j, DENIES) || account && self.cue(j, &[Frame::Stance, Frame::Speech]).is_some();
        (from + 1..end.min(from + NEAR)).take_while(|&j| self.is(j, WORD) && !self.is(j, COMPLEMENTIZER)).any(judges)
    }

    /// The comma before the attribution that closes a sentence: "…, polls show.", "…, two people who were there said."
    fn closing_attribution(&self, from: usize, end: usize) -> Option<usize> {
        let last = (from..end).rev().take(2).find(|&i| self.is(i, WORD))?;
        let verb = (last.saturating_sub(1)..=last).find(|&v| v > from && self.cues[v].is_some_and(|c| v + c.len == last + 1))?;
        self.cue(verb, &[Frame::Speech, Frame::Thought, Frame::Finding])?;
        let comma = (from..verb).rev().take(REACH).find(|&i| self.is(i, COMMA))?;
        let (who, start) = self.subject(verb, comma + 1);
        let speaks = matches!(&who, Who::Phrase(p) if self.can_speak(p)) || matches!(who, Who::Anaphor(_));
        // "a version that is “more generous,” sources said": the comma stands inside the marks.
        let marks = usize::from(self.is(comma + 1, QUOTE));
        (speaks && start == comma + 1 + marks).then_some(comma + marks + marks)
    }

    /// Where the clause that holds a token begins.
    pub(super) fn clause_start(&self, at: usize, low: usize) -> usize {
        // "El plan, que costará 30 millones, comenzará, según la alcaldesa, en enero": what commas set into the clause is over.
        let mut goes_on = false;
        (low..at)
            .rev()
            .take(2 * REACH)
            .find(|&i| {
                if self.is(i, COMMA) {
                    let verb = (i + 1..at).find(|&j| !self.is(j, CLITIC | ADVERB)).filter(|&v| v < at);
                    goes_on = verb.is_some_and(|v| self.finite(v));
                }
                let over = goes_on && i > low && self.is(i, RELATIVE) && self.is(i - 1, COMMA);
                self.is(i, SUBORDINATOR | RELATIVE | COMPLEMENTIZER) && !over
                    || self.is(i, BREAK) && !self.inner_break(i)
                    || self.is(i, QUESTION) && !self.is(i, DETERMINER)
            })
            .map_or(low.max(at.saturating_sub(2 * REACH)), |i| i + 1)
    }

    /// A mark between two digits ("8:30").
    pub(super) fn inner_break(&self, i: usize) -> bool {
        let touches = |a: usize, b: usize| self.tokens.get(a).zip(self.tokens.get(b)).is_some_and(|(a, b)| a.span.end == b.span.start);
        i > 0 && touches(i - 1, i) && touches(i, i + 1)
    }

    /// A range without the marks and conjunctions at its ends that belong to the sentence around it.
    pub(super) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let (mut from, mut to) = (range.start, range.end.min(self.tokens.len()));
        while from < to
            && (self.is(from, COMMA | DASH | CONJUNCTION) || self.is(from, STOP) || matches!(self.written(from), ":" | ")" | ";"))
        {
            from += 1;
        }
        while from < to && (self.is(to - 1, COMMA | DASH | CONJUNCTION) || matches!(self.written(to - 1), "." | "(" | ":" | ";")) {
            to -= 1;
        }
        from..to
    }
}

/// How many tokens of a sentence are its dateline ("LIMA, 9 ene (Reuters) -", "Valencia / Europa Press —"): a place in capitals, or names
/// beside an agency's brackets or stroke, and all up to a dash.
fn dateline(text: &str, tokens: &[Token]) -> usize {
    const LONGEST: usize = 16;
    let written = |t: &Token| t.span.of(text);
    let place = tokens.first().is_some_and(|t| {
        let w = written(t);
        w.chars().count() > 2 && w.chars().all(|c| c.is_uppercase() || c == '-')
    });
    // "21:40 Police have begun": the time of a live report.
    let number = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    if number(0) && tokens.get(1).is_some_and(|t| written(t) == ":") && number(2) {
        let bar = usize::from(tokens.get(3).is_some_and(|t| written(t) == "|"));
        let upper = |i: usize| tokens.get(i).is_some_and(|t| written(t).starts_with(char::is_uppercase));
        // "10:47 p.m. — Vandersteen has taken the stage"
        const ZONE: usize = 6;
        let set_off = (3..3 + ZONE).find(|&i| tokens.get(i).is_some_and(|t| mark(written(t)) & DASH != 0 || written(t) == ":"));
        let zoned = set_off.filter(|&i| upper(i + 1)).map_or(0, |i| i + 1);
        return if upper(3 + bar) { 3 + bar } else { zoned };
    }
    // "6.10pm: The premier has spoken"
    let clock = tokens.first().is_some_and(|t| written(t).starts_with(|c: char| c.is_ascii_digit()));
    let colon = tokens.iter().take(3).position(|t| written(t) == ":").filter(|_| clock);
    if let Some(colon) = colon
        && tokens.get(colon + 1).is_some_and(|t| written(t).starts_with(char::is_uppercase))
    {
        return colon + 1;
    }
    // "BAGHDAD: At least 12 people died"
    let told_from = || tokens.get(1).is_some_and(|t| written(t) == ":") && tokens.first().is_some_and(|t| is_place(written(t)));
    if place && told_from() && tokens.get(2).is_some_and(|t| written(t).starts_with(char::is_uppercase)) {
        return 2;
    }
    let dash = |t: &Token| t.kind == TokenKind::Mark && mark(written(t)) & DASH != 0;
    let agency = |tokens: &[Token]| {
        const SMALL: usize = 4; // "nov", "de"
        let named = |t: &Token| match t.kind {
            TokenKind::Word => written(t).starts_with(char::is_uppercase) || t.span.len() <= SMALL,
            TokenKind::Number => true,
            TokenKind::Mark => matches!(written(t), "(" | ")" | "/" | "," | "."),
        };
        tokens.iter().any(|t| matches!(written(t), "(" | "/")) && tokens.iter().all(named)
    };
    let begins = |i: usize| tokens.get(i).is_some_and(|t| written(t).starts_with(char::is_uppercase));
    let set_off = tokens.iter().take(LONGEST).position(dash);
    let end = set_off.filter(|&i| place || begins(i + 1) && agency(&tokens[..i])).map_or(0, |i| i + 1);
    let more = tokens[end..].iter().take_while(|t| end > 0 && dash(t)).count();
    // A sentence in capitals has no dateline of its own: there must be small letters after it, if not in "UN experts" right away.
    let upper = |t: &Token| written(t).chars().nth(1).is_none_or(char::is_uppercase);
    let rest = &tokens[end + more..];
    let mut words = rest.iter().filter(|t| t.kind == TokenKind::Word).take(3);
    let short = |t: &Token| written(t).chars().count() == 1;
    if rest.first().is_none_or(|t| upper(t) && !short(t)) && words.all(upper) { 0 } else { end + more }
}

/// Whether a token stands between two commas or brackets.
fn set_off(body: &str, tokens: &[Token], i: usize) -> bool {
    let mark = |t: Option<&Token>, marks: [&str; 2]| t.is_some_and(|t| marks.contains(&t.span.of(body)));
    mark(i.checked_sub(1).and_then(|b| tokens.get(b)), [",", "("]) && mark(tokens.get(i + 1), [",", ")"])
}

/// What the classes of a word are if it has a capital.
fn of_capital(classes: Classes, short: Short, word: &str) -> Classes {
    let capital = (classes | CAPITAL) & !MANNER;
    let gender = if classes & (FEMININE | MASCULINE) == 0 { gender_of_name(short, word) } else { 0 };
    // "Ahmed" is no past form, "María" no verb.
    let forms = if gender == 0 || classes & AUXILIARY != 0 { 0 } else { PAST | FINITE };
    capital & !forms | gender
}

/// "R-Alaska", "D-Ohio": behind a name, and none.
fn party_and_state(written: &str) -> bool {
    matches!(written.as_bytes(), [party, b'-', state, _, ..] if party.is_ascii_uppercase() && state.is_ascii_uppercase())
}

fn mark(written: &str) -> Classes {
    match written.chars().next() {
        Some(',') => COMMA,
        Some('.' | '!' | '?' | '…') => STOP,
        Some('"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '’' | '\'' | '‚' | '‟' | '`') => QUOTE,
        Some('—' | '–' | '-' | '―') => DASH,
        Some('(' | ')' | '[' | ']' | ':' | ';') => BREAK,
        _ => 0,
    }
}

fn shouts(sentence: &str) -> bool {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    if sentence.is_ascii() {
        // So many as a byte can count.
        for bytes in sentence.as_bytes().chunks(255) {
            upper += usize::from(bytes.iter().map(|b| u8::from(b.is_ascii_uppercase())).sum::<u8>());
            lower += usize::from(bytes.iter().map(|b| u8::from(b.is_ascii_lowercase())).sum::<u8>());
        }
    } else {
        for c in sentence.chars() {
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
    }
    upper > 4 * lower && upper > 8
}

/// Whether a word alone is known as a place before anything else.
pub(super) fn is_place(word: &str) -> bool {
    let gazetteer = Gazetteer::shipped().ok();
    gazetteer.and_then(|g| g.named(&gazetteer::fold(word))).is_some_and(|(entry, _)| entry.kind == EntityKind::Place)
}
