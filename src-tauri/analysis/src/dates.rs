//! Expressions of time, read the way news writes them.
//!
//! A weekday or month without a year looks back from the publication date unless the verb beside it
//! looks forward. Values are TIMEX3's, so that “last week” stays a week and is not made a day. What
//! depends on a publication date that nobody knows keeps its unknown part as X.

// `i` and `t` are the token and the text everywhere here; every rule answers with an option.
#![allow(clippy::many_single_char_names, clippy::unnecessary_wraps)]

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::shape::DateType;
use crate::text::{Kind, Text};

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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unit {
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
    fn read(low: &str) -> Option<(Unit, bool)> {
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

    fn duration(self, count: &str) -> String {
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
    fn value(self, day: NaiveDate, shift: i32) -> Option<String> {
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

    fn shift(self, day: NaiveDate, by: i32) -> Option<NaiveDate> {
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

fn month(low: &str) -> Option<u32> {
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

/// Months as Russian, French, German, Spanish, Italian, Portuguese, Greek and Arabic news writes them after a day or “in”.
fn foreign_month(word: &str) -> Option<u32> {
    FOREIGN_MONTHS.get(word.to_lowercase().as_str()).copied()
}

static FOREIGN_MONTHS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    const MONTHS: [&str; 12] = [
        "января январе январь janvier januar enero gennaio janeiro ιανουαρίου ιανουάριο يناير",
        "февраля феврале февраль février februar febrero febbraio fevereiro φεβρουαρίου φεβρουάριο فبراير",
        "марта марте март mars märz marzo março μαρτίου μάρτιο مارس",
        "апреля апреле апрель avril abril aprile απριλίου απρίλιο أبريل ابريل إبريل",
        "мая мае май mai mayo maggio maio μαΐου μάιο مايو",
        "июня июне июнь juin juni junio giugno junho ιουνίου ιούνιο يونيو",
        "июля июле июль juillet juli julio luglio julho ιουλίου ιούλιο يوليو",
        "августа августе август août agosto αυγούστου αύγουστο أغسطس",
        "сентября сентябре сентябрь septembre septiembre settembre setembro σεπτεμβρίου σεπτέμβριο سبتمبر",
        "октября октябре октябрь octobre oktober octubre ottobre outubro οκτωβρίου οκτώβριο أكتوبر",
        "ноября ноябре ноябрь novembre noviembre novembro νοεμβρίου νοέμβριο نوفمبر",
        "декабря декабре декабрь décembre dezember diciembre dicembre dezembro δεκεμβρίου δεκέμβριο ديسمبر",
    ];
    (1..).zip(MONTHS).flat_map(|(n, forms)| forms.split(' ').map(move |form| (form, n))).collect()
});

/// “in” before a month in those languages.
fn foreign_in(low: &str) -> bool {
    matches!(
        low,
        "в" | "на"
            | "с"
            | "до"
            | "к"
            | "en"
            | "im"
            | "em"
            | "in"
            | "a"
            | "seit"
            | "bis"
            | "desde"
            | "hasta"
            | "depuis"
            | "τον"
            | "في"
            | "من"
            | "حتى"
            | "fin"
    )
}

fn weekday(low: &str) -> Option<Weekday> {
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

/// Days of the week in other languages, with the words one of which must stand before them where the
/// day's word means other things too.
fn foreign_weekday(low: &str, before: &str) -> Option<Weekday> {
    const NAMES: [(&[&str], [&str; 7]); 6] = [
        (
            &["в", "во", "к", "до", "с"],
            ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"],
        ),
        (&[], ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]),
        (
            &["am", "vom", "bis", "seit", "ab", "nächsten", "kommenden", "vergangenen", "letzten", "diesen"],
            ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
        ),
        (
            &["el", "este", "próximo", "pasado", "del", "al"],
            ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        ),
        (&["يوم"], ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]),
        (&["يوم"], ["الإثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد"]),
    ];
    const WEEK: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    NAMES.iter().find_map(|(led, names)| {
        let at = names.iter().position(|name| *name == low)?;
        (led.is_empty() || led.contains(&before)).then_some(WEEK[at])
    })
}

/// Words of those languages that look forward.
fn foreign_ahead(low: &str) -> bool {
    matches!(
        low,
        "будет"
            | "будут"
            | "состоится"
            | "следующий"
            | "следующую"
            | "wird"
            | "werden"
            | "nächsten"
            | "kommenden"
            | "sera"
            | "seront"
            | "prochain"
            | "prochaine"
            | "será"
            | "serán"
            | "próximo"
            | "المقبل"
            | "القادم"
            | "将"
            | "將"
            | "予"
            | "سوف"
    )
}

fn season(low: &str) -> Option<&'static str> {
    Some(match low {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        "winter" => "WI",
        _ => return None,
    })
}

fn part_of_day(low: &str) -> Option<&'static str> {
    Some(match low {
        "morning" => "MO",
        "afternoon" => "AF",
        "evening" => "EV",
        "night" | "overnight" => "NI",
        _ => return None,
    })
}

fn half_of_day(low: &str) -> bool {
    matches!(low, "a.m" | "a.m." | "am" | "p.m" | "p.m." | "pm")
}

/// Time zones as news shortens them.
fn zone(low: &str) -> bool {
    matches!(low, "gmt" | "est" | "edt" | "et" | "pst" | "pdt" | "bst" | "utc")
}

/// Words beside a weekday that may say whether it lies ahead.
const NEAR_VERB: usize = 12;

fn low_plural(low: &str) -> bool {
    matches!(low, "hours" | "days" | "weeks" | "months" | "years" | "decades")
}

/// Days that have a name, and are the same day wherever English news speaks of them.
fn feast(words: [&str; 2], year: i32) -> Option<(NaiveDate, usize)> {
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

fn ordinal(low: &str) -> Option<u32> {
    Some(match low {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        _ => return None,
    })
}

fn small_number(low: &str) -> Option<u32> {
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

    /// Whether the verb beside it looks forward; none where no verb tells.
    fn ahead(&self, i: usize, s: &Range<usize>) -> Option<bool> {
        let present = |k: usize| {
            (k.saturating_sub(3).max(s.start)..k)
                .any(|b| matches!(self.low(b), "is" | "are" | "be" | "'re" | "being"))
        };
        let judge = |k: usize| match self.low(k) {
            // “had been due to expire”, “as previously planned”
            "expected" | "scheduled" | "due" | "planned"
                if (k.saturating_sub(3).max(s.start)..k)
                    .any(|b| matches!(self.low(b), "had" | "previously" | "originally")) =>
            {
                Some(false)
            }
            "will" | "shall" | "would" | "expected" | "scheduled" | "due" | "plans" | "plan" | "planned"
            | "planning" | "might" | "going" | "upcoming" | "expires" | "deadline" | "tomorrow"
            | "begins" | "starts" | "opens" | "resumes" | "arrives" | "departs" => Some(true),
            // “set to open”, “is set for” look forward; “set up” looks back.
            "set" => Some(matches!(self.low(k + 1), "to" | "for") || self.low(k + 1) != "up" && present(k)),
            // “decided to admit”, “ready to sign”
            "to" if k > s.start
                && matches!(
                    self.low(k - 1),
                    "decided"
                        | "agreed"
                        | "vowed"
                        | "pledged"
                        | "promised"
                        | "hopes"
                        | "hoped"
                        | "hoping"
                        | "wants"
                        | "intends"
                        | "intend"
                        | "prepares"
                        | "preparing"
                        | "ready"
                ) =>
            {
                Some(true)
            }
            // “have until 30 September”
            "has" | "have" if self.low(k + 1) == "until" => Some(true),
            // “is booked for October”, “are pencilled in for Tokyo in June”
            w if w.len() > 4
                && w.ends_with("ed")
                && present(k)
                && (k + 1..k + 3).any(|f| self.low(f) == "for") =>
            {
                Some(true)
            }
            "to" if k > s.start && matches!(self.low(k - 1), "is" | "are") => Some(true),
            "to" if matches!(
                self.low(k + 1),
                "meet"
                    | "visit"
                    | "hold"
                    | "begin"
                    | "start"
                    | "vote"
                    | "open"
                    | "take"
                    | "arrive"
                    | "attend"
                    | "be"
            ) =>
            {
                Some(true)
            }
            "said" | "was" | "were" | "had" | "did" | "told" | "announced" | "reported" | "called"
            | "came" | "since" | "met" | "killed" | "began" | "signed" | "has" | "have" | "says" | "fell"
            | "rose" | "ended" => Some(false),
            // “stays closed” tells a state, not a past.
            w if w.len() > 4 && w.ends_with("ed") && self.text.is_word(k) && !self.text.capital(k) => {
                let state = k > s.start
                    && matches!(self.low(k - 1), "stay" | "stays" | "remain" | "remains" | "keep" | "keeps");
                (!state).then_some(false)
            }
            _ => None,
        };
        if self.bounded(i, s) {
            return Some(true);
        }
        if self.happened(i, s) {
            return Some(false);
        }
        let floor = s.start.max(i.saturating_sub(15));
        let clause = |k: &usize| !matches!(self.text.kind(*k), Kind::Comma | Kind::Semicolon | Kind::Dash);
        (floor..i)
            .rev()
            .take_while(clause)
            .find_map(judge)
            .or_else(|| (i + 1..(i + 8).min(s.end)).take_while(clause).find_map(judge))
            .or_else(|| (floor..i).rev().find_map(judge))
            .or_else(|| (i > s.start && matches!(self.low(i - 1), "until" | "till")).then_some(true))
    }

    /// “Wednesday's ruling”, “Until Thursday they had …”: what has a name of that sort is past, whatever the verb.
    fn happened(&self, i: usize, s: &Range<usize>) -> bool {
        let named = self.text.kind(i + 1) == Kind::Possessive
            && (i + 2..i + 5).any(|k| {
                matches!(
                    self.low(k),
                    "ruling"
                        | "decision"
                        | "attack"
                        | "attacks"
                        | "bombing"
                        | "announcement"
                        | "explosion"
                        | "crash"
                        | "killing"
                        | "killings"
                        | "statement"
                        | "remarks"
                        | "raid"
                        | "raids"
                        | "strike"
                        | "strikes"
                        | "earthquake"
                )
            });
        let until = i > s.start
            && self.low(i - 1) == "until"
            && (i + 1..(i + 6).min(s.end)).any(|k| self.low(k) == "had");
        named || until
    }

    /// “as early as Tuesday”, “postponed until Tuesday”: a bound that lies ahead whatever the verb.
    fn bounded(&self, i: usize, s: &Range<usize>) -> bool {
        let Some(mut k) = i.checked_sub(1).filter(|k| *k >= s.start) else { return false };
        // The hour may stand between: “until 9 a.m. Tuesday”.
        while k > s.start
            && k + 4 > i
            && (self.text.kind(k) == Kind::Number || half_of_day(self.low(k)) || zone(self.low(k)))
        {
            k -= 1;
        }
        match self.low(k) {
            "as" => {
                matches!(self.low(k.wrapping_sub(1)), "soon" | "early" | "late")
                    && self.low(k.wrapping_sub(2)) == "as"
            }
            "until" | "till" => (s.start.max(k.saturating_sub(8))..k).any(|v| {
                let low = self.low(v);
                ["postpone", "delay", "extend", "adjourn"].iter().any(|stem| low.starts_with(stem))
                    || matches!(low, "given" | "gives" | "gave")
            }),
            _ => false,
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

    /// “10:35 a.m.”, “9 a.m. Tuesday”, “noon”.
    fn clock(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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

    /// “Thanksgiving”, “Christmas Day”: the nearest one, or the one that “last” and “next” tell.
    fn feast(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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

    /// Dates as other languages write them: 7 августа 1998 года, 7 de agosto de 1998, 7. August, 8月7日.
    fn abroad(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let t = self.text;
        let year_at = |at: usize| {
            let at = if matches!(self.low(at), "de" | "του") { at + 1 } else { at };
            self.year(at)
                .map(|year| (year, at + 1 + usize::from(matches!(self.low(at + 1), "года" | "году"))))
        };
        if t.kind(i) == Kind::Number && t.word(i + 1) == "年" {
            let year = self.year(i)?;
            let end = i + 2;
            return match self.east(end) {
                Some((m, Some(d), end)) => {
                    Reading::date(end, NaiveDate::from_ymd_opt(year, m, d)?.to_string(), false)
                }
                Some((m, None, end)) => Reading::date(end, format!("{year}-{m:02}"), false),
                None => Reading::date(end, year.to_string(), false),
            };
        }
        if let Some((m, day, end)) = self.east(i) {
            return match day {
                Some(day) => self.day_of_month(m, day, end, i, s),
                None => self.month_alone(m, end, i, s),
            };
        }
        if let Some(day) = self.day_number(i) {
            // “7.”, “7 de”
            let at = i + 1 + usize::from(matches!(t.word(i + 1), "." | "de"));
            let m = foreign_month(t.word(at))?;
            return match year_at(at + 1) {
                Some((year, end)) => {
                    Reading::date(end, NaiveDate::from_ymd_opt(year, m, day)?.to_string(), false)
                }
                None => self.day_of_month(m, day, at + 1, i, s),
            };
        }
        let m = foreign_month(t.word(i))?;
        if let Some((year, end)) = year_at(i + 1) {
            return Reading::date(end, format!("{year}-{m:02}"), false);
        }
        // “Mars in May” is English: alone, a month needs its “in” and another language around it.
        let abroad = !self.low(i).is_ascii() || i > s.start && matches!(self.low(i - 1), "en" | "im" | "em");
        (abroad && i > s.start && foreign_in(self.low(i - 1)))
            .then(|| self.month_alone(m, i + 1, i, s))
            .flatten()
    }

    /// “в пятницу”, “am Freitag”, 周五, 金曜日: the last one, or the next where a word looks forward.
    fn weekday_abroad(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
        let before = if i > s.start { self.low(i - 1) } else { "" };
        let foreign = foreign_weekday(self.low(i), before).map(|day| (day, i + 1));
        let (day, end) = foreign.or_else(|| self.weekday_east(i))?;
        let Some(published) = self.published else {
            return Reading::date(end, format!("XXXX-WXX-{}", day.number_from_monday()), true);
        };
        let ahead = (i.saturating_sub(NEAR_VERB).max(s.start)..(end + NEAR_VERB).min(s.end))
            .any(|k| foreign_ahead(self.low(k)));
        let back = (7 + published.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7;
        let date = if ahead {
            published.checked_add_days(Days::new(u64::from((7 - back) % 7)))?
        } else {
            published.checked_sub_days(Days::new(u64::from(back)))?
        };
        Reading::date(end, date.to_string(), true)
    }

    /// 周五, 星期五, 礼拜五, 金曜, 金曜日: each sign is a word.
    fn weekday_east(&self, i: usize) -> Option<(Weekday, usize)> {
        const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
        const JAPANESE: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
        const WEEK: [Weekday; 7] = [
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
            Weekday::Sat,
            Weekday::Sun,
        ];
        let word = |at: usize| self.text.word(at);
        if word(i + 1) == "曜" {
            let at = JAPANESE.iter().position(|day| *day == word(i))?;
            return Some((WEEK[at], i + 2 + usize::from(word(i + 2) == "日")));
        }
        let named = match word(i) {
            "周" | "週" => i + 1,
            "星" if word(i + 1) == "期" => i + 2,
            "礼" if word(i + 1) == "拜" => i + 2,
            _ => return None,
        };
        let day = if word(named) == "天" { "日" } else { word(named) };
        let at = CHINESE.iter().position(|name| *name == day)?;
        // 一周一次: once a week. 周日 stands alone; 周二十 is a number.
        let counted = i > 0 && matches!(word(i - 1), "一" | "每" | "两" | "几");
        (!counted).then_some((WEEK[at], named + 1))
    }

    /// 8月7日, 8月.
    fn east(&self, i: usize) -> Option<(u32, Option<u32>, usize)> {
        let t = self.text;
        let number = |at: usize, most: u32| {
            (t.kind(at) == Kind::Number)
                .then(|| t.word(at).parse().ok())
                .flatten()
                .filter(|n| (1..=most).contains(n))
        };
        let m = number(i, 12).filter(|_| t.word(i + 1) == "月")?;
        match number(i + 2, 31).filter(|_| t.word(i + 3) == "日") {
            Some(day) => Some((m, Some(day), i + 4)),
            None => Some((m, None, i + 2)),
        }
    }

    /// Dates with a name or figures: 7 August 1998, Nov. 3, June 2021, 2022, Friday, the 1990s, the third quarter.
    fn calendar(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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
    fn quarter(&self, i: usize) -> Option<Reading> {
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

    fn day_of_month(&self, m: u32, day: u32, end: usize, i: usize, s: &Range<usize>) -> Option<Reading> {
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

    fn month_alone(&self, m: u32, end: usize, i: usize, s: &Range<usize>) -> Option<Reading> {
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

    fn weekday_at(&self, day: Weekday, i: usize, s: &Range<usize>) -> Option<Reading> {
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

    /// Words that point from the day of publication: today, last week, this summer, a year ago.
    fn deictic(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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
    fn counted(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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
    fn vague(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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
    fn repeated(&self, i: usize) -> Option<Reading> {
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
