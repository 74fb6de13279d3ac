//! The gazetteer: what is known by name, and the names it is known by.
//!
//! Each file under `data/gazetteer` is a table of one form, `key,kind,country,wikidata,en,es,any`: the names in English, in
//! Spanish and in any language, parted by `|`, the first of each the one to show. How the files were made stands in
//! their `README.md`. Names are looked up word by word, folded: no case, no accents, hyphens as spaces.

use std::borrow::Cow;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt, HashSet};
use memchr::{memchr, memchr_iter};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::error::{Error, Result};
use crate::text::WordMap;
use crate::vocabulary::EntityKind;

/// The tables compiled in, those whose rows win where two share a name first.
const TABLES: &[(&str, &str)] = &[
    ("gazetteer/countries.csv", include_str!("../../../data/gazetteer/countries.csv")),
    ("gazetteer/people.csv", include_str!("../../../data/gazetteer/people.csv")),
    ("gazetteer/organisations.csv", include_str!("../../../data/gazetteer/organisations.csv")),
    ("gazetteer/regions.csv", include_str!("../../../data/gazetteer/regions.csv")),
    ("gazetteer/cities.csv", include_str!("../../../data/gazetteer/cities.csv")),
    ("gazetteer/events.csv", include_str!("../../../data/gazetteer/events.csv")),
    ("gazetteer/groups.csv", include_str!("../../../data/gazetteer/groups.csv")),
];
/// Towns, which lend their name to people, teams and things more often than cities do: `name,country,latitude,longitude`.
const TOWNS: &str = include_str!("../../../data/gazetteer/towns.csv");
/// Provinces and districts beside those of the regions' table, likewise: `name,country`.
const PROVINCES: &str = include_str!("../../../data/gazetteer/provinces.csv");
const COORDINATES: &str = include_str!("../../../data/gazetteer/coordinates.csv");
const NATIONALITIES: &str = include_str!("../../../data/gazetteer/nationalities.csv");
const OFFICES: &str = include_str!("../../../data/gazetteer/offices.csv");
const INSTITUTIONS: &str = include_str!("../../../data/gazetteer/institutions.csv");
const LEGAL_FORMS: &str = include_str!("../../../data/gazetteer/legal-forms.txt");
const CAPITALS: &str = include_str!("../../../data/gazetteer/capitals.txt");
const FAMILY_FIRST: &str = include_str!("../../../data/gazetteer/family-first.txt");
const DEMONYMS: &str = include_str!("../../../data/gazetteer/demonyms.txt");
const GIVEN: &str = include_str!("../../../data/gazetteer/given-names.txt");
const GIVEN_MORE: &str = include_str!("../../../data/gazetteer/given-names-more.txt");
const SURNAMES: &str = include_str!("../../../data/gazetteer/surnames.txt");
const SURNAMES_MORE: &str = include_str!("../../../data/gazetteer/surnames-more.txt");

/// Something known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its key, unique over the gazetteer.
    pub key: Arc<str>,
    /// What kind of thing.
    pub kind: EntityKind,
    /// The English name, or the only one.
    pub name: String,
    /// Country, as ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// Whether it is a city or town: a sports club may go by its name.
    pub settlement: bool,
    /// Whether it is a lesser town, province or district, whose name alone says little.
    pub town: bool,
    /// Latitude and longitude in degrees.
    pub location: Option<(f64, f64)>,
}

/// A time in office.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The key of who held it.
    pub person: Arc<str>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, or the last one that is known of.
    pub to: NaiveDate,
}

/// Towns or provinces in the order of their folded names, the larger first where they share one. There are more of them than of all else,
/// and a text names few, so a row is read when it is asked for.
#[derive(Debug, Default)]
struct Lesser {
    /// What keys begin with: the kind of place.
    sort: &'static str,
    /// The rows: `name,country`, then latitude and longitude if they are known; no cell is in quotation marks.
    rows: Vec<&'static str>,
    /// For the beginning of each folded name the rows whose names begin so, which stand side by side.
    starting: HashMap<u64, Range<u32>>,
    read: Vec<OnceLock<Box<Entry>>>,
}

