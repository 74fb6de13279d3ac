//! Figures that carry no word of harm of their own: sums that are put, taken back; troops, prices and damaged things.

use super::candidates::{Candidate, Relation, Side};
use super::describing::name_before;
use super::governing::{among, are_too, begins, begins_or_told};
use super::lexicon::*;
use super::{Asked, Casualties, Count, Figure, Found};
use crate::span::Span;
use crate::vocabulary::{Bound, ClaimKind, Reason, VictimClass};

/// The kinds of harm to people.
pub(super) const HARM_KINDS: [ClaimKind; 5] =
    [ClaimKind::Killed, ClaimKind::Injured, ClaimKind::Detained, ClaimKind::Missing, ClaimKind::Displaced];

/// How far before a bare figure stands the one that says what it counts, in bytes.
const CARRIED_WITHIN: usize = 600;

/// How many figures back the one that a sum revises is looked for.
const LOOKED_BACK: usize = 64;

impl Casualties {
    /// "Three of them were children": the count before that a candidate at the start of its sentence is a part of.
    pub(super) fn whole_before(&self, items: &[Item], c: &Candidate, first: usize, before: &[Count]) -> Option<usize> {
        let followed = items.get(c.end).is_some_and(|x| !x.is(MARK));
        let counted = |k: usize| items[k].is(FIGURE | DEAD) && c.whole != Some(k);
        let leads = before.len() == first && begins_or_told(items, c.at) && c.of_them && !(0..c.at).any(counted);
        // "Of these, 91 were in Durban and 26 in Johannesburg."
        let bare = c.head.is_none() && c.noun.is_none() && !c.zero && c.at > 0 && items[c.at - 1].is(AND);
        let toward = |k: usize| items.get(k).is_some_and(|x| x.is(PERSONAL)) && items.get(k + 1).is_some_and(|x| x.capital && x.plain());
        let goes_on = before.len() > first && bare && (items.get(c.at + 1).is_some_and(|x| x.is(LOCATIVE)) || toward(c.at + 1));
        if let Some(whole) = before.last().and_then(|x| x.part_of).filter(|&w| goes_on && (w < first || before[w].sum)) {
            return Some(whole);
        }
        // "put the dead at 41, of whom 35 were women": what it is a part of was told in another way.
        let words = items[..c.at].iter().rev().take_while(|x| x.is(DETERMINER | OTHER) && !x.is(INCLUDING)).count();
        let included = c.at.checked_sub(words + 1).is_some_and(|k| items[k].is(INCLUDING | OF_THEM));
        if let Some(last) = before.last().filter(|x| before.len() > first && included && c.never.is_none() && x.sum) {
            let near = items[..c.at].iter().rev().take(words + 3).any(|x| x.span.overlaps(last.figure.span));
            if near && !self.released(items, c) {
                return Some(before.len() - 1);
            }
        }
        // "They included three children and a nurse."
        let also = before.len() > first && c.head.is_some() && c.at > 0 && items[c.at - 1].is(AND);
        if let Some(whole) = before.last().and_then(|x| x.part_of).filter(|&w| also && w < first && they_included(items, c)) {
            return Some(whole);
        }
        let included = before.len() == first && c.head.is_some() && they_included(items, c);
        // "Nineteen were children under ten."
        let people =
            |from: usize| items.get(from..).unwrap_or_default().iter().take(3).take_while(|x| !x.is(MARK | HARM)).any(|x| x.is(VICTIM));
        let no_more = || !items[..c.at].iter().any(|x| x.is(FIGURE | DEAD)) && !items.iter().any(|x| x.is(HARM));
        let are = c.head.is_none() && c.noun.is_none() && !c.zero && items.get(c.at + 1).is_some_and(|x| x.is(BE));
        // "Police said six of the victims were Romanian workers."
        let said = c.at.checked_sub(1).is_some_and(|k| items[k].is(STOP) && !items[k].is(MARK | RELATIVE | AND));
        let said = said && c.of_them && before.len() == first && items.get(c.end).is_some_and(|x| x.is(BE)) && people(c.end + 1);
        let leads = leads || said && no_more();
        // "Four had their hands bound", "nueve tenían menos de diez años"
        let own = |k: usize| items.get(k).is_some_and(|x| x.is(DETERMINER) && !x.is(OF | LINK | MARK) || x.is(AGED));
        let have = bare_number(items, c) && items.get(c.at + 1).is_some_and(|x| x.is(HAVE) && !x.is(BE | MARK)) && own(c.at + 2);
        let have = have && begins(items, c.at) && !items[c.at + 2..].iter().any(|x| x.is(HARM));
        if have && c.never.is_none() && !items[..c.at].iter().any(|x| x.is(DEAD)) {
            let fewer = |x: &Count| c.figure.min.zip(x.figure.max.or(x.figure.min)).is_some_and(|(n, all)| n < all);
            let near = |x: &Count| c.figure.span.start.saturating_sub(x.figure.span.end) < CARRIED_WITHIN / 2;
            let last = before.iter().rposition(|x| x.part_of.is_none());
            let fits = |i: &usize| fewer(&before[*i]) && near(&before[*i]) && HARM_KINDS.contains(&before[*i].kind) && !before[*i].negated;
            return last.filter(fits);
        }
        let leads = leads || before.len() == first && begins(items, c.at) && are && items[c.at].is(FIGURE) && people(c.at + 2) && no_more();
        // "66 of the victims were French, eleven were crew and three were babies."
        let went_on = before.len() > first && begins(items, c.at) && are && people(c.at + 2);
        // "Of them 22 were Mexicans, seven Guatemalans and two Hondurans."
        let went_on = went_on || before.len() > first && are_too(items, c);
        if let Some(whole) = before.last().and_then(|x| x.part_of).filter(|&w| went_on && w < first) {
            return Some(whole);
        }
        let leads = leads || included;
        let followed = followed || included;
        if !leads || !followed || c.never.is_some() || self.released(items, c) {
            return None;
        }
        // "101 of the dead were women. Six were children": of the same ones.
        let holds = |x: &Count| x.figure.max.is_none_or(|max| c.figure.min.is_none_or(|n| n <= max)) && HARM_KINDS.contains(&x.kind);
        let last = before.last().filter(|x| are && c.figure.span.start.saturating_sub(x.figure.span.end) < CARRIED_WITHIN);
        if let Some(whole) = last.and_then(|x| x.part_of).filter(|&w| holds(&before[w])) {
            return Some(whole);
        }
        // The last one that can hold so many, and is no part itself.
        let near = before
            .iter()
            .enumerate()
            .rev()
            .take(6)
            .take_while(|(_, x)| c.figure.span.start.saturating_sub(x.figure.span.end) < CARRIED_WITHIN);
        // "three of the victims" of what killed most likely died.
        let victims = items[c.at..c.end.min(items.len())].iter().any(|x| x.is(AMBIGUOUS));
        let dead = |x: &Count| x.kind == ClaimKind::Killed;
        near.filter(|(_, x)| holds(x) && !x.negated)
            .min_by_key(|(_, x)| (x.earlier, victims && !dead(x), x.part_of.is_some()))
            .map(|(i, _)| i)
    }

