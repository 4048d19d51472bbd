//! Dates as other programs write them.
//!
//! A date that says nothing certain is no date; it never costs the item.

use bilat_core::Edtf;
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

/// The date that `text` gives, as exactly as it gives it.
pub fn date(text: &str) -> Option<Edtf> {
    let text = text.trim().trim_matches('/');
    if text.is_empty() || text.len() > 200 {
        return None;
    }
    // Of a moment its day is kept.
    if let Some(date) = sane(text).filter(|date| !date.as_str().contains('T')) {
        return Some(date);
    }
    // Machines: 2031-05-02T08:00:00Z, 2031-05-02 08:00:00, 2031/05/02/Spring, 2031/05.
    let dashed = text.replace(['/', '.'], "-");
    for length in [10, 7] {
        if let Some(date) = dashed.get(..length).and_then(sane)
            && !dashed[length..].starts_with(|c: char| c.is_ascii_digit())
        {
            return Some(date);
        }
    }
    let parts: Vec<&str> = dashed.split('-').map(str::trim).filter(|part| !part.is_empty()).collect();
    if let [year, rest @ ..] = parts.as_slice()
        && year.len() == 4
        && rest.len() <= 3
        && let Some(date) = ymd(year, rest.first().copied(), rest.get(1).copied())
    {
        return Some(date);
    }
    if let Some(day) = bilat_clip::day(text) {
        return sane(&day);
    }
    // A month and a year in words: “May 2031”, “mai 2031”.
    if let Some(day) =
        bilat_clip::day(&format!("1 {text}")).filter(|_| !text.starts_with(|c: char| c.is_ascii_digit()))
    {
        return sane(day.get(..7)?);
    }
    year(text)
}

/// A year that stands alone among words: “Spring 2031”, “[ca. 2031]”.
fn year(text: &str) -> Option<Edtf> {
    let mut years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4 && ("1500".."2101").contains(digits));
    let found = years.next()?;
    (years.next().is_none() && text.len() <= 40).then(|| found.parse().ok()).flatten()
}

fn ymd(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Edtf> {
    let number = |part: &str| part.parse::<u32>().ok();
    let month = month.and_then(number).filter(|month| (1..=12).contains(month));
    let day = day.and_then(number).filter(|day| (1..=31).contains(day));
    match (month, day) {
        (Some(month), Some(day)) => sane(&format!("{year}-{month:02}-{day:02}")),
        (Some(month), None) => sane(&format!("{year}-{month:02}")),
        (None, _) => sane(year),
    }
}

/// A date in EDTF of a year that an article can be of. Year 0 and 1 January 1970 at a program's hand
/// mean that it knew none.
fn sane(text: &str) -> Option<Edtf> {
    let date: Edtf = text.parse().ok()?;
    let first = date.first_day().or_else(|| date.last_day())?;
    let known = NaiveDate::from_ymd_opt(1500, 1, 1)? <= first && first < NaiveDate::from_ymd_opt(2101, 1, 1)?;
    known.then_some(date)
}

/// The instant that `text` gives, RFC 3339 in UTC: seconds, milliseconds or microseconds since 1970, or
/// a written time. One without a zone is taken for UTC.
pub fn instant(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return epoch(text.parse().ok()?);
    }
    let zoned = DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z").ok())
        .or_else(|| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%#z").ok())
        .or_else(|| DateTime::parse_from_rfc2822(text).ok())
        .map(|time| time.to_utc());
    let plain = || {
        ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .map(|time| time.and_utc())
    };
    let day =
        || Some(NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0)?.and_utc());
    zoned.or_else(plain).or_else(day).and_then(told)
}

/// As [`instant`], of a number.
pub fn epoch(number: u64) -> Option<String> {
    // Bookmarks of Chromium count microseconds, JavaScript milliseconds; seconds of our time have ten digits.
    let seconds = match number {
        0 => return None,
        1..=99_999_999_999 => number,
        100_000_000_000..=99_999_999_999_999 => number / 1_000,
        _ => number / 1_000_000,
    };
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0).and_then(told)
}

fn told(time: DateTime<Utc>) -> Option<String> {
    let known = (1980..2101).contains(&chrono::Datelike::year(&time));
    known.then(|| time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_were_written() {
        let check = |text: &str, expected: &str| {
            assert_eq!(date(text).map_or(String::new(), |date| date.to_string()), expected, "{text}");
        };
        check("2031-05-02", "2031-05-02");
        check("2031-05-02T08:00:00Z", "2031-05-02");
        check("2031-05-02 08:00:00", "2031-05-02");
        check("2031/05/02/Spring", "2031-05-02");
        check("2031/5/2/", "2031-05-02");
        check("2031///", "2031");
        check("2031/05//", "2031-05");
        check("2031-00-00", "2031");
        check("2 May 2031", "2031-05-02");
        check("May 2, 2031 Friday", "2031-05-02");
        check("2. Mai 2031", "2031-05-02");
        check("2 mai 2031", "2031-05-02");
        check("2 мая 2031 г.", "2031-05-02");
        check("May 2031", "2031-05");
        check("Spring 2031", "2031");
        check("2031", "2031");
        check("0000-00-00", "");
        check("n.d.", "");
        check("2031-13-45 oops", "2031");
        check("tomorrow", "");
        check("", "");
    }

    #[test]
    fn instants_are_read_in_seconds_milliseconds_and_words() {
        let check = |text: &str, expected: &str| {
            assert_eq!(instant(text).unwrap_or_default(), expected, "{text}");
        };
        check("1935475200", "2031-05-02T08:00:00Z");
        check("1935475200000", "2031-05-02T08:00:00Z");
        check("1935475200000000", "2031-05-02T08:00:00Z");
        check("2031-05-02T10:00:00+02:00", "2031-05-02T08:00:00Z");
        check("2031-05-02 08:00:00+00:00", "2031-05-02T08:00:00Z");
        check("2031-05-02T10:00:00+0200", "2031-05-02T08:00:00Z");
        check("2031-05-02T08:00:00.123456", "2031-05-02T08:00:00Z");
        check("2031-05-02", "2031-05-02T00:00:00Z");
        check("0", "");
        check("soon", "");
        check("99999999999999999999", "");
    }
}
