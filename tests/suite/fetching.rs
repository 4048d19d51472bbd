//! Fetching through the door and the command line: from a site on loopback, as if it were far away.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::cli::Shell;
use crate::desk::Desk;

/// A site of pages by path, on this computer; other paths are missing. Answers its port and the requests.
fn site(pages: &'static [(&str, &str, &[u8])]) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let port = listener.local_addr().expect("it listens").port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read > 0) {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let (headers, body) = pages
                .iter()
                .find(|(known, ..)| *known == path)
                .map_or(("404 Not Found", &b"<p>No such page"[..]), |(_, headers, body)| (headers, body));
            noted.lock().expect("nobody panics").push(path);
            let length = body.len();
            let _ = write!(stream, "HTTP/1.1 {headers}\r\nContent-Length: {length}\r\n\r\n");
            let _ = stream.write_all(body);
        }
    });
    (port, asked)
}

const STORY: &[u8] =
    "<html><head><title>Harbour pact signed</title></head><body><article><h1>Harbour pact signed</h1>
    <p>The two harbours signed a pact on Friday, after talks that had lasted for most of a year.</p>
    <p>“We will keep every berth open to ships that carry grain,” minister Arman Tulebek told reporters.</p>
    </article></body></html>"
        .as_bytes();

const PAGES: &[(&str, &str, &[u8])] = &[
    ("/story", "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nSet-Cookie: id=1", STORY),
    ("/old", "301 Moved Permanently\r\nLocation: /story", b""),
    (
        "/script",
        "200 OK\r\nContent-Type: text/html",
        b"<html><body><div id=app></div><script src=a.js></script>",
    ),
    ("/busy", "503 Service Unavailable", STORY),
];

fn clip(url: &str, allow: bool) -> Value {
    json!({ "source": { "type": "url", "url": url, "allow_host": allow } })
}

#[test]
fn a_fetched_page_is_kept_with_how_it_came() {
    let (port, _) = site(PAGES);
    let desk = Desk::new();
    let clipped = desk.call("clip", clip(&format!("http://127.0.0.1:{port}/story#berth"), true));
    assert_eq!(clipped["state"], "new");
    let article = desk.call("read_article", json!({ "id": clipped["id"] }));
    let capture = &article["snapshot"]["capture"];
    assert_eq!(capture["method"], "fetched");
    assert_eq!(capture["charset"], json!({ "name": "UTF-8", "found": "transfer" }));
    let fetch = &capture["fetch"];
    assert_eq!(fetch["asked"], format!("http://127.0.0.1:{port}/story"));
    assert_eq!((&fetch["status"], &fetch["answered"]), (&json!(200), &fetch["asked"]));
    assert_eq!(fetch["headers"]["content-type"], "text/html; charset=utf-8");
    assert!(fetch["headers"].get("set-cookie").is_none());
    assert_eq!(fetch["started_at"], "2026-03-09T12:00:00Z");
    let again = desk.call("clip", clip(&format!("http://127.0.0.1:{port}/story"), true));
    assert_eq!(again["state"], "unchanged");
}

#[test]
fn what_is_not_the_page_is_an_error_and_nothing_is_kept() {
    let (port, _) = site(PAGES);
    let desk = Desk::new();
    for (path, code, words) in [
        ("/missing", "network", "HTTP 404"),
        ("/busy", "network", "HTTP 503"),
        ("/script", "needs_script", "until its scripts run"),
        // What a person allowed is not allowed to where it sends on to.
        ("/old", "network", "not followed"),
    ] {
        let refused =
            desk.try_call("clip", clip(&format!("http://127.0.0.1:{port}{path}"), true)).unwrap_err();
        assert_eq!(serde_json::to_value(refused.code).expect("a word"), code, "{path}: {refused}");
        assert!(refused.message.contains(words), "{path}: {refused}");
    }
    for url in [
        format!("http://127.0.0.1:{port}/story"),
        format!("http://2130706433:{port}/"),
        "http://[::1]/".into(),
    ] {
        let refused = desk.try_call("clip", clip(&url, false)).unwrap_err();
        assert_eq!(serde_json::to_value(refused.code).expect("a word"), "private_address", "{url}");
    }
    let refused = desk.try_call("clip", clip("file:///etc/passwd", true)).unwrap_err();
    assert_eq!(serde_json::to_value(refused.code).expect("a word"), "bad_input");
    assert_eq!(desk.call("list_articles", json!({}))["total"], 0);
}

#[test]
fn a_dead_proxy_stops_every_fetch() {
    let (port, asked) = site(PAGES);
    let desk = Desk::new();
    for value in
        [json!({ "kind": "socks5", "address": "127.0.0.1:1" }), json!({ "kind": "socks5" }), json!(7)]
    {
        desk.call("write_setting", json!({ "name": "proxy", "value": value }));
        let refused =
            desk.try_call("clip", clip(&format!("http://127.0.0.1:{port}/story"), true)).unwrap_err();
        assert_eq!(serde_json::to_value(refused.code).expect("a word"), "network", "{refused}");
    }
    assert!(asked.lock().expect("nobody panics").is_empty());
}

#[test]
fn the_command_line_clips_an_address_and_asks_before_it_goes_inside() {
    let (port, asked) = site(PAGES);
    let shell = Shell::new();
    let url = format!("http://127.0.0.1:{port}/story");
    let refused = shell.run(&["clip", &url]);
    assert_eq!(refused.code, 1);
    assert!(asked.lock().expect("nobody panics").is_empty());
    let clipped = shell.json(&["clip", "--allow-private", &url]);
    assert_eq!(clipped[0]["state"], "new");
    assert_eq!(clipped[0]["title"], "Harbour pact signed");
}

/// F-1: nothing but `bilat-fetch` may open a connection, nor lean on what could.
#[test]
fn one_crate_alone_goes_out_to_the_network() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let clients = [
        "reqwest",
        "ureq",
        "isahc",
        "curl",
        "attohttpc",
        "tokio-rustls",
        "rustls",
        "native-tls",
        "tokio-socks",
    ];
    let calls = ["TcpStream::connect", "lookup_host", "to_socket_addrs", "UdpSocket", "client::conn"];
    let mut seen = 0;
    let mut folders = vec![root.join("src-tauri")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository").flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                // Tests and examples play the other side; the development tools wait for servers they start.
                if !["fetch", "tests", "examples", "benches", "xtask", "target"].contains(&name.as_str()) {
                    folders.push(path);
                }
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            if name == "Cargo.toml" {
                seen += 1;
                let named = clients.iter().find(|client| {
                    text.lines().any(|line| {
                        line.starts_with(&format!("{client}.")) || line.starts_with(&format!("{client} ="))
                    })
                });
                assert_eq!(named, None, "{}", path.display());
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let product = text.split("#[cfg(test)]").next().unwrap_or_default();
                let call = calls.iter().find(|call| product.contains(**call));
                assert_eq!(call, None, "{}", path.display());
            }
        }
    }
    assert!(seen >= 8, "the crates of the workspace were looked into");
}