    /// Whether a figure is governed by "among the dead".
    pub(super) fn among(items: &[Item], c: &Candidate, relation: Relation) -> bool {
        match relation.side {
            Side::Left => items[..relation.trigger].iter().rev().take(2).any(|x| x.is(AMONG)),
            // "Two policemen are among the dead"
            Side::Right => among(items, relation.trigger) && !c.zero,
            Side::Noun | Side::Toll => false,
        }
    }

    /// "Five of the dead were children", "among the dead are two soldiers": the count of an earlier sentence that these are
    /// a part of.
    pub(super) fn whole_told(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        relation: Relation,
        first: usize,
        before: &[Count],
    ) -> Option<usize> {
        // "five of the dead", but not "hundreds of wounded"
        let article = |x: &Item| x.is(OF) && x.span.len() > 2 || x.is(DETERMINER);
        // "Of these, some 150 are still being held."
        let these = || c.of_them && items[..c.at].iter().take(3).any(|x| x.is(OF_THEM)) && begins(items, 0);
        let of = c.led.is_some() || these() || c.of_them && c.noun.is_some_and(|n| items[c.at + 1..n.max(c.at + 1)].iter().any(article));
        let among = Self::among(items, c, relation);
        let larger = |x: &Count| c.figure.min.zip(x.figure.max.or(x.figure.min)).is_some_and(|(n, whole)| n < whole);
        // "29 were killed, up from 19. Six of the dead were minors": of what is told now.
        let whole = |x: &Count| x.kind == relation.kind && x.part_of.is_none() && !x.negated && !x.background && !x.earlier && larger(x);
        // "four of the injured died": no part of those who had died.
        if c.led.or(c.noun).is_some_and(|n| items[n].is(HARM) && items[n].kind.is_some_and(|kind| kind != relation.kind)) {
            return None;
        }
        // Counts stand in order, so those near enough are the last.
        let from = before[..first].partition_point(|x| x.figure.span.end + CARRIED_WITHIN <= c.figure.span.start);
        let those = || the_dead_are(items, relation) || some_go_on(items, c, relation);
        let last = before[from..first].iter().rposition(whole).filter(|_| of || among || those()).map(|i| from + i);
        // "Of those killed, 22 were students": of the sum that the report began with.
        let sum = |x: &Count| whole(x) && (x.total || x.sum);
        let last = last.or_else(|| {
            before[first.saturating_sub(LOOKED_BACK)..from.min(first)]
                .iter()
                .position(sum)
                .filter(|_| c.led.is_some())
                .map(|i| first.saturating_sub(LOOKED_BACK) + i)
        })?;
        // "Ten died, which takes the toll to 121. Among the victims are two girls": of those who died then.
        let news = || {
            let beside = |i: &usize| !before[*i].total && !ends_between(text, before[*i].figure.span.end, before[last].figure.span.start);
            (from..last).rev().find(|i| whole(&before[*i]) && beside(i))
        };
        let sum = before[last].total && before[last].update;
        Some(last).filter(|_| !sum).or_else(news).or(Some(last))
    }

