//! The figures on people harmed: when they were reported, how many, by whom.
//!
//! 1. Each figure gets its place: the column of its day of report and its height ([`Plot`]).
//! 2. Figures that would cover each other stand side by side; where there are too many for that, cells of a grid show how
//!    many there are.
//! 3. Chosen figures are labelled in the margin, in the words of their articles.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::Chart;
use super::axis::Axis;
use super::font;
use super::page::{BOLD, FAINT, Key, MARGIN, PLAIN, Page, SIZE, WIDTH};
use super::palette::{GREY, GRID, Paint, Palette, SHADE, tint};
use super::scene::{At, Scene};
use super::spot::Behind;
use super::spread::{apart, lanes};
use super::time::{Days, Unit, undated};
use crate::error::Result;
use crate::tables::{ClaimRow, DocumentRow, Tables};
use crate::tally::{self, HARM, Table, grouped, many, source_of};
use crate::vocabulary::{Bound, ClaimKind, Scope, Voice};

/// Left and right of the plot; the words of chosen figures stand right of it.
const PLOT: (i32, i32) = (MARGIN + 62, 560);
const WORDS: (i32, i32) = (612, WIDTH - MARGIN);
/// How far the arrow of an open figure reaches.
const ARROW: i32 = 22;
/// The size of a mark, and of one that counts part of another figure.
const RADIUS: i32 = 5;
const PART: i32 = 3;
/// The least room for marks beside each other.
const STEP: i32 = 11;
/// The most figures of a panel that get a mark each, and that get words.
const MARKS: usize = 150;
const LABELS: usize = 20;
/// The side of a cell where marks are counted instead.
const CELL: i32 = 14;

type Reported<'t> = (&'t ClaimRow, &'t DocumentRow);

/// Draws the reported numbers of people killed, injured, detained, missing and displaced over the days of their reports. Figures on
/// earlier events and supposed ones are left out, and the footer says how many.
///
/// # Errors
/// If the chart can't be drawn.
pub fn casualties(tables: &Tables) -> Result<Chart> {
    Casualties::default().draw(tables)
}

/// The same chart drawn in another way: `Casualties { by_speaker: true, ..Casualties::default() }.draw(&news)?`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Casualties {
    /// Colours tell speakers apart (the seven with the most figures), not sources. Shapes stay those of sources.
    pub by_speaker: bool,
    /// Figures on earlier events are drawn too.
    pub background: bool,
}

impl Casualties {
    /// Draws it.
    ///
    /// # Errors
    /// If the chart can't be drawn.
    pub fn draw(self, tables: &Tables) -> Result<Chart> {
        let title = "People reported killed, injured and detained, and who said so";
        let all: Vec<Reported<'_>> = sorted(tally::harm_at_any_time(tables).filter(|r| self.background || r.0.scope != Scope::Background));
        let look = Look::new(self, tables, &all);
        let shows = "Each mark is one figure as one article gives it, over the day of its report. Each panel has an axis of its own.";
        let mut page = Page::new(title, shows);
        let mut notes = Vec::new();
        if all.is_empty() {
            page.paragraph("No figures on people harmed were found.", 14, false, GREY);
        } else {
            key(&mut page, &look, &all);
        }
        let columns = Days::over(all.iter().map(|r| (day(r), || undated(r.1))), PLOT);
        let mut logarithmic = false;
        for kind in HARM {
            let of_kind: Vec<Reported<'_>> = all.iter().copied().filter(|r| r.0.kind == kind).collect();
            if !of_kind.is_empty() {
                logarithmic |= panel(&mut page, kind, &of_kind, &columns, &look, &mut notes);
            }
        }
        notes.extend(columns.note());
        if logarithmic {
            notes.push("Axes with steps of 1, 10, 100 are logarithmic: equal steps are equal ratios.".to_owned());
        }
        let (background, supposed) = tally::left_out(tables);
        let background =
            if self.background { String::new() } else { format!("{} on earlier events and ", many(background as u64, "figure")) };
        notes.push(format!(
            "Left out: {background}{} only supposed or feared. Figures may count the same people more than once and are never added up.",
            many(supposed as u64, "figure")
        ));
        Chart::new(title, page.finish(tables, &notes), data(&all, &look), alt(&all))
    }
}

