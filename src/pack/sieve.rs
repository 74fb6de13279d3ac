//! Which patterns a line is worth: a look at the ends of the line by automata that are quick to say no.
//!
//! A pattern of whole lines (`^…$`) is a choice of wordings, and nearly every wording says how a line begins ("Read more …") or how it
//! ends ("… all rights reserved"). The first letters of all wordings are one automaton, which is dead after a few letters of an ordinary
//! line; wordings that begin with anything at all are another one, of their last letters, read from the line's end; and where neither end
//! tells enough, words that a wording has in its middle are looked for. No automaton looks at word
//! boundaries, which would take it off its fast path beyond ASCII. So a pattern that they name may still not match, and one that
//! they don't name doesn't for certain. They are regex-automata's lazy DFA, built as the text needs it; the patterns themselves are
//! compiled when they are first named.

use aho_corasick::packed::Searcher;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{Compiler, Config, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// So many letters at its end tell a wording from ordinary lines.
const TELLING: usize = 8;
/// So many bytes in its middle tell one, and more than so many are too many states.
const INNER: std::ops::RangeInclusive<usize> = 3..=60;
/// Letters beyond ASCII that are, but for case, the same as one of it (the Kelvin sign, the long s). No line is expected to have one.
const ALIKE: [char; 2] = ['\u{212a}', '\u{17f}'];
/// A class of more characters is anything at all.
const NARROW: usize = 1000;

/// Where lines must be like several patterns to match one of them.
#[derive(Debug)]
pub struct Sieve {
    automata: Vec<Automaton>,
    words: Option<Words>,
    /// Patterns of which no part tells enough; automata of them would have too many states.
    anywhere: Vec<usize>,
    patterns: usize,
}

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>;

/// Where an automaton begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Start,
    End,
    Anywhere,
}

/// Wordings, each with its pattern.
type Wordings = Vec<(Hir, usize)>;

/// Words of which a line must have one to match any of some patterns.
#[derive(Debug)]
struct Words {
    search: Searcher,
    patterns: Vec<usize>,
}

#[derive(Debug)]
struct Automaton {
    dfa: DFA,
    from: From,
    /// The pattern of each wording.
    pattern_of: Vec<usize>,
    caches: Pool<Cache, MakeCache>,
}

