//! How much of this computer a client may take, and for how long.

use std::time::Duration;

/// The bounds the server keeps. [`Limits::default`] has those it promises; tests wait for shorter times.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections at once.
    pub connections: usize,
    /// How many clips may be on their way in at once.
    pub bodies: usize,
    /// How long a clip may wait for its turn before it is told to come again.
    pub turn: Duration,
    /// How long a request's head may take.
    pub head: Duration,
    /// How long a body may rest.
    pub stall: Duration,
    /// How long a whole request may take to arrive.
    pub request: Duration,
    /// How long a connection may wait for its next request.
    pub keep_alive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 8,
            bodies: 4,
            turn: Duration::from_secs(5),
            head: Duration::from_secs(5),
            stall: Duration::from_secs(30),
            request: Duration::from_mins(2),
            keep_alive: Duration::from_secs(15),
        }
    }
}

/// The largest head, in bytes.
pub(crate) const HEAD: usize = 16 * 1024;
/// The most header fields.
pub(crate) const FIELDS: usize = 64;
/// The largest clip, in bytes.
pub(crate) const CLIP: u64 = 64 * 1024 * 1024;
/// The largest body of any other request, in bytes.
pub(crate) const SMALL: u64 = 16 * 1024;
/// How long the body of a request without a token may take.
pub(crate) const UNKNOWN: Duration = Duration::from_secs(5);
/// The deepest JSON.
pub(crate) const DEPTH: usize = 64;
