//! Which quotation marks belong together.
//!
//! A paragraph at a time, so that a stray mark can spoil no more than its own: every mark is read as opening or closing from
//! what stands beside it, and from its shape where that does not settle it; a closing mark takes the last opening one of its
//! kind. A mark that opens a paragraph and is not closed in it goes on in the next when that opens with one too.

use std::ops::Range;

use super::reading::Reading;
use super::words::{Frame, class::*};

/// So many marks may stand open at once; of more, the oldest is stray.
const DEEPEST: usize = 8;

/// Words between two marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marked {
    /// The tokens of the content.
    pub content: Range<usize>,
    /// The first token of the opening mark.
    pub open: usize,
    /// The first token after the closing mark.
    pub after: usize,
    /// It stands inside another.
    pub nested: bool,
    /// It goes on from the paragraph before.
    pub goes_on: bool,
    /// A dialogue dash, not a mark.
    pub dash: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

#[derive(Clone, Copy)]
struct Mark {
    token: usize,
    /// Tokens of the mark (`''` has two).
    len: usize,
    kind: Kind,
    side: Side,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Angle,
}

/// All pairs of a text, in order of their opening.
pub(super) fn pair(r: &Reading) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    // An opening mark that its paragraph leaves open, with the paragraph's end.
    let mut open_before: Option<(Mark, usize)> = None;
    // Whether the paragraph before is one of a dialogue.
    let mut spoken_before = false;
    for paragraph in paragraphs(r) {
        if paragraph.is_empty() {
            continue;
        }
        let marks = marks(r, &paragraph);
        let before = out.len();
        let left = pair_paragraph(r, &marks, &mut out);
        if let Some((left, end)) = open_before.take() {
            let (open, from) = (left.token, left.token + left.len);
            // The paragraph before was left open: it counts if this one goes on with it.
            let single = left.kind == Kind::Single;
            let alike = |m: &Mark| m.side != Side::Close && (!single || m.kind == Kind::Single);
            let reopened = marks.first().is_some_and(|m| m.token == paragraph.start && alike(m));
            let closed = marks.first().filter(|m| {
                let closes = m.side == Side::Close || m.side == Side::Either && marks.len() == 1;
                closes && m.kind != Kind::Single && !single && m.token > paragraph.start
            });
            if reopened {
                out.push(Marked { content: from..end, open, after: end, nested: false, goes_on: false, dash: false });
                if let Some(m) = out[before..].iter_mut().find(|m| m.open == paragraph.start) {
                    m.goes_on = true;
                }
            } else if let Some(m) = closed {
                out.push(Marked { content: from..end, open, after: end, nested: false, goes_on: false, dash: false });
                out.push(Marked {
                    content: paragraph.start..m.token,
                    open: paragraph.start,
                    after: m.token + m.len,
                    nested: false,
                    goes_on: true,
                    dash: false,
                });
            }
        }
        open_before = left.map(|mark| (mark, paragraph.end));
        let before = out.len();
        if marks.is_empty() {
            dialogue(r, &paragraph, &mut out);
            // "—Que venga sin fotógrafo.", an answer without a verb of saying.
            let alone = r.is(paragraph.start, DASH) && !(paragraph.start + 1..paragraph.end).any(|i| r.is(i, DASH));
            if out.len() == before && spoken_before && alone {
                let content = paragraph.start + 1..paragraph.end;
                out.push(Marked { content, open: paragraph.start, after: paragraph.end, nested: false, goes_on: false, dash: true });
            }
        }
        spoken_before = out[before..].iter().any(|m| m.dash);
    }
    out.retain(|m| !m.content.is_empty());
    out.sort_by_key(|m| (m.open, std::cmp::Reverse(m.after)));
    let mut reach = 0;
    for m in &mut out {
        m.nested = m.open < reach;
        reach = reach.max(m.after);
    }
    out
}

