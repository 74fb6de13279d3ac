//! `report.html`: what was found in sentences, charts and first rows; how, out of what, and what it can't tell.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use super::page::{Columns, Depth, Page, interval, place, sheets_in, table, words};
use super::places::Places;
use super::{FOLDER, Run, behind, dictionary, sheets};
use crate::chart::{self, Chart};
use crate::error::Result;
use crate::tables::{ClaimRow, DocumentRow, EntityRow, Tables};
use crate::tally::{self, Column as Cells, HARM, Table, dated, grouped, many};
use crate::vocabulary::{Severity, Voice};

/// Rows of a table that stand here; all of them have pages of their own.
const ROWS: usize = 15;
/// Rows of the numbers behind a chart that stand here; all of them are in the chart's CSV.
const NUMBERS: usize = 100;

const AT: Depth = Depth::Top;

/// The page, and those that list what marks of its charts stand for.
pub(super) fn page(run: Run<'_>, places: &Places<'_>) -> Result<(Page, Vec<(String, Page)>)> {
    let t = run.tables;
    let coverage = tally::coverage(t);
    let all = coverage.total();
    let frames = tally::rates(t).by("frame").by("source").by("whose").count()?;
    let title = format!("What {} from {} report", many(all.documents, "article"), many(coverage.rows.len() as u64, "source"));
    let per = sheets::PerDocument::of(run);
    let first_mentions = sheets::first_mentions(run);
    let mut named: Vec<&EntityRow> = t.entities.iter().collect();
    named.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.entity_id.cmp(&b.entity_id)));
    let harm: Vec<&ClaimRow> = tally::harm(t).map(|h| h.0).collect();
    let charts = chart::all(t)?;
    let drawn = charts.iter().flat_map(|(_, c)| sheets_in(c.svg())).collect();
    let mut listed = Vec::new();
    let mut figures = |section: &str| -> Markup {
        html! { @for (name, c) in charts.iter().filter(|(name, _)| section_of(name) == section) { (figure(name, c, places, &mut listed)) } }
    };
    let sections = [
        ("findings", "Findings", html! { (findings(run, places)?) }),
        ("coverage", "Coverage", html! { p { "What every count below is out of, and in whose voice it stands." } (figures("coverage")) }),
        (
            "figures",
            "Reported figures on people harmed",
            html! {
                p { "A figure keeps its words and its voice; figures of several articles may count the same people and are never added up. Figures about earlier events and supposed ones are left out here." }
                (figures("figures"))
                (first_rows("claims", "Reported figures on people harmed", &sheets::claims(places, AT), &harm, t.claims.len()))
            },
        ),
        (
            "terms",
            "Loaded terms",
            html! {
                p { (frames.sentence()) " A frame is what a word does to those it names, whoever says it; the article’s own voice is never added to what it quotes." }
                (figures("terms"))
                (first_rows("terms", "Loaded terms", &sheets::terms(places, AT), &t.terms.iter().collect::<Vec<_>>(), t.terms.len()))
            },
        ),
        (
            "names",
            "Who and what is named",
            html! { (figures("names")) (first_rows("entities", "Names by number of mentions", &sheets::entities(places, AT, &first_mentions), &named, t.entities.len())) },
        ),
        (
            "articles",
            "The articles",
            html! {
                (first_rows("documents", "Articles", &sheets::documents(places, AT, &per), &t.documents.iter().collect::<Vec<_>>(), t.documents.len()))
                p { "Every table in full: " @for (i, (name, title, rows)) in sheets::names(run).iter().enumerate() {
                    @if i > 0 { ", " } a href=(sheets::first(name)) { (title) } " (" (grouped(*rows as u64)) ")"
                } "." }
            },
        ),
        ("method", "Method", method(run)),
        ("limits", "Limits", limits(t)),
        (
            "problems",
            "Problems",
            html! {
                @if t.problems.is_empty() { p { "Every file of the corpus could be used." } }
                @else { (first_rows("problems", "Problems", &sheets::problems(places, AT), &t.problems.iter().collect::<Vec<_>>(), t.problems.len())) }
            },
        ),
        (
            "dictionary",
            "Data dictionary",
            html! { p { "A definition for every column of every table, and how well each is known to be right." } (dictionary::markup()) },
        ),
        ("manifest", "Manifest", manifest(run)),
    ];
    let body = html! {
        header.front {
            p.kicker { "newsframe report" }
            h1 { (title) }
            p.dek {
                @if let Some((first, last)) = all.published.map(|p| (dated(p.0.0, p.0.1), dated(p.1.0, p.1.1))) {
                    "Published " (first) @if first != last { " to " (last) } ". "
                }
                "In " (languages(&all.languages)) ". Figures and words as reported, none of them verified."
            }
            dl.numbers {
                div { dt { "articles" } dd { (grouped(all.documents)) } }
                div { dt { "sources" } dd { (grouped(coverage.rows.len() as u64)) } }
                div { dt { "figures on people harmed" } dd { (grouped(harm.len() as u64)) } }
                div { dt { "loaded terms" } dd { (grouped(all.terms)) } }
            }
        }
        nav.contents aria-label="Contents" {
            ol { @for (id, title, _) in &sections { li { a href=(format!("#{id}")) { (title) } } } }
        }
        @for (id, title, body) in &sections {
            section aria-labelledby=(id) { h2 id=(id) { (title) } (body) }
        }
    };
    Ok((Page { depth: AT, title, trail: Vec::new(), body, sheets: drawn }, listed))
}

