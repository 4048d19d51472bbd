//! Dates as far as they are known: Extended Date/Time Format (ISO 8601-2:2019), levels 0 and 1
//! without seasons: `2022`, `2022-11`, `2022-11-14`, `2022-11~`, `2022-11-14?`, `2021/2023`,
//! `2022-02/..`, `-0044`, `Y17000`-style years left out.

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
}

/// The first and last day of one point: a year, a month or a day with an optional qualifier.
fn bounds(point: &str) -> Option<(NaiveDate, NaiveDate)> {
    let point = point.trim_end_matches(['?', '~', '%']);
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
    }

    #[test]
    fn nonsense_is_no_date() {
        for text in ["", "last Friday", "2023-13", "2023-02-30", "20.01.2023", "2023/2021", "/", "../.."] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }
}
