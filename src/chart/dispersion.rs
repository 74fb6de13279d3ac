//! Where in an article its loaded terms stand.

use std::collections::{BTreeMap, HashMap};

use super::Chart;
use super::page::{BOLD, FAINT, MARGIN, Page, WIDTH};
use super::palette::{GREY, GRID, Paint, Palette, tint};
use super::scene::Scene;
use super::spot::Behind;
use crate::error::Result;
use crate::tables::{DocumentRow, Tables};
use crate::tally::{Table, many, source_of, whose};
use crate::vocabulary::Frame;

/// The most sources that get strips of their own; the smaller ones share the last.
const MOST: usize = 8;
/// A strip: own words upwards from its middle, others' downwards.
const ROW: i32 = 34;
const HALF: i32 = 13;
const NAME: (i32, i32) = (MARGIN + 10, 230);
const PLOT: (i32, i32) = (MARGIN + 260, WIDTH - MARGIN - 130);
/// The parts an article is cut into.
const PARTS: i32 = 100;

/// Draws where the terms of each frame stand between the first and the last word of their articles, by source: own words upwards, words that
/// are quoted, reported or in scare quotes downwards.
///
/// # Errors
/// If the chart can't be drawn.
pub fn dispersion(tables: &Tables) -> Result<Chart> {
    let title = "Where in the articles the loaded terms stand";
    let documents: HashMap<&str, &DocumentRow> =
        tables.documents.iter().filter(|d| d.duplicate_of.is_none()).map(|d| (d.doc_id.as_str(), d)).collect();
    let (sources, pooled) = super::rhetoric::sources(tables, MOST);
    let palette = Palette::of(tables);
    // By frame, row, part of the article and whether in own words.
    let mut counts: BTreeMap<(Frame, usize, i32, bool), u64> = BTreeMap::new();
    let mut behind: BTreeMap<(Frame, usize, i32, bool), Behind> = BTreeMap::new();
    for term in &tables.terms {
        let Some(d) = documents.get(term.doc_id.as_str()) else { continue };
        let row = sources.iter().position(|s| s == source_of(d)).unwrap_or(sources.len().saturating_sub(1));
        let part = (term.start as f64 / d.text.len().max(1) as f64 * f64::from(PARTS)) as i32;
        let key = (term.frame, row, part.clamp(0, PARTS - 1), whose(term.voice) == "own");
        *counts.entry(key).or_default() += 1;
        behind.entry(key).or_default().add(&term.doc_id, term.sentence_id.as_deref());
    }
    let shows = "Left is an article’s beginning, right its end. Marks above a line are the article’s own words, marks below it words quoted, reported or in scare quotes.";
    let mut page = Page::new(title, shows);
    let mut notes = Vec::new();
    let most = counts.values().copied().max().unwrap_or(0);
    if most == 0 {
        page.paragraph("No loaded terms were found.", 14, false, GREY);
    } else {
        notes.push(format!(
            "Articles of a source lie over each other, cut into {PARTS} parts; the highest mark is {}.",
            many(most, "occurrence")
        ));
    }
    for &frame in Frame::ALL.iter().filter(|_| most > 0) {
        let of_frame: u64 = counts.iter().filter(|(k, _)| k.0 == frame).map(|(_, n)| n).sum();
        page.cell(
            (MARGIN, page.y + 10),
            WIDTH - 2 * MARGIN,
            &format!("{} — {}", super::rhetoric::name(frame), many(of_frame, "occurrence")),
            BOLD,
        );
        page.y += 24;
        for (row, source) in sources.iter().enumerate() {
            let of: Vec<(i32, bool, u64)> =
                counts.range((frame, row, 0, false)..=(frame, row, PARTS, true)).map(|(k, &n)| (k.2, k.3, n)).collect();
            if !of.is_empty() {
                let middle = page.y + ROW / 2;
                for &(part, own, n) in &of {
                    let whose = if own { "own words" } else { "words of others" };
                    let says = format!("{}, {source}, {whose}, at {part} %: {}", super::rhetoric::name(frame), many(n, "occurrence"));
                    let x = at(part);
                    let (top, bottom) = if own { (middle - HALF, middle - 1) } else { (middle + 1, middle + HALF) };
                    page.scene.spot((x - 1, top), (x + 5, bottom), says, behind.get(&(frame, row, part, own)).cloned().unwrap_or_default());
                }
                strip(&mut page, source, palette.source(source), &of, most);
            }
        }
        page.y += 8;
    }
    if most > 0 {
        let third = (PLOT.1 - PLOT.0) / 2;
        page.ticks(&[(PLOT.0 + 20, "beginning".to_owned()), (PLOT.0 + third, "middle".to_owned()), (PLOT.1 - 12, "end".to_owned())]);
    }
    if pooled > 0 {
        notes.push(format!("The {pooled} sources with the fewest tokens share one strip."));
    }
    let table = {
        let rows = || counts.iter();
        Table::default()
            .text("frame", rows().map(|(k, _)| Some(k.0.as_str())))
            .text("source", rows().map(|(k, _)| sources.get(k.1).cloned()))
            .count("part", rows().map(|(k, _)| u64::from(k.2.unsigned_abs()) + 1))
            .count("parts", rows().map(|_| u64::from(PARTS.unsigned_abs())))
            .text("own_words", rows().map(|(k, _)| Some(k.3.to_string())))
            .count("count", rows().map(|(_, n)| *n))
    };
    let alt = alt(&counts, &sources);
    Chart::new(title, page.finish(tables, &notes), table, alt)
}

