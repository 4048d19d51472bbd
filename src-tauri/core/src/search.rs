//! What a search finds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ArticleId, CiteKey, Edtf};

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// An article's words.
    Article,
    /// A statement's words or speaker.
    Statement,
    /// A note on an annotation.
    Note,
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
    /// The number of the article, statement or annotation.
    pub id: i64,
    /// The article it stands in.
    pub article: ArticleId,
    /// The cite key of the article or statement.
    pub key: CiteKey,
    /// The article's headline.
    pub title: String,
    /// The passage around the hit.
    pub snippet: Vec<SnippetPart>,
    /// The publisher.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
}

/// Search results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchResults {
    /// How many there are.
    pub total: u32,
    /// Whether there are more than `total` says.
    pub capped: bool,
    /// Those asked for.
    pub hits: Vec<Hit>,
}
