//! From a corpus to rows: articles side by side, then what joins them.

mod cache;

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};

use self::cache::Cache;
use crate::article::{Article, Extractor};
use crate::corpus::{Alias, Corpus, Problem, Reader, Source};
use crate::error::{Error, Result};
use crate::find::casualties::Passed;
use crate::find::quotes::{overlapping, voice_at};
use crate::join::duplicates::{Originals, Signature};
use crate::join::entities::{self, Apart, Entities, Entity, Name, Named, Names};
use crate::join::groups::{self, Report, digest};
use crate::span::Span;
use crate::store::{Array, Dealt, Room, Taken};
use crate::tables::{
    ClaimRow, DateRow, DocumentRow, EditRow, EntityRow, FigureRow, Files, Format, MentionRow, NameRow, ProblemRow, QuoteRow, ReportRow,
    SentenceRow, Tables, TermRow,
};
use crate::vocabulary::{ClaimKind, EditKind, EntityKind, Joining, QuoteKind, Reason, VictimClass, Voice};

/// What the cache of a run is called, beside the tables.
pub const CACHE: &str = ".cache";

/// What a corpus gave.
#[derive(Debug, Default)]
pub struct Extraction {
    /// The rows of every table.
    pub tables: Tables,
    /// How long each stage took, added over all threads.
    pub times: Vec<(&'static str, Duration)>,
    /// How many documents were taken from the cache.
    pub reused: usize,
}

/// Extracts every table from a corpus that is in memory. `done` is called once for each document that is finished, from any
/// thread.
#[must_use]
pub fn extract(extractor: &Extractor, corpus: &Corpus, done: impl Fn() + Sync) -> Extraction {
    let mut open = Open::new(&corpus.aliases, None, Room::default());
    let extracting = open.extracting(extractor);
    let each = |source| {
        let worked = extracting.piece(source);
        done();
        worked
    };
    let tables = open.take_all(corpus.sources.par_iter().map(each).collect());
    open.close().whole(tables, &corpus.problems)
}

/// Documents that are read before they are extracted side by side, at most.
const BATCH: usize = 512;
/// Bytes of text that are read before for each thread, at most, unless a single text has more. Their rows are some thirty times as large.
const BATCH_BYTES: usize = 64 << 10;

/// Rows of entities that are written at once.
const ENTITIES: usize = 1 << 13;

/// How far an extraction is.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Documents that are extracted.
    pub documents: usize,
    /// Bytes of the corpus's files that they take up, about.
    pub bytes: u64,
}

/// The same from a corpus as it is read: of the sources no more than a batch is in memory, however large the files are. `done` is
/// called after each document, from any thread. `cache` is the file of what documents gave in the last run, for this one and the next.
///
/// # Errors
/// If the cache can't be put in its place.
pub fn extract_from(extractor: &Extractor, reader: &mut Reader, cache: Option<&Path>, done: impl Fn(Done) + Sync) -> Result<Extraction> {
    let aliases = reader.aliases.clone();
    let cache = cache.map(|path| Cache::open(path, extractor, &aliases));
    let mut open = Open::new(&aliases, cache.as_ref(), Room::default());
    let mut tables = Tables::default();
    loop {
        let batch = open.read(reader);
        if batch.sources.is_empty() {
            break;
        }
        let pieces = open.extracting(extractor).all(batch, &done);
        tables.extend(open.take_all(pieces));
    }
    let whole = open.close().whole(tables, &reader.problems);
    let reused = cache.map(Cache::close).transpose()?.unwrap_or(0);
    Ok(Extraction { reused, ..whole })
}

