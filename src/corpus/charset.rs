//! Bytes to text: what a byte order mark says, then UTF-8, then what the file declares, then a guess that is told to the user.

use std::io::{self, BufRead, Read};

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_U, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, X_MAC_CYRILLIC};
use encoding_rs_io::DecodeReaderBytesBuilder;

/// The character set of a file.
#[derive(Clone, Debug)]
pub struct Charset {
    encoding: &'static Encoding,
    /// What had to be guessed or will be lost.
    pub doubt: Option<String>,
}

/// A decoded file.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; of UTF-8, byte for byte the file, its mark included.
    pub text: String,
    /// Whether `text` has the bytes of the file.
    pub has_bytes: bool,
    /// What had to be guessed or was lost.
    pub doubt: Option<String>,
}

/// How much of a file is looked at to tell text from other things.
const LOOK: usize = 8192;
/// And how much to tell two character sets from each other.
const LONG_LOOK: u64 = 1 << 18;

impl Charset {
    /// The character set of what `open` gives from its beginning, as often as it is called; `declared` is what the text says
    /// of itself.
    ///
    /// # Errors
    /// If the bytes are not those of a text, or can't be read.
    pub fn of<'a>(
        mut open: impl FnMut() -> io::Result<Box<dyn BufRead + 'a>>,
        declared: Option<&'static Encoding>,
    ) -> Result<Self, String> {
        let told = |e: io::Error| e.to_string();
        let mut first = Vec::new();
        open().and_then(|r| r.take(LOOK as u64).read_to_end(&mut first)).map_err(told)?;
        if first.is_empty() {
            return Err("the file is empty".into());
        }
        if first.starts_with(b"\xff\xfe\0\0") || first.starts_with(b"\0\0\xfe\xff") {
            return Err("it is UTF-32, which is not read; save it as plain text in UTF-8".into());
        }
        if let Some((encoding, _)) = Encoding::for_bom(&first).filter(|(e, _)| *e != UTF_8) {
            return Ok(Self { encoding, doubt: None });
        }
        if let Some(encoding) = unmarked_utf16(&first) {
            return Ok(Self::guessed(encoding));
        }
        if let Some(reason) = no_text(&first) {
            return Err(reason);
        }
        let (whole, broken) = count_utf8(open().map_err(told)?);
        if broken == 0 {
            return Ok(Self { encoding: UTF_8, doubt: None });
        }
        // A file that is UTF-8 but for a few bytes was cut, or damaged; nothing else looks like that.
        if whole > 2 * broken {
            return Ok(Self { encoding: UTF_8, doubt: Some("some of its bytes are no UTF-8; they are marked \u{fffd}".into()) });
        }
        if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
            return Ok(Self { encoding, doubt: None });
        }
        let mut sample = Vec::new();
        let encoding = guess(open().map_err(told)?);
        // What can't be read of it is told when it is read.
        let _ = open().map_err(told)?.take(LONG_LOOK).read_to_end(&mut sample);
        let encoding = of_a_mac(encoding, &sample).unwrap_or(encoding);
        let (text, ..) = encoding.decode(&first);
        let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
        if controls * 20 > text.chars().count() {
            return Err("it is no text in any character set; save it as plain text in UTF-8".into());
        }
        Ok(Self::guessed(encoding))
    }

    fn guessed(encoding: &'static Encoding) -> Self {
        Self { encoding, doubt: Some(format!("it is not UTF-8; read as {}, which is a guess", encoding.name())) }
    }

    /// Whether what is read has the bytes of the file.
    #[must_use]
    pub fn keeps_bytes(&self) -> bool {
        self.encoding == UTF_8
    }

    /// Decodes the bytes of a whole file.
    #[must_use]
    pub fn decode(self, bytes: Vec<u8>) -> Decoded {
        if self.keeps_bytes() {
            return match String::from_utf8(bytes) {
                Ok(text) => Decoded { text, has_bytes: true, doubt: self.doubt },
                Err(e) => Decoded { text: String::from_utf8_lossy(e.as_bytes()).into_owned(), has_bytes: false, doubt: self.doubt },
            };
        }
        let (text, used, lossy) = self.encoding.decode(&bytes);
        let lost = || format!("some of it is no {}; what could not be read is marked \u{fffd}", used.name());
        Decoded { text: text.into_owned(), has_bytes: false, doubt: self.doubt.or_else(|| lossy.then(lost)) }
    }

    /// The bytes of a stream as UTF-8; what is UTF-8 already passes as it is, damage included.
    #[must_use]
    pub fn stream(&self, bytes: Box<dyn BufRead>) -> Box<dyn BufRead> {
        if self.keeps_bytes() {
            return bytes;
        }
        Box::new(io::BufReader::new(DecodeReaderBytesBuilder::new().encoding(Some(self.encoding)).bom_override(true).build(bytes)))
    }
}

