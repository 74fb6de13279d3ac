//! Files and folders to sources: raw texts with what is known of them.
//!
//! 1. [`open`] lists the files of a folder in order of their names; what is hidden, linked or no file is left out and told.
//! 2. Each file's bytes become text ([`super::charset`]), the text becomes articles ([`super::format`]).
//! 3. The folder's index ([`super::index`]) has the last word on what is known of each.
//!
//! What can't be used is a row of problems and never stops the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::charset::decode;
use super::document::PublishedDate;
use super::format::{self, Format};
use super::index;
use crate::error::{Error, Result};
use crate::pack::Lang;
use crate::vocabulary::Severity;

/// A raw text and what the corpus says of it.
#[derive(Clone, Debug, Default)]
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
}

/// A file that is larger is not one of articles.
const LARGEST: u64 = 1 << 30;
/// Folders inside folders, at most.
const DEEPEST: usize = 32;

/// Reads a folder or a single file. A single file is read with the index of its folder, if that names it.
///
/// # Errors
/// If `path` is not there or can't be read, or its index is no table; single files in a folder that can't be used are
/// problems instead.
pub fn open(path: &Path) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let is_folder = std::fs::metadata(path).map_err(Error::io(path))?.is_dir();
    let folder = if is_folder { path } else { path.parent().unwrap_or(Path::new("")) };
    let mut entries = BTreeMap::new();
    let index_path = folder.join(index::NAME);
    if index_path.is_file() && index_path != path {
        let bytes = std::fs::read(&index_path).map_err(Error::io(&index_path))?;
        let hash = super::hex(&Sha256::digest(&bytes));
        let read = decode(bytes)
            .map_err(|message| Error::Index { path: index_path.clone(), line: 1, message })
            .and_then(|d| index::read(&index_path, &d.text));
        match read {
            Ok((found, problems)) if is_folder => {
                corpus.files.push((index::NAME.into(), hash));
                corpus.problems = problems;
                entries = found;
            }
            Ok((found, _)) => entries = found,
            // The index of the folder a single file happens to lie in is nobody's concern.
            Err(e) if is_folder => return Err(e),
            Err(_) => {}
        }
    }
    if is_folder {
        let mut files = Vec::new();
        list(path, "", 0, &mut files, &mut corpus.problems)?;
        for (name, file) in &files {
            corpus.add(name, file, &entries);
        }
        let known: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        for (name, entry) in entries.iter().filter(|(name, _)| !known.contains(name.as_str())) {
            corpus.problems.push(index::problem(entry.line, &format!("{name} is not in the folder")));
        }
    } else {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        corpus.add(&name, path, &entries);
    }
    corpus.refuse_repeated_ids();
    Ok(corpus)
}

/// The files under a folder, in order of their names with their folders.
fn list(folder: &Path, under: &str, depth: usize, files: &mut Vec<(String, PathBuf)>, problems: &mut Vec<Problem>) -> Result<()> {
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
            if depth >= DEEPEST {
                left_out("too many folders inside each other");
            } else if list(&entry.path(), &format!("{name}/"), depth + 1, files, problems).is_err() {
                problems.push(problem(&name, Severity::Error, "the folder can't be read"));
            }
        } else if !kind.is_file() {
            left_out("neither a file nor a folder");
        } else if name != index::NAME {
            files.push((name, entry.path()));
        }
    }
    Ok(())
}

fn problem(path: &str, severity: Severity, message: &str) -> Problem {
    Problem { path: path.to_owned(), doc_id: None, stage: "read", severity, message: message.to_owned() }
}

