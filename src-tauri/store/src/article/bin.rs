//! The bin: out of lists, search and registers; and, from there, destroyed.

use bilat_core::ArticleId;
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use super::change_one;
use crate::error::{Error, Result};
use crate::snapshot;
use crate::{log, search};

/// Whether `id` is in the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn in_bin(conn: &Connection, id: ArticleId) -> Result<bool> {
    conn.prepare_cached("SELECT deleted_at IS NOT NULL FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))
}

/// Moves `id` to the bin: out of lists, search and registers. Nothing is lost.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: ArticleId, now: &str) -> Result<()> {
    change_one(
        conn,
        "UPDATE article SET deleted_at = coalesce(deleted_at, ?2) WHERE uid = ?1",
        (id.0, now),
        id,
    )?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "article deleted", &format!("article {id}"), &json!({}))
}

/// Takes `id` out of the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: ArticleId, now: &str) -> Result<()> {
    change_one(conn, "UPDATE article SET deleted_at = NULL WHERE uid = ?1", [id.0], id)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "article restored", &format!("article {id}"), &json!({}))
}

/// Destroys `id`, which must be in the bin, with its snapshots and annotations. The log keeps its
/// number, key, hashes and `reason`; the cite key is never given away again.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is not in the bin.
pub fn purge(conn: &Connection, id: ArticleId, reason: &str, now: &str) -> Result<()> {
    let (key, deleted): (String, bool) = conn
        .prepare_cached("SELECT key, deleted_at IS NOT NULL FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))?;
    if !deleted {
        return Err(Error::Invalid(format!("article {id} is not in the bin; delete it first")));
    }
    let hashes: Vec<_> = snapshot::list(conn, id)?
        .into_iter()
        .map(|s| json!({ "snapshot": s.id, "sha256_raw": s.sha256_raw, "sha256_text": s.sha256_text }))
        .collect();
    search::index::remove(conn, id)?;
    for sql in [
        "UPDATE article SET snapshot = NULL WHERE uid = ?1",
        "DELETE FROM suggestion WHERE article = ?1",
        "UPDATE cite_key SET annotation = NULL WHERE annotation IN (SELECT id FROM annotation WHERE article = ?1)",
        "DELETE FROM annotation WHERE article = ?1",
        "DELETE FROM snapshot WHERE article = ?1",
        "DELETE FROM article WHERE uid = ?1",
        "UPDATE cite_key SET article = NULL WHERE article = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([id.0])?;
    }
    let detail = json!({ "key": key, "reason": reason, "snapshots": hashes });
    log::append(conn, now, "article purged", &format!("article {id}"), &detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bilat_core::Dyad;

    use crate::article::{ArticleFilter, View, confirm_dyad, read, read_row};
    use crate::desk::{Desk, NOW, morev};

    #[test]
    fn keys_clash_into_letters_and_are_never_given_away_again() {
        let desk = Desk::new();
        let first = desk.clip("One", "First words.", "2031-05-02");
        let second = desk.clip("Two", "Second words.", "2031-05-02");
        let key = |id| desk.read(move |conn| read_row(conn, id)).key.to_string();
        assert_eq!(key(second), "harbourcourier-20310502-b");
        desk.write(move |tx| {
            delete(tx, first, NOW)?;
            purge(tx, first, "a test", NOW)
        });
        let third = desk.clip("Three", "Third words.", "2031-05-02");
        assert_eq!(key(third), "harbourcourier-20310502-c");
        assert_eq!(third, ArticleId(3), "nor are numbers");
    }

    #[test]
    fn the_bin_hides_an_article_and_gives_it_back_whole() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The minister said: we signed a pact.", "2031-05-02");
        desk.mark(id, "we signed a pact", "Compare the treaty", Some(morev()));
        let pair: Dyad = "US-RU".parse().unwrap();
        desk.write(move |tx| confirm_dyad(tx, id, pair, NOW));
        let visible = |desk: &Desk| {
            let hits =
                desk.read(|conn| search::search(conn, &search::Query::parse("pact OR treaty"), 9, 0)).total;
            let of_pair = desk.listed(&ArticleFilter { pair: Some(pair), ..Default::default() }).len();
            let statements = desk.read(crate::statement::count);
            (hits, desk.listed(&ArticleFilter::default()).len(), of_pair, statements)
        };
        assert_eq!(visible(&desk), (3, 1, 1, 1));
        desk.write(move |tx| delete(tx, id, NOW));
        assert_eq!(visible(&desk), (0, 0, 0, 0));
        assert_eq!(desk.listed(&ArticleFilter { view: View::Bin, ..Default::default() }), ["Pact"]);
        assert!(desk.read(|conn| read(conn, id)).unwrap().deleted);
        desk.write(move |tx| restore(tx, id, NOW));
        assert_eq!(visible(&desk), (3, 1, 1, 1));
    }

    #[test]
    fn only_what_is_in_the_bin_is_destroyed_and_the_log_remembers_it() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The minister said: we signed a pact.", "2031-05-02");
        desk.mark(id, "we signed a pact", "note", Some(morev()));
        desk.reclip(id, "Pact", "The minister said: we signed a new pact.");
        let early = desk.store.write_blocking(move |tx| purge(tx, id, "x", NOW));
        assert!(matches!(early, Err(Error::Invalid(_))));
        desk.write(move |tx| {
            delete(tx, id, NOW)?;
            purge(tx, id, "clipped by mistake", NOW)
        });
        assert!(desk.read(|conn| read(conn, id)).is_none());
        let last = desk.read(|conn| log::list(conn, 0, 1)).remove(0);
        assert_eq!((last.action.as_str(), last.subject.as_str()), ("article purged", "article 1"));
        assert!(last.detail.contains("clipped by mistake") && last.detail.contains("sha256_text"));
        assert_eq!(desk.read(crate::integrity::check).faults, Vec::<String>::new());
    }
}
