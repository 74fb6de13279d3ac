//! Colours: one for each source, the same in every chart and notebook, told apart by colour-blind readers too.

use std::collections::BTreeMap;

use plotters::style::RGBColor;

use crate::tables::Tables;
use crate::tally::source_of;

/// M. Okabe and K. Ito, "Color universal design" (2008), without yellow, which is too faint on white.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

/// For what belongs to no source, and for sources after the seventh, whose names stand beside their marks anyway.
pub(super) const GREY: RGBColor = RGBColor(110, 110, 110);
/// Words.
pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
/// Words of less weight.
pub(super) const FAINT_INK: RGBColor = RGBColor(95, 95, 95);
/// Lines behind the marks.
pub(super) const GRID: RGBColor = RGBColor(225, 225, 225);
/// The ground.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);

/// The colour of each source: the seven that gave most have one each, in the order in which the corpus first names them.
#[derive(Debug)]
pub(super) struct Palette(BTreeMap<String, RGBColor>);

impl Palette {
    pub(super) fn of(tables: &Tables) -> Self {
        let mut sources: Vec<(&str, u64)> = Vec::new();
        for d in &tables.documents {
            match sources.iter_mut().find(|s| s.0 == source_of(d)) {
                Some(source) => source.1 += u64::from(d.tokens),
                None => sources.push((source_of(d), u64::from(d.tokens))),
            }
        }
        let mut largest: Vec<usize> = (0..sources.len()).collect();
        largest.sort_by_key(|&i| std::cmp::Reverse(sources[i].1));
        largest.truncate(COLOURS.len());
        largest.sort_unstable();
        Self(largest.into_iter().zip(COLOURS).map(|(i, colour)| (sources[i].0.to_owned(), colour)).collect())
    }

    pub(super) fn source(&self, name: &str) -> RGBColor {
        self.0.get(name).copied().unwrap_or(GREY)
    }
}

/// A colour mixed with the ground: `strength` 1 is the colour itself.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn tint(colour: RGBColor, strength: f64) -> RGBColor {
    let mix = |c: u8, ground: u8| (f64::from(c) * strength + f64::from(ground) * (1.0 - strength)).round() as u8;
    RGBColor(mix(colour.0, PAPER.0), mix(colour.1, PAPER.1), mix(colour.2, PAPER.2))
}
