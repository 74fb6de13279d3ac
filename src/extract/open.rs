//! What documents leave open until their corpus is known, and how it is closed.
//!
//! 1. A document's rows name entities by numbers in a list of its own ([`Joint::of`]). [`Open::take`] keeps what joins it with others (names, claims,
//!    a signature) and gives what has to be known to fill its rows later ([`Left`]).
//! 2. [`Open::close`] joins names, then claims, and finds repetitions.
//! 3. [`Closed::next`] takes documents once more in their order and gives what goes into the rows of each ([`Filling`]), so that they are filled on
//!    any thread.

use std::ops::Range;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use super::{Piece, entity_row};
use crate::corpus::Alias;
use crate::join::duplicates::{self, Signature};
use crate::join::entities::{self, Entities};
use crate::join::groups::{self, Report};
use crate::store::{Answers, Array, Hashed, Room};
use crate::tables::{ClaimRow, EntityRow, NameRow, Tables};
use crate::vocabulary::{ClaimKind, Joining, VictimClass};

/// How long stages took.
pub(super) type Times = Vec<(&'static str, Duration)>;

/// Adds to how long stages took.
pub(super) fn add_times(sums: &mut Times, times: impl IntoIterator<Item = (&'static str, Duration)>) {
    for (stage, took) in times {
        match sums.iter_mut().find(|(s, _)| *s == stage) {
            Some((_, sum)) => *sum += took,
            None => sums.push((stage, took)),
        }
    }
}

/// What of a document joins it with others.
pub(super) struct Joint {
    id: SmolStr,
    /// Its names, the rows of each side by side, and then the holders of offices in it: the list that its rows number.
    names: Vec<NameRow>,
    /// What its claims say, with their figures; their places are numbers of that list.
    told: Vec<(u64, Told<Who>)>,
    signature: Signature,
}

impl Joint {
    /// Takes a piece apart; in its rows names become numbers.
    pub(super) fn of(piece: Piece) -> (Self, Tables) {
        let Piece { mut tables, mut names, reports, signature } = piece;
        let mut numbers: HashMap<SmolStr, u32> = HashMap::new();
        names.retain(|row| {
            let next = numbers.len() as u32;
            let is_new = !numbers.contains_key(&row.name);
            if is_new {
                numbers.insert(row.name.clone(), next);
            }
            is_new || row.written.is_some()
        });
        let number = |name: &str| numbers.get(name).copied();
        each_reference(&mut tables, |name| number(name).map(|n| n.to_smolstr()));
        let id = tables.documents.first().map(|d| d.doc_id.clone()).unwrap_or_default();
        let told = |(row, report): (&ClaimRow, crate::tables::ReportRow)| {
            let told = Told {
                document: id.clone(),
                sentence: report.sentence,
                nth: report.nth,
                words: groups::from_hex(&report.words).unwrap_or_default(),
                quotation: report.quotation.as_deref().and_then(|q| groups::from_hex(q).ok()),
                kind: row.kind,
                class: row.victim_class,
                interval: (row.value_min, row.value_max),
                negated: row.negated,
                place: row.place_entity_id.as_deref().and_then(|n| n.parse().ok()).map(Who::Name),
                event: row.event_start.zip(row.event_end),
                reported: row.reported_date,
            };
            (groups::figure(row.kind, (row.value_min, row.value_max), row.negated), told)
        };
        let told = tables.claims.iter().zip(reports).map(told).collect();
        (Self { id, names, told, signature }, tables)
    }
}

/// Puts something in the place of every reference to an entity.
fn each_reference(tables: &mut Tables, new: impl Fn(&str) -> Option<SmolStr>) {
    for m in &mut tables.mentions {
        if let Some(id) = new(&m.entity_id) {
            m.entity_id = id;
        }
    }
    let known = |name: &mut Option<SmolStr>| *name = name.as_deref().and_then(&new);
    tables.quotes.iter_mut().for_each(|q| known(&mut q.entity_id));
    for c in &mut tables.claims {
        known(&mut c.speaker_entity_id);
        known(&mut c.place_entity_id);
    }
    for t in &mut tables.terms {
        known(&mut t.speaker_entity_id);
        known(&mut t.target_entity_id);
    }
}

/// A name of the corpus, or the holder of an office, by its number.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Who {
    Name(u32),
    Holder(u32),
}

/// What is kept of a document until its rows can be filled.
#[derive(Serialize, Deserialize)]
pub(super) struct Left {
    /// Its list of names and holders, with how often it mentions each.
    names: Vec<(Who, u32)>,
    /// How many claims it has.
    claims: usize,
}

/// What a claim says that tells whether another says the same, with its place: the entity, or what stands for it until that is known.
#[derive(Serialize, Deserialize)]
pub(crate) struct Told<P = SmolStr> {
    pub(crate) document: SmolStr,
    pub(crate) sentence: u32,
    pub(crate) nth: u32,
    pub(crate) words: u128,
    pub(crate) quotation: Option<u128>,
    pub(crate) kind: ClaimKind,
    pub(crate) class: VictimClass,
    pub(crate) interval: (Option<f64>, Option<f64>),
    pub(crate) negated: bool,
    pub(crate) place: Option<P>,
    pub(crate) event: Option<(NaiveDate, NaiveDate)>,
    pub(crate) reported: Option<NaiveDate>,
}

impl<P> Told<P> {
    /// The same with another word for its place.
    fn placed<Q>(self, to: impl FnOnce(P) -> Option<Q>) -> Told<Q> {
        let Self { document, sentence, nth, words, quotation, kind, class, interval, negated, place, event, reported } = self;
        let place = place.and_then(to);
        Told { document, sentence, nth, words, quotation, kind, class, interval, negated, place, event, reported }
    }
}

impl Told {
    fn report(&self) -> Report<'_> {
        Report {
            document: &self.document,
            sentence: self.sentence as usize,
            nth: self.nth as usize,
            words: self.words,
            quotation: self.quotation,
            kind: self.kind,
            class: self.class,
            interval: self.interval,
            negated: self.negated,
            place: self.place.as_deref(),
            event: self.event,
            reported: self.reported,
        }
    }
}

