//! What a rule's `value` says, worked out against a calendar and what is known so far.
//!
//! A value is a TIMEX3 value with slots, and with operations in parentheses where something has to be worked out:
//!
//! | operation | gives |
//! |---|---|
//! | `(shift UNIT N)` | the anchor moved by N units, as fine as the unit: `(shift Y -1)` is last year; by hours and minutes from a time of day that was named last, else its day |
//! | `(day)` | the anchor's day |
//! | `(weekday D DIR)` `(date M D DIR)` `(month M DIR)` `(season S DIR)` `(quarter N DIR)` `(half N DIR)` `(dom D DIR)` | the nearest such stretch |
//! | `(weekday D DIR N)` | the same, N weeks later |
//! | `(date M D DIR W)` `(dom D DIR W)` | the same where it falls on weekday W, if it does a year or month around |
//! | `(again N)` | the stretch that was named last, N years on |
//! | `(then)` | the stretch that was named last; `PAST_REF` if none was |
//! | `(yearback)` `(yearback Q)` | the quarter or month that was named last, a year before; else the last year, or the quarter before the last year's |
//! | `(same YEAR)` | the quarter or month that was named last, in that year; else that year |
//! | `(inweek N D)` | day D of the week that is N weeks from the anchor's |
//! | `(named UNIT N)` | the stretch of that unit that was named last; else the anchor moved by N units |
//! | `(weekend DIR)` | the last weekend, or the next where the verb looks ahead |
//! | `(easter N DIR)` `(orthodox N DIR)` `(nth M D N DIR)` | days that move: N days from Easter of either church; the Nth weekday D of month M |
//! | `(islamic M D DIR)` `(islamic M DIR)` | a day or a whole month of the tabular Islamic calendar, a day or two off what is announced |
//! | `(week M D DIR)` | the week that holds that day |
//! | `(monthweek M N DIR)` | the Nth week of a month (5 is the last): that of its Nth Thursday, as weeks are numbered |
//! | `(holyweek DIR)` | the week that ends with Easter |
//! | `(span N UNIT)` | a duration |
//! | `(clock H:M HALF)` | a time of day; HALF is `AM`, `PM` or `NI` (at night) |
//! | `(year YY)` `(decade NN)` `(century N)` | four digits of a year in two; a decade; a century |
//!
//! DIR is `past`, `future` (the day itself does not count), `this` (the same week or year), `near` (the nearest, ahead where the verb looks
//! ahead) or `tense` (what the verb says; where nothing is said past, unless it would be most of a year away); a year after it is the one
//! that is meant. Units are `S MIN H D WE W M Q HY Y LU DE CE`.

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use super::calendar::{self, Unit};
use super::pattern::Bound;
use crate::corpus::PublishedDate;
use crate::vocabulary::Precision;

/// Where the words around an expression look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outlook {
    #[default]
    Unsaid,
    Back,
    Ahead,
}

/// The minutes of a day.
const DAY: u32 = 24 * 60;

/// The days of a year.
const YEAR: i64 = 365;

/// So far ahead a day or month without its year is not meant, if it was there so few days ago.
const AHEAD: i64 = 300;
/// And so far back, if it comes again so soon.
const LONG_AGO: i64 = 330;
const SOON: i64 = 21;
const BACK: i64 = 45;

/// A date as far as it is known: each field holds the first day of what is known at least so finely.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    day: Option<NaiveDate>,
    month: Option<NaiveDate>,
    year: Option<NaiveDate>,
    /// The last stretch that was named, if it was a day, month, quarter or year.
    last: Option<(NaiveDate, Precision)>,
    /// The last quarter or month that was named: what figures are reported of.
    reported: Option<(NaiveDate, Unit)>,
    /// The last quarter or half.
    quarter: Option<(NaiveDate, Unit)>,
    /// The minute of the day, if a time of day was named last; and what its zone adds to the value, if it was no mere part of the day.
    clock: Option<(u32, Option<&'static str>)>,
    /// Whether the text named anything.
    named: bool,
}

impl Known {
    /// What the date of publication tells.
    pub fn published(date: Option<PublishedDate>) -> Self {
        let mut known = Self::default();
        if let Some(date) = date {
            known.learn(date.first, date.precision);
        }
        known.named = false;
        known
    }

