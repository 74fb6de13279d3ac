//! A text as the naming rules see it: words with their shape, their folded form and the word lists they stand in.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::gazetteer::{Entry, Gazetteer, fold};
use crate::span::Span;
use crate::text::{Token, TokenKind};
use crate::vocabulary::EntityKind;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `armed`
    Lower,
    /// `Moscow`
    Title,
    /// `CSTO`, `U.S.`
    Upper,
    /// `ExxonMobil`
    Mixed,
    /// `2022`
    Number,
    /// `,`
    Mark,
}

/// A set of word lists.
pub(super) type Lists = u128;

/// One word, number or mark.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it stands, without a possessive ending, with the dots of `U.S.` and `Inc.`
    pub span: Span,
    /// Folded; empty for marks other than `,`, `(` and so on, which stand as themselves.
    pub folded: String,
    pub shape: Shape,
    pub lists: Lists,
    /// Whether a possessive ending was cut off.
    pub possessive: bool,
    /// Whether a capital says nothing here: after a full stop, an opening mark, at the start of a line.
    pub initial: bool,
    /// Whether it stands on another line, or in another sentence, than the word before.
    pub fresh: bool,
}

impl Word {
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Mixed)
    }

    pub fn is_mark(&self, mark: &str) -> bool {
        self.shape == Shape::Mark && self.folded == mark
    }

    pub fn has(&self, lists: Lists) -> bool {
        self.lists & lists != 0
    }
}

/// Which word stands in which lists.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    names: Vec<String>,
    words: HashMap<String, Lists>,
    /// The list of words that name nothing, and its endings, by their last byte: what is cut off and what is put there (`ies>y`).
    common: Lists,
    endings: HashMap<u8, Vec<(String, String)>>,
    /// Endings with their accents, by which a word stands in the list [`ACCENTED`].
    accented: Vec<String>,
}

/// The list of words that name nothing by themselves, also with an ending of the list [`INFLECTION`].
const COMMON: &str = "common";
const INFLECTION: &str = "inflection";
/// The list whose words are endings as written.
const ACCENTED: &str = "accented";

impl Lexicon {
    /// The lists of a pack: at most 128, of single words.
    pub fn new(lists: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut out = Self::default();
        for (name, words) in lists {
            if out.names.len() == 128 {
                return Err("there are more than 128 word lists".into());
            }
            let bit = 1 << out.names.len();
            out.names.push(name.clone());
            if name == COMMON {
                out.common = bit;
            }
            if name == ACCENTED {
                out.accented.extend(words.iter().flat_map(|w| w.split_whitespace()).map(str::to_owned));
                continue;
            }
            if name == INFLECTION {
                for ending in words.iter().flat_map(|w| w.split_whitespace()) {
                    let (from, to) = ending.split_once('>').ok_or_else(|| format!("{INFLECTION}: {ending:?} has no '>'"))?;
                    let last = from.bytes().last().ok_or_else(|| format!("{INFLECTION}: {ending:?} cuts nothing off"))?;
                    out.endings.entry(last).or_default().push((from.to_owned(), to.to_owned()));
                }
                continue;
            }
            for word in words.iter().flat_map(|w| w.split_whitespace()) {
                *out.words.entry(fold(word)).or_default() |= bit;
            }
        }
        Ok(out)
    }

    /// The list of a name.
    pub fn list(&self, name: &str) -> Result<Lists, String> {
        self.names.iter().position(|n| n == name).map(|i| 1 << i).ok_or_else(|| format!("no word list is named {name:?}"))
    }

