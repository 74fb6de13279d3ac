//! The names of a corpus and the entities that they are. A corpus may have millions of either, so both are in [`crate::store`].

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash};
use std::io::Read;
use std::sync::Arc;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt, HashSet};
use smol_str::SmolStr;

use super::{Apart, Bans, Entity, Name, are_apart, digits, known_id, known_key, made_id, meaning, plain, spelling, surnames};
use crate::corpus::Alias;
use crate::find::entities::gazetteer::{Gazetteer, fold};
use crate::store::{Array, Dealt, Room, Table, Texts};
use crate::vocabulary::{EntityKind, Joining};

/// The names of a corpus, gathered in the order in which it first uses them. Adding the same name again adds up how it is written, so
/// that the names of any parts of a corpus, each counted once, give what the whole gives.
#[derive(Debug)]
pub struct Corpus<'a> {
    forms: Forms,
    aliases: &'a [Alias],
}

/// One way in which a document writes a name, and how many times.
pub(crate) struct Wording<'w> {
    pub(crate) reference: &'w str,
    pub(crate) folded: &'w str,
    pub(crate) person: bool,
    pub(crate) key: Option<&'w str>,
    pub(crate) written: &'w str,
    pub(crate) kind: EntityKind,
    pub(crate) times: usize,
}

impl<'a> Corpus<'a> {
    /// No names yet.
    #[must_use]
    pub fn new(aliases: &'a [Alias]) -> Self {
        Self::within(aliases, &Room::default())
    }

    /// The same, with what doesn't fit in memory in files.
    pub(crate) fn within(aliases: &'a [Alias], room: &Room) -> Self {
        Self { forms: Forms::new(Apart::of(aliases).0, room, MOST), aliases }
    }

    /// Adds a name and gives its index.
    pub fn add(&mut self, name: &Name) -> usize {
        let form = self.forms.form(&name.reference(), &name.folded, name.person, name.key.as_deref());
        for (written, kind, n) in name.written.iter() {
            self.forms.add_way(form, written, kind, n);
        }
        form
    }

    /// The same from one way in which a document writes it.
    pub(crate) fn add_way(&mut self, way: &Wording<'_>) -> usize {
        let form = self.forms.form(way.reference, way.folded, way.person, way.key);
        self.forms.add_way(form, way.written, way.kind, way.times);
        form
    }

    /// Joins the names; `holders` are the gazetteer's keys of holders of offices, in the order of the documents.
    #[must_use]
    pub fn entities<'h>(self, holders: impl Iterator<Item = &'h str>) -> Entities {
        let gazetteer = Gazetteer::shipped().ok();
        let mut forms = self.forms;
        forms.join_aliases(self.aliases, gazetteer);
        forms.join_spellings();
        forms.join_persons();
        forms.join_surnames(gazetteer);
        forms.join_legal_forms(gazetteer);
        forms.join_typos();
        forms.join_translations(gazetteer);
        let mut entities = Entities::of(forms, gazetteer);
        if let Some(gazetteer) = gazetteer {
            entities.appoint(holders, gazetteer);
        }
        entities
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
    /// The last of the ways of writing it, and 1.
    way: u32,
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
}

impl Form {
    const BYTES: usize = 40;

    fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let (numbers, _) = bytes.as_chunks();
        let n = |i: usize| u32::from_le_bytes(numbers[i]);
        let why = usize::from(bytes[37]).checked_sub(1).and_then(|why| Joining::ALL.get(why).copied());
        Self {
            folded: n(0),
            length: n(1),
            count: n(2),
            way: n(3),
            key: n(4),
            parent: n(5),
            members: n(6),
            next: n(7),
            entity: n(8),
            person: bytes[36] != 0,
            why,
        }
    }

    fn to_bytes(self) -> [u8; Self::BYTES] {
        let Self { folded, length, count, way, key, parent, members, next, entity, person, why } = self;
        let mut out = [0; Self::BYTES];
        for (i, n) in [folded, length, count, way, key, parent, members, next, entity].into_iter().enumerate() {
            out[i * 4..i * 4 + 4].copy_from_slice(&n.to_le_bytes());
        }
        out[36] = person.into();
        out[37] = why.map_or(0, |why| why as u8 + 1);
        out
    }
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