    /// Takes note of a date that the text names, and of the time of day in its value.
    pub fn hear(&mut self, first: NaiveDate, precision: Precision, value: &str) {
        self.learn(first, precision);
        if precision == Precision::Quarter {
            self.quarter = Some((first, if value.contains("-H") { Unit::Half } else { Unit::Quarter }));
            self.reported = self.quarter;
        }
        self.clock = value.split_once('T').and_then(|(_, time)| {
            let zone = if time.ends_with('Z') { "Z" } else { "" };
            Some((minute(time)?, time.contains(':').then_some(zone)))
        });
    }

    fn learn(&mut self, first: NaiveDate, precision: Precision) {
        let (day, month) = match precision {
            Precision::Month => (false, true),
            Precision::Second | Precision::Minute | Precision::Hour | Precision::PartOfDay | Precision::Day => (true, true),
            Precision::Year => (false, false),
            Precision::Quarter => {
                self.last = Some((first, precision));
                self.named = true;
                return;
            }
            _ => return,
        };
        self.last = Some((first, precision));
        if precision == Precision::Month {
            self.reported = Some((first, Unit::of(precision)));
        }
        self.named = true;
        if day {
            self.day = Some(first);
        }
        if month {
            self.month = Some(first);
        }
        self.year = Some(first);
    }

    /// Whether this day is later than that one, or earlier.
    pub fn against(&self, other: &Self) -> Option<Ordering> {
        self.day.zip(other.day).map(|(this, that)| this.cmp(&that))
    }

    /// A time of day that is not before the one that was named last: that of the next day, if this one is.
    pub fn not_before(&self, time: &str) -> Option<String> {
        let (day, clock) = time.split_once('T')?;
        let minute = minute(clock)?;
        let (last, _) = self.clock?;
        let next = day.parse::<NaiveDate>().ok()?.succ_opt()?;
        (minute < last && self.day?.to_string() == day).then(|| format!("{next}T{clock}"))
    }

    /// Whether the text named anything.
    pub const fn is_named(&self) -> bool {
        self.named
    }

    fn at(&self, fineness: Precision) -> Option<NaiveDate> {
        match fineness {
            Precision::Day => self.day,
            Precision::Month => self.month,
            _ => self.year,
        }
    }
}

/// What an expression is resolved against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub anchor: Known,
    pub outlook: Outlook,
    /// The year that the sentence is set in.
    pub frame: Option<i32>,
}

/// The names of all operations, for the check at loading.
pub(super) const OPERATIONS: &[&str] = &[
    "shift",
    "day",
    "weekday",
    "date",
    "month",
    "season",
    "quarter",
    "half",
    "dom",
    "easter",
    "nth",
    "span",
    "clock",
    "year",
    "decade",
    "century",
    "again",
    "weekend",
    "then",
    "yearback",
    "named",
    "same",
    "inweek",
    "holyweek",
    "orthodox",
    "islamic",
    "week",
    "monthweek",
];

/// Whether a value depends on an anchor.
pub(super) fn is_relative(value: &str) -> bool {
    let free = ["span", "clock", "year", "decade", "century"];
    value.split('(').skip(1).any(|op| !free.contains(&op.split([' ', ')']).next().unwrap_or_default()))
}

/// Whether a value depends on where the words around it look.
pub(super) fn looks_around(value: &str) -> bool {
    ["tense", "this", "near", "(dom"].iter().any(|word| value.contains(word))
}

/// Works a value out; `None` if what it needs is not known.
pub(super) fn value(template: &str, bound: &Bound<'_>, setting: &Setting) -> Option<String> {
    let filled = fill(template, bound);
    let (mut out, mut rest) = (String::with_capacity(filled.len()), filled.as_str());
    while let Some((before, after)) = rest.split_once('(') {
        let (operation, tail) = after.split_once(')')?;
        out.push_str(before);
        out.push_str(&setting.operate(operation)?);
        rest = tail;
    }
    out.push_str(rest);
    // A vague shift ("some years ago") is a reference, whatever would follow it.
    let vague = ["PAST_REF", "FUTURE_REF"].into_iter().find(|r| out.starts_with(r));
    Some(vague.map_or(out, str::to_owned))
}