/// By kind, source, day and place in the text.
fn sorted<'t>(all: impl Iterator<Item = Reported<'t>>) -> Vec<Reported<'t>> {
    let mut all: Vec<_> = all.collect();
    all.sort_by(|a, b| {
        let key = |r: &Reported<'t>| (r.0.kind, source_of(r.1), r.0.reported_date);
        key(a).cmp(&key(b)).then_with(|| (&a.0.doc_id, a.0.start).cmp(&(&b.0.doc_id, b.0.start)))
    });
    all
}

/// What colours and shapes stand for.
struct Look<'t> {
    options: Casualties,
    colours: Palette,
    shapes: Palette,
    retracted: HashSet<&'t str>,
}

impl<'t> Look<'t> {
    fn new(options: Casualties, tables: &'t Tables, all: &[Reported<'t>]) -> Self {
        let shapes = Palette::of(tables);
        let colours = if options.by_speaker {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            all.iter().for_each(|r| *counts.entry(who(r.0)).or_default() += 1);
            let mut speakers: Vec<_> = counts.into_iter().collect();
            speakers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            Palette::in_order(speakers.iter().map(|s| s.0.as_str()))
        } else {
            Palette::of(tables)
        };
        let retracted = tables.claims.iter().filter_map(|c| c.retracts.as_deref()).collect();
        Self { options, colours, shapes, retracted }
    }

    fn colour(&self, (claim, document): Reported<'_>) -> Paint {
        if self.options.by_speaker { self.colours.source(&who(claim)) } else { self.colours.source(source_of(document)) }
    }

    fn draw(&self, scene: &mut Scene, at: At, r: Reported<'_>) {
        let radius = if r.0.subset_of.is_some() { PART } else { RADIUS };
        let shape = self.shapes.place(source_of(r.1)).unwrap_or(0);
        scene.mark(shape, at, radius, self.retracted.contains(r.0.claim_id.as_str()), self.colour(r));
    }
}

/// What colours and shapes stand for, of those that are there.
fn key(page: &mut Page, look: &Look<'_>, all: &[Reported<'_>]) {
    let sources: HashSet<&str> = all.iter().map(|r| source_of(r.1)).collect();
    let speakers: HashSet<String> = all.iter().map(|r| who(r.0)).collect();
    let by_speaker = look.options.by_speaker;
    let has = |f: &dyn Fn(&ClaimRow) -> bool| all.iter().any(|r| f(r.0));
    let mut key = Key::default();
    for (shape, name) in look.shapes.names().into_iter().enumerate().filter(|(_, name)| sources.contains(name)) {
        let paint = if by_speaker { GREY } else { look.colours.source(name) };
        key = key.with(name, move |s, x, y| s.mark(shape, (x + 14, y), RADIUS, false, paint));
    }
    if sources.iter().any(|name| look.shapes.place(name).is_none()) {
        key = key.with("other sources", |s, x, y| s.mark(0, (x + 14, y), RADIUS, false, GREY));
    }
    if by_speaker {
        key = key.with_sources(&look.colours, &look.colours.names().into_iter().collect());
        if speakers.len() > look.colours.names().len() {
            key = key.with("other speakers", |s, x, y| s.rect((x + 6, y - 6), (x + 28, y + 6), GREY));
        }
    }
    if has(&|c| c.value_max.is_none() && c.value_min.is_some()) {
        key = key.with("at least, more than", |s, x, y| {
            s.arrow((x + 14, y + 6), y - 9, GREY);
            s.mark(0, (x + 14, y + 6), 4, false, GREY);
        });
    }
    if has(&|c| matches!(c.bound, Bound::AtMost | Bound::LessThan)) {
        key = key.with("at most, fewer than", |s, x, y| {
            s.arrow((x + 14, y - 6), y + 9, GREY);
            s.mark(0, (x + 14, y - 6), 4, false, GREY);
        });
    }
    if has(&|c| matches!(c.bound, Bound::Vague | Bound::Range)) {
        key = key.with("a range, or a word such as “dozens” read as one", |s, x, y| interval(s, (x + 14, y - 8), y + 8, GREY));
    }
    if has(&|c| look.retracted.contains(c.claim_id.as_str())) {
        key = key.with("retracted later", |s, x, y| s.mark(0, (x + 14, y), RADIUS, true, GREY));
    }
    if has(&|c| c.subset_of.is_some()) {
        key = key.with("part of another figure, tied to it", |s, x, y| {
            s.line([(x + 6, y - 5), (x + 20, y + 4)], 1, GREY);
            s.mark(0, (x + 6, y - 5), RADIUS, false, GREY);
            s.mark(0, (x + 20, y + 4), PART, false, GREY);
        });
    }
    page.key(&key);
}

