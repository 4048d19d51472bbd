//! The dossier of a pair, read in few passes.
//!
//! Articles come from one scan of `article_pair`, which covers what is counted of them; statements and
//! events from one pass each over their index. The rest is arithmetic in memory, so that every figure is
//! counted once and in one place.

use std::collections::{BTreeMap, HashMap, HashSet};

use bilat_core::{
    ActMonth, Actor, AnnotationId, ArticleId, Credibility, Dossier, DossierHead, DossierSource, Dyad, Edtf,
    EventStatus, Issue, LedgerEvent, Month, Period, Plover, Position, Quad, Reliability, SideCounts,
    Statement, ToneMonth, Voice,
};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::article::day_minute;
use crate::error::{Error, Result};
use crate::{event, row, statement};

/// How many days the present tone covers.
const NOW_DAYS: u64 = 90;
/// How many voices are shown with their words.
const VOICES: usize = 100;

/// The sides in the analyst's order, the library's own where nobody chose one; whether the pair is followed.
///
/// # Errors
/// When the library cannot be read.
pub fn sides(conn: &Connection, dyad: Dyad) -> Result<(Actor, Actor, bool)> {
    let chosen = conn
        .prepare_cached("SELECT \"left\", \"right\" FROM followed_pair WHERE dyad = ?1")?
        .query_row([dyad.to_string()], |row| Ok((row::parsed(row, 0)?, row::parsed(row, 1)?)))
        .optional()?;
    Ok(chosen.map_or((dyad.a(), dyad.b(), false), |(left, right)| (left, right, true)))
}

/// A statement of the pair, as far as it is counted.
struct Said {
    annotation: i64,
    article: i64,
    side: Actor,
    speaker: Option<i64>,
    date: Option<Edtf>,
    issue: Option<String>,
    stance: Option<i8>,
    credibility: u8,
    source: Option<i64>,
}

impl Said {
    fn day(&self) -> Option<NaiveDate> {
        self.date.as_ref().and_then(Edtf::first_day)
    }
}

/// What one of the two said about the other, or, about nobody named, in an article on the pair: the rule of
/// [`statement::list`]. Latest first.
fn said(conn: &Connection, dyad: Dyad, period: &Period) -> Result<Vec<Said>> {
    // The day of publication stands in where the other is not known.
    let mut query = conn.prepare_cached(
        "SELECT st.annotation, a.uid, st.country, st.speaker,
            coalesce(st.said_on, (SELECT coalesce(whole.published, substr(whole.clipped_at, 1, 10)) FROM article whole WHERE whole.ord = a.ord)),
            st.issue, st.stance, st.credibility, a.source
         FROM statement st JOIN annotation n ON n.id = st.annotation JOIN article a INDEXED BY article_of ON a.uid = n.article
         WHERE n.deleted_at IS NULL AND a.deleted_at IS NULL
            AND ((st.country = ?1 AND st.about = ?2) OR (st.country = ?2 AND st.about = ?1)
                OR (st.about IS NULL AND st.country IN (?1, ?2)
                    AND EXISTS (SELECT 1 FROM article_pair p WHERE p.dyad = ?3 AND p.ord = a.ord)))",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Said {
            annotation: row.get(0)?,
            article: row.get(1)?,
            side: row::parsed(row, 2)?,
            speaker: row.get(3)?,
            date: row::parsed_opt(row, 4)?,
            issue: row.get(5)?,
            stance: row.get(6)?,
            credibility: row.get(7)?,
            source: row.get(8)?,
        })
    };
    let mut all = Vec::new();
    for found in query.query_map((dyad.a().code(), dyad.b().code(), dyad.to_string()), read)? {
        let found = found?;
        let (from, to) = found.date.as_ref().map_or((None, None), |date| (date.first_day(), date.last_day()));
        if period.has(from, to) {
            all.push(found);
        }
    }
    all.sort_by_key(|said| std::cmp::Reverse((said.day(), said.annotation)));
    Ok(all)
}

/// The minutes of `ord` that lie in `period`.
fn minutes(period: &Period) -> (i64, i64) {
    let first = period.first().map_or(i64::MIN, day_minute);
    let after = period.last().and_then(|day| day.succ_opt()).map_or(i64::MAX, day_minute);
    (first, after)
}