/// What was written of a corpus.
#[derive(Debug)]
pub struct Written {
    /// The number of rows of each table.
    pub rows: Vec<(&'static str, usize)>,
    /// What could not be used.
    pub problems: Vec<ProblemRow>,
    /// How long each stage took, added over all threads.
    pub times: Vec<(&'static str, Duration)>,
    /// How many documents were taken from the cache.
    pub reused: usize,
}

/// The same from a corpus of any size into files in `folder`, one a table and format. Rows wait in a file without a name, which is gone
/// with the program however it ends, until the whole corpus is known, and so does what joins them: the distinct names, a signature a document that repeats
/// no other, and what claims say. The memory that this takes is the same for any number of documents; only the list of the corpus's files and of
/// its problems grows. The tables get their names when all are complete.
///
/// # Errors
/// If a file can't be written.
pub fn extract_to(
    extractor: &Extractor,
    reader: &mut Reader,
    folder: &Path,
    formats: &[Format],
    cache: Option<&Path>,
    done: impl Fn(Done) + Sync,
) -> Result<Written> {
    let aliases = reader.aliases.clone();
    let cache = cache.map(|path| Cache::open(path, extractor, &aliases));
    let room = Room::in_folder(folder);
    reader.within(&room);
    let mut open = Open::new(&aliases, cache.as_ref(), room.clone());
    let mut files = Files::new(folder, formats)?;
    let mut waiting = Waiting::new(folder)?;
    let mut write = Duration::ZERO;
    let mut batch = open.read(reader);
    let mut pieces = Vec::new();
    while !(batch.sources.is_empty() && pieces.is_empty()) {
        // While a batch is extracted, this thread writes what the one before gave and reads the next one.
        let (extracting, mut extracted) = (open.extracting(extractor), Vec::new());
        batch = rayon::in_place_scope(|scope| {
            let (done, extracted) = (&done, &mut extracted);
            scope.spawn(move |_| *extracted = extracting.all(batch, done));
            if !pieces.is_empty() {
                let (rows, started) = (open.take_all(std::mem::take(&mut pieces)), Instant::now());
                let (now, later) = parted(rows);
                files.add(&now)?;
                waiting.put(&later)?;
                write += started.elapsed();
            }
            room.check()?;
            Ok(open.read(reader))
        })?;
        pieces = extracted;
    }
    let mut closed = open.close();
    let started = Instant::now();
    let mut waiting = waiting.again()?;
    let mut next = waiting.next(&mut closed)?;
    while let Some(rows) = next {
        // The rows of one batch are written while those of the next are read.
        let (written, read) = rayon::join(|| files.add(&rows), || waiting.next(&mut closed));
        written?;
        next = read?;
    }
    let problems: Vec<ProblemRow> = reader.problems.iter().map(problem).collect();
    let count = closed.joined.entities.count();
    for from in (0..count).step_by(ENTITIES) {
        files.add(&Tables { entities: closed.entities(from..count.min(from + ENTITIES)), ..Tables::default() })?;
    }
    files.add(&Tables { problems: problems.clone(), ..Tables::default() })?;
    room.check()?;
    let rows = files.finish()?;
    closed.times.push(("write", write + started.elapsed()));
    let reused = cache.map(Cache::close).transpose()?.unwrap_or(0);
    Ok(Written { rows, problems, times: closed.times, reused })
}

/// The rows that are complete, and those that name what only the whole corpus tells.
fn parted(rows: Tables) -> (Tables, Tables) {
    let Tables { quotes, mentions, claims, terms, .. } = rows;
    let later = Tables { quotes, mentions, claims, terms, ..Tables::default() };
    (Tables { quotes: Vec::new(), mentions: Vec::new(), claims: Vec::new(), terms: Vec::new(), ..rows }, later)
}

/// Rows of batches in a file, until what joins them is known.
struct Waiting<F> {
    file: F,
    batches: usize,
}

impl Waiting<BufWriter<File>> {
    fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::io(folder))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 20, file), batches: 0 })
    }

    fn put(&mut self, rows: &Tables) -> Result<()> {
        self.batches += 1;
        rmp_serde::encode::write(&mut self.file, rows).map_err(unwritten)
    }

    fn again(self) -> Result<Waiting<BufReader<File>>> {
        let mut file = self.file.into_inner().map_err(unwritten)?;
        file.rewind().map_err(unwritten)?;
        Ok(Waiting { file: BufReader::with_capacity(1 << 20, file), batches: self.batches })
    }
}

impl Waiting<BufReader<File>> {
    /// The rows of the next batch, joined.
    fn next(&mut self, closed: &mut Closed) -> Result<Option<Tables>> {
        let Some(left) = self.batches.checked_sub(1) else { return Ok(None) };
        self.batches = left;
        let mut rows: Tables = rmp_serde::decode::from_read(&mut self.file).map_err(unwritten)?;
        closed.fill(&mut rows);
        Ok(Some(rows))
    }
}

fn unwritten(e: impl std::fmt::Display) -> Error {
    Error::Table { table: "all tables", message: e.to_string() }
}

/// How long stages took.
type Times = Vec<(&'static str, Duration)>;

/// What the documents so far leave open.
struct Open<'a> {
    apart: Apart,
    names: entities::Corpus<'a>,
    /// References and keys of those who hold offices.
    holders: Vec<(SmolStr, SmolStr)>,
    known_holders: HashSet<SmolStr>,
    originals: Originals,
    told: Dealt,
    room: Room,
    /// How many documents were read.
    given: usize,
    times: Times,
    cache: Option<&'a Cache>,
}

/// What a claim says that tells whether another says the same; its place is a reference.
#[derive(Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) document: SmolStr,
    pub(crate) sentence: u32,
    pub(crate) nth: u32,
    pub(crate) words: u128,
    pub(crate) quotation: Option<u128>,
    pub(crate) kind: ClaimKind,
    pub(crate) class: VictimClass,
    pub(crate) interval: (Option<f64>, Option<f64>),
    pub(crate) negated: bool,
    pub(crate) place: Option<SmolStr>,
    pub(crate) event: Option<(NaiveDate, NaiveDate)>,
    pub(crate) reported: Option<NaiveDate>,
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

/// Claims are dealt out by their figure into so many parts, of which one is in memory at a time.
const DEALS: usize = 256;
/// A part with more claims than this is dealt out once more.
const MANY: usize = 1 << 13;

/// The part of a claim.
fn deal(claim: &ClaimRow) -> usize {
    (groups::figure(claim.kind, (claim.value_min, claim.value_max), claim.negated) % DEALS as u64) as usize
}

