//! One article: its sentences numbered, everything found in it marked where it stands, and its source beside it.

use std::collections::HashMap;

use maud::{Markup, html};
use rayon::prelude::*;

use super::marks::{Mark, marked};
use super::page::{Depth, Page, headline, interval, known, plain, words};
use super::places::{Places, anchor};
use super::{Run, edits, sheets};
use crate::span::Span;
use crate::tables::{ClaimRow, DateRow, DocumentRow, EditRow, EntityRow, MentionRow, QuoteRow, SentenceRow, TermRow};
use crate::tally::{dated, grouped};
use crate::vocabulary::{QuoteKind, Section, Voice};

/// What was found in one article.
struct Rows<'t> {
    sentences: Vec<&'t SentenceRow>,
    quotes: Vec<&'t QuoteRow>,
    claims: Vec<&'t ClaimRow>,
    terms: Vec<&'t TermRow>,
    dates: Vec<&'t DateRow>,
    mentions: Vec<&'t MentionRow>,
    edits: Vec<&'t EditRow>,
}

/// The rows of a table by document.
type ByDocument<'t, R> = HashMap<&'t str, Vec<&'t R>>;

fn by_document<'t, R>(rows: &'t [R], id: impl Fn(&'t R) -> &'t str) -> ByDocument<'t, R> {
    rows.iter().fold(HashMap::new(), |mut by, row| {
        by.entry(id(row)).or_default().push(row);
        by
    })
}

/// Every article's page with its file's name.
pub(super) fn all<'r>(run: Run<'r>, places: &'r Places<'_>) -> impl ParallelIterator<Item = (&'r str, Page)> {
    let t = run.tables;
    let sentences = by_document(&t.sentences, |r| &r.doc_id);
    let quotes = by_document(&t.quotes, |r| &r.doc_id);
    let claims = by_document(&t.claims, |r| &r.doc_id);
    let terms = by_document(&t.terms, |r| &r.doc_id);
    let dates = by_document(&t.dates, |r| &r.doc_id);
    let mentions = by_document(&t.mentions, |r| &r.doc_id);
    let edits = by_document(&t.edits, |r| &r.doc_id);
    let entities: HashMap<&str, &EntityRow> = t.entities.iter().map(|e| (e.entity_id.as_str(), e)).collect();
    t.documents.par_iter().enumerate().filter_map(move |(i, d)| {
        let id = d.doc_id.as_str();
        fn of<'t, R>(by: &ByDocument<'t, R>, id: &str) -> Vec<&'t R> {
            by.get(id).cloned().unwrap_or_default()
        }
        let rows = Rows {
            sentences: of(&sentences, id),
            quotes: of(&quotes, id),
            claims: of(&claims, id),
            terms: of(&terms, id),
            dates: of(&dates, id),
            mentions: of(&mentions, id),
            edits: of(&edits, id),
        };
        let neighbours = [i.checked_sub(1), Some(i + 1)].map(|n| n.and_then(|n| t.documents.get(n)));
        Some((places.file(id)?, page(d, &rows, &entities, neighbours, places)))
    })
}

