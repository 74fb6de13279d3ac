//! What somebody means, asks or promises to do or to have done: the infinitive under a verb of saying or wanting ("promised to build a wall",
//! "urged them to stay", "quiere bajar los impuestos"). It is attributed as a clause is, but it states nothing.

use std::ops::Range;

use super::{Finder, Found};
use crate::find::quotes::reading::{FUNCTION, Who};
use crate::find::quotes::words::{Frame, class::*};
use crate::vocabulary::QuoteKind;

/// How far behind its verb an infinitive may begin, in tokens.
const REACH: usize = 16;

impl Finder<'_, '_> {
    /// The infinitive under a verb of wanting at a token.
    pub(super) fn intended(&mut self, at: usize, sentence: &Range<usize>) {
        let r = self.r;
        let Some(rule) = self.rule_of(Frame::Intention) else { return };
        // "si se quiere ayudar": whoever does.
        let anybody = r.verbs_agree && r.is(at.wrapping_sub(1), REFLEXIVE) && !r.is(at, UPON | ASKS_OF);
        if at == sentence.start || r.in_passive(at) || anybody {
            return;
        }
        let done = self.done(at);
        let Some(from) = done.or_else(|| self.infinitive(at, sentence.end.min(at + REACH))) else { return };
        // "declined to say whether": the question is what is attributed.
        let told = from + usize::from(r.is(from, INFINITIVE));
        if r.cue(told, &[Frame::Speech]).is_some() && r.is(told + 1, QUESTION) {
            return;
        }
        let before = at - 1;
        let participle = r.is(at, GERUND) && !r.is(before, AUXILIARY | PASSIVE);
        // "accused Gil of wanting to flee": Gil wants to.
        let charged = r.nearest_phrase(before, sentence.start).filter(|p| {
            let verb = p.start.checked_sub(1);
            participle && r.is(before, LINK) && verb.is_some_and(|v| r.is(v, CHARGES) && !r.in_passive(v))
        });
        let who = if let Some(charged) = charged {
            r.who(charged)
        } else if participle {
            self.main_subject(at)
        } else {
            // "the promise to build", "has plans to visit": a noun.
            let governed = DETERMINER | PREPOSITION | POSSESSIVE;
            let had = r.is(at, PLURAL) && (r.is(before, PERFECT) || !r.verbs_agree && (r.is(before, PAST) || r.cues[before].is_some()));
            // "its share, expected to rise": a participle without a doer.
            let reduced = !r.verbs_agree && r.is(before, COMMA) && r.is(at, PAST) && r.has_finite(sentence.start..before);
            if reduced || r.is(before, governed) && !r.is(before, CLITIC | PRONOUN | ADVERB | ALONE) || r.possessive(before) || had {
                return;
            }
            let (who, _) = r.subject(at, sentence.start);
            // "announced ambitious plans to": what stands before speaks, or it is no verb.
            // "Algunos aseguran haber visto"
            if matches!(&who, Who::Phrase(p) if !(r.can_speak(p) || p.len() == 1 && r.is(p.start, ALONE)))
                || who == Who::Absent && !r.verbs_agree
            {
                return;
            }
            who
        };
        if let Some(cue) = r.cues[at].filter(|_| done.is_some()) {
            let speaker = self.resolve(who, at);
            self.push_reported(from..self.end_of_intention(from, sentence.end), speaker, (at, cue));
            return;
        }
        let speaker = self.unspoken(|finder| finder.resolve(who, at));
        self.push_meant(from, speaker, at, rule, sentence.end);
    }

    /// Where the infinitive begins of what somebody says that he has done: "claims to have shot three", "afirma haber matado a tres". That is
    /// a statement as much as a clause is.
    pub(super) fn done(&self, at: usize) -> Option<usize> {
        let r = self.r;
        r.cue(at, &[Frame::Speech]).filter(|_| !r.is(at, DENIES))?;
        // "Photos said to have been taken there": of which others say so.
        if !r.verbs_agree && r.is(at, PAST | FINITE) && !r.is(at, WANTS) {
            return None;
        }
        let from = at + 1 + usize::from(r.is(at + 1, NEGATOR));
        let perfect = if r.verbs_agree { r.is(from, VERBAL) } else { r.is(from, INFINITIVE) };
        let have = from + usize::from(!r.verbs_agree);
        (perfect && r.is(have, PERFECT) && r.is(have + 1, WORD)).then_some(at + 1)
    }

