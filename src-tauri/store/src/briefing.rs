//! Briefings: Markdown on a pair, each save a revision, nothing ever overwritten.
//!
//! A save names the revision it was written on. When another was saved since, both texts are kept:
//! the newer save as a revision marked as a conflict, which does not become current by itself.

use bilat_core::{Briefing, BriefingId, BriefingRow, Dyad};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{log, row, search};

/// Keeps a new briefing as revision 1.
///
/// # Errors
/// When the library cannot be written.
pub fn insert(conn: &Connection, title: &str, dyad: Dyad, markdown: &str, now: &str) -> Result<BriefingId> {
    conn.prepare_cached(
        "INSERT INTO briefing (title, dyad, revision, created_at, changed_at) VALUES (?1, ?2, 1, ?3, ?3)",
    )?
    .execute((title, dyad.to_string(), now))?;
    let id = BriefingId(conn.last_insert_rowid());
    insert_revision(conn, id, 1, None, false, title, markdown, now)?;
    search::index::refresh_briefing(conn, id)?;
    log::append(conn, now, "briefing made", &format!("briefing {id}"), &json!({ "dyad": dyad }))?;
    Ok(id)
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
fn insert_revision(
    conn: &Connection,
    id: BriefingId,
    number: u32,
    base: Option<u32>,
    conflict: bool,
    title: &str,
    markdown: &str,
    now: &str,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO briefing_revision (briefing, number, base, conflict, saved_at, title, markdown)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((id.0, number, base, conflict, now, title, markdown))?;
    Ok(())
}

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The text is current, as this revision.
    Current(u32),
    /// Another text was saved since `base`: it stays current as `current`; the given one is kept as `kept`.
    Conflict {
        /// The current revision.
        current: u32,
        /// The revision that the given text is kept as.
        kept: u32,
    },
}

/// Saves `markdown`, written on revision `base`. A text equal to the current one makes no revision.
///
/// A conflict is an outcome, not an error, so that the transaction commits and the text is kept.
///
/// # Errors
/// [`Error::NotFound`].
pub fn save(
    conn: &Connection,
    id: BriefingId,
    title: &str,
    dyad: Dyad,
    markdown: &str,
    base: u32,
    now: &str,
) -> Result<Saved> {
    let current = read(conn, id)?;
    if current.markdown == markdown {
        return Ok(Saved::Current(current.revision));
    }
    let number: u32 = conn
        .prepare_cached("SELECT max(number) + 1 FROM briefing_revision WHERE briefing = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    let conflict = base != current.revision;
    insert_revision(conn, id, number, Some(base), conflict, title, markdown, now)?;
    if conflict {
        return Ok(Saved::Conflict { current: current.revision, kept: number });
    }
    conn.prepare_cached(
        "UPDATE briefing SET title = ?2, dyad = ?3, revision = ?4, changed_at = ?5 WHERE id = ?1",
    )?
    .execute((id.0, title, dyad.to_string(), number, now))?;
    search::index::refresh_briefing(conn, id)?;
    Ok(Saved::Current(number))
}

/// The briefing numbered `id`, in the bin or not.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: BriefingId) -> Result<Briefing> {
    conn.prepare_cached(
        "SELECT b.id, b.title, b.dyad, r.markdown, b.revision, b.created_at, b.changed_at, b.deleted_at IS NOT NULL
         FROM briefing b JOIN briefing_revision r ON r.briefing = b.id AND r.number = b.revision WHERE b.id = ?1",
    )?
    .query_row([id.0], |row| {
        Ok(Briefing {
            id,
            title: row.get(1)?,
            dyad: row::parsed(row, 2)?,
            markdown: row.get(3)?,
            revision: row.get(4)?,
            created_at: row.get(5)?,
            changed_at: row.get(6)?,
            deleted: row.get(7)?,
        })
    })
    .optional()?
    .ok_or_else(|| Error::not_found("briefing", id))
}

