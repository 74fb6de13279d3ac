//! The one look: title, what it shows, the chart's own room, and a footer that says what it rests on.

use std::collections::HashSet;

use super::axis::{Axis, TICK_SIZE};
use super::font;
use super::palette::{FAINT_INK, GREY, GRID, INK, Paint, Palette};
use super::scene::{Anchor, Label, Scene};
use crate::tables::Tables;
use crate::tally::{coverage, dated, many};

/// The width of every chart.
pub(super) const WIDTH: i32 = 960;
/// The empty rim.
pub(super) const MARGIN: i32 = 24;
/// The size of most words.
pub(super) const SIZE: i32 = 12;
const TITLE: i32 = 18;
const FOOTER: i32 = 10;

/// A chart in the making: a scene and how far down it is filled.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) scene: Scene,
    /// Where the next thing goes.
    pub(super) y: i32,
}

impl Page {
    pub(super) fn new(title: &str, shows: &str) -> Self {
        let mut page = Self { scene: Scene::new(WIDTH), y: MARGIN };
        page.paragraph(title, TITLE, true, INK);
        page.y += 2;
        page.paragraph(shows, SIZE, false, FAINT_INK);
        page.y += 10;
        page
    }

    /// Wrapped words over the whole width.
    pub(super) fn paragraph(&mut self, text: &str, size: i32, bold: bool, colour: Paint) {
        for line in font::wrap(text, size, bold, WIDTH - 2 * MARGIN) {
            let at = (MARGIN, self.y + size / 2 + 1);
            self.scene.words(Label { at, text: line, size, bold, anchor: Anchor::Start, colour });
            self.y += size + size / 3 + 2;
        }
    }

    /// Words that are cut to fit `room`, level with `y`.
    pub(super) fn cell(&mut self, at: (i32, i32), room: i32, text: &str, look: Look) {
        cell(&mut self.scene, at, room, text, look);
    }

    /// The name of a source behind a patch of its colour: words of that colour would be too faint to read.
    pub(super) fn source(&mut self, (x, y): (i32, i32), room: i32, name: &str, colour: Paint) {
        self.scene.rect((x, y - 5), (x + 10, y + 5), colour);
        self.cell((x + 17, y), room - 17, name, BOLD);
    }

    /// A key: marks with their words, in as many lines as they need.
    pub(super) fn key(&mut self, key: &Key<'_>) {
        let mut x = MARGIN;
        for (words, draw) in &key.0 {
            let wide = 34 + font::width(words, SIZE, false);
            if x > MARGIN && x + wide > WIDTH - MARGIN {
                x = MARGIN;
                self.y += 20;
            }
            let middle = self.y + 9;
            draw(&mut self.scene, x, middle);
            self.cell((x + 34, middle), wide, words, PLAIN);
            x += wide + 24;
        }
        self.y += 28;
    }

    /// The lines of an axis from `top` to `y`, and its words under them.
    pub(super) fn axis(&mut self, axis: &Axis, top: i32) {
        for (value, words) in &axis.ticks {
            let x = axis.at(*value);
            self.scene.line([(x, top), (x, self.y)], 1, GRID);
            let at = (x, self.y + 10);
            self.scene.words(Label { at, text: words.clone(), size: TICK_SIZE, bold: false, anchor: Anchor::Middle, colour: FAINT_INK });
        }
        self.y += 24;
    }

    /// The level lines of an upright axis from `left` to `right`, and its words before them.
    pub(super) fn upright_axis(&mut self, axis: &Axis, left: i32, right: i32) {
        for (value, words) in &axis.ticks {
            let y = axis.at(*value);
            self.scene.line([(left, y), (right, y)], 1, GRID);
            let at = (left - 8, y);
            self.scene.words(Label { at, text: words.clone(), size: TICK_SIZE, bold: false, anchor: Anchor::End, colour: FAINT_INK });
        }
    }

    /// The words of columns, under them.
    pub(super) fn ticks(&mut self, ticks: &[(i32, String)]) {
        for (x, words) in ticks {
            self.scene.line([(*x, self.y), (*x, self.y + 4)], 1, GREY);
            let at = (*x, self.y + 12);
            self.scene.words(Label { at, text: words.clone(), size: TICK_SIZE, bold: false, anchor: Anchor::Middle, colour: FAINT_INK });
        }
        self.y += 26;
    }

