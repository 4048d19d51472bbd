//! Rules of outlets: what a person corrected on one page and wants done to the outlet's later pages.

use bilat_core::{ArticleId, OutletRule, OutletRuleId, Rule};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{log, row};

/// Keeps a rule for the pages of `host`, made on an article where it was made here. One that holds already
/// is given back as it is.
///
/// # Errors
/// When the library cannot be written.
pub fn insert(
    conn: &Connection,
    host: &str,
    rule: &Rule,
    on: Option<ArticleId>,
    now: &str,
) -> Result<OutletRule> {
    let words = row::to_json(rule);
    let known = conn
        .prepare_cached("SELECT id FROM outlet_rule WHERE host = ?1 AND rule = ?2 AND deleted_at IS NULL")?
        .query_row((host, &words), |row| row.get(0).map(OutletRuleId))
        .optional()?;
    if let Some(known) = known {
        return read(conn, known);
    }
    conn.prepare_cached("INSERT INTO outlet_rule (host, rule, article, created_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((host, &words, on.map(|article| article.0), now))?;
    let id = OutletRuleId(conn.last_insert_rowid());
    log::append(conn, now, "rule made", &format!("rule {id}"), &json!({ "host": host, "rule": rule }))?;
    read(conn, id)
}

const ROW: &str = "SELECT id, host, rule, article, created_at FROM outlet_rule";

fn outlet_rule(row: &Row<'_>) -> rusqlite::Result<OutletRule> {
    Ok(OutletRule {
        id: OutletRuleId(row.get(0)?),
        host: row.get(1)?,
        rule: row::json(row, 2)?,
        article: row.get::<_, Option<i64>>(3)?.map(ArticleId),
        created_at: row.get(4)?,
    })
}

/// The rule numbered `id`, deleted or not.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: OutletRuleId) -> Result<OutletRule> {
    conn.prepare_cached(&format!("{ROW} WHERE id = ?1"))?
        .query_row([id.0], outlet_rule)
        .optional()?
        .ok_or_else(|| Error::not_found("rule", id))
}

/// The rules that hold, by host and in the order they were made.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<OutletRule>> {
    let mut query = conn.prepare_cached(&format!("{ROW} WHERE deleted_at IS NULL ORDER BY host, id"))?;
    let rows = query.query_map([], outlet_rule)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lets a rule hold no more; [`restore`] brings it back. What it did to articles stays.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: OutletRuleId, now: &str) -> Result<()> {
    set(conn, "UPDATE outlet_rule SET deleted_at = ?2 WHERE id = ?1", (id.0, now), id)?;
    log::append(conn, now, "rule deleted", &format!("rule {id}"), &json!({}))
}

/// Lets a deleted rule hold again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: OutletRuleId, now: &str) -> Result<()> {
    set(conn, "UPDATE outlet_rule SET deleted_at = NULL WHERE id = ?1", [id.0], id)?;
    log::append(conn, now, "rule restored", &format!("rule {id}"), &json!({}))
}

fn set(conn: &Connection, sql: &str, values: impl rusqlite::Params, id: OutletRuleId) -> Result<()> {
    match conn.prepare_cached(sql)?.execute(values)? {
        0 => Err(Error::not_found("rule", id)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_rule_holds_until_it_is_deleted_and_again_when_it_is_restored() {
        let desk = Desk::new();
        let on = desk.clip("Pact", "Signed.", "2031-05-02");
        let rule = Rule::Furniture { shape: "share this".into() };
        let make = |rule: Rule| desk.write(move |tx| insert(tx, "courier.example", &rule, Some(on), NOW));
        let made = make(rule.clone());
        assert_eq!(make(rule.clone()).id, made.id, "once is enough");
        assert_eq!(desk.read(list), std::slice::from_ref(&made));
        desk.write(move |tx| delete(tx, made.id, NOW));
        assert_eq!(desk.read(list), []);
        desk.write(move |tx| restore(tx, made.id, NOW));
        assert_eq!(desk.read(list)[0].rule, rule);
        let missing = desk.store.write_blocking(|tx| delete(tx, OutletRuleId(9), NOW)).unwrap_err();
        assert_eq!(missing.to_string(), "there is no rule 9 in this library");
    }
}
