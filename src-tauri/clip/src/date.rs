//! Days as newsrooms print them, in some twenty languages.
//!
//! Only days that can be told without knowing today: "2 hours ago" is nothing here. A numeric
//! date whose order is open (03/04/2023) is nothing either, unless the text around it settles it:
//! a wrong day is worse than none.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use regex::Regex;

use crate::line::words;

/// A day found in a line that says what it is the day of.
#[derive(Debug, PartialEq, Eq)]
pub struct Dated {
    pub day: String,
    /// The day of the last change rather than of publication.
    pub modified: bool,
}

/// In which order a page writes days and months that are both numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Not known: 03/04/2023 is no day.
    #[default]
    Open,
    /// 03/04/2023 is in April.
    DayFirst,
    /// 03/04/2023 is in March.
    MonthFirst,
}

impl Order {
    /// The order of a language, as a BCP 47 tag: "en-US" writes the month first, "en" alone may be either.
    pub fn of(language: &str) -> Self {
        let tag = language.replace('_', "-").to_ascii_lowercase();
        match tag.as_str() {
            "" | "en" => Self::Open,
            "en-us" | "en-ph" | "fil" | "es-us" => Self::MonthFirst,
            _ => Self::DayFirst,
        }
    }
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
    spelled(text, Order::Open).map(|(day, _)| day)
}

/// How many days after the first day the second is.
pub fn apart(first: &str, second: &str) -> i64 {
    let read = |day: &str| day.parse::<NaiveDate>().ok();
    read(first).zip(read(second)).map_or(0, |(first, second)| (second - first).num_days())
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
    let (_, range) = spelled(text, Order::Open)?;
    Some((&text[..range.start], &text[range.end..]))
}

