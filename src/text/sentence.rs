//! Where sentences end.
//!
//! 1. [`Sentences::split`] runs over the bytes of a paragraph and stops only at those that can end a sentence (`.`, `!`,
//!    `?`, `…`) or begin one (a bullet).
//! 2. [`Stop::read`] takes in the whole run of marks with the quotes and brackets that close after it, and what follows.
//! 3. [`Sentences::decide`] ends the sentence unless what follows goes on with it: in lower case, after an abbreviation
//!    (looked up in the pack), an initial, an item's number.
//!
//! The work at a stop is bounded, so a text takes time in proportion to its length. The plan — decide at candidates, by
//! abbreviation class and by the case of the next word — is that of Grefenstette and Tapanainen, "What is a word, what is
//! a sentence?" (1994), with Mikheev's list of words that begin sentences (Computational Linguistics 28:3, 2002).

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::pack::{Failure, Lang, Pack, Pattern, Rule, RuleId, Rules, Sieve};
use crate::span::Span;
use crate::text::{Short, WordMap, make_small};
use crate::vocabulary::Section;

/// One sentence of the clean text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// Its paragraph, counted from 0 over the document.
    pub paragraph: u32,
    /// What part of the article it stands in.
    pub section: Section,
    /// Its language, which may differ from the document's.
    pub language: Lang,
}

/// The sentence rules of one language.
#[derive(Debug)]
pub struct Sentences {
    rules: Vec<Rule<Class>>,
    /// The rules that tell a section, and which of them a paragraph is worth.
    sections: Vec<usize>,
    sieve: Sieve,
    /// Abbreviations without their last stop, in each case they are known in, and the rule of each.
    abbreviations: HashMap<Box<str>, usize>,
    /// Words that begin a sentence, in lower case.
    starters: WordMap<()>,
    /// Words that in careless writing begin a sentence even in lower case.
    openers: HashSet<Box<str>>,
    titles: HashSet<Box<str>>,
    cues: HashSet<Box<str>>,
    /// Words that go on after a time of day: weekdays, zones.
    after_time: HashSet<Box<str>>,
    /// Words that open a sentence whose subject comes after a time or place.
    fronted: HashSet<Box<str>>,
    /// Names that are written with a mark: Yahoo!
    marked_names: HashSet<Box<str>>,
    /// Names of one capital that are nobody's initial behind the words of the second list: "on X".
    letter_names: HashSet<Box<str>>,
    before_letter_name: Vec<String>,
    cases: Vec<Case>,
    /// Ways of splitting that others follow and these rules on purpose do not.
    not_followed: Vec<Case>,
}

/// What a rule is: a class of abbreviations, or a pattern that tells what section a short paragraph is.
#[derive(Clone, Debug, Deserialize)]
struct Class {
    #[serde(default)]
    joins: Joins,
    #[serde(default)]
    abbreviations: Vec<String>,
    section: Option<Section>,
}

/// Before what an abbreviation goes on with the sentence, if not before lower case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Joins {
    /// Whatever follows.
    #[default]
    Anything,
    /// A number.
    Number,
    /// A number, and only where one stands before it too: "5 ft. 6".
    BetweenNumbers,
    /// Anything but a word that begins sentences.
    UnlessStarter,
    /// What belongs to a time of day, or the subject of a sentence that opens with the time.
    Time,
}

/// A text given as its sentences.
#[derive(Debug)]
struct Case {
    id: String,
    file: Arc<str>,
    line: usize,
    sentences: Vec<String>,
}

#[derive(Deserialize)]
struct CaseFile {
    #[serde(default)]
    split: Vec<RawCase>,
    #[serde(default)]
    not_followed: Vec<RawCase>,
}

#[derive(Deserialize)]
struct RawCase {
    id: toml::Spanned<String>,
    #[serde(rename = "about")]
    _about: String,
    sentences: Vec<Vec<String>>,
}