    pub fn of(&self, folded: &str) -> Lists {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The same for a word that may carry an ending: that of a common word makes it one.
    pub fn of_capital(&self, folded: &str) -> Lists {
        let lists = self.of(folded);
        if lists & self.common != 0 {
            return lists;
        }
        let mut stem = String::new();
        let endings = folded.bytes().last().and_then(|last| self.endings.get(&last));
        let is_common = endings.into_iter().flatten().any(|(from, to)| {
            let Some(rest) = folded.strip_suffix(from.as_str()).filter(|r| r.len() > 1) else { return false };
            stem.clear();
            stem.push_str(rest);
            stem.push_str(to);
            self.of(&stem) & self.common != 0
        });
        if is_common { lists | self.common } else { lists }
    }
}

/// The lists that reading words needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Endings as `'s`.
    pub possessive: Lists,
    /// Words that keep their dot (`Inc`, `St`).
    pub abbreviation: Lists,
    /// What stands behind a name and a hyphen (`Chicago-based`).
    pub behind: Lists,
    /// Words that end as verbs do by an accent ("Arbitró").
    pub accented: Lists,
    /// What is called by both its ends ("the Colombo-Chilaw road").
    pub way: Lists,
    /// Letters for a party before the place it won (`D-Ohio`).
    pub party: Lists,
    /// What a numeral ends in that is no number of things ("17th").
    pub ordinal: Lists,
    /// What stands before a hyphen in names that begin small (`al-Sadr`).
    pub prefix: Lists,
}

/// Cuts sentences into words. Dotted capitals (`U.S.`, `EE.UU.`) are one word, and so is a name with a space behind its
/// first letter (`N azarbayev`) that the text or the gazetteer has without it.
pub(super) fn words(text: &str, sentences: &[(Span, &[Token])], lexicon: &Lexicon, lists: Reading, gazetteer: &Gazetteer) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(sentences.iter().map(|(_, tokens)| tokens.len()).sum());
    for &(_, tokens) in sentences {
        let first = out.len();
        let mut at = 0;
        while let Some(&token) = tokens.get(at) {
            let (mut word, used) = word(text, &tokens[at..], lexicon, lists);
            let gap = tokens[..at].last().map_or("\n", |t| &text[t.span.end..token.span.start]);
            // "Ana", "Clara", "Marcos": a common given name is no inflected word of every day.
            if word.has(lexicon.common) && lexicon.of(&word.folded) & lexicon.common == 0 && gazetteer.is_common_given(&word.folded) {
                word.lists &= !lexicon.common;
            }
            word.fresh = out.len() == first || gap.contains('\n');
            word.initial = word.fresh || out[first..].last().is_some_and(|w| opens(text, w) || ends_dateline(text, &out[first..]));
            let next = tokens.get(at + used).map_or("", |t| t.span.of(text));
            match pair(text, &word, next, lexicon, lists, gazetteer).or_else(|| led(text, &word, lexicon, lists)) {
                Some(parts) => out.extend(parts),
                None => out.push(word),
            }
            at += used;
        }
    }
    mend(&mut out, lexicon, gazetteer);
    out
}

/// Two known names with a hyphen between ("Cuenca-Teruel", "Betis-Espanyol") as three words; none if the whole is a name, alone
/// or with the word behind it ("Castilla-La Mancha"), or a part is none.
fn pair(text: &str, word: &Word, next: &str, lexicon: &Lexicon, lists: Reading, gazetteer: &Gazetteer) -> Option<[Word; 3]> {
    let (left, right) = word.span.of(text).split_once(['-', '–']).filter(|_| matches!(word.shape, Shape::Title | Shape::Upper))?;
    let is_known = |part: &str| {
        let of_team = |e: &Entry| e.kind == EntityKind::Organisation && part.len() > 3;
        gazetteer.named(&fold(part)).is_some_and(|(e, _)| e.kind == EntityKind::Place && !e.town || of_team(e))
    };
    let longer = || format!("{} {}", fold(right), fold(next));
    // "Trans-Siberian railway", "Pan-American Highway"
    let is_town = |part: &str| part.len() > 3 && part.starts_with(char::is_uppercase) && !gazetteer.is_demonym(&fold(part));
    let is_way = lexicon.of(&fold(next)) & lists.way != 0 && is_town(left) && is_town(right);
    if !is_way && (!is_known(left) || !(is_known(right) || gazetteer.named(&longer()).is_some())) {
        return None;
    }
    if gazetteer.named(&word.folded).is_some() || gazetteer.named(&format!("{} {}", word.folded, fold(next))).is_some() {
        return None;
    }
    let part = |span: Span, shape: Shape| {
        let folded = fold(span.of(text));
        Word { span, lists: lexicon.of_capital(&folded), folded, shape, possessive: false, initial: false, fresh: false }
    };
    let (end, start) = (word.span.start + left.len(), word.span.end - right.len());
    let first = Word { initial: word.initial, fresh: word.fresh, ..part(Span::new(word.span.start, end), Shape::Title) };
    let mut hyphen = part(Span::new(end, start), Shape::Mark);
    hyphen.folded = "-".into();
    let last = Word { possessive: word.possessive, ..part(Span::new(start, word.span.end), Shape::Title) };
    Some([first, hyphen, last])
}

