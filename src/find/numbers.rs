//! Figures: digits and number words, with their bounds.
//!
//! 1. [`Words`] looks up the tokens of a stretch (case and accents do not count).
//! 2. [`Numbers::find`] reads at each token: bound words, then a number, a range, or a vague word, then bound words.
//! 3. [`Policy`] says what interval a vague word stands for, and which number is the best one of an interval.
//!
//! What the words are stands in each pack's `numbers.toml`: groups of phrases, each with the role it plays in a figure.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, RuleId, Rules, check};
use crate::span::Span;
use crate::text::{Text, Token, TokenKind, WordMap, tokens};
use crate::vocabulary::Bound;

/// A figure as the text words it: "at least 10", "decenas", "un centenar".
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The figure with the words that bound it.
    pub span: Span,
    /// The number or number word alone, without the words that bound it.
    pub number: Span,
    /// The least number that the words allow.
    pub min: Option<f64>,
    /// The greatest number that the words allow.
    pub max: Option<f64>,
    /// What the chosen policy takes as the one value.
    pub best: Option<f64>,
    /// How the words bound it.
    pub bound: Bound,
    /// The policy's name for a vague word (`tens`, `dozens`, `several`), if it is one.
    pub vague: Option<Arc<str>>,
    /// Whether it is what a number was before it changed: the 10 of "rose from 10 to 15".
    pub former: bool,
}

/// Which number of an interval is the best one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum End {
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The whole number at or below the middle.
    Middle,
    /// The number that the text names: 10 in "more than 10".
    Named,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vague {
    min: f64,
    max: f64,
    best: Option<f64>,
    #[serde(default = "vague_bound")]
    bound: Bound,
}

const fn vague_bound() -> Bound {
    Bound::Vague
}

/// How figures become intervals: what "dozens" stands for, and what is the best value of "at least 10". A named file,
/// so that a run can say by which convention its numbers came about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its name, as the run's manifest gives it.
    pub name: String,
    /// What it follows, in a sentence.
    pub about: String,
    /// The SHA-256 of its file.
    #[serde(skip)]
    pub sha256: String,
    best: BTreeMap<Bound, End>,
    vague: BTreeMap<String, Vague>,
}

/// The policies compiled in: name, text.
const POLICIES: &[(&str, &str)] = &[
    (Policy::DEFAULT, include_str!("../../data/policy/literal.toml")),
    ("acled", include_str!("../../data/policy/acled.toml")),
    ("ucdp", include_str!("../../data/policy/ucdp.toml")),
];

impl Policy {
    /// The policy of a run that chooses none.
    pub const DEFAULT: &'static str = "literal";

    /// The names of the policies that are compiled in; the first is the default.
    pub fn names() -> impl Iterator<Item = &'static str> {
        POLICIES.iter().map(|p| p.0)
    }

    /// A policy that is compiled in.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn shipped(name: &str) -> Result<Self> {
        let file = || format!("policy/{name}.toml");
        let Some((_, text)) = POLICIES.iter().find(|p| p.0 == name) else {
            let names: Vec<_> = Self::names().collect();
            return Err(Error::Pack { file: file(), line: 1, message: format!("there is no such policy; there are {}", names.join(", ")) });
        };
        Self::parse(&file(), text)
    }

    /// Reads a policy; `file` is the name to use in messages.
    ///
    /// # Errors
    /// With the line, if it is not TOML of the right form, or says nothing of some bound.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let wrong = |line, message: String| Error::Pack { file: file.to_owned(), line, message };
        let mut policy: Self =
            toml::from_str(text).map_err(|e| wrong(crate::pack::line_of(text, e.span().map_or(0, |s| s.start)), e.message().to_owned()))?;
        if let Some(bound) = Bound::ALL.iter().find(|b| !policy.best.contains_key(b)) {
            return Err(wrong(1, format!("[best] says nothing of {bound}")));
        }
        policy.sha256 = crate::corpus::hex(&Sha256::digest(text));
        Ok(policy)
    }

    /// The best value of an interval; `named` is the number that the text names.
    fn best(&self, bound: Bound, named: f64, min: Option<f64>, max: Option<f64>) -> Option<f64> {
        let end = self.best.get(&bound).copied().unwrap_or(End::Min);
        match end {
            End::Min => min.or(max),
            End::Max => max.or(min),
            End::Named => Some(named),
            End::Middle => min.zip(max).map(|(a, b)| f64::midpoint(a, b).floor()).or(min).or(max),
        }
    }
}

