//! Loaded terms: words that take sides, with whose words they are and of whom.
//!
//! 1. [`Terms::find`] looks up each token of a sentence as the first of a phrase (the longest wins), so that the work grows
//!    with the text and not with the lexicon.
//! 2. A word is left out inside a name, a title or a hashtag ([`is_name`]), and where its rule's `unless` says so.
//! 3. [`Reader::naming`] and [`Reader::negated`] read the words around it: who calls whom so, and whether the naming is denied.
//! 4. The voice is that of the quotation it stands in, else that of the naming verb; few words in marks are scare quotes.
//!
//! A pack's `terms.toml` has a rule a concept; the rule's id is the concept's name and the same in every language, so that
//! concepts can be compared across them. Fields besides the usual: `frame`; `forms`, in which `(s)` may be there or not,
//! `(o|a|os|as)` is one of these and `{ar}` one of the endings that `[words]` lists so; `unless`, contexts in which the word (`_`)
//! takes no side; `bound`, forms that take one only in the contexts `only`; `small = true` where a capital makes it another word.

mod words;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::entities::Mention;
use super::quotes::{Quote, overlapping, voice_at};
use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, Packs, Rule, RuleId, Rules};
use crate::span::Span;
use crate::text::{Text, Token, TokenKind, WordMap, tokens};
use crate::vocabulary::{EntityKind, Frame, QuoteKind, Section, Voice};
use words::*;

/// A loaded word.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The word alone; fixed compounds whole.
    pub span: Span,
    /// The concept, the same over languages (`terrorist`, `revolutionary`).
    pub concept: Arc<str>,
    /// What the word does, whoever says it.
    pub frame: Frame,
    /// In whose voice.
    pub voice: Voice,
    /// Who says it, as written.
    pub speaker: Option<Span>,
    /// The naming is denied.
    pub negated: bool,
    /// Who is so called, as written.
    pub target: Option<Span>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The lexicon of one language.
#[derive(Debug)]
pub struct Terms {
    rules: Vec<Rule<Entry>>,
    /// The concept of each rule.
    concepts: Vec<Arc<str>>,
    /// The contexts of each rule in which it takes no side, and the only ones in which it does, if there are such.
    contexts: Vec<Contexts>,
    /// Phrases by their first token, longest first.
    phrases: WordMap<Vec<Phrase>>,
    words: Words,
}

/// What a rule says besides its examples.
#[derive(Clone, Debug, Deserialize)]
struct Entry {
    frame: Frame,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    bound: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    small: bool,
}

/// A form without its first token.
#[derive(Debug)]
struct Phrase {
    rest: Vec<Box<str>>,
    rule: usize,
    /// It takes a side in some contexts only.
    bound: bool,
}

/// The contexts of a rule.
#[derive(Debug)]
struct Contexts {
    unless: Vec<Context>,
    only: Vec<Context>,
}

/// Tokens before a term (the nearest last) and after it; `*` stands for any one token.
#[derive(Debug)]
struct Context {
    before: Vec<String>,
    after: Vec<String>,
}

impl Terms {
    /// Compiles a pack's `terms.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be, or a form stands in two rules.
    pub fn load(pack: &Pack) -> Result<Self> {
        let Rules { rules, mut words, .. } = Rules::<Entry>::load(pack, "terms")?;
        let mut phrases = WordMap::<Vec<Phrase>>::default();
        let (mut concepts, mut contexts) = (Vec::new(), Vec::new());
        for (i, rule) in rules.iter().enumerate() {
            let wrong = |message: String| Error::Pack {
                file: rule.file.to_string(),
                line: rule.line,
                message: format!("rule {}: {message}", rule.id),
            };
            concepts.push(rule.id.rsplit('.').next().unwrap_or_default().into());
            let forms = |written: &[String]| with_endings(written, &words).and_then(|forms| expand_all(&forms)).map_err(&wrong);
            let (free, bound) = (forms(&rule.spec.forms)?, forms(&rule.spec.bound)?);
            if free.is_empty() && bound.is_empty() || bound.is_empty() != rule.spec.only.is_empty() {
                return Err(wrong("a rule needs forms, and `bound` and `only` each other".into()));
            }
            for (form, bound) in free.iter().map(|f| (f, false)).chain(bound.iter().map(|f| (f, true))) {
                let mut parts = split(form).into_iter();
                let first = parts.next().ok_or_else(|| wrong("a form is empty".into()))?;
                let rest: Vec<Box<str>> = parts.map(String::into_boxed_str).collect();
                let known = phrases.entry(&first);
                if known.iter().any(|p| p.rest == rest) {
                    return Err(wrong(format!("the form {form:?} is there already")));
                }
                known.push(Phrase { rest, rule: i, bound });
            }
            contexts.push(Contexts {
                unless: Context::all(&rule.spec.unless).map_err(&wrong)?,
                only: Context::all(&rule.spec.only).map_err(&wrong)?,
            });
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        // The words are written short as the forms are; `{ar}` stands for the endings that the list `ar` has.
        let endings = words.clone();
        for list in words.values_mut() {
            let whole = |message: String| Error::Pack { file: format!("{}/terms.toml", pack.language), line: 1, message };
            *list = with_endings(list, &endings).and_then(|forms| expand_all(&forms)).map_err(whole)?;
        }
        let words = Words::new(words);
        Ok(Self { rules, concepts, contexts, phrases, words })
    }

    /// The names of the concepts, in order of the file.
    pub fn concepts(&self) -> impl Iterator<Item = &str> {
        self.concepts.iter().map(AsRef::as_ref)
    }

    /// Every loaded term of a text, in order. Inside a name a word takes no side; a person's may say who "she" is.
    #[must_use]
    pub fn find(&self, text: &Text<'_>, quotes: &[Quote], mentions: &[Mention]) -> Vec<Term> {
        let mut names: Vec<Span> = mentions.iter().map(|m| m.span).collect();
        names.sort_unstable();
        let mut people: Vec<Span> = mentions.iter().filter(|m| m.kind == EntityKind::Person).map(|m| m.span).collect();
        people.sort_unstable();
        let (mut out, mut last) = (Vec::new(), None);
        for (sentence, own) in text.each_sentence() {
            let around = Around { quotes, names: &names, people: &people, person: last };
            self.find_in(text.as_str(), &text.tokens[own], &around, &mut out);
            let here =
                &people[people.partition_point(|p| p.start < sentence.span.start)..people.partition_point(|p| p.start < sentence.span.end)];
            last = match here {
                // Who wrote it is not whom it tells of.
                _ if sentence.section == Section::Byline => None,
                [one] => Some(*one),
                [] => last.filter(|p| sentence.span.end - p.end < FARTHEST),
                _ => None,
            };
        }
        out
    }

    fn find_in(&self, text: &str, tokens: &[Token], around: &Around<'_>, out: &mut Vec<Term>) {
        let &Around { quotes, names, .. } = around;
        // Looked at once, however many terms a sentence has.
        let (capitals, headline) = (LazyCell::new(|| in_capitals(text, tokens)), LazyCell::new(|| is_headline(text, tokens)));
        let mut roles = Vec::new();
        let mut at = 0;
        let mut before: Option<Before> = None;
        while at < tokens.len() {
            let Some(hit) = self.hit(text, tokens, at) else {
                at += 1;
                continue;
            };
            if roles.is_empty() {
                roles = tokens.iter().map(|t| self.words.roles_of(text, t)).collect();
            }
            let reader = Reader { text, tokens, words: &self.words, roles: &roles, at, len: hit.tokens };
            let entry = &self.rules[hit.rule].spec;
            let out_of_play = entry.small && reader.is_date_or_name(*capitals)
                || !self.contexts[hit.rule].allow(&reader, hit.bound)
                || reader.is_name(hit.span, names, *capitals, || *headline);
            if !out_of_play {
                let last = before.take();
                let other = last.as_ref().filter(|b| reader.goes_on(b)).and_then(|b| b.target);
                // "no los llama rebeldes, los llama turba": the same.
                let namer = last.as_ref().and_then(|b| b.naming).and_then(|n| n.speaker);
                let goes_on =
                    |b: &&Before| (reader.follows(b.end) || reader.follows_held(b)) && !(b.naming.is_some() && reader.is_definite());
                let listed = last.as_ref().filter(goes_on);
                let naming = reader.naming().or_else(|| listed.and_then(|b| b.naming));
                let naming = naming.or_else(|| last.as_ref().and_then(|b| reader.gapped(b)));
                let naming = naming.map(|n| Naming { speaker: n.speaker.or(namer.filter(|_| n.earlier)), ..n });
                let negated = reader.negated(naming.as_ref()) || listed.is_some_and(|b| b.negated);
                let naming = naming.or_else(|| reader.named_after());
                let made = || reader.made(reader.before()).and_then(|(_, whom)| whom);
                let subject = || reader.subject_of_copula().filter(|s| !gap(*s, hit.span, quotes));
                let said_of =
                    naming.and_then(|n| n.target).or_else(subject).or_else(made).or_else(|| reader.treated().filter(|_| naming.is_none()));
                let target = said_of.or_else(|| listed.and_then(|b| b.target)).or(other);
                let target = target.map(|t| said(t, hit.span, quotes));
                let (voice, speaker) = voice(&reader, hit.span, around, naming.as_ref());
                // "evidence for an assertion that six of them were militants": those six.
                let asserted =
                    |t: Span| overlapping(quotes, hit.span).find(|q| q.cue.is_some_and(|c| t.contains(c)) && t.end <= q.span.start);
                let copula = || reader.copula().map(|c| tokens[..c].last().map_or(0, |t| t.span.end));
                let subject = |q: &Quote| copula().filter(|&end| end > q.span.start).map(|end| Span::new(q.span.start, end));
                let target = target.and_then(|t| asserted(t).map_or(Some(t), subject));
                // "To townspeople the same men are heroes": those.
                let viewed = |t: Span| speaker.filter(|s| t.contains(*s) && s.end < t.end && t.start < s.start).map(|s| s.end);
                let after = |end: usize| tokens.get(tokens.partition_point(|t| t.span.start < end)).map(|t| t.span.start);
                let target = target.map(|t| viewed(t).and_then(after).map_or(t, |start| Span::new(start, t.end)));
                out.push(Term {
                    span: hit.span,
                    concept: self.concepts[hit.rule].clone(),
                    frame: entry.frame,
                    voice,
                    speaker,
                    negated,
                    target,
                    rule: self.rules[hit.rule].id.clone(),
                });
                before = Some(Before { end: at + hit.tokens, negated, naming, target });
            }
            at += hit.tokens;
        }
    }

    /// The longest phrase that begins at a token.
    fn hit(&self, text: &str, tokens: &[Token], at: usize) -> Option<Hit> {
        let token = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?;
        if let Some(hit) = self.phrase_at(text, tokens, at) {
            return Some(hit);
        }
        // A compound: the term may be either of its outer parts ("rebel-held", "anti-terrorist").
        if token.plain {
            return None;
        }
        let word = token.span.of(text);
        let (first, rest) = word.split_once(['-', '‐', '‑'])?;
        let last = rest.rsplit(['-', '‐', '‑']).next().unwrap_or(rest);
        let end = token.span.end;
        for span in [Span::new(token.span.start, token.span.start + first.len()), Span::new(end - last.len(), end)] {
            if let Some(phrase) = in_list(&self.phrases, span.of(text)).and_then(|l| l.iter().find(|p| p.rest.is_empty())) {
                return Some(Hit {
                    span: Span::new(span.start, span.start + stem_len(span.of(text))),
                    tokens: 1,
                    rule: phrase.rule,
                    bound: phrase.bound,
                });
            }
        }
        None
    }

    fn phrase_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Hit> {
        let list = known(&self.phrases, text, tokens.get(at)?)?;
        list.iter().find_map(|phrase| {
            let last = tokens.get(at + phrase.rest.len())?;
            let rest = tokens.get(at + 1..=at + phrase.rest.len())?;
            let same = rest.iter().zip(&phrase.rest).all(|(t, w)| is_lower(t.span.of(text), w));
            let word = last.span.of(text);
            same.then(|| Hit {
                span: Span::new(tokens[at].span.start, last.span.start + stem_len(word)),
                tokens: 1 + phrase.rest.len(),
                rule: phrase.rule,
                bound: phrase.bound,
            })
        })
    }

    /// Runs every rule against its own examples; what is made of a term is its voice, and `negated`.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        crate::pack::check(&self.rules, |text| {
            let mut found = Vec::new();
            self.find_in(text, &tokens(text, 0), &Around::default(), &mut found);
            found
                .into_iter()
                .map(|t| (t.rule, t.span, if t.negated { format!("{} negated", t.voice) } else { t.voice.to_string() }))
                .collect()
        })
    }
}

/// The concepts that every shipped pack has a rule for, so that languages can be compared by them.
pub static PAIRED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let of = |pack: &Pack| -> BTreeSet<String> { Terms::load(pack).map(|t| t.concepts().map(str::to_owned).collect()).unwrap_or_default() };
    Packs::shipped().iter().map(of).reduce(|all, of| all.intersection(&of).cloned().collect()).unwrap_or_default()
});

/// A phrase found in a text.
struct Hit {
    span: Span,
    tokens: usize,
    rule: usize,
    bound: bool,
}

/// What the term before was read as, for one that stands in a list with it: "neither rebels nor bandits".
struct Before {
    /// One past its last token.
    end: usize,
    negated: bool,
    naming: Option<Naming>,
    target: Option<Span>,
}

/// A naming verb's reading of a term.
#[derive(Clone, Copy)]
struct Naming {
    /// The verb's place among the sentence's tokens.
    verb: usize,
    speaker: Option<Span>,
    /// Who speaks was named in an earlier sentence: the verb has a pronoun for its subject, or none.
    earlier: bool,
    target: Option<Span>,
}

