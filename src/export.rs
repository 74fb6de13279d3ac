//! Reported deaths in the columns of three event data sets, for people who already work with these.
//!
//! 1. [`incidents`] makes one incident of each group of claims that tell the same; parts, denials, suppositions, running
//!    totals and figures taken back or replaced are none.
//! 2. [`Form::table`] writes incidents in the columns of a form; [`Form::note`] says what the form can't hold.
//!
//! Columns and codes follow the codebooks: UCDP Georeferenced Event Dataset (Sundberg and Melander 2013), ACLED (Raleigh et
//! al. 2010) and Iraq Body Count's incident table. The rows are reports, not events that anybody has verified.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::tables::{ClaimRow, DocumentRow, Tables};
use crate::tally::Table;
use crate::vocabulary::{ClaimKind, Scope, VictimClass};

/// A data set whose columns are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// UCDP Georeferenced Event Dataset.
    Ucdp,
    /// Armed Conflict Location and Event Data.
    Acled,
    /// Iraq Body Count.
    IraqBodyCount,
}

impl Form {
    /// The name of its file, without the ending.
    #[must_use]
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Ucdp => "ucdp-ged",
            Self::Acled => "acled",
            Self::IraqBodyCount => "iraq-body-count",
        }
    }

    /// The policy whose one value the form asks for.
    #[must_use]
    pub const fn policy(self) -> &'static str {
        match self {
            Self::Ucdp => "ucdp",
            Self::Acled => "acled",
            Self::IraqBodyCount => "literal",
        }
    }

    /// What the form can't hold, and how it was filled.
    #[must_use]
    pub const fn note(self) -> &'static str {
        match self {
            Self::Ucdp => include_str!("docs/export-ucdp.md"),
            Self::Acled => include_str!("docs/export-acled.md"),
            Self::IraqBodyCount => include_str!("docs/export-iraq-body-count.md"),
        }
    }

    /// The incidents in the form's columns.
    #[must_use]
    pub fn table(self, tables: &Tables) -> Table {
        let incidents = incidents(tables);
        match self {
            Self::Ucdp => ucdp(&incidents),
            Self::Acled => acled(&incidents),
            Self::IraqBodyCount => iraq_body_count(&incidents),
        }
    }
}

/// What several claims tell of one incident.
#[derive(Clone, Debug)]
pub struct Incident<'a> {
    /// The group of its claims.
    pub group: &'a str,
    /// The claims, each with its document, in order.
    pub reports: Vec<(&'a ClaimRow, &'a DocumentRow)>,
    /// The country of its place.
    pub country: Option<&'a str>,
}

/// One incident for each group of claims on people killed, in the order of their first report.
#[must_use]
pub fn incidents(tables: &Tables) -> Vec<Incident<'_>> {
    let documents: BTreeMap<&str, &DocumentRow> = tables.documents.iter().map(|d| (d.doc_id.as_str(), d)).collect();
    let countries: BTreeMap<&str, &str> =
        tables.entities.iter().filter_map(|e| Some((e.entity_id.as_str(), e.country.as_deref()?))).collect();
    let gone: BTreeSet<&str> = tables.claims.iter().flat_map(|c| [c.supersedes.as_deref(), c.retracts.as_deref()]).flatten().collect();
    let stands = |c: &ClaimRow| {
        c.kind == ClaimKind::Killed
            && !c.negated
            && !c.hypothetical
            && c.subset_of.is_none()
            && c.scope != Scope::Total
            && !gone.contains(c.claim_id.as_str())
    };
    let mut out: Vec<Incident<'_>> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in tables.claims.iter().filter(|c| stands(c)) {
        let Some(document) = documents.get(claim.doc_id.as_str()) else { continue };
        let group = claim.claim_group.as_deref().unwrap_or(&claim.claim_id);
        let i = *at.entry(group).or_insert(out.len());
        if i == out.len() {
            out.push(Incident { group, reports: Vec::new(), country: None });
        }
        out[i].reports.push((claim, document));
        let place = claim.place_entity_id.as_deref();
        out[i].country = out[i].country.or_else(|| place.and_then(|p| countries.get(p).copied()));
    }
    out
}

impl Incident<'_> {
    fn first(&self) -> Option<&ClaimRow> {
        self.reports.first().map(|(c, _)| *c)
    }

    fn known<T>(&self, of: impl Fn(&ClaimRow) -> Option<T>) -> Option<T> {
        self.reports.iter().find_map(|(c, _)| of(c))
    }

    /// First and last day of the harm, or the day of the first report if no text dates it.
    fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let dated = self.known(|c| c.event_start.zip(c.event_end));
        let reported = self.reports.iter().filter_map(|(c, _)| c.reported_date).min();
        (dated.map(|d| d.0).or(reported), dated.map(|d| d.1).or(reported))
    }

    /// How many days the harm may lie in; unknown if no text dates it.
    fn span_of_days(&self) -> Option<i64> {
        self.known(|c| c.event_start.zip(c.event_end)).map(|(a, b)| (b - a).num_days() + 1)
    }

    fn class(&self) -> VictimClass {
        self.known(|c| Some(c.victim_class).filter(|k| *k != VictimClass::Unknown)).unwrap_or(VictimClass::Unknown)
    }

    /// What every report says, once each, in order.
    fn all<'a>(&'a self, of: impl Fn(&'a ClaimRow, &'a DocumentRow) -> Option<&'a str>) -> Option<String> {
        let mut seen: Vec<&str> = Vec::new();
        for word in self.reports.iter().filter_map(|(c, d)| of(c, d)) {
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        (!seen.is_empty()).then(|| seen.join("; "))
    }

    fn sources(&self) -> Option<String> {
        self.all(|_, d| d.source.as_deref().or(Some(&d.path)))
    }

    fn number_of_sources(&self) -> u64 {
        // A document that repeats another is no second source.
        let own: BTreeSet<&str> = self.reports.iter().map(|(_, d)| d.duplicate_of.as_deref().unwrap_or(&d.doc_id)).collect();
        own.len() as u64
    }

    /// The words of the reports, with who says so.
    fn notes(&self) -> Option<String> {
        let note = |c: &ClaimRow| {
            let of = c.victims_text.as_deref().map_or(String::new(), |v| format!(" {v}"));
            let who = c.speaker_text.as_deref().map_or_else(|| "in the article's own voice".to_owned(), |s| format!("according to {s}"));
            format!("{}{of} {} ({who})", c.text, c.kind)
        };
        let mut notes: Vec<String> = self.reports.iter().map(|(c, _)| note(c)).collect();
        notes.dedup();
        (!notes.is_empty()).then(|| notes.join("; "))
    }
}

