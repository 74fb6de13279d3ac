//! One entity over spellings, documents and languages.
//!
//! 1. Inside a document a surname alone, the first of two as well, is the person last named in full with it, a given name alone the one
//!    who has it, an acronym in brackets or between commas is what it stands behind, and of several places of one name it is that of the
//!    country the document speaks of.
//! 2. Over the corpus every distinct name becomes one form. What the user's `aliases.csv` says of it comes first. A form that
//!    the gazetteer knows is its entry; forms with the same spelling key are one ([`spelling`]: accents, doubled letters, y/i, zh/j
//!    and w/v folded, other scripts in Latin letters), and so are persons of one surname whose given names agree.
//! 3. A long name one letter away from a known or more frequent one is that one (deletion neighbourhoods: Mor and
//!    Fraenkel 1982, as used by `SymSpell`).
//! 4. A name of an institution in one language is that in the other, where word for word they mean the same and it is said of which
//!    country, or a name of its own stands in it: "Swiss National Bank", "Banco Nacional Suizo".
//! 5. An office ("the Kazakh president") is whoever held it on the day of publication, where the gazetteer knows that of
//!    nobody else.
//!
//! Every step looks names up by key; no two lists are compared pair by pair. Each mention says what joined it.

mod corpus;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};

pub use self::corpus::{Corpus, Entities};
use crate::corpus::{Alias, PublishedDate};
use crate::find::entities::gazetteer::{Entry, Gazetteer, fold};
use crate::find::entities::{KNOWN_AS, Mention, Office};
use crate::vocabulary::{EntityKind, Joining, Precision};

/// What names name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable id: the Wikidata id where known for certain, else made from kind and name.
    pub id: Arc<str>,
    /// The name to show.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Every other spelling met in the corpus.
    pub aliases: Vec<String>,
    /// Wikidata id, where known for certain.
    pub wikidata: Option<String>,
    /// Country, as ISO 3166-1 alpha-2, where known.
    pub country: Option<String>,
    /// Latitude and longitude of a place, where known.
    pub location: Option<(f64, f64)>,
}

/// What a document names.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its names.
    pub mentions: &'a [Mention],
    /// The offices in it that stand for their holders.
    pub offices: &'a [Office],
    /// When it was published.
    pub published: Option<PublishedDate>,
}

/// The entities of a corpus.
#[derive(Debug, Default)]
pub struct Joined {
    /// In the order in which the corpus first names them.
    pub entities: Vec<Entity>,
    /// For each document the index of the entity of each mention, and why it is that.
    pub mentions: Vec<Vec<(usize, Option<Joining>)>>,
    /// For each document the index of the entity that holds each office.
    pub offices: Vec<Vec<Option<usize>>>,
}

/// A name of one document or of a whole corpus: what has to be known of it to join it with others.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name without accents and capitals.
    pub folded: Arc<str>,
    /// Whether it is a person's.
    pub person: bool,
    /// The gazetteer's key, where it knows the name.
    pub key: Option<Arc<str>>,
    /// How often each way of writing it was met, with its kind.
    pub written: Ways,
}

/// How often each way of writing a name was met, with its kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ways(BTreeMap<Box<str>, BTreeMap<EntityKind, usize>>);

impl Ways {
    /// One way of writing a name, met so often.
    #[must_use]
    pub fn of(written: &str, kind: EntityKind, times: usize) -> Self {
        let mut ways = Self::default();
        ways.add(written, kind, times);
        ways
    }

    /// Counts a way of writing it `times` more.
    pub fn add(&mut self, written: &str, kind: EntityKind, times: usize) {
        let kinds = match self.0.get_mut(written) {
            Some(kinds) => kinds,
            None => self.0.entry(written.into()).or_default(),
        };
        *kinds.entry(kind).or_default() += times;
    }

    /// Every way of writing it with its kind and how often it was met, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, EntityKind, usize)> {
        self.0.iter().flat_map(|(written, kinds)| kinds.iter().map(|(kind, n)| (&**written, *kind, *n)))
    }
}

impl Name {
    /// What tells it from every other name.
    #[must_use]
    pub fn reference(&self) -> String {
        [if self.person { "person|" } else { "other|" }, self.key.as_deref().unwrap_or_default(), "|", &self.folded].concat()
    }
}

/// What a document names, before the others are known.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Its names, in the order in which it first uses them.
    pub names: Vec<Name>,
    /// For each mention the index of its name, and why it is that where the document itself says so.
    pub mentions: Vec<(usize, Option<Joining>)>,
    /// For each office the gazetteer's key of who held it on the day of publication.
    pub holders: Vec<Option<Arc<str>>>,
}