fn sound(period: &Period) -> Result<()> {
    if !period.is_backwards() {
        return Ok(());
    }
    let (since, until) = (period.since.as_ref(), period.until.as_ref());
    let text = |date: Option<&Edtf>| date.map_or(String::new(), ToString::to_string);
    Err(Error::Invalid(format!("the period ends ({}) before it begins ({})", text(until), text(since))))
}

/// The first screen: how much there is.
///
/// # Errors
/// [`Error::Invalid`] when the period ends before it begins.
pub fn head(conn: &Connection, dyad: Dyad, period: &Period) -> Result<DossierHead> {
    sound(period)?;
    let (first, after) = minutes(period);
    let articles = conn
        .prepare_cached("SELECT count(*) FROM article_pair WHERE dyad = ?1 AND ord >= ?2 AND ord < ?3")?
        .query_row((dyad.to_string(), first, after), |row| row.get(0))?;
    let said = said(conn, dyad, period)?;
    let mut acts = HashMap::new();
    let mut query = conn.prepare_cached(
        "SELECT initiator, count(*) FROM event WHERE deleted_at IS NULL
            AND ((initiator = ?1 AND target = ?2) OR (initiator = ?2 AND target = ?1))
            AND (?3 IS NULL OR to_day >= ?3 OR (to_day IS NULL AND from_day IS NOT NULL))
            AND (?4 IS NULL OR from_day <= ?4 OR (from_day IS NULL AND to_day IS NOT NULL)) GROUP BY initiator",
    )?;
    let bounds = (period.first().map(event::day_number), period.last().map(event::day_number));
    let rows = query.query_map((dyad.a().code(), dyad.b().code(), bounds.0, bounds.1), |row| {
        Ok((row::parsed::<Actor>(row, 0)?, row.get::<_, u32>(1)?))
    })?;
    for found in rows {
        let (initiator, n) = found?;
        acts.insert(initiator, n);
    }
    head_of(conn, dyad, period, articles, &said, &acts)
}

fn head_of(
    conn: &Connection,
    dyad: Dyad,
    period: &Period,
    articles: u32,
    said: &[Said],
    acts: &HashMap<Actor, u32>,
) -> Result<DossierHead> {
    let (left, right, followed) = sides(conn, dyad)?;
    let side = |side: Actor| {
        let own = || said.iter().filter(|said| said.side == side);
        let voices: HashSet<_> = own().filter_map(|said| said.speaker).collect();
        let events = acts.get(&side).copied().unwrap_or_default();
        SideCounts { side, statements: own().count() as u32, voices: voices.len() as u32, events }
    };
    Ok(DossierHead {
        pair: dyad,
        period: period.clone(),
        left: side(left),
        right: side(right),
        followed,
        articles,
        statements: said.len() as u32,
        events: acts.values().sum(),
    })
}

/// The whole dossier on `today`, with the latest `latest` statements; 0 means all of them.
///
/// # Errors
/// [`Error::Invalid`] when the period ends before it begins.
pub fn read(
    conn: &Connection,
    dyad: Dyad,
    period: &Period,
    latest: usize,
    today: NaiveDate,
) -> Result<Dossier> {
    sound(period)?;
    let said = said(conn, dyad, period)?;
    let ledger = event::list(conn, dyad, period)?;
    let (articles, origins, sources) = sources(conn, dyad, period, &said)?;
    let mut acts = HashMap::new();
    for event in &ledger {
        *acts.entry(event.initiator).or_default() += 1;
    }
    let head = head_of(conn, dyad, period, articles, &said, &acts)?;
    let (tone, tone_undated) = tone(&said);
    let (acts, acts_undated) = act_months(&ledger);
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
    let limit = if latest == 0 { usize::MAX } else { latest };
    Ok(Dossier {
        head,
        origins,
        tone,
        tone_undated,
        tone_now: mean(said.iter().filter(|said| said.day().is_some_and(|day| day > ago(NOW_DAYS)))),
        tone_before: mean(
            said.iter()
                .filter(|said| said.day().is_some_and(|day| day > ago(2 * NOW_DAYS) && day <= ago(NOW_DAYS))),
        ),
        acts,
        acts_undated,
        last_met: last_met(&ledger),
        median_grade: median_grade(conn, &said)?,
        voices: voices(conn, &said)?,
        issues: issues(conn, &said)?,
        latest: said.iter().take(limit).map(|said| words_of(conn, said)).collect::<Result<_>>()?,
        ledger,
        sources,
    })
}

