//! The word of harm that governs a figure.

use super::beyond::reported;
use super::candidates::{Candidate, Relation, Side};
use super::describing::name_before;
use super::lexicon::*;
use super::{Casualties, Figure};
use crate::span::Span;
use crate::vocabulary::{Bound, ClaimKind, Reason, VictimClass};

impl Casualties {
    /// The word of harm that governs a candidate, if one does.
    pub(super) fn direct(&self, text: &str, items: &[Item], c: &Candidate, others: &[usize]) -> Option<Relation> {
        if c.never.is_some() {
            return None;
        }
        let relation = |k: usize, side| {
            let x = items.get(k)?;
            Some(Relation { kind: x.kind?, trigger: k, rule: x.rule?, side })
        };
        if self.released(items, c) {
            return None;
        }
        // "reventó dos presas": dams, not women in prison.
        let broken = self.verb_first && c.at > 0 && items[c.at - 1].is(DAMAGE);
        if broken && items.get(c.noun.unwrap_or(c.end)).is_some_and(|x| x.kind == Some(ClaimKind::Detained)) {
            return None;
        }
        let object_follows = |k: usize| object_follows(items, k);
        // "Otro herido murió": worse befell those who are named for their harm.
        let dies = |harm: usize| {
            // "tres de los heridos que ingresaron ayer murieron"
            let behind = items.get(harm + 1).filter(|x| x.is(RELATIVE)).map_or(0, |_| {
                let clause = items[harm + 2..].iter().take(5).take_while(|y| (y.plain() || y.is(HAVE | BE | DATED)) && !y.is(MARK));
                1 + clause.count()
            });
            let verb = Some(harm + 1 + behind).filter(|&k| behind > 1 && items.get(k).is_some_and(|y| y.is(INTRANSITIVE)));
            let verb = verb.or_else(|| {
                // "One of the wounded, a student of 23, later died"
                let from = interposed(items, harm + 1, 0).or_else(|| who_they_were(items, harm + 1)).unwrap_or(harm + 1);
                // "Dos de los heridos dicen que cayeron bombas"
                let that = items.get(from + 1).is_some_and(|x| x.is(RELATIVE));
                let later = usize::from(items.get(from).is_some_and(|x| (x.is(EARLIER) || x.plain() && !x.capital) && !that));
                let from = from + later;
                (from..from + 3).find(|&k| items.get(k).is_none_or(|y| !y.is(BE | HAVE | OTHER | RELATIVE) || y.is(INTRANSITIVE)))
            })?;
            // "Tres de los policías retenidos sufrieron heridas"
            let hurt = !matches!(items[harm].kind, Some(ClaimKind::Killed | ClaimKind::Injured));
            let worse = |kind| kind == Some(ClaimKind::Killed) || hurt && kind == Some(ClaimKind::Injured);
            let dies = items.get(verb).is_some_and(|y| y.is(INTRANSITIVE) && worse(y.kind));
            (dies && !others.contains(&(verb + 1))).then_some(verb)
        };
        // "murieron tres heridos", "fallecieron en el hospital dos jóvenes con heridas de bala"
        if self.verb_first
            && items.get(c.noun.unwrap_or(c.end)).is_some_and(|x| x.is(STATE | NOUN) && x.kind == Some(ClaimKind::Injured))
            && let Some(k) = self.before(text, items, c)
            && items[k].is(INTRANSITIVE | ACTIVE)
            && !items[k].is(STATE)
            && items[k].kind == Some(ClaimKind::Killed)
        {
            return relation(k, Side::Left);
        }
        if let Some(noun) = c.led {
            let worse = |k: &usize| items[*k].kind == Some(ClaimKind::Killed);
            return match self.after(text, items, c, others, &object_follows).filter(worse) {
                Some(k) => relation(k, Side::Right),
                None => relation(noun, Side::Noun),
            };
        }
        if let Some(noun) = c.noun {
            // "guards held by 450 prisoners": who does it is not harmed.
            if items[noun].kind == Some(ClaimKind::Detained) && c.at > 0 && items[c.at - 1].is(BY) {
                return None;
            }
            // "Three hostages were killed": worse befell them than what the noun says.
            let fled = items[noun].kind == Some(ClaimKind::Displaced);
            let worse = |k: &usize| {
                matches!(items[*k].kind, Some(ClaimKind::Killed | ClaimKind::Injured))
                    || fled && items[*k].kind == Some(ClaimKind::Detained)
            };
            if !matches!(items[noun].kind, Some(ClaimKind::Killed | ClaimKind::Injured)) {
                let beyond = Candidate { end: noun + 1, ..c.clone() };
                if let Some(k) = self.after(text, items, &beyond, others, &object_follows).filter(worse) {
                    return relation(k, Side::Right);
                }
                if let Some(k) = self.before(text, items, c).filter(worse) {
                    // "beat two prisoners to death"
                    let dead = items.get(noun + 1).is_some_and(|x| x.is(TO_DEATH)) && items[k].is(ACTIVE);
                    let kind = |r: Relation| Relation { kind: if dead { ClaimKind::Killed } else { r.kind }, ..r };
                    return relation(k, Side::Left).map(kind);
                }
            }
            // "the death of six of the injured"
            let died = |k: &usize| items[*k].is(NOMINAL) && items[*k].kind == Some(ClaimKind::Killed);
            if items[noun].kind == Some(ClaimKind::Injured)
                && let Some(k) = self.before(text, items, c).filter(died)
            {
                return relation(k, Side::Left);
            }
            if let Some(k) = spoken_of(items, noun).filter(|_| c.of_them) {
                return relation(k, Side::Right);
            }
            let died = dies(noun).or_else(|| died_then(items, noun));
            if let Some(k) = died.filter(|_| items[noun].kind == Some(ClaimKind::Injured)) {
                return relation(k, Side::Right);
            }
            // "one policeman was killed and three injured": a participle goes on from the subject before.
            let participle = noun == c.at + 1 && items[noun].is(ACTIVE);
            return relation(noun, if participle { Side::Right } else { Side::Noun });
        }
        if let Some(x) = items.get(c.end)
            && x.is(STATE | NOUN)
            && !(x.is(ACTIVE) && object_follows(c.end))
            && !spares(x, items, c)
        {
            // "79 presos muertos": worse befell them than what they are called after.
            if !matches!(x.kind, Some(ClaimKind::Killed | ClaimKind::Injured)) {
                let beyond = Candidate { end: c.end + 1, ..c.clone() };
                let worse = |k: &usize| matches!(items[*k].kind, Some(ClaimKind::Killed | ClaimKind::Injured));
                if items.get(beyond.end).is_some_and(|y| y.is(STATE)) && worse(&beyond.end) {
                    return relation(beyond.end, Side::Noun);
                }
                if let Some(k) = self.before(text, items, c).filter(|k| (self.verb_first || items[*k].is(NOMINAL)) && worse(k)) {
                    return relation(k, Side::Left);
                }
            }
            // "The dead include seven demonstrators shot in the square."
            let listed = |k: &usize| {
                items[*k].kind == Some(ClaimKind::Killed) && items[*k].is(STATE | NOUN) && (items[*k + 1].is(INCLUDING) || among(items, *k))
            };
            if x.kind == Some(ClaimKind::Injured)
                && let Some(k) = self.before(text, items, c).filter(listed)
            {
                return relation(k, Side::Left);
            }
            if let Some(k) = spoken_of(items, c.end) {
                return relation(k, Side::Right);
            }
            let side = if x.is(ACTIVE) || c.head.is_some() { Side::Right } else { Side::Noun };
            return relation(dies(c.end).or_else(|| died_then(items, c.end)).unwrap_or(c.end), side);
        }
        if let Some(k) = self.before(text, items, c) {
            // "the stabbing of three girls who died": worse befell them later.
            let behind = set_off(text, items, c.end).unwrap_or(c.end);
            let relative = items[k].kind != Some(ClaimKind::Killed) && items.get(behind).is_some_and(|x| x.is(RELATIVE));
            let died = (behind + 1..behind + 4).find(|&j| items.get(j).is_none_or(|x| !x.is(BE | HAVE) && !x.plain()));
            // "hacked eight farmers to death"
            let to_death =
                items.get(c.end).is_some_and(|x| x.is(TO_DEATH)) && items[k].is(ACTIVE) && items[k].kind == Some(ClaimKind::Injured);
            if let Some(mut found) = relation(k, Side::Left).filter(|_| to_death) {
                found.kind = ClaimKind::Killed;
                return Some(found);
            }
            let died = died.filter(|&j| relative && items.get(j).is_some_and(|x| x.is(INTRANSITIVE) && x.kind == Some(ClaimKind::Killed)));
            return died.map_or_else(|| relation(k, Side::Left), |j| relation(j, Side::Right));
        }
        // "la mujer de un comerciante recibió un tiro": one who belongs to another is not the one harmed.
        let of_another = items[c.at].is(ARTICLE) && c.at >= 2 && items[c.at - 1].is(OF) && items[c.at - 2].is(VICTIM);
        // "Entre los fallecidos hay 37 manifestantes y un policía, y otros 270 resultaron heridos": what is told of others comes later.
        if !c.other
            && items.get(c.end).is_some_and(|x| x.is(MARK))
            && let Some(k) = self.among_list(items, c)
        {
            return relation(k, Side::Left);
        }
        let right = Some(()).filter(|()| !of_another).and_then(|()| self.after(text, items, c, others, &object_follows));
        let right = right.or_else(|| all_so(items, c)).or_else(|| left_dead(items, c).filter(|_| !self.verb_first));
        let right = right.map(|k| (died_then(items, k).unwrap_or(k), Side::Right));
        let left = || {
            coordinated(items, c, self.verb_first)
                .or_else(|| perfect_goes_on(items, c))
                .or_else(|| harmed_alongside(items, c))
                .or_else(|| harmed_as_them(items, c))
                .or_else(|| some_at_the_end(items, c))
                .or_else(|| self.among_list(items, c))
        };
        let (k, side) = right.or_else(|| left().map(|k| (k, Side::Left)))?;
        relation(k, side)
    }

    /// Whether those counted were set free or saved.
    pub(super) fn released(&self, items: &[Item], c: &Candidate) -> bool {
        // "burning 19 people alive"
        let burned = |k: usize| items[k].is(ACTIVE) && matches!(items[k].kind, Some(ClaimKind::Injured | ClaimKind::Killed));
        let from = items[..c.at].iter().rposition(|x| !x.is(DETERMINER | OTHER));
        if items.get(c.end).is_some_and(|x| x.is(TO_DEATH)) && from.is_some_and(burned) {
            return false;
        }
        // "Otros seis cadáveres fueron rescatados"
        if c.noun.is_some_and(|n| items[n].is(BODY)) || items.get(c.end).is_some_and(|x| x.is(BODY)) {
            return false;
        }
        let left = items[..c.at].iter().rev().take_while(|x| x.is(DETERMINER | OF | OTHER | RELEASE)).any(|x| x.is(RELEASE));
        let beside = items.get(c.end..).unwrap_or_default().iter().take(2).take_while(|x| x.is(STATE | NOUN)).count();
        let after = c.noun.map_or(c.end + beside, |n| n + 1);
        // "75 captives, mostly women and children, were freed"
        let after = interposed(items, after, 0).unwrap_or(after);
        let right = items.iter().enumerate().skip(after).take(6).take_while(|(_, x)| !x.is(FIGURE | STOP | MARK | INTRANSITIVE));
        let mut state = false;
        let right = right.take_while(|(_, x)| {
            let go = !state;
            state |= x.is(STATE) && !x.is(RELEASE) && c.noun.is_none();
            go
        });
        // "eliminated 14 insurgents and rescued 12 hostages": who is saved stands behind the verb.
        let own = |k: usize| items[k - 1].is(AND) && items.get(k + 1).is_some_and(|x| x.is(FIGURE | ARTICLE | VICTIM | DETERMINER));
        // "who could have been saved" were not.
        let supposed = |at: Span| items.iter().filter(|x| x.span.end <= at.start).rev().take(3).any(|x| x.is(SUPPOSE));
        left || right.into_iter().any(|(k, x)| x.is(RELEASE) && !own(k) && !supposed(x.span))
    }

