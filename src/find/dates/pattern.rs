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
//! Besides the word lists there are the slots of [`Class`], which take numbers by their shape, and `{n}`, which takes
//! digits and number words. Rules are looked up by the word that they can begin with, so that the time does not grow with
//! the number of rules.

use std::collections::HashMap;
use std::sync::Arc;

use crate::span::Span;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Number,
    Mark,
}

/// A word, a number or a mark. Finer than the pipeline's tokens: hyphens, apostrophes and what is glued to digits are
/// pieces of their own ("mid-2011", "Monday's", "1990s").
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub span: Span,
    /// Its number in the grammar's vocabulary; 0 if no pattern knows it.
    pub word: u32,
    pub shape: Shape,
    pub capital: bool,
    /// No white space stands before it.
    pub glued: bool,
    /// A line ends before it that is not inside a sentence: nothing matches over it.
    pub broken: bool,
}

/// Cuts a stretch of text into pieces; `word` gives a lower-case word its number.
fn cut(text: &str, within: Span, mut push: impl FnMut(Span, Shape, char, bool)) {
    let body = within.of(text);
    let bytes = body.as_bytes();
    let mut chars = body.char_indices().peekable();
    let mut last_end = usize::MAX;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let shape = if c.is_ascii_digit() {
            let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
            end = start + run(start);
            let mut groups = 0;
            let whole = loop {
                let more = if matches!(bytes.get(end), Some(b'.' | b',')) { run(end + 1) } else { 0 };
                if more == 0 {
                    break end;
                }
                groups += 1;
                // 27.04.2005 is three numbers, 1.400.000 one and 5.30 one.
                if groups > 1 && more != 3 {
                    break start + run(start);
                }
                end += 1 + more;
            };
            end = whole;
            while chars.next_if(|&(at, _)| at < end).is_some() {}
            Shape::Number
        } else if c.is_alphabetic() {
            while let Some((at, d)) = chars.next_if(|&(_, d)| d.is_alphabetic() || matches!(d, '\u{300}'..='\u{36f}')) {
                end = at + d.len_utf8();
            }
            Shape::Word
        } else {
            Shape::Mark
        };
        push(Span::new(start, end).shifted(within.start), shape, c, last_end == start);
        last_end = end;
    }
}

/// A number by its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Class or number words.
    Number,
    /// A word in lower case.
    Lower,
    /// A word with a capital.
    Upper,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "year" => Self::Year,
            "yy" => Self::TwoDigits,
            "day" => Self::Day,
            "mon" => Self::MonthNumber,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "hm" => Self::HourMinute,
            "hhmm" => Self::FourDigits,
            "n" => Self::Number,
            "lower" => Self::Lower,
            "upper" => Self::Upper,
            _ => return None,
        })
    }

    /// What a number of this shape stands for.
    fn read(self, s: &str) -> Option<String> {
        let plain = || s.parse::<u32>().ok();
        let (long, value) = (s.len(), plain());
        let within = |from: u32, to: u32| value.filter(|v| long <= 2 && (from..=to).contains(v)).map(|v| format!("{v:02}"));
        match self {
            Self::Year => value.filter(|v| long == 4 && (1500..=2100).contains(v)).map(|v| v.to_string()),
            Self::TwoDigits => value.filter(|_| long == 2).map(|_| s.to_owned()),
            Self::Day => within(1, 31),
            Self::MonthNumber => within(1, 12),
            Self::Hour => within(0, 24),
            Self::Minute => within(0, 59).filter(|_| long == 2),
            Self::HourMinute => {
                let (h, m) = s.split_once(['.', ','])?;
                Some(format!("{}:{}", Self::Hour.read(h)?, Self::Minute.read(m)?))
            }
            Self::FourDigits => {
                let (h, m) = (s.get(..2)?, s.get(2..4)?);
                (long == 4).then_some(())?;
                Some(format!("{}:{}", Self::Hour.read(h)?, Self::Minute.read(m)?))
            }
            Self::Number => read_number(s),
            Self::Lower | Self::Upper => None,
        }
    }
}

