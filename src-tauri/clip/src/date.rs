//! Days as newsrooms print them, in some twenty languages.
//!
//! Only days that can be told without knowing today: "2 hours ago" is nothing here. A numeric
//! date whose order is open (03/04/2023) is nothing either, unless the text around it settles it:
//! a wrong day is worse than none.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use regex::Regex;

/// A day found in a line that says what it is the day of.
#[derive(Debug, PartialEq, Eq)]
pub struct Dated {
    pub day: String,
    /// The day of the last change rather than of publication.
    pub modified: bool,
}

/// Month names by month, folded; a word that starts with one of them and is at least as long
/// is that month. Longer names stand first where one begins another.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan",
        "januar",
        "janv",
        "enero",
        "ene",
        "genn",
        "gen",
        "stycz",
        "led",
        "янв",
        "січ",
        "ocak",
        "tammi",
        "ιαν",
        "leden",
        "يناير",
        "ianuarie",
    ],
    &["feb", "fév", "fev", "febb", "lut", "únor", "unor", "фев", "лют", "şub", "helmi", "φεβ", "فبراير"],
    &[
        "mar", "mär", "mrt", "maart", "mart", "mars", "бер", "marz", "břez", "мар", "maalis", "μαρ", "مارس",
        "mrz",
    ],
    &["apr", "avr", "abr", "avril", "kwie", "dub", "апр", "квіт", "nis", "huhti", "απρ", "أبريل", "ابريل"],
    &["may", "mai", "maj", "mei", "mag", "мая", "май", "трав", "květ", "kvet", "touko", "μαι", "مايو"],
    &["jun", "juin", "giu", "czerw", "červn", "июн", "черв", "haz", "kesä", "ιουν", "يونيو"],
    &["jul", "juil", "lug", "lip", "červen", "июл", "лип", "tem", "heinä", "ιουλ", "يوليو"],
    &["aug", "août", "aou", "ago", "sie", "srp", "авг", "серп", "ağu", "elo", "αυγ", "أغسطس", "ogos", "agu"],
    &["sep", "set", "wrze", "zář", "сен", "вер", "eyl", "syys", "σεπ", "سبتمبر"],
    &["oct", "okt", "ott", "out", "paź", "říj", "окт", "жов", "eki", "loka", "οκτ", "أكتوبر"],
    &["nov", "listopad", "ноя", "лист", "kas", "marras", "νοε", "نوفمبر"],
    &["dec", "dez", "déc", "dic", "gru", "pros", "дек", "груд", "ara", "joulu", "δεκ", "ديسمبر", "des"],
];

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("the pattern is a constant and a test compiles it"));
    };
}
pattern!(ISO, r"(?:^|[^\d])((?:19|20)\d{2})([-/.])(\d{1,2})[-/.](\d{1,2})(?:[^\d]|$)");
pattern!(COMPACT, r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$");
pattern!(EPOCH, r"^(\d{10})(\d{3})?$");
pattern!(EAST, r"((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]");
pattern!(
    DAY_FIRST,
    r"(?i)(?:^|[^\d.:])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*[-–]?\s*(?:of |de |d’|d')?(\p{L}{3,12})\.?,?(?:\s+de|\s+del)?[\s,-]+((?:19|20)\d{2})(?:[^\d]|$)"
);
pattern!(
    MONTH_FIRST,
    r"(?i)(?:^|[^\p{L}])(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})(?:[^\d]|$)"
);
pattern!(NUMERIC, r"(?:^|[^\d.])(\d{1,2})([./-])(\d{1,2})[./-]((?:19|20)\d{2})(?:[^\d]|$)");
pattern!(
    LABELLED,
    r"(?i)^(?:(?:first |originally )?(published|posted|created|veröffentlicht|publié|publicado|pubblicato|publicerad|опубликовано|erschienen|stand)|((?:last |zuletzt )?(?:updated|modified|edited|reviewed|aktualisiert|geändert|mis à jour|modifié|actualizado|aggiornato|uppdaterad|обновлено))(?: on)?)?\s*(?:on|am|le|el|at|il)?\s*[:|–-]?\s*"
);
// The words that may stand beside a day in a line that is nothing but a date.
pattern!(
    BESIDE,
    r"(?i)^(?:[\d\s.,:;|/·•–—@+-]|at|um|à|uhr|h|a\.?m\.?|p\.?m\.?|gmt|utc|bst|e[ds]?t|c[ds]?t|m[ds]?t|p[ds]?t|ce[s]?t|ist|sgt|local time|st|nd|rd|th|de|del|of|le|el|on|am|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)*$"
);

/// The day in a machine's or a newsroom's way of writing it.
pub fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text
        .get(..text.len().min(160))
        .or_else(|| text.char_indices().nth(100).map(|(byte, _)| &text[..byte]))?;
    if let Some(found) = COMPACT.captures(text) {
        return calendar(&found[1], &found[2], &found[3]);
    }
    if let Some(found) = EPOCH.captures(text) {
        return DateTime::from_timestamp(found[1].parse().ok()?, 0)
            .map(|time| time.format("%Y-%m-%d").to_string());
    }
    spelled(text).map(|(day, _)| day)
}

