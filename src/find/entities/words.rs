//! A text as the naming rules see it: words with their shape, their folded form and the word lists they stand in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::HashMap;

use super::gazetteer::{Entry, Facts, Gazetteer, fold, fold_onto};
use crate::span::Span;
use crate::text::{Token, TokenKind, WordMap};
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

impl Shape {
    fn is_capital(self) -> bool {
        matches!(self, Self::Title | Self::Upper | Self::Mixed)
    }
}

/// A set of word lists.
pub(super) type Lists = u128;

/// One word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    /// Where it stands, without a possessive ending, with the dots of `U.S.` and `Inc.`
    pub span: Span,
    /// Folded; marks stand as themselves.
    pub folded: &'t str,
    pub lists: Lists,
    pub facts: Facts,
    /// Whether the name of an office may begin with it.
    pub opens_office: bool,
    /// The same number for the same folded form.
    pub number: u32,
    pub shape: Shape,
    /// Whether a possessive ending was cut off.
    pub possessive: bool,
    /// Whether a capital says nothing here: after a full stop, an opening mark, at the start of a line.
    pub initial: bool,
    /// Whether it stands on another line, or in another sentence, than the word before.
    pub fresh: bool,
}

impl Word<'_> {
    pub fn is_capital(&self) -> bool {
        self.shape.is_capital()
    }

    pub fn is_mark(&self, mark: &str) -> bool {
        self.shape == Shape::Mark && self.folded == mark
    }

    pub fn has(&self, lists: Lists) -> bool {
        self.lists & lists != 0
    }

    /// Two or three capitals, each with its dot: "J.D."
    pub fn is_dotted(&self) -> bool {
        self.shape == Shape::Upper && (2..=3).contains(&self.folded.len()) && self.span.len() == 2 * self.folded.len()
    }

    pub fn is_given(&self) -> bool {
        self.facts.is_given()
    }

    pub fn is_surname(&self) -> bool {
        self.facts.is_surname()
    }

    pub fn is_demonym(&self) -> bool {
        self.facts.is_demonym()
    }

    /// The entry that it is the name of by itself, also a lesser place's.
    pub fn named<'g>(&self, gazetteer: &'g Gazetteer) -> Option<&'g Entry> {
        self.known(gazetteer).or_else(|| gazetteer.lesser(self.folded).map(|(e, _)| e))
    }

    /// The entry that it is the name of by itself, if that is no lesser place's.
    pub fn known<'g>(&self, gazetteer: &'g Gazetteer) -> Option<&'g Entry> {
        gazetteer.of_word(self.facts).map(|(e, _)| e)
    }
}

/// What a pack has of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Listed {
    lists: Lists,
    opens_office: bool,
}

/// Which word stands in which lists.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Each list's name and bit; one without words, or of endings alone, has none.
    names: Vec<(String, Lists)>,
    words: WordMap<Listed>,
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
        let mut next = 0;
        for (name, words) in lists {
            // No word is an ending.
            let affix = |w: &str| w.starts_with('-') || w.ends_with('-');
            let is_empty = name != ACCENTED && (name == INFLECTION || words.iter().flat_map(|w| w.split_whitespace()).all(affix));
            let bit = if is_empty { 0 } else { 1_u128.checked_shl(next).ok_or("there are more than 128 word lists")? };
            next += u32::from(!is_empty);
            out.names.push((name.clone(), bit));
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
                out.words.entry(&fold(word)).lists |= bit;
            }
        }
        Ok(out)
    }

    /// The list of a name.
    pub fn list(&self, name: &str) -> Result<Lists, String> {
        self.names.iter().find(|(n, _)| n == name).map(|(_, bit)| *bit).ok_or_else(|| format!("no word list is named {name:?}"))
    }

    pub fn of(&self, folded: &str) -> Lists {
        self.listed(folded).lists
    }

    fn listed(&self, folded: &str) -> Listed {
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// Notes that names of offices begin with a folded word.
    pub fn note_office(&mut self, folded: &str) {
        self.words.entry(folded).opens_office = true;
    }

    /// The same for a word that may carry an ending: that of a common word makes it one.
    pub fn of_capital(&self, folded: &str) -> Lists {
        let lists = self.of(folded);
        if self.is_inflected(folded, lists) { lists | self.common } else { lists }
    }

    /// Whether a word as written has an ending of the list [`ACCENTED`].
    fn is_accented(&self, written: &str) -> bool {
        self.accented.iter().any(|ending| written.ends_with(ending.as_str()))
    }

    /// Whether a word of these lists is a common word but for its ending.
    fn is_inflected(&self, folded: &str, lists: Lists) -> bool {
        if lists & self.common != 0 {
            return false;
        }
        let mut word = String::new();
        let endings = folded.bytes().last().and_then(|last| self.endings.get(&last));
        endings.into_iter().flatten().any(|(from, to)| {
            folded.strip_suffix(from.as_str()).filter(|stem| stem.len() > 1).is_some_and(|stem| {
                word.clear();
                word.push_str(stem);
                word.push_str(to);
                self.of(&word) & self.common != 0
            })
        })
    }
}

