//! Sources: publishers, with a reliability that has a history, and what a person knows of them.
//!
//! A source that is merged into another stays on record under its name, so that the next article that prints
//! the name is filed with the other, and the merge can be taken back.

use std::collections::{BTreeMap, HashMap};

use bilat_core::{
    Actor, Affiliation, ArticleId, Grading, LikelySameSource, Reliability, Source, SourceEdit, SourceId,
    SourceName,
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::row::{self, filled, match_name};
use crate::search::fold;
use crate::{log, search};

/// The number of the source called `name`, made where there is none; nothing for a blank name.
pub(crate) fn find_or_create(conn: &Connection, name: &str, kind: &str) -> Result<Option<i64>> {
    let wanted = match_name(name);
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some(id) = find(conn, name)? {
        return Ok(Some(id));
    }
    conn.prepare_cached("INSERT INTO source (name, match_name, kind) VALUES (?1, ?2, ?3)")?.execute((
        bilat_core::normalise_spaces(name),
        wanted,
        kind,
    ))?;
    Ok(Some(conn.last_insert_rowid()))
}

/// The number of the source that goes by `name`: the one it was merged into, where it was.
pub(crate) fn find(conn: &Connection, name: &str) -> Result<Option<i64>> {
    let found = conn
        .prepare_cached("SELECT id FROM source WHERE match_name = ?1")?
        .query_row([match_name(name)], |row| row.get(0))
        .optional()?;
    found.map(|id| stands_for(conn, id)).transpose()
}

fn stands_for(conn: &Connection, source: i64) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "WITH RECURSIVE up(id, next) AS (SELECT id, merged_into FROM source WHERE id = ?1
                UNION SELECT source.id, source.merged_into FROM source JOIN up ON source.id = up.next)
             SELECT id FROM up WHERE next IS NULL",
        )?
        .query_row([source], |row| row.get(0))?)
}

/// Sets how far the source called `name` can be relied on, from `now` on; what held before stays on record.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_reliability(
    conn: &Connection,
    name: &str,
    reliability: Reliability,
    reason: &str,
    now: &str,
) -> Result<()> {
    let id = find(conn, name)?.ok_or_else(|| Error::not_found("source", name))?;
    grade(conn, SourceId(id), reliability, reason, now)
}

/// As [`set_reliability`], by number. The same letter again is kept only where it has a reason.
///
/// # Errors
/// [`Error::NotFound`].
pub fn grade(
    conn: &Connection,
    id: SourceId,
    reliability: Reliability,
    reason: &str,
    now: &str,
) -> Result<()> {
    exists(conn, id)?;
    if read_reliability(conn, id.0)? == reliability && reason.trim().is_empty() {
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO source_reliability (source, reliability, reason, set_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((id.0, row::name(reliability), reason.trim(), now))?;
    log::append(conn, now, "source graded", &format!("source {id}"), &json!({ "reliability": reliability }))
}

fn read_reliability(conn: &Connection, id: i64) -> Result<Reliability> {
    Ok(conn
        .prepare_cached("SELECT reliability FROM source_now WHERE id = ?1")?
        .query_row([id], |row| row::named(row, 0))?)
}

/// What the source called `name` was graded, newest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_gradings(conn: &Connection, name: &str) -> Result<Vec<Grading>> {
    find(conn, name)?.map_or(Ok(Vec::new()), |id| gradings(conn, id))
}

fn gradings(conn: &Connection, id: i64) -> Result<Vec<Grading>> {
    let mut query = conn.prepare_cached(
        "SELECT reliability, reason, set_at FROM source_reliability WHERE source = ?1 ORDER BY id DESC",
    )?;
    let rows = query.query_map([id], |row| {
        Ok(Grading { reliability: row::named(row, 0)?, reason: row.get(1)?, set_at: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const ROW: &str = "s.id, s.name, s.kind, s.country, s.affiliation, s.affiliation_note, s.affiliation_from, s.url, s.note,
    s.reliability, coalesce(s.language, (SELECT a.language FROM article a WHERE a.source = s.id AND a.language IS NOT NULL
        GROUP BY a.language ORDER BY count(*) DESC LIMIT 1)),
    (SELECT count(*) FROM article a WHERE a.source = s.id AND a.deleted_at IS NULL),
    (SELECT count(DISTINCT a.origin) FROM article a WHERE a.source = s.id AND a.deleted_at IS NULL),
    (SELECT count(*) FROM article a JOIN annotation n ON n.article = a.uid JOIN statement st ON st.annotation = n.id
        WHERE a.source = s.id AND a.deleted_at IS NULL AND n.deleted_at IS NULL)";

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        id: SourceId(row.get(0)?),
        name: row.get(1)?,
        names: Vec::new(),
        kind: row::named(row, 2)?,
        country: row::parsed_opt(row, 3)?,
        affiliation: row::named_opt(row, 4)?,
        affiliation_note: row.get(5)?,
        affiliation_from: row.get(6)?,
        url: row.get(7)?,
        note: row.get(8)?,
        reliability: row::named(row, 9)?,
        gradings: Vec::new(),
        language: row.get(10)?,
        articles: row.get(11)?,
        origins: row.get(12)?,
        statements: row.get(13)?,
    })
}

/// Every source that is not merged into another, those with the most articles first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<Source>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW} FROM source_now s WHERE s.merged_into IS NULL ORDER BY 12 DESC, s.match_name"
    ))?;
    let mut found = query.query_map([], source)?.collect::<Result<Vec<_>, _>>()?;
    let mut names = merged_names(conn)?;
    for source in &mut found {
        source.names = names.remove(&source.id.0).unwrap_or_default();
        source.gradings = gradings(conn, source.id.0)?;
    }
    Ok(found)
}