/// Puts what the slots took in their places; nothing for a slot that took nothing.
fn fill(template: &str, bound: &Bound<'_>) -> String {
    let (mut out, mut rest) = (String::with_capacity(template.len() + 8), template);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(bound.iter().rev().find(|(n, _)| *n == name).map_or("", |(_, v)| v));
        rest = tail;
    }
    out + rest
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Past,
    Future,
    This,
    Tense,
    Near,
    /// The year that is named beside it.
    In(i32),
}

impl Setting {
    fn operate(&self, operation: &str) -> Option<String> {
        let mut words = operation.split_ascii_whitespace();
        let name = words.next()?;
        // None has more: `(nth M D N DIR YEAR)`.
        let args: [Option<&str>; 5] = std::array::from_fn(|_| words.next());
        let arg = |i: usize| args.get(i).copied().flatten();
        let number = |i: usize| arg(i)?.parse::<u32>().ok();
        let direction = |i: usize| match arg(i) {
            _ if number(i + 1).is_some_and(|y| y >= 1000) => {
                Direction::In(i32::try_from(number(i + 1).unwrap_or_default()).unwrap_or_default())
            }
            Some("past") => Direction::Past,
            Some("future") => Direction::Future,
            Some("this") => Direction::This,
            Some("near") => Direction::Near,
            _ => Direction::Tense,
        };
        match name {
            "shift" => self.shift(Unit::named(arg(0)?)?, arg(1).unwrap_or("0")),
            "day" => Some(self.anchor.day?.to_string()),
            "weekday" => Some(self.weekday(number(0)?, direction(1), number(2).unwrap_or_default().into())),
            "date" => self.date(number(0)?, number(1)?, direction(2), number(3)),
            "month" => self.month(number(0)?, direction(1)),
            "season" => self.season(arg(0)?, direction(1)),
            "quarter" => self.block(number(0)?, 3, "Q", direction(1)),
            "half" => self.block(number(0)?, 6, "H", direction(1)),
            "again" => self.again(arg(0)?.parse().ok()?),
            "then" => {
                if self.anchor.named {
                    self.again(0)
                } else {
                    Some("PAST_REF".into())
                }
            }
            "yearback" => match if arg(0) == Some("Q") { self.anchor.quarter } else { self.anchor.reported } {
                Some((first, unit)) if self.anchor.named => calendar::shifted(calendar::years_on(first, -1)?, unit, 0),
                _ if arg(0) == Some("Q") => self.shift(Unit::Quarter, "-5"),
                _ => self.shift(Unit::Year, "-1"),
            },
            "named" => {
                let unit = Unit::named(arg(0)?)?;
                match self.anchor.last {
                    Some((first, precision)) if self.anchor.named && unit == Unit::of(precision) => calendar::shifted(first, unit, 0),
                    _ => self.shift(unit, arg(1).unwrap_or("0")),
                }
            }
            "week" => {
                self.date(number(0)?, number(1)?, direction(2), None).and_then(|day| calendar::shifted(day.parse().ok()?, Unit::Week, 0))
            }
            "monthweek" => {
                const THURSDAY: u32 = 4;
                let (month, n) = (number(0)?, u8::try_from(number(1)?).ok()?);
                let on = |year| calendar::nth_weekday(year, month, THURSDAY, n);
                let year = self.year_of(direction(2), |year| on(year).map(|d| (d, d)))?;
                calendar::shifted(on(self.soon(direction(2), year, on))?, Unit::Week, 0)
            }
            "holyweek" => {
                let year = self.year_of(direction(0), |y| calendar::easter(y).map(|d| (d, d)))?;
                calendar::shifted(calendar::easter(year)?, Unit::Week, 0)
            }
            "weekend" => self.weekend(direction(0)),
            "dom" => self.day_of_month(number(0)?, direction(1), number(2)),
            "same" => {
                let year = arg(0)?.parse::<i32>().ok()?;
                match self.anchor.reported {
                    Some((first, unit)) if self.anchor.named => calendar::shifted(first.with_day(1)?.with_year(year)?, unit, 0),
                    _ => Some(year.to_string()),
                }
            }
            "inweek" => {
                let week = arg(0)?.parse::<i64>().ok()?.unsigned_abs().checked_mul(7)?;
                let monday = calendar::weekday(self.anchor.day?, 1, false, true)?;
                let monday = if arg(0)?.starts_with('-') {
                    monday.checked_sub_days(Days::new(week))
                } else {
                    monday.checked_add_days(Days::new(week))
                };
                monday?.checked_add_days(Days::new(u64::from(number(1)?.checked_sub(1)?))).map(|d| d.to_string())
            }
            "easter" => {
                let days = arg(0)?.parse::<i32>().ok()?;
                self.yearly(direction(1), |year| calendar::shifted(calendar::easter(year)?, Unit::Day, days)?.parse().ok())
            }
            "orthodox" => {
                let days = arg(0)?.parse::<i32>().ok()?;
                self.yearly(direction(1), |year| calendar::shifted(calendar::orthodox_easter(year)?, Unit::Day, days)?.parse().ok())
            }
            "islamic" => {
                let month = number(0)?;
                if let Some(day) = number(1) {
                    return self.yearly(direction(2), |year| calendar::islamic(year, month, day).map(|d| d.0));
                }
                let year = self.year_of(direction(1), |year| calendar::islamic(year, month, 1))?;
                calendar::islamic(year, month, 1).map(|(first, last)| format!("{first}/{last}"))
            }
            "nth" => {
                let (month, day, n) = (number(0)?, number(1)?, u8::try_from(number(2)?).ok()?);
                self.yearly(direction(3), |year| calendar::nth_weekday(year, month, day, n))
            }
            "span" => Some(Unit::named(arg(1)?)?.span(arg(0)?)),
            "clock" => clock(arg(0)?, arg(1)),
            "year" => {
                let yy = number(0)?;
                if yy >= 1000 {
                    return Some(yy.to_string());
                }
                let now = self.anchor.year.map_or(2030, |d| d.year() + 10);
                let this = i32::try_from(2000 + yy).ok()?;
                Some(if this <= now { this } else { this - 100 }.to_string())
            }
            "decade" => number(0).map(|d| {
                (if d >= 1000 {
                    d
                } else if d < 20 {
                    2000 + d
                } else {
                    1900 + d
                } / 10)
                    .to_string()
            }),
            "century" => number(0).and_then(|c| c.checked_sub(1)).map(|c| format!("{c:02}")),
            _ => None,
        }
    }

