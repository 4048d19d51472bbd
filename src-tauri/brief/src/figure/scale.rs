//! Where things stand: time to pixels, and the ticks between.

use chrono::{Datelike, Months, NaiveDate};

/// Days since 1970-01-01 to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeScale {
    pub from: f64,
    pub to: f64,
    pub x0: f64,
    pub x1: f64,
}

/// A tick and its words; `strong` where a larger unit begins.
pub(super) struct Tick {
    pub at: f64,
    pub label: String,
    pub strong: bool,
}

/// How long a year and a month are on average, in days.
const YEAR: f64 = 365.2425;
const MONTH: f64 = YEAR / 12.0;
/// Pixels between ticks at least.
const APART: f64 = 56.0;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn day_of(date: NaiveDate) -> f64 {
    (date - NaiveDate::default()).num_days() as f64
}

fn date_of(day: f64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(day.floor() as i64)?)
}

/// `44 BCE` for the year −43, else the number.
pub(super) fn year_name(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BCE", 1 - year) }
}

pub(super) fn month_name(month: u32) -> &'static str {
    MONTHS[(month as usize + 11) % 12]
}

impl TimeScale {
    pub fn x(self, day: f64) -> f64 {
        let part = (day - self.from) / (self.to - self.from);
        self.x0 + part.clamp(-0.5, 1.5) * (self.x1 - self.x0)
    }

    /// Pixels of a day.
    pub fn density(self) -> f64 {
        (self.x1 - self.x0) / (self.to - self.from)
    }

    /// Ticks of the finest unit that leaves room for its words: centuries to hours.
    pub fn ticks(self) -> Vec<Tick> {
        let room = APART / self.density();
        if room >= MONTH {
            let years = if room <= MONTH * 6.0 { None } else { Some(nice(room / YEAR)) };
            return years.map_or_else(|| self.month_ticks(room), |step| self.year_ticks(step));
        }
        let steps = [1.0 / 24.0, 3.0 / 24.0, 6.0 / 24.0, 0.5, 1.0, 2.0, 7.0, 14.0];
        let step = steps.into_iter().find(|step| *step >= room).unwrap_or(31.0);
        if step > 14.0 {
            return self.month_ticks(room);
        }
        let mut ticks = Vec::new();
        let mut at = (self.from / step).ceil() * step;
        while at <= self.to {
            let Some(date) = date_of(at + 1e-6) else { break };
            let minutes = ((at - at.floor()) * 1440.0).round() as i64;
            let (label, strong) = if step < 1.0 && minutes % 1440 != 0 {
                (format!("{:02}:{:02}", minutes / 60, minutes % 60), false)
            } else {
                (format!("{} {}", date.day(), month_name(date.month())), step < 1.0 || date.day() == 1)
            };
            ticks.push(Tick { at, label, strong });
            at += step;
        }
        ticks
    }

    fn month_ticks(self, room: f64) -> Vec<Tick> {
        let step = [1, 2, 3, 6].into_iter().find(|step| f64::from(*step) * MONTH >= room).unwrap_or(6);
        let mut ticks = Vec::new();
        let start = date_of(self.from).and_then(|date| NaiveDate::from_ymd_opt(date.year(), 1, 1));
        let mut next = start;
        while let Some(date) = next {
            let at = day_of(date);
            if at > self.to {
                break;
            }
            if at >= self.from {
                let january = date.month() == 1;
                let label =
                    if january { year_name(date.year()) } else { month_name(date.month()).to_owned() };
                ticks.push(Tick { at, label, strong: january });
            }
            next = date.checked_add_months(Months::new(step));
        }
        ticks
    }

    fn year_ticks(self, step: i32) -> Vec<Tick> {
        let (Some(first), Some(last)) = (date_of(self.from), date_of(self.to)) else { return Vec::new() };
        let mut ticks = Vec::new();
        let mut year = first.year().div_euclid(step) * step;
        while year <= last.year() {
            // The year 1000 BCE is −999: round numbers are those that are read.
            let shown = if year > 0 { year } else { year + 1 };
            if let Some(date) = NaiveDate::from_ymd_opt(shown, 1, 1)
                && (self.from..=self.to).contains(&day_of(date))
            {
                ticks.push(Tick { at: day_of(date), label: year_name(shown), strong: true });
            }
            year += step;
        }
        ticks
    }
}

/// 1, 2, 5, 10, 20 … at or above `least`.
pub(super) fn nice(least: f64) -> i32 {
    let mut power = 1;
    loop {
        for digit in [1, 2, 5] {
            if f64::from(digit * power) >= least {
                return digit * power;
            }
        }
        power *= 10;
        if power > 100_000_000 {
            return power;
        }
    }
}
