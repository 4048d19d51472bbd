//! Speakers: who speaks in the library, and what they were on which day.
//!
//! A role is remembered with the first and last day it was seen on, so that the next statement of
//! the same person completes itself, while every statement keeps the role of its own day.

use bilat_core::{Edtf, Speaker};
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::row::{self, match_name};
use crate::search::fold;

/// The number of the actor called `name`, made where there is none; nothing for a blank name.
pub(crate) fn find_or_create(conn: &Connection, name: &str) -> Result<Option<i64>> {
    let wanted = match_name(name);
    if wanted.is_empty() {
        return Ok(None);
    }
    let found = conn
        .prepare_cached("SELECT id FROM actor WHERE match_name = ?1")?
        .query_row([&wanted], |row| row.get(0))
        .optional()?;
    if found.is_some() {
        return Ok(found);
    }
    conn.prepare_cached("INSERT INTO actor (name, match_name) VALUES (?1, ?2)")?
        .execute((bilat_core::normalise_spaces(name), wanted))?;
    Ok(Some(conn.last_insert_rowid()))
}

/// Works out anew, from all its statements, what `actor` was and on which days, so that a corrected
/// slip leaves no role behind.
pub(crate) fn refresh_roles(conn: &Connection, actor: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM actor_role WHERE actor = ?1")?.execute([actor])?;
    let mut statements = conn.prepare_cached(
        "SELECT coalesce(st.role, ''), coalesce(st.organisation, ''), coalesce(st.country, ''),
            coalesce(st.said_on, a.published)
         FROM statement st JOIN annotation n ON n.id = st.annotation JOIN article a ON a.uid = n.article
         WHERE st.speaker = ?1 ORDER BY st.id",
    )?;
    let rows = statements.query_map([actor], |row| {
        let text = |at| row.get::<_, String>(at);
        Ok((text(0)?, text(1)?, text(2)?, row::parsed_opt::<Edtf>(row, 3)?))
    })?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO actor_role (actor, role, organisation, country, from_on, to_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (actor, role, organisation, country) DO UPDATE SET
            from_on = coalesce(min(from_on, excluded.from_on), from_on, excluded.from_on),
            to_on = coalesce(max(to_on, excluded.to_on), to_on, excluded.to_on)",
    )?;
    for statement in rows {
        let (role, organisation, country, on) = statement?;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let on = on.as_ref();
        let (from, to) = (day(on.and_then(Edtf::first_day)), day(on.and_then(Edtf::last_day)));
        if !(role.is_empty() && organisation.is_empty() && country.is_empty()) {
            insert.execute((actor, role, organisation, country, from, to))?;
        }
    }
    Ok(())
}

/// Speakers of whose name a word starts with `prefix`, without regard to case and accents, with
/// their latest role on record; those with the most statements first, those with none left out, fifty
/// at most.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, prefix: &str) -> Result<Vec<Speaker>> {
    let mut query = conn.prepare_cached(
        "SELECT actor.name, r.role, r.organisation, r.country,
            (SELECT count(*) FROM statement s JOIN annotation n ON n.id = s.annotation
             JOIN article a ON a.uid = n.article
             WHERE s.speaker = actor.id AND n.deleted_at IS NULL AND a.deleted_at IS NULL) AS statements
         FROM actor LEFT JOIN actor_role r ON r.id = (SELECT id FROM actor_role WHERE actor = actor.id
            ORDER BY coalesce(to_on, '') DESC, id DESC LIMIT 1)
         ORDER BY statements DESC, actor.match_name",
    )?;
    let rows = query.query_map([], |row| {
        let text = |at| row.get(at).map(|text: Option<String>| row::filled(text.as_deref()));
        Ok(Speaker {
            name: row.get(0)?,
            role: text(1)?,
            organisation: text(2)?,
            country: text(3)?.and_then(|code| code.parse().ok()),
            statements: row.get(4)?,
        })
    })?;
    let wanted = fold(prefix.trim());
    let mut speakers = Vec::new();
    for speaker in rows {
        let speaker: Speaker = speaker?;
        if speaker.statements == 0 {
            break;
        }
        let name = fold(&speaker.name);
        if name.starts_with(&wanted)
            || name.match_indices(&wanted).any(|(at, _)| name[..at].ends_with([' ', '-']))
        {
            speakers.push(speaker);
            if speakers.len() == 50 {
                break;
            }
        }
    }
    Ok(speakers)
}
