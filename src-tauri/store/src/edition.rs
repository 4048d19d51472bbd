//! Editions: a briefing frozen with the evidence it rests on, as both stood on the day.

use bilat_core::{ArticleId, BriefingId, CiteKey, Edition, EditionId, Sha256Hex, SnapshotId};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::{briefing, log, row};

/// One source or statement that an edition rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionEvidence {
    /// Its cite key.
    pub key: CiteKey,
    /// The article.
    pub article: ArticleId,
    /// The snapshot its words were checked in.
    pub snapshot: SnapshotId,
    /// SHA-256 of that snapshot's text.
    pub sha256_text: Sha256Hex,
    /// The article or statement as it stood.
    pub record: Value,
}

/// Freezes the current text of a briefing with `evidence` as its next edition.
///
/// # Errors
/// [`Error::NotFound`].
pub fn freeze(conn: &Connection, id: BriefingId, evidence: &[EditionEvidence], now: &str) -> Result<Edition> {
    let current = briefing::read(conn, id)?;
    let sha256 = Sha256Hex::of(&current.markdown);
    let number: u32 = conn
        .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM edition WHERE briefing = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    conn.prepare_cached(
        "INSERT INTO edition (briefing, number, revision, frozen_at, sha256, markdown) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((id.0, number, current.revision, now, sha256.as_str(), &current.markdown))?;
    let edition = EditionId(conn.last_insert_rowid());
    let mut insert = conn.prepare_cached(
        "INSERT INTO edition_evidence (edition, key, article, snapshot, sha256_text, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for item in evidence {
        insert.execute((
            edition.0,
            item.key.as_str(),
            item.article.0,
            item.snapshot.0,
            item.sha256_text.as_str(),
            row::to_json(&item.record),
        ))?;
    }
    let detail = json!({ "briefing": id, "number": number, "sha256": sha256 });
    log::append(conn, now, "edition frozen", &format!("edition {edition}"), &detail)?;
    Ok(Edition { id: edition, briefing: id, number, frozen_at: now.to_owned(), sha256 })
}

/// The editions of a briefing, newest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, id: BriefingId) -> Result<Vec<Edition>> {
    let mut query = conn.prepare_cached(
        "SELECT id, briefing, number, frozen_at, sha256 FROM edition WHERE briefing = ?1 ORDER BY number DESC",
    )?;
    let rows = query.query_map([id.0], edition)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn edition(row: &Row<'_>) -> rusqlite::Result<Edition> {
    Ok(Edition {
        id: EditionId(row.get(0)?),
        briefing: BriefingId(row.get(1)?),
        number: row.get(2)?,
        frozen_at: row.get(3)?,
        sha256: row::sha256(row, 4)?,
    })
}

/// The edition of a briefing with this number, the last one where none is given.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(conn: &Connection, id: BriefingId, number: Option<u32>) -> Result<EditionId> {
    conn.prepare_cached(
        "SELECT id FROM edition WHERE briefing = ?1 AND number = coalesce(?2, number) ORDER BY number DESC LIMIT 1",
    )?
    .query_row((id.0, number), |row| Ok(EditionId(row.get(0)?)))
    .optional()?
    .ok_or_else(|| match number {
        Some(number) => Error::not_found("edition", number),
        None => Error::not_found("edition of briefing", id),
    })
}

/// Every edition, newest first, with the title its briefing has today.
///
/// # Errors
/// When the library cannot be read.
pub fn list_all(conn: &Connection) -> Result<Vec<(String, Edition)>> {
    let mut query = conn.prepare_cached(
        "SELECT e.id, e.briefing, e.number, e.frozen_at, e.sha256, b.title FROM edition e
         JOIN briefing b ON b.id = e.briefing ORDER BY e.frozen_at DESC, e.id DESC",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(5)?, edition(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The statements that were accepted after `moment` (RFC 3339, UTC).
///
/// # Errors
/// When the library cannot be read.
pub fn statements_since(conn: &Connection, moment: &str) -> Result<Vec<CiteKey>> {
    let mut query = conn.prepare_cached(
        "SELECT st.key FROM statement st JOIN annotation n ON n.id = st.annotation
         WHERE n.created_at > ?1 AND n.deleted_at IS NULL",
    )?;
    let rows = query.query_map([moment], |row| row::key(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An edition with its Markdown and evidence, checked against its hash.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn read(conn: &Connection, id: EditionId) -> Result<(Edition, String, Vec<EditionEvidence>)> {
    let (found, markdown): (Edition, String) = conn
        .prepare_cached(
            "SELECT id, briefing, number, frozen_at, sha256, markdown FROM edition WHERE id = ?1",
        )?
        .query_row([id.0], |row| Ok((edition(row)?, row.get(5)?)))
        .optional()?
        .ok_or_else(|| Error::not_found("edition", id))?;
    if Sha256Hex::of(&markdown) != found.sha256 {
        return Err(Error::Damaged { what: format!("edition {id}") });
    }
    let mut query = conn.prepare_cached(
        "SELECT key, article, snapshot, sha256_text, record FROM edition_evidence WHERE edition = ?1 ORDER BY key",
    )?;
    let rows = query.query_map([id.0], |row| {
        Ok(EditionEvidence {
            key: row::key(row, 0)?,
            article: ArticleId(row.get(1)?),
            snapshot: SnapshotId(row.get(2)?),
            sha256_text: row::sha256(row, 3)?,
            record: row::json(row, 4)?,
        })
    })?;
    Ok((found, markdown, rows.collect::<Result<_, _>>()?))
}