/// What is known of the text around a sentence.
#[derive(Default)]
struct Around<'a> {
    quotes: &'a [Quote],
    /// In order.
    names: &'a [Span],
    /// Of these the people.
    people: &'a [Span],
    /// The only person named in the sentence before, or a little farther back if nobody is.
    person: Option<Span>,
}

/// How far back somebody may be named for whom a pronoun stands, in bytes.
const FARTHEST: usize = 400;

/// The words around a term: `len` tokens from `at` of a sentence.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a Words,
    /// Of each token.
    roles: &'a [Roles],
    at: usize,
    len: usize,
}

/// How far a naming verb may stand before the name it gives, in tokens.
const REACH: usize = 10;

/// The same with a word such as "as" between.
const LINKED: usize = 16;

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    fn is(&self, i: usize, roles: Roles) -> bool {
        self.roles.get(i).is_some_and(|r| r & roles != 0)
    }

    /// Whether a token is a copula, maybe at the end of its pronoun ("it's").
    fn is_copula(&self, i: usize) -> bool {
        // "it's", "that's"
        let contracted =
            || stem_len(self.word(i)) < self.word(i).len() && (self.is(i, PRONOUNS) || self.is(i, DETERMINERS) && self.is(i, RELATIVES));
        self.is(i, COPULAS) || contracted()
    }

    /// The first token before the term that is no determiner and no quotation mark.
    fn before(&self) -> usize {
        let mut i = self.at;
        while i > 0 && self.is(i - 1, DETERMINERS | QUOTE) {
            i -= 1;
        }
        i
    }

    /// Whether an article says that the one so called is known: "the rebels", but neither "rebels" nor "a rebel".
    fn is_definite(&self) -> bool {
        let begins = self.before();
        begins < self.at && !self.is(begins, INDEFINITES | QUOTE)
    }

    /// Whether the term goes on with a list: only "and", "or", "nor", a comma, articles and quotation marks stand since a token.
    fn follows(&self, from: usize) -> bool {
        // "“delincuentes” y “vulgares vándalos”": over the word that describes it in its marks.
        let described = self.at > 1 && self.is(self.at - 2, QUOTE) && self.tokens[self.at - 1].kind == TokenKind::Word;
        let begins = if described { self.at - 2 } else { self.before() };
        let links = |i: usize| self.word(i) == "," || self.is(i, QUOTE | LISTS | DETERMINERS);
        // "agitators, rioters, thugs": what follows is no verb
        let next = self.at + self.len;
        let bare = || begins == self.at && from + 1 == begins && (self.closes(next) || self.is(next, LISTS));
        from < begins && (from..begins).all(links) && ((from..begins).any(|i| self.is(i, LISTS)) || bare())
    }

    /// Whether the term goes on with a list over whose the one before is: "called him a puppet of Moscow and a traitor", "marioneta de Kigali
    /// y títere de".
    fn follows_held(&self, before: &Before) -> bool {
        const LONGEST: usize = 3;
        let begins = self.before();
        let and = begins.checked_sub(1).filter(|&i| self.is(i, LISTS) && i > before.end + 1 && i - before.end <= LONGEST + 1);
        let Some(and) = and.filter(|_| before.naming.is_some() && self.is(before.end, LINKS | JOINERS)) else { return false };
        let held = (before.end + 1..and).all(|i| starts_upper(self.word(i)) || self.is(i, DETERMINERS));
        let behind = self.at + self.len;
        held && !self.is_definite() && (begins < self.at || self.closes(behind) || self.is(behind, LINKS | JOINERS))
    }

    /// The naming verb that another name was given by, with another who gives it: "Some call him a martyr; others, a vandal", "unos lo llaman
    /// mártir y otros, terrorista".
    fn gapped(&self, before: &Before) -> Option<Naming> {
        const FAR: usize = 6;
        const LONGEST: usize = 10;
        let naming = before.naming.filter(|n| n.verb < before.end && n.speaker.is_some())?;
        let mut end = self.before();
        end -= usize::from(end > before.end && self.is(end - 1, LINKS | SEEN_AS));
        let comma = end.checked_sub(1).filter(|&c| c > before.end && self.word(c) == ",")?;
        let parts = |i: usize| matches!(self.word(i), ";" | ",") || self.is(i, LISTS);
        let first = (before.end..comma.min(before.end + FAR)).find(|&i| parts(i))? + 1;
        let first = first + usize::from(self.is(first, LISTS));
        // "los del PSE, Ana Paz, de"
        let inner = (first..comma).find(|&i| self.tokens[i].kind == TokenKind::Mark);
        let one = self.is(first, DETERMINERS | POSSESSIVES | VIEWERS) || starts_upper(self.word(first));
        let verbal = |i: usize| self.is(i, COPULAS | PRONOUNS | NAMING | SEEING | FINITE | RELATIVES) && !self.is(i, VIEWERS | DETERMINERS);
        // "Ana Paz, jefa de las milicias,"
        let named = |i: usize| (first..i).all(|j| starts_upper(self.word(j)));
        let upper = |i: usize| starts_upper(self.word(i + 1));
        // "her uncle, a retired constable,"
        let described = |i: usize| self.is(i + 1, INDEFINITES);
        let apposed = inner.is_none_or(|i| self.word(i) == "," && i > first && i + 1 < comma && (upper(i) || named(i) || described(i)));
        if !one || first >= comma || comma - first > LONGEST || !apposed || (first..comma).any(verbal) {
            return None;
        }
        let behind = self.at + self.len;
        let closed = self.closes(behind) || self.is(behind, LISTS | LINKS | JOINERS | PARTICLES);
        let speaker = match inner {
            Some(i) if upper(i) => self.stretch(i + 1, comma),
            _ => self.stretch(first, inner.unwrap_or(comma)),
        };
        closed.then_some(Naming { speaker, earlier: false, ..naming })
    }

    /// Whether the term is another name of whom the one before is said: "not rebels but bandits", "no eran rebeldes, eran bandidos".
    fn goes_on(&self, before: &Before) -> bool {
        let mut between = before.end..self.before();
        let turns = |i: usize| before.negated && self.is(i, CONTRASTS) || self.is(i, APART) || self.is_copula(i);
        between.clone().any(turns) && between.all(|i| turns(i) || self.word(i) == "," || self.is(i, QUOTE | NEGATORS))
    }

    /// Whether a word that is another with a capital ("March") is that other: by its capital, or by a number beside it.
    fn is_date_or_name(&self, capitals: bool) -> bool {
        let number = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
        let beside = number(self.at + self.len) || self.at > 0 && number(self.at - 1);
        starts_upper(self.word(self.at)) && (beside || self.at > 0 && !capitals)
    }

    /// Whether the term is part of a name, a title or a hashtag.
    fn is_name(&self, span: Span, names: &[Span], capitals: bool, is_headline: impl Fn() -> bool) -> bool {
        if self.at > 0 && matches!(self.word(self.at - 1), "#" | "@") {
            return true;
        }
        let last = self.at + self.len - 1;
        if capitals || !(self.at..=last).any(|i| starts_upper(self.word(i))) {
            return false;
        }
        let to = names.partition_point(|n| n.start <= span.start);
        if names[..to].iter().rev().take(6).any(|n| n.contains(span) && n.len() > span.len()) {
            return true;
        }
        // A capital in the middle of a sentence with another beside it, maybe over "of the".
        let mut before = self.at;
        while before > 0 && before + 3 > self.at && self.is(before - 1, JOINERS) {
            before -= 1;
        }
        let mut after = last + 1;
        // "Martyrs' Square"
        let owner = matches!(self.word(after), "'" | "’");
        while after < last + 3 && (self.is(after, JOINERS) || owner && after == last + 1) {
            after += 1;
        }
        let left = before > 1 && starts_upper(self.word(before - 1)) && !is_acronym(self.word(before - 1));
        let right = starts_upper(self.word(after));
        // The first word of a sentence has its capital anyway; so has each of a headline in capitals.
        let begins = self.at == 0 || !self.tokens[..self.at].iter().any(|t| t.kind == TokenKind::Word);
        (!begins && (left || right) || begins && right && after == last + 1 + usize::from(owner)) && !is_headline()
    }

    /// The naming verb whose complement the term is: "calls protesters terrorists", "tildó de terroristas a los vecinos".
    fn naming(&self) -> Option<Naming> {
        let begins = self.before();
        // Verbs of accusing and seeing name with a link only: "no consideraba al acusado un extremista" is of the other verb.
        let linking = |i: usize| self.is(i, SEEING | ACCUSING | HOLDING);
        let impersonal = |i: usize| self.is(i, IDENTITY) && i > 0 && self.is(i - 1, IMPERSONAL);
        // "a la acusada como cabecilla"
        let noun = |i: usize| i > 0 && self.is(i, PARTICIPLES) && self.is(i - 1, DETERMINERS);
        let names = |i: usize| {
            // "el año pasado por sedición"
            if impersonal(i) || i > 0 && self.is(i, HOLDING) && self.is(i - 1, TIMES) {
                false
            } else if linking(i) {
                let near = i + REACH >= self.at;
                self.link(i, begins).is_some_and(|l| (l == i + 1 || !noun(i)) && (near || self.is(l, SEEN_AS) || self.is(i, SIGHTS)))
            } else {
                // "calls of a mob": a noun, where no naming verb takes "of"
                let noun = !self.words.has(OBJECTS) && self.is(i + 1, LINKS) && !self.is(i + 1, SEEN_AS);
                self.is(i, NAMING) && !noun && i + REACH >= self.at
            }
        };
        let verb = (self.at.saturating_sub(LINKED)..begins).rev().find(|&i| names(i))?;
        let link = self.link(verb, begins);
        let linked = link.is_some();
        let apposed = self.apposition(verb, link.unwrap_or(begins));
        let mut between = (verb + 1..begins).filter(|i| apposed.as_ref().is_none_or(|a| !a.contains(i)));
        // A second one named by the same verb: "calls the vote a farce and the government a tyranny", "traidores a unos y bandidos a otros".
        let second = |i: usize| {
            let thing = begins < self.at && self.is(begins, INDEFINITES) && i + 1 < begins && self.is(i + 1, DETERMINERS);
            // "calls them a mob and their lawyers lackeys of", "describes the trial as a sham and the judge as a puppet"
            let other = self.is(i + 1, DETERMINERS | POSSESSIVES | OBJECTS);
            let behind = self.at + self.len;
            let bare = other && begins == self.at && begins == i + 3 && (self.closes(behind) || self.is(behind, LINKS));
            let again = linked && (other || i + 2 == begins && self.links(verb, i + 1)) && (verb + 1..i).any(|j| self.links(verb, j));
            self.is(i, JOINERS | LISTS) && (thing || bare || again || i + 1 == begins && self.is(behind, OBJECTS))
        };
        let broken = between.any(|i| {
            matches!(self.word(i), ";" | ":" | "." | "," | "(" | ")")
                || self.is(i, BREAKS) && !self.is(i, ADVERBS) && !second(i)
                || !linked && self.is(i, COPULAS)
        });
        // "los llamados patriotas"
        // "los mal llamados patriotas"
        let article = (verb.saturating_sub(2)..verb).rev().find(|&i| !self.is(i, ADVERBS));
        if begins == verb + 1 && self.is(verb, ATTRIBUTES) && article.is_some_and(|i| self.is(i, DETERMINERS)) {
            return None;
        }
        // "los que llaman", and "las milicias, que el Gobierno llama" with its subject between
        let whom = self.is_of_whom(verb);
        let front = |i: usize| self.is_front(i) || i + 2 < verb && self.is(i, FRONTS) && self.sets_in(i);
        // "What the army calls an operation, residents call a massacre"
        let what = self.is(0, FRONTS) && (1..verb).find(|&i| self.word(i) == ",").is_some_and(|c| (1..c).any(|i| self.is(i, NAMING)));
        let fronted = whom || what || (verb.saturating_sub(6)..verb).any(front);
        // "a los que había llamado en privado fanáticos"
        let aside = fronted && begins == verb + 3;
        if broken || self.is(verb + 1, PARTICLES) && !linked && !aside {
            return None;
        }
        let definite = self.is_definite();
        // "was branded", and set in: ", branded rebels by the mayor,"
        let beside = begins == verb + 1 || link == Some(verb + 1);
        let set_in = || beside && verb > 0 && self.tokens[verb - 1].kind == TokenKind::Mark && self.agent().is_some();
        let done = || self.words.is_participle(self.word(verb)) || self.is(verb, PARTICIPLES);
        let passive =
            verb > 0 && !self.has_object(verb) && (verb.saturating_sub(2)..verb).any(|i| self.is(i, COPULAS)) && done() || set_in();
        // "El general, considerado un héroe, huyó"
        let participle = self.is(verb, PARTICIPLES) && !(verb > 0 && self.is(verb - 1, AUXILIARIES));
        let passive = passive || participle;
        // "the general, once hailed as a hero", "the men described as rebels": whom it names stands nowhere behind it.
        let reduced = |fronted: bool| {
            let subject = |i: usize| self.is(i, PRONOUNS | CLITICS);
            let elsewhere = || fronted || verb > 0 && (subject(verb - 1) || self.has_object(verb) || self.contact(verb).is_some());
            let opens = verb == 0 || self.closes(verb - 1) && !self.is(verb - 1, QUOTE) || self.is(verb - 1, LISTS);
            // "described in state media as rebels"
            let aside = opens && self.is(verb + 1, PARTICLES) && !self.is(verb + 1, TOWARD);
            // "known locally as bandits"
            let adverbs = link.is_some_and(|l| (verb + 1..l).all(|i| self.is(i, MORE | ADVERBS)));
            let beside = adverbs || link.is_some() && (self.is_agent(verb, verb + 1) || aside);
            !self.words.has(OBJECTS) && beside && !elsewhere()
        };
        // "will hear them called bandits"
        let oblique = verb > 0 && self.is(verb - 1, OBLIQUE) && (begins == verb + 1 || link == Some(verb + 1));
        let passive = passive || oblique;
        let complement = if begins == verb + 1 || apposed.as_ref().is_some_and(|a| a.start == verb + 1) {
            // Nothing between: only where the object stands elsewhere.
            let object_before = (self.chain(verb)..verb).any(|i| self.is(i, CLITICS)) || self.has_object(verb);
            passive || fronted || object_before || self.contact(verb).is_some() || self.is(self.behind(), OBJECTS)
        } else {
            let last = begins - 1;
            !self.is(last, LINKS | PARTICLES | OBJECTS)
        };
        // "calls the men's trial a farce": what comes before the name is the object and whatever stands in it.
        let object = begins > verb + 1 && self.is(self.at + self.len, INDEFINITES);
        if !linked && (definite || !complement || object) {
            return None;
        }
        // "what he called “state-sponsored thuggery”": what stands in the same marks belongs to the name.
        let marks = || (verb + 1..self.at).filter(|&i| self.is(i, QUOTE));
        let open = marks().next_back().filter(|&i| i < begins && marks().count() % 2 == 1);
        let open = open.map(|i| i - usize::from(self.is(i - 1, INDEFINITES)));
        let listed = self.is(begins - 1, LISTS) || link.is_some_and(|l| self.is(l - 1, LISTS));
        let passive = passive || reduced(fronted);
        // "thinks of him as", "refers to them only as"
        let within = self.is(verb, SIGHTS) && self.is(verb + 1, WITHIN);
        let leads = |i: usize| self.is(i, OBJECTS | LINKS | TOWARD) || within;
        // "called the succession an institutional coup"
        let described = || {
            let article = (verb + 2..begins).rev().take(2).find(|&i| self.is(i, INDEFINITES))?;
            (begins == self.at && !self.is(article - 1, LINKS | PARTICLES | JOINERS | LISTS)).then_some(article)
        };
        let mut end = apposed.map(|a| a.start).or(link).or(open).or_else(described).unwrap_or(begins);
        let first = verb + 1 + usize::from(leads(verb + 1) && verb + 2 < end);
        // "call themselves pro-democracy activists"
        if link.is_none() && self.is(first, OBLIQUE) && !self.is(first, POSSESSIVES) {
            end = end.min(first + 1);
        }
        while end > first + 1 && self.is(end - 1, MORE | ADVERBS) {
            end -= 1;
        }
        // "calls the vote a fraud and the government a tyranny": whom the second name is for
        let other = (first..end).rev().find(|&i| self.is(i, LISTS));
        let first = other.map_or(first, |i| i + 1 + usize::from(self.is(i + 1, OBJECTS)));
        let between = self.stretch(first, end).filter(|_| !listed && (other.is_none() || self.is(first, DETERMINERS | POSSESSIVES)));
        // "lo llamó traidor el alcalde"
        let taken_up = !passive && self.has_clitic(verb);
        // "describes it as an operation against bandits" calls nobody so
        // nor does "as martyrs of the revolution" call anybody a revolution, but "as a gang of thieves" does
        let held = |i: usize| self.is(i, PARTICLES) || self.is(i, LINKS) && !self.is(i - 1, KINDS);
        let target = if link.is_some_and(|l| (l + 1..begins).any(held)) {
            None
        } else if oblique {
            self.stretch(verb - 1, verb)
        } else if passive {
            self.subject_of_participle(verb)
        } else if (taken_up || whom) && !self.marks_object(self.behind()) {
            self.object_before(verb)
        } else {
            // "la tachó por ello de traidora" names her, but "refers to the candidate as a puppet" him
            // and "llamó ayer lacayo de los ricos a su rival" the rival
            let later = self.words.has(OBJECTS) && !self.is(verb + 1, OBJECTS) && self.is(self.behind(), OBJECTS);
            let other = self.is(verb + 1, PARTICLES) && !self.is(verb + 1, TOWARD) && !within;
            // "describió después como", "llamó el sábado"
            let when = self.is_time(first) || (first..end).all(|i| self.is(i, MORE | ADVERBS));
            // "what it calls an attempted coup"
            let named = fronted && self.is(first, INDEFINITES);
            let between = between.filter(|_| !later && !other && !when && !named);
            between.or_else(|| self.object_after()).or_else(|| self.object_before(verb))
        };
        let speaker = if passive {
            self.agent_before(verb, end).or_else(|| self.agent())
        } else {
            // "a quien llaman": nobody who does it
            let bare = |s: &Span| self.words.are(s.of(self.text), OBJECTS | PARTICLES);
            let before = self.subject(verb).filter(|s| !self.nobody_does(verb) && !bare(s));
            before.or_else(|| (taken_up || whom).then(|| self.subject_after()).flatten())
        };
        Some(Naming { verb, speaker, earlier: !passive && self.is_taken_up(verb, speaker), target })
    }

    /// The commas and the name between them that say who is named: "branded their leader, Ada Munroe, a traitor".
    fn apposition(&self, verb: usize, end: usize) -> Option<std::ops::Range<usize>> {
        const LONGEST: usize = 6;
        // "calls the Workers' League (WL) agitators"
        if let Some(open) = end.checked_sub(3).filter(|&i| i > verb + 1 && self.word(i) == "(" && self.word(i + 2) == ")") {
            return Some(open..end);
        }
        let close = end.checked_sub(1).filter(|&c| self.word(c) == ",")?;
        let open = (verb + 1..close).rev().find(|&i| self.tokens[i].kind == TokenKind::Mark)?;
        // "las llama, con cierta pompa, libertadoras"
        let inside = if open == verb + 1 {
            self.is(open + 1, PARTICLES | ADVERBS | CEASES)
        } else {
            // "see in Ali, the boy shot on Tuesday, a martyr"
            let described = || self.is(open + 1, DETERMINERS) && starts_upper(self.word(open - 1)) && self.is(end, INDEFINITES);
            starts_upper(self.word(open + 1)) || described()
        };
        // "describes a woman, who is 70 and keeps bees, as an extremist"
        let clause = self.is(open + 1, RELATIVES) && self.is(end, SEEN_AS);
        let named = self.word(open) == "," && (clause || close - open <= LONGEST && inside);
        named.then_some(open..end)
    }

    /// Whether a token stands between a naming verb and the name it gives: "as", "de".
    fn links(&self, verb: usize, i: usize) -> bool {
        let treated = || self.is(verb, TREATING) && (self.has_clitic(verb) || self.is(self.behind(), OBJECTS));
        // "spoke of them as", but not "spoke as"
        let seen = self.is(verb, SEEING | NAMING | ACCUSING)
            && (!self.is(verb, IDENTITY) || self.is(verb + 1, LINKS) && !self.is(verb + 1, SEEN_AS));
        self.is(i, SEEN_AS) && seen
            || self.is(i, LINKS) && (self.is(verb, ACCUSING) || treated())
            || self.is(i, HELD_AS) && self.is(verb, HOLDING)
    }

    /// Whether who does it stands behind a token: "described by", "known to".
    fn is_agent(&self, verb: usize, i: usize) -> bool {
        self.is(i, AGENTS) || self.is(verb, KNOWN) && self.is(i, TOWARD)
    }

    /// Where the verb with its auxiliaries and object pronouns begins.
    fn chain(&self, verb: usize) -> usize {
        let mut begins = verb;
        while begins > 0 && self.is(begins - 1, AUXILIARIES | COPULAS | CLITICS) {
            begins -= 1;
        }
        begins
    }

    /// Whether an object pronoun stands before a verb: "los llama", "nos han llamado".
    fn has_clitic(&self, verb: usize) -> bool {
        (self.chain(verb)..verb).any(|i| self.is(i, CLITICS) && !self.is(i, IMPERSONAL))
    }

    /// Whether the clause of a verb is about whom it names: "los vecinos, a los que llama bandidos", "a quien el país considera".
    fn is_of_whom(&self, verb: usize) -> bool {
        const FAR: usize = 8;
        let object = |i: usize| i > 0 && self.is(i - 1, OBJECTS) || i > 1 && self.is(i - 1, LEADS) && self.is(i - 2, OBJECTS);
        let mut clause = (verb.saturating_sub(FAR)..verb).rev().take_while(|&i| !self.closes(i));
        clause.any(|i| self.is(i, RELATIVES) && object(i))
    }

    /// Who names, behind the name: "los tilda de vándalos un régimen que", "a los que llama bandidos el alcalde".
    fn subject_after(&self) -> Option<Span> {
        const MOST: usize = 6;
        let first = self.at + self.len + usize::from(self.is(self.at + self.len, QUOTE));
        let begins = self.is(first, DETERMINERS) && !self.is(first, OBJECTS) || starts_upper(self.word(first));
        let end = (first + 1..first + MOST).find(|&i| self.ends(i) || self.is(i, PARTICLES | OBJECTS)).unwrap_or(first + MOST);
        self.stretch(first, end).filter(|_| begins)
    }

    /// Whom a passive names: its subject, or where it is only a participle the noun beside it.
    fn subject_of_participle(&self, verb: usize) -> Option<Span> {
        let mut first = verb;
        while first > 0 && self.is(first - 1, ADVERBS) {
            first -= 1;
        }
        // "The marshals, described by the papers as thugs, left"
        if first > 1 && self.word(first - 1) == "," && !self.is(first - 2, QUOTE) {
            return self.noun_before(first - 1);
        }
        let participle = |i: usize| self.is(i, PARTICIPLES | SEEING | NAMING) && !self.is(i, PRONOUNS | DETERMINERS);
        let joined = || self.is(first - 1, LISTS) && participle(0);
        if first == 0 || joined() { self.subject_of_main() } else { self.subject(verb) }
    }

    /// The subject behind a participle that opens the sentence: "Described by the governor as a gangster, Renwick took to the hills".
    fn subject_of_main(&self) -> Option<Span> {
        const FAR: usize = 10;
        const MOST: usize = 6;
        let behind = self.at + self.len;
        let first = (behind..behind + FAR).find(|&i| self.word(i) == ",")? + 1;
        if self.is(first, PRONOUNS) {
            return self.stretch(first, first + 1);
        }
        let verbal = |i: usize| self.ends(i) || self.is(i, FINITE | AUXILIARIES | COPULAS | CLITICS) || self.words.is_finite(self.word(i));
        let begins = self.is(first, DETERMINERS | POSSESSIVES) || starts_upper(self.word(first));
        let end = (first + 1..=first + MOST).find(|&i| verbal(i))?;
        self.stretch(first, end).filter(|_| begins)
    }

    /// Who is treated as what the name says: "was hunted for years as a rebel", "fue perseguido como terrorista".
    fn treated(&self) -> Option<Span> {
        let begins = self.before();
        // "were killed as rebels stormed"
        let whole = self.words.has(OBJECTS) || begins < self.at && self.is(begins, INDEFINITES) || self.closes(self.at + self.len);
        let link = begins.checked_sub(1).filter(|&i| whole && self.is(i, SEEN_AS))?;
        let copula = self.clause_before(link).take_while(|&i| !self.is(i, BREAKS)).find(|&i| self.is(i, COPULAS))?;
        let done = (copula + 1..link).find(|&i| !self.is(i, ADVERBS)).is_some_and(|i| self.words.is_participle(self.word(i)));
        done.then(|| self.subject(copula)).flatten()
    }

    /// Where a clause about somebody begins without a word that says so: "the woman he calls a traitor".
    fn contact(&self, verb: usize) -> Option<usize> {
        let verbal = |i: &usize| self.is(*i, ADVERBS | AUXILIARIES);
        let pronoun = (1..verb).rev().find(|i| !verbal(i)).filter(|&i| self.is(i, PRONOUNS))?;
        let noun = pronoun - 1;
        let of_it = noun > 0 && self.tokens[noun].kind == TokenKind::Word && self.is(noun - 1, DETERMINERS);
        (!self.is(noun, BREAKS) && (of_it || self.is_those(noun))).then_some(pronoun)
    }

    /// Whether a word stands for those whom a clause picks out: "those it has branded".
    fn is_those(&self, i: usize) -> bool {
        self.is(i, DETERMINERS) && !self.is(i, INDEFINITES)
    }

    /// Who is named, where the verb stands behind: "los vecinos, a los que llama bandidos", "a los vecinos los llamó bandidos", "nos llaman".
    fn object_before(&self, verb: usize) -> Option<Span> {
        const FAR: usize = 8;
        let words = self.words;
        let begins = self.chain(verb);
        let taken_up = (begins..verb).find(|&i| self.is(i, CLITICS));
        // "los vecinos, a quienes los ministros han llamado"
        let whom = |i: usize| i > 0 && self.is(i, RELATIVES) && self.is(i - 1, OBJECTS);
        let mut clause = (verb.saturating_sub(FAR)..begins).rev().take_while(|&i| !self.closes(i));
        let relative = clause.find(|&i| self.is(i, FRONTS) || whom(i));
        if let Some(relative) = relative.filter(|_| taken_up.is_none()) {
            let mut first = relative;
            // "que libere a quienes ha tachado de"
            if self.is(relative, HEADS) && !self.closes(relative.saturating_sub(2)) {
                return self.stretch(relative, relative + 1);
            }
            while first > 0 && self.is(first - 1, LEADS) {
                first -= 1;
            }
            // "lo que llama" is of nothing before it.
            if relative > 0 && self.is(relative - 1, NEUTER) {
                return None;
            }
            // "al que", "a los que", and not "los que"
            let whom = first < relative && self.is(first, OBJECTS) || first > 0 && self.is(first - 1, OBJECTS);
            first -= usize::from(first > 0 && self.is(first - 1, OBJECTS));
            let set_in = first > 0 && self.closes(first - 1) && !self.is(first - 1, QUOTE);
            // "un fallo que Amnistía tildó de farsa": its verb has a subject of its own.
            let subject = relative + 1 < begins && first == relative && !self.is(self.behind(), OBJECTS);
            let of_it = self.is(relative, RELATIVES) && (whom || set_in || subject || !self.words.has(LEADS));
            return of_it.then(|| self.noun_before(first - usize::from(set_in))).flatten();
        }
        if let Some(clitic) = taken_up {
            let first = self.clause_before(begins).take_while(|&i| !self.is(i, QUOTE)).last().unwrap_or(begins);
            // "a manos del Estado que hoy nos llama vándalos"
            let of_whom = (first + 1..begins).rev().find(|&i| !self.is(i, ADVERBS)).is_some_and(|i| self.is(i, RELATIVES));
            let doubled = (self.is(first, OBJECTS) && !of_whom).then(|| (first + 1..begins).find(|&i| self.ends(i)).unwrap_or(begins));
            let doubled = doubled.and_then(|end| self.stretch(first + 1, end));
            let itself = || if self.is(clitic, IMPERSONAL) { self.subject(verb) } else { Some(self.tokens[clitic].span) };
            return doubled.or_else(itself);
        }
        if let Some(pronoun) = self.contact(verb) {
            let those = self.is_those(pronoun - 1);
            return if those { self.stretch(pronoun - 1, pronoun) } else { self.noun_before(pronoun) };
        }
        let span = self.tokens[verb].span;
        let ending = words.enclitics.iter().filter(|c| lower(self.word(verb)).ends_with(c.as_str())).max_by_key(|c| c.len())?;
        self.has_object(verb).then(|| Span::new(span.end - ending.len(), span.end))
    }

    /// Whether the subject of a verb is only taken up: "she calls them rebels", "los llamó rebeldes".
    fn is_taken_up(&self, verb: usize, subject: Option<Span>) -> bool {
        match subject {
            // "she herself"
            Some(subject) => {
                let (first, rest) = subject.of(self.text).split_once(' ').unwrap_or((subject.of(self.text), ""));
                self.words.are(first, ANAPHORS) && !rest.contains(' ')
            }
            None => self.is_dropping(verb) && !(verb.saturating_sub(3)..verb).any(|i| self.is(i, IMPERSONAL)),
        }
    }

    /// Whether the subject of a verb may be left out: "llamó", "había llamado".
    fn is_dropping(&self, verb: usize) -> bool {
        self.is(verb, DROPPING) || verb > 0 && self.is(verb, PARTICIPLES) && self.is(verb - 1, DROPPING)
    }

    /// Who names, between a passive and its link: "regarded by the authorities as a subversive".
    fn agent_before(&self, verb: usize, link: usize) -> Option<Span> {
        self.is_agent(verb, verb + 1).then(|| self.stretch(verb + 2, link)).flatten()
    }

    /// Who names, behind a passive: "was branded a puppet by state media".
    fn agent(&self) -> Option<Span> {
        const BETWEEN: usize = 2;
        const MOST: usize = 5;
        let behind = self.at + self.len;
        // "a puppet of the shipping lines by state media"
        let between = if self.is(behind, LINKS) { 2 * BETWEEN } else { BETWEEN };
        let agent = (behind..=behind + between).take_while(|&i| !self.ends(i)).find(|&i| self.is(i, AGENTS))?;
        let end = (agent + 1..=agent + MOST).find(|&i| self.ends(i)).unwrap_or(agent + 1 + MOST);
        self.stretch(agent + 1, end)
    }

    /// Whether a phrase ends before a token: at a mark, at another clause, or with the sentence.
    fn ends(&self, i: usize) -> bool {
        self.closes(i) || self.is(i, BREAKS)
    }

    /// Whether a mark or nothing stands at a place.
    fn closes(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| t.kind == TokenKind::Mark)
    }

    /// The naming verb of a clause set in behind the term: "the looters, as he calls them,", "los golpistas, como los llama el partido,".
    fn named_after(&self) -> Option<Naming> {
        let link = self.at + self.len + 1;
        if self.word(link - 1) != "," || !self.is(link, SEEN_AS) {
            return None;
        }
        let end = (link + 1..link + REACH).find(|&i| self.closes(i))?;
        let verb = (link + 1..end).find(|&i| self.is(i, NAMING))?;
        // With an object of its own it names something else.
        let before = (link + 1..verb).rev().find(|&i| !self.is(i, CLITICS));
        let (speaker, object) = match before {
            // "as he likes to call them"
            Some(_) => (self.subject(verb), end <= verb + 2),
            None => (self.stretch(verb + 1, end), verb > link + 1),
        };
        object.then_some(Naming { verb, speaker, earlier: self.is_taken_up(verb, speaker), target: None })
    }

    /// Whether a naming verb ends in its object: "considerarlos".
    fn has_object(&self, verb: usize) -> bool {
        let verb = lower(self.word(verb));
        self.words.enclitics.iter().any(|c| verb.strip_suffix(c.as_str()).is_some_and(|stem| self.words.are(stem, NAMING)))
    }

    /// The token behind the term and its closing mark; where an object marker comes only behind another name, that: «llamó "vándalos" y
    /// "criminales" a los vecinos».
    fn behind(&self) -> usize {
        let over_marks = |i: usize| i + usize::from(self.is(i, QUOTE));
        let objects = |i: usize| self.is(i, OBJECTS);
        let first = over_marks(self.at + self.len);
        let second = over_marks(over_marks(first + 1) + 1);
        // "llamó terroristas callejeros a los vecinos"
        let described = over_marks(first + 1);
        // "lacayo de los ricos a su rival"
        let held = first + 1 + usize::from(self.is(first + 1, DETERMINERS));
        if self.is(first, LINKS) && !objects(first) && objects(over_marks(held + 1)) {
            return over_marks(held + 1);
        }
        // «llamó "terroristas de cuello verde" a los gobernadores»
        let marks = self.marked().map(|m| self.tokens.partition_point(|t| t.span.start < m.end));
        if let Some(close) = marks.filter(|&c| c > first && objects(c + 1)) {
            return close + 1;
        }
        if self.is(first, LISTS) && objects(second) {
            second
        } else if !self.ends(first) && !objects(first) && objects(described) {
            described
        } else {
            first
        }
    }

    /// Whether whom somebody means follows: "a los vecinos", but not "a sueldo".
    fn marks_object(&self, i: usize) -> bool {
        let whom = self.is(i, LEADS) || self.is(i + 1, DETERMINERS | POSSESSIVES | RELATIVES | PRONOUNS) || starts_upper(self.word(i + 1));
        self.is(i, OBJECTS) && whom && !self.is_service(i + 1)
    }

    /// Whether a word says whom somebody is of use to: "al frente de", but not "al Frente Sur".
    fn is_service(&self, i: usize) -> bool {
        self.is(i, SERVICES) && !starts_upper(self.word(i))
    }

    /// The object that follows the name: "tildó de terroristas a los vecinos".
    fn object_after(&self) -> Option<Span> {
        const MOST: usize = 6;
        let marker = self.behind();
        // "agitadores al servicio de"
        if self.is_service(marker + 1) {
            return None;
        }
        // "a quien protesta", "a quienes no se van": those whom a clause of a verb picks out.
        let clause = self.is(marker + 1, RELATIVES).then(|| {
            let verbal = |i: usize| self.is(i, CLITICS | NEGATORS);
            (marker + 2..marker + MOST).find(|&i| !verbal(i)).unwrap_or(marker + MOST)
        });
        let most = clause.map_or(marker + MOST, |verb| verb + 1);
        // "a un jubilado me parece": another clause's verb
        let verbal = |i: usize| i > marker + 2 && clause.is_none() && self.is(i, CLITICS) && !self.is(i, DETERMINERS);
        // "al Frente Nusra"
        let name = |i: usize| i == marker + 1 && (clause.is_some() || starts_upper(self.word(i)));
        let end = (marker + 1..=most).find(|&i| (self.ends(i) || verbal(i)) && !name(i)).unwrap_or(most);
        // "tildó de terroristas los ataques": a thing needs no word before it.
        let thing = self.words.has(OBJECTS) && self.is(marker, DETERMINERS) && marker == self.at + self.len;
        if self.is(marker, OBJECTS) {
            self.stretch(marker + 1, end)
        } else if thing {
            let end = (marker + 1..end).find(|&i| self.is(i, OBJECTS)).unwrap_or(end);
            self.stretch(marker, end)
        } else {
            None
        }
    }

    /// The word such as "as" between a naming verb and the name it gives, with what describes the name after it ("as an armed gang").
    fn link(&self, verb: usize, begins: usize) -> Option<usize> {
        const MOST: usize = 3;
        let last = begins.checked_sub(1).filter(|&l| l > verb)?;
        let beside = if self.is(last, BEINGS) { last - 1 } else { last };
        // "accused of killing rebels" names nobody, but "seen as armed rebels" does
        let part = |i: usize| self.tokens[i].kind == TokenKind::Word && !self.is(i, BREAKS) || self.is(i, QUOTE);
        let describing = |i: &usize| *i > last - MOST.min(last) && part(*i);
        // "took them for a gang of thieves" too
        let held = |i: usize| self.is(i, HELD_AS) && self.is(verb, HOLDING) && self.is(i + 1, INDEFINITES);
        let farther = || {
            (verb + 1..last).rev().take_while(|&i| describing(&(i + 1))).find(|&i| self.is(i, SEEN_AS) && self.links(verb, i) || held(i))
        };
        // "ven en él a un héroe"
        let in_it =
            self.is(verb, SIGHTS) && self.is(verb + 1, WITHIN) && verb + 1 < last && begins < self.at && self.is(begins, INDEFINITES);
        if in_it {
            return Some(begins - usize::from(self.is(last, OBJECTS)));
        }
        // "acusar de", but not "considerar la posibilidad de"
        Some(beside).filter(|&l| l > verb && self.links(verb, l)).or_else(farther)
    }

    /// What stands right before a verb, back to a mark, another clause or the beginning.
    fn subject(&self, verb: usize) -> Option<Span> {
        let mut end = verb;
        const FARTHEST: usize = 6;
        // "The mayor has refused to call": the mayor.
        let verbal = NEGATORS | COPULAS | CLITICS | AUXILIARIES | DENIALS | SHUNS | ADVERBS | MORE;
        // "said that the mayor “is a rebel”"
        let opens =
            |i: usize| self.is(i, QUOTE) && i > 0 && self.tokens.get(i + 1).is_some_and(|t| t.span.start == self.tokens[i].span.end);
        // "went so far as to call"
        const SO_FAR: usize = 4;
        let so_far = |i: usize| i > SO_FAR && self.is(i, TOWARD) && self.is(i - 1, SEEN_AS) && self.is(i - 2, DENIALS);
        while end > 0 && (self.is(end - 1, verbal) || opens(end - 1)) {
            end -= if so_far(end - 1) { 1 + SO_FAR } else { 1 };
        }
        let governed = (end..verb).any(|i| self.is(i, TOWARD));
        let mut start = end;
        let begins = |i: usize| {
            let clause = self.is(i, BREAKS) && !self.is(i, LISTS);
            let other = self.is(i, FRONTS | RELATIVES | CONTRASTS);
            self.tokens[i].kind == TokenKind::Mark || clause || other
        };
        while start > 0 && end - start < FARTHEST {
            let i = start - 1;
            if begins(i) {
                break;
            }
            start = i;
            // "four men it described as": of the words before it the pronoun is the subject.
            if i + 1 == end && self.is(i, PRONOUNS) {
                break;
            }
        }
        // "The protests it held during the strike were crushed"
        if start > 0 && self.is(start - 1, GOVERNORS) {
            return None;
        }
        if end > 0 && self.is(end - 1, LISTS) {
            // "and it would be wrong to call": nobody
            let wrong = (end..verb).any(|i| self.is(i, COPULAS)) && (end..verb).any(|i| self.is(i, DENIALS));
            return if wrong { None } else { self.shared_subject(end - 1) };
        }
        // "if that is a coup"
        let this = |i: usize| self.is(i, DETERMINERS) && (i == 0 || begins(i - 1));
        if start == end && end > 0 && this(end - 1) && self.is(end, COPULAS) {
            return self.stretch(end - 1, end);
        }
        // "the United States, which considers them terrorists,", "the men who call them so": whom the relative clause is about.
        let relative = start.checked_sub(1).filter(|&i| self.is(i, RELATIVES) && (start == end || self.is(start, PARTICLES)));
        // "Hill said that to call them so"
        let relative = relative.filter(|&i| i == 0 || !self.is(i - 1, SAYING));
        // "un Estado que nos llama vándalos", but not "detesta que lo llamen héroe"
        let noun = |i: usize| {
            i > 1 && (self.is(i - 2, DETERMINERS) || starts_upper(self.word(i - 1)) && i > 2 && self.is(i - 3, DETERMINERS | JOINERS))
        };
        let picks = |i: usize| self.has_clitic(verb) && noun(i);
        if let Some(relative) = relative.filter(|&i| self.sets_in(i) || !self.is(i, FRONTS) || picks(i)) {
            return self.noun_before(relative - usize::from(self.sets_in(relative))).filter(|s| !self.is_aside(*s));
        }
        // "a man who plays the drum is no rebel", "quienes tocan el tambor": whom such a clause picks out
        let number = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
        let bare = |i: usize| number(i + 1) || !self.is(i, DETERMINERS | PRONOUNS) && !starts_upper(self.word(i));
        if let Some(relative) = start.checked_sub(1).filter(|&i| self.is(i, RELATIVES) && start < end && bare(start)) {
            // "the six men who chained themselves to the bridge are", but not "said at first that they were"
            let verb_in = || (start..end).any(|i| self.is(i, FINITE) || self.words.is_finite(self.word(i)));
            let article = |back: usize| relative > back && self.is(relative - 1 - back, DETERMINERS);
            let before = relative.saturating_sub(1);
            let noun = bare(before) && !self.is(before, BREAKS) && (article(1) || (article(2) || article(3)) && verb_in());
            let those = self.is(relative, HEADS) || relative > 0 && self.is(relative - 1, DETERMINERS | NEUTER);
            if noun {
                // "A los maestros que acampan aquí los llamó bandidos": the object
                let object = |s: &Span| {
                    let first = self.tokens.partition_point(|t| t.span.start < s.start);
                    first > 0 && self.is(first - 1, OBJECTS) || self.is(first, OBJECTS)
                };
                return self.noun_before(relative).filter(|s| !object(s));
            }
            if those {
                if relative > 1 && self.is(relative - 2, OBJECTS) {
                    return None;
                }
                return self.stretch(relative - usize::from(!self.is(relative, HEADS)), end);
            }
        }
        // "The mayor, who resigned, calls", "The mayor, for his part, should stop calling"
        let governs = |i: usize| self.is(i, AUXILIARIES | CEASES | NEGATORS);
        if start > 1 && self.word(start - 1) == "," && (start..end).all(governs) {
            return self.set_off(start);
        }
        // "what he said was a plot": nobody
        if start > 0 && self.is_front(start - 1) && (start..end).any(|i| self.is(i, SAYING | BELIEVING)) {
            return None;
        }
        // "what the government calls terrorism is a protest"
        let names = |i: usize| self.is(i, NAMING | SEEING);
        if (start..end).any(names) && start > 0 && self.is_front(start - 1) && self.is(start - 1, RELATIVES) == self.words.has(LEADS) {
            return self.stretch(start - 1 - usize::from(self.words.has(LEADS)), end);
        }
        // "are a mafia and their leaders are": the second clause's own
        let copula = (start..end).rev().find(|&i| self.is(i, COPULAS));
        let second = copula.and_then(|c| (c..end).rev().find(|&i| self.is(i, LISTS)));
        start = second.map_or(start, |i| i + 1);
        while start < end && self.is(start, NEGATORS) {
            start += 1;
        }
        // "urged them to resign and to stop treating": whose infinitive it is isn't told.
        if self.is(start, CEASES) || self.is(start, LISTS) && self.is(start + 1, TOWARD | CEASES) {
            return None;
        }
        // "The government would like the world to see them as rebels": the government; "It would be wrong to call": nobody.
        let verbal = AUXILIARIES | CEASES | DENIALS | SHUNS;
        // "Shops belonging to French brands were": no infinitive.
        let before_noun = |i: usize| self.is(i, TOWARD) && (starts_upper(self.word(i + 1)) || self.is(i + 1, DETERMINERS));
        let other = |i: usize| i > start && self.is(i, verbal) && !self.is(i, LINKS) && !before_noun(i);
        if let Some(other) = (start..end).find(|&i| self.is(i, COPULAS) || other(i)) {
            let be = (other..end).any(|i| self.is(i, COPULAS));
            return if be { None } else { self.stretch(start, other) };
        }
        // "a los vecinos los llamó bandidos": the object; "en Rusia la llaman traidora", "en su pueblo lo llaman héroe": where
        let place = end - start + usize::from(!self.is(start + 1, DETERMINERS)) <= 3;
        if self.is(start, OBJECTS) || self.is(start, PARTICLES) && place {
            return None;
        }
        // "Two men accused of planting a bomb near the station were": what so long a subject begins with.
        let far = start.saturating_sub(2 * FARTHEST);
        let first = (far..start).rev().find(|&i| begins(i)).map(|i| i + 1).or((far == 0).then_some(0));
        let whole = start > 0 && end - start == FARTHEST && !begins(start - 1);
        // "called it a massacre and urged the council to call them so": two verbs, and whose the infinitive is isn't told.
        if governed && (first.unwrap_or(start)..end).any(|i| self.is(i, LISTS)) {
            return None;
        }
        let dangling = |i: usize| self.is(i, JOINERS | PARTICLES | LINKS | DETERMINERS);
        let Some(first) = first.filter(|_| whole) else {
            // "For years the army has treated"
            let adverbial = start < end && (!self.is(start, DETERMINERS) || self.is_time(start));
            // "two men with a flag called her so": no subject of its own behind the men.
            let new = |i: usize| self.is(i, INDEFINITES) && !self.is(start, PARTICLES) && !self.is_time(start);
            let opens = |i: usize| self.is(i, DETERMINERS) && !new(i) && !dangling(i - 1) && !starts_upper(self.word(i - 1));
            let article = (start + 1..end).rev().find(|&i| adverbial && opens(i));
            // "In 1998 Hill called", and "en un panfleto llamó" where a verb needs no subject
            let beside = self.is(start, PARTICLES) && article.is_none();
            let name = (start + 1..end).rev().take_while(|&i| starts_upper(self.word(i))).last();
            let name = name.filter(|&i| beside && i > start + 1);
            let nobody = self.is_time(start) || beside && name.is_none() && self.words.has(DROPPING);
            return self.stretch(article.or(name).unwrap_or(start), end).filter(|_| article.is_some() || !nobody);
        };
        let most = if end - first > FARTHEST + 3 { first + FARTHEST } else { end };
        self.stretch(first, (first + 1..=most).rev().find(|&i| !dangling(i - 1)).unwrap_or(most))
    }

    /// Whether a phrase says when: "the week", "La semana".
    fn is_time(&self, start: usize) -> bool {
        let time = start + usize::from(self.is(start, DETERMINERS | POSSESSIVES));
        // "Sunday's march", "The South China Morning Post" are no time
        let name = starts_upper(self.word(time)) && starts_upper(self.word(time + 1));
        self.is(time, TIMES) && stem_len(self.word(time)) == self.word(time).len() && !name
    }

    /// The subject that a verb behind "and" has from the one before it: "The mayor rejected the claims and called them a plot".
    fn shared_subject(&self, and: usize) -> Option<Span> {
        const FAR: usize = 30;
        const LONGEST: usize = 8;
        let stops = |i: usize| matches!(self.word(i), ";" | ":" | "—" | "–" | "(" | ")") || self.is(i, QUOTE);
        let mut first = (and.saturating_sub(FAR)..and).rev().find(|&i| stops(i)).map_or(and.saturating_sub(FAR), |i| i + 1);
        if first > 0 && !stops(first - 1) {
            return None;
        }
        // "On Tuesday, the mayor", "After a night of talks, the mayor", "But when the mayor stands up and calls"
        let comma = (first..and).find(|&i| self.word(i) == ",");
        first = comma.filter(|_| self.is(first, PARTICLES | BREAKS | LISTS)).map_or(first, |comma| comma + 1);
        while first < and && self.is(first, BREAKS | LISTS) {
            first += 1;
        }
        let begins = self.is(first, DETERMINERS | POSSESSIVES | PRONOUNS) || starts_upper(self.word(first));
        // "the police", "jefe de policía" end like verbs and are none.
        let within = DETERMINERS | POSSESSIVES | LINKS | PARTICLES;
        let verb = |i: usize| self.is(i, FINITE | COPULAS) || self.is(i, AUXILIARIES) && !self.is(i, LINKS | OBJECTS | TOWARD);
        let verbal = |i: usize| verb(i) || !self.is(i - 1, within) && self.words.is_finite(self.word(i));
        let mut end = (first + 1..and.min(first + LONGEST)).find(|&i| self.word(i) == "," || verbal(i))?;
        // "The mayor, Ana Paz, rejected"
        let close = (end + 1..and.min(end + LONGEST)).find(|&i| self.tokens[i].kind == TokenKind::Mark);
        if let Some(close) = close.filter(|&c| self.word(c) == "," && self.word(end) == "," && starts_upper(self.word(end + 1))) {
            (first, end) = (end + 1, close);
        }
        // Of two clauses whose verb it is isn't told: "rejected reports that the army had fled and called".
        let other = (end..and).any(|i| self.is(i, BREAKS) && !self.is(i, LISTS) || self.is(i, RELATIVES));
        while end > first + 1 && (self.is(end - 1, NEGATORS | ADVERBS) || self.is(end - 1, CLITICS) && !self.is(end - 1, DETERMINERS)) {
            end -= 1;
        }
        // "Last year it crushed"
        if self.is(end - 1, PRONOUNS) {
            first = end - 1;
        }
        let when = (first..end).any(|i| self.is(i, TIMES));
        self.stretch(first, end).filter(|_| begins && !other && !when)
    }

    /// Whether a verb stands behind "and", so that its subject is that of another.
    fn is_joined(&self, mut verb: usize) -> bool {
        while verb > 0 && self.is(verb - 1, CLITICS | AUXILIARIES | NEGATORS | ADVERBS) {
            verb -= 1;
        }
        verb > 0 && self.is(verb - 1, LISTS)
    }

    /// The subject before a clause that is set off from its verb: "the mayor, who resigned in May, calls them so", "the mayor, Ana Paz, calls them so".
    fn set_off(&self, end: usize) -> Option<Span> {
        const BETWEEN: usize = 12;
        const LONGEST: usize = 6;
        let opens = (end.saturating_sub(BETWEEN)..end - 1).rev().find(|&i| self.tokens[i].kind == TokenKind::Mark);
        let Some(opens) = opens else {
            // "The general, once hailed as a hero"
            let verbal = COPULAS | NAMING | NEGATORS | CLITICS;
            let says = (end.saturating_sub(4 * BETWEEN)..end - 1).any(|i| self.is(i, verbal) && !self.is(i, DETERMINERS));
            return self.phrase_before(end - 1).filter(|_| !says);
        };
        let named = starts_upper(self.word(opens + 1)) && self.tokens[opens + 1..end - 1].iter().all(|t| t.kind == TokenKind::Word);
        let first = |s: &Span| s.of(self.text).split(' ').next().unwrap_or_default();
        match self.word(opens) {
            "," if named && end - opens < LONGEST => self.stretch(opens + 1, end - 1),
            // "The thousands in the square, nurses, clerks of the court, fans of the club, are": one of a list
            "," if self.is_listed(opens, end) => None,
            "," => self.phrase_before(opens).filter(|s| !self.words.are(first(s), PARTICLES)),
            _ => None,
        }
    }

    /// Whether what stands before a comma and behind it are two of a list without articles.
    fn is_listed(&self, comma: usize, end: usize) -> bool {
        const LONGEST: usize = 6;
        let begins = (comma.saturating_sub(LONGEST)..comma).rev().find(|&i| self.word(i) == ",").map(|i| i + 1);
        let plain = |i: usize| {
            !self.is(i, DETERMINERS | POSSESSIVES | PRONOUNS | RELATIVES | PARTICLES | BREAKS | NAMING | SEEING)
                && !starts_upper(self.word(i))
        };
        begins.is_some_and(|i| i < comma && plain(i)) && comma + 1 < end && plain(comma + 1)
    }

    /// The few words before a token, back to a mark or another clause, if they are more than an article.
    fn phrase_before(&self, end: usize) -> Option<Span> {
        const MOST: usize = 6;
        let first = (end.saturating_sub(MOST)..end).rev().find(|&i| self.ends(i)).map_or(end.saturating_sub(MOST), |i| i + 1);
        // "Those who broke in, he said, were looters"
        let those = first > 1 && self.is(first - 1, RELATIVES) && self.is(first - 2, DETERMINERS);
        let first = if those { first - 2 } else { first };
        if end > 0 && self.is(end - 1, DETERMINERS) { None } else { self.stretch(first, end) }
    }

    /// Whether a stretch is set off behind a preposition and is nobody: "Negó, en cambio, que".
    fn is_aside(&self, stretch: Span) -> bool {
        let first = self.tokens.partition_point(|t| t.span.start < stretch.start);
        first > 1 && self.is(first - 1, PARTICLES) && self.closes(first - 2)
    }

    /// Of the few words before a token those from the last article on that no other noun holds: of "met the head of the union", "the head of the union".
    fn noun_before(&self, end: usize) -> Option<Span> {
        let phrase = self.phrase_before(end)?;
        let first = self.tokens.partition_point(|t| t.span.start < phrase.start);
        let held = |i: usize| i > first && self.is(i - 1, LINKS) && !self.is(i, INDEFINITES);
        let article = (first..end).rev().find(|&i| self.is(i, DETERMINERS) && !held(i));
        let leads = |i: usize| self.is(i, LINKS | PARTICLES | OBJECTS);
        let preposition = || (first..end).rev().find(|&i| leads(i)).map(|i| i + 1);
        let start = article.or_else(preposition).unwrap_or(first);
        // "el imputado, de 77 años, que": an age is said of whom stands before it.
        if self.word(start).starts_with(|c: char| c.is_ascii_digit()) {
            const ASIDE: usize = 3;
            if let Some(comma) = (start.saturating_sub(ASIDE)..start).rev().find(|&i| self.word(i) == ",") {
                return self.noun_before(comma);
            }
        }
        self.stretch(start, end).or(Some(phrase))
    }

    /// The copula whose predicate the term is: "are terrorists", "had never been rebels", "were patriots, not rebels".
    fn copula(&self) -> Option<usize> {
        const MOST: usize = 4;
        let copula_before = |mut i: usize| {
            while i > 0 && !self.is_copula(i - 1) && self.is(i - 1, NEGATORS | ADVERBS | DETERMINERS | POSSESSIVES | QUOTE) {
                i -= 1;
            }
            // "was himself a traitor"
            i -= usize::from(i > 1 && self.is(i - 1, OBLIQUE) && self.is_copula(i - 2));
            let mut verb = i.checked_sub(1)?;
            // "amounts to", and "is he", "es usted"
            let amounts = self.is(verb, TOWARD | OBJECTS) && verb > 0 && self.is(verb - 1, AMOUNTING);
            if amounts {
                return Some(verb - 1);
            }
            verb -= usize::from(verb > 0 && self.is(verb, PRONOUNS) && self.is(verb - 1, COPULAS));
            let has = verb > 0 && self.is(verb - 1, AUXILIARIES) && !self.is(verb - 1, TOWARD);
            let finite = has || !self.is(verb, BEINGS);
            (self.is_copula(verb) && finite).then_some(verb)
        };
        let begins = self.before();
        // "They were, she said, agitators"
        let set_in = || {
            let close = begins.checked_sub(1).filter(|&c| self.word(c) == ",")?;
            let open = (close.saturating_sub(2 * MOST)..close).rev().find(|&i| self.closes(i))?;
            (self.word(open) == ",").then(|| copula_before(open)).flatten()
        };
        // "thieves and murderers", "patriots, not rebels", "not a rebel but a clerk": another name before it
        let mut other = begins;
        let definite = self.is_definite();
        let joins = |i: usize| self.word(i) == "," || self.is(i, NEGATORS | LISTS | CONTRASTS);
        while other > 0 && !definite && joins(other - 1) {
            other -= 1;
        }
        // "was a father of four and a community worker, not a rebel"
        let apart = begins > 1 && self.is(begins - 1, APART) && self.word(begins - 2) == ",";
        let most = if apart { 3 * MOST } else { MOST };
        let listed = || {
            (other.saturating_sub(most)..other)
                .rev()
                .take_while(|&i| (!self.ends(i) || apart && self.is(i, LISTS)) && !self.is(i, AGENTS | PARTICLES))
                .find_map(copula_before)
        };
        copula_before(begins).or_else(set_in).or_else(|| (other < begins).then(listed).flatten())
    }

    /// Who is said to be so: "the men are terrorists", "they had never been rebels", "I'm no rebel".
    fn subject_of_copula(&self) -> Option<Span> {
        let verb = self.copula()?;
        // "has been the guerrillas' largest offensive" says nothing of what guerrillas are, and "there are rebels" of nobody that he is one.
        let last = self.word(self.at + self.len - 1);
        if stem_len(last) < last.len() || matches!(self.word(self.at + self.len), "'" | "’") && !self.closes(self.at + self.len + 1) {
            return None;
        }
        if self.is(verb + 1, PRONOUNS) {
            return self.stretch(verb + 1, verb + 2);
        }
        if let Some(subject) = self.subject(verb) {
            return Some(subject).filter(|s| !self.words.are(s.of(self.text), EXISTENCE));
        }
        let (pronoun, _) = self.word(verb).split_once(['\'', '’'])?;
        let start = self.tokens[verb].span.start;
        self.words.are(pronoun, PRONOUNS | RELATIVES).then(|| Span::new(start, start + pronoun.len()))
    }

    /// Whose view is named behind it: "a dictator in the eyes of his critics".
    fn view_behind(&self) -> Option<Span> {
        const LONGEST: usize = 8;
        let behind = self.at + self.len + usize::from(self.is(self.at + self.len, QUOTE));
        // "a hero to some"
        let alone = |i: usize| self.is(i, VIEWERS) && (self.closes(i + 1) || self.is(i + 1, LISTS));
        let whose = |v: &&Vec<String>| self.ends_with(behind + v.len(), v) && (v.len() > 1 || alone(behind + v.len()));
        let view = self.words.views.iter().find(whose)?;
        let first = behind + view.len();
        let end = (first..first + LONGEST).find(|&i| self.closes(i) || self.is(i, LISTS | COPULAS | FINITE))?;
        let one = self.is(first, DETERMINERS | POSSESSIVES | VIEWERS) || starts_upper(self.word(first));
        self.stretch(first, end).filter(|_| one)
    }

    /// In whose view somebody is so: "To the growers, the guards are mercenaries", "Para sus críticos era un fanático", "Para los vecinos, un
    /// héroe".
    fn view(&self) -> Option<Span> {
        const FAR: usize = 24;
        const LONGEST: usize = 12;
        let begins = self.before();
        let bare = || {
            // "For Ana Gil, an activist, the vote was late" says who she is: nothing but another view may follow.
            const REST: usize = 6;
            let behind = self.at + self.len + usize::from(self.is(self.at + self.len, QUOTE));
            let end = (behind..behind + REST).find(|&i| self.closes(i) && !self.is(i, QUOTE));
            let another = |i: usize| self.words.views.iter().any(|v| self.ends_with(i + v.len(), v));
            let ends = end.is_some_and(|e| {
                let over = e >= self.tokens.len() || matches!(self.word(e), "." | ";" | "!" | "?") || self.word(e) == "," && another(e + 1);
                over && !(behind..e).any(|i| self.is(i, COPULAS | FINITE | NAMING | AUXILIARIES) && !self.is(i, LINKS | OBJECTS))
            });
            // "a hero or a nuisance", "para otros, usurpadora."
            let one = begins < self.at && self.is(begins, INDEFINITES) && (self.closes(behind) || self.is(behind, LISTS | LINKS));
            let whole = ends && (one || end == Some(behind) && !self.is_definite());
            begins.checked_sub(1).filter(|&c| whole && self.word(c) == ",")
        };
        if let Some(viewer) = self.view_behind() {
            return Some(viewer);
        }
        // "Para la oposición se trata de presos políticos"
        let concerned = || {
            let impersonal = begins.checked_sub(3)?;
            let parts = self.is(impersonal, IMPERSONAL) && self.is(begins - 2, IDENTITY) && self.is(begins - 1, LINKS);
            parts.then_some(impersonal)
        };
        let copula = self.copula().or_else(concerned).or_else(bare)?;
        let opens = |i: usize| i == 0 || self.is(i - 1, BREAKS | LISTS) || self.closes(i - 1);
        let after = |i: usize| self.words.views.iter().find(|v| self.ends_with(i + v.len(), v)).map(|v| i + v.len());
        let first = (copula.saturating_sub(FAR)..copula).rev().find_map(|i| after(i).filter(|_| opens(i)))?;
        // "To the growers the guards are bandits"
        let held = PARTICLES | LINKS | JOINERS | LISTS;
        let another = |i: usize| i > first && self.is(i, DETERMINERS) && !self.is(i, INDEFINITES | RELATIVES) && !self.is(i - 1, held);
        let end = (first..copula).find(|&i| self.closes(i) || i > first && self.is(i, PRONOUNS) || another(i));
        let mut end = end.unwrap_or(copula);
        while end > first && end == copula && self.is(end - 1, NEGATORS | ADVERBS | AUXILIARIES) {
            end -= 1;
        }
        let one = self.is(first, DETERMINERS | POSSESSIVES | VIEWERS) || starts_upper(self.word(first));
        // "para los de Diario 16"
        let number = |i: usize| self.tokens[i].kind == TokenKind::Number && !(i > first && starts_upper(self.word(i - 1)));
        let who = one && end - first < LONGEST && !(first..end).any(|i| self.is(i, TIMES) || number(i));
        // "To the students he promised that they were"
        // "to the traders, who shut their stalls, a hero"
        let aside = self.word(copula) == "," && self.word(end) == "," && self.is(end + 1, RELATIVES);
        let clause = !aside && (end..copula).any(|i| self.is(i, BREAKS | NAMING | SEEING));
        who.then(|| self.stretch(first, end)).flatten().filter(|_| !clause)
    }

    fn stretch(&self, start: usize, end: usize) -> Option<Span> {
        let tokens = self.tokens.get(start..end)?;
        Some(Span::new(tokens.first()?.span.start, tokens.last()?.span.end))
    }

    /// Whether the naming is denied.
    fn negated(&self, naming: Option<&Naming>) -> bool {
        let words = self.words;
        let begins = self.before();
        if self.struck_out(begins) {
            return true;
        }
        let Some(last) = begins.checked_sub(1) else { return false };
        // A fake revolution.
        if self.at > 0 && self.is(self.at - 1, FAKES) || self.is(self.at + self.len, FAKES) {
            return true;
        }
        let denies = |i: usize| self.is(i, NEGATORS);
        if self.is_of_no_one(begins) || self.mention_denied(begins) {
            return true;
        }
        // "would not call them terrorists", but not what a contrast brings after it
        if let Some(naming) = naming {
            let turned = (naming.verb..begins).any(|i| self.is(i, CONTRASTS));
            return self.naming_denied(naming.verb) && !turned;
        }
        if self.set_apart(begins) {
            return true;
        }
        if words.none.iter().any(|phrase| self.ends_with(begins, phrase)) || self.is_quoted_denial(begins) {
            return true;
        }
        if self.in_denied_list(last) || self.not_made(begins) {
            return true;
        }
        if let Some(predicate) = self.predicate(begins) {
            return self.predicate_denied(predicate, begins) && !self.picked_out();
        }
        // "did not fire at protesters but at rioters"
        let contrast = self.at + self.len + usize::from(self.word(self.at + self.len) == ",");
        let same = self.word(contrast + 1) == self.word(last) && self.tokens[last].kind == TokenKind::Word;
        let denies_all = |i: usize| denies(i) && !self.is(i + 1, MORE);
        if same && self.is(contrast, CONTRASTS) && self.clause_before(last).any(denies_all) {
            return true;
        }
        // "not terrorists but"
        denies(last) && (self.at + self.len..self.at + self.len + 4).any(|i| self.is(i, CONTRASTS))
    }

    /// Whether nobody owns who is named: "are nobody's puppets".
    fn is_of_no_one(&self, begins: usize) -> bool {
        let Some(owner) = begins.checked_sub(1) else { return false };
        let word = self.word(owner);
        let stem = &word[..stem_len(word)];
        let one = self.words.are(stem, NOBODY | NO_ONE) || owner > 0 && self.is(owner - 1, NO_ONE);
        stem.len() < word.len() && one && (owner.saturating_sub(2)..owner).any(|i| self.is_copula(i))
    }

    /// Whether the name is all that a clause says before it is taken back: "pero vándalos, no", "Rebels, no."
    fn struck_out(&self, begins: usize) -> bool {
        let behind = self.at + self.len;
        let opens = begins == 0 || self.closes(begins - 1) || self.is(begins - 1, CONTRASTS);
        opens && self.word(behind) == "," && self.is(behind + 1, NEGATORS) && self.closes(behind + 2)
    }

    /// Whether a denial and the name are all that marks hold, as in headlines: «Brothers "no rebels", court told».
    fn is_quoted_denial(&self, begins: usize) -> bool {
        begins > 1 && self.is(begins - 1, NEGATORS) && self.is(begins - 2, QUOTE) && self.is(self.at + self.len, QUOTE)
    }

    /// Whether the name ends a list of others, none of which is right: "were neither clerks nor rebels", "nor is the man a tyrant".
    fn in_denied_list(&self, last: usize) -> bool {
        let neither = |i: usize| self.is(i, LISTS) && self.is(i, NEGATORS);
        let copula = |i: usize| self.is(i, COPULAS) && !self.is(i, BEINGS);
        let denied = |i: usize| self.is(i, NEGATIVE_COPULAS) || (i.saturating_sub(2)..=i + 2).any(|j| self.is(j, NEGATORS));
        if neither(last) {
            return self.clause_before(last).find(|&i| copula(i)).is_some_and(denied);
        }
        let indefinite = last + 1 < self.at && self.is(last + 1, INDEFINITES);
        indefinite && self.clause_before(last + 1).last().is_some_and(|first| neither(first) && copula(first + 1))
    }

    /// The verb that makes somebody what the name says, and whom: "makes a teacher a rebel", "convierte a un maestro en subversivo".
    fn made(&self, begins: usize) -> Option<(usize, Option<Span>)> {
        let verb = self.clause_before(begins).take_while(|&i| !self.is(i, FRONTS)).find(|&i| self.is(i, MAKING))?;
        let into = self.is(begins - 1, PARTICLES);
        let end = begins - usize::from(into);
        let whom = verb + 1 < end && (into || self.is(begins, INDEFINITES) && begins < self.at);
        let first = verb + 1 + usize::from(self.is(verb + 1, OBJECTS));
        // "hace diez años se disparó contra una multitud": in a language that marks an object, no object
        let object = first > verb + 1 || !self.words.has(OBJECTS);
        let plain = |i: usize| !self.ends(i) && !self.is(i, PARTICLES) || self.is(i, QUOTE);
        whom.then(|| (verb, self.stretch(first, end).filter(|_| object && (first..end).all(plain))))
    }

    /// Whether the name is what somebody is not made.
    fn not_made(&self, begins: usize) -> bool {
        self.made(begins).is_some_and(|(verb, _)| (verb.saturating_sub(3)..verb).any(|i| self.is(i, NEGATORS)))
    }

    /// Whether the clause picks the one so called out of others: "it was not the rebels who fired" denies no rebels.
    fn picked_out(&self) -> bool {
        self.is_definite() && self.is(self.at + self.len, CLEFTS)
    }

    /// Whether a phrase stands right before a token.
    fn ends_with(&self, end: usize, phrase: &[String]) -> bool {
        end.checked_sub(phrase.len()).is_some_and(|from| phrase.iter().enumerate().all(|(i, word)| is_lower(self.word(from + i), word)))
    }

    /// Whether a clause set in between commas begins with a token.
    fn sets_in(&self, i: usize) -> bool {
        i > 0 && self.word(i - 1) == ","
    }

    /// Whether a word makes a clause of what is named: "what they call", "los que llaman".
    fn is_front(&self, i: usize) -> bool {
        let led = || !self.words.has(LEADS) || i > 0 && self.is(i - 1, LEADS) || self.is(i, HEADS);
        self.is(i, FRONTS) && led()
    }

    /// Whether a naming verb is denied: "would not call", "stop calling", "nobody calls", but not "rejected what they call".
    fn naming_denied(&self, verb: usize) -> bool {
        const NEAR: usize = 3;
        const FAR: usize = 7;
        let mut near = (verb.saturating_sub(NEAR)..verb).rev().take_while(|&i| !self.is_front(i));
        near.any(|i| self.is(i, NEGATORS | CEASES))
            || self.is(verb + 1, CEASES)
            || self
                .clause_before(verb)
                .take_while(|&i| !self.is(i, LISTS) && !self.is_front(i))
                .take(FAR)
                .any(|i| self.denies(i) && !self.is(i + 1, SEEN_AS) || self.is(i, SHUNS))
            || self.doubted(verb)
            || self.nobody_does(verb)
    }

    /// Whether nobody does what a verb says: "nobody calls", "no soldier would describe", "ningún diputado llama".
    fn nobody_does(&self, verb: usize) -> bool {
        if self.clause_before(verb).take_while(|&i| !self.is(i, BREAKS)).any(|i| self.is(i, NOBODY)) {
            return true;
        }
        let Some(first) = self.clause_before(verb).last() else { return false };
        // "no worker who asks for it is", but not "tampoco vino porque era"
        // nor "tampoco le gustaba que lo llamaran"
        let said = |i: usize| self.is(i - 1, FINITE) || self.words.is_finite(self.word(i - 1));
        let other = |i: usize| self.is(i, BREAKS) && (!self.is(i, RELATIVES | LISTS) || i > 0 && !self.is(i, LISTS) && said(i));
        let nobody = self.is(first, NO_ONE) || self.is(first, NEGATORS) && self.is(first + 1, EVERYONE);
        nobody && !(first..verb).any(other)
    }

    /// The first token of what says that something is so, up to the name: "are", "se trata de", "speak of".
    fn predicate(&self, begins: usize) -> Option<usize> {
        let mut end = begins;
        while end > 0 && self.is(end - 1, NEGATORS | ADVERBS) {
            end -= 1;
        }
        let last = end.checked_sub(1)?;
        // "a gang of thugs", "actos de sabotaje"
        if last > 0 && self.is(last, LINKS) && self.is(last - 1, KINDS) {
            let mut kind = last - 1;
            while kind > 0 && self.is(kind - 1, DETERMINERS) {
                kind -= 1;
            }
            return self.predicate(kind);
        }
        // "un ataque terrorista", "a violent extremist": a word between an article and the name
        if last > 0 && self.tokens[last].kind == TokenKind::Word && self.is(last - 1, INDEFINITES) {
            return self.predicate(last - 1);
        }
        // "were not peaceful protesters"
        let bare = last > 1 && self.is(last - 1, NEGATORS) && self.is(last - 2, COPULAS);
        if self.tokens[last].kind == TokenKind::Word && (bare || last > 0 && self.is(last - 1, NEGATIVE_COPULAS)) {
            return self.predicate(last);
        }
        if self.is(last, COPULAS | NEGATIVE_COPULAS) {
            let mut clause = self.clause_before(last).take(3);
            return (!clause.any(|i| self.is(i, EXISTENCE))).then_some(last);
        }
        let verb = last.checked_sub(1)?;
        (self.is(last, LINKS) && self.is(verb, IDENTITY)).then_some(verb)
    }

    /// Whether what says that something is so is denied: "aren't", "no son", "was never", "denied that they were", "nobody believes it is".
    fn predicate_denied(&self, predicate: usize, begins: usize) -> bool {
        // "not just a coup" is one, and more
        let denies = |i: usize| self.is(i, NEGATORS) && !self.is(i + 1, MORE);
        if self.is(predicate, NEGATIVE_COPULAS) && !self.is(predicate + 1, MORE) || (predicate + 1..begins).any(denies) {
            return true;
        }
        let identity = self.is(predicate, IDENTITY);
        let mut i = predicate;
        while i > 0 && self.is(i - 1, COPULAS | AUXILIARIES | CLITICS) {
            i -= 1;
        }
        if i > 0 && (denies(i - 1) || self.is(i - 1, CEASES)) || identity && (predicate.saturating_sub(3)..predicate).any(denies) {
            return true;
        }
        // "they deny rebels and speak of bandits" denies no bandits
        let mut clause = self.clause_before(predicate).take_while(|&i| !identity || !self.is(i, LISTS));
        clause.any(|i| self.denies(i) || identity && self.is(i, SHUNS))
            || self.doubted(predicate)
            || self.said_by_nobody(predicate)
            || self.of_nobody(predicate)
            || self.is_neither(i)
    }

    /// Whether a copula is of one of two who are not so: "ni los ministros son santos ni el alcalde fue un tirano".
    fn is_neither(&self, copula: usize) -> bool {
        const FAR: usize = 7;
        let neither = |i: usize| self.is(i, LISTS) && self.is(i, NEGATORS);
        let mut clause = self.clause_before(copula).take(FAR).take_while(|&i| neither(i) || !self.is(i, BREAKS | RELATIVES));
        clause.find(|&i| neither(i)).is_some_and(|i| i + 1 < copula && self.is(i + 1, DETERMINERS | POSSESSIVES))
    }

    /// Whether a word denies, and is not itself denied: "did not deny".
    fn denies(&self, i: usize) -> bool {
        self.is(i, DENIALS) && !(i.saturating_sub(2)..i).any(|j| self.is(j, NEGATORS))
    }

    /// The tokens before one, back to a mark.
    fn clause_before(&self, to: usize) -> impl Iterator<Item = usize> {
        (to.saturating_sub(REACH)..to).rev().take_while(|&i| self.tokens[i].kind != TokenKind::Mark || self.is(i, QUOTE))
    }

    /// Whether what is said from a token on is what somebody does not believe: "nadie cree que fuera", "do not accept that it was".
    fn doubted(&self, from: usize) -> bool {
        let Some(verb) = self.clause_before(from).find(|&i| self.is(i, BELIEVING)) else { return false };
        self.clause_before(verb).any(|i| self.is(i, NEGATORS | NOBODY))
    }

    /// "nobody says that they are", but not "he did not say that they are".
    fn said_by_nobody(&self, predicate: usize) -> bool {
        let verb = self.clause_before(predicate).find(|&i| self.is(i, SAYING));
        verb.is_some_and(|verb| self.clause_before(verb).any(|i| self.is(i, NOBODY)))
    }

    /// Whether nobody is said to be so: "none of the dead was a rebel", but not "nobody knows who the rebels are".
    fn of_nobody(&self, predicate: usize) -> bool {
        !self.is_definite() && self.nobody_does(predicate)
    }

    /// The noun by which a name is spoken of and not used: "the word mutiny", "la acusación de terrorismo".
    fn mention(&self, begins: usize) -> Option<usize> {
        let end = if begins > 0 && self.is(begins - 1, LINKS) { begins - 1 } else { begins };
        end.checked_sub(1).filter(|&i| self.is(i, MENTIONS))
    }

    /// Whose word it is that is spoken of: "the mayor rejects the label of rebels", "el alcalde usó la palabra golpe".
    fn who_uses(&self, noun: usize, around: &Around<'_>) -> Option<Span> {
        let uses = |i: &usize| self.is(*i, DENIALS | SHUNS | USING);
        let verb = self.clause_before(noun).find(uses)?;
        let speaker = self.subject(verb);
        self.namer(&Naming { verb, speaker, earlier: self.is_taken_up(verb, speaker), target: None }, around)
    }

    /// Who names: for a subject that is only taken up, the last who was quoted or told of.
    fn namer(&self, naming: &Naming, around: &Around<'_>) -> Option<Span> {
        let verb = self.tokens[naming.verb].span.start;
        let begins = self.tokens[0].span.start;
        let before = &around.quotes[..around.quotes.partition_point(|q| q.span.start < verb)];
        let last = before.last().filter(|q| q.span.end <= verb && verb - q.span.end < FARTHEST);
        let quoted = last.and_then(|q| q.speaker).filter(|s| !self.words.are(s.of(self.text), ANAPHORS));
        // "Hill said that they had lied and called them bandits"
        if naming.speaker.is_none() && self.is_joined(naming.verb) {
            return quoted.filter(|_| last.is_some_and(|q| q.span.start >= begins)).or_else(|| around.person.filter(|_| naming.earlier));
        }
        if !naming.earlier {
            return naming.speaker;
        }
        let pronoun = naming.speaker.is_none_or(|s| self.words.are(s.of(self.text).split(' ').next().unwrap_or_default(), PERSONAL));
        // "Hill told the crowd what she termed a coup"
        let here = naming.speaker.filter(|_| pronoun).and_then(|s| {
            let of = |at: usize| around.people.partition_point(|p| p.start < at);
            let here = &around.people[of(begins)..of(s.start)];
            if let [one] = here { Some(*one) } else { None }
        });
        // Who was named since anybody was quoted is whom the text goes on about.
        let person = around.person.filter(|p| pronoun && last.is_none_or(|q| q.speaker.is_none() || q.span.end <= p.start));
        // "it" is no person, and seldom who was quoted long before
        let near = last.is_some_and(|q| verb - q.span.end < FARTHEST / 3);
        let quoted = quoted.filter(|q| pronoun || near && !around.people.iter().any(|p| q.contains(*p)));
        // "The bloc condemned what it calls a coup": the bloc.
        let clause = || naming.verb.saturating_sub(REACH)..naming.verb;
        let front = || clause().rev().find(|&i| self.is_front(i)).and_then(|front| self.shared_subject(front));
        let own = if pronoun { None } else { front() };
        here.or(person).or(own).or(quoted).or(naming.speaker)
    }

    /// Whether the name is spoken of and not accepted: "rejected the label of rebels", "evitó la palabra golpe", "the word mutiny is wrong".
    fn mention_denied(&self, begins: usize) -> bool {
        let Some(noun) = self.mention(begins) else { return false };
        let refused = |i: usize| self.denies(i) || self.is(i, SHUNS);
        let mut after = self.at + self.len;
        while self.is(after, QUOTE) {
            after += 1;
        }
        let soon = |roles: Roles| (after..after + 4).any(|i| self.is(i, roles));
        let wrong = self.is(after, COPULAS) && soon(WRONG) || soon(NEGATORS) && soon(FITS);
        wrong || self.clause_before(noun).any(refused) || self.doubted(noun)
    }

    /// Whether the name is set apart from one that is given: "a patriot, not a rebel", "by a plot and not by a revolt".
    fn set_apart(&self, begins: usize) -> bool {
        let words = self.words;
        let before = |i: usize| i.checked_sub(1);
        let Some(mut i) = before(begins) else { return false };
        let given = |j: usize| self.is(j, COPULAS | NAMING | SEEING);
        if words.instead.iter().any(|phrase| self.ends_with(begins, phrase)) {
            return self.clause_before(i).any(given);
        }
        if self.is(i, PARTICLES) && !self.is(i, APART) {
            i = i.saturating_sub(1);
        }
        let parted = before(i).is_some_and(|b| self.word(b) == "," || self.is(b, BREAKS));
        // One so called, or what somebody is: ", no soldiers came" denies no naming.
        let named =
            self.is(begins, INDEFINITES) || self.closes(self.at + self.len) || (i.saturating_sub(REACH)..i).any(|j| self.is(j, COPULAS));
        // "want schools, not martyrs" says what is wanted, and not what anybody is
        let wanted = (i.saturating_sub(REACH)..i).any(|j| self.is(j, WANTING));
        self.is(i, APART) && parted && named && !wanted
    }

    /// The number of words in the marks that stand around the term, if there are any close by.
    fn marked(&self) -> Option<Span> {
        const MOST: usize = 4;
        let (mut left, mut right) = (self.at, self.at + self.len);
        let mut words = self.tokens[left..right].iter().filter(|t| t.kind != TokenKind::Mark).count();
        while left > 0 && !self.is(left - 1, QUOTE) {
            left -= 1;
            words += usize::from(self.tokens[left].kind != TokenKind::Mark);
            if words > MOST || matches!(self.word(left), "." | ";" | ":") {
                return None;
            }
        }
        while right < self.tokens.len() && !self.is(right, QUOTE) {
            words += usize::from(self.tokens[right].kind != TokenKind::Mark);
            right += 1;
            if words > MOST {
                return None;
            }
        }
        if left == 0 || right >= self.tokens.len() {
            return None;
        }
        // The mark before must open and the one after close: no white space inside of them.
        let (open, close) = (self.tokens[left - 1].span, self.tokens[right].span);
        let tight = open.end == self.tokens[left].span.start && close.start == self.tokens[right - 1].span.end;
        let apostrophe = matches!(self.word(left - 1), "'" | "’") && self.text[..open.start].ends_with(char::is_alphanumeric);
        (tight && !apostrophe).then(|| Span::new(open.end, close.start))
    }
}

