//! Tags: one word for many passages, told apart without regard to case.

use bilat_core::{AnnotationId, ArticleId, Tag, TagId, TagRecords};
use rusqlite::{Connection, OptionalExtension};

use crate::error::{Error, Result};
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

/// Gives `articles` the tags `add` and takes `remove` from them. Answers which articles that changed.
///
/// # Errors
/// [`Error::NotFound`] when there is no such article.
pub fn change_articles(
    conn: &Connection,
    articles: &[ArticleId],
    add: &[String],
    remove: &[String],
) -> Result<Vec<ArticleId>> {
    let add = add.iter().filter(|name| !name.trim().is_empty()).map(|name| find_or_create(conn, name));
    let add = add.collect::<Result<Vec<_>>>()?;
    let mut find = conn.prepare_cached("SELECT id FROM tag WHERE match_name = ?1")?;
    let mut gone = Vec::new();
    for name in remove {
        gone.extend(find.query_row([match_name(name)], |row| row.get::<_, i64>(0)).optional()?);
    }
    let mut insert =
        conn.prepare_cached("INSERT OR IGNORE INTO article_tag (article, tag) VALUES (?1, ?2)")?;
    let mut delete = conn.prepare_cached("DELETE FROM article_tag WHERE article = ?1 AND tag = ?2")?;
    let mut changed = Vec::new();
    for article in articles {
        crate::article::exists(conn, *article)?;
        let mut rows = 0;
        for tag in &gone {
            rows += delete.execute((article.0, tag))?;
        }
        for tag in &add {
            rows += insert.execute((article.0, tag))?;
        }
        if rows > 0 {
            crate::search::index::refresh(conn, *article)?;
            changed.push(*article);
        }
    }
    Ok(changed)
}

/// All tags by name, those that nothing has left out.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<Tag>> {
    let mut query = conn.prepare_cached(
        "SELECT id, name, articles, annotations FROM (SELECT id, name, match_name,
            (SELECT count(*) FROM article_tag g JOIN article a ON a.uid = g.article
                WHERE g.tag = tag.id AND a.deleted_at IS NULL) AS articles,
            (SELECT count(*) FROM annotation_tag g JOIN annotation n ON n.id = g.annotation
                JOIN article a ON a.uid = n.article
                WHERE g.tag = tag.id AND n.deleted_at IS NULL AND a.deleted_at IS NULL) AS annotations
         FROM tag) WHERE articles + annotations > 0 ORDER BY match_name",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Tag { id: TagId(row.get(0)?), name: row.get(1)?, articles: row.get(2)?, annotations: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a tag another name.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the name is blank, or another tag's.
pub fn rename(conn: &Connection, id: TagId, name: &str) -> Result<()> {
    let shown = bilat_core::normalise_spaces(name);
    if shown.is_empty() {
        return Err(Error::Invalid("a tag needs a name".into()));
    }
    let other = conn
        .prepare_cached("SELECT id FROM tag WHERE match_name = ?1 AND id <> ?2")?
        .exists((match_name(name), id.0))?;
    if other {
        return Err(Error::Invalid(format!("there is a tag “{shown}” already; merge the two instead")));
    }
    let changed = conn
        .prepare_cached("UPDATE tag SET name = ?2, match_name = ?3 WHERE id = ?1")?
        .execute((id.0, &shown, match_name(name)))?;
    if changed == 0 { Err(Error::not_found("tag", id)) } else { Ok(()) }
}