    /// A figure that says only that it is one: "put the figure at 18", "the figure of 164 was an error". What it counts
    /// stands with an earlier figure.
    pub(super) fn carried(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        first: usize,
        Found { counts: before, asked, passed, .. }: &Found,
    ) -> Option<(Count, Option<usize>)> {
        if c.never.is_some() || c.zero || c.of_them || c.head.is_some() || c.noun.is_some() || !items[c.at].is(FIGURE) {
            return None;
        }
        let taken = taken_back(items, c);
        // "put the figure at 18 medals" counts something else.
        let mut behind = items.iter().skip(c.at + 1);
        let other = |x: &Item| x.plain() && !x.is(LOCATIVE | DATED);
        if !taken && behind.next().is_some_and(other) && !behind.next().is_some_and(|x| x.is(DATED)) {
            return None;
        }
        let same = |x: &Count| (x.figure.min, x.figure.max) == (c.figure.min, c.figure.max);
        let harm = |x: &&Count| !matches!(x.kind, ClaimKind::Deployed | ClaimKind::Price | ClaimKind::Damage) && !x.background;
        // "In Somalia there were 21, in South Sudan nine"
        let led = c.at.checked_sub(name_before(items, c.at) + 1).filter(|&k| k + 1 < c.at && items[k].is(LOCATIVE));
        let parted = led.and_then(|k| k.checked_sub(1)).is_some_and(|k| items[k].is(AND));
        let listed = before.get(first..).and_then(<[Count]>::last).filter(|x| x.sum && parted && !taken);
        if let Some(last) = listed.filter(|_| items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND))) {
            let mut count = self.count(items, c, None, first, before);
            (count.kind, count.victim_class, count.rule, count.trigger) =
                (last.kind, last.victim_class, last.rule.clone(), items[c.at].span);
            (count.sum, count.source) = (true, last.source);
            return Some((count, None));
        }
        // "Around 70 were wounded. The military hospital has 41; another 28 are at the Sacred Heart clinic."
        let near = |x: &&Count| c.figure.span.start.saturating_sub(x.figure.span.end) < CARRIED_WITHIN;
        let hurt = |x: &&Count| x.kind == ClaimKind::Injured && !x.negated;
        if let Some(hurt) = Some(()).filter(|()| in_hospital(items, c)).and_then(|()| before.iter().rev().take_while(near).find(hurt)) {
            let mut count = self.count(items, c, None, first, before);
            (count.kind, count.victim_class, count.rule, count.partial) = (ClaimKind::Injured, hurt.victim_class, hurt.rule.clone(), true);
            return Some((count, None));
        }
        // "Nobody knows how many died. Doctors speak of seven."
        let last = before.last().map_or(0, |x| x.figure.span.end);
        let near_asked =
            |a: &&Asked| a.at >= last && a.at < c.figure.span.start && c.figure.span.start.saturating_sub(a.at) < CARRIED_WITHIN;
        if let Some(asked) = asked.as_ref().filter(near_asked).filter(|_| !taken) {
            let at = sum_reported(text, items, c, self.verb_first)?;
            let mut count = self.count(items, c, None, first, before);
            (count.kind, count.rule, count.trigger, count.sum) = (asked.kind, asked.rule.clone(), items[at].span, true);
            return Some((count, None));
        }
        // "The ferry was carrying 168 people. The minister gave a figure of 140": of those last told of, who were not harmed.
        let unharmed = passed.last().filter(|p| p.reason == Reason::Unharmed && p.span.start >= last);
        if !taken && unharmed.is_some_and(|p| c.figure.span.start.saturating_sub(p.span.end) < CARRIED_WITHIN / 3) {
            return None;
        }
        let (at, earlier) = if taken {
            (sum_of(items, c)?, before.iter().rev().filter(harm).find(|x| same(x))?)
        } else {
            let near = |x: &&Count| c.figure.span.start.saturating_sub(x.figure.span.end) < CARRIED_WITHIN;
            // "reported 78 deaths, raising the total to 31,490"
            let at = sum_reported(text, items, c, self.verb_first)?;
            let clause = &items[at.saturating_sub(2)..c.at];
            let total = at < c.at && clause.iter().any(|x| x.is(TOTAL)) && clause.iter().any(|x| x.is(UPDATE));
            let most = if total { 1e6 } else { 30.0 };
            // Two sums for one thing are of one order; a million marchers are no other sum for the wounded.
            let size = |f: &Figure| f.max.or(f.min).unwrap_or(1.0).max(1.0);
            let ratio = |x: &Count| size(&c.figure) / size(&x.figure);
            let of_one_order = |x: &&Count| (1.0 / 30.0..most).contains(&ratio(x));
            let mut fit = before.iter().rev().filter(harm).take_while(near).filter(|x| x.part_of.is_none()).filter(of_one_order);
            // "30 of whom died": no sum that another could take the place of, unless nothing else is told.
            let near_sum = fit.clone().find(|x| !x.partial || x.sum);
            // "revised its count down from 143 to 117": what was told of with the first figure, and both are of one kind.
            let went_on = before.get(first..).and_then(<[Count]>::last).filter(|x| x.figure.former && x.sum);
            let told = || before.iter().rev().take(LOOKED_BACK).filter(harm).find(|x| x.figure.min == c.figure.min && !x.open);
            let known = went_on.or_else(|| told().filter(|_| c.figure.former));
            let nearest = near_sum.or_else(|| fit.next()).or(known)?;
            // "Eight died and 55 were hurt. By evening the count stood at 11": of those told of together the one nearest in size.
            let beside = fit.take_while(|x| !ends_between(text, x.figure.span.end, nearest.figure.span.start));
            let apart = |x: &Count| ratio(x).ln().abs();
            (at, known.or_else(|| std::iter::once(nearest).chain(beside).min_by(|a, b| apart(a).total_cmp(&apart(b))))?)
        };
        let (kind, class, rule) = (earlier.kind, earlier.victim_class, earlier.rule.clone());
        let mut count = self.count(items, c, None, first, before);
        (count.kind, count.victim_class, count.rule, count.trigger) = (kind, class, rule, items[at].span);
        (count.taken_back, count.negated, count.sum) = (taken, count.negated || taken, !taken);
        count.update |= items[c.at.saturating_sub(8)..c.at].iter().any(|x| x.is(UPDATE));
        if let Some((who, verb)) = counted_by_another(text, items, c).or_else(|| told_as(items, c)) {
            count.source = Some((who, items[verb].span));
        }
        // "spoke of 20 dead, then of 40": said by the same.
        if then_of(items, c).is_some() {
            count.source = count.source.or_else(|| before.get(first..)?.last()?.source);
        }
        Some((count, None))
    }

    /// Troops sent, prices and damaged things: only what no figure of harm could be.
    pub(super) fn beyond_harm(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        dates: &[Span],
        first: usize,
        before: &[Count],
    ) -> Option<(Count, Option<usize>)> {
        if !items[c.at].is(FIGURE | DEAD) || dates.iter().any(|d| d.overlaps(c.figure.number)) {
            return None;
        }
        let deployed = || deployed(items, c).map(|k| (ClaimKind::Deployed, k));
        let damage = || damaged(items, c).map(|k| (ClaimKind::Damage, k));
        let price = || priced(text, items, c).map(|k| (ClaimKind::Price, k));
        let (kind, k) = deployed().or_else(damage).or_else(price)?;
        let rule = items[k].class_rule?;
        let mut count = self.count(items, c, None, first, before);
        (count.kind, count.trigger, count.victims, count.victim_class) = (kind, items[k].span, None, VictimClass::Unknown);
        count.rule = self.rules.rules[rule].id.clone();
        // "rose from 60 to 120 tenge": what it costs now.
        let span = c.figure.span;
        let now = span.of(text).rsplit(char::is_whitespace).next().map(|w| Span::new(span.end - w.len(), span.end));
        if let (ClaimKind::Price, Bound::Range, Some(max), Some(now)) = (kind, c.figure.bound, c.figure.max, now)
            && !span.of(text).starts_with(|x: char| x.is_ascii_digit())
        {
            count.figure = self.numbers.exactly(now, max);
        }
        Some((count, Some(rule)))
    }
}

