//! What a person taught Bilat by correcting it: local knowledge, listed and taken back at will.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, KnowledgeId};

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(optional_fields = nullable)]
pub enum Lesson {
    /// This name is that person.
    Person {
        /// The name as texts write it: “Velko”, “Iwan Welko”.
        named: String,
        /// The name in full.
        name: String,
        /// What they are, where a text does not say.
        role: Option<String>,
        /// The side they speak for.
        country: Option<Actor>,
    },
    /// These words are that country or organisation, or none.
    Place {
        /// The words as texts write them.
        words: String,
        /// What they stand for; nothing: no country.
        country: Option<Actor>,
    },
}

impl Lesson {
    /// The words that it is about.
    pub fn words(&self) -> &str {
        match self {
            Self::Person { named, .. } => named,
            Self::Place { words, .. } => words,
        }
    }
}

/// How something was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LearnedFrom {
    /// A suggestion that was accepted as it was. It never takes the place of what a person corrected or taught.
    Accepted,
    /// A suggestion that was corrected.
    Corrected,
    /// Taught as such.
    Taught,
}

/// A lesson as the library keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Knowledge {
    /// Its number.
    pub id: KnowledgeId,
    /// How it was learned.
    pub learned_from: LearnedFrom,
    /// When: RFC 3339, UTC.
    pub learned_at: String,
    /// What was learned.
    #[serde(flatten)]
    pub lesson: Lesson,
}
