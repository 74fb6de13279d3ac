//! What the words of a report of harm may do: roles, lists, and a sentence as items.

use foldhash::HashMap;
use serde::Deserialize;

use super::super::numbers::{Figure, fold, folded};
use super::Casualties;
use crate::span::Span;
use crate::text::{Token, TokenKind, WordMap, tokens};
use crate::vocabulary::{ClaimKind, VictimClass};

/// What a phrase does in a report of harm; `[words]` lists are named after the last ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
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
    /// Carrying to where the harmed are treated: "[taken to] hospital"; or leaving a place: "[abandoned] Kilelengwani".
    Carried,
    /// What a price is for: "120 tenge [a litre]".
    PerUnit,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Spec {
    pub(super) role: Role,
    pub(super) kind: Option<ClaimKind>,
    pub(super) class: Option<VictimClass>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) singular: Vec<String>,
    #[serde(default)]
    pub(super) verb_first: bool,
    /// The verb's object is harmed only if it is people.
    #[serde(default)]
    pub(super) of_people: bool,
    /// It says no harm of members: "the team lost two players".
    #[serde(default)]
    pub(super) no_members: bool,
}

/// The roles of an item, as bits.
pub(super) type Roles = u128;

pub(super) const STATE: Roles = 1;
pub(super) const ACTIVE: Roles = 1 << 1;
pub(super) const INTRANSITIVE: Roles = 1 << 2;
pub(super) const NOUN: Roles = 1 << 3;
pub(super) const NOMINAL: Roles = 1 << 4;
pub(super) const TOLL: Roles = 1 << 5;
pub(super) const VICTIM: Roles = 1 << 6;
pub(super) const THING: Roles = 1 << 7;
pub(super) const OWN_DEATH: Roles = 1 << 8;
pub(super) const SINGULAR: Roles = 1 << 9;
pub(super) const VERB_FIRST: Roles = 1 << 10;
pub(super) const FIGURE: Roles = 1 << 11;
pub(super) const MARK: Roles = 1 << 12;
pub(super) const DEPLOY: Roles = 1 << 13;
pub(super) const DAMAGE: Roles = 1 << 14;
pub(super) const PRICE: Roles = 1 << 15;
pub(super) const PER_UNIT: Roles = 1 << 16;
/// A number that can't count anybody harmed ("aged 25"), once it is known to be one.
pub(super) const DEAD: Roles = 1 << 17;
/// Takes only people as its object: "lost three men", not "lost three seats".
pub(super) const OF_PEOPLE: Roles = 1 << 18;
/// Carries to a place that says what befell those carried: "[taken to] a hospital".
pub(super) const CARRIED: Roles = 1 << 19;
/// Says of those who hold a seat in an office, a party or a team that they leave it: "lost two ministers".
pub(super) const NO_MEMBERS: Roles = 1 << 20;
/// Stands in a temporal expression.
pub(super) const DATED: Roles = 1 << 21;
/// The first bit of the lists under `[words]`.
pub(super) const LISTS_FROM: u32 = 22;
/// A verb that gives a toll its value and bounds it.
pub(super) const BOUNDING: Roles = LINK_MORE_THAN | LINK_ABOUT | LINK_AT_LEAST | LINK_AT_MOST | LINK_LESS_THAN;
pub(super) const HARM: Roles = STATE | ACTIVE | INTRANSITIVE | NOUN | NOMINAL | TOLL;

