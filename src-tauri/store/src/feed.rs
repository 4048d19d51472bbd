//! Feeds that are followed, and which of their entries were seen.

use bilat_core::{Feed, FeedId};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::{Error, Result};
use crate::row::filled;

const ROW: &str =
    "SELECT id, url, coalesce(nullif(title, ''), url), hours, added_at, checked_at, problem FROM feed";

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        id: FeedId(row.get(0)?),
        url: row.get(1)?,
        title: row.get(2)?,
        hours: row.get(3)?,
        added_at: row.get(4)?,
        checked_at: row.get(5)?,
        problem: row.get(6)?,
    })
}

/// Follows the feed at `url`; one that is followed already stays as it is, but for a title it had not.
/// Nothing is fetched. Answers whether it is new.
///
/// # Errors
/// When the library cannot be written.
pub fn add(conn: &Connection, url: &str, title: Option<&str>, now: &str) -> Result<(FeedId, bool)> {
    let title = filled(title).unwrap_or_default();
    let known = conn
        .prepare_cached("SELECT id FROM feed WHERE url = ?1")?
        .query_row([url], |row| row.get(0).map(FeedId))
        .optional()?;
    if let Some(id) = known {
        conn.prepare_cached("UPDATE feed SET title = ?2 WHERE id = ?1 AND title = ''")?
            .execute((id.0, title))?;
        return Ok((id, false));
    }
    conn.prepare_cached("INSERT INTO feed (url, title, added_at) VALUES (?1, ?2, ?3)")?
        .execute((url, title, now))?;
    Ok((FeedId(conn.last_insert_rowid()), true))
}

/// Every feed, by title.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<Feed>> {
    let mut query = conn.prepare_cached(&format!("{ROW} ORDER BY lower(3), id"))?;
    let rows = query.query_map([], feed)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The feed numbered `id`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: FeedId) -> Result<Feed> {
    let found = conn.prepare_cached(&format!("{ROW} WHERE id = ?1"))?.query_row([id.0], feed).optional()?;
    found.ok_or_else(|| Error::not_found("feed", id))
}

/// Stops following a feed. What it brought stays.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove(conn: &Connection, id: FeedId) -> Result<()> {
    one(conn.prepare_cached("DELETE FROM feed WHERE id = ?1")?.execute([id.0])?, id)
}

/// Has a feed checked every so many hours, or by hand only.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for hours that are none.
pub fn schedule(conn: &Connection, id: FeedId, hours: Option<u32>) -> Result<()> {
    if hours.is_some_and(|hours| !(1..=MOST_HOURS).contains(&hours)) {
        return Err(Error::Invalid(format!("a feed is checked every 1 to {MOST_HOURS} hours, or by hand")));
    }
    one(conn.prepare_cached("UPDATE feed SET hours = ?2 WHERE id = ?1")?.execute((id.0, hours))?, id)
}

/// A year.
const MOST_HOURS: u32 = 8_760;

/// Notes a check: that it went well, with the title the feed gives itself, or why it did not.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_checked(
    conn: &Connection,
    id: FeedId,
    title: Option<&str>,
    problem: Option<&str>,
    now: &str,
) -> Result<()> {
    let changed = conn
        .prepare_cached(
            "UPDATE feed SET checked_at = ?2, problem = ?3, title = coalesce(?4, title) WHERE id = ?1",
        )?
        .execute((id.0, now, problem, filled(title)))?;
    one(changed, id)
}

/// Those of `keys` that were not seen in the feed, in their order.
///
/// # Errors
/// When the library cannot be read.
pub fn unseen(conn: &Connection, id: FeedId, keys: Vec<String>) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached("SELECT 1 FROM feed_entry WHERE feed = ?1 AND key = ?2")?;
    let mut unseen = Vec::new();
    for key in keys {
        if !query.exists((id.0, &key))? {
            unseen.push(key);
        }
    }
    Ok(unseen)
}

/// Remembers an entry as seen. A feed that was removed in the meantime needs no memory.
///
/// # Errors
/// When the library cannot be written.
pub fn see(conn: &Connection, id: FeedId, key: &str, now: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO feed_entry (feed, key, seen_at) SELECT id, ?2, ?3 FROM feed WHERE id = ?1",
    )?
    .execute((id.0, key, now))?;
    Ok(())
}

fn one(changed: usize, id: FeedId) -> Result<()> {
    if changed == 0 { Err(Error::not_found("feed", id)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    const URL: &str = "https://courier.example/feed.xml";

    #[test]
    fn a_feed_is_followed_once_until_it_is_removed() {
        let desk = Desk::new();
        let (id, new) = desk.write(|tx| add(tx, URL, None, NOW));
        assert!(new);
        assert_eq!(desk.read(list)[0].title, URL);
        assert_eq!(desk.write(|tx| add(tx, URL, Some("The Courier"), NOW)), (id, false));
        assert_eq!(desk.write(|tx| add(tx, URL, Some("Another"), NOW)), (id, false));
        assert_eq!(desk.read(list)[0].title, "The Courier");
        desk.write(move |tx| see(tx, id, "a", NOW));
        desk.write(move |tx| remove(tx, id));
        assert_eq!(desk.read(list), []);
        desk.write(move |tx| see(tx, id, "b", NOW));
        assert!(desk.store.write_blocking(move |tx| remove(tx, id)).is_err());
    }

    #[test]
    fn an_entry_is_new_once() {
        let desk = Desk::new();
        let (id, _) = desk.write(|tx| add(tx, URL, None, NOW));
        let keys = || vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        desk.write(move |tx| see(tx, id, "b", NOW).and_then(|()| see(tx, id, "b", NOW)));
        assert_eq!(desk.read(|conn| unseen(conn, id, keys())), ["a", "c"]);
        let (other, _) = desk.write(|tx| add(tx, "https://gazette.example/feed", None, NOW));
        assert_eq!(desk.read(|conn| unseen(conn, other, keys())).len(), 3);
    }

    #[test]
    fn a_schedule_is_whole_hours_or_none() {
        let desk = Desk::new();
        let (id, _) = desk.write(|tx| add(tx, URL, None, NOW));
        desk.write(move |tx| schedule(tx, id, Some(6)));
        assert_eq!(desk.read(|conn| read(conn, id)).hours, Some(6));
        desk.write(move |tx| schedule(tx, id, None));
        assert_eq!(desk.read(|conn| read(conn, id)).hours, None);
        for hours in [0, 8_761] {
            let refused = desk.store.write_blocking(move |tx| schedule(tx, id, Some(hours)));
            assert!(matches!(refused, Err(Error::Invalid(_))));
        }
    }

    #[test]
    fn a_check_leaves_the_title_and_what_went_wrong() {
        let desk = Desk::new();
        let (id, _) = desk.write(|tx| add(tx, URL, None, NOW));
        desk.write(move |tx| set_checked(tx, id, Some("The Courier"), None, NOW));
        desk.write(move |tx| set_checked(tx, id, None, Some("no answer"), NOW));
        let feed = desk.read(|conn| read(conn, id));
        assert_eq!((feed.title.as_str(), feed.problem.as_deref()), ("The Courier", Some("no answer")));
        assert_eq!(feed.checked_at.as_deref(), Some(NOW));
    }
}