/// In whose voice a term stands, and who speaks.
fn voice(reader: &Reader<'_>, span: Span, around: &Around<'_>, naming: Option<&Naming>) -> (Voice, Option<Span>) {
    let (voice, quote) = voice_at(around.quotes, span);
    let speaker = quote.and_then(|q| q.speaker);
    match voice {
        Voice::Own | Voice::Indirect if reader.marked().is_some_and(|m| !has_copula(reader, m)) => {
            (Voice::Scare, speaker.or_else(|| naming.and_then(|n| reader.namer(n, around))))
        }
        Voice::Own => match (naming, reader.mention(reader.before())) {
            (Some(n), _) => (Voice::Indirect, reader.namer(n, around)),
            // "the label of rebels" is somebody's
            (None, Some(noun)) => (Voice::Indirect, reader.who_uses(noun, around)),
            (None, None) => reader.view().map_or((Voice::Own, None), |viewer| (Voice::Indirect, Some(viewer))),
        },
        // "said that the army calls them bandits": the army does.
        Voice::Indirect => {
            let within = naming.filter(|n| quote.is_some_and(|q| q.span.contains(reader.tokens[n.verb].span)));
            let named = |s: &Span| !reader.words.are(s.of(reader.text), PRONOUNS);
            (voice, within.filter(|n| !n.earlier).and_then(|n| n.speaker).filter(named).or(speaker))
        }
        Voice::Scare => {
            // In direct speech such marks are the speaker's distance.
            let said = || overlapping(around.quotes, span).filter(|q| q.kind == QuoteKind::Indirect).find_map(|q| q.speaker);
            (voice, speaker.or_else(|| naming.and_then(|n| reader.namer(n, around))).or_else(said))
        }
        // "to describe his country's rulers as “a junta of clerks who never read”"
        Voice::Direct | Voice::Mixed => {
            let outside = naming.filter(|n| quote.is_some_and(|q| reader.tokens[n.verb].span.end <= q.span.start));
            (voice, speaker.or_else(|| outside.and_then(|n| reader.namer(n, around))))
        }
    }
}

