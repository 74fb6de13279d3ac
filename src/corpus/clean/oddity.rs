//! How odd characters look side by side.
//!
//! Damage shows in neighbours that no orthography has: an accented capital after a small letter, a currency sign inside
//! a word, box drawing between letters, a control character. Each such neighbourhood costs points, and a repair is worth
//! the points it takes away. (The idea that damage is recognised by unlikely neighbours of character classes is ftfy's;
//! classes and costs are this project's own.)

/// What a character is, as far as its neighbours go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Space,
    /// A space that does not break.
    Hard,
    Letter {
        script: Script,
        upper: bool,
        ascii: bool,
    },
    Digit,
    /// Opens something: ¿ “ «.
    Open,
    /// Closes something: ” » ™ ®.
    Close,
    /// Stands anywhere: ASCII marks, dashes, ’ and …
    Mark,
    /// A small raised sign: ² º °.
    Raised,
    Currency,
    /// Stands between words or alone: ¦ § ¬ † ¼.
    Sign,
    Math,
    Box,
    Control,
    /// Belongs to the letter before it.
    Joins,
    Lost,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Asian,
    Unknown,
}

fn class(c: char) -> Class {
    use Class::{Box, Close, Control, Currency, Digit, Hard, Joins, Letter, Lost, Mark, Math, Open, Other, Raised, Sign, Space};
    match c {
        '\u{a0}' | '\u{202f}' => Hard,
        '\u{ad}' => Sign,
        '\u{80}'..='\u{9f}' => Control,
        '0'..='9' => Digit,
        '\u{fffd}' => Lost,
        '¿' | '¡' | '“' | '‘' | '„' | '‚' | '«' | '‹' => Open,
        '”' | '»' | '›' | '™' | '®' | '©' => Close,
        '’' | '…' | '–' | '—' | '‐' | '‑' | '·' => Mark,
        '²' | '³' | '¹' | 'º' | 'ª' | '°' => Raised,
        '¢' | '£' | '¤' | '¥' | '€' | '\u{20a0}'..='\u{20bf}' => Currency,
        '×' | '÷' | '±' | '\u{2200}'..='\u{22ff}' | '\u{2320}'..='\u{2321}' | '◊' => Math,
        '¦' | '§' | '¨' | '¬' | '¯' | '´' | '¶' | '¸' | '¼' | '½' | '¾' | 'µ' | 'ƒ' | '\u{384}' | '\u{385}' | '\u{2b0}'..='\u{2ff}' => {
            Sign
        }
        '†' | '‡' | '•' | '‰' | '⁄' | '№' | '⌐' | '\u{f8ff}' => Sign,
        '\u{2500}'..='\u{25ff}' => Box,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => Joins,
        _ if c.is_whitespace() => Space,
        _ if c.is_alphabetic() => Letter { script: script(c), upper: c.is_uppercase(), ascii: c.is_ascii() },
        _ if c.is_ascii() => Mark,
        _ => Other,
    }
}

fn script(c: char) -> Script {
    match u32::from(c) {
        0..=0x24f | 0x1e00..=0x1eff | 0xfb00..=0xfb06 => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f => Script::Cyrillic,
        0x590..=0x5ff => Script::Hebrew,
        0x600..=0x6ff => Script::Arabic,
        0x900..=0x10ff | 0x1100..=0x11ff | 0x2e80..=0xd7ff | 0x20000..=0x3ffff => Script::Asian,
        _ => Script::Unknown,
    }
}

