//! Files and folders to sources: raw texts with what is known of them.
//!
//! 1. [`Reader::open`] lists the files of a folder in order of their names; what is hidden, linked, no file or written by a run is left out and told.
//! 2. Each file's bytes are unpacked ([`super::unpack`]) and become text ([`super::charset`]), the text becomes articles
//!    ([`super::format`], [`super::html`]).
//! 3. The folder's index ([`super::index`]) has the last word on what is known of each.
//!
//! What can't be used is a row of problems and never stops the others.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::Path;
use std::rc::Rc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::aliases::{self, Alias};
use super::charset::{Charset, decode};
use super::document::PublishedDate;
use super::format::{self, Format, Found};
use super::unpack::{Input, Packing};
use super::{html, index};
use crate::error::{Error, Result};
use crate::manifest::Manifest;
use crate::pack::Lang;
use crate::store::{Array, Room, Table};
use crate::vocabulary::{Basis, Severity};

/// A raw text and what the corpus says of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Source {
    /// Id given by the corpus, if any.
    pub id: Option<String>,
    /// The file, relative to the corpus, with the row for files of many documents.
    pub path: String,
    /// The text as it came.
    pub text: String,
    /// How many bytes of `text` come before the article (front matter).
    pub skip: usize,
    /// Whether `text` has the bytes of the file (false for text taken out of HTML).
    pub has_bytes: bool,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language as given.
    pub language: Option<Lang>,
    /// When it was published, as given.
    pub published: Option<PublishedDate>,
    /// Words that tell when it was published, where figures don't, and where they stand.
    pub dateline: Option<(String, Basis)>,
}

/// Something that could not be used, or only in part.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The file, relative to the corpus.
    pub path: String,
    /// The document, if it got as far as having an id.
    pub doc_id: Option<String>,
    /// The stage that met it.
    pub stage: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is and what would help.
    pub message: String,
}

/// What a folder or file holds.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The texts, in order of path and row.
    pub sources: Vec<Source>,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// Every file that was read, with its SHA-256.
    pub files: Vec<(String, String)>,
    /// The user's own word on names.
    pub aliases: Vec<Alias>,
}

/// No single article is larger.
const LONGEST: u64 = 1 << 27;
/// Folders inside folders, at most.
const DEEPEST: usize = 32;
/// Of a file whose rows can't be used so many are told one by one: a large file that is no table is no larger list of problems.
const MOST_TOLD: usize = 1000;

/// Reads a folder or a single file whole: see [`Reader`].
///
/// # Errors
/// If `path` is not there or can't be read, or its index is no table.
pub fn open(path: &Path) -> Result<Corpus> {
    let mut reader = Reader::open(path)?;
    let sources = reader.by_ref().collect();
    Ok(Corpus { sources, problems: reader.problems, files: reader.files, aliases: reader.aliases })
}

/// The texts of a corpus, one after the other, of which it holds no more than one file or, of a file of many, one row.
#[derive(Default)]
pub struct Reader {
    /// What could not be used so far.
    pub problems: Vec<Problem>,
    /// Every file that was read so far, with its SHA-256.
    pub files: Vec<(String, String)>,
    /// The user's own word on names.
    pub aliases: Vec<Alias>,
    entries: BTreeMap<String, index::Entry>,
    queue: std::vec::IntoIter<(String, Input)>,
    /// The file that is being read, and what is left of it.
    rows: Option<(String, Box<dyn Iterator<Item = format::Row>>)>,
    /// How many rows of it could not be used.
    unused: usize,
    ids: Ids,
    size: u64,
    read: Rc<Cell<u64>>,
}