    /// The stretch that was named last, some years on.
    fn again(&self, years: i32) -> Option<String> {
        let (first, precision) = self.anchor.last?;
        calendar::shifted(calendar::years_on(first, years)?, Unit::of(precision), 0)
    }

    fn shift(&self, unit: Unit, by: &str) -> Option<String> {
        let Ok(n) = by.parse::<f64>() else {
            return match unit {
                // Some hours ago is today, as far as anyone can say.
                Unit::Second | Unit::Minute | Unit::Hour => self.anchor.day.map(|d| d.to_string()),
                _ => Some(if by.starts_with('-') { "PAST_REF" } else { "FUTURE_REF" }.into()),
            };
        };
        // Half a unit counts in the next finer one.
        let (unit, n) = match unit {
            Unit::Year if n.fract() != 0.0 => (Unit::Month, n * 12.0),
            Unit::Hour if n.fract() != 0.0 => (Unit::Minute, n * 60.0),
            _ => (unit, n),
        };
        if n.abs() > 100_000.0 {
            return None;
        }
        #[allow(clippy::cast_possible_truncation)] // bounded above
        let (from, n) = (self.anchor.at(unit.needs())?, n as i32);
        if let (Some((minute, Some(zone))), Unit::Hour | Unit::Minute) = (self.anchor.clock, unit) {
            let minutes = i64::from(minute) + i64::from(n) * if unit == Unit::Hour { 60 } else { 1 };
            let day = from.checked_add_signed(TimeDelta::days(minutes.div_euclid(DAY.into())))?;
            let minute = minutes.rem_euclid(DAY.into());
            return Some(format!("{day}T{:02}:{:02}{zone}", minute / 60, minute % 60));
        }
        calendar::shifted(from, unit, n)
    }

    /// The weekend that has begun last, or the one that ends next.
    fn weekend(&self, direction: Direction) -> Option<String> {
        let today = self.anchor.day?;
        let edge = match direction {
            Direction::Future => calendar::weekday(today, 6, true, false),
            _ if self.outlook == Outlook::Ahead => calendar::weekday(today, 7, true, true),
            _ => calendar::weekday(today, 6, false, true),
        };
        calendar::shifted(edge?, Unit::Weekend, 0)
    }

