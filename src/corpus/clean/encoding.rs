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
//! 5. [`without_nonsense`] puts back what was made worse.
//!
//! Sound characters beside damaged ones are never looked at again: a repair is of single runs, not of lines.

use std::collections::BTreeSet;
use std::ops::Range;

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
/// What it adds that what is made of a unit and its neighbours is a unit again.
const TWICE: i32 = 3;
/// How often the whole is done again: nested damage is seldom deeper than three.
const PASSES: usize = 8;

/// A repaired text.
#[derive(Debug)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// The repairs, in order, one a character.
    pub edits: Vec<Edit>,
    /// Damaged characters that were seen and left as they are.
    pub left: u32,
    /// The repaired word, if it is the only repair, of one letter, in a line that has sound characters beyond ASCII: had the line been
    /// decoded wrongly, they would not be there.
    pub doubtful: Option<String>,
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

/// Repairs a text; `None` if nothing in it could be damaged.
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
    let (cells, left) = without_nonsense(source, &cells);
    Some(assemble(source, &cells, left))
}

/// Puts back what was repaired to something that no text has, with the number of such characters. Damage that was itself
/// changed, as mojibake in lower case is, gives letters of many scripts side by side.
fn without_nonsense(source: &str, cells: &[Cell]) -> (Vec<Cell>, u32) {
    let (mut out, mut left) = (Vec::with_capacity(cells.len()), 0);
    for word in cells.split_inclusive(|cell| cell.c.is_whitespace() && cell.repaired.is_none()) {
        let repaired = word.iter().filter(|cell| cell.repaired.is_some()).count();
        let odd = usize::try_from(oddity::of_word(word.iter().map(|cell| cell.c))).unwrap_or(0);
        if repaired < 2 || odd * 2 < repaired * 3 {
            out.extend_from_slice(word);
            continue;
        }
        left += repaired as u32;
        for cell in word {
            let of_source = cell.raw.of(source).char_indices().map(|(i, c)| {
                let start = cell.raw.start + i;
                Cell { c, raw: Span::new(start, start + c.len_utf8()), repaired: None }
            });
            out.extend(of_source);
        }
    }
    (out, left)
}

/// Whether any two neighbours could belong to one damaged character, or a control stands where text should.
fn could_be_damaged(source: &str) -> bool {
    let mut beyond_ascii = source.bytes().enumerate().filter(|(_, b)| *b >= 0xc2).map(|(at, _)| source[at..].chars());
    beyond_ascii.any(|mut rest| {
        let (first, second) = (rest.next(), rest.next());
        first.is_some_and(|c| matches!(c, '\u{80}'..='\u{9f}') || second.is_some_and(|next| codepage::could_begin(c, next) != 0))
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
    let len = sequence(lead)?;
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
    // A small letter at the end of a word is its last.
    let ends_word = |before: char| oddity::is_beyond_latin(&[before, cells[at].c]);
    if spaces + asked > 0 && cells[at].c.is_lowercase() && at.checked_sub(1).is_some_and(|i| ends_word(cells[i].c)) {
        return None;
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

/// How many bytes a sequence of UTF-8 has that begins with this one.
fn sequence(lead: u8) -> Option<usize> {
    match lead {
        0xc2..=0xdf => Some(2),
        0xe0..=0xef => Some(3),
        0xf0..=0xf4 => Some(4),
        _ => None,
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
    let mut weights: Vec<Option<i32>> = (0..units.len()).map(|i| weight(cells, units, i)).collect();
    for nest in nested(cells, units) {
        for weight in weights[nest].iter_mut().flatten() {
            *weight += TWICE;
        }
    }
    let strong = |(u, w): &(&Unit, &Option<i32>)| w.is_some_and(|w| w >= BEYOND_DOUBT + i32::from(u.needs_company));
    let needed = match units.iter().zip(&weights).filter(|x| strong(x)).count() {
        0 => return (0, Vec::new()),
        n if n < DOMINANT => LIKELY,
        _ => 0,
    };
    let sure = units.iter().zip(&weights).filter(strong).map(|(u, _)| u.from).collect::<Vec<_>>();
    let whole = lines_of_nothing_else(cells, units, &sure);
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
        } else if whole.get(whole.partition_point(|line| line.end <= unit.from)).is_some_and(|line| line.contains(&unit.from)) {
            0
        } else {
            needed
        } {
            points += w;
            found.push(*unit);
        }
    }
    (points, found)
}

/// Runs of units that make units again, in whatever set: but for plain words, no sound text can be read wrongly back twice.
fn nested(cells: &[Cell], units: &[Unit]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let joined = units[at..].windows(2).take(3).take_while(|pair| pair[0].to == pair[1].from && !pair[1].needs_company).count();
        let again = (0..NAMES.len()).filter(|_| joined > 0 && !units[at].needs_company).find_map(|table| {
            let byte = |unit: &Unit| codepage::byte(unit.made, table);
            let len = sequence(byte(&units[at])?)?;
            let goes_on = |unit| byte(unit).is_some_and(|b| (0x80..=0xbf).contains(&b));
            (len <= joined + 1 && units[at + 1..at + len].iter().all(goes_on)).then_some(len)
        });
        let source = |len: usize| cells[units[at].from..units[at + len - 1].to].iter().map(|cell| cell.c);
        let is_word = |len| source(len).all(char::is_alphabetic) && oddity::of_word(source(len)) == 0;
        out.extend(again.filter(|&len| !is_word(len)).map(|len| at..at + len));
        at += again.unwrap_or(1);
    }
    out
}

/// The lines in which every character beyond ASCII belongs to a unit, and one of them is beyond doubt: all of it went
/// through the same hands.
fn lines_of_nothing_else(cells: &[Cell], units: &[Unit], sure: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut unit, mut strong) = (0, 0, 0);
    for line in cells.split_inclusive(|cell| cell.c == '\n') {
        let end = start + line.len();
        let of_line = units[unit..].iter().take_while(|u| u.from < end).count();
        let of_sure = sure[strong..].iter().take_while(|&&at| at < end).count();
        let beyond = |cells: &[Cell]| cells.iter().filter(|cell| !cell.c.is_ascii()).count();
        let covered: usize = units[unit..unit + of_line].iter().map(|u| beyond(&cells[u.from..u.to])).sum();
        if of_sure > 0 && covered == beyond(line) {
            out.push(start..end);
        }
        (start, unit, strong) = (end, unit + of_line, strong + of_sure);
    }
    out
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
    let odd = oddity::of_source(&stretch, around, company);
    // Three letters of a word fall into a unit by chance, and no mark or letter of a likely text looks so.
    let by_chance = odd == 0 && stretch.len() > 2 && oddity::is_beyond_latin(&stretch);
    oddity::of_repair(unit.made, repaired).filter(|_| !by_chance).map(|after| odd - after)
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

fn assemble(source: &str, cells: &[Cell], left: u32) -> Repaired {
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
            edits.push(Edit {
                kind: EditKind::Mojibake,
                raw: cell.raw,
                clean_start: text.len(),
                before,
                after: cell.c.into(),
                rule,
                confidence: None,
            });
        }
        text.push(cell.c);
    }
    let doubtful = match &edits[..] {
        [only] => contradicted(source, &text, only),
        _ => None,
    };
    Repaired { text, edits, left, doubtful }
}

