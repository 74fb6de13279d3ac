//! Words, numbers and marks.

use super::words::Short;
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
    /// Whether it is short and all of one sort: a word of ASCII letters, a number of digits, an ASCII mark.
    pub(crate) plain: bool,
    /// What the word lists of all stages know it by.
    pub(crate) short: Short,
}

impl Token {
    /// What stands there in a text.
    #[inline]
    pub(crate) fn new(text: &str, span: Span, kind: TokenKind) -> Self {
        let short = Short::at(text, span);
        let plain = match kind {
            TokenKind::Word => short.is_letters(),
            TokenKind::Number => short.is_digits(),
            TokenKind::Mark => !short.is_none(),
        };
        Self { span, kind, plain, short }
    }
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
                // Nearly every word ends at what joins nothing.
                if d.is_ascii() && !matches!(d, '\'' | '-' | '.' | ',') {
                    break;
                }
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
        let token = Token::new(text, Span::new(start, at), kind);
        out.push(Token { span: token.span.shifted(offset), ..token });
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
    fn plain_is_what_is_all_of_one_sort() {
        let text = "Nur-Sultan’s año: 1.400 men, 7th M23 incomprehensibilities (2011) it's § end";
        let plain: Vec<&str> = tokens(text, 0).iter().filter(|t| t.plain).map(|t| t.span.of(text)).collect();
        assert_eq!(plain, [":", "men", ",", "(", "2011", ")", "end"]);
    }

    #[test]
    fn marks_stand_alone_and_inner_marks_join() {
        assert_eq!(words("“Nur-Sultan’s 1.400 men,” he—said."), ["“", "Nur-Sultan’s", "1.400", "men", ",", "”", "he", "—", "said", "."]);
        assert_eq!(words("a 16-year-old, 3.5%"), ["a", "16-year-old", ",", "3.5", "%"]);
    }
}
