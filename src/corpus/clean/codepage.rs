//! Single-byte character sets that UTF-8 is read as by mistake: from a character back to the byte it was made of.
//!
//! The sets the web knows come from `encoding_rs`; those it lacks are written out here as facts (Apple's CORPCHAR tables
//! and IBM's code pages 437 and 850, bytes 80 to FF in order).

use std::sync::LazyLock;

const MAC_CENTRAL_EUROPE: &str =
    "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u{a0}ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ";
const CP437: &str =
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// A set by its place in [`NAMES`].
pub type Table = usize;

/// The sets, the likelier first: where two explain the same text equally well the first is taken.
pub const NAMES: [&str; 13] = [
    "windows-1252",
    "mac-roman",
    "windows-1250",
    "windows-1251",
    "mac-central-europe",
    "cp437",
    "windows-1254",
    "windows-1257",
    "windows-1253",
    "iso-8859-2",
    "koi8-r",
    "cp850",
    "cp866",
];

/// The bytes of the characters below [`LIMIT`] and of three above it, by table; 0 for none.
struct Bytes {
    of: Vec<[u8; NAMES.len()]>,
}

/// Above box drawing no set has characters other than the ligatures and the sign of Mac Roman.
const LIMIT: usize = 0x2600;
const ABOVE: [char; 3] = ['\u{fb01}', '\u{fb02}', '\u{f8ff}'];

static BYTES: LazyLock<Bytes> = LazyLock::new(|| {
    let mut of = vec![[0; NAMES.len()]; LIMIT + ABOVE.len()];
    for (table, name) in NAMES.iter().enumerate() {
        for (byte, c) in (0x80..=0xff_u8).zip(upper_half(name)) {
            // Programs take a byte without a character for the character of that number.
            let c = if c == '\u{fffd}' { byte.into() } else { c };
            if let Some(i) = index(c) {
                of[i][table] = byte;
            }
        }
        // Latin-1, which goes by the name of windows-1252, has controls in the place of its marks.
        if *name == "windows-1252" || name.starts_with("iso") {
            for byte in 0x80..0xa0_u8 {
                let entry = &mut of[usize::from(byte)][table];
                if *entry == 0 {
                    *entry = byte;
                }
            }
        }
    }
    Bytes { of }
});

/// The characters of bytes 80 to FF in order, U+FFFD for none.
pub(super) fn upper_half(name: &str) -> Vec<char> {
    match name {
        "mac-central-europe" => MAC_CENTRAL_EUROPE.chars().collect(),
        "cp437" => CP437.chars().collect(),
        "cp850" => CP850.chars().collect(),
        _ => {
            let label = match name {
                "mac-roman" => "macintosh",
                "cp866" => "ibm866",
                other => other,
            };
            let bytes: Vec<u8> = (0x80..=0xff).collect();
            encoding_rs::Encoding::for_label(label.as_bytes())
                .map_or_else(Vec::new, |e| e.decode_without_bom_handling(&bytes).0.chars().collect())
        }
    }
}

fn index(c: char) -> Option<usize> {
    let code = c as usize;
    if code < 0x80 || c == '\u{fffd}' {
        None
    } else if code < LIMIT {
        Some(code)
    } else {
        ABOVE.iter().position(|&a| a == c).map(|i| LIMIT + i)
    }
}

/// The byte of a character in a set.
#[must_use]
pub fn byte(c: char, table: Table) -> Option<u8> {
    let byte = BYTES.of[index(c)?][table];
    (byte != 0).then_some(byte)
}

/// The sets in which `first` begins a UTF-8 sequence that `second` could go on with, as bits; what neither can be is 0.
#[must_use]
pub fn could_begin(first: char, second: char) -> u16 {
    let Some(a) = index(first) else { return 0 };
    let lost = second == '\u{fffd}';
    let spaced = second == ' ';
    let b = index(second);
    if b.is_none() && !lost && !spaced {
        return 0;
    }
    (0..NAMES.len()).fold(0, |bits, table| {
        // Before a plain space that was a hard one, byte A0, only the two commonest begin anything.
        let lead = (0xc2..=if spaced { 0xc3 } else { 0xf4 }).contains(&BYTES.of[a][table]);
        let goes_on = lost || spaced || b.is_some_and(|b| (0x80..=0xbf).contains(&BYTES.of[b][table]));
        bits | (u16::from(lead && goes_on) << table)
    })
}

/// What windows-1252 has where Latin-1 has a C1 control.
#[must_use]
pub fn c1_as_windows_1252(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok().filter(|b| (0x80..0xa0).contains(b))?;
    let real = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()?;
    (real != c).then_some(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_128_characters_and_gives_their_bytes_back() {
        for (table, name) in NAMES.iter().enumerate() {
            let upper = upper_half(name);
            assert_eq!(upper.len(), 128, "{name}");
            for (expected, c) in (0x80..=0xff).zip(upper).filter(|(_, c)| *c != '\u{fffd}') {
                assert_eq!(byte(c, table), Some(expected), "{name} {c:?}");
            }
        }
    }

    #[test]
    fn the_tables_written_here_decode_what_they_must() {
        let read = |s: &str, name: &str| {
            let table = NAMES.iter().position(|n| *n == name).unwrap();
            String::from_utf8(s.chars().map(|c| byte(c, table).unwrap()).collect()).unwrap()
        };
        assert_eq!(read("√≥√≠√ļ√Ī¬Ņ‚Äú‚ÄĒ", "mac-central-europe"), "óíúñ¿“—");
        assert_eq!(read("├íΓÇ£┬┐", "cp437"), "á“¿");
        assert_eq!(read("├í├│", "cp850"), "áó");
    }
}
