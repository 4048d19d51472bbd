//! The Admiralty code: reliability of the source, credibility of the item (NATO AJP-2.1, STANAG 2511).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a source can be relied on. `F` until a person sets it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Reliability cannot be judged.
    #[default]
    F,
}

impl Reliability {
    /// The letter.
    pub fn letter(self) -> char {
        char::from(b'A' + self as u8)
    }
}

/// How far an item is borne out: 1 confirmed by other sources … 5 improbable, 6 cannot be judged.
/// 6 until a person sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "u8", into = "u8")]
#[ts(type = "1 | 2 | 3 | 4 | 5 | 6")]
pub struct Credibility(u8);

impl Default for Credibility {
    fn default() -> Self {
        Self(6)
    }
}

impl TryFrom<u8> for Credibility {
    type Error = String;
    fn try_from(number: u8) -> Result<Self, String> {
        if (1..=6).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("credibility runs from 1 to 6, not {number}"))
        }
    }
}

impl From<Credibility> for u8 {
    fn from(credibility: Credibility) -> u8 {
        credibility.0
    }
}
