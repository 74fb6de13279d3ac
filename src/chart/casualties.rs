//! The figures on people harmed, one mark a figure, with who said so.

use chrono::NaiveDate;
use plotters::style::RGBColor;

use super::Chart;
use super::axis::Axis;
use super::page::{BOLD, FAINT, MARGIN, PLAIN, Page, WIDTH};
use super::palette::{GREY, Palette, tint};
use super::scene::Scene;
use crate::error::Result;
use crate::tables::{ClaimRow, DocumentRow, Tables};
use crate::tally::{self, HARM, Table, grouped, many, source_of};
use crate::vocabulary::{Bound, ClaimKind, Voice};

/// The most figures of a kind that are drawn; the latest reports are.
const MOST: usize = 24;
const SOURCE_ROW: i32 = 24;
const ROW: i32 = 38;
/// Columns: the figure with who said so under it, and the plot.
const WORDS: (i32, i32) = (MARGIN + 27, 343);
const PLOT: (i32, i32) = (MARGIN + 384, WIDTH - MARGIN - ARROW - 8);
/// How far the arrow of an open figure reaches.
const ARROW: i32 = 40;

type Reported<'t> = (&'t ClaimRow, &'t DocumentRow);

/// Draws the reported numbers of people killed, injured, detained, missing and displaced, one row a figure. Figures on
/// earlier events and supposed ones are left out, and the footer says how many.
///
/// # Errors
/// If the chart can't be drawn.
pub fn casualties(tables: &Tables) -> Result<Chart> {
    let title = "People reported killed, injured and detained, and who said so";
    let all: Vec<Reported<'_>> = sorted(tables);
    let palette = Palette::of(tables);
    let retracted: Vec<&str> = tables.claims.iter().filter_map(|c| c.retracts.as_deref()).collect();

    let shows = "Each row is one figure as one article gives it: in its own words, said by whom, reported on which day. Rows are grouped by source.";
    let mut page = Page::new(title, shows);
    let mut notes = Vec::new();
    if all.is_empty() {
        page.paragraph("No figures on people harmed were found.", 14, false, GREY);
    } else {
        page.key(&[
            ("the number given", &|s, x, y| s.disc((x + 14, y), 5, GREY)),
            ("at least, more than", &|s, x, y| {
                s.arrow((x + 5, y), (x + 28, y), GREY);
                s.disc((x + 5, y), 5, GREY);
            }),
            ("a range, or a word such as “dozens” read as one", &|s, x, y| s.rect((x, y - 4), (x + 28, y + 4), tint(GREY, 0.55))),
            ("retracted later", &|s, x, y| s.ring((x + 14, y), 5, GREY)),
        ]);
    }
    let axis = axis(&all);
    for kind in HARM {
        let of_kind: Vec<Reported<'_>> = all.iter().copied().filter(|r| r.0.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let drawn = latest(&of_kind);
        if drawn.len() < of_kind.len() {
            notes.push(format!("{kind}: the {} latest of {} figures are drawn; all are in the CSV.", drawn.len(), of_kind.len()));
        }
        panel(&mut page, kind, of_kind.len(), &drawn, &axis, &palette, &retracted);
    }
    if axis.is_log() {
        notes.push("The axis is logarithmic: equal steps are equal ratios.".to_owned());
    }
    let (background, supposed) = tally::left_out(tables);
    notes.push(format!(
        "Left out: {} on earlier events and {} only supposed or feared. Figures may count the same people more than once and are never added up.",
        many(background as u64, "figure"),
        many(supposed as u64, "figure")
    ));
    Chart::new(title, page.finish(tables, &notes), data(&all), alt(&all))
}

/// By kind, source, day and place in the text.
fn sorted(tables: &Tables) -> Vec<Reported<'_>> {
    let mut all: Vec<_> = tally::harm(tables).collect();
    all.sort_by(|a, b| {
        let key = |r: &Reported<'_>| (r.0.kind, source_of(r.1).to_owned(), r.0.reported_date);
        key(a).cmp(&key(b)).then_with(|| (&a.0.doc_id, a.0.start).cmp(&(&b.0.doc_id, b.0.start)))
    });
    all
}

/// As many as have room, in the same order: those reported last.
fn latest<'t>(all: &[Reported<'t>]) -> Vec<Reported<'t>> {
    let mut by_day: Vec<usize> = (0..all.len()).collect();
    by_day.sort_by_key(|&i| std::cmp::Reverse(all[i].0.reported_date));
    by_day.truncate(MOST);
    by_day.sort_unstable();
    by_day.into_iter().map(|i| all[i]).collect()
}

