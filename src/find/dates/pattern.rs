//! Patterns over words: what a rule's `match` says, compiled, and run over the pieces of a text.
//!
//! ```text
//! the? {last} {n|one} {unit}        a slot takes any form of a word list; what the form stands for is bound to the slot's first name
//! (in|since) <{year}> !{noun}       < > mark the extent, when the rest is only context; ! must not follow
//! ^{since} hace {n} {unit}            ^ no word of the list stands at once before
//! {day} ~(st|nd|rd|th)? of? {month} ~ no white space between
//! ```
//!
//! A word matches without regard to case, but one that is written with a capital needs a capital ("May", "March").
//! Besides the word lists there are the slots of [`Class`], which take numbers by their shape; those for number words read them as
//! [`Numbers`] does. [`Openings`] says which patterns may match at a piece; only those are run.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::openings::{KindSet, Kinds, Letter, Openings, UNKNOWN};
use super::pieces::{Cut, Piece, Shape, cut, fold_mark};
use crate::find::numbers::{Numbers, fold};
use crate::find::set::RuleSet;
use crate::span::Span;
use crate::text::{Short, Token, TokenKind, WordMap, make_small};

/// A number by its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// 1500 to 2100.
    Year,
    /// Two digits.
    TwoDigits,
    /// 1 to 31.
    Day,
    /// 1 to 12.
    MonthNumber,
    /// 0 to 24.
    Hour,
    /// Two digits, 00 to 59.
    Minute,
    /// "5.30": hour and minute in one number.
    HourMinute,
    /// "0800".
    FourDigits,
    /// Digits or number words.
    Number,
    /// Number words from 1 to 31.
    DayWords,
    /// Number words from 1 to 12.
    HourWords,
    /// Number words from 1500 to 2100.
    YearWords,
    /// Number words from 20 to 90, by tens.
    TenWords,
    /// A word in lower case.
    Lower,
    /// A word with a capital.
    Upper,
}

/// The classes with their names in patterns, in their order.
const CLASSES: &[(&str, Class)] = &[
    ("year", Class::Year),
    ("yy", Class::TwoDigits),
    ("day", Class::Day),
    ("mon", Class::MonthNumber),
    ("hour", Class::Hour),
    ("minute", Class::Minute),
    ("hm", Class::HourMinute),
    ("hhmm", Class::FourDigits),
    ("n", Class::Number),
    ("day_word", Class::DayWords),
    ("hour_word", Class::HourWords),
    ("year_word", Class::YearWords),
    ("ten_word", Class::TenWords),
    ("lower", Class::Lower),
    ("upper", Class::Upper),
];

/// Numbers in digits, at least one of each use that [`Class`] tells apart.
const SHAPES: &[&str] = &[
    "0", "00", "5", "05", "12", "13", "24", "25", "31", "32", "59", "60", "99", "123", "0800", "0860", "0899", "1530", "1590", "2030",
    "2090", "2459", "2500", "3000", "1,400", "1.75", "5.30", "30.30",
];

impl Class {
    fn named(name: &str) -> Option<Self> {
        CLASSES.iter().find(|(n, _)| *n == name).map(|c| c.1)
    }

    /// Whether number words are of this class, and in digits nothing is.
    const fn is_spoken(self) -> bool {
        matches!(self, Self::DayWords | Self::HourWords | Self::YearWords | Self::TenWords)
    }

    /// What digits of this shape stand for.
    fn read(self, s: &str) -> String {
        match self {
            Self::Day | Self::MonthNumber | Self::Hour | Self::Minute => format!("{s:0>2}"),
            Self::HourMinute => s.split_once(['.', ',']).map_or_else(String::new, |(h, m)| format!("{h:0>2}:{m}")),
            Self::FourDigits => format!("{}:{}", s.get(..2).unwrap_or_default(), s.get(2..).unwrap_or_default()),
            _ => s.to_owned(),
        }
    }

    /// Whether digits are of this shape.
    fn takes(self, s: &str) -> bool {
        self.takes_digits(s, Self::value(s))
    }

    /// The value of one to four digits.
    fn value(s: &str) -> Option<u32> {
        ((1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.bytes().fold(0, |v, b| 10 * v + u32::from(b - b'0')))
    }

    /// The same where the [`value`](Self::value) is known, as every number is asked for every class.
    fn takes_digits(self, s: &str, value: Option<u32>) -> bool {
        let long = s.len();
        let within = |from: u32, to: u32| long <= 2 && value.is_some_and(|v| (from..=to).contains(&v));
        match self {
            Self::Year => long == 4 && value.is_some_and(|v| (1500..=2100).contains(&v)),
            Self::TwoDigits => long == 2 && value.is_some(),
            Self::Day => within(1, 31),
            Self::MonthNumber => within(1, 12),
            Self::Hour => within(0, 24),
            Self::Minute => long == 2 && within(0, 59),
            Self::HourMinute => s.split_once(['.', ',']).is_some_and(|(h, m)| Self::Hour.takes(h) && Self::Minute.takes(m)),
            Self::FourDigits => long == 4 && s.split_at_checked(2).is_some_and(|(h, m)| Self::Hour.takes(h) && Self::Minute.takes(m)),
            _ => false,
        }
    }

    /// Whether number words of this value are of this class.
    fn takes_words(self, value: f64) -> bool {
        let within = |from: f64, to: f64| value.fract() == 0.0 && (from..=to).contains(&value);
        match self {
            Self::Number => true,
            Self::DayWords => within(1.0, 31.0),
            Self::HourWords => within(1.0, 12.0),
            Self::YearWords => within(1500.0, 2100.0),
            Self::TenWords => within(20.0, 90.0) && value % 10.0 == 0.0,
            _ => false,
        }
    }

    /// What they stand for.
    fn read_words(self, value: f64) -> String {
        if matches!(self, Self::DayWords | Self::HourWords) { format!("{value:02}") } else { value.to_string() }
    }

    /// The classes that a number in digits belongs to, a bit each; the last bit is of all numbers.
    fn of_digits(digits: &str) -> u32 {
        let value = Self::value(digits);
        CLASSES.iter().enumerate().filter(|(_, c)| c.1.takes_digits(digits, value)).fold(1 << CLASSES.len(), |bits, (i, _)| bits | 1 << i)
    }

    /// The same as uses, which [`Kinds`] tells apart.
    fn uses(bits: u32) -> impl Iterator<Item = usize> {
        (0..=CLASSES.len()).filter(move |i| bits >> i & 1 == 1).map(|i| NUMBER_USES + i)
    }
}

/// Where the uses of numbers begin, behind those of words and lists.
const NUMBER_USES: usize = 1 << 20;
const LIST_USES: usize = 1 << 21;
const SPOKEN_USE: usize = 1 << 22;

/// A number in words or digits that the text holds.
#[derive(Clone, Copy, Debug)]
struct Spoken {
    at: usize,
    len: usize,
    value: f64,
}

/// A text in pieces, with the numbers among them.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    pub text: &'t str,
    pub list: Vec<Piece>,
    spoken: Vec<Spoken>,
}

