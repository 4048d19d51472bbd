//! Origins: which articles are one text, first written by one hand.
//!
//! Bilat finds articles that share words and keeps what it found of each pair; a person may join two
//! articles or cut one off, and what a person said stands above what was found, for ever. An article's
//! origin follows from those pairs. One more article costs the look-up of its sampled windows, whatever
//! the size of the library; see `Shingles` for what is measured.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bilat_core::{ArticleId, Kin, Relation};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{article, log, row, snapshot};

/// How many articles that hold one window are looked at: more say nothing new, and a footer that a
/// thousand pages share must not cost a thousand look-ups.
const HOLDERS: u32 = 256;

/// How many candidates are measured on their whole text.
const CANDIDATES: usize = 12;

/// A window that articles of so many other origins hold is boilerplate.
const COMMON: usize = 4;

/// Looks for articles that share words with the current text of `id`, keeps what it finds, and lets the
/// article join the origin of those that are one text with it, unless a person cut them apart.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn place(conn: &Connection, id: ArticleId, now: &str) -> Result<()> {
    let origin = origin_of(conn, id)?;
    let text = snapshot::shingles(conn, article::current(conn, id)?)?;
    let sample: Vec<i64> = text.sample().into_iter().map(u64::cast_signed).collect();
    conn.prepare_cached("DELETE FROM shingle WHERE article = ?1")?.execute([id.0])?;
    // What was found in a former text of the article holds no more; what a person said does.
    for sql in [
        "DELETE FROM kinship WHERE (a = ?1 OR b = ?1) AND by_person = 0 AND cut = 0",
        "UPDATE kinship SET relation = NULL, share = NULL WHERE a = ?1 OR b = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([id.0])?;
    }
    let found = candidates(conn, origin, &sample)?;
    let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO shingle (hash, article) VALUES (?1, ?2)")?;
    for hash in &sample {
        insert.execute((hash, id.0))?;
    }
    let mut joined = Vec::new();
    for Candidate { id: other, telling } in found {
        let its = snapshot::shingles(conn, article::current(conn, other)?)?;
        let Some((relation, share)) = text.relation(&its) else { continue };
        if relation == Relation::Derived && !telling {
            continue;
        }
        keep(conn, id, other, relation, share)?;
        if relation != Relation::Quoting {
            joined.push((share, other));
        }
    }
    joined.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, other) in joined {
        if merge(conn, id, other)? {
            let detail = json!({ "with": other, "by": "bilat" });
            log::append(conn, now, "origin joined", &format!("article {id}"), &detail)?;
        }
    }
    Ok(())
}

/// An article that may share words with another.
struct Candidate {
    id: ArticleId,
    /// Whether windows that are not everybody's speak for it.
    telling: bool,
}

