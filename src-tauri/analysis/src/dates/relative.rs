//! What is counted from the day of the text: “last week”, “two years ago”, “the past month”, “daily”.

use std::ops::Range;

use chrono::Datelike;

use super::words::{Unit, low_plural, month, part_of_day, season, weekday};
use super::{Reader, Reading, unknown};
use crate::shape::DateType;
use crate::text::Kind;

impl Reader<'_, '_> {
    /// Words that point from the day of publication: today, last week, this summer, a year ago.
    pub(super) fn deictic(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        let low = self.low(i);
        let p = self.published;
        let day =
            |shift: i32| p.and_then(|d| Unit::Day.value(d, shift)).unwrap_or_else(|| "XXXX-XX-XX".into());
        match low {
            "today" => return Reading::date(i + 1, day(0), true),
            "yesterday" | "tomorrow" => {
                let value = day(if low == "yesterday" { -1 } else { 1 });
                return match part_of_day(self.low(i + 1)) {
                    Some(part) => Some(Reading {
                        end: i + 2,
                        kind: DateType::Time,
                        value: format!("{value}T{part}"),
                        inferred: true,
                        span: None,
                    }),
                    None => Reading::date(i + 1, value, true),
                };
            }
            "tonight" => {
                return Some(Reading {
                    end: i + 1,
                    kind: DateType::Time,
                    value: format!("{}TNI", day(0)),
                    inferred: true,
                    span: None,
                });
            }
            "overnight" => {
                return Some(Reading {
                    end: i + 1,
                    kind: DateType::Time,
                    value: format!("{}TNI", day(-1)),
                    inferred: true,
                    span: None,
                });
            }
            _ => {}
        }
        // the past two years, the last three months, the next five days, the first nine months
        let the = usize::from(low == "the");
        let which = self.low(i + the);
        if matches!(
            which,
            "past"
                | "last"
                | "next"
                | "coming"
                | "previous"
                | "recent"
                | "preceding"
                | "following"
                | "first"
                | "latest"
                | "final"
        ) {
            let mut k = i + the + 1;
            if matches!(self.low(k), "few" | "several" | "many") {
                let (unit, _) = Unit::read(self.low(k + 1))?;
                return Some(Reading {
                    end: k + 2,
                    kind: DateType::Duration,
                    value: unit.duration("X"),
                    inferred: false,
                    span: None,
                });
            }
            if let Some((count, next)) =
                self.count(k).filter(|(c, _)| c != "X" && !matches!(self.low(k), "a" | "an"))
            {
                k = next + usize::from(t.kind(next) == Kind::Hyphen);
                if let Some((unit, _)) = Unit::read(self.low(k)) {
                    let span = p.zip(count.parse::<i32>().ok()).and_then(|(d, n)| match which {
                        "past" | "last" | "previous" => Some((unit.shift(d, -n)?, d)),
                        "next" | "coming" => Some((d, unit.shift(d, n)?)),
                        _ => None,
                    });
                    return Some(Reading {
                        end: k + 1,
                        kind: DateType::Duration,
                        value: unit.duration(&count),
                        inferred: span.is_some(),
                        span,
                    });
                }
            }
            if which == "recent" {
                let (_, plural) = Unit::read(self.low(k))?;
                return plural.then(|| Reading {
                    end: k + 1,
                    kind: DateType::Date,
                    value: "PAST_REF".into(),
                    inferred: false,
                    span: None,
                });
            }
        }
        let mut k = i;
        if matches!(low, "the") {
            k += 1;
        }
        let shift = match self.low(k) {
            "last" | "past" => -1,
            "next" | "coming" => 1,
            "this" | "current" if k == i || self.low(k) == "current" => 0,
            "previous" | "preceding" if k > i => -1,
            "following" if k > i => 1,
            "same" if k > i => 0,
            "that" if k == i => 0,
            _ => return self.ago(i),
        };
        let word = self.low(k);
        let base = if matches!(word, "previous" | "preceding" | "following" | "same" | "that")
            || word == "next" && k > i
        {
            self.anchor.or(p)
        } else {
            p
        };
        let next = self.low(k + 1);
        if word == "that"
            && !matches!(
                next,
                "day" | "year" | "month" | "week" | "night" | "morning" | "afternoon" | "evening"
            )
        {
            return None;
        }
        if let Some((unit, plural)) = Unit::read(next) {
            if plural || matches!(unit, Unit::Minute | Unit::Hour) {
                return None;
            }
            if k > i && matches!(word, "last" | "past") && unit != Unit::Day {
                // “the past year” is a length.
                let span = p.and_then(|d| Some((unit.shift(d, -1)?, d)));
                return Some(Reading {
                    end: k + 2,
                    kind: DateType::Duration,
                    value: unit.duration("1"),
                    inferred: true,
                    span,
                });
            }
            // “this year's third quarter”
            if unit == Unit::Year
                && t.kind(k + 2) == Kind::Possessive
                && let Some(q) = self.quarter(k + 3)
            {
                let year = base.map_or("XXXX".to_string(), |d| (d.year() + shift).to_string());
                return Reading::date(q.end, format!("{year}{}", &q.value[4..]), true);
            }
            let Some(base) = base else { return Reading::date(k + 2, unknown(unit).to_string(), true) };
            return Reading::date(k + 2, unit.value(base, shift)?, true);
        }
        let base_year = base.map(|b| b.year());
        if let Some(part) = part_of_day(next) {
            let value = if word == "last" { day(-1) } else { base.map_or_else(|| day(0), |d| d.to_string()) };
            return Some(Reading {
                end: k + 2,
                kind: DateType::Time,
                value: format!("{value}T{part}"),
                inferred: true,
                span: None,
            });
        }
        if next == "weekend" {
            let Some(base) = base else { return Reading::date(k + 2, "XXXX-WXX-WE".into(), true) };
            let shift = if word == "last" && base.weekday().num_days_from_monday() >= 5
                || word != "last" && word != "past"
            {
                shift
            } else {
                -1
            };
            return Reading::date(k + 2, format!("{}-WE", Unit::Week.value(base, shift)?), true);
        }
        if let Some(code) = season(next) {
            let published = p?;
            let begins = match code {
                "SP" => 3,
                "SU" => 6,
                "FA" => 9,
                _ => 12,
            };
            let year = match word {
                // Last summer: the last one that is over or long begun.
                "last" | "past" if begins + 2 >= published.month() => published.year() - 1,
                "last" | "past" | "this" => published.year(),
                _ if begins <= published.month() => published.year() + 1,
                _ => published.year(),
            };
            return Reading::date(k + 2, format!("{year}-{code}"), true);
        }
        if let Some(m) = month(next).filter(|_| t.capital(k + 1)) {
            let Some(published) = p else { return Reading::date(k + 2, format!("XXXX-{m:02}"), true) };
            if let Some(day) = self.day_number(k + 2) {
                return self.day_of_month(m, day, k + 3, i, s);
            }
            let year = match word {
                "last" | "past" if m >= published.month() => published.year() - 1,
                "next" | "coming" if m <= published.month() => published.year() + 1,
                _ => published.year(),
            };
            return Reading::date(k + 2, format!("{year}-{m:02}"), true);
        }
        if let Some(day) = weekday(next).filter(|_| t.capital(k + 1)) {
            let mut reading = self.weekday_at(day, k + 1, s)?;
            if word == "last" || word == "next" || word == "this" {
                reading.inferred = true;
                return Some(reading);
            }
        }
        if next == "quarter" || next == "period" {
            return base_year.and_then(|_| Reading::date(k + 2, Unit::Quarter.value(base?, shift)?, true));
        }
        self.ago(i)
    }

