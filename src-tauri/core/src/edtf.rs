//! Dates as far as they are known: Extended Date/Time Format (ISO 8601-2:2019), levels 0 and 1
//! without seasons and unspecified digits: `2022`, `2022-11`, `2022-11-14`, `2022-11-14T09:30:00Z`, `2022-11~`,
//! `2022-11-14?`, `2021/2023`, `2022-02/..`, `-0044`, `Y17000`. Years run from −262,000 to 262,000.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A date in EDTF, kept as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Edtf(String);

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the second.
    Instant,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Some time between two dates, one of which may be open.
    Interval,
}

/// The text is no date of the kind that Bilat keeps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no date; write 2023-01-20, 2023-01 or 2023")]
pub struct BadDate(pub String);

impl Edtf {
    /// The day `date`.
    pub fn day(date: NaiveDate) -> Self {
        Self(date.format("%Y-%m-%d").to_string())
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first day it may mean; nothing for an open start.
    pub fn first_day(&self) -> Option<NaiveDate> {
        let (from, _) = self.0.split_once('/').unwrap_or((&self.0, ""));
        bounds(from).map(|(first, _)| first)
    }

    /// The last day it may mean; nothing for an open end.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let to = self.0.split_once('/').map_or(self.0.as_str(), |(_, to)| to);
        bounds(to).map(|(_, last)| last)
    }

    /// How exactly it is known.
    pub fn precision(&self) -> Precision {
        if self.0.contains('/') {
            return Precision::Interval;
        }
        if self.0.contains('T') {
            return Precision::Instant;
        }
        match self.0.trim_start_matches('-').matches('-').count() {
            0 => Precision::Year,
            1 => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// Whether its writer was not sure of it (`?`), knows it about only (`~`), or both (`%`).
    pub fn is_uncertain(&self) -> bool {
        self.0.contains(['?', '~', '%'])
    }

    /// The month it falls into, where it falls into one.
    pub fn month(&self) -> Option<Month> {
        let (first, last) = (self.first_day()?, self.last_day()?);
        let month = Month { year: first.year(), month: first.month() };
        (month == Month { year: last.year(), month: last.month() }).then_some(month)
    }

    /// The time of day in seconds, in UTC where its zone is given; nothing where no time is.
    pub fn seconds(&self) -> Option<i32> {
        let (_, time) = self.0.split_once('T').filter(|_| !self.0.contains('/'))?;
        time_of_day(time.trim_end_matches(['?', '~', '%']))
    }
}

/// A month of a year, written `2022-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Month {
    /// The year, 0 being 1 BCE.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// Months since January of the year 0.
    pub fn number(self) -> i32 {
        self.year * 12 + self.month as i32 - 1
    }

    /// The month of that number.
    pub fn of_number(number: i32) -> Self {
        Self { year: number.div_euclid(12), month: number.rem_euclid(12) as u32 + 1 }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&year_text(self.year))?;
        write!(f, "-{:02}", self.month)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = BadDate;
    fn try_from(text: String) -> Result<Self, BadDate> {
        let bad = || BadDate(text.clone());
        let (year, month) = text.rsplit_once('-').ok_or_else(bad)?;
        let (year, month) = (read_year(year).ok_or_else(bad)?, month.parse().map_err(|_| bad())?);
        if (1..=12).contains(&month) { Ok(Self { year, month }) } else { Err(bad()) }
    }
}

/// Four digits, or more of them after a `Y`.
fn year_text(year: i32) -> String {
    let sign = if year < 0 { "-" } else { "" };
    if year.abs() > 9999 { format!("Y{year}") } else { format!("{sign}{:04}", year.abs()) }
}

fn read_year(text: &str) -> Option<i32> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i32>().ok())?;
    let (long, text) = text.strip_prefix('Y').map_or((false, text), |rest| (true, rest));
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let wide = if long { (5..=6).contains(&text.len()) && !text.starts_with('0') } else { text.len() == 4 };
    Some(sign * digits(text).filter(|_| wide)?)
}

/// `09:30:00`, with `Z` or an offset from UTC or without; in seconds.
fn time_of_day(text: &str) -> Option<i32> {
    let (clock, zone) = text.split_at_checked(8)?;
    let time = chrono::NaiveTime::parse_from_str(clock, "%H:%M:%S").ok()?;
    let offset = match zone {
        "" | "Z" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let away = chrono::NaiveTime::parse_from_str(zone.strip_prefix(['+', '-'])?, "%H:%M").ok()?;
            sign * chrono::Timelike::num_seconds_from_midnight(&away) as i32
        }
    };
    Some(chrono::Timelike::num_seconds_from_midnight(&time) as i32 - offset)
}

