//! Why a page was not fetched: one line that says what is wrong and what to do.

use std::fmt;
use std::time::Duration;

/// What a caller can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The address is not one that can be fetched at all.
    Address,
    /// A person may allow this host, for this address and this time.
    Ask,
    /// The network or the server did not do as it should.
    Network,
    /// The site asks programs to stay away, or to come later.
    Unwelcome,
}

/// Why a page was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No web address.
    #[error("“{address}” is no web address; it begins with http:// or https:// and names a site")]
    NoAddress {
        /// What was given.
        address: String,
    },
    /// Another scheme than http and https.
    #[error("{scheme}: addresses are not fetched; only http and https are")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// A port below 1024 that is not the web's.
    #[error("port {port} is not the web's; only 80, 443 and those from 1024 up are fetched from")]
    Port {
        /// The port.
        port: u16,
    },
    /// A port that a person may allow.
    #[error(
        "{host} is asked for at port {port}, which is not the web's; allow it if you know what answers there"
    )]
    UnusualPort {
        /// The host.
        host: String,
        /// The port.
        port: u16,
    },
    /// An address on this computer or in a private network, which a person may allow.
    #[error(
        "{host} is on this computer or in a private network; allow it only if it is an address of your own house"
    )]
    Private {
        /// The host.
        host: String,
    },
    /// The same, where a page sent on to it.
    #[error("the page sends on to {url}, on this computer or in a private network; it was not followed")]
    SentToPrivate {
        /// Where to.
        url: String,
    },
    /// A page sent on to what cannot be fetched.
    #[error("the page sends on to {url}, which is not followed: {reason}")]
    SentAstray {
        /// Where to.
        url: String,
        /// Why not.
        reason: String,
    },
    /// A page sent on from https to http.
    #[error(
        "the page sends on from https to {url}, which anybody on the way can read and change; it was not followed; give that address itself if you want it"
    )]
    SentUnprotected {
        /// Where to.
        url: String,
    },
    /// More redirects than any page needs.
    #[error("the page sends on more than {most} times; it goes round in a circle, or needs cookies")]
    TooManyRedirects {
        /// How many are followed.
        most: usize,
    },
    /// An onion address without a proxy.
    #[error("{host} is reached only through Tor; set a SOCKS5 proxy in the settings")]
    Onion {
        /// The host.
        host: String,
    },
    /// The name has no address.
    #[error("the address of {host} was not found ({reason}); check the spelling and the connection")]
    Resolve {
        /// The host.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// Nothing answers there.
    #[error("{host} could not be reached ({reason})")]
    Connect {
        /// The host.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// The proxy does not do as asked. Nothing was asked directly.
    #[error("the proxy {proxy} did not connect ({reason}); nothing was sent without it")]
    Proxy {
        /// Its address.
        proxy: String,
        /// What it said.
        reason: String,
    },
    /// The server could not prove who it is, or not speak TLS.
    #[error("no protected connection to {host}: {reason}")]
    Tls {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The connection broke, or what came was not HTTP.
    #[error("{host} did not answer as a web server does ({reason})")]
    Broken {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// Nothing came for too long.
    #[error("{host} did not answer within {} s", .after.as_secs_f32())]
    Silent {
        /// The host.
        host: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// All in all it took too long.
    #[error("the page did not come within {} s", .after.as_secs_f32())]
    TooSlow {
        /// How long it was waited for.
        after: Duration,
    },
    /// More bytes than a page has.
    #[error("the page has more than {} MiB{}, which is more than is fetched", .most >> 20, if *.unpacked { " unpacked" } else { "" })]
    TooLarge {
        /// The most, in bytes.
        most: u64,
        /// Whether counted after decompression.
        unpacked: bool,
    },
    /// Bytes that unpack to far more than any page does.
    #[error("the page is packed {ratio} times or more, as no page is; it was not unpacked")]
    Bomb {
        /// How many times.
        ratio: u64,
    },
    /// Compressed in a way that was not asked for, or damaged.
    #[error("the page came compressed in a way that cannot be read ({reason})")]
    Coding {
        /// What is wrong.
        reason: String,
    },
    /// The site's robots.txt.
    #[error("{host} asks programs not to fetch this page (robots.txt); clip it by hand")]
    Robots {
        /// The host.
        host: String,
    },
    /// The site wants to be left alone for a while.
    #[error("{host} asks to be left alone for {} s", .wait.as_secs())]
    Later {
        /// The host.
        host: String,
        /// For how long.
        wait: Duration,
    },
}

impl Error {
    /// What can be done about it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::NoAddress { .. } | Self::Scheme { .. } | Self::Port { .. } => Kind::Address,
            Self::UnusualPort { .. } | Self::Private { .. } => Kind::Ask,
            Self::Robots { .. } | Self::Later { .. } => Kind::Unwelcome,
            _ => Kind::Network,
        }
    }
}

/// An error's own words and those of what it came from, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let more = cause.to_string();
        if !words.contains(&more) {
            fmt::Write::write_fmt(&mut words, format_args!(": {more}"))
                .expect("a string takes what is written");
        }
        source = cause.source();
    }
    words
}
