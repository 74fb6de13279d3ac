//! What stands before an article between two fences: YAML between lines of `---`, TOML between lines of `+++`.
//!
//! TOML is read as such. YAML is read line by line, since what people write before their texts often is none (`title: War: the end`):
//! names and values, quoted or not, lists, values over several lines, comments. Names inside other names are not looked at, but for
//! `name`.

use std::iter::Peekable;
use std::str::Lines;

/// Front matter of a text.
#[derive(Debug)]
pub struct FrontMatter<'t> {
    /// What stands between the fences.
    inner: &'t str,
    is_toml: bool,
    /// Where the article begins.
    pub end: usize,
}

/// The front matter of a text, if it begins with one; an error if it is never closed.
///
/// A rule of dashes opens articles too, so what stands between the fences must be names with values from its first line to its last.
#[must_use]
pub fn find(text: &str) -> Option<Result<FrontMatter<'_>, String>> {
    let marked = text.trim_start_matches('\u{feff}').trim_start();
    let mut at = text.len() - marked.len();
    let mut lines = marked.split_inclusive('\n');
    let fence = lines.next()?;
    at += fence.len();
    let fence = fence.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let is_toml = fence == "+++";
    let (start, mut first) = (at, true);
    for line in lines {
        let inner_end = at;
        at += line.len();
        let bare = line.trim_end();
        if bare == fence || bare == "..." && !is_toml {
            return Some(Ok(FrontMatter { inner: &text[start..inner_end], is_toml, end: at }));
        }
        if !(is_toml || is_part(bare, first)) {
            return None;
        }
        first = false;
    }
    (!first && !is_toml).then(|| Err(format!("its front matter is not closed by a line of {fence}, so it is read as text")))
}

/// Whether a line can be YAML's: a name with its value, what goes on from the line before, a comment.
fn is_part(line: &str, first: bool) -> bool {
    let goes_on = line.is_empty() || line.starts_with([' ', '\t', '-', ']', '}']);
    line.starts_with('#') || (goes_on && !first) || named(line).is_some()
}

/// The name and the value of a line.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 30 && name.split_whitespace().count() <= 3 && !name.starts_with([' ', '\t', '-']);
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((name.trim(), value.trim()))
}

impl FrontMatter<'_> {
    /// Names in lower case and their values, in order.
    ///
    /// # Errors
    /// If it is TOML and can't be read.
    pub fn fields(&self) -> Result<Vec<(String, String)>, String> {
        if self.is_toml {
            let table: toml::Table =
                self.inner.parse().map_err(|e: toml::de::Error| format!("its front matter is no TOML: {}", e.message()))?;
            return Ok(table.iter().map(|(name, value)| (name.to_lowercase(), of_toml(value))).collect());
        }
        let mut lines = self.inner.lines().peekable();
        let mut fields = Vec::new();
        while let Some(line) = lines.next() {
            if let Some((name, value)) = named(line) {
                fields.push((name.to_lowercase(), of_yaml(value, &mut lines)));
            }
        }
        Ok(fields)
    }
}