/// UCDP's code for how well a date is known: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer or unknown.
fn date_prec(days: Option<i64>) -> u64 {
    match days {
        Some(1) => 1,
        Some(2..=6) => 2,
        Some(7) => 3,
        Some(8..=31) => 4,
        _ => 5,
    }
}

/// ACLED's code for how well a date is known: 1 the day, 2 a week, 3 a month or worse.
fn time_precision(days: Option<i64>) -> u64 {
    match days {
        Some(1) => 1,
        Some(2..=7) => 2,
        _ => 3,
    }
}

fn date(d: Option<NaiveDate>) -> Option<String> {
    d.map(|d| d.to_string())
}

fn ucdp(incidents: &[Incident<'_>]) -> Table {
    let rows = || incidents.iter();
    let of_class = |classes: &'static [VictimClass]| {
        rows().map(move |i| i.first().and_then(|c| c.value_best).filter(|_| classes.contains(&i.class())))
    };
    Table::default()
        .text("id", rows().map(|i| Some(i.group)))
        .text("year", rows().map(|i| i.days().0.map(|d| d.year().to_string())))
        .text("side_a", rows().map(|i| i.all(|c, _| c.perpetrator_text.as_deref())))
        .count("number_of_sources", rows().map(Incident::number_of_sources))
        .text("source_article", rows().map(|i| i.all(|_, d| d.title.as_deref().or(Some(&d.path)))))
        .text("source_office", rows().map(Incident::sources))
        .text("source_date", rows().map(|i| date(i.reports.iter().filter_map(|(_, d)| d.published).min())))
        .text("source_headline", rows().map(|i| i.all(|_, d| d.title.as_deref())))
        .text("source_original", rows().map(|i| i.all(|c, _| c.speaker_text.as_deref())))
        .text("where_description", rows().map(|i| i.all(|c, _| c.place_text.as_deref())))
        .text("country", rows().map(|i| i.country))
        .count("date_prec", rows().map(|i| date_prec(i.span_of_days())))
        .text("date_start", rows().map(|i| date(i.days().0)))
        .text("date_end", rows().map(|i| date(i.days().1)))
        .number("deaths_civilians", of_class(&[VictimClass::Civilian, VictimClass::Protester]))
        .number("deaths_unknown", of_class(&[VictimClass::Unknown, VictimClass::Mixed]))
        .number("best", rows().map(|i| i.first().and_then(|c| c.value_best)))
        .number("high", rows().map(|i| i.first().and_then(|c| c.value_max)))
        .number("low", rows().map(|i| i.first().and_then(|c| c.value_min)))
}

fn acled(incidents: &[Incident<'_>]) -> Table {
    let rows = || incidents.iter();
    Table::default()
        .text("event_id_cnty", rows().map(|i| Some(i.group)))
        .text("event_date", rows().map(|i| date(i.days().0)))
        .text("year", rows().map(|i| i.days().0.map(|d| d.year().to_string())))
        .count("time_precision", rows().map(|i| time_precision(i.span_of_days())))
        .text("actor1", rows().map(|i| i.all(|c, _| c.perpetrator_text.as_deref())))
        .text("country", rows().map(|i| i.country))
        .text("location", rows().map(|i| i.known(|c| c.place_text.clone())))
        .text("source", rows().map(Incident::sources))
        .text("notes", rows().map(Incident::notes))
        .number("fatalities", rows().map(|i| i.first().and_then(|c| c.value_best)))
}

fn iraq_body_count(incidents: &[Incident<'_>]) -> Table {
    let civilians: Vec<&Incident<'_>> =
        incidents.iter().filter(|i| !matches!(i.class(), VictimClass::Security | VictimClass::Militant)).collect();
    let rows = || civilians.iter();
    let min = |i: &&Incident<'_>| i.reports.iter().filter_map(|(c, _)| c.value_min).reduce(f64::min);
    let max = |i: &&Incident<'_>| i.reports.iter().filter_map(|(c, _)| c.value_max).reduce(f64::max);
    Table::default()
        .text("incident_code", rows().map(|i| Some(i.group)))
        .text("start_date", rows().map(|i| date(i.days().0)))
        .text("end_date", rows().map(|i| date(i.days().1)))
        .text("location", rows().map(|i| i.known(|c| c.place_text.clone())))
        .text("target", rows().map(|i| i.all(|c, _| c.victims_text.as_deref())))
        .number("reported_minimum", rows().map(min))
        .number("reported_maximum", rows().map(max))
        .text("sources", rows().map(|i| i.sources()))
}
