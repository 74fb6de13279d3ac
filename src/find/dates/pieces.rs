//! A text in pieces: words, numbers and marks.

use crate::span::Span;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Number,
    Mark,
}

/// A word, a number or a mark. Finer than the pipeline's tokens: hyphens, apostrophes and what is glued to digits are
/// pieces of their own ("mid-2011", "Monday's", "1990s").
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub span: Span,
    /// Its number in the grammar's vocabulary; 0 if no pattern knows it.
    pub word: u32,
    /// What kind of piece it is to [`Openings`](super::openings::Openings).
    pub kind: u16,
    /// Whether number words are made of it.
    pub spoken: bool,
    pub shape: Shape,
    pub capital: bool,
    /// No white space stands before it.
    pub glued: bool,
    /// A line ends before it that is not inside a sentence: nothing matches over it.
    pub broken: bool,
}

/// Cuts a text into pieces, each with its first character and whether it is glued to the one before.
pub(super) fn cut(text: &str, mut push: impl FnMut(Span, Shape, char, bool)) {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count());
    let (mut at, mut last_end) = (0, usize::MAX);
    while let Some(&first) = bytes.get(at) {
        let start = at;
        // Nearly every piece begins with ASCII, which needs no decoding.
        let c = if first.is_ascii() { char::from(first) } else { text[at..].chars().next().unwrap_or_default() };
        at += c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let shape = if c.is_ascii_digit() {
            at = start + digits(start);
            let (whole, mut groups) = (at, 0);
            let chained = start > 1 && matches!(bytes[start - 1], b'.' | b',') && bytes[start - 2].is_ascii_digit();
            while let Some(b'.' | b',') = bytes.get(at) {
                let more = digits(at + 1);
                groups += 1;
                // 27.04.2005 is three numbers, 1.400.000 one and 5.30 one.
                if more == 0 || chained && more > 3 || groups > 1 && more != 3 {
                    at = if more == 0 { at } else { whole };
                    break;
                }
                at += 1 + more;
            }
            Shape::Number
        } else if c.is_alphabetic() {
            at += bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            if bytes.get(at).is_some_and(|b| !b.is_ascii()) {
                let letters = text[at..].chars().take_while(|&d| d.is_alphabetic() || matches!(d, '\u{300}'..='\u{36f}'));
                at += letters.map(char::len_utf8).sum::<usize>();
            }
            Shape::Word
        } else {
            Shape::Mark
        };
        push(Span::new(start, at), shape, c, last_end == start);
        last_end = at;
    }
}

/// Apostrophes are one mark to the patterns, and so are hyphens and dashes.
pub(super) fn fold_mark(c: char) -> Option<&'static str> {
    match c {
        '’' | '‘' | '\'' | '`' | '´' => Some("'"),
        '-' | '‐' | '‑' | '–' | '—' => Some("-"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_is_glued_to_them_are_apart() {
        let text = "mid-2011, 27.04.2005; 1.400.000, 5.30 the 1990s año’s 4.1556 3.";
        let mut pieces = Vec::new();
        cut(text, |span, _, _, _| pieces.push(span.of(text)));
        let wanted = "mid - 2011 , 27 . 04 . 2005 ; 1.400.000 , 5.30 the 1990 s año ’ s 4.1556 3 .";
        assert_eq!(pieces.join(" "), wanted);
    }
}
