//! Bytes to text: UTF-8 first, then what a byte order mark says, then a guess that is told to the user.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded file.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; of UTF-8, byte for byte the file, its mark included.
    pub text: String,
    /// Whether `text` has the bytes of the file.
    pub has_bytes: bool,
    /// What had to be guessed or was lost.
    pub warning: Option<String>,
}

/// How much of a file is looked at to tell text from other things.
const LOOK: usize = 8192;

/// Decodes a file, or says why it is no text.
///
/// # Errors
/// If the bytes are not those of a text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, String> {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes).filter(|(e, _)| *e != UTF_8) {
        let (text, _, lossy) = encoding.decode(&bytes);
        let name = if encoding == UTF_16LE || encoding == UTF_16BE { encoding.name() } else { "?" };
        let warning = lossy.then(|| format!("some of it is no {name}; what could not be read is marked \u{fffd}"));
        return Ok(Decoded { text: text.into_owned(), has_bytes: false, warning });
    }
    if bytes.iter().take(LOOK).filter(|&&b| b == 0).count() > 0 {
        return Err("it holds zero bytes, so it is no text; save it as plain text in UTF-8".into());
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, has_bytes: true, warning: None }),
        Err(e) => e.into_bytes(),
    };
    if nearly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let warning = Some("some of its bytes are no UTF-8; they are marked \u{fffd}".into());
        return Ok(Decoded { text, has_bytes: false, warning });
    }
    let encoding = guess(&bytes);
    let (text, _, _) = encoding.decode(&bytes);
    if text.chars().take(LOOK).filter(|c| c.is_control() && !c.is_whitespace()).count() * 20 > text.chars().take(LOOK).count() {
        return Err("it is no text in any character set; save it as plain text in UTF-8".into());
    }
    let warning = Some(format!("it is not UTF-8; read as {}, which is a guess", encoding.name()));
    Ok(Decoded { text: text.into_owned(), has_bytes: false, warning })
}

/// Whether a file is UTF-8 but for a few bytes, as where it was cut.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 4 * broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SPANISH: &str = "La policía detuvo a más de dos mil personas en la mañana, según el Ministerio. ¿Quién dio la orden? El año pasado no pasó nada así.";

    #[test]
    fn utf8_is_kept_byte_for_byte() {
        let marked = format!("\u{feff}{SPANISH}");
        assert_eq!(decode(marked.clone().into_bytes()), Ok(Decoded { text: marked, has_bytes: true, warning: None }));
    }

    #[test]
    fn other_sets_are_marked_or_guessed() {
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(SPANISH);
        let read = decode(latin.into_owned()).unwrap();
        assert_eq!((read.text.as_str(), read.has_bytes), (SPANISH, false));
        assert!(read.warning.unwrap().contains("windows-1252"));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(SPANISH.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(wide).unwrap().text, SPANISH);
    }

    #[test]
    fn what_is_cut_or_no_text_is_said() {
        let mut cut = SPANISH.as_bytes().to_vec();
        cut.push(0xc3);
        assert!(decode(cut).unwrap().text.ends_with('\u{fffd}'));
        assert!(decode(vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13]).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            let _ = decode(bytes);
        }
    }
}
