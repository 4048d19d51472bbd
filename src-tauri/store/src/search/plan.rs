//! A query, resolved in a library: the expressions that FTS5 is asked, what to mark in snippets, and which parts of it
//! name something that the library does not have.
//!
//! A word finds its own forms: the words of the library that have its stem (negotiation, negotiations; переговоры,
//! переговоров), that it is in another alphabet (Peskov, Песков), and in Arabic those with article and prepositions. They
//! come from the table of the library's words, so that the index holds every word once. Quotation marks ask for the
//! very word.

use bilat_core::{HitKind, QueryProblem};
use rusqlite::{Connection, OptionalExtension};
use rust_stemmers::{Algorithm, Stemmer};

use super::index::token;
use super::query::{self, Ending, Filter, Node, Place, Query, Term};
use super::text::{self, fold};
use crate::error::Result;
use crate::row::match_name;

/// The columns of articles that hold words.
const ARTICLE_WORDS: &str = "{title body cjk}";
/// Those of statements, notes and briefings.
pub(super) const RECORD_WORDS: &str = "{words cjk}";

/// How many words the last, half-typed one is completed to.
const COMPLETIONS: u32 = 8;
/// How many forms of a word are looked for.
const MOST_FORMS: usize = 12;
/// How many words of a common beginning are compared by stem.
const MOST_NEIGHBOURS: u32 = 400;
/// Shorter words have no forms: they would find too much.
const SHORTEST_STEM: usize = 4;
/// A place of at most this many articles is looked up article by article; in a larger one hits are near.
const FEW: usize = 200;

/// A resolved query.
pub struct Plan {
    /// For articles.
    pub articles: String,
    /// For statements, notes and briefings.
    pub records: String,
    /// What to mark in snippets.
    pub marks: Vec<Mark>,
    /// A condition on `a`, a row of `article`; empty: none.
    pub place: String,
    /// The only articles that can be found, where they are few.
    pub few: Option<Vec<i64>>,
    /// The first and the last minute since 1970.
    pub minutes: (i64, i64),
    /// See [`bilat_core::SearchResults::problems`].
    pub problems: Vec<QueryProblem>,
    only: Vec<HitKind>,
}

/// What is marked in a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Folded words side by side; whether the last may go on.
    Words(Vec<String>, bool),
    /// A run of Han or Kana.
    Cjk(String),
}

impl Plan {
    /// Whether hits of `kind` are asked for. A briefing is in no place.
    pub fn wants(&self, kind: HitKind) -> bool {
        (self.only.is_empty() || self.only.contains(&kind))
            && (kind != HitKind::Briefing || self.place.is_empty())
    }
}

/// Resolves `query`.
///
/// # Errors
/// When the library cannot be read.
pub fn plan(conn: &Connection, query: &Query) -> Result<Plan> {
    let mut resolver = Resolver { conn, query, problems: query.problems.clone(), marks: Vec::new() };
    let tree = resolver.all(&query.all, true)?;
    let (place, few) = resolver.place()?;
    let Resolver { problems, marks, .. } = resolver;
    Ok(Plan {
        articles: tree.replace(WORDS, ARTICLE_WORDS),
        records: tree.replace(WORDS, RECORD_WORDS),
        marks,
        place,
        few,
        minutes: query.minutes(),
        problems,
        only: query.only.clone(),
    })
}

/// Stands in an expression for the columns that hold words. No word has it: words are letters and digits.
const WORDS: &str = "{%}";

struct Resolver<'a> {
    conn: &'a Connection,
    query: &'a Query,
    problems: Vec<QueryProblem>,
    marks: Vec<Mark>,
}