    /// The word of harm before a candidate that governs it.
    pub(super) fn before(&self, text: &str, items: &[Item], c: &Candidate) -> Option<usize> {
        let mut plain = 0;
        let mut k = c.at;
        // "detuvo ayer en Ferrol a cuatro vecinos": the object says that it is one.
        let before = items[..k].iter().rev().find(|x| !x.is(OTHER));
        let personal = (c.head.is_some() || items[..c.at].last().is_some_and(|x| x.is(OTHER))) && before.is_some_and(|x| x.is(PERSONAL));
        while k > 0 && c.at - k < 9 {
            k -= 1;
            let x = &items[k];
            let helped = |roles: Roles| items[k.saturating_sub(3)..k].iter().any(|y| y.is(roles));
            if k + 1 == c.at
                && let Some(comma) = said_between(text, items, k)
            {
                // "Entre los muertos había, según Unicef, seis niños"
                k = comma;
            } else if x.is(RELEASE) {
                return None;
            } else if x.is(DATED) && !x.is(HARM) {
                // "detuvo el 3 de mayo a cinco personas", "retiene desde marzo a doce"
                if k > 0 && items[k - 1].is(SINCE) && personal {
                    k -= 1;
                }
                continue;
            } else if self.verb_first && x.is(BODY) && x.is(NOUN) && plain <= 1 && items[c.at - 1].is(OF) {
                // "los cuerpos maniatados de cuatro hombres"
                return Some(k);
            } else if x.is(NOMINAL) && plain == 0 {
                return Some(k).filter(|_| !spares(x, items, c));
            } else if x.is(ACTIVE) && plain <= if personal { 4 } else { usize::from(c.head.is_some()) } {
                // "captured three others"
                let others = c.other || as_many_more(items, c, k);
                if !others && (x.is(OF_PEOPLE) && !is_person(items, c) || spares(x, items, c)) {
                    return None;
                }
                // "sent 20 soldiers across the border" tells of no flight.
                let driven = c.class != Some(VictimClass::Security) && (c.head.is_some() || items.get(c.end).is_some_and(|y| y.is(AWAY)));
                if x.is(DRIVING) && !driven {
                    return None;
                }
                if x.is(TO_DEATH_ONLY) && !items.get(c.noun.map_or(c.end, |n| n + 1)).is_some_and(|y| y.is(TO_DEATH)) {
                    return None;
                }
                if x.is(TAKING) && x.kind == Some(ClaimKind::Killed) && !taken_from_life(items, c) {
                    return None;
                }
                // "they were killed 20 …" has its victim already.
                let passive = x.is(STATE) && helped(BE) && !items[..k].last().is_some_and(|y| y.is(HAVE));
                if passive && !self.verb_first {
                    return None;
                }
                return Some(first_of_pair(items, k));
            } else if x.is(INTRANSITIVE) {
                // "recibió un disparo de un francotirador"
                let of = items[c.at - 1].is(OF) && !items[c.at - 1].is(DETERMINER);
                if spares(x, items, c) {
                    return None;
                }
                return (x.is(VERB_FIRST) && !of && (plain == 0 || c.head.is_some())).then_some(k);
            } else if x.is(STATE) && self.verb_first && k > 0 && items[k - 1].is(INTRANSITIVE) && items[k - 1].is(VERB_FIRST) {
                // "muere atropellado un hombre"
                return (plain == 0 || c.head.is_some()).then_some(k - 1);
            } else if x.is(STATE) {
                if spares(x, items, c) {
                    return None;
                }
                // "han muerto o desaparecido en el mar 1.166 personas"
                let first = k.checked_sub(2).filter(|&j| items[j].is(INTRANSITIVE) && items[j].is(VERB_FIRST));
                let pair = first.filter(|_| self.verb_first && items[k - 1].is(AND) && !items[k - 1].is(MARK) && c.head.is_some());
                if pair.is_some() {
                    return pair;
                }
                let listed = among(items, k) || self.verb_first && left_so(items, c, k);
                let begins = k == 0 || items[k - 1].is(MARK) && plain == 0;
                let fits = self.verb_first && (helped(BE | HAVE) || begins) && (plain == 0 || c.head.is_some());
                return (listed || fits).then(|| first_of_two(items, k));
            } else if x.is(NOUN) && (among(items, k) || self.done_to(items, c, k)) {
                return Some(k);
            } else if k + 1 == c.at && k > 0 && x.span.of(text) == ":" && items[k - 1].is(STATE | NOUN) && among(items, k - 1) {
                // "Among the dead: two children and a nurse"
                return Some(k - 1);
            } else if let Some(named) = harmed_before(items, k)
                && (x.is(INCLUDING) && (named == 0 || items[named - 1].is(DETERMINER))
                    || x.is(BE | HAVE) && items[named].is(STATE | NOUN) && (among(items, named) || named + 1 == k && are_who(items, c, k)))
            {
                // "the dead include three policemen", "The fatalities on Thursday included a nurse"
                return Some(named);
            } else if x.is(DETERMINER | OF | OTHER | QUANTITY | HEARSAY) && !x.is(MARK) || x.is(ARTICLE) && (k + 1 == c.at || personal) {
                // "había matado en una emboscada a 21 soldados"
                continue;
            } else if let Some(verb) = self.among_who(items, c, k).or_else(|| self.over_adjuncts(items, c, k)) {
                return Some(verb);
            } else if x.plain() && !x.is(DEAD) || x.is(BY | LINK) && !x.is(MARK | AND) && plain > 0 || x.is(THING | DEAD) && personal {
                // "hirió de bala a dos", "mató de siete balazos a un guardia"
                plain += 1;
                if plain > 6 || !self.verb_first && plain > 1 && !personal {
                    return None;
                }
            } else {
                return None;
            }
        }
        None
    }

    /// "Among the dead are the mayor, Luis Mora, and two clerks": the word for those among whom the list that goes on stands.
    fn among_list(&self, items: &[Item], c: &Candidate) -> Option<usize> {
        const LIST: usize = 16;
        c.head?;
        let and = items[..c.at].iter().rposition(|x| !x.is(DETERMINER | OTHER | ARTICLE) || x.is(AND))?;
        if !items[and].is(AND) || items[and].is(MARK) || items.get(c.end).is_some_and(|x| x.is(BE | HAVE | INTRANSITIVE | STATE)) {
            return None;
        }
        let listed = |x: &&Item| {
            !x.is(HARM | RELATIVE | BE | HAVE | INCLUDING) && (!x.is(STOP) || x.is(DETERMINER | AND)) && (!x.is(MARK) || x.is(AND))
        };
        let list = items[..and].iter().rev().take(LIST).take_while(listed).count();
        let be = (and - list).checked_sub(1).filter(|&k| list > 0 && items[k].is(BE | HAVE) && !items[k].is(MARK))?;
        be.checked_sub(1).filter(|&k| items[k].is(STATE | NOUN) && among(items, k) && !items[k].is(AMBIGUOUS))
    }

    /// "Entre los extranjeros que perdieron la vida hay dos canadienses", "Among those who died were two nuns": the verb of the clause that says
    /// among whom.
    fn among_who(&self, items: &[Item], c: &Candidate, k: usize) -> Option<usize> {
        const CLAUSE: usize = 14;
        if k + 1 != c.at || !items[k].is(BE | HAVE) && !self.verb_first || items[k].is(MARK) || c.head.is_none() {
            return None;
        }
        let quiet = |x: &&Item| !x.is(MARK | FIGURE | STOP) || x.is(RELATIVE | DETERMINER);
        let from = k - items[..k].iter().rev().take(CLAUSE).take_while(quiet).count();
        let among = (from..k).find(|&j| items[j].is(AMONG)).filter(|&j| j <= from + 1)?;
        let relative = (among + 1..k).find(|&j| items[j].is(RELATIVE))?;
        (relative + 1..k).rev().find(|&j| items[j].is(INTRANSITIVE | STATE) && !items[j].is(BE)).filter(|&j| items[j].kind.is_some())
    }

    /// "murieron entre el lunes y ayer, en los barrios del norte, seis personas": the verb whose subject follows where and when.
    fn over_adjuncts(&self, items: &[Item], c: &Candidate, k: usize) -> Option<usize> {
        const REACH: usize = 22;
        // "fueron hallados sin vida, el 20 de enero, otros dos presos"
        let led = items[k + 1..c.at].iter().all(|x| x.is(OTHER));
        let people = c.head.is_some_and(|h| items[h].is(VICTIM)) || c.noun.is_some_and(|n| items[n].kind == Some(ClaimKind::Detained));
        if !self.verb_first || !led || !people {
            return None;
        }
        // What stands at the figure ends the adjunct: a noun, a date, or the comma that closes it.
        let closed = items[k].is(MARK) && items[k].is(AND);
        if !(closed || items[k].plain() && !items[k].is(TOWARD | PERSONAL) || items[k].is(THING)) {
            return None;
        }
        let quiet = |x: &Item| x.plain() || x.is(LOCATIVE | DETERMINER | OF | ARTICLE | THING | DEAD | BETWEEN | AMONG | AND | DATED);
        let inside = items[..=k].iter().rev().take(REACH).take_while(|x| quiet(x) && !x.is(STOP | RELATIVE | FIGURE | VICTIM | HARM));
        let verb = k.checked_sub(inside.count())?;
        let x = &items[verb];
        let between = &items[verb + 1..=k];
        let commas = between.iter().filter(|y| y.is(MARK)).count();
        // "perecieron, además, dos suboficiales"
        let adverb = closed && between.len() <= 4;
        let placed = adverb || between.iter().any(|y| y.is(LOCATIVE | HOSPITAL | DATED));
        let balanced = if closed { commas == 2 } else { commas == 0 };
        let helped = items[verb.saturating_sub(3)..verb].iter().any(|y| y.is(BE | HAVE));
        // Its subject must not stand before it.
        let begins = items[..verb].iter().rposition(|y| y.is(MARK | RELATIVE | STOP | AND)).map_or(0, |b| b + 1);
        let own = items[begins..verb].iter().any(|y| y.is(FIGURE | ARTICLE | VICTIM) && !y.is(DEAD));
        let verb_first = x.is(INTRANSITIVE) && x.is(VERB_FIRST) && !x.is(OF_PEOPLE) || x.is(STATE) && helped && !x.is(OF_PEOPLE);
        let free = !c.head.is_some_and(|h| items.get(h + 1).is_some_and(|y| y.is(BE | HAVE | INTRANSITIVE | STATE)));
        (verb_first && placed && balanced && !own && free).then_some(verb)
    }

    /// "la muerte violenta de dos jóvenes", "the arrest on Monday of five journalists": a noun of harm whose "of" stands behind what is said of it.
    fn done_to(&self, items: &[Item], c: &Candidate, k: usize) -> bool {
        let of = items[..c.at]
            .iter()
            .rposition(|x| !x.is(DETERMINER | OTHER | QUANTITY) || x.is(OF))
            .filter(|&of| of > k + 1 && items[of].is(OF));
        let Some(between) = of.map(|of| &items[k + 1..of]) else { return false };
        let named = between.iter().any(|x| x.is(LOCATIVE)) && between.last().is_some_and(|x| x.capital);
        let quiet = |x: &Item| {
            x.is(DATED)
                || x.plain() && (named || self.verb_first && !x.capital)
                || self.verb_first && x.is(BY | DETERMINER | THING)
                || named && x.is(LOCATIVE)
        };
        let counted = k > 0 && items[k - 1].is(FIGURE);
        is_person(items, c) && !counted && !items[k].is(VICTIM | STATE | AMBIGUOUS) && between.len() <= 3 && between.iter().all(quiet)
    }

    /// The word of harm after a candidate whose subject it is.
    pub(super) fn after(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        others: &[usize],
        object_follows: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        let (mut helped, mut plain, mut aside) = (None::<usize>, 0, c.of_them && c.head.is_none());
        let (mut relative, mut skip, mut of_those) = (false, 0, false);
        // "Two of them said the roof had fallen in", but not "two of them said to be dead"
        let speak = items.get(c.end).is_some_and(|x| x.is(STOP) && !x.is(MARK | RELATIVE | BE | AND | HARM));
        if aside && speak && items.get(c.end + 1).is_some_and(|x| !x.is(TOWARD | BE)) {
            return None;
        }
        for k in c.end..items.len().min(c.end + 30) {
            let x = &items[k];
            if k < skip {
                continue;
            }
            of_those &= !x.is(MARK);
            if of_those && x.is(STATE | INTRANSITIVE) {
                return None;
            }
            // "a man, it said, was killed", "119 civiles, 48 de ellos menores, murieron": what is set between two commas.
            if let Some(end) = interposed(items, k, plain) {
                skip = end;
            } else if let Some(end) = set_off(text, items, k) {
                skip = end;
            } else if x.is(INCLUDING) || x.is(MARK) && matches!(x.span.of(text), "(" | "–" | "—" | "-" | "[") {
                // "180 passengers, of whom 95 were rescued and 21 are dead": what follows is told of these.
                let those = x.is(OF_THEM) && x.is(INCLUDING) && !c.of_them && items.get(k + 1).is_some_and(|y| y.is(FIGURE));
                of_those = those && items.get(k + 2).is_some_and(|y| y.is(BE | HAVE) && !y.is(MARK));
                aside = true;
            } else if x.is(STATE) && x.is(ACTIVE) && helped.is_none() && object_follows(k) {
                if !relative && !aside {
                    return None;
                }
                aside = true;
            } else if x.is(STATE) && !x.is(INTRANSITIVE) {
                if spares(x, items, c) {
                    return None;
                }
                // "were called to the market and strangled there": a second participle of the same verb.
                let second = !x.is(NOUN | VICTIM)
                    && x.kind != Some(ClaimKind::Injured)
                    && items[k - 1].is(AND)
                    && !items[k - 1].is(MARK)
                    && !others.contains(&(k + 1));
                let near = helped.is_some_and(|h| k - h <= if second { 12 } else { 4 });
                // "sufren golpes y son arrestadas 277 personas": the verb has its own behind it.
                let goes_on = helped.is_some_and(|h| items[h - 1].is(AND) || relative && items[c.end].is(MARK));
                let own = self.verb_first && others.contains(&(k + 1)) && goes_on;
                if own && !items[k + 1].is(ARTICLE) {
                    return None;
                }
                if among(items, k) {
                    // "9.000 soldados, dijo que entre los muertos hay cuatro mujeres": these are others.
                    let verb = items.get(k + 1).is_some_and(|y| y.is(BE | HAVE));
                    return Some(k).filter(|_| !(self.verb_first && verb && others.contains(&(k + 2))));
                }
                if self.verb_first && own_subject(items, k, helped, others) {
                    return None;
                }
                // "and 11 people, among them two journalists, injured"
                let from = skip.max(c.end);
                let beside = k <= from + 3 && !aside && items[from..k].iter().all(|y| y.plain() || y.is(BY | HEARSAY));
                if near || beside {
                    return Some(if near { k } else { spoken_of(items, k).unwrap_or(k) });
                }
            } else if x.is(INTRANSITIVE) {
                // "donde hablaron tres vecinos, cayeron papeles": what fell stands behind the verb.
                let other =
                    x.is(BE) && items[k - 1].is(MARK) && items.get(k + 1).is_some_and(|y| y.plain() && !y.capital && !y.is(LOCATIVE));
                if spares(x, items, c) || x.is(OF_PEOPLE) && other {
                    return None;
                }
                // "fueron enviados 3.000 y murieron dos": the verb has its own behind it.
                let own = plain == 0 && !(k > c.end && items[k - 1].is(AND));
                if self.verb_first && own_subject(items, k, helped, others) {
                    return None;
                }
                return (!self.verb_first || !others.contains(&(k + 1)) || own).then_some(k);
            } else if self.verb_first && x.is(ACTIVE) && said_again(items, c, k) {
                return Some(k);
            } else if x.is(ACTIVE | NOMINAL) {
                if !relative && !aside {
                    return None;
                }
                aside = true;
            } else if x.is(ARTICLE) && !x.is(FIGURE) && items[k - 1].is(OF) && c.head.is_some() {
                // "six victims of a tanker fire had died"
                plain += 1;
            } else if x.is(FIGURE) || others.contains(&k) {
                if !aside {
                    return None;
                }
            } else if x.is(STOP) && !x.is(BE) && !aside && !who_is(items, k)
                || x.is(MARK) && matches!(x.span.of(text), ";" | ":" | "?" | "!")
            {
                return None;
            } else if x.is(NOUN) && among(items, k) {
                return Some(k);
            } else if x.is(BE) {
                helped = Some(k);
            } else if x.is(RELATIVE) {
                // "two of them were officers who had been abducted on Friday": who they were, not what befell them now.
                let own = !items[k - 1].is(AND | MARK);
                if c.of_them && own && helped.is_some_and(|h| items[h..k].iter().any(|y| y.is(VICTIM))) {
                    return None;
                }
                // "Hundreds of mourners marched in the streets at the funeral of a 24-year-old who was killed": he was.
                if items[c.end..k].iter().filter(|y| y.is(LOCATIVE)).count() > 1 {
                    return None;
                }
                relative = true;
            } else if x.is(AND)
                && next_candidate(items, k, others)
                && c.of_them
                && begins(items, c.at)
                && (c.head.is_some()
                    || items[c.end].is(LOCATIVE)
                    || items[c.end].plain()
                    || items[k - 1].is(MARK) && items.get(k + 2).is_some_and(|y| y.is(BE) && !y.is(MARK)))
            {
                // "152 of them in Barcelona, and 54 marchers were arrested", "28 of them policemen, and 8,000 villagers fled"
                return None;
            } else if x.is(AND) && !x.is(MARK) && next_candidate(items, k, others) && !aside {
                // "two policemen who guarded her and a passer-by were wounded"
                if !relative {
                    return None;
                }
                aside = true;
            } else {
                plain += usize::from(x.plain());
                if plain > if c.zero { 2 } else { 14 } {
                    return None;
                }
            }
        }
        None
    }

