//! Reported figures: what was counted, of whom, before it is known who said so, when and where.
//!
//! 1. [`Casualties::items`] turns a sentence into items: figures, and words of harm, victims and grammar from the pack's
//!    lists. Everything else is a word without a role.
//! 2. Every figure, and every article before a word for one person, is a candidate with a noun phrase behind it.
//! 3. [`Casualties::direct`] looks for the word of harm that governs a candidate: beside it ("20 wounded"), after it ("20
//!    people … were killed"), or before it ("killing at least 20", "murieron 15 personas").
//! 4. [`Casualties::tolls`] gives "the death toll rose to 26" its figure.
//! 5. [`Casualties::inherit`] carries kind and victims over coordination and "including".
//!
//! The grammar is shallow on purpose: it works on capitals-only wire text and on headlines as well as on prose. What the
//! words are stands in each pack's `casualties.toml`.

mod beyond;
mod candidates;
mod describing;
mod governing;
mod lexicon;

use std::cell::LazyCell;

use foldhash::{HashMap, HashMapExt};

use super::numbers::{Figure, Numbers, Policy};
use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, RuleId, Rules, check};
use crate::span::Span;
use crate::text::{Text, Token, TokenKind, tokens};
use crate::vocabulary::{ClaimKind, Reason, VictimClass};
pub(crate) use beyond::has_an_end;
use beyond::{HARM_KINDS, of_the_same, taken_back};
use candidates::{Candidate, Relation, told_what};
use describing::{
    began, behind_locatives, clauses, date_uses, holders, inside, located, missing_since, off, prisons, regions, scenes, seats, since_then,
    struck, taken_from, toward, wards, wider,
};
use governing::{heads_rows, inherit, listed_name, row_below};
use lexicon::*;

/// A figure that counts people harmed (or deployed, or a price, or damage).
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The figure.
    pub figure: Figure,
    /// What it counts.
    pub kind: ClaimKind,
    /// The words for those harmed, as written.
    pub victims: Option<Span>,
    /// How the text presents them.
    pub victim_class: VictimClass,
    /// The words for who did it, where the text says so.
    pub perpetrator: Option<Doer>,
    /// Who gives the figure as the subject of a verb of counting ("Viasna has counted 40 dead"), with that verb.
    pub source: Option<(Span, Span)>,
    /// The verb is one of telling, not of counting ("informó el domingo de 17 muertos").
    pub told: bool,
    /// Who gives it is no more than a pronoun ("It raised its count to 13").
    pub pronoun: bool,
    /// The word that carries the harm ("killed", "muertos").
    pub trigger: Span,
    /// The text denies it.
    pub negated: bool,
    /// The word that denies it, where nothing else does.
    pub denial: Option<Span>,
    /// The text supposes it ("could die", "habrían muerto").
    pub hypothetical: bool,
    /// The text says that it is hearsay without saying whose ("reportedly", "habrían").
    pub hearsay: bool,
    /// The text calls it a total ("death toll", "in all").
    pub total: bool,
    /// What has gone on has cost so many, on no single day ("the war has killed 60,000", "so far the protests have left 37 dead").
    pub lasting: bool,
    /// The figure is an earlier one that another replaces ("rose from 15").
    pub earlier: bool,
    /// The figure is what a toll has become ("rose to 26").
    pub update: bool,
    /// The figure is another sum for what an earlier one counts ("put the figure at 18").
    pub sum: bool,
    /// It is no sum of all who were harmed: so many more ("another five"), some of those told of ("six of the dead"), or what a sum in its
    /// sentence adds ("12 died, bringing the toll to 40").
    pub partial: bool,
    /// The text speaks of an anniversary or the like: another, earlier event.
    pub background: bool,
    /// The word for those counted leaves open what befell them ("víctimas").
    pub open: bool,
    /// As many more of whom it has been so since the same day ("another 28,000 have been arrested").
    pub goes_on: bool,
    /// Those counted are bodies, which may be found long after.
    pub bodies: bool,
    /// The text says how those counted still are ("still missing", "siguen internados"), which is of the day that it is told on.
    pub status: bool,
    /// Index of the count this one is a part of ("including 36 officers"), among those found in the same text.
    pub part_of: Option<usize>,
    /// The text takes the figure back ("the figure of 164 was an error").
    pub taken_back: bool,
    /// The name that a list gives with the figure: "Deaths by province: Herat, 12".
    pub listed_as: Option<Span>,
    /// What stands behind the words for "in" of its sentence, where places are looked for first.
    pub located: Vec<Span>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// Who did harm, by the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doer {
    /// The words.
    pub span: Span,
    /// They hold a word for people; else only a capital speaks for them, and they must be a name.
    pub people: bool,
}

/// A number of the text that counts nobody harmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed {
    /// The number with the words that bound it.
    pub span: Span,
    /// Why it is no claim.
    pub reason: Reason,
    /// The rule that says so, if it was one.
    pub rule: Option<RuleId>,
}

