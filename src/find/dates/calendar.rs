//! TIMEX3 values and the calendar behind them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::vocabulary::Precision;

/// A unit of the calendar or the clock, as the packs name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    /// Five years.
    Lustrum,
    Decade,
    Century,
}

impl Unit {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "S" => Self::Second,
            "MIN" => Self::Minute,
            "H" => Self::Hour,
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "HY" => Self::Half,
            "Y" => Self::Year,
            "LU" => Self::Lustrum,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            _ => return None,
        })
    }

    /// The unit that a date of this precision is counted in.
    pub fn of(precision: Precision) -> Self {
        match precision {
            Precision::Year => Self::Year,
            Precision::Quarter => Self::Quarter,
            Precision::Month => Self::Month,
            _ => Self::Day,
        }
    }

    /// How finely a date must be known for this unit to be counted from it.
    pub fn needs(self) -> Precision {
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day | Self::Weekend | Self::Week => Precision::Day,
            Self::Month | Self::Quarter | Self::Half => Precision::Month,
            Self::Year | Self::Lustrum | Self::Decade | Self::Century => Precision::Year,
        }
    }

    /// The duration of `n` of this unit, `X` for an unknown number (ISO 8601; decades and centuries in years).
    pub fn span(self, n: &str) -> String {
        let times = |by: u32, sign: &str| match n.parse::<f64>() {
            Ok(v) => format!("P{}{sign}", v * f64::from(by)),
            Err(_) => format!("P{n}{sign}"),
        };
        match self {
            Self::Second => format!("PT{n}S"),
            Self::Minute => format!("PT{n}M"),
            Self::Hour => format!("PT{n}H"),
            Self::Day => format!("P{n}D"),
            Self::Weekend => format!("P{n}WE"),
            Self::Week => format!("P{n}W"),
            Self::Month => format!("P{n}M"),
            Self::Quarter => format!("P{n}Q"),
            Self::Half => times(6, "M"),
            Self::Year => format!("P{n}Y"),
            Self::Lustrum => times(5, "Y"),
            Self::Decade if n == "X" => "PXDE".into(),
            Self::Century if n == "X" => "PXCE".into(),
            Self::Decade => times(10, "Y"),
            Self::Century => times(100, "Y"),
        }
    }
}

/// `date` moved by `n` units and written as finely as the unit is.
pub(super) fn shifted(date: NaiveDate, unit: Unit, n: i32) -> Option<String> {
    let months = |by: i32| {
        let by = n.checked_mul(by)?;
        let step = Months::new(by.unsigned_abs());
        if by < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
    };
    let days = |by: i32| {
        let by = n.checked_mul(by)?;
        let step = Days::new(u64::from(by.unsigned_abs()));
        if by < 0 { date.checked_sub_days(step) } else { date.checked_add_days(step) }
    };
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => date.to_string(),
        Unit::Day => days(1)?.to_string(),
        Unit::Week => week(days(7)?),
        Unit::Weekend => format!("{}-WE", week(days(7)?)),
        Unit::Month => months(1)?.format("%Y-%m").to_string(),
        Unit::Quarter => months(3).map(|d| format!("{}-Q{}", d.year(), d.month0() / 3 + 1))?,
        Unit::Half => months(6).map(|d| format!("{}-H{}", d.year(), d.month0() / 6 + 1))?,
        Unit::Year => format!("{:04}", date.year().checked_add(n)?),
        Unit::Lustrum => format!("{:04}", date.year().checked_add(n.checked_mul(5)?)?),
        Unit::Decade => format!("{:03}", (date.year() / 10).checked_add(n)?),
        Unit::Century => format!("{:02}", (date.year() / 100).checked_add(n)?),
    })
}

/// The same day some years on; the last of February for a 29th that is not there.
pub(super) fn years_on(date: NaiveDate, years: i32) -> Option<NaiveDate> {
    let step = Months::new(years.unsigned_abs().checked_mul(12)?);
    if years < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
}

