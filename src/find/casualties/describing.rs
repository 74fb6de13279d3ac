//! What a sentence says of a figure: whom it counts, who did it, who says so, whether it is denied or supposed.

use super::candidates::{Candidate, Relation, Side};
use super::governing::begins;
use super::lexicon::*;
use super::{Casualties, Count, DateUse, Doer, Scene};
use crate::pack::RuleId;
use crate::span::Span;
use crate::vocabulary::{ClaimKind, VictimClass};

impl Casualties {
    /// Makes the row of a candidate; `first` is the sentence's first count in `before`.
    pub(super) fn count(&self, items: &[Item], c: &Candidate, relation: Option<Relation>, first: usize, before: &[Count]) -> Count {
        let trigger = relation.map_or(c.at, |r| r.trigger);
        let own = before.get(first..).unwrap_or_default();
        let victims = c.head.map(|h| Span::new(items[c.first_word.unwrap_or(h)].span.start, items[h].span.end));
        // "four children among 68 killed": those are not all children.
        let among = c.at.checked_sub(1).is_some_and(|k| items[k].is(AMONG));
        let inherits =
            c.head.is_none() && !among && relation.is_some_and(|r| matches!(r.side, Side::Right | Side::Left) || c.other || c.of_them);
        // "13 agentes abatidos y nueve lesionados": fighters are hurt beside fighters.
        let beside = own.last().filter(|last| {
            let fighters = matches!(last.victim_class, VictimClass::Security | VictimClass::Militant) && last.part_of.is_none();
            let harm = |kind: ClaimKind| matches!(kind, ClaimKind::Killed | ClaimKind::Injured | ClaimKind::Missing);
            let goes_on = c.noun == Some(c.at + 1) && c.at > 1 && items[c.at - 1].is(AND) && items[c.at - 2].span.end >= last.trigger.end;
            let near = items[c.at.saturating_sub(6)..c.at].iter().any(|x| x.span.overlaps(last.figure.span));
            fighters && harm(last.kind) && relation.is_some_and(|r| harm(r.kind)) && c.head.is_none() && goes_on && near
        });
        let inherits = inherits || beside.is_some();
        let class = match c.class {
            Some(VictimClass::Unknown) | None => described(items, c).or(c.class),
            class => class,
        };
        let class = class.or_else(|| relation.and_then(|r| fired_at(items, c, r)));
        let class = class.or_else(|| relation.and_then(|r| of_whom(items, c, r)));
        let class = class.or_else(|| of_those_named(items, c, own));
        let known = class.filter(|&k| k != VictimClass::Unknown);
        let class = known.or_else(|| relation.and_then(|r| own_side(items, c, r))).or(class);
        let class = class
            .filter(|_| c.head.is_some())
            .or_else(|| class.filter(|&k| k != VictimClass::Unknown))
            .or_else(|| own.iter().rev().find(|last| last.part_of.is_none()).filter(|_| inherits).map(|last| last.victim_class));
        // What stands before the harm in its clause colours it: "could be killed", "no murieron 20".
        let from = c.at.min(trigger).saturating_sub(5);
        let to = c.at.max(trigger);
        let near = |roles: Roles| items[from..to].iter().any(|x| x.is(roles));
        let verb = &items[trigger.saturating_sub(4)..trigger];
        // "unarmed, not soldiers, killed 20": the word must stand by the verb itself, with nothing but its auxiliaries
        // and those counted between.
        let own_words =
            |k: usize| (c.at..c.end).contains(&k) || items[k].is(BE | HAVE | DETERMINER | OBJECT | SUPPOSE | HEARSAY | NOT | ACTIVE);
        // "no dejó 20 muertos"
        let left = c.at >= 2 && c.at < trigger && (items[c.at - 2].is(NOT) && items[c.at - 1].plain() || items[c.at - 1].is(NO));
        // "two, not four as was reported"
        let not =
            c.at > 0 && items[c.at - 1].is(NOT) && items[..c.at - 1].last().is_none_or(|x| x.is(AND | MARK)) && items[c.at].is(FIGURE);
        let left = left || not;
        let refused = left || (trigger.saturating_sub(6)..trigger).rev().take_while(|&k| own_words(k)).any(|k| items[k].is(NOT));
        // "The claim that 24 villagers were killed is false."
        let alleged = items[..c.at].iter().any(|x| x.is(ALLEGED));
        let false_claim = alleged && items[to.max(c.end)..].iter().take(8).any(|x| x.is(WRONG));
        // "rejected the doctors' figure and put the toll at 46": what is reported next is not denied.
        let denial = items[..c.at].iter().rposition(|x| x.is(DENY));
        let reports = |x: &Item| x.is(REPORT) && !x.is(DENY);
        // "y solo admite dos"
        // "denied involvement and accused the army of massacring 27"
        let accuses = |x: &Item| x.is(TELL) && x.is(JUDGED) && !x.is(HARM | DENY);
        let says_else = |x: &Item| reports(x) || accuses(x);
        let goes_on = |w: &[Item]| w[0].is(AND) && (says_else(&w[1]) || w[1].is(DETERMINER | EARLIER | DATED) && says_else(&w[2]));
        let denial = denial.filter(|&d| !items[d + 1..=c.at].windows(3).any(goes_on));
        let denied = denial.is_some() || false_claim;
        // "and said that", but not "rejected reports that"
        let says = |d: usize| {
            let and = |k: &usize| items[*k].is(AND | MARK) && items[*k + 1..c.at].iter().take(3).any(|x| x.is(STOP | TELL | REPORT));
            (d + 1..c.at).any(|k| and(&k))
        };
        let only_denied = denial.filter(|&d| !c.zero && !refused && !false_claim && says(d));
        // "no tiene noticias de otros tres": that is what it is to be missing.
        let without = relation.is_some_and(|r| r.kind == ClaimKind::Missing && r.side == Side::Left && items[r.trigger].is(NOMINAL));
        let not = refused && !c.zero && !without;
        let source = source(items, c).or_else(|| listed_with(items, c, own));
        let toll = relation.is_some_and(|r| r.side == Side::Toll);
        let clause = &items[c.at - items[c.at.saturating_sub(8)..c.at].iter().rev().take_while(|x| !x.is(FIGURE | STOP)).count()..c.at];
        let ends = |x: &&Item| x.is(FIGURE | STOP);
        let ahead = items[to.max(c.end)..].iter().take(STILL_WITHIN).take_while(|x| !ends(x)).any(|x| x.is(STILL));
        let between = items[from.min(c.at)..to.max(c.end)].iter().any(|x| x.is(STILL));
        let behind = items[..from.min(c.at)].iter().rev().take(STILL_WITHIN).take_while(|x| !ends(x)).any(|x| x.is(STILL));
        let still = ahead || between || behind;
        let changed = own.last().is_some_and(|last| last.figure.former);
        // "siete cuerpos más"
        let more = items.get(c.noun.map_or(c.end, |n| n + 1)).is_some_and(|x| x.is(OTHER) && !x.is(ANOTHER));
        let partial = more || c.other || c.of_them || items[c.at].is(ANOTHER) || adds(items, c, to);
        let figure_before = c.at.checked_sub(1).and_then(|k| items.get(k));
        let total = toll
            || c.figure.former
            || changed
            || !partial && items.iter().enumerate().any(|(k, x)| x.is(TOTAL) && !(k > c.at && becomes(items, k)));
        let cost = !partial && has_cost(items, c.at);
        Count {
            figure: c.figure.clone(),
            kind: relation.map_or(ClaimKind::Other, |r| r.kind),
            victims,
            victim_class: class.unwrap_or(VictimClass::Unknown),
            perpetrator: relation.and_then(|r| perpetrator(items, c, r)),
            source,
            told: source.is_some_and(|(_, verb)| {
                items.get(items.partition_point(|x| x.span.start < verb.start)).is_some_and(|x| x.span == verb && x.is(TELL))
            }),
            pronoun: source.is_some_and(|(who, _)| stands_for_another(items, who)),
            trigger: items[trigger].span,
            negated: c.zero || denied || not,
            denial: only_denied.map(|d| items[d].span),
            hypothetical: verb.iter().any(|x| x.is(SUPPOSE)) || near(HEARSAY) || items[from..c.at].iter().any(|x| x.is(SUPPOSE)),
            hearsay: near(HEARSAY),
            total: total || cost,
            lasting: cost || total && !toll && items.iter().any(goes_on_for_days),
            earlier: c.figure.former
                || figure_before.is_some_and(|x| x.is(BEFORE_LINK)) && (toll || c.at > 1 && items[c.at - 2].is(UPDATE))
                || from_former(items, c)
                || clause.iter().any(|x| x.is(EARLIER))
                || said_at_first(items, c.at - clause.len())
                || own.last().is_some_and(|last| last.earlier && !last.figure.former && joined(items, last.figure.span, c.at)),
            update: toll && clause.iter().any(|x| x.is(UPDATE)) || changed,
            sum: toll && source.is_some(),
            partial,
            background: items.iter().any(|x| x.is(BACKGROUND)),
            open: items[trigger].is(AMBIGUOUS),
            goes_on: (c.other || figure_before.is_some_and(|x| x.is(OTHER | ANOTHER) && !x.is(MARK)))
                && (verb.iter().any(|x| x.is(HAVE))
                    || relation.is_some_and(|r| matches!(r.kind, ClaimKind::Missing | ClaimKind::Displaced))),
            bodies: items[trigger].is(BODY),
            status: still,
            part_of: None,
            taken_back: false,
            listed_as: None,
            located: Vec::new(),
            rule: relation.map_or_else(|| RuleId::from(""), |r| self.rules.rules[r.rule].id.clone()),
        }
    }
}

