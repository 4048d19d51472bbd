//! Speakers: who speaks in the library, and what they were on which day.
//!
//! A spelling of a name is a row of its own. Merging two points one row at the other, and keeps with every
//! statement the spelling it was given (`named`), so that a merge loses nothing and is taken back at any time.
//!
//! Roles come from two places: a person writes one down with its days (`actor_office`), and statements show one
//! on theirs (`actor_role`, derived), so that the next statement of the same person completes itself while
//! every statement keeps the role of its own day.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use bilat_core::{
    Actor, AnnotationId, Edtf, LikelySame, Office, OfficeId, Person, Speaker, SpeakerId, Spelling, WhySame,
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::row::{self, filled, match_name};
use crate::search::fold;
use crate::{log, search};

/// The number of the actor called `name`, made where there is none; nothing for a blank name.
pub(crate) fn find_or_create(conn: &Connection, name: &str) -> Result<Option<i64>> {
    let wanted = match_name(name);
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some(found) = find(conn, name)? {
        return Ok(Some(found));
    }
    conn.prepare_cached("INSERT INTO actor (name, match_name) VALUES (?1, ?2)")?
        .execute((bilat_core::normalise_spaces(name), wanted))?;
    Ok(Some(conn.last_insert_rowid()))
}

fn find(conn: &Connection, name: &str) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT id FROM actor WHERE match_name = ?1")?
        .query_row([match_name(name)], |row| row.get(0))
        .optional()?)
}

/// Whom `actor` is merged into in the end; itself where it is not.
pub(crate) fn stands_for(conn: &Connection, actor: i64) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "WITH RECURSIVE up(id, next) AS (SELECT id, merged_into FROM actor WHERE id = ?1
                UNION SELECT actor.id, actor.merged_into FROM actor JOIN up ON actor.id = up.next)
             SELECT id FROM up WHERE next IS NULL",
        )?
        .query_row([actor], |row| row.get(0))?)
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
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let on = on.as_ref();
        let (from, to) = (day(on.and_then(Edtf::first_day)), day(on.and_then(Edtf::last_day)));
        if !(role.is_empty() && organisation.is_empty() && country.is_empty()) {
            insert.execute((actor, role, organisation, country, from, to))?;
        }
    }
    Ok(())
}

/// Speakers of whose name a word starts with `prefix`, in any of its spellings, without regard to case and accents,
/// with their role `on` that day, or else the latest on record; those with the most statements first, those with
/// none left out, fifty at most.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, prefix: &str, on: Option<&Edtf>) -> Result<Vec<Speaker>> {
    let wanted = fold(prefix.trim());
    let starts = |name: &str| {
        let name = fold(name);
        name.starts_with(&wanted)
            || name.match_indices(&wanted).any(|(at, _)| name[..at].ends_with([' ', '-']))
    };
    let spelled = spellings(conn)?;
    let mut query = conn.prepare_cached(
        "SELECT actor.id, actor.name,
            (SELECT count(*) FROM statement s JOIN annotation n ON n.id = s.annotation
             JOIN article a ON a.uid = n.article
             WHERE s.speaker = actor.id AND n.deleted_at IS NULL AND a.deleted_at IS NULL) AS statements
         FROM actor WHERE merged_into IS NULL ORDER BY statements DESC, actor.match_name",
    )?;
    let rows =
        query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, u32>(2)?)))?;
    let mut speakers = Vec::new();
    for found in rows {
        let (id, name, statements) = found?;
        if statements == 0 || speakers.len() == 50 {
            break;
        }
        let others = spelled.get(&id).into_iter().flatten();
        if !starts(&name) && !others.map(|other| &other.name).any(|other| starts(other)) {
            continue;
        }
        let office = office_on(&offices(conn, id)?, on);
        let Office { role, organisation, country, .. } = office.unwrap_or_default();
        speakers.push(Speaker { id: SpeakerId(id), name, role, organisation, country, statements });
    }
    Ok(speakers)
}

/// What the speaker of this name, in any of its spellings, was on a day: by a person's word if somebody wrote it
/// down, else as statements show it, of that day or the nearest before it, or else the first after it. Nothing
/// for a name that nobody has.
///
/// # Errors
/// When the library cannot be read.
pub fn role_on(conn: &Connection, name: &str, on: Option<&Edtf>) -> Result<Option<Office>> {
    let Some(actor) = find(conn, name)? else { return Ok(None) };
    Ok(office_on(&offices(conn, stands_for(conn, actor)?)?, on))
}