    /// “two years ago”, “a week earlier”, “three days later”, “a year ago”.
    fn ago(&self, i: usize) -> Option<Reading> {
        let start = if matches!(self.low(i), "about" | "almost" | "nearly" | "some" | "around" | "over") {
            i + 1
        } else if self.low(i) == "more" && self.low(i + 1) == "than" {
            i + 2
        } else {
            i
        };
        let (count, mut k) = self.count(start)?;
        if self.text.kind(k) == Kind::Hyphen {
            return None;
        }
        let (unit, _) = Unit::read(self.low(k))?;
        k += 1;
        let (sign, base) = match self.low(k) {
            "ago" => (-1, self.published),
            "earlier" | "before" => (-1, self.anchor.or(self.published)),
            "later" | "after" => (1, self.anchor),
            "hence" => (1, self.published),
            _ => return None,
        };
        // “two days after the vote” leans on something that is no date.
        if matches!(self.low(k), "before" | "after") {
            return None;
        }
        let Some(n) = count.parse::<f32>().ok() else {
            return Reading::date(
                k + 1,
                if sign < 0 { "PAST_REF".into() } else { "FUTURE_REF".into() },
                false,
            );
        };
        let Some(base) = base else { return Reading::of(k + 1, DateType::Duration, unit.duration(&count)) };
        Reading::date(k + 1, unit.value(base, sign * n as i32)?, true)
    }