/// Takes a tag away, or puts `into` in its place. Answers what [`restore`] needs to bring it back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when a tag is to be merged into itself.
pub fn remove(conn: &Connection, id: TagId, into: Option<TagId>) -> Result<TagRecords> {
    if into == Some(id) {
        return Err(Error::Invalid("a tag cannot be merged into itself; choose another".into()));
    }
    let name = name(conn, id)?;
    if let Some(into) = into {
        self::name(conn, into)?;
    }
    let ids = |sql: &str, tag: TagId| -> Result<Vec<i64>> {
        let mut query = conn.prepare_cached(sql)?;
        Ok(query.query_map([tag.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let articles = ids("SELECT article FROM article_tag WHERE tag = ?1", id)?;
    let annotations = ids("SELECT annotation FROM annotation_tag WHERE tag = ?1", id)?;
    let (mut articles_into, mut annotations_into) = (Vec::new(), Vec::new());
    if let Some(into) = into {
        let mut insert =
            conn.prepare_cached("INSERT OR IGNORE INTO article_tag (article, tag) VALUES (?1, ?2)")?;
        for article in &articles {
            if insert.execute((article, into.0))? > 0 {
                articles_into.push(ArticleId(*article));
            }
        }
        let mut insert =
            conn.prepare_cached("INSERT OR IGNORE INTO annotation_tag (annotation, tag) VALUES (?1, ?2)")?;
        for annotation in &annotations {
            if insert.execute((annotation, into.0))? > 0 {
                annotations_into.push(AnnotationId(*annotation));
            }
        }
    }
    conn.prepare_cached("DELETE FROM tag WHERE id = ?1")?.execute([id.0])?;
    let records = TagRecords {
        id,
        name,
        articles: articles.into_iter().map(ArticleId).collect(),
        annotations: annotations.into_iter().map(AnnotationId).collect(),
        into,
        articles_into,
        annotations_into,
    };
    refresh(conn, &records)?;
    Ok(records)
}

/// Brings back a tag that was taken away or merged; records that are gone meanwhile are passed over.
///
/// # Errors
/// [`Error::Invalid`] when its name is another tag's by now.
pub fn restore(conn: &Connection, records: &TagRecords) -> Result<()> {
    let taken = conn
        .prepare_cached("SELECT 1 FROM tag WHERE match_name = ?1 OR id = ?2")?
        .exists((match_name(&records.name), records.id.0))?;
    if taken {
        return Err(Error::Invalid(format!(
            "there is a tag “{}” again; merge or rename it first",
            records.name
        )));
    }
    conn.prepare_cached("INSERT INTO tag (id, name, match_name) VALUES (?1, ?2, ?3)")?.execute((
        records.id.0,
        &records.name,
        match_name(&records.name),
    ))?;
    for (sql, ids) in [
        (
            "INSERT OR IGNORE INTO article_tag (article, tag) SELECT uid, ?2 FROM article WHERE uid = ?1",
            records.articles.iter().map(|id| id.0).collect::<Vec<_>>(),
        ),
        (
            "INSERT OR IGNORE INTO annotation_tag (annotation, tag) SELECT id, ?2 FROM annotation WHERE id = ?1",
            records.annotations.iter().map(|id| id.0).collect(),
        ),
    ] {
        let mut give = conn.prepare_cached(sql)?;
        for id in ids {
            give.execute((id, records.id.0))?;
        }
    }
    if let Some(into) = records.into {
        let mut take = conn.prepare_cached("DELETE FROM article_tag WHERE article = ?1 AND tag = ?2")?;
        for id in &records.articles_into {
            take.execute((id.0, into.0))?;
        }
        let mut take =
            conn.prepare_cached("DELETE FROM annotation_tag WHERE annotation = ?1 AND tag = ?2")?;
        for id in &records.annotations_into {
            take.execute((id.0, into.0))?;
        }
    }
    refresh(conn, records)
}

fn refresh(conn: &Connection, records: &TagRecords) -> Result<()> {
    for article in &records.articles {
        if crate::article::exists(conn, *article).is_ok() {
            crate::search::index::refresh(conn, *article)?;
        }
    }
    for annotation in &records.annotations {
        let mut there = conn.prepare_cached("SELECT 1 FROM annotation WHERE id = ?1")?;
        if there.exists([annotation.0])? {
            crate::search::index::refresh_annotation(conn, *annotation)?;
        }
    }
    Ok(())
}

fn name(conn: &Connection, id: TagId) -> Result<String> {
    conn.prepare_cached("SELECT name FROM tag WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("tag", id))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};
    use crate::search::{self, Query};

    fn tags(desk: &Desk) -> Vec<(String, u32, u32)> {
        desk.read(list).into_iter().map(|tag| (tag.name, tag.articles, tag.annotations)).collect()
    }

    fn found(desk: &Desk, query: &str) -> u32 {
        desk.read(|conn| search::search(conn, &Query::parse(query), 9, 0)).total
    }

    #[test]
    fn tags_are_merged_and_taken_apart_again() {
        let desk = Desk::new();
        let one = desk.clip("Pact", "The harbour pact was signed.", "2031-05-02");
        let two = desk.clip("Talks", "Talks on the quay.", "2031-05-03");
        desk.mark(one, "harbour", "", None);
        desk.write(move |tx| {
            change_articles(tx, &[one, two], &["Ports".into()], &[])?;
            change_articles(tx, &[two], &["energy".into()], &[])
        });
        assert_eq!(tags(&desk), [("Energy".into(), 1, 1), ("Ports".into(), 2, 0)]);
        let [energy, ports] = [0, 1].map(|at| desk.read(list)[at].id);
        let merged = desk.write(move |tx| remove(tx, ports, Some(energy)));
        assert_eq!(tags(&desk), [("Energy".into(), 2, 1)]);
        assert_eq!((found(&desk, "tag:energy kind:article"), found(&desk, "tag:ports")), (2, 0));
        desk.write(move |tx| restore(tx, &merged));
        assert_eq!(tags(&desk), [("Energy".into(), 1, 1), ("Ports".into(), 2, 0)]);
        assert_eq!((found(&desk, "tag:energy kind:article"), found(&desk, "tag:ports")), (2, 2));
        let gone = desk.write(move |tx| remove(tx, energy, None));
        assert_eq!((tags(&desk), found(&desk, "tag:energy")), (vec![("Ports".into(), 2, 0)], 0));
        desk.write(move |tx| {
            crate::article::delete(tx, two, NOW)?;
            crate::article::purge(tx, two, "test", NOW)?;
            restore(tx, &gone)
        });
        assert_eq!(tags(&desk), [("Energy".into(), 0, 1), ("Ports".into(), 1, 0)]);
        let same = desk.store.write_blocking(move |tx| rename(tx, ports, " ENERGY ")).unwrap_err();
        assert_eq!(same.to_string(), "there is a tag “ENERGY” already; merge the two instead");
        desk.write(move |tx| rename(tx, ports, "Sea lanes"));
        assert_eq!(found(&desk, "tag:\"sea lanes\""), 1);
        assert!(desk.store.write_blocking(move |tx| remove(tx, ports, Some(ports))).is_err());
        assert!(desk.store.write_blocking(|tx| remove(tx, TagId(99), None)).is_err());
    }

    #[test]
    fn what_was_tagged_already_is_not_named_as_changed() {
        let desk = Desk::new();
        let one = desk.clip("Pact", "Signed.", "2031-05-02");
        let two = desk.clip("Talks", "Failed.", "2031-05-03");
        let tag = vec!["Ports".to_owned()];
        let add = tag.clone();
        assert_eq!(desk.write(move |tx| change_articles(tx, &[one], &add, &[])), [one]);
        let add = tag.clone();
        assert_eq!(desk.write(move |tx| change_articles(tx, &[one, two], &add, &[])), [two]);
        assert_eq!(desk.write(move |tx| change_articles(tx, &[one, two], &[], &tag)), [one, two]);
        assert_eq!(tags(&desk), []);
    }
}
