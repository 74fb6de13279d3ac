//! From a corpus to rows: articles side by side, then what joins them.

mod cache;
mod open;
mod order;

use std::borrow::Borrow;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use foldhash::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

use self::cache::{Cache, Known};
use self::open::{Closed, Filling, Joint, Left, Open, Times, add_times};
#[cfg(feature = "worker")]
pub(crate) use self::open::{Told, groups_of};
use self::order::in_order;
use crate::article::{Article, Extractor, Stopwatch};
use crate::corpus::{Alias, Corpus, Problem, Reader, Source};
use crate::error::{Error, Result};
use crate::find::casualties::Passed;
use crate::find::quotes::{overlapping, voice_at};
use crate::join::claims::Claim;
use crate::join::duplicates::Signature;
use crate::join::entities::{Apart, Entity, Name, Named, Names};
use crate::join::groups::{self, Report, digest};
use crate::span::Span;
use crate::store::Room;
use crate::tables::{
    Blocks, ClaimRow, DateRow, DocumentRow, EditRow, EntityRow, FigureRow, Files, Format, MentionRow, NameRow, ProblemRow, QuoteRow,
    ReportRow, SentenceRow, Tables, TermRow,
};
use crate::vocabulary::{EditKind, EntityKind, Joining, QuoteKind, Reason, Severity, Voice};

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
    let extracting = Extracting { extractor, apart: Apart::of(&corpus.aliases), cache: None };
    let each = |source| {
        let worked = extracting.all(std::slice::from_ref(source));
        done();
        worked
    };
    let worked: Vec<Worked> = corpus.sources.par_iter().map(each).collect();
    let mut whole = Whole::new(&corpus.aliases);
    worked.into_iter().for_each(|worked| whole.take(worked));
    whole.close(&corpus.problems)
}

/// Documents that are extracted one after the other, at most.
const BATCH: usize = 64;
/// Bytes of text that are extracted one after the other, at most, unless a single text has more.
const BATCH_BYTES: usize = 32 << 10;
/// Bytes of text that are read before for each thread. Their rows are some thirty times as large.
const BYTES_AHEAD: usize = 2 * BATCH_BYTES;
/// Bytes of rows that are read before for each thread when they are filled.
const ROWS_AHEAD: usize = 1 << 18;

/// Rows of entities that are written at once.
const ENTITIES: usize = 1 << 8;

/// How far an extraction is.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Documents that are extracted.
    pub documents: usize,
    /// Bytes of the corpus's files that they take up, about.
    pub bytes: u64,
}

/// The same from a corpus as it is read: of the sources no more than some are in memory, however large the files are. `done` is
/// called after each document, from any thread. `cache` is the file of what documents gave in the last run, for this one and the next.
///
/// # Errors
/// If the cache can't be put in its place.
pub fn extract_from(extractor: &Extractor, reader: &mut Reader, cache: Option<&Path>, done: impl Fn(Done) + Sync) -> Result<Extraction> {
    let aliases = reader.aliases.clone();
    let cache = cache.map(|path| Cache::open(path, extractor, &aliases));
    let extracting = Extracting { extractor, apart: Apart::of(&aliases), cache: cache.as_ref() };
    let (progress, mut whole) = (Progress::new(done), Whole::new(&aliases));
    let take = |worked| {
        whole.take(worked);
        Ok(())
    };
    in_order(ahead(BYTES_AHEAD), || Ok(Batch::of(reader)), |batch| extracting.batch(batch, &progress), take)?;
    let whole = whole.close(&reader.problems);
    let reused = cache.map(Cache::close).transpose()?.unwrap_or(0);
    Ok(Extraction { reused, ..whole })
}

/// So many bytes for each thread.
fn ahead(bytes: usize) -> usize {
    bytes * rayon::current_num_threads()
}

/// Rows that wait in memory until the whole corpus is known.
struct Whole<'a> {
    open: Open<'a>,
    documents: Vec<(Left, Tables)>,
}

impl<'a> Whole<'a> {
    fn new(aliases: &'a [Alias]) -> Self {
        Self { open: Open::new(aliases, Room::default()), documents: Vec::new() }
    }

    fn take(&mut self, Worked { documents, times }: Worked) {
        self.documents.extend(documents.into_iter().map(|(document, rows)| (self.open.take(document), rows)));
        add_times(&mut self.open.times, times);
    }

