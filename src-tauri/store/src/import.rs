//! Imports: what was read in from other programs, item by item, so that nothing comes in twice.
//!
//! A run's counts are written in the transaction that keeps its items, so that what it says is what
//! there is, whenever it was cut off. An item is known by its format and the other program's key; the
//! hash tells whether it has changed there since.

use bilat_core::{
    AnnotationId, ArticleId, Import, ImportCounts, ImportFailure, ImportFormat, ImportId, ImportState,
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{log, row};

/// How many failures are kept of one run.
const MOST_FAILURES: u32 = 1_000;

/// Begins a run.
///
/// # Errors
/// When the library cannot be written.
pub fn start(conn: &Connection, name: &str, format: ImportFormat, now: &str) -> Result<ImportId> {
    conn.prepare_cached(
        "INSERT INTO import (name, format, state, started_at, beat_at) VALUES (?1, ?2, 'running', ?3, ?3)",
    )?
    .execute((name, format.name(), now))?;
    let id = ImportId(conn.last_insert_rowid());
    log::append(conn, now, "import started", &format!("import {id}"), &json!({ "name": name }))?;
    Ok(id)
}

/// Says what a run is read as and how many items it has.
///
/// # Errors
/// [`Error::NotFound`].
pub fn describe(conn: &Connection, id: ImportId, format: ImportFormat, total: Option<u32>) -> Result<()> {
    one(
        conn.prepare_cached("UPDATE import SET format = ?2, total = ?3 WHERE id = ?1")?.execute((
            id.0,
            format.name(),
            total,
        ))?,
        id,
    )
}

/// Adds what became of `done` more items, and says that the run goes on.
///
/// # Errors
/// [`Error::NotFound`].
pub fn progress(conn: &Connection, id: ImportId, done: u32, counts: &ImportCounts, now: &str) -> Result<()> {
    let changed = conn
        .prepare_cached(
            "UPDATE import SET done = done + ?2, new = new + ?3, new_snapshots = new_snapshots + ?4,
                unchanged = unchanged + ?5, records_only = records_only + ?6, failed = failed + ?7,
                annotations = annotations + ?8, annotations_missing = annotations_missing + ?9, beat_at = ?10
             WHERE id = ?1",
        )?
        .execute((
            id.0,
            done,
            counts.new,
            counts.new_snapshots,
            counts.unchanged,
            counts.records_only,
            counts.failed,
            counts.annotations,
            counts.annotations_missing,
            now,
        ))?;
    one(changed, id)
}

/// Keeps a failure with its reason; past the first thousand they are only counted.
///
/// # Errors
/// When the library cannot be written.
pub fn add_failure(conn: &Connection, id: ImportId, failure: &ImportFailure) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO import_failure (import, n, item, reason)
         SELECT ?1, many, ?2, ?3 FROM (SELECT count(*) AS many FROM import_failure WHERE import = ?1)
         WHERE many < ?4",
    )?
    .execute((id.0, &failure.item, &failure.reason, MOST_FAILURES))?;
    Ok(())
}

/// Ends a run.
///
/// # Errors
/// [`Error::NotFound`].
pub fn end(conn: &Connection, id: ImportId, state: ImportState, now: &str) -> Result<()> {
    let changed = conn
        .prepare_cached(
            "UPDATE import SET state = ?2, ended_at = ?3, beat_at = ?3, total = coalesce(total, done) WHERE id = ?1",
        )?
        .execute((id.0, row::name(state), now))?;
    one(changed, id)?;
    let import = read(conn, id)?;
    let detail = json!({ "state": state, "counts": import.counts });
    log::append(conn, now, "import ended", &format!("import {id}"), &detail)
}

const ROW: &str = "SELECT id, name, format, state, started_at, ended_at, total, done, new, new_snapshots,
    unchanged, records_only, failed, annotations, annotations_missing FROM import";

fn import(row: &Row<'_>) -> rusqlite::Result<Import> {
    Ok(Import {
        id: ImportId(row.get(0)?),
        name: row.get(1)?,
        format: row::parsed(row, 2)?,
        state: row::named(row, 3)?,
        started_at: row.get(4)?,
        ended_at: row.get(5)?,
        total: row.get(6)?,
        done: row.get(7)?,
        counts: ImportCounts {
            new: row.get(8)?,
            new_snapshots: row.get(9)?,
            unchanged: row.get(10)?,
            records_only: row.get(11)?,
            failed: row.get(12)?,
            annotations: row.get(13)?,
            annotations_missing: row.get(14)?,
        },
        failures: Vec::new(),
    })
}

