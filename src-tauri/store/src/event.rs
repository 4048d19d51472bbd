//! The ledger: events, and what bears them out.
//!
//! An event's dates are kept twice: as they were written, and as the first and last day that they may mean,
//! which sort and compare for any year. Evidence names an article and, where it is a passage, its annotation;
//! what is in the bin stays on record and is not counted.

use bilat_core::{
    AnnotationId, ArticleId, CiteKey, Dyad, Edtf, EventEvidence, EventId, EvidenceRef, LedgerEvent, Period,
    Plover, SnapshotId, SoundEvent, Suggested, SuggestedEvent, SuggestionId,
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{log, row, statement};

/// How many suggested events are listed at once.
const SUGGESTED: u32 = 200;

/// Days since 1970-01-01.
pub(crate) fn day_number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

fn days(date: Option<&Edtf>) -> (Option<i64>, Option<i64>) {
    let day = |of: fn(&Edtf) -> Option<NaiveDate>| date.and_then(of).map(day_number);
    (day(Edtf::first_day), day(Edtf::last_day))
}

/// Enters an event.
///
/// # Errors
/// [`Error::NotFound`] when a piece of evidence names what is not there.
pub fn insert(conn: &Connection, event: &SoundEvent, evidence: &[EvidenceRef], now: &str) -> Result<EventId> {
    let (from, to) = days(event.date.as_ref());
    conn.prepare_cached(
        "INSERT INTO event (initiator, target, plover, on_date, from_day, to_day, status, summary, created_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
    )?
    .execute(params![
        event.initiator.code(),
        event.target.code(),
        event.plover.name(),
        event.date.as_ref().map(Edtf::as_str),
        from,
        to,
        event.status.name(),
        event.summary,
        now,
    ])?;
    let id = EventId(conn.last_insert_rowid());
    set_evidence(conn, id, evidence)?;
    log::append(conn, now, "event entered", &format!("event {id}"), &record(event))?;
    Ok(id)
}

/// Replaces what is said of an event, its evidence included.
///
/// # Errors
/// [`Error::NotFound`], also for a piece of evidence.
pub fn edit(
    conn: &Connection,
    id: EventId,
    event: &SoundEvent,
    evidence: &[EvidenceRef],
    now: &str,
) -> Result<()> {
    let (from, to) = days(event.date.as_ref());
    let changed = conn
        .prepare_cached(
            "UPDATE event SET initiator = ?2, target = ?3, plover = ?4, on_date = ?5, from_day = ?6, to_day = ?7,
                status = ?8, summary = ?9, changed_at = ?10 WHERE id = ?1 AND deleted_at IS NULL",
        )?
        .execute(params![
            id.0,
            event.initiator.code(),
            event.target.code(),
            event.plover.name(),
            event.date.as_ref().map(Edtf::as_str),
            from,
            to,
            event.status.name(),
            event.summary,
            now,
        ])?;
    if changed == 0 {
        return Err(Error::not_found("event", id));
    }
    set_evidence(conn, id, evidence)?;
    log::append(conn, now, "event changed", &format!("event {id}"), &record(event))
}

fn record(event: &SoundEvent) -> serde_json::Value {
    let SoundEvent { initiator, target, plover, date, status, summary } = event;
    json!({ "initiator": initiator, "target": target, "plover": plover, "date": date, "status": status, "summary": summary })
}

fn set_evidence(conn: &Connection, id: EventId, evidence: &[EvidenceRef]) -> Result<()> {
    conn.prepare_cached("DELETE FROM event_evidence WHERE event = ?1")?.execute([id.0])?;
    evidence.iter().try_for_each(|piece| add_evidence(conn, id, *piece))
}

/// Adds a piece of evidence; one that is there already stays once.
///
/// # Errors
/// [`Error::NotFound`] when there is no such article, or no such annotation in it.
pub fn add_evidence(conn: &Connection, id: EventId, piece: EvidenceRef) -> Result<()> {
    let stands = match piece.annotation {
        None => conn.prepare_cached("SELECT 1 FROM article WHERE uid = ?1")?.exists([piece.article.0])?,
        Some(mark) => conn
            .prepare_cached("SELECT 1 FROM annotation WHERE id = ?1 AND article = ?2")?
            .exists((mark.0, piece.article.0))?,
    };
    if !stands {
        return Err(match piece.annotation {
            None => Error::not_found("article", piece.article),
            Some(mark) => Error::not_found("annotation", mark),
        });
    }
    conn.prepare_cached(
        "INSERT OR IGNORE INTO event_evidence (event, article, annotation) VALUES (?1, ?2, ?3)",
    )?
    .execute((id.0, piece.article.0, piece.annotation.map(|mark| mark.0)))?;
    Ok(())
}

/// Takes an event out of the ledger; [`restore`] brings it back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: EventId, now: &str) -> Result<()> {
    set_deleted(conn, id, Some(now))?;
    log::append(conn, now, "event deleted", &format!("event {id}"), &json!({}))
}