impl Named {
    /// Looks at one document alone; of the user's `aliases` only those that keep names apart matter here.
    #[must_use]
    pub fn of(document: &Names<'_>, aliases: &Apart) -> Self {
        let gazetteer = Gazetteer::shipped().ok();
        let mut forms = Forms { bans: aliases.0.clone(), ..Forms::default() };
        let mentions = mentions_of(document, gazetteer, &mut forms);
        let days = document.published.and_then(days);
        let holder = |o: &Office| days.zip(gazetteer).and_then(|((first, last), g)| g.holder(&o.office, &o.of, first, last));
        let holders = document.offices.iter().map(|o| holder(o).map(|e| e.key.clone())).collect();
        Self { names: forms.all.into_iter().map(|f| f.name).collect(), mentions, holders }
    }
}

/// The names that the user keeps apart.
#[derive(Clone, Debug, Default)]
pub struct Apart(Arc<Bans>);

impl Apart {
    /// Those of `aliases.csv`.
    #[must_use]
    pub fn of(aliases: &[Alias]) -> Self {
        Self(bans(aliases).into())
    }
}

/// Joins the mentions of a corpus.
#[must_use]
pub fn join(documents: &[Names<'_>], aliases: &[Alias]) -> Joined {
    let apart = Apart::of(aliases);
    let named: Vec<Named> = documents.iter().map(|d| Named::of(d, &apart)).collect();
    join_named(&named, aliases)
}

/// The same from what each document names, in the order of the corpus.
#[must_use]
pub fn join_named(documents: &[Named], aliases: &[Alias]) -> Joined {
    let mut corpus = Corpus::new(aliases);
    let of_name: Vec<Vec<usize>> = documents.iter().map(|d| d.names.iter().map(|n| corpus.add(n)).collect()).collect();
    let holders = documents.iter().flat_map(|d| d.holders.iter().flatten());
    let mut entities = corpus.entities(holders.map(|key| &**key));
    let mut mentions = |(document, of_name): (&Named, &Vec<usize>)| {
        let entity = |&(name, why): &(usize, Option<Joining>)| {
            let (entity, of_form) = entities.of_name(of_name[name]);
            (entity, why.or(of_form))
        };
        document.mentions.iter().map(entity).collect()
    };
    Joined {
        mentions: documents.iter().zip(&of_name).map(&mut mentions).collect(),
        offices: documents.iter().map(|d| d.holders.iter().map(|key| entities.of_holder(key.as_deref()?)).collect()).collect(),
        entities: (0..entities.count()).map(|at| entities.get(at)).collect(),
    }
}

/// For each name, folded, the pairs it may not be joined in: which pair, and which side of it this is.
type Bans = HashMap<String, Vec<(usize, bool)>>;

fn bans(aliases: &[Alias]) -> Bans {
    let mut out = Bans::new();
    for (pair, alias) in aliases.iter().enumerate().filter(|(_, a)| !a.same) {
        out.entry(plain(&fold(&alias.name))).or_default().push((pair, false));
        out.entry(plain(&fold(&alias.other))).or_default().push((pair, true));
    }
    out
}

/// One distinct name of one kind in a document.
#[derive(Debug)]
struct Form {
    name: Name,
    /// The pairs it may not be joined in.
    banned: Vec<(usize, bool)>,
}

/// Every distinct name of a document.
#[derive(Debug, Default)]
struct Forms {
    all: Vec<Form>,
    index: HashMap<Distinct, usize>,
    bans: Arc<Bans>,
}

/// What tells a name from every other: its letters, whether it is a person's, and the gazetteer's key.
type Distinct = (Arc<str>, bool, Option<Arc<str>>);

impl Forms {
    fn form(&mut self, folded: Arc<str>, person: bool, key: Option<Arc<str>>) -> usize {
        let next = self.all.len();
        let index = *self.index.entry((folded.clone(), person, key.clone())).or_insert(next);
        if index == next {
            let banned = self.bans.get(&*folded).cloned().unwrap_or_default();
            self.all.push(Form { name: Name { folded, person, key, written: Ways::default() }, banned });
        }
        index
    }

    /// Whether the user forbids that a name is a form's.
    fn forbids(&self, folded: &str, form: usize) -> bool {
        let own = self.bans.get(folded).map_or(&[][..], Vec::as_slice);
        are_apart(own, &self.all[form].banned)
    }
}

/// What a person may be called later: the words behind the given name, or the family name before it.
fn surnames<'n>(folded: &'n str, gazetteer: Option<&Gazetteer>) -> Vec<&'n str> {
    let Some((first, rest)) = folded.split_once(' ') else { return Vec::new() };
    // "Eric Holder Jr", "Thurston Howell III"
    let generation = |w: &str| w.len() <= 3 && !w.contains(['a', 'e', 'o', 'u']);
    let rest = rest.rsplit_once(' ').filter(|(_, last)| generation(last)).map_or(rest, |(name, _)| name);
    if gazetteer.is_some_and(|g| is_family_first(first, rest, g)) {
        return vec![first];
    }
    // "López Obrador" and "Obrador" of "Andrés Manuel López Obrador".
    let starts = rest.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).map(|at| &rest[at..]).filter(|tail| tail.len() > 2).collect()
}

