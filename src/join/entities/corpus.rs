//! The names of a corpus and the entities that they are. A corpus may have millions of either, so both are in [`crate::store`].

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt, HashSet};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{
    Apart, Bans, Entity, Name, are_apart, beginning, digits, first_surname, is_acronym, known_id, known_key, made_id, meaning, plain,
    spelling, surnames,
};
use crate::corpus::Alias;
use crate::find::entities::gazetteer::{Gazetteer, fold};
use crate::store::{Array, Dealt, Hashed, Room, Table, Texts};
use crate::tables::NameRow;
use crate::vocabulary::{EntityKind, Joining};

/// The names of a corpus, gathered in the order in which it first uses them. Adding the same name again adds up how it is written, so
/// that the names of any parts of a corpus, each counted once, give what the whole gives.
#[derive(Debug)]
pub struct Corpus<'a> {
    /// What was added, dealt out by what tells a name from every other.
    named: Hashed,
    count: u32,
    aliases: &'a [Alias],
    room: Room,
    /// Bytes in memory at most of each part of what it becomes.
    most: usize,
}

/// A name as it was added.
#[derive(Serialize, Deserialize)]
struct Naming<Text> {
    number: u32,
    /// What tells it from every other.
    hash: u64,
    kept: Kept<Text>,
}

/// What is kept of a name.
#[derive(Serialize, Deserialize)]
struct Kept<Text> {
    folded: Text,
    person: bool,
    key: Option<Text>,
    /// How it is written, of what kind it is then, and how many times.
    ways: Vec<(Text, EntityKind, u32)>,
}

impl<'a> Corpus<'a> {
    /// No names yet.
    #[must_use]
    pub fn new(aliases: &'a [Alias]) -> Self {
        Self::within(aliases, &Room::default())
    }

    /// The same, with what doesn't fit in memory in files.
    pub(crate) fn within(aliases: &'a [Alias], room: &Room) -> Self {
        Self { named: Hashed::new(room), count: 0, aliases, room: room.clone(), most: MOST }
    }

    /// Adds a name and gives the number by which [`Entities::of_name`] says whose it is: how many were added before.
    pub fn add(&mut self, name: &Name) -> usize {
        let ways = name.written.iter().map(|(written, kind, n)| (written, kind, n as u32));
        self.keep(&name.reference(), &name.folded, name.person, name.key.as_deref(), ways)
    }

    /// The same from the rows of one name.
    pub(crate) fn add_rows(&mut self, rows: &[NameRow]) -> usize {
        let Some(NameRow { name, folded, person, key, .. }) = rows.first() else { return self.count as usize };
        let ways = rows.iter().filter_map(|row| Some((row.written.as_deref()?, row.kind?, row.count)));
        self.keep(name, folded, *person, key.as_deref(), ways)
    }

    fn keep<'n>(
        &mut self,
        reference: &str,
        folded: &'n str,
        person: bool,
        key: Option<&'n str>,
        ways: impl Iterator<Item = (&'n str, EntityKind, u32)>,
    ) -> usize {
        let number = self.count;
        self.count += 1;
        let naming = Naming { number, hash: hash(reference), kept: Kept { folded, person, key, ways: ways.collect() } };
        self.named.add_row(naming.hash, &naming);
        number as usize
    }

    /// Joins the names; `holders` are the gazetteer's keys of holders of offices, in the order of the documents.
    #[must_use]
    pub fn entities<'h>(self, holders: impl Iterator<Item = &'h str>) -> Entities {
        let gazetteer = Gazetteer::shipped().ok();
        let aliases = self.aliases;
        let (mut forms, of_name) = Forms::of(self);
        forms.join_aliases(aliases, gazetteer);
        forms.join_spellings();
        forms.join_persons();
        forms.join_second_surnames(gazetteer);
        forms.join_surnames(gazetteer);
        forms.join_legal_forms(gazetteer);
        forms.join_typos();
        forms.join_translations(gazetteer);
        forms.join_acronyms();
        let mut entities = Entities::of(forms, of_name, gazetteer);
        if let Some(gazetteer) = gazetteer {
            entities.appoint(holders, gazetteer);
        }
        entities
    }
}

