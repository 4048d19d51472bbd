//! Settings of a library: names with JSON values.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use crate::error::Result;
use crate::row;

/// All settings that were set.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<BTreeMap<String, Value>> {
    let mut query = conn.prepare_cached("SELECT name, value FROM setting")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row::json(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The value of `name`, where it was set.
///
/// # Errors
/// When the library cannot be read.
pub fn read(conn: &Connection, name: &str) -> Result<Option<Value>> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row::json(row, 0))
        .optional()?)
}

/// Sets `name`; null removes it.
///
/// # Errors
/// When the library cannot be written.
pub fn write(conn: &Connection, name: &str, value: &Value) -> Result<()> {
    if value.is_null() {
        conn.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])?;
    } else {
        conn.prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?
            .execute((name, row::to_json(value)))?;
    }
    Ok(())
}
