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
    /// What may follow a kind that patterns begin with.
    second: Vec<Second>,
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
        let mut second = vec![Second::default(); 256];
        patterns.iter().for_each(|steps| Second::of(steps, &mut second));
        let make = dfa.clone();
        Ok(Self { dfa, second, caches: Pool::new(Box::new(move || make.create_cache())) })
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

/// What a pattern may need behind a first piece. Most words that a pattern can begin with are met without any pattern behind them,
/// and the automaton need not be asked.
#[derive(Clone, Copy, Debug, Default)]
struct Second {
    /// A pattern may end there.
    ends: bool,
    /// The kinds that may follow, a bit each.
    kinds: [u64; 4],
}

impl Second {
    /// Adds what follows each kind that a pattern begins with.
    fn of(steps: &[Letter], all: &mut [Self]) {
        let mut known: Vec<Option<Self>> = vec![None; steps.len() + 1];
        reach(steps, 0, |step| {
            let Letter::Take(kinds) = step.1 else { return };
            let next = *known[step.0 + 1].get_or_insert_with(|| {
                let mut next = Self::default();
                reach(steps, step.0 + 1, |(_, letter)| match letter {
                    Letter::Take(kinds) => kinds.iter().for_each(|kind| next.kinds[usize::from(kind >> 6)] |= 1 << (kind & 63)),
                    Letter::Match => next.ends = true,
                    Letter::Go(_) => {}
                });
                next
            });
            for &kind in kinds {
                let first = &mut all[usize::from(kind)];
                first.ends |= next.ends;
                first.kinds.iter_mut().zip(next.kinds).for_each(|(bits, more)| *bits |= more);
            }
        });
    }

    /// Whether a pattern may match that goes on with this piece, if any.
    fn allows(&self, next: Option<&Piece>) -> bool {
        self.ends || next.is_some_and(|p| !p.broken && self.kinds[usize::from(p.kind >> 6)] >> (p.kind & 63) & 1 == 1)
    }
}

/// Calls `each` with every step that is reached from one without taking a piece.
fn reach<'s>(steps: &'s [Letter], from: usize, mut each: impl FnMut((usize, &'s Letter))) {
    let (mut open, mut seen) = (vec![from], vec![false; steps.len()]);
    while let Some(at) = open.pop() {
        let Some(step) = steps.get(at).filter(|_| !std::mem::replace(&mut seen[at], true)) else { continue };
        if let Letter::Go(to) = step {
            open.extend(to);
        }
        each((at, step));
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
        let second = &self.automaton.second[usize::from(pieces[at].kind)];
        if second.allows(pieces.get(at + 1)) && self.walk(pieces, at).is_none() {
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