/// For each name of a deal the number of the first that is the same, and if that is itself, what is kept of all of them. Only the distinct ones are
/// in memory.
fn distinct(names: &Dealt, deal: usize) -> Vec<u8> {
    let (mut index, mut all): (HashMap<u64, u32>, Vec<Naming<SmolStr>>) = (HashMap::new(), Vec::new());
    let mut of_row = Vec::with_capacity(names.rows(deal));
    for naming in names.packed::<Naming<SmolStr>>(deal) {
        let at = *index.entry(naming.hash).or_insert(all.len() as u32);
        of_row.push(at);
        match all.get_mut(at as usize) {
            Some(first) => first.kept.add(naming.kept.ways),
            None => all.push(naming),
        }
    }
    let mut out = Vec::new();
    let mut told = 0;
    for at in of_row {
        let Naming { number, kept, .. } = &mut all[at as usize];
        out.extend(number.to_le_bytes());
        if at == told {
            told += 1;
            kept.sum();
            let kept = postcard::to_stdvec(kept).unwrap_or_default();
            out.extend((kept.len() as u32).to_le_bytes());
            out.extend(kept);
        }
    }
    out
}

impl<Text: Ord> Kept<Text> {
    /// Adds ways of writing the name. They are summed only when there is no room for more, and then there is room for as many again: of very many
    /// each is looked at a few times.
    fn add(&mut self, ways: Vec<(Text, EntityKind, u32)>) {
        if self.ways.capacity() - self.ways.len() < ways.len() {
            self.sum();
            self.ways.reserve(self.ways.len() + ways.len());
        }
        self.ways.extend(ways);
    }

    /// Each way of writing once, in order, with how many times in all.
    fn sum(&mut self) {
        self.ways.sort_unstable();
        self.ways.dedup_by(|(written, kind, n), (first, of, sum)| {
            let same = written == first && kind == of;
            if same {
                *sum = sum.saturating_add(*n);
            }
            same
        });
    }
}

/// One distinct name of one kind; where something is kept outside of it, its number.
#[derive(Clone, Copy, Debug)]
struct Form {
    folded: u32,
    /// The length of the name.
    length: u32,
    /// How often it was met.
    count: u32,
    /// The ways of writing it.
    ways: u32,
    /// The gazetteer's key, and 1.
    key: u32,
    /// The form it was joined to, or itself.
    parent: u32,
    /// The first of the forms that are one with it, and the next after it, and 1.
    members: u32,
    next: u32,
    /// Its entity, and 1.
    entity: u32,
    person: bool,
    /// Why it was joined.
    why: Option<Joining>,
    /// The first kind of an organisation or a place that it was met as, in the order of how it is written.
    sort: Option<EntityKind>,
    /// It was met as an organisation.
    organisation: bool,
}

impl Form {
    const BYTES: usize = 40;

    fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let (numbers, _) = bytes.as_chunks();
        let n = |i: usize| u32::from_le_bytes(numbers[i]);
        let sort = usize::from(bytes[38]).checked_sub(1).and_then(|sort| EntityKind::ALL.get(sort).copied());
        Self {
            folded: n(0),
            length: n(1),
            count: n(2),
            ways: n(3),
            key: n(4),
            parent: n(5),
            members: n(6),
            next: n(7),
            entity: n(8),
            person: bytes[36] != 0,
            why: Self::read(bytes[37]),
            sort,
            organisation: bytes[39] != 0,
        }
    }

    fn read(why: u8) -> Option<Joining> {
        usize::from(why).checked_sub(1).and_then(|why| Joining::ALL.get(why).copied())
    }

    fn written(why: Option<Joining>) -> u8 {
        why.map_or(0, |why| why as u8 + 1)
    }

    fn to_bytes(self) -> [u8; Self::BYTES] {
        let Self { folded, length, count, ways, key, parent, members, next, entity, person, why, sort, organisation } = self;
        let mut out = [0; Self::BYTES];
        for (i, n) in [folded, length, count, ways, key, parent, members, next, entity].into_iter().enumerate() {
            out[i * 4..i * 4 + 4].copy_from_slice(&n.to_le_bytes());
        }
        out[36] = person.into();
        out[37] = Self::written(why);
        out[38] = sort.map_or(0, |sort| sort as u8 + 1);
        out[39] = organisation.into();
        out
    }
}

/// A form with its number and its name.
struct Called {
    number: u32,
    form: Form,
    name: String,
}

/// The spelling keys of the first and last word of a person's full name.
fn first_and_last(folded: &str) -> Option<(String, String)> {
    let mut words = folded.split(' ');
    let (first, last) = (words.next()?, words.next_back()?);
    Some((spelling(first), spelling(last)))
}

/// A key as a number; that two keys of a corpus have the same is as unlikely as that a name is lost by other mistakes of the machine.
fn hash(key: impl Hash) -> u64 {
    FixedState::default().hash_one(key)
}

