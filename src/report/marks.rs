//! Marks over a text: stretches that overlap in any way, as markup that is nested rightly.
//!
//! The text is cut wherever a mark begins or ends; each piece says of all marks that cover it. So a name that reaches out of a
//! quotation needs no element that is half inside another.

use maud::{Markup, html};

use crate::span::Span;

/// A stretch and what is said of it.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    /// How it looks: a class of the style sheet.
    pub(super) kind: &'static str,
    /// What the row says, for who points at it.
    pub(super) says: String,
    /// The row's anchor.
    pub(super) anchor: String,
}

/// The stretch `within` of a text with its marks; `marks` stand in order of their starts and may reach beyond it.
pub(super) fn marked(text: &str, within: Span, marks: &[Mark]) -> Markup {
    let here: Vec<&Mark> = marks.iter().filter(|m| m.span.overlaps(within)).collect();
    let mut cuts: Vec<usize> = here.iter().flat_map(|m| [m.span.start, m.span.end]).chain([within.start, within.end]).collect();
    cuts.retain(|c| (within.start..=within.end).contains(c));
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for piece in cuts.windows(2).map(|w| Span::new(w[0], w[1])) {
            @let over: Vec<&&Mark> = here.iter().filter(|m| m.span.contains(piece)).collect();
            @if over.is_empty() {
                (piece.of(text))
            } @else {
                // A row's anchor is where it begins; what began in an earlier stretch has its anchor there.
                @for m in over.iter().filter(|m| m.span.start == piece.start) { a.at id=(m.anchor) {} }
                span class=(classes(&over)) title=(over.iter().map(|m| m.says.as_str()).collect::<Vec<_>>().join("\n")) { (piece.of(text)) }
            }
        }
    }
}

fn classes(over: &[&&Mark]) -> String {
    let mut kinds: Vec<&str> = over.iter().map(|m| m.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    format!("m {}", kinds.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(start: usize, end: usize, kind: &'static str) -> Mark {
        Mark { span: Span::new(start, end), kind, says: format!("{kind} \"<\""), anchor: format!("{kind}-{start}") }
    }

    /// The text without its tags and with its entities read.
    fn plain(html: &str) -> String {
        let mut out = String::new();
        for part in html.split('<') {
            out += part.split_once('>').map_or(part, |(_, rest)| rest);
        }
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn marks_that_cross_are_cut() {
        let html = marked("abcdefgh", Span::new(0, 8), &[mark(1, 5, "quote"), mark(3, 7, "name")]).0;
        assert_eq!(
            html.matches("<span class=\"m name quote\" title=\"quote &quot;&lt;&quot;\nname &quot;&lt;&quot;\">de</span>").count(),
            1,
            "{html}"
        );
        assert!(html.contains("<span class=\"m quote\"") && html.contains(">fg</span>h"), "{html}");
        assert_eq!(html.matches("id=\"quote-1\"").count(), 1);
    }

    proptest! {
        #[test]
        fn nothing_of_the_text_is_lost(
            text in "[a-c<>&\"'é ]{0,40}",
            mut ends in proptest::collection::vec((0_usize..40, 0_usize..40), 0..8),
        ) {
            let at = |i: usize| (0..=i.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            ends.sort_unstable();
            let marks: Vec<Mark> = ends.into_iter().map(|(a, b)| mark(at(a.min(b)), at(a.max(b)), "term")).collect();
            let html = marked(&text, Span::new(0, text.len()), &marks).0;
            prop_assert_eq!(plain(&html), text);
            prop_assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
        }
    }
}