impl Pieces<'_> {
    /// Whether a sentence, or a part of it that has its own verb, ends with a piece.
    pub fn ends(&self, at: usize) -> bool {
        self.list.get(at).is_none_or(|p| {
            p.broken || (!p.glued || p.span.end + 1 < self.text.len()) && matches!(p.span.of(self.text), "." | ";" | "!" | "?")
        })
    }

    fn number(&self, at: usize) -> Option<Spoken> {
        self.spoken.binary_search_by_key(&at, |s| s.at).ok().and_then(|i| self.spoken.get(i).copied())
    }
}

/// A form of a word list.
#[derive(Debug)]
struct Form {
    /// Its first word.
    word: u32,
    /// The list's number.
    list: u16,
    /// Whether the first word needs a capital.
    capital: bool,
    rest: Box<[u32]>,
    /// What it stands for.
    value: Box<str>,
}

impl Form {
    /// How many pieces it takes.
    fn len(&self) -> usize {
        1 + self.rest.len()
    }
}

#[derive(Debug, Default)]
struct List {
    /// Its forms, until all forms are [in one list](Grammar::forms).
    forms: Vec<Form>,
    /// Endings of words (`*ed`).
    endings: Vec<Box<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Source {
    List(u16),
    Class(Class),
}

#[derive(Debug)]
enum Node {
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Opt(Box<Node>),
    Not(Box<Node>),
    Word(u32, bool),
    Slot(Vec<Source>, String),
    NotAfter(u16),
    Open,
    Close,
    Glue,
}

/// A step of a pattern; small, as a text needs now this pattern, now that one.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Takes a word, which may need a capital.
    Word(u32, bool),
    /// Takes what a slot of the pattern does.
    Slot(u16),
    /// Goes on, or else there. What is next may begin with pieces of these [kinds](Grammar::kind_sets) only.
    Split(u16, u16),
    Jump(u16),
    /// What follows up to there must not match.
    Not(u16),
    NotAfter(u16),
    Open,
    Close,
    Glue,
    Done,
}

/// A slot: what it takes and its name.
#[derive(Debug)]
struct Slot {
    sources: Box<[Source]>,
    name: u16,
}

/// A compiled pattern.
#[derive(Debug, Default)]
struct Program {
    steps: Vec<Step>,
    slots: Vec<Slot>,
    names: Vec<String>,
}

/// What the slots of a match took: name and value.
pub(super) type Bound<'g> = Vec<(&'g str, Cow<'g, str>)>;

/// What a slot took, not read yet: most matches are part of longer ones.
#[derive(Clone, Copy, Debug)]
enum Taken<'g> {
    /// A form of a word list, by what it stands for.
    Form(&'g str),
    /// Digits.
    Digits(Class, Span),
    /// A number in words, or digits that are read as those are.
    Number(Class, f64),
}

impl<'g> Taken<'g> {
    fn read(self, text: &str) -> Cow<'g, str> {
        match self {
            Self::Form(value) => value.into(),
            Self::Digits(class, span) => class.read(span.of(text)).into(),
            Self::Number(class, value) => class.read_words(value).into(),
        }
    }
}

/// A match: the extent, as indices of pieces.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub rule: usize,
    pub from: usize,
    pub to: usize,
    /// How many pieces the rule read, its context included.
    pub read: usize,
    /// Where in [`Hits::taken`] stands what its slots took.
    taken: Range<usize>,
}

/// The matches in a text.
#[derive(Debug, Default)]
pub(super) struct Hits<'g> {
    pub list: Vec<Hit>,
    /// What slots took, each by the number of its name.
    taken: Vec<(u16, Taken<'g>)>,
}

/// What is known of a word of the vocabulary.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// Its number; 0 if no pattern knows it.
    number: u32,
    /// What it is to [`Openings`].
    kind: u16,
    /// Whether number words are made of it.
    spoken: bool,
}