impl Corpus {
    /// Reads one file.
    fn add(&mut self, name: &str, file: &Path, entries: &BTreeMap<String, index::Entry>) {
        let articles = match self.articles(name, file) {
            Ok(articles) => articles,
            Err((severity, message)) => {
                self.problems.push(problem(name, severity, &message));
                return;
            }
        };
        for found in articles {
            match found {
                Ok(source) if source.text[source.skip..].trim().is_empty() => {
                    self.problems.push(problem(&source.path, Severity::Error, "there is no text in it"));
                }
                Ok(mut source) => {
                    if let Some(entry) = entries.get(name) {
                        entry.apply(&mut source);
                    }
                    self.sources.push(source);
                }
                Err((row, message)) => self.problems.push(problem(&format!("{name}#{row}"), Severity::Error, &message)),
            }
        }
    }

    fn articles(&mut self, name: &str, file: &Path) -> Result<Vec<format::Found>, (Severity, String)> {
        let stem = name.rsplit('/').next().unwrap_or(name);
        if stem.to_ascii_lowercase().starts_with("readme") || stem.to_ascii_lowercase().starts_with("license") {
            return Err((Severity::Warning, "about the folder, not an article, so it is left out".into()));
        }
        let format = match Format::of(name) {
            Some(Format::Html) => return Err((Severity::Error, "web pages can't be read yet; save the article as plain text".into())),
            Some(format) => format,
            None => return Err((Severity::Warning, "its ending is none of .txt, .md, .jsonl, .csv".into())),
        };
        let error = |message: String| (Severity::Error, message);
        let size = std::fs::metadata(file).map_err(|e| error(e.to_string()))?.len();
        if size > LARGEST {
            return Err(error(format!("it is larger than {} MB; split it", LARGEST >> 20)));
        }
        let bytes = std::fs::read(file).map_err(|e| error(e.to_string()))?;
        self.files.push((name.to_owned(), super::hex(&Sha256::digest(&bytes))));
        if bytes.is_empty() {
            return Err(error("the file is empty".into()));
        }
        let decoded = decode(bytes).map_err(error)?;
        if let Some(warning) = &decoded.warning {
            self.problems.push(problem(name, Severity::Warning, warning));
        }
        let mut articles = format::read(format, name, decoded.text);
        // The text of a row has its own bytes, whatever the file's.
        if !decoded.has_bytes && matches!(format, Format::Text | Format::Markdown) {
            articles.iter_mut().flatten().for_each(|source| source.has_bytes = false);
        }
        Ok(articles)
    }

    /// Of several texts with the same given id the first keeps it; the others get ids of their own.
    fn refuse_repeated_ids(&mut self) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for source in &mut self.sources {
            let Some(id) = &source.id else { continue };
            if let Some(first) = seen.get(id) {
                let message = format!("its id {id:?} is that of {first} already; it is given another");
                self.problems.push(problem(&source.path, Severity::Error, &message));
                source.id = None;
            } else {
                seen.insert(id.clone(), source.path.clone());
            }
        }
    }
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
            ("i.txt", b"  \n"),
            (".hidden", b"x"),
            ("README.md", b"about"),
        ]);
        let paths: Vec<_> = corpus.sources.iter().map(|s| (s.path.as_str(), s.id.as_deref())).collect();
        assert_eq!(paths, [("a.txt", None), ("b/c.md", None), ("b/d.jsonl#1", Some("1")), ("b/d.jsonl#2", None)]);
        assert_eq!(corpus.sources[0].source.as_deref(), Some("The Daily"));
        assert_eq!(
            problems,
            [
                "warning .hidden: hidden, so it is left out",
                "warning README.md: about the folder, not an article, so it is left out",
                "error b/d.jsonl#3: it is no JSON object: expected ident at line 1 column 2",
                "error e.txt: the file is empty",
                "error f.bin.txt: it holds zero bytes, so it is no text; save it as plain text in UTF-8",
                "warning g.pdf: its ending is none of .txt, .md, .jsonl, .csv",
                "error h.html: web pages can't be read yet; save the article as plain text",
                "error i.txt: there is no text in it",
                "error index.csv:3: gone.txt is not in the folder",
                "error b/d.jsonl#2: its id \"1\" is that of b/d.jsonl#1 already; it is given another",
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
    }
}
