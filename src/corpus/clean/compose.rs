//! Edits over edits: two steps of changes as one, and a text from its edits or back.

use crate::corpus::document::{Edit, SourceMap};
use crate::span::Span;

/// The text that edits make of the one they are over.
#[must_use]
pub fn apply(source: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for e in edits {
        out.push_str(&source[at..e.raw.start]);
        out.push_str(&e.after);
        at = e.raw.end;
    }
    out.push_str(&source[at..]);
    out
}

/// The text that edits were over.
#[cfg(test)]
pub fn undo(clean: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(clean.len());
    let mut at = 0;
    for e in edits {
        out.push_str(&clean[at..e.clean_start]);
        out.push_str(&e.before);
        at = e.clean_start + e.after.len();
    }
    out.push_str(&clean[at..]);
    out
}

/// `first`, over `source`, and `then`, over what `first` makes of it, as one list over `source`. A later edit takes in
/// the earlier ones it touches and keeps its own reason.
#[must_use]
pub fn compose(source: &str, first: Vec<Edit>, then: Vec<Edit>) -> Vec<Edit> {
    if first.is_empty() {
        return then;
    }
    let map = SourceMap::new(&first);
    let mut out = Vec::with_capacity(first.len() + then.len());
    let mut earlier = first.into_iter().peekable();
    // What earlier edits moved by, counted as added and taken away.
    let (mut added, mut taken) = (0, 0);
    for mut edit in then {
        while let Some(mut e) = earlier.next_if(|e| e.clean_start + e.after.len() <= edit.raw.start) {
            e.clean_start = e.clean_start + added - taken;
            out.push(e);
        }
        let middle = edit.raw;
        added += edit.after.len();
        taken += middle.len();
        edit.raw = map.raw(middle);
        while let Some(e) = earlier.next_if(|e| e.clean_start < middle.end) {
            // What an earlier edit made and the later one left alone stays.
            let made = Span::new(e.clean_start, e.clean_start + e.after.len());
            if made.start < middle.start {
                edit.after.insert_str(0, &e.after[..middle.start - made.start]);
                edit.clean_start -= middle.start - made.start;
            }
            if middle.end < made.end {
                edit.after.push_str(&e.after[middle.end - made.start..]);
            }
        }
        edit.raw.of(source).clone_into(&mut edit.before);
        out.push(edit);
    }
    for mut e in earlier {
        e.clean_start = e.clean_start + added - taken;
        out.push(e);
    }
    out
}
