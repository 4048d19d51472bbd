//! Folders whose new files are clipped, and which files were.

use std::collections::BTreeMap;

use bilat_core::{Sha256Hex, WatchedFailure, WatchedFolder, WatchedFolderId};
use rusqlite::Connection;

use crate::error::{Error, Result};

/// How many failures of a folder are shown.
const SHOWN: u32 = 100;

/// A file as it was when it was last looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed: nanoseconds since 1970.
    pub modified: i64,
}

/// Watches the folder at `path`; one that is watched already stays as it is.
///
/// # Errors
/// When the library cannot be written.
pub fn add(conn: &Connection, path: &str, now: &str) -> Result<WatchedFolderId> {
    conn.prepare_cached("INSERT OR IGNORE INTO watched_folder (path, since) VALUES (?1, ?2)")?
        .execute((path, now))?;
    let id = conn.query_row("SELECT id FROM watched_folder WHERE path = ?1", [path], |row| row.get(0))?;
    Ok(WatchedFolderId(id))
}

/// Stops watching a folder. Its files and what was clipped of them stay.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove(conn: &Connection, id: WatchedFolderId) -> Result<()> {
    match conn.prepare_cached("DELETE FROM watched_folder WHERE id = ?1")?.execute([id.0])? {
        0 => Err(Error::not_found("watched folder", id)),
        _ => Ok(()),
    }
}

/// Every watched folder, by path.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<WatchedFolder>> {
    let mut query = conn.prepare_cached(
        "SELECT id, path, since, problem, (SELECT count(*) FROM watched_file f WHERE f.folder = w.id
            AND f.problem IS NULL) FROM watched_folder w ORDER BY path",
    )?;
    let rows = query.query_map([], |row| {
        Ok(WatchedFolder {
            id: WatchedFolderId(row.get(0)?),
            path: row.get(1)?,
            since: row.get(2)?,
            problem: row.get(3)?,
            clipped: row.get(4)?,
            failures: Vec::new(),
        })
    })?;
    let mut folders = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut failures = conn.prepare_cached(
        "SELECT path, problem FROM watched_file WHERE folder = ?1 AND problem IS NOT NULL
         ORDER BY seen_at DESC, path LIMIT ?2",
    )?;
    for folder in &mut folders {
        let rows = failures.query_map((folder.id.0, SHOWN), |row| {
            Ok(WatchedFailure { path: row.get(0)?, reason: row.get(1)? })
        })?;
        folder.failures = rows.collect::<rusqlite::Result<_>>()?;
    }
    Ok(folders)
}

/// Says why the folder itself cannot be read, or that it can. Answers whether that is news.
///
/// # Errors
/// When the library cannot be written.
pub fn set_problem(conn: &Connection, id: WatchedFolderId, problem: Option<&str>) -> Result<bool> {
    let changed = conn
        .prepare_cached("UPDATE watched_folder SET problem = ?2 WHERE id = ?1 AND problem IS NOT ?2")?
        .execute((id.0, problem))?;
    Ok(changed > 0)
}

/// The files that were looked into, by their path in the folder.
///
/// # Errors
/// When the library cannot be read.
pub fn known(conn: &Connection, id: WatchedFolderId) -> Result<BTreeMap<String, Known>> {
    let mut query = conn.prepare_cached("SELECT path, size, modified FROM watched_file WHERE folder = ?1")?;
    let rows = query.query_map([id.0], |row| {
        Ok((row.get(0)?, Known { size: row.get::<_, i64>(1)? as u64, modified: row.get(2)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a file with these bytes was taken from the folder before, under whatever name.
///
/// # Errors
/// When the library cannot be read.
pub fn has(conn: &Connection, id: WatchedFolderId, sha256: &Sha256Hex) -> Result<bool> {
    let mut query = conn.prepare_cached("SELECT 1 FROM watched_file WHERE folder = ?1 AND sha256 = ?2")?;
    Ok(query.exists((id.0, sha256.as_str()))?)
}

/// Remembers a file that was looked into: what it was, and why it could not be clipped, where it could
/// not. A folder that is no longer watched needs no memory.
///
/// # Errors
/// When the library cannot be written.
pub fn see(
    conn: &Connection,
    id: WatchedFolderId,
    path: &str,
    file: &Known,
    sha256: Option<&Sha256Hex>,
    problem: Option<&str>,
    now: &str,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO watched_file (folder, path, size, modified, sha256, problem, seen_at)
         SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM watched_folder WHERE id = ?1",
    )?
    .execute((
        id.0,
        path,
        file.size as i64,
        file.modified,
        sha256.map(Sha256Hex::as_str),
        problem,
        now,
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_folder_is_watched_once_until_it_is_not() {
        let desk = Desk::new();
        let id = desk.write(|tx| add(tx, "/desk/in", NOW));
        assert_eq!(desk.write(|tx| add(tx, "/desk/in", NOW)), id);
        assert_eq!(desk.read(list).len(), 1);
        assert!(desk.write(move |tx| set_problem(tx, id, Some("gone"))));
        assert!(!desk.write(move |tx| set_problem(tx, id, Some("gone"))), "it is said once");
        desk.write(move |tx| remove(tx, id));
        assert_eq!(desk.read(list), []);
        let again = desk.store.write_blocking(move |tx| remove(tx, id));
        assert!(matches!(again, Err(Error::NotFound { .. })));
    }

    #[test]
    fn a_file_is_known_by_its_path_and_by_its_bytes() {
        let desk = Desk::new();
        let id = desk.write(|tx| add(tx, "/desk/in", NOW));
        let file = Known { size: 5, modified: 7 };
        let (hash, kept) = (Sha256Hex::of("words"), file.clone());
        let taken = hash.clone();
        desk.write(move |tx| see(tx, id, "a.txt", &kept, Some(&taken), None, NOW));
        let bad = Known { size: 1, modified: 2 };
        desk.write(move |tx| see(tx, id, "b.bin", &bad, None, Some("no text"), NOW));
        assert_eq!(desk.read(|conn| known(conn, id))["a.txt"], file);
        assert!(desk.read(|conn| has(conn, id, &hash)));
        assert!(!desk.read(|conn| has(conn, id, &Sha256Hex::of("others"))));
        let folder = desk.read(list).remove(0);
        assert_eq!(folder.clipped, 1);
        let failure = WatchedFailure { path: "b.bin".into(), reason: "no text".into() };
        assert_eq!(folder.failures, [failure]);
    }
}
