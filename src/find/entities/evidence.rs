//! What kind of thing a run names: every rule that holds adds its weight.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use serde::Deserialize;

use super::gazetteer::{Entry, Gazetteer, fold};
use super::glance::{self, Glance, Guards};
use super::offices::Offices;
use super::runs::{Line, Run, Structure};
use super::words::{Lexicon, Lists, Shape, Word};
use crate::error::{Error, Result};
use crate::find::set::RuleSet;
use crate::pack::{Rule, RuleId};
use crate::span::Span;
use crate::vocabulary::EntityKind;

/// Where a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum At {
    /// The whole name stands in the gazetteer; the kind is the entry's.
    Gazetteer,
    /// The whole name is that of a lesser town.
    Town,
    /// An organisation of the gazetteer begins it and more follows.
    Begins,
    /// The whole name is one word of a list.
    Whole,
    /// The first word is in a list, and more follow.
    First,
    /// The last word is in a list, and others stand before it.
    Last,
    /// The same, and one of those owns it: "Dan's Drain Service".
    House,
    /// The same, and a word of `other` is among those: "Hurricane Center".
    LastOf,
    /// A word that is in a list stands before "of" inside the name, not as its first word.
    HeadOf,
    /// Any word is in a list.
    Any,
    /// The last word ends as a word of the list.
    Ending,
    /// The first of several words is a given name.
    Given,
    /// The one word is a given name.
    GivenAlone,
    /// The last of several words is a common surname.
    Surname,
    /// The one word is a common surname.
    SurnameAlone,
    /// Two to four capitalised words, only small words of persons between.
    Several,
    /// Two to four capitalised words, the first known to nobody, the last one of every day: "Rodale Books".
    Trade,
    /// It is all that stands between two quotation marks.
    Quoted,
    /// One word that no list knows and that is coined as words of the list say: `-tron` ends it, `petro-` begins it.
    Coined,
    /// One capitalised word.
    Single,
    /// In news of business one unknown word, no name of a person, that doesn't open its sentence or stands elsewhere too.
    Company,
    /// One word in capitals.
    Acronym,
    /// One word of mixed case that is not shaped as the words of the list are.
    Mixed,
    /// A lone capital with its dot inside the name, or several of them before it.
    Initial,
    /// One word that opens a sentence, so that its capital says nothing, and is a word of every day.
    OpeningCommon,
    /// One word that opens a sentence and ends as a word of the list, such as a verb does; no name of a person.
    OpeningEnding,
    /// Words of every day alone, and no name of a person among them.
    Common,
    /// One word that stands without a capital elsewhere in the document.
    Small,
    /// The word before is in a list; a demonym may stand between.
    Before,
    /// "Named" or "called" stands before, and a word of the list before that.
    Named,
    /// "To" or "from" stands right before, and a word of the list for a motion or a way not far before that.
    Toward,
    /// A word of the list and one of `other` stand right before, an article at most between those and the name: "a farmer
    /// from", "a stake in", "the member for".
    BeforeTwo,
    /// A word of the list and one of `other` follow: "refugee camp".
    AfterTwo,
    /// A preposition of the list stands right before what is no known person's, no possessive, and no word of `other` before
    /// that: "in", but not "trust in".
    Within,
    /// It stands in a list that a preposition of the list begins: "in A, B and C".
    ListIn,
    /// A word of the list stands right before, and a name with a word of `other` not far before that: "from A to".
    FromTo,
    /// "Known as" and the like stand before, and another name before that; the kind is that one's.
    KnownAs,
    /// A comma and a word of the list follow: "…, who".
    Who,
    /// A comma, an article and small words follow, and a word of the list behind those: "…, a headman who".
    ApposedWho,
    /// A comma follows, and behind it what kind of body it is: "…, a shelter in", "…, empresa auxiliar".
    ApposedBody,
    /// A word of the list with its article or owner stands before a comma, and commas hold the name: "Her newspaper, …,".
    BodyApposed,
    /// A word of the list stands before, and one small word between that is no verb or role: "colectivo gay".
    BeforeWhat,
    /// Another small word and one of the list follow: "… garment factory".
    AfterWhat,
    /// An article stands before one given name or surname, and no word behind that it could go with: "the Tamar will".
    ArticleGiven,
    /// In news of sport, a place's name where its team is meant: it does what teams do, or one plays against it.
    Team,
    /// In news of sport, words that end as names of clubs do, and no preposition of place before.
    TeamName,
    /// A body's or city's name and the letter of its second team: "Albacete B".
    SecondTeam,
    /// In news of sport, the last word of a club's name by itself, and a verb of `other` behind.
    TeamAlone,
    /// A comma, and a word of the list as first or second behind it: "…, con sede en".
    Seated,
    /// A word of the list for a ship or another thing that bears a name stands before, quotation marks aside.
    Vehicle,
    /// "Of", or a word of the list, stands right before what is not known, and somebody's name before that: "Yoav Shemesh of
    /// Yisrael Beiteinu".
    PersonOf,
    /// The same, of several words: "Louise Blackwell of Johnson Mowat".
    PersonOfSeveral,
    /// A word of the list for who one is in a body follows, and behind it who: "Tolmar CEO Ann Hill".
    OfficeBehind,
    /// A word of the list for who one is in a body stands before with "of", and the name of who it is follows right behind: "el
    /// delantero del Zentaro Juan Gil".
    HolderOf,
    /// One unknown word, a verb of the list and soon behind it a word of `other`: "Brenlow said on Tuesday that it". Nobody of
    /// that surname is named in the document.
    SaysOfItself,
    /// The letters of the list and a number, behind an article or a word for a way: "la N-330", "the M25".
    Road,
    /// Games of several sets follow: "beat Vondrousova 6-3 6-4".
    Sets,
    /// A known town and a word of the list, as clubs are called: "Canberra Raiders".
    TownAndWord,
    /// One word behind a comma, behind a name whose last word is in the list, and a mark follows: "Corporation Street, Preston,".
    BehindPlace,
    /// A demonym and a known body of many countries: "American Red Cross".
    Branch,
    /// What a body does, and the country or region it does it for: "Police Scotland".
    TaskOfPlace,
    /// An article behind a preposition of the list stands before somebody's whole name: "en el Carlos Belmonte".
    Venue,
    /// Two words with "of" between, the first nobody's name: "Villalón de Campos".
    OfShape,
    /// It ends in an "and" and a word of the list: "Mouriño e Hijos".
    Partners,
    /// An ampersand stands between words.
    Ampersand,
    /// The last of several words is an acronym, and the others are none: "Svevind AB".
    AcronymLast,
    /// The first word is in a list, and a small word leads on to what it is for: "Mothers of".
    FirstOf,
    /// A word of the list and its number: "Highway 101".
    Numbered,
    /// An article stands right before one unknown word, and a verb of the list follows: "the Zarlik said".
    ArticleActs,
    /// One word that opens a sentence, no known name, with a word of the list behind it: "Mueren los".
    OpeningBefore,
    /// A comma and "of" stand before, behind another name, and a mark follows: "Ana Ruiz, de Lugo,".
    From,
    /// The same, and it is made of several words of every day: "Ana Ruiz, de Renovación Popular,".
    FromBody,
    /// A small word as it begins surnames begins it.
    Particle,
    /// Its acronym in brackets follows.
    Abbreviated,
    /// An article stands right before what is no known name and has no given name.
    Article,
    /// "Of", or a word of the list, stands right before one unknown word that is nobody's given name or surname.
    OfSingle,
    /// An article and a demonym stand before: "el holandés Duisenberg".
    ArticleDemonym,
    /// A word of the list with "of" stands before.
    BeforeOf,
    /// A word of the list, "of" and a small word of every day stand before: "the rock band", as Spanish says it.
    BeforeOfWhat,
    /// The word after is in a list; an auxiliary may stand between.
    After,
    /// A given name begins it, no known place, and a word of the list stands right behind: "the Ann Hill hospital".
    GivenBefore,
    /// A word of the list stands earlier in the sentence, and commas hold the name.
    AppositionBefore,
    /// A comma and a phrase with a word of the list follow.
    AppositionAfter,
    /// An age in commas or brackets follows.
    Age,
    /// A place in brackets follows, or a comma and a country.
    PlaceAfter,
    /// A place in brackets follows as in the results of a sport: behind a colon or a word of the list, or before one or a number.
    Contestant,
    /// A comma follows and where it lies: "…, in the hills of", "…, al sur de".
    Lies,
    /// A preposition of the list and an article stand before one unknown word: "across the Ruzizi".
    Past,
    /// The last word is a known place, and what stands before is nobody's name: "Shakhter Karagandy".
    PlaceLast,
    /// A word of the list stands before the last, which is a known place: "Mobil Oil Canada".
    BeforePlace,
    /// It stands in a list that a word of the list and "of" begin: "the villages of A, B and C"; of organisations one that such a
    /// word begins by itself or with one of `other`: "the unions A and B", "companies such as A and B".
    ListOf,
    /// A code of the list behind a comma behind a name: "Austin, TX".
    CodeAfterPlace,
    /// It opens a line, and a date or an agency in brackets follows.
    Dateline,
    /// It is all that stands in brackets between the place that opens a line and a dash: "Osh, 5 ene (Colprensa).- ".
    DatelineSource,
    /// A city's name behind one of the words of the list: its club.
    Club,
    /// In brackets behind a side's goals, with its minute.
    Scorer,
    /// A name with goals or points behind it or behind its opponent: a team.
    Score,
    /// A code of the list in brackets, alone or before a stroke: "(ITA)".
    CodeInBrackets,
    /// In brackets behind such a code and a stroke: "(ITA/Lampre)".
    BehindCode,
    /// One unknown word, and a code of the list in brackets behind it: "Thanou (GRE)"; in news of sport, a known team there.
    BeforeCode,
    /// A city's or an unknown name that opens a line-up: a colon, behind the formation if it is told, and names parted by semicolons
    /// follow.
    LineUp,
    /// It stands in brackets behind the name it abbreviates; the kind is that name's.
    AcronymOf,
    /// One unknown word in brackets behind a body's name, or with a word of the list not far before: "the Integrated Office in Haiti
    /// (Binuh)".
    BodyInBrackets,
    /// The same name is surer elsewhere in the document; the kind is that one's.
    Learned,
    /// The document has a person of this surname.
    LearnedSurname,
    /// The document has a person of this given name.
    LearnedGiven,
    /// In news of sport "of" stands before, and a team right before that: "el Depor de Irureta".
    CoachOf,
    /// The document has an organisation that is called so but for what kind it is: "Henbury" of "Henbury Homes", "Vallebrón" of "Grupo
    /// Vallebrón".
    LearnedShort,
    /// Whose man somebody is: "Wildrose's Brian Jean".
    OwnerOfPerson,
    /// It names an office and says whose; no name, but whoever holds it is meant.
    Office,
    /// It stands in a row with a name that is surer; the kind is that one's.
    Row,
}

/// A naming rule's own fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spec {
    at: At,
    #[serde(default)]
    words: Vec<String>,
    /// Further lists, for rules that look at two words.
    #[serde(default)]
    other: Vec<String>,
    /// `none` speaks against a name; without a kind it is that of what the rule looks at.
    kind: Option<String>,
    /// How much it speaks for the kind.
    #[serde(default)]
    weight: f32,
    /// For [`At::Office`]: which office, by which names, and whose if that goes without saying.
    office: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    of: Option<String>,
}

/// The kinds, `none` last.
const KINDS: [EntityKind; 5] = [EntityKind::Person, EntityKind::Place, EntityKind::Organisation, EntityKind::Group, EntityKind::Event];
const NONE: usize = KINDS.len();
const PLACE: usize = 1;
const ORGANISATION: usize = 2;

fn kind_index(kind: EntityKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(NONE)
}

/// Less than this is no evidence of a name.
const LEAST: f32 = 0.5;
/// As far back as the beginning of a list is looked for.
const LONGEST_LIST: usize = 8;
/// From this on a name is sure enough to learn from.
const SURE: f32 = 2.2;
/// From this on a name of several words is somebody's for whom the first of them may stand.
const LIKELY: f32 = 0.6;