/// Of a stretch before a term what is of the same quotation: of "Burhan said the RSF was a rebellious militia", "the RSF".
fn said(stretch: Span, term: Span, quotes: &[Quote]) -> Span {
    let begun = overlapping(quotes, term).map(|q| q.span.start).filter(|&start| stretch.start < start && start < stretch.end);
    Span::new(begun.max().unwrap_or(stretch.start), stretch.end)
}

/// Whether a stretch before a term is who says it and not of whom: "a bill that the opposition says is authoritarian".
fn gap(stretch: Span, term: Span, quotes: &[Quote]) -> bool {
    let outside =
        |q: &Quote| q.kind == QuoteKind::Indirect && q.span.start >= stretch.end && q.speaker.is_some_and(|s| stretch.contains(s));
    overlapping(quotes, term).any(outside)
}

fn has_copula(reader: &Reader<'_>, span: Span) -> bool {
    (0..reader.tokens.len()).any(|i| span.contains(reader.tokens[i].span) && reader.is(i, COPULAS))
}

impl Contexts {
    fn allow(&self, reader: &Reader<'_>, bound: bool) -> bool {
        let any = |list: &[Context]| list.iter().any(|c| c.matches(reader));
        !any(&self.unless) && (!bound || any(&self.only))
    }
}