/// Names the lists under `[words]` and gives each a bit.
macro_rules! lists {
    ($($name:ident = $word:literal),+ $(,)?) => {
        pub(super) const LISTS: &[&str] = &[$($word),+];
        lists!(@ 0u32; $($name),+);
    };
    (@ $n:expr; $name:ident $(, $rest:ident)*) => {
        pub(super) const $name: Roles = 1 << (LISTS_FROM + $n);
        lists!(@ $n + 1; $($rest),*);
    };
    (@ $n:expr;) => {};
}
lists! {
    ARTICLE = "article", ZERO = "zero", NO = "no", OF = "of", DETERMINER = "determiner", OTHER = "other", BE = "be", HAVE = "have",
    AND = "and", INCLUDING = "including", OF_THEM = "of_them", AMONG = "among", RELATIVE = "relative", RELEASE = "release", STOP = "stop",
    QUANTITY = "quantity", LINK = "link", LINK_MORE_THAN = "link_more_than", LINK_ABOUT = "link_about", LINK_AT_LEAST = "link_at_least", LINK_AT_MOST = "link_at_most", LINK_LESS_THAN = "link_less_than", BEFORE_LINK = "before_link", BY = "by",
    DENY = "deny", NOT = "not", SUPPOSE = "suppose", HEARSAY = "hearsay", SELF = "self", OBJECT = "object", PERCENT = "percent",
    MONEY = "money", TOTAL = "total", BACKGROUND = "background", REPORT = "report", PERSONS = "persons", SUM = "sum", WITHDRAW = "withdraw",
    WRONG = "wrong", LOCATIVE = "locative", CURRENCY = "currency", GOODS = "goods", EARLIER = "earlier", UPDATE = "update", AMBIGUOUS = "ambiguous", ANOTHER = "another",
    HOSPITAL = "hospital", SINCE = "since", BEGIN = "begin", BETWEEN = "between", UNTIL = "until", TOWARD = "toward", HELD = "held", PERSONAL = "personal",
    AFTER = "after", BODY = "body", AGED = "aged", PROPORTION = "proportion", ALLEGED = "alleged", ONTO = "onto",
    AS_OF = "as_of", WITHIN = "within", STILL = "still", GROUP = "group",
    ALONGSIDE = "alongside", PRISON = "prison", THEY = "they",
    CALAMITY = "calamity", TAKING = "taking", DRIVING = "driving", AWAY = "away", HOW_MANY = "how_many", MEMBER = "member", TELL = "tell",
    EVENT = "event", OCCUR = "occur", REGION = "region", STRUCK = "struck", DISTANCE = "distance",
    GRAVE = "grave", NO_SOURCE = "no_source", JUDGED = "judged", WHERE = "where", TO_DEATH = "to_death", RECORD = "record", RECENT = "recent", FIRST = "first", TO_DEATH_ONLY = "to_death_only", WHEN = "when", NATIONWIDE = "nationwide",
    OVERNIGHT = "overnight", UNREST = "unrest", THERE = "there", TAKEN_FROM = "taken_from", CARRY = "carry", MEDIC = "medic",
    OF_YEAR = "of_year", COMPARED = "compared", NUMBERED = "numbered", SEAT = "seat", HERE = "here", INNER = "inner",
    FORCE = "force", SUFFER = "suffer", THEIR = "their", SLAUGHTER = "slaughter",
}

/// What is asked of a word by a later step only; for the reading of harm it is a word like any other.
pub(super) const ASIDE: Roles = PERSONS
    | SUM
    | WITHDRAW
    | WRONG
    | LOCATIVE
    | CURRENCY
    | PER_UNIT
    | PRICE
    | GOODS
    | DEPLOY
    | DAMAGE
    | EARLIER
    | UPDATE
    | AMBIGUOUS
    | HOSPITAL
    | SINCE
    | WHEN
    | NATIONWIDE
    | OF_YEAR
    | COMPARED
    | BEGIN
    | BETWEEN
    | UNTIL
    | TOWARD
    | PERSONAL
    | AGED
    | PROPORTION
    | ALLEGED
    | ONTO
    | AS_OF
    | WITHIN
    | STILL
    | GROUP
    | ALONGSIDE
    | PRISON
    | THEY
    | CALAMITY
    | TAKING
    | DRIVING
    | AWAY
    | HOW_MANY
    | MEMBER
    | TELL
    | EVENT
    | OCCUR
    | REGION
    | STRUCK
    | DISTANCE
    | GRAVE
    | NO_SOURCE
    | JUDGED
    | WHERE
    | TO_DEATH
    | RECORD
    | RECENT
    | FIRST
    | TO_DEATH_ONLY
    | OVERNIGHT
    | UNREST
    | THERE
    | TAKEN_FROM
    | CARRY
    | MEDIC
    | NUMBERED
    | SEAT
    | HERE
    | INNER
    | FORCE
    | SUFFER
    | THEIR
    | SLAUGHTER
    | DEAD
    | DATED
    | CARRIED;

/// One phrase of the pack: what it may do, and what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Phrase {
    pub(super) roles: Roles,
    pub(super) kind: Option<ClaimKind>,
    pub(super) class: Option<VictimClass>,
    /// The rule of its harm, and that of its class.
    pub(super) rule: Option<usize>,
    pub(super) class_rule: Option<usize>,
}

