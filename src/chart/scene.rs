//! What a chart draws, as a list: placed and measured first, drawn by plotters afterwards, so that tests can ask
//! whether words overlap or leave the canvas.

use plotters::prelude::{Circle, IntoDrawingArea, PathElement, Polygon, Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::palette::{PAPER, Paint, Theme};
use super::spot::{Behind, Place, Spot};
use super::{CLASS, font};

/// A place on the canvas.
pub(super) type At = (i32, i32);

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Words on the canvas; `at` is level with the middle of their small letters.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) at: At,
    pub(super) text: String,
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
    pub(super) colour: Paint,
}

#[cfg(test)]
impl Label {
    /// Left, top, right and bottom of the room the words take.
    pub(super) fn area(&self) -> (i32, i32, i32, i32) {
        let width = font::width(&self.text, self.size, self.bold);
        let left = match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - width / 2,
            Anchor::End => self.at.0 - width,
        };
        // The ascenders of DejaVu Sans end 0.76 em above the line, its descenders 0.24 em below it, and the line lies half
        // of a small letter, 0.27 em, below `at`: half an em to each side holds all of it.
        let half = self.size / 2 + 1;
        (left, self.at.1 - half, left + width, self.at.1 + half)
    }
}

#[derive(Clone, Debug)]
enum Item {
    Line(Vec<At>, u32, Paint),
    Box(At, At, Paint),
    Disc(At, i32, Paint),
    Ring(At, i32, u32, Paint),
    Shape(Vec<At>, Paint),
    Words(Label),
}

impl Item {
    fn paint(&self) -> Paint {
        match self {
            Self::Line(.., paint) | Self::Box(.., paint) | Self::Disc(.., paint) | Self::Ring(.., paint) | Self::Shape(_, paint) => *paint,
            Self::Words(label) => label.colour,
        }
    }
}

/// A canvas with what is on it.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The words of the footer, a line each.
    pub(super) caption: String,
    items: Vec<Item>,
    /// The marks that lead to rows, in the order in which they are read.
    pub(super) spots: Vec<Spot>,
}

impl Scene {
    pub(super) fn new(width: i32) -> Self {
        Self { width, height: 0, caption: String::new(), items: Vec::new(), spots: Vec::new() }
    }

    pub(super) fn line(&mut self, points: impl Into<Vec<At>>, width: u32, colour: Paint) {
        self.items.push(Item::Line(points.into(), width, colour));
    }

    pub(super) fn rect(&mut self, from: At, to: At, colour: Paint) {
        self.items.push(Item::Box(from, to, colour));
    }

    pub(super) fn disc(&mut self, at: At, radius: i32, colour: Paint) {
        self.items.push(Item::Disc(at, radius, colour));
    }

    /// A circle that is open in the middle.
    pub(super) fn ring(&mut self, at: At, radius: i32, colour: Paint) {
        self.items.push(Item::Disc(at, radius, PAPER));
        self.items.push(Item::Ring(at, radius, 2, colour));
    }

    /// A mark of one of seven shapes (disc, square, triangle, diamond, triangle downwards, octagon, star), with a rim of the ground that keeps it apart from its neighbours.
    pub(super) fn mark(&mut self, shape: usize, (x, y): At, r: i32, hollow: bool, colour: Paint) {
        let corners = |r: i32| -> Vec<At> {
            let (long, half) = (r * 5 / 4, r / 2);
            let towards: Vec<(i32, i32)> = match shape {
                1 => vec![(-r, -r), (r, -r), (r, r), (-r, r)],
                2 => vec![(0, -long), (long, r), (-long, r)],
                3 => vec![(-long, 0), (0, -long), (long, 0), (0, long)],
                4 => vec![(0, long), (long, -r), (-long, -r)],
                5 => vec![
                    (-half, -long),
                    (half, -long),
                    (long, -half),
                    (long, half),
                    (half, long),
                    (-half, long),
                    (-long, half),
                    (-long, -half),
                ],
                _ => vec![(-long, -long), (0, -half), (long, -long), (half, 0), (long, long), (0, half), (-long, long), (-half, 0)],
            };
            towards.into_iter().map(|(dx, dy)| (x + dx, y + dy)).collect()
        };
        let mut filled = |r: i32, colour: Paint| match shape {
            0 => self.items.push(Item::Disc((x, y), r, colour)),
            _ => self.items.push(Item::Shape(corners(r), colour)),
        };
        filled(r + 1, PAPER);
        filled(r, colour);
        if hollow {
            filled((r - 2).max(1), PAPER);
        }
    }

