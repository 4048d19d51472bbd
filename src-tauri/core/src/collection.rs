//! Collections: articles put together by hand; and searches that were kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CollectionId, SavedSearchId};

/// A collection of articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Collection {
    /// Its number.
    pub id: CollectionId,
    /// Its name.
    pub name: String,
    /// How many articles it holds.
    pub articles: u32,
}

/// A search that was kept under a name: a collection that fills itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedSearch {
    /// Its number.
    pub id: SavedSearchId,
    /// Its name.
    pub name: String,
    /// What is looked for.
    pub query: String,
}