/// The day of report, where it is known to the day.
fn day((claim, document): &Reported<'_>) -> Option<NaiveDate> {
    let own = document.published.is_some() && claim.reported_date == document.published;
    let known = document.published_precision.filter(|_| own);
    claim.reported_date.filter(|_| Unit::Day.holds(known))
}

/// A figure with the heights it takes: its own, and those of its interval or arrow.
struct Mark<'t> {
    of: Reported<'t>,
    column: i32,
    y: i32,
    from: i32,
    to: i32,
}

impl<'t> Mark<'t> {
    fn new(of: Reported<'t>, days: &Days, axis: &Axis) -> Option<Self> {
        let c = of.0;
        let (y, other) = match (c.bound, c.value_min, c.value_max) {
            (Bound::Vague | Bound::Range, Some(min), Some(max)) => {
                let best = c.value_best.unwrap_or(min).clamp(min.min(max), max.max(min));
                return Some(Self { of, column: days.column(day(&of)), y: axis.at(best), from: axis.at(max), to: axis.at(min) });
            }
            (_, Some(min), None) => (axis.at(min), axis.at(min) - ARROW),
            (Bound::AtMost | Bound::LessThan, _, Some(max)) => {
                (axis.at(max), axis.at(c.value_min.unwrap_or(0.0)).min(axis.at(max) + ARROW))
            }
            (_, min, max) => (axis.at(c.value_best.or(min).or(max)?), axis.at(c.value_best.or(min).or(max)?)),
        };
        Some(Self { of, column: days.column(day(&of)), y, from: y.min(other), to: y.max(other) })
    }

    fn draw(&self, scene: &mut Scene, x: i32, look: &Look<'_>) {
        let (c, colour) = (self.of.0, look.colour(self.of));
        match c.bound {
            Bound::Vague | Bound::Range if self.from < self.to => interval(scene, (x, self.from), self.to, colour),
            _ if self.from < self.y => scene.arrow((x, self.y), self.from, colour),
            _ if self.to > self.y => scene.arrow((x, self.y), self.to, colour),
            _ => {}
        }
        look.draw(scene, (x, self.y), self.of);
        let (top, bottom) = (self.from.min(self.y - RADIUS), self.to.max(self.y + RADIUS));
        scene.spot((x - RADIUS - 1, top), (x + RADIUS + 1, bottom), says(self.of), behind(self.of));
    }
}

/// From one end of a range to the other.
fn interval(scene: &mut Scene, (x, from): At, to: i32, colour: Paint) {
    scene.rect((x - 2, from), (x + 2, to), tint(colour, 0.5));
    scene.line([(x - 5, from), (x + 5, from)], 2, colour);
    scene.line([(x - 5, to), (x + 5, to)], 2, colour);
}