    /// Ends the chart with `notes` and what all charts say: what it is out of, from whom, and that nobody checked it.
    pub(super) fn finish(mut self, tables: &Tables, notes: &[String]) -> Scene {
        self.y += 6;
        self.scene.line([(MARGIN, self.y), (WIDTH - MARGIN, self.y)], 1, GRID);
        self.y += 8;
        for line in notes.iter().chain(&[basis(tables), from(tables)]) {
            self.paragraph(line, FOOTER, false, GREY);
            self.scene.caption += line;
            self.scene.caption.push('\n');
        }
        self.scene.height = self.y + MARGIN / 2;
        self.scene
    }
}

/// Words that are cut to fit `room`.
pub(super) fn cell(scene: &mut Scene, at: (i32, i32), room: i32, text: &str, look: Look) {
    let text = font::fit(text, SIZE, look.bold, room);
    scene.words(Label { at, text, size: SIZE, bold: look.bold, anchor: Anchor::Start, colour: look.colour });
}

/// Draws a mark of a key 28 wide from its left middle.
type Sample<'a> = Box<dyn Fn(&mut Scene, i32, i32) + 'a>;

/// Marks with what they stand for.
#[derive(Default)]
pub(super) struct Key<'a>(Vec<(String, Sample<'a>)>);

impl<'a> Key<'a> {
    /// With one mark more: drawn 28 wide from its left middle.
    pub(super) fn with(mut self, words: &str, draw: impl Fn(&mut Scene, i32, i32) + 'a) -> Self {
        self.0.push((font::fit(words, SIZE, false, 330), Box::new(draw)));
        self
    }

    /// With a patch of its colour for each of these sources, those together that have none.
    pub(super) fn with_sources(self, palette: &Palette, sources: &HashSet<&str>) -> Self {
        let patch = |paint: Paint| move |s: &mut Scene, x, y| s.rect((x + 6, y - 6), (x + 28, y + 6), paint);
        let mut key = self;
        for name in palette.names().into_iter().filter(|n| sources.contains(n)) {
            key = key.with(name, patch(palette.source(name)));
        }
        if sources.iter().any(|n| palette.place(n).is_none()) {
            key = key.with("other sources", patch(GREY));
        }
        key
    }
}

/// How words look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) colour: Paint,
}

/// Plain words that begin at their place.
pub(super) const PLAIN: Look = Look { bold: false, colour: INK };
/// Words of less weight.
pub(super) const FAINT: Look = Look { bold: false, colour: FAINT_INK };
/// Heavy words.
pub(super) const BOLD: Look = Look { bold: true, colour: INK };

/// What a chart is out of.
fn basis(tables: &Tables) -> String {
    let coverage = coverage(tables);
    let all = coverage.total();
    let mut line = format!(
        "Out of {}, {} and {} from {}",
        many(all.documents, "document"),
        many(u64::try_from(tables.sentences.len()).unwrap_or(0), "sentence"),
        many(all.tokens.all(), "token"),
        many(u64::try_from(coverage.rows.len()).unwrap_or(0), "source"),
    );
    if let Some((first, last)) = all.published.map(|p| (dated(p.0.0, p.0.1), dated(p.1.0, p.1.1))) {
        line += &if first == last { format!(", published {first}") } else { format!(", published {first} to {last}") };
    }
    if coverage.duplicates > 0 {
        line += &format!("; {} left out", many(u64::try_from(coverage.duplicates).unwrap_or(0), "repeated document"));
    }
    if all.documents <= 30 {
        line += &format!(". Descriptive only: {}", many(all.documents, "document"));
    }
    line + "."
}

/// Who made it from what.
fn from(tables: &Tables) -> String {
    let mut sources: Vec<String> = coverage(tables).rows.into_iter().map(|r| r.source).collect();
    let more = sources.len().saturating_sub(6);
    sources.truncate(6);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "Sources: {}{more}. Figures and words as reported, not verified. newsframe {}, articles {}.",
        sources.join("; "),
        env!("CARGO_PKG_VERSION"),
        articles(tables)
    )
}

/// The first digits of a hash over the documents' hashes: the same for the same articles.
fn articles(tables: &Tables) -> String {
    use sha2::Digest;
    let mut hashes: Vec<&str> = tables.documents.iter().map(|d| d.sha256.as_str()).collect();
    hashes.sort_unstable();
    crate::corpus::hex(&sha2::Sha256::digest(hashes.join("\n")))[..12].to_owned()
}