/// The group of each claim, by its part.
fn grouped(told: &Dealt, room: &Room, joined: &mut Joined) -> Taken<8> {
    let joined = RefCell::new(joined);
    let mut out = Dealt::new(room, DEALS);
    for deal in 0..DEALS {
        let with_place = |mut claim: Told| {
            claim.place = claim.place.and_then(|place| joined.borrow_mut().id(&place));
            claim
        };
        let read = || taken::<Told>(told, deal).map(with_place);
        let ids = groups_of(told.rows(deal), read, room);
        ids.into_iter().for_each(|id| out.add(deal, |bytes| bytes.extend(id.to_le_bytes())));
    }
    Taken::new(out)
}

/// The group of each of so many claims. Of very many few are in memory at once.
pub(crate) fn groups_of<I: Iterator<Item = Told>>(claims: usize, read: impl Fn() -> I, room: &Room) -> Vec<u64> {
    if claims <= MANY {
        let claims: Vec<Told> = read().collect();
        return groups::groups(claims.len(), |i| claims[i].report());
    }
    let parts = groups::parts(claims, &read, Told::report);
    let deals = claims.div_ceil(MANY);
    let mut again = Dealt::new(room, deals);
    let mut ids = vec![0; claims];
    for (i, (claim, part)) in read().zip(parts).enumerate() {
        if part == groups::ALONE {
            ids[i] = groups::groups(1, |_| claim.report())[0];
        } else {
            put(&mut again, part as usize % deals, &(i, claim));
        }
    }
    for deal in 0..deals {
        let rows: Vec<(usize, Told)> = taken(&again, deal).collect();
        let of_rows = groups::groups(rows.len(), |k| rows[k].1.report());
        rows.iter().zip(of_rows).for_each(|((i, _), id)| ids[*i] = id);
    }
    ids
}

/// Adds a row to a deal.
pub(crate) fn put(dealt: &mut Dealt, deal: usize, row: &impl Serialize) {
    if let Err(e) = dealt.add(deal, |bytes| rmp_serde::encode::write(bytes, row)) {
        dealt.broken(e);
    }
}

/// The rows of a deal.
pub(crate) fn taken<T: DeserializeOwned>(dealt: &Dealt, deal: usize) -> impl Iterator<Item = T> {
    let mut bytes = dealt.read(deal);
    let row = move |_| rmp_serde::decode::from_read(&mut bytes).map_err(|e| dealt.broken(e)).ok();
    (0..dealt.rows(deal)).map_while(row)
}

/// Sources that are extracted side by side.
struct Batch {
    sources: Vec<Source>,
    /// How many documents came before.
    before: usize,
    /// Where its files' bytes begin, and how many there are.
    from: u64,
    bytes: u64,
}

/// What a document gave, and how long each stage took.
type Worked = (Piece, Times);

/// Makes sources into pieces, on any thread.
struct Extracting<'e> {
    extractor: &'e Extractor,
    apart: Apart,
    cache: Option<&'e Cache>,
}

impl Extracting<'_> {
    fn piece(&self, source: &Source) -> Worked {
        let mut times = Times::new();
        let mut work = || {
            let article = self.extractor.article(source);
            let started = Instant::now();
            let piece = Piece::of(&article, &self.apart);
            times.extend(article.times.laps);
            times.push(("rows", started.elapsed()));
            piece
        };
        let Some(cache) = self.cache else { return (work(), times) };
        let started = Instant::now();
        let piece = cache.piece(source, work);
        let worked: Duration = times.iter().map(|(_, took)| *took).sum();
        times.push(("cache", started.elapsed().saturating_sub(worked)));
        (piece, times)
    }

    /// The pieces of a batch, in order; each source is let go as soon as its rows are there.
    fn all(&self, batch: Batch, done: &(impl Fn(Done) + Sync)) -> Vec<Worked> {
        let Batch { sources, before, from, bytes } = batch;
        let (count, of) = (AtomicUsize::new(0), sources.len() as u64);
        let each = |source: Source| {
            let worked = self.piece(&source);
            let n = count.fetch_add(1, Ordering::Relaxed) + 1;
            done(Done { documents: before + n, bytes: from + bytes * n as u64 / of });
            worked
        };
        sources.into_par_iter().map(each).collect()
    }
}

impl<'a> Open<'a> {
    fn new(aliases: &'a [Alias], cache: Option<&'a Cache>, room: Room) -> Self {
        Self {
            apart: Apart::of(aliases),
            names: entities::Corpus::within(aliases, &room),
            holders: Vec::new(),
            known_holders: HashSet::default(),
            originals: Originals::new(&room),
            told: Dealt::new(&room, DEALS),
            room,
            given: 0,
            times: Vec::new(),
            cache,
        }
    }