    /// Lengths: two years, a five-day visit, several weeks, 42-year-old.
    pub(super) fn counted(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        if i > s.start && t.kind(i - 1) == Kind::Hyphen {
            return None;
        }
        // “year-earlier”, “year-ago quarter”
        let the = usize::from(self.low(i) == "the");
        if self.low(i + the) == "year"
            && t.kind(i + the + 1) == Kind::Hyphen
            && matches!(self.low(i + the + 2), "ago" | "earlier")
        {
            let year = self.published?.year() - 1;
            let quarter = matches!(self.low(i + the + 3), "quarter" | "period");
            let value = if quarter { Unit::Quarter.value(self.published?, -5)? } else { year.to_string() };
            return Reading::date(i + the + 3 + usize::from(quarter), value, true);
        }
        // “for weeks”
        if low_plural(self.low(i)) && i > s.start && self.low(i - 1) == "for" && self.low(i + 1) != "of" {
            let (unit, _) = Unit::read(self.low(i))?;
            return Reading::of(i + 1, DateType::Duration, unit.duration("X"));
        }
        let (count, mut k) = self.count(i)?;
        let article = matches!(self.low(i), "a" | "an") && k == i + 1;
        let joined = t.kind(k) == Kind::Hyphen;
        if joined {
            k += 1;
        }
        let (unit, plural) = Unit::read(self.low(k))?;
        if article
            && (plural
                || matches!(unit, Unit::Quarter | Unit::Minute)
                || matches!(self.low(k + 1), "old")
                || t.kind(k + 1) == Kind::Hyphen)
        {
            return None;
        }
        if count == "1" && !article && plural || unit == Unit::Quarter && !plural {
            return None;
        }
        let end = k + 1;
        // An age is no time that a desk asks for; “three-quarters” is none at all.
        if self.low(end) == "old"
            || t.kind(end) == Kind::Hyphen && self.low(end + 1) == "old"
            || joined && unit == Unit::Quarter
        {
            return None;
        }
        // “100 dollars a day”: a rate comes again.
        if article
            && i > s.start
            && (t.kind(i - 1) == Kind::Number
                || matches!(
                    self.low(i - 1),
                    "once"
                        | "twice"
                        | "times"
                        | "dollars"
                        | "million"
                        | "billion"
                        | "dlrs"
                        | "barrels"
                        | "percent"
                ))
        {
            return Reading::of(end, DateType::Set, unit.duration("1"));
        }
        Reading::of(end, DateType::Duration, unit.duration(&count))
    }

    /// Now, recently, soon, the future.
    pub(super) fn vague(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        let low = self.low(i);
        let before = if i > s.start { self.low(i - 1) } else { "" };
        let (value, end) = match low {
            "now" if before != "right" || i == s.start => ("PRESENT_REF", i + 1),
            "currently" | "presently" | "nowadays" => ("PRESENT_REF", i + 1),
            "recently" | "formerly" => ("PAST_REF", i + 1),
            "recent" if matches!(self.low(i + 1), "years" | "months" | "weeks" | "days" | "decades") => {
                ("PAST_REF", i + 2)
            }
            "soon" if before != "as" => ("FUTURE_REF", i + 1),
            "the" if self.low(i + 1) == "future" && !t.capital(i + 1) => ("FUTURE_REF", i + 2),
            "the" if self.low(i + 1) == "past" && !t.is_word(i + 2) => ("PAST_REF", i + 2),
            "the" if self.low(i + 1) == "quarter" => {
                return self.published.and_then(|p| Reading::date(i + 2, Unit::Quarter.value(p, -1)?, true));
            }
            "the" if self.low(i + 1) == "weekend" => {
                return self
                    .published
                    .and_then(|p| Reading::date(i + 2, format!("{}-WE", Unit::Week.value(p, -1)?), true));
            }
            _ => return None,
        };
        Reading::of(end, DateType::Date, value.to_string())
    }

    /// Daily, every year, each week.
    pub(super) fn repeated(&self, i: usize) -> Option<Reading> {
        let low = self.low(i);
        let once = match low {
            "daily" => Some("P1D"),
            "weekly" => Some("P1W"),
            "monthly" => Some("P1M"),
            "annually" | "yearly" => Some("P1Y"),
            // “quarterly dividend” says what sort of dividend it is.
            "quarterly" if !self.text.is_word(i + 1) => Some("P3M"),
            _ => None,
        };
        if let Some(value) = once {
            return Reading::of(i + 1, DateType::Set, value.to_string());
        }
        if !matches!(low, "every" | "each") {
            return None;
        }
        if let Some((count, k)) = self.count(i + 1) {
            let (unit, _) = Unit::read(self.low(k))?;
            return Reading::of(k + 1, DateType::Set, unit.duration(&count));
        }
        if let Some(day) = weekday(self.low(i + 1)) {
            return Reading::of(i + 2, DateType::Set, format!("XXXX-WXX-{}", day.number_from_monday()));
        }
        let (unit, plural) = Unit::read(self.low(i + 1))?;
        (!plural).then(|| Reading {
            end: i + 2,
            kind: DateType::Set,
            value: unit.duration("1"),
            inferred: false,
            span: None,
        })
    }
}
