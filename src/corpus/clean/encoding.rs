//! Reverses wrong decodings: UTF-8 that was read as another character set, once or several times.
//!
//! 1. [`could_be_damaged`] passes over most sound text in one scan.
//! 2. For each character set ([`super::codepage`]), [`units`] finds every run of characters whose bytes in that set make
//!    up exactly one character of UTF-8, also where one of them was lost.
//! 3. Each unit is weighed ([`super::oddity`]): how odd it is as it stands, less how odd its repair would be. One unit
//!    beyond doubt makes the set established in the document; then lesser evidence is enough for the others.
//! 4. The set that explains most is reversed, and all is done again on the result, until no set explains anything:
//!    so nested damage, and text damaged in different ways in different places, come out the same way.
//!
//! Sound characters beside damaged ones are never looked at again: a repair is of single runs, not of lines.

use std::collections::BTreeSet;

use super::codepage::{self, NAMES, Table};
use super::oddity::{self, Around};
use crate::corpus::document::Edit;
use crate::span::Span;
use crate::vocabulary::EditKind;

/// The points a unit needs by itself.
const BEYOND_DOUBT: i32 = 2;
/// The points a unit needs where its character set is established.
const LIKELY: i32 = 1;
/// From so many units beyond doubt on, whatever is no odder repaired than unrepaired is taken for damage of the same kind.
const DOMINANT: usize = 3;
/// How often the whole is done again: nested damage is seldom deeper than three.
const PASSES: usize = 8;

/// A repaired text.
#[derive(Debug)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// The repairs, in order, one a character.
    pub edits: Vec<Edit>,
}

/// One character of the text as far as it is repaired, with the bytes of the source it stands for.
#[derive(Clone, Copy, Debug)]
struct Cell {
    c: char,
    raw: Span,
    /// The set that was reversed last, and how many were.
    repaired: Option<(Table, u8)>,
}

/// A run of cells that is one character of UTF-8 in some set.
#[derive(Clone, Copy, Debug)]
struct Unit {
    from: usize,
    to: usize,
    made: char,
    /// A byte was lost to a space or question mark: believed only where the set is established.
    needs_company: bool,
}

/// Repairs a text; `None` if nothing in it is damaged.
#[must_use]
pub fn repair(source: &str) -> Option<Repaired> {
    if !could_be_damaged(source) {
        return None;
    }
    let mut cells: Vec<Cell> =
        source.char_indices().map(|(i, c)| Cell { c, raw: Span::new(i, i + c.len_utf8()), repaired: None }).collect();
    for _ in 0..PASSES {
        let Some((table, found)) = best(&cells) else { break };
        cells = reverse(&cells, table, &found);
    }
    for cell in &mut cells {
        if let Some(real) = codepage::c1_as_windows_1252(cell.c) {
            *cell = Cell { c: real, repaired: Some((0, cell.repaired.map_or(0, |r| r.1))), ..*cell };
        }
    }
    assemble(source, &cells)
}

/// Whether any two neighbours could belong to one damaged character, or a control stands where text should.
fn could_be_damaged(source: &str) -> bool {
    let mut last = ' ';
    source.chars().any(|c| {
        let hit = matches!(c, '\u{80}'..='\u{9f}') || (!last.is_ascii() && codepage::could_begin(last, c) != 0);
        last = c;
        hit
    })
}

/// The set that explains most, with the units to reverse.
fn best(cells: &[Cell]) -> Option<(Table, Vec<Unit>)> {
    let present = cells.windows(2).fold(0, |bits, w| bits | codepage::could_begin(w[0].c, w[1].c));
    let mut best: Option<((i32, usize), Table, Vec<Unit>)> = None;
    for table in (0..NAMES.len()).filter(|t| present & (1 << t) != 0) {
        let (points, found) = believed(cells, &units(cells, table));
        let rank = (points, found.iter().filter(|u| oddity::is_frequent(u.made)).count());
        if best.as_ref().is_none_or(|b| rank > b.0) && !found.is_empty() {
            best = Some((rank, table, found));
        }
    }
    best.map(|(_, table, found)| (table, found))
}

/// All units of a set, in order.
fn units(cells: &[Cell], table: Table) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let unit = if cells[at].c.is_ascii() { None } else { unit_at(cells, at, table) };
        at = unit.map_or(at + 1, |u| u.to);
        out.extend(unit);
    }
    out
}