/// The lists that reading words needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lookup {
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
    /// Letters that stand before the turns of an interview (`Q.`, `A.`).
    pub turn: Lists,
    /// Titles, of which two with a hyphen between are one ("Inspector-General").
    pub title: Lists,
}

/// A text cut into words that are not looked up yet.
#[derive(Debug)]
pub(super) struct Pieces {
    /// The text with its ASCII letters in lower case, so that most words stand in it folded, and behind it the folded forms of the
    /// others.
    folded: String,
    words: Vec<Piece>,
    /// Whether letters mark the turns of an interview.
    turns: bool,
}

/// Where a word's lists come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// From how it is written.
    Whole,
    /// It is a part of what was written as one word.
    Part,
    /// From its letters alone: it was written as two words.
    Mended,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    span: Span,
    /// Where its folded form stands in [`Pieces::folded`].
    folded: Span,
    shape: Shape,
    reading: Reading,
    /// Whether it ends as verbs do by an accent.
    accented: bool,
    possessive: bool,
    initial: bool,
    fresh: bool,
}

impl Piece {
    fn new(span: Span, folded: Span, shape: Shape) -> Self {
        Self { span, folded, shape, reading: Reading::Whole, accented: false, possessive: false, initial: false, fresh: false }
    }
}

/// What is known of a folded form.
#[derive(Debug)]
struct Form {
    lists: Lists,
    facts: Facts,
    number: u32,
    opens_office: bool,
    /// Whether a word of this form with a capital is a common word but for its ending, once there was one. A common given name
    /// ("Ana", "Clara", "Marcos") is not.
    inflected: Option<bool>,
}

/// The folded forms that texts have and what is known of them. Texts have most of their words in common, so that few are looked up in
/// the large tables again.
#[derive(Debug, Default)]
pub(super) struct Forms {
    known: WordMap<Form>,
    /// How many bytes they have.
    bytes: usize,
}

impl Forms {
    /// Forms of more bytes are not kept for the next text.
    const MOST: usize = 1 << 17;

    fn of(&mut self, folded: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> &mut Form {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.entry_with(folded, || {
            self.bytes += folded.len();
            let Listed { lists, opens_office } = lexicon.listed(folded);
            Form { lists, facts: gazetteer.facts(folded), number, opens_office, inflected: None }
        })
    }

    /// Makes room for those of the next text.
    pub fn rest(&mut self) {
        if self.bytes > Self::MOST {
            *self = Self::default();
        }
    }
}

impl Pieces {
    /// Cuts sentences into words. Dotted capitals (`U.S.`, `EE.UU.`) are one word, and so is a name with a space behind its first letter
    /// (`N azarbayev`) that the text or the gazetteer has without it.
    pub fn cut(text: &str, sentences: &[(Span, &[Token])], lexicon: &Lexicon, lists: Lookup, gazetteer: &Gazetteer) -> Self {
        let mut folded = String::with_capacity(text.len() + text.len() / 8);
        folded.push_str(text);
        folded.make_ascii_lowercase();
        let words = Vec::with_capacity(sentences.iter().map(|(_, tokens)| tokens.len()).sum());
        let mut out = Self { folded, words, turns: has_turns(text, sentences, lexicon, lists.turn) };
        for &(_, tokens) in sentences {
            out.sentence(text, tokens, lexicon, lists, gazetteer);
        }
        out.mend(lexicon, gazetteer);
        out
    }