/// What the words before a date make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateUse {
    /// "since Monday": from then until the report.
    Since,
    /// The same, with a clause of its own behind it ("since 2014, when …").
    SinceWhen,
    /// "Sunday's blaze", "la riada del martes": when what is named beside it happened.
    OfEvent,
    /// "the protests that began on Monday": not when the harm was done.
    Begun {
        /// What began goes on for days.
        lasts: bool,
    },
    /// "missing as of Sunday noon": when a figure stood so.
    AsOf,
    /// "two days after street fighting": that long before, what follows happened; `in_which` where a clause of its own tells what was done then.
    Later {
        /// "a day after the coup in which 150 died"
        in_which: bool,
    },
    /// "the deadliest attack since 2014": what the event is set against.
    Compared,
    /// "the deadliest raid since the group seized 200 girls last month": of what the event is set against, whose own figures it dates.
    OfRecord,
    /// "118 dead, against 176 in February": of the second figure only.
    Against,
    /// "the past 24 hours": until the report.
    Recent,
    /// "the first three months of 2021": so long from the beginning of the year or month that follows.
    First {
        /// "the first three months of the year": of that of the report.
        of_year: bool,
    },
    /// "three days of protests": until the report, or until the day that it is said to have ended on.
    During,
    /// "overnight": that night, and the morning of the day after.
    Overnight,
    /// "jailed on Friday for the murder of three": when a court dealt with the harm, not when it was done.
    Judged,
    /// "On Sunday the ministry spoke of 12": when somebody said something.
    Told,
    /// "Rescuers struggled on Monday to reach villages cut off by a quake that killed 98": when something was done about it.
    Done,
    /// "between Thursday and Saturday": the first of two, the second of which stands here.
    Until(Span),
}

/// A sentence that says where or when what was told of happened: "The fighting took place near Penas Blancas on Monday."
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The clause, from the beginning of its sentence.
    pub span: Span,
    /// The capitals of its places, the likeliest first.
    pub places: Vec<Span>,
}

/// What became of every number of a text, and what its dates and places are to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Those that are reported figures, in order.
    pub counts: Vec<Count>,
    /// All others, in order.
    pub passed: Vec<Passed>,
    /// The dates that are not simply when something was done, in order.
    pub dates: Vec<(Span, DateUse)>,
    /// Capitals behind words for to and from, in order: no harm was done there.
    pub toward: Vec<Span>,
    /// Names of hospitals, in order: where those harmed were brought.
    pub wards: Vec<Span>,
    /// Names of prisons, in order.
    pub prisons: Vec<Span>,
    /// Capitals behind "from", in order: where those who were seized had been.
    pub taken_from: Vec<Span>,
    /// Capitals behind words for whose something is, in order: who holds it, not where.
    pub held: Vec<Span>,
    /// Places that say in what wider place the one before them lies.
    pub wider: Vec<Span>,
    /// Places that something was so far from, in order: "60 miles north of Nouadhibou".
    pub off: Vec<Span>,
    /// Names right behind a word for "in", in order: a place, whatever else has the same name.
    pub inside: Vec<Span>,
    /// Names behind the word for an attack, in order: what was struck, a person or a place.
    pub struck: Vec<Span>,
    /// Sentences that say where or when it was, in order.
    pub scenes: Vec<Scene>,
    /// Names of provinces and the like, in order.
    pub regions: Vec<Span>,
    /// Words for a whole country, in order: "nationwide".
    pub nationwide: Vec<Span>,
    /// Words that refer back to a place, in order: "there".
    pub there: Vec<Span>,
    /// Words for where the report is from, in order: "here".
    pub here: Vec<Span>,
    /// Words for the capital behind a word for "in", in order: "in the capital".
    pub seats: Vec<Span>,
    /// Dates on which something began, in order.
    pub began: Vec<Span>,
    /// Clauses without a date of their own that count from such a day, in order: "since the protests began".
    pub since_then: Vec<Span>,
    /// Dates since when somebody was missing, in order: "three boys who had been missing since Friday".
    pub missing_since: Vec<Span>,
    /// Clauses that say of the name before them who or what it is, in order: ", which has been at war since April".
    pub clauses: Vec<Span>,
    /// The last question that a figure may answer.
    asked: Option<Asked>,
    /// What the rows of the list count whose heading or last row was read.
    listed: Option<Listed>,
}

/// "273 deaths so far:", "Deaths by province:": what the rows below count, "Herat: 12", "Kabul: 9".
#[derive(Clone, Debug, PartialEq)]
struct Listed {
    kind: ClaimKind,
    class: VictimClass,
    rule: RuleId,
    /// The count that they are parts of.
    whole: Option<usize>,
}

/// "Nobody knows how many died": what a figure without a noun of its own counts afterwards.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    at: usize,
    kind: ClaimKind,
    rule: RuleId,
}