/// The group of each claim. Deals of many are grouped one after the other, as they take much memory.
fn grouped(told: Hashed, room: &Room, joined: &mut Joined) -> Answers {
    let (joined, many) = (Mutex::new(joined), Mutex::new(()));
    told.answers(|told, deal| {
        let claims = told.rows(deal);
        let _turn = (!groups::is_few(claims)).then(|| many.lock());
        let place = |who| joined.lock().ok()?.id(who);
        groups_of(claims, || told.packed(deal).map(|claim: Told<Who>| claim.placed(place)), room).map(u64::to_le_bytes)
    })
}

/// The group of each of so many claims.
pub(crate) fn groups_of<I: Iterator<Item = Told>>(claims: usize, read: impl Fn() -> I, room: &Room) -> Box<dyn Iterator<Item = u64>> {
    groups::groups(claims, read, Told::report, room)
}

/// What the documents so far leave open.
pub(super) struct Open<'a> {
    names: entities::Corpus<'a>,
    /// The gazetteer's keys of those who hold offices, and the numbers of references to them.
    holders: Vec<SmolStr>,
    known_holders: HashMap<SmolStr, u32>,
    documents: duplicates::Waiting,
    told: Hashed,
    room: Room,
    pub(super) times: Times,
}

impl<'a> Open<'a> {
    pub(super) fn new(aliases: &'a [Alias], room: Room) -> Self {
        Self {
            names: entities::Corpus::within(aliases, &room),
            holders: Vec::new(),
            known_holders: HashMap::new(),
            documents: duplicates::Waiting::new(&room),
            told: Hashed::new(&room),
            room,
            times: Vec::new(),
        }
    }

    /// Takes what the next document leaves open.
    pub(super) fn take(&mut self, document: Joint) -> Left {
        let started = Instant::now();
        let Joint { id, names, told, signature } = document;
        let mut number = |rows: &[NameRow]| {
            if rows.iter().any(|row| row.written.is_some()) {
                return (Who::Name(self.names.add_rows(rows) as u32), rows.iter().map(|row| row.count).sum());
            }
            let NameRow { name, key, .. } = &rows[0];
            let next = self.holders.len() as u32;
            let holder = *self.known_holders.entry(name.clone()).or_insert(next);
            if holder == next {
                self.holders.push(key.clone().unwrap_or_default());
            }
            (Who::Holder(holder), 0)
        };
        let names: Vec<(Who, u32)> = names.chunk_by(|a, b| a.name == b.name).map(&mut number).collect();
        self.documents.add(&id, &signature);
        let claims = told.len();
        for (figure, claim) in told {
            let claim = claim.placed(|(Who::Name(n) | Who::Holder(n))| Some(names.get(n as usize)?.0));
            self.told.add_row(figure, &claim);
        }
        add_times(&mut self.times, [("join", started.elapsed())]);
        Left { names, claims }
    }