fn words_of(conn: &Connection, said: &Said) -> Result<Statement> {
    let found = statement::of_annotation(conn, AnnotationId(said.annotation))?;
    found.ok_or_else(|| Error::not_found("annotation", said.annotation))
}

fn mean<'a>(said: impl Iterator<Item = &'a Said>) -> Option<(f64, u32)> {
    let (sum, n) =
        said.filter_map(|said| said.stance).fold((0, 0), |(sum, n), stance| (sum + i64::from(stance), n + 1));
    (n > 0).then(|| (sum as f64 / f64::from(n), n))
}

fn tone(said: &[Said]) -> (Vec<ToneMonth>, u32) {
    let mut months: BTreeMap<(Month, Actor), (i64, u32)> = BTreeMap::new();
    let mut undated = 0;
    for (said, stance) in said.iter().filter_map(|said| Some((said, said.stance?))) {
        let Some(month) = said.date.as_ref().and_then(Edtf::month) else {
            undated += 1;
            continue;
        };
        let (sum, n) = months.entry((month, said.side)).or_default();
        (*sum, *n) = (*sum + i64::from(stance), *n + 1);
    }
    let months = months.into_iter().map(|((month, side), (sum, n))| ToneMonth {
        month,
        side,
        mean: sum as f64 / f64::from(n),
        n,
    });
    (months.collect(), undated)
}

/// What was done, by month. What is planned, threatened, denied, disputed or called off stands in the ledger alone.
fn act_months(ledger: &[LedgerEvent]) -> (Vec<ActMonth>, u32) {
    let mut months: BTreeMap<(Month, Actor, Quad), u32> = BTreeMap::new();
    let mut undated = 0;
    for event in ledger.iter().filter(|event| event.status == EventStatus::Done) {
        match event.date.as_ref().and_then(Edtf::month) {
            Some(month) => *months.entry((month, event.initiator, event.quad)).or_default() += 1,
            None => undated += 1,
        }
    }
    let months =
        months.into_iter().map(|((month, initiator, quad), n)| ActMonth { month, initiator, quad, n });
    (months.collect(), undated)
}

fn last_met(ledger: &[LedgerEvent]) -> Option<Edtf> {
    let met = |event: &&LedgerEvent| event.plover == Plover::Consult && event.status == EventStatus::Done;
    let latest =
        ledger.iter().filter(met).filter(|event| event.days().1.is_some()).max_by_key(|event| event.days().1);
    latest.and_then(|event| event.date.clone())
}

fn median_grade(conn: &Connection, said: &[Said]) -> Result<Option<(Reliability, Credibility)>> {
    let mut of_source: HashMap<i64, Reliability> = HashMap::new();
    let mut letters = Vec::with_capacity(said.len());
    let mut digits: Vec<u8> = said.iter().map(|said| said.credibility).collect();
    for said in said {
        let letter = match said.source {
            None => Reliability::F,
            Some(id) => match of_source.get(&id) {
                Some(letter) => *letter,
                None => {
                    let letter = conn
                        .prepare_cached("SELECT reliability FROM source_now WHERE id = ?1")?
                        .query_row([id], |row| row::named(row, 0))?;
                    of_source.insert(id, letter);
                    letter
                }
            },
        };
        letters.push(letter);
    }
    letters.sort_by_key(|letter| row::name(*letter));
    digits.sort_unstable();
    let middle = said.len() / 2;
    let digit = digits.get(middle).and_then(|digit| Credibility::try_from(*digit).ok());
    Ok(letters.get(middle).copied().zip(digit))
}

