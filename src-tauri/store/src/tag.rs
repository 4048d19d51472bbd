//! Tags: one word for many passages, told apart without regard to case.

use bilat_core::ArticleId;
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::row::match_name;

/// Gives `annotation` exactly the tags `names`.
pub(crate) fn set_on_annotation(conn: &Connection, annotation: i64, names: &[String]) -> Result<()> {
    conn.prepare_cached("DELETE FROM annotation_tag WHERE annotation = ?1")?.execute([annotation])?;
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        let tag = find_or_create(conn, name)?;
        conn.prepare_cached("INSERT OR IGNORE INTO annotation_tag (annotation, tag) VALUES (?1, ?2)")?
            .execute((annotation, tag))?;
    }
    Ok(())
}

/// Gives `article` the tags `names` besides those it has.
///
/// # Errors
/// When the library cannot be written.
pub fn add_to_article(conn: &Connection, article: ArticleId, names: &[String]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        let tag = find_or_create(conn, name)?;
        conn.prepare_cached("INSERT OR IGNORE INTO article_tag (article, tag) VALUES (?1, ?2)")?
            .execute((article.0, tag))?;
    }
    crate::search::index::refresh(conn, article)
}

/// The tags of `article`, by name.
///
/// # Errors
/// When the library cannot be read.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT name FROM article_tag JOIN tag ON tag.id = tag WHERE article = ?1 ORDER BY match_name",
    )?;
    let names = query.query_map([article.0], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// The tags of `annotation`, by name.
pub(crate) fn of_annotation(conn: &Connection, annotation: i64) -> Result<Vec<String>> {
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
