//! Cells of CSV files that a spreadsheet opens.
//!
//! A spreadsheet runs a cell that begins like a formula, and a formula can call programs and fetch addresses ("CSV injection",
//! OWASP). Articles are other people's texts, so such a cell is written with an apostrophe before it, which makes it a text, and
//! read without.

use std::borrow::Cow;

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
