//! The date of publication as the article itself prints it: a byline or a line of its own near the top or the end.
//!
//! The rules stand in each pack's `pack.toml` and describe whole lines; their groups `year`, `month` and `day` are the
//! date. Those of all packs apply, since sites print dates in a language of their own; one that is `own` only to articles in the
//! pack's language, and one that `opens` a line says how the line begins ("MOSCOW, Jan. 5, 2022 (Agency) - …"). A `yearless` one
//! ("MOSCOW, Jan. 5 (Agency) - …") counts where the article says in which year it is written ("so far in 2022").

use std::sync::OnceLock;

use chrono::NaiveDate;
use regex::Regex;
use regex_syntax::ast::{self, Ast};
use serde::Deserialize;

use super::document::PublishedDate;
use crate::error::{Error, Result};
use crate::pack::{Failure, Lang, Pack, Packs, Pattern, Rule, Rules, Sieve, check};
use crate::span::Span;
use crate::vocabulary::{Basis, Precision};

/// Longer lines are text.
const LONGEST: usize = 160;
/// Lines with words that are looked at from the top, and from the end.
const TOP: usize = 6;
const END: usize = 3;

/// The rules of all packs for dates in bylines.
#[derive(Debug)]
pub struct Bylines {
    packs: Vec<Dates>,
}

/// One pack's.
#[derive(Debug)]
struct Dates {
    language: Lang,
    rules: Vec<Rule<Spec>>,
    /// The dates of all rules, without what stands before and behind them, read when a line with a year first asks: only what the line has one of is
    /// compiled as a whole, which takes longer. A sieve of the whole patterns takes longer than it saves: so few lines ask.
    formed: OnceLock<Option<Sieve>>,
    /// The names of the months in order, each whole.
    months: Vec<Pattern>,
    /// How a text says which year it is written in: "so far in 2022".
    present: Vec<String>,
    /// The same, compiled when a line without its year first asks.
    compiled: OnceLock<Vec<Regex>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    /// Only in articles of the pack's language: "10/01/2022" is another day in another.
    #[serde(default)]
    own: bool,
    /// The line's text may go on behind it.
    #[serde(default)]
    opens: bool,
    /// The line has no year, and counts only where the article says which year it is written in.
    #[serde(default)]
    yearless: bool,
}

impl Bylines {
    /// Compiles the date rules of every pack's `pack.toml`.
    ///
    /// # Errors
    /// If a rule is not as it must be, or the list `month` has not twelve patterns.
    pub fn load(packs: &Packs) -> Result<Self> {
        Ok(Self { packs: packs.iter().map(Dates::load).collect::<Result<_>>()? })
    }

    /// Runs every rule against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        let run = |dates: &Dates, text: &str| {
            let found = dates.in_line(text, dates.language, None).or_else(|| dates.in_line(text, dates.language, dates.present_year(text)));
            found.map(|(rule, span, date)| (rule.id.clone(), span, date.to_string())).into_iter().collect()
        };
        self.packs.iter().flat_map(|d| check(&d.rules, |text| run(d, text))).collect()
    }

    /// The date a text in a language prints for itself.
    #[must_use]
    pub fn published(&self, text: &str, language: Lang) -> Option<PublishedDate> {
        let lines = || text.lines().map(str::trim).filter(|l| l.contains(char::is_alphanumeric));
        let top = lines().take(TOP);
        let end = text.rsplit('\n').map(str::trim).filter(|l| l.contains(char::is_alphanumeric)).take(END);
        // Every date has a year in four digits.
        let dated = |l: &&str| start(l).as_bytes().windows(4).any(|year| year.iter().all(u8::is_ascii_digit));
        let whole = top.clone().chain(end).filter(dated).find_map(|l| self.packs.iter().find_map(|d| d.in_line(l, language, None)));
        let found = whole.or_else(|| {
            let yearless = |d: &Dates, l: &str| d.yearless().any(|r| r.pattern.as_ref().is_some_and(|p| p.is_match(start(l))));
            // And every day is in digits.
            let lines: Vec<&str> = top.filter(|l| start(l).bytes().any(|b| b.is_ascii_digit())).collect();
            let dates = self.packs.iter().filter(|d| d.language == language);
            let (dates, line) = dates.flat_map(|d| lines.iter().map(move |l| (d, *l))).find(|(d, l)| yearless(d, l))?;
            dates.in_line(line, language, Some(dates.present_year(text)?))
        });
        found.map(|(.., date)| date)
    }
}

impl Dates {
    fn load(pack: &Pack) -> Result<Self> {
        let rules = Rules::<Spec>::load(pack, "pack")?;
        let wrong = |message: String| wrong(pack.language, message);
        let names = rules.words.get("month").map_or(&[][..], Vec::as_slice);
        if !rules.rules.is_empty() && names.len() != 12 {
            return Err(wrong(format!("the list `month` has {} patterns; it needs twelve, January first", names.len())));
        }
        let month = |name: &String| Pattern::new(format!("^(?:{name})$"), pack.is_shipped());
        let months = names.iter().map(month).collect::<std::result::Result<_, _>>().map_err(wrong)?;
        let present = rules.words.get("present_year").cloned().unwrap_or_default();
        let dates =
            Self { language: pack.language, rules: rules.rules, formed: OnceLock::new(), months, present, compiled: OnceLock::new() };
        // Of a pack that is compiled in the tests have shown that they are patterns.
        if !pack.is_shipped() {
            dates.check_present()?;
        }
        Ok(dates)
    }

    fn present(&self) -> impl Iterator<Item = std::result::Result<Regex, regex::Error>> {
        self.present.iter().map(|p| Regex::new(&format!("(?i){p}")))
    }