/// The token ranges of the paragraphs.
pub(super) fn paragraphs(r: &Reading) -> Vec<Range<usize>> {
    let mut out: Vec<(u32, Range<usize>)> = Vec::new();
    for s in &r.sentences {
        match out.last_mut() {
            Some((p, range)) if *p == s.paragraph => range.end = s.tokens.end.max(range.end),
            _ => out.push((s.paragraph, s.tokens.clone())),
        }
    }
    out.into_iter().map(|(_, range)| range).collect()
}

fn marks(r: &Reading, paragraph: &Range<usize>) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut i = paragraph.start;
    while i < paragraph.end {
        if !r.is(i, QUOTE) {
            i += 1;
            continue;
        }
        let written = r.written(i);
        let touching = |a: usize, b: usize| r.tokens.get(a).zip(r.tokens.get(b)).is_some_and(|(a, b)| a.span.end == b.span.start);
        let doubled = matches!(written, "'" | "`") && r.written(i + 1) == written && touching(i, i + 1);
        let len = if doubled { 2 } else { 1 };
        let (kind, shape) = match written {
            "`" if doubled => (Kind::Double, Side::Open),
            "'" if doubled => (Kind::Double, Side::Either),
            "“" | "„" | "‟" => (Kind::Double, Side::Open),
            "”" => (Kind::Double, Side::Close),
            "«" => (Kind::Angle, Side::Open),
            "»" => (Kind::Angle, Side::Close),
            "\"" => (Kind::Double, Side::Either),
            "‘" | "‚" | "‹" | "`" => (Kind::Single, Side::Open),
            "’" | "›" => (Kind::Single, Side::Close),
            _ => (Kind::Single, Side::Either),
        };
        // What touches the mark says more than its shape, where only one side does.
        let text = r.text.as_bytes();
        let (start, end) = (r.tokens[i].span.start, r.tokens[i + len - 1].span.end);
        let left = start > 0 && !text.get(start - 1).is_some_and(u8::is_ascii_whitespace) && i > paragraph.start && !r.is(i - 1, DASH);
        let right = end < text.len() && !text.get(end).is_some_and(u8::is_ascii_whitespace) && i + len < paragraph.end;
        let left = left && !matches!(r.written(i.wrapping_sub(1)), "(" | "[" | "¿" | "¡" | "“" | "«" | "‘");
        let right_word =
            right && (r.is(i + len, WORD) || matches!(r.written(i + len), "¿" | "¡" | "(" | "[" | "…" | "“" | "‘" | "$" | "€" | "#" | "@"));
        let closes_before_mark = right && !right_word;
        let context = match (left, right_word) {
            (false, true) => Side::Open,
            (true, false) => Side::Close,
            // `) “. -`: a space before, and a stop after.
            (false, false) if closes_before_mark && !r.is(i + len, QUOTE) => Side::Close,
            _ => Side::Either,
        };
        let side = match (context, shape) {
            (Side::Either, s) => s,
            (c, _) => c,
        };
        // A lone apostrophe is a mark only where it clearly opens, or may close.
        let digit = kind == Kind::Single && side == Side::Open && r.written(i + len).starts_with(|c: char| c.is_ascii_digit());
        let apostrophe = kind == Kind::Single && side == Side::Either;
        if !digit && !apostrophe {
            out.push(Mark { token: i, len, kind, side });
        }
        i += len;
    }
    out
}