/// Whether two names have a longer word that begins alike, as in related languages: "Tunisian", "Tunecinos".
fn have_word_alike(one: &str, other: &str) -> bool {
    const LONG: usize = 5;
    let begins = |words: &str| words.split(' ').filter(|w| w.len() >= LONG).filter_map(beginning).collect::<Vec<String>>();
    let own = begins(one);
    begins(other).iter().any(|begin| own.contains(begin))
}

/// Every distinct name of the corpus.
#[derive(Debug)]
struct Forms {
    room: Room,
    /// Bytes in memory at most of each part.
    most: usize,
    all: Array<{ Form::BYTES }>,
    count: usize,
    texts: Texts,
    /// How each is written, how often, and of what kind it is then.
    ways: Texts,
    /// The gazetteer's keys that were met, of which there are no more than the gazetteer has.
    keys: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// The letters that organisations go by beside their names, to be joined and to be looked up; and those that go by nothing else.
    acronyms: [Hashed; 2],
    letters: Hashed,
    /// For each form that may not be joined with some others the pairs it, or what was joined to it, may not be joined in.
    banned: HashMap<usize, Vec<(usize, bool)>>,
}

/// Bytes in memory at most of each part of a corpus's names.
const MOST: usize = 2 << 20;

/// Forms whose keys are made side by side.
const AT_ONCE: usize = 1 << 12;

impl Forms {
    /// The distinct names of a corpus, and for each that was added which of them it is.
    fn of(corpus: Corpus<'_>) -> (Self, Array<4>) {
        let Corpus { named, count, aliases, room, most } = corpus;
        let mut out = Self {
            all: Array::new(&room, most),
            count: 0,
            texts: Texts::new(&room, most / 2, 8),
            ways: Texts::new(&room, most / 2, 8),
            keys: Vec::new(),
            numbers: HashMap::new(),
            banned: HashMap::new(),
            acronyms: [Hashed::new(&room), Hashed::new(&room)],
            letters: Hashed::new(&room),
            room,
            most,
        };
        let bans = Apart::of(aliases).0;
        let mut of_name = Array::new(&out.room, most);
        let mut names = named.answers(|names, deal| [distinct(names, deal)]);
        for number in 0..count {
            let Some(first) = names.next().map(u32::from_le_bytes) else { break };
            let form = if first == number {
                let Some(length) = names.more().map(u32::from_le_bytes) else { break };
                let mut kept = vec![0; length as usize];
                names.fill(&mut kept);
                postcard::from_bytes(&kept).map_or(0, |kept| out.push(&kept, &bans))
            } else {
                u32::from_le_bytes(of_name.get(first as usize))
            };
            of_name.set(number as usize, form.to_le_bytes());
        }
        (out, of_name)
    }

    /// Adds a name that is not among them.
    fn push(&mut self, name: &Kept<&str>, bans: &Bans) -> u32 {
        let form = self.count as u32;
        let ways = postcard::to_stdvec(&name.ways).unwrap_or_default();
        const SHORTEST: usize = 3;
        let mut kinds = name.ways.iter().map(|(_, kind, _)| *kind);
        let acronym =
            |(way, kind, _): &&(&str, EntityKind, u32)| *kind == EntityKind::Organisation && way.len() >= SHORTEST && is_acronym(way);
        if let Some((way, ..)) = name.ways.iter().find(acronym) {
            let alone = way.len() == name.folded.len();
            let into = if alone { std::slice::from_mut(&mut self.letters) } else { &mut self.acronyms[..] };
            into.iter_mut().for_each(|letters| letters.add_number(hash(way), form));
        }
        let of = Form {
            folded: self.texts.push(name.folded.as_bytes()),
            length: name.folded.len() as u32,
            count: name.ways.iter().fold(0, |sum, (.., n)| sum.saturating_add(*n)),
            ways: self.ways.push(&ways),
            key: name.key.map_or(0, |key| self.number(key)),
            parent: form,
            members: 0,
            next: 0,
            entity: 0,
            person: name.person,
            why: None,
            organisation: kinds.clone().any(|kind| kind == EntityKind::Organisation),
            sort: kinds.find(|kind| matches!(kind, EntityKind::Organisation | EntityKind::Place)),
        };
        self.set(self.count, of);
        if let Some(banned) = bans.get(name.folded) {
            self.banned.insert(self.count, banned.clone());
        }
        self.count += 1;
        form
    }

    fn get(&mut self, form: usize) -> Form {
        Form::from_bytes(self.all.get(form))
    }

    fn set(&mut self, form: usize, of: Form) {
        self.all.set(form, of.to_bytes());
    }

