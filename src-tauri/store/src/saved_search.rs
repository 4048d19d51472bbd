//! Searches that were kept under a name.

use bilat_core::{SavedSearch, SavedSearchId, normalise_spaces};
use rusqlite::{Connection, ErrorCode};

use crate::error::{Error, Result};
use crate::row::match_name;

/// Keeps a search.
///
/// # Errors
/// [`Error::Invalid`] when the name or the query is blank, or the name is taken.
pub fn create(conn: &Connection, name: &str, query: &str, now: &str) -> Result<SavedSearchId> {
    let (name, query) = (normalise_spaces(name), query.trim());
    if name.is_empty() || query.is_empty() {
        return Err(Error::Invalid("a saved search needs a name and something to look for".into()));
    }
    let made = conn
        .prepare_cached(
            "INSERT INTO saved_search (name, match_name, query, created_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((&name, match_name(&name), query, now));
    taken(made, &name)?;
    Ok(SavedSearchId(conn.last_insert_rowid()))
}

/// Gives a saved search another name or query.
///
/// # Errors
/// As [`create`]; [`Error::NotFound`].
pub fn edit(conn: &Connection, id: SavedSearchId, name: &str, query: &str) -> Result<()> {
    let (name, query) = (normalise_spaces(name), query.trim());
    if name.is_empty() || query.is_empty() {
        return Err(Error::Invalid("a saved search needs a name and something to look for".into()));
    }
    let changed = conn
        .prepare_cached("UPDATE saved_search SET name = ?2, match_name = ?3, query = ?4 WHERE id = ?1")?
        .execute((id.0, &name, match_name(&name), query));
    one(taken(changed, &name)?, id)
}

/// Takes a saved search out of sight; [`restore`] brings it back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: SavedSearchId, now: &str) -> Result<()> {
    one(
        conn.prepare_cached("UPDATE saved_search SET deleted_at = ?2 WHERE id = ?1")?.execute((id.0, now))?,
        id,
    )
}

/// Brings a deleted search back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when its name was taken meanwhile.
pub fn restore(conn: &Connection, id: SavedSearchId) -> Result<()> {
    let changed =
        conn.prepare_cached("UPDATE saved_search SET deleted_at = NULL WHERE id = ?1")?.execute([id.0]);
    one(taken(changed, "that name")?, id)
}

/// The saved search numbered `id`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: SavedSearchId) -> Result<SavedSearch> {
    let found = list(conn)?.into_iter().find(|search| search.id == id);
    found.ok_or_else(|| Error::not_found("saved search", id))
}

/// All saved searches by name.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<SavedSearch>> {
    let mut query = conn.prepare_cached(
        "SELECT id, name, query FROM saved_search WHERE deleted_at IS NULL ORDER BY match_name",
    )?;
    let rows = query.query_map([], |row| {
        Ok(SavedSearch { id: SavedSearchId(row.get(0)?), name: row.get(1)?, query: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn taken<T>(outcome: rusqlite::Result<T>, name: &str) -> Result<T> {
    outcome.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => {
            Error::Invalid(format!("there is a saved search called “{name}” already; choose another name"))
        }
        _ => error.into(),
    })
}

fn one(changed: usize, id: SavedSearchId) -> Result<()> {
    if changed == 0 { Err(Error::not_found("saved search", id)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_saved_search_is_kept_renamed_and_comes_back_from_deletion() {
        let desk = Desk::new();
        let id = desk.write(|tx| create(tx, " Quota  talks ", " pair:IS-NO quota ", NOW));
        let twice = desk.store.write_blocking(|tx| create(tx, "quota talks", "x", NOW)).unwrap_err();
        assert_eq!(
            twice.to_string(),
            "there is a saved search called “quota talks” already; choose another name"
        );
        assert!(desk.store.write_blocking(|tx| create(tx, "Empty", " ", NOW)).is_err());
        desk.write(move |tx| edit(tx, id, "Quotas", "pair:IS-NO"));
        desk.write(move |tx| delete(tx, id, NOW));
        assert!(desk.read(list).is_empty());
        desk.write(move |tx| restore(tx, id));
        let found = desk.read(list).remove(0);
        assert_eq!((found.name.as_str(), found.query.as_str()), ("Quotas", "pair:IS-NO"));
        assert!(desk.store.write_blocking(move |tx| delete(tx, SavedSearchId(9), NOW)).is_err());
    }
}
