//! A ledger as iCalendar (RFC 5545), for calendars and back.
//!
//! A calendar knows days of the years 1 to 9999 only. The date as it was written travels beside, in a property of
//! our own, and an event that no calendar could place is a journal entry without a day.

use std::fmt::Write as _;

use bilat_core::Edtf;
use chrono::{Datelike, NaiveDate};

use super::line::Line;

/// Octets of a content line before it is folded (RFC 5545, 3.1).
const FOLD: usize = 75;

/// One content line, folded.
fn put(out: &mut String, name: &str, value: &str) {
    let mut width = 0;
    for letter in format!("{name}:{value}").chars() {
        if width + letter.len_utf8() > FOLD {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n").replace('\r', "")
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// An all-day entry: its first and last day, as far as a calendar can hold them.
pub(crate) fn days(date: Option<&Edtf>) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = (date?.first_day()?, date?.last_day()?);
    ((1..=9999).contains(&first.year()) && (1..9999).contains(&last.year())).then_some((first, last))
}

/// A calendar of `entries`: what stands between BEGIN and END of each, the component's name first.
pub(crate) fn calendar(entries: &[(&'static str, Vec<(&'static str, String)>)]) -> String {
    let mut out = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bilat//Ledger//EN\r\n");
    for (kind, properties) in entries {
        let _ = write!(out, "BEGIN:{kind}\r\n");
        for (name, value) in properties {
            put(&mut out, name, value);
        }
        let _ = write!(out, "END:{kind}\r\n");
    }
    out + "END:VCALENDAR\r\n"
}

/// A property's text value.
pub(crate) fn text(value: &str) -> String {
    escape(value)
}

/// The properties that say when: for an all-day entry.
pub(crate) fn when(date: Option<&Edtf>) -> Vec<(&'static str, String)> {
    let Some((first, last)) = days(date) else { return Vec::new() };
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    // The end is the first day that is not part of it.
    let after = last.succ_opt().unwrap_or(last);
    vec![("DTSTART;VALUE=DATE", day(first)), ("DTEND;VALUE=DATE", day(after))]
}

/// An instant, RFC 3339 in UTC, as iCalendar writes it.
pub(crate) fn stamp(now: &str) -> String {
    now.chars().filter(|letter| !matches!(letter, '-' | ':')).collect()
}

pub(crate) fn write(lines: &[Line], now: &str) -> String {
    let entries: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let date: Option<Edtf> = line.date.parse().ok();
            let when = when(date.as_ref());
            let kind = if when.is_empty() { "VJOURNAL" } else { "VEVENT" };
            let status = match (line.status.as_str(), kind) {
                ("called off", _) => "CANCELLED",
                (_, "VJOURNAL") => "FINAL",
                ("done", _) => "CONFIRMED",
                _ => "TENTATIVE",
            };
            let headline = format!(
                "{} → {}: {}",
                line.initiator,
                line.target,
                if line.summary.is_empty() { &line.plover } else { &line.summary }
            );
            let mut properties =
                vec![("UID", format!("{}-{}@bilat", stamp(now), n + 1)), ("DTSTAMP", stamp(now))];
            properties.extend(when);
            properties.extend([
                ("SUMMARY", text(&headline)),
                ("CATEGORIES", text(&line.plover)),
                ("STATUS", status.to_owned()),
                ("X-BILAT-INITIATOR", text(&line.initiator)),
                ("X-BILAT-TARGET", text(&line.target)),
                ("X-BILAT-DATE", text(&line.date)),
                ("X-BILAT-STATUS", text(&line.status)),
                ("X-BILAT-SUMMARY", text(&line.summary)),
                ("X-BILAT-EVIDENCE", text(&line.evidence.join(" "))),
            ]);
            (kind, properties)
        })
        .collect();
    calendar(&entries)
}

/// Reads what [`write`] wrote; entries of other programs name no initiator, and say so.
pub(crate) fn read(file: &str) -> Result<Vec<Result<Line, String>>, String> {
    if !file.contains("BEGIN:VCALENDAR") {
        return Err("it is no iCalendar file".into());
    }
    let whole = file.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut lines = Vec::new();
    let mut line: Option<Line> = None;
    for content in whole.lines() {
        let Some((name, value)) = content.split_once(':') else { continue };
        let (name, value) = (name.split(';').next().unwrap_or_default(), unescape(value));
        match (name, value.as_str()) {
            ("BEGIN", "VEVENT" | "VJOURNAL") => line = Some(Line::default()),
            ("END", "VEVENT" | "VJOURNAL") => lines.extend(line.take().map(Ok)),
            _ => {}
        }
        let Some(line) = &mut line else { continue };
        match name {
            "X-BILAT-INITIATOR" => line.initiator = value,
            "X-BILAT-TARGET" => line.target = value,
            "X-BILAT-DATE" => line.date = value,
            "X-BILAT-STATUS" => line.status = value,
            "X-BILAT-SUMMARY" => line.summary = value,
            "X-BILAT-EVIDENCE" => line.evidence = value.split_whitespace().map(str::to_owned).collect(),
            "CATEGORIES" => line.plover = value,
            // An entry of another program: its own words stand in a message about it.
            "SUMMARY" if line.summary.is_empty() => line.summary = value,
            _ => {}
        }
    }
    Ok(lines)
}