    /// "supera los 2.000 muertos", "tops 2,000 dead": the verb before the dead bounds their number.
    pub(super) fn bounded_by_verb(&self, items: &[Item], c: &Candidate, relation: Relation) -> Option<Figure> {
        let verb = items[..c.at].iter().rev().find(|x| !x.is(DETERMINER) || x.is(BOUNDING))?;
        let exact = relation.side == Side::Noun && c.figure.bound == Bound::Exact;
        bound_of(verb).filter(|_| exact).map(|bound| self.numbers.bounded(&c.figure, bound))
    }

    /// Gives the figure of a toll its kind: "the death toll rose from 15 to 26".
    pub(super) fn tolls(&self, text: &str, items: &[Item], candidates: &mut [Candidate]) {
        let Some(last) = candidates.iter().map(|c| c.at).max() else { return };
        for c in candidates.iter_mut().filter(|c| c.found.is_none() && c.never.is_none() && c.head.is_none() && c.noun.is_none()) {
            if let Some(k) = heads_list(text, items, c.at)
                && let (Some(kind), Some(rule)) = (items[k].kind, items[k].rule)
            {
                c.found = Some(Relation { kind, trigger: k, rule, side: Side::Noun });
            }
        }
        for k in 0..last {
            let Some((harm, end)) = toll_at(items, k) else { continue };
            // "the toll, officials said on Tuesday, had reached 57"
            let in_all = items.get(end + 2).is_some_and(|x| x.is(TOTAL));
            let end = interposed(items, end, 0).filter(|_| !in_all).unwrap_or(end);
            let (Some(kind), Some(rule)) = (items[harm].kind, items[harm].rule) else { continue };
            for c in candidates.iter_mut().filter(|c| c.at > end && c.at <= end + 24) {
                let taken = c.found.is_some_and(|r| r.side != Side::Left || r.trigger > k);
                let between = &items[end..c.at];
                // "the toll of the quakes that struck on Monday passed 11,000": a verb of tolls at the figure.
                let last = between.iter().rposition(|y| !y.is(DETERMINER) || y.is(LINK | BOUNDING));
                // "Deaths since January: 120"
                let colon = |y: &Item| y.is(MARK) && y.is(LINK);
                let verb = last.is_some_and(|l| between[l].is(BOUNDING) || between[l].is(UPDATE) || colon(&between[l]));
                // "rose on Tuesday to 1,411"
                let rose = |l: usize| {
                    let words = between[..l].iter().rev().take(5).take_while(|y| !y.is(UPDATE | HARM | FIGURE | MARK | STOP)).count();
                    let at = l.checked_sub(words + 1).filter(|&at| between[at].is(UPDATE));
                    at.is_some_and(|at| between[at + 1..l].iter().any(|y| y.is(DATED)))
                };
                let verb = verb || last.is_some_and(|l| between[l].is(LINK) && rose(l));
                // "the eviction", whose word may be that of a verb
                let noun = |at: usize| {
                    let verb = between[at].is(ACTIVE) && !between[at].is(STATE | NOUN);
                    verb && at > 0 && between[at - 1].is(DETERMINER | OF | LOCATIVE)
                };
                // "por los disparos contra una marcha", "the attack against": a word that names whom it was against parts no clause.
                let parts = |at: usize| between[at].is(STOP) && !(verb && between[at].is(BEFORE_LINK));
                let clause = (0..between.len()).find(|&at| (parts(at) || between[at].is(HARM)) && !noun(at));
                // "revised the number of deaths since Friday to 11"
                // "puts the total number of dead since October 7 at 11,078"
                let changes = |y: &Item| y.is(UPDATE) || y.is(REPORT) && !y.is(HARM | FIGURE);
                let verb = verb || k > 0 && items[k.saturating_sub(2)..k].iter().any(changes) && last.is_some_and(|l| between[l].is(LINK));
                let sure =
                    verb && clause.is_some_and(|at| between[at].is(RELATIVE | SINCE | WHEN)) && !between.iter().any(|y| y.is(FIGURE));
                // "La cifra de muertos por la riña entre bandas en una cárcel, en el suroeste del país, subió este jueves a 118"
                let bare = c.head.is_none() && last.is_some_and(|l| between[l].is(LINK)) && !between.iter().any(|y| y.is(FIGURE));
                if c.at > end + 14 && !sure && !((verb || bare) && clause.is_none()) {
                    continue;
                }
                if taken
                    || c.never.is_some()
                    || (0..between.len()).any(|at| {
                        let y = &between[at];
                        y.is(TOLL) || (parts(at) || y.is(HARM) && !y.is(LINK) && !noun(at)) && !sure
                    })
                    || c.head.is_some_and(|h| !items[h].is(VICTIM))
                {
                    continue;
                }
                let Some(link) = between.iter().rev().find(|y| !y.is(DETERMINER) || y.is(LINK | BOUNDING)) else {
                    continue;
                };
                // "the toll went up to 150": where it went, and no bound.
                if link.is(UPDATE) && c.figure.bound == Bound::AtMost {
                    c.figure = c.figure.max.map_or_else(|| c.figure.clone(), |most| self.numbers.exactly(c.figure.number, most));
                }
                // "pasan de 12 a 15": what it was and what it is.
                let becomes = link.is(BEFORE_LINK) && items.get(c.at + 2).is_some_and(|x| x.is(FIGURE) && items[c.at + 1].is(LINK));
                if let Some(bound) = bound_of(link).filter(|_| !becomes) {
                    c.figure = self.numbers.bounded(&c.figure, bound);
                } else if becomes {
                } else if !link.is(LINK | AND) {
                    continue;
                }
                // "the number of policemen killed"
                // "los campesinos muertos son 16"
                let from = k - usize::from(self.verb_first && k > 1 && items[k].is(STATE) && items[k - 2].is(DETERMINER));
                let people = items[from..end].iter().find(|y| y.is(VICTIM));
                c.class = c.class.or(people.and_then(|y| y.class));
                c.found = Some(Relation { kind, trigger: harm, rule, side: Side::Toll });
            }
        }
        // "cifraron en 26 el número de víctimas", "elevan a 26 los muertos"
        let mut told = false;
        for c in candidates.iter_mut().filter(|c| c.never.is_none() && !c.zero) {
            // "bringing to eight the number of people who have died": the sum, not who they were.
            let sum = c.at > 0 && items[c.at - 1].is(LINK) && items.get(c.at + 1).is_some_and(|x| x.is(QUANTITY) && !x.is(DETERMINER));
            if c.found.is_some() && !sum {
                told |= items.get(c.at + 1).is_some_and(|x| x.is(DETERMINER | QUANTITY));
                continue;
            }
            // "suben a 46 las reclusas fallecidas"
            if c.head.is_some() && !items.get(c.at + 1).is_some_and(|x| x.is(DETERMINER | QUANTITY)) {
                continue;
            }
            // "son 264 las personas fallecidas y 1,800 las heridas"
            let linked = c.at > 0
                && (items[c.at - 1].is(LINK | LINK_MORE_THAN)
                    || items[c.at - 1].is(REPORT) && !items[c.at - 1].is(HARM)
                    || told && items[c.at - 1].is(AND));
            // "A once se eleva el número de fallecidos"
            let verb = c.at + 1 + usize::from(items.get(c.at + 1).is_some_and(|x| x.is(DETERMINER) && !x.is(LINK)));
            let rises = items.get(verb).is_some_and(|x| x.is(UPDATE) && !x.is(DETERMINER));
            let inverted = self.verb_first && linked && rises && begins(items, c.at - 1);
            let from = if inverted { verb + 1 } else { c.at + 1 };
            // "sitúa en 73 el balance oficial de muertos"
            let Some(next) = items.get(from).filter(|x| linked && x.is(QUANTITY | DETERMINER | TOLL | SUM)) else { continue };
            let harm = if next.is(TOLL) {
                Some(from)
            } else {
                (from + 1..from + 4).find(|&k| items.get(k).is_some_and(|x| x.is(NOUN | STATE | TOLL)))
            };
            // "bringing to eight the number of people who have died"
            let who = toll_at(items, from).filter(|_| harm.is_none() && next.is(QUANTITY)).map(|(k, _)| k);
            if let Some(k) = harm.or(who)
                && let k = worse_behind(items, k)
                && let (Some(kind), Some(rule)) = (items[k].kind, items[k].rule)
                && items[from..k].iter().all(|x| {
                    let people = x.is(QUANTITY | DETERMINER | OF | VICTIM | SUM) || who.is_some() && x.is(RELATIVE | HAVE | BE);
                    people || x.plain() && !x.capital && !items[k].is(OF_PEOPLE) || x.kind == Some(ClaimKind::Detained)
                })
            {
                c.found = Some(Relation { kind, trigger: k, rule, side: Side::Toll });
                told = true;
            }
        }
    }
}

/// "the six priests that were murdered": the word stands for those before it.
fn who_is(items: &[Item], k: usize) -> bool {
    items[k].is(RELATIVE) && items.get(k + 1).is_some_and(|x| x.is(BE) && !x.is(MARK))
}

/// "22 of those held in Mahshahr are still missing": the verb of those whom a participle at `k` describes, unless it calls them dead.
fn spoken_of(items: &[Item], k: usize) -> Option<usize> {
    const REACH: usize = 9;
    if !items[k].is(STATE) || items[k].kind == Some(ClaimKind::Killed) {
        return None;
    }
    let ends = |x: &Item| x.is(MARK | AND | RELATIVE | FIGURE | STOP) && !x.is(BE);
    let behind = items[k + 1..].iter().take(REACH).take_while(|x| !ends(x)).count();
    let verb = (k + 1..k + 1 + behind).find(|&j| items[j].is(BE))?;
    (verb + 1..(k + 1 + behind).min(verb + 4)).find(|&j| items[j].is(STATE) && items[j].rule != items[k].rule)
}

/// "fueron baleados y murieron": the verb of dying that goes on from a word of harm.
fn died_then(items: &[Item], k: usize) -> Option<usize> {
    items.get(k).filter(|x| x.kind == Some(ClaimKind::Injured))?;
    // "recibió un disparo en la puerta de su casa y murió"
    const ADJUNCT: usize = 8;
    let adjunct = |x: &&Item| x.plain() || x.is(LOCATIVE | DETERMINER | OF | THING | BY | ARTICLE) && !x.is(AND | MARK | HARM | FIGURE);
    let words = items.get(k + 1..)?.iter().take(ADJUNCT).take_while(adjunct).count();
    let joint = k + 1 + words;
    // "A woman who was shot in the neck later died", "Two men beaten by police died": the main verb behind how they were harmed.
    let aside = |&j: &usize| {
        items.get(j).is_some_and(|x| !x.is(AND | MARK | HARM | FIGURE | STOP | RELATIVE | BE) && (!x.is(VICTIM) || items[j - 1].is(BY)))
    };
    let dies = |k: usize| items.get(k).is_some_and(|x| x.is(INTRANSITIVE) && x.kind == Some(ClaimKind::Killed));
    let own = |k: usize| items.get(k + 1).is_some_and(|x| x.is(FIGURE | ARTICLE));
    // "was shot in the head and killed"
    let killed = |k: usize| items.get(k).is_some_and(|x| x.is(STATE) && x.kind == Some(ClaimKind::Killed)) && items[joint].is(AND);
    let object = items.get(joint + 2).is_some_and(|x| x.is(FIGURE | ARTICLE | DEAD | DETERMINER | VICTIM));
    if killed(joint + 1) && !items[joint].is(MARK) && !object {
        return Some(joint + 1);
    }
    let main = (k + 1..k + 1 + ADJUNCT).find(|j| !aside(j)).filter(|&j| dies(j) && !own(j));
    // "A warder, who suffered a heart attack, died on the way": the main verb behind the clause that a comma closes.
    let comma = |j: usize| items.get(j).is_some_and(|x| x.is(MARK) && x.is(AND));
    let opened = items[..k].iter().rev().take(4).take_while(|x| !x.is(MARK)).count();
    let relative = k.checked_sub(opened + 1).is_some_and(|j| comma(j) && items[j + 1].is(RELATIVE));
    let close = (k + 1..k + 1 + ADJUNCT).find(|j| !aside(j)).filter(|&j| relative && comma(j));
    let main = main.or_else(|| close.map(|j| j + 1).filter(|&j| dies(j) && !own(j)));
    if main.is_some() {
        return main;
    }
    let and = items.get(joint).filter(|x| x.is(AND) && !x.is(MARK));
    let helped = items.get(joint + 1..)?.iter().take(2).take_while(|x| x.is(HAVE) || x.plain()).count();
    let died = joint + 1 + helped;
    // "resultaron heridos y murieron tres"
    and.filter(|_| dies(died) && !own(died)).map(|_| died)
}

/// "40 agentes, fueron detenidas en Elorrio cuatro mujeres": a verb behind a comma whose subject follows it, not far.
fn own_subject(items: &[Item], k: usize, helped: Option<usize>, others: &[usize]) -> bool {
    const REACH: usize = 8;
    let first = helped.filter(|&h| k - h <= 4).unwrap_or(k);
    let first = first - items[..first].iter().rev().take(2).take_while(|x| x.is(BE | HAVE) && !x.is(MARK)).count();
    let comma = first > 0 && items[first - 1].is(MARK);
    let quiet = |x: &&Item| (x.plain() || x.is(DETERMINER | OF | THING | DEAD)) && !x.is(MARK | HARM | STOP);
    let words = items[k + 1..].iter().take(REACH).take_while(quiet).count();
    let next = k + 1 + words;
    comma && others.contains(&next) && items[next].is(FIGURE | ARTICLE)
}

/// "a otros dos los fusilaron": the verb's object stands before it, and a pronoun at the verb says so again.
fn said_again(items: &[Item], c: &Candidate, k: usize) -> bool {
    // "que le digan a uno que lo mataron": what is told one.
    if c.head.is_none() && items.get(c.end).is_some_and(|x| x.is(RELATIVE)) {
        return false;
    }
    let pronoun = items[k].is(OBJECT) || items[k - 1].is(OBJECT);
    let before = items[..c.at].iter().rev().find(|x| !x.is(OTHER) || x.is(PERSONAL));
    pronoun
        && people(items, c)
        && before.is_some_and(|x| x.is(PERSONAL))
        && !items.get(c.end..k).unwrap_or_default().iter().any(|x| x.is(FIGURE))
}