impl Sieve {
    /// A sieve for patterns, read without regard to case.
    ///
    /// # Errors
    /// If one is no regular expression, or they are too many.
    pub fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<Self, String> {
        // Case does not count, which is for `loosened` and `candidates`: to the parser each letter would be a class, the most of the work.
        let (mut closed, mut open, mut inside, mut anywhere, mut count) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), 0);
        for (index, pattern) in patterns.enumerate() {
            let hir = syntax::parse(pattern).map_err(|e| e.to_string())?;
            let mut whole = Vec::new();
            flatten(&hir, &mut whole);
            wordings(whole, &mut |parts| {
                let end = last(parts);
                let is_open = begins_with_anything(parts);
                let is_line = matches!(parts.first().map(|p| p.kind()), Some(HirKind::Look(Look::Start)));
                if !is_line || is_open && end.iter().any(|p| holds_anything(p)) {
                    match kernel_of(parts.iter().copied()) {
                        Some(kernel) => inside.push((loosened(&kernel), index)),
                        None => anywhere.push(index),
                    }
                } else if is_open {
                    open.push((joined(end), index));
                } else {
                    closed.push((joined(first(parts)), index));
                }
            });
            count = index + 1;
        }
        anywhere.dedup();
        for wordings in [&mut closed, &mut open, &mut inside] {
            wordings.retain(|(_, pattern)| !anywhere.contains(pattern));
        }
        let (words, inside) = Words::of(inside);
        let automata = [(closed, From::Start), (open, From::End), (inside, From::Anywhere)];
        let automata = automata.into_iter().filter(|(wordings, _)| !wordings.is_empty());
        let automata = automata.map(|(wordings, from)| Automaton::new(wordings, from)).collect::<Result<_, _>>()?;
        Ok(Self { automata, words, anywhere, patterns: count })
    }

    /// A sieve for patterns that may match any part of a line, read as a whole and without regard to case.
    ///
    /// # Errors
    /// If one is no regular expression, or they are too many.
    pub fn of_parts<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<Self, String> {
        let loosened = |(index, pattern)| Ok((loosened(&syntax::parse(pattern).map_err(|e| e.to_string())?), index));
        let inside = patterns.enumerate().map(loosened).collect::<Result<Vec<_>, String>>()?;
        let patterns = inside.len();
        Ok(Self { automata: vec![Automaton::new(inside, From::Anywhere)?], words: None, anywhere: Vec::new(), patterns })
    }

    /// The patterns that may match a line, in order.
    pub fn candidates(&self, line: &str) -> Vec<usize> {
        if !line.is_ascii() && ALIKE.iter().any(|&alike| line.contains(alike)) {
            return (0..self.patterns).collect();
        }
        let mut out = self.anywhere.clone();
        let line = line.to_ascii_lowercase();
        out.extend(self.words.iter().filter(|words| words.search.find(&line).is_some()).flat_map(|words| &words.patterns));
        for automaton in &self.automata {
            if automaton.walk(&line, &mut out).is_none() {
                // The automaton gave up, which no line should make it do: every pattern may match.
                out.extend(0..self.patterns);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

impl Words {
    /// The words of wordings that have some, and the other wordings; all of them where the processor can't look at many letters at once.
    fn of(wordings: Wordings) -> (Option<Self>, Wordings) {
        let begins = |hir| {
            let begins = Extractor::new().extract(hir);
            let words = begins.literals().filter(|_| begins.min_literal_len() >= Some(*INNER.start()))?;
            Some(words.iter().map(|word| word.as_bytes().to_ascii_lowercase()).collect::<Vec<_>>())
        };
        let words: Vec<Option<Vec<Vec<u8>>>> = wordings.iter().map(|(hir, _)| begins(hir)).collect();
        let Some(search) = Searcher::new(words.iter().flatten().flatten()) else { return (None, wordings) };
        let (own, others): (Vec<_>, Vec<_>) = wordings.into_iter().zip(words).partition(|(_, words)| words.is_some());
        let patterns = own.into_iter().map(|((_, pattern), _)| pattern).collect();
        (Some(Self { search, patterns }), others.into_iter().map(|(wording, _)| wording).collect())
    }
}

impl Automaton {
    fn new(wordings: Wordings, from: From) -> Result<Self, String> {
        let (hirs, pattern_of): (Vec<Hir>, Vec<usize>) = wordings.into_iter().unzip();
        let config = Config::new().reverse(from == From::End).which_captures(WhichCaptures::None).utf8(false);
        let nfa = Compiler::new().configure(config).build_many_from_hir(&hirs).map_err(|e| e.to_string())?;
        let config = DFA::config().match_kind(MatchKind::All).skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).map_err(|e| e.to_string())?;
        let make = dfa.clone();
        Ok(Self { dfa, from, pattern_of, caches: Pool::new(Box::new(move || make.create_cache())) })
    }

    /// Reads a line in small letters.
    fn walk(&self, line: &str, found: &mut Vec<usize>) -> Option<()> {
        let (dfa, cache) = (&self.dfa, &mut *self.caches.get());
        let reverse = self.from == From::End;
        let input = Input::new(line).anchored(if self.from == From::Anywhere { Anchored::No } else { Anchored::Yes });
        let start = if reverse { dfa.start_state_reverse(cache, &input) } else { dfa.start_state_forward(cache, &input) };
        let mut state = start.ok()?;
        let mut note = |cache: &Cache, state| {
            let wordings = (0..dfa.match_len(cache, state)).map(|m| dfa.match_pattern(cache, state, m));
            found.extend(wordings.filter_map(|w| self.pattern_of.get(w.as_usize())));
        };
        let bytes = line.as_bytes();
        for i in 0..bytes.len() {
            let byte = bytes[if reverse { bytes.len() - 1 - i } else { i }];
            state = dfa.next_state(cache, state, byte).ok()?;
            if state.is_tagged() {
                if state.is_dead() {
                    return Some(());
                }
                if state.is_quit() {
                    return None;
                }
                // A match shows one step late.
                if state.is_match() {
                    note(cache, state);
                }
            }
        }
        state = dfa.next_eoi_state(cache, state).ok()?;
        if state.is_match() {
            note(cache, state);
        }
        Some(())
    }
}

/// A pattern that takes all the lines that this one takes in either case once they are in small letters, asks for no word boundaries, and makes a small automaton: any
/// character beyond ASCII passes for any other, and what may come often may come any number of times.
fn loosened(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Look(Look::Start | Look::End) => hir.clone(),
        HirKind::Look(_) => Hir::empty(),
        HirKind::Literal(literal) => {
            // The bytes that lead a character stand for it.
            let letters = literal.0.to_ascii_lowercase();
            let characters = letters.chunk_by(|a, b| a.is_ascii() == b.is_ascii()).map(|run| {
                if run[0].is_ascii() {
                    return Hir::literal(run);
                }
                Hir::concat(run.iter().filter(|&&b| b >= 0xc0).map(|_| beyond_ascii()).collect())
            });
            Hir::concat(characters.collect())
        }
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges().iter().filter(|r| r.start().is_ascii());
            let end = |r: &ClassUnicodeRange| if r.end().is_ascii() { r.end() as u8 } else { 0x7f };
            let mut ascii = ClassBytes::new(ranges.map(|r| ClassBytesRange::new(r.start() as u8, end(r))));
            ascii.case_fold_simple();
            let ascii = Hir::class(Class::Bytes(ascii));
            if class.is_ascii() { ascii } else { Hir::alternation(vec![beyond_ascii(), ascii]) }
        }
        HirKind::Class(Class::Bytes(_)) => hir.clone(),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(loosened).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loosened).collect()),
        HirKind::Capture(group) => loosened(&group.sub),
        HirKind::Repetition(r) => {
            let (min, max) = (if comes_often(r.min) { 1 } else { r.min }, r.max.filter(|&n| !comes_often(n)));
            Hir::repetition(Repetition { min, max, greedy: r.greedy, sub: Box::new(loosened(&r.sub)) })
        }
    }
}

