//! Rules: a pattern, what it is about, and examples that are run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::load::line_of;
use super::{Pack, Pattern};
use crate::error::{Error, Result};
use crate::span::Span;

/// The name of a rule as tables write it: `en.dates.weekday-past`.
pub type RuleId = Arc<str>;

/// A text with the stretch that must be found in it and what must be made of that stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text without brackets.
    pub text: String,
    /// The bracketed stretch; none means that the rule must find nothing.
    pub span: Option<Span>,
    /// What stands after `=>`; what it must be is the stage's business.
    pub expect: Option<String>,
}

/// An example that is known not to work.
#[derive(Clone, Debug)]
pub struct Miss {
    /// The example.
    pub example: Example,
    /// Why it is not found.
    pub why: String,
}

/// One rule of a stage, with the stage's own fields in `spec`.
#[derive(Clone, Debug)]
pub struct Rule<T> {
    /// Its name over all packs.
    pub id: RuleId,
    /// What it is about, in a few words.
    pub about: String,
    /// Its pattern with the slots filled; `None` where a stage has rules without patterns.
    pub pattern: Option<Pattern>,
    /// What the stage needs besides.
    pub spec: T,
    /// What it must find.
    pub finds: Vec<Example>,
    /// What it must not find.
    pub ignores: Vec<Example>,
    /// What it is known to miss.
    pub misses: Vec<Miss>,
    /// The pack file.
    pub file: Arc<str>,
    /// The line of its id in that file.
    pub line: usize,
}

/// The rules and word lists of one stage of one language.
#[derive(Clone, Debug)]
pub struct Rules<T> {
    /// The rules in the order of the file.
    pub rules: Vec<Rule<T>>,
    /// The word lists.
    pub words: BTreeMap<String, Vec<String>>,
    /// The date the examples are read on.
    pub now: Option<chrono::NaiveDate>,
}

/// An example that did not come out as the pack says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The pack file.
    pub file: String,
    /// The line of the rule in that file.
    pub line: usize,
    /// The rule.
    pub rule: String,
    /// What was wanted and what came.
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.rule, self.message)
    }
}

/// A stage's file; what is written in TOML tells where an id stands.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned, Id: Deserialize<'de>"))]
struct File<T, Id> {
    #[serde(default)]
    now: Option<String>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default = "Vec::new")]
    rule: Vec<RawRule<T, Id>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned, Id: Deserialize<'de>"))]
struct RawRule<T, Id> {
    id: Id,
    about: String,
    pattern: Option<String>,
    #[serde(default)]
    finds: Vec<String>,
    #[serde(default)]
    ignores: Vec<String>,
    #[serde(default)]
    misses: Vec<RawMiss>,
    #[serde(flatten)]
    spec: T,
}

/// How far a file can be trusted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Anybody may have written it.
    Own,
    /// It is compiled in.
    Shipped,
    /// The same, read without its examples.
    Lean,
}