    fn weekday(&self, day: u32, direction: Direction, weeks: u64) -> String {
        let ahead = match direction {
            Direction::Past => false,
            Direction::Future => true,
            // "Tickets go on sale this Friday": of the week at hand, where no verb looks back.
            Direction::This if self.outlook == Outlook::Unsaid => {
                self.anchor.day.is_some_and(|today| day > today.weekday().number_from_monday())
            }
            _ => self.outlook == Outlook::Ahead,
        };
        let today = matches!(direction, Direction::Tense | Direction::This);
        let date = self.anchor.day.and_then(|from| calendar::weekday(from, day, ahead, today));
        let date = date.and_then(|d| d.checked_add_days(Days::new(7 * weeks)));
        date.map_or_else(|| format!("XXXX-WXX-{day}"), |d| d.to_string())
    }

    /// The year in which something that comes once a year is meant, when `at` says where it falls in a year. `past` and
    /// `future` leave out what holds the anchor itself.
    fn year_of(&self, direction: Direction, at: impl Fn(i32) -> Option<(NaiveDate, NaiveDate)>) -> Option<i32> {
        match (direction, self.frame) {
            (Direction::In(year), _) | (Direction::Tense, Some(year)) => return Some(year),
            _ => {}
        }
        // What is known to the month or year reaches to its end.
        let (from, to, _) = calendar::covers(&calendar::shifted(self.anchor.last?.0, Unit::of(self.anchor.last?.1), 0)?)?;
        let year = from.year();
        if direction == Direction::This {
            return at(year).map(|_| year);
        }
        let next = |counts: bool| {
            (year - 1..=year + 8).find(|&y| at(y).is_some_and(|(first, last)| if counts { last >= from } else { first > to }))
        };
        let last = |counts: bool| {
            (year - 8..=year + 1).rev().find(|&y| at(y).is_some_and(|(first, last)| if counts { first <= to } else { last < from }))
        };
        match (direction, self.outlook) {
            (Direction::Past, _) => last(false),
            (Direction::Future, _) => next(false),
            // "the killings in late June", in July, with a verb that looks ahead: nobody means the next June without a word more.
            (_, Outlook::Ahead) => {
                let (ahead, back) = (next(true), last(true));
                let far = ahead.and_then(&at).is_some_and(|(first, last)| first < last && (first - to).num_days() > AHEAD);
                let near = back.and_then(&at).is_some_and(|(_, last)| (from - last).num_days() < BACK);
                if far && near { back } else { ahead }
            }
            (Direction::Tense, Outlook::Back) => last(true),
            _ => {
                // "The vote is on September 15", in May: nobody writes so of the last one.
                let far = if direction == Direction::Near { YEAR / 2 } else { 2 * YEAR / 3 };
                let back = last(true);
                let long_ago = back.and_then(&at).is_some_and(|(_, last)| (from - last).num_days() > far);
                if long_ago { next(true).or(back) } else { back }
            }
        }
    }

    /// The next year, where what looks back would be so long ago that it is told with its year, and comes again soon: "The meeting moved to
    /// the first week of November", in October.
    fn soon(&self, direction: Direction, year: i32, at: impl Fn(i32) -> Option<NaiveDate>) -> i32 {
        let told = direction == Direction::Tense && self.outlook == Outlook::Back && self.frame.is_none();
        let days = |day: Option<NaiveDate>| Some((day? - self.anchor.day?).num_days());
        let far = told && days(at(year)).is_some_and(|d| d < -LONG_AGO);
        if far && days(at(year + 1)).is_some_and(|d| d < SOON) { year + 1 } else { year }
    }

    fn yearly(&self, direction: Direction, at: impl Fn(i32) -> Option<NaiveDate>) -> Option<String> {
        let year = self.year_of(direction, |y| at(y).map(|d| (d, d)))?;
        at(year).map(|d| d.to_string())
    }