/// The articles outside the bin that hold most of `sample`, most first.
fn candidates(conn: &Connection, origin: i64, sample: &[i64]) -> Result<Vec<Candidate>> {
    let mut holders = conn.prepare_cached(
        "SELECT s.article, a.origin FROM shingle s JOIN article a ON a.uid = s.article
         WHERE s.hash = ?1 AND a.deleted_at IS NULL LIMIT ?2",
    )?;
    let mut shared: HashMap<i64, (usize, usize)> = HashMap::new();
    for hash in sample {
        let found = holders
            .query_map((hash, HOLDERS), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        let origins: HashSet<i64> = found.iter().map(|(_, its)| *its).filter(|its| *its != origin).collect();
        let telling = usize::from(origins.len() < COMMON);
        for (article, _) in found {
            let counts = shared.entry(article).or_default();
            *counts = (counts.0 + 1, counts.1 + telling);
        }
    }
    let mut found: Vec<(i64, (usize, usize))> = shared.into_iter().collect();
    found.sort_by_key(|(article, (all, _))| (std::cmp::Reverse(*all), *article));
    found.truncate(CANDIDATES);
    let candidate = |(id, (all, telling)): (i64, (usize, usize))| Candidate {
        id: ArticleId(id),
        telling: telling * 3 >= all,
    };
    Ok(found.into_iter().map(candidate).collect())
}

fn pair(one: ArticleId, other: ArticleId) -> (i64, i64) {
    (one.0.min(other.0), one.0.max(other.0))
}

/// Keeps what was found of a pair; what a person said of it stays.
fn keep(conn: &Connection, one: ArticleId, other: ArticleId, relation: Relation, share: f32) -> Result<()> {
    let (a, b) = pair(one, other);
    conn.prepare_cached(
        "INSERT INTO kinship (a, b, relation, share) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (a, b) DO UPDATE SET relation = excluded.relation, share = excluded.share",
    )?
    .execute((a, b, row::name(relation), f64::from(share)))?;
    Ok(())
}

fn origin_of(conn: &Connection, id: ArticleId) -> Result<i64> {
    conn.prepare_cached("SELECT origin FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))
}

/// Makes one origin of those of `id` and `other`, unless a person cut any two of their articles apart: then
/// the pair is kept as cut, and the answer is no. Also no when they are of one origin already.
fn merge(conn: &Connection, id: ArticleId, other: ArticleId) -> Result<bool> {
    let (from, to) = (origin_of(conn, id)?, origin_of(conn, other)?);
    if from == to {
        return Ok(false);
    }
    let cut = conn
        .prepare_cached(
            "SELECT 1 FROM kinship k JOIN article one ON one.uid = k.a JOIN article two ON two.uid = k.b
             WHERE k.cut = 1 AND ((one.origin = ?1 AND two.origin = ?2) OR (one.origin = ?2 AND two.origin = ?1))",
        )?
        .exists((from, to))?;
    if cut {
        let (a, b) = pair(id, other);
        conn.prepare_cached("UPDATE kinship SET cut = 1, by_person = 0 WHERE a = ?1 AND b = ?2")?
            .execute((a, b))?;
        return Ok(false);
    }
    conn.prepare_cached("UPDATE article SET origin = ?2 WHERE origin = ?1")?.execute((from, to))?;
    Ok(true)
}

/// Says, as a person, that `id` and `with` are of one origin. Takes a [`split`] of `id` back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when they are one article.
pub fn join(conn: &Connection, id: ArticleId, with: ArticleId, now: &str) -> Result<()> {
    if id == with {
        return Err(Error::Invalid("an article cannot be joined with itself".into()));
    }
    let (from, to) = (origin_of(conn, id)?, origin_of(conn, with)?);
    if from == to {
        return Ok(());
    }
    // Whoever was cut apart between the two origins is so no more.
    let taken_back = conn
        .prepare_cached(
            "UPDATE kinship SET cut = 0 WHERE cut = 1
             AND ((a IN (SELECT uid FROM article WHERE origin = ?1) AND b IN (SELECT uid FROM article WHERE origin = ?2))
               OR (a IN (SELECT uid FROM article WHERE origin = ?2) AND b IN (SELECT uid FROM article WHERE origin = ?1)))",
        )?
        .execute((from, to))?;
    if taken_back == 0
        || !connected(conn, id)?.iter().any(|kin| origin_of(conn, *kin).is_ok_and(|its| its == to))
    {
        let (a, b) = pair(id, with);
        conn.prepare_cached(
            "INSERT INTO kinship (a, b, by_person) VALUES (?1, ?2, 1)
             ON CONFLICT (a, b) DO UPDATE SET by_person = 1, cut = 0",
        )?
        .execute((a, b))?;
    }
    // Rows without words in common exist only to say “cut”.
    conn.prepare_cached("DELETE FROM kinship WHERE relation IS NULL AND by_person = 0 AND cut = 0")?
        .execute([])?;
    conn.prepare_cached("UPDATE article SET origin = ?2 WHERE origin = ?1")?.execute((from, to))?;
    log::append(
        conn,
        now,
        "origin joined",
        &format!("article {id}"),
        &json!({ "with": with, "by": "person" }),
    )
}

/// Says, as a person, that `id` is not of the origin it is in. Where a person had joined it, that is taken
/// back and no more; else it becomes an origin of its own, and no later article brings it back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn split(conn: &Connection, id: ArticleId, now: &str) -> Result<()> {
    let origin = origin_of(conn, id)?;
    let others: Vec<ArticleId> = members(conn, origin)?.into_iter().filter(|member| *member != id).collect();
    if others.is_empty() {
        return Ok(());
    }
    conn.prepare_cached("UPDATE kinship SET by_person = 0 WHERE (a = ?1 OR b = ?1) AND by_person = 1")?
        .execute([id.0])?;
    conn.prepare_cached("DELETE FROM kinship WHERE relation IS NULL AND by_person = 0 AND cut = 0")?
        .execute([])?;
    let mut apart = connected(conn, id)?;
    if others.iter().all(|other| apart.contains(other)) {
        for other in &others {
            let (a, b) = pair(id, *other);
            conn.prepare_cached(
                "INSERT INTO kinship (a, b, cut) VALUES (?1, ?2, 1) ON CONFLICT (a, b) DO UPDATE SET cut = 1",
            )?
            .execute((a, b))?;
        }
        apart = BTreeSet::from([id]);
    }
    conn.prepare_cached("INSERT INTO origin DEFAULT VALUES")?.execute([])?;
    let own = conn.last_insert_rowid();
    for member in &apart {
        conn.prepare_cached("UPDATE article SET origin = ?2 WHERE uid = ?1")?.execute((member.0, own))?;
    }
    log::append(conn, now, "origin split", &format!("article {id}"), &json!({ "from": others }))
}

fn members(conn: &Connection, origin: i64) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached("SELECT uid FROM article WHERE origin = ?1 ORDER BY ord")?;
    let found = query.query_map([origin], |row| row.get(0).map(ArticleId))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// `id` and every article of its origin that the pairs lead to.
fn connected(conn: &Connection, id: ArticleId) -> Result<BTreeSet<ArticleId>> {
    let mut query = conn.prepare_cached(
        "SELECT CASE k.a WHEN ?1 THEN k.b ELSE k.a END FROM kinship k
         WHERE (k.a = ?1 OR k.b = ?1) AND k.cut = 0 AND (k.by_person = 1 OR k.relation <> 'quoting')",
    )?;
    let mut found = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        let near =
            query.query_map([next.0], |row| row.get(0).map(ArticleId))?.collect::<Result<Vec<_>, _>>()?;
        open.extend(near.into_iter().filter(|kin| found.insert(*kin)));
    }
    Ok(found)
}

