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

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::numbers::{Figure, Numbers, Policy, Words, fold};
use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, RuleId, Rules, check};
use crate::span::Span;
use crate::text::{Text, Token, TokenKind, tokens};
use crate::vocabulary::{Bound, ClaimKind, VictimClass};

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
    pub perpetrator: Option<Span>,
    /// Who gives the figure as the subject of a verb of counting ("Viasna has counted 40 dead"), with that verb.
    pub source: Option<(Span, Span)>,
    /// The word that carries the harm ("killed", "muertos").
    pub trigger: Span,
    /// The text denies it.
    pub negated: bool,
    /// The text supposes it ("could die", "habrían muerto").
    pub hypothetical: bool,
    /// The text says that it is hearsay without saying whose ("reportedly", "habrían").
    pub hearsay: bool,
    /// The text calls it a total ("death toll", "in all").
    pub total: bool,
    /// The figure is an earlier one that another replaces ("rose from 15").
    pub earlier: bool,
    /// The text speaks of an anniversary or the like: another, earlier event.
    pub background: bool,
    /// Index of the count this one is a part of ("including 36 officers"), among those found in the same text.
    pub part_of: Option<usize>,
    /// The text takes the figure back ("the figure of 164 was an error").
    pub taken_back: bool,
    /// What stands behind the words for "in" of its sentence, where places are looked for first.
    pub located: Vec<Span>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// What a phrase does in a report of harm; `[words]` lists are named after the last ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    /// A participle or adjective of the victim: "were [detained]", "3 [dead]".
    State,
    /// A verb form whose object is the victim: "[killing] three".
    Active,
    /// Both: "[killed]".
    Past,
    /// A verb whose subject is the victim: "[died]".
    Intransitive,
    /// A noun that a figure counts: "three [deaths]".
    Noun,
    /// A noun whose "of" holds the victim: "the [killing of] three".
    Nominal,
    /// A noun that a figure is the value of: "[death toll] of 26".
    Toll,
    /// A word for people.
    Victim,
    /// A word for what is not people.
    Thing,
    /// People who die of their own attack.
    OwnDeath,
    /// Sending troops: "[sent] 2,500 soldiers".
    Deploy,
    /// Damage to things: "120 cars were [burned]".
    Damage,
    /// A word for a price: "the [price] of gas rose to 120 tenge".
    Price,
    /// What a price is for: "120 tenge [a litre]".
    PerUnit,
}

#[derive(Clone, Debug, Deserialize)]
struct Spec {
    role: Role,
    kind: Option<ClaimKind>,
    class: Option<VictimClass>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    singular: Vec<String>,
    #[serde(default)]
    verb_first: bool,
}

/// The roles of an item, as bits.
mod role {
    pub const STATE: u64 = 1;
    pub const ACTIVE: u64 = 1 << 1;
    pub const INTRANSITIVE: u64 = 1 << 2;
    pub const NOUN: u64 = 1 << 3;
    pub const NOMINAL: u64 = 1 << 4;
    pub const TOLL: u64 = 1 << 5;
    pub const VICTIM: u64 = 1 << 6;
    pub const THING: u64 = 1 << 7;
    pub const OWN_DEATH: u64 = 1 << 8;
    pub const SINGULAR: u64 = 1 << 9;
    pub const VERB_FIRST: u64 = 1 << 10;
    pub const FIGURE: u64 = 1 << 11;
    pub const MARK: u64 = 1 << 12;
    pub const DEPLOY: u64 = 1 << 13;
    pub const DAMAGE: u64 = 1 << 14;
    pub const PRICE: u64 = 1 << 15;
    pub const PER_UNIT: u64 = 1 << 16;
    /// The first bit of the lists under `[words]`.
    pub const LISTS: u32 = 17;
    pub const HARM: u64 = STATE | ACTIVE | INTRANSITIVE | NOUN | NOMINAL | TOLL;
}
use role::{
    ACTIVE, DAMAGE, DEPLOY, FIGURE, HARM, INTRANSITIVE, MARK, NOMINAL, NOUN, OWN_DEATH, PER_UNIT, PRICE, SINGULAR, STATE, THING, TOLL,
    VERB_FIRST, VICTIM,
};

/// Names the lists under `[words]` and gives each a bit.
macro_rules! lists {
    ($($name:ident = $word:literal),+ $(,)?) => {
        const LISTS: &[&str] = &[$($word),+];
        lists!(@ 0u32; $($name),+);
    };
    (@ $n:expr; $name:ident $(, $rest:ident)*) => {
        const $name: u64 = 1 << (role::LISTS + $n);
        lists!(@ $n + 1; $($rest),*);
    };
    (@ $n:expr;) => {};
}
lists! {
    ARTICLE = "article", ZERO = "zero", NO = "no", OF = "of", DETERMINER = "determiner", OTHER = "other", BE = "be", HAVE = "have",
    AND = "and", INCLUDING = "including", OF_THEM = "of_them", AMONG = "among", RELATIVE = "relative", RELEASE = "release", STOP = "stop",
    QUANTITY = "quantity", LINK = "link", LINK_MORE_THAN = "link_more_than", LINK_ABOUT = "link_about", BEFORE_LINK = "before_link", BY = "by",
    DENY = "deny", NOT = "not", SUPPOSE = "suppose", HEARSAY = "hearsay", SELF = "self", OBJECT = "object", PERCENT = "percent",
    MONEY = "money", TOTAL = "total", BACKGROUND = "background", REPORT = "report", PERSONS = "persons", SUM = "sum", WITHDRAW = "withdraw",
    WRONG = "wrong", LOCATIVE = "locative", CURRENCY = "currency", GOODS = "goods",
}

/// What is asked of a word by a later step only; for the reading of harm it is a word like any other.
const ASIDE: u64 = PERSONS | SUM | WITHDRAW | WRONG | LOCATIVE | CURRENCY | PER_UNIT | PRICE | GOODS | DEPLOY | DAMAGE;

/// One phrase of the pack: what it may do, and what it says.
#[derive(Clone, Debug)]
struct Phrase {
    rest: Vec<String>,
    roles: u64,
    kind: Option<ClaimKind>,
    class: Option<VictimClass>,
    /// The rule of its harm, and that of its class.
    rule: Option<usize>,
    class_rule: Option<usize>,
}

/// A stretch of a sentence with the roles it may play.
#[derive(Clone, Copy, Debug)]
struct Item {
    span: Span,
    roles: u64,
    kind: Option<ClaimKind>,
    class: Option<VictimClass>,
    rule: Option<usize>,
    class_rule: Option<usize>,
    /// Index into the figures.
    figure: Option<usize>,
    /// Begins with a capital.
    capital: bool,
}

impl Item {
    const fn is(&self, roles: u64) -> bool {
        self.roles & roles != 0
    }

    /// A word without a say in a report of harm.
    const fn plain(&self) -> bool {
        self.roles & !ASIDE == 0
    }
}