/// The patterns and word lists of one language.
#[derive(Debug)]
pub(super) struct Grammar {
    vocabulary: WordMap<Known>,
    /// The words of the vocabulary by their numbers, which begin with 1.
    words: Vec<Box<str>>,
    /// What each word of the vocabulary is to [`Openings`].
    kinds: Vec<u16>,
    /// Which words of the vocabulary number words are made of.
    spoken: Vec<bool>,
    /// What number each of them is by itself, as most of them stand ("a", "uno").
    alone: Vec<Option<f64>>,
    /// What numbers in digits are to [`Openings`], by the classes they belong to.
    number_kinds: HashMap<u32, u16>,
    /// The kinds of numbers in digits, and of words that are such numbers, of each class; of number words too, where it takes those.
    class_kinds: Vec<Vec<u16>>,
    lists: Vec<List>,
    /// The forms of all lists by their first word, those of a list together, the longest first.
    forms: Vec<Form>,
    /// Where those of each word begin, and where the last one's end.
    begins: Vec<u32>,
    list_names: HashMap<String, u16>,
    programs: Vec<Program>,
    phrases: HashMap<String, String>,
    numbers: Numbers,
    openings: Openings,
    /// What the first branches of patterns may begin with; many begin alike.
    kind_sets: Vec<KindSet>,
}