/// The run numbered `id`. One that was cut off still says `running`; see [`beat_at`].
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: ImportId) -> Result<Import> {
    let mut found = conn
        .prepare_cached(&format!("{ROW} WHERE id = ?1"))?
        .query_row([id.0], import)
        .optional()?
        .ok_or_else(|| Error::not_found("import", id))?;
    let mut query =
        conn.prepare_cached("SELECT item, reason FROM import_failure WHERE import = ?1 ORDER BY n")?;
    let failures =
        query.query_map([id.0], |row| Ok(ImportFailure { item: row.get(0)?, reason: row.get(1)? }))?;
    found.failures = failures.collect::<Result<_, _>>()?;
    Ok(found)
}

/// When the run `id` last gave a sign of life: RFC 3339, UTC.
///
/// # Errors
/// [`Error::NotFound`].
pub fn beat_at(conn: &Connection, id: ImportId) -> Result<String> {
    conn.prepare_cached("SELECT beat_at FROM import WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("import", id))
}

/// The newest runs first, at most `limit`, each with its failures.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, limit: u32) -> Result<Vec<Import>> {
    let mut query = conn.prepare_cached("SELECT id FROM import ORDER BY id DESC LIMIT ?1")?;
    let ids = query.query_map([limit], |row| row.get(0).map(ImportId))?.collect::<Result<Vec<_>, _>>()?;
    ids.into_iter().map(|id| read(conn, id)).collect()
}

/// What is known of an item that was imported before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The article it became; nothing for a feed.
    pub article: Option<ArticleId>,
    /// The hash of the item as it was then.
    pub sha256: String,
    /// Whether it went to the bin because its import was undone.
    pub undone: bool,
}

/// What the item `key` of `format` became, where it was imported before.
///
/// # Errors
/// When the library cannot be read.
pub fn find_item(conn: &Connection, format: ImportFormat, key: &str) -> Result<Option<Known>> {
    Ok(conn
        .prepare_cached("SELECT article, sha256, undone FROM import_item WHERE format = ?1 AND key = ?2")?
        .query_row((format.name(), key), |row| {
            Ok(Known {
                article: row.get::<_, Option<i64>>(0)?.map(ArticleId),
                sha256: row.get(1)?,
                undone: row.get(2)?,
            })
        })
        .optional()?)
}

/// An item that came in.
#[derive(Debug, Clone, Copy)]
pub struct NewItem<'a> {
    /// The run it came with.
    pub import: ImportId,
    /// What it was written in.
    pub format: ImportFormat,
    /// The other program's key.
    pub key: &'a str,
    /// The hash of the item.
    pub sha256: &'a str,
    /// What it became; nothing for a feed.
    pub article: Option<ArticleId>,
    /// Whether the run made that article, or found it there.
    pub made: bool,
}

/// Remembers what an item became.
///
/// # Errors
/// When the library cannot be written.
pub fn remember(conn: &Connection, item: &NewItem<'_>) -> Result<()> {
    // An item whose article went to the bin with its import belongs to the run that brings it back.
    conn.prepare_cached(
        "INSERT INTO import_item (format, key, sha256, article, import, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (format, key) DO UPDATE SET sha256 = excluded.sha256, article = excluded.article,
            import = CASE WHEN undone OR excluded.made THEN excluded.import ELSE import END,
            made = CASE WHEN undone THEN 1 ELSE max(made, excluded.made) END, undone = 0",
    )?
    .execute((
        item.format.name(),
        item.key,
        item.sha256,
        item.article.map(|id| id.0),
        item.import.0,
        item.made,
    ))?;
    Ok(())
}

/// Remembers that the run `id` made `annotation`.
///
/// # Errors
/// When the library cannot be written.
pub fn remember_annotation(conn: &Connection, id: ImportId, annotation: AnnotationId) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO import_annotation (import, annotation) VALUES (?1, ?2)")?
        .execute((id.0, annotation.0))?;
    Ok(())
}

