//! Suggestions: what Bilat found by itself, until a person accepts it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, Dyad, Edtf, Mode, SnapshotId, Span, SuggestionId};

/// What is suggested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Suggested {
    /// A quotation with its speaker.
    Statement {
        /// The passages, in order.
        spans: Vec<Span>,
        /// How the words are given.
        mode: Mode,
        /// The speaker as the text names them.
        named: Option<String>,
        /// The speaker's full name.
        speaker: Option<String>,
        /// Their role.
        role: Option<String>,
        /// The side they speak for.
        country: Option<Actor>,
        /// The day it was said.
        said_on: Option<Edtf>,
    },
    /// A pair the article is about.
    Dyad {
        /// The pair.
        dyad: Dyad,
        /// Share of the article's weight, 0 to 1.
        score: f32,
    },
    /// A country the article is about.
    Country {
        /// The country.
        country: Actor,
        /// Where it is named.
        spans: Vec<Span>,
        /// Share of the article's weight, 0 to 1.
        score: f32,
    },
    /// A date.
    Date {
        /// Where it stands.
        span: Span,
        /// The date.
        date: Edtf,
    },
    /// Something one side did to the other.
    Event {
        /// Where it stands.
        span: Span,
        /// Who acted.
        initiator: Actor,
        /// On whom.
        target: Actor,
        /// PLOVER category.
        plover: String,
        /// Day or period.
        date: Option<Edtf>,
        /// `done`, `planned`, `threatened`, `denied` or `called off`.
        status: String,
    },
}

/// A suggestion on a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Suggestion {
    /// Its number.
    pub id: SuggestionId,
    /// The snapshot it was found in.
    pub snapshot: SnapshotId,
    /// How sure Bilat is, 0 to 1.
    pub confidence: f32,
    /// What is suggested.
    #[serde(flatten)]
    pub what: Suggested,
}