/// Draws a kind's figures; gives whether its axis is logarithmic.
fn panel(page: &mut Page, kind: ClaimKind, figures: &[Reported<'_>], days: &Days, look: &Look<'_>, notes: &mut Vec<String>) -> bool {
    page.cell((MARGIN, page.y + 10), WIDTH - 2 * MARGIN, &format!("{kind} — {}", many(figures.len() as u64, "figure")), BOLD);
    page.y += 26;
    let labelled = chosen(figures);
    let line = if labelled.len() > 12 { 18 } else { 32 };
    let height = (i32::try_from(labelled.len()).unwrap_or(0) * line + 16).max(130);
    let (top, bottom) = (page.y, page.y + height);
    let axis = axis(figures, (bottom - 8, top + ARROW + 6));
    if let Some((from, to, _)) = &days.apart {
        page.scene.rect((*from, top), (*to, bottom), SHADE);
    }
    page.upright_axis(&axis, PLOT.0, PLOT.1);
    page.scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1, GREY);
    page.y = bottom;
    page.ticks(&days.ticks());

    let marks: Vec<Mark<'_>> = figures.iter().filter_map(|&r| Mark::new(r, days, &axis)).collect();
    let places = side_by_side(&marks, days).filter(|_| marks.len() <= MARKS);
    let at: HashMap<&str, At> = match &places {
        Some(places) => marks.iter().zip(places).map(|(m, &x)| (m.of.0.claim_id.as_str(), (x, m.y))).collect(),
        None => marks.iter().map(|m| (m.of.0.claim_id.as_str(), cell(m, days))).collect(),
    };
    label(&mut page.scene, &labelled, &at, line, (top, bottom), look);
    match &places {
        Some(places) => {
            for m in &marks {
                let whole = m.of.0.subset_of.as_deref().and_then(|whole| at.get(whole));
                if let Some((&whole, &part)) = whole.zip(at.get(m.of.0.claim_id.as_str())) {
                    page.scene.line([whole, part], 1, GREY);
                }
            }
            marks.iter().zip(places).for_each(|(m, &x)| m.draw(&mut page.scene, x, look));
        }
        None => notes.push(counted(&mut page.scene, kind, &marks, days, look)),
    }
    if labelled.len() < figures.len() {
        notes.push(format!(
            "{kind}: {} of {} figures are labelled, the highest of each source first; all are in the CSV.",
            labelled.len(),
            figures.len()
        ));
    }
    page.y += 10;
    axis.is_log()
}