/// The compiled tables.
#[derive(Debug, Default)]
pub struct Gazetteer {
    rows: Vec<Row>,
    by_key: HashMap<&'static str, usize>,
    /// Those who come after all others where names are shared.
    lesser: [Lesser; 2],
    /// For each folded name its entry, and whether the name is an acronym.
    forms: HashMap<String, (usize, bool)>,
    /// For each name of several entries those that `forms` does not give, in order.
    namesakes: HashMap<String, Vec<usize>>,
    /// For each office and the key of what it is an office of who held it when.
    offices: HashMap<(String, Arc<str>), Vec<Term>>,
    /// For each folded nationality the key of its country.
    nationalities: HashMap<String, Arc<str>>,
    capitals: HashSet<&'static str>,
    family_first: HashSet<String>,
    /// For each word that says what kind of institution, or of what, in English or Spanish, the number of its meaning.
    institutions: HashMap<String, usize>,
    /// Ways to write a company's legal form, as words, with the number of the form; the longest first.
    legal_forms: Vec<(Vec<String>, usize)>,
    /// What is known of each folded word.
    words: WordMap<Facts>,
}

/// What is known of a word by itself: all that is asked of the words of a text, so that each is looked up once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// What it is, as the constants say.
    is: u8,
    /// The greatest number of words of a name that begins with it; 0 if there is none.
    longest: u8,
    /// The same of the names of lesser towns and provinces that have several words.
    longest_lesser: u8,
    /// Whether the name that it is by itself is an acronym.
    acronym: bool,
    /// The number of the entry that it is the name of by itself, counted from 1; 0 if there is none.
    entry: u32,
}

/// A given name.
const IS_GIVEN: u8 = 1;
/// One of the more common given names.
const IS_COMMON_GIVEN: u8 = 1 << 1;
/// A common surname.
const IS_SURNAME: u8 = 1 << 2;
/// It names people by where they are from.
const IS_DEMONYM: u8 = 1 << 3;
/// It begins the name of a people, which some languages write small.
const IS_PEOPLE: u8 = 1 << 4;
/// It stands in a name, not as the first word.
const IS_INNER: u8 = 1 << 5;

impl Facts {
    pub fn is_given(self) -> bool {
        self.is & IS_GIVEN != 0
    }

    /// Whether it is a name by itself, but for those of lesser towns and provinces.
    pub fn is_name(self) -> bool {
        self.entry != 0
    }

    pub fn is_common_given(self) -> bool {
        self.is & IS_COMMON_GIVEN != 0
    }

    pub fn is_surname(self) -> bool {
        self.is & IS_SURNAME != 0
    }

    pub fn is_demonym(self) -> bool {
        self.is & IS_DEMONYM != 0
    }

    pub fn is_people(self) -> bool {
        self.is & IS_PEOPLE != 0
    }

    /// Whether a name goes on with it.
    pub fn is_inner(self) -> bool {
        self.is & IS_INNER != 0
    }

    /// The greatest number of words of a name that begins with it; 0 if there is none.
    pub fn longest(self) -> usize {
        self.longest.max(self.longest_lesser).into()
    }
}

/// A row of the tables. An article names few of them, so an entry is made of it when it is asked for.
#[derive(Debug)]
struct Row {
    key: &'static str,
    kind: EntityKind,
    country: &'static str,
    wikidata: &'static str,
    name: &'static str,
    settlement: bool,
    location: Option<(f64, f64)>,
    entry: OnceLock<Box<Entry>>,
}

impl Row {
    fn entry(&self) -> &Entry {
        let known = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        self.entry.get_or_init(|| {
            Box::new(Entry {
                key: self.key.into(),
                kind: self.kind,
                name: self.name.to_owned(),
                country: known(self.country),
                wikidata: known(self.wikidata),
                settlement: self.settlement,
                town: false,
                location: self.location,
            })
        })
    }
}

