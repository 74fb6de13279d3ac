//! The formats of files: what in them is text, and what they say of it.
//!
//! A file of one article is read whole ([`whole`]); a file of many is read row by row ([`rows`]), so that an export of any size
//! takes no more memory than its longest row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::charset::Decoded;
use super::document::PublishedDate;
use super::read::Source;
use super::{cell, front_matter, html};
use crate::pack::Lang;
use crate::vocabulary::Basis;

/// A format by the ending of a file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown: the whole file is one article, perhaps with front matter before it.
    Text,
    /// A saved web page.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// One row an article, with the same names as columns.
    Csv,
    /// Known, not read: see `data/README.md`.
    Pdf,
}

impl Format {
    /// The format of a file, from its name in any case.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" | "md" | "markdown" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Csv),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Whether a file holds many articles.
    #[must_use]
    pub const fn has_rows(self) -> bool {
        matches!(self, Self::JsonLines | Self::Csv)
    }
}

/// A text that was found, with what had to be left aside of what is said of it.
#[derive(Debug, Default)]
pub struct Found {
    /// The text.
    pub source: Source,
    /// Values that say nothing.
    pub doubts: Vec<String>,
}

/// A text that was found, or the row of one that can't be used with the reason.
pub type Row = Result<Found, (usize, String)>;

/// The article of a file of one. `path` is the file's name in the corpus.
///
/// # Errors
/// If there is none, with the reason.
pub fn whole(format: Format, path: &str, file: Decoded) -> Result<Found, String> {
    let page = is_page(&file.text);
    let mut found = match format {
        Format::Html => Found { source: html::read(path, &file.text)?, doubts: Vec::new() },
        _ if page => {
            Found { source: html::read(path, &file.text)?, doubts: vec!["it is a web page whatever its name, and read as one".into()] }
        }
        _ => text(path, file.text),
    };
    found.source.has_bytes &= file.has_bytes;
    found.doubts.extend(file.doubt);
    Ok(found)
}

/// Whether a text begins as web pages do.
fn is_page(text: &str) -> bool {
    let top = text.trim_start_matches('\u{feff}').trim_start().as_bytes();
    ["<!doctype html", "<html"].iter().any(|begin| top.get(..begin.len()).is_some_and(|t| t.eq_ignore_ascii_case(begin.as_bytes())))
}

/// The articles of a file of many, as they are read.
#[must_use]
pub fn rows(format: Format, path: &str, bytes: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Row>> {
    match format {
        Format::Csv => csv_rows(path, bytes),
        _ => Box::new(JsonLines { path: path.to_owned(), bytes, row: 0, line: Vec::new() }),
    }
}

/// No row is longer; an article of such a length would be a library.
const LONGEST_ROW: usize = 1 << 26;

/// Puts a value into the field of its name. A value that says nothing is a doubt: the text is worth reading without it, and
/// may tell itself.
pub fn set(found: &mut Found, name: &str, value: &str, basis: Basis) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    let source = &mut found.source;
    let own = || Some(value.to_owned());
    // "Killed &amp; wounded"
    let words = || html::is_markup(value).then(|| html::shown(value).ok()).flatten().map(|v| v.trim().to_owned()).or_else(own);
    match name {
        "id" => source.id = own(),
        "source" => source.source = words(),
        "title" => source.title = words(),
        "author" | "authors" => source.author = words(),
        "url" => source.url = own(),
        "language" | "lang" => {
            source.language = Lang::parse(value);
            if source.language.is_none() {
                found.doubts.push(format!("language {value:?} is no code such as en or es"));
            }
        }
        "published" | "date" => {
            source.published = PublishedDate::parse(value, basis);
            if source.published.is_none() {
                source.dateline = Some((value.to_owned(), basis));
                found.doubts.push(format!(
                    "published {value:?} is neither a day (2022-01-07) nor a month (2022-01) nor a year; at most its words count"
                ));
            }
        }
        _ => {}
    }
}

/// The front matter stays in the text, so that places in it are places in the file; `skip` says where the article begins.
fn text(path: &str, text: String) -> Found {
    let mut found = Found { source: Source { path: path.into(), has_bytes: true, ..Source::default() }, doubts: Vec::new() };
    match front_matter::find(&text) {
        Some(Ok(front)) => {
            found.source.skip = front.end;
            match front.fields() {
                Ok(fields) => fields.iter().for_each(|(name, value)| set(&mut found, name, value, Basis::FrontMatter)),
                Err(reason) => found.doubts.push(reason),
            }
        }
        Some(Err(reason)) => found.doubts.push(reason),
        None => {}
    }
    found.source.text = text;
    found
}

