//! Articles: clipped documents, their metadata, their place in lists and their bin.
//!
//! An article's number (`uid`) is for ever. Its row stands at the minute of publication (`ord`), so
//! that the newest come first without sorting, and moves when that date is corrected.

use std::collections::BTreeMap;

use bilat_core::{
    Actor, Anchored, Article, ArticleId, ArticleRow, BlockKind, CiteKey, CodePoints, Dyad, Edtf, Image,
    Published, Reliability, Sha256Hex, SnapshotId, TagId, char_len, host_of, match_url,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde_json::json;

use crate::error::{Error, Result};
use crate::row::{self, filled};
use crate::snapshot::{self, NewSnapshot, SnapshotText};
use crate::{annotation, log, origin, search, source, suggestion, tag};

/// The longest headline that is kept, in code points; hostile pages have longer ones.
const LONGEST_TITLE: usize = 1_000;

/// The length of a list row's snippet, in code points.
const SNIPPET: usize = 240;

/// What is known of an article when it is clipped.
#[derive(Debug, Clone)]
pub struct NewArticle<'a> {
    /// The headline.
    pub title: &'a str,
    /// The line under it.
    pub standfirst: Option<&'a str>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
    /// The people among them.
    pub authors: &'a [String],
    /// The publisher.
    pub outlet: Option<&'a str>,
    /// When it was published.
    pub published: Option<&'a Edtf>,
    /// Whether `published` was worked out and nobody has confirmed it.
    pub inferred: bool,
    /// The moment of publication with its time zone: RFC 3339.
    pub published_at: Option<&'a str>,
    /// The day of the last change.
    pub modified: Option<&'a Edtf>,
    /// The place in the dateline.
    pub dateline: Option<&'a str>,
    /// The agency credited.
    pub credit: Option<&'a str>,
    /// The section of the paper.
    pub section: Option<&'a str>,
    /// BCP 47 tag of its language.
    pub language: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// The main picture.
    pub image: Option<&'a Image>,
    /// Field → where it came from.
    pub provenance: &'a BTreeMap<String, String>,
    /// The cite key it would like; a clash gets a letter.
    pub key_wish: CiteKey,
    /// Now: RFC 3339, UTC.
    pub clipped_at: &'a str,
}

/// Stores a new article with its first snapshot, as an origin of its own.
///
/// # Errors
/// [`Error::Invalid`] when there is no text or the time is none.
pub fn insert(
    conn: &Connection,
    new: &NewArticle<'_>,
    first: &NewSnapshot<'_>,
) -> Result<(ArticleId, CiteKey, SnapshotId)> {
    let id = ArticleId(next_number(conn)?);
    let key = take_key(conn, &new.key_wish, Some(id), None)?;
    let outlet = source::find_or_create(conn, new.outlet.unwrap_or_default(), "outlet")?;
    let ord = free_ord(conn, minute(new.published, new.clipped_at)?)?;
    conn.prepare_cached("INSERT INTO origin DEFAULT VALUES")?.execute([])?;
    let origin = conn.last_insert_rowid();
    conn.prepare_cached(
        "INSERT INTO article (ord, uid, key, title, standfirst, byline, source, published, inferred, month,
            dateline, credit, section, language, url, provenance, clipped_at, origin, authors, published_at,
            modified, match_url, image)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
    )?
    .execute(params![
        ord,
        id.0,
        key.as_str(),
        title(new.title)?,
        filled(new.standfirst),
        filled(new.byline),
        outlet,
        new.published.map(Edtf::as_str),
        new.inferred,
        month(ord),
        filled(new.dateline),
        filled(new.credit),
        filled(new.section),
        filled(new.language),
        filled(new.url),
        row::to_json(new.provenance),
        new.clipped_at,
        origin,
        row::to_json(&new.authors),
        filled(new.published_at),
        new.modified.map(Edtf::as_str),
        filled(new.url).as_deref().map(match_url),
        new.image.map(row::to_json),
    ])?;
    let snapshot = snapshot::insert(conn, id, first)?;
    set_current(conn, id, snapshot)?;
    log::append(
        conn,
        new.clipped_at,
        "article clipped",
        &format!("article {id}"),
        &json!({
            "key": key, "snapshot": snapshot, "sha256_raw": Sha256Hex::of(first.raw), "sha256_text": Sha256Hex::of(first.text),
        }),
    )?;
    Ok((id, key, snapshot))
}

/// An article that a document may be a new capture of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Same {
    /// The article.
    pub id: ArticleId,
    /// Whether it is in the bin.
    pub in_bin: bool,
    /// What the document's words are to it.
    pub words: Words,
}

/// What words are to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Those of its current snapshot.
    Current,
    /// Those of a snapshot that is held back.
    HeldBack(SnapshotId),
    /// Those of an earlier snapshot.
    Earlier,
    /// Others.
    New,
}

/// The article that a document with these words, from this address and outlet, is a capture of: one of the
/// same address, else one that has or had the same words and is not another outlet's. One outside the bin
/// goes before one in it.
///
/// # Errors
/// When the library cannot be read.
pub fn find_same(
    conn: &Connection,
    sha256_text: &Sha256Hex,
    url: Option<&str>,
    outlet: Option<&str>,
) -> Result<Option<Same>> {
    let url = filled(url);
    let by_address = match url.as_deref().map(match_url) {
        Some(address) => conn
            .prepare_cached(
                "SELECT uid, deleted_at IS NOT NULL AS in_bin FROM article WHERE match_url = ?1
                 ORDER BY in_bin, uid LIMIT 1",
            )?
            .query_row([address], |row| Ok((ArticleId(row.get(0)?), row.get(1)?)))
            .optional()?,
        None => None,
    };
    let found = match by_address {
        Some(found) => Some(found),
        None => by_words(conn, sha256_text, url.as_deref(), outlet)?,
    };
    let Some((id, in_bin)) = found else { return Ok(None) };
    let words = conn
        .prepare_cached(
            "SELECT s.id, s.id = a.snapshot AS now, s.held_back IS NOT NULL FROM snapshot s
             JOIN article a ON a.uid = s.article
             WHERE s.sha256_text = ?1 AND s.article = ?2 ORDER BY now DESC, s.id DESC LIMIT 1",
        )?
        .query_row((sha256_text.as_str(), id.0), |row| {
            Ok(match (row.get(1)?, row.get(2)?) {
                (true, _) => Words::Current,
                (false, true) => Words::HeldBack(SnapshotId(row.get(0)?)),
                (false, false) => Words::Earlier,
            })
        })
        .optional()?
        .unwrap_or(Words::New);
    Ok(Some(Same { id, in_bin, words }))
}

/// One wire story on the pages of two outlets is two articles, though it is the same to the letter.
fn by_words(
    conn: &Connection,
    sha256_text: &Sha256Hex,
    url: Option<&str>,
    outlet: Option<&str>,
) -> Result<Option<(ArticleId, bool)>> {
    let mut query = conn.prepare_cached(
        "SELECT a.uid, a.deleted_at IS NOT NULL AS in_bin, a.snapshot = s.id AS now, a.url, p.match_name
         FROM snapshot s JOIN article a ON a.uid = s.article LEFT JOIN source p ON p.id = a.source
         WHERE s.sha256_text = ?1 ORDER BY in_bin, now DESC, a.uid",
    )?;
    let mut rows = query.query([sha256_text.as_str()])?;
    let host = url.and_then(host_of);
    let outlet = filled(outlet).map(|name| row::match_name(&name));
    while let Some(row) = rows.next()? {
        let its_host = row.get::<_, Option<String>>(3)?.as_deref().and_then(host_of);
        let its_outlet: Option<String> = row.get(4)?;
        let same = match (&host, its_host) {
            (Some(host), Some(its)) => *host == its,
            _ => match (&outlet, its_outlet) {
                (Some(outlet), Some(its)) => *outlet == its,
                _ => true,
            },
        };
        if same {
            return Ok(Some((ArticleId(row.get(0)?), row.get(1)?)));
        }
    }
    Ok(None)
}

