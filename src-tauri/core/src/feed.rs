//! What is followed: feeds, and folders on this computer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{FeedId, WatchedFolderId};

/// A feed that is followed: RSS, Atom or JSON Feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Feed {
    /// Its number.
    pub id: FeedId,
    /// Its address.
    pub url: String,
    /// Its title; its address until the feed was read.
    pub title: String,
    /// Every how many hours it is checked by itself; nothing when only by hand.
    pub hours: Option<u32>,
    /// When it was added: RFC 3339, UTC.
    pub added_at: String,
    /// When it was last checked: RFC 3339, UTC.
    pub checked_at: Option<String>,
    /// Why the last check failed, where it did.
    pub problem: Option<String>,
}

/// A folder whose new files are clipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchedFolder {
    /// Its number.
    pub id: WatchedFolderId,
    /// Its path.
    pub path: String,
    /// Since when it is watched: RFC 3339, UTC.
    pub since: String,
    /// How many of its files were clipped.
    pub clipped: u32,
    /// Why the folder itself cannot be read, where it cannot.
    pub problem: Option<String>,
    /// The files that could not be clipped, the newest hundred.
    pub failures: Vec<WatchedFailure>,
}

/// A file of a watched folder that could not be clipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchedFailure {
    /// Its path in the folder.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}
