//! Loaded terms: how often each source uses which frame, in own words and in quotations.

use std::collections::{BTreeMap, HashMap};

use super::Chart;
use super::axis::Axis;
use super::page::{BOLD, FAINT, Key, MARGIN, Page, WIDTH};
use super::palette::{GREY, Paint, Palette};
use super::scene::Scene;
use super::spot::Behind;
use crate::error::Result;
use crate::tables::{DocumentRow, Tables};
use crate::tally::{self, Rate, many};
use crate::vocabulary::Frame;

/// The most sources that get rows of their own; the smaller ones share the last.
const MOST: usize = 8;
/// The height of a mark's line, and what a source's rows have around them.
const LINE: i32 = 18;
const PAD: i32 = 8;
const NAME: (i32, i32) = (MARGIN + 10, 230);
const PLOT: (i32, i32) = (MARGIN + 260, WIDTH - MARGIN - 190);
const COUNTS: (i32, i32) = (WIDTH - MARGIN - 170, 170);
const WHOSE: [&str; 3] = ["own", "quoted", "scare"];

/// Draws the rate of each frame's terms per 1,000 tokens with its exact interval, by source and by whose words they are.
///
/// # Errors
/// If the chart can't be drawn.
pub fn rhetoric(tables: &Tables) -> Result<Chart> {
    let title = "Loaded terms per 1,000 tokens, in own words and in others’";
    let rates = tally::rates(tables).by("frame").by("source").by("whose").count()?;
    let (sources, pooled) = sources(tables, MOST);
    let palette = Palette::of(tables);
    let counted = pool(&rates.rows, &sources);
    let documents: HashMap<&str, &DocumentRow> =
        tables.documents.iter().filter(|d| d.duplicate_of.is_none()).map(|d| (d.doc_id.as_str(), d)).collect();
    let mut behind = Rows::new();
    for term in &tables.terms {
        let Some(d) = documents.get(term.doc_id.as_str()) else { continue };
        let key = (term.frame.to_string(), row_of(tally::source_of(d), &sources).to_owned(), tally::whose(term.voice).to_owned());
        behind.entry(key).or_default().add(&term.doc_id, term.sentence_id.as_deref());
    }

    let shows = "A frame is what a word does to those it names, whoever says it. Marks are occurrences per 1,000 tokens of the source; lines are exact 95 % intervals, beside them the rate and the count.";
    let mut page = Page::new(title, shows);
    let mut notes = Vec::new();
    if tables.terms.is_empty() {
        page.paragraph("No loaded terms were found.", 14, false, GREY);
    } else {
        let sample = |whose| move |s: &mut Scene, x: i32, y: i32| mark(s, whose, (x + 14, y), GREY);
        let key = Key::default().with("in the article’s own voice", sample("own")).with("quoted or reported", sample("quoted"));
        page.key(&key.with("in scare quotes", sample("scare")));
        let largest = counted.values().filter_map(|r| r.high).fold(0.0, f64::max);
        let axis = Axis::linear(largest, PLOT);
        for &frame in Frame::ALL {
            panel(&mut page, frame, &sources, (&counted, &behind), &axis, &palette);
        }
        notes.push(
            "The denominator is all tokens of the source, in every voice. Intervals are for chance alone, as if occurrences were independent; no mark means none was met."
                .to_owned(),
        );
    }
    if pooled > 0 {
        notes.push(format!("The {pooled} sources with the fewest tokens share the last row of each frame."));
    }
    let alt = alt(tables, &sources, &counted);
    Chart::new(title, page.finish(tables, &notes), rates.table(), alt)
}

type Counted = BTreeMap<(String, String, String), Rate>;

/// The names of rows, those with most tokens first, and how many sources share the last.
pub(super) fn sources(tables: &Tables, most: usize) -> (Vec<String>, usize) {
    let mut rows = tally::coverage(tables).rows;
    rows.sort_by_key(|r| std::cmp::Reverse(r.tokens.all()));
    let mut names: Vec<String> = rows.into_iter().map(|r| r.source).collect();
    if names.len() <= most {
        return (names, 0);
    }
    let pooled = names.len() - (most - 1);
    names.truncate(most - 1);
    names.push(format!("{pooled} other sources"));
    (names, pooled)
}

/// The row of a source: its own, or the last.
fn row_of<'s>(source: &'s str, sources: &'s [String]) -> &'s str {
    if sources.iter().any(|s| s == source) { source } else { sources.last().map_or(source, String::as_str) }
}

