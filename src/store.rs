//! What a corpus leaves until its end, in files: the memory that it takes is the same for any number of documents.
//!
//! 1. [`Paged`] is bytes that are read and written anywhere. The pages that were used last are in memory, the others in a file.
//!    [`Array`] is rows of one length in it, [`Table`] looks a number up by a hash, [`Texts`] are rows of any length.
//! 2. [`Dealt`] is rows that are dealt out by what they have in common, to be read again one deal after the other. [`Hashed`] are rows that are dealt out
//!    by a hash: what is found of those of one deal, while only they are in memory, is taken again in the order in which all came ([`Answers`]), so that
//!    what has the same hash meets without a table in which each is looked for at another place.
//!
//! Files are made when there is too much for the memory, have no name, and are gone with the program however it ends. What goes wrong with one is
//! noted in its [`Room`], so that who looks something up need not ask each time; after that, what is read may be anything.

use std::fs::File;
use std::io::{self, Read};
#[cfg(unix)]
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// Where files go, if anything may leave the memory at all.
#[derive(Clone, Debug, Default)]
pub struct Room(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    failed: Mutex<Option<io::Error>>,
}

impl Room {
    /// Files in a folder; [`Room::default`] is the memory alone.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self(Some(Arc::new(Inner { folder: folder.to_owned(), failed: Mutex::default() })))
    }

    /// Whether all that was kept is there.
    ///
    /// # Errors
    /// The first that a file had.
    pub fn check(&self) -> Result<()> {
        let Some(inner) = &self.0 else { return Ok(()) };
        let failed = inner.failed.lock().ok().and_then(|mut failed| failed.take());
        failed.map_or(Ok(()), |e| Err(Error::io(&inner.folder)(e)))
    }

    fn noted<T>(&self, what: io::Result<T>) -> Option<T> {
        let note = |e| {
            if let Some(mut failed) = self.0.as_ref().and_then(|inner| inner.failed.lock().ok()) {
                failed.get_or_insert(e);
            }
        };
        what.map_err(note).ok()
    }

    /// A file, made if there is none yet.
    fn file<'f>(&self, file: &'f mut Option<File>) -> Option<&'f File> {
        if file.is_none() {
            *file = self.0.as_ref().and_then(|inner| self.noted(tempfile::tempfile_in(&inner.folder)));
        }
        file.as_ref()
    }
}

/// Bytes of one page.
const PAGE: usize = 1 << 12;

/// No page's place.
const NONE: u32 = u32::MAX;

/// Bytes at any place, which are 0 until they are written.
#[derive(Debug)]
pub(crate) struct Paged {
    room: Room,
    file: Option<File>,
    /// Pages below have been in the file.
    written: usize,
    /// For each page its place in memory.
    places: Vec<u32>,
    frames: Vec<Frame>,
    most: usize,
    /// Where the next page to leave is looked for: the first that was not used since the last look (the "clock" of Corbató, 1968).
    hand: usize,
}

#[derive(Debug)]
struct Frame {
    page: u32,
    used: bool,
    changed: bool,
    bytes: Box<[u8; PAGE]>,
}

impl Paged {
    /// With so many bytes in memory, at most.
    pub(crate) fn new(room: &Room, most: usize) -> Self {
        let most = if room.0.is_some() { (most / PAGE).max(2) } else { usize::MAX };
        Self { room: room.clone(), file: None, written: 0, places: Vec::new(), frames: Vec::new(), most, hand: 0 }
    }

    #[inline]
    fn frame(&mut self, page: usize) -> &mut Frame {
        let at = match self.places.get(page) {
            Some(&at) if at != NONE => at as usize,
            _ => self.fetch(page),
        };
        let frame = &mut self.frames[at];
        frame.used = true;
        frame
    }

    /// Brings a page into memory and tells its place there.
    #[cold]
    fn fetch(&mut self, page: usize) -> usize {
        if page >= self.places.len() {
            self.places.resize(page + 1, NONE);
        }
        let at = self.free();
        self.places[page] = at as u32;
        let Frame { page: of, bytes, .. } = &mut self.frames[at];
        *of = page as u32;
        let file = self.file.as_ref().filter(|_| page < self.written);
        // A page that can't be read is empty: who follows what it says comes to an end.
        if file.and_then(|file| self.room.noted(read_at(file, (page * PAGE) as u64, &mut bytes[..]))).is_none() {
            bytes.fill(0);
        }
        at
    }

