//! Dates by the calendar: days, months, quarters, weekdays and feasts.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::words::{month, ordinal, part_of_day, weekday};
use super::{Reader, Reading};
use crate::shape::DateType;
use crate::text::Kind;

/// Days that have a name, and are the same day wherever English news speaks of them.
pub(super) fn feast(words: [&str; 2], year: i32) -> Option<(NaiveDate, usize)> {
    let day = |m, d| NaiveDate::from_ymd_opt(year, m, d);
    let named = matches!(words[1], "day" | "eve");
    Some(match words {
        ["thanksgiving", _] => (
            NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4)?,
            1 + usize::from(words[1] == "day"),
        ),
        // The Tuesday after the first Monday.
        ["election", "day"] => {
            (NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Mon, 1)?.succ_opt()?, 2)
        }
        ["christmas", "eve"] => (day(12, 24)?, 2),
        ["christmas", _] => (day(12, 25)?, 1 + usize::from(named)),
        ["halloween", _] => (day(10, 31)?, 1),
        _ => return None,
    })
}

impl Reader<'_, '_> {
    /// “Thanksgiving”, “Christmas Day”: the nearest one, or the one that “last” and “next” tell.
    pub(super) fn feast(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let first = if matches!(self.low(i), "last" | "next") { i + 1 } else { i };
        if !self.text.capital(first) {
            return None;
        }
        let words = [self.low(first), self.low(first + 1)];
        let published = self.published?;
        let mut days = (-1..=1).filter_map(|shift| feast(words, published.year() + shift));
        let (date, length) = match self.low(i) {
            "last" => days.by_ref().filter(|(day, _)| *day < published).last()?,
            "next" => days.find(|(day, _)| *day > published)?,
            _ => days.min_by_key(|(day, _)| (*day - published).num_days().abs())?,
        };
        let end = first + length;
        if let Some(year) = self.year(end).filter(|_| end < s.end) {
            return Reading::date(end + 1, feast(words, year)?.0.to_string(), false);
        }
        Reading::date(end, date.to_string(), true)
    }

