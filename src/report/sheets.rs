//! The tables as a reader wants them, every row with the way to its sentence; in full on pages of a bounded length.

use std::collections::HashMap;

use maud::{Markup, html};

use super::page::{Columns, Depth, Page, headline, interval, known, place, plain, shortened, table, words};
use super::places::Places;
use super::{FOLDER, Run};
use crate::tables::{ClaimRow, DateRow, DocumentRow, EntityRow, ProblemRow, QuoteRow, TermRow};
use crate::tally::{dated, grouped, many};
use crate::vocabulary::Voice;

/// Rows of a page: a few screens of text, and a page of some hundred kilobytes.
const ROWS: usize = 250;
/// Letters of a cell; the sentence has all of them.
const LETTERS: usize = 160;

/// The tables that have pages, in order, each with what it is called and the number of its rows.
pub(super) fn names(run: Run<'_>) -> [(&'static str, &'static str, usize); 7] {
    let t = run.tables;
    [
        ("documents", "Articles", t.documents.len()),
        ("claims", "Reported figures", t.claims.len()),
        ("quotes", "Quotations", t.quotes.len()),
        ("terms", "Loaded terms", t.terms.len()),
        ("dates", "Dates", t.dates.len()),
        ("entities", "Names", t.entities.len()),
        ("problems", "Problems", t.problems.len()),
    ]
}

/// The first page of a table, from the folder of `report.html`.
pub(super) fn first(name: &str) -> String {
    format!("{FOLDER}/{name}-1.html")
}

/// Every page with its file's name.
pub(super) fn pages<'r>(run: Run<'r>, places: &'r Places<'_>) -> Vec<(String, Page)> {
    let t = run.tables;
    let per = PerDocument::of(run);
    let at = Depth::Sheets;
    let mut out = Vec::new();
    for (name, title, _) in names(run) {
        match name {
            "documents" => sheet(name, title, &t.documents, &documents(places, at, &per), &mut out),
            "claims" => sheet(name, title, &t.claims, &claims(places, at), &mut out),
            "quotes" => sheet(name, title, &t.quotes, &quotes(places, at), &mut out),
            "terms" => sheet(name, title, &t.terms, &terms(places, at), &mut out),
            "dates" => sheet(name, title, &t.dates, &dates(places, at), &mut out),
            "entities" => sheet(name, title, &t.entities, &entities(places, at, &first_mentions(run)), &mut out),
            _ => sheet(name, title, &t.problems, &problems(places, at), &mut out),
        }
    }
    out
}

/// Cuts a table into pages.
fn sheet<R>(name: &str, title: &str, rows: &[R], columns: &Columns<'_, R>, out: &mut Vec<(String, Page)>) {
    let count = rows.len().div_ceil(ROWS).max(1);
    for page in 1..=count {
        let from = (page - 1) * ROWS;
        let part = &rows[from..rows.len().min(from + ROWS)];
        let which = if count == 1 {
            many(rows.len() as u64, "row")
        } else {
            format!("rows {}–{} of {}", grouped(from as u64 + 1), grouped((from + part.len()) as u64), grouped(rows.len() as u64))
        };
        let pager = pager(name, page, count);
        let body = html! {
            h1 { (title) }
            p.dek { (which) ". All columns are in " code { "tables/" (name) } ", and the report’s dictionary says what each means." }
            (pager)
            (table(&format!("{title}, {which}"), columns, part))
            @if part.len() > 20 { (pager) }
        };
        let trail = vec![("Report".to_owned(), "report.html".to_owned())];
        out.push((
            format!("{name}-{page}.html"),
            Page { depth: Depth::Sheets, title: format!("{title}, page {page}"), trail, body, sheets: Vec::new() },
        ));
    }
}

