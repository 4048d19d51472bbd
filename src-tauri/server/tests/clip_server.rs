//! What the clip server promises, over real sockets on loopback.

#[path = "support/desk.rs"]
mod desk;

use std::fmt::Write as _;
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use bilat_server::Limits;
use chrono::{DateTime, TimeDelta, Utc};
use desk::{CHROME, Desk, FIREFOX, STRANGER, page, read};
use serde_json::json;

/// Who asks, and what each is told with no token, a wrong one and the right one.
#[test]
fn the_table_holds_over_the_wire() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    desk.pair(FIREFOX);
    let port = desk.port;
    let ours = format!("Host: 127.0.0.1:{port}\r\n");
    let evil = format!("Host: evil.example:{port}\r\n");
    let chrome = format!("Origin: {CHROME}\r\n");
    let cross = "Sec-Fetch-Site: cross-site\r\n";
    let attacker = "Origin: http://attacker.example\r\n";
    let json_type = "Content-Type: application/json\r\n";
    let asks = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Private-Network: true\r\n";
    let websocket = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n";
    let form = "Content-Type: multipart/form-data; boundary=x\r\n";
    let rows: [(&str, &str, String, [u16; 3]); 20] = [
        ("extension GET", "GET /v1/ping", format!("{ours}Sec-Fetch-Site: none\r\n"), [200; 3]),
        (
            "extension POST",
            "POST",
            format!("{ours}{chrome}Sec-Fetch-Site: none\r\n{json_type}"),
            [401, 401, 201],
        ),
        ("without permission", "POST", format!("{ours}{chrome}{cross}{json_type}"), [401, 401, 201]),
        ("its preflight", "OPTIONS /v1/clip", format!("{ours}{chrome}{cross}{asks}"), [204; 3]),
        ("unknown extension", "POST", format!("{ours}Origin: {STRANGER}\r\n{json_type}"), [403; 3]),
        ("other extension", "POST", format!("{ours}Origin: {FIREFOX}\r\n{json_type}"), [401, 401, 403]),
        ("page: img", "GET /v1/ping", format!("{ours}{cross}"), [403; 3]),
        ("page: beacon", "POST", format!("{ours}{attacker}{cross}Content-Type: text/plain\r\n"), [403; 3]),
        ("page: JSON", "POST", format!("{ours}{attacker}{cross}{json_type}"), [403; 3]),
        ("its preflight", "OPTIONS /v1/clip", format!("{ours}{attacker}{cross}{asks}"), [403; 3]),
        ("frame", "POST", format!("{ours}Origin: null\r\n{cross}{json_type}"), [403; 3]),
        ("page: WebSocket", "GET /v1/ping", format!("{ours}{attacker}{websocket}"), [403; 3]),
        ("rebound GET", "GET /v1/ping", evil.clone(), [403; 3]),
        (
            "rebound POST",
            "POST",
            format!("{evil}Origin: http://evil.example:{port}\r\n{json_type}"),
            [403; 3],
        ),
        ("program", "POST", format!("{ours}{json_type}"), [401, 401, 201]),
        ("program, form", "POST", format!("{ours}Content-Type: text/plain\r\n"), [401, 401, 415]),
        ("page: upload", "POST /v1/single-file", format!("{ours}{attacker}{cross}{form}"), [403; 3]),
        ("its preflight", "OPTIONS /v1/single-file", format!("{ours}{attacker}{cross}{asks}"), [403; 3]),
        ("page: form, no origin", "POST /v1/single-file", format!("{ours}{cross}{form}"), [403; 3]),
        ("program: upload", "POST /v1/single-file", format!("{ours}{form}"), [429, 429, 403]),
    ];
    let mut kept = 0;
    for (n, (who, line, headers, statuses)) in rows.into_iter().enumerate() {
        let line = if line == "POST" { "POST /v1/clip" } else { line };
        let body = if line.starts_with("POST") {
            page(&format!("Pact {}", "x".repeat(n))).to_string()
        } else {
            String::new()
        };
        let tokens =
            ["", "Authorization: Bearer wrong\r\n", &format!("Authorization: Bearer {}\r\n", paired.token)];
        for (token, status) in tokens.iter().zip(statuses) {
            let length =
                if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
            let mut stream = desk
                .open(&format!("{line} HTTP/1.1\r\n{headers}{token}{length}Connection: close\r\n\r\n{body}"));
            let answer = read(&mut stream).unwrap();
            assert_eq!(answer.status, status, "{who} {token}");
            let readable = answer.header("access-control-allow-origin");
            match readable {
                Some(origin) => {
                    assert!(headers.contains(&format!("Origin: {origin}\r\n")), "{who}: {answer:?}")
                }
                None => assert!(!answer.head.to_lowercase().contains("access-control"), "{who}: {answer:?}"),
            }
            assert!(readable.is_none_or(|origin| [CHROME, FIREFOX].contains(&origin)), "{who}: {answer:?}");
            if [403, 404].contains(&status) {
                let said = if readable.is_some() {
                    answer.head.clone()
                } else {
                    assert_eq!(
                        answer.head,
                        "HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0"
                    );
                    answer.body.clone()
                };
                assert!(!said.to_lowercase().contains("bilat"));
            }
            kept += u32::from(status == 201);
        }
    }
    assert_eq!(desk.articles(), kept, "nothing came in but what was answered 201");
}

