//! What a misspelt word was meant to be: the nearest word that the library has.
//!
//! Asked only when nothing was found. A word that the library does have is left as it is, however rare; a suggestion is
//! at most one slip away in a short word and two in a long one, and of equally near words the commoner wins.

use rusqlite::Connection;

use super::query::{Piece, Query, Token, pieces};
use super::text::{self, fold};
use crate::error::Result;

/// Shorter words have too many neighbours to guess.
const SHORTEST: usize = 4;
/// Words from this length on may be two slips away.
const LONG: usize = 7;
/// How many words of a query are looked at.
const MOST: usize = 4;

/// `query` with its misspelt words put right; nothing where none is found to be.
///
/// # Errors
/// When the library cannot be read.
pub fn suggestion(conn: &Connection, query: &Query) -> Result<Option<String>> {
    let mut text = query.text.clone();
    let mut changed = false;
    let tokens = pieces(&query.text).into_iter().filter_map(|piece| match piece {
        Piece::Token(token) if !token.prefix => Some(token),
        _ => None,
    });
    let mut words: Vec<(std::ops::Range<usize>, bool)> = tokens.flat_map(places).take(MOST).collect();
    words.reverse();
    // From the last to the first, so that places before stay where they are.
    for (at, is_name) in words {
        let written = &query.text[at.clone()];
        if let Some(better) = nearest(conn, &fold(written), is_name)? {
            text.replace_range(at, &in_the_case_of(written, &better));
            changed = true;
        }
    }
    Ok(changed.then_some(text))
}

/// Where the words of a token stand in the query, and whether they are somebody's name.
fn places(token: Token) -> Vec<(std::ops::Range<usize>, bool)> {
    let is_name = matches!(token.field.as_deref(), Some("speaker" | "said" | "source" | "outlet"));
    if token.field.is_some() && !is_name {
        return Vec::new();
    }
    text::places(&token.text).map(|at| (token.inner + at.start..token.inner + at.end, is_name)).collect()
}

fn nearest(conn: &Connection, word: &str, is_name: bool) -> Result<Option<String>> {
    let length = word.chars().count();
    if length < SHORTEST
        || word.contains(|c: char| !c.is_alphabetic() || text::is_cjk(c))
        || known(conn, word, is_name)?
    {
        return Ok(None);
    }
    let most = if length < LONG { 1 } else { 2 };
    let mut best: Option<(usize, bool, i64, String)> = None;
    let mut consider = |term: &str, df: i64| {
        let far = (letters(term) ^ letters(word)).count_ones() as usize > 2 * most;
        if far || term.chars().count().abs_diff(length) > most {
            return;
        }
        let distance = strsim::osa_distance(term, word);
        if distance == 0 || distance > most {
            return;
        }
        // Slips in the first letter are rare.
        let first_differs = term.chars().next() != word.chars().next();
        let candidate = (distance, first_differs, -df, term.to_owned());
        if best.as_ref().is_none_or(|best| candidate < *best) {
            best = Some(candidate);
        }
    };
    if is_name {
        let mut query = conn.prepare_cached(
            "SELECT name FROM actor WHERE merged_into IS NULL UNION ALL SELECT name FROM source WHERE merged_into IS NULL",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            text::words(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)
                .for_each(|part| consider(&part.folded, 1));
        }
    } else {
        let mut query = conn.prepare_cached("SELECT term, df FROM vocab")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let term = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            consider(term, row.get(1)?);
        }
    }
    Ok(best.map(|(.., term)| term))
}

/// Whether the library has the word itself.
fn known(conn: &Connection, word: &str, is_name: bool) -> Result<bool> {
    if is_name {
        let mut query = conn.prepare_cached("SELECT name FROM actor UNION ALL SELECT name FROM source")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if text::words(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)
                .any(|part| part.folded.starts_with(word))
            {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let mut query = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM fts WHERE fts MATCH ?1)")?;
    Ok(query.query_row([format!("{{title body}} : \"{word}\"")], |row| row.get(0))?)
}

/// Which letters a word has, roughly: two words with many different ones cannot be near.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| set | 1 << (c as u32 % 32))
}

fn in_the_case_of(written: &str, word: &str) -> String {
    let mut chars = written.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    if capital && chars.clone().next().is_some() && chars.all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}