    /// The infinitive behind a noun of wanting that is somebody's: "Hill's promise to stay", "su promesa de bajar los impuestos".
    pub(super) fn wished(&mut self, at: usize, sentence: &Range<usize>) {
        let r = self.r;
        let Some(rule) = self.rule_of(Frame::Intention) else { return };
        let opens =
            if r.verbs_agree { r.is(at + 1, LINK) && r.is(at + 2, VERBAL) } else { r.is(at + 1, INFINITIVE) && self.base_form(at + 2) };
        let near = (sentence.start..at).rev().take(2).take_while(|&b| r.is(b, WORD | QUOTE));
        let Some(owner) = near.into_iter().find(|&b| r.is(b, POSSESSIVE) || r.possessive(b)).filter(|_| opens) else { return };
        if r.is(owner, FIRST_PERSON) {
            return;
        }
        let speaker = if r.possessive(owner) {
            r.nearest_phrase(if r.is(owner, WORD) { owner + 1 } else { owner }, sentence.start)
        } else {
            self.unspoken(|finder| finder.resolve_from(Who::Absent, at, false))
        };
        self.push_meant(at + 1 + usize::from(r.verbs_agree), speaker, at, rule, sentence.end);
    }

    /// Who wants something: the last who spoke is still the last who did.
    fn unspoken(&mut self, find: impl FnOnce(&mut Self) -> Option<Range<usize>>) -> Option<Range<usize>> {
        let last = self.last.clone();
        let speaker = find(self);
        self.last = last;
        speaker
    }

    fn push_meant(&mut self, from: usize, speaker: Option<Range<usize>>, cue: usize, rule: usize, end: usize) {
        let content = self.r.trim(from..self.end_of_intention(from, end));
        // "se negó a dimitir": the infinitive says it all.
        let alone = self.r.verbs_agree && self.r.is(content.start, VERBAL) && !self.r.is(content.start, AUXILIARY);
        if speaker.is_some() && (self.r.words(content.clone()) > 1 || alone) {
            self.meant.push(Found { content, kind: QuoteKind::Indirect, speaker, cue: Some(cue..cue + 1), rule });
        }
    }