/// "killed 27, bringing the toll to 61", "hallaron a siete, con lo que asciende a once": a sum behind holds those told of before it.
fn adds(items: &[Item], c: &Candidate, harm: usize) -> bool {
    const CLAUSE: usize = 24;
    const SUM_WITHIN: usize = 6;
    let from = harm.max(c.end.saturating_sub(1)) + 1;
    let behind = items.get(from..).unwrap_or_default();
    // "which brings the toll to 121", "que elevan a 40 el total"
    // A verb of counting behind a comma has a subject of its own.
    let comma = |k: usize, b: usize| behind[b].is(MARK) && !behind[k].is(REPORT);
    let leads = |k: usize| behind[k].is(UPDATE) && k.checked_sub(1).is_some_and(|b| behind[b].is(RELATIVE | NO_SOURCE) || comma(k, b));
    let Some(verb) = (0..behind.len().min(CLAUSE)).find(|&k| leads(k)) else { return false };
    // "raising its earlier count of 25" tells what the sum was.
    let words = behind[verb + 1..].iter().take(SUM_WITHIN).take_while(|x| !x.is(EARLIER)).count();
    let sum = words == SUM_WITHIN.min(behind.len() - verb - 1)
        && behind[verb + 1..verb + 1 + words].iter().any(|x| x.is(TOLL | SUM | QUANTITY | TOTAL | UPDATE));
    // Another figure in between may be what is added.
    sum && !behind[..verb].iter().any(|x| x.is(FIGURE) && !x.is(DEAD | DATED))
}

/// "lowered to 289, officials said, from the 314 reported a day earlier": what a sum was before, behind a comma.
fn from_former(items: &[Item], c: &Candidate) -> bool {
    let the = usize::from(c.at > 0 && items[c.at - 1].is(DETERMINER) && !items[c.at - 1].is(OF | LINK | BEFORE_LINK | MARK));
    let from = (c.at - the).checked_sub(1).filter(|&k| items[k].is(BEFORE_LINK) && items[k].is(TOWARD | BETWEEN) && !items[k].is(STOP));
    from.is_some_and(|k| k > 0 && items[k - 1].is(MARK) && items[..k].iter().any(|x| x.is(UPDATE | TOLL | SUM | QUANTITY)))
}

/// "It", "It later": a subject that is no more than a pronoun.
fn stands_for_another(items: &[Item], who: Span) -> bool {
    let from = items.partition_point(|x| x.span.start < who.start);
    let words = items[from..].iter().take_while(|x| x.span.end <= who.end).count();
    let adverb = |x: &Item| x.plain() && !x.capital || x.is(EARLIER);
    (1..=2).contains(&words) && items[from].is(THEY | OBJECT) && items[from + 1..from + words].iter().all(adverb)
}

/// "initially said that eight had died": a word for what held before beside the verb of saying whose clause begins at an item.
fn said_at_first(items: &[Item], clause: usize) -> bool {
    const WORDS: usize = 4;
    // "initially told reporters that"
    let said = |x: &&Item| (x.is(STOP | RELATIVE | VICTIM | TELL) || x.plain() && !x.capital) && !x.is(MARK | AND | EARLIER);
    let says = items[..clause].iter().rev().take(WORDS).take_while(said).count();
    let verb = items.get(clause - says).is_some_and(|x| x.is(STOP | TELL) && !x.is(RELATIVE));
    verb && items[..clause - says].last().is_some_and(|x| x.is(EARLIER))
}

/// "of 24 dead and a hundred missing": a figure goes on from one right before it.
fn joined(items: &[Item], last: Span, at: usize) -> bool {
    const WORDS: usize = 5;
    let from = items.partition_point(|x| x.span.start < last.end);
    let gap = items.get(from..at).unwrap_or_default();
    gap.len() <= WORDS && gap.last().is_some_and(|x| x.is(AND | DETERMINER)) && gap.iter().any(|x| x.is(AND) && !x.is(MARK))
}

/// "killed 27, bringing the toll to 61": the total is of what follows.
fn becomes(items: &[Item], total: usize) -> bool {
    // "una mujer murió en Ayacucho, y en Puno ya suman 14": of the figure right behind it.
    let of = usize::from(items.get(total + 1).is_some_and(|x| x.is(OF | DETERMINER) && !x.is(MARK)));
    items.get(total + 1 + of).is_some_and(|x| x.is(FIGURE) && !x.is(DATED))
        || items[..total].iter().rev().take(2).any(|x| x.is(UPDATE | EARLIER))
}

/// How many words lie between those counted and the word for "still" at most.
const STILL_WITHIN: usize = 4;

/// What an apposition says of those counted: "15 people, all of them civilians".
fn described(items: &[Item], c: &Candidate) -> Option<VictimClass> {
    // "Seven of the dead were children.", "Nineteen were children."
    let bare = c.noun.is_none() && items.get(c.end).is_some_and(|x| x.is(BE)) && begins(items, c.at);
    if (c.of_them || bare) && c.head.is_none() {
        let from = c.noun.map_or(c.end, |n| n + 1);
        let be = (from..items.len().min(from + 2)).find(|&k| items[k].is(BE))?;
        let told =
            || items[be + 1..].iter().take(3).take_while(|x| !x.is(FIGURE | MARK | HARM)).filter(|x| x.is(VICTIM)).filter_map(|x| x.class);
        // "One is a French teacher"
        return told().find(|&k| k != VictimClass::Unknown).or_else(|| told().next());
    }
    // "tres muertos, todos militares"
    let harm = c.noun.unwrap_or(c.end);
    let harmed = c.head.is_none() && items.get(harm).is_some_and(|x| x.is(STATE | NOUN));
    let open = if harmed { harm + 1 } else { c.end };
    let direct = items.get(open).is_some_and(|x| x.is(MARK) || x.is(INCLUDING) && !harmed);
    if !direct || c.head.is_none() && !harmed {
        return None;
    }
    let after = items.get(open + 1..)?;
    let end = after.iter().take(5).position(|x| x.is(FIGURE | MARK | HARM | BE | ARTICLE | STOP)).unwrap_or(after.len().min(5));
    // ", officials said" is none, and who is harmed is told with a word for all of them.
    let told = after.get(end).is_some_and(|x| x.is(STOP));
    let all = end > 1 && !after[0].is(VICTIM | LOCATIVE) && after[end - 1].is(VICTIM) && after.get(end).is_none_or(|x| x.is(MARK));
    let people = after.iter().take(end).find(|x| x.is(VICTIM)).filter(|_| !told && (!harmed || all));
    people.and_then(|x| x.class).filter(|&k| k != VictimClass::Unknown)
}

/// "struck a gathering of Houthi fighters, 30 of whom died": they are what those named before the comma are.
fn of_those_named(items: &[Item], c: &Candidate, own: &[Count]) -> Option<VictimClass> {
    let comma = c.at.checked_sub(1).filter(|&k| items[k].is(MARK) && c.of_them && c.head.is_none() && c.noun.is_none())?;
    let counted = own.last().is_some_and(|last| last.figure.span.start >= items[comma.saturating_sub(8)].span.start);
    let named = items[..comma].last().filter(|x| x.is(VICTIM) && !x.is(SINGULAR) && !counted)?;
    named.class
}

/// "94 asesinatos de líderes sociales", "963 detenciones arbitrarias de manifestantes", "32 heridos entre los militares".
fn of_whom(items: &[Item], c: &Candidate, r: Relation) -> Option<VictimClass> {
    if c.head.is_some() || r.side != Side::Noun || r.trigger < c.at {
        return None;
    }
    let plain = items[r.trigger + 1..].iter().take(2).take_while(|x| x.plain() && !x.capital && !x.is(LOCATIVE)).count();
    let of = r.trigger + 1 + plain;
    // The noun may hold its "of".
    let from =
        if plain == 0 && items[r.trigger].is(NOMINAL) { Some(of) } else { items.get(of).filter(|x| x.is(OF | AMONG)).map(|_| of + 1) }?;
    let people = items[from..].iter().take(2).find(|x| !x.is(DETERMINER) || x.is(VICTIM))?;
    let whose = items[r.trigger].is(NOUN | NOMINAL) || items.get(of).is_some_and(|x| x.is(AMONG));
    people.class.filter(|_| whose && people.is(VICTIM) && !people.is(HARM))
}

/// "21 injured officers", "the army lost four men", "the rebels suffered nine dead", "ten of its men": whose they are who were harmed.
fn own_side(items: &[Item], c: &Candidate, r: Relation) -> Option<VictimClass> {
    const CLAUSE: usize = 14;
    let adjective = r.trigger == c.end && items[r.trigger].is(STATE) && c.head.is_none();
    let noun = items.get(c.end + 1).filter(|x| adjective && x.is(VICTIM) && !x.is(HARM | FIGURE | ARTICLE));
    if noun.is_some() {
        return noun.and_then(|x| x.class);
    }
    let theirs = items.get(c.at + 1).is_some_and(|x| x.is(THEIR)) && c.head.is_some();
    let lost = (items[r.trigger].is(NO_MEMBERS) && r.kind == ClaimKind::Killed && r.trigger < c.at).then_some(r.trigger);
    let hurt = matches!(r.kind, ClaimKind::Killed | ClaimKind::Injured | ClaimKind::Missing);
    let suffered = c.at.checked_sub(1).filter(|&k| hurt && items[k].is(SUFFER) && r.trigger >= c.at);
    // "causó 120 bajas al Ejército"
    // "inflicted 200 casualties on the dictatorship's army"
    const WHOSE: usize = 4;
    let dealt = r.side == Side::Noun
        && r.trigger >= c.at
        && hurt
        && c.head.is_none()
        && items.get(r.trigger + 1).is_some_and(|x| x.is(PERSONAL | ONTO));
    let whose = || items[r.trigger + 2..].iter().take(WHOSE).take_while(|x| x.is(DETERMINER | FORCE) && !x.is(MARK) || x.plain());
    if dealt && items[c.at..=r.trigger].iter().all(|x| !x.is(MARK)) && whose().any(|x| x.is(FORCE)) {
        return Some(VictimClass::Security);
    }
    let upto = lost.or(suffered).or(theirs.then_some(c.at))?;
    let ends = |x: &Item| x.is(FIGURE) || !theirs && x.is(MARK | STOP | RELATIVE | HARM);
    let side = |x: &Item| match x.class.filter(|_| x.is(VICTIM)) {
        Some(class) => matches!(class, VictimClass::Security | VictimClass::Militant).then_some(class),
        None => x.is(FORCE).then_some(VictimClass::Security),
    };
    items[..upto].iter().rev().take(CLAUSE).take_while(|x| !ends(x)).find_map(side)
}

/// "opened fire on striking miners, killing 34": those fired at are those harmed.
fn fired_at(items: &[Item], c: &Candidate, r: Relation) -> Option<VictimClass> {
    let participle = r.side == Side::Left && items[r.trigger].is(ACTIVE) && c.head.is_none();
    let comma = items[..r.trigger].iter().rposition(|x| !x.is(AND) || x.is(MARK)).filter(|&k| participle && items[k].is(MARK))?;
    let clause = items[..comma].iter().rev().take(10).take_while(|x| !x.is(MARK | HARM | FIGURE)).count();
    let clause = &items[comma - clause..comma];
    let onto = clause.iter().rposition(|x| x.is(ONTO))?;
    clause[onto + 1..].iter().take(4).find(|x| x.is(VICTIM))?.class
}