/// Since when an article of the address `url` has been in the library, RFC 3339.
///
/// # Errors
/// When the library cannot be read.
pub fn clipped_since(conn: &Connection, url: &str) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached("SELECT min(clipped_at) FROM article WHERE match_url = ?1 AND deleted_at IS NULL")?
        .query_row([match_url(url)], |row| row.get(0))?)
}

/// Adds a new capture of `id` and looks for every annotation's words in it. It becomes the current one
/// unless it is held back. The words themselves are never rewritten.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when there is no text.
pub fn add_snapshot(
    conn: &Connection,
    id: ArticleId,
    new: &NewSnapshot<'_>,
    now: &str,
) -> Result<SnapshotId> {
    exists(conn, id)?;
    let snapshot = snapshot::insert(conn, id, new)?;
    annotation::place_all(conn, id, snapshot, new.text)?;
    if new.held_back.is_none() {
        conn.prepare_cached(
            "DELETE FROM suggestion WHERE article = ?1 AND state = 'open' AND kind <> 'dyad'",
        )?
        .execute([id.0])?;
        conn.prepare_cached("UPDATE article SET unread = 1 WHERE uid = ?1")?.execute([id.0])?;
        take_headline(conn, id, snapshot)?;
        set_current(conn, id, snapshot)?;
    }
    let mut detail = json!({
        "snapshot": snapshot, "sha256_raw": Sha256Hex::of(new.raw), "sha256_text": Sha256Hex::of(new.text),
    });
    if let Some(reason) = new.held_back {
        detail["held_back"] = json!(reason);
    }
    if !new.capture.corrections.is_empty() {
        detail["corrections"] = json!(new.capture.corrections);
    }
    log::append(conn, now, "snapshot added", &format!("article {id}"), &detail)?;
    Ok(snapshot)
}

/// Makes `snapshot`, an earlier capture or one held back, the current one of its article. Headline and
/// standfirst follow it, unless a person gave them. Suggestions are the caller's to make anew.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn make_current(conn: &Connection, snapshot: SnapshotId, now: &str) -> Result<ArticleId> {
    let id = snapshot::article(conn, snapshot)?;
    take_headline(conn, id, snapshot)?;
    set_current(conn, id, snapshot)?;
    let detail = json!({ "snapshot": snapshot });
    log::append(conn, now, "snapshot made current", &format!("article {id}"), &detail)?;
    Ok(id)
}

/// Headline and standfirst are the snapshot's own, unless a person gave others.
fn take_headline(conn: &Connection, id: ArticleId, on: SnapshotId) -> Result<()> {
    let found = snapshot::read(conn, on)?;
    let text = CodePoints::new(&found.text);
    let of =
        |kind| found.blocks.iter().find(|block| block.kind == kind).map(|block| text.slice(block.span()));
    let provenance: BTreeMap<String, String> = conn
        .prepare_cached("SELECT provenance FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    let by_person = |field: &str| provenance.get(field).is_some_and(|from| from == BY_A_PERSON);
    if let Some(Ok(words)) = of(BlockKind::Title).filter(|_| !by_person("title")).map(title) {
        conn.prepare_cached("UPDATE article SET title = ?2 WHERE uid = ?1")?.execute((id.0, words))?;
    }
    if !by_person("standfirst") {
        conn.prepare_cached("UPDATE article SET standfirst = ?2 WHERE uid = ?1")?
            .execute((id.0, filled(of(BlockKind::Standfirst))))?;
    }
    Ok(())
}

/// The provenance of a field that a person gave.
pub const BY_A_PERSON: &str = "person";

/// Adds to `id` what a later capture says and was not known; what is known stays.
///
/// # Errors
/// [`Error::NotFound`].
pub fn fill_in(conn: &Connection, id: ArticleId, new: &NewArticle<'_>) -> Result<()> {
    exists(conn, id)?;
    let mut provenance: BTreeMap<String, String> = conn
        .prepare_cached("SELECT provenance FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    let authors = (!new.authors.is_empty()).then(|| row::to_json(&new.authors));
    for (field, value) in [
        ("byline", filled(new.byline)),
        ("authors", authors),
        ("published_at", filled(new.published_at)),
        ("dateline", filled(new.dateline)),
        ("credit", filled(new.credit)),
        ("section", filled(new.section)),
        ("language", filled(new.language)),
        ("url", filled(new.url)),
        ("image", new.image.map(row::to_json)),
    ] {
        let Some(value) = value else { continue };
        let missing = if field == "authors" { "authors = '[]'".into() } else { format!("{field} IS NULL") };
        // A person who cleared a field knows better than the page.
        if provenance.get(field).is_some_and(|from| from == BY_A_PERSON) {
            continue;
        }
        let filled = conn
            .prepare_cached(&format!("UPDATE article SET {field} = ?2 WHERE uid = ?1 AND {missing}"))?
            .execute((id.0, value))?;
        if let (1, Some(from)) = (filled, new.provenance.get(field)) {
            provenance.insert(field.into(), from.clone());
        }
    }
    if let Some(url) = filled(new.url) {
        conn.prepare_cached("UPDATE article SET match_url = ?2 WHERE uid = ?1 AND match_url IS NULL")?
            .execute((id.0, match_url(&url)))?;
    }
    if let Some(modified) = new.modified {
        conn.prepare_cached("UPDATE article SET modified = ?2 WHERE uid = ?1")?
            .execute((id.0, modified.as_str()))?;
    }
    if new.outlet.is_some() {
        let outlet = source::find_or_create(conn, new.outlet.unwrap_or_default(), "outlet")?;
        conn.prepare_cached("UPDATE article SET source = ?2 WHERE uid = ?1 AND source IS NULL")?
            .execute((id.0, outlet))?;
    }
    if let Some(published) = new.published {
        let dated = conn
            .prepare_cached(
                "UPDATE article SET published = ?2, inferred = ?3 WHERE uid = ?1 AND published IS NULL",
            )?
            .execute((id.0, published.as_str(), new.inferred))?;
        if dated == 1 {
            provenance.extend(new.provenance.get("published").map(|from| ("published".into(), from.clone())));
            move_to(conn, id, Some(published))?;
        }
    }
    conn.prepare_cached("UPDATE article SET provenance = ?2 WHERE uid = ?1")?
        .execute((id.0, row::to_json(&provenance)))?;
    search::index::refresh(conn, id)
}

/// The current snapshot of `id`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn current(conn: &Connection, id: ArticleId) -> Result<SnapshotId> {
    conn.prepare_cached("SELECT snapshot FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row.get(0).map(SnapshotId))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))
}

fn set_current(conn: &Connection, id: ArticleId, snapshot: SnapshotId) -> Result<()> {
    conn.prepare_cached("UPDATE article SET snapshot = ?2 WHERE uid = ?1")?.execute((id.0, snapshot.0))?;
    set_snippet(conn, id)?;
    search::index::refresh(conn, id)
}

fn set_snippet(conn: &Connection, id: ArticleId) -> Result<()> {
    let (standfirst, current): (Option<String>, i64) = conn
        .prepare_cached("SELECT standfirst, snapshot FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let words = match standfirst {
        Some(words) => words,
        None => search::index::body(&snapshot::read(conn, SnapshotId(current))?),
    };
    // Far more than is shown, and no more of a long body than that.
    let words = bilat_core::normalise_spaces(&words[..search::floor(&words, 2_000)]);
    let snippet: String = if char_len(&words) as usize > SNIPPET {
        words.chars().take(SNIPPET - 1).chain(['…']).collect()
    } else {
        words
    };
    conn.prepare_cached("UPDATE article SET snippet = ?2 WHERE uid = ?1")?.execute((id.0, snippet))?;
    Ok(())
}

/// Which articles a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// Those nobody has opened.
    Inbox,
    /// Those that were opened, and are not used.
    Read,
    /// Those that are cited in a briefing or have a statement.
    Used,
    /// All but the bin.
    #[default]
    All,
    /// The bin.
    Bin,
}

/// How a list is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By publication, newest first.
    #[default]
    Published,
    /// By publication, oldest first.
    Oldest,
    /// By time of clipping, newest first.
    Clipped,
    /// By publisher, newest first; those without one last.
    Outlet,
    /// By headline.
    Title,
    /// Those of one origin together, the newest origin first.
    Origin,
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter<'a> {
    /// Which articles.
    pub view: View,
    /// Only those of a pair, confirmed or suggested.
    pub pair: Option<Dyad>,
    /// Only those of a collection.
    pub collection: Option<bilat_core::CollectionId>,
    /// Only those of a publisher.
    pub outlet: Option<&'a str>,
    /// Only those with this tag.
    pub tag: Option<TagId>,
    /// Only those that a search finds.
    pub query: Option<&'a search::Query>,
    /// Only those that nobody has opened.
    pub unread: bool,
    /// In which order.
    pub sort: Sort,
    /// How many to skip.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

const ROW: &str =
    "a.uid, a.key, a.title, a.snippet, s.name, a.credit, coalesce(s.reliability, 'F'), a.published,
    a.inferred, a.clipped_at, a.language, a.unread,
    (SELECT count(*) FROM annotation n WHERE n.article = a.uid AND n.deleted_at IS NULL),
    (SELECT count(*) FROM article o WHERE o.origin = a.origin AND (o.deleted_at IS NULL OR o.uid = a.uid)), a.origin,
    (SELECT count(*) FROM annotation n JOIN statement st ON st.annotation = n.id
        WHERE n.article = a.uid AND n.deleted_at IS NULL)";

/// A page of articles, and how many there are in all.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, filter: &ArticleFilter<'_>) -> Result<(u32, Vec<ArticleRow>)> {
    let Listing { tables, wheres, order, mut values } = listing(conn, filter)?;
    let total = if filter.view == View::All && values.is_empty() && !filter.unread {
        count(conn)?.0
    } else {
        conn.prepare_cached(&format!("SELECT count(*) FROM {tables} WHERE {wheres}"))?
            .query_row(params_from_iter(&values), |row| row.get(0))?
    };
    values.push(filter.limit.into());
    values.push(filter.offset.into());
    let (limit, offset) = (values.len() - 1, values.len());
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW} FROM {tables} LEFT JOIN source_now s ON s.id = a.source
         WHERE {wheres} ORDER BY {order} LIMIT ?{limit} OFFSET ?{offset}"
    ))?;
    let rows = query.query_map(params_from_iter(&values), list_row)?.collect::<Result<Vec<_>, _>>()?;
    Ok((total, complete(conn, rows)?))
}

