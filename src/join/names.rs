//! Whether two names are one name written twice.
//!
//! The join over a corpus never compares name with name, so that it stays linear; this is for a pair that somebody holds against
//! each other, such as a name of a list and a name of a text. Words are matched one to one by spelling key, by initial and by
//! edit distance (Damerau 1964, in the form without overlapping edits), and what is left over on either side speaks against.

use std::collections::HashSet;

use super::entities::spelling;
use crate::find::entities::gazetteer::{Gazetteer, fold};

/// What the names are of: persons drop middle names and change the order, organisations drop their legal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A person.
    Person,
    /// A company, an institution, a ship.
    Other,
}

/// One word of a name.
#[derive(Debug)]
struct Part {
    word: String,
    key: String,
}

/// Whether two names may be taken for one.
#[must_use]
pub fn same_name(a: &str, b: &str, sort: Sort) -> bool {
    let (a, b) = (parts(a), parts(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let whole = |parts: &[Part]| parts.iter().map(|p| p.key.as_str()).collect::<String>();
    let (whole_a, whole_b) = (whole(&a), whole(&b));
    // Written together or apart: "Siemens AG" and "SiemensAG".
    if whole_a == whole_b {
        return numbers(&a) == numbers(&b);
    }
    if numbers(&a) != numbers(&b) {
        return false;
    }
    match sort {
        Sort::Person => same_person(&a, &b),
        Sort::Other => same_other(&a, &b),
    }
}

fn parts(name: &str) -> Vec<Part> {
    let latin = fold(&deunicode::deunicode(&name.to_lowercase())).replace(['\'', '`'], "");
    let words = latin.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| Part { word: w.to_owned(), key: spelling(w) }).collect()
}

fn numbers(parts: &[Part]) -> Vec<&str> {
    parts.iter().map(|p| p.word.as_str()).filter(|w| w.chars().all(|c| c.is_ascii_digit())).collect()
}

/// Every word of the shorter name is in the longer one, two of them at least, and the last of one agrees.
fn same_person(a: &[Part], b: &[Part]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut used = HashSet::new();
    let (mut matched, mut initials, mut letters) = (0, 0, 0);
    for part in short {
        let free = |i: &usize| !used.contains(i);
        let best = (0..long.len())
            .filter(free)
            .filter_map(|i| likeness(part, &long[i]).map(|l| (l, i)))
            .max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)));
        let Some((like, i)) = best else { return false };
        used.insert(i);
        matched += 1;
        initials += usize::from(like == Likeness::Initial);
        letters += if like == Likeness::Initial { 1 } else { part.word.len() };
    }
    // A lone word or bare initials say too little.
    matched - initials >= 1 && matched >= 2 && letters >= 5 && long.len() - short.len() <= 2
}

/// Without its legal form every word of either name is in the other, or hardly a letter differs; and no other form is named.
fn same_other(a: &[Part], b: &[Part]) -> bool {
    let ((a, forms_a), (b, forms_b)) = (without_forms(a), without_forms(b));
    if !forms_a.is_empty() && !forms_b.is_empty() && forms_a.is_disjoint(&forms_b) {
        return false;
    }
    let whole = |parts: &[&Part]| parts.iter().map(|p| p.key.as_str()).collect::<String>();
    let (whole_a, whole_b) = (whole(&a), whole(&b));
    let mut used = HashSet::new();
    let all = a.len() == b.len()
        && a.iter().all(|part| {
            let found = (0..b.len()).find(|i| !used.contains(i) && likeness(part, b[*i]).is_some_and(|l| l != Likeness::Initial));
            found.is_some_and(|i| used.insert(i))
        });
    !a.is_empty() && (all || distance(&whole_a, &whole_b) <= whole_a.len().min(whole_b.len()) / 10)
}

/// A company's name without its legal forms, and which those are.
fn without_forms(parts: &[Part]) -> (Vec<&Part>, HashSet<usize>) {
    let (mut rest, mut forms) = (Vec::new(), HashSet::new());
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let fits = |words: &[String]| parts[at..].len() >= words.len() && words.iter().zip(&parts[at..]).all(|(w, p)| *w == p.word);
        let form = Gazetteer::shipped().ok().and_then(|g| g.legal_forms().find(|(words, _)| fits(words)));
        if let Some((words, form)) = form {
            forms.insert(form);
            at += words.len();
        } else {
            rest.push(part);
            at += 1;
        }
    }
    (rest, forms)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Initial,
    Near,
    Same,
}

fn likeness(a: &Part, b: &Part) -> Option<Likeness> {
    if a.key == b.key {
        return Some(Likeness::Same);
    }
    let (short, long) = if a.word.len() <= b.word.len() { (a, b) } else { (b, a) };
    if short.word.len() == 1 {
        return long.word.starts_with(&short.word).then_some(Likeness::Initial);
    }
    // The first letter is seldom mistaken, and short words are too easily another name.
    let allowed = match long.key.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    (distance(&a.key, &b.key) <= allowed).then_some(Likeness::Near)
}

/// The number of letters put in, left out, changed or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}