/// Who did it: behind "by", or the subject of an active verb.
fn perpetrator(items: &[Item], c: &Candidate, r: Relation) -> Option<Doer> {
    let (from, to) = doer(items, c, r)?;
    // "by bricks", "gunfire", "they": only people and what has a name do harm; and "as" is no part of them.
    let from = from + items[from..to].iter().take_while(|x| x.is(DETERMINER | LINK) && !x.capital && !x.is(VICTIM | LOCATIVE)).count();
    let to = (from..to).find(|&k| items[k].is(LOCATIVE)).unwrap_or(to);
    // "The army on Tuesday killed": the day is no part of who it was.
    let day = items.get(from..to)?.iter().rev().take_while(|x| x.is(DATED) && !x.is(VICTIM)).count();
    let on = usize::from(
        day > 0
            && items[from..to - day]
                .last()
                .is_some_and(|x| !x.capital && (x.plain() || x.is(ONTO | DETERMINER | LINK)) && !x.is(VICTIM | FORCE)),
    );
    let to = to - day - on;
    let named = items.get(from..to)?.iter().any(|x| x.capital && x.plain());
    let people = items.get(from..to)?.iter().any(|x| x.is(VICTIM | OWN_DEATH | FORCE));
    (from < to && (named || people)).then(|| Doer { span: Span::new(items[from].span.start, items[to - 1].span.end), people })
}

/// The items of who did it.
fn doer(items: &[Item], c: &Candidate, r: Relation) -> Option<(usize, usize)> {
    let end = |x: &Item| x.is(FIGURE | MARK | STOP | AND | BE | HAVE | HARM | RELATIVE | INCLUDING | BY | ZERO);
    if r.side == Side::Left && items[r.trigger].is(ACTIVE) {
        // "The army has killed", "Rebels claimed to have captured"
        let to = r.trigger - items[..r.trigger].iter().rev().take_while(|x| x.is(HAVE | TELL)).count();
        let from = items[..to].iter().rposition(end).map_or(0, |k| k + 1);
        // "The UN accused M23 of killing 319", "acusa al M23 de ejecutar a 319": the one before the word for "of".
        if let Some(of) = to.checked_sub(1).filter(|&k| k > from && items[k].is(OF) && !items[k].capital) {
            let named = |x: &&Item| x.capital && x.plain() || x.is(VICTIM | DETERMINER) && !x.is(OF | FIGURE);
            let words = items[from..of].iter().rev().take_while(named).count();
            return (words > 0).then_some((of - words, of));
        }
        if let Some(subject) = (from == to).then(|| attacked_and(items, r.trigger).or_else(|| says_he_did(items, r.trigger))).flatten() {
            return Some(subject);
        }
        // "Fighting between the army and the rebels killed 56": neither alone.
        let clause = items[..from].iter().rev().take_while(|x| x.is(AND) && !x.is(MARK) || !end(x));
        if clause.into_iter().any(|x| x.is(BETWEEN) && !x.is(OF | SINCE | LINK)) {
            return None;
        }
        return (from < to && to - from <= 8).then_some((from, to));
    }
    let after = r.trigger.max(c.end.saturating_sub(1)) + 1;
    let by = (after..items.len().min(after + 4)).find(|&k| items[k].is(BY))?;
    let to = (by + 1..items.len().min(by + 9)).find(|&k| end(&items[k]) || items[k].is(LINK)).unwrap_or(items.len().min(by + 9));
    (by + 1 < to).then_some((by + 1, to))
}

/// "la coalición afirma que mató a 30": who says that he did it, where the verb has no subject of its own.
fn says_he_did(items: &[Item], harm: usize) -> Option<(usize, usize)> {
    let object = items.get(harm + 1).is_some_and(|x| x.is(PERSONAL));
    let verb =
        harm.checked_sub(2).filter(|&k| object && items[k + 1].is(RELATIVE) && items[k].is(TELL | STOP | REPORT) && !items[k].is(MARK))?;
    subject_of(items, verb).map(|from| (from, verb))
}

/// Where the subject right before a verb begins, if it is a short one.
fn subject_of(items: &[Item], verb: usize) -> Option<usize> {
    const SUBJECT: usize = 8;
    let open = |x: &&Item| !x.is(MARK | STOP | AND | HARM | FIGURE | BE | HAVE | RELATIVE | BY | DATED);
    let words = items[..verb].iter().rev().take(SUBJECT + 1).take_while(open).count();
    (1..=SUBJECT).contains(&words).then(|| verb - words)
}

/// "Warplanes of the coalition bombed a market, killing 41", "Gunmen stormed the hall and shot dead three": the subject of the verb that the harm
/// follows.
fn attacked_and(items: &[Item], harm: usize) -> Option<(usize, usize)> {
    const CLAUSE: usize = 24;
    let joined = items[harm.checked_sub(1)?].is(AND | MARK);
    let ends = |x: &Item| x.is(HARM | STOP | RELATIVE) && !x.is(STRUCK | DEAD | BEFORE_LINK);
    let words = items[..harm].iter().rev().take(CLAUSE).take_while(|x| !x.is(STRUCK) && !ends(x)).count();
    let verb = harm.checked_sub(words + 1).filter(|&k| joined && items[k].is(STRUCK) && !items[k].is(NOUN | BE))?;
    let from = subject_of(items, verb)?;
    // "Dozens of gunmen stormed"
    let counted = items[..from].iter().rev().take(3).take_while(|x| x.is(FIGURE | OF | DETERMINER) && !x.is(MARK | HARM)).count();
    let begins = (from - counted).checked_sub(1).is_none_or(|k| items[k].is(MARK));
    begins.then_some((from, verb))
}

/// "had spoken on Monday of 20 dead", "claimed to have killed two": a verb of saying before a figure or a verb of harm.
fn tells(items: &[Item], k: usize, c: &Candidate) -> bool {
    if !items[k].is(TELL) {
        return false;
    }
    let gap = items.get(k + 1..c.at).unwrap_or_default();
    let of = gap.last().is_some_and(|x| x.is(OF)) && gap.len() <= 5 && !gap.iter().any(|x| x.is(HARM | FIGURE | MARK));
    let doing = gap.iter().take(2).any(|x| x.is(ACTIVE | STATE) && !x.is(NOMINAL | NOUN));
    // "dijeron haber visto"
    let doing = doing || gap.len() <= 4 && gap.first().is_some_and(|x| x.is(HAVE) && !x.is(MARK));
    of || doing && !gap.iter().any(|x| x.is(RELATIVE))
}

/// "had spoken of four dead, 33 wounded and a policeman hurt": who tells of the first of a list tells of those behind it.
fn listed_with(items: &[Item], c: &Candidate, own: &[Count]) -> Option<(Span, Span)> {
    let last = own.last()?;
    let source = last.source?;
    let from = items.partition_point(|x| x.span.start < last.figure.span.end);
    let gap = items.get(from..c.at)?;
    let quiet = |x: &Item| (x.plain() || x.is(VICTIM | STATE | NOUN | DETERMINER | OF)) && !x.is(STOP | FIGURE | INTRANSITIVE | BE | HAVE);
    let joined = |x: &Item| x.is(AND) && !x.is(STOP);
    let (and, words) = gap.split_last()?;
    if joined(and) && gap.len() <= 6 && words.iter().all(quiet) {
        return Some(source);
    }
    // "eleva a 38 los fallecidos en la crisis que siguió, y a más de 800 los lesionados"
    let before = items[..from].iter().rposition(|x| x.span.start < last.figure.span.start)?;
    let same = and.is(LINK) && !and.is(AND | MARK) && items[before].is(LINK) && items[before].span.len() == and.span.len();
    (same && words.last().is_some_and(joined)).then_some(source)
}