fn week(date: NaiveDate) -> String {
    let week = date.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The nearest day of that name (1 is Monday): `ahead` gives the next one, else the last; the day itself counts if `today`.
pub(super) fn weekday(from: NaiveDate, day: u32, ahead: bool, today: bool) -> Option<NaiveDate> {
    let here = from.weekday().number_from_monday();
    let gap = if ahead { (7 + day - here) % 7 } else { (7 + here - day) % 7 };
    let gap = if gap == 0 && !today { 7 } else { gap };
    let step = Days::new(u64::from(gap));
    if ahead { from.checked_add_days(step) } else { from.checked_sub_days(step) }
}

/// Sunday of Easter (the anonymous Gregorian computus; Meeus, Astronomical Algorithms, ch. 8).
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Sunday of Easter in the Orthodox churches, by the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8).
pub(super) fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let julian = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    // What the Julian calendar has fallen behind.
    let behind = year / 100 - year / 400 - 2;
    julian.checked_add_days(Days::new(u64::try_from(behind).ok()?))
}

/// The day of a month of the Islamic year that begins it within a year of ours, and the month's last day. By the tabular calendar
/// (civil epoch, 30-year cycle; Reingold and Dershowitz, Calendrical Calculations), which is a day or two off where the moon decides.
pub(super) fn islamic(year: i32, month: u32, day: u32) -> Option<(NaiveDate, NaiveDate)> {
    /// The day before the first of the calendar, counted from the first day of year 1.
    const EPOCH: i32 = 227_014;
    let month = i32::try_from(month).ok()?;
    let first = |y: i32, m: i32| EPOCH + (y - 1) * 354 + (3 + 11 * y) / 30 + (59 * (m - 1) + 1) / 2;
    let guess = (year - 622) * 33 / 32;
    (guess - 1..=guess + 2).find_map(|y| {
        let begins = NaiveDate::from_num_days_from_ce_opt(first(y, month) + i32::try_from(day).ok()?)?;
        let ends = NaiveDate::from_num_days_from_ce_opt(first(y, month + 1))?;
        (begins.year() == year).then_some((begins, ends))
    })
}

/// The `n`th day of that name of a month (1 is Monday); 5 is the last.
pub(super) fn nth_weekday(year: i32, month: u32, day: u32, n: u8) -> Option<NaiveDate> {
    let day = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
    NaiveDate::from_weekday_of_month_opt(year, month, day, n)
        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, day, n.saturating_sub(1)))
}

/// First and last day that a value covers, and how fine it is; `None` for what is no stretch of the calendar.
pub(super) fn covers(value: &str) -> Option<(NaiveDate, NaiveDate, Precision)> {
    if value.starts_with(['P', 'F', 'T']) || value.contains('X') {
        return None;
    }
    if let Some((first, last)) = value.split_once('/') {
        return Some((first.parse().ok()?, last.parse().ok()?, Precision::Month));
    }
    let (date, time) = value.split_once('T').map_or((value, None), |(d, t)| (d, Some(t)));
    let (first, last, precision) = date_covers(date)?;
    let precision = match time {
        None => precision,
        Some(t) if t.starts_with(|c: char| c.is_ascii_alphabetic()) => Precision::PartOfDay,
        Some(t) if t.contains(':') => Precision::Minute,
        Some(_) => Precision::Hour,
    };
    Some((first, last, precision))
}