    /// A place for one more page.
    fn free(&mut self) -> usize {
        if self.frames.len() < self.most {
            self.frames.push(Frame { page: 0, used: false, changed: false, bytes: Box::new([0; PAGE]) });
            return self.frames.len() - 1;
        }
        loop {
            self.hand = (self.hand + 1) % self.frames.len();
            let frame = &mut self.frames[self.hand];
            if std::mem::take(&mut frame.used) {
                continue;
            }
            let page = frame.page as usize;
            self.places[page] = NONE;
            if std::mem::take(&mut frame.changed)
                && let Some(file) = self.room.file(&mut self.file)
            {
                self.room.noted(write_at(file, (page * PAGE) as u64, &frame.bytes[..]));
                self.written = self.written.max(page + 1);
            }
            return self.hand;
        }
    }

    fn read(&mut self, mut from: u64, mut out: &mut [u8]) {
        while !out.is_empty() {
            let (page, at) = ((from / PAGE as u64) as usize, (from % PAGE as u64) as usize);
            let (here, rest) = out.split_at_mut(out.len().min(PAGE - at));
            here.copy_from_slice(&self.frame(page).bytes[at..at + here.len()]);
            from += here.len() as u64;
            out = rest;
        }
    }

    fn write(&mut self, mut from: u64, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (page, at) = ((from / PAGE as u64) as usize, (from % PAGE as u64) as usize);
            let (here, rest) = bytes.split_at(bytes.len().min(PAGE - at));
            let frame = self.frame(page);
            frame.bytes[at..at + here.len()].copy_from_slice(here);
            frame.changed = true;
            from += here.len() as u64;
            bytes = rest;
        }
    }

    /// None yet, with as much room.
    fn another(&self) -> Self {
        Self { most: self.most, ..Self::new(&self.room, 0) }
    }

    /// How many bytes of it are in memory.
    #[cfg(test)]
    pub(crate) fn in_memory(&self) -> usize {
        self.frames.len() * PAGE
    }
}

/// Fills `out` from a place in a file; behind its end there is 0.
fn read_at(file: &File, mut from: u64, mut out: &mut [u8]) -> io::Result<()> {
    while !out.is_empty() {
        match read_some(file, from, out) {
            Ok(0) => break,
            Ok(n) => (from, out) = (from + n as u64, &mut out[n..]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    out.fill(0);
    Ok(())
}

#[cfg(unix)]
fn read_some(file: &File, from: u64, out: &mut [u8]) -> io::Result<usize> {
    file.read_at(out, from)
}

#[cfg(unix)]
fn write_at(file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    file.write_all_at(bytes, at)
}

#[cfg(not(unix))]
fn read_some(mut file: &File, from: u64, out: &mut [u8]) -> io::Result<usize> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(from))?;
    file.read(out)
}

#[cfg(not(unix))]
fn write_at(mut file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(at))?;
    io::Write::write_all(&mut file, bytes)
}

/// Rows of `N` bytes, none over the end of a page.
#[derive(Debug)]
pub(crate) struct Array<const N: usize>(Paged);

impl<const N: usize> Array<N> {
    pub(crate) fn new(room: &Room, most: usize) -> Self {
        Self(Paged::new(room, most))
    }

    #[inline]
    pub(crate) fn get(&mut self, row: usize) -> [u8; N] {
        let at = row % (PAGE / N) * N;
        let bytes = &self.0.frame(row / (PAGE / N)).bytes[at..];
        bytes.first_chunk().copied().unwrap_or([0; N])
    }

    pub(crate) fn set(&mut self, row: usize, bytes: [u8; N]) {
        let at = row % (PAGE / N) * N;
        let frame = self.0.frame(row / (PAGE / N));
        frame.bytes[at..at + N].copy_from_slice(&bytes);
        frame.changed = true;
    }
}