impl Gazetteer {
    /// The gazetteer compiled in, built once.
    ///
    /// # Errors
    /// With file and line, if a row is not as it must be.
    pub fn shipped() -> Result<&'static Self> {
        static SHIPPED: OnceLock<Gazetteer> = OnceLock::new();
        // Whoever comes while it is built waits for it.
        static BUILT: Mutex<()> = Mutex::new(());
        if let Some(ready) = SHIPPED.get() {
            return Ok(ready);
        }
        let _building = BUILT.lock();
        if let Some(ready) = SHIPPED.get() {
            return Ok(ready);
        }
        // As many as there are, and some more.
        let mut gazetteer = Self {
            rows: Vec::with_capacity(10_000),
            by_key: HashMap::with_capacity(10_000),
            forms: HashMap::with_capacity(16_000),
            words: WordMap::with_capacity(60_000),
            ..Self::default()
        };
        for (file, text) in TABLES {
            gazetteer.add(file, text)?;
        }
        gazetteer.locate("gazetteer/coordinates.csv", COORDINATES)?;
        gazetteer.appoint("gazetteer/offices.csv", OFFICES)?;
        gazetteer.lesser = [Lesser::new("province", PROVINCES), Lesser::new("town", TOWNS)];
        for_each(gazetteer.lesser.iter().flat_map(Lesser::of_several), |folded| {
            let words = in_name(folded, &mut gazetteer.words);
            let longest = &mut gazetteer.words.entry(head(folded)).longest_lesser;
            *longest = words.max(*longest);
        });
        gazetteer.note(DEMONYMS, IS_DEMONYM);
        gazetteer.naturalise("gazetteer/nationalities.csv", NATIONALITIES)?;
        gazetteer.found("gazetteer/institutions.csv", INSTITUTIONS)?;
        gazetteer.capitals = listed(CAPITALS).collect();
        for_each(listed(FAMILY_FIRST), |folded| gazetteer.family_first.extend([folded.to_owned()]));
        let forms = LEGAL_FORMS.lines().filter(|l| !l.starts_with('#')).enumerate();
        let written = forms.flat_map(|(form, line)| line.split('|').map(move |w| (w.split(' ').map(fold).collect(), form)));
        gazetteer.legal_forms = written.collect();
        gazetteer.legal_forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        gazetteer.note(GIVEN, IS_GIVEN | IS_COMMON_GIVEN);
        gazetteer.note(GIVEN_MORE, IS_GIVEN);
        gazetteer.note(SURNAMES, IS_SURNAME);
        gazetteer.note(SURNAMES_MORE, IS_SURNAME);
        Ok(SHIPPED.get_or_init(|| gazetteer))
    }

    /// Takes in a list of words that are something.
    fn note(&mut self, text: &str, is: u8) {
        // There are forty thousand, nearly all plain: the whole list is put in small letters at once.
        let small = text.to_ascii_lowercase();
        for word in listed(&small) {
            if is_plain(word) && !word.contains('_') {
                self.words.entry(word).is |= is;
            } else {
                for_each(std::iter::once(word), |folded| self.words.entry(folded).is |= is);
            }
        }
    }

    /// Takes in a table of entries.
    fn add(&mut self, file: &str, text: &'static str) -> Result<()> {
        let mut names = Vec::new();
        rows(file, text, |[key, kind, country, wikidata, en, es, any]| {
            names.clear();
            names.extend([en, es, any].into_iter().flat_map(|n| n.split('|')).map(str::trim).filter(|n| !n.is_empty()));
            let name = *names.first().ok_or_else(|| format!("{key} has no name"))?;
            let (index, kind) = (self.rows.len(), kind.parse()?);
            if self.by_key.insert(key, index).is_some() {
                return Err(format!("there is a row of the key {key} already"));
            }
            for form in &names {
                let folded = fold(form);
                if kind == EntityKind::Group {
                    self.words.entry(head(&folded)).is |= IS_PEOPLE;
                }
                self.call(index, folded, is_acronym(form));
            }
            let settlement = file.ends_with("cities.csv");
            self.rows.push(Row { key, kind, country, wikidata, name, settlement, location: None, entry: OnceLock::new() });
            Ok(())
        })
    }

    /// Gives an entry a folded name.
    fn call(&mut self, index: usize, folded: String, acronym: bool) {
        let words = in_name(&folded, &mut self.words);
        let facts = self.words.entry(head(&folded));
        facts.longest = words.max(facts.longest);
        if words == 1 && facts.entry == 0 {
            (facts.entry, facts.acronym) = (number_of(index), acronym);
        }
        match self.forms.entry(folded) {
            // "Efe" beside "EFE": read in either case.
            Occupied(mut first) if first.get().0 == index => {
                first.get_mut().1 &= acronym;
                facts.acronym &= acronym || words > 1;
            }
            Occupied(first) => {
                let others = self.namesakes.entry(first.key().clone()).or_default();
                if others.last() != Some(&index) {
                    others.push(index);
                }
            }
            Vacant(free) => {
                free.insert((index, acronym));
            }
        }
    }

    /// Takes in where places lie: `key,latitude,longitude`.
    fn locate(&mut self, file: &str, text: &'static str) -> Result<()> {
        rows(file, text, |[key, latitude, longitude]| {
            let degrees = |cell: &str| cell.parse().map_err(|_| format!("{cell} is no number"));
            let index = *self.by_key.get(key).ok_or_else(|| format!("no row has the key {key}"))?;
            self.rows[index].location = Some((degrees(latitude)?, degrees(longitude)?));
            Ok(())
        })
    }

    /// Takes in who held which office when: `person,office,of,from,to`.
    fn appoint(&mut self, file: &str, text: &'static str) -> Result<()> {
        rows(file, text, |[person, office, of, from, to]| {
            let key = |k: &str| self.by_key.get_key_value(k).map(|(&k, _)| k.into()).ok_or_else(|| format!("no row has the key {k}"));
            let day = |cell: &str| cell.parse::<NaiveDate>().map_err(|_| format!("{cell} is no day"));
            let term = Term { person: key(person)?, from: day(from)?, to: day(to)? };
            self.offices.entry((office.to_owned(), key(of)?)).or_default().push(term);
            Ok(())
        })
    }

    /// Takes in the words for what is of a country: `country,en,es`.
    fn naturalise(&mut self, file: &str, text: &'static str) -> Result<()> {
        let mut countries: HashMap<&str, Arc<str>> = HashMap::new();
        for row in self.rows.iter().filter(|row| row.key.starts_with("country/")) {
            countries.entry(row.country).or_insert_with(|| row.key.into());
        }
        rows(file, text, |[country, en, es]| {
            let key = countries.get(country).ok_or_else(|| format!("no country has the code {country}"))?;
            for word in en.split('|').chain(es.split('|')).filter(|w| !w.is_empty()).map(fold) {
                // Spanish says some as it says the country: "armenia".
                if self.named(&word).is_none() {
                    self.words.entry(&word).is |= IS_DEMONYM;
                }
                self.nationalities.insert(word, key.clone());
            }
            Ok(())
        })
    }

    /// Takes in the words that names of institutions are made of: `en,es`, parted by `|`.
    fn found(&mut self, file: &str, text: &'static str) -> Result<()> {
        let mut meaning = 0;
        rows(file, text, |[en, es]| {
            meaning += 1;
            for word in en.split('|').chain(es.split('|')) {
                self.institutions.entry(fold(word)).or_insert(meaning);
            }
            Ok(())
        })
    }

    /// The number of what a folded word means in names of institutions, the same in English and Spanish.
    #[must_use]
    pub fn institution(&self, folded: &str) -> Option<usize> {
        self.institutions.get(folded).copied()
    }

    /// Whether the key is that of a country's capital.
    #[must_use]
    pub fn is_capital(&self, key: &str) -> bool {
        self.capitals.contains(key)
    }

    /// The entry of a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let own = self.by_key.get(key).map(|&i| self.rows[i].entry());
        own.or_else(|| self.lesser.iter().find_map(|l| l.of_key(key)))
    }

    /// The entry of a folded name, and whether that name is an acronym.
    #[must_use]
    pub fn named(&self, folded: &str) -> Option<(&Entry, bool)> {
        self.own(folded).or_else(|| self.lesser(folded))
    }

    /// Every entry of a folded name, the likeliest first.
    pub fn all_named<'g>(&'g self, folded: &str) -> impl Iterator<Item = &'g Entry> {
        self.all_greater(folded).chain(self.lesser.iter().flat_map(|l| l.called(folded)))
    }

    /// The same but for lesser towns and provinces.
    pub fn all_greater(&self, folded: &str) -> impl Iterator<Item = &Entry> + use<'_> {
        let first = self.forms.get(folded);
        // Only a name of an entry has another.
        let others = first.and_then(|_| self.namesakes.get(folded)).into_iter().flatten();
        first.map(|(first, _)| first).into_iter().chain(others).map(|&i| self.rows[i].entry())
    }

    /// The key of the country that a folded word says something is of: "kazakh".
    #[must_use]
    pub fn country_of(&self, folded: &str) -> Option<&Arc<str>> {
        self.nationalities.get(folded)
    }

    /// Who held an office of a country or organisation from one day to another; none if more than one did, or none is known.
    #[must_use]
    pub fn holder(&self, office: &str, of: &Arc<str>, first: NaiveDate, last: NaiveDate) -> Option<&Entry> {
        let terms = self.offices.get(&(office.to_owned(), of.clone()))?;
        let mut holders = terms.iter().filter(|t| t.from <= first && last <= t.to);
        let holder = holders.next()?;
        holders.all(|t| t.person == holder.person).then(|| self.entry(&holder.person))?
    }

    /// Ways to write a company's legal form, as folded words, with the number of the form; the longest first.
    pub fn legal_forms(&self) -> impl Iterator<Item = (&[String], usize)> {
        self.legal_forms.iter().map(|(words, form)| (words.as_slice(), *form))
    }

    /// A company's folded name without the legal form at its end; none if it has none or is nothing else.
    #[must_use]
    pub fn without_legal_form<'n>(&self, folded: &'n str) -> Option<&'n str> {
        let ends = |words: &[String]| folded.strip_suffix(words.join(" ").as_str())?.strip_suffix(' ');
        self.legal_forms.iter().find_map(|(words, _)| ends(words)).map(|stem| stem.trim_end_matches(',')).filter(|stem| stem.len() > 1)
    }

    /// Whether a folded word is a surname that stands before the given name.
    #[must_use]
    pub fn is_family_first(&self, folded: &str) -> bool {
        self.family_first.contains(folded)
    }

    /// Every name with its entry, but those of lesser towns and provinces.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.forms.iter().map(|(form, &(i, _))| (form.as_str(), self.rows[i].entry()))
    }

    /// Whether a folded word is a given name.
    #[must_use]
    pub fn is_given(&self, folded: &str) -> bool {
        self.facts(folded).is_given()
    }

    /// Whether a folded word is a common surname.
    #[must_use]
    pub fn is_surname(&self, folded: &str) -> bool {
        self.facts(folded).is_surname()
    }

    /// What is known of a folded word; of one with a hyphen ("ana maria") also what its first part begins.
    pub(super) fn facts(&self, folded: &str) -> Facts {
        let own = self.words.get(folded).copied().unwrap_or_default();
        if !folded.bytes().any(|b| b == b' ') {
            return own;
        }
        let head = self.words.get(head(folded)).copied().unwrap_or_default();
        let (entry, acronym) = self.forms.get(folded).map_or((0, false), |&(i, acronym)| (number_of(i), acronym));
        Facts { is: own.is | head.is & (IS_GIVEN | IS_INNER), entry, acronym, ..head }
    }

    /// The entry that a word is the name of by itself, and whether it is an acronym; lesser places are none.
    pub(super) fn of_word(&self, facts: Facts) -> Option<(&Entry, bool)> {
        let row = self.rows.get((facts.entry as usize).checked_sub(1)?)?;
        Some((row.entry(), facts.acronym))
    }

    /// The entry of a folded name of so many words, the first of which is known.
    pub(super) fn beginning(&self, first: Facts, folded: &str, words: usize) -> Option<(&Entry, bool)> {
        let own = if words <= first.longest.into() { self.own(folded) } else { None };
        own.or_else(|| if words <= first.longest_lesser.into() { self.lesser(folded) } else { None })
    }

    /// The entry of a folded name that is no lesser place's.
    pub(super) fn own(&self, folded: &str) -> Option<(&Entry, bool)> {
        self.forms.get(folded).map(|&(i, acronym)| (self.rows[i].entry(), acronym))
    }

    pub(super) fn lesser(&self, folded: &str) -> Option<(&Entry, bool)> {
        self.lesser.iter().find_map(|l| l.called(folded).next()).map(|e| (e, false))
    }
}