fn voices(conn: &Connection, said: &[Said]) -> Result<Vec<Voice>> {
    let mut own: HashMap<(Actor, Option<i64>), Vec<&Said>> = HashMap::new();
    for said in said {
        own.entry((said.side, said.speaker)).or_default().push(said);
    }
    let mut own: Vec<_> = own.into_iter().collect();
    own.sort_by_key(|((side, speaker), said)| (std::cmp::Reverse(said.len()), *side, *speaker));
    own.truncate(VOICES);
    own.into_iter()
        .map(|((side, _), said)| {
            let latest = words_of(conn, said[0])?;
            let tone = mean(said.iter().copied());
            Ok(Voice {
                speaker: latest.speaker.clone(),
                side,
                statements: said.len() as u32,
                tone: tone.map(|(mean, _)| mean),
                tone_n: tone.map_or(0, |(_, n)| n),
                latest,
            })
        })
        .collect()
}

#[derive(Default)]
struct FromSource {
    articles: u32,
    origins: HashSet<i64>,
    languages: HashMap<String, u32>,
    latest: i64,
}

/// How many articles and origins there are, and the publishers, most articles first.
fn sources(
    conn: &Connection,
    dyad: Dyad,
    period: &Period,
    said: &[Said],
) -> Result<(u32, u32, Vec<DossierSource>)> {
    let (first, after) = minutes(period);
    let mut from: HashMap<Option<i64>, FromSource> = HashMap::new();
    let mut origins: HashSet<i64> = HashSet::new();
    let mut articles = 0;
    let mut query = conn.prepare_cached(
        "SELECT source, origin, language, ord FROM article_pair WHERE dyad = ?1 AND ord >= ?2 AND ord < ?3",
    )?;
    let mut rows = query.query((dyad.to_string(), first, after))?;
    while let Some(row) = rows.next()? {
        let (source, origin, ord): (Option<i64>, i64, i64) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let found = from.entry(source).or_default();
        found.articles += 1;
        found.latest = if found.articles == 1 { ord } else { found.latest.max(ord) };
        found.origins.insert(origin);
        origins.insert(origin);
        if let Some(language) = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)? {
            match found.languages.get_mut(language) {
                Some(n) => *n += 1,
                None => drop(found.languages.insert(language.to_owned(), 1)),
            }
        }
        articles += 1;
    }
    let mut statements: HashMap<Option<i64>, [u32; 6]> = HashMap::new();
    for said in said {
        statements.entry(said.source).or_default()[usize::from(said.credibility.clamp(1, 6)) - 1] += 1;
    }
    let mut listed = Vec::with_capacity(from.len());
    for (id, found) in from {
        listed.push(source(conn, id, found, statements.get(&id).copied().unwrap_or_default())?);
    }
    listed.sort_by(|one, other| (other.articles, &one.name).cmp(&(one.articles, &other.name)));
    Ok((articles, origins.len() as u32, listed))
}

