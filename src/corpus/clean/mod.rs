//! From source text to clean text, every change kept.
//!
//! 1. [`encoding::repair`] reverses wrong decodings.
//! 2. [`Lexicon`] puts letters back that were lost, where one word fits.
//! 3. [`spacing::tidy`] takes out characters that can't be seen and makes every space and line end a plain one.
//! 4. [`Furniture`] takes out lines that are not part of the article, such as players, counters and share bars.
//!
//! Each step gives edits over the text before it; [`compose::compose`] makes them edits over the source.

mod codepage;
mod compose;
mod encoding;
mod furniture;
mod lexicon;
mod oddity;
mod spacing;

pub use furniture::Furniture;
pub use lexicon::Lexicon;

use std::collections::BTreeSet;

use super::document::Edit;
use crate::error::Result;
use crate::pack::{Failure, Lang, Packs};
use crate::span::Span;
use crate::vocabulary::EditKind;

/// Cleans texts of any of the loaded languages.
#[derive(Debug)]
pub struct Cleaner {
    /// A page may carry furniture of another language than the article's, so those of all languages apply.
    furniture: Vec<Furniture>,
    lexicons: Vec<Lexicon>,
}

impl Cleaner {
    /// Loads what all packs say of furniture.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(packs: &Packs) -> Result<Self> {
        let lexicons = packs.iter().map(Lexicon::load).collect::<Result<_>>()?;
        Ok(Self { furniture: packs.iter().map(Furniture::load).collect::<Result<_>>()?, lexicons })
    }

    /// Runs the examples of furniture and of the lexicons.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        self.furniture.iter().flat_map(Furniture::check).chain(self.lexicons.iter().flat_map(Lexicon::check)).collect()
    }

    /// The clean text, the changes that made it, in order, and how much damage is left. The first `skip` bytes of the source
    /// are not the article's (front matter). `language` tells a text's language, asked for where letters were lost.
    #[must_use]
    pub fn clean(&self, source: &str, skip: usize, language: impl Fn(&str) -> Option<Lang>) -> (String, Vec<Edit>, u32) {
        let Some((before, article)) = source.split_at_checked(skip).filter(|_| skip > 0) else { return self.article(source, language) };
        let (text, mut edits, unrepaired) = self.article(article, language);
        for e in &mut edits {
            e.raw = e.raw.shifted(skip);
        }
        let front = Edit {
            kind: EditKind::Furniture,
            raw: Span::new(0, skip),
            clean_start: 0,
            before: before.to_owned(),
            after: String::new(),
            rule: "front-matter".to_owned(),
            confidence: None,
        };
        edits.insert(0, front);
        (text, edits, unrepaired)
    }

    fn article(&self, source: &str, language: impl Fn(&str) -> Option<Lang>) -> (String, Vec<Edit>, u32) {
        let (mut text, mut edits, mut left) = (source.to_owned(), Vec::new(), 0);
        if let Some(repaired) = encoding::repair(source) {
            left = repaired.left;
            if repaired.doubtful.as_ref().is_some_and(|word| !self.lexicons.iter().any(|l| l.knows(word))) {
                left += 1;
            } else {
                (text, edits) = (repaired.text, repaired.edits);
            }
        }
        let leads: BTreeSet<char> = edits.iter().filter_map(|e| e.before.chars().next()).filter(|c| !c.is_ascii()).collect();
        let joined = self.lexicons.iter().map(|l| l.joined(&text, &edits)).find(|joins| !joins.is_empty()).unwrap_or_default();
        let mut then = |changes: Vec<Edit>, text: &mut String| {
            if !changes.is_empty() {
                *text = compose::apply(text, &changes);
                edits = compose::compose(source, std::mem::take(&mut edits), changes);
            }
        };
        then(joined, &mut text);
        if lexicon::may_have_gaps(&text, &leads) {
            let language = language(&text);
            let found = self.lexicons.iter().find(|l| Some(l.language()) == language).map(|l| l.repair(&text, &leads));
            then(found.unwrap_or_default(), &mut text);
        }
        then(spacing::tidy(&text), &mut text);
        then(furniture::edits(&text, &self.furniture), &mut text);
        let lost = text.matches('\u{fffd}').count();
        (text, edits, u32::try_from(lost).unwrap_or(u32::MAX).saturating_add(left))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::SourceMap;

    fn cleaner() -> Cleaner {
        Cleaner::load(&Packs::shipped()).unwrap()
    }

    /// Whatever a text is, its edits lead to the clean text and back, and every span of it to whole characters.
    fn assert_invertible(cleaner: &Cleaner, source: &str, skip: usize) {
        let (text, edits, _) = cleaner.clean(source, skip, |_| Some(Lang::ES));
        let mut ends = (0, 0);
        for e in &edits {
            assert!(ends.0 <= e.raw.start && ends.1 <= e.clean_start, "{edits:?}");
            ends = (e.raw.end, e.clean_start + e.after.len());
            assert_eq!(e.raw.of(source), e.before);
            assert_eq!(&text[e.clean_start..ends.1], e.after);
        }
        assert_eq!(compose::apply(source, &edits), text);
        assert_eq!(compose::undo(&text, &edits), source);
        let map = SourceMap::new(&edits);
        let bounds: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
        for pair in bounds.windows(2) {
            let raw = map.raw(Span::new(pair[0], pair[1]));
            assert!(raw.start <= raw.end && source.is_char_boundary(raw.start) && source.is_char_boundary(raw.end));
        }
    }

    #[test]
    fn steps_over_the_same_place_are_one_edit() {
        let (text, edits, unrepaired) = cleaner().clean("Fueron dispersados ‚Äč‚Äčtemprano en la ma√Īana.\r\n4\u{a0}000 m√°s", 0, |_| None);
        assert_eq!((text.as_str(), unrepaired), ("Fueron dispersados temprano en la mañana.\n4 000 más", 0));
        assert_eq!(
            edits.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(),
            ["control", "control", "mojibake", "whitespace", "whitespace", "mojibake"]
        );
        assert_eq!(edits[0].before, "‚Äč");
        assert!(edits.iter().all(|e| e.confidence.is_none()), "nothing was lost");
    }

    #[test]
    fn one_damaged_letter_against_sound_ones_needs_a_word() {
        let made = |text: &str| cleaner().clean(text, 0, |_| None);
        assert_eq!(made("Bremer/Mccoy – DrÃ¥ber").0, "Bremer/Mccoy – DrÃ¥ber");
        assert_eq!(made("Bremer/Mccoy – DrÃ¥ber").2, 1);
        assert_eq!(made("“Volvió el miÃ©rcoles”, dijo.").0, "“Volvió el miércoles”, dijo.");
        assert_eq!(made("Volvió el miÃ©rcoles.").0, "Volvió el miércoles.");
    }

    #[test]
    fn lost_letters_come_back_where_one_word_fits() {
        let source = "El ministro de Econom�a anunci� anoche que el pa�s volver� a pagar; la oposici�n, que est� dividida, pidi� m�s tiempo y una comisi�n. «A�n no hay fecha», dijo.";
        let want = "El ministro de Economía anunció anoche que el país volver� a pagar; la oposición, que est� dividida, pidió más tiempo y una comisión. «Aún no hay fecha», dijo.";
        let (text, edits, unrepaired) = cleaner().clean(source, 0, |_| Some(Lang::ES));
        assert_eq!((text.as_str(), unrepaired), (want, 2));
        assert!(edits.iter().all(|e| e.rule.starts_with("lexicon.") && e.confidence.is_some_and(|c| c > 0.9 && c <= 1.0)), "{edits:?}");
        // Half of a wrongly decoded letter whose second half, a soft hyphen, is gone.
        let half = "La policÃa detuvo en todo el paÃs a once personas que, segÃºn el juez, habÃan robado en el valle durante la noche del viernes.";
        let want =
            "La policía detuvo en todo el país a once personas que, según el juez, habían robado en el valle durante la noche del viernes.";
        assert_eq!(cleaner().clean(half, 0, |_| Some(Lang::ES)).0, want);
        assert_eq!(cleaner().clean(source, 0, |_| None).0, source);
    }

    #[test]
    fn bytes_that_do_not_decode_can_be_led_back() {
        for bytes in [&b"Se\xf1or\xc3\xb3 \xe2\x80 a\xf1o\0\xff\xfe"[..], b"\xc3\xc3\xa1\xe2\x82\xac\xed\xa0\x80"] {
            assert_invertible(&CLEANER, &String::from_utf8_lossy(bytes), 0);
        }
    }

    static CLEANER: std::sync::LazyLock<Cleaner> = std::sync::LazyLock::new(cleaner);

    proptest! {
        #[test]
        fn any_text_can_be_led_back(source in any::<String>()) {
            assert_invertible(&CLEANER, &source, source.chars().next().map_or(0, char::len_utf8));
        }

        #[test]
        fn any_bytes_can_be_led_back(bytes in any::<Vec<u8>>()) {
            assert_invertible(&CLEANER, &String::from_utf8_lossy(&bytes), 0);
        }

        #[test]
        fn damaged_text_can_be_led_back(parts in proptest::collection::vec(
            prop::sample::select(vec!["√≥", "‚Äč", "‚Äú", "Ã¡", "Ã", "â€�", "Â ", "\u{a0}", "\u{feff}", "a", "ñ", "\n", "\r\n", "--:--", "4:41", "Publicidad", " ", "í\u{a0}½í¸\u{8d}", "ÃƒÂ³", "\u{85}", "pol�tica ", "a?o ", "Dijo que s� ", "�", "?", "pa��s "]),
            0..40,
        )) {
            assert_invertible(&CLEANER, &parts.concat(), 0);
        }
    }
}
