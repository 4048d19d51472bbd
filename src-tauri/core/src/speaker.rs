//! Who speaks in the library, in which role.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, Edtf, OfficeId, SpeakerId};

/// Somebody who speaks in the library, in a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Speaker {
    /// The number.
    pub id: SpeakerId,
    /// Full name.
    pub name: String,
    /// The role on the day that was asked for; the latest on record where none was.
    pub role: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// The side spoken for.
    pub country: Option<Actor>,
    /// How many statements are on record.
    pub statements: u32,
}

/// What somebody was, from and until which day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Office {
    /// Its number, where a person wrote it down; nothing where statements show it.
    pub id: Option<OfficeId>,
    /// The role, such as “foreign minister”.
    pub role: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// The side spoken for.
    pub country: Option<Actor>,
    /// The first day: by a person's word, or on which a statement shows it.
    pub from: Option<Edtf>,
    /// The last day; nothing where it is not known, or where it lasts.
    pub until: Option<Edtf>,
}

/// Another way in which a name is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spelling {
    /// The number of the record that was merged.
    pub id: SpeakerId,
    /// The name.
    pub name: String,
}

/// Somebody who speaks, with all that is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// The number.
    pub id: SpeakerId,
    /// The name that is shown.
    pub name: String,
    /// Other spellings that were merged into it.
    pub spellings: Vec<Spelling>,
    /// The side spoken for last.
    pub country: Option<Actor>,
    /// Roles, the latest first; those that a person wrote down before those that statements show.
    pub offices: Vec<Office>,
    /// How many statements are on record.
    pub statements: u32,
    /// The first day of them.
    pub first_on: Option<Edtf>,
    /// The last day of them.
    pub last_on: Option<Edtf>,
}

/// Why two may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhySame {
    /// Equal surnames, and given names that do not speak against it.
    Surname,
    /// Names that are alike in another script or transliteration.
    Transliteration,
}

/// Two that may be one, for a person to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LikelySame {
    /// The one with more statements.
    pub keep: SpeakerId,
    /// The other.
    pub merge: SpeakerId,
    /// Why.
    pub why: WhySame,
}
