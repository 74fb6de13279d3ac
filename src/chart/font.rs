//! The charts' font: shipped, so that accents and Cyrillic come out the same everywhere, and measured, so that nothing
//! overlaps. DejaVu Sans is wide: where a viewer has to use another font, words come out narrower, never wider.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The bytes of both weights.
pub(super) const FILES: [&[u8]; 2] =
    [include_bytes!("../../data/fonts/DejaVuSans.ttf"), include_bytes!("../../data/fonts/DejaVuSans-Bold.ttf")];

/// The family as an SVG names it, with what may stand in for it.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

static FONTS: LazyLock<[Option<FontRef<'static>>; 2]> = LazyLock::new(|| FILES.map(|bytes| FontRef::new(bytes).ok()));

/// The width of a text in pixels, rounded up.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
pub(super) fn width(text: &str, size: i32, bold: bool) -> i32 {
    let em = size as f32;
    let Some(font) = &FONTS[usize::from(bold)] else { return (em * text.chars().count() as f32) as i32 };
    let (glyphs, metrics) = (font.charmap(), font.glyph_metrics(Size::new(em), LocationRef::default()));
    let advance = |c| glyphs.map(c).and_then(|g| metrics.advance_width(g)).unwrap_or(em);
    text.chars().map(advance).sum::<f32>().ceil() as i32
}

/// The text, cut at its end with "…" where it is wider than `room`.
pub(super) fn fit(text: &str, size: i32, bold: bool, room: i32) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&text, size, bold) <= room {
        return text;
    }
    let mut cut: Vec<char> = text.chars().collect();
    while cut.pop().is_some() {
        let shorter: String = cut.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&shorter, size, bold) <= room {
            return shorter;
        }
    }
    String::new()
}

/// The text in lines no wider than `room`; a word that is wider alone is cut.
pub(super) fn wrap(text: &str, size: i32, bold: bool, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}")).filter(|l| width(l, size, bold) <= room);
        match (longer, lines.last_mut()) {
            (Some(longer), Some(last)) => *last = longer,
            _ => lines.push(fit(word, size, bold, room)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_as_wide_as_their_letters() {
        assert_eq!(width("Kazajstán", 12, false), width("Kazajstan", 12, false));
        assert!(width("Казахстан", 12, false) < width("Казахстан", 12, true));
        assert_eq!(width("", 12, false), 0);
    }

    #[test]
    fn what_is_fitted_fits() {
        for room in [0, 5, 20, 60, 200] {
            assert!(width(&fit("el régimen de Nur-Sultán", 12, false, room), 12, false) <= room);
            assert!(wrap("el régimen de Nur-Sultán", 12, true, room).iter().all(|l| width(l, 12, true) <= room));
        }
        assert_eq!(wrap("uno dos tres", 12, false, 1000), ["uno dos tres"]);
    }
}
