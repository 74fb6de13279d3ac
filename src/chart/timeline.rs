//! What the articles put on which day: dated figures and the sentences around dates.

use std::collections::HashMap;

use chrono::{Days as Span, NaiveDate};
use smol_str::SmolStr;

use super::Chart;
use super::over_time::Strips;
use super::page::{BOLD, FAINT, Key, MARGIN, PLAIN, Page, WIDTH};
use super::palette::{GREY, GRID, Palette};
use super::spot::Behind;
use super::time::{Days, Unit};
use crate::error::Result;
use crate::tables::{DocumentRow, SentenceRow, Tables};
use crate::tally::{Table, dated, many, source_of};
use crate::vocabulary::{Precision, Scope};

/// The most rows; more are counted by day instead.
const MOST: usize = 40;
const ROW: i32 = 20;
const PLOT: (i32, i32) = (MARGIN + 84, 420);
const WORDS: (i32, i32) = (440, WIDTH - MARGIN);
/// How many days from the first and the last publication still belong to what the articles report.
const AROUND: u64 = 92;

/// Draws what the articles put on a day, a row a figure or a sentence, in the order of the days. Dates known to the year only, and those
/// more than three months from every publication, are background and left out; the footer says how many.
///
/// # Errors
/// If the chart can't be drawn.
pub fn timeline(tables: &Tables) -> Result<Chart> {
    Timeline::default().draw(tables)
}

/// The same chart drawn in another way: `Timeline { background: true }.draw(&news)?`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Background is drawn too.
    pub background: bool,
}

/// Something on a day.
struct Item<'t> {
    from: NaiveDate,
    to: NaiveDate,
    known: Option<Precision>,
    document: &'t DocumentRow,
    sentence: Option<&'t SentenceRow>,
    /// The words of a figure, or the date as written.
    words: String,
    is_figure: bool,
    is_background: bool,
}

impl Timeline {
    /// Draws it.
    ///
    /// # Errors
    /// If the chart can't be drawn.
    pub fn draw(self, tables: &Tables) -> Result<Chart> {
        let title = "What the articles put on which day";
        let mut items = items(tables);
        let background = items.iter().filter(|i| i.is_background).count() as u64;
        if !self.background {
            items.retain(|i| !i.is_background);
        }
        let palette = Palette::of(tables);
        let mut notes = Vec::new();
        let rows = items.len() <= MOST;
        let shows = if rows {
            "One row a dated figure or a sentence with a date, in the order of the days, coloured by source. Bars are dates known less finely than a day."
        } else {
            "How often the articles speak of a day: dated figures and sentences with a date, by source."
        };
        let mut page = Page::new(title, shows);
        let days = |limit| {
            Days::over(items.iter().flat_map(|i| [i.from, if rows { i.to } else { i.from }]).map(|d| (Some(d), String::new)), limit)
        };
        if items.is_empty() {
            page.paragraph("Nothing is put on a day.", 14, false, GREY);
        } else if rows {
            let days = days(PLOT);
            draw(&mut page, &items, &days, &palette);
            notes.extend(days.note());
        } else {
            let days = days(super::over_time::PLOT);
            let mut strips = Strips::new("mention", &days, &palette);
            items.iter().for_each(|i| strips.add(source_of(i.document), Some(i.from), &i.behind()));
            notes.extend(strips.draw(&mut page));
        }
        let left_out = if self.background { String::new() } else { format!(" Left out as background: {}.", many(background, "date")) };
        notes.push(format!("Relative dates (“on Sunday”) are read against the day of publication. A figure stands on the day its text gives for the event.{left_out}"));
        Chart::new(title, page.finish(tables, &notes), data(&items), alt(&items))
    }
}

/// All that has a day, by day.
fn items(tables: &Tables) -> Vec<Item<'_>> {
    let documents: HashMap<&str, &DocumentRow> =
        tables.documents.iter().filter(|d| d.duplicate_of.is_none()).map(|d| (d.doc_id.as_str(), d)).collect();
    let sentences: HashMap<&str, &SentenceRow> = tables.sentences.iter().map(|s| (s.sentence_id.as_str(), s)).collect();
    let sentence = |id: &Option<SmolStr>| id.as_deref().and_then(|id| sentences.get(id)).copied();
    let published = || documents.values().filter_map(|d| d.published);
    let window = published()
        .min()
        .zip(published().max())
        .and_then(|(first, last)| Some(first.checked_sub_days(Span::new(AROUND))?..=last.checked_add_days(Span::new(AROUND))?));
    let is_background =
        |from: NaiveDate, known: Option<Precision>| !Unit::Month.holds(known) || window.as_ref().is_some_and(|w| !w.contains(&from));
    let mut items: Vec<Item<'_>> = Vec::new();
    for c in tables.claims.iter().filter(|c| !c.hypothetical) {
        let (Some(from), Some(&document)) = (c.event_start, documents.get(c.doc_id.as_str())) else { continue };
        items.push(Item {
            from,
            to: c.event_end.unwrap_or(from),
            known: c.event_precision,
            document,
            sentence: sentence(&c.sentence_id),
            words: format!("{} {}: {}", c.text, c.victims_text.as_deref().unwrap_or_default(), c.kind).replace(" :", ":"),
            is_figure: true,
            is_background: c.scope == Scope::Background || is_background(from, c.event_precision),
        });
    }
    for d in &tables.dates {
        let (Some(from), Some(&document)) = (d.date_start, documents.get(d.doc_id.as_str())) else { continue };
        let to = d.date_end.unwrap_or(from);
        let sentence = sentence(&d.sentence_id);
        // Two words for one day in one sentence are one row.
        let again = items.iter().rev().take(8).any(|i| !i.is_figure && i.from == from && i.sentence.is_some() && i.sentence == sentence);
        if !again {
            items.push(Item {
                from,
                to,
                known: d.precision,
                document,
                sentence,
                words: d.text.to_string(),
                is_figure: false,
                is_background: is_background(from, d.precision),
            });
        }
    }
    items.sort_by_key(|i| (i.from, i.to, !i.is_figure));
    items
}