    /// Where the infinitive begins that is the object of a verb, past whom the verb asks.
    fn infinitive(&self, at: usize, end: usize) -> Option<usize> {
        let r = self.r;
        let (mut i, mut asked) = (at + 1, false);
        if r.is(at, CHARGES) {
            return self.charge(at, end);
        }
        // "recommended closing the bridge"
        let done = at + 1 + usize::from(r.is(at + 1, ADVERB));
        if r.is(at, DOING) && r.is(done, GERUND) && !self.inside[done] {
            return Some(done);
        }
        if r.is(at, UPON) {
            i += usize::from(r.is(i, CLITIC)); // "comprometerse a"
            if r.is(i, PREPOSITION) {
                i += 1;
            } else if !r.is(at, WANTS) {
                return None;
            }
        } else if r.verbs_agree && r.is(at, ASKS_OF) && r.is(i, PREPOSITION) {
            // "llamó a los vecinos a no salir", "aconsejó al Gobierno no bajar impuestos", "llamó a no salir"
            let whom = i + 1;
            if !r.is(whom + usize::from(r.is(whom, NEGATOR)), VERBAL) {
                let phrase = r.phrase_from(whom, end)?;
                i = phrase.clone().find(|&j| r.is(j, VERBAL) && !r.is(j, CAPITAL)).unwrap_or(phrase.end);
            }
            i += usize::from(r.is(i, PREPOSITION));
            asked = true;
        }
        while i < end && r.is(i, WORD) && !self.inside[i] {
            let opens =
                if r.verbs_agree { r.is(i, VERBAL) && !r.is(i, CAPITAL | ADVERB) } else { r.is(i, INFINITIVE) && self.base_form(i + 1) };
            if opens && (asked || r.is(at, WANTS | UPON)) {
                // "no saber nada", "not to run", "never to come back"
                return Some(i - usize::from(i - 1 > at && r.is(i - 1, NEGATOR)));
            }
            // "promised on Tuesday to", "prometió el martes"
            let aside = r.is(i, PREPOSITION | DETERMINER) && !asked && !r.is(i + 1, LISTENER | OBLIQUE);
            let next = if aside { r.skip_adverbials(i, end) } else { i + usize::from(r.is(i, ADVERB)) };
            if next > i {
                i = next;
            } else if r.is(i, PREPOSITION) && !r.is(i, LINK) && (asked || r.verbs_agree) {
                i = r.phrase_from(i + 1, end)?.end; // "reconoció ante el juez haber mentido"
            } else if !r.verbs_agree && !asked && r.is(at, ASKS_OF | UPON) {
                // "urged her to resign", "asked members of the panel to stay"
                // "requested anonymity to discuss": no one who is asked, and what for.
                let thing =
                    |p: &Range<usize>| !r.is(p.start, DETERMINER | INDEFINITE | COUNT) && !r.is(p.end - 1, PLURAL) && !r.can_speak(p);
                i = if r.is(i, OBLIQUE | PRONOUN) { i + 1 } else { r.phrase_from(i, end).filter(|p| !thing(p))?.end };
                asked = true;
            } else {
                return None;
            }
        }
        None
    }

    /// Where it begins what somebody is charged with: behind whom a verb charges, and a preposition.
    fn charge(&self, at: usize, end: usize) -> Option<usize> {
        let r = self.r;
        let whom = at + 1..end;
        let parts = |&i: &usize| !r.is(i, WORD | COMMA) || self.inside[i] || r.is(i, FINITE | RELATIVE | COMPLEMENTIZER);
        let close = whom.clone().find(parts).unwrap_or(end);
        let doing = if r.verbs_agree { VERBAL } else { GERUND };
        let opens = |&i: &usize| r.is(i - 1, LINK) && r.is(i + usize::from(r.is(i, NEGATOR)), doing);
        // "accused of killing" charges nobody here.
        (at + 3..close).find(opens).filter(|_| r.verbs_agree || !r.is(at + 1, LINK))
    }

    /// Whether the word behind "to" can be a verb.
    pub(super) fn base_form(&self, i: usize) -> bool {
        let noun = CAPITAL | DETERMINER | PRONOUN | OBLIQUE | LISTENER | ROLE | SOURCE | PEOPLE | INDEFINITE | PREPOSITION | COUNT;
        let i = i + usize::from(self.r.is(i, QUOTE)); // "not to “waste” their votes"
        let i = i + usize::from(self.r.is(i, ADVERB) && !self.r.is(i, DETERMINER));
        self.r.is(i, WORD) && !self.r.is(i, noun) && !self.r.is(i, PAST | PLURAL)
    }

    /// An infinitive reaches to the next comma that lists nothing, or to a verb of somebody's beside its own.
    fn end_of_intention(&self, from: usize, end: usize) -> usize {
        let r = self.r;
        let end = r.clause_end(from, end, &self.inside);
        let ends = |&i: &usize| {
            let beside = r.is(i, CONJUNCTION | SUBORDINATOR) && (r.finite(i + 1) || r.is(i + 1, PAST | COMPLEMENTIZER));
            // "an official who asked not to be named said": the verb of who asks.
            let beside = beside || r.is(i, WORD) && !r.is(i - 1, FUNCTION) && r.cue(i, &[Frame::Speech]).is_some_and(|c| !c.infinitive);
            !self.inside[i] && (r.is(i, COMMA | DASH) && !r.is(i + 1, QUOTE) || beside)
        };
        (from + 2..end).find(ends).unwrap_or(end)
    }
}
