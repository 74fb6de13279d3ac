//! Where on a chart its marks lie and which rows they stand for, so that a report can lead from each mark to what it rests on.

use std::fmt::Write;

use super::escaped;
use super::scene::At;

/// Rows of a mark that are kept by name; the others are counted.
pub(crate) const KEPT: usize = 250;

/// The rows that a mark stands for: their documents and sentences, in order. Rows of one sentence that follow each other are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Behind {
    /// The first [`KEPT`], each a document with a sentence or without.
    pub(crate) rows: Vec<(String, Option<String>)>,
    /// How many there are.
    pub(crate) all: usize,
    last: (String, Option<String>),
}

impl Behind {
    pub(super) fn one(doc_id: &str, sentence_id: Option<&str>) -> Self {
        let mut one = Self::default();
        one.add(doc_id, sentence_id);
        one
    }

    pub(super) fn add(&mut self, doc_id: &str, sentence_id: Option<&str>) {
        if self.all > 0 && self.last.0 == doc_id && self.last.1.as_deref() == sentence_id {
            return;
        }
        self.last = (doc_id.to_owned(), sentence_id.map(str::to_owned));
        self.all += 1;
        if self.rows.len() < KEPT {
            self.rows.push(self.last.clone());
        }
    }

    /// With those of another mark.
    pub(super) fn join(&mut self, other: &Self) {
        let unnamed = other.all - other.rows.len();
        other.rows.iter().for_each(|(doc_id, sentence_id)| self.add(doc_id, sentence_id.as_deref()));
        self.all += unnamed;
    }
}

/// Where a mark can be met.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Left top and right bottom.
    Box(At, At),
    /// Along a line of some width.
    Line(Vec<At>, u32),
}

/// A mark that leads somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(super) area: Place,
    /// What it is, in words.
    pub(crate) says: String,
    /// What it stands for.
    pub(crate) behind: Behind,
}

impl Spot {
    /// The link over the mark, which is drawn already: what is seen of it is its focus.
    pub(super) fn link(&self, address: &str) -> String {
        let (address, says) = (attribute(address), attribute(&self.says));
        let area = match &self.area {
            Place::Box((left, top), (right, bottom)) => {
                format!("<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" fill=\"transparent\"/>", right - left, bottom - top)
            }
            Place::Line(points, width) => {
                let points = points.iter().fold(String::new(), |mut all, (x, y)| {
                    let _ = write!(all, "{x},{y} ");
                    all
                });
                let points = points.trim_end();
                format!(
                    "<polyline points=\"{points}\" fill=\"none\" stroke=\"transparent\" stroke-width=\"{width}\" pointer-events=\"stroke\"/>"
                )
            }
        };
        format!("<a class=\"spot\" href=\"{address}\" aria-label=\"{says}\"><title>{}</title>{area}</a>\n", escaped(&self.says))
    }
}

fn attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}
