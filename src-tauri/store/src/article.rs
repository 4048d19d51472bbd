//! Articles: clipped documents, their metadata, their place in lists and their bin.
//!
//! An article's number (`uid`) is for ever. Its row stands at the minute of publication (`ord`), so
//! that the newest come first without sorting, and moves when that date is corrected.

mod bin;
mod capture;
mod dyads;
mod edit;
mod listing;
mod order;
mod same;

pub use bin::{delete, in_bin, purge, restore};
pub use capture::{add_snapshot, current, fill_in, make_current, snapshot_text};
pub(crate) use dyads::dyads;
pub use dyads::{confirm_dyad, remove_dyad, reopen_dyad};
pub use edit::{ArticleEdit, BY_A_PERSON, edit, set_clipped_at, set_unread, set_unread_all};
pub(crate) use listing::read_rows;
pub use listing::{ArticleFilter, Sort, View, count, list, list_bin, list_ids, list_ids_of, read_row};
pub(crate) use order::day_minute;
pub use same::{Same, Words, clipped_since, find_same};

use std::collections::BTreeMap;

use bilat_core::{Article, ArticleId, CiteKey, Edtf, Image, Sha256Hex, SnapshotId, match_url};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use crate::error::{Error, Result};
use crate::row::{self, filled};
use crate::snapshot::{self, NewSnapshot};
use crate::{annotation, cite_key, log, origin, source, suggestion, tag};
use capture::set_current;
use listing::published;
use order::{free_ord, minute, month};

/// The longest headline that is kept, in code points; hostile pages have longer ones.
const LONGEST_TITLE: usize = 1_000;

/// What is known of an article when it is clipped.
#[derive(Debug, Clone)]
pub struct NewArticle<'a> {
    /// The headline.
    pub title: &'a str,
    /// The line under it.
    pub standfirst: Option<&'a str>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
    /// The people among them.
    pub authors: &'a [String],
    /// The publisher.
    pub outlet: Option<&'a str>,
    /// When it was published.
    pub published: Option<&'a Edtf>,
    /// Whether `published` was worked out and nobody has confirmed it.
    pub inferred: bool,
    /// The moment of publication with its time zone: RFC 3339.
    pub published_at: Option<&'a str>,
    /// The day of the last change.
    pub modified: Option<&'a Edtf>,
    /// The place in the dateline.
    pub dateline: Option<&'a str>,
    /// The agency credited.
    pub credit: Option<&'a str>,
    /// The section of the paper.
    pub section: Option<&'a str>,
    /// BCP 47 tag of its language.
    pub language: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// The main picture.
    pub image: Option<&'a Image>,
    /// Field → where it came from.
    pub provenance: &'a BTreeMap<String, String>,
    /// The cite key it would like; a clash gets a letter.
    pub key_wish: CiteKey,
    /// Now: RFC 3339, UTC.
    pub clipped_at: &'a str,
}

/// Stores a new article with its first snapshot, as an origin of its own.
///
/// # Errors
/// [`Error::Invalid`] when there is no text or the time is none.
pub fn insert(
    conn: &Connection,
    new: &NewArticle<'_>,
    first: &NewSnapshot<'_>,
) -> Result<(ArticleId, CiteKey, SnapshotId)> {
    let id = ArticleId(next_number(conn)?);
    let key = cite_key::take(conn, &new.key_wish, Some(id), None)?;
    let outlet = source::find_or_create(conn, new.outlet.unwrap_or_default(), "outlet")?;
    let ord = free_ord(conn, minute(new.published, new.clipped_at)?)?;
    conn.prepare_cached("INSERT INTO origin DEFAULT VALUES")?.execute([])?;
    let origin = conn.last_insert_rowid();
    conn.prepare_cached(
        "INSERT INTO article (ord, uid, key, title, standfirst, byline, source, published, inferred, month,
            dateline, credit, section, language, url, provenance, clipped_at, origin, authors, published_at,
            modified, match_url, image)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
    )?
    .execute(params![
        ord,
        id.0,
        key.as_str(),
        title(new.title)?,
        filled(new.standfirst),
        filled(new.byline),
        outlet,
        new.published.map(Edtf::as_str),
        new.inferred,
        month(ord),
        filled(new.dateline),
        filled(new.credit),
        filled(new.section),
        filled(new.language),
        filled(new.url),
        row::to_json(new.provenance),
        new.clipped_at,
        origin,
        row::to_json(&new.authors),
        filled(new.published_at),
        new.modified.map(Edtf::as_str),
        filled(new.url).as_deref().map(match_url),
        new.image.map(row::to_json),
    ])?;
    let snapshot = snapshot::insert(conn, id, first)?;
    set_current(conn, id, snapshot)?;
    log::append(
        conn,
        new.clipped_at,
        "article clipped",
        &format!("article {id}"),
        &json!({
            "key": key, "snapshot": snapshot, "sha256_raw": Sha256Hex::of(first.raw), "sha256_text": Sha256Hex::of(first.text),
        }),
    )?;
    Ok((id, key, snapshot))
}

