//! Under which rules Bilat fetches.

use std::sync::Arc;
use std::time::Duration;

use crate::{Internet, Network, Proxy, Trust};

/// How much, and for how long (F-7).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a connection, with the proxy's and the TLS handshake.
    pub connect: Duration,
    /// Without a byte.
    pub idle: Duration,
    /// For everything, redirects included.
    pub total: Duration,
    /// The most bytes on the wire.
    pub wire: u64,
    /// The most bytes after decompression.
    pub decoded: u64,
    /// The most that a byte on the wire may become, once `ratio_from` bytes are decoded.
    pub ratio: u64,
    /// From how many decoded bytes the ratio counts.
    pub ratio_from: u64,
    /// The most redirects.
    pub redirects: usize,
    /// Between two pages of one site, where many are fetched.
    pub gap: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(20),
            total: Duration::from_mins(1),
            wire: 32 << 20,
            decoded: 64 << 20,
            ratio: 100,
            ratio_from: 1 << 20,
            redirects: 10,
            gap: Duration::from_secs(1),
        }
    }
}

/// Under which rules Bilat fetches.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The names and sockets.
    pub network: Arc<dyn Network>,
    /// Through whom.
    pub proxy: Proxy,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// How much, and for how long.
    pub limits: Limits,
}

impl Default for Policy {
    /// The internet without a proxy.
    fn default() -> Self {
        Self {
            network: Arc::new(Internet),
            proxy: Proxy::None,
            trust: Trust::default(),
            limits: Limits::default(),
        }
    }
}
