//! Who says what, a sentence at a time.
//!
//! In each sentence, first the words in marks whose speaker stands beside them ([`marked`]), then the clauses that verbs, prepositions and
//! adverbs attribute ([`reported`]) and the infinitives under verbs of wanting ([`meant`]), then the words in marks that are left: inside such a clause, going on from a speaker before, or set
//! apart by the writer. What is known of the last speaker goes from sentence to sentence ([`who`]).

mod marked;
mod meant;
mod reported;
mod who;

use std::ops::Range;

use super::marks::Marked;
use super::reading::{Reading, Who};
use super::words::{Frame, Spec, class::*};
use crate::pack::Rule;
use crate::vocabulary::QuoteKind;

/// The most words in marks that can be set apart as a manner of speaking.
const FEW: usize = 4;

/// How far a clause reaches from its cue, in tokens: keeps the work linear in texts without stops.
const LONGEST: usize = 300;

/// One attribution, in tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub content: Range<usize>,
    pub kind: QuoteKind,
    pub speaker: Option<Range<usize>>,
    pub cue: Option<Range<usize>>,
    pub rule: usize,
}

/// Who and by what word.
struct Attribution {
    who: Who,
    cue: Option<usize>,
    rule: usize,
}

/// Where what stands behind words in marks may attribute them.
#[derive(Clone, Copy)]
struct Behind {
    from: usize,
    end: usize,
    /// A comma or the like stands between.
    set_off: bool,
    /// "…", as X said
    compared: bool,
    /// The last token in the marks.
    last: usize,
}

pub(super) struct Finder<'r, 'a> {
    r: &'r Reading<'a>,
    rules: &'r [Rule<Spec>],
    marked: &'r [Marked],
    /// Tokens inside marks that hold more than a few words.
    inside: Vec<bool>,
    /// Cues that attribute words in marks.
    used: Vec<bool>,
    last: Last,
    /// The same when the sentence began: words in marks are read before the clauses that may stand before them.
    before: Last,
    pub(super) found: Vec<Found>,
    /// Infinitives under verbs of wanting.
    pub(super) meant: Vec<Found>,
}

/// Who spoke last, for the pronouns and verbs that come.
#[derive(Clone, Default)]
struct Last {
    speaker: Option<Range<usize>>,
    /// The last speaker that is one person.
    person: Option<Range<usize>>,
    /// The last one who may be a man, and who may be a woman.
    man: Option<Range<usize>>,
    woman: Option<Range<usize>>,
    /// The last speakers that are more than one.
    several: Option<Range<usize>>,
}

impl<'r, 'a> Finder<'r, 'a> {
    pub(super) fn new(r: &'r Reading<'a>, rules: &'r [Rule<Spec>], marked: &'r [Marked]) -> Self {
        let mut inside = vec![false; r.tokens.len()];
        for m in marked {
            if let Some(tokens) = inside.get_mut(m.content.clone()) {
                tokens.fill(true);
            }
        }
        Self {
            r,
            rules,
            marked,
            inside,
            used: vec![false; r.tokens.len()],
            last: Last::default(),
            before: Last::default(),
            found: Vec::new(),
            meant: Vec::new(),
        }
    }

    /// Every attribution of the text.
    pub(super) fn run(&mut self) {
        let mut next = 0;
        for s in 0..self.r.sentences.len() {
            let tokens = self.r.sentences[s].tokens.clone();
            let from = next;
            while self.marked.get(next).is_some_and(|m| m.open < tokens.end) {
                next += 1;
            }
            let here = &self.marked[from..next];
            if !here.is_empty() {
                self.before.clone_from(&self.last);
            }
            let mut left = Vec::new();
            for m in here.iter().filter(|m| !m.nested) {
                let named = !self.is_speech(m) && self.is_title(m);
                let title = named && !self.r.is(m.content.end - 1, STOP);
                let show = named && self.r.words(m.content.clone()) > 1 && m.open.checked_sub(1).is_some_and(|p| self.r.possessive(p));
                match self.beside(m) {
                    // What stands before the marks may report them first.
                    Some(a) if self.is_part(m) && a.cue.is_some_and(|c| c >= m.after) => left.push((m, Some(a))),
                    // "said on “Face the Nation” that", "on ABC's “This Week.”": where it was said.
                    Some(a) if title && a.cue.is_some() && self.r.is(m.after, COMPLEMENTIZER) || show => left.push((m, None)),
                    Some(a) if !(title && self.rules.get(a.rule).is_some_and(|rule| rule.spec.frame == Frame::Stance)) => {
                        self.push_marked(m, a);
                    }
                    _ => left.push((m, None)),
                }
            }
            let before = self.found.len();
            for i in tokens.clone() {
                if self.inside[i] {
                    continue;
                }
                // A sentence without end is read only so far around a cue.
                let near = || tokens.start.max(i.saturating_sub(LONGEST))..tokens.end.min(i + LONGEST);
                if let Some(cue) = self.r.cues[i] {
                    self.reported(i, cue, &near());
                }
                if self.r.is(i, MEANS) || self.done(i).is_some() {
                    self.intended(i, &near());
                }
                if self.r.is(i, WISH) {
                    self.wished(i, &near());
                }
            }
            for (m, after) in left {
                self.left_over(m, after, before, &tokens);
            }
            for m in here.iter().filter(|m| m.nested) {
                self.scare(m, None);
            }
            if self.found.len() == before && here.is_empty() {
                self.headline(s);
            }
        }
        self.told_after();
        self.crossheads();
    }