/// All briefings outside the bin, last saved first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<BriefingRow>> {
    let mut query = conn.prepare_cached(
        "SELECT id, title, dyad, changed_at, (SELECT count(*) FROM edition e WHERE e.briefing = b.id)
         FROM briefing b WHERE deleted_at IS NULL ORDER BY changed_at DESC, id DESC",
    )?;
    let rows = query.query_map([], list_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn list_row(row: &Row<'_>) -> rusqlite::Result<BriefingRow> {
    Ok(BriefingRow {
        id: BriefingId(row.get(0)?),
        title: row.get(1)?,
        dyad: row::parsed(row, 2)?,
        changed_at: row.get(3)?,
        editions: row.get(4)?,
    })
}

/// A text that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: u32,
    /// The revision it was written on.
    pub base: Option<u32>,
    /// Whether it lost against another save on the same base.
    pub conflict: bool,
    /// When: RFC 3339, UTC.
    pub saved_at: String,
    /// Its title.
    pub title: String,
    /// The Markdown.
    pub markdown: String,
}

/// All revisions of `id`, newest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_revisions(conn: &Connection, id: BriefingId) -> Result<Vec<Revision>> {
    let mut query = conn.prepare_cached(
        "SELECT number, base, conflict, saved_at, title, markdown FROM briefing_revision
         WHERE briefing = ?1 ORDER BY number DESC",
    )?;
    let rows = query.query_map([id.0], |row| {
        Ok(Revision {
            number: row.get(0)?,
            base: row.get(1)?,
            conflict: row.get(2)?,
            saved_at: row.get(3)?,
            title: row.get(4)?,
            markdown: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Moves a briefing to the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: BriefingId, now: &str) -> Result<()> {
    set_deleted(conn, id, Some(now))?;
    log::append(conn, now, "briefing deleted", &format!("briefing {id}"), &json!({}))
}

/// Takes a briefing out of the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: BriefingId, now: &str) -> Result<()> {
    set_deleted(conn, id, None)?;
    log::append(conn, now, "briefing restored", &format!("briefing {id}"), &json!({}))
}

fn set_deleted(conn: &Connection, id: BriefingId, at: Option<&str>) -> Result<()> {
    let changed =
        conn.prepare_cached("UPDATE briefing SET deleted_at = ?2 WHERE id = ?1")?.execute((id.0, at))?;
    if changed == 0 {
        return Err(Error::not_found("briefing", id));
    }
    search::index::refresh_briefing(conn, id)
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::desk::{Desk, NOW};
    use crate::edition;

    #[test]
    fn of_two_saves_on_one_base_neither_is_lost() {
        let desk = Desk::new();
        let pair: Dyad = "US-RU".parse().unwrap();
        let id = desk.write(move |tx| insert(tx, "Pact", pair, "one", NOW));
        let save_as =
            |text: &'static str, base| desk.write(move |tx| save(tx, id, "Pact", pair, text, base, NOW));
        assert_eq!(save_as("two", 1), Saved::Current(2));
        assert_eq!(save_as("two", 1), Saved::Current(2), "the same words are no conflict");
        assert_eq!(save_as("another two", 1), Saved::Conflict { current: 2, kept: 3 });
        assert_eq!(desk.read(|conn| read(conn, id)).markdown, "two");
        assert_eq!(save_as("four", 2), Saved::Current(4));
        let all = desk.read(|conn| list_revisions(conn, id));
        let texts: Vec<_> = all.iter().map(|r| (r.number, r.markdown.as_str(), r.conflict)).collect();
        assert_eq!(
            texts,
            [(4, "four", false), (3, "another two", true), (2, "two", false), (1, "one", false)]
        );
    }

    #[test]
    fn an_edition_keeps_the_text_of_its_day() {
        let desk = Desk::new();
        let pair: Dyad = "US-RU".parse().unwrap();
        let id = desk.write(move |tx| insert(tx, "Pact", pair, "one", NOW));
        let first = desk.write(move |tx| edition::freeze(tx, id, &[], NOW));
        desk.write(move |tx| save(tx, id, "Pact", pair, "two", 1, NOW));
        let second = desk.write(move |tx| edition::freeze(tx, id, &[], NOW));
        assert_eq!((first.number, second.number), (1, 2));
        assert_eq!(desk.read(|conn| edition::read(conn, first.id)).1, "one");
        assert_eq!(desk.read(list)[0].editions, 2);
        assert!(
            desk.store.write_blocking(|tx| Ok(tx.execute("UPDATE edition SET markdown = 'x'", [])?)).is_err()
        );
        desk.write(move |tx| delete(tx, id, NOW));
        assert!(desk.read(list).is_empty());
        desk.write(move |tx| restore(tx, id, NOW));
        assert_eq!(desk.read(list).len(), 1);
    }
}