/// A figure (or article, or word for nobody) with the noun phrase behind it.
#[derive(Clone, Debug)]
struct Candidate {
    figure: Figure,
    /// The item of the figure.
    at: usize,
    /// The item after the noun phrase.
    end: usize,
    /// The items of the noun phrase's words for people.
    head: Option<usize>,
    first_word: Option<usize>,
    class: Option<VictimClass>,
    class_rule: Option<usize>,
    /// A noun of harm that closes the noun phrase ("15 civilian deaths").
    noun: Option<usize>,
    of_them: bool,
    other: bool,
    zero: bool,
    /// Why it counts nobody.
    refused: Option<usize>,
    /// The item of the thing it counts instead.
    thing: Option<usize>,
    never: bool,
    found: Option<Relation>,
}

/// How a candidate is governed.
#[derive(Clone, Copy, Debug)]
struct Relation {
    kind: ClaimKind,
    /// The item of the word of harm.
    trigger: usize,
    rule: usize,
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The word of harm stands beside the figure as its noun.
    Noun,
    /// After it.
    Right,
    /// Before it.
    Left,
    /// A toll's value.
    Toll,
}

/// The casualty rules of one language.
#[derive(Debug)]
pub struct Casualties {
    rules: Rules<Spec>,
    phrases: HashMap<String, Vec<Phrase>>,
    verb_first: bool,
    numbers: Numbers,
}

