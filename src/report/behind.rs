//! From a mark of a chart to what it stands for: straight to the sentence where it is one, else to a list of sentences or articles.

use maud::html;

use super::FOLDER;
use super::page::{Columns, Depth, Page, headline, place, shortened, table, words};
use super::places::Places;
use crate::chart::{KEPT, Spot};
use crate::tally::{grouped, many};

/// Letters of a sentence in a list.
const LETTERS: usize = 300;

type Row = (String, Option<String>);

/// Where a mark of a chart leads, from the folder of `report.html`; a page that it needs is added to `listed`.
pub(super) fn address(chart: &str, title: &str, spot: &Spot, places: &Places<'_>, listed: &mut Vec<(String, Page)>) -> Option<String> {
    let behind = &spot.behind;
    let (doc_id, sentence_id) = behind.rows.first()?;
    if behind.all == 1 {
        return places.sentence(doc_id, sentence_id.as_deref());
    }
    let file = format!("{chart}-mark-{}.html", listed.len() + 1);
    let of_documents = sentence_id.is_none();
    let count = many(behind.all as u64, if of_documents { "article" } else { "sentence" });
    let first = if behind.all > behind.rows.len() { format!(", the first {} of them", grouped(KEPT as u64)) } else { String::new() };
    let columns = Columns::<Row>::new();
    let columns = if of_documents {
        let title = |r: &Row| places.document(&r.0).map_or_else(|| words(&r.0), |d| words(&headline(d)));
        columns
            .text("article", move |r| html! { a href=(Depth::Sheets.to(places.article(&r.0).unwrap_or_default())) { (title(r)) } })
            .text("source", |r| places.document(&r.0).map_or_else(|| html! {}, |d| words(super::page::name(d))))
    } else {
        let text = |r: &Row| shortened(r.1.as_deref().and_then(|s| places.words(s)).unwrap_or_default(), LETTERS);
        columns.text("sentence", |r| place(places, Depth::Sheets, &r.0, r.1.as_deref())).text("in its words", move |r| words(&text(r)))
    };
    let body = html! {
        h1 { (words(&spot.says)) }
        p.dek { "What this mark of “" (title) "” stands for: " (count) (first) "." }
        (table(&format!("{}{first}", spot.says), &columns, &behind.rows))
    };
    let trail = vec![("Report".to_owned(), "report.html".to_owned())];
    listed.push((file.clone(), Page { depth: Depth::Sheets, title: shortened(&spot.says, 80), trail, body, sheets: Vec::new() }));
    Some(format!("{FOLDER}/{file}"))
}