/// Whether what comes so many times may as well come any number of times.
fn comes_often(times: u32) -> bool {
    times as usize > TELLING
}

/// Any character beyond ASCII.
fn beyond_ascii() -> Hir {
    let bytes = |from, to| Hir::class(Class::Bytes(ClassBytes::new([ClassBytesRange::new(from, to)])));
    let rest = Repetition { min: 1, max: Some(3), greedy: true, sub: Box::new(bytes(0x80, 0xbf)) };
    Hir::concat(vec![bytes(0xc0, 0xff), Hir::repetition(rest)])
}

/// The parts of a pattern that stand one behind the other; word boundaries are left out.
fn flatten<'h>(hir: &'h Hir, parts: &mut Vec<&'h Hir>) {
    match hir.kind() {
        HirKind::Concat(inner) => inner.iter().for_each(|part| flatten(part, parts)),
        HirKind::Capture(group) => flatten(&group.sub, parts),
        HirKind::Empty => {}
        HirKind::Look(look) if !matches!(look, Look::Start | Look::End) => {}
        _ => parts.push(hir),
    }
}

/// Calls `each` with the choices that a pattern gives at its beginning, each as the parts of a pattern.
fn wordings<'h>(parts: Vec<&'h Hir>, each: &mut impl FnMut(&[&'h Hir])) {
    // `^` before the choices stands before each of them.
    let at = parts.iter().take_while(|p| matches!(p.kind(), HirKind::Look(_))).count();
    let Some(HirKind::Alternation(choices)) = parts.get(at).map(|p| p.kind()) else { return each(&parts) };
    for choice in choices {
        let mut wording = parts[..at].to_vec();
        flatten(choice, &mut wording);
        wording.extend(&parts[at + 1..]);
        wordings(wording, each);
    }
}

fn joined(parts: &[&Hir]) -> Hir {
    Hir::concat(parts.iter().map(|part| loosened(part)).collect())
}

/// Whether the first part is a number of whatever characters.
fn begins_with_anything(parts: &[&Hir]) -> bool {
    let first = parts.iter().map(|p| p.kind()).find(|k| !matches!(k, HirKind::Look(_)));
    matches!(first, Some(HirKind::Repetition(r)) if is_wide(&r.sub))
}

/// Whether any number of whatever characters stands in it.
fn holds_anything(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(r) => r.max.is_none_or(comes_often) && is_wide(&r.sub) || holds_anything(&r.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(holds_anything),
        HirKind::Capture(group) => holds_anything(&group.sub),
        _ => false,
    }
}

fn is_wide(hir: &Hir) -> bool {
    let HirKind::Class(Class::Unicode(class)) = hir.kind() else { return false };
    class.ranges().iter().map(ClassUnicodeRange::len).sum::<usize>() > NARROW
}

/// What stands in everything that a wording takes and tells it from other lines: a choice of words, say.
fn kernel(hir: &Hir) -> Option<Hir> {
    let found = match hir.kind() {
        _ if is_narrow(hir) => Some(hir.clone()),
        HirKind::Concat(parts) => kernel_of(parts.iter()),
        HirKind::Alternation(choices) => choices.iter().map(kernel).collect::<Option<Vec<_>>>().map(Hir::alternation),
        HirKind::Repetition(r) if r.min > 0 => kernel(&r.sub),
        HirKind::Capture(group) => kernel(&group.sub),
        _ => None,
    };
    found.filter(|hir| weight(hir) >= *INNER.start())
}

/// The same of parts that stand one behind the other: the longest of what each has, or several side by side.
fn kernel_of<'h>(parts: impl Iterator<Item = &'h Hir>) -> Option<Hir> {
    let parts: Vec<&Hir> = parts.collect();
    let rows = parts.chunk_by(|a, b| is_narrow(a) && is_narrow(b)).map(|row| match row {
        [part] => kernel(part),
        _ => Some(Hir::concat(row.iter().map(|part| (*part).clone()).collect())).filter(is_narrow),
    });
    rows.flatten().filter(|hir| weight(hir) >= *INNER.start()).max_by_key(weight)
}

