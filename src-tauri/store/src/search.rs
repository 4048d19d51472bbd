//! Search over articles, statements and notes.
//!
//! Newest first is the default, because reading an index backwards stops at the last row wanted, so
//! it is as fast for “the” as for a name. Filters are words of a hidden column, intersected like any
//! others. Snippets are made for the rows that are shown. Ranking is on request and within a budget
//! of time: it ranks the newest part of the library that the budget allows, and says how far it came.

pub(crate) mod index;
mod query;
mod snippet;
mod text;

use std::time::{Duration, Instant};

use bilat_core::{ArticleId, CiteKey, Edtf, Hit, HitKind, SearchResults};
use rusqlite::{Connection, Row};

pub use index::{merge, refresh_terms};
pub use query::Query;
pub(crate) use query::all_words;
pub(crate) use text::{floor, fold};

use crate::error::Result;
use crate::row;
use crate::statement;

/// Beyond this, hits are not counted but called “1000+”.
const COUNTED: u32 = 1_000;

/// The columns of articles that hold words.
const ARTICLE_WORDS: &str = "{title body cjk}";
/// Those of statements and notes.
const RECORD_WORDS: &str = "{words cjk}";

/// A hit before its snippet is made.
struct Found {
    ord: i64,
    kind: HitKind,
    /// The number of the annotation, for statements and notes.
    annotation: i64,
}