/// Who gives a figure: the subject of a verb of counting before it.
fn source(items: &[Item], c: &Candidate) -> Option<(Span, Span)> {
    let end = |x: &Item| x.is(MARK | STOP | RELATIVE);
    // "baraja una cifra de 100": what is given, whose word may be that of a verb.
    let noun = |k: usize| items[k].is(SUM) && k > 0 && items[k - 1].is(ARTICLE);
    let verb = (c.at.saturating_sub(24)..c.at)
        .rev()
        .take_while(|&k| !items[k].is(STOP | RELATIVE) || k + 1 == c.at && items[k].is(REPORT) || tells(items, k, c))
        .find(|&k| items[k].is(REPORT) && !noun(k) || tells(items, k, c))?;
    // "289 dead, revised from 314": nobody is named who did.
    let passive = items[verb].is(UPDATE) && items.get(verb + 1).is_some_and(|x| x.is(BEFORE_LINK)) && verb + 2 == c.at;
    if passive && verb.checked_sub(1).is_none_or(|k| items[k].is(MARK)) {
        return None;
    }
    // "Early reports put the toll at 30": a form that may be a verb of telling is a noun before one.
    let told = |k: usize| k + 1 == verb && items[k].is(REPORT | STOP) && !items[k].is(MARK | RELATIVE | AND | AFTER);
    let start = |to: usize| (0..to).rev().find(|&k| end(&items[k]) && !told(k)).map_or(0, |k| k + 1);
    // "The spokesman, Juan Pérez, put …" is said by Juan Pérez, "Juan Pérez, spokesman, put …" too.
    let aside = |to: usize| {
        let from = start(to);
        if from < to && items[from].capital {
            return to;
        }
        // "The army, after a visit there, put": what is set in may begin with a word that parts clauses.
        let opens = from.saturating_sub(1);
        let parts = opens > 0 && items[opens].is(STOP) && !items[opens].is(MARK | RELATIVE) && items[opens - 1].is(MARK);
        opens - usize::from(parts)
    };
    // "rejected the figure and put": the subject of the verb before.
    // "and now admits", "y solo reconoce"
    let adverb = |x: &&Item| (x.is(DETERMINER) || x.is(EARLIER | DATED | STILL)) && !x.capital && !x.is(OF | MARK | AND);
    let bare = verb - items[..verb].iter().rev().take(2).take_while(adverb).count();
    let goes_on = bare > 0 && items[bare - 1].is(AND) && !items[bare - 1].is(MARK);
    let earlier = (verb.saturating_sub(24)..verb).rev().skip(1).find(|&k| goes_on && items[k].is(REPORT | DENY | WITHDRAW));
    // "Police had until then spoken of 32 deaths": its subject stands before the auxiliary.
    let auxiliary = (verb.saturating_sub(4)..verb)
        .rev()
        .take_while(|&k| !items[k].is(FIGURE | HARM))
        .find(|&k| items[k].is(HAVE) && !items[k].is(MARK));
    let verb_of_subject = earlier.or(auxiliary).unwrap_or(verb);
    // "“They called us terrorists”, said a mother of one of the dead": what stands in marks before a comma is nobody.
    let quoted = verb_of_subject.checked_sub(2).is_some_and(|k| items[k].is(MARK) && !items[k].is(AND) && items[k + 1].is(MARK));
    if quoted {
        return None;
    }
    // "the Red Cross, which works there, counted 12"
    // "Las Farc, en un comunicado, solo reconocen dos"
    let before = &items[..verb_of_subject];
    let adverbs = before.iter().rev().take(2).take_while(adverb).count();
    let led = verb_of_subject - adverbs;
    let led = if led > 0 && items[led - 1].is(MARK) { led } else { verb_of_subject };
    let clause = led.checked_sub(1).filter(|&k| items[k].is(MARK)).and_then(|k| items[..k].iter().rposition(|x| x.is(MARK)));
    let clause = clause.filter(|&k| items[k + 1].is(RELATIVE) && !items[k + 1].is(STOP));
    let verb_or_mark = match clause {
        Some(comma) => comma,
        None if led > 0 && items[led - 1].is(MARK) => aside(led - 1),
        None => verb_of_subject,
    };
    let from = start(verb_or_mark);
    // "La policía, que en un primer momento habló de cinco muertos": who is described.
    let described =
        from.checked_sub(2).filter(|&k| items[from - 1].is(RELATIVE) && !items[from - 1].is(STOP) && items[k].is(MARK) && items[k].is(AND));
    let (from, verb_or_mark) = described.map_or((from, verb_or_mark), |comma| (start(comma), comma));
    let to = (from..verb_or_mark).find(|&k| items[k].is(BE | HAVE | NOT)).unwrap_or(verb_or_mark);
    let from = from + fronted(items.get(from..to)?);
    // "State television earlier gave"
    let to = to - items[from..to].iter().rev().take_while(|x| x.is(EARLIER) && !x.capital).count();
    // "The ministry on Monday confirmed"
    let day = items[from..to].iter().rev().take_while(|x| x.is(DATED) && !x.is(OF)).count();
    let on = usize::from(day > 0 && items[from..to - day].last().is_some_and(|x| x.is(LOCATIVE | ONTO)));
    let own = items[from..to - day - on].last().is_none_or(|x| x.is(OF | DATED | FIGURE | DEAD) && !x.capital);
    let to = if own { to } else { to - day - on };
    // "Sanidad eleva a 164 los muertos y el Gobierno cifra en 6.000 los detenidos": a clause of its own.
    let and = items.get(from..to)?.iter().rposition(|x| x.is(AND | UNTIL) && !x.is(MARK)).map(|k| from + k);
    let from = and.filter(|&k| items[from..k].iter().any(|x| x.is(FIGURE))).map_or(from, |k| k + 1);
    let subject = items.get(from..to)?;
    // Only the clause's own subject, not "two deaths were reported" nor "it was reported that 20 …".
    // "The army, which has been at war since April, put": what the clause between says of it is no verb of its own.
    let own_verb = &items[if verb_or_mark < led { led } else { to.max(verb_or_mark) }..verb_of_subject];
    let passive = described.is_none() && items[to..verb_or_mark].iter().chain(own_verb).any(|x| x.is(BE));
    // "La Asociación de Asistencia a los Presos Políticos": part of a name
    let shouted = subject.iter().all(|x| x.capital || x.is(MARK));
    let named = |x: &Item| x.is(HARM) && x.capital && !x.is(FIGURE) && !shouted;
    let counted = |x: &Item| x.is(FIGURE | HARM | ARTICLE | ZERO | NO) && !named(x);
    let first = subject.first().is_some_and(|x| x.is(FIGURE | HARM | ZERO | NO) || x.is(ARTICLE) && x.is(ANOTHER));
    // "El balance se mantiene en un muerto": a sum gives none.
    if subject.iter().any(|x| x.is(SUM | TOLL | QUANTITY)) && subject.iter().all(|x| x.is(DETERMINER | SUM | TOLL | QUANTITY)) {
        return None;
    }
    // "we have recorded ten deaths": who writes speaks in the text's own voice, and a fact says nothing.
    // "Ayer la rebajó a 97": a day is nobody.
    let other = !subject.iter().any(|x| x.is(NO_SOURCE)) && !subject.iter().all(|x| x.is(DATED));
    let fits = !subject.is_empty() && subject.len() <= 8 && other && !passive && !first && !subject[1..].iter().any(counted);
    fits.then(|| (Span::new(items[from].span.start, items[to - 1].span.end), items[verb].span))
}

/// How many items stand before a clause's subject: "Late on Monday the army gave", "En Lima el alcalde cifró", "Earlier in the day the
/// hospital put".
fn fronted(clause: &[Item]) -> usize {
    let led = clause.iter().take_while(|x| x.is(AND | EARLIER)).count();
    let (mut from, rest) = (led, |from: usize| clause.get(from..).unwrap_or_default());
    while let Some(words) = rest(from).iter().take(3).position(|x| x.is(DATED)) {
        let day = words + rest(from + words).iter().take_while(|x| x.is(DATED)).count();
        // "Monday's report", "the report of Monday": part of who counts.
        let named = clause.get(from + day).is_some_and(|x| x.is(DETERMINER) || x.capital);
        // "Late on Monday the army"
        let word = rest(from).iter().take(words).filter(|x| x.roles == 0).count();
        if word > usize::from(from == 0) || !named && (words == 0 || word > 0) {
            break;
        }
        from += day;
    }
    if clause.get(from).is_some_and(|x| x.is(LOCATIVE)) {
        let named = rest(from + 1).iter().take_while(|x| x.capital && x.plain()).count();
        let subject = |x: &Item| x.is(DETERMINER) && !x.is(OF | LINK);
        // "In Lima the mayor", "in the day the hospital"
        let behind = if named > 0 { Some(named) } else { rest(from + 2).iter().position(subject).map(|n| n + 1) };
        from += behind.map_or(0, |n| n + 1);
    }
    if rest(from).iter().any(|x| !x.is(DETERMINER | MARK)) { from } else { led }
}

/// What stands behind the words for "in": a capital with the capitals that go on from it, after a word or two that say what
/// kind of place it is ("in the village of Nanduli", "en la sala Bataclan"). `led` are those behind locatives.
pub(super) fn located(items: &[Item], led: &[(usize, Span)]) -> Vec<Span> {
    let led: Vec<Span> = led.iter().map(|(_, name)| *name).collect();
    let known = |name: Span| led.get(led.partition_point(|s| s.end <= name.start)).is_some_and(|s| s.overlaps(name));
    // "Calm returned to Sikasso, where ten were killed"
    let commas = (2..items.len()).filter(|&k| items[k].is(WHERE) && items[k - 1].is(MARK) && items[k - 1].is(AND)).map(|k| k - 1);
    let before_where = commas.filter_map(|comma| {
        let words = name_before(items, comma);
        let last = items[comma - 1].span;
        (words > 0 && !known(last)).then(|| Span::new(items[comma - words].span.start, last.end))
    });
    let mut out: Vec<Span> = led.iter().copied().chain(before_where).collect();
    out.extend(seats(items));
    out.sort_by_key(|s| s.start);
    out
}

/// The words for the capital behind those for "in", where no name follows: "in the capital", "en la capital", "in Sudan's capital".
pub(super) fn seats(items: &[Item]) -> impl Iterator<Item = Span> {
    const WORDS: usize = 5;
    let named = |k: usize| items.get(k).is_some_and(|x| x.capital && x.plain());
    let aside = move |k: usize| items.get(k).is_some_and(|x| x.is(MARK)) && named(k + 1);
    // "in the capital of Huila" is of another than the country
    let of = move |k: usize| items.get(k).is_some_and(|x| x.is(OF));
    let led = move |k: usize| {
        let quiet = |x: &&Item| (x.plain() || x.is(DETERMINER | OF)) && !x.is(LOCATIVE | FIGURE | MARK);
        let words = items[..k].iter().rev().take(WORDS).take_while(quiet).count();
        k.checked_sub(words + 1).is_some_and(|b| items[b].is(LOCATIVE) && items[b].is(INNER) && !measured(items, b))
    };
    (0..items.len()).filter(move |&k| items[k].is(SEAT) && led(k) && !named(k + 1) && !aside(k + 1) && !of(k + 1)).map(|k| items[k].span)
}

/// How many capitals of a name, four at most, end before an item.
pub(super) fn name_before(items: &[Item], at: usize) -> usize {
    items[..at].iter().rev().take(4).take_while(|x| x.capital && x.plain() && !x.is(LOCATIVE)).count()
}

/// Those of what stands behind locatives that stand right behind the word.
pub(super) fn inside(items: &[Item], led: &[(usize, Span)]) -> impl Iterator<Item = Span> {
    let right = |(k, name): &&(usize, Span)| items.get(k + 1).is_some_and(|x| x.span.start == name.start);
    led.iter().filter(right).map(|(_, name)| *name)
}

/// Whether a word leads to what is struck: "an attack on Gamboru", "un bombardeo sobre Yarmuk".
fn strikes(items: &[Item], k: usize) -> bool {
    items[k].is(ONTO) && !items[k].is(TOWARD) && k.checked_sub(1).is_some_and(|b| items[b].is(EVENT))
}

/// What stands behind the words for an attack, which may be a person as well as a place.
pub(super) fn struck(items: &[Item], led: &[(usize, Span)]) -> impl Iterator<Item = Span> {
    led.iter().filter(|(k, _)| strikes(items, *k)).map(|(_, name)| *name)
}

