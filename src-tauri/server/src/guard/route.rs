//! The whole surface: six paths, each with one method. Paths are compared and never decoded; none of
//! them names a file.

use bilat_api::BrowserKind;
use hyper::header::{CONNECTION, UPGRADE};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::Asked;
use crate::answer::Refusal;

/// Where a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A browser asks whether it may ask.
    Preflight,
    /// Whether a Bilat is here.
    Ping,
    /// Whether it is the one that the browser was paired with.
    Hello,
    /// Exchanges a code for a token.
    Pair,
    /// Keeps a page.
    Clip,
    /// Keeps a page that SingleFile uploads.
    SingleFile,
    /// Whether an address is in the library.
    Status,
}

impl Route {
    /// The route of a request, whatever its method.
    pub fn of(head: &Parts) -> Option<Self> {
        if head.method == Method::OPTIONS {
            return Some(Self::Preflight);
        }
        match head.uri.path() {
            "/v1/ping" => Some(Self::Ping),
            "/v1/hello" => Some(Self::Hello),
            "/v1/pair" => Some(Self::Pair),
            "/v1/clip" => Some(Self::Clip),
            "/v1/single-file" => Some(Self::SingleFile),
            "/v1/status" => Some(Self::Status),
            _ => None,
        }
    }

    /// Its name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preflight => "preflight",
            Self::Ping => "ping",
            Self::Hello => "hello",
            Self::Pair => "pair",
            Self::Clip => "clip",
            Self::SingleFile => "single-file",
            Self::Status => "status",
        }
    }

    /// Whose token it asks for.
    pub fn token_of(self) -> Option<BrowserKind> {
        match self {
            Self::Clip | Self::Status => Some(BrowserKind::Clipper),
            Self::SingleFile => Some(BrowserKind::SingleFile),
            Self::Preflight | Self::Ping | Self::Hello | Self::Pair => None,
        }
    }

    /// Whether it has a body.
    pub fn has_body(self) -> bool {
        !matches!(self, Self::Preflight | Self::Ping)
    }

    fn method(self) -> Method {
        match self {
            Self::Preflight => Method::OPTIONS,
            Self::Ping => Method::GET,
            Self::Hello | Self::Pair | Self::Clip | Self::SingleFile | Self::Status => Method::POST,
        }
    }
}

/// A path that is not ours.
pub const UNKNOWN_PATH: Refusal = Refusal::new(StatusCode::NOT_FOUND, "unknown path");

/// The connection stays HTTP: a page may open a WebSocket to anywhere without asking.
pub fn no_upgrade(asked: &Asked<'_>) -> Result<(), Refusal> {
    let named = asked.all(CONNECTION).iter().any(|value| {
        let words = value.as_bytes().split(|byte| *byte == b',');
        words.into_iter().any(|word| word.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    });
    if named || asked.head.headers.contains_key(UPGRADE) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "upgrade"));
    }
    Ok(())
}

/// The path is one of ours.
pub fn known(asked: &Asked<'_>) -> Result<(), Refusal> {
    asked.route().map(|_| ()).ok_or(UNKNOWN_PATH)
}

/// The method is the path's.
pub fn method(asked: &Asked<'_>) -> Result<(), Refusal> {
    match asked.route() {
        Some(route) if route.method() != asked.head.method => {
            Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method"))
        }
        _ => Ok(()),
    }
}

/// While no person has a code open, there is no such place.
pub fn pairing_is_open(asked: &Asked<'_>) -> Result<(), Refusal> {
    if asked.route() == Some(Route::Pair) && !asked.pairing {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "pairing closed"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::Head;
    use super::*;

    fn status(guard: super::super::Guard, line: &str, lines: &str) -> u16 {
        guard(&Head::new(line, lines).asked()).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn there_are_six_paths() {
        for path in ["ping", "hello", "pair", "clip", "single-file", "status"] {
            assert_eq!(status(known, &format!("GET /v1/{path}"), ""), 200);
        }
        for path in [
            "/",
            "/v1",
            "/v1/",
            "/v1/clip/",
            "/v1/singlefile",
            "/v1//clip",
            "//v1/clip",
            "/V1/clip",
            "/v1/CLIP",
            "/v1/..%2Fclip",
            "/v1/clip%20",
            "/v1/..%20/clip",
            "/v1/clip%00",
            "/v1/%63lip",
            "/v1/./clip",
            "/v1/../v1/clip",
            "/v1/clip;a",
            "/..%2F..%2F..%2Fetc%2Fpasswd",
        ] {
            assert_eq!(status(known, &format!("POST {path}"), ""), 404, "{path}");
        }
    }

    #[test]
    fn each_path_has_one_method() {
        assert_eq!(status(method, "GET /v1/ping", ""), 200);
        assert_eq!(status(method, "POST /v1/clip", ""), 200);
        for line in ["HEAD /v1/ping", "POST /v1/ping", "GET /v1/clip", "TRACE /v1/clip", "PUT /v1/pair"] {
            assert_eq!(status(method, line, ""), 405, "{line}");
        }
    }

    #[test]
    fn there_is_no_websocket() {
        assert_eq!(status(no_upgrade, "GET /v1/ping", "connection: keep-alive"), 200);
        for lines in ["upgrade: websocket", "connection: keep-alive, Upgrade", "connection: upgrade"] {
            assert_eq!(status(no_upgrade, "GET /v1/ping", lines), 403, "{lines}");
        }
    }

    #[test]
    fn nobody_pairs_while_no_code_is_open() {
        let head = Head::new("POST /v1/pair", "");
        let asked = head.asked();
        assert!(pairing_is_open(&Asked { pairing: true, ..asked }).is_ok());
        let refusal = pairing_is_open(&Asked { pairing: false, ..asked }).unwrap_err();
        assert_eq!(refusal.status, 404);
    }
}
