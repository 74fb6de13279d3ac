//! What changed since an earlier run, and why.

use maud::{Markup, html};

use super::page::{Columns, Depth, Page, plain, table, words};
use super::places::Places;
use crate::diff::{Change, Changes, Kind, MovedRate, TableChanges};
use crate::tally::{Rate, grouped, many};

/// Rows of a table's changes that stand on the page.
const ROWS: usize = 500;

/// The page; with `places`, rows of the later run lead to their sentences.
pub(super) fn page(changes: &Changes, places: Option<&Places<'_>>, depth: Depth) -> Page {
    let title = "What changed since the run before".to_owned();
    let body = html! {
        h1 { (title) }
        p.dek { (sentence(changes)) }
        section aria-labelledby="why" {
            h2 #why { "What the runs were made from" }
            @if changes.reasons.is_empty() { p { "The same program, articles, language packs and policy." } }
            @else {
                (table("What is different", &Columns::<(String, String, String)>::new()
                    .text("what", |r| html! { (r.0) })
                    .text("before", |r| html! { span.hash { (words(&r.1)) } })
                    .text("after", |r| html! { span.hash { (words(&r.2)) } }), &changes.reasons))
            }
        }
        @for t in &changes.tables {
            section aria-labelledby=(t.table) { h2 id=(t.table) { (heading(t.table)) } (of_table(t, places, depth)) }
        }
        section aria-labelledby="rates" {
            h2 #rates { "Rates" }
            @if changes.rates.is_empty() { p { "No rate moved." } }
            @else {
                p { "Occurrences per 1,000 tokens of each source with exact 95 % intervals, before and after. A rate moves with its denominator too." }
                (rates(&changes.rates))
            }
        }
    };
    let trail = if places.is_some() { vec![("Report".to_owned(), "report.html".to_owned())] } else { Vec::new() };
    Page { depth, title, trail, body, sheets: Vec::new() }
}

/// All changes in a sentence.
pub(super) fn sentence(changes: &Changes) -> String {
    if changes.is_empty() {
        return "Nothing changed.".to_owned();
    }
    let parts: Vec<String> = changes.tables.iter().map(|t| format!("{}: {}", heading(t.table).to_lowercase(), counts(t))).collect();
    format!("{}; {}.", parts.join("; "), many(changes.rates.len() as u64, "rate") + " moved")
}

fn heading(table: &str) -> &'static str {
    match table {
        "documents" => "Articles",
        "claims" => "Reported figures",
        _ => "Loaded terms",
    }
}

fn counts(t: &TableChanges) -> String {
    format!("{} new, {} gone, {} changed", t.count(Kind::New), t.count(Kind::Gone), t.count(Kind::Changed))
}

fn of_table(t: &TableChanges, places: Option<&Places<'_>>, depth: Depth) -> Markup {
    let shown = &t.rows[..t.rows.len().min(ROWS)];
    let first = if shown.len() < t.rows.len() { format!(", the first {ROWS} of {}", grouped(t.rows.len() as u64)) } else { String::new() };
    let columns = Columns::<Change>::new()
        .text("change", |c| html! { (match c.kind { Kind::New => "new", Kind::Gone => "gone", Kind::Changed => "changed" }) })
        .text("what", |c| {
            let address = places.filter(|_| c.kind != Kind::Gone).and_then(|p| p.sentence(&c.doc_id, c.sentence_id.as_deref()));
            html! { @if let Some(address) = address { a href=(depth.to(address)) { (words(&c.words)) } } @else { (words(&c.words)) } }
        })
        .text("in cells", |c| {
            html! {
                @for (i, (column, before, after)) in c.cells.iter().enumerate() {
                    @if i > 0 { "; " }
                    (plain(column)) " " (value(before)) " → " (value(after))
                }
            }
        })
        .text("why", |c| html! { (words(&c.why)) });
    html! {
        p { (grouped(t.before as u64)) " before, " (grouped(t.after as u64)) " after: " (counts(t)) "." }
        @if !shown.is_empty() { (table(&format!("{}: what changed{first}", heading(t.table)), &columns, shown)) }
    }
}

fn value(cell: &str) -> Markup {
    if cell.is_empty() {
        html! { span.unknown { "unknown" } }
    } else {
        words(&super::page::shortened(cell, 80))
    }
}

fn rates(moved: &[MovedRate]) -> Markup {
    let rate = |r: &Rate| match (r.rate, r.low, r.high) {
        (Some(rate), Some(low), Some(high)) => format!("{rate:.1} ({low:.1} to {high:.1}), {} in {}", r.count, grouped(r.tokens)),
        _ => "no tokens".to_owned(),
    };
    let columns = Columns::<MovedRate>::new()
        .text("source", |r| words(&r.source))
        .text("of", |r| html! { (r.what) })
        .number("before", |r| rate(&r.before))
        .number("after", |r| rate(&r.after))
        .text("why", |r| words(&r.why));
    table("Rates that moved", &columns, moved)
}
