//! One article: its clean text, where it came from, and the way back to its source.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::pack::Lang;
use crate::span::Span;
use crate::vocabulary::{Basis, EditKind, Precision};

/// A date of publication: a day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PublishedDate {
    /// The day, or the first day of the month or year.
    pub first: NaiveDate,
    /// How much of it is known: day, month or year.
    pub precision: Precision,
    /// Where it is known from.
    pub basis: Basis,
}

/// No news is older.
const FIRST_YEAR: i32 = 1600;

impl PublishedDate {
    /// Reads `2022-01-07` (also with a time after it), `2022-01` or `2022`, and what software writes for a day: `2022/01/07`,
    /// `2022-1-7`, `20220107`, `7-Jan-2022`, RFC 5322. Figures that can be read two ways (`07/01/2022`) are not read.
    #[must_use]
    pub fn parse(s: &str, basis: Basis) -> Option<Self> {
        let s = s.trim();
        let begins = |n: usize| s.len() >= n && s.bytes().take(n).all(|b| b.is_ascii_digit());
        // Parted in another way, or without zeros before single figures.
        let parted = || {
            let end = s.find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c)).unwrap_or(s.len());
            let [year, month, day] = s[..end].split(['-', '/', '.']).collect::<Vec<_>>().try_into().ok()?;
            let figures = year.len() == 4 && [month, day].iter().all(|part| matches!(part.len(), 1 | 2));
            figures.then(|| Self::in_figures(&format!("{year}-{month:0>2}-{day:0>2}"), basis))?
        };
        // Ten figures are seconds since 1970; fourteen are a day and its time.
        let compact = || {
            (begins(8) && (!begins(9) || s.len() == 14 && begins(14)))
                .then(|| Self::in_figures(&format!("{}-{}-{}", &s[..4], &s[4..6], &s[6..8]), basis))?
        };
        let mail = || chrono::DateTime::parse_from_rfc2822(s).ok().map(|d| d.date_naive());
        let named = || mail().or_else(|| NaiveDate::parse_from_str(s, "%d-%b-%Y").ok());
        let named = || Self::in_figures(&named()?.to_string(), basis);
        let date = Self::in_figures(s, basis).or_else(parted).or_else(compact).or_else(named);
        // What software writes where it knows no date.
        date.filter(|d| d.first.year() >= FIRST_YEAR)
    }

    fn in_figures(s: &str, basis: Basis) -> Option<Self> {
        let day = s.get(..10).and_then(|d| d.parse::<NaiveDate>().ok()).filter(|_| s[10..].is_empty() || s[10..].starts_with(['T', ' ']));
        if let Some(first) = day {
            return Some(Self { first, precision: Precision::Day, basis });
        }
        let digits = |part: &str, n: usize| (part.len() == n).then(|| part.parse::<u32>().ok()).flatten();
        let (year, month, precision) = match s.split_once('-') {
            Some((y, m)) => (digits(y, 4)?, digits(m, 2)?, Precision::Month),
            None => (digits(s, 4)?, 1, Precision::Year),
        };
        let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)?;
        Some(Self { first, precision, basis })
    }

    /// The last day of what is known.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        let next = match self.precision {
            Precision::Year => NaiveDate::from_ymd_opt(self.first.year() + 1, 1, 1),
            Precision::Month => self.first.checked_add_months(chrono::Months::new(1)),
            _ => self.first.succ_opt(),
        };
        next.and_then(|d| d.pred_opt()).unwrap_or(self.first)
    }
}

impl std::fmt::Display for PublishedDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{}", self.first.format("%Y")),
            Precision::Month => write!(f, "{}", self.first.format("%Y-%m")),
            _ => write!(f, "{}", self.first),
        }
    }
}

/// One change between the source and the clean text. Replacing `raw` by `after` for every edit gives the clean text;
/// replacing `clean_start .. + after.len()` by `before` gives the source back.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Why.
    pub kind: EditKind,
    /// The stretch of the source that was replaced.
    pub raw: Span,
    /// Where what replaced it begins in the clean text.
    pub clean_start: usize,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// The rule that made the change.
    pub rule: String,
    /// How sure it is, from 0 to 1, where something was lost and a lexicon put it back; `None` where nothing had to be guessed.
    pub confidence: Option<f64>,
}

/// The way from bytes of the clean text to bytes of the source.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    /// For each edit in order: clean start, clean end, raw start, raw end.
    edits: Vec<(usize, usize, usize, usize)>,
}