/// The first of two surnames, behind what are given names only, and the name up to it: "López" of "Andrés Manuel López Obrador".
fn first_surname<'n>(folded: &'n str, gazetteer: &Gazetteer) -> Option<(&'n str, &'n str)> {
    const SHORTEST: usize = 4;
    let (first, mut rest) = folded.split_once(' ').filter(|(first, _)| gazetteer.is_given(first))?;
    // "Jhon Fredy", but "Juan Martín Torres": two surnames stay.
    while let Some((_, behind)) = rest.split_once(' ').filter(|(name, behind)| gazetteer.is_given(name) && behind.contains(' ')) {
        rest = behind;
    }
    let (surname, last) = rest.split_once(' ')?;
    // "Ana van der Berg" has one.
    let up_to = folded.strip_suffix(last)?.trim_end();
    (first.len() > 1 && surname.len() >= SHORTEST && last.len() >= SHORTEST).then_some((surname, up_to))
}

/// Whether the family name comes first: that of Kim Jong-un, not that of Kim Clijsters or Lee Harvey Oswald.
fn is_family_first(first: &str, rest: &str, gazetteer: &Gazetteer) -> bool {
    let is_syllable = |w: &str| w.len() < 6 && !gazetteer.is_surname(w);
    gazetteer.is_family_first(first) && (!gazetteer.is_given(first) || rest.split(' ').all(is_syllable))
}

/// The form of each mention of a document, and why it is that where the document itself says so.
fn mentions_of(document: &Names<'_>, gazetteer: Option<&Gazetteer>, forms: &mut Forms) -> Vec<(usize, Option<Joining>)> {
    let Names { text, mentions, .. } = *document;
    let names: Vec<String> = mentions.iter().map(|m| plain(&fold(m.span.of(text)))).collect();
    let countries = gazetteer.map(|g| countries(mentions, &names, g)).unwrap_or_default();
    let mut out: Vec<(usize, Option<Joining>)> = Vec::with_capacity(mentions.len());
    // The person last named in full with each surname; and what each acronym of the text stands for.
    let mut bearers: HashMap<String, usize> = HashMap::new();
    let mut acronyms: HashMap<String, usize> = HashMap::new();
    let mut initials: HashMap<String, usize> = HashMap::new();
    // Who was named in full with each given name, unless several were.
    let mut given: HashMap<String, Option<usize>> = HashMap::new();
    for (i, (m, folded)) in mentions.iter().zip(&names).enumerate() {
        let written = m.span.of(text);
        let person = m.kind == EntityKind::Person;
        let between = |a: &Mention, b: &Mention| text.get(a.span.end..b.span.start).unwrap_or_default().trim();
        // "the Democratic Party of Serbia, DSS, said"
        let set_in = |p: &Mention| between(p, m) == "," && is_acronym(written) && text[m.span.end..].starts_with(',');
        let behind = i.checked_sub(1).and_then(|p| mentions.get(p));
        let behind = behind.filter(|p| p.kind == m.kind && (matches!(between(p, m), "(" | "[") || set_in(p)));
        let known = m.gazetteer.clone().or_else(|| known_key(gazetteer, folded, person));
        let known = known.or_else(|| gazetteer.filter(|_| person).and_then(|g| known_by_surname(folded, g)));
        // What the gazetteer knows to be the same needs no more.
        let other = |form: &&usize| known.is_none() || forms.all[**form].name.key != known;
        let short = || initials.get(folded).filter(|_| !person && is_acronym(written)).filter(other);
        let allowed = |b: &usize| !forms.forbids(folded, *b);
        let bearer = person.then(|| bearers.get(&spelling(folded)).copied()).flatten().filter(allowed);
        let named = || person.then(|| given.get(folded).copied().flatten()).flatten().filter(allowed).filter(|_| known.is_none());
        // "the Group for the Support of Islam and Muslims (JNIM)", "the UN Human Rights Office (OHCHR)": letters in brackets are what stands before.
        let letters = |p: &Mention| {
            m.kind == EntityKind::Organisation && written.len() > 2 && is_acronym(written) && p.span.of(text).split(' ').nth(2).is_some()
        };
        let (form, why) = if let Some(bearer) = bearer {
            (bearer, (*forms.all[bearer].name.folded != **folded).then_some(Joining::Surname))
        } else if let Some(form) = named() {
            (form, Some(Joining::GivenName))
        } else if let Some(before) = i.checked_sub(1).filter(|&p| known.is_none() && is_another_name(&mentions[p], m, text)) {
            acronyms.insert(folded.clone(), out[before].0);
            (out[before].0, Some(Joining::Acronym))
        } else if let Some(of) = acronyms.get(folded).or_else(short) {
            (*of, Some(Joining::Acronym))
        } else if let Some(long) = behind
            && known.is_none()
            && (letters(long) || is_short_for(folded, &forms.all[out[i - 1].0].name.folded))
        {
            acronyms.insert(folded.clone(), out[i - 1].0);
            (out[i - 1].0, Some(Joining::Acronym))
        } else {
            let next = || names.get(i + 1).filter(|_| matches!(between(m, &mentions[i + 1]), "," | "("));
            let namesake = gazetteer.and_then(|g| namesake(folded, m.kind, next, &countries, g));
            let why = namesake.filter(|e| Some(&e.key) != known.as_ref()).map(|_| Joining::Country);
            let key = namesake.map(|e| e.key.clone()).or(known);
            (forms.form(folded.as_str().into(), person, key), why)
        };
        // "Radio Francia Internacional (RFI)": what is known by its letters is known in full.
        if let (Some(long), Some(key)) = (behind, forms.all[form].name.key.clone())
            && m.kind == EntityKind::Organisation
            && initials_of(long.span.of(text)).as_ref() == Some(folded)
            && let Some(of) = out.last().map(|(of, _)| &mut forms.all[*of].name)
        {
            of.key = of.key.take().or(Some(key));
        }
        if !person && why.is_none() {
            initials.extend(initials_of(written).map(|letters| (letters, form)));
        }
        forms.all[form].name.written.add(written, m.kind, 1);
        if person && why.is_none() {
            let first = gazetteer.and_then(|g| first_surname(folded, g)).map(|(surname, _)| surname);
            for surname in surnames(folded, gazetteer).into_iter().chain(first) {
                bearers.insert(spelling(surname), form);
            }
            if let Some((name, _)) = folded.split_once(' ').filter(|(name, _)| gazetteer.is_some_and(|g| !g.is_family_first(name))) {
                given.entry(name.to_owned()).and_modify(|of| *of = of.filter(|of| *of == form)).or_insert(Some(form));
            }
        }
        out.push((form, why));
    }
    out
}

