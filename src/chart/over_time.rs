//! When things happened, by source: a strip of columns for each.

use std::collections::BTreeMap;

use super::Chart;
use super::font;
use super::page::{BOLD, FAINT, MARGIN, Page, WIDTH};
use super::palette::{GREY, GRID, INK, Paint, Palette, SHADE};
use super::scene::{Anchor, Label};
use super::spot::Behind;
use super::time::{Days, Unit, undated};
use crate::error::Result;
use crate::tables::{DocumentRow, Tables};
use crate::tally::{Table, grouped, many, source_of};

/// The most sources that get a strip of their own; the smaller ones share the last.
const MOST: usize = 20;
const ROW: i32 = 34;
const NAME: (i32, i32) = (MARGIN, 232);
/// Left and right of the columns; totals stand right of them.
pub(super) const PLOT: (i32, i32) = (MARGIN + 250, WIDTH - MARGIN - 140);

/// Draws how many documents each source gave on which day, and all of them together.
///
/// # Errors
/// If the chart can't be drawn.
pub fn coverage_over_time(tables: &Tables) -> Result<Chart> {
    let title = "When the documents were published";
    let documents: Vec<&DocumentRow> = tables.documents.iter().filter(|d| d.duplicate_of.is_none()).collect();
    let day = |d: &DocumentRow| d.published.filter(|_| Unit::Day.holds(d.published_precision));
    let days = Days::over(documents.iter().map(|d| (day(d), || undated(d))), PLOT);
    let mut page =
        Page::new(title, "Each column is the number of documents of that time. Sources stand in the order of their first document.");
    let palette = Palette::of(tables);
    let mut strips = Strips::new("document", &days, &palette);
    documents.iter().for_each(|d| strips.add(source_of(d), day(d), &Behind::one(&d.doc_id, None)));
    let mut notes = strips.draw(&mut page);
    let undated = documents.iter().filter(|d| day(d).is_none()).count() as u64;
    if undated > 0 {
        notes.push(format!("Apart stands what has no known day: {}.", many(undated, "document")));
    }
    let (data, alt) = (strips.table(), strips.alt());
    Chart::new(title, page.finish(tables, &notes), data, alt)
}

/// A source with what it has in each column.
type Counts = (String, BTreeMap<i32, Counted>);

/// How many, and which.
#[derive(Clone, Debug, Default)]
struct Counted {
    n: u64,
    behind: Behind,
}

impl Counted {
    fn join(&mut self, other: &Self) {
        self.n += other.n;
        self.behind.join(&other.behind);
    }
}

/// Things counted by source and column.
#[derive(Debug)]
pub(super) struct Strips<'a> {
    thing: &'static str,
    days: &'a Days,
    palette: &'a Palette,
    /// In the order in which they were added.
    sources: Vec<Counts>,
    places: BTreeMap<String, usize>,
}