fn unit_at(cells: &[Cell], at: usize, table: Table) -> Option<Unit> {
    let lead = codepage::byte(cells[at].c, table)?;
    let len = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    if let Some(unit) = surrogates(cells, at, table) {
        return Some(unit);
    }
    let (mut bytes, mut lost, mut spaces, mut asked) = ([lead, 0, 0, 0], 0, 0, 0);
    for (i, slot) in bytes.iter_mut().enumerate().take(len).skip(1) {
        *slot = match cells.get(at + i).map(|cell| cell.c) {
            Some('\u{fffd}') => {
                lost += 1;
                0
            }
            Some('?') => {
                asked += 1;
                0
            }
            // A hard space, byte A0, is often made a plain one on the way.
            Some(' ') => {
                spaces += 1;
                0xa0
            }
            other => codepage::byte(other?, table).filter(|b| (0x80..=0xbf).contains(b))?,
        };
    }
    let unit = |made, len| Some(Unit { from: at, to: at + len, made, needs_company: spaces + asked > 0 });
    let next = cells.get(at + len).map(|cell| cell.c);
    if lost + asked > 0 {
        // What is lost is lost; only how much of the text it takes is known.
        let known = || cells[at..at + len].iter().map(|cell| cell.c).filter(|c| *c != '\u{fffd}');
        let word = known().all(char::is_alphabetic) && oddity::of_word(known()) == 0;
        let enough_left = if len > 2 { !word } else { asked == 0 || next.is_some_and(char::is_alphabetic) };
        return if enough_left && spaces == 0 && lost + asked < len { unit('\u{fffd}', len) } else { None };
    }
    let made = std::str::from_utf8(&bytes[..len]).ok()?.chars().next()?;
    if spaces == 0 {
        return unit(made, len);
    }
    match (len, made) {
        (2, '\u{a0}') => unit(made, len),
        // `à` and the space after it were joined, unless what comes next can't begin a word.
        (2, 'à') if !lone_consonant(cells, at + 2) => unit(made, 1),
        (2, _) if next.is_none_or(|n| !n.is_alphanumeric()) => None,
        _ => unit(made, len),
    }
}