/// Whether the word of harm at `k` is followed by those it harms, so that what stands before it does the harm.
fn object_follows(items: &[Item], k: usize) -> bool {
    let mut next = k + 1;
    while items.get(next).is_some_and(|x| x.is(OTHER)) {
        next += 1;
    }
    let Some(x) = items.get(next) else { return false };
    // "20 killed Monday": a date is no object; and in capitals-only text a capital says nothing.
    let name = x.plain() && x.capital && !items[k].capital && !x.is(DATED);
    !x.is(DATED) && (x.is(FIGURE | ARTICLE | VICTIM | OBJECT | SELF) || x.is(DETERMINER) && !x.is(LINK) || name)
}

/// "dejó heridos a tres vecinos": a participle between a verb and the object that it is said of.
fn left_so(items: &[Item], c: &Candidate, k: usize) -> bool {
    let object = k + 2 == c.at && items[k + 1].is(PERSONAL) && is_person(items, c);
    object && k.checked_sub(1).is_some_and(|k| items[k].plain() || items[k].is(LINK | HAVE) && !items[k].is(MARK | DETERMINER | OF | BE))
}

/// "left two supporters of the ruling party dead": the word of harm behind whose they are.
fn left_dead(items: &[Item], c: &Candidate) -> Option<usize> {
    const WORDS: usize = 6;
    c.head.filter(|_| items.get(c.end).is_some_and(|x| x.is(OF | TAKEN_FROM)))?;
    let quiet = |x: &&Item| (x.plain() || x.is(DETERMINER | THING | OF | VICTIM | GROUP)) && !x.is(FIGURE | MARK | HARM | BE | STOP);
    let dead = c.end + items[c.end..].iter().take(WORDS).take_while(quiet).count();
    let ends = items.get(dead + 1).is_none_or(|x| x.is(MARK | AND | LOCATIVE));
    let state = |x: &Item| x.is(STATE) && !x.is(ACTIVE | INTRANSITIVE) && x.kind == Some(ClaimKind::Killed);
    Some(dead).filter(|&k| ends && items.get(k).is_some_and(state))
}

/// "The dead were 16 men": those who are named for their harm are those counted.
fn are_who(items: &[Item], c: &Candidate, be: usize) -> bool {
    let named = be >= 2 && items[be - 2].is(DETERMINER) && !items[be - 1].is(VICTIM | AMBIGUOUS);
    // "Also feared dead are five members of the family", "Still missing were 12 miners"
    let lead = be.checked_sub(1).map_or(0, |last| {
        items[..last].iter().rev().take(3).take_while(|x| (x.plain() || x.is(BE | STILL | AND)) && !x.is(MARK | FIGURE)).count()
    });
    let state = be > 0 && items[be - 1].is(STATE) && !items[be - 1].is(INTRANSITIVE);
    let inverted = state && lead > 0 && items[..be - 1 - lead].last().is_none_or(|x| x.is(MARK));
    (named || inverted) && items[be].is(BE) && be + 1 == c.at && c.head.is_some()
}

/// The comma that opens what is said between two of which the last stands at an item: ", according to Unicef,".
fn said_between(text: &str, items: &[Item], k: usize) -> Option<usize> {
    const WORDS: usize = 6;
    let comma = |j: usize| items[j].is(MARK) && items[j].span.of(text) == ",";
    let open = (k.saturating_sub(WORDS)..k).rev().find(|&j| items[j].is(MARK | FIGURE | HARM)).filter(|_| comma(k))?;
    (comma(open) && items.get(open + 1)?.is(STOP)).then_some(open)
}

/// "killed or wounded 20": the first-named counts.
fn first_of_pair(items: &[Item], k: usize) -> usize {
    match k.checked_sub(2) {
        // "hacked and shot to death": who is hit dies of it.
        Some(first) if items[first].is(OF_PEOPLE) && items[k].kind == Some(ClaimKind::Killed) => k,
        Some(first) if items[k - 1].is(AND) && !items[k - 1].is(MARK) && items[first].is(ACTIVE) && items[first].rule.is_some() => first,
        _ => k,
    }
}

/// "murieron o fueron heridas 20": the first-named of two verbs whose subject follows both.
fn first_of_two(items: &[Item], k: usize) -> usize {
    let helped = items[..k].iter().rev().take(2).take_while(|x| x.is(BE | HAVE) && !x.is(MARK)).count();
    let Some(first) = (k - helped).checked_sub(2).filter(|_| helped > 0) else { return k };
    let pair = items[first + 1].is(AND) && !items[first + 1].is(MARK) && items[first].is(INTRANSITIVE) && items[first].rule.is_some();
    let own = items[..first].iter().rev().take_while(|x| !x.is(MARK | STOP | RELATIVE)).any(|x| x.is(FIGURE | VICTIM | ARTICLE));
    if pair && !own { first } else { k }
}

/// Whether nothing but articles stands between an item and the start of its clause.
pub(super) fn begins(items: &[Item], at: usize) -> bool {
    items[..at].iter().rev().find(|x| !x.is(DETERMINER | OTHER)).is_none_or(|x| x.is(MARK | AND | INCLUDING))
}

/// The same, or a clause that is told: "dijo que dos de ellos eran menores".
pub(super) fn begins_or_told(items: &[Item], at: usize) -> bool {
    begins(items, at) || items[..at].iter().rev().find(|x| !x.is(DETERMINER | OTHER)).is_some_and(|x| x.is(RELATIVE))
}

/// Whether what is counted can be people: by a word for them, or because nothing but the figure is said; but "Nikkei 225" is one name.
fn people(items: &[Item], c: &Candidate) -> bool {
    let named = || c.at > 0 && items[c.at - 1].capital && items[c.at - 1].plain();
    is_person(items, c) || c.head.is_none() && !items.get(c.end).is_some_and(Item::plain) && !named()
}

fn is_person(items: &[Item], c: &Candidate) -> bool {
    c.head.is_some_and(|h| items[h].is(VICTIM))
}

/// Whether a word of harm does none to what is counted: things, or those of whom it says that they leave an office, a party or a team.
fn spares(x: &Item, items: &[Item], c: &Candidate) -> bool {
    x.is(OF_PEOPLE) && !people(items, c) || x.is(NO_MEMBERS) && c.head.is_some_and(|h| items[h].is(MEMBER))
}

/// How a verb of tolls bounds the figure behind it.
fn bound_of(verb: &Item) -> Option<Bound> {
    let bounds = [
        (LINK_MORE_THAN, Bound::MoreThan),
        (LINK_ABOUT, Bound::About),
        (LINK_AT_LEAST, Bound::AtLeast),
        (LINK_AT_MOST, Bound::AtMost),
        (LINK_LESS_THAN, Bound::LessThan),
    ];
    bounds.into_iter().find(|(role, _)| verb.is(*role)).map(|(_, bound)| bound)
}

/// "killed my brother and two other neighbours": the verb whose first object counts nobody.
fn coordinated(items: &[Item], c: &Candidate, verb_first: bool) -> Option<usize> {
    // "killed himself and seven others"
    let himself = |k: &usize| items[k - 1].is(AND) && !items[k - 1].is(MARK) && items[k - 2].is(SELF) && items[k - 3].is(ACTIVE);
    if c.other && c.head.is_none() && c.at >= 3 && himself(&c.at) {
        return Some(c.at - 3);
    }
    // "killing Kevin Agudelo and two others"
    let other = c.other || items[..c.at].last().is_some_and(|x| x.is(OTHER) && !x.is(DETERMINER | MARK));
    let others = other && c.head.is_none() && c.noun.is_none();
    if c.head.is_none() && !others {
        return None;
    }
    // The list must end here: "killed the mayor and two policemen fled".
    if items.get(c.end).is_some_and(|x| !x.is(MARK | AND | BY | STOP | RELATIVE | OF | OTHER | LOCATIVE | ONTO | TAKEN_FROM | DATED)) {
        return None;
    }
    let and = items[..c.at].iter().rposition(|x| !x.is(DETERMINER | OTHER | ARTICLE | PERSONAL) || x.is(AND))?;
    if !items[and].is(AND) || items[and].is(MARK) {
        return None;
    }
    // "killed the mayor of Huanta, his wife and three guards"
    // "shot dead a catechist, his wife and their two sons"
    let listed = |x: &Item| {
        x.plain() || x.is(VICTIM | THING | DETERMINER | OF | PERSONAL | ARTICLE) && !x.is(BE | FIGURE) || x.is(AND) && x.is(MARK)
    };
    let first = items[..and].iter().rposition(|x| !listed(x) || x.is(ACTIVE | NOMINAL))?;
    // "Fallecieron el conductor y ocho pasajeros", "resultaron muertos el sargento Luis Mora y dos soldados"
    let state = || items[first].is(STATE) && first > 0 && items[first - 1].is(BE) && !items[first - 1].is(MARK);
    let verb = verb_first && (items[first].is(INTRANSITIVE) && items[first].is(VERB_FIRST) || state());
    if verb && items[first + 1].is(DETERMINER) && !items[first].is(OF_PEOPLE) {
        return (and - first <= 12).then_some(first);
    }
    // "He was killed on Monday and two others …"
    let passive = others && items[first.saturating_sub(3)..first].iter().any(|x| x.is(BE));
    (items[first].is(ACTIVE | NOMINAL) && !passive && (1..=12).contains(&(and - first - 1))).then_some(first)
}

/// "han matado a 20 civiles y herido a otros 15": a participle behind "and" goes on from the verb before, and its object follows.
fn perfect_goes_on(items: &[Item], c: &Candidate) -> Option<usize> {
    const CLAUSE: usize = 16;
    let personal = items[..c.at].iter().rposition(|x| !x.is(DETERMINER | OTHER) || x.is(PERSONAL)).filter(|&k| items[k].is(PERSONAL))?;
    let state = personal.checked_sub(1).filter(|&k| k > 0 && items[k].is(STATE) && (items[k].is(SINGULAR) || !items[k].is(NOUN)))?;
    let and = Some(state - 1).filter(|&k| items[k].is(AND) && !items[k].is(MARK))?;
    let clause = items[..and].iter().rev().take(CLAUSE).take_while(|x| !x.is(STOP | RELATIVE));
    clause.into_iter().any(|x| x.is(ACTIVE) && x.kind.is_some()).then_some(state)
}

/// "killed 210 rebels and captured 35": the bare number behind a second verb counts those like the ones before it.
fn as_many_more(items: &[Item], c: &Candidate, verb: usize) -> bool {
    const OBJECT: usize = 5;
    let bare = c.head.is_none() && c.noun.is_none() && !c.zero && verb + 1 == c.at && items[c.at].is(FIGURE);
    let ends = items.get(c.end).is_none_or(|x| x.is(MARK | AND | LOCATIVE | STOP | DATED | ONTO) && !x.is(PERCENT | MONEY));
    let Some(and) = verb.checked_sub(1).filter(|&k| bare && ends && items[k].is(AND) && !items[k].is(MARK)) else { return false };
    let people = and.checked_sub(1).filter(|&k| items[k].is(VICTIM) && !items[k].is(FIGURE));
    let object = people.map_or(0, |k| items[..=k].iter().rev().take(OBJECT).take_while(|x| !x.is(FIGURE | MARK | HARM)).count());
    let figure = and.checked_sub(object + 1).filter(|&k| object > 0 && items[k].is(FIGURE));
    figure.and_then(|k| k.checked_sub(1)).is_some_and(|k| items[k].is(ACTIVE) || items[k].is(DETERMINER | OTHER))
}

/// "The flood took nine of her neighbours", but not "the train took 20 to the coast": people are said to be taken, and nowhere to.
fn taken_from_life(items: &[Item], c: &Candidate) -> bool {
    people(items, c) && !items.get(c.end).is_some_and(|x| x.is(TOWARD) && !x.is(LOCATIVE))
}

/// "set upon two students and hacked them to death": the harm of those whom a pronoun stands for.
fn harmed_as_them(items: &[Item], c: &Candidate) -> Option<usize> {
    c.head?;
    const REACH: usize = 14;
    // "dragged six worshippers out of a mosque, doused them with petrol and burned them alive"
    let quiet = |x: &&Item| {
        let article = x.is(ARTICLE) && x.is(ANOTHER);
        !x.is(FIGURE | STOP | RELATIVE | VICTIM | HARM) && !article && (!x.is(MARK) || x.is(AND))
    };
    let harm = c.end + items.get(c.end..)?.iter().take(REACH).take_while(quiet).count();
    let between = &items[c.end..harm];
    let joined = between.iter().rev().take(3).any(|x| x.is(AND) && !x.is(MARK));
    let far = between.iter().any(|x| x.is(MARK | ARTICLE)) && !between.iter().any(|x| x.is(OBJECT) && !x.is(DETERMINER));
    let verb = items.get(harm).filter(|x| x.is(ACTIVE) && joined && !far && !x.is(TO_DEATH_ONLY))?;
    let them = verb.is(OBJECT) || items.get(harm + 1).is_some_and(|x| x.is(OBJECT) && !x.is(FIGURE));
    (them && items[..c.at].iter().any(Item::plain)).then_some(harm)
}

/// "was killed on Friday along with three aides": the harm of those beside whom they stand.
fn harmed_alongside(items: &[Item], c: &Candidate) -> Option<usize> {
    c.head?;
    // "along with his wife and three children"
    let before = items[..c.at].iter().rposition(|x| !x.is(DETERMINER | OTHER | ARTICLE))?;
    let listed = |x: &&Item| (x.plain() || x.is(VICTIM | DETERMINER | AND)) && !x.is(ALONGSIDE | HARM | FIGURE | MARK);
    let and = items[before].is(AND) && !items[before].is(MARK);
    let list = if and { items[..=before].iter().rev().take(6).take_while(listed).count() } else { 0 };
    let with = before.checked_sub(list)?;
    const REACH: usize = 10;
    let quiet = |x: &&Item| !x.is(HARM | FIGURE | STOP | RELATIVE) || x.is(DEAD);
    let comma = |k: usize| items[k].is(MARK) && items[k].is(AND);
    // "had been killed, up from 495 a week earlier, along with 66 soldiers": what it was before is set between two commas.
    let former = |&k: &usize| comma(k) && items.get(k + 1).is_some_and(|x| x.is(BEFORE_LINK));
    let aside = with.checked_sub(1).filter(|&k| comma(k)).and_then(|close| (close.saturating_sub(REACH)..close).rev().find(former));
    let from = aside.unwrap_or(with);
    let words = items[..from].iter().rev().take(REACH).take_while(quiet).count();
    let harm = from.checked_sub(words + 1).filter(|_| items[with].is(ALONGSIDE))?;
    let helped = items[harm.saturating_sub(3)..harm].iter().any(|x| x.is(BE | HAVE));
    let passive = items[harm].is(STATE) && !items[harm].is(NOUN) && helped;
    (passive || items[harm].is(ACTIVE) && !helped || items[harm].is(INTRANSITIVE)).then_some(harm)
}

