//! What the server answers. A refusal says nothing but its status: the same bytes for every reason.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use bilat_api::{Code, Error};

/// A response as hyper sends it.
pub type Answer = Response<Full<Bytes>>;

/// Why a request is refused: the status says it to the client, the reason to the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// Why, for the log.
    pub reason: &'static str,
    /// Why, for a client whose token was right.
    pub message: Option<String>,
    /// How many seconds to wait.
    pub retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal that says nothing more.
    pub const fn new(status: StatusCode, reason: &'static str) -> Self {
        Self { status, reason, message: None, retry_after: None }
    }

    /// The server is busy, or the library is.
    pub fn busy(reason: &'static str) -> Self {
        Self { retry_after: Some(2), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, reason) }
    }

    /// As an answer, after which the connection is closed.
    pub fn answer(&self) -> Answer {
        let mut answer = match &self.message {
            Some(message) => json_answer(self.status, &json!({ "error": message })),
            None => empty(self.status),
        };
        let headers = answer.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error.code {
            Code::BadInput | Code::BadRequest | Code::NotFound => {
                let refusal = Refusal::new(StatusCode::BAD_REQUEST, "cannot be used");
                Refusal { message: Some(error.message), ..refusal }
            }
            Code::DiskFull => Refusal::new(StatusCode::INSUFFICIENT_STORAGE, "disk full"),
            Code::ReadOnly => Refusal::new(StatusCode::INSUFFICIENT_STORAGE, "library read-only"),
            Code::Io | Code::Conflict | Code::Exists => Refusal::busy("library busy"),
            // The last three are of fetching, which nobody can ask for through this server.
            Code::LibraryUnusable
            | Code::QuoteLock
            | Code::PrivateAddress
            | Code::NeedsScript
            | Code::Network => Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "library unusable"),
        }
    }
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

/// An answer in JSON.
pub fn json_answer(status: StatusCode, value: &Value) -> Answer {
    let mut answer = Response::new(Full::from(value.to_string()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// Lets the extension at `origin`, which is paired, read the answer; nobody else, ever.
pub fn readable_by(answer: &mut Answer, origin: &HeaderValue) {
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
}

/// Asked and answered by browsers that keep pages off private networks.
pub const ASKS_PRIVATE: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOWS_PRIVATE: HeaderName = HeaderName::from_static("access-control-allow-private-network");

/// Tells the extension at `origin` that it may send what it asks to send.
pub fn preflight(origin: &HeaderValue, asks_private: bool) -> Answer {
    let mut answer = empty(StatusCode::NO_CONTENT);
    readable_by(&mut answer, origin);
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    let allowed = HeaderValue::from_static("authorization, content-type, idempotency-key");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    if asks_private {
        headers.insert(ALLOWS_PRIVATE, HeaderValue::from_static("true"));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_the_browser_whether_to_come_again() {
        let status = |code| Refusal::from(Error::new(code, "canary")).answer().status().as_u16();
        assert_eq!(status(Code::BadInput), 400);
        assert_eq!(status(Code::DiskFull), 507);
        assert_eq!(status(Code::ReadOnly), 507);
        assert_eq!(status(Code::Io), 503);
        assert!(Refusal::from(Error::new(Code::Io, "canary")).answer().headers().contains_key("retry-after"));
    }
}
