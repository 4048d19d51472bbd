//! Annotations: marked passages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AnnotationId, ArticleId, SnapshotId, Statement, Target};

/// What the passage is to the analyst.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnnotationKind {
    /// Words that somebody said.
    #[default]
    Quote,
    /// Something that happened.
    Fact,
    /// A number.
    Figure,
    /// An assessment.
    Judgement,
    /// Something to verify.
    ToCheck,
}

/// Whether the marked words still stand in the article's current snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnnotationState {
    /// They stand where `targets` says, to the letter or with other marks and spaces between the words.
    Anchored,
    /// A person said that the passage where `targets` says, in other words, is the one they marked.
    Placed,
    /// They stand in more than one place, or others stand in theirs; a person must look.
    NeedsReview,
    /// They stand nowhere any more.
    Missing,
}

/// A marked passage with what the analyst says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Annotation {
    /// Its number.
    pub id: AnnotationId,
    /// The article it is on.
    pub article: ArticleId,
    /// The snapshot it was marked on.
    pub snapshot: SnapshotId,
    /// The passages, in order; most annotations have one.
    pub targets: Vec<Target>,
    /// The words, passages joined by ` […] `.
    pub exact: String,
    /// Whether they still stand in the current snapshot.
    pub state: AnnotationState,
    /// What it is.
    pub kind: AnnotationKind,
    /// The analyst's note, Markdown.
    pub note: String,
    /// Tags.
    pub tags: Vec<String>,
    /// The attribution, where the passage is a statement.
    pub statement: Option<Statement>,
    /// What it does to other annotations, and they to it.
    pub links: Vec<AnnotationLink>,
    /// When it was made: RFC 3339, UTC.
    pub created_at: String,
    /// When it was last changed: RFC 3339, UTC.
    pub changed_at: String,
}

/// What one annotation does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkRelation {
    /// It bears the other out.
    Supports,
    /// It says the contrary.
    Contradicts,
    /// It says the same again.
    Repeats,
}

/// A link as one of its two annotations sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnnotationLink {
    /// What is done.
    pub relation: LinkRelation,
    /// Whether this annotation does it to the other; else the other does it to this one.
    pub outgoing: bool,
    /// The other annotation.
    pub other: AnnotationId,
    /// The article that the other is on.
    pub article: ArticleId,
    /// That article's headline.
    pub title: String,
    /// The other's words.
    pub exact: String,
}

/// An annotation whose words do not stand in the current snapshot as they were marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnplacedAnnotation {
    /// Its number.
    pub id: AnnotationId,
    /// The article it is on.
    pub article: ArticleId,
    /// The article's headline.
    pub title: String,
    /// What it is.
    pub kind: AnnotationKind,
    /// Whether there is a place to look at, or none.
    pub state: AnnotationState,
    /// The words as they were marked.
    pub exact: String,
}