    pub(super) fn diamond(&mut self, (x, y): At, radius: i32, colour: Paint) {
        let corners = |r: i32| vec![(x - r, y), (x, y - r), (x + r, y), (x, y + r)];
        self.items.push(Item::Shape(corners(radius + 1), colour));
        self.items.push(Item::Shape(corners(radius - 2), PAPER));
    }

    /// An upright line that ends in an open arrowhead.
    pub(super) fn arrow(&mut self, (x, from): (i32, i32), to: i32, colour: Paint) {
        let back = if to < from { 5 } else { -5 };
        self.line([(x, from), (x, to)], 2, colour);
        self.line([(x - 4, to + back), (x, to), (x + 4, to + back)], 2, colour);
    }

    /// Says what a mark stands for that lies between two corners.
    pub(super) fn spot(&mut self, from: At, to: At, says: impl Into<String>, behind: Behind) {
        if behind.all > 0 {
            let at_least = |a: i32, b: i32| if b - a < 8 { ((a + b) / 2 - 4, (a + b) / 2 + 4) } else { (a, b) };
            let ((left, right), (top, bottom)) = (at_least(from.0, to.0), at_least(from.1, to.1));
            self.spots.push(Spot { area: Place::Box((left, top), (right, bottom)), says: says.into(), behind });
        }
    }

    /// The same for one that lies along a line.
    pub(super) fn spot_along(&mut self, points: Vec<At>, width: u32, says: impl Into<String>, behind: Behind) {
        if behind.all > 0 {
            self.spots.push(Spot { area: Place::Line(points, width.max(6)), says: says.into(), behind });
        }
    }

    pub(super) fn words(&mut self, label: Label) {
        if !label.text.is_empty() {
            self.items.push(Item::Words(label));
        }
    }

    #[cfg(test)]
    fn labels(&self) -> impl Iterator<Item = &Label> {
        self.items.iter().filter_map(|i| if let Item::Words(l) = i { Some(l) } else { None })
    }

    /// What is wrong with the layout: words over words, and words or marks beyond the canvas.
    #[cfg(test)]
    pub(super) fn faults(&self) -> Vec<String> {
        let mut placed: Vec<_> = self.labels().map(|l| (l.area(), &l.text)).collect();
        placed.sort_by_key(|p| p.0.1);
        let mut faults = Vec::new();
        for (i, &((left, top, right, bottom), text)) in placed.iter().enumerate() {
            if left < 0 || top < 0 || right > self.width || bottom > self.height {
                faults.push(format!("{text:?} leaves the canvas"));
            }
            for &(other, words) in placed[i + 1..].iter().take_while(|o| o.0.1 < bottom) {
                if other.0 < right && left < other.2 {
                    faults.push(format!("{text:?} and {words:?} overlap"));
                }
            }
        }
        let marks = self.items.iter().filter_map(|item| match item {
            Item::Disc((x, y), r, _) | Item::Ring((x, y), r, ..) => Some((x - r, y - r, x + r, y + r)),
            Item::Shape(points, _) => {
                let (x, y) = (|| points.iter().map(|p| p.0), || points.iter().map(|p| p.1));
                Some((x().min()?, y().min()?, x().max()?, y().max()?))
            }
            _ => None,
        });
        for mark in marks {
            for (words, text) in placed.iter().skip_while(|w| w.0.3 <= mark.1 - 40).take_while(|w| w.0.1 < mark.3) {
                if words.0 < mark.2 && mark.0 < words.2 && mark.1 < words.3 && words.1 < mark.3 {
                    faults.push(format!("a mark covers {text:?}"));
                }
            }
        }
        let outside = |&(x, y): &At| x < 0 || y < 0 || x > self.width || y > self.height;
        for item in &self.items {
            let beyond = match item {
                Item::Line(points, ..) | Item::Shape(points, _) => points.iter().any(outside),
                Item::Box(from, to, _) => outside(from) || outside(to),
                Item::Disc((x, y), r, _) | Item::Ring((x, y), r, ..) => outside(&(x - r, y - r)) || outside(&(x + r, y + r)),
                Item::Words(_) => false,
            };
            if beyond {
                faults.push(format!("{item:?} leaves the canvas"));
            }
        }
        for Spot { area, says, .. } in &self.spots {
            let points = match area {
                Place::Box(from, to) => vec![*from, *to],
                Place::Line(points, _) => points.clone(),
            };
            if points.iter().any(outside) || says.is_empty() {
                faults.push(format!("the link {says:?} leaves the canvas"));
            }
        }
        faults
    }