/// Whether a single consonant stands at a place, which is no word.
fn lone_consonant(cells: &[Cell], at: usize) -> bool {
    let c = |i: usize| cells.get(i).map(|cell| cell.c);
    c(at).is_some_and(|c| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
        && c(at + 1).is_none_or(char::is_whitespace)
}

/// A character above U+FFFF that was written as two surrogates of three bytes each (CESU-8).
fn surrogates(cells: &[Cell], at: usize, table: Table) -> Option<Unit> {
    let half = |from: usize| {
        let byte = |i: usize| codepage::byte(cells.get(i)?.c, table);
        let (a, b, c) = (byte(from)?, byte(from + 1)?, byte(from + 2)?);
        (a == 0xed && (0xa0..=0xbf).contains(&b) && (0x80..=0xbf).contains(&c))
            .then(|| (u16::from(b & 0x3f) << 6) | u16::from(c & 0x3f) | 0xd000)
    };
    let pair = [half(at)?, half(at + 3)?];
    let made = char::decode_utf16(pair).next()?.ok()?;
    Some(Unit { from: at, to: at + 6, made, needs_company: false })
}

/// The units that are damage, and the points for all of them.
fn believed(cells: &[Cell], units: &[Unit]) -> (i32, Vec<Unit>) {
    let weights: Vec<Option<i32>> = (0..units.len()).map(|i| weight(cells, units, i)).collect();
    let strong = |(u, w): &(&Unit, &Option<i32>)| w.is_some_and(|w| w >= BEYOND_DOUBT + i32::from(u.needs_company));
    let needed = match units.iter().zip(&weights).filter(|x| strong(x)).count() {
        0 => return (0, Vec::new()),
        n if n < DOMINANT => LIKELY,
        _ => 0,
    };
    let lead = |unit: &Unit| cells[unit.from].c;
    let leads: BTreeSet<char> = units.iter().zip(&weights).filter(|x| strong(x)).map(|(u, _)| lead(u)).collect();
    let mut points = 0;
    let mut found = Vec::new();
    for (unit, weight) in units.iter().zip(weights) {
        let Some(w) = weight else { continue };
        // A character that is known to begin damage begins more of it.
        let known = leads.contains(&lead(unit));
        if w >= if known {
            0
        } else if unit.needs_company {
            LIKELY
        } else {
            needed
        } {
            points += w;
            found.push(*unit);
        }
    }
    (points, found)
}

/// How much less odd the text is with one unit repaired; its neighbours are taken as repaired too.
fn weight(cells: &[Cell], units: &[Unit], i: usize) -> Option<i32> {
    let unit = units[i];
    let c = |i: Option<usize>| i.and_then(|i| cells.get(i)).map(|cell| cell.c);
    let before = unit.from.checked_sub(1);
    let around = Around { second_before: c(unit.from.checked_sub(2)), before: c(before), after: c(Some(unit.to)) };
    let left = i.checked_sub(1).map(|i| units[i]).filter(|u| u.to == unit.from && !u.needs_company);
    let right = units.get(i + 1).filter(|u| u.from == unit.to && !u.needs_company);
    // What is made of the neighbours may be damaged still, if they are so twice, and tells nothing.
    let repaired = Around { before: around.before.filter(|_| left.is_none()), after: around.after.filter(|_| right.is_none()), ..around };
    let stretch: Vec<char> = cells[unit.from..unit.to].iter().map(|cell| cell.c).collect();
    let company = i32::from(left.is_some()) + i32::from(right.is_some());
    Some(oddity::of_source(&stretch, around, company) - oddity::of_repair(unit.made, repaired)?)
}

fn reverse(cells: &[Cell], table: Table, units: &[Unit]) -> Vec<Cell> {
    let mut out = Vec::with_capacity(cells.len());
    let mut at = 0;
    for unit in units {
        out.extend_from_slice(&cells[at..unit.from]);
        let run = &cells[unit.from..unit.to];
        let depth = run.iter().filter_map(|c| c.repaired).map(|r| r.1).max().unwrap_or(0);
        let raw = Span::new(run[0].raw.start, run[run.len() - 1].raw.end);
        out.push(Cell { c: unit.made, raw, repaired: Some((table, depth.saturating_add(1))) });
        at = unit.to;
    }
    out.extend_from_slice(&cells[at..]);
    out
}

fn assemble(source: &str, cells: &[Cell]) -> Option<Repaired> {
    let mut text = String::with_capacity(source.len());
    let mut edits = Vec::new();
    for cell in cells {
        if let Some((table, depth)) = cell.repaired {
            let rule = match depth {
                0 => "encoding.c1".to_owned(),
                1 => format!("encoding.{}", NAMES[table]),
                _ => format!("encoding.{}.nested", NAMES[table]),
            };
            let before = cell.raw.of(source).to_owned();
            edits.push(Edit { kind: EditKind::Mojibake, raw: cell.raw, clean_start: text.len(), before, after: cell.c.into(), rule });
        }
        text.push(cell.c);
    }
    (!edits.is_empty()).then_some(Repaired { text, edits })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(s: &str) -> String {
        repair(s).map_or_else(|| s.to_owned(), |r| r.text)
    }

    /// Reads UTF-8 as another set, as a careless program does; `None` if a byte has no character there.
    fn damaged(s: &str, name: &str) -> Option<String> {
        let table = NAMES.iter().position(|n| *n == name)?;
        let all: Vec<char> = (0x80..=0x25ff_u32).filter_map(char::from_u32).chain(['\u{fb01}', '\u{fb02}', '\u{f8ff}']).collect();
        s.bytes()
            .map(|b| if b < 0x80 { Some(b.into()) } else { all.iter().copied().find(|&c| codepage::byte(c, table) == Some(b)) })
            .collect()
    }

    #[test]
    fn every_set_is_reversed() {
        let texts = [
            "El portavoz negó que la policía disparara: “¿Quién dio la orden?”, preguntó el año pasado. ¡Basta!",
            "The café’s owner – a naïve optimist – said: “It’s over.”",
            "Полиция задержала десятки человек, сообщил министр.",
            "Қазақстан үкіметі жағдайды бақылауда ұстап отыр.",
            "Le préfet a déclaré : « où étaient-ils ? »",
        ];
        for text in texts {
            for name in NAMES {
                let Some(once) = damaged(text, name) else { continue };
                assert_eq!(repaired(&once), text, "{name}");
            }
            let nested = damaged(&damaged(text, "windows-1252").unwrap(), "windows-1252").unwrap();
            assert_eq!(repaired(&nested), text, "windows-1252 twice");
        }
    }

    #[test]
    fn sound_and_damaged_runs_alternate() {
        let source = "Dijo que “la situaci√≥n” es grave; la revolución sigue en ese pa√≠s, a√Īo tras año. ¬ŅPor qu√©?";
        assert_eq!(repaired(source), "Dijo que “la situación” es grave; la revolución sigue en ese país, año tras año. ¿Por qué?");
    }

    #[test]
    fn lost_bytes_are_marked_or_told_from_what_is_left() {
        let cases = [
            // A closing mark whose last byte no set has.
            ("â€œCalmaâ€� en la regiÃ³n", "“Calma� en la región"),
            // Hard spaces, byte A0, that became plain ones.
            ("la ville oÃ¹ il est restÃ© jusqu'Ã lundi", "la ville où il est resté jusqu'à lundi"),
            ("Å koda Ä�eka, Å¡Ã©f ÄŒeska mlÄ�Ã\u{ad}", "Škoda �eka, šéf Česka ml�í"),
            // Two surrogates of three bytes each.
            ("¡Gol! í\u{a0}½í¸\u{80}", "¡Gol! 😀"),
            // Latin-1 for windows-1252.
            ("\u{93}Calma\u{94} en la región", "“Calma” en la región"),
        ];
        for (source, want) in cases {
            assert_eq!(repaired(source), want);
        }
    }

    #[test]
    fn sound_text_stays() {
        for text in [
            "ESTÁ EN CAMPAÑA: «¿QUÉ?», DIJO JOSÉ…",
            "NESTLÉ® y É’s",
            "Ріка Дніпро і ВІКІ",
            "«privé »",
            "SELKÄ\u{a0}EDELLÄ",
            "5×£35, 20 ºC, (−1/2)! = √π",
            "├── datos\n└── ñandú",
            "Президент заявил: «Порядок восстановлен».",
            "“×” y “+”, “así…”; «él» – dijo: ‘é’",
            "VOCÊ… SÓ… É¿",
        ] {
            assert!(repair(text).is_none(), "{text}");
        }
    }
}