fn page(
    d: &DocumentRow,
    rows: &Rows<'_>,
    entities: &HashMap<&str, &EntityRow>,
    [before, after]: [Option<&DocumentRow>; 2],
    places: &Places<'_>,
) -> Page {
    let title = headline(d);
    let to = |d: &DocumentRow| places.article(&d.doc_id).map(|a| Depth::Articles.to(a)).unwrap_or_default();
    let body = html! {
        p.kicker { "Article" }
        h1 lang=(d.language) { (words(&title)) }
        (about(d, places))
        section aria-labelledby="text" {
            h2 #text { "Text" }
            (key())
            (text(d, rows, entities))
        }
        @if !rows.mentions.is_empty() {
            section aria-labelledby="names" { h2 #names { "Names" } (names(d, rows, entities, places)) }
        }
        @if !rows.dates.is_empty() {
            section aria-labelledby="dates" { h2 #dates { "Dates" } (dates(d, rows, places)) }
        }
        section aria-labelledby="source" { h2 #source { "Source beside clean text" } (edits::beside(d, &rows.edits)) }
        nav.pager aria-label="Neighbouring articles" {
            @if let Some(b) = before { a rel="prev" href=(to(b)) { "Previous: " (words(&headline(b))) } }
            @if let Some(a) = after { a rel="next" href=(to(a)) { "Next: " (words(&headline(a))) } }
        }
    };
    let trail = vec![("Report".to_owned(), "report.html".to_owned()), ("Articles".to_owned(), sheets::first("documents"))];
    Page { depth: Depth::Articles, title, trail, body, sheets: Vec::new() }
}

/// What is known of the article as a whole.
fn about(d: &DocumentRow, places: &Places<'_>) -> Markup {
    let published = d.published.map(|p| dated(p, d.published_precision));
    html! {
        dl.about {
            div { dt { "Source" } dd { (known(d.source.as_deref())) } }
            div {
                dt { "Published" }
                dd { (known(published.as_deref())) @if let Some(basis) = d.published_basis { " (" (plain(basis.as_str())) ")" } }
            }
            @if let Some(author) = &d.author { div { dt { "Author" } dd { (words(author)) } } }
            div { dt { "Language" } dd { (d.language) } }
            div { dt { "Length" } dd { (grouped(u64::from(d.sentences))) " sentences, " (grouped(u64::from(d.tokens))) " tokens" } }
            @if let Some(url) = &d.url {
                div { dt { "Address" } dd {
                    @if url.starts_with("https://") || url.starts_with("http://") { a href=(url) rel="noreferrer noopener" { (words(url)) } }
                    @else { (words(url)) }
                } }
            }
            @if let Some(original) = &d.duplicate_of {
                div { dt { "Repeats" } dd { (super::page::place(places, Depth::Articles, original, None)) ", and is counted nowhere" } }
            }
            div { dt { "File" } dd { (words(&d.path)) } }
            div { dt { "SHA-256" } dd.hash { (d.sha256) } }
        }
    }
}

/// What the marks mean.
fn key() -> Markup {
    html! {
        p.key {
            "Marked: " span class="m claim" { "reported figure" } ", " span class="m term" { "loaded term" } ", "
            span class="m quote" { "somebody’s words" } ", " span class="m name" { "name" } ", " span class="m date" { "date" }
            ". Point at a mark to see what was read; the notes say it for figures, speakers and terms. Numbers are the sentences’ own addresses."
        }
    }
}

/// The text paragraph by paragraph, notes beside it.
fn text(d: &DocumentRow, rows: &Rows<'_>, entities: &HashMap<&str, &EntityRow>) -> Markup {
    let marks = marks(d, rows, entities);
    let paragraphs = rows.sentences.chunk_by(|a, b| a.paragraph == b.paragraph && a.section == b.section);
    html! {
        div.article lang=(d.language) {
            @for paragraph in paragraphs {
                @let whole = Span::new(start(paragraph[0]), end(paragraph[paragraph.len() - 1]));
                div.para {
                    p class=(class(paragraph[0].section)) dir="auto" {
                        @for (i, s) in paragraph.iter().enumerate() {
                            @let within = Span::new(start(s), end(s));
                            // What stands between two sentences is white space.
                            @if i > 0 { (d.text.get(end(paragraph[i - 1])..start(s)).unwrap_or(" ")) }
                            span.s id=(anchor(&d.doc_id, &s.sentence_id)) lang=[(s.language != d.language).then_some(&s.language)] {
                                a.num href=(format!("#{}", anchor(&d.doc_id, &s.sentence_id))) aria-label=(format!("Sentence {}", s.sentence + 1)) {
                                    (s.sentence + 1)
                                }
                                " "
                                @if d.text.get(within.start..within.end).is_some() { (marked(&d.text, within, near(&marks, within))) }
                                @else { (s.text) }
                            }
                        }
                    }
                    (notes(d, rows, whole))
                }
            }
        }
    }
}

/// The marks that may reach into a stretch: those up to its end. Marks stand in order of their starts, so the far ones before it are
/// the only ones tried in vain.
fn near(marks: &[Mark], within: Span) -> &[Mark] {
    let upto = marks.partition_point(|m| m.span.start < within.end);
    let from = marks[..upto].iter().position(|m| m.span.end > within.start).unwrap_or(upto);
    &marks[from..upto]
}

fn start(s: &SentenceRow) -> usize {
    usize::try_from(s.start).unwrap_or(usize::MAX)
}

fn end(s: &SentenceRow) -> usize {
    usize::try_from(s.end).unwrap_or(usize::MAX)
}

fn class(section: Section) -> &'static str {
    match section {
        Section::Headline => "headline",
        Section::Heading => "heading",
        Section::Byline => "byline",
        Section::Caption => "caption",
        Section::Lead | Section::Body | Section::List => "body",
    }
}

/// Everything that was found, in order of where it begins.
fn marks(d: &DocumentRow, rows: &Rows<'_>, entities: &HashMap<&str, &EntityRow>) -> Vec<Mark> {
    let mark = |(start, end): (u64, u64), kind, id: &str, says: String| {
        let span = Span::new(usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        d.text.get(span.start..span.end)?;
        Some(Mark { span, kind, says, anchor: anchor(&d.doc_id, id) })
    };
    let quotes = rows.quotes.iter().map(|q| {
        let speaker = q.speaker_text.as_deref().unwrap_or("nobody named");
        let says = if q.kind == QuoteKind::Scare { "scare quotes".to_owned() } else { format!("{} speech: {speaker}", q.kind) };
        mark((q.start, q.end), if q.kind == QuoteKind::Scare { "scare" } else { "quote" }, &q.quote_id, says)
    });
    let claims = rows.claims.iter().map(|c| mark((c.start, c.end), "claim", &c.claim_id, claim(c)));
    let terms = rows.terms.iter().map(|t| mark((t.start, t.end), "term", &t.term_id, term(t)));
    let dates = rows.dates.iter().map(|t| {
        let value = t.value.as_deref().unwrap_or("not resolved");
        mark((t.start, t.end), "date", &t.date_id, format!("{}: {value} ({})", t.kind.as_str().to_lowercase(), t.anchor))
    });
    let names = rows.mentions.iter().map(|m| {
        let name = entities.get(m.entity_id.as_str()).map_or(m.text.as_str(), |e| e.name.as_str());
        mark((m.start, m.end), "name", &m.mention_id, format!("{}: {name}", m.kind))
    });
    let mut all: Vec<Mark> = quotes.chain(claims).chain(terms).chain(dates).chain(names).flatten().collect();
    all.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    all
}

/// What a figure's row says.
fn claim(c: &ClaimRow) -> String {
    let notes = sheets::notes(c);
    let notes = if notes.is_empty() { notes } else { format!("; {notes}") };
    format!("{}: {}, {}{notes}", c.kind, interval(c.value_min, c.value_max), voice(c.voice, c.speaker_text.as_deref()))
}

/// What a term's row says.
fn term(t: &TermRow) -> String {
    let target = t.target_text.as_deref().map_or_else(String::new, |t| format!(", of {t}"));
    let denied = if t.negated { ", denied" } else { "" };
    format!("{}, {}{target}{denied}", plain(t.frame.as_str()), voice(t.voice, t.speaker_text.as_deref()))
}

fn voice(voice: Voice, speaker: Option<&str>) -> String {
    match (voice, speaker) {
        (Voice::Own, _) => "own voice".to_owned(),
        (Voice::Scare, None) => "in scare quotes".to_owned(),
        (_, Some(speaker)) => format!("by {speaker}"),
        (_, None) => "by somebody not named".to_owned(),
    }
}

/// What stands beside a paragraph: its figures, terms and speakers.
fn notes(d: &DocumentRow, rows: &Rows<'_>, whole: Span) -> Markup {
    let inside = |start: u64| (whole.start as u64..whole.end as u64).contains(&start);
    let claims = || rows.claims.iter().filter(|c| inside(c.start));
    let terms = || rows.terms.iter().filter(|t| inside(t.start));
    let quotes = || rows.quotes.iter().filter(|q| inside(q.start) && q.kind != QuoteKind::Scare);
    let to = |id: &str| format!("#{}", anchor(&d.doc_id, id));
    html! {
        @if claims().next().is_some() || terms().next().is_some() || quotes().next().is_some() {
            ul.notes lang="en" aria-label="Found in this paragraph" {
                @for c in claims() {
                    li.claim { a href=(to(&c.claim_id)) { "“" (words(&c.text)) "”" } " " (words(&claim(c))) }
                }
                @for q in quotes() {
                    li.quote { a href=(to(&q.quote_id)) { (q.kind) } " " (words(q.speaker_text.as_deref().unwrap_or("speaker not named"))) }
                }
                @for t in terms() {
                    li.term { a href=(to(&t.term_id)) { "“" (words(&t.text)) "”" } " " (words(&term(t))) }
                }
            }
        }
    }
}

/// Each thing that is named, with the sentences that name it.
fn names(d: &DocumentRow, rows: &Rows<'_>, entities: &HashMap<&str, &EntityRow>, places: &Places<'_>) -> Markup {
    let mut by_entity: Vec<(&str, Vec<&MentionRow>)> = Vec::new();
    for &m in &rows.mentions {
        match by_entity.iter_mut().find(|e| e.0 == m.entity_id) {
            Some(e) => e.1.push(m),
            None => by_entity.push((&m.entity_id, vec![m])),
        }
    }
    html! {
        ul.index {
            @for (entity, mentions) in &by_entity {
                li {
                    (words(entities.get(entity).map_or(mentions[0].text.as_str(), |e| e.name.as_str())))
                    " " span.kind { (mentions[0].kind) } " "
                    @for m in mentions { (sentence(d, m.sentence_id.as_deref(), places)) " " }
                }
            }
        }
    }
}

/// Each temporal expression with what was read.
fn dates(d: &DocumentRow, rows: &Rows<'_>, places: &Places<'_>) -> Markup {
    html! {
        ul.index {
            @for t in &rows.dates {
                li {
                    "“" (words(&t.text)) "” " span.kind { (t.value.as_deref().unwrap_or("not resolved")) } " "
                    (sentence(d, t.sentence_id.as_deref(), places))
                }
            }
        }
    }
}

fn sentence(d: &DocumentRow, id: Option<&str>, places: &Places<'_>) -> Markup {
    html! {
        @if let Some((id, number)) = id.and_then(|id| Some((id, places.number(id)?))) {
            a href=(format!("#{}", anchor(&d.doc_id, id))) aria-label=(format!("Sentence {number}")) { (number) }
        }
    }
}
