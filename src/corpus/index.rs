//! `index.csv`: what is known of the files of a folder. A row that can't be used is a problem with its line; only an
//! index that is no table at all stops the reading.

use std::collections::BTreeMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::cell::{table, unguarded};
use super::document::PublishedDate;
use super::read::{Problem, Source};
use crate::error::{Error, Result};
use crate::pack::Lang;
use crate::vocabulary::{Basis, Severity};

/// The name of an index in its folder.
pub const NAME: &str = "index.csv";

/// What an index says of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The line of the index, counted from 1.
    pub line: u64,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language.
    pub language: Option<Lang>,
    /// When it was published.
    pub published: Option<PublishedDate>,
}

impl Entry {
    /// Lets the index have the last word on a text.
    pub fn apply(&self, source: &mut Source) {
        let set = |to: &mut Option<String>, from: &Option<String>| {
            if from.is_some() {
                to.clone_from(from);
            }
        };
        set(&mut source.source, &self.source);
        set(&mut source.title, &self.title);
        set(&mut source.author, &self.author);
        set(&mut source.url, &self.url);
        source.language = self.language.or(source.language);
        source.published = self.published.or(source.published);
    }
}

/// Reads an index: entries by file, and what is wrong with single rows.
///
/// # Errors
/// If it can't be read, is no CSV, or has no column `file`.
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<(BTreeMap<String, Entry>, Vec<Problem>)> {
    let wrong = |line: u64, message: String| Error::Index { path: path.to_owned(), line: usize::try_from(line).unwrap_or(1), message };
    let (text, delimiter) = table(bytes, "file").map_err(|message| wrong(1, message))?;
    let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let header = csv.headers().map_err(|e| wrong(1, e.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let file = column("file").ok_or_else(|| wrong(1, "no column is named `file`; the first line must name the columns".into()))?;
    let columns = ["source", "title", "author", "url", "language", "published"].map(column);
    let (mut entries, mut problems) = (BTreeMap::new(), Vec::new());
    for record in csv.records() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                problems.push(problem(line, &e.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |i: Option<usize>| record.get(i?).map(str::trim).filter(|c| !c.is_empty()).map(|c| unguarded(c).to_owned());
        let Some(name) = cell(Some(file)) else {
            problems.push(problem(line, "no file is named"));
            continue;
        };
        let [source, title, author, url, language, published] = columns.map(cell);
        let known_language = language.as_deref().and_then(Lang::parse);
        if let (Some(given), None) = (&language, known_language) {
            problems.push(problem(line, &format!("{given:?} is no language code such as en or es")));
        }
        let date = published.as_deref().and_then(|p| PublishedDate::parse(p, Basis::Index));
        if let (Some(given), None) = (&published, date) {
            problems.push(problem(line, &format!("{given:?} is neither a day (2022-01-07) nor a month (2022-01) nor a year")));
        }
        let entry = Entry { line, source, title, author, url, language: known_language, published: date };
        let path = name.replace('\\', "/");
        if let Some(earlier) = entries.insert(path.strip_prefix("./").unwrap_or(&path).to_owned(), entry) {
            problems.push(problem(line, &format!("{name} stands in line {} already; this line is used", earlier.line)));
        }
    }
    Ok((entries, problems))
}

/// Gives entries the names of their files, `files`, where those are spelt in another way by which systems know a file too: in another case, or
/// with an accent as a character of its own. Gives what is left, whose files are not there.
pub fn settle<'f>(entries: &mut BTreeMap<String, Entry>, files: impl Iterator<Item = &'f str>) -> Vec<(String, Entry)> {
    let folded = |name: &str| name.nfc().flat_map(char::to_lowercase).collect::<String>();
    let (mut known, mut spelt) = (BTreeMap::new(), BTreeMap::<String, Vec<&str>>::new());
    for file in files {
        match entries.remove_entry(file) {
            Some((name, entry)) => drop(known.insert(name, entry)),
            None => spelt.entry(folded(file)).or_default().push(file),
        }
    }
    let mut left = Vec::new();
    for (name, entry) in std::mem::replace(entries, known) {
        match spelt.remove(&folded(&name)).as_deref() {
            Some([file]) => drop(entries.insert((*file).to_owned(), entry)),
            _ => left.push((name, entry)),
        }
    }
    left
}

/// A problem of one row of the index.
pub fn problem(line: u64, message: &str) -> Problem {
    Problem { path: format!("{NAME}:{line}"), doc_id: None, stage: "index", severity: Severity::Error, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_does_not_stop_the_rest() {
        let text =
            "file,published,language,note\na.txt,2022-01,es,\nb.txt,last week,en,\n,2022,,\nc.txt,2022,english,\na.txt,2021,es,again\n";
        let (entries, problems) = read(Path::new("index.csv"), text.into()).unwrap();
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["a.txt", "b.txt", "c.txt"]);
        assert_eq!(entries["a.txt"].published.map(|p| p.to_string()), Some("2021".into()));
        let told: Vec<_> = problems.iter().map(|p| format!("{}: {}", p.path, p.message)).collect();
        assert_eq!(
            told,
            [
                "index.csv:3: \"last week\" is neither a day (2022-01-07) nor a month (2022-01) nor a year",
                "index.csv:4: no file is named",
                "index.csv:5: \"english\" is no language code such as en or es",
                "index.csv:6: a.txt stands in line 2 already; this line is used",
            ]
        );
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        for text in [
            "\u{feff}File;Source\r\n./a.txt;El Ñandú\r\n",
            "\"file\"\t\"source\"\n\"a.txt\"\t\"El Ñandú\"\n",
            "file,source\na.txt,El Ñandú\n",
        ] {
            for bytes in [text.as_bytes().to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()] {
                let (entries, problems) = read(Path::new("index.csv"), bytes).unwrap();
                assert_eq!((entries["a.txt"].source.as_deref(), problems.len()), (Some("El Ñandú"), 0), "{text:?}");
            }
        }
    }

    #[test]
    fn files_are_found_however_their_names_are_spelt() {
        let entry = |line| Entry { line, ..Entry::default() };
        let names = ["A.TXT", "a\u{301}/n.txt", "b.txt", "B.txt", "gone.txt"];
        let mut entries = names.iter().zip(1..).map(|(name, line)| ((*name).to_owned(), entry(line))).collect();
        let left = settle(&mut entries, ["a.txt", "\u{e1}/n.txt", "b.txt", "c.txt"].into_iter());
        assert_eq!(left.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(), ["B.txt", "gone.txt"]);
        assert_eq!(
            entries.iter().map(|(n, e)| (n.as_str(), e.line)).collect::<Vec<_>>(),
            [("a.txt", 1), ("b.txt", 3), ("\u{e1}/n.txt", 2)]
        );
        let mut entries = BTreeMap::from([("A.txt".to_owned(), entry(1))]);
        assert_eq!(settle(&mut entries, ["a.TXT", "a.txt"].into_iter()).len(), 1, "it may be either");
    }

    #[test]
    fn an_index_without_files_is_an_error_with_its_line() {
        let error = read(Path::new("index.csv"), "name,published\n".into()).unwrap_err();
        assert_eq!(error.to_string(), "index.csv:1: no column is named `file`; the first line must name the columns");
        let open = read(Path::new("index.csv"), "file,title\na.txt,Calm\nb.txt,\"Calm\nc.txt,Calm\n".into()).unwrap_err().to_string();
        assert!(open.contains("a quotation mark in the row that begins in line 3 is never closed"), "{open}");
    }
}
