//! The query language: words, `"phrases"`, `prefix*`, `-not`, `OR`, brackets, and filters such as
//! `pair:US-RU speaker:Peskov source:reuters since:2022-11 until:2023-01 kind:quote tag:energy in:inbox lang:ru`.
//!
//! Any string is a query. What does not fit the language is looked for as words, so a person who pastes a sentence
//! gets hits and never a message about syntax. A filter whose value means nothing is left out and told of: it would
//! silently find nothing.

use std::ops::Range;

use bilat_core::{Actor, AnnotationKind, Dyad, Edtf, HitKind, QueryProblem, Span, char_len};

use super::text;

/// How many terms are looked at; more are left out, silently, as nobody types them.
const MOST_TERMS: usize = 32;
/// How long a word can be, in code points.
const LONGEST_WORD: usize = 64;
/// How deep brackets may stand in brackets; deeper ones are ignored.
const DEEPEST: u8 = 6;

/// The fields of the language; what else stands before a colon is a word.
pub(super) const FIELDS: [&str; 10] =
    ["pair", "country", "speaker", "source", "since", "until", "kind", "tag", "in", "lang"];

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// What was written.
    pub(super) text: String,
    /// All of these must hold.
    pub(super) all: Vec<Node>,
    pub(super) since: Option<Edtf>,
    pub(super) until: Option<Edtf>,
    /// Where it must stand; not there where the flag says so.
    pub(super) places: Vec<(Place, bool, Range<usize>)>,
    /// The kinds of hits that are asked for; empty: all.
    pub(super) only: Vec<HitKind>,
    pub(super) problems: Vec<QueryProblem>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// All must hold.
    All(Vec<Node>),
    /// One must hold.
    Any(Vec<Node>),
    /// It must not hold.
    Not(Box<Node>),
    /// It must stand there.
    Term(Term),
}

/// One thing to look for.
#[derive(Debug, Clone, PartialEq)]
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
    /// What the article, statement or note must be, and where the query says so.
    Filter(Filter, Range<usize>),
}

/// How the last word of a term may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Not at all.
    Whole,
    /// As the word's own forms do: cases, plurals, other alphabets.
    Forms,
    /// In any way.
    Prefix,
    /// In the commonest ways: it is still being typed.
    Typing,
}

/// A condition on what is found.
#[derive(Debug, Clone, PartialEq)]
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
    Kind(AnnotationKind),
    /// With this tag.
    Tag(String),
    /// In this language.
    Language(String),
}

/// Where an article stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nobody has opened it.
    Inbox,
    /// Opened, and not used.
    Read,
    /// Cited in a briefing, or with a statement.
    Used,
    /// In a collection.
    Collection(String),
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
        let pieces = pieces(text);
        let last = pieces.iter().rposition(|piece| matches!(piece, Piece::Token(_)));
        let typed =
            last.filter(|at| typing && at + 1 == pieces.len() && text.ends_with(char::is_alphanumeric));
        let mut reader =
            Reader { query: Self { text: text.into(), ..Self::default() }, pieces, typed, at: 0, terms: 0 };
        reader.query.all = reader.group(0);
        reader.query
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
            && self.since.is_none()
            && self.until.is_none()
            && self.places.is_empty()
            && self.only.is_empty()
    }

    /// The first and the last minute since 1970 that may be found.
    pub(super) fn minutes(&self) -> (i64, i64) {
        let minute = crate::article::day_minute;
        let from = self.since.as_ref().and_then(Edtf::first_day).map_or(i64::MIN, minute);
        let to = self.until.as_ref().and_then(Edtf::last_day).and_then(|day| day.succ_opt());
        (from, to.map_or(i64::MAX, |day| minute(day) - 1))
    }

    pub(super) fn problem(&self, at: &Range<usize>, text: String) -> QueryProblem {
        let start = char_len(&self.text[..at.start]);
        QueryProblem { span: Span::new(start, start + char_len(&self.text[at.clone()])), text }
    }
}

struct Reader {
    query: Query,
    pieces: Vec<Piece>,
    /// The piece that is still being typed.
    typed: Option<usize>,
    at: usize,
    terms: usize,
}