    fn close(self, problems: &[Problem]) -> Extraction {
        let mut closed = self.open.close();
        let mut tables = Tables::default();
        for (left, mut rows) in self.documents {
            closed.next(&left).fill(&mut rows);
            tables.extend(rows);
        }
        tables.entities = closed.entities(0..closed.count());
        let own = std::mem::take(&mut tables.problems);
        tables.problems = problems.iter().map(problem).chain(own).collect();
        Extraction { tables, times: closed.times, reused: 0 }
    }
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
/// with the program however it ends, until the whole corpus is known, and so does what joins them: the names, a signature and what claims say.
/// Of these files so much is in memory as caches of a fixed size hold; only the list of the corpus's files and of
/// its problems grows. An extractor that is given, not lent, is let go before what joins the documents takes memory of its own.
/// The tables get their names when all are complete.
///
/// # Errors
/// If a file can't be written.
pub fn extract_to(
    extractor: impl Borrow<Extractor> + Sync,
    reader: &mut Reader,
    folder: &Path,
    formats: &[Format],
    cache: Option<&Path>,
    done: impl Fn(Done) + Sync,
) -> Result<Written> {
    let aliases = reader.aliases.clone();
    let cache = cache.map(|path| Cache::open(path, extractor.borrow(), &aliases));
    let room = Room::in_folder(folder);
    reader.within(&room);
    let extracting = Extracting { extractor: extractor.borrow(), apart: Apart::of(&aliases), cache: cache.as_ref() };
    let (progress, mut open) = (Progress::new(done), Open::new(&aliases, room.clone()));
    let (mut files, mut waiting) = (Files::new(folder, formats)?, Waiting::new(folder)?);
    let mut doubts = Vec::new();
    let next = || {
        room.check()?;
        Ok(Batch::of(reader))
    };
    let take = |worked: Result<Parted>| {
        let Parted { documents, now, later, problems, times } = worked?;
        doubts.extend(problems);
        let left = documents.into_iter().map(|document| open.take(document)).collect();
        add_times(&mut open.times, times);
        files.put(now)?;
        waiting.put(left, &later)
    };
    in_order(ahead(BYTES_AHEAD), next, |batch| Parted::of(extracting.batch(batch, &progress), formats), take)?;
    drop(extractor);
    let (mut closed, mut waiting) = (open.close(), waiting.again()?);
    room.check()?;
    let started = Instant::now();
    in_order(ahead(ROWS_AHEAD), || waiting.next(&mut closed), |batch| batch.filled(formats), |rows| files.put(rows?))?;
    let count = closed.count();
    let mut from = 0;
    let next = || {
        let rows = closed.entities(from..count.min(from + ENTITIES));
        from += ENTITIES;
        Ok((!rows.is_empty()).then_some((Tables { entities: rows, ..Tables::default() }, 1)))
    };
    in_order(rayon::current_num_threads(), next, |rows| rows.blocks(formats), |rows| files.put(rows?))?;
    let problems: Vec<ProblemRow> = reader.problems.iter().map(problem).chain(doubts).collect();
    files.put(Tables { problems: problems.clone(), ..Tables::default() }.blocks(formats)?)?;
    room.check()?;
    let rows = files.finish()?;
    add_times(&mut closed.times, [("write", started.elapsed())]);
    let reused = cache.map(Cache::close).transpose()?.unwrap_or(0);
    Ok(Written { rows, problems, times: closed.times, reused })
}

/// What some documents gave: what is complete as it is written, and what waits, packed.
struct Parted {
    documents: Vec<Joint>,
    now: Blocks,
    later: Vec<u8>,
    problems: Vec<ProblemRow>,
    times: Times,
}

impl Parted {
    fn of(worked: Worked, formats: &[Format]) -> Result<Self> {
        let started = Instant::now();
        let (mut documents, mut now, mut later) = (Vec::with_capacity(worked.documents.len()), Tables::default(), Vec::new());
        let (mut told, mut times) = (Vec::new(), worked.times);
        for (document, rows) in worked.documents {
            documents.push(document);
            let Tables { edits, sentences, dates, figures, problems, .. } = rows;
            told.extend(problems);
            now.extend(Tables { edits, sentences, dates, figures, ..Tables::default() });
            let waits =
                Tables { edits: Vec::new(), sentences: Vec::new(), dates: Vec::new(), figures: Vec::new(), problems: Vec::new(), ..rows };
            later = postcard::to_extend(&waits, later).map_err(unwritten)?;
        }
        let now = now.blocks(formats)?;
        times.push(("write", started.elapsed()));
        Ok(Self { documents, now, later, problems: told, times })
    }
}

/// Rows of batches in a file, until what joins them is known.
struct Waiting<F> {
    file: F,
    batches: usize,
}

impl Waiting<BufWriter<File>> {
    fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::io(folder))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 17, file), batches: 0 })
    }

    /// Adds the packed rows of some documents.
    fn put(&mut self, documents: Vec<Left>, rows: &[u8]) -> Result<()> {
        self.batches += 1;
        let left = postcard::to_stdvec(&documents).map_err(unwritten)?;
        let length = (left.len() + rows.len()) as u64;
        [&length.to_le_bytes()[..], &left, rows].into_iter().try_for_each(|part| self.file.write_all(part)).map_err(unwritten)
    }

    fn again(self) -> Result<Waiting<BufReader<File>>> {
        let mut file = self.file.into_inner().map_err(unwritten)?;
        file.rewind().map_err(unwritten)?;
        Ok(Waiting { file: BufReader::with_capacity(1 << 17, file), batches: self.batches })
    }
}