    fn extracting<'e>(&self, extractor: &'e Extractor) -> Extracting<'e>
    where
        'a: 'e,
    {
        Extracting { extractor, apart: self.apart.clone(), cache: self.cache }
    }

    /// The next sources; none at the end.
    fn read(&mut self, reader: &mut Reader) -> Batch {
        let mut batch = Batch { sources: Vec::new(), before: self.given, from: reader.bytes_read(), bytes: 0 };
        let (mut bytes, most) = (0, BATCH_BYTES * rayon::current_num_threads());
        while batch.sources.len() < BATCH && bytes < most {
            let Some(source) = reader.next() else { break };
            bytes += source.text.len();
            batch.sources.push(source);
        }
        batch.bytes = reader.bytes_read() - batch.from;
        self.given += batch.sources.len();
        batch
    }

    /// Takes what the next documents leave open, and gives their rows.
    fn take_all(&mut self, pieces: Vec<Worked>) -> Tables {
        let mut tables = Tables::default();
        pieces.into_iter().for_each(|piece| tables.extend(self.take(piece)));
        tables
    }

    /// Takes what the next document leaves open, and gives its rows.
    fn take(&mut self, (piece, times): Worked) -> Tables {
        let started = Instant::now();
        let Piece { mut tables, names, reports, signature } = piece;
        for row in names {
            if let (Some(written), Some(kind)) = (&row.written, row.kind) {
                let NameRow { name: reference, folded, person, key, count, .. } = &row;
                let (key, times) = (key.as_deref(), *count as usize);
                self.names.add_way(&entities::Wording { reference, folded, person: *person, key, written, kind, times });
            } else if self.known_holders.insert(row.name.clone()) {
                self.holders.push((row.name, row.key.unwrap_or_default()));
            }
        }
        for d in &mut tables.documents {
            d.duplicate_of = self.originals.place(&d.doc_id, signature.clone()).map(SmolStr::from);
        }
        let document = tables.documents.first().map(|d| d.doc_id.clone()).unwrap_or_default();
        for (row, report) in tables.claims.iter().zip(reports) {
            let told = Told {
                document: document.clone(),
                sentence: report.sentence,
                nth: report.nth,
                words: groups::from_hex(&report.words).unwrap_or_default(),
                quotation: report.quotation.as_deref().and_then(|q| groups::from_hex(q).ok()),
                kind: row.kind,
                class: row.victim_class,
                interval: (row.value_min, row.value_max),
                negated: row.negated,
                place: row.place_entity_id.clone(),
                event: row.event_start.zip(row.event_end),
                reported: row.reported_date,
            };
            put(&mut self.told, deal(row), &told);
        }
        for (stage, took) in times.into_iter().chain([("join", started.elapsed())]) {
            match self.times.iter_mut().find(|(s, _)| *s == stage) {
                Some((_, sum)) => *sum += took,
                None => self.times.push((stage, took)),
            }
        }
        tables
    }

    /// Joins what was left open, now that the whole corpus is known.
    fn close(self) -> Closed {
        let started = Instant::now();
        drop(self.originals); // so that what follows finds room
        let entities = self.names.entities(self.holders.iter().map(|(_, key)| key.as_str()));
        let holders = self.holders.into_iter().filter_map(|(name, key)| Some((name, entities.of_holder(&key)?))).collect();
        let mut joined = Joined { entities, holders };
        let groups = grouped(&self.told, &self.room, &mut joined);
        let mut times = self.times;
        if let Some((_, sum)) = times.iter_mut().find(|(stage, _)| *stage == "join") {
            *sum += started.elapsed();
        }
        Closed { joined, groups, counts: Array::new(&self.room, 2 << 20), document: (SmolStr::default(), 0), times }
    }
}

/// The entities that references are to.
struct Joined {
    entities: Entities,
    /// The entity of each holder of an office.
    holders: HashMap<SmolStr, usize>,
}

impl Joined {
    /// The entity of a reference, and why it is that.
    fn of(&mut self, reference: &str) -> Option<(usize, Option<Joining>)> {
        self.entities.of_reference(reference).or_else(|| Some((*self.holders.get(reference)?, None)))
    }

    fn id(&mut self, reference: &str) -> Option<SmolStr> {
        let (entity, _) = self.of(reference)?;
        Some(self.entities.id(entity))
    }
}

/// What joins the documents of a corpus.
struct Closed {
    joined: Joined,
    /// The group of each claim, in order.
    groups: Taken<8>,
    /// For each entity its mentions and documents so far, and the number of the last document that names it.
    counts: Array<12>,
    /// The id and number, from 1, of the document whose mentions were counted last.
    document: (SmolStr, u32),
    times: Times,
}

impl Closed {
    /// Puts entities and groups into the next rows.
    fn fill(&mut self, tables: &mut Tables) {
        let Self { joined, groups, counts, document, .. } = self;
        for m in &mut tables.mentions {
            let Some((entity, why)) = joined.of(&m.entity_id) else { continue };
            m.entity_id = joined.entities.id(entity);
            m.joined_by = m.joined_by.or(why);
            if document.0 != m.doc_id {
                *document = (m.doc_id.clone(), document.1 + 1);
            }
            let [mentions, documents, last] = numbers(counts.get(entity));
            let documents = documents + u32::from(last != document.1);
            counts.set(entity, bytes([mentions + 1, documents, document.1]));
        }
        let mut id = |name: &mut Option<SmolStr>| *name = name.as_ref().and_then(|n| joined.id(n));
        tables.quotes.iter_mut().for_each(|q| id(&mut q.entity_id));
        for c in &mut tables.claims {
            id(&mut c.speaker_entity_id);
            id(&mut c.place_entity_id);
            c.claim_group = groups.next(deal(c)).map(|group| format_smolstr!("{:016x}", u64::from_le_bytes(group)));
        }
        for t in &mut tables.terms {
            id(&mut t.speaker_entity_id);
            id(&mut t.target_entity_id);
        }
    }

