//! `aliases.csv`: a user's own word on names. A row says of two names whether they are one thing's; a row that can't be used is a
//! problem with its line.

use std::path::Path;

use super::cell::{table, unguarded};
use super::read::Problem;
use crate::error::{Error, Result};
use crate::vocabulary::Severity;

/// The name of the file in a corpus's folder.
pub const NAME: &str = "aliases.csv";

/// Two names and whether they are one thing's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// A name as texts write it.
    pub name: String,
    /// The other name.
    pub other: String,
    /// Whether they are joined, or never may be.
    pub same: bool,
}

/// Reads the file: `name,other,same`, the last column `yes` or `no`; other columns are the user's own.
///
/// # Errors
/// If it is no CSV or lacks one of the columns.
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<(Vec<Alias>, Vec<Problem>)> {
    let wrong = |message: String| Error::Index { path: path.to_owned(), line: 1, message };
    let (text, delimiter) = table(bytes, "name").map_err(wrong)?;
    let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let header = csv.headers().map_err(|e| wrong(e.to_string()))?.clone();
    let column = |name: &str| {
        let missing = || wrong(format!("no column is named `{name}`; the first line must be `name,other,same`"));
        header.iter().position(|h| h.trim().eq_ignore_ascii_case(name)).ok_or_else(missing)
    };
    let columns = [column("name")?, column("other")?, column("same")?];
    let (mut aliases, mut problems) = (Vec::new(), Vec::new());
    for record in csv.records() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                problems.push(problem(e.position().map_or(0, csv::Position::line), &e.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let [name, other, same] = columns.map(|i| unguarded(record.get(i).unwrap_or_default().trim()));
        let same = match same.to_lowercase().as_str() {
            "yes" => true,
            "no" => false,
            _ => {
                problems.push(problem(line, &format!("`same` is {same:?}; it must be yes or no")));
                continue;
            }
        };
        if name.is_empty() || other.is_empty() {
            problems.push(problem(line, "a name is missing"));
            continue;
        }
        aliases.push(Alias { name: name.to_owned(), other: other.to_owned(), same });
    }
    Ok((aliases, problems))
}

fn problem(line: u64, message: &str) -> Problem {
    Problem { path: format!("{NAME}:{line}"), doc_id: None, stage: "aliases", severity: Severity::Error, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_is_a_problem_with_its_line() {
        let text = "name,other,same,note\nIl-Ham,Ilham Aliyev,yes,\nKim,Kim Jong-un,no,the aunt\nA,B,perhaps,\n,B,yes,\n";
        let (aliases, problems) = read(Path::new("aliases.csv"), text.into()).unwrap();
        assert_eq!(aliases.iter().map(|a| (a.name.as_str(), a.same)).collect::<Vec<_>>(), [("Il-Ham", true), ("Kim", false)]);
        let told: Vec<_> = problems.iter().map(|p| format!("{}: {}", p.path, p.message)).collect();
        assert_eq!(told, ["aliases.csv:4: `same` is \"perhaps\"; it must be yes or no", "aliases.csv:5: a name is missing"]);
        assert!(read(Path::new("aliases.csv"), "name,same\n".into()).is_err());
    }
}
