//! `newsframe add`: takes new articles into a corpus folder with their metadata.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use newsframe::article::Extractor;
use newsframe::corpus::PublishedDate;
use newsframe::tables::whole_file;
use newsframe::vocabulary::Basis;

use crate::extract::packs;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe add ~/Downloads/clashes.txt --source \"The Daily\" --published 2022-01-07")]
pub struct Arguments {
    /// The articles
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The outlet
    #[arg(long)]
    source: Option<String>,
    /// The date of publication: a day (2022-01-07), a month (2022-01) or a year
    #[arg(long)]
    published: Option<String>,
    /// The headline
    #[arg(long)]
    title: Option<String>,
    /// Who wrote it
    #[arg(long)]
    author: Option<String>,
    /// The language (en, es); found from the text where it is not given
    #[arg(long)]
    language: Option<String>,
    /// Where it was published
    #[arg(long)]
    url: Option<String>,
    /// What else is to be known of it
    #[arg(long)]
    note: Option<String>,
    /// The corpus folder
    #[arg(long, default_value = "data/articles")]
    corpus: PathBuf,
}

const COLUMNS: [&str; 8] = ["file", "source", "title", "author", "published", "language", "url", "note"];

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    std::fs::create_dir_all(&a.corpus).with_context(|| format!("the folder {}", a.corpus.display()))?;
    let index = a.corpus.join("index.csv");
    let (header, mut rows) = read_index(&index)?;
    let extractor = Extractor::new(&packs(&a.corpus)?)?;
    let mut copies = Vec::new();
    for file in &a.files {
        let name =
            file.file_name().and_then(|n| n.to_str()).with_context(|| format!("{} has no name that an index can hold", file.display()))?;
        let bytes = std::fs::read(file).with_context(|| format!("{}", file.display()))?;
        let place = a.corpus.join(name);
        if place.exists() && std::fs::read(&place)? != bytes {
            bail!("{} is there already with other contents; rename the new file", place.display());
        }
        // The corpus reader itself says what the file is and what the text tells of itself.
        let corpus = newsframe::corpus::open(file)?;
        for p in &corpus.problems {
            eprintln!("  {}: {}: {}", p.severity, p.path, p.message);
        }
        let Some(first) = corpus.sources.first() else { bail!("{} holds no article", file.display()) };
        let found = extractor.document(first);
        println!("{name}: {} characters, language {}", found.text.chars().count(), found.language);
        let row = Row {
            source: a.source.clone().or(found.source).or_else(|| ask("outlet")),
            title: a.title.clone().or(found.title),
            author: a.author.clone().or(found.author),
            published: a
                .published
                .clone()
                .or(found.published.map(|p| p.to_string()))
                .or_else(|| ask("published (2022-01-07, 2022-01 or 2022)")),
            language: a.language.clone().or(Some(found.language.to_string())),
            url: a.url.clone().or(found.url),
            note: a.note.clone(),
        };
        if let Some(p) = &row.published
            && PublishedDate::parse(p, Basis::Index).is_none()
        {
            bail!("--published {p:?} is neither a day (2022-01-07) nor a month (2022-01) nor a year");
        }
        rows.retain(|r| r.first().is_none_or(|f| f != name));
        rows.push(row.cells(name, &header));
        copies.push((place, bytes));
    }
    for (place, bytes) in &copies {
        whole_file(place, |out| out.write_all(bytes).map_err(newsframe::Error::io(place)))?;
    }
    write_index(&index, &header, &rows)?;
    println!("{} articles added to {}; run `newsframe run {}` to see them", copies.len(), a.corpus.display(), a.corpus.display());
    Ok(())
}

#[derive(Default)]
struct Row {
    source: Option<String>,
    title: Option<String>,
    author: Option<String>,
    published: Option<String>,
    language: Option<String>,
    url: Option<String>,
    note: Option<String>,
}

impl Row {
    fn cells(self, file: &str, header: &[String]) -> Vec<String> {
        let cell = |column: &str| match column {
            "file" => Some(file.to_owned()),
            "source" => self.source.clone(),
            "title" => self.title.clone(),
            "author" => self.author.clone(),
            "published" => self.published.clone(),
            "language" => self.language.clone(),
            "url" => self.url.clone(),
            "note" => self.note.clone(),
            _ => None,
        };
        header.iter().map(|c| cell(c).unwrap_or_default()).collect()
    }
}

/// Asks a person, if one is there.
fn ask(what: &str) -> Option<String> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    print!("  {what}, empty if not known: ");
    std::io::stdout().flush().ok()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).ok()?;
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// The header and rows of an index; a fresh header where there is none. Columns of the user's own stay.
fn read_index(path: &Path) -> anyhow::Result<(Vec<String>, Vec<Vec<String>>)> {
    if !path.exists() {
        return Ok((COLUMNS.map(str::to_owned).to_vec(), Vec::new()));
    }
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_path(path).with_context(|| format!("{}", path.display()))?;
    let mut header: Vec<String> = csv.headers()?.iter().map(|c| c.trim().to_owned()).collect();
    header.extend(COLUMNS.iter().filter(|c| !header.iter().any(|h| h == *c)).map(|c| (*c).to_owned()).collect::<Vec<_>>());
    let mut rows = Vec::new();
    for record in csv.records() {
        let mut row: Vec<String> = record?.iter().map(str::to_owned).collect();
        row.resize(header.len(), String::new());
        rows.push(row);
    }
    Ok((header, rows))
}

fn write_index(path: &Path, header: &[String], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(header)?;
    for row in rows {
        csv.write_record(row)?;
    }
    let bytes = csv.into_inner()?;
    whole_file(path, |out| out.write_all(&bytes).map_err(newsframe::Error::io(path)))?;
    Ok(())
}