/// The article numbered `id` with everything on it; nothing where there is none.
///
/// # Errors
/// [`Error::Damaged`] when its words are not the ones that were stored.
pub fn read(conn: &Connection, id: ArticleId) -> Result<Option<Article>> {
    let mut query = conn.prepare_cached(
        "SELECT a.key, a.title, a.standfirst, a.byline, s.name, coalesce(s.reliability, 'F'), a.published,
            a.inferred, a.dateline, a.credit, a.section, a.language, a.url, a.provenance, a.snapshot, a.origin,
            a.deleted_at IS NOT NULL, a.unread, a.authors, a.published_at, a.modified, a.image
         FROM article a LEFT JOIN source_now s ON s.id = a.source WHERE a.uid = ?1",
    )?;
    let mut rows = query.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (dyads, suggested_dyads) = dyads(conn, id)?;
    let current = SnapshotId(row.get(14)?);
    Ok(Some(Article {
        id,
        key: row::key(row, 0)?,
        title: row.get(1)?,
        standfirst: row.get(2)?,
        byline: row.get(3)?,
        authors: row::json(row, 18)?,
        outlet: row.get(4)?,
        reliability: row::named(row, 5)?,
        published: published(row, 6)?,
        published_at: row.get(19)?,
        modified: row::parsed_opt(row, 20)?,
        dateline: row.get(8)?,
        credit: row.get(9)?,
        section: row.get(10)?,
        language: row.get(11)?,
        url: row.get(12)?,
        image: row::json_opt(row, 21)?,
        provenance: row::json(row, 13)?,
        dyads,
        suggested_dyads,
        tags: tag::of_article(conn, id)?,
        snapshot: snapshot::read(conn, current)?,
        snapshots: snapshot::list(conn, id)?,
        annotations: annotation::of_article(conn, id)?,
        suggestions: suggestion::list_open(conn, id)?,
        origin_name: origin::name(conn, id)?,
        same_origin: origin::kin(conn, id)?,
        deleted: row.get(16)?,
        unread: row.get(17)?,
    }))
}

/// The article that `text` names: its number, its cite key, or the key of a statement in it. It may be in the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn resolve(conn: &Connection, text: &str) -> Result<ArticleId> {
    let text = text.trim().trim_start_matches(['@', '#']);
    let by_number = conn.prepare_cached("SELECT uid FROM article WHERE uid = ?1")?;
    let by_key = conn.prepare_cached(
        "SELECT coalesce(k.article, n.article) FROM cite_key k LEFT JOIN annotation n ON n.id = k.annotation
         WHERE k.key = ?1 AND coalesce(k.article, n.article) IS NOT NULL",
    )?;
    let (mut by_number, mut by_key) = (by_number, by_key);
    let found = match text.parse::<i64>() {
        Ok(number) => by_number.query_row([number], |row| row.get(0)).optional()?,
        Err(_) => None,
    };
    let found = match found {
        None => by_key.query_row([text.to_lowercase()], |row| row.get(0)).optional()?,
        found => found,
    };
    found.map(ArticleId).ok_or_else(|| Error::not_found("article", text))
}

pub(crate) fn exists(conn: &Connection, id: ArticleId) -> Result<()> {
    let found = conn.prepare_cached("SELECT 1 FROM article WHERE uid = ?1")?.exists([id.0])?;
    if found { Ok(()) } else { Err(Error::not_found("article", id)) }
}

