//! What each source gave, and in whose voice.

use std::collections::BTreeMap;

use super::Chart;
use super::axis::Axis;
use super::page::{BOLD, FAINT, Key, MARGIN, Page, WIDTH};
use super::palette::{GREY, Paint, Palette, tint};
use super::scene::Scene;
use super::spot::Behind;
use crate::error::Result;
use crate::tables::Tables;
use crate::tally::{self, SourceCoverage, Tokens, many};

/// The most sources that get a bar of their own; the smaller ones share the last.
const MOST: usize = 60;
const BAR: (i32, i32) = (MARGIN, WIDTH - MARGIN - 8);

/// How strong a source's colour is for each voice.
const OWN: f64 = 1.0;
const INDIRECT: f64 = 0.55;
const DIRECT: f64 = 0.25;

/// Draws the documents, sentences and tokens of each source, the tokens by voice.
///
/// # Errors
/// If the chart can't be drawn.
pub fn coverage(tables: &Tables) -> Result<Chart> {
    let title = "What each source gave, and in whose voice";
    let coverage = tally::coverage(tables);
    let mut rows = coverage.rows.clone();
    rows.sort_by_key(|r| std::cmp::Reverse(r.tokens.all()));
    let pooled = pool(&mut rows);
    // The smallest sources share the last bar.
    let rest = rows.last().filter(|_| pooled > 0).map(|r| r.source.clone());
    let own: std::collections::BTreeSet<&str> = rows.iter().map(|r| r.source.as_str()).collect();
    let mut documents: BTreeMap<&str, Behind> = BTreeMap::new();
    for d in tables.documents.iter().filter(|d| d.duplicate_of.is_none()) {
        let source = tally::source_of(d);
        let row = if own.contains(source) { source } else { rest.as_deref().unwrap_or(source) };
        documents.entry(row).or_default().add(&d.doc_id, None);
    }
    let palette = Palette::of(tables);

    let shows = "Tokens (words, numbers and marks in sentences) of each source, by whose voice they stand in.";
    let mut page = Page::new(title, shows);
    let sample = |strength: f64| move |scene: &mut Scene, x: i32, y: i32| scene.rect((x, y - 6), (x + 28, y + 6), tint(GREY, strength));
    let key = Key::default().with("the article’s own voice", sample(OWN)).with("reported in other words", sample(INDIRECT));
    page.key(&key.with("quoted word for word", sample(DIRECT)));
    #[allow(clippy::cast_precision_loss)]
    let axis = Axis::linear(rows.iter().map(|r| r.tokens.all()).max().unwrap_or(0) as f64, BAR);
    let top = page.y;
    // The grid lies under the bars, so room for the rows is taken first.
    let height = i32::try_from(rows.len()).unwrap_or(0) * ROW;
    page.y += height + 4;
    page.axis(&axis, top);
    let below = page.y;
    page.y = top;
    for row in &rows {
        let behind = documents.get(row.source.as_str()).cloned().unwrap_or_default();
        page.scene.spot(
            (MARGIN, page.y + 4),
            (WIDTH - MARGIN, page.y + 40),
            format!("{}: {}", row.source, many(row.documents, "document")),
            behind,
        );
        draw(&mut page, row, palette.source(&row.source), &axis);
    }
    page.y = below;
    let notes = if pooled > 0 { vec![format!("The {pooled} sources with the fewest tokens share the last bar.")] } else { Vec::new() };
    Chart::new(title, page.finish(tables, &notes), coverage.table(), alt(&rows))
}

const ROW: i32 = 46;

/// One source: its name and numbers, its bar under them.
fn draw(page: &mut Page, row: &SourceCoverage, colour: Paint, axis: &Axis) {
    let text = page.y + 12;
    let numbers = format!(
        "{}, {}, {}{}",
        many(row.documents, "document"),
        many(row.sentences, "sentence"),
        many(row.tokens.all(), "token"),
        voices(row.tokens)
    );
    let room = WIDTH - 2 * MARGIN;
    let wide = super::font::width(&numbers, super::page::SIZE, false);
    let name = super::font::fit(&row.source, super::page::SIZE, true, room - wide - 24);
    let right = MARGIN + super::font::width(&name, super::page::SIZE, true) + 12;
    page.scene.rect((MARGIN, text - 8), (right + wide + 6, text + 9), super::palette::PAPER); // keeps grid lines out of the words
    page.cell((MARGIN, text), room, &name, BOLD);
    page.cell((right, text), WIDTH - MARGIN - right, &numbers, FAINT);
    let mut from = 0;
    for (tokens, strength) in [(row.tokens.own, OWN), (row.tokens.indirect, INDIRECT), (row.tokens.direct, DIRECT)] {
        #[allow(clippy::cast_precision_loss)]
        let x = |n: u64| axis.at(n as f64);
        if tokens > 0 {
            page.scene.rect((x(from), page.y + 23), (x(from + tokens).max(x(from) + 1), page.y + 39), tint(colour, strength));
        }
        from += tokens;
    }
    page.y += ROW;
}

fn voices(t: Tokens) -> String {
    #[allow(clippy::cast_precision_loss)]
    let percent = |n: u64| format!("{:.0}", 100.0 * n as f64 / t.all() as f64);
    if t.all() == 0 {
        return String::new();
    }
    format!(" — {} % own voice, {} % reported, {} % quoted", percent(t.own), percent(t.indirect), percent(t.direct))
}

/// Joins the smallest sources beyond the room into one row; gives how many.
fn pool(rows: &mut Vec<SourceCoverage>) -> usize {
    if rows.len() <= MOST {
        return 0;
    }
    let rest = tally::Coverage { rows: rows.split_off(MOST - 1), duplicates: 0 };
    rows.push(SourceCoverage { source: format!("{} other sources", rest.rows.len()), ..rest.total() });
    rest.rows.len()
}

fn alt(rows: &[SourceCoverage]) -> String {
    let sentences = rows.iter().map(|r| {
        format!(
            "{}: {}, {}, {}{}.",
            r.source,
            many(r.documents, "document"),
            many(r.sentences, "sentence"),
            many(r.tokens.all(), "token"),
            voices(r.tokens)
        )
    });
    format!("Bars of tokens by source and voice. {}", sentences.collect::<Vec<_>>().join(" "))
}