/// "with four others, all of them dead": what all of those counted are, set behind a comma.
fn all_so(items: &[Item], c: &Candidate) -> Option<usize> {
    let comma = items.get(c.end).is_some_and(|x| x.is(MARK) && x.is(AND)) && items.get(c.end + 1).is_some_and(|x| x.is(THEY));
    let them = c.end + 2 + usize::from(items.get(c.end + 2).is_some_and(|x| x.is(OF_THEM)));
    let state = items.get(them).is_some_and(|x| x.is(STATE) && !x.is(ACTIVE)) && items.get(them + 1).is_none_or(|x| x.is(MARK | AND));
    (comma && state && (c.head.is_some() || c.other)).then_some(them)
}

/// "The villagers were shot, at least 16 of them.": how many they were is said last.
fn some_at_the_end(items: &[Item], c: &Candidate) -> Option<usize> {
    let comma = c.at.checked_sub(1).filter(|&k| items[k].is(MARK) && items[k].is(AND))?;
    let last = c.of_them && c.head.is_none() && c.noun.is_none() && items.get(c.end).is_none_or(|x| x.is(MARK) && !x.is(AND));
    const REACH: usize = 8;
    let quiet = |x: &&Item| !x.is(HARM | FIGURE | DEAD | STOP | RELATIVE | MARK);
    let words = items[..comma].iter().rev().take(REACH).take_while(quiet).count();
    let harm = comma.checked_sub(words + 1).filter(|_| last)?;
    let told = items[..harm].iter().any(|x| x.is(FIGURE) || x.is(ARTICLE) && x.is(ANOTHER));
    (!told && items[harm].is(STATE | INTRANSITIVE)).then_some(harm)
}

/// The word for those harmed before a verb, of which a date may stand between: "among the dead on Thursday were".
fn harmed_before(items: &[Item], verb: usize) -> Option<usize> {
    let dated = items[..verb].iter().rev().take(4).take_while(|x| x.is(DATED)).count();
    let on = usize::from(dated > 0 && items[..verb - dated].last().is_some_and(|x| x.plain() || x.is(LOCATIVE)));
    let last = verb.checked_sub(1 + dated + on)?;
    // "Entre los muertos identificados hay", "Among the dead identified so far were"
    let said_of =
        items[..=last].iter().rev().take(3).take_while(|x| (x.plain() || x.is(TOTAL)) && !x.capital && !x.is(LOCATIVE | OF | HARM)).count();
    last.checked_sub(said_of).filter(|&k| items[k].is(STATE | NOUN | TOLL) && (said_of == 0 || among(items, k)))
}

/// "among the dead": a word of harm with "among" before it.
pub(super) fn among(items: &[Item], k: usize) -> bool {
    k >= 1 && (items[k - 1].is(AMONG) || k >= 2 && items[k - 1].is(DETERMINER) && items[k - 2].is(AMONG))
}

/// Whether another candidate stands right behind the conjunction at `k`.
fn next_candidate(items: &[Item], k: usize, others: &[usize]) -> bool {
    let mut next = k + 1;
    while items.get(next).is_some_and(|x| x.is(DETERMINER | OTHER | AND) && !others.contains(&next)) {
        next += 1;
    }
    others.contains(&next)
}

/// A toll at an item: the item of its harm, and the item behind it. "Number of" takes its harm from the noun it counts.
fn toll_at(items: &[Item], k: usize) -> Option<(usize, usize)> {
    if !items[k].is(TOLL | REPORT | NOUN | STATE | SUM | QUANTITY) {
        return None;
    }
    if items[k].is(TOLL) {
        return Some((k, k + 1));
    }
    // "cifró los muertos en 16"
    if items[k].is(REPORT) && !items[k].is(HARM) {
        let words = items.iter().skip(k + 1).take(2).take_while(|x| x.is(DETERMINER)).count();
        let harm = k + 1 + words;
        // "put the dead of the northern camp at 35"
        let of = items
            .get(harm + 1)
            .filter(|x| x.is(OF) || x.is(LOCATIVE) && !x.is(LINK))
            .map_or(0, |_| 1 + items[harm + 2..].iter().take(4).take_while(|x| x.plain() || x.is(DETERMINER) && !x.is(LINK)).count());
        let link = harm + 1 + of;
        let figure = items.get(link + 1).is_some_and(|x| x.is(FIGURE)) && items.get(link + 2).is_none_or(|x| !x.plain());
        return (words > 0 && figure && items[harm].is(STATE | NOUN) && items[link].is(LINK)).then_some((harm, harm + 1));
    }
    // "Muertos: 8. Heridos: 25.", "fallecidos, 55; lesionados, 310": what is counted leads, and a mark stands for the verb.
    let counted = items[k].is(STATE | NOUN) && !items[k].is(SINGULAR);
    let figure = counted && items.get(k + 1).is_some_and(|x| x.is(MARK)) && items.get(k + 2).is_some_and(|x| x.is(FIGURE));
    if figure && items[k + 1].is(LINK | AND) {
        let row = k.checked_sub(1).is_none_or(|k| items[k].is(MARK)) && items.get(k + 3).is_none_or(|x| x.is(MARK));
        // "Their bodies, seven in all, were laid out"
        let apposed = items[k + 1].is(AND) && items.get(k + 3).is_some_and(|x| x.is(TOTAL));
        return (row || apposed).then_some((k, k + 1));
    }
    // "Deaths in custody have risen from 12 to 46"
    if items[k].is(NOUN) && !items[k].is(SINGULAR | VICTIM | NOMINAL | AMBIGUOUS) && rises(items, k) {
        return Some((k, k + 1));
    }
    // "Protest deaths top 100"
    if items[k].is(NOUN) && items.get(k + 1).is_some_and(|x| x.is(LINK_MORE_THAN)) && items.get(k + 2).is_some_and(|x| x.is(FIGURE)) {
        return items.get(k + 3).is_none_or(|x| !x.plain()).then_some((k, k + 1));
    }
    // "los muertos son unos 300"
    let named = k > 1 && items[k].is(STATE) && items[k - 1].is(VICTIM) && items[k - 2].is(DETERMINER);
    if items[k].is(STATE | NOUN) && k > 0 && (items[k - 1].is(DETERMINER) || named) {
        let verb = items.get(k + 1).is_some_and(|x| x.is(BE | UPDATE | BOUNDING) && x.is(LINK | BOUNDING));
        // "los caídos desde el Día de la Juventud suman cinco", "los fallecidos pasaron de 48 a 51"
        const ASIDE: usize = 8;
        let quiet = |x: &&Item| {
            x.plain() && !x.is(UPDATE)
                || x.is(OF | DETERMINER | SINCE | DEAD | THING | LOCATIVE) && !x.is(UPDATE | BOUNDING | BE | MARK | HARM | STOP)
        };
        let later = k + 1 + items[k + 1..].iter().take(ASIDE).take_while(quiet).count();
        // "los heridos a bala, de acuerdo con la Vicaría, pasan de cincuenta"
        let later = between_commas(items, later).unwrap_or(later);
        // "los muertos en las manifestaciones son 23"
        let are = |x: &Item| x.is(BE) && x.is(LINK) && !x.is(DETERMINER | MARK);
        let sums = items.get(later).is_some_and(|x| x.is(UPDATE | BOUNDING) || later > k + 1 && are(x));
        let at = if sums { later } else { k + 1 };
        let figure = items.get(at + 1).is_some_and(|x| x.is(FIGURE));
        let bare = figure && items.get(at + 2).is_none_or(|x| x.is(MARK | AND | STOP | INCLUDING | LOCATIVE) || sums && x.is(LINK));
        return ((verb || sums) && bare).then_some((k, k + 1));
    }
    // "the number killed in the crackdown to 100"
    if items[k].is(SUM) && !items[k].is(QUANTITY) && items.get(k + 1).is_some_and(|x| x.is(STATE) && !x.is(NOMINAL)) {
        return Some((k + 1, k + 2));
    }
    if !items[k].is(QUANTITY) {
        return None;
    }
    // "the number of those who died in custody": what the clause tells, not where.
    let who = (k + 1..k + 4)
        .find(|&j| items.get(j).is_none_or(|x| x.is(RELATIVE | STATE | NOUN | FIGURE)))
        .filter(|&j| items.get(j).is_some_and(|x| x.is(RELATIVE)));
    let told = who.and_then(|who| (who + 1..who + 4).find(|&j| items.get(j).is_some_and(|x| x.is(STATE | INTRANSITIVE))));
    if let Some(verb) = told.filter(|&j| items[j].is(INTRANSITIVE)) {
        let held = items.get(verb + 1).is_some_and(|x| x.is(STATE) && x.kind == Some(ClaimKind::Detained));
        return Some((verb, verb + 1 + usize::from(held)));
    }
    let counted = items.iter().enumerate().skip(k + 1).take(4).take_while(|(_, x)| !x.is(FIGURE | MARK | STOP));
    if let Some((j, _)) = counted.into_iter().find(|(_, x)| x.is(STATE | NOUN)) {
        let j = worse_behind(items, j);
        return Some((j, j + 1));
    }
    // "the number of people who have died in a week of riots has risen to 72"
    let relative = (k + 1..k + 4).find(|&j| items.get(j).is_some_and(|x| x.is(RELATIVE)))?;
    let verb = (relative + 1..relative + 4).find(|&j| items.get(j).is_some_and(|x| x.is(STATE | INTRANSITIVE)))?;
    Some((verb, verb + 1))
}

/// "el número de privados de libertad fallecidos", "the number of prisoners killed": worse befell them than what they are called after.
fn worse_behind(items: &[Item], harm: usize) -> usize {
    let slight = !matches!(items[harm].kind, Some(ClaimKind::Killed | ClaimKind::Injured));
    let worse = |x: &Item| x.is(STATE) && matches!(x.kind, Some(ClaimKind::Killed | ClaimKind::Injured));
    if slight && items.get(harm + 1).is_some_and(worse) { harm + 1 } else { harm }
}

/// Whether a plural that begins its clause is the subject of a verb that a figure follows: "Road deaths in Kent rose to 46".
fn rises(items: &[Item], noun: usize) -> bool {
    const ASIDE: usize = 8;
    let led = items[..noun].iter().rev().take(2).take_while(|x| x.plain() && !x.is(LOCATIVE)).count();
    let begins = (noun - led).checked_sub(1).is_none_or(|k| items[k].is(MARK | STOP) && !items[k].is(AND | DETERMINER));
    let word = OF | DETERMINER | DEAD | THING | LOCATIVE | AND | AMONG | VICTIM | DATED | SINCE;
    let quiet = |x: &&Item| (x.plain() || x.is(word)) && !x.is(UPDATE | BE | MARK | HARM | FIGURE);
    let aside = items[noun + 1..].iter().take(ASIDE).take_while(quiet).count();
    let verb = noun + 1 + aside + items[noun + 1 + aside..].iter().take(2).take_while(|x| x.is(HAVE) && !x.is(UPDATE)).count();
    let figure = |k: usize| items.get(k).is_some_and(|x| x.is(FIGURE));
    let linked = items.get(verb + 1).is_some_and(|x| x.is(LINK | BEFORE_LINK) && !x.is(MARK)) && figure(verb + 2);
    // "Deaths since January: 120."
    let colon = || {
        let ends = items.get(verb + 2).is_none_or(|x| x.is(MARK));
        aside > 0 && ends && figure(verb + 1) && items.get(verb).is_some_and(|x| x.is(MARK) && x.is(LINK) && !x.is(AND))
    };
    let rose = || items.get(verb).is_some_and(|x| x.is(UPDATE) && !x.is(DETERMINER | MARK)) && (figure(verb + 1) || linked);
    begins && (rose() || colon())
}

/// The item behind what is set between two commas, if the first stands at an item and nothing is counted inside.
fn between_commas(items: &[Item], k: usize) -> Option<usize> {
    const WITHIN: usize = 10;
    let comma = |x: &Item| x.is(MARK) && x.is(AND);
    items.get(k).filter(|x| comma(x))?;
    let end = (k + 2..k + WITHIN).find(|&j| items.get(j).is_some_and(|x| x.is(MARK)))?;
    let quiet = !items[k + 1..end].iter().any(|x| x.is(FIGURE | HARM | BE | HAVE | RELATIVE));
    (comma(&items[end]) && quiet).then_some(end + 1)
}

/// In how many words behind a figure stands the wound that some of the dead had.
const WOUNDS_WITHIN: usize = 4;