impl Lesser {
    fn new(sort: &'static str, text: &'static str) -> Self {
        let rows: Vec<_> = lines(text).skip(1).collect();
        let mut starting: HashMap<u64, Range<u32>> = HashMap::with_capacity(rows.len());
        let mut starts = rows.iter().map(|row| start_of(row)).zip(0..).peekable();
        while let Some((start, from)) = starts.next() {
            let mut to = from + 1;
            while starts.next_if(|(next, _)| *next == start).is_some() {
                to += 1;
            }
            starting.insert(start, from..to);
        }
        Self { sort, starting, read: rows.iter().map(|_| OnceLock::new()).collect(), rows }
    }

    /// The places of a folded name.
    fn called(&self, folded: &str) -> impl Iterator<Item = &Entry> + use<'_> {
        let alike = self.starting.get(&start(folded.bytes())).map_or(0..0, |rows| rows.start as usize..rows.end as usize);
        let (from, alike) = (alike.start, &self.rows[alike]);
        let is = |row: &&&str| folded_bytes(name_of(row)).eq(folded.bytes());
        let before = alike.partition_point(|row| folded_bytes(name_of(row)).lt(folded.bytes()));
        let rows = alike[before..].iter().take_while(is).count();
        (from + before..from + before + rows).map(|i| self.entry(i))
    }

    fn of_key(&self, key: &str) -> Option<&Entry> {
        let (_, name) = key.strip_prefix(self.sort)?.strip_prefix('/')?.split_once('-')?;
        let folded = name.replace('-', " ");
        self.called(&folded).find(|e| &*e.key == key)
    }

    fn entry(&self, row: usize) -> &Entry {
        self.read[row].get_or_init(|| {
            let mut cells = self.rows[row].split(',');
            let (name, country) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let mut degrees = || cells.next()?.parse().ok();
            Box::new(Entry {
                key: format!("{}/{}-{}", self.sort, country.to_ascii_lowercase(), fold(name).replace(' ', "-")).into(),
                kind: EntityKind::Place,
                name: name.to_owned(),
                country: Some(country.to_owned()),
                wikidata: None,
                settlement: self.sort == "town",
                town: true,
                location: degrees().zip(degrees()),
            })
        })
    }

    /// The names of several words.
    fn of_several(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().filter_map(|row| {
            let first = row.bytes().position(|b| matches!(b, b' ' | b'-' | b','))?;
            (row.as_bytes()[first] != b',').then(|| name_of(row))
        })
    }
}

