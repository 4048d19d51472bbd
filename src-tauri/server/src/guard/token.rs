//! The token: in `Authorization` and nowhere else, where neither a history nor a log keeps it.

use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, COOKIE, ORIGIN};

use super::{Asked, Route, is_awaited};
use crate::answer::Refusal;

/// What follows `Bearer `.
pub fn bearer<'a>(asked: &Asked<'a>) -> Option<&'a str> {
    let [value] = asked.all(AUTHORIZATION)[..] else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// No path of ours takes a query, so whatever stands there is a mistake, and may be a token.
pub fn not_in_the_query(asked: &Asked<'_>) -> Result<(), Refusal> {
    match asked.head.uri.query() {
        Some(_) => Err(Refusal::new(StatusCode::BAD_REQUEST, "query")),
        None => Ok(()),
    }
}

/// Cookies are sent without anybody's intent, and to every port of a host.
pub fn not_in_a_cookie(asked: &Asked<'_>) -> Result<(), Refusal> {
    if asked.head.headers.contains_key(COOKIE) {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "cookie"));
    }
    Ok(())
}

/// The token is a paired browser's. A missing one is looked up too, so that it takes as long.
pub fn known(asked: &Asked<'_>) -> Result<(), Refusal> {
    if asked.route().and_then(Route::token_of).is_none() {
        return Ok(());
    }
    match bilat_api::recognise(asked.browsers, bearer(asked).unwrap_or_default()) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(StatusCode::UNAUTHORIZED, "token")),
    }
}

/// SingleFile keeps its token where it keeps its settings, which browsers copy to other computers. So it opens
/// nothing but SingleFile's own path, and no other token opens that.
pub fn of_this_route(asked: &Asked<'_>) -> Result<(), Refusal> {
    match (asked.route().and_then(Route::token_of), asked.browser()) {
        (Some(kind), Some(paired)) if paired.browser.kind != kind => {
            Err(Refusal::new(StatusCode::FORBIDDEN, "token of another path"))
        }
        _ => Ok(()),
    }
}

/// A token works from the origin it was given to, or where no origin is sent. That of an awaited SingleFile
/// works from any, which is then its own; without one there would be nothing to bind it to.
pub fn of_this_origin(asked: &Asked<'_>) -> Result<(), Refusal> {
    let Some(paired) = asked.browser() else { return Ok(()) };
    let own = match asked.head.headers.get(ORIGIN) {
        None => !is_awaited(paired),
        Some(_) if is_awaited(paired) => true,
        Some(origin) => paired.browser.origin.as_ref().is_some_and(|own| own.as_bytes() == origin.as_bytes()),
    };
    if own { Ok(()) } else { Err(Refusal::new(StatusCode::FORBIDDEN, "token of another origin")) }
}

#[cfg(test)]
mod tests {
    use super::super::Guard;
    use super::super::tests::{AWAITED, CHROME, FIREFOX, Head, STRANGER, TOKEN, UPLOADS};
    use super::*;

    fn status(guard: Guard, line: &str, lines: &str) -> u16 {
        guard(&Head::new(line, lines).asked()).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn a_token_is_a_bearer_token() {
        let clip = |lines: &str| status(known, "POST /v1/clip", lines);
        assert_eq!(clip(&format!("authorization: Bearer {TOKEN}")), 200);
        assert_eq!(clip(&format!("authorization: bearer {TOKEN}")), 200);
        for lines in [
            String::new(),
            format!("authorization: {TOKEN}"),
            format!("authorization: Basic {TOKEN}"),
            format!("authorization: Bearer {TOKEN}x"),
            format!("authorization: Bearer  {TOKEN}"),
            format!("authorization: Bearer {}", &TOKEN[1..]),
            format!("authorization: Bearer {TOKEN}\nauthorization: Bearer {TOKEN}"),
            format!("x-token: {TOKEN}"),
            "authorization: Bearer ".into(),
        ] {
            assert_eq!(clip(&lines), 401, "{lines}");
        }
        assert_eq!(status(known, "POST /v1/status", ""), 401);
        assert_eq!(status(known, "GET /v1/ping", ""), 200);
    }

    #[test]
    fn a_token_elsewhere_is_refused() {
        assert_eq!(status(not_in_the_query, "POST /v1/clip", ""), 200);
        assert_eq!(status(not_in_the_query, &format!("POST /v1/clip?token={TOKEN}"), ""), 400);
        assert_eq!(status(not_in_a_cookie, "POST /v1/clip", ""), 200);
        assert_eq!(status(not_in_a_cookie, "POST /v1/clip", &format!("cookie: token={TOKEN}")), 400);
    }

    #[test]
    fn a_token_works_from_its_own_origin() {
        let from = |origin: &str| {
            let lines = format!("authorization: Bearer {TOKEN}\norigin: {origin}");
            status(of_this_origin, "POST /v1/clip", &lines)
        };
        assert_eq!(from(CHROME), 200);
        assert_eq!(from(FIREFOX), 403);
        assert_eq!(from(STRANGER), 403);
        let without = format!("authorization: Bearer {TOKEN}");
        assert_eq!(status(of_this_origin, "POST /v1/clip", &without), 200);
    }

    #[test]
    fn a_token_opens_its_own_path() {
        let opens = |path: &str, token: &str| {
            let lines = format!("authorization: Bearer {token}");
            let head = Head::new(&format!("POST /v1/{path}"), &lines).awaiting();
            of_this_route(&head.asked()).is_ok()
        };
        assert!(opens("clip", TOKEN) && opens("status", TOKEN));
        assert!(!opens("single-file", TOKEN));
        for token in [UPLOADS, AWAITED] {
            assert!(opens("single-file", token));
            assert!(!opens("clip", token) && !opens("status", token));
        }
    }

    #[test]
    fn an_awaited_single_file_needs_an_origin_to_be_bound_to() {
        let from = |lines: &str| {
            let lines = format!("authorization: Bearer {AWAITED}\n{lines}");
            of_this_origin(&Head::new("POST /v1/single-file", &lines).awaiting().asked()).is_ok()
        };
        assert!(from(&format!("origin: {STRANGER}")));
        assert!(!from(""));
    }

    #[test]
    fn no_plain_comparison_touches_a_token() {
        let (code, _) = include_str!("token.rs").split_once("#[cfg(test)]").unwrap();
        let plain: Vec<_> =
            code.lines().filter(|line| line.contains("==") && line.contains("token")).collect();
        assert!(plain.is_empty(), "{plain:?}");
    }
}
