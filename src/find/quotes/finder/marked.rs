//! Words in marks: the attribution that stands beside them, before or after, and what is left without one.

use std::ops::Range;

use super::{Attribution, Behind, FEW, Finder, Found, LONGEST};
use crate::find::quotes::marks::{self, Marked};
use crate::find::quotes::reading::Who;
use crate::find::quotes::words::{Cue, Frame, class::*};
use crate::vocabulary::QuoteKind;

impl Finder<'_, '_> {
    pub(super) fn is_speech(&self, m: &Marked) -> bool {
        let words = self.r.words(m.content.clone());
        let own = |i: usize| self.r.is(i, PRONOUN) && self.r.is(i, FIRST_PERSON);
        words > FEW || words > 1 && m.content.clone().any(|i| self.predicates(i, m) || words > 2 && own(i))
    }

    /// Whether a verb of a few words in marks is one: a past form may be an adjective ("clear and repeated").
    fn predicates(&self, i: usize, m: &Marked) -> bool {
        let r = self.r;
        // "Asumo la culpa": the form that begins an utterance.
        let alone = || r.sentence_starts(m.open) || r.written(m.open.wrapping_sub(1)) == ":";
        let begins = (m.content.start..i).all(|j| r.is(j, ADVERB | CLITIC) && !r.is(j, DETERMINER | PRONOUN));
        let opens = begins && r.is(i, SPEAKS) && alone();
        // "Stop this bloodshed": what stands before an article, and is no preposition, is a verb.
        let known = DETERMINER | PREPOSITION | CONJUNCTION | ADVERB | SUBORDINATOR | RELATIVE | QUESTION | COMPARATIVE | QUANTITY | PLURAL;
        let orders = i == m.content.start && r.is(i, CAPITAL) && !r.is(i, known) && r.is(i + 1, DETERMINER) && !r.is(i + 1, PREPOSITION);
        // "My uncle repaired umbrellas.": a sentence of its own.
        let whole = r.sentence_starts(m.open) && r.is(m.content.end - 1, STOP) && r.is(m.content.start, CAPITAL);
        let told =
            whole && r.is(i, PAST) && r.is(m.content.start, DETERMINER | PRONOUN) && i > m.content.start + 1 && i + 2 < m.content.end;
        // "Que se vaya": a wish.
        let wish = i == m.content.start && r.is(i, CAPITAL) && r.is(i, COMPLEMENTIZER) && r.verbs_agree;
        opens
            || told
            || wish
            || orders && !r.possessive(i) && !self.is_title(m)
            || r.finite(i)
                && !self.describes(i, m)
                && !(r.is(i, PAST) && i == m.content.start && r.is(i + 1, COMMA)) // "organised, violent thuggery"
                && (!r.is(i, PAST) || i == m.content.start || (m.content.start..i).any(|j| r.is(j, PRONOUN | DETERMINER | RELATIVE)))
    }

    /// Whether a form that words in marks begin with is an adjective: "described them as “lost youth”".
    fn describes(&self, i: usize, m: &Marked) -> bool {
        let r = self.r;
        let governed = r.is(m.open.wrapping_sub(1), PASSIVE | DETERMINER | PREPOSITION | COMPARATIVE);
        !r.verbs_agree && i == m.content.start && !r.is(i, AUXILIARY) && governed
    }

