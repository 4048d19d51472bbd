//! The article that a document is a new capture of, by its address or by its words.

use bilat_core::{ArticleId, Sha256Hex, SnapshotId, host_of, match_url};
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::row::{self, filled};

/// An article that a document may be a new capture of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Same {
    /// The article.
    pub id: ArticleId,
    /// Whether it is in the bin.
    pub in_bin: bool,
    /// What the document's words are to it.
    pub words: Words,
}

/// What words are to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Those of its current snapshot.
    Current,
    /// Those of a snapshot that is held back.
    HeldBack(SnapshotId),
    /// Those of an earlier snapshot.
    Earlier,
    /// Others.
    New,
}

/// The article that a document with these words, from this address and outlet, is a capture of: one of the
/// same address, else one that has or had the same words and is not another outlet's. One outside the bin
/// goes before one in it.
///
/// # Errors
/// When the library cannot be read.
pub fn find_same(
    conn: &Connection,
    sha256_text: &Sha256Hex,
    url: Option<&str>,
    outlet: Option<&str>,
) -> Result<Option<Same>> {
    let url = filled(url);
    let by_address = match url.as_deref().map(match_url) {
        Some(address) => conn
            .prepare_cached(
                "SELECT uid, deleted_at IS NOT NULL AS in_bin FROM article WHERE match_url = ?1
                 ORDER BY in_bin, uid LIMIT 1",
            )?
            .query_row([address], |row| Ok((ArticleId(row.get(0)?), row.get(1)?)))
            .optional()?,
        None => None,
    };
    let found = match by_address {
        Some(found) => Some(found),
        None => by_words(conn, sha256_text, url.as_deref(), outlet)?,
    };
    let Some((id, in_bin)) = found else { return Ok(None) };
    let words = conn
        .prepare_cached(
            "SELECT s.id, s.id = a.snapshot AS now, s.held_back IS NOT NULL FROM snapshot s
             JOIN article a ON a.uid = s.article
             WHERE s.sha256_text = ?1 AND s.article = ?2 ORDER BY now DESC, s.id DESC LIMIT 1",
        )?
        .query_row((sha256_text.as_str(), id.0), |row| {
            Ok(match (row.get(1)?, row.get(2)?) {
                (true, _) => Words::Current,
                (false, true) => Words::HeldBack(SnapshotId(row.get(0)?)),
                (false, false) => Words::Earlier,
            })
        })
        .optional()?
        .unwrap_or(Words::New);
    Ok(Some(Same { id, in_bin, words }))
}

/// One wire story on the pages of two outlets is two articles, though it is the same to the letter.
fn by_words(
    conn: &Connection,
    sha256_text: &Sha256Hex,
    url: Option<&str>,
    outlet: Option<&str>,
) -> Result<Option<(ArticleId, bool)>> {
    let mut query = conn.prepare_cached(
        "SELECT a.uid, a.deleted_at IS NOT NULL AS in_bin, a.snapshot = s.id AS now, a.url, p.match_name
         FROM snapshot s JOIN article a ON a.uid = s.article LEFT JOIN source p ON p.id = a.source
         WHERE s.sha256_text = ?1 ORDER BY in_bin, now DESC, a.uid",
    )?;
    let mut rows = query.query([sha256_text.as_str()])?;
    let host = url.and_then(host_of);
    let outlet = filled(outlet).map(|name| row::match_name(&name));
    while let Some(row) = rows.next()? {
        let its_host = row.get::<_, Option<String>>(3)?.as_deref().and_then(host_of);
        let its_outlet: Option<String> = row.get(4)?;
        let same = match (&host, its_host) {
            (Some(host), Some(its)) => *host == its,
            _ => match (&outlet, its_outlet) {
                (Some(outlet), Some(its)) => *outlet == its,
                _ => true,
            },
        };
        if same {
            return Ok(Some((ArticleId(row.get(0)?), row.get(1)?)));
        }
    }
    Ok(None)
}

/// Since when an article of the address `url` has been in the library, RFC 3339.
///
/// # Errors
/// When the library cannot be read.
pub fn clipped_since(conn: &Connection, url: &str) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached("SELECT min(clipped_at) FROM article WHERE match_url = ?1 AND deleted_at IS NULL")?
        .query_row([match_url(url)], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::delete;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_new_capture_is_recognised_by_its_address_and_by_its_words() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        let now = Sha256Hex::of("Pact\n\nSigned.");
        let other = Sha256Hex::of("other");
        let courier = Some("the  harbour courier");
        let same = |sha: &Sha256Hex, url: Option<&str>, outlet: Option<&str>| {
            desk.read(|conn| find_same(conn, sha, url, outlet)).map(|same| (same.id, same.words))
        };
        assert_eq!(same(&now, None, None), Some((id, Words::Current)));
        assert_eq!(same(&now, None, courier), Some((id, Words::Current)));
        let mailed = Some("http://www.courier.example/pact/?utm_source=mail#end");
        assert_eq!(same(&other, mailed, None), Some((id, Words::New)), "whoever sent the reader");
        assert_eq!(same(&other, Some("https://courier.example/else"), None), None);
        assert_eq!(same(&now, Some("https://tribune.example/pact"), None), None, "a reprint is an article");
        assert_eq!(same(&now, None, Some("The Tribune")), None, "also where only its outlet is known");
        desk.reclip(id, "Pact", "Signed and sealed.");
        assert_eq!(
            same(&now, None, None),
            Some((id, Words::Earlier)),
            "the words it had once are a change back"
        );
        desk.write(move |tx| delete(tx, id, NOW));
        assert!(desk.read(|conn| find_same(conn, &now, None, None)).unwrap().in_bin);
    }
}