/// The first word of a folded name.
fn head(folded: &str) -> &str {
    until(folded, b' ')
}

/// A short text up to a byte of ASCII; no search is set up, which would take longer than the search.
fn until(text: &str, byte: u8) -> &str {
    text.bytes().position(|b| b == byte).map_or(text, |end| &text[..end])
}

/// Notes the words that a folded name goes on with; gives the number of all its words.
fn in_name(folded: &str, words: &mut WordMap<Facts>) -> u8 {
    let mut count: u8 = 1;
    for word in folded.split(' ').skip(1) {
        words.entry(word).is |= IS_INNER;
        count = count.saturating_add(1);
    }
    count
}

/// An entry's place as a number that is never 0.
fn number_of(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(0)
}

fn name_of(row: &str) -> &str {
    until(row, b',')
}

/// The bytes of the folded name.
fn folded_bytes(name: &str) -> impl Iterator<Item = u8> {
    let folded = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(fold(name)) };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *folded.as_bytes().get(at)?;
            at += 1;
            match byte {
                b'.' => {}
                b'-' => return Some(b' '),
                _ => return Some(byte.to_ascii_lowercase()),
            }
        }
    })
}

/// The [`start`] of the name of a row.
fn start_of(row: &str) -> u64 {
    let mut first = [0; 8];
    let mut at = 0;
    for byte in row.bytes() {
        first[at] = match byte {
            b',' => break,
            b'.' => continue,
            b'-' => b' ',
            _ if byte.is_ascii() => byte.to_ascii_lowercase(),
            _ => return start(folded_bytes(name_of(row))),
        };
        at += 1;
        if at == first.len() {
            break;
        }
    }
    u64::from_be_bytes(first)
}