/// What stands behind the words for "in" and for an attack, each with the item that says so.
pub(super) fn behind_locatives(items: &[Item]) -> Vec<(usize, Span)> {
    let mut out = Vec::new();
    // "settlers attacked Burin": a name right behind the verb.
    let attacked = |k: usize| items[k].is(STRUCK) && items.get(k + 1).is_some_and(|x| x.capital && x.plain());
    let leads = |k: usize| items[k].is(LOCATIVE) && !measured(items, k) || strikes(items, k) || attacked(k);
    for k in (0..items.len()).filter(|k| leads(*k)) {
        let name = |j: &usize| items.get(*j).is_some_and(|x| x.capital && x.plain() && !x.is(LOCATIVE));
        let kind = |j: usize| {
            let word = |x: &Item| x.plain() && !x.is(LOCATIVE) || x.is(OF | DETERMINER | THING | ARTICLE) || x.is(VICTIM) && !x.is(FIGURE);
            // "en avión a Moscú"
            items.get(j).is_some_and(|x| !x.capital && word(x) && (!x.is(TOWARD) || x.is(OF)))
        };
        let skipped = (k + 1..k + 5).take_while(|&j| kind(j)).count();
        let start = k + 1 + skipped;
        // In capitals only, all words go on.
        let shouted = items[k].capital && k > 0;
        // "en Los Pozos", "en Entre Ríos", "en la Región Metropolitana", "en el Estado de México": a word with a capital is part of the name.
        let word = |x: &Item| x.capital && !x.plain() && !x.is(FIGURE | MARK) && (!shouted || x.is(DETERMINER));
        let of = || usize::from(items.get(start + 1).is_some_and(|x| x.is(OF) && !x.capital));
        let more = items.get(start).filter(|x| word(x)).map_or(0, |_| 1 + of());
        // "at another jail, Puraquequara": set off by commas from what it is.
        let comma = |j: usize| items.get(j).is_some_and(|x| x.is(MARK) && x.is(AND));
        let apposed = skipped > 1 && comma(start) && name(&(start + 1)) && {
            let last = (start + 1..start + 5).take_while(name).count();
            items.get(start + 1 + last).is_none_or(|x| x.is(MARK))
        };
        let more = if apposed { 1 } else { more };
        let Some(first) = Some(start + more).filter(name) else { continue };
        let last = (first + 1..first + 4).take_while(|j| !shouted && name(j)).last().unwrap_or(first);
        // "in the Bosnian capital"
        if items.get(last + 1).is_some_and(|x| x.is(SEAT)) {
            continue;
        }
        // "at a Jewish centre": whose it is, unless they are cared for or held there.
        let whose = start == k + 2 && items[k + 1].is(ARTICLE) && !items[k].is(CARRIED) && !strikes(items, k);
        let noun = |x: &Item| !x.capital && (x.plain() || x.is(THING)) && !x.is(LOCATIVE | HOSPITAL | PRISON | REGION | TOTAL | DATED);
        if whose && items.get(last + 1).is_some_and(noun) {
            continue;
        }
        // "in the Gulf coast oil city of Minatitlán", "in the Old City of Nablus": the city, of which the first name only says which
        let kind = |x: &&Item| (x.plain() && !x.capital || x.is(THING)) && !x.is(LOCATIVE | FIGURE);
        let words = items[last + 1..].iter().take(4).take_while(kind).count();
        let of = last + 1 + words;
        let named = Some(of + 1).filter(|j| words > 0 && items.get(of).is_some_and(|x| x.is(OF)) && name(j));
        let (start, last) = named.map_or((start, last), |j| (j, (j + 1..j + 4).take_while(|j| !shouted && name(j)).last().unwrap_or(j)));
        // "a strike on Shiara hospital, in Razeh": by its name alone no place
        if !(strikes(items, k) && items.get(last + 1).is_some_and(|x| x.is(HOSPITAL))) {
            out.push((k, Span::new(items[start].span.start, items[last].span.end)));
        }
    }
    out
}

/// In how many words before a date a verb says what began then: "that broke out in Shamli on Saturday".
const BEGUN_WITHIN: usize = 5;

/// How far before a date of beginning "since" may stand.
const SINCE_REACH: usize = 8;

/// What the words before each date make of it.
pub(super) fn date_uses(items: &[Item], dates: &[Span]) -> Vec<(Span, DateUse)> {
    let mut out = Vec::new();
    for (d, date) in dates.iter().enumerate() {
        let at = items.partition_point(|x| x.span.start < date.start);
        let before = |back: usize| at.checked_sub(back).and_then(|k| items.get(k));
        let word = |x: Option<&Item>, roles: Roles| x.is_some_and(|x| x.is(roles));
        let article = usize::from(word(before(1), DETERMINER) && !word(before(1), SINCE | BETWEEN));
        let second = dates.get(d + 1).filter(|next| {
            let behind = items.partition_point(|x| x.span.end <= date.end);
            let until = items.get(behind).is_some_and(|x| x.is(UNTIL) && x.span.start >= date.end);
            // "March 17-18, 2002"
            let dash = items.get(behind).is_some_and(|x| x.is(MARK) && !x.is(AND) && x.span.start == date.end && x.span.end == next.start);
            // "since 2015 and now"
            let since = word(before(1 + article), SINCE) && !word(before(1 + article), BETWEEN);
            (until && !since || dash) && items.get(behind + 1..).unwrap_or_default().iter().take(2).any(|x| x.span.overlaps(**next))
        });
        let beside = |second: &Span| {
            items.partition_point(|x| x.span.start < second.start) <= items.partition_point(|x| x.span.start < date.end) + 2
        };
        // "between 15 and 18 November", which is a figure as well
        let ranged = dates.get(d + 1).filter(|next| {
            let both = |x: Option<&Item>| x.is_some_and(|x| x.is(FIGURE | DEAD) && x.span.contains(*date) && x.span.overlaps(**next));
            both(before(1)) || both(items.get(at))
        });
        if word(before(1 + article), AS_OF) {
            out.push((*date, DateUse::AsOf));
        } else if !word(before(1 + article), BETWEEN) && judged(items, at, *date) {
            out.push((*date, DateUse::Judged));
        } else if let Some(second) = second.filter(|s| word(before(1 + article), BETWEEN) || beside(s)).or(ranged) {
            out.push((*date, DateUse::Until(*second)));
        } else if record_clause(items, at) {
            out.push((*date, DateUse::OfRecord));
        } else if since_clause(items, at) {
            out.push((*date, DateUse::Since));
        } else if set_against(items, at) {
            out.push((*date, DateUse::Against));
        } else if word(before(1 + article), COMPARED) {
            out.push((*date, DateUse::Compared));
        } else if word(before(1 + article), SINCE) {
            let use_of = match (then(items, date.end), record(items, at)) {
                (true, true) => DateUse::OfRecord,
                (false, true) if which_harmed(items, date.end) => DateUse::OfRecord,
                (true, false) => DateUse::SinceWhen,
                (false, true) => DateUse::Compared,
                (false, false) => DateUse::Since,
            };
            out.push((*date, use_of));
        } else if let Some(behind) = passed_since(items, at, *date) {
            let clause = items[behind + 1..].iter().take(9).take_while(|x| !x.is(MARK | FIGURE | HARM));
            out.push((*date, DateUse::Later { in_which: clause.into_iter().any(|x| x.is(RELATIVE)) }));
        } else if let Some(begin) = (1..=BEGUN_WITHIN + article)
            .take_while(|&back| !word(before(back), MARK | HARM | FIGURE | RELATIVE) || word(before(back), BEGIN))
            .find(|&back| word(before(back), BEGIN))
        {
            // "since the marches started on October 8"
            let since = (1..=SINCE_REACH).map_while(|back| before(back).filter(|x| !x.is(MARK | FIGURE))).any(|x| x.is(SINCE));
            // "the marches that began on Monday", "la ofensiva, iniciada el lunes"; but what broke out on Monday may have killed then.
            let aside = (begin + 1..=begin + 3).any(|back| word(before(back), RELATIVE)) || word(before(begin + 1), MARK);
            // "three in Sudan, where fighting broke out in April", but not "In Juba, where fighting broke out on Sunday, 12 died"
            let where_it_is =
                (begin + 1..=begin + 4).take_while(|&back| !word(before(back), FIGURE | HARM)).any(|back| word(before(back), WHERE));
            let told = || items[at..].iter().any(|x| x.is(FIGURE) && !x.is(DATED) && x.span.start >= date.end);
            if since {
                out.push((*date, DateUse::Since));
            } else if where_it_is && !told() {
                out.push((*date, DateUse::Done));
            } else if aside {
                const SUBJECT: usize = 6;
                let subject = items[..at.saturating_sub(begin)].iter().rev().take(SUBJECT).take_while(|x| !x.is(FIGURE));
                out.push((*date, DateUse::Begun { lasts: subject.into_iter().any(|x| x.is(UNREST)) }));
            }
        } else if since_aside(items, at, *date) {
            // "desde la toma de la base, el 30 de agosto, en la que murieron 27"
            let behind = items.partition_point(|x| x.span.start < date.end);
            let told = items[behind..].iter().take(3).any(|x| x.is(RELATIVE | WHEN));
            out.push((*date, if told { DateUse::SinceWhen } else { DateUse::Since }));
        } else if of_event(items, at, *date) {
            out.push((*date, if since_event(items, at) { DateUse::Since } else { DateUse::OfEvent }));
        } else if items[at..].iter().take(2).any(|x| x.is(RECENT) && x.span.overlaps(*date)) {
            out.push((*date, DateUse::Recent));
        } else if items[at..].iter().take(3).any(|x| x.is(FIRST) && x.span.overlaps(*date)) {
            let behind = items.partition_point(|x| x.span.start < date.end);
            out.push((*date, DateUse::First { of_year: items.get(behind).is_some_and(|x| x.is(OF_YEAR)) }));
        } else if items[at..].iter().take(2).any(|x| x.is(OVERNIGHT) && x.span.overlaps(*date)) {
            out.push((*date, DateUse::Overnight));
        } else if during(items, *date) {
            out.push((*date, DateUse::During));
        } else if !out.last().is_some_and(|(_, used)| *used == DateUse::Until(*date)) && told(items, at, *date) {
            out.push((*date, DateUse::Told));
        } else if strikes_on(items, at) {
            out.push((*date, DateUse::OfEvent));
        } else if buried(items, at) || !out.last().is_some_and(|(_, used)| *used == DateUse::Until(*date)) && done_about(items, *date) {
            out.push((*date, DateUse::Done));
        }
    }
    out
}