impl Sentences {
    /// Compiles a pack's `sentences.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be, or an abbreviation stands in two rules.
    pub fn load(pack: &Pack) -> Result<Self> {
        let Rules { rules, mut words, .. } = Rules::<Class>::load(pack, "sentences")?;
        let mut abbreviations: HashMap<Box<str>, usize> = HashMap::new();
        for (i, rule) in rules.iter().enumerate() {
            for written in &rule.spec.abbreviations {
                if abbreviations.insert(written.as_str().into(), i).is_some() {
                    let message = format!("rule {}: {written:?} is there already", rule.id);
                    return Err(Error::Pack { file: rule.file.to_string(), line: rule.line, message });
                }
            }
        }
        // The forms that are only derived give way to what is written out.
        for (i, rule) in rules.iter().enumerate() {
            for form in rule.spec.abbreviations.iter().flat_map(|a| derived_forms(a, rule.spec.joins)) {
                abbreviations.entry(form.into()).or_insert(i);
            }
        }
        let starters = words.remove("starters").unwrap_or_default().into_iter().collect();
        let mut list = |name: &str| words.remove(name).unwrap_or_default().into_iter().map(String::into_boxed_str).collect();
        let (openers, titles, cues) = (list("openers"), list("titles"), list("cues"));
        let (after_time, fronted, marked_names) = (list("after_time"), list("fronted"), list("marked_names"));
        let letter_names = list("letter_names");
        let before_letter_name = words.remove("before_letter_name").unwrap_or_default();
        let (mut cases, mut not_followed) = (Vec::new(), Vec::new());
        for (file, text, read) in pack.read::<CaseFile>("sentences")? {
            let file: Arc<str> = file.into();
            let both = read.split.into_iter().map(|c| (c, false)).chain(read.not_followed.into_iter().map(|c| (c, true)));
            for (case, differs) in both {
                let line = 1 + text[..case.id.span().start.min(text.len())].matches('\n').count();
                let id = format!("{}.sentences.{}", pack.language, case.id.into_inner());
                let list = if differs { &mut not_followed } else { &mut cases };
                list.extend(case.sentences.into_iter().map(|sentences| Case { id: id.clone(), file: file.clone(), line, sentences }));
            }
        }
        let sections: Vec<usize> = (0..rules.len()).filter(|&i| rules[i].spec.section.is_some() && rules[i].pattern.is_some()).collect();
        let patterns = sections.iter().filter_map(|&i| rules[i].pattern.as_ref()).map(Pattern::as_str);
        let wrong = |message| Error::Pack { file: format!("{}/sentences.toml", pack.language), line: 1, message };
        let sieve = Sieve::new(patterns).map_err(wrong)?;
        Ok(Self {
            rules,
            sections,
            sieve,
            abbreviations,
            starters,
            openers,
            titles,
            cues,
            after_time,
            fronted,
            marked_names,
            letter_names,
            before_letter_name,
            cases,
            not_followed,
        })
    }

    /// The sentences of one paragraph, as spans of `text` without white space at their ends.
    #[must_use]
    pub fn split(&self, text: &str, paragraph: Span) -> Vec<Span> {
        self.scan(text, paragraph, |_, _, _| {})
    }

    /// Splits, and tells of each stop that a rule of the pack decided: the rule, the abbreviation with its stop, whether
    /// the sentence ends there.
    fn scan(&self, text: &str, paragraph: Span, mut tell: impl FnMut(usize, Span, bool)) -> Vec<Span> {
        let mut out = Vec::new();
        let bytes = text.as_bytes();
        let end = paragraph.end.min(bytes.len());
        let (mut from, mut at) = (skip_space(text, paragraph.start, end), paragraph.start);
        let listed = ItemForm::at(text, from, end);
        // Somebody who begins a paragraph with a small letter begins his sentences so too.
        let small = text[from..end].starts_with(char::is_lowercase);
        let mut items = listed.map_or(0, |(_, n)| n);
        while at < end {
            match KIND[bytes[at] as usize] {
                0 => at += 1,
                STOP => {
                    from = cut_off(&mut out, text, from, at);
                    let stop = Stop::read(text, from, at, end);
                    if self.decide(text, from, end, small, &stop, &mut tell) {
                        push(&mut out, text, from, stop.end);
                        from = stop.next;
                    }
                    at = stop.resume;
                }
                LEAD => {
                    from = cut_off(&mut out, text, from, at);
                    let c = text[at..].chars().next().unwrap_or('\0');
                    if c == '…' {
                        let stop = Stop::read(text, from, at, end);
                        if self.decide(text, from, end, small, &stop, &mut tell) {
                            push(&mut out, text, from, stop.end);
                            from = stop.next;
                        }
                        at = stop.resume;
                    } else {
                        if is_bullet(c) && at > from && after_space(text, at) {
                            push(&mut out, text, from, at);
                            from = at;
                        }
                        at += c.len_utf8();
                    }
                }
                // A digit: in a list the next number in order, written as the first was, begins an item.
                _ => {
                    if let Some((form, _)) = listed
                        && at > from
                        && after_space(text, at)
                        && ItemForm::at(text, at, end) == Some((form, items + 1))
                    {
                        push(&mut out, text, from, at);
                        from = at;
                        items += 1;
                    }
                    at += 1;
                    while at < end && bytes[at].is_ascii_digit() {
                        at += 1;
                    }
                }
            }
        }
        from = cut_off(&mut out, text, from, end);
        push(&mut out, text, from, end);
        out
    }

