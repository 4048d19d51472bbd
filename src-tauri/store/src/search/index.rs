//! What search reads, derived from the records and made again whenever one of them changes.
//!
//! Every function here may be called at any time: it takes out what the index holds of a record and
//! puts in what it should hold. Articles in the bin are not in the index at all, so no search has to
//! filter them out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use bilat_core::{AnnotationId, ArticleId, BlockKind, BriefingId, CodePoints, Snapshot, SnapshotId};
use rusqlite::{Connection, OptionalExtension};

use super::plan::latin;
use super::text::{all_pairs, fold, is_cjk};
use crate::error::Result;
use crate::{article, snapshot, source, statement};

/// The token that every record has.
pub const EVERYTHING: &str = "xall";

/// The tokens by which records are filtered. A word that a person could type has none of them,
/// because words are looked for in other columns.
pub mod token {
    use bilat_core::{Actor, Dyad};

    fn plain(text: &str) -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    }
    /// On a pair.
    pub fn pair(dyad: Dyad) -> String {
        format!("xp{}x{}", plain(dyad.a().code()), plain(dyad.b().code()))
    }
    /// On a country.
    pub fn country(country: Actor) -> String {
        format!("xc{}", plain(country.code()))
    }
    /// With an annotation of this kind.
    pub fn kind(kind: &str) -> String {
        format!("xk{}", plain(kind))
    }
    /// In a language, its script and region left out.
    pub fn language(tag: &str) -> String {
        format!("xl{}", plain(tag.split(['-', '_']).next().unwrap_or_default()))
    }
    /// With a tag.
    pub fn tag(id: i64) -> String {
        format!("xt{id}")
    }
    /// Published by, or credited to.
    pub fn source(id: i64) -> String {
        format!("xo{id}")
    }
    /// With a statement by.
    pub fn speaker(id: i64) -> String {
        format!("xs{id}")
    }
}

/// The words of a snapshot under its headline.
pub fn body(snapshot: &Snapshot) -> String {
    let text = CodePoints::new(&snapshot.text);
    let blocks = snapshot.blocks.iter().filter(|block| block.kind != BlockKind::Title);
    blocks.map(|block| text.slice(block.span())).collect::<Vec<_>>().join("\n\n")
}

/// What the index holds of an article.
#[derive(Debug, PartialEq, Eq)]
struct Indexed {
    ord: i64,
    title: String,
    body: String,
    cjk: String,
    tags: String,
}

/// What waits to be indexed at the end of a transaction.
#[derive(Default)]
struct Waiting {
    /// Articles; whether with all their annotations.
    articles: BTreeMap<ArticleId, bool>,
    annotations: BTreeSet<AnnotationId>,
}

thread_local! {
    static WAITING: RefCell<Option<Waiting>> = const { RefCell::new(None) };
}

/// Runs `work`, part of one transaction, and indexes what it touched once, at its end. One clip touches its
/// article three times, one imported item with its tags and annotations a dozen times; to take an article
/// out of FTS5 and put it in again costs more than all the rest.
pub fn once<T>(conn: &Connection, work: impl FnOnce() -> Result<T>) -> Result<T> {
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            WAITING.with_borrow_mut(Option::take);
        }
    }
    WAITING.with_borrow_mut(|waiting| *waiting = Some(Waiting::default()));
    let ended = Ended;
    let value = work()?;
    let waiting = WAITING.with_borrow_mut(Option::take).unwrap_or_default();
    drop(ended);
    for (id, whole) in waiting.articles {
        if whole { refresh(conn, id)? } else { refresh_article(conn, id)? }
    }
    waiting.annotations.into_iter().try_for_each(|id| index_annotation(conn, id.0))?;
    Ok(value)
}

/// Notes what is to be indexed later; whether it was, or must be indexed now.
fn later(article: ArticleId, annotation: Option<AnnotationId>) -> bool {
    WAITING.with_borrow_mut(|waiting| {
        let Some(waiting) = waiting else { return false };
        *waiting.articles.entry(article).or_default() |= annotation.is_none();
        waiting.annotations.extend(annotation);
        true
    })
}