/// The numbers of the articles of a list, in its order, from `offset` on.
///
/// # Errors
/// When the library cannot be read.
pub fn list_ids_of(conn: &Connection, filter: &ArticleFilter<'_>) -> Result<Vec<ArticleId>> {
    let Listing { tables, wheres, order, mut values } = listing(conn, filter)?;
    values.push(filter.limit.into());
    values.push(filter.offset.into());
    let (limit, offset) = (values.len() - 1, values.len());
    let mut query = conn.prepare_cached(&format!(
        "SELECT a.uid FROM {tables} LEFT JOIN source s ON s.id = a.source
         WHERE {wheres} ORDER BY {order} LIMIT ?{limit} OFFSET ?{offset}"
    ))?;
    let ids = query.query_map(params_from_iter(&values), |row| row.get(0).map(ArticleId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// A list as SQL.
struct Listing {
    tables: &'static str,
    wheres: String,
    order: &'static str,
    values: Vec<rusqlite::types::Value>,
}

/// The articles with a statement, and those that a briefing cites. A search asks the same of one article
/// at a time; a list is made faster from this end.
const USED: &str =
    "SELECT n.article FROM statement st JOIN annotation n ON n.id = st.annotation WHERE n.deleted_at IS NULL
    UNION SELECT k.uid FROM briefing_citation c JOIN briefing b ON b.id = c.briefing AND b.deleted_at IS NULL
        JOIN article k ON k.key = c.key";

fn listing(conn: &Connection, filter: &ArticleFilter<'_>) -> Result<Listing> {
    let mut tables = "article a";
    let mut order = match filter.sort {
        Sort::Published => "a.ord DESC",
        Sort::Oldest => "a.ord",
        Sort::Clipped => "a.clipped_at DESC, a.ord DESC",
        Sort::Outlet => "s.match_name IS NULL, s.match_name, a.ord DESC",
        Sort::Title => "a.title COLLATE NOCASE, a.ord DESC",
        Sort::Origin => "a.origin DESC, a.ord DESC",
    };
    let mut wheres = vec![match filter.view {
        View::Inbox => "a.deleted_at IS NULL AND a.unread = 1".to_owned(),
        View::Read => format!("a.deleted_at IS NULL AND a.unread = 0 AND a.uid NOT IN ({USED})"),
        View::Used => format!("a.deleted_at IS NULL AND a.uid IN ({USED})"),
        View::All => "a.deleted_at IS NULL".to_owned(),
        View::Bin => "a.deleted_at IS NOT NULL".to_owned(),
    }];
    let mut values: Vec<rusqlite::types::Value> = Vec::new();
    if let Some(found) = filter.query.map(|query| search::narrowing(conn, query)).transpose()?.flatten() {
        // CROSS JOIN: the search first, article by article in the order of its rowids.
        tables = "fts CROSS JOIN article a ON a.ord = fts.rowid";
        order = match filter.sort {
            Sort::Published => "fts.rowid DESC",
            Sort::Oldest => "fts.rowid",
            _ => order,
        };
        values.extend([found.words.into(), found.minutes.0.into(), found.minutes.1.into()]);
        wheres.push("fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3".into());
        wheres.extend((!found.place.is_empty()).then_some(found.place));
    }
    if let Some(pair) = filter.pair {
        values.push(pair.to_string().into());
        if values.len() == 1 {
            tables = "article_pair p JOIN article a ON a.ord = p.ord";
            order = match filter.sort {
                Sort::Published => "p.ord DESC",
                Sort::Oldest => "p.ord",
                _ => order,
            };
            wheres.push("p.dyad = ?1".into());
        } else {
            let dyad = values.len();
            wheres.push(format!("a.ord IN (SELECT ord FROM article_pair WHERE dyad = ?{dyad})"));
        }
    }
    if let Some(collection) = filter.collection {
        values.push(collection.0.into());
        wheres.push(format!(
            "a.uid IN (SELECT article FROM collection_article WHERE collection = ?{})",
            values.len()
        ));
    }
    if let Some(tag) = filter.tag {
        values.push(tag.0.into());
        let tag = values.len();
        wheres.push(format!(
            "a.uid IN (SELECT article FROM article_tag WHERE tag = ?{tag}
                UNION SELECT n.article FROM annotation_tag g JOIN annotation n ON n.id = g.annotation
                WHERE g.tag = ?{tag} AND n.deleted_at IS NULL)"
        ));
    }
    if let Some(outlet) = filter.outlet {
        values.push(row::match_name(outlet).into());
        wheres.push(format!("a.source = (SELECT id FROM source WHERE match_name = ?{})", values.len()));
    }
    if filter.unread {
        wheres.push("a.unread = 1".into());
    }
    Ok(Listing { tables, wheres: wheres.join(" AND "), order, values })
}

fn list_row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: ArticleId(row.get(0)?),
        key: row::key(row, 1)?,
        title: row.get(2)?,
        snippet: row.get(3)?,
        outlet: row.get(4)?,
        credit: row.get(5)?,
        reliability: row::named(row, 6)?,
        published: published(row, 7)?,
        clipped_at: row.get(9)?,
        language: row.get(10)?,
        dyads: Vec::new(),
        confirmed_dyads: 0,
        voices: Vec::new(),
        annotations: row.get(12)?,
        unread: row.get(11)?,
        origin_size: row.get(13)?,
        origin: row.get(14)?,
        statements: row.get(15)?,
    })
}