impl Resolver<'_> {
    fn all(&mut self, nodes: &[Node], marked: bool) -> Result<String> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Not(node) => unwanted.push(self.node(node, false)?),
                node => wanted.push(self.node(node, marked)?),
            }
        }
        if wanted.is_empty() {
            wanted.push(format!("tags : \"{}\"", super::index::EVERYTHING));
        }
        let wanted = wanted.join(" AND ");
        Ok(if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({})", unwanted.join(" OR ")) })
    }

    fn node(&mut self, node: &Node, marked: bool) -> Result<String> {
        Ok(match node {
            Node::All(nodes) => format!("({})", self.all(nodes, marked)?),
            Node::Not(_) => format!("({})", self.all(std::slice::from_ref(node), marked)?),
            Node::Any(nodes) => {
                let any = nodes.iter().map(|node| self.node(node, marked)).collect::<Result<Vec<_>>>()?;
                format!("({})", any.join(" OR "))
            }
            Node::Term(term) => self.term(term, marked)?,
        })
    }

    fn term(&mut self, term: &Term, marked: bool) -> Result<String> {
        let mut marks = Vec::new();
        let expression = match term {
            Term::Words { words, ending } => {
                let word = words.join(" ");
                let forms = match ending {
                    Ending::Forms => forms(self.conn, &word)?,
                    Ending::Typing if words.len() == 1 && !is_small(self.conn)? => {
                        completions(self.conn, &word)?
                    }
                    _ => Vec::new(),
                };
                let open = matches!(ending, Ending::Prefix | Ending::Typing) || word.starts_with(is_hangul);
                let starts = *ending == Ending::Prefix
                    || word.starts_with(is_hangul)
                    || (*ending == Ending::Typing && forms.is_empty());
                marks.push(Mark::Words(words.clone(), open));
                if starts {
                    format!("{WORDS} : (\"{word}\" *)")
                } else {
                    let any: Vec<_> = std::iter::once(&word)
                        .chain(forms.iter().filter(|form| **form != word))
                        .map(|form| format!("\"{form}\""))
                        .collect();
                    if !open {
                        marks.extend(forms.into_iter().map(|form| Mark::Words(vec![form], false)));
                    }
                    format!("{WORDS} : ({})", any.join(" OR "))
                }
            }
            Term::Cjk(run) => {
                marks.push(Mark::Cjk(run.clone()));
                cjk(run)
            }
            Term::Filter(filter, at) => {
                let tokens = self.tokens(filter, at)?;
                let any: Vec<_> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
                if any.is_empty() {
                    "tags : \"xnothing\"".into()
                } else {
                    format!("tags : ({})", any.join(" OR "))
                }
            }
        };
        if marked {
            self.marks.append(&mut marks);
        }
        Ok(expression)
    }

    /// The tokens of which a record must have one; that there is no such thing is told.
    fn tokens(&mut self, filter: &Filter, at: &std::ops::Range<usize>) -> Result<Vec<String>> {
        let (tokens, missing) = match filter {
            Filter::Pair(dyad) => return Ok(vec![token::pair(*dyad)]),
            Filter::Country(country) => return Ok(vec![token::country(*country)]),
            Filter::Language(tag) => return Ok(vec![token::language(tag)]),
            Filter::Kind(kind) => {
                let name = serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned));
                return Ok(vec![token::kind(&name.unwrap_or_default())]);
            }
            Filter::Tag(name) => {
                let mut query = self.conn.prepare_cached("SELECT id FROM tag WHERE match_name = ?1")?;
                let ids = query.query_map([match_name(name)], |row| row.get(0))?;
                let tokens = ids.map(|id| Ok(token::tag(id?))).collect::<Result<Vec<_>>>()?;
                (tokens, format!("There is no tag “{name}”."))
            }
            Filter::Source(name) => {
                let names = "SELECT coalesce(merged_into, id), name FROM source";
                (named(self.conn, names, name, token::source)?, format!("No source is called “{name}”."))
            }
            Filter::Speaker(name) => {
                let names = "SELECT coalesce(merged_into, id), name FROM actor";
                (named(self.conn, names, name, token::speaker)?, format!("No speaker is called “{name}”."))
            }
        };
        if tokens.is_empty() {
            self.problems.push(self.query.problem(at, missing));
        }
        Ok(tokens)
    }

    /// The condition on where articles stand, and those that do, where they are few.
    fn place(&mut self) -> Result<(String, Option<Vec<i64>>)> {
        let mut conditions = Vec::new();
        let mut few: Option<Vec<i64>> = None;
        for (place, not, at) in &self.query.places {
            let condition = match place {
                Place::Inbox => "a.unread = 1".to_owned(),
                Place::Read => format!("(a.unread = 0 AND NOT {USED})"),
                Place::Used => USED.to_owned(),
                Place::Collection(name) => {
                    let id: Option<i64> = self
                        .conn
                        .prepare_cached(
                            "SELECT id FROM collection WHERE match_name = ?1 AND deleted_at IS NULL",
                        )?
                        .query_row([match_name(name)], |row| row.get(0))
                        .optional()?;
                    if id.is_none() {
                        let text = format!(
                            "There is no collection “{name}”; in: takes inbox, read, used or a collection."
                        );
                        self.problems.push(self.query.problem(at, text));
                    }
                    let id = id.unwrap_or(-1);
                    format!(
                        "EXISTS (SELECT 1 FROM collection_article m WHERE m.collection = {id} AND m.article = a.uid)"
                    )
                }
            };
            let from = match place {
                _ if *not => None,
                Place::Inbox => Some("article a WHERE a.deleted_at IS NULL AND a.unread = 1".to_owned()),
                Place::Collection(_) => Some(format!("article a WHERE a.deleted_at IS NULL AND {condition}")),
                _ => None,
            };
            if let Some(from) = from.filter(|_| few.is_none()) {
                let mut query =
                    self.conn.prepare_cached(&format!("SELECT a.ord FROM {from} LIMIT {}", FEW + 1))?;
                let found = query.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
                few = (found.len() <= FEW).then_some(found);
            }
            conditions.push(if *not { format!("NOT {condition}") } else { condition });
        }
        Ok((conditions.join(" AND "), few))
    }
}

