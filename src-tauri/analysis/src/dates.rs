//! Expressions of time, read the way news writes them.
//!
//! A weekday or month without a year looks back from the publication date unless the verb beside it
//! looks forward. Values are TIMEX3's, so that “last week” stays a week and is not made a day. What
//! depends on a publication date that nobody knows keeps its unknown part as X.

// `i` and `t` are the token and the text everywhere here; every rule answers with an option.
#![allow(clippy::many_single_char_names, clippy::unnecessary_wraps)]

mod abroad;
mod calendar;
mod clock;
mod relative;
mod tense;
mod words;

use std::ops::Range;

use chrono::{Days, Months, NaiveDate, Weekday};

use crate::shape::DateType;
use crate::text::{Kind, Text};
use words::{Unit, small_number};

/// An expression of time in bytes.
#[derive(Clone, Debug)]
pub(crate) struct When {
    pub bytes: Range<usize>,
    pub kind: DateType,
    pub value: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub inferred: bool,
}

/// One reading: where it ends and what it means.
struct Reading {
    end: usize,
    kind: DateType,
    value: String,
    inferred: bool,
    /// Days meant, where the value does not tell them.
    span: Option<(NaiveDate, NaiveDate)>,
}

impl Reading {
    fn date(end: usize, value: String, inferred: bool) -> Option<Self> {
        Some(Reading { end, kind: DateType::Date, value, inferred, span: None })
    }

    fn of(end: usize, kind: DateType, value: String) -> Option<Self> {
        Some(Reading { end, kind, value, inferred: false, span: None })
    }
}

struct Reader<'t, 'a> {
    text: &'t Text<'a>,
    published: Option<NaiveDate>,
    /// The last day or period named, for “the next day”.
    anchor: Option<NaiveDate>,
}

pub(crate) fn find(text: &Text, published: Option<NaiveDate>) -> Vec<When> {
    let mut reader = Reader { text, published, anchor: published };
    let mut out: Vec<When> = Vec::new();
    for s in &text.sentences {
        let mut i = s.start;
        while i < s.end {
            let Some(reading) = reader.at(i, s) else {
                i += 1;
                continue;
            };
            let end = reading.end.min(s.end).max(i + 1);
            let span = reading.span.or_else(|| period(&reading.value));
            if let (Some((from, _)), DateType::Date | DateType::Time) = (span, reading.kind) {
                reader.anchor = Some(from);
            }
            out.push(When {
                bytes: text.bytes(&(i..end)),
                kind: reading.kind,
                value: reading.value,
                from: span.map(|s| s.0),
                to: span.map(|s| s.1),
                inferred: reading.inferred,
            });
            i = end;
        }
    }
    out
}

impl Reader<'_, '_> {
    fn low(&self, i: usize) -> &str {
        self.text.low(i)
    }

    /// A year written in four figures.
    fn year(&self, i: usize) -> Option<i32> {
        let word = self.text.word(i);
        (self.text.kind(i) == Kind::Number && word.len() == 4)
            .then(|| word.parse().ok())
            .flatten()
            .filter(|y| (1400..=2099).contains(y))
    }

