//! Words of time: months, days, parts of the day, numbers and units.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(super) fn read(low: &str) -> Option<(Unit, bool)> {
        Some(match low {
            "minute" => (Unit::Minute, false),
            "minutes" => (Unit::Minute, true),
            "hour" => (Unit::Hour, false),
            "hours" => (Unit::Hour, true),
            "day" => (Unit::Day, false),
            "days" => (Unit::Day, true),
            "week" => (Unit::Week, false),
            "weeks" => (Unit::Week, true),
            "month" => (Unit::Month, false),
            "months" => (Unit::Month, true),
            "quarter" => (Unit::Quarter, false),
            "quarters" => (Unit::Quarter, true),
            "year" => (Unit::Year, false),
            "years" => (Unit::Year, true),
            "decade" => (Unit::Decade, false),
            "decades" => (Unit::Decade, true),
            "century" => (Unit::Century, false),
            "centuries" => (Unit::Century, true),
            _ => return None,
        })
    }

    pub(super) fn duration(self, count: &str) -> String {
        match self {
            Unit::Minute => format!("PT{count}M"),
            Unit::Hour => format!("PT{count}H"),
            Unit::Day => format!("P{count}D"),
            Unit::Week => format!("P{count}W"),
            Unit::Month => format!("P{count}M"),
            Unit::Quarter => format!("P{count}Q"),
            Unit::Year => format!("P{count}Y"),
            Unit::Decade => count.parse::<u32>().map_or("PXDE".into(), |n| format!("P{}Y", n * 10)),
            Unit::Century => count.parse::<u32>().map_or("PXCE".into(), |n| format!("P{}Y", n * 100)),
        }
    }

    /// The period of this size that holds a day, shifted.
    pub(super) fn value(self, day: NaiveDate, shift: i32) -> Option<String> {
        let moved = self.shift(day, shift)?;
        Some(match self {
            Unit::Minute | Unit::Hour | Unit::Day => moved.to_string(),
            Unit::Week => format!("{}-W{:02}", moved.iso_week().year(), moved.iso_week().week()),
            Unit::Month => format!("{}-{:02}", moved.year(), moved.month()),
            Unit::Quarter => format!("{}-Q{}", moved.year(), moved.month0() / 3 + 1),
            Unit::Year => format!("{:04}", moved.year()),
            Unit::Decade => format!("{:03}", moved.year() / 10),
            Unit::Century => format!("{:02}", moved.year() / 100),
        })
    }

    pub(super) fn shift(self, day: NaiveDate, by: i32) -> Option<NaiveDate> {
        let months = |n: i32| {
            let m = Months::new(n.unsigned_abs());
            if n < 0 { day.checked_sub_months(m) } else { day.checked_add_months(m) }
        };
        let days = |n: i64| {
            let d = Days::new(n.unsigned_abs());
            if n < 0 { day.checked_sub_days(d) } else { day.checked_add_days(d) }
        };
        if by.abs() > 3000 {
            return None;
        }
        match self {
            Unit::Minute | Unit::Hour => Some(day),
            Unit::Day => days(i64::from(by)),
            Unit::Week => days(i64::from(by) * 7),
            Unit::Month => months(by),
            Unit::Quarter => months(by * 3),
            Unit::Year => months(by * 12),
            Unit::Decade => months(by * 120),
            Unit::Century => months(by * 1200),
        }
    }
}

pub(super) fn month(low: &str) -> Option<u32> {
    let stem = low.trim_end_matches('.');
    Some(match stem {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

pub(super) fn weekday(low: &str) -> Option<Weekday> {
    Some(match low.trim_end_matches('.') {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tues" | "tue" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thurs" | "thu" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" | "sat" => Weekday::Sat,
        "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

pub(super) fn season(low: &str) -> Option<&'static str> {
    Some(match low {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        "winter" => "WI",
        _ => return None,
    })
}

pub(super) fn part_of_day(low: &str) -> Option<&'static str> {
    Some(match low {
        "morning" => "MO",
        "afternoon" => "AF",
        "evening" => "EV",
        "night" | "overnight" => "NI",
        _ => return None,
    })
}

pub(super) fn half_of_day(low: &str) -> bool {
    matches!(low, "a.m" | "a.m." | "am" | "p.m" | "p.m." | "pm")
}

/// Time zones as news shortens them.
pub(super) fn zone(low: &str) -> bool {
    matches!(low, "gmt" | "est" | "edt" | "et" | "pst" | "pdt" | "bst" | "utc")
}

pub(super) fn low_plural(low: &str) -> bool {
    matches!(low, "hours" | "days" | "weeks" | "months" | "years" | "decades")
}

pub(super) fn ordinal(low: &str) -> Option<u32> {
    Some(match low {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        _ => return None,
    })
}

pub(super) fn small_number(low: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(at) = WORDS.iter().position(|w| *w == low) {
        return Some(at as u32 + 1);
    }
    Some(match low {
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        "hundred" => 100,
        _ => return None,
    })
}
