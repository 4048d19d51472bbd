//! The query language: words, `"phrases"`, `prefix*`, `-not`, `OR`, and filters such as
//! `pair:US-RU speaker:Peskov source:reuters since:2022-11 until:2023-01 kind:quote tag:energy lang:ru`.
//!
//! Any string is a query. What does not fit the language is looked for as words, so a user who pastes
//! a sentence gets hits and never a message about syntax.

use bilat_core::{Actor, Dyad, Edtf};
use rusqlite::Connection;

use super::RECORD_WORDS;
use super::text::{self, fold};
use crate::error::Result;
use crate::row::match_name;

/// How many terms are looked at; more are left out, silently, as nobody types them.
const MOST_TERMS: usize = 32;

/// How long a word can be, in code points.
const LONGEST_WORD: usize = 64;

/// How many words the last, half-typed one is completed to.
const COMPLETIONS: u32 = 8;

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must hold.
    clauses: Vec<Clause>,
    since: Option<Edtf>,
    until: Option<Edtf>,
}

/// One of `any` must hold; none of them where `not`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Clause {
    any: Vec<Term>,
    not: bool,
}

/// One thing to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Words that stand side by side.
    Words {
        /// Folded.
        words: Vec<String>,
        /// How the last one may go on.
        ending: Ending,
    },
    /// Han or Kana that stand side by side.
    Cjk(String),
    /// What the article, statement or note must be.
    Filter(Filter),
}

/// How the last word of a term may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Not at all.
    Whole,
    /// In any way.
    Prefix,
    /// In the commonest ways: it is still being typed.
    Typing,
}

/// A condition on what is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// On a pair.
    Pair(Dyad),
    /// On a country.
    Country(Actor),
    /// With a statement by somebody of this name.
    Speaker(String),
    /// Published by, or credited to.
    Source(String),
    /// With an annotation of this kind.
    Kind(String),
    /// With this tag.
    Tag(String),
    /// In this language.
    Language(String),
}

impl Query {
    /// Reads a query that was typed to its end.
    pub fn parse(text: &str) -> Self {
        Self::read(text, false)
    }

    /// Reads a query while it is being typed: the last word may go on.
    pub fn typed(text: &str) -> Self {
        Self::read(text, true)
    }

    fn read(text: &str, typing: bool) -> Self {
        let mut query = Self::default();
        let mut or = false;
        let mut count = 0;
        let tokens = tokens(text);
        let last = tokens.len().saturating_sub(1);
        let still_typed = |at| typing && at == last && text.ends_with(char::is_alphanumeric);
        for (at, token) in tokens.iter().enumerate() {
            if token.is_operator("OR") || token.is_operator("|") {
                or = !query.clauses.is_empty();
                continue;
            }
            if token.is_operator("AND") {
                continue;
            }
            let terms = query.terms(token, still_typed(at));
            count += terms.len();
            if count > MOST_TERMS {
                break;
            }
            for (nth, term) in terms.into_iter().enumerate() {
                match query.clauses.last_mut() {
                    // What a token falls into must all hold; OR joins its first part to what stands before.
                    Some(before) if or && nth == 0 && before.not == token.not => before.any.push(term),
                    _ => query.clauses.push(Clause { any: vec![term], not: token.not }),
                }
            }
            or = false;
        }
        query
    }

    fn terms(&mut self, token: &Token, typing: bool) -> Vec<Term> {
        if let Some(field) = &token.field {
            let date = || token.text.parse::<Edtf>().ok();
            match field.as_str() {
                "since" | "after" if !token.not => {
                    if let Some(date) = date() {
                        self.since = Some(date);
                        return Vec::new();
                    }
                }
                "until" | "before" if !token.not => {
                    if let Some(date) = date() {
                        self.until = Some(date);
                        return Vec::new();
                    }
                }
                _ => {
                    if let Some(filter) = filter(field, &token.text) {
                        return vec![Term::Filter(filter)];
                    }
                }
            }
            let whole = Token { text: format!("{field} {}", token.text), field: None, ..token.clone() };
            return self.terms(&whole, typing);
        }
        let prefix = token.prefix;
        let ending = if prefix {
            Ending::Prefix
        } else if typing && !token.quoted {
            Ending::Typing
        } else {
            Ending::Whole
        };
        words_and_runs(&token.text, ending)
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.since.is_none() && self.until.is_none()
    }

    /// The first and last minute since 1970 that may be found.
    pub(super) fn minutes(&self) -> (i64, i64) {
        let minute = crate::article::day_minute;
        let from = self.since.as_ref().and_then(Edtf::first_day).map_or(i64::MIN, minute);
        let to = self.until.as_ref().and_then(Edtf::last_day).and_then(|day| day.succ_opt());
        (from, to.map_or(i64::MAX, |day| minute(day) - 1))
    }

