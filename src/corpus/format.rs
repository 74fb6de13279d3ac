//! The formats of files: what in them is text, and what they say of it.

use super::document::PublishedDate;
use super::read::Source;
use crate::pack::Lang;
use crate::vocabulary::Basis;

/// A format by the ending of a file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text: the whole file is one article.
    Text,
    /// The same with `key: value` lines between two `---` before it.
    Markdown,
    /// One JSON object a line.
    JsonLines,
    /// One row an article, with the same names as columns.
    Csv,
    /// Web pages: known, not read yet.
    Html,
}

impl Format {
    /// The format of a file, from its name in any case.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }
}

/// A text that was found, or the row of one that can't be used with the reason.
pub type Found = Result<Source, (usize, String)>;

/// The articles of a file. `path` is the file's name in the corpus.
#[must_use]
pub fn read(format: Format, path: &str, text: String) -> Vec<Found> {
    match format {
        Format::Text => vec![Ok(Source { path: path.into(), text, has_bytes: true, ..Source::default() })],
        Format::Markdown => vec![Ok(markdown(path, text))],
        Format::JsonLines => json_lines(path, &text),
        Format::Csv => csv_rows(path, &text),
        Format::Html => Vec::new(),
    }
}

/// Puts a value into the field of its name. Gives what is wrong with it.
fn set(source: &mut Source, name: &str, value: &str, basis: Basis) -> Result<(), String> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(());
    }
    let own = || Some(value.to_owned());
    match name {
        "id" => source.id = own(),
        "source" => source.source = own(),
        "title" => source.title = own(),
        "author" => source.author = own(),
        "url" => source.url = own(),
        "language" | "lang" => {
            source.language = Lang::parse(value);
            source.language.ok_or_else(|| format!("language {value:?} is no code such as en or es"))?;
        }
        "published" | "date" => {
            source.published = PublishedDate::parse(value, basis);
            source
                .published
                .ok_or_else(|| format!("published {value:?} is neither a day (2022-01-07) nor a month (2022-01) nor a year"))?;
        }
        _ => {}
    }
    Ok(())
}

/// The front matter stays in the text, so that places in it are places in the file; `skip` says where the article begins.
fn markdown(path: &str, text: String) -> Source {
    let mut source = Source { path: path.into(), has_bytes: true, ..Source::default() };
    let marked = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.len() - marked.len();
    let fence = marked.lines().next().map_or("", str::trim_end);
    if fence == "---" || fence == "+++" {
        let mut at = first;
        for (i, line) in marked.split_inclusive('\n').enumerate() {
            at += line.len();
            if i > 0 && line.trim_end() == fence {
                source.skip = at;
                break;
            }
        }
    }
    for line in text[first..source.skip.max(first)].lines() {
        if let Some((name, value)) = line.split_once(if fence == "---" { ':' } else { '=' }) {
            let value = value.trim().trim_matches(['"', '\'']);
            // A value of another form is no reason not to read the article; the text itself may tell.
            let _ = set(&mut source, &name.trim().to_ascii_lowercase(), value, Basis::FrontMatter);
        }
    }
    source.text = text;
    source
}

fn json_lines(path: &str, text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    for (i, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row = i + 1;
        out.push(json_line(line).map(|source| Source { path: format!("{path}#{row}"), ..source }).map_err(|message| (row, message)));
    }
    out
}

fn json_line(line: &str) -> Result<Source, String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("it is no JSON object: {e}"))?;
    let object = value.as_object().ok_or("it is no JSON object with a field `text`")?;
    let text = object.get("text").and_then(|t| t.as_str()).ok_or("it has no field `text` that is a string")?;
    let mut source = Source { text: text.to_owned(), has_bytes: true, ..Source::default() };
    for (name, value) in object {
        match value {
            serde_json::Value::String(s) => set(&mut source, name, s, Basis::File)?,
            serde_json::Value::Number(n) => set(&mut source, name, &n.to_string(), Basis::File)?,
            _ => {}
        }
    }
    Ok(source)
}

fn csv_rows(path: &str, text: &str) -> Vec<Found> {
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text.strip_prefix('\u{feff}').unwrap_or(text).as_bytes());
    let header = match csv.headers() {
        Ok(header) if header.iter().any(|h| h.trim() == "text") => header.clone(),
        Ok(_) => return vec![Err((1, "no column is named `text`; the first line must name the columns".into()))],
        Err(e) => return vec![Err((1, e.to_string()))],
    };
    let mut out = Vec::new();
    for (row, record) in (2..).zip(csv.records()) {
        let read = record.map_err(|e| e.to_string()).and_then(|record| {
            let mut source = Source { path: format!("{path}#{row}"), has_bytes: true, ..Source::default() };
            for (name, value) in header.iter().zip(&record) {
                match name.trim() {
                    "text" => value.clone_into(&mut source.text),
                    name => set(&mut source, name, value, Basis::File)?,
                }
            }
            Ok(source)
        });
        out.push(read.map_err(|message| (row, message)));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn front_matter_is_read_and_stays_in_the_text() {
        let text = "---\ntitle: \"Calma en la capital\"\npublished: 2022-01-06\nlang: es\n---\nLa noche fue tranquila.\n";
        let found = read(Format::Markdown, "a.md", text.into());
        let source = found[0].as_ref().unwrap();
        assert_eq!(&source.text[source.skip..], "La noche fue tranquila.\n");
        assert_eq!((source.title.as_deref(), source.language), (Some("Calma en la capital"), Some(Lang::ES)));
        assert_eq!(source.published.map(|p| (p.to_string(), p.basis)), Some(("2022-01-06".into(), Basis::FrontMatter)));
        let open = markdown("b.md", "---\nnever closed".into());
        assert_eq!((open.skip, open.text.as_str()), (0, "---\nnever closed"));
    }

    #[test]
    fn rows_that_can_not_be_used_say_why() {
        let text = "{\"text\":\"Calm.\",\"id\":\"a\",\"published\":2022}\n\nnot json\n{\"txt\":\"x\"}\n{\"text\":\"x\",\"language\":\"english\"}\n";
        let found = read(Format::JsonLines, "d.jsonl", text.into());
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.path.as_str(), first.published.map(|p| p.to_string())), ("d.jsonl#1", Some("2022".into())));
        let rows: Vec<_> = found[1..].iter().map(|f| f.as_ref().unwrap_err().0).collect();
        assert_eq!(rows, [3, 4, 5]);
    }

    #[test]
    fn csv_has_the_same_names() {
        let found = read(Format::Csv, "d.csv", "id,text,language\n1,\"Calm,\nat last.\",en\n".into());
        let source = found[0].as_ref().unwrap();
        assert_eq!((source.text.as_str(), source.language), ("Calm,\nat last.", Some(Lang::EN)));
        assert!(read(Format::Csv, "d.csv", "a,b\n1,2\n".into())[0].is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_in_any_format(text in any::<String>()) {
            for format in [Format::Text, Format::Markdown, Format::JsonLines, Format::Csv] {
                for source in read(format, "x", text.clone()).into_iter().flatten() {
                    assert!(source.text.is_char_boundary(source.skip));
                }
            }
        }
    }
}