impl Reader {
    /// Reads up to the bracket that closes this group, or to the end.
    fn group(&mut self, depth: u8) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        let (mut or, mut not) = (false, false);
        while let Some(piece) = self.pieces.get(self.at).cloned() {
            self.at += 1;
            let mut found = match piece {
                Piece::Or => {
                    or = !nodes.is_empty();
                    continue;
                }
                Piece::Not => {
                    not = true;
                    continue;
                }
                Piece::Close if depth > 0 => break,
                Piece::And | Piece::Close => continue,
                Piece::Open if depth >= DEEPEST => continue,
                Piece::Open => match self.group(depth + 1) {
                    many if many.len() > 1 => vec![Node::All(many)],
                    one => one,
                },
                Piece::Token(token) => {
                    let typing = self.typed == Some(self.at - 1);
                    self.terms(&token, not, typing).into_iter().map(Node::Term).collect()
                }
            };
            if std::mem::take(&mut not) {
                found = found.into_iter().map(|node| Node::Not(Box::new(node))).collect();
            }
            let joins = std::mem::take(&mut or);
            let mut found = found.into_iter();
            // What a token falls into must all hold; OR joins its first part to what stands before.
            match (nodes.last_mut(), found.next()) {
                (_, None) => continue,
                (Some(Node::Any(any)), Some(first)) if joins => any.push(first),
                (Some(before), Some(first)) if joins => {
                    let one = std::mem::replace(before, Node::Any(Vec::new()));
                    *before = Node::Any(vec![one, first]);
                }
                (_, Some(first)) => nodes.push(first),
            }
            nodes.extend(found);
        }
        nodes
    }

    /// What one token asks for. A filter on the query as a whole is noted there, and has no part in its tree.
    fn terms(&mut self, token: &Token, not: bool, typing: bool) -> Vec<Term> {
        if let Some(field) = &token.field {
            match self.filter(field, token, not) {
                Some(Field::Term(term)) => return self.counted(vec![term]),
                Some(Field::Whole) => return Vec::new(),
                Some(Field::Wrong(text)) => {
                    let problem = self.query.problem(&token.at, text);
                    self.query.problems.push(problem);
                    return Vec::new();
                }
                None => {
                    let whole = format!("{field} {}", token.text);
                    let ending = if token.quoted { Ending::Whole } else { Ending::Forms };
                    let terms = words_and_runs(&whole, ending);
                    return self.counted(terms);
                }
            }
        }
        let ending = match token {
            Token { prefix: true, .. } => Ending::Prefix,
            Token { quoted: true, .. } => Ending::Whole,
            _ if typing => Ending::Typing,
            _ => Ending::Forms,
        };
        let terms = words_and_runs(&token.text, ending);
        self.counted(terms)
    }

    fn counted(&mut self, mut terms: Vec<Term>) -> Vec<Term> {
        terms.truncate(MOST_TERMS.saturating_sub(self.terms));
        self.terms += terms.len();
        terms
    }

    /// What `field:value` asks for; nothing where the field is no field, and the token is words.
    fn filter(&mut self, field: &str, token: &Token, not: bool) -> Option<Field> {
        let value = token.text.trim();
        let term = |filter| Some(Field::Term(Term::Filter(filter, token.at.clone())));
        let wrong = |text: String| Some(Field::Wrong(text));
        match field {
            "since" | "after" | "until" | "before" => {
                let Ok(date) = value.parse::<Edtf>() else {
                    return wrong(format!("“{value}” is no date: write 2022, 2022-11 or 2022-11-18."));
                };
                if not {
                    return wrong(format!(
                        "A date cannot be left out with −: use since: and until: instead of −{field}:."
                    ));
                }
                let slot = if matches!(field, "since" | "after") {
                    &mut self.query.since
                } else {
                    &mut self.query.until
                };
                *slot = Some(date);
                Some(Field::Whole)
            }
            "in" | "is" => {
                let place = match text::fold(value).as_str() {
                    "inbox" | "unread" => Place::Inbox,
                    "read" => Place::Read,
                    "used" => Place::Used,
                    "bin" | "trash" => {
                        return wrong("The bin is not searched: restore an article to find it.".into());
                    }
                    _ => Place::Collection(value.into()),
                };
                self.query.places.push((place, not, token.at.clone()));
                Some(Field::Whole)
            }
            "kind" => {
                let wanted: String = text::fold(value).chars().filter(char::is_ascii_alphanumeric).collect();
                let kind = match wanted.trim_end_matches('s') {
                    "article" => HitKind::Article,
                    "statement" => HitKind::Statement,
                    "note" => HitKind::Note,
                    "briefing" => HitKind::Briefing,
                    "quote" => return term(Filter::Kind(AnnotationKind::Quote)),
                    "fact" => return term(Filter::Kind(AnnotationKind::Fact)),
                    "figure" => return term(Filter::Kind(AnnotationKind::Figure)),
                    "judgement" | "judgment" => return term(Filter::Kind(AnnotationKind::Judgement)),
                    "tocheck" | "check" => return term(Filter::Kind(AnnotationKind::ToCheck)),
                    _ => {
                        return wrong(format!(
                            "“{value}” is no kind: use quote, fact, figure, judgement, to_check, or article, statement, note, briefing."
                        ));
                    }
                };
                let all = [HitKind::Article, HitKind::Statement, HitKind::Note, HitKind::Briefing];
                let only = &mut self.query.only;
                if not {
                    if only.is_empty() {
                        *only = all.into();
                    }
                    only.retain(|one| *one != kind);
                } else {
                    only.push(kind);
                }
                Some(Field::Whole)
            }
            "pair" | "dyad" => match value.parse() {
                Ok(dyad) => term(Filter::Pair(dyad)),
                Err(_) => {
                    wrong(format!("“{value}” is no pair: write two countries or bodies, as in pair:US-RU."))
                }
            },
            "country" => match value.parse() {
                Ok(country) => term(Filter::Country(country)),
                Err(_) => wrong(format!(
                    "“{value}” is no country or body: write a name or a code, as in country:RU."
                )),
            },
            "speaker" | "said" => term(Filter::Speaker(value.into())),
            "source" | "outlet" => term(Filter::Source(value.into())),
            "tag" => term(Filter::Tag(value.into())),
            "lang" | "language"
                if (2..=12).contains(&value.len())
                    && value.starts_with(|c: char| c.is_ascii_alphabetic()) =>
            {
                term(Filter::Language(value.into()))
            }
            "lang" | "language" => wrong(format!("“{value}” is no language: write its code, as in lang:ru.")),
            _ => None,
        }
    }
}