    fn date(&self, month: u32, day: u32, direction: Direction, weekday: Option<u32>) -> Option<String> {
        // 2024 has every day that any year has.
        NaiveDate::from_ymd_opt(2024, month, day)?;
        let on = |y| NaiveDate::from_ymd_opt(y, month, day);
        let Some(year) = self.year_of(direction, |y| on(y).map(|d| (d, d))) else { return Some(format!("XXXX-{month:02}-{day:02}")) };
        let year = self.soon(direction, year, on);
        let found = agreeing([year, year - 1, year + 1].map(on), weekday);
        Some(found.map_or_else(|| format!("XXXX-{month:02}-{day:02}"), |d| d.to_string()))
    }

    fn month(&self, month: u32, direction: Direction) -> Option<String> {
        let span = |y: i32| calendar::covers(&format!("{y:04}-{month:02}")).map(|(a, b, _)| (a, b));
        let year = self.year_of(direction, span);
        Some(year.map_or_else(|| format!("XXXX-{month:02}"), |y| format!("{y:04}-{month:02}")))
    }

    fn season(&self, season: &str, direction: Direction) -> Option<String> {
        let year = self.year_of(direction, |y| calendar::covers(&format!("{y:04}-{season}")).map(|(a, b, _)| (a, b)));
        Some(year.map_or_else(|| format!("XXXX-{season}"), |y| format!("{y:04}-{season}")))
    }

    /// The nth block of so many months of a year: quarters and halves.
    fn block(&self, n: u32, _months: u32, sign: &str, direction: Direction) -> Option<String> {
        let year = self.year_of(direction, |y| calendar::covers(&format!("{y:04}-{sign}{n}")).map(|(a, b, _)| (a, b)));
        Some(year.map_or_else(|| format!("XXXX-{sign}{n}"), |y| format!("{y:04}-{sign}{n}")))
    }

    /// A day of the month that is being spoken of: the nearest one back, or ahead.
    fn day_of_month(&self, day: u32, direction: Direction, weekday: Option<u32>) -> Option<String> {
        let Some(month) = self.anchor.month else { return Some(format!("XXXX-XX-{day:02}")) };
        let in_month = |by: i32| {
            let first: NaiveDate = format!("{}-01", calendar::shifted(month, Unit::Month, by)?).parse().ok()?;
            first.with_day(day)
        };
        let here = in_month(0);
        let ahead = match direction {
            Direction::Future => true,
            Direction::Past => false,
            _ => self.outlook == Outlook::Ahead,
        };
        let other = match self.anchor.day {
            Some(today) if ahead && here.is_none_or(|d| d < today) => in_month(1),
            Some(today) if !ahead && here.is_none_or(|d| d > today) => in_month(-1),
            _ => here,
        };
        agreeing([other, here, in_month(-1), in_month(1)], weekday).map(|d| d.to_string())
    }
}

/// The first of some days that falls on the weekday that is named with it; else the first, as writers err.
fn agreeing<const N: usize>(days: [Option<NaiveDate>; N], weekday: Option<u32>) -> Option<NaiveDate> {
    let falls = |d: &NaiveDate| weekday.is_none_or(|w| d.weekday().number_from_monday() == w);
    days.iter().flatten().find(|d| falls(d)).copied().or(days[0])
}

/// The minute of the day in a time of day: of "18:40", and the first of "AF".
fn minute(time: &str) -> Option<u32> {
    let hour = match time {
        "AF" => 12,
        "EV" => 18,
        "NI" => 20,
        _ => {
            let (hour, minute) = time.trim_end_matches('Z').split_once(':')?;
            return Some((hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?) % DAY);
        }
    };
    Some(hour * 60)
}

