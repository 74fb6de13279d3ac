//! Temporal expressions, resolved to TIMEX3 values.
//!
//! 1. [`pieces`] cuts the text into words, numbers and marks.
//! 2. [`pattern`] finds every match of every rule of the pack's `dates.toml`; [`openings`] says which rules are worth a try.
//! 3. [`Dates::longest`] keeps the longest of those that overlap. Rules of kind `NONE` take part: they say what is no date.
//! 4. [`Dates::outlook`] reads from the words around whether an expression looks back or ahead.
//! 5. [`resolve`] works the value out against the publication date or the last date named; [`calendar`] knows which days
//!    a value covers.
//!
//! Extents and values follow the TimeML annotation guidelines (Saurí et al. 2006, and Saurí, Saquete and Pustejovsky 2010
//! for Spanish). What a slot named `mod` took becomes the modifier (START, APPROX, …), which is no part of the value.

mod calendar;
mod openings;
mod pattern;
mod pieces;
mod resolve;

use std::cell::LazyCell;
use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use super::numbers::Numbers;
use crate::corpus::PublishedDate;
use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, Rule, RuleId, Rules};
use crate::span::Span;
use crate::text::{Text, Token, tokens};
use crate::vocabulary::{Anchor, Basis, DateKind, Modifier, Precision};
use pattern::{Bound, Grammar, Hit, Pieces};
use pieces::Shape;
use resolve::{Known, Outlook, Setting};

/// A temporal expression and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The expression, by the TimeML guidelines for extents.
    pub span: Span,
    /// DATE, TIME, DURATION or SET.
    pub kind: DateKind,
    /// The TIMEX3 value; `None` if it can't be resolved without inventing (no date of publication).
    pub value: Option<String>,
    /// How the expression stands to the value: its start, more than it, about it.
    pub modifier: Option<Modifier>,
    /// First and last day that the expression covers, where it is a stretch of the calendar.
    pub interval: Option<(NaiveDate, NaiveDate)>,
    /// How finely it is known.
    pub precision: Option<Precision>,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// The rule that found it.
    pub rule: RuleId,
}

/// What a rule of `dates.toml` has besides pattern and examples.
#[derive(Clone, Debug, Deserialize)]
struct Spec {
    /// The pattern; see [`pattern`].
    r#match: String,
    kind: Kind,
    /// The value; see [`resolve`].
    #[serde(default)]
    value: String,
    #[serde(default)]
    anchor: Base,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Kind {
    #[serde(rename = "DATE")]
    Date,
    #[serde(rename = "TIME")]
    Time,
    #[serde(rename = "DURATION")]
    Duration,
    #[serde(rename = "SET")]
    Set,
    /// No temporal expression, though another rule would find one.
    #[serde(rename = "NONE")]
    None,
}

/// What an expression is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Base {
    /// The date of publication.
    #[default]
    Published,
    /// The last date that the text names.
    Previous,
    /// The last date named in the same paragraph, or else the date of publication.
    Near,
}

/// The word lists that say where a sentence looks, as the grammar numbers them.
#[derive(Debug)]
struct Verbs {
    /// What looks ahead at once before an expression: until, by.
    forward: Option<u16>,
    /// Those of them by which something may have been so already: by.
    by: Option<u16>,
    /// What leads to what is yet to be done: to.
    to: Option<u16>,
    /// What says that all was over by then: had.
    completed: Option<u16>,
    /// What looks back at once before an expression: since.
    backward: Option<u16>,
    /// What looks back where no verb says otherwise: desde.
    since: Option<u16>,
    /// Marks that part a clause from the next.
    pause: Option<u16>,
    future: Option<u16>,
    past: Option<u16>,
    /// What one does about what is yet to be done: asked to.
    asks: Option<u16>,
    /// What ends as verbs of the past do and is none: indeed.
    neutral: Option<u16>,
    auxiliary: Option<u16>,
    /// What looks ahead behind an auxiliary: has been scheduled.
    planned: Option<u16>,
    /// What sets no sentence in the year behind it: since, than.
    comparing: Option<u16>,
    /// What leads to a clause about what was just told: where, when.
    telling: Option<u16>,
    /// What leads to a clause of its own: that.
    clause: Option<u16>,
    /// Nouns for what somebody said, whose clause has a tense of its own: the announcement.
    said: Option<u16>,
    /// What leads to the end of a stretch of time: until.
    reaching: Option<u16>,
    /// What an expression that begins with it describes the noun before it by: the votes "del domingo".
    of: Option<u16>,
}

