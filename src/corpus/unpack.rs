//! The bytes of a file, unpacked where it is packed, within bounds: a small file never becomes an endless text. They are read as they are asked for, so
//! a file of rows may be of any size.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How a file is packed, by the last ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

/// Text packs to a tenth or a thirtieth of its size; what packs far better than this is made to keep a machine busy.
const BEST_RATIO: u64 = 250;
/// Of a small file the ratio says little.
const ALWAYS_ALLOWED: u64 = 8 << 20;

impl Packing {
    /// The packing, and the name without its ending (`dump.jsonl` of `dump.jsonl.gz`).
    #[must_use]
    pub fn of(name: &str) -> (Self, &str) {
        match name.rsplit_once('.') {
            Some((inner, ending)) if ending.eq_ignore_ascii_case("gz") => (Self::Gzip, inner),
            Some((inner, ending)) if ending.eq_ignore_ascii_case("zst") => (Self::Zstd, inner),
            _ => (Self::Plain, name),
        }
    }

    /// The bytes as they were before packing; `read` counts those that were packed. Reading fails where they are damaged or
    /// grow beyond their bounds.
    ///
    /// # Errors
    /// If the file can't be opened.
    pub fn open(self, input: &Input, read: Rc<Cell<u64>>) -> io::Result<Box<dyn BufRead>> {
        let size = input.size()?;
        let packed = BufReader::with_capacity(1 << 16, Counted { inner: input.open()?, read });
        let (unpacked, room): (Box<dyn Read>, _) = match self {
            Self::Plain => (Box::new(packed), u64::MAX),
            Self::Gzip => (Box::new(Unpacked(MultiGzDecoder::new(packed))), room(size)),
            Self::Zstd => (Box::new(Unpacked(Frames { decoder: FrameDecoder::new(), packed })), room(size)),
        };
        Ok(Box::new(BufReader::with_capacity(1 << 16, Bounded { inner: unpacked, room })))
    }
}

/// Where bytes are.
#[derive(Clone, Debug)]
pub enum Input {
    /// In a file.
    File(PathBuf),
    /// In memory.
    Bytes(Arc<[u8]>),
}

impl Input {
    /// How many there are.
    ///
    /// # Errors
    /// If the file can't be looked at.
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Self::File(path) => Ok(std::fs::metadata(path)?.len()),
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// The bytes from the first.
    ///
    /// # Errors
    /// If the file can't be opened.
    pub fn open(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
            Self::Bytes(bytes) => Ok(Box::new(io::Cursor::new(bytes.clone()))),
        }
    }
}

/// How much a packed file of a size may hold.
fn room(size: u64) -> u64 {
    size.saturating_mul(BEST_RATIO).max(ALWAYS_ALLOWED)
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        self.read.set(self.read.get() + n as u64);
        Ok(n)
    }
}

/// Says of what goes wrong that it is the packing.
struct Unpacked<R>(R);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to).map_err(|e| io::Error::other(format!("it can't be unpacked; it is damaged, cut off or not packed this way ({e})")))
    }
}

/// Fails instead of giving more than `room` bytes.
struct Bounded<R> {
    inner: R,
    room: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        self.room = self.room.checked_sub(n as u64).ok_or_else(|| io::Error::other("it grows beyond all measure when it is unpacked"))?;
        Ok(n)
    }
}

/// The contents of all frames of a Zstandard file, one after the other.
struct Frames<R> {
    decoder: FrameDecoder,
    packed: R,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(to);
            }
            if !self.decoder.is_finished() {
                self.decoder.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
                continue;
            }
            if let (Some(told), Some(found)) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum())
                && told != found
            {
                return Err(io::Error::other("its checksum is wrong"));
            }
            if self.packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            match self.decoder.reset(&mut self.packed) {
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.packed.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                other => other.map_err(io::Error::other)?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpacked(name: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Packing::of(name).0.open(&Input::Bytes(bytes.into()), Rc::default())?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn the_ending_tells() {
        assert_eq!(Packing::of("a.jsonl.GZ"), (Packing::Gzip, "a.jsonl"));
        assert_eq!(Packing::of("b/a.txt.zst"), (Packing::Zstd, "b/a.txt"));
        assert_eq!(Packing::of("a.txt"), (Packing::Plain, "a.txt"));
    }

    #[test]
    fn several_packed_parts_are_one_text() {
        let text = b"Calm returned to the capital.\n".repeat(9000);
        for (name, pack) in [("a.gz", gzip as fn(&[u8]) -> Vec<u8>), ("a.zst", zstd)] {
            assert_eq!(unpacked(name, &pack(&text)).unwrap(), text, "{name}");
            assert_eq!(unpacked(name, &[pack(&text), pack(b"end")].concat()).unwrap(), [&text[..], b"end"].concat(), "{name}");
        }
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &zstd(b"end")].concat();
        assert_eq!(unpacked("a.zst", &skipped).unwrap(), b"end");
        assert_eq!(unpacked("a", b"plain").unwrap(), b"plain");
    }

    #[test]
    fn damage_and_bombs_are_errors() {
        for (name, packed) in [("a.gz", gzip(b"Calm returned.")), ("a.zst", zstd(b"Calm returned."))] {
            assert!(unpacked(name, &packed[..packed.len() / 2]).is_err(), "{name}");
            assert!(unpacked(name, b"no such thing").is_err(), "{name}");
        }
        let bomb = gzip(&vec![b'a'; 32 << 20]);
        assert!(bomb.len() < 64 << 10);
        assert!(unpacked("a.gz", &bomb).unwrap_err().to_string().contains("beyond all measure"));
    }
}
