//! Which words tell two sides apart: log-odds to the left and to the right of none.

use std::collections::HashMap;

use super::Chart;
use super::axis::Axis;
use super::page::{BOLD, FAINT, MARGIN, PLAIN, Page, WIDTH};
use super::palette::{GREY, INK, Paint, Palette, tint};
use super::spot::Behind;
use crate::error::Result;
use crate::tables::Tables;
use crate::tally::{self, Key, KeyTable, many};

/// The most words of a side.
const MOST: usize = 15;
const ROW: i32 = 20;
const WORD: (i32, i32) = (MARGIN + 10, 190);
const PLOT: (i32, i32) = (MARGIN + 220, WIDTH - MARGIN - 190);
/// The normal quantile of a 95 % interval.
const Z: f64 = 1.959_964;

/// Draws a comparison: the words that tell the sides apart most surely, each with its log-odds and their 95 % interval. `of` and `against` name
/// the sides; a side named like a source has its colour.
///
/// # Errors
/// If the chart can't be drawn.
pub fn keyness(tables: &Tables, compared: &KeyTable, of: &str, against: &str) -> Result<Chart> {
    let title = format!("Words more frequent in {of} or in {against}");
    let palette = Palette::of(tables);
    let side = |name: &str, other: Paint| palette.place(name).map_or(other, |_| palette.source(name));
    let colours = (side(of, INK), side(against, GREY));
    let known = |k: &&Key| k.log_odds.is_some_and(|l| l.delta != 0.0);
    let half = |right: bool| {
        let of_side = move |k: &&Key| known(k) && k.log_odds.is_some_and(|l| (l.delta > 0.0) == right);
        let mut rows: Vec<&Key> = compared.rows.iter().filter(of_side).take(MOST).collect();
        rows.sort_by(|a, b| delta(b).total_cmp(&delta(a)));
        rows
    };
    let rows: Vec<&Key> = half(true).into_iter().chain(half(false)).collect();

    let shows = format!(
        "Log-odds with a prior pooled over both sides; lines are 95 % intervals, filled marks those that leave out none. To the right: more in {of}. To the left: more in {against}."
    );
    let mut page = Page::new(&title, &shows);
    let mut notes = vec![compared.sentence()];
    if rows.is_empty() {
        page.paragraph("No word is frequent enough to be compared.", 14, false, GREY);
    } else {
        let largest = rows.iter().flat_map(|k| [interval(k).0.abs(), interval(k).1.abs()]).fold(0.1, f64::max);
        let axis = Axis::about_zero(largest, PLOT);
        page.cell((PLOT.0, page.y + 10), (PLOT.1 - PLOT.0) / 2 - 10, &format!("← {against}"), BOLD);
        page.cell((axis.at(0.0) + 10, page.y + 10), (PLOT.1 - PLOT.0) / 2 - 10, &format!("{of} →"), BOLD);
        let counts = WIDTH - MARGIN - PLOT.1 - 14;
        page.cell((PLOT.1 + 14, page.y + 10), counts, "times in each", FAINT);
        page.y += 24;
        let top = page.y;
        page.y += ROW * i32::try_from(rows.len()).unwrap_or(0);
        page.axis(&axis, top);
        let below = page.y;
        page.y = top;
        page.scene.line([(axis.at(0.0), top), (axis.at(0.0), below - 24)], 1, GREY);
        let behind = places(tables, &rows);
        for key in &rows {
            let (low, high) = interval(key);
            let colour = if delta(key) > 0.0 { colours.0 } else { colours.1 };
            let y = page.y + ROW / 2;
            page.cell((WORD.0, y), WORD.1, &key.word, PLAIN);
            let (from, to) = (axis.at(0.0).min(axis.at(delta(key))), axis.at(0.0).max(axis.at(delta(key))));
            page.scene.rect((from, y - 5), (to, y + 5), tint(colour, 0.35));
            page.scene.line([(axis.at(low), y), (axis.at(high), y)], 1, colour);
            page.scene.mark(0, (axis.at(delta(key)), y), 4, low < 0.0 && high > 0.0, colour);
            page.cell((PLOT.1 + 14, y), counts, &format!("{} : {}", tally::grouped(key.cells.a), tally::grouped(key.cells.b)), FAINT);
            let says = format!("“{}”: {} in {of}, {} in {against}", key.word, tally::grouped(key.cells.a), tally::grouped(key.cells.b));
            let rows = behind.get(key.word.as_str()).cloned().unwrap_or_default();
            page.scene.spot((WORD.0, y - ROW / 2 + 1), (WIDTH - MARGIN, y + ROW / 2 - 1), says, rows);
            page.y += ROW;
        }
        page.y = below;
        let (n1, n2) = (rows[0].cells.n1, rows[0].cells.n2);
        notes.push(format!("Out of {} in {of} and {} in {against}. Intervals are for chance alone.", many(n1, "word"), many(n2, "word")));
        if rows.len() < compared.rows.iter().filter(known).count() {
            notes.push(format!("Of each side the {MOST} words with the largest z; all are in the CSV."));
        }
    }
    let alt = alt(&rows, of, against);
    Chart::new(&title, page.finish(tables, &notes), compared.table(), alt)
}

/// The article's own words against those of others, in the language that has most documents.
pub(super) fn own_against_others(tables: &Tables) -> Result<Chart> {
    let language = &*tally::main_language(tables);
    let compared = tally::keyness(tables)
        .of("whose", "own")
        .of("language", language)
        .against("whose", "quoted")
        .against("language", language)
        .count()?;
    let side = |whose: &str| if language.is_empty() { whose.to_owned() } else { format!("{whose} ({language})") };
    keyness(tables, &compared, &side("own words"), &side("words of others"))
}

/// The sentences in which each word stands, on either side.
fn places<'k>(tables: &Tables, keys: &[&'k Key]) -> HashMap<&'k str, Behind> {
    let counted: std::collections::HashSet<&str> =
        tables.documents.iter().filter(|d| d.duplicate_of.is_none()).map(|d| d.doc_id.as_str()).collect();
    let mut places: HashMap<&str, Behind> = keys.iter().map(|k| (k.word.as_str(), Behind::default())).collect();
    for s in tables.sentences.iter().filter(|s| counted.contains(s.doc_id.as_str())) {
        for token in crate::text::tokens(&s.text, 0) {
            let word = token.span.of(&s.text).to_lowercase().replace('’', "'");
            if let Some(behind) = places.get_mut(word.as_str()) {
                behind.add(&s.doc_id, Some(&s.sentence_id));
            }
        }
    }
    places
}

fn delta(k: &Key) -> f64 {
    k.log_odds.map_or(0.0, |l| l.delta)
}

/// The 95 % interval of the log-odds, from their z.
fn interval(k: &Key) -> (f64, f64) {
    let half = k.log_odds.filter(|l| l.z != 0.0).map_or(0.0, |l| Z * (l.delta / l.z).abs());
    (delta(k) - half, delta(k) + half)
}

fn alt(rows: &[&Key], of: &str, against: &str) -> String {
    if rows.is_empty() {
        return "No word is frequent enough to be compared.".to_owned();
    }
    let side = |right: bool| {
        let words = rows.iter().filter(|k| (delta(k) > 0.0) == right);
        let words: Vec<_> = words.map(|k| format!("{} ({:.1}, {} to {})", k.word, delta(k), k.cells.a, k.cells.b)).collect();
        if words.is_empty() { "none".to_owned() } else { words.join(", ") }
    };
    format!("More in {of}: {}. More in {against}: {}.", side(true), side(false))
}