/// Whether a name is what somebody or something named right before goes by: "Jesús Rodríguez, \"Suso de Teresa\",", "the Volunteers, known
/// as VDPs"; not "a colonel, Skender Sadiku, and a boss called Zani Caushi".
fn is_another_name(before: &Mention, name: &Mention, text: &str) -> bool {
    const WORDS: usize = 2;
    let between = text.get(before.span.end..name.span.start).unwrap_or_default();
    let words = between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).count();
    name.rule.ends_with(KNOWN_AS)
        && name.kind == before.kind
        && between.starts_with([',', ' '])
        && between.contains([',', '('])
        && words <= WORDS
}

/// How often a document names each country, itself or by a place in it that has no namesake.
fn countries<'g>(mentions: &[Mention], names: &[String], gazetteer: &'g Gazetteer) -> HashMap<&'g str, usize> {
    let mut out = HashMap::new();
    for (_, name) in mentions.iter().zip(names).filter(|(m, _)| m.kind == EntityKind::Place) {
        let mut places = gazetteer.all_greater(name).filter(|e| e.kind == EntityKind::Place);
        let (Some(entry), None) = (places.next(), places.next()) else { continue };
        if let Some(country) = entry.country.as_deref() {
            *out.entry(country).or_default() += if entry.key.starts_with("country/") { 2 } else { 1 };
        }
    }
    out
}

/// Of several places of one name the one in the country that is named right behind it, or else most often in the document; none
/// if the name has one place only.
fn namesake<'g, 'n>(
    folded: &str,
    kind: EntityKind,
    next: impl Fn() -> Option<&'n String>,
    countries: &HashMap<&str, usize>,
    gazetteer: &'g Gazetteer,
) -> Option<&'g Entry> {
    if !matches!(kind, EntityKind::Place | EntityKind::Organisation) {
        return None;
    }
    let places: Vec<&Entry> = gazetteer.all_named(folded).filter(|e| e.kind == kind).collect();
    if places.len() < 2 {
        return None;
    }
    let next = next().and_then(|name| gazetteer.named(name)).and_then(|(e, _)| e.country.as_deref());
    let weight = |e: &Entry| {
        let country = e.country.as_deref();
        (country.is_some() && country == next, country.and_then(|c| countries.get(c)).copied().unwrap_or(0))
    };
    // Of equals the first, which is the likeliest.
    places.iter().rev().max_by_key(|e| weight(e)).copied()
}