/// What a phrase does in a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    /// No words: how digits are written.
    Digits,
    /// A number below a thousand.
    Cardinal,
    /// "a", "un": one, but only before a scale or a collective.
    Article,
    /// Multiplies what stands before: "thousand".
    Scale,
    /// "and", "y" inside a number.
    Joiner,
    /// Multiplies as well, and makes the number a round one: "dozen", "centenar".
    Multiple,
    /// A part of the scale or collective that follows: "half a".
    Fraction,
    /// Half of the scale before: "y medio".
    PlusFraction,
    /// A number that is not told.
    Vague,
    /// Bounds what follows.
    Before,
    /// Bounds what stands before.
    After,
    /// Opens a range.
    Between,
    /// Stands between the ends of a range.
    Range,
    /// Holds a number word but no number.
    Never,
    /// Says that a number becomes another one; its word leads in what it was ("rose … from").
    Change,
}

impl Role {
    /// As a bit of a set of roles.
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The roles of phrases that a figure can begin with.
const BEGINS: u16 = Role::Cardinal.bit()
    | Role::Article.bit()
    | Role::Scale.bit()
    | Role::Multiple.bit()
    | Role::Fraction.bit()
    | Role::Vague.bit()
    | Role::Before.bit()
    | Role::Between.bit();

#[derive(Clone, Debug, Deserialize)]
struct Spec {
    role: Role,
    #[serde(default)]
    words: BTreeMap<String, Meaning>,
    #[serde(default)]
    group: Vec<String>,
    #[serde(default)]
    decimal: Vec<String>,
    /// Words between a collective or vague word and what it counts.
    #[serde(default)]
    link: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Meaning {
    Number(f64),
    Word(String),
}

/// One phrase of a pack, ready to be met.
#[derive(Clone, Debug)]
struct Phrase {
    /// The folded words after the first.
    rest: Vec<String>,
    role: Role,
    value: f64,
    bound: Bound,
    word: Arc<str>,
    /// The bit of the rule it comes from.
    rule: u32,
}

/// The phrases that begin with one word, longest first.
#[derive(Clone, Debug, Default)]
struct Phrases {
    /// The folded word.
    first: String,
    /// The roles of all of them.
    roles: u16,
    list: Vec<Phrase>,
}

/// The number words of one language.
#[derive(Debug)]
pub struct Numbers {
    rules: Rules<Spec>,
    /// By their first folded word.
    phrases: WordMap<Phrases>,
    group: Vec<char>,
    decimal: Vec<char>,
    link: Vec<String>,
    digits_rule: u32,
    policy: Policy,
}

/// Lower case without accents, so that "VEINTISÉIS", "veintiséis" and "veintiseis" are one; the tilde of ñ stays.
pub(crate) fn fold(word: &str, into: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            into.push(c.to_ascii_lowercase());
        } else if let Some(&plain) = (c as usize).checked_sub(0x80).and_then(|i| PLAIN.get(i)).filter(|&&plain| plain != '\0') {
            into.push(plain);
        } else {
            fold_letter(c, into);
        }
    }
}

/// What the characters from U+0080 to U+017F are folded to, where that is one character.
static PLAIN: LazyLock<[char; 0x100]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let mut folded = String::new();
        char::from_u32(0x80 + i as u32).into_iter().for_each(|c| fold_letter(c, &mut folded));
        let mut chars = folded.chars();
        chars.next().filter(|_| chars.next().is_none()).unwrap_or('\0')
    })
});

fn fold_letter(c: char, into: &mut String) {
    if matches!(c, '’' | '‘') {
        into.push('\'');
        return;
    }
    let mut last = ' ';
    for d in c.to_lowercase().nfd() {
        if !matches!(d, '\u{300}'..='\u{36f}') {
            into.push(d);
        } else if last == 'n' && d == '\u{303}' {
            into.pop();
            into.push('ñ');
        }
        last = d;
    }
}

/// The same as a word of its own.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    fold(word, &mut folded);
    Cow::Owned(folded)
}

/// Whether a word as written is one that is folded.
pub(crate) fn folds_to(written: &str, folded: &str) -> bool {
    if written.is_ascii() {
        return written.eq_ignore_ascii_case(folded);
    }
    let mut word = String::new();
    fold(written, &mut word);
    word == folded
}

/// Tokens with the phrases that begin with each.
#[derive(Debug)]
struct Words<'n, 't> {
    text: &'t str,
    tokens: &'t [Token],
    phrases: &'t [Option<&'n Phrases>],
}

impl<'n, 't> Words<'n, 't> {
    /// The token as written; empty past the end.
    fn written(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The folded word of a token.
    fn get(&self, i: usize) -> Cow<'t, str> {
        folded(self.written(i))
    }

    /// Whether a token is a folded word.
    fn is(&self, i: usize, word: &str) -> bool {
        folds_to(self.written(i), word)
    }

