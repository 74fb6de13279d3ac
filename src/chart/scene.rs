//! What a chart draws, as a list: placed and measured first, drawn by plotters afterwards, so that tests can ask
//! whether words overlap or leave the canvas.

use plotters::prelude::{Circle, IntoDrawingArea, PathElement, Polygon, Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::font;
use super::palette::PAPER;

/// A place on the canvas.
pub(super) type At = (i32, i32);

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
}

/// Words on the canvas; `at` is level with the middle of their small letters.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) at: At,
    pub(super) text: String,
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
    pub(super) colour: RGBColor,
}

#[cfg(test)]
impl Label {
    /// Left, top, right and bottom of the room the words take.
    pub(super) fn area(&self) -> (i32, i32, i32, i32) {
        let width = font::width(&self.text, self.size, self.bold);
        let left = match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - width / 2,
        };
        // The ascenders of DejaVu Sans end 0.76 em above the line, its descenders 0.24 em below it, and the line lies half
        // of a small letter, 0.27 em, below `at`: half an em to each side holds all of it.
        let half = self.size / 2 + 1;
        (left, self.at.1 - half, left + width, self.at.1 + half)
    }
}

#[derive(Clone, Debug)]
enum Item {
    Line(Vec<At>, u32, RGBColor),
    Box(At, At, RGBColor),
    Disc(At, i32, RGBColor),
    Ring(At, i32, u32, RGBColor),
    Shape(Vec<At>, RGBColor),
    Words(Label),
}

/// A canvas with what is on it.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) width: i32,
    pub(super) height: i32,
    items: Vec<Item>,
}

impl Scene {
    pub(super) fn new(width: i32) -> Self {
        Self { width, height: 0, items: Vec::new() }
    }

    pub(super) fn line(&mut self, points: impl Into<Vec<At>>, width: u32, colour: RGBColor) {
        self.items.push(Item::Line(points.into(), width, colour));
    }

    pub(super) fn rect(&mut self, from: At, to: At, colour: RGBColor) {
        self.items.push(Item::Box(from, to, colour));
    }

    pub(super) fn disc(&mut self, at: At, radius: i32, colour: RGBColor) {
        self.items.push(Item::Disc(at, radius, colour));
    }

    /// A circle that is open in the middle.
    pub(super) fn ring(&mut self, at: At, radius: i32, colour: RGBColor) {
        self.items.push(Item::Disc(at, radius, PAPER));
        self.items.push(Item::Ring(at, radius, 2, colour));
    }

    pub(super) fn diamond(&mut self, (x, y): At, radius: i32, colour: RGBColor) {
        let corners = |r: i32| vec![(x - r, y), (x, y - r), (x + r, y), (x, y + r)];
        self.items.push(Item::Shape(corners(radius + 1), colour));
        self.items.push(Item::Shape(corners(radius - 2), PAPER));
    }

    /// A line that ends in an open arrowhead.
    pub(super) fn arrow(&mut self, from: At, to: At, colour: RGBColor) {
        let back = if to.0 >= from.0 { -5 } else { 5 };
        self.line([from, to], 2, colour);
        self.line([(to.0 + back, to.1 - 4), to, (to.0 + back, to.1 + 4)], 2, colour);
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
        faults
    }

    /// The scene as SVG.
    pub(super) fn svg(&self) -> Result<String, String> {
        let mut svg = String::new();
        let size = (u32::try_from(self.width).unwrap_or(1), u32::try_from(self.height).unwrap_or(1));
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            area.fill(&PAPER).map_err(|e| e.to_string())?;
            self.items.iter().try_for_each(|item| draw(&area, item))?;
            area.present().map_err(|e| e.to_string())?;
        }
        Ok(svg)
    }
}

type Area<'a> = plotters::drawing::DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw(area: &Area<'_>, item: &Item) -> Result<(), String> {
    match item {
        Item::Line(points, width, colour) => area.draw(&PathElement::new(points.clone(), colour.stroke_width(*width))),
        Item::Box(from, to, colour) => area.draw(&Rectangle::new([*from, *to], colour.filled())),
        Item::Disc(at, radius, colour) => area.draw(&Circle::new(*at, *radius, colour.filled())),
        Item::Ring(at, radius, width, colour) => {
            area.draw(&Circle::new(*at, *radius, ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: *width }))
        }
        Item::Shape(points, colour) => area.draw(&Polygon::new(points.clone(), colour.filled())),
        Item::Words(label) => area.draw(&Text::new(label.text.clone(), label.at, style(label))),
    }
    .map_err(|e| e.to_string())
}

fn style(label: &Label) -> TextStyle<'_> {
    let weight = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
    let h = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
    };
    // plotters' SVG writes a font's size divided by 1.24.
    let font = FontDesc::new(FontFamily::Name(font::FAMILY), f64::from(label.size) * 1.24, weight);
    TextStyle::from(font).color(&label.colour).pos(Pos::new(h, VPos::Center))
}