fn languages(codes: &[String]) -> String {
    let name = |c: &String| match c.as_str() {
        "en" => "English".to_owned(),
        "es" => "Spanish".to_owned(),
        other => other.to_owned(),
    };
    codes.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// What was counted, a sentence a finding, each with the way to what it rests on.
fn findings(run: Run<'_>, places: &Places<'_>) -> Result<Markup> {
    let t = run.tables;
    let coverage = tally::coverage(t);
    let attribution = tally::attribution(t);
    let whose = tally::rates(t).by("whose").count()?;
    let harm: Vec<(&ClaimRow, &DocumentRow)> = tally::harm(t).collect();
    let links = |id: &str, name: &str| html! { " " a.more href=(format!("#{id}")) { (name) } };
    Ok(html! {
        ol.findings {
            li { (coverage.sentence()) (links("coverage", "Coverage")) }
            li { (attribution.sentence()) (links("figures", "Figures")) }
            @for kind in HARM {
                @let of_kind: Vec<_> = harm.iter().filter(|h| h.0.kind == kind).collect();
                @if let Some((claim, document)) = tally::highest(t, kind) {
                    li {
                        "People reported " b { (kind) } ": " (many(of_kind.len() as u64, "figure"))
                        " in " (many(distinct(of_kind.iter().map(|h| h.1.doc_id.as_str())), "article"))
                        @if of_kind.len() > 1 { ". The highest, by the most that its words allow, is “" } @else { ", “" }
                        (words(&claim.text)) "”"
                        @if let Some(victims) = claim.victims_text.as_deref().filter(|v| !claim.text.contains(v)) { " (" (words(victims)) ")" }
                        ", read as " (interval(claim.value_min, claim.value_max)) ", "
                        (by(claim)) ": " (place(places, AT, &document.doc_id, claim.sentence_id.as_deref())) "."
                    }
                }
            }
            @let doubts = doubts(&t.claims);
            @if !doubts.is_empty() { li { (doubts) } }
            @let all: u64 = whose.rows.iter().map(|r| r.count).sum();
            @if let Some(rate) = whose.rows.first().map(|r| tally::Rate::new(Vec::new(), all, r.tokens, r.documents)) {
                li {
                    (many(all, "loaded term")) ", " (decimal(rate.rate)) " per 1,000 tokens (95 % interval " (decimal(rate.low)) " to " (decimal(rate.high)) "); "
                    @for (i, r) in whose.rows.iter().filter(|r| r.count > 0).enumerate() {
                        @if i > 0 { ", " } (r.count) " " (voices(&r.group))
                    }
                    "." (links("terms", "Terms"))
                }
            }
            @let concepts = concepts(t);
            @if !concepts.is_empty() {
                li {
                    "The most frequent: "
                    @for (i, (concept, count, term)) in concepts.iter().enumerate() {
                        @if i > 0 { ", " }
                        a href=(places.sentence(&term.doc_id, term.sentence_id.as_deref()).unwrap_or_default()) { (super::page::plain(concept)) } " (" (count) ")"
                    }
                    "."
                }
            }
            @let speakers = speakers(t);
            @if !speakers.is_empty() {
                li { "Quoted most: " @for (i, (name, count)) in speakers.iter().enumerate() { @if i > 0 { ", " } (words(name)) " (" (count) ")" } "." }
            }
            @if let Some(changes) = run.changes {
                li { "Since the run before, " (super::changes::sentence(changes)) " " a.more href=(format!("{FOLDER}/changes.html")) { "What changed, and why" } }
            }
            @if let Some(note) = tally::describes(coverage.total().documents) {
                li { "All of this is " (note) ". Nothing here stands for the press of a country, or for what happened." }
            }
        }
    })
}

fn distinct<'a>(items: impl Iterator<Item = &'a str>) -> u64 {
    items.collect::<std::collections::BTreeSet<_>>().len() as u64
}

