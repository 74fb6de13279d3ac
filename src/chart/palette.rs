//! Colours: one for each source, the same in every chart and notebook, told apart by colour-blind readers too, on a light and on
//! a dark page.

use std::collections::BTreeMap;

use plotters::style::RGBColor;

use crate::tables::Tables;
use crate::tally::source_of;

/// A colour on a light page and what stands for it on a dark one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Paint {
    pub(super) light: (u8, u8, u8),
    pub(super) dark: (u8, u8, u8),
}

impl Paint {
    const fn new(light: (u8, u8, u8), dark: (u8, u8, u8)) -> Self {
        Self { light, dark }
    }

    pub(super) const fn on(self, theme: Theme) -> RGBColor {
        let (r, g, b) = match theme {
            Theme::Light => self.light,
            Theme::Dark => self.dark,
        };
        RGBColor(r, g, b)
    }
}

/// What a chart is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Light,
    Dark,
}

/// After M. Okabe and K. Ito, "Color universal design" (2008): their order of hues without yellow, the light ones darkened and
/// the dark ones lightened until each stands out from its page and from every other to colour-blind eyes too (both are tested).
pub(super) const COLOURS: [Paint; 7] = [
    Paint::new((13, 105, 168), (36, 131, 215)),
    Paint::new((182, 69, 0), (234, 107, 25)),
    Paint::new((9, 156, 75), (13, 194, 127)),
    Paint::new((204, 121, 167), (218, 136, 178)),
    Paint::new((214, 127, 0), (249, 210, 65)),
    Paint::new((67, 149, 255), (165, 215, 253)),
    Paint::new((0, 0, 0), (240, 240, 240)),
];

/// For what belongs to no source, and for sources after the seventh, whose names stand beside their marks anyway.
pub(super) const GREY: Paint = Paint::new((110, 110, 110), (150, 150, 150));
/// Words.
pub(super) const INK: Paint = Paint::new((34, 34, 34), (228, 228, 228));
/// Words of less weight.
pub(super) const FAINT_INK: Paint = Paint::new((95, 95, 95), (176, 176, 176));
/// Lines behind the marks.
pub(super) const GRID: Paint = Paint::new((225, 225, 225), (58, 62, 68));
/// The ground of what stands apart.
pub(super) const SHADE: Paint = Paint::new((245, 245, 245), (33, 37, 42));
/// The ground.
pub(super) const PAPER: Paint = Paint::new((255, 255, 255), (24, 27, 31));

/// The colour of each source: the seven that gave most have one each, in the order in which the corpus first names them.
#[derive(Debug)]
pub(super) struct Palette(BTreeMap<String, usize>);

impl Palette {
    pub(super) fn of(tables: &Tables) -> Self {
        let mut sources: Vec<(&str, u64)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for d in &tables.documents {
            let at = *places.entry(source_of(d)).or_insert_with(|| {
                sources.push((source_of(d), 0));
                sources.len() - 1
            });
            sources[at].1 += u64::from(d.tokens);
        }
        let mut largest: Vec<usize> = (0..sources.len()).collect();
        largest.sort_by_key(|&i| std::cmp::Reverse(sources[i].1));
        largest.truncate(COLOURS.len());
        largest.sort_unstable();
        Self::in_order(largest.into_iter().map(|i| sources[i].0))
    }

    /// One for each name, as far as there are colours.
    pub(super) fn in_order<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(names.into_iter().take(COLOURS.len()).enumerate().map(|(i, name)| (name.to_owned(), i)).collect())
    }

    /// The colour of a name.
    pub(super) fn source(&self, name: &str) -> Paint {
        self.place(name).map_or(GREY, |i| COLOURS[i])
    }

    /// The place of a name among the colours.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    /// The names that have a colour, in the order of the colours.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.0.iter().map(|(name, &place)| (place, name.as_str())).collect();
        names.sort_unstable();
        names.into_iter().map(|n| n.1).collect()
    }
}

/// A colour mixed with the ground: `strength` 1 is the colour itself.
pub(super) fn tint(colour: Paint, strength: f64) -> Paint {
    let mix = |c: u8, ground: u8| (f64::from(c) * strength + f64::from(ground) * (1.0 - strength)).round() as u8;
    let all = |c: (u8, u8, u8), g: (u8, u8, u8)| (mix(c.0, g.0), mix(c.1, g.1), mix(c.2, g.2));
    Paint::new(all(colour.light, PAPER.light), all(colour.dark, PAPER.dark))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = [f64; 3];

    fn linear((r, g, b): (u8, u8, u8)) -> Rgb {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        [r, g, b].map(channel)
    }

    fn times(matrix: [Rgb; 3], c: Rgb) -> Rgb {
        matrix.map(|row| (row[0] * c[0] + row[1] * c[1] + row[2] * c[2]).clamp(0.0, 1.0))
    }

    /// CIE L*a*b* under D65.
    fn lab(c: Rgb) -> Rgb {
        let xyz = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089]], c);
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let [x, y, z] = [f(xyz[0] / 0.9505), f(xyz[1]), f(xyz[2])];
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A physiologically-based model for simulation of color vision
    /// deficiency" (2009), at full severity, after the eye of most readers.
    const EYES: [(&str, [Rgb; 3]); 4] = [
        ("most", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("protanopia", [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]),
        ("deuteranopia", [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_82, 0.042_94, 0.968_881]]),
        ("tritanopia", [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_9]]),
    ];

    /// At least 20 apart, which is the difference of clearly different colours (2.3 is one that is just seen); the original seven
    /// come to 16.
    #[test]
    fn colours_are_told_apart() {
        for (eye, matrix) in EYES {
            for theme in [|p: Paint| p.light, |p: Paint| p.dark] {
                let seen = COLOURS.map(|p| lab(times(matrix, linear(theme(p)))));
                for (i, a) in seen.iter().enumerate() {
                    for (j, b) in seen.iter().enumerate().skip(i + 1) {
                        let apart = a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt();
                        assert!(apart >= 20.0, "{eye}: colours {i} and {j} are {apart:.1} apart");
                    }
                }
            }
        }
    }

    /// The contrast ratios that WCAG 2.2 asks for: 4.5 for words, 3 for marks.
    #[test]
    fn marks_and_words_stand_out() {
        let light = |c: (u8, u8, u8)| linear(c).iter().zip([0.2126, 0.7152, 0.0722]).map(|(a, b)| a * b).sum::<f64>() + 0.05;
        let contrast = |a, b| (light(a) / light(b)).max(light(b) / light(a));
        let stand_out = |p: Paint, least: f64| {
            for (colour, paper) in [(p.light, PAPER.light), (p.dark, PAPER.dark)] {
                assert!(contrast(colour, paper) >= least, "{colour:?}: {:.2}", contrast(colour, paper));
            }
        };
        COLOURS.into_iter().for_each(|p| stand_out(p, 3.0));
        [INK, FAINT_INK, GREY].into_iter().for_each(|p| stand_out(p, 4.5));
    }
}
