//! Reported clauses: what a verb, a preposition or a noun attributes without marks.

use std::ops::Range;

use super::{FEW, Finder, Found, LONGEST};
use crate::find::quotes::marks::Marked;
use crate::find::quotes::reading::{FUNCTION, Who};
use crate::find::quotes::words::{Bare, Cue, Frame, Spec, class::*};
use crate::pack::Rule;
use crate::vocabulary::QuoteKind;

impl<'r> Finder<'r, '_> {
    pub(super) fn push_reported(&mut self, content: Range<usize>, speaker: Option<Range<usize>>, cue: (usize, Cue)) -> bool {
        let mut content = self.r.trim(content);
        // "to drop a suit over a row that, in part, marked the end": not its opening word alone.
        if cue.0 < content.start
            && self.r.is(content.end, COMMA)
            && self.r.is(content.end - usize::from(content.end > 0), RELATIVE)
            && content.len() > 2
        {
            let end = content.end - 1;
            content = self.r.trim(content.start..end - usize::from(self.r.is(end - 1, PREPOSITION)));
        }
        let marked = self.r.is(content.start, QUOTE)
            && self.found.iter().rev().take(6).any(|f| f.content.start == content.start + 1 && f.content.end + 2 >= content.end);
        // "Asked whether he would run, she said no": what is asked is not what is answered.
        let asked = self.r.is(content.start, FRONTED) && content.start < cue.0;
        // "telling them what to do"
        let how = self.r.is(content.start, QUESTION) && self.r.is(content.start + 1, INFINITIVE) && content.len() == 3;
        // "anunció que recurrirá": a verb says it all.
        let verb = self.r.is(content.start.wrapping_sub(1), COMPLEMENTIZER) && self.r.finite(content.start) && self.r.verbs_agree;
        // "Ocho, dijo el dueño": a figure by itself.
        let figure = (self.r.counts(content.start) || self.r.is(content.start, INDEFINITE)) && content.end < cue.0;
        // "lo desmintió, hasta que no pudo más"
        let until = self.r.is(content.start, UNTIL) && self.r.is(content.start + 1, COMPLEMENTIZER);
        if self.r.words(content.clone()) < 2 && !verb && !figure || marked || asked || how || until {
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
        // "the ministry, quoted by the agency, said": it has it from nobody.
        let set_in = r.is(verb - usize::from(verb > 0), COMMA | RELATIVE | CAPITAL) && !r.is(verb + 1, PRONOUN | AGENT);
        // "citing detainees, most of whom, he said, had been beaten": he says it.
        let own =
            verb < cue && matches!(r.subject(cue, verb), (Who::Phrase(_) | Who::Anaphor(_), start) if r.is(start.wrapping_sub(1), COMMA));
        if !set_in || own || between.clone().any(|i| r.cue(i, &[Frame::Speech]).is_some() || content.contains(&i) && cue < i) {
            return None;
        }
        let from = verb + 1 + usize::from(r.is(verb + 1, PREPOSITION));
        let whom = r.phrase_from(from, end).filter(|p| r.can_speak(p) && !p.contains(&cue))?;
        Some(r.named(whom, end))
    }

    pub(super) fn reported(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let other = self.rules.get(cue.rule).is_some_and(|rule| {
            let behind = |i: usize| rule.spec.not_before.iter().any(|w| self.r.written(i).eq_ignore_ascii_case(w));
            let near = at + cue.len..sentence.end.min(at + cue.len + 6);
            !rule.spec.not_before.is_empty() && near.take_while(|&i| !self.r.is(i, COMPLEMENTIZER)).any(behind)
        });
        if other {
            return;
        }
        match cue.frame {
            // "having promised that", "habiendo dicho que"
            Frame::Speech | Frame::Thought if self.r.is(at.wrapping_sub(1), PERFECT) && self.r.is(at - 1, GERUND) => {
                self.participle(at - 1, at, cue, sentence);
            }
            // Only words in marks are those of an infinitive that hangs on the sentence.
            Frame::Speech | Frame::Thought if cue.infinitive && self.r.hangs_before_marks(at) => {}
            Frame::Speech | Frame::Thought | Frame::Finding => self.verb(at, cue, sentence),
            Frame::Participle if cue.marks => {}
            Frame::Participle => self.participle(at, at, cue, sentence),
            Frame::Origin => self.origin(at, cue, sentence),
            Frame::View => self.view(at, cue, sentence),
            Frame::Opinion => self.opinion(at, cue, sentence),
            Frame::Hearsay => {
                let r = self.r;
                let from = r.clause_start(at, sentence.start);
                let end = r.clause_end(at, sentence.end, &self.inside);
                // "26 died, five of them allegedly at the hands of the police": of an aside without a verb only that is hearsay.
                let comma = |i: &usize| r.is(*i, COMMA) && !self.inside[*i];
                let (open, close) = ((from..at).rev().find(comma), (at..end).find(comma).unwrap_or(end));
                let verb = |mut aside: Range<usize>| aside.any(|i| r.is(i, FINITE | PASSIVE | AUXILIARY));
                let aside = open.filter(|&o| !verb(o + 1..close) && r.has_finite(from..o));
                let content = aside.map_or(from..end, |o| o + 1..close);
                self.push_reported(content, None, (at, cue));
            }
            Frame::Impersonal => {
                let from = at + cue.len;
                // "Otros dicen que": not those whom nobody names.
                if let who @ Who::Phrase(_) = self.r.subject(at, sentence.start).0
                    && self.r.verbs_agree
                    && !self.r.is(at, CLITIC | FINITE)
                {
                    let end = self.r.clause_end(from, sentence.end, &self.inside);
                    let speaker = self.resolve(who, at);
                    self.push_reported(from..end, speaker, (at, Cue { len: 1, ..cue }));
                    return;
                }
                let end = self.r.clause_end(from, sentence.end, &self.inside);
                self.push_reported(from..end, None, (at, cue));
            }
            Frame::Rumour => self.rumour(at, cue, sentence),
            Frame::Noun => self.noun(at, cue, sentence),
            // "acusó que el paquete es una trampa", but "una cifra que el Ejército rechaza"
            Frame::Stance if self.r.verbs_agree && self.r.is(at + cue.len, COMPLEMENTIZER) && !self.r.is(at, ACCOUNT) && !self.used[at] => {
                self.verb(at, cue, sentence);
            }
            Frame::Stance => self.remember(at, sentence),
            _ => {}
        }
    }

    /// "…, adding that", "having said that": what a participle that begins at `lead` says for the subject of the main verb.
    fn participle(&mut self, lead: usize, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        let Some((from, _)) = self.complement(at, cue, sentence.end, true) else { return };
        // "charged without warning as the crowd left": a noun.
        if !r.verbs_agree && from == at + cue.len && r.is(from, COMPARATIVE) && r.is(lead.wrapping_sub(1), PREPOSITION) {
            return;
        }
        let mut end = r.clause_end(from, sentence.end, &self.inside);
        // "Residents, fearing the thugs would return, slept in the fields": set in before the main verb.
        let opens = lead == sentence.start || lead == sentence.start + 1 && r.is(sentence.start, PREPOSITION);
        let mut subject = None;
        if (opens || r.is(lead - 1, COMMA)) && !r.has_finite(sentence.start..lead) {
            let commas = || (from..end).filter(|&c| r.is(c, COMMA) && !self.inside[c]);
            let close = commas().find(|&c| r.has_finite(from..c) && !r.is(c + 1, COMPLEMENTIZER)).filter(|&c| r.has_finite(c..end));
            // "After calling it “a farce”, she left": the main clause is no part of what is called so.
            let bare = opens && close.is_none() && !r.is(from - 1, COMPLEMENTIZER);
            if bare && commas().next().is_some_and(|c| r.has_finite(c..end)) {
                return;
            }
            end = close.unwrap_or(end);
            // "Fearing that they would return, the residents slept in the fields"
            subject = close.filter(|_| opens).and_then(|c| r.phrase_from(c + 1, sentence.end)).filter(|p| r.can_speak(p));
        }
        let who = subject.map_or_else(|| self.main_subject(lead), |p| r.who(p));
        let speaker = self.resolve(who, at);
        self.push_reported(from..end, speaker, (at, cue));
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
            // "Una de las denuncias se refiere a ellos": nobody.
            let nobody = self.r.is(named.start, INDEFINITE) && self.r.is(named.start + 1, LINK) && !self.r.can_speak(&named);
            if self.r.is_person(&named) && !nobody && !self.used[at] {
                self.hold_person(&named, office);
                self.last.speaker = Some(named);
            }
        }
    }

    pub(super) fn verb(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        // "retrucó que el interior “no es el enemigo”": with its opening word a clause is its content too.
        if cue.marks && (!r.is(at + cue.len, COMPLEMENTIZER) || r.is(at + cue.len, PREPOSITION)) {
            return;
        }
        if self.asked_aside(at, cue, sentence) {
            return;
        }
        // "Así lo explicó el concejal, Luis Gil, que compareció": what stands before is what he says.
        if r.is(at.wrapping_sub(1), CLITIC) && r.is(at.wrapping_sub(2), CLITIC) && r.sentence_starts(at - 2) {
            if let Some(post) = self.after_verb(at + cue.len, sentence.end) {
                self.resolve(r.who(r.named(post, sentence.end)), at);
            }
            return;
        }
        let (mut who, mut start) = r.subject(at, sentence.start);
        if self.inverted(at, cue, sentence) {
            (who, start) = (Who::Absent, at);
        }
        // "Este sábado, agregaron, habrá una marcha": set in, its subject unsaid.
        let names = |p: &Range<usize>| p.clone().any(|i| r.is(i, SOURCE | ROLE | ORGANISATION | CAPITAL) && i != sentence.start);
        // "Los agentes fueron detenidos, agregó en un comunicado.": said last.
        let closes = |i: usize| {
            const AROUND: usize = 80;
            let clause = || (i..sentence.end.min(i + AROUND)).any(|j| r.is(j, COMPLEMENTIZER | QUESTION | QUOTE));
            let ends = r.is(i, STOP | BREAK) || i >= sentence.end || r.is(i, PREPOSITION) && !clause();
            // "El herido, que vive en Lima, declaró ante el juez": the words before it must say something.
            let mut set_in = false;
            let says = |v: usize| {
                let opens = r.is(v.wrapping_sub(1), COMMA);
                set_in = if opens { r.is(v, RELATIVE) } else { set_in };
                !set_in && (r.finite(v) || r.is(v, AUXILIARY | PASSIVE))
            };
            r.verbs_agree && ends && (sentence.start.max(at.saturating_sub(AROUND))..at - 1).any(says)
        };
        let set_off = at > sentence.start && r.is(at - 1, COMMA) && (r.is(at + cue.len, COMMA) || closes(at + cue.len));
        if set_off && matches!(&who, Who::Phrase(p) if !names(p)) {
            (who, start) = (Who::Absent, at);
        }
        // "Otros dudan: temen que …", "…, dicen, …": the sentence's own subject; nobody named where one stands and many speak.
        if who == Who::Absent && at > sentence.start && matches!(r.written(at - 1), ":" | ";") {
            who = r.first_verb(sentence.start, at).map_or(Who::Absent, |v| r.subject(v, sentence.start).0);
        } else if self.disagrees(&who, at) {
            (who, start) = (Who::Absent, at);
        }
        let relative = r.is(at.wrapping_sub(1), RELATIVE) && r.is(at.wrapping_sub(2), COMMA);
        if let Some(person) = Some(&who).filter(|_| relative).and_then(|who| self.described(who, at - 2, sentence)) {
            who = person;
        }
        // "Eso sí, admitió que"
        if matches!(&who, Who::Phrase(p) if r.verbs_agree && r.is(p.end, COMMA) && p.clone().all(|i| r.is(i, THING | ADVERB))) {
            (who, start) = (Who::Absent, at);
        }
        // "dropping the value added tax": nobody who says it; but "defying conservatives who say", "rejecting a demand from lawmakers who say".
        if let Who::Phrase(p) = &who
            && r.is(p.start, GERUND)
            && (!r.is(p.start, CAPITAL) || r.sentence_starts(p.start) && r.is(p.start + 1, DETERMINER))
            && !r.is(p.start, ROLE | SOURCE)
        {
            let last = (p.start..p.end).rev().find(|&i| r.is(i, PREPOSITION) && !r.is(i, LINK)).unwrap_or(p.start) + 1..p.end;
            if last.is_empty() || !(r.can_speak(&last) || r.plural(&last)) || !r.is(p.end, RELATIVE) {
                return;
            }
            (who, start) = (Who::Phrase(last.clone()), last.start);
        }
        // "Asked whether she thought so, Gil said": she is who the sentence is about.
        if let Who::Anaphor(pronoun) = &who
            && r.is(pronoun.start, PERSONAL)
            && let Some(person) = self.asked_before(sentence, at)
        {
            who = r.who(person);
        }
        let present = who != Who::Absent;
        if !present && at == sentence.start && self.rules.get(cue.rule).is_some_and(|rule| rule.spec.needs_subject) {
            // "Asked whether he would run, he said": nobody is named who asks.
            let comma = |&i: &usize| r.is(i, COMMA) && !self.inside[i];
            // "Asked whether Gil, Paz or Ruiz was to blame, he said": the comma behind its verb.
            let close = (at..sentence.end).filter(comma).find(|&i| r.has_finite(at + 1..i)).or_else(|| (at..sentence.end).find(comma));
            let close = close.filter(|_| r.is(at, FRONTED));
            let question =
                close.and_then(|close| (at + cue.len..close).find(|&i| self.opens_question(i, cue) && !r.has_finite(at + cue.len..i)));
            if let (Some(close), Some(question)) = (close, question) {
                // "Preguntada por los periodistas si": they.
                let asker = r.phrase_from(at + cue.len + 1, question).filter(|p| r.is(p.start - 1, AGENT) && r.can_speak(p));
                self.push_reported(question..close, asker, (at, cue));
            }
            return;
        }
        // "She was told that the plan had failed": the subject is who is told.
        if r.is(at + cue.len, COMPLEMENTIZER) && r.in_passive(at) {
            who = Who::Nobody;
        }
        let lead = if present { start } else { at };
        // "as she said", but "even as she says the plan failed", "as he said that it had", "as she told him that he had".
        let opened = || r.is(r.skip_adverbials(at + cue.len, sentence.end), COMPLEMENTIZER);
        let compares = !r.is(lead.wrapping_sub(2), BESIDE) && (r.verbs_agree || !opened());
        let mut compared = compares && r.is(lead.wrapping_sub(1), COMPARATIVE);
        // "Tanto el fiscal como la acusación sostienen": both.
        let both = (start.saturating_sub(8).max(sentence.start)..start.saturating_sub(1)).rev().find(|&i| r.is(i, CORRELATIVE));
        if let (true, Who::Phrase(second), Some(from)) = (compared, &who, both) {
            (who, start, compared) = (Who::Phrase(from..second.end), from, false);
        }
        // "A worker who gave his name as Andrei said …": the subject is who stands before the relative clause.
        let relative = (sentence.start..start)
            .rev()
            .take(8)
            .take_while(|&i| !r.is(i, COMMA | QUOTE))
            .find(|&i| r.is(i, RELATIVE) && compared && present);
        if let Some(named) = relative.and_then(|i| r.nearest_phrase(i, sentence.start)).filter(|p| r.can_speak(p)) {
            (who, compared) = (r.who(named), false);
        }
        // "The court can decide whether": not decided.
        let open = |from: usize| {
            let may = r.is(at.wrapping_sub(1), AUXILIARY) && !r.is(at - 1, PASSIVE | PERFECT | CLITIC);
            cue.frame == Frame::Finding && !r.verbs_agree && may && r.is(from, QUESTION)
        };
        if let Some((from, post)) = self.complement(at, cue, sentence.end, present).filter(|(from, _)| !compared && !open(*from)) {
            // "“…”, anunció tras cinco días de silencio que, según él, …": what it says stands before it.
            let answered = self.found.iter().rev().take(4).any(|f| f.content.end <= at && f.cue.as_ref().is_some_and(|c| c.start == at));
            let clause = r.is(from.wrapping_sub(1), COMPLEMENTIZER)
                && (from - 1 <= at + cue.len + 1
                    || !answered
                        && (r.skip_adverbials(at + cue.len, from) == from - 1 || post.as_ref().is_some_and(|p| p.end == from - 1)));
            if self.used[at] && !clause && !r.is(from, QUOTE) {
                return;
            }
            // "“…” repiten el tema de que …": of many, so not who stands behind.
            let one_of_many = |p: &Range<usize>| r.verbs_agree && r.is(at, MANY) && !r.plural(p);
            let who = match post {
                Some(p) if !present && !one_of_many(&p) => r.who(p),
                _ => who,
            };
            let mut end = self.end_of_complement(from, at, present.then_some(start), sentence);
            // "Asked if he thought it wrong, he left": no farther than what it is part of.
            let around = self.found.last().filter(|f| f.kind == QuoteKind::Indirect && f.content.contains(&at));
            end = around.map_or(end, |f| end.min(f.content.end)).max(from);
            // "whether she meant that as a justification": no clause.
            if clause && r.is(from, COMPARATIVE) && r.is(from + 1, DETERMINER) && !r.verbs_agree {
                return;
            }
            // "has heard that word before": no clause.
            const SHORTEST: usize = 3;
            if clause && r.words(from..end) < SHORTEST && !r.has_finite(from..end) && !r.verbs_agree {
                return;
            }
            // "Se descubrió que …": nobody is named.
            let nobody = who == Who::Absent && cue.len == 1 && at > sentence.start && r.is(at - 1, REFLEXIVE);
            let person = self.last.person.clone();
            // "Recuerda que su padre le pidió que …": the one whose words these are is spoken of, not who stands in them.
            let outer = around.map(|_| self.last.clone());
            // "De acuerdo con el fiscal, el exdiputado reconoció": somebody else.
            let other = around.and_then(|f| f.speaker.clone());
            let office = if let Who::Anaphor(p) = &who { Some(p.clone()).filter(|p| !r.is(p.start, PRONOUN | OBLIQUE)) } else { None };
            let speaker = if nobody { None } else { self.resolve(who, at) };
            let speaker = if speaker.is_some() && speaker == other { office.or(speaker) } else { speaker };
            if let Some(outer) = outer {
                self.last = outer;
            }
            if cue.frame == Frame::Finding {
                self.last.person = person; // "A poll found that …": nobody that is "he" later.
            }
            self.push_reported(from..end, speaker, (at, cue));
            if clause && cue.frame == Frame::Speech {
                self.left_out(end, (at, cue), sentence);
            }
            return;
        }
        // ", records show.", ", the survey found."
        let closes = matches!(&who, Who::Phrase(_)) && r.is(at + cue.len, STOP | BREAK);
        // "recuerda haber defendido a Gil": what is remembered.
        let governed = cue.participle && r.is(at - 1, VERBAL);
        if (cue.frame != Frame::Finding || closes) && !self.used[at] && !governed {
            self.parenthesis(at, cue, who, start, sentence);
        }
    }

    /// Where a clause that a verb governs ends: at the comma that closes the clause set into the sentence, or hanging on it, that the verb stands in.
    /// `start` is where the verb's subject begins, if it has one before it.
    fn end_of_complement(&self, from: usize, at: usize, start: Option<usize>, sentence: &Range<usize>) -> usize {
        let r = self.r;
        let mut end = r.clause_end(from, sentence.end, &self.inside);
        let in_marks = |c: usize| r.is(c, QUOTE) && r.is(c - 1, COMMA) && c > from + 1;
        let set_in = |i: usize| r.is(i.wrapping_sub(1), RELATIVE) && r.is(i.wrapping_sub(2), COMMA);
        // "Ana Gil, que en aquel momento dijo que …, no contesta", "the examiner, who had first found “no sign of that,” ruled"
        let over = (sentence.start..at).rev().take(8).take_while(|&i| r.is(i, WORD)).find(|&i| r.is(i, RELATIVE) && set_in(i + 1));
        let aside = |i: usize| r.is(i, AUXILIARY | ADVERB | CLITIC) || !r.is(i, FUNCTION | CAPITAL) && i + 1 == at;
        let over = over.is_some_and(|i| (i + 1..at).all(aside) || r.verbs_agree && r.skip_adverbials(i + 1, at + 1) == at);
        if set_in(at) || over || start.is_some_and(set_in) {
            // "…, que advierte de que …, …", "…, which critics say is flawed, …": a comma closes the relative clause.
            let close = (from..end).find(|&c| in_marks(c) || r.is(c, COMMA) && !self.inside[c] && r.has_finite(from..c));
            let close = close.map(|c| c + usize::from(in_marks(c)));
            end = close.filter(|&c| r.has_finite(c..end)).unwrap_or(end);
        } else if start.is_some_and(|s| s > 1 && r.is(s - 1, QUESTION) && r.is(s - 2, PREPOSITION)) {
            // "Its leaders, some of them jailed on what lawyers say are false charges, prefer"
            let opened = (sentence.start..at).any(|c| r.is(c, COMMA));
            let close = |c: usize| r.is(c, COMMA) && !self.inside[c] && r.may_be_verb(c + 1) && !r.is(c + 1, CONJUNCTION);
            end = (from..end).find(|&c| opened && close(c)).unwrap_or(end);
        } else if r.is(at.wrapping_sub(1), RELATIVE) && !r.is(at.wrapping_sub(1), COMPLEMENTIZER) {
            // "a man who asked that …, remembers"
            end = (from + 1..end).find(|&c| r.is(c, COMMA) && !self.inside[c] && r.finite(c + 1)).unwrap_or(end);
        }
        // "Hours after Gil said that he would leave, the crowd cheered", "Aunque el ministro dijo que no habrá recortes, nadie lo cree": to the
        // comma before the main clause.
        let after_that = |o: usize| r.verbs_agree && r.is(o, COMPLEMENTIZER) && r.is(sentence.start, ADVERB | PREPOSITION); // "Después de que"
        let opens = |o: usize| r.is(o, OPENER | SUBORDINATOR) && !r.is(o, COMPARATIVE) || after_that(o);
        let opener = start.unwrap_or(at).checked_sub(1).filter(|&o| o >= sentence.start && opens(o));
        if opener.is_some_and(|o| !r.has_finite(sentence.start..o)) {
            // "Mientras que la fiscal dijo que murieron seis, además de un guardia, y otros tres …": no clause up to the next comma.
            let next = |c: usize| (c + 1..end).find(|&i| r.is(i, COMMA)).unwrap_or(end);
            let joins = CONJUNCTION | RELATIVE | SUBORDINATOR | COMPLEMENTIZER;
            let aside = |c: usize| r.is(c + 1, ADVERB) && r.is(c + 2, LINK) && !r.has_finite(c + 1..next(c));
            let main = |c: usize| !r.is(c + 1, joins) && !aside(c) && r.has_finite(c + 1..end);
            let close = (from..end).find(|&c| (r.is(c, COMMA) && !self.inside[c] || in_marks(c)) && r.has_finite(from..c) && main(c));
            end = close.map_or(end, |c| c + usize::from(in_marks(c)));
        }
        end
    }

    /// "Asked whether she thought so, Gil": who answers what a sentence begins with.
    fn asked_before(&self, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
        let r = self.r;
        let close = (at..sentence.end).find(|&i| r.is(i, COMMA) && !self.inside[i]).filter(|_| r.is(sentence.start, FRONTED))?;
        let person = r.phrase_from(close + 1, sentence.end).filter(|p| r.is_name(p) && r.is_person(p))?;
        (!(sentence.start..at).any(|i| r.is(i, COMMA) && !self.inside[i])).then_some(person)
    }

    /// "El Gobierno dice que fueron bandidos; los vecinos, que fueron soldados", "The army says that they fled; the villagers, that they were
    /// driven out": the verb before, which is left out.
    fn left_out(&mut self, mut end: usize, verb: (usize, Cue), sentence: &Range<usize>) {
        let r = self.r;
        while r.written(end) == ";" {
            let part = end + 1 + usize::from(r.is(end + 1, CONJUNCTION));
            let opens = |p: &Range<usize>| r.is(p.end, COMMA) && r.is(p.end + 1, COMPLEMENTIZER) && p.end + 2 < sentence.end;
            let who = r.phrase_from(part, sentence.end).filter(|p| r.can_speak(p) && !r.is(p.start, PREPOSITION | PRONOUN) && opens(p));
            let Some(who) = who else { return };
            let from = who.end + 2;
            end = r.clause_end(from, sentence.end, &self.inside);
            // "; los vecinos, que viven lejos, callan"
            let no_verb = CONJUNCTION | PREPOSITION | LINK | DETERMINER | RELATIVE | ADVERB | GERUND | CAPITAL;
            let relative = (from..end).any(|c| r.is(c, COMMA) && (r.finite(c + 1) || r.is(c + 1, CLITIC) || !r.is(c + 1, no_verb)));
            if relative || r.is(end, COMMA) || !r.has_finite(from..end) {
                return;
            }
            self.push_reported(from..end, Some(who), verb);
        }
    }

    /// "Gil, asked if she was worried, laughed": nobody is named who asks.
    fn asked_aside(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) -> bool {
        const LONGEST: usize = 30;
        let r = self.r;
        let question = at + cue.len;
        if !r.is(at, FRONTED) || at == sentence.start || !r.is(at - 1, COMMA) || !self.opens_question(question, cue) {
            return false;
        }
        let close = (question..sentence.end.min(question + LONGEST)).find(|&i| r.is(i, COMMA) && !self.inside[i]);
        let Some(close) = close.filter(|&c| r.finite(c + 1) || r.is(c + 1, PAST)) else { return false };
        self.push_reported(question..close, None, (at, cue));
        if let Some(person) = r.nearest_phrase(at - 1, sentence.start).filter(|p| r.is_name(p) && r.is_person(p)) {
            self.hold(&person, 0);
        }
        true
    }

    /// The one just quoted, whom an apposition describes and a relative clause behind the comma at `comma` goes on with: "responde Shirin,
    /// estudiante de la Universidad Sharif, que pidió que" is she, not where she studies.
    fn described(&self, nearest: &Who, comma: usize, sentence: &Range<usize>) -> Option<Who> {
        let r = self.r;
        let of_a_name = |p: &Range<usize>| p.len() == 1 && r.is(p.start.wrapping_sub(1), LINK) && r.is(p.start.wrapping_sub(2), CAPITAL);
        let Who::Phrase(p) = nearest else { return None };
        let person = self.last.speaker.as_ref().filter(|l| {
            l.start >= sentence.start && l.end <= p.start && r.is(l.end, COMMA) && r.is_person(l) && !r.has_finite(l.end..comma)
        });
        person.filter(|_| !r.is_person(p) || of_a_name(p) || !r.is(p.start.wrapping_sub(1), COMMA)).map(|l| Who::Phrase(l.clone()))
    }

    /// Whether what a verb asks begins at a token ("whether he would run", "if he would").
    fn opens_question(&self, i: usize, cue: Cue) -> bool {
        let opens = |rule: &Rule<Spec>| rule.spec.opened_by.iter().any(|w| self.r.written(i).eq_ignore_ascii_case(w));
        self.r.is(i, QUESTION) || self.rules.get(cue.rule).is_some_and(opens)
    }

    /// Whether a phrase before a comma is of one and the verb after it of many, or the other way round where it is set in.
    pub(super) fn disagrees(&self, who: &Who, verb: usize) -> bool {
        let r = self.r;
        let Who::Phrase(p) = who else { return false };
        if !r.verbs_agree || !r.is(verb.wrapping_sub(1), COMMA) {
            return false;
        }
        // "Los vecinos, dijo, habían huido": somebody else.
        let many = r.is(verb, MANY);
        if r.plural(p) { !many && r.is(verb + 1, COMMA) } else { many }
    }

    /// ", said the minister": after a comma, with a noun phrase behind it and no clause.
    pub(super) fn inverted(&self, at: usize, cue: Cue, sentence: &Range<usize>) -> bool {
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
            // "Ana Gil, the lawyer known as La Paloma, promised …"
            let apposed = r.is(c + 1, DETERMINER) && r.is(c.wrapping_sub(1), CAPITAL) && !r.has_finite(c + 1..lead - 1);
            // "…, the fire chief, Luis Mora, told reporters": behind what he tells.
            let tells = self.rules.get(cue.rule).is_some_and(|rule| rule.spec.tells);
            let before = (sentence.start..c).rev().find(|&i| r.is(i, COMMA | DASH)).filter(|_| tells && phrase);
            let part = (sentence.start..c).rev().find(|&i| r.written(i) == ";").map_or(sentence.start, |i| i + 1);
            let from = before.filter(|&b| r.phrase_from(b + 1, c).is_some_and(|p| p.end == c)).map_or(part, |b| b + 1);
            // "The looters, as the minister calls them, deny …"
            let aside = RELATIVE | PREPOSITION | PAST | COMPARATIVE | SUBORDINATOR;
            (phrase || apposed || r.is(c + 1, aside)) && !r.has_finite(from..c)
        });
        // "the mayor, a doctor from the affected area, told local media": a verb that has who is told behind it.
        let told = !r.verbs_agree && self.rules.get(cue.rule).is_some_and(|rule| rule.spec.tells);
        comma
            && !set_in
            && !told
            && self.after_verb(at + cue.len, sentence.end).is_some_and(|p| {
                // "her strategist, Joel Katz, tweeted a photo": what verbs that take a thing have behind them.
                let thing =
                    !r.verbs_agree && !r.can_speak(&p) && self.rules.get(cue.rule).is_some_and(|rule| rule.spec.bare != Bare::Always);
                let close = |&i: &usize| r.is(i, COMMA) || r.written(i) == ";";
                // "…, said a spokesman for the party that runs the city": what describes who says it.
                let after_clause = !r.verbs_agree && r.has_finite(sentence.start..lead);
                let described = |&i: &usize| after_clause && r.is(i, RELATIVE);
                let rest = p.end..(p.end..sentence.end).find(|i| close(i) || described(i)).unwrap_or(sentence.end);
                !thing && (described(&p.end) || !r.is(p.end, COMPLEMENTIZER)) && !r.has_finite(rest)
            })
    }

    /// The clause that is the object of a verb: where it begins, and the speaker where he stands between.
    fn complement(&self, at: usize, cue: Cue, end: usize, present: bool) -> Option<(usize, Option<Range<usize>>)> {
        let r = self.r;
        let spec = &self.rules.get(cue.rule)?.spec;
        let (mut i, mut commas, mut post, mut told) = (at + cue.len, 0, None, false);
        // "Rescuers found 12 men", but "a poll found 12 percent were"
        let among = || (at.saturating_sub(12)..at).any(|j| spec.bare_of.iter().any(|w| r.written(j).eq_ignore_ascii_case(w)));
        let may_be_bare = spec.bare_of.is_empty() || !r.is(i, PREPOSITION) && among();
        if present && self.has_gap(at, i, spec) {
            return Some((i, None));
        }
        // "threatened to leave unless it is amended": what it says is no clause; but "said to reporters that".
        let whom = CAPITAL | DETERMINER | PRONOUN | OBLIQUE | LISTENER | ROLE | SOURCE | PEOPLE | ORGANISATION | INDEFINITE;
        if present && r.is(i, INFINITIVE) && r.is(i + 1, WORD) && !r.is(i + 1, whom) {
            return None;
        }
        // "argued, as she has before, that": what is set in before its opening word.
        if present && !r.verbs_agree && r.is(i, COMMA) && r.is(i + 1, COMPARATIVE) {
            let close = (i + 1..end.min(i + 14)).find(|&j| r.is(j, COMMA)).filter(|&j| r.is(j + 1, COMPLEMENTIZER));
            i = close.map_or(i, |c| c + 1);
        }
        while i < end {
            // "tells us (June 18) that"
            if present && i > at && r.written(i) == "(" {
                let close = (i + 1..end.min(i + 8)).find(|&j| r.written(j) == ")").filter(|&j| r.is(j + 1, COMPLEMENTIZER));
                i = close.map_or(i, |c| c + 1);
            }
            let names = || (i + 1..end.min(i + 5)).any(|j| r.cue(j, &[Frame::Stance]).is_some());
            if r.is(i, QUESTION) && i > at + cue.len && !r.is(i, COMPLEMENTIZER) && names() {
                return None; // "warned against what he called a trick", "vowed to crush what he called a plot"
            }
            let asked = spec.opened_by.iter().any(|w| r.written(i).eq_ignore_ascii_case(w));
            if asked && present && commas == 0 {
                return Some((i, post));
            }
            // "resolvió lo que otros no pudieron", "muestra a agentes golpeando a un hombre que huía", "said in a speech that blamed them"
            let other = i > at + cue.len && r.is(i, COMPLEMENTIZER) && {
                let free = r.verbs_agree && r.is(i - 1, DETERMINER | CLITIC) && !r.is(i - 1, PRONOUN);
                let hangs = !r.verbs_agree && r.finite(i + 1) && r.is(i - 1, MESSAGE);
                // "respondió a las preguntas que se le hicieron"
                let answers = r.verbs_agree && r.is(i - 1, ACCOUNT) && (at + cue.len..i).any(|j| r.is(j, PREPOSITION));
                // "lo desmintió, hasta que no pudo más"
                let until = r.is(i - 1, UNTIL);
                let shown = cue.frame == Frame::Finding && r.verbs_agree && (at + cue.len..i).any(|j| r.is(j, GERUND));
                // "wrote in a post that was later removed, that soldiers had the right to"
                let close = (i..end.min(i + 12)).find(|&j| r.is(j, COMMA) && r.is(j + 1, COMPLEMENTIZER));
                if let Some(close) = close.filter(|_| hangs) {
                    i = close + 1;
                    commas += 1;
                    continue;
                }
                free || hangs || shown || answers || until
            };
            if other {
                return None;
            }
            // "agreed on a reason for why": of the reason.
            if !r.verbs_agree && r.is(i, QUESTION) && r.is(i - 1, PREPOSITION) && i > at + cue.len + 1 {
                return None;
            }
            if r.is(i, COMPLEMENTIZER | QUESTION) && !(r.is(i, PREPOSITION)) {
                // "lo que sugiere la posibilidad de que": of the noun.
                let of = |p: &Range<usize>| r.is(i - 1, LINK) && p.end + 1 == i && !r.can_speak(p);
                if r.verbs_agree && post.as_ref().is_some_and(of) {
                    return None;
                }
                // "Hablaba, precisó, de los vecinos que no marchan": set in, and no clause of its own.
                if r.is(at.wrapping_sub(1), COMMA) && r.is(at + cue.len, COMMA) && !r.is(i - 1, COMMA) {
                    return None;
                }
                // Inside an apposition that is still open: "dijo Gil, una vendedora que …".
                let apposed = commas % 2 == 1 && (r.is(i - 1, COMMA) || self.used[at] || !present);
                // "…, confirmó la ministra, Ana Gil, que descartó …": what is said stands before.
                let verb = r.finite(i + 1) || r.is(i + 1, CLITIC) && r.finite(i + 2);
                let goes_on = r.is(i - 1, COMMA) && !present && r.is(at.wrapping_sub(1), COMMA) && verb;
                // "39 have died, the commission said on Monday, double the toll of 22 that it had given": so it does here.
                let added = present && commas > 0 && !r.is(i - 1, COMMA) && self.follows_clause(at);
                let relative = apposed || goes_on || added;
                // "Kyiv says that is a lie": no opening word, but the clause's subject.
                // But "that left wing protesters were": its verb comes later.
                let later = || {
                    let parts = COMMA | CONJUNCTION | RELATIVE | COMPLEMENTIZER | SUBORDINATOR | QUESTION | QUOTE;
                    (i + 2..end.min(i + 7)).take_while(|&j| !r.is(j, parts)).find(|&j| r.is(j, AUXILIARY)).is_some()
                };
                if spec.bare != Bare::Never && present && !relative && r.is(i, COMPLEMENTIZER) && r.finite(i + 1) && !later() {
                    return Some((i, post));
                }
                let keep = if r.is(i, QUESTION) && !r.is(i, COMPLEMENTIZER) { i } else { i + 1 };
                return (!relative).then_some((keep, post));
            }
            if i > at + cue.len && r.cue(i, &[Frame::Speech, Frame::Participle]).is_some() && (commas > 0 || r.is(i - 1, WORD)) {
                return None; // Another one's clause.
            }
            // "told the jurors to ignore what they had read"
            if r.is(i, INFINITIVE) && r.is(at, ASKS_OF) {
                return None;
            }
            // "declined to say who …", "refused to say when …"
            let asks = r.is(i, RELATIVE) || r.is(i, SUBORDINATOR) && r.is(at.wrapping_sub(1), INFINITIVE);
            if asks && i == at + cue.len && present && !r.is(i, COMPLEMENTIZER) {
                return Some((i, post));
            }
            if r.is(i, COMMA) {
                // "afirmó, en medio de la crisis que vive el país, que irá": the clause set in has an opening word of its own.
                let close = (i + 2..end).find(|&j| r.is(j, COMMA)).filter(|&j| r.is(j + 1, COMPLEMENTIZER));
                if let Some(close) = close.filter(|&c| r.opens_adverbial(i + 1) && (i + 2..c).any(|j| r.is(j, COMPLEMENTIZER | RELATIVE))) {
                    commas += 2;
                    i = close + 1;
                    continue;
                }
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
            let inverted = r.is(next, PASSIVE) && !r.is(next - 1, PRONOUN);
            if next > i && present && commas == 0 && spec.bare != Bare::Never && r.is(i, PREPOSITION) && inverted {
                return Some((i, post));
            }
            if next > i {
                // "asked a judge to drop the suit that"
                if r.is(at, ASKS_OF) && (i..next).any(|j| r.is(j, INFINITIVE) && self.base_form(j + 1)) {
                    return None;
                }
                if commas > 0 && (i..next).any(|j| r.cue(j, &[Frame::Noun]).is_some() && r.is(j + 1, COMPLEMENTIZER | LINK)) {
                    return None; // "said by phone, despite warnings that …"
                }
                i = next;
                continue;
            }
            // "said in a report published on Tuesday that", "in a release sent while the funeral was under way that"
            let reduced = i > at + cue.len && (r.is(i, PAST) || r.is(i, FINITE) && r.is(i - 1, MESSAGE));
            if reduced && let Some(opening) = (i + 1..end.min(i + 8)).find(|&j| r.is(j, COMPLEMENTIZER)) {
                i = if r.is(i + 1, SUBORDINATOR) { opening } else { i + 1 };
                continue;
            }
            // "comentó en su programa «Con el mazo dando» que", but "ordered him to “find something” that could be used"
            if let Some(title) =
                self.opens_at(i).filter(|_| !r.is(i - 1, INFINITIVE)).filter(|m| !self.is_speech(m) && r.is(m.after, COMPLEMENTIZER))
            {
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
            // "a group, which gathers reports, …": what it gathers ends at the comma.
            let set_in = r.is(at.wrapping_sub(1), RELATIVE) && r.is(at.wrapping_sub(2), COMMA);
            let clause = (i..clause).find(|&j| set_in && r.is(j, COMMA)).unwrap_or(clause);
            // "threatened a hunger strike, while the rest remained in prison": the verb is that of another clause.
            let last = |j: usize| r.is(j, COMMA) && !(j + 1..clause).any(|k| r.is(k, COMMA));
            let aside = |j: usize| last(j) && r.is(j + 1, SUBORDINATOR) && !r.has_finite(i..j);
            let bare = present
                && may_be_bare
                && !(i..clause).any(aside)
                && (!r.finite(i) || r.is(i, CONTRACTED))
                && !r.is(i, CONJUNCTION)
                && commas == 0
                && self.bare_clause(i, clause, cue, spec);
            // "contó llorando que su hijo murió"
            if r.verbs_agree && i == at + cue.len && r.is(i, GERUND) && r.is(i + 1, COMPLEMENTIZER) {
                i += 1;
                continue;
            }
            let object = r.phrase_from(i, end);
            // Who is told stands first: "told me I sounded", "told residents at a meeting she shared".
            if spec.tells
                && !told
                && (i == at + cue.len || !r.is(i, PRONOUN))
                && present
                && let Some(o) = &object
                // "told Reuters the plan failed": behind the one who is told, it is the verb of what is told.
                && (!(r.is(o.end, FINITE) || i > at + cue.len && r.finite(o.end)) || r.is(i, PRONOUN))
            {
                told = true;
                i = o.end;
                continue;
            }
            // "warned ministers they were late": who is warned.
            let warned = object.as_ref().filter(|o| i == at + cue.len && r.is(o.end, PRONOUN) && !r.is(o.start, PRONOUN) && r.can_speak(o));
            if let Some(o) = warned.filter(|_| bare) {
                return Some((o.end, post));
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
            // "cuestionó la reacción de analistas que han criticado": no one who says it.
            let head = (object.start..object.end).take_while(|&j| !r.is(j, LINK | PREPOSITION) || j == object.start);
            let who = ROLE | SOURCE | ORGANISATION | PEOPLE | CAPITAL | PRONOUN | PLURAL | LISTENER | TITLE | INDEFINITE;
            let thing = r.verbs_agree && object.clone().any(|j| r.is(j, LINK)) && !head.into_iter().any(|j| r.is(j, who));
            if thing && !present && !inserted && r.is(object.end, COMPLEMENTIZER) {
                return None;
            }
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

    /// Whether a stretch of text can be the clause of a verb without an opening word.
    fn bare_clause(&self, i: usize, clause: usize, cue: Cue, spec: &Spec) -> bool {
        let r = self.r;
        match spec.bare {
            Bare::Never => false,
            // The verb must be the clause's own, not a relative clause's.
            Bare::Finite => {
                // "declared an emergency before anything was broken": the verb of the clause that hangs on it.
                let hangs = |j: usize| j > i && !r.is(j, COMPARATIVE) && !r.is(j - 1, COMMA) && !r.counts(j + 1);
                let shown = |j: usize| r.is(j, SUBORDINATOR | OPENER) && (cue.frame == Frame::Finding || hangs(j));
                // "who were demanding the resignation of the president, clashed": the verb of who demands it.
                let set_off = |j: usize| r.is(j, COMMA) && r.finite(j + 1) && !(i..j).any(|k| r.is(k, COMMA));
                let own = |&j: &usize| r.is(j, RELATIVE) || shown(j) || r.is(j, COMMA) && r.is(j + 1, QUOTE | INDEFINITE) || set_off(j);
                // "confirmed the attack but put the toll at six": the verb of who confirms it.
                let goes_on = |v: usize| {
                    let and = (i + 1..v).rev().find(|&j| !r.is(j, ADVERB));
                    and.is_some_and(|j| r.is(j, CONJUNCTION))
                };
                (i..(i..clause).find(own).unwrap_or(clause))
                    .find(|&v| r.finite(v) && !(r.is(v, PAST) && r.is(v + 1, AGENT)))
                    .is_some_and(|v| !goes_on(v))
            }
            Bare::Always => r.has_finite(i..clause) || r.words(i..clause) > FEW || self.shows_verb(i, clause),
        }
    }

    /// Whether the third word of a clause can be a verb of the present, which no ending tells from a plural: "the law protects children"; or the
    /// second one of the past, behind those who do it: "officers provoked it".
    fn shows_verb(&self, from: usize, end: usize) -> bool {
        let r = self.r;
        let (noun, verb) = (from + 1, from + 2);
        let other = DETERMINER | PREPOSITION | PLURAL | PRONOUN | ADVERB | CONJUNCTION | AUXILIARY;
        let subject = r.is(from, DETERMINER) && !r.is(from, POSSESSIVE) && r.is(noun, WORD) && !r.is(noun, other);
        let doers = r.is(from, SOURCE | ROLE | PEOPLE | ORGANISATION) && r.is(noun, PAST) && noun < end;
        !r.verbs_agree && doers
            || !r.verbs_agree
                && subject
                && verb < end
                && r.is(verb, WORD)
                && r.is(verb, PLURAL)
                && !r.is(verb, SOURCE | ROLE | PEOPLE | CAPITAL)
    }

    /// Whether what a verb reports lacks its subject, which stands before: "men who police said were spies", "four men it said were
    /// spies", "showed what it said were weapons".
    fn has_gap(&self, at: usize, from: usize, spec: &Spec) -> bool {
        let r = self.r;
        if spec.bare == Bare::Never || !r.is(from, FINITE) || r.is(from - 1, AUXILIARY) {
            return false;
        }
        let low = r.start_of_sentence(at);
        let (who, start) = r.subject(at, low);
        let Some(before) = start.checked_sub(1).filter(|&b| b > low && who != Who::Absent) else { return false };
        // "the plan that it announced was rejected": of what can be announced itself the verb is the main clause's.
        let only_says = spec.bare == Bare::Always;
        let now = !r.is(at, PAST | NOUN_TOO | SINGULAR_NOUN_TOO) && matches!(&who, Who::Phrase(p) if r.can_speak(p));
        // "donations that the opposition alleges were kept secret"
        let relative = r.is(before, RELATIVE) && (only_says || !r.is(before, COMPLEMENTIZER) || now);
        let free = r.is(before, QUESTION) && !r.is(before - 1, STOP | QUOTE);
        let head = !r.is(before, DETERMINER | PREPOSITION | CONJUNCTION | SUBORDINATOR | RELATIVE | ADVERB | PRONOUN | MESSAGE);
        let reduced = r.is(start, PRONOUN) && r.is(before, WORD) && head && !r.finite(before) && r.cues[before].is_none();
        relative || only_says && (free || reduced)
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
        if who == Who::Nobody && r.is(at.wrapping_sub(1), CLITIC) {
            return; // "…, nadie lo cree"
        }
        let mut lead = if who == Who::Absent { at } else { start };
        while who == Who::Absent && lead > sentence.start && r.is(lead - 1, CLITIC | AUXILIARY) {
            lead -= 1;
        }
        // "…, a claim Gil could not confirm", "…, afirmación que repitió": nobody's words before it.
        let noun = |i: usize| r.is(i, ACCOUNT | REMARK) && r.is(i.wrapping_sub(1), COMMA | INDEFINITE);
        if lead > sentence.start
            && (noun(lead - 1) || r.is(lead - 1, RELATIVE) && noun(lead.saturating_sub(2)) || noun(lead) && r.verbs_agree)
        {
            return;
        }
        let compared = lead > sentence.start && r.is(lead - 1, COMPARATIVE);
        // "…, como pedía la oposición": what somebody wants is not what he says.
        if compared && r.is(at, ASKS_OF) && r.verbs_agree {
            return;
        }
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
        // "the veto, which several lawmakers contend, means that": of what the relative pronoun stands for.
        let opens = |w: usize| w > sentence.start && r.is(w, RELATIVE) && !r.is(w, COMPLEMENTIZER) && r.is(w - 1, COMMA);
        let relative = lead.checked_sub(1).is_some_and(opens);
        if relative && !r.verbs_agree && r.is(at + cue.len, COMMA) && r.may_be_verb(at + cue.len + 1) {
            let from = at + cue.len + 1;
            let to = r.clause_end(from, sentence.end, &self.inside);
            let speaker = self.resolve(who, at);
            self.push_reported(from..to, speaker, (at, cue));
            return;
        }
        // "responde Hernando Gil, dirigente gremial, quien calcula en 20.000 las pérdidas": no aside.
        if r.verbs_agree && r.is(at.wrapping_sub(1), RELATIVE) && !r.is(at - 1, COMPLEMENTIZER) && r.is(at.wrapping_sub(2), COMMA) {
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
            // "La banda, ilegal desde mayo, negó el ataque": what is denied, and not who denies.
            // "Además, mencionó el caso de Gil": nor one who is named with it.
            let head = p.start..p.clone().find(|&i| r.is(i, LINK)).unwrap_or(p.end);
            let opens = r.words(sentence.start..comma) <= 2;
            if !r.can_speak(if opens { &head } else { &p }) && !r.has_finite(sentence.start..comma) {
                return;
            }
            // "…, se reportó otro fallecido": what is reported.
            if r.verbs_agree && r.is(at - 1, REFLEXIVE) && (r.is(p.start, INDEFINITE | ALONE) || r.counts(p.start)) {
                return;
            }
            let named = r.named(p.clone(), sentence.end);
            end = named.end.max(p.end);
            who = r.who(named);
        }
        if r.is(end, LINK) && (r.verbs_agree || end == at + cue.len)
            || r.verbs_agree && r.is(at + cue.len, VERBAL) && !r.is(at + cue.len, CAPITAL | ADVERB | DETERMINER)
        {
            return; // "suspect of …", "sabe manejar una escopeta": an object of its own.
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
        // ", said a spokesman for the party that runs the city": nor one of who says it.
        let closes = COMMA | STOP | if r.verbs_agree { 0 } else { RELATIVE };
        let tail = (end..sentence.end).find(|&i| r.is(i, closes)).unwrap_or(sentence.end);
        let adverbial =
            if r.verbs_agree { r.is(named_end, PREPOSITION) && !r.is(named_end, LINK) } else { r.is(named_end, PREPOSITION | LINK) };
        let circumstance = adverbial && who != Who::Absent && !r.has_finite(named_end..tail);
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
        // "Magsi said that it was a failure of the agencies, which, he told us, were scared": a part of what is reported already.
        let holder =
            self.found.iter().rev().take(4).find(|f| f.kind == QuoteKind::Indirect && f.content.contains(&at) && f.content.start < comma);
        if holder.is_some() && who == Who::Absent && r.is(at + cue.len, COMMA) {
            return; // Set into what somebody says already.
        }
        let from = holder.map_or(from, |f| from.max(f.content.start));
        // "at the morgue, where, she said, others were waiting", "riots in which, it says, ten died": the clause that hangs on it is all
        // she says.
        let hangs_on = comma.checked_sub(1).filter(|&o| o > from && r.is(o, RELATIVE | SUBORDINATOR) && r.is(o - 1, COMMA | PREPOSITION));
        // "There is no proof of that, said Gil": that.
        let hangs_on = hangs_on.filter(|&o| r.verbs_agree || !r.is(o, COMPLEMENTIZER));
        let from = hangs_on.unwrap_or(from);
        // "justificó el ataque: los vecinos, dijo, eran espías": what the colon opens.
        let near = from.max(comma.saturating_sub(LONGEST))..comma;
        let colon = near.rev().find(|&i| matches!(r.written(i), ":" | ";") && !self.inside[i] && !r.inner_break(i));
        let from = colon.map_or(from, |i| i + 1);
        // "considera que no hubo fraude, como sostenían los demandantes": that there was none.
        let reported = self.found.iter().rev().take(4).find(|f| compared && f.kind == QuoteKind::Indirect && f.content.end == comma);
        let opened = reported.map(|f| (f.content.start..comma).rev().find(|&i| r.is(i, COMPLEMENTIZER)).map_or(f.content.start, |i| i + 1));
        let from = opened.map_or(from, |o| from.max(o));
        let first = r.trim(from..comma);
        // "What changed his mind, they say, was …", "He had thought about it, he said, and even written a speech": the rest is said too.
        // "…, as the paper puts it, and has asked": what the sentence goes on with is the writer's.
        let joined = |i: usize| !compared && r.is(i, CONJUNCTION) && (i..sentence.end).any(|j| r.finite(j) || r.is(j, PAST));
        // "…, the command said, killing nine rebels": what the clause before goes on with.
        // But "…, the army said, calling them bandits" says what the army does.
        let does = |i: usize| r.is(i, GERUND) && r.cue(i, &[Frame::Participle, Frame::Stance, Frame::Origin]).is_none();
        let verb = |i: usize| (i..sentence.end).find(|&j| !r.is(j, CLITIC | ADVERB)).is_some_and(|v| r.finite(v));
        let predicate = |i: usize| verb(i) || joined(i) || does(i) && r.is(end, COMMA) && r.has_finite(first.clone());
        // "The soldiers, the mayor said, fired first."
        let subject = r.phrase_from(first.start, first.end).is_some_and(|p| p.end == first.end);
        // "llamó así a los periodistas que, sostiene, reproducen rumores"
        let relative = r.is(first.end.wrapping_sub(1), RELATIVE) && r.cues[first.end.saturating_sub(2)].is_none();
        let relative = relative && r.has_finite(first.clone());
        // "Entonces, explica el historiador, quienes salieron eran hombres": those, and not he.
        let free = r.verbs_agree && r.is(end + 1, PLURAL) && matches!(&who, Who::Phrase(p) | Who::Anaphor(p) if !r.plural(p));
        let goes_on = r.is(end, COMMA | DASH)
            && end + 2 < sentence.end
            && (predicate(end + 1)
                || relative
                || subject && r.may_be_verb(end + 1)
                || r.has_finite(end + 1..sentence.end)
                    && !r.has_finite(first.clone())
                    && (!r.is(end + 1, RELATIVE) || free)
                    // "Por otro lado, criticó a los vecinos, alegando que"
                    && r.cue(end + 1, &[Frame::Participle]).is_none());
        let framed = r.is(first.start, PREPOSITION | SUBORDINATOR) && !r.has_finite(first.clone());
        let figure = first.clone().any(|i| r.counts(i)) || first.len() == 1 && r.is(first.start, INDEFINITE);
        // "It began, people say, with a lorry": set in between two commas.
        let set_in = r.is(end, COMMA | DASH) && end + 2 < sentence.end && r.has_finite(first.clone());
        let short = !set_in && r.words(first.clone()) < 3 || r.words(first.clone()) < 5 && !r.has_finite(first.clone());
        // "Según relató uno de ellos, los policías gritaban": what he says.
        let told = r.verbs_agree && r.cue(first.start, &[Frame::Origin]).is_some();
        if !goes_on && (framed || told || short && !figure) {
            return;
        }
        // "Era, se nos aseguró, una conjura": nobody is named.
        let nobody = who == Who::Absent && (comma + 1..at).any(|i| r.is(i, REFLEXIVE)) && (comma + 1..at).all(|i| r.is(i, CLITIC));
        let who = if nobody { Who::Nobody } else { who };
        let last = self.last.clone();
        let speaker = self.resolve_from(who, at, hangs_on.is_some() || colon.is_some());
        if compared && r.verbs_agree {
            self.last = last; // "…, como propone su partido, y pidió": not the party.
        }
        if goes_on {
            // "El ministro, Juan Gil, culpó a grupos que, dijo, están armados": the sentence itself says who he is.
            let own = !r.has_finite(lead..at) && !framed && !relative;
            if own && first.clone().any(|i| r.is(i, WORD) && !r.is(i, ADVERB | DETERMINER | PREPOSITION)) {
                self.push_reported(first, speaker.clone(), (at, cue));
            }
            let end_of_clause = r.clause_end(end + 1, sentence.end, &self.inside);
            self.push_reported(end + 1..end_of_clause, speaker, (at, cue));
        } else {
            // "They were, she said, farmers": a verb whose complement comes after.
            // "Hablaba, precisó, de los vecinos"
            // "Le indigna, confiesa, que se hable de ello"
            let few = r.words(first.clone()) <= 2 && r.finite(first.end - 1) && r.is(end + 1, PREPOSITION | COMPLEMENTIZER);
            let hangs = set_in && (r.is(first.end - 1, PASSIVE | AUXILIARY) || few);
            self.push_reported(first, speaker.clone(), (at, cue));
            if hangs {
                let end_of_clause = r.clause_end(end + 1, sentence.end, &self.inside);
                let from = end + 1 + usize::from(r.is(end + 1, COMPLEMENTIZER));
                self.push_reported(from..end_of_clause, speaker, (at, cue));
            }
        }
    }

    /// The phrase after "according to", over a verb of saying ("según informó la policía"): verb, phrase.
    pub(super) fn origin_phrase(&self, from: usize, end: usize) -> Option<(Option<usize>, Range<usize>)> {
        let r = self.r;
        let mut i = from;
        while i < end && r.is(i, CLITIC | AUXILIARY) && !r.is(i, DETERMINER | PRONOUN) {
            i += 1;
        }
        if let Some(cue) = r.cue(i, &[Frame::Speech, Frame::Thought, Frame::Finding]) {
            return match self.after_verb(i + cue.len, end) {
                Some(phrase) => Some((Some(i), r.named(phrase, end))),
                // ", según cuenta,": the one who speaks just now.
                None => (r.is(i + cue.len, COMMA | STOP) || r.finite(i + cue.len)).then_some((Some(i), from..from)),
            };
        }
        // "in her view", "a su juicio", "in the analyst's view"
        let view = (from..end.min(from + 10)).find(|&i| !r.is(i, WORD | QUOTE) || r.is(i, VIEW)).filter(|&i| r.is(i, VIEW));
        // "según esa versión": nobody's in particular.
        if let Some(view) = view.filter(|&v| v > from + 1 || !r.is(from, DETERMINER) || r.is(from, POSSESSIVE)) {
            // "by his own account"
            if r.is(from, POSSESSIVE) && (view == from + 1 || view == from + 2 && !r.possessive(view - 1)) {
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
        // "According to a poll, published on Monday, …", "Según el barómetro, publicado el lunes, …"
        let participle = r.is(from + 1, PARTICIPLE | PAST)
            && !r.is(from + 1, CAPITAL)
            && (r.skip_adverbials(from + 2, end) > from + 2 || r.is(from + 2, AGENT));
        // "Para el Gobierno, quienes protestan son golpistas": others, of whom it thinks so.
        let free =
            r.verbs_agree && r.is(from + 1, PLURAL) && r.nearest_phrase(from, from.saturating_sub(LONGEST)).is_some_and(|p| !r.plural(&p));
        let described = r.is(from + 1, RELATIVE) && !free
            || named && r.is(from + 1, LINK)
            || named && r.is(from + 1, ROLE | PEOPLE)
            || participle
            || named && r.is(from + 1, INDEFINITE) && r.phrase_from(from + 1, end).is_some();
        // "a report obtained by the paper, …"
        if r.is(from, PAST | RELATIVE) {
            let close = (from + 1..end).find(|&i| r.is(i, COMMA)).filter(|&c| r.has_finite(c..end)).unwrap_or(from);
            // "según el balance que entregó el ministro, Ana Gil, hubo dos": with his name.
            let name = r.phrase_from(close + 1, end).filter(|p| close > from && p.len() > 1 && r.is_name(p) && r.is(p.end, COMMA));
            return name.filter(|p| r.has_finite(p.end..end)).map_or(close, |p| p.end);
        }
        let close = || (from + 1..end).find(|&i| r.is(i, COMMA)).filter(|&c| r.has_finite(c..end));
        // "según la radio, que cita a un médico, …"
        let relative =
            || (from + 2..end).find(|&i| r.is(i, COMMA)).filter(|&c| (participle || r.is(from + 1, RELATIVE)) && r.words(c..end) > 2);
        if r.is(from, COMMA) && described { close().or_else(relative).unwrap_or(from) } else { from }
    }

    pub(super) fn origin(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        if self.used[at] {
            return;
        }
        let r = self.r;
        // "la versión según la cual …": the noun before.
        let article = usize::from(r.is(at + cue.len, DETERMINER));
        if let Some(relative) = Some(at + cue.len + article).filter(|&i| i < sentence.end && r.is(i, RELATIVE)) {
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
        // "mostró armas que, según dijo, eran de los rebeldes": who does what the sentence tells.
        let set_in = unsaid && at > sentence.start + 1 && (r.is(at - 1, COMMA) && r.is(at - 2, RELATIVE) || r.is(at - 1, RELATIVE));
        let who = match r.first_verb(sentence.start, at).filter(|_| set_in) {
            Some(main) => r.subject(main, sentence.start).0,
            None if unsaid => Who::Absent,
            None => r.who(phrase),
        };
        let names_source = names_source || unsaid;
        let says = verb.filter(|&v| r.cue(v, &[Frame::Speech, Frame::Thought]).is_some());
        let opens = |i: &usize| r.is(*i, CONJUNCTION | ADVERB | QUOTE | DASH | COMMA | COMPARATIVE);
        let before = (sentence.start..at).rev().find(|i| !opens(i));
        // "El gremio piensa distinto: en su opinión, …"
        let colon = before.is_some_and(|b| matches!(r.written(b), ":" | ";") && b + 1 == at);
        let lead = before.is_none() || colon;
        let speaker = self.resolve_from(who, says.unwrap_or(at), colon || r.is(at.wrapping_sub(1), OPENER));
        // "“…,” according to": the comma stands inside the marks.
        let marked = at > sentence.start + 1 && r.is(at - 1, QUOTE) && r.is(at - 2, COMMA);
        let comma_before = at > sentence.start && (r.is(at - 1, COMMA | DASH) || r.written(at - 1) == "(") || marked;
        if lead {
            // "According to X, head of Y, …": the clause begins at the last comma before its verb.
            let end = self.after_apposition(named, end, sentence.end);
            let verb = (end..sentence.end).find(|&i| r.finite(i)).unwrap_or(end);
            let from = (end..verb.max(end)).find(|&i| r.is(i, COMMA)).map_or(end, |i| i + 1);
            let apposition = (from..verb)
                .rev()
                .find(|&i| r.is(i, COMMA))
                // "Según X, 27 personas, entre ellas tres niños, murieron"
                .filter(|&i| {
                    !r.is(from, DETERMINER) && !r.is(from, CAPITAL) && !r.counts(from) && r.phrase_from(from, i).is_some_and(|p| p.end == i)
                });
            let from = apposition.map_or(from, |i| i + 1);
            let to = r.clause_end(from, sentence.end, &self.inside);
            self.push_reported(from..to, speaker, (at, cue));
        } else if r.is(at - 1, PASSIVE) {
            // "estuvo de acuerdo con": no origin.
        } else if comma_before {
            let comma = if marked { at } else { at - 1 };
            let after = (end..sentence.end).find(|&i| r.is(i, COMMA | DASH) || matches!(r.written(i), ")" | ";"));
            let mut from = r.clause_start(comma, sentence.start);
            let reported = r.is(from.wrapping_sub(1), COMPLEMENTIZER) && from > 1 && r.cues[from - 2].is_some();
            // "…, according to three people who were in the room."
            let described = r.is(end, RELATIVE) && !(end..sentence.end).any(|i| r.is(i, COMMA | DASH | QUOTE));
            let closes = r.is(end, STOP) || end >= sentence.end || described;
            // "suman 14 los ataques en lo que va del año, según X, que los cuenta": of the whole, not of what describes a part of it.
            let describes = from > sentence.start + 2
                && r.is(from - 2, CLITIC | DETERMINER)
                && r.is(from - 3, PREPOSITION)
                && r.words(from..comma) <= FEW;
            if from > sentence.start && (closes || reported || describes || !r.is(from - 1, RELATIVE)) {
                from = sentence.start; // A comma sets it off from the sentence, unless a relative clause holds it.
            }
            let earlier = self
                .found
                .iter()
                .rev()
                .take(4)
                .filter(|f| f.kind == QuoteKind::Indirect && f.content.end <= comma && f.content.start >= sentence.start)
                // "Two died, officials said on Thursday, according to media reports": of what they said.
                .filter(|f| f.cue.as_ref().is_none_or(|c| c.start < f.content.end || r.skip_adverbials(c.end, comma) < comma))
                .map(|f| f.content.end)
                .max();
            let earlier = earlier.filter(|&e| r.words(e..comma) > FEW).unwrap_or(0);
            // "fue arrestada porque, según los agentes, llevaba mal el velo": the clause that hangs on it is all they say.
            let opens = RELATIVE | SUBORDINATOR | OPENER;
            let hangs_on = comma.checked_sub(1).filter(|&o| o > from && cue.frame == Frame::Origin && r.is(o, opens));
            // "han muerto seis; uno de ellos, según la radio, …"
            let parts = (from..comma).rev().find(|&i| !closes && r.written(i) == ";").map_or(0, |i| i + 1);
            // "304 muertos —1.500, según la radio— en un mes": of an aside between dashes they say that only.
            let dash = |i: &usize| r.is(*i, DASH) && !r.inner_break(*i) && !self.inside[*i];
            let before = sentence.start.max(comma.saturating_sub(LONGEST))..comma;
            let closed = (end..sentence.end.min(end + LONGEST)).any(|i| dash(&i));
            let aside = before.clone().filter(dash).count() % 2 == 1 && closed;
            if let Some(open) = before.rev().find(dash).filter(|_| aside) {
                self.push_reported(open + 1..comma, speaker, (at, cue));
                return;
            }
            let first = r.trim(hangs_on.unwrap_or(from.max(earlier).max(parts))..comma);
            // "The regime, according to X, represses dissidents": a subject set apart from its verb.
            let parted = |rest: &Range<usize>| {
                let verb = (rest.start..rest.end).find(|&i| !r.is(i, CLITIC | ADVERB)).unwrap_or(rest.end);
                r.phrase_from(first.start, first.end).is_some_and(|p| p.end == first.end) && verb < rest.end && r.may_be_verb(verb)
            };
            let rest = after.map(|a| a + 1..r.clause_end(a + 1, sentence.end, &self.inside));
            match rest.filter(|rest| r.words(rest.clone()) > 2 || parted(rest)) {
                Some(rest)
                    if parted(&rest)
                        || r.has_finite(rest.clone())
                            && (!r.has_finite(first.clone()) || r.words(first.clone()) < 3 || r.finite(rest.start)) =>
                {
                    // "sin embargo, según la policía, …"
                    let time_or_place = |i: usize| r.is(i, CAPITAL | ADVERB | UNIT) || r.counts(i);
                    let joins = first.len() == 2 && r.is(first.start, PREPOSITION) && !time_or_place(first.end - 1);
                    if !joins {
                        self.push_reported(first, speaker.clone(), (at, cue));
                    }
                    self.push_reported(rest, speaker, (at, cue));
                }
                // "a night that left, according to prosecutors, four dead"
                Some(rest) if r.words(first.clone()) < 2 || r.finite(first.end - 1) && !r.opens_adverbial(rest.start) => {
                    if r.words(first.clone()) > 2 {
                        self.push_reported(first, speaker.clone(), (at, cue));
                    }
                    let rest = rest.start..rest.clone().find(|&i| r.is(i, DASH) && !r.inner_break(i)).unwrap_or(rest.end);
                    self.push_reported(rest, speaker, (at, cue));
                }
                _ => {
                    self.push_reported(first, speaker, (at, cue));
                }
            }
        } else if r.is(at - 1, RELATIVE | COMPLEMENTIZER | SUBORDINATOR | CONJUNCTION)
            // "since in her view the vote was rigged"
            || r.is(at - 1, OPENER) && r.has_finite(end..sentence.end)
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
        let ends = |&i: &usize| !r.is(i, WORD | QUOTE) || r.is(i, VIEW | RELATIVE) || r.finite(i);
        let view = (at + 1..sentence.end.min(at + 10)).find(ends).filter(|&i| r.is(i, VIEW));
        // "In my view" is the writer's own.
        let others = |v: usize| !r.is(v, FIRST_PERSON) && (r.is(v, POSSESSIVE) || r.possessive(v));
        let Some(view) = view.filter(|&v| others(v - 1) || v == at + 3 && r.is(at + 1, POSSESSIVE) && others(at + 1)) else {
            // "To his supporters he is a hero."
            if !self.opens_clause(at, sentence) {
                return;
            }
            let written = r.written(at).to_lowercase();
            let same = |rule: &Rule<Spec>| rule.spec.frame == Frame::View && rule.spec.cues.contains(&written);
            if let Some(rule) = self.rules.iter().position(same) {
                self.view(at, Cue { rule, ..cue }, sentence);
            }
            return;
        };
        self.origin(at, cue, sentence);
        for f in &mut self.found[before..] {
            f.cue = Some(at..view + 1);
        }
    }

    /// Whether nothing but conjunctions and marks stands between a token and the beginning of the sentence, or of a part of it ("to the army
    /// they are bandits; to their neighbours …").
    fn opens_clause(&self, at: usize, sentence: &Range<usize>) -> bool {
        let r = self.r;
        let opens = |i: &usize| r.is(*i, CONJUNCTION | QUOTE | DASH);
        (sentence.start..at).rev().find(|i| !opens(i)).is_none_or(|i| r.written(i) == ";")
    }

    /// "Para la oposición, …", "para quien …": in whose view a clause is so.
    pub(super) fn view(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        // "para quien", "para la que"
        let mut from = at + cue.len + usize::from(r.is(at + cue.len, DETERMINER) && r.is(at + cue.len + 1, RELATIVE));
        let relative = r.is(from, RELATIVE) && r.is(at.wrapping_sub(1), COMMA);
        let opens = self.opens_clause(at, sentence);
        let (who, end) = if relative {
            let who = r.nearest_phrase(at - 1, sentence.start).map_or(Who::Absent, |p| r.who(p));
            (self.described(&who, at - 1, sentence).unwrap_or(who), from + 1)
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
            // "To his supporters he is a hero", "Para el Gobierno son bandidos"
            // "To Dr. Attar, who lost two nurses, that was an insult"
            let it = end + usize::from(r.is(end, COMMA));
            let states = r.is(it, PRONOUN | DETERMINER) && r.is(it + 1, PASSIVE) || r.verbs_agree && r.is(end, PASSIVE);
            let end = if states && !r.verbs_agree { it } else { end };
            // "For most, says Gil, …": Gil says it.
            if !people || !states && !r.is(end, COMMA) || r.cue(end + 1, &[Frame::Speech]).is_some() {
                return;
            }
            // "Para el senador, en cambio, …"
            let behind = end + usize::from(!states);
            let aside = r.skip_adverbials(behind, sentence.end);
            (r.who(named), if aside > behind && !states && r.is(aside, COMMA) { aside + 1 } else { behind })
        } else {
            return;
        };
        let to = r.clause_end(end, sentence.end, &self.inside);
        // "Para la abogada Ana Gil, la moción carece de sustento": verbs of the present are known by no ending.
        // "To his critics, he promised jobs" is no view of theirs.
        let says_so = cue.frame == Frame::View || r.first_verb(end, to).is_some_and(|v| r.is(v, PASSIVE));
        let clause = says_so && r.has_finite(end..to) || r.verbs_agree && r.is(end, DETERMINER) && r.words(end..to) > FEW;
        if who != Who::Absent && clause {
            let last = self.last.clone();
            let speaker = self.resolve(who, at);
            // It is whom it tells of that the text goes on with, unless that is nobody: "To Gil that was an insult."
            if cue.frame == Frame::Opinion && r.is(end, PRONOUN) {
                self.last = last;
            }
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
    pub(super) fn noun(&mut self, at: usize, cue: Cue, sentence: &Range<usize>) {
        let r = self.r;
        let mut i = at + cue.len;
        // "warnings from the judiciary that …", "la denuncia de la oposición de que …": whose they are.
        let of = r.is(i, PREPOSITION) && !r.is(i + 1, COMPLEMENTIZER);
        // But "his position by suggesting that": what somebody does.
        let does = r.cue(i + 1, &[Frame::Participle]).is_some();
        let whose = r.phrase_from(i + 1, sentence.end).filter(|p| of && !does && (!r.is(i, LINK) || r.can_speak(p)));
        if let Some(p) = &whose {
            // "concern among lawmakers from the suburbs that"
            let further = r.is(p.end, PREPOSITION) && !r.is(p.end, LINK | COMPLEMENTIZER);
            let place = r.phrase_from(p.end + 1, sentence.end).filter(|q| further && r.is(q.end, COMPLEMENTIZER));
            i = place.map_or(p.end, |q| q.end);
        }
        // "Her view is that …", "the position has long been that …"
        let is = (i..i + 4).find(|&j| !r.is(j, PERFECT | ADVERB)).filter(|&j| r.is(j, PASSIVE) && r.is(j + 1, COMPLEMENTIZER));
        let states = is.is_some();
        i = is.unwrap_or(i);
        if r.is(i, LINK) || states {
            i += 1;
        }
        if i >= sentence.end || !r.is(i, COMPLEMENTIZER) {
            return;
        }
        // "a claim that experts reject"
        let who = PLURAL | SOURCE | ROLE | ORGANISATION | CAPITAL | PRONOUN;
        let rejects = |j: usize| r.is(j, DENIES) && r.is(j - 1, who);
        // "a claim that Miyetti Allah, the main association, disputed"
        let apposed = |j: usize| {
            let set_in = r.is(j - 1, COMMA) && (i + 2..j - 1).any(|c| r.is(c, COMMA));
            r.is(j, DENIES) && set_in && r.is(j + 1, STOP | BREAK) && !r.has_finite(i + 1..j)
        };
        // "the report that the army published on Thursday": what is published is the report.
        let ends = |j: usize| r.is(j, STOP | COMMA | BREAK | DASH | CONJUNCTION) || j >= sentence.end || r.finite(j);
        let made = |j: usize| r.is(j, GIVES) && r.is(j - 1, who | PERFECT) && ends(r.skip_adverbials(j + 1, sentence.end));
        let rejected = || {
            let near = i + 1..sentence.end.min(i + 8);
            near.clone().take_while(|&j| r.is(j, WORD)).last().is_some_and(rejects)
                || near.take_while(|&j| r.is(j, WORD)).any(made)
                || (i + 1..sentence.end.min(i + 14)).any(apposed)
        };
        if !r.is(i - 1, LINK) && !states && (r.finite(i + 1) || r.verbs_agree || rejected()) {
            return; // "a report that warned of …", "versión que desmienten otros": a relative clause.
        }
        let owner = at.checked_sub(1).filter(|&b| r.possessive(b));
        let owner = owner.and_then(|b| r.nearest_phrase(if r.is(b, WORD) { b + 1 } else { b }, sentence.start));
        // "His view is that …"
        let his = r.is(at - usize::from(at > 0), POSSESSIVE) && !r.is(at - 1, FIRST_PERSON | PLURAL) && at > sentence.start;
        let mut end = r.clause_end(i + 1, sentence.end, &self.inside);
        // "Claims that the army used gas were denied": before the verb whose subject the whole is.
        // "said claims that it had were false": nor are these of who says so.
        let said = at > sentence.start && !r.is(at - 1, DENIES) && r.cue(at - 1, &[Frame::Speech, Frame::Thought]).is_some();
        if said || !r.has_finite(sentence.start..at) {
            let own = (i + 1..end).find(|&j| r.finite(j) || r.is(j, PAST)).unwrap_or(end);
            let hangs = AUXILIARY | ADVERB | RELATIVE | COMPLEMENTIZER | SUBORDINATOR | PRONOUN | CONJUNCTION | QUESTION | COMMA | CLITIC;
            let plain =
                (own + 1..end).take_while(|&j| !r.is(j, RELATIVE | COMPLEMENTIZER | SUBORDINATOR | OPENER | COMMA) && !self.inside[j]);
            let not = |j: usize| r.verbs_agree && r.is(j, ADVERB) && j > own + 1;
            let main = |j: &usize| !r.is(*j - 1 - usize::from(not(*j - 1)), hangs);
            let passive = plain.clone().find(|j| r.is(*j, PASSIVE | PERFECT) && main(j));
            // "Claims that it could not be had drew laughter"
            end = passive.or_else(|| plain.filter(|&j| r.finite(j)).last().filter(main)).map_or(end, |j| j - usize::from(not(j - 1)));
        }
        let speaker = owner.or(whose).or_else(|| if his { self.resolve_from(Who::Absent, at, false) } else { None });
        // "override Gov. Ana Ruiz's veto, brushing aside her warning that"
        let speaker = speaker.or_else(|| if his { self.named_with(r.gender(&(at - 1..at)), at - 1) } else { None });
        let argued = || if said { None } else { self.who_argues(at, sentence).or_else(|| self.who_answers(at, sentence)) };
        let speaker = speaker.or_else(argued);
        self.push_reported(i + 1..end, speaker, (at, cue));
    }

    /// "denied reports that …", "desestimó las denuncias de que …": of claims that nobody is named for, who takes a stand on them.
    fn who_answers(&mut self, noun: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let r = self.r;
        let gives = (sentence.start..noun).rev().take(5).take_while(|&i| !r.is(i, COMMA | STOP)).find(|&i| r.is(i, GIVES));
        let verb = (sentence.start..noun).rev().take(4).find(|&i| !r.is(i, DETERMINER | QUOTE | COMPARATIVE) && !self.inside[i])?;
        let verb = r.cue(verb, &[Frame::Speech, Frame::Stance]).map(|_| verb).or(gives)?;
        match r.subject(verb, sentence.start).0 {
            who @ (Who::Phrase(_) | Who::Anaphor(_)) => self.resolve(who, verb),
            _ => None,
        }
    }

    /// "exige su renuncia con el argumento de que", "resigned on the grounds that": who does what the sentence tells.
    fn who_argues(&mut self, noun: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let r = self.r;
        let with = (sentence.start + 1..noun).rev().find(|&i| !r.is(i, DETERMINER) || r.is(i, PREPOSITION))?;
        let new = (with + 1..noun).any(|i| r.is(i, INDEFINITE)); // "seized on a report that"
        let verb = r.first_verb(sentence.start, with).filter(|_| r.is(with, ABSOLUTE) && !new)?;
        match r.subject(verb, sentence.start).0 {
            who @ (Who::Phrase(_) | Who::Anaphor(_)) => self.resolve_from(who, noun, false),
            _ => None,
        }
    }
}
