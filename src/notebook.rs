//! The one `use` a notebook needs: `use newsframe::notebook::*;`.
//!
//! 1. [`News::open`] reads and extracts the corpus that the run is about.
//! 2. Each table of [`News`] is a Polars data frame; [`tally`] and [`chart`] count and draw.
//! 3. A cell that ends in a data frame, a tally, a chart or a [`Said`] shows it.
//!
//! Everything a cell can keep is owned: a notebook's variables can't borrow from each other.

mod html;
mod progress;

use std::io::Write;
use std::ops::Deref;
use std::path::{Path, PathBuf};

pub use polars::prelude::{DataFrame, Expr, IntoLazy, LazyFrame, SortMultipleOptions, col, len, lit};

pub use crate::tally::{Attribution, Collocations, Concordance, Coverage, KeyTable, Named, Pairs, RateTable, Spreads, Table};
pub use crate::{chart, tally};

use crate::article::Extractor;
use crate::error::{Error, Result};
use crate::find::numbers::Policy;
use crate::pack::Packs;
use crate::tables::{Row, Tables, whole_file};

/// A corpus with everything found in it.
#[derive(Clone, Debug)]
pub struct News {
    corpus: PathBuf,
    tables: Tables,
}

/// The tables of a finished run, in Parquet: those of `newsframe extract` or `newsframe cluster`, of any size. A query reads only the
/// columns it uses: `Results::open("out/news")?.claims()?.filter(col("kind").eq(lit("killed"))).collect()?`.
#[derive(Clone, Debug)]
pub struct Results {
    folder: PathBuf,
}

impl Results {
    /// Takes a folder of tables.
    ///
    /// # Errors
    /// If it holds none.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        let results = Self { folder: folder.as_ref().to_owned() };
        results.documents().map(|_| results)
    }
}

macro_rules! frames {
    ($($(#[$doc:meta])* $table:ident)+) => {
        impl News {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// If Polars can't build the frame.
                pub fn $table(&self) -> Result<DataFrame> {
                    Row::frame(&self.tables.$table)
                }
            )+
        }

        impl Results {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// If the table is not there in Parquet.
                pub fn $table(&self) -> Result<LazyFrame> {
                    crate::tables::scan(&self.folder, stringify!($table))
                }
            )+
        }
    };
}

frames! {
    /// One row a document.
    documents
    /// One row a change between source and clean text.
    edits
    /// One row a sentence.
    sentences
    /// One row a quotation.
    quotes
    /// One row a name in a text.
    mentions
    /// One row a thing that is named.
    entities
    /// One row a temporal expression.
    dates
    /// One row a reported figure.
    claims
    /// One row a number or number word: the claim that it is, or why it is none.
    figures
    /// One row a loaded term.
    terms
    /// One row a thing that could not be used, or only in part.
    problems
}

impl News {
    /// Extracts the corpus named by `NEWSFRAME_CORPUS`; without it, the articles that come with the project.
    ///
    /// # Errors
    /// If the corpus is not there, or a language pack is not as it must be.
    pub fn open() -> Result<Self> {
        let corpus = std::env::var_os("NEWSFRAME_CORPUS").map_or_else(articles, PathBuf::from);
        Self::read(&corpus)
    }

    /// Extracts a folder or a file.
    ///
    /// # Errors
    /// If it is not there, or a language pack is not as it must be.
    pub fn read(corpus: &Path) -> Result<Self> {
        Self::read_by(corpus, Policy::DEFAULT)
    }

    /// The same corpus read by another policy: only `value_best` differs.
    ///
    /// # Errors
    /// If there is no policy of that name, or the corpus is gone.
    pub fn by(&self, policy: &str) -> Result<Self> {
        Self::read_by(&self.corpus, policy)
    }

    fn read_by(corpus: &Path, policy: &str) -> Result<Self> {
        let extractor = Extractor::with_policy(&Packs::for_corpus(corpus)?.without_examples(), &Policy::shipped(policy)?)?;
        let mut reader = crate::corpus::Reader::open(corpus)?;
        let progress = progress::Progress::new(reader.bytes_in_all());
        // What the run before found is taken where a document is the same. Another policy is only looked at, and would take its place.
        let beside = Some(chart::output().join("tables")).filter(|folder| policy == Policy::DEFAULT && folder.is_dir());
        let cache = beside.map(|folder| folder.join(crate::extract::CACHE));
        let tables = crate::extract::extract_from(&extractor, &mut reader, cache.as_deref(), |done| progress.step(done))?.tables;
        progress.finish(tables.documents.len());
        Ok(Self { corpus: corpus.to_owned(), tables })
    }

    /// Where the corpus stands.
    #[must_use]
    pub fn corpus(&self) -> &Path {
        &self.corpus
    }
}

/// The rows as plain structs, for tallies and charts: `tally::coverage(&news)`.
impl Deref for News {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.tables
    }
}

/// `data/articles` in the working directory or the nearest folder above it that has one.
fn articles() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().map(|folder| folder.join("data/articles")).find(|folder| folder.is_dir());
    found.unwrap_or_else(|| PathBuf::from("data/articles"))
}

/// A sentence made from counts, shown in a notebook as a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said(pub String);

/// Says a sentence: `say(tally::coverage(&news).sentence())`.
#[must_use]
pub fn say(words: impl Into<String>) -> Said {
    Said(words.into())
}

/// Writes a table as `NAME.csv` into the folder `tables` of the run's output (`NEWSFRAME_OUT`, else `out`).
///
/// # Errors
/// If the file can't be written. It is there whole or not at all.
pub fn export(table: &Table, name: &str) -> Result<Said> {
    let folder = chart::output().join("tables");
    std::fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    let path = folder.join(format!("{name}.csv"));
    whole_file(&path, |out| out.write_all(table.csv()?.as_bytes()).map_err(Error::io(&path)))?;
    Ok(say(format!("{} rows are now in tables/{name}.csv", table.height())))
}

/// Shows a value in an evcxr notebook: evcxr looks for a method of this name on what a cell ends in.
pub trait Show {
    /// Prints the value as the rich output of a cell.
    fn evcxr_display(&self);
}

impl Show for DataFrame {
    fn evcxr_display(&self) {
        show(&html::table(self), &self.to_string());
    }
}

impl Show for Table {
    fn evcxr_display(&self) {
        match self.frame() {
            Ok(frame) => frame.evcxr_display(),
            Err(e) => eprintln!("{e}"),
        }
    }
}

impl Show for Said {
    fn evcxr_display(&self) {
        show(&format!("<p><strong>{}</strong></p>", html::escaped(&self.0)), &self.0);
    }
}

macro_rules! show_as_table {
    ($($tally:ty),+) => {$(
        impl Show for $tally {
            fn evcxr_display(&self) { self.table().evcxr_display(); }
        }
    )+};
}
show_as_table!(Coverage, Attribution, RateTable, KeyTable, Spreads, Collocations, Concordance, Named, Pairs);

/// Prints one output in two forms. Words of an article never end it.
fn show(html: &str, plain: &str) {
    let safe = |s: &str| s.replace("EVCXR_", "EVCXR\u{2060}_");
    println!(
        "EVCXR_BEGIN_CONTENT text/html\n{}\nEVCXR_END_CONTENT\nEVCXR_BEGIN_CONTENT text/plain\n{}\nEVCXR_END_CONTENT",
        safe(html),
        safe(plain)
    );
}