impl Phrase {
    /// What the same words say that say this too.
    fn with(&self, other: &Self) -> Self {
        Self {
            roles: self.roles | other.roles,
            kind: self.kind.or(other.kind),
            class: self.class.or(other.class),
            rule: self.rule.or(other.rule),
            class_rule: self.class_rule.or(other.class_rule),
        }
    }

    /// Whether it may say by itself that somebody was harmed, or nobody: what nothing else in a sentence does but a figure.
    const fn tells(&self) -> bool {
        self.kind.is_some() || self.roles & (ZERO | CARRIED | CARRY) != 0
    }
}

/// A stretch of a sentence with the roles it may play.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) roles: Roles,
    pub(super) kind: Option<ClaimKind>,
    pub(super) class: Option<VictimClass>,
    pub(super) rule: Option<usize>,
    pub(super) class_rule: Option<usize>,
    /// Index into the figures.
    pub(super) figure: Option<usize>,
    /// Begins with a capital.
    pub(super) capital: bool,
}

impl Item {
    pub(super) const fn is(&self, roles: Roles) -> bool {
        self.roles & roles != 0
    }

    /// A word without a say in a report of harm.
    pub(super) const fn plain(&self) -> bool {
        self.roles & !ASIDE == 0
    }
}

/// What the items of a sentence may do, all together: most sentences have nothing of most of what is looked for in them.
pub(super) fn all_roles(items: &[Item]) -> Roles {
    items.iter().fold(0, |all, x| all | x.roles)
}

/// The phrases of a pack by their words, each of which is one number: whatever is asked of a word of a text, it is looked up once.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    words: WordMap<Word>,
    /// Those of one word, of which hundreds are alike.
    alone: Vec<Phrase>,
    /// Where each of them stands, from one.
    alike: HashMap<Phrase, u32>,
    /// The others by their first two words, each with the rest of its words; the longest first.
    longer: HashMap<[u32; 2], Vec<(Vec<u32>, Phrase)>>,
}

/// A word as the phrases have it; that of no phrase is the default.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Its number, from one.
    id: u32,
    /// Whether longer phrases begin with it.
    begins: bool,
    /// Whether it is the second word of any.
    follows: bool,
    /// Whether a phrase that tells of harm is known by it.
    tells: bool,
    /// Where it stands among those of one word, from one.
    alone: u32,
}

impl Word {
    /// Whether it [tells](Phrase::tells) of harm, alone or as part of a longer phrase.
    pub(super) const fn tells(&self) -> bool {
        self.tells
    }
}

impl Phrases {
    /// Adds a phrase with its alternatives; the same words may have several roles.
    pub(super) fn add(&mut self, word: &str, phrase: &Phrase) {
        let mut folded = String::new();
        alternatives(&mut String::new(), word, &mut |written| {
            // Small letters with one space between words stand as they are.
            let mut last = b' ';
            let letters = |b: u8| {
                let single = last != b' ';
                last = b;
                b.is_ascii_lowercase() || b == b' ' && single
            };
            if written.bytes().all(letters) && last != b' ' {
                return self.add_folded(written, phrase);
            }
            folded.clear();
            for token in tokens(written, 0) {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                fold(token.span.of(written), &mut folded);
            }
            self.add_folded(&folded, phrase);
        });
    }

    /// Adds folded words with a space between.
    fn add_folded(&mut self, folded: &str, phrase: &Phrase) {
        let mut words = folded.split_ascii_whitespace();
        let Some(first) = words.next() else { return };
        let Some(second) = words.next() else {
            let word = self.entry(first);
            word.tells |= phrase.tells();
            let known = (word.alone as usize).checked_sub(1);
            let phrase = known.map_or(*phrase, |known| self.alone[known].with(phrase));
            let next = self.alone.len() as u32 + 1;
            let alone = *self.alike.entry(phrase).or_insert(next);
            if alone == next {
                self.alone.push(phrase);
            }
            self.entry(first).alone = alone;
            return;
        };
        let first = self.entry(first);
        first.begins = true;
        let first = first.id;
        let second = self.entry(second);
        second.follows = true;
        let pair = [first, second.id];
        // The longest word is hardly ever one that every sentence has.
        if phrase.tells()
            && let Some(telling) = folded.split_ascii_whitespace().max_by_key(|word| word.len())
        {
            self.entry(telling).tells = true;
        }
        let rest: Vec<u32> = words.map(|word| self.entry(word).id).collect();
        let longer = self.longer.entry(pair).or_default();
        if let Some((_, known)) = longer.iter_mut().find(|(known, _)| *known == rest) {
            *known = known.with(phrase);
        } else {
            // The longest first.
            let at = longer.partition_point(|(known, _)| known.len() >= rest.len());
            longer.insert(at, (rest, *phrase));
        }
    }