/// What `query` finds, newest articles first, each article before its statements and its notes;
/// `limit` hits from `offset` on.
///
/// # Errors
/// When the library cannot be read; never because of what the query says.
pub fn search(conn: &Connection, query: &Query, limit: u32, offset: u32) -> Result<SearchResults> {
    if query.is_empty() {
        return Ok(SearchResults { total: 0, capped: false, hits: Vec::new() });
    }
    let most = limit.saturating_add(offset);
    let words = query.expression(conn, ARTICLE_WORDS)?;
    let records = query.expression(conn, RECORD_WORDS)?;
    let (from, to) = query.minutes();
    let mut found = newest(conn, &words, from, to, most)?;
    let mut total =
        count(conn, "SELECT 1 FROM fts WHERE fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3", &words, from, to)?;
    for (kind, table) in [(HitKind::Statement, "fts_statement"), (HitKind::Note, "fts_note")] {
        // CROSS JOIN keeps SQLite to this order: by date first it would ask the index once for each article.
        let matching = format!(
            "FROM {table} f CROSS JOIN annotation n ON n.id = f.rowid CROSS JOIN article a ON a.uid = n.article
             WHERE f.{table} MATCH ?1 AND a.ord BETWEEN ?2 AND ?3"
        );
        total += count(conn, &format!("SELECT 1 {matching}"), &records, from, to)?;
        let mut rows = conn
            .prepare_cached(&format!("SELECT a.ord, n.id {matching} ORDER BY a.ord DESC, n.id LIMIT ?4"))?;
        let rows = rows.query_map((&records, from, to, most), |row| {
            Ok(Found { ord: row.get(0)?, kind, annotation: row.get(1)? })
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    found.sort_by_key(|hit| (std::cmp::Reverse(hit.ord), hit.kind as u8, hit.annotation));
    let shown = found.into_iter().skip(offset as usize).take(limit as usize);
    let hits = shown.map(|found| hit(conn, query, &found)).collect::<Result<_>>()?;
    Ok(SearchResults { total: total.min(COUNTED), capped: total > COUNTED, hits })
}

/// Articles only, best first (BM25, a headline counting four times), within about `budget`.
/// Also the first day that was ranked, where the budget did not reach over the whole library: older
/// articles are left out, and the reader must be told so.
///
/// # Errors
/// As [`search`].
pub fn ranked(
    conn: &Connection,
    query: &Query,
    limit: u32,
    budget: Duration,
) -> Result<(SearchResults, Option<String>)> {
    let start = Instant::now();
    let none = SearchResults { total: 0, capped: false, hits: Vec::new() };
    if query.is_empty() {
        return Ok((none, None));
    }
    let words = query.expression(conn, ARTICLE_WORDS)?;
    let (from, to) = query.minutes();
    // Two sub-selects: min and max in one would scan the table.
    let (first, last): (Option<i64>, Option<i64>) = conn
        .prepare_cached("SELECT (SELECT min(ord) FROM article), (SELECT max(ord) FROM article)")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = (first, last) else { return Ok((none, None)) };
    let (first, last) = (first.max(from), last.min(to));
    let span = last.saturating_sub(first).saturating_add(1).max(1);
    let mut rank = conn.prepare_cached(
        "SELECT rowid FROM fts WHERE fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rank, rowid DESC LIMIT ?4",
    )?;
    let mut part = 64;
    let (found, reached) = loop {
        let cut = if part == 1 { first } else { last - span / part };
        let step = Instant::now();
        let found = rank
            .query_map((&words, cut, last, limit), |row| row.get::<_, i64>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        if part == 1 {
            break (found, None);
        }
        // Ranking is linear in what it ranks. Widen by as much as is sure to fit.
        let (took, left) = (step.elapsed(), budget.saturating_sub(start.elapsed()));
        part = match (took * 5, took * 18) {
            (_, sixteen) if sixteen <= left => (part / 16).max(1),
            (four, _) if four <= left => part / 4,
            _ => break (found, Some(cut)),
        };
    };
    let total =
        count(conn, "SELECT 1 FROM fts WHERE fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3", &words, from, to)?;
    let hits = found
        .into_iter()
        .map(|ord| hit(conn, query, &Found { ord, kind: HitKind::Article, annotation: 0 }))
        .collect::<Result<_>>()?;
    let since = reached.and_then(|minute| chrono::DateTime::from_timestamp(minute * 60, 0));
    let since = since.map(|day| day.format("%Y-%m-%d").to_string());
    Ok((SearchResults { total: total.min(COUNTED), capped: total > COUNTED, hits }, since))
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
    let (from, to) = query.minutes();
    let found = newest(conn, &query.expression(conn, ARTICLE_WORDS)?, from, to, most)?;
    let mut read = conn.prepare_cached("SELECT uid FROM article WHERE ord = ?1")?;
    let articles = found.iter().map(|hit| Ok(ArticleId(read.query_row([hit.ord], |row| row.get(0))?)));
    articles.collect()
}

fn newest(conn: &Connection, words: &str, from: i64, to: i64, most: u32) -> Result<Vec<Found>> {
    let mut query = conn.prepare_cached(
        "SELECT rowid FROM fts WHERE fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4",
    )?;
    let rows = query.query_map((words, from, to, most), |row| {
        Ok(Found { ord: row.get(0)?, kind: HitKind::Article, annotation: 0 })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many rows `select` finds, `COUNTED + 1` at most.
fn count(conn: &Connection, select: &str, words: &str, from: i64, to: i64) -> Result<u32> {
    let mut query = conn.prepare_cached(&format!("SELECT count(*) FROM ({select} LIMIT {})", COUNTED + 1))?;
    Ok(query.query_row((words, from, to), |row| row.get(0))?)
}

fn hit(conn: &Connection, query: &Query, found: &Found) -> Result<Hit> {
    let marks = query.marks();
    match found.kind {
        HitKind::Article => {
            let mut read = conn.prepare_cached(
                "SELECT a.uid, a.key, a.title, s.name, a.published, t.body
                 FROM article a JOIN article_text t ON t.ord = a.ord LEFT JOIN source s ON s.id = a.source
                 WHERE a.ord = ?1",
            )?;
            Ok(read.query_row([found.ord], |row| {
                let body = row.get_ref(5)?.as_str()?;
                let article = ArticleId(row.get(0)?);
                of_row(row, HitKind::Article, article.0, row::key(row, 1)?, snippet::snippet(body, &marks))
            })?)
        }
        HitKind::Statement | HitKind::Note => {
            let mut read = conn.prepare_cached(
                "SELECT a.uid, a.key, a.title, s.name, a.published, n.note, st.id, st.key
                 FROM annotation n JOIN article a ON a.uid = n.article LEFT JOIN source s ON s.id = a.source
                 LEFT JOIN statement st ON st.annotation = n.id WHERE n.id = ?1",
            )?;
            let words = statement::words(conn, found.annotation)?;
            Ok(read.query_row([found.annotation], |row| {
                if found.kind == HitKind::Note {
                    let shown = snippet::snippet(row.get_ref(5)?.as_str()?, &marks);
                    return of_row(row, HitKind::Note, found.annotation, row::key(row, 1)?, shown);
                }
                of_row(row, found.kind, row.get(6)?, row::key(row, 7)?, snippet::snippet(&words, &marks))
            })?)
        }
    }
}

fn of_row(
    row: &Row<'_>,
    kind: HitKind,
    id: i64,
    key: CiteKey,
    snippet: Vec<bilat_core::SnippetPart>,
) -> rusqlite::Result<Hit> {
    Ok(Hit {
        kind,
        id,
        article: ArticleId(row.get(0)?),
        key,
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
            HitKind::Statement => hit.key.to_string(),
            HitKind::Note => format!("note {}", hit.id),
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
        let completions = |start: &'static str| desk.read(|conn| query::completions(conn, start));
        assert!(completions("pa").is_empty());
        assert!(!desk.write(|tx| index::tidy(tx, index::SMALL_LIBRARY)));
        assert!(desk.write(|tx| index::tidy(tx, 3)), "four articles are more than three");
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

    #[test]
    fn ranking_puts_a_headline_before_a_mention() {
        let desk = Desk::new();
        desk.clip("Lighthouse sold", "It was sold.", "2001-01-01");
        desk.clip(
            "Other",
            &format!("{} lighthouse {}", "word ".repeat(200), "word ".repeat(200)),
            "2031-01-01",
        );
        let (found, since) =
            desk.read(|conn| ranked(conn, &Query::parse("lighthouse"), 9, Duration::from_secs(5)));
        assert_eq!(
            found.hits.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(),
            ["Lighthouse sold", "Other"]
        );
        assert_eq!(since, None);
        let (found, since) = desk.read(|conn| ranked(conn, &Query::parse("lighthouse"), 9, Duration::ZERO));
        assert_eq!((found.hits.len(), found.total), (1, 2));
        assert!(since.unwrap().starts_with("2030-"), "it says how far it came");
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
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(1_500));
        let operators = prop_oneof![
            "[\\s\\S]{0,40}",
            "([a-z条約]{0,4}|\"|\\*|-|:|OR|AND|NOT|NEAR|pair:|since:|speaker:|\\(|\\)|\\^|\\{|\\}|\\+| |\\x00|'|,){0,14}",
        ];
        runner
            .run(&operators, |text| {
                for query in [Query::parse(&text), Query::typed(&text)] {
                    let found = desk.store.read_blocking(|conn| search(conn, &query, 5, 0));
                    prop_assert!(found.is_ok(), "{text:?}: {:?}", found.err());
                    let found =
                        desk.store.read_blocking(|conn| ranked(conn, &query, 5, Duration::from_millis(5)));
                    prop_assert!(found.is_ok(), "{text:?}: {:?}", found.err());
                }
                let filter = statement::StatementFilter { query: Some(&text), ..Default::default() };
                prop_assert!(
                    desk.store.read_blocking(|conn| statement::list(conn, &filter)).is_ok(),
                    "{text:?}"
                );
                prop_assert!(desk.store.read_blocking(|conn| titles(conn, &text, 5)).is_ok(), "{text:?}");
                Ok(())
            })
            .unwrap();
    }
}
