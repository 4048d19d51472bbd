//! Tags: one word for many articles and passages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AnnotationId, ArticleId, TagId};

/// A tag, and how often it is used; the bin does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tag {
    /// Its number.
    pub id: TagId,
    /// Its name, as it was first written.
    pub name: String,
    /// How many articles have it.
    pub articles: u32,
    /// How many marked passages have it.
    pub annotations: u32,
}

/// What was taken from a tag, so that it can be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagRecords {
    /// The tag that is gone.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// The articles that had it.
    pub articles: Vec<ArticleId>,
    /// The marked passages that had it.
    pub annotations: Vec<AnnotationId>,
    /// The tag that took its place, if one did.
    pub into: Option<TagId>,
    /// Those of `articles` that did not have `into` before.
    pub articles_into: Vec<ArticleId>,
    /// Those of `annotations` that did not have `into` before.
    pub annotations_into: Vec<AnnotationId>,
}
