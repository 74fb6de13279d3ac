//! Tables that a spreadsheet writes and opens.
//!
//! It writes a mark before UTF-8, or the character set of its country, and semicolons where the decimal mark is a comma: [`table`] reads all of it.
//!
//! A spreadsheet runs a cell that begins like a formula, and a formula can call programs and fetch addresses ("CSV injection",
//! OWASP). Articles are other people's texts, so such a cell is written with an apostrophe before it, which makes it a text, and
//! read without.

use std::borrow::Cow;
use std::io::Read;

use super::charset::decode;

/// A table's text without its mark, and what parts its cells; `column` is one that it must have.
///
/// # Errors
/// If the bytes are not those of a text, or a quotation mark is never closed.
pub fn table(bytes: Vec<u8>, column: &str) -> Result<(String, u8), String> {
    let mut text = decode(bytes, None)?.text;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    let delimiter = delimiter(text.lines().next().unwrap_or_default().as_bytes(), column);
    let rows = csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(text.as_bytes().chain(END));
    if let Some(open) = rows.into_byte_records().filter_map(Result::ok).find(is_open) {
        let line = open.position().map_or(1, csv::Position::line);
        return Err(format!(
            "a quotation mark in the row that begins in line {line} is never closed; close it, or double it if it is part of the words"
        ));
    }
    Ok((text, delimiter))
}

/// What is read behind a table, to tell whether its last quotation mark is closed: a row by itself, or more of the last cell.
pub const END: &[u8] = b"\n\x04\x04";

/// Whether a row is the end behind a table.
#[must_use]
pub fn is_end(row: &csv::ByteRecord) -> bool {
    row.len() == 1 && row.get(0) == END.get(1..)
}

/// Whether a row has taken in the end, and so all before it, behind a quotation mark that is never closed.
#[must_use]
pub fn is_open(row: &csv::ByteRecord) -> bool {
    row.iter().next_back().is_some_and(|cell| cell.ends_with(END))
}

/// What parts the names of a table's columns, one of which is known.
#[must_use]
pub fn delimiter(header: &[u8], column: &str) -> u8 {
    let header = header.strip_prefix("\u{feff}".as_bytes()).unwrap_or(header);
    let is_column = |cell: &[u8]| {
        let cell = cell.trim_ascii();
        cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(cell).trim_ascii().eq_ignore_ascii_case(column.as_bytes())
    };
    [b',', b';', b'\t', b'|'].into_iter().find(|&d| header.split(|&b| b == d).any(is_column)).unwrap_or(b',')
}

/// Whether a cell would be run: it begins with `=`; or with another sign that begins a formula and goes on as one that can do
/// something: a function's name with its bracket, or a link to a program or sheet (`cmd|'…'!A0`). Dialogue and list items
/// ("-No sé (dijo)", "@ana said") are none.
fn is_formula(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix(['+', '-', '@']) else { return cell.starts_with(['=', '\t', '\r']) };
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "+-*/.^@= ".contains(c));
    let calls = name.trim_start_matches(|c: char| c.is_alphanumeric() || "._".contains(c)).starts_with('(');
    calls || rest.split_once('|').is_some_and(|(_, link)| link.contains('!'))
}

/// A cell as it is written.
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}").into() } else { cell.into() }
}

/// A cell as it was before [`guarded`].
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|inner| is_formula(inner.trim_start_matches('\''))).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_made_texts_and_texts_are_left_alone() {
        for formula in
            ["=1+1", "=HYPERLINK(\"http://example.org\")", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1", "'=1"]
        {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for text in ["- An election (the second)", "-No sé (dijo)", "@ana said so", "+5 %", "-3", "'Quiet' nights", "", "a=b"] {
            assert_eq!(guarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn a_guard_can_be_taken_off(cell in "['=+@\\-(|!a\t]{0,8}|\\PC*") {
            let written = guarded(&cell);
            assert_eq!(unguarded(&written), cell);
            assert!(!is_formula(&written));
        }
    }
}
