//! Every table, once: its columns in order, their types, and how a cell is written in each format.
//!
//! A column's definition stands in the codebook; this module is the only place that names columns. Rows are plain structs,
//! so that the way from bytes to rows needs no data frame; with the feature `tables` each table is also a Polars
//! data frame of the same columns.

mod read;
#[cfg(feature = "tables")]
mod scan;

pub use read::read;
#[cfg(feature = "tables")]
pub use scan::scan;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::corpus::guarded;
use crate::error::{Error, Result};
use crate::vocabulary::{
    Anchor, Basis, Bound, ClaimKind, DateKind, EditKind, EntityKind, Frame, Joining, Modifier, Precision, QuoteKind, Reason, Scope,
    Section, Severity, VictimClass, Voice,
};

/// A table's rows.
pub trait Row: Serialize + Sized {
    /// The table's name, which is its file's stem.
    const TABLE: &'static str;
    /// Its columns, in order.
    const COLUMNS: &'static [&'static str];
    /// The cells as a CSV writes them; unknown is empty.
    fn cells(&self) -> Vec<String>;
    /// Adds the row as a JSON object.
    fn json(&self, out: &mut Vec<u8>);
    /// The rows as a Polars data frame.
    ///
    /// # Errors
    /// If Polars can't build it.
    #[cfg(feature = "tables")]
    fn frame(rows: &[Self]) -> Result<polars::prelude::DataFrame>;
    /// The rows as an Arrow struct, in types that every engine has (whole numbers are signed, text has 32-bit offsets).
    #[cfg(feature = "worker")]
    fn array<'a>(rows: impl Iterator<Item = Option<&'a Self>> + Clone) -> arrow_array::StructArray
    where
        Self: 'a;
}

/// A value that a cell can hold.
pub trait Cell {
    /// As a CSV writes it.
    fn text(&self) -> String;
    /// Adds it as JSON writes it.
    fn json(&self, out: &mut Vec<u8>);
    /// An Arrow column of such values.
    #[cfg(feature = "worker")]
    fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> arrow_array::ArrayRef
    where
        Self: 'a;
    /// A Polars column of such values.
    #[cfg(feature = "tables")]
    fn column<'a>(name: &str, values: impl Iterator<Item = &'a Self>) -> polars::prelude::Column
    where
        Self: 'a;
}

macro_rules! cell {
    ($($ty:ty => |$v:ident| $text:expr, |$j:ident, $out:ident| $json:expr, |$n:ident, $i:ident| $column:expr, |$a:ident| $array:expr;)+) => {$(
        impl Cell for $ty {
            fn text(&self) -> String { let $v = self; $text }
            fn json(&self, $out: &mut Vec<u8>) { let $j = self; $json }
            #[cfg(feature = "worker")]
            fn array<'a>($a: impl Iterator<Item = Option<&'a Self>>) -> arrow_array::ArrayRef where Self: 'a {
                #[allow(unused_imports)]
                use arrow_array::*;
                std::sync::Arc::new($array)
            }
            #[cfg(feature = "tables")]
            fn column<'a>($n: &str, $i: impl Iterator<Item = &'a Self>) -> polars::prelude::Column where Self: 'a {
                #[allow(unused_imports)]
                use polars::prelude::*;
                $column
            }
        }
    )+};
}

macro_rules! word_cells {
    ($($ty:ty),+) => { cell! {$(
        $ty => |v| v.as_str().to_owned(), |v, out| word_json(v.as_str(), out), |name, values| Column::new(name.into(), values.map(|v| v.as_str()).collect::<Vec<_>>()),
            |values| values.map(|v| v.map(|v| v.as_str())).collect::<StringArray>();
        Option<$ty> => |v| v.map_or_else(String::new, |v| v.as_str().to_owned()), |v, out| known_json(v.as_ref(), out, |v, out| word_json(v.as_str(), out)), |name, values| Column::new(name.into(), values.map(|v| v.map(|v| v.as_str())).collect::<Vec<_>>()),
            |values| values.map(|v| v.copied().flatten().map(|v| v.as_str())).collect::<StringArray>();
    )+} };
}

/// Adds a value that is rare or short as JSON writes it.
fn plain_json<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    // Nothing fails that is written into memory and has no maps.
    let _ = serde_json::to_writer(out, value);
}

