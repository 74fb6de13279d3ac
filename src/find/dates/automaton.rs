//! Which patterns may match where: one automaton over all of them, a byte for each kind of piece.
//!
//! What a pattern demands of a single piece is a letter of the automaton; capitals, white space and what must not follow are left to
//! the pattern itself, so that a pattern that matches is never left out and few are run in vain. The automaton is regex-automata's
//! DFA, which is built as the text needs it: the time does not grow with the number of rules.

use foldhash::HashMap;
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson::{BuildError, Builder, NFA, Transition};
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};

use super::pieces::Piece;

/// The kind of a word that no pattern knows.
pub(super) const UNKNOWN: u8 = 0;

/// Bytes that the states may take; when they are full the automaton begins anew, which costs more than running it.
const MOST_STATES: usize = 1 << 25;

/// Gives kinds to words: words that the same patterns take at the same places are of one kind. If there are more kinds than a byte
/// has room for, some share one, which costs needless tries and loses nothing.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    by_use: HashMap<Vec<usize>, u8>,
}

impl Kinds {
    /// The kind of pieces of a certain use.
    pub fn of(&mut self, used: Vec<usize>) -> u8 {
        let next = u8::try_from(1 + self.by_use.len() % 255).unwrap_or(u8::MAX);
        *self.by_use.entry(used).or_insert(next)
    }
}

/// What a step of a pattern is to the automaton.
#[derive(Clone, Debug)]
pub(super) enum Letter {
    /// Takes a piece of one of these kinds.
    Take(Vec<u8>),
    /// Takes nothing, and goes on at one of these steps.
    Go(Vec<usize>),
    /// The pattern has matched.
    Match,
}

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>;

/// The automaton over all patterns.
#[derive(Debug)]
pub(super) struct Automaton {
    dfa: DFA,
    /// Whether any pattern can begin with a kind.
    begins: [bool; 256],
    caches: Pool<Cache, MakeCache>,
}

impl Automaton {
    /// Joins the patterns, each given as its steps, the first of which it begins with.
    ///
    /// # Errors
    /// If they are too many for the automaton.
    pub fn new(patterns: &[Vec<Letter>]) -> Result<Self, String> {
        let nfa = Self::nfa(patterns).map_err(|e| e.to_string())?;
        let config = Config::new().match_kind(MatchKind::All).cache_capacity(MOST_STATES);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).map_err(|e| e.to_string())?;
        let mut begins = [false; 256];
        for steps in patterns {
            let (mut open, mut seen) = (vec![0], vec![false; steps.len()]);
            while let Some(step) = open.pop() {
                if steps.get(step).is_none() || std::mem::replace(&mut seen[step], true) {
                    continue;
                }
                match &steps[step] {
                    Letter::Take(kinds) => kinds.iter().for_each(|&kind| begins[usize::from(kind)] = true),
                    Letter::Go(to) => open.extend(to),
                    Letter::Match => {}
                }
            }
        }
        let make = dfa.clone();
        Ok(Self { dfa, begins, caches: Pool::new(Box::new(move || make.create_cache())) })
    }

    fn nfa(patterns: &[Vec<Letter>]) -> Result<NFA, Box<BuildError>> {
        let mut builder = Builder::new();
        let mut starts = Vec::with_capacity(patterns.len());
        for steps in patterns {
            builder.start_pattern()?;
            let mut ids: Vec<StateID> = Vec::with_capacity(steps.len());
            for step in steps {
                ids.push(if matches!(step, Letter::Match) { builder.add_match()? } else { builder.add_union(Vec::new())? });
            }
            for (i, step) in steps.iter().enumerate() {
                match step {
                    Letter::Take(kinds) => {
                        let next = ids.get(i + 1).copied().unwrap_or(ids[i]);
                        let transitions = ranges(kinds).into_iter().map(|(start, end)| Transition { start, end, next }).collect();
                        let take = builder.add_sparse(transitions)?;
                        builder.patch(ids[i], take)?;
                    }
                    Letter::Go(to) => {
                        for &target in to.iter().filter_map(|&t| ids.get(t)) {
                            builder.patch(ids[i], target)?;
                        }
                    }
                    Letter::Match => {}
                }
            }
            let first = ids.first().copied().unwrap_or_default();
            builder.finish_pattern(first)?;
            starts.push(first);
        }
        let start = builder.add_union(starts)?;
        Ok(builder.build(start, start)?)
    }

    /// A walker over texts; one a thread.
    pub fn walker(&self) -> Walker<'_> {
        Walker { automaton: self, cache: self.caches.get(), found: Vec::new() }
    }
}

/// Kinds as ranges of bytes, in order.
fn ranges(kinds: &[u8]) -> Vec<(u8, u8)> {
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let mut out: Vec<(u8, u8)> = Vec::new();
    for kind in kinds {
        match out.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(kind) => *end = kind,
            _ => out.push((kind, kind)),
        }
    }
    out
}

/// The automaton at work on a text.
pub(super) struct Walker<'a> {
    automaton: &'a Automaton,
    cache: PoolGuard<'a, Cache, MakeCache>,
    found: Vec<usize>,
}

impl Walker<'_> {
    /// The patterns that may match from a piece on, in their order.
    pub fn patterns(&mut self, pieces: &[Piece], at: usize) -> &[usize] {
        self.found.clear();
        if self.automaton.begins[usize::from(pieces[at].kind)] && self.walk(pieces, at).is_none() {
            // The automaton gave up, which no text should make it do: every pattern may match.
            self.found.extend(0..self.automaton.dfa.pattern_len());
        }
        self.found.sort_unstable();
        self.found.dedup();
        &self.found
    }

    fn walk(&mut self, pieces: &[Piece], start: usize) -> Option<()> {
        let (dfa, cache) = (&self.automaton.dfa, &mut *self.cache);
        let mut state = dfa.start_state(cache, &start::Config::new().anchored(Anchored::Yes)).ok()?;
        for (i, piece) in pieces.iter().enumerate().skip(start) {
            if piece.broken && i > start {
                break;
            }
            state = dfa.next_state(cache, state, piece.kind).ok()?;
            if state.is_tagged() {
                if state.is_dead() {
                    return Some(());
                }
                // A match shows one step late.
                if state.is_match() {
                    self.found.extend((0..dfa.match_len(cache, state)).map(|m| dfa.match_pattern(cache, state, m).as_usize()));
                }
            }
        }
        state = dfa.next_eoi_state(cache, state).ok()?;
        if state.is_match() {
            self.found.extend((0..dfa.match_len(cache, state)).map(|m| dfa.match_pattern(cache, state, m).as_usize()));
        }
        Some(())
    }
}
