//! A body is JSON and nothing else. The other types are those that a page may send without asking
//! first, and a compressed body may be a bomb.
//!
//! But for one path: SingleFile uploads a form, and knows no other way. A page may send a form too, but not
//! with an `Authorization`, which the guard of tokens has seen by then: for that its browser asks first, and
//! is refused. So the rule that JSON stands for holds there as well: nothing that a page can send without
//! a preflight is accepted.

use hyper::StatusCode;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::{Asked, Route};
use crate::answer::Refusal;

/// A form on SingleFile's path, JSON on every other that has a body.
pub fn of_this_route(asked: &Asked<'_>) -> Result<(), Refusal> {
    let Some(route) = asked.route().filter(|route| route.has_body()) else { return Ok(()) };
    let refused = Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content type"));
    let [value] = asked.all(CONTENT_TYPE)[..] else { return refused };
    let value = value.to_str().unwrap_or_default();
    let right = if route == Route::SingleFile { is_form(value) } else { is_json(value) };
    if right { Ok(()) } else { refused }
}

/// `application/json`, in UTF-8.
fn is_json(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let mut parts = value.split(';').map(str::trim);
    parts.next() == Some("application/json")
        && parts.all(|part| matches!(part, "charset=utf-8" | "charset=\"utf-8\""))
}

/// `multipart/form-data` with its boundary.
fn is_form(value: &str) -> bool {
    multer::parse_boundary(value).is_ok()
}

/// Not compressed.
pub fn plain(asked: &Asked<'_>) -> Result<(), Refusal> {
    if asked.all(CONTENT_ENCODING).iter().all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content encoding"))
}

#[cfg(test)]
mod tests {
    use super::super::Guard;
    use super::super::tests::Head;
    use super::*;

    fn status(guard: Guard, lines: &str) -> u16 {
        guard(&Head::new("POST /v1/clip", lines).asked()).map_or_else(|r| r.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_json_is_read() {
        for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]
        {
            assert_eq!(status(of_this_route, &format!("content-type: {kind}")), 200, "{kind}");
        }
        for lines in [
            "",
            "content-type: text/plain",
            "content-type: text/plain; application/json",
            "content-type: multipart/form-data; boundary=x",
            "content-type: application/x-www-form-urlencoded",
            "content-type: application/jsonp",
            "content-type: application/json; charset=utf-16",
            "content-type: application/json, text/plain",
            "content-type: application/json\ncontent-type: text/plain",
        ] {
            assert_eq!(status(of_this_route, lines), 415, "{lines}");
        }
    }

    #[test]
    fn only_single_file_uploads_a_form() {
        let status = |kind: &str| {
            let head = Head::new("POST /v1/single-file", &format!("content-type: {kind}"));
            of_this_route(&head.asked()).map_or_else(|r| r.status.as_u16(), |()| 200)
        };
        assert_eq!(status("multipart/form-data; boundary=----x"), 200);
        for kind in [
            "application/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/mixed; boundary=x",
            "multipart/form-data, text/plain; boundary=x",
        ] {
            assert_eq!(status(kind), 415, "{kind}");
        }
    }

    #[test]
    fn nothing_is_unpacked() {
        assert_eq!(status(plain, ""), 200);
        assert_eq!(status(plain, "content-encoding: identity"), 200);
        for coding in ["gzip", "br", "zstd", "identity, gzip", "identity\ncontent-encoding: deflate"] {
            assert_eq!(status(plain, &format!("content-encoding: {coding}")), 415, "{coding}");
        }
    }
}
