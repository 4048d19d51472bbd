//! A pair as lists show it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, Dyad};

/// A pair as the sidebar shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PairRow {
    /// The pair.
    pub dyad: Dyad,
    /// Side A.
    pub left: Actor,
    /// Side B.
    pub right: Actor,
    /// Whether the analyst follows it; else it is suggested by what is in the library.
    pub followed: bool,
    /// How many articles.
    pub articles: u32,
    /// How many statements.
    pub statements: u32,
    /// The plain mean of the stances people set, −2 to +2.
    pub tone: Option<f64>,
    /// Of how many statements it is the mean.
    pub tone_n: u32,
}
