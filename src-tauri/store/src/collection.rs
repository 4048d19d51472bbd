//! Collections: articles put together by hand. An article may be in several.

use bilat_core::{ArticleId, Collection, CollectionId};
use rusqlite::{Connection, ErrorCode, OptionalExtension};

use crate::error::{Error, Result};
use crate::row::match_name;

/// Makes a collection.
///
/// # Errors
/// [`Error::Invalid`] when the name is blank or taken.
pub fn create(conn: &Connection, name: &str, now: &str) -> Result<CollectionId> {
    let shown = checked(name)?;
    let made = conn
        .prepare_cached(
            "INSERT INTO collection (name, match_name, position, created_at)
             VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM collection), ?3)",
        )?
        .execute((&shown, match_name(name), now));
    taken(made, &shown)?;
    Ok(CollectionId(conn.last_insert_rowid()))
}

/// The collection called `name`, made where there is none.
///
/// # Errors
/// [`Error::Invalid`] when the name is blank.
pub fn find_or_create(conn: &Connection, name: &str, now: &str) -> Result<CollectionId> {
    let found = conn
        .prepare_cached("SELECT id FROM collection WHERE match_name = ?1 AND deleted_at IS NULL")?
        .query_row([match_name(name)], |row| row.get(0).map(CollectionId))
        .optional()?;
    found.map_or_else(|| create(conn, name, now), Ok)
}

/// The names of the collections that `article` is in, in their order.
///
/// # Errors
/// When the library cannot be read.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT c.name FROM collection_article m JOIN collection c ON c.id = m.collection
         WHERE m.article = ?1 AND c.deleted_at IS NULL ORDER BY c.position, c.id",
    )?;
    let names = query.query_map([article.0], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Gives a collection another name.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the name is blank or taken.
pub fn rename(conn: &Connection, id: CollectionId, name: &str) -> Result<()> {
    let shown = checked(name)?;
    let changed = conn
        .prepare_cached("UPDATE collection SET name = ?2, match_name = ?3 WHERE id = ?1")?
        .execute((id.0, &shown, match_name(name)));
    one(taken(changed, &shown)?, id)
}

/// Takes a collection out of sight; its articles stay where they are, and [`restore`] brings it back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: CollectionId, now: &str) -> Result<()> {
    one(conn.prepare_cached("UPDATE collection SET deleted_at = ?2 WHERE id = ?1")?.execute((id.0, now))?, id)
}

/// Brings a deleted collection back with its articles.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when its name was taken meanwhile.
pub fn restore(conn: &Connection, id: CollectionId) -> Result<()> {
    let changed =
        conn.prepare_cached("UPDATE collection SET deleted_at = NULL WHERE id = ?1")?.execute([id.0]);
    one(taken(changed, "that name")?, id)
}

/// Puts articles into a collection; answers those that were not in it.
///
/// # Errors
/// [`Error::NotFound`].
pub fn add(conn: &Connection, id: CollectionId, articles: &[ArticleId]) -> Result<Vec<ArticleId>> {
    read(conn, id)?;
    let mut insert = conn
        .prepare_cached("INSERT OR IGNORE INTO collection_article (collection, article) VALUES (?1, ?2)")?;
    let mut added = Vec::new();
    for article in articles {
        crate::article::exists(conn, *article)?;
        if insert.execute((id.0, article.0))? > 0 {
            added.push(*article);
        }
    }
    Ok(added)
}

/// Takes articles out of a collection; answers those that were in it.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove(conn: &Connection, id: CollectionId, articles: &[ArticleId]) -> Result<Vec<ArticleId>> {
    read(conn, id)?;
    let mut delete =
        conn.prepare_cached("DELETE FROM collection_article WHERE collection = ?1 AND article = ?2")?;
    let mut removed = Vec::new();
    for article in articles {
        if delete.execute((id.0, article.0))? > 0 {
            removed.push(*article);
        }
    }
    Ok(removed)
}

const ROW: &str =
    "SELECT c.id, c.name, (SELECT count(*) FROM collection_article m JOIN article a ON a.uid = m.article
    WHERE m.collection = c.id AND a.deleted_at IS NULL) FROM collection c";

/// All collections, in their order.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<Collection>> {
    let mut query =
        conn.prepare_cached(&format!("{ROW} WHERE c.deleted_at IS NULL ORDER BY c.position, c.id"))?;
    let rows = query.query_map([], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The collection numbered `id`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: CollectionId) -> Result<Collection> {
    conn.prepare_cached(&format!("{ROW} WHERE c.id = ?1"))?
        .query_row([id.0], row)
        .optional()?
        .ok_or_else(|| Error::not_found("collection", id))
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Collection> {
    Ok(Collection { id: CollectionId(row.get(0)?), name: row.get(1)?, articles: row.get(2)? })
}

fn checked(name: &str) -> Result<String> {
    let name = bilat_core::normalise_spaces(name);
    if name.is_empty() { Err(Error::Invalid("a collection needs a name".into())) } else { Ok(name) }
}

fn taken<T>(outcome: rusqlite::Result<T>, name: &str) -> Result<T> {
    outcome.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => {
            Error::Invalid(format!("there is a collection called “{name}” already; choose another name"))
        }
        _ => error.into(),
    })
}

fn one(changed: usize, id: CollectionId) -> Result<()> {
    if changed == 0 { Err(Error::not_found("collection", id)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_collection_holds_articles_and_comes_back_from_deletion() {
        let desk = Desk::new();
        let article = desk.clip("Pact", "Signed.", "2031-05-02");
        let id = desk.write(|tx| create(tx, " Energy  talks ", NOW));
        let twice = desk.store.write_blocking(|tx| create(tx, "energy talks", NOW)).unwrap_err().to_string();
        assert_eq!(twice, "there is a collection called “energy talks” already; choose another name");
        desk.write(move |tx| {
            add(tx, id, &[article, article])?;
            delete(tx, id, NOW)
        });
        assert!(desk.read(list).is_empty());
        desk.write(move |tx| restore(tx, id));
        let found = desk.read(list).remove(0);
        assert_eq!((found.name.as_str(), found.articles), ("Energy talks", 1));
        let none = desk.store.write_blocking(move |tx| add(tx, id, &[ArticleId(9)])).unwrap_err();
        assert_eq!(none.to_string(), "there is no article 9 in this library");
    }
}