impl Grammar {
    /// Compiles word lists and patterns. An entry of a list is `form, form = what it stands for`; the entries of a list whose name
    /// is in capitals are patterns, to be written into others.
    ///
    /// # Errors
    /// With the index of a pattern and what is wrong in it.
    pub fn new<'a>(
        words: impl Iterator<Item = (&'a String, &'a Vec<String>)>,
        patterns: impl Iterator<Item = &'a str>,
        numbers: Numbers,
    ) -> Result<Self, (usize, String)> {
        let mut new = Self {
            vocabulary: WordMap::default(),
            words: Vec::new(),
            kinds: Vec::new(),
            spoken: Vec::new(),
            alone: Vec::new(),
            number_kinds: HashMap::new(),
            class_kinds: Vec::new(),
            lists: Vec::new(),
            forms: Vec::new(),
            begins: Vec::new(),
            list_names: HashMap::new(),
            programs: Vec::new(),
            phrases: HashMap::new(),
            numbers,
            openings: Openings::default(),
            kind_sets: Vec::new(),
        };
        for (name, entries) in words {
            new.add_list(name, entries).map_err(|e| (0, e))?;
        }
        for word in new.numbers.vocabulary().map(str::to_owned).collect::<Vec<_>>() {
            for (id, _) in new.learn(&word) {
                let id = id as usize;
                new.spoken.resize(new.spoken.len().max(id + 1), false);
                new.spoken[id] = true;
            }
        }
        for (index, pattern) in patterns.enumerate() {
            if index == RuleSet::MOST {
                return Err((index, format!("there are more than {} patterns", RuleSet::MOST)));
            }
            let program = new.compile(pattern).map_err(|e| (index, e))?;
            new.programs.push(program);
        }
        new.spoken.resize(new.words.len() + 1, false);
        new.alone.resize(new.spoken.len(), None);
        for (id, word) in (1..).zip(&new.words) {
            if new.spoken[id] {
                let token = Token::new(word, Span::new(0, word.len()), TokenKind::Word);
                new.alone[id] = new.numbers.leading(word, &[token]).map(|(_, value)| value);
            }
        }
        new.join();
        new.sort();
        if let Some(index) = new.programs.iter().position(Program::begins_with_any) {
            return Err((index, "a pattern can't begin with any word at all".into()));
        }
        Ok(new)
    }

    fn add_list(&mut self, name: &str, entries: &[String]) -> Result<(), String> {
        if name.chars().all(|c| c.is_uppercase() || c == '_') {
            self.phrases.insert(format!("{{{name}}}"), format!("({})", entries.join(" | ")));
            return Ok(());
        }
        let number = u16::try_from(self.lists.len()).map_err(|_| "there are too many word lists")?;
        let mut list = List::default();
        for entry in entries {
            let (forms, value) = entry.rsplit_once('=').unwrap_or((entry, ""));
            for form in forms.split(", ") {
                if let Some(ending) = form.trim().strip_prefix('*') {
                    list.endings.push(ending.into());
                    continue;
                }
                let mut ids = self.learn(form).into_iter();
                let Some((word, capital)) = ids.next() else { continue };
                let rest = ids.map(|(id, _)| id).collect();
                list.forms.push(Form { word, list: number, capital, rest, value: value.trim().into() });
            }
        }
        self.list_names.insert(name.to_owned(), number);
        self.lists.push(list);
        Ok(())
    }

    /// The numbers of the words of a form, each with whether it needs a capital; new words get new numbers.
    fn learn(&mut self, form: &str) -> Vec<(u32, bool)> {
        let mut out = Vec::new();
        cut(form, Span::new(0, form.len()), |Cut { span, first, .. }| {
            let key = fold_mark(first).map_or_else(|| span.of(form).to_lowercase(), ToString::to_string);
            let known = self.vocabulary.entry(&key);
            if known.number == 0 {
                self.words.push(key.into());
                known.number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            }
            out.push((known.number, first.is_uppercase()));
        });
        out
    }

    fn compile(&mut self, pattern: &str) -> Result<Program, String> {
        let mut pattern = pattern.to_owned();
        // Phrases may name phrases; three levels are enough for a language.
        for _ in 0..3 {
            for (name, phrase) in &self.phrases {
                if pattern.contains(name) {
                    pattern = pattern.replace(name, phrase);
                }
            }
        }
        let node = Parser { rest: &pattern, grammar: self }.whole()?;
        let mut program = Program::default();
        program.emit(&node);
        program.steps.push(Step::Done);
        if program.steps.len() > usize::from(u16::MAX) { Err("the pattern is too long".into()) } else { Ok(program) }
    }

    /// Joins the patterns: finds out which words are used alike, and says each step in kinds of words.
    fn join(&mut self) {
        let mut uses: Vec<Vec<usize>> = vec![Vec::new(); self.words.len() + 1];
        let mut note = |word: u32, used: usize| uses[word as usize].push(used);
        let mut noted = vec![false; self.lists.len()];
        for step in self.programs.iter().flat_map(|p| &p.steps) {
            if let Step::Word(word, _) = step {
                note(*word, *word as usize);
            }
        }
        for source in self.programs.iter().flat_map(|p| &p.slots).flat_map(|s| &s.sources) {
            let Source::List(index) = source.to_owned() else { continue };
            let index = usize::from(index);
            if std::mem::replace(&mut noted[index], true) {
                continue;
            }
            for form in &self.lists[index].forms {
                note(form.word, if form.rest.is_empty() { LIST_USES + index } else { form.word as usize });
                form.rest.iter().for_each(|&w| note(w, w as usize));
            }
        }
        self.spoken.iter().enumerate().filter(|(_, s)| **s).for_each(|(word, _)| uses[word].push(SPOKEN_USE));
        let mut kinds = Kinds::default();
        for shape in SHAPES {
            let classes = Class::of_digits(shape);
            self.number_kinds.entry(classes).or_insert_with(|| kinds.of(Class::uses(classes).collect()));
        }
        for (id, word) in (1..).zip(&self.words) {
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                uses[id].extend(Class::uses(Class::of_digits(word)));
            }
        }
        self.kinds = uses
            .into_iter()
            .map(|mut used| {
                used.sort_unstable();
                used.dedup();
                if used.is_empty() { UNKNOWN } else { kinds.of(used) }
            })
            .collect();
        self.class_kinds = CLASSES.iter().map(|(_, class)| self.kinds_of(*class)).collect();
        let letters: Vec<_> = self.programs.iter().map(|p| self.letters(p)).collect();
        self.openings = Openings::new(&letters, &kinds);
        self.know_branches(&kinds);
        for known in self.vocabulary.values_mut() {
            (known.kind, known.spoken) = (self.kinds[known.number as usize], self.spoken[known.number as usize]);
        }
    }

    /// Finds out what the first one of any two branches may begin with.
    fn know_branches(&mut self, kinds: &Kinds) {
        let mut programs = std::mem::take(&mut self.programs);
        let mut known: HashMap<KindSet, u16> = HashMap::new();
        let mut of_slots: HashMap<Box<[Source]>, KindSet> = HashMap::new();
        for program in &mut programs {
            // From the end on, as nothing goes back.
            let mut firsts = vec![KindSet::all(kinds); program.steps.len() + 1];
            for at in (0..program.steps.len()).rev() {
                let first = match program.steps[at] {
                    Step::Word(word, _) => KindSet::of(kinds, [self.kinds[word as usize]]),
                    Step::Slot(slot) => {
                        let sources = &program.slots[usize::from(slot)].sources;
                        of_slots.entry(sources.clone()).or_insert_with(|| self.first_kinds(sources, kinds)).clone()
                    }
                    Step::Split(other, _) => {
                        let first = firsts[at + 1].clone();
                        let next = u16::try_from(known.len()).unwrap_or(u16::MAX);
                        program.steps[at] = Step::Split(other, *known.entry(first.clone()).or_insert(next));
                        first | &firsts[usize::from(other)]
                    }
                    Step::Jump(to) | Step::Not(to) => firsts[usize::from(to)].clone(),
                    Step::NotAfter(_) | Step::Open | Step::Close | Step::Glue => firsts[at + 1].clone(),
                    Step::Done => continue,
                };
                firsts[at] = first;
            }
        }
        self.programs = programs;
        let mut sets: Vec<_> = known.into_iter().collect();
        sets.sort_unstable_by_key(|(_, number)| *number);
        // Branches of which the set has no number of its own are all tried.
        sets.truncate(u16::MAX.into());
        self.kind_sets = sets.into_iter().map(|(set, _)| set).collect();
    }

    /// The kinds of pieces that what a slot takes may begin with.
    fn first_kinds(&self, sources: &[Source], kinds: &Kinds) -> KindSet {
        let of = |source: &Source| match *source {
            Source::List(list) if self.lists[usize::from(list)].endings.is_empty() => {
                KindSet::of(kinds, self.lists[usize::from(list)].forms.iter().map(|form| self.kinds[form.word as usize]))
            }
            Source::List(_) | Source::Class(Class::Lower | Class::Upper) => KindSet::all(kinds),
            Source::Class(class) => KindSet::of(kinds, self.class_kinds[class as usize].iter().copied()),
        };
        sources.iter().map(of).fold(KindSet::of(kinds, []), |all, set| all | &set)
    }

    /// Puts the forms of all lists in order.
    fn sort(&mut self) {
        self.forms = self.lists.iter_mut().flat_map(|list| std::mem::take(&mut list.forms)).collect();
        self.forms.sort_by_key(|f| (f.word, f.list, Reverse(f.rest.len())));
        let mut forms = self.forms.iter().zip(0..).peekable();
        for word in (0..).take(self.words.len() + 2) {
            while forms.next_if(|(form, _)| form.word < word).is_some() {}
            self.begins.push(forms.peek().map_or(u32::try_from(self.forms.len()).unwrap_or(u32::MAX), |(_, at)| *at));
        }
    }

    /// A program's steps as [`Openings`] takes them. A slot may become several, so that the steps are numbered anew.
    fn letters(&self, program: &Program) -> Vec<Letter> {
        let mut out: Vec<Letter> = Vec::new();
        let mut begins = Vec::with_capacity(program.steps.len());
        for step in &program.steps {
            begins.push(out.len());
            let next = out.len() + 1;
            match step {
                Step::Word(word, _) => out.push(Letter::Take(vec![self.kinds[*word as usize]])),
                Step::Slot(slot) => self.slot_letters(&program.slots[usize::from(*slot)].sources, &mut out),
                Step::NotAfter(_) | Step::Open | Step::Close | Step::Glue => out.push(Letter::Go(vec![next])),
                // Where else it goes is put in below, when it is known where that step begins.
                Step::Split(..) => out.push(Letter::Go(vec![next])),
                Step::Jump(_) | Step::Not(_) => out.push(Letter::Go(Vec::new())),
                Step::Done => out.push(Letter::Match),
            }
        }
        for (step, &at) in program.steps.iter().zip(&begins) {
            if let (Step::Split(to, _) | Step::Jump(to) | Step::Not(to), Letter::Go(targets)) = (step, &mut out[at]) {
                targets.extend(begins.get(usize::from(*to)));
            }
        }
        out
    }

    /// A slot: each of its sources is a way through.
    fn slot_letters(&self, sources: &[Source], out: &mut Vec<Letter>) {
        let fork = out.len();
        out.push(Letter::Go(Vec::new()));
        let (mut ways, mut ends) = (Vec::new(), Vec::new());
        let (mut single, mut any) = (Vec::new(), false);
        for source in sources {
            match *source {
                Source::List(index) => {
                    let list = &self.lists[usize::from(index)];
                    any |= !list.endings.is_empty();
                    for form in &list.forms {
                        if form.rest.is_empty() {
                            single.push(self.kinds[form.word as usize]);
                            continue;
                        }
                        ways.push(out.len());
                        out.extend([form.word].iter().chain(&*form.rest).map(|&w| Letter::Take(vec![self.kinds[w as usize]])));
                        ends.push(out.len());
                        out.push(Letter::Go(Vec::new()));
                    }
                }
                Source::Class(Class::Lower | Class::Upper) => any = true,
                Source::Class(class) if class == Class::Number || class.is_spoken() => {
                    let first = &self.class_kinds[class as usize];
                    ways.push(out.len());
                    out.push(Letter::Take(first.clone()));
                    // A number goes on for as many words as it likes.
                    let again = out.len();
                    out.push(Letter::Go(vec![again + 1]));
                    ends.push(again);
                    out.push(Letter::Take([&first[..], &self.kind_of("-")[..]].concat()));
                    out.push(Letter::Go(vec![again]));
                }
                Source::Class(class) => single.extend(&self.class_kinds[class as usize]),
            }
        }
        if any || !single.is_empty() {
            ways.push(out.len());
            out.push(if any { Letter::Any } else { Letter::Take(single) });
            ends.push(out.len());
            out.push(Letter::Go(Vec::new()));
        }
        let after = out.len();
        if let Some(Letter::Go(to)) = out.get_mut(fork) {
            *to = ways;
        }
        for end in ends {
            if let Some(Letter::Go(to)) = out.get_mut(end) {
                to.push(after);
            }
        }
    }

    /// The kinds of [a class](Self::class_kinds).
    fn kinds_of(&self, class: Class) -> Vec<u16> {
        let spoken = class == Class::Number || class.is_spoken();
        let bit = if spoken { CLASSES.len() } else { class as usize };
        let of_class = |classes: u32| classes >> bit & 1 == 1;
        let shapes = self.number_kinds.iter().filter(|(classes, _)| of_class(**classes)).map(|(_, &kind)| kind);
        let digits = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let is_one = |id: usize, w: &str| spoken && self.spoken[id] || digits(w) && of_class(Class::of_digits(w));
        let known = (1..).zip(&self.words).filter(|(id, w)| is_one(*id, w));
        shapes.chain(known.map(|(id, _)| self.kinds[id])).collect()
    }

    fn kind_of(&self, word: &str) -> Vec<u16> {
        self.vocabulary.get(word).map(|known| self.kinds[known.number as usize]).into_iter().collect()
    }

    /// The pieces of a text, which are its tokens or parts of them. `breaks` says whether nothing may match over the white space between
    /// two bytes.
    pub fn pieces<'t>(&self, text: &'t str, tokens: &[Token], breaks: impl Fn(usize, usize) -> bool) -> Pieces<'t> {
        let mut list: Vec<Piece> = Vec::with_capacity(tokens.len() + tokens.len() / 4);
        let mut small = String::new();
        let mut push = |span: Span, shape: Shape, first: char, known: Option<&Known>| {
            let unknown = || {
                let kind = if shape == Shape::Number { self.number_kinds.get(&Class::of_digits(span.of(text))).copied() } else { None };
                Known { kind: kind.unwrap_or(UNKNOWN), ..Known::default() }
            };
            let Known { number: word, kind, spoken } = known.copied().unwrap_or_else(unknown);
            let before = list.last().map(|p: &Piece| p.span.end);
            let glued = before == Some(span.start);
            // A single byte between two pieces is a space or the end of a line, and nearly always the first.
            let broken =
                before.is_some_and(|end| !glued && (span.start - end != 1 || text.as_bytes()[end] == b'\n') && breaks(end, span.start));
            list.push(Piece { span, word, kind, spoken, shape, capital: first.is_uppercase(), glued, broken });
        };
        for token in tokens {
            let first = text.as_bytes().get(token.span.start).map_or(' ', |b| char::from(*b));
            match token.kind {
                TokenKind::Word if token.plain => push(token.span, Shape::Word, first, self.vocabulary.short(token.short)),
                TokenKind::Number if token.plain => push(token.span, Shape::Number, first, self.vocabulary.short(token.short)),
                _ => cut(text, token.span, |piece| {
                    push(piece.span, piece.shape, piece.first, self.known(&piece, piece.span.of(text), &mut small));
                }),
            }
        }
        let mut out = Pieces { text, list, spoken: Vec::new() };
        for (at, piece) in out.list.iter().enumerate().filter(|(_, p)| p.spoken || p.shape == Shape::Number) {
            let next = out.list.get(at + 1);
            let number = if piece.spoken && !next.is_some_and(|p| p.spoken || p.shape == Shape::Number || p.glued) {
                self.alone[piece.word as usize].map(|value| Spoken { at, len: 1, value })
            } else if piece.spoken || next.is_some_and(|p| p.spoken) {
                self.spoken_at(text, &out.list, at)
            } else {
                None
            };
            out.spoken.extend(number);
        }
        out
    }

    /// What is known of a piece that is written so; `small` is room for it in small letters.
    fn known(&self, piece: &Cut, words: &str, small: &mut String) -> Option<&Known> {
        match piece.shape {
            Shape::Word if !piece.ascii => {
                let mut made = |make: fn(&str, &mut String)| {
                    small.clear();
                    make(words, small);
                    self.vocabulary.get(small)
                };
                // Number words are known without their accents.
                made(make_small).or_else(|| made(fold).filter(|known| known.spoken))
            }
            Shape::Word => self.vocabulary.of(Short::of(words), || words.to_ascii_lowercase().into()),
            Shape::Number => self.vocabulary.get(words),
            Shape::Mark => self.vocabulary.get(fold_mark(piece.first).unwrap_or(words)),
        }
    }

    /// The number that begins at a piece, read as figures are.
    fn spoken_at(&self, text: &str, list: &[Piece], start: usize) -> Option<Spoken> {
        /// No number takes more words than this.
        const LONGEST: usize = 12;
        let (mut tokens, mut ends, mut at) = (Vec::new(), Vec::new(), start);
        let spoken = |at: usize| list.get(at).is_some_and(|p| p.spoken && (at == start || !p.broken));
        while let Some(piece) = list.get(at).filter(|p| at < start + LONGEST && (spoken(at) || p.shape == Shape::Number && !p.broken)) {
            let mut span = piece.span;
            let (kind, mut end) = if piece.shape == Shape::Number { (TokenKind::Number, at + 1) } else { (TokenKind::Word, at + 1) };
            // "twenty-six"
            if let (Some(hyphen), Some(unit)) = (list.get(at + 1), list.get(at + 2))
                && hyphen.glued
                && unit.glued
                && spoken(at + 2)
            {
                let whole = Span::new(span.start, unit.span.end);
                if self.numbers.is_hyphened(whole.of(text)) {
                    (span, end) = (whole, at + 3);
                }
            }
            tokens.push(Token::new(text, span, kind));
            ends.push(end);
            at = end;
        }
        let (taken, value) = self.numbers.leading(text, &tokens)?;
        let end = taken.checked_sub(1).and_then(|last| ends.get(last))?;
        Some(Spoken { at: start, len: end - start, value })
    }

    /// Every match of every rule, at most one for each rule and place.
    pub fn hits<'g>(&'g self, pieces: &Pieces<'_>) -> Hits<'g> {
        let mut out = Hits::default();
        for at in 0..pieces.list.len() {
            for rule in self.openings.patterns(&pieces.list, at).iter() {
                let hit = self.hit(rule, pieces, at, &mut out.taken);
                out.list.extend(hit);
            }
        }
        out
    }

    fn hit<'g>(&'g self, rule: usize, pieces: &Pieces<'_>, at: usize, taken: &mut Vec<(u16, Taken<'g>)>) -> Option<Hit> {
        let known = taken.len();
        let mut run = Run { grammar: self, program: &self.programs[rule], pieces, start: at, open: None, close: None, taken };
        let end = run.step(0, at);
        let extent = end.map(|end| run.open.unwrap_or(at)..run.close.unwrap_or(end)).filter(|extent| !extent.is_empty());
        let Some((end, Range { start: from, end: to })) = end.zip(extent) else {
            taken.truncate(known);
            return None;
        };
        Some(Hit { rule, from, to, read: end - at, taken: known..taken.len() })
    }

    /// What the slots of a match took.
    pub fn bound<'g>(&'g self, hits: &Hits<'g>, hit: &Hit, text: &str) -> Bound<'g> {
        let names = &self.programs[hit.rule].names;
        hits.taken[hit.taken.clone()].iter().map(|&(name, taken)| (&*names[usize::from(name)], taken.read(text))).collect()
    }

    /// The number of a word list, for [`Grammar::holds`].
    pub fn list(&self, name: &str) -> Option<u16> {
        self.list_names.get(name).copied()
    }

    /// Whether a word list holds the words that begin at a piece (an entry `*ed` holds every word of that ending).
    pub fn holds(&self, list: Option<u16>, pieces: &Pieces<'_>, at: usize) -> bool {
        let (Some(list), Some(piece)) = (list, pieces.list.get(at)) else { return false };
        piece.word != 0 && self.take(list, &pieces.list, at, at).next().is_some() || self.ends(list, piece, pieces.text)
    }

    /// The forms of a list that stand at a piece, longest first.
    fn take<'g, 't>(&'g self, list: u16, pieces: &'t [Piece], at: usize, start: usize) -> impl Iterator<Item = &'g Form> + use<'g, 't> {
        let first = pieces.get(at).filter(|p| p.word != 0 && (at == start || !p.broken));
        let forms = first.map_or(0..0, |p| self.begins[p.word as usize] as usize..self.begins[p.word as usize + 1] as usize);
        let capital = first.is_some_and(|p| p.capital);
        let follows = move |(i, word): (usize, &u32)| pieces.get(at + 1 + i).is_some_and(|p| p.word == *word && !p.broken);
        self.forms[forms].iter().filter(move |f| f.list == list && (capital || !f.capital) && f.rest.iter().enumerate().all(follows))
    }

    /// Whether a list holds an ending (`*ed`) of this word.
    fn ends(&self, list: u16, piece: &Piece, text: &str) -> bool {
        let ends = |end: &str| piece.span.len() > end.len() && piece.span.of(text).ends_with(end);
        piece.shape == Shape::Word && self.lists[usize::from(list)].endings.iter().any(|end| ends(end))
    }
}