/// Brings a deleted event back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: EventId, now: &str) -> Result<()> {
    set_deleted(conn, id, None)?;
    log::append(conn, now, "event restored", &format!("event {id}"), &json!({}))
}

fn set_deleted(conn: &Connection, id: EventId, deleted_at: Option<&str>) -> Result<()> {
    let changed = conn
        .prepare_cached(
            "UPDATE event SET deleted_at = ?2 WHERE id = ?1 AND (deleted_at IS NULL) = (?2 IS NOT NULL)",
        )?
        .execute((id.0, deleted_at))?;
    if changed == 0 { Err(Error::not_found("event", id)) } else { Ok(()) }
}

/// Makes one event of several: `into` takes over the evidence of `others`, which are deleted.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when one of them is another direction or pair than `into`.
pub fn merge(conn: &Connection, into: EventId, others: &[EventId], now: &str) -> Result<()> {
    let kept = read(conn, into)?;
    for other in others {
        let gone = read(conn, *other)?;
        if *other == into || (gone.initiator, gone.target) != (kept.initiator, kept.target) {
            return Err(Error::Invalid(format!(
                "merging events: event {other} is not one of {} on {} beside event {into}",
                kept.initiator, kept.target
            )));
        }
        conn.prepare_cached(
            "INSERT OR IGNORE INTO event_evidence (event, article, annotation)
             SELECT ?1, article, annotation FROM event_evidence WHERE event = ?2",
        )?
        .execute((into.0, other.0))?;
        set_deleted(conn, *other, Some(now))?;
    }
    log::append(conn, now, "events merged", &format!("event {into}"), &json!({ "others": others }))
}

const ROW: &str = "e.id, e.initiator, e.target, e.plover, e.on_date, e.status, e.summary";

fn event(row: &Row<'_>) -> rusqlite::Result<LedgerEvent> {
    let plover: Plover = row::parsed(row, 3)?;
    Ok(LedgerEvent {
        id: EventId(row.get(0)?),
        initiator: row::parsed(row, 1)?,
        target: row::parsed(row, 2)?,
        plover,
        quad: plover.quad(),
        date: row::parsed_opt(row, 4)?,
        status: row::parsed(row, 5)?,
        summary: row.get(6)?,
        evidence: 0,
        origins: 0,
    })
}

/// An event.
///
/// # Errors
/// [`Error::NotFound`], also where it was deleted.
pub fn read(conn: &Connection, id: EventId) -> Result<LedgerEvent> {
    let mut found = conn
        .prepare_cached(&format!("SELECT {ROW} FROM event e WHERE e.id = ?1 AND e.deleted_at IS NULL"))?
        .query_row([id.0], event)
        .optional()?
        .ok_or_else(|| Error::not_found("event", id))?;
    (found.evidence, found.origins) = conn
        .prepare_cached(&format!(
            "SELECT count(*), count(DISTINCT a.origin) FROM {EVIDENCE} WHERE v.event = ?1 AND {LIVE}"
        ))?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found)
}

const EVIDENCE: &str = "event_evidence v JOIN article a INDEXED BY article_of ON a.uid = v.article
    LEFT JOIN annotation n ON n.id = v.annotation";