/// Decodes a file, or says why it is no text.
///
/// # Errors
/// If the bytes are not those of a text.
pub fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, String> {
    let charset = Charset::of(|| Ok(Box::new(bytes.as_slice())), declared)?;
    Ok(charset.decode(bytes))
}

/// Why bytes are those of no text. A stray zero byte is damage, many are a format.
fn no_text(first: &[u8]) -> Option<String> {
    let known: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"{\\rtf", "a document in Rich Text Format"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "packed, but its name does not end in .gz"),
        (b"\x28\xb5\x2f\xfd", "packed, but its name does not end in .zst"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| first.starts_with(magic)) {
        return Some(format!("it is {what}, not text; save the article as plain text in UTF-8"));
    }
    let zeros = first.iter().filter(|&&b| b == 0).count();
    (zeros > 2 && zeros * 100 > first.len()).then(|| "it holds zero bytes, so it is no text; save it as plain text in UTF-8".into())
}

/// UTF-16 without a mark: spaces, digits and line ends are ASCII in every language, so that every other of their bytes is zero.
fn unmarked_utf16(first: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| first.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), first.len() / 2);
    let clear = |many: usize, few: usize| pairs >= 8 && many * 20 >= pairs && few * 50 <= pairs;
    let encoding = if clear(odd, even) {
        UTF_16LE
    } else if clear(even, odd) {
        UTF_16BE
    } else {
        return None;
    };
    let (text, _) = encoding.decode_without_bom_handling(first);
    let is_text = |c: char| {
        c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{203a}')
    };
    (text.chars().filter(|&c| is_text(c)).count() * 20 >= text.chars().count() * 19).then_some(encoding)
}