#[test]
fn an_allowed_preflight_names_the_origin_and_nothing_else() {
    let desk = Desk::new();
    desk.pair(CHROME);
    let ask = |origin: &str, private: &str| {
        desk.send(&format!(
            "OPTIONS /v1/clip HTTP/1.1\r\nHost: localhost:{}\r\nOrigin: {origin}\r\n\
             Access-Control-Request-Method: POST\r\n{private}Connection: close\r\n\r\n",
            desk.port
        ))
    };
    let private = "Access-Control-Request-Private-Network: true\r\n";
    let answer = ask(CHROME, "");
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some(CHROME));
    assert_eq!(answer.header("vary"), Some("Origin"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("POST"));
    assert_eq!(answer.header("access-control-allow-private-network"), None, "nobody asked");
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert_eq!(ask(CHROME, private).header("access-control-allow-private-network"), Some("true"));
    assert_eq!(ask("https://evil.example", private).status, 403);
    assert_eq!(ask(STRANGER, private).status, 403);
    desk.open_pairing();
    desk.expect_reader(STRANGER);
    assert_eq!(ask(STRANGER, "").status, 204, "while a person pairs");
    assert_eq!(ask("https://evil.example", private).status, 403);
}

#[test]
fn a_clip_is_acknowledged_with_the_hashes_of_what_is_kept() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let mut sent = page("Japan and Kazakhstan sign a transit pact");
    sent["title"] = json!("Transit pact – The Courier");
    sent["metadata"] = json!({ "extension": "1.0", "lazy": true });
    sent["selection"] = json!("The pact opens a door that was shut for a decade");
    let answer = desk.clip(&paired, &sent);
    assert_eq!(answer.status, 201, "{answer:?}");
    let stored = answer.json();
    assert_eq!(stored["state"], "new");
    assert_eq!(stored["selection"], "marked");
    let html = sent["html"].as_str().unwrap();
    assert_eq!(stored["sha256_raw"], bilat_core_hash(html));
    let article = desk.call("read_article", json!({ "id": stored["id"] }));
    let snapshot = &article["snapshot"];
    assert_eq!(snapshot["sha256_text"], stored["sha256_text"]);
    assert_eq!(snapshot["capture"]["method"], "rendered");
    assert_eq!(snapshot["capture"]["captured_at"], "2026-01-01T18:04:05Z");
    assert_eq!(snapshot["capture"]["browser"]["title"], "Transit pact – The Courier");
    assert_eq!(article["annotations"][0]["exact"], "The pact opens a door that was shut for a decade");

    let again = desk.clip(&paired, &sent);
    assert_eq!((again.status, &again.json()["state"]), (200, &json!("unchanged")));
    assert_eq!(again.json()["id"], stored["id"]);
    let article = desk.call("read_article", json!({ "id": stored["id"] }));
    assert_eq!(article["annotations"].as_array().unwrap().len(), 1, "the passage is not marked twice");

    sent["selection"] = json!("Words that nobody wrote.");
    assert_eq!(desk.clip(&paired, &sent).json()["selection"], "not found");
}

