//! What each document gave in the last run, so that documents that did not change are not extracted again.
//!
//! 1. The key of a document is a hash of all that its rows are made from: its text, what the corpus says of it, the names that the user
//!    keeps apart, and the extractor ([`Extractor::sha256`]: program, packs, policy). What has another key is not found, so
//!    nothing has to be thrown away when one of them changes.
//! 2. A run reads from the file that the last run left, and writes another beside it, which takes its place when the run is complete:
//!    with what was found again and what is new, so that what is no longer in the corpus goes. One that is cut off, by whatever, leaves the
//!    old file and what it had written of the new one, and the next run takes up both. A lock tells such a file from one that is being written.
//! 3. The file is of this program only. Entries stand one after the other, each its key, its length, and the document's [`Piece`] packed
//!    with a check sum. One that can't be read, or doesn't pass, is as if it weren't there.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use foldhash::{HashMap, HashMapExt};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::Piece;
use crate::article::Extractor;
use crate::corpus::{Alias, Source};
use crate::error::{Error, Result};
use crate::tables::abandoned;

/// The file is no larger; documents that no longer fit in are extracted again each time.
const LARGEST: u64 = 1 << 30;

/// What the names of files begin with that are being written.
const PREFIX: &str = ".cache-";

type Key = [u8; 32];
/// What a document gave in the last run, or by what it will be known in the next one.
pub(super) type Known = std::result::Result<Piece, Option<Key>>;
/// A key and a length.
const HEAD: u64 = 32 + 4;

/// A file and a place in it in one number.
#[derive(Clone, Copy)]
struct Place(u64);

impl Place {
    /// No file is larger.
    const BITS: u32 = 40;

    fn new(file: usize, at: u64) -> Self {
        Self((file as u64) << Self::BITS | at)
    }

    fn parts(self) -> (usize, u64) {
        ((self.0 >> Self::BITS) as usize, self.0 & ((1 << Self::BITS) - 1))
    }
}

/// The beginning of a key.
fn short(key: &Key) -> u64 {
    key.first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
}

/// The file of the last run and that of this one.
pub(super) struct Cache {
    path: PathBuf,
    /// A hash of what is the same for all documents.
    common: Key,
    /// The file of the last run, and those of runs that were cut off.
    last: Vec<Mutex<File>>,
    /// The paths of the latter.
    cut_off: Vec<PathBuf>,
    /// In which file each entry stands, and where, by the beginning of its key: there may be very many.
    places: HashMap<u64, Place>,
    /// Nothing if it could not be written.
    next: Mutex<Option<Next>>,
    reused: AtomicUsize,
}

struct Next {
    file: BufWriter<NamedTempFile>,
    size: u64,
    /// An entry no longer fitted in.
    full: bool,
}

impl Cache {
    /// Takes up what the last run left at `path`, if anything; what can't be read is as if it weren't there.
    pub(super) fn open(path: &Path, extractor: &Extractor, aliases: &[Alias]) -> Self {
        let mut common = Sha256::new_with_prefix(extractor.sha256());
        for Alias { name, other, same } in aliases {
            common.update(format!("{name:?} {other:?} {same}\n"));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let (mut last, mut cut_off, mut places) = (Vec::new(), Vec::new(), HashMap::new());
        let left = abandoned(folder, |name| name.starts_with(PREFIX)).into_iter().map(|(path, file)| (file, Some(path)));
        for (file, path) in File::open(path).ok().map(|file| (file, None)).into_iter().chain(left) {
            add_places(&file, last.len(), &mut places);
            last.push(Mutex::new(file));
            cut_off.extend(path);
        }
        let next = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder).ok();
        // Where there are no locks, what a run leaves that is cut off is not taken up.
        next.as_ref().map(|file| file.as_file().try_lock());
        Self {
            path: path.to_owned(),
            common: common.finalize().into(),
            last,
            cut_off,
            places,
            next: Mutex::new(next.map(|file| Next { file: BufWriter::with_capacity(1 << 20, file), size: 0, full: false })),
            reused: AtomicUsize::new(0),
        }
    }