/// Adds a value that may be unknown.
fn known_json<T>(value: Option<&T>, out: &mut Vec<u8>, add: impl FnOnce(&T, &mut Vec<u8>)) {
    match value {
        Some(value) => add(value, out),
        None => out.extend_from_slice(b"null"),
    }
}

/// Adds a text as JSON writes it.
fn text_json(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    out.reserve(rest.len() + 2);
    out.push(b'"');
    while let Some((plain, escaped, behind)) = first_escaped(rest).and_then(|at| Some((&rest[..at], rest.get(at)?, &rest[at + 1..]))) {
        out.extend_from_slice(plain);
        match escaped {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *escaped]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            _ => out.extend_from_slice(format!("\\u{escaped:04x}").as_bytes()),
        }
        rest = behind;
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Where the first byte stands that JSON escapes. Nearly all that is written is text without any, so it is looked through by the block.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let escaped = |b: &u8| *b < 0x20 || *b == b'"' || *b == b'\\';
    let (blocks, rest) = bytes.as_chunks::<16>();
    let block = blocks.iter().position(|block| block.iter().fold(false, |any, b| any | escaped(b)));
    // What is left behind the last block is looked through with some of that block, if there is one.
    let from = match block {
        Some(block) => block * 16,
        None if rest.is_empty() => return None,
        None => match bytes.last_chunk::<16>() {
            Some(last) if !last.iter().fold(false, |any, b| any | escaped(b)) => return None,
            _ => bytes.len() - rest.len(),
        },
    };
    Some(from + bytes[from..].iter().position(escaped)?)
}

/// Adds a word of a vocabulary, in which nothing has to be escaped.
fn word_json(word: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(word.as_bytes());
    out.push(b'"');
}

/// A number without a needless `.0`.
fn number(v: f64) -> String {
    v.to_string()
}

