//! A body is JSON and nothing else. The other types are those that a page may send without asking
//! first, and a compressed body may be a bomb.
//!
//! A form endpoint for SingleFile's upload would be one more route whose content type is looked at here;
//! all other guards, the token among them, would stand before it as they are.

use hyper::StatusCode;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::{Asked, Route};
use crate::answer::Refusal;

/// `application/json`, in UTF-8.
pub fn json(asked: &Asked<'_>) -> Result<(), Refusal> {
    if !asked.route().is_some_and(Route::has_body) {
        return Ok(());
    }
    let refused = Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content type"));
    let [value] = asked.all(CONTENT_TYPE)[..] else { return refused };
    let value = value.to_str().unwrap_or_default().to_ascii_lowercase();
    let mut parts = value.split(';').map(str::trim);
    let json = parts.next() == Some("application/json");
    let charset = parts.all(|part| matches!(part, "charset=utf-8" | "charset=\"utf-8\""));
    if json && charset { Ok(()) } else { refused }
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
            assert_eq!(status(json, &format!("content-type: {kind}")), 200, "{kind}");
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
            assert_eq!(status(json, lines), 415, "{lines}");
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
