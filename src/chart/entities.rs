//! Who and what is named: by source, by country, and in one sentence with whom.

use std::collections::{BTreeMap, HashMap, HashSet};

use smol_str::SmolStr;

use super::Chart;
use super::axis::Axis;
use super::font;
use super::page::{BOLD, FAINT, Key, MARGIN, PLAIN, Page, SIZE, WIDTH};
use super::palette::{GREY, INK, Palette, tint};
use super::scene::{Anchor, Label};
use super::spot::Behind;
use crate::error::Result;
use crate::find::entities::gazetteer::Gazetteer;
use crate::tables::{DocumentRow, MentionRow, Tables};
use crate::tally::{self, NamedEntity, Pair, many};
use crate::vocabulary::EntityKind;

/// The most rows.
const MOST: usize = 25;
const ROW: i32 = 24;
const NAME: (i32, i32) = (MARGIN, 270);
const BAR: (i32, i32) = (MARGIN + 290, WIDTH - MARGIN - 190);
const TOTAL: (i32, i32) = (BAR.1 + 14, WIDTH - MARGIN - BAR.1 - 14);

/// Draws how often each source names the persons, places, organisations, groups and events that are named most.
///
/// # Errors
/// If the chart can't be drawn.
pub fn mentions(tables: &Tables) -> Result<Chart> {
    let title = "Who and what the sources name";
    let named = tally::named(tables);
    let shows = "Mentions of those named most, over all their spellings and languages, by source.";
    let mut page = Page::new(title, shows);
    let mut notes = Vec::new();
    let rows: Vec<&NamedEntity> = named.rows.iter().take(MOST).collect();
    if rows.is_empty() {
        page.paragraph("No names were found.", 14, false, GREY);
    } else {
        let palette = Palette::of(tables);
        page.key(&Key::default().with_sources(&palette, &sources(&rows)));
        bars(&mut page, &[(None, rows.clone())], &palette, &Mentioned::of(tables, rows.iter().map(|r| r.entity.entity_id.as_str())));
    }
    if rows.len() < named.rows.len() {
        notes.push(format!("The {} named most of {}; all are in the CSV.", rows.len(), tally::grouped(named.rows.len() as u64)));
    }
    notes.push("A pronoun or a description (“the president”) is no mention.".to_owned());
    Chart::new(title, page.finish(tables, &notes), named.table(), alt(&rows))
}

/// Draws how often each source names which places, by country: the countries named most, each with its places.
///
/// # Errors
/// If the chart can't be drawn.
pub fn places(tables: &Tables) -> Result<Chart> {
    let title = "Which places the sources name";
    let mut named = tally::named(tables);
    named.rows.retain(|r| r.entity.kind == EntityKind::Place);
    let countries = countries();
    let mut groups: Vec<(Option<String>, Vec<&NamedEntity>)> = Vec::new();
    for row in &named.rows {
        let country = row
            .entity
            .country
            .as_ref()
            .map(|code| countries.get(code.as_str()).map_or_else(|| code.to_string(), |name| (*name).to_owned()));
        match groups.iter_mut().find(|g| g.0 == country) {
            Some(group) => group.1.push(row),
            None => groups.push((country, vec![row])),
        }
    }
    let total = |rows: &[&NamedEntity]| rows.iter().map(|r| r.mentions).sum::<u64>();
    // A country's own row stands first.
    for (country, rows) in &mut groups {
        rows.sort_by_key(|r| Some(r.entity.name.as_str()) != country.as_deref());
    }
    groups.sort_by(|a, b| a.0.is_none().cmp(&b.0.is_none()).then_with(|| total(&b.1).cmp(&total(&a.1))));
    let mut room = MOST;
    let mut shown: Vec<(Option<String>, Vec<&NamedEntity>)> = Vec::new();
    for (country, rows) in &groups {
        let rows: Vec<&NamedEntity> = rows.iter().copied().take(room.min(MOST / 3)).collect();
        room -= rows.len();
        if !rows.is_empty() {
            shown.push((Some(country.clone().unwrap_or_else(|| "country not known".to_owned())), rows));
        }
    }
    let mut page = Page::new(title, "Mentions of places by source, under the country they are in; the countries named most stand first.");
    let mut notes = Vec::new();
    let rows: Vec<&NamedEntity> = shown.iter().flat_map(|g| g.1.iter().copied()).collect();
    if rows.is_empty() {
        page.paragraph("No places were found.", 14, false, GREY);
    } else {
        let palette = Palette::of(tables);
        page.key(&Key::default().with_sources(&palette, &sources(&rows)));
        bars(&mut page, &shown, &palette, &Mentioned::of(tables, rows.iter().map(|r| r.entity.entity_id.as_str())));
    }
    if rows.len() < named.rows.len() {
        let all = tally::grouped(named.rows.len() as u64);
        notes.push(format!("{} of {all} places, of a country the {} named most; all are in the CSV.", rows.len(), MOST / 3));
    }
    notes.push(
        "A country’s own mentions don’t hold those of its places. Where several places have one name, the best known is taken.".to_owned(),
    );
    Chart::new(title, page.finish(tables, &notes), named.table(), alt(&rows))
}

