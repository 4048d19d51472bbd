//! Search over articles, statements, notes and briefings.
//!
//! Newest first is the default, because reading an index backwards stops at the last row wanted, so
//! it is as fast for “the” as for a name. Filters are words of a hidden column, intersected like any
//! others. Snippets are made for the rows that are shown. Ranking is on request and within a budget
//! of time: it ranks the newest part of the library that the budget allows, and says how far it came.

mod completing;
pub(crate) mod index;
mod plan;
mod query;
mod snippet;
mod spelling;
mod text;

use std::time::{Duration, Instant};

use bilat_core::{
    AnnotationId, ArticleId, CiteKey, Edtf, Hit, HitKind, KindCount, SearchResults, SnippetPart, Span,
    char_len,
};
use rusqlite::{Connection, OptionalExtension, Row};

pub use completing::completions;
pub use index::{merge, refresh_terms};
pub(crate) use plan::all_words;
use plan::{Plan, plan};
pub use query::Query;
pub(crate) use text::{floor, fold};

use crate::error::Result;
use crate::row;
use crate::statement;

/// Beyond this, hits are not counted but called “1000+”.
const COUNTED: u32 = 1_000;

/// In which order hits come, and which part of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order {
    /// How many at most; of each kind, where `grouped`.
    pub limit: u32,
    /// How many to skip; of each kind, where `grouped`.
    pub offset: u32,
    /// Best first (BM25, a headline counting four times), within about this time; else newest first.
    pub ranked: Option<Duration>,
    /// Each kind by itself, one after the other.
    pub grouped: bool,
    /// Whether to look for misspelt words where nothing is found.
    pub suggest: bool,
}

/// A hit before its snippet is made.
struct Found {
    /// The minute of publication since 1970; of the last change, for a briefing.
    ord: i64,
    kind: HitKind,
    /// The number of the annotation or briefing; not of an article.
    record: i64,
    /// Its place among the best of its kind.
    rank: usize,
}

/// What `query` finds, newest articles first, each article before its statements and its notes;
/// `limit` hits from `offset` on.
///
/// # Errors
/// When the library cannot be read; never because of what the query says.
pub fn search(conn: &Connection, query: &Query, limit: u32, offset: u32) -> Result<SearchResults> {
    find(conn, query, Order { limit, offset, ..Order::default() })
}

/// What `query` finds, in the order asked for.
///
/// # Errors
/// As [`search`].
pub fn find(conn: &Connection, query: &Query, order: Order) -> Result<SearchResults> {
    if query.is_empty() {
        return Ok(SearchResults { problems: query.problems.clone(), ..SearchResults::default() });
    }
    let plan = plan(conn, query)?;
    let most = order.limit.saturating_add(order.offset);
    let mut results = SearchResults::default();
    let mut found: Vec<Found> = Vec::new();
    for kind in [HitKind::Article, HitKind::Statement, HitKind::Note, HitKind::Briefing] {
        if !plan.wants(kind) {
            continue;
        }
        let (of_kind, total) = if kind == HitKind::Article {
            let of_kind = match order.ranked {
                Some(budget) => {
                    let (of_kind, since) = best_articles(conn, &plan, most, budget)?;
                    results.ranked_since = since;
                    of_kind
                }
                None => newest_articles(conn, &plan, most)?,
            };
            (of_kind, count_articles(conn, &plan)?)
        } else {
            records(conn, &plan, kind, most, order.ranked.is_some())?
        };
        if total > 0 {
            results.counts.push(KindCount { kind, total: total.min(COUNTED), capped: total > COUNTED });
        }
        if order.grouped {
            found.extend(of_kind.into_iter().skip(order.offset as usize).take(order.limit as usize));
        } else {
            found.extend(of_kind);
        }
    }
    if !order.grouped {
        match order.ranked {
            Some(_) => found.sort_by_key(|hit| (hit.rank, hit.kind)),
            None => found.sort_by_key(|hit| (std::cmp::Reverse(hit.ord), hit.kind, hit.record)),
        }
        found = found.into_iter().skip(order.offset as usize).take(order.limit as usize).collect();
    }
    results.hits = found.iter().map(|found| hit(conn, &plan, found)).collect::<Result<_>>()?;
    let total: u32 = results.counts.iter().map(|count| count.total + u32::from(count.capped)).sum();
    (results.total, results.capped) = (total.min(COUNTED), total > COUNTED);
    if order.suggest && total == 0 {
        results.suggestion = spelling::suggestion(conn, query)?;
    }
    results.problems = plan.problems;
    Ok(results)
}