/// The lines of a file of JSON objects.
struct JsonLines {
    path: String,
    bytes: Box<dyn BufRead>,
    row: usize,
    line: Vec<u8>,
}

impl Iterator for JsonLines {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            self.row += 1;
            self.line.clear();
            match self.bytes.by_ref().take(LONGEST_ROW as u64).read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) => return Some(self.stop(e.to_string())),
            }
            if self.line.len() == LONGEST_ROW && !self.line.ends_with(b"\n") {
                let message = format!("it is longer than {} MB", LONGEST_ROW >> 20);
                return Some(match self.bytes.skip_until(b'\n') {
                    Ok(_) => Err((self.row, message)),
                    Err(e) => self.stop(e.to_string()),
                });
            }
            if let Some(read) = line(&self.line, || format!("{}#{}", self.path, self.row)).transpose() {
                return Some(read.map_err(|message| (self.row, message)));
            }
        }
    }
}

impl JsonLines {
    /// After an error nothing more is read.
    fn stop(&mut self, message: String) -> Row {
        self.bytes = Box::new(io::empty());
        Err((self.row, message))
    }
}

/// The article of one line of a file of JSON objects, which may begin with a mark; an empty line has none.
///
/// # Errors
/// If it is no such object, with the reason.
pub fn line(line: &[u8], path: impl Fn() -> String) -> Result<Option<Found>, String> {
    let line = line.trim_ascii();
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    if line.is_empty() { Ok(None) } else { json_line(line, path).map(Some) }
}

fn json_line(line: &[u8], path: impl Fn() -> String) -> Result<Found, String> {
    let line = String::from_utf8_lossy(line);
    let has_bytes = matches!(line, std::borrow::Cow::Borrowed(_));
    // Where in the line it goes wrong; that line's own number is 1 for the parser.
    let broken =
        |e: serde_json::Error| format!("it is no whole JSON object: {}; each line must be one", e.to_string().replace("line 1 ", ""));
    let mut value: serde_json::Value = serde_json::from_str(&line).map_err(broken)?;
    let not_one = "it is no JSON object with a field `text`; each line must be one";
    let object = value.as_object_mut().ok_or(not_one)?;
    let named_so = |name: &&String| name.eq_ignore_ascii_case("text");
    let name = if object.contains_key("text") { None } else { object.keys().find(named_so).cloned() };
    let text = match object.remove(name.as_deref().unwrap_or("text")) {
        Some(serde_json::Value::String(text)) => text,
        Some(_) => return Err("its field `text` is no string".into()),
        None => return Err(format!("it has no field `text`; its fields are {}", listed(object.keys().map(String::as_str)))),
    };
    let mut found = cell_text(path(), text, has_bytes);
    for (name, value) in object {
        set(&mut found, &name.to_ascii_lowercase(), &words_of(value), Basis::File);
    }
    Ok(found)
}

/// The article of a cell or field. Databases and systems that write pages keep their texts as markup: of that it is what a browser would show.
pub fn cell_text(path: String, text: String, has_bytes: bool) -> Found {
    let read = if is_page(&text) {
        html::read(&path, &text)
    } else if html::is_piece_of_page(&text) {
        html::shown(&text).map(|text| Source { path: path.clone(), text, ..Source::default() })
    } else {
        return Found { source: Source { path, text, has_bytes, ..Source::default() }, doubts: Vec::new() };
    };
    match read {
        Ok(source) => Found { source, doubts: Vec::new() },
        Err(why) => Found {
            source: Source { path, text, has_bytes, ..Source::default() },
            doubts: vec![format!("its markup is read as text, for {why}")],
        },
    }
}

/// Names as a message tells them, some of them where there are many.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const MOST: usize = 12;
    let mut names = names.filter(|n| !n.is_empty()).map(|n| format!("`{n}`"));
    let told: Vec<String> = names.by_ref().take(MOST).collect();
    let more = if names.next().is_some() { " and more" } else { "" };
    if told.is_empty() { "none".into() } else { told.join(", ") + more }
}

/// The words that a value stands for: itself, its `name`, or those of its items.
fn words_of(value: &serde_json::Value) -> String {
    let one = |value: &serde_json::Value| match value {
        serde_json::Value::Number(n) => n.to_string(),
        other => other.as_str().or_else(|| other["name"].as_str()).unwrap_or_default().to_owned(),
    };
    match value {
        serde_json::Value::Array(items) => items.iter().map(one).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", "),
        value => one(value),
    }
}

