//! Who speaks in the library, in which role.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Actor;

/// Somebody who speaks in the library, in a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Speaker {
    /// Full name.
    pub name: String,
    /// The latest role on record.
    pub role: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// The side spoken for.
    pub country: Option<Actor>,
    /// How many statements are on record.
    pub statements: u32,
}