fn bilat_core_hash(text: &str) -> String {
    bilat_api::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_clip_sent_again_under_its_key_gets_the_first_answer() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let send = |key: &str, words: &str| {
        let mut sent = page("A pact in the making");
        sent["html"] = sent["html"].as_str().unwrap().replace("nineteen", words).into();
        let headers = format!("Authorization: Bearer {}\r\nIdempotency-Key: {key}\r\n", paired.token);
        desk.post("clip", &headers, &sent)
    };
    let (one, two) = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");
    let first = send(one, "nineteen");
    let second = send(two, "eighteen");
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(second.json()["state"], "new snapshot");
    let late = send(one, "nineteen");
    assert_eq!(late.status, 200, "{late:?}");
    for field in ["id", "key", "sha256_raw", "sha256_text"] {
        assert_eq!(late.json()[field], first.json()[field], "{field}");
    }
    let article = desk.call("read_article", json!({ "id": first.json()["id"] }));
    assert_eq!(article["snapshots"].as_array().unwrap().len(), 2);
    assert_eq!(send("not-a-uuid", "nineteen").status, 400);
}

/// A page as SingleFile saves it, and the form it uploads it in.
fn upload(desk: &Desk, headers: &str, fields: &[(&str, &str)]) -> desk::Answer {
    let mut body = String::new();
    for (name, value) in fields {
        let file =
            if *name == "file" { "; filename=\"SingleFile.html\"\r\nContent-Type: text/html" } else { "" };
        write!(body, "------b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
            .unwrap();
    }
    body.push_str("------b--\r\n");
    desk.send(&format!(
        "POST /v1/single-file HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}Accept: multipart/form-data\r\n\
         Content-Type: multipart/form-data; boundary=----b\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        desk.port,
        body.len()
    ))
}

#[test]
fn single_file_uploads_after_a_person_paired_it() {
    let desk = Desk::new();
    desk.expect_reader(FIREFOX);
    let html = page("A pact in the making")["html"].as_str().unwrap().replacen(
        "<html lang=en>",
        "<html lang=en><!--\n Page saved with SingleFile \n url: https://courier.example/saved \n \
         saved date: Mon Mar 02 2026 10:11:12 GMT+0100 (Central European Standard Time)\n-->",
        1,
    );
    let fields = [("file", html.as_str()), ("url", "https://courier.example/pact")];
    let from = |origin: &str, token: &str| format!("Origin: {origin}\r\nAuthorization: Bearer {token}\r\n");
    assert_eq!(upload(&desk, "", &fields).status, 401, "there is no such token yet");
    let made = desk.call("pair_single_file", json!({}));
    let token = made["token"].as_str().unwrap();
    assert_eq!(made["address"], format!("http://127.0.0.1:{}/v1/single-file", desk.port));

    assert_eq!(upload(&desk, &from("https://attacker.example", token), &fields).status, 403);
    assert_eq!(upload(&desk, &format!("Authorization: Bearer {token}\r\n"), &fields).status, 403);
    assert_eq!(upload(&desk, &format!("Origin: {FIREFOX}\r\n"), &fields).status, 401);
    assert_eq!(desk.call("list_browsers", json!({})), json!([]), "nobody is paired by a request");

    let wrong = upload(&desk, &from(FIREFOX, token), &[("page", &html)]);
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("“file” and “url”"), "SingleFile shows what is wrong: {wrong:?}");
    let stored = upload(&desk, &from(FIREFOX, token), &fields);
    assert_eq!(stored.status, 201, "{stored:?}");
    assert_eq!(stored.json()["sha256_raw"], bilat_core_hash(&html));
    assert_eq!(stored.header("access-control-allow-origin"), Some(FIREFOX));
    let article = desk.call("read_article", json!({ "id": stored.json()["id"] }));
    assert_eq!(article["title"], "A pact in the making");
    assert_eq!(article["url"], "https://courier.example/pact");
    assert_eq!(upload(&desk, &from(FIREFOX, token), &fields).status, 200, "unchanged");

    // From now on the token is that extension's, and opens nothing else.
    assert_eq!(upload(&desk, &from(STRANGER, token), &fields).status, 403);
    let bearer = format!("Authorization: Bearer {token}\r\n");
    assert_eq!(desk.post("clip", &bearer, &page("Pact")).status, 403);
    assert_eq!(desk.post("status", &bearer, &json!({ "url": "https://courier.example/pact" })).status, 403);
    let browsers = desk.call("list_browsers", json!({}));
    assert_eq!(browsers[0]["kind"], "single_file");
    desk.call("revoke_browser", json!({ "id": browsers[0]["id"] }));
    assert_eq!(upload(&desk, &bearer, &fields).status, 401);
    assert_eq!(desk.articles(), 1);
}

