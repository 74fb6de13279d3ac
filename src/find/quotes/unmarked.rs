//! Speech without marks: the answers of an interview, and the text of another author set into an article.
//!
//! An interview is announced ("the following interview with X") or goes by question lines of its own; each paragraph after a
//! question is an answer until a heading that asks nothing. A text by another author is announced with its author and goes to
//! the next heading or the end. Questions, captions and headings are the writer's.

use std::ops::Range;

use super::finder::Found;
use super::marks::paragraphs;
use super::reading::{Reading, Who};
use super::words::{Frame, Spec, class::*};
use crate::pack::Rule;
use crate::vocabulary::{QuoteKind, Section};

/// Without an announcement, so many question lines make an interview.
const QUESTION_LINES: usize = 3;

/// The longest paragraph that is a question and nothing else, in words.
const LONGEST_QUESTION: usize = 80;

struct Paragraph {
    tokens: Range<usize>,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Question,
    Heading,
    Aside,
    Text,
}

#[derive(Clone)]
enum Scope {
    None,
    /// Announced; answers begin after the first question.
    Announced(Option<Range<usize>>, Option<Range<usize>>, usize),
    Answers(Option<Range<usize>>, Option<Range<usize>>, usize),
    Embedded(Option<Range<usize>>, Option<Range<usize>>, usize),
}

/// Adds every unmarked stretch of speech.
pub(super) fn find(r: &Reading, rules: &[Rule<Spec>], found: &mut Vec<Found>) {
    let paragraphs: Vec<Paragraph> = paragraphs(r).into_iter().map(|tokens| Paragraph { role: role(r, rules, &tokens), tokens }).collect();
    let questions = paragraphs.windows(2).filter(|w| w[0].role == Role::Question && w[1].role == Role::Text).count();
    let interview = rules.iter().position(|rule| rule.spec.frame == Frame::Interview);
    let mut scope = match interview {
        Some(rule) if questions >= QUESTION_LINES => Scope::Announced(None, None, rule),
        _ => Scope::None,
    };
    let mut direct: Vec<Range<usize>> = found.iter().filter(|f| f.kind == QuoteKind::Direct).map(|f| f.content.clone()).collect();
    direct.sort_by_key(|d| d.start);
    for p in &paragraphs {
        let (speaker, cue, rule) = match (&scope, p.role) {
            (_, Role::Aside) => continue,
            (Scope::Announced(s, c, rule), Role::Question) => {
                scope = Scope::Answers(s.clone(), c.clone(), *rule);
                continue;
            }
            (Scope::Answers(..), Role::Question) => continue,
            (Scope::Answers(..) | Scope::Embedded(..), Role::Heading) => {
                scope = Scope::None;
                continue;
            }
            (Scope::Answers(s, c, rule) | Scope::Embedded(s, c, rule), _) => (s.clone(), c.clone(), *rule),
            (Scope::None | Scope::Announced(..), _) => {
                if let Some(announced) = announcement(r, rules, &p.tokens) {
                    scope = announced;
                }
                continue;
            }
        };
        let content = p.tokens.clone();
        // A paragraph that is a quotation in marks has its own speaker.
        let at = direct.partition_point(|d| d.start < content.start);
        let quoted = direct[at..].first().is_some_and(|d| d.start <= content.start + 1 && d.end + 3 >= content.end);
        if !quoted {
            found.push(Found { content, kind: QuoteKind::Direct, speaker, cue, rule });
        }
    }
}

fn role(r: &Reading, rules: &[Rule<Spec>], tokens: &Range<usize>) -> Role {
    let sections = || r.sentences.get(*r.sentence.get(tokens.start)?).map(|s| s.section);
    let (first, last) = (r.written(tokens.start), r.written(tokens.end.saturating_sub(1)));
    let words = r.words(tokens.clone());
    if words <= LONGEST_QUESTION && !r.is(tokens.start, QUOTE) && (last == "?" || prompts(r, rules, tokens)) {
        return Role::Question;
    }
    match sections() {
        Some(Section::Caption | Section::Byline) => return Role::Aside,
        Some(Section::Heading | Section::Headline) => return Role::Heading,
        _ => {}
    }
    let stopped = r.is(tokens.end.saturating_sub(1), STOP | QUOTE | BREAK);
    if words <= 12 && !stopped && first != "-" {
        Role::Heading
    } else if words <= 15 && !r.has_finite(tokens.clone()) {
        Role::Aside
    } else {
        Role::Text
    }
}

/// A one-sentence request in place of a question ("Preséntanos una cronología.").
fn prompts(r: &Reading, rules: &[Rule<Spec>], tokens: &Range<usize>) -> bool {
    let word = r.written(tokens.start).to_lowercase();
    let one = r.end_of_sentence(tokens.start) >= tokens.end;
    one && r.words(tokens.clone()) <= 30
        && rules.iter().any(|rule| rule.spec.frame == Frame::Interview && rule.spec.followed_by.iter().any(|e| word.ends_with(e.as_str())))
}

/// What a paragraph announces, with its speaker.
fn announcement(r: &Reading, rules: &[Rule<Spec>], tokens: &Range<usize>) -> Option<Scope> {
    for i in tokens.clone().rev() {
        let Some(cue) = r.cue(i, &[Frame::Interview, Frame::Embedded]) else { continue };
        rules.get(cue.rule)?;
        let (from, end) = (i + cue.len, r.end_of_sentence(i));
        let range = Some(i..from);
        if cue.frame == Frame::Interview {
            // "interview with X"; without anybody named it is still one.
            let with = (from..end.min(from + 3)).find(|&j| r.is(j, PREPOSITION)).map_or(from, |w| w + 1);
            let who = r.phrase_from(with, end).map(|p| r.named(p, end));
            return Some(Scope::Announced(who, range, cue.rule));
        }
        let by = (from..end.min(from + 8)).find(|&j| r.is(j, COMMA | PREPOSITION | BREAK)).map_or(from, |j| j + 1);
        let who = r.phrase_from(by, end).map(|p| r.named(p, end));
        let speaks = who.as_ref().is_some_and(|p| !matches!(r.who(p.clone()), Who::Absent));
        return speaks.then_some(Scope::Embedded(who, range, cue.rule));
    }
    None
}
