//! An address that may be asked, read as browsers read it.
//!
//! `http://0x7f.1`, `http://2130706433` and `http://127。0。0。1` are all this computer: the host is
//! judged after the URL standard has read it, never by its letters.

use std::net::IpAddr;

use url::{Host, Url};

use crate::{Error, is_public};

/// Longer addresses than this are no page's.
const MOST_LETTERS: usize = 8192;

/// A web address whose scheme, port and literal host may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

/// Reads `text` as a web address, without user name, password and fragment.
///
/// # Errors
/// When it is none, or not http or https.
pub fn web_address(text: &str) -> Result<Url, Error> {
    let no_address = || Error::NoAddress { address: text.chars().take(80).collect() };
    if text.len() > MOST_LETTERS {
        return Err(no_address());
    }
    let mut url = Url::parse(text.trim()).map_err(|_| no_address())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Error::Scheme { scheme: url.scheme().to_owned() });
    }
    let stripped = url.set_username("").and_then(|()| url.set_password(None));
    stripped.map_err(|()| no_address())?;
    url.set_fragment(None);
    Ok(url)
}

impl Target {
    /// Reads an address and checks what can be checked before a name is looked up. `allowed`: a person
    /// allowed this host, whatever its port from 1024 up and its address are.
    ///
    /// # Errors
    /// When it is no web address, or one that is not fetched.
    pub fn new(text: &str, allowed: bool) -> Result<Self, Error> {
        let target = Self { url: web_address(text)? };
        let (host, port) = (target.host(), target.port());
        match port {
            80 | 443 => {}
            ..1024 => return Err(Error::Port { port }),
            _ if allowed => {}
            _ => return Err(Error::UnusualPort { host, port }),
        }
        if !allowed && (target.literal().is_some_and(|address| !is_public(address)) || target.is_local()) {
            return Err(Error::Private { host });
        }
        Ok(target)
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The host as it is looked up: a name in lower case and Punycode, or an address without brackets.
    pub fn host(&self) -> String {
        match self.url.host() {
            Some(Host::Ipv6(address)) => address.to_string(),
            Some(host) => host.to_string(),
            None => String::new(),
        }
    }

    /// The port, the scheme's own where none is given.
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(80)
    }

    /// Whether the connection is protected.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The host's address, where it is one and not a name.
    pub fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }

    /// Whether it is a service inside Tor.
    pub fn is_onion(&self) -> bool {
        self.ends_in("onion")
    }

    /// Whether the name is this computer's own (RFC 6761). Through a proxy it would be the proxy's.
    fn is_local(&self) -> bool {
        self.ends_in("localhost")
    }

    fn ends_in(&self, last: &str) -> bool {
        self.url.domain().is_some_and(|name| name.trim_end_matches('.').rsplit('.').next() == Some(last))
    }

    /// `Host` as it is sent: without the port where it is the scheme's own.
    pub(crate) fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// `host:port`, the port always given.
    pub(crate) fn host_and_port(&self) -> String {
        format!("{}:{}", self.url.host_str().unwrap_or_default(), self.port())
    }

    /// The path with its query.
    pub(crate) fn path_and_query(&self) -> String {
        let query = self.url.query().map_or_else(String::new, |query| format!("?{query}"));
        format!("{}{query}", self.url.path())
    }
}