/// The one of `offices` that fits a day best; the latest where no day is given.
fn office_on(offices: &[Office], on: Option<&Edtf>) -> Option<Office> {
    let first = |office: &Office| office.from.as_ref().and_then(Edtf::first_day).unwrap_or(NaiveDate::MIN);
    let last = |office: &Office| office.until.as_ref().and_then(Edtf::last_day).unwrap_or(NaiveDate::MAX);
    let (written, seen): (Vec<&Office>, Vec<&Office>) =
        offices.iter().partition(|office| office.id.is_some());
    let day = on.and_then(|on| on.first_day().or_else(|| on.last_day()));
    let Some(day) = day else {
        // A role that has ended is none to go on with where another is on record.
        return written
            .iter()
            .max_by_key(|office| (last(office), first(office)))
            .or_else(|| seen.iter().max_by_key(|office| office.until.as_ref().and_then(Edtf::last_day)))
            .map(|office| (*office).clone());
    };
    let holds = |office: &&&Office| first(office) <= day && day <= last(office);
    let found = written
        .iter()
        .filter(holds)
        .max_by_key(|office| first(office))
        .or_else(|| {
            seen.iter()
                .filter(|office| office.until.is_some())
                .filter(holds)
                .max_by_key(|office| last(office))
        })
        .or_else(|| {
            seen.iter()
                .filter(|office| office.until.is_some() && last(office) < day)
                .max_by_key(|office| last(office))
        })
        .or_else(|| seen.iter().filter(|office| first(office) > day).min_by_key(|office| first(office)))
        .or_else(|| seen.iter().find(|office| office.until.is_none()));
    found.map(|office| (*office).clone())
}

/// Under each speaker, the spellings that were merged into it, by name.
fn spellings(conn: &Connection) -> Result<HashMap<i64, Vec<Spelling>>> {
    let mut query =
        conn.prepare_cached("SELECT id, name FROM actor WHERE merged_into IS NOT NULL ORDER BY match_name")?;
    let rows = query.query_map([], |row| Ok(Spelling { id: SpeakerId(row.get(0)?), name: row.get(1)? }))?;
    let mut found: HashMap<i64, Vec<Spelling>> = HashMap::new();
    for spelling in rows {
        let spelling = spelling?;
        found.entry(stands_for(conn, spelling.id.0)?).or_default().push(spelling);
    }
    Ok(found)
}

/// Everybody that stands under `actor`, itself included.
const UNDER: &str = "WITH RECURSIVE under(id) AS (SELECT ?1
    UNION SELECT actor.id FROM actor JOIN under ON actor.merged_into = under.id)";

/// The roles of `actor` and of all that is merged into it: those a person wrote down first, the latest first.
fn offices(conn: &Connection, actor: i64) -> Result<Vec<Office>> {
    let office = |row: &Row<'_>| {
        let text = |at| row.get::<_, String>(at).map(|text| filled(Some(&text)));
        Ok(Office {
            id: row.get::<_, Option<i64>>(0)?.map(OfficeId),
            role: text(1)?,
            organisation: text(2)?,
            country: text(3)?.and_then(|code| code.parse().ok()),
            from: row::parsed_opt(row, 4)?,
            until: row::parsed_opt(row, 5)?,
        })
    };
    let mut query = conn.prepare_cached(&format!(
        "{UNDER} SELECT id, role, organisation, country, from_on, until_on FROM actor_office
         WHERE actor IN (SELECT id FROM under)
         ORDER BY until_on IS NOT NULL, until_on DESC, from_on IS NULL, from_on DESC, id DESC"
    ))?;
    let mut found = query.query_map([actor], office)?.collect::<Result<Vec<_>, _>>()?;
    let mut query = conn.prepare_cached(
        "SELECT NULL, role, organisation, country, from_on, to_on FROM actor_role WHERE actor = ?1
         ORDER BY coalesce(to_on, '') DESC, id DESC",
    )?;
    for seen in query.query_map([actor], office)? {
        found.push(seen?);
    }
    Ok(found)
}

