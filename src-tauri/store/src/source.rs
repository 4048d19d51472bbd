//! Sources: publishers, with a reliability that has a history.

use bilat_core::Reliability;
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::error::{Error, Result};
use crate::log;
use crate::row::{self, match_name};

/// The number of the source called `name`, made where there is none; nothing for a blank name.
pub(crate) fn find_or_create(conn: &Connection, name: &str, kind: &str) -> Result<Option<i64>> {
    let wanted = match_name(name);
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some(id) = find(conn, name)? {
        return Ok(Some(id));
    }
    conn.prepare_cached("INSERT INTO source (name, match_name, kind) VALUES (?1, ?2, ?3)")?.execute((
        bilat_core::normalise_spaces(name),
        wanted,
        kind,
    ))?;
    Ok(Some(conn.last_insert_rowid()))
}

pub(crate) fn find(conn: &Connection, name: &str) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT id FROM source WHERE match_name = ?1")?
        .query_row([match_name(name)], |row| row.get(0))
        .optional()?)
}

/// Sets how far the source called `name` can be relied on, from `now` on; what held before stays on record.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_reliability(
    conn: &Connection,
    name: &str,
    reliability: Reliability,
    reason: &str,
    now: &str,
) -> Result<()> {
    let id = find(conn, name)?.ok_or_else(|| Error::not_found("source", name))?;
    if read_reliability(conn, id)? == reliability {
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO source_reliability (source, reliability, reason, set_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((id, row::name(reliability), reason, now))?;
    log::append(conn, now, "source graded", &format!("source {id}"), &json!({ "reliability": reliability }))
}

fn read_reliability(conn: &Connection, id: i64) -> Result<Reliability> {
    Ok(conn
        .prepare_cached("SELECT reliability FROM source_now WHERE id = ?1")?
        .query_row([id], |row| row::named(row, 0))?)
}

/// A reliability and when it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grading {
    /// The letter.
    pub reliability: Reliability,
    /// Why.
    pub reason: String,
    /// When: RFC 3339, UTC.
    pub set_at: String,
}

/// What the source called `name` was graded, newest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_gradings(conn: &Connection, name: &str) -> Result<Vec<Grading>> {
    let mut query = conn.prepare_cached(
        "SELECT reliability, r.reason, r.set_at FROM source_reliability r JOIN source s ON s.id = r.source
         WHERE s.match_name = ?1 ORDER BY r.id DESC",
    )?;
    let rows = query.query_map([match_name(name)], |row| {
        Ok(Grading { reliability: row::named(row, 0)?, reason: row.get(1)?, set_at: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