impl Reader {
    /// Lists a folder, or takes a single file. A single file is read with the index of its folder, if that names it.
    ///
    /// # Errors
    /// If `path` is not there or can't be read, or its index is no table; single files in a folder that can't be used are
    /// problems instead.
    pub fn open(path: &Path) -> Result<Self> {
        let kind = std::fs::metadata(path).map_err(Error::io(path))?;
        let is_folder = kind.is_dir();
        let folder = if is_folder { path } else { path.parent().unwrap_or(Path::new("")) };
        let mut reader = Self::default();
        let index = folder.join(index::NAME);
        let has_index = index.is_file() && index != path;
        if !is_folder {
            let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
            // A pipe may never end, nor begin.
            if !kind.is_file() {
                reader.problems.push(problem(&name, Severity::Error, "neither a file nor a folder"));
                return Ok(reader);
            }
            reader.enqueue(vec![(name, Input::File(path.to_owned()))]);
            if has_index {
                // The index of the folder a single file happens to lie in is nobody's concern beyond that file.
                let bytes = std::fs::read(&index).map_err(Error::io(&index))?;
                reader.entries = index::read(&index, bytes).map(|(entries, _)| entries).unwrap_or_default();
                index::settle(&mut reader.entries, reader.queue.as_slice().iter().map(|(name, _)| name.as_str()));
            }
            return Ok(reader);
        }
        let mut queue = Vec::new();
        list(path, "", 0, &mut queue, &mut reader.problems)?;
        reader.enqueue(queue);
        if has_index {
            let bytes = std::fs::read(&index).map_err(Error::io(&index))?;
            reader.files.push((index::NAME.into(), super::hex(&Sha256::digest(&bytes))));
            reader.index(&index, bytes)?;
        }
        let aliases = path.join(aliases::NAME);
        if aliases.is_file() {
            let bytes = std::fs::read(&aliases).map_err(Error::io(&aliases))?;
            reader.files.push((aliases::NAME.into(), super::hex(&Sha256::digest(&bytes))));
            reader.aliases(&aliases, bytes)?;
        }
        Ok(reader)
    }

    /// Files that are in memory, by their names.
    #[must_use]
    pub fn of_bytes(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut reader = Self::default();
        reader.enqueue(files.into_iter().map(|(name, bytes)| (name, Input::Bytes(bytes.into()))).collect());
        reader
    }

    /// Lets an index have the last word on what is known of the files; `path` is its name in messages.
    ///
    /// # Errors
    /// If it is no table of files.
    pub fn index(&mut self, path: &Path, bytes: Vec<u8>) -> Result<()> {
        let (mut entries, problems) = index::read(path, bytes)?;
        self.problems.extend(problems);
        for (name, entry) in index::settle(&mut entries, self.queue.as_slice().iter().map(|(name, _)| name.as_str())) {
            self.problems.push(index::problem(entry.line, &format!("{name} is not in the folder")));
        }
        self.entries = entries;
        Ok(())
    }

    /// Takes in the user's own word on names; `path` is its name in messages.
    ///
    /// # Errors
    /// If it is no table of names.
    pub fn aliases(&mut self, path: &Path, bytes: Vec<u8>) -> Result<()> {
        let (aliases, problems) = aliases::read(path, bytes)?;
        self.aliases = aliases;
        self.problems.extend(problems);
        Ok(())
    }

    fn enqueue(&mut self, files: Vec<(String, Input)>) {
        self.size = files.iter().filter_map(|(_, file)| file.size().ok()).sum();
        self.queue = files.into_iter();
    }

    /// Lets what it keeps of the texts that it has given be in files, where it doesn't fit in memory.
    pub(crate) fn within(&mut self, room: &Room) {
        if self.ids.count == 0 {
            self.ids = Ids::new(room);
        }
    }

    /// The size of all files.
    #[must_use]
    pub fn bytes_in_all(&self) -> u64 {
        self.size
    }