    /// What to mark in a snippet.
    pub(super) fn marks(&self) -> Vec<&Term> {
        let wanted = self.clauses.iter().filter(|clause| !clause.not);
        wanted.flat_map(|clause| &clause.any).filter(|term| !matches!(term, Term::Filter(_))).collect()
    }

    /// The expression for FTS5, with `columns` holding the words.
    pub(super) fn expression(&self, conn: &Connection, columns: &str) -> Result<String> {
        let mut wanted = vec![];
        let mut unwanted = vec![];
        for clause in &self.clauses {
            let any = clause
                .any
                .iter()
                .map(|term| term.expression(conn, columns))
                .collect::<Result<Vec<_>>>()?
                .join(" OR ");
            if clause.not { &mut unwanted } else { &mut wanted }.push(format!("({any})"));
        }
        if wanted.is_empty() {
            wanted.push(format!("tags : \"{}\"", super::index::EVERYTHING));
        }
        let mut out = wanted.join(" AND ");
        if !unwanted.is_empty() {
            out = format!("({out}) NOT ({})", unwanted.join(" OR "));
        }
        Ok(out)
    }
}

impl Term {
    fn expression(&self, conn: &Connection, columns: &str) -> Result<String> {
        match self {
            Self::Words { words, ending } => {
                let phrase = words.join(" ");
                let star = if *ending == Ending::Prefix { " *" } else { "" };
                let whole = format!("{columns} : (\"{phrase}\"{star})");
                let typing = *ending == Ending::Typing && words.len() == 1;
                if !typing {
                    return Ok(whole);
                }
                let completions = if is_small(conn)? { Vec::new() } else { completions(conn, &phrase)? };
                if completions.is_empty() {
                    return Ok(format!("{columns} : (\"{phrase}\" *)"));
                }
                let any: Vec<_> = std::iter::once(&phrase)
                    .chain(completions.iter().filter(|term| **term != phrase))
                    .map(|term| format!("\"{term}\""))
                    .collect();
                Ok(format!("{columns} : ({})", any.join(" OR ")))
            }
            // One character is the start of a pair, or the last of its run.
            Self::Cjk(run) if run.chars().nth(1).is_none() => Ok(format!("cjk : (\"{run}\" *)")),
            Self::Cjk(run) => {
                let pairs = text::pairs(run);
                let pairs = pairs.rsplit_once(' ').map_or(pairs.as_str(), |(pairs, _)| pairs);
                Ok(format!("cjk : \"{pairs}\""))
            }
            Self::Filter(filter) => {
                let tokens = filter.tokens(conn)?;
                if tokens.is_empty() {
                    return Ok("tags : \"xnothing\"".into());
                }
                let any: Vec<_> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
                Ok(format!("tags : ({})", any.join(" OR ")))
            }
        }
    }
}

impl Filter {
    /// The tokens of which a record must have one.
    fn tokens(&self, conn: &Connection) -> Result<Vec<String>> {
        use super::index::token;
        Ok(match self {
            Self::Pair(dyad) => vec![token::pair(*dyad)],
            Self::Country(country) => vec![token::country(*country)],
            Self::Kind(kind) => vec![token::kind(kind)],
            Self::Language(tag) => vec![token::language(tag)],
            Self::Tag(name) => {
                let mut query = conn.prepare_cached("SELECT id FROM tag WHERE match_name = ?1")?;
                let ids = query.query_map([match_name(name)], |row| row.get(0))?;
                ids.map(|id| Ok(token::tag(id?))).collect::<Result<_>>()?
            }
            Self::Source(name) => named(conn, "SELECT id, name FROM source", name, token::source)?,
            Self::Speaker(name) => named(conn, "SELECT id, name FROM actor", name, token::speaker)?,
        })
    }
}

/// The tokens of all records of whose name a word starts with `wanted`; 64 at most.
fn named(conn: &Connection, sql: &str, wanted: &str, token: fn(i64) -> String) -> Result<Vec<String>> {
    let wanted = fold(wanted.trim());
    let mut query = conn.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    let mut tokens = Vec::new();
    while let Some(row) = rows.next()? {
        let name = fold(&row.get::<_, String>(1)?);
        let starts = |at: usize| !name[..at].ends_with(char::is_alphanumeric);
        if !wanted.is_empty() && tokens.len() < 64 && name.match_indices(&wanted).any(|(at, _)| starts(at)) {
            tokens.push(token(row.get(0)?));
        }
    }
    Ok(tokens)
}

fn is_small(conn: &Connection) -> Result<bool> {
    let small = super::index::SMALL_LIBRARY;
    let mut query =
        conn.prepare_cached("SELECT count(*) <= ?1 FROM (SELECT 1 FROM article_text LIMIT ?1 + 1)")?;
    Ok(query.query_row([small], |row| row.get(0))?)
}

