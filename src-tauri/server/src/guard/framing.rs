//! Where a request begins and ends, said once and in one way.

use hyper::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use hyper::{Method, StatusCode};

use super::{Asked, Route};
use crate::answer::Refusal;
use crate::limits;

/// The body's length is told by one `Content-Length`. `Transfer-Encoding` is refused in any form: hyper
/// drops a `Content-Length` that stands beside it, so the contradiction could not be seen, and no
/// browser sends it.
pub fn unambiguous(asked: &Asked<'_>) -> Result<(), Refusal> {
    let lengths = asked.all(CONTENT_LENGTH);
    let readable = lengths.iter().all(|length| parse(length.as_bytes()).is_some());
    if asked.head.headers.contains_key(TRANSFER_ENCODING) || lengths.len() > 1 || !readable {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "framing"));
    }
    Ok(())
}

/// The target is a path. The absolute form names a host of its own, beside the header.
pub fn origin_form(asked: &Asked<'_>) -> Result<(), Refusal> {
    let uri = &asked.head.uri;
    let names_a_host = uri.scheme().is_some() || uri.authority().is_some();
    if (names_a_host && asked.head.method != Method::CONNECT) || uri.path() == "*" {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "target"));
    }
    Ok(())
}

/// A body has a length, and one that its route takes.
pub fn length(asked: &Asked<'_>) -> Result<(), Refusal> {
    let most = match asked.route() {
        Some(Route::Preflight | Route::Ping) | None => return Ok(()),
        Some(Route::Clip | Route::SingleFile) => limits::CLIP,
        Some(Route::Hello | Route::Pair | Route::Status) => limits::SMALL,
    };
    match asked.head.headers.get(CONTENT_LENGTH).and_then(|length| parse(length.as_bytes())) {
        None => Err(Refusal::new(StatusCode::LENGTH_REQUIRED, "no length")),
        Some(length) if length > most => Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too large")),
        Some(_) => Ok(()),
    }
}

fn parse(length: &[u8]) -> Option<u64> {
    let digits = !length.is_empty() && length.iter().all(u8::is_ascii_digit);
    digits.then(|| std::str::from_utf8(length).ok()?.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::tests::Head;
    use super::*;

    #[test]
    fn a_contradiction_about_the_length_is_refused() {
        let status = |lines: &str| {
            unambiguous(&Head::new("POST /v1/clip", lines).asked()).map_err(|refusal| refusal.status.as_u16())
        };
        assert_eq!(status("content-length: 12"), Ok(()));
        for lines in [
            "content-length: 12\ntransfer-encoding: chunked",
            "transfer-encoding: chunked",
            "transfer-encoding: xchunked",
            "content-length: 12\ncontent-length: 12",
            "content-length: +12",
            "content-length: 12, 12",
            "content-length: ",
            "content-length: 99999999999999999999",
        ] {
            assert_eq!(status(lines), Err(400), "{lines}");
        }
    }

    #[test]
    fn the_target_names_no_host() {
        let status = |line: &str| origin_form(&Head::new(line, "").asked()).map_err(|r| r.status.as_u16());
        assert_eq!(status("GET /v1/ping"), Ok(()));
        assert_eq!(status("GET http://127.0.0.1:28410/v1/ping"), Err(400));
        assert_eq!(status("OPTIONS *"), Err(400));
    }

    #[test]
    fn a_body_has_a_length_that_its_route_takes() {
        let status = |line: &str, lines: &str| {
            length(&Head::new(line, lines).asked()).map_err(|refusal| refusal.status.as_u16())
        };
        assert_eq!(status("GET /v1/ping", ""), Ok(()));
        assert_eq!(status("POST /v1/clip", ""), Err(411));
        assert_eq!(status("POST /v1/clip", "content-length: 67108864"), Ok(()));
        assert_eq!(status("POST /v1/clip", "content-length: 67108865"), Err(413));
        assert_eq!(status("POST /v1/hello", "content-length: 16385"), Err(413));
    }
}