/// The casualty rules of one language.
#[derive(Debug)]
pub struct Casualties {
    rules: Rules<Spec>,
    phrases: Phrases,
    verb_first: bool,
    /// What befalls those carried somewhere, with the rules that say so.
    carried_as: Vec<(ClaimKind, usize)>,
    numbers: Numbers,
}

impl Casualties {
    /// Compiles a pack's `casualties.toml` under the default policy.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        Self::load_with(pack, &Policy::shipped(Policy::DEFAULT)?)
    }

    /// The same under a chosen policy, which reads figures that only this stage finds ("a man").
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load_with(pack: &Pack, policy: &Policy) -> Result<Self> {
        let numbers = Numbers::load_with(pack, policy)?;
        let rules = Rules::<Spec>::load(pack, "casualties")?;
        let mut phrases = Phrases::default();
        let (mut verb_first, mut carried_as) = (false, Vec::new());
        for (index, rule) in rules.rules.iter().enumerate() {
            let spec = &rule.spec;
            let wrong = |message: &str| Error::Pack { file: rule.file.to_string(), line: rule.line, message: message.to_owned() };
            let mut roles = match spec.role {
                Role::State => STATE,
                Role::Active => ACTIVE,
                Role::Past => STATE | ACTIVE,
                Role::Intransitive => INTRANSITIVE,
                Role::Noun => NOUN,
                Role::Nominal => NOMINAL,
                Role::Toll => TOLL,
                Role::Victim => VICTIM,
                Role::Thing => THING,
                Role::OwnDeath => OWN_DEATH,
                Role::Deploy => DEPLOY,
                Role::Damage => DAMAGE,
                Role::Price => PRICE,
                Role::PerUnit => PER_UNIT,
                Role::Carried => CARRIED,
            };
            if roles & HARM != 0 && spec.kind.is_none() {
                return Err(wrong("a word of harm needs a `kind`"));
            }
            if spec.role == Role::Victim && spec.class.is_none() {
                return Err(wrong("a word for people needs a `class`"));
            }
            if spec.of_people {
                roles |= OF_PEOPLE;
            }
            if spec.no_members {
                roles |= NO_MEMBERS;
            }
            if spec.verb_first {
                roles |= VERB_FIRST;
                verb_first = true;
            }
            if let (Role::Carried, Some(kind)) = (spec.role, spec.kind) {
                carried_as.push((kind, index));
            }
            let harm = (roles & HARM != 0).then_some(index);
            let class = (roles & HARM == 0).then_some(index);
            for (list, extra) in [(&spec.words, 0), (&spec.singular, SINGULAR)] {
                let roles = roles | extra;
                let phrase = Phrase { kind: spec.kind, class: spec.class, rule: harm, class_rule: class, roles };
                list.iter().for_each(|word| phrases.add(word, &phrase));
            }
        }
        for (name, words) in &rules.words {
            let Some(bit) = LISTS.iter().position(|l| l == name) else { continue };
            let roles = (1 as Roles) << (LISTS_FROM as usize + bit);
            words.iter().for_each(|word| phrases.add(word, &Phrase { roles, ..Phrase::default() }));
        }
        Ok(Self { rules, phrases, verb_first, carried_as, numbers })
    }

    /// What became of every number of a text, in order. `figures` are those of the text; `dates` are the spans of its
    /// temporal expressions, whose numbers count nobody.
    #[must_use]
    pub fn find(&self, text: &Text<'_>, figures: &[Figure], dates: &[Span]) -> Found {
        let mut found = Found::default();
        let words = self.phrases.words(text.as_str(), &text.tokens);
        let (mut read, mut waiting) = (Vec::new(), 0);
        for (_, range) in text.each_sentence() {
            // A text without stops is one sentence; read piece by piece, it takes no longer than others.
            for (own, words) in text.tokens[range.clone()].chunks(LONGEST_SENTENCE).zip(words[range].chunks(LONGEST_SENTENCE)) {
                let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
                let from = figures.partition_point(|f| f.span.start < first.span.start);
                let to = figures.partition_point(|f| f.span.start < last.span.end);
                let before = dates.partition_point(|d| d.end <= first.span.start);
                let after = dates.partition_point(|d| d.start < last.span.end);
                let dates = dates.get(before..after).unwrap_or_default();
                let figures = &figures[from..to.max(from)];
                let mut sentence = Sentence { own, words, figures, dates, items: None, counts: false };
                // Without a figure or a word of harm nobody is counted, unless it goes on with those of whom the text told before.
                let goes_on = !found.counts.is_empty() || found.listed.is_some();
                if goes_on || !figures.is_empty() || words.iter().any(Word::tells) {
                    let mut items = self.items(text.as_str(), own, words, figures);
                    let first = found.counts.len();
                    self.sentence(text.as_str(), &mut items, figures, dates, &mut found, &mut |_, _| ());
                    (sentence.items, sentence.counts) = (Some(items), found.counts.len() > first);
                }
                found.passed.extend(in_words(text.as_str(), own, figures, dates));
                waiting += own.len();
                read.push(sentence);
                if waiting > MOST_WAITING {
                    read.drain(..).for_each(|sentence| self.around(text.as_str(), sentence, &mut found));
                    waiting = 0;
                }
            }
        }
        if !found.counts.is_empty() {
            read.into_iter().for_each(|sentence| self.around(text.as_str(), sentence, &mut found));
        }
        told_dead(&mut found.counts);
        found
    }

    /// What a sentence is to the counts of the text, added to `found`.
    fn around(&self, text: &str, sentence: Sentence<'_>, found: &mut Found) {
        let Sentence { own, words, figures, dates, items, counts } = sentence;
        let items = items.unwrap_or_else(|| {
            let mut items = self.items(text, own, words, figures);
            dated(&mut items, dates);
            items
        });
        around(&items, dates, counts, found);
    }

    /// What became of the numbers of one sentence, added to `found`; `used` hears of every rule that had a say about a
    /// figure.
    fn sentence(
        &self,
        text: &str,
        items: &mut [Item],
        figures: &[Figure],
        dates: &[Span],
        found: &mut Found,
        used: &mut dyn FnMut(Option<usize>, (usize, Span)),
    ) {
        dated(items, dates);
        if all_roles(items) & INTRANSITIVE != 0 && dies_alone(items, self.verb_first) {
            died_of_it(text, items, &mut found.counts);
        }
        let listed = found.listed.take();
        let mut candidates = self.candidates(text, items, figures, dates);
        // "A man of 45 was killed": a number that counts nobody stands in nobody's way.
        for c in candidates.iter().filter(|c| !matches!(c.never, None | Some(Reason::OwnDeath))) {
            // "four fifths of the inhabitants had fled" is a subject of its own.
            let share = items.get(c.at + 1).is_some_and(|x| x.is(PROPORTION) && x.is(THING));
            let item = &mut items[c.at];
            item.roles = if item.is(FIGURE) && !share { DEAD | item.roles & DATED } else { item.roles };
        }
        let items = &*items;
        let others: Vec<usize> = candidates.iter().filter(|c| !items[c.at].is(DEAD)).map(|c| c.at).collect();
        for candidate in &mut candidates {
            candidate.found = self.direct(text, items, candidate, &others);
            // "130 de ellas ya fueron localizadas"
            if candidate.found.is_none() && self.released(items, candidate) {
                candidate.never = candidate.never.or(Some(Reason::Released));
            }
        }
        let all = all_roles(items);
        if all & HOW_MANY != 0
            && let Some((at, harm)) = asked(items)
            && let (Some(kind), Some(rule)) = (items[harm].kind, items[harm].rule)
        {
            found.asked = Some(Asked { at: items[at].span.start, kind, rule: self.rules.rules[rule].id.clone() });
        }
        self.tolls(text, items, &mut candidates);
        let parts = inherit(text, items, &mut candidates, self.verb_first);
        let first = found.counts.len();
        let mut row_of: Vec<Option<usize>> = vec![None; candidates.len()];
        // Most sentences have neither a figure nor a word for "in".
        let led = LazyCell::new(|| behind_locatives(items));
        let mut places = None;
        for (c, candidate) in candidates.iter().enumerate() {
            if let Some(rule) = candidate.refused {
                used(None, (rule, candidate.figure.span));
            }
            let part_of = parts[c].and_then(|p| row_of[p]);
            let Some((mut count, rules)) = self.row(text, items, candidate, part_of, dates, first, found) else {
                // An article is a number only where it counts somebody.
                if items[candidate.at].is(FIGURE | ZERO | DEAD) {
                    found.passed.push(self.passed(items, candidate));
                }
                continue;
            };
            let row = found.counts.len();
            rules.into_iter().flatten().for_each(|rule| used(Some(row), (rule, count.figure.span)));
            row_of[c] = Some(row);
            count.listed_as = listed_name(text, items, candidate);
            count.located.clone_from(places.get_or_insert_with(|| located(items, &led)));
            found.counts.push(count);
        }
        found.listed = self.listed(text, items, &candidates, listed, first, found);
    }

    /// The count of a candidate, if it is one, and the rules that made it so; `before` are the counts so far, those of the
    /// same sentence from `first` on.
    #[allow(clippy::too_many_arguments)] // all of them together are what a sentence says
    fn row(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        part_of: Option<usize>,
        dates: &[Span],
        first: usize,
        found: &Found,
    ) -> Option<(Count, [Option<usize>; 2])> {
        let before = &found.counts;
        if let Some(relation) = c.found {
            let mut count = self.count(items, c, Some(relation), first, before);
            count.figure = self.bounded_by_verb(items, c, relation).unwrap_or(count.figure);
            // "Sixty-one of the deaths were in the capital, seven in Chilanga": parts of one whole.
            let listed = before.get(first..).and_then(<[Count]>::last).filter(|l| l.trigger == count.trigger && l.kind == count.kind);
            let listed = listed.and_then(|l| l.part_of).filter(|&whole| {
                let all = before.get(whole).and_then(|w| w.figure.max.or(w.figure.min));
                whole < first && c.figure.min.zip(all).is_some_and(|(n, all)| n < all)
            });
            let told =
                || self.whole_told(text, items, c, relation, first, before).or_else(|| of_so_many(items, c, relation, first, before));
            // "22 were students, eight were traders": parts of what the first is a part of.
            let beside = part_of.and_then(|w| before.get(w)?.part_of).filter(|_| told_what(items, c));
            // "Among the victims is a boy": of the dead rather than of the wounded.
            let open = items[relation.trigger].is(AMBIGUOUS) && relation.kind == ClaimKind::Injured && Self::among(items, c, relation);
            let told = Some(()).filter(|()| !open).and_then(|()| told());
            count.part_of = beside.or(part_of).or(told).or(listed);
            count.taken_back = taken_back(items, c);
            // "23 soldiers were maimed. Four had lost legs."
            if let Some(whole) = count.part_of.and_then(|w| before.get(w)).filter(|_| of_the_same(items, c, relation))
                && count.victim_class == VictimClass::Unknown
                && whole.victim_class != VictimClass::Mixed
            {
                count.victim_class = whole.victim_class;
            }
            // "Among the victims is a boy": of what killed, they died.
            if count.open && count.part_of.is_none() && Self::among(items, c, relation) {
                let dead = Relation { kind: ClaimKind::Killed, ..relation };
                if let Some(whole) = self.whole_told(text, items, c, dead, first, before) {
                    (count.kind, count.rule, count.part_of) = (ClaimKind::Killed, before[whole].rule.clone(), Some(whole));
                } else {
                    count.part_of = self.whole_told(text, items, c, relation, first, before);
                }
            }
            if count.open && count.kind == ClaimKind::Injured && (slain(items, c, relation) || beside_hurt(items, relation)) {
                count.kind = ClaimKind::Killed;
            }
            // "Two men were shot dead. One was a driver; the other victim was a courier."
            if let Some(dead) = before.last().filter(|last| count.open && last.kind == ClaimKind::Killed && last.part_of.is_some())
                && the_other_was(items, c, relation)
            {
                (count.kind, count.rule, count.part_of) = (ClaimKind::Killed, dead.rule.clone(), dead.part_of);
            }
            count.negated |= count.taken_back;
            count.denial = count.denial.filter(|_| !count.taken_back);
            return Some((count, [Some(relation.rule), c.class_rule]));
        }
        if let Some(whole) = self.whole_before(items, c, first, before) {
            let mut count = self.count(items, c, None, first, before);
            let last = &before[whole];
            (count.kind, count.trigger, count.rule, count.part_of) = (last.kind, last.trigger, last.rule.clone(), Some(whole));
            // "Siete niños …; una, de once años, …": one of them is what they are.
            if c.head.is_none()
                && c.class.is_none()
                && count.victim_class == VictimClass::Unknown
                && last.victim_class != VictimClass::Mixed
            {
                count.victim_class = last.victim_class;
            }
            return Some((count, [None, None]));
        }
        let carried = self.carried(text, items, c, first, found);
        carried.or_else(|| self.beyond_harm(text, items, c, dates, first, before)).map(|(count, rule)| (count, [rule, None]))
    }

    /// Counts the figure of a row such as "Herat: 12" below what `head` says, and gives what the rows below this sentence count.
    fn listed(
        &self,
        text: &str,
        items: &[Item],
        candidates: &[Candidate],
        head: Option<Listed>,
        first: usize,
        found: &mut Found,
    ) -> Option<Listed> {
        if items.last().is_some_and(|x| x.is(MARK) && x.span.of(text) == ":") {
            let told = found.counts.get(first..).unwrap_or_default();
            let whole = told.iter().rposition(|c| c.part_of.is_none_or(|whole| whole < first)).map(|i| first + i);
            if let Some(count) = whole.and_then(|i| found.counts.get(i)).filter(|c| HARM_KINDS.contains(&c.kind) && !c.negated) {
                return Some(Listed { kind: count.kind, class: count.victim_class, rule: count.rule.clone(), whole });
            }
            let harm = heads_rows(items).filter(|_| told.is_empty())?;
            let (kind, rule) = items[harm].kind.zip(items[harm].rule)?;
            let rule = self.rules.rules[rule].id.clone();
            return Some(Listed { kind, class: VictimClass::Unknown, rule, whole: None });
        }
        let head = head?;
        let (name, at) = row_below(items)?;
        if found.counts.len() > first {
            return Some(head);
        }
        let c = candidates.iter().find(|c| c.at == at)?;
        let mut count = self.count(items, c, None, first, &found.counts);
        let all = head.whole.and_then(|w| found.counts.get(w)).and_then(|w| w.figure.max.or(w.figure.min));
        // What is more than there were of all is something else.
        if c.figure.min.zip(all).is_some_and(|(n, all)| n > all) {
            return None;
        }
        (count.kind, count.rule, count.trigger, count.victims) = (head.kind, head.rule.clone(), items[at].span, None);
        (count.listed_as, count.victim_class) = (Some(name), head.class);
        count.part_of = head.whole.filter(|_| c.figure.min.zip(all).is_some_and(|(n, all)| n < all));
        found.passed.retain(|p| p.span.start < items[0].span.start || p.span != c.figure.span);
        found.counts.push(count);
        Some(head)
    }

    /// Why a candidate that is no count is none.
    fn passed(&self, items: &[Item], c: &Candidate) -> Passed {
        let reason = match c.never {
            Some(why) => why,
            None if self.released(items, c) => Reason::Released,
            None if c.head.is_some() || c.zero => Reason::Unharmed,
            None => Reason::Bare,
        };
        Passed { span: c.figure.span, reason, rule: c.refused.and_then(|r| self.rules.rules.get(r)).map(|r| r.id.clone()) }
    }

    /// Runs every rule against its own examples. A count is written as kind, least and greatest number, class, and
    /// `negated` or `hypothetical`; a figure that a rule keeps from counting is `none`.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        check(&self.rules.rules, |example| {
            let own = tokens(example, 0);
            let figures = self.numbers.in_tokens(example, &own);
            let mut found = Found::default();
            let mut used = Vec::new();
            let mut items = self.items(example, &own, &self.phrases.words(example, &own), &figures);
            self.sentence(example, &mut items, &figures, &[], &mut found, &mut |row, rule| used.push((row, rule)));
            used.into_iter()
                .map(|(row, (rule, span))| {
                    let made = row.and_then(|r| found.counts.get(r)).map_or_else(|| "none".to_owned(), describe);
                    (self.rules.rules[rule].id.clone(), span, made)
                })
                .collect()
        })
    }
}