/// The first and last day of one point: a year, a month or a day with an optional qualifier, or an instant.
fn bounds(point: &str) -> Option<(NaiveDate, NaiveDate)> {
    let point = point.trim_end_matches(['?', '~', '%']);
    if let Some((day, time)) = point.split_once('T') {
        time_of_day(time)?;
        return bounds(day).filter(|(first, last)| first == last);
    }
    if point.starts_with('Y') {
        let year = read_year(point)?;
        return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?));
    }
    let (sign, digits) = point.strip_prefix('-').map_or((1, point), |rest| (-1, rest));
    let mut parts = digits.split('-');
    let number = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let year = sign * number(parts.next()?, 4)? as i32;
    let month = parts.next().map(|part| number(part, 2)).map_or(Some(None), |m| m.map(Some))?;
    let day = parts.next().map(|part| number(part, 2)).map_or(Some(None), |d| d.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)),
        (Some(month), None) => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            Some((first, NaiveDate::from_ymd_opt(next.0, next.1, 1)?.pred_opt()?))
        }
        (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, date)),
    }
}

impl FromStr for Edtf {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Self, BadDate> {
        let text = text.trim();
        let good = match text.split_once('/') {
            None => bounds(text).is_some(),
            Some((from, to)) => {
                let open = |end: &str| end.is_empty() || end == "..";
                let (first, last) = (bounds(from).map(|b| b.0), bounds(to).map(|b| b.1));
                (first.is_some() || open(from))
                    && (last.is_some() || open(to))
                    && !(open(from) && open(to))
                    && first.zip(last).is_none_or(|(first, last)| first <= last)
            }
        };
        if good { Ok(Self(text.to_owned())) } else { Err(BadDate(text.to_owned())) }
    }
}

impl TryFrom<String> for Edtf {
    type Error = BadDate;
    fn try_from(text: String) -> Result<Self, BadDate> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(date: Edtf) -> String {
        date.0
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<NaiveDate> for Edtf {
    fn from(date: NaiveDate) -> Self {
        debug_assert!(date.year() >= 0, "EDTF years before 0 are written by hand");
        Self::day(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_was_written() {
        let check = |text: &str, first: &str, last: &str| {
            let date: Edtf = text.parse().unwrap();
            let day = |day: Option<NaiveDate>| day.map_or("..".into(), |day| day.to_string());
            assert_eq!((day(date.first_day()), day(date.last_day())), (first.into(), last.into()), "{text}");
        };
        check("2023-01-20", "2023-01-20", "2023-01-20");
        check("2022-11~", "2022-11-01", "2022-11-30");
        check("2022?", "2022-01-01", "2022-12-31");
        check("2021/2023-02", "2021-01-01", "2023-02-28");
        check("2022-02-24/..", "2022-02-24", "..");
        check("2022-02-24T05:50:00+03:00", "2022-02-24", "2022-02-24");
        check("-0431~", "-0431-01-01", "-0431-12-31");
        check("Y17000", "+17000-01-01", "+17000-12-31");
    }

    #[test]
    fn a_date_says_how_exactly_it_is_known_and_which_month_it_falls_into() {
        let check = |text: &str, precision: Precision, month: Option<&str>| {
            let date: Edtf = text.parse().unwrap();
            let found = date.month().map(|month| month.to_string());
            assert_eq!((date.precision(), found.as_deref()), (precision, month), "{text}");
            if let Some(month) = date.month() {
                assert_eq!(Month::of_number(month.number()), month);
                assert_eq!(Month::try_from(month.to_string()), Ok(month));
            }
        };
        check("2022-02-24T05:50:00Z", Precision::Instant, Some("2022-02"));
        check("2022-02-24?", Precision::Day, Some("2022-02"));
        check("2022-02~", Precision::Month, Some("2022-02"));
        check("2022", Precision::Year, None);
        check("-0044-03-15", Precision::Day, Some("-0044-03"));
        check("Y17000", Precision::Year, None);
        check("2022-02-01/2022-02-09", Precision::Interval, Some("2022-02"));
        check("2022-02/..", Precision::Interval, None);
        assert_eq!("2022-02-24T05:50:00+03:00".parse::<Edtf>().unwrap().seconds(), Some(2 * 3600 + 50 * 60));
    }

    #[test]
    fn nonsense_is_no_date() {
        for text in [
            "",
            "last Friday",
            "2023-13",
            "2023-02-30",
            "20.01.2023",
            "2023/2021",
            "/",
            "../..",
            "Y2023",
            "Y999999",
            "2023-01-20T25:00:00Z",
            "2023-01T10:00:00Z",
            "2023-01-20Tnoon",
        ] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }
}