/// Whether a sentence ends between two places of a text.
fn ends_between(text: &str, from: usize, to: usize) -> bool {
    has_an_end(text.get(from..to).unwrap_or_default())
}

/// Whether a sentence ends within what stands between two figures.
pub(crate) fn has_an_end(between: &str) -> bool {
    between.contains('\n') || between.contains(". ")
}

/// "The dead were 16 men and five women", "the dead included 78 civilians": who they were whom an earlier figure counted.
fn the_dead_are(items: &[Item], relation: Relation) -> bool {
    let k = relation.trigger;
    let named = relation.side == Side::Left && items[k].is(STATE | NOUN) && k > 0 && items[k - 1].is(DETERMINER) && !items[k - 1].is(OF);
    named && items.get(k + 1).is_some_and(|x| x.is(BE | INCLUDING) && !x.is(MARK))
}

/// "Twenty-three were maimed. Four had lost legs": a figure alone at the start of a sentence that tells of no other place.
fn some_go_on(items: &[Item], c: &Candidate, relation: Relation) -> bool {
    let bare = c.head.is_none() && c.noun.is_none() && !c.zero && !c.other && c.end == c.at + 1 && relation.side == Side::Right;
    let begins = c.at == 0 || c.at == 1 && items[0].is(MARK);
    let placed = |w: &[Item]| w[0].is(LOCATIVE | TOWARD) && w[1].capital;
    let verb =
        items.get(c.end).is_some_and(|x| x.is(BE | HAVE | STATE | INTRANSITIVE | ACTIVE | DATED | EARLIER) && !x.is(MARK | LOCATIVE | AND));
    bare && begins && verb && !items[c.at].is(ANOTHER) && !items[c.end..].windows(2).take(14).any(placed)
}

/// Whether nothing but a number says who some of those told of are: "three of whom were decapitated".
pub(super) fn of_the_same(items: &[Item], c: &Candidate, relation: Relation) -> bool {
    let them = c.of_them && c.noun.is_none() && c.led.is_none() && items.get(c.end).is_none_or(|x| !x.is(BE));
    c.head.is_none() && c.class.is_none() && (them || some_go_on(items, c, relation))
}

/// "They included three children", "the latter include a nurse": whom an earlier count counted.
fn they_included(items: &[Item], c: &Candidate) -> bool {
    // "The victims were a churchwarden and two women."
    let those = items.first().is_some_and(|x| x.is(THEY) && x.span.len() > 5) && items.get(1).is_some_and(|x| x.is(BE) && !x.is(MARK));
    let verb = items[..c.at].iter().position(|x| x.is(INCLUDING) && !x.is(MARK)).or_else(|| (those && c.at > 1).then_some(1));
    let Some(verb) = verb else {
        // "Four nurses are among them."
        let rest = items.get(c.end..).unwrap_or_default();
        let among = rest.first().is_some_and(|x| x.is(BE)) && rest.get(1).is_some_and(|x| x.is(INCLUDING));
        return among && begins(items, c.at) && rest.get(2).is_none_or(|x| x.is(MARK | AND));
    };
    let listed = |x: &Item| {
        x.plain() || x.is(FIGURE | ARTICLE | VICTIM | AND | DETERMINER | OTHER | OF | DEAD | THING | LINK | BY) && !x.is(HARM | STOP)
    };
    // "Among them is a girl of nine."
    let be = verb + 1 + usize::from(verb == 0 && items.get(1).is_some_and(|x| x.is(BE) && !x.is(MARK)));
    // "That figure includes twelve children."
    let sum = |k: usize| {
        k <= 2
            && items[k].is(SUM | TOLL)
            && items[..k].iter().all(|x| !x.is(FIGURE | HARM) && (x.is(DETERMINER | STOP | RELATIVE) || x.plain()))
    };
    let them = if verb == 0 { be > 1 } else { verb <= 2 && items[verb - 1].is(THEY) || sum(verb - 1) };
    // "Among them is one of 12 people accused"
    let some = items[c.at - 1].is(OF) && !items[c.at - 1].is(DETERMINER);
    them && !some && items.get(be..c.at).is_some_and(|between| between.iter().all(listed))
}

/// "The military hospital has 41", "another 28 are at the Sacred Heart clinic".
fn in_hospital(items: &[Item], c: &Candidate) -> bool {
    const NAME: usize = 6;
    let name = |x: &&Item| x.plain() || x.is(DETERMINER | HOSPITAL | THING) && !x.is(MARK | FIGURE | HARM | BE | HAVE);
    let ends = items.get(c.end).is_none_or(|x| x.is(MARK | AND));
    let have = c.at.checked_sub(1).filter(|&k| ends && items[k].is(HAVE) && !items[k].is(BE | MARK | AND));
    let has = have.is_some_and(|k| {
        let subject = items[..k].iter().rev().take(NAME).take_while(name).count();
        items[k - subject..k].iter().any(|x| x.is(HOSPITAL)) && begins(items, k - subject)
    });
    let at = items.get(c.end).is_some_and(|x| x.is(BE) && !x.is(MARK)) && items.get(c.end + 1).is_some_and(|x| x.is(LOCATIVE));
    has || at && items[c.end + 2..].iter().take(NAME).take_while(name).any(|x| x.is(HOSPITAL))
}

/// Whether nothing is said of whom a figure counts.
fn bare_number(items: &[Item], c: &Candidate) -> bool {
    c.head.is_none() && c.noun.is_none() && !c.zero && !c.of_them && items[c.at].is(FIGURE)
}

/// The word for a sum that a figure is the value of: "the figure of 164".
fn sum_of(items: &[Item], c: &Candidate) -> Option<usize> {
    let near = items[..c.at].iter().enumerate().rev().take(3);
    let mut upto = near.take_while(|(_, x)| x.is(DETERMINER | OF | SUM | QUANTITY | TOLL));
    upto.find(|(_, x)| x.is(SUM | QUANTITY | TOLL)).map(|(k, _)| k)
}