/// The moment in a machine's way of writing it, where the time zone is said, as RFC 3339 in that
/// zone.
pub fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    let written = || {
        ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S %#z", "%Y-%m-%dT%H:%M%#z"]
            .iter()
            .find_map(|form| DateTime::parse_from_str(text, form).ok())
    };
    let moment = DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| DateTime::parse_from_rfc2822(text).ok())
        .or_else(written)?;
    Some(moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A text without the first day in it: what stands before and after.
pub fn around(text: &str) -> Option<(&str, &str)> {
    let (_, range) = spelled(text)?;
    Some((&text[..range.start], &text[range.end..]))
}

/// The first day in a text, and where it stands.
fn spelled(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let mut best: Option<(String, std::ops::Range<usize>)> = None;
    let mut offer = |day: Option<String>, first: regex::Match, last: regex::Match| {
        if let Some(day) = day
            && best.as_ref().is_none_or(|(_, range)| first.start() < range.start)
        {
            best = Some((day, first.start()..last.end()));
        }
    };
    if let Some(found) = ISO.captures(text) {
        offer(calendar(&found[1], &found[3], &found[4]), found.get(1)?, found.get(4)?);
    }
    if let Some(found) = EAST.captures(text) {
        offer(calendar(&found[1], &found[2], &found[3]), found.get(1)?, found.get(0)?);
    }
    for found in DAY_FIRST.captures_iter(text) {
        let named = month(&found[2]).and_then(|month| calendar(&found[3], &month.to_string(), &found[1]));
        offer(named, found.get(1)?, found.get(3)?);
    }
    for found in MONTH_FIRST.captures_iter(text) {
        let named = month(&found[1]).and_then(|month| calendar(&found[3], &month.to_string(), &found[2]));
        offer(named, found.get(1)?, found.get(3)?);
    }
    if let Some(found) = NUMERIC.captures(text) {
        let (one, two): (u32, u32) = (found[1].parse().ok()?, found[3].parse().ok()?);
        // Points are written day first everywhere; with a stroke only a number above 12 can tell.
        let order = match (&found[2] == ".", one > 12, two > 12) {
            (true, _, false) | (_, true, false) => Some((two, one)),
            (_, false, true) => Some((one, two)),
            _ if one == two => Some((one, two)),
            _ => None,
        };
        if let Some((month, day)) = order {
            offer(calendar(&found[4], &month.to_string(), &day.to_string()), found.get(1)?, found.get(4)?);
        }
    }
    best
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    // Czech June and July differ only after six letters, Polish "mar" is safe.
    if name.starts_with("červenec") || name.starts_with("července") {
        return Some(7);
    }
    if name.starts_with("červ") || name.starts_with("черв") {
        return Some(6);
    }
    let at = MONTHS.iter().position(|names| names.iter().any(|start| name.starts_with(start)))?;
    Some(at as u32 + 1)
}

fn calendar(year: &str, month: &str, day: &str) -> Option<String> {
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(date.format("%Y-%m-%d").to_string())
}

/// The day in a line that says nothing else: "Published Jan 13, 2023, 08:47 PM".
pub fn line(text: &str) -> Option<Dated> {
    if text.len() > 120 {
        return None;
    }
    let label = LABELLED.captures(text)?;
    let rest = &text[label.get(0)?.end()..];
    let (day, range) = spelled(rest)?;
    let beside = |part: &str| {
        BESIDE.is_match(part.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
    };
    let labelled = label.get(1).is_some() || label.get(2).is_some();
    let before = beside(&rest[..range.start]);
    let after = &rest[range.end..];
    (before && (beside(after) || (labelled && after.len() <= 40)))
        .then(|| Dated { day, modified: label.get(2).is_some() })
}

/// The first day in running text near the top of a page, when it is written out.
pub fn within(text: &str) -> Option<String> {
    let text = text.get(..text.len().min(240)).unwrap_or(text);
    if text.len() > 400 {
        return None;
    }
    spelled(text).map(|(day, _)| day)
}

/// The day in an address: `/2023/01/20/`, `/2023-01-20-`, `/20230120/`.
pub fn address(url: &str) -> Option<String> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/_-]((?:19|20)\d{2})([/_-]?)(\d{2})([/_-]?)(\d{2})(?:[/_.-]|$|[a-z])")
            .expect("the pattern is a constant and a test compiles it")
    });
    let found = PATH.captures(url)?;
    (found[2] == found[4]).then(|| calendar(&found[1], &found[3], &found[5]))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_newsrooms_print_them() {
        for printed in [
            "2023-01-13T20:47:00+08:00",
            "2023-01-13 20:47:00",
            "2023-01-13",
            "Fri, 13 Jan 2023 20:47:00 +0800",
            "13 January 2023",
            "January 13, 2023",
            "Jan. 13, 2023",
            "JAN 13, 2023, 8:47 PM",
            "Published Jan 13, 2023, 08:47 PM",
            "Updated: January 13, 2023 at 8:47 p.m. EST",
            "Friday, January 13, 2023",
            "Fri 13 Jan 2023 20.47 GMT",
            "Jan 13, 2023 8:47pm ET",
            "13/01/2023",
            "13.01.2023",
            "13.01.2023, 20:47 Uhr",
            "13. Januar 2023",
            "13 janvier 2023",
            "13 de enero de 2023",
            "2023/01/13",
            "2023年1月13日",
            "2023년 1월 13일",
            "20230113",
            "1673642820",
            "1673642820000",
            "January 13th, 2023",
            "13 января 2023",
            "13 stycznia 2023",
            "13 Ocak 2023",
        ] {
            assert_eq!(day(printed).as_deref(), Some("2023-01-13"), "{printed}");
        }
        assert_eq!(day("Sept. 5, 2023").as_deref(), Some("2023-09-05"));
        assert_eq!(day("5 července 2023").as_deref(), Some("2023-07-05"));
    }

    #[test]
    fn a_moment_keeps_the_zone_that_the_page_gives() {
        assert_eq!(moment("2023-01-13T20:47:00+08:00").as_deref(), Some("2023-01-13T20:47:00+08:00"));
        assert_eq!(moment("2023-01-13T20:47:00.000Z").as_deref(), Some("2023-01-13T20:47:00Z"));
        assert_eq!(moment("2023-01-13T20:47:00+0800").as_deref(), Some("2023-01-13T20:47:00+08:00"));
        assert_eq!(moment("Fri, 13 Jan 2023 20:47:00 +0800").as_deref(), Some("2023-01-13T20:47:00+08:00"));
        assert_eq!(moment("2023-01-13T20:47:00"), None);
        assert_eq!(moment("2023-01-13"), None);
    }

    #[test]
    fn an_open_order_or_a_relative_day_is_no_day() {
        for printed in ["03/04/2023", "yesterday", "2 hours ago", "31 February 2023", "Platform 2023", ""] {
            assert_eq!(day(printed), None, "{printed}");
        }
    }

    #[test]
    fn a_line_is_a_date_only_when_it_says_nothing_else() {
        assert_eq!(
            line("Published Jan 13, 2023, 08:47 PM"),
            Some(Dated { day: "2023-01-13".into(), modified: false })
        );
        assert_eq!(
            line("Last updated on 14 January 2023"),
            Some(Dated { day: "2023-01-14".into(), modified: true })
        );
        assert_eq!(line("Friday 13 January 2023 20.47 GMT").unwrap().day, "2023-01-13");
        assert_eq!(line("On 13 January 2023 the envoy met the minister again."), None);
    }

    #[test]
    fn an_address_may_hold_a_day() {
        assert_eq!(address("https://news.example/world/2023/01/13/talks").as_deref(), Some("2023-01-13"));
        assert_eq!(address("https://news.example/2023-01-13-talks").as_deref(), Some("2023-01-13"));
        assert_eq!(address("https://news.example/article/20231399123"), None);
    }
}
