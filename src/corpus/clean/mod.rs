//! From source text to clean text, every change kept.
//!
//! 1. [`encoding::repair`] reverses wrong decodings.
//! 2. [`spacing::tidy`] takes out characters that can't be seen and makes every space and line end a plain one.
//! 3. [`Furniture`] takes out lines that are not part of the article, such as players, counters and share bars.
//!
//! Each step gives edits over the text before it; [`compose::compose`] makes them edits over the source.

mod codepage;
mod compose;
mod encoding;
mod furniture;
mod oddity;
mod spacing;

pub use furniture::Furniture;

use super::document::Edit;
use crate::error::Result;
use crate::pack::Packs;
use crate::span::Span;
use crate::vocabulary::EditKind;

/// Cleans texts of any of the loaded languages.
#[derive(Debug)]
pub struct Cleaner {
    /// A page may carry furniture of another language than the article's, so those of all languages apply.
    furniture: Vec<Furniture>,
}

impl Cleaner {
    /// Loads what all packs say of furniture.
    ///
    /// # Errors
    /// If a rule is not as it must be.
    pub fn load(packs: &Packs) -> Result<Self> {
        Ok(Self { furniture: packs.iter().map(Furniture::load).collect::<Result<_>>()? })
    }

    /// The clean text, the changes that made it, in order, and how much damage is left. The first `skip` bytes of the source
    /// are not the article's (front matter).
    #[must_use]
    pub fn clean(&self, source: &str, skip: usize) -> (String, Vec<Edit>, u32) {
        let Some((before, article)) = source.split_at_checked(skip).filter(|_| skip > 0) else { return self.article(source) };
        let (text, mut edits, unrepaired) = self.article(article);
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
        };
        edits.insert(0, front);
        (text, edits, unrepaired)
    }

    fn article(&self, source: &str) -> (String, Vec<Edit>, u32) {
        let (mut text, mut edits, left) =
            encoding::repair(source).map_or_else(|| (source.to_owned(), Vec::new(), 0), |r| (r.text, r.edits, r.left));
        let mut then = |changes: Vec<Edit>, text: &mut String| {
            if !changes.is_empty() {
                *text = compose::apply(text, &changes);
                edits = compose::compose(source, std::mem::take(&mut edits), changes);
            }
        };
        then(spacing::tidy(&text), &mut text);
        then(furniture::edits(&text, &self.furniture), &mut text);
        let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
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
        let (text, edits, _) = cleaner.clean(source, skip);
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
        let (text, edits, unrepaired) = cleaner().clean("Fueron dispersados ‚Äč‚Äčtemprano en la ma√Īana.\r\n4\u{a0}000 m√°s", 0);
        assert_eq!((text.as_str(), unrepaired), ("Fueron dispersados temprano en la mañana.\n4 000 más", 0));
        assert_eq!(
            edits.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(),
            ["control", "control", "mojibake", "whitespace", "whitespace", "mojibake"]
        );
        assert_eq!(edits[0].before, "‚Äč");
    }

    static CLEANER: std::sync::LazyLock<Cleaner> = std::sync::LazyLock::new(cleaner);

    proptest! {
        #[test]
        fn any_text_can_be_led_back(source in any::<String>()) {
            assert_invertible(&CLEANER, &source, source.chars().next().map_or(0, char::len_utf8));
        }

        #[test]
        fn damaged_text_can_be_led_back(parts in proptest::collection::vec(
            prop::sample::select(vec!["√≥", "‚Äč", "‚Äú", "Ã¡", "Ã", "â€�", "Â ", "\u{a0}", "\u{feff}", "a", "ñ", "\n", "\r\n", "--:--", "4:41", "Publicidad", " ", "í\u{a0}½í¸\u{8d}", "ÃƒÂ³", "\u{85}"]),
            0..40,
        )) {
            assert_invertible(&CLEANER, &parts.concat(), 0);
        }
    }
}