/// Carries what governs one candidate over to those it is coordinated with; gives for each the candidate it is a part of.
pub(super) fn inherit(text: &str, items: &[Item], candidates: &mut [Candidate], verb_first: bool) -> Vec<Option<usize>> {
    let mut parts = vec![None; candidates.len()];
    let only = |from: usize, to: usize, roles: Roles| from <= to && items.get(from..to).is_some_and(|s| s.iter().all(|x| x.is(roles)));
    // "two men and a woman were killed", "21, 10 y 8 fallecidos": from the right.
    for c in (0..candidates.len().saturating_sub(1)).rev() {
        // "una adolescente de 15 años y un vendedor": ages are no part of a list.
        // "six priests (five of them Spaniards) and two women were murdered": what is said of them is none either.
        let end = set_off(text, items, candidates[c].end).or_else(|| interposed(items, candidates[c].end, 0)).unwrap_or(candidates[c].end);
        // "a boy aged six and a woman"
        let years = items[end..].iter().take(4).take_while(|x| x.is(AGED | DEAD) && !x.is(FIGURE | HARM)).count();
        let end = end + if items.get(end).is_some_and(|x| x.is(AGED)) { years } else { 0 };
        let Some(n) = (c + 1..candidates.len()).find(|&n| candidates[n].never.is_none() && candidates[n].at >= end) else { continue };
        let (this, next) = (&candidates[c], &candidates[n]);
        let listed = end < next.at && only(end, next.at, AND | DETERMINER | OTHER) && items[end..next.at].iter().any(|x| x.is(AND));
        // "doce guerrilleros del ELN y tres soldados murieron"
        let of = this.head.is_some() && items.get(this.end).is_some_and(|x| x.is(OF));
        let listed = listed || of && items.get(this.end..next.at).is_some_and(|gap| and_people(items, next, gap));
        // "six priests of the university, a cook and her daughter were murdered"
        let comma = next.at > this.end && items[next.at - 1].is(MARK) && items[next.at - 1].is(AND);
        let goes_on = items.get(next.end..).is_some_and(|rest| rest.iter().take(2).any(|x| x.is(AND) && !x.is(MARK)));
        let owned = |x: &Item| x.plain() || x.is(OF | DETERMINER | THING | VICTIM) && !x.is(MARK | AND | STOP | FIGURE | HARM);
        let listed = listed || of && comma && goes_on && next.head.is_some() && items[this.end..next.at - 1].iter().all(owned);
        let bare = this.head.is_none() && !this.other;
        // "a shot by a soldier, and another man died": what is no subject is no part of the list.
        let subject = !items[this.at].is(ARTICLE) || begins(items, this.at);
        // "the commission counts 264, and 1,800 wounded"
        let summed = bare && items[this.end].is(MARK) && reported(items, this).is_some();
        // "dejó el jueves un guardia y un manifestante muertos", "left a man and two women dead"
        let shared = next.found.is_some_and(|r| {
            let state = &items[next.end.min(items.len() - 1)];
            r.trigger == next.end
                && state.is(STATE)
                && !state.is(INTRANSITIVE)
                && (verb_first && !state.is(SINGULAR) || !state.is(ACTIVE | NOUN))
        });
        let listed = listed && (subject || shared) && !summed && !(this.of_them && begins(items, this.at));
        // "a police officer was among five people shot dead", "four children, including a girl of 14, were among 68 people killed", "four children
        // among 68 killed"
        let be = usize::from(items.get(end).is_some_and(|x| x.is(BE)));
        let one_of = items
            .get(end + be..next.at)
            .is_some_and(|gap| (1..=2).contains(&gap.len()) && gap[0].is(AMONG) && gap[1..].iter().all(|x| x.is(DETERMINER)));
        if this.found.is_none() && this.never.is_none() && this.head.is_some() && one_of {
            candidates[c].found = candidates[n].found;
            continue;
        }
        // "redujeron el miércoles de 16 a 14 los desaparecidos": what it was, where it has fallen.
        let fell = || {
            let from = this.at.checked_sub(1).filter(|&k| items[k].is(OF | BEFORE_LINK) && !items[k].is(MARK))?;
            let day = items[..from].iter().rev().take(4).take_while(|x| x.is(DATED | DETERMINER) && !x.is(UPDATE | REPORT)).count();
            let verb = (from - day).checked_sub(1).map(|k| &items[k])?;
            let to = items[this.end].is(LINK) && !items[this.end].is(MARK | BE | HAVE) && next.at == this.end + 1;
            let more = this.figure.min.zip(next.figure.min).is_some_and(|(was, is)| is < was);
            (to && more && verb.is(UPDATE | REPORT) && !verb.is(HARM) && next.found.is_some_and(|r| r.side == Side::Toll)).then_some(())
        };
        let fell = bare && this.found.is_none() && this.never.is_none() && fell().is_some();
        if fell {
            candidates[c].found = candidates[n].found;
            candidates[c].figure.former = true;
            continue;
        }
        // "pasó de 12 a 19 muertos"
        if this.found.is_none() && this.never.is_none() && bare && this.figure.former && next.at == this.end + 1 {
            candidates[c].found = next.found;
        } else if this.found.is_none() && this.never.is_none() && listed && !next.of_them {
            // "left 279 policemen and 45 civilians injured": a participle behind those counted, which may be a noun as well.
            let participle =
                next.head.is_some() && this.head.is_some() && next.noun.is_some_and(|n| items[n].is(STATE) && items[n].is(ACTIVE));
            let relation = next
                .found
                .filter(|r| r.side == Side::Right || r.side == Side::Noun && (bare || participle && next.noun == Some(r.trigger)));
            candidates[c].found = relation;
            if relation.is_some() && bare && candidates[c].class.is_none() {
                candidates[c].class = candidates[n].class.filter(|_| !items[candidates[n].at].is(ARTICLE));
            }
        }
    }
    add_up(items, candidates, &mut parts);
    for p in 0..candidates.len() {
        // Those of such a list are parts of the whole before it.
        let Some(from) = candidates[p].noun.map(|n| n + 1).filter(|_| candidates[p].of_them) else { continue };
        let Some(end) = who_they_were(items, from) else { continue };
        let trigger = candidates[p].found.map(|r| r.trigger);
        let inside = |c: &Candidate| c.at > from && c.at < end && c.found.is_some_and(|r| Some(r.trigger) == trigger);
        (p + 1..candidates.len())
            .take_while(|&c| candidates[c].at < end)
            .filter(|&c| inside(&candidates[c]))
            .for_each(|c| parts[c] = Some(p));
    }
    for c in 1..candidates.len() {
        if parts[c].is_some() {
            continue;
        }
        // The nearest one before that counts somebody.
        let Some(p) = (0..c).rev().find(|&p| candidates[p].found.is_some()) else { continue };
        let whole = parts[p].unwrap_or(p);
        // "and 30 people had been rescued, four of them in serious condition": of those who were saved.
        let saved = |c: &Candidate| matches!(c.never, Some(Reason::Released));
        if candidates[c].of_them && candidates[c].found.is_none() && candidates[p + 1..c].iter().any(saved) {
            continue;
        }
        let (this, last) = (&candidates[c], &candidates[p]);
        // "murieron veinte y nadie avisó": nobody did what follows, and nobody else is of the list.
        let other_clause = this.zero && this.found.is_none() && items.get(this.end).is_some_and(|x| !x.is(MARK | AND | OTHER | STATE));
        if this.never.is_some() || other_clause {
            continue;
        }
        let mut k = this.at;
        while k > 0 && items[k - 1].is(DETERMINER | OTHER) && !items[k - 1].is(INCLUDING) {
            k -= 1;
        }
        // "entre ellos los de dos turistas", "including those of two tourists"
        let those = items[..k].iter().rev().take(3).take_while(|x| x.is(OF | DETERMINER) && !x.is(INCLUDING | MARK)).count();
        let those = those > 0 && items[k - 1].is(OF) && k > those && items[k - those - 1].is(INCLUDING);
        let included = k > 0 && items[k - 1].is(INCLUDING) || those || included_with(items, this) || among_them(items, this, last);
        let gap = items.get(last.end..this.at).unwrap_or_default();
        // "dos policías antimotines, tres menores": an adjective may stand behind those counted.
        let adjective = usize::from(last.head.is_some() && this.head.is_some() && gap.first().is_some_and(|x| x.plain() && !x.capital));
        let gap_of =
            |from: usize| gap.get(from..).is_some_and(|g| !g.is_empty() && g.iter().all(|x| x.is(AND | DETERMINER | OTHER) && !x.is(STOP)));
        // "trajeron a cinco manifestantes baleados y a un policía"
        let state = usize::from(verb_first && last.found.is_some_and(|r| r.trigger == last.end && items[r.trigger].is(STATE)));
        let joined = gap_of(0) || verb_first && (gap_of(adjective) || gap_of(state)) && gap.iter().any(|x| x.is(AND));
        let kind = last.found.map(|r| r.kind);
        // "entre los muertos, un niño alcanzado por una bala": a participle that only describes.
        let describes = |r: Relation| {
            kind == Some(ClaimKind::Killed)
                && r.kind == ClaimKind::Injured
                && r.trigger == this.end
                && items[r.trigger].is(STATE)
                && !items[r.trigger].is(SINGULAR)
        };
        // "ten bodies, eight of them with gunshot wounds": of what they died.
        let wounds = |r: Relation| {
            let bare = this.head.is_none() && this.noun.is_none() && this.led.is_none();
            let fewer = this.figure.min.zip(last.figure.max.or(last.figure.min)).is_some_and(|(n, all)| n < all);
            let near = r.trigger > this.at && r.trigger <= this.at + WOUNDS_WITHIN;
            let with = items.get(this.end..r.trigger).is_some_and(|w| w.iter().all(|x| x.plain() || x.is(DETERMINER | LINK)));
            // "ten bodies, two with a shot to the chest"
            let set_off = gap.len() == 1 && gap[0].is(MARK) && gap[0].is(AND) && r.trigger > this.end;
            bare && fewer && (this.of_them || set_off) && near && with && kind == Some(ClaimKind::Killed) && r.kind == ClaimKind::Injured
        };
        // "23 muertos: cinco por bala, tres atropellados"
        let so = |r: Relation| {
            let bare = this.head.is_none() && this.noun.is_none_or(|n| n == this.at + 1) && !this.of_them && items[this.at].is(FIGURE);
            let listed =
                gap.len() <= 12 && gap.last().is_some_and(|x| x.is(AND)) && !gap.iter().any(|x| x.is(HARM | STOP | RELATIVE | FIGURE));
            let only = items.get(r.trigger + 1).is_none_or(|x| x.is(MARK | AND));
            let parted =
                parts[p].filter(|&w| items.get(candidates[w].end..last.at).is_some_and(|g| g.iter().any(|x| x.span.of(text) == ":")));
            bare && listed
                && only
                && r.trigger == this.at + 1
                && parted.is_some()
                && kind == Some(ClaimKind::Killed)
                && r.kind == ClaimKind::Injured
        };
        let so = this.found.is_some_and(so);
        let wounded = this.found.is_some_and(wounds);
        let described = wounded || included && this.head.is_some() && this.found.is_some_and(describes);
        let same = this.found.is_none_or(|r| Some(r.kind) == kind) || described;
        // "68 were hurt, 11 critically, and 400 troops had been mobilised": of whom something else is told.
        let own_verb = items.get(this.end).is_some_and(|x| x.is(BE | HAVE) && !x.is(MARK | STATE));
        // "entre ellos seis mujeres y cinco niños, fueron asesinados"
        let one_harm = this.found.zip(last.found).is_some_and(|(a, b)| a.trigger == b.trigger);
        let and = gap.len() == 1 && gap[0].is(AND) && !gap[0].is(MARK);
        let listed_together = one_harm && and && parts[p].is_some() && this.head.is_some() && last.head.is_some();
        let itemised = parts[p].is_none() && itemised(text, items, this, last);
        let how_they_are = how_some_are(items, this, last);
        // "Of the 237 people killed since Monday, 97 were from Ituri"
        let led = this.led.is_some_and(|harm| last.at < harm && last.found.is_some_and(|r| r.trigger == harm) && fewer(this, last));
        if led
            || this.of_them && last.at < this.at && begins_or_told(items, this.at)
            || (included || itemised || how_they_are || wounded) && same
        {
            candidates[c].of_them |= how_they_are;
            parts[c] = Some(p);
            candidates[c].found = candidates[c].found.filter(|_| !described).or(candidates[p].found);
        } else if listed_together {
            parts[c] = parts[p];
        } else if so
            || this.found.is_none()
                && ((also_are(items, this, items.get(last.noun.map_or(last.end, |n| n + 1)..this.at).unwrap_or_default())
                    || are_too(items, this))
                    && (parts[p].is_some() || last.of_them)
                    || (joined || and_people(items, this, gap)) && parts[p].is_some() && !own_verb)
        {
            parts[c] = parts[p];
            candidates[c].found = candidates[p].found;
        } else if this.found.is_none() && and_so_many(items, this, last) {
            candidates[c].found = candidates[p].found;
        } else if this.found.is_none() && what_they_are(items, this).is_some() && gap.iter().any(|x| x.is(BE)) {
            candidates[c].class = what_they_are(items, this).and_then(|k| items[k].class);
            candidates[c].found = candidates[p].found;
            parts[c] = parts[p];
        } else if this.found.is_none() && (bare_before(items, this, gap) || rival(items, this, gap)) {
            // "808 people are missing, up from 375 the day before"
            candidates[c].found = candidates[p].found;
        } else if this.found.is_none() && !says(items, this, gap) {
            let object = last.found.is_some_and(|r| matches!(r.side, Side::Left | Side::Toll));
            // "cinco manifestantes muertos en Ovejuyo, y un soldado"
            let ends = items.get(this.end).is_none_or(|x| x.is(MARK | AND | LOCATIVE));
            let beside = state > 0 && last.head.is_some() && ends && gap.get(1..).is_some_and(|g| and_people(items, this, g));
            let loose = and_people(items, this, gap) || beside;
            // "They killed 300, while a minister resigned": the subject of its own verb, but not "and a boy in Taiz".
            // An adjective may end the list: "tres cubanos y una monja irlandesa".
            let adjective = verb_first && items.get(this.end + 1).is_none_or(|x| x.is(MARK | AND));
            let resigns = items[this.at].is(ARTICLE) && items.get(this.end).is_some_and(|x| x.roles == 0 && !x.capital) && !adjective;
            let object = object && !resigns;
            if object && (joined || loose) || beside || elsewhere(text, items, this, last) {
                candidates[c].found = candidates[p].found;
            } else if gapped(items, this, &candidates[whole]) || whole != p && gapped(items, this, last) {
                candidates[c].class = candidates[c].class.or(candidates[whole].class);
                candidates[c].found = candidates[whole].found;
                let named = by_name(items, &candidates[c], &candidates[p]);
                parts[c] = parts[p].or_else(|| (!named && some_of(items, &candidates[c], &candidates[p])).then_some(p));
            }
        }
    }
    parts
}

/// "52 muertos, 42 mujeres y 10 hombres": people told of right behind a figure, who are as many together, are those it counts.
fn add_up(items: &[Item], candidates: &mut [Candidate], parts: &mut [Option<usize>]) {
    const CLAUSE: usize = 16;
    let people = |c: &Candidate| c.found.is_none() && c.never.is_none() && !c.zero && c.head.is_some_and(|h| items[h].is(VICTIM));
    for p in 0..candidates.len() {
        let Some(all) = candidates[p].figure.min.filter(|n| candidates[p].found.is_some() && parts[p].is_none() && *n > 1.0) else {
            continue;
        };
        let (mut end, mut sum, mut last) = (candidates[p].noun.map_or(candidates[p].end, |n| n + 1), 0.0, p);
        end += usize::from(candidates[p].found.is_some_and(|r| r.trigger == end));
        while let Some(c) = candidates.get(last + 1).filter(|c| people(c)) {
            let gap = items.get(end..c.at).unwrap_or_default();
            let mark = |x: &Item| x.is(MARK) && !x.is(RELATIVE);
            let listed = !gap.is_empty() && gap.iter().all(|x| x.is(AND | DETERMINER) || mark(x)) && (last > p || gap.iter().any(mark));
            // "33 agentes que han requerido asistencia, 19 policías y 14 guardias"
            let behind = last == p && gap.len() <= CLAUSE && gap.last().is_some_and(mark) && !gap.iter().any(|x| x.is(FIGURE | STOP));
            let joined = listed || behind;
            let Some(n) = c.figure.min.filter(|_| joined && sum < all) else { break };
            (end, sum, last) = (c.end, sum + n, last + 1);
        }
        if last > p + 1 && (sum - all).abs() < 0.5 {
            for c in p + 1..=last {
                parts[c] = Some(p);
                candidates[c].found = candidates[p].found;
            }
        }
    }
}

