//! A clip server on loopback with a library behind it, and a client that speaks raw bytes.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use bilat_api::{Access, App, Clock, ListArticles, Nothing};
use bilat_server::{Limits, listen, serve};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// An extension of Chromium.
pub const CHROME: &str = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
/// Another of Firefox.
pub const FIREFOX: &str = "moz-extension://0a1b2c3d-0000-4000-8000-0123456789ab";
/// One that nobody pairs.
pub const STRANGER: &str = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba";

pub struct Desk {
    pub app: Arc<App>,
    pub port: u16,
    pub log: Arc<Mutex<Vec<String>>>,
    /// Who may read answers: the origins that were paired, or may pair now.
    readers: Mutex<BTreeSet<String>>,
    runtime: Runtime,
    _folder: TempDir,
}

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// What a browser holds after pairing.
#[derive(Debug, Clone)]
pub struct Paired {
    pub id: i64,
    pub token: String,
    pub proof_key: String,
}

impl Desk {
    pub fn new() -> Self {
        Self::with(Limits::default(), chrono::Utc::now)
    }

    pub fn with(limits: Limits, clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = Arc::new(App::open(&folder.path().join("x.bilat"), Access::Create, clock).unwrap());
        let listeners = listen(Some(0)).unwrap();
        let port = listeners.port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (served, written) = (app.clone(), log.clone());
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let write = move |record: bilat_server::Record| written.lock().unwrap().push(record.to_string());
            runtime.block_on(serve(served, listeners, limits, write)).unwrap();
        });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { app, port, log, readers: Mutex::default(), runtime, _folder: folder }
    }

    /// Calls a command of the door.
    pub fn call(&self, name: &str, request: Value) -> Value {
        self.runtime.block_on(self.app.call(name, request)).unwrap()
    }

    pub fn articles(&self) -> u32 {
        self.runtime.block_on(self.app.list_articles(ListArticles::default())).unwrap().total
    }

    pub fn open_pairing(&self) -> String {
        self.runtime.block_on(self.app.open_pairing(Nothing {})).unwrap().code
    }

    /// Pairs the extension at `origin`.
    pub fn pair(&self, origin: &str) -> Paired {
        self.readers.lock().unwrap().insert(origin.to_owned());
        let code = self.open_pairing();
        let answer =
            self.post("pair", &format!("Origin: {origin}\r\n"), &json!({ "code": code, "label": "Test" }));
        assert_eq!(answer.status, 201, "{answer:?}");
        let made = answer.json();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        Paired { id: made["id"].as_i64().unwrap(), token: text("token"), proof_key: text("proof_key") }
    }

    /// From now on `origin` may read answers.
    pub fn expect_reader(&self, origin: &str) {
        self.readers.lock().unwrap().insert(origin.to_owned());
    }

    /// `POST /v1/PATH` with JSON, and the headers given, each ended by CRLF.
    pub fn post(&self, path: &str, headers: &str, body: &Value) -> Answer {
        let body = body.to_string();
        self.send(&format!(
            "POST /v1/{path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}Content-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        ))
    }

    /// Sends a clip as a paired extension does.
    pub fn clip(&self, paired: &Paired, page: &Value) -> Answer {
        self.post("clip", &format!("Origin: {CHROME}\r\nAuthorization: Bearer {}\r\n", paired.token), page)
    }

    /// Sends bytes, and reads until the server closes.
    pub fn send(&self, request: &str) -> Answer {
        let answer = read(&mut self.open(request)).expect("an answer");
        let allowed = answer.header("access-control-allow-origin");
        if let Some(allowed) = allowed {
            assert!(self.readers.lock().unwrap().contains(allowed), "{request}\n{answer:?}");
        }
        answer
    }

    /// A connection on which `request`, or the beginning of one, was sent.
    pub fn open(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // The server may have said no and closed before all was sent.
        let _ = stream.write_all(request.as_bytes());
        stream
    }
}

/// Reads until the other side closes; nothing when it says nothing.
pub fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// A page of our own: invented people, invented words.
pub fn page(title: &str) -> Value {
    let html = format!(
        "<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>
        <p>ASTANA – Japan and Kazakhstan signed a transit pact on Friday after two years of talks, officials said.</p>
        <p>“The pact opens a door that was shut for a decade,” transport minister Arman Tulebek told reporters in the capital. He thanked both delegations for their patience.</p>
        <p>The first train leaves in May, and carries copper from the steppe to the harbour of Niigata in nineteen days.</p>
        </article></body></html>"
    );
    json!({ "html": html, "url": format!("https://courier.example/{}", title.len()), "captured_at": "2026-01-02T03:04:05+09:00" })
}