    fn sentence(&mut self, text: &str, tokens: &[Token], lexicon: &Lexicon, lists: Lookup, gazetteer: &Gazetteer) {
        let first = self.words.len();
        let mut at = 0;
        while let Some(&token) = tokens.get(at) {
            let before = tokens[..at].last().map_or(token.span.start, |t| t.span.end);
            let fresh = self.words.len() == first || text.as_bytes()[before..token.span.start].contains(&b'\n');
            let own = &self.words[first..];
            let initial = fresh || own.last().is_some_and(|w| w.shape == Shape::Mark && (opens(text, w) || ends_dateline(text, own)));
            // Nearly every word is none of the cases below.
            let written = token.span.of(text);
            let plain = if token.plain && token.kind == TokenKind::Word { simple_shape(written) } else { None };
            let plain = plain.filter(|shape| !self.turns && (*shape == Shape::Lower || written.len() > 2));
            if let Some(shape) = plain.filter(|_| dot(text, tokens, at + 1).is_none()) {
                let accented = shape == Shape::Title && lexicon.is_accented(written);
                self.words.push(Piece { accented, initial, fresh, ..Piece::new(token.span, token.span, shape) });
                at += 1;
                continue;
            }
            let turn = fresh && self.turns && lexicon.of(token.span.of(&self.folded)) & lists.turn != 0;
            // "R. Claro": the letter by itself, so that a sentence begins behind its dot.
            let taken = if turn { &tokens[at..=at] } else { &tokens[at..] };
            let (mut piece, used, is_plain) = self.piece(text, taken, lexicon, lists, gazetteer);
            (piece.initial, piece.fresh) = (initial, fresh);
            let parts = if is_plain || !piece.shape.is_capital() {
                self.seeded(text, &piece, gazetteer)
            } else {
                let next = tokens.get(at + used).map_or("", |t| t.span.of(text));
                self.pair(text, &piece, next, lexicon, lists, gazetteer).or_else(|| self.led(text, &piece, lexicon, lists))
            };
            match parts {
                Some(parts) => self.words.extend(parts),
                None => self.words.push(piece),
            }
            at += used;
        }
    }

    /// The first of these tokens as a word, with how many of them it takes, and whether it is nothing but letters and digits of ASCII.
    fn piece(&mut self, text: &str, tokens: &[Token], lexicon: &Lexicon, lists: Lookup, gazetteer: &Gazetteer) -> (Piece, usize, bool) {
        let token = tokens[0];
        let written = token.span.of(text);
        match token.kind {
            TokenKind::Mark => return (Piece::new(token.span, token.span, Shape::Mark), 1, false),
            TokenKind::Number => return (Piece::new(token.span, self.fold(text, token.span), Shape::Number), 1, false),
            TokenKind::Word => {}
        }
        let simple = simple_shape(written);
        let is_plain = simple.is_some() || written.bytes().all(|b| b.is_ascii_alphanumeric());
        let mut span = token.span;
        let mut possessive = false;
        if !is_plain {
            // The party before the state ("D-Ohio") is no part of its name.
            if let Some((party, _)) =
                written.split_once('-').filter(|(p, n)| n.starts_with(char::is_uppercase) && p.chars().all(char::is_uppercase))
                && lexicon.of(&fold(party)) & lists.party != 0
            {
                span.start += party.len() + 1;
            }
            if let Some(at) = written.rfind(['\'', '’']).filter(|&at| at > 0 && lexicon.of(&fold(&written[at..])) & lists.possessive != 0)
                // "Moody's"
                && !gazetteer.facts(&fold(written).replace('’', "'")).is_name()
            {
                span.end = span.start + at;
                possessive = true;
            }
        }
        let mut used = 1;
        // Dotted capitals: pieces of one or two letters, each with its dot, no space between.
        let is_piece = |t: &Token| t.span.len() <= 2 && t.kind == TokenKind::Word && t.span.of(text).chars().all(char::is_uppercase);
        let dot = |i: usize| dot(text, tokens, i);
        if is_piece(&token) {
            let mut at = 0;
            while tokens.get(at).is_some_and(is_piece) && dot(at + 1).is_some() {
                at += 2;
                if tokens.get(at).is_none_or(|next| next.span.start != tokens[at - 1].span.end) {
                    break;
                }
            }
            let more = tokens.get(at).is_some();
            // "in the U.S": the last dot is left out.
            if at > 0 && tokens.get(at).is_some_and(|t| is_piece(t) && t.span.start == tokens[at - 1].span.end) {
                at += 1;
            }
            if at > 2 || at == 2 && more {
                used = at;
                span.end = tokens[at - 1].span.end;
            }
        } else if let Some(dot) = dot(1).filter(|_| {
            let folded = if is_plain { token.span.of(&self.folded).into() } else { Cow::from(fold(written)) };
            lexicon.of(&folded) & lists.abbreviation != 0
        }) {
            used = 2;
            span.end = dot.span.end;
        }
        let shape = simple.filter(|_| used < 3).unwrap_or_else(|| shape(without_prefix(span.of(text), lexicon, lists)));
        let folded = if is_plain && used < 3 { token.span } else { self.fold(text, span) };
        let accented = shape == Shape::Title && lexicon.is_accented(written);
        (Piece { accented, possessive, ..Piece::new(span, folded, shape) }, used, is_plain)
    }