    fn text(&mut self, at: u32) -> String {
        String::from_utf8(self.texts.get(at)).unwrap_or_default()
    }

    /// The number of a key of the gazetteer, and 1.
    fn number(&mut self, key: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let key: Arc<str> = key.into();
        self.keys.push(key.clone());
        let number = self.keys.len() as u32;
        self.numbers.insert(key, number);
        number
    }

    fn root(&mut self, mut form: usize) -> usize {
        loop {
            match self.get(form).parent as usize {
                parent if parent == form => return form,
                parent => form = parent,
            }
        }
    }

    /// Joins two forms, if nothing is against it; the one the gazetteer knows, or else the longer name, stays on top.
    fn unite(&mut self, a: usize, b: usize, why: Joining) {
        let (a, b) = (self.root(a), self.root(b));
        let (one, other) = (self.get(a), self.get(b));
        let differ = one.key != 0 && other.key != 0 && one.key != other.key;
        let banned = |form| self.banned.get(&form).map_or(&[][..], Vec::as_slice);
        if a == b || differ && why != Joining::Aliases || are_apart(banned(a), banned(b)) {
            return;
        }
        let rank = |f: &Form| (f.key != 0, f.length);
        let (top, under) = if rank(&other) > rank(&one) { (b, a) } else { (a, b) };
        let of = self.get(under);
        self.set(under, Form { parent: top as u32, why: Some(why), ..of });
        if let Some(banned) = self.banned.remove(&under) {
            self.banned.entry(top).or_default().extend(banned);
        }
    }

    /// Forms by the hashes that `keys` makes of each.
    fn by<K: IntoIterator<Item = u64> + Send>(&mut self, keys: impl Fn(&Called) -> K + Sync) -> Hashed {
        let mut out = Hashed::new(&self.room);
        for from in (0..self.count).step_by(AT_ONCE) {
            let to = self.count.min(from + AT_ONCE);
            let read = |number| {
                let form = self.get(number);
                Called { number: number as u32, form, name: self.text(form.folded) }
            };
            let forms: Vec<Called> = (from..to).map(read).collect();
            let keys: Vec<K> = forms.par_iter().map(&keys).collect();
            for (form, keys) in forms.iter().zip(keys) {
                keys.into_iter().for_each(|key| out.add_number(key, form.number));
            }
        }
        out
    }

    /// What the user says is one: two names of the corpus, or one of the corpus and one that the gazetteer knows.
    fn join_aliases(&mut self, aliases: &[Alias], gazetteer: Option<&Gazetteer>) {
        let said = |a: &Alias| (plain(&fold(&a.name)), plain(&fold(&a.other)));
        let said: Vec<(String, String)> = aliases.iter().filter(|a| a.same).map(said).collect();
        if said.is_empty() {
            return;
        }
        let asked: HashSet<&str> = said.iter().flat_map(|(name, other)| [name.as_str(), other.as_str()]).collect();
        let mut named: HashMap<String, Vec<usize>> = HashMap::new();
        for i in 0..self.count {
            let folded = self.get(i).folded;
            let folded = self.text(folded);
            if asked.contains(folded.as_str()) {
                named.entry(folded).or_default().push(i);
            }
        }
        let forms = |n: &str| named.get(n).map_or(&[][..], Vec::as_slice);
        for (name, other) in &said {
            for &form in forms(name) {
                if let Some(&first) = forms(other).first() {
                    self.unite(first, form, Joining::Aliases);
                    continue;
                }
                let of = self.get(form);
                if let Some(key) = known_key(gazetteer, other, of.person) {
                    let key = self.number(&key);
                    self.set(form, Form { key, why: Some(Joining::Aliases), ..of });
                }
            }
        }
    }

    /// The same entry, or the same spelling key, is the same thing.
    fn join_spellings(&mut self) {
        let mut by_entry: HashMap<u32, usize> = HashMap::new();
        for i in 0..self.count {
            let key = self.get(i).key;
            if key == 0 {
                continue;
            }
            let first = *by_entry.entry(key).or_insert(i);
            self.unite(first, i, Joining::Gazetteer);
            if self.root(first) != self.root(i) {
                // The user keeps them apart, so the entry is the first one's.
                let of = self.get(i);
                self.set(i, Form { key: 0, ..of });
            }
        }
        self.join_by(Joining::Spelling, |n| Some(hash((spelling(&n.name), n.form.person))));
    }

    /// Joins each form with the first that has the same key.
    fn join_by(&mut self, why: Joining, key: impl Fn(&Called) -> Option<u64> + Sync) {
        for (form, first) in self.by(key).matched_with_own(|forms| forms.first().copied()).numbers() {
            if let Some(first) = first.filter(|first| *first != form) {
                self.unite(first as usize, form as usize, why);
            }
        }
    }

