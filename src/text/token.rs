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
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    // Nearly all is ASCII, which needs no decoding.
    let char_at = |at: usize| match bytes.get(at) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        _ => text[at..].chars().next(),
    };
    while let Some(c) = char_at(at) {
        let start = at;
        at += c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let kind = if c.is_alphanumeric() {
            let mut last = c;
            loop {
                let letters = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                at += letters;
                if letters > 0 {
                    last = char::from(bytes[at - 1]);
                }
                let Some(d) = char_at(at) else { break };
                let inner =
                    matches!(d, '\'' | '’' | '-' | '‐' | '‑') && last.is_alphanumeric() || matches!(d, '.' | ',') && last.is_ascii_digit();
                let follows = || char_at(at + d.len_utf8());
                let joins = inner
                    && follows().is_some_and(|n| if matches!(d, '.' | ',') { n.is_ascii_digit() } else { n.is_alphanumeric() })
                    || !d.is_ascii() && (d.is_alphanumeric() || is_combining(d));
                if !joins {
                    break;
                }
                at += d.len_utf8();
                last = d;
            }
            if c.is_numeric() { TokenKind::Number } else { TokenKind::Word }
        } else {
            TokenKind::Mark
        };
        out.push(Token { span: Span::new(start, at).shifted(offset), kind });
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