impl Waiting<BufReader<File>> {
    /// The packed rows of the next documents and what goes into them, with how many bytes they are.
    fn next(&mut self, closed: &mut Closed) -> Result<Option<(Batched, usize)>> {
        let Some(left) = self.batches.checked_sub(1) else { return Ok(None) };
        self.batches = left;
        let mut length = [0; 8];
        self.file.read_exact(&mut length).map_err(unwritten)?;
        let length = u64::from_le_bytes(length);
        let mut bytes = Vec::with_capacity(length as usize);
        self.file.by_ref().take(length).read_to_end(&mut bytes).map_err(unwritten)?;
        let (documents, rows): (Vec<Left>, &[u8]) = postcard::take_from_bytes(&bytes).map_err(unwritten)?;
        let documents = documents.iter().map(|left| closed.next(left)).collect();
        let from = bytes.len() - rows.len();
        Ok(Some((Batched { documents, bytes, from }, length as usize)))
    }
}

/// Packed rows of some documents, and what goes into those of each.
struct Batched {
    documents: Vec<Filling>,
    bytes: Vec<u8>,
    /// Where the rows begin.
    from: usize,
}

impl Batched {
    /// The rows as they are written.
    fn filled(self, formats: &[Format]) -> Result<Blocks> {
        let mut packed = &self.bytes[self.from..];
        let mut all = Tables::default();
        for filling in self.documents {
            let (mut rows, rest): (Tables, &[u8]) = postcard::take_from_bytes(packed).map_err(unwritten)?;
            packed = rest;
            filling.fill(&mut rows);
            all.extend(rows);
        }
        all.blocks(formats)
    }
}

fn unwritten(e: impl std::fmt::Display) -> Error {
    Error::Table { table: "all tables", message: e.to_string() }
}

/// Sources that are extracted one after the other.
struct Batch {
    sources: Vec<Source>,
    /// How many bytes of the corpus's files they take up.
    bytes: u64,
}

impl Batch {
    /// The next sources and how long their texts are; none at the end.
    fn of(reader: &mut Reader) -> Option<(Self, usize)> {
        let (mut sources, mut length, before) = (Vec::new(), 0, reader.bytes_read());
        while sources.len() < BATCH && length < BATCH_BYTES {
            let Some(source) = reader.next() else { break };
            length += source.text.len();
            sources.push(source);
        }
        (!sources.is_empty()).then(|| (Self { sources, bytes: reader.bytes_read() - before }, length))
    }
}

/// Tells how far an extraction is.
struct Progress<D> {
    tell: D,
    documents: AtomicUsize,
    bytes: AtomicU64,
}

impl<D: Fn(Done)> Progress<D> {
    fn new(tell: D) -> Self {
        Self { tell, documents: AtomicUsize::new(0), bytes: AtomicU64::new(0) }
    }

    /// One more document, and so many bytes.
    fn step(&self, bytes: u64) {
        let documents = self.documents.fetch_add(1, Ordering::Relaxed) + 1;
        (self.tell)(Done { documents, bytes: self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes });
    }
}

/// What some documents gave, and how long each stage took.
struct Worked {
    documents: Vec<(Joint, Tables)>,
    times: Times,
}

/// Makes sources into pieces, on any thread.
struct Extracting<'e> {
    extractor: &'e Extractor,
    apart: Apart,
    cache: Option<&'e Cache>,
}