/// "26 heridos en Lima, cinco de gravedad", "injured 26 people, five seriously": how it stands with some of those counted.
fn how_some_are(items: &[Item], c: &Candidate, whole: &Candidate) -> bool {
    const WITHIN: usize = 8;
    let bare = c.head.is_none() && c.noun.is_none() && !c.zero && items[c.at].is(FIGURE);
    let grave = items.get(c.end).is_some_and(|x| x.is(GRAVE)) && items.get(c.end + 1).is_none_or(|x| x.is(MARK | AND | STOP));
    let injured = |x: &Candidate| x.found.is_none_or(|r| r.kind == ClaimKind::Injured);
    if !bare || !grave || !injured(c) || !injured(whole) {
        return false;
    }
    let fewer = c.figure.min.zip(whole.figure.max.or(whole.figure.min)).is_some_and(|(n, all)| n < all);
    let gap = items.get(whole.end..c.at).unwrap_or_default();
    let quiet = |x: &Item| {
        (x.plain() || x.is(DETERMINER | OF | THING | STATE | NOUN | INTRANSITIVE | LOCATIVE | BE | HAVE)) && !x.is(FIGURE | STOP | MARK)
    };
    fewer && gap.len() <= WITHIN && gap.split_last().is_some_and(|(comma, words)| comma.is(MARK) && words.iter().all(quiet))
}

/// "un herido grave y tres leves": as many again whose state is another.
fn and_so_many(items: &[Item], c: &Candidate, last: &Candidate) -> bool {
    let bare = c.head.is_none() && c.noun.is_none() && !c.zero && items[c.at].is(FIGURE);
    let injured = last.found.is_some_and(|r| r.kind == ClaimKind::Injured);
    let gap = items.get(last.end..c.at).unwrap_or_default();
    let state = items.get(c.end).is_some_and(|x| x.is(GRAVE)) && items.get(c.end + 1).is_none_or(|x| x.is(MARK | AND | STOP | LOCATIVE));
    bare && injured
        && state
        && (1..=3).contains(&gap.len())
        && gap.last().is_some_and(|x| x.is(AND))
        && gap.iter().all(|x| x.is(GRAVE | STATE | NOUN | AND))
}

/// "siete eran mujeres y cinco, niños": the item that says what they are, where a comma stands for the verb.
fn what_they_are(items: &[Item], c: &Candidate) -> Option<usize> {
    let bare = c.head.is_none() && c.noun.is_none() && !c.zero && c.end == c.at + 1 && items[c.at].is(FIGURE);
    let comma = |k: usize| items.get(k).is_some_and(|x| x.is(MARK) && x.is(AND));
    let and = c.at.checked_sub(1).is_some_and(|k| items[k].is(AND));
    let people = items.get(c.at + 2).is_some_and(|x| x.is(VICTIM) && !x.is(HARM | FIGURE));
    let ends = items.get(c.at + 3).is_none_or(|x| x.is(MARK | AND));
    (bare && and && comma(c.at + 1) && people && ends).then_some(c.at + 2)
}

/// "22 were Mexicans, seven Guatemalans and two Hondurans": the verb of the first figure holds for those behind it, of whom only what they are is
/// said.
pub(super) fn are_too(items: &[Item], c: &Candidate) -> bool {
    const WORDS: usize = 3;
    const LIST: usize = 12;
    let word = |x: &&Item| (x.plain() || x.is(VICTIM)) && !x.is(LOCATIVE | DATED | DEAD | FIGURE | HARM);
    let bare = c.noun.is_none() && !c.of_them && !c.zero && items[c.at].is(FIGURE);
    let said = items[c.at + 1..].iter().take(WORDS).take_while(word).count();
    if !bare || !(1..WORDS).contains(&said) || !items.get(c.at + 1 + said).is_none_or(|x| x.is(MARK | AND)) {
        return false;
    }
    let mut at = c.at;
    for _ in 0..LIST {
        let joined = items[..at].iter().rev().take(2).take_while(|x| x.is(AND) && !x.is(FIGURE)).count();
        let words = items[..at - joined].iter().rev().take(WORDS).take_while(word).count();
        let Some(before) = (at - joined).checked_sub(words + 1).filter(|_| joined > 0 && words > 0) else { return false };
        if items[before].is(BE) && !items[before].is(MARK) {
            return before > 0 && items[before - 1].is(FIGURE | OF_THEM);
        }
        if !items[before].is(FIGURE) {
            return false;
        }
        at = before;
    }
    false
}

/// What a figure was before: "up from 375".
fn bare_before(items: &[Item], c: &Candidate, gap: &[Item]) -> bool {
    let bare = c.head.is_none() && c.noun.is_none() && !c.of_them && !c.zero && items[c.at].is(FIGURE);
    // "an increase from the 483 recorded in 2020"
    let the = gap.iter().rev().take(1).take_while(|x| x.is(DETERMINER) && !x.is(BEFORE_LINK | OF | LINK)).count();
    let Some((last, gap)) = gap[..gap.len() - the].split_last() else { return false };
    // "lowered to 289, officials said, from the 314 reported a day earlier"
    let comma = |x: &Item| x.is(MARK) && x.is(AND);
    let said = gap.first().filter(|x| comma(x)).and_then(|_| gap[1..].iter().position(comma)).map(|end| end + 1);
    let said = said.filter(|&end| end <= 6 && gap[1..end].iter().any(|x| x.is(STOP)) && !gap[1..end].iter().any(|x| x.is(HARM | FIGURE)));
    let gap = said.map_or(gap, |end| &gap[end..]);
    let quiet = gap.len() <= 16 && !gap.iter().any(|x| x.is(STOP | FIGURE) && !x.is(LINK));
    // "1,300 have been killed, according to figures of a Lagos firm — up from 880 in the same period last year"
    let set_off = gap.len() <= 36 && gap.last().is_some_and(|x| x.is(MARK)) && !last.is(TOWARD | SINCE | BETWEEN);
    // "hanged five men from one tree"
    let dated = items[c.end.min(items.len())..].iter().take(3).any(|x| x.is(DATED));
    let other = !dated && items.get(c.end).is_some_and(|x| x.plain() && !x.is(LOCATIVE | SINCE | BETWEEN));
    // "disparó contra tres" is another thing.
    let quiet = quiet && (!last.is(STOP) || gap.last().is_some_and(|x| x.is(MARK)));
    bare && !other && last.is(BEFORE_LINK) && (quiet || set_off && !gap.iter().any(|x| x.is(FIGURE)))
}

/// "13, según el régimen, o 31, según la ONU": another's figure for the same.
fn rival(items: &[Item], c: &Candidate, gap: &[Item]) -> bool {
    let bare = c.head.is_none() && c.noun.is_none() && !c.of_them && !c.zero && items[c.at].is(FIGURE);
    let said = gap.len() >= 4 && gap.len() <= 10 && gap[0].is(MARK) && gap[1].is(STOP) && gap.last().is_some_and(|x| x.is(AND));
    let quiet = |x: &Item| x.plain() || x.is(STOP | DETERMINER | OF | AND | VICTIM) && !x.is(FIGURE | ARTICLE | HARM);
    let behind = items.get(c.end).is_none_or(|x| x.is(MARK)) && items.get(c.end + 1).is_none_or(|x| x.is(STOP));
    bare && said && behind && gap.iter().all(quiet)
}

/// "mataron en Lima a un vendedor; en Callao, a una señora": the verb's next object, behind a place of its own.
fn elsewhere(text: &str, items: &[Item], c: &Candidate, last: &Candidate) -> bool {
    let object = last.found.is_some_and(|r| r.side == Side::Left) && c.head.is_some();
    let personal = c.at.checked_sub(1).filter(|&k| object && items[k].is(PERSONAL));
    let comma = personal.and_then(|k| k.checked_sub(1)).filter(|&k| items[k].is(MARK));
    let Some(comma) = comma else { return false };
    let name = items[..comma].iter().rev().take(4).take_while(|x| x.capital && x.plain() && !x.is(LOCATIVE)).count();
    let at = comma.checked_sub(name + 1).filter(|&k| name > 0 && items[k].is(LOCATIVE));
    at.and_then(|k| k.checked_sub(1)).is_some_and(|k| items[k].span.of(text) == ";")
}

/// "killing 14 civilians, a local committee says": one behind a comma who says it.
fn says(items: &[Item], c: &Candidate, gap: &[Item]) -> bool {
    let comma = gap.len() == 1 && gap[0].is(MARK);
    comma && items[c.at].is(ARTICLE) && items[c.end..].iter().take(4).take_while(|x| x.plain() || x.is(STOP)).any(|x| x.is(STOP))
}

/// "of whom 41 were minors and 24 women": the verb of the first holds for the second.
fn also_are(items: &[Item], c: &Candidate, gap: &[Item]) -> bool {
    let is = gap.first().is_some_and(|x| x.is(BE) && !x.is(MARK)) && gap.last().is_some_and(|x| x.is(AND));
    let people = c.head.is_some() && items.get(c.end).is_none_or(|x| x.is(MARK | AND));
    is && people && gap.len() <= 6 && gap[1..].iter().all(|x| x.plain() || x.is(VICTIM | AND | OF))
}

/// "14 were killed at the airport and 17 at the station", "15 en Masaya y en León seis": a figure with nothing but a place.
fn gapped(items: &[Item], c: &Candidate, last: &Candidate) -> bool {
    let Some(relation) = last.found else { return false };
    let bare = c.head.is_none() && c.noun.is_none() && !c.of_them && !c.zero;
    if bare && by_name(items, c, last) {
        return true;
    }
    let more = c.at + 1 + usize::from(c.other && items.get(c.at + 1).is_some_and(|x| x.is(OTHER)));
    // "six were from one village and five from another"
    let from = items.get(more).is_some_and(|x| x.is(TAKEN_FROM)) && items.get(more + 1).is_some_and(|x| x.capital || x.is(ANOTHER));
    // "five died on Monday and three on Tuesday", "cinco murieron el lunes y tres el martes"
    let day = (more..more + 2).find(|&k| items.get(k).is_some_and(|x| x.is(DATED)));
    let on_day = day.is_some_and(|k| k == more || !items[more].is(MARK | HARM | FIGURE));
    // "21 by live rounds and four by canisters", "ocho, por bala, y tres, por golpes"
    let comma = |k: usize| items.get(k).is_some_and(|x| x.is(MARK) && x.is(AND));
    let by = items.get(more + usize::from(comma(more))).is_some_and(|x| x.is(BY) && !x.is(LOCATIVE));
    // "los otros dos, en Arequipa", "the remaining two in Zaria": the rest of those told of.
    let definite = |k: usize| items[k].is(DETERMINER) && !items[k].is(OF | MARK);
    let rest = c.at.checked_sub(1).is_some_and(|k| definite(k) && (items[k].is(OTHER) || c.other))
        || c.at > 1 && items[c.at - 1].is(OTHER) && definite(c.at - 2);
    let more_so = c.at.checked_sub(1).is_some_and(|k| items[k].is(OTHER) && !items[k].is(MARK | AND));
    let aside = (rest || more_so) && comma(more) && items.get(more + 1).is_some_and(|x| x.is(LOCATIVE));
    let place_behind = aside || from || on_day || by || items.get(more).is_some_and(|x| x.is(LOCATIVE));
    // "en 2015 murieron 6.600 personas; en 2024, 114": a comma stands for the verb.
    let comma = c.at.checked_sub(1).filter(|&k| items[k].is(MARK) && items[k].is(AND));
    let set_off = comma.filter(|_| items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND)));
    let back_from = set_off.unwrap_or(c.at);
    let back = items[..back_from]
        .iter()
        .rev()
        .take(6)
        .take_while(|x| !x.is(LOCATIVE) && (x.plain() || x.is(DETERMINER | OF | THING | DEAD)))
        .count();
    let locative = back_from.checked_sub(back + 1).filter(|&k| back > 0 && items[k].is(LOCATIVE));
    let place_before = locative.is_some() && items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND | STOP));
    // "murieron dos muchachos y en La Grita un sargento"
    let subject = last.head.is_some() && c.head.is_some() && c.noun.is_none() && !c.of_them && relation.side == Side::Left;
    let whom = subject && locative.is_some() && items.get(c.end).is_none_or(|x| x.is(MARK | AND | OF));
    let (bare, place_before) = (bare || whom, place_before || whom);
    let led = items[..c.at].iter().rev().take(2).take_while(|x| x.is(DETERMINER | OTHER | ANOTHER) && !x.is(AND)).count();
    let and = if place_behind { (c.at - led).checked_sub(1) } else { locative.and_then(|k| k.checked_sub(1)) };
    let and = and
        .filter(|_| bare && (place_behind || place_before))
        // "273 dead in the quake; 137 in the capital"
        .filter(|&k| items[k].is(AND) || (set_off.is_some() || rest || aside || place_behind && fewer(c, last)) && items[k].is(MARK));
    let gap = and.and_then(|and| items.get(last.end.max(relation.trigger + 1)..and));
    // "204 were killed by the rebels, 71 by militia"
    let people = if rest || aside || by { 0 } else { VICTIM };
    gap.is_some_and(|gap| gap.len() <= 14 && !gap.iter().any(|x| x.is(HARM | STOP | RELEASE | people) && !x.is(LINK)))
}

/// Whether a figure is smaller than all that another may be.
fn fewer(c: &Candidate, whole: &Candidate) -> bool {
    c.figure.min.zip(whole.figure.max.or(whole.figure.min)).is_some_and(|(n, all)| n < all)
}

/// "35 were hurt, 21 by live rounds": a smaller figure behind a comma, of which is told what is not told of all.
fn some_of(items: &[Item], c: &Candidate, whole: &Candidate) -> bool {
    let gap = items.get(whole.end..c.at).unwrap_or_default();
    fewer(c, whole) && gap.last().is_some_and(|x| x.is(MARK)) && !gap.iter().any(|x| x.is(LOCATIVE | BY | TAKEN_FROM | FIGURE))
}

/// "Turkana 14 dead, Baringo nine, Samburu three": each figure stands behind the name of its place.
fn by_name(items: &[Item], c: &Candidate, last: &Candidate) -> bool {
    let named = |at: usize| {
        // "Portoviejo, 107; Manta, 85"
        let comma = at.checked_sub(1).filter(|&k| items[k].is(MARK) && items[k].is(AND)).unwrap_or(at);
        let name = name_before(items, comma);
        comma.checked_sub(name).filter(|&k| name > 0 && k.checked_sub(1).is_none_or(|k| items[k].is(MARK | AND)))
    };
    let ends = items[c.at].is(FIGURE) && items.get(c.at + 1).is_none_or(|x| x.is(MARK));
    // "Kocaeli, with 3,242 dead, Sakarya (2,164) and Yalova (1,442)"
    let bracket = c.at.checked_sub(1).filter(|&k| {
        ends && items[k].is(MARK) && !items[k].is(AND | LINK) || ends && items[k].is(MARK) && items[k].is(LINK) && !items[k].is(AND)
    });
    if let Some(open) = bracket.filter(|&k| items[k].span.end == items[c.at].span.start) {
        let name = name_before(items, open);
        let gap = open.checked_sub(name).filter(|_| name > 0).and_then(|from| items.get(last.end..from));
        let quiet = |x: &Item| x.is(MARK | AND | STATE | NOUN) && !x.is(FIGURE | STOP);
        return gap.is_some_and(|gap| (1..=3).contains(&gap.len()) && gap.last().is_some_and(|x| x.is(AND)) && gap.iter().all(quiet));
    }
    let gap = named(c.at).filter(|_| ends && named(last.at).is_some()).and_then(|name| items.get(last.end..name));
    gap.is_some_and(|gap| gap.len() <= 2 && gap.last().is_some_and(|x| x.is(MARK)) && !gap.iter().any(|x| x.is(FIGURE)))
}