    /// Whether the sentence that begins at `from` ends at a stop.
    fn decide(&self, text: &str, from: usize, end: usize, small: bool, stop: &Stop, tell: &mut impl FnMut(usize, Span, bool)) -> bool {
        if stop.next >= end || stop.bracketed {
            return false; // the paragraph's end ends it anyway
        }
        let next = Next::read(text, stop.next, end);
        // Only the single stop of an abbreviation is in doubt; a run of marks or one in brackets is not.
        let word_end = if stop.spaced && !stop.glued { from + text[from..stop.start].trim_end().len() } else { stop.start };
        let word = if stop.single { word_before(text, from, word_end) } else { "" };
        let class = self.class(text, from, word_end, word);
        let ends = match class {
            _ if stop.glued && !self.parts_glued(&next, stop, word) => return false,
            _ if next.first.is_none() || next.mark_goes_on => false,
            _ if next.dash
                && (class.is_some() || is_dotted(word) || !stop.plain && next.lower() && opened_dash(&text[from..stop.start])) =>
            {
                false
            }
            _ if next.lower() && next.bracketed => class.is_none(),
            _ if next.lower() && next.address => class.is_none(),
            _ if next.lower() => {
                !stop.closed
                    && !stop.ellipsis
                    && class.is_none()
                    && is_plain_word(text, from, stop.start)
                    && (small || self.openers.contains(next.word))
                    && (stop.plain || !self.says(text, stop.next))
            }
            Some(rule) => !self.joins(self.rules[rule].spec.joins, text, from, stop, &next),
            None => !self.goes_on(text, from, stop, word, &next),
        };
        if let Some(rule) = class {
            tell(rule, Span::new(word_end - word.len(), stop.start + 1), ends);
        }
        ends
    }