/// What a field asks for.
enum Field {
    Term(Term),
    /// Something of the query as a whole, which is noted.
    Whole,
    /// Nothing that could be done, and why.
    Wrong(String),
}

/// The terms that a stretch of text falls into: its words side by side, and its runs of Han and Kana. A single word
/// ends as `ending` says; words side by side are a phrase, of which only the start of the last may be open.
fn words_and_runs(text: &str, ending: Ending) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let flush = |words: &mut Vec<String>, terms: &mut Vec<Term>, ending: Ending| {
        let words = std::mem::take(words);
        let ending = if words.len() > 1 && ending == Ending::Forms { Ending::Whole } else { ending };
        if !words.is_empty() {
            terms.push(Term::Words { words, ending });
        }
    };
    for word in text::words(text).filter(|word| !word.folded.is_empty()).take(MOST_TERMS) {
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

/// The terms of plain words, the last of which may go on.
pub(super) fn plain(text: &str) -> Vec<Term> {
    text.split_whitespace().flat_map(|piece| words_and_runs(piece, Ending::Prefix)).take(MOST_TERMS).collect()
}

/// A piece of a query, before it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    Or,
    And,
    Not,
    Token(Token),
}

/// A word, phrase or filter as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the query, with field and quotation marks and without the minus.
    pub at: Range<usize>,
    /// Where `text` begins in the query.
    pub inner: usize,
    pub text: String,
    pub field: Option<String>,
    pub quoted: bool,
    pub prefix: bool,
}