fn weight(hir: &Hir) -> usize {
    hir.properties().minimum_len().unwrap_or(0)
}

/// Whether a part is of few characters and not of any.
fn is_narrow(hir: &Hir) -> bool {
    fn holds_wide(hir: &Hir) -> bool {
        match hir.kind() {
            HirKind::Class(_) => is_wide(hir),
            HirKind::Repetition(r) => holds_wide(&r.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(holds_wide),
            HirKind::Capture(group) => holds_wide(&group.sub),
            _ => false,
        }
    }
    let properties = hir.properties();
    properties.look_set().is_empty() && properties.maximum_len().is_some_and(|n| n <= *INNER.end()) && !holds_wide(hir)
}

/// The parts up to the one that makes the wording telling.
fn first<'p, 'h>(parts: &'p [&'h Hir]) -> &'p [&'h Hir] {
    &parts[..telling(parts.iter())]
}

/// The parts from the end to the one that makes it so.
fn last<'p, 'h>(parts: &'p [&'h Hir]) -> &'p [&'h Hir] {
    &parts[parts.len() - telling(parts.iter().rev())..]
}

fn telling<'p, 'h: 'p>(parts: impl Iterator<Item = &'p &'h Hir>) -> usize {
    let mut letters = 0;
    parts
        .take_while(|part| {
            let goes_on = letters < TELLING;
            letters += part.properties().minimum_len().unwrap_or(0);
            goes_on
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_takes_goes_through_and_little_else_does() {
        let patterns = [
            r"^(?:read (?:more|next)|related\s*:.{1,20}|.{0,80}\bderechos reservados)\.?$",
            r"^.*\b(?:19|20)\d{2}(?:\s+views)$",
            r"^por [A-Z]",
            "abc|^d",
            r"^.*\(foto: .+\)$",
            "^.+x.+$",
        ];
        let sieve = Sieve::new(patterns.into_iter()).unwrap();
        for (line, pattern) in [
            ("Read more", 0),
            ("READ NEXT.", 0),
            ("Related: El año", 0),
            ("© Diario Ñ – todos los derechos reservados", 0),
            ("Enero de 2022 views", 1),
            ("Por Ana Núñez y otros", 2),
            ("any abc", 3),
            ("La plaza (foto: Ana)", 4),
        ] {
            assert!(sieve.candidates(line).contains(&pattern), "{line}");
        }
        for line in ["", "Reading is más fácil", "El ministro renunció.", "all derechos reservados aquí", "2022 reviews", "por ñ"] {
            assert_eq!(sieve.candidates(line), [5], "{line}");
        }
    }
}