    /// The rule of the abbreviation that ends before a stop: the word, the word with the one-letter abbreviation before it
    /// ("a. C."), or the word after a stop without white space ("here.Mr.").
    fn class(&self, text: &str, from: usize, word_end: usize, word: &str) -> Option<usize> {
        if word.is_empty() {
            return None;
        }
        let whole = || self.abbreviations.get(word).copied();
        let pair = || {
            let before = text[from..word_end - word.len()].strip_suffix(". ")?;
            let first = before.chars().next_back().filter(|c| c.is_alphabetic())?;
            let alone = before.strip_suffix(first)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let short = alone && word.chars().nth(1).is_none();
            short.then(|| self.abbreviations.get(format!("{first}.{word}").as_str()).copied())?
        };
        let glued = || {
            let (before, last) = word.rsplit_once('.')?;
            (before.chars().count() > 3).then(|| self.abbreviations.get(last).copied())?
        };
        let rule = pair().or_else(whole).or_else(glued)?;
        let number = || text[from..word_end - word.len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
        (self.rules[rule].spec.joins != Joins::BetweenNumbers || number()).then_some(rule)
    }

    /// Whether a sentence ends at a stop with no white space after it: before ¿ or a mark that opens, before a word that
    /// begins sentences, between two plain words ("the square.Residents fled").
    fn parts_glued(&self, next: &Next<'_>, stop: &Stop, word: &str) -> bool {
        let plain = |w: &str, least: usize| w.chars().count() >= least && w.chars().skip(1).all(char::is_lowercase);
        let parts = || word.chars().all(char::is_alphabetic) && plain(word, 3) && next.apart && plain(next.word, 4);
        let title = || self.titles.contains(next.word.to_lowercase().as_str());
        let capital = next.first.is_some_and(char::is_uppercase) && !next.initial;
        next.opens_sentence() || stop.single && capital && (self.is_starter(next.word) || title() || parts())
    }

    /// Whether an abbreviation of a class goes on with what follows it.
    fn joins(&self, joins: Joins, text: &str, from: usize, stop: &Stop, next: &Next<'_>) -> bool {
        let starter = self.is_starter(next.word) && !next.initial;
        match joins {
            Joins::Anything => true,
            Joins::Number | Joins::BetweenNumbers => next.is_digit() || is_roman(next.word) && !starter,
            Joins::UnlessStarter => !starter && !next.inverted,
            Joins::Time => {
                let clause = text[from..stop.start].rsplit(": ").next().unwrap_or("");
                let lead = clause.split_whitespace();
                let words = lead.clone().take(LONGEST_LEAD + 1).count();
                let fronted = lead.clone().next().is_some_and(|w| self.fronted.contains(w.to_lowercase().as_str()));
                self.after_time.contains(next.word.to_lowercase().as_str())
                    || !starter && !next.inverted && (words <= 3 || fronted && words <= LONGEST_LEAD)
            }
        }
    }

    /// Whether the sentence goes on after a stop that no rule of the pack knows.
    fn goes_on(&self, text: &str, from: usize, stop: &Stop, word: &str, next: &Next<'_>) -> bool {
        let starter = self.is_starter(next.word) && !next.initial;
        if !stop.plain && !stop.closed && !stop.spaced && !starter && !next.inverted && !next.opened {
            let name = word_before(text, from, stop.start);
            if self.marked_names.contains(name.to_lowercase().as_str()) {
                return true;
            }
        }
        // "(f. Lima, 1990)"
        if stop.single && word.len() == 1 && text[from..stop.start - 1].ends_with('(') {
            return true;
        }
        if stop.single
            && is_item_number(word)
            && !text[from..stop.start.saturating_sub(word.len()).max(from)].contains(char::is_alphanumeric)
            && !stop.spaced
        {
            return true;
        }
        if stop.single && !stop.closed {
            // The first half of a pair: a. C., S. A.
            if next.initial && word.chars().nth(1).is_none() {
                return true;
            }
            if is_initial(word) || is_dotted(word) {
                return !starter && !next.inverted && !self.is_letter_name(&text[from..stop.start], word);
            }
        }
        // Tokenised text parts the acronym from its stop: "the U.S . Highway".
        if stop.single && stop.spaced && !starter && !next.inverted && next.first.is_some_and(char::is_uppercase) {
            let apart = from + text[from..stop.start].trim_end().len();
            if word_before(text, from, apart).rsplit('/').next().is_some_and(is_dotted) {
                return true;
            }
        }
        if stop.ellipsis && stop.spaced {
            return !starter && !next.inverted;
        }
        if stop.closed && !stop.plain && is_aside(text, from, stop) {
            return true;
        }
        // “Why?” Smith asked.
        stop.closed && !stop.plain && !starter && !next.inverted && self.names_speaker(text, stop.next)
    }

    /// Whether the letter that ends these words is a name rather than an initial: "she wrote on X".
    fn is_letter_name(&self, words: &str, letter: &str) -> bool {
        let Some(before) = words.strip_suffix(letter).filter(|_| self.letter_names.contains(letter)).map(str::trim_end) else {
            return false;
        };
        let ends = |phrase: &String| {
            let rest = before.strip_suffix(phrase.as_str());
            rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        self.before_letter_name.iter().any(ends)
    }

    /// Whether a name and a word of saying stand at `at`.
    fn names_speaker(&self, text: &str, at: usize) -> bool {
        let rest: String = text[at..].chars().take(60).collect();
        rest.split_whitespace()
            .take(4)
            .enumerate()
            .find_map(|(i, w)| {
                let bare = w.trim_end_matches([',', '.', ':']);
                if i > 0 && self.cues.contains(bare) {
                    return Some(true);
                }
                (!bare.starts_with(char::is_uppercase)).then_some(false)
            })
            .unwrap_or(false)
    }

    /// Whether a word and a word of saying stand at `at`: "he yelled".
    fn says(&self, text: &str, at: usize) -> bool {
        let rest: String = text[at..].chars().take(40).collect();
        rest.split_whitespace().nth(1).is_some_and(|w| self.cues.contains(w.trim_end_matches([',', '.', ':'])))
    }

    fn is_starter(&self, word: &str) -> bool {
        let small = || {
            let mut small = String::with_capacity(word.len());
            make_small(word, &mut small);
            small.into()
        };
        word.len() < 16 && word.starts_with(char::is_uppercase) && self.starters.of(Short::of(word), small).is_some()
    }

    /// What section a short paragraph says that it is.
    #[must_use]
    pub(super) fn section(&self, paragraph: &str) -> Option<Section> {
        self.section_rule(paragraph).and_then(|rule| rule.spec.section)
    }

    fn section_rule(&self, paragraph: &str) -> Option<&Rule<Class>> {
        const LONGEST: usize = 240;
        if paragraph.len() > LONGEST {
            return None;
        }
        let mut candidates =
            self.sieve.candidates(paragraph).into_iter().filter_map(|i| self.sections.get(i).and_then(|&r| self.rules.get(r)));
        candidates.find(|r| r.pattern.as_ref().is_some_and(|p| p.is_match(paragraph)))
    }

    /// Whether a word is among the commonest of the language.
    #[must_use]
    pub fn is_common(&self, word: &str) -> bool {
        let known = self.starters.of(Short::of(word), || word.to_lowercase().into()).is_some();
        known && (word.starts_with(char::is_uppercase) || !word.contains(char::is_uppercase))
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        let run = |text: &str| {
            let mut rows: Vec<(RuleId, Span, String)> = Vec::new();
            self.scan(text, Span::new(0, text.len()), |rule, span, ends| {
                rows.push((self.rules[rule].id.clone(), span, if ends { "end" } else { "inside" }.to_owned()));
            });
            if let Some((rule, section)) = self.section_rule(text).and_then(|r| Some((r, r.spec.section?))) {
                rows.push((rule.id.clone(), Span::new(0, text.len()), section.to_string()));
            }
            rows
        };
        let mut out = crate::pack::check(&self.rules, run);
        for case in &self.cases {
            let text = case.sentences.join(" ");
            let got: Vec<&str> = self.split(&text, Span::new(0, text.len())).iter().map(|s| s.of(&text)).collect();
            if got != case.sentences {
                let message = format!("wanted {:?} but got {got:?}", case.sentences);
                out.push(Failure { file: case.file.to_string(), line: case.line, rule: case.id.clone(), message });
            }
        }
        for case in &self.not_followed {
            let text = case.sentences.join(" ");
            let got: Vec<&str> = self.split(&text, Span::new(0, text.len())).iter().map(|s| s.of(&text)).collect();
            if got == case.sentences {
                let message = format!("{got:?} is now split this way: no longer a rule that is not followed");
                out.push(Failure { file: case.file.to_string(), line: case.line, rule: case.id.clone(), message });
            }
        }
        out
    }
}

/// The most words of a sentence that has come only to its time or place.
const LONGEST_LEAD: usize = 12;

/// A run of marks that may end a sentence.
#[derive(Debug)]
struct Stop {
    /// Where its marks begin.
    start: usize,
    /// Where the sentence ends if it ends here: after what closes.
    end: usize,
    /// Where the next one then begins.
    next: usize,
    /// Where to look for the next stop.
    resume: usize,
    /// One full stop and nothing else.
    single: bool,
    /// Full stops only.
    plain: bool,
    /// Three dots or more.
    ellipsis: bool,
    /// White space stands before it.
    spaced: bool,
    /// A quote or bracket closes after it.
    closed: bool,
    /// No white space follows.
    glued: bool,
    /// It stands alone in brackets: `[...]`.
    bracketed: bool,
}

impl Stop {
    fn read(text: &str, from: usize, start: usize, end: usize) -> Self {
        let bytes = text.as_bytes();
        let (mut at, mut dots, mut other) = (start, 0_usize, 0_usize);
        loop {
            match bytes.get(at) {
                Some(b'.') if at < end => dots += 1,
                Some(b'!' | b'?') if at < end => other += 1,
                _ if at < end && text[at..].starts_with('…') => {
                    dots += 3;
                    at += 2;
                }
                // ". . ." and "! !" are one mark
                Some(b' ')
                    if at + 1 < end
                        && matches!(bytes.get(at + 1), Some(b'.' | b'!' | b'?'))
                        && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric) => {}
                _ => break,
            }
            at += 1;
        }
        let marks_end = at;
        let resume = at.max(start + 1);
        let mut closed = false;
        // What closes: quotes and brackets, also with further marks among them (”. or .»), and notes ([1]).
        while at < end {
            let c = text[at..].chars().next().unwrap_or('\0');
            let follows = || text[at + c.len_utf8()..end].chars().next();
            let closes = match c {
                '"' | '\'' | '’' | '‘' | '`' | '´' => !follows().is_some_and(char::is_alphanumeric),
                '“' => !follows().is_some_and(|f| f.is_alphanumeric() || matches!(f, '¿' | '¡')),
                '»' | '›' | '”' | ')' | ']' | '}' => true,
                '.' | '!' | '?' | '…' => closed,
                '[' => {
                    let note = note_len(&bytes[at..end]);
                    at += note;
                    if note > 0 {
                        closed = true;
                        continue;
                    }
                    false
                }
                _ => false,
            };
            if !closes {
                break;
            }
            closed |= !matches!(c, '.' | '!' | '?' | '…');
            at += c.len_utf8();
        }
        if dots == 1 && other == 0 && at == marks_end {
            at += bare_note(text, from, start, at, end);
        }
        let mut next = skip_space(text, at, end);
        // In spaced text a mark that can only close still belongs to this sentence.
        while next > at && next < end {
            // The stop of the sentence after a title's own mark: "'' Help ! '' ."
            let stop = closed && matches!(&bytes[next..end], [b'.'] | [b'.', b' ' | b'\n', ..]);
            let len = if stop { 1 } else { closer_len(&text[next..end]) };
            if len == 0 {
                break;
            }
            (at, closed) = (next + len, true);
            next = skip_space(text, at, end);
        }
        let spaced = start > from && bytes[start - 1].is_ascii_whitespace();
        let bracketed = start > from && matches!(bytes[start - 1], b'[' | b'(') && closed;
        Self {
            start,
            end: at,
            next,
            resume: resume.max(at),
            single: dots == 1 && other == 0 && marks_end == start + 1,
            plain: other == 0,
            ellipsis: dots > 1 && other == 0,
            spaced,
            closed,
            glued: next == at,
            bracketed,
        }
    }
}

/// What follows a stop.
#[derive(Debug)]
struct Next<'t> {
    /// Its first letter or digit, past marks that open.
    first: Option<char>,
    /// Its first word.
    word: &'t str,
    /// A mark that opens stands before it.
    opened: bool,
    /// ¿ or ¡ stands before it.
    inverted: bool,
    /// It is one letter with a stop.
    initial: bool,
    /// It begins with a mark that goes on: a comma, a semicolon.
    mark_goes_on: bool,
    /// White space, a comma or the end stands after its first word.
    apart: bool,
    /// It is the letter of an item in brackets: "(b)".
    bracketed: bool,
    /// A dash with white space behind stands before it.
    dash: bool,
    /// It is an address of the web.
    address: bool,
}