/// Every distinct name of the corpus.
#[derive(Debug)]
struct Forms {
    room: Room,
    /// Bytes in memory at most of each part.
    most: usize,
    all: Array<{ Form::BYTES }>,
    count: usize,
    /// Each by its reference.
    index: Table<12>,
    texts: Texts,
    /// The way before, and 1; how it is written; how often it was met; its kind.
    ways: Array<16>,
    ways_count: u32,
    /// The gazetteer's keys that were met, of which there are no more than the gazetteer has.
    keys: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    bans: Arc<Bans>,
    /// For each form that may not be joined with some others the pairs it, or what was joined to it, may not be joined in.
    banned: HashMap<usize, Vec<(usize, bool)>>,
}

/// Bytes in memory at most of each part of a corpus's names.
const MOST: usize = 2 << 20;

impl Forms {
    fn new(bans: Arc<Bans>, room: &Room, most: usize) -> Self {
        Self {
            room: room.clone(),
            most,
            all: Array::new(room, most),
            count: 0,
            index: Table::new(room, most),
            texts: Texts::new(room, most, 8),
            ways: Array::new(room, most / 2),
            ways_count: 0,
            keys: Vec::new(),
            numbers: HashMap::new(),
            bans,
            banned: HashMap::new(),
        }
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

    fn form(&mut self, reference: &str, folded: &str, person: bool, key: Option<&str>) -> usize {
        let reference = hash(reference);
        if let Some(known) = self.index.get(reference) {
            return known as usize;
        }
        let form = self.count;
        self.count += 1;
        self.index.add(reference, form as u32);
        let of = Form {
            folded: self.texts.push(folded.as_bytes()),
            length: folded.len() as u32,
            count: 0,
            way: 0,
            key: key.map_or(0, |key| self.number(key)),
            parent: form as u32,
            members: 0,
            next: 0,
            entity: 0,
            person,
            why: None,
        };
        self.set(form, of);
        if let Some(banned) = self.bans.get(folded) {
            self.banned.insert(form, banned.clone());
        }
        form
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

    /// Counts a way of writing a name so many times more.
    fn add_way(&mut self, form: usize, written: &str, kind: EntityKind, times: usize) {
        let mut of = self.get(form);
        of.count = of.count.saturating_add(times as u32);
        let mut next = of.way;
        while let Some(at) = next.checked_sub(1) {
            let mut way = Way::from_bytes(self.ways.get(at as usize));
            if way.kind == kind && self.texts.get(way.written) == written.as_bytes() {
                way.count = way.count.saturating_add(times as u32);
                self.ways.set(at as usize, way.to_bytes());
                return self.set(form, of);
            }
            next = way.before;
        }
        let way = Way { before: of.way, written: self.texts.push(written.as_bytes()), count: times as u32, kind };
        self.ways.set(self.ways_count as usize, way.to_bytes());
        self.ways_count += 1;
        of.way = self.ways_count;
        self.set(form, of);
    }

    /// Every way of writing a name with its kind and how often it was met, in order.
    fn ways(&mut self, form: &Form) -> Vec<(String, EntityKind, usize)> {
        let (mut out, mut next) = (Vec::new(), form.way);
        while let Some(at) = next.checked_sub(1) {
            let way = Way::from_bytes(self.ways.get(at as usize));
            out.push((self.text(way.written), way.kind, way.count as usize));
            next = way.before;
        }
        out.sort_unstable();
        out
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

    /// A table for one way of joining.
    fn table(&self) -> Table<12> {
        Table::new(&self.room, self.most)
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
        self.join_by(Joining::Spelling, |forms, form| Some(hash((spelling(&forms.text(form.folded)), form.person))));
    }

    /// Joins each form with the first that has the same key; gives the first of each key.
    fn join_by(&mut self, why: Joining, key: impl Fn(&mut Self, &Form) -> Option<u64>) -> Table<12> {
        let mut first = self.table();
        for i in 0..self.count {
            let form = self.get(i);
            let Some(key) = key(self, &form) else { continue };
            match first.get(key) {
                Some(first) => self.unite(first as usize, i, why),
                None => first.add(key, i as u32),
            }
        }
        first
    }

    /// Persons of one surname whose first names agree, one of them perhaps only by an initial or without the middle name.
    fn join_persons(&mut self) {
        let full = |forms: &mut Self, form: &Form| if form.person { first_and_last(&forms.text(form.folded)) } else { None };
        let is_initial = |first: &str| first.chars().nth(1).is_none();
        let mut by_name =
            self.join_by(Joining::GivenName, |forms, form| full(forms, form).filter(|(first, _)| !is_initial(first)).map(hash));
        // An initial agrees with the one first name that begins with it.
        let mut initials = Only(self.table());
        for i in 0..self.count {
            let form = self.get(i);
            let Some((first, last)) = full(self, &form).filter(|(first, _)| !is_initial(first)) else { continue };
            let key = hash((first.chars().next(), last.as_str()));
            if by_name.get(hash((first, last))) == Some(i as u32) {
                initials.add(key, self.root(i));
            }
        }
        for i in 0..self.count {
            let form = self.get(i);
            let Some((first, last)) = full(self, &form).filter(|(first, _)| is_initial(first)) else { continue };
            if let Some(root) = initials.get(hash((first.chars().next(), last.as_str()))) {
                self.unite(root, i, Joining::Initial);
            }
        }
    }

    /// A surname that was never said in full in its own document is the corpus's one person of that surname, if there
    /// is only one.
    fn join_surnames(&mut self, gazetteer: Option<&Gazetteer>) {
        let mut bearers = Only(self.table());
        for i in 0..self.count {
            let form = self.get(i);
            if !form.person {
                continue;
            }
            let (root, folded) = (self.root(i), self.text(form.folded));
            surnames(&folded, gazetteer).into_iter().for_each(|surname| bearers.add(hash(spelling(surname)), root));
        }
        for i in 0..self.count {
            let form = self.get(i);
            if form.person
                && form.key == 0
                && let Some(root) = bearers.get(hash(spelling(&self.text(form.folded))))
            {
                self.unite(root, i, Joining::Surname);
            }
        }
    }

    /// A rare long name one letter away from a known or more frequent one.
    fn join_typos(&mut self) {
        const SHORTEST: usize = 8;
        // Of the names with one letter left out in the same place so many are looked at.
        const LOOKED_AT: usize = 8;
        const DEALS: u64 = 64;
        // A name and each of its shortenings as a hash: a corpus has too many for the letters themselves.
        let shortened = |s: &str, person: bool| -> Vec<u64> {
            let cut = |(at, c): (usize, char)| hash(([&s[..at], &s[at + c.len_utf8()..]].concat(), person));
            std::iter::once(hash((s, person))).chain(s.char_indices().map(cut)).collect()
        };
        // Those that may be meant, and those that may be slips, dealt out by the hash.
        let mut meant = Dealt::new(&self.room, DEALS as usize);
        let mut slips = Dealt::new(&self.room, DEALS as usize);
        for i in 0..self.count {
            let form = self.get(i);
            let is_meant = form.key != 0 || form.count > 1;
            let is_slip = form.key == 0 && form.count <= 2 && form.parent as usize == i;
            if (form.length as usize) < SHORTEST || !is_meant && !is_slip {
                continue;
            }
            for key in shortened(&self.text(form.folded), form.person) {
                let mut row = [0; 12];
                row[..8].copy_from_slice(&key.to_le_bytes());
                row[8..].copy_from_slice(&(i as u32).to_le_bytes());
                let deal = (key % DEALS) as usize;
                if is_meant {
                    meant.add(deal, |bytes| bytes.extend(row));
                }
                if is_slip {
                    slips.add(deal, |bytes| bytes.extend(row));
                }
            }
        }
        let mut best: Array<4> = Array::new(&self.room, self.most);
        for deal in 0..DEALS as usize {
            let mut near: Vec<(u64, u32)> = rows(&meant, deal).collect();
            near.sort_unstable();
            near.dedup();
            for (key, slip) in rows(&slips, deal) {
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
        let mut named = self.table();
        for i in 0..self.count {
            let form = self.get(i);
            if !form.person {
                named.add(hash(self.text(form.folded).as_str()), i as u32);
            }
        }
        for i in 0..self.count {
            let form = self.get(i);
            if form.key != 0 || !self.ways(&form).iter().any(|(_, kind, _)| *kind == EntityKind::Organisation) {
                continue;
            }
            let folded = self.text(form.folded);
            let Some(stem) = gazetteer.without_legal_form(&folded) else { continue };
            let mut other = None;
            named.all(hash(stem), |form| other = other.max(Some(form)));
            if let Some(other) = other {
                self.unite(other as usize, i, Joining::LegalForm);
            } else if let Some(key) = known_key(Some(gazetteer), stem, false).filter(|_| form.parent as usize == i) {
                let key = self.number(&key);
                self.set(i, Form { key, why: Some(Joining::LegalForm), ..form });
            }
        }
    }

    /// Institutions and places whose names mean the same, word for word, in another language or order.
    fn join_translations(&mut self, gazetteer: Option<&Gazetteer>) {
        let Some(gazetteer) = gazetteer else { return };
        self.join_by(Joining::Translation, |forms, form| {
            if form.person {
                return None;
            }
            let ways = forms.ways(form);
            let sort = ways.iter().map(|(_, kind, _)| *kind).find(|k| matches!(k, EntityKind::Organisation | EntityKind::Place))?;
            Some(hash((sort, meaning(&forms.text(form.folded), gazetteer)?)))
        });
    }

    /// What forms that are one name.
    fn entity(&mut self, members: u32, gazetteer: Option<&Gazetteer>) -> Entity {
        let mut written: BTreeMap<String, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
        let (mut key, mut next) = (0, members);
        while let Some(member) = next.checked_sub(1) {
            let form = self.get(member as usize);
            for (name, kind, n) in self.ways(&form) {
                *written.entry(name).or_default() += n;
                *kinds.entry(kind).or_default() += n;
            }
            key = if key == 0 { form.key } else { key };
            next = form.next;
        }
        let entry = key.checked_sub(1).and_then(|key| gazetteer?.entry(self.keys.get(key as usize)?));
        // The fullest name that is more than a slip: most words first, then the most frequent.
        let fullest = written.iter().max_by_key(|(name, n)| (name.split(' ').count().min(4), **n, std::cmp::Reverse(name.as_str())));
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

/// The hash and form of each row of a deal.
fn rows(dealt: &Dealt, deal: usize) -> impl Iterator<Item = (u64, u32)> {
    let mut bytes = dealt.read(deal);
    (0..dealt.rows(deal)).map_while(move |_| {
        let (mut key, mut form) = ([0; 8], [0; 4]);
        bytes.read_exact(&mut key).and_then(|()| bytes.read_exact(&mut form)).ok()?;
        Some((u64::from_le_bytes(key), u32::from_le_bytes(form)))
    })
}

/// One way of writing a name.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// The one before, and 1.
    before: u32,
    written: u32,
    count: u32,
    kind: EntityKind,
}

impl Way {
    fn from_bytes(bytes: [u8; 16]) -> Self {
        let (numbers, _) = bytes.as_chunks();
        let n = |i: usize| u32::from_le_bytes(numbers[i]);
        let kind = EntityKind::ALL.get(usize::from(bytes[12])).copied().unwrap_or(EntityKind::Organisation);
        Self { before: n(0), written: n(1), count: n(2), kind }
    }

    fn to_bytes(self) -> [u8; 16] {
        let mut out = [0; 16];
        for (i, n) in [self.before, self.written, self.count].into_iter().enumerate() {
            out[i * 4..i * 4 + 4].copy_from_slice(&n.to_le_bytes());
        }
        out[12] = self.kind as u8;
        out
    }
}

/// The one form of each key, as long as there is only one.
struct Only(Table<12>);

impl Only {
    fn add(&mut self, key: u64, form: usize) {
        let (mut others, mut known) = (0, false);
        self.0.all(key, |other| {
            others += 1;
            known |= other as usize == form;
        });
        // The second says that there is more than one.
        if others < 2 && !known {
            self.0.add(key, form as u32);
        }
    }

    fn get(&mut self, key: u64) -> Option<usize> {
        let (mut found, mut others) = (None, 0);
        self.0.all(key, |form| {
            found = Some(form as usize);
            others += 1;
        });
        found.filter(|_| others == 1)
    }
}

/// The entities of a corpus by its names, in the order in which the corpus first names them; then holders of offices that it never names.
#[derive(Debug)]
pub struct Entities {
    forms: Forms,
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
    fn of(mut forms: Forms, gazetteer: Option<&Gazetteer>) -> Self {
        // Backwards, so that the members of each stand in order.
        for i in (0..forms.count).rev() {
            let root = forms.root(i);
            let mut top = forms.get(root);
            let next = std::mem::replace(&mut top.members, i as u32 + 1);
            forms.set(root, top);
            let form = forms.get(i);
            forms.set(i, Form { next, ..form });
        }
        let (room, most) = (forms.room.clone(), forms.most);
        let mut out = Self {
            all: Array::new(&room, most / 2),
            count: 0,
            texts: Texts::new(&room, most, 8),
            ids: Texts::new(&room, most, 8),
            by_id: Table::new(&room, most),
            of_holder: HashMap::new(),
            forms,
        };
        for i in 0..out.forms.count {
            let root = out.forms.root(i);
            let mut top = out.forms.get(root);
            if top.entity == 0 {
                let entity = out.forms.entity(top.members, gazetteer);
                top.entity = out.merge(entity) as u32 + 1;
                out.forms.set(root, top);
            }
            let mut form = out.forms.get(i);
            form.entity = top.entity;
            if form.why.is_none() && form.key != 0 {
                let shown = plain(&fold(&out.get(top.entity as usize - 1).name));
                form.why = (shown != out.forms.text(form.folded)).then_some(Joining::Gazetteer);
            }
            out.forms.set(i, form);
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
        self.texts.push(&rmp_serde::to_vec(entity).unwrap_or_default())
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
        rmp_serde::from_slice(&self.texts.get(text)).unwrap_or_else(|_| Entity::nobody())
    }

    /// The id of an entity.
    pub fn id(&mut self, at: usize) -> SmolStr {
        let row = self.all.get(at);
        let id = row.last_chunk().map_or(0, |id| u32::from_le_bytes(*id));
        std::str::from_utf8(&self.ids.get(id)).map(SmolStr::new).unwrap_or_default()
    }

    /// The index of the entity of a name by the name's index, and why it is that.
    pub fn of_name(&mut self, name: usize) -> (usize, Option<Joining>) {
        let form = self.forms.get(name);
        ((form.entity as usize).saturating_sub(1), form.why)
    }

    /// The same by the name's reference.
    pub fn of_reference(&mut self, reference: &str) -> Option<(usize, Option<Joining>)> {
        let form = self.forms.index.get(hash(reference))?;
        Some(self.of_name(form as usize))
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
        let mut corpora = [(&room, 1 << 14), (&Room::default(), MOST)].map(|(room, most)| {
            let forms = Forms::new(Arc::default(), room, most);
            Corpus { forms, aliases: &[] }
        });
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
        let names = corpora[0].forms.count;
        let [mut filed, mut free] = corpora.map(|corpus| corpus.entities(std::iter::empty()));
        assert!(names > 1000 && filed.count() < names && filed.count() == free.count());
        assert!((0..names).all(|name| filed.of_name(name) == free.of_name(name)));
        assert!((0..free.count()).all(|at| filed.get(at) == free.get(at) && *filed.get(at).id == *filed.id(at)));
        assert!(room.check().is_ok());
        let in_memory = |e: &Entities| e.forms.texts.in_memory() + e.forms.index.in_memory() + e.texts.in_memory() + e.by_id.in_memory();
        assert!(in_memory(&filed) <= 4 << 14 && in_memory(&free) > 8 << 14, "{} {}", in_memory(&filed), in_memory(&free));
    }
}
