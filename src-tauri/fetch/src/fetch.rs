//! From an address asked for to the document that answers, redirect by redirect.
//!
//! Every step is checked as the first was, and more strictly: what a person allowed is allowed for the
//! address they gave, never for where a page sends on to (F-4).

use hyper::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, LOCATION};
use hyper::{Response, StatusCode};
use tokio::time::timeout;

use crate::body::Body;
use crate::exchange::{Answer, ask, connect};
use crate::target::Target;
use crate::{Error, Policy};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// A person allowed this host: it may be in a private network, or at an unusual port.
    pub allow_host: bool,
    /// What is expected there.
    pub accept: Accept,
}

/// What is expected at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// A page or another document.
    Page,
    /// A feed.
    Feed,
    /// A site's robots.txt.
    Robots,
}

impl Accept {
    pub(crate) fn types(self) -> &'static str {
        match self {
            Self::Page => "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.8",
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
            }
            Self::Robots => "text/plain, */*;q=0.8",
        }
    }
}

/// A redirect that was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The address that was asked.
    pub url: String,
    /// The status with which it sent on.
    pub status: u16,
}

/// A document as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address asked for, without user name, password and fragment.
    pub asked: String,
    /// The address that answered.
    pub url: String,
    /// The redirects between the two, in order.
    pub redirects: Vec<Sent>,
    /// The status of the answer, whatever it is.
    pub status: u16,
    /// Those of its headers that say something of the document, with lower-case names.
    pub headers: Vec<(String, String)>,
    /// The certificate that the site showed, DER; nothing over plain HTTP.
    pub certificate: Option<Vec<u8>>,
    /// The document, unpacked where it came packed, else untouched.
    pub body: Vec<u8>,
}

/// Headers that are kept as evidence. Cookies and the like are not: they say more of the visitor.
const KEPT: [&str; 20] = [
    "age",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "link",
    "memento-datetime",
    "retry-after",
    "server",
    "vary",
    "via",
    "x-robots-tag",
    "www-authenticate",
];

impl Fetched {
    /// Whether the answer is the document and not an error.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The media type that the answer names, in lower case.
    pub fn media_type(&self) -> Option<String> {
        let named = self.header("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
        named.contains('/').then_some(named)
    }

    /// The character encoding that the answer names (RFC 9110, 8.3).
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.header("content-type")?.split(';').skip(1);
        parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
        })
    }
}

/// Fetches a document under `policy`. Dropped, it ends with its connection.
///
/// An answer of any status is an answer: that a page is not there is for the caller to judge.
///
/// # Errors
/// One line that says what is wrong and what to do; [`Error::kind`] says what sort of thing it is.
pub async fn fetch(request: &Request, policy: &Policy) -> Result<Fetched, Error> {
    let after = policy.limits.total;
    timeout(after, follow(request, policy)).await.unwrap_or(Err(Error::TooSlow { after }))
}

async fn follow(request: &Request, policy: &Policy) -> Result<Fetched, Error> {
    let mut target = Target::new(&request.url, request.allow_host)?;
    let asked = target.url().to_string();
    let mut redirects = Vec::new();
    loop {
        let allowed = request.allow_host && redirects.is_empty();
        let connected = connect(&target, allowed, policy).await;
        let wire = if redirects.is_empty() {
            connected?
        } else {
            connected.map_err(|error| astray(&target, error))?
        };
        let certificate = wire.certificate.clone();
        let answer = ask(wire, &target, request.accept, policy.limits.idle).await?;
        if let Some(location) = location(&answer.response) {
            redirects.push(Sent { url: target.url().to_string(), status: answer.response.status().as_u16() });
            if redirects.len() > policy.limits.redirects {
                return Err(Error::TooManyRedirects { most: policy.limits.redirects });
            }
            target = next(&target, &location)?;
            continue;
        }
        let (status, headers) = (answer.response.status().as_u16(), kept(answer.response.headers()));
        let body = take_in(answer, &target, policy).await?;
        let url = target.url().to_string();
        return Ok(Fetched { asked, url, redirects, status, headers, certificate, body });
    }
}

/// Where an answer sends on to.
fn location<T>(answer: &Response<T>) -> Option<String> {
    use StatusCode as S;
    let sends = [S::MOVED_PERMANENTLY, S::FOUND, S::SEE_OTHER, S::TEMPORARY_REDIRECT, S::PERMANENT_REDIRECT];
    let value = answer.headers().get(LOCATION).filter(|_| sends.contains(&answer.status()))?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn next(from: &Target, location: &str) -> Result<Target, Error> {
    let url = from.url().join(location.trim()).map_err(|error| Error::SentAstray {
        url: location.chars().take(80).collect(),
        reason: error.to_string(),
    })?;
    let target = Target::new(url.as_str(), false).map_err(|error| sent(url.as_str(), error))?;
    if from.is_https() && !target.is_https() {
        return Err(Error::SentUnprotected { url: target.url().to_string() });
    }
    Ok(target)
}

/// What could be allowed for an address that a person gave cannot be for one that a page sent on to.
fn astray(target: &Target, error: Error) -> Error {
    sent(target.url().as_str(), error)
}

fn sent(url: &str, error: Error) -> Error {
    let url = url.to_owned();
    match error {
        Error::Private { .. } => Error::SentToPrivate { url },
        Error::NoAddress { .. } | Error::Scheme { .. } | Error::Port { .. } | Error::UnusualPort { .. } => {
            Error::SentAstray { url, reason: error.to_string() }
        }
        other => other,
    }
}

fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let joined = |name: &&str| {
        let values: Vec<String> = headers.get_all(*name).iter().map(text).collect();
        (!values.is_empty()).then(|| ((*name).to_owned(), values.join(", ")))
    };
    KEPT.iter().filter_map(joined).collect()
}

async fn take_in(mut answer: Answer, target: &Target, policy: &Policy) -> Result<Vec<u8>, Error> {
    let limits = policy.limits;
    let said = kept(answer.response.headers());
    let header = |name: &str| said.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let length = header(CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limits.wire) {
        return Err(Error::TooLarge { most: limits.wire, unpacked: false });
    }
    let mut body = Body::new(header(CONTENT_ENCODING.as_str()), limits)?;
    let host = target.host();
    while let Some(bytes) = answer.next(&host, limits.idle).await? {
        body.take(&bytes)?;
    }
    body.finish()
}
