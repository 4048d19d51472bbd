//! What is written down of a request: never its address, token, title or body.

use std::fmt;

use hyper::Method;

/// One request, for a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The method; `OTHER` for one that nobody uses.
    pub method: &'static str,
    /// The route; `-` where there is none of that path.
    pub route: &'static str,
    /// The status answered.
    pub status: u16,
    /// Why, in a word or two of ours.
    pub reason: &'static str,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.method, self.route, self.status, self.reason)
    }
}

/// The method's name, unless the client made it up.
pub(crate) fn method(method: &Method) -> &'static str {
    ["GET", "POST", "OPTIONS", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"]
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("OTHER")
}