/// That an article, `a`, is cited in a briefing or has a statement.
const USED: &str = "(EXISTS (SELECT 1 FROM annotation n JOIN statement st ON st.annotation = n.id
        WHERE n.article = a.uid AND n.deleted_at IS NULL)
    OR EXISTS (SELECT 1 FROM briefing_citation c JOIN briefing b ON b.id = c.briefing
        WHERE c.key = a.key AND b.deleted_at IS NULL))";

/// One character is the start of a pair, or the last of its run.
fn cjk(run: &str) -> String {
    if run.chars().nth(1).is_none() {
        return format!("cjk : (\"{run}\" *)");
    }
    let pairs = text::pairs(run);
    format!("cjk : \"{}\"", pairs.rsplit_once(' ').map_or(pairs.as_str(), |(pairs, _)| pairs))
}

/// An expression for records that hold all words of `text`, the last one as a prefix; nothing
/// where it holds none.
pub fn all_words(text: &str) -> Option<String> {
    let terms: Vec<_> = query::plain(text)
        .into_iter()
        .filter_map(|term| match term {
            Term::Words { words, .. } => Some(format!("{RECORD_WORDS} : (\"{}\" *)", words.join(" "))),
            Term::Cjk(run) => Some(cjk(&run)),
            Term::Filter(..) => None,
        })
        .collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// The tokens of all records of whose name a word starts with `wanted`, in whatever alphabet; 64 at most.
fn named(conn: &Connection, sql: &str, wanted: &str, token: fn(i64) -> String) -> Result<Vec<String>> {
    let wanted = fold(wanted.trim());
    let latin = latin(&wanted);
    let mut query = conn.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    let mut tokens = Vec::new();
    let starts = |name: &str, wanted: &str| {
        name.match_indices(wanted).any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric))
    };
    while let Some(row) = rows.next()? {
        let name = fold(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        if !wanted.is_empty()
            && tokens.len() < 64
            && (starts(&name, &wanted)
                || (!name.is_ascii() && starts(&self::latin(&name), &latin))
                || (name.is_ascii() && starts(&name, &latin)))
        {
            tokens.push(token(row.get(0)?));
        }
    }
    tokens.dedup();
    Ok(tokens)
}