    /// Joins what was left open, now that the whole corpus is known.
    pub(super) fn close(self) -> Closed {
        let started = Instant::now();
        let Self { names, holders, documents, told, room, mut times, .. } = self;
        let join_names = || {
            let entities = names.entities(holders.iter().map(SmolStr::as_str));
            let holders = holders.iter().map(|key| entities.of_holder(key)).collect();
            Joined { entities, holders }
        };
        let (mut joined, repetitions) = rayon::join(join_names, || documents.repetitions());
        let groups = grouped(told, &room, &mut joined);
        add_times(&mut times, [("join", started.elapsed())]);
        Closed { joined, groups, repetitions: Box::new(repetitions), counts: Array::new(&room, 2 << 20), documents: 0, times }
    }
}

/// The entities that references are to.
struct Joined {
    entities: Entities,
    /// The entity of each holder of an office.
    holders: Vec<Option<usize>>,
}

impl Joined {
    /// The entity of a reference, and why it is that.
    fn of(&mut self, who: Who) -> Option<(usize, Option<Joining>)> {
        match who {
            Who::Name(name) => Some(self.entities.of_name(name as usize)),
            Who::Holder(holder) => Some(((*self.holders.get(holder as usize)?)?, None)),
        }
    }

    fn id(&mut self, who: Who) -> Option<SmolStr> {
        let (entity, _) = self.of(who)?;
        Some(self.entities.id(entity))
    }
}

/// What joins the documents of a corpus.
pub(super) struct Closed {
    joined: Joined,
    /// The group of each claim, in order.
    groups: Answers,
    /// What each document repeats, in order.
    repetitions: Box<dyn Iterator<Item = Option<String>>>,
    /// For each entity its mentions and documents so far, and the number of the last document that names it.
    counts: Array<12>,
    /// How many documents were taken once more.
    documents: u32,
    pub(super) times: Times,
}

/// What goes into the rows of a document.
pub(super) struct Filling {
    /// For each of its list of names the id of the entity, and why it is that.
    names: Vec<Option<(SmolStr, Option<Joining>)>>,
    groups: Vec<Option<u64>>,
    duplicate_of: Option<SmolStr>,
}

impl Closed {
    /// What goes into the rows of the next document.
    pub(super) fn next(&mut self, document: &Left) -> Filling {
        self.documents += 1;
        let name = |&(who, times): &(Who, u32)| {
            let (entity, why) = self.joined.of(who)?;
            if times > 0 {
                let [mentions, documents, last] = numbers(self.counts.get(entity));
                let documents = documents + u32::from(last != self.documents);
                self.counts.set(entity, bytes([mentions.saturating_add(times), documents, self.documents]));
            }
            Some((self.joined.entities.id(entity), why))
        };
        Filling {
            names: document.names.iter().map(name).collect(),
            groups: (0..document.claims).map(|_| self.groups.next().map(u64::from_le_bytes)).collect(),
            duplicate_of: self.repetitions.next().flatten().map(SmolStr::from),
        }
    }

    /// The number of entities.
    pub(super) fn count(&self) -> usize {
        self.joined.entities.count()
    }

    /// The rows of the entities of such indices, when all documents were taken once more.
    pub(super) fn entities(&mut self, indices: Range<usize>) -> Vec<EntityRow> {
        let row = |at: usize| {
            let [mentions, documents, _] = numbers(self.counts.get(at));
            entity_row(&self.joined.entities.get(at), mentions, documents)
        };
        indices.map(row).collect()
    }
}

impl Filling {
    /// Fills a document's rows.
    pub(super) fn fill(self, tables: &mut Tables) {
        let Self { names, groups, duplicate_of } = self;
        let name = |number: &str| names.get(number.parse::<usize>().ok()?)?.as_ref();
        for m in &mut tables.mentions {
            m.joined_by = m.joined_by.or_else(|| name(&m.entity_id)?.1);
        }
        each_reference(tables, |number| Some(name(number)?.0.clone()));
        for (c, group) in tables.claims.iter_mut().zip(groups) {
            c.claim_group = group.map(|group| format_smolstr!("{group:016x}"));
        }
        tables.documents.iter_mut().for_each(|d| d.duplicate_of.clone_from(&duplicate_of));
    }
}

/// Three numbers from their bytes.
fn numbers(bytes: [u8; 12]) -> [u32; 3] {
    let (chunks, _) = bytes.as_chunks();
    [0, 1, 2].map(|i| u32::from_le_bytes(chunks[i]))
}

fn bytes([a, b, c]: [u32; 3]) -> [u8; 12] {
    let mut out = [0; 12];
    for (place, n) in out.chunks_exact_mut(4).zip([a, b, c]) {
        place.copy_from_slice(&n.to_le_bytes());
    }
    out
}