fn pager(name: &str, page: usize, count: usize) -> Markup {
    let near = |p: usize| p == 1 || p == count || p.abs_diff(page) <= 2 || p.is_multiple_of(count.div_ceil(10).max(1));
    html! {
        @if count > 1 {
            nav.pager aria-label="Pages" {
                @if page > 1 { a rel="prev" href=(format!("{name}-{}.html", page - 1)) { "Previous" } }
                @for p in (1..=count).filter(|&p| near(p)) {
                    @if p == page { a aria-current="page" href=(format!("{name}-{p}.html")) { (p) } }
                    @else { a href=(format!("{name}-{p}.html")) { (p) } }
                }
                @if page < count { a rel="next" href=(format!("{name}-{}.html", page + 1)) { "Next" } }
            }
        }
    }
}

/// Counts of claims and terms by document.
#[derive(Debug, Default)]
pub(super) struct PerDocument<'t> {
    claims: HashMap<&'t str, u64>,
    terms: HashMap<&'t str, u64>,
}

impl<'t> PerDocument<'t> {
    pub(super) fn of(run: Run<'t>) -> Self {
        let mut counts = Self::default();
        run.tables.claims.iter().for_each(|c| *counts.claims.entry(&c.doc_id).or_default() += 1);
        run.tables.terms.iter().for_each(|t| *counts.terms.entry(&t.doc_id).or_default() += 1);
        counts
    }
}

pub(super) fn documents<'p>(places: &'p Places<'_>, at: Depth, per: &'p PerDocument<'_>) -> Columns<'p, DocumentRow> {
    let count = |counts: &HashMap<&str, u64>, d: &DocumentRow| grouped(counts.get(d.doc_id.as_str()).copied().unwrap_or(0));
    Columns::<DocumentRow>::new()
        .text("article", move |d| match places.article(&d.doc_id) {
            Some(address) => html! { a href=(at.to(address)) lang=(d.language) { (words(&headline(d))) } },
            None => words(&headline(d)),
        })
        .text("source", |d| known(d.source.as_deref()))
        .text("published", |d| known(d.published.map(|p| dated(p, d.published_precision)).as_deref()))
        .text("language", |d| html! { (d.language) })
        .number("sentences", |d| grouped(u64::from(d.sentences)))
        .number("tokens", |d| grouped(u64::from(d.tokens)))
        .number("figures", move |d| count(&per.claims, d))
        .number("terms", move |d| count(&per.terms, d))
        .text("repeats", move |d| d.duplicate_of.as_deref().map_or_else(|| html! {}, |o| place(places, at, o, None)))
}

/// Whose words they are.
fn said(voice: Voice, speaker: Option<&str>) -> Markup {
    match (voice, speaker) {
        (Voice::Own, _) => html! { "the article itself" },
        (_, Some(speaker)) => html! { (words(speaker)) " (" (voice) ")" },
        (_, None) => html! { "somebody not named (" (voice) ")" },
    }
}

pub(super) fn claims<'p>(places: &'p Places<'_>, at: Depth) -> Columns<'p, ClaimRow> {
    Columns::<ClaimRow>::new()
        .text("sentence", move |c| place(places, at, &c.doc_id, c.sentence_id.as_deref()))
        .text("kind", |c| html! { (c.kind) })
        .text("in its words", |c| html! { "“" (words(&c.text)) "”" })
        .number("read as", |c| interval(c.value_min, c.value_max))
        .text("of whom", |c| html! { (known(c.victims_text.as_deref())) })
        .text("said by", |c| said(c.voice, c.speaker_text.as_deref()))
        .text("when", |c| known(event(c).as_deref()))
        .text("where", |c| known(c.place_text.as_deref()))
        .text("notes", |c| html! { (notes(c)) })
}

/// The days on which it happened, as the text dates it.
fn event(c: &ClaimRow) -> Option<String> {
    let (first, last) = (c.event_start?, c.event_end?);
    Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
}

/// What must be known before a figure is used.
pub(super) fn notes(c: &ClaimRow) -> String {
    let facts = [
        (c.negated, "denied"),
        (c.hypothetical, "supposed only"),
        (c.scope == crate::vocabulary::Scope::Background, "about an earlier event"),
        (c.subset_of.is_some(), "part of another figure"),
        (c.retracts.is_some(), "takes another back"),
        (c.supersedes.is_some(), "replaces another"),
        (c.contradicts.is_some(), "contradicts another"),
    ];
    facts.iter().filter(|f| f.0).map(|f| f.1).collect::<Vec<_>>().join(", ")
}