/// A sentence with what is known of it before what is around it is asked.
struct Sentence<'a> {
    own: &'a [Token],
    words: &'a [Word],
    figures: &'a [Figure],
    dates: &'a [Span],
    /// Its items, if they were needed for its figures.
    items: Option<Vec<Item>>,
    /// Whether it has counts.
    counts: bool,
}

/// What is around the counts of a text is asked only once its sentences are read, and if it has any; so many items wait at most.
const MOST_WAITING: usize = 1 << 11;

/// Says of items that they stand in a temporal expression.
fn dated(items: &mut [Item], dates: &[Span]) {
    let mut d = 0;
    for x in items {
        d += dates[d..].iter().take_while(|date| date.end <= x.span.start).count();
        if dates.get(d).is_some_and(|date| date.overlaps(x.span)) {
            // "In May, nine died": a month is no verb.
            x.roles = x.roles & !SUPPOSE | DATED;
        }
    }
}

/// What the dates and places of a sentence are to the counts of the text, added to `found`.
fn around(items: &[Item], dates: &[Span], counts: bool, found: &mut Found) {
    let all = all_roles(items);
    let led = LazyCell::new(|| behind_locatives(items));
    found.dates.extend(date_uses(items, dates));
    if all & SINCE != 0 && !dates.is_empty() {
        found.missing_since.extend(missing_since(items, dates));
    }
    found.toward.extend(toward(items, all));
    found.off.extend(off(items, all));
    found.wards.extend(wards(items, all));
    found.prisons.extend(prisons(items, all));
    if all & RELATIVE != 0 && (!dates.is_empty() || counts) {
        found.clauses.extend(clauses(items));
    }
    if all & TAKEN_FROM != 0 {
        found.taken_from.extend(taken_from(items));
    }
    if all & (LOCATIVE | OF) != 0 {
        found.wider.extend(wider(items, &led));
        found.inside.extend(inside(items, &led));
    }
    if all & EVENT != 0 && all & ONTO != 0 {
        found.struck.extend(struck(items, &led));
    }
    if all & HELD != 0 {
        found.held.extend(holders(items));
    }
    if all & OCCUR != 0 || !dates.is_empty() {
        found.scenes.extend(scenes(items, dates));
    }
    if all & REGION != 0 {
        found.regions.extend(regions(items));
    }
    if all & BEGIN != 0 {
        found.began.extend(began(items, dates));
        found.since_then.extend(since_then(items));
    }
    if all & NATIONWIDE != 0 {
        found.nationwide.extend(items.iter().filter(|x| x.is(NATIONWIDE)).map(|x| x.span));
    }
    if all & THERE != 0 {
        // "There were ten" is no place.
        let is = |k: usize| items.get(k + 1).is_some_and(|x| x.is(BE | HAVE));
        found.there.extend(items.iter().enumerate().filter(|(k, x)| x.is(THERE) && !is(*k)).map(|(_, x)| x.span));
    }
    if all & HERE != 0 {
        found.here.extend(items.iter().filter(|x| x.is(HERE)).map(|x| x.span));
    }
    if all & SEAT != 0 {
        found.seats.extend(seats(items));
    }
}