    fn check_present(&self) -> Result<()> {
        self.present().try_for_each(|p| p.map(drop).map_err(|e| wrong(self.language, e.to_string())))
    }

    fn yearless(&self) -> impl Iterator<Item = &Rule<Spec>> {
        self.rules.iter().filter(|r| r.spec.yearless)
    }

    /// The year that a text says it is written in, if it says one.
    fn present_year(&self, text: &str) -> Option<i32> {
        let patterns = self.compiled.get_or_init(|| self.present().flatten().collect());
        let years = patterns.iter().flat_map(|p| p.captures_iter(text)).filter_map(|c| c.name("year")?.as_str().parse().ok());
        let mut only = None;
        for year in years {
            if only.is_some_and(|o| o != year) {
                return None;
            }
            only = Some(year);
        }
        only
    }

    /// The date of a line; of one without its year where that is `present`.
    fn in_line(&self, line: &str, language: Lang, present: Option<i32>) -> Option<(&Rule<Spec>, Span, PublishedDate)> {
        let fits = |rule: &&Rule<Spec>| {
            (rule.spec.opens || line.len() <= LONGEST)
                && (!rule.spec.own || language == self.language)
                && rule.spec.yearless == present.is_some()
        };
        let formed = self.formed.get_or_init(|| {
            let dates = self.rules.iter().map(|r| r.pattern.as_ref().map_or("", |p| date_of(p.as_str())));
            Sieve::of_parts(dates).ok()
        });
        let line = start(line);
        let candidates = formed.as_ref().map_or_else(|| (0..self.rules.len()).collect(), |sieve| sieve.candidates(line));
        candidates.into_iter().filter_map(|i| self.rules.get(i)).filter(fits).find_map(|rule| {
            let groups = rule.pattern.as_ref()?.captures(line)?;
            let group = |name: &str| Some(Span::from(groups.get_group_by_name(name)?.range()));
            let number = |name: &str| group(name)?.of(line).parse::<u32>().ok();
            let month = group("month").and_then(|m| {
                let named = self.months.iter().position(|r| r.is_match(m.of(line))).and_then(|i| u32::try_from(i + 1).ok());
                named.or_else(|| m.of(line).parse().ok())
            })?;
            let (precision, day) = number("day").map_or((Precision::Month, 1), |d| (Precision::Day, d));
            let first = NaiveDate::from_ymd_opt(present.or_else(|| i32::try_from(number("year")?).ok())?, month, day)?;
            let places = ["year", "month", "day"].into_iter().filter_map(group);
            let span = places.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))?;
            Some((rule, span, PublishedDate { first, precision, basis: Basis::Text }))
        })
    }
}

/// What stands in a pattern from its first group to its last, the date itself; the whole pattern where its groups stand in others or a flag goes before.
fn date_of(pattern: &str) -> &str {
    let Ok(Ast::Concat(ref whole)) = ast::parse::Parser::new().parse(pattern) else { return pattern };
    if whole.asts.iter().any(|part| matches!(part, Ast::Flags(_))) {
        return pattern;
    }
    let mut named = whole.asts.iter().filter(|part| matches!(part, Ast::Group(group) if group.capture_index().is_some()));
    let (first, last) = (named.next(), named.next_back());
    first.zip(last).and_then(|(a, b)| pattern.get(a.span().start.offset..b.span().end.offset)).unwrap_or(pattern)
}

fn wrong(language: Lang, message: String) -> Error {
    Error::Pack { file: format!("{language}/pack.toml"), line: 1, message }
}

/// As much of a line as a date stands in.
fn start(line: &str) -> &str {
    &line[..line.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packs_keep_their_word() {
        assert_eq!(Bylines::load(&Packs::shipped()).unwrap().check(), vec![]);
    }

    #[test]
    fn a_line_is_worth_a_rule_whose_date_it_has() {
        assert_eq!(
            date_of(r"^by (?P<day>[0-9]+) (?P<month>may) (?P<year>20[0-9]{2})(?: at .+)?$"),
            "(?P<day>[0-9]+) (?P<month>may) (?P<year>20[0-9]{2})"
        );
        for whole in ["(?x)^ (?P<day>1) (?P<month>2)$", "^(?:(?P<day>1) (?P<month>2))$", "a|(?P<day>1)", "("] {
            assert_eq!(date_of(whole), whole);
        }
    }

    #[test]
    fn only_bylines_and_lines_of_their_own_count() {
        let bylines = Bylines::load(&Packs::shipped()).unwrap();
        let read = |text: &str| bylines.published(text, Lang::EN).map(|d| d.to_string());
        assert_eq!(read("Calm returns\nBy Ann Lee, January 7, 2022\nThe night was quiet."), Some("2022-01-07".into()));
        assert_eq!(read("Vuelve la calma\nLa noche fue tranquila.\nColectivo Sur\nEnero de 2022"), Some("2022-01".into()));
        assert_eq!(read("The attack of January 6, 2021 was the first.\nOthers followed."), None);
        assert_eq!(read("Nothing"), None);
        assert!(bylines.packs.iter().all(|d| !d.present.is_empty() && d.check_present().is_ok()));
        let wire = |rest| read(&format!("Calm returns\nOSH, Jan. 7 (Agency) - The night was quiet.\n{rest}"));
        assert_eq!(wire("Ten have died so far in 2022."), Some("2022-01-07".into()));
        assert_eq!(wire("Ten died in 2022."), None);
        assert_eq!(wire("Ten have died so far in 2022, as many as in the rest of 2021 so far in 2021."), None);
    }
}