/// The first eight bytes of a folded name as a number that sorts as the names do.
fn start(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    u64::from_be_bytes(first)
}

/// Reads each row of a table and takes it in; what is wrong is told with its line.
fn rows<const N: usize>(file: &str, text: &'static str, mut take: impl FnMut([&'static str; N]) -> Result<(), String>) -> Result<()> {
    for (line, row) in (1..).zip(lines(text)).skip(1) {
        cells(row).and_then(&mut take).map_err(|message| Error::Pack { file: file.to_owned(), line, message })?;
    }
    Ok(())
}

/// The cells of a row; one that holds a comma stands in quotation marks.
fn cells<const N: usize>(row: &'static str) -> Result<[&'static str; N], String> {
    let wrong = || format!("a row has {N} cells");
    let mut rest = Some(row);
    let mut cells = [""; N];
    for cell in &mut cells {
        let text = rest.ok_or_else(wrong)?;
        (*cell, rest) = match text.strip_prefix('"').and_then(|text| text.split_once('"')) {
            Some((quoted, after)) => (quoted, after.strip_prefix(',')),
            None => memchr(b',', text.as_bytes()).map_or((text, None), |comma| (&text[..comma], Some(&text[comma + 1..]))),
        };
    }
    if rest.is_none() { Ok(cells) } else { Err(wrong()) }
}