    /// The rows of the entities of such indices.
    fn entities(&mut self, indices: Range<usize>) -> Vec<EntityRow> {
        let row = |at: usize| {
            let [mentions, documents, _] = numbers(self.counts.get(at));
            entity_row(&self.joined.entities.get(at), mentions, documents)
        };
        indices.map(row).collect()
    }

    fn whole(mut self, mut tables: Tables, problems: &[Problem]) -> Extraction {
        self.fill(&mut tables);
        tables.entities = self.entities(0..self.joined.entities.count());
        tables.problems = problems.iter().map(problem).collect();
        Extraction { tables, times: self.times, reused: 0 }
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

/// Whom each name and office of an article means.
struct Who<'a> {
    /// For each mention the id of its entity, and why it is that.
    mentions: Vec<(&'a SmolStr, Option<Joining>)>,
    /// Every name, and every office with a known holder, in the order of their ends, with the id of its entity and whether it
    /// is an office.
    all: Vec<(Span, &'a SmolStr, bool)>,
}

impl<'a> Who<'a> {
    /// By the id of each mention with what joined it, and the id of each office's holder.
    fn of(article: &Article, mentions: Vec<(&'a SmolStr, Option<Joining>)>, holders: impl Iterator<Item = Option<&'a SmolStr>>) -> Self {
        let offices = article.offices.iter().zip(holders).filter_map(|(o, holder)| Some((o.span, holder?, true)));
        let mut all: Vec<_> = article.mentions.iter().zip(&mentions).map(|(m, (id, _))| (m.span, *id, false)).chain(offices).collect();
        // An office ends where the country in it does; the office is what is meant.
        all.sort_by_key(|(span, ..)| (span.end, std::cmp::Reverse(span.start)));
        Self { mentions, all }
    }

    /// The entity of a stretch of text is that of the last name in it: "the representative of the city police, Saltanat
    /// Azirbek" is Azirbek. An office counts only where it opens the stretch: a spokesman for the president is not the president.
    fn within(&self, stretch: Span, text: &str) -> Option<&'a SmolStr> {
        let opens = |s: Span| text.get(stretch.start..s.start).is_some_and(|before| before.split_whitespace().count() < 2);
        let ended = self.all.partition_point(|(s, ..)| s.end <= stretch.end);
        let mut inside = self.all[..ended].iter().rev().take_while(|(s, ..)| s.end > stretch.start);
        // Of an office and the country that it ends with the office comes first.
        inside.find(|(s, _, is_office)| stretch.contains(*s) && (!is_office || opens(*s))).map(|(_, id, _)| *id)
    }
}

/// The row of an entity that is named so often in so many documents.
pub(crate) fn entity_row(e: &Entity, mentions: u32, documents: u32) -> EntityRow {
    EntityRow {
        entity_id: SmolStr::new(&e.id),
        name: SmolStr::new(&e.name),
        kind: e.kind,
        aliases: e.aliases.clone(),
        wikidata: e.wikidata.as_deref().map(SmolStr::new),
        country: e.country.as_deref().map(SmolStr::new),
        latitude: e.location.map(|(latitude, _)| latitude),
        longitude: e.location.map(|(_, longitude)| longitude),
        mentions,
        documents,
    }
}

pub(crate) fn problem(p: &Problem) -> ProblemRow {
    ProblemRow {
        path: SmolStr::new(&p.path),
        doc_id: p.doc_id.as_deref().map(SmolStr::new),
        stage: SmolStr::new_static(p.stage),
        severity: p.severity,
        message: SmolStr::new(&p.message),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Writes a number behind a text; every row has an id or three that are made so.
fn push_number(out: &mut SmolStrBuilder, n: usize) {
    if n >= 10 {
        push_number(out, n / 10);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

/// The rows of one article.
fn rows(article: &Article, who: &Who<'_>) -> Tables {
    let d = &article.document;
    // Ids that stand in every row are made once; what is short takes no memory of its own.
    let document_id = SmolStr::new(&d.id);
    let doc_id = || document_id.clone();
    let text = d.text.as_str();
    let cut = |s: Span| SmolStr::new(s.of(text));
    let raw = |s: Span| d.raw(s).map_or((None, None), |r| (Some(r.start as u64), Some(r.end as u64)));
    let id = |table: &str, s: Span, extra: &str| {
        let mut id = SmolStrBuilder::new();
        [&d.id, ".", table, "."].into_iter().for_each(|part| id.push_str(part));
        push_number(&mut id, s.start);
        id.push('-');
        push_number(&mut id, s.end);
        id.push_str(extra);
        id.finish()
    };
    let sentence_index = |s: Span| {
        let i = article.sentences.partition_point(|x| x.span.end <= s.start);
        article.sentences.get(i).filter(|x| x.span.start < s.end.max(s.start + 1)).map(|_| i)
    };
    let sentence_ids: Vec<SmolStr> = article.sentences.iter().map(|s| id("s", s.span, "")).collect();
    let sentence_id = |s: Span| sentence_index(s).map(|i| sentence_ids[i].clone());
    let entity = |s: Option<Span>| who.within(s?, text).cloned();

    let mut out = Tables::default();
    let repaired: Vec<Span> =
        d.edits.iter().filter(|e| e.kind == EditKind::Mojibake).map(|e| Span::new(e.clean_start, e.clean_start + e.after.len())).collect();
    out.documents.push(DocumentRow {
        doc_id: doc_id(),
        path: SmolStr::new(&d.path),
        source: d.source.as_deref().map(SmolStr::new),
        title: d.title.as_deref().map(SmolStr::new),
        author: d.author.as_deref().map(SmolStr::new),
        url: d.url.as_deref().map(SmolStr::new),
        language: SmolStr::new(d.language.as_str()),
        published: d.published.map(|p| p.first),
        published_precision: d.published.map(|p| p.precision),
        published_basis: d.published.map(|p| p.basis),
        text: SmolStr::new(&d.text),
        paragraphs: article
            .sentences
            .iter()
            .map(|s| s.paragraph)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
            .try_into()
            .unwrap_or(u32::MAX),
        sentences: count(article.sentences.len()),
        tokens: count(article.tokens),
        sha256: SmolStr::new(&d.sha256),
        repairs: count(repaired.len()),
        unrepaired: d.unrepaired,
        removed_lines: count(d.edits.iter().filter(|e| e.kind == EditKind::Furniture).count()),
        // Known only when all documents are.
        duplicate_of: None,
    });
    for e in &d.edits {
        let (raw_start, raw_end) = if d.map.is_some() { (Some(e.raw.start as u64), Some(e.raw.end as u64)) } else { (None, None) };
        out.edits.push(EditRow {
            doc_id: doc_id(),
            kind: e.kind,
            raw_start,
            raw_end,
            clean_start: e.clean_start as u64,
            before: SmolStr::new(&e.before),
            after: SmolStr::new(&e.after),
            rule: SmolStr::new(&e.rule),
            confidence: e.confidence,
        });
    }
    for (i, s) in article.sentences.iter().enumerate() {
        let (raw_start, raw_end) = raw(s.span);
        let from = repaired.partition_point(|r| r.end <= s.span.start);
        out.sentences.push(SentenceRow {
            sentence_id: sentence_ids[i].clone(),
            doc_id: doc_id(),
            paragraph: s.paragraph,
            sentence: count(i),
            section: s.section,
            start: s.span.start as u64,
            end: s.span.end as u64,
            raw_start,
            raw_end,
            text: cut(s.span),
            language: SmolStr::new(s.language.as_str()),
            voice: sentence_voice(article, s.span),
            tokens: count(article.sentence_tokens[i]),
            repaired: repaired.get(from).is_some_and(|r| r.overlaps(s.span)),
        });
    }
    for q in &article.quotes {
        let (raw_start, raw_end) = raw(q.span);
        out.quotes.push(QuoteRow {
            quote_id: id("q", q.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(q.span),
            kind: q.kind,
            start: q.span.start as u64,
            end: q.span.end as u64,
            raw_start,
            raw_end,
            text: cut(q.span),
            speaker_text: q.speaker.map(cut),
            speaker_start: q.speaker.map(|s| s.start as u64),
            speaker_end: q.speaker.map(|s| s.end as u64),
            entity_id: entity(q.speaker),
            cue: q.cue.map(cut),
            rule: q.rule.clone().into(),
        });
    }
    for (m, (entity_id, joined_by)) in article.mentions.iter().zip(&who.mentions) {
        let (raw_start, raw_end) = raw(m.span);
        out.mentions.push(MentionRow {
            mention_id: id("m", m.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(m.span),
            kind: m.kind,
            start: m.span.start as u64,
            end: m.span.end as u64,
            raw_start,
            raw_end,
            text: cut(m.span),
            entity_id: (*entity_id).clone(),
            joined_by: *joined_by,
            rule: m.rule.clone().into(),
        });
    }
    for t in &article.dates {
        let (raw_start, raw_end) = raw(t.span);
        out.dates.push(DateRow {
            date_id: id("t", t.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(t.span),
            start: t.span.start as u64,
            end: t.span.end as u64,
            raw_start,
            raw_end,
            text: cut(t.span),
            kind: t.kind,
            value: t.value.as_deref().map(SmolStr::new),
            modifier: t.modifier,
            date_start: t.interval.map(|i| i.0),
            date_end: t.interval.map(|i| i.1),
            precision: t.precision,
            anchor: t.anchor,
            rule: t.rule.clone().into(),
        });
    }
    let claim_id = |i: usize| article.claims.get(i).map(|c| id("c", c.count.figure.span, &format!(".{}", c.count.kind)));
    for (i, c) in article.claims.iter().enumerate() {
        let (raw_start, raw_end) = raw(c.count.figure.span);
        out.claims.push(ClaimRow {
            claim_id: claim_id(i).unwrap_or_default(),
            doc_id: doc_id(),
            sentence_id: sentence_id(c.count.figure.span),
            start: c.count.figure.span.start as u64,
            end: c.count.figure.span.end as u64,
            raw_start,
            raw_end,
            text: cut(c.count.figure.span),
            kind: c.count.kind,
            value_min: c.count.figure.min,
            value_max: c.count.figure.max,
            value_best: c.count.figure.best,
            bound: c.count.figure.bound,
            victims_text: c.count.victims.map(cut),
            victim_class: c.count.victim_class,
            perpetrator_text: c.count.perpetrator.map(|d| cut(d.span)),
            speaker_text: c.speaker.map(cut),
            speaker_entity_id: entity(c.speaker),
            voice: c.voice,
            cue: c.cue.map(cut),
            place_text: c.place.map(cut),
            place_entity_id: entity(c.place),
            event_start: c.event.as_ref().map(|e| e.0),
            event_end: c.event.as_ref().map(|e| e.1),
            event_precision: c.event.as_ref().map(|e| e.2),
            event_rule: c.event.as_ref().map(|e| e.3.clone().into()),
            reported_date: c.reported,
            scope: c.scope,
            subset_of: c.count.part_of.and_then(claim_id),
            supersedes: c.supersedes.and_then(claim_id),
            retracts: c.retracts.and_then(claim_id),
            contradicts: c.contradicts.and_then(claim_id),
            claim_group: None,
            negated: c.count.negated,
            hypothetical: c.count.hypothetical,
            rule: c.count.rule.clone().into(),
        });
    }
    // A claim's figure, or a number that is none; where both stand, the claim.
    let counted = article.claims.iter().enumerate().map(|(i, c)| (c.count.figure.span, Ok(i)));
    let mut figures: Vec<(Span, std::result::Result<usize, &Passed>)> =
        counted.chain(article.passed.iter().map(|p| (p.span, Err(p)))).collect();
    figures.sort_by_key(|(s, what)| (s.start, what.is_err()));
    figures.dedup_by(|b, a| b.1.is_err() && a.0.overlaps(b.0));
    for (span, what) in figures {
        let (raw_start, raw_end) = raw(span);
        let upto = article.mentions.partition_point(|m| m.span.start <= span.start);
        let named = upto.checked_sub(1).is_some_and(|m| article.mentions[m].span.contains(span));
        let reason = what.err().map(|p| if named && matches!(p.reason, Reason::Bare | Reason::InWord) { Reason::Name } else { p.reason });
        let rule = match what {
            Ok(i) => Some(article.claims[i].count.rule.clone().into()),
            Err(p) => p.rule.clone().map(Into::into),
        };
        out.figures.push(FigureRow {
            figure_id: id(
                "n",
                span,
                &what.ok().and_then(|i| article.claims.get(i)).map_or(String::new(), |c| format!(".{}", c.count.kind)),
            ),
            doc_id: doc_id(),
            sentence_id: sentence_id(span),
            start: span.start as u64,
            end: span.end as u64,
            raw_start,
            raw_end,
            text: cut(span),
            claim_id: what.ok().and_then(claim_id),
            reason,
            rule,
        });
    }
    for t in &article.terms {
        let (raw_start, raw_end) = raw(t.span);
        let language = sentence_index(t.span).map_or(d.language, |i| article.sentences[i].language);
        out.terms.push(TermRow {
            term_id: id("w", t.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(t.span),
            start: t.span.start as u64,
            end: t.span.end as u64,
            raw_start,
            raw_end,
            text: cut(t.span),
            concept: t.concept.clone().into(),
            frame: t.frame,
            language: SmolStr::new(language.as_str()),
            voice: t.voice,
            speaker_text: t.speaker.map(cut),
            speaker_entity_id: entity(t.speaker),
            negated: t.negated,
            target_text: t.target.map(cut),
            target_entity_id: entity(t.target),
            rule: t.rule.clone().into(),
        });
    }
    out
}

/// What of each claim of an article says whether another tells the same.
fn reports_of<'a>(article: &'a Article, rows: &'a [ClaimRow]) -> Vec<Report<'a>> {
    // Many figures may stand in one sentence, and in one quotation: its words are read once.
    let mut digests: HashMap<Span, u128> = HashMap::default();
    let mut said = |s: Span| *digests.entry(s).or_insert_with(|| digest(s.of(&article.document.text), &article.document.id));
    let mut reports: Vec<Report<'_>> = Vec::with_capacity(rows.len());
    for (claim, row) in article.claims.iter().zip(rows) {
        let figure = claim.count.figure.span;
        let sentence = article.sentences.partition_point(|s| s.span.end <= figure.start);
        let interval = (row.value_min, row.value_max);
        let here = reports.iter().rev().take_while(|r| r.sentence == sentence);
        let nth = here.filter(|r| r.kind == row.kind && r.interval == interval).count();
        reports.push(Report {
            document: &article.document.id,
            sentence,
            nth,
            words: article.sentences.get(sentence).map_or(0, |s| said(s.span)),
            quotation: claim.quotation.map(&mut said),
            kind: row.kind,
            class: row.victim_class,
            interval,
            negated: row.negated,
            place: row.place_entity_id.as_deref(),
            event: row.event_start.zip(row.event_end),
            reported: row.reported_date,
        });
    }
    reports
}

/// What one document gives before the others are known. The ids of entities are references to names ([`NameRow`]), and what is known
/// only of the whole corpus (`duplicate_of`, `claim_group`, `entities`) is left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// The rows of every table.
    pub tables: Tables,
    /// Its names and the holders of its offices, in the order in which it first uses them.
    pub names: Vec<NameRow>,
    /// What its claims say, in their order.
    pub reports: Vec<ReportRow>,
    /// What tells whether it repeats another one.
    pub signature: Signature,
}

impl Piece {
    /// What an article gives; `apart` are the names that the user keeps apart.
    #[must_use]
    pub fn of(article: &Article, apart: &Apart) -> Self {
        let document = &article.document;
        let named = Named::of(
            &Names { text: &document.text, mentions: &article.mentions, offices: &article.offices, published: document.published },
            apart,
        );
        let references: Vec<SmolStr> = named.names.iter().map(|name| name.reference().into()).collect();
        let mentions = named.mentions.iter().map(|&(name, why)| (&references[name], why)).collect();
        let holders: Vec<_> = named.holders.iter().map(|key| Some(format_smolstr!("holder|{}", key.as_ref()?))).collect();
        let tables = rows(article, &Who::of(article, mentions, holders.iter().map(Option::as_ref)));
        let report = |(row, r): (&ClaimRow, Report<'_>)| ReportRow {
            claim_id: row.claim_id.clone(),
            sentence: count(r.sentence),
            nth: count(r.nth),
            words: groups::hex(r.words).into(),
            quotation: r.quotation.map(|q| groups::hex(q).into()),
        };
        let reports = tables.claims.iter().zip(reports_of(article, &tables.claims)).map(report).collect();
        let written = |(name, reference): (&Name, &SmolStr)| {
            let row = |(written, kind, n): (&str, EntityKind, usize)| NameRow {
                name: reference.clone(),
                folded: name.folded.clone().into(),
                person: name.person,
                key: name.key.clone().map(Into::into),
                written: Some(SmolStr::new(written)),
                kind: Some(kind),
                count: count(n),
            };
            name.written.iter().map(row).collect::<Vec<_>>()
        };
        let holder = |(key, reference): (&Option<Arc<str>>, &Option<SmolStr>)| {
            Some(NameRow {
                name: reference.clone()?,
                folded: SmolStr::default(),
                person: true,
                key: key.clone().map(Into::into),
                written: None,
                kind: None,
                count: 0,
            })
        };
        let names = named.names.iter().zip(&references).flat_map(written);
        Self {
            names: names.chain(named.holders.iter().zip(&holders).filter_map(holder)).collect(),
            reports,
            signature: article.signature(),
            tables,
        }
    }
}

/// Own if nothing in a sentence is attributed, the attribution's kind if all of it is, mixed otherwise.
fn sentence_voice(article: &Article, sentence: Span) -> Voice {
    let mut inside = overlapping(&article.quotes, sentence).filter(|q| q.kind != QuoteKind::Scare).peekable();
    if inside.peek().is_none() {
        return Voice::Own;
    }
    // Marks at the ends belong to the quotation's sentence but not to its content.
    let text = &article.document.text;
    let letters = |s: Span| s.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    let whole = letters(sentence);
    inside
        .find(|q| letters(Span::new(q.span.start.max(sentence.start), q.span.end.min(sentence.end))) == whole)
        .map_or(Voice::Mixed, |q| voice_at(std::slice::from_ref(q), q.span).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;
    use crate::pack::Packs;

    #[test]
    fn a_corpus_in_any_number_of_pieces_gives_the_same_rows() {
        let whole = corpus::open("data/articles".as_ref()).unwrap();
        let extractor = Extractor::new(&Packs::shipped()).unwrap();
        // Each paragraph is a document, so that names, duplicates and claims meet over many.
        let paragraphs = |s: &Source| -> Vec<Source> {
            let part =
                |(i, text): (usize, &str)| Source { text: text.to_owned(), id: Some(format!("{}#{i}", s.path)), skip: 0, ..s.clone() };
            s.text.split('\n').filter(|p| p.len() > 60).enumerate().map(part).take(60).collect()
        };
        let sources: Vec<Source> = whole.sources.iter().flat_map(paragraphs).collect();
        assert!(sources.len() > 100, "{}", sources.len());
        let folder = tempfile::tempdir().unwrap();
        let in_pieces = |n: usize| {
            let room = if n == 1 { Room::default() } else { Room::in_folder(folder.path()) };
            let mut open = Open::new(&[], None, room);
            let mut pieces: Vec<Tables> = Vec::new();
            for piece in sources.chunks(sources.len().div_ceil(n)) {
                let extracting = open.extracting(&extractor);
                pieces.push(open.take_all(piece.iter().map(|s| extracting.piece(s)).collect()));
            }
            let mut closed = open.close();
            let mut out = Tables::default();
            for mut piece in pieces {
                closed.fill(&mut piece);
                out.extend(piece);
            }
            out.entities = closed.entities(0..closed.joined.entities.count());
            out
        };
        let one = in_pieces(1);
        assert!(one.entities.iter().any(|e| e.documents > 2) && one.claims.iter().all(|c| c.claim_group.is_some()));
        for n in [7, 100] {
            assert!(in_pieces(n) == one, "{n} pieces");
        }
    }
}