/// Texts one after the other, found by where they begin.
#[derive(Debug)]
pub(crate) struct Texts {
    bytes: Paged,
    end: u64,
    /// Each begins at a multiple of so many bytes, so that where is a smaller number.
    step: u64,
}

impl Texts {
    pub(crate) fn new(room: &Room, most: usize, step: u64) -> Self {
        Self { bytes: Paged::new(room, most), end: 0, step }
    }

    /// Keeps a text and tells where it begins, in steps.
    pub(crate) fn push(&mut self, text: &[u8]) -> u32 {
        let at = self.end.next_multiple_of(self.step);
        self.bytes.write(at, &(text.len() as u32).to_le_bytes());
        self.bytes.write(at + 4, text);
        self.end = at + 4 + text.len() as u64;
        u32::try_from(at / self.step).unwrap_or(u32::MAX)
    }

    pub(crate) fn get(&mut self, at: u32) -> Vec<u8> {
        let at = u64::from(at) * self.step;
        let mut length = [0; 4];
        self.bytes.read(at, &mut length);
        // Whatever a broken file says, no more than there is.
        let length = u64::from(u32::from_le_bytes(length)).min(self.end.saturating_sub(at + 4));
        let mut text = vec![0; length as usize];
        self.bytes.read(at + 4, &mut text);
        text
    }

    #[cfg(test)]
    pub(crate) fn in_memory(&self) -> usize {
        self.bytes.in_memory()
    }
}

/// Numbers by hashes, as many to a hash as are added. Of a hash the first `N - 4` bytes are kept; a few others may share them.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    /// The number and 1, or 0 where there is none, and the bytes of the hash; in the order of the hashes as far as there is room.
    slots: Array<N>,
    size: usize,
    used: usize,
}

impl<const N: usize> Table<N> {
    pub(crate) fn new(room: &Room, most: usize) -> Self {
        Self { slots: Array::new(room, most), size: PAGE / N, used: 0 }
    }

    /// The numbers of a hash, in no order.
    pub(crate) fn all(&mut self, hash: u64, mut each: impl FnMut(u32)) {
        let bytes = hash.to_be_bytes();
        for at in self.places(hash) {
            let slot = self.slots.get(at);
            let (number, other) = parted(&slot);
            if number == 0 {
                return;
            }
            if *other == bytes[..N - 4] {
                each(number - 1);
            }
        }
    }

    /// The number that was added first, of a hash that has one at most.
    pub(crate) fn get(&mut self, hash: u64) -> Option<u32> {
        let mut found = None;
        self.all(hash, |number| found = Some(number));
        found
    }

    pub(crate) fn add(&mut self, hash: u64, number: u32) {
        if (self.used + 1) * 3 > self.size * 2 {
            let (mut slots, size) = (Array(self.slots.0.another()), self.size);
            std::mem::swap(&mut slots, &mut self.slots);
            self.size *= 2;
            // In the order of the hashes, so that a page is not asked for twice.
            for slot in (0..size).map(|at| slots.get(at)).filter(|slot| parted(slot).0 != 0) {
                self.put(slot);
            }
        }
        let mut slot = [0; N];
        slot[..4].copy_from_slice(&number.saturating_add(1).to_le_bytes());
        slot[4..].copy_from_slice(&hash.to_be_bytes()[..N - 4]);
        self.put(slot);
        self.used += 1;
    }

    fn put(&mut self, slot: [u8; N]) {
        let top = slot[4..].first_chunk().copied().unwrap_or_default();
        for at in self.places(u64::from(u32::from_be_bytes(top)) << 32) {
            if parted(&self.slots.get(at)).0 == 0 {
                return self.slots.set(at, slot);
            }
        }
    }

    /// Where the numbers of a hash may be: all places, from the one on that is its own.
    fn places(&self, hash: u64) -> impl Iterator<Item = usize> + use<N> {
        let own = (((hash >> 32) * self.size as u64) >> 32) as usize;
        (own..self.size).chain(0..own)
    }

    #[cfg(test)]
    pub(crate) fn in_memory(&self) -> usize {
        self.slots.0.in_memory()
    }
}

