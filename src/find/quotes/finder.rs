//! Who says what, a sentence at a time.
//!
//! In each sentence, first the words in marks whose speaker stands beside them, then the clauses that verbs, prepositions and
//! adverbs attribute, then the words in marks that are left: inside such a clause, going on from a speaker before, or set
//! apart by the writer. What is known of the last speaker goes from sentence to sentence.

use std::ops::Range;

use super::marks::{self, Marked};
use super::reading::{Number, Reading, Who};
use super::words::{Bare, Cue, Frame, Spec, class::*};
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
                let title = !self.is_speech(m) && self.is_title(m) && !self.r.is(m.content.end - 1, STOP);
                match self.beside(m) {
                    // What stands before the marks may report them first.
                    Some(a) if self.is_part(m) && a.cue.is_some_and(|c| c >= m.after) => left.push((m, Some(a))),
                    Some(a) if !(title && self.rules.get(a.rule).is_some_and(|rule| rule.spec.frame == Frame::Stance)) => {
                        self.push_marked(m, a);
                    }
                    _ => left.push((m, None)),
                }
            }
            let before = self.found.len();
            for i in tokens.clone() {
                if let Some(cue) = self.r.cues[i].filter(|_| !self.inside[i]) {
                    // A sentence without end is read only so far around a cue.
                    let near = tokens.start.max(i.saturating_sub(LONGEST))..tokens.end.min(i + LONGEST);
                    self.reported(i, cue, &near);
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

    /// Whether only words in marks are the content of a cue.
    fn only_marks(&self, cue: Cue) -> bool {
        self.rules.get(cue.rule).is_none_or(|rule| rule.spec.marks_only)
    }

    fn rule_of(&self, frame: Frame) -> Option<usize> {
        self.rules.iter().position(|r| r.spec.frame == frame)
    }

    // ---- who it is ----------------------------------------------------------------------------------------------

    /// The phrase that names the speaker, pronouns and offices taken back to who was named before.
    fn resolve(&mut self, who: Who, at: usize) -> Option<Range<usize>> {
        self.resolve_from(who, at, true)
    }

    /// The same; `here` says whether the words before it in its own sentence may name whom a pronoun stands for.
    fn resolve_from(&mut self, who: Who, at: usize, here: bool) -> Option<Range<usize>> {
        match who {
            Who::Phrase(range) => {
                let end = self.r.end_of_sentence(range.start);
                let office = self.r.gender(&range);
                let named = self.r.named(range, end);
                self.hold(&named, office);
                Some(named)
            }
            // The writer, or whoever's words it stands in.
            Who::Anaphor(range) if self.r.is(range.start, FIRST_PERSON) => Some(range),
            Who::Anaphor(range) => {
                let office = !self.r.is(range.start, PRONOUN | OBLIQUE);
                let number = if office { Number::Person } else { self.r.number(range.start) };
                // Where a woman is meant and none has spoken, one who was named comes before anybody of whom it is not known.
                let gender = if number == Number::Person { self.r.gender(&range) } else { 0 };
                let spoken = gender != 0 && self.last_of(number, gender, range.start).is_some();
                let named = if spoken { None } else { self.named_with(gender, range.start) };
                let meant =
                    named.or_else(|| self.antecedent(range.start, number, here)).filter(|p| !office || self.holds_office(p, &range));
                let meant = meant.or_else(|| self.named_with(gender, range.start).filter(|p| !office || self.holds_office(p, &range)));
                // "la joven" is no unnamed "su abuela", but "el médico" may be "un médico".
                let noun = self.r.written(range.end - 1);
                let known = |i: usize| self.r.is(i, CAPITAL) && !self.r.is(i, DETERMINER) || self.r.written(i) == noun;
                let spoke = |p: &Range<usize>| p.len() > 1 || self.found.iter().rev().take(LONGEST).any(|f| f.speaker.as_ref() == Some(p));
                let meant = meant.filter(|p| !office || p.clone().any(known) && spoke(p));
                if let Some(p) = &meant {
                    self.last.speaker = Some(p.clone());
                    if number == Number::Thing {
                        // What is "it" is no "he".
                        for held in [&mut self.last.person, &mut self.last.man, &mut self.last.woman] {
                            held.take_if(|held| held == p);
                        }
                    }
                } else if office {
                    self.hold(&range, 0);
                }
                meant.or(Some(range))
            }
            Who::Nobody => None,
            Who::Absent => {
                let number = match (self.r.verbs_agree, self.r.is(at, MANY)) {
                    (false, _) => Number::Any,
                    (true, true) => Number::Many,
                    (true, false) => Number::One,
                };
                let meant = self.antecedent(at, number, here);
                if meant.is_some() {
                    self.last.speaker.clone_from(&meant);
                }
                meant
            }
        }
    }

    /// "La mujer", at the head of a sentence: the person named before whom it takes up again, if there is one.
    fn chased(&self, topic: Range<usize>) -> Range<usize> {
        let r = self.r;
        if !matches!(r.who(topic.clone()), Who::Anaphor(_)) || r.is(topic.start, PRONOUN) {
            return topic;
        }
        let gender = r.gender(&topic);
        let last = self.last_of(Number::Person, gender, topic.start).filter(|p| p.end <= topic.start);
        let named = last.filter(|p| r.gender(p) == gender || gender == 0).or_else(|| self.named_with(gender, topic.start));
        named.filter(|p| self.holds_office(p, &topic)).unwrap_or(topic)
    }

    /// The nearest name before a token, in its sentence or the two before, that is said to be of a gender.
    fn named_with(&self, gender: Classes, at: usize) -> Option<Range<usize>> {
        const SENTENCES: usize = 2;
        let r = self.r;
        let here = *r.sentence.get(at).filter(|_| gender != 0)?;
        let low = r.sentences.get(here.saturating_sub(SENTENCES))?.tokens.start.max(at.saturating_sub(LONGEST / 2));
        (low..at).rev().filter(|&i| r.is(i, CAPITAL) && !r.is(i + 1, CAPITAL) && !self.inside[i]).find_map(|i| {
            let name = r.nearest_phrase(i + 1, low)?;
            // "al ministro del Interior, Lisandro Paz"
            let office = r.is(name.start.wrapping_sub(1), COMMA | ROLE | PEOPLE).then(|| name.start.saturating_sub(6).max(low)..name.start);
            let office = office
                .map_or(0, |o| o.rev().filter(|&j| r.is(j, ROLE | PEOPLE)).map(|j| r.gender(&(j..j + 1))).find(|g| *g != 0).unwrap_or(0));
            let own = r.gender(&name);
            (r.is_name(&name) && (own == gender || own == 0 && office == gender)).then_some(name)
        })
    }

    /// Keeps a speaker for the pronouns and verbs that come.
    fn hold(&mut self, named: &Range<usize>, office: Classes) {
        // "consultó este diario": the paper asks and is not who answers.
        if named.clone().any(|i| self.r.is(i, LISTENER)) && !self.r.is_person(named) {
            return;
        }
        if self.r.is_person(named) {
            self.hold_person(named, office);
        }
        if self.r.plural(named) {
            self.last.several = Some(named.clone());
        }
        self.last.speaker = Some(named.clone());
    }

    /// `office` is the gender of the words that brought the name in, where they say it ("su hija, Valeria").
    fn hold_person(&mut self, named: &Range<usize>, office: Classes) {
        let gender = Some(self.r.gender(named)).filter(|g| *g != 0).unwrap_or(office);
        if gender != FEMININE {
            self.last.man = Some(named.clone());
        }
        if gender != MASCULINE {
            self.last.woman = Some(named.clone());
        }
        self.last.person = Some(named.clone());
    }

    /// The last speaker before a token that a number and a gender fit.
    fn last_of(&self, number: Number, gender: Classes, at: usize) -> Option<Range<usize>> {
        let later = self.last.speaker.as_ref().is_some_and(|l| l.start >= at);
        let held = if later { &self.before } else { &self.last };
        let last = held.speaker.clone().filter(|l| self.r.fits(l, number) && self.r.agrees(l, gender));
        match number {
            Number::Person if gender == FEMININE => held.woman.clone(),
            Number::Person if gender == MASCULINE => held.man.clone(),
            Number::Person => held.person.clone(),
            Number::Many => last.or_else(|| held.several.clone()),
            Number::One => last.or_else(|| held.person.clone()),
            // Who was "he" or "she" is no "it".
            Number::Thing => last.filter(|l| ![&held.man, &held.woman, &held.person].into_iter().any(|p| p.as_ref() == Some(l))),
            Number::Any => last,
        }
    }

    /// Whether an office ("the minister") stands for a person: one of the sentence before, or one named with that office.
    fn holds_office(&self, person: &Range<usize>, office: &Range<usize>) -> bool {
        let r = self.r;
        let role = |i: &usize| r.is(*i, ROLE) && !r.is(*i, ANY_ROLE);
        let known: Vec<usize> = (person.start.saturating_sub(4)..person.end + 4).filter(|i| *i < office.start).filter(role).collect();
        let title = if r.is(office.end - 1, ROLE) { office.end - 1 } else { office.start + 1 };
        let other = !r.is(title, ANY_ROLE) && !known.is_empty();
        if other && known.iter().all(|&i| !r.written(i).eq_ignore_ascii_case(r.written(title))) {
            return false; // a deputy is not "the president"
        }
        // "his barrister, Peter Lascaris": no judge
        let apposed = (person.start.saturating_sub(2)..person.start).any(|i| r.is(i, ANY_ROLE));
        if apposed && !r.is(title, ANY_ROLE) && known.is_empty() {
            return false;
        }
        let reach = if r.is(title, ANY_ROLE) { 2 } else { 1 };
        let near = r.sentence.get(person.start).zip(r.sentence.get(office.start)).is_some_and(|(a, b)| a + reach >= *b);
        let noun = r.written(title).to_lowercase();
        let around = person.start.saturating_sub(10)..person.end + 10;
        near || around.into_iter().any(|i| i < office.start && r.is(i, ROLE) && r.written(i).to_lowercase() == noun)
    }

    /// Who is meant by a pronoun: the last speaker, or the person that a sentence since then begins with.
    fn antecedent(&self, at: usize, number: Number, own: bool) -> Option<Range<usize>> {
        let r = self.r;
        let here = *r.sentence.get(at)?;
        let gender = if number == Number::Person { r.gender(&(at..at + 1)) } else { 0 };
        let last = self.last_of(number, gender, at);
        for s in (here.saturating_sub(2)..=here).rev() {
            let Some(stretch) = r.sentences.get(s) else { continue };
            let tokens = stretch.tokens.start..stretch.tokens.end.min(at);
            if last.as_ref().is_some_and(|l| l.start >= tokens.start) {
                return last;
            }
            if self.inside.get(tokens.start + 1).copied().unwrap_or(false) || s == here && !own {
                continue;
            }
            // "Él no lo niega. Piensa que": whom the sentence before is about.
            if s < here && matches!(number, Number::One) && r.is(tokens.start, PERSONAL) {
                return self.antecedent(tokens.start, Number::Person, false);
            }
            let fits = |p: &Range<usize>| r.fits(p, number) && r.agrees(p, gender);
            let person = r.person_in(tokens.clone()).filter(fits);
            let end = tokens.end;
            let again = || self.named_again(tokens.clone()).filter(fits);
            let topic = || r.topic(tokens.clone()).map(|t| self.chased(r.named(t, end))).filter(fits);
            // The one whom the sentence begins with, by office, comes before another name in it.
            let held = topic().filter(|t| {
                !r.is_name(t)
                    || r.topic(tokens.clone()).is_some_and(|p| p.clone().any(|i| r.is(i, ROLE | TITLE)) || r.is(tokens.start, PREPOSITION))
            });
            if let Some(person) = held.or(person).or_else(again).or_else(topic) {
                return Some(person);
            }
            if let Some(thing) = Some(tokens).filter(|_| number == Number::Thing).and_then(|t| self.thing_in(t, s == here)) {
                return Some(thing);
            }
        }
        // Further back only the last speaker holds, and not over the text's moving on.
        let reach = if gender == 0 { 8 } else { 16 };
        last.filter(|l| r.sentence.get(l.start).is_some_and(|&s| here.saturating_sub(s) <= reach))
    }

    /// What "it" may stand for that is nobody: the subject of its own sentence, a message of the one before.
    fn thing_in(&self, tokens: Range<usize>, own: bool) -> Option<Range<usize>> {
        let r = self.r;
        let whole = |p: &Range<usize>| r.is(p.start, DETERMINER | CAPITAL) && !r.is(p.start, PRONOUN);
        if own {
            let verb = r.first_verb(tokens.start, tokens.end)?;
            return match r.subject(verb, tokens.start).0 {
                Who::Phrase(p) => Some(r.named(p, tokens.end)).filter(|p| whole(p) && r.fits(p, Number::Thing)),
                _ => None,
            };
        }
        let message = tokens.clone().rev().take(LONGEST).find(|&i| r.is(i, MESSAGE))?;
        r.nearest_phrase(message + 1, tokens.start).filter(|p| r.fits(p, Number::Thing))
    }

    /// A speaker named again by one of his names, with a verb behind it ("A la noche Ana anota").
    fn named_again(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        const REMEMBERED: usize = 12;
        let r = self.r;
        let names = |i: usize, s: &Range<usize>| {
            r.is_person(s) && s.clone().any(|j| j < i && r.is(j, CAPITAL) && !r.is(j, DETERMINER) && r.written(j) == r.written(i))
        };
        let speakers = || self.found.iter().rev().take(REMEMBERED).filter_map(|f| f.speaker.as_ref());
        tokens
            .take(LONGEST)
            .find(|&i| {
                r.is(i, CAPITAL) && !self.inside[i] && r.may_be_verb(i + 1) && !r.is(i + 1, CAPITAL) && speakers().any(|s| names(i, s))
            })
            .map(|i| i..i + 1)
    }

    /// Who answers the question that was asked just before, in a paragraph of its own: the one who spoke before the asker.
    fn answerer(&self, m: &Marked, who: &Who) -> Option<Range<usize>> {
        let r = self.r;
        let gender = match who {
            Who::Anaphor(p) if r.is(p.start, PERSONAL) => r.gender(p),
            Who::Absent => 0,
            _ => return None,
        };
        let mut direct = self.found.iter().rev().take(6).filter(|f| f.kind == QuoteKind::Direct);
        let question = direct.next().filter(|f| r.written(f.content.end - 1) == "?")?;
        let (asked, here) = (self.paragraph(question.content.start)?, self.paragraph(m.open)?);
        let asker = question.speaker.as_ref()?;
        let before = direct.next()?;
        let opens = m.open.checked_sub(1).and_then(|b| self.paragraph(b)) != Some(here);
        let near = opens && here == asked + 1 && self.paragraph(before.content.start)? + 2 >= asked;
        let other = before.speaker.clone().filter(|s| r.span(s).map(|x| x.of(r.text)) != r.span(asker).map(|x| x.of(r.text)));
        other.filter(|s| near && m.content.start > question.content.end && r.agrees(s, gender))
    }

    /// An office that answers the question asked in the paragraph before: somebody else than the asker, whoever that is.
    fn other_than_asker(&self, m: &Marked, who: &Who) -> Option<Range<usize>> {
        let r = self.r;
        let Who::Anaphor(office) = who else { return None };
        let asked = self.found.last().filter(|f| f.kind == QuoteKind::Direct && r.written(f.content.end - 1) == "?")?;
        let next = self.paragraph(asked.content.start)? + 1 == self.paragraph(m.open)?;
        (next && !r.is(office.start, PRONOUN | OBLIQUE) && m.content.start > asked.content.end).then(|| office.clone())
    }

    // ---- words in marks -----------------------------------------------------------------------------------------

    fn is_speech(&self, m: &Marked) -> bool {
        let words = self.r.words(m.content.clone());
        let own = |i: usize| self.r.is(i, PRONOUN) && self.r.is(i, FIRST_PERSON);
        words > FEW || words > 1 && m.content.clone().any(|i| self.predicates(i, m) || words > 2 && own(i))
    }

    /// Whether a verb of a few words in marks is one: a past form may be an adjective ("clear and repeated").
    fn predicates(&self, i: usize, m: &Marked) -> bool {
        let r = self.r;
        // "Asumo la culpa": the form that begins an utterance.
        let opens = i == m.content.start && r.sentence_starts(m.open) && r.is(i, SPEAKS);
        opens
            || r.finite(i)
                && (!r.is(i, PAST) || i == m.content.start || (m.content.start..i).any(|j| r.is(j, PRONOUN | DETERMINER | RELATIVE)))
    }

    fn push_marked(&mut self, m: &Marked, a: Attribution) {
        let kind = if self.is_speech(m) || m.dash { QuoteKind::Direct } else { QuoteKind::Scare };
        let speaker = match self.answerer(m, &a.who) {
            Some(other) => {
                self.hold(&other, 0);
                Some(other)
            }
            None => match self.resumed(&a) {
                Some(last) => Some(last),
                None => match self.other_than_asker(m, &a.who) {
                    Some(office) => {
                        self.hold(&office, 0);
                        Some(office)
                    }
                    None => self.resolve(a.who, a.cue.unwrap_or(m.open)),
                },
            },
        };
        let cue = a.cue.map(|c| c..c + self.r.cues[c].map_or(1, |x| x.len));
        if let Some(c) = a.cue {
            self.used[c] = true;
        }
        self.found.push(Found { content: m.content.clone(), kind, speaker, cue, rule: a.rule });
    }

    /// The last speaker, with whom a verb of going on without a subject goes on.
    fn resumed(&self, a: &Attribution) -> Option<Range<usize>> {
        let resumes = a.who == Who::Absent && a.cue.is_some() && self.rules.get(a.rule).is_some_and(|rule| rule.spec.resumes);
        let last = self.found.iter().rev().take(4).find(|f| f.kind == QuoteKind::Direct)?;
        last.speaker.clone().filter(|s| resumes && self.holds(s, a.cue.unwrap_or_default()))
    }

    /// The attribution that stands beside words in marks, or is set into them.
    fn beside(&self, m: &Marked) -> Option<Attribution> {
        self.set_in(m).or_else(|| self.around(m)).or_else(|| self.signed(m))
    }

    /// A verb of saying with its speaker set into the marks between dashes: «El mundo —escribió el poeta— calla».
    fn set_in(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let dashes: Vec<usize> = m.content.clone().filter(|&i| r.is(i, DASH)).take(6).collect();
        dashes.windows(2).find_map(|w| {
            let verb = (w[0] + 1..w[1]).find(|&i| !r.is(i, CLITIC | ADVERB | AUXILIARY))?;
            let cue = r.cue(verb, &[Frame::Speech])?;
            let post = self.after_verb(verb + cue.len, w[1]);
            Some(Attribution { who: post.map_or(Who::Absent, |p| r.who(r.named(p, w[1]))), cue: Some(verb), rule: cue.rule })
        })
    }

    /// Whose words they are, written under them after a dash: “…” — Ana Gil, nurse; “…” - The last message from our friend.
    fn signed(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let dash = (m.after..m.after + 3).find(|&i| !r.is(i, STOP))?;
        let stands_alone = self.is_speech(m) && r.sentence_starts(m.open);
        if !(stands_alone && r.is(dash, DASH) && r.is(dash + 1, CAPITAL)) {
            return None;
        }
        let end = r.end_of_sentence(dash + 1);
        let phrase = r.phrase_from(dash + 1, end)?;
        let from = phrase.clone().find(|&i| r.is(i, MESSAGE));
        let who = match from {
            // The sender is the last one named with "from" or "of".
            Some(message) => (message..end.min(message + 12)).filter(|&i| r.is(i, LINK)).find_map(|i| r.phrase_from(i + 1, end))?,
            None => phrase,
        };
        let speaks = from.is_some() || r.is_name(&who) || r.is_person(&who);
        self.rule_of(Frame::Named).filter(|_| speaks).map(|rule| Attribution { who: r.who(who), cue: None, rule })
    }

    /// The attribution that stands after words in marks, or before.
    fn around(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let closes = r.is(m.content.end.wrapping_sub(1), COMMA | STOP) && r.written(m.content.end - 1) != ".";
        let colon = r.written(m.open.wrapping_sub(1)) == ":";
        if colon && !closes || self.is_part(m) {
            let before = self.before(m);
            // Without a verb before it, a colon leaves the word to a verb after.
            let verbless = before.as_ref().is_none_or(|a| a.cue.is_none());
            return self.after(m).filter(|_| verbless).or(before);
        }
        self.after(m).or_else(|| self.before(m))
    }

    /// Whether words in marks are a part of the writer's sentence and no utterance of their own.
    fn is_part(&self, m: &Marked) -> bool {
        let small = !self.is_speech(m) || !self.r.is(m.content.start, CAPITAL);
        small && !self.r.sentence_starts(m.open) && !self.r.is(m.open.wrapping_sub(1), QUOTE | DASH)
    }

    fn after(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let mut i = m.after;
        if self.paragraph(i) != self.paragraph(m.content.end - 1) {
            return None;
        }
        let last = m.content.end - 1;
        let full_stop = r.written(last) == ".";
        // «…»: habla una superviviente
        let announced = r.written(i) == ":" && self.is_speech(m);
        let set_off = announced || r.is(last, COMMA | STOP | DASH) || r.is(i, COMMA | DASH);
        if announced || r.is(i, COMMA | DASH) {
            i += 1;
        }
        if full_stop && r.is(i, CAPITAL) {
            return None;
        }
        let end = self.attribution_end(i);
        let compared = r.is(i, COMPARATIVE) && i + 1 < end;
        if compared {
            i += 1;
        }
        // "…", said X
        let mut verb = i;
        while verb < end && r.is(verb, CLITIC | ADVERB | AUXILIARY) && !r.is(verb, PRONOUN) && r.cue(verb, &[Frame::Speech]).is_none() {
            verb += 1;
        }
        if let Some(cue) = r.cue(verb, &[Frame::Speech, Frame::Participle]).filter(|_| set_off) {
            let post = self.after_verb(verb + cue.len, end);
            // "…”, said on Tuesday she accepted": a clause of its own; "…”, had demanded 100 men": its object.
            if self.is_part(m) && post.as_ref().is_some_and(|p| r.finite(p.end) || !r.can_speak(p)) {
                return None;
            }
            let who = match post {
                Some(p) => r.who(r.named(p, end)),
                None if cue.len == 1 && r.is(verb - 1, REFLEXIVE) => Who::Nobody, // "…", se leía en un cartel
                None => Who::Absent,
            };
            return Some(Attribution { who, cue: Some(verb), rule: cue.rule });
        }
        // —¿Y usted? —le pregunto a Ana.
        if m.dash
            && marks::told(r, i)
            && let Some(rule) = self.rules.iter().position(|rule| rule.spec.marks_only)
        {
            let who = match r.phrase_from(i + 2, end).filter(|p| r.can_speak(p)) {
                Some(person) => r.who(r.named(person, end)),
                None if r.is(i + 2, PREPOSITION) => Who::Nobody,
                None => Who::Absent,
            };
            return Some(Attribution { who, cue: Some(i + 1), rule });
        }
        // "…", asiente su marido: whatever the verb, a person behind it speaks.
        let clitics = (i..end).take_while(|&j| r.is(j, CLITIC) && !r.is(j, PRONOUN)).count().min(2);
        let i = if r.may_be_verb(i + clitics) && clitics > 0 && !r.is(i + clitics + 1, STOP) { i + clitics } else { i };
        if set_off
            && self.is_speech(m)
            && r.may_be_verb(i)
            && let Some(person) = r.phrase_from(i + 1, end).filter(|p| r.is_person(p) && (!r.is(p.end, WORD) || r.is(p.end, PREPOSITION)))
            && let Some(rule) = self.rules.iter().position(|rule| rule.spec.marks_only)
        {
            return Some(Attribution { who: r.who(r.named(person, end)), cue: Some(i), rule });
        }
        // "…", lo atajó.
        if set_off
            && self.is_speech(m)
            && r.is(i, CLITIC)
            && r.is(i + 1, FINITE)
            && r.is(i + 2, STOP)
            && let Some(rule) = self.rules.iter().position(|rule| rule.spec.marks_only)
        {
            return Some(Attribution { who: Who::Absent, cue: Some(i + 1), rule });
        }
        // —Ya mataron a uno —corrige—.
        if m.dash
            && r.is(i, WORD)
            && !r.is(i, CAPITAL | DETERMINER | PREPOSITION | CONJUNCTION | RELATIVE)
            && r.is(i + 1, DASH | STOP)
            && let Some(rule) = self.rules.iter().position(|rule| rule.spec.marks_only)
        {
            return Some(Attribution { who: Who::Absent, cue: Some(i), rule });
        }
        // "…", enumeró a la salida: whatever the verb, it is one that somebody does.
        if set_off
            && self.is_speech(m)
            && r.is(i - 1, COMMA)
            && r.verbs_agree
            && r.finite(i)
            && !r.is(i, AUXILIARY | CAPITAL | DETERMINER | PREPOSITION | CONJUNCTION | RELATIVE | MANY)
            && r.is(i + 1, STOP | PREPOSITION | CONJUNCTION | ADVERB)
            && let Some(rule) = self.rules.iter().position(|rule| rule.spec.marks_only)
        {
            return Some(Attribution { who: Who::Absent, cue: Some(i), rule });
        }
        // "…," she posed.
        if set_off
            && self.is_speech(m)
            && r.is(i, PERSONAL)
            && (r.finite(i + 1) || r.is(i + 1, PAST))
            && r.is(i + 2, STOP)
            && let Some(rule) = self.rules.iter().position(|rule| rule.spec.marks_only)
        {
            return Some(Attribution { who: Who::Anaphor(i..i + 1), cue: Some(i + 1), rule });
        }
        if let Some(cue) = r.cue(i, &[Frame::Origin]) {
            let phrase = self.origin_phrase(i + cue.len, end)?;
            return Some(Attribution { who: r.who(phrase.1), cue: Some(i), rule: cue.rule });
        }
        if !set_off || i >= end {
            return None;
        }
        // "…", X said
        let frames: &[Frame] = if compared { &[Frame::Speech, Frame::Stance] } else { &[Frame::Speech] };
        let verb = self.verb_after(i, end, frames)?;
        let (who, from) = r.subject(verb, i);
        // A verb with a clause or a thing of its own as its object does not speak the words before it.
        let opens = r.sentence_starts(m.open);
        let object = r.skip_adverbials(verb + 1, end);
        let own_clause = !opens && r.is(verb + 1, COMPLEMENTIZER)
            || !self.is_speech(m) && r.phrase_from(object, end).is_some_and(|p| !r.is(p.start, PRONOUN));
        let clause = matches!(&who, Who::Phrase(p) if r.finite(p.start)); // "fue lo único que dijo"
        // "Maj Gen (retd) Shafiul Haque told"
        let bracketed = r.is(i, CAPITAL | TITLE) && (i..from).any(|j| r.written(j) == ")") && !(i..from).any(|j| r.is(j, COMMA));
        if who == Who::Absent || clause || from > i + 3 && !bracketed || own_clause {
            return None;
        }
        r.cues[verb].map(|cue| Attribution { who, cue: Some(verb), rule: cue.rule })
    }

    /// The first verb of saying that is no verb of a relative clause set in between commas ("X, who asked not to be named, wrote").
    fn verb_after(&self, from: usize, end: usize, frames: &[Frame]) -> Option<usize> {
        let r = self.r;
        let mut set_in = false;
        (from..end).find(|&j| {
            if r.is(j, COMMA) {
                set_in = !set_in && r.is(j + 1, RELATIVE) && (j + 1..end).any(|k| r.is(k, COMMA));
            }
            !set_in && r.cue(j, frames).is_some()
        })
    }

    /// Where the words after a closing mark stop being its attribution.
    fn attribution_end(&self, i: usize) -> usize {
        let end = self.r.end_of_sentence(i).min(i + 40);
        (i..end).find(|&j| self.inside.get(j).copied().unwrap_or(false) || matches!(self.r.written(j), ";" | ":")).unwrap_or(end)
    }

    /// The noun phrase after a verb of saying, over adverbs and who is told.
    fn after_verb(&self, from: usize, end: usize) -> Option<Range<usize>> {
        let r = self.r;
        let mut i = r.skip_adverbials(from, end);
        if r.is(i, COMMA) {
            // "respondió, por su lado, el general"
            let set_in = r.skip_adverbials(i + 1, end);
            if set_in > i + 1 && r.is(set_in, COMMA) {
                i = set_in + 1;
            } else if let Some(person) = self.past_insertion(i, end) {
                return Some(person);
            }
        }
        // "dice mientras enciende la estufa": a clause of its own.
        if (from..i).any(|j| r.is(j, SUBORDINATOR) && r.is(j + 1, WORD) && !r.is(j + 1, ADVERB | CAPITAL | DETERMINER)) {
            return None;
        }
        // "informó la prensa": those who are told elsewhere are the only ones who can speak here.
        let told = r.phrase_from(from, end).filter(|p| p.end >= i && r.is(p.end - 1, LISTENER) && !r.is(p.end, WORD));
        // "coreaban desde las galerías activistas de 20 grupos": taken for a part of the adverbial.
        let swallowed = || {
            let noun = |&j: &usize| r.is(j, SOURCE | ROLE | PEOPLE) && r.is(j, PLURAL) && !r.is(j - 1, DETERMINER | LINK | PREPOSITION);
            (from + 2..i).find(noun).and_then(|j| r.phrase_from(j, end))
        };
        let phrase = told.or_else(|| r.phrase_from(i, end)).or_else(swallowed)?;
        // "contó emocionado el hombre": how he tells it.
        let manner = phrase.len() == 1 && !r.can_speak(&phrase) && r.is(phrase.end, DETERMINER) && r.verbs_agree;
        let phrase = if manner { r.phrase_from(phrase.end, end)? } else { phrase };
        // "declaró a una radio local": the rest of the adverbial.
        if phrase.len() == 1 && r.verbs_agree && !r.can_speak(&phrase) && !r.is(phrase.start, INDEFINITE | QUANTITY) {
            return None;
        }
        // Not what is said, but who says it.
        let gerund = r.is(phrase.start, GERUND) && !r.is(phrase.start, CAPITAL);
        (!gerund && (!r.is(phrase.end, FINITE) || r.is(phrase.end, RELATIVE))).then_some(phrase)
    }

    /// The person behind what is set in after a verb of saying: "se pregunta, sentada en el suelo, una chica".
    fn past_insertion(&self, comma: usize, end: usize) -> Option<Range<usize>> {
        const LONGEST_INSERTION: usize = 10;
        let r = self.r;
        let close = (comma + 1..end.min(comma + LONGEST_INSERTION)).find(|&i| r.is(i, COMMA))?;
        let person = r.phrase_from(close + 1, end)?;
        let behind = r.is_person(&person) && !r.finite(person.end) && !r.is(comma + 1, RELATIVE | DETERMINER | CAPITAL);
        (behind && !r.has_finite(comma + 1..close)).then_some(person)
    }

    fn before(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let last = m.open.checked_sub(1)?;
        let low = r.start_of_sentence(last).max(m.open.saturating_sub(40));
        if low > last || r.sentence[last] == usize::MAX || r.is(last, STOP) {
            return None;
        }
        // A quotation that follows another takes what stands between them, no more.
        let low = (low..m.open).rev().find(|&i| self.inside[i]).map_or(low, |i| i + 1);
        let colon = r.written(last) == ":";
        let near = |i: &usize| {
            let cue = r.cue(*i, &[Frame::Speech, Frame::Participle, Frame::Stance, Frame::Thought]);
            cue.is_some_and(|c| colon || c.frame != Frame::Thought)
        };
        let verb = (low..m.open).rev().find(near);
        let Some(verb) = verb else {
            if !colon {
                return self.in_view_of(low, m);
            }
            // "The mayor was blunt: “…”"
            let main = r.first_verb(low, last).map_or(Who::Absent, |v| r.subject(v, low).0);
            if matches!(&main, Who::Phrase(p) | Who::Anaphor(p) if r.is_person(p)) {
                return self.rule_of(Frame::Named).map(|rule| Attribution { who: main, cue: None, rule });
            }
            let from = low;
            if let Some(a) = self.set_scene(low, last) {
                return Some(a);
            }
            let phrase = r.phrase_from(from, last)?;
            // "Iran protests: “…”" is a topic.
            let speaks = r.is_name(&phrase) || r.is_person(&phrase) || phrase.clone().any(|i| r.is(i, SOURCE | ORGANISATION | PRONOUN));
            let whole = phrase.end == last && phrase.len() <= 8 && r.start_of_sentence(from) == from && speaks;
            return self.rule_of(Frame::Named).filter(|_| whole).map(|rule| Attribution { who: r.who(phrase), cue: None, rule });
        };
        let cue = r.cues[verb]?;
        let gap = r.skip_adverbials(verb + cue.len, m.open);
        let (subject, _) = r.subject(verb, r.start_of_sentence(verb).max(low));
        let subject = if self.disagrees(&subject, verb) { Who::Absent } else { subject };
        // "Los pagos, añade, “se camuflaron”": set in, its subject unsaid.
        let set_off = r.is(verb.wrapping_sub(1), COMMA) && r.is(last, COMMA) && last == verb + cue.len;
        let subject = match subject {
            Who::Phrase(p) if set_off && !r.can_speak(&p) => Who::Absent,
            subject => subject,
        };
        // "condemned the attack, which he called “odious”", "que calificó de «odioso»": the sentence's subject.
        let subject = match subject {
            Who::Phrase(p) if r.is(verb - 1, RELATIVE) && r.is(verb.wrapping_sub(2), COMMA) && !r.can_speak(&p) => {
                r.first_verb(low, verb).map_or(Who::Absent, |v| r.subject(v, low).0)
            }
            subject => subject,
        };
        // "expressed its “deep concern”", "dijo estar “muy preocupada”"
        let speaks = matches!(&subject, Who::Phrase(p) | Who::Anaphor(p) if r.can_speak(p));
        let after = r.end_of_sentence(m.open).min(m.after + 12);
        let clause = !r.is(m.after, CONJUNCTION | COMMA | STOP) && r.has_finite(m.after..r.clause_end(m.after, after, &self.inside));
        // "the notes that are ascribed to him “are made up”": the words in marks are the verb of another clause.
        let predicate = r.finite(m.content.start) && !r.is(last, COMPLEMENTIZER | COMMA);
        let hangs = (low..verb).rev().find(|&i| !r.is(i, CLITIC | AUXILIARY | ADVERB)).is_some_and(|i| r.is(i, RELATIVE));
        if predicate && hangs && !colon {
            return None;
        }
        let few = speaks && !predicate && self.is_part(m) && !clause && r.words(gap..m.open) <= 2 && !(gap..m.open).any(|i| r.is(i, COMMA));
        let post = r.phrase_from(gap, m.open).filter(|p| !few && !r.is(p.start, COMPLEMENTIZER)).map(|p| r.named(p, m.open));
        let end = post.as_ref().map_or(gap, |p| p.end);
        // With a subject before the verb, what follows it is no speaker but something said of.
        let tells = self.rules.get(cue.rule).is_some_and(|rule| rule.spec.tells);
        let judges = cue.frame == Frame::Stance || cue.frame == Frame::Participle && self.only_marks(cue);
        if subject != Who::Absent && post.is_some() && !colon && !tells && !judges {
            return None;
        }
        // "she said, pouring the last of the tea, “…”"
        let set_in = r.is(end, COMMA) && r.is(last, COMMA) && last > end && r.words(end..last) <= 12 && !r.has_finite(end..last);
        let end = if set_in && subject != Who::Absent { last } else { end };
        let between = || (end..m.open).all(|i| r.is(i, COMMA | COMPLEMENTIZER | CONJUNCTION | ADVERB | LINK | DASH) || r.written(i) == ":");
        let clear = colon || between() || (judges || few) && !r.has_finite(end..m.open);
        if !clear {
            return None;
        }
        if subject == Who::Absent
            && (post.is_none() || cue.frame == Frame::Stance)
            && self.rules.get(cue.rule).is_some_and(|rule| rule.spec.needs_subject)
        {
            return None; // "Called “…”, the army": a participle.
        }
        // "pidió “…” y lamentó la muerte de “…”": the speaker goes on.
        let goes_on = (low..verb).rev().find(|&i| !r.is(i, CLITIC | ADVERB | AUXILIARY)).is_some_and(|i| r.is(i, CONJUNCTION));
        let who = match (subject, post) {
            (Who::Absent, Some(p)) if !goes_on && cue.frame != Frame::Participle => r.who(p),
            (_, _) if cue.frame == Frame::Participle => self.main_subject(verb),
            (who, _) => who,
        };
        Some(Attribution { who, cue: Some(verb), rule: cue.rule })
    }

    /// "Para la socióloga Ana Gil, en cambio, “…”": a preposition of view before words in marks that are a clause.
    fn in_view_of(&self, low: usize, m: &Marked) -> Option<Attribution> {
        const SET_IN: usize = 3;
        let r = self.r;
        let cue = r.cue(low, &[Frame::View]).filter(|_| r.sentence_starts(low) && self.is_speech(m))?;
        let phrase = r.phrase_from(low + cue.len, m.open).filter(|p| r.can_speak(p))?;
        let named = r.named(phrase.clone(), m.open);
        let gap = named.end.max(phrase.end)..m.open;
        let set_in = gap.len() <= 1 || r.is(gap.start, COMMA) && r.is(gap.end - 1, COMMA) && r.words(gap.clone()) <= SET_IN;
        (set_in && !r.has_finite(gap)).then(|| Attribution { who: r.who(named), cue: Some(low), rule: cue.rule })
    }

    /// Who speaks after a colon that no verb of saying stands before: the one the sentence begins with ("The guard, Ana Gil,
    /// is at the gate: “…”"), or the last speaker where it has neither a verb nor anybody ("And after a while: “…”").
    fn set_scene(&self, low: usize, colon: usize) -> Option<Attribution> {
        const SHORT: usize = 8;
        let r = self.r;
        if !r.sentence_starts(low) {
            return None;
        }
        let opens = r.is(low, CONJUNCTION | PREPOSITION | ADVERB);
        if opens && r.words(low..colon) <= SHORT && !r.has_finite(low..colon) && !(low + 1..colon).any(|i| r.is(i, CAPITAL)) {
            return self.rule_of(Frame::Continued).map(|rule| Attribution { who: Who::Absent, cue: None, rule });
        }
        let phrase = r.phrase_from(low, colon)?;
        let body = r.is(phrase.end - 1, ORGANISATION) || r.is(phrase.start, DETERMINER) && r.is(phrase.start + 1, ORGANISATION);
        // "Police chief Ronald Rosa brushed off the criticism: …": the name ends where its capitals do.
        let lower = (phrase.start + 1..phrase.end)
            .find(|&i| r.is(i - 1, CAPITAL | PEOPLE | ROLE) && !r.is(i, CAPITAL | LINK) && r.is(i, WORD) && r.may_be_verb(i));
        let phrase = phrase.start
            ..lower.filter(|&l| r.is(l, PAST | FINITE) || l + 1 == phrase.end && r.is(l + 1, DETERMINER | PRONOUN)).unwrap_or(phrase.end);
        let goes_on = r.is(phrase.end, COMMA) || r.may_be_verb(phrase.end) || r.is(phrase.end, CLITIC | ADVERB | PREPOSITION);
        let who = (r.is_person(&phrase) || body) && goes_on;
        let rule = self.rule_of(Frame::Named).filter(|_| who)?;
        Some(Attribution { who: r.who(r.named(phrase, colon)), cue: None, rule })
    }

    /// The subject of the sentence's first verb, for a verb form that has none of its own.
    fn main_subject(&self, at: usize) -> Who {
        let r = self.r;
        let low = r.start_of_sentence(at).max(at.saturating_sub(LONGEST));
        if let Some(quoted) = self.quoted_as(at, low) {
            return quoted;
        }
        // "recalled a soldier saying"
        let person = at.checked_sub(1).filter(|&b| b > low && r.is(b, ROLE | PEOPLE | SOURCE)).and_then(|_| r.nearest_phrase(at, low));
        if let Some(person) = person.filter(|p| r.is(p.start, INDEFINITE) && p.start > low && r.finite(p.start - 1)) {
            return r.who(person);
        }
        if self.last.speaker.as_ref().is_some_and(|l| l.start >= low && l.start < at) {
            return Who::Absent;
        }
        let before = at.checked_sub(1).filter(|&b| b >= low && r.is(b, SOURCE | ROLE));
        if let Some(noun) = before {
            return Who::Phrase(noun..at); // "reports saying that"
        }
        // "the children are heard saying": the passive's subject.
        let heard = at.checked_sub(1).filter(|&b| b > low && r.is(b, WORD) && r.is(b - 1, PASSIVE));
        if let Some(heard) = heard {
            return r.subject(heard, low).0;
        }
        // "with her lawyer, Ana Gil, saying": the phrase after the preposition.
        let with = (low..at).rev().take(12).find(|&i| r.is(i, ABSOLUTE));
        if let Some(phrase) = with.and_then(|w| r.phrase_from(w + 1, at)) {
            let named = r.named(phrase.clone(), at);
            if phrase.end == at || named.end + 1 == at && named != phrase {
                return r.who(named);
            }
        }
        let verb = r.first_verb(low, at).filter(|&i| !self.inside[i]);
        match verb.map_or(Who::Absent, |v| r.subject(v, low).0) {
            Who::Absent => r.phrase_from(low, at).filter(|_| verb != Some(low)).map_or(Who::Absent, |p| r.who(p)),
            who => who,
        }
    }

    /// "was quoted by X as saying", "X quoted him as saying": who is quoted.
    fn quoted_as(&self, saying: usize, low: usize) -> Option<Who> {
        let r = self.r;
        let compared = saying.checked_sub(1).filter(|&b| r.is(b, COMPARATIVE))?;
        let verb = (low..compared).rev().take(12).find(|&i| r.is(i, CITES))?;
        let passive = (low..verb).rev().find(|&i| !r.is(i, ADVERB)).is_some_and(|i| r.is(i, PASSIVE));
        if passive {
            let mut end = verb;
            while end > low && r.is(end - 1, AUXILIARY | ADVERB) {
                end -= 1;
            }
            return Some(r.subject(end, low).0).filter(|w| *w != Who::Absent);
        }
        r.phrase_from(verb + 1, compared).map(|p| r.who(p))
    }

    /// Words in marks with no attribution beside them, or one that comes after.
    fn left_over(&mut self, m: &Marked, after: Option<Attribution>, before: usize, sentence: &Range<usize>) {
        let r = self.r;
        // Of a chain of reports, the innermost origin.
        let holds = |f: &&Found| f.content.start <= m.open && m.after <= f.content.end;
        let holder = self.found[before.min(self.found.len())..].iter().filter(holds).min_by_key(|f| f.content.len()).cloned();
        if let Some(f) = holder {
            let kind = if self.is_speech(m) { QuoteKind::Direct } else { QuoteKind::Scare };
            if r.has_finite(m.content.clone()) || !self.is_title(m) {
                self.found.push(Found { content: m.content.clone(), kind, ..f });
            }
            return;
        }
        if let Some(a) = after {
            self.push_marked(m, a);
            return;
        }
        if let Some(f) = self.coordinated(m) {
            let kind = if self.is_speech(m) { QuoteKind::Direct } else { QuoteKind::Scare };
            self.found.push(Found { content: m.content.clone(), kind, ..f });
            return;
        }
        if !self.is_speech(m) {
            // "Very tired." after another quotation of the same speaker.
            let stopped = r.is(m.content.end - 1, STOP) || r.is(m.after, STOP);
            let end = m.after + usize::from(r.is(m.after, STOP));
            let follows = r.sentence_starts(m.open) && stopped && r.end_of_sentence(m.open) <= end;
            let near = self.last.speaker.clone().filter(|l| follows && self.holds(l, m.open) && self.follows_direct(m));
            self.scare(m, near);
            return;
        }
        let opens = m.open == sentence.start || m.goes_on || self.follows_marked(m);
        let whole = opens && (r.is(m.content.end - 1, STOP) || r.is(m.after, STOP) || r.end_of_sentence(m.open) <= m.after);
        if whole {
            let near = self.last.speaker.clone().filter(|l| self.holds(l, m.open));
            let speaker = if m.dash && self.found.last().is_some_and(|f| r.written(f.content.end - 1) == "?") {
                self.answerer(m, &Who::Absent) // who was asked, and not who asked
            } else {
                self.turned_to(m.open).or(near).or_else(|| self.introduced(m.open))
            };
            if let Some(speaker) = &speaker {
                self.hold(speaker, 0);
            }
            if let Some(rule) = self.rule_of(if speaker.is_some() { Frame::Continued } else { Frame::Quoted }) {
                self.found.push(Found { content: m.content.clone(), kind: QuoteKind::Direct, speaker, cue: None, rule });
            }
        } else if let (false, Some(rule)) = (self.is_title(m), self.rule_of(Frame::Quoted)) {
            self.found.push(Found { content: m.content.clone(), kind: QuoteKind::Direct, speaker: None, cue: None, rule });
        }
    }

    /// The attribution of the words in marks that these are joined to ("“slow” and “corrupt”").
    fn coordinated(&self, m: &Marked) -> Option<Found> {
        let r = self.r;
        let before = self.marked.partition_point(|p| p.open < m.open);
        let near = self.marked[..before].last().filter(|p| p.after < m.open && p.after + 4 >= m.open)?;
        let mut between = near.after..m.open;
        let joined = between.clone().any(|i| r.is(i, CONJUNCTION | COMMA))
            && between.all(|i| r.is(i, CONJUNCTION | COMMA | DETERMINER | PREPOSITION))
            && !r.sentence_starts(m.open);
        self.found.iter().rev().take(6).find(|f| joined && f.content == near.content && f.cue.is_some()).cloned()
    }

    /// Whether the sentence before holds words in marks.
    fn follows_direct(&self, m: &Marked) -> bool {
        let before = self.marked.partition_point(|p| p.open < m.open);
        let sentence = |i: usize| self.r.sentence.get(i).copied().unwrap_or(usize::MAX);
        let here = sentence(m.open);
        let direct = |p: &Marked| self.is_speech(p) && sentence(p.open) < here && sentence(p.open) + 1 >= here;
        here > 0 && self.marked[..before].last().is_some_and(direct)
    }

    /// Whether other words in marks end right before these.
    fn follows_marked(&self, m: &Marked) -> bool {
        let before = self.marked.partition_point(|p| p.open < m.open);
        self.marked[..before].iter().rev().take(4).any(|p| p.after == m.open)
    }

    fn paragraph(&self, i: usize) -> Option<u32> {
        self.r.sentence.get(i).and_then(|&s| self.r.sentences.get(s)).map(|s| s.paragraph)
    }

    /// Whether a speaker still holds: the last attribution reaches into this paragraph or the one before.
    fn holds(&self, speaker: &Range<usize>, at: usize) -> bool {
        let paragraph = |i: usize| self.paragraph(i);
        let Some(here) = paragraph(at) else { return false };
        let last = self.found.last().filter(|f| f.kind == QuoteKind::Direct).map_or(speaker.start, |f| f.content.start.max(speaker.start));
        paragraph(last).is_some_and(|p| here == p || here <= p + 2)
    }

    /// The person that the sentence before a quotation is about.
    fn introduced(&self, at: usize) -> Option<Range<usize>> {
        let s = self.r.sentence.get(at)?.checked_sub(1)?;
        self.r.person_in(self.r.sentences.get(s)?.tokens.clone())
    }

    /// The person that the text has turned to since the last quotation: the one whom the sentence before, of the same
    /// paragraph, begins with ("His neighbour nods. “…”").
    fn turned_to(&self, at: usize) -> Option<Range<usize>> {
        let r = self.r;
        let before = r.sentences.get(r.sentence.get(at)?.checked_sub(1)?)?;
        let tokens = before.tokens.clone();
        let said = self.found.last().is_some_and(|f| f.content.end > tokens.start) || tokens.clone().any(|i| self.inside[i]);
        if said || Some(before.paragraph) != self.paragraph(at) {
            return None;
        }
        let topic = r.topic(tokens.clone()).filter(|t| r.is_person(t) && !r.plural(t)).map(|t| r.named(t, tokens.end));
        // "A su lado camina Don Chuy."
        let inverted = |p: &Range<usize>| r.is(tokens.start, PREPOSITION | ADVERB) && r.may_be_verb(p.start.wrapping_sub(1));
        let topic = topic.map(|t| self.chased(t));
        topic.or_else(|| r.person_in(tokens.clone()).filter(|p| p.start == tokens.start || inverted(p)))
    }

    /// Words that name a work or a person: each begins with a capital, or a noun for works stands before.
    fn is_title(&self, m: &Marked) -> bool {
        let r = self.r;
        let mut content = m.content.clone().filter(|&i| r.is(i, WORD) && !r.is(i, LINK | DETERMINER | PREPOSITION | CONJUNCTION));
        let capitals = content.all(|i| r.is(i, CAPITAL) || r.written(i).starts_with(|c: char| c.is_ascii_digit()));
        let work = (m.open.saturating_sub(2)..m.open).any(|i| r.is(i, WORK)) && r.is(m.content.start, CAPITAL);
        // A headline in capitals may be somebody's sentence: "“We Dug With Our Hands”: Strikes on …".
        let sentence = r.is(m.content.start, PRONOUN) && self.is_speech(m) && r.sentence_starts(m.open);
        capitals && !sentence || work
    }

    fn scare(&mut self, m: &Marked, speaker: Option<Range<usize>>) {
        let few = !self.is_speech(m) && self.r.words(m.content.clone()) > 0;
        if let Some(rule) = self.rule_of(Frame::Scare).filter(|_| few && !self.is_title(m)) {
            self.found.push(Found { content: m.content.clone(), kind: QuoteKind::Scare, speaker, cue: None, rule });
        }
    }

    /// "Blast kills 12 in Kabul: police", "UN: 12 killed in Kabul", a line of its own without a stop: who says it, before or after.
    fn headline(&mut self, sentence: usize) {
        const FEWEST: usize = 3;
        const LONGEST_SOURCE: usize = 6;
        let r = self.r;
        let Some(stretch) = r.sentences.get(sentence) else { return };
        let tokens = stretch.tokens.clone();
        let line = |s: Option<usize>| s.and_then(|s| r.sentences.get(s)).is_none_or(|s| s.paragraph != stretch.paragraph);
        let alone = line(sentence.checked_sub(1)) && line(Some(sentence + 1));
        if tokens.is_empty() || !alone || r.is(tokens.end - 1, STOP | QUOTE | BREAK) {
            return;
        }
        let source = |p: Range<usize>| {
            let whole = p.len() <= LONGEST_SOURCE && r.phrase_from(p.start, p.end).is_some_and(|x| x.end == p.end);
            whole && p.clone().any(|i| r.is(i, SOURCE | ROLE | ORGANISATION))
        };
        let sets_off = |i: &usize| r.written(*i) == ":" || r.is(*i, DASH) && !r.inner_break(*i);
        let ends = tokens.clone();
        let first = ends
            .clone()
            .find(sets_off)
            .filter(|&c| r.written(c) == ":" && source(tokens.start..c))
            .map(|c| (tokens.start..c, c + 1..tokens.end));
        let last = || ends.rev().find(sets_off).filter(|&c| source(c + 1..tokens.end)).map(|c| (c + 1..tokens.end, tokens.start..c));
        // "Police: what we know so far" is a topic.
        let says = |c: &Range<usize>| r.words(c.clone()) >= FEWEST && !r.is(c.start, QUESTION);
        let Some((who, content)) = first.or_else(last).filter(|(_, c)| says(c)) else { return };
        if let Some(rule) = self.rule_of(Frame::Named) {
            self.found.push(Found { content: r.trim(content), kind: QuoteKind::Indirect, speaker: Some(who), cue: None, rule });
        }
    }

    // ---- reported clauses ---------------------------------------------------------------------------------------

    fn push_reported(&mut self, content: Range<usize>, speaker: Option<Range<usize>>, cue: (usize, Cue)) -> bool {
        let content = self.r.trim(content);
        let marked = self.r.is(content.start, QUOTE)
            && self.found.iter().rev().take(6).any(|f| f.content.start == content.start + 1 && f.content.end + 2 >= content.end);
        if self.r.words(content.clone()) < 2 || marked {
            return false;
        }
        let speaker = self.cited(cue.0, &content).or(speaker);
        let cue_range = cue.0..cue.0 + cue.1.len;
        self.found.push(Found { content, kind: QuoteKind::Indirect, speaker, cue: Some(cue_range), rule: cue.1.rule });
        true
    }

    /// Whom the one who says it has it from: "X, citing Y, said …", "según X, que cita a Y".
    fn cited(&self, cue: usize, content: &Range<usize>) -> Option<Range<usize>> {
        const NEAR: usize = 14;
        let r = self.r;
        let end = r.end_of_sentence(cue);
        let near = r.start_of_sentence(cue).max(cue.saturating_sub(NEAR))..end.min(cue + NEAR);
        let verb = near.into_iter().find(|&i| r.is(i, CITES) && i != cue && !content.contains(&i) && !self.inside[i])?;
        let between = verb.min(cue) + 1..verb.max(cue);
        let set_in = r.is(verb - usize::from(verb > 0), COMMA | RELATIVE | CAPITAL) && !r.is(verb + 1, PRONOUN);
        if !set_in || between.clone().any(|i| r.cue(i, &[Frame::Speech]).is_some() || content.contains(&i) && cue < i) {
            return None;
        }
        let from = verb + 1 + usize::from(r.is(verb + 1, PREPOSITION));
        let whom = r.phrase_from(from, end).filter(|p| r.can_speak(p) && !p.contains(&cue))?;
        Some(r.named(whom, end))
    }

    fn reported(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let other = self.rules.get(cue.rule).is_some_and(|rule| {
            let behind = |i: usize| rule.spec.not_before.iter().any(|w| self.r.written(i).eq_ignore_ascii_case(w));
            let near = at + cue.len..sentence.end.min(at + cue.len + 6);
            !rule.spec.not_before.is_empty() && near.take_while(|&i| !self.r.is(i, COMPLEMENTIZER)).any(behind)
        });
        if other {
            return;
        }
        match cue.frame {
            Frame::Speech | Frame::Thought | Frame::Finding => self.verb(at, cue, sentence),
            Frame::Participle if self.only_marks(cue) => {}
            Frame::Participle => {
                let Some((from, _)) = self.complement(at, cue, sentence.end, true) else { return };
                let end = self.r.clause_end(from, sentence.end, &self.inside);
                let who = self.main_subject(at);
                let speaker = self.resolve(who, at);
                self.push_reported(from..end, speaker, (at, cue));
            }
            Frame::Origin => self.origin(at, cue, sentence),
            Frame::View => self.view(at, cue, sentence),
            Frame::Opinion => self.opinion(at, cue, sentence),
            Frame::Hearsay => {
                let from = self.r.clause_start(at, sentence.start);
                let end = self.r.clause_end(at, sentence.end, &self.inside);
                self.push_reported(from..end, None, (at, cue));
            }
            Frame::Impersonal => {
                let from = at + cue.len;
                let end = self.r.clause_end(from, sentence.end, &self.inside);
                self.push_reported(from..end, None, (at, cue));
            }
            Frame::Rumour => self.rumour(at, cue, sentence),
            Frame::Noun => self.noun(at, cue, sentence),
            Frame::Stance => self.remember(at, sentence),
            _ => {}
        }
    }

    /// One who takes a stance, with no words of his own in marks, may be "he" in the next sentence.
    fn remember(&mut self, at: usize, sentence: &Range<usize>) {
        // Beside words in marks the one who says them is the one that is spoken of.
        let quoted =
            self.found.last().is_some_and(|f| f.kind == QuoteKind::Direct && f.content.start >= sentence.start && f.speaker.is_some());
        if self.r.is(at.wrapping_sub(1), RELATIVE) || quoted {
            return;
        }
        if let (Who::Phrase(range), _) = self.r.subject(at, sentence.start) {
            let office = self.r.gender(&range);
            let named = self.r.named(range, sentence.end);
            if self.r.is_person(&named) && !self.used[at] {
                self.hold_person(&named, office);
                self.last.speaker = Some(named);
            }
        }
    }

    fn verb(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        if self.only_marks(cue) {
            return;
        }
        let (mut who, mut start) = r.subject(at, sentence.start);
        if self.inverted(at, cue, sentence) {
            (who, start) = (Who::Absent, at);
        }
        // "Este sábado, agregaron, habrá una marcha": set in, its subject unsaid.
        let names = |p: &Range<usize>| p.clone().any(|i| r.is(i, SOURCE | ROLE | ORGANISATION | CAPITAL) && i != sentence.start);
        let set_off = at > sentence.start && r.is(at - 1, COMMA) && r.is(at + cue.len, COMMA);
        if set_off && matches!(&who, Who::Phrase(p) if !names(p)) {
            (who, start) = (Who::Absent, at);
        }
        // "Otros dudan: temen que …", "…, dicen, …": the sentence's own subject; nobody named where one stands and many speak.
        if who == Who::Absent && at > sentence.start && matches!(r.written(at - 1), ":" | ";") {
            who = r.first_verb(sentence.start, at).map_or(Who::Absent, |v| r.subject(v, sentence.start).0);
        } else if self.disagrees(&who, at) {
            (who, start) = (Who::Absent, at);
        }
        let present = who != Who::Absent;
        if !present && at == sentence.start && self.rules.get(cue.rule).is_some_and(|rule| rule.spec.needs_subject) {
            return; // "Asked whether …, he"
        }
        let mut compared = r.is(if present { start } else { at }.wrapping_sub(1), COMPARATIVE);
        // "A worker who gave his name as Andrei said …": the subject is who stands before the relative clause.
        let relative = (sentence.start..start)
            .rev()
            .take(8)
            .take_while(|&i| !r.is(i, COMMA | QUOTE))
            .find(|&i| r.is(i, RELATIVE) && compared && present);
        if let Some(named) = relative.and_then(|i| r.nearest_phrase(i, sentence.start)).filter(|p| r.can_speak(p)) {
            (who, compared) = (r.who(named), false);
        }
        if let Some((from, post)) = self.complement(at, cue, sentence.end, present).filter(|_| !compared) {
            let clause = r.is(from.wrapping_sub(1), COMPLEMENTIZER)
                && (from - 1 <= at + cue.len + 1 || r.skip_adverbials(at + cue.len, from) == from - 1);
            if self.used[at] && !clause && !r.is(from, QUOTE) {
                return;
            }
            let who = match post {
                Some(p) if !present => r.who(p),
                _ => who,
            };
            let mut end = r.clause_end(from, sentence.end, &self.inside);
            if r.is(at.wrapping_sub(1), RELATIVE) && r.is(at.wrapping_sub(2), COMMA) {
                // "…, que advierte de que …, …": a comma closes the relative clause.
                let close = (from..end).find(|&c| r.is(c, COMMA) && !self.inside[c] && r.has_finite(from..c));
                end = close.filter(|&c| r.has_finite(c..end)).unwrap_or(end);
            } else if r.is(at.wrapping_sub(1), RELATIVE) && !r.is(at.wrapping_sub(1), COMPLEMENTIZER) {
                // "a man who asked that …, remembers"
                end = (from + 1..end).find(|&c| r.is(c, COMMA) && !self.inside[c] && r.finite(c + 1)).unwrap_or(end);
            }
            // "Se descubrió que …": nobody is named.
            let nobody = who == Who::Absent && cue.len == 1 && at > sentence.start && r.is(at - 1, REFLEXIVE);
            let person = self.last.person.clone();
            // "Recuerda que su padre le pidió que …": the one whose words these are is spoken of, not who stands in them.
            let outer = self.found.last().filter(|f| f.kind == QuoteKind::Indirect && f.content.contains(&at)).map(|_| self.last.clone());
            let speaker = if nobody { None } else { self.resolve(who, at) };
            if let Some(outer) = outer {
                self.last = outer;
            }
            if cue.frame == Frame::Finding {
                self.last.person = person; // "A poll found that …": nobody that is "he" later.
            }
            self.push_reported(from..end, speaker, (at, cue));
            return;
        }
        if cue.frame != Frame::Finding && !self.used[at] {
            self.parenthesis(at, cue, who, start, sentence);
        }
    }

    /// Whether a phrase before a comma is of one, and the verb after it of many.
    fn disagrees(&self, who: &Who, verb: usize) -> bool {
        let r = self.r;
        let many = r.verbs_agree && r.is(verb, MANY) && r.is(verb.wrapping_sub(1), COMMA);
        many && matches!(who, Who::Phrase(p) if !r.plural(p))
    }

    /// ", said the minister": after a comma, with a noun phrase behind it and no clause.
    fn inverted(&self, at: usize, cue: Cue, sentence: &Range<usize>) -> bool {
        let r = self.r;
        let mut lead = at;
        while lead > sentence.start && r.is(lead - 1, CLITIC | AUXILIARY | ADVERB) {
            lead -= 1;
        }
        let comma = lead > sentence.start + 1 && r.is(lead - 1, COMMA | DASH);
        // "The judge, who …, warned": a clause set in, not the words said.
        let chunk = (sentence.start..lead.saturating_sub(1)).rev().find(|&i| r.is(i, COMMA | DASH));
        let set_in = chunk.is_some_and(|c| {
            let phrase = r.phrase_from(c + 1, lead).is_some_and(|p| p.end + 1 >= lead);
            (phrase || r.is(c + 1, RELATIVE | PREPOSITION)) && !r.has_finite(sentence.start..c)
        });
        comma
            && !set_in
            && self.after_verb(at + cue.len, sentence.end).is_some_and(|p| {
                let rest = p.end..(p.end..sentence.end).find(|&i| r.is(i, COMMA)).unwrap_or(sentence.end);
                !r.is(p.end, COMPLEMENTIZER) && !r.has_finite(rest)
            })
    }

    /// The clause that is the object of a verb: where it begins, and the speaker where he stands between.
    fn complement(&self, at: usize, cue: Cue, end: usize, present: bool) -> Option<(usize, Option<Range<usize>>)> {
        let r = self.r;
        let spec = &self.rules.get(cue.rule)?.spec;
        let (mut i, mut commas, mut post, mut told) = (at + cue.len, 0, None, false);
        while i < end {
            let names = || (i + 1..end.min(i + 5)).any(|j| r.cue(j, &[Frame::Stance]).is_some());
            if r.is(i, QUESTION) && r.is(i - 1, PREPOSITION) && !r.is(i, COMPLEMENTIZER) && names() {
                return None; // "warned against what he called a trick"
            }
            if r.is(i, COMPLEMENTIZER | QUESTION) && !(r.is(i, PREPOSITION)) {
                // Inside an apposition that is still open: "dijo Gil, una vendedora que …".
                let apposed = commas % 2 == 1 && (r.is(i - 1, COMMA) || self.used[at] || !present);
                // "…, confirmó la ministra, Ana Gil, que descartó …": what is said stands before.
                let goes_on = r.is(i - 1, COMMA) && !present && r.is(at.wrapping_sub(1), COMMA) && r.finite(i + 1);
                let relative = apposed || goes_on;
                // "Kyiv says that is a lie": no opening word, but the clause's subject.
                if spec.bare != Bare::Never && present && !relative && r.is(i, COMPLEMENTIZER) && r.finite(i + 1) {
                    return Some((i, post));
                }
                let keep = if r.is(i, QUESTION) && !r.is(i, COMPLEMENTIZER) { i } else { i + 1 };
                return (!relative).then_some((keep, post));
            }
            if i > at + cue.len && r.cue(i, &[Frame::Speech, Frame::Participle]).is_some() && (commas > 0 || r.is(i - 1, WORD)) {
                return None; // Another one's clause.
            }
            // "declined to say who …", "refused to say when …"
            let asks = r.is(i, RELATIVE) || r.is(i, SUBORDINATOR) && r.is(at.wrapping_sub(1), INFINITIVE);
            if asks && i == at + cue.len && present && !r.is(i, COMPLEMENTIZER) {
                return Some((i, post));
            }
            if r.is(i, COMMA) {
                commas += 1;
                i += 1;
                if commas > 4 {
                    return None;
                }
                continue;
            }
            // "said there was no evidence"
            if present && commas == 0 && spec.bare != Bare::Never && r.is(i, ADVERB) && r.is(i + 1, AUXILIARY) {
                return Some((i, post));
            }
            let next = r.skip_adverbials(i, end);
            // "said the crowd had turned violent": no listener, but the clause's subject.
            let listener = r.is(i, LISTENER) || r.is(i, DETERMINER) && r.is(i + 1, LISTENER);
            let own = listener && present && commas == 0 && spec.bare != Bare::Never && !spec.tells && i == at + cue.len;
            if own && next <= i + 2 && r.finite(next) && !r.is(next, COMMA) {
                return Some((i, post));
            }
            // "said among the dead were two boys"
            if next > i && present && commas == 0 && spec.bare != Bare::Never && r.is(i, PREPOSITION) && r.is(next, PASSIVE) {
                return Some((i, post));
            }
            if next > i {
                if commas > 0 && (i..next).any(|j| r.cue(j, &[Frame::Noun]).is_some()) {
                    return None; // "said by phone, despite warnings that …"
                }
                i = next;
                continue;
            }
            // "said in a report published on Tuesday that"
            if i > at + cue.len && r.is(i, PAST) && (i + 1..end.min(i + 8)).any(|j| r.is(j, COMPLEMENTIZER)) {
                i += 1;
                continue;
            }
            // "comentó en su programa «Con el mazo dando» que"
            if let Some(title) = self.opens_at(i).filter(|m| !self.is_speech(m) && r.is(m.after, COMPLEMENTIZER)) {
                i = title.after;
                continue;
            }
            if !r.is(i, WORD) || self.inside[i] {
                // "said “the plan” was dead": a clause that begins with words in marks.
                let opens = self.opens_at(i).filter(|m| present && commas == 0 && self.is_part(m));
                let goes_on = |m: &Marked| !r.is(m.after, COMMA | STOP | CONJUNCTION) && r.finite(m.after);
                return opens.filter(|m| spec.bare != Bare::Never && goes_on(m)).map(|_| (i, post));
            }
            // "…, a source said because …": what is said stands before.
            if r.is(i, SUBORDINATOR) && cue.frame == Frame::Speech && self.follows_clause(at) {
                return None;
            }
            let clause = r.clause_end(i, end, &self.inside);
            let bare = present
                && (!r.finite(i) || r.is(i, CONTRACTED))
                && !r.is(i, CONJUNCTION)
                && commas == 0
                && match spec.bare {
                    Bare::Never => false,
                    // The verb must be the clause's own, not a relative clause's.
                    Bare::Finite => {
                        let own = |&j: &usize| r.is(j, RELATIVE) || r.is(j, COMMA) && r.is(j + 1, QUOTE);
                        r.has_finite(i..(i..clause).find(own).unwrap_or(clause))
                    }
                    Bare::Always => r.has_finite(i..clause) || r.words(i..clause) > FEW,
                };
            let object = r.phrase_from(i, end);
            // Who is told stands first: "told me I sounded", "told residents at a meeting she shared".
            if spec.tells
                && !told
                && (i == at + cue.len || !r.is(i, PRONOUN))
                && present
                && let Some(o) = &object
                && (!r.is(o.end, FINITE) || r.is(i, PRONOUN))
            {
                told = true;
                i = o.end;
                continue;
            }
            if bare {
                return Some((i, post));
            }
            let object = object?;
            let told = present && object.clone().any(|j| r.is(j, LISTENER | ROLE | CAPITAL)) && r.is(object.end, COMPLEMENTIZER);
            if told {
                i = object.end;
                continue;
            }
            let definite = !r.is(object.start, INDEFINITE);
            let inserted = commas > 0;
            if (!present && post.is_none() && definite) || inserted {
                i = object.end.max(i + 1);
                if !present && post.is_none() && !inserted {
                    post = Some(r.named(object, end));
                }
                continue;
            }
            return None;
        }
        None
    }

    /// The words in marks that open at a token.
    fn opens_at(&self, i: usize) -> Option<&'r Marked> {
        let at = self.marked.partition_point(|m| m.open < i);
        self.marked.get(at).filter(|m| m.open == i)
    }

    /// Whether a verb and its subject stand after a clause and a comma.
    fn follows_clause(&self, at: usize) -> bool {
        let r = self.r;
        let low = r.start_of_sentence(at).max(at.saturating_sub(LONGEST));
        let (_, start) = r.subject(at, low);
        start > low && r.is(start - 1, COMMA) && r.has_finite(low..start)
    }

    /// An attribution set in or after what is said: "…, officials said yesterday", "…, informó la policía".
    fn parenthesis(&mut self, at: usize, cue: Cue, who: Who, start: usize, sentence: &Range<usize>) {
        let r = self.r;
        let mut lead = if who == Who::Absent { at } else { start };
        while who == Who::Absent && lead > sentence.start && r.is(lead - 1, CLITIC | AUXILIARY) {
            lead -= 1;
        }
        let compared = lead > sentence.start && r.is(lead - 1, COMPARATIVE);
        while lead > sentence.start && r.is(lead - 1, COMPARATIVE) {
            lead -= 1;
        }
        if compared && lead == sentence.start {
            // "Como dice la gente, …"
            let post = self.after_verb(at + cue.len, sentence.end).filter(|_| who == Who::Absent);
            let end = post.as_ref().map_or(at + cue.len, |p| p.end);
            let Some(comma) = (end..sentence.end.min(end + 12)).find(|&i| r.is(i, COMMA)) else { return };
            let speaker = self.resolve(post.map_or(who, |p| r.who(p)), at);
            let to = r.clause_end(comma + 1, sentence.end, &self.inside);
            self.push_reported(comma + 1..to, speaker, (at, cue));
            return;
        }
        let Some(comma) = lead.checked_sub(1).filter(|&c| c > sentence.start && r.is(c, COMMA | DASH)) else { return };
        let mut end = at + cue.len;
        let mut who = who;
        if who == Who::Absent
            && let Some(p) = self.after_verb(end, sentence.end)
        {
            if !r.is(p.start, DETERMINER | CAPITAL | PRONOUN) && !p.clone().any(|i| r.is(i, SOURCE | ROLE | ORGANISATION | CAPITAL)) {
                return; // "…, anuncia próxima actualización"
            }
            let named = r.named(p.clone(), sentence.end);
            end = named.end.max(p.end);
            who = r.who(named);
        }
        if r.is(end, LINK) {
            return; // "suspect of …": an object of its own.
        }
        // "…, she told Manchester Crown Court"
        if self.rules.get(cue.rule).is_some_and(|rule| rule.spec.tells)
            && let Some(told) = r.phrase_from(end, sentence.end)
        {
            end = told.end;
        }
        let named_end = end;
        end = r.skip_adverbials(end, sentence.end);
        // An apposition to the speaker may follow; the sentence's own words may go on after a comma.
        let rest = end..sentence.end;
        let clause = cue.frame == Frame::Speech && r.is(end, SUBORDINATOR | RELATIVE);
        // "it said in a report published on Friday"
        let adjunct = r.is(end, PAST) && !r.is(end - 1, PRONOUN) && !r.has_finite(end + 1..sentence.end);
        // ", confirmó el presidente tras visitar el lugar": an adverbial without a verb of its own.
        let tail = (end..sentence.end).find(|&i| r.is(i, COMMA | STOP)).unwrap_or(sentence.end);
        let circumstance = r.is(named_end, PREPOSITION) && !r.is(named_end, LINK) && who != Who::Absent && !r.has_finite(named_end..tail);
        let closed = rest.is_empty() || r.is(end, COMMA | STOP | DASH | BREAK | QUOTE) || clause || adjunct || circumstance;
        if !closed {
            return;
        }
        let earlier = self
            .found
            .iter()
            .rev()
            .take(4)
            .filter(|f| f.kind == QuoteKind::Indirect && f.speaker.is_some() && f.content.start >= sentence.start)
            .map(|f| f.content.end)
            .max();
        // A report that goes on to the comma is reported itself.
        let from = earlier.filter(|&e| e < comma).unwrap_or(sentence.start).max(sentence.start);
        let first = r.trim(from..comma);
        let goes_on =
            r.is(end, COMMA | DASH) && end + 2 < sentence.end && r.has_finite(end + 1..sentence.end) && !r.has_finite(first.clone());
        let framed = r.is(first.start, PREPOSITION | SUBORDINATOR) && !r.has_finite(first.clone());
        let figure = first.clone().any(|i| r.written(i).starts_with(|c: char| c.is_ascii_digit()));
        // "It began, people say, with a lorry": set in between two commas.
        let set_in = r.is(end, COMMA | DASH) && end + 2 < sentence.end && r.has_finite(first.clone());
        let short = !set_in && r.words(first.clone()) < 3 || r.words(first.clone()) < 5 && !r.has_finite(first.clone());
        if !goes_on && (framed || short && !figure) {
            return;
        }
        let speaker = self.resolve_from(who, at, false);
        if goes_on {
            if first.clone().any(|i| r.is(i, WORD) && !r.is(i, ADVERB | DETERMINER | PREPOSITION)) {
                self.push_reported(first, speaker.clone(), (at, cue));
            }
            let end_of_clause = r.clause_end(end + 1, sentence.end, &self.inside);
            self.push_reported(end + 1..end_of_clause, speaker, (at, cue));
        } else {
            // "They were, she said, farmers": a verb whose complement comes after.
            let hangs = set_in && r.is(first.end - 1, PASSIVE | AUXILIARY);
            self.push_reported(first, speaker.clone(), (at, cue));
            if hangs {
                let end_of_clause = r.clause_end(end + 1, sentence.end, &self.inside);
                self.push_reported(end + 1..end_of_clause, speaker, (at, cue));
            }
        }
    }

    /// The phrase after "according to", over a verb of saying ("según informó la policía"): verb, phrase.
    fn origin_phrase(&self, from: usize, end: usize) -> Option<(Option<usize>, Range<usize>)> {
        let r = self.r;
        let mut i = from;
        while i < end && r.is(i, CLITIC | AUXILIARY) && !r.is(i, DETERMINER | PRONOUN) {
            i += 1;
        }
        if let Some(cue) = r.cue(i, &[Frame::Speech, Frame::Thought, Frame::Finding]) {
            return match self.after_verb(i + cue.len, end) {
                Some(phrase) => Some((Some(i), r.named(phrase, end))),
                // ", según cuenta,": the one who speaks just now.
                None => r.is(i + cue.len, COMMA | STOP).then_some((Some(i), from..from)),
            };
        }
        // "in her view", "a su juicio", "in the analyst's view"
        if let Some(view) = (from..end.min(from + 10)).find(|&i| !r.is(i, WORD | QUOTE) || r.is(i, VIEW)).filter(|&i| r.is(i, VIEW)) {
            if r.is(view - 1, POSSESSIVE) && view == from + 1 {
                return Some((Some(view), from..from));
            }
            let owned = r.phrase_from(from, view).filter(|p| p.end >= view || r.possessive(view - 1))?;
            return Some((Some(view), r.named(owned.start..view, end)));
        }
        let phrase = r.phrase_from(from, end)?;
        if r.is(phrase.end - 1, NORM) || r.is(phrase.start, NORM) || r.is(phrase.start + 1, NORM) {
            return None;
        }
        // "según Ana dijo": the verb after.
        let verb = Some(phrase.end).filter(|&v| r.cue(v, &[Frame::Speech]).is_some());
        Some((verb, r.named(phrase, end)))
    }

    /// Where a description of the one just named ends: "X, who …, ", "X, a trader from …, ".
    fn after_apposition(&self, named: bool, from: usize, end: usize) -> usize {
        let r = self.r;
        let described = r.is(from + 1, RELATIVE)
            || named && r.is(from + 1, LINK)
            || named && r.is(from + 1, INDEFINITE) && r.phrase_from(from + 1, end).is_some();
        // "a report obtained by the paper, …"
        if r.is(from, PAST | RELATIVE) {
            return (from + 1..end).find(|&i| r.is(i, COMMA)).filter(|&c| r.has_finite(c..end)).unwrap_or(from);
        }
        let close = || (from + 1..end).find(|&i| r.is(i, COMMA)).filter(|&c| r.has_finite(c..end));
        // "según la radio, que cita a un médico, …"
        let relative = || (from + 2..end).find(|&i| r.is(i, COMMA)).filter(|&c| r.is(from + 1, RELATIVE) && r.words(c..end) > 2);
        if r.is(from, COMMA) && described { close().or_else(relative).unwrap_or(from) } else { from }
    }

    fn origin(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        if self.used[at] {
            return;
        }
        let r = self.r;
        // "la versión según la cual …": the noun before.
        if let Some(relative) = (at + cue.len..(at + cue.len + 2).min(sentence.end)).find(|&i| r.is(i, RELATIVE)) {
            let comma = r.is(at.wrapping_sub(1), COMMA);
            let noun = r.nearest_phrase(if comma { at - 1 } else { at }, sentence.start);
            let speaker = noun.and_then(|n| self.resolve(r.who(n), at));
            let to = (relative + 1..sentence.end).find(|&i| comma && r.is(i, COMMA) && !self.inside[i] && r.has_finite(relative..i));
            let to = to.unwrap_or_else(|| r.clause_end(relative + 1, sentence.end, &self.inside));
            self.push_reported(relative + 1..to, speaker, (at, cue));
            return;
        }
        let Some((verb, phrase)) = self.origin_phrase(at + cue.len, sentence.end) else { return };
        if let Some(used) = verb.and_then(|v| self.used.get_mut(v)) {
            *used = true;
        }
        let mut end = phrase.end.max(verb.map_or(0, |v| v + 1));
        while r.is(end, LINK) && r.is(end + 1, VIEW) {
            end += 2; // "a su modo de ver"
        }
        end = r.skip_adverbials(end, sentence.end);
        let names_source = phrase.clone().any(|i| r.is(i, SOURCE | ROLE | ORGANISATION | CAPITAL | PRONOUN));
        let named = r.is_name(&phrase);
        let unsaid = phrase.is_empty();
        let who = if unsaid { Who::Absent } else { r.who(phrase) };
        let names_source = names_source || unsaid;
        let says = verb.filter(|&v| r.cue(v, &[Frame::Speech, Frame::Thought]).is_some());
        let speaker = self.resolve_from(who, says.unwrap_or(at), false);
        let lead = (sentence.start..at).all(|i| r.is(i, CONJUNCTION | ADVERB | QUOTE | DASH | COMMA) || r.is(i, COMPARATIVE));
        let comma_before = at > sentence.start && (r.is(at - 1, COMMA | DASH) || r.written(at - 1) == "(");
        if lead {
            // "According to X, head of Y, …": the clause begins at the last comma before its verb.
            let end = self.after_apposition(named, end, sentence.end);
            let verb = (end..sentence.end).find(|&i| r.finite(i)).unwrap_or(end);
            let from = (end..verb.max(end)).find(|&i| r.is(i, COMMA)).map_or(end, |i| i + 1);
            let apposition = (from..verb)
                .rev()
                .find(|&i| r.is(i, COMMA))
                .filter(|&i| !r.is(from, DETERMINER) && !r.is(from, CAPITAL) && r.phrase_from(from, i).is_some_and(|p| p.end == i));
            let from = apposition.map_or(from, |i| i + 1);
            let to = r.clause_end(from, sentence.end, &self.inside);
            self.push_reported(from..to, speaker, (at, cue));
        } else if r.is(at - 1, PASSIVE) {
            // "estuvo de acuerdo con": no origin.
        } else if comma_before {
            let comma = at - 1;
            let after = (end..sentence.end).find(|&i| r.is(i, COMMA | DASH) || matches!(r.written(i), ")" | ";"));
            let mut from = r.clause_start(comma, sentence.start);
            let reported = r.is(from.wrapping_sub(1), COMPLEMENTIZER) && from > 1 && r.cues[from - 2].is_some();
            let closes = r.is(end, STOP) || end >= sentence.end;
            if from > sentence.start && (closes || reported || !r.is(from - 1, RELATIVE)) {
                from = sentence.start; // A comma sets it off from the sentence, unless a relative clause holds it.
            }
            let earlier = self
                .found
                .iter()
                .rev()
                .take(4)
                .filter(|f| f.kind == QuoteKind::Indirect && f.content.end <= comma && f.content.start >= sentence.start)
                .map(|f| f.content.end)
                .max();
            let earlier = earlier.filter(|&e| r.words(e..comma) > FEW).unwrap_or(0);
            let first = r.trim(from.max(earlier)..comma);
            let rest = after.map(|a| a + 1..r.clause_end(a + 1, sentence.end, &self.inside)).filter(|rest| r.words(rest.clone()) > 2);
            match rest {
                Some(rest) if r.has_finite(rest.clone()) && (!r.has_finite(first.clone()) || r.words(first.clone()) < 3) => {
                    self.push_reported(first, speaker.clone(), (at, cue));
                    self.push_reported(rest, speaker, (at, cue));
                }
                // "a night that left, according to prosecutors, four dead"
                Some(rest) if r.words(first.clone()) < 2 => {
                    self.push_reported(rest, speaker, (at, cue));
                }
                _ => {
                    self.push_reported(first, speaker, (at, cue));
                }
            }
        } else if r.is(at - 1, RELATIVE | COMPLEMENTIZER | SUBORDINATOR | CONJUNCTION)
            || r.cue(at - 1, &[Frame::Speech, Frame::Thought]).is_some()
        {
            let from = if r.is(end, COMMA) { end + 1 } else { end };
            let to = (from..sentence.end).find(|&i| r.is(i, COMMA) && !self.inside[i]).unwrap_or(sentence.end);
            self.push_reported(from..to, speaker, (at, cue));
        } else if names_source || verb.is_some() {
            let from = r.clause_start(at, sentence.start);
            self.push_reported(from..at, speaker, (at, cue));
        }
    }

    /// "In her view, …", "a juicio del ministro" by its noun.
    fn opinion(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        let before = self.found.len();
        let view = (at + 1..sentence.end.min(at + 10)).find(|&i| !r.is(i, WORD | QUOTE) || r.is(i, VIEW)).filter(|&i| r.is(i, VIEW));
        // "In my view" is the writer's own.
        let others = |v: usize| !r.is(v - 1, FIRST_PERSON) && (r.is(v - 1, POSSESSIVE) || r.possessive(v - 1));
        let Some(view) = view.filter(|&v| others(v)) else { return };
        self.origin(at, cue, sentence);
        for f in &mut self.found[before..] {
            f.cue = Some(at..view + 1);
        }
    }

    /// "Para la oposición, …", "para quien …": in whose view a clause is so.
    fn view(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        let mut from = at + cue.len;
        let relative = r.is(from, RELATIVE) && r.is(at.wrapping_sub(1), COMMA);
        let opens = (sentence.start..at).all(|i| r.is(i, CONJUNCTION | QUOTE | DASH));
        let (who, end) = if relative {
            let who = r.nearest_phrase(at - 1, sentence.start).map_or(Who::Absent, |p| r.who(p));
            (who, from + 1)
        } else if opens {
            let Some(phrase) = r.phrase_from(from, sentence.end) else { return };
            let people =
                r.is_person(&phrase) || r.is(phrase.start, PERSONAL) || phrase.clone().any(|i| r.is(i, ROLE | SOURCE | ORGANISATION));
            from = phrase.end;
            let mut named = r.named(phrase.clone(), sentence.end);
            if named.start < phrase.start {
                named = phrase;
            }
            let end = self.after_apposition(true, named.end.max(from), sentence.end);
            // "For most, says Gil, …": Gil says it.
            if !people || !r.is(end, COMMA) || r.cue(end + 1, &[Frame::Speech]).is_some() {
                return;
            }
            (r.who(named), end + 1)
        } else {
            return;
        };
        let to = r.clause_end(end, sentence.end, &self.inside);
        if who != Who::Absent && r.has_finite(end..to) {
            let speaker = self.resolve(who, at);
            self.push_reported(end..to, speaker, (at, cue));
        }
    }

    fn rumour(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        let Some(spec) = self.rules.get(cue.rule).map(|rule| &rule.spec) else { return };
        let next = r.written(at + cue.len).to_lowercase();
        let follows = at + cue.len < sentence.end && spec.followed_by.iter().any(|e| next.ends_with(e.as_str()));
        let other = sentence.clone().any(|i| spec.unless.iter().any(|w| r.written(i).eq_ignore_ascii_case(w)));
        let attributed = self.found.iter().rev().take(4).any(|f| f.content.contains(&at));
        if follows && !other && !attributed {
            let mut from = r.clause_start(at, sentence.start);
            // "Los dos que huyeron habrían muerto": the relative clause has its verb, this one is its head's.
            while from > sentence.start && r.is(from - 1, RELATIVE) && r.has_finite(from..at) {
                let noun = from - 1 - usize::from(r.is(from.wrapping_sub(2), COMMA));
                from = r.clause_start(noun, sentence.start).min(noun);
            }
            let end = r.clause_end(at, sentence.end, &self.inside);
            self.push_reported(from..end, None, (at, cue));
        }
    }

    /// "the claim that …", with the possessor before as its speaker.
    fn noun(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        let mut i = at + cue.len;
        // "warnings from the judiciary that …", "la denuncia de la oposición de que …": whose they are.
        let of = r.is(i, PREPOSITION) && !r.is(i + 1, COMPLEMENTIZER);
        let whose = r.phrase_from(i + 1, sentence.end).filter(|p| of && (!r.is(i, LINK) || r.can_speak(p)));
        if let Some(p) = &whose {
            i = p.end;
        }
        if r.is(i, LINK) {
            i += 1;
        }
        if i >= sentence.end || !r.is(i, COMPLEMENTIZER) {
            return;
        }
        if !r.is(i - 1, LINK) && r.finite(i + 1) {
            return; // "a report that warned of …": a relative clause.
        }
        let owner = at.checked_sub(1).filter(|&b| r.possessive(b));
        let owner = owner.and_then(|b| r.nearest_phrase(if r.is(b, WORD) { b + 1 } else { b }, sentence.start));
        let speaker = owner.or(whose);
        let end = r.clause_end(i + 1, sentence.end, &self.inside);
        self.push_reported(i + 1..end, speaker, (at, cue));
    }
}