/// The Macintosh's character set, where a guess fits far worse. Browsers' guesses leave it out, and read it as any of Windows' or ISO's,
/// with signs and capitals in the middle of words.
fn of_a_mac(guess: &'static Encoding, bytes: &[u8]) -> Option<&'static Encoding> {
    if !guess.is_single_byte() {
        return None;
    }
    let is_cyrillic = [WINDOWS_1251, ISO_8859_5, KOI8_U, IBM866].contains(&guess);
    let mac = if is_cyrillic { X_MAC_CYRILLIC } else { MACINTOSH };
    let misfits = |encoding: &'static Encoding| misfits(&encoding.decode_without_bom_handling(bytes).0);
    let as_windows = misfits(guess);
    (as_windows > 1 && misfits(mac) * 4 < as_windows).then_some(mac)
}

/// Characters beyond ASCII that can't stand where they do: signs between letters, capitals after small letters, controls.
fn misfits(text: &str) -> usize {
    let joins = |c: char| matches!(c, '’' | '‘' | '–' | '—' | '·' | 'ª' | 'º' | '\u{a0}' | '\u{ad}');
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    let mut misfits = 0;
    while let Some(c) = rest.next() {
        let in_word = before.is_alphabetic() && rest.peek().is_some_and(|a| a.is_alphabetic());
        let is_sign = !c.is_alphanumeric() && !joins(c) && in_word;
        misfits += usize::from(!c.is_ascii() && (c.is_control() || c.is_uppercase() && before.is_lowercase() || is_sign));
        before = c;
    }
    misfits
}

/// How many characters beyond ASCII are whole UTF-8, and how many places are no UTF-8.
fn count_utf8(mut bytes: impl Read) -> (u64, u64) {
    let (mut whole, mut broken) = (0, 0);
    let mut buffer = vec![0; 1 << 16];
    let mut kept = 0;
    loop {
        // What can't be read is told when it is read: the rows before it can be used.
        let n = bytes.read(&mut buffer[kept..]).unwrap_or(0);
        if n == 0 {
            return (whole, broken + u64::from(kept > 0));
        }
        let mut rest = &buffer[..kept + n];
        // What is left at the end is a character that goes on in the next piece.
        while !rest.is_empty() {
            let (valid, after) = match std::str::from_utf8(rest) {
                Ok(_) => (rest.len(), Some(0)),
                Err(e) => (e.valid_up_to(), e.error_len()),
            };
            whole += rest[..valid].iter().filter(|&&b| b >= 0xc0).count() as u64;
            rest = &rest[valid..];
            match after {
                Some(0) => {}
                Some(len) => {
                    broken += 1;
                    rest = &rest[len..];
                }
                None => break,
            }
        }
        let (filled, left) = (kept + n, rest.len());
        buffer.copy_within(filled - left..filled, 0);
        kept = left;
    }
}

fn guess(mut bytes: Box<dyn BufRead + '_>) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    loop {
        let piece = bytes.fill_buf().unwrap_or_default();
        let n = piece.len();
        detector.feed(piece, n == 0);
        if n == 0 {
            return detector.guess(None, chardetng::Utf8Detection::Deny);
        }
        bytes.consume(n);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SPANISH: &str = "La policía detuvo a más de dos mil personas en la mañana, según el Ministerio. ¿Quién dio la orden? El año pasado no pasó nada así.";

    #[test]
    fn utf8_is_kept_byte_for_byte() {
        let marked = format!("\u{feff}{SPANISH}");
        assert_eq!(decode(marked.clone().into_bytes(), None), Ok(Decoded { text: marked, has_bytes: true, doubt: None }));
    }

    #[test]
    fn other_sets_are_marked_declared_or_guessed() {
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(SPANISH);
        let read = decode(latin.clone().into_owned(), None).unwrap();
        assert_eq!((read.text.as_str(), read.has_bytes), (SPANISH, false));
        assert!(read.doubt.unwrap().contains("windows-1252"));
        assert_eq!(decode(latin.into_owned(), Some(encoding_rs::WINDOWS_1252)).unwrap().doubt, None);
        let wide: Vec<u8> = SPANISH.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode([&[0xff, 0xfe][..], &wide].concat(), None).unwrap().text, SPANISH);
        let read = decode(wide, None).unwrap();
        assert_eq!((read.text.as_str(), read.doubt.is_some()), (SPANISH, true));
    }

    #[test]
    fn utf16_of_any_script_needs_no_mark() {
        let russian = "Полиция задержала более двух тысяч человек, сообщило в пятницу министерство.\n";
        for text in [russian, SPANISH, "Επιστρέφει η ηρεμία στην πρωτεύουσα, είπε ο δήμαρχος."]
        {
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for bytes in [big, little] {
                assert_eq!(decode(bytes, None).unwrap().text, text);
            }
        }
        // Samples of sound have zeros at every other place too.
        let samples: Vec<u8> = (0..400_u16).flat_map(|i| (i % 40).to_le_bytes()).collect();
        assert!(decode(samples, None).is_err());
        let utf32: Vec<u8> = "\u{feff}Calm.".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert!(decode(utf32, None).unwrap_err().contains("UTF-32"));
    }

    #[test]
    fn what_a_macintosh_wrote_is_told_from_what_windows_did() {
        // Written as Python's codec mac_roman does: í 0x92, ó 0x97, á 0x87, ñ 0x96, ú 0x9c.
        let mac = b"La polic\x92a detuvo a m\x87s de dos mil personas en la ma\x96ana, seg\x9cn inform\x97 el Ministerio. Alc\x87zar, R\x92o, p\x87jaro.";
        let read = decode(mac.to_vec(), None).unwrap();
        assert!(read.text.starts_with("La policía detuvo a más de dos mil personas en la mañana, según informó"), "{}", read.text);
        assert!(read.doubt.unwrap().contains("macintosh"));
        let russian = "Полиция задержала более двух тысяч человек утром. Для нужд семей, для детей армия открыла большие пункты приёма.";
        let (mac, ..) = encoding_rs::X_MAC_CYRILLIC.encode(russian);
        assert_eq!(decode(mac.into_owned(), None).unwrap().text, russian);
        // And what is none is left.
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1251, russian),
            (
                encoding_rs::WINDOWS_1252,
                "Le préfet a évoqué des dégâts « limités » à l’école ; l’évêque, lui, s’inquiète. Noël à Besançon.",
            ),
            (encoding_rs::WINDOWS_1252, "The match Paris–Dakar—said the mayor—was off. iPhone™s cost 40 more in Málaga, “he said”."),
        ] {
            assert_eq!(decode(encoding.encode(text).0.into_owned(), None).unwrap().text, text);
        }
    }

    #[test]
    fn what_is_cut_or_no_text_is_said() {
        let mut cut = SPANISH.as_bytes().to_vec();
        cut.push(0xc3);
        assert!(decode(cut, None).unwrap().text.ends_with('\u{fffd}'));
        assert!(decode(vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13], None).is_err());
        assert!(decode(b"%PDF-1.7 ...".to_vec(), None).unwrap_err().contains("PDF"));
        let stray = format!("{SPANISH}\0{SPANISH}");
        assert_eq!(decode(stray.clone().into_bytes(), None).unwrap().text, stray);
    }

    #[test]
    fn characters_across_pieces_are_whole() {
        let long = "ñ".repeat(40_000);
        for shift in 0..2 {
            let bytes = [&b"x"[..shift], long.as_bytes()].concat();
            assert_eq!(count_utf8(bytes.as_slice()), (40_000, 0));
        }
        assert_eq!(count_utf8(&long.as_bytes()[..9]), (4, 1));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            let _ = decode(bytes, None);
        }
    }
}