/// The source numbered `id`, or the one that it is merged into.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: SourceId) -> Result<Source> {
    exists(conn, id)?;
    let id = stands_for(conn, id.0)?;
    let mut found = conn
        .prepare_cached(&format!("SELECT {ROW} FROM source_now s WHERE s.id = ?1"))?
        .query_row([id], source)?;
    found.names = merged_names(conn)?.remove(&id).unwrap_or_default();
    found.gradings = gradings(conn, id)?;
    Ok(found)
}

fn merged_names(conn: &Connection) -> Result<HashMap<i64, Vec<SourceName>>> {
    let mut query =
        conn.prepare_cached("SELECT id, name FROM source WHERE merged_into IS NOT NULL ORDER BY match_name")?;
    let rows = query.query_map([], |row| Ok(SourceName { id: SourceId(row.get(0)?), name: row.get(1)? }))?;
    let mut found: HashMap<i64, Vec<SourceName>> = HashMap::new();
    for name in rows {
        let name = name?;
        found.entry(stands_for(conn, name.id.0)?).or_default().push(name);
    }
    Ok(found)
}

fn exists(conn: &Connection, id: SourceId) -> Result<()> {
    conn.prepare_cached("SELECT 1 FROM source WHERE id = ?1")?
        .exists([id.0])?
        .then_some(())
        .ok_or_else(|| Error::not_found("source", id))
}