/// What it costs that `b` follows `a`.
fn pair(a: char, b: char) -> i32 {
    use Class::{Box, Close, Control, Currency, Hard, Letter, Math, Open, Raised, Sign, Space};
    match (class(a), class(b)) {
        (Control, _) | (_, Control) => 0, // counted by itself
        (Letter { script: s, upper: u, ascii: x }, Letter { script: t, upper: v, ascii: y }) => {
            let mixed = match (s, t) {
                _ if s == t => 0,
                (Script::Greek, Script::Latin) | (Script::Latin, Script::Greek) => 1,
                _ => 2,
            };
            // A capital after a small letter; brands write it so, but not with accents.
            let hump = i32::from(!u && v && s == t) * (i32::from(!y) * 2).max(i32::from(!x && y));
            let ligature = i32::from(!x && matches!(b, 'œ' | 'Œ'));
            mixed + hump + ligature
        }
        (Letter { .. }, Open | Currency | Box | Math) => 2,
        // No word goes on with these; the others do stand after one now and then.
        (Letter { ascii: false, .. }, Sign) if matches!(b, '¤' | '¦' | '¬' | '¯' | '¶' | '¸' | '¼' | '½' | '¾') => 3,
        (Letter { ascii, .. }, Sign) => 1 + i32::from(b != '\u{ad}' || !ascii),
        (Letter { ascii: false, .. }, Raised) => 2,
        (Letter { ascii: false, .. }, Close) if b == '™' => 1,
        (Close, Letter { .. }) => 2,
        (Box | Math, Letter { script: Script::Latin, ascii: false, .. }) => 2,
        // 41 °C, 2ºA.
        (Raised, Letter { ascii: true, upper: true, .. }) => 0,
        (Sign | Box | Math | Currency | Raised, Letter { .. }) => 1,
        (Letter { ascii: false, upper: true, .. }, Hard) => 0,
        (Hard, Space) => 1,
        (Sign | Raised | Close | Math, Sign | Currency | Raised | Open) | (Open | Box, Sign) | (Math, Math) => 1,
        (Currency, Open | Close | Sign | Currency) => 1,
        (Sign, Close) => 1,
        _ => 0,
    }
}

/// What a character costs wherever it stands.
fn alone(c: char) -> i32 {
    match c {
        '\u{80}'..='\u{9f}' => 3,
        // Two capitals that begin far more damage than words.
        'Ã' | 'Â' => 1,
        'Ѓ' | 'Ђ' | 'ѓ' | 'љ' | 'њ' | 'ќ' | 'ћ' | 'џ' | 'Љ' | 'Њ' | 'Ќ' | 'Ћ' | 'Џ' | 'Ґ' | 'ґ' | 'Ў' | 'ў' | 'Ј' | 'ѕ' | 'Ѕ' | 'ј' => {
            1
        }
        _ => 0,
    }
}

/// How unlikely it is that damage hides this character. `None`: never.
fn rarity(c: char) -> Option<i32> {
    Some(match u32::from(c) {
        0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xf0000.. => return None,
        code if code & 0xfffe == 0xfffe => return None,
        0xfeff => -1,
        0x80..=0x9f => 2,
        0x1a0 | 0x1a1 | 0x1af | 0x1b0 | 0x218..=0x21b | 0x18f | 0x259 => 0,
        // Letters that nobody types: ŉ, ſ.
        0x149 | 0x17f | 0x180..=0x24f => 2,
        0x250..=0x2af => 3,
        0x2b0..=0x2c5 | 0x2ce..=0x2d7 | 0x2df..=0x2ff => 2,
        0x2c6..=0x2de => 1,
        0x300..=0x36f => 1,
        0x370..=0x385 | 0x3cf..=0x3ff => 2,
        0x460..=0x489 => 3,
        0x492 | 0x493 | 0x49a | 0x49b | 0x4a2 | 0x4a3 | 0x4ae..=0x4b1 | 0x4ba | 0x4bb | 0x4d8 | 0x4d9 | 0x4e8 | 0x4e9 => 0,
        0x48a..=0x4ff => 1,
        0x500..=0x530 => 3,
        0x531..=0x58f => 2,
        0x591..=0x5c7 => 1,
        0x5eb..=0x60b => 2,
        0x60d..=0x61a => 2,
        0x64b..=0x65f | 0x670..=0x67f => 1,
        0x6d6..=0x6ef => 2,
        0x700..=0x8ff => 3,
        0x1100..=0x11ff => 2,
        0x13a0..=0x1cff => 3,
        0x1d00..=0x1dff => 3,
        0x2c00..=0x2e7f | 0xa000..=0xabff => 3,
        0x2801..=0x2bff | 0xf900..=0xfaff | 0xfb07..=0xfdcf | 0xfdf0..=0xfdff => 1,
        0x10000..=0x1efff => 2,
        0x1fb00..=0x1ffff | 0x30000.. => 3,
        _ => 0,
    })
}