/// "El balance de víctimas subió a 245", in a text that tells of 245 dead: those victims are the dead, and so are their parts.
fn told_dead(counts: &mut [Count]) {
    let value = |c: &Count| (c.figure.min.map(f64::to_bits), c.figure.max.map(f64::to_bits));
    let mut dead: HashMap<_, RuleId> = HashMap::new();
    for c in counts.iter().filter(|c| c.kind == ClaimKind::Killed && c.part_of.is_none()) {
        dead.entry(value(c)).or_insert_with(|| c.rule.clone());
    }
    for i in 0..counts.len() {
        let rule = match counts[i].part_of.filter(|&whole| whole < i).map(|whole| &counts[whole]) {
            Some(whole) if whole.open && whole.kind == ClaimKind::Killed && counts[i].trigger == whole.trigger => Some(whole.rule.clone()),
            _ => dead.get(&value(&counts[i])).filter(|_| counts[i].open && counts[i].total).cloned(),
        };
        if let Some(rule) = rule.filter(|_| counts[i].kind == ClaimKind::Injured) {
            (counts[i].kind, counts[i].rule) = (ClaimKind::Killed, rule);
        }
    }
}

/// "He died at the scene", "La joven falleció horas después": a sentence that says of somebody told of before that he died.
fn dies_alone(items: &[Item], verb_first: bool) -> bool {
    let dies = |k: usize| items.get(k).is_some_and(|x| x.is(INTRANSITIVE) && x.kind == Some(ClaimKind::Killed) && !x.is(OF_PEOPLE));
    let counts = |k: usize| items.get(k..).unwrap_or_default().iter().take(4).any(|x| x.is(FIGURE | ARTICLE | VICTIM));
    let him = items.first().is_some_and(|x| x.is(THEY));
    let the = items.first().is_some_and(|x| x.is(DETERMINER) && !x.is(OF | ARTICLE))
        && items.get(1).is_some_and(|x| x.is(VICTIM) && x.is(SINGULAR));
    let from = if him {
        1
    } else if the {
        2
    } else {
        0
    };
    let helped = items[from..].iter().take(2).take_while(|x| x.is(HAVE | EARLIER) || from > 0 && x.plain() && !x.capital).count();
    // "Murió también su marido"
    let other = |x: &&Item| x.is(DETERMINER) && !x.is(LOCATIVE | OF | DATED) || x.capital && x.plain();
    let subject = || items.get(helped + 1..).unwrap_or_default().iter().take_while(|x| !x.is(MARK | LOCATIVE)).any(|x| other(&x));
    let alone = from > 0 || verb_first && items[0].is(VERB_FIRST | HAVE) && !subject();
    alone && dies(from + helped) && !counts(from + helped + 1)
}