fn source(
    conn: &Connection,
    id: Option<i64>,
    found: FromSource,
    credibility: [u32; 6],
) -> Result<DossierSource> {
    let mut languages: Vec<_> = found.languages.into_iter().collect();
    languages.sort_by(|(one, n), (other, m)| m.cmp(n).then_with(|| one.cmp(other)));
    let latest = conn
        .prepare_cached("SELECT published FROM article WHERE ord = ?1")?
        .query_row([found.latest], |row| row::parsed_opt(row, 0))
        .optional()?
        .flatten();
    let facts = conn
        .prepare_cached("SELECT name, kind, country, reliability FROM source_now WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row::named(row, 3)?)))
        .optional()?;
    let (name, kind, country, reliability) =
        facts.unwrap_or((None, "other".to_owned(), None, Reliability::F));
    Ok(DossierSource {
        name,
        kind,
        country,
        reliability,
        languages: languages.into_iter().map(|(language, _)| language).collect(),
        articles: found.articles,
        origins: found.origins.len() as u32,
        statements: credibility.iter().sum(),
        credibility,
        latest,
    })
}

/// The coded statements by issue and side, earliest first, with what turned and what contradicts.
fn issues(conn: &Connection, said: &[Said]) -> Result<Vec<Issue>> {
    let mut own: BTreeMap<(String, Actor), Vec<&Said>> = BTreeMap::new();
    for said in said.iter().rev() {
        if let (Some(issue), Some(_)) = (&said.issue, said.stance) {
            own.entry((bilat_core::normalise_spaces(&issue.to_lowercase()), said.side))
                .or_default()
                .push(said);
        }
    }
    let mut names: HashMap<i64, String> = HashMap::new();
    let mut name = |id: i64| -> Result<String> {
        if let Some(name) = names.get(&id) {
            return Ok(name.clone());
        }
        let found: String =
            conn.prepare_cached("SELECT name FROM actor WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
        Ok(names.entry(id).or_insert(found).clone())
    };
    let mut listed = Vec::new();
    for ((_, side), said) in own {
        let mut positions: Vec<Position> = Vec::with_capacity(said.len());
        // The sign of the last stance that had one.
        let mut before = 0;
        for one in &said {
            let stance = one.stance.unwrap_or_default();
            let clashes =
                |other: &&Said| other.day() == one.day() && other.stance.unwrap_or_default() * stance < 0;
            let contradiction = one.day().is_some() && said.iter().copied().any(|other| clashes(&other));
            positions.push(Position {
                date: one.date.clone(),
                stance,
                speaker: one.speaker.map(&mut name).transpose()?,
                article: ArticleId(one.article),
                annotation: AnnotationId(one.annotation),
                reversal: before * stance.signum() < 0,
                contradiction,
            });
            if stance != 0 {
                before = stance.signum();
            }
        }
        let issue = said.last().and_then(|said| said.issue.clone()).unwrap_or_default();
        listed.push(Issue { issue, side, positions });
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use bilat_core::{EventDraft, EvidenceRef, StatementDraft};

    use super::*;
    use crate::desk::{Desk, NOW};
    use crate::{article, pair};

    fn jp_kz() -> Dyad {
        "JP-KZ".parse().unwrap()
    }

    /// Three articles, five statements, two events.
    fn desk() -> Desk {
        let desk = Desk::new();
        let words = ["We agree.", "We do not.", "It may be so.", "It is shut.", "It is open."];
        let body = words.join("\n\n");
        let articles =
            ["2031-03-02", "2031-04-02", "2031-05-02"].map(|on| desk.clip(&format!("Talks {on}"), &body, on));
        let said = |at: usize,
                    n: usize,
                    who: &str,
                    side: &str,
                    about: Option<&str>,
                    on: &str,
                    stance: Option<i8>| {
            let draft = StatementDraft {
                speaker: Some(who.into()),
                country: side.parse().ok(),
                about: about.and_then(|about| about.parse().ok()),
                said_on: on.parse().ok(),
                stance: stance.map(|stance| stance.try_into().unwrap()),
                issue: Some("Transit".into()),
                ..StatementDraft::default()
            };
            desk.mark(articles[at], words[n], "", Some(draft));
        };
        said(0, 0, "Ilya Morev", "KZ", Some("JP"), "2031-03-01", Some(1));
        said(0, 1, "Ilya Morev", "KZ", Some("JP"), "2031-03-01", Some(-2));
        said(1, 2, "Haruka Sugimori", "JP", Some("KZ"), "2031-04", Some(-1));
        said(1, 3, "Haruka Sugimori", "JP", None, "", Some(0));
        said(2, 4, "Somebody Else", "JP", Some("FR"), "2031-05-01", Some(2));
        desk.write(move |tx| {
            article::confirm_dyad(tx, articles[0], jp_kz(), NOW)?;
            article::confirm_dyad(tx, articles[1], jp_kz(), NOW)?;
            for (initiator, target, date) in [("JP", "KZ", "2031-03-01"), ("KZ", "JP", "2031")] {
                let draft = EventDraft {
                    initiator: initiator.parse().ok(),
                    target: target.parse().ok(),
                    plover: Some(Plover::Consult),
                    date: date.parse().ok(),
                    ..EventDraft::default()
                };
                let sound = draft.sound("2031-06-01".parse().unwrap()).unwrap();
                event::insert(tx, &sound, &[EvidenceRef { article: articles[0], annotation: None }], NOW)?;
            }
            pair::follow(tx, "KZ".parse().unwrap(), "JP".parse().unwrap(), NOW)
        });
        desk
    }

    fn whole(desk: &Desk) -> Dossier {
        desk.read(|conn| read(conn, jp_kz(), &Period::default(), 0, "2031-06-01".parse().unwrap()))
    }

    #[test]
    fn every_figure_is_a_plain_query() {
        let desk = desk();
        let found = whole(&desk);
        let count = |sql: &str| -> f64 { desk.read(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?)) };
        let is = |figure: u32, sql: &str| {
            let counted: u32 = desk.read(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?));
            assert_eq!(figure, counted, "{sql}");
        };
        is(found.head.articles, "SELECT count(*) FROM article_dyad WHERE dyad = 'JP-KZ'");
        is(
            found.origins,
            "SELECT count(DISTINCT origin) FROM article WHERE uid IN (SELECT article FROM article_dyad)",
        );
        is(found.head.events, "SELECT count(*) FROM event");
        is(found.head.left.events, "SELECT count(*) FROM event WHERE initiator = 'KZ'");
        is(found.head.right.events, "SELECT count(*) FROM event WHERE initiator = 'JP'");
        is(
            found.head.statements,
            "SELECT count(*) FROM statement WHERE country IN ('JP', 'KZ') AND coalesce(about, 'JP') <> 'FR'",
        );
        is(found.head.left.statements, "SELECT count(*) FROM statement WHERE country = 'KZ'");
        is(found.head.left.voices, "SELECT count(DISTINCT speaker) FROM statement WHERE country = 'KZ'");
        is(
            found.sources.len() as u32,
            "SELECT count(DISTINCT source) FROM article_pair WHERE dyad = 'JP-KZ'",
        );
        is(
            found.acts.iter().map(|month| month.n).sum::<u32>() + found.acts_undated,
            "SELECT count(*) FROM event WHERE status = 'done'",
        );
        is(
            found.tone.iter().map(|month| month.n).sum::<u32>() + found.tone_undated,
            "SELECT count(stance) FROM statement WHERE about IS NULL OR about <> 'FR'",
        );
        let march = found.tone.iter().find(|tone| tone.month.to_string() == "2031-03").unwrap();
        let by_hand = count(
            "SELECT avg(stance) FROM statement WHERE country = 'KZ' AND substr(said_on, 1, 7) = '2031-03'",
        );
        assert!((march.mean - by_hand).abs() < 1e-9 && march.n == 2);
        assert_eq!(found.head, desk.read(|conn| head(conn, jp_kz(), &Period::default())));
        assert_eq!((found.head.left.side.code(), found.head.followed), ("KZ", true), "the analyst's order");
        assert_eq!(found.voices.len(), 2);
        assert_eq!(found.latest.len(), found.head.statements as usize);
    }

    #[test]
    fn a_period_leaves_out_what_was_before_and_after() {
        let desk = desk();
        let april = Period { since: "2031-04".parse().ok(), until: "2031-04".parse().ok() };
        let found = desk.read(|conn| read(conn, jp_kz(), &april, 1, "2031-06-01".parse().unwrap()));
        assert_eq!((found.head.articles, found.head.statements, found.head.events), (1, 2, 1));
        assert_eq!(found.latest.len(), 1, "as many as were asked for");
        assert_eq!(found.head, desk.read(|conn| head(conn, jp_kz(), &april)));
        let backwards = Period { since: "2031-05".parse().ok(), until: "2031-04".parse().ok() };
        let refused = desk.store.read_blocking(|conn| head(conn, jp_kz(), &backwards));
        assert_eq!(refused.unwrap_err().to_string(), "the period ends (2031-04) before it begins (2031-05)");
    }

    #[test]
    fn what_turned_and_what_contradicts_is_flagged() {
        let found = whole(&desk());
        let kz = found.issues.iter().find(|issue| issue.side.code() == "KZ").unwrap();
        let flags: Vec<_> =
            kz.positions.iter().map(|one| (one.stance, one.reversal, one.contradiction)).collect();
        assert_eq!(flags, [(1, false, true), (-2, true, true)]);
        let jp = found.issues.iter().find(|issue| issue.side.code() == "JP").unwrap();
        assert!(jp.positions.iter().all(|one| !one.reversal && !one.contradiction), "nought has no sign");
    }
}