fn of_toml(value: &toml::Value) -> String {
    match value {
        toml::Value::String(s) => s.clone(),
        toml::Value::Array(items) => joined(items.iter().map(of_toml)),
        toml::Value::Table(table) => table.get("name").map(of_toml).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// A value of YAML that begins on the line of its name and may go on in those under it.
fn of_yaml(value: &str, lines: &mut Peekable<Lines>) -> String {
    let mut under = Vec::new();
    while let Some(line) = lines.next_if(|l| l.is_empty() || l.starts_with([' ', '\t', '-', ']', '}'])) {
        under.push(line.trim());
    }
    if value.starts_with(['|', '>']) && value.len() <= 2 {
        return under.join(" ").trim().to_owned();
    }
    if value.is_empty() {
        // The items of a list, or the name of what has one.
        let items = under.iter().filter_map(|line| match (line.strip_prefix('-').map(str::trim), named(line)) {
            (Some(item), _) => Some(named(item).map_or(item, |(name, value)| if name == "name" { value } else { "" })),
            (None, Some(("name", value))) => Some(value),
            _ => None,
        });
        return joined(items.map(scalar));
    }
    let whole = [&[value], &under[..]].concat().join(" ");
    match whole.strip_prefix('[').and_then(|list| list.rsplit_once(']')) {
        Some((list, _)) => joined(list.split(',').map(scalar)),
        None => scalar(&whole),
    }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.filter(|i| !i.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A single value without its quotation marks or the comment after it.
fn scalar(value: &str) -> String {
    let value = value.trim();
    // What YAML quotes so is nearly always a string of JSON.
    if let Some(Ok(text)) = serde_json::Deserializer::from_str(value).into_iter::<String>().next() {
        return text;
    }
    if let Some(quoted) = value.strip_prefix('\'') {
        let end = quoted.replace("\'\'", "\0\0").find('\'').unwrap_or(quoted.len());
        return quoted[..end].replace("\'\'", "\'");
    }
    // "Rally #3" has no comment, though it has one by the letter of YAML.
    let bare = value.split(" # ").next().unwrap_or_default().trim().trim_matches('"');
    if matches!(bare, "~" | "null") { String::new() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a text's front matter, and the article after it.
    fn read(text: &str) -> (Vec<(String, String)>, &str) {
        let front = find(text).unwrap().unwrap();
        (front.fields().unwrap(), &text[front.end..])
    }

    fn fields(inner: &str) -> Vec<String> {
        let text = format!("---\n{inner}\n---\nCalm.");
        let (fields, after) = read(&text);
        assert_eq!(after, "Calm.");
        fields.into_iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        assert_eq!(fields("title: War: the end\nSource:  BBC \nlang: es # by hand"), ["title=War: the end", "source=BBC", "lang=es"]);
        assert_eq!(fields(r#"title: "He said: \"no\"" # so"#), [r#"title=He said: "no""#]);
        assert_eq!(fields("author: \'O\'\'Brien, Ann\' # so"), ["author=O\'Brien, Ann"]);
        assert_eq!(
            fields("title: Rally #3\nnote: ~\nurl: https://example.org/#a"),
            ["title=Rally #3", "note=", "url=https://example.org/#a"]
        );
        assert_eq!(fields("authors: [Ann Lee, \"Bo Ray\"]\nid: a"), ["authors=Ann Lee, Bo Ray", "id=a"]);
        assert_eq!(fields("author:\n  - Ann Lee\n  - name: Bo Ray\n    url: x\nid: a"), ["author=Ann Lee, Bo Ray", "id=a"]);
        assert_eq!(fields("author:\n- Ann Lee\nimage:\n  title: No\n  date: 1999-01-01"), ["author=Ann Lee", "image="]);
        assert_eq!(
            fields("author:\n  name: Ann Lee\ntitle: >-\n  Calm\n  returns\nid: a"),
            ["author=Ann Lee", "title=Calm returns", "id=a"]
        );
        assert_eq!(fields("title: Calm\n  returns\n# a comment\nPublication date: 2022"), ["title=Calm returns", "publication date=2022"]);
    }

    #[test]
    fn toml_is_read_as_such() {
        let text = "+++\ntitle = \"Calma = paz\"\ndate = 2022-01-07T10:00:00Z # so\nauthors = [\n  \"A\",\n  \"B\" ]\n[params]\ntitle = \"x\"\n+++\nCalm.";
        let (fields, after) = read(text);
        let value = |name: &str| fields.iter().find(|f| f.0 == name).map(|f| f.1.as_str());
        assert_eq!(
            (value("title"), value("date"), value("authors"), after),
            (Some("Calma = paz"), Some("2022-01-07T10:00:00Z"), Some("A, B"), "Calm.")
        );
        assert!(find("+++\nno toml\n+++\nCalm.").unwrap().unwrap().fields().unwrap_err().contains("TOML"));
    }

    #[test]
    fn fences_are_found_where_they_are_some() {
        for text in ["\u{feff}---\na: b\n---\nCalm.", "\n\n---\r\na: b\r\n---\r\nCalm.", "---\na: b\n...\nCalm.", "---\n---\nCalm."] {
            assert_eq!(read(text).1, "Calm.", "{text:?}");
        }
        // A rule before a text, and a text between rules.
        for text in [
            "---\n\nHe said: no.\n\n---\nCalm.",
            "---\nThe night was quiet, and the mayor said: no.\n---\nCalm.",
            "----\na: b\n---\n",
            "---",
            "a",
        ] {
            assert!(find(text).is_none(), "{text:?}");
        }
        assert!(find("---\na: b\n\n").unwrap().is_err());
    }
}