/// "1,400" and "1.400" are 1400, "2.5" and "2,5" are 2.5: a separator before three digits groups them.
fn read_number(s: &str) -> Option<String> {
    let Some((whole, rest)) = s.split_once(['.', ',']) else {
        return s.parse::<u32>().ok().map(|v| v.to_string());
    };
    if rest.len() >= 3 { s.replace(['.', ','], "").parse::<u32>().ok().map(|v| v.to_string()) } else { Some(format!("{whole}.{rest}")) }
}

#[derive(Debug)]
struct Form {
    rest: Box<[u32]>,
    capital: bool,
    value: Arc<str>,
}

#[derive(Debug, Default)]
struct List {
    forms: HashMap<u32, Vec<Form>>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    List(usize),
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
    NotAfter(usize),
    Open,
    Close,
    Glue,
}

#[derive(Debug)]
enum Step {
    Word(u32, bool),
    Slot(Box<[Source]>, usize),
    Split(usize, usize),
    Jump(usize),
    Not(usize),
    NotAfter(usize),
    Open,
    Close,
    Glue,
    Done,
}

/// A compiled pattern.
#[derive(Debug)]
struct Program {
    steps: Vec<Step>,
    names: Vec<String>,
}

/// A match: the extent, as indices of pieces, and what the slots took.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub rule: usize,
    pub from: usize,
    pub to: usize,
    /// How many pieces the rule read, its context included.
    pub read: usize,
    pub bound: Vec<(String, String)>,
}

/// The patterns and word lists of one language.
#[derive(Debug)]
pub(super) struct Grammar {
    vocabulary: HashMap<Box<str>, u32>,
    lists: Vec<List>,
    list_names: HashMap<String, usize>,
    programs: Vec<Program>,
    by_word: HashMap<u32, Vec<usize>>,
    by_number: Vec<usize>,
    endings: Vec<(usize, Box<str>)>,
    phrases: HashMap<String, String>,
}