    fn entry(&mut self, folded: &str) -> &mut Word {
        let known = self.words.len();
        let word = self.words.entry(folded);
        if word.id == 0 {
            word.id = known as u32 + 1;
        }
        word
    }

    /// The words of a text.
    pub(super) fn words(&self, text: &str, tokens: &[Token]) -> Vec<Word> {
        let word = |t: &Token| self.words.of(t.short, || folded(t.span.of(text))).copied().unwrap_or_default();
        tokens.iter().map(word).collect()
    }

    /// Those that stand at the first of some words, longest first, with how many words they have.
    fn at<'p>(&'p self, words: &'p [Word]) -> impl Iterator<Item = (&'p Phrase, usize)> {
        let first = words.first().copied().unwrap_or_default();
        let pair = words.get(1).filter(|second| first.begins && second.follows).map(|second| [first.id, second.id]);
        let longer = pair.and_then(|pair| self.longer.get(&pair)).into_iter().flatten();
        let fits = |(rest, _): &&(Vec<u32>, _)| rest.iter().enumerate().all(|(k, id)| words.get(k + 2).is_some_and(|w| w.id == *id));
        let alone = (first.alone as usize).checked_sub(1).and_then(|i| self.alone.get(i));
        longer.filter(fits).map(|(rest, p)| (p, 2 + rest.len())).chain(alone.map(|p| (p, 1)))
    }
}

/// Calls `each` with the words that "detenid(o|a|os|as)" stands for, behind what is written already.
fn alternatives(written: &mut String, word: &str, each: &mut impl FnMut(&str)) {
    let before = written.len();
    // Most words have no other forms.
    let several = word.as_bytes().contains(&b'(');
    let parted = several.then(|| word.split_once('(')).flatten().and_then(|(own, rest)| Some((own, rest.split_once(')')?)));
    if let Some((own, (inside, after))) = parted {
        written.push_str(own);
        let stem = written.len();
        for choice in inside.split('|') {
            written.push_str(choice);
            alternatives(written, after, each);
            written.truncate(stem);
        }
    } else if before == 0 {
        each(word);
    } else {
        written.push_str(word);
        each(written);
    }
    written.truncate(before);
}

impl Casualties {
    /// A sentence as items.
    pub(super) fn items(&self, text: &str, own: &[Token], words: &[Word], figures: &[Figure]) -> Vec<Item> {
        let mut out: Vec<Item> = Vec::with_capacity(own.len());
        let (mut i, mut f) = (0, 0);
        let mut closing = usize::MAX;
        while i < own.len() {
            let start = own[i].span.start;
            let is_mark = own[i].kind == TokenKind::Mark;
            // Marks around a word or two say whose word it is, nothing of the grammar: 26 "criminals" were killed.
            let counts = || own.get(i + 1).is_some_and(|t| figures[f..].iter().take(2).any(|x| x.span.start == t.span.start));
            if is_mark && let Some(close) = few_in_marks(text, own, i, counts) {
                closing = close;
                i += 1;
                continue;
            }
            if i == closing {
                i += 1;
                continue;
            }
            while figures.get(f).is_some_and(|x| x.span.start < start) {
                f += 1;
            }
            let capital = own[i].span.of(text).starts_with(char::is_uppercase);
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
            if is_mark {
                // "One U.S. soldier", "killed Sgt. Mora and two others": a stop inside a sentence belongs to its word.
                let stop = own[i].span.of(text) == "." && own.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word);
                if let Some(word) = out.last_mut().filter(|x| stop && x.span.end == start && x.roles & (FIGURE | MARK) == 0) {
                    word.span.end = own[i].span.end;
                    i += 1;
                    continue;
                }
                item.roles = MARK;
            }
            let mut next = i + 1;
            // No phrase goes into a figure.
            let limit = figures.get(f).map_or(usize::MAX, |x| x.span.start);
            for (p, count) in self.phrases.at(&words[i..]).filter(|(_, count)| own[i + count - 1].span.end <= limit) {
                if item.rule.is_none() && item.roles & !MARK == 0 {
                    (item.kind, item.class, item.rule, item.class_rule) = (p.kind, p.class, p.rule, p.class_rule);
                    item.roles |= p.roles;
                    next = i + count;
                } else if item.is(NOMINAL) && p.roles & (NOUN | STATE) != 0 {
                    // "muertes de" governs a figure behind it, and is counted by one before it; so is "heridas en".
                    item.roles |= p.roles & (NOUN | STATE);
                }
            }
            item.span.end = own[next - 1].span.end;
            out.push(item);
            i = next;
        }
        let all = all_roles(&out);
        if all & (TAKING | DRIVING) != 0 {
            taken(&mut out);
        }
        if all & TO_DEATH != 0 {
            to_death(&mut out);
        }
        if all & CARRIED != 0 {
            carried(&mut out, &self.carried_as);
        }
        if all & CARRY != 0 {
            carry(&mut out, &self.carried_as);
        }
        if all & INTRANSITIVE != 0 {
            fell(&mut out);
        }
        out
    }
}