impl<'t> Next<'t> {
    fn read(text: &'t str, at: usize, end: usize) -> Self {
        let rest = &text[at..end];
        let (mut opened, mut inverted, mut start) = (false, false, None);
        let mark_goes_on = rest.starts_with([',', ';', ':', '/', '%', '=', '&']);
        for (i, c) in rest.char_indices().take(8) {
            if c.is_alphanumeric() {
                start = Some((i, c));
                break;
            }
            inverted |= matches!(c, '¿' | '¡');
            opened |= matches!(c, '“' | '"' | '«' | '‘' | '\'' | '(' | '[' | '¿' | '¡' | '„' | '‹' | '`');
        }
        let (word, first) = start.map_or(("", None), |(i, c)| {
            let tail = &rest[i..];
            let len = tail
                .char_indices()
                .take(40)
                .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
                .map_or_else(|| tail.char_indices().nth(40).map_or(tail.len(), |(i, _)| i), |(i, _)| i);
            (&tail[..len], Some(c))
        });
        let after = start.map_or("", |(i, _)| &rest[i + word.len()..]);
        let initial = word.chars().nth(1).is_none() && after.starts_with('.');
        // Marks alone, such as a dash or a row of asterisks, begin something new.
        let first = first.or_else(|| rest.chars().next().filter(|c| !mark_goes_on && !c.is_whitespace()));
        let apart = after.chars().next().is_none_or(|c| c.is_whitespace() || c == ',');
        let bracketed = rest.starts_with('(') && word.len() == 1 && after.starts_with(") ");
        let dash = ["- ", "-- ", "– ", "— "].iter().any(|d| rest.starts_with(d));
        let address = ["http://", "https://", "www."].iter().any(|a| rest.starts_with(a));
        Self { first, word, opened, inverted, initial, mark_goes_on, apart, bracketed, dash, address }
    }