impl Casualties {
    /// Compiles a pack's `casualties.toml` under the default policy.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        Self::load_with(pack, &Policy::shipped("literal")?)
    }

    /// The same under a chosen policy, which reads figures that only this stage finds ("a man").
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load_with(pack: &Pack, policy: &Policy) -> Result<Self> {
        let numbers = Numbers::load_with(pack, policy)?;
        let rules = Rules::<Spec>::load(pack, "casualties")?;
        let mut lexicon = Lexicon::default();
        let mut verb_first = false;
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
            };
            if roles & HARM != 0 && spec.kind.is_none() {
                return Err(wrong("a word of harm needs a `kind`"));
            }
            if spec.role == Role::Victim && spec.class.is_none() {
                return Err(wrong("a word for people needs a `class`"));
            }
            if spec.verb_first {
                roles |= VERB_FIRST;
                verb_first = true;
            }
            let harm = (roles & HARM != 0).then_some(index);
            let class = (roles & HARM == 0).then_some(index);
            for (list, extra) in [(&spec.words, 0), (&spec.singular, SINGULAR)] {
                for word in list {
                    lexicon.add(
                        word,
                        Phrase { rest: vec![], roles: roles | extra, kind: spec.kind, class: spec.class, rule: harm, class_rule: class },
                    );
                }
            }
        }
        for (name, words) in &rules.words {
            let Some(bit) = LISTS.iter().position(|l| l == name) else { continue };
            for word in words {
                let roles = 1u64 << (role::LISTS as usize + bit);
                lexicon.add(word, Phrase { rest: vec![], roles, kind: None, class: None, rule: None, class_rule: None });
            }
        }
        Ok(Self { rules, phrases: lexicon.phrases(), verb_first, numbers })
    }

    /// Every count of a text, in order. `figures` are those of the text; `dates` are the spans of its temporal
    /// expressions, whose numbers count nobody.
    #[must_use]
    pub fn find(&self, text: &Text<'_>, figures: &[Figure], dates: &[Span]) -> Vec<Count> {
        let mut out = Vec::new();
        for sentence in &text.sentences {
            // A text without stops is one sentence; read piece by piece, it takes no longer than others.
            for own in text.tokens_in(sentence.span).chunks(LONGEST_SENTENCE) {
                let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
                let from = figures.partition_point(|f| f.span.start < first.span.start);
                let to = figures.partition_point(|f| f.span.start < last.span.end);
                let before = dates.partition_point(|d| d.end <= first.span.start);
                let after = dates.partition_point(|d| d.start < last.span.end);
                let dates = dates.get(before..after).unwrap_or_default();
                self.sentence(text.as_str(), own, &figures[from..to.max(from)], dates, &mut out, &mut |_, _| ());
            }
        }
        out
    }

    /// The counts of one sentence, added to `out`; `used` hears of every rule that had a say about a figure.
    fn sentence(
        &self,
        text: &str,
        own: &[Token],
        figures: &[Figure],
        dates: &[Span],
        out: &mut Vec<Count>,
        used: &mut dyn FnMut(Option<usize>, (usize, Span)),
    ) {
        let items = self.items(text, own, figures);
        if !items.iter().any(|i| i.is(HARM | OF_THEM | SUM | DEPLOY | DAMAGE | PRICE | PER_UNIT)) {
            self.refusals(&items, figures, dates, used);
            return;
        }
        let mut candidates = self.candidates(&items, figures, dates);
        for i in 0..candidates.len() {
            let others: Vec<usize> = candidates.iter().map(|c| c.at).collect();
            candidates[i].found = self.direct(text, &items, &candidates[i], &others, dates);
        }
        self.tolls(&items, &mut candidates);
        let parts = inherit(&items, &mut candidates);
        let first = out.len();
        let mut index_of: Vec<Option<usize>> = vec![None; candidates.len()];
        for (c, candidate) in candidates.iter().enumerate() {
            if let Some(rule) = candidate.refused {
                used(None, (rule, candidate.figure.span));
            }
            let relation = match (candidate.found, candidate.of_them, out.last()) {
                (Some(r), ..) => r,
                // "Three of them were children": part of what was counted last.
                (None, true, Some(last))
                    if !candidate.never
                        && out.len() == first
                        && c == 0
                        && begins(&items, candidate.at)
                        && !self.released(&items, candidate) =>
                {
                    let (kind, trigger, rule) = (last.kind, last.trigger, last.rule.clone());
                    let mut count = self.count(&items, candidate, None, first, out);
                    (count.kind, count.trigger, count.rule, count.part_of) = (kind, trigger, rule, Some(out.len() - 1));
                    index_of[c] = Some(out.len());
                    out.push(count);
                    continue;
                }
                (None, ..) => {
                    let aside = self.carried(text, &items, candidate, dates, first, out);
                    let aside = aside.or_else(|| self.beyond_harm(text, &items, candidate, dates, first, out));
                    if let Some((count, rule)) = aside {
                        rule.into_iter().for_each(|rule| used(Some(out.len()), (rule, count.figure.span)));
                        index_of[c] = Some(out.len());
                        out.push(count);
                    }
                    continue;
                }
            };
            let mut count = self.count(&items, candidate, Some(relation), first, out);
            count.part_of = parts.get(c).copied().flatten().and_then(|p| index_of.get(p).copied().flatten());
            if taken_back(&items, candidate) {
                (count.taken_back, count.negated) = (true, true);
            }
            used(Some(out.len()), (relation.rule, count.figure.span));
            if let Some(rule) = candidate.class_rule {
                used(Some(out.len()), (rule, count.figure.span));
            }
            index_of[c] = Some(out.len());
            out.push(count);
        }
    }

    /// A figure that says only that it is one: "put the figure at 18", "the figure of 164 was an error". What it counts
    /// stands with an earlier figure.
    fn carried(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        dates: &[Span],
        first: usize,
        before: &[Count],
    ) -> Option<(Count, Option<usize>)> {
        if c.never || c.zero || c.of_them || c.head.is_some() || c.noun.is_some() || !items[c.at].is(FIGURE) {
            return None;
        }
        // "put the figure at 18 medals" counts something else.
        let is_date = |x: &Item| dates.iter().any(|d| d.overlaps(x.span));
        let taken = taken_back(items, c);
        let mut behind = items.iter().skip(c.at + 1);
        let other = |x: &Item| x.plain() && !x.is(LOCATIVE) && !is_date(x);
        if !taken && behind.next().is_some_and(other) && !behind.next().is_some_and(is_date) {
            return None;
        }
        let same = |x: &Count| (x.figure.min, x.figure.max) == (c.figure.min, c.figure.max);
        let harm = |x: &&Count| !matches!(x.kind, ClaimKind::Deployed | ClaimKind::Price | ClaimKind::Damage) && !x.background;
        let (at, earlier) = if taken {
            (sum_of(items, c)?, before.iter().rev().filter(harm).find(|x| same(x))?)
        } else {
            let near = |x: &&Count| c.figure.span.start.saturating_sub(x.figure.span.end) < CARRIED_WITHIN;
            (sum_reported(text, items, c)?, before.iter().rev().filter(harm).find(|x| x.part_of.is_none()).filter(near)?)
        };
        let (kind, class, rule) = (earlier.kind, earlier.victim_class, earlier.rule.clone());
        let mut count = self.count(items, c, None, first, before);
        (count.kind, count.victim_class, count.rule, count.trigger) = (kind, class, rule, items[at].span);
        (count.taken_back, count.negated) = (taken, count.negated || taken);
        Some((count, None))
    }

    /// Troops sent, prices and damaged things: only what no figure of harm could be.
    fn beyond_harm(
        &self,
        text: &str,
        items: &[Item],
        c: &Candidate,
        dates: &[Span],
        first: usize,
        before: &[Count],
    ) -> Option<(Count, Option<usize>)> {
        if !items[c.at].is(FIGURE) || dates.iter().any(|d| d.overlaps(c.figure.number)) {
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

    /// For examples of what counts nobody in a sentence without harm.
    fn refusals(&self, items: &[Item], figures: &[Figure], dates: &[Span], used: &mut dyn FnMut(Option<usize>, (usize, Span))) {
        for c in self.candidates(items, figures, dates) {
            if let Some(rule) = c.refused {
                used(None, (rule, c.figure.span));
            }
        }
    }

    /// A sentence as items.
    fn items(&self, text: &str, own: &[Token], figures: &[Figure]) -> Vec<Item> {
        let words = Words::new(text, own);
        let mut out = Vec::with_capacity(own.len());
        let (mut i, mut f) = (0, 0);
        while i < own.len() {
            let start = own[i].span.start;
            while figures.get(f).is_some_and(|x| x.span.start < start) {
                f += 1;
            }
            let capital = own[i].span.of(text).chars().next().is_some_and(char::is_uppercase);
            let mut item =
                Item { span: own[i].span, roles: 0, kind: None, class: None, rule: None, class_rule: None, figure: None, capital };
            if let Some(figure) = figures.get(f).filter(|x| x.span.start == start) {
                item.span = figure.span;
                item.roles = FIGURE;
                item.figure = Some(f);
                out.push(item);
                while own.get(i).is_some_and(|t| t.span.start < figure.span.end) {
                    i += 1;
                }
                continue;
            }
            if own[i].kind == TokenKind::Mark {
                item.roles = MARK;
            }
            let limit = figures[f..].iter().find(|x| x.span.start > start).map_or(usize::MAX, |x| x.span.start);
            let mut next = i + 1;
            if let Some(list) = self.phrases.get(words.get(i)) {
                let fits = |p: &&Phrase| {
                    p.rest.iter().enumerate().all(|(k, w)| words.get(i + 1 + k) == w)
                        && own.get(i + p.rest.len()).is_some_and(|t| t.span.end <= limit)
                };
                for p in list.iter().filter(fits) {
                    if item.rule.is_none() && item.roles & !MARK == 0 {
                        (item.kind, item.class, item.rule, item.class_rule) = (p.kind, p.class, p.rule, p.class_rule);
                        item.roles |= p.roles;
                        next = i + 1 + p.rest.len();
                    } else if item.is(NOMINAL) && p.roles & NOUN != 0 {
                        // "muertes de" governs a figure behind it, and is counted by one before it.
                        item.roles |= NOUN;
                    }
                }
                item.span.end = own[next - 1].span.end;
            }
            out.push(item);
            i = next;
        }
        out
    }

    /// Every figure of a sentence that may count people.
    fn candidates(&self, items: &[Item], figures: &[Figure], dates: &[Span]) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        for (i, item) in items.iter().enumerate() {
            if out.last().is_some_and(|c| c.at < i && i < c.end && !item.is(FIGURE)) {
                continue;
            }
            let (figure, need) = if let Some(f) = item.figure.and_then(|f| figures.get(f)) {
                (f.clone(), Need::Nothing)
            } else if item.is(ZERO) {
                (self.numbers.exactly(item.span, 0.0), Need::Nothing)
            } else if item.is(NO) {
                (self.numbers.exactly(item.span, 0.0), Need::Noun)
            } else if item.is(ARTICLE) {
                (self.numbers.exactly(item.span, 1.0), Need::OnePerson)
            } else {
                continue;
            };
            let zero = item.is(ZERO | NO) && item.figure.is_none();
            let mut c = self.noun_phrase(items, i, figure);
            c.zero = zero;
            if c.head.is_none() && matches!(need, Need::OnePerson) {
                name_person(items, &mut c);
            }
            let fits = match need {
                Need::Nothing => true,
                Need::Noun => c.noun.is_some() || c.head.is_some(),
                Need::OnePerson => {
                    c.head.is_some_and(|h| h <= i + 4 && (items[h].is(SINGULAR) || items[h].plain())) || one_harmed(items, &c)
                }
            };
            if !fits {
                continue;
            }
            let before = |k: usize| i.checked_sub(k).and_then(|k| items.get(k));
            // "el lunes 17 civiles": people that are counted right behind the figure make it no date.
            let people = items.get(i + 1).is_some_and(|x| x.is(VICTIM | NOUN | STATE));
            let dated = !people && dates.iter().any(|d| d.overlaps(c.figure.number));
            let unit = before(1).is_some_and(|x| x.is(MONEY)) || items.get(i + 1).is_some_and(|x| x.is(PERCENT | MONEY));
            // "John Smith, 45, was killed": a bare number between two marks is an age.
            let bare = c.end == i + 1;
            let mark = |x: Option<&Item>| x.is_some_and(|x| x.is(MARK));
            let age =
                bare && !c.zero && mark(before(1)) && mark(items.get(i + 1)) && !before(2).is_some_and(|x| x.is(FIGURE | HARM | VICTIM));
            // A year: four digits of this or the last century with nothing counted.
            let year = bare
                && c.figure.bound == Bound::Exact
                && c.figure.min.is_some_and(|n| (1900.0..2100.0).contains(&n))
                && item.span.len() == 4;
            let year = year && !items.get(i + 1).is_some_and(|x| x.is(STATE | NOUN | BE | INTRANSITIVE));
            c.never = dated || unit || age || year || c.refused.is_some();
            out.push(c);
        }
        out
    }

    /// Reads the noun phrase behind a figure.
    fn noun_phrase(&self, items: &[Item], at: usize, figure: Figure) -> Candidate {
        let mut c = Candidate {
            figure,
            at,
            end: at + 1,
            head: None,
            first_word: None,
            class: None,
            class_rule: None,
            noun: None,
            of_them: false,
            other: false,
            zero: false,
            refused: None,
            thing: None,
            never: false,
            found: None,
        };
        let mut k = at + 1;
        while let Some(x) = items.get(k).filter(|_| k < at + 5) {
            if x.is(OF_THEM) {
                c.of_them = true;
            } else if x.is(OTHER) {
                c.other = true;
            } else if !x.is(OF | DETERMINER | QUANTITY) || x.is(BE | HARM | FIGURE | MARK) {
                break;
            }
            k += 1;
        }
        // "seven of the dead"
        if k > at + 1 && items[at + 1..k].iter().any(|x| x.is(OF)) && items.get(k).is_some_and(|x| x.is(STATE | NOUN)) {
            c.noun = Some(k);
            c.of_them = true;
            c.end = k;
            return c;
        }
        if k > at + 1 && items[at + 1..k].iter().any(|x| x.is(OF_THEM | OTHER)) {
            c.end = k;
        }
        let begin = k;
        // Up to three words without a role may stand before the noun ("ten Colombian national police officers").
        let mut plain = 0;
        while let Some(x) = items.get(k) {
            if x.is(THING | OWN_DEATH) && c.head.is_none() {
                c.refused = x.class_rule;
                c.thing = Some(k).filter(|_| x.is(THING));
                c.never = true;
                break;
            }
            if x.is(OWN_DEATH) {
                c.refused = x.class_rule;
                break;
            }
            if x.is(VICTIM) {
                if x.is(NOUN) {
                    c.noun = Some(k);
                }
                c.first_word = c.first_word.or(Some(begin));
                // The first word for people in a language that says the noun first; the last in one that says it last.
                let known = x.class.filter(|&k| k != VictimClass::Unknown);
                if c.head.is_none() || !self.verb_first || c.class == Some(VictimClass::Unknown) {
                    c.class = known.or(c.class).or(x.class);
                    c.class_rule = x.class_rule.or(c.class_rule);
                }
                c.head = Some(k);
                c.end = k + 1;
                k += 1;
                plain = 0;
                continue;
            }
            if x.is(NOUN) && k <= begin + 3 {
                c.noun = Some(k);
                c.end = c.end.max(k);
                break;
            }
            if c.head.is_some() || plain >= 3 || !x.plain() {
                break;
            }
            plain += 1;
            k += 1;
        }
        // "15 soldiers and civilians": both are counted.
        if let (Some(h), Some(class)) = (c.head, c.class)
            && let (Some(and), Some(second)) = (items.get(h + 1), items.get(h + 2))
            && and.is(AND)
            && !and.is(MARK)
            && second.is(VICTIM)
            && !second.is(FIGURE | ARTICLE)
        {
            if second.class.is_some_and(|k| k != class && k != VictimClass::Unknown) && class != VictimClass::Unknown {
                c.class = Some(VictimClass::Mixed);
            }
            c.head = Some(h + 2);
            c.end = h + 3;
        }
        c
    }

    /// The word of harm that governs a candidate, if one does.
    fn direct(&self, text: &str, items: &[Item], c: &Candidate, others: &[usize], dates: &[Span]) -> Option<Relation> {
        if c.never {
            return None;
        }
        let relation = |k: usize, side| {
            let x = items.get(k)?;
            Some(Relation { kind: x.kind?, trigger: k, rule: x.rule?, side })
        };
        if self.released(items, c) {
            return None;
        }
        let is_date = |x: &Item| dates.iter().any(|d| d.overlaps(x.span));
        let object_follows = |k: usize| object_follows(items, k, &is_date);
        if let Some(noun) = c.noun {
            // "Three hostages were killed": worse befell them than what the noun says.
            let worse = |k: &usize| matches!(items[*k].kind, Some(ClaimKind::Killed | ClaimKind::Injured));
            if !matches!(items[noun].kind, Some(ClaimKind::Killed | ClaimKind::Injured)) {
                let beyond = Candidate { end: noun + 1, ..c.clone() };
                if let Some(k) = self.after(text, items, &beyond, others, &object_follows).filter(worse) {
                    return relation(k, Side::Right);
                }
                if let Some(k) = self.before(items, c).filter(worse) {
                    return relation(k, Side::Left);
                }
            }
            return relation(noun, Side::Noun);
        }
        if let Some(x) = items.get(c.end)
            && x.is(STATE | NOUN)
            && !(x.is(ACTIVE) && object_follows(c.end))
        {
            let side = if x.is(ACTIVE) || c.head.is_some() { Side::Right } else { Side::Noun };
            return relation(c.end, side);
        }
        if let Some(k) = self.before(items, c) {
            return relation(k, Side::Left);
        }
        let right = self.after(text, items, c, others, &object_follows).map(|k| (k, Side::Right));
        let (k, side) = right.or_else(|| coordinated(items, c).map(|k| (k, Side::Left)))?;
        relation(k, side)
    }

    /// Whether those counted were set free or saved.
    fn released(&self, items: &[Item], c: &Candidate) -> bool {
        let left = items[..c.at].iter().rev().take_while(|x| x.is(DETERMINER | OF | OTHER | RELEASE)).any(|x| x.is(RELEASE));
        let beside = usize::from(items.get(c.end).is_some_and(|x| x.is(STATE | NOUN)));
        let after = c.noun.map_or(c.end + beside, |n| n + 1);
        let right = items.get(after..).unwrap_or_default().iter().take(6).take_while(|x| !x.is(FIGURE | STOP | MARK | INTRANSITIVE));
        let mut state = false;
        let right = right.take_while(|x| {
            let go = !state;
            state |= x.is(STATE) && !x.is(RELEASE) && c.noun.is_none();
            go
        });
        left || right.into_iter().any(|x| x.is(RELEASE))
    }

    /// The word of harm before a candidate that governs it.
    fn before(&self, items: &[Item], c: &Candidate) -> Option<usize> {
        let mut plain = 0;
        let mut k = c.at;
        while k > 0 && c.at - k < 9 {
            k -= 1;
            let x = &items[k];
            let helped = |roles: u64| items[k.saturating_sub(3)..k].iter().any(|y| y.is(roles));
            if x.is(RELEASE) {
                return None;
            } else if x.is(NOMINAL) && plain == 0 {
                return Some(k);
            } else if x.is(ACTIVE) && plain <= usize::from(c.head.is_some()) {
                // "they were killed 20 …" has its victim already.
                let passive = x.is(STATE) && helped(BE) && !items[..k].last().is_some_and(|y| y.is(HAVE));
                if passive && !self.verb_first {
                    return None;
                }
                return Some(first_of_pair(items, k));
            } else if x.is(INTRANSITIVE) {
                return (x.is(VERB_FIRST) && (plain == 0 || c.head.is_some())).then_some(k);
            } else if x.is(STATE) {
                let listed = among(items, k);
                let begins = k == 0 || items[k - 1].is(MARK) && plain == 0;
                let fits = self.verb_first && (helped(BE | HAVE) || begins) && (plain == 0 || c.head.is_some());
                return (listed || fits).then_some(k);
            } else if x.is(NOUN) && among(items, k) {
                return Some(k);
            } else if x.is(BE) && k > 0 && items[k - 1].is(STATE | NOUN) && among(items, k - 1) {
                return Some(k - 1);
            } else if x.is(DETERMINER | OF | OTHER | QUANTITY | HEARSAY) && !x.is(MARK) || x.is(ARTICLE) && k + 1 == c.at {
                continue;
            } else if x.plain() || x.is(BY | LINK) && !x.is(MARK | AND) && plain > 0 {
                plain += 1;
                if plain > 6 || !self.verb_first && plain > 1 {
                    return None;
                }
            } else {
                return None;
            }
        }
        None
    }

    /// The word of harm after a candidate whose subject it is.
    fn after(&self, text: &str, items: &[Item], c: &Candidate, others: &[usize], object_follows: &dyn Fn(usize) -> bool) -> Option<usize> {
        let (mut helped, mut plain, mut aside) = (None::<usize>, 0, c.of_them && c.head.is_none());
        let mut relative = false;
        for k in c.end..items.len().min(c.end + 30) {
            let x = &items[k];
            if x.is(INCLUDING) || x.is(MARK) && matches!(x.span.of(text), "(" | "–" | "—" | "-" | "[") {
                aside = true;
            } else if x.is(STATE) && x.is(ACTIVE) && helped.is_none() && object_follows(k) {
                if !relative && !aside {
                    return None;
                }
                aside = true;
            } else if x.is(STATE) {
                let near = helped.is_some_and(|h| k - h <= 4);
                if among(items, k) {
                    return Some(k);
                }
                let beside = k <= c.end + 3 && !aside && items[c.end..k].iter().all(|y| y.plain() || y.is(BY | HEARSAY));
                if near || beside {
                    return Some(k);
                }
            } else if x.is(INTRANSITIVE) {
                // "fueron enviados 3.000 y murieron dos": the verb has its own behind it.
                let own = plain == 0 && !(k > c.end && items[k - 1].is(AND));
                return (!self.verb_first || !others.contains(&(k + 1)) || own).then_some(k);
            } else if x.is(ACTIVE | NOMINAL) {
                if !relative && !aside {
                    return None;
                }
                aside = true;
            } else if x.is(FIGURE) || others.contains(&k) {
                if !aside {
                    return None;
                }
            } else if x.is(STOP) && !x.is(BE) && !aside || x.is(MARK) && matches!(x.span.of(text), ";" | ":" | "?" | "!") {
                return None;
            } else if x.is(NOUN) && among(items, k) {
                return Some(k);
            } else if x.is(BE) {
                helped = Some(k);
            } else if x.is(RELATIVE) {
                relative = true;
            } else if x.is(AND) && !x.is(MARK) && next_candidate(items, k, others) && !aside {
                return None;
            } else {
                plain += usize::from(x.plain());
                if plain > if c.zero { 3 } else { 14 } {
                    return None;
                }
            }
        }
        None
    }

    /// Gives the figure of a toll its kind: "the death toll rose from 15 to 26".
    fn tolls(&self, items: &[Item], candidates: &mut [Candidate]) {
        for k in 0..items.len() {
            let Some((harm, end)) = toll_at(items, k) else { continue };
            let (Some(kind), Some(rule)) = (items[harm].kind, items[harm].rule) else { continue };
            for c in candidates.iter_mut().filter(|c| c.at > end && c.at <= end + 14) {
                let taken = c.found.is_some_and(|r| r.side != Side::Left || r.trigger > k);
                let between = &items[end..c.at];
                if taken
                    || c.never
                    || between.iter().any(|y| y.is(STOP | TOLL) || y.is(HARM) && !y.is(LINK))
                    || c.head.is_some_and(|h| !items[h].is(VICTIM))
                {
                    continue;
                }
                let Some(link) = between.iter().rev().find(|y| !y.is(DETERMINER) || y.is(LINK | LINK_MORE_THAN | LINK_ABOUT)) else {
                    continue;
                };
                if link.is(LINK_MORE_THAN) {
                    c.figure = self.numbers.bounded(&c.figure, Bound::MoreThan);
                } else if link.is(LINK_ABOUT) {
                    c.figure = self.numbers.bounded(&c.figure, Bound::About);
                } else if !link.is(LINK | AND) {
                    continue;
                }
                // "the number of policemen killed"
                let people = items[k..end].iter().find(|y| y.is(VICTIM));
                c.class = c.class.or(people.and_then(|y| y.class));
                c.found = Some(Relation { kind, trigger: harm, rule, side: Side::Toll });
            }
        }
        // "cifraron en 26 el número de víctimas", "elevan a 26 los muertos"
        for c in candidates.iter_mut().filter(|c| c.found.is_none() && !c.never && c.head.is_none() && !c.zero) {
            let linked = c.at > 0 && items[c.at - 1].is(LINK | LINK_MORE_THAN);
            let Some(next) = items.get(c.at + 1).filter(|x| linked && x.is(QUANTITY | DETERMINER | TOLL)) else { continue };
            let harm = if next.is(TOLL) {
                Some(c.at + 1)
            } else {
                (c.at + 2..c.at + 5).find(|&k| items.get(k).is_some_and(|x| x.is(NOUN | STATE | TOLL)))
            };
            if let Some(k) = harm
                && let (Some(kind), Some(rule)) = (items[k].kind, items[k].rule)
                && items[c.at + 1..k].iter().all(|x| x.is(QUANTITY | DETERMINER | OF | VICTIM))
            {
                c.found = Some(Relation { kind, trigger: k, rule, side: Side::Toll });
            }
        }
    }

    /// Makes the row of a candidate; `first` is the sentence's first count in `before`.
    fn count(&self, items: &[Item], c: &Candidate, relation: Option<Relation>, first: usize, before: &[Count]) -> Count {
        let trigger = relation.map_or(c.at, |r| r.trigger);
        let own = before.get(first..).unwrap_or_default();
        let victims = c.head.map(|h| Span::new(items[c.first_word.unwrap_or(h)].span.start, items[h].span.end));
        let inherits = c.head.is_none() && relation.is_some_and(|r| matches!(r.side, Side::Right | Side::Left) || c.other || c.of_them);
        let class = match c.class {
            Some(VictimClass::Unknown) | None => described(items, c).or(c.class),
            class => class,
        };
        let class = class
            .filter(|_| c.head.is_some())
            .or_else(|| class.filter(|&k| k != VictimClass::Unknown))
            .or_else(|| own.iter().rev().find(|last| last.part_of.is_none()).filter(|_| inherits).map(|last| last.victim_class));
        // What stands before the harm in its clause colours it: "could be killed", "no murieron 20".
        let from = c.at.min(trigger).saturating_sub(5);
        let to = c.at.max(trigger);
        let near = |roles: u64| items[from..to].iter().any(|x| x.is(roles));
        let verb = &items[trigger.saturating_sub(4)..trigger];
        // "unarmed, not soldiers, killed 20": the word must stand by the verb itself, with nothing but its auxiliaries
        // and those counted between.
        let own_words =
            |k: usize| (c.at..c.end).contains(&k) || items[k].is(BE | HAVE | DETERMINER | OBJECT | SUPPOSE | HEARSAY | NOT | ACTIVE);
        // "no dejó 20 muertos"
        let left = c.at >= 2 && c.at < trigger && (items[c.at - 2].is(NOT) && items[c.at - 1].plain() || items[c.at - 1].is(NO));
        let refused = left || (trigger.saturating_sub(6)..trigger).rev().take_while(|&k| own_words(k)).any(|k| items[k].is(NOT));
        let denied = items[..c.at].iter().any(|x| x.is(DENY));
        let not = refused && !c.zero;
        let figure_before = c.at.checked_sub(1).and_then(|k| items.get(k));
        Count {
            figure: c.figure.clone(),
            kind: relation.map_or(ClaimKind::Other, |r| r.kind),
            victims,
            victim_class: class.unwrap_or(VictimClass::Unknown),
            perpetrator: relation.and_then(|r| perpetrator(items, c, r)),
            source: source(items, c),
            trigger: items[trigger].span,
            negated: c.zero || denied || not,
            hypothetical: verb.iter().any(|x| x.is(SUPPOSE)) || near(HEARSAY) || items[from..c.at].iter().any(|x| x.is(SUPPOSE)),
            hearsay: near(HEARSAY),
            total: relation.is_some_and(|r| r.side == Side::Toll) || items.iter().any(|x| x.is(TOTAL)),
            earlier: relation.is_some_and(|r| r.side == Side::Toll) && figure_before.is_some_and(|x| x.is(BEFORE_LINK)),
            background: items.iter().any(|x| x.is(BACKGROUND)),
            part_of: None,
            taken_back: false,
            located: located(items),
            rule: relation.map_or_else(|| RuleId::from(""), |r| self.rules.rules[r.rule].id.clone()),
        }
    }

    /// Runs every rule against its own examples. A count is written as kind, least and greatest number, class, and
    /// `negated` or `hypothetical`; a figure that a rule keeps from counting is `none`.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        check(&self.rules.rules, |example| {
            let own = tokens(example, 0);
            let figures = self.numbers.in_tokens(example, &own);
            let mut out = Vec::new();
            let mut used = Vec::new();
            self.sentence(example, &own, &figures, &[], &mut out, &mut |row, rule| used.push((row, rule)));
            used.into_iter()
                .map(|(row, (rule, span))| {
                    let made = row.and_then(|r| out.get(r)).map_or_else(|| "none".to_owned(), describe);
                    (self.rules.rules[rule].id.clone(), span, made)
                })
                .collect()
        })
    }
}