/// The mark that closes those opened at `i`, if they hold at most three words and nothing else, or six of which the first are a figure.
fn few_in_marks(text: &str, own: &[Token], i: usize, counts: impl Fn() -> bool) -> Option<usize> {
    let mark = |k: usize| own.get(k).filter(|t| t.kind == TokenKind::Mark).map(|t| t.span.of(text));
    let close = match mark(i)? {
        "\"" => "\"",
        "“" => "”",
        "«" => "»",
        _ => return None,
    };
    let opens = own.get(i + 1).is_some_and(|t| t.span.start == own[i].span.end) && (i == 0 || own[i - 1].span.end < own[i].span.start);
    let end = (i + 1..i + 8).find(|&k| mark(k).is_some()).filter(|&end| end < i + 5 || counts())?;
    (opens && end > i + 1 && mark(end) == Some(close)).then_some(end)
}

/// "cayeron presos seis vecinos": a verb of dying that only helps another word of harm.
fn fell(items: &mut [Item]) {
    for k in 0..items.len() {
        if items[k].is(INTRANSITIVE) && items[k].is(BE) {
            let words = items[k + 1..].iter().take(2).take_while(|x| x.plain()).count();
            if items.get(k + 1 + words).is_some_and(|x| x.is(STATE)) {
                items[k].roles &= !(INTRANSITIVE | VERB_FIRST | OF_PEOPLE);
            }
        }
    }
}

/// "Landslide in Nepal claims 35", but not "the rebels claim 35": a verb of taking kills behind a word for a calamity only.
fn taken(items: &mut [Item]) {
    const CLAUSE: usize = 9;
    for k in 0..items.len() {
        // "drove 2,000 peasants into the hills", but not "drove to the hills"
        if items[k].is(DRIVING) && items[k].is(ACTIVE) {
            let object = items[k + 1..].iter().take(8).take_while(|x| !x.is(MARK | HARM | STOP) || x.is(AWAY));
            let mut counted = false;
            let away = object.into_iter().any(|x| {
                counted |= x.is(FIGURE | ARTICLE);
                counted && x.is(AWAY)
            });
            if !away {
                (items[k].roles, items[k].kind, items[k].rule) = (items[k].roles & !ACTIVE, None, None);
            }
        }
        if items[k].is(TAKING) {
            let clause = items[..k].iter().rev().take(CLAUSE).take_while(|x| !x.is(MARK | STOP | FIGURE));
            if !clause.into_iter().any(|x| x.is(CALAMITY)) {
                (items[k].roles, items[k].kind, items[k].rule) = (items[k].roles & !ACTIVE, None, None);
            }
        }
    }
}

/// "mauled to death": whoever is hurt so dies of it.
fn to_death(items: &mut [Item]) {
    for k in 1..items.len() {
        if items[k].is(TO_DEATH) && items[k - 1].is(STATE) && items[k - 1].kind == Some(ClaimKind::Injured) {
            items[k - 1].kind = Some(ClaimKind::Killed);
        }
    }
}

