//! Days as the columns of a chart: days, weeks, months or years, whichever have room.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::axis::TICK_SIZE;
use super::font;
use crate::tables::DocumentRow;
use crate::tally;
use crate::vocabulary::Precision;

/// What one column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    /// From Monday on.
    Week,
    Month,
    Years(i32),
}

impl Unit {
    fn number(self, day: NaiveDate) -> i32 {
        match self {
            Self::Day => day.num_days_from_ce(),
            Self::Week => (day.num_days_from_ce() - 1).div_euclid(7),
            Self::Month => day.year() * 12 + day.month0().cast_signed(),
            Self::Years(n) => day.year().div_euclid(n),
        }
    }

    /// The first day of a column, as finely as it tells columns apart.
    fn words(self, number: i32) -> String {
        let day = |n: i32| NaiveDate::from_num_days_from_ce_opt(n).map_or_else(String::new, |d| d.to_string());
        match self {
            Self::Day => day(number),
            Self::Week => day(number * 7 + 1),
            Self::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Self::Years(n) => format!("{:04}", number * n),
        }
    }

    /// Its name in a sentence: “Columns are days”.
    pub(super) fn name(self) -> String {
        match self {
            Self::Day => "days".to_owned(),
            Self::Week => "weeks, named by their Mondays".to_owned(),
            Self::Month => "months".to_owned(),
            Self::Years(1) => "years".to_owned(),
            Self::Years(n) => format!("{n} years each"),
        }
    }

    /// Whether a date known so finely lies in one column.
    pub(super) fn holds(self, known: Option<Precision>) -> bool {
        match known {
            Some(Precision::Year) => matches!(self, Self::Years(_)),
            Some(Precision::Quarter | Precision::Season | Precision::Month) => matches!(self, Self::Month | Self::Years(_)),
            Some(Precision::Decade | Precision::Century) => false,
            _ => true,
        }
    }
}

/// Columns of one unit from the first day to the last, side by side.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) unit: Unit,
    first: i32,
    pub(super) count: i32,
    limit: (i32, i32),
}

impl Columns {
    /// The finest unit that needs no more than `most` columns; nothing without days.
    pub(super) fn over(days: impl IntoIterator<Item = NaiveDate>, most: i32, limit: (i32, i32)) -> Option<Self> {
        let (first, last) = days.into_iter().fold(None, |span: Option<(NaiveDate, NaiveDate)>, day| {
            Some(span.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        })?;
        let years = (0..6).flat_map(|power| [1, 2, 5].map(|d| Unit::Years(d * 10_i32.pow(power))));
        let units = [Unit::Day, Unit::Week, Unit::Month].into_iter().chain(years);
        units
            .map(|unit| Self { unit, first: unit.number(first), count: unit.number(last) - unit.number(first) + 1, limit })
            .find(|columns| columns.count <= most.max(1))
    }

    /// The column of a day, from 0 on; days beyond either end stand in the last column of that end.
    pub(super) fn of(&self, day: NaiveDate) -> i32 {
        (self.unit.number(day) - self.first).clamp(0, self.count - 1)
    }

    /// Left and right of a column.
    pub(super) fn span(&self, column: i32) -> (i32, i32) {
        let edge = |n: i32| self.limit.0 + (self.limit.1 - self.limit.0) * n / self.count;
        (edge(column), edge(column + 1))
    }

    /// The words of a column.
    pub(super) fn words(&self, column: i32) -> String {
        self.unit.words(self.first + column)
    }

    /// The middles of as many columns as have room for their words, with these.
    pub(super) fn ticks(&self) -> Vec<(i32, String)> {
        let mut right = i32::MIN;
        let mut ticks = Vec::new();
        for column in 0..self.count {
            let (from, to) = self.span(column);
            let (middle, words) = ((from + to) / 2, self.words(column));
            let half = font::width(&words, TICK_SIZE, false) / 2 + 1;
            let inside = self.count == 1 || (middle - half >= self.limit.0 && middle + half <= self.limit.1);
            if inside && middle - half > right {
                right = middle + half + 12;
                ticks.push((middle, words));
            }
        }
        ticks
    }
}

/// The columns of days, and one apart for what has no day.
#[derive(Clone, Debug)]
pub(super) struct Days {
    pub(super) known: Option<Columns>,
    /// Left, right and words of the column apart.
    pub(super) apart: Option<(i32, i32, String)>,
}

impl Days {
    /// Columns for things with a day, or else words for how much of it is known, told where all that stand apart share them.
    pub(super) fn over<W: Fn() -> String>(things: impl Iterator<Item = (Option<NaiveDate>, W)>, limit: (i32, i32)) -> Self {
        let (mut days, mut vague) = (Vec::new(), BTreeSet::new());
        for (day, words) in things {
            match day {
                Some(day) => days.push(day),
                None => drop(vague.insert(words())),
            }
        }
        let width = match (vague.is_empty(), days.is_empty()) {
            (true, _) => 0,
            (false, true) => limit.1 - limit.0,
            (false, false) => APART,
        };
        let known = Columns::over(days, MOST, (limit.0, limit.1 - width - if width > 0 { 10 } else { 0 }));
        let words = if vague.len() == 1 { vague.pop_first().unwrap_or_default() } else { "day not known".to_owned() };
        Self { known, apart: (width > 0).then(|| (limit.1 - width, limit.1, words)) }
    }