impl Context {
    fn all(written: &[String]) -> Result<Vec<Self>, String> {
        expand_all(written)?.iter().map(|c| Self::parse(c)).collect()
    }

    fn parse(written: &str) -> Result<Self, String> {
        let (before, after) = written.split_once('_').ok_or_else(|| format!("the context {written:?} has no `_` for the term"))?;
        if after.contains('_') || (before.trim().is_empty() && after.trim().is_empty()) {
            return Err(format!("the context {written:?} must hold `_` once and other words"));
        }
        Ok(Self { before: split(before), after: split(after) })
    }

    fn matches(&self, reader: &Reader<'_>) -> bool {
        let fits = |i: usize, word: &str| i < reader.tokens.len() && (word == "*" || is_lower(reader.word(i), word));
        // "la palabra “golpe”": over its marks
        let quoted = usize::from(reader.at > 0 && reader.is(reader.at - 1, QUOTE) && self.before.last().is_some_and(|w| !is_quote(w)));
        let Some(from) = reader.at.checked_sub(self.before.len() + quoted) else { return false };
        let after = reader.at + reader.len;
        self.before.iter().enumerate().all(|(i, w)| fits(from + i, w)) && self.after.iter().enumerate().all(|(i, w)| fits(after + i, w))
    }
}

fn expand_all(forms: &[String]) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for form in forms {
        expand(form, String::new(), &mut out)?;
    }
    Ok(out)
}

