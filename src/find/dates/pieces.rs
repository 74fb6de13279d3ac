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

/// A piece as it is cut out of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub span: Span,
    pub shape: Shape,
    /// Its first character.
    pub first: char,
    /// Whether all of it is ASCII.
    pub ascii: bool,
}

/// Cuts a stretch of a text into pieces.
pub(super) fn cut(text: &str, within: Span, mut push: impl FnMut(Cut)) {
    let text = &text[..within.end];
    let bytes = text.as_bytes();
    let mut at = within.start;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        // Nearly every piece begins with ASCII, which needs no decoding.
        let (first, shape) = match byte {
            b' ' | b'\t'..=b'\r' => {
                at += 1;
                continue;
            }
            b'0'..=b'9' => (char::from(byte), Shape::Number),
            b'a'..=b'z' | b'A'..=b'Z' => (char::from(byte), Shape::Word),
            0..0x80 => (char::from(byte), Shape::Mark),
            _ => {
                let c = text[at..].chars().next().unwrap_or_default();
                if c.is_whitespace() {
                    at += c.len_utf8();
                    continue;
                }
                (c, if c.is_alphabetic() { Shape::Word } else { Shape::Mark })
            }
        };
        let mut ascii = first.is_ascii();
        match shape {
            Shape::Number => at = number_end(bytes, start),
            Shape::Word => {
                at += first.len_utf8();
                at += bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                if bytes.get(at).is_some_and(|b| !b.is_ascii()) {
                    let letters = text[at..].chars().take_while(|&d| d.is_alphabetic() || matches!(d, '\u{300}'..='\u{36f}'));
                    let more = letters.map(char::len_utf8).sum::<usize>();
                    ascii &= more == 0;
                    at += more;
                }
            }
            Shape::Mark => at += first.len_utf8(),
        }
        push(Cut { span: Span::new(start, at), shape, first, ascii });
    }
}

/// Where a number ends that begins at a digit.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let digits = |from: usize| bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count());
    let mut at = start + digits(start);
    let (whole, mut groups) = (at, 0);
    let chained = start > 1 && matches!(bytes[start - 1], b'.' | b',') && bytes[start - 2].is_ascii_digit();
    while let Some(b'.' | b',') = bytes.get(at) {
        let more = digits(at + 1);
        groups += 1;
        // 27.04.2005 is three numbers, 1.400.000 one and 5.30 one.
        if more == 0 || chained && more > 3 || groups > 1 && more != 3 {
            return if more == 0 { at } else { whole };
        }
        at += 1 + more;
    }
    at
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
        cut(text, Span::new(0, text.len()), |piece| pieces.push(piece.span.of(text)));
        let wanted = "mid - 2011 , 27 . 04 . 2005 ; 1.400.000 , 5.30 the 1990 s año ’ s 4.1556 3 .";
        assert_eq!(pieces.join(" "), wanted);
    }
}
