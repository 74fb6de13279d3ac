//! Lines of a page that are not part of its article: players, counters, share bars, notices, links to other articles.
//!
//! A rule describes a whole line (`^…$`), or, with a group named `cut`, the part of one that goes. Where a line could be
//! furniture or not ("4:41" is a player's time or a result), the rule says `neighbour = true`: it goes only beside a line
//! that is furniture without doubt. Nothing is taken from a text of which nothing would be left.

use std::ops::Range;

use serde::Deserialize;

use crate::corpus::document::Edit;
use crate::error::{Error, Result};
use crate::pack::{Failure, Pack, Pattern, Rules, Sieve, check};
use crate::span::Span;
use crate::vocabulary::EditKind;

/// Longer lines are text.
const LONGEST: usize = 300;
/// A link or tag has fewer words.
const LONGEST_LINK: usize = 16;
/// Of several lines under one head each has fewer words.
const LONGEST_TAG: usize = 6;
/// So many words and a stop are a sentence of the article.
const SENTENCE: usize = 8;

/// The furniture rules of one language.
#[derive(Debug)]
pub struct Furniture {
    rules: Rules<Spec>,
    /// Which rules a line is worth; for nearly every line of an article, none.
    sieve: Sieve,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    #[serde(default)]
    neighbour: bool,
    #[serde(default)]
    heads: usize,
}

/// A stretch that a rule takes.
#[derive(Clone, Copy, Debug)]
struct Find<'r> {
    span: Span,
    whole_line: bool,
    neighbour: bool,
    heads: usize,
    rule: &'r str,
}

impl Furniture {
    /// Compiles a pack's `furniture.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        let rules = Rules::<Spec>::load(pack, "furniture")?;
        for rule in &rules.rules {
            let wrong = |message: &str| Error::Pack {
                file: rule.file.to_string(),
                line: rule.line,
                message: format!("rule {}: {message}", rule.id),
            };
            let pattern = rule.pattern.as_ref().ok_or_else(|| wrong("a pattern is needed"))?.as_str();
            if !(pattern.starts_with('^') && pattern.ends_with('$')) {
                return Err(wrong("the pattern must describe a whole line: ^…$"));
            }
        }
        let patterns = rules.rules.iter().filter_map(|r| r.pattern.as_ref()).map(Pattern::as_str);
        let wrong = |message| Error::Pack { file: format!("{}/furniture.toml", pack.language), line: 1, message };
        let sieve = Sieve::new(patterns).map_err(wrong)?;
        Ok(Self { rules, sieve })
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        check(&self.rules.rules, |text| {
            let found = find(text, std::slice::from_ref(self));
            found.into_iter().map(|f| (f.rule.into(), f.span, String::new())).collect()
        })
    }

    fn in_line(&self, text: &str, line: Span) -> Option<Find<'_>> {
        let words = line.of(text);
        let mut candidates = self.sieve.candidates(words).into_iter().filter_map(|i| self.rules.rules.get(i));
        let (rule, groups) = candidates.find_map(|r| Some((r, r.pattern.as_ref()?.captures(words)?)))?;
        let cut = groups.get_group_by_name("cut");
        let span = cut.map_or(line, |m| Span::from(m.range()).shifted(line.start));
        Some(Find { span, whole_line: cut.is_none(), neighbour: rule.spec.neighbour, heads: rule.spec.heads, rule: &rule.id })
    }
}

/// What is furniture in a text, in order. The spans hold the words only, not the line ends.
fn find<'r>(text: &str, furniture: &'r [Furniture]) -> Vec<Find<'r>> {
    let mut lines: Vec<Option<Find>> = Vec::new();
    let mut words_of = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = Span::new(at + line.len() - line.trim_start().len(), at + line.trim_end().len());
        at += line.len();
        if !words.is_empty() {
            words_of.push(words);
            lines.push(if words.len() > LONGEST { None } else { furniture.iter().find_map(|f| f.in_line(text, words)) });
        }
    }
    // What stands under a head or beside furniture is only where there is some.
    if lines.iter().all(Option::is_none) {
        return Vec::new();
    }
    under_heads(text, &words_of, &mut lines);
    // Doubtful lines count only beside certain ones, from either side.
    let mut certain: Vec<bool> = lines.iter().map(|l| l.is_some_and(|f| !f.neighbour)).collect();
    for end in ends_of_the_page(text, &words_of, &lines) {
        certain[end].fill(true);
    }
    let spread = |certain: &mut Vec<bool>, i: usize, from: usize| {
        if lines[i].is_some() && certain[from] {
            certain[i] = true;
        }
    };
    for i in 1..lines.len() {
        spread(&mut certain, i, i - 1);
    }
    for i in (1..lines.len()).rev() {
        spread(&mut certain, i - 1, i);
    }
    let left = lines.iter().zip(&certain).any(|(l, sure)| !sure || l.is_some_and(|f| !f.whole_line));
    if !left {
        return Vec::new();
    }
    lines.into_iter().zip(certain).filter_map(|(l, sure)| l.filter(|_| sure)).collect()
}