/// Adds what a list row holds of other tables.
fn complete(conn: &Connection, mut rows: Vec<ArticleRow>) -> Result<Vec<ArticleRow>> {
    for row in &mut rows {
        let (confirmed, suggested) = dyads(conn, row.id)?;
        row.confirmed_dyads = confirmed.len() as u32;
        row.dyads = confirmed.into_iter().chain(suggested).collect();
        row.voices = voices(conn, row.id)?;
    }
    Ok(rows)
}

fn published(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Published>> {
    let on: Option<Edtf> = row::parsed_opt(row, column)?;
    let inferred = row.get(column + 1)?;
    Ok(on.map(|on| Published { on, inferred }))
}

/// The confirmed pairs of `id`, and the suggested ones that are not confirmed, best first.
pub(crate) fn dyads(conn: &Connection, id: ArticleId) -> Result<(Vec<Dyad>, Vec<Dyad>)> {
    let list = |sql: &str| -> Result<Vec<Dyad>> {
        let mut query = conn.prepare_cached(sql)?;
        let rows = query.query_map([id.0], |row| row::parsed(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let confirmed = list("SELECT dyad FROM article_dyad WHERE article = ?1 ORDER BY confirmed_at, dyad")?;
    let mut suggested = list(
        "SELECT json_extract(body, '$.dyad') FROM suggestion WHERE article = ?1 AND state = 'open' AND kind = 'dyad'
         ORDER BY json_extract(body, '$.score') DESC, confidence DESC, id",
    )?;
    suggested.retain(|dyad| !confirmed.contains(dyad));
    Ok((confirmed, suggested))
}

fn voices(conn: &Connection, id: ArticleId) -> Result<Vec<(Actor, u32)>> {
    let mut query = conn.prepare_cached(
        "SELECT st.country, count(*) AS many FROM statement st JOIN annotation n ON n.id = st.annotation
         WHERE n.article = ?1 AND n.deleted_at IS NULL AND st.country IS NOT NULL
         GROUP BY st.country ORDER BY many DESC, st.country",
    )?;
    let rows = query.query_map([id.0], |row| Ok((row::parsed(row, 0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The row of one article, as [`list`] gives it.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read_row(conn: &Connection, id: ArticleId) -> Result<ArticleRow> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW} FROM article a LEFT JOIN source_now s ON s.id = a.source WHERE a.uid = ?1"
    ))?;
    let found =
        query.query_row([id.0], list_row).optional()?.ok_or_else(|| Error::not_found("article", id))?;
    Ok(complete(conn, vec![found])?.remove(0))
}

/// The article numbered `id` with everything on it; nothing where there is none.
///
/// # Errors
/// [`Error::Damaged`] when its words are not the ones that were stored.
pub fn read(conn: &Connection, id: ArticleId) -> Result<Option<Article>> {
    let mut query = conn.prepare_cached(
        "SELECT a.key, a.title, a.standfirst, a.byline, s.name, coalesce(s.reliability, 'F'), a.published,
            a.inferred, a.dateline, a.credit, a.section, a.language, a.url, a.provenance, a.snapshot, a.origin,
            a.deleted_at IS NOT NULL, a.unread, a.authors, a.published_at, a.modified, a.image
         FROM article a LEFT JOIN source_now s ON s.id = a.source WHERE a.uid = ?1",
    )?;
    let mut rows = query.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (dyads, suggested_dyads) = dyads(conn, id)?;
    let current = SnapshotId(row.get(14)?);
    Ok(Some(Article {
        id,
        key: row::key(row, 0)?,
        title: row.get(1)?,
        standfirst: row.get(2)?,
        byline: row.get(3)?,
        authors: row::json(row, 18)?,
        outlet: row.get(4)?,
        reliability: row::named(row, 5)?,
        published: published(row, 6)?,
        published_at: row.get(19)?,
        modified: row::parsed_opt(row, 20)?,
        dateline: row.get(8)?,
        credit: row.get(9)?,
        section: row.get(10)?,
        language: row.get(11)?,
        url: row.get(12)?,
        image: row::json_opt(row, 21)?,
        provenance: row::json(row, 13)?,
        dyads,
        suggested_dyads,
        tags: tag::of_article(conn, id)?,
        snapshot: snapshot::read(conn, current)?,
        snapshots: snapshot::list(conn, id)?,
        annotations: annotation::of_article(conn, id)?,
        suggestions: suggestion::list_open(conn, id)?,
        origin_name: origin::name(conn, id)?,
        same_origin: origin::kin(conn, id)?,
        deleted: row.get(16)?,
        unread: row.get(17)?,
    }))
}

/// The rows of `ids`, in that order.
pub(crate) fn read_rows(conn: &Connection, ids: &[ArticleId]) -> Result<Vec<ArticleRow>> {
    ids.iter().map(|id| read_row(conn, *id)).collect()
}

/// The article that `text` names: its number, its cite key, or the key of a statement in it. It may be in the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn resolve(conn: &Connection, text: &str) -> Result<ArticleId> {
    let text = text.trim().trim_start_matches(['@', '#']);
    let by_number = conn.prepare_cached("SELECT uid FROM article WHERE uid = ?1")?;
    let by_key = conn.prepare_cached(
        "SELECT coalesce(k.article, n.article) FROM cite_key k LEFT JOIN annotation n ON n.id = k.annotation
         WHERE k.key = ?1 AND coalesce(k.article, n.article) IS NOT NULL",
    )?;
    let (mut by_number, mut by_key) = (by_number, by_key);
    let found = match text.parse::<i64>() {
        Ok(number) => by_number.query_row([number], |row| row.get(0)).optional()?,
        Err(_) => None,
    };
    let found = match found {
        None => by_key.query_row([text.to_lowercase()], |row| row.get(0)).optional()?,
        found => found,
    };
    found.map(ArticleId).ok_or_else(|| Error::not_found("article", text))
}

/// Marks `id` read or unread.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_unread(conn: &Connection, id: ArticleId, unread: bool) -> Result<()> {
    change_one(conn, "UPDATE article SET unread = ?2 WHERE uid = ?1", (id.0, unread), id)
}

/// Marks articles read or unread; answers which of them were not so already. What is not there is passed over.
///
/// # Errors
/// When the library cannot be written.
pub fn set_unread_all(conn: &Connection, ids: &[ArticleId], unread: bool) -> Result<Vec<ArticleId>> {
    let mut set = conn.prepare_cached("UPDATE article SET unread = ?2 WHERE uid = ?1 AND unread <> ?2")?;
    let mut changed = Vec::new();
    for id in ids {
        if set.execute((id.0, unread))? > 0 {
            changed.push(*id);
        }
    }
    Ok(changed)
}

/// The articles in the bin, those that were put there last first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_bin(conn: &Connection) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached(
        "SELECT uid FROM article WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, uid",
    )?;
    let ids = query.query_map([], |row| row.get(0).map(ArticleId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Corrections by a person. A field that is `None` stays; a blank one is cleared.
#[derive(Debug, Clone, Default)]
pub struct ArticleEdit<'a> {
    /// The headline; it cannot be blank.
    pub title: Option<&'a str>,
    /// The line under it.
    pub standfirst: Option<&'a str>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
    /// The publisher.
    pub outlet: Option<&'a str>,
    /// When it was published; no longer inferred.
    pub published: Option<&'a Edtf>,
    /// The place in the dateline.
    pub dateline: Option<&'a str>,
    /// The agency credited.
    pub credit: Option<&'a str>,
    /// BCP 47 tag of its language.
    pub language: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// The reliability of its publisher, from now on.
    pub reliability: Option<Reliability>,
}

/// Corrects what is known of `id`. The cite key stays, and so do the snapshots.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the headline is blank or a publisher without name is graded.
pub fn edit(conn: &Connection, id: ArticleId, edit: &ArticleEdit<'_>, now: &str) -> Result<()> {
    exists(conn, id)?;
    let mut provenance: BTreeMap<String, String> = conn
        .prepare_cached("SELECT provenance FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    let mut changed = Vec::new();
    let mut set = |field: &'static str, column: &str, value: Option<String>| -> Result<()> {
        conn.prepare_cached(&format!("UPDATE article SET {column} = ?2 WHERE uid = ?1"))?
            .execute((id.0, value))?;
        provenance.insert(field.into(), BY_A_PERSON.into());
        changed.push(field);
        Ok(())
    };
    if let Some(words) = edit.title {
        set("title", "title", Some(title(words)?))?;
    }
    if let Some(url) = edit.url {
        conn.prepare_cached("UPDATE article SET match_url = ?2 WHERE uid = ?1")?
            .execute((id.0, filled(Some(url)).as_deref().map(match_url)))?;
    }
    for (field, value) in [
        ("standfirst", edit.standfirst),
        ("byline", edit.byline),
        ("dateline", edit.dateline),
        ("credit", edit.credit),
        ("language", edit.language),
        ("url", edit.url),
    ] {
        if value.is_some() {
            set(field, field, filled(value))?;
        }
    }
    if let Some(published) = edit.published {
        set("published", "published", Some(published.to_string()))?;
    }
    if let Some(name) = edit.outlet {
        let outlet = source::find_or_create(conn, name, "outlet")?;
        conn.prepare_cached("UPDATE article SET source = ?2 WHERE uid = ?1")?.execute((id.0, outlet))?;
        provenance.insert("outlet".into(), BY_A_PERSON.into());
        changed.push("outlet");
    }
    conn.prepare_cached("UPDATE article SET provenance = ?2 WHERE uid = ?1")?
        .execute((id.0, row::to_json(&provenance)))?;
    if let Some(published) = edit.published {
        // The page's own moment no longer holds.
        conn.prepare_cached(
            "UPDATE article SET inferred = 0, published_at = CASE WHEN substr(published_at, 1, 10) = published
                THEN published_at END WHERE uid = ?1",
        )?
        .execute([id.0])?;
        move_to(conn, id, Some(published))?;
    }
    if let Some(reliability) = edit.reliability {
        let outlet: Option<String> = conn
            .prepare_cached("SELECT s.name FROM article a JOIN source s ON s.id = a.source WHERE a.uid = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        let outlet = outlet.ok_or_else(|| Error::Invalid("name the publisher before grading it".into()))?;
        source::set_reliability(conn, &outlet, reliability, "", now)?;
    }
    set_snippet(conn, id)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "article edited", &format!("article {id}"), &json!({ "fields": changed }))
}

/// The numbers of all articles outside the bin, in the order they came.
///
/// # Errors
/// When the library cannot be read.
pub fn list_ids(conn: &Connection) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached("SELECT uid FROM article WHERE deleted_at IS NULL ORDER BY uid")?;
    let ids = query.query_map([], |row| row.get(0).map(ArticleId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Whether `id` is in the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn in_bin(conn: &Connection, id: ArticleId) -> Result<bool> {
    conn.prepare_cached("SELECT deleted_at IS NOT NULL FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))
}

/// Says that `id` was saved at `saved_at` in another program, which counts as the time of clipping; where
/// no date of publication is known it is the article's place in lists.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the time is none.
pub fn set_clipped_at(conn: &Connection, id: ArticleId, saved_at: &str) -> Result<()> {
    change_one(conn, "UPDATE article SET clipped_at = ?2 WHERE uid = ?1", (id.0, saved_at), id)?;
    let published: Option<Edtf> = conn
        .prepare_cached("SELECT published FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::parsed_opt(row, 0))?;
    if published.is_none() {
        move_to(conn, id, None)?;
        search::index::refresh(conn, id)?;
    }
    Ok(())
}

/// Moves the row of `id` to its date's place in the order.
fn move_to(conn: &Connection, id: ArticleId, published: Option<&Edtf>) -> Result<()> {
    let (ord, clipped_at): (i64, String) = conn
        .prepare_cached("SELECT ord, clipped_at FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let wanted = minute(published, &clipped_at)?;
    if wanted.div_euclid(DAY) == ord.div_euclid(DAY) {
        return Ok(());
    }
    search::index::remove(conn, id)?;
    let place = free_ord(conn, wanted)?;
    conn.prepare_cached("UPDATE article SET ord = ?2, month = ?3 WHERE uid = ?1")?.execute((
        id.0,
        place,
        month(place),
    ))?;
    Ok(())
}

/// Moves `id` to the bin: out of lists, search and registers. Nothing is lost.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: ArticleId, now: &str) -> Result<()> {
    change_one(
        conn,
        "UPDATE article SET deleted_at = coalesce(deleted_at, ?2) WHERE uid = ?1",
        (id.0, now),
        id,
    )?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "article deleted", &format!("article {id}"), &json!({}))
}

/// Takes `id` out of the bin.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: ArticleId, now: &str) -> Result<()> {
    change_one(conn, "UPDATE article SET deleted_at = NULL WHERE uid = ?1", [id.0], id)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "article restored", &format!("article {id}"), &json!({}))
}

/// Destroys `id`, which must be in the bin, with its snapshots and annotations. The log keeps its
/// number, key, hashes and `reason`; the cite key is never given away again.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is not in the bin.
pub fn purge(conn: &Connection, id: ArticleId, reason: &str, now: &str) -> Result<()> {
    let (key, deleted): (String, bool) = conn
        .prepare_cached("SELECT key, deleted_at IS NOT NULL FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))?;
    if !deleted {
        return Err(Error::Invalid(format!("article {id} is not in the bin; delete it first")));
    }
    let hashes: Vec<_> = snapshot::list(conn, id)?
        .into_iter()
        .map(|s| json!({ "snapshot": s.id, "sha256_raw": s.sha256_raw, "sha256_text": s.sha256_text }))
        .collect();
    search::index::remove(conn, id)?;
    for sql in [
        "UPDATE article SET snapshot = NULL WHERE uid = ?1",
        "DELETE FROM suggestion WHERE article = ?1",
        "UPDATE cite_key SET annotation = NULL WHERE annotation IN (SELECT id FROM annotation WHERE article = ?1)",
        "DELETE FROM annotation WHERE article = ?1",
        "DELETE FROM snapshot WHERE article = ?1",
        "DELETE FROM article WHERE uid = ?1",
        "UPDATE cite_key SET article = NULL WHERE article = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([id.0])?;
    }
    let detail = json!({ "key": key, "reason": reason, "snapshots": hashes });
    log::append(conn, now, "article purged", &format!("article {id}"), &detail)
}

/// Says, as a person, that `id` is about `dyad`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn confirm_dyad(conn: &Connection, id: ArticleId, dyad: Dyad, now: &str) -> Result<()> {
    exists(conn, id)?;
    conn.prepare_cached(
        "INSERT OR IGNORE INTO article_dyad (article, dyad, confirmed_at) VALUES (?1, ?2, ?3)",
    )?
    .execute((id.0, dyad.to_string(), now))?;
    suggestion::decide_dyad(conn, id, dyad, true, now)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "dyad confirmed", &format!("article {id}"), &json!({ "dyad": dyad }))
}

/// Says, as a person, that `id` is not about `dyad`: takes back the confirmation, and rejects the suggestion.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove_dyad(conn: &Connection, id: ArticleId, dyad: Dyad, now: &str) -> Result<()> {
    exists(conn, id)?;
    conn.prepare_cached("DELETE FROM article_dyad WHERE article = ?1 AND dyad = ?2")?
        .execute((id.0, dyad.to_string()))?;
    suggestion::decide_dyad(conn, id, dyad, false, now)?;
    search::index::refresh(conn, id)?;
    log::append(conn, now, "dyad removed", &format!("article {id}"), &json!({ "dyad": dyad }))
}

/// Takes back what a person said of `id` and `dyad`: where it was suggested, it is a suggestion again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn reopen_dyad(conn: &Connection, id: ArticleId, dyad: Dyad, now: &str) -> Result<()> {
    match suggestion::of_dyad(conn, id, dyad)? {
        Some(suggested) => suggestion::reopen(conn, suggested, now),
        None => remove_dyad(conn, id, dyad, now),
    }
}

/// The words of the current snapshot of `id`, checked against their hash.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn snapshot_text(conn: &Connection, id: ArticleId) -> Result<SnapshotText> {
    snapshot::list_texts(conn, id)?.into_iter().next().ok_or_else(|| Error::not_found("article", id))
}

