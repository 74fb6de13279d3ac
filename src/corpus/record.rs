//! One article that another program hands over: its text, a line of JSON, or a web page, with what is known of it beside.

use super::charset::decode;
use super::format::{self, Found};
use super::html;
use super::read::{Problem, Source, is_blank, problem};
use crate::vocabulary::{Basis, Severity};

/// No single article is larger.
const LONGEST: usize = 1 << 26;

/// What holds the article.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// Its text.
    Text(&'a [u8]),
    /// A JSON object with the same names as a line of a `.jsonl` file.
    Json(&'a [u8]),
    /// A saved web page.
    Html(&'a [u8]),
}

impl<'a> Body<'a> {
    /// Its bytes, as they came.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        let (Self::Text(bytes) | Self::Json(bytes) | Self::Html(bytes)) = self;
        bytes
    }
}

/// An article that is handed over.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// Where it is from: the file, and the row in it (`dump.jsonl#12`).
    pub path: &'a str,
    /// What holds it.
    pub body: Body<'a>,
    /// Names and values of what is known beside; they have the last word, as an index has.
    pub known: Vec<(&'a str, &'a str)>,
    /// The path of the document before it that has its id already.
    pub id_taken_by: Option<&'a str>,
}

impl Record<'_> {
    /// The article, if there is one, and what could not be used.
    #[must_use]
    pub fn source(&self) -> (Option<Source>, Vec<Problem>) {
        let told = |severity, message: &str| problem(self.path, severity, message);
        let mut found = match self.found() {
            Ok(Some(found)) => found,
            Ok(None) => return (None, Vec::new()),
            Err(message) => return (None, vec![told(Severity::Error, &message)]),
        };
        for (name, value) in &self.known {
            format::set(&mut found, name, value, Basis::File);
        }
        let mut problems: Vec<_> = found.doubts.iter().map(|doubt| told(Severity::Warning, doubt)).collect();
        let mut source = found.source;
        if is_blank(&source.text) {
            problems.push(told(Severity::Error, "there is no text in it"));
            return (None, problems);
        }
        if let (Some(id), Some(first)) = (&source.id, self.id_taken_by) {
            problems.push(told(Severity::Error, &format!("its id {id:?} is that of {first} already; it is given another")));
            source.id = None;
        }
        (Some(source), problems)
    }

    fn found(&self) -> Result<Option<Found>, String> {
        if self.body.bytes().len() > LONGEST {
            return Err(format!("it holds more than {} MB, so it is no single article", LONGEST >> 20));
        }
        match self.body {
            Body::Text(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                let has_bytes = matches!(text, std::borrow::Cow::Borrowed(_));
                Ok(Some(format::cell_text(self.path.to_owned(), text.into_owned(), has_bytes)))
            }
            Body::Json(line) => format::line(line, || self.path.to_owned()),
            Body::Html(bytes) => {
                let decoded = decode(bytes.to_vec(), html::declared_charset(bytes))?;
                Ok(Some(format::whole(format::Format::Html, self.path, decoded)?))
            }
        }
    }
}