/// The one hurt of whom the sentence before told died.
fn died_of_it(text: &str, items: &[Item], counts: &mut [Count]) {
    const WITHIN_BYTES: usize = 200;
    let Some(start) = items.first().map(|x| x.span.start) else { return };
    let Some(last) = counts.last_mut() else { return };
    let near = text.get(last.figure.span.end..start).is_some_and(|gap| gap.len() < WITHIN_BYTES && !gap.contains('\n'));
    let one = last.figure.min == Some(1.0) && last.figure.max == Some(1.0) && last.victims.is_some();
    if near && one && last.kind == ClaimKind::Injured && !last.negated && !last.hypothetical {
        last.kind = ClaimKind::Killed;
    }
}

/// "Of the eight, six died of gunshot wounds": a part of as many as were told of before.
fn of_so_many(items: &[Item], c: &Candidate, relation: Relation, first: usize, before: &[Count]) -> Option<usize> {
    const LOOKED_BACK: usize = 16;
    let all = c.at.checked_sub(2).filter(|&k| items[k + 1].is(MARK | AND) && items[k].is(FIGURE | DEAD))?;
    let of = all.checked_sub(1).is_some_and(|k| items[k].is(OF) && items[k].span.len() > 2)
        || all > 1 && items[all - 1].is(DETERMINER) && items[all - 2].is(OF);
    let told = |x: &Count| {
        x.kind == relation.kind && x.part_of.is_none() && !x.negated && x.figure.min.zip(c.figure.min).is_some_and(|(all, n)| n < all)
    };
    let from = first.saturating_sub(LOOKED_BACK);
    before[from..first].iter().rposition(told).filter(|_| of).map(|i| from + i)
}

