//! What changed, told to everybody who listens, after the commit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A change that was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Event {
    /// What sort of record changed.
    pub what: Changed,
    /// Which one, where one changed.
    pub id: Option<i64>,
}

/// Sorts of record that change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// An article, its snapshots or pairs.
    Articles,
    /// An annotation or statement.
    Annotations,
    /// A suggestion.
    Suggestions,
    /// A followed pair.
    Pairs,
    /// An event of the ledger.
    Events,
    /// What a person keeps beside a dossier.
    Dossiers,
    /// A collection.
    Collections,
    /// A briefing.
    Briefings,
    /// A paired browser.
    Browsers,
    /// A run of an import.
    Imports,
    /// A feed that is followed.
    Feeds,
    /// A watched folder.
    Folders,
    /// What a person taught.
    Knowledge,
    /// A rule for an outlet's pages.
    Rules,
    /// A setting.
    Settings,
    /// Everything.
    Library,
}
