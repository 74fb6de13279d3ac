//! The data dictionary: the codebook, as a part of the report.

use std::sync::LazyLock;

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};

const CODEBOOK: &str = include_str!("../docs/codebook.md");

/// Each part of the codebook, its heading and its body. The codebook is the program's own text, not an article's.
static PARTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut parts = CODEBOOK.split("\n## ");
    let opening = parts.next().unwrap_or_default().trim_start_matches("# Codebook");
    let part = |p: &'static str| p.split_once('\n').unwrap_or((p, ""));
    std::iter::once(("How to read it", opening)).chain(parts.map(part)).map(|(head, text)| (head.to_owned(), body(text))).collect()
});

/// Markdown as HTML, without its links: they lead to other files of the project.
fn body(text: &str) -> String {
    let linked = |e: &Event| !matches!(e, Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link));
    // A column's alignment would be an inline style, which the pages' security policy refuses.
    let plain = |e| match e {
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        e => e,
    };
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(text, Options::ENABLE_TABLES).filter(linked).map(plain));
    // A table is wider than a narrow window.
    out.replace("<th></th>", "<td></td>") // the corner of a table of comparisons
        .replace("<th>", "<th scope=\"col\">")
        .replace("<table>", "<div class=\"scroll\" role=\"region\" aria-label=\"Columns\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
}

pub(super) fn markup() -> Markup {
    html! {
        @for (head, body) in &*PARTS {
            details.part {
                summary { (head) }
                (PreEscaped(body))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_part() {
        let heads: Vec<&str> = PARTS.iter().map(|p| p.0.as_str()).collect();
        for table in crate::tables::Tables::NAMES {
            assert!(heads.contains(table), "{table} is in none of {heads:?}");
        }
        assert!(PARTS.iter().all(|p| !p.1.contains("<a ") && !p.1.trim().is_empty()));
    }
}
