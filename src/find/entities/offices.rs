//! Offices that stand for whoever holds them: "the Kazakh president", "el presidente de Kazajistán". Who that is depends on the
//! day, so here only the office and whose it is are found; [`crate::join::entities`] looks up the holder.

use std::sync::Arc;

use foldhash::HashMap;

use super::gazetteer::{Gazetteer, fold};
use super::words::{Lists, Shape, Word};
use crate::pack::RuleId;
use crate::span::Span;

/// An office named without its holder.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// The words, without article.
    pub span: Span,
    /// Which office, as `offices.csv` names it.
    pub office: Arc<str>,
    /// The gazetteer's key of the country or organisation.
    pub of: Arc<str>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// The word lists that finding offices needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    /// Words that say the office is not, or not now, held: "former".
    pub former: Lists,
    pub of: Lists,
    pub article: Lists,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    office: Arc<str>,
    rule: RuleId,
    /// Whose office it is by itself: the pope's.
    of: Option<Arc<str>>,
}

/// The names of offices, by their first word.
#[derive(Debug, Default)]
pub(super) struct Offices {
    phrases: HashMap<String, Vec<Phrase>>,
}

impl Offices {
    /// Adds the names of an office.
    pub fn add(&mut self, office: &str, of: Option<&str>, names: &[String], rule: &RuleId) {
        for name in names {
            let words: Vec<String> = name.split_whitespace().map(fold).collect();
            let Some(first) = words.first().cloned() else { continue };
            let phrase = Phrase { words, office: office.into(), rule: rule.clone(), of: of.map(Into::into) };
            let known = self.phrases.entry(first).or_default();
            known.push(phrase);
            // "secretary of state" before "secretary".
            known.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
    }

    /// The words that names of offices begin with.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }

    /// Every office of a text, in order.
    pub fn find(&self, words: &[Word<'_>], lists: Surroundings, gazetteer: &Gazetteer) -> Vec<Office> {
        let mut out = Vec::new();
        let mut from = 0;
        for at in 0..words.len() {
            if at < from || !words[at].opens_office || words[at].shape == Shape::Mark {
                continue;
            }
            let fits = |p: &&Phrase| words[at..].len() >= p.words.len() && p.words.iter().zip(&words[at..]).all(|(p, w)| *p == w.folded);
            let Some(phrase) = self.phrases.get(words[at].folded).and_then(|p| p.iter().find(fits)) else { continue };
            let end = at + phrase.words.len();
            let whose = Whose { words, lists, gazetteer };
            let found = match &phrase.of {
                Some(of) => Some((at, end, of.clone())),
                None => whose.before(at).map(|(start, of)| (start, end, of)).or_else(|| whose.behind(end).map(|(end, of)| (at, end, of))),
            };
            let Some((start, end, of)) = found else { continue };
            let has = |w: Option<&Word<'_>>| w.is_some_and(|w| w.has(lists.former));
            let is_former = has(at.checked_sub(1).and_then(|b| words.get(b))) || has(start.checked_sub(1).and_then(|b| words.get(b)));
            // With a name behind it is a title: "Kazakh President Tokayev".
            let is_title = words.get(end).is_some_and(|w| w.is_capital() && !w.initial && !w.is_demonym());
            if !is_former && !is_title && !has(words.get(end)) {
                let span = Span::new(words[start].span.start, words[end - 1].span.end);
                out.push(Office { span, office: phrase.office.clone(), of, rule: phrase.rule.clone() });
                from = end;
            }
        }
        out
    }
}

/// Says whose an office is.
struct Whose<'a> {
    words: &'a [Word<'a>],
    lists: Surroundings,
    gazetteer: &'a Gazetteer,
}

impl Whose<'_> {
    /// Of one or two words whether they say so: "Kazakh", "South African".
    fn nationality(&self, from: usize, to: usize) -> Option<Arc<str>> {
        let words = self.words.get(from..to)?;
        let name = words.iter().map(|w| w.folded).collect::<Vec<_>>().join(" ");
        self.gazetteer.country_of(&name).cloned()
    }

    /// A country or organisation that begins here, and where it ends.
    fn owner(&self, at: usize) -> Option<(usize, Arc<str>)> {
        let first = self.words.get(at).filter(|w| w.is_capital())?;
        let most = first.facts.longest();
        let mut name = String::new();
        let mut best = None;
        for (i, word) in self.words.iter().enumerate().skip(at).take(most) {
            if i > at {
                name.push(' ');
            }
            name.push_str(word.folded);
            let key = self.gazetteer.own(&name).map(|(e, _)| &e.key).filter(|k| k.starts_with("country/") || k.starts_with("org/"));
            best = key.map(|k| (i + 1, k.clone())).or(best);
        }
        best
    }

    /// "Kazakh", "Kazakhstan's" before the office: where that begins.
    fn before(&self, at: usize) -> Option<(usize, Arc<str>)> {
        for n in [2, 1] {
            let Some(from) = at.checked_sub(n) else { continue };
            if let Some(key) = self.nationality(from, at) {
                return Some((from, key));
            }
        }
        let last = self.words.get(at.checked_sub(1)?)?;
        let is_genitive = last.possessive || last.shape == Shape::Upper;
        (1..=4).filter_map(|n| at.checked_sub(n)).filter(|_| is_genitive).find_map(|from| {
            let (end, key) = self.owner(from)?;
            (end == at).then_some((from, key))
        })
    }

    /// "kazajo", "of Kazakhstan" behind the office: where that ends.
    fn behind(&self, at: usize) -> Option<(usize, Arc<str>)> {
        for n in [2, 1] {
            if let Some(key) = self.nationality(at, at + n) {
                return Some((at + n, key));
            }
        }
        self.words.get(at).filter(|w| w.shape == Shape::Lower && w.has(self.lists.of))?;
        let article = self.words.get(at + 1).is_some_and(|w| w.shape == Shape::Lower && w.has(self.lists.article));
        self.owner(at + 1 + usize::from(article))
    }
}