/// Pairs the marks of one paragraph; gives the opening mark that opens the paragraph's last, unclosed words.
fn pair_paragraph(r: &Reading, marks: &[Mark], out: &mut Vec<Marked>) -> Option<Mark> {
    let mut open: Vec<&Mark> = Vec::new();
    for (k, m) in marks.iter().enumerate() {
        let closes = open.iter().rposition(|o| o.kind == m.kind);
        let is_close = match m.side {
            Side::Close => true,
            Side::Open => false,
            Side::Either => closes.is_some(),
        };
        if !is_close {
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push(m);
            continue;
        }
        let Some(mut at) = closes else { continue };
        // A mark written again at the start of a sentence, inside words that are still open, opens nothing new.
        while at > 0
            && open[at - 1].kind == m.kind
            && m.kind == Kind::Double
            && r.is(open[at].token.wrapping_sub(1), STOP)
            && !closes_again(&marks[k + 1..], m.kind)
        {
            at -= 1;
        }
        let from = open[at].token + open[at].len;
        out.push(Marked {
            content: from..m.token,
            open: open[at].token,
            after: m.token + m.len,
            nested: false,
            goes_on: false,
            dash: false,
        });
        open.truncate(at);
    }
    // Words that go on in the next paragraph begin a sentence or follow a cue.
    let begins =
        |o: &Mark| !r.is(o.token.wrapping_sub(1), WORD) || r.cue(o.token - 1, &[Frame::Speech]).is_some() || r.sentence_starts(o.token);
    // An apostrophe opens none of them: a single mark does where nothing or a colon stands before it.
    let clear = |o: &Mark| o.kind != Kind::Single || r.sentence_starts(o.token) || r.written(o.token.wrapping_sub(1)) == ":";
    open.into_iter().find(|o| clear(o) && begins(o)).copied()
}

/// Whether the next mark of a kind closes.
fn closes_again(later: &[Mark], kind: Kind) -> bool {
    later.iter().find(|n| n.kind == kind).is_some_and(|n| n.side == Side::Close)
}

/// A paragraph that opens with a dash, with a verb of saying after a second one.
fn dialogue(r: &Reading, paragraph: &Range<usize>, out: &mut Vec<Marked>) {
    if !r.is(paragraph.start, DASH) {
        return;
    }
    let dashes: Vec<usize> = paragraph.clone().filter(|&i| r.is(i, DASH)).collect();
    let says = |d: usize| {
        (d + 1..(d + 4).min(paragraph.end))
            .find(|&i| !r.is(i, CLITIC | ADVERB | AUXILIARY))
            .is_some_and(|i| r.cue(i, &[Frame::Speech]).is_some() || answers(r, i) || told(r, d + 1))
    };
    let mut at = 0;
    while let (Some(&from), Some(&to)) = (dashes.get(at), dashes.get(at + 1)) {
        if !says(to) {
            if at > 0 {
                break;
            }
            return;
        }
        out.push(Marked { content: from + 1..to, open: from, after: to, nested: false, goes_on: at > 0, dash: true });
        at += 2;
    }
    if let Some(&last) = dashes.get(at).filter(|_| at > 0) {
        let from = (last + 1..paragraph.end).find(|&i| r.is(i, WORD) || matches!(r.written(i), "¿" | "¡")).unwrap_or(paragraph.end);
        out.push(Marked { content: from..paragraph.end, open: last, after: paragraph.end, nested: false, goes_on: true, dash: true });
    }
}

/// "—le pregunto a Ana", "—le consultó este diario": after a dash, a verb with a pronoun for who is told.
pub(super) fn told(r: &Reading, i: usize) -> bool {
    r.is(i, CLITIC) && !r.is(i, DETERMINER | PRONOUN) && r.is(i + 1, WORD) && r.may_be_verb(i + 1)
}

/// "—corrige—", "—corrige el cliente—": after a dash, whatever verb stands alone or before who does it.
fn answers(r: &Reading, i: usize) -> bool {
    let verb = r.is(i, WORD) && !r.is(i, CAPITAL) && r.may_be_verb(i) && !r.is(i, DETERMINER | PREPOSITION | CONJUNCTION | RELATIVE);
    let person = r.phrase_from(i + 1, i + 8).is_some_and(|p| r.is_person(&p) && r.is(p.end, DASH | STOP | COMMA));
    verb && (r.is(i + 1, DASH | STOP) || person)
}