/// Cuts a query at spaces and brackets, keeping quoted stretches whole.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    const MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next().filter(|_| pieces.len() <= MOST_TERMS * 4) {
        let after_first = &rest[first.len_utf8()..];
        if first.is_whitespace() {
            rest = after_first;
            continue;
        }
        if first == '(' || first == ')' {
            pieces.push(if first == '(' { Piece::Open } else { Piece::Close });
            rest = after_first;
            continue;
        }
        if first == '-' && after_first.starts_with(|c: char| !c.is_whitespace() && c != '-') {
            pieces.push(Piece::Not);
            rest = after_first;
            continue;
        }
        let start = text.len() - rest.len();
        let (field, after) = match rest.split_once(':') {
            Some((field, value))
                if !field.is_empty()
                    && field.chars().all(|c| c.is_ascii_alphabetic())
                    && value.starts_with(|c: char| !c.is_whitespace()) =>
            {
                (Some(field.to_ascii_lowercase()), value)
            }
            _ => (None, rest),
        };
        let value_at = text.len() - after.len();
        let (word, quoted, left) = match after.chars().next().filter(|c| MARKS.contains(c)) {
            Some(mark) => {
                let inner = &after[mark.len_utf8()..];
                let end = inner.find(MARKS).unwrap_or(inner.len());
                let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
                (&inner[..end], true, &inner[end + closing..])
            }
            None => {
                let stop = |c: char| c.is_whitespace() || c == '(' || c == ')' || MARKS.contains(&c);
                let end = after.find(stop).unwrap_or(after.len());
                (&after[..end], false, &after[end..])
            }
        };
        let bare = word.trim_end_matches('*');
        let prefix = bare.len() < word.len() || (quoted && left.starts_with('*'));
        rest = left.trim_start_matches('*');
        let at = start..text.len() - rest.len();
        pieces.push(match bare {
            "OR" | "|" if !quoted && field.is_none() => Piece::Or,
            "AND" if !quoted && field.is_none() => Piece::And,
            "NOT" if !quoted && field.is_none() => Piece::Not,
            _ => {
                let inner = value_at + after.find(word).unwrap_or_default();
                Piece::Token(Token { at, inner, text: bare.to_owned(), field, quoted, prefix })
            }
        });
        if rest.len() == text.len() - start {
            // Nothing was taken: step over the character that stands in the way.
            rest = after_first;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &str) -> Vec<(String, String)> {
        let told = Query::parse(query).problems.into_iter();
        let of = |span: Span| query.chars().skip(span.start as usize).take(span.len() as usize).collect();
        told.map(|problem| (of(problem.span), problem.text)).collect()
    }

    #[test]
    fn a_filter_that_means_nothing_is_left_out_and_told_of() {
        assert_eq!(
            told("«é» pair:US-XX pact"),
            [(
                "pair:US-XX".into(),
                "“US-XX” is no pair: write two countries or bodies, as in pair:US-RU.".into()
            )]
        );
        assert_eq!(
            told("since:soon"),
            [("since:soon".into(), "“soon” is no date: write 2022, 2022-11 or 2022-11-18.".into())]
        );
        assert_eq!(told("kind:rumour")[0].0, "kind:rumour");
        assert_eq!(told("-until:2022")[0].0, "until:2022");
        assert_eq!(told("lang:\"2 x\"")[0].0, "lang:\"2 x\"");
        assert_eq!(told("in:bin")[0].1, "The bin is not searched: restore an article to find it.");
        let without = Query { text: String::new(), problems: Vec::new(), ..Query::parse("pair:US-XX pact") };
        assert_eq!(without, Query { text: String::new(), ..Query::parse("pact") });
    }

    #[test]
    fn what_is_no_field_is_words() {
        for text in
            ["https://courier.example/pact", "Moscow: talks fail", "note:pact", ":", "a:", "::b", "12:30"]
        {
            assert_eq!(told(text), [], "{text}");
        }
        assert!(!Query::parse("note:pact").is_empty());
    }

    #[test]
    fn brackets_group_and_may_be_left_open() {
        let tree = |text: &str| Query::parse(text).all;
        assert_eq!(tree("a (b OR c d)"), tree("a ((b OR c) d)"));
        assert_eq!(tree("a OR (b c)").len(), 1);
        assert_eq!(tree("(a (b"), [Node::All(tree("a b"))]);
        assert_eq!(tree("a) b"), tree("a b"));
        assert_eq!(tree("-(a b)"), tree("NOT (a b)"));
        assert_eq!(tree(&"(".repeat(10_000)), []);
        assert_eq!(tree(&format!("{}a", "(".repeat(10_000))), [], "what nobody types is left out");
    }
}