impl Grammar {
    /// Compiles the word lists. An entry is `form, form = what it stands for`. The entries of a list whose name is in
    /// capitals are patterns, to be written into others.
    pub fn new<'a>(words: impl Iterator<Item = (&'a String, &'a Vec<String>)>) -> Self {
        let mut new = Self {
            vocabulary: HashMap::new(),
            lists: Vec::new(),
            list_names: HashMap::new(),
            programs: Vec::new(),
            by_word: HashMap::new(),
            by_number: Vec::new(),
            endings: Vec::new(),
            phrases: HashMap::new(),
        };
        for (name, entries) in words {
            if name.chars().all(|c| c.is_uppercase() || c == '_') {
                new.phrases.insert(format!("{{{name}}}"), format!("({})", entries.join(" | ")));
                continue;
            }
            let index = new.lists.len();
            let mut list = List::default();
            for entry in entries {
                let (forms, value) = entry.rsplit_once('=').unwrap_or((entry, ""));
                let value: Arc<str> = value.trim().into();
                for form in forms.split(", ") {
                    if let Some(ending) = form.trim().strip_prefix('*') {
                        new.endings.push((index, ending.into()));
                        continue;
                    }
                    let mut ids = new.learn(form).into_iter();
                    let Some((first, capital)) = ids.next() else { continue };
                    let rest = ids.map(|(id, _)| id).collect();
                    list.forms.entry(first).or_default().push(Form { rest, capital, value: value.clone() });
                }
            }
            for forms in list.forms.values_mut() {
                forms.sort_by_key(|f| std::cmp::Reverse(f.rest.len()));
            }
            new.lists.push(list);
            new.list_names.insert(name.clone(), index);
        }
        new
    }

    /// The numbers of the words of a form, each with whether it needs a capital; new words get new numbers.
    fn learn(&mut self, form: &str) -> Vec<(u32, bool)> {
        let mut out = Vec::new();
        cut(form, Span::new(0, form.len()), |span, _, c, _| {
            let key = fold_mark(c).map_or_else(|| span.of(form).to_lowercase(), ToString::to_string);
            let next = u32::try_from(self.vocabulary.len() + 1).unwrap_or(u32::MAX);
            out.push((*self.vocabulary.entry(key.into()).or_insert(next), c.is_uppercase()));
        });
        out
    }

    /// Adds a rule's pattern.
    ///
    /// # Errors
    /// With what is wrong in it.
    pub fn add(&mut self, pattern: &str) -> Result<(), String> {
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
        let mut program = Program { steps: Vec::new(), names: Vec::new() };
        program.emit(&node);
        program.steps.push(Step::Done);
        let index = self.programs.len();
        let mut firsts = Vec::new();
        program.firsts(0, &mut firsts);
        for &at in &firsts {
            let words: Vec<u32> = match &program.steps[at] {
                Step::Word(id, _) => vec![*id],
                Step::Slot(sources, _) => {
                    let mut ids = Vec::new();
                    for source in sources {
                        match *source {
                            Source::List(l) => ids.extend(self.lists[l].forms.keys().copied()),
                            Source::Class(Class::Lower | Class::Upper) => {
                                return Err("a pattern can't begin with any word at all".into());
                            }
                            Source::Class(d) => {
                                if self.by_number.last() != Some(&index) {
                                    self.by_number.push(index);
                                }
                                if let (Class::Number, Some(&l)) = (d, self.list_names.get("number")) {
                                    ids.extend(self.lists[l].forms.keys().copied());
                                }
                            }
                        }
                    }
                    ids
                }
                _ => return Err("a pattern can't be empty".into()),
            };
            for id in words {
                let rules = self.by_word.entry(id).or_default();
                if rules.last() != Some(&index) {
                    rules.push(index);
                }
            }
        }
        self.programs.push(program);
        Ok(())
    }

    /// The pieces of a text. `breaks` says whether nothing may match over the white space between two bytes.
    pub fn pieces(&self, text: &str, within: Span, breaks: impl Fn(usize, usize) -> bool) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::with_capacity(within.len() / 5);
        let mut lower = String::new();
        cut(text, within, |span, shape, c, glued| {
            let words = span.of(text);
            let word = match (shape, fold_mark(c)) {
                (_, Some(mark)) => self.vocabulary.get(mark).copied(),
                (Shape::Number, _) => self.vocabulary.get(words).copied(),
                _ => {
                    lower.clear();
                    if words.is_ascii() {
                        lower.push_str(words);
                        lower.make_ascii_lowercase();
                    } else {
                        lower.extend(words.chars().flat_map(char::to_lowercase));
                    }
                    self.vocabulary.get(lower.as_str()).copied()
                }
            };
            let broken = !glued && out.last().is_some_and(|p: &Piece| breaks(p.span.end, span.start));
            out.push(Piece { span, word: word.unwrap_or(0), shape, capital: c.is_uppercase(), glued, broken });
        });
        out
    }

    /// Every match of every rule, at most one for each rule and place.
    pub fn hits(&self, text: &str, pieces: &[Piece]) -> Vec<Hit> {
        let mut out = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let by_shape: &[usize] = if piece.shape == Shape::Number { &self.by_number } else { &[] };
            let by_word = self.by_word.get(&piece.word).map_or(&[][..], Vec::as_slice);
            for &rule in by_shape.iter().chain(by_word.iter().filter(|r| !by_shape.contains(r))) {
                if let Some(hit) = self.hit(rule, text, pieces, at) {
                    out.push(hit);
                }
            }
        }
        out
    }

    fn hit(&self, rule: usize, text: &str, pieces: &[Piece], at: usize) -> Option<Hit> {
        let program = &self.programs[rule];
        let mut run = Run { grammar: self, program, text, pieces, start: at, open: None, close: None, bound: Vec::new() };
        let end = run.step(0, at)?;
        let (from, to) = (run.open.unwrap_or(at), run.close.unwrap_or(end));
        let bound = run.bound.into_iter().map(|(name, value)| (program.names[name].clone(), value)).collect();
        (from < to).then_some(Hit { rule, from, to, read: end - at, bound })
    }

    /// Whether a word list holds the words that begin at a piece (an entry `*ed` holds every word of that ending).
    pub fn lists_word(&self, list: &str, text: &str, pieces: &[Piece], at: usize) -> bool {
        let (Some(&index), Some(piece)) = (self.list_names.get(list), pieces.get(at)) else { return false };
        if self.lists[index].take(pieces, at, at).next().is_some() {
            return true;
        }
        self.ends_word(index, piece, text)
    }

    /// Whether a list holds an ending (`*ed`) of this word.
    fn ends_word(&self, list: usize, piece: &Piece, text: &str) -> bool {
        let word = piece.span.of(text);
        piece.shape == Shape::Word && self.endings.iter().any(|(l, e)| *l == list && word.len() > e.len() && word.ends_with(&**e))
    }
}