fn at(part: i32) -> i32 {
    PLOT.0 + (PLOT.1 - PLOT.0) * part / PARTS
}

fn strip(page: &mut Page, source: &str, paint: Paint, marks: &[(i32, bool, u64)], most: u64) {
    let middle = page.y + ROW / 2;
    page.source((NAME.0, middle), NAME.1, source, paint);
    page.scene.line([(PLOT.0, middle), (PLOT.1, middle)], 1, GRID);
    for &(part, own, n) in marks {
        draw(&mut page.scene, (at(part), middle), own, n as f64 / most as f64, paint);
    }
    let (own, others) = marks.iter().fold((0, 0), |(own, others), m| if m.1 { (own + m.2, others) } else { (own, others + m.2) });
    page.cell((PLOT.1 + 14, middle), WIDTH - MARGIN - PLOT.1 - 14, &format!("{own} own, {others} others’"), FAINT);
    page.y += ROW;
}

fn draw(scene: &mut Scene, (x, middle): (i32, i32), own: bool, share: f64, paint: Paint) {
    let high = (f64::from(HALF) * share).round().max(5.0) as i32;
    if own {
        scene.rect((x, middle - high), (x + 4, middle - 1), paint);
    } else {
        scene.rect((x, middle + 1), (x + 4, middle + high), tint(paint, 0.55));
    }
}

fn alt(counts: &BTreeMap<(Frame, usize, i32, bool), u64>, sources: &[String]) -> String {
    if counts.is_empty() {
        return "No loaded terms were found.".to_owned();
    }
    let mut thirds: BTreeMap<(Frame, usize), [u64; 3]> = BTreeMap::new();
    for (&(frame, row, part, _), n) in counts {
        thirds.entry((frame, row)).or_default()[(part * 3 / PARTS).clamp(0, 2) as usize] += n;
    }
    let rows = thirds.iter().map(|(&(frame, row), [first, second, last])| {
        let source = sources.get(row).map_or("", String::as_str);
        format!("{}, {source}: {first} in the first third, {second} in the second, {last} in the last.", super::rhetoric::name(frame))
    });
    format!("Places of loaded terms. {}", rows.collect::<Vec<_>>().join(" "))
}
