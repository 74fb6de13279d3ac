//! `newsframe add`: takes new articles into a corpus folder with their metadata.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use newsframe::article::Extractor;
use newsframe::corpus::{PublishedDate, Reader, guarded, table, unguarded};
use newsframe::pack::Lang;
use newsframe::tables::whole_file;
use newsframe::vocabulary::Basis;

use crate::extract::packs;
use crate::output::{note, tell};

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
    if let Some(published) = a.published.as_deref().filter(|p| !is_date(p)) {
        crate::wrong_use(&format!("--published {published:?} is neither a day (2022-01-07) nor a month (2022-01) nor a year"));
    }
    if let Some(language) = a.language.as_deref().filter(|l| Lang::parse(l).is_none()) {
        crate::wrong_use(&format!("--language {language:?} is no code such as en or es"));
    }
    std::fs::create_dir_all(&a.corpus).with_context(|| format!("the folder {}", a.corpus.display()))?;
    let index = a.corpus.join("index.csv");
    let (header, mut rows) = read_index(&index)?;
    let extractor = Extractor::new(&packs(&a.corpus)?)?;
    let mut copies = Vec::new();
    for file in &a.files {
        if file.is_dir() {
            bail!("{} is a folder; name the files in it", file.display());
        }
        let name =
            file.file_name().and_then(|n| n.to_str()).with_context(|| format!("{} has no name that an index can hold", file.display()))?;
        if name == "index.csv" || name.starts_with('.') {
            bail!("a corpus can't hold an article of the name {name}; rename it");
        }
        let place = a.corpus.join(name);
        if place.exists() && !same(&place, file)? {
            bail!("{} is there already with other contents; rename the new file", place.display());
        }
        // What the index says of the file already stands, where nothing else is given now.
        let at = header.iter().position(|column| column == "file");
        let earlier = rows.iter().position(|row| at.is_some_and(|at| row[at] == name)).map(|i| rows.remove(i));
        let earlier: BTreeMap<&str, String> = header
            .iter()
            .map(String::as_str)
            .zip(earlier.into_iter().flatten())
            .filter(|(_, value): &(_, String)| !value.is_empty())
            .collect();
        let row = known(a, &extractor, file, name, &earlier)?;
        let value = |column: &str| row.get(column).or_else(|| earlier.get(column)).cloned().unwrap_or_default();
        rows.push(header.iter().map(|column| value(column)).collect());
        copies.push((file, place));
    }
    for (file, place) in copies.iter().filter(|(_, place)| !place.exists()) {
        let mut from = std::fs::File::open(file).with_context(|| file.display().to_string())?;
        whole_file(place, |out| std::io::copy(&mut from, out).map(drop).map_err(newsframe::Error::io(place)))?;
    }
    write_index(&index, &header, &rows)?;
    let folder = a.corpus.display();
    let next = if cfg!(all(feature = "tables", feature = "charts")) { "run" } else { "extract --out out" };
    tell!(
        "{} {} added to {folder}; run `newsframe {next} {folder}` to see it",
        copies.len(),
        if copies.len() == 1 { "file" } else { "files" }
    );
    Ok(())
}