struct Run<'a, 'g> {
    grammar: &'g Grammar,
    program: &'g Program,
    pieces: &'a Pieces<'a>,
    start: usize,
    open: Option<usize>,
    close: Option<usize>,
    /// What slots took; the last ones are this run's.
    taken: &'a mut Vec<(u16, Taken<'g>)>,
}

impl<'g> Run<'_, 'g> {
    /// Runs from a step at a piece; gives the piece after the match.
    fn step(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        loop {
            match *self.program.steps.get(pc)? {
                Step::Done => return Some(at),
                Step::Word(id, capital) => {
                    let p = self.pieces.list.get(at)?;
                    if p.word != id || (capital && !p.capital) || (p.broken && at > self.start) {
                        return None;
                    }
                    at += 1;
                }
                Step::Slot(slot) => return self.slot(&self.program.slots[usize::from(slot)], pc + 1, at),
                // Most branches begin with something else.
                Step::Split(other, first) if self.begins_otherwise(first, at) => {
                    pc = other.into();
                    continue;
                }
                Step::Split(other, _) => {
                    let saved = (self.open, self.close, self.taken.len());
                    if let Some(end) = self.step(pc + 1, at) {
                        return Some(end);
                    }
                    (self.open, self.close) = (saved.0, saved.1);
                    self.taken.truncate(saved.2);
                    pc = other.into();
                    continue;
                }
                Step::Jump(to) => {
                    pc = to.into();
                    continue;
                }
                Step::Not(after) => {
                    let saved = self.taken.len();
                    let found = self.step(pc + 1, at).is_some();
                    self.taken.truncate(saved);
                    if found {
                        return None;
                    }
                    pc = after.into();
                    continue;
                }
                Step::NotAfter(list) => {
                    let pieces = &self.pieces.list;
                    let before = at.checked_sub(1).filter(|_| pieces.get(at).is_some_and(|p| !p.broken));
                    if before.is_some_and(|b| self.grammar.take(list, pieces, b, b).any(|form| form.len() == 1)) {
                        return None;
                    }
                }
                Step::Open => self.open = Some(at),
                Step::Close => self.close = Some(at),
                Step::Glue => {
                    if !self.pieces.list.get(at)?.glued {
                        return None;
                    }
                }
            }
            pc += 1;
        }
    }

    /// Whether a branch that begins with these kinds begins with none that stands there.
    fn begins_otherwise(&self, first: u16, at: usize) -> bool {
        let piece = self.pieces.list.get(at).zip(self.grammar.kind_sets.get(usize::from(first)));
        piece.is_some_and(|(p, first)| !first.holds(p.kind))
    }

    fn slot(&mut self, slot: &'g Slot, next: usize, at: usize) -> Option<usize> {
        let (grammar, pieces, name) = (self.grammar, self.pieces, slot.name);
        let p = pieces.list.get(at)?;
        if p.broken && at > self.start {
            return None;
        }
        for source in &slot.sources {
            let found = match *source {
                Source::List(list) => {
                    let mut forms = grammar.take(list, &pieces.list, at, self.start);
                    let end = forms.find_map(|form| self.bind(name, Taken::Form(&form.value), next, at + form.len()));
                    let ends = end.is_none() && grammar.ends(list, p, pieces.text);
                    if ends { self.bind(name, Taken::Form(""), next, at + 1) } else { end }
                }
                Source::Class(class @ (Class::Lower | Class::Upper)) => {
                    let is = p.shape == Shape::Word && p.capital == (class == Class::Upper);
                    if is { self.bind(name, Taken::Form(""), next, at + 1) } else { None }
                }
                Source::Class(class) => match pieces.number(at).filter(|_| class.is_spoken() || class == Class::Number) {
                    Some(Spoken { value, len, .. }) => {
                        if class.takes_words(value) {
                            self.bind(name, Taken::Number(class, value), next, at + len)
                        } else {
                            None
                        }
                    }
                    None if p.shape != Shape::Number => None,
                    None if class == Class::Number => {
                        let value = grammar.numbers.digits_alone(p.span.of(pieces.text));
                        value.and_then(|value| self.bind(name, Taken::Number(class, value), next, at + 1))
                    }
                    None if class.takes(p.span.of(pieces.text)) => self.bind(name, Taken::Digits(class, p.span), next, at + 1),
                    None => None,
                },
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Goes on with what a slot took, or takes it back.
    fn bind(&mut self, name: u16, taken: Taken<'g>, next: usize, at: usize) -> Option<usize> {
        let saved = (self.open, self.close, self.taken.len());
        self.taken.push((name, taken));
        let end = self.step(next, at);
        if end.is_none() {
            (self.open, self.close) = (saved.0, saved.1);
            self.taken.truncate(saved.2);
        }
        end
    }
}

impl Program {
    fn emit(&mut self, node: &Node) {
        match node {
            Node::Seq(nodes) => nodes.iter().for_each(|n| self.emit(n)),
            Node::Word(id, capital) => self.steps.push(Step::Word(*id, *capital)),
            Node::Slot(sources, name) => {
                let index = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
                    self.names.push(name.clone());
                    self.names.len() - 1
                });
                self.steps.push(Step::Slot(short(self.slots.len())));
                self.slots.push(Slot { sources: sources.clone().into(), name: short(index) });
            }
            Node::NotAfter(list) => self.steps.push(Step::NotAfter(*list)),
            Node::Open => self.steps.push(Step::Open),
            Node::Close => self.steps.push(Step::Close),
            Node::Glue => self.steps.push(Step::Glue),
            Node::Opt(node) => {
                let at = self.steps.len();
                self.steps.push(Step::Jump(0));
                self.emit(node);
                self.steps[at] = Step::Split(short(self.steps.len()), 0);
            }
            Node::Not(node) => {
                let at = self.steps.len();
                self.steps.push(Step::Jump(0));
                self.emit(node);
                self.steps.push(Step::Done);
                self.steps[at] = Step::Not(short(self.steps.len()));
            }
            Node::Alt(branches) => {
                let mut jumps = Vec::new();
                for (i, branch) in branches.iter().enumerate() {
                    let at = self.steps.len();
                    if i + 1 < branches.len() {
                        self.steps.push(Step::Jump(0));
                    }
                    self.emit(branch);
                    if i + 1 < branches.len() {
                        jumps.push(self.steps.len());
                        self.steps.push(Step::Jump(0));
                        self.steps[at] = Step::Split(short(self.steps.len()), 0);
                    }
                }
                let end = short(self.steps.len());
                for at in jumps {
                    self.steps[at] = Step::Jump(end);
                }
            }
        }
    }

    /// Whether a match can begin with any word at all.
    fn begins_with_any(&self) -> bool {
        fn walk(program: &Program, pc: usize) -> bool {
            let any = |source: &Source| matches!(source, Source::Class(Class::Lower | Class::Upper));
            match program.steps.get(pc) {
                Some(Step::Split(other, _)) => walk(program, pc + 1) || walk(program, usize::from(*other)),
                Some(Step::Jump(to) | Step::Not(to)) => walk(program, usize::from(*to)),
                Some(Step::NotAfter(_) | Step::Open | Step::Close | Step::Glue) => walk(program, pc + 1),
                Some(Step::Slot(slot)) => program.slots[usize::from(*slot)].sources.iter().any(any),
                Some(Step::Done) => true,
                Some(Step::Word(..)) | None => false,
            }
        }
        walk(self, 0)
    }
}