/// Up to `limit` articles outside the bin that the run `id` made.
///
/// # Errors
/// When the library cannot be read.
pub fn list_made(conn: &Connection, id: ImportId, limit: u32) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached(
        "SELECT DISTINCT i.article FROM import_item i JOIN article a ON a.uid = i.article
         WHERE i.import = ?1 AND i.made AND NOT i.undone AND a.deleted_at IS NULL LIMIT ?2",
    )?;
    let ids = query.query_map((id.0, limit), |row| row.get(0).map(ArticleId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The annotations that the run `id` made and that are not deleted.
///
/// # Errors
/// When the library cannot be read.
pub fn list_annotations(conn: &Connection, id: ImportId) -> Result<Vec<AnnotationId>> {
    let mut query = conn.prepare_cached(
        "SELECT annotation FROM import_annotation JOIN annotation n ON n.id = annotation
         WHERE import = ?1 AND n.deleted_at IS NULL",
    )?;
    let ids = query.query_map([id.0], |row| row.get(0).map(AnnotationId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Takes out of sight the collections that the run `id` made and that hold no article outside the bin;
/// answers how many. They are told by their time: nobody else's articles are put into one that a run has
/// just made without being in it still.
///
/// # Errors
/// When the library cannot be written.
pub fn delete_empty_collections(conn: &Connection, id: ImportId, now: &str) -> Result<usize> {
    Ok(conn
        .prepare_cached(
            "UPDATE collection SET deleted_at = ?2
             WHERE deleted_at IS NULL
                AND created_at BETWEEN (SELECT started_at FROM import WHERE id = ?1)
                    AND (SELECT coalesce(ended_at, beat_at) FROM import WHERE id = ?1)
                AND EXISTS (SELECT 1 FROM collection_article m JOIN import_item i ON i.article = m.article
                    WHERE m.collection = collection.id AND i.import = ?1)
                AND NOT EXISTS (SELECT 1 FROM collection_article m JOIN article a ON a.uid = m.article
                    WHERE m.collection = collection.id AND a.deleted_at IS NULL)",
        )?
        .execute((id.0, now))?)
}

/// Notes of `articles` that they went to the bin with their import, so that importing them again
/// brings them back; what a person put there stays there.
///
/// # Errors
/// When the library cannot be written.
pub fn mark_undone(conn: &Connection, id: ImportId, articles: &[ArticleId]) -> Result<()> {
    let mut mark =
        conn.prepare_cached("UPDATE import_item SET undone = 1 WHERE import = ?1 AND article = ?2")?;
    for article in articles {
        mark.execute((id.0, article.0))?;
    }
    Ok(())
}

fn one(changed: usize, id: ImportId) -> Result<()> {
    if changed == 0 { Err(Error::not_found("import", id)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_run_adds_up_and_keeps_its_failures() {
        let desk = Desk::new();
        let id = desk.write(|tx| start(tx, "desk.ris", ImportFormat::Files, NOW));
        desk.write(move |tx| {
            describe(tx, id, ImportFormat::Ris, Some(3))?;
            let counts = ImportCounts { new: 1, failed: 1, ..ImportCounts::default() };
            add_failure(tx, id, &ImportFailure { item: "Pact".into(), reason: "no title".into() })?;
            progress(tx, id, 2, &counts, NOW)?;
            progress(tx, id, 1, &counts, NOW)?;
            end(tx, id, ImportState::Done, NOW)
        });
        let found = desk.read(move |conn| read(conn, id));
        assert_eq!((found.format, found.state, found.total), (ImportFormat::Ris, ImportState::Done, Some(3)));
        assert_eq!((found.done, found.counts.new, found.counts.failed), (3, 2, 2));
        assert_eq!(found.failures[0].reason, "no title");
        assert_eq!(desk.read(|conn| list(conn, 9)), [found]);
    }

    #[test]
    fn failures_beyond_a_thousand_are_only_counted() {
        let desk = Desk::new();
        let id = desk.write(|tx| start(tx, "desk.ris", ImportFormat::Ris, NOW));
        desk.write(move |tx| {
            (0..MOST_FAILURES + 5).try_for_each(|n| {
                add_failure(tx, id, &ImportFailure { item: n.to_string(), reason: "no".into() })
            })
        });
        assert_eq!(desk.read(move |conn| read(conn, id)).failures.len(), MOST_FAILURES as usize);
    }

    #[test]
    fn an_item_belongs_to_the_run_that_made_it_until_that_is_undone() {
        let desk = Desk::new();
        let article = desk.clip("Pact", "Signed.", "2031-05-02");
        let [first, second, third] =
            [0; 3].map(|_| desk.write(|tx| start(tx, "desk.ris", ImportFormat::Ris, NOW)));
        let item = move |import, made| NewItem {
            import,
            format: ImportFormat::Ris,
            key: "7",
            sha256: "a",
            article: Some(article),
            made,
        };
        desk.write(move |tx| remember(tx, &item(first, true)));
        desk.write(move |tx| remember(tx, &item(second, false)));
        assert_eq!(desk.read(move |conn| list_made(conn, first, 9)), [article]);
        desk.write(move |tx| mark_undone(tx, first, &[article]));
        assert!(desk.read(|conn| find_item(conn, ImportFormat::Ris, "7")).unwrap().undone);
        desk.write(move |tx| remember(tx, &item(third, false)));
        assert_eq!(desk.read(move |conn| list_made(conn, third, 9)), [article]);
        assert_eq!(desk.read(move |conn| list_made(conn, first, 9)), []);
    }
}