/// Changes what is known of a source; answers the change that takes it back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when a value is not one of its field, or another source has the name.
pub fn edit(conn: &Connection, id: SourceId, edit: &SourceEdit, now: &str) -> Result<SourceEdit> {
    let before = read(conn, id)?;
    let id = before.id;
    let mut back = SourceEdit::default();
    let set = |column: &str, value: Option<&str>| -> Result<()> {
        conn.prepare_cached(&format!("UPDATE source SET {column} = ?2 WHERE id = ?1"))?
            .execute((id.0, value))?;
        Ok(())
    };
    if let Some(name) = &edit.name {
        let name = bilat_core::normalise_spaces(name);
        if name.is_empty() {
            return Err(Error::Invalid("write a name".into()));
        }
        let taken: Option<i64> = conn
            .prepare_cached("SELECT id FROM source WHERE match_name = ?1")?
            .query_row([match_name(&name)], |row| row.get(0))
            .optional()?;
        if taken.is_some_and(|other| other != id.0) {
            return Err(Error::Invalid(format!("“{name}” is on record already; merge the two instead")));
        }
        set("name", Some(&name))?;
        set("match_name", Some(&match_name(&name)))?;
        back.name = Some(before.name);
    }
    if let Some(kind) = edit.kind {
        set("kind", Some(&row::name(kind)))?;
        back.kind = Some(before.kind);
    }
    if let Some(country) = &edit.country {
        let country: Option<Actor> = filled(Some(country))
            .map(|country| country.parse().map_err(|error| Error::Invalid(format!("{error}"))))
            .transpose()?;
        set("country", country.map(Actor::code))?;
        back.country = Some(before.country.map_or(String::new(), |country| country.code().to_owned()));
    }
    if let Some(language) = &edit.language {
        let own: Option<String> = conn
            .prepare_cached("SELECT language FROM source WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))?;
        set("language", filled(Some(language)).as_deref())?;
        back.language = Some(own.unwrap_or_default());
    }
    if let Some(affiliation) = &edit.affiliation {
        let affiliation: Option<Affiliation> = filled(Some(affiliation))
            .map(|name| {
                row::value_named(&name).map_err(|_| {
                    let allowed = "state_owned, state_funded, party or independent";
                    Error::Invalid(format!("“{name}” is no state affiliation; write {allowed}"))
                })
            })
            .transpose()?;
        set("affiliation", affiliation.map(row::name).as_deref())?;
        back.affiliation = Some(before.affiliation.map_or(String::new(), row::name));
    }
    let texts = [
        ("affiliation_note", &edit.affiliation_note, &mut back.affiliation_note, before.affiliation_note),
        ("affiliation_from", &edit.affiliation_from, &mut back.affiliation_from, before.affiliation_from),
        ("note", &edit.note, &mut back.note, before.note),
    ];
    for (column, text, back, before) in texts {
        if let Some(text) = text {
            set(column, Some(text.trim()))?;
            *back = Some(before);
        }
    }
    if let Some(url) = &edit.url {
        set("url", filled(Some(url)).as_deref())?;
        back.url = Some(before.url.unwrap_or_default());
    }
    log::append(conn, now, "source edited", &format!("source {id}"), &json!({}))?;
    Ok(back)
}

/// Says that `merge` is another name of `keep`: its articles are filed with `keep`. [`split`] takes it back. The
/// gradings of both stay on record under each; that of `keep` holds.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the two are one already.
pub fn merge(conn: &Connection, merge: SourceId, keep: SourceId, now: &str) -> Result<()> {
    exists(conn, merge)?;
    exists(conn, keep)?;
    let (merge, keep) = (stands_for(conn, merge.0)?, stands_for(conn, keep.0)?);
    if merge == keep {
        return Err(Error::Invalid("these two are one already".into()));
    }
    let articles = articles(conn, merge)?;
    conn.prepare_cached("INSERT OR REPLACE INTO source_merge (source, articles) VALUES (?1, ?2)")?
        .execute((merge, row::to_json(&articles)))?;
    conn.prepare_cached("UPDATE source SET merged_into = ?2 WHERE id = ?1")?.execute((merge, keep))?;
    file(conn, &articles, merge, keep)?;
    log::append(conn, now, "sources merged", &format!("source {keep}"), &json!({ "merged": merge }))
}

/// Makes a source that was merged one of its own again, with the articles that the merge moved.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is one already.
pub fn split(conn: &Connection, id: SourceId, now: &str) -> Result<()> {
    exists(conn, id)?;
    let from = stands_for(conn, id.0)?;
    if from == id.0 {
        return Err(Error::Invalid("this source is not merged into another".into()));
    }
    let articles: Vec<ArticleId> = conn
        .prepare_cached("SELECT articles FROM source_merge WHERE source = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    conn.prepare_cached("DELETE FROM source_merge WHERE source = ?1")?.execute([id.0])?;
    conn.prepare_cached("UPDATE source SET merged_into = NULL WHERE id = ?1")?.execute([id.0])?;
    file(conn, &articles, from, id.0)?;
    log::append(conn, now, "source split off", &format!("source {id}"), &json!({ "from": from }))
}

fn articles(conn: &Connection, source: i64) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached("SELECT uid FROM article WHERE source = ?1")?;
    let rows = query.query_map([source], |row| row.get(0).map(ArticleId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Files those of `articles` that are filed with `from` with `to`: one that a person filed elsewhere since stays there.
fn file(conn: &Connection, articles: &[ArticleId], from: i64, to: i64) -> Result<()> {
    for article in articles {
        let moved = conn
            .prepare_cached("UPDATE article SET source = ?3 WHERE uid = ?1 AND source = ?2")?
            .execute((article.0, from, to))?;
        if moved > 0 {
            search::index::refresh(conn, *article)?;
        }
    }
    Ok(())
}

/// Sources whose names differ in case, spaces, marks, an article or a web address's parts only; `sources` come
/// with the most articles first.
pub fn list_likely_same(sources: &[Source]) -> Vec<LikelySameSource> {
    let mut alike: BTreeMap<String, Vec<&Source>> = BTreeMap::new();
    for source in sources {
        let bare = bare(&source.name);
        if !bare.is_empty() {
            alike.entry(bare).or_default().push(source);
        }
    }
    let pairs = alike.values().flat_map(|group| {
        group[1..].iter().map(|other| LikelySameSource { keep: group[0].id, merge: other.id })
    });
    pairs.collect()
}

/// What stays of a name when its dress is taken off: “The Harbour Courier” and “harbourcourier.example” are one.
fn bare(name: &str) -> String {
    let name = fold(name);
    let name =
        name.trim().trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let name = if name.contains(' ') { name } else { name.split('.').next().unwrap_or_default() };
    let words =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "the" | "online"));
    words.collect()
}

#[cfg(test)]
mod tests {
    use bilat_core::SourceKind;

    use super::*;
    use crate::article::{self, ArticleEdit};
    use crate::desk::{Desk, NOW};

    fn clip(desk: &Desk, title: &str, outlet: &str) -> ArticleId {
        let id = desk.clip(title, "We signed a pact.", "2031-05-02");
        let outlet = outlet.to_owned();
        desk.write(move |tx| {
            article::edit(tx, id, &ArticleEdit { outlet: Some(&outlet), ..Default::default() }, NOW)
        });
        id
    }

    fn shown(desk: &Desk) -> Vec<String> {
        let sources = desk.read(list).into_iter().filter(|source| source.articles > 0);
        let mut shown: Vec<String> = sources
            .map(|source| format!("{} {} {}", source.name, source.articles, source.reliability.letter()))
            .collect();
        shown.sort();
        shown
    }

    #[test]
    fn merged_sources_share_their_articles_until_the_merge_is_taken_back() {
        let desk = Desk::new();
        let one = clip(&desk, "One", "The Quay Post");
        clip(&desk, "Two", "quaypost.example");
        let [post, site] = ["The Quay Post", "quaypost.example"]
            .map(|name| SourceId(desk.read(|conn| find(conn, name)).unwrap()));
        desk.write(move |tx| grade(tx, post, Reliability::B, "corrects itself", NOW));
        let before = shown(&desk);
        let likely = list_likely_same(&desk.read(list));
        assert!(
            likely.iter().any(
                |same| [same.keep, same.merge].contains(&post) && [same.keep, same.merge].contains(&site)
            )
        );
        desk.write(move |tx| merge(tx, site, post, NOW));
        assert_eq!(shown(&desk), ["The Quay Post 2 B"]);
        assert_eq!(desk.read(|conn| read(conn, site)).names[0].name, "quaypost.example");
        let later = clip(&desk, "Three", "Quaypost.example");
        assert_eq!(shown(&desk), ["The Quay Post 3 B"], "the other name is filed with it");
        // One that a person filed elsewhere since stays there.
        desk.write(move |tx| {
            article::edit(tx, later, &ArticleEdit { outlet: Some("Elsewhere"), ..Default::default() }, NOW)
        });
        desk.write(move |tx| {
            article::edit(tx, one, &ArticleEdit { outlet: Some("The Quay Post"), ..Default::default() }, NOW)
        });
        desk.write(move |tx| split(tx, site, NOW));
        assert_eq!(shown(&desk), [vec!["Elsewhere 1 F".to_owned()], before].concat());
    }

    #[test]
    fn what_is_said_of_a_source_is_unknown_until_a_person_says_it_and_can_be_taken_back() {
        let desk = Desk::new();
        clip(&desk, "One", "The Quay Post");
        let id = SourceId(desk.read(|conn| find(conn, "The Quay Post")).unwrap());
        let before = desk.read(|conn| read(conn, id));
        assert_eq!(
            (before.affiliation, before.reliability, before.kind),
            (None, Reliability::F, SourceKind::Outlet)
        );
        assert_eq!(before.language.as_deref(), Some("en-GB"));
        let change = SourceEdit {
            kind: Some(SourceKind::Broadcaster),
            country: Some("Norway".into()),
            affiliation: Some("state_funded".into()),
            affiliation_note: Some("by a yearly grant".into()),
            affiliation_from: Some("its annual report for 2030".into()),
            ..SourceEdit::default()
        };
        let back = desk.write(move |tx| edit(tx, id, &change, NOW));
        let after = desk.read(|conn| read(conn, id));
        assert_eq!(
            (after.affiliation, after.country.map(Actor::code)),
            (Some(Affiliation::StateFunded), Some("NO"))
        );
        desk.write(move |tx| edit(tx, id, &back, NOW));
        assert_eq!(desk.read(|conn| read(conn, id)), before);
        for wrong in [
            SourceEdit { affiliation: Some("friendly".into()), ..SourceEdit::default() },
            SourceEdit { country: Some("Ruritania".into()), ..SourceEdit::default() },
            SourceEdit { name: Some(" ".into()), ..SourceEdit::default() },
        ] {
            assert!(desk.store.write_blocking(move |tx| edit(tx, id, &wrong, NOW)).is_err());
        }
    }

    #[test]
    fn every_grading_stays_on_record() {
        let desk = Desk::new();
        clip(&desk, "One", "The Quay Post");
        let id = SourceId(desk.read(|conn| find(conn, "The Quay Post")).unwrap());
        for (letter, reason) in
            [(Reliability::B, ""), (Reliability::B, ""), (Reliability::D, "two retractions")]
        {
            desk.write(move |tx| grade(tx, id, letter, reason, NOW));
        }
        let found = desk.read(|conn| read(conn, id));
        assert_eq!(found.reliability, Reliability::D);
        let letters: Vec<(char, &str)> =
            found.gradings.iter().map(|g| (g.reliability.letter(), g.reason.as_str())).collect();
        assert_eq!(letters, [('D', "two retractions"), ('B', "")]);
    }
}