    /// In small letters: "iPhone" begins a sentence as it is.
    fn lower(&self) -> bool {
        self.first.is_some_and(char::is_lowercase) && !self.word.chars().nth(1).is_some_and(char::is_uppercase)
    }

    fn is_digit(&self) -> bool {
        self.first.is_some_and(char::is_numeric)
    }

    /// Whether it can begin a sentence even without white space before it.
    fn opens_sentence(&self) -> bool {
        self.opened && self.first.is_some_and(char::is_uppercase)
    }
}

/// How an item of a list is numbered: the mark after its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ItemForm {
    Stop,
    Bracket,
    StopBracket,
}

impl ItemForm {
    /// The form and number of an item that begins at `at`: `1. `, `2) `, `3.) `.
    fn at(text: &str, at: usize, end: usize) -> Option<(Self, u32)> {
        let rest = text.as_bytes().get(at..end)?;
        let digits = rest.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
        let (form, len) = match rest.get(digits..)? {
            [b'.', b')', ..] => (Self::StopBracket, 2),
            [b'.', ..] => (Self::Stop, 1),
            [b')', ..] => (Self::Bracket, 1),
            _ => return None,
        };
        (rest.get(digits + len) == Some(&b' ')).then_some((form, number))
    }
}

const STOP: u8 = 1;
const LEAD: u8 = 2;
const DIGIT: u8 = 3;

/// What a byte can be: the end of a sentence, the first byte of a mark that can end or begin one, a digit, or nothing.
static KIND: [u8; 256] = {
    let mut kind = [0; 256];
    kind[b'.' as usize] = STOP;
    kind[b'!' as usize] = STOP;
    kind[b'?' as usize] = STOP;
    kind[0xE2] = LEAD;
    let mut digit = b'0';
    while digit <= b'9' {
        kind[digit as usize] = DIGIT;
        digit += 1;
    }
    kind
};

