//! What the end of a query may be meant to become: the name of a field, or a value that the library has for it.

use bilat_core::{Dyad, QueryCompletion, Span, actors, char_len};
use chrono::{Datelike, Days, NaiveDate};
use rusqlite::Connection;

use super::plan::latin;
use super::query::FIELDS;
use super::text::fold;
use crate::error::Result;

/// How many are offered.
const MOST: usize = 8;

/// How the token of `query` that ends at `cursor`, in code points, may go on; best first.
///
/// # Errors
/// When the library cannot be read.
pub fn completions(
    conn: &Connection,
    query: &str,
    cursor: u32,
    today: NaiveDate,
) -> Result<Vec<QueryCompletion>> {
    let before: String = query.chars().take(cursor as usize).collect();
    let token = &before[start_of_token(&before)..];
    let bare = token.strip_prefix('-').unwrap_or(token);
    let span = Span::new(char_len(&before) - char_len(bare), char_len(&before));
    let found = match bare.split_once(':') {
        None if bare.is_empty() => Vec::new(),
        None => {
            let typed = fold(bare);
            let fields = FIELDS.iter().filter(|field| field.starts_with(&typed));
            fields.map(|field| (format!("{field}:"), meaning(field).to_owned())).collect()
        }
        Some((field, value)) => {
            let field = field.to_ascii_lowercase();
            let typed = fold(value.trim_start_matches(['"', '“']));
            let fits = |value: &str, label: &str| {
                [value, label].iter().any(|text| {
                    let text = fold(text);
                    starts_a_word(&text, &typed) || starts_a_word(&latin(&text), &latin(&typed))
                })
            };
            let values = values(conn, &field, today)?.into_iter().filter(|(value, label)| fits(value, label));
            values.take(MOST).map(|(value, label)| (format!("{field}:{}", quoted(&value)), label)).collect()
        }
    };
    Ok(found.into_iter().map(|(text, label)| QueryCompletion { text, span, label }).collect())
}

/// Where the last token begins: after the last space that stands in no quotation.
fn start_of_token(text: &str) -> usize {
    let (mut start, mut open) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' | '“' | '”' => open = !open,
            '(' | ')' if !open => start = at + 1,
            c if c.is_whitespace() && !open => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

fn starts_a_word(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

fn quoted(value: &str) -> String {
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('"', " ")) }
}

fn meaning(field: &str) -> &'static str {
    match field {
        "pair" => "on two countries or bodies",
        "country" => "about a country or body",
        "speaker" => "with words of",
        "source" => "published by, or from the agency",
        "since" => "published on this day or later",
        "until" => "published on this day or earlier",
        "kind" => "marked as",
        "tag" => "with the tag",
        "in" => "inbox, read, used or a collection",
        _ => "in the language",
    }
}

/// The values of a field, best first, each with what it means.
fn values(conn: &Connection, field: &str, today: NaiveDate) -> Result<Vec<(String, String)>> {
    let listed =
        |values: &[(&str, &str)]| Ok(values.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect());
    match field {
        "pair" | "dyad" => {
            let dyads = texts(
                conn,
                "SELECT dyad FROM (SELECT dyad, 0 AS late, position AS rank FROM followed_pair
                    UNION ALL SELECT dyad, 1, -count(*) FROM article_pair GROUP BY dyad)
                 GROUP BY dyad ORDER BY min(late), rank LIMIT 100",
            )?;
            let named = |code: String| {
                let names = code.parse::<Dyad>().map(|dyad| format!("{} – {}", dyad.a().name(), dyad.b().name()));
                (code, names.unwrap_or_default())
            };
            Ok(dyads.into_iter().map(named).collect())
        }
        "country" => Ok(actors().map(|actor| (actor.code().to_owned(), actor.name().to_owned())).collect()),
        "speaker" | "said" => counted(
            conn,
            "SELECT who.name, count(*) || ' statements' FROM statement st JOIN actor who ON who.id = st.speaker
             GROUP BY who.id ORDER BY count(*) DESC LIMIT 2000",
        ),
        "source" | "outlet" => counted(
            conn,
            "SELECT name, '' FROM source s WHERE merged_into IS NULL ORDER BY name LIMIT 5000",
        ),
        "tag" => counted(conn, "SELECT name, '' FROM tag ORDER BY match_name LIMIT 5000"),
        "in" | "is" => {
            let mut places: Vec<_> = listed(&[("inbox", "not opened yet"), ("read", "opened, not used"), ("used", "cited or with a statement")])?;
            places.extend(counted(conn, "SELECT name, 'collection' FROM collection WHERE deleted_at IS NULL ORDER BY position")?);
            Ok(places)
        }
        "lang" | "language" => counted(
            conn,
            "SELECT language, count(*) || ' articles' FROM article WHERE language IS NOT NULL GROUP BY language
             ORDER BY count(*) DESC LIMIT 100",
        ),
        "kind" => listed(&[
            ("quote", "marked as a quote"),
            ("fact", "marked as a fact"),
            ("figure", "marked as a figure"),
            ("judgement", "marked as a judgement"),
            ("to_check", "marked to be checked"),
            ("article", "articles only"),
            ("statement", "statements only"),
            ("note", "notes only"),
            ("briefing", "briefings only"),
        ]),
        "since" | "after" | "until" | "before" => {
            let ago = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today).to_string();
            let month = format!("{}-{:02}", today.year(), today.month());
            listed(&[
                (&ago(7), "a week ago"),
                (&ago(30), "30 days ago"),
                (&month, "this month"),
                (&today.year().to_string(), "this year"),
                (&(today.year() - 1).to_string(), "last year"),
            ])
        }
        _ => Ok(Vec::new()),
    }
}

fn texts(conn: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(sql)?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn counted(conn: &Connection, sql: &str) -> Result<Vec<(String, String)>> {
    let mut query = conn.prepare_cached(sql)?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}