impl<'a> Strips<'a> {
    pub(super) fn new(thing: &'static str, days: &'a Days, palette: &'a Palette) -> Self {
        Self { thing, days, palette, sources: Vec::new(), places: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, source: &str, day: Option<chrono::NaiveDate>, behind: &Behind) {
        let place = *self.places.entry(source.to_owned()).or_insert_with(|| {
            self.sources.push((source.to_owned(), BTreeMap::new()));
            self.sources.len() - 1
        });
        let counted = self.sources[place].1.entry(self.days.column(day)).or_default();
        counted.n += 1;
        counted.behind.join(behind);
    }

    /// The rows with room, by first column, and how many share the last.
    fn rows(&self) -> (Vec<Counts>, usize) {
        let mut rows = self.sources.clone();
        let mut pooled = 0;
        if rows.len() > MOST {
            rows.sort_by_key(|r| std::cmp::Reverse(total(&r.1)));
            let rest = rows.split_off(MOST - 1);
            pooled = rest.len();
            let mut sum: BTreeMap<i32, Counted> = BTreeMap::new();
            rest.iter().flat_map(|r| &r.1).for_each(|(&column, n)| sum.entry(column).or_default().join(n));
            rows.sort_by_key(|r| first(&r.1));
            rows.push((format!("{pooled} other sources"), sum));
        } else {
            rows.sort_by_key(|r| first(&r.1));
        }
        (rows, pooled)
    }

    /// Draws a strip for all and one a source; gives the notes.
    pub(super) fn draw(&self, page: &mut Page) -> Vec<String> {
        let (rows, pooled) = self.rows();
        if rows.is_empty() {
            page.paragraph(&format!("No {}s were found.", self.thing), 14, false, GREY);
            return Vec::new();
        }
        let mut all: BTreeMap<i32, Counted> = BTreeMap::new();
        rows.iter().flat_map(|r| &r.1).for_each(|(&column, n)| all.entry(column).or_default().join(n));
        let height = ROW * (i32::try_from(rows.len()).unwrap_or(0) + i32::from(rows.len() > 1));
        if let Some((from, to, _)) = &self.days.apart {
            page.scene.rect((*from, page.y), (*to, page.y + height), SHADE);
        }
        if rows.len() > 1 {
            self.strip(page, "all sources", &all, GREY, all.values().map(|c| c.n).max().unwrap_or(1));
        }
        let most = rows.iter().flat_map(|r| r.1.values()).map(|c| c.n).max().unwrap_or(1);
        for (source, counts) in &rows {
            self.strip(page, source, counts, self.palette.source(source), most);
        }
        page.ticks(&self.days.ticks());
        let mut notes: Vec<String> = self.days.note().into_iter().collect();
        if rows.len() > 1 {
            notes
                .push(format!("The tallest column of a source is {}; the strip of all sources has its own scale.", many(most, self.thing)));
        }
        if pooled > 0 {
            notes.push(format!("The {pooled} sources with the fewest {}s share the last strip.", self.thing));
        }
        notes
    }

    fn strip(&self, page: &mut Page, name: &str, counts: &BTreeMap<i32, Counted>, paint: Paint, most: u64) {
        let foot = page.y + ROW - 2;
        page.source((NAME.0, page.y + ROW / 2 + 4), NAME.1, name, paint);
        page.scene.line([(PLOT.0, foot), (PLOT.1, foot)], 1, GRID);
        for (&column, Counted { n, behind }) in counts {
            let n = *n;
            let (from, to) = self.days.span(column);
            // A lone column needn't be as wide as the page.
            let (middle, half) = ((from + to) / 2, ((to - from) / 2 - 1).clamp(1, 24));
            let high = ((n as f64 / most as f64) * f64::from(ROW - 16)).round().max(2.0) as i32;
            page.scene.rect((middle - half, foot - high), (middle + half, foot), paint);
            let says = format!("{name}, {}: {}", self.days.words(column), many(n, self.thing));
            page.scene.spot((middle - half, foot - high), (middle + half, foot), says, behind.clone());
            let words = grouped(n);
            if font::width(&words, 10, false) + 4 < to - from {
                let at = (middle, foot - high - 7);
                page.scene.words(Label { at, text: words, size: 10, bold: false, anchor: Anchor::Middle, colour: INK });
            }
        }
        let total = many(total(counts), self.thing);
        page.cell(
            (PLOT.1 + 14, page.y + ROW / 2 + 4),
            WIDTH - MARGIN - PLOT.1 - 14,
            &total,
            if name == "all sources" { BOLD } else { FAINT },
        );
        page.y += ROW;
    }

    pub(super) fn table(&self) -> Table {
        let rows = || self.sources.iter().flat_map(|(source, counts)| counts.iter().map(move |(&column, c)| (source, column, c.n)));
        Table::default()
            .text("source", rows().map(|r| Some(r.0.clone())))
            .text("from", rows().map(|r| Some(self.days.words(r.1))))
            .count(&format!("{}s", self.thing), rows().map(|r| r.2))
    }

    pub(super) fn alt(&self) -> String {
        let (rows, _) = self.rows();
        if rows.is_empty() {
            return format!("No {}s were found.", self.thing);
        }
        let span = |counts: &BTreeMap<i32, Counted>| {
            let ends = counts.keys().next().zip(counts.keys().next_back());
            ends.map_or_else(String::new, |(&a, &b)| {
                let (a, b) = (self.days.words(a), self.days.words(b));
                if a == b { a } else { format!("{a}, {b}") }
            })
        };
        let rows =
            rows.iter().take(20).map(|(source, counts)| format!("{source}: {} ({}).", many(total(counts), self.thing), span(counts)));
        rows.collect::<Vec<_>>().join(" ")
    }
}

fn total(counts: &BTreeMap<i32, Counted>) -> u64 {
    counts.values().map(|c| c.n).sum()
}

/// The first column of a strip, with what has no day last.
fn first(counts: &BTreeMap<i32, Counted>) -> i32 {
    counts.keys().copied().filter(|&c| c >= 0).min().unwrap_or(i32::MAX)
}
