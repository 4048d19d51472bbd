//! Dates in other languages than English.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::tense::NEAR_VERB;
use super::{Reader, Reading};
use crate::text::Kind;

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

impl Reader<'_, '_> {
    /// Dates as other languages write them: 7 августа 1998 года, 7 de agosto de 1998, 7. August, 8月7日.
    pub(super) fn abroad(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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
    pub(super) fn weekday_abroad(&self, i: usize, s: &Range<usize>) -> Option<Reading> {
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
}