/// What the value of a rule asks for.
#[derive(Clone, Copy, Debug)]
struct Asks {
    /// What it is counted from.
    anchor: bool,
    /// Where the words around it look.
    outlook: bool,
}

/// The date rules of one language.
#[derive(Debug)]
pub struct Dates {
    rules: Vec<Rule<Spec>>,
    /// What the value of each rule asks for.
    asks: Vec<Asks>,
    grammar: Grammar,
    verbs: Verbs,
    now: Option<PublishedDate>,
}

impl Dates {
    /// Compiles a pack's `dates.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        let Rules { rules, words, now } = Rules::<Spec>::load(pack, "dates")?;
        let wrong = |rule: &Rule<Spec>, message: String| {
            let message = format!("rule {}: {message}", rule.id);
            Error::Pack { file: rule.file.to_string(), line: rule.line, message }
        };
        for rule in &rules {
            let operations = rule.spec.value.split('(').skip(1).filter_map(|op| op.split([' ', ')']).next());
            if let Some(unknown) = operations.into_iter().find(|op| !resolve::OPERATIONS.contains(op)) {
                let known = resolve::OPERATIONS.join(", ");
                return Err(wrong(rule, format!("({unknown} …) is none of the operations {known}")));
            }
            if (rule.spec.kind == Kind::None) != rule.spec.value.is_empty() {
                return Err(wrong(rule, "every kind but NONE has a `value`".into()));
            }
        }
        let patterns = rules.iter().map(|r| r.spec.r#match.as_str());
        let grammar = Grammar::new(words.iter(), patterns, Numbers::load(pack)?).map_err(|(index, message)| match rules.get(index) {
            Some(rule) => wrong(rule, message),
            None => Error::Pack { file: "dates.toml".into(), line: 1, message },
        })?;
        let list = |name| grammar.list(name);
        let verbs = Verbs {
            forward: list("forward"),
            by: list("by"),
            to: list("to"),
            completed: list("completed"),
            backward: list("backward"),
            since: list("since"),
            pause: list("pause"),
            future: list("future"),
            past: list("past"),
            neutral: list("neutral"),
            asks: list("asks"),
            auxiliary: list("auxiliary"),
            planned: list("planned"),
            comparing: list("comparing"),
            telling: list("telling"),
            clause: list("clause"),
            said: list("said"),
            reaching: list("reaching"),
            of: list("of"),
        };
        let now = now.and_then(|d| PublishedDate::parse(&d.to_string(), Basis::Index));
        let asks = |r: &Rule<Spec>| Asks { anchor: resolve::is_relative(&r.spec.value), outlook: resolve::looks_around(&r.spec.value) };
        let asks = rules.iter().map(asks).collect();
        Ok(Self { rules, asks, grammar, verbs, now })
    }

    /// Every temporal expression of a text, in order.
    #[must_use]
    pub fn find(&self, text: &Text<'_>) -> Vec<Timex> {
        let whole = text.as_str();
        let breaks = |from: usize, to: usize| {
            let newline = whole.get(from..to).is_some_and(|gap| gap.contains('\n'));
            newline && from.checked_sub(1).and_then(|at| text.sentence_at(at)).is_none_or(|s| text.sentence_at(to) != Some(s))
        };
        self.run(whole, &text.tokens, text.document.published, breaks).into_iter().filter_map(Found::timex).collect()
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        crate::pack::check(&self.rules, |text| {
            let found = self.run(text, &tokens(text, 0), self.now, |from, to| text.get(from..to).is_some_and(|gap| gap.contains('\n')));
            let made = |f: &Found| {
                let value = f.value.as_deref().unwrap_or("?");
                f.modifier.map_or_else(|| value.to_owned(), |m| format!("{value} {m}"))
            };
            found.iter().map(|f| (f.rule.clone(), f.span, made(f))).collect()
        })
    }