/// A sentence is read at most so many tokens at a time; none of any newspaper is longer.
const LONGEST_SENTENCE: usize = 400;

/// How far before a bare figure stands the one that says what it counts, in bytes.
const CARRIED_WITHIN: usize = 600;

/// What an article or a word for nobody needs to be a figure.
#[derive(Clone, Copy)]
enum Need {
    Nothing,
    Noun,
    OnePerson,
}

/// The phrases of a pack while they are read.
#[derive(Default)]
struct Lexicon(BTreeMap<Vec<String>, Phrase>);

impl Lexicon {
    /// Adds a phrase with its alternatives; the same words may have several roles.
    fn add(&mut self, word: &str, phrase: Phrase) {
        for written in alternatives(word) {
            let mut folded = String::new();
            let parts: Vec<String> = tokens(&written, 0)
                .iter()
                .map(|t| {
                    folded.clear();
                    fold(t.span.of(&written), &mut folded);
                    folded.clone()
                })
                .collect();
            let Some((_, rest)) = parts.split_first() else { continue };
            let rest = rest.to_vec();
            let known = self.0.entry(parts).or_insert_with(|| Phrase { rest, ..phrase.clone() });
            known.roles |= phrase.roles;
            known.kind = known.kind.or(phrase.kind);
            known.class = known.class.or(phrase.class);
            known.rule = known.rule.or(phrase.rule);
            known.class_rule = known.class_rule.or(phrase.class_rule);
        }
    }