/// Forms with each `{list}` replaced by the words of that list.
fn with_endings(forms: &[String], lists: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let whole = |form: &String| {
        let Some((stem, rest)) = form.split_once('{') else { return Ok(form.clone()) };
        let list = rest.split_once('}').and_then(|(name, tail)| Some((lists.get(name)?, tail)));
        let (endings, tail) = list.ok_or_else(|| format!("in the form {form:?} no list of endings is named"))?;
        Ok(format!("{stem}({}){tail}", endings.join("|")))
    };
    forms.iter().map(whole).collect()
}

/// Every word a form stands for: `(s)` may be there or not, `(o|a)` is one of these.
fn expand(form: &str, done: String, out: &mut Vec<String>) -> Result<(), String> {
    let Some((head, rest)) = form.split_once('(') else {
        out.push(done + form);
        return Ok(());
    };
    let (choices, tail) = rest.split_once(')').ok_or_else(|| format!("in the form {form:?} a bracket is not closed"))?;
    if !choices.contains('|') {
        expand(tail, format!("{done}{head}"), out)?;
    }
    for choice in choices.split('|') {
        expand(tail, format!("{done}{head}{choice}"), out)?;
    }
    Ok(())
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.')
}

/// Whether most longer words of a sentence have capitals.
fn is_headline(text: &str, tokens: &[Token]) -> bool {
    let long = || tokens.iter().map(|t| t.span.of(text)).filter(|w| w.chars().nth(3).is_some() && w.starts_with(char::is_alphabetic));
    long().filter(|w| starts_upper(w)).count() * 4 > long().count() * 3
}