/// The word for a sum that somebody's verb gives a value: "put the figure at 18", "cifró en 18 la cifra".
fn sum_reported(text: &str, items: &[Item], c: &Candidate, verb_first: bool) -> Option<usize> {
    if let Some(verb) = reported(items, c).or_else(|| counted_by_another(text, items, c).map(|(_, verb)| verb)) {
        return Some(verb);
    }
    // "the figure rose to 118", "la cifra asciende a 118"
    let rest = items[..c.at].iter().rposition(|x| !x.is(LINK | DETERMINER | BE | HAVE) && !x.is(UPDATE));
    if let Some(sum) = rest.filter(|&k| {
        k + 1 < c.at
            && items[k].is(SUM)
            && !items[k].is(QUANTITY)
            && items[k + 1..c.at].iter().any(|x| x.is(UPDATE | LINK) && !x.is(DETERMINER | BE))
    }) {
        return Some(sum);
    }
    // "El recuento inicial, a las ocho de la mañana, era de nueve"
    let joined = items[..c.at].iter().rev().take(3).take_while(|x| x.is(BE | OF | LINK) && !x.is(MARK | FIGURE)).count();
    let be = c.at - joined;
    // "La cifra oficial es de 160"
    let is_of = |x: &Item| x.is(BE) || x.is(LINK) && !x.is(MARK) && x.span.of(text).contains(' ');
    if joined > 0 && is_of(&items[be]) && items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND | STOP)) {
        let comma = |k: usize| items[k].is(MARK) && items[k].is(AND);
        let aside = be
            .checked_sub(1)
            .filter(|&k| comma(k))
            .and_then(|k| (k.saturating_sub(10)..k).rev().find(|&j| items[j].is(MARK | FIGURE | HARM)));
        let end = aside.filter(|&k| comma(k)).unwrap_or(be);
        // "la cifra del Gobierno"
        let word = |x: &&Item| (x.plain() || x.is(OF | DETERMINER) && !x.is(FIGURE | HARM)) && !x.is(SUM);
        let words = items[..end].iter().rev().take(4).take_while(word).count();
        if let Some(k) = end.checked_sub(words + 1).filter(|&k| items[k].is(SUM) && !items[k].is(QUANTITY)) {
            return Some(k);
        }
    }
    // "gave a more conservative count of 469", "una cifra inferior de 110"
    let quiet = |x: &Item| !x.is(HARM | FIGURE | STOP | MARK | RELATIVE | BE);
    if items.get(c.end).is_none_or(|x| x.is(MARK | AND | STOP | INCLUDING | OF_THEM)) {
        let of = usize::from(c.at > 0 && items[c.at - 1].is(OF));
        let words = items[..c.at - of].iter().rev().take(3).take_while(|x| of > 0 && quiet(x) && !x.is(SUM)).count();
        if let Some(sum) = (c.at - of).checked_sub(words + 1).filter(|&k| items[k].is(SUM)) {
            return Some(sum);
        }
    }
    // "en total habían sido 26", "seguía en trece", "el INE dice que seis": nothing is said of whom.
    let ends = items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND | STOP | INCLUDING | OF_THEM));
    if let Some(k) = bare_sum(items, c.at).filter(|_| ends && verb_first) {
        return Some(k);
    }
    // "gave its own total for the day, 45"
    let comma = c.at.checked_sub(1).filter(|&k| items[k].is(MARK) && items[k].is(AND) && items.get(c.at + 1).is_none_or(|x| x.is(MARK)));
    let named = |k: &usize| items[..*k].iter().rev().take(5).position(|x| x.is(SUM | TOLL)).map(|back| k - 1 - back);
    if let Some(sum) = comma.as_ref().and_then(named) {
        let verb = items[..sum].iter().rev().take(4).position(|x| x.is(REPORT)).map(|back| sum - 1 - back);
        if let Some(verb) = verb.filter(|&v| items[v + 1..sum].iter().chain(&items[sum + 1..c.at - 1]).all(quiet)) {
            return Some(verb);
        }
    }
    // "had spoken of 200 drowned and on Thursday of 615"
    if c.at > 1 && items[c.at - 1].is(OF) && items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND)) {
        let words = items[..c.at - 1].iter().rev().take(4).take_while(|x| x.plain() || x.is(DETERMINER | DEAD) && !x.is(AND)).count();
        let and = (c.at - 1).checked_sub(words + 1).filter(|&k| items[k].is(AND) && !items[k].is(MARK));
        let clause = and.map_or(0, |k| items[..k].iter().rev().take(9).take_while(|x| !x.is(MARK | RELATIVE)).count());
        let counts = |k: usize| items[k].is(REPORT) && (items[k + 1].is(OF | FIGURE) || items[k + 2].is(FIGURE));
        if let Some(verb) = and.and_then(|and| (and - clause..and).find(|&k| counts(k))) {
            return Some(verb);
        }
    }
    // "habló de 20 muertos, luego de 40, y a medianoche de 53"
    if let Some(verb) = then_of(items, c) {
        return Some(verb);
    }
    // "In Somalia there were 21"
    let there = c.at.checked_sub(2).filter(|&k| ends && items[k].is(THERE) && items[k + 1].is(BE) && !items[k + 1].is(MARK));
    if let Some(k) = there {
        let name = name_before(items, k);
        let within = k.checked_sub(name + 1).filter(|&j| name > 0 && items[j].is(LOCATIVE));
        // "In the same period of 2021 there were 98"
        let comma = usize::from(k.checked_sub(1).is_some_and(|k| items[k].is(MARK) && items[k].is(AND)));
        let when = items[..k - comma].iter().rev().take(8).take_while(|x| !x.is(MARK | FIGURE | HARM | LOCATIVE) || x.is(DATED)).count();
        let dated = items[k - comma - when..k - comma].iter().any(|x| x.is(DATED | DEAD));
        let within = within.or_else(|| (k - comma).checked_sub(when + 1).filter(|&j| dated && items[j].is(LOCATIVE)));
        if within.is_some_and(|j| j.checked_sub(1).is_none_or(|j| items[j].is(MARK | AND))) {
            return Some(k + 1);
        }
    }
    // "The Americas accounted for ten, among them four in Mexico"
    if let Some(verb) = c.at.checked_sub(1).filter(|&k| ends && items[k].is(SUFFER) && items[k].span.of(text).contains(' ')) {
        let name = name_before(items, verb);
        let led = usize::from((verb - name).checked_sub(1).is_some_and(|k| items[k].is(DETERMINER) && !items[k].is(OF | LINK)));
        if name > 0 && (verb - name - led).checked_sub(1).is_none_or(|k| items[k].is(MARK | AND)) {
            return Some(verb);
        }
    }
    // "its figure was 5,800"
    if c.at >= 2 && items[c.at - 1].is(BE) && items[c.at - 2].is(SUM) && !items[c.at - 2].is(QUANTITY) {
        return Some(c.at - 2);
    }
    // "revised its own count down from 143 to 117"
    if let Some(verb) = revised(items, c) {
        return Some(verb);
    }
    // "put the figure as high as 150,000"
    let upto = |x: &Item| x.is(SUM) && !x.is(QUANTITY) && c.figure.bound == Bound::AtMost;
    c.at.checked_sub(1).filter(|&k| items[k].is(LINK) || upto(&items[k]))?;
    let clause = |x: &&Item| !(x.is(STOP | RELATIVE) || x.is(MARK) && matches!(x.span.of(text), ";" | ":" | "("));
    let own = items[c.at.saturating_sub(8)..c.at].iter().rev().take_while(clause).count();
    let from = c.at - own;
    let verb = (from..c.at).rev().find(|&k| items[k].is(REPORT) && !items[k].is(HARM))?;
    // "the number of hectares went to 18" is a sum of something else.
    let sum = |from: usize, to: usize| (from..to.min(items.len())).find(|&k| items[k].is(SUM) && !items[k].is(QUANTITY));
    let only = |from: usize, to: usize, roles: Roles| items.get(from..to).is_some_and(|s| s.iter().all(|x| x.is(roles)));
    // "elevó después la cifra a 17"
    let adverb = usize::from(items.get(verb + 1).is_some_and(|x| x.plain() && !x.capital && !x.is(SUM)));
    let before = sum(verb + 1, c.at).filter(|&k| only(verb + 1 + adverb, k, DETERMINER) && only(k + 1, c.at, DETERMINER | LINK));
    before.or_else(|| sum(c.end, c.end + 2).filter(|&k| only(verb + 1, c.at, DETERMINER | LINK) && only(c.end, k, DETERMINER)))
}

