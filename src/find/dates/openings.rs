//! Which patterns may match where: what each of them may take as its first pieces, by the kinds of those.
//!
//! What a pattern demands of a single piece is a set of kinds; capitals, white space and what must not follow are left to the pattern
//! itself, so that a pattern that matches is never left out and few are run in vain. For each kind there is the set of the patterns that
//! may take it first, that of those that may take it second, and third: what may match at a piece is what the sets of three pieces in a
//! row have in common, however many rules there are.

use std::collections::BTreeSet;
use std::ops::BitOr;
use std::rc::Rc;

use foldhash::HashMap;

use super::pieces::Piece;
use crate::find::set::RuleSet;

/// The kind of a word that no pattern knows.
pub(super) const UNKNOWN: u16 = 0;

/// Gives kinds to words: words that the same patterns take at the same places are of one kind.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    by_use: HashMap<Vec<usize>, u16>,
}

impl Kinds {
    /// The kind of pieces of a certain use.
    pub fn of(&mut self, used: Vec<usize>) -> u16 {
        // If there were more, some would share one, which costs needless tries and loses nothing.
        let next = u16::try_from(1 + self.by_use.len()).unwrap_or(u16::MAX);
        *self.by_use.entry(used).or_insert(next)
    }

    /// The first number that is no kind's.
    fn end(&self) -> usize {
        1 + self.by_use.len().min(u16::MAX.into())
    }
}

/// Some kinds, a bit each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct KindSet(Box<[u64]>);

impl KindSet {
    /// Of all that there are.
    pub fn all(kinds: &Kinds) -> Self {
        Self(vec![u64::MAX; kinds.end().div_ceil(64)].into())
    }

    /// Of those of them that are given.
    pub fn of(kinds: &Kinds, some: impl IntoIterator<Item = u16>) -> Self {
        let mut bits = vec![0; kinds.end().div_ceil(64)];
        some.into_iter().for_each(|kind| bits[usize::from(kind / 64)] |= 1 << (kind % 64));
        Self(bits.into())
    }

    #[inline]
    pub fn holds(&self, kind: u16) -> bool {
        self.0.get(usize::from(kind / 64)).is_some_and(|bits| bits >> (kind % 64) & 1 == 1)
    }
}

impl BitOr<&Self> for KindSet {
    type Output = Self;

    fn bitor(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
        self
    }
}

/// A step of a pattern in kinds.
#[derive(Clone, Debug)]
pub(super) enum Letter {
    /// Takes a piece of one of these kinds.
    Take(Vec<u16>),
    /// Takes any piece.
    Any,
    /// Takes nothing, and goes on at one of these steps.
    Go(Vec<usize>),
    /// The pattern has matched.
    Match,
}

/// The patterns that may take pieces of a kind, by how many pieces they take at least from there on: one that may be over after a single
/// piece says nothing of the next one.
#[derive(Clone, Debug, Default)]
struct Takers {
    /// Whether any takes it first.
    opens: bool,
    alone: RuleSet,
    /// As the first and as the second of two.
    of_two: [RuleSet; 2],
    /// As the first, second and third of three and more.
    of_three: [RuleSet; 3],
}

/// What the first pieces of a match of each pattern may be.
#[derive(Debug, Default)]
pub(super) struct Openings {
    by_kind: Vec<Takers>,
}

impl Openings {
    /// Of these patterns, each given as its steps, the first of which it begins with; there may be [`RuleSet::MOST`] of them.
    pub fn new(patterns: &[Vec<Letter>], kinds: &Kinds) -> Self {
        let mut new = Self { by_kind: vec![Takers::default(); kinds.end()] };
        patterns.iter().enumerate().for_each(|(pattern, steps)| new.add(pattern, steps));
        for takers in &mut new.by_kind {
            takers.opens = [takers.alone, takers.of_two[0], takers.of_three[0]].into_iter().any(|first| first.iter().next().is_some());
        }
        new
    }

    fn add(&mut self, pattern: usize, steps: &[Letter]) {
        let mut takes = |step: usize, set: fn(&mut Takers) -> &mut RuleSet| match &steps[step] {
            Letter::Take(kinds) => kinds.iter().for_each(|&kind| set(&mut self.by_kind[usize::from(kind)]).insert(pattern)),
            _ => self.by_kind.iter_mut().for_each(|takers| set(takers).insert(pattern)),
        };
        let mut known: Vec<Option<Rc<Next>>> = vec![None; steps.len() + 1];
        let mut next = |step: usize| known[step].get_or_insert_with(|| Rc::new(Next::of(steps, step))).clone();
        let (mut seconds, mut thirds) = (BTreeSet::new(), BTreeSet::new());
        for &first in &next(0).takes {
            let behind = next(first + 1);
            if behind.over {
                takes(first, |t| &mut t.alone);
            }
            if behind.takes.iter().any(|second| next(second + 1).over) {
                takes(first, |t| &mut t.of_two[0]);
            }
            if behind.takes.iter().any(|second| !next(second + 1).takes.is_empty()) {
                takes(first, |t| &mut t.of_three[0]);
            }
            seconds.extend(behind.takes.iter().copied());
        }
        for second in seconds {
            let behind = next(second + 1);
            if behind.over {
                takes(second, |t| &mut t.of_two[1]);
            }
            if !behind.takes.is_empty() {
                takes(second, |t| &mut t.of_three[1]);
            }
            thirds.extend(behind.takes.iter().copied());
        }
        thirds.into_iter().for_each(|third| takes(third, |t| &mut t.of_three[2]));
    }

    /// The patterns that may match from a piece on.
    #[inline]
    pub fn patterns(&self, pieces: &[Piece], at: usize) -> RuleSet {
        let takers = |p: &Piece| &self.by_kind[usize::from(p.kind)];
        let behind = |n: usize| pieces.get(at + n).filter(|p| !p.broken).map(takers);
        let Some(first) = pieces.get(at).map(takers).filter(|first| first.opens) else { return RuleSet::default() };
        let mut open = first.alone;
        if let Some(second) = behind(1) {
            open |= first.of_two[0] & second.of_two[1];
            if let Some(third) = behind(2) {
                open |= first.of_three[0] & second.of_three[1] & third.of_three[2];
            }
        }
        open
    }
}

/// How a pattern goes on.
#[derive(Debug, Default)]
struct Next {
    /// The steps that may take the next piece.
    takes: Vec<usize>,
    /// Whether it may be over.
    over: bool,
}

impl Next {
    /// From a step on, without taking a piece.
    fn of(steps: &[Letter], from: usize) -> Self {
        let mut next = Self::default();
        let (mut open, mut seen) = (vec![from], vec![false; steps.len()]);
        while let Some(at) = open.pop() {
            match steps.get(at).filter(|_| !std::mem::replace(&mut seen[at], true)) {
                Some(Letter::Go(to)) => open.extend(to),
                Some(Letter::Take(_) | Letter::Any) => next.takes.push(at),
                Some(Letter::Match) => next.over = true,
                None => {}
            }
        }
        next
    }
}
