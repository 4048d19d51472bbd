//! Collections: articles put together by hand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::CollectionId;

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