/// Bytes of the longest sentence. What goes on for longer is a list without stops, or no prose at all, and is parted at white space if it has any: who
/// looks around in a sentence has no more than this to look at.
const LONGEST: usize = 5_000;

/// Parts what is too long for a sentence and tells where the last part begins.
fn cut_off(out: &mut Vec<Span>, text: &str, mut from: usize, to: usize) -> usize {
    while to.saturating_sub(from) > LONGEST {
        let end = text.floor_char_boundary(from + LONGEST);
        let space = text[from..end].rfind(char::is_whitespace).filter(|at| *at > 0);
        let at = space.map_or(end, |space| from + space);
        push(out, text, from, at);
        from = skip_space(text, at, to);
    }
    from
}

fn push(out: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let cut = &text[start..end.max(start)];
    let trimmed = cut.trim();
    if !trimmed.is_empty() {
        let start = start + (cut.len() - cut.trim_start().len());
        out.push(Span::new(start, start + trimmed.len()));
    }
}

fn skip_space(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at.min(end)..end];
    end - rest.trim_start().len()
}

fn after_space(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_whitespace)
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '▪' | '●' | '■' | '‣' | '◦' | '∙')
}

/// The length of a note's mark in brackets: `[1]`, `[2–11]`.
fn note_len(bytes: &[u8]) -> usize {
    let inner = bytes.iter().skip(1).take(8).take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'-' | b' ')).count();
    if inner > 0 && bytes.get(1).is_some_and(u8::is_ascii_digit) && bytes.get(inner + 1) == Some(&b']') { inner + 2 } else { 0 }
}

/// The length of a note's number that lost its raised place, right after the stop: "a clear effect.12 The rest".
fn bare_note(text: &str, from: usize, stop: usize, at: usize, end: usize) -> usize {
    let before = &text[from..stop];
    let letters = before.chars().rev().take(4).take_while(|c| c.is_lowercase()).count();
    let digits = text.as_bytes()[at..end].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let rest = text[at + digits..end].strip_prefix(' ').unwrap_or_default();
    let more = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (len, rest) = if more > 0 && more < 3 { (digits + 1 + more, rest[more..].trim_start_matches(' ')) } else { (digits, rest) };
    let new = rest.starts_with(char::is_uppercase);
    if digits > 0 && new && (letters == 4 || before.ends_with(')')) { len } else { 0 }
}

/// Whether a dash stands open in what was read of a sentence: "add the milk -- and voilà".
fn opened_dash(read: &str) -> bool {
    const LONGEST: usize = 60;
    let near = read.char_indices().rev().take(LONGEST).last().map_or("", |(i, _)| &read[i..]);
    [" - ", " -- ", " – ", " — "].iter().any(|d| near.contains(d))
}

/// The length of a mark that can only close, at the beginning of `rest`, with white space or the end after it.
fn closer_len(rest: &str) -> usize {
    let len = match rest.as_bytes() {
        [b'\'', b'\'', ..] => 2,
        // A face after a stop is the writer's own: "Thanks! :D"
        [b':' | b';' | b'=', b'-', b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|', ..] => 3,
        [b':' | b';' | b'=', b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|', ..] => 2,
        [b'"' | b')' | b']', ..] => 1,
        [b'[', ..] => {
            let mut len = 0;
            while rest.as_bytes().get(len) == Some(&b'[') && note_len(&rest.as_bytes()[len..]) > 0 {
                len += note_len(&rest.as_bytes()[len..]);
            }
            len
        }
        _ => rest.chars().next().filter(|c| matches!(c, '»' | '”')).map_or(0, char::len_utf8),
    };
    if rest[len..].chars().next().is_none_or(char::is_whitespace) { len } else { 0 }
}

/// The word right before a stop, its inner stops with it.
fn word_before(text: &str, from: usize, stop: usize) -> &str {
    const LONGEST: usize = 24;
    let mut start = stop;
    for (i, c) in text[from..stop].char_indices().rev() {
        if stop - (from + i) > LONGEST {
            return "";
        }
        if !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '/' | 'º' | 'ª' | '°' | '№' | '-')) {
            break;
        }
        start = from + i;
    }
    text[start..stop].trim_start_matches(['.', '-', '\'', '’', '/'])
}

/// Whether a bracket that closes after a stop was opened in the middle of the sentence and goes on in lower case: "(again!)".
fn is_aside(text: &str, from: usize, stop: &Stop) -> bool {
    const LONGEST: usize = 120;
    let closes = text[stop.start..stop.end].contains(')');
    let open = text[from..stop.start].char_indices().rev().take(LONGEST).find(|&(_, c)| matches!(c, '(' | ')'));
    closes
        && open.is_some_and(|(i, c)| {
            c == '(' && i > 0 && text[from + i..stop.start].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
        })
}