impl<T, Id> File<T, Id> {
    fn with_ids<New>(self, id: impl Fn(Id) -> New) -> File<T, New> {
        let rule = self.rule.into_iter().map(|raw| {
            let RawRule { id: old, about, pattern, finds, ignores, misses, spec } = raw;
            RawRule { id: id(old), about, pattern, finds, ignores, misses, spec }
        });
        File { rule: rule.collect(), now: self.now, words: self.words }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMiss {
    text: String,
    why: String,
}

impl Example {
    /// Reads `"He left [last Monday] => 2022-01-03"`. A literal bracket is written twice.
    ///
    /// # Errors
    /// If a bracket has no partner.
    pub fn parse(s: &str) -> Result<Self, String> {
        let (body, expect) = match s.rsplit_once("=>") {
            Some((body, expect)) => (body.trim_end(), Some(expect.trim().to_owned())),
            None => (s, None),
        };
        let (mut text, mut start, mut span) = (String::with_capacity(body.len()), None, None);
        let mut chars = body.chars().peekable();
        while let Some(c) = chars.next() {
            if matches!(c, '[' | ']') && chars.peek() == Some(&c) {
                chars.next();
                text.push(c);
            } else if c == '[' && start.is_none() {
                start = Some(text.len());
            } else if c == ']' && start.is_some() && span.is_none() {
                span = start.map(|from| Span::new(from, text.len()));
            } else if matches!(c, '[' | ']') {
                return Err(format!("example {s:?}: {c:?} has no partner; write a literal bracket twice"));
            } else {
                text.push(c);
            }
        }
        if start.is_some() && span.is_none() {
            return Err(format!("example {s:?}: '[' has no partner; write a literal bracket twice"));
        }
        Ok(Self { text, span, expect })
    }
}

impl<T: DeserializeOwned> Rules<T> {
    /// Reads and checks a stage's rules.
    ///
    /// # Errors
    /// With file and line, if a rule has no example of what it finds or none of what it ignores, an unknown slot, a
    /// pattern that is no regular expression, or an id that is there already.
    pub fn load(pack: &Pack, stage: &str) -> Result<Self> {
        Self::load_with(pack, stage, &BTreeMap::new())
    }

    /// The same with word lists from elsewhere, such as another stage's.
    ///
    /// # Errors
    /// As [`Rules::load`].
    pub fn load_with(pack: &Pack, stage: &str, shared: &BTreeMap<String, Vec<String>>) -> Result<Self> {
        // Each id with the place where it stands, which only a file that is not known to be sound needs.
        let files = pack.read_as(
            stage,
            |text, shipped, file: File<T, Spanned<String>>| {
                let trust = if shipped { Trust::Shipped } else { Trust::Own };
                (text, trust, file.with_ids(|id| (id.span().start, id.into_inner())))
            },
            |text, file: File<T, String>| (text, Trust::Lean, file.with_ids(|id| (0, id))),
        )?;
        let mut words = shared.clone();
        let mut now = None;
        for (_, (_, _, file)) in &files {
            for (name, list) in &file.words {
                words.entry(name.clone()).or_default().extend(list.iter().cloned());
            }
            now = now.or(file.now.as_deref().and_then(|d| d.parse().ok()));
        }
        let mut rules = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, (text, trust, file)) in files {
            let shared_name: Arc<str> = name.as_str().into();
            let (mut line, mut counted) = (1, 0);
            for raw in file.rule {
                let (start, id) = (raw.id.0.min(text.len()), raw.id.1);
                line += line_of(&text[counted.min(start)..], start.saturating_sub(counted)) - 1;
                counted = start;
                let wrong = |message: String| Error::Pack { file: name.clone(), line, message: format!("rule {id}: {message}") };
                if !seen.insert(id.clone()) {
                    return Err(wrong("there is a rule of this id already".into()));
                }
                if trust != Trust::Lean && (raw.about.trim().is_empty() || raw.finds.is_empty() || raw.ignores.is_empty()) {
                    return Err(wrong("a rule needs `about`, at least one example in `finds` and one in `ignores`".into()));
                }
                let parse = |list: &[String]| list.iter().map(|s| Example::parse(s).map_err(&wrong)).collect::<Result<Vec<_>>>();
                let (finds, ignores) = (parse(&raw.finds)?, parse(&raw.ignores)?);
                if let Some(e) = finds.iter().find(|e| e.span.is_none()) {
                    return Err(wrong(format!("finds {:?}: put the stretch that is found in [brackets]", e.text)));
                }
                let mut misses = Vec::new();
                for m in &raw.misses {
                    misses.push(Miss { example: Example::parse(&m.text).map_err(&wrong)?, why: m.why.clone() });
                }
                let compiled = |p: &str| Pattern::new(fill(p, &words)?, trust != Trust::Own);
                let pattern = raw.pattern.as_deref().map(compiled).transpose().map_err(&wrong)?;
                rules.push(Rule {
                    id: format!("{}.{stage}.{id}", pack.language).into(),
                    about: raw.about,
                    pattern,
                    spec: raw.spec,
                    finds,
                    ignores,
                    misses,
                    file: shared_name.clone(),
                    line,
                });
            }
        }
        Ok(Self { rules, words, now })
    }
}

/// Fills `{name}` with the alternatives of a word list, longest first; `{2,3}` and `\p{Lu}` stay what they are.
pub(crate) fn fill(pattern: &str, words: &BTreeMap<String, Vec<String>>) -> Result<String, String> {
    fill_nested(pattern, words, 0)
}

fn fill_nested(pattern: &str, words: &BTreeMap<String, Vec<String>>, depth: u8) -> Result<String, String> {
    if depth > 8 {
        return Err("word lists name each other in a circle".into());
    }
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let close = after.find('}').ok_or_else(|| format!("'{{' at {:?} is not closed", after.chars().take(12).collect::<String>()))?;
        let name = &after[1..close];
        let is_regex =
            name.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with("\\p") || before.ends_with("\\P") || before.ends_with("\\x");
        if is_regex {
            out.push_str(&after[..=close]);
        } else {
            let list = words.get(name).ok_or_else(|| format!("no word list is named {{{name}}}"))?;
            let mut list: Vec<&str> = list.iter().map(String::as_str).collect();
            list.sort_by_key(|w| std::cmp::Reverse(w.len()));
            out.push_str("(?:");
            for (i, w) in list.iter().enumerate() {
                if i > 0 {
                    out.push('|');
                }
                // A word list may hold patterns of its own (`manifestantes?`), and other lists.
                out.push_str(&fill_nested(w, words, depth + 1)?);
            }
            out.push(')');
        }
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Runs every rule against its examples. `run` gives what a stage finds in a text: rule, span, and what it made of it.
pub fn check<T>(rules: &[Rule<T>], mut run: impl FnMut(&str) -> Vec<(RuleId, Span, String)>) -> Vec<Failure> {
    let mut out = Vec::new();
    for rule in rules {
        let mut fail =
            |message: String| out.push(Failure { file: rule.file.to_string(), line: rule.line, rule: rule.id.to_string(), message });
        let mut found = |e: &Example| {
            let rows = run(&e.text);
            let hit =
                rows.iter().any(|(id, span, made)| *id == rule.id && Some(*span) == e.span && e.expect.as_ref().is_none_or(|x| x == made));
            let rows = rows.iter().map(|(id, span, made)| format!("{id} [{}] => {made}", span.of(&e.text))).collect::<Vec<_>>();
            (hit, rows)
        };
        for e in &rule.finds {
            let (hit, rows) = found(e);
            if !hit {
                let want = e.span.map_or("", |s| s.of(&e.text));
                fail(format!("in {:?} wanted [{want}] => {} but got {rows:?}", e.text, e.expect.as_deref().unwrap_or("anything")));
            }
        }
        for m in &rule.misses {
            if found(&m.example).0 {
                fail(format!("the known miss {:?} is found now: move it to `finds`", m.example.text));
            }
        }
        for e in &rule.ignores {
            let rows = run(&e.text);
            if let Some((_, span, made)) = rows.iter().find(|(id, ..)| *id == rule.id) {
                fail(format!("in {:?} it must find nothing but found [{}] => {made}", e.text, span.of(&e.text)));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_carry_span_and_expectation() {
        let e = Example::parse("He left [last Monday] => 2022-01-03").unwrap();
        assert_eq!(
            (e.text.as_str(), e.span.unwrap().of(&e.text), e.expect.as_deref()),
            ("He left last Monday", "last Monday", Some("2022-01-03"))
        );
        assert_eq!(Example::parse("[[sic]]").unwrap().text, "[sic]");
        assert!(Example::parse("a [b").is_err());
    }

    #[test]
    fn slots_are_filled_longest_first_and_regex_braces_stay() {
        let words = BTreeMap::from([("day".to_owned(), vec!["Mon".to_owned(), "Monday".to_owned()])]);
        assert_eq!(fill(r"\p{Lu}{2,3} {day}", &words).unwrap(), r"\p{Lu}{2,3} (?:Monday|Mon)");
        assert!(fill("{nope}", &words).unwrap_err().contains("{nope}"));
    }
}