const LIVE: &str = "a.deleted_at IS NULL AND n.deleted_at IS NULL";

/// The ledger of a pair in a period: latest first, undated ones last.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, dyad: Dyad, period: &Period) -> Result<Vec<LedgerEvent>> {
    let mut events = Vec::new();
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW} FROM event e WHERE e.deleted_at IS NULL
            AND ((e.initiator = ?1 AND e.target = ?2) OR (e.initiator = ?2 AND e.target = ?1))
            AND (?3 IS NULL OR e.to_day >= ?3 OR (e.to_day IS NULL AND e.from_day IS NOT NULL))
            AND (?4 IS NULL OR e.from_day <= ?4 OR (e.from_day IS NULL AND e.to_day IS NOT NULL))
         ORDER BY coalesce(e.from_day, e.to_day) DESC NULLS LAST, e.to_day DESC, e.id DESC"
    ))?;
    let (first, last) = (period.first().map(day_number), period.last().map(day_number));
    for found in query.query_map((dyad.a().code(), dyad.b().code(), first, last), event)? {
        events.push(found?);
    }
    count_evidence(conn, dyad, &mut events)?;
    Ok(events)
}

/// One pass over the evidence of the pair, whatever the period: fewer than a look-up for each event.
fn count_evidence(conn: &Connection, dyad: Dyad, events: &mut [LedgerEvent]) -> Result<()> {
    let mut counts: std::collections::HashMap<i64, (u32, Vec<i64>)> = std::collections::HashMap::new();
    let mut query = conn.prepare_cached(&format!(
        "SELECT v.event, a.origin FROM event e JOIN {EVIDENCE}
         WHERE v.event = e.id AND e.deleted_at IS NULL AND {LIVE}
            AND ((e.initiator = ?1 AND e.target = ?2) OR (e.initiator = ?2 AND e.target = ?1))"
    ))?;
    let rows = query.query_map((dyad.a().code(), dyad.b().code()), |row| Ok((row.get(0)?, row.get(1)?)))?;
    for found in rows {
        let (event, origin) = found?;
        let (evidence, origins): &mut (u32, Vec<i64>) = counts.entry(event).or_default();
        *evidence += 1;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    for event in events {
        if let Some((evidence, origins)) = counts.get(&event.id.0) {
            (event.evidence, event.origins) = (*evidence, origins.len() as u32);
        }
    }
    Ok(())
}

/// What bears `id` out, latest article first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_evidence(conn: &Connection, id: EventId) -> Result<Vec<EventEvidence>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT v.article, v.annotation, coalesce(st.key, whole.key), whole.title, s.name, whole.published, who.name
         FROM {EVIDENCE} JOIN article whole ON whole.ord = a.ord LEFT JOIN source s ON s.id = a.source
            LEFT JOIN statement st ON st.annotation = v.annotation LEFT JOIN actor who ON who.id = st.speaker
         WHERE v.event = ?1 AND {LIVE} ORDER BY a.ord DESC, v.annotation"
    ))?;
    let rows = query.query_map([id.0], |row| {
        Ok(EventEvidence {
            article: ArticleId(row.get(0)?),
            annotation: row.get::<_, Option<i64>>(1)?.map(AnnotationId),
            key: row::key(row, 2)?,
            title: row.get(3)?,
            outlet: row.get(4)?,
            published: row::parsed_opt(row, 5)?,
            text: None,
            speaker: row.get(6)?,
        })
    })?;
    rows.map(|found| {
        let mut piece = found?;
        piece.text = piece.annotation.map(|mark| statement::words(conn, mark.0)).transpose()?;
        Ok(piece)
    })
    .collect()
}