    /// By first word, longest first.
    fn phrases(self) -> HashMap<String, Vec<Phrase>> {
        let mut out: HashMap<String, Vec<Phrase>> = HashMap::new();
        for (mut parts, phrase) in self.0 {
            if !parts.is_empty() {
                out.entry(parts.swap_remove(0)).or_default().push(phrase);
            }
        }
        for list in out.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        out
    }
}

/// "detenid(o|a|os|as)" as the words it stands for.
fn alternatives(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('(') else { return vec![word.to_owned()] };
    let Some((inside, after)) = rest.split_once(')') else { return vec![word.to_owned()] };
    let tails = alternatives(after);
    inside.split('|').flat_map(|i| tails.iter().map(move |t| format!("{before}{i}{t}"))).collect()
}

/// Whether the word of harm at `k` is followed by those it harms, so that what stands before it does the harm.
fn object_follows(items: &[Item], k: usize, is_date: &dyn Fn(&Item) -> bool) -> bool {
    let mut next = k + 1;
    while items.get(next).is_some_and(|x| x.is(OTHER)) {
        next += 1;
    }
    let Some(x) = items.get(next) else { return false };
    // "20 killed Monday": a date is no object; and in capitals-only text a capital says nothing.
    let name = x.plain() && x.capital && !items[k].capital && !is_date(x);
    !is_date(x) && (x.is(FIGURE | ARTICLE | VICTIM | OBJECT | SELF) || x.is(DETERMINER) && !x.is(LINK) || name)
}