/// The first day in a text, and where it stands.
fn spelled(text: &str, order: Order) -> Option<(String, std::ops::Range<usize>)> {
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
        let read = match (&found[2] == ".", one > 12, two > 12) {
            (true, _, false) | (_, true, false) => Some((two, one)),
            (_, false, true) => Some((one, two)),
            _ if one == two || order == Order::MonthFirst => Some((one, two)),
            _ if order == Order::DayFirst => Some((two, one)),
            _ => None,
        };
        if let Some((month, day)) = read {
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
    let (day, range) = spelled(rest, Order::Open)?;
    let beside = |part: &str| {
        BESIDE.is_match(part.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
    };
    let labelled = label.get(1).is_some() || label.get(2).is_some();
    let before = beside(&rest[..range.start]);
    let after = &rest[range.end..];
    (before && (beside(after) || (labelled && after.len() <= 40)))
        .then(|| Dated { day, modified: label.get(2).is_some() })
}

/// Words that say that a text was changed, not published, in the languages of the months above.
const CHANGED: &str = r"(?i)updated?\b|\bmodified|\brevised|\bedited on|\breviewed|last (?:saved|changed)|aktualisiert|geändert|zuletzt|\bstand:|mis(?:e)? à jour|modifié|màj|actualizad|actualización|modificad|aggiornat|aggiornamento|atualizad|atualização|uppdaterad|oppdatert|sist endret|opdateret|bijgewerkt|gewijzigd|laatste update|päivitetty|muokattu|aktualizac|zaktualizowano|aktualizov|frissít|módosít|обновлен|изменен|оновлен|güncelle|ενημερ|actualizat|更新|갱신|수정|업데이트|تحديث|به‌روز|diperbarui|cập nhật|עודכן|अपडेट";
/// Words that say that a text was published.
const PUBLISHED: &str = r"(?i)publish|posted|created|released|first seen|veröffentlicht|erschienen|publié|publicad|pubblicat|publicat|publicerad|publisert|udgivet|gepubliceerd|geplaatst|julkaistu|opublikowan|publikováno|megjelen|опубликован|опубліков|yayın|δημοσ|公開|发布|發布|掲載|등록|입력|نشر|diterbitkan|đăng|פורסם|प्रकाशित";
// "Ann OtherMar 5, 2025": the author's name and the day in two elements without a space.
pattern!(
    GLUED,
    r"(\p{Ll})((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{Ll}*\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d)"
);
pattern!(CHANGED_AT, CHANGED);
pattern!(PUBLISHED_AT, PUBLISHED);

/// In which order a numeric date stands that can be read in one way only.
pub fn order_of(text: &str) -> Option<Order> {
    let found =
        text.contains('/').then(|| NUMERIC.captures(text)).flatten().filter(|found| &found[2] == "/")?;
    let (one, two): (u32, u32) = (found[1].parse().ok()?, found[3].parse().ok()?);
    match (one > 12, two > 12) {
        (true, false) if one <= 31 => Some(Order::DayFirst),
        (false, true) if two <= 31 => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Whether words, or the name of an element, speak of a change.
pub fn speaks_of_change(text: &str) -> bool {
    CHANGED_AT.is_match(text)
}

/// Every day in a short line, with what the line says of it; `before` is the line above, which may
/// hold nothing but the label.
pub fn printed(text: &str, before: &str, order: Order) -> Vec<Dated> {
    let mut days = Vec::new();
    // What was said last holds until something else is said.
    let mut modified = words(before) <= 4 && CHANGED_AT.is_match(before);
    let text = text.get(..text.len().min(240)).unwrap_or(text);
    let text = GLUED.replace_all(text, "$1 $2");
    let mut rest = text.as_ref();
    while let Some((day, range)) = spelled(rest, order) {
        let said = &rest[..range.start];
        let last = |pattern: &Regex| pattern.find_iter(said).last().map(|found| found.start());
        match (last(&CHANGED_AT), last(&PUBLISHED_AT)) {
            (Some(changed), Some(published)) => modified = changed > published,
            (Some(_), None) => modified = true,
            (None, Some(_)) => modified = false,
            (None, None) => {}
        }
        // "13 January 2023 (updated)".
        let after = &rest[range.end..];
        let close = after.char_indices().nth(14).map_or(after, |(byte, _)| &after[..byte]);
        let own = days.is_empty()
            && close.starts_with([' ', '('])
            && close.contains(')')
            && CHANGED_AT.is_match(close);
        days.push(Dated { day, modified: modified || own });
        rest = after;
    }
    days
}

/// The day in an address: `/2023/01/20/`, `/2023-01-20-`, `/20230120/`.
pub fn address(url: &str) -> Option<String> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/_-]((?:19|20)\d{2})([/_-]?)(\d{2})([/_-]?)(\d{2})(?:[/_.-]|$|[a-z])")
            .expect("the pattern is a constant and a test compiles it")
    });
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?:/|$)")
            .expect("the pattern is a constant and a test compiles it")
    });
    // "/2023/01/230120-": year and month, then the whole day in six digits.
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"/(?:19|20)(\d{2})/(\d{2})/(\d{2})(\d{2})(\d{2})[-_]")
            .expect("the pattern is a constant and a test compiles it")
    });
    if let Some(found) = SHORT.captures(url).filter(|found| found[1] == found[3] && found[2] == found[4]) {
        return calendar(&url[found.get(0)?.start() + 1..][..4], &found[4], &found[5]);
    }
    if let Some(found) = PATH.captures(url).filter(|found| found[2] == found[4]) {
        return calendar(&found[1], &found[3], &found[5]);
    }
    let found = NAMED.captures(url)?;
    calendar(&found[1], &month(&found[2])?.to_string(), &found[3])
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
    fn a_line_says_whether_its_days_are_of_a_change() {
        let days = |text: &str, before: &str| -> Vec<(String, bool)> {
            printed(text, before, Order::Open).into_iter().map(|found| (found.day, found.modified)).collect()
        };
        let published = |day: &str| (day.to_owned(), false);
        let changed = |day: &str| (day.to_owned(), true);
        assert_eq!(days("Updated 14 January 2023", ""), [changed("2023-01-14")]);
        assert_eq!(days("January 14, 2023", "Last updated:"), [changed("2023-01-14")]);
        assert_eq!(
            days("January 14, 2023", "The minister updated the house on the talks"),
            [published("2023-01-14")]
        );
        assert_eq!(
            days("Updated 14 January 2023; first published 13 January 2023", ""),
            [changed("2023-01-14"), published("2023-01-13")]
        );
        assert_eq!(
            days("Veröffentlicht am 13.01.2023, zuletzt geändert 14.01.2023", ""),
            [published("2023-01-13"), changed("2023-01-14")]
        );
        assert_eq!(days("By Ann OtherJan 13, 2023", ""), [published("2023-01-13")]);
    }

    #[test]
    fn a_number_above_twelve_or_the_language_settles_the_order() {
        assert_eq!(printed("03/04/2023", "", Order::Open), []);
        assert_eq!(printed("03/04/2023", "", Order::of("es"))[0].day, "2023-04-03");
        assert_eq!(printed("03/04/2023", "", Order::of("en_US"))[0].day, "2023-03-04");
        assert_eq!(Order::of("en"), Order::Open);
        assert_eq!(order_of("12/16/2025"), Some(Order::MonthFirst));
        assert_eq!(order_of("16/12/2025"), Some(Order::DayFirst));
        assert_eq!(order_of("06/12/2025"), None);
    }

    #[test]
    fn an_address_may_hold_a_day() {
        assert_eq!(address("https://news.example/2023/january/13/talks").as_deref(), Some("2023-01-13"));
        assert_eq!(address("https://news.example/world/2023/01/13/talks").as_deref(), Some("2023-01-13"));
        assert_eq!(address("https://news.example/2023-01-13-talks").as_deref(), Some("2023-01-13"));
        assert_eq!(address("https://news.example/2023/01/230113-talks").as_deref(), Some("2023-01-13"));
        assert_eq!(address("https://news.example/article/20231399123"), None);
    }
}