impl Item<'_> {
    /// The day as finely as it is known.
    fn day(&self) -> String {
        let finer = self.known.filter(|k| matches!(k, Precision::Year | Precision::Month));
        dated(self.from, finer)
    }

    fn behind(&self) -> Behind {
        Behind::one(&self.document.doc_id, self.sentence.map(|s| s.sentence_id.as_str()))
    }

    /// The figure, or the sentence.
    fn says(&self) -> String {
        match self.sentence {
            Some(s) if !self.is_figure => s.text.to_string(),
            _ => self.words.clone(),
        }
    }
}

fn draw(page: &mut Page, items: &[Item<'_>], days: &Days, palette: &Palette) {
    let sources = items.iter().map(|i| source_of(i.document)).collect();
    page.key(&Key::default().with_sources(palette, &sources));
    let top = page.y;
    for (x, _) in days.ticks() {
        page.scene.line([(x, top), (x, top + ROW * i32::try_from(items.len()).unwrap_or(0))], 1, GRID);
    }
    let mut last = String::new();
    for item in items {
        let (y, name) = (page.y + ROW / 2, source_of(item.document));
        let (shape, paint) = (palette.place(name).unwrap_or(0), palette.source(name));
        let day = item.day();
        if day != last {
            page.scene.line([(MARGIN, page.y), (WORDS.1, page.y)], 1, GRID);
            page.cell((MARGIN, y), PLOT.0 - MARGIN - 4, &day, BOLD);
            last = day;
        }
        let middle = |d: NaiveDate| {
            let (from, to) = days.span(days.column(Some(d)));
            (from + to) / 2
        };
        let (from, to) = (middle(item.from), middle(item.to));
        if to > from {
            page.scene.rect((from, y - 3), (to, y + 3), super::palette::tint(paint, 0.5));
        }
        page.scene.mark(shape, (from, y), 5, false, paint);
        let says = item.says();
        page.cell((WORDS.0, y), WORDS.1 - WORDS.0, &says, if item.is_figure { PLAIN } else { FAINT });
        page.scene.spot(
            (PLOT.0 - 8, y - ROW / 2 + 1),
            (WORDS.1, y + ROW / 2 - 1),
            format!("{}: {says}, in {name}", item.day()),
            item.behind(),
        );
        page.y += ROW;
    }
    page.ticks(&days.ticks());
}

fn data(items: &[Item<'_>]) -> Table {
    let rows = || items.iter();
    Table::default()
        .text("day", rows().map(|i| Some(i.day())))
        .text("from", rows().map(|i| Some(i.from.to_string())))
        .text("to", rows().map(|i| Some(i.to.to_string())))
        .text("precision", rows().map(|i| i.known.map(Precision::as_str)))
        .text("what", rows().map(|i| Some(if i.is_figure { "figure" } else { "sentence" })))
        .text("words", rows().map(|i| Some(i.words.clone())))
        .text("sentence", rows().map(|i| i.sentence.map(|s| s.text.to_string())))
        .text("source", rows().map(|i| Some(source_of(i.document))))
        .text("doc_id", rows().map(|i| Some(i.document.doc_id.clone())))
        .text("sentence_id", rows().map(|i| i.sentence.map(|s| s.sentence_id.clone())))
        .text("background", rows().map(|i| Some(i.is_background.to_string())))
}

fn alt(items: &[Item<'_>]) -> String {
    if items.is_empty() {
        return "Nothing is put on a day.".to_owned();
    }
    let first = items.iter().take(12).map(|i| format!("{}: “{}” ({}).", i.day(), i.says(), source_of(i.document)));
    format!("{} with a day. {}", many(items.len() as u64, "mention"), first.collect::<Vec<_>>().join(" "))
}