/// Whether a character is among those beyond ASCII that European texts have most of: what tells two sets apart that explain
/// the same text equally well.
#[must_use]
pub fn is_frequent(c: char) -> bool {
    matches!(
        c,
        'á' | 'é'
            | 'í'
            | 'ó'
            | 'ú'
            | 'ñ'
            | 'ü'
            | 'ö'
            | 'ä'
            | 'ç'
            | 'ã'
            | 'è'
            | 'à'
            | 'ê'
            | '¿'
            | '¡'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '–'
            | '—'
            | '…'
            | '«'
            | '»'
    )
}

/// The characters around a place in a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// Two before.
    pub second_before: Option<char>,
    /// The one before.
    pub before: Option<char>,
    /// The one after.
    pub after: Option<char>,
}

/// How odd a stretch of the source is where it stands. `company` counts the units right beside it.
#[must_use]
pub fn of_source(stretch: &[char], around: Around, company: i32) -> i32 {
    let mut points = stretch.iter().map(|&c| alone(c)).sum::<i32>();
    let mut last = around.before;
    for &c in stretch.iter().chain(around.after.as_ref()) {
        points += last.map_or(0, |l| pair(l, c));
        last = Some(c);
    }
    // Two capitals beyond ASCII, then a small letter.
    if let ([a, b], Some(next)) = (stretch, around.after)
        && [a, b].iter().all(|c| !c.is_ascii() && c.is_uppercase())
        && next.is_lowercase()
    {
        points += 1;
    }
    let hard_inside = stretch.last() == Some(&'\u{a0}') && around.after.is_some_and(char::is_lowercase);
    points += i32::from(hard_inside);
    // Words of plain letters fall into units by chance; anything else that does so at length, or again and again, hardly.
    if points == 0 && (stretch.iter().all(|c| c.is_alphabetic()) || is_beyond_latin(stretch)) {
        return 0;
    }
    points + company + i32::try_from(stretch.len().saturating_sub(2).min(2)).unwrap_or(0)
}

/// Whether a stretch is letters of scripts whose words are beyond ASCII as a whole, with the spaces between them.
#[must_use]
pub fn is_beyond_latin(stretch: &[char]) -> bool {
    stretch.iter().all(|&c| c == ' ' || c.is_alphabetic() && script(c) != Script::Latin)
}

/// How odd a character would be in that place; `None` if it can't stand in a text.
#[must_use]
pub fn of_repair(c: char, around: Around) -> Option<i32> {
    // Greek letters are signs beside Latin ones.
    let sign = i32::from(script(c) == Script::Greek);
    let beside = |cost: i32| (cost - sign).max(0);
    let points = rarity(c)? + around.before.map_or(0, |b| beside(pair(b, c))) + around.after.map_or(0, |a| beside(pair(c, a)));
    let shouted = c.is_lowercase() && around.before.is_some_and(char::is_uppercase) && around.second_before.is_some_and(char::is_uppercase);
    Some(points + i32::from(shouted))
}

/// How odd a whole word is.
#[must_use]
pub fn of_word(word: impl Iterator<Item = char>) -> i32 {
    let mut points = 0;
    let mut last = None;
    for c in word {
        points += alone(c) + last.map_or(0, |l| pair(l, c));
        last = Some(c);
    }
    points
}