    /// Where the folded form of a stretch of the text stands.
    fn fold(&mut self, text: &str, span: Span) -> Span {
        let written = span.of(text);
        if written.bytes().all(|b| b.is_ascii() && b != b'-' && b != b'.') {
            return span;
        }
        let start = self.folded.len();
        fold_onto(written, &mut self.folded);
        Span::new(start, self.folded.len())
    }

    fn folded(&self, piece: &Piece) -> &str {
        piece.folded.of(&self.folded)
    }

    /// Two known names with a hyphen between ("Cuenca-Teruel", "Betis-Espanyol") as three words; none if the whole is a name, alone
    /// or with the word behind it ("Castilla-La Mancha"), or a part is none.
    fn pair(
        &mut self,
        text: &str,
        piece: &Piece,
        next: &str,
        lexicon: &Lexicon,
        lists: Lookup,
        gazetteer: &Gazetteer,
    ) -> Option<[Piece; 3]> {
        let (left, right) = piece.span.of(text).split_once(['-', '–']).filter(|_| matches!(piece.shape, Shape::Title | Shape::Upper))?;
        let is_known = |part: &str| {
            let of_team = |e: &Entry| e.kind == EntityKind::Organisation && part.len() > 3;
            gazetteer.own(&fold(part)).is_some_and(|(e, _)| e.kind == EntityKind::Place || of_team(e))
        };
        let longer = || format!("{} {}", fold(right), fold(next));
        // "CRICKET-SRI LANKA BEAT ZIMBABWE"
        let slug = gazetteer.facts(&fold(left));
        let is_slug = piece.shape == Shape::Upper && left.len() > 3 && !slug.is_name() && !slug.is_given();
        let is_slug = is_slug && (piece.fresh && !slug.is_surname() || lexicon.of(&fold(left)) & lexicon.common != 0);
        if is_slug && (is_known(right) || gazetteer.facts(&fold(right)).is_surname() || gazetteer.named(&longer()).is_some()) {
            return Some(self.parted(text, piece, left.len(), right.len(), |_| Shape::Upper));
        }
        // "Trans-Siberian railway", "Pan-American Highway"
        let is_town = |part: &str| part.len() > 3 && part.starts_with(char::is_uppercase) && !gazetteer.facts(&fold(part)).is_demonym();
        let is_way = lexicon.of(&fold(next)) & lists.way != 0 && is_town(left) && is_town(right);
        if !is_way && (!is_known(left) || !(is_known(right) || gazetteer.named(&longer()).is_some())) {
            return None;
        }
        let whole = self.folded(piece);
        if gazetteer.named(whole).is_some() || gazetteer.named(&format!("{whole} {}", fold(next))).is_some() {
            return None;
        }
        Some(self.parted(text, piece, left.len(), right.len(), |_| Shape::Title))
    }

    /// A name behind the number of a seed or a lane ("2-Michael Chang") as three words.
    fn seeded(&mut self, text: &str, piece: &Piece, gazetteer: &Gazetteer) -> Option<[Piece; 3]> {
        let written = piece.span.of(text);
        if !written.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (left, right) = written.split_once('-').filter(|(l, _)| l.len() < 3 && l.bytes().all(|b| b.is_ascii_digit()))?;
        let facts = right.starts_with(char::is_uppercase).then(|| gazetteer.facts(&fold(right)))?;
        let name = facts.is_given() || facts.is_surname();
        name.then(|| self.parted(text, piece, left.len(), right.len(), |p| if p == left { Shape::Number } else { shape(p) }))
    }