/// Everybody who speaks in the library, those with the most statements first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_people(conn: &Connection) -> Result<Vec<Person>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT actor.id, actor.name, count({LIVE}), min(CASE WHEN {LIVE} THEN coalesce(st.said_on, a.published) END),
            max(CASE WHEN {LIVE} THEN coalesce(st.said_on, a.published) END),
            EXISTS (SELECT 1 FROM actor_office o WHERE o.actor = actor.id)
         FROM actor LEFT JOIN statement st ON st.speaker = actor.id
            LEFT JOIN annotation n ON n.id = st.annotation LEFT JOIN article a ON a.uid = n.article
         WHERE actor.merged_into IS NULL GROUP BY actor.id ORDER BY 3 DESC, actor.match_name"
    ))?;
    let mut spelled = spellings(conn)?;
    let rows = query.query_map([], |row| {
        let person = Person {
            id: SpeakerId(row.get(0)?),
            name: row.get(1)?,
            spellings: Vec::new(),
            country: None,
            offices: Vec::new(),
            statements: row.get(2)?,
            first_on: row::parsed_opt(row, 3)?,
            last_on: row::parsed_opt(row, 4)?,
        };
        Ok((person, row.get::<_, bool>(5)?))
    })?;
    let mut people = Vec::new();
    for found in rows {
        let (mut person, written) = found?;
        person.spellings = spelled.remove(&person.id.0).unwrap_or_default();
        // Whose last statement was taken away is shown only where something else is on record.
        if person.statements == 0 && !written && person.spellings.is_empty() {
            continue;
        }
        person.offices = offices(conn, person.id.0)?;
        person.country = office_on(&person.offices, None).and_then(|office| office.country);
        people.push(person);
    }
    Ok(people)
}

/// A statement that is not in the bin, as a value for `count`.
const LIVE: &str = "CASE WHEN n.id IS NOT NULL AND n.deleted_at IS NULL AND a.deleted_at IS NULL THEN 1 END";

fn exists(conn: &Connection, id: SpeakerId) -> Result<()> {
    conn.prepare_cached("SELECT 1 FROM actor WHERE id = ?1")?
        .exists([id.0])?
        .then_some(())
        .ok_or_else(|| Error::not_found("speaker", id))
}

/// Gives a speaker another name; answers the one it had.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the name is blank, or another speaker has it.
pub fn rename(conn: &Connection, id: SpeakerId, name: &str, now: &str) -> Result<String> {
    exists(conn, id)?;
    let name = bilat_core::normalise_spaces(name);
    if name.is_empty() {
        return Err(Error::Invalid("write a name".into()));
    }
    if find(conn, &name)?.is_some_and(|other| other != id.0) {
        return Err(Error::Invalid(format!("“{name}” is on record already; merge the two instead")));
    }
    let before: String =
        conn.prepare_cached("SELECT name FROM actor WHERE id = ?1")?.query_row([id.0], |row| row.get(0))?;
    conn.prepare_cached("UPDATE actor SET name = ?2, match_name = ?3 WHERE id = ?1")?.execute((
        id.0,
        &name,
        match_name(&name),
    ))?;
    refresh_index(conn, stands_for(conn, id.0)?)?;
    log::append(
        conn,
        now,
        "speaker renamed",
        &format!("speaker {id}"),
        &json!({ "from": before, "to": name }),
    )?;
    Ok(before)
}

/// Says that `merge` is another spelling of `keep`: its statements count for `keep`, and lose nothing.
/// [`split`] takes it back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the two are one already.
pub fn merge(conn: &Connection, merge: SpeakerId, keep: SpeakerId, now: &str) -> Result<()> {
    exists(conn, merge)?;
    exists(conn, keep)?;
    let (merge, keep) = (stands_for(conn, merge.0)?, stands_for(conn, keep.0)?);
    if merge == keep {
        return Err(Error::Invalid("these two are one already".into()));
    }
    conn.prepare_cached("UPDATE actor SET merged_into = ?2 WHERE id = ?1")?.execute((merge, keep))?;
    conn.prepare_cached("UPDATE statement SET speaker = ?2 WHERE speaker = ?1")?.execute((merge, keep))?;
    for actor in [merge, keep] {
        refresh_roles(conn, actor)?;
    }
    refresh_index(conn, keep)?;
    log::append(conn, now, "speakers merged", &format!("speaker {keep}"), &json!({ "merged": merge }))
}