    /// Persons of one surname whose first names agree, one of them perhaps only by an initial or without the middle name.
    fn join_persons(&mut self) {
        let full = |n: &Called| if n.form.person { first_and_last(&n.name) } else { None };
        let is_initial = |(first, _): &(String, String)| first.chars().nth(1).is_none();
        let by_initial = |(first, last): (String, String)| hash((first.chars().next(), last));
        let mut first_names = Hashed::new(&self.room);
        let by_name = self.by(|n| full(n).filter(|name| !is_initial(name)).map(hash));
        for (form, first) in by_name.matched_with_own(|forms| forms.first().copied()).numbers() {
            if let Some(first) = first.filter(|first| *first != form) {
                self.unite(first as usize, form as usize, Joining::GivenName);
                continue;
            }
            let folded = self.get(form as usize).folded;
            if let Some(name) = first_and_last(&self.text(folded)) {
                first_names.add_number(by_initial(name), form);
            }
        }
        // An initial agrees with the one first name that begins with it.
        let initials = self.by(|n| full(n).filter(is_initial).map(by_initial));
        self.join_only(initials, &first_names, Joining::Initial);
    }

    /// A surname that was never said in full in its own document is the corpus's one person of that surname, if there
    /// is only one.
    fn join_surnames(&mut self, gazetteer: Option<&Gazetteer>) {
        let bearers = self.by(|n| {
            let surnames = if n.form.person { surnames(&n.name, gazetteer) } else { Vec::new() };
            let first = gazetteer.filter(|_| n.form.person).and_then(|g| first_surname(&n.name, g)).map(|(surname, _)| surname);
            surnames.into_iter().chain(first).map(|surname| hash(spelling(surname))).collect::<Vec<_>>()
        });
        // "Olga" alone is anybody.
        let given = |name: &str| gazetteer.is_some_and(|g| g.is_given(name) && !g.is_surname(name));
        let named = self.by(|n| (n.form.person && n.form.key == 0 && !given(&n.name)).then(|| hash(spelling(&n.name))));
        self.join_only(named, &bearers, Joining::Surname);
    }

    /// Somebody with one surname is the one person of the corpus who has a second one behind it: "Javier Iturriaga", "Javier
    /// Iturriaga del Campo".
    fn join_second_surnames(&mut self, gazetteer: Option<&Gazetteer>) {
        let Some(gazetteer) = gazetteer else { return };
        let up_to_first = |name: &str| first_surname(name, gazetteer).map(|(_, up_to)| hash(spelling(up_to)));
        let bearers = self.by(|n| if n.form.person { up_to_first(&n.name) } else { None });
        let named = self.by(|n| (n.form.person && n.name.contains(' ')).then(|| hash(spelling(&n.name))));
        self.join_only(named, &bearers, Joining::GivenName);
    }

    /// Organisations of two languages that go by the same letters, where their names have a word alike: "General Union of Tunisian
    /// Workers (UGTT)", "Unión General de Trabajadores Tunecinos (UGTT)"; and the letters alone.
    fn join_acronyms(&mut self) {
        let new = || Hashed::new(&self.room);
        let (acronyms, letters) = ([new(), new()], new());
        let [acronyms, known] = std::mem::replace(&mut self.acronyms, acronyms);
        let letters = std::mem::replace(&mut self.letters, letters);
        for (form, first) in acronyms.matched_with_own(|forms| forms.first().copied()).numbers() {
            let Some(first) = first.filter(|first| *first != form) else { continue };
            let (one, other) = (self.get(first as usize).folded, self.get(form as usize).folded);
            if have_word_alike(&self.text(one), &self.text(other)) {
                self.unite(first as usize, form as usize, Joining::Acronym);
            }
        }
        self.join_only(letters, &known, Joining::Acronym);
    }

    /// Joins each form with the one that `known` has for its key, as long as there is only one.
    fn join_only(&mut self, forms: Hashed, known: &Hashed, why: Joining) {
        let only = |same: &[u32]| {
            let (first, others) = same.split_first()?;
            let root = self.root(*first as usize);
            others.iter().all(|other| self.root(*other as usize) == root).then_some(root as u32)
        };
        for (form, only) in forms.matched(known, only).numbers() {
            if let Some(only) = only {
                self.unite(only as usize, form as usize, why);
            }
        }
    }

