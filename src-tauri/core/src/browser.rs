//! Browsers that may send clips.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::BrowserId;

/// What a paired browser sends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BrowserKind {
    /// Bilat's own extension, or a script that speaks as it does.
    Clipper,
    /// The SingleFile extension, which uploads pages as a form.
    SingleFile,
}

/// A browser, or a program, that a person paired with the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Browser {
    /// Its number.
    pub id: BrowserId,
    /// What it sends with.
    pub kind: BrowserKind,
    /// What it calls itself, such as “Firefox on Linux”.
    pub label: String,
    /// The origin of its extension, such as `moz-extension://…`; nothing for a program that has none.
    pub origin: Option<String>,
    /// When it was paired: RFC 3339, UTC.
    pub paired_at: String,
    /// When it last sent a clip, to the day: RFC 3339, UTC.
    pub last_used_at: Option<String>,
}