    /// How much of them is read.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.read.get()
    }

    /// Begins a file: its rows, of which a file of one article has one.
    fn begin(&mut self, name: &str, file: &Input) -> Result<Box<dyn Iterator<Item = format::Row>>, (Severity, String)> {
        let stem = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
        if stem.starts_with("readme") || stem.starts_with("license") {
            return Err((Severity::Warning, "about the folder, not an article, so it is left out".into()));
        }
        let (packing, inner) = Packing::of(name);
        let Some(format) = Format::of(inner) else {
            return Err((
                Severity::Warning,
                "its ending is none of .txt, .md, .html, .jsonl, .csv, nor one of them with .gz or .zst".into(),
            ));
        };
        if format == Format::Pdf {
            return Err((Severity::Error, "a PDF can't be read; save the article as plain text or as a web page".into()));
        }
        let error = |message: String| (Severity::Error, message);
        let io = |e: std::io::Error| error(e.to_string());
        self.files.push((name.to_owned(), hash(file).map_err(io)?));
        if format.has_rows() {
            let charset = Charset::of(|| packing.open(file, Rc::default()), None).map_err(error)?;
            if let Some(doubt) = &charset.doubt {
                self.problems.push(problem(name, Severity::Warning, doubt));
            }
            let rows = format::rows(format, name, charset.stream(packing.open(file, self.read.clone()).map_err(io)?));
            return Ok(if charset.keeps_bytes() { rows } else { Box::new(rows.map(|row| row.map(without_bytes))) });
        }
        let mut bytes = Vec::new();
        packing.open(file, self.read.clone()).and_then(|r| r.take(LONGEST + 1).read_to_end(&mut bytes)).map_err(io)?;
        if bytes.len() as u64 > LONGEST {
            return Err(error(format!("it holds more than {} MB, so it is no single article; split it", LONGEST >> 20)));
        }
        let declared = if format == Format::Html { html::declared_charset(&bytes) } else { None };
        let found = decode(bytes, declared).and_then(|decoded| format::whole(format, name, decoded)).map_err(error)?;
        Ok(Box::new(std::iter::once(Ok(found))))
    }

    /// Settles what is known of a text, or tells why it can't be used.
    fn accept(&mut self, name: &str, row: format::Row) -> Option<Source> {
        let Found { mut source, doubts } = match row {
            Ok(found) => found,
            Err((row, message)) => {
                self.unused += 1;
                if self.unused <= MOST_TOLD {
                    self.problems.push(problem(&format!("{name}#{row}"), Severity::Error, &message));
                }
                return None;
            }
        };
        self.problems.extend(doubts.iter().map(|doubt| problem(&source.path, Severity::Warning, doubt)));
        if is_blank(&source.text[source.skip..]) {
            self.problems.push(problem(&source.path, Severity::Error, "there is no text in it"));
            return None;
        }
        if let Some(entry) = self.entries.get(name) {
            entry.apply(&mut source);
        }
        for field in [&mut source.source, &mut source.title, &mut source.author, &mut source.url, &mut source.id] {
            *field = field.take().map(|f| plain(&f)).filter(|f| !f.is_empty());
        }
        // Of several texts with the same given id the first keeps it; the others get ids of their own.
        if let Some(id) = &source.id {
            let row = source.path.strip_prefix(name).and_then(|row| row.strip_prefix('#')).and_then(|row| row.parse().ok()).unwrap_or(0);
            let file = u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX);
            let (first, at) = self.ids.first(id, (file, row));
            if (first, at) != (file, row) {
                let first = self.files.get(first as usize).map_or("", |(name, _)| name);
                let first = if at == 0 { first.to_owned() } else { format!("{first}#{at}") };
                let message = format!("its id {id:?} is that of {first} already; it is given another");
                self.problems.push(problem(&source.path, Severity::Error, &message));
                source.id = None;
            }
        }
        Some(source)
    }
}

/// Ids that were given, by the beginning of their SHA-256, with the file, among those of the reader, and the row of the text that has each.
struct Ids {
    numbers: Table<12>,
    places: Array<8>,
    count: u32,
}

impl Default for Ids {
    fn default() -> Self {
        Self::new(&Room::default())
    }
}

impl Ids {
    fn new(room: &Room) -> Self {
        Self { numbers: Table::new(room, 2 << 20), places: Array::new(room, 1 << 20), count: 0 }
    }

    /// The file and row of the first text with an id, which is this one if there is none yet.
    fn first(&mut self, id: &str, (file, row): (u32, u32)) -> (u32, u32) {
        let hash = Sha256::digest(id).first_chunk().map_or(0, |hash| u64::from_be_bytes(*hash));
        if let Some(known) = self.numbers.get(hash) {
            let place = u64::from_le_bytes(self.places.get(known as usize));
            return ((place >> 32) as u32, place as u32);
        }
        self.numbers.add(hash, self.count);
        self.places.set(self.count as usize, (u64::from(file) << 32 | u64::from(row)).to_le_bytes());
        self.count += 1;
        (file, row)
    }
}

impl Iterator for Reader {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            while let Some((name, mut rows)) = self.rows.take() {
                let Some(row) = rows.next() else {
                    if let Some(more @ 1..) = std::mem::take(&mut self.unused).checked_sub(MOST_TOLD) {
                        self.problems.push(problem(&name, Severity::Error, &format!("{more} more of its rows can't be used")));
                    }
                    break;
                };
                let source = self.accept(&name, row);
                self.rows = Some((name, rows));
                if source.is_some() {
                    return source;
                }
            }
            let (name, file) = self.queue.next()?;
            match self.begin(&name, &file) {
                Ok(rows) => self.rows = Some((name, rows)),
                Err((severity, message)) => self.problems.push(problem(&name, severity, &message)),
            }
        }
    }
}

/// What is known of a row but the places in its file, which are those of another character set.
fn without_bytes(mut found: Found) -> Found {
    found.source.has_bytes = false;
    found
}