pub(super) fn quotes<'p>(places: &'p Places<'_>, at: Depth) -> Columns<'p, QuoteRow> {
    Columns::<QuoteRow>::new()
        .text("sentence", move |q| place(places, at, &q.doc_id, q.sentence_id.as_deref()))
        .text("kind", |q| html! { (q.kind) })
        .text("speaker", |q| known(q.speaker_text.as_deref()))
        .text("by the word", |q| q.cue.as_deref().map_or_else(|| html! {}, words))
        .text("what is said", |q| html! { "“" (words(&shortened(&q.text, LETTERS))) "”" })
}

pub(super) fn terms<'p>(places: &'p Places<'_>, at: Depth) -> Columns<'p, TermRow> {
    Columns::<TermRow>::new()
        .text("sentence", move |t| place(places, at, &t.doc_id, t.sentence_id.as_deref()))
        .text("term", |t| html! { span lang=(t.language) { (words(&t.text)) } })
        .text("frame", |t| html! { (plain(t.frame.as_str())) })
        .text("concept", |t| html! { (plain(&t.concept)) })
        .text("said by", |t| said(t.voice, t.speaker_text.as_deref()))
        .text("of whom", |t| t.target_text.as_deref().map_or_else(|| html! {}, words))
        .text("denied", |t| html! { @if t.negated { "denied" } })
}

pub(super) fn dates<'p>(places: &'p Places<'_>, at: Depth) -> Columns<'p, DateRow> {
    Columns::<DateRow>::new()
        .text("sentence", move |d| place(places, at, &d.doc_id, d.sentence_id.as_deref()))
        .text("in its words", |d| html! { "“" (words(&d.text)) "”" })
        .text("kind", |d| html! { (d.kind.as_str().to_lowercase()) })
        .text("value", |d| known(d.value.as_deref()))
        .text("read against", |d| html! { (d.anchor) })
}

/// The first mention of each entity.
pub(super) fn first_mentions(run: Run<'_>) -> HashMap<&str, (&str, Option<&str>)> {
    let mut first = HashMap::new();
    for m in &run.tables.mentions {
        first.entry(m.entity_id.as_str()).or_insert((m.doc_id.as_str(), m.sentence_id.as_deref()));
    }
    first
}

pub(super) fn entities<'p>(places: &'p Places<'_>, at: Depth, first: &'p HashMap<&str, (&str, Option<&str>)>) -> Columns<'p, EntityRow> {
    Columns::<EntityRow>::new()
        .text("name", |e| words(&e.name))
        .text("kind", |e| html! { (e.kind) })
        .text("also written", |e| {
            words(&shortened(&e.aliases.iter().filter(|a| **a != e.name).cloned().collect::<Vec<_>>().join("; "), LETTERS))
        })
        .text("Wikidata", |e| e.wikidata.as_deref().map_or_else(|| html! {}, |w| html! { (w) }))
        .number("mentions", |e| grouped(u64::from(e.mentions)))
        .number("articles", |e| grouped(u64::from(e.documents)))
        .text("first in", move |e| first.get(e.entity_id.as_str()).map_or_else(|| html! {}, |(d, s)| place(places, at, d, *s)))
}

pub(super) fn problems<'p>(places: &'p Places<'_>, at: Depth) -> Columns<'p, ProblemRow> {
    Columns::<ProblemRow>::new()
        .text("file", move |p| match p.doc_id.as_deref().and_then(|d| places.article(d)) {
            Some(address) => html! { a href=(at.to(address)) { (words(&p.path)) } },
            None => words(&p.path),
        })
        .text("severity", |p| html! { (p.severity) })
        .text("stage", |p| html! { (p.stage) })
        .text("what it is", |p| words(&p.message))
}
