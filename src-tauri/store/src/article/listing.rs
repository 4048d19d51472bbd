//! Lists of articles: which, in what order, a page at a time.

use bilat_core::{Actor, ArticleId, ArticleRow, Dyad, Edtf, Published, TagId};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::dyads::dyads;
use crate::error::{Error, Result};
use crate::row;
use crate::search;

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

pub(super) fn published(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Published>> {
    let on: Option<Edtf> = row::parsed_opt(row, column)?;
    let inferred = row.get(column + 1)?;
    Ok(on.map(|on| Published { on, inferred }))
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

/// The rows of `ids`, in that order.
pub(crate) fn read_rows(conn: &Connection, ids: &[ArticleId]) -> Result<Vec<ArticleRow>> {
    ids.iter().map(|id| read_row(conn, *id)).collect()
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

/// The numbers of all articles outside the bin, in the order they came.
///
/// # Errors
/// When the library cannot be read.
pub fn list_ids(conn: &Connection) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached("SELECT uid FROM article WHERE deleted_at IS NULL ORDER BY uid")?;
    let ids = query.query_map([], |row| row.get(0).map(ArticleId))?;
    Ok(ids.collect::<Result<_, _>>()?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;

    #[test]
    fn lists_come_newest_first_whatever_the_order_of_clipping() {
        let desk = Desk::new();
        for on in ["1969-12-30", "2031-05-02", "2030", "2031-05-02", "1931-01"] {
            desk.clip(on, "Words.", on);
        }
        let all = ArticleFilter::default();
        assert_eq!(desk.listed(&all), ["2031-05-02", "2031-05-02", "2030", "1969-12-30", "1931-01"]);
        let by_title = ArticleFilter { sort: Sort::Title, ..all };
        assert_eq!(desk.listed(&by_title)[0], "1931-01");
    }
}