fn change_one(conn: &Connection, sql: &str, values: impl rusqlite::Params, id: ArticleId) -> Result<()> {
    match conn.prepare_cached(sql)?.execute(values)? {
        0 => Err(Error::not_found("article", id)),
        _ => Ok(()),
    }
}

fn next_number(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "INSERT INTO counter (name, number) VALUES ('article', 1)
             ON CONFLICT (name) DO UPDATE SET number = number + 1 RETURNING number",
        )?
        .query_row([], |row| row.get(0))?)
}

/// A headline on one line, without control characters, bidirectional ones included, of bounded length.
fn title(text: &str) -> Result<String> {
    let hostile = |c: &char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !hostile(c)).collect();
    let line = bilat_core::normalise_spaces(&spaced);
    match line.char_indices().nth(LONGEST_TITLE) {
        _ if line.is_empty() => Err(Error::Invalid("an article needs a headline".into())),
        Some((end, _)) => Ok(format!("{}…", &line[..end])),
        None => Ok(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bilat_core::Reliability;

    use crate::desk::{Desk, NOW, with_snapshot};

    #[test]
    fn an_article_comes_back_as_it_was_clipped() {
        let desk = Desk::new();
        let id = desk.clip("Pact  signed", "The harbour pact was signed.\n\nNobody objected.", "2031-05-02");
        let found = desk.read(|conn| read(conn, id)).unwrap();
        assert_eq!(found.title, "Pact signed");
        assert_eq!(found.key.as_str(), "harbourcourier-20310502");
        assert_eq!(found.snapshot.text, "Pact  signed\n\nThe harbour pact was signed.\n\nNobody objected.");
        assert_eq!(found.snapshot.blocks.len(), 3);
        assert_eq!(found.snapshot.set_aside, ["Share this"]);
        assert_eq!(found.provenance["title"], "json-ld");
        assert_eq!(found.reliability, Reliability::F);
        assert!(found.unread);
        let raw = desk.read(|conn| snapshot::raw(conn, found.snapshot.id));
        assert_eq!(raw, found.snapshot.text.as_bytes());
        for name in ["1", "harbourcourier-20310502", "@harbourcourier-20310502"] {
            assert_eq!(desk.read(|conn| resolve(conn, name)), id);
        }
        let unknown = desk.store.read_blocking(|conn| resolve(conn, "nobody-2031")).unwrap_err();
        assert_eq!(unknown.to_string(), "there is no article nobody-2031 in this library");
        let row = desk.read(|conn| read_row(conn, id));
        assert_eq!(row.snippet, "The harbour pact was signed. Nobody objected.");
        assert_eq!(row.origin_size, 1);
    }

    #[test]
    fn snapshots_cannot_be_changed_or_deleted() {
        let desk = Desk::new();
        desk.clip("Pact", "Signed.", "2031-05-02");
        for sql in [
            "UPDATE snapshot SET text = 'Broken.'",
            "DELETE FROM snapshot",
            "INSERT OR REPLACE INTO snapshot SELECT * FROM snapshot",
        ] {
            let refused = desk.store.write_blocking(move |tx| Ok(tx.execute_batch(sql)?));
            assert!(refused.is_err(), "{sql}");
        }
    }

    #[test]
    fn hostile_headlines_are_kept_on_one_line_and_in_bounds() {
        let desk = Desk::new();
        let id =
            desk.clip(&format!("<img onerror=x>\u{202e}\n{}", "x".repeat(10_000)), "Words.", "2031-05-02");
        let shown = desk.read(|conn| read_row(conn, id)).title;
        assert!(shown.starts_with("<img onerror=x> xxx") && shown.ends_with('…'));
        assert_eq!(shown.chars().count(), LONGEST_TITLE + 1);
        let blank = desk.store.write_blocking(|tx| {
            with_snapshot("x", " ", |_| ());
            edit(tx, ArticleId(1), &ArticleEdit { title: Some(" \u{202e}"), ..Default::default() }, NOW)
        });
        assert_eq!(blank.unwrap_err().to_string(), "an article needs a headline");
    }
}
