//! Tags: one word for many passages, told apart without regard to case.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::row::match_name;

/// Gives `annotation` exactly the tags `names`.
pub fn set_on_annotation(conn: &Connection, annotation: i64, names: &[String]) -> Result<()> {
    conn.prepare_cached("DELETE FROM annotation_tag WHERE annotation = ?1")?.execute([annotation])?;
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        let tag = find_or_create(conn, name)?;
        conn.prepare_cached("INSERT OR IGNORE INTO annotation_tag (annotation, tag) VALUES (?1, ?2)")?
            .execute((annotation, tag))?;
    }
    Ok(())
}

/// The tags of `annotation`, by name.
pub fn of_annotation(conn: &Connection, annotation: i64) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT name FROM annotation_tag JOIN tag ON tag.id = tag WHERE annotation = ?1 ORDER BY match_name",
    )?;
    let names = query.query_map([annotation], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn find_or_create(conn: &Connection, name: &str) -> Result<i64> {
    let wanted = match_name(name);
    let found = conn
        .prepare_cached("SELECT id FROM tag WHERE match_name = ?1")?
        .query_row([&wanted], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO tag (name, match_name) VALUES (?1, ?2)")?
        .execute((bilat_core::normalise_spaces(name), wanted))?;
    Ok(conn.last_insert_rowid())
}