/// Brings everything the index holds of `id` and its annotations up to date.
pub fn refresh(conn: &Connection, id: ArticleId) -> Result<()> {
    if later(id, None) {
        return Ok(());
    }
    refresh_article(conn, id)?;
    let mut query = conn.prepare_cached("SELECT id FROM annotation WHERE article = ?1")?;
    let ids = query.query_map([id.0], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    ids.into_iter().try_for_each(|annotation| index_annotation(conn, annotation))
}

/// Brings up to date what the index holds of an annotation and, where that follows, of its article.
pub fn refresh_annotation(conn: &Connection, id: AnnotationId) -> Result<()> {
    let article = conn
        .prepare_cached("SELECT article FROM annotation WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(ArticleId))?;
    if later(article, Some(id)) {
        return Ok(());
    }
    refresh_article(conn, article)?;
    index_annotation(conn, id.0)
}

/// Takes `id` and its annotations out of the index.
pub fn remove(conn: &Connection, id: ArticleId) -> Result<()> {
    if let Some(old) = indexed(conn, id)? {
        take_out(conn, &old)?;
    }
    for table in ["fts_note", "fts_statement"] {
        conn.prepare_cached(&format!(
            "DELETE FROM {table} WHERE rowid IN (SELECT id FROM annotation WHERE article = ?1)"
        ))?
        .execute([id.0])?;
    }
    remove_pairs(conn, id)
}

fn remove_pairs(conn: &Connection, id: ArticleId) -> Result<()> {
    conn.prepare_cached("DELETE FROM article_pair WHERE ord = (SELECT ord FROM article WHERE uid = ?1)")?
        .execute([id.0])?;
    Ok(())
}

fn refresh_article(conn: &Connection, id: ArticleId) -> Result<()> {
    let old = indexed(conn, id)?;
    let new = wanted(conn, id, old.as_ref())?;
    remove_pairs(conn, id)?;
    if new.is_some() {
        let (confirmed, suggested) = article::dyads(conn, id)?;
        let mut insert = conn.prepare_cached(
            "INSERT OR IGNORE INTO article_pair (dyad, ord, confirmed, source, month, origin, language)
             SELECT ?2, ord, ?3, source, month, origin, language FROM article WHERE uid = ?1",
        )?;
        for (dyads, is_confirmed) in [(confirmed, true), (suggested, false)] {
            for dyad in dyads {
                insert.execute((id.0, dyad.to_string(), is_confirmed))?;
            }
        }
    }
    if old != new {
        if let Some(old) = &old {
            take_out(conn, old)?;
        }
        if let Some(new) = &new {
            put_in(conn, new)?;
        }
    }
    Ok(())
}

fn indexed(conn: &Connection, id: ArticleId) -> Result<Option<Indexed>> {
    Ok(conn
        .prepare_cached(
            "SELECT t.ord, t.title, t.body, t.cjk, t.tags FROM article a JOIN article_text t ON t.ord = a.ord
             WHERE a.uid = ?1",
        )?
        .query_row([id.0], |row| {
            Ok(Indexed {
                ord: row.get(0)?,
                title: row.get(1)?,
                body: row.get(2)?,
                cjk: row.get(3)?,
                tags: row.get(4)?,
            })
        })
        .optional()?)
}

/// What the index should hold of `id`; nothing while it is in the bin.
fn wanted(conn: &Connection, id: ArticleId, old: Option<&Indexed>) -> Result<Option<Indexed>> {
    let found: Option<(i64, String, i64)> = conn
        .prepare_cached("SELECT ord, title, snapshot FROM article WHERE uid = ?1 AND deleted_at IS NULL")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((ord, title, current)) = found else { return Ok(None) };
    let body = body(&snapshot::read(conn, SnapshotId(current))?);
    let cjk = match old {
        Some(old) if old.title == title && old.body == body => old.cjk.clone(),
        _ => all_pairs(&[&title, &body]),
    };
    let mut tags = article_tokens(conn, id)?;
    tags.extend(annotation_tokens(conn, "n.article = ?1", id.0)?);
    tags.sort_unstable();
    tags.dedup();
    Ok(Some(Indexed { ord, title, body, cjk, tags: tags.join(" ") }))
}

/// The tokens of an article by itself.
fn article_tokens(conn: &Connection, id: ArticleId) -> Result<Vec<String>> {
    let mut tags = vec![EVERYTHING.to_owned()];
    let (outlet, credit, language): (Option<i64>, Option<String>, Option<String>) = conn
        .prepare_cached("SELECT source, credit, language FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    tags.extend(outlet.map(token::source));
    if let Some(credit) = credit {
        tags.extend(source::find_or_create(conn, &credit, "agency")?.map(token::source));
    }
    tags.extend(language.as_deref().map(token::language));
    let (confirmed, suggested) = article::dyads(conn, id)?;
    for dyad in confirmed.into_iter().chain(suggested) {
        tags.extend([token::pair(dyad), token::country(dyad.a()), token::country(dyad.b())]);
    }
    let mut query = conn.prepare_cached(
        "SELECT country FROM article_country WHERE article = ?1
         UNION SELECT likeness FROM suggestion WHERE article = ?1 AND kind = 'country' AND state <> 'rejected'",
    )?;
    for country in query.query_map([id.0], |row| crate::row::parsed(row, 0))? {
        tags.push(token::country(country?));
    }
    let mut query = conn.prepare_cached("SELECT tag FROM article_tag WHERE article = ?1")?;
    for tag in query.query_map([id.0], |row| row.get(0))? {
        tags.push(token::tag(tag?));
    }
    Ok(tags)
}

/// The tokens of the annotations that `condition` selects by `id`.
fn annotation_tokens(conn: &Connection, condition: &str, id: i64) -> Result<Vec<String>> {
    let mut tags = Vec::new();
    let mut query = conn.prepare_cached(&format!(
        "SELECT DISTINCT n.kind, st.speaker FROM annotation n LEFT JOIN statement st ON st.annotation = n.id
         WHERE {condition} AND n.deleted_at IS NULL"
    ))?;
    for found in query.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))? {
        let (kind, speaker) = found?;
        tags.push(token::kind(&kind));
        tags.extend(speaker.map(token::speaker));
    }
    let mut query = conn.prepare_cached(&format!(
        "SELECT DISTINCT g.tag FROM annotation n JOIN annotation_tag g ON g.annotation = n.id
         WHERE {condition} AND n.deleted_at IS NULL"
    ))?;
    for tag in query.query_map([id], |row| row.get(0))? {
        tags.push(token::tag(tag?));
    }
    Ok(tags)
}

fn take_out(conn: &Connection, old: &Indexed) -> Result<()> {
    for sql in [
        "DELETE FROM fts WHERE rowid = ?1",
        "DELETE FROM fts_title WHERE rowid = ?1",
        "DELETE FROM article_text WHERE ord = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([old.ord])?;
    }
    Ok(())
}

fn put_in(conn: &Connection, new: &Indexed) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO article_text (ord, title, body, cjk, tags) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((new.ord, &new.title, &new.body, &new.cjk, &new.tags))?;
    let title = fold(&new.title);
    conn.prepare_cached("INSERT INTO fts (rowid, title, body, cjk, tags) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((new.ord, &title, fold(&new.body), &new.cjk, &new.tags))?;
    conn.prepare_cached("INSERT INTO fts_title (rowid, title) VALUES (?1, ?2)")?
        .execute((new.ord, &title))?;
    Ok(())
}

/// Indexes the note and the statement of one annotation.
fn index_annotation(conn: &Connection, id: i64) -> Result<()> {
    for table in ["fts_note", "fts_statement"] {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE rowid = ?1"))?.execute([id])?;
    }
    let found: Option<(i64, String)> = conn
        .prepare_cached(
            "SELECT n.article, n.note FROM annotation n JOIN article a ON a.uid = n.article
             WHERE n.id = ?1 AND n.deleted_at IS NULL AND a.deleted_at IS NULL",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((article, note)) = found else { return Ok(()) };
    let mut tags = article_tokens(conn, ArticleId(article))?;
    tags.extend(annotation_tokens(conn, "n.id = ?1", id)?);
    let tags = tags.join(" ");
    if !note.trim().is_empty() {
        conn.prepare_cached("INSERT INTO fts_note (rowid, words, cjk, tags) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id, fold(&note), all_pairs(&[&note]), &tags))?;
    }
    let about: Option<String> = conn
        .prepare_cached(
            "SELECT concat_ws(' · ', who.name, st.role, st.organisation, st.issue, st.venue, st.addressee, st.translation)
             FROM statement st LEFT JOIN actor who ON who.id = st.speaker WHERE st.annotation = ?1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(about) = about {
        let words = format!("{} · {about}", statement::words(conn, id)?);
        conn.prepare_cached("INSERT INTO fts_statement (rowid, words, cjk, tags) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id, fold(&words), all_pairs(&[&words]), &tags))?;
    }
    Ok(())
}

/// Brings up to date what the index holds of a briefing.
pub fn refresh_briefing(conn: &Connection, id: BriefingId) -> Result<()> {
    conn.prepare_cached("DELETE FROM fts_briefing WHERE rowid = ?1")?.execute([id.0])?;
    let briefing = crate::briefing::read(conn, id)?;
    if !briefing.deleted {
        let words = format!("{}\n\n{}", briefing.title, briefing.markdown);
        let tags = format!("{EVERYTHING} {}", token::pair(briefing.dyad));
        conn.prepare_cached("INSERT INTO fts_briefing (rowid, words, cjk, tags) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id.0, fold(&words), all_pairs(&[&words]), tags))?;
    }
    Ok(())
}

/// In a library of more articles than this, a word must stand in three to be offered as a completion.
const SMALL: i64 = 5_000;

/// Makes the tables of words and completions anew; call it when idle, after imports. 1.6 s for 100,000 articles.
///
/// # Errors
/// When the library cannot be written.
pub fn refresh_terms(conn: &Connection) -> Result<()> {
    let articles: i64 = conn.query_row("SELECT count(*) FROM article_text", [], |row| row.get(0))?;
    let least = if articles > SMALL { 3 } else { 1 };
    conn.execute_batch("DELETE FROM prefix_top; DELETE FROM vocab;")?;
    conn.prepare_cached(
        "INSERT INTO vocab (term, df) SELECT term, max(doc) FROM fts_vocab WHERE col IN ('title', 'body')
         AND length(term) <= 40 GROUP BY term HAVING max(doc) >= ?1",
    )?
    .execute([least])?;
    let mut foreign = conn.prepare_cached("SELECT term FROM vocab WHERE term GLOB '*[^ -~]*'")?;
    let terms = foreign.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let mut write = conn.prepare_cached("UPDATE vocab SET latin = ?2 WHERE term = ?1")?;
    for term in terms.iter().filter(|term| !term.contains(is_cjk)) {
        write.execute((term, latin(term)))?;
    }
    for letters in 1..=3 {
        conn.prepare_cached(
            "INSERT INTO prefix_top (prefix, rank, term) SELECT * FROM (
                SELECT substr(term, 1, ?1) AS prefix,
                    row_number() OVER (PARTITION BY substr(term, 1, ?1) ORDER BY df DESC, term) AS rank, term
                FROM vocab WHERE length(term) >= ?1) WHERE rank <= 8",
        )?
        .execute([letters])?;
    }
    Ok(())
}

/// Merges the index a little; call it when idle after a large import, until it returns `false`.
///
/// # Errors
/// When the library cannot be written.
pub fn merge(conn: &Connection) -> Result<bool> {
    let before = conn.total_changes();
    conn.prepare_cached("INSERT INTO fts (fts, rank) VALUES ('merge', 500)")?.execute([])?;
    // FTS5's way to say that nothing is left to merge: fewer than two rows changed.
    Ok(conn.total_changes() - before >= 2)
}

/// In a library of this many articles or fewer a half-typed word is completed from the index itself: it is quick
/// enough, and it knows the newest articles' words too.
pub const SMALL_LIBRARY: i64 = 2_000;

/// Does one piece of the work that can wait until nobody waits: makes the completions anew where the
/// library has grown or shrunk by a fiftieth, else merges the index a little. Whether more is left.
pub fn tidy(conn: &Connection, small: i64) -> Result<bool> {
    let (articles, completed): (i64, i64) = conn.query_row(
        "SELECT (SELECT count(*) FROM article), coalesce((SELECT number FROM counter WHERE name = 'completed'), 0)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if (articles - completed).abs() * 50 <= completed {
        // A small index is quick as it is.
        return if articles <= small { Ok(false) } else { merge(conn) };
    }
    refresh_terms(conn)?;
    conn.execute("INSERT OR REPLACE INTO counter (name, number) VALUES ('completed', ?1)", [articles])?;
    Ok(true)
}
