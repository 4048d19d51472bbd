//! The table of who may ask what, and the proof that every guard is needed for it.

use bilat_api::PairedBrowser;
use hyper::Request;
use hyper::http::request::Parts;

use super::{Asked, GUARDS, admit, through};

/// The port of these tests.
const PORT: u16 = 28410;
/// A paired Chromium.
pub const CHROME: &str = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
/// A paired Firefox.
pub const FIREFOX: &str = "moz-extension://0a1b2c3d-0000-4000-8000-0123456789ab";
/// An extension that nobody paired.
pub const STRANGER: &str = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba";
/// The token of [`CHROME`].
pub const TOKEN: &str = "5f0c5a1e0d3b4c2a9f8e7d6c5b4a39281706f5e4d3c2b1a0918273645546372a";

/// The token of a SingleFile, bound to [`FIREFOX`].
pub const UPLOADS: &str = "the token of a SingleFile";
/// The token of a SingleFile whose first page has not come.
pub const AWAITED: &str = "the token of a SingleFile that is awaited";

/// A request's head, written as it travels.
pub struct Head {
    parts: Parts,
    browsers: Vec<PairedBrowser>,
}

impl Head {
    /// `METHOD TARGET`, our `Host`, and the header lines given.
    pub fn new(line: &str, lines: &str) -> Self {
        Self::without_host(line, &format!("host: 127.0.0.1:{PORT}\n{lines}"))
    }

    pub fn without_host(line: &str, lines: &str) -> Self {
        let (method, target) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(target);
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        let browsers = vec![
            paired(1, "clipper", Some(CHROME), TOKEN),
            paired(2, "clipper", Some(FIREFOX), "another"),
            paired(3, "single_file", Some(FIREFOX), UPLOADS),
        ];
        Self { parts: request.body(()).unwrap().into_parts().0, browsers }
    }

    /// The same while SingleFile's first page is awaited.
    pub fn awaiting(mut self) -> Self {
        self.browsers.push(paired(0, "single_file", None, AWAITED));
        self
    }

    pub fn asked(&self) -> Asked<'_> {
        Asked { head: &self.parts, port: PORT, browsers: &self.browsers, pairing: false }
    }
}

fn paired(id: i64, kind: &str, origin: Option<&str>, token: &str) -> PairedBrowser {
    let browser = serde_json::from_value(serde_json::json!({
        "id": id, "kind": kind, "label": "", "origin": origin, "paired_at": "", "last_used_at": null,
    }));
    PairedBrowser { browser: browser.unwrap(), sha256_token: bilat_api::digest(token) }
}

/// What a clip's POST always carries.
const BODY: &str = "content-type: application/json\ncontent-length: 12";

/// Requests that must be refused, with the status, such that only one guard stands in the way of each.
fn hostile() -> Vec<(&'static str, Head, bool, u16)> {
    let auth = format!("authorization: Bearer {TOKEN}");
    let clip = |lines: &str| Head::new("POST /v1/clip", &format!("{auth}\n{lines}"));
    let whole = |lines: &str| clip(&format!("{BODY}\n{lines}"));
    vec![
        ("framing", whole("transfer-encoding: chunked"), false, 400),
        ("target", Head::new("GET http://127.0.0.1:28410/v1/ping", ""), false, 400),
        ("host", Head::without_host("GET /v1/ping", "host: evil.example:28410"), false, 403),
        ("origin", Head::new("GET /v1/ping", "sec-fetch-site: cross-site"), false, 403),
        ("upgrade", Head::new("GET /v1/ping", "upgrade: websocket\nconnection: upgrade"), false, 403),
        ("method", Head::new("GET /v1/clip", &format!("{auth}\n{BODY}")), false, 405),
        ("pairing", Head::new("POST /v1/pair", &format!("origin: {STRANGER}\n{BODY}")), false, 404),
        ("query", Head::new(&format!("POST /v1/clip?t={TOKEN}"), &format!("{auth}\n{BODY}")), false, 400),
        ("cookie", whole(&format!("cookie: t={TOKEN}")), false, 400),
        ("token", Head::new("POST /v1/clip", BODY), false, 401),
        (
            "scope",
            Head::new("POST /v1/clip", &format!("authorization: Bearer {UPLOADS}\n{BODY}")),
            false,
            403,
        ),
        ("binding", whole(&format!("origin: {FIREFOX}")), false, 403),
        ("content type", clip("content-length: 12\ncontent-type: text/plain"), false, 415),
        ("content encoding", whole("content-encoding: gzip"), false, 415),
        ("length", clip("content-type: application/json"), false, 411),
    ]
}

#[test]
fn every_guard_is_needed() {
    for (name, head, pairing, status) in hostile() {
        let asked = Asked { pairing, ..head.asked() };
        assert_eq!(admit(&asked).map_err(|refusal| refusal.status.as_u16()), Err(status), "{name}");
        let others = GUARDS.iter().filter(|(other, _)| *other != name);
        assert!(through(others, &asked).is_ok(), "another guard stands in for “{name}”");
    }
    // The guard on paths only decides the status: a path that is no route leads nowhere without it.
    let tried: Vec<_> = hostile().iter().map(|(name, ..)| *name).chain(["path"]).collect();
    for (name, _) in GUARDS {
        assert!(tried.contains(name), "no hostile request for “{name}”");
    }
}