/// Makes a spelling that was merged a speaker of its own again, with the statements that were given it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is one already.
pub fn split(conn: &Connection, id: SpeakerId, now: &str) -> Result<()> {
    exists(conn, id)?;
    let from = stands_for(conn, id.0)?;
    if from == id.0 {
        return Err(Error::Invalid("this speaker is not merged into another".into()));
    }
    conn.prepare_cached("UPDATE actor SET merged_into = NULL WHERE id = ?1")?.execute([id.0])?;
    conn.prepare_cached(&format!(
        "{UNDER} UPDATE statement SET speaker = ?1 WHERE named IN (SELECT id FROM under)"
    ))?
    .execute([id.0])?;
    for actor in [id.0, from] {
        refresh_roles(conn, actor)?;
        refresh_index(conn, actor)?;
    }
    log::append(conn, now, "speaker split off", &format!("speaker {id}"), &json!({ "from": from }))
}

/// Brings up to date what the search index holds of the statements of `actor`.
fn refresh_index(conn: &Connection, actor: i64) -> Result<()> {
    let mut query = conn.prepare_cached("SELECT annotation FROM statement WHERE speaker = ?1")?;
    let annotations = query.query_map([actor], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    annotations.into_iter().try_for_each(|id| search::index::refresh_annotation(conn, AnnotationId(id)))
}

/// Writes down what somebody was and on which days: anew where `office` has no number. Answers its number.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when nothing is said, or it ends before it begins.
pub fn set_office(conn: &Connection, of: SpeakerId, office: &Office, now: &str) -> Result<OfficeId> {
    exists(conn, of)?;
    let (role, organisation) = (filled(office.role.as_deref()), filled(office.organisation.as_deref()));
    if role.is_none() && organisation.is_none() {
        return Err(Error::Invalid("write the role or the organisation".into()));
    }
    let begins = office.from.as_ref().and_then(Edtf::first_day);
    let ends = office.until.as_ref().and_then(Edtf::last_day);
    if begins.zip(ends).is_some_and(|(begins, ends)| ends < begins) {
        return Err(Error::Invalid("the role ends before it begins; check the two days".into()));
    }
    let values = (
        of.0,
        role.unwrap_or_default(),
        organisation.unwrap_or_default(),
        office.country.map_or("", Actor::code),
        office.from.as_ref().map(Edtf::as_str),
        office.until.as_ref().map(Edtf::as_str),
        office.id.map(|id| id.0),
    );
    let written = conn
        .prepare_cached(
            "INSERT INTO actor_office (actor, role, organisation, country, from_on, until_on, id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET role = excluded.role, organisation = excluded.organisation,
                country = excluded.country, from_on = excluded.from_on, until_on = excluded.until_on
             RETURNING id",
        )?
        .query_row(values, |row| row.get(0).map(OfficeId))?;
    log::append(conn, now, "role written down", &format!("speaker {of}"), &json!({ "office": office }))?;
    Ok(written)
}

/// Takes away a role that was written down; answers whose it was, and what, so that [`set_office`] can write it again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove_office(conn: &Connection, id: OfficeId, now: &str) -> Result<(SpeakerId, Office)> {
    let of: i64 = conn
        .prepare_cached("SELECT actor FROM actor_office WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("role", id))?;
    let before = offices(conn, of)?.into_iter().find(|office| office.id == Some(id));
    let before = before.ok_or_else(|| Error::not_found("role", id))?;
    conn.prepare_cached("DELETE FROM actor_office WHERE id = ?1")?.execute([id.0])?;
    log::append(conn, now, "role taken away", &format!("speaker {of}"), &json!({ "office": before }))?;
    Ok((SpeakerId(of), before))
}

/// Says that two are not one, so that they are not suggested again; or takes that back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn keep_apart(conn: &Connection, one: SpeakerId, other: SpeakerId, apart: bool) -> Result<()> {
    exists(conn, one)?;
    exists(conn, other)?;
    let sql = if apart {
        "INSERT OR IGNORE INTO actor_distinct (a, b) VALUES (min(?1, ?2), max(?1, ?2))"
    } else {
        "DELETE FROM actor_distinct WHERE a = min(?1, ?2) AND b = max(?1, ?2)"
    };
    conn.prepare_cached(sql)?.execute((one.0, other.0))?;
    Ok(())
}