/// "spoke of 20 dead, then of 40, and at midnight of 53": the verb of the first.
fn then_of(items: &[Item], c: &Candidate) -> Option<usize> {
    const WORDS: usize = 4;
    const CLAUSE: usize = 20;
    let of = c.at.checked_sub(1).filter(|&k| items[k].is(OF) && !items[k].is(DETERMINER) || items[k].is(STOP) && !items[k].is(MARK))?;
    items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND)).then_some(())?;
    let quiet = |x: &&Item| (x.plain() || x.is(DETERMINER | DEAD | DATED)) && !x.is(AND | MARK | FIGURE | HARM);
    let words = items[..of].iter().rev().take(WORDS).take_while(quiet).count();
    let joined = (of - words).checked_sub(1).filter(|&k| items[k].is(AND) && (words > 0 || items[of].is(STOP)))?;
    let clause = items[..joined].iter().rev().take(CLAUSE).take_while(|x| !x.is(RELATIVE)).count();
    let counts = |k: usize| items[k].is(REPORT | TELL) && items[k + 1..joined].iter().take(4).any(|x| x.is(FIGURE)) && !items[k].is(HARM);
    let verb = (joined - clause..joined).find(|&k| counts(k))?;
    let said = items[verb + 1..joined].iter().take(3).any(|x| x.is(OF)) || items[verb + 1].is(FIGURE);
    said.then_some(verb)
}

/// The verb that revises a sum: "revised its own count down from 143 to 117", of both figures, and "a number that it revised to 23".
fn revised(items: &[Item], c: &Candidate) -> Option<usize> {
    const SUM_OF: usize = 4;
    let to = |k: usize| items[k].is(LINK) && !items[k].is(MARK | BE | HAVE | AND | DETERMINER);
    let figure = |k: usize| items.get(k).is_some_and(|x| x.is(FIGURE));
    let ends = |k: usize| items.get(k).is_none_or(|x| x.is(MARK | AND | STOP | LOCATIVE) || x.is(DATED));
    let before = c.at.checked_sub(1)?;
    let from = if c.figure.former && items.get(c.at + 1).is_some_and(|_| to(c.at + 1)) && figure(c.at + 2) && ends(c.at + 3) {
        Some(before)
    } else if ends(c.at + 1) && to(before) && before > 1 && figure(before - 1) {
        before.checked_sub(2)
    } else {
        None
    };
    if let Some(from) = from.filter(|&k| items[k].is(BEFORE_LINK | LINK | OF)) {
        let words = items[..from].iter().rev().take(3).take_while(|x| x.plain() && !x.is(SUM) || x.is(UPDATE) && !x.is(REPORT)).count();
        let sum = from.checked_sub(words + 1).filter(|&k| items[k].is(SUM | TOLL) && !items[k].is(QUANTITY))?;
        let between = items[..sum].iter().rev().take(SUM_OF).take_while(|x| (x.is(DETERMINER) || x.plain()) && !x.is(REPORT)).count();
        return sum.checked_sub(between + 1).filter(|&k| items[k].is(REPORT | UPDATE) && !items[k].is(HARM));
    }
    told_as(items, c).map(|(_, verb)| verb)
}

/// "a number it revised to 23", "a figure that the police put at 510": who gives a sum another value, and the verb.
fn told_as(items: &[Item], c: &Candidate) -> Option<(Span, usize)> {
    const SUBJECT: usize = 7;
    let to = |k: usize| items[k].is(LINK) && !items[k].is(MARK | BE | HAVE | AND | DETERMINER);
    let joined = |k: usize| items[k].is(REPORT) && !items[k].is(HARM);
    let ends = items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND | STOP | DATED));
    let before = c.at.checked_sub(1).filter(|_| ends)?;
    // "cifra en" is one word with its verb.
    let verb = if joined(before) { before } else { before.checked_sub(1).filter(|&k| to(before) && joined(k))? };
    let word = |x: &&Item| (x.plain() || x.is(DETERMINER | RELATIVE | DATED | HAVE | OBJECT | VICTIM)) && !x.is(SUM | FIGURE | MARK);
    let words = items[..verb].iter().rev().take(SUBJECT).take_while(word).count();
    let sum = verb.checked_sub(words + 1).filter(|&k| words > 0 && items[k].is(SUM) && !items[k].is(QUANTITY))?;
    let from = sum + 1 + items[sum + 1..verb].iter().take_while(|x| x.is(RELATIVE | OF)).count();
    let leads = items[..sum].last().is_none_or(|x| x.is(DETERMINER | ARTICLE | MARK));
    (leads && from < verb).then(|| (Span::new(items[from].span.start, items[verb - 1].span.end), verb))
}

