//! In which character encoding a document was read, and why.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The character encoding that a document was read in. With the raw bytes kept beside it, a wrong
/// choice can be seen and corrected later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Charset {
    /// Its name in the WHATWG Encoding Standard, such as `windows-1251`.
    pub name: String,
    /// What spoke for it.
    pub found: CharsetFound,
}

/// What spoke for a character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CharsetFound {
    /// A byte order mark.
    Mark,
    /// The transfer: HTTP's `Content-Type`, or that of a message's part.
    Transfer,
    /// The page's own declaration.
    Page,
    /// The bytes fit no other.
    Bytes,
    /// The bytes look most like it.
    Guess,
}