    /// A rare long name one letter away from a known or more frequent one.
    fn join_typos(&mut self) {
        const SHORTEST: usize = 8;
        // Of the names with one letter left out in the same place so many are looked at.
        const LOOKED_AT: usize = 8;
        // A name and each of its shortenings as a hash: a corpus has too many for the letters themselves.
        let shortened = |n: &Called, looked_at: bool| -> Vec<u64> {
            if !looked_at || n.name.len() < SHORTEST {
                return Vec::new();
            }
            let cut = |(at, c): (usize, char)| hash(([&n.name[..at], &n.name[at + c.len_utf8()..]].concat(), n.form.person));
            std::iter::once(hash((&n.name, n.form.person))).chain(n.name.char_indices().map(cut)).collect()
        };
        // Those that may be meant, and those that may be slips.
        let meant = self.by(|n| shortened(n, n.form.key != 0 || n.form.count > 1));
        let slips = self.by(|n| shortened(n, n.form.key == 0 && n.form.count <= 2 && n.form.parent == n.number));
        let mut best: Array<4> = Array::new(&self.room, self.most);
        for deal in 0..Hashed::DEALS {
            let mut near: Vec<(u64, u32)> = meant.numbers(deal).collect();
            near.sort_unstable();
            near.dedup();
            for (key, slip) in slips.numbers(deal) {
                let from = near.partition_point(|&(other, _)| other < key);
                for &(_, f) in near[from..].iter().take(LOOKED_AT).take_while(|(other, _)| *other == key) {
                    if f == slip {
                        continue;
                    }
                    let (form, other) = (self.get(slip as usize), self.get(f as usize));
                    // "Channel 2" is not "Channel 3".
                    if other.count <= form.count && other.key == 0 || !digits(&self.text(other.folded)).eq(digits(&self.text(form.folded)))
                    {
                        continue;
                    }
                    let rank = |at: u32, form: Form| (form.key != 0, form.count, std::cmp::Reverse(at));
                    let now = u32::from_le_bytes(best.get(slip as usize)).checked_sub(1);
                    if now.is_none_or(|now| rank(f, other) > rank(now, self.get(now as usize))) {
                        best.set(slip as usize, (f + 1).to_le_bytes());
                    }
                }
            }
        }
        drop((meant, slips));
        for i in 0..self.count {
            if let Some(best) = u32::from_le_bytes(best.get(i)).checked_sub(1)
                && self.get(i).parent as usize == i
            {
                self.unite(best as usize, i, Joining::Typo);
            }
        }
    }

    /// A company with its legal form is the one without it.
    fn join_legal_forms(&mut self, gazetteer: Option<&Gazetteer>) {
        let Some(gazetteer) = gazetteer else { return };
        let named = self.by(|n| (!n.form.person).then(|| hash(&n.name)));
        let stem = |name: &str| gazetteer.without_legal_form(name).map(str::to_owned);
        let companies = self.by(|n| if n.form.key == 0 && n.form.organisation { stem(&n.name).map(hash) } else { None });
        for (i, other) in companies.matched(&named, |forms| forms.last().copied()).numbers() {
            let i = i as usize;
            if let Some(other) = other {
                self.unite(other as usize, i, Joining::LegalForm);
                continue;
            }
            let form = self.get(i);
            let key = stem(&self.text(form.folded)).and_then(|stem| known_key(Some(gazetteer), &stem, false));
            if let Some(key) = key.filter(|_| form.parent as usize == i) {
                let key = self.number(&key);
                self.set(i, Form { key, why: Some(Joining::LegalForm), ..form });
            }
        }
    }

    /// Institutions and places whose names mean the same, word for word, in another language or order.
    fn join_translations(&mut self, gazetteer: Option<&Gazetteer>) {
        let Some(gazetteer) = gazetteer else { return };
        self.join_by(Joining::Translation, |n| {
            let sort = n.form.sort.filter(|_| !n.form.person)?;
            Some(hash((sort, meaning(&n.name, gazetteer)?)))
        });
    }