    fn run(&self, text: &str, tokens: &[Token], published: Option<PublishedDate>, breaks: impl Fn(usize, usize) -> bool) -> Vec<Found> {
        let pieces = self.grammar.pieces(text, tokens, breaks);
        let day = published.filter(|p| p.precision == Precision::Day).map(|p| p.first);
        let mut published = Known::published(published);
        let mut headed = false;
        // `near` is of one line, `told` of the line before it; up to where lines were looked for.
        let (mut previous, mut near, mut told, mut seen) = (published, published, published, 0);
        let mut frame: Option<Frame> = None;
        let mut out = Vec::new();
        let mut hits = self.grammar.hits(&pieces);
        for hit in self.longest(&mut hits.list) {
            let (rule, asks) = (&self.rules[hit.rule], self.asks[hit.rule]);
            let (Some(first), Some(last)) = (pieces.list.get(hit.from), pieces.list.get(hit.to - 1)) else { continue };
            let span = Span::new(first.span.start, last.span.end);
            let gap = text.get(seen..span.start).unwrap_or_default();
            let outlook = LazyCell::new(|| self.outlook(&pieces, &hit));
            // "The vote is on Dec. 5. In the early afternoon a bomb went off": a new sentence is back at once, unless its verb looks as far.
            let turned = || match near.against(&published) {
                Some(Ordering::Greater) => gap.contains(". ") && *outlook != Outlook::Ahead,
                Some(Ordering::Less) => gap.contains(". ") && *outlook == Outlook::Ahead && !self.leads(&pieces, &hit),
                _ => false,
            };
            if let Some(line) = gap.find('\n') {
                told = if gap[line..].trim_start_matches('\n').contains('\n') { published } else { near };
                near = published;
            } else if turned() {
                near = published;
            }
            seen = span.start;
            let anchor = match rule.spec.base() {
                Base::Published => published,
                Base::Previous => previous,
                // "A bomb went off on Saturday.\nIt was set for 7 a.m.": the clock is of the day that the line before told of.
                // A time that its line begins with is an entry of a log.
                Base::Near
                    if rule.spec.kind == Kind::Time
                        && !near.is_named()
                        && told.is_named()
                        && !(first.broken && first.shape == Shape::Number)
                        && *outlook == Outlook::Back =>
                {
                    told
                }
                Base::Near => near,
            };
            let outlook = if asks.outlook { *outlook } else { Outlook::Unsaid };
            // "where a fire raged from October 8 until October 12": the second is of the first one's year, though "until" looks ahead.
            let set = frame.as_mut().filter(|f| asks.outlook && (f.used || outlook != Outlook::Ahead));
            let year = set.filter(|f| self.holds_for(f, &pieces, &hit)).map(|f| {
                f.used = true;
                f.year
            });
            let setting = Setting { anchor, outlook, frame: year };
            let bound = self.grammar.bound(&hits, &hit, text);
            let mut value = resolve::value(&rule.spec.value, &bound, &setting);
            // "from the afternoon until 3 a.m.": of the next day.
            if rule.spec.kind == Kind::Time
                && rule.spec.base() == Base::Near
                && hit.from.checked_sub(1).is_some_and(|at| self.grammar.holds(self.verbs.reaching, &pieces, at))
            {
                value = value.map(|v| anchor.not_before(&v).unwrap_or(v));
            }
            let covered = value.as_deref().and_then(calendar::covers);
            let modifier = modifier(rule, &bound);
            if rule.spec.kind != Kind::None && covered.is_none() && value.as_deref().is_some_and(is_impossible) {
                continue;
            }
            // "COLOMBO, June 3 - … this morning", in the paper of the fourth: what follows is told on that day.
            if let (false, Some((told, last, Precision::Day)), Some(day)) = (headed, covered, day)
                && told == last
                && written_on(text, span, told, day)
            {
                let written = PublishedDate { first: told, precision: Precision::Day, basis: Basis::Text };
                (published, headed) = (Known::published(Some(written)), true);
                (previous, near) = (published, published);
            }
            if let (Some((day, _, precision)), Kind::Date | Kind::Time, Some(value)) = (covered, rule.spec.kind, value.as_deref()) {
                previous.hear(day, precision, value);
                // "began today to count the votes of Sunday": what only describes a thing is not when it is told of.
                if !near.is_named() || precision != Precision::Day || !self.describes(&pieces, &hit) {
                    near.hear(day, precision, value);
                }
                if precision == Precision::Year {
                    frame = self.frame(&pieces, &hit, day.year());
                }
            }
            // An hour after a time of day is one too.
            let timed = rule.spec.kind == Kind::Date && covered.is_some_and(|(.., p)| p == Precision::Minute);
            let kind = if timed { Kind::Time } else { rule.spec.kind };
            let anchor = match (asks.anchor, rule.spec.base()) {
                (false, _) => Anchor::Explicit,
                (true, Base::Published) => Anchor::Published,
                (true, _) => Anchor::Previous,
            };
            out.push(Found { rule: rule.id.clone(), span, kind, value, modifier, covered, anchor });
        }
        out
    }