fn fold_mark(c: char) -> Option<&'static str> {
    match c {
        '’' | '‘' | '\'' | '`' | '´' => Some("'"),
        '-' | '‐' | '‑' | '–' | '—' => Some("-"),
        _ => None,
    }
}

impl List {
    /// The forms that stand at a piece, longest first, each with its length in pieces.
    fn take<'a>(&'a self, pieces: &'a [Piece], at: usize, start: usize) -> impl Iterator<Item = (usize, &'a Arc<str>)> {
        let first = pieces.get(at);
        let forms = first.and_then(|p| self.forms.get(&p.word)).map_or(&[][..], Vec::as_slice);
        let fits = move |f: &&Form| {
            let first = first.is_some_and(|p| (!f.capital || p.capital) && (at == start || !p.broken));
            first && f.rest.iter().enumerate().all(|(i, id)| pieces.get(at + 1 + i).is_some_and(|p| p.word == *id && !p.broken))
        };
        forms.iter().filter(fits).map(|f| (1 + f.rest.len(), &f.value))
    }
}

struct Run<'a> {
    grammar: &'a Grammar,
    program: &'a Program,
    text: &'a str,
    pieces: &'a [Piece],
    start: usize,
    open: Option<usize>,
    close: Option<usize>,
    bound: Vec<(usize, String)>,
}