fn axis(figures: &[Reported<'_>], limit: (i32, i32)) -> Axis {
    let numbers = || figures.iter().flat_map(|r| [r.0.value_min, r.0.value_max, r.0.value_best]).flatten().filter(|v| v.is_finite());
    let smallest = numbers().filter(|&v| v > 0.0).fold(f64::INFINITY, f64::min);
    Axis::counts(if smallest.is_finite() { smallest } else { 1.0 }, numbers().fold(0.0, f64::max), limit)
}

/// Where each mark of a column stands, those of one source together where there is room; nothing where there is none.
fn side_by_side(marks: &[Mark<'_>], days: &Days) -> Option<Vec<i32>> {
    let mut places = vec![0; marks.len()];
    let columns: HashSet<i32> = marks.iter().map(|m| m.column).collect();
    for column in columns {
        let (from, to) = days.span(column);
        let here: Vec<usize> = (0..marks.len()).filter(|&i| marks[i].column == column).collect();
        let stretch = |&i: &usize| (marks[i].from - RADIUS - 2, marks[i].to + RADIUS + 2);
        let mut lane = vec![0; here.len()];
        let mut taken = 0;
        for source in here.chunk_by(|&a, &b| source_of(marks[a].of.1) == source_of(marks[b].of.1)) {
            let (own, count) = lanes(&source.iter().map(stretch).collect::<Vec<_>>());
            let start = here.iter().position(|i| Some(i) == source.first()).unwrap_or(0);
            own.iter().enumerate().for_each(|(i, l)| lane[start + i] = taken + l);
            taken += count;
        }
        if taken * STEP > to - from {
            (lane, taken) = lanes(&here.iter().map(stretch).collect::<Vec<_>>());
        }
        // A single mark always has room.
        if taken > 1 && taken * STEP > to - from {
            return None;
        }
        let step = ((to - from) / taken.max(1)).min(48);
        let first = (from + to) / 2 - step * (taken - 1) / 2;
        here.iter().zip(lane).for_each(|(&i, l)| places[i] = first + l * step);
    }
    Some(places)
}

/// The middle of the cell that a mark falls into.
fn cell(m: &Mark<'_>, days: &Days) -> At {
    let (from, to) = days.span(m.column);
    ((from + to) / 2, m.y.div_euclid(CELL) * CELL + CELL / 2)
}

/// Draws how many figures fall into each cell; gives the note on it.
fn counted(scene: &mut Scene, kind: ClaimKind, marks: &[Mark<'_>], days: &Days, look: &Look<'_>) -> String {
    let mut cells: BTreeMap<At, Vec<&Mark<'_>>> = BTreeMap::new();
    let (parts, whole): (Vec<&Mark<'_>>, Vec<&Mark<'_>>) = marks.iter().partition(|m| m.of.0.subset_of.is_some());
    whole.iter().for_each(|m| cells.entry(cell(m, days)).or_default().push(m));
    let most = cells.values().map(Vec::len).max().unwrap_or(1);
    for (at, here) in &cells {
        let paint = look.colour(here[0].of);
        let one = here.iter().all(|m| look.colour(m.of) == paint);
        let room = f64::from(CELL / 2);
        let radius = (room * (here.len() as f64 / most as f64).sqrt()).round().max(2.0) as i32;
        scene.mark(0, *at, radius, false, if one { paint } else { GREY });
        let mut all = Behind::default();
        here.iter().for_each(|m| all.add(&m.of.0.doc_id, m.of.0.sentence_id.as_deref()));
        let says = format!("{kind}: {} between {} and {}", many(here.len() as u64, "figure"), least(here), greatest(here));
        scene.spot((at.0 - radius, at.1 - radius), (at.0 + radius, at.1 + radius), says, all);
    }
    let left_out =
        if parts.is_empty() { String::new() } else { format!("; {} of another figure left out", many(parts.len() as u64, "part")) };
    format!(
        "{kind}: too many for a mark each. A disc's area is the number of figures (at most {}) whose lower end falls there; grey where colours mix{left_out}.",
        grouped(most as u64)
    )
}

/// The least and the greatest of the lower ends of figures.
fn least(marks: &[&Mark<'_>]) -> f64 {
    marks.iter().filter_map(|m| m.of.0.value_min.or(m.of.0.value_max)).fold(f64::INFINITY, f64::min)
}

fn greatest(marks: &[&Mark<'_>]) -> f64 {
    marks.iter().filter_map(|m| m.of.0.value_min.or(m.of.0.value_max)).fold(0.0, f64::max)
}

/// What a mark is, in words.
fn says((c, d): Reported<'_>) -> String {
    format!("{}: “{}”, {}, in {}", c.kind, figure(c, d), said(c, d), source_of(d))
}

fn behind((c, _): Reported<'_>) -> Behind {
    Behind::one(&c.doc_id, c.sentence_id.as_deref())
}

/// The figures that get words: of each source in turn its highest, those that are whole first.
fn chosen<'t>(figures: &[Reported<'t>]) -> Vec<Reported<'t>> {
    let mut of_source: BTreeMap<&str, Vec<Reported<'t>>> = BTreeMap::new();
    figures.iter().for_each(|&r| of_source.entry(source_of(r.1)).or_default().push(r));
    let value = |c: &ClaimRow| c.value_min.or(c.value_best).or(c.value_max).unwrap_or(0.0);
    for figures in of_source.values_mut() {
        figures.sort_by(|a, b| a.0.subset_of.is_some().cmp(&b.0.subset_of.is_some()).then_with(|| value(b.0).total_cmp(&value(a.0))));
    }
    // Sources with the highest figures come first where not all get a turn.
    let mut queues: Vec<_> = of_source.into_values().collect();
    queues.sort_by(|a, b| b.first().map_or(0.0, |r| value(r.0)).total_cmp(&a.first().map_or(0.0, |r| value(r.0))));
    let longest = queues.iter().map(Vec::len).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|turn| queues.iter().filter_map(move |q| q.get(turn)).copied());
    turns.take(LABELS).collect()
}

/// Writes the words of figures beside the plot, each level with its mark as far as may be, with a line between.
fn label(scene: &mut Scene, figures: &[Reported<'_>], at: &HashMap<&str, At>, line: i32, (top, bottom): (i32, i32), look: &Look<'_>) {
    let mut placed: Vec<(At, Reported<'_>)> = figures.iter().filter_map(|&r| Some((*at.get(r.0.claim_id.as_str())?, r))).collect();
    placed.sort_by_key(|&((x, y), _)| (y, std::cmp::Reverse(x)));
    let half = line / 2;
    let heights = apart(&placed.iter().map(|p| p.0.1).collect::<Vec<_>>(), line, (top + half, bottom - half));
    let left = WORDS.0 + 14;
    for (&((x, y), r), &height) in placed.iter().zip(&heights) {
        scene.line([(x, y), (PLOT.1, y), (WORDS.0 - 10, height)], 1, GRID);
        look.draw(scene, (WORDS.0, height), r);
        scene.spot((WORDS.0 - RADIUS - 1, height - half + 1), (WORDS.1, height + half - 1), says(r), behind(r));
        let room = WORDS.1 - left;
        // A source without a colour is named.
        let source = if look.shapes.place(source_of(r.1)).is_none() { format!("{}, ", source_of(r.1)) } else { String::new() };
        let (words, said) = (figure(r.0, r.1), source + &said(r.0, r.1));
        if line >= 30 {
            super::page::cell(scene, (left, height - 7), room, &words, PLAIN);
            super::page::cell(scene, (left, height + 8), room, &said, FAINT);
        } else {
            let words = font::fit(&words, SIZE, false, room * 3 / 5);
            let wide = font::width(&words, SIZE, false) + 10;
            super::page::cell(scene, (left, height), room, &words, PLAIN);
            super::page::cell(scene, (left + wide, height), room - wide, &said, FAINT);
        }
    }
}

/// The figure and whom it counts, as written: with the words between them, where the text has them close together.
fn figure(c: &ClaimRow, d: &DocumentRow) -> String {
    let part = match (c.subset_of.is_some(), c.scope == Scope::Background) {
        (true, _) => " (part of another)",
        (false, true) => " (earlier event)",
        (false, false) => "",
    };
    let Some(victims) = c.victims_text.as_deref().filter(|v| !c.text.contains(v)) else { return format!("{}{part}", c.text) };
    let text = usize::try_from(c.start).ok().and_then(|start| d.text.get(start..)).filter(|t| t.starts_with(c.text.as_str()));
    let close = text.and_then(|t| Some(&t[..t.find(victims)? + victims.len()])).filter(|t| t.len() < c.text.len() + victims.len() + 30);
    match close {
        Some(words) => format!("{words}{part}"),
        None => format!("{} {victims}{part}", c.text),
    }
}

/// When it was reported and who said so; the day comes first, so that it is never what has no room.
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
        (Some(speaker), _) => speaker.to_string(),
        (None, Voice::Own) => "the article itself".to_owned(),
        (None, _) => "somebody not named".to_owned(),
    }
}

/// Every figure, drawn or not.
fn data(all: &[Reported<'_>], look: &Look<'_>) -> Table {
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
        .text("scope", rows().map(|r| Some(r.0.scope.as_str())))
        .text("subset_of", rows().map(|r| r.0.subset_of.clone()))
        .text("retracted", rows().map(|r| Some(look.retracted.contains(r.0.claim_id.as_str()).to_string())))
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