/// What was made of a run; no kind where it is no name.
#[derive(Debug)]
pub(super) struct Verdict {
    pub span: Span,
    pub kind: Option<EntityKind>,
    pub gazetteer: Option<Arc<str>>,
    pub rule: RuleId,
}

#[derive(Debug)]
struct Compiled {
    id: RuleId,
    at: At,
    lists: Lists,
    other: Lists,
    endings: Endings,
    kind: Option<usize>,
    weight: f32,
}

/// How words of a rule's lists end (`-tron`) or begin (`petro-`), by the byte at that end; what has no hyphen is an ending.
#[derive(Debug, Default)]
struct Endings {
    ends: HashMap<u8, Vec<String>>,
    begins: HashMap<u8, Vec<String>>,
}

impl Endings {
    /// Of words whose hyphens are folded to spaces.
    fn new(words: impl Iterator<Item = String>) -> Self {
        let mut new = Self::default();
        for word in words {
            let part = word.trim();
            let (parts, byte) =
                if word.ends_with(' ') { (&mut new.begins, part.bytes().next()) } else { (&mut new.ends, part.bytes().last()) };
            parts.entry(byte.unwrap_or_default()).or_default().push(part.to_owned());
        }
        new
    }

    /// Whether a word ends or begins so and has more beside it.
    fn shape(&self, word: &str) -> bool {
        let longer = |part: &str| word.len() > part.len() + 2;
        self.alike(word).any(|end| longer(end) && word.ends_with(end))
            || word
                .bytes()
                .next()
                .and_then(|b| self.begins.get(&b))
                .into_iter()
                .flatten()
                .any(|begin| longer(begin) && word.starts_with(begin.as_str()))
    }

    /// Whether a word is one of the endings itself.
    fn contain(&self, word: &str) -> bool {
        self.alike(word).any(|end| end == word)
    }

    /// The endings that have a word's last byte.
    fn alike(&self, word: &str) -> impl Iterator<Item = &str> {
        word.bytes().last().and_then(|last| self.ends.get(&last)).into_iter().flatten().map(String::as_str)
    }
}

/// The compiled rules.
#[derive(Debug)]
pub(super) struct Evidence {
    rules: Vec<Compiled>,
    /// What each rule asks for at least.
    guards: Guards,
    /// Those that look at the runs of a document together, by their place among the rules.
    of_several: Vec<usize>,
    /// Offices that stand for their holders.
    pub offices: Offices,
}

/// The weight of each kind and the heaviest rule for it.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    sum: [f32; NONE + 1],
    heaviest: [(f32, usize); NONE + 1],
}

impl Score {
    fn add(&mut self, kind: usize, weight: f32, rule: usize) {
        self.sum[kind] += weight;
        if weight > self.heaviest[kind].0 {
            self.heaviest[kind] = (weight, rule);
        }
    }

    /// The heaviest kind, and by how much it leads.
    fn best(&self) -> (usize, f32) {
        let mut best = 0;
        for k in 1..self.sum.len() {
            if self.sum[k] > self.sum[best] {
                best = k;
            }
        }
        let second = (0..self.sum.len()).filter(|&k| k != best).map(|k| self.sum[k]).fold(0.0, f32::max);
        (best, self.sum[best] - second)
    }
}

impl Evidence {
    pub fn new(rules: &[Rule<Spec>], lexicon: &Lexicon, words: &BTreeMap<String, Vec<String>>, structure: &Structure) -> Result<Self> {
        let (mut out, mut guards, mut of_several) = (Vec::new(), Guards::default(), Vec::new());
        let mut offices = Offices::default();
        for rule in rules {
            if let Some(office) = &rule.spec.office {
                offices.add(office, rule.spec.of.as_deref(), &rule.spec.names, &rule.id);
                continue;
            }
            let wrong = |message: String| Error::Pack { file: rule.file.to_string(), line: rule.line, message };
            let mut lists = 0;
            for name in &rule.spec.words {
                lists |= lexicon.list(name).map_err(wrong)?;
            }
            let mut other = 0;
            for name in &rule.spec.other {
                other |= lexicon.list(name).map_err(wrong)?;
            }
            // Most lists are of whole words.
            let of_endings = matches!(rule.spec.at, At::Ending | At::OpeningEnding | At::Coined | At::Mixed | At::Road);
            let listed = rule.spec.words.iter().filter(|_| of_endings).flat_map(|n| words.get(n).into_iter().flatten());
            let endings = Endings::new(listed.flat_map(|w| w.split_whitespace()).map(fold));
            let kind = match rule.spec.kind.as_deref() {
                None => None,
                Some("none") => Some(NONE),
                Some(k) => Some(kind_index(k.parse().map_err(wrong)?)),
            };
            let at = rule.spec.at;
            if out.len() == RuleSet::MOST {
                return Err(wrong(format!("there are more than {} naming rules", RuleSet::MOST)));
            }
            if !guards.add(out.len(), at, lists, other, structure) {
                of_several.push(out.len());
            }
            out.push(Compiled { id: rule.id.clone(), at, lists, other, endings, kind, weight: rule.spec.weight });
        }
        Ok(Self { rules: out, guards, of_several, offices })
    }

