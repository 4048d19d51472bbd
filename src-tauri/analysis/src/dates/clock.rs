//! Hours of the day.

use std::ops::Range;

use super::words::{half_of_day, zone};
use super::{Reader, Reading};
use crate::shape::DateType;
use crate::text::Kind;

impl Reader<'_, '_> {
    /// “10:35 a.m.”, “9 a.m. Tuesday”, “noon”.
    pub(super) fn clock(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        let low = self.low(i);
        let (mut hour, minute, mut end) = if t.kind(i) == Kind::Number {
            let figures = low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let glued = &low[figures.len()..];
            let next = self.low(i + 1);
            let half = half_of_day;
            let marker = if half(glued) {
                glued.to_string()
            } else if half(next) {
                next.to_string()
            } else {
                String::new()
            };
            let clock = figures.contains(':');
            if marker.is_empty() && !(clock && matches!(next, "gmt" | "est" | "edt" | "local")) {
                return None;
            }
            let mut parts = figures.split([':', '.']);
            let hour: u32 = parts.next()?.parse().ok().filter(|h| *h < 25)?;
            let minute: Option<u32> = parts.next().and_then(|m| m.parse().ok()).filter(|m| *m < 60);
            let hour = if marker.starts_with('p') && hour < 12 {
                hour + 12
            } else if marker.starts_with('a') && hour == 12 {
                0
            } else {
                hour
            };
            (hour, minute, if half(glued) || marker.is_empty() { i + 1 } else { i + 2 })
        } else if matches!(low, "noon" | "midday") {
            (12, Some(0), i + 1)
        } else if low == "midnight" {
            (24, Some(0), i + 1)
        } else {
            return None;
        };
        if zone(self.low(end)) {
            end += 1;
        }
        if hour == 24 && minute == Some(0) && low != "midnight" {
            hour = 0;
        }
        let mut day = self.published.map(|d| d.to_string());
        let on = if self.low(end) == "on" { end + 1 } else { end };
        if let Some(inner) = self.calendar(on, s).or_else(|| self.deictic(on, s))
            && inner.kind == DateType::Date
            && inner.value.len() == 10
        {
            day = Some(inner.value);
            end = inner.end;
        }
        let day = day.unwrap_or_else(|| "XXXX-XX-XX".into());
        let value = format!("{day}T{hour:02}:{:02}", minute.unwrap_or(0));
        Reading::of(end, DateType::Time, value)
    }
}
