//! The pairs that an article is about: suggested, and confirmed or refused by a person.

use bilat_core::{ArticleId, Dyad};
use rusqlite::Connection;
use serde_json::json;

use super::exists;
use crate::error::Result;
use crate::row;
use crate::{log, search, suggestion};

/// The confirmed pairs of `id`, and the suggested ones that are not confirmed, best first.
pub(crate) fn dyads(conn: &Connection, id: ArticleId) -> Result<(Vec<Dyad>, Vec<Dyad>)> {
    let list = |sql: &str| -> Result<Vec<Dyad>> {
        let mut query = conn.prepare_cached(sql)?;
        let rows = query.query_map([id.0], |row| row::parsed(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let confirmed = list("SELECT dyad FROM article_dyad WHERE article = ?1 ORDER BY confirmed_at, dyad")?;
    let mut suggested = list(
        "SELECT json_extract(body, '$.dyad') FROM suggestion WHERE article = ?1 AND state = 'open' AND kind = 'dyad'
         ORDER BY json_extract(body, '$.score') DESC, confidence DESC, id",
    )?;
    suggested.retain(|dyad| !confirmed.contains(dyad));
    Ok((confirmed, suggested))
}

/// Says, as a person, that `id` is about `dyad`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn confirm_dyad(conn: &Connection, id: ArticleId, dyad: Dyad, now: &str) -> Result<()> {
    exists(conn, id)?;
    conn.prepare_cached(
        "INSERT OR IGNORE INTO article_dyad (article, dyad, confirmed_at) VALUES (?1, ?2, ?3)",
    )?
    .execute((id.0, dyad.to_string(), now))?;
    suggestion::decide_dyad(conn, id, dyad, true, now)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "dyad confirmed", &format!("article {id}"), &json!({ "dyad": dyad }))
}

/// Says, as a person, that `id` is not about `dyad`: takes back the confirmation, and rejects the suggestion.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove_dyad(conn: &Connection, id: ArticleId, dyad: Dyad, now: &str) -> Result<()> {
    exists(conn, id)?;
    conn.prepare_cached("DELETE FROM article_dyad WHERE article = ?1 AND dyad = ?2")?
        .execute((id.0, dyad.to_string()))?;
    suggestion::decide_dyad(conn, id, dyad, false, now)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "dyad removed", &format!("article {id}"), &json!({ "dyad": dyad }))
}

/// Takes back what a person said of `id` and `dyad`: where it was suggested, it is a suggestion again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn reopen_dyad(conn: &Connection, id: ArticleId, dyad: Dyad, now: &str) -> Result<()> {
    match suggestion::of_dyad(conn, id, dyad)? {
        Some(suggested) => suggestion::reopen(conn, suggested, now),
        None => remove_dyad(conn, id, dyad, now),
    }
}