/// The lines of a table, whether or not the last one ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut from = 0;
    memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).map(move |end| &text[std::mem::replace(&mut from, end + 1)..end])
}

/// The words of a list; `_` is a space within one.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    lines(text).filter(|l| !l.starts_with('#')).flat_map(str::split_ascii_whitespace)
}

/// Takes in names as they are folded. There are tens of thousands, so none has a string of its own.
fn for_each<'n>(names: impl Iterator<Item = &'n str>, mut take: impl FnMut(&str)) {
    let mut folded = String::new();
    for name in names {
        folded.clear();
        if name.as_bytes().contains(&b'_') {
            folded.push_str(&fold(&name.replace('_', " ")));
        } else {
            fold_onto(name, &mut folded);
        }
        take(&folded);
    }
}

fn is_acronym(form: &str) -> bool {
    let letters = || form.chars().filter(|c| c.is_alphabetic()).count();
    !form.chars().any(char::is_lowercase) && (2..=8).contains(&letters())
}

/// A name without case, accents, dots and hyphens.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold_onto(name, &mut out);
    out
}

/// Whether nothing but the size of its letters is to be folded of a name.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii() && b != b'-' && b != b'.')
}

/// Puts a folded name behind what is there.
pub(super) fn fold_onto(name: &str, out: &mut String) {
    // Most names are plain, and the tables have a hundred thousand.
    if is_plain(name) {
        let from = out.len();
        out.push_str(name);
        out[from..].make_ascii_lowercase();
        return;
    }
    for c in name.chars() {
        if c.is_ascii() {
            push_folded(c, out);
        } else if let Some(&plain) = (c as usize).checked_sub(0x80).and_then(|i| PLAIN.get(i)).filter(|&&plain| plain != '\0') {
            out.push(plain);
        } else {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    push_folded(part, out);
                }
            });
        }
    }
}