    /// Dates with a name or figures: 7 August 1998, Nov. 3, June 2021, 2022, Friday, the 1990s, the third quarter.
    pub(super) fn calendar(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        let low = self.low(i);
        // 2023-01-20
        if let Some(year) = self.year(i)
            && (t.kind(i + 1) == Kind::Hyphen || t.kind(i + 1) == Kind::Dash && !t.spaced(i + 1))
        {
            let (m, d) = (self.low(i + 2), self.low(i + 4));
            if m.len() == 2
                && d.len() == 2
                && !t.spaced(i + 2)
                && let Some(day) =
                    m.parse().ok().zip(d.parse().ok()).and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m, d))
            {
                return Reading::date(i + 5, day.to_string(), false);
            }
        }
        // 7 August 1998; the 7th of August
        if let Some(day) = self.day_number(i) {
            let at = if self.low(i + 1) == "of" { i + 2 } else { i + 1 };
            if let Some(m) = month(self.low(at)).filter(|_| t.capital(at)) {
                return self.day_of_month(m, day, at + 1, i, s);
            }
        }
        if let Some(m) = month(low).filter(|_| t.capital(i)) {
            let shouted = low.len() > 3 && t.word(i).chars().all(char::is_uppercase);
            if let Some(day) =
                self.day_number(i + 1).filter(|_| t.kind(i + 2) != Kind::Other || t.word(i + 2) != "%")
            {
                return self.day_of_month(m, day, i + 2, i, s);
            }
            let at = if t.kind(i + 1) == Kind::Comma || self.low(i + 1) == "of" { i + 2 } else { i + 1 };
            if let Some(year) = self.year(at) {
                return Reading::date(at + 1, format!("{year}-{m:02}"), false);
            }
            // “May” and “March” are words; abbreviations may be names.
            let loose = matches!(low, "may" | "march" | "mar" | "jun" | "jan" | "dec" | "sep")
                || shouted && low == "march";
            let before = if i > s.start { self.low(i - 1) } else { "" };
            let named = matches!(
                before,
                "in" | "last"
                    | "next"
                    | "this"
                    | "since"
                    | "until"
                    | "till"
                    | "by"
                    | "from"
                    | "to"
                    | "of"
                    | "early"
                    | "late"
                    | "mid"
                    | "during"
                    | "through"
                    | "before"
                    | "after"
                    | "and"
                    | "between"
                    | "each"
                    | "every"
                    | "-"
                    | "through mid"
            );
            if loose && (!named || i == s.start || before == "to") {
                return None;
            }
            if t.capital(i + 1) && t.is_word(i + 1) && !named {
                // April Smith
                return None;
            }
            if matches!(before, "last" | "next" | "this") {
                return None;
            }
            return self.month_alone(m, i + 1, i, s);
        }
        if let Some(day) = weekday(low).filter(|_| t.capital(i) && low.len() > 3) {
            return self.weekday_at(day, i, s);
        }
        if let Some(year) = self.year(i) {
            let before = if i > 0 { self.low(i - 1) } else { "" };
            let money = i > 0 && matches!(t.word(i - 1), "$" | "£" | "€" | "#");
            let unit = t.word(i + 1) == "%"
                || matches!(
                    self.low(i + 1),
                    "people"
                        | "percent"
                        | "pct"
                        | "dollars"
                        | "dlrs"
                        | "tonnes"
                        | "troops"
                        | "soldiers"
                        | "km"
                        | "miles"
                        | "feet"
                        | "votes"
                        | "points"
                        | "million"
                        | "billion"
                        | "men"
                        | "jobs"
                        | "a.m"
                        | "hours"
                        | "gmt"
                        | "units"
                        | "employees"
                        | "shares"
                );
            let modern = (1850..=2049).contains(&year);
            let named = matches!(
                before,
                "in" | "since"
                    | "of"
                    | "during"
                    | "until"
                    | "by"
                    | "from"
                    | "before"
                    | "after"
                    | "year"
                    | "to"
                    | "through"
                    | "and"
                    | "between"
                    | "fiscal"
                    | "-"
                    | "the"
                    | "mid"
            );
            if money || unit || !(modern || named) || !modern && !matches!(before, "in" | "since" | "until") {
                return None;
            }
            // 2021-22
            return Reading::date(i + 1, format!("{year}"), false);
        }
        // the 1990s, the '90s
        let the = usize::from(low == "the");
        let at = i + the;
        if t.kind(at) == Kind::Number && self.low(at).len() == 5 && self.low(at).ends_with("0s") {
            return Reading::date(at + 1, self.low(at)[..3].to_string(), false);
        }
        // the 21st century
        if the == 1
            && t.kind(at) == Kind::Number
            && (self.low(at + 1) == "century"
                || t.kind(at + 1) == Kind::Hyphen && self.low(at + 2) == "century")
        {
            let digits: String = self.low(at).chars().take_while(char::is_ascii_digit).collect();
            let n: u32 = digits.parse().ok().filter(|n| (1..=30).contains(n))?;
            let end = if self.low(at + 1) == "century" { at + 2 } else { at + 3 };
            return Reading::date(end, format!("{:02}", n - 1), false);
        }
        self.quarter(i)
    }

    /// “the third quarter of 2021”, “third-quarter”, “the quarter”.
    pub(super) fn quarter(&self, i: usize) -> Option<Reading> {
        let t = self.text;
        let mut at = i + usize::from(self.low(i) == "the");
        if self.low(at) == "fiscal" {
            at += 1;
        }
        let n = ordinal(self.low(at))?;
        let mut end = at + 1;
        if t.kind(end) == Kind::Hyphen {
            end += 1;
        }
        let half = self.low(end) == "half";
        if !(self.low(end) == "quarter" || half && n < 3) || half && self.low(i) != "the" {
            return None;
        }
        end += 1;
        let letter = if half { 'H' } else { 'Q' };
        let of = if matches!(self.low(end), "of" | "in") { end + 1 } else { end };
        if let Some(year) = self.year(of) {
            return Reading::date(of + 1, format!("{year}-{letter}{n}"), false);
        }
        if matches!((self.low(of), self.low(of + 1)), ("this" | "last" | "next", "year")) {
            let shift = match self.low(of) {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            let year = self.published?.year() + shift;
            return Reading::date(of + 2, format!("{year}-{letter}{n}"), true);
        }
        let Some(published) = self.published else {
            return Reading::date(end, format!("XXXX-{letter}{n}"), true);
        };
        // The latest one that has begun.
        let length = if half { 6 } else { 3 };
        let year = if (n - 1) * length < published.month() { published.year() } else { published.year() - 1 };
        Reading::date(end, format!("{year}-{letter}{n}"), true)
    }

    pub(super) fn day_of_month(
        &self,
        m: u32,
        day: u32,
        end: usize,
        i: usize,
        s: &Range<usize>,
    ) -> Option<Reading> {
        let t = self.text;
        let at = if t.kind(end) == Kind::Comma { end + 1 } else { end };
        if let Some(year) = self.year(at) {
            let date = NaiveDate::from_ymd_opt(year, m, day)?;
            return Reading::date(at + 1, date.to_string(), false);
        }
        let Some(published) = self.published else {
            return Reading::date(end, format!("XXXX-{m:02}-{day:02}"), true);
        };
        let ahead = self.ahead(i, s) == Some(true);
        let date = [published.year(), published.year() - 1, published.year() + 1]
            .into_iter()
            .filter_map(|y| NaiveDate::from_ymd_opt(y, m, day))
            .min_by_key(|d| {
                let distance = (*d - published).num_days();
                // The nearest, but what lies ahead must be said to.
                if distance > 45 && !ahead {
                    distance + 200
                } else if distance < -30 && ahead {
                    -distance + 200
                } else {
                    distance.abs()
                }
            })?;
        Reading::date(end, date.to_string(), true)
    }

    pub(super) fn month_alone(&self, m: u32, end: usize, i: usize, s: &Range<usize>) -> Option<Reading> {
        let Some(published) = self.published else { return Reading::date(end, format!("XXXX-{m:02}"), true) };
        let shift = match (self.low(end), self.low(end + 1)) {
            ("last", "year") => Some(-1),
            ("this", "year") => Some(0),
            ("next", "year") => Some(1),
            _ => None,
        };
        if let Some(shift) = shift {
            return Reading::date(end + 2, format!("{}-{m:02}", published.year() + shift), true);
        }
        // Nothing tells: a month that comes soon is more likely meant than one of last year.
        let soon = m > published.month() && m - published.month() <= 3;
        // “the February agreement” names a thing by its month: the nearest one.
        let names_thing = i > s.start
            && self.low(i - 1) == "the"
            && self.text.is_word(end)
            && !self.text.capital(end)
            && !self.text.spaced_paragraph(end);
        let ahead = if names_thing {
            (m + 12 - published.month()) % 12 < 5
        } else {
            self.ahead(i, s).unwrap_or(soon)
        };
        let year = match (m.cmp(&published.month()), ahead) {
            (std::cmp::Ordering::Greater, false) => published.year() - 1,
            (std::cmp::Ordering::Less, true) => published.year() + 1,
            _ => published.year(),
        };
        Reading::date(end, format!("{year}-{m:02}"), true)
    }

    pub(super) fn weekday_at(&self, day: Weekday, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        let mut end = i + 1;
        // “Monday, Oct. 26”
        if t.kind(end) == Kind::Comma || month(self.low(end)).is_some() {
            let at = end + usize::from(t.kind(end) == Kind::Comma);
            if (t.capital(at) || t.kind(at) == Kind::Number)
                && let Some(inner) = self.calendar(at, s)
                && inner.value.len() == 10
                && (month(self.low(at)).is_some() || month(self.low(at + 1)).is_some())
            {
                return Some(inner);
            }
        }
        let part = part_of_day(self.low(end));
        if part.is_some() {
            end += 1;
        }
        if self.low(end) == "last" || self.low(end) == "next" || self.low(end) == "this" {
            // “on Friday last week”
        }
        let Some(published) = self.published else {
            let n = day.number_from_monday();
            return Reading::date(end, format!("XXXX-WXX-{n}"), true);
        };
        let back = (7 + published.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7;
        let before = if i > s.start { self.low(i - 1) } else { "" };
        let date = if before == "next" || before != "last" && self.ahead(i, s) == Some(true) {
            published.checked_add_days(Days::new(u64::from((7 - back) % 7)))?
        } else if before == "last" && back == 0 {
            published.checked_sub_days(Days::new(7))?
        } else {
            published.checked_sub_days(Days::new(u64::from(back)))?
        };
        match part {
            Some(part) => Some(Reading {
                end,
                kind: DateType::Time,
                value: format!("{date}T{part}"),
                inferred: true,
                span: Some((date, date)),
            }),
            None => Reading::date(end, date.to_string(), true),
        }
    }
}