/// The word around an edit of one letter, if its line has sound characters beyond ASCII.
fn contradicted(source: &str, text: &str, edit: &Edit) -> Option<String> {
    let before = source[..edit.raw.start].rsplit('\n').next()?;
    let after = source[edit.raw.end..].split('\n').next()?;
    let sound = before.chars().chain(after.chars()).any(|c| !c.is_ascii() && !c.is_whitespace());
    let letter = edit.before.chars().count() == 2 && edit.after.chars().all(char::is_alphabetic);
    let (head, tail) = text.split_at(edit.clean_start);
    let start = head.trim_end_matches(char::is_alphabetic).len();
    let end = edit.clean_start + tail.len() - tail.trim_start_matches(char::is_alphabetic).len();
    (sound && letter).then(|| text[start..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(s: &str) -> String {
        repair(s).map_or_else(|| s.to_owned(), |r| r.text)
    }

    /// Reads UTF-8 as another set, as a careless program does: a byte without a character is taken for the control of its number.
    fn damaged(s: &str, table: Table) -> String {
        let upper: Vec<char> = codepage::upper_half(NAMES[table]);
        let read = |b: u8| match b.checked_sub(0x80).map(|i| upper[usize::from(i)]) {
            Some('\u{fffd}') | None => char::from(b),
            Some(c) => c,
        };
        s.bytes().map(read).collect()
    }

    /// Prose in five languages, twelve paragraphs each.
    const TEXTS: [&str; 5] = [
        include_str!("../../../tests/damage/es.txt"),
        include_str!("../../../tests/damage/en.txt"),
        include_str!("../../../tests/damage/fr.txt"),
        include_str!("../../../tests/damage/ru.txt"),
        include_str!("../../../tests/damage/kk.txt"),
    ];

    #[test]
    fn every_set_is_reversed_once_and_nested() {
        for text in TEXTS {
            for (table, name) in NAMES.iter().enumerate() {
                let mut bad = text.to_owned();
                for depth in 1..=3 {
                    bad = damaged(&bad, table);
                    for (made, want) in repaired(&bad).lines().zip(text.lines()) {
                        assert_eq!(made, want, "{name} {depth} times");
                    }
                }
            }
            let mixed = damaged(&damaged(text, 0), 3);
            assert_eq!(repaired(&mixed), text);
        }
    }

    #[test]
    fn paragraphs_between_damaged_ones_stay() {
        for text in TEXTS {
            for (table, name) in NAMES.iter().enumerate() {
                let lines = text.lines().enumerate().map(|(i, line)| if i % 2 == 0 { line.to_owned() } else { damaged(line, table) });
                assert_eq!(repaired(&lines.collect::<Vec<_>>().join("\n")), text.trim_end(), "{name}");
            }
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
    fn what_no_text_has_is_put_back_and_counted() {
        let lowered = "ã†â€™ãƒâ€\u{a0}ã¢â‚¬â„¢ãƒæ’ã‚â¢";
        let repaired = repair(lowered).unwrap();
        assert_eq!(repaired.text, lowered);
        assert!(repaired.edits.is_empty() && repaired.left > 0);
    }

    #[test]
    fn sound_prose_stays() {
        for line in TEXTS.into_iter().chain([include_str!("../../../tests/damage/sound.txt")]).flat_map(str::lines) {
            assert_eq!(repaired(line), line);
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
            assert!(repair(text).is_none_or(|r| r.edits.is_empty() && r.left == 0), "{text}");
        }
    }
}