/// Folded letters in the Latin alphabet, as passports and newspapers write them.
pub(super) fn latin(folded: &str) -> String {
    if folded.is_ascii() {
        folded.to_owned()
    } else {
        any_ascii::any_ascii(folded).to_ascii_lowercase().replace('\'', "")
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}')
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
    Ok(terms.into_iter().filter(|term| is_word(term)).collect())
}

fn is_word(term: &str) -> bool {
    text::places(term).eq(std::iter::once(0..term.len()))
}

/// The stemmer for the alphabet of `word`. Latin letters are taken for English, whose plurals and verbs others share.
fn stemmer(word: &str) -> Option<Stemmer> {
    Some(Stemmer::create(match word.chars().next()? {
        'a'..='z' => Algorithm::English,
        '\u{370}'..='\u{3ff}' => Algorithm::Greek,
        '\u{400}'..='\u{52f}' => Algorithm::Russian,
        c if is_arabic(c) => Algorithm::Arabic,
        _ => return None,
    }))
}

/// Whether a Russian `term` is one of `bases` with a case ending: stemmers take the end of a surname for one.
fn is_case_of(term: &str, bases: &[&str]) -> bool {
    const ENDINGS: [&str; 22] = [
        "", "а", "у", "е", "о", "ы", "и", "ом", "ем", "ым", "им", "ой", "ей", "ою", "ам", "ям", "ами", "ах",
        "ях", "ых", "ого", "ому",
    ];
    let cyrillic = |c| matches!(c, '\u{400}'..='\u{52f}');
    term.starts_with(cyrillic)
        && bases.iter().any(|base| {
            base.chars().count() >= SHORTEST_STEM
                && term.strip_prefix(base).is_some_and(|end| ENDINGS.contains(&end))
        })
}

/// The other forms of a folded word that the library has, commonest first.
fn forms(conn: &Connection, word: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    if word.chars().nth(SHORTEST_STEM - 1).is_none() || word.contains(|c: char| !c.is_alphabetic()) {
        return Ok(Vec::new());
    }
    if let Some(stemmer) = stemmer(word) {
        let stem = stemmer.stem(word);
        let shared: String =
            word.chars().zip(stem.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
        if shared.chars().nth(SHORTEST_STEM - 2).is_some() {
            let mut query =
                conn.prepare_cached("SELECT term, df FROM vocab WHERE term >= ?1 AND term < ?2 LIMIT ?3")?;
            let mut rows = query.query((&shared, format!("{shared}\u{10ffff}"), MOST_NEIGHBOURS))?;
            while let Some(row) = rows.next()? {
                let term = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                if term != word && (stemmer.stem(term) == stem || is_case_of(term, &[word, &stem])) {
                    found.push((row.get::<_, i64>(1)?, term.to_owned()));
                }
            }
        }
    }
    found.sort_by(|a, b| b.cmp(a));
    let mut forms: Vec<_> = found.into_iter().map(|(_, term)| term).collect();
    forms.truncate(MOST_FORMS);
    if word.starts_with(is_arabic) {
        // The article and the prepositions are written together with the word.
        let bare = word.strip_prefix("ال").filter(|bare| bare.chars().nth(2).is_some()).unwrap_or(word);
        let joined = ["", "ال", "وال", "بال", "لل", "و", "فال", "كال"];
        forms.extend(joined.iter().map(|before| format!("{before}{bare}")).filter(|form| form != word));
    }
    let mut alike =
        conn.prepare_cached("SELECT term FROM vocab WHERE latin = ?1 OR term = ?1 ORDER BY df DESC LIMIT 6")?;
    let alike = alike.query_map([latin(word)], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    forms.extend(alike.into_iter().filter(|term| term != word && is_word(term)));
    Ok(forms)
}