/// The number of a slot, and the bytes of its hash.
fn parted(slot: &[u8]) -> (u32, &[u8]) {
    slot.split_first_chunk().map_or((0, slot), |(number, hash)| (u32::from_le_bytes(*number), hash))
}

/// Rows dealt out by what they have in common: each deal is read again from its first row on.
#[derive(Debug)]
pub(crate) struct Dealt {
    room: Room,
    file: Option<File>,
    end: u64,
    deals: Vec<Deal>,
}

#[derive(Clone, Debug, Default)]
struct Deal {
    /// Where in the file its stretches begin: so many at once are its own that the list of them is short.
    stretches: Vec<u64>,
    /// How many blocks of them are written.
    blocks: usize,
    /// What is not in the file yet.
    last: Vec<u8>,
    rows: usize,
}

impl Deal {
    /// Where a block stands in the file.
    fn place(&self, block: usize) -> Option<u64> {
        let stretch = self.stretches.get(block / Dealt::STRETCH)?;
        Some(stretch + (block % Dealt::STRETCH * Dealt::BLOCK) as u64)
    }
}

/// Adds a row behind its length, so that it is read as a whole too.
fn pack(row: &impl Serialize, bytes: &mut Vec<u8>) -> postcard::Result<()> {
    let length = bytes.len();
    bytes.extend([0; 4]);
    let from = bytes.len();
    *bytes = postcard::to_extend(row, std::mem::take(bytes))?;
    let packed = (bytes.len() - from) as u32;
    bytes[length..from].copy_from_slice(&packed.to_le_bytes());
    Ok(())
}

/// How far a deal is read.
#[derive(Clone, Debug, Default)]
struct Cursor {
    deal: usize,
    /// How many blocks are read, and the one that is being read.
    blocks: usize,
    block: Vec<u8>,
    at: usize,
}

impl Dealt {
    /// Bytes of a deal that wait in memory.
    const BLOCK: usize = 1 << 12;
    /// Blocks of a deal that stand side by side in the file.
    const STRETCH: usize = 16;

    pub(crate) fn new(room: &Room, deals: usize) -> Self {
        Self { room: room.clone(), file: None, end: 0, deals: vec![Deal::default(); deals] }
    }

    /// Adds a row to a deal: what `write` writes.
    pub(crate) fn add<T>(&mut self, deal: usize, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let written = write(&mut self.deals[deal].last);
        self.deals[deal].rows += 1;
        self.make_room(deal);
        written
    }

    /// Adds bytes to a deal, by the block.
    fn extend(&mut self, deal: usize, bytes: &[u8]) {
        for block in bytes.chunks(Self::BLOCK) {
            self.deals[deal].last.extend(block);
            self.make_room(deal);
        }
    }

    /// Puts what waits of a deal into the file, if there is enough of it.
    fn make_room(&mut self, deal: usize) {
        let deal = &mut self.deals[deal];
        if deal.last.len() < Self::BLOCK {
            return;
        }
        let Some(file) = self.room.file(&mut self.file) else { return };
        let (blocks, rest) = deal.last.as_chunks::<{ Self::BLOCK }>();
        for block in blocks {
            let place = deal.place(deal.blocks).unwrap_or_else(|| {
                let begin = self.end;
                deal.stretches.push(begin);
                self.end += (Self::STRETCH * Self::BLOCK) as u64;
                begin
            });
            self.room.noted(write_at(file, place, block));
            deal.blocks += 1;
        }
        deal.last.drain(..deal.last.len() - rest.len());
    }

    /// Adds a row that is packed as a whole.
    #[cfg(feature = "worker")]
    pub(crate) fn add_row(&mut self, deal: usize, row: &impl Serialize) {
        if let Err(e) = self.add(deal, |bytes| pack(row, bytes)) {
            self.broken(e);
        }
    }

    /// Such rows of a deal.
    pub(crate) fn packed<T: DeserializeOwned>(&self, deal: usize) -> impl Iterator<Item = T> {
        let (mut bytes, mut row) = (self.read(deal), Vec::new());
        let mut next = move || {
            let mut length = [0; 4];
            bytes.read_exact(&mut length)?;
            row.clear();
            bytes.by_ref().take(u32::from_le_bytes(length).into()).read_to_end(&mut row)?;
            postcard::from_bytes(&row).map_err(io::Error::other)
        };
        (0..self.rows(deal)).map_while(move |_| next().map_err(|e| self.broken(e)).ok())
    }

