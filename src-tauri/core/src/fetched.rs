//! How a page was fetched: what the evidence rests on besides its bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Sha256Hex;

/// A fetch that Bilat made, from the address asked for to the last byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct FetchRecord {
    /// The address asked for, without user name, password and fragment.
    pub asked: String,
    /// The address that answered.
    pub answered: String,
    /// The redirects between the two, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Redirect>>", optional)]
    pub redirects: Vec<Redirect>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// Those of its headers that say something of the document; no cookies.
    pub headers: BTreeMap<String, String>,
    /// SHA-256 of the certificate that the server showed (DER); nothing over plain HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_sha256: Option<Sha256Hex>,
    /// When the fetch began: RFC 3339, UTC.
    pub started_at: String,
    /// When the last byte had come: RFC 3339, UTC.
    pub ended_at: String,
}

/// A step from one address to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Redirect {
    /// The address that was asked.
    pub url: String,
    /// The HTTP status with which it sent on.
    pub status: u16,
}