/// The first letters of a word as it is spelled in any language, if it has so many.
fn beginning(word: &str) -> Option<String> {
    const LETTERS: usize = 3;
    Some(spelling(word).chars().take(LETTERS).collect::<String>()).filter(|letters| letters.len() == LETTERS)
}

/// The key of a person that the gazetteer knows by the surname, where the given name is spelled alike: "Zin el Abidín Ben Alí".
fn known_by_surname(folded: &str, gazetteer: &Gazetteer) -> Option<Arc<str>> {
    const SHORTEST: usize = 6;
    let given = |name: &str| beginning(name.split(' ').next().unwrap_or_default());
    let own = given(folded)?;
    let alike = |e: &&Entry| e.kind == EntityKind::Person && given(&fold(&e.name)).is_some_and(|other| other == own);
    let tails = surnames(folded, Some(gazetteer)).into_iter().filter(|tail| tail.len() >= SHORTEST);
    tails.into_iter().find_map(|tail| gazetteer.all_named(tail).find(alike)).map(|e| e.key.clone())
}

/// The gazetteer's key of a name of the right sort.
fn known_key(gazetteer: Option<&Gazetteer>, folded: &str, person: bool) -> Option<Arc<str>> {
    let is_right = |e: &&Entry| (e.kind == EntityKind::Person) == person;
    gazetteer?.all_named(folded).find(is_right).map(|e| e.key.clone())
}

/// A folded name with its words parted by single spaces and without marks at its ends.
fn plain(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for word in folded.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What a name of an institution or a place says, whatever the language and the order of its words: what kind it is and of what, its country,
/// and what it has of its own. None unless it names a country or has something of its own, as every country has a ministry.
fn meaning(folded: &str, gazetteer: &Gazetteer) -> Option<String> {
    const LONGEST: usize = 3;
    let words: Vec<&str> = folded.split(' ').collect();
    let (mut parts, mut kinds, mut own) = (Vec::new(), 0, 0);
    let mut at = 0;
    while at < words.len() {
        let country = (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
            let form = words[at..at + n].join(" ");
            let named = gazetteer.named(&form).map(|(e, _)| &e.key).filter(|key| key.starts_with("country/"));
            named.or_else(|| gazetteer.country_of(&form)).map(|key| (n, key.to_string()))
        });
        let word = words[at];
        if let Some((n, key)) = country {
            parts.push(key);
            own += 1;
            at += n;
            continue;
        }
        at += 1;
        if let Some(meaning) = gazetteer.institution(word) {
            parts.push(meaning.to_string());
            kinds += 1;
        } else if word.len() > 3 {
            parts.push(spelling(word));
            own += 1;
        }
    }
    parts.sort_unstable();
    parts.dedup();
    (kinds > 0 && own > 0 && parts.len() > 1).then(|| parts.join(" "))
}

/// Whether a name is written as an acronym.
fn is_acronym(written: &str) -> bool {
    written.bytes().all(|b| b.is_ascii_uppercase())
}

/// What the capitals of a longer name's words make, folded: "rsf" of "Rapid Support Forces", which stands for it in the rest of a
/// document whatever else goes by these letters.
fn initials_of(written: &str) -> Option<String> {
    const SHORTEST: usize = 3;
    written.split(' ').nth(SHORTEST - 1)?;
    let capitals: String = written.split(' ').filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    (capitals.chars().count() >= SHORTEST).then(|| fold(&capitals))
}

/// Whether a short name is made of letters of a long one, in order, and begins as it does.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.chars().next() == long.chars().next() && short.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.any(|l| l == c))
}