/// The English name of each country that the gazetteer knows, by code.
fn countries() -> HashMap<&'static str, &'static str> {
    let known = Gazetteer::shipped().map(|g| g.names().filter(|(_, e)| e.key.starts_with("country/")));
    known.into_iter().flatten().filter_map(|(_, e)| Some((e.country.as_deref()?, e.name.as_str()))).collect()
}

fn sources<'t>(rows: &[&'t NamedEntity]) -> HashSet<&'t str> {
    rows.iter().flat_map(|r| r.by_source.keys().map(String::as_str)).collect()
}

/// The mentions of those that have marks, in the documents that are counted.
struct Mentioned<'t>(HashMap<&'t str, Vec<(&'t MentionRow, &'t str)>>);

impl<'t> Mentioned<'t> {
    fn of<'i>(tables: &'t Tables, ids: impl Iterator<Item = &'i str>) -> Self {
        let wanted: HashSet<&str> = ids.collect();
        let documents: HashMap<&str, &DocumentRow> =
            tables.documents.iter().filter(|d| d.duplicate_of.is_none()).map(|d| (d.doc_id.as_str(), d)).collect();
        let mut mentions: HashMap<&str, Vec<(&MentionRow, &str)>> = HashMap::new();
        for m in tables.mentions.iter().filter(|m| wanted.contains(m.entity_id.as_str())) {
            if let Some(d) = documents.get(m.doc_id.as_str()) {
                mentions.entry(&m.entity_id).or_default().push((m, tally::source_of(d)));
            }
        }
        Self(mentions)
    }

    /// Those of one thing that `which` takes, by their sentence and source.
    fn behind(&self, id: &str, which: impl Fn(&MentionRow, &str) -> bool) -> Behind {
        let mut behind = Behind::default();
        let all = self.0.get(id).into_iter().flatten().filter(|(m, source)| which(m, source));
        all.for_each(|(m, _)| behind.add(&m.doc_id, m.sentence_id.as_deref()));
        behind
    }

    /// The sentences that name both.
    fn together(&self, a: &str, b: &str) -> Behind {
        let other: HashSet<&str> = self.0.get(b).into_iter().flatten().filter_map(|m| m.0.sentence_id.as_deref()).collect();
        self.behind(a, |m, _| m.sentence_id.as_deref().is_some_and(|s| other.contains(s)))
    }
}

/// One bar a row, cut by source; headings where rows have a group.
fn bars(page: &mut Page, groups: &[(Option<String>, Vec<&NamedEntity>)], palette: &Palette, mentioned: &Mentioned<'_>) {
    let largest = groups.iter().flat_map(|g| &g.1).map(|r| r.mentions).max().unwrap_or(1);
    let axis = Axis::linear((largest as f64).max(5.0), BAR);
    let top = page.y;
    // A row that is named like its group is its own heading.
    let heads = |heading: &Option<String>, rows: &[&NamedEntity]| {
        heading.is_some() && rows.first().map(|r| r.entity.name.as_str()) != heading.as_deref()
    };
    let rows = groups.iter().map(|g| g.1.len() + usize::from(heads(&g.0, &g.1))).sum::<usize>();
    page.y += ROW * i32::try_from(rows).unwrap_or(0);
    page.axis(&axis, top);
    let below = page.y;
    page.y = top;
    for (heading, rows) in groups {
        if let Some(heading) = heading.as_ref().filter(|_| heads(heading, rows)) {
            page.cell((NAME.0, page.y + ROW / 2 + 2), NAME.1, heading, BOLD);
            page.y += ROW;
        }
        for row in rows {
            let y = page.y + ROW / 2;
            let is_head = heading.as_deref() == Some(row.entity.name.as_str());
            let inset = if heading.is_some() && !is_head { 16 } else { 0 };
            page.cell((NAME.0 + inset, y), NAME.1 - inset, &row.entity.name, if is_head { BOLD } else { PLAIN });
            let mut sources: Vec<(&str, u64)> = row.by_source.iter().map(|(s, n)| (s.as_str(), *n)).collect();
            sources.sort_by_key(|s| palette.place(s.0).unwrap_or(usize::MAX));
            let mut from = 0;
            for (source, n) in sources {
                let x = |n: u64| axis.at(n as f64);
                let (left, right) = (x(from), x(from + n).max(x(from) + 1));
                page.scene.rect((left, y - 7), (right, y + 7), palette.source(source));
                let says = format!("{}, {source}: {}", row.entity.name, many(n, "mention"));
                page.scene.spot((left, y - 7), (right, y + 7), says, mentioned.behind(&row.entity.entity_id, |_, s| s == source));
                from += n;
            }
            let kind = if heading.is_some() { String::new() } else { format!(", {}", row.entity.kind) };
            page.cell((TOTAL.0, y), TOTAL.1, &format!("{}{kind}", many(row.mentions, "mention")), FAINT);
            page.y += ROW;
        }
    }
    page.y = below;
}

