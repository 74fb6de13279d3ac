//! Where paragraphs end.
//!
//! A blank line always ends one. A single line break does so in text with a paragraph a line, and not in text wrapped at a
//! column, as wire copy is; which of the two a document is, its own lines tell.

use crate::span::Span;

/// One line that is not blank.
struct Line {
    span: Span,
    /// Its length in characters.
    width: usize,
    /// The number of characters of its first word.
    first_word: usize,
    /// A blank line stands before it.
    after_blank: bool,
    /// White space stands before its first word.
    indented: bool,
}

/// Lines wider than this are not wrapped by hand or by a wire service.
const WIDEST_WRAP: usize = 110;
/// How far before the column a wrapped line may stop though the next word would still have fitted.
const SLACK: usize = 6;

/// The paragraphs of a text in order, without white space at their ends.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let column = wrap_column(&lines);
    let mut out: Vec<Span> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let joins = i > 0 && !line.after_blank && goes_on(text, &lines[i - 1], line, column);
        match out.last_mut() {
            Some(last) if joins => last.end = line.span.end,
            _ => out.push(line.span),
        }
    }
    out
}

/// Whether a line goes on with the paragraph of the one before.
fn goes_on(text: &str, before: &Line, line: &Line, column: Option<usize>) -> bool {
    let lower = line.span.of(text).starts_with(char::is_lowercase);
    let open = before.span.of(text).ends_with(|c: char| c.is_lowercase() || c == ',');
    match column {
        Some(column) => !line.indented && (before.width + 1 + line.first_word + SLACK > column || lower && open),
        // A stray break in the middle of a sentence; short lines are lists.
        None => lower && open && before.width > 50,
    }
}

/// The column a text is wrapped at, if it is: nearly every line that another follows is too full for the next word.
fn wrap_column(lines: &[Line]) -> Option<usize> {
    let pairs = || lines.iter().zip(lines.iter().skip(1)).filter(|(_, next)| !next.after_blank && !next.indented);
    let mut widths: Vec<usize> = pairs().map(|(line, _)| line.width).collect();
    widths.sort_unstable();
    // Not the very widest: a few lines hang over.
    let column = *widths.get(widths.len().checked_sub(1)? * 9 / 10)?;
    let full = pairs().filter(|(line, next)| line.width + 1 + next.first_word + SLACK > column).count();
    let wrapped = (40..=WIDEST_WRAP).contains(&column) && widths.len() >= 2 && full * 10 >= widths.len() * 7;
    // A headline and a byline above paragraphs of one long line each are no wrapped text.
    let wider = lines.iter().filter(|line| line.width > column + SLACK).count();
    let wrapped = wrapped && wider * 10 <= lines.len() * 2;
    // Two or three lines that happen to be alike are told by a sentence that runs over their break.
    (wrapped && (widths.len() >= 6 || widths.first().is_some_and(|w| *w * 3 > column * 2))).then_some(column)
}

fn lines(text: &str) -> Vec<Line> {
    let (mut out, mut at, mut after_blank) = (Vec::new(), 0, true);
    let mut add = |raw: &str, is_ascii: bool| {
        let characters = |text: &str| if is_ascii { text.len() } else { text.chars().count() };
        let trimmed = raw.trim();
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        if trimmed.is_empty() {
            after_blank = true;
            return;
        }
        out.push(Line {
            span: Span::new(start, start + trimmed.len()),
            width: characters(trimmed),
            first_word: trimmed.split_whitespace().next().map_or(0, characters),
            after_blank,
            indented: raw.starts_with([' ', '\t']),
        });
        after_blank = false;
    };
    for line in text.split_inclusive('\n') {
        // Looking for the other line ends takes longer, and they are not ASCII.
        if line.is_ascii() { add(line, true) } else { line.split_inclusive(['\u{2029}', '\u{2028}']).for_each(|line| add(line, false)) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_wrapped_text_keeps_its_paragraphs_whole() {
        let text = "SAN SALVADOR, 3 JAN 90 -- [TEXT] THE BATTALION COMMAND HAS SAID THAT\nSOME PEASANTS OF VARIOUS AGES WERE TAKEN BY MEN OF THE FRONT IN THE\nSOUTH. THE MEN LEFT.\n\n   MEANWHILE, THREE OTHERS WERE HURT IN CLASHES YESTERDAY IN TWO OF THE\nDEPARTMENTS.";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn a_paragraph_a_line_is_told_from_wrapping() {
        let text = "Minister resigns\nThe minister of trade resigned on Monday after weeks of protest over the price of bread in the capital and elsewhere.\nHe gave no reason.\nThe party will name another one this week, it said.";
        assert_eq!(cut(text).len(), 4);
        let long = "The leader of the house said an accusation that the vote was held early for the sake of a ball was beneath her.";
        let head =
            format!("Row over early finish ahead of party ball\n19/07/2018 17:24 BST | Updated 17:27 BST\n{long}\n\n{long}\n\n{long}");
        assert_eq!(cut(&head).len(), 5);
        assert_eq!(cut("Demands:\n– Bread\n– Peace").len(), 3);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "(\\PC|[a-zA-Z \n\t]){0,200}") {
            let spans = paragraphs(&text);
            let kept: String = spans.iter().flat_map(|s| s.of(&text).chars()).filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
            prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start));
        }
    }
}