    /// The longest of overlapping matches, in order of the text. Of equals the one that says that there is no date, then the
    /// one that read more context, then the one whose rule stands first.
    fn longest(&self, hits: &mut [Hit]) -> Vec<Hit> {
        hits.sort_by_key(|h| (h.from, h.to));
        let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
        let mut rest = hits;
        // Which pieces of a cluster are taken: one may be as long as the text ("5 January 5 January 5").
        let mut taken = Vec::new();
        while let Some(first) = rest.first() {
            // A cluster of matches that hang together by overlaps.
            let (start, mut end, mut length) = (first.from, first.to, 1);
            while let Some(next) = rest.get(length).filter(|h| h.from < end) {
                end = end.max(next.to);
                length += 1;
            }
            let (cluster, behind) = std::mem::take(&mut rest).split_at_mut(length);
            rest = behind;
            cluster.sort_by_key(|h| {
                let positive = self.rules[h.rule].spec.kind != Kind::None;
                (Reverse(h.to - h.from), positive, Reverse(h.read), h.rule, h.from)
            });
            let kept = out.len();
            taken.clear();
            taken.resize(end - start, false);
            for hit in cluster {
                let pieces = &mut taken[hit.from - start..hit.to - start];
                if !pieces.contains(&true) {
                    pieces.fill(true);
                    out.push(hit.clone());
                }
            }
            out[kept..].sort_by_key(|h| h.from);
        }
        out
    }

    /// Whether a word at once before an expression looks ahead: until, by.
    fn leads(&self, pieces: &Pieces<'_>, hit: &Hit) -> bool {
        (hit.from.saturating_sub(2)..hit.from).any(|at| self.grammar.holds(self.verbs.forward, pieces, at))
    }

    /// The year that the sentence of an expression is set in, if that is a year that nothing is compared with.
    fn frame(&self, pieces: &Pieces<'_>, hit: &Hit, year: i32) -> Option<Frame> {
        /// How many words may stand before a year that opens its sentence: "In early", "A finales de".
        const OPENING: usize = 3;
        let before = hit.from.checked_sub(1);
        let compared = |at: usize| self.grammar.holds(self.verbs.comparing, pieces, at);
        // "in the same period of 2020": a year that another is compared with.
        let period = |at: usize| self.grammar.holds(self.verbs.of, pieces, at) && at.checked_sub(1).is_some_and(compared);
        if before.is_some_and(|at| compared(at) || period(at)) {
            return None;
        }
        let opens = (0..=OPENING).any(|n| match hit.from.checked_sub(n + 1) {
            Some(at) => pieces.ends(at) || pieces.list[at + 1].broken,
            None => true,
        });
        Some(Frame { year, from: hit.to, opens, used: false })
    }