/// "un herido": a word of harm that stands for one person.
fn one_harmed(items: &[Item], c: &Candidate) -> bool {
    !c.never && items.get(c.end).is_some_and(|x| x.is(SINGULAR) && x.is(STATE))
}

/// "A footballer was shot dead": what is harmed as only people are is one person, whatever the noun.
fn name_person(items: &[Item], c: &mut Candidate) {
    if c.never || c.noun.is_some() || !items.get(c.end).is_some_and(Item::plain) {
        return;
    }
    let persons = |k: usize| items.get(k).is_some_and(|x| x.is(STATE) && x.is(PERSONS));
    let rest = items.get(c.end..).unwrap_or_default();
    let words = rest.iter().take(4).take_while(|x| x.plain() && !x.is(LOCATIVE)).count();
    let verb = c.end + words;
    let helped = rest[words..].iter().take(3).take_while(|x| x.is(BE | HAVE) && !x.is(STATE)).count();
    let words = if helped > 0 && persons(verb + helped) {
        words
    } else if c.at >= 2 && persons(c.at - 1) && items[c.at - 2].is(BE) {
        // "fue asesinado un futbolista"
        1
    } else {
        return;
    };
    c.first_word = Some(c.end);
    c.head = Some(c.end + words - 1);
    c.end += words;
    c.class = Some(VictimClass::Unknown);
}