/// "A car bomb exploded on Thursday; rescuers have pulled 56 bodies from the ruins": a verb of what events do leads to its day.
fn strikes_on(items: &[Item], at: usize) -> bool {
    const WORDS: usize = 3;
    let quiet = |x: &&Item| !x.is(MARK | FIGURE | HARM | RELATIVE | STOP) || x.is(STRUCK);
    let before = items[..at].iter().rev().take(WORDS).take_while(quiet);
    before.into_iter().any(|x| x.is(STRUCK) && !x.is(HARM | DAMAGE))
}

/// "three days of protests", "a 40-day siege", "233 people had been killed in five days".
fn during(items: &[Item], length: Span) -> bool {
    const WORDS: usize = 4;
    let at = items.partition_point(|x| x.span.start < length.start);
    let behind = items.partition_point(|x| x.span.start < length.end);
    let harm =
        at.checked_sub(2).filter(|&k| items[k + 1].is(LOCATIVE) && items[k + 1].is(WITHIN) && items[k].is(STATE | INTRANSITIVE | VICTIM));
    let counted = |k: usize| items[..=k].iter().rev().take(6).take_while(|x| !x.is(MARK | STOP)).any(|x| x.is(HAVE) && !x.is(MARK));
    let ends = items.get(behind).is_none_or(|x| x.is(MARK | AND | OF));
    if ends && harm.is_some_and(counted) {
        return true;
    }
    let of = items.get(behind).is_some_and(|x| x.is(OF));
    // "a 40-day siege"
    let hyphen = at < behind && items[at..behind].windows(2).all(|w| w[0].span.end >= w[1].span.start);
    let words = items[behind + usize::from(of)..].iter().take(if of { WORDS } else { 2 });
    (of || hyphen)
        && words.take_while(|x| x.plain() && !x.is(FIGURE | SINCE | STOP) || x.is(EVENT | UNREST | OF)).any(|x| x.is(EVENT | UNREST))
}

/// What stands behind a stretch of time that has passed since something: "two days after the fire", "a tres días del temporal".
fn passed_since(items: &[Item], at: usize, length: Span) -> Option<usize> {
    const CLAUSE: usize = 20;
    let behind = items.partition_point(|x| x.span.start < length.end);
    let word = items.get(behind)?;
    let led = at.checked_sub(1).is_some_and(|k| items[k].is(TOWARD) && !items[k].is(LOCATIVE | BETWEEN)) && word.is(OF) && !word.is(TOWARD);
    // "a tres días de las elecciones" is before them as well.
    let harm = || items[behind + 1..].iter().take(CLAUSE).take_while(|x| !x.is(MARK)).any(|x| x.is(EVENT | STRUCK | CALAMITY | DAMAGE));
    (word.is(AFTER) || led && harm()).then_some(behind)
}

/// "On Sunday the ministry had spoken of …", "negó ayer que …": somebody speaks on that day; what "was reported" or "se registró" happened then.
fn told(items: &[Item], at: usize, date: Span) -> bool {
    const SUBJECT: usize = 5;
    let speaks = |k: usize| {
        let passive = k.checked_sub(1).is_some_and(|b| items[b].is(BE | DETERMINER) && !items[b].is(OF));
        items[k].is(REPORT | TELL | DENY) && !items[k].is(HARM | FIGURE) && !passive
    };
    let behind = items.partition_point(|x| x.span.start < date.end);
    let own = items.get(behind.wrapping_sub(1)).is_some_and(|x| x.span.end > date.end);
    let before = (at.saturating_sub(2)..at).any(speaks);
    let subject = items[behind..].iter().take(SUBJECT).take_while(|x| !x.is(MARK | FIGURE | HARM | REPORT | TELL | DENY)).count();
    let follows = || subject > 0 && behind + subject < items.len() && speaks(behind + subject);
    // "Ayer se cumplió un año de la masacre"
    let remembered = || items[behind..].iter().take(2).any(|x| x.is(BACKGROUND));
    !own && (before || follows() || remembered())
}

/// "84 Egyptians, whose bodies were flown home on Wednesday": what is done with the dead is done later.
fn buried(items: &[Item], at: usize) -> bool {
    const CLAUSE: usize = 8;
    let words = items[..at].iter().rev().take(CLAUSE).take_while(|x| !x.is(MARK | FIGURE)).count();
    let first = at - words;
    first > 0 && words > 1 && items[first - 1].is(MARK) && items[first].is(STOP | RELATIVE) && items[first + 1].is(BODY)
}

/// "Rescuers struggled on Monday to reach villages cut off by a quake that killed 98": the harm is told of what others do something about.
fn done_about(items: &[Item], date: Span) -> bool {
    const CLAUSE: usize = 24;
    const NAMED: usize = 6;
    let at = items.partition_point(|x| x.span.start < date.end);
    let quiet = |x: &&Item| !x.is(FIGURE | RELATIVE | STOP | STRUCK) || x.is(AFTER | TOWARD);
    let clause = items[at..].iter().take(CLAUSE).take_while(quiet).count();
    let event = (at..at + clause).find(|&k| items[k].is(EVENT));
    event.is_some_and(|event| {
        let noun = items[at..event].iter().rposition(|x| !x.plain() && !x.is(ARTICLE | DETERMINER) || x.is(LOCATIVE)).map(|k| at + k);
        // "opened fire on Monday in an attack that killed 12" is the attack itself.
        let led = noun.is_some_and(|k| items[k].is(TOWARD | AFTER | BY | OF) && !items[k].is(LOCATIVE | MARK));
        let behind = items[event + 1..].iter().take(NAMED).take_while(|x| !x.is(RELATIVE | FIGURE | HARM)).count();
        let that = items.get(event + 1 + behind).is_some_and(|x| x.is(RELATIVE));
        let harms = items.iter().skip(event + 2 + behind).take(2).find(|x| !x.is(HAVE));
        led && that && harms.is_some_and(|x| x.is(ACTIVE))
    })
}

/// "the worst since the May 2022 attack in Uvalde that killed 19": what the date is of is told behind it.
fn which_harmed(items: &[Item], end: usize) -> bool {
    const CLAUSE: usize = 14;
    let at = items.partition_point(|x| x.span.start < end);
    let behind = items[at..].iter().take(CLAUSE);
    let event = behind.clone().take(2).any(|x| x.is(EVENT));
    event && behind.skip_while(|x| !x.is(RELATIVE)).any(|x| x.is(HARM))
}

/// "the deadliest attack in the city since 2014": a superlative leads to the word for "since".
fn record(items: &[Item], at: usize) -> bool {
    const WITHIN_WORDS: usize = 10;
    items[..at].iter().rev().take(WITHIN_WORDS).take_while(|x| !x.is(MARK | FIGURE | HARM) || x.is(RECORD)).any(|x| x.is(RECORD))
}

/// "the deadliest raid since the group seized 200 girls last month": the date is that of what the superlative leads back to.
fn record_clause(items: &[Item], at: usize) -> bool {
    const CLAUSE: usize = 14;
    let since = items[..at].iter().rev().take(CLAUSE).take_while(|x| !x.is(MARK)).position(|x| x.is(SINCE) && !x.is(BETWEEN));
    since.is_some_and(|back| back > 1 && record(items, at - 1 - back))
}

/// "A man was charged on Tuesday with the murder of three", "condenan a un exsoldado por la masacre de 171": the day of a court, if the
/// harm is told behind it as what was done before.
fn judged(items: &[Item], at: usize, date: Span) -> bool {
    const BEFORE: usize = 10;
    const BEHIND: usize = 24;
    let behind = items.partition_point(|x| x.span.start < date.end);
    let court = || items[..at].iter().rev().take(BEFORE).any(|x| x.is(JUDGED)) || items[behind..].iter().take(6).any(|x| x.is(JUDGED));
    // "sentenció el jueves a 5,160 años de prisión a un exsoldado por el asesinato de 171"
    let harm = || items[behind..].iter().take(BEHIND).any(|x| x.is(NOMINAL) && !x.is(JUDGED));
    // "charged on Wednesday nine officers over the fire in which 68 died"
    let over = |k: usize| items[k].is(EVENT | UNREST) && items[k.saturating_sub(3)..k].iter().any(|x| x.is(STOP | BY) && !x.is(MARK));
    let harm = || harm() || (behind..items.len().min(behind + BEHIND)).any(over);
    // "Un tribunal condenó hoy al coronel a 120 años": nothing else was done on that day.
    let only = || {
        let verdict = at.checked_sub(1).is_some_and(|k| items[k].is(JUDGED)) || items.get(behind).is_some_and(|x| x.is(JUDGED));
        verdict && !items.iter().any(|x| x.is(HARM) && !x.is(NOMINAL | JUDGED))
    };
    court() && harm() || only()
}

/// "since the Taliban entered the city on Monday", "desde que estalló la guerra el 15 de abril": the word for "since" leads the date's clause.
fn since_clause(items: &[Item], at: usize) -> bool {
    let quiet = |x: &&Item| !x.is(FIGURE | RELATIVE | SINCE) && (!x.is(MARK) || x.is(AND));
    let words = items[..at].iter().rev().take(SINCE_REACH).take_while(quiet).count();
    let commas = items[at - words..at].iter().filter(|x| x.is(MARK)).count();
    // "desde que el 7 de diciembre estallaron las protestas"
    let lead = at.checked_sub(words + 1).filter(|&k| (words > 1 || items[k].is(RELATIVE)) && commas <= 1);
    lead.is_some_and(|k| {
        items[k].is(RELATIVE) && k > 0 && items[k - 1].is(SINCE) || items[k].is(SINCE) && !items[k].is(BETWEEN) && commas == 0
    })
}

/// "desde el golpe del 1 de febrero": since what happened on a date; "desde" before a place is no "since".
fn since_event(items: &[Item], at: usize) -> bool {
    let named = |x: &&Item| (x.plain() || x.is(OF | DETERMINER | EVENT)) && !x.is(SINCE | MARK | FIGURE);
    let words = items[..at].iter().rev().take(SINCE_REACH).take_while(named).count();
    words > 0 && at.checked_sub(words + 1).is_some_and(|k| items[k].is(SINCE) && !items[k + 1].capital)
}