/// Whether a character can't be seen, or turns its line around.
fn is_unseen(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether nothing of a text can be seen.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

/// A value on one line, without characters that can't be seen or turn the line around.
fn plain(value: &str) -> String {
    value.replace(is_unseen, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The SHA-256 of a file.
fn hash(file: &Input) -> std::io::Result<String> {
    let mut bytes = std::io::BufReader::with_capacity(1 << 16, file.open()?);
    let mut hash = Sha256::new();
    loop {
        let piece = bytes.fill_buf()?;
        if piece.is_empty() {
            return Ok(super::hex(&hash.finalize()));
        }
        hash.update(piece);
        let n = piece.len();
        bytes.consume(n);
    }
}

/// The files under a folder, in order of their names with their folders.
fn list(folder: &Path, under: &str, depth: usize, files: &mut Vec<(String, Input)>, problems: &mut Vec<Problem>) -> Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).map_err(Error::io(folder))?.filter_map(Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let Ok(own) = entry.file_name().into_string() else {
            problems.push(problem(&format!("{under}{}", entry.file_name().to_string_lossy()), Severity::Warning, "its name is not UTF-8"));
            continue;
        };
        let name = format!("{under}{own}");
        let mut left_out = |why: &str| problems.push(problem(&name, Severity::Warning, why));
        let Ok(kind) = entry.file_type() else {
            left_out("it can't be looked at");
            continue;
        };
        if own.starts_with('.') {
            left_out("hidden, so it is left out");
        } else if kind.is_symlink() {
            left_out("a symbolic link, so it is left out; copy the file itself");
        } else if kind.is_dir() {
            // Rules of the corpus's own, not articles.
            if name == "packs" {
                continue;
            }
            if is_of_run(&entry.path()) {
                left_out("what a run has written, so it is left out");
                continue;
            }
            if Format::of(Packing::of(&own).1).is_some() {
                left_out("a folder with the name of a file; the files in it are read");
            }
            if depth >= DEEPEST {
                left_out("too many folders inside each other");
            } else if list(&entry.path(), &format!("{name}/"), depth + 1, files, problems).is_err() {
                problems.push(problem(&name, Severity::Error, "the folder can't be read"));
            }
        } else if !kind.is_file() {
            left_out("neither a file nor a folder");
        } else if name != index::NAME && name != aliases::NAME {
            files.push((name, Input::File(entry.path())));
        }
    }
    Ok(())
}

/// Whether a folder is one that a run has written, by the manifest beside its tables: `newsframe extract . --out out`.
fn is_of_run(folder: &Path) -> bool {
    [folder.to_owned(), folder.join("tables")].iter().any(|tables| Manifest::read(tables).is_ok())
}

pub(super) fn problem(path: &str, severity: Severity, message: &str) -> Problem {
    Problem { path: path.to_owned(), doc_id: None, stage: "read", severity, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a folder of the given files is read as: the articles' paths, and the problems.
    fn opened(files: &[(&str, &[u8])]) -> (Corpus, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let corpus = open(folder.path()).unwrap();
        let problems = corpus.problems.iter().map(|p| format!("{} {}: {}", p.severity, p.path, p.message)).collect();
        (corpus, problems)
    }

    #[test]
    fn every_file_is_an_article_or_a_problem() {
        let (corpus, problems) = opened(&[
            ("index.csv", b"file,source,published\na.txt,The Daily,2022-01-07\ngone.txt,X,\n"),
            ("a.txt", b"Calm returned."),
            ("b/c.md", b"---\ntitle: T\n---\nMore calm."),
            ("b/d.jsonl", b"{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"1\",\"text\":\"Two.\"}\nno\n"),
            ("e.txt", b""),
            ("f.bin.txt", b"\x89PNG\0\0"),
            ("g.pdf", b"%PDF"),
            ("h.html", b"<p>x"),
            ("i.txt", b"  \n\x07"),
            ("j.docx", b"PK"),
            ("k.txt/l.txt", b"Inside."),
            ("m.txt.gz", b"not packed"),
            (".hidden", b"x"),
            ("README.md", b"about"),
        ]);
        let paths: Vec<_> = corpus.sources.iter().map(|s| (s.path.as_str(), s.id.as_deref())).collect();
        assert_eq!(
            paths,
            [("a.txt", None), ("b/c.md", None), ("b/d.jsonl#1", Some("1")), ("b/d.jsonl#2", None), ("h.html", None), ("k.txt/l.txt", None)]
        );
        assert_eq!(corpus.sources[0].source.as_deref(), Some("The Daily"));
        assert_eq!(
            problems,
            [
                "warning .hidden: hidden, so it is left out",
                "warning k.txt: a folder with the name of a file; the files in it are read",
                "error index.csv:3: gone.txt is not in the folder",
                "warning README.md: about the folder, not an article, so it is left out",
                "error b/d.jsonl#2: its id \"1\" is that of b/d.jsonl#1 already; it is given another",
                "error b/d.jsonl#3: it is no whole JSON object: expected ident at column 2; each line must be one",
                "error e.txt: the file is empty",
                "error f.bin.txt: it is a picture, not text; save the article as plain text in UTF-8",
                "error g.pdf: a PDF can't be read; save the article as plain text or as a web page",
                "error i.txt: there is no text in it",
                "warning j.docx: its ending is none of .txt, .md, .html, .jsonl, .csv, nor one of them with .gz or .zst",
                "error m.txt.gz: it can't be unpacked; it is damaged, cut off or not packed this way (invalid gzip header)",
            ]
        );
    }

    #[test]
    fn a_single_file_has_its_index_and_a_missing_one_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.csv"), "file,published\na.txt,2022\n").unwrap();
        std::fs::write(folder.path().join("a.txt"), "Calm.").unwrap();
        let corpus = open(&folder.path().join("a.txt")).unwrap();
        assert_eq!(corpus.sources[0].path, "a.txt");
        assert_eq!(corpus.sources[0].published.map(|p| p.to_string()), Some("2022".into()));
        assert!(corpus.problems.is_empty());
        assert!(open(&folder.path().join("b.txt")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "Calm.").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let corpus = open(folder.path()).unwrap();
        assert_eq!((corpus.sources.len(), corpus.problems.len()), (1, 1));
        // Named by the user, a link is what it leads to.
        std::os::unix::fs::symlink(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
        assert_eq!(open(&folder.path().join("b.txt")).unwrap().sources.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_may_never_end_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let _bound = std::os::unix::net::UnixListener::bind(folder.path().join("a.txt")).unwrap();
        let pipe = folder.path().join("b.txt");
        if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success()) {
            return println!("skipped: no mkfifo");
        }
        let corpus = open(folder.path()).unwrap();
        let problems: Vec<_> = corpus.problems.iter().map(|p| format!("{}: {}", p.path, p.message)).collect();
        assert_eq!(problems, ["a.txt: neither a file nor a folder", "b.txt: neither a file nor a folder"]);
        assert_eq!(open(&pipe).unwrap().problems[0].message, "neither a file nor a folder");
    }

    #[test]
    fn a_large_file_that_is_no_table_is_a_short_list_of_problems() {
        let corpus = opened(&[("a.jsonl", &b"{\n".repeat(5000)), ("b.jsonl", b"{\n{\"text\":\"Calm.\"}\n")]).0;
        assert_eq!((corpus.sources.len(), corpus.problems.len()), (1, MOST_TOLD + 2));
        assert_eq!(corpus.problems[MOST_TOLD].message, "4000 more of its rows can't be used");
        assert_eq!(corpus.problems[MOST_TOLD + 1].path, "b.jsonl#1");
    }

    #[test]
    fn rows_before_a_cut_are_read() {
        use std::io::Write;
        let rows: String = (0..4000).map(|i| format!("{}\n", crate::corpus::hex(&Sha256::digest([i as u8, (i >> 8) as u8])))).collect();
        for (name, text) in
            [("a.csv.gz", format!("text\n{rows}")), ("a.jsonl.gz", rows.lines().map(|r| format!("{{\"text\":\"{r}\"}}\n")).collect())]
        {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(text.as_bytes()).unwrap();
            let packed = packed.finish().unwrap();
            let (corpus, problems) = opened(&[(name, &packed[..packed.len() / 2])]);
            assert!((1000..3000).contains(&corpus.sources.len()), "{name}: {}", corpus.sources.len());
            assert!(problems.len() == 1 && problems[0].contains("can't be unpacked"), "{name}: {problems:?}");
        }
    }

    #[test]
    fn what_is_said_of_an_article_stands_on_one_line() {
        let corpus = opened(&[("a.csv", "text,title,author\nCalm.,\"\u{202e}Evil\n title\u{1b}[0m\",\u{200b}\n".as_bytes())]).0;
        assert_eq!((corpus.sources[0].title.as_deref(), corpus.sources[0].author.as_deref()), (Some("Evil title[0m"), None));
    }
}