/// Every piece of evidence of `id`, what is in the bin included.
///
/// # Errors
/// When the library cannot be read.
pub fn list_refs(conn: &Connection, id: EventId) -> Result<Vec<EvidenceRef>> {
    let mut query = conn.prepare_cached(
        "SELECT article, annotation FROM event_evidence WHERE event = ?1 ORDER BY article, annotation",
    )?;
    let rows = query.query_map([id.0], |row| {
        let annotation = row.get::<_, Option<i64>>(1)?.map(AnnotationId);
        Ok(EvidenceRef { article: ArticleId(row.get(0)?), annotation })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a cite key bears out as evidence: an article, or the passage of a statement in one.
///
/// # Errors
/// [`Error::NotFound`].
pub fn evidence_of_key(conn: &Connection, key: &CiteKey) -> Result<EvidenceRef> {
    conn.prepare_cached(
        "SELECT coalesce(k.article, n.article), k.annotation FROM cite_key k LEFT JOIN annotation n ON n.id = k.annotation
         WHERE k.key = ?1 AND coalesce(k.article, n.article) IN (SELECT uid FROM article)",
    )?
    .query_row([key.as_str()], |row| {
        let annotation = row.get::<_, Option<i64>>(1)?.map(AnnotationId);
        Ok(EvidenceRef { article: ArticleId(row.get(0)?), annotation })
    })
    .optional()?
    .ok_or_else(|| Error::not_found("cite key", key))
}

/// The open suggestions of events between the two, in articles outside the bin, surest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_suggested(conn: &Connection, dyad: Dyad) -> Result<Vec<SuggestedEvent>> {
    let mut query = conn.prepare_cached(
        "SELECT g.id, a.uid, a.title, s.name, g.confidence, g.body, g.snapshot FROM suggestion g
            JOIN article a ON a.uid = g.article LEFT JOIN source s ON s.id = a.source
         WHERE g.kind = 'event' AND g.state = 'open' AND a.deleted_at IS NULL
            AND ((json_extract(g.body, '$.initiator') = ?1 AND json_extract(g.body, '$.target') = ?2)
                OR (json_extract(g.body, '$.initiator') = ?2 AND json_extract(g.body, '$.target') = ?1))
         ORDER BY g.confidence DESC, a.ord DESC, g.start LIMIT ?3",
    )?;
    let rows = query.query_map((dyad.a().code(), dyad.b().code(), SUGGESTED), |row| {
        let what: Suggested = row::json(row, 5)?;
        let Suggested::Event { span, initiator, target, plover, date, status } = what else {
            return Ok(None);
        };
        let (Ok(plover), Ok(status)) = (plover.parse(), status.parse()) else { return Ok(None) };
        let found = SuggestedEvent {
            suggestion: SuggestionId(row.get(0)?),
            article: ArticleId(row.get(1)?),
            title: row.get(2)?,
            outlet: row.get(3)?,
            confidence: row.get(4)?,
            text: String::new(),
            initiator,
            target,
            plover,
            date,
            status,
        };
        Ok(Some((found, SnapshotId(row.get(6)?), span)))
    })?;
    let mut found = Vec::new();
    for suggested in rows {
        let Some((mut event, snapshot, span)) = suggested? else { continue };
        // SQLite's substr counts code points, as spans do.
        event.text = conn
            .prepare_cached("SELECT substr(text, ?2, ?3) FROM snapshot WHERE id = ?1")?
            .query_row((snapshot.0, span.start + 1, span.end - span.start), |row| row.get(0))?;
        found.push(event);
    }
    Ok(found)
}

/// Makes the event that an accepted suggestion stands for, borne out by `mark`; brings it back where it was
/// made before and the acceptance was taken back. Nothing where the suggestion is no event.
///
/// # Errors
/// [`Error::Invalid`] when the suggestion names no category or status that there is.
pub(crate) fn accept(
    conn: &Connection,
    suggestion: SuggestionId,
    what: &Suggested,
    article: ArticleId,
    mark: AnnotationId,
    now: &str,
) -> Result<()> {
    let Suggested::Event { initiator, target, plover, date, status, .. } = what else { return Ok(()) };
    let made: Option<i64> = conn
        .prepare_cached("SELECT accepted_event FROM suggestion WHERE id = ?1")?
        .query_row([suggestion.0], |row| row.get(0))?;
    if let Some(id) = made {
        return restore(conn, EventId(id), now);
    }
    let invalid = |error: String| Error::Invalid(format!("accepting suggestion {suggestion}: {error}"));
    let found = SoundEvent {
        initiator: *initiator,
        target: *target,
        plover: plover.parse().map_err(|error: bilat_core::UnknownPlover| invalid(error.to_string()))?,
        date: date.clone(),
        status: status.parse().map_err(|error: bilat_core::UnknownEventStatus| invalid(error.to_string()))?,
        summary: bilat_core::normalise_spaces(&statement::words(conn, mark.0)?),
    };
    let id = insert(conn, &found, &[EvidenceRef { article, annotation: Some(mark) }], now)?;
    conn.prepare_cached("UPDATE suggestion SET accepted_event = ?2 WHERE id = ?1")?
        .execute((suggestion.0, id.0))?;
    Ok(())
}

/// Deletes the event that a suggestion became, where there is one: its acceptance is taken back.
pub(crate) fn reopen(conn: &Connection, suggestion: SuggestionId, now: &str) -> Result<()> {
    let made: Option<i64> = conn
        .prepare_cached(
            "SELECT e.id FROM suggestion g JOIN event e ON e.id = g.accepted_event
             WHERE g.id = ?1 AND e.deleted_at IS NULL",
        )?
        .query_row([suggestion.0], |row| row.get(0))
        .optional()?;
    made.map_or(Ok(()), |id| delete(conn, EventId(id), now))
}

#[cfg(test)]
mod tests {
    use bilat_core::{EventDraft, Span};

    use super::*;
    use crate::desk::{Desk, NOW};
    use crate::suggestion::{self, AcceptedAs, NewSuggestion};
    use crate::{article, origin};

    fn sound(date: &str) -> SoundEvent {
        let draft = EventDraft {
            initiator: "JP".parse().ok(),
            target: "KZ".parse().ok(),
            plover: Some(Plover::Consult),
            date: date.parse().ok(),
            ..EventDraft::default()
        };
        draft.sound("2031-06-01".parse().unwrap()).unwrap()
    }

    fn pair() -> Dyad {
        "JP-KZ".parse().unwrap()
    }

    fn enter(desk: &Desk, date: &str, evidence: Vec<EvidenceRef>) -> EventId {
        let event = sound(date);
        desk.write(move |tx| insert(tx, &event, &evidence, NOW))
    }

    #[test]
    fn dates_sort_by_what_they_mean_from_bce_to_the_far_future() {
        let desk = Desk::new();
        let dates = ["-0044-03-15", "2023~", "", "Y17000", "2023-06", "1961/1963"];
        for date in dates {
            let mut event = sound("");
            event.date = date.parse().ok();
            event.status = bilat_core::EventStatus::Planned;
            desk.write(move |tx| insert(tx, &event, &[], NOW));
        }
        let listed = |since: &str, until: &str| -> Vec<String> {
            let period = Period { since: since.parse().ok(), until: until.parse().ok() };
            let events = desk.read(|conn| list(conn, pair(), &period));
            events.into_iter().map(|event| event.date.map_or("undated".into(), String::from)).collect()
        };
        assert_eq!(listed("", ""), ["Y17000", "2023-06", "2023~", "1961/1963", "-0044-03-15", "undated"]);
        assert_eq!(listed("1962", "2023-06-01"), ["2023-06", "2023~", "1961/1963"]);
    }

    #[test]
    fn five_reprints_of_one_text_are_one_origin() {
        let desk = Desk::new();
        let one = desk.clip("Talks in Astana", "The two met for an hour.", "2031-05-02");
        let two = desk.clip("Talks", "They met, said the agency.", "2031-05-03");
        let mark = desk.mark(one, "The two met for an hour", "", None);
        let whole = |article| EvidenceRef { article, annotation: None };
        let evidence = vec![whole(one), EvidenceRef { article: one, annotation: Some(mark) }, whole(two)];
        let id = enter(&desk, "2031-05-02", evidence.clone());
        let counts = || {
            let found = desk.read(|conn| list(conn, pair(), &Period::default())).remove(0);
            let alone = desk.read(|conn| read(conn, id));
            assert_eq!(found, alone);
            (found.evidence, found.origins)
        };
        assert_eq!(counts(), (3, 2));
        desk.write(move |tx| origin::join(tx, one, two, NOW));
        assert_eq!(counts(), (3, 1));
        desk.write(move |tx| article::delete(tx, two, NOW));
        assert_eq!(counts(), (2, 1), "what is in the bin is not counted");
        assert_eq!(desk.read(|conn| list_refs(conn, id)).len(), 3, "but stays on record");
        let shown = desk.read(|conn| list_evidence(conn, id));
        assert_eq!(shown[1].text.as_deref(), Some("The two met for an hour"));
    }

    #[test]
    fn a_merge_keeps_the_evidence_of_all_and_takes_nothing_of_another_direction() {
        let desk = Desk::new();
        let article = desk.clip("Talks", "They met.", "2031-05-03");
        let (into, twice) = (
            enter(&desk, "2031-05-02", vec![]),
            enter(&desk, "2031-05-02", vec![EvidenceRef { article, annotation: None }]),
        );
        let mut back = sound("2031-05-02");
        std::mem::swap(&mut back.initiator, &mut back.target);
        let back = desk.write(move |tx| insert(tx, &back, &[], NOW));
        desk.write(move |tx| merge(tx, into, &[twice], NOW));
        assert_eq!(desk.read(|conn| read(conn, into)).evidence, 1);
        assert!(desk.store.read_blocking(|conn| read(conn, twice)).is_err());
        assert!(desk.store.write_blocking(move |tx| merge(tx, into, &[back], NOW)).is_err());
        assert!(desk.store.write_blocking(move |tx| merge(tx, into, &[into], NOW)).is_err());
        desk.write(move |tx| restore(tx, twice, NOW));
        assert_eq!(
            desk.read(|conn| read(conn, twice)).evidence,
            1,
            "nothing was taken from the one that went"
        );
    }

    #[test]
    fn an_accepted_suggestion_is_an_event_until_it_is_reopened() {
        let desk = Desk::new();
        let id = desk.clip("Talks", "Japan met Kazakhstan in Astana.", "2031-05-03");
        let what = Suggested::Event {
            span: Span::new(7, 38),
            initiator: "JP".parse().unwrap(),
            target: "KZ".parse().unwrap(),
            plover: "CONSULT".into(),
            date: "2031-05-02".parse().ok(),
            status: "done".into(),
        };
        let suggested = desk.write(move |tx| {
            let on = article::snapshot_text(tx, id)?.id;
            suggestion::replace_open(tx, on, &[NewSuggestion { confidence: 0.8, what }])?;
            Ok(list_suggested(tx, pair())?.remove(0))
        });
        assert_eq!(suggested.text, "Japan met Kazakhstan in Astana.");
        let mark = desk.mark(id, "Japan met Kazakhstan in Astana.", "", None);
        let accept = move || {
            desk.write(move |tx| {
                suggestion::accept(tx, suggested.suggestion, AcceptedAs::Annotation(mark), NOW)
            });
            let ledger = desk.read(|conn| list(conn, pair(), &Period::default()));
            assert_eq!(
                (ledger.len(), ledger[0].evidence, ledger[0].summary.as_str()),
                (1, 1, suggested.text.as_str())
            );
            assert!(desk.read(|conn| list_suggested(conn, pair())).is_empty());
            desk.write(move |tx| suggestion::reopen(tx, suggested.suggestion, NOW));
            assert!(desk.read(|conn| list(conn, pair(), &Period::default())).is_empty());
            desk.write(move |tx| crate::annotation::restore(tx, mark, NOW));
            ledger[0].id
        };
        assert_eq!(accept(), accept(), "accepted again, it is the same event");
    }

    #[test]
    fn evidence_that_is_not_there_is_refused() {
        let desk = Desk::new();
        let event = sound("2031-05-02");
        let nowhere = EvidenceRef { article: ArticleId(7), annotation: None };
        let refused = desk.store.write_blocking(move |tx| insert(tx, &event, &[nowhere], NOW));
        assert!(refused.is_err());
        assert!(
            desk.read(|conn| list(conn, pair(), &Period::default())).is_empty(),
            "and nothing was entered"
        );
    }
}
