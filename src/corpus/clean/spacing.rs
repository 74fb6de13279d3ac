//! Characters that can't be seen, and the many kinds of space.

use crate::corpus::document::Edit;
use crate::span::Span;
use crate::vocabulary::EditKind;

/// What a character is made, why, and by which rule; `None` to leave it.
fn change(before: Option<char>, c: char, after: Option<char>) -> Option<(EditKind, &'static str, &'static str)> {
    let in_word = || before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    match c {
        '\u{feff}' | '\u{200b}' | '\u{2060}' => Some((EditKind::Control, "", "control.zero-width")),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some((EditKind::Control, "", "control.direction")),
        '\u{ad}' if in_word() => Some((EditKind::Control, "", "control.soft-hyphen")),
        // U+001A stays: programs set it, like U+FFFD, where a character was lost, and a reader should see that.
        '\0'..='\u{8}' | '\u{e}'..='\u{19}' | '\u{1b}'..='\u{1f}' | '\u{7f}' => Some((EditKind::Control, "", "control.c0")),
        '\r' if after == Some('\n') => Some((EditKind::Whitespace, "", "whitespace.line-end")),
        '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some((EditKind::Whitespace, "\n", "whitespace.line-end")),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some((EditKind::Whitespace, " ", "whitespace.space")),
        _ => None,
    }
}

/// Whether a character that begins with this byte may be changed.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        suspect[byte] = !matches!(byte as u8, b'\t' | b'\n');
        byte += 1;
    }
    suspect[0x7f] = true;
    // U+0080 to U+00BF, U+2000 to U+2FFF, U+3000 to U+3FFF, U+F000 to U+FFFF
    suspect[0xc2] = true;
    suspect[0xe2] = true;
    suspect[0xe3] = true;
    suspect[0xef] = true;
    suspect
};

/// The edits that take invisible characters out of a text and make its spaces and line ends plain.
#[must_use]
pub fn tidy(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (mut added, mut taken) = (0, 0);
    for at in text.bytes().enumerate().filter(|(_, b)| SUSPECT[usize::from(*b)]).map(|(at, _)| at) {
        let mut rest = text[at..].chars();
        let Some(c) = rest.next() else { break };
        if let Some((kind, after, rule)) = change(text[..at].chars().next_back(), c, rest.next()) {
            let raw = Span::new(at, at + c.len_utf8());
            edits.push(Edit {
                kind,
                raw,
                clean_start: at + added - taken,
                before: c.into(),
                after: after.into(),
                rule: rule.into(),
                confidence: None,
            });
            added += after.len();
            taken += raw.len();
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_changed_begins_with_a_suspect_byte() {
        let around = [None, Some('a'), Some('\n'), Some(' ')];
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let changed = around.iter().any(|&before| around.iter().any(|&after| change(before, c, after).is_some()));
            assert!(!changed || SUSPECT[usize::from(c.to_string().as_bytes()[0])], "{c:?}");
        }
    }
}