    fn day_number(&self, i: usize) -> Option<u32> {
        let word = self.low(i);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        (self.text.kind(i) == Kind::Number
            && digits.len() <= 2
            && matches!(tail, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|d| (1..=31).contains(d))
    }

    /// How many: figures, words, “a”, “several” (X), “a couple of”; and where the unit stands.
    fn count(&self, i: usize) -> Option<(String, usize)> {
        let low = self.low(i);
        if self.text.kind(i) == Kind::Number {
            let plain = low.replace(',', "");
            if plain.parse::<u32>().is_ok_and(|n| n < 10_000) {
                // 5 1/2 hours is left alone; 2.5 years keeps its point.
                return Some((plain, i + 1));
            }
            return plain.parse::<f32>().is_ok().then_some((plain, i + 1));
        }
        if let Some(n) = small_number(low) {
            let tens = n >= 20 && n % 10 == 0 && n < 100;
            if tens
                && self.text.kind(i + 1) == Kind::Hyphen
                && let Some(ones) = small_number(self.low(i + 2)).filter(|o| *o < 10)
            {
                return Some(((n + ones).to_string(), i + 3));
            }
            if tens && let Some(ones) = small_number(self.low(i + 1)).filter(|o| *o < 10) {
                return Some(((n + ones).to_string(), i + 2));
            }
            return Some((n.to_string(), i + 1));
        }
        match low {
            "a" | "an" => match self.low(i + 1) {
                "couple" => Some(("2".into(), if self.low(i + 2) == "of" { i + 3 } else { i + 2 })),
                "few" | "number" if self.low(i + 1) == "few" || self.low(i + 2) == "of" => {
                    Some(("X".into(), if self.low(i + 2) == "of" { i + 3 } else { i + 2 }))
                }
                "half" => None,
                _ => Some(("1".into(), i + 1)),
            },
            "several" | "many" | "few" => Some(("X".into(), i + 1)),
            "half" if matches!(self.low(i + 1), "a" | "an") => Some(("0.5".into(), i + 2)),
            _ => None,
        }
    }

    fn at(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        if !matches!(t.kind(i), Kind::Word | Kind::Number) {
            return None;
        }
        let low = self.low(i);
        // Early, late, mid: the period that follows, with the word.
        if matches!(low, "early" | "late" | "mid" | "earlier" | "later") {
            let joined = t.kind(i + 1) == Kind::Hyphen;
            let next = if joined { i + 2 } else { i + 1 };
            let next = if matches!(low, "early" | "late")
                && self.low(next) == "in"
                && matches!(self.low(next + 1), "the")
            {
                next + 1
            } else {
                next
            };
            if next < s.end
                && let Some(mut inner) = self.at(next, s)
                && matches!(inner.kind, DateType::Date | DateType::Time)
                && !inner.value.ends_with("REF")
            {
                inner.inferred |= inner.value.contains('X');
                return Some(inner);
            }
            return None;
        }
        if low == "the"
            && matches!(self.low(i + 1), "end" | "beginning" | "start" | "middle" | "rest")
            && self.low(i + 2) == "of"
        {
            let inner = self.at(i + 3, s).filter(|r| r.kind == DateType::Date && !r.value.ends_with("REF"));
            if inner.is_some() {
                return inner;
            }
        }
        self.clock(i, s)
            .or_else(|| self.abroad(i, s))
            .or_else(|| self.weekday_abroad(i, s))
            .or_else(|| self.feast(i, s))
            .or_else(|| self.calendar(i, s))
            .or_else(|| self.deictic(i, s))
            .or_else(|| self.counted(i, s))
            .or_else(|| self.vague(i, s))
            .or_else(|| self.repeated(i))
    }
}

fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

/// First and last day of a calendar value.
fn period(value: &str) -> Option<(NaiveDate, NaiveDate)> {
    let value = value.split('T').next()?;
    let first = |y: i32, m: u32| NaiveDate::from_ymd_opt(y, m, 1);
    let through = |from: NaiveDate, months: u32| {
        Some((from, from.checked_add_months(Months::new(months))?.pred_opt()?))
    };
    if value.len() == 10 && value.as_bytes()[5] != b'W' {
        let day = value.parse().ok()?;
        return Some((day, day));
    }
    if value.len() <= 3 && !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        let size = if value.len() == 3 { 10 } else { 100 };
        let year = value.parse::<i32>().ok()? * size;
        return through(first(year, 1)?, size as u32 * 12);
    }
    let year: i32 = value.get(..4)?.parse().ok()?;
    match value.get(4..)? {
        "" => through(first(year, 1)?, 12),
        "-SP" => through(first(year, 3)?, 3),
        "-SU" => through(first(year, 6)?, 3),
        "-FA" => through(first(year, 9)?, 3),
        "-WI" => through(first(year, 12)?, 3),
        rest if rest.starts_with("-Q") => through(
            first(year, (rest[2..].parse::<u32>().ok().filter(|q| (1..=4).contains(q))? - 1) * 3 + 1)?,
            3,
        ),
        rest if rest.starts_with("-H") => through(
            first(year, (rest[2..].parse::<u32>().ok().filter(|h| (1..=2).contains(h))? - 1) * 6 + 1)?,
            6,
        ),
        rest if rest.starts_with("-W") => {
            let week = rest.get(2..4)?.parse().ok()?;
            let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
            if rest.ends_with("-WE") {
                return Some((
                    monday.checked_add_days(Days::new(5))?,
                    monday.checked_add_days(Days::new(6))?,
                ));
            }
            (rest.len() == 4).then_some((monday, monday.checked_add_days(Days::new(6))?))
        }
        rest if rest.len() == 3 => through(first(year, rest[1..].parse().ok()?)?, 1),
        _ => None,
    }
}