fn date_covers(date: &str) -> Option<(NaiveDate, NaiveDate, Precision)> {
    let day = NaiveDate::from_ymd_opt;
    let to = |first: NaiveDate, months: u32| Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?));
    let digits = |s: &str, long: usize| (s.len() == long && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u32>().ok()).flatten();
    let (year, rest) = match date.split_once('-') {
        None => {
            let (start, months, precision) = match (digits(date, 2), digits(date, 3), digits(date, 4)) {
                (Some(c), ..) => (c * 100, 1200, Precision::Century),
                (_, Some(d), _) => (d * 10, 120, Precision::Decade),
                (.., y) => (y?, 12, Precision::Year),
            };
            let (a, b) = to(day(i32::try_from(start).ok()?, 1, 1)?, months)?;
            return Some((a, b, precision));
        }
        Some((y, rest)) => (i32::try_from(digits(y, 4)?).ok()?, rest),
    };
    let block = |month: u32, months: u32, p: Precision| to(day(year, month, 1)?, months).map(|(a, b)| (a, b, p));
    match rest {
        "SP" => return block(3, 3, Precision::Season),
        "SU" => return block(6, 3, Precision::Season),
        "FA" => return block(9, 3, Precision::Season),
        "WI" => return block(12, 3, Precision::Season),
        "H1" => return block(1, 6, Precision::Quarter),
        "H2" => return block(7, 6, Precision::Quarter),
        _ => {}
    }
    if let Some(w) = rest.strip_prefix('W') {
        let (number, tail) = w.split_at_checked(2)?;
        let monday = NaiveDate::from_isoywd_opt(year, digits(number, 2)?, Weekday::Mon)?;
        let (from, days) = match tail {
            "" => (0, 6),
            "-WE" => (5, 1),
            _ => return None,
        };
        let first = monday.checked_add_days(Days::new(from))?;
        return Some((first, first.checked_add_days(Days::new(days))?, Precision::Week));
    }
    if let Some(q) = rest.strip_prefix('Q').and_then(|q| digits(q, 1)).filter(|q| (1..=4).contains(q)) {
        return block(3 * q - 2, 3, Precision::Quarter);
    }
    match rest.split_once('-') {
        None => block(digits(rest, 2)?, 1, Precision::Month),
        Some((m, d)) => day(year, digits(m, 2)?, digits(d, 2)?).map(|d| (d, d, Precision::Day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn values_cover_days() {
        let covers = |v| covers(v).map(|(a, b, p)| format!("{a} {b} {p}"));
        assert_eq!(covers("2022-W01").as_deref(), Some("2022-01-03 2022-01-09 week"));
        assert_eq!(covers("2022-Q4").as_deref(), Some("2022-10-01 2022-12-31 quarter"));
        assert_eq!(covers("199").as_deref(), Some("1990-01-01 1999-12-31 decade"));
        assert_eq!(covers("20").as_deref(), Some("2000-01-01 2099-12-31 century"));
        assert_eq!(covers("2022-01-05TNI").as_deref(), Some("2022-01-05 2022-01-05 part_of_day"));
        assert_eq!(covers("2021-WI").as_deref(), Some("2021-12-01 2022-02-28 season"));
        for none in ["2021-02-29", "PXY", "PRESENT_REF", "XXXX-WXX-7", "2021-13", "202", "", "2021-W"] {
            assert_eq!(covers(none).is_some(), none == "202", "{none}");
        }
    }

    #[test]
    fn shifts_keep_the_grain_of_the_unit() {
        let at = |u, n| shifted(d("2022-01-07"), u, n).unwrap();
        assert_eq!(at(Unit::Year, -10), "2012");
        assert_eq!(at(Unit::Month, -2), "2021-11");
        assert_eq!(at(Unit::Week, -1), "2021-W52");
        assert_eq!(at(Unit::Quarter, -1), "2021-Q4");
        assert_eq!(at(Unit::Decade, 0), "202");
        assert_eq!(Unit::Decade.span("2"), "P20Y");
    }

    #[test]
    fn easter_falls_where_it_fell() {
        assert_eq!((easter(2022), easter(2013)), (Some(d("2022-04-17")), Some(d("2013-03-31"))));
        assert_eq!(nth_weekday(2022, 11, 4, 4), Some(d("2022-11-24")));
        assert_eq!((orthodox_easter(2022), orthodox_easter(2013)), (Some(d("2022-04-24")), Some(d("2013-05-05"))));
    }

    #[test]
    fn the_islamic_calendar_is_counted() {
        assert_eq!(islamic(2022, 9, 1), Some((d("2022-04-03"), d("2022-05-02"))));
        assert_eq!(islamic(2021, 12, 10).map(|x| x.0), Some(d("2021-07-20")));
        assert_eq!(islamic(1990, 1, 1).map(|x| x.0), Some(d("1990-07-24")));
        // Every month begins in every year, but for the year that loses one.
        let missing: Vec<i32> = (1900..2100).filter(|&y| islamic(y, 9, 1).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