    /// Whether a month is of the year that its sentence is set in: the year opens the sentence ("In 2012 jobs were lost; the plant closed in
    /// December"), no verb parts them ("two coups last year, one in May"), or the month is in a clause about what was told ("where").
    fn holds_for(&self, frame: &Frame, pieces: &Pieces<'_>, hit: &Hit) -> bool {
        /// No farther than a sentence.
        const REACH: usize = 40;
        let between = frame.from..hit.from;
        let is = |words, at| self.grammar.holds(words, pieces, at);
        let same = hit.from >= frame.from
            && between.len() <= REACH
            && !pieces.list.get(hit.from).is_some_and(|p| p.broken)
            && !between.clone().any(|at| pieces.list[at].broken || pieces.ends(at) && pieces.list[at].span.of(pieces.text) != ";");
        let parts = |at| is(self.verbs.past, at) || is(self.verbs.future, at) || is(self.verbs.clause, at);
        same && (frame.opens || between.clone().any(|at| is(self.verbs.telling, at)) || !between.clone().any(parts))
    }

    /// Whether an expression only describes the noun beside it: "Sunday's vote", "los votos del domingo".
    fn describes(&self, pieces: &Pieces<'_>, hit: &Hit) -> bool {
        let owns = hit.to.checked_sub(1).and_then(|last| pieces.list.get(last)).is_some_and(|p| owns(&pieces.text[p.span.end..]));
        owns || self.grammar.holds(self.verbs.of, pieces, hit.from)
    }

    /// Whether something stood so "by" then: a verb in the past right before, and nothing that was yet to be done.
    fn stood(&self, pieces: &Pieces<'_>, by: usize) -> bool {
        const REACH: usize = 7;
        let verbs = &self.verbs;
        let is = |words, at| self.grammar.holds(words, pieces, at);
        let words = || (by.saturating_sub(REACH)..by).rev().take_while(|&at| !pieces.ends(at) && !pieces.list[at].broken);
        let yet = |at: usize| is(verbs.to, at) && pieces.list.get(at + 1).is_some_and(|p| p.shape == Shape::Word) || is(verbs.future, at);
        is(verbs.by, by) && words().any(|at| is(verbs.past, at)) && !words().any(yet)
    }