/// What stays the same over ways of writing one name in Latin letters: Tokayev, Tokaev and Tokáyev; Zhanaozen and Janaozen;
/// Kassym and Kasim; Pashinyan and Pashinian; Токаев. The input is folded.
#[must_use]
pub fn spelling(folded: &str) -> String {
    let latin = if folded.is_ascii() { folded.into() } else { std::borrow::Cow::from(fold(&deunicode::deunicode(folded))) };
    let mut out = String::with_capacity(latin.len());
    let is_vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    // All of them are ASCII.
    let at = |i: usize| latin.as_bytes().get(i).copied().map(char::from);
    let (mut i, mut before) = (0, None);
    while let Some(c) = at(i) {
        let next = at(i + 1);
        let starts = i == 0 || at(i - 1) == Some(' ');
        let (letter, used) = match (c, next) {
            ('z', Some('h')) => ('j', 2),
            ('d', Some('j' | 'z')) => ('j', if at(i + 2) == Some('h') { 3 } else { 2 }),
            ('k', Some('h')) => ('h', 2),
            ('p', Some('h')) => ('f', 2),
            ('s', Some('h')) => ('s', 2),
            ('c', Some('k')) => ('k', 2),
            ('c', Some('a' | 'o' | 'u' | 'l' | 'r')) | ('q', _) => ('k', 1),
            ('w', _) => ('v', 1),
            // Koulamallah and Kulamallah, Bourguiba and Burguiba
            ('o', Some('u')) if !starts => ('u', 2),
            // Yevgeny and Evgueni, Georgieva and Gueorguieva
            ('y', Some('e')) if starts => ('e', 2),
            ('g', Some('u')) if matches!(at(i + 2), Some('e' | 'i')) => ('g', 2),
            ('y', n) if starts && is_vowel(n) => ('j', 1),
            // Between vowels it only glides: Tokayev and Tokaev.
            ('y', n) if is_vowel(n) && is_vowel(before) => ('\0', 1),
            ('y', _) => ('i', 1),
            _ => (c, 1),
        };
        i += used;
        if letter != '\0' && (before != Some(letter) || letter == ' ') {
            out.push(letter);
            before = Some(letter);
        }
    }
    out
}

/// The first and last day on which a document may have been published.
fn days(published: PublishedDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = published.first;
    let months = match published.precision {
        Precision::Day => return Some((first, first)),
        Precision::Month => 1,
        Precision::Year => 12,
        _ => return None,
    };
    Some((first, first.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?))
}

/// Whether two sides of one pair are among them.
fn are_apart(one: &[(usize, bool)], other: &[(usize, bool)]) -> bool {
    one.iter().any(|(pair, side)| other.contains(&(*pair, !side)))
}

fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(char::is_ascii_digit)
}

/// The id of what the gazetteer knows: with the country, where another place has its name.
fn known_id(entry: &Entry, gazetteer: Option<&Gazetteer>) -> String {
    let is_namesake = |e: &Entry| e.kind == entry.kind && e.key != entry.key;
    let shared = gazetteer.is_some_and(|g| g.all_named(&fold(&entry.name)).any(is_namesake));
    let country = entry.country.as_deref().filter(|_| shared);
    entry.wikidata.clone().unwrap_or_else(|| made_id(entry.kind, &entry.name, country))
}