    /// What forms that are one name.
    fn entity(&mut self, members: u32, gazetteer: Option<&Gazetteer>) -> Entity {
        let mut written: BTreeMap<String, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
        let (mut key, mut next) = (0, members);
        while let Some(member) = next.checked_sub(1) {
            let form = self.get(member as usize);
            let ways = self.ways.get(form.ways);
            for (name, kind, n) in postcard::from_bytes::<Vec<(String, EntityKind, u32)>>(&ways).unwrap_or_default() {
                *written.entry(name).or_default() += n as usize;
                *kinds.entry(kind).or_default() += n as usize;
            }
            key = if key == 0 { form.key } else { key };
            next = form.next;
        }
        let entry = key.checked_sub(1).and_then(|key| gazetteer?.entry(self.keys.get(key as usize)?));
        // The fullest name that is more than a slip: most words first, then the most frequent.
        let fullest =
            written.iter().max_by_key(|(name, n)| (name.split(' ').count().min(4), **n, name.len(), std::cmp::Reverse(name.as_str())));
        let name = entry.map(|e| e.name.clone()).or_else(|| fullest.map(|(n, _)| n.clone())).unwrap_or_default();
        let common = kinds.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map(|(k, _)| *k);
        let kind = entry.map(|e| e.kind).or(common).unwrap_or(EntityKind::Organisation);
        let wikidata = entry.and_then(|e| e.wikidata.clone());
        let id = entry.map_or_else(|| made_id(kind, &name, None), |e| known_id(e, gazetteer));
        Entity {
            id: id.into(),
            aliases: written.into_keys().filter(|w| *w != name).collect(),
            name,
            kind,
            wikidata,
            country: entry.and_then(|e| e.country.clone()),
            location: entry.and_then(|e| e.location),
        }
    }
}

/// The entities of a corpus by its names, in the order in which the corpus first names them; then holders of offices that it never names.
#[derive(Debug)]
pub struct Entities {
    /// The form of each name that was added.
    of_name: Array<4>,
    /// The entity of each form, and why it is that.
    of_form: Array<8>,
    /// Where the text of each is, and its id.
    all: Array<8>,
    count: usize,
    texts: Texts,
    ids: Texts,
    by_id: Table<12>,
    /// For the gazetteer's key of each holder of an office the index of its entity.
    of_holder: HashMap<Arc<str>, usize>,
}

impl Entity {
    /// What stands for one that a broken file no longer gives.
    fn nobody() -> Self {
        let (id, name, aliases) = ("".into(), String::new(), Vec::new());
        Self { id, name, kind: EntityKind::Organisation, aliases, wikidata: None, country: None, location: None }
    }
}

impl Entities {
    fn of(mut forms: Forms, of_name: Array<4>, gazetteer: Option<&Gazetteer>) -> Self {
        // Backwards, so that the members of each stand in order.
        for i in (0..forms.count).rev() {
            let root = forms.root(i);
            let mut top = forms.get(root);
            let next = std::mem::replace(&mut top.members, i as u32 + 1);
            forms.set(root, top);
            let form = forms.get(i);
            forms.set(i, Form { next, ..form });
        }
        let (room, most) = (&forms.room, forms.most);
        let mut out = Self {
            of_name,
            of_form: Array::new(room, most),
            all: Array::new(room, most / 2),
            count: 0,
            texts: Texts::new(room, most / 2, 8),
            ids: Texts::new(room, most, 8),
            by_id: Table::new(room, most),
            of_holder: HashMap::new(),
        };
        for i in 0..forms.count {
            let root = forms.root(i);
            let mut top = forms.get(root);
            if top.entity == 0 {
                let entity = forms.entity(top.members, gazetteer);
                top.entity = out.merge(entity) as u32 + 1;
                forms.set(root, top);
            }
            let entity = top.entity - 1;
            let form = forms.get(i);
            let why = form.why.or_else(|| {
                let shown = if form.key == 0 { None } else { Some(plain(&fold(&out.get(entity as usize).name))) };
                shown.filter(|shown| *shown != forms.text(form.folded)).map(|_| Joining::Gazetteer)
            });
            let mut row = [0; 8];
            row[..4].copy_from_slice(&entity.to_le_bytes());
            row[4] = Form::written(why);
            out.of_form.set(i, row);
        }
        out
    }

    /// Adds an entity, or takes it in where there is one with its id; gives its index.
    fn merge(&mut self, entity: Entity) -> usize {
        let Some(at) = self.by_id.get(hash(&*entity.id)) else { return self.push(&entity) };
        let at = at as usize;
        let mut first = self.get(at);
        // The same name of the same kind: one row.
        let is_new = |a: &String| *a != first.name && !first.aliases.contains(a);
        let more: Vec<String> = entity.aliases.into_iter().filter(is_new).collect();
        if !more.is_empty() {
            first.aliases.extend(more);
            let text = self.write(&first);
            let mut row = self.all.get(at);
            row[..4].copy_from_slice(&text.to_le_bytes());
            self.all.set(at, row);
        }
        at
    }