    /// The longest phrase of one of some roles at a token, and the token after it.
    fn phrase(&self, i: usize, roles: u16) -> Option<(&'n Phrase, usize)> {
        let known = self.phrases.get(i).copied().flatten().filter(|p| p.roles & roles != 0)?;
        let fits = |p: &&Phrase| p.role.bit() & roles != 0 && p.rest.iter().enumerate().all(|(k, w)| self.is(i + 1 + k, w));
        known.list.iter().find(fits).map(|p| (p, i + 1 + p.rest.len()))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end)
    }

    /// Whether nothing stands between a token and the one before it.
    fn joined(&self, i: usize) -> bool {
        i > 0 && i < self.tokens.len() && self.tokens[i - 1].span.end == self.tokens[i].span.start
    }
}

/// A number met in the text.
#[derive(Clone, Debug)]
struct Number {
    value: f64,
    /// The token after it.
    end: usize,
    about: bool,
    vague: Option<Arc<str>>,
    /// The scale that closed it, so that "two to three million" can lend it.
    scale: f64,
    /// Greatest value of a token that is a range by itself ("10-15").
    upper: Option<f64>,
    rules: u32,
}

impl Numbers {
    /// Compiles a pack's `numbers.toml` under the default policy.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        Self::load_with(pack, &Policy::shipped(Policy::DEFAULT)?)
    }

    /// The same under a chosen policy.
    ///
    /// # Errors
    /// If a rule is not as it must be, or a vague word is none of the policy's.
    pub fn load_with(pack: &Pack, policy: &Policy) -> Result<Self> {
        let rules = Rules::<Spec>::load(pack, "numbers")?;
        let mut phrases = WordMap::<Phrases>::default();
        let (mut group, mut decimal, mut link, mut digits_rule) = (vec![], vec![], vec![], 0);
        for (index, rule) in rules.rules.iter().enumerate() {
            let wrong = |message: String| Error::Pack { file: rule.file.to_string(), line: rule.line, message };
            let bit = 1u32.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).ok_or_else(|| wrong("more than 32 rules".into()))?;
            if rule.spec.role == Role::Digits {
                group.extend(rule.spec.group.iter().filter_map(|s| s.chars().next()));
                decimal.extend(rule.spec.decimal.iter().filter_map(|s| s.chars().next()));
                digits_rule |= bit;
            }
            link.extend(rule.spec.link.iter().cloned());
            for (words, meaning) in &rule.spec.words {
                let mut phrase = Phrase { rest: vec![], role: rule.spec.role, value: 0.0, bound: Bound::Exact, word: "".into(), rule: bit };
                match meaning {
                    Meaning::Number(n) => phrase.value = *n,
                    Meaning::Word(w) if matches!(rule.spec.role, Role::Before | Role::After) => {
                        phrase.bound = w.parse().map_err(&wrong)?;
                    }
                    Meaning::Word(w) => {
                        if rule.spec.role == Role::Vague && !policy.vague.contains_key(w) {
                            return Err(wrong(format!("{words:?} is {w:?}, of which the policy {} says nothing", policy.name)));
                        }
                        phrase.word = w.as_str().into();
                    }
                }
                let mut parts = words.split_whitespace().map(|w| {
                    let mut folded = String::new();
                    fold(w, &mut folded);
                    folded
                });
                let Some(first) = parts.next() else { return Err(wrong("an empty phrase".into())) };
                phrase.rest = parts.collect();
                let known = phrases.entry(&first);
                known.roles |= phrase.role.bit();
                known.list.push(phrase);
                known.first = first;
            }
        }
        for known in phrases.values_mut() {
            known.list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        Ok(Self { rules, phrases, group, decimal, link, digits_rule, policy: policy.clone() })
    }

    /// The policy that figures are read by.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Every figure of a text, in order; none goes on beyond its sentence.
    #[must_use]
    pub fn find(&self, text: &Text<'_>) -> Vec<Figure> {
        let phrases = self.looked_up(text.as_str(), &text.tokens);
        let mut out = Vec::new();
        for (_, own) in text.each_sentence() {
            let words = Words { text: text.as_str(), tokens: &text.tokens[own.clone()], phrases: &phrases[own] };
            self.scan(&words, |figure, _| out.extend(figure));
        }
        out
    }

    /// Every figure among tokens of `text`, in order.
    pub(crate) fn in_tokens(&self, text: &str, tokens: &[Token]) -> Vec<Figure> {
        let mut out = Vec::new();
        self.scan(&Words { text, tokens, phrases: &self.looked_up(text, tokens) }, |figure, _| out.extend(figure));
        out
    }

    /// The phrases that begin with each of some tokens.
    fn looked_up(&self, text: &str, tokens: &[Token]) -> Vec<Option<&Phrases>> {
        tokens.iter().map(|t| self.phrases.of(t.short, || folded(t.span.of(text)))).collect()
    }

    /// The figure of the indefinite article and of words for nobody is not found by [`Numbers::find`]: whether they
    /// count anybody is for the casualties stage to say. This makes such a figure.
    #[must_use]
    pub fn exactly(&self, span: Span, n: f64) -> Figure {
        let best = self.policy.best(Bound::Exact, n, Some(n), Some(n));
        Figure { span, number: span, min: Some(n), max: Some(n), best, bound: Bound::Exact, vague: None, former: false }
    }

    /// The same figure with the bound that a verb gives it ("the toll surpasses 130").
    #[must_use]
    pub fn bounded(&self, figure: &Figure, bound: Bound) -> Figure {
        if figure.vague.is_some() || !matches!(figure.bound, Bound::Exact | Bound::About) {
            return figure.clone();
        }
        let Some(value) = figure.min else { return figure.clone() };
        let bounded = self.figure(
            figure.span,
            figure.number,
            &Number { value, end: 0, about: false, vague: None, scale: 1.0, upper: None, rules: 0 },
            Some(bound),
        );
        Figure { former: figure.former, ..bounded }
    }

    /// Calls `each` with every figure and the rules that made it; with none for words that only look like one.
    fn scan(&self, words: &Words<'_, '_>, mut each: impl FnMut(Option<Figure>, (Span, u32))) {
        let (Some(first), Some(last)) = (words.tokens.first(), words.tokens.last()) else { return };
        let hyphens = Span::new(first.span.start, last.span.end).of(words.text).contains('-');
        let mut i = 0;
        while i < words.tokens.len() {
            let roles = words.phrases[i].map_or(0, |p| p.roles);
            let digits = words.tokens[i].kind == TokenKind::Number;
            if !digits && roles & (BEGINS | Role::Never.bit()) == 0 && !(hyphens && words.written(i).contains('-')) {
                i += 1;
                continue;
            }
            if let Some((p, end)) = words.phrase(i, Role::Never.bit()) {
                each(None, (words.span(i, end), p.rule));
                i = end;
            } else if let Some((figure, rules, end)) = self.figure_at(words, i) {
                let span = figure.span;
                each(Some(figure), (span, rules));
                i = end;
            } else {
                i += 1;
            }
        }
    }

    /// A figure that begins at a token, the rules that made it, and the token after it.
    fn figure_at(&self, words: &Words<'_, '_>, start: usize) -> Option<(Figure, u32, usize)> {
        let (mut i, mut bound, mut rules) = (start, None, 0);
        // "at least some 20": the first bound that says more than "about" counts.
        for _ in 0..3 {
            let Some((p, next)) = words.phrase(i, Role::Before.bit()) else { break };
            bound = match bound {
                None | Some(Bound::About) => Some(p.bound),
                b => b,
            };
            rules |= p.rule;
            i = next;
        }
        let from = i;
        if let Some((open, a, b)) = self.range_opened(words, i) {
            let figure = self.range(words.span(start, b.end), words.span(from, b.end), &a, &b, bound);
            return Some((figure, rules | open | a.rules | b.rules, b.end));
        }
        let a = self.number(words, i).or_else(|| self.at_least_one(words, i).filter(|_| bound == Some(Bound::AtLeast)))?;
        let changed = start.checked_sub(1).and_then(|open| self.changed(words, open));
        rules |= a.rules | changed.unwrap_or_default();
        if let Some((rule, b)) = self.range_end(words, &a).filter(|_| changed.is_none()) {
            let figure = self.range(words.span(start, b.end), words.span(from, b.end), &a, &b, bound);
            return Some((figure, rules | rule | b.rules, b.end));
        }
        let number = words.span(from, a.end);
        let mut end = a.end;
        if let Some((p, next)) = words.phrase(end, Role::After.bit())
            && bound.is_none_or(|b| b == Bound::About)
            && self.number(words, next).is_none()
        {
            bound = Some(p.bound);
            rules |= p.rule;
            end = next;
        }
        let figure = self.figure(words.span(start, end), number, &a, bound);
        Some((Figure { former: changed.is_some(), ..figure }, rules, end))
    }

    /// "between 10 and 15": the rule, and both ends.
    fn range_opened(&self, words: &Words<'_, '_>, i: usize) -> Option<(u32, Number, Number)> {
        let (open, next) = words.phrase(i, Role::Between.bit())?;
        let a = self.number(words, next)?;
        if !words.is(a.end, &open.word) {
            return None;
        }
        let b = self.number(words, a.end + 1)?;
        let a = lend_scale(a, &b);
        let rises = a.value < b.value && a.vague.is_none() && b.vague.is_none();
        (rises && self.changed(words, i).is_none()).then_some((open.rule, a, b))
    }

    /// "rose from 10 to 15" is no range: the rule that says so of the "from".
    fn changed(&self, words: &Words<'_, '_>, open: usize) -> Option<u32> {
        const NEAR: usize = 8;
        words.phrase(open, Role::Between.bit())?;
        let before = (open.saturating_sub(NEAR)..open).rev().take_while(|&k| words.tokens[k].kind != TokenKind::Mark);
        let mut changes =
            before.filter_map(|k| words.phrase(k, Role::Change.bit())).filter(|(p, end)| *end <= open && words.is(open, &p.word));
        changes.next().map(|(p, _)| p.rule)
    }

    /// "10 to 15", "10–15": the rule and the upper end.
    fn range_end(&self, words: &Words<'_, '_>, a: &Number) -> Option<(u32, Number)> {
        if a.vague.is_some() || a.upper.is_some() {
            return None;
        }
        let (p, next) = words.phrase(a.end, Role::Range.bit())?;
        if &*p.word == "joined" && !(words.joined(a.end) && words.joined(next)) {
            return None;
        }
        let b = self.number(words, next)?;
        (lend_scale(a.clone(), &b).value < b.value && b.vague.is_none() && b.upper.is_none()).then_some((p.rule, b))
    }

    fn range(&self, span: Span, number: Span, a: &Number, b: &Number, bound: Option<Bound>) -> Figure {
        let a = lend_scale(a.clone(), b);
        let (min, max, bound) = match bound {
            Some(Bound::AtLeast | Bound::MoreThan) => (Some(a.value), None, Bound::AtLeast),
            Some(Bound::AtMost | Bound::LessThan) => (Some(1.0), Some(b.value), Bound::AtMost),
            _ => (Some(a.value), Some(b.value), Bound::Range),
        };
        Figure { span, number, min, max, best: self.policy.best(bound, b.value, min, max), bound, vague: None, former: false }
    }

    /// Puts a number and its bound into an interval (the contract's table).
    fn figure(&self, span: Span, number: Span, n: &Number, bound: Option<Bound>) -> Figure {
        let vague = n.vague.as_ref().and_then(|key| self.policy.vague.get(&**key));
        let (low, high) = vague.map_or((n.value, n.upper.unwrap_or(n.value)), |v| (v.min, v.max));
        let own = match vague {
            Some(v) => v.bound,
            None if n.upper.is_some() => Bound::Range,
            None if n.about => Bound::About,
            None => Bound::Exact,
        };
        let bound = match bound {
            Some(Bound::About) if own != Bound::Exact => own,
            Some(b) => b,
            None => own,
        };
        let more = if vague.is_some_and(|v| v.bound == Bound::Vague) { low } else { low + 1.0 };
        let (min, max) = match bound {
            Bound::AtLeast => (Some(low), None),
            Bound::MoreThan => (Some(more), None),
            Bound::AtMost => (Some(1.0), Some(high)),
            Bound::LessThan => (Some(1.0), Some((high - 1.0).max(1.0))),
            _ => (Some(low), Some(high)),
        };
        let best = match vague.and_then(|v| v.best) {
            Some(best) => Some(best),
            None => self.policy.best(bound, low, min, max),
        };
        Figure { span, number, min, max, best, bound, vague: n.vague.clone(), former: false }
    }

    /// A number that begins at a token, without bounds.
    fn number(&self, words: &Words<'_, '_>, i: usize) -> Option<Number> {
        self.vague(words, i).or_else(|| self.cardinal(words, i))
    }

    /// "al menos un soldado": behind such a word the article counts.
    fn at_least_one(&self, words: &Words<'_, '_>, i: usize) -> Option<Number> {
        let (p, end) = words.phrase(i, Role::Article.bit())?;
        Some(Number { value: p.value, end, about: false, vague: None, scale: 1.0, upper: None, rules: p.rule })
    }

    fn vague(&self, words: &Words<'_, '_>, i: usize) -> Option<Number> {
        let (p, end) = words.phrase(i, Role::Vague.bit())?;
        Some(Number { value: 0.0, end, about: false, vague: Some(p.word.clone()), scale: 1.0, upper: None, rules: p.rule })
    }

    /// A told number: "dos mil quinientos", "1,5 millones", "half a dozen".
    fn cardinal(&self, words: &Words<'_, '_>, start: usize) -> Option<Number> {
        let (mut i, mut rules) = (start, 0);
        // `total` of what a scale has closed, `current` of what stands since; `pending` is that there is something.
        let (mut total, mut current, mut pending) = (0.0f64, 0.0f64, false);
        let (mut last_scale, mut only_article, mut closed, mut in_digits) = (f64::INFINITY, false, false, false);
        if let Some((p, next)) = words.phrase(i, Role::Fraction.bit()) {
            let (scale, end) = words.phrase(next, Role::Scale.bit() | Role::Multiple.bit())?;
            let rules = p.rule | scale.rule;
            return Some(Number { value: p.value * scale.value, end, about: true, vague: None, scale: scale.value, upper: None, rules });
        }
        loop {
            let at_end = i >= words.tokens.len();
            if !at_end && words.tokens[i].kind == TokenKind::Number {
                if pending && !(current == 0.0 && closed) {
                    break;
                }
                if i == start
                    && let Some((a, b)) = self.digit_range(&words.get(i))
                {
                    let (scale, end) = words.phrase(i + 1, Role::Scale.bit()).map_or((1.0, i + 1), |(p, end)| (p.value, end));
                    let (a, b) = (a * scale, b * scale);
                    return Some(Number { value: a, end, about: false, vague: None, scale, upper: Some(b), rules: self.digits_rule });
                }
                let Some((value, next)) = self.digits(words, i) else { break };
                if value >= last_scale {
                    break;
                }
                (current, pending, only_article, in_digits, i) = (value, true, false, true, next);
                rules |= self.digits_rule;
                continue;
            }
            if let Some((p, next)) = words.phrase(i, Role::Scale.bit()) {
                // 100 multiplies what stands since the last scale; greater ones close it.
                let factor = if current > 0.0 { current } else { 1.0 };
                if p.value < 1000.0 {
                    if current >= 100.0 {
                        break;
                    }
                    current = factor * p.value;
                } else if p.value < last_scale {
                    if closed && current == 0.0 {
                        break;
                    }
                    total += factor * p.value;
                    (current, last_scale, closed) = (0.0, p.value, true);
                } else {
                    break;
                }
                (pending, only_article, in_digits, i) = (true, false, false, next);
                rules |= p.rule;
                continue;
            }
            if let Some((p, next)) = words.phrase(i, Role::Multiple.bit()) {
                // "14.05 Decenas de personas": what begins a sentence behind the hour of an entry.
                let begins = in_digits
                    && words.written(i).chars().nth(1).is_some_and(char::is_lowercase)
                    && words.written(i).starts_with(char::is_uppercase);
                if closed || current >= 100.0 || begins {
                    break;
                }
                let value = if current > 0.0 { current } else { 1.0 } * p.value;
                return Some(Number { value, end: next, about: true, vague: None, scale: 1.0, upper: None, rules: rules | p.rule });
            }
            if pending
                && let Some((p, next)) = words.phrase(i, Role::PlusFraction.bit())
                && (closed && current == 0.0 || words.phrase(next, Role::Scale.bit()).is_some())
            {
                rules |= p.rule;
                if closed && current == 0.0 {
                    total += p.value * last_scale;
                    i = next;
                    break;
                }
                current += p.value;
                i = next;
                continue;
            }
            if let Some((p, next)) = words.phrase(i, Role::Cardinal.bit() | Role::Article.bit()) {
                if in_digits || !addable(current, p.value) || only_article || p.value == 0.0 && pending {
                    break;
                }
                if p.role == Role::Article && pending {
                    break; // "y un" goes through the joiner
                }
                only_article = p.role == Role::Article && !pending;
                (current, pending, i) = (current + p.value, true, next);
                rules |= p.rule;
                continue;
            }
            if let Some((p, next)) = words.phrase(i, Role::Joiner.bit())
                && pending
                && !only_article
                && let Some((q, after)) = words.phrase(next, Role::Cardinal.bit() | Role::Article.bit())
            {
                let fits = match &*p.word {
                    "after_tens" => current % 10.0 == 0.0 && current % 100.0 >= 30.0 && (1.0..10.0).contains(&q.value),
                    _ => {
                        q.role == Role::Cardinal
                            && q.value < 100.0
                            && (current >= 100.0 && current % 100.0 == 0.0 || closed && current == 0.0)
                    }
                };
                if !fits {
                    break;
                }
                (current, i) = (current + q.value, after);
                rules |= p.rule | q.rule;
                continue;
            }
            if words.written(i).contains('-')
                && let Some((value, rule)) = self.hyphened(&words.get(i))
            {
                if !addable(current, value) || only_article {
                    break;
                }
                (current, pending, i) = (current + value, true, i + 1);
                rules |= rule;
                continue;
            }
            break;
        }
        (pending && !only_article).then(|| Number {
            value: total + current,
            end: i,
            about: false,
            vague: None,
            scale: if last_scale.is_finite() && current == 0.0 { last_scale } else { 1.0 },
            upper: None,
            rules,
        })
    }

    /// "twenty-six": the sum, if both parts are numbers and go together.
    fn hyphened(&self, word: &str) -> Option<(f64, u32)> {
        let (a, b) = word.split_once('-')?;
        let part =
            |w: &str| self.phrases.get(w)?.list.iter().find(|p| p.rest.is_empty() && p.role == Role::Cardinal).map(|p| (p.value, p.rule));
        let ((a, rule), (b, _)) = (part(a)?, part(b)?);
        (a >= 20.0 && a % 10.0 == 0.0 && (1.0..10.0).contains(&b)).then_some((a + b, rule))
    }

    /// "10-15" as one token.
    fn digit_range(&self, word: &str) -> Option<(f64, f64)> {
        let (a, b) = word.split_once(['-', '‐', '‑'])?;
        let (a, b) = (self.plain_digits(a)?, self.plain_digits(b)?);
        (a < b).then_some((a, b))
    }

    /// A number in digits, with groups of three that stand as tokens of their own ("2 000").
    fn digits(&self, words: &Words<'_, '_>, i: usize) -> Option<(f64, usize)> {
        let word = words.get(i);
        let mut value = self.plain_digits(&word)?;
        let mut end = i + 1;
        if word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) && !word.starts_with('0') {
            while let Some(next) = words.tokens.get(end) {
                let gap = Span::new(words.tokens[end - 1].span.end, next.span.start).of(words.text);
                let mut marks = gap.chars();
                let spaced = marks.next().is_some_and(|c| c.is_whitespace() && self.group.contains(&c)) && marks.next().is_none();
                let group = words.written(end);
                if !spaced || group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
                    break;
                }
                value = value * 1000.0 + group.parse::<f64>().ok()?;
                end += 1;
            }
        }
        Some((value, end))
    }

    /// The value of one token of digits with the language's marks for groups and decimals.
    fn plain_digits(&self, word: &str) -> Option<f64> {
        if word.is_empty() || !word.starts_with(|c: char| c.is_ascii_digit()) || !word.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if word.bytes().all(|b| b.is_ascii_digit()) {
            return word.parse().ok();
        }
        if let Some(whole) = self.in_groups(word) {
            return whole.parse().ok();
        }
        let last = word.rfind(|c: char| !c.is_ascii_digit())?;
        let mark = word[last..].chars().next().filter(|mark| self.decimal.contains(mark))?;
        let (whole, fraction) = (&word[..last], &word[last + mark.len_utf8()..]);
        let whole = if whole.bytes().all(|b| b.is_ascii_digit()) { whole.to_owned() } else { self.in_groups(whole)? };
        format!("{whole}.{fraction}").parse().ok()
    }

    /// The digits of a number in groups of three ("1.400.000").
    fn in_groups(&self, word: &str) -> Option<String> {
        let mark = word.chars().find(|c| !c.is_ascii_digit()).filter(|mark| self.group.contains(mark))?;
        let mut groups = word.split(mark);
        let first = groups.next()?;
        let by_three = groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
        ((1..=3).contains(&first.len()) && first != "0" && by_three).then(|| word.replace(mark, ""))
    }

    /// The value of a number written in digits or words ("1.400", "veintiséis", "a couple of"), if the whole of `words`
    /// is one. An article is one; a vague word has a value only if it stands for one number.
    #[must_use]
    pub fn value(&self, words: &str) -> Option<f64> {
        let found = tokens(words, 0);
        let phrases = self.looked_up(words, &found);
        if found.len() == 1
            && let Some((p, _)) =
                (Words { text: words, tokens: &found, phrases: &phrases }).phrase(0, Role::Article.bit() | Role::Fraction.bit())
        {
            return Some(p.value);
        }
        self.leading(words, &found).filter(|(taken, _)| *taken == found.len()).map(|(_, value)| value)
    }

    /// The number that begins at the first token, where the words tell one: how many tokens it takes, with the word that links
    /// it to what it counts, and its value. Other stages count by it.
    pub(crate) fn leading(&self, text: &str, tokens: &[Token]) -> Option<(usize, f64)> {
        let words = Words { text, tokens, phrases: &self.looked_up(text, tokens) };
        let n = self.number(&words, 0).filter(|n| n.upper.is_none())?;
        let value = match &n.vague {
            None => n.value,
            Some(key) => self.policy.vague.get(&**key).filter(|v| v.min.total_cmp(&v.max).is_eq())?.min,
        };
        let linked = (n.about || n.vague.is_some()) && self.link.iter().any(|l| words.is(n.end, l));
        Some((n.end + usize::from(linked), value))
    }

    /// Every folded word that a number can be made of, or that links it to what it counts.
    pub(crate) fn vocabulary(&self) -> impl Iterator<Item = &str> {
        let part = |p: &Phrase| {
            !matches!(p.role, Role::Digits | Role::Before | Role::After | Role::Between | Role::Range | Role::Never | Role::Change)
        };
        let phrases = self.phrases.values().flat_map(|known| known.list.iter().map(move |p| (&known.first, p)));
        let made = phrases.filter(move |(_, p)| part(p)).flat_map(|(first, p)| std::iter::once(first).chain(&p.rest));
        made.chain(&self.link).map(String::as_str)
    }

    /// Whether a word is two number words with a hyphen that make one number.
    pub(crate) fn is_hyphened(&self, word: &str) -> bool {
        let mut folded = String::new();
        fold(word, &mut folded);
        self.hyphened(&folded).is_some()
    }

    /// The value of one token of digits.
    pub(crate) fn digits_alone(&self, word: &str) -> Option<f64> {
        self.plain_digits(word)
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        check(&self.rules.rules, |example| {
            let found = tokens(example, 0);
            let words = Words { text: example, tokens: &found, phrases: &self.looked_up(example, &found) };
            let mut rows: Vec<(RuleId, Span, String)> = Vec::new();
            self.scan(&words, |figure, (span, used)| {
                let made = figure.map_or_else(|| "no figure".to_owned(), |f| describe(&f));
                let used = self.rules.rules.iter().enumerate().filter(|(i, _)| used & (1 << i) != 0);
                rows.extend(used.map(|(_, r)| (r.id.clone(), span, made.clone())));
            });
            rows
        })
    }
}