fn alt(rows: &[&NamedEntity]) -> String {
    if rows.is_empty() {
        return "No names were found.".to_owned();
    }
    let row = |r: &&NamedEntity| {
        let sources: Vec<String> = r.by_source.iter().take(8).map(|(source, n)| format!("{source} {n}")).collect();
        format!("{} ({}): {}; {}.", r.entity.name, r.entity.kind, many(r.mentions, "mention"), sources.join(", "))
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

/// The most names and ties of the network.
const NODES: usize = 24;
const TIES: usize = 60;
const STEP: i32 = 24;
/// Where names end and their discs stand, how far an arc reaches, and where the strongest ties are told in words.
const NODE: i32 = MARGIN + 268;
const REACH: i32 = 300;
const LIST: (i32, i32) = (MARGIN + 620, WIDTH - MARGIN - MARGIN - 620);

/// Draws which names stand in one sentence: one disc a name, an arc between two that do, the broader the more sentences. Names tied to each
/// other stand near each other.
///
/// # Errors
/// If the chart can't be drawn.
pub fn network(tables: &Tables) -> Result<Chart> {
    let title = "Who and what is named in one sentence";
    let pairs = tally::pairs(tables);
    let (nodes, ties) = strongest(&pairs.rows);
    let order = in_order(&nodes, &ties);
    let mentions: HashMap<SmolStr, u64> = tally::named(tables).rows.into_iter().map(|r| (r.entity.entity_id, r.mentions)).collect();
    let shows =
        "An arc ties two names that stand in one sentence, the broader the more sentences; a disc’s area is the number of mentions.";
    let mut page = Page::new(title, shows);
    if ties.is_empty() {
        page.paragraph("No sentence names two.", 14, false, GREY);
    } else {
        let top = page.y + STEP / 2;
        let place: HashMap<&str, i32> = order.iter().enumerate().map(|(i, id)| (*id, top + STEP * i32::try_from(i).unwrap_or(0))).collect();
        let most = ties.iter().map(|t| t.cells.a).max().unwrap_or(1) as f64;
        let mentioned = Mentioned::of(tables, order.iter().copied());
        // The thin ones lie over the broad ones.
        for tie in &ties {
            let (a, b) = (place[tie.a.0.as_str()], place[tie.b.0.as_str()]);
            let share = tie.cells.a as f64 / most;
            let width = (share * 7.0).round().max(1.0) as u32;
            page.scene.line(arc(a.min(b), a.max(b), NODES), width, tint(GREY, 0.4 + 0.4 * share));
            page.scene.spot_along(arc(a.min(b), a.max(b), NODES), width, tied(tie), mentioned.together(&tie.a.0, &tie.b.0));
        }
        let names: HashMap<&str, &str> = nodes.iter().copied().collect();
        let largest = order.iter().filter_map(|id| mentions.get(*id)).copied().max().unwrap_or(1) as f64;
        for id in &order {
            let y = place[id];
            let n = mentions.get(*id).copied().unwrap_or(0);
            let radius = (10.0 * (n as f64 / largest).sqrt()).round().max(2.0) as i32;
            page.scene.mark(0, (NODE + 14, y), radius, false, INK);
            let says = format!("{}: {}", names[id], many(n, "mention"));
            page.scene.spot((MARGIN, y - STEP / 2 + 1), (NODE + 14 + radius, y + STEP / 2 - 1), says, mentioned.behind(id, |_, _| true));
            let words = font::fit(names[id], SIZE, false, NODE - MARGIN - 4);
            page.scene.words(Label { at: (NODE - 2, y), text: words, size: SIZE, bold: false, anchor: Anchor::End, colour: INK });
        }
        page.cell((LIST.0, top), LIST.1, "In one sentence most often", BOLD);
        for (i, tie) in ties.iter().take(order.len().saturating_sub(1).min(12)).enumerate() {
            let y = top + STEP * (i32::try_from(i).unwrap_or(0) + 1);
            let n = format!("{}×", tally::grouped(tie.cells.a));
            page.cell((LIST.0, y), 44, &n, FAINT);
            page.cell((LIST.0 + 48, y), LIST.1 - 48, &format!("{} – {}", tie.a.1, tie.b.1), PLAIN);
            page.scene.spot(
                (LIST.0, y - STEP / 2 + 1),
                (LIST.0 + LIST.1, y + STEP / 2 - 1),
                tied(tie),
                mentioned.together(&tie.a.0, &tie.b.0),
            );
        }
        page.y = top + STEP * i32::try_from(order.len()).unwrap_or(0);
    }
    let mut notes = vec![format!("{} Sentences with a name: {}.", pairs.sentence(), tally::grouped(pairs.sentences))];
    if ties.len() < pairs.rows.len() {
        notes.push(format!("The {} strongest ties among {}; all are in the CSV.", ties.len(), many(order.len() as u64, "name")));
    }
    notes.push("To be named in one sentence is no relation: read the sentences.".to_owned());
    let alt = if ties.is_empty() {
        "No sentence names two.".to_owned()
    } else {
        let told = ties.iter().take(25).map(|t| format!("{} and {}: {}.", t.a.1, t.b.1, many(t.cells.a, "sentence")));
        told.collect::<Vec<_>>().join(" ")
    };
    Chart::new(title, page.finish(tables, &notes), pairs.table(), alt)
}

fn tied(tie: &Pair) -> String {
    format!("{} and {}: {}", tie.a.1, tie.b.1, many(tie.cells.a, "sentence"))
}

/// The strongest ties, with the names that they tie.
fn strongest(pairs: &[Pair]) -> (Vec<(&str, &str)>, Vec<&Pair>) {
    let mut nodes: Vec<(&str, &str)> = Vec::new();
    let mut ties = Vec::new();
    for pair in pairs {
        let new: Vec<(&str, &str)> =
            [&pair.a, &pair.b].into_iter().map(|n| (n.0.as_str(), n.1.as_str())).filter(|n| !nodes.iter().any(|m| m.0 == n.0)).collect();
        if nodes.len() + new.len() <= NODES {
            nodes.extend(new);
            ties.push(pair);
        }
        if ties.len() == TIES {
            break;
        }
    }
    (nodes, ties)
}

/// The names in an order in which ties are short: each moves to the weighted middle of those it is tied to, again and again.
/// The same ties always give the same order.
fn in_order<'p>(nodes: &[(&'p str, &'p str)], ties: &[&'p Pair]) -> Vec<&'p str> {
    let mut order: Vec<&str> = nodes.iter().map(|n| n.0).collect();
    let length = |order: &[&str]| -> u64 {
        let place: HashMap<&str, usize> = order.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        ties.iter().map(|t| t.cells.a * place[t.a.0.as_str()].abs_diff(place[t.b.0.as_str()]) as u64).sum()
    };
    let mut best = (length(&order), order.clone());
    for _ in 0..30 {
        let place: BTreeMap<&str, f64> = order.iter().enumerate().map(|(i, id)| (*id, i as f64)).collect();
        let middle = |id: &str| {
            let tied = ties.iter().filter_map(|t| match (t.a.0 == id, t.b.0 == id) {
                (true, _) => Some((place[t.b.0.as_str()], t.cells.a as f64)),
                (_, true) => Some((place[t.a.0.as_str()], t.cells.a as f64)),
                _ => None,
            });
            let (sum, weight) = tied.fold((place[id], 1.0), |(sum, weight), (at, w)| (sum + at * w, weight + w));
            sum / weight
        };
        let mut moved: Vec<(f64, &str)> = order.iter().map(|id| (middle(id), *id)).collect();
        moved.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        order = moved.into_iter().map(|m| m.1).collect();
        best = best.min((length(&order), order.clone()));
    }
    best.1
}

/// Half an ellipse to the right from one height to another.
fn arc(from: i32, to: i32, rows: usize) -> Vec<(i32, i32)> {
    let (middle, half) = (f64::from(from + to) / 2.0, f64::from(to - from) / 2.0);
    let longest = f64::from(STEP) * rows as f64 / 2.0;
    let reach = f64::from(REACH) * (half / longest).sqrt();
    let steps = 24;
    let at = |i: i32| {
        let angle = std::f64::consts::PI * (f64::from(i) / f64::from(steps) - 0.5);
        (NODE + 14 + (reach * angle.cos()).round() as i32, (middle + half * angle.sin()).round() as i32)
    };
    (0..=steps).map(at).collect()
}