/// A name with a participle behind a hyphen ("Chicago-based") as three words.
fn led(text: &str, word: &Word, lexicon: &Lexicon, lists: Reading) -> Option<[Word; 3]> {
    let written = word.span.of(text);
    let (left, right) = written.rsplit_once(['-', '‐', '–']).filter(|(left, _)| word.is_capital() && left.len() > 1)?;
    if lexicon.of(&fold(right)) & lists.behind == 0 || !right.starts_with(char::is_lowercase) {
        return None;
    }
    let part = |span: Span| {
        let folded = fold(span.of(text));
        let lists = lexicon.of_capital(&folded);
        Word { span, lists, folded, shape: shape(span.of(text)), possessive: false, initial: false, fresh: false }
    };
    let (end, start) = (word.span.start + left.len(), word.span.end - right.len());
    let first = Word { initial: word.initial, fresh: word.fresh, ..part(Span::new(word.span.start, end)) };
    let hyphen = Word { folded: "-".into(), shape: Shape::Mark, lists: 0, ..part(Span::new(end, start)) };
    Some([first, hyphen, part(Span::new(start, word.span.end))])
}

/// Whether a sentence may begin behind this word.
fn opens(text: &str, before: &Word) -> bool {
    before.shape == Shape::Mark
        && text[before.span.start..]
            .chars()
            .next()
            .is_some_and(|c| !matches!(c, ',' | ';' | '/' | '&' | '(' | ')' | '%' | '\'' | '’' | '@' | '$' | '€' | '-'))
}

/// Whether the last of these words is a hyphen behind the place and source that open an article: "Yakarta (Antara).-", "LEEDS -".
fn ends_dateline(text: &str, words: &[Word]) -> bool {
    const LONGEST: usize = 14;
    let Some(hyphen) = words.last().filter(|w| w.shape == Shape::Mark && w.span.of(text).starts_with('-')) else { return false };
    let apart = text[..hyphen.span.start].ends_with([' ', '.', '-']) && text[hyphen.span.end..].starts_with([' ', '-']);
    let line = words.iter().rev().take(LONGEST + 1).take_while(|w| w.shape != Shape::Lower || w.span.len() < 4);
    let (count, fresh) = line.fold((0, false), |(count, fresh), w| (count + 1, fresh || w.fresh));
    apart && fresh && count <= LONGEST
}

