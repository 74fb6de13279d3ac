//! What part of the article a paragraph is: by its form, by its place, and by words of the pack (bylines, captions).

use super::sentence::Sentences;
use crate::span::Span;
use crate::vocabulary::Section;

/// No headline or heading has more words.
const LONGEST_HEADLINE: usize = 25;
/// No heading inside the article has more words.
const LONGEST_HEADING: usize = 14;

/// The section of each paragraph, in order. `title` is the headline where the corpus knows it.
#[must_use]
pub fn sections(rules: &Sentences, text: &str, paragraphs: &[Span], title: Option<&str>) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::with_capacity(paragraphs.len());
    // Everything before the first whole sentence is the article's head.
    let (mut in_head, mut has_headline, mut has_lead) = (true, false, false);
    for (i, span) in paragraphs.iter().enumerate() {
        let paragraph = span.of(text);
        let more_follows = i + 1 < paragraphs.len();
        let is_title = title.is_some_and(|t| same_words(t, paragraph));
        let section = if is_title {
            Section::Headline
        } else if let Some(said) = rules.section(paragraph) {
            said
        } else if is_item(paragraph) {
            Section::List
        } else if !paragraph.contains(char::is_alphabetic) {
            Section::Body
        } else if more_follows && in_head && !has_headline && is_heading(paragraph, LONGEST_HEADLINE) {
            Section::Headline
        } else if more_follows && is_heading(paragraph, LONGEST_HEADING) {
            Section::Heading
        } else if has_lead {
            Section::Body
        } else {
            Section::Lead
        };
        has_headline |= section == Section::Headline;
        has_lead |= section == Section::Lead;
        in_head &= matches!(section, Section::Headline | Section::Byline | Section::Heading | Section::Caption);
        out.push(section);
    }
    out
}

/// Few words and no stop at the end.
fn is_heading(paragraph: &str, longest: usize) -> bool {
    let bare = paragraph.trim_end_matches(['"', '”', '»', '’', '\'', ')']);
    !bare.ends_with(['.', '!', '?', '…', ':', ';', ',']) && paragraph.split_whitespace().nth(longest).is_none()
}

/// Begins with a bullet, a dash set apart, or a number with a mark.
fn is_item(paragraph: &str) -> bool {
    let mut chars = paragraph.chars();
    match chars.next() {
        Some('•' | '⁃' | '▪' | '●' | '■' | '‣' | '◦' | '∙' | '·') => true,
        Some('-' | '–' | '—' | '*') => chars.next() == Some(' ') && chars.next().is_some_and(|c| !c.is_whitespace()),
        Some(c) if c.is_ascii_digit() => {
            let rest = paragraph.trim_start_matches(|c: char| c.is_ascii_digit());
            paragraph.len() - rest.len() <= 2 && (rest.starts_with(". ") || rest.starts_with(") ") || rest.starts_with(".- "))
        }
        _ => false,
    }
}

fn same_words(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(60).map(str::to_lowercase).collect()
    };
    a.len().abs_diff(b.len()) < 24 && words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Lang, Packs};
    use crate::text::paragraphs;

    #[test]
    fn form_and_place_tell_the_parts() {
        let rules = Sentences::load(Packs::shipped().iter().find(|p| p.language == Lang::EN).unwrap()).unwrap();
        let text = "Minister resigns over bread\nBy Ann Smith\nThe minister resigned on Monday after weeks of protest.\nShe gave no reason.\nWhat comes next\n– An election\n– A new cabinet\nNobody knows.";
        use Section::{Body, Byline, Heading, Headline, Lead, List};
        assert_eq!(sections(&rules, text, &paragraphs(text), None), [Headline, Byline, Lead, Body, Heading, List, List, Body]);
    }
}