/// Whether a text is written in capitals only, so that they tell nothing.
fn in_capitals(text: &str, tokens: &[Token]) -> bool {
    !tokens.iter().any(|t| t.span.of(text).contains(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Lang, Packs};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static BOTH: LazyLock<Vec<(Lang, Terms)>> =
        LazyLock::new(|| Packs::shipped().iter().map(|p| (p.language, Terms::load(p).unwrap())).collect());

    fn find(language: Lang, text: &str) -> Vec<(String, String, Voice, bool)> {
        let terms = BOTH.iter().find(|(l, _)| *l == language).map(|(_, t)| t).unwrap();
        let mut out = Vec::new();
        terms.find_in(text, &tokens(text, 0), &Around::default(), &mut out);
        out.into_iter().map(|t| (t.span.of(text).to_owned(), t.concept.to_string(), t.voice, t.negated)).collect()
    }

    #[test]
    fn every_rule_holds_on_its_own_examples() {
        for (_, terms) in BOTH.iter() {
            let failures: Vec<String> = terms.check().iter().map(ToString::to_string).collect();
            assert!(failures.is_empty(), "{}", failures.join("\n"));
        }
    }

    #[test]
    fn the_two_languages_have_the_same_concepts() {
        let of = |l| {
            let mut all: Vec<&str> = BOTH.iter().find(|(x, _)| *x == l).unwrap().1.concepts().collect();
            all.sort_unstable();
            all
        };
        assert_eq!(of(Lang::EN), of(Lang::ES));
        assert!(of(Lang::EN).len() >= 150, "{}", of(Lang::EN).len());
    }

    #[test]
    fn forms_are_written_short() {
        assert_eq!(expand_all(&["rebel(s)".into()]).unwrap(), ["rebel", "rebels"]);
        assert_eq!(expand_all(&["revolucionari(o|a)".into()]).unwrap(), ["revolucionario", "revolucionaria"]);
        assert!(expand_all(&["rebel(s".into()]).is_err());
    }

    #[test]
    fn denial_of_a_name_stops_at_the_contrast() {
        let got = find(Lang::ES, "No llamaría a la gente de allí manifestantes, sino revolucionarios.");
        let short: Vec<(&str, bool)> = got.iter().map(|t| (t.0.as_str(), t.3)).collect();
        assert_eq!(short, [("manifestantes", true), ("revolucionarios", false)]);
        let got = find(Lang::EN, "They are not terrorists but protesters.");
        assert_eq!(got.iter().map(|t| t.3).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_naming_verb_speaks_for_its_complement_only() {
        let got = find(Lang::EN, "The president calls protesters terrorists.");
        assert_eq!(got.iter().map(|t| t.2).collect::<Vec<_>>(), [Voice::Own, Voice::Indirect]);
        let got = find(Lang::ES, "El gobierno tildó de terroristas a los manifestantes.");
        assert_eq!(got.iter().map(|t| t.2).collect::<Vec<_>>(), [Voice::Indirect, Voice::Own]);
    }

    #[test]
    fn a_verb_left_out_names_for_somebody_else() {
        let voices = |language, text| find(language, text).iter().map(|t| t.2).collect::<Vec<_>>();
        let indirect = [Voice::Indirect, Voice::Indirect];
        assert_eq!(voices(Lang::ES, "Unos lo llaman mártir y otros, terrorista."), indirect);
        assert_eq!(voices(Lang::EN, "Some call him a martyr; others, a vandal."), indirect);
        assert_eq!(voices(Lang::EN, "To his readers he is a rebel; to the police, a thug."), indirect);
        assert_eq!(voices(Lang::ES, "Lo tildó de marioneta de Kigali y títere de Lima."), indirect);
        assert_eq!(voices(Lang::ES, "Es para unos presidenta; para otros, usurpadora."), [Voice::Indirect]);
        assert!(find(Lang::ES, "Ni los ministros son santos ni el alcalde fue un tirano.").iter().all(|t| t.3));
        assert!(find(Lang::ES, "No hay pan ni los rebeldes son demócratas.").iter().all(|t| !t.3));
        assert_eq!(voices(Lang::EN, "For Ana Gil, an activist and writer, the vote was late."), [Voice::Own]);
        assert_eq!(voices(Lang::ES, "Para su madre, una disidente, fue duro."), [Voice::Own]);
        assert_eq!(voices(Lang::ES, "Para los vecinos, un rebelde, para el alcalde, un bandido."), [Voice::Indirect; 2]);
        let own = [Voice::Indirect, Voice::Own];
        assert_eq!(voices(Lang::ES, "Los llama bandidos, y el alcalde, una vez más, calló ante los rebeldes."), own);
        assert_eq!(voices(Lang::EN, "He called him a puppet of Moscow and rebels fled."), own);
    }

    #[test]
    fn who_is_so_called_ends_where_the_name_begins() {
        let targets = |language, text: &str| {
            let terms = BOTH.iter().find(|(l, _)| *l == language).map(|(_, t)| t).unwrap();
            let mut out = Vec::new();
            terms.find_in(text, &tokens(text, 0), &Around::default(), &mut out);
            out.iter().map(|t| t.target.map_or("", |s| s.of(text)).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(targets(Lang::EN, "He called the succession an institutional coup."), ["the succession"]);
        assert_eq!(targets(Lang::EN, "He called the men in a van thugs."), ["the men in a van"]);
        assert_eq!(targets(Lang::EN, "They call the Workers' League (WL) agitators."), ["the Workers' League"]);
        assert_eq!(targets(Lang::EN, "Her client was a clerk of the court and a father, not a terrorist."), ["Her client"]);
        assert_eq!(targets(Lang::EN, "The minister was himself a traitor."), ["The minister"]);
        assert_eq!(targets(Lang::EN, "He described the dead as martyrs of the revolution."), ["the dead", ""]);
        assert_eq!(targets(Lang::ES, "Llamó «terroristas de cuello verde» a los vecinos."), ["los vecinos"]);
        assert_eq!(targets(Lang::ES, "Llamar supremacista a un jubilado me parece un abuso."), ["un jubilado"]);
    }

    #[test]
    fn few_words_in_marks_are_scare_quotes() {
        let got = find(Lang::EN, "Called an \"anti-terrorism operation\", it began at night.");
        assert_eq!((got[0].1.as_str(), got[0].2), ("counter_terrorism", Voice::Scare));
        let got = find(Lang::ES, "Murieron en los operativos “antiterroristas”.");
        assert_eq!(got[0].2, Voice::Scare);
    }

    /// The terms of one of the project's articles: text, concept, voice, negated.
    fn of_article(file: &str, language: Lang) -> Vec<(String, String, Voice, bool)> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles").join(file);
        let source = crate::corpus::Source { text: std::fs::read_to_string(path).unwrap(), language: Some(language), ..Default::default() };
        let article = crate::article::Extractor::new(&Packs::shipped()).unwrap().article(&source);
        let text = &article.document.text;
        article.terms.iter().map(|t| (t.span.of(text).to_owned(), t.concept.to_string(), t.voice, t.negated)).collect()
    }

    #[test]
    fn the_articles_speak_in_the_voices_they_have() {
        let english = of_article("000_5561bb9bc4eda2ae.txt", Lang::EN);
        assert!(english.iter().filter(|t| t.1 == "counter_terrorism").all(|t| t.2 != Voice::Own), "{english:?}");
        assert!(english.iter().any(|t| t.0 == "attackers" && t.2 == Voice::Direct));
        let interview = of_article("001_d769259c43aa024a.txt", Lang::ES);
        assert!(interview.iter().any(|t| t.0 == "manifestantes" && t.3) && !interview.iter().any(|t| t.0 == "revolucionarios" && t.3));
        let appeal = of_article("002_b14580e1018f0d2b.txt", Lang::ES);
        assert!(appeal.iter().any(|t| t.0 == "antiterroristas" && t.2 == Voice::Scare));
        assert!(appeal.iter().any(|t| t.0 == "pueblo" && t.2 == Voice::Own) && appeal.iter().any(|t| t.0 == "títere"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|[a-z \"“”#.,]|terrorist|not |calls |are |no |llamó |rebelde|-|’s){0,60}") {
            for (_, terms) in BOTH.iter() {
                let mut out = Vec::new();
                terms.find_in(&text, &tokens(&text, 0), &Around::default(), &mut out);
                prop_assert!(out.windows(2).all(|w| w[0].span.end <= w[1].span.start));
                prop_assert!(out.iter().all(|t| !t.span.of(&text).is_empty()));
            }
        }
    }
}
