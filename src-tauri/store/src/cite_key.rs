//! Cite keys: given once, to an article or a statement, and to nothing else ever after.

use bilat_core::{ArticleId, CiteKey};
use rusqlite::Connection;

use crate::error::Result;

/// Takes the first of `wish`, `wish-b`, … that was never taken, for an article or a statement.
pub(crate) fn take(
    conn: &Connection,
    wish: &CiteKey,
    article: Option<ArticleId>,
    annotation: Option<i64>,
) -> Result<CiteKey> {
    let mut taken = conn.prepare_cached("SELECT 1 FROM cite_key WHERE key = ?1")?;
    for n in 0.. {
        let key = wish.nth(n);
        if !taken.exists([key.as_str()])? {
            conn.prepare_cached("INSERT INTO cite_key (key, article, annotation) VALUES (?1, ?2, ?3)")?
                .execute((key.as_str(), article.map(|id| id.0), annotation))?;
            return Ok(key);
        }
    }
    unreachable!("one of 2³² keys is free")
}
