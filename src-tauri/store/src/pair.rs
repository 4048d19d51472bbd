//! Pairs: those the analyst follows, in the analyst's own order of sides, then those the library suggests.

use std::collections::HashMap;

use bilat_core::{Actor, Dyad, PairRow};
use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::row;

/// How many suggested pairs are listed.
const SUGGESTED: usize = 50;

/// Followed pairs in their order, then suggested ones, most articles first. The tone is the plain mean
/// of the stances people set.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<PairRow>> {
    let mut counts = counts(conn)?;
    let mut query =
        conn.prepare_cached("SELECT dyad, \"left\", \"right\" FROM followed_pair ORDER BY position, dyad")?;
    let mut pairs = query
        .query_map([], |row| Ok((row::parsed::<Dyad>(row, 0)?, row::parsed(row, 1)?, row::parsed(row, 2)?)))?
        .map(|found| {
            let (dyad, left, right) = found?;
            Ok(pair(dyad, left, right, true, &counts.remove(&dyad).unwrap_or_default()))
        })
        .collect::<Result<Vec<_>>>()?;
    let mut suggested: Vec<_> = counts
        .iter()
        .filter(|(_, count)| count.articles + count.statements > 0)
        .map(|(dyad, count)| pair(*dyad, dyad.a(), dyad.b(), false, count))
        .collect();
    suggested.sort_by_key(|pair| (std::cmp::Reverse((pair.articles, pair.statements)), pair.dyad));
    suggested.truncate(SUGGESTED);
    pairs.append(&mut suggested);
    Ok(pairs)
}

fn pair(dyad: Dyad, left: Actor, right: Actor, followed: bool, count: &Count) -> PairRow {
    let Count { articles, statements, tone, tone_n } = *count;
    PairRow { dyad, left, right, followed, articles, statements, tone, tone_n }
}

#[derive(Debug, Default)]
struct Count {
    articles: u32,
    statements: u32,
    tone: Option<f64>,
    tone_n: u32,
}

fn counts(conn: &Connection) -> Result<HashMap<Dyad, Count>> {
    let mut counts: HashMap<Dyad, Count> = HashMap::new();
    let mut query = conn.prepare_cached("SELECT dyad, count(*) FROM article_pair GROUP BY dyad")?;
    for found in query.query_map([], |row| Ok((row::parsed(row, 0)?, row.get(1)?)))? {
        let (dyad, articles) = found?;
        counts.entry(dyad).or_default().articles = articles;
    }
    // The rule of statement::list, for all pairs at once.
    let mut query = conn.prepare_cached(
        "WITH live AS (SELECT st.country, st.about, st.stance, a.ord FROM statement st
            JOIN annotation n ON n.id = st.annotation JOIN article a ON a.uid = n.article
            WHERE n.deleted_at IS NULL AND a.deleted_at IS NULL AND st.country IS NOT NULL)
         SELECT dyad, count(*), avg(stance), count(stance) FROM (
            SELECT min(country, about) || '-' || max(country, about) AS dyad, stance FROM live
                WHERE about IS NOT NULL AND about <> country
            UNION ALL
            SELECT p.dyad, stance FROM live JOIN article_pair p ON p.ord = live.ord
                WHERE about IS NULL AND (p.dyad LIKE country || '-%' OR p.dyad LIKE '%-' || country))
         GROUP BY dyad",
    )?;
    let rows =
        query.query_map([], |row| Ok((row::parsed(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    for found in rows {
        let (dyad, statements, tone, tone_n) = found?;
        let count = counts.entry(dyad).or_default();
        (count.statements, count.tone, count.tone_n) = (statements, tone, tone_n);
    }
    Ok(counts)
}

/// Follows the pair of `left` and `right`, in that order, after those followed already; one followed
/// already takes the new order of sides.
///
/// # Errors
/// [`Error::Invalid`] when both are the same.
pub fn follow(conn: &Connection, left: Actor, right: Actor, now: &str) -> Result<()> {
    let dyad = Dyad::new(left, right).map_err(|error| Error::Invalid(error.to_string()))?;
    conn.prepare_cached(
        "INSERT INTO followed_pair (dyad, \"left\", \"right\", position, followed_at)
         VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM followed_pair), ?4)
         ON CONFLICT (dyad) DO UPDATE SET \"left\" = excluded.\"left\", \"right\" = excluded.\"right\"",
    )?
    .execute((dyad.to_string(), left.code(), right.code(), now))?;
    Ok(())
}

/// Stops following `dyad`; its articles stay.
///
/// # Errors
/// When the library cannot be written.
pub fn unfollow(conn: &Connection, dyad: Dyad) -> Result<()> {
    conn.prepare_cached("DELETE FROM followed_pair WHERE dyad = ?1")?.execute([dyad.to_string()])?;
    Ok(())
}
