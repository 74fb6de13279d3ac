//! Words, numbers and marks.

use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens (`Nazarbayev's`, `Nur-Sultan`).
    Word,
    /// Begins with a digit (`1.400`, `7th`, `16-year-old`).
    Number,
    /// One mark.
    Mark,
}

/// A word, a number or one mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// Cuts a text into tokens; `offset` is added to every span. Every character that is not white space is in exactly one
/// token.
#[must_use]
pub fn tokens(text: &str, offset: usize) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_alphanumeric() {
            let mut last = c;
            while let Some(&(at, d)) = chars.peek() {
                let inner =
                    matches!(d, '\'' | '’' | '-' | '‐' | '‑') && last.is_alphanumeric() || matches!(d, '.' | ',') && last.is_ascii_digit();
                let follows = || text[at + d.len_utf8()..].chars().next();
                let joins = d.is_alphanumeric()
                    || is_combining(d)
                    || inner && follows().is_some_and(|n| if matches!(d, '.' | ',') { n.is_ascii_digit() } else { n.is_alphanumeric() });
                if !joins {
                    break;
                }
                chars.next();
                end = at + d.len_utf8();
                last = d;
            }
            if c.is_numeric() { TokenKind::Number } else { TokenKind::Word }
        } else {
            TokenKind::Mark
        };
        out.push(Token { span: Span::new(start, end).shifted(offset), kind });
    }
    out
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(s: &str) -> Vec<&str> {
        tokens(s, 0).iter().map(|t| t.span.of(s)).collect()
    }

    #[test]
    fn marks_stand_alone_and_inner_marks_join() {
        assert_eq!(words("“Nur-Sultan’s 1.400 men,” he—said."), ["“", "Nur-Sultan’s", "1.400", "men", ",", "”", "he", "—", "said", "."]);
        assert_eq!(words("a 16-year-old, 3.5%"), ["a", "16-year-old", ",", "3.5", "%"]);
    }
}