    pub(super) fn push_marked(&mut self, m: &Marked, a: Attribution) {
        let kind = if self.is_speech(m) || m.dash { QuoteKind::Direct } else { QuoteKind::Scare };
        let speaker = if let Some(other) = self.answerer(m, &a.who) {
            self.hold(&other, 0);
            Some(other)
        } else if let Some(last) = self.resumed(&a) {
            Some(last)
        } else if let Some(office) = self.other_than_asker(m, &a.who) {
            self.hold(&office, 0);
            Some(office)
        } else {
            // "Turnout, he writes, “falls”": what the words set in are about is not who says them.
            let comma = |i: usize| self.r.is(i.wrapping_sub(1), COMMA);
            let set_in = match &a.who {
                Who::Anaphor(p) => comma(p.start) && comma(m.open),
                Who::Absent => self.r.verbs_agree && a.cue.is_some_and(|c| comma(c) && c < m.open) && comma(m.open),
                _ => false,
            };
            self.resolve_from(a.who, a.cue.unwrap_or(m.open), !set_in)
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
    pub(super) fn beside(&self, m: &Marked) -> Option<Attribution> {
        self.set_in(m).or_else(|| self.around(m)).or_else(|| self.signed(m))
    }

    /// A verb of saying with its speaker set into the marks between dashes: «El mundo —escribió el poeta— calla».
    pub(super) fn set_in(&self, m: &Marked) -> Option<Attribution> {
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
    pub(super) fn around(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let closes = r.is(m.content.end.wrapping_sub(1), COMMA | STOP) && r.written(m.content.end - 1) != ".";
        let colon = r.written(m.open.wrapping_sub(1)) == ":";
        if colon && !closes || self.is_part(m) {
            let before = self.before(m);
            // Without a verb before it, a colon leaves the word to a verb after, and so it does to one that has its own subject: "They deny
            // it: “…”, concludes the report".
            // "attacked the police, forcing them to “fire in the air,” the officer said": a stance does not reach over a clause of its own.
            let over = |c: usize| r.cue(c, &[Frame::Stance]).is_some() && (c..m.open).any(|i| r.is(i, COMMA) && r.is(i + 1, GERUND));
            let verbless = before.as_ref().is_none_or(|a| a.cue.is_none_or(over));
            let own = |a: &Attribution| self.is_speech(m) && matches!(a.who, Who::Phrase(_)) && a.cue == Some(m.after + 1);
            return self.after(m).filter(|a| verbless || own(a)).or(before);
        }
        self.after(m).or_else(|| self.before(m))
    }

    /// Whether words in marks are a part of the writer's sentence and no utterance of their own.
    pub(super) fn is_part(&self, m: &Marked) -> bool {
        let small = !self.is_speech(m) || !self.r.is(m.content.start, CAPITAL);
        small && !self.r.sentence_starts(m.open) && !self.r.is(m.open.wrapping_sub(1), QUOTE | DASH)
    }

    /// The attribution that stands behind words in marks.
    pub(super) fn after(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let behind = self.behind(m)?;
        let Behind { from, end, set_off, .. } = behind;
        if let Some(called_out) = self.called_out(m, &behind) {
            return Some(called_out);
        }
        // "…", said X
        let skipped = (from..end)
            .take_while(|&i| r.is(i, CLITIC | ADVERB | AUXILIARY) && !r.is(i, PRONOUN) && r.cue(i, &[Frame::Speech]).is_none())
            .count();
        let verb = from + skipped;
        // De «vándalos» los tachó el alcalde
        let fronted = r.verbs_agree && m.open > 0 && r.is(m.open - 1, LINK) && r.sentence_starts(m.open - 1);
        let frames: &[Frame] = if set_off { &[Frame::Speech, Frame::Participle] } else { &[Frame::Stance] };
        if let Some(cue) = r.cue(verb, frames).filter(|_| set_off || fronted) {
            return self.said_by(m, &behind, verb, cue);
        }
        // —¿Y usted? —le pregunto a Ana.
        if m.dash && marks::told(r, from) {
            let who = match r.phrase_from(from + 2, end).filter(|p| r.can_speak(p)) {
                Some(person) => r.who(r.named(person, end)),
                None if r.is(from + 2, PREPOSITION) => Who::Nobody,
                None => Who::Absent,
            };
            return self.unlisted().map(|rule| Attribution { who, cue: Some(from + 1), rule });
        }
        // "…", se lo dijo: the pronouns before a verb are its own.
        let clitics = (from..end).take_while(|&j| r.is(j, CLITIC) && !r.is(j, PRONOUN)).count().min(2);
        let opens = clitics > 0 && r.may_be_verb(from + clitics) && !r.is(from + clitics + 1, STOP);
        let behind = if opens { Behind { from: from + clitics, ..behind } } else { behind };
        if let Some(attribution) = self.said_in_any_way(m, &behind) {
            return Some(attribution);
        }
        if let Some(cue) = r.cue(behind.from, &[Frame::Origin]) {
            let phrase = self.origin_phrase(behind.from + cue.len, end)?;
            return Some(Attribution { who: r.who(phrase.1), cue: Some(behind.from), rule: cue.rule });
        }
        self.seen_saying(&behind).or_else(|| self.says(m, &behind)).or_else(|| self.says_in_any_way(m, &behind))
    }

    /// “…,” his mother was seen saying: who the passive is about.
    fn seen_saying(&self, &Behind { from, end, set_off, .. }: &Behind) -> Option<Attribution> {
        let r = self.r;
        let who = r.phrase_from(from, end).filter(|p| set_off && r.can_speak(p) && r.is(p.end, PASSIVE) && r.is(p.end + 1, WORD))?;
        let verb = who.end + 2 + usize::from(r.is(who.end + 2, COMPARATIVE));
        let cue = r.cue(verb, &[Frame::Participle]).filter(|c| !c.marks)?;
        Some(Attribution { who: r.who(r.named(who, end)), cue: Some(verb), rule: cue.rule })
    }

    /// «¡Fuera!», fueron los gritos lanzados por los vecinos: whose calls they are said to be.
    fn called_out(&self, m: &Marked, &Behind { from, end, .. }: &Behind) -> Option<Attribution> {
        const NEAR: usize = 5;
        let r = self.r;
        let noun = (from + 1..end.min(from + NEAR)).find(|&i| r.is(i, CHANT)).filter(|_| r.is(from, PASSIVE) && self.is_speech(m))?;
        let by = (noun + 1..end.min(noun + NEAR)).find(|&i| r.is(i, AGENT | LINK))?;
        let who = r.phrase_from(by + 1, end).filter(|p| r.can_speak(p) || r.plural(p))?;
        self.rule_of(Frame::Named).map(|rule| Attribution { who: r.who(r.named(who, end)), cue: None, rule })
    }

    /// Where what stands behind words in marks may attribute them; nowhere if they are a sentence by themselves or a title in another.
    fn behind(&self, m: &Marked) -> Option<Behind> {
        let r = self.r;
        let mut from = m.after;
        if self.paragraph(from) != self.paragraph(m.content.end - 1) {
            return None;
        }
        // “… ‘a fat man,’” Gil said: the comma stands in the inner marks.
        let last = m.content.end - 1;
        let last = last - usize::from(r.is(last, QUOTE) && last > m.content.start && r.is(last - 1, COMMA | STOP));
        let full_stop = r.written(last) == ".";
        // «…»: habla una superviviente
        let announced = r.written(from) == ":" && self.is_speech(m);
        // «Hay un menor herido» indicó el alcalde: a comma left out.
        let bare =
            r.verbs_agree && self.is_speech(m) && r.sentence_starts(m.open) && r.finite(from) && r.cue(from, &[Frame::Speech]).is_some();
        let set_off = announced || bare || r.is(last, COMMA | STOP | DASH) || r.is(from, COMMA | DASH);
        if announced || r.is(from, COMMA | DASH) {
            from += 1;
        }
        if full_stop && r.is(from, CAPITAL) {
            return None;
        }
        // "called him so on ABC's “This Week,” arguing": the title of a work.
        let governed = r.is(m.open.wrapping_sub(1), PREPOSITION) || m.open > 0 && r.possessive(m.open - 1);
        if governed && !r.sentence_starts(m.open) && r.words(m.content.clone()) > 1 && self.is_title(m) {
            return None;
        }
        // "Amid chants of “no,” the minister said": the crowd's.
        if r.is(m.open.wrapping_sub(1), LINK) && r.is(m.open.wrapping_sub(2), CHANT) {
            return None;
        }
        let end = self.attribution_end(from);
        let compared = r.is(from, COMPARATIVE) && from + 1 < end;
        Some(Behind { from: from + usize::from(compared), end, set_off, compared, last })
    }

    /// "…", said X
    fn said_by(&self, m: &Marked, behind: &Behind, verb: usize, cue: Cue) -> Option<Attribution> {
        let r = self.r;
        let post = self.after_verb(verb + cue.len, behind.end);
        // "…”, said on Tuesday she accepted": a clause of its own; "…”, had demanded 100 men": its object.
        if self.is_part(m) && post.as_ref().is_some_and(|p| r.finite(p.end) || !r.can_speak(p)) {
            return None;
        }
        // "young people under the slogan “Reject, not amend”, said they would march"
        let within = !r.sentence_starts(m.open) && r.is(m.open - 1, WORD) && !r.is(behind.last, COMMA | STOP);
        if within && post.as_ref().is_some_and(|p| r.is(p.start, PRONOUN) && r.is(p.end, FINITE)) {
            return None;
        }
        let who = match post {
            Some(p) => r.who(r.named(p, behind.end)),
            None if cue.len == 1 && r.is(verb - 1, REFLEXIVE) => Who::Nobody, // "…", se leía en un cartel
            None => Who::Absent,
        };
        Some(Attribution { who, cue: Some(verb), rule: cue.rule })
    }

    /// The rule for verbs beside words in marks, whatever they say.
    fn unlisted(&self) -> Option<usize> {
        self.rules.iter().position(|rule| rule.spec.marks_only)
    }

    /// The same with a verb that no rule has: right behind an utterance it is one of speaking, whatever it says of how.
    fn said_in_any_way(&self, m: &Marked, &Behind { from: i, end, set_off, .. }: &Behind) -> Option<Attribution> {
        let r = self.r;
        let rule = self.unlisted()?;
        let attribution = |who, verb| Some(Attribution { who, cue: Some(verb), rule });
        let utterance = set_off && self.is_speech(m);
        // "…", asiente su marido
        // "…", suelta Karim mientras barre
        let closes = |i: usize| !r.is(i, WORD) || r.is(i, PREPOSITION) || r.is(i, SUBORDINATOR) && !r.is(i, COMPLEMENTIZER);
        let person = |p: &Range<usize>| r.is_person(p) && closes(p.end);
        if utterance
            && r.may_be_verb(i)
            && !r.is(i, INDEFINITE | COUNT | QUANTITY)
            && let Some(person) = r.phrase_from(r.skip_adverbials(i + 1, end), end).filter(person)
        {
            return attribution(r.who(r.named(person, end)), i);
        }
        // "…", lo atajó.
        if utterance && r.is(i, CLITIC) && r.is(i + 1, FINITE) && r.is(i + 2, STOP) {
            return attribution(Who::Absent, i + 1);
        }
        // —Ya mataron a uno —corrige—.
        let verb = r.is(i, WORD) && !r.is(i, CAPITAL | DETERMINER | PREPOSITION | CONJUNCTION | RELATIVE);
        if m.dash && verb && r.is(i + 1, DASH | STOP) {
            return attribution(Who::Absent, i);
        }
        // "…", enumeró a la salida
        let finite = verb && r.verbs_agree && r.finite(i) && !r.is(i, AUXILIARY | MANY);
        if utterance && finite && r.is(i - 1, COMMA) && r.is(i + 1, STOP | PREPOSITION | CONJUNCTION | ADVERB) {
            return attribution(Who::Absent, i);
        }
        None
    }

    /// "…", X said
    fn says(&self, m: &Marked, &Behind { from: i, end, set_off, compared, .. }: &Behind) -> Option<Attribution> {
        let r = self.r;
        if !set_off || i >= end {
            return None;
        }
        let frames: &[Frame] = if compared { &[Frame::Speech, Frame::Stance] } else { &[Frame::Speech] };
        let verb = self.verb_after(i, end, frames)?;
        let (mut who, mut from) = r.subject(verb, i);
        // "…," a man who gave his name as Andrei said: who stands before the relative clause.
        let head = r.phrase_from(i, end).filter(|p| r.is(p.end, RELATIVE) && p.end + 1 < verb && r.can_speak(p));
        if let Some(head) = head.filter(|p| !(p.end..verb).any(|j| r.is(j, COMMA | DASH))) {
            (who, from) = (r.who(r.named(head.clone(), verb)), head.start);
        }
        // A verb with a clause or a thing of its own as its object does not speak the words before it.
        let opens = r.sentence_starts(m.open);
        let object = r.skip_adverbials(verb + 1, end);
        let own_clause = !opens && r.is(verb + 1, COMPLEMENTIZER)
            || !self.is_speech(m) && r.phrase_from(object, end).is_some_and(|p| !r.is(p.start, PRONOUN));
        let clause = matches!(&who, Who::Phrase(p) if r.finite(p.start)); // "fue lo único que dijo"
        // "Maj Gen (retd) Shafiul Haque told"
        let bracketed = r.is(i, CAPITAL | TITLE) && (i..from).any(|j| r.written(j) == ")") && !(i..from).any(|j| r.is(j, COMMA));
        // "one of the women, Mariam, 27, said"
        let apposed = r.phrase_from(i, end).is_some_and(|p| p.end + 1 == from && r.is(p.end, COMMA));
        if who == Who::Absent || clause || from > i + 3 && !bracketed && !apposed || own_clause {
            return None;
        }
        r.cues[verb].map(|cue| Attribution { who, cue: Some(verb), rule: cue.rule })
    }

    /// "…," Hill wheezed: the same with a verb that no rule of saying has.
    fn says_in_any_way(&self, m: &Marked, behind: &Behind) -> Option<Attribution> {
        let r = self.r;
        // "…," a slogan painted on the wall
        let somebody = |p: &Range<usize>| r.is_person(p) && (r.is_name(p) || p.clone().any(|i| r.is(i, ROLE | PEOPLE | TITLE)));
        let person = r.phrase_from(behind.from, behind.end).filter(|p| somebody(p) || p.len() == 1 && r.is(p.start, PERSONAL))?;
        let verb = r.skip_adverbials(person.end, behind.end);
        let past = (r.finite(verb) || r.is(verb, PAST)) && !r.is(verb, AUXILIARY | PASSIVE | CAPITAL);
        // "…," Hill left the room: what is spoken has no object behind its verb.
        let alone = r.is(verb + 1, STOP | COMMA | ADVERB | PREPOSITION | CONJUNCTION | QUOTE | DASH | BREAK) || verb + 1 == behind.end;
        // "…," he was quoted by a party source as telling the MPs.
        let quoted = r.is(verb, PASSIVE) && r.is(verb + 1, CITES);
        let (verb, past, alone) = if quoted { (verb + 1, true, true) } else { (verb, past, alone) };
        let comma = r.is(behind.last, COMMA | STOP | DASH) && behind.set_off && !behind.compared;
        let rule = self.unlisted()?;
        let speaks = comma && past && alone && self.is_speech(m) && (r.sentence_starts(m.open) || m.goes_on);
        speaks.then(|| Attribution { who: r.who(r.named(person, behind.end)), cue: Some(verb), rule })
    }

    /// The first verb of saying that is no verb of a relative clause set in between commas ("X, who asked not to be named, wrote").
    fn verb_after(&self, from: usize, end: usize, frames: &[Frame]) -> Option<usize> {
        let r = self.r;
        let mut set_in = false;
        // "a man who asked not to be named said": the verb behind that of the relative clause.
        let own = r.phrase_from(from, end).filter(|p| r.is(p.end, RELATIVE)).and_then(|p| (p.end + 1..end).find(|&j| r.finite(j)));
        let behind = own.and_then(|own| {
            let plain = (own + 1..end).take_while(|&j| !r.is(j, COMMA | STOP | COMPLEMENTIZER));
            plain.into_iter().find(|&j| r.cue(j, frames).is_some_and(|c| !c.infinitive))
        });
        if behind.is_some() {
            return behind;
        }
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
    pub(super) fn after_verb(&self, from: usize, end: usize) -> Option<Range<usize>> {
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
        let told = r
            .phrase_from(from, end)
            .filter(|p| p.end >= i && r.is(p.end - 1, LISTENER) && (!r.is(p.end, WORD) || r.is(p.end, SUBORDINATOR)));
        // "coreaban desde las galerías activistas de 20 grupos": taken for a part of the adverbial.
        let swallowed = || {
            let noun = |&j: &usize| r.is(j, SOURCE | ROLE | PEOPLE) && r.is(j, PLURAL) && !r.is(j - 1, DETERMINER | LINK | PREPOSITION);
            (from + 2..i).find(noun).and_then(|j| r.phrase_from(j, end))
        };
        // "exclamaban otros"
        let alone = || (r.is(i, ALONE) && !r.is(i + 1, WORD)).then_some(i..i + 1);
        let phrase = told.or_else(|| r.phrase_from(i, end)).or_else(swallowed).or_else(alone)?;
        // "contó emocionado el hombre": how he tells it.
        let manner = phrase.len() == 1 && !r.can_speak(&phrase) && r.is(phrase.end, DETERMINER) && r.verbs_agree;
        let phrase = if manner { r.phrase_from(phrase.end, end)? } else { phrase };
        // "declaró a una radio local": the rest of the adverbial.
        if phrase.len() == 1 && r.verbs_agree && !r.can_speak(&phrase) && !r.is(phrase.start, INDEFINITE | QUANTITY | ALONE) {
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

    /// The attribution that stands before words in marks.
    pub(super) fn before(&self, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let last = m.open.checked_sub(1)?;
        let low = r.start_of_sentence(last).max(m.open.saturating_sub(40));
        if low > last || r.sentence[last] == usize::MAX || r.is(last, STOP) {
            return None;
        }
        let sentence = low;
        // A quotation that follows another takes what stands between them, no more.
        let low = (low..m.open).rev().find(|&i| self.inside[i]).map_or(low, |i| i + 1);
        if let Some(view) = self.in_whose_view(low, m) {
            return Some(view);
        }
        let colon = r.written(last) == ":";
        let verb = self.verb_before(low, m);
        // "afirmó X, flanqueado por Y, quien lo desmarcó: “…”": who the clause before the colon is about.
        let relative = verb.filter(|_| colon).and_then(|v| (v + 1..last).rev().find(|&i| r.is(i, RELATIVE) && r.is(i - 1, COMMA)));
        let relative = relative.filter(|&i| r.has_finite(i + 1..last) && !(i + 1..last).any(|j| r.is(j, COMMA)));
        if let Some(person) = relative.and_then(|i| r.nearest_phrase(i - 1, low)).filter(|p| r.is_person(p)) {
            return self.rule_of(Frame::Named).map(|rule| Attribution { who: r.who(person), cue: None, rule });
        }
        // "se apartó de quienes hablan de juicio: «…»": who does so.
        let describes = |v: &usize| colon && self.led_by(*v, low).is_some_and(|i| r.is(i, RELATIVE) && !r.is(i, COMPLEMENTIZER));
        if let Some(v) = verb.filter(describes)
            && let who @ (Who::Phrase(_) | Who::Anaphor(_)) = r.first_verb(low, v).map_or(Who::Absent, |first| r.subject(first, low).0)
            && matches!(&who, Who::Phrase(p) | Who::Anaphor(p) if r.is_person(p))
        {
            return self.rule_of(Frame::Named).map(|rule| Attribution { who, cue: None, rule });
        }
        // "habló de dictadura; Elisa Carrió, de “un golpe blando”": another's verb, which is left out.
        let over = verb.is_some_and(|v| !colon && (v..m.open).any(|i| r.written(i) == ";"));
        if let Some(gapped) = Some(low).filter(|_| over).and_then(|low| self.gapped(low, m)) {
            return Some(gapped);
        }
        let Some(verb) = verb else {
            return if colon {
                self.before_colon(low, last)
            } else {
                self.in_view_of(low, m).or_else(|| self.gapped(low, m)).or_else(|| self.calls_for(low, m))
            };
        };
        self.by_verb(m, verb, low, sentence)
    }

    /// What stands before a verb and the small words that belong to it.
    fn led_by(&self, verb: usize, low: usize) -> Option<usize> {
        (low..verb).rev().find(|&i| !self.r.is(i, CLITIC | AUXILIARY | ADVERB))
    }

    /// The attribution of words in marks by a verb that stands before them; `low` is where what may belong to it begins, `sentence` where its
    /// sentence does.
    fn by_verb(&self, m: &Marked, verb: usize, low: usize, sentence: usize) -> Option<Attribution> {
        let r = self.r;
        let last = m.open - 1;
        let colon = r.written(last) == ":";
        let cue = r.cues[verb]?;
        // "sostienen que se celebran y que «…»": what the first verb says goes on, whatever the clause between tells.
        let hung = || (low..verb).rev().take_while(|&i| r.is(i, WORD)).any(|i| r.is(i, COMPLEMENTIZER));
        let goes_on = r.is(last, COMPLEMENTIZER) && r.is(last.wrapping_sub(1), CONJUNCTION) && cue.marks_only();
        let judged = !colon && matches!(cue.frame, Frame::Thought | Frame::Finding);
        // "sostiene que los agentes dispararon «a sabiendas»": no words of theirs.
        let shot = r.verbs_agree && !colon && cue.marks && !r.is(last, COMMA | COMPLEMENTIZER) && r.is(verb, FINITE);
        // "told the agency that troops responded to a “coordinated attack”": no words of theirs.
        let answered = !r.verbs_agree && !colon && cue.frame == Frame::Speech && r.is(verb + cue.len, INFINITIVE) && !self.is_speech(m);
        if (goes_on || judged || shot || answered) && hung() {
            return None;
        }
        let gap = r.skip_adverbials(verb + cue.len, m.open);
        // "había advertido, en su último informe, sobre «…»"
        let close = (gap + 1..m.open).find(|&i| r.is(i, COMMA)).filter(|_| r.is(gap, COMMA) && r.opens_adverbial(gap + 1));
        let gap = close.filter(|&i| i + 1 < m.open && !r.has_finite(gap..i)).map_or(gap, |i| r.skip_adverbials(i + 1, m.open));
        // "los vecinos, dijo el alcalde, «venían a quemarla»": who stands behind the verb.
        let behind = || self.after_verb(verb + cue.len, m.open).filter(|p| p.end == last);
        let (subject, inverted) = self.subject_before(m, verb, low, behind)?;
        // "Tras calificar la ley de «mordaza», la diputada se fue": who does what the main clause tells.
        let hangs_on = cue.frame == Frame::Participle || cue.infinitive && subject == Who::Absent && r.hangs_before_marks(verb);
        // "Su nieto, repite a quien quiera oírla, “no era un delincuente”"
        const SET_IN: usize = 5;
        let form = m.content.clone().find(|&i| !r.is(i, CLITIC | NEGATOR) || r.is(i, PRONOUN)).unwrap_or(m.content.start);
        let between_commas = r.is(verb.wrapping_sub(1), COMMA) && r.is(last, COMMA) && last - verb <= SET_IN + cue.len;
        let told = r.verbs_agree && between_commas && cue.frame == Frame::Speech && r.is(verb + cue.len, PREPOSITION) && r.finite(form);
        if told && matches!(subject, Who::Phrase(_)) {
            return Some(Attribution { who: Who::Absent, cue: Some(verb), rule: cue.rule });
        }
        // "aseguró que las diferencias responden a “puntos de vista distintos”": what he says.
        if r.verbs_agree && !colon && r.is(last, PREPOSITION) && matches!(&subject, Who::Phrase(p) if !r.can_speak(p)) && hung() {
            return None;
        }
        // "expressed its “deep concern”", "dijo estar “muy preocupada”"
        let speaks = self.speaks(&subject) || cue.infinitive && hangs_on && subject == Who::Absent;
        let after = r.end_of_sentence(m.open).min(m.after + 12);
        let described = r.is(m.after, RELATIVE) || r.is(m.after, PREPOSITION) && (m.after + 1..m.after + 3).any(|i| r.is(i, RELATIVE)); // "en el que"
        let clause =
            !r.is(m.after, CONJUNCTION | COMMA | STOP) && !described && r.has_finite(m.after..r.clause_end(m.after, after, &self.inside));
        // "the notes that are ascribed to him “are made up”": the words in marks are the verb of another clause.
        let predicate = r.finite(form) && !self.describes(form, m) && !r.is(last, COMPLEMENTIZER | COMMA);
        let hangs = self.led_by(verb, low).is_some_and(|i| r.is(i, RELATIVE));
        if predicate && hangs && !colon {
            return None;
        }
        // "promised no mercy for “vandals”": an object, if a short one.
        // "ha planteado un escenario de «…»"
        // "habló de 40 muertos y de guardias que «cerraron los candados»"
        // "had promised a force that “protects, not provokes”"
        let told_of = r.is(last, RELATIVE) && (r.finite(form) || !r.verbs_agree && r.is(form, PLURAL));
        // "calling the disturbance an act of “hooliganism”"
        let instance = cue.frame == Frame::Participle && r.is(last, LINK) && (gap..last).any(|i| r.is(i, INDEFINITE));
        let short = if instance { 8 } else { 2 + usize::from(r.is(last, LINK)) };
        let object = if cue.frame == Frame::Speech || told_of { 12 } else { short };
        let few = (speaks || instance)
            && !predicate
            && self.is_part(m)
            && !clause
            && r.words(gap..m.open) <= object
            && !(gap..m.open - usize::from(told_of)).any(|i| r.is(i, COMMA | COMPLEMENTIZER | RELATIVE));
        let object = || r.phrase_from(gap, m.open).filter(|p| !few && !r.is(p.start, COMPLEMENTIZER | PERFECT));
        let post = if inverted { behind() } else { object() }.map(|p| r.named(p, m.open));
        let end = post.as_ref().map_or(gap, |p| p.end);
        // With a subject before the verb, what follows it is no speaker but something said of.
        let tells = self.rules.get(cue.rule).is_some_and(|rule| rule.spec.tells);
        // "describió la escena como «…»"
        let compared = r.is(last, COMPARATIVE);
        let judges = match cue.frame {
            Frame::Stance => true,
            Frame::Participle => cue.marks || compared && post.is_some() && end == last,
            _ => cue.marks && compared,
        };
        // "calling the emergency regulations “a pretext”"
        let named = cue.frame == Frame::Participle && post.is_some() && end == m.open && !self.is_speech(m) && !r.finite(m.content.start);
        let judges = judges || named;
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
        // "pidió “…” y lamentó la muerte de “…”": the speaker goes on.
        let goes_on = self.led_by(verb, low).is_some_and(|i| r.is(i, CONJUNCTION));
        if subject == Who::Absent
            && !goes_on
            && !hangs_on
            && (post.is_none() || cue.frame == Frame::Stance)
            && self.rules.get(cue.rule).is_some_and(|rule| rule.spec.needs_subject)
        {
            return None; // "Called “…”, the army": a participle.
        }
        let who = match (subject, post) {
            (Who::Absent, None) if goes_on && low > sentence => self.main_speaker(sentence, verb),
            // "se pide la convocatoria «inmediata»": what is asked for.
            (Who::Absent, Some(p)) if r.verbs_agree && r.is(verb.wrapping_sub(1), REFLEXIVE) && !r.can_speak(&p) => Who::Nobody,
            (Who::Absent, Some(p)) if !goes_on && !hangs_on => r.who(p),
            (_, _) if hangs_on => self.main_subject(verb),
            (who, _) => who,
        };
        Some(Attribution { who, cue: Some(verb), rule: cue.rule })
    }

    fn speaks(&self, who: &Who) -> bool {
        matches!(who, Who::Phrase(p) | Who::Anaphor(p) if self.r.can_speak(p))
    }

    /// Who stands before a verb that stands before words in marks, and whether who says them stands `behind` it instead; nothing where they are
    /// what somebody else says of it.
    fn subject_before(&self, m: &Marked, verb: usize, low: usize, behind: impl Fn() -> Option<Range<usize>>) -> Option<(Who, bool)> {
        let r = self.r;
        let cue = r.cues[verb]?;
        let last = m.open - 1;
        let colon = r.written(last) == ":";
        let (subject, _) = r.subject(verb, r.start_of_sentence(verb).max(low));
        let subject = if self.disagrees(&subject, verb) { Who::Absent } else { subject };
        // "He said none of them accused him of “lies”": what he says.
        if subject == Who::Nobody && (low..verb).any(|i| r.cue(i, &[Frame::Speech]).is_some()) {
            return None;
        }
        // "Not so, said the police: “…”"
        let inverted = r.is(verb.wrapping_sub(1), COMMA)
            && (colon || r.is(last, COMMA))
            && cue.frame == Frame::Speech
            && behind().is_some_and(|p| if colon { r.can_speak(&p) && !self.speaks(&subject) } else { r.is_person(&p) });
        let subject = if inverted { Who::Absent } else { subject };
        let reflexive = r.verbs_agree && r.is(verb.wrapping_sub(1), REFLEXIVE);
        // "Los pagos, añade, “se camuflaron”": set in, its subject unsaid.
        let set_off = r.is(verb.wrapping_sub(1), COMMA) && r.is(last, COMMA) && last == verb + cue.len;
        let subject = match subject {
            // "Sobre el hecho se dijo que «…»": nobody is named.
            Who::Absent if reflexive && r.is(last, COMPLEMENTIZER) => Who::Nobody,
            Who::Phrase(p) if set_off && !r.can_speak(&p) => Who::Absent,
            // "En su página, que edita en Lima, se lee: «…»"
            Who::Phrase(_) | Who::Absent if colon && reflexive && r.is(verb.wrapping_sub(2), COMMA) => Who::Nobody,
            // "condemned the attack, which he called “odious”", "que calificó de «odioso»": the sentence's subject.
            Who::Phrase(p) if r.is(verb - 1, RELATIVE) && r.is(verb.wrapping_sub(2), COMMA) && !r.can_speak(&p) => {
                r.first_verb(low, verb).map_or(Who::Absent, |v| r.subject(v, low).0)
            }
            subject => subject,
        };
        Some((subject, inverted))
    }

    /// The nearest verb before words in marks that may attribute them.
    fn verb_before(&self, low: usize, m: &Marked) -> Option<usize> {
        let r = self.r;
        let colon = r.written(m.open - 1) == ":";
        // "an inquiry found “a culture of denial”", but "police found “bombs”"
        let looks_into = |i: usize, c: Cue| {
            let of = self.rules.get(c.rule).map_or(&[][..], |rule| &rule.spec.bare_of);
            (low.max(i.saturating_sub(8))..i).any(|j| of.iter().any(|w| r.written(j).eq_ignore_ascii_case(w)))
        };
        let found = |i: usize| r.cue(i, &[Frame::Finding]).filter(|c| !colon && looks_into(i, *c));
        let near = |&i: &usize| {
            let cue = r.cue(i, &[Frame::Speech, Frame::Participle, Frame::Stance, Frame::Thought]);
            // "lo consideró «grave»"
            let judged = |c: Cue| {
                i + c.len == m.open
                    && !self.is_speech(m)
                    && (!r.verbs_agree || r.is(i.wrapping_sub(1), CLITIC) || r.is(m.after, DETERMINER | CLITIC))
            };
            // "consideró de extrema gravedad «que el Estado calle»"
            let thought = |c: Cue| r.verbs_agree && (judged(c) || r.is(m.content.start, COMPLEMENTIZER));
            // "se trata de un «golpe»"
            let nobody = |c: Cue| c.len > 1 && r.is(i.wrapping_sub(1), REFLEXIVE);
            // "califica la sentencia de «histórica»"
            let held = |c: Cue| r.verbs_agree && r.is(i.wrapping_sub(1), DETERMINER) && i + c.len + 1 == m.open && r.is(m.open - 1, LINK);
            // "dismissed this report as “a fabrication”", "…, cifra que convierte al país en «el más peligroso»"
            let account = || {
                let that = !r.verbs_agree && r.is(i, NOUN_TOO | SINGULAR_NOUN_TOO | ACCOUNT) && r.is(i.wrapping_sub(1), DETERMINER);
                that && !r.is(i - 1, PRONOUN) || r.is(i, ACCOUNT) && r.is(i.wrapping_sub(1), COMMA) && r.is(i + 1, RELATIVE)
            };
            let noun = |c: Cue| c.frame == Frame::Speech && held(c) || account();
            cue.filter(|c| !nobody(*c) && !noun(*c)).is_some_and(|c| colon || c.frame != Frame::Thought || thought(c))
                || found(i).is_some_and(judged)
        };
        let verb = (low..m.open).rev().find(near);
        // "escribió en su cuenta que no piensa callarse: «…»": what stands behind the colon is written, too.
        let said_over = |v: usize| {
            let opened = (low..v).rev().take_while(|&i| r.is(i, WORD)).find(|&i| r.is(i, COMPLEMENTIZER))?;
            let says = (low..opened).rev().take(8).find(|&i| r.cue(i, &[Frame::Speech]).is_some())?;
            (r.skip_adverbials(says + 1, opened + 1) >= opened).then_some(says)
        };
        let hangs = |v: usize| colon && r.cue(v, &[Frame::Thought]).is_some();
        verb.map(|v| if hangs(v) { said_over(v).unwrap_or(v) } else { v })
    }

    /// Who is named before a colon that no verb of saying stands before.
    fn before_colon(&self, low: usize, last: usize) -> Option<Attribution> {
        let r = self.r;
        if let Some(sender) = self.sender(low, last) {
            return self.rule_of(Frame::Named).map(|rule| Attribution { who: r.who(sender), cue: None, rule });
        }
        // "The mayor was blunt: “…”"
        let main = r.first_verb(low, last).map_or(Who::Absent, |v| r.subject(v, low).0);
        let speaks = |p: &Range<usize>| r.is_person(p) || r.is(p.end - 1, SOURCE);
        if matches!(&main, Who::Phrase(p) | Who::Anaphor(p) if speaks(p)) {
            return self.rule_of(Frame::Named).map(|rule| Attribution { who: main, cue: None, rule });
        }
        if let Some(a) = self.set_scene(low, last) {
            return Some(a);
        }
        let phrase = r.phrase_from(low, last)?;
        // "Iran protests: “…”" is a topic.
        let speaks = r.is_name(&phrase) || r.is_person(&phrase) || phrase.clone().any(|i| r.is(i, SOURCE | ORGANISATION | PRONOUN));
        // "Protesters carried banners reading: “…”": the banners' words.
        let whole = phrase.end == last && phrase.len() <= 8 && r.start_of_sentence(low) == low && speaks && !r.is(last - 1, GERUND);
        // "Gil's full statement:"
        let sent = r.possessed(&phrase).start;
        let owner = (sent > phrase.start && r.is(last - 1, MESSAGE))
            .then(|| r.nearest_phrase(sent - usize::from(!r.is(sent - 1, WORD)), low))
            .flatten();
        self.rule_of(Frame::Named).filter(|_| whole).map(|rule| Attribution { who: r.who(owner.unwrap_or(phrase)), cue: None, rule })
    }

    /// "The government speaks of “order”; the opposition, of “a massacre”", "El Gobierno habla de «orden». La Generalitat, de «violencia»": the verb of
    /// the words in marks before, which is left out.
    fn gapped(&self, low: usize, m: &Marked) -> Option<Attribution> {
        const NEAR: usize = 3;
        let r = self.r;
        let part = (low..m.open).rev().find(|&i| r.written(i) == ";").map_or(low, |i| i + 1);
        let who = r.phrase_from(part, m.open).filter(|p| r.can_speak(p) && !r.is(p.start, PREPOSITION | PRONOUN) && r.is(p.end, COMMA))?;
        // "la ONU, con menos adjetivos, “…”", "el alcalde, ministro y portavoz, de “…”"
        const ASIDE: usize = 6;
        let close = (who.end + 1..m.open).rev().find(|&i| r.is(i, COMMA));
        let close = close.filter(|&c| r.words(who.end + 1..c) <= ASIDE && !r.has_finite(who.end + 1..c)).unwrap_or(who.end);
        let between = close + 1..m.open;
        let left_out =
            between.len() <= NEAR && between.clone().all(|i| r.is(i, PREPOSITION | DETERMINER)) && (part > low || r.sentence_starts(low));
        let ends =
            r.is(m.after, STOP) || r.written(m.after) == ";" || r.end_of_sentence(m.open) <= m.after || r.is(m.content.end - 1, STOP);
        let sentence = |i: usize| r.sentence.get(i).copied().unwrap_or(usize::MAX);
        let who = r.who(r.named(who, m.open));
        // The same small word behind the verb of the part before: "habló de …; ella, de"
        let led = m.open.checked_sub(1).filter(|&i| i >= between.start).map(|i| r.written(i));
        let same = |i: usize| r.cue(i, &[Frame::Stance, Frame::Speech]).filter(|c| led.is_some_and(|w| w == r.written(i + c.len)));
        if let Some(cue) = (r.start_of_sentence(m.open)..part).rev().find_map(same).filter(|_| left_out && ends && part > low) {
            return Some(Attribution { who, cue: None, rule: cue.rule });
        }
        let before = self.found.iter().rev().take(2).find(|f| f.cue.is_some() && f.speaker.is_some() && f.content.end < m.open)?;
        let near = sentence(before.content.start).saturating_add(1) >= sentence(m.open);
        let verb = before.cue.as_ref().is_some_and(|c| r.cue(c.start, &[Frame::Stance, Frame::Speech]).is_some());
        (left_out && ends && near && verb).then_some(Attribution { who, cue: None, rule: before.rule })
    }

    /// Who says what the sentence begins with, where a verb goes on behind words in marks that somebody else said inside it: "Gil recordó que su
    /// partido advirtió de que «…», e instó a «…»".
    fn main_speaker(&self, low: usize, verb: usize) -> Who {
        let r = self.r;
        let main = r.first_verb(low, verb).filter(|&v| !self.inside[v]);
        let says = main.and_then(|v| (v..v + 3).find(|&i| r.cue(i, &[Frame::Speech]).is_some() && i < verb));
        match says.map(|v| r.subject(v, low).0) {
            Some(Who::Phrase(p)) if r.can_speak(&p) => Who::Phrase(p),
            _ => Who::Absent,
        }
    }

    /// "hizo un llamado al Gobierno para que «…»": who does so, where what is wanted is in marks.
    fn calls_for(&self, low: usize, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let opened = m.open.checked_sub(1).filter(|&c| r.is(c, COMPLEMENTIZER) && r.is(c.wrapping_sub(1), PREPOSITION))?;
        let verb = r.first_verb(low, opened)?;
        let wanted = (verb..opened).any(|i| r.is(i, WISH)) && !(verb..opened).any(|i| r.is(i, COMPLEMENTIZER | RELATIVE));
        let who = r.subject(verb, low).0;
        let rule = self.rule_of(Frame::Named).filter(|_| wanted && who != Who::Absent)?;
        Some(Attribution { who, cue: None, rule })
    }

    /// "resumió la diputada Ana Gil, para quien “todos perdimos”"
    fn in_whose_view(&self, low: usize, m: &Marked) -> Option<Attribution> {
        let r = self.r;
        let at = m.open.checked_sub(2).filter(|&at| at > low + 1 && r.is(at - 1, COMMA) && r.is(at + 1, RELATIVE))?;
        let cue = r.cue(at, &[Frame::View])?;
        let person = r.nearest_phrase(at - 1, low).filter(|p| r.can_speak(p))?;
        Some(Attribution { who: r.who(person), cue: Some(at), rule: cue.rule })
    }

    /// "Para la socióloga Ana Gil, en cambio, “…”", "According to her, “We lost it all. …”": a preposition of view or origin before words in marks that
    /// are a clause, or begin like a sentence.
    fn in_view_of(&self, low: usize, m: &Marked) -> Option<Attribution> {
        const SET_IN: usize = 3;
        let r = self.r;
        let cue = r.cue(low, &[Frame::View, Frame::Origin]).filter(|_| r.sentence_starts(low) && self.is_speech(m))?;
        let (phrase, named) = if cue.frame == Frame::View {
            let phrase = r.phrase_from(low + cue.len, m.open).filter(|p| r.can_speak(p))?;
            (phrase.clone(), r.named(phrase, m.open))
        } else {
            let (_, named) = self.origin_phrase(low + cue.len, m.open).filter(|(_, p)| r.is(m.content.start, CAPITAL) && !p.is_empty())?;
            (named.clone(), named)
        };
        let gap = named.end.max(phrase.end)..m.open;
        let set_in = gap.len() <= 1 || r.is(gap.start, COMMA) && r.is(gap.end - 1, COMMA) && r.words(gap.clone()) <= SET_IN;
        (set_in && !r.has_finite(gap)).then(|| Attribution { who: r.who(named), cue: Some(low), rule: cue.rule })
    }

    /// "It drew a sharp reply from President Gil: “…”", "llegó la respuesta de la ministra: «…»": whose message a colon opens.
    fn sender(&self, low: usize, colon: usize) -> Option<Range<usize>> {
        const NEAR: usize = 3;
        let r = self.r;
        let from =
            (low..colon).rev().find(|&i| r.is(i, PREPOSITION | LINK) && r.phrase_from(i + 1, colon).is_some_and(|p| p.end == colon))?;
        let message = (low..from).rev().take(NEAR).any(|i| r.is(i, MESSAGE));
        r.phrase_from(from + 1, colon).filter(|p| message && (r.is_person(p) || r.can_speak(p) && !r.is(p.start, PRONOUN)))
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
        // "Interview with the prosecutor Ana Gil: “…”"
        if let Some(cue) = r.cue(low, &[Frame::Interview]).filter(|cue| r.is(low + cue.len, PREPOSITION)) {
            let with = r.phrase_from(low + cue.len + 1, colon).filter(|p| r.is_person(p))?;
            let rule = self.rule_of(Frame::Named)?;
            return Some(Attribution { who: r.who(r.named(with, colon)), cue: None, rule });
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
    pub(super) fn main_subject(&self, at: usize) -> Who {
        let r = self.r;
        let low = r.start_of_sentence(at).max(at.saturating_sub(LONGEST));
        // "Gil dismissed it; his deputy went further, telling": who does it in the same half.
        let half = (low..at).rev().find(|&i| r.written(i) == ";").filter(|&i| r.has_finite(i + 1..at));
        let low = half.map_or(low, |i| i + 1);
        if let Some(quoted) = self.quoted_as(at, low) {
            return quoted;
        }
        if let Some(behind) = self.behind_opener(low, at) {
            return r.who(behind);
        }
        // "he said gunmen arrived shouting", "by eight there was a crowd, chanting": who does what the clause before tells.
        let nearest = r.cues[at].and_then(|cue| self.rules.get(cue.rule)).is_some_and(|rule| rule.spec.nearest);
        // but "gave a toll of 13 killed, branding"
        let done = |i: usize| r.is(i, PAST) && r.counts(i - 1);
        if let Some(verb) = (low + 1..at).rev().find(|&i| r.finite(i) && !self.inside[i] && !done(i)).filter(|_| nearest) {
            let there = r.is(verb - 1, ADVERB) && r.is(verb, PASSIVE);
            let behind = r.phrase_from(verb + 1, at).filter(|_| there).map(|p| r.who(p));
            match behind.unwrap_or_else(|| r.subject(verb, low).0) {
                Who::Absent => {}
                who => return who,
            }
        }
        // "with the Congress alleging that it fled and the BJP retorting that": each of those behind the preposition.
        let joined = (low..at).rev().take(6).find(|&i| r.is(i, CONJUNCTION)).filter(|&c| (low..c).any(|i| r.is(i, ABSOLUTE)));
        if let Some(second) = joined.and_then(|c| r.phrase_from(c + 1, at)).filter(|p| p.end == at && r.can_speak(p)) {
            return r.who(second);
        }
        // "recalled a soldier saying"
        let person = at.checked_sub(1).filter(|&b| b > low && r.is(b, ROLE | PEOPLE | SOURCE)).and_then(|_| r.nearest_phrase(at, low));
        // "got a call from a man saying"
        let whom =
            |p: &Range<usize>| p.start > low && (r.finite(p.start - 1) || r.is(p.start - 1, PREPOSITION) && !r.is(p.start - 1, ABSOLUTE));
        if let Some(person) = person.filter(|p| r.is(p.start, INDEFINITE) && whom(p)) {
            return r.who(person);
        }
        // "The union should go, Gil said, adding"
        let said = (low + 1..at).rev().skip(1).take(10).find(|&v| r.cue(v, &[Frame::Speech]).is_some() && !self.inside[v]);
        if let Some(said) = said.filter(|&v| r.is(at - 1, COMMA) && (low..v).any(|i| r.is(i, COMMA)) && !r.has_finite(v + 1..at)) {
            // "Many were hurt, he said, adding": he whose words these are.
            let same = self.found.iter().rev().take(4).find(|f| f.cue.as_ref().is_some_and(|c| c.start == said));
            if let Some(speaker) = same.and_then(|f| f.speaker.clone()) {
                return Who::Phrase(speaker);
            }
            // "The talk was good, said the source, adding"
            let behind = self.after_verb(said + 1, at).filter(|p| r.is(said - 1, COMMA) && r.can_speak(p));
            match behind.map_or_else(|| r.subject(said, low).0, |p| r.who(p)) {
                who @ Who::Phrase(_) => return who,
                Who::Absent if r.is(said - 1, COMMA) => {
                    if let Some(person) = self.after_verb(said + 1, at) {
                        return r.who(person);
                    }
                }
                _ => {}
            }
        }
        if let Some(last) = self.last.speaker.as_ref().filter(|l| l.start >= low && l.start < at) {
            return Who::Phrase(last.clone());
        }
        // But "se dirigió a la ministra para decirle que"
        let before = at.checked_sub(1).filter(|&b| b >= low && r.is(b, SOURCE | ROLE) && !r.is(at, PREPOSITION));
        if let Some(noun) = before {
            // "reports saying that", "a memo arguing that"
            let whole = r.nearest_phrase(at, low).filter(|p| r.is(p.start, DETERMINER | INDEFINITE) && p.len() <= 4);
            return Who::Phrase(whole.unwrap_or(noun..at));
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
        // "Gil backed up the claims, saying"
        let verb = r.first_verb(low, at).or_else(|| r.bare_past(low, at)).filter(|&i| !self.inside[i]);
        let who = verb.map_or(Who::Absent, |v| r.subject(v, low).0);
        // "The hall was full when Gil took the stage, telling": a hall says nothing.
        if matches!(&who, Who::Phrase(p) if !r.can_speak(p) && !r.plural(p))
            && let Some(other) = (low + 1..at).rev().find(|&i| r.finite(i) && !self.inside[i]).filter(|&v| Some(v) != verb)
            && let who @ Who::Phrase(_) = r.subject(other, low).0
            && matches!(&who, Who::Phrase(p) if r.can_speak(p))
        {
            return who;
        }
        match who {
            Who::Absent => r.phrase_from(low, at).filter(|_| verb != Some(low)).map_or(Who::Absent, |p| r.who(p)),
            // "The deaths were confirmed by a doctor, adding", "The death of the student was confirmed by"
            Who::Phrase(p) if !r.can_speak(&(p.start..p.clone().find(|&i| r.is(i, LINK)).unwrap_or(p.end))) => {
                let by = verb.and_then(|v| (v + 1..at.min(v + 4)).find(|&i| r.is(i, AGENT) && r.cue(i - 1, &[Frame::Speech]).is_some()));
                by.and_then(|b| r.phrase_from(b + 1, at)).filter(|p| r.can_speak(p)).map_or(Who::Phrase(p), |p| r.who(p))
            }
            who => who,
        }
    }

    /// "After calling it “a farce,” the senator left", "Tras calificar la ley de «mordaza», la diputada se fue": who the main clause begins with,
    /// behind the one that a preposition opens.
    fn behind_opener(&self, low: usize, at: usize) -> Option<Range<usize>> {
        let r = self.r;
        let opens = low < at && r.sentence_starts(low) && (low..at).all(|i| r.is(i, PREPOSITION | ADVERB));
        let end = r.end_of_sentence(at).min(at + LONGEST);
        // The comma stands inside the marks or behind them.
        let ends = |&i: &usize| r.is(i, COMMA) && (!self.inside[i] || r.is(i + 1, QUOTE));
        let main = |i: usize| r.phrase_from(i + 1 + usize::from(r.is(i + 1, QUOTE)), end);
        let (comma, who) = (at..end).filter(|_| opens).find(ends).and_then(|i| Some(i).zip(main(i)))?;
        (r.can_speak(&who) && !r.has_finite(at + 1..comma)).then(|| r.named(who, end))
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
    pub(super) fn left_over(&mut self, m: &Marked, after: Option<Attribution>, before: usize, sentence: &Range<usize>) {
        let r = self.r;
        // Of a chain of reports, the innermost origin.
        let holds = |f: &&Found| f.content.start <= m.open && m.after <= f.content.end;
        let holder = self.found[before.min(self.found.len())..].iter().filter(holds).min_by_key(|f| f.content.len()).cloned();
        if let Some(f) = self.coordinated(m).filter(|f| holder.is_none() || f.cue != holder.as_ref().and_then(|h| h.cue.clone())) {
            let kind = if self.is_speech(m) { QuoteKind::Direct } else { QuoteKind::Scare };
            self.found.push(Found { content: m.content.clone(), kind, ..f });
            return;
        }
        if let Some(f) = holder {
            let kind = if self.is_speech(m) || self.holds_the_verb(m, &f) { QuoteKind::Direct } else { QuoteKind::Scare };
            if r.has_finite(m.content.clone()) || !self.is_title(m) {
                // "se limitó a decir que “no es momento”": the words in marks are all that is said.
                let whole = f.content.start == m.open && f.content.end <= m.after;
                if let Some(same) = self.found.iter().rposition(|other| other.content == f.content).filter(|_| whole) {
                    self.found.remove(same);
                }
                self.found.push(Found { content: m.content.clone(), kind, ..f });
            }
            return;
        }
        if after.is_none()
            && let Some(a) = self.joined_behind(m)
        {
            self.push_marked(m, a);
            return;
        }
        if let Some(a) = after {
            let (cue, speaks) = (a.cue, self.is_speech(m));
            self.push_marked(m, a);
            // "The mayor “has no idea what he is doing,” Gil said": the words before the marks are hers too.
            let said = cue.filter(|_| speaks && r.words(sentence.start..m.open) > 0 && self.found.len() == before + 1);
            if let Some((at, cue)) = said.and_then(|at| r.cues[at].map(|cue| (at, cue))) {
                let speaker = self.found.last().and_then(|f| f.speaker.clone());
                self.push_reported(sentence.start..m.after, speaker, (at, cue));
            }
            return;
        }
        if let Some(f) = self.resumed_behind(m) {
            let kind = if self.is_speech(m) { QuoteKind::Direct } else { QuoteKind::Scare };
            self.found.push(Found { content: m.content.clone(), kind, ..f });
            return;
        }
        // "The ministry “strongly condemned” the strikes": the verb of who stands before stands in the marks.
        if let Some(speaker) = self.says_in_marks(m, sentence) {
            self.scare(m, Some(speaker));
            return;
        }
        // "Gil said it can be seen now because, “we know the history.”": the clause goes on in marks.
        let goes_on = |f: &&Found| {
            let gap = f.content.end..m.open;
            f.kind == QuoteKind::Indirect && f.content.end > sentence.start && gap.len() <= 1 && r.is(f.content.end - 1, SUBORDINATOR)
        };
        if let Some(f) = self.found.last().filter(goes_on).cloned() {
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
            let speaker = if let Some(asked) = self.asked(m) {
                Some(asked)
            } else if m.dash && self.found.last().is_some_and(|f| r.written(f.content.end - 1) == "?") {
                self.answerer(m, &Who::Absent) // who was asked, and not who asked
            } else {
                let turned = self.turned_to(m.open);
                turned.or_else(|| self.unnamed_before(m)).or(near).or_else(|| self.introduced(m.open))
            };
            if let Some(speaker) = &speaker {
                self.hold(speaker, 0);
            }
            let cue = self.goes_on_under(m, speaker.as_ref());
            if let Some(rule) = self.rule_of(if speaker.is_some() { Frame::Continued } else { Frame::Quoted }) {
                self.found.push(Found { content: m.content.clone(), kind: QuoteKind::Direct, speaker, cue, rule });
            }
        } else if let (false, Some(rule)) = (self.is_title(m), self.rule_of(Frame::Quoted)) {
            self.found.push(Found { content: m.content.clone(), kind: QuoteKind::Direct, speaker: None, cue: None, rule });
        }
    }

    /// Whose verb of saying stands in the marks: "el viceministro “felicitó” a los agentes".
    fn says_in_marks(&mut self, m: &Marked, sentence: &Range<usize>) -> Option<Range<usize>> {
        const FEW: usize = 3;
        let r = self.r;
        let verb = m.content.clone().find(|&i| !r.is(i, ADVERB | MANNER)).filter(|_| r.words(m.content.clone()) <= FEW)?;
        r.cue(verb, &[Frame::Speech, Frame::Stance]).filter(|_| r.finite(verb) && m.open > sentence.start)?;
        let goes_on = r.is(m.after, DETERMINER | PREPOSITION | CAPITAL | COMPLEMENTIZER);
        match r.subject(m.open, sentence.start).0 {
            Who::Phrase(p) if goes_on && p.end == m.open && r.can_speak(&p) => self.resolve(Who::Phrase(p), m.open),
            Who::Anaphor(p) if goes_on && p.end == m.open => self.resolve(Who::Anaphor(p), m.open),
            _ => None,
        }
    }

    /// The attribution behind words in marks that these are joined to: “Imbécil” y “maleducado”, le gritaron.
    fn joined_behind(&self, m: &Marked) -> Option<Attribution> {
        const MANY: usize = 4;
        let r = self.r;
        let at = self.marked.partition_point(|p| p.open <= m.open);
        let mut end = m.after;
        for next in self.marked[at..].iter().take(MANY) {
            let joint = end..next.open;
            if joint.is_empty() || joint.len() > 2 || !joint.into_iter().all(|i| r.is(i, COMMA | CONJUNCTION)) {
                return None;
            }
            if let Some(a) = self.beside(next).filter(|a| a.cue.is_some_and(|c| c >= next.after)) {
                return Some(a);
            }
            end = next.after;
        }
        None
    }

    /// The word that attributed the words in marks right before these, where these go on with them: “…,” said X. “…”
    fn goes_on_under(&self, m: &Marked, speaker: Option<&Range<usize>>) -> Option<Range<usize>> {
        let r = self.r;
        let last = self.found.last().filter(|f| f.kind == QuoteKind::Direct && f.speaker.as_ref() == speaker)?;
        let cue = last.cue.clone()?;
        let sentence = |i: usize| r.sentence.get(i).copied().unwrap_or(usize::MAX);
        let behind = sentence(last.content.end.max(cue.start));
        let next = sentence(m.open) == behind || sentence(m.open) == behind + 1;
        (next && self.paragraph(cue.start) == self.paragraph(m.open)).then_some(cue)
    }

    /// Whether the verb of a reported clause stands in the marks that end it: "said the party “refuses to listen”".
    fn holds_the_verb(&self, m: &Marked, clause: &Found) -> bool {
        let r = self.r;
        let subject = clause.content.start..m.open;
        let noun = r.is(m.open - 1, CAPITAL | ROLE | ORGANISATION | SOURCE | PEOPLE);
        let whole = noun && !subject.is_empty() && r.phrase_from(subject.start, subject.end).is_some_and(|p| p == subject);
        let opens = !r.is(m.content.start, CAPITAL | DETERMINER | PREPOSITION | CONJUNCTION) && r.words(m.content.clone()) > 1;
        let governed = clause.cue.as_ref().is_some_and(|c| r.cue(c.start, &[Frame::Speech, Frame::Thought]).is_some());
        clause.kind == QuoteKind::Indirect && whole && opens && governed && m.after >= clause.content.end
    }

    /// The attribution of the words in marks that these are joined to ("“slow” and “corrupt”").
    fn coordinated(&self, m: &Marked) -> Option<Found> {
        let r = self.r;
        let before = self.marked.partition_point(|p| p.open < m.open);
        let here = r.start_of_sentence(m.open);
        let near = self.marked[..before].last().filter(|p| p.open >= here && p.after < m.open && p.after + 10 >= m.open)?;
        // "calls them “occupiers” and, on bad days, “terrorists”"
        let aside = (near.after..m.open).find(|&i| r.is(i, COMMA) && r.is(i.wrapping_sub(1), CONJUNCTION));
        let aside =
            aside.filter(|&a| r.opens_adverbial(a + 1) && r.skip_adverbials(a + 1, m.open) + 1 == m.open && r.is(m.open - 1, COMMA));
        let mut between = near.after..aside.unwrap_or(m.open);
        let found = self.found.iter().rev().take(6).find(|f| f.content == near.content && f.cue.is_some())?;
        // "calificó la versión del “ocupante” de “mentira”": whom, and what.
        // "denunció “disparos” contra “una marcha”"
        let ahead = found.cue.as_ref().is_some_and(|c| c.end <= near.open);
        // "proclamó una “gran victoria” y la vuelta a la calma tras “tres meses de terror”": in the same clause.
        let clause = |i: usize| r.is(i, COMMA | STOP | BREAK | RELATIVE | COMPLEMENTIZER | SUBORDINATOR) || r.finite(i);
        let same = ahead && between.clone().any(|i| r.is(i, CONJUNCTION)) && !between.clone().any(clause);
        // "prometió “mano dura” a quienes “agitan”"
        let whom = r.is(near.after, PREPOSITION) && r.is(m.open - 1, RELATIVE | PRONOUN);
        let parts = CONJUNCTION | COMMA | DETERMINER | PREPOSITION | if whom { RELATIVE | PRONOUN } else { 0 };
        let joined = (ahead || whom || between.clone().any(|i| r.is(i, CONJUNCTION | COMMA)))
            && !between.is_empty()
            && (same || between.all(|i| r.is(i, parts)))
            && !r.sentence_starts(m.open);
        joined.then(|| found.clone())
    }

    /// The attribution that these words go on behind, with a description of who speaks between: “…,” said X, the mayor, “…”
    fn resumed_behind(&self, m: &Marked) -> Option<Found> {
        let r = self.r;
        let f = self.found.iter().rev().take(6).find(|f| f.kind == QuoteKind::Direct && f.content.end < m.open)?;
        let cue = f.cue.as_ref().filter(|c| c.start >= f.content.end && c.end < m.open)?;
        let between = cue.end..m.open;
        let set_in = r.is(m.open - 1, COMMA) && r.is(f.content.end - 1, COMMA) && !r.has_finite(between.clone());
        let alone = !between.clone().any(|i| self.inside[i] || r.is(i, STOP) && !r.is(i + 1, CAPITAL));
        (set_in && alone && r.sentence.get(f.content.start) == r.sentence.get(m.open)).then(|| f.clone())
    }

    /// Whether the sentence before holds words in marks.
    fn follows_direct(&self, m: &Marked) -> bool {
        let before = self.marked.partition_point(|p| p.open < m.open);
        let sentence = |i: usize| self.r.sentence.get(i).copied().unwrap_or(usize::MAX);
        let here = sentence(m.open);
        let direct = |p: &Marked| self.is_speech(p) && sentence(p.open) < here && sentence(p.open) + 1 >= here;
        here > 0 && self.marked[..before].last().is_some_and(direct)
    }

    /// Who answers in words of his own to the question reported right before: the one who spoke before the asker.
    fn asked(&self, m: &Marked) -> Option<Range<usize>> {
        let r = self.r;
        let question = self.found.last().filter(|f| f.kind == QuoteKind::Indirect && f.speaker.is_some())?;
        let asks = self.rules.get(question.rule).is_some_and(|rule| !rule.spec.opened_by.is_empty());
        let behind = r.sentence.get(question.content.start).zip(r.sentence.get(m.open)).is_some_and(|(q, m)| q + 1 == *m);
        let near = self.paragraph(question.content.start) == self.paragraph(m.open);
        let other =
            self.found.iter().rev().skip(1).take(4).filter_map(|f| f.speaker.clone()).find(|s| Some(s) != question.speaker.as_ref());
        other.filter(|s| asks && behind && near && r.is_person(s))
    }

    /// Who just spoke in the same paragraph and is known by a pronoun alone ("“They came at dawn,” she said. “…”").
    fn unnamed_before(&self, m: &Marked) -> Option<Range<usize>> {
        let last =
            self.found.last().filter(|f| f.kind == QuoteKind::Direct && self.paragraph(f.content.start) == self.paragraph(m.open))?;
        last.speaker.clone().filter(|s| self.r.is(s.start, PERSONAL) && s.len() == 1)
    }

    /// Whether other words in marks end right before these.
    fn follows_marked(&self, m: &Marked) -> bool {
        let before = self.marked.partition_point(|p| p.open < m.open);
        self.marked[..before].iter().rev().take(4).any(|p| p.after == m.open)
    }

    pub(super) fn paragraph(&self, i: usize) -> Option<u32> {
        self.r.sentence.get(i).and_then(|&s| self.r.sentences.get(s)).map(|s| s.paragraph)
    }

    /// Whether a speaker still holds: the last attribution reaches into this paragraph or the one before.
    pub(super) fn holds(&self, speaker: &Range<usize>, at: usize) -> bool {
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
    pub(super) fn is_title(&self, m: &Marked) -> bool {
        let r = self.r;
        let mut content = m.content.clone().filter(|&i| r.is(i, WORD) && !r.is(i, LINK | DETERMINER | PREPOSITION | CONJUNCTION));
        let capitals = content.all(|i| r.is(i, CAPITAL) || r.written(i).starts_with(|c: char| c.is_ascii_digit()));
        let work = (m.open.saturating_sub(2)..m.open).any(|i| r.is(i, WORK)) && r.is(m.content.start, CAPITAL);
        // A headline in capitals may be somebody's sentence: "“We Dug With Our Hands”: Strikes on …".
        let sentence = r.is(m.content.start, PRONOUN) && self.is_speech(m) && r.sentence_starts(m.open);
        capitals && !sentence || work
    }

    pub(super) fn scare(&mut self, m: &Marked, speaker: Option<Range<usize>>) {
        let few = !self.is_speech(m) && self.r.words(m.content.clone()) > 0;
        // "“Nobody has,” Gil said. “Nobody.”": the capital is the sentence's.
        let name = self.is_title(m) && (speaker.is_none() || self.r.words(m.content.clone()) > 1);
        if let Some(rule) = self.rule_of(Frame::Scare).filter(|_| few && !name) {
            self.found.push(Found { content: m.content.clone(), kind: QuoteKind::Scare, speaker, cue: None, rule });
        }
    }

    /// "Blast kills 12 in Kabul: police", "UN: 12 killed in Kabul", a line of its own without a stop: who says it, before or after.
    pub(super) fn headline(&mut self, sentence: usize) {
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
        let sets_off = |i: &usize| r.is(*i, BREAK) && r.written(*i) == ":" || r.is(*i, DASH) && !r.inner_break(*i);
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
}