    /// What turns the light colours into dark ones where the reader asks for dark pages.
    pub(super) fn dark_style(&self) -> String {
        let mut paints: Vec<Paint> = self.items.iter().map(Item::paint).chain([PAPER]).collect();
        paints.sort_unstable();
        paints.dedup();
        let hex = |(r, g, b): (u8, u8, u8)| format!("#{r:02X}{g:02X}{b:02X}");
        let rules = paints.into_iter().map(|p| {
            let (light, dark) = (hex(p.light), hex(p.dark));
            format!(".{CLASS} [fill=\"{light}\"] {{ fill: {dark} }} .{CLASS} [stroke=\"{light}\"] {{ stroke: {dark} }}\n")
        });
        format!("\n<style>@media (prefers-color-scheme: dark) {{\n{}}}</style>", rules.collect::<String>())
    }

    /// The scene as SVG, in the colours of one theme.
    pub(super) fn svg(&self, theme: Theme) -> Result<String, String> {
        let mut svg = String::new();
        let size = (u32::try_from(self.width).unwrap_or(1), u32::try_from(self.height).unwrap_or(1));
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            area.fill(&PAPER.on(theme)).map_err(|e| e.to_string())?;
            self.items.iter().try_for_each(|item| draw(&area, item, theme))?;
            area.present().map_err(|e| e.to_string())?;
        }
        Ok(svg)
    }
}

type Area<'a> = plotters::drawing::DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw(area: &Area<'_>, item: &Item, theme: Theme) -> Result<(), String> {
    match item {
        Item::Line(points, width, colour) => area.draw(&PathElement::new(points.clone(), colour.on(theme).stroke_width(*width))),
        Item::Box(from, to, colour) => area.draw(&Rectangle::new([*from, *to], colour.on(theme).filled())),
        Item::Disc(at, radius, colour) => area.draw(&Circle::new(*at, *radius, colour.on(theme).filled())),
        Item::Ring(at, radius, width, colour) => {
            area.draw(&Circle::new(*at, *radius, ShapeStyle { color: colour.on(theme).to_rgba(), filled: false, stroke_width: *width }))
        }
        Item::Shape(points, colour) => area.draw(&Polygon::new(points.clone(), colour.on(theme).filled())),
        Item::Words(label) => area.draw(&Text::new(label.text.clone(), label.at, style(label, theme))),
    }
    .map_err(|e| e.to_string())
}

fn style(label: &Label, theme: Theme) -> TextStyle<'_> {
    let weight = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
    let h = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    // plotters' SVG writes a font's size divided by 1.24.
    let font = FontDesc::new(FontFamily::Name(font::FAMILY), f64::from(label.size) * 1.24, weight);
    let pos = Pos::new(h, VPos::Center);
    TextStyle { color: label.colour.on(theme).to_backend_color(), pos, ..TextStyle::from(font) }
}
