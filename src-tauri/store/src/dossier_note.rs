//! What a person keeps beside a dossier: visits, waivers of its gaps, questions and a watch list.

use std::collections::HashMap;

use bilat_core::{Dyad, Edtf, Gap, Lack, Question, QuestionId, SinceVisit, Waiver, Watch, WatchId};
use rusqlite::{Connection, OptionalExtension};

use crate::error::{Error, Result};
use crate::row;

/// What came since the last visit. [`visit`] begins a new one.
///
/// # Errors
/// When the library cannot be read.
pub fn since_visit(conn: &Connection, dyad: Dyad) -> Result<SinceVisit> {
    let visited_at: Option<String> = conn
        .prepare_cached("SELECT visited_at FROM dossier_visit WHERE dyad = ?1")?
        .query_row([dyad.to_string()], |row| row.get(0))
        .optional()?;
    let Some(since) = &visited_at else {
        return Ok(SinceVisit { visited_at, articles: 0, statements: 0, events: 0 });
    };
    let (one, other) = (dyad.a().code(), dyad.b().code());
    let articles = conn
        .prepare_cached(
            "SELECT count(*) FROM article a JOIN article_pair p ON p.dyad = ?1 AND p.ord = a.ord WHERE a.clipped_at > ?2",
        )?
        .query_row((dyad.to_string(), since), |row| row.get(0))?;
    let statements = conn
        .prepare_cached(
            "SELECT count(*) FROM statement st JOIN annotation n ON n.id = st.annotation JOIN article a ON a.uid = n.article
             WHERE n.deleted_at IS NULL AND a.deleted_at IS NULL AND n.created_at > ?3
                AND ((st.country = ?1 AND st.about = ?2) OR (st.country = ?2 AND st.about = ?1))",
        )?
        .query_row((one, other, since), |row| row.get(0))?;
    let events = conn
        .prepare_cached(
            "SELECT count(*) FROM event WHERE deleted_at IS NULL AND created_at > ?3
                AND ((initiator = ?1 AND target = ?2) OR (initiator = ?2 AND target = ?1))",
        )?
        .query_row((one, other, since), |row| row.get(0))?;
    Ok(SinceVisit { visited_at, articles, statements, events })
}

/// Notes that a person looked into the dossier.
///
/// # Errors
/// When the library cannot be written.
pub fn visit(conn: &Connection, dyad: Dyad, now: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO dossier_visit (dyad, visited_at) VALUES (?1, ?2)
         ON CONFLICT (dyad) DO UPDATE SET visited_at = excluded.visited_at",
    )?
    .execute((dyad.to_string(), now))?;
    Ok(())
}

/// Gaps with the waivers that hold.
///
/// # Errors
/// When the library cannot be read.
pub fn with_waivers(conn: &Connection, dyad: Dyad, lacks: Vec<Lack>) -> Result<Vec<Gap>> {
    let mut query = conn.prepare_cached("SELECT gap, reason, waived_at FROM gap_waiver WHERE dyad = ?1")?;
    let mut waivers = query
        .query_map([dyad.to_string()], |row| {
            Ok((row.get(0)?, Waiver { reason: row.get(1)?, waived_at: row.get(2)? }))
        })?
        .collect::<Result<HashMap<String, Waiver>, _>>()?;
    let gap = |lack: Lack| Gap { waiver: waivers.remove(&lack.key()), key: lack.key(), lack };
    Ok(lacks.into_iter().map(gap).collect())
}

/// Waives a gap for a reason; without one the waiver is taken back.
///
/// # Errors
/// When the library cannot be written.
pub fn waive(conn: &Connection, dyad: Dyad, gap: &str, reason: Option<&str>, now: &str) -> Result<()> {
    match row::filled(reason) {
        Some(reason) => conn
            .prepare_cached(
                "INSERT INTO gap_waiver (dyad, gap, reason, waived_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (dyad, gap) DO UPDATE SET reason = excluded.reason, waived_at = excluded.waived_at",
            )?
            .execute((dyad.to_string(), gap, reason, now))?,
        None => conn
            .prepare_cached("DELETE FROM gap_waiver WHERE dyad = ?1 AND gap = ?2")?
            .execute((dyad.to_string(), gap))?,
    };
    Ok(())
}

/// The questions of a pair, open ones first.
///
/// # Errors
/// When the library cannot be read.
pub fn questions(conn: &Connection, dyad: Dyad) -> Result<Vec<Question>> {
    let mut query = conn.prepare_cached(
        "SELECT id, text, asked_at, answered_at FROM question WHERE dyad = ?1 AND deleted_at IS NULL
         ORDER BY answered_at IS NOT NULL, id DESC",
    )?;
    let rows = query.query_map([dyad.to_string()], |row| {
        Ok(Question {
            id: QuestionId(row.get(0)?),
            text: row.get(1)?,
            asked_at: row.get(2)?,
            answered_at: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes a question down.
///
/// # Errors
/// [`Error::Invalid`] when it is blank.
pub fn ask(conn: &Connection, dyad: Dyad, text: &str, now: &str) -> Result<QuestionId> {
    let text = row::filled(Some(text)).ok_or_else(|| Error::Invalid("a question needs words".into()))?;
    conn.prepare_cached("INSERT INTO question (dyad, text, asked_at) VALUES (?1, ?2, ?3)")?.execute((
        dyad.to_string(),
        text,
        now,
    ))?;
    Ok(QuestionId(conn.last_insert_rowid()))
}

/// Says that a question is answered, or open again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn answer(conn: &Connection, id: QuestionId, answered: bool, now: &str) -> Result<()> {
    let changed = conn
        .prepare_cached("UPDATE question SET answered_at = iif(?2, ?3, NULL) WHERE id = ?1")?
        .execute((id.0, answered, now))?;
    if changed == 0 { Err(Error::not_found("question", id)) } else { Ok(()) }
}

/// What is watched: days to come by date, then indicators.
///
/// # Errors
/// When the library cannot be read.
pub fn watches(conn: &Connection, dyad: Dyad) -> Result<Vec<Watch>> {
    let mut query = conn.prepare_cached(
        "SELECT id, text, on_date FROM watch WHERE dyad = ?1 AND deleted_at IS NULL ORDER BY on_date IS NULL, on_date, id",
    )?;
    let rows = query.query_map([dyad.to_string()], |row| {
        Ok(Watch { id: WatchId(row.get(0)?), text: row.get(1)?, date: row::parsed_opt(row, 2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Begins to watch an indicator or a day.
///
/// # Errors
/// [`Error::Invalid`] when it is blank.
pub fn watch(conn: &Connection, dyad: Dyad, text: &str, date: Option<&Edtf>, now: &str) -> Result<WatchId> {
    let text =
        row::filled(Some(text)).ok_or_else(|| Error::Invalid("what is to be watched needs words".into()))?;
    conn.prepare_cached("INSERT INTO watch (dyad, text, on_date, created_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((dyad.to_string(), text, date.map(Edtf::as_str), now))?;
    Ok(WatchId(conn.last_insert_rowid()))
}

/// Stops watching, or begins again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_watched(conn: &Connection, id: WatchId, watched: bool, now: &str) -> Result<()> {
    let changed = conn
        .prepare_cached("UPDATE watch SET deleted_at = iif(?2, NULL, ?3) WHERE id = ?1")?
        .execute((id.0, watched, now))?;
    if changed == 0 { Err(Error::not_found("watched", id)) } else { Ok(()) }
}