/// Fails instead of reading more than `room` bytes; whoever holds the room makes it again when a row is done.
struct Metered {
    bytes: Box<dyn BufRead>,
    room: Rc<Cell<usize>>,
}

impl Read for Metered {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(to)?;
        let left = self.room.get().checked_sub(n);
        self.room.set(left.ok_or_else(|| io::Error::other(format!("a row is longer than {} MB", LONGEST_ROW >> 20)))?);
        Ok(n)
    }
}

fn csv_rows(path: &str, mut bytes: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Row>> {
    let mut top = Vec::new();
    if let Err(e) = bytes.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut top) {
        return Box::new(std::iter::once(Err((1, e.to_string()))));
    }
    // A spreadsheet's own line before the names: `sep=;`.
    if let Some(&[delimiter, ref after @ ..]) = top.strip_prefix(b"sep=")
        && after.trim_ascii().is_empty()
    {
        return csv_table(path, delimiter, bytes);
    }
    let delimiter = cell::delimiter(&top, "text");
    csv_table(path, delimiter, Box::new(io::Cursor::new(top).chain(bytes)))
}

fn csv_table(path: &str, delimiter: u8, bytes: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Row>> {
    let refuse = |message: &str| -> Box<dyn Iterator<Item = Row>> { Box::new(std::iter::once(Err((1, message.to_owned())))) };
    let room = Rc::new(Cell::new(LONGEST_ROW));
    let bytes = Metered { bytes: Box::new(bytes.chain(cell::END)), room: room.clone() };
    let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(bytes);
    let header: Vec<String> = match csv.byte_headers() {
        Ok(h) if cell::is_open(h) => return refuse(NEVER_CLOSED),
        Ok(h) if cell::is_end(h) => Vec::new(),
        Ok(h) => h.iter().map(|n| String::from_utf8_lossy(n).trim_start_matches('\u{feff}').trim().to_ascii_lowercase()).collect(),
        Err(e) => return refuse(&e.to_string()),
    };
    match header.iter().filter(|h| *h == "text").count() {
        0 => {
            let named = listed(header.iter().map(|h| &h[..h.floor_char_boundary(LONGEST_NAME)]));
            return refuse(&format!("no column is named `text`; the first line must name the columns, and names {named}"));
        }
        1 => {}
        _ => return refuse("several columns are named `text`; which is the article's?"),
    }
    let at = header.iter().position(|h| h == "text").unwrap_or(0);
    let path = path.to_owned();
    // After a row that could not be read nothing more is.
    let mut records = csv.into_byte_records();
    let mut ended = false;
    let records = std::iter::from_fn(move || {
        room.set(LONGEST_ROW);
        let record = records.next().filter(|r| !ended && !r.as_ref().is_ok_and(cell::is_end))?;
        ended = record.as_ref().is_err_and(csv::Error::is_io_error);
        Some(record)
    });
    Box::new((2..).zip(records).map(move |(row, record)| {
        let record = record.map_err(|e| (row, e.to_string()))?;
        if cell::is_open(&record) {
            return Err((row, NEVER_CLOSED.into()));
        }
        let text = String::from_utf8_lossy(record.get(at).unwrap_or_default());
        let has_bytes = matches!(text, std::borrow::Cow::Borrowed(_));
        let mut found = cell_text(format!("{path}#{row}"), text.into_owned(), has_bytes);
        for (name, value) in header.iter().zip(&record).filter(|(name, _)| *name != "text") {
            set(&mut found, name, &String::from_utf8_lossy(value), Basis::File);
        }
        Ok(found)
    }))
}

/// Why a row that has no end is not used.
const NEVER_CLOSED: &str =
    "a quotation mark in it is never closed, so that all after it would be one cell; close it, or double it if it is part of the words";
/// More of a column's name is not told.
const LONGEST_NAME: usize = 40;
/// The names of columns that tell what parts them stand within so many bytes.
const LONGEST_HEADER: u64 = 1 << 16;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(format: Format, text: &str) -> Found {
        whole(format, "a", Decoded { text: text.into(), has_bytes: true, doubt: None }).unwrap()
    }

    fn many(format: Format, text: &str) -> Vec<Row> {
        rows(format, "d", Box::new(io::Cursor::new(text.to_owned()))).collect()
    }

    #[test]
    fn front_matter_is_read_and_stays_in_the_text() {
        let text = "---\ntitle: \"Calma en la capital\"\npublished: 2022-01-06\nlang: es\n---\nLa noche fue tranquila.\n";
        let source = one(Format::Text, text).source;
        assert_eq!(&source.text[source.skip..], "La noche fue tranquila.\n");
        assert_eq!((source.title.as_deref(), source.language), (Some("Calma en la capital"), Some(Lang::ES)));
        assert_eq!(source.published.map(|p| (p.to_string(), p.basis)), Some(("2022-01-06".into(), Basis::FrontMatter)));
        let open = one(Format::Text, "---\nnever closed").source;
        assert_eq!((open.skip, open.text.as_str()), (0, "---\nnever closed"));
    }

    #[test]
    fn a_value_that_says_nothing_is_told_and_the_text_is_kept() {
        let found = one(Format::Text, "---\npublished: 6 de enero de 2022\nlang: castellano\n---\nLa noche fue tranquila.\n");
        assert_eq!(found.doubts.len(), 2);
        assert_eq!(found.source.dateline, Some(("6 de enero de 2022".into(), Basis::FrontMatter)));
    }

    #[test]
    fn rows_that_can_not_be_used_say_why() {
        let text =
            "{\"text\":\"Calm.\",\"id\":\"a\",\"published\":2022}\n\nnot json\n{\"txt\":\"x\"}\n{\"text\":\"x\",\"language\":\"english\"}";
        let found = many(Format::JsonLines, text);
        let first = &found[0].as_ref().unwrap().source;
        assert_eq!((first.path.as_str(), first.published.map(|p| p.to_string())), ("d#1", Some("2022".into())));
        let wrong: Vec<_> = found.iter().filter_map(|f| f.as_ref().err()).map(|e| e.0).collect();
        assert_eq!(wrong, [3, 4]);
        let last = found[3].as_ref().unwrap();
        assert_eq!((last.source.path.as_str(), last.doubts.len()), ("d#5", 1));
    }

    #[test]
    fn what_a_row_has_in_place_of_a_text_is_told() {
        let told = |format, text: &str| {
            many(format, text)
                .into_iter()
                .map(|row| row.map_or_else(|(row, e)| format!("{row}: {e}"), |f| f.source.text))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told(Format::JsonLines, "{\"body\":1,\"Title\":\"x\"}\n{}\n{\"text\":[]}\n{\"text\":\"Cal"),
            [
                "1: it has no field `text`; its fields are `Title`, `body`",
                "2: it has no field `text`; its fields are none",
                "3: its field `text` is no string",
                "4: it is no whole JSON object: EOF while parsing a string at column 12; each line must be one",
            ]
        );
        let no_column = "no column is named `text`; the first line must name the columns, and names";
        assert_eq!(told(Format::Csv, "Headline;Full Text\nA;Calm.\n"), [format!("1: {no_column} `headline;full text`")]);
        assert_eq!(told(Format::Csv, "\n"), [format!("1: {no_column} none")]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_takes_in_no_other_row() {
        for end in ["", "\n", "\r\n"] {
            let found = many(Format::Csv, &format!("text,id\n\"Calm.\",1\nCalm \"again\".,2\n\"Calm,3\nCalm.,4{end}"));
            assert_eq!(
                found.iter().filter_map(|f| Some(f.as_ref().ok()?.source.text.as_str())).collect::<Vec<_>>(),
                ["Calm.", "Calm \"again\"."]
            );
            assert_eq!(found.iter().filter_map(|f| f.as_ref().err()).map(|e| (e.0, e.1.as_str())).collect::<Vec<_>>(), [(4, NEVER_CLOSED)]);
        }
        assert_eq!(many(Format::Csv, "text,\"id\nCalm.,1\n")[0].as_ref().unwrap_err().1, NEVER_CLOSED);
        assert_eq!(many(Format::Csv, "text\n").len(), 0);
    }

    #[test]
    fn texts_that_are_markup_are_what_a_browser_shows() {
        let read = |text: &str| {
            let line = serde_json::json!({ "Text": text, "ID": "a", "title": "Of the row" }).to_string();
            let csv = format!("title,text\nOf the row,\"{}\"\n", text.replace('"', "\"\""));
            let [json, csv] =
                [(Format::JsonLines, line), (Format::Csv, csv)].map(|(format, text)| many(format, &text).remove(0).unwrap().source);
            assert_eq!((&json.text, json.has_bytes, &json.title), (&csv.text, csv.has_bytes, &csv.title));
            assert_eq!((json.id.as_deref(), json.title.as_deref()), (Some("a"), Some("Of the row")));
            (json.text.trim().to_owned(), json.has_bytes)
        };
        for (markup, shown) in [
            (
                "<p class=\"a\">Calm &amp; quiet.</p><P>“No,” said <a href='/x'>Ann Lee</a>.</P><p>Still.</p>",
                "Calm & quiet.\n\n“No,” said Ann Lee.\n\nStill.",
            ),
            ("Calm.<br />\nQuiet.<BR><br>Still.", "Calm.\nQuiet.\n\nStill."),
            (
                "&lt;p&gt;Calm &amp;amp; quiet.&lt;/p&gt;&lt;p&gt;Still.&lt;/p&gt;&lt;P&gt;Calm.&lt;/P&gt;",
                "Calm & quiet.\n\nStill.\n\nCalm.",
            ),
            ("<!doctype html><title>Of the page</title><body><script>x</script><p>Calm.</p>", "Of the page\n\nCalm."),
        ] {
            assert_eq!(read(markup), (shown.to_owned(), false), "{markup}");
        }
        let named =
            many(Format::JsonLines, r#"{"text":"Calm.","title":"Calm &amp; <i>quiet</i>","author":"Jos&eacute; R.","source":"A&B"}"#)
                .remove(0)
                .unwrap()
                .source;
        assert_eq!([named.title, named.author, named.source].map(|v| v.unwrap().trim().to_owned()), ["Calm & quiet", "José R.", "A&B"]);
        let deep = format!("{}Calm.<br><br><br>", "<b>".repeat(300));
        let found = many(Format::JsonLines, &serde_json::json!({ "text": deep }).to_string()).remove(0).unwrap();
        assert_eq!((found.source.text, found.doubts.len()), (deep, 1));
        // What is found in these has its places in them.
        for plain in [
            "Calm &amp; <em>quiet</em>.\n\n&ldquo;No&rdquo;",
            "<h2>Calm</h2>\n<p>Quiet. Still.</p>\n<p>\n<img src=x>\n</p>",
            "<br><bread><pr>",
        ] {
            assert_eq!(read(plain), (plain.to_owned(), true));
        }
        for plain in ["Calm.\n\nR&D, Q&A; a < b > c, <3, <unk>, 1<p, AT&T;", "x <b", "&", "<", "a & b; c"] {
            assert_eq!(read(plain), (plain.to_owned(), true));
        }
    }

    #[test]
    fn names_of_several_are_joined() {
        let found = many(
            Format::JsonLines,
            r#"{"text":"x","author":["Ann Lee",{"name":"Bo Ray"},7,null],"source":{"name":"The Daily"},"title":["",{}]}"#,
        );
        let source = &found[0].as_ref().unwrap().source;
        assert_eq!(
            (source.author.as_deref(), source.source.as_deref(), source.title.as_deref()),
            (Some("Ann Lee, Bo Ray, 7"), Some("The Daily"), None)
        );
    }

    #[test]
    fn csv_has_the_same_names() {
        for text in ["id,text,language\n1,\"Calm,\nat last.\",en\n", "\u{feff}Text;Id;Language\n\"Calm,\nat last.\";1;en\n"] {
            let found = many(Format::Csv, text);
            let source = &found[0].as_ref().unwrap().source;
            assert_eq!((source.path.as_str(), source.text.as_str(), source.language), ("d#2", "Calm,\nat last.", Some(Lang::EN)));
        }
        for text in ["sep=|\nid|text\n1|Calm.\n", "id|text\n1|Calm.\n", "sep=;\r\ntext;id\r\nCalm.;1\r\n"] {
            let found = many(Format::Csv, text);
            let source = &found[0].as_ref().unwrap().source;
            assert_eq!((source.text.as_str(), source.id.as_deref()), ("Calm.", Some("1")), "{text:?}");
        }
        for text in ["a,b\n1,2\n", "text,Text\n1,2\n", "sep=;", ""] {
            assert!(many(Format::Csv, text)[0].is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_page_under_another_name_is_a_page() {
        let found = one(Format::Text, "\n<!DOCTYPE html><p>The night was quiet, neighbours said on Friday.");
        assert_eq!((found.source.text.trim(), found.source.has_bytes), ("The night was quiet, neighbours said on Friday.", false));
        assert_eq!(found.doubts.len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read_in_any_format(text in any::<String>()) {
            for format in [Format::Text, Format::Html] {
                let source = one(format, &text).source;
                assert!(source.text.is_char_boundary(source.skip));
            }
            for format in [Format::JsonLines, Format::Csv] {
                let _ = many(format, &text);
            }
        }
    }
}