    /// The number of rows of a deal.
    pub(crate) fn rows(&self, deal: usize) -> usize {
        self.deals[deal].rows
    }

    /// The bytes of a deal.
    pub(crate) fn read(&self, deal: usize) -> impl Read {
        Reading { dealt: self, cursor: Cursor { deal, ..Cursor::default() } }
    }

    /// Notes that a row can't be read.
    pub(crate) fn broken(&self, why: impl Into<Box<dyn std::error::Error + Send + Sync>>) {
        self.room.noted::<()>(Err(io::Error::other(why)));
    }

    fn fill(&self, cursor: &mut Cursor, out: &mut [u8]) -> usize {
        let deal = &self.deals[cursor.deal];
        while cursor.at == cursor.block.len() && cursor.blocks <= deal.blocks {
            cursor.at = 0;
            match (deal.place(cursor.blocks).filter(|_| cursor.blocks < deal.blocks), &self.file) {
                (Some(place), Some(file)) => {
                    cursor.block.resize(Self::BLOCK, 0);
                    self.room.noted(read_at(file, place, &mut cursor.block));
                }
                _ => cursor.block.clone_from(&deal.last),
            }
            cursor.blocks += 1;
        }
        let rest = &cursor.block[cursor.at..];
        let n = rest.len().min(out.len());
        out[..n].copy_from_slice(&rest[..n]);
        cursor.at += n;
        n
    }
}

struct Reading<'d> {
    dealt: &'d Dealt,
    cursor: Cursor,
}

impl Read for Reading<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        Ok(self.dealt.fill(&mut self.cursor, out))
    }
}

/// Deals that are taken again a row at a time, from any of them.
#[derive(Debug)]
pub(crate) struct Taken {
    dealt: Dealt,
    cursors: Vec<Cursor>,
}

impl Taken {
    pub(crate) fn new(dealt: Dealt) -> Self {
        let cursors = (0..dealt.deals.len()).map(|deal| Cursor { deal, ..Cursor::default() }).collect();
        Self { dealt, cursors }
    }

    /// The next bytes of a deal.
    pub(crate) fn next<const N: usize>(&mut self, deal: usize) -> Option<[u8; N]> {
        let mut out = [0; N];
        self.fill(deal, &mut out).then_some(out)
    }

    /// As many of them as are asked for, if there are as many.
    pub(crate) fn fill(&mut self, deal: usize, mut out: &mut [u8]) -> bool {
        while !out.is_empty() {
            match self.dealt.fill(&mut self.cursors[deal], out) {
                0 => return false,
                n => out = &mut out[n..],
            }
        }
        true
    }
}

/// Rows dealt out by a hash, and the order in which they came.
#[derive(Debug)]
pub(crate) struct Hashed {
    room: Room,
    rows: Dealt,
    /// The deal of each row.
    order: Dealt,
}

impl Hashed {
    /// The number of deals.
    pub(crate) const DEALS: usize = 1 << u8::BITS;

    pub(crate) fn new(room: &Room) -> Self {
        Self { room: room.clone(), rows: Dealt::new(room, Self::DEALS), order: Dealt::new(room, 1) }
    }

    /// Adds a row: what `write` writes.
    pub(crate) fn add<T>(&mut self, hash: u64, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let deal = hash as u8;
        self.order.add(0, |bytes| bytes.push(deal));
        self.rows.add(deal.into(), write)
    }

    /// Adds a row that is packed as a whole.
    pub(crate) fn add_row(&mut self, hash: u64, row: &impl Serialize) {
        if let Err(e) = self.add(hash, |bytes| pack(row, bytes)) {
            self.rows.broken(e);
        }
    }

    /// Adds a row of its hash and a number.
    pub(crate) fn add_number(&mut self, hash: u64, number: u32) {
        self.add(hash, |bytes| {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(number.to_le_bytes());
        });
    }