/// A place in a pattern; one that has no room is of a pattern that is refused as too long.
fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

struct Parser<'a, 'g> {
    rest: &'a str,
    grammar: &'g mut Grammar,
}

impl Parser<'_, '_> {
    fn whole(mut self) -> Result<Node, String> {
        let node = self.branches()?;
        if self.rest.is_empty() { Ok(node) } else { Err(format!("nothing opens what closes before {:?}", self.rest)) }
    }

    fn branches(&mut self) -> Result<Node, String> {
        let mut branches = vec![self.sequence()?];
        while let Some(rest) = self.rest.strip_prefix('|') {
            self.rest = rest;
            branches.push(self.sequence()?);
        }
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Alt(branches) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else { break };
            if matches!(c, ')' | '|') {
                break;
            }
            nodes.push(self.item(c)?);
        }
        Ok(Node::Seq(nodes))
    }

    fn item(&mut self, c: char) -> Result<Node, String> {
        let after = &self.rest[c.len_utf8()..];
        let single = match c {
            '<' => Some(Node::Open),
            '>' => Some(Node::Close),
            '~' => Some(Node::Glue),
            _ => None,
        };
        if let Some(node) = single {
            self.rest = after;
            return Ok(node);
        }
        if c == '^' {
            let name = after.strip_prefix('{').and_then(|a| a.split_once('}'));
            let (name, rest) = name.ok_or("after '^' stands a {list}")?;
            let list = *self.grammar.list_names.get(name).ok_or_else(|| format!("no word list is named {{{name}}}"))?;
            self.rest = rest;
            return Ok(Node::NotAfter(list));
        }
        if c == '!' {
            self.rest = after;
            let Some(next) = after.chars().next() else { return Err("nothing stands after '!'".into()) };
            return Ok(Node::Not(Box::new(self.item(next)?)));
        }
        let node = match c {
            '(' => {
                self.rest = after;
                let node = self.branches()?;
                self.rest = self.rest.strip_prefix(')').ok_or("a '(' is not closed")?;
                node
            }
            '{' => {
                let (name, rest) = after.split_once('}').ok_or("a '{' is not closed")?;
                self.rest = rest;
                self.slot(name)?
            }
            '?' | ')' | '}' | '|' => return Err(format!("{c:?} stands where a word should")),
            _ => {
                let end = self.rest.find(|c: char| c.is_whitespace() || "(){}<>|?~!^".contains(c)).unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at(end);
                self.rest = rest;
                Node::Seq(self.grammar.learn(word).into_iter().map(|(id, capital)| Node::Word(id, capital)).collect())
            }
        };
        Ok(match self.rest.strip_prefix('?') {
            Some(rest) => {
                self.rest = rest;
                Node::Opt(Box::new(node))
            }
            None => node,
        })
    }

    /// `{unit}`, `{n|one}`, `{month:other}`.
    fn slot(&self, text: &str) -> Result<Node, String> {
        let (names, bind) = text.split_once(':').map_or((text, None), |(n, b)| (n, Some(b)));
        let mut sources = Vec::new();
        for name in names.split('|') {
            let source = match self.grammar.list_names.get(name) {
                Some(&list) => Source::List(list),
                None => Source::Class(Class::named(name).ok_or_else(|| format!("no word list is named {{{name}}}"))?),
            };
            sources.push(source);
        }
        let bind = bind.or_else(|| names.split('|').next()).unwrap_or_default();
        Ok(Node::Slot(sources, bind.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_of_numbers_are_all_there() {
        let known: Vec<_> = SHAPES.iter().map(|s| Class::of_digits(s)).collect();
        let plain = (0..=12_000).flat_map(|n| [format!("{n}"), format!("{n:02}"), format!("{n:04}")]);
        let clocks = (0..40).flat_map(|h| (0..=99).map(move |m| format!("{h}.{m:02}")));
        for digits in plain.chain(clocks) {
            assert!(known.contains(&Class::of_digits(&digits)), "{digits} is of a shape of its own");
        }
    }
}
