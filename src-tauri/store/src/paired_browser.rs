//! Browsers that may send clips. The library knows a token only by its SHA-256, so a copy of the
//! library lets nobody send anything.

use bilat_core::{Browser, BrowserId, BrowserKind};
use rusqlite::{Connection, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{log, row};

/// A paired browser with what its token is recognised by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairedBrowser {
    /// The browser, as it is shown.
    pub browser: Browser,
    /// SHA-256 of its token.
    pub sha256_token: [u8; 32],
}

/// Pairs a browser; the log says so.
///
/// # Errors
/// When the library cannot be written.
pub fn insert(
    conn: &Connection,
    kind: BrowserKind,
    sha256_token: &[u8; 32],
    origin: Option<&str>,
    label: &str,
    now: &str,
) -> Result<BrowserId> {
    conn.prepare_cached(
        "INSERT INTO paired_browser (kind, sha256_token, origin, label, paired_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((row::name(kind), sha256_token, origin, label, now))?;
    let id = BrowserId(conn.last_insert_rowid());
    log::append(conn, now, "browser paired", &format!("browser {id}"), &json!({ "origin": origin }))?;
    Ok(id)
}

/// Takes a browser's leave to send away, for good; the log says so.
///
/// # Errors
/// [`Error::NotFound`].
pub fn revoke(conn: &Connection, id: BrowserId, now: &str) -> Result<()> {
    if conn.prepare_cached("DELETE FROM paired_browser WHERE id = ?1")?.execute([id.0])? == 0 {
        return Err(Error::not_found("paired browser", id));
    }
    log::append(conn, now, "browser revoked", &format!("browser {id}"), &json!({}))
}

/// Notes that a browser sent a clip. Once a day is enough to tell one in use from one forgotten.
///
/// # Errors
/// When the library cannot be written.
pub fn set_used(conn: &Connection, id: BrowserId, day: &str) -> Result<()> {
    conn.prepare_cached("UPDATE paired_browser SET last_used_at = ?2 WHERE id = ?1")?.execute((id.0, day))?;
    Ok(())
}

/// The paired browsers, oldest pairing first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<PairedBrowser>> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind, label, origin, paired_at, last_used_at, sha256_token FROM paired_browser ORDER BY id",
    )?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<PairedBrowser> {
    let browser = Browser {
        id: BrowserId(row.get(0)?),
        kind: row::named(row, 1)?,
        label: row.get(2)?,
        origin: row.get(3)?,
        paired_at: row.get(4)?,
        last_used_at: row.get(5)?,
    };
    Ok(PairedBrowser { browser, sha256_token: row.get(6)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_browser_stays_until_it_is_revoked() {
        let desk = Desk::new();
        let id = desk.write(|tx| {
            insert(tx, BrowserKind::Clipper, &[7; 32], Some("moz-extension://x"), "Firefox", NOW)
        });
        desk.write(|tx| insert(tx, BrowserKind::SingleFile, &[8; 32], None, "A script", NOW));
        desk.write(move |tx| set_used(tx, id, "2031-05-03T00:00:00Z"));
        let found = desk.read(list);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].sha256_token, [7; 32]);
        assert_eq!(found[1].browser.kind, BrowserKind::SingleFile);
        assert_eq!(found[0].browser.last_used_at.as_deref(), Some("2031-05-03T00:00:00Z"));
        desk.write(move |tx| revoke(tx, id, NOW));
        assert_eq!(desk.read(list).len(), 1);
        let again = desk.store.write_blocking(move |tx| revoke(tx, id, NOW));
        assert!(matches!(again, Err(Error::NotFound { .. })));
    }

    #[test]
    fn the_log_knows_who_was_paired_but_no_token() {
        let desk = Desk::new();
        let id = desk.write(|tx| {
            insert(tx, BrowserKind::Clipper, &[7; 32], Some("moz-extension://x"), "Firefox", NOW)
        });
        desk.write(move |tx| revoke(tx, id, NOW));
        let words: Vec<String> = desk.read(|conn| {
            let mut query =
                conn.prepare("SELECT action || ' ' || detail FROM log ORDER BY n DESC LIMIT 2")?;
            let rows = query.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        });
        assert_eq!(words, ["browser revoked {}", "browser paired {\"origin\":\"moz-extension://x\"}"]);
    }
}