/// What the index is to say of a file: what was given, then what it says already, then what the file and its text tell of themselves,
/// then what a person who is there knows. Of a file of many articles each tells of itself, so that only what was given is said of all.
fn known(
    a: &Arguments,
    extractor: &Extractor,
    file: &Path,
    name: &str,
    earlier: &BTreeMap<&str, String>,
) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let mut reader = Reader::open(file)?;
    let first = reader.next();
    let more = reader.by_ref().count();
    for p in &reader.problems {
        note!("  {}: {}: {}", p.severity, p.path, p.message);
    }
    let Some(first) = first else { bail!("{} holds no article", file.display()) };
    let given = [
        ("source", &a.source),
        ("title", &a.title),
        ("author", &a.author),
        ("published", &a.published),
        ("language", &a.language),
        ("url", &a.url),
        ("note", &a.note),
    ];
    let mut row: BTreeMap<&str, String> = given.into_iter().filter_map(|(column, v)| Some((column, v.clone()?))).collect();
    row.insert("file", name.to_owned());
    if first.path != name {
        let articles = if more == 0 { "1 article".to_owned() } else { format!("{} articles, each", more + 1) };
        tell!("{name}: {articles} with what is known of it");
        return Ok(row);
    }
    let found = extractor.document(&first);
    tell!("{name}: {} characters", found.text.chars().count());
    let published = found.published.map(|p| (p.to_string(), p.basis));
    let told = [
        ("source", found.source),
        ("title", found.title),
        ("author", found.author),
        ("published", published.as_ref().map(|p| p.0.clone())),
        ("language", Some(found.language.to_string())),
        ("url", found.url),
    ];
    for (column, value) in told {
        let (value, from) = match (row.get(column), earlier.get(column), value) {
            (Some(given), ..) => (Some(given.clone()), "given"),
            (None, Some(said), _) => (Some(said.clone()), "index"),
            (None, None, Some(value)) => (Some(value), "found"),
            (None, None, None) => (ask(column), "given"),
        };
        let from = published.as_ref().filter(|_| column == "published" && from == "found").map_or(from, |p| p.1.as_str());
        match value {
            Some(value) => {
                tell!("  {column:<10} {value} ({from})");
                row.insert(column, value);
            }
            None => tell!("  {column:<10} not known"),
        }
    }
    if let Some((_, basis)) = published.filter(|_| a.published.is_none() && a.note.is_none() && !earlier.contains_key("published")) {
        // The index has the last word from now on; where it has the date from is still worth knowing.
        row.insert("note", format!("published: {basis}"));
    }
    Ok(row)
}

fn is_date(text: &str) -> bool {
    PublishedDate::parse(text, Basis::Index).is_some()
}

/// Whether two files hold the same bytes.
fn same(a: &Path, b: &Path) -> anyhow::Result<bool> {
    Ok(std::fs::metadata(a)?.len() == std::fs::metadata(b)?.len() && std::fs::read(a)? == std::fs::read(b)?)
}

/// Asks a person, if one is there.
fn ask(column: &str) -> Option<String> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let hint = if column == "published" { " (2022-01-07, 2022-01 or 2022)" } else { "" };
    loop {
        write!(std::io::stderr(), "  {column}{hint}, empty if not known: ").ok()?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).ok()?;
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if column != "published" || is_date(line) {
            return Some(line.to_owned());
        }
    }
}

/// The header and rows of an index; a fresh header where there is none. Columns of the user's own stay.
fn read_index(path: &Path) -> anyhow::Result<(Vec<String>, Vec<Vec<String>>)> {
    if !path.exists() {
        return Ok((COLUMNS.map(str::to_owned).to_vec(), Vec::new()));
    }
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let (text, delimiter) = table(bytes, "file").map_err(|reason| anyhow::anyhow!("{}: {reason}", path.display()))?;
    let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let own_name = |c: &str| COLUMNS.into_iter().find(|known| known.eq_ignore_ascii_case(c)).unwrap_or(c).to_owned();
    let mut header: Vec<String> = csv.headers()?.iter().map(|c| own_name(c.trim())).collect();
    header.extend(COLUMNS.iter().filter(|c| !header.iter().any(|h| h == *c)).map(|c| (*c).to_owned()).collect::<Vec<_>>());
    let mut rows = Vec::new();
    for record in csv.records() {
        let mut row: Vec<String> = record?.iter().map(|cell| unguarded(cell).to_owned()).collect();
        row.resize(header.len(), String::new());
        rows.push(row);
    }
    Ok((header, rows))
}

fn write_index(path: &Path, header: &[String], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(header)?;
    for row in rows {
        csv.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    let bytes = csv.into_inner()?;
    whole_file(path, |out| out.write_all(&bytes).map_err(newsframe::Error::io(path)))?;
    Ok(())
}