    /// Gives each run its kind, or finds that it is no name.
    pub fn weigh(
        &self,
        words: &[Word<'_>],
        runs: &[Run<'_>],
        lines: &[Line],
        structure: &Structure,
        gazetteer: &Gazetteer,
    ) -> Vec<Verdict> {
        let (mut joined, mut ends) = (String::new(), Vec::with_capacity(runs.len()));
        for run in runs {
            join(&words[run.from..run.to], &mut joined);
            ends.push(joined.len());
        }
        let begins = std::iter::once(0).chain(ends.iter().copied());
        let names: Vec<&str> = begins.zip(&ends).map(|(from, &to)| &joined[from..to]).collect();
        let (sport, business) = (is_full_of(words, structure.sport), is_full_of(words, structure.business));
        let views: Vec<View<'_>> =
            runs.iter().map(|run| View { words, run, line: lines[run.line], sport, business, structure, gazetteer }).collect();
        let mut scores: Vec<Score> = views.iter().map(|v| self.alone(v)).collect();
        self.together(&views, &names, &mut scores);
        let mut out = Vec::new();
        for ((run, score), view) in runs.iter().zip(&scores).zip(&views) {
            let (kind, _) = score.best();
            if score.sum[kind] < LEAST {
                continue;
            }
            let kind_or_none = KINDS.get(kind).copied();
            let gazetteer = run.entry.filter(|e| Some(e.kind) == kind_or_none).map(|e| e.key.clone());
            let rule = self.rules[score.heaviest[kind].1].id.clone();
            out.push(Verdict { span: view.span(), kind: kind_or_none, gazetteer, rule });
        }
        out
    }

    /// What a run and its neighbours show.
    fn alone(&self, view: &View<'_>) -> Score {
        let mut score = Score::default();
        let open = self.guards.open(&view.glance());
        for index in open.iter() {
            let rule = &self.rules[index];
            if let Some(kind) = view.holds(rule) {
                score.add(rule.kind.unwrap_or(kind), rule.weight, index);
            }
        }
        let barred = |index: &usize| !open.contains(*index) && view.holds(&self.rules[*index]).is_some();
        debug_assert_eq!((0..self.rules.len()).find(barred).map(|index| &self.rules[index].id), None, "guarded too well");
        score
    }

    /// What the other names of the document show: first what is sure by itself, then what stands in a row with it.
    fn together(&self, views: &[View<'_>], names: &[&str], scores: &mut [Score]) {
        // What stands in brackets teaches the rest of the document too.
        for &index in self.of_several.iter().filter(|&&index| self.rules[index].at == At::BodyInBrackets) {
            let rule = &self.rules[index];
            for i in 1..views.len() {
                let (view, before) = (&views[i], &views[i - 1]);
                let best = scores[i - 1].best();
                let next = before.run.to + 1 == view.run.from;
                let body = before.len() > 1 && best.0 == ORGANISATION && best.1 >= SURE && !view.sport;
                // "Michele Bartoli (MG-Technogym)"
                let rider = view.sport && before.len() > 1 && best.0 == 0 && best.1 >= SURE;
                let told = || !view.sport && !view.before(1).is_some_and(|w| w.is_mark(",")) && view.is_told_before(rule.lists);
                if next && view.is_unknown_in_brackets() && (body || rider || told()) {
                    scores[i].add(ORGANISATION, rule.weight, index);
                }
            }
        }
        // For each name how sure it is of each kind, the run that said so first, and whether another did too.
        let mut learned: HashMap<&str, ([f32; NONE + 1], usize, bool)> = HashMap::new();
        let mut surnames: HashMap<&str, u32> = HashMap::new();
        let mut givens: HashSet<u32> = HashSet::new();
        let mut shorts: HashSet<u32> = HashSet::new();
        // The first words of bodies that are known: "Ford" of "Ford Motor Company".
        let mut heads: HashSet<u32> = HashSet::new();
        for (i, ((view, name), score)) in views.iter().zip(names).zip(scores.iter()).enumerate() {
            let (kind, lead) = score.best();
            if KINDS.get(kind) == Some(&EntityKind::Person) && view.len() > 1 && lead >= LIKELY && view.first().shape == Shape::Title {
                givens.insert(view.first().number);
            }
            if lead < SURE || kind == NONE {
                continue;
            }
            let taught = learned.entry(name).or_insert(([0.0; NONE + 1], i, false));
            taught.0[kind] += lead;
            taught.2 |= taught.1 != i;
            if kind == ORGANISATION && view.len() > 1 {
                shorts.extend(view.short().map(|w| w.number));
                heads.extend(view.is_known().then_some(view.first().number));
            }
            if KINDS[kind] == EntityKind::Person && view.len() > 1 {
                for w in view.own().iter().skip(1).filter(|w| w.is_capital()) {
                    *surnames.entry(w.folded).or_default() += 1;
                }
            }
        }
        for &index in &self.of_several {
            let rule = &self.rules[index];
            // The last words of all persons, once they are asked for.
            let mut persons: Option<HashSet<u32>> = None;
            for i in 0..views.len() {
                let view = &views[i];
                let kind = match rule.at {
                    At::Learned => learned
                        .get(names[i])
                        .filter(|(_, first, others)| *first != i || *others)
                        .and_then(|(k, ..)| (0..NONE).max_by(|&a, &b| k[a].total_cmp(&k[b])))
                        // A body that is called like somebody is where it reports, and nothing is learned from there.
                        .filter(|&k| k != ORGANISATION || view.len() > 1 || !surnames.contains_key(view.last().folded))
                        // A town is one, and its club another.
                        .filter(|&k| k != PLACE || scores[i].best().0 != ORGANISATION || !view.run.entry.is_some_and(|e| e.settlement))
                        // "Lugo", beside Fernando Lugo
                        .filter(|&k| k != PLACE || view.len() > 1 || !surnames.contains_key(view.last().folded)),
                    At::LearnedSurname => {
                        // "De la Herrán"
                        let led = view.len() < 4 && view.first().shape == Shape::Title && view.first().has(view.structure.particle);
                        let known = (view.len() == 1 || led) && surnames.contains_key(view.last().folded);
                        // "Bloomberg reported" beside Mike Bloomberg
                        let body = view.run.entry.is_some_and(|e| e.kind == EntityKind::Organisation);
                        let reports = body && view.after(1).is_some_and(|w| w.has(rule.lists));
                        let reports = reports || body && view.len() == 1 && heads.contains(&view.last().number);
                        // "Swiss bank Pictet", beside Nicolas Pictet
                        let called = |(k, ..): &([f32; NONE + 1], usize, bool)| k[ORGANISATION] > 0.0 && k[0] <= 0.0;
                        let reports = reports || known && view.len() == 1 && learned.get(names[i]).is_some_and(called);
                        // "In Toledo it rained", beside Juan Toledo
                        let place = view.run.entry.is_some_and(|e| e.kind == EntityKind::Place);
                        let inside = |w: &Word<'_>| w.has(view.structure.inside) && (w.shape == Shape::Lower || w.initial);
                        let there = place && view.before(1).is_some_and(inside);
                        (known && !reports && !there).then_some(kind_index(EntityKind::Person))
                    }
                    At::LearnedGiven => {
                        let known = view.len() == 1 && givens.contains(&view.first().number);
                        (known && !view.is_known()).then_some(kind_index(EntityKind::Person))
                    }
                    At::CoachOf => {
                        let of = view.sport && view.before(1).is_some_and(|w| w.has(view.structure.of) && w.shape == Shape::Lower);
                        let unknown = !view.is_known() || view.run.entry.is_some_and(|e| e.town);
                        let team = |p: usize| views[p].run.to + 1 == view.run.from && scores[p].best().0 == ORGANISATION;
                        let coach = of && unknown && view.len() == 1 && i.checked_sub(1).is_some_and(team);
                        coach.then_some(kind_index(EntityKind::Person))
                    }
                    At::LearnedShort => {
                        let known = view.len() == 1 && !view.is_known() && shorts.contains(&view.first().number);
                        known.then_some(ORGANISATION)
                    }
                    At::PersonOfSeveral if view.len() < 2 => None,
                    At::PersonOf | At::PersonOfSeveral => {
                        let lists = if rule.lists == 0 { view.structure.of } else { rule.lists };
                        let of = view.before(1).is_some_and(|w| w.has(lists) && w.shape == Shape::Lower);
                        let person = |p: usize| {
                            views[p].run.to + 1 == view.run.from
                                && (views[p].len() > 1 || rule.lists != 0)
                                && scores[p].best().0 == 0
                                && scores[p].best().1 >= SURE
                        };
                        (of && !view.is_known() && i.checked_sub(1).is_some_and(person)).then_some(ORGANISATION)
                    }
                    At::SaysOfItself => {
                        let all = || {
                            let person = |(v, s): &(&View<'_>, &Score)| v.len() > 1 && s.best().0 == 0;
                            views.iter().zip(scores.iter()).filter(person).map(|(v, _)| v.last().number).collect()
                        };
                        let mut named = || persons.get_or_insert_with(all).contains(&view.last().number);
                        (view.says_of_itself(rule.lists, rule.other) && !named()).then_some(ORGANISATION)
                    }
                    At::Abbreviated => views.get(i + 1).is_some_and(|n| n.abbreviates(Some(view))).then_some(0),
                    At::AcronymOf => {
                        let of = view.abbreviates(i.checked_sub(1).and_then(|p| views.get(p))).then(|| scores[i - 1].best().0);
                        // "el senador José García Ruminot (RN)": his party.
                        let party = of == Some(kind_index(EntityKind::Person)) && views[i - 1].first().is_given();
                        of.filter(|_| !party)
                    }
                    At::KnownAs => {
                        const REACH: usize = 8;
                        let as_ = view.before(1).is_some_and(|w| w.has(rule.other));
                        let known = |n: usize| view.before(n).is_some_and(|w| w.has(rule.lists) && w.shape == Shape::Lower);
                        let known_as = known(1) || as_ && (2..=5).any(known);
                        let near =
                            || i.checked_sub(1).filter(|&p| views[p].run.line == view.run.line && views[p].run.to + REACH > view.run.from);
                        // "Ismael Zambada García, El Mayo,"
                        let person = |p: usize| views[p].len() > 1 && views[p].run.to + 1 == view.run.from && scores[p].best().0 == 0;
                        let nickname = view.len() == 2
                            && view.first().has(view.structure.article)
                            && view.before(1).is_some_and(|w| w.is_mark(","))
                            && view.after(1).is_some_and(|w| w.is_mark(",") || w.is_mark(")"))
                            && i.checked_sub(1).is_some_and(person);
                        // "José Prado, "Sito Miñanco","
                        let quoted = view.len() < 4
                            && view.before(1).is_some_and(is_quote)
                            && view.after(1).is_some_and(is_quote)
                            && view.before(2).is_some_and(|w| w.is_mark(","));
                        let person = |p: usize| views[p].len() > 1 && views[p].run.to + 2 == view.run.from && scores[p].best().0 == 0;
                        let known_as = known_as || nickname || quoted && i.checked_sub(1).is_some_and(person);
                        let is_known = view.is_known();
                        // "Mohamed Dagalo, the RSF commander known as Hemedti"
                        let role = |n: usize| known(n) && view.before(n + 1).is_some_and(|w| w.has(view.structure.role));
                        // A nickname with its article is not the place that it looks like: "El Molón".
                        if (nickname || quoted) && known_as && !is_known {
                            scores[i].add(0, 2.0 * rule.weight, index);
                            continue;
                        }
                        if known_as && !is_known && (1..=3).any(role) && rule.kind.is_none() {
                            scores[i].add(0, rule.weight, index);
                            continue;
                        }
                        if known_as && !is_known { near().map(|p| scores[p].best().0) } else { None }
                    }
                    At::ListIn => {
                        let back = |j: usize| j.checked_sub(1).filter(|&b| views[b].leads_to(&views[j]));
                        let first = std::iter::successors(Some(i), |&j| back(j)).take(LONGEST_LIST).last().unwrap_or(i);
                        let has_and = |j: usize| views[j].after(1).is_some_and(|w| w.has(view.structure.and));
                        let on =
                            |j: usize| views.get(j + 1).filter(|n| views[j].leads_to(n) && !(j > first && has_and(j - 1))).map(|_| j + 1);
                        let last = std::iter::successors(Some(first), |&j| on(j)).take(LONGEST_LIST).last().unwrap_or(first);
                        // A comma behind "in A" at a sentence's beginning ends no item of a list.
                        let led = views[first].before(1).filter(|w| w.has(rule.lists));
                        let fronted = led.is_some_and(|w| w.initial) && !has_and(first);
                        let closed = last > first && has_and(last - 1) && (first + 1..=last).contains(&i);
                        // "entre Los Lobos y R7": bodies have disputes, and lie nowhere.
                        let body = views[first].run.entry.is_some_and(|e| e.kind == EntityKind::Organisation);
                        (led.is_some() && !fronted && closed && !body && !view.is_known() && !view.last().possessive).then_some(PLACE)
                    }
                    At::ListOf => {
                        let heads = |v: &View<'_>| {
                            let is = |n: usize| v.before(n).is_some_and(|w| w.has(rule.lists) && (w.shape == Shape::Lower || w.initial));
                            if rule.kind == Some(ORGANISATION) {
                                return is(1) || v.before(1).is_some_and(|w| w.has(rule.other)) && (is(2) || is(3));
                            }
                            let of = if v.before(1).is_some_and(|w| w.has(v.structure.article) && !w.has(v.structure.of)) { 2 } else { 1 };
                            v.before(of).is_some_and(|w| w.has(v.structure.of)) && v.before(of + 1).is_some_and(|w| w.has(rule.lists))
                                || v.is_listed_behind_colon(rule.lists)
                        };
                        let back = |j: usize| j.checked_sub(1).filter(|&b| views[b].leads_to(&views[j]));
                        let colon = view.before(1).is_some_and(|w| w.is_mark(":"));
                        let first = if colon || rule.kind == Some(ORGANISATION) { Some(i) } else { back(i) };
                        let in_list = std::iter::successors(first, |&j| back(j)).take(LONGEST_LIST).any(|j| heads(&views[j]));
                        (in_list && !view.is_known()).then_some(PLACE)
                    }
                    At::Row => {
                        // The nearest that is sure, over others of the row that are not. A name and what stands behind a
                        // comma alone are no row but an apposition or another clause.
                        let step = |j: usize, back: bool| {
                            let (a, b) = if back { (j.checked_sub(1)?, j) } else { (j, j + 1) };
                            let (left, right) = (views.get(a)?, views.get(b)?);
                            let joined = left.leads_to(right) || left.lines_up_with(right);
                            joined.then_some(if back { a } else { b })
                        };
                        let members = |back: bool| std::iter::successors(step(i, back), move |&j| step(j, back)).take(4);
                        let has_and = |a: usize| views[a].after(1).is_some_and(|w| w.has(view.structure.and));
                        let anywhere =
                            |is: &dyn Fn(usize) -> bool| members(true).any(is) || std::iter::once(i).chain(members(false)).any(is);
                        let linked = anywhere(&has_and);
                        let inside = view.before(1).is_some_and(|w| w.has(view.structure.inside));
                        // "By Ann Hill, Lagos and Bola Ojuola, Abuja": writers of several words, places of one
                        let byline = view.words[view.line.from].has(view.structure.byline) && view.line.to - view.line.from < 16;
                        let (writer, seat) = (byline && view.len() > 1, byline && view.len() == 1);
                        let is_pair = !linked && members(true).count() + members(false).count() < 2;
                        let beside =
                            |back: bool| members(back).map(|j| scores[j].best()).find(|b| b.1 >= SURE).map(|b| b.0).filter(|&k| k != NONE);
                        // "Termez, Surxondaryo province": what lies where.
                        let kind = if is_pair {
                            beside(true).filter(|&k| k == PLACE)
                        } else {
                            beside(true).filter(|&k| !(seat && k == 0)).or_else(|| beside(false))
                        };
                        let lines_up = |a: usize| views.get(a + 1).is_some_and(|b| views[a].lines_up_with(b));
                        kind.filter(|&k| if anywhere(&lines_up) { k == 0 } else { !inside || KINDS[k] != EntityKind::Person })
                            .filter(|&k| !writer || k == 0)
                    }
                    _ => None,
                };
                if let Some(kind) = kind.filter(|&k| k != NONE) {
                    scores[i].add(rule.kind.unwrap_or(kind), rule.weight, index);
                }
            }
        }
    }
}

fn name<'t>(words: &[Word<'t>]) -> Cow<'t, str> {
    if let [word] = words {
        return word.folded.into();
    }
    let mut out = String::new();
    join(words, &mut out);
    out.into()
}

/// Puts words behind what is there, with a space between two of them.
fn join(words: &[Word<'_>], out: &mut String) {
    let from = out.len();
    for w in words {
        if out.len() > from {
            out.push(' ');
        }
        out.push_str(w.folded);
    }
}

/// A run with what stands around it.
struct View<'a> {
    words: &'a [Word<'a>],
    run: &'a Run<'a>,
    line: Line,
    /// Whether the document tells of sport.
    sport: bool,
    /// Whether it tells of business.
    business: bool,
    structure: &'a Structure,
    gazetteer: &'a Gazetteer,
}