    fn push(&mut self, entity: &Entity) -> usize {
        let at = self.count;
        self.count += 1;
        self.by_id.add(hash(&*entity.id), at as u32);
        let (text, id) = (self.write(entity), self.ids.push(entity.id.as_bytes()));
        let mut row = [0; 8];
        row[..4].copy_from_slice(&text.to_le_bytes());
        row[4..].copy_from_slice(&id.to_le_bytes());
        self.all.set(at, row);
        at
    }

    fn write(&mut self, entity: &Entity) -> u32 {
        self.texts.push(&postcard::to_stdvec(entity).unwrap_or_default())
    }

    /// Takes in the holders of offices, who may be named nowhere.
    fn appoint<'h>(&mut self, holders: impl Iterator<Item = &'h str>, gazetteer: &Gazetteer) {
        for entry in holders.filter_map(|key| gazetteer.entry(key)) {
            let id = known_id(entry, Some(gazetteer));
            let known = self.by_id.get(hash(id.as_str()));
            let at = known.map_or_else(
                || {
                    self.push(&Entity {
                        id: id.into(),
                        name: entry.name.clone(),
                        kind: entry.kind,
                        aliases: Vec::new(),
                        wikidata: entry.wikidata.clone(),
                        country: entry.country.clone(),
                        location: entry.location,
                    })
                },
                |at| at as usize,
            );
            self.of_holder.insert(entry.key.clone(), at);
        }
    }

    /// The number of entities.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The entity of an index.
    pub fn get(&mut self, at: usize) -> Entity {
        let row = self.all.get(at);
        let text = row.first_chunk().map_or(0, |text| u32::from_le_bytes(*text));
        postcard::from_bytes(&self.texts.get(text)).unwrap_or_else(|_| Entity::nobody())
    }

    /// The id of an entity.
    pub fn id(&mut self, at: usize) -> SmolStr {
        let row = self.all.get(at);
        let id = row.last_chunk().map_or(0, |id| u32::from_le_bytes(*id));
        std::str::from_utf8(&self.ids.get(id)).map(SmolStr::new).unwrap_or_default()
    }

    /// The index of the entity of a name by the number that it was given, and why it is that.
    pub fn of_name(&mut self, name: usize) -> (usize, Option<Joining>) {
        let [a, b, c, d, why, ..] = self.of_form.get(u32::from_le_bytes(self.of_name.get(name)) as usize);
        (u32::from_le_bytes([a, b, c, d]) as usize, Form::read(why))
    }

    /// The index of the entity of a holder of an office by the gazetteer's key.
    #[must_use]
    pub fn of_holder(&self, key: &str) -> Option<usize> {
        self.of_holder.get(key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::join::entities::Ways;

    #[test]
    fn a_corpus_of_many_names_is_joined_in_files_as_it_is_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::in_folder(folder.path());
        let mut corpora = [(&room, 1 << 14), (&Room::default(), MOST)].map(|(room, most)| Corpus { most, ..Corpus::within(&[], room) });
        let (given, family) = (["Orlanda", "Tarn", "T.", "Zhaneta", "Kasym"], ["Vexley", "Vexlei", "Tokazev", "Zarvol", "Brumhauer"]);
        for n in 0..3000_usize {
            let person = n % 3 > 0;
            let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
            let name = match n % 7 {
                0..4 => format!("{} {}{}{}", given[n % 5], family[n / 5 % 5], letter(n / 20), letter(n / 520)),
                4 => family[n % 5].to_owned(),
                5 => format!("Ministry of {} {}", family[n % 5], n / 7),
                _ => format!("{}haven {} PLC", family[n / 7 % 5], n / 14),
            };
            let kind = if person { EntityKind::Person } else { EntityKind::Organisation };
            let written = Ways::of(&name, kind, 1 + n % 4);
            let name = Name { folded: fold(&name).into(), person, key: None, written };
            let [a, b] = corpora.each_mut().map(|corpus| corpus.add(&name));
            assert_eq!(a, b);
        }
        let names = corpora[0].count as usize;
        let [mut filed, mut free] = corpora.map(|corpus| corpus.entities(std::iter::empty()));
        assert!(names > 1000 && filed.count() < names && filed.count() == free.count());
        assert!((0..names).all(|name| filed.of_name(name) == free.of_name(name)));
        assert!((0..free.count()).all(|at| filed.get(at) == free.get(at) && *filed.get(at).id == *filed.id(at)));
        assert!(room.check().is_ok());
        let in_memory = |e: &Entities| e.ids.in_memory() + e.texts.in_memory() + e.by_id.in_memory();
        assert!(in_memory(&filed) <= 4 << 14 && in_memory(&free) > 8 << 14, "{} {}", in_memory(&filed), in_memory(&free));
    }
}