/// How many articles stand outside the bin, and how many of them are unread.
///
/// # Errors
/// When the library cannot be read.
pub fn count(conn: &Connection) -> Result<(u32, u32)> {
    Ok(conn
        .prepare_cached(
            // The difference reads two small indexes; counting those outside the bin reads the table.
            "SELECT (SELECT count(*) FROM article) - (SELECT count(*) FROM article WHERE deleted_at IS NOT NULL),
                (SELECT count(*) FROM article WHERE unread = 1 AND deleted_at IS NULL)",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Takes the first of `wish`, `wish-b`, … that was never taken, for an article or a statement.
pub(crate) fn take_key(
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

pub(crate) fn exists(conn: &Connection, id: ArticleId) -> Result<()> {
    let found = conn.prepare_cached("SELECT 1 FROM article WHERE uid = ?1")?.exists([id.0])?;
    if found { Ok(()) } else { Err(Error::not_found("article", id)) }
}

fn change_one(conn: &Connection, sql: &str, values: impl rusqlite::Params, id: ArticleId) -> Result<()> {
    match conn.prepare_cached(sql)?.execute(values)? {
        0 => Err(Error::not_found("article", id)),
        _ => Ok(()),
    }
}

fn next_number(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "INSERT INTO counter (name, number) VALUES ('article', 1)
             ON CONFLICT (name) DO UPDATE SET number = number + 1 RETURNING number",
        )?
        .query_row([], |row| row.get(0))?)
}

/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// The minute since 1970 that an article belongs to: the first of its day of publication, or, where
/// no date is known, the one it was clipped in.
fn minute(published: Option<&Edtf>, clipped_at: &str) -> Result<i64> {
    let clipped = DateTime::parse_from_rfc3339(clipped_at).map_err(|_| {
        Error::Invalid(format!("“{clipped_at}” is no time; write it as 2023-01-20T09:30:00Z"))
    })?;
    let day = published.and_then(|on| on.first_day().or_else(|| on.last_day()));
    Ok(match day {
        Some(day) => day_minute(day),
        None => clipped.timestamp().div_euclid(60),
    })
}

/// The first minute of `day` since 1970.
pub(crate) fn day_minute(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp().div_euclid(60)
}

/// The month of a minute: year × 12 + month − 1.
fn month(ord: i64) -> i32 {
    DateTime::from_timestamp(ord * 60, 0).map_or(0, |day| day.year() * 12 + day.month0() as i32)
}

/// `wanted`, or the next minute that no article holds.
fn free_ord(conn: &Connection, wanted: i64) -> Result<i64> {
    let taken = conn.prepare_cached("SELECT 1 FROM article WHERE ord = ?1")?.exists([wanted])?;
    if !taken {
        return Ok(wanted);
    }
    Ok(conn
        .prepare_cached(
            "SELECT ord + 1 FROM article a WHERE ord >= ?1
             AND NOT EXISTS (SELECT 1 FROM article WHERE ord = a.ord + 1) ORDER BY ord LIMIT 1",
        )?
        .query_row([wanted], |row| row.get(0))?)
}

/// A headline on one line, without control characters, bidirectional ones included, of bounded length.
fn title(text: &str) -> Result<String> {
    let hostile = |c: &char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !hostile(c)).collect();
    let line = bilat_core::normalise_spaces(&spaced);
    match line.char_indices().nth(LONGEST_TITLE) {
        _ if line.is_empty() => Err(Error::Invalid("an article needs a headline".into())),
        Some((end, _)) => Ok(format!("{}…", &line[..end])),
        None => Ok(line),
    }
}

/// Where a quote stands now, in the shape that is stored.
pub(crate) fn place(
    text: &bilat_core::Anchoring<'_>,
    quote: &bilat_core::Quote,
    paragraph: Option<&Sha256Hex>,
    hint: Option<bilat_core::Span>,
) -> Place {
    match text.find(quote, paragraph, hint) {
        Anchored::Exact(span) | Anchored::Moved(span) | Anchored::Typography(span) => {
            Place { state: "anchored", span: Some(span) }
        }
        Anchored::Review(span) | Anchored::Close(span, _) | Anchored::Likely(span) => {
            Place { state: "needs_review", span: Some(span) }
        }
        Anchored::Orphan => Place { state: "missing", span: None },
    }
}

/// See [`place`].
pub(crate) struct Place {
    pub state: &'static str,
    pub span: Option<bilat_core::Span>,
}

#[cfg(test)]
mod tests {

    use super::*;
    use bilat_core::{AnnotationState, HeldBack, Standing};

    use crate::desk::{Desk, NOW, morev, with_snapshot};

    fn listed(desk: &Desk, filter: &ArticleFilter<'_>) -> Vec<String> {
        let (total, rows) = desk.read(|conn| list(conn, &ArticleFilter { limit: 200, ..filter.clone() }));
        assert_eq!(total as usize, rows.len());
        rows.into_iter().map(|row| row.title).collect()
    }

    #[test]
    fn an_article_comes_back_as_it_was_clipped() {
        let desk = Desk::new();
        let id = desk.clip("Pact  signed", "The harbour pact was signed.\n\nNobody objected.", "2031-05-02");
        let found = desk.read(|conn| read(conn, id)).unwrap();
        assert_eq!(found.title, "Pact signed");
        assert_eq!(found.key.as_str(), "harbourcourier-20310502");
        assert_eq!(found.snapshot.text, "Pact  signed\n\nThe harbour pact was signed.\n\nNobody objected.");
        assert_eq!(found.snapshot.blocks.len(), 3);
        assert_eq!(found.snapshot.set_aside, ["Share this"]);
        assert_eq!(found.provenance["title"], "json-ld");
        assert_eq!(found.reliability, Reliability::F);
        assert!(found.unread);
        let raw = desk.read(|conn| snapshot::raw(conn, found.snapshot.id));
        assert_eq!(raw, found.snapshot.text.as_bytes());
        for name in ["1", "harbourcourier-20310502", "@harbourcourier-20310502"] {
            assert_eq!(desk.read(|conn| resolve(conn, name)), id);
        }
        let unknown = desk.store.read_blocking(|conn| resolve(conn, "nobody-2031")).unwrap_err();
        assert_eq!(unknown.to_string(), "there is no article nobody-2031 in this library");
        let row = desk.read(|conn| read_row(conn, id));
        assert_eq!(row.snippet, "The harbour pact was signed. Nobody objected.");
        assert_eq!(row.origin_size, 1);
    }

    #[test]
    fn keys_clash_into_letters_and_are_never_given_away_again() {
        let desk = Desk::new();
        let first = desk.clip("One", "First words.", "2031-05-02");
        let second = desk.clip("Two", "Second words.", "2031-05-02");
        let key = |id| desk.read(move |conn| read_row(conn, id)).key.to_string();
        assert_eq!(key(second), "harbourcourier-20310502-b");
        desk.write(move |tx| {
            delete(tx, first, NOW)?;
            purge(tx, first, "a test", NOW)
        });
        let third = desk.clip("Three", "Third words.", "2031-05-02");
        assert_eq!(key(third), "harbourcourier-20310502-c");
        assert_eq!(third, ArticleId(3), "nor are numbers");
    }

    #[test]
    fn lists_come_newest_first_whatever_the_order_of_clipping() {
        let desk = Desk::new();
        for on in ["1969-12-30", "2031-05-02", "2030", "2031-05-02", "1931-01"] {
            desk.clip(on, "Words.", on);
        }
        let all = ArticleFilter::default();
        assert_eq!(listed(&desk, &all), ["2031-05-02", "2031-05-02", "2030", "1969-12-30", "1931-01"]);
        let by_title = ArticleFilter { sort: Sort::Title, ..all };
        assert_eq!(listed(&desk, &by_title)[0], "1931-01");
    }

    #[test]
    fn a_corrected_date_moves_the_article_and_its_search_entry() {
        let desk = Desk::new();
        let id = desk.clip("Old", "A lighthouse was sold.", "2029-01-01");
        desk.clip("New", "A lighthouse was bought.", "2030-01-01");
        desk.write(move |tx| {
            let published = "2031-01-01".parse().unwrap();
            let edit = super::ArticleEdit {
                published: Some(&published),
                title: Some("Older"),
                ..Default::default()
            };
            super::edit(tx, id, &edit, NOW)
        });
        assert_eq!(listed(&desk, &ArticleFilter::default()), ["Older", "New"]);
        let hits =
            desk.read(|conn| search::search(conn, &search::Query::parse("lighthouse since:2031"), 9, 0)).hits;
        assert_eq!(hits.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(), ["Older"]);
        let found = desk.read(|conn| read(conn, id)).unwrap();
        assert_eq!(
            found.published.unwrap(),
            Published { on: "2031-01-01".parse().unwrap(), inferred: false }
        );
        assert_eq!(
            (found.provenance["title"].as_str(), found.provenance["published"].as_str()),
            ("person", "person")
        );
        assert_eq!(found.key.as_str(), "harbourcourier-20290101", "a key is for ever");
        assert_eq!(desk.write(|tx| crate::integrity::check_index(tx)), Vec::<String>::new());
    }

    #[test]
    fn the_bin_hides_an_article_and_gives_it_back_whole() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The minister said: we signed a pact.", "2031-05-02");
        desk.mark(id, "we signed a pact", "Compare the treaty", Some(morev()));
        let pair: Dyad = "US-RU".parse().unwrap();
        desk.write(move |tx| confirm_dyad(tx, id, pair, NOW));
        let visible = |desk: &Desk| {
            let hits =
                desk.read(|conn| search::search(conn, &search::Query::parse("pact OR treaty"), 9, 0)).total;
            let of_pair = listed(desk, &ArticleFilter { pair: Some(pair), ..Default::default() }).len();
            let statements = desk.read(crate::statement::count);
            (hits, listed(desk, &ArticleFilter::default()).len(), of_pair, statements)
        };
        assert_eq!(visible(&desk), (3, 1, 1, 1));
        desk.write(move |tx| delete(tx, id, NOW));
        assert_eq!(visible(&desk), (0, 0, 0, 0));
        assert_eq!(listed(&desk, &ArticleFilter { view: View::Bin, ..Default::default() }), ["Pact"]);
        assert!(desk.read(|conn| read(conn, id)).unwrap().deleted);
        desk.write(move |tx| restore(tx, id, NOW));
        assert_eq!(visible(&desk), (3, 1, 1, 1));
    }

    #[test]
    fn only_what_is_in_the_bin_is_destroyed_and_the_log_remembers_it() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The minister said: we signed a pact.", "2031-05-02");
        desk.mark(id, "we signed a pact", "note", Some(morev()));
        desk.reclip(id, "Pact", "The minister said: we signed a new pact.");
        let early = desk.store.write_blocking(move |tx| purge(tx, id, "x", NOW));
        assert!(matches!(early, Err(Error::Invalid(_))));
        desk.write(move |tx| {
            delete(tx, id, NOW)?;
            purge(tx, id, "clipped by mistake", NOW)
        });
        assert!(desk.read(|conn| read(conn, id)).is_none());
        let last = desk.read(|conn| log::list(conn, 0, 1)).remove(0);
        assert_eq!((last.action.as_str(), last.subject.as_str()), ("article purged", "article 1"));
        assert!(last.detail.contains("clipped by mistake") && last.detail.contains("sha256_text"));
        assert_eq!(desk.read(crate::integrity::check).faults, Vec::<String>::new());
    }

    #[test]
    fn a_new_capture_is_recognised_by_its_address_and_by_its_words() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        let now = Sha256Hex::of("Pact\n\nSigned.");
        let other = Sha256Hex::of("other");
        let courier = Some("the  harbour courier");
        let same = |sha: &Sha256Hex, url: Option<&str>, outlet: Option<&str>| {
            desk.read(|conn| find_same(conn, sha, url, outlet)).map(|same| (same.id, same.words))
        };
        assert_eq!(same(&now, None, None), Some((id, Words::Current)));
        assert_eq!(same(&now, None, courier), Some((id, Words::Current)));
        let mailed = Some("http://www.courier.example/pact/?utm_source=mail#end");
        assert_eq!(same(&other, mailed, None), Some((id, Words::New)), "whoever sent the reader");
        assert_eq!(same(&other, Some("https://courier.example/else"), None), None);
        assert_eq!(same(&now, Some("https://tribune.example/pact"), None), None, "a reprint is an article");
        assert_eq!(same(&now, None, Some("The Tribune")), None, "also where only its outlet is known");
        desk.reclip(id, "Pact", "Signed and sealed.");
        assert_eq!(
            same(&now, None, None),
            Some((id, Words::Earlier)),
            "the words it had once are a change back"
        );
        desk.write(move |tx| delete(tx, id, NOW));
        assert!(desk.read(|conn| find_same(conn, &now, None, None)).unwrap().in_bin);
    }

    #[test]
    fn a_later_capture_adds_what_was_not_known_and_changes_nothing_that_was() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        desk.write(move |tx| edit(tx, id, &ArticleEdit { byline: Some(""), ..Default::default() }, NOW));
        desk.write(move |tx| {
            let authors = ["Ann Other".to_owned()];
            let new = NewArticle {
                title: "Another",
                standfirst: Some("More."),
                byline: Some("Ann Other"),
                authors: &authors,
                outlet: Some("The Tribune"),
                published: Some(&"2030-01-01".parse().unwrap()),
                inferred: false,
                published_at: Some("2031-05-02T09:30:00+03:00"),
                modified: Some(&"2031-05-03".parse().unwrap()),
                dateline: Some("HARBOUR"),
                credit: Some("Another Wire"),
                section: None,
                language: Some("fr"),
                url: Some("https://tribune.example/pact"),
                image: None,
                provenance: &BTreeMap::from([("dateline".into(), "text".into())]),
                key_wish: CiteKey::article(None, None, "x"),
                clipped_at: NOW,
            };
            fill_in(tx, id, &new)
        });
        let found = desk.read(|conn| read(conn, id)).unwrap();
        let at = found.published_at.as_deref();
        assert_eq!((found.dateline.as_deref(), at), (Some("HARBOUR"), Some("2031-05-02T09:30:00+03:00")));
        assert_eq!((found.authors, found.modified), (vec!["Ann Other".into()], "2031-05-03".parse().ok()));
        assert_eq!(found.provenance["dateline"], "text");
        assert_eq!(found.byline, None, "a person cleared it");
        assert_eq!((found.title.as_str(), found.outlet.as_deref()), ("Pact", Some("The Harbour Courier")));
        assert_eq!((found.credit.as_deref(), found.language.as_deref()), (Some("Quay Wire"), Some("en-GB")));
        assert_eq!(found.published.unwrap().on.as_str(), "2031-05-02");
    }

    #[test]
    fn a_capture_held_back_is_kept_and_does_not_become_current_until_a_person_says_so() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The harbour pact was signed at noon.", "2031-05-02");
        let mark = desk.mark(id, "signed at noon", "", None);
        let held = desk.write(move |tx| {
            with_snapshot("Sign in", "The harbour pact", |new| {
                add_snapshot(tx, id, &NewSnapshot { held_back: Some(HeldBack::Paywalled), ..*new }, NOW)
            })
        });
        let shown = |desk: &Desk| desk.read(|conn| read(conn, id)).unwrap();
        let standings = |article: &Article| article.snapshots.iter().map(|s| s.standing).collect::<Vec<_>>();
        let before = shown(&desk);
        assert_eq!(standings(&before), [Standing::HeldBack, Standing::Current]);
        assert_eq!(before.snapshots[0].reason, Some(HeldBack::Paywalled));
        assert_eq!((before.title.as_str(), before.annotations[0].state), ("Pact", AnnotationState::Anchored));
        assert_eq!(desk.read(|conn| snapshot_text(conn, id)).id, before.snapshot.id);
        desk.write(move |tx| make_current(tx, held, NOW));
        let after = shown(&desk);
        assert_eq!(standings(&after), [Standing::Current, Standing::Earlier]);
        assert_eq!((after.title.as_str(), after.annotations[0].state), ("Sign in", AnnotationState::Missing));
        desk.write(move |tx| make_current(tx, before.snapshot.id, NOW));
        let back = shown(&desk);
        assert_eq!((back.title.as_str(), back.annotations[0].state), ("Pact", AnnotationState::Anchored));
        assert_eq!(back.annotations[0].id, mark);
        assert_eq!(desk.read(crate::integrity::check).faults, Vec::<String>::new());
    }

    #[test]
    fn snapshots_cannot_be_changed_or_deleted() {
        let desk = Desk::new();
        desk.clip("Pact", "Signed.", "2031-05-02");
        for sql in [
            "UPDATE snapshot SET text = 'Broken.'",
            "DELETE FROM snapshot",
            "INSERT OR REPLACE INTO snapshot SELECT * FROM snapshot",
        ] {
            let refused = desk.store.write_blocking(move |tx| Ok(tx.execute_batch(sql)?));
            assert!(refused.is_err(), "{sql}");
        }
    }

    #[test]
    fn hostile_headlines_are_kept_on_one_line_and_in_bounds() {
        let desk = Desk::new();
        let id =
            desk.clip(&format!("<img onerror=x>\u{202e}\n{}", "x".repeat(10_000)), "Words.", "2031-05-02");
        let shown = desk.read(|conn| read_row(conn, id)).title;
        assert!(shown.starts_with("<img onerror=x> xxx") && shown.ends_with('…'));
        assert_eq!(shown.chars().count(), LONGEST_TITLE + 1);
        let blank = desk.store.write_blocking(|tx| {
            with_snapshot("x", " ", |_| ());
            edit(tx, ArticleId(1), &ArticleEdit { title: Some(" \u{202e}"), ..Default::default() }, NOW)
        });
        assert_eq!(blank.unwrap_err().to_string(), "an article needs a headline");
    }

    #[test]
    fn reliability_keeps_its_history() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        for letter in [Reliability::B, Reliability::C] {
            desk.write(move |tx| {
                edit(tx, id, &ArticleEdit { reliability: Some(letter), ..Default::default() }, NOW)
            });
        }
        assert_eq!(desk.read(|conn| read_row(conn, id)).reliability, Reliability::C);
        let history = desk.read(|conn| source::list_gradings(conn, "the harbour courier"));
        assert_eq!(
            history.iter().map(|g| g.reliability).collect::<Vec<_>>(),
            [Reliability::C, Reliability::B]
        );
    }
}