/// "Deaths by province: Herat, 12; Kabul, nine", "Injured, by town: 12 in Herat": the word of harm before the colon, of a list whose figures stand
/// beside names and nothing else.
pub(super) fn heads_list(text: &str, items: &[Item], at: usize) -> Option<usize> {
    const LIST: usize = 120;
    const HEAD: usize = 10;
    let row =
        |x: &Item| x.capital && x.plain() || x.is(FIGURE | DEAD | MARK | AND | LOCATIVE | DETERMINER | OF | ARTICLE) && !x.is(HARM | STOP);
    let back = items[..at].iter().rev().take(LIST).take_while(|x| row(x) && !(x.is(MARK) && x.span.of(text) == ":")).count();
    let colon = at.checked_sub(back + 1).filter(|&k| items[k].is(MARK) && items[k].span.of(text) == ":")?;
    // "19 deaths: ten in Senkata" are parts of a whole.
    let head = items[..colon].iter().rev().take(HEAD).take_while(|x| !x.is(FIGURE | STOP | INTRANSITIVE | ARTICLE)).count();
    if head < colon && head < HEAD && items[colon - head - 1].is(FIGURE) {
        return None;
    }
    let harm = (colon - head..colon).find(|&k| items[k].is(NOUN | STATE | TOLL) && !items[k].is(SINGULAR))?;
    // "Deaths in Herat: 12" names what is counted where before the colon.
    let named = items[colon - head..colon].iter().any(|x| x.capital && x.plain()) && back == 0;
    let comma = at.checked_sub(1).filter(|&k| items[k].is(MARK) && items[k].is(AND)).unwrap_or(at);
    let before = name_before(items, comma) > 0;
    let within =
        items.get(at + 1).is_some_and(|x| x.is(LOCATIVE)) && items.get(at + 2..).unwrap_or_default().iter().take(2).any(|x| x.capital);
    let ends = items.get(at + 1).is_none_or(|x| x.is(MARK | AND));
    (!named && (before && ends || within)).then_some(harm)
}

/// The word of harm of a heading such as "Deaths by province:".
pub(super) fn heads_rows(items: &[Item]) -> Option<usize> {
    const HEADING: usize = 12;
    let harm = items.iter().position(|x| x.is(NOUN | STATE | TOLL) && !x.is(SINGULAR | RELEASE))?;
    let quiet = |x: &Item| !x.is(FIGURE | STOP | RELATIVE | BE | INTRANSITIVE | ACTIVE | ARTICLE) || x.is(STATE | MARK);
    (items.len() <= HEADING && items.iter().all(quiet)).then_some(harm)
}

/// The name and the item of the figure of a row of a list that is all of its sentence: "Herat: 12", "- Kabul (9)".
pub(super) fn row_below(items: &[Item]) -> Option<(Span, usize)> {
    const NAME: usize = 7;
    let from = items.iter().take_while(|x| x.is(MARK)).count();
    let named = |x: &&Item| (x.capital || x.is(OF | DETERMINER)) && !x.is(FIGURE | MARK | HARM) || x.plain() && !x.is(DEAD | DATED);
    let words = items[from..].iter().take(NAME).take_while(named).count();
    let first = items.get(from).filter(|x| words > 0 && x.capital)?;
    let mark = from + words + items[from + words..].iter().take(2).take_while(|x| x.is(MARK)).count();
    let figure = items.get(mark).filter(|x| mark > from + words && x.is(FIGURE | DEAD))?;
    let rest = items[mark + 1..].iter().all(|x| x.is(MARK) || x.is(VICTIM | STATE | NOUN) && !x.is(FIGURE));
    (rest && figure.figure.is_some()).then(|| (Span::new(first.span.start, items[from + words - 1].span.end), mark))
}

/// Whether a figure between two marks stands in a row of names with figures: "Pedernales, 130 dead; Portoviejo, 107; Manta, 85".
pub(super) fn row_of_names(items: &[Item], at: usize) -> bool {
    const ROW: usize = 8;
    let stop = |k: usize| items[k].is(MARK) && !items[k].is(AND);
    let Some(comma) = at.checked_sub(1).filter(|&k| items[k].is(MARK) && items[k].is(AND)) else { return false };
    let name = name_before(items, comma);
    let Some(parted) = comma.checked_sub(name + 1).filter(|&k| name > 0 && stop(k)) else { return false };
    let last = items[..parted].iter().rev().take(ROW).position(|x| x.is(FIGURE | DEAD)).map(|back| parted - 1 - back);
    last.is_some_and(|k| {
        k > 1
            && items[k - 1].is(MARK)
            && name_before(items, k - 1) > 0
            && items[k + 1..parted].iter().all(|x| x.plain() || x.is(HARM | VICTIM))
    })
}

/// The name that a figure of such a list stands behind: "Deaths by province: Herat, 12", "Sakarya (2,164)".
pub(super) fn listed_name(text: &str, items: &[Item], c: &Candidate) -> Option<Span> {
    let bare = c.head.is_none() && c.noun.is_none() && !c.of_them && items[c.at].is(FIGURE);
    c.found.filter(|r| bare && matches!(r.side, Side::Noun | Side::Right) && r.trigger != c.end)?;
    items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND)).then_some(())?;
    let mark = c.at.checked_sub(1).filter(|&k| items[k].is(MARK)).unwrap_or(c.at);
    let name = name_before(items, mark);
    let from = mark.checked_sub(name).filter(|_| name > 0)?;
    // "Valle del Cauca"
    let more = from.checked_sub(1).filter(|&k| items[k].is(OF) && !items[k].capital).map_or(0, |k| name_before(items, k));
    let from = if more > 0 { from - 1 - more } else { from };
    from.checked_sub(1).is_none_or(|k| items[k].is(MARK | AND)).then_some(())?;
    let bracket = mark < c.at && !items[mark].is(AND) && items[mark].span.end == items[c.at].span.start;
    let listed = mark == c.at || bracket || row_of_names(items, c.at) || heads_list(text, items, c.at).is_some();
    listed.then(|| Span::new(items[from].span.start, items[mark - 1].span.end))
}

/// "killed 70 people, ten women and three infants among them": the words that make it a part stand behind it.
fn among_them(items: &[Item], c: &Candidate, whole: &Candidate) -> bool {
    let listed = |x: &&Item| x.is(FIGURE | ARTICLE | VICTIM | DETERMINER | OTHER) || x.is(AND) && !x.is(MARK | INCLUDING) || x.plain();
    let rest = items.get(c.end..).unwrap_or_default();
    let words = rest.iter().take(8).take_while(listed).count();
    let behind = rest.get(words).is_some_and(|x| x.is(INCLUDING | OF_THEM)) && rest.get(words + 1).is_none_or(|x| x.is(MARK | AND | BE));
    let between = items.get(whole.end..c.at).unwrap_or_default();
    behind && c.head.is_some() && c.at > 0 && items[c.at - 1].is(MARK | AND) && between.iter().any(|x| x.is(MARK))
}

/// "Two of the wounded, a man of 34 and a teacher of 51, died": the item behind a list of persons between two commas, before a verb of dying.
fn who_they_were(items: &[Item], k: usize) -> Option<usize> {
    const LIST: usize = 16;
    let comma = |x: &Item| x.is(MARK) && x.is(AND);
    items.get(k).filter(|x| comma(x))?;
    items.get(k + 1).filter(|x| x.is(ARTICLE | FIGURE))?;
    let helped = |j: usize| j + items[j..].iter().take(2).take_while(|x| x.is(HAVE | EARLIER) || x.plain() && !x.capital).count();
    let dies = |j: usize| items.get(helped(j)).is_some_and(|x| x.is(INTRANSITIVE) && x.kind == Some(ClaimKind::Killed));
    let listed = |x: &Item| !x.is(HARM | STOP | RELATIVE | BE | HAVE) && (!x.is(MARK) || x.is(AND));
    let end = (k + 2..items.len().min(k + LIST)).find(|&j| comma(&items[j]) && dies(j + 1))?;
    items[k + 1..end].iter().all(listed).then_some(end + 1)
}

/// The item behind what is set between two commas at an item: a saying, or what some of those counted are.
fn interposed(items: &[Item], k: usize, plain: usize) -> Option<usize> {
    let comma = |x: &Item| x.is(MARK) && x.is(AND);
    items.get(k).filter(|x| comma(x) && plain <= 3)?;
    let end = (k + 2..k + 10).find(|&j| items.get(j).is_some_and(comma))?;
    let inside = &items[k + 1..end];
    let quiet = |roles: Roles| !inside.iter().any(|x| x.is(roles | HARM | BE | HAVE | STOP | RELATIVE));
    let described = inside[0].is(INCLUDING) && quiet(MARK);
    // "Two people, one a teenage boy, are killed", "Two civilians, a tourist and a messenger, were killed"
    let verb = |k: usize| items.get(k).is_some_and(|x| x.is(BE | HAVE | INTRANSITIVE) || x.is(STATE) && x.is(OF_PEOPLE));
    let later = items.get(end + 1).is_some_and(|x| x.is(EARLIER) || x.plain() && !x.capital) && verb(end + 2);
    let apposed = inside[0].is(FIGURE | ARTICLE) && quiet(MARK) && (verb(end + 1) || later);
    // "A soldier, one of the wounded at Ashkelon, died on Thursday"
    let one_of = inside[0].is(FIGURE) && inside.get(1).is_some_and(|x| x.is(OF) && x.span.len() > 2) && verb(end + 1);
    let apposed = apposed || one_of && !inside.iter().any(|x| x.is(MARK | BE | HAVE | STOP | RELATIVE));
    let said = inside.len() <= 4 && inside.iter().any(|x| x.is(STOP)) && !inside.iter().any(|x| x.is(FIGURE | HARM | RELATIVE));
    // ", según contó después una maestra,", ", cuyos cuerpos pudo ver este diario,"
    let said = said || inside[0].is(STOP) && !inside.iter().any(|x| x.is(FIGURE | MARK | INTRANSITIVE));
    let part = inside[0].is(FIGURE) && inside.get(1).is_some_and(|x| x.is(OF_THEM)) && !inside.iter().any(|x| x.is(HARM | MARK));
    // "two farmers, not four as was reported, died", "dos campesinos, y no cuatro como se informó,"
    let not = usize::from(inside[0].is(AND) && !inside[0].is(MARK | NOT));
    let corrects = inside.get(not).is_some_and(|x| x.is(NOT)) && inside.get(not + 1).is_some_and(|x| x.is(FIGURE));
    let part = part || corrects && !inside.iter().any(|x| x.is(HARM | MARK));
    (said || part || described || apposed).then_some(end + 1)
}

/// The item behind what is set between two dashes or brackets that open at an item.
fn set_off(text: &str, items: &[Item], k: usize) -> Option<usize> {
    let close: &[&str] = match items.get(k).filter(|x| x.is(MARK))?.span.of(text) {
        "(" => &[")"],
        "[" => &["]"],
        "–" | "—" | "-" => &["–", "—", "-"],
        _ => return None,
    };
    let is = |j: usize, marks: &[&str]| items.get(j).is_some_and(|x| x.is(MARK) && marks.contains(&x.span.of(text)));
    // Two hyphens are one dash.
    let twice = usize::from(is(k, &["-"]) && is(k + 1, &["-"]));
    let end = (k + 1 + twice..k + 20).find(|&j| is(j, close))?;
    Some(end + 1 + usize::from(twice > 0 && is(end + 1, &["-"])))
}

/// "including the artist Ana Paz and five reporters": the list began with somebody who is no figure.
fn included_with(items: &[Item], c: &Candidate) -> bool {
    let before = items[..c.at].iter().rev().skip_while(|x| x.is(DETERMINER | OTHER) && !x.is(AND));
    let mut before = before.take(10);
    let and = before.next().is_some_and(|x| x.is(AND));
    let listed = |x: &&Item| !x.is(FIGURE | HARM | STOP | RELATIVE | BE) && (!x.is(MARK) || x.is(AND));
    and && c.head.is_some() && before.take_while(|x| listed(x) || x.is(INCLUDING)).any(|x| x.is(INCLUDING))
}

/// "killed eight people: four politicians, …", "20 were killed: 12 in Cali, …", "six priests (five Spaniards and …)": the figure behind the
/// colon, or first between dashes or brackets, is a part.
fn itemised(text: &str, items: &[Item], c: &Candidate, whole: &Candidate) -> bool {
    let gap = items.get(whole.end..c.at).unwrap_or_default();
    let colon = gap.last().is_some_and(|x| x.is(MARK) && x.span.of(text) == ":");
    let colon =
        colon || (1..=2).contains(&gap.len()) && whole.head.is_some() && set_off(text, items, whole.end).is_some_and(|end| c.end < end);
    // "(up from 246 in 2020)" is of another time.
    let former = gap.last().is_some_and(|x| x.is(BEFORE_LINK) && !x.is(MARK));
    let colon = colon && !former;
    let less = whole.figure.max.is_none_or(|max| c.figure.min.is_none_or(|n| n < max));
    // "23: cinco por acción de agentes del Estado, tres en incendios"
    let place = items.get(c.at + 1).is_some_and(|x| x.is(LOCATIVE | BY) && !x.is(MARK));
    let counts = c.head.is_some_and(|h| items[h].is(VICTIM)) || c.found.is_some() || place;
    colon && less && counts && gap.len() <= 24 && !gap.iter().any(|x| x.is(FIGURE | STOP))
}

/// "five soldiers in Kabul and three civilians": the list goes on behind a place.
fn and_people(items: &[Item], c: &Candidate, gap: &[Item]) -> bool {
    let before = items[..c.at].iter().rev().find(|x| !x.is(DETERMINER | OTHER) || x.is(AND | MARK));
    let and = before.is_some_and(|x| x.is(AND) && !x.is(MARK));
    let quiet = |x: &Item| {
        x.plain() || x.is(AND | DETERMINER | OTHER | OF | LINK | BY | DEAD | THING) && !x.is(STOP) || x.is(RELATIVE) && !x.is(MARK | STOP)
    };
    let whose = |k: usize| k > 0 && gap[k - 1].is(OF) && gap[k].is(VICTIM) && !gap[k].is(FIGURE | ARTICLE | HARM);
    and && c.head.is_some() && gap.len() <= 10 && (0..gap.len()).all(|k| quiet(&gap[k]) || whose(k))
}