#[cfg(any(feature = "tables", feature = "worker"))]
fn days(d: NaiveDate) -> i32 {
    i32::try_from((d - NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

/// A place in a text; none is beyond what a signed number holds.
#[cfg(feature = "worker")]
fn signed(v: u64) -> i64 {
    i64::try_from(v).unwrap_or(i64::MAX)
}

cell! {
    SmolStr => |v| guarded(v).into_owned(), |v, out| text_json(v, out), |name, values| Column::new(name.into(), values.map(SmolStr::as_str).collect::<Vec<_>>()),
        |values| values.map(|v| v.map(SmolStr::as_str)).collect::<StringArray>();
    Option<SmolStr> => |v| v.as_deref().map(guarded).unwrap_or_default().into_owned(), |v, out| known_json(v.as_ref(), out, |v, out| text_json(v, out)), |name, values| Column::new(name.into(), values.map(Option::as_deref).collect::<Vec<_>>()),
        |values| values.map(|v| v.and_then(|v| v.as_deref())).collect::<StringArray>();
    bool => |v| v.to_string(), |v, out| out.extend_from_slice(if *v { b"true" } else { b"false" }), |name, values| Column::new(name.into(), values.copied().collect::<Vec<_>>()),
        |values| values.map(Option::<&bool>::copied).collect::<BooleanArray>();
    u32 => |v| v.to_string(), |v, out| plain_json(v, out), |name, values| Column::new(name.into(), values.copied().collect::<Vec<_>>()),
        |values| values.map(|v| v.copied().map(i64::from)).collect::<Int64Array>();
    u64 => |v| v.to_string(), |v, out| plain_json(v, out), |name, values| Column::new(name.into(), values.copied().collect::<Vec<_>>()),
        |values| values.map(|v| v.copied().map(signed)).collect::<Int64Array>();
    Option<u64> => |v| v.map_or_else(String::new, |v| v.to_string()), |v, out| plain_json(v, out), |name, values| Column::new(name.into(), values.copied().collect::<Vec<_>>()),
        |values| values.map(|v| v.copied().flatten().map(signed)).collect::<Int64Array>();
    Option<f64> => |v| v.map_or_else(String::new, number), |v, out| plain_json(v, out), |name, values| Column::new(name.into(), values.copied().collect::<Vec<_>>()),
        |values| values.map(|v| v.copied().flatten()).collect::<Float64Array>();
    Option<NaiveDate> => |v| v.map_or_else(String::new, |v| v.to_string()), |v, out| plain_json(v, out),
        |name, values| Int32Chunked::from_iter_options(name.into(), values.map(|d| d.map(days))).into_date().into_column(),
        |values| values.map(|v| v.copied().flatten().map(days)).collect::<Date32Array>();
    Vec<String> => |v| guarded(&v.join("; ")).into_owned(), |v, out| plain_json(v, out), |name, values| {
        let lists: Vec<Series> = values.map(|v| Series::new("".into(), v.as_slice())).collect();
        if lists.is_empty() {
            Series::new_empty(name.into(), &DataType::List(Box::new(DataType::String))).into_column()
        } else {
            Column::new(name.into(), lists)
        }
    }, |values| {
        let mut lists = builder::ListBuilder::new(builder::StringBuilder::new());
        values.for_each(|v| lists.append_option(v.map(|v| v.iter().map(Some))));
        lists.finish()
    };
}
word_cells! { Anchor, Basis, Bound, ClaimKind, DateKind, EditKind, EntityKind, Frame, Joining, Modifier, Precision, QuoteKind, Reason, Scope, Section, Severity, VictimClass, Voice }

macro_rules! rows {
    ($($(#[$doc:meta])* $field:ident: $row:ident { $($column:ident: $ty:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[allow(missing_docs)] // the codebook defines every column
            pub struct $row { $(pub $column: $ty),+ }

            impl Row for $row {
                const TABLE: &'static str = stringify!($field);
                const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];
                fn cells(&self) -> Vec<String> { vec![$(Cell::text(&self.$column)),+] }
                fn json(&self, out: &mut Vec<u8>) {
                    let start = out.len();
                    $(
                        out.extend_from_slice(concat!(",\"", stringify!($column), "\":").as_bytes());
                        Cell::json(&self.$column, out);
                    )+
                    out[start] = b'{';
                    out.push(b'}');
                }
                #[cfg(feature = "tables")]
                fn frame(rows: &[Self]) -> Result<polars::prelude::DataFrame> {
                    let columns = vec![$(<$ty as Cell>::column(stringify!($column), rows.iter().map(|r| &r.$column))),+];
                    polars::prelude::DataFrame::new(rows.len(), columns)
                        .map_err(|e| Error::Table { table: Self::TABLE, message: e.to_string() })
                }
                #[cfg(feature = "worker")]
                fn array<'a>(rows: impl Iterator<Item = Option<&'a Self>> + Clone) -> arrow_array::StructArray {
                    let known = rows.clone().map(|r| r.is_some()).collect::<Vec<_>>().into();
                    let columns: Vec<arrow_array::ArrayRef> =
                        vec![$(<$ty as Cell>::array(rows.clone().map(|r| r.map(|r| &r.$column)))),+];
                    let field = |(name, column): (&&str, &arrow_array::ArrayRef)| {
                        arrow_schema::Field::new(*name, column.data_type().clone(), true)
                    };
                    let fields = Self::COLUMNS.iter().zip(&columns).map(field).collect();
                    arrow_array::StructArray::new(fields, columns, Some(known))
                }
            }
        )+
    };
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident: $row:ident { $($column:ident: $ty:ty),+ $(,)? })+) => {
        rows! { $($(#[$doc])* $field: $row { $($column: $ty),+ })+ }

        /// The rows of all tables of a run.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub struct Tables { $(pub $field: Vec<$row>),+ }

        impl Tables {
            /// The tables' names, in order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            /// Writes every table into `folder`; gives each table's name with the number of its rows.
            ///
            /// # Errors
            /// If a file can't be written. A file is there whole or not at all.
            pub fn write(&self, folder: &Path, format: Format) -> Result<Vec<(&'static str, usize)>> {
                let mut files = Files::new(folder, &[format])?;
                $(
                    for rows in self.$field.chunks(AT_ONCE) {
                        let blocks = Blocks { $field: vec![Block::of(rows, format)?], ..Blocks::default() };
                        files.put(blocks)?;
                    }
                )+
                files.finish()
            }

            /// The rows as they stand in files of these formats.
            pub(crate) fn blocks(self, formats: &[Format]) -> Result<Blocks> {
                Ok(Blocks { $($field: formats.iter().map(|f| Block::of(&self.$field, *f)).collect::<Result<_>>()?),+ })
            }

            /// Adds the rows of another run after these.
            pub fn extend(&mut self, other: Self) {
                $(self.$field.extend(other.$field);)+
            }

            /// The number of rows of each table, in order.
            #[must_use]
            pub fn lengths(&self) -> Vec<usize> {
                vec![$(self.$field.len()),+]
            }

            /// The rows of each table as an Arrow struct, in order.
            #[cfg(feature = "worker")]
            #[must_use]
            pub fn arrays(&self) -> Vec<arrow_array::StructArray> {
                vec![$(Row::array(self.$field.iter().map(Some))),+]
            }
        }

        /// Rows of every table as they stand in files, of each format.
        #[derive(Default)]
        pub(crate) struct Blocks { $($field: Vec<Block>),+ }

        /// The files of all tables, each beside its place until all are complete.
        pub(crate) struct Files { $($field: Vec<Writer<$row>>),+ }

        impl Files {
            /// Files in `folder`, one a table and format.
            pub fn new(folder: &Path, formats: &[Format]) -> Result<Self> {
                // What runs left that were cut off.
                let is_part = |name: &str| name.ends_with(PART) && Tables::NAMES.iter().any(|table| name.starts_with(table));
                for (path, _) in abandoned(folder, is_part) {
                    let _ = std::fs::remove_file(path);
                }
                Ok(Self { $($field: formats.iter().map(|f| Writer::new(folder, *f)).collect::<Result<_>>()?),+ })
            }

            /// Adds rows.
            pub fn put(&mut self, rows: Blocks) -> Result<()> {
                $(self.$field.iter_mut().zip(rows.$field).try_for_each(|(writer, block)| writer.put(block))?;)+
                Ok(())
            }

            /// Moves every file to its place; gives each table's name with the number of its rows.
            pub fn finish(self) -> Result<Vec<(&'static str, usize)>> {
                let rows = vec![$((stringify!($field), self.$field.first().map_or(0, |w| w.rows))),+];
                $(let $field = self.$field.into_iter().map(Writer::complete).collect::<Result<Vec<_>>>()?;)+
                $($field.into_iter().try_for_each(Complete::place)?;)+
                Ok(rows)
            }
        }
    };
}

tables! {
    /// One row a document.
    documents: DocumentRow {
        doc_id: SmolStr, path: SmolStr, source: Option<SmolStr>, title: Option<SmolStr>, author: Option<SmolStr>, url: Option<SmolStr>,
        language: SmolStr, published: Option<NaiveDate>, published_precision: Option<Precision>, published_basis: Option<Basis>, text: SmolStr,
        paragraphs: u32, sentences: u32, tokens: u32, sha256: SmolStr, repairs: u32, unrepaired: u32, removed_lines: u32,
        duplicate_of: Option<SmolStr>,
    }
    /// One row a change between source and clean text.
    edits: EditRow {
        doc_id: SmolStr, kind: EditKind, raw_start: Option<u64>, raw_end: Option<u64>, clean_start: u64, before: SmolStr, after: SmolStr,
        rule: SmolStr, confidence: Option<f64>,
    }
    /// One row a sentence.
    sentences: SentenceRow {
        sentence_id: SmolStr, doc_id: SmolStr, paragraph: u32, sentence: u32, section: Section, start: u64, end: u64,
        raw_start: Option<u64>, raw_end: Option<u64>, text: SmolStr, language: SmolStr, voice: Voice, tokens: u32, repaired: bool,
    }
    /// One row a quotation; `start..end` is the content that is attributed.
    quotes: QuoteRow {
        quote_id: SmolStr, doc_id: SmolStr, sentence_id: Option<SmolStr>, kind: QuoteKind, start: u64, end: u64, raw_start: Option<u64>,
        raw_end: Option<u64>, text: SmolStr, speaker_text: Option<SmolStr>, speaker_start: Option<u64>, speaker_end: Option<u64>,
        entity_id: Option<SmolStr>, cue: Option<SmolStr>, rule: SmolStr,
    }
    /// One row a name in a text.
    mentions: MentionRow {
        mention_id: SmolStr, doc_id: SmolStr, sentence_id: Option<SmolStr>, kind: EntityKind, start: u64, end: u64, raw_start: Option<u64>,
        raw_end: Option<u64>, text: SmolStr, entity_id: SmolStr, joined_by: Option<Joining>, rule: SmolStr,
    }
    /// One row a thing that is named, over all documents.
    entities: EntityRow {
        entity_id: SmolStr, name: SmolStr, kind: EntityKind, aliases: Vec<String>, wikidata: Option<SmolStr>, country: Option<SmolStr>,
        latitude: Option<f64>, longitude: Option<f64>, mentions: u32, documents: u32,
    }
    /// One row a temporal expression.
    dates: DateRow {
        date_id: SmolStr, doc_id: SmolStr, sentence_id: Option<SmolStr>, start: u64, end: u64, raw_start: Option<u64>, raw_end: Option<u64>,
        text: SmolStr, kind: DateKind, value: Option<SmolStr>, modifier: Option<Modifier>, date_start: Option<NaiveDate>, date_end: Option<NaiveDate>,
        precision: Option<Precision>, anchor: Anchor, rule: SmolStr,
    }
    /// One row a reported figure; `start..end` is the figure itself.
    claims: ClaimRow {
        claim_id: SmolStr, doc_id: SmolStr, sentence_id: Option<SmolStr>, start: u64, end: u64, raw_start: Option<u64>, raw_end: Option<u64>,
        text: SmolStr, kind: ClaimKind, value_min: Option<f64>, value_max: Option<f64>, value_best: Option<f64>, bound: Bound,
        victims_text: Option<SmolStr>, victim_class: VictimClass, perpetrator_text: Option<SmolStr>, speaker_text: Option<SmolStr>,
        speaker_entity_id: Option<SmolStr>, voice: Voice, cue: Option<SmolStr>, place_text: Option<SmolStr>, place_entity_id: Option<SmolStr>,
        event_start: Option<NaiveDate>, event_end: Option<NaiveDate>, event_precision: Option<Precision>, event_rule: Option<SmolStr>,
        reported_date: Option<NaiveDate>, scope: Scope, subset_of: Option<SmolStr>, supersedes: Option<SmolStr>, retracts: Option<SmolStr>, contradicts: Option<SmolStr>,
        claim_group: Option<SmolStr>, negated: bool, hypothetical: bool, rule: SmolStr,
    }
    /// One row a number or number word: the claim that it is, or why it is none.
    figures: FigureRow {
        figure_id: SmolStr, doc_id: SmolStr, sentence_id: Option<SmolStr>, start: u64, end: u64, raw_start: Option<u64>, raw_end: Option<u64>,
        text: SmolStr, claim_id: Option<SmolStr>, reason: Option<Reason>, rule: Option<SmolStr>,
    }
    /// One row a loaded term.
    terms: TermRow {
        term_id: SmolStr, doc_id: SmolStr, sentence_id: Option<SmolStr>, start: u64, end: u64, raw_start: Option<u64>, raw_end: Option<u64>,
        text: SmolStr, concept: SmolStr, frame: Frame, language: SmolStr, voice: Voice, speaker_text: Option<SmolStr>,
        speaker_entity_id: Option<SmolStr>, negated: bool, target_text: Option<SmolStr>, target_entity_id: Option<SmolStr>, rule: SmolStr,
    }
    /// One row a thing that could not be used, or only in part.
    problems: ProblemRow {
        path: SmolStr, doc_id: Option<SmolStr>, stage: SmolStr, severity: Severity, message: SmolStr,
    }
}

// What has to be known of a document to join it with others, where they are not in one memory.
rows! {
    /// One row a way of writing a name in one document; or, with neither, the holder of an office.
    names: NameRow {
        name: SmolStr, folded: SmolStr, person: bool, key: Option<SmolStr>, written: Option<SmolStr>, kind: Option<EntityKind>, count: u32,
    }
    /// One row a claim: what of it the table of claims doesn't say and tells whether another one is the same.
    reports: ReportRow {
        claim_id: SmolStr, sentence: u32, nth: u32, words: SmolStr, quotation: Option<SmolStr>,
    }
}

impl Tables {
    /// The same with every document counted, also those that repeat another one, which tallies leave out otherwise.
    #[must_use]
    pub fn with_duplicates(mut self) -> Self {
        self.documents.iter_mut().for_each(|d| d.duplicate_of = None);
        self
    }

    /// The same without the sentences that had to be repaired and what stands in them, to see whether they matter.
    #[must_use]
    pub fn without_repaired(mut self) -> Self {
        let repaired: HashSet<SmolStr> = self.sentences.iter().filter(|s| s.repaired).map(|s| s.sentence_id.clone()).collect();
        let keeps = |id: &Option<SmolStr>| id.as_ref().is_none_or(|id| !repaired.contains(id));
        self.sentences.retain(|s| !s.repaired);
        self.terms.retain(|r| keeps(&r.sentence_id));
        self.quotes.retain(|r| keeps(&r.sentence_id));
        self.mentions.retain(|r| keeps(&r.sentence_id));
        self.dates.retain(|r| keeps(&r.sentence_id));
        self.claims.retain(|r| keeps(&r.sentence_id));
        self.figures.retain(|r| keeps(&r.sentence_id));
        self
    }
}

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet, with the feature `tables`.
    #[cfg(feature = "tables")]
    Parquet,
    /// Comma-separated values with a header; a list is one cell with `; ` between its items, and a text that a spreadsheet would
    /// run as a formula has an apostrophe before it.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The ending of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            #[cfg(feature = "tables")]
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// Rows of one table as they stand in a file.
pub(crate) struct Block {
    rows: usize,
    body: Body,
}

enum Body {
    Lines(Vec<u8>),
    #[cfg(feature = "tables")]
    Columns(polars::prelude::DataFrame),
}

impl Block {
    fn of<R: Row>(rows: &[R], format: Format) -> Result<Self> {
        let body = match format {
            #[cfg(feature = "tables")]
            Format::Parquet => Body::Columns(R::frame(rows)?),
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(Vec::new());
                rows.iter().try_for_each(|r| csv.write_record(r.cells())).map_err(wrong::<R>)?;
                Body::Lines(csv.into_inner().map_err(wrong::<R>)?)
            }
            Format::Jsonl => {
                // Most rows take less.
                let mut lines = Vec::with_capacity(rows.len() << 9);
                for row in rows {
                    row.json(&mut lines);
                    lines.push(b'\n');
                }
                Body::Lines(lines)
            }
        };
        Ok(Self { rows: rows.len(), body })
    }
}

fn wrong<R: Row>(e: impl std::fmt::Display) -> Error {
    Error::Table { table: R::TABLE, message: e.to_string() }
}

/// Rows of a table that become columns at once.
const AT_ONCE: usize = 1 << 13;

/// A table's file while it is written.
struct Writer<R> {
    file: Complete,
    sink: Sink,
    rows: usize,
    of: PhantomData<fn(&R)>,
}

/// How rows get into a file.
enum Sink {
    #[cfg(feature = "tables")]
    Parquet(Box<RowGroups>),
    Lines(BufWriter<File>),
}

/// Columns that are gathered until they are worth a row group.
#[cfg(feature = "tables")]
struct RowGroups {
    writer: polars_io::parquet::write::BatchedWriter<BufWriter<File>>,
    next: polars::prelude::DataFrame,
    /// The size of the next one, in memory.
    bytes: usize,
}

#[cfg(feature = "tables")]
impl RowGroups {
    /// A row group of so many bytes or more is written.
    const BYTES: usize = 4 << 20;

    fn put(&mut self, rows: polars::prelude::DataFrame) -> polars::prelude::PolarsResult<()> {
        self.bytes += rows.estimated_size();
        self.next.vstack_mut_owned(rows)?;
        if self.bytes >= Self::BYTES { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> polars::prelude::PolarsResult<()> {
        let none = self.next.clear();
        let mut rows = std::mem::replace(&mut self.next, none);
        self.bytes = 0;
        // Each piece would become a row group of its own.
        if rows.height() > 0 { self.writer.write_batch(rows.rechunk_mut()) } else { Ok(()) }
    }
}

impl<R: Row> Writer<R> {
    fn new(folder: &Path, format: Format) -> Result<Self> {
        let path = folder.join(format!("{}.{}", R::TABLE, format.extension()));
        let file = Complete { beside: beside(&path), path: path.clone(), placed: false };
        let out = File::create(&file.beside).map_err(Error::io(&path))?;
        // Without locks, files that were cut off stay where they are.
        let _ = out.try_lock();
        let mut out = BufWriter::with_capacity(1 << 17, out);
        let sink = match format {
            #[cfg(feature = "tables")]
            Format::Parquet => {
                let next = R::frame(&[])?;
                let writer = polars_io::parquet::write::ParquetWriter::new(out).batched(next.schema()).map_err(wrong::<R>)?;
                Sink::Parquet(Box::new(RowGroups { writer, next, bytes: 0 }))
            }
            Format::Csv => {
                writeln!(out, "{}", R::COLUMNS.join(",")).map_err(Error::io(&path))?;
                Sink::Lines(out)
            }
            Format::Jsonl => Sink::Lines(out),
        };
        Ok(Self { file, sink, rows: 0, of: PhantomData })
    }

    fn put(&mut self, rows: Block) -> Result<()> {
        self.rows += rows.rows;
        match (&mut self.sink, rows.body) {
            #[cfg(feature = "tables")]
            (Sink::Parquet(groups), Body::Columns(rows)) => groups.put(rows).map_err(wrong::<R>),
            (Sink::Lines(out), Body::Lines(lines)) => out.write_all(&lines).map_err(Error::io(&self.file.path)),
            #[cfg(feature = "tables")]
            (Sink::Parquet(_), Body::Lines(_)) | (Sink::Lines(_), Body::Columns(_)) => Err(wrong::<R>("rows of another format")),
        }
    }

    /// Writes what is left of it.
    fn complete(self) -> Result<Complete> {
        match self.sink {
            #[cfg(feature = "tables")]
            Sink::Parquet(mut groups) => groups.write().and_then(|()| groups.writer.finish()).map(drop).map_err(wrong::<R>)?,
            Sink::Lines(mut out) => out.flush().map_err(Error::io(&self.file.path))?,
        }
        Ok(self.file)
    }
}

/// A file beside its place, which is gone if it never gets there.
struct Complete {
    beside: PathBuf,
    path: PathBuf,
    placed: bool,
}

impl Complete {
    fn place(mut self) -> Result<()> {
        std::fs::rename(&self.beside, &self.path).map_err(Error::io(&self.path))?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Complete {
    fn drop(&mut self) {
        if !self.placed {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// What the names of files end with that are being written.
const PART: &str = ".part";

/// The files in a folder with such names that nobody writes any more: whoever writes one holds its lock until it ends, however it ends.
pub(crate) fn abandoned(folder: &Path, is_such: impl Fn(&str) -> bool) -> Vec<(PathBuf, File)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    let such = entries.filter(|e| e.file_name().to_str().is_some_and(&is_such));
    let mut left: Vec<(PathBuf, File)> = such
        .filter_map(|e| {
            let file = File::open(e.path()).ok()?;
            file.try_lock().ok()?;
            Some((e.path(), file))
        })
        .collect();
    left.sort_by(|a, b| a.0.cmp(&b.0));
    left
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}{PART}", std::process::id()));
    path.with_file_name(name)
}

/// Removes from a folder the tables of an earlier run in other formats than those written now, which would pass for tables of this one.
/// Gives how many there were.
///
/// # Errors
/// If one can't be removed.
pub fn remove_others(folder: &Path, formats: &[Format]) -> Result<usize> {
    let mut removed = 0;
    for extension in ["parquet", "csv", "jsonl"] {
        if formats.iter().any(|f| f.extension() == extension) {
            continue;
        }
        for path in Tables::NAMES.iter().map(|table| folder.join(format!("{table}.{extension}"))).filter(|p| p.is_file()) {
            std::fs::remove_file(&path).map_err(Error::io(&path))?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Writes a file beside its place and moves it there when it is complete, so that nobody ever meets half a file.
///
/// # Errors
/// If `fill` fails or the file can't be written; nothing is left behind then.
pub fn whole_file(path: &Path, fill: impl FnOnce(&mut std::io::BufWriter<std::fs::File>) -> Result<()>) -> Result<()> {
    let beside = beside(path);
    let run = || {
        let mut out = std::io::BufWriter::new(std::fs::File::create(&beside).map_err(Error::io(&beside))?);
        fill(&mut out)?;
        out.flush().map_err(Error::io(&beside))?;
        std::fs::rename(&beside, path).map_err(Error::io(path))
    };
    run().inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}