fn by(c: &ClaimRow) -> Markup {
    match (&c.speaker_text, c.voice) {
        (_, Voice::Own) => html! { "in the article’s own voice" },
        (Some(speaker), _) => html! { "said by " (words(speaker)) },
        (None, _) => html! { "said by somebody not named" },
    }
}

/// Figures that are not to be taken as they stand.
fn doubts(claims: &[ClaimRow]) -> String {
    let count = |what: &dyn Fn(&ClaimRow) -> bool, words: &str| {
        let n = claims.iter().filter(|c| what(c)).count();
        (n > 0).then(|| format!("{} {words}", many(n as u64, "figure")))
    };
    let parts = [
        count(&|c| c.negated, "denied"),
        count(&|c| c.hypothetical, "supposed or feared only"),
        count(&|c| c.retracts.is_some(), "that take an earlier one back"),
        count(&|c| c.contradicts.is_some(), "that contradict another voice of the same text"),
        count(&|c| c.subset_of.is_some(), "that are part of another"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("Among all figures: {}.", parts.join(", ")) }
}

fn voices(group: &[String]) -> &'static str {
    match group.first().map(String::as_str) {
        Some("own") => "in the articles’ own voice",
        Some("quoted") => "quoted or reported",
        _ => "in scare quotes",
    }
}

fn decimal(v: Option<f64>) -> String {
    v.map_or_else(|| "unknown".to_owned(), |v| format!("{v:.1}"))
}

/// The concepts met most often, each with its first occurrence.
fn concepts(t: &Tables) -> Vec<(&str, u64, &crate::tables::TermRow)> {
    let mut counts: BTreeMap<&str, (u64, &crate::tables::TermRow)> = BTreeMap::new();
    t.terms.iter().for_each(|term| counts.entry(&term.concept).or_insert((0, term)).0 += 1);
    let mut counts: Vec<_> = counts.into_iter().map(|(c, (n, term))| (c, n, term)).collect();
    counts.sort_by_key(|c| std::cmp::Reverse(c.1));
    counts.truncate(5);
    counts
}

/// Those to whom most words are attributed, by the name of their entity.
fn speakers(t: &Tables) -> Vec<(&str, u64)> {
    let names: BTreeMap<&str, &str> = t.entities.iter().map(|e| (e.entity_id.as_str(), e.name.as_str())).collect();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for id in t.quotes.iter().filter_map(|q| q.entity_id.as_deref()) {
        *counts.entry(names.get(id).copied().unwrap_or(id)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|c| std::cmp::Reverse(c.1));
    counts.truncate(5);
    counts
}

/// Where a chart of [`chart::all`] belongs.
fn section_of(chart: &str) -> &'static str {
    match chart {
        "casualties" | "timeline" => "figures",
        "rhetoric" | "keyness" | "dispersion" => "terms",
        "mentions" | "places" | "network" => "names",
        _ => "coverage",
    }
}

/// A chart, what it shows in words, and the numbers behind it.
fn figure(name: &str, chart: &Chart, places: &Places<'_>, listed: &mut Vec<(String, Page)>) -> Markup {
    let svg = chart.linked(|spot| behind::address(name, chart.title(), spot, places, listed));
    let after = format!("after-{name}");
    let data = chart.data();
    let rows: Vec<usize> = (0..data.height().min(NUMBERS)).collect();
    let more =
        if rows.len() < data.height() { format!(", the first {} of {}", rows.len(), grouped(data.height() as u64)) } else { String::new() };
    html! {
        figure {
            a.skip href=(format!("#{after}")) { "Skip the marks of this chart" }
            // The picture is drawn by the program, with all words in it escaped.
            div.chart role="region" aria-label=(chart.title()) tabindex="0" { (PreEscaped(svg)) }
            figcaption id=(after) tabindex="-1" {
                details { summary { "The chart in words" } p { (chart.alt()) } }
                @if data.height() > 0 {
                    details {
                        summary { "The numbers behind it" (more) }
                        (table(&format!("{}: the numbers{more}", chart.title()), &numbers(data, places), &rows))
                    }
                }
            }
        }
    }
}

/// The columns of counted things. Ids of sentences become links, and other ids are left to the CSV.
fn numbers<'c>(data: &'c Table, places: &'c Places<'_>) -> Columns<'c, usize> {
    data.columns.iter().fold(Columns::new(), |columns, (name, cells)| {
        let head = super::page::plain(name);
        match cells {
            Cells::Text(v) if name == "sentence_id" => {
                let link = |id: &str| place(places, AT, id.rsplit_once(".s.").map_or("", |d| d.0), Some(id));
                columns.text("sentence", move |&i| v[i].as_deref().map_or_else(|| html! {}, link))
            }
            Cells::Text(_) if name.ends_with("_id") => columns,
            Cells::Text(v) => columns.text(head, |&i| v[i].as_deref().map_or_else(|| html! {}, words)),
            Cells::Count(v) => columns.number(head, |&i| v[i].map_or_else(String::new, grouped)),
            Cells::Number(v) => columns.number(head, |&i| v[i].map_or_else(String::new, fraction)),
        }
    })
}