/// The rates by frame, row and whose words; the sources without a row of their own added up.
fn pool(rates: &[Rate], sources: &[String]) -> Counted {
    let mut sums: BTreeMap<(String, String, String), (u64, u64, u64)> = BTreeMap::new();
    for r in rates {
        let [frame, source, whose] = r.group.as_slice() else { continue };
        let row = row_of(source, sources).to_owned();
        let sum = sums.entry((frame.clone(), row, whose.clone())).or_default();
        *sum = (sum.0 + r.count, sum.1 + r.tokens, sum.2 + r.documents);
    }
    sums.into_iter().map(|(key, (count, tokens, documents))| (key, Rate::new(Vec::new(), count, tokens, documents))).collect()
}

type Rows = BTreeMap<(String, String, String), Behind>;

fn panel(page: &mut Page, frame: Frame, sources: &[String], (counted, behind): (&Counted, &Rows), axis: &Axis, palette: &Palette) {
    let of = |source: &str| -> Vec<(&str, &Rate)> {
        let rate = |whose| Some((whose, counted.get(&(frame.to_string(), source.to_owned(), String::from(whose)))?));
        WHOSE.into_iter().filter_map(rate).filter(|r| r.1.count > 0).collect()
    };
    let rows: Vec<(&String, Vec<(&str, &Rate)>)> = sources.iter().map(|s| (s, of(s))).collect();
    let all: u64 = rows.iter().flat_map(|r| &r.1).map(|r| r.1.count).sum();
    page.cell((MARGIN, page.y + 10), WIDTH - 2 * MARGIN, &format!("{} — {}", name(frame), many(all, "occurrence")), BOLD);
    page.y += 24;
    if all == 0 {
        return;
    }
    let lines = |n: usize| i32::try_from(n.max(1)).unwrap_or(1) * LINE;
    let top = page.y;
    page.y += rows.iter().map(|r| lines(r.1.len()) + PAD).sum::<i32>();
    page.axis(axis, top);
    let below = page.y;
    page.y = top;
    for (source, rates) in rows {
        let (colour, high) = (palette.source(source), lines(rates.len()) + PAD);
        page.source((NAME.0, page.y + high / 2), NAME.1, source, colour);
        let mut y = page.y + (PAD + LINE) / 2;
        if rates.is_empty() {
            page.cell((COUNTS.0, y), COUNTS.1, "none met", FAINT);
        }
        for (whose, rate) in rates {
            let (Some(value), Some(low), Some(high)) = (rate.rate, rate.low, rate.high) else { continue };
            page.scene.line([(axis.at(low), y), (axis.at(high), y)], 1, colour);
            mark(&mut page.scene, whose, (axis.at(value), y), colour);
            page.cell((COUNTS.0, y), COUNTS.1, &format!("{whose} {value:.1}  ({}×)", rate.count), FAINT);
            let rows = behind.get(&(frame.to_string(), source.clone(), whose.to_owned())).cloned().unwrap_or_default();
            let says =
                format!("{}, {source}, {}: {value:.1} per 1,000 tokens, {}", name(frame), in_words(whose), many(rate.count, "occurrence"));
            page.scene.spot((PLOT.0, y - LINE / 2 + 1), (COUNTS.0 + COUNTS.1, y + LINE / 2 - 1), says, rows);
            y += LINE;
        }
        page.y += high;
    }
    page.y = below + 8;
}

fn mark(scene: &mut Scene, whose: &str, at: (i32, i32), colour: Paint) {
    match whose {
        "own" => scene.disc(at, 4, colour),
        "quoted" => scene.ring(at, 4, colour),
        _ => scene.diamond(at, 4, colour),
    }
}

fn in_words(whose: &str) -> &'static str {
    match whose {
        "own" => "in own words",
        "quoted" => "quoted or reported",
        _ => "in scare quotes",
    }
}

/// A frame's name as a reader says it.
pub(super) fn name(frame: Frame) -> String {
    frame.as_str().replace('_', " ")
}

fn alt(tables: &Tables, sources: &[String], counted: &Counted) -> String {
    if tables.terms.is_empty() {
        return "No loaded terms were found.".to_owned();
    }
    let mut out = "Rates of loaded terms per 1,000 tokens.".to_owned();
    for &frame in Frame::ALL {
        for source in sources {
            let parts: Vec<String> = WHOSE
                .iter()
                .filter_map(|whose| {
                    let rate = counted.get(&(frame.to_string(), source.clone(), String::from(*whose)))?;
                    (rate.count > 0).then(|| format!("{whose} {:.2} ({} of {} tokens)", rate.rate.unwrap_or(0.0), rate.count, rate.tokens))
                })
                .collect();
            if !parts.is_empty() {
                out += &format!(" {}, {source}: {}.", name(frame), parts.join(", "));
            }
        }
    }
    out
}