/// "killed or wounded 20": the first-named counts.
fn first_of_pair(items: &[Item], k: usize) -> usize {
    match k.checked_sub(2) {
        Some(first) if items[k - 1].is(AND) && !items[k - 1].is(MARK) && items[first].is(ACTIVE) && items[first].rule.is_some() => first,
        _ => k,
    }
}

/// The word for a sum that a figure is the value of: "the figure of 164".
fn sum_of(items: &[Item], c: &Candidate) -> Option<usize> {
    let near = items[..c.at].iter().enumerate().rev().take(3);
    let mut upto = near.take_while(|(_, x)| x.is(DETERMINER | OF | SUM | QUANTITY | TOLL));
    upto.find(|(_, x)| x.is(SUM | QUANTITY | TOLL)).map(|(k, _)| k)
}

/// The word for a sum that somebody's verb gives a value: "put the figure at 18", "cifró en 18 la cifra".
fn sum_reported(text: &str, items: &[Item], c: &Candidate) -> Option<usize> {
    c.at.checked_sub(1).filter(|&k| items[k].is(LINK))?;
    let clause = |x: &&Item| !(x.is(STOP | RELATIVE) || x.is(MARK) && matches!(x.span.of(text), ";" | ":" | "("));
    let own = items[c.at.saturating_sub(8)..c.at].iter().rev().take_while(clause).count();
    let from = c.at - own;
    let verb = (from..c.at).rev().find(|&k| items[k].is(REPORT) && !items[k].is(HARM))?;
    // "the number of hectares went to 18" is a sum of something else.
    let sum = |from: usize, to: usize| (from..to.min(items.len())).find(|&k| items[k].is(SUM) && !items[k].is(QUANTITY));
    let only = |from: usize, to: usize, roles: u64| items.get(from..to).is_some_and(|s| s.iter().all(|x| x.is(roles)));
    let before = sum(verb + 1, c.at).filter(|&k| only(verb + 1, k, DETERMINER) && only(k + 1, c.at, DETERMINER | LINK));
    before.or_else(|| sum(c.end, c.end + 2).filter(|&k| only(verb + 1, c.at, DETERMINER | LINK) && only(c.end, k, DETERMINER)))
}

/// Whether a sum is taken back: "withdrew the figure of 164", "the toll of 164 was an error".
fn taken_back(items: &[Item], c: &Candidate) -> bool {
    let Some(sum) = sum_of(items, c) else { return false };
    if items[..sum].iter().rev().take(6).take_while(|x| !x.is(STOP | FIGURE)).any(|x| x.is(WITHDRAW)) {
        return true;
    }
    let mut after = items.iter().skip(c.at + 1).take(9).take_while(|x| !x.is(FIGURE) && (!x.is(STOP) || x.is(BE)));
    after.by_ref().any(|x| x.is(BE)) && after.take(4).any(|x| x.is(WRONG))
}

