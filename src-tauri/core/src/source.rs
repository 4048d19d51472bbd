//! Sources: who publishes, and what a person judges of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, Reliability, SourceId};

/// What sort of publisher it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A publisher of whom no more is known.
    #[default]
    Outlet,
    /// A news agency.
    Agency,
    /// A newspaper.
    Newspaper,
    /// A magazine or journal.
    Magazine,
    /// Radio or television.
    Broadcaster,
    /// A publication that is online only.
    Online,
    /// A ministry.
    Ministry,
    /// Another body of a government: a presidency, an embassy, an army.
    Government,
    /// A think tank or a university.
    ThinkTank,
    /// An international or non-governmental organisation.
    Organisation,
    /// Something else.
    Other,
}

/// How a publisher stands to a state. Nothing is said of one until a person says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Affiliation {
    /// A state, or a body of it, owns it.
    StateOwned,
    /// A state pays for it in the main, without owning it.
    StateFunded,
    /// A party owns it or speaks through it.
    Party,
    /// None of these.
    Independent,
}

/// A publisher, with all that is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Source {
    /// Its number.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// Other names that were merged into it.
    pub names: Vec<SourceName>,
    /// What sort of publisher it is.
    pub kind: SourceKind,
    /// Where it is at home.
    pub country: Option<Actor>,
    /// BCP 47 tag of the language it publishes in; that of most of its articles until a person says otherwise.
    pub language: Option<String>,
    /// How it stands to a state; nothing while that is unknown.
    pub affiliation: Option<Affiliation>,
    /// What is meant by that.
    pub affiliation_note: String,
    /// Who says so.
    pub affiliation_from: String,
    /// Its home page.
    pub url: Option<String>,
    /// A note.
    pub note: String,
    /// How far it can be relied on.
    pub reliability: Reliability,
    /// What it was graded, newest first.
    pub gradings: Vec<Grading>,
    /// How many articles of it are in the library.
    pub articles: u32,
    /// How many origins they have: who first wrote them.
    pub origins: u32,
    /// How many statements stand in them.
    pub statements: u32,
}

/// Another name of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceName {
    /// The number of the record that was merged.
    pub id: SourceId,
    /// The name.
    pub name: String,
}

/// A reliability, and when and why it was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Grading {
    /// The letter.
    pub reliability: Reliability,
    /// Why.
    pub reason: String,
    /// When: RFC 3339, UTC.
    pub set_at: String,
}

/// What a person says of a source. A field that is left out stays; an empty one is emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct SourceEdit {
    /// The name.
    pub name: Option<String>,
    /// What sort of publisher it is.
    pub kind: Option<SourceKind>,
    /// Where it is at home: a code or a name.
    pub country: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// A name of [`Affiliation`].
    pub affiliation: Option<String>,
    /// What is meant by that.
    pub affiliation_note: Option<String>,
    /// Who says so.
    pub affiliation_from: Option<String>,
    /// The home page.
    pub url: Option<String>,
    /// A note.
    pub note: Option<String>,
}

/// Two sources whose names are alike, for a person to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LikelySameSource {
    /// The one with more articles.
    pub keep: SourceId,
    /// The other.
    pub merge: SourceId,
}