/// "Massacre leaves four victims", "the twelve victims of the massacre": whom a killing is told of are dead.
fn slain(items: &[Item], c: &Candidate, relation: Relation) -> bool {
    const CLAUSE: usize = 12;
    let killing = |x: &Item| x.is(SLAUGHTER) || x.is(NOMINAL) && x.kind == Some(ClaimKind::Killed);
    let from = relation.trigger.max(c.at) + 1;
    let of = items.get(from).is_some_and(|x| x.is(OF) && !x.is(MARK));
    let behind = items.get(from + 1..).unwrap_or_default();
    let words = behind.iter().take(2).take_while(|x| x.is(DETERMINER) || x.plain() && !x.is(SLAUGHTER)).count();
    let subject = items[..c.at].iter().rev().take(CLAUSE).take_while(|x| !x.is(MARK | STOP | RELATIVE | FIGURE));
    of && behind.get(words).is_some_and(killing) || subject.into_iter().any(|x| x.is(SLAUGHTER))
}

/// "the other victim was a courier": who one more of those told of was.
fn the_other_was(items: &[Item], c: &Candidate, relation: Relation) -> bool {
    let behind = &items[relation.trigger + 1..];
    let are = behind.first().is_some_and(|x| x.is(BE) && !x.is(MARK)) && behind.get(1).is_some_and(|x| x.is(ARTICLE) || x.capital);
    items[c.at].is(ANOTHER) && relation.trigger == c.at + 1 && are
}