fn push_folded(c: char, out: &mut String) {
    match c {
        '-' | '‐' | '‑' => out.push(' '),
        '’' => out.push('\''),
        '.' => {}
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        _ => out.extend(c.to_lowercase()),
    }
}

/// What the characters from U+0080 to U+017F are folded to, where that is one character.
static PLAIN: LazyLock<[char; 0x100]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let mut folded = String::new();
        if let Some(c) = char::from_u32(0x80 + i as u32) {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    push_folded(part, &mut folded);
                }
            });
        }
        let mut chars = folded.chars();
        chars.next().filter(|_| chars.next().is_none()).unwrap_or('\0')
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("Nur-Sultán"), "nur sultan");
        assert_eq!(fold("EE.UU."), "eeuu");
        assert_eq!(fold("Łódź, Þór, İzmir, Ñandú, Ǻ – Ｎ’ß"), "łodz, þor, izmir, nandu, a – ｎ'ß");
        // A character at a time gives what the whole does.
        use unicode_normalization::UnicodeNormalization;
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let whole: String = c.to_string().nfd().filter(|c| !is_combining_mark(*c)).collect();
            let mut folded = String::new();
            whole.chars().for_each(|c| push_folded(c, &mut folded));
            assert_eq!(fold(&c.to_string()), folded, "{c:?}");
        }
    }

    #[test]
    fn lesser_places_are_found_by_name_and_by_key() {
        let g = Gazetteer::shipped().unwrap();
        for lesser in &g.lesser {
            let names: Vec<_> = lesser.rows.iter().map(|row| fold(name_of(row))).collect();
            assert!(names.len() > 2000 && names.is_sorted(), "{} is not in order", lesser.sort);
            for (i, folded) in names.iter().enumerate() {
                let entry = lesser.entry(i);
                assert_eq!(lesser.rows[i].split(',').count(), if lesser.sort == "town" { 4 } else { 2 }, "{entry:?}");
                assert_eq!(entry.location.is_some(), lesser.sort == "town", "{entry:?}");
                assert!(entry.country.as_ref().is_some_and(|c| c.len() == 2) && !lesser.rows[i].contains('"'), "{entry:?}");
                assert_eq!(g.entry(&entry.key), Some(entry), "two rows of one key, or none is found");
                assert!(g.all_named(folded).any(|e| e == entry), "{entry:?}");
                let words = folded.split(' ').count();
                assert!(words == 1 || g.facts(folded).longest() >= words, "{entry:?}");
            }
        }
        assert!(g.named("ust kamenogorskij").is_none() && g.entry("town/xx-nowhere").is_none());
    }

    #[test]
    fn the_shipped_tables_load_and_hold_what_the_articles_name() {
        let g = Gazetteer::shipped().unwrap();
        let key = |name: &str| g.named(&fold(name)).map(|(e, _)| e.key.to_string());
        for (a, b) in [
            ("CSTO", "Organización del Tratado de Seguridad Colectiva"),
            ("Janaozen", "Zhanaozen"),
            ("Nur-Sultan", "Astana"),
            ("Kazajstán", "Kazakhstan"),
            ("Kasim-Yomart Tokayev", "Kassym Jomart Tokayev"),
            ("ONU", "United Nations"),
            ("OTAN", "NATO"),
        ] {
            assert!(key(a).is_some(), "{a}");
            assert_eq!(key(a), key(b), "{a} and {b}");
        }
        assert_ne!(key("Nursultan Nazarbayev"), key("Samat Abish"));
    }
}
