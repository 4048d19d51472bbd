//! Actors in world politics: countries by ISO 3166-1 alpha-2, organisations by their initials.
//!
//! A code is all an actor is. People may type a code, an alpha-3 code or a name; what is stored and
//! shown is the code.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An actor, held as its code: `US`, `RU`, `EU`, `NATO`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(into = "String")]
#[ts(type = "string")]
pub struct Actor(&'static str);

/// What sort of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A country or territory of ISO 3166-1.
    Country,
    /// An organisation of states.
    Organisation,
}

/// The words given name no actor that Bilat knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no country or organisation known here; use an ISO 3166-1 code such as US, or a name")]
pub struct UnknownActor(pub String);

struct Row {
    code: &'static str,
    alpha3: &'static str,
    kind: ActorKind,
    name: &'static str,
    others: Vec<&'static str>,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("../data/actors.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            Row {
                code: cell(),
                alpha3: cell(),
                kind: if cell() == "country" { ActorKind::Country } else { ActorKind::Organisation },
                name: cell(),
                others: cell().split('|').filter(|name| !name.is_empty()).collect(),
            }
        })
        .collect()
});

static BY_NAME: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let mut by_name = HashMap::new();
    // Codes win over names: AU is Australia.
    for pick in [0, 1] {
        for (at, row) in TABLE.iter().enumerate() {
            let names: Vec<&str> = if pick == 0 {
                vec![row.code, row.alpha3]
            } else {
                std::iter::once(row.name).chain(row.others.iter().copied()).collect()
            };
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                by_name.entry(name.to_lowercase()).or_insert(at);
            }
        }
    }
    by_name
});

impl Actor {
    /// The code.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The short English name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// ISO 3166-1 alpha-3; nothing for an organisation.
    pub fn alpha3(self) -> Option<&'static str> {
        Some(self.row().alpha3).filter(|code| !code.is_empty())
    }

    /// Whether it is a country or an organisation.
    pub fn kind(self) -> ActorKind {
        self.row().kind
    }

    fn row(self) -> &'static Row {
        let at = BY_NAME[&self.0.to_lowercase()];
        &TABLE[at]
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Actor {
    type Err = UnknownActor;

    /// Reads a code or an English name, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownActor> {
        let name = text.trim().to_lowercase();
        let name = name.strip_prefix("the ").unwrap_or(&name);
        let at = BY_NAME.get(name).ok_or_else(|| UnknownActor(text.trim().to_owned()))?;
        Ok(Actor(TABLE[*at].code))
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> String {
        actor.0.to_owned()
    }
}

/// Every actor, countries first, each group by code.
pub fn actors() -> impl Iterator<Item = Actor> {
    TABLE.iter().map(|row| Actor(row.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_understood_however_it_is_typed() {
        for typed in ["RU", "ru", "RUS", "Russia", "Russian Federation"] {
            assert_eq!(typed.parse::<Actor>().unwrap().code(), "RU", "{typed}");
        }
        assert_eq!("the United States".parse::<Actor>().unwrap().code(), "US");
        assert_eq!("AU".parse::<Actor>().unwrap().name(), "Australia");
        assert_eq!("NATO".parse::<Actor>().unwrap().kind(), ActorKind::Organisation);
        assert!("Ruritania".parse::<Actor>().is_err());
    }

    #[test]
    fn every_code_finds_itself() {
        for actor in actors() {
            assert_eq!(actor.code().parse(), Ok(actor));
            assert!(!actor.name().is_empty());
        }
        assert!(actors().filter(|actor| actor.kind() == ActorKind::Country).count() >= 249);
    }
}