/// A figure as examples write it: `10..15 range`, `26.. at_least`.
pub(crate) fn describe(f: &Figure) -> String {
    let n = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    format!("{}..{} {}", n(f.min), n(f.max), f.bound)
}

/// Whether a number word may follow what was read: "twenty six", "ciento veinte", never "three two".
fn addable(current: f64, next: f64) -> bool {
    if current == 0.0 {
        return true;
    }
    next < 100.0 && current % 100.0 == 0.0 || (1.0..10.0).contains(&next) && current % 10.0 == 0.0 && current % 100.0 >= 20.0
}

/// "two to three million": the lower end takes the upper's scale if it names none.
fn lend_scale(mut a: Number, b: &Number) -> Number {
    if a.scale == 1.0 && b.scale >= 1000.0 && a.value < b.value / b.scale {
        a.value *= b.scale;
        a.scale = b.scale;
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;
    use proptest::prelude::*;

    fn all() -> Vec<Numbers> {
        Packs::shipped().iter().map(|p| Numbers::load(p).unwrap()).collect()
    }

    fn figures(n: &Numbers, text: &str) -> Vec<Figure> {
        n.in_tokens(text, &tokens(text, 0))
    }

    #[test]
    fn every_rule_does_what_its_examples_say() {
        for n in all() {
            let failures = n.check();
            assert!(failures.is_empty(), "{}", failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }

    #[test]
    fn values_of_words() {
        let n = all();
        let (en, es) = (&n[0], &n[1]);
        assert_eq!(en.value("2,000"), Some(2000.0));
        assert_eq!(en.value("a couple of"), Some(2.0));
        assert_eq!(en.value("a"), Some(1.0));
        assert_eq!(en.value("half a dozen"), Some(6.0));
        assert_eq!(en.value("several"), None);
        assert_eq!(en.value("twenty-six men"), None);
        assert_eq!(es.value("1.400"), Some(1400.0));
        assert_eq!(es.value("1,5 millones"), Some(1_500_000.0));
        assert_eq!(es.value("dos mil quinientos"), Some(2500.0));
        assert_eq!(es.value("veintiséis"), Some(26.0));
        assert_eq!(es.value("mil novecientos ochenta y nueve"), Some(1989.0));
    }

    #[test]
    fn a_policy_changes_only_the_best_value() {
        let pack = Packs::shipped();
        let pack = pack.iter().next().unwrap();
        let of = |name: &str| {
            let n = Numbers::load_with(pack, &Policy::shipped(name).unwrap()).unwrap();
            figures(&n, "dozens here, more than 40 there, two to five, up to 9")
        };
        let best = |f: &[Figure]| f.iter().map(|f| f.best.unwrap()).collect::<Vec<_>>();
        let (literal, acled, ucdp) = (of("literal"), of("acled"), of("ucdp"));
        assert_eq!(best(&literal), [24.0, 41.0, 2.0, 9.0]);
        assert_eq!(best(&acled), [12.0, 40.0, 2.0, 1.0]);
        assert_eq!(best(&ucdp), [24.0, 41.0, 3.0, 9.0]);
        for other in [&acled, &ucdp] {
            for (a, b) in literal.iter().zip(other) {
                assert_eq!((a.span, a.min, a.max, a.bound), (b.span, b.min, b.max, b.bound));
            }
        }
        assert!(Policy::shipped("guesswork").unwrap_err().to_string().contains("literal, acled, ucdp"));
    }

    proptest! {
        #[test]
        fn figures_stand_in_order_on_character_boundaries(
            text in "([0-9]{1,4}|[ .,–-]|mil|dos|y|un|de|a|dozen|half a|at least|hundred|más de|entre|and|to|\\PC){0,30}",
        ) {
            for n in all_once() {
                let mut last = 0;
                for f in figures(n, &text) {
                    prop_assert!(f.span.start >= last && f.span.contains(f.number) && !f.number.is_empty());
                    prop_assert!(text.get(f.span.start..f.span.end).is_some());
                    prop_assert!(f.min.zip(f.max).is_none_or(|(a, b)| a <= b), "{f:?}");
                    last = f.span.end;
                }
            }
        }
    }

    fn all_once() -> &'static [Numbers] {
        static ALL: std::sync::OnceLock<Vec<Numbers>> = std::sync::OnceLock::new();
        ALL.get_or_init(all)
    }
}
