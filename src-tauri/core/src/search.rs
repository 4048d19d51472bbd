//! What a search finds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AnnotationId, ArticleId, CiteKey, Edtf, Span};

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// An article's words.
    Article,
    /// A statement's words or speaker.
    Statement,
    /// A note on an annotation.
    Note,
    /// A briefing's words.
    Briefing,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SnippetPart {
    /// The words.
    pub text: String,
    /// Whether they are what was searched for.
    pub hit: bool,
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// The number of the article, statement, annotation or briefing.
    pub id: i64,
    /// The article it stands in; none for a briefing.
    pub article: Option<ArticleId>,
    /// The mark it stands on, for statements and notes.
    pub annotation: Option<AnnotationId>,
    /// The cite key of the article or statement; none for a briefing.
    pub key: Option<CiteKey>,
    /// The headline of the article or briefing.
    pub title: String,
    /// The passage around the hit.
    pub snippet: Vec<SnippetPart>,
    /// The publisher.
    pub outlet: Option<String>,
    /// When it was published; for a briefing when it was last changed.
    pub published: Option<Edtf>,
}

/// How many hits of a kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KindCount {
    /// The kind.
    pub kind: HitKind,
    /// How many.
    pub total: u32,
    /// Whether there are more than `total` says.
    pub capped: bool,
}

/// A part of a query that cannot do what it was meant to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueryProblem {
    /// Where it stands in the query, in code points.
    pub span: Span,
    /// What is wrong, in a sentence.
    pub text: String,
}

/// Search results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchResults {
    /// How many there are.
    pub total: u32,
    /// Whether there are more than `total` says.
    pub capped: bool,
    /// Those asked for.
    pub hits: Vec<Hit>,
    /// How many there are of each kind that has any.
    pub counts: Vec<KindCount>,
    /// Parts of the query that were left out, or that name what the library does not have.
    pub problems: Vec<QueryProblem>,
    /// The query with misspelt words put right, where nothing was found.
    pub suggestion: Option<String>,
    /// The first day that was ranked, where ranking did not reach over the whole library.
    pub ranked_since: Option<String>,
}

/// How the end of a query may go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueryCompletion {
    /// What takes the place of `span`.
    pub text: String,
    /// Where it goes, in code points of the query.
    pub span: Span,
    /// What it means.
    pub label: String,
}