    /// Where the words around an expression look: at once before it (until, by), or at the nearest verb of its sentence.
    fn outlook(&self, pieces: &Pieces<'_>, hit: &Hit) -> Outlook {
        /// How many pieces before and after an expression are looked at.
        const REACH: (usize, usize) = (24, 14);
        /// How many on both sides where it stands behind "by".
        const NEAR: usize = 9;
        let (list, text, verbs) = (&pieces.list, pieces.text, &self.verbs);
        // "May 13" and "15 May" are no "may".
        let month = |at: usize| {
            let number = |at: usize| list.get(at).is_some_and(|p| p.shape == Shape::Number);
            list[at].span.of(text).starts_with(char::is_uppercase) && (number(at + 1) || at > 0 && number(at - 1))
        };
        let not = |words, at| words == verbs.future && month(at) || words == verbs.past && self.grammar.holds(verbs.neutral, pieces, at);
        let is = |words, at| self.grammar.holds(words, pieces, at) && !not(words, at);
        let ends = |at: usize| pieces.ends(at);
        let before = hit.from.saturating_sub(REACH.0)..hit.from;
        // "by Sunday", but not "killed by Sunday's blaze"
        let owns = hit.to.checked_sub(1).and_then(|last| list.get(last)).is_some_and(|p| owns(&text[p.span.end..]));
        // "By Sunday, 28 people had died"
        let near = before.clone().rev().take(NEAR).take_while(|&at| !ends(at));
        let mut near = near.chain((hit.to..list.len()).take(NEAR).take_while(|&at| !ends(at)));
        let until =
            before.clone().rev().take(2).find(|&at| is(verbs.forward, at)).filter(|_| !owns && !near.any(|at| is(verbs.completed, at)));
        // "Until September, sales grew": what opens a sentence looks where its verb looks.
        let opens = until.is_some_and(|at| list[at].broken || at.checked_sub(1).is_none_or(ends));
        if until.is_some() && !opens && !until.is_some_and(|at| self.stood(pieces, at)) {
            return Outlook::Ahead;
        }
        if hit.from.checked_sub(1).is_some_and(|at| is(verbs.backward, at)) {
            return Outlook::Back;
        }
        // "his announcement on Thursday that the government would not seek talks", "el anuncio del jueves de que no habría": it was made.
        let opens_clause = (hit.to..(hit.to + 2).min(list.len())).any(|at| is(verbs.clause, at));
        if opens_clause && before.clone().rev().take(2).any(|at| is(verbs.said, at)) {
            return Outlook::Back;
        }
        let (mut back, mut has) = (None, false);
        for (distance, at) in before.rev().enumerate() {
            if list[at].shape == Shape::Mark && ends(at) {
                break;
            }
            if is(verbs.future, at) {
                back = Some((distance, Outlook::Ahead));
                break;
            }
            if is(verbs.past, at) {
                // "will be held": the verb that carries the tense stands a little before.
                let governs = (at.saturating_sub(3)..at).rev().take_while(|&a| list[a].shape == Shape::Word);
                // "asked its members to clean the streets on Saturday"
                let infinitive = |a: usize| is(verbs.to, a) && list.get(a + 1).is_some_and(|p| p.shape == Shape::Word);
                let asked = is(verbs.asks, at) && (at + 1..hit.from).any(infinitive);
                let ahead = asked || governs.into_iter().any(|a| is(verbs.future, a));
                // "has a June 1 deadline" is no "had".
                has = is(verbs.auxiliary, at);
                back = Some((distance, if ahead { Outlook::Ahead } else { Outlook::Back }));
                break;
            }
            if list[at].broken {
                break;
            }
        }
        let (mut forth, mut paused) = (None, false);
        // "On 19 November, in the hills above the old town, a district of the city, another 12 were killed": what opens a sentence has its verb
        // farther away.
        let first = |at: usize| list[at].broken || at.checked_sub(1).is_none_or(ends);
        let leads = hit.from < list.len() && (first(hit.from) || hit.from.checked_sub(1).is_some_and(first));
        let reach = if leads { REACH.0 } else { REACH.1 };
        for (distance, at) in (hit.to..(hit.to + reach).min(list.len())).enumerate() {
            if list[at].broken || list[at].shape == Shape::Mark && ends(at) {
                break;
            }
            paused |= is(verbs.pause, at);
            let outlook = if is(verbs.future, at) {
                Outlook::Ahead
            } else if is(verbs.past, at) {
                // "has been scheduled": the participle after an auxiliary may look ahead.
                let ahead = is(verbs.auxiliary, at) && (at + 1..at + 3).any(|a| is(verbs.planned, a));
                if ahead { Outlook::Ahead } else { Outlook::Back }
            } else {
                continue;
            };
            forth = Some((distance, outlook));
            break;
        }
        match (back, forth) {
            (Some(_), Some((0, Outlook::Ahead))) if has => Outlook::Ahead,
            // "no gana desde el 14 de mayo, visitará": the verb behind the comma is of another clause.
            (None, Some((_, Outlook::Ahead))) if paused && hit.from.checked_sub(1).is_some_and(|at| is(verbs.since, at)) => Outlook::Back,
            // "filed in March, plans to fly": the verb of another clause says less than that of its own.
            (Some((b, looks)), Some((f, _))) if paused || b <= f + 2 => looks,
            (Some((_, looks)), None) | (_, Some((_, looks))) => looks,
            (None, None) if opens => Outlook::Ahead,
            (None, None) if hit.from.checked_sub(1).is_some_and(|at| is(verbs.since, at)) => Outlook::Back,
            (None, None) => Outlook::Unsaid,
        }
    }
}