/// "T18:40" from an hour, perhaps with minutes after a colon, and the half of the day.
fn clock(time: &str, half: Option<&str>) -> Option<String> {
    let time = time.trim_end_matches(':');
    let (hour, minute) = time.split_once(':').unwrap_or((time, ""));
    let hour = hour.parse::<u32>().ok()?;
    let hour = match half {
        Some("PM") if hour < 12 => hour + 12,
        Some("AM") if hour == 12 => 0,
        Some("NI") if (6..12).contains(&hour) => hour + 12,
        Some("NI") if hour == 12 => 0,
        _ => hour,
    };
    // "las diez menos cuarto": minutes before the hour
    let (hour, minute) = match minute.strip_prefix('-') {
        Some(less) => (hour.checked_sub(1)?, 60_u32.checked_sub(less.parse().ok()?)?),
        None if minute.is_empty() => (hour, 0),
        None => (hour, minute.parse().ok()?),
    };
    (hour <= 24 && minute < 60).then(|| format!("T{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Basis;

    fn on(published: &str, outlook: Outlook, template: &str) -> String {
        let anchor = Known::published(PublishedDate::parse(published, Basis::Index));
        value(template, &Vec::new(), &Setting { anchor, outlook, frame: None }).unwrap_or_else(|| "none".into())
    }

    #[test]
    fn weekdays_look_where_the_verb_looks() {
        // A Friday.
        assert_eq!(on("2022-01-07", Outlook::Unsaid, "(weekday 7 tense)"), "2022-01-02");
        assert_eq!(on("2022-01-07", Outlook::Ahead, "(weekday 7 tense)"), "2022-01-09");
        assert_eq!(on("2022-01-07", Outlook::Back, "(weekday 5 tense)"), "2022-01-07");
        assert_eq!(on("2022-01-07", Outlook::Back, "(weekday 5 past)"), "2021-12-31");
        assert_eq!(on("2022-01-07", Outlook::Back, "(weekday 5 future)"), "2022-01-14");
        assert_eq!(on("2022-01", Outlook::Back, "(weekday 5 tense)"), "XXXX-WXX-5");
    }

    #[test]
    fn what_comes_every_year_falls_near_the_publication() {
        assert_eq!(on("2022-01-07", Outlook::Back, "(date 12 31 tense)"), "2021-12-31");
        assert_eq!(on("2022-01-07", Outlook::Ahead, "(date 01 19 tense)"), "2022-01-19");
        assert_eq!(on("2022-01", Outlook::Back, "(date 01 19 tense)"), "2022-01-19");
        assert_eq!(on("2022", Outlook::Back, "(date 11 19 tense)"), "2022-11-19");
        assert_eq!(on("", Outlook::Back, "(date 11 19 tense)"), "XXXX-11-19");
        assert_eq!(on("2022-01-07", Outlook::Back, "(date 02 30 tense)"), "none");
        assert_eq!(on("2022-01-07", Outlook::Back, "(date 01 15 tense)"), "2022-01-15");
        assert_eq!(on("2021-07-28", Outlook::Ahead, "(month 06 tense)"), "2021-06");
        assert_eq!(on("2021-07-28", Outlook::Ahead, "(month 05 tense)"), "2022-05");
        // What is said to fall on a weekday is where it does.
        assert_eq!(on("2022-01-07", Outlook::Back, "(date 01 30 tense 7)"), "2022-01-30");
        assert_eq!(on("2022-01-07", Outlook::Back, "(date 12 31 tense 1)"), "2021-12-31");
        assert_eq!(on("2022-02-08", Outlook::Back, "(dom 10 tense 4)"), "2022-02-10");
        assert_eq!(on("2022-02-08", Outlook::Back, "(dom 10 tense 7)"), "2022-01-10");
        assert_eq!(on("2022-01-07", Outlook::Back, "(quarter 4 tense)"), "2021-Q4");
        assert_eq!(on("2022-01-07", Outlook::Back, "(month 01 past)"), "2021-01");
        assert_eq!(on("2022-01-07", Outlook::Back, "(season SU tense)"), "2021-SU");
    }

    #[test]
    fn nothing_finer_than_the_publication_is_made_up() {
        assert_eq!(on("2022-01", Outlook::Back, "(shift Y -10)"), "2012");
        assert_eq!(on("2022-01", Outlook::Back, "(shift M -1)"), "2021-12");
        assert_eq!(on("2022-01", Outlook::Back, "(shift D -1)"), "none");
        assert_eq!(on("2022", Outlook::Back, "(shift M -1)"), "none");
        assert_eq!(on("", Outlook::Back, "(shift Y -1)"), "none");
        assert_eq!(on("2022-01-07", Outlook::Back, "(shift D -X)"), "PAST_REF");
    }

    #[test]
    fn clocks_count_to_24() {
        assert_eq!(clock("6:40", Some("PM")).as_deref(), Some("T18:40"));
        assert_eq!(clock("12:", Some("AM")).as_deref(), Some("T00:00"));
        assert_eq!(clock("11", Some("NI")).as_deref(), Some("T23:00"));
        assert_eq!(clock("25:00", None), None);
    }
}
