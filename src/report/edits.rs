//! The source beside the clean text, paragraph by paragraph, with every change marked on both sides.

use maud::{Markup, html};

use super::page::plain;
use crate::tables::{DocumentRow, EditRow};
use crate::tally::many;

/// A stretch that is the same on both sides, or a change.
#[derive(Clone, Copy, Debug)]
enum Piece<'t> {
    Same(&'t str),
    Change(&'t EditRow),
}

/// The two texts, or that they are one.
pub(super) fn beside(d: &DocumentRow, edits: &[&EditRow]) -> Markup {
    if edits.is_empty() {
        return html! { p { "The text stands here as it came: nothing was changed." } };
    }
    let Some(paragraphs) = paragraphs(&d.text, edits) else {
        return html! { p { "The " (many(edits.len() as u64, "change")) " of this text are in the table " code { "edits" } "." } };
    };
    html! {
        p {
            (many(edits.len() as u64, "change")) " made the source into the clean text: " (summary(edits))
            ". Paragraphs without a change stand once, over both columns."
        }
        div.scroll role="region" aria-label="Source beside clean text" tabindex="0" {
            table.beside {
                caption { "Source beside clean text" }
                thead { tr { th scope="col" { "Source, as it came" } th scope="col" { "Clean text" } } }
                tbody lang=(d.language) {
                    @for paragraph in &paragraphs {
                        @if paragraph.iter().any(|p| matches!(p, Piece::Change(_))) {
                            tr { td dir="auto" { (side(paragraph, true)) } td dir="auto" { (side(paragraph, false)) } }
                        } @else {
                            tr.same { td colspan="2" dir="auto" { (side(paragraph, false)) } }
                        }
                    }
                }
            }
        }
    }
}

fn side(paragraph: &[Piece<'_>], is_source: bool) -> Markup {
    html! {
        @for piece in paragraph {
            @match piece {
                Piece::Same(text) => (text),
                Piece::Change(e) if is_source => { @if !e.before.is_empty() { del title=(why(e)) { bdi { (visible(&e.before)) } } } },
                Piece::Change(e) => { @if !e.after.is_empty() { ins title=(why(e)) { bdi { (visible(&e.after)) } } } },
            }
        }
    }
}

fn why(e: &EditRow) -> String {
    let sure = e.confidence.map_or_else(String::new, |c| format!(", confidence {c:.2}"));
    format!("{}, by {}{sure}", e.kind, e.rule)
}

/// How many changes of each kind.
fn summary(edits: &[&EditRow]) -> String {
    let kinds = crate::vocabulary::EditKind::ALL.iter().map(|&k| (k, edits.iter().filter(|e| e.kind == k).count()));
    kinds.filter(|k| k.1 > 0).map(|(k, n)| format!("{n} {}", plain(k.as_str()))).collect::<Vec<_>>().join(", ")
}

/// What can't be seen, in signs.
fn visible(text: &str) -> String {
    let unseen = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    if !text.chars().all(unseen) {
        return text.to_owned();
    }
    let sign = |c: char| match c {
        ' ' => "␣".to_owned(),
        '\n' => "↵".to_owned(),
        '\t' => "⇥".to_owned(),
        c => format!("[U+{:04X}]", u32::from(c)),
    };
    text.chars().map(sign).collect()
}

/// The text cut at its changes and line ends; `None` if the changes don't fit it.
fn paragraphs<'t>(text: &'t str, edits: &[&'t EditRow]) -> Option<Vec<Vec<Piece<'t>>>> {
    let mut out = vec![Vec::new()];
    let mut at = 0;
    for e in edits {
        let start = usize::try_from(e.clean_start).ok()?;
        same(text.get(at..start)?, &mut out);
        out.last_mut()?.push(Piece::Change(e));
        at = start + e.after.len();
        if e.before.ends_with('\n') && e.after.is_empty() {
            out.push(Vec::new());
        }
    }
    same(text.get(at..)?, &mut out);
    out.retain(|p| p.iter().any(|piece| !matches!(piece, Piece::Same(t) if t.trim().is_empty())));
    Some(out)
}

fn same<'t>(text: &'t str, out: &mut Vec<Vec<Piece<'t>>>) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push(Vec::new());
        }
        if let (false, Some(paragraph)) = (line.is_empty(), out.last_mut()) {
            paragraph.push(Piece::Same(line));
        }
    }
}