    /// A quotation set over a text or a part of it as its heading: who says it again below, or says what comes first below it.
    fn crossheads(&mut self) {
        const AHEAD: usize = 8;
        const NEXT: u32 = 2;
        let r = self.r;
        let said = |f: &Found| r.span(&f.content).map_or("", |s| s.of(r.text)).trim_end_matches(['.', ',']);
        for i in 0..self.found.len() {
            let head = &self.found[i];
            let (Some(&s), Some(here)) = (r.sentence.get(head.content.start), self.paragraph(head.content.start)) else { continue };
            let goes_on = self.rules.get(head.rule).is_some_and(|rule| rule.spec.frame == Frame::Continued);
            let free = head.kind == QuoteKind::Direct && (head.speaker.is_none() || goes_on);
            let Some(stretch) = r.sentences.get(s).filter(|_| free && head.cue.is_none()) else { continue };
            let alone = |s: Option<usize>| s.and_then(|s| r.sentences.get(s)).is_none_or(|x| x.paragraph != here);
            let line =
                alone(s.checked_sub(1)) && alone(Some(s + 1)) && r.words(stretch.tokens.clone()) <= r.words(head.content.clone()) + 2;
            if !line || r.written(head.content.end - 1) == "." || r.is(stretch.tokens.end - 1, STOP) {
                continue;
            }
            let below = self.found[i + 1..].iter().take(AHEAD).filter(|f| f.kind == QuoteKind::Direct && f.speaker.is_some());
            let again = below.clone().find(|f| said(f).contains(said(head)));
            let next = below.clone().next().filter(|f| here > 0 && self.paragraph(f.content.start).is_some_and(|p| p <= here + NEXT));
            if let Some(speaker) = again.or(next).and_then(|f| f.speaker.clone()) {
                self.found[i].speaker = Some(speaker);
            }
        }
    }

    /// "“They gave me a day to leave,” she recalls. The one who speaks is Jani Silva": the text begins with words whose
    /// speaker it names in the next sentences.
    fn told_after(&mut self) {
        const SENTENCES: usize = 2;
        let r = self.r;
        let named =
            self.found.iter().position(|f| f.kind != QuoteKind::Scare && f.speaker.as_ref().is_some_and(|s| !r.is(s.start, PRONOUN)));
        let first = &self.found[..named.unwrap_or(self.found.len())];
        let Some(last) = first.iter().rev().find(|f| f.kind == QuoteKind::Direct && f.cue.is_some()) else { return };
        let Some(&s) = r.sentence.get(last.content.end) else { return };
        let ahead = (s + 1..=s + SENTENCES).filter_map(|s| r.sentences.get(s));
        let Some(person) = ahead.into_iter().find_map(|s| self.introduces(s.tokens.clone())) else { return };
        let upto = first.len();
        for f in self.found[..upto].iter_mut().filter(|f| f.kind == QuoteKind::Direct && f.cue.is_some()) {
            if f.speaker.as_ref().is_none_or(|p| r.is(p.start, PERSONAL) && r.agrees(&person, r.gender(p))) {
                f.speaker = Some(person.clone());
            }
        }
    }

    /// The one person whom a sentence without a quotation names first.
    fn introduces(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let r = self.r;
        if tokens.clone().any(|i| self.inside[i]) {
            return None;
        }
        let verb =
            r.is(tokens.start, PRONOUN).then(|| (tokens.start..tokens.end).find(|&i| r.is(i, CAPITAL) && i > tokens.start)).flatten();
        verb.and_then(|i| r.phrase_from(i, tokens.end)).filter(|p| r.is_name(p)).or_else(|| r.person_in(tokens))
    }

    fn rule_of(&self, frame: Frame) -> Option<usize> {
        self.rules.iter().position(|r| r.spec.frame == frame)
    }
}