impl View<'_> {
    fn own(&self) -> &[Word<'_>] {
        &self.words[self.run.from..self.run.to]
    }

    fn len(&self) -> usize {
        self.run.to - self.run.from
    }

    fn first(&self) -> &Word<'_> {
        &self.words[self.run.from]
    }

    fn last(&self) -> &Word<'_> {
        &self.words[self.run.to - 1]
    }

    fn span(&self) -> Span {
        Span::new(self.first().span.start, self.last().span.end)
    }

    /// The word so many places before the run, in its line.
    fn before(&self, n: usize) -> Option<&Word<'_>> {
        let i = self.run.from.checked_sub(n).filter(|&i| i >= self.line.from)?;
        self.words.get(i)
    }

    /// The word so many places behind the run (1 is the next), in its line.
    fn after(&self, n: usize) -> Option<&Word<'_>> {
        let i = self.run.to + n - 1;
        (i < self.line.to).then(|| &self.words[i])
    }

    fn glance(&self) -> Glance {
        let lists = |w: Option<&Word<'_>>| w.map_or(0, |w| w.lists);
        let mark = |w: Option<&Word<'_>>| w.is_some_and(|w| w.shape == Shape::Mark);
        let comma = |w: Option<&Word<'_>>| w.is_some_and(|w| w.is_mark(","));
        let (before, behind) = ([1, 2, 3, 4].map(|n| self.before(n)), [1, 2].map(|n| self.after(n)));
        let signs = [
            (self.run.entry.is_some(), glance::ENTRY),
            (!self.is_known(), glance::UNKNOWN),
            (self.len() == 1, glance::SINGLE),
            (self.len() > 1, glance::SEVERAL),
            (self.first().initial, glance::INITIAL),
            (self.first().shape == Shape::Upper, glance::UPPER),
            (self.run.small, glance::SMALL),
            (self.sport, glance::SPORT),
            (self.business, glance::BUSINESS),
            (comma(before[0]), glance::COMMA_BEFORE),
            (comma(behind[0]), glance::COMMA_BEHIND),
            (mark(before[0]), glance::MARK_BEFORE),
            (mark(behind[0]), glance::MARK_BEHIND),
            (self.run.from == self.line.from, glance::OPENS),
        ];
        let (before, behind) = (before.map(lists), behind.map(lists));
        Glance {
            signs: signs.into_iter().map(|(is, sign)| if is { sign } else { 0 }).sum(),
            // In the order of the spots.
            lists: [
                Lists::MAX,
                self.first().lists,
                self.last().lists,
                self.own().iter().fold(0, |all, w| all | w.lists),
                before[0],
                before[0] | before[1],
                before[1],
                before[1] | before[2] | before[3],
                behind[0],
                behind[0] | behind[1],
                behind[1],
            ],
        }
    }

    /// Whether a rule holds here; the kind is for rules that have none of their own.
    fn holds(&self, rule: &Compiled) -> Option<usize> {
        let s = self.structure;
        let single = self.len() == 1;
        let acronym = |w: &Word<'_>| w.shape == Shape::Upper && (2..6).contains(&w.span.len());
        let listed = |w: Option<&Word<'_>>| w.is_some_and(|w| w.has(rule.lists));
        let yes = match rule.at {
            At::Gazetteer => {
                // "la plaza Murillo": a street that is called after somebody
                let street = || self.before(1).is_some_and(|w| w.has(s.street) && w.shape == Shape::Lower);
                let entry = self.run.entry.filter(|e| !(e.town || e.kind == EntityKind::Person && street()));
                return entry.map(|e| kind_index(e.kind));
            }
            At::Town => {
                // "ASSE" is no town's name in capitals but where a line begins as datelines do.
                let acronym = single && self.first().shape == Shape::Upper && self.span().len() < 6;
                self.run.entry.is_some_and(|e| e.town) && (!acronym || self.line.flat || self.run.from == self.line.from)
            }
            At::Whole => single && self.first().has(rule.lists),
            At::First => {
                let own = self.own();
                // "Los Juegos del Hambre" is judged by its second word.
                let at = usize::from(own.len() > 2 && own[0].has(s.article) && own[1].is_capital());
                !single && !self.is_known() && own[at].has(rule.lists)
            }
            At::Last => {
                // "Movement for the Emancipation of the Niger Delta" is a movement.
                let of_the = |w: &[Word<'_>]| w[0].has(s.of) && w[1].has(s.article) && w[1].shape == Shape::Lower;
                let other = rule.kind == Some(PLACE) && self.first().has(s.organisation) && self.own().windows(2).any(of_the);
                !single && !other && !self.is_known() && self.last().has(rule.lists)
            }
            At::LastOf => {
                let other = |w: &Word<'_>| w.is_capital() && w.has(rule.other);
                !single && !self.is_known() && self.last().has(rule.lists) && self.own()[..self.len() - 1].iter().any(other)
            }
            At::House => !single && self.last().has(rule.lists) && self.has_owner(),
            At::HeadOf => {
                let inner = self.own().get(1..).unwrap_or_default();
                !self.is_known()
                    && inner.windows(2).any(|w| {
                        w[0].has(rule.lists)
                            && !w[0].has(s.company)
                            && w[0].is_capital()
                            && w[1].shape == Shape::Lower
                            && w[1].has(s.of | s.link | s.inside)
                    })
            }
            At::Begins => self.run.entry.is_none() && self.begins_known(),
            At::Any => self.own().iter().any(|w| w.has(rule.lists)),
            At::Ending => rule.endings.shape(self.last().folded),
            At::OpeningEnding => {
                let word = self.first();
                let is_person = word.is_given() || word.is_surname();
                single && word.initial && !self.is_known() && !is_person && (rule.endings.shape(word.folded) || word.has(s.accented))
            }
            At::Given => {
                // "Lenhart, Matthew"
                let first = if self.len() == 3 && self.own()[1].is_mark(",") { self.last() } else { self.first() };
                let fits = !single && !self.is_known() && !self.is_everyday() && !self.has_owner() && !self.ends_in_kind();
                let street = self.before(1).is_some_and(|w| w.has(s.street) && !w.has(s.body) && w.shape == Shape::Lower);
                fits && first.is_given() && !street && !self.is_branch_of_country()
            }
            At::GivenAlone => {
                let of_other = self.run.entry.is_some_and(|e| !e.town && e.kind != EntityKind::Person);
                single && !of_other && !self.is_shouted() && !self.first().has(s.common) && self.first().is_given()
            }
            At::Surname => {
                let fits = !single && !self.is_known() && !self.is_everyday() && !self.has_owner() && self.last().is_surname();
                fits && !self.is_behind_article()
            }
            At::SurnameAlone => single && !self.is_shouted() && !self.first().has(s.common) && self.first().is_surname(),
            At::Several => {
                let capitals = self.own().iter().filter(|w| w.is_capital()).count();
                let fits = |w: &Word<'_>| {
                    let everyday = w.has(s.common) && !w.is_surname() && !w.is_given();
                    (w.shape == Shape::Title && !everyday || is_initial(w) || self.is_initials(w)) && !w.has(s.function)
                        || w.shape == Shape::Lower && w.has(s.particle)
                };
                let fits = !self.is_known() && (2..=4).contains(&capitals) && self.own().iter().all(fits) && !self.is_everyday();
                fits && !self.is_behind_article()
            }
            At::Trade => {
                let own = self.own();
                let is_unknown = |w: &Word<'_>| !w.has(s.common | s.function | s.title) && !w.is_given();
                let names_nobody = |w: &Word<'_>| w.has(s.common) && !w.is_surname();
                !self.is_known()
                    && (2..=4).contains(&own.len())
                    && own.iter().all(|w| w.shape == Shape::Title)
                    && is_unknown(self.first())
                    && names_nobody(self.last())
            }
            At::Quoted => !self.is_known() && self.before(1).is_some_and(is_quote) && self.after(1).is_some_and(is_quote),
            At::Coined => {
                let word = self.first();
                let person = word.is_given() || word.is_surname();
                single && !self.is_known() && !person && !word.has(s.common | s.function) && rule.endings.shape(word.folded)
            }
            At::Single => {
                single
                    && !self.is_known()
                    && self.first().shape == Shape::Title
                    && !self.first().folded.contains(|c: char| c.is_ascii_digit())
            }
            At::Company => {
                let word = self.first();
                let fits = single && word.shape == Shape::Title && !self.is_known() && !word.has(s.common | s.function);
                self.business && fits && !word.initial && !word.is_given() && !word.is_surname()
            }
            At::Common => !self.is_known() && self.is_everyday(),
            At::OpeningCommon => single && self.first().initial && !self.is_known() && self.is_everyday(),
            At::Acronym => {
                let word = self.first();
                let digit = word.folded.contains(|c: char| c.is_ascii_digit());
                single
                    && word.shape == Shape::Upper
                    && (self.span().len() <= 8 || self.span().len() == 9 && !word.folded.contains(' '))
                    && !is_ordinal(word)
                    && !word.has(s.common)
                    && !digit
                    && !self.is_alone()
            }
            At::Mixed => single && self.first().shape == Shape::Mixed && !rule.endings.shape(self.first().folded),
            At::BeforeCode => {
                let code = |w: &Word<'_>| w.shape == Shape::Upper && w.has(rule.lists);
                // "Thanou (GRE)", "Heras (ESP/Kelme)", in news of sport "Heras (Kelme)"
                let closes = |w: &Word<'_>| w.is_mark(")") || w.is_mark("/");
                let closed = self.after(1).is_some_and(|w| w.is_mark("(")) && self.after(3).is_some_and(closes);
                let team = |w: &Word<'_>| self.sport && w.known(self.gazetteer).is_some_and(|e| e.kind == EntityKind::Organisation);
                let told = self.after(2).is_some_and(|w| code(w) || w.is_capital() && team(w));
                closed && single && self.first().shape == Shape::Title && !self.is_known() && told
            }
            At::Initial => {
                let several = || self.is_initials(self.first()) && !self.is_known() && self.last().shape == Shape::Title;
                // "BOLETÍN INFORMATIVO N."
                let plain = |w: &Word<'_>| is_initial(w) || w.shape == Shape::Upper && !w.is_given();
                // "Amiot "Cubain" Métayer", "Sobhuza II"
                let nicknamed = || !is_quote(self.last()) && self.own().iter().filter(|w| is_quote(w)).count() == 2;
                let unknown = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.head | s.common | s.function | s.title);
                let article = || self.before(1).is_some_and(|w| w.has(s.article) && w.shape == Shape::Lower);
                let numbered = || {
                    let ruler = self.len() == 2 && is_ordinal(self.last()) && self.last().span.len() > 1;
                    ruler && unknown(self.first()) && !self.is_known() && !article()
                };
                !single
                    && (self.own().iter().any(is_initial) || several() || nicknamed() || numbered())
                    && !self.own().iter().any(|w| w.is_mark("&"))
                    && !((is_initial(self.last()) || self.len() > 3) && self.own().iter().all(plain))
                    // "Plan B"
                    && !(is_initial(self.last()) && self.last().span.len() == 1 && self.first().has(s.common))
                    // "V Zona", "X Congreso"
                    && !(is_initial(self.first()) && self.first().span.len() == 1 && self.own()[1].has(s.common | s.head))
            }
            At::Small => self.run.small,
            At::Before if self.before(1).is_some_and(|w| w.has(s.qualifier) && (w.shape == Shape::Lower || w.initial)) => false,
            // "Miss South Africa"
            At::Before if rule.kind == Some(0) && self.run.entry.is_some_and(|e| e.key.starts_with("country/")) => false,
            // "The dissident CNTE" is no person.
            At::Before
                if rule.kind == Some(0)
                    && single
                    && self.first().shape == Shape::Upper
                    // "el general PNP Jorge Pérez"
                    && (self.span().len() > 3 || self.after(1).is_some_and(|w| w.shape == Shape::Title))
                    && !self.first().is_dotted()
                    && !self.line.flat =>
            {
                false
            }
            At::Named => self.before(1).is_some_and(|w| w.has(s.naming)) && listed(self.before(2)),
            At::Toward => {
                const REACH: usize = 4;
                // "viajó el martes a Taibe", "the road from Gulu to Pader"
                let led = self.before(1).is_some_and(|w| w.has(s.toward) && w.shape == Shape::Lower);
                led && (2..2 + REACH).map_while(|n| self.before(n).filter(|w| w.shape != Shape::Mark)).any(|w| w.has(rule.lists))
            }
            At::BeforeTwo => {
                let at = if self.before(1).is_some_and(|w| w.has(s.article) && !w.has(rule.other)) { 2 } else { 1 };
                let known = rule.kind.is_some_and(|k| self.is_known_as_other_than(k));
                !known && self.before(at).is_some_and(|w| w.has(rule.other) && w.shape == Shape::Lower) && listed(self.before(at + 1))
            }
            At::AfterTwo => {
                !self.last().possessive
                    && listed(self.after(1))
                    && self.after(2).is_some_and(|w| w.has(rule.other) && w.shape == Shape::Lower)
            }
            At::Within => {
                let led = self.before(1).is_some_and(|w| w.has(rule.lists) && (w.shape == Shape::Lower || w.initial));
                let trust = self.before(2).is_some_and(|w| w.has(rule.other));
                led && !trust && !self.last().possessive && self.first().shape == Shape::Title && !self.is_known_as_other_than(PLACE)
            }
            At::FromTo => {
                let mut n = 2;
                while n < 6 && self.before(n).is_some_and(Word::is_capital) {
                    n += 1;
                }
                let to = n > 2 && listed(self.before(1)) && self.before(n).is_some_and(|w| w.has(rule.other));
                let known = |w: &Word<'_>| w.is_capital() && w.named(self.gazetteer).is_some_and(|e| e.kind == EntityKind::Place);
                let from = self.before(1).is_some_and(|w| w.has(rule.other)) && listed(self.after(1)) && self.after(2).is_some_and(known);
                (to || from) && !self.is_known_as_other_than(PLACE)
            }
            At::Who if rule.kind == Some(ORGANISATION) && (self.line.flat || self.first().shape != Shape::Title) => false,
            At::Who => self.after(1).is_some_and(|w| w.is_mark(",")) && listed(self.after(2)) && !self.is_known(),
            At::ApposedWho => {
                const REACH: usize = 5;
                let opens = self.after(1).is_some_and(|w| w.is_mark(",")) && self.after(2).is_some_and(|w| w.has(s.article | s.indefinite));
                let who = (4..4 + REACH).find(|&n| !self.after(n).is_some_and(|w| w.shape == Shape::Lower && !w.has(rule.lists)));
                opens && !self.is_known() && who.is_some_and(|n| listed(self.after(n)))
            }
            At::ApposedBody => !self.is_known() && self.is_body_behind(rule.lists, rule.other),
            At::BodyApposed => !self.is_known() && self.is_body_before(rule.lists, rule.other),
            At::BeforeWhat => {
                let what = |w: &Word<'_>| {
                    w.shape == Shape::Lower && !w.has(s.function | s.verb | s.role | s.auxiliary | s.of | s.article | s.inside | s.particle)
                };
                self.before(1).is_some_and(what) && listed(self.before(2)) && !self.is_known()
            }
            At::AfterWhat => {
                // "news agency"
                let dull = |w: &Word<'_>| w.has(s.function) && !w.has(s.organisation_behind) || w.has(s.verb | s.role | s.auxiliary);
                let what = self.after(1).is_some_and(|w| w.shape == Shape::Lower && !dull(w));
                what && listed(self.after(2)) && !self.is_known() && !self.last().possessive
            }
            At::ArticleGiven => {
                let word = self.first();
                let person = word.is_given() || word.is_surname();
                let goes_on = self.after(1).is_some_and(|w| w.shape != Shape::Mark && !w.has(s.function | s.auxiliary | s.of | s.inside));
                single
                    && person
                    && word.shape == Shape::Title
                    && !goes_on
                    && !word.possessive
                    && self.before(1).is_some_and(|w| w.has(s.article) && !w.initial)
            }
            At::Team => self.sport && self.is_team(rule.lists, rule.other),
            At::TeamName => {
                let led = self.before(1).is_some_and(|w| w.has(s.inside) && !w.has(rule.other));
                self.sport && !single && !self.is_known() && self.last().has(rule.lists) && !led && self.last().shape == Shape::Title
            }
            At::Vehicle => {
                let quoted = usize::from(self.before(1).is_some_and(is_quote));
                self.before(1 + quoted).is_some_and(|w| w.has(rule.lists) && w.shape == Shape::Lower)
            }
            At::Road => {
                let mut parts = self.first().folded.split(' ');
                let letters = parts.next().unwrap_or_default();
                let digits = letters.trim_start_matches(|c: char| !c.is_ascii_digit());
                let (letters, number) = match parts.next() {
                    Some(number) => (letters, number),
                    None => (&letters[..letters.len() - digits.len()], digits),
                };
                // "A380" is a plane.
                let longest = if self.first().folded.contains(' ') { 4 } else { 2 };
                let numbered =
                    (1..=longest).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) && parts.next().is_none();
                let led = self.before(1).is_some_and(|w| w.has(rule.other) && w.shape == Shape::Lower);
                // "the M23 took"
                let acts = self.after(1).is_some_and(|w| w.has(s.verb) && w.shape == Shape::Lower);
                single && led && numbered && !acts && !self.is_known() && rule.endings.contain(letters)
            }
            At::Sets => {
                let result = |n: usize| self.after(n).is_some_and(is_result);
                let ahead = (1..=4).find(|&n| !self.after(n).is_some_and(|w| w.is_capital() || w.has(rule.lists)));
                ahead.is_some_and(|n| result(n) && (result(n + 1) || self.after(n + 1).is_some_and(|w| w.is_mark(",")) && result(n + 2)))
            }
            At::TownAndWord => {
                let own = self.own();
                let town = || self.gazetteer.named(&name(&own[..own.len() - 1])).is_some_and(|(e, _)| e.settlement || e.town);
                let word = self.last();
                !single && !self.is_known() && word.has(rule.lists) && !word.has(rule.other) && word.shape == Shape::Title && town()
            }
            At::TeamAlone => {
                let acts = self.after(1).is_some_and(|w| w.has(rule.other) && w.shape == Shape::Lower);
                self.sport && single && acts && self.first().has(rule.lists) && self.first().shape == Shape::Title
            }
            At::Seated => {
                let small = |n: usize| self.after(n).is_some_and(|w| w.shape == Shape::Lower);
                self.after(1).is_some_and(|w| w.is_mark(","))
                    && !self.is_known()
                    && small(2)
                    && (listed(self.after(2)) || small(3) && listed(self.after(3)))
            }
            At::SecondTeam => {
                let own = self.own();
                let form = || own[..own.len() - 1].iter().map(|w| w.folded).collect::<Vec<_>>().join(" ");
                let letter = !single && matches!(self.last().folded, "b" | "ii") && self.last().shape != Shape::Lower;
                letter && self.gazetteer.named(&form()).is_some_and(|(e, _)| e.settlement || e.town || e.kind == EntityKind::Organisation)
            }
            At::BehindPlace => {
                let place = self.before(1).is_some_and(|w| w.is_mark(","))
                    && self.before(2).is_some_and(|w| w.is_capital() && w.has(rule.lists))
                    && self.before(3).is_some_and(Word::is_capital);
                let who = self.after(1).is_some_and(|w| w.is_mark(",")) && self.after(2).is_some_and(|w| w.has(rule.other));
                let closed = self.after(1).is_none_or(|w| w.shape == Shape::Mark && !w.is_mark("("));
                single && place && closed && !who && self.first().shape == Shape::Title && !self.is_known_as_other_than(PLACE)
            }
            At::Branch => {
                let country = |w: &Word<'_>| w.known(self.gazetteer).is_some_and(|e| e.key.starts_with("country/"));
                let whose =
                    |w: &Word<'_>| w.is_demonym() || country(w) || w.shape == Shape::Title && !w.has(s.function | s.common | s.head);
                let rest = self.own().get(1..).filter(|r| r.len() > 1 && whose(self.first()));
                rest.is_some_and(|r| {
                    self.gazetteer.named(&name(r)).is_some_and(|(e, _)| e.kind == EntityKind::Organisation && e.country.is_none())
                })
            }
            At::TaskOfPlace => {
                let rest = self.own().get(1..).filter(|r| !r.is_empty() && self.first().has(s.task));
                rest.is_some_and(|r| self.gazetteer.named(&name(r)).is_some_and(|(e, _)| e.kind == EntityKind::Place && !e.settlement))
            }
            At::Venue => {
                let led = self.before(1).is_some_and(|w| w.has(s.article) && w.shape == Shape::Lower) && listed(self.before(2));
                led && !single
                    && !self.is_known()
                    && self.own().iter().all(|w| w.shape == Shape::Title && !w.has(s.head | s.title | s.common))
                    && (self.first().is_given() || self.first().is_surname())
            }
            At::OfShape => {
                let own = self.own();
                let nobody = |w: &Word<'_>| !w.is_given() && !w.is_surname();
                let small = own.len() > 2 && own[1..own.len() - 1].iter().all(|w| w.shape == Shape::Lower && w.has(s.of | s.article));
                small
                    && !self.before(1).is_some_and(|w| w.has(s.article))
                    && own.len() < 5
                    && own[1].has(s.of)
                    && !self.is_known()
                    && self.first().shape == Shape::Title
                    && self.last().shape == Shape::Title
                    && nobody(self.first())
                    && !self.first().has(s.head | s.common | s.society)
            }
            // "R&D" is no name.
            At::Ampersand => self.own().iter().any(|w| w.is_mark("&")) && self.own().iter().any(|w| w.span.len() > 1),
            At::Partners => {
                let own = self.own();
                own.len() > 2 && self.last().has(rule.lists) && (own[own.len() - 2].is_mark("&") || own[own.len() - 2].has(s.and))
            }
            At::AcronymLast => {
                let last = self.last();
                let others = &self.own()[..self.len() - 1];
                let plain = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.common) && !w.folded.contains(|c: char| c.is_ascii_digit());
                last.shape == Shape::Upper
                    && (2..=4).contains(&last.span.len())
                    && !is_ordinal(last)
                    && !last.has(s.code | s.common | s.title | s.function | rule.lists)
                    && !single
                    && others.iter().all(plain)
            }
            At::FirstOf => {
                let own = self.own();
                own.len() > 2 && !self.is_known() && own[0].has(rule.lists) && own[1].shape == Shape::Lower && own[1].has(s.of | s.link)
            }
            At::Numbered => self.len() == 2 && self.last().shape == Shape::Number && self.first().has(rule.lists),
            At::ArticleActs => {
                let word = self.first();
                let unknown = single && matches!(word.shape, Shape::Title) && !self.is_known() && !word.has(s.common | s.function);
                unknown && self.before(1).is_some_and(|w| w.has(s.article)) && listed(self.after(1))
            }
            At::OpeningBefore => {
                single && self.first().initial && self.first().shape == Shape::Title && !self.is_known() && listed(self.after(1))
            }
            At::From | At::FromBody => {
                let body = self.len() > 1 && self.is_everyday();
                let of = self.before(1).is_some_and(|w| w.has(rule.lists) && w.shape == Shape::Lower);
                let name = self.before(2).is_some_and(|w| w.is_mark(",")) && self.before(3).is_some_and(Word::is_capital);
                of && name && body == (rule.at == At::FromBody) && !self.is_known() && self.after(1).is_none_or(|w| w.shape == Shape::Mark)
            }
            At::Particle => self.first().shape == Shape::Lower && self.first().has(s.particle_first),
            // "the party's Ana Ruiz" is of the party, and not called so.
            At::Before if self.before(1).is_some_and(|w| w.possessive) => false,
            At::Before => listed(self.before(1)) || self.before(1).is_some_and(Word::is_demonym) && listed(self.before(2)),
            At::Article => {
                !self.is_known()
                    && !self.is_everyday()
                    // "El Chucky" in quotation marks
                    && self.before(1).is_some_and(|w| {
                        let quoted = self.before(2).is_some_and(is_quote) && self.after(1).is_some_and(is_quote);
                        let opens = w.initial && !quoted;
                        w.has(rule.lists) && (w.shape == Shape::Lower || opens)
                    })
                    && !self.first().is_given()
                    && !self.own().iter().any(is_initial)
            }
            At::OfSingle => {
                let word = self.first();
                let person = word.is_given() || word.is_surname();
                let lists = if rule.lists == 0 { s.of } else { rule.lists };
                let of = self.before(1).is_some_and(|w| w.has(lists) && !w.has(s.article));
                single && word.shape == Shape::Title && !self.is_known() && !person && of
            }
            At::ArticleDemonym if rule.kind == Some(ORGANISATION) && (self.sport || !single || self.is_known()) => false,
            At::ArticleDemonym => self.before(1).is_some_and(|w| w.is_demonym() && w.shape == Shape::Lower) && listed(self.before(2)),
            At::BeforeOf if rule.kind == Some(PLACE) && self.is_organisation() => false,
            // "secretario de Estado de Hacienda"
            At::BeforeOf if rule.kind == Some(PLACE) && self.before(2).is_some_and(|w| w.is_capital() && !w.initial && !self.line.flat) => {
                false
            }
            // "un gol del Zarlik", but "un gol de Chupete"
            At::BeforeOf if rule.kind == Some(0) && self.before(1).is_some_and(|w| w.has(rule.other | s.article)) => false,
            // "procedente del Eibar": its club
            At::BeforeOf if self.run.entry.is_some_and(|e| e.settlement) && self.before(1).is_some_and(|w| w.has(rule.other)) => false,
            // "The shops of Berlin" are no company's.
            At::BeforeOf if rule.kind == Some(ORGANISATION) && self.run.entry.is_some_and(|e| e.kind == EntityKind::Place && !e.town) => {
                false
            }
            At::BeforeOf => {
                let article = |n: usize| self.before(n).is_some_and(|w| w.has(s.article) && !w.has(s.of));
                // "ex consejero de Esperanza Aguirre"
                if rule.kind == Some(ORGANISATION) && self.len() > 1 && self.first().is_given() && self.last().is_surname() {
                    return None;
                }
                // "members of the leftist Zarlik"
                let plain =
                    |w: &Word<'_>| w.shape == Shape::Lower && !w.is_demonym() && !w.has(s.function | s.of | s.verb | s.role | s.inside);
                let what = rule.kind == Some(ORGANISATION) && article(2) && self.before(1).is_some_and(plain) && !article(1);
                let next = if what { 2 } else { 1 };
                let of = if article(next) { next + 1 } else { next };
                self.before(of).is_some_and(|w| w.has(s.of)) && listed(self.before(of + 1))
            }
            At::OwnerOfPerson => {
                let given = self.after(1).is_some_and(|w| w.shape == Shape::Title && w.is_given() && !w.has(s.head | s.common));
                let surname = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.head | s.common | s.function | s.calendar);
                !self.is_known() && self.last().possessive && given && self.after(2).is_some_and(surname)
            }
            At::HolderOf => {
                let article = usize::from(self.before(1).is_some_and(|w| w.has(s.article) && !w.has(s.of)));
                let of = self.before(1 + article).is_some_and(|w| w.has(s.of) && w.shape == Shape::Lower);
                let who = |w: &Word<'_>| w.shape == Shape::Title && w.is_given();
                of && !self.is_known() && listed(self.before(2 + article)) && self.after(1).is_some_and(who)
            }
            At::OfficeBehind => {
                let who = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.function | s.calendar);
                let fits = !self.is_known() && !self.is_everyday() && !self.last().possessive;
                fits && listed(self.after(1)) && self.after(2).is_some_and(who)
            }
            At::BeforeOfWhat => {
                let what = self.before(1).is_some_and(|w| w.shape == Shape::Lower && !w.has(s.function | s.article));
                what && self.before(2).is_some_and(|w| w.has(s.of)) && listed(self.before(3))
            }
            // "Miners from Kolubara had arrived": who did it stands before.
            At::After if rule.kind == Some(0) && self.before(1).is_some_and(|w| w.has(s.inside) && w.shape == Shape::Lower) => false,
            // "PKN Orlen's refinery"
            At::After if rule.kind == Some(PLACE) && self.last().possessive => false,
            // "DSS told the court": what speaks under a few capitals is a body.
            At::After if rule.kind == Some(0) && single && !self.line.flat && acronym(self.first()) => false,
            // "US stock markets"
            At::After
                if rule.kind == Some(ORGANISATION)
                    && self.run.entry.is_some_and(|e| e.kind == EntityKind::Place && !e.settlement && !e.town) =>
            {
                false
            }
            At::After => listed(self.after(1)) || self.after(1).is_some_and(|w| w.has(s.auxiliary)) && listed(self.after(2)),
            At::GivenBefore => {
                let nowhere = self.run.entry.is_none_or(|e| e.kind == EntityKind::Person);
                self.first().is_given() && nowhere && listed(self.after(1))
            }
            At::AppositionBefore => self.is_apposition(rule.lists),
            At::AppositionAfter => {
                self.after(1).is_some_and(|w| w.is_mark(","))
                    && !self.after(2).is_some_and(|w| w.has(s.and))
                    && (2..=5)
                        .map_while(|n| self.after(n).filter(|w| w.shape != Shape::Mark && !w.has(s.verb)).map(|w| (n, w)))
                        // "…, Governor Brian Kemp said" speaks of the next name.
                        .any(|(n, w)| {
                            w.has(rule.lists)
                                && !((w.is_capital() || n == 2) && self.after(n + 1).is_some_and(Word::is_capital))
                                && !self.names_next(n)
                        })
            }
            At::Age => {
                let open = self.after(1).is_some_and(|w| w.is_mark(",") || w.is_mark("("));
                let at = if self.after(2).is_some_and(|w| w.has(s.of)) { 3 } else { 2 };
                let nobody = self.run.entry.is_some_and(|e| e.kind != EntityKind::Person);
                open && !nobody
                    && self.after(at).is_some_and(|w| w.shape == Shape::Number && w.span.len() == 2)
                    && self.after(at + 1).is_none_or(|w| w.shape == Shape::Mark || w.has(rule.lists))
            }
            At::PlaceAfter => self.has_place_after(),
            At::Contestant => self.is_contestant(rule.lists),
            At::Lies => self.lies(rule.lists),
            At::Past => {
                let plain = single && self.first().shape == Shape::Title && !self.is_known() && !self.is_everyday();
                let led = self.before(1).is_some_and(|w| w.has(s.article)) && listed(self.before(2));
                plain && led && (rule.other == 0 || self.after(1).is_some_and(|w| w.has(rule.other)))
            }
            At::PlaceLast => {
                let (first, last) = (self.first(), self.last());
                let nobody = |w: &Word<'_>| !w.is_given() && !w.is_surname();
                let place = || last.known(self.gazetteer).is_some_and(|e| e.settlement);
                (2..=3).contains(&self.len())
                    && self.run.entry.is_none()
                    && self.own().iter().all(|w| w.shape == Shape::Title && nobody(w))
                    && !first.has(s.place | s.direction | s.common)
                    && place()
            }
            At::BeforePlace => {
                let own = self.own();
                let place = |w: &Word<'_>| w.known(self.gazetteer).is_some_and(|e| e.kind == EntityKind::Place);
                own.len() > 2 && self.run.entry.is_none() && own[own.len() - 2].has(rule.lists) && place(self.last())
            }
            At::CodeAfterPlace => {
                single
                    && self.first().shape == Shape::Upper
                    && self.first().has(rule.lists)
                    && self.before(1).is_some_and(|w| w.is_mark(","))
                    && self.before(2).is_some_and(Word::is_capital)
            }
            At::Dateline => self.is_dateline(),
            At::DatelineSource => self.is_dateline_source(),
            At::Club => {
                let region = |e: &Entry| self.sport && e.key.starts_with("region/");
                // "en el DF"
                let letters = self.first().shape == Shape::Upper && !self.line.flat;
                self.run.entry.is_some_and(|e| e.settlement || region(e)) && !letters && listed(self.before(1))
            }
            At::Score => self.has_score(rule.lists),
            At::Scorer => self.is_scorer(),
            At::LineUp => {
                let unknown = self.run.entry.is_none_or(|e| e.town) && !self.is_everyday() && !self.first().is_given();
                (unknown || self.run.entry.is_some_and(|e| e.settlement)) && self.opens_line_up()
            }
            At::CodeInBrackets => {
                let closes = |w: &Word<'_>| w.is_mark(")") || w.is_mark("/");
                let closed = self.before(1).is_some_and(|w| w.is_mark("(")) && self.after(1).is_some_and(closes);
                closed && single && self.first().shape == Shape::Upper && self.first().has(rule.lists)
            }
            At::BehindCode => {
                let stroke = self.before(1).is_some_and(|w| w.is_mark("/")) && self.after(1).is_some_and(|w| w.is_mark(")"));
                stroke && listed(self.before(2)) && self.before(3).is_some_and(|w| w.is_mark("("))
            }
            At::ListOf
            | At::BodyInBrackets
            | At::ListIn
            | At::KnownAs
            | At::PersonOf
            | At::PersonOfSeveral
            | At::SaysOfItself
            | At::AcronymOf
            | At::Abbreviated
            | At::Learned
            | At::LearnedSurname
            | At::LearnedGiven
            | At::CoachOf
            | At::LearnedShort
            | At::Row
            | At::Office => false,
        };
        yes.then_some(NONE)
    }

    /// Whether it stands in capitals among words that don't.
    fn is_shouted(&self) -> bool {
        self.first().shape == Shape::Upper && !self.line.flat && self.line.mixed
    }

    /// Whether it is all that its line says, or stands behind another word in capitals.
    fn is_alone(&self) -> bool {
        let shouted = |w: &Word<'_>| w.shape == Shape::Upper && w.span.len() > 1 && w.named(self.gazetteer).is_none();
        self.line.lone || self.before(1).is_some_and(shouted)
    }

    /// Whether its last word says what kind of thing it is, and is nobody's surname or behind an article or a preposition of
    /// place: "Lincoln Blvd", "the Milford Plaza", "near Marsh Lane".
    fn ends_in_kind(&self) -> bool {
        let nobody = !self.last().is_surname() && !self.last().is_given();
        let article = |w: &Word<'_>| w.has(self.structure.article) && w.shape == Shape::Lower;
        let kind = self.last().has(self.structure.head_behind) && !self.last().has(self.structure.organisation_behind);
        let inside = self.structure.inside | self.structure.site;
        kind && (nobody || self.before(1).is_some_and(|w| article(w) || w.has(inside) && w.shape == Shape::Lower))
    }

    /// Whether an article stands right before what no given name begins: "the Outer Banks".
    fn is_behind_article(&self) -> bool {
        let article = |w: &Word<'_>| w.has(self.structure.article) && w.shape == Shape::Lower;
        // "el Negro Carrizo"
        let nickname = self.first().has(self.structure.nickname);
        !self.first().is_given() && !nickname && self.before(1).is_some_and(article)
    }

    /// Whether the role at a place behind the run is of the name that follows it: "Acuamed, entre ellos su exdirector general Juan Gil".
    fn names_next(&self, role: usize) -> bool {
        let s = self.structure;
        let given = |w: &Word<'_>| w.shape == Shape::Title && w.is_given() && !w.has(s.head);
        let what = |w: &Word<'_>| w.shape == Shape::Lower && !w.has(s.of | s.article | s.function | s.and);
        let named = |n: usize| self.after(n).is_some_and(given) && self.after(n + 1).is_some_and(Word::is_capital);
        named(role + 1) || self.after(role + 1).is_some_and(what) && named(role + 2)
    }

    /// Whether it is one word that names nobody, all that stands in brackets.
    fn is_unknown_in_brackets(&self) -> bool {
        let word = self.first();
        let between =
            |open: &str, close: &str| self.before(1).is_some_and(|w| w.is_mark(open)) && self.after(1).is_some_and(|w| w.is_mark(close));
        // "the Democratic Party of Serbia, DSS, said"
        let set_in = word.shape == Shape::Upper && word.span.len() < 7 && !word.is_dotted() && between(",", ",");
        if set_in {
            let told = !word.has(self.structure.code | self.structure.postnominal) && !word.folded.contains(|c: char| c.is_ascii_digit());
            return told && self.len() == 1 && self.run.entry.is_none_or(|e| e.town) && !self.line.flat;
        }
        let bracketed = between("(", ")");
        let nobody = !word.is_given() && !word.is_surname() && !word.has(self.structure.common | self.structure.function);
        bracketed && self.len() == 1 && self.run.entry.is_none_or(|e| e.town) && nobody && word.span.len() > 3 && !self.line.flat
    }

    /// Whether a colon stands before, and not far before that a word of the list: "in six districts of Apurímac: A, B and C".
    fn is_listed_behind_colon(&self, lists: Lists) -> bool {
        const REACH: usize = 8;
        let s = self.structure;
        let person = self.len() > 1 && self.first().is_given();
        let told = || {
            let small = |n: usize| self.before(n).filter(|w| w.shape != Shape::Mark && !(w.shape == Shape::Lower && w.has(s.role)));
            (2..2 + REACH).map_while(small).any(|w| w.has(lists) && (w.shape == Shape::Lower || w.initial))
        };
        self.before(1).is_some_and(|w| w.is_mark(":")) && !person && told()
    }

    /// Whether a word of the list stands not far before, no verb or mark but the bracket between.
    fn is_told_before(&self, lists: Lists) -> bool {
        const REACH: usize = 10;
        let s = self.structure;
        let stops = |w: &Word<'_>| w.shape == Shape::Mark || w.shape == Shape::Lower && w.has(s.verb | s.auxiliary);
        (2..2 + REACH).map_while(|n| self.before(n).filter(|w| !stops(w))).any(|w| w.has(lists) && (w.shape == Shape::Lower || w.initial))
    }

    /// What an organisation is called but for what kind it is: "Henbury" of "Henbury Homes", "Vallebrón" of "Grupo Vallebrón".
    fn short(&self) -> Option<&Word<'_>> {
        let s = self.structure;
        let kind = |w: &Word<'_>| w.has(s.head | s.company | s.common) || w.is_mark("&");
        let name = |w: &&Word<'_>| {
            matches!(w.shape, Shape::Title | Shape::Mixed) && !kind(w) && !w.has(s.function) && !w.is_demonym() && !w.facts.is_name()
        };
        let own = self.own();
        let (first, last) = (own.first()?, own.last()?);
        // "Kegalle Teaching Hospital", "Kegalle Division": of a town, not of whom it is
        let public = s.named_after | s.bare | s.portfolio | s.numbered | s.place;
        let leads = own.len() > 1 && own[1..].iter().all(|w| kind(w) && !w.has(public));
        let ends = own.len() == 2 && first.has(s.organisation) && !first.has(s.named_after);
        Some(first).filter(name).filter(|_| leads).or_else(|| Some(last).filter(name).filter(|_| ends && !last.is_given()))
    }

    /// Whether a word is somebody's initials, which are no known name by themselves: "J.D.", but not "U.S."
    fn is_initials(&self, word: &Word<'_>) -> bool {
        word.is_dotted() && (!word.facts.is_name() || self.last().is_surname())
    }

    /// Whether it is a known body's name and a country: "Thales UK".
    fn is_branch_of_country(&self) -> bool {
        let country = |w: &Word<'_>| w.known(self.gazetteer).is_some_and(|e| e.key.starts_with("country/"));
        country(self.last()) && self.begins_known()
    }

    /// Whether one of its words owns what the next ones name: "Moe's Diner".
    fn has_owner(&self) -> bool {
        let owner = |w: &Word<'_>| w.possessive || w.is_mark("'") || w.is_mark("’");
        self.own().split_last().is_some_and(|(_, rest)| rest.iter().any(owner))
    }

    /// Whether one unknown word, nobody's name, says something of itself: a verb of the list, and "it" behind that and behind when.
    fn says_of_itself(&self, says: Lists, itself: Lists) -> bool {
        const REACH: usize = 5;
        let s = self.structure;
        let word = self.first();
        let single =
            self.len() == 1 && word.shape == Shape::Title && !self.is_known() && !word.is_given() && !word.has(s.common | s.function);
        let between = |w: &Word<'_>| w.shape == Shape::Number || w.has(s.calendar | s.function | s.inside | s.article | s.common);
        single
            && self.after(1).is_some_and(|w| w.has(says) && w.shape == Shape::Lower)
            && (2..2 + REACH).map_while(|n| self.after(n)).find(|w| w.has(itself) || !between(w)).is_some_and(|w| w.has(itself))
    }

    /// Whether the gazetteer knows the whole name, so that its parts tell nothing more.
    fn is_known(&self) -> bool {
        self.run.entry.is_some_and(|e| !e.town)
    }

    /// Whether the gazetteer knows the whole name as something of another kind.
    fn is_known_as_other_than(&self, kind: usize) -> bool {
        self.run.entry.is_some_and(|e| !e.town && kind_index(e.kind) != kind)
    }

    /// Whether it begins as the names of organisations do, or is known as one.
    fn is_organisation(&self) -> bool {
        let known = self.run.entry.is_some_and(|e| e.kind == EntityKind::Organisation);
        known || self.len() > 1 && self.first().has(self.structure.organisation)
    }

    /// Whether each of its words is one of every day or a demonym.
    fn is_everyday(&self) -> bool {
        let s = self.structure;
        self.own().iter().all(|w| !w.is_capital() || w.has(s.common | s.function) || w.is_demonym())
    }

    fn begins_known(&self) -> bool {
        let mut form = String::new();
        self.own().iter().take(self.len().saturating_sub(1).min(3)).any(|w| {
            if !form.is_empty() {
                form.push(' ');
            }
            form.push_str(w.folded);
            w.is_capital() && self.gazetteer.own(&form).is_some_and(|(e, _)| e.kind == EntityKind::Organisation)
        })
    }

    fn is_apposition(&self, lists: Lists) -> bool {
        let closes = |w: &Word<'_>| w.shape == Shape::Mark;
        if !self.before(1).is_some_and(|w| w.is_mark(",")) || !self.after(1).is_none_or(closes) {
            return false;
        }
        (2..=14).map_while(|n| self.before(n).filter(|w| !matches!(w.folded, "." | ";" | ":" | "?" | "!"))).any(|w| w.has(lists))
    }

    fn has_place_after(&self) -> bool {
        let bracket = self.after(1).is_some_and(|w| w.is_mark("("));
        if !bracket && !self.after(1).is_some_and(|w| w.is_mark(",")) {
            return false;
        }
        let mut form = String::new();
        for n in 2..=5 {
            let Some(word) = self.after(n).filter(|w| w.shape != Shape::Mark) else { break };
            if !form.is_empty() {
                form.push(' ');
            }
            form.push_str(word.folded);
            let closed = self.after(n + 1).is_none_or(|w| if bracket { w.is_mark(")") } else { w.shape == Shape::Mark });
            let is_place = |e: &Entry| e.kind == EntityKind::Place && (bracket && !e.town || !e.settlement);
            if closed && word.is_capital() && self.gazetteer.named(&form).is_some_and(|(e, _)| is_place(e)) {
                return true;
            }
        }
        false
    }

    /// Whether a country in brackets follows, and a result or a contest shows that it is a person's.
    fn is_contestant(&self, lists: Lists) -> bool {
        if self.len() < 2 || self.is_known() || !self.after(1).is_some_and(|w| w.is_mark("(")) || !self.has_place_after() {
            return false;
        }
        let close = (3..=6).find(|&n| self.after(n).is_some_and(|w| w.is_mark(")")));
        let behind = close.and_then(|n| self.after(n + 1)).is_some_and(|w| w.shape == Shape::Number || w.has(lists));
        behind || self.before(1).is_some_and(|w| w.is_mark(":") || w.has(lists))
    }

    /// Whether a comma and small words follow that say where it lies, a word of the list the last of them.
    fn lies(&self, lists: Lists) -> bool {
        const REACH: usize = 7;
        let s = self.structure;
        let is_person = self.len() > 1 && self.first().is_given();
        let leads = |w: &Word<'_>| w.has(s.inside | s.lying | s.article) && w.shape == Shape::Lower;
        if is_person || self.is_everyday() || !self.after(1).is_some_and(|w| w.is_mark(",")) || !self.after(2).is_some_and(leads) {
            return false;
        }
        (2..2 + REACH)
            .map_while(|n| {
                self.after(n).filter(|w| matches!(w.shape, Shape::Lower | Shape::Number) && !w.has(s.verb | s.minister | s.role))
            })
            .any(|w| w.has(lists))
    }

    /// Whether a comma follows and then what kind of body it is, a word of the list: behind an article and small words, or right
    /// behind the comma. What may not follow it is barred; without that, no other noun may.
    fn is_body_behind(&self, lists: Lists, barred: Lists) -> bool {
        const REACH: usize = 5;
        let s = self.structure;
        if !self.after(1).is_some_and(|w| w.is_mark(",")) {
            return false;
        }
        // "Ana Vidal, coordinadora de": the word is somebody's office too.
        let person = self.len() > 1 && self.first().is_given();
        let is_body = |w: &Word<'_>| w.has(lists) && w.shape == Shape::Lower && !w.possessive && !(person && w.has(s.role));
        let Some(opening) = self.after(2).filter(|w| w.shape == Shape::Lower && !w.has(s.verb)) else { return false };
        let article = opening.has(s.article | s.indefinite);
        if !article && !is_body(opening) {
            return false;
        }
        let fits = |w: &Word<'_>| matches!(w.shape, Shape::Lower | Shape::Title) && !w.has(s.verb | s.role | s.of | s.and | s.inside);
        (2..2 + REACH).map_while(|n| self.after(n).filter(|w| fits(w) || is_body(w)).map(|w| (n, w))).any(|(n, w)| {
            // "…, a company director": the next word says what.
            let ends = |w: &Word<'_>| {
                w.shape != Shape::Lower
                    || w.has(s.function | s.of | s.inside | s.and | s.article | s.reading.behind) && !w.has(s.members | s.role)
            };
            let last = if barred == 0 { self.after(n + 1).is_none_or(ends) } else { !self.after(n + 1).is_some_and(|w| w.has(barred)) };
            is_body(w) && last
        })
    }

    /// Whether a comma stands before, a word of the list before that, and before it an article or owner, which has to be one of
    /// `owners` if there are any; and a mark follows.
    fn is_body_before(&self, lists: Lists, owners: Lists) -> bool {
        const REACH: usize = 5;
        let s = self.structure;
        let comma = self.before(1).is_some_and(|w| w.is_mark(",")) && self.after(1).is_none_or(|w| w.shape == Shape::Mark);
        if !comma || !self.before(2).is_some_and(|w| w.has(lists) && w.shape == Shape::Lower) {
            return false;
        }
        let determines = |w: &Word<'_>| w.has(s.article | s.indefinite | s.function) && !w.has(s.of);
        let at = (3..3 + REACH).find(|&n| self.before(n).is_none_or(|w| w.shape == Shape::Mark || w.has(s.function | s.article)));
        let owns = |w: &Word<'_>| owners == 0 || w.has(owners);
        at.is_some_and(|n| {
            self.before(n).is_some_and(|w| determines(w) && owns(w)) && !self.before(n + 1).is_some_and(|w| w.has(s.of) || w.has(s.role))
        })
    }

    /// Whether a place does what teams do, a word of the list, or stands behind a word of the other: "against", "beat".
    fn is_team(&self, acts: Lists, against: Lists) -> bool {
        let s = self.structure;
        let of_place =
            self.run.entry.is_some_and(|e| e.kind == EntityKind::Place && (e.settlement || e.town || e.key.starts_with("region/")));
        let unknown = self.run.entry.is_none() && self.len() == 1 && self.first().shape == Shape::Title;
        if !(unknown || of_place && !self.last().possessive) {
            return false;
        }
        let led = self.before(1).is_some_and(|w| w.has(s.inside | s.of | s.toward) && !w.has(against));
        // "drew 1-1 with Leeds"
        let result = |n: usize| self.before(n).is_some_and(is_result);
        let played = !led && self.before(1).is_some_and(|w| w.shape == Shape::Lower && w.has(s.function)) && result(2) && !result(3);
        let versus = played || self.before(1).is_some_and(|w| w.has(against) && w.shape == Shape::Lower);
        let does = self.after(1).is_some_and(|w| w.has(acts) && w.shape == Shape::Lower);
        // "Sevilla y Betis empataron"
        let club = |w: &Word<'_>| w.known(self.gazetteer).is_some_and(|e| e.kind == EntityKind::Organisation);
        let and = |n: Option<&Word<'_>>| n.is_some_and(|w| w.has(s.and));
        let beside = and(self.after(1)) && self.after(2).is_some_and(club) || and(self.before(1)) && self.before(2).is_some_and(club);
        versus || of_place && !led && (does || beside)
    }

    fn is_dateline(&self) -> bool {
        let nobody = self.run.entry.is_some_and(|e| e.kind == EntityKind::Place) || !self.first().is_given();
        if self.run.from != self.line.from || !nobody || self.is_everyday() {
            return false;
        }
        let mut at = 1;
        if self.after(1).is_some_and(|w| w.is_mark("(")) {
            let close = (2..=5).find(|&n| self.after(n).is_some_and(|w| w.is_mark(")")));
            let Some(close) = close else { return false };
            at = close + 1;
        }
        // "Madrid.-", "Madrid –"; not "Leeds-Everton".
        let at = at + usize::from(self.after(at).is_some_and(|w| w.is_mark(".")) && at == 1);
        let glued = |n: usize| self.after(n).zip(self.after(n + 1)).is_some_and(|(a, b)| a.span.end == b.span.start);
        let dash = |w: &Word<'_>| matches!(w.folded, "-" | "–" | "—") && w.shape == Shape::Mark && !glued(at);
        let dated = self.after(at).is_some_and(|w| w.is_mark(","))
            && self.after(at + 1).is_some_and(|w| w.shape == Shape::Number)
            && self.after(at + 2).is_some_and(|w| w.has(self.structure.calendar));
        // "Pontevedra - Sporting B, 1-2"
        let played = || self.words[self.run.to..self.line.to].last().is_some_and(is_result);
        // "Roz -", as mails begin
        dated || self.after(at).is_some_and(dash) && self.after(at + 1).is_some() && !played()
    }

    /// Whether it stands in brackets between what opens a report and the dash.
    fn is_dateline_source(&self) -> bool {
        const LONGEST: usize = 12;
        let (from, first) = (self.line.from, &self.words[self.line.from]);
        let opens = self.run.from - from <= LONGEST && first.is_capital() && !first.is_given() && !first.has(self.structure.function);
        let bracketed = self.before(1).is_some_and(|w| w.is_mark("(")) && self.after(1).is_some_and(|w| w.is_mark(")"));
        let stop = self.after(2).is_some_and(|w| w.is_mark("."));
        let closes = match self.after(2 + usize::from(stop)) {
            Some(w) => w.shape == Shape::Mark && matches!(w.folded, "-" | "–" | "—"),
            // "Osh, 5 ene (Colprensa)", and the dash begins the next sentence
            None => stop && self.words[from..self.run.from].iter().any(|w| w.shape == Shape::Number),
        };
        opens
            && bracketed
            && !self.is_known()
            && closes
            && self.words[from..self.run.from].iter().all(|w| w.shape != Shape::Lower || w.span.len() < 4 || w.has(self.structure.calendar))
    }

    /// Whether a colon follows, and behind it names alone up to a semicolon.
    fn opens_line_up(&self) -> bool {
        let is_part = |w: &&Word<'_>| w.is_capital() || w.shape == Shape::Number || matches!(w.folded, "," | "(" | ")" | "." | "m" | "min");
        // "Leeds (4-4-2):"
        let formation = self.after(1).is_some_and(|w| w.is_mark("(")) && self.after(2).is_some_and(|w| w.shape == Shape::Number);
        let colon = if formation { 4 } else { 1 };
        self.after(colon).is_some_and(|w| w.is_mark(":"))
            && self.after(colon + 1).is_some_and(Word::is_capital)
            && (colon + 2..colon + 12).map_while(|n| self.after(n)).take_while(|w| w.is_mark(";") || is_part(w)).any(|w| w.is_mark(";"))
    }

    /// Whether a result follows: "Betis-Espanyol, 1-1", "Sporting, 2; Eibar, 0".
    fn has_score(&self, contest: Lists) -> bool {
        let is_number = |n: usize| self.after(n).is_some_and(|w| w.shape == Shape::Number);
        let comma = |n: usize| self.after(n).is_some_and(|w| w.is_mark(","));
        // "Alavés, 2;": the other side's goals stand right behind.
        let parted = |n: usize| self.after(n).is_none_or(|w| matches!(w.folded, ";" | "." | "-") && w.shape == Shape::Mark);
        // "Murcia, 27; Almería, 26" are degrees.
        let club = |w: &Word<'_>| w.is_capital() && w.known(self.gazetteer).is_some_and(|e| e.kind == EntityKind::Organisation);
        let line = &self.words[self.line.from..self.line.to];
        let told = |w: &[Word<'_>]| w[0].is_mark(",") && w[1].shape == Shape::Number;
        let sport = || self.sport || line.iter().any(club) || line.windows(2).filter(|w| told(w)).count() < 3;
        if comma(1) && is_number(2) && self.after(2).is_some_and(|w| w.span.len() <= 3) && parted(3) && sport() {
            return self.after(3).is_none_or(|w| !w.is_mark(".")) || self.before(1).is_some_and(|w| w.is_mark(";"));
        }
        // "A. Flower 61": a batsman's
        if self.own().iter().any(is_initial) {
            return false;
        }
        // "Senegal 1, Egypt 0."
        let goals = |w: &Word<'_>| w.shape == Shape::Number && w.span.len() <= 2;
        let team = self.run.entry.is_none_or(|e| e.settlement || e.kind != EntityKind::Place);
        if team && self.after(1).is_some_and(goals) {
            let ahead = (3..=6).find(|&n| !self.after(n).is_some_and(Word::is_capital));
            let against = comma(2) && ahead.is_some_and(|n| n > 3 && self.after(n).is_some_and(goals));
            let closes = self.after(2).is_none_or(|w| w.shape == Shape::Mark);
            let behind = self.before(1).is_some_and(|w| w.is_mark(",")) && self.before(2).is_some_and(goals);
            if against || behind && closes && self.before(3).is_some_and(Word::is_capital) {
                return true;
            }
        }
        // "Blackburn 2 (Warhurst 34)", "Sunderland 0 Newcastle 2 (Beardsley 52)"
        let scorers = |n: usize| self.after(n).is_some_and(|w| w.is_mark("(")) && self.after(n + 1).is_some_and(Word::is_capital);
        let in_brackets = self.is_scorer();
        if team && !in_brackets && self.after(1).is_some_and(goals) {
            let ahead = (2..=5).find(|&n| !self.after(n).is_some_and(Word::is_capital)).filter(|&n| n > 2);
            let other = ahead.is_some_and(|n| self.after(n).is_some_and(goals));
            if scorers(2) || other && self.before(1).is_none_or(|w| w.is_mark(")") || w.is_mark(".")) {
                return true;
            }
        }
        if in_brackets {
            return false;
        }
        // "Utah 111 Minnesota 90"
        let of_region = || self.run.entry.is_some_and(|e| e.key.starts_with("region/"));
        if (team || of_region()) && (self.is_in_result() || self.is_in_standings()) {
            return true;
        }
        // "Chelsea beat Brentford 2-1"
        let beaten = self.before(1).is_some_and(|w| w.has(contest)) && self.after(1).is_some_and(is_result);
        let result_behind = || (3..=5).any(|n| self.after(n).is_some_and(is_result));
        let winner = self.after(1).is_some_and(|w| w.has(contest)) && self.after(2).is_some_and(Word::is_capital) && result_behind();
        if team && (beaten || winner) {
            return true;
        }
        let opponent = self.after(1).is_some_and(|w| w.shape == Shape::Mark && w.is_mark("-"));
        let reach = if opponent { 6 } else { 2 };
        let near = (1..=reach).map_while(|n| {
            self.after(n)
                .filter(|w| w.is_capital() || w.is_mark(",") || w.is_mark("-") || w.shape == Shape::Number || w.has(self.structure.of))
        });
        let behind = self.before(1).is_some_and(|w| w.is_mark("-"));
        (opponent || behind) && near.into_iter().any(is_result)
    }

    /// Whether it stands in brackets behind a side's goals, with its minute: "Blackburn 2 (Warhurst 34, Bohinen 51)".
    fn is_scorer(&self) -> bool {
        const REACH: usize = 24;
        let minute = self.after(1).is_some_and(is_score);
        let opens = self.before(1).is_some_and(|w| w.is_mark("(") || w.is_mark(","));
        let open = || (1..REACH).map_while(|n| self.before(n).filter(|w| !w.is_mark(")")).map(|w| (n, w))).find(|(_, w)| w.is_mark("("));
        minute && opens && open().is_some_and(|(n, _)| self.before(n + 1).is_some_and(is_score))
    }

    /// Whether its line has two names, each with its goals, and nothing else: "Ajax Amsterdam 1 Heerenveen 1".
    fn is_in_result(&self) -> bool {
        const LONGEST: usize = 10;
        let line = &self.words[self.line.from..self.line.to];
        let from = self.line.from;
        let name = |w: &&Word<'_>| w.is_capital() || w.shape == Shape::Lower && w.has(self.structure.particle);
        let first = line.iter().take(LONGEST).take_while(name).count();
        let second = first + 1 + line.iter().skip(first + 1).take(LONGEST).take_while(name).count();
        let nobody = || !self.first().is_given() || self.run.entry.is_some();
        first > 0
            && second > first + 1
            && second + 1 == line.len()
            && is_score(&line[first])
            && is_score(&line[second])
            && (self.run.from == from && self.run.to == from + first || self.run.from == from + first + 1 && self.run.to == from + second)
            && nobody()
    }

    /// Whether it opens its line, or stands behind its place there, and three numbers or more are all that follows: "Feyenoord 4 3 1 0
    /// 9 2 10".
    fn is_in_standings(&self) -> bool {
        const LEAST: usize = 3;
        let figures = |w: &Word<'_>| w.shape == Shape::Number || w.shape == Shape::Mark;
        let behind = &self.words[self.run.to..self.line.to];
        self.run.from - self.line.from < 3
            && self.words[self.line.from..self.run.from].iter().all(figures)
            && behind.iter().filter(|w| w.shape == Shape::Number).count() >= LEAST
            && behind.iter().all(figures)
            && (self.run.entry.is_some() || !self.first().is_given() && !self.last().is_surname() && !self.is_everyday())
    }

    /// Whether this run stands in brackets behind the other and is made of its first letters.
    fn abbreviates(&self, other: Option<&Self>) -> bool {
        let Some(other) = other.filter(|o| o.run.to + 1 == self.run.from && o.len() > 1) else { return false };
        let open = self.before(1).is_some_and(|w| w.is_mark("(") || w.is_mark("["));
        // "Comité Permanente de Contingencias (Copeco)"
        let read = |other: &Self| {
            other.first().has(self.structure.organisation | self.structure.organisation_behind)
                && (4..=9).contains(&self.first().span.len())
                && self.after(1).is_some_and(|w| w.is_mark(")"))
                && other.first().folded.chars().next() == self.first().folded.chars().next()
        };
        if !open || self.len() != 1 || self.first().shape == Shape::Title && !read(other) {
            return false;
        }
        let mut letters = self.first().folded.chars().filter(|c| c.is_alphanumeric()).peekable();
        for w in other.own() {
            for c in w.folded.chars() {
                if letters.peek() == Some(&c) {
                    letters.next();
                }
            }
        }
        letters.peek().is_none()
    }

    /// Whether the two stand in a line-up, a semicolon between, nothing else.
    fn lines_up_with(&self, next: &Self) -> bool {
        let single = |v: &Self| v.len() == 1 && v.first().shape == Shape::Title;
        next.run.from == self.run.to + 1 && single(self) && single(next) && self.after(1).is_some_and(|w| w.is_mark(";"))
    }

    /// Whether the two stand in a row: a comma or an "and" between, nothing else.
    fn leads_to(&self, next: &Self) -> bool {
        next.run.from == self.run.to + 1
            && self.run.line == next.run.line
            && self.after(1).is_some_and(|w| w.is_mark(",") || w.has(self.structure.and) && w.shape == Shape::Lower)
    }
}

fn is_quote(w: &Word<'_>) -> bool {
    w.shape == Shape::Mark && matches!(w.folded, "\"" | "“" | "”" | "«" | "»" | "‘" | "’" | "'" | "„")
}

/// Goals or points of one side, or the minute of one.
fn is_score(w: &Word<'_>) -> bool {
    w.shape == Shape::Number && w.span.len() <= 3
}

/// Goals or points of both sides: "2-1".
fn is_result(w: &Word<'_>) -> bool {
    let mut sides = w.folded.split(' ');
    let mut side = || sides.next().is_some_and(|s| (1..=3).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()));
    w.shape == Shape::Number && side() && side() && sides.next().is_none()
}

/// Whether a text is full of the words of the list: two, and one in every thirty.
fn is_full_of(words: &[Word<'_>], lists: Lists) -> bool {
    let count = words.iter().filter(|w| w.shape == Shape::Lower && w.has(lists)).count();
    count > 1 && count * 30 >= words.len()
}

/// A century or a king's number: `XXI`.
fn is_ordinal(w: &Word<'_>) -> bool {
    w.folded.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

fn is_initial(w: &Word<'_>) -> bool {
    w.folded.chars().count() == 1 && w.is_capital()
}