fn word(text: &str, tokens: &[Token], lexicon: &Lexicon, lists: Reading) -> (Word, usize) {
    let token = tokens[0];
    let written = token.span.of(text);
    let mut span = token.span;
    let mut used = 1;
    let mut possessive = false;
    if token.kind == TokenKind::Word {
        // The party before the state ("D-Ohio") is no part of its name.
        if let Some((party, _)) =
            written.split_once('-').filter(|(p, n)| n.starts_with(char::is_uppercase) && p.chars().all(char::is_uppercase))
            && lexicon.of(&fold(party)) & lists.party != 0
        {
            span.start += party.len() + 1;
        }
        if let Some(at) = written.rfind(['\'', '’']).filter(|&at| at > 0 && lexicon.of(&fold(&written[at..])) & lists.possessive != 0) {
            span.end = span.start + at;
            possessive = true;
        }
        // Dotted capitals: pieces of one or two letters, each with its dot, no space between.
        let is_piece = |t: &Token| t.kind == TokenKind::Word && t.span.len() <= 2 && t.span.of(text).chars().all(char::is_uppercase);
        let dot = |i: usize| tokens.get(i).filter(|d| d.span.of(text) == "." && tokens[i - 1].span.end == d.span.start);
        if is_piece(&token) {
            let mut at = 0;
            while tokens.get(at).is_some_and(is_piece) && dot(at + 1).is_some() {
                at += 2;
                if tokens.get(at).is_none_or(|next| next.span.start != tokens[at - 1].span.end) {
                    break;
                }
            }
            let more = tokens.get(at).is_some();
            if at >= 4 || at == 2 && more {
                used = at;
                span.end = tokens[at - 1].span.end;
            }
        } else if let Some(dot) = dot(1).filter(|_| lexicon.of(&fold(written)) & lists.abbreviation != 0) {
            used = 2;
            span.end = dot.span.end;
        }
    }
    let shape = match token.kind {
        TokenKind::Number => Shape::Number,
        TokenKind::Mark => Shape::Mark,
        TokenKind::Word => shape(without_prefix(span.of(text), lexicon, lists)),
    };
    let folded = if shape == Shape::Mark { written.to_owned() } else { fold(span.of(text)) };
    let accented = if shape == Shape::Title && lexicon.accented.iter().any(|e| written.ends_with(e.as_str())) { lists.accented } else { 0 };
    let listed = accented
        | match shape {
            Shape::Title | Shape::Upper | Shape::Mixed => lexicon.of_capital(&folded),
            Shape::Number => lexicon.of(&folded) | lexicon.of(folded.trim_start_matches(|c: char| c.is_ascii_digit())) & lists.ordinal,
            _ => lexicon.of(&folded),
        };
    (Word { span, folded, shape, lists: listed, possessive, initial: false, fresh: false }, used)
}

/// `Sadr` of `al-Sadr`; any other word as it is.
fn without_prefix<'t>(written: &'t str, lexicon: &Lexicon, lists: Reading) -> &'t str {
    if !written.starts_with(char::is_lowercase) {
        return written;
    }
    let parts = written.split_once(['-', '\'', '’']);
    let name = parts.filter(|(prefix, name)| name.starts_with(char::is_uppercase) && lexicon.of(prefix) & lists.prefix != 0);
    name.map_or(written, |(_, name)| name)
}

fn shape(written: &str) -> Shape {
    let (mut upper, mut lower) = (0, 0);
    let mut inner_upper = false;
    let mut part_start = true;
    for c in written.chars() {
        if c.is_uppercase() {
            upper += 1;
            inner_upper |= !part_start;
        } else if c.is_lowercase() {
            lower += 1;
        }
        part_start = !c.is_alphanumeric();
    }
    match (upper, lower) {
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Title,
        (_, 0) => Shape::Upper,
        _ if !written.starts_with(char::is_uppercase) => Shape::Lower,
        _ if inner_upper => Shape::Mixed,
        _ => Shape::Title,
    }
}

/// Joins a lone capital and the lower-case rest of a name that is known without the space between.
fn mend(words: &mut Vec<Word>, lexicon: &Lexicon, gazetteer: &Gazetteer) {
    let is_split = |a: &Word, b: &Word| {
        a.span.len() <= 2
            && a.shape == Shape::Title
            && b.shape == Shape::Lower
            && b.lists == 0
            && !b.fresh
            && b.span.start == a.span.end + 1
            && b.folded.chars().count() >= 4
    };
    if !words.windows(2).any(|pair| is_split(&pair[0], &pair[1])) {
        return;
    }
    let whole: HashSet<String> = words.iter().filter(|w| w.shape == Shape::Title).map(|w| w.folded.clone()).collect();
    let mut merged: Vec<Word> = Vec::with_capacity(words.len());
    for b in words.drain(..) {
        if let Some(a) = merged.last_mut().filter(|a| is_split(a, &b)) {
            let joined = format!("{}{}", a.folded, b.folded);
            if whole.contains(&joined) || gazetteer.named(&joined).is_some_and(|(e, _)| !e.town) {
                a.lists = lexicon.of(&joined);
                a.folded = joined;
                a.span.end = b.span.end;
                a.possessive = b.possessive;
                continue;
            }
        }
        merged.push(b);
    }
    *words = merged;
}
