//! The one way out to the network (F-1 to F-9).
//!
//! [`fetch`] follows an address to a document under a [`Policy`] and returns its bytes with the
//! record of how they came: the redirects, the status, the certificate. Nothing else in Bilat opens a
//! connection to another computer.
//!
//! One exchange is one connection, made in the open: look the name up, check every address, connect to
//! one of exactly those, check whom we reached, shake hands, send one request. There is no pool, no
//! cookie jar, no cache and no second look-up, so that each check stands where it can be read, and what
//! was checked is what is used. HTTP/1.1 is enough for one document at a time.
//!
//! What touches the outside, the names and the sockets, is behind [`Network`]; tests bring their own.
#![deny(missing_docs)]

mod address;
mod body;
mod error;
mod exchange;
mod fetch;
mod gate;
mod network;
mod policy;
mod polite;
mod proxy;
mod target;
mod trust;

pub use address::is_public;
pub use error::{Error, Kind};
pub use fetch::{Accept, Fetched, Request, Sent, fetch};
pub use gate::Gate;
pub use network::{Connection, Internet, Network, Stream, Waiting};
pub use policy::{Limits, Policy};
pub use polite::Polite;
pub use proxy::{BadProxy, Proxy};
pub use target::{Target, web_address};
pub use trust::Trust;

/// What Bilat calls itself, to everybody the same: no version, no system, nothing to tell two people
/// apart by.
pub const USER_AGENT: &str = "Mozilla/5.0 (compatible; Bilat)";