/// `WHERE` of the articles that `plan` finds; `?1` the expression, `?2` and `?3` the minutes.
fn condition(plan: &Plan) -> String {
    let mut sql = "fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3".to_owned();
    if let Some(few) = &plan.few {
        let few: Vec<_> = few.iter().map(i64::to_string).collect();
        sql += &format!(" AND fts.rowid IN ({})", few.join(","));
    }
    if !plan.place.is_empty() {
        sql += &format!(" AND EXISTS (SELECT 1 FROM article a WHERE a.ord = fts.rowid AND {})", plan.place);
    }
    sql
}

fn newest_articles(conn: &Connection, plan: &Plan, most: u32) -> Result<Vec<Found>> {
    let sql = format!("SELECT rowid FROM fts WHERE {} ORDER BY rowid DESC LIMIT ?4", condition(plan));
    let (from, to) = plan.minutes;
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map((&plan.articles, from, to, most), |row| row.get(0))?;
    Ok(numbered(rows.collect::<Result<_, _>>()?))
}

fn numbered(ords: Vec<i64>) -> Vec<Found> {
    let found = ords.into_iter().enumerate();
    found.map(|(rank, ord)| Found { ord, kind: HitKind::Article, record: 0, rank }).collect()
}

fn count_articles(conn: &Connection, plan: &Plan) -> Result<u32> {
    let (from, to) = plan.minutes;
    count(conn, &format!("SELECT 1 FROM fts WHERE {}", condition(plan)), &plan.articles, from, to)
}