/// "dejó dos víctimas y doce heridos": beside those who are called hurt, victims are the dead.
fn beside_hurt(items: &[Item], relation: Relation) -> bool {
    let behind = items.get(relation.trigger + 1..).unwrap_or_default();
    let joined = behind.iter().take(2).take_while(|x| x.is(AND) && !x.is(FIGURE)).count();
    let hurt = |x: &Item| x.is(STATE | NOUN) && x.kind == Some(ClaimKind::Injured) && !x.is(AMBIGUOUS);
    joined > 0 && behind.get(joined).is_some_and(|x| x.is(FIGURE | ARTICLE)) && behind.iter().skip(joined + 1).take(2).any(hurt)
}

/// The word of a question for a number, and the word of harm that it asks about.
fn asked(items: &[Item]) -> Option<(usize, usize)> {
    const WITHIN: usize = 5;
    let at = items.iter().rposition(|x| x.is(HOW_MANY))?;
    let clause = items[at + 1..].iter().take(WITHIN).take_while(|x| !x.is(MARK | FIGURE)).count();
    let harm = (at + 1..at + 1 + clause).rev().find(|&k| items[k].is(STATE | NOUN | INTRANSITIVE))?;
    Some((at, harm))
}

/// A sentence is read at most so many tokens at a time; none of any newspaper is longer.
const LONGEST_SENTENCE: usize = 400;

/// Digits that are part of a longer word: "7th", "16-year-old", "AK-47", "M23".
fn in_words<'a>(text: &'a str, own: &'a [Token], figures: &'a [Figure], dates: &'a [Span]) -> impl Iterator<Item = Passed> + 'a {
    let figure = |t: &&Token| {
        let upto = figures.partition_point(|f| f.span.start <= t.span.start);
        !upto.checked_sub(1).and_then(|f| figures.get(f)).is_some_and(|f| f.span.overlaps(t.span))
    };
    let dated = |t: &Token| {
        let from = dates.partition_point(|d| d.end <= t.span.start);
        dates.get(from).is_some_and(|d| d.overlaps(t.span))
    };
    let digits =
        |t: &&Token| t.kind == TokenKind::Number || t.kind == TokenKind::Word && t.span.of(text).bytes().any(|b| b.is_ascii_digit());
    // Few sentences have any.
    let all = own.first().zip(own.last()).map_or("", |(first, last)| Span::new(first.span.start, last.span.end).of(text));
    let own = if all.bytes().filter(u8::is_ascii_digit).count() > 0 { own } else { &[] };
    let numbers = own.iter().filter(digits).filter(figure);
    numbers.map(move |t| Passed { span: t.span, reason: if dated(t) { Reason::Date } else { Reason::InWord }, rule: None })
}

/// A count as examples write it.
fn describe(c: &Count) -> String {
    let n = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let mut out = format!("{} {}..{} {}", c.kind, n(c.figure.min), n(c.figure.max), c.victim_class);
    if c.negated {
        out.push_str(" negated");
    }
    if c.hypothetical {
        out.push_str(" hypothetical");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    fn all() -> Vec<Casualties> {
        Packs::shipped().iter().map(|p| Casualties::load(p).unwrap()).collect()
    }

    #[test]
    fn every_rule_does_what_its_examples_say() {
        let failures: Vec<_> = all().iter().flat_map(Casualties::check).map(|f| f.to_string()).collect();
        assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    }
}
