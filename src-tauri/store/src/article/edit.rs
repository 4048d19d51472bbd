//! What a person corrects on an article.

use std::collections::BTreeMap;

use bilat_core::{ArticleId, Edtf, Reliability, match_url};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use super::capture::set_snippet;
use super::order::move_to;
use super::{change_one, exists, title};
use crate::error::{Error, Result};
use crate::row::{self, filled};
use crate::{log, search, source};

/// The provenance of a field that a person gave.
pub const BY_A_PERSON: &str = "person";

/// Marks `id` read or unread.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_unread(conn: &Connection, id: ArticleId, unread: bool) -> Result<()> {
    change_one(conn, "UPDATE article SET unread = ?2 WHERE uid = ?1", (id.0, unread), id)
}

/// Marks articles read or unread; answers which of them were not so already. What is not there is passed over.
///
/// # Errors
/// When the library cannot be written.
pub fn set_unread_all(conn: &Connection, ids: &[ArticleId], unread: bool) -> Result<Vec<ArticleId>> {
    let mut set = conn.prepare_cached("UPDATE article SET unread = ?2 WHERE uid = ?1 AND unread <> ?2")?;
    let mut changed = Vec::new();
    for id in ids {
        if set.execute((id.0, unread))? > 0 {
            changed.push(*id);
        }
    }
    Ok(changed)
}

/// Corrections by a person. A field that is `None` stays; a blank one is cleared.
#[derive(Debug, Clone, Default)]
pub struct ArticleEdit<'a> {
    /// The headline; it cannot be blank.
    pub title: Option<&'a str>,
    /// The line under it.
    pub standfirst: Option<&'a str>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
    /// The publisher.
    pub outlet: Option<&'a str>,
    /// When it was published; no longer inferred.
    pub published: Option<&'a Edtf>,
    /// The place in the dateline.
    pub dateline: Option<&'a str>,
    /// The agency credited.
    pub credit: Option<&'a str>,
    /// BCP 47 tag of its language.
    pub language: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// The reliability of its publisher, from now on.
    pub reliability: Option<Reliability>,
}

/// Corrects what is known of `id`. The cite key stays, and so do the snapshots.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the headline is blank or a publisher without name is graded.
pub fn edit(conn: &Connection, id: ArticleId, edit: &ArticleEdit<'_>, now: &str) -> Result<()> {
    exists(conn, id)?;
    let mut provenance: BTreeMap<String, String> = conn
        .prepare_cached("SELECT provenance FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    let mut changed = Vec::new();
    let mut set = |field: &'static str, column: &str, value: Option<String>| -> Result<()> {
        conn.prepare_cached(&format!("UPDATE article SET {column} = ?2 WHERE uid = ?1"))?
            .execute((id.0, value))?;
        provenance.insert(field.into(), BY_A_PERSON.into());
        changed.push(field);
        Ok(())
    };
    if let Some(words) = edit.title {
        set("title", "title", Some(title(words)?))?;
    }
    if let Some(url) = edit.url {
        conn.prepare_cached("UPDATE article SET match_url = ?2 WHERE uid = ?1")?
            .execute((id.0, filled(Some(url)).as_deref().map(match_url)))?;
    }
    for (field, value) in [
        ("standfirst", edit.standfirst),
        ("byline", edit.byline),
        ("dateline", edit.dateline),
        ("credit", edit.credit),
        ("language", edit.language),
        ("url", edit.url),
    ] {
        if value.is_some() {
            set(field, field, filled(value))?;
        }
    }
    if let Some(published) = edit.published {
        set("published", "published", Some(published.to_string()))?;
    }
    if let Some(name) = edit.outlet {
        let outlet = source::find_or_create(conn, name, "outlet")?;
        conn.prepare_cached("UPDATE article SET source = ?2 WHERE uid = ?1")?.execute((id.0, outlet))?;
        provenance.insert("outlet".into(), BY_A_PERSON.into());
        changed.push("outlet");
    }
    conn.prepare_cached("UPDATE article SET provenance = ?2 WHERE uid = ?1")?
        .execute((id.0, row::to_json(&provenance)))?;
    if let Some(published) = edit.published {
        // The page's own moment no longer holds.
        conn.prepare_cached(
            "UPDATE article SET inferred = 0, published_at = CASE WHEN substr(published_at, 1, 10) = published
                THEN published_at END WHERE uid = ?1",
        )?
        .execute([id.0])?;
        move_to(conn, id, Some(published))?;
    }
    if let Some(reliability) = edit.reliability {
        let outlet: Option<String> = conn
            .prepare_cached("SELECT s.name FROM article a JOIN source s ON s.id = a.source WHERE a.uid = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        let outlet = outlet.ok_or_else(|| Error::Invalid("name the publisher before grading it".into()))?;
        source::set_reliability(conn, &outlet, reliability, "", now)?;
    }
    set_snippet(conn, id)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "article edited", &format!("article {id}"), &json!({ "fields": changed }))
}

/// Says that `id` was saved at `saved_at` in another program, which counts as the time of clipping; where
/// no date of publication is known it is the article's place in lists.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the time is none.
pub fn set_clipped_at(conn: &Connection, id: ArticleId, saved_at: &str) -> Result<()> {
    change_one(conn, "UPDATE article SET clipped_at = ?2 WHERE uid = ?1", (id.0, saved_at), id)?;
    let published: Option<Edtf> = conn
        .prepare_cached("SELECT published FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::parsed_opt(row, 0))?;
    if published.is_none() {
        move_to(conn, id, None)?;
        search::index::refresh(conn, id)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bilat_core::Published;

    use crate::article::{ArticleFilter, read, read_row};
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_corrected_date_moves_the_article_and_its_search_entry() {
        let desk = Desk::new();
        let id = desk.clip("Old", "A lighthouse was sold.", "2029-01-01");
        desk.clip("New", "A lighthouse was bought.", "2030-01-01");
        desk.write(move |tx| {
            let published = "2031-01-01".parse().unwrap();
            let edit = super::ArticleEdit {
                published: Some(&published),
                title: Some("Older"),
                ..Default::default()
            };
            super::edit(tx, id, &edit, NOW)
        });
        assert_eq!(desk.listed(&ArticleFilter::default()), ["Older", "New"]);
        let hits =
            desk.read(|conn| search::search(conn, &search::Query::parse("lighthouse since:2031"), 9, 0)).hits;
        assert_eq!(hits.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(), ["Older"]);
        let found = desk.read(|conn| read(conn, id)).unwrap();
        assert_eq!(
            found.published.unwrap(),
            Published { on: "2031-01-01".parse().unwrap(), inferred: false }
        );
        assert_eq!(
            (found.provenance["title"].as_str(), found.provenance["published"].as_str()),
            ("person", "person")
        );
        assert_eq!(found.key.as_str(), "harbourcourier-20290101", "a key is for ever");
        assert_eq!(desk.write(|tx| crate::integrity::check_index(tx)), Vec::<String>::new());
    }

    #[test]
    fn reliability_keeps_its_history() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        for letter in [Reliability::B, Reliability::C] {
            desk.write(move |tx| {
                edit(tx, id, &ArticleEdit { reliability: Some(letter), ..Default::default() }, NOW)
            });
        }
        assert_eq!(desk.read(|conn| read_row(conn, id)).reliability, Reliability::C);
        let history = desk.read(|conn| source::list_gradings(conn, "the harbour courier"));
        assert_eq!(
            history.iter().map(|g| g.reliability).collect::<Vec<_>>(),
            [Reliability::C, Reliability::B]
        );
    }
}
