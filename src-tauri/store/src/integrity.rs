//! The check of the whole library: everything that can be recomputed is.
//!
//! SQLite's own check cannot see a changed letter in a long article (its pages carry no checksums),
//! so every hash is computed anew from what is stored.

use bilat_core::{EditionId, LibraryCheck, SnapshotId};
use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::{edition, log, snapshot};

/// Checks file structure, references, every snapshot's and edition's hash, the log's chain and the
/// search index.
///
/// # Errors
/// When the library cannot be read at all; what is wrong with its contents is in `faults`.
pub fn check(conn: &Connection) -> Result<LibraryCheck> {
    let mut faults = structure(conn)?;
    let snapshots = hashes(conn, &mut faults)?;
    let (log_entries, mut broken) = log::verify(conn)?;
    faults.append(&mut broken);
    index(conn, &mut faults);
    Ok(LibraryCheck { snapshots, log_entries, faults })
}

/// What SQLite's own checks find.
pub(crate) fn structure(conn: &Connection) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let mut query = conn.prepare("PRAGMA integrity_check(20)")?;
    for line in query.query_map([], |row| row.get::<_, String>(0))? {
        match line {
            Ok(line) if line == "ok" => {}
            Ok(line) => faults.push(format!("file: {line}")),
            Err(error) => {
                faults.push(format!("file: {error}"));
                return Ok(faults);
            }
        }
    }
    let mut query = conn.prepare("PRAGMA foreign_key_check")?;
    for row in query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(2)?)))? {
        let (table, parent) = row?;
        faults.push(format!("a {table} refers to a {parent} that is not there"));
    }
    Ok(faults)
}

fn hashes(conn: &Connection, faults: &mut Vec<String>) -> Result<u32> {
    let ids = |sql: &str| -> Result<Vec<i64>> {
        let mut query = conn.prepare(sql)?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let snapshots = ids("SELECT id FROM snapshot ORDER BY id")?;
    for id in &snapshots {
        let id = SnapshotId(*id);
        note(faults, snapshot::read(conn, id).map(drop), &format!("the words of snapshot {id}"));
        note(faults, snapshot::raw(conn, id).map(drop), &format!("the original of snapshot {id}"));
    }
    for id in ids("SELECT id FROM edition ORDER BY id")? {
        note(faults, edition::read(conn, EditionId(id)).map(drop), &format!("edition {id}"));
    }
    Ok(snapshots.len() as u32)
}

fn note(faults: &mut Vec<String>, outcome: Result<()>, what: &str) {
    match outcome {
        Ok(()) => {}
        Err(Error::Damaged { .. }) => {
            faults.push(format!("{what} are not what was stored: the hash differs"));
        }
        Err(error) => faults.push(format!("{what} cannot be read: {error}")),
    }
}

/// Whether the index holds what it should. (FTS5's own check is a write and therefore part of
/// [`check_index`].)
fn index(conn: &Connection, faults: &mut Vec<String>) {
    for (sql, fault) in [
        (
            "SELECT count(*) FROM article a LEFT JOIN article_text t ON t.ord = a.ord
             WHERE (a.deleted_at IS NULL) <> (t.ord IS NOT NULL)",
            "articles are missing from the search index, or wrongly in it",
        ),
        (
            "SELECT count(*) FROM article_text t LEFT JOIN article a ON a.ord = t.ord WHERE a.ord IS NULL",
            "texts in the search index belong to no article",
        ),
        (
            "SELECT count(*) FROM annotation_target t JOIN annotation n ON n.id = t.annotation
             JOIN article a ON a.uid = n.article
             LEFT JOIN annotation_place p ON p.annotation = t.annotation AND p.n = t.n AND p.snapshot = a.snapshot
             WHERE p.snapshot IS NULL",
            "marked passages were not looked for in the current snapshot",
        ),
    ] {
        match conn.query_row(sql, [], |row| row.get::<_, u32>(0)) {
            Ok(0) => {}
            Ok(many) => faults.push(format!("index: {many} {fault}")),
            Err(error) => faults.push(format!("index: {error}")),
        }
    }
}

/// Lets FTS5 compare its indexes with the texts they were made from. Needs the writer.
///
/// # Errors
/// When the library cannot be written.
pub fn check_index(conn: &Connection) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (table, rank) in
        [("fts", 1), ("fts_title", 1), ("fts_note", 0), ("fts_statement", 0), ("fts_briefing", 0)]
    {
        let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', ?1)");
        if let Err(error) = conn.execute(&sql, [rank]) {
            faults.push(format!("index {table}: {error}"));
        }
    }
    Ok(faults)
}