    /// A name with a participle behind a hyphen ("Chicago-based") as three words.
    fn led(&mut self, text: &str, piece: &Piece, lexicon: &Lexicon, lists: Lookup) -> Option<[Piece; 3]> {
        let (left, right) = piece.span.of(text).rsplit_once(['-', '‐', '–']).filter(|(left, _)| left.len() > 1)?;
        if lexicon.of(&fold(right)) & lists.behind == 0 || !right.starts_with(char::is_lowercase) {
            return None;
        }
        let last = Piece { possessive: false, ..*piece };
        Some(self.parted(text, &last, left.len(), right.len(), shape))
    }

    /// A word as what stands before its hyphen, the hyphen and what stands behind it.
    fn parted(&mut self, text: &str, piece: &Piece, left: usize, right: usize, shape: impl Fn(&str) -> Shape) -> [Piece; 3] {
        let (end, start) = (piece.span.start + left, piece.span.end - right);
        let mut part = |span: Span| {
            let folded = self.fold(text, span);
            Piece { reading: Reading::Part, ..Piece::new(span, folded, shape(span.of(text))) }
        };
        let first = Piece { initial: piece.initial, fresh: piece.fresh, ..part(Span::new(piece.span.start, end)) };
        let last = Piece { possessive: piece.possessive, ..part(Span::new(start, piece.span.end)) };
        let hyphen = self.folded.len();
        self.folded.push('-');
        let hyphen = Piece::new(Span::new(end, start), Span::new(hyphen, hyphen + 1), Shape::Mark);
        [first, hyphen, last]
    }

    /// Joins a lone capital and the lower-case rest of a name that is known without the space between.
    fn mend(&mut self, lexicon: &Lexicon, gazetteer: &Gazetteer) {
        let is_split = |a: &Piece, b: &Piece| {
            a.span.len() <= 2 && a.shape == Shape::Title && b.shape == Shape::Lower && !b.fresh && b.span.start == a.span.end + 1
        };
        let is_rest = |text: &str, b: &Piece| b.folded.of(text).chars().count() >= 4 && lexicon.of(b.folded.of(text)) == 0;
        let joined = |text: &str, a: &Piece, b: &Piece| format!("{}{}", a.folded.of(text), b.folded.of(text));
        let Self { folded, words: pieces, .. } = self;
        let pairs = pieces.array_windows().filter(|[a, b]| is_split(a, b) && is_rest(folded, b));
        // Whether each name so joined is one.
        let mut names: HashMap<String, bool> = pairs.map(|[a, b]| joined(folded, a, b)).map(|n| (n, false)).collect();
        if names.is_empty() {
            return;
        }
        for piece in pieces.iter().filter(|p| p.shape == Shape::Title) {
            if let Some(is_name) = names.get_mut(piece.folded.of(folded)) {
                *is_name = true;
            }
        }
        names.retain(|name, is_name| *is_name || gazetteer.own(name).is_some());
        if names.is_empty() {
            return;
        }
        let mut merged: Vec<Piece> = Vec::with_capacity(pieces.len());
        for b in pieces.drain(..) {
            if let Some(a) = merged.last_mut().filter(|a| is_split(a, &b) && is_rest(folded, &b)) {
                let name = joined(folded, a, &b);
                if names.contains_key(&name) {
                    a.reading = Reading::Mended;
                    a.folded = Span::new(folded.len(), folded.len() + name.len());
                    folded.push_str(&name);
                    a.span.end = b.span.end;
                    a.possessive = b.possessive;
                    continue;
                }
            }
            merged.push(b);
        }
        *pieces = merged;
    }

    /// Looks the words up.
    pub fn words(&self, lexicon: &Lexicon, lists: Lookup, gazetteer: &Gazetteer, forms: &mut Forms) -> Vec<Word<'_>> {
        let word = |piece: &Piece| {
            let folded = self.folded(piece);
            let form = forms.of(folded, lexicon, gazetteer);
            let found = match (piece.reading, piece.shape) {
                (Reading::Part, _) => lexicon.of_capital(folded),
                (Reading::Whole, Shape::Title | Shape::Upper | Shape::Mixed) => {
                    let is_inflected = || !form.facts.is_common_given() && lexicon.is_inflected(folded, form.lists);
                    let common = if *form.inflected.get_or_insert_with(is_inflected) { lexicon.common } else { 0 };
                    let accented = if piece.accented { lists.accented } else { 0 };
                    // What stands in the text as it is folded has no hyphen.
                    let parts = if piece.folded == piece.span { None } else { folded.split_once(' ') };
                    // "Pro-Kremlin" that opens a sentence
                    let stance = parts.filter(|_| piece.initial).map_or(0, |(first, _)| lexicon.of(first) & lexicon.common);
                    let title = parts.map_or(0, |(a, b)| lexicon.of(a) & lexicon.of(b) & lists.title);
                    form.lists | common | accented | stance | title
                }
                (Reading::Whole, Shape::Number) => {
                    let ending = folded.trim_start_matches(|c: char| c.is_ascii_digit());
                    let ordinal = if ending.is_empty() { 0 } else { lexicon.of(ending) & lists.ordinal };
                    form.lists | ordinal
                }
                _ => form.lists,
            };
            let Piece { span, shape, possessive, initial, fresh, .. } = *piece;
            let Form { opens_office, facts, number, .. } = *form;
            Word { span, folded, lists: found, facts, opens_office, number, shape, possessive, initial, fresh }
        };
        self.words.iter().map(word).collect()
    }
}