/// Whether what stands behind an expression makes it the owner of something: "Sunday's blaze".
fn owns(behind: &str) -> bool {
    ["'s", "’s"].iter().any(|s| behind.starts_with(s))
}

/// A year that a sentence may be set in.
#[derive(Debug)]
struct Frame {
    year: i32,
    /// The first piece behind it.
    from: usize,
    /// Whether the sentence begins with it.
    opens: bool,
    /// Whether a month was set in it.
    used: bool,
}

impl Spec {
    fn base(&self) -> Base {
        self.anchor
    }
}

/// Whether a day in a dateline is that on which the report was written, shortly before it was printed.
pub(crate) fn written_on(text: &str, date: Span, day: NaiveDate, printed: NaiveDate) -> bool {
    const BEFORE: Days = Days::new(2);
    day < printed && printed <= day + BEFORE && dateline(text, date)
}

/// Whether a date stands in the dateline of a report: behind the place that its line begins with, and before a dash.
fn dateline(text: &str, date: Span) -> bool {
    const PLACE: usize = 7;
    // No place and no agency is longer, and a line may be a whole book.
    const REACH: usize = 200;
    let from = text.floor_char_boundary(date.start.saturating_sub(REACH));
    let line = match text[from..date.start].rfind('\n') {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return false,
    };
    let before: Vec<&str> = text[line..date.start].split_whitespace().take(PLACE).collect();
    // "SAN JOSÉ DE COSTA RICA", "Río de Janeiro (Brasil)": names, and the small words in them.
    let name = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_none_or(|c| c.is_uppercase() || word.len() <= 3);
    let named = before.first().is_some_and(|w| w.starts_with(char::is_uppercase)) && before.iter().all(name);
    let behind = &text[date.end..text.ceil_char_boundary(date.end.saturating_add(REACH))];
    let behind = behind.split('\n').next().unwrap_or_default().trim_start_matches('.');
    // "June 3 (Reuter) -", "3 jun. EFE.-"
    let dash = |word: &str| word.ends_with(['-', '–', '—']) || word.starts_with(['–', '—']);
    // "NOV 89 (RADIO CADENA CENTRAL) --": what stands in brackets is the agency, however long its name is.
    let mut inside = false;
    let mut words = behind.split_whitespace().filter(|word| {
        let opened = inside || word.starts_with('(');
        inside = opened && !word.contains(')');
        !opened || dash(word)
    });
    named && before.len() < PLACE && words.by_ref().take(4).any(dash)
}

/// A value that no calendar has, such as the 30th of February.
fn is_impossible(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit()) && !value.contains('X')
}

/// What a slot named `mod` took. A length's "more than" is "before" for a moment that is counted back by it, "after" for one that
/// is counted forth.
fn modifier(rule: &Rule<Spec>, bound: &Bound<'_>) -> Option<Modifier> {
    let written: Modifier = bound.iter().rev().find(|(name, value)| *name == "mod" && !value.is_empty())?.1.parse().ok()?;
    if rule.spec.kind == Kind::Duration {
        return Some(written);
    }
    let back = rule.spec.value.contains(" -{");
    Some(match (written, back) {
        (Modifier::MoreThan, true) | (Modifier::LessThan, false) => Modifier::Before,
        (Modifier::MoreThan, false) | (Modifier::LessThan, true) => Modifier::After,
        (Modifier::EqualOrMore, true) | (Modifier::EqualOrLess, false) => Modifier::OnOrBefore,
        (Modifier::EqualOrMore, false) | (Modifier::EqualOrLess, true) => Modifier::OnOrAfter,
        (other, _) => other,
    })
}

