//! The append-only log: what was done to which record, each entry bound to all before it.
//!
//! `hash(n) = SHA-256(hash(n-1) || record(n))`, where `hash(0)` is empty and `record(n)` is the JSON
//! array `[n, at, action, subject, detail]` without white space, `detail` being JSON in a string. A
//! changed, dropped or reordered entry breaks the chain at a place that can be named. It shows
//! carelessness and damage; whoever owns the machine could rebuild it, unless the head was published.

use bilat_core::Sha256Hex;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::row;

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub n: i64,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// What was done, in the past tense, such as `article clipped`.
    pub action: String,
    /// To what, such as `article 12`.
    pub subject: String,
    /// More of it, JSON.
    pub detail: String,
    /// The hash that closes the chain here.
    pub hash: Sha256Hex,
}

/// Writes an entry. `detail` must be without secrets and without the words of articles.
///
/// # Errors
/// When the library cannot be written.
pub fn append(
    conn: &Connection,
    at: &str,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
) -> Result<()> {
    let last = head(conn)?;
    let (n, before) = last.map_or((1, String::new()), |(n, hash)| (n + 1, hash.to_string()));
    let detail = row::to_json(detail);
    let hash = link(&before, n, at, action, subject, &detail);
    conn.prepare_cached(
        "INSERT INTO log (n, at, action, subject, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((n, at, action, subject, detail, hash.as_str()))?;
    Ok(())
}

/// The number and hash of the newest entry; what to publish to prove the log.
///
/// # Errors
/// When the library cannot be read.
pub fn head(conn: &Connection) -> Result<Option<(i64, Sha256Hex)>> {
    Ok(conn
        .prepare_cached("SELECT n, hash FROM log ORDER BY n DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row::sha256(row, 1)?)))
        .optional()?)
}

/// The newest entries first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, offset: u32, limit: u32) -> Result<Vec<Entry>> {
    let mut query = conn.prepare_cached(
        "SELECT n, at, action, subject, detail, hash FROM log ORDER BY n DESC LIMIT ?1 OFFSET ?2",
    )?;
    let rows = query.query_map((limit, offset), entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Follows the chain from its start: how many entries there are, and what is wrong with it.
///
/// # Errors
/// When the library cannot be read.
pub fn verify(conn: &Connection) -> Result<(u32, Vec<String>)> {
    let mut query = conn.prepare("SELECT n, at, action, subject, detail, hash FROM log ORDER BY n")?;
    let mut faults = Vec::new();
    let (mut count, mut before) = (0, String::new());
    for entry in query.query_map([], entry)? {
        let entry = entry?;
        count += 1;
        if entry.n != i64::from(count) {
            faults.push(format!("log: entry {count} is missing"));
            break;
        }
        let hash = link(&before, entry.n, &entry.at, &entry.action, &entry.subject, &entry.detail);
        if hash != entry.hash {
            faults.push(format!("log: entry {} was changed, or one before it", entry.n));
            break;
        }
        before = hash.to_string();
    }
    Ok((count, faults))
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        n: row.get(0)?,
        at: row.get(1)?,
        action: row.get(2)?,
        subject: row.get(3)?,
        detail: row.get(4)?,
        hash: row::sha256(row, 5)?,
    })
}

fn link(before: &str, n: i64, at: &str, action: &str, subject: &str, detail: &str) -> Sha256Hex {
    Sha256Hex::of(format!("{before}{}", row::to_json(&(n, at, action, subject, detail))))
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;
    use crate::desk::{Desk, NOW};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_change_to_any_entry_is_named(at in 1i64..=6, column in 0usize..5, drop in any::<bool>()) {
            let desk = Desk::new();
            desk.write(|tx| {
                for n in 0..6 {
                    append(tx, NOW, "article clipped", &format!("article {n}"), &serde_json::json!({ "n": n }))?;
                }
                Ok(())
            });
            prop_assert_eq!(desk.read(verify), (6, vec![]));
            desk.write(move |tx| {
                // What somebody with the file and another program could do.
                tx.execute_batch("DROP TRIGGER log_never_changes; DROP TRIGGER log_stays;")?;
                let column = ["at", "action", "subject", "detail", "hash"][column];
                if drop {
                    return Ok(tx.execute("DELETE FROM log WHERE n = ?1", [at])?);
                }
                Ok(tx.execute(&format!("UPDATE log SET {column} = {column} || ' ' WHERE n = ?1"), [at])?)
            });
            let (_, faults) = desk.read(verify);
            // The last entry can be cut off unseen; only a published head shows that.
            prop_assert_eq!(faults.len(), usize::from(!(drop && at == 6)));
        }
    }

    #[test]
    fn the_log_can_only_grow() {
        let desk = Desk::new();
        desk.write(|tx| append(tx, NOW, "a", "b", &serde_json::json!({})));
        for sql in
            ["UPDATE log SET at = 'x'", "DELETE FROM log", "INSERT OR REPLACE INTO log SELECT * FROM log"]
        {
            assert!(desk.store.write_blocking(move |tx| Ok(tx.execute(sql, [])?)).is_err(), "{sql}");
        }
    }
}