/// The token at a place if it is a dot that no space parts from the one before it.
fn dot<'t>(text: &str, tokens: &'t [Token], at: usize) -> Option<&'t Token> {
    tokens.get(at).filter(|d| at > 0 && tokens[at - 1].span.end == d.span.start && d.span.of(text) == ".")
}

/// Whether sentences begin with two letters of the list and their dots, and one of them asks: the turns of an interview.
fn has_turns(text: &str, sentences: &[(Span, &[Token])], lexicon: &Lexicon, turn: Lists) -> bool {
    let (mut first, mut both, mut asks) = (0, false, false);
    for (span, tokens) in sentences {
        let [letter @ b'A'..=b'Z', b'.', ..] = &text.as_bytes()[span.start..span.end] else { continue };
        let small = [letter.to_ascii_lowercase()];
        if tokens.is_empty() || std::str::from_utf8(&small).is_ok_and(|l| lexicon.of(l) & turn == 0) {
            continue;
        }
        both |= first != 0 && first != *letter;
        first = *letter;
        asks |= span.of(text).ends_with('?');
    }
    both && asks
}

/// Whether a sentence may begin behind this mark.
fn opens(text: &str, mark: &Piece) -> bool {
    let closed = [',', ';', '/', '&', '(', ')', '%', '\'', '’', '@', '$', '€', '-'];
    !mark.span.of(text).starts_with(closed)
}

/// Whether the last of these words is a hyphen behind the place and source that open an article: "Yakarta (Antara).-", "LEEDS -".
fn ends_dateline(text: &str, pieces: &[Piece]) -> bool {
    const LONGEST: usize = 14;
    let Some(hyphen) = pieces.last().filter(|w| w.shape == Shape::Mark && w.span.of(text).starts_with('-')) else { return false };
    let apart = text[..hyphen.span.start].ends_with([' ', '.', '-']) && text[hyphen.span.end..].starts_with([' ', '-']);
    // "IGUALA (apro).-": an agency in small letters
    let bracketed = |w: &Piece| text[..w.span.start].ends_with('(') && text[w.span.end..].starts_with(')');
    let line = pieces.iter().rev().take(LONGEST + 1).take_while(|w| w.shape != Shape::Lower || w.span.len() < 4 || bracketed(w));
    let (count, fresh) = line.fold((0, false), |(count, fresh), w| (count + 1, fresh || w.fresh));
    apart && fresh && count <= LONGEST
}

/// `Sadr` of `al-Sadr`; any other word as it is.
fn without_prefix<'t>(written: &'t str, lexicon: &Lexicon, lists: Lookup) -> &'t str {
    if !written.starts_with(char::is_lowercase) {
        return written;
    }
    let parts = written.split_once(['-', '\'', '’']);
    let name = parts.filter(|(prefix, name)| name.starts_with(char::is_uppercase) && lexicon.of(prefix) & lists.prefix != 0);
    name.map_or(written, |(_, name)| name)
}

/// The shape of a word of ASCII letters, nearly all of which have small letters behind the first one, or capitals alone.
fn simple_shape(written: &str) -> Option<Shape> {
    let (first, rest) = written.as_bytes().split_first()?;
    match first {
        b'a'..=b'z' if rest.iter().all(u8::is_ascii_lowercase) => Some(Shape::Lower),
        b'A'..=b'Z' if rest.iter().all(u8::is_ascii_lowercase) => Some(Shape::Title),
        b'A'..=b'Z' if rest.iter().all(u8::is_ascii_uppercase) => Some(Shape::Upper),
        _ => None,
    }
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