fn made_id(kind: EntityKind, name: &str, country: Option<&str>) -> String {
    let name = plain(&fold(name)).replace(' ', "-");
    country.map_or_else(|| format!("{kind}:{name}"), |c| format!("{kind}:{name}-{}", c.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn joined_with(documents: &[&[(&str, EntityKind)]], aliases: &[Alias]) -> Vec<Vec<String>> {
        let made: Vec<(String, Vec<Mention>)> = documents
            .iter()
            .map(|names| {
                let mut text = String::new();
                let mentions = names
                    .iter()
                    .map(|(name, kind)| {
                        let start = text.len();
                        text.push_str(name);
                        let span = Span::new(start, text.len());
                        text.push_str(" . ");
                        Mention { span, kind: *kind, gazetteer: None, rule: "t".into() }
                    })
                    .collect();
                (text, mentions)
            })
            .collect();
        let given: Vec<Names<'_>> = made.iter().map(|(t, m)| Names { text: t, mentions: m, offices: &[], published: None }).collect();
        let joined = join(&given, aliases);
        joined.mentions.iter().map(|d| d.iter().map(|(e, _)| joined.entities[*e].id.to_string()).collect()).collect()
    }

    fn joined(documents: &[&[(&str, EntityKind)]]) -> Vec<Vec<String>> {
        joined_with(documents, &[])
    }

    const P: EntityKind = EntityKind::Person;

    #[test]
    fn spellings_of_one_name_are_one() {
        let same = |a: &str, b: &str| assert_eq!(spelling(&fold(a)), spelling(&fold(b)), "{a} {b}");
        same("Tokayev", "Tokáev");
        same("Zhanaozen", "Janaozén");
        same("Kassym", "Kasim");
        same("Pashinyan", "Pashinian");
        same("Georgieva", "Gueorguieva");
        same("Koulamallah", "Kulamalah");
        same("Yevgeny", "Evgueni");
        assert_ne!(spelling("martin"), spelling("morton"));
    }

    #[test]
    fn the_two_presidents_are_two_and_each_is_one() {
        let ids = joined(&[
            &[("Kassym-Jomart Tokayev", P), ("Tokáyev", P), ("Nazarbayev", P), ("Samat Abish", P)],
            &[("Kasim-Yomart Tokayev", P), ("Kasym Tokayev", P), ("Nursultan Nazarbayev", P), ("Nazarbayes", P)],
        ]);
        assert_eq!(ids[0][0], ids[0][1]);
        assert_eq!(ids[0][0], ids[1][0]);
        assert_eq!(ids[0][0], ids[1][1]);
        assert_eq!(ids[0][2], ids[1][2]);
        assert_eq!(ids[1][2], ids[1][3]);
        assert_ne!(ids[0][0], ids[0][2]);
        assert_ne!(ids[0][2], ids[0][3]);
    }

    #[test]
    fn a_surname_is_the_person_last_named_in_full() {
        let ids = joined(&[&[("Kim Yong-chol", P), ("Orlanda Vexley", P), ("Vexley", P), ("Tarn Vexley", P), ("Vexley", P)]]);
        assert_eq!(ids[0][1], ids[0][2]);
        assert_eq!(ids[0][3], ids[0][4]);
        assert_ne!(ids[0][1], ids[0][3]);
    }

    #[test]
    fn an_acronym_is_what_the_document_calls_in_full() {
        const O: EntityKind = EntityKind::Organisation;
        let ids = joined(&[&[("Rapid Support Forces", O), ("RSF", O)], &[("RSF", O), ("Reporters Without Borders", O)]]);
        assert_eq!(ids[0][0], ids[0][1]);
        assert_eq!(ids[1][0], ids[1][1]);
        assert_ne!(ids[0][1], ids[1][0]);
    }

    #[test]
    fn cyrillic_is_read_as_latin() {
        assert_eq!(spelling(&fold("Токаев")), spelling(&fold("Tokayev")));
        let ids = joined(&[&[("Orlunda Vexley", P), ("Токаев", P)], &[("Tokáyev", P)]]);
        assert_eq!(ids[0][1], ids[1][0]);
    }

    #[test]
    fn two_of_one_family_stay_apart_and_the_family_name_may_come_first() {
        let ids = joined(&[&[("Kim Jong-un", P), ("Kim Yo Jong", P), ("Zhang Wei", P), ("Zhang", P)]]);
        assert_ne!(ids[0][0], ids[0][1]);
        assert_eq!(ids[0][2], ids[0][3]);
    }

    #[test]
    fn a_double_surname_is_its_bearers() {
        let ids = joined(&[&[("Andrés Manuel Trask Quantrel", P), ("Trask Quantrel", P), ("Quantrel", P)]]);
        assert!(ids[0].iter().all(|id| *id == ids[0][0]));
    }

    #[test]
    fn the_first_of_two_surnames_and_the_given_name_alone_are_their_bearers() {
        let ids = joined(&[
            &[("Pedro Fernando Quintero Arévalo", P), ("Quintero", P), ("Olga Quintero", P), ("Quintero", P), ("Olga", P), ("Pedro", P)],
            &[("Ana Vexley", P), ("Ana Trask", P), ("Ana", P)],
        ]);
        assert_eq!(ids[0][0], ids[0][1]);
        assert_ne!(ids[0][0], ids[0][2]);
        assert_eq!(ids[0][2], ids[0][3]);
        assert_eq!(ids[0][2], ids[0][4]);
        assert_eq!(ids[0][0], ids[0][5]);
        assert!(ids[1][2] != ids[1][0] && ids[1][2] != ids[1][1], "of two Anas neither");
        let ids = joined(&[&[("Eric H. Vexley Jr.", P), ("Vexley", P)]]);
        assert_eq!(ids[0][0], ids[0][1]);
    }

    #[test]
    fn second_surnames_and_letters_join_over_languages() {
        let ids = joined(&[
            &[("Javier Iturriaga", P), ("Zin el Abidín Ben Alí", P)],
            &[("Javier Iturriaga del Campo", P), ("Iturriaga", P), ("Zine El Abidine Ben Ali", P), ("Olga", P)],
            &[("Mahamat Olga", P)],
        ]);
        assert_eq!(ids[0][0], ids[1][0]);
        assert_eq!(ids[0][0], ids[1][1]);
        assert_eq!(ids[0][1], ids[1][2]);
        assert_ne!(ids[1][3], ids[2][0], "a given name alone is anybody's");
        let texts =
            ["General Union of Zarlik Workers (UGZT)", "Unión General de Trabajadores de Zarlik (UGZT)", "Ugly Goats Zoo (UGZT)", "UGZT"];
        let mentions = texts.map(|text| {
            let of =
                |start, end| Mention { span: Span::new(start, end), kind: EntityKind::Organisation, gazetteer: None, rule: "t".into() };
            text.find('(').map_or_else(|| vec![of(0, text.len())], |at| vec![of(0, at - 1), of(at + 1, text.len() - 1)])
        });
        let named = |i: usize| Names { text: texts[i], mentions: &mentions[i], offices: &[], published: None };
        let joined = join(&[0, 1, 2].map(named), &[]);
        assert!([(0, 1), (1, 0), (1, 1)].iter().all(|&(d, m)| joined.mentions[d][m].0 == joined.mentions[0][0].0));
        assert_ne!(joined.mentions[2][0].0, joined.mentions[0][0].0, "no word alike");
        let joined = join(&[0, 1, 3].map(named), &[]);
        assert_eq!(joined.mentions[2][0].0, joined.mentions[0][0].0);
    }

    #[test]
    fn a_place_is_that_of_the_country_the_document_speaks_of() {
        const L: EntityKind = EntityKind::Place;
        let ids = joined(&[
            &[("Venezuela", L), ("Caracas", L), ("Valencia", L)],
            &[("Madrid", L), ("Valencia", L)],
            &[("Tripoli", L), ("Lebanon", L)],
        ]);
        assert_ne!(ids[0][2], ids[1][1]);
        assert!(ids[0][2].ends_with("-ve"), "{}", ids[0][2]);
    }

    #[test]
    fn an_institution_is_one_in_both_languages_and_each_country_has_its_own() {
        const O: EntityKind = EntityKind::Organisation;
        let ids = joined(&[
            &[("Swiss National Bank", O), ("US Labor Department", O), ("Ministry of Justice", O), ("Association of Bankers", O)],
            &[("Banco Nacional Suizo", O), ("Departamento de Trabajo de Estados Unidos", O), ("Ministerio de Justicia", O)],
            &[("U.S. Department of Labor", O), ("Romanian National Bank", O), ("Zarvol Foundation", O), ("Fundación Zarvol", O)],
        ]);
        assert_eq!(ids[0][0], ids[1][0]);
        assert_eq!(ids[0][1], ids[1][1]);
        assert_eq!(ids[0][1], ids[2][0]);
        assert_ne!(ids[0][2], ids[1][2], "whose ministry is not said");
        assert_ne!(ids[0][0], ids[2][1]);
        assert_eq!(ids[2][2], ids[2][3]);
    }

    #[test]
    fn a_company_is_one_with_and_without_its_legal_form() {
        const O: EntityKind = EntityKind::Organisation;
        let ids = joined(&[&[("Zarvol Widgets", O), ("Zarvol Widgets, Inc.", O), ("Zarvol PLC", O), ("Boeing Co.", O), ("Boeing", O)]]);
        assert_eq!(ids[0][0], ids[0][1]);
        assert_ne!(ids[0][0], ids[0][2]);
        assert_eq!(ids[0][3], ids[0][4]);
    }

    #[test]
    fn the_user_has_the_last_word() {
        let alias = |name: &str, other: &str, same| Alias { name: name.into(), other: other.into(), same };
        let aliases =
            [alias("Astana", "Nur-Sultan", false), alias("El Zar", "Vladimir Putin", true), alias("Vexley", "Orlunda Vexley", false)];
        const L: EntityKind = EntityKind::Place;
        let ids = joined_with(
            &[&[("Astana", L), ("Nur-Sultan", L), ("El Zar", P), ("Orlunda Vexley", P), ("Vexley", P)], &[("Putin", P)]],
            &aliases,
        );
        assert_ne!(ids[0][0], ids[0][1]);
        assert_eq!(ids[0][2], ids[1][0]);
        assert_ne!(ids[0][3], ids[0][4]);
    }

    #[test]
    fn an_office_is_its_holders_only_while_it_is_held() {
        let office = |of: &str| Office { span: Span::new(0, 1), office: "president".into(), of: of.into(), rule: "t".into() };
        let offices = [office("country/kazakhstan")];
        let holder = |published: &str| {
            let published = PublishedDate::parse(published, crate::vocabulary::Basis::Index);
            let joined = join(&[Names { text: "x", mentions: &[], offices: &offices, published }], &[]);
            joined.offices[0][0].map(|e| joined.entities[e].name.clone())
        };
        assert_eq!(holder("2022-01-07").as_deref(), Some("Kassym-Jomart Tokayev"));
        assert_eq!(holder("2022-01").as_deref(), Some("Kassym-Jomart Tokayev"));
        assert_eq!(holder("2011-12-16").as_deref(), Some("Nursultan Nazarbayev"));
        assert_eq!(holder("2019"), None);
        assert_eq!(holder("1905-01-01"), None);
    }
}