    /// What a document gave in the last run, which is then there for the next one.
    pub(super) fn known(&self, source: &Source) -> Known {
        let key = self.key(source).ok_or(None)?;
        let (packed, piece) = self.found(&key).ok_or(Some(key))?;
        self.reused.fetch_add(1, Ordering::Relaxed);
        self.put(&key, &packed);
        Ok(piece)
    }

    /// Keeps for the next run what a document gave.
    pub(super) fn keep(&self, key: &Key, piece: &Piece) {
        if self.has_room()
            && let Some(packed) = pack(piece)
        {
            self.put(key, &packed);
        }
    }

    /// Whether the last entry still fitted in.
    fn has_room(&self) -> bool {
        self.next.lock().is_ok_and(|next| next.as_ref().is_some_and(|next| !next.full))
    }

    fn key(&self, source: &Source) -> Option<Key> {
        let told = postcard::to_stdvec(source).ok()?;
        Some(Sha256::new_with_prefix(self.common).chain_update(told).finalize().into())
    }

    fn found(&self, key: &Key) -> Option<(Vec<u8>, Piece)> {
        let (file, from) = self.places.get(&short(key))?.parts();
        let mut file = self.last.get(file)?.lock().ok()?;
        file.seek(SeekFrom::Start(from)).ok()?;
        let (_, length) = head(&mut *file).filter(|(whole, _)| whole == key)?;
        let mut packed = vec![0; length as usize];
        file.read_exact(&mut packed).ok()?;
        drop(file);
        let piece = unpack(&packed)?;
        Some((packed, piece))
    }

    fn put(&self, key: &Key, packed: &[u8]) {
        let Ok(mut next) = self.next.lock() else { return };
        let Some(Next { file, size, full }) = next.as_mut() else { return };
        let Ok(length) = u32::try_from(packed.len()) else { return };
        let grown = *size + HEAD + u64::from(length);
        *full = grown > LARGEST;
        if *full {
            return;
        }
        *size = grown;
        let written = file.write_all(key).and_then(|()| file.write_all(&length.to_le_bytes())).and_then(|()| file.write_all(packed));
        if written.is_err() {
            *next = None;
        }
    }

    /// Puts this run's file in the place of the last one's; gives how many documents were found there.
    pub(super) fn close(self) -> Result<usize> {
        // If there is none, what the last run left is as good as it was.
        if let Ok(Some(next)) = self.next.into_inner() {
            let file = next.file.into_inner().map_err(|e| Error::io(&self.path)(e.into_error()))?;
            file.persist(&self.path).map_err(|e| Error::io(&self.path)(e.error))?;
            for path in self.cut_off {
                let _ = std::fs::remove_file(path);
            }
        }
        Ok(self.reused.into_inner())
    }
}

/// The key and the length that an entry begins with.
fn head(file: &mut impl Read) -> Option<(Key, u32)> {
    let (mut key, mut length) = ([0; 32], [0; 4]);
    file.read_exact(&mut key).and_then(|()| file.read_exact(&mut length)).ok()?;
    Some((key, u32::from_le_bytes(length)))
}

/// Notes where the entries of a file stand. A file that ends in the middle of one has those before it.
fn add_places(file: &File, index: usize, places: &mut HashMap<u64, Place>) {
    let size = file.metadata().map_or(0, |m| m.len());
    let mut at = 0;
    let mut file = BufReader::new(file);
    while let Some((key, length)) = head(&mut file) {
        let end = at + HEAD + u64::from(length);
        if end > size || file.seek_relative(length.into()).is_err() {
            break;
        }
        places.insert(short(&key), Place::new(index, at));
        at = end;
    }
}

fn pack(piece: &Piece) -> Option<Vec<u8>> {
    // Whole and then packed: the encoder's many small writes would each cost a step of the packer.
    let bytes = postcard::to_stdvec(piece).ok()?;
    let mut out = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    out.write_all(&bytes).ok()?;
    out.finish().ok()
}

fn unpack(packed: &[u8]) -> Option<Piece> {
    let mut bytes = Vec::new();
    // Read to its end, which is where the check sum is compared.
    GzDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    postcard::from_bytes(&bytes).ok()
}