/// The verb whose bare value a figure is, in a clause that names no subject for it.
fn bare_sum(items: &[Item], at: usize) -> Option<usize> {
    let verb = at.checked_sub(1)?;
    let said = verb > 0 && items[verb].is(RELATIVE) && items[verb - 1].is(STOP | REPORT) && !items[verb - 1].is(RELATIVE);
    if said {
        return Some(verb - 1);
    }
    // "seguía en trece"
    if verb > 0 && items[verb].is(LOCATIVE) && items[verb - 1].is(STILL) {
        return Some(verb - 1);
    }
    let been = items[verb].is(BE | UPDATE) && items[verb].is(LINK) && !items[verb].is(DETERMINER | MARK);
    // "En octubre hubo 26", "y en noviembre ya se registraron 19"
    let had = items[verb].is(BE | OCCUR) && !items[verb].is(DETERMINER | MARK);
    // "el 21 de julio fueron 22"
    const DATE: usize = 6;
    // "El viernes habían sido 14"
    let helped = items[..verb].iter().rev().take(1).take_while(|x| x.is(HAVE) && !x.is(MARK | BE)).count();
    let verb = verb - helped;
    let day = items[..verb].iter().rev().take(DATE).take_while(|x| x.is(DATED)).count();
    let words = day + items[..verb - day].iter().rev().take(3).take_while(|x| x.is(TOTAL | DETERMINER) || x.is(DEAD)).count();
    let lead = verb.checked_sub(words + 1);
    // "En Castilla-La Mancha son siete", "En 2022 fueron 1.784": a clause that begins with where or when.
    let there = items[..verb]
        .iter()
        .rev()
        .take(6)
        .take_while(|x| !x.is(LOCATIVE | SINCE) && (x.plain() || x.is(DEAD | THING | DETERMINER | OF)))
        .count();
    // "en lo que va de noviembre ya se registraron 19"
    let there = verb.checked_sub(there + 1).filter(|&k| there > 0 && items[k].is(LOCATIVE | SINCE));
    // "cuando en todo febrero fueron 79"
    let lead = there.filter(|&k| k == 0 || items[k - 1].is(MARK | AND | STOP)).map_or(lead, |k| k.checked_sub(1));
    let lead = lead.filter(|&k| !(items[k].is(STOP) && there == Some(k + 1)));
    let opened = there.is_some_and(|k| items[k + 1..verb].iter().any(|x| x.is(DATED | DEAD) || x.capital));
    ((been || had && opened) && lead.is_none_or(|k| items[k].is(RELATIVE | MARK | AND))).then_some(verb)
}

/// "The diocese speaks of 119 dead; the government, of at least 108": who counts, and the verb of the clause before.
fn counted_by_another(text: &str, items: &[Item], c: &Candidate) -> Option<(Span, usize)> {
    let ends = items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND | OF_THEM | INCLUDING | SINCE));
    if let Some(found) = counted_too(items, c).filter(|_| ends) {
        return Some(found);
    }
    let of = usize::from(c.at > 0 && items[c.at - 1].is(OF | LINK) && !items[c.at - 1].is(MARK));
    let comma = c.at.checked_sub(1 + of).filter(|&k| ends && items[k].is(MARK) && items[k].is(AND))?;
    let who = items[..comma].iter().rev().take(8).take_while(|x| x.plain() || x.is(DETERMINER | OF)).count();
    let parted = comma.checked_sub(who + 1).filter(|&k| who > 0 && items[k].is(MARK) && items[k].span.of(text) == ";")?;
    const CLAUSE: usize = 40;
    let verb = (parted.saturating_sub(CLAUSE)..parted).rev().find(|&k| items[k].is(REPORT) && !items[k].is(HARM))?;
    Some((Span::new(items[parted + 1].span.start, items[comma - 1].span.end), verb))
}

/// "The teacher puts the number at 187, the state police at about 100": the same again by another, right behind the first.
fn counted_too(items: &[Item], c: &Candidate) -> Option<(Span, usize)> {
    const SUBJECT: usize = 6;
    let link = c.at.checked_sub(1).filter(|&k| items[k].is(LINK) && !items[k].is(MARK | BE | HAVE | AND) && items[c.at].is(FIGURE))?;
    let who = items[..link].iter().rev().take(SUBJECT).take_while(|x| (x.plain() || x.is(DETERMINER | OF | VICTIM)) && !x.is(LINK | HARM));
    let from = link - who.count();
    let first = from.checked_sub(2).filter(|&k| from < link && items[from - 1].is(AND) && items[k].is(FIGURE))?;
    let same = first.checked_sub(1).is_some_and(|k| items[k].is(LINK) && items[k].roles == items[link].roles);
    let verb = (first.saturating_sub(8)..first).rev().find(|&k| items[k].is(REPORT) && !items[k].is(HARM))?;
    same.then(|| (Span::new(items[from].span.start, items[link - 1].span.end), verb))
}

/// Whether a sum is taken back: "withdrew the figure of 164", "the toll of 164 was an error".
pub(super) fn taken_back(items: &[Item], c: &Candidate) -> bool {
    let Some(sum) = sum_of(items, c) else { return false };
    // "corrigió la cifra a seis": what it became.
    if c.at > sum + 1 && items[c.at - 1].is(PERSONAL) {
        return false;
    }
    if items[..sum].iter().rev().take(6).take_while(|x| !x.is(STOP | FIGURE)).any(|x| x.is(WITHDRAW)) {
        return true;
    }
    let mut after = items.iter().skip(c.at + 1).take(9).take_while(|x| !x.is(FIGURE) && (!x.is(STOP) || x.is(BE)));
    after.by_ref().any(|x| x.is(BE)) && after.take(4).any(|x| x.is(WRONG))
}