#[test]
fn single_file_has_ten_minutes_for_its_first_page() {
    let desk = Desk::with(Limits::default(), later);
    let token = desk.call("pair_single_file", json!({}))["token"].as_str().unwrap().to_owned();
    let headers = format!("Origin: {FIREFOX}\r\nAuthorization: Bearer {token}\r\n");
    LATER.store(600, Ordering::SeqCst);
    let html = page("Pact")["html"].as_str().unwrap().to_owned();
    assert_eq!(upload(&desk, &headers, &[("file", &html)]).status, 403);
    assert_eq!(desk.articles(), 0);
}

static LATER: AtomicI64 = AtomicI64::new(0);

fn later() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_900_000_000 + LATER.load(Ordering::SeqCst))
}

#[test]
fn the_server_proves_itself_to_the_browser_it_was_paired_with() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    desk.pair(FIREFOX);
    let nonce = "0123456789abcdef";
    let hello = |headers: &str| desk.post("hello", headers, &json!({ "nonce": nonce }));
    let proofs = hello(&format!("Origin: {CHROME}\r\n")).json()["proofs"].clone();
    assert_eq!(proofs.as_array().unwrap().len(), 1, "only the browser's own");
    let known = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let known = known.block_on(desk.app.paired_browsers()).unwrap();
    assert_eq!(proofs[0], bilat_api::prove(&known[0], desk.port, nonce));
    assert_eq!(
        paired.proof_key,
        known[0].sha256_token.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    );
    assert_eq!(hello(&format!("Origin: {STRANGER}\r\n")).status, 403);
    for nonce in ["", "short", "with spaces in it, and long", &"x".repeat(129)] {
        assert_eq!(desk.post("hello", "", &json!({ "nonce": nonce })).status, 400, "{nonce}");
    }
}

#[test]
fn a_browser_learns_only_whether_an_address_is_known() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let sent = page("Pact");
    desk.clip(&paired, &sent);
    let auth = format!("Authorization: Bearer {}\r\n", paired.token);
    let known = desk.post("status", &auth, &json!({ "url": sent["url"] })).json();
    assert_eq!(known["in_library"], true);
    assert!(known["since"].as_str().unwrap().ends_with('Z'));
    assert_eq!(known.as_object().unwrap().len(), 2);
    let other = desk.post("status", &auth, &json!({ "url": "https://courier.example/other" })).json();
    assert_eq!(other, json!({ "in_library": false, "since": null }));
    assert_eq!(desk.post("status", "", &json!({ "url": sent["url"] })).status, 401);
}

#[test]
fn a_request_cannot_open_pairing_and_five_guesses_close_it() {
    let desk = Desk::new();
    let guess = |code: &str| desk.post("pair", "", &json!({ "code": code, "label": "x" })).status;
    assert_eq!(guess("12345678"), 404);
    let code = desk.open_pairing();
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        assert_eq!(guess(wrong), 401);
    }
    assert_eq!(guess(&code), 404, "the sixth, though right");
    let code = desk.open_pairing();
    assert_eq!(guess(&code), 201);
    assert_eq!(guess(&code), 404, "a code works once");
}

static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_900_000_000 + CLOCK.load(Ordering::SeqCst))
}

#[test]
fn a_code_expires() {
    let desk = Desk::with(Limits::default(), clock);
    assert_eq!(desk.post("pair", "", &json!({ "code": "", "label": "" })).status, 404);
    let pairing = desk.call("open_pairing", json!({}));
    assert_eq!(pairing["port"], desk.port);
    let pair = || desk.post("pair", "", &json!({ "code": pairing["code"], "label": "x" })).status;
    CLOCK.store(120, Ordering::SeqCst);
    assert_eq!(pair(), 404);
    CLOCK.store(0, Ordering::SeqCst);
    assert_eq!(pair(), 404, "setting the clock back opens nothing");
}

