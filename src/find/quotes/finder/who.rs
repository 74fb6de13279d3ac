//! Who it is: the phrase that names a speaker, with pronouns and offices taken back to who was named before.

use std::ops::Range;

use super::{Finder, Found, LONGEST};
use crate::find::quotes::marks::Marked;
use crate::find::quotes::reading::{Number, Who};
use crate::find::quotes::words::class::*;
use crate::vocabulary::QuoteKind;

impl Finder<'_, '_> {
    /// The phrase that names the speaker, pronouns and offices taken back to who was named before.
    pub(super) fn resolve(&mut self, who: Who, at: usize) -> Option<Range<usize>> {
        self.resolve_from(who, at, true)
    }

    /// The same; `here` says whether the words before it in its own sentence may name whom a pronoun stands for.
    pub(super) fn resolve_from(&mut self, who: Who, at: usize, here: bool) -> Option<Range<usize>> {
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
                let own = || self.own_topic(&range, gender).filter(|_| here && !office && number == Number::Person);
                let named = if spoken { None } else { own().or_else(|| self.named_with(gender, range.start)) };
                let meant =
                    named.or_else(|| self.antecedent(range.start, number, here)).filter(|p| !office || self.holds_office(p, &range));
                let meant = meant.or_else(|| self.named_with(gender, range.start).filter(|p| !office || self.holds_office(p, &range)));
                // "la joven" is no unnamed "su abuela", but "el médico" may be "un médico".
                let noun = self.r.written(range.end - 1);
                let known = |i: usize| self.r.is(i, CAPITAL) && !self.r.is(i, DETERMINER) || self.r.written(i) == noun;
                let spoke = |p: &Range<usize>| p.len() > 1 || self.found.iter().rev().take(LONGEST).any(|f| f.speaker.as_ref() == Some(p));
                // "the Philadelphia Democrat" is no governor.
                let other = |p: &Range<usize>| {
                    let last = p.end - 1;
                    self.r.is(p.start, DETERMINER) && self.r.is(last, ROLE | PEOPLE | SOURCE) && self.r.written(last) != noun
                };
                // "the spokesman" is no "analysts".
                let many = |p: &Range<usize>| (self.r.plural(p) || self.r.many_bare(p)) && !self.r.plural(&range);
                let meant =
                    meant.filter(|p| !office || !many(p) && p.clone().any(known) && spoke(p) && !other(p) && !self.r.one_of_them(p.start));
                if let Some(p) = &meant {
                    self.last.speaker = Some(p.clone());
                    if number == Number::Person {
                        self.hold_person(p, gender);
                    }
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
                    _ if self.r.is(at, PREPOSITION) => Number::Any, // "según su versión"
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
    pub(super) fn chased(&self, topic: Range<usize>) -> Range<usize> {
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
    pub(super) fn named_with(&self, gender: Classes, at: usize) -> Option<Range<usize>> {
        const SENTENCES: usize = 2;
        let r = self.r;
        let here = *r.sentence.get(at).filter(|_| gender != 0)?;
        let low = r.sentences.get(here.saturating_sub(SENTENCES))?.tokens.start.max(at.saturating_sub(LONGEST / 2));
        let ends = |&i: &usize| r.is(i, CAPITAL) && !r.is(i, PRONOUN | QUANTITY) && !r.is(i + 1, CAPITAL) && !self.inside[i];
        (low..at).rev().filter(ends).find_map(|i| {
            let name = r.nearest_phrase(i + 1, low)?;
            // "al ministro del Interior, Lisandro Paz"
            let office = r.is(name.start.wrapping_sub(1), COMMA | ROLE | PEOPLE).then(|| name.start.saturating_sub(6).max(low)..name.start);
            let office = office
                .map_or(0, |o| o.rev().filter(|&j| r.is(j, ROLE | PEOPLE)).map(|j| r.gender(&(j..j + 1))).find(|g| *g != 0).unwrap_or(0));
            let own = r.gender(&name);
            (r.is_name(&name) && (own == gender || own == 0 && office == gender)).then_some(name)
        })
    }

    /// Whom the sentence of a pronoun begins with ("[The senator] left early, but he told"), if it can be he or she.
    fn own_topic(&self, pronoun: &Range<usize>, gender: Classes) -> Option<Range<usize>> {
        let r = self.r;
        let start = r.start_of_sentence(pronoun.start);
        let topic = r.topic(start..pronoun.start).filter(|t| t.end < pronoun.start && !self.inside[t.start])?;
        let topic = self.chased(r.named(topic, pronoun.start));
        (r.is_person(&topic) && !r.plural(&topic) && r.agrees(&topic, gender)).then_some(topic)
    }

    /// Keeps a speaker for the pronouns and verbs that come.
    pub(super) fn hold(&mut self, named: &Range<usize>, office: Classes) {
        // "consultó este diario": the paper asks and is not who answers.
        let told = |i: usize| self.r.is(i, LISTENER) && (self.r.verbs_agree || i + 1 == named.end);
        let outlet = named.clone().all(|i| self.r.is(i, LISTENER | DETERMINER));
        if named.clone().any(told) && (outlet || !self.r.is_person(named)) {
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
    pub(super) fn hold_person(&mut self, named: &Range<usize>, office: Classes) {
        let gender = [self.r.gender(named), office].into_iter().find(|g| *g != 0).unwrap_or_else(|| self.gender_before(named));
        if gender != FEMININE {
            self.last.man = Some(named.clone());
        }
        if gender != MASCULINE {
            self.last.woman = Some(named.clone());
        }
        self.last.person = Some(named.clone());
    }

    /// The gender of one who is named by a surname alone, from when he was named in full ("Rosie Davis … Davis said").
    fn gender_before(&self, named: &Range<usize>) -> Classes {
        const REMEMBERED: usize = 12;
        let r = self.r;
        if named.len() != 1 {
            return 0;
        }
        let spoke = self.found.iter().rev().take(REMEMBERED).filter_map(|f| f.speaker.as_ref());
        let held = [&self.last.person, &self.last.woman, &self.last.man].into_iter().flatten();
        let same = |p: &&Range<usize>| p.len() > 1 && r.is_name(p) && r.written(p.end - 1) == r.written(named.start);
        held.chain(spoke).filter(same).map(|p| r.gender(p)).find(|g| *g != 0).unwrap_or(0)
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
            Number::Many => last.or_else(|| self.unnamed_one(at)).or_else(|| held.several.clone()),
            Number::One => last.or_else(|| held.person.clone()),
            // Who was "he" or "she" is no "it".
            Number::Thing => last.filter(|l| ![&held.man, &held.woman, &held.person].into_iter().any(|p| p.as_ref() == Some(l))),
            Number::Any => last,
        }
    }

    /// The unnamed one who spoke in the sentence before, of whom it isn't said whether a man or a woman: "they" in the next one.
    fn unnamed_one(&self, at: usize) -> Option<Range<usize>> {
        let r = self.r;
        let last = self.found.last().filter(|f| f.content.start < at)?;
        let speaker = last.speaker.clone().filter(|s| r.is(s.start, INDEFINITE) && !r.plural(s) && r.gender(s) == 0 && !r.is_name(s))?;
        let near = r.sentence.get(last.content.start).zip(r.sentence.get(at)).is_some_and(|(said, here)| said + 1 == *here);
        (near && !r.verbs_agree && speaker.clone().any(|i| r.is(i, SOURCE | ROLE | PEOPLE))).then_some(speaker)
    }

    /// Whether an office ("the minister") stands for a person: one of the sentence before, or one named with that office.
    fn holds_office(&self, person: &Range<usize>, office: &Range<usize>) -> bool {
        let r = self.r;
        // "Ana Gil, que llegó junto al alcalde": somebody else's.
        let beside = |i: usize| r.is(i.wrapping_sub(1), PREPOSITION) && !r.is(i - 1, LINK);
        let role = |i: &usize| r.is(*i, ROLE) && !r.is(*i, ANY_ROLE) && !beside(*i);
        // "Kenneth Moy, a former United States attorney,"
        const APPOSITION: usize = 9;
        let apposition = (person.end + 1..person.end + APPOSITION).find(|&i| !r.is(i, WORD)).filter(|_| r.is(person.end, COMMA));
        let behind = apposition.unwrap_or(0).max(person.end + 4);
        let known: Vec<usize> = (person.start.saturating_sub(4)..behind).filter(|i| *i < office.start).filter(role).collect();
        let title = if r.is(office.end - 1, ROLE) { office.end - 1 } else { office.start + 1 };
        let other = !r.is(title, ANY_ROLE) && !known.is_empty();
        if other && known.iter().all(|&i| !r.written(i).eq_ignore_ascii_case(r.written(title))) {
            return false; // a deputy is not "the president"
        }
        // "his barrister, Peter Lascaris": no judge; "el portavoz popular, Luis Gil": no mayor
        let reach = 2 + 2 * usize::from(r.verbs_agree && r.is(person.start.wrapping_sub(1), COMMA));
        let mut apposed = (person.start.saturating_sub(reach)..person.start).chain(person.end..apposition.unwrap_or(0));
        let apposed = apposed.any(|i| i < office.start && r.is(i, ANY_ROLE));
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
        for s in (self.first_looked_at(here, last.as_ref())..=here).rev() {
            let Some(stretch) = r.sentences.get(s) else { continue };
            let tokens = stretch.tokens.start..stretch.tokens.end.min(at);
            // He is named there, or spoke there as "he".
            let spoke = |l: &Range<usize>| l.start >= tokens.start || s < here && self.spoke_in(l, &tokens);
            if last.as_ref().is_some_and(spoke) {
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

    /// The first sentence in which somebody may be named whom a pronoun of a sentence stands for: two before it, or the first of its paragraph
    /// where the last speaker spoke in another.
    fn first_looked_at(&self, here: usize, last: Option<&Range<usize>>) -> usize {
        const FAR: usize = 6;
        let r = self.r;
        let paragraph = r.sentences.get(here).map(|s| s.paragraph);
        let same = |s: &usize| r.sentences.get(*s).map(|s| s.paragraph) == paragraph;
        let first = (here.saturating_sub(FAR)..here).rev().take_while(same).last().unwrap_or(here);
        let spoke = self
            .found
            .iter()
            .rev()
            .take(LONGEST)
            .find(|f| f.speaker.is_some())
            .map_or(0, |f| f.content.start)
            .max(last.map_or(0, |l| l.start));
        let elsewhere = self.paragraph(spoke) != paragraph;
        if elsewhere { first.min(here.saturating_sub(2)) } else { here.saturating_sub(2) }
    }

    /// Whether the last words that are attributed before a sentence's end are a speaker's and were attributed in it.
    fn spoke_in(&self, speaker: &Range<usize>, tokens: &Range<usize>) -> bool {
        let before = |f: &&Found| f.cue.as_ref().is_some_and(|c| c.start < tokens.end) && f.speaker.is_some();
        let last = self.found.iter().rev().take(LONGEST).find(before);
        last.is_some_and(|f| f.speaker.as_ref() == Some(speaker) && f.cue.as_ref().is_some_and(|c| c.start >= tokens.start))
    }

    /// What "it" may stand for that is nobody: the subject of its own sentence, a message of the one before.
    fn thing_in(&self, tokens: Range<usize>, own: bool) -> Option<Range<usize>> {
        let r = self.r;
        let whole = |p: &Range<usize>| r.is(p.start, DETERMINER | CAPITAL) && !r.is(p.start, PRONOUN);
        let subject = || match r.subject(r.first_verb(tokens.start, tokens.end)?, tokens.start).0 {
            Who::Phrase(p) => Some(r.named(p, tokens.end)).filter(|p| whole(p) && r.fits(p, Number::Thing)),
            _ => None,
        };
        if own {
            return subject();
        }
        let message = tokens.clone().rev().take(LONGEST).find(|&i| r.is(i, MESSAGE));
        let message = message.and_then(|m| r.nearest_phrase(m + 1, tokens.start)).filter(|p| r.fits(p, Number::Thing));
        // "But the report does not say that. It found …"
        message.or_else(|| subject().filter(|p| p.clone().any(|i| r.is(i, ORGANISATION | WORK))))
    }

    /// A speaker named again by one of his names, with a verb behind it ("A la noche Ana anota").
    fn named_again(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        const REMEMBERED: usize = 12;
        let r = self.r;
        let names = |i: usize, s: &Range<usize>| {
            r.is_person(s) && s.clone().any(|j| j < i && r.is(j, CAPITAL) && !r.is(j, DETERMINER | PRONOUN) && r.written(j) == r.written(i))
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
    pub(super) fn answerer(&self, m: &Marked, who: &Who) -> Option<Range<usize>> {
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
    pub(super) fn other_than_asker(&self, m: &Marked, who: &Who) -> Option<Range<usize>> {
        let r = self.r;
        let Who::Anaphor(office) = who else { return None };
        let asked = self.found.last().filter(|f| f.kind == QuoteKind::Direct && r.written(f.content.end - 1) == "?")?;
        let next = self.paragraph(asked.content.start)? + 1 == self.paragraph(m.open)?;
        (next && !r.is(office.start, PRONOUN | OBLIQUE) && m.content.start > asked.content.end).then(|| office.clone())
    }
}