/// The other articles of the origin of `id`, and those that only share quotations with it, in the order
/// of publication; none of the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn kin(conn: &Connection, id: ArticleId) -> Result<Vec<Kin>> {
    type Said = (Option<Relation>, Option<f32>, bool);
    let mut query = conn.prepare_cached(
        "SELECT CASE a WHEN ?1 THEN b ELSE a END, relation, share, by_person FROM kinship
         WHERE (a = ?1 OR b = ?1) AND cut = 0",
    )?;
    let said: BTreeMap<ArticleId, Said> = query
        .query_map([id.0], |row| {
            let share = row.get::<_, Option<f64>>(2)?.map(|share| share as f32);
            Ok((ArticleId(row.get(0)?), (row::named_opt(row, 1)?, share, row.get(3)?)))
        })?
        .collect::<Result<_, _>>()?;
    let family: BTreeSet<ArticleId> = members(conn, origin_of(conn, id)?)?.into_iter().collect();
    let near = said.iter().filter(|(_, (relation, ..))| *relation == Some(Relation::Quoting));
    let ids: BTreeSet<ArticleId> = family.iter().chain(near.map(|(kin, _)| kin)).copied().collect();
    let mut query = conn.prepare_cached("SELECT ord FROM article WHERE uid = ?1 AND deleted_at IS NULL")?;
    let mut ordered = Vec::new();
    for kin in ids.into_iter().filter(|kin| *kin != id) {
        let ord: Option<i64> = query.query_row([kin.0], |row| row.get(0)).optional()?;
        ordered.extend(ord.map(|ord| (ord, kin)));
    }
    ordered.sort_unstable();
    let ids: Vec<ArticleId> = ordered.into_iter().map(|(_, kin)| kin).collect();
    let kin = article::read_rows(conn, &ids)?.into_iter().map(|row| {
        let (relation, share, by_person) = said.get(&row.id).copied().unwrap_or((None, None, false));
        let relation = match relation {
            Some(Relation::Quoting) | None if family.contains(&row.id) => Relation::Derived,
            found => found.unwrap_or(Relation::Derived),
        };
        Kin { row, relation, share, by_person }
    });
    Ok(kin.collect())
}

/// Who first wrote the text of `id`: the agency that most articles of its origin credit, the oldest first.
///
/// # Errors
/// When the library cannot be read.
pub fn name(conn: &Connection, id: ArticleId) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached(
            "SELECT credit FROM article WHERE origin = (SELECT origin FROM article WHERE uid = ?1)
                AND credit IS NOT NULL AND (deleted_at IS NULL OR uid = ?1)
             GROUP BY lower(credit) ORDER BY count(*) DESC, min(ord) LIMIT 1",
        )?
        .query_row([id.0], |row| row.get(0))
        .optional()?)
}