/// The word of sending troops that governs a figure.
fn deployed(items: &[Item], c: &Candidate) -> Option<usize> {
    if c.never || c.zero || c.head.is_none() || c.class != Some(VictimClass::Security) {
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
    let helped = items[thing + 1..].iter().take(3).take_while(|x| x.is(BE | HAVE) && !x.is(DAMAGE)).count();
    let k = thing + 1 + helped;
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

/// Whether nothing but articles stands between an item and the start of its clause.
fn begins(items: &[Item], at: usize) -> bool {
    items[..at].iter().rev().find(|x| !x.is(DETERMINER | OTHER)).is_none_or(|x| x.is(MARK | AND | INCLUDING))
}

/// "killed my brother and two other neighbours": the verb whose first object counts nobody.
fn coordinated(items: &[Item], c: &Candidate) -> Option<usize> {
    c.head?;
    // The list must end here: "killed the mayor and two policemen fled".
    if items.get(c.end).is_some_and(|x| !x.is(MARK | AND | BY | STOP)) {
        return None;
    }
    let and = items[..c.at].iter().rposition(|x| !x.is(DETERMINER | OTHER | ARTICLE) || x.is(AND))?;
    if !items[and].is(AND) || items[and].is(MARK) {
        return None;
    }
    let first = items[..and].iter().rposition(|x| !(x.plain() || x.is(VICTIM | DETERMINER | OF)) || x.is(ACTIVE))?;
    (items[first].is(ACTIVE) && (1..=6).contains(&(and - first - 1))).then_some(first)
}

/// "among the dead": a word of harm with "among" before it.
fn among(items: &[Item], k: usize) -> bool {
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
    if items[k].is(TOLL) {
        return Some((k, k + 1));
    }
    // "cifró los muertos en 16"
    if items[k].is(REPORT) && !items[k].is(HARM) {
        let words = items.iter().skip(k + 1).take(2).take_while(|x| x.is(DETERMINER)).count();
        let harm = k + 1 + words;
        let figure = items.get(harm + 2).is_some_and(|x| x.is(FIGURE)) && items.get(harm + 3).is_none_or(|x| !x.plain());
        return (words > 0 && figure && items[harm].is(STATE | NOUN) && items[harm + 1].is(LINK)).then_some((harm, harm + 1));
    }
    if !items[k].is(QUANTITY) {
        return None;
    }
    let counted = items.iter().enumerate().skip(k + 1).take(4).take_while(|(_, x)| !x.is(FIGURE | MARK | STOP));
    counted.into_iter().find(|(_, x)| x.is(STATE | NOUN)).map(|(j, _)| (j, j + 1))
}

/// Carries what governs one candidate over to those it is coordinated with; gives for each the candidate it is a part of.
fn inherit(items: &[Item], candidates: &mut [Candidate]) -> Vec<Option<usize>> {
    let mut parts = vec![None; candidates.len()];
    let only = |from: usize, to: usize, roles: u64| from <= to && items.get(from..to).is_some_and(|s| s.iter().all(|x| x.is(roles)));
    // "two men and a woman were killed", "21, 10 y 8 fallecidos": from the right.
    for c in (0..candidates.len().saturating_sub(1)).rev() {
        let (this, next) = (&candidates[c], &candidates[c + 1]);
        let listed =
            this.end < next.at && only(this.end, next.at, AND | DETERMINER | OTHER) && items[this.end..next.at].iter().any(|x| x.is(AND));
        let bare = this.head.is_none() && !this.other;
        if this.found.is_none() && !this.never && listed && !next.of_them {
            let relation = next.found.filter(|r| r.side == Side::Right || r.side == Side::Noun && bare);
            candidates[c].found = relation;
            if relation.is_some() && bare && candidates[c].class.is_none() {
                candidates[c].class = candidates[c + 1].class.filter(|_| !items[candidates[c + 1].at].is(ARTICLE));
            }
        }
    }
    for c in 1..candidates.len() {
        // The nearest one before that counts somebody.
        let Some(p) = (0..c).rev().find(|&p| candidates[p].found.is_some()) else { continue };
        let (this, last) = (&candidates[c], &candidates[p]);
        if this.never {
            continue;
        }
        let mut k = this.at;
        while k > 0 && items[k - 1].is(DETERMINER | OTHER) && !items[k - 1].is(INCLUDING) {
            k -= 1;
        }
        let included = k > 0 && items[k - 1].is(INCLUDING);
        let gap = items.get(last.end..this.at).unwrap_or_default();
        let joined = !gap.is_empty() && gap.iter().all(|x| x.is(AND | DETERMINER | OTHER));
        let kind = last.found.map(|r| r.kind);
        let same = this.found.is_none_or(|r| Some(r.kind) == kind);
        if this.of_them && last.at < this.at && begins(items, this.at) || included && same {
            parts[c] = Some(p);
            candidates[c].found = candidates[c].found.or(candidates[p].found);
        } else if (joined || and_people(items, this, gap)) && parts[p].is_some() && this.found.is_none() {
            parts[c] = parts[p];
            candidates[c].found = candidates[p].found;
        } else if this.found.is_none() {
            let object = last.found.is_some_and(|r| matches!(r.side, Side::Left | Side::Toll));
            let loose = and_people(items, this, gap);
            if object && (joined || loose) {
                candidates[c].found = candidates[p].found;
            }
        }
    }
    parts
}

/// "five soldiers in Kabul and three civilians": the list goes on behind a place.
fn and_people(items: &[Item], c: &Candidate, gap: &[Item]) -> bool {
    let before = items[..c.at].iter().rev().find(|x| !x.is(DETERMINER | OTHER) || x.is(AND | MARK));
    let and = before.is_some_and(|x| x.is(AND) && !x.is(MARK));
    and && c.head.is_some() && gap.len() <= 10 && gap.iter().all(|x| x.plain() || x.is(AND | DETERMINER | OTHER | OF | LINK | BY))
}

/// What an apposition says of those counted: "15 people, all of them civilians".
fn described(items: &[Item], c: &Candidate) -> Option<VictimClass> {
    // "Seven of the dead were children."
    if c.of_them && c.head.is_none() {
        let from = c.noun.map_or(c.end, |n| n + 1);
        let be = (from..items.len().min(from + 2)).find(|&k| items[k].is(BE))?;
        return items.get(be + 1..)?.iter().take(3).take_while(|x| !x.is(FIGURE | MARK | HARM)).find(|x| x.is(VICTIM))?.class;
    }
    let open = items.get(c.end)?;
    let direct = open.is(INCLUDING) || open.is(MARK);
    let after = items.get(c.end + 1..)?.iter().take(5);
    if !direct || c.head.is_none() {
        return None;
    }
    let end = items.get(c.end + 1..)?.iter().take(5).position(|x| x.is(FIGURE | MARK | HARM | BE | ARTICLE | STOP)).unwrap_or(5);
    after.take(end).find(|x| x.is(VICTIM)).and_then(|x| x.class).filter(|&k| k != VictimClass::Unknown)
}

/// Who did it: behind "by", or the subject of an active verb.
fn perpetrator(items: &[Item], c: &Candidate, r: Relation) -> Option<Span> {
    let end = |x: &Item| x.is(FIGURE | MARK | STOP | AND | BE | HAVE | HARM | RELATIVE | INCLUDING | BY | ZERO);
    if r.side == Side::Left && items[r.trigger].is(ACTIVE) {
        let from = items[..r.trigger].iter().rposition(end).map_or(0, |k| k + 1);
        let from = items[..r.trigger]
            .last()
            .filter(|x| x.is(HAVE))
            .map_or(from, |_| items[..r.trigger - 1].iter().rposition(end).map_or(0, |k| k + 1));
        let to = if items[r.trigger - usize::from(r.trigger > 0)].is(HAVE) { r.trigger - 1 } else { r.trigger };
        return (from < to && to - from <= 8).then(|| Span::new(items[from].span.start, items[to - 1].span.end));
    }
    let after = r.trigger.max(c.end.saturating_sub(1)) + 1;
    let by = (after..items.len().min(after + 4)).find(|&k| items[k].is(BY))?;
    let to = (by + 1..items.len().min(by + 9)).find(|&k| end(&items[k]) || items[k].is(LINK)).unwrap_or(items.len().min(by + 9));
    (by + 1 < to).then(|| Span::new(items[by + 1].span.start, items[to - 1].span.end))
}

/// Who gives a figure: the subject of a verb of counting before it.
fn source(items: &[Item], c: &Candidate) -> Option<(Span, Span)> {
    let end = |x: &Item| x.is(MARK | STOP | RELATIVE);
    let verb = (c.at.saturating_sub(24)..c.at).rev().take_while(|&k| !items[k].is(STOP | RELATIVE)).find(|&k| items[k].is(REPORT))?;
    let start = |to: usize| items[..to].iter().rposition(end).map_or(0, |k| k + 1);
    // "The spokesman, Juan Pérez, put …" is said by Juan Pérez, "Juan Pérez, spokesman, put …" too.
    let aside = |to: usize| if start(to) < to && items[start(to)].capital { to } else { start(to).saturating_sub(1) };
    let verb_or_mark = if verb > 0 && items[verb - 1].is(MARK) { aside(verb - 1) } else { verb };
    let from = start(verb_or_mark);
    let to = (from..verb_or_mark).find(|&k| items[k].is(BE | HAVE)).unwrap_or(verb_or_mark);
    let subject = items.get(from..to)?;
    // Only the clause's own subject, not "two deaths were reported" nor "it was reported that 20 …".
    let passive = items[to..verb].iter().any(|x| x.is(BE));
    let fits = !subject.is_empty() && subject.len() <= 8 && !passive && !subject.iter().any(|x| x.is(FIGURE | HARM | ARTICLE | ZERO | NO));
    fits.then(|| (Span::new(items[from].span.start, items[to - 1].span.end), items[verb].span))
}

/// What stands behind the words for "in".
fn located(items: &[Item]) -> Vec<Span> {
    let behind = items.windows(3).filter(|w| w[0].is(LOCATIVE)).filter_map(|w| if w[1].capital { Some(&w[1]) } else { w.get(2) });
    let last = items.windows(2).rev().take(1).filter(|w| w[0].is(LOCATIVE)).map(|w| &w[1]);
    behind.chain(last).filter(|x| x.capital && x.plain()).map(|x| x.span).collect()
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