/// The word of sending troops that governs a figure.
fn deployed(items: &[Item], c: &Candidate) -> Option<usize> {
    if c.never.is_some() || c.zero || c.head.is_none() || c.class != Some(VictimClass::Security) {
        return None;
    }
    // "several security forces" counts bodies of troops, and says nothing of their strength.
    if c.figure.vague.is_some() && c.figure.max.is_some_and(|n| n < 10.0) {
        return None;
    }
    let before = (0..c.at).rev().take(4).find(|&k| !items[k].is(DETERMINER | OTHER) || items[k].is(DEPLOY));
    if let Some(k) = before.filter(|&k| items[k].is(DEPLOY)) {
        return Some(k);
    }
    let helped = items[c.end..].iter().take(3).take_while(|x| x.is(BE | HAVE)).count();
    let k = c.end + helped;
    let word = items.get(k).is_some_and(|x| x.is(DEPLOY));
    // "2,500 soldiers sent to the border", but not "soldiers sent a letter".
    let fits = helped > 0 || items.get(k + 1).is_some_and(|x| x.is(LINK | BY) && !x.is(ARTICLE));
    (word && fits).then_some(k)
}

/// The word of damage that governs a figure of things.
fn damaged(items: &[Item], c: &Candidate) -> Option<usize> {
    let thing = c.thing.filter(|&t| items[t].is(GOODS))?;
    let before = (0..c.at).rev().take(4).find(|&k| !items[k].is(DETERMINER | OTHER) || items[k].is(DAMAGE));
    if let Some(k) = before.filter(|&k| items[k].is(DAMAGE)) {
        return Some(k);
    }
    // "31 shops and two police stations were burned down"
    const LIST: usize = 4;
    let next = |&last: &usize| {
        items.get(last + 1).filter(|x| x.is(AND))?;
        items.get(last + 2).filter(|x| x.is(FIGURE | ARTICLE | DEAD))?;
        (last + 3..last + 6).take_while(|&k| items.get(k).is_some_and(|x| !x.is(MARK | FIGURE | BE))).find(|&k| items[k].is(GOODS))
    };
    let last = std::iter::successors(Some(thing), next).take(LIST).last().unwrap_or(thing);
    // "Tres buses del Transantiago fueron apedreados", "dos sucursales bancarias quedaron con daños"
    const OF: usize = 5;
    let aside = |x: &&Item| x.plain() && !x.is(DAMAGE) || x.is(super::lexicon::OF | DETERMINER | LOCATIVE) && !x.is(BE | HAVE | MARK);
    let words = items[last + 1..].iter().take(OF).take_while(aside).count();
    let helped = |from: usize| items[from..].iter().take(3).take_while(|x| x.is(BE | HAVE) && !x.is(DAMAGE)).count();
    let far = last + 1 + words;
    let last = if helped(far) > 0 { far } else { last + 1 };
    let k = last + helped(last);
    items.get(k).is_some_and(|x| x.is(DAMAGE)).then_some(k)
}

/// The word that makes a sum of money a price: "the price rose to 120 tenge", "120 tenge a litre".
fn priced(text: &str, items: &[Item], c: &Candidate) -> Option<usize> {
    let money = |k: Option<usize>| k.and_then(|k| items.get(k)).is_some_and(|x| x.is(CURRENCY | MONEY));
    let paid = |at: usize| if money(Some(at + 1)) { Some(at + 2) } else { money(at.checked_sub(1)).then_some(at + 1) };
    let end = paid(c.at)?;
    if items.get(end).is_some_and(|x| x.is(PER_UNIT)) {
        return Some(end);
    }
    let ends = |x: &Item| x.is(STOP | HARM | RELATIVE) || x.is(MARK) && matches!(x.span.of(text), ";" | ":");
    let clause = |k: &usize| !ends(&items[*k]);
    (0..c.at).rev().take(12).take_while(clause).find(|&k| items[k].is(PRICE))
}

/// The verb of counting whose bare object a figure is: "the government admits 19, one of them a policeman", "the Church speaks of 80 since May".
pub(super) fn reported(items: &[Item], c: &Candidate) -> Option<usize> {
    let ends = items.get(c.at + 1).is_none_or(|x| x.is(MARK | AND | STOP | OF_THEM | INCLUDING | SINCE | DATED));
    // "put it at 377,000 by the end of 2021"
    let dated = || items[c.at + 1..].iter().take(4).take_while(|x| !x.is(MARK | HARM | FIGURE | VICTIM)).any(|x| x.is(DATED));
    let ends = ends || items[c.at + 1].is(BY | LOCATIVE) && dated();
    // "admits to only 13"
    // "admite ahora dos"
    let at =
        c.at - items[..c.at].iter().rev().take(1).filter(|x| x.is(DETERMINER) && !x.is(LINK | OF) || x.is(DATED) && !x.is(FIGURE)).count();
    // "tras haber informado el martes de cuatro"
    let told = |k: usize| {
        let day = items[..k].iter().rev().take(4).take_while(|x| x.is(DATED) || x.is(DETERMINER) && !x.is(OF | LINK)).count();
        day > 0 && (k - day).checked_sub(1).is_some_and(|v| items[v].is(REPORT | TELL))
    };
    if let Some(of) = at.checked_sub(1).filter(|&k| ends && items[k].is(OF) && !items[k].is(DETERMINER) && told(k)) {
        return items[..of].iter().rposition(|x| x.is(REPORT | TELL)).filter(|&v| v > 0 && !items[v].is(HARM));
    }
    let of = at.checked_sub(1).is_some_and(|k| items[k].is(OF) && k > 0 && items[k - 1].is(REPORT));
    let verb = at.checked_sub(1 + usize::from(of)).filter(|&k| ends && items[k].is(REPORT) && !items[k].is(HARM))?;
    // Somebody must count: "reported 20" at the start of a sentence tells of none.
    (verb > 0).then_some(verb)
}
