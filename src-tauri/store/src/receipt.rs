//! Receipts: what became of a clip, under a key that its sender chose, so that a clip sent again
//! because the answer was lost is answered again and not kept again.

use bilat_core::{ArticleId, Sha256Hex};
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::row;

/// What became of a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The article.
    pub article: ArticleId,
    /// SHA-256 of the bytes kept.
    pub sha256_raw: Sha256Hex,
    /// SHA-256 of the text kept.
    pub sha256_text: Sha256Hex,
}

/// Keeps a receipt, and drops those received before `stale`.
///
/// # Errors
/// When the library cannot be written.
pub fn insert(conn: &Connection, key: &str, receipt: &Receipt, now: &str, stale: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM clip_receipt WHERE received_at < ?1")?.execute([stale])?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO clip_receipt (key, article, sha256_raw, sha256_text, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        key,
        receipt.article.0,
        receipt.sha256_raw.as_str(),
        receipt.sha256_text.as_str(),
        now,
    ))?;
    Ok(())
}

/// The receipt kept under `key`, unless its article went to the bin.
///
/// # Errors
/// When the library cannot be read.
pub fn find(conn: &Connection, key: &str) -> Result<Option<Receipt>> {
    Ok(conn
        .prepare_cached(
            "SELECT r.article, r.sha256_raw, r.sha256_text FROM clip_receipt r JOIN article a ON a.uid = r.article
             WHERE r.key = ?1 AND a.deleted_at IS NULL",
        )?
        .query_row([key], |row| {
            Ok(Receipt {
                article: ArticleId(row.get(0)?),
                sha256_raw: row::sha256(row, 1)?,
                sha256_text: row::sha256(row, 2)?,
            })
        })
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;

    #[test]
    fn a_receipt_is_found_until_it_is_stale() {
        let desk = Desk::new();
        let article = desk.clip("Pact", "The harbour pact was signed.", "2031-05-02");
        let receipt =
            Receipt { article, sha256_raw: Sha256Hex::of("raw"), sha256_text: Sha256Hex::of("text") };
        let kept = receipt.clone();
        desk.write(move |tx| insert(tx, "a", &kept, "2031-05-02T00:00:00Z", "2031-04-02T00:00:00Z"));
        assert_eq!(desk.read(|conn| find(conn, "a")), Some(receipt.clone()));
        assert_eq!(desk.read(|conn| find(conn, "b")), None);
        desk.write(move |tx| insert(tx, "b", &receipt, "2031-07-02T00:00:00Z", "2031-06-02T00:00:00Z"));
        assert_eq!(desk.read(|conn| find(conn, "a")), None);
        assert!(desk.read(|conn| find(conn, "b")).is_some());
    }
}