/// The commonest words that start with `prefix`.
pub(super) fn completions(conn: &Connection, prefix: &str) -> Result<Vec<String>> {
    let short = prefix.chars().nth(3).is_none();
    let mut query = conn.prepare_cached(if short {
        "SELECT term FROM prefix_top WHERE prefix = ?1 AND ?2 <> '' AND ?3 > 0 ORDER BY rank"
    } else {
        "SELECT term FROM vocab WHERE term >= ?1 AND term < ?2 ORDER BY df DESC LIMIT ?3"
    })?;
    let end = format!("{prefix}\u{10ffff}");
    let terms = query.query_map((prefix, end, COMPLETIONS), |row| row.get(0))?;
    let terms = terms.collect::<Result<Vec<String>, _>>()?;
    Ok(terms.into_iter().filter(|term| term.chars().all(char::is_alphanumeric)).collect())
}

fn filter(field: &str, value: &str) -> Option<Filter> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    Some(match field {
        "pair" | "dyad" => Filter::Pair(value.parse().ok()?),
        "country" => Filter::Country(value.parse().ok()?),
        "speaker" => Filter::Speaker(value.into()),
        "source" | "outlet" => Filter::Source(value.into()),
        "kind" => Filter::Kind(value.into()),
        "tag" => Filter::Tag(value.into()),
        "lang" | "language" => Filter::Language(value.into()),
        _ => return None,
    })
}

/// The terms that a stretch of text falls into: its words side by side, and its runs of Han and Kana.
fn words_and_runs(text: &str, ending: Ending) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut words = Vec::new();
    let flush = |words: &mut Vec<String>, terms: &mut Vec<Term>, ending| {
        if !words.is_empty() {
            terms.push(Term::Words { words: std::mem::take(words), ending });
        }
    };
    for word in text::words(text).take(MOST_TERMS) {
        if text[word.at.clone()].starts_with(text::is_cjk) {
            flush(&mut words, &mut terms, Ending::Whole);
            terms.push(Term::Cjk(text[word.at].chars().take(LONGEST_WORD).collect()));
        } else {
            words.push(word.folded.chars().take(LONGEST_WORD).collect());
        }
    }
    flush(&mut words, &mut terms, ending);
    terms
}

/// A piece of a query, before it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    field: Option<String>,
    quoted: bool,
    not: bool,
    prefix: bool,
}

impl Token {
    fn is_operator(&self, word: &str) -> bool {
        !self.quoted && !self.not && self.field.is_none() && self.text == word
    }
}

/// Cuts a query at spaces and brackets, keeping quoted stretches whole.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && tokens.len() <= MOST_TERMS * 2 {
        let (not, after) = match rest.strip_prefix('-') {
            Some(after) if after.starts_with(|c: char| !c.is_whitespace() && c != '-') => (true, after),
            _ => (false, rest),
        };
        let (field, after) = match after.split_once(':') {
            Some((field, value))
                if !field.is_empty()
                    && field.chars().all(|c| c.is_ascii_alphabetic())
                    && value.starts_with(|c: char| !c.is_whitespace()) =>
            {
                (Some(field.to_ascii_lowercase()), value)
            }
            _ => (None, after),
        };
        let opening = after.chars().next().filter(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»'));
        let (text, quoted, mut left) = if let Some(quote) = opening {
            let inner = &after[quote.len_utf8()..];
            let end = inner.find(['"', '“', '”', '»', '«']).unwrap_or(inner.len());
            let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
            (&inner[..end], true, &inner[end + closing..])
        } else {
            let stop =
                |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„' | '«' | '»');
            let end = after.find(stop).unwrap_or(after.len());
            (&after[..end], false, &after[end..])
        };
        let bare = text.trim_end_matches('*');
        let prefix = bare.len() < text.len() || (quoted && left.starts_with('*'));
        left = left.trim_start_matches('*');
        if !bare.is_empty() {
            tokens.push(Token { text: bare.to_owned(), field, quoted, not, prefix });
        }
        rest = left.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
        if text.is_empty() && !quoted && rest.len() == after.len() {
            // Nothing was taken: step over the character that stands in the way.
            rest = rest.chars().next().map_or("", |c| &rest[c.len_utf8()..]);
        }
    }
    tokens
}

/// An expression for records that hold all words of `text`, the last one as a prefix; nothing
/// where it holds none.
pub fn all_words(text: &str) -> Option<String> {
    let terms: Vec<_> = text
        .split_whitespace()
        .flat_map(|piece| words_and_runs(piece, Ending::Prefix))
        .take(MOST_TERMS)
        .map(|term| match term {
            Term::Words { words, .. } => format!("{RECORD_WORDS} : (\"{}\" *)", words.join(" ")),
            Term::Cjk(run) if run.chars().nth(1).is_none() => format!("cjk : (\"{run}\" *)"),
            Term::Cjk(run) => {
                let pairs = text::pairs(&run);
                format!("cjk : \"{}\"", pairs.rsplit_once(' ').map_or(pairs.as_str(), |(pairs, _)| pairs))
            }
            Term::Filter(_) => unreachable!("plain words make no filter"),
        })
        .collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}