    /// The hashes and numbers of a deal, in the order in which they were added.
    pub(crate) fn numbers(&self, deal: usize) -> impl Iterator<Item = (u64, u32)> {
        let mut bytes = self.rows.read(deal);
        (0..self.rows.rows(deal)).map_while(move |_| {
            let (mut hash, mut number) = ([0; 8], [0; 4]);
            bytes.read_exact(&mut hash).and_then(|()| bytes.read_exact(&mut number)).ok()?;
            Some((u64::from_le_bytes(hash), u32::from_le_bytes(number)))
        })
    }

    /// What `find` finds of the rows of each deal, each after the one before. As many deals are in memory as there are threads.
    pub(crate) fn answers<F: IntoIterator<Item: AsRef<[u8]>>>(self, find: impl Fn(&Dealt, usize) -> F + Sync) -> Answers {
        let answers = Mutex::new(Dealt::new(&self.room, Self::DEALS));
        (0..Self::DEALS).into_par_iter().with_max_len(1).for_each(|deal| {
            let found = find(&self.rows, deal);
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            found.into_iter().for_each(|found| answers.extend(deal, found.as_ref()));
        });
        Answers::new(self.order, answers.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// For each of its rows, in order, its number and what `pick` picks of the numbers that `known` has with the same hash, which are in order too.
    pub(crate) fn matched(self, known: &Self, pick: impl FnMut(&[u32]) -> Option<u32>) -> Answers {
        let answers = self.picked(known, pick);
        Answers::new(self.order, answers)
    }

    /// The same of the rows themselves.
    pub(crate) fn matched_with_own(self, pick: impl FnMut(&[u32]) -> Option<u32>) -> Answers {
        let answers = self.picked(&self, pick);
        Answers::new(self.order, answers)
    }

    fn picked(&self, known: &Self, mut pick: impl FnMut(&[u32]) -> Option<u32>) -> Dealt {
        let mut answers = Dealt::new(&self.room, Self::DEALS);
        for deal in 0..Self::DEALS {
            let mut sorted: Vec<(u64, u32)> = known.numbers(deal).collect();
            sorted.sort_unstable();
            // Once for each hash: very many may have the same.
            let pick_of = |same: &[(u64, u32)]| {
                let numbers: Vec<u32> = same.iter().map(|(_, number)| *number).collect();
                Some((same.first()?.0, pick(&numbers)?.saturating_add(1)))
            };
            let picks: HashMap<u64, u32> = sorted.chunk_by(|a, b| a.0 == b.0).filter_map(pick_of).collect();
            for (hash, number) in self.numbers(deal) {
                let picked = picks.get(&hash).copied().unwrap_or(0);
                answers.add(deal, |bytes| bytes.extend([number, picked].map(u32::to_le_bytes).as_flattened()));
            }
        }
        answers
    }
}

/// What was found of rows, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Answers {
    order: Taken,
    found: Taken,
    deal: u8,
}

impl Answers {
    fn new(order: Dealt, answers: Dealt) -> Self {
        Self { order: Taken::new(order), found: Taken::new(answers), deal: 0 }
    }

    /// The beginning of the next answer.
    pub(crate) fn next<const N: usize>(&mut self) -> Option<[u8; N]> {
        [self.deal] = self.order.next(0)?;
        self.more()
    }

    /// The next bytes of the answer.
    pub(crate) fn more<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.found.next(self.deal.into())
    }

    /// As many of them as are asked for, if there are as many.
    pub(crate) fn fill(&mut self, out: &mut [u8]) -> bool {
        self.found.fill(self.deal.into(), out)
    }