/// Which of `people` may be one: equal surnames, or surnames alike in another script or transliteration, with given
/// names and countries that do not speak against it.
///
/// # Errors
/// When the library cannot be read.
pub fn list_likely_same(conn: &Connection, people: &[Person]) -> Result<Vec<LikelySame>> {
    let mut query = conn.prepare_cached("SELECT a, b FROM actor_distinct")?;
    let apart = query
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
        .collect::<Result<BTreeSet<_>, _>>()?;
    let mut by_surname: BTreeMap<String, Vec<(&Person, Name)>> = BTreeMap::new();
    for person in people {
        let names = std::iter::once(&person.name).chain(person.spellings.iter().map(|other| &other.name));
        for name in names.map(|name| Name::of(name)) {
            if name.bones.len() > 1 {
                by_surname.entry(name.bones.clone()).or_default().push((person, name));
            }
        }
    }
    let mut found: BTreeMap<(i64, i64), LikelySame> = BTreeMap::new();
    for alike in by_surname.values() {
        for (n, (one, its)) in alike.iter().enumerate() {
            for (other, others) in &alike[n + 1..] {
                let pair = (one.id.0.min(other.id.0), one.id.0.max(other.id.0));
                let countries = one.country.zip(other.country).is_none_or(|(a, b)| a == b);
                if one.id == other.id || apart.contains(&pair) || !countries || !its.may_be(others) {
                    continue;
                }
                let why =
                    if its.surname == others.surname { WhySame::Surname } else { WhySame::Transliteration };
                let (keep, merge) =
                    if (Reverse(one.statements), one.id) <= (Reverse(other.statements), other.id) {
                        (one.id, other.id)
                    } else {
                        (other.id, one.id)
                    };
                found.entry(pair).or_insert(LikelySame { keep, merge, why });
            }
        }
    }
    Ok(found.into_values().collect())
}

/// A name in Latin letters, taken apart.
struct Name {
    /// As written, lower case.
    surname: String,
    /// What every transliteration of the surname has in common.
    bones: String,
    /// The first name as written in Latin letters; nothing for a surname alone.
    given: Option<String>,
}

impl Name {
    fn of(name: &str) -> Self {
        let latin = any_ascii::any_ascii(name);
        let mut words: Vec<&str> = latin
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        let last = words.pop().unwrap_or_default();
        let own = name.split_whitespace().last().unwrap_or_default().to_lowercase();
        Self { surname: own, bones: bones(last), given: words.first().map(|given| (*given).to_owned()) }
    }

    /// Whether given names allow that the two are one: a surname alone does, and so does an initial.
    fn may_be(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (&self.given, &other.given) else { return true };
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        if short.len() == 1 {
            return long.to_lowercase().starts_with(&short.to_lowercase());
        }
        bones(one) == bones(other)
    }
}