impl Extracting<'_> {
    /// What some sources gave.
    fn all(&self, sources: &[Source]) -> Worked {
        let mut times = Stopwatch::start();
        let cached = |times: &mut Stopwatch| self.cache.iter().for_each(|_| times.lap("cache"));
        let known: Vec<Known> = sources.iter().map(|source| self.cache.map_or(Err(None), |cache| cache.known(source))).collect();
        let new: Vec<&Source> = sources.iter().zip(&known).filter_map(|(source, known)| known.is_err().then_some(source)).collect();
        cached(&mut times);
        let articles = self.extractor.articles(&new, &mut times);
        let mut new = articles.iter().map(|article| Piece::of(article, &self.apart)).collect::<Vec<_>>().into_iter();
        times.lap("rows");
        let piece = |known: Known| match known {
            Ok(piece) => Some(piece),
            Err(key) => new.next().inspect(|piece| {
                key.zip(self.cache).inspect(|(key, cache)| cache.keep(key, piece));
            }),
        };
        let pieces: Vec<Piece> = known.into_iter().filter_map(piece).collect();
        cached(&mut times);
        Worked { documents: pieces.into_iter().map(Joint::of).collect(), times: times.laps }
    }

    /// The same of a batch; its sources are let go as soon as their rows are there.
    fn batch(&self, batch: Batch, progress: &Progress<impl Fn(Done)>) -> Worked {
        let worked = self.all(&batch.sources);
        let (of, mut left) = (batch.sources.len() as u64, batch.bytes);
        for n in 0..of {
            let bytes = left / (of - n);
            left -= bytes;
            progress.step(bytes);
        }
        worked
    }
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
fn push_number(out: &mut String, n: usize) {
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
    let id = |table: &str, s: Span| {
        let mut id = String::with_capacity(d.id.len() + 32);
        [&d.id, ".", table, "."].into_iter().for_each(|part| id.push_str(part));
        push_number(&mut id, s.start);
        id.push('-');
        push_number(&mut id, s.end);
        SmolStr::new(&id)
    };
    let sentence_index = |s: Span| {
        let i = article.sentences.partition_point(|x| x.span.end <= s.start);
        article.sentences.get(i).filter(|x| x.span.start < s.end.max(s.start + 1)).map(|_| i)
    };
    let sentence_ids: Vec<SmolStr> = article.sentences.iter().map(|s| id("s", s.span)).collect();
    let sentence_id = |s: Span| sentence_index(s).map(|i| sentence_ids[i].clone());
    let entity = |s: Option<Span>| who.within(s?, text).cloned();

    let mut out = Tables::default();
    if article.read_by != d.language {
        let (language, other) = (d.language, article.read_by);
        out.problems.push(ProblemRow {
            path: SmolStr::new(&d.path),
            doc_id: Some(doc_id()),
            stage: SmolStr::new_static("language"),
            severity: Severity::Warning,
            message: format_smolstr!(
                "there are no rules for its language ({language}, as given or as it seems); it is read by those for {other}, which find little in it that is right"
            ),
        });
    }
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
            quote_id: id("q", q.span),
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
            mention_id: id("m", m.span),
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
            date_id: id("t", t.span),
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
    let of_claim = |table: &str, c: &Claim| format_smolstr!("{}.{}", id(table, c.count.figure.span), c.count.kind);
    let claim_ids: Vec<SmolStr> = article.claims.iter().map(|c| of_claim("c", c)).collect();
    let claim_id = |i: usize| claim_ids.get(i).cloned();
    for (c, own_id) in article.claims.iter().zip(&claim_ids) {
        let (raw_start, raw_end) = raw(c.count.figure.span);
        out.claims.push(ClaimRow {
            claim_id: own_id.clone(),
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
            figure_id: what.map_or_else(|_| id("n", span), |i| of_claim("n", &article.claims[i])),
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
            term_id: id("w", t.span),
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
    let mut inside = overlapping(&article.quotes, sentence).filter(|q| q.kind != QuoteKind::Scare && !q.meant).peekable();
    if inside.peek().is_none() {
        return Voice::Own;
    }
    // Marks at the ends belong to the quotation's sentence but not to its content.
    let text = &article.document.text;
    let words = |from: usize, to: usize| from < to && text[from..to].contains(char::is_alphanumeric);
    inside
        .find(|q| !words(sentence.start, q.span.start) && !words(q.span.end, sentence.end))
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
        let in_room = |room: &Room| {
            let extracting = Extracting { extractor: &extractor, apart: Apart::default(), cache: None };
            let mut whole = Whole { open: Open::new(&[], room.clone()), documents: Vec::new() };
            whole.take(extracting.all(&sources));
            whole.close(&[]).tables
        };
        let one = in_room(&Room::default());
        assert!(one.entities.iter().any(|e| e.documents > 2) && one.claims.iter().all(|c| c.claim_group.is_some()));
        assert!(in_room(&Room::in_folder(folder.path())) == one);
    }
}
