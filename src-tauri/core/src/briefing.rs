//! Briefings: Markdown on a dyad, its revisions and frozen editions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{BriefingId, CiteKey, Dyad, EditionId, Sha256Hex, Statement};

/// The Traffic Light Protocol 2.0 marking on a briefing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Marking {
    /// No limit.
    #[default]
    #[serde(rename = "TLP:CLEAR")]
    Clear,
    /// Within the community.
    #[serde(rename = "TLP:GREEN")]
    Green,
    /// Within the organisation and its clients.
    #[serde(rename = "TLP:AMBER")]
    Amber,
    /// Within the organisation.
    #[serde(rename = "TLP:AMBER+STRICT")]
    AmberStrict,
    /// For the eyes of those present.
    #[serde(rename = "TLP:RED")]
    Red,
}

/// The shape a briefing starts from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// One finding, half a page.
    Alert,
    /// Two pages in focus.
    #[default]
    InFocus,
    /// The long form.
    Long,
    /// Two accounts of one meeting beside each other.
    Readout,
    /// What a week brought.
    Weekly,
}

/// A briefing as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BriefingRow {
    /// Its number.
    pub id: BriefingId,
    /// Its title, from the front matter or the first heading.
    pub title: String,
    /// The pair it is on.
    pub dyad: Dyad,
    /// When it was last saved: RFC 3339, UTC.
    pub changed_at: String,
    /// How many editions were frozen.
    pub editions: u32,
}

/// A briefing with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Briefing {
    /// Its number.
    pub id: BriefingId,
    /// Its title.
    pub title: String,
    /// The pair it is on.
    pub dyad: Dyad,
    /// The Markdown; everything else is derived from it.
    pub markdown: String,
    /// The number of the current revision, from 1.
    pub revision: u32,
    /// When it was made: RFC 3339, UTC.
    pub created_at: String,
    /// When it was last saved: RFC 3339, UTC.
    pub changed_at: String,
    /// Whether it is in the bin.
    pub deleted: bool,
}

/// A frozen briefing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Edition {
    /// Its number in the library.
    pub id: EditionId,
    /// The briefing it was frozen from.
    pub briefing: BriefingId,
    /// 1, 2, 3 …
    pub number: u32,
    /// When: RFC 3339, UTC.
    pub frozen_at: String,
    /// SHA-256 of the Markdown.
    pub sha256: Sha256Hex,
}

/// A card of the evidence tray.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// The statement.
    pub statement: Statement,
    /// What the Markdown gets: the words in quotation marks and the citation.
    pub markdown: String,
    /// Its cite key.
    pub key: CiteKey,
}