impl SourceMap {
    /// The map of edits that stand in order and do not overlap.
    #[must_use]
    pub fn new(edits: &[Edit]) -> Self {
        Self { edits: edits.iter().map(|e| (e.clean_start, e.clean_start + e.after.len(), e.raw.start, e.raw.end)).collect() }
    }

    /// The bytes of the source that a stretch of the clean text came from. A stretch that begins or ends inside a
    /// replacement takes the whole of what was replaced.
    #[must_use]
    pub fn raw(&self, clean: Span) -> Span {
        let start = self.place(clean.start, true);
        let end = if clean.is_empty() { start } else { self.place(clean.end, false) };
        Span::new(start, end.max(start))
    }

    fn place(&self, at: usize, is_start: bool) -> usize {
        // The last edit that begins before `at` (for a start: or at it, so that removed text before a span stays out).
        let i = self.edits.partition_point(|e| if is_start { e.0 <= at } else { e.0 < at });
        let Some(&(_, clean_end, raw_start, raw_end)) = i.checked_sub(1).map(|i| &self.edits[i]) else { return at };
        if at < clean_end || (!is_start && at == clean_end) {
            if is_start { raw_start } else { raw_end }
        } else {
            raw_end + (at - clean_end)
        }
    }
}

/// One article.
#[derive(Clone, Debug)]
pub struct Document {
    /// Stable id: given by the corpus, or made from path and content.
    pub id: String,
    /// The file, relative to the corpus, with the row for files of many documents (`dump.jsonl#12`).
    pub path: String,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The main language.
    pub language: Lang,
    /// When it was published.
    pub published: Option<PublishedDate>,
    /// The clean text. It never changes after cleaning.
    pub text: String,
    /// Every change between source and clean text, in order.
    pub edits: Vec<Edit>,
    /// The way back; `None` where a format has no usable bytes.
    pub map: Option<SourceMap>,
    /// SHA-256 of the source bytes.
    pub sha256: String,
    /// Damage that was seen and could not be repaired.
    pub unrepaired: u32,
}

impl Document {
    /// The bytes of the source that a stretch of the clean text came from.
    #[must_use]
    pub fn raw(&self, clean: Span) -> Option<Span> {
        self.map.as_ref().map(|m| m.raw(clean))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_dates_keep_their_precision() {
        let read = |s| PublishedDate::parse(s, Basis::Index).map(|d| (d.to_string(), d.last().to_string()));
        assert_eq!(read("2022-01-07T10:00:00Z"), Some(("2022-01-07".into(), "2022-01-07".into())));
        assert_eq!(read("2022-02"), Some(("2022-02".into(), "2022-02-28".into())));
        assert_eq!(read("2022"), Some(("2022".into(), "2022-12-31".into())));
        assert_eq!(read("20220107"), read("2022-01-07"));
        assert_eq!(read("Fri, 07 Jan 2022 10:00:00 GMT"), read("2022/01/07"));
        for day in ["2022-1-7", "2022/1/7 10:15", "2022.01.07", "7-Jan-2022", "07-JAN-2022"] {
            assert_eq!(read(day), read("2022-01-07"), "{day}");
        }
        for not in [
            "0001-01-01T00:00:00",
            "0000-00-00",
            "2022-1-7-3",
            "2022/1",
            "7/1/2022",
            "1.1.1",
            "yesterday",
            "07/01/2022",
            "1612120800",
            "2022-13",
            "20221301",
            "",
        ] {
            assert_eq!(read(not), None, "{not}");
        }
    }

    #[test]
    fn the_map_leads_back_over_removed_and_replaced_text() {
        // source: "XX\nabÃ©cd" with the first line removed and Ã© (4 bytes) read as é (2 bytes)
        let edits = [
            Edit {
                kind: EditKind::Furniture,
                raw: Span::new(0, 3),
                clean_start: 0,
                before: "XX\n".into(),
                after: String::new(),
                rule: "f".into(),
                confidence: None,
            },
            Edit {
                kind: EditKind::Mojibake,
                raw: Span::new(5, 9),
                clean_start: 2,
                before: "Ã©".into(),
                after: "é".into(),
                rule: "m".into(),
                confidence: None,
            },
        ];
        let map = SourceMap::new(&edits);
        assert_eq!(map.raw(Span::new(0, 2)), Span::new(3, 5));
        assert_eq!(map.raw(Span::new(2, 4)), Span::new(5, 9));
        assert_eq!(map.raw(Span::new(0, 6)), Span::new(3, 11));
        assert_eq!(map.raw(Span::new(4, 6)), Span::new(9, 11));
    }
}