/// "Desde la firma del acuerdo, en noviembre de 2016, han muerto 20": since what is told the date of between commas.
fn since_aside(items: &[Item], at: usize, date: Span) -> bool {
    let comma = |k: usize| items.get(k).is_some_and(|x| x.is(MARK) && x.is(AND));
    let lead = items[..at].iter().rev().take(2).take_while(|x| x.is(LOCATIVE | DETERMINER | ONTO) && !x.is(MARK)).count();
    let behind = items.partition_point(|x| x.span.start < date.end);
    // "… and 87 the detained since the start of the protest, on 13 June."
    let ends = items.get(behind).is_none_or(|x| x.is(MARK) && behind + 1 == items.len());
    let open = at.checked_sub(lead + 1).filter(|&k| comma(k) && (ends || comma(behind)));
    let named = |x: &&Item| !x.is(SINCE | MARK | FIGURE | RELATIVE | HARM);
    open.is_some_and(|k| {
        let since = items[..k].iter().rev().take(SINCE_REACH).take_while(named).count();
        let led = k.checked_sub(since + 1).is_some_and(|b| items[b].is(SINCE) && since > 0 && !items[b + 1].capital);
        led && !record(items, k)
    })
}

/// "118 dead, against 176 in February": the date is that of the figure which another is set against.
fn set_against(items: &[Item], at: usize) -> bool {
    const WORDS: usize = 5;
    let words = items[..at].iter().rev().take(WORDS).take_while(|x| !x.is(FIGURE | MARK | RELATIVE)).count();
    let figure = at.checked_sub(words + 1).filter(|&k| items[k].is(FIGURE));
    figure.and_then(|k| k.checked_sub(1)).is_some_and(|k| {
        // "fell to seven, from 18 in the week before"
        let comma = || k.checked_sub(1).is_some_and(|b| items[b].is(MARK) && items[b].is(AND));
        items[k].is(BEFORE_LINK) && (!items[k].is(TOWARD | SINCE | BETWEEN) || comma() && !items[k].is(SINCE))
    })
}

/// The dates on which something began: "protests that broke out on January 2", "las marchas empezaron el lunes".
pub(super) fn began(items: &[Item], dates: &[Span]) -> impl Iterator<Item = Span> {
    dates.iter().copied().filter(|date| {
        let at = items.partition_point(|x| x.span.start < date.start);
        let before = items[..at].iter().rev().take(3).take_while(|x| !x.is(MARK | FIGURE));
        before.into_iter().any(|x| x.is(BEGIN))
    })
}

/// The dates since when those that a clause tells of were missing: "the bodies of three boys who had been missing since Friday".
pub(super) fn missing_since(items: &[Item], dates: &[Span]) -> impl Iterator<Item = Span> {
    const CLAUSE: usize = 7;
    dates.iter().copied().filter(|date| {
        let at = items.partition_point(|x| x.span.start < date.start);
        let article = items[..at].iter().rev().take(1).take_while(|x| x.is(DETERMINER) && !x.is(SINCE)).count();
        let since = (at - article).checked_sub(1).filter(|&k| items[k].is(SINCE));
        let clause = since.map_or(&[][..], |k| &items[k.saturating_sub(CLAUSE)..k]).iter().rev();
        let mut gone = false;
        let mut clause = clause.take_while(|x| !x.is(MARK | FIGURE));
        clause.any(|x| {
            gone |= x.is(STATE | INTRANSITIVE) && x.kind == Some(ClaimKind::Missing);
            gone && x.is(RELATIVE | VICTIM)
        })
    })
}

/// "since the protests began", "desde que empezó la guerra": a beginning whose day is told elsewhere.
pub(super) fn since_then(items: &[Item]) -> impl Iterator<Item = Span> {
    const CLAUSE: usize = 8;
    // "desde el centro": where from
    let leads = |k: usize| items[k].is(SINCE) && (!items[k].is(BETWEEN) || items.get(k + 1).is_some_and(|x| x.is(RELATIVE)));
    items.iter().enumerate().filter(move |(k, _)| leads(*k)).filter_map(move |(k, since)| {
        let clause = items[k + 1..].iter().take(CLAUSE).take_while(|x| !x.is(MARK | FIGURE | HARM | DATED));
        // "en lo que va de sexenio": both in one
        let begin = clause.filter(|x| x.is(BEGIN)).last().or_else(|| since.is(BEGIN).then_some(since))?;
        let behind = items[items.partition_point(|x| x.span.end <= begin.span.end)..].iter().take(4).take_while(|x| !x.is(MARK | FIGURE));
        (!behind.into_iter().any(|x| x.is(DATED))).then(|| Span::new(since.span.start, begin.span.end))
    })
}

/// The clauses between commas, or up to the end, that say of whom or what stands before them: ", which has been at war since April".
pub(super) fn clauses(items: &[Item]) -> impl Iterator<Item = Span> {
    let leads = |k: usize| items[k].is(MARK) && items[k].is(AND) && items.get(k + 1).is_some_and(|x| x.is(RELATIVE) && !x.is(MARK));
    (0..items.len()).filter(move |&k| leads(k)).map(|k| {
        let end = items[k + 1..].iter().position(|x| x.is(MARK)).map_or(items.len(), |n| k + 1 + n);
        Span::new(items[k].span.start, items[end - 1].span.end)
    })
}

/// Whether a date says when the thing named beside it happened: "la riada del martes", "Sunday's blaze".
fn of_event(items: &[Item], at: usize, date: Span) -> bool {
    let noun = |x: Option<&Item>| x.is_some_and(|x| (x.plain() || x.is(EVENT | UNREST)) && !x.capital);
    let owned = at.checked_sub(2).is_some_and(|k| items[k + 1].is(OF) && noun(items.get(k)));
    // "el terremoto del sábado", whose "del" is part of the date
    let owned = owned
        || items.get(at).is_some_and(|x| x.is(OF) && x.span.start == date.start) && noun(at.checked_sub(1).and_then(|k| items.get(k)));
    // The possessive's "'s" is a token of its own, or part of the date's last word.
    let behind = items.partition_point(|x| x.span.start < date.end);
    let own = items.get(behind.wrapping_sub(1)).is_some_and(|x| x.span.end > date.end);
    owned || own && noun(items.get(behind))
}

/// "the worst since 2014, when 15 people drowned": the date is that of what follows.
fn then(items: &[Item], end: usize) -> bool {
    let at = items.partition_point(|x| x.span.start < end);
    items.get(at).is_some_and(|x| x.is(MARK)) && items.get(at + 1).is_some_and(|x| x.is(WHEN))
}

/// The names of hospitals: "el hospital Viedma", "una clínica de Cali", "a Charleston hospital", where those harmed were brought. `all` is what the
/// items may do.
pub(super) fn wards(items: &[Item], all: Roles) -> impl Iterator<Item = Span> {
    named_houses(items, all, HOSPITAL)
}

/// The names of prisons: "la cárcel de Insein".
pub(super) fn prisons(items: &[Item], all: Roles) -> impl Iterator<Item = Span> {
    named_houses(items, all, PRISON)
}

fn named_houses(items: &[Item], all: Roles, house: Roles) -> impl Iterator<Item = Span> {
    let name = |j: usize| items.get(j).filter(|x| x.capital && x.plain()).map(|x| x.span);
    // "the bombing of Abs hospital in Hajjah": one of which it is told where it is may be the place itself.
    let told_where = |k: usize| items.get(k + 1).is_some_and(|x| x.is(LOCATIVE));
    // "taken to a hospital in Cucuta" is where they were brought.
    let brought = |k: usize| {
        let words = items[..k].iter().rev().take(2).take_while(|x| !x.is(MARK | HARM | LOCATIVE | FIGURE)).count();
        let verb = k.checked_sub(words + 1).map(|v| &items[v]);
        verb.is_some_and(|x| x.is(CARRIED) || x.is(HARM) && x.kind == Some(ClaimKind::Injured))
    };
    let houses = (0..if all & house == 0 { 0 } else { items.len() }).filter(move |&k| items[k].is(house) && (!told_where(k) || brought(k)));
    houses.flat_map(move |k| {
        let behind = k + 1 + items.get(k + 1).map_or(0, |x| usize::from(x.is(OF) && !x.is(LOCATIVE) || told_where(k)));
        // "the Teaching Hospital, Sokoto"
        let town = items.get(k + 1).filter(|x| x.is(MARK) && x.is(AND) && items[k].capital).and_then(|_| name(k + 2));
        // "en el hospital Erasmo Meoz, de Cúcuta"
        let long = items[behind.min(items.len())..].iter().take(4).take_while(|x| x.capital && x.plain()).count();
        let comma = behind + long + usize::from(long > 0 && items.get(behind + long).is_some_and(|x| x.is(MARK) && x.is(AND)));
        let seat = items.get(comma).filter(|x| long > 0 && x.is(OF | LOCATIVE)).and_then(|_| name(comma + 1));
        name(behind).or_else(|| k.checked_sub(1).and_then(name)).into_iter().chain(town).chain(seat)
    })
}

/// The capitals that something was so far from: "180 kilometres south of Baghdad".
pub(super) fn off(items: &[Item], all: Roles) -> impl Iterator<Item = Span> {
    let of = |k: usize| k > 1 && items[k].is(OF) && items[k - 1].is(DISTANCE) && items[k - 2].is(FIGURE | DEAD);
    let from = move |k: usize| items.get(k + 1).filter(|x| x.capital && x.plain() && (measured(items, k) || of(k))).map(|x| x.span);
    (0..if all & DISTANCE == 0 { 0 } else { items.len() }).filter_map(from)
}