#[test]
fn the_host_is_asked_before_the_path() {
    for path in ["/v1/ping", "/nowhere"] {
        let head = Head::without_host(&format!("GET {path}"), "host: evil.example:28410");
        assert_eq!(admit(&head.asked()).unwrap_err().status, 403);
    }
}

/// What SingleFile sends, with no token, the clipper's and its own; before its first page and after.
#[test]
fn single_file_is_let_in_by_its_own_token_from_its_own_origin() {
    let form = "content-type: multipart/form-data; boundary=x\ncontent-length: 12";
    let status = |origin: &str, token: &str, awaited: bool| {
        let lines = format!("{origin}{form}\n{token}");
        let head = Head::new("POST /v1/single-file", &lines);
        let head = if awaited { head.awaiting() } else { head };
        admit(&head.asked()).map_or_else(|refusal| refusal.status.as_u16(), |_| 200)
    };
    let of = |token: &str| format!("authorization: Bearer {token}");
    let from = |origin: &str| format!("origin: {origin}\n");
    assert_eq!(status(&from(FIREFOX), &of(UPLOADS), false), 200);
    assert_eq!(status("", &of(UPLOADS), false), 200);
    assert_eq!(status(&from(CHROME), &of(UPLOADS), false), 403, "another extension's");
    assert_eq!(status(&from(FIREFOX), &of(TOKEN), false), 403, "the clipper's");
    assert_eq!(status(&from(FIREFOX), "", false), 401);
    assert_eq!(status(&from(STRANGER), &of(AWAITED), false), 403, "not awaited");
    assert_eq!(status(&from(STRANGER), &of(AWAITED), true), 200);
    assert_eq!(status(&from(STRANGER), &of(UPLOADS), true), 403);
    assert_eq!(status(&from(STRANGER), "", true), 401);
    assert_eq!(status(&from("http://attacker.example"), &of(AWAITED), true), 403);
    assert_eq!(status("", &of(AWAITED), true), 403, "nothing to bind it to");
}

/// Who asks (M8 of the measurements): the line, the headers, and the status with no token, a wrong one and the right one.
#[test]
fn the_table_is_decided_as_it_stands() {
    let post = "POST /v1/clip";
    let get = "GET /v1/ping";
    let page = "origin: http://attacker.example\nsec-fetch-site: cross-site";
    let extension = format!("origin: {CHROME}");
    let without_permission = format!("{extension}\nsec-fetch-site: cross-site");
    let ours = format!("host: 127.0.0.1:{PORT}\n");
    let form = "content-type: multipart/form-data; boundary=x\ncontent-length: 12";
    let upload = "POST /v1/single-file";
    let rows: [(&str, &str, String, [u16; 3]); 19] = [
        ("extension GET", get, format!("{ours}sec-fetch-site: none"), [200, 200, 200]),
        ("extension POST", post, format!("{ours}{extension}\nsec-fetch-site: none\n{BODY}"), [401, 401, 200]),
        (
            "extension without permission",
            post,
            format!("{ours}{without_permission}\n{BODY}"),
            [401, 401, 200],
        ),
        ("its preflight", "OPTIONS /v1/clip", format!("{ours}{without_permission}"), [200, 200, 200]),
        ("another extension", post, format!("{ours}origin: {STRANGER}\n{BODY}"), [403, 403, 403]),
        ("another paired extension", post, format!("{ours}origin: {FIREFOX}\n{BODY}"), [401, 401, 403]),
        ("page: img", get, format!("{ours}sec-fetch-site: cross-site"), [403, 403, 403]),
        (
            "page: beacon, form",
            post,
            format!("{ours}{page}\ncontent-type: text/plain\ncontent-length: 12"),
            [403, 403, 403],
        ),
        ("page: JSON", post, format!("{ours}{page}\n{BODY}"), [403, 403, 403]),
        ("its preflight", "OPTIONS /v1/clip", format!("{ours}{page}"), [403, 403, 403]),
        (
            "sandboxed frame",
            post,
            format!("{ours}origin: null\nsec-fetch-site: cross-site\n{BODY}"),
            [403; 3],
        ),
        (
            "page: WebSocket",
            get,
            format!("{ours}origin: http://attacker.example\nupgrade: websocket\nconnection: upgrade"),
            [403, 403, 403],
        ),
        ("rebound GET", get, format!("host: evil.example:{PORT}"), [403, 403, 403]),
        (
            "rebound POST",
            post,
            format!("host: evil.example:{PORT}\norigin: http://evil.example:{PORT}\n{BODY}"),
            [403, 403, 403],
        ),
        ("program", post, format!("{ours}{BODY}"), [401, 401, 200]),
        ("page: form to SingleFile's path", upload, format!("{ours}{page}\n{form}"), [403, 403, 403]),
        ("its preflight", "OPTIONS /v1/single-file", format!("{ours}{page}"), [403, 403, 403]),
        ("form without any origin", upload, format!("{ours}{form}"), [401, 401, 403]),
        ("extension: form", upload, format!("{ours}{extension}\n{form}"), [401, 401, 403]),
    ];
    for (who, line, lines, statuses) in rows {
        let tokens = ["", "authorization: Bearer wrong", &format!("authorization: Bearer {TOKEN}")];
        for (token, status) in tokens.iter().zip(statuses) {
            let head = Head::without_host(line, &format!("{lines}\n{token}"));
            let decided = admit(&head.asked()).map_or_else(|refusal| refusal.status.as_u16(), |_| 200);
            assert_eq!(decided, status, "{who}, {token}");
        }
    }
}