fn axis(all: &[Reported<'_>]) -> Axis {
    let numbers = || all.iter().flat_map(|r| [r.0.value_min, r.0.value_max, r.0.value_best]).flatten().filter(|v| v.is_finite());
    let smallest = numbers().filter(|&v| v > 0.0).fold(f64::INFINITY, f64::min);
    Axis::counts(if smallest.is_finite() { smallest } else { 1.0 }, numbers().fold(0.0, f64::max), PLOT)
}

fn panel(page: &mut Page, kind: ClaimKind, of: usize, drawn: &[Reported<'_>], axis: &Axis, palette: &Palette, retracted: &[&str]) {
    let heading = format!("{kind} — {}", many(of as u64, "figure"));
    page.cell((MARGIN, page.y + 10), WIDTH - 2 * MARGIN, &heading, BOLD);
    page.y += 24;
    let sources = drawn.iter().map(|r| source_of(r.1)).collect::<std::collections::BTreeSet<_>>().len();
    let top = page.y;
    page.y += i32::try_from(sources).unwrap_or(0) * SOURCE_ROW + i32::try_from(drawn.len()).unwrap_or(0) * ROW;
    page.axis(axis, top);
    let below = page.y;
    page.y = top;
    let mut source = None;
    for &(claim, document) in drawn {
        let name = source_of(document);
        let colour = palette.source(name);
        if source != Some(name) {
            source = Some(name);
            page.source((MARGIN + 10, page.y + SOURCE_ROW / 2), WORDS.1, name, colour);
            page.y += SOURCE_ROW;
        }
        let y = page.y + ROW / 2;
        page.cell((WORDS.0, y - 8), WORDS.1, &figure(claim, document), PLAIN);
        page.cell((WORDS.0, y + 8), WORDS.1, &said(claim, document), FAINT);
        mark(&mut page.scene, claim, y, axis, colour, retracted.contains(&claim.claim_id.as_str()));
        page.y += ROW;
    }
    page.y = below + 10;
}

/// The figure and whom it counts, as written: with the words between them, where the text has them close together.
fn figure(c: &ClaimRow, d: &DocumentRow) -> String {
    let part = if c.subset_of.is_some() { " (part of another)" } else { "" };
    let Some(victims) = c.victims_text.as_deref().filter(|v| !c.text.contains(v)) else { return format!("{}{part}", c.text) };
    let text = usize::try_from(c.start).ok().and_then(|start| d.text.get(start..)).filter(|t| t.starts_with(&c.text));
    let close = text.and_then(|t| Some(&t[..t.find(victims)? + victims.len()])).filter(|t| t.len() < c.text.len() + victims.len() + 30);
    match close {
        Some(words) => format!("{words}{part}"),
        None => format!("{} {victims}{part}", c.text),
    }
}

/// Who said so and when it was reported; the day comes first, so that it is never what has no room.
fn said(c: &ClaimRow, d: &DocumentRow) -> String {
    c.reported_date.map_or_else(|| who(c), |day| format!("{}, {}", reported(day, d), who(c)))
}

/// A day of report. Where it is the document's own date, it is told no more finely than that is known.
fn reported(day: NaiveDate, d: &DocumentRow) -> String {
    let known = d.published_precision.filter(|_| d.published == Some(day));
    tally::dated(day, known)
}

fn who(c: &ClaimRow) -> String {
    match (&c.speaker_text, c.voice) {
        (Some(speaker), _) => speaker.clone(),
        (None, Voice::Own) => "the article itself".to_owned(),
        (None, _) => "somebody not named".to_owned(),
    }
}

fn mark(scene: &mut Scene, c: &ClaimRow, y: i32, axis: &Axis, colour: RGBColor, retracted: bool) {
    let at = |v: f64| axis.at(v);
    let point = |scene: &mut Scene, x: i32| if retracted { scene.ring((x, y), 5, colour) } else { scene.disc((x, y), 5, colour) };
    match (c.bound, c.value_min, c.value_max) {
        (Bound::Vague | Bound::Range, Some(min), Some(max)) => {
            scene.rect((at(min), y - 4), (at(max).max(at(min) + 3), y + 4), tint(colour, if retracted { 0.25 } else { 0.55 }));
            scene.line([(at(min), y - 6), (at(min), y + 6)], 2, colour);
            scene.line([(at(max), y - 6), (at(max), y + 6)], 2, colour);
        }
        (_, Some(min), None) => {
            scene.arrow((at(min), y), (at(min) + ARROW, y), colour);
            point(scene, at(min));
        }
        (Bound::AtMost | Bound::LessThan, _, Some(max)) => {
            scene.arrow((at(max), y), (at(max).min(at(c.value_min.unwrap_or(0.0)).max(at(max) - ARROW)), y), colour);
            point(scene, at(max));
        }
        (_, min, max) => {
            if let Some(value) = c.value_best.or(min).or(max) {
                point(scene, at(value));
            }
        }
    }
}

/// Every figure, drawn or not.
fn data(all: &[Reported<'_>]) -> Table {
    let rows = || all.iter();
    Table::default()
        .text("claim_id", rows().map(|r| Some(r.0.claim_id.clone())))
        .text("kind", rows().map(|r| Some(r.0.kind.as_str())))
        .text("source", rows().map(|r| Some(source_of(r.1))))
        .text("text", rows().map(|r| Some(r.0.text.clone())))
        .text("victims_text", rows().map(|r| r.0.victims_text.clone()))
        .text("bound", rows().map(|r| Some(r.0.bound.as_str())))
        .number("value_min", rows().map(|r| r.0.value_min))
        .number("value_max", rows().map(|r| r.0.value_max))
        .number("value_best", rows().map(|r| r.0.value_best))
        .text("voice", rows().map(|r| Some(r.0.voice.as_str())))
        .text("speaker_text", rows().map(|r| r.0.speaker_text.clone()))
        .text("reported_date", rows().map(|r| r.0.reported_date.map(|day| reported(day, r.1))))
        .text("event_start", rows().map(|r| r.0.event_start.map(|d| d.to_string())))
        .text("event_end", rows().map(|r| r.0.event_end.map(|d| d.to_string())))
        .text("sentence_id", rows().map(|r| r.0.sentence_id.clone()))
}

fn alt(all: &[Reported<'_>]) -> String {
    let counts = HARM.map(|k| (k, all.iter().filter(|r| r.0.kind == k).count()));
    let counts: Vec<_> = counts.iter().filter(|c| c.1 > 0).map(|(k, n)| format!("{} {k}", grouped(*n as u64))).collect();
    let first = all.iter().take(20).map(|&(c, d)| format!("{}: “{}”, said by {}, in {}.", c.kind, figure(c, d), who(c), source_of(d)));
    if all.is_empty() {
        return "No figures on people harmed were found.".to_owned();
    }
    format!("One mark a reported figure ({}). {}", counts.join(", "), first.collect::<Vec<_>>().join(" "))
}