/// The capitals behind words for to and from, and the names of hospitals, in order. `all` is what the items may do.
pub(super) fn toward(items: &[Item], all: Roles) -> Vec<Span> {
    let with = |roles: Roles| if all & roles == 0 { 0..0 } else { 0..items.len() };
    let named = |k: usize| items.get(k).is_some_and(|x| x.capital && x.plain());
    // "from the Nile", "a El Chipote"
    let article = |k: usize| {
        let the = &items[k + 1];
        usize::from(the.is(DETERMINER) && (items[k].is(BETWEEN) || the.capital) && (!items[k].is(BETWEEN) || !the.capital) && named(k + 2))
    };
    let leads = |k: usize| items[k].is(TOWARD | CARRIED) && !items[k].is(LOCATIVE) && named(k + 1 + article(k));
    // "the death toll from Uganda's riots", "huyeron hacia Bolivia", but not "los heridos evacuados a Huamanga"
    let of_harm = |k: usize| {
        let between = items[k].is(BETWEEN);
        k.checked_sub(1).is_some_and(|b| items[b].is(HARM | TOLL) && (between || items[b].is(INTRANSITIVE)))
    };
    let led = || with(TOWARD | CARRIED).filter(|&k| k + 1 < items.len() && leads(k) && !of_harm(k));
    // "Russia fired missiles at 30 towns, killing nine": who does it.
    const DO: Roles = STRUCK | DEPLOY | DAMAGE | STOP;
    let does = |k: usize| {
        let verb = |x: &Item| x.is(DO) && !x.is(HARM | RELATIVE | AND | MARK | LOCATIVE | SINCE);
        let object = |x: &Item| !x.is(MARK | BY | AND | LOCATIVE);
        k.checked_sub(1).is_none_or(|b| items[b].is(MARK) && !items[b].is(AND))
            && named(k)
            && items.get(k + 1).is_some_and(verb)
            && items.get(k + 2).is_some_and(object)
    };
    let doers = with(DO).filter(|&k| does(k)).map(|k| items[k].span);
    // "remitidos a Neiva y Popayán"
    let and = |k: usize| {
        let at = k + 1 + article(k);
        let names = items[at..].iter().take_while(|x| x.capital && x.plain()).count();
        let and = items.get(at + names).is_some_and(|x| x.is(AND) && !x.is(MARK));
        Some(at + names + 1).filter(|&j| and && named(j)).map(|j| items[j].span)
    };
    let mut out: Vec<Span> = led()
        .map(|k| items[k + 1 + article(k)].span)
        .chain(led().filter_map(and))
        .chain(doers)
        .chain(wards(items, all))
        .chain(off(items, all))
        .collect();
    out.sort_by_key(|s| s.start);
    out.dedup();
    out
}

/// The capitals behind "from": "seized girls from Warabe".
pub(super) fn taken_from(items: &[Item]) -> impl Iterator<Item = Span> {
    const CLAUSE: usize = 8;
    let name = |k: usize| items.get(k + 1).filter(|x| x.capital && x.plain()).map(|x| x.span);
    // "a boy from Whitehall was arrested": where he is from
    let seized = |k: usize| items[..k].iter().rev().take(CLAUSE).take_while(|x| !x.is(MARK)).any(|x| x.is(HARM));
    (0..items.len()).filter(move |&k| items[k].is(TAKEN_FROM) && seized(k)).filter_map(name)
}

/// The capitals right behind words for whose something is: "a post held by Mizoram".
pub(super) fn holders(items: &[Item]) -> impl Iterator<Item = Span> {
    items.windows(2).filter(|w| w[0].is(HELD) && w[1].capital && w[1].plain()).map(|w| w[1].span)
}

/// The capitals behind a comma or bracket and a word for "in", or behind a name, at most a few words and one for "inside", which say in what
/// wider place the one before them lies: "Solhan, en el noreste de Burkina Faso", "Kilelengwani village in Tana Delta".
pub(super) fn wider(items: &[Item], led: &[(usize, Span)]) -> impl Iterator<Item = Span> {
    const ASIDE_AT_MOST: usize = 6;
    // "In Berlin, a court heard of the fire in Solingen": where the fire was, no wider place.
    let quiet = |x: &&Item| {
        let word = x.plain() || x.is(DETERMINER | OF | ARTICLE | FIGURE | DEAD | THING);
        word && !x.capital && !x.is(MARK | HARM | LOCATIVE | EVENT)
    };
    let set_off = move |k: usize| {
        let words = items[..k].iter().rev().take(ASIDE_AT_MOST).take_while(quiet).count();
        let before = k.checked_sub(words + 1).map(|b| &items[b]);
        let within = items[k].is(WITHIN);
        before.is_some_and(|x| x.is(MARK) && words == 0 || within && (x.is(MARK) && x.is(AND) || x.capital && x.plain()))
    };
    // "el barrio Siloé de Cali"
    let name = move |k: usize| items[k].capital && items[k].plain();
    let of = move |k: usize| items[k].is(OF) && !items[k].capital && name(k - 1) && name(k + 1);
    let of = (1..items.len().saturating_sub(1)).filter(move |&k| of(k)).map(|k| items[k + 1].span);
    let mut out: Vec<Span> = led.iter().filter(|(k, _)| set_off(*k)).map(|(_, name)| *name).chain(of).collect();
    out.sort_by_key(|s| s.start);
    out.into_iter()
}

/// The clauses that say where or when an event was that is known by then: "The attack on Manma began late Thursday", "Saturday's earthquake",
/// "two days after the fire".
pub(super) fn scenes(items: &[Item], dates: &[Span]) -> Vec<Scene> {
    let happened = happened(items);
    let none = happened.is_none();
    let named = dates.iter().filter_map(|date| {
        let at = items.partition_point(|x| x.span.start < date.start);
        let behind = items.partition_point(|x| x.span.start < date.end);
        let event = |k: usize| items.get(k).is_some_and(|x| x.is(EVENT));
        // "el terremoto del sábado", "Saturday's earthquake"
        let by_date =
            of_event(items, at, *date) && (event(behind) || at.checked_sub(1).is_some_and(event) || at.checked_sub(2).is_some_and(event));
        // "two days after a 7.6-magnitude earthquake", but not "The blast came a day after a raid", which is another event
        let ends = |x: &Item| (x.is(MARK) && x.is(AND) || x.is(RELATIVE | STOP)) && !x.is(STRUCK);
        let noun = || (behind + 1..behind + 7).take_while(|&k| items.get(k).is_some_and(|x| !ends(x))).any(|k| items[k].is(EVENT | STRUCK));
        let after = passed_since(items, at, *date).is_some() && none && noun();
        (by_date || after).then(|| Scene { span: *date, places: Vec::new() })
    });
    let mut out: Vec<Scene> = happened.into_iter().chain(named).collect();
    out.sort_by_key(|s| s.span.start);
    out
}

/// The clause whose subject is a known event, with a verb of happening: "The attack on Manma began late Thursday".
fn happened(items: &[Item]) -> Option<Scene> {
    const SUBJECT: usize = 14;
    const CLAUSE: usize = 24;
    let dated = |k: usize| items.get(k).is_some_and(|x| x.is(DATED));
    let known = |k: usize| {
        let before = items[..k].iter().rev().take(3).take_while(|x| !x.is(MARK | FIGURE));
        let the = before.take_while(|x| !x.is(SINCE)).position(|x| x.is(DETERMINER) && !x.is(ARTICLE) && !x.is(OF))?;
        // "since the strike began", "when the fighting began"
        let led = k.checked_sub(the + 2).is_some_and(|b| items[b].is(STOP | SINCE | RELATIVE));
        (!led).then_some(k)
    };
    let happens = |verb: usize| {
        let subject = (verb.saturating_sub(SUBJECT)..verb).rev().take_while(|&k| !items[k].is(STOP) || items[k].is(RELATIVE));
        subject.filter(|&k| items[k].is(EVENT)).find_map(known).map(|noun| (noun, verb))
    };
    let (noun, verb) = (1..items.len()).filter(|&k| items[k].is(OCCUR)).find_map(happens)?;
    let ends = |k: usize| items[k].is(STOP | SINCE) && !items[k].is(LOCATIVE) && !dated(k) && !dated(k + 1);
    let end = (verb + 1..items.len()).take(CLAUSE).take_while(|&k| !ends(k)).last().unwrap_or(verb);
    let mut places: Vec<(usize, Span)> = behind_locatives(items).into_iter().filter(|(k, _)| noun < *k && *k <= end).collect();
    places.sort_by_key(|(k, _)| *k < verb);
    let mut places: Vec<Span> = places.into_iter().map(|(_, name)| name).collect();
    // "the attack on Manma"
    if let Some(name) = items.get(noun + 2).filter(|x| x.capital && x.plain() && !items[noun + 1].is(MARK) && !items[noun + 1].capital) {
        places.push(name.span);
    }
    Some(Scene { span: Span::new(items[0].span.start, items[end].span.end), places })
}

/// Whether a place is only what a distance is measured from: "180 kilometres south of Baghdad".
fn measured(items: &[Item], locative: usize) -> bool {
    locative > 1 && items[locative - 1].is(DISTANCE) && items[locative - 2].is(FIGURE | DEAD) && items[locative].is(WITHIN)
}

/// The capitals that words call a province or the like: "Shanxi Province", "la provincia de Orellana".
pub(super) fn regions(items: &[Item]) -> impl Iterator<Item = Span> {
    let name = |k: usize| items.get(k).filter(|x| x.capital && x.plain() && !x.is(REGION)).map(|x| x.span);
    (0..items.len()).filter(|&k| items[k].is(REGION)).filter_map(move |k| {
        let of = usize::from(items.get(k + 1).is_some_and(|x| x.is(OF)));
        let behind = (of == 1).then(|| name(k + 2)).flatten();
        behind.or_else(|| k.checked_sub(1).and_then(name)).map(|n| Span::new(n.start.min(items[k].span.start), n.end))
    })
}

/// Protests, a war or rains: no single event.
fn goes_on_for_days(x: &Item) -> bool {
    x.is(UNREST) && !x.is(EVENT)
}

/// "The war, now in its fourth year, has cost 60,000 lives", "las protestas han dejado 37 muertos": whether what goes on is the subject
/// of the verb before a figure.
fn has_cost(items: &[Item], at: usize) -> bool {
    const VERB: usize = 4;
    const SUBJECT: usize = 12;
    let verb = |x: &&Item| {
        !x.is(MARK | FIGURE | STOP | BE | HAVE | VICTIM) && (x.plain() || x.is(ACTIVE | DETERMINER | OTHER | PERSONAL | UPDATE))
    };
    let words = items[..at].iter().rev().take(VERB).take_while(verb).count();
    let have = at.checked_sub(words + 1).filter(|&k| words > 0 && items[k].is(HAVE) && !items[k].is(BE | MARK));
    // "has cost", "claimed": one word of harm
    let cost = (at - words..at).find(|&k| items[k].is(TO_DEATH_ONLY | TAKING) && items[k].is(ACTIVE));
    have.or(cost).is_some_and(|k| {
        let clause = items[..k].iter().rev().take(SUBJECT).take_while(|x| !x.is(STOP | FIGURE | HARM | RELATIVE));
        clause.into_iter().any(goes_on_for_days)
    })
}