impl Run<'_> {
    /// Runs from a step at a piece; gives the piece after the match.
    fn step(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        loop {
            match self.program.steps.get(pc)? {
                Step::Done => return Some(at),
                Step::Word(id, capital) => {
                    let p = self.pieces.get(at)?;
                    if p.word != *id || (*capital && !p.capital) || (p.broken && at > self.start) {
                        return None;
                    }
                    at += 1;
                }
                Step::Slot(sources, name) => return self.slot(sources, *name, pc + 1, at),
                Step::Split(first, second) => {
                    let saved = (self.open, self.close, self.bound.len());
                    if let Some(end) = self.step(*first, at) {
                        return Some(end);
                    }
                    (self.open, self.close) = (saved.0, saved.1);
                    self.bound.truncate(saved.2);
                    pc = *second;
                    continue;
                }
                Step::Jump(to) => {
                    pc = *to;
                    continue;
                }
                Step::Not(after) => {
                    let saved = self.bound.len();
                    let found = self.step(pc + 1, at).is_some();
                    self.bound.truncate(saved);
                    if found {
                        return None;
                    }
                    pc = *after;
                    continue;
                }
                Step::NotAfter(list) => {
                    let before = at.checked_sub(1).filter(|_| self.pieces.get(at).is_some_and(|p| !p.broken));
                    if before.is_some_and(|b| self.grammar.lists[*list].take(self.pieces, b, b).any(|(n, _)| n == 1)) {
                        return None;
                    }
                }
                Step::Open => self.open = Some(at),
                Step::Close => self.close = Some(at),
                Step::Glue => {
                    if !self.pieces.get(at)?.glued {
                        return None;
                    }
                }
            }
            pc += 1;
        }
    }

    fn slot(&mut self, sources: &[Source], name: usize, next: usize, at: usize) -> Option<usize> {
        let p = *self.pieces.get(at)?;
        if p.broken && at > self.start {
            return None;
        }
        let depth = self.bound.len();
        for source in sources {
            let mut candidates: Vec<(usize, String)> = Vec::new();
            match *source {
                Source::List(list) => {
                    let grammar = self.grammar;
                    candidates.extend(grammar.lists[list].take(self.pieces, at, self.start).map(|(n, v)| (n, v.to_string())));
                    if candidates.is_empty() && grammar.ends_word(list, &p, self.text) {
                        candidates.push((1, String::new()));
                    }
                }
                Source::Class(Class::Lower) if p.shape == Shape::Word && !p.capital => candidates.push((1, String::new())),
                Source::Class(Class::Upper) if p.shape == Shape::Word && p.capital => candidates.push((1, String::new())),
                Source::Class(digits) if p.shape == Shape::Number => {
                    candidates.extend(digits.read(p.span.of(self.text)).map(|v| (1, v)));
                }
                Source::Class(Class::Number) => candidates.extend(self.number_words(at)),
                Source::Class(_) => {}
            }
            for (len, value) in candidates {
                let saved = (self.open, self.close);
                self.bound.push((name, value));
                if let Some(end) = self.step(next, at + len) {
                    return Some(end);
                }
                self.bound.truncate(depth);
                (self.open, self.close) = saved;
            }
        }
        None
    }

    /// "five", "twenty-five", "treinta y cinco": a form of the list `number`; after a ten, a joiner and a unit.
    fn number_words(&self, at: usize) -> Option<(usize, String)> {
        let list = |name| self.grammar.list_names.get(name).map(|&l: &usize| &self.grammar.lists[l]);
        let one = |at| list("number")?.take(self.pieces, at, self.start).next().and_then(|(n, v)| Some((n, v.parse::<u32>().ok()?)));
        let (len, value) = one(at)?;
        if (20..100).contains(&value) && value % 10 == 0 {
            let joiner = list("number_joiner").and_then(|l| l.take(self.pieces, at + len, self.start).next()).map_or(0, |(n, _)| n);
            if let Some((more, unit)) = one(at + len + joiner).filter(|&(_, u)| (1..10).contains(&u)) {
                return Some((len + joiner + more, (value + unit).to_string()));
            }
        }
        Some((len, value.to_string()))
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
                self.steps.push(Step::Slot(sources.clone().into(), index));
            }
            Node::NotAfter(list) => self.steps.push(Step::NotAfter(*list)),
            Node::Open => self.steps.push(Step::Open),
            Node::Close => self.steps.push(Step::Close),
            Node::Glue => self.steps.push(Step::Glue),
            Node::Opt(node) => {
                let at = self.steps.len();
                self.steps.push(Step::Jump(0));
                self.emit(node);
                self.steps[at] = Step::Split(at + 1, self.steps.len());
            }
            Node::Not(node) => {
                let at = self.steps.len();
                self.steps.push(Step::Jump(0));
                self.emit(node);
                self.steps.push(Step::Done);
                self.steps[at] = Step::Not(self.steps.len());
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
                        self.steps[at] = Step::Split(at + 1, self.steps.len());
                    }
                }
                let end = self.steps.len();
                for at in jumps {
                    self.steps[at] = Step::Jump(end);
                }
            }
        }
    }

    /// The steps that can take a match's first piece.
    fn firsts(&self, pc: usize, out: &mut Vec<usize>) {
        match self.steps.get(pc) {
            Some(Step::Split(a, b)) => {
                self.firsts(*a, out);
                self.firsts(*b, out);
            }
            Some(Step::Jump(to) | Step::Not(to)) => self.firsts(*to, out),
            Some(Step::NotAfter(_) | Step::Open | Step::Close | Step::Glue) => self.firsts(pc + 1, out),
            Some(Step::Word(..) | Step::Slot(..) | Step::Done) => out.push(pc),
            None => {}
        }
    }
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