#[test]
fn a_revoked_token_is_refused_at_once() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    assert_eq!(desk.clip(&paired, &page("Pact")).status, 201);
    let listed = desk.call("list_browsers", json!({}));
    assert_eq!(listed[0]["label"], "Test");
    assert!(listed[0]["last_used_at"].is_string());
    assert!(!listed.to_string().contains(&paired.token));
    desk.call("revoke_browser", json!({ "id": paired.id }));
    assert_eq!(desk.clip(&paired, &page("Pact, again")).status, 403, "nor is its origin known");
    let bare = format!("Authorization: Bearer {}\r\n", paired.token);
    assert_eq!(desk.post("clip", &bare, &page("Pact, again")).status, 401);
}

#[test]
fn a_thousand_bad_requests_do_not_lock_the_good_one_out() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let mut statuses = Vec::new();
    for n in 0..1000 {
        let answer = desk.post("status", &format!("Authorization: Bearer {n}\r\n"), &json!({ "url": "x" }));
        assert_eq!(answer.header("retry-after").is_some(), answer.status == 429);
        assert_eq!(answer.body, "");
        statuses.push(answer.status);
    }
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[10..], [429; 990]);
    assert_eq!(desk.clip(&paired, &page("Pact")).status, 201);
}

#[test]
fn half_open_connections_do_not_keep_a_browser_waiting() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let head = format!("POST /v1/hello HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", desk.port);
    let hello = format!("{head}Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{{");
    let held: Vec<_> = (0..50).map(|n| desk.open(if n % 2 == 0 { &head } else { &hello })).collect();
    let start = Instant::now();
    assert_eq!(desk.clip(&paired, &page("Pact")).status, 201);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop(held);
}

fn impatient() -> Limits {
    Limits {
        head: Duration::from_millis(300),
        stall: Duration::from_millis(300),
        request: Duration::from_millis(900),
        keep_alive: Duration::from_millis(600),
        ..Limits::default()
    }
}