/// A match with its value; rules of kind `NONE` are among them.
#[derive(Debug)]
struct Found {
    rule: Arc<str>,
    span: Span,
    kind: Kind,
    value: Option<String>,
    modifier: Option<Modifier>,
    covered: Option<(NaiveDate, NaiveDate, Precision)>,
    anchor: Anchor,
}

impl Found {
    fn timex(self) -> Option<Timex> {
        let kind = match self.kind {
            Kind::Date => DateKind::Date,
            Kind::Time => DateKind::Time,
            Kind::Duration => DateKind::Duration,
            Kind::Set => DateKind::Set,
            Kind::None => return None,
        };
        Some(Timex {
            span: self.span,
            kind,
            value: self.value,
            modifier: self.modifier,
            interval: self.covered.map(|(a, b, _)| (a, b)),
            precision: self.covered.map(|(.., p)| p),
            anchor: self.anchor,
            rule: self.rule,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Lang, Packs};

    fn dates(lang: Lang) -> Dates {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/packs");
        let packs = Packs::shipped().with_folder(&folder).unwrap();
        Dates::load(packs.iter().find(|p| p.language == lang).unwrap()).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn every_rule_keeps_its_examples() {
        let failures: Vec<String> = [Lang::EN, Lang::ES].into_iter().flat_map(|l| dates(l).check()).map(|f| f.to_string()).collect();
        assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    }

    fn values(lang: Lang, text: &str, published: &str) -> Vec<(String, Option<String>)> {
        let found = dates(lang).run(text, &tokens(text, 0), PublishedDate::parse(published, Basis::Index), |_, _| false);
        found.into_iter().filter_map(Found::timex).map(|t| (t.span.of(text).to_owned(), t.value)).collect()
    }

    #[test]
    fn nothing_is_finer_than_the_publication() {
        let text = "El 2 de enero de este año, donde hace 10 años dispararon; ayer, el 6 de enero, el lunes, la semana pasada.";
        let made =
            |published| values(Lang::ES, text, published).into_iter().map(|(_, v)| v.unwrap_or_else(|| "?".into())).collect::<Vec<_>>();
        assert_eq!(made("2022-01"), ["2022-01-02", "2012", "?", "2022-01-06", "XXXX-WXX-1", "?"]);
        assert_eq!(made(""), ["?", "?", "?", "XXXX-01-06", "XXXX-WXX-1", "?"]);
    }

    #[test]
    fn the_last_date_named_is_an_anchor() {
        let text = "It began on December 16, 2011. Three days later shops reopened, and the following year he won.";
        let made = values(Lang::EN, text, "2022-01-07");
        assert_eq!(made.iter().filter_map(|(_, v)| v.as_deref()).collect::<Vec<_>>(), ["2011-12-16", "2011-12-19", "2012"]);
    }

    #[test]
    fn a_verb_looks_no_further_than_its_clause() {
        let text = "It filed for protection in March, plans to fly in June, and has stood idle since July 21, as it will until Monday.";
        let made = values(Lang::EN, text, "2022-01-07");
        let made: Vec<_> = made.iter().filter_map(|(_, v)| v.as_deref()).collect();
        assert_eq!(made, ["2021-03", "2022-06", "2021-07-21", "2022-01-10"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_ordered_spans_on_characters(text in "(\\PC|[ \\n'’.,:/-]|may|March|5|31|2011|lunes|del|año|last|the|ago|hace|\\u{301}){0,60}") {
            for lang in [Lang::EN, Lang::ES] {
                thread_local!(static DATES: [Dates; 2] = [dates(Lang::EN), dates(Lang::ES)]);
                DATES.with(|d| {
                    let mut end = 0;
                    for found in d[usize::from(lang == Lang::ES)].run(&text, &tokens(&text, 0), None, |_, _| false) {
                        assert!(found.span.start >= end && text.is_char_boundary(found.span.start) && text.is_char_boundary(found.span.end));
                        end = found.span.end;
                    }
                });
            }
        }
    }
}
