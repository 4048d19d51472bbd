//! What a check of the whole library found.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What `check_library` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LibraryCheck {
    /// How many snapshots were read and their hashes recomputed.
    pub snapshots: u32,
    /// How many entries of the log were followed.
    pub log_entries: u32,
    /// What is wrong, a line each; empty when all is well.
    pub faults: Vec<String>,
}