#[test]
fn who_is_slow_is_not_waited_for() {
    let desk = Desk::with(impatient(), Utc::now);
    let paired = desk.pair(CHROME);
    let start = Instant::now();
    let mut half = desk.open("GET /v1/ping HTTP/1.1\r\nHost: ");
    assert_eq!(read(&mut half), None, "half a head");
    assert!(start.elapsed() >= Duration::from_millis(300));

    let head = format!(
        "POST /v1/clip HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n",
        desk.port, paired.token
    );
    let mut stalled = desk.open(&format!("{head}{{"));
    assert_eq!(read(&mut stalled).unwrap().status, 408, "a body that rests");

    let mut dripping = desk.open(&head);
    let mut drip = dripping.try_clone().unwrap();
    let start = Instant::now();
    let feeding = std::thread::spawn(move || {
        while drip.write_all(b" ").is_ok() && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    assert_eq!(read(&mut dripping).unwrap().status, 408, "a body that drips");
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    feeding.join().unwrap();
    assert_eq!(desk.articles(), 0);
}

#[test]
fn a_connection_serves_several_requests_and_is_closed_when_idle() {
    let desk = Desk::with(impatient(), Utc::now);
    let ping = format!("GET /v1/ping HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", desk.port);
    let mut stream = desk.open(&ping);
    // Longer than a head may take, shorter than a connection may rest.
    std::thread::sleep(Duration::from_millis(450));
    stream.write_all(ping.as_bytes()).unwrap();
    let start = Instant::now();
    let answer = read(&mut stream).unwrap();
    assert_eq!(answer.body.matches("{\"api\":1}").count() + answer.head.matches("{\"api\":1}").count(), 2);
    assert!(start.elapsed() >= Duration::from_millis(500));
}

#[test]
fn no_more_than_a_few_clips_are_on_their_way_at_once() {
    let desk = Desk::with(Limits { turn: Duration::from_millis(300), ..Limits::default() }, Utc::now);
    let paired = desk.pair(CHROME);
    let head = format!(
        "POST /v1/clip HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{",
        desk.port, paired.token
    );
    let held: Vec<_> = (0..4).map(|_| desk.open(&head)).collect();
    std::thread::sleep(Duration::from_millis(300));
    let fifth = desk.clip(&paired, &page("Pact"));
    assert_eq!(fifth.status, 503);
    assert!(fifth.header("retry-after").is_some());
    drop(held);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(desk.clip(&paired, &page("Pact")).status, 201);
}

#[test]
fn what_is_too_large_is_not_read() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let port = desk.port;
    let head = |rest: &str| {
        let auth = &paired.token;
        desk.send(&format!(
            "POST /v1/clip HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {auth}\r\n\
             Content-Type: application/json\r\n{rest}\r\n"
        ))
        .status
    };
    assert_eq!(head("Content-Length: 67108865\r\n"), 413);
    assert_eq!(head(""), 411);
    assert_eq!(head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400);
    assert_eq!(head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
    assert_eq!(head("Content-Length: 2\r\nContent-Length: 3\r\n"), 400);
    assert_eq!(head(&format!("Host: 127.0.0.1:{port}\r\nContent-Length: 2\r\n")), 400);
    assert_eq!(head(&format!("X: {}\r\n", "x".repeat(17 * 1024))), 431);
    let mut many = String::new();
    for n in 0..64 {
        write!(many, "X-{n}: 1\r\n").unwrap();
    }
    assert_eq!(head(&many), 431);
    let deep = format!("{{\"metadata\":{}1{}}}", "[".repeat(70), "]".repeat(70));
    assert_eq!(head(&format!("Content-Length: {}\r\n\r\n{deep}", deep.len())), 400);
}

#[test]
fn what_cannot_be_a_clip_is_refused_and_nothing_is_kept() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let mut no_article = page("Pact");
    no_article["html"] = json!("");
    let mut local = page("Pact");
    local["url"] = json!("file:///etc/passwd");
    let mut token = page("Pact");
    token["token"] = json!(paired.token);
    let mut undated = page("Pact");
    undated["captured_at"] = json!("yesterday");
    let mut long = page("Pact");
    long["title"] = json!("x".repeat(5000));
    for sent in [no_article, local, token, undated, long, json!([]), json!({}), json!("x")] {
        assert_eq!(desk.clip(&paired, &sent).status, 400, "{sent}");
    }
    assert_eq!(desk.articles(), 0);
}

#[test]
fn odd_paths_lead_nowhere_and_all_refusals_are_alike() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let mut seen = std::collections::BTreeSet::new();
    for path in [
        "/",
        "/index.html",
        "/v1",
        "/v1/",
        "/v1/list",
        "/v1/clip/",
        "/v1/single-file/",
        "/v1/..%2F..%2Fetc%2Fpasswd",
        "/v1/..%20/clip",
        "/v1/clip%00",
        "/..%2F",
        "/v1/clip%2F..",
        "//evil.example/v1/clip",
        "/v1/%2e%2e/clip",
        "/v1\\clip",
        "/v1/articles/1",
        "/favicon.ico",
        "/.git/config",
    ] {
        for method in ["GET", "POST", "TRACE", "DELETE", "BREW"] {
            let answer = desk.send(&format!(
                "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\
                 Connection: close\r\n\r\n",
                desk.port, paired.token
            ));
            assert_eq!(answer.status, 404, "{method} {path}");
            seen.insert(answer.head + &answer.body);
        }
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
    let query = desk.send(&format!(
        "POST /v1/clip?token={} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
        paired.token, desk.port
    ));
    assert_eq!((query.status, query.body.as_str()), (400, ""));
}

#[test]
fn the_log_says_who_was_refused_and_never_what_was_sent() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let mut sent = page("Canary headline");
    sent["title"] = json!("canary title");
    desk.clip(&paired, &sent);
    desk.send(&format!("CANARY /canary?canary HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", desk.port));
    desk.post("status", "Authorization: Bearer canary\r\n", &json!({ "url": "canary" }));
    desk.post("clip", "Origin: http://canary.example\r\n", &json!("canary"));
    let log = desk.log.lock().unwrap().join("\n");
    assert_eq!(
        log,
        "POST pair 201 paired\nPOST clip 201 stored\nOTHER - 404 unknown path\nPOST status 401 token\n\
         POST clip 403 origin"
    );
    assert!(!log.contains(&paired.token));
}

/// Bytes that are no request at all.
#[test]
fn nothing_that_is_sent_brings_the_server_down_or_gets_in() {
    let desk = Desk::new();
    let paired = desk.pair(CHROME);
    let whole = format!(
        "POST /v1/clip HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{{}}\n",
        desk.port
    );
    // A generator of our own, so that a failure can be had again: xorshift.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..500 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] = next(256) as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, next(256) as u8),
            }
        }
        let mut stream = desk.open("");
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(desk.clip(&paired, &page("Pact")).status, 201);
    assert_eq!(desk.articles(), 1);
}
