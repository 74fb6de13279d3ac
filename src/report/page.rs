//! The frame that all pages share, and the parts that several use.

use std::borrow::Cow;
use std::fmt::Display;

use base64::Engine;
use maud::{DOCTYPE, Markup, html};
use sha2::{Digest, Sha256};

use super::places::Places;

const STYLE: &str = include_str!("style.css");

/// Nothing is allowed but the style sheets that the program itself wrote, by their hashes: no script, no request, no frame, no form.
fn policy(own: &[String]) -> String {
    let hash = |sheet: &str| format!(" 'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(sheet)));
    let mut hashes = vec![hash(STYLE)];
    hashes.extend(own.iter().map(|s| hash(s)));
    hashes.dedup();
    format!("default-src 'none'; style-src{}; base-uri 'none'; form-action 'none'", hashes.concat())
}

/// The style sheets inside a picture that the program drew, in which every other text is escaped.
pub(super) fn sheets_in(svg: &str) -> impl Iterator<Item = String> {
    svg.split("<style").skip(1).filter_map(|rest| Some(rest.split_once('>')?.1.split_once("</style>")?.0.to_owned()))
}

/// How many folders below `report.html` a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Top,
    Sheets,
    Articles,
}

impl Depth {
    /// An address, given from the folder of `report.html`, as this page must write it.
    pub(super) fn to(self, address: impl Display) -> String {
        let up = match self {
            Self::Top => "",
            Self::Sheets => "../",
            Self::Articles => "../../",
        };
        format!("{up}{address}")
    }
}

/// A page without its frame.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) depth: Depth,
    /// What the window is called.
    pub(super) title: String,
    /// The way back: words with addresses.
    pub(super) trail: Vec<(String, String)>,
    pub(super) body: Markup,
    /// The style sheets of its pictures.
    pub(super) sheets: Vec<String>,
}

impl Page {
    pub(super) fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(&self.sheets));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(concat!("newsframe ", env!("CARGO_PKG_VERSION")));
                    title { (self.title) }
                    style { (maud::PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    @if !self.trail.is_empty() {
                        header.trail {
                            nav aria-label="Where this page stands" {
                                @for (words, address) in &self.trail { a href=(self.depth.to(address)) { (words) } " › " }
                            }
                        }
                    }
                    main #main tabindex="-1" { (self.body) }
                    footer { p { "Figures and words as reported, not verified. Made by newsframe " (env!("CARGO_PKG_VERSION")) "; this page fetches nothing." } }
                }
            }
        }
    }
}

/// Words of an article or of a corpus, which may be written from right to left, or pretend to be.
pub(super) fn words(text: &str) -> Markup {
    html! { bdi { (text) } }
}

/// The same where they may be unknown.
pub(super) fn known(text: Option<&str>) -> Markup {
    text.map_or_else(|| html! { span.unknown { "unknown" } }, words)
}

/// The columns of a table over rows of one kind: each its heading, and how a row fills it.
pub(super) struct Columns<'c, R: ?Sized>(Vec<Column<'c, R>>);

struct Column<'c, R: ?Sized> {
    head: Cow<'c, str>,
    is_number: bool,
    cell: Box<dyn Fn(&R) -> Markup + Sync + 'c>,
}

impl<'c, R: ?Sized> Columns<'c, R> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// With a column of words more.
    pub(super) fn text(mut self, head: impl Into<Cow<'c, str>>, cell: impl Fn(&R) -> Markup + Sync + 'c) -> Self {
        self.0.push(Column { head: head.into(), is_number: false, cell: Box::new(cell) });
        self
    }

    /// With a column of numbers more.
    pub(super) fn number(mut self, head: impl Into<Cow<'c, str>>, cell: impl Fn(&R) -> String + Sync + 'c) -> Self {
        self.0.push(Column { head: head.into(), is_number: true, cell: Box::new(move |r| html! { (cell(r)) }) });
        self
    }
}

/// A table that scrolls by itself where it is too wide. The first column names the row.
pub(super) fn table<'r, R: 'r + ?Sized>(caption: &str, columns: &Columns<'_, R>, rows: impl IntoIterator<Item = &'r R>) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr { @for c in &columns.0 { th scope="col" class=[c.is_number.then_some("n")] { (c.head) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (i, c) in columns.0.iter().enumerate() {
                                @if i == 0 { th scope="row" class=[c.is_number.then_some("n")] { ((c.cell)(row)) } }
                                @else { td class=[c.is_number.then_some("n")] { ((c.cell)(row)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The link to the sentence that a row stands in, in words: its outlet and the sentence's number.
pub(super) fn place(places: &Places<'_>, depth: Depth, doc_id: &str, sentence_id: Option<&str>) -> Markup {
    let Some(address) = places.sentence(doc_id, sentence_id) else { return words(doc_id) };
    let number = sentence_id.and_then(|s| places.number(s));
    html! {
        a href=(depth.to(address)) {
            (words(places.document(doc_id).map_or(doc_id, name)))
            @if let Some(number) = number { ", s. " (number) }
        }
    }
}

/// How a document is named in a line: by its outlet, else by its file.
pub(super) fn name(d: &crate::tables::DocumentRow) -> &str {
    d.source.as_deref().unwrap_or(&d.path)
}

/// What a document is headed with: its title, else its first words.
pub(super) fn headline(d: &crate::tables::DocumentRow) -> String {
    let says = |l: &&str| l.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let first = || d.text.lines().map(str::trim).find(says).unwrap_or(&d.path);
    shortened(d.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or_else(first), 120)
}

/// The first letters of a text, up to the end of a word.
pub(super) fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let cut: String = text.chars().take(letters).collect();
    let end = cut.rfind(char::is_whitespace).filter(|&i| i > letters / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

/// An interval as a reader says it.
pub(super) fn interval(min: Option<f64>, max: Option<f64>) -> String {
    let n = |v: f64| if v >= 0.0 && v == v.trunc() && v < 1e15 { crate::tally::grouped(v as u64) } else { format!("{v:.1}") };
    match (min, max) {
        (Some(a), Some(b)) if a == b => n(a),
        (Some(a), Some(b)) => format!("{}–{}", n(a), n(b)),
        (Some(a), None) => format!("{} or more", n(a)),
        (None, Some(b)) => format!("up to {}", n(b)),
        (None, None) => "unknown".to_owned(),
    }
}

/// A word of a closed set as prose has it.
pub(super) fn plain(word: &str) -> String {
    word.replace('_', " ")
}