/// The first and the last lines, where several side by side have words that could be furniture, such as the names of sections.
fn ends_of_the_page(text: &str, words: &[Span], lines: &[Option<Find>]) -> [Range<usize>; 2] {
    let could_be = |i: &usize| lines[*i].is_some() && words[*i].of(text).contains(char::is_alphabetic);
    let several = |run: usize| if run > 1 { run } else { 0 };
    let first = several((0..lines.len()).take_while(could_be).count());
    let last = several((0..lines.len()).rev().take_while(could_be).count());
    [0..first, lines.len() - last..lines.len()]
}

/// Marks the links and tags under lines that stand over some.
fn under_heads<'r>(text: &str, words: &[Span], lines: &mut [Option<Find<'r>>]) {
    let mut begun = false;
    let mut head: Option<(Find<'r>, usize)> = None;
    for (span, line) in words.iter().zip(lines) {
        let said = span.of(text);
        let stopped = said.ends_with(['.', '!', '?', '…', ':', '"', '”', '»']);
        if let Some(found) = line {
            head = (begun && found.heads > 0 && found.whole_line && !said.contains(": ")).then_some((*found, found.heads));
            continue;
        }
        let longest = if head.is_some_and(|(found, _)| found.heads > 1) { LONGEST_TAG } else { LONGEST_LINK };
        head = head.filter(|_| !stopped && said.split_whitespace().nth(longest).is_none());
        if let Some((found, left)) = head {
            *line = Some(Find { span: *span, heads: 0, ..found });
            head = Some((found, left - 1)).filter(|(_, left)| *left > 0);
        }
        begun |= stopped && said.split_whitespace().nth(SENTENCE - 1).is_some();
    }
}

/// The edits that take furniture out of a text: whole lines with their ends.
#[must_use]
pub fn edits(text: &str, furniture: &[Furniture]) -> Vec<Edit> {
    let mut taken = 0;
    find(text, furniture)
        .into_iter()
        .map(|f| {
            let raw = if f.whole_line { line_around(text, f.span) } else { f.span };
            let clean_start = raw.start - taken;
            taken += raw.len();
            Edit {
                kind: EditKind::Furniture,
                raw,
                clean_start,
                before: raw.of(text).into(),
                after: String::new(),
                rule: f.rule.into(),
                confidence: None,
            }
        })
        .collect()
}

/// From the start of a line to the start of the next.
fn line_around(text: &str, words: Span) -> Span {
    let start = text[..words.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[words.end..].find('\n').map_or(text.len(), |i| words.end + i + 1);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    fn all() -> Vec<Furniture> {
        Packs::shipped().iter().map(|p| Furniture::load(p).unwrap()).collect()
    }

    fn left(text: &str) -> String {
        super::super::compose::apply(text, &edits(text, &all()))
    }

    #[test]
    fn the_packs_keep_their_word() {
        for f in all() {
            assert_eq!(f.check(), vec![]);
        }
    }

    #[test]
    fn furniture_goes_and_text_stays() {
        let page = "Escuche esta historia\n--:--\n4:41\nTroops arrive in the capital\nThey came by night.\n";
        assert_eq!(left(page), "Troops arrive in the capital\nThey came by night.\n");
        let result = "El partido terminó tarde.\n4:41\nLos hinchas se fueron.\n";
        assert_eq!(left(result), result);
        assert_eq!(left("Publicidad\n"), "Publicidad\n");
    }
}