/// The consonants of a word in Latin letters, those that transliterations of Russian, Ukrainian, Arabic and Persian
/// write in different ways made one; two of a kind count once.
fn bones(word: &str) -> String {
    let mut word = word.to_lowercase();
    for (written, one) in [
        ("shch", "š"),
        ("sch", "š"),
        ("sh", "š"),
        ("tch", "č"),
        ("ch", "č"),
        ("zh", "ž"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ts", "c"),
        ("tz", "c"),
        ("x", "ks"),
        ("w", "v"),
        ("q", "k"),
    ] {
        word = word.replace(written, one);
    }
    let mut bones = String::new();
    for letter in word.chars().filter(|c| c.is_alphanumeric() && !"aeiouyj".contains(*c)) {
        if !bones.ends_with(letter) {
            bones.push(letter);
        }
    }
    // The ending of an Arabic woman's name, written with an h or without.
    match bones.strip_suffix('h') {
        Some(stem) if stem.chars().count() > 1 => stem.to_owned(),
        _ => bones,
    }
}

#[cfg(test)]
mod tests {
    use bilat_core::{StatementDraft, StatementId};

    use super::*;
    use crate::desk::{Desk, NOW, morev};
    use crate::statement::{self, StatementFilter};

    fn said(desk: &Desk, who: &str, role: &str, on: &str) {
        let id = desk.clip(&format!("{who} on {on}"), "We signed a pact.", on);
        let draft = StatementDraft {
            speaker: Some(who.into()),
            role: (!role.is_empty()).then(|| role.into()),
            said_on: Some(on.parse().unwrap()),
            ..morev()
        };
        desk.mark(id, "We signed a pact", "", Some(draft));
    }

    fn people(desk: &Desk) -> Vec<Person> {
        desk.read(list_people)
    }

    fn names(desk: &Desk) -> Vec<String> {
        let person = |person: Person| {
            let others: Vec<String> = person.spellings.into_iter().map(|other| other.name).collect();
            format!("{} {} ({})", person.name, person.statements, others.join(", "))
        };
        people(desk).into_iter().map(person).collect()
    }

    fn id(desk: &Desk, name: &str) -> SpeakerId {
        let name = name.to_owned();
        SpeakerId(desk.read(move |conn| find(conn, &name)).unwrap())
    }

    #[test]
    fn a_merge_keeps_every_statement_and_is_taken_back_whole() {
        let desk = Desk::new();
        said(&desk, "Dmitri Vetrov", "spokesman", "2031-05-02");
        said(&desk, "Дмитрий Ветров", "spokesman", "2031-05-03");
        said(&desk, "D. Vetrov", "", "2031-05-04");
        let before = (names(&desk), desk.read(|conn| statement::list(conn, &StatementFilter::default())));
        let [dmitri, cyrillic, initial] =
            ["Dmitri Vetrov", "Дмитрий Ветров", "D. Vetrov"].map(|name| id(&desk, name));
        desk.write(move |tx| merge(tx, initial, cyrillic, NOW));
        desk.write(move |tx| merge(tx, cyrillic, dmitri, NOW));
        assert_eq!(names(&desk), ["Dmitri Vetrov 3 (D. Vetrov, Дмитрий Ветров)"]);
        for name in ["dmitri vetrov", "D. Vetrov", "дмитрий ветров"] {
            let filter = StatementFilter { speaker: Some(name), ..Default::default() };
            assert_eq!(desk.read(|conn| statement::list(conn, &filter)).0, 3, "{name}");
        }
        assert_eq!(desk.read(|conn| list(conn, "вет", None))[0].name, "Dmitri Vetrov");
        // A later statement under a spelling is the same person's.
        said(&desk, "D. Vetrov", "", "2031-05-05");
        assert_eq!(people(&desk)[0].statements, 4);
        let twice = desk.store.write_blocking(move |tx| merge(tx, initial, dmitri, NOW));
        assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");

        let last = desk.read(|conn| statement::list(conn, &StatementFilter::default())).1[0].annotation;
        desk.write(move |tx| crate::annotation::delete(tx, last, NOW));
        desk.write(move |tx| split(tx, cyrillic, NOW));
        assert_eq!(names(&desk)[0], "Дмитрий Ветров 2 (D. Vetrov)");
        desk.write(move |tx| split(tx, initial, NOW));
        let after = (names(&desk), desk.read(|conn| statement::list(conn, &StatementFilter::default())));
        assert_eq!(after, before);
    }

    #[test]
    fn those_who_may_be_one_are_suggested_and_others_are_not() {
        let desk = Desk::new();
        for name in [
            "Dmitri Vetrov",
            "Дмитрий Ветров",
            "Vetrov",
            "Sergei Vetrov",
            "Ana Reis",
            "Halima Khatib",
            "حليمة خطيب",
        ] {
            said(&desk, name, "", "2031-05-02");
        }
        let found = |desk: &Desk| {
            let people = people(desk);
            let name = |id: SpeakerId| people.iter().find(|person| person.id == id).unwrap().name.clone();
            let same = desk.read(|conn| list_likely_same(conn, &people));
            let mut same: Vec<String> = same
                .iter()
                .map(|same| {
                    let mut two = [name(same.keep), name(same.merge)];
                    two.sort();
                    format!("{} = {} ({:?})", two[0], two[1], same.why)
                })
                .collect();
            same.sort();
            same
        };
        let all = found(&desk);
        assert!(all.contains(&"Dmitri Vetrov = Vetrov (Surname)".to_owned()), "{all:?}");
        assert!(all.contains(&"Dmitri Vetrov = Дмитрий Ветров (Transliteration)".to_owned()), "{all:?}");
        assert!(all.iter().any(|line| line.contains("Khatib") && line.contains("خطيب")), "{all:?}");
        assert!(!all.iter().any(|line| line.contains("Dmitri") && line.contains("Sergei")), "{all:?}");
        assert!(!all.iter().any(|line| line.contains("Reis")), "{all:?}");
        let (one, other) = (id(&desk, "Vetrov"), id(&desk, "Dmitri Vetrov"));
        desk.write(move |tx| keep_apart(tx, one, other, true));
        assert_eq!(found(&desk).len(), all.len() - 1);
        desk.write(move |tx| keep_apart(tx, other, one, false));
        assert_eq!(found(&desk), all);
    }

    #[test]
    fn a_statement_is_filled_with_the_role_of_its_own_day() {
        let desk = Desk::new();
        said(&desk, "Ana Reis", "deputy minister", "2029-03-01");
        said(&desk, "Ana Reis", "minister", "2031-05-02");
        let who = id(&desk, "Ana Reis");
        let role = |on: &str| {
            let on: Option<Edtf> = (!on.is_empty()).then(|| on.parse().unwrap());
            desk.read(|conn| role_on(conn, "ana reis", on.as_ref()))
                .and_then(|office| office.role)
                .unwrap_or_default()
        };
        assert_eq!(
            ["2029-03-01", "2030-01-01", "2031-05-02", "2032", ""].map(role),
            ["deputy minister", "deputy minister", "minister", "minister", "minister"]
        );
        assert_eq!(role("2020-01-01"), "deputy minister", "the nearest that is known");
        let office = |role: &str, from: &str, until: &str| Office {
            role: Some(role.into()),
            from: from.parse().ok(),
            until: until.parse().ok(),
            ..Office::default()
        };
        let (first, second) = (office("state secretary", "2030", "2030-12"), office("envoy", "2032-01", ""));
        let kept = desk.write(move |tx| set_office(tx, who, &first, NOW));
        desk.write(move |tx| set_office(tx, who, &second, NOW));
        assert_eq!(
            ["2029-03-01", "2030-06-01", "2031-05-02", "2033-01-01", ""].map(role),
            ["deputy minister", "state secretary", "minister", "envoy", "envoy"]
        );
        assert_eq!(
            desk.read(|conn| list(conn, "ana", "2030-06".parse().ok().as_ref()))[0].role.as_deref(),
            Some("state secretary")
        );
        let (of, taken) = desk.write(move |tx| remove_office(tx, kept, NOW));
        assert_eq!(role("2030-06-01"), "deputy minister");
        desk.write(move |tx| set_office(tx, of, &taken, NOW));
        assert_eq!(role("2030-06-01"), "state secretary");
        let wrong = office("envoy", "2032", "2031");
        assert!(desk.store.write_blocking(move |tx| set_office(tx, who, &wrong, NOW)).is_err());
        assert_eq!(desk.read(|conn| role_on(conn, "Nobody", None)), None);
    }

    #[test]
    fn a_new_name_is_found_and_one_that_is_taken_is_refused() {
        let desk = Desk::new();
        said(&desk, "Ana Ries", "", "2031-05-02");
        said(&desk, "Ilya Morev", "", "2031-05-03");
        let who = id(&desk, "Ana Ries");
        assert_eq!(desk.write(move |tx| rename(tx, who, " Ana  Reis ", NOW)), "Ana Ries");
        let filter = StatementFilter { query: Some("reis"), ..Default::default() };
        assert_eq!(desk.read(|conn| statement::list(conn, &filter)).0, 1);
        let taken = desk.store.write_blocking(move |tx| rename(tx, who, "ilya morev", NOW)).unwrap_err();
        assert!(taken.to_string().contains("merge the two"), "{taken}");
        let gone = desk.read(|conn| statement::list_by_id(conn, &[StatementId(99)]));
        assert!(gone.is_empty());
    }
}