/// "took three people to hospital", "llevaron a doce estudiantes a la comisaría", "los sanitarios atendieron a 21 personas": where those
/// behind the verb are carried, or who sees to them, says what befell them.
fn carry(items: &mut [Item], carried_as: &[(ClaimKind, usize)]) {
    const OBJECT: usize = 7;
    const GOAL: usize = 5;
    for k in 0..items.len() {
        if !items[k].is(CARRY) {
            continue;
        }
        // "tres fueron evacuados al hospital"
        let passive = items[k].is(STATE).then_some(k);
        let counted = items[k + 1..].iter().take(3).position(|x| x.is(FIGURE | ARTICLE)).map(|n| k + 1 + n);
        let open =
            counted.and_then(|c| (c + 1..items.len().min(c + OBJECT)).find(|&j| items[j].is(TOWARD | DETERMINER | MARK | HARM | STOP)));
        let goal = passive.map(|k| k + 1).or(open.filter(|&j| items[j].is(TOWARD | DETERMINER) && !items[j].is(MARK)));
        let goal = goal.filter(|&j| j < items.len()).map_or(&[][..], |j| &items[j..items.len().min(j + GOAL)]).iter();
        // "evacuados del hospital"
        let goal = goal.take_while(|x| !x.is(FIGURE | HARM | STOP | MARK | OF | TAKEN_FROM)).find(|x| x.is(HOSPITAL | PRISON));
        let clause = items[..k].iter().rev().take(OBJECT).take_while(|x| !x.is(MARK | STOP | FIGURE));
        // "Bomberos evacuaron a 200 vecinos" says what befell them.
        let seen_to = counted.is_some() && !items[k].is(ACTIVE) && clause.into_iter().any(|x| x.is(MEDIC));
        let kind = match goal {
            Some(x) if x.is(HOSPITAL) => ClaimKind::Injured,
            Some(_) => ClaimKind::Detained,
            None if seen_to => ClaimKind::Injured,
            None => continue,
        };
        let Some((_, rule)) = carried_as.iter().find(|(k, _)| *k == kind) else { continue };
        // "took 19 to hospital"
        let bare = kind == ClaimKind::Injured && counted.is_some() && counted.map(|c| c + 1) == open;
        let role = match passive {
            Some(_) => 0,
            None if bare => ACTIVE,
            None => ACTIVE | OF_PEOPLE,
        };
        (items[k].roles, items[k].kind, items[k].rule) = (items[k].roles | role, Some(kind), Some(*rule));
    }
}

/// "taken to the city's main hospital", "driven to the barracks": where they are carried says what befell them.
fn carried(items: &mut [Item], carried_as: &[(ClaimKind, usize)]) {
    for k in 0..items.len() {
        if !items[k].is(CARRIED) {
            continue;
        }
        // "taken to six hospitals"
        let several = |j: usize| items[j].is(FIGURE) && items[j + 1..].iter().take(2).any(|x| x.is(HOSPITAL | PRISON));
        let goal = (k + 1..items.len()).take(6).take_while(|&j| !items[j].is(FIGURE | HARM | STOP | MARK) || several(j));
        let toward = goal.map(|j| &items[j]).find(|x| x.is(HOSPITAL | PRISON));
        // "En el hospital Posadas fueron atendidas 71 personas"
        let back = || items[..k - 1].iter().rev().take(8).take_while(|x| !x.is(FIGURE | HARM | STOP | MARK)).find(|x| x.is(HOSPITAL));
        let counts = k > 0 && items[k - 1].is(BE) && items.get(k + 1).is_some_and(|x| x.is(FIGURE));
        let toward = toward.or_else(|| Some(()).filter(|()| counts).and_then(|()| back()));
        // "abandoned Kilelengwani", but not "abandoned their demands"
        let place = || items[k + 1..].iter().take(2).take_while(|x| x.plain() || x.is(DETERMINER)).any(|x| x.capital && x.plain());
        let (kind, role) = match (items[k].kind, toward) {
            (Some(ClaimKind::Displaced), _) if place() => (ClaimKind::Displaced, INTRANSITIVE),
            (Some(ClaimKind::Displaced), _) | (_, None) => continue,
            (_, Some(x)) if x.is(HOSPITAL) => (ClaimKind::Injured, STATE),
            (_, Some(_)) => (ClaimKind::Detained, STATE | OF_PEOPLE),
        };
        let Some((_, rule)) = carried_as.iter().find(|(k, _)| *k == kind) else { continue };
        (items[k].roles, items[k].kind, items[k].rule, items[k].class_rule) =
            (items[k].roles & !CARRIED | role, Some(kind), Some(*rule), None);
    }
}
