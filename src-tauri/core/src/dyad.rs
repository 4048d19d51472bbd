//! A pair of actors, in no order.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::actor::{Actor, UnknownActor};

/// Two different actors in no order; written `RU-US`, sorted by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Dyad {
    a: Actor,
    b: Actor,
}

/// Why a text is no dyad.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDyad {
    /// One of the two names no actor.
    #[error(transparent)]
    Unknown(#[from] UnknownActor),
    /// Both are the same.
    #[error("a pair needs two different actors, not {0} twice")]
    Same(Actor),
    /// There are not two.
    #[error("“{0}” is no pair; write two actors with a hyphen between them, such as US-RU")]
    Shape(String),
}

impl Dyad {
    /// The pair of `one` and `other`.
    ///
    /// # Errors
    /// When they are the same actor.
    pub fn new(one: Actor, other: Actor) -> Result<Self, BadDyad> {
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Ok(Self { a: one, b: other }),
            std::cmp::Ordering::Greater => Ok(Self { a: other, b: one }),
            std::cmp::Ordering::Equal => Err(BadDyad::Same(one)),
        }
    }

    /// The actor that comes first by code.
    pub fn a(self) -> Actor {
        self.a
    }

    /// The actor that comes second by code.
    pub fn b(self) -> Actor {
        self.b
    }

    /// Whether `actor` is one of the two.
    pub fn has(self, actor: Actor) -> bool {
        self.a == actor || self.b == actor
    }

    /// The one that is not `actor`; nothing when `actor` is neither.
    pub fn other(self, actor: Actor) -> Option<Actor> {
        if self.a == actor { Some(self.b) } else { (self.b == actor).then_some(self.a) }
    }
}

impl fmt::Display for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.a, self.b)
    }
}

impl fmt::Debug for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Dyad {
    type Err = BadDyad;

    /// Reads `US-RU`, `US–RU`, `US/RU` or two names; the order does not matter.
    fn from_str(text: &str) -> Result<Self, BadDyad> {
        // A name may hold a hyphen (Guinea-Bissau): try every place to cut.
        let cuts = text.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '/' | '_'));
        let mut fault = BadDyad::Shape(text.to_owned());
        for (at, c) in cuts {
            match (text[..at].parse(), text[at + c.len_utf8()..].parse()) {
                (Ok(one), Ok(other)) => return Dyad::new(one, other),
                (Err(unknown), _) | (_, Err(unknown)) => fault = unknown.into(),
            }
        }
        Err(fault)
    }
}

impl TryFrom<String> for Dyad {
    type Error = BadDyad;
    fn try_from(text: String) -> Result<Self, BadDyad> {
        text.parse()
    }
}

impl From<Dyad> for String {
    fn from(dyad: Dyad) -> String {
        dyad.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dyad_has_no_order_and_no_twins() {
        let dyad: Dyad = "US-RU".parse().unwrap();
        assert_eq!(dyad, "russia–united states".parse().unwrap());
        assert_eq!(dyad.to_string(), "RU-US");
        assert_eq!(dyad.other(dyad.a()), Some(dyad.b()));
        assert_eq!("FR-FR".parse::<Dyad>(), Err(BadDyad::Same("FR".parse().unwrap())));
        assert_eq!("Guinea-Bissau-FR".parse::<Dyad>().unwrap().to_string(), "FR-GW");
        assert!("US".parse::<Dyad>().is_err());
    }
}
