//! Where a request comes from, by `Origin` and fetch metadata, which no page can set.
//!
//! Our extensions send their own origin with a POST, and nothing with a GET; programs send nothing.
//! A page sends its own, or `null`, or says `cross-site`.

use hyper::StatusCode;
use hyper::header::{HeaderValue, ORIGIN};

use super::{Asked, Route};
use crate::answer::Refusal;

/// A paired origin; none at all; or, while a person pairs, any extension's, and only for that: with the
/// code, or with SingleFile's first page.
pub fn of_a_friend(asked: &Asked<'_>) -> Result<(), Refusal> {
    let refused = Err(Refusal::new(StatusCode::FORBIDDEN, "origin"));
    match asked.all(ORIGIN)[..] {
        [] => {
            let unmarked = asked.all("sec-fetch-site").iter().all(|site| *site == "none");
            // Without an origin there is nobody whom a preflight could be for.
            if unmarked && asked.route() != Some(Route::Preflight) { Ok(()) } else { refused }
        }
        [_] if asked.paired_origin().is_some() => Ok(()),
        [origin] if is_extension(origin) => match asked.route() {
            // Where no code is open, the guard of pairing says so.
            Some(Route::Pair) => Ok(()),
            Some(Route::Preflight | Route::Ping) if asked.pairing => Ok(()),
            Some(Route::Preflight | Route::SingleFile) if asked.awaits_single_file() => Ok(()),
            _ => refused,
        },
        _ => refused,
    }
}

/// Whether an origin is that of a browser's extension.
fn is_extension(origin: &HeaderValue) -> bool {
    let Some((scheme, id)) = origin.to_str().ok().and_then(|origin| origin.split_once("://")) else {
        return false;
    };
    match scheme {
        "chrome-extension" => id.len() == 32 && id.bytes().all(|byte| (b'a'..=b'p').contains(&byte)),
        "moz-extension" | "safari-web-extension" => is_uuid(id),
        _ => false,
    }
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CHROME, Head, STRANGER};
    use super::*;

    fn admits(line: &str, lines: &str, pairing: bool) -> bool {
        let head = Head::new(line, lines);
        of_a_friend(&Asked { pairing, ..head.asked() }).is_ok()
    }

    #[test]
    fn pages_are_never_friends() {
        for origin in [
            "http://evil.example",
            "https://evil.example",
            "http://127.0.0.1:28410",
            "http://localhost:28410",
            "null",
            "",
            "file://",
            "chrome-extension://short",
            "chrome-extension://zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
            "moz-extension://not-a-uuid",
        ] {
            for pairing in [false, true] {
                for path in ["ping", "hello", "pair", "clip", "single-file", "status"] {
                    assert!(!admits(&format!("POST /v1/{path}"), &format!("origin: {origin}"), pairing));
                }
                assert!(!admits("OPTIONS /v1/clip", &format!("origin: {origin}"), pairing));
            }
        }
        for site in ["cross-site", "same-site", "same-origin", "odd", "none\nsec-fetch-site: cross-site"] {
            assert!(!admits("GET /v1/ping", &format!("sec-fetch-site: {site}"), true), "{site}");
        }
        assert!(!admits("POST /v1/clip", &format!("origin: {CHROME}\norigin: http://evil.example"), true));
    }

    #[test]
    fn programs_and_paired_extensions_are_friends() {
        assert!(admits("POST /v1/clip", "", false));
        assert!(admits("GET /v1/ping", "sec-fetch-site: none", false));
        assert!(admits("POST /v1/clip", &format!("origin: {CHROME}\nsec-fetch-site: cross-site"), false));
        assert!(admits("OPTIONS /v1/clip", &format!("origin: {CHROME}"), false));
    }

    #[test]
    fn other_extensions_may_only_pair_and_only_while_a_person_does() {
        let origin = format!("origin: {STRANGER}");
        assert!(admits("POST /v1/pair", &origin, true));
        assert!(admits("POST /v1/pair", &origin, false), "to be told that no code is open");
        assert!(admits("OPTIONS /v1/pair", &origin, true));
        assert!(admits("GET /v1/ping", &origin, true));
        for line in ["OPTIONS /v1/pair", "GET /v1/ping"] {
            assert!(!admits(line, &origin, false), "{line}");
        }
        for path in ["hello", "clip", "single-file", "status"] {
            assert!(!admits(&format!("POST /v1/{path}"), &origin, true), "{path}");
        }
    }

    #[test]
    fn an_awaited_single_file_may_come_from_any_extension_and_from_no_page() {
        let admits = |line: &str, origin: &str| {
            of_a_friend(&Head::new(line, &format!("origin: {origin}")).awaiting().asked()).is_ok()
        };
        assert!(admits("POST /v1/single-file", STRANGER));
        assert!(admits("OPTIONS /v1/single-file", STRANGER));
        for path in ["ping", "hello", "clip", "status"] {
            assert!(!admits(&format!("POST /v1/{path}"), STRANGER), "{path}");
        }
        for origin in ["http://evil.example", "https://evil.example", "null", "chrome-extension://short"] {
            assert!(!admits("POST /v1/single-file", origin), "{origin}");
        }
    }

    #[test]
    fn a_preflight_is_for_somebody() {
        assert!(!admits("OPTIONS /v1/clip", "", true));
    }
}