    /// The column of a day: -1 for the one apart.
    pub(super) fn column(&self, day: Option<NaiveDate>) -> i32 {
        self.known.as_ref().zip(day).map_or(-1, |(columns, day)| columns.of(day))
    }

    /// Left and right of a column.
    pub(super) fn span(&self, column: i32) -> (i32, i32) {
        match (&self.known, &self.apart) {
            (Some(columns), _) if column >= 0 => columns.span(column),
            (_, Some(apart)) => (apart.0, apart.1),
            _ => (0, 0),
        }
    }

    /// The words of a column.
    pub(super) fn words(&self, column: i32) -> String {
        match (&self.known, &self.apart) {
            (Some(columns), _) if column >= 0 => columns.words(column),
            (_, Some(apart)) => apart.2.clone(),
            _ => String::new(),
        }
    }

    pub(super) fn ticks(&self) -> Vec<(i32, String)> {
        let mut ticks = self.known.as_ref().map_or_else(Vec::new, Columns::ticks);
        ticks.extend(self.apart.as_ref().map(|(from, to, words)| ((from + to) / 2, words.clone())));
        ticks
    }

    /// What a column holds, for the footer.
    pub(super) fn note(&self) -> Option<String> {
        self.known.as_ref().filter(|c| c.count > 1).map(|c| format!("Columns are {}.", c.unit.name()))
    }
}

/// The most columns, and the width of the one for what has no day.
const MOST: i32 = 40;
const APART: i32 = 120;

/// What is known of the date of a document whose day is not.
pub(super) fn undated(d: &DocumentRow) -> String {
    d.published.map_or_else(|| "no date".to_owned(), |day| tally::dated(day, d.published_precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(words: &str) -> NaiveDate {
        words.parse().unwrap_or_default()
    }

    #[test]
    fn the_finest_unit_with_room_is_taken() {
        for (first, last, unit, count) in [
            ("2022-01-07", "2022-01-07", Unit::Day, 1),
            ("2022-01-07", "2022-01-30", Unit::Day, 24),
            ("2022-01-07", "2022-05-01", Unit::Week, 17),
            ("2021-12-07", "2023-12-01", Unit::Month, 25),
            ("1990-01-01", "2022-01-01", Unit::Years(1), 33),
            ("0001-01-01", "9999-12-31", Unit::Years(500), 20),
        ] {
            let columns = Columns::over([day(last), day(first)], 40, (100, 500)).map(|c| (c.unit, c.count));
            assert_eq!(columns, Some((unit, count)), "{first} to {last}");
        }
        assert!(Columns::over([], 40, (0, 1)).is_none());
    }

    #[test]
    fn every_day_of_a_week_stands_in_one_column_named_by_its_monday() {
        let columns = Columns::over([day("2022-01-03"), day("2022-06-30")], 40, (0, 400));
        let week =
            columns.map(|c| (["2022-01-10", "2022-01-13", "2022-01-16"].map(|d| c.words(c.of(day(d)))), c.words(c.of(day("2022-01-17")))));
        assert_eq!(week, Some((["2022-01-10"; 3].map(str::to_owned), "2022-01-17".to_owned())));
    }

    #[test]
    fn columns_fill_their_room_and_words_stay_inside() {
        for last in ["2022-01-01", "2022-01-09", "2022-02-08", "2029-01-01"] {
            let Some(columns) = Columns::over([day("2022-01-01"), day(last)], 40, (100, 500)) else { panic!("{last}") };
            assert_eq!((columns.span(0).0, columns.span(columns.count - 1).1), (100, 500));
            assert!(!columns.ticks().is_empty() && columns.ticks().iter().all(|t| (100..=500).contains(&t.0)), "{last}");
        }
    }
}