/// The best articles, within about `budget`, and the first day that was ranked where the budget did not reach over
/// the whole library: older articles are left out, and the reader must be told so.
fn best_articles(
    conn: &Connection,
    plan: &Plan,
    most: u32,
    budget: Duration,
) -> Result<(Vec<Found>, Option<String>)> {
    let start = Instant::now();
    // Two sub-selects: min and max in one would scan the table.
    let (first, last): (Option<i64>, Option<i64>) = conn
        .prepare_cached("SELECT (SELECT min(ord) FROM article), (SELECT max(ord) FROM article)")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = (first, last) else { return Ok((Vec::new(), None)) };
    let (first, last) = (first.max(plan.minutes.0), last.min(plan.minutes.1));
    let span = last.saturating_sub(first).saturating_add(1).max(1);
    let sql = format!("SELECT rowid FROM fts WHERE {} ORDER BY rank, rowid DESC LIMIT ?4", condition(plan));
    let mut rank = conn.prepare_cached(&sql)?;
    let mut part = 64;
    loop {
        let cut = if part == 1 { first } else { last - span / part };
        let step = Instant::now();
        let found = rank
            .query_map((&plan.articles, cut, last, most), |row| row.get::<_, i64>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        if part == 1 {
            return Ok((numbered(found), None));
        }
        // Ranking is linear in what it ranks. Widen by as much as is sure to fit.
        let (took, left) = (step.elapsed(), budget.saturating_sub(start.elapsed()));
        part = match (took * 5, took * 18) {
            (_, sixteen) if sixteen <= left => (part / 16).max(1),
            (four, _) if four <= left => part / 4,
            _ => {
                let since = chrono::DateTime::from_timestamp(cut * 60, 0);
                return Ok((numbered(found), since.map(|day| day.format("%Y-%m-%d").to_string())));
            }
        };
    }
}

/// The statements, notes or briefings that `plan` finds, and how many there are.
fn records(
    conn: &Connection,
    plan: &Plan,
    kind: HitKind,
    most: u32,
    ranked: bool,
) -> Result<(Vec<Found>, u32)> {
    let (from, to) = plan.minutes;
    let place = if plan.place.is_empty() { String::new() } else { format!("AND {}", plan.place) };
    // CROSS JOIN keeps SQLite to this order: by date first it would ask the index once for each article.
    let (table, ord, matching) = match kind {
        HitKind::Briefing => {
            let ord = "unixepoch(b.changed_at) / 60";
            let matching = format!(
                "FROM fts_briefing f CROSS JOIN briefing b ON b.id = f.rowid
                 WHERE f.fts_briefing MATCH ?1 AND b.deleted_at IS NULL AND {ord} BETWEEN ?2 AND ?3"
            );
            ("fts_briefing", ord, matching)
        }
        _ => {
            let table = if kind == HitKind::Note { "fts_note" } else { "fts_statement" };
            let matching = format!(
                "FROM {table} f CROSS JOIN annotation n ON n.id = f.rowid CROSS JOIN article a ON a.uid = n.article
                 WHERE f.{table} MATCH ?1 AND a.ord BETWEEN ?2 AND ?3 {place}"
            );
            (table, "a.ord", matching)
        }
    };
    let total = count(conn, &format!("SELECT 1 {matching}"), &plan.records, from, to)?;
    if total == 0 {
        return Ok((Vec::new(), 0));
    }
    let order = if ranked { format!("bm25({table})") } else { format!("{ord} DESC") };
    let sql = format!("SELECT {ord}, f.rowid {matching} ORDER BY {order}, f.rowid LIMIT ?4");
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map((&plan.records, from, to, most), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.collect::<Result<Vec<(i64, i64)>, _>>()?;
    let found = rows.into_iter().enumerate();
    Ok((found.map(|(rank, (ord, record))| Found { ord, kind, record, rank }).collect(), total))
}

/// How many rows `select` finds, `COUNTED + 1` at most.
fn count(conn: &Connection, select: &str, words: &str, from: i64, to: i64) -> Result<u32> {
    let mut query = conn.prepare_cached(&format!("SELECT count(*) FROM ({select} LIMIT {})", COUNTED + 1))?;
    Ok(query.query_row((words, from, to), |row| row.get(0))?)
}

/// What a list of articles is narrowed to: an expression for `fts`, and a condition on `a`, a row of `article`, which
/// is empty where there is none. Nothing where the query asks for nothing.
pub(crate) struct Narrowing {
    pub words: String,
    pub minutes: (i64, i64),
    pub place: String,
}

/// As a list of articles is narrowed by `query`.
///
/// # Errors
/// As [`search`].
pub(crate) fn narrowing(conn: &Connection, query: &Query) -> Result<Option<Narrowing>> {
    if query.is_empty() {
        return Ok(None);
    }
    let plan = plan(conn, query)?;
    let place = if plan.wants(HitKind::Article) { plan.place } else { "0".into() };
    Ok(Some(Narrowing { words: plan.articles, minutes: plan.minutes, place }))
}

/// The articles that hold `words` side by side, newest first; at most `most`.
///
/// # Errors
/// As [`search`].
pub fn articles_with(conn: &Connection, words: &str, most: u32) -> Result<Vec<ArticleId>> {
    let query = Query::parse(&format!("\"{}\"", words.replace('"', " ")));
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let found = newest_articles(conn, &plan(conn, &query)?, most)?;
    let mut read = conn.prepare_cached("SELECT uid FROM article WHERE ord = ?1")?;
    let articles = found.iter().map(|hit| Ok(ArticleId(read.query_row([hit.ord], |row| row.get(0))?)));
    articles.collect()
}

/// Where in the current snapshot of `article` the passage stands that a search shows of it; nowhere where the query
/// asks for no words, or the article does not hold them.
///
/// # Errors
/// When the library cannot be read.
pub fn passage(conn: &Connection, query: &Query, article: ArticleId) -> Result<Option<Span>> {
    let text: Option<String> = conn
        .prepare_cached("SELECT s.text FROM article a JOIN snapshot s ON s.id = a.snapshot WHERE a.uid = ?1")?
        .query_row([article.0], |row| row.get(0))
        .optional()?;
    let Some(text) = text else { return Ok(None) };
    let found = snippet::place(&text, &plan(conn, query)?.marks);
    Ok(found.map(|at| {
        let start = char_len(&text[..at.start]);
        Span::new(start, start + char_len(&text[at]))
    }))
}

fn hit(conn: &Connection, plan: &Plan, found: &Found) -> Result<Hit> {
    let snippet = |text: &str| snippet::snippet(text, &plan.marks);
    match found.kind {
        HitKind::Article => {
            let mut read = conn.prepare_cached(
                "SELECT a.uid, a.key, a.title, s.name, a.published, t.body
                 FROM article a JOIN article_text t ON t.ord = a.ord LEFT JOIN source s ON s.id = a.source
                 WHERE a.ord = ?1",
            )?;
            Ok(read.query_row([found.ord], |row| {
                let shown = snippet(row.get_ref(5)?.as_str()?);
                of_row(row, HitKind::Article, row.get(0)?, None, row::key(row, 1)?, shown)
            })?)
        }
        HitKind::Statement | HitKind::Note => {
            let mut read = conn.prepare_cached(
                "SELECT a.uid, a.key, a.title, s.name, a.published, n.note, st.id, st.key
                 FROM annotation n JOIN article a ON a.uid = n.article LEFT JOIN source s ON s.id = a.source
                 LEFT JOIN statement st ON st.annotation = n.id WHERE n.id = ?1",
            )?;
            let words = statement::words(conn, found.record)?;
            let annotation = Some(AnnotationId(found.record));
            Ok(read.query_row([found.record], |row| {
                if found.kind == HitKind::Note {
                    let shown = snippet(row.get_ref(5)?.as_str()?);
                    return of_row(row, HitKind::Note, found.record, annotation, row::key(row, 1)?, shown);
                }
                of_row(row, found.kind, row.get(6)?, annotation, row::key(row, 7)?, snippet(&words))
            })?)
        }
        HitKind::Briefing => {
            let mut read = conn.prepare_cached(
                "SELECT b.title, r.markdown, substr(b.changed_at, 1, 10) FROM briefing b
                 JOIN briefing_revision r ON r.briefing = b.id AND r.number = b.revision WHERE b.id = ?1",
            )?;
            Ok(read.query_row([found.record], |row| {
                Ok(Hit {
                    kind: HitKind::Briefing,
                    id: found.record,
                    article: None,
                    annotation: None,
                    key: None,
                    title: row.get(0)?,
                    snippet: snippet(row.get_ref(1)?.as_str()?),
                    outlet: None,
                    published: row::parsed_opt::<Edtf>(row, 2)?,
                })
            })?)
        }
    }
}

fn of_row(
    row: &Row<'_>,
    kind: HitKind,
    id: i64,
    annotation: Option<AnnotationId>,
    key: CiteKey,
    snippet: Vec<SnippetPart>,
) -> rusqlite::Result<Hit> {
    Ok(Hit {
        kind,
        id,
        article: Some(ArticleId(row.get(0)?)),
        annotation,
        key: Some(key),
        title: row.get(2)?,
        snippet,
        outlet: row.get(3)?,
        published: row::parsed_opt::<Edtf>(row, 4)?,
    })
}

/// Articles of whose headline a word starts with each word of `prefix`, newest first: what a
/// quick switcher shows at every key.
///
/// # Errors
/// When the library cannot be read.
pub fn titles(conn: &Connection, prefix: &str, limit: u32) -> Result<Vec<(ArticleId, String)>> {
    let words: Vec<_> = text::words(prefix).take(8).map(|word| format!("\"{}\" *", word.folded)).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = conn.prepare_cached(
        "SELECT a.uid, a.title FROM fts_title f CROSS JOIN article a ON a.ord = f.rowid
         WHERE fts_title MATCH ?1 ORDER BY f.rowid DESC LIMIT ?2",
    )?;
    let rows =
        query.query_map((words.join(" AND "), limit), |row| Ok((ArticleId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;
    use crate::desk::{Desk, NOW, morev};
    use crate::{annotation, article};

    fn library() -> Desk {
        let desk = Desk::new();
        let pact =
            desk.clip("Pact signed", "The harbour pact was signed in Télégramme Street.", "2031-05-02");
        desk.clip("Talks fail", "No pact after talks; the harbour stays shut.", "2030-01-10");
        desk.clip("条約締結", "両国は新しい条約を締結した。G7サミットは延期。", "2031-05-04");
        desk.clip("Пакт", "Министр подписал пакт в пятницу.", "2029-03-01");
        desk.mark(pact, "harbour pact", "Compare the ferry treaty", Some(morev()));
        desk.write(move |tx| article::confirm_dyad(tx, pact, "US-RU".parse().unwrap(), NOW));
        desk
    }

    #[test]
    fn the_articles_that_hold_words_side_by_side_are_listed() {
        let desk = library();
        let titles = |words: &str| -> Vec<String> {
            let found = desk.read(|conn| articles_with(conn, words, 10));
            found.into_iter().map(|id| desk.read(|conn| article::read_row(conn, id)).title).collect()
        };
        assert_eq!(titles("harbour pact"), ["Pact signed"]);
        assert_eq!(titles("harbour"), ["Pact signed", "Talks fail"]);
        assert_eq!(titles("条約"), ["条約締結"]);
        assert_eq!(titles("\" OR -title:"), [""; 0]);
        assert_eq!(titles("«»"), [""; 0]);
    }

    fn hits(desk: &Desk, query: &Query) -> Vec<String> {
        let found = desk.read(|conn| search(conn, query, 20, 0));
        assert_eq!(found.total as usize, found.hits.len());
        let shown = found.hits.into_iter().map(|hit| match hit.kind {
            HitKind::Article => hit.title,
            HitKind::Statement => hit.key.expect("a statement has a key").to_string(),
            HitKind::Note => format!("note {}", hit.id),
            HitKind::Briefing => format!("briefing {}", hit.id),
        });
        shown.collect()
    }

    #[test]
    fn the_query_language_finds_what_it_says() {
        let desk = library();
        let finds =
            |query: &str, wanted: &[&str]| assert_eq!(hits(&desk, &Query::parse(query)), wanted, "{query}");
        finds("pact", &["Pact signed", "morev-harbour", "Talks fail"]);
        finds("\"harbour pact\"", &["Pact signed", "morev-harbour"]);
        finds("harbour -signed", &["morev-harbour", "Talks fail"]);
        finds("ferry OR talks", &["note 1", "Talks fail"]);
        finds("harb* pac*", &["Pact signed", "morev-harbour", "Talks fail"]);
        finds("telegramme", &["Pact signed"]);
        finds("ПАКТ", &["Пакт"]);
        finds("pair:US-RU", &["Pact signed", "morev-harbour", "note 1"]);
        finds("pair:russia/us pact", &["Pact signed", "morev-harbour"]);
        finds("pact -pair:US-RU", &["Talks fail"]);
        finds("speaker:morev kind:quote tag:energy treaty", &["note 1"]);
        finds("source:courier pact until:2030-01", &["Talks fail"]);
        finds("source:\"quay wire\" since:2031-05-03", &["条約締結"]);
        finds("source:nobody pact", &[]);
        finds("lang:en-US пакт", &["Пакт"]);
        finds("lang:ru пакт", &[]);
        finds("since:2029 until:2029", &["Пакт"]);
        finds("(pact) AND (street)", &["Pact signed"]);
        finds("xall xcus", &[]);
        finds("", &[]);
        finds("\"", &[]);
    }

    #[test]
    fn chinese_and_japanese_are_found_inside_their_runs() {
        let desk = library();
        for query in [
            "条約",
            "約",
            "新しい条約",
            "条約を締結",
            "\"条約 \"",
            "G7",
            "サミット",
            "G7サミット",
            "締結した",
        ] {
            assert_eq!(hits(&desk, &Query::parse(query)), ["条約締結"], "{query}");
        }
        assert_eq!(hits(&desk, &Query::parse("締条")), Vec::<String>::new());
        let found = desk.read(|conn| search(conn, &Query::parse("条約"), 20, 0)).hits.remove(0);
        assert_eq!(
            found.snippet.iter().filter(|part| part.hit).map(|part| part.text.as_str()).next(),
            Some("条約")
        );
    }

    #[test]
    fn a_half_typed_word_is_completed() {
        let desk = library();
        for typed in ["p", "pa", "pac", "pact", "harbour p"] {
            assert!(hits(&desk, &Query::typed(typed)).contains(&"Talks fail".to_owned()), "{typed}");
        }
        assert_eq!(hits(&desk, &Query::typed("stre")), ["Pact signed"]);
        let completions = |start: &'static str| desk.read(|conn| plan::completions(conn, start));
        assert!(completions("pa").is_empty());
        assert!(desk.write(|tx| index::tidy(tx, index::SMALL_LIBRARY)), "there are words now");
        assert!(!desk.write(|tx| index::tidy(tx, index::SMALL_LIBRARY)), "a small index is left as it is");
        let steps = (0..20).take_while(|_| desk.write(|tx| index::tidy(tx, 3))).count();
        assert!(steps < 20, "at some time nothing is left to do");
        assert_eq!(completions("pa"), ["pact"]);
        assert_eq!(completions("s"), ["shut", "signed", "stays", "street"]);
        assert_eq!(completions("tele"), ["telegramme"]);
        assert_eq!(completions("пак"), ["пакт"]);
        assert!(completions("xa").is_empty(), "tokens are no words");
        let found = desk.read(|conn| titles(conn, "sig pa", 5));
        assert_eq!(found.into_iter().map(|(_, title)| title).collect::<Vec<_>>(), ["Pact signed"]);
    }

    #[test]
    fn pages_of_hits_follow_each_other() {
        let desk = library();
        let query = Query::parse("pact OR ferry");
        let page = |offset, limit| desk.read(|conn| search(conn, &query, limit, offset)).hits;
        let whole = page(0, 20);
        let parts: Vec<_> = (0..whole.len() as u32).flat_map(|at| page(at, 1)).collect();
        assert_eq!(parts, whole);
    }

    fn best(desk: &Desk, query: &str, budget: Duration) -> SearchResults {
        let order = Order { limit: 9, ranked: Some(budget), ..Order::default() };
        desk.read(|conn| find(conn, &Query::parse(query), order))
    }

    #[test]
    fn ranking_puts_a_headline_before_a_mention() {
        let desk = Desk::new();
        desk.clip("Lighthouse sold", "It was sold.", "2001-01-01");
        desk.clip(
            "Other",
            &format!("{} lighthouse {}", "word ".repeat(200), "word ".repeat(200)),
            "2031-01-01",
        );
        let found = best(&desk, "lighthouse", Duration::from_secs(5));
        assert_eq!(
            found.hits.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(),
            ["Lighthouse sold", "Other"]
        );
        assert_eq!(found.ranked_since, None);
        let found = best(&desk, "lighthouse", Duration::ZERO);
        assert_eq!((found.hits.len(), found.total), (1, 2));
        assert!(found.ranked_since.unwrap().starts_with("2030-"), "it says how far it came");
    }

    #[test]
    fn each_kind_is_found_and_counted_by_itself() {
        let desk = library();
        desk.write(|tx| {
            let dyad = "IS-NO".parse().unwrap();
            crate::briefing::insert(tx, "Harbours", dyad, "# Harbours\n\nThe harbour question is open.", NOW)
        });
        let order = Order { limit: 1, grouped: true, ..Order::default() };
        let found = desk.read(|conn| find(conn, &Query::parse("harbour"), order));
        let kinds: Vec<_> = found.hits.iter().map(|hit| hit.kind).collect();
        assert_eq!(kinds, [HitKind::Article, HitKind::Statement, HitKind::Briefing]);
        let counts: Vec<_> = found.counts.iter().map(|count| (count.kind, count.total)).collect();
        assert_eq!(counts, [(HitKind::Article, 2), (HitKind::Statement, 1), (HitKind::Briefing, 1)]);
        assert_eq!(found.total, 4);
        let only = |query: &str| hits(&desk, &Query::parse(query));
        assert_eq!(only("harbour kind:briefing"), ["briefing 1"]);
        assert_eq!(only("kind:briefing pair:IS-NO"), ["briefing 1"]);
        assert_eq!(only("harbour kind:statement"), ["morev-harbour"]);
        assert_eq!(only("harbour -kind:article since:2031"), ["briefing 1", "morev-harbour"]);
    }

    #[test]
    fn a_place_narrows_a_search() {
        let desk = library();
        let id = desk.write(|tx| {
            article::set_unread(tx, bilat_core::ArticleId(2), false)?;
            let id = crate::collection::create(tx, "Sea lanes", NOW)?;
            crate::collection::add(tx, id, &[bilat_core::ArticleId(1), bilat_core::ArticleId(3)])?;
            Ok(id)
        });
        let finds =
            |query: &str, wanted: &[&str]| assert_eq!(hits(&desk, &Query::parse(query)), wanted, "{query}");
        finds("pact in:inbox kind:article", &["Pact signed"]);
        finds("harbour in:read", &["Talks fail"]);
        finds("harbour in:used", &["Pact signed", "morev-harbour"]);
        finds("harbour -in:used", &["Talks fail"]);
        finds("in:\"sea lanes\" -kind:statement -kind:note", &["条約締結", "Pact signed"]);
        finds("in:\"sea lanes\" pact kind:article", &["Pact signed"]);
        let told = |query: &str| desk.read(|conn| search(conn, &Query::parse(query), 9, 0)).problems;
        assert!(told("in:\"sea lanes\"").is_empty());
        desk.write(move |tx| crate::collection::delete(tx, id, NOW));
        assert_eq!(
            told("in:\"sea lanes\"")[0].text,
            "There is no collection “sea lanes”; in: takes inbox, read, used or a collection."
        );
    }

    #[test]
    fn a_filter_for_what_the_library_does_not_have_says_so() {
        let desk = library();
        let told = |query: &str| -> Vec<String> {
            let found = desk.read(|conn| search(conn, &Query::parse(query), 9, 0));
            found.problems.into_iter().map(|problem| problem.text).collect()
        };
        assert_eq!(told("source:nobody pact"), ["No source is called “nobody”."]);
        assert_eq!(told("speaker:nobody pact"), ["No speaker is called “nobody”."]);
        assert_eq!(told("tag:x pact"), ["There is no tag “x”."]);
        assert_eq!(told("source:courier speaker:morev tag:energy pact"), [""; 0]);
        assert_eq!(
            told("since:yesterday pact"),
            ["“yesterday” is no date: write 2022, 2022-11 or 2022-11-18."]
        );
        assert_eq!(
            hits(&desk, &Query::parse("since:yesterday street")),
            ["Pact signed"],
            "the rest is looked for"
        );
    }

    /// Clips one text in each language and makes the table of words.
    fn seven_languages() -> Desk {
        let desk = Desk::new();
        for (title, body) in [
            ("en", "Negotiations on the northern ferries resumed; Governor Askeland disagreed."),
            ("fr", "Les négociations reprennent à l’Élysée, où l’élève français s’étonne."),
            (
                "ru",
                "Переговоры продолжились: представители партнёров ждут ещё одного раунда переговоров с Ветровым.",
            ),
            ("zh", "双方代表团提前离开，渔业谈判未定下一轮日期。"),
            ("ar", "التقى الوَزِيرُ أحمد الهادي بممثلي الشركة في القاهـــرة، وناقش إعادة فتح المدرسة."),
            ("ja", "両国は新しい漁業条約を締結し、サミットを延期した。"),
            ("el", "Ο υπουργός Εξωτερικών συναντήθηκε με τη Λούντε στις διαπραγματεύσεις."),
        ] {
            desk.clip(title, body, "2031-05-02");
        }
        desk.write(|tx| index::tidy(tx, index::SMALL_LIBRARY));
        desk
    }

    #[test]
    fn people_find_what_they_should_in_seven_languages() {
        let desk = seven_languages();
        for (wanted, queries) in [
            (
                "en",
                vec![
                    "negotiation",
                    "NEGOTIATIONS",
                    "ferry",
                    "resume",
                    "\"northern ferries\"",
                    "resum*",
                    "governor OR xyz",
                ],
            ),
            (
                "fr",
                vec![
                    "negociations",
                    "négociation",
                    "elysee",
                    "Élysée",
                    "ELEVE",
                    "l'élève",
                    "francais",
                    "\"l’élève français\"",
                ],
            ),
            (
                "ru",
                vec![
                    "переговоров",
                    "ПЕРЕГОВОРЫ",
                    "переговорам",
                    "еще",
                    "ещё",
                    "партнеров",
                    "представитель",
                    "Ветров",
                    "vetrovym",
                    "раунд*",
                ],
            ),
            ("zh", vec!["渔业", "谈判", "渔业谈判", "代表团", "团", "\"未定下一轮\""]),
            (
                "ar",
                vec![
                    "الوزير",
                    "وزير",
                    "احمد",
                    "أحمد",
                    "القاهرة",
                    "القاهره",
                    "المدرسه",
                    "شركة",
                    "الهادى",
                    "وَزِير",
                ],
            ),
            ("ja", vec!["条約", "漁業条約", "サミット", "締結", "新しい", "ミット"]),
            ("el", vec!["υπουργος", "ΥΠΟΥΡΓΌΣ", "εξωτερικων", "Λουντε", "διαπραγματευσεις"]),
        ] {
            for query in queries {
                assert_eq!(hits(&desk, &Query::parse(query)), [wanted], "{query}");
            }
        }
        for query in ["\"negotiation\"", "谈渔", "ветерок", "ferr"] {
            assert_eq!(hits(&desk, &Query::parse(query)), [""; 0], "{query}");
        }
    }

    #[test]
    fn a_name_is_found_in_another_alphabet() {
        let desk = seven_languages();
        desk.clip("latin", "Vetrov said so.", "2031-05-01");
        desk.clip("cyrillic", "Ветров так сказал.", "2031-05-02");
        desk.write(|tx| index::refresh_terms(tx));
        for query in ["Ветров", "Vetrov"] {
            let found = hits(&desk, &Query::parse(query));
            assert!(
                found.contains(&"latin".to_owned()) && found.contains(&"cyrillic".to_owned()),
                "{query}: {found:?}"
            );
        }
    }

    #[test]
    fn a_hit_in_another_form_is_marked_and_jumped_to() {
        let desk = seven_languages();
        let query = Query::parse("переговорам");
        let hit = desk.read(|conn| search(conn, &query, 1, 0)).hits.remove(0);
        let marked: Vec<_> =
            hit.snippet.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
        assert_eq!(marked, ["Переговоры", "переговоров"]);
        let text = desk.read(|conn| article::snapshot_text(conn, hit.article.unwrap())).text;
        let span = desk.read(|conn| passage(conn, &query, hit.article.unwrap())).unwrap();
        assert_eq!(bilat_core::CodePoints::new(&text).slice(span), "Переговоры");
        assert_eq!(desk.read(|conn| passage(conn, &Query::parse("lighthouse"), hit.article.unwrap())), None);
    }

    #[test]
    fn a_misspelt_word_is_put_right() {
        let desk = seven_languages();
        desk.mark(bilat_core::ArticleId(1), "Askeland disagreed", "", Some(morev()));
        let suggestion = |query: &str| {
            let order = Order { limit: 1, suggest: true, ..Order::default() };
            desk.read(|conn| find(conn, &Query::parse(query), order)).suggestion
        };
        for (written, meant) in [
            ("Govenor Askelnad", Some("Governor Askeland")),
            ("negotations", Some("negotiations")),
            ("GOVERNER", Some("GOVERNOR")),
            ("Перговоры", Some("Переговоры")),
            ("pair:US-RU “nortern feries”", Some("pair:US-RU “northern ferries”")),
            ("speaker:Morov governor", Some("speaker:Morev governor")),
            ("lighthouse", None),
            ("governor", None),
            ("governor lighthouse", None),
            ("", None),
        ] {
            assert_eq!(suggestion(written).as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn fields_and_values_are_completed() {
        let desk = library();
        let today = chrono::NaiveDate::from_ymd_opt(2031, 6, 1).unwrap();
        let offered = |query: &'static str| -> Vec<String> {
            let cursor = char_len(query);
            let found = desk.read(move |conn| completions(conn, query, cursor, today));
            found
                .iter()
                .map(|one| {
                    let kept: String = query.chars().take(one.span.start as usize).collect();
                    kept + &one.text
                })
                .collect()
        };
        assert_eq!(offered("pact sp"), ["pact speaker:"]);
        assert_eq!(offered("s"), ["speaker:", "source:", "since:"]);
        assert_eq!(offered("-so"), ["-source:"]);
        assert_eq!(offered("speaker:mor"), ["speaker:\"Ilya Morev\""]);
        assert_eq!(offered("source:\"the har"), ["source:\"The Harbour Courier\""]);
        assert_eq!(offered("pair:russ"), ["pair:RU-US"]);
        assert_eq!(offered("kind:stat"), ["kind:statement"]);
        assert_eq!(offered("tag:"), ["tag:Energy"]);
        assert_eq!(
            offered("since:"),
            ["since:2031-05-25", "since:2031-05-02", "since:2031-06", "since:2031", "since:2030"]
        );
        assert_eq!(offered("country:france"), ["country:FR"]);
        assert_eq!(offered("("), [""; 0]);
        assert_eq!(offered("nothing:x"), [""; 0]);
    }

    #[test]
    fn the_index_follows_every_change() {
        let desk = library();
        let mark = desk.mark(bilat_core::ArticleId(2), "harbour stays shut", "a pier", Some(morev()));
        assert!(hits(&desk, &Query::parse("pier")).len() == 1);
        desk.write(move |tx| {
            annotation::edit(
                tx,
                mark,
                &annotation::AnnotationEdit { note: Some("a quay"), ..Default::default() },
                NOW,
            )
        });
        assert!(hits(&desk, &Query::parse("pier")).is_empty());
        desk.write(move |tx| annotation::delete(tx, mark, NOW));
        assert!(hits(&desk, &Query::parse("quay")).is_empty());
        desk.reclip(bilat_core::ArticleId(2), "Talks fail", "The jetty is open.");
        assert_eq!(hits(&desk, &Query::parse("jetty")), ["Talks fail"]);
        assert!(hits(&desk, &Query::parse("shut")).is_empty());
        assert_eq!(desk.write(|tx| crate::integrity::check_index(tx)), Vec::<String>::new());
        assert_eq!(desk.read(crate::integrity::check).faults, Vec::<String>::new());
    }

    #[test]
    fn any_string_is_a_query() {
        let desk = library();
        let today = chrono::NaiveDate::from_ymd_opt(2031, 6, 1).unwrap();
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(1_500));
        let operators = prop_oneof![
            "[\\s\\S]{0,40}",
            "([a-zé条約]{0,4}|\"|\\*|-|:|OR|AND|NOT|NEAR|pair:|since:|speaker:|in:|kind:|lang:|\\(|\\)|\\^|\\{|\\}|\\+| |\\x00|'|,|%){0,14}",
        ];
        let best = Order {
            limit: 5,
            ranked: Some(Duration::from_millis(5)),
            suggest: true,
            grouped: true,
            offset: 0,
        };
        runner
            .run(&operators, |text| {
                for query in [Query::parse(&text), Query::typed(&text)] {
                    for order in [Order { limit: 5, ..Order::default() }, best] {
                        let found = desk.store.read_blocking(|conn| find(conn, &query, order));
                        prop_assert!(found.is_ok(), "{text:?}: {:?}", found.err());
                        for problem in found.unwrap().problems {
                            prop_assert!(problem.span.end <= char_len(&text), "{text:?}: {problem:?}");
                        }
                    }
                    let at = desk.store.read_blocking(|conn| passage(conn, &query, ArticleId(1)));
                    prop_assert!(at.is_ok(), "{text:?}: {:?}", at.err());
                }
                let filter = statement::StatementFilter { query: Some(&text), ..Default::default() };
                prop_assert!(
                    desk.store.read_blocking(|conn| statement::list(conn, &filter)).is_ok(),
                    "{text:?}"
                );
                prop_assert!(desk.store.read_blocking(|conn| titles(conn, &text, 5)).is_ok(), "{text:?}");
                let cursor = char_len(&text);
                let offered = desk.store.read_blocking(|conn| completions(conn, &text, cursor, today));
                prop_assert!(offered.is_ok(), "{text:?}: {:?}", offered.err());
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn ten_thousand_signs_are_answered_at_once() {
        let desk = library();
        for text in ["(", ")", "\"", "*", "-", ":", "a:", "((a", "“", ".,;!", "OR ", "-(", "约"] {
            let start = Instant::now();
            let query = Query::parse(&text.repeat(10_000));
            desk.read(|conn| find(conn, &query, Order { limit: 5, suggest: true, ..Order::default() }));
            assert!(start.elapsed() < Duration::from_secs(1), "{text}: {:?}", start.elapsed());
        }
    }
}