    /// What was matched: the number of each row, and the one that was picked.
    pub(crate) fn numbers(mut self) -> impl Iterator<Item = (u32, Option<u32>)> {
        std::iter::from_fn(move || {
            let (number, picked) = (self.next()?, self.more()?);
            Some((u32::from_le_bytes(number), u32::from_le_bytes(picked).checked_sub(1)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_wherever_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::in_folder(folder.path());
        let mut die = fastrand::Rng::with_seed(7);
        let (mut rows, mut known) = (Array::<12>::new(&room, 3 * PAGE), vec![[0; 12]; 5000]);
        let (mut texts, mut kept) = (Texts::new(&room, 3 * PAGE, 8), Vec::new());
        let (mut table, mut numbers) = (Table::<12>::new(&room, 3 * PAGE), std::collections::HashMap::<u64, Vec<u32>>::new());
        for n in 0..20_000_u32 {
            let (row, bytes) = (die.usize(..known.len()), std::array::from_fn(|_| die.u8(..)));
            rows.set(row, bytes);
            known[row] = bytes;
            let text = vec![die.u8(..); if n % 5000 == 0 { 3 * PAGE } else { die.usize(..30) }];
            kept.push((texts.push(&text), text));
            // Many of the same hash, and hashes of the same place.
            let hash = if n % 9 == 0 { u64::MAX - u64::from(n % 50) } else { die.u64(..) };
            table.add(hash, n);
            numbers.entry(hash).or_default().push(n);
        }
        assert!((0..known.len()).all(|row| rows.get(row) == known[row]) && rows.get(1 << 20) == [0; 12]);
        assert!(kept.iter().all(|(at, text)| texts.get(*at) == *text));
        for (hash, numbers) in numbers {
            let mut found = Vec::new();
            table.all(hash, |number| found.push(number));
            found.sort_unstable();
            assert_eq!(found, numbers);
        }
        assert_eq!([rows.0.in_memory(), texts.in_memory(), table.in_memory()], [3 * PAGE; 3]);
        assert!(room.check().is_ok() && std::fs::read_dir(folder.path()).unwrap().count() == 0);
    }

    #[test]
    fn rows_are_dealt_out_and_taken_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        for room in [Room::in_folder(folder.path()), Room::default()] {
            let mut dealt = Dealt::new(&room, 3);
            (0..9000_u64).for_each(|n| dealt.add((n % 7 % 3) as usize, |bytes| bytes.extend(n.to_le_bytes())));
            let mut bytes = Vec::new();
            dealt.read(1).read_to_end(&mut bytes).unwrap();
            assert_eq!((bytes.len(), bytes[..8].to_vec()), (dealt.rows(1) * 8, 1_u64.to_le_bytes().to_vec()));
            assert!(room.0.is_none() || dealt.deals.iter().all(|deal| deal.last.len() < Dealt::BLOCK));
            let mut taken = Taken::new(dealt);
            assert!((0..9000_u64).all(|n| taken.next((n % 7 % 3) as usize) == Some(n.to_le_bytes())));
            assert_eq!(taken.next::<1>(0), None);
        }
    }

    #[test]
    fn what_is_found_of_each_deal_is_taken_in_the_order_of_the_rows() {
        let folder = tempfile::tempdir().unwrap();
        for room in [Room::in_folder(folder.path()), Room::default()] {
            let hash = |n: u32| u64::from(n % 4099) << 50 | u64::from(n % 1009);
            let hashed = |rows: std::ops::Range<u32>| {
                let mut hashed = Hashed::new(&room);
                rows.for_each(|n| hashed.add_number(hash(n), n));
                hashed
            };
            let all = || hashed(0..20_000);
            let first: Vec<_> = hashed(0..30_000).matched(&all(), |same| same.first().copied()).numbers().collect();
            let known: std::collections::HashMap<u64, u32> = (0..20_000).rev().map(|n| (hash(n), n)).collect();
            assert!(first.iter().zip(0..).all(|(found, n)| *found == (n, known.get(&hash(n)).copied())) && first.len() == 30_000);
            assert!(all().matched_with_own(|same| same.last().copied()).numbers().all(|(n, last)| last.is_some_and(|last| last >= n)));
            let mut answers = all().answers(|rows, deal| [vec![7; rows.rows(deal) * 3]]);
            assert!((0..20_000).all(|_| answers.next() == Some([7; 2]) && answers.more() == Some([7])) && answers.next::<1>().is_none());
        }
    }

    #[test]
    fn a_file_that_cannot_be_made_is_told() {
        let room = Room::in_folder(Path::new("no such folder"));
        let mut texts = Texts::new(&room, 0, 8);
        for _ in 0..9 {
            texts.push(&[7; PAGE]);
        }
        assert!(room.check().is_err_and(|e| e.to_string().contains("no such folder")) && room.check().is_ok());
    }
}