/// Whether a word of at least three small letters, or a number, stands before a stop.
fn is_plain_word(text: &str, from: usize, stop: usize) -> bool {
    let word = word_before(text, from, stop);
    word.chars().count() >= 3 && word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-'))
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let last = word.rsplit('-').next().unwrap_or(word);
    chars.next().is_some_and(char::is_uppercase) && (chars.next().is_none() || last.len() < word.len() && last.chars().count() == 1)
}

/// Whether a word is made of stops and parts of at most two letters: `U.S`, `p.m`, `EE.UU`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|p| !p.is_empty() && p.chars().all(char::is_alphabetic) && p.chars().count() <= 2)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// Whether a word that begins a sentence numbers an item: `1`, `12`, `a`, `iv`.
fn is_item_number(word: &str) -> bool {
    let short = word.len() <= 3;
    short && (word.bytes().all(|b| b.is_ascii_digit()) || is_roman(&word.to_uppercase()) || word.len() == 1 && word.is_ascii())
}

/// The other forms an abbreviation is known in: written small in every case; with a capital also in capitals, where being
/// wrong about a common word in capitals does no harm.
fn derived_forms(abbreviation: &str, joins: Joins) -> Vec<String> {
    let mut forms = Vec::new();
    if abbreviation.chars().nth(1).is_none() {
        return forms; // one capital is an initial
    }
    let mut chars = abbreviation.chars();
    let small = chars.next().filter(|c| c.is_lowercase());
    if let Some(c) = small {
        forms.push(c.to_uppercase().chain(chars).collect());
    }
    if small.is_some() || matches!(joins, Joins::Anything | Joins::Number) {
        forms.push(abbreviation.to_uppercase());
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    fn load(language: Lang) -> &'static Sentences {
        static BOTH: LazyLock<Vec<(Lang, Sentences)>> =
            LazyLock::new(|| Packs::shipped().iter().map(|p| (p.language, Sentences::load(p).unwrap())).collect());
        BOTH.iter().find(|(l, _)| *l == language).map(|(_, s)| s).unwrap()
    }

    fn split(language: Lang, text: &str) -> Vec<&str> {
        load(language).split(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn every_rule_holds_on_its_own_examples() {
        for language in [Lang::EN, Lang::ES] {
            let failures: Vec<String> = load(language).check().iter().map(ToString::to_string).collect();
            assert!(failures.is_empty(), "{}", failures.join("\n"));
        }
    }

    #[test]
    fn the_codebook_names_every_rule_that_is_not_followed() {
        let codebook = include_str!("../docs/codebook.md");
        for case in [Lang::EN, Lang::ES].into_iter().flat_map(|l| &load(l).not_followed) {
            let id = case.id.rsplit('.').next().unwrap();
            assert!(codebook.contains(&format!("`{id}`")), "{id}");
        }
    }

    #[test]
    fn a_sentence_may_begin_without_white_space() {
        assert_eq!(split(Lang::ES, "¡Decida su destino!¡Por un país libre! ¡Por todos!¡Ya!").len(), 4);
        assert_eq!(split(Lang::ES, "No serán olvidados.¡Basta de represión!").len(), 2);
        assert_eq!(split(Lang::ES, "Veremos esas ciudades (¡de nuevo!) Y otros países.").len(), 1);
        assert_eq!(split(Lang::ES, "Subió el precio.Los vecinos salieron.").len(), 2);
        assert_eq!(split(Lang::EN, "See www.example.com. Node.js and U.N.-led talks.").len(), 2);
    }

    #[test]
    fn what_goes_on_without_an_end_is_parted_at_white_space() {
        for (text, words) in [("Two held at 5 p.m. and ".repeat(3000), true), ("ñ".repeat(20_000), false)] {
            let parts = split(Lang::EN, &text);
            assert!(parts.iter().all(|part| (LONGEST - 30..=LONGEST).contains(&part.len()) || Some(part) == parts.last()));
            assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
            assert!(!words || parts.iter().all(|part| text.contains(&format!("{part} "))));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_in_order_and_nothing_is_lost(text in "(\\PC|[.!?… \n¿¡“”\"'()A-C1-3a-c•]){0,80}") {
            for language in [Lang::EN, Lang::ES] {
                let spans = load(language).split(&text, Span::new(0, text.len()));
                let kept: String = spans.iter().flat_map(|s| s.of(&text).chars()).filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
                prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start));
            }
        }
    }
}