/// A number as it is if it is whole, otherwise with three decimals.
fn fraction(v: f64) -> String {
    if v == v.trunc() { format!("{v:.0}") } else { format!("{v:.3}") }
}

/// The first rows of a table, with the way to the rest.
fn first_rows<R>(name: &str, caption: &str, columns: &Columns<'_, R>, rows: &[&R], all: usize) -> Markup {
    let shown = &rows[..rows.len().min(ROWS)];
    let which =
        if shown.len() < rows.len() { format!(", the first {} of {}", shown.len(), grouped(rows.len() as u64)) } else { String::new() };
    html! {
        @if shown.is_empty() { p { "None were found." } }
        @else { (table(&format!("{caption}{which}"), columns, shown.iter().copied())) }
        @if shown.len() < all { p.more { a href=(sheets::first(name)) { "All " (many(all as u64, "row")) } } }
    }
}

fn method(run: Run<'_>) -> Markup {
    html! {
        ol {
            li { "Each file is read as it is; wrong decodings are reversed and page furniture is taken out, every change with a way back to the source." }
            li { "The clean text is cut into sentences. Rules of the language packs find quotations and their speakers, names, dates, figures and loaded terms." }
            li { "A figure is joined with who said it, of whom, when and where; its words become an interval (“at least 10” is 10 or more, “dozens” is 24 to 99) by the policy “" (run.manifest.policy) "”." }
            li { "Names are joined over spellings and languages. An article that repeats another one is kept, and counted nowhere." }
            li { "Counts stand beside what they are out of. Rates are per 1,000 tokens with exact Poisson intervals, shares with Wilson intervals, both of 95 %." }
        }
        p { "Every row names the rule that made it, and leads back to its sentence. The same articles, program, packs and policy give the same report." }
    }
}

/// What can't be told, as far as the tables themselves say it.
fn limits(t: &Tables) -> Markup {
    let count = |what: &dyn Fn(&DocumentRow) -> bool| t.documents.iter().filter(|d| what(d)).count() as u64;
    let facts = [
        (count(&|d| d.published.is_none()), "without a known date of publication: words such as “yesterday” are not resolved in them"),
        (count(&|d| d.source.is_none()), "without a known source, counted together as one"),
        (count(&|d| d.duplicate_of.is_some()), "that repeat another one, counted nowhere"),
        (count(&|d| d.unrepaired > 0), "with damage that could not be repaired"),
    ];
    html! {
        ul {
            li { "No row says that something happened: it says that a text reports it, in whose voice, in which words. Nothing was verified." }
            li { "The articles were chosen by whoever made the corpus. Intervals are for chance alone and say nothing about how they were chosen." }
            li { "Rules miss and mistake. How often, on which texts, is measured in the " a href="#dictionary" { "data dictionary" } "; expect less on prose of other kinds." }
            li { "A loaded term is a word, not a verdict: the same word may be apt. Compare who uses it of whom, and read the sentence." }
            @for (n, words) in facts { @if n > 0 { li { (many(n, "article")) " " (words) "." } } }
            @if t.problems.iter().any(|p| p.severity == Severity::Error) { li { "Some files could not be used: see " a href="#problems" { "problems" } "." } }
        }
    }
}

fn manifest(run: Run<'_>) -> Markup {
    let m = run.manifest;
    let files: Vec<(&String, &String)> = m.files.iter().take(50).collect();
    html! {
        dl.about {
            div { dt { "Program" } dd { "newsframe " (m.version) ", build " (m.build) } }
            div { dt { "Corpus" } dd { (words(&m.corpus)) ", " (many(m.files.len() as u64, "file")) } }
            div { dt { "Corpus SHA-256" } dd.hash { (m.corpus_sha256) } }
            div { dt { "Policy" } dd { (words(&m.policy)) } }
            @for (language, hash) in &m.packs { div { dt { "Language pack " (language) } dd.hash { (hash) } } }
            div { dt { "Rows" } dd { @for (i, (table, n)) in m.rows.iter().enumerate() { @if i > 0 { ", " } (table) " " (grouped(*n as u64)) } } }
        }
        details {
            summary { "Files of the corpus" @if files.len() < m.files.len() { ", the first " (files.len()) " of " (grouped(m.files.len() as u64)) } }
            ul.files { @for (name, hash) in files { li { (words(name)) " " span.hash { (hash) } } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_are_told_only_where_there_are_some() {
        assert_eq!(doubts(&[]), "");
        assert_eq!(languages(&["en".to_owned(), "es".to_owned()]), "English and Spanish");
    }
}
