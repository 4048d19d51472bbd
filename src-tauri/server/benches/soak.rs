//! Eight browsers at once, each sending pages of 500 kB as fast as they are acknowledged: how long one waits,
//! and whether the server's memory stays where it was. `soak [CLIPS]`; 1,000 without a number.
//!
//! The server runs in a process of its own, this program started again, so that what is measured is its memory
//! and not that of whoever sends.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use bilat_api::{Access, App, Nothing};
use bilat_server::{Limits, listen, serve};
use serde_json::{Value, json};

/// How many send at once: as many connections as the server takes.
const SENDERS: usize = 8;
/// The size of a page, in bytes.
const PAGE: usize = 500_000;
/// What the program is called with as the server.
const AS_SERVER: &str = "--as-server";

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match arguments.next().as_deref() {
        Some(AS_SERVER) => be_the_server(),
        Some(clips) => soak(clips.parse().expect("soak [CLIPS]")),
        None => soak(1000),
    }
}

fn be_the_server() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("soak.bilat");
    let app = Arc::new(App::open(&library, Access::Create, chrono::Utc::now).expect("a library"));
    let listeners = listen(Some(0)).expect("a free port");
    let port = listeners.port();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let code = app.open_pairing(Nothing {}).await.expect("a code").code;
        println!("{}", json!({ "port": port, "code": code }));
        let serving = serve(app.clone(), listeners, Limits::default(), |_| {});
        // Until whoever started us goes.
        let gone = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
        tokio::select! {
            served = serving => served.expect("the sockets are ours"),
            _ = gone => {}
        }
    });
    runtime.shutdown_background();
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

fn soak(clips: usize) {
    let program = std::env::current_exe().expect("the name of this program");
    let child = Command::new(program).arg(AS_SERVER).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut server = Server(child.expect("the server starts"));
    let mut said = String::new();
    let out = server.0.stdout.take().expect("it was asked for");
    BufReader::new(out).read_line(&mut said).expect("the server says where it listens");
    let said: Value = serde_json::from_str(&said).expect("in JSON");
    let port = said["port"].as_u64().expect("a port") as u16;

    let mut paired = Connection::open(port);
    let (_, answer) = paired.post("pair", "", &json!({ "code": said["code"], "label": "soak" }).to_string());
    let token = answer["token"].as_str().expect("a token").to_owned();
    drop(paired);

    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let (mut waits, memory) = thread::scope(|scope| {
        let senders: Vec<_> =
            (0..SENDERS).map(|_| scope.spawn(|| send(port, &token, &next, clips))).collect();
        let mut memory = Vec::new();
        while next.load(Ordering::Relaxed) < clips {
            thread::sleep(Duration::from_millis(100));
            memory.extend(resident(server.0.id()));
        }
        let waits: Vec<Duration> =
            senders.into_iter().flat_map(|sender| sender.join().expect("no panic")).collect();
        (waits, memory)
    });
    let took = start.elapsed();
    waits.sort();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "{clips} clips of {PAGE} bytes over {SENDERS} connections in {:.1} s, {:.1} a second",
        took.as_secs_f64(),
        clips as f64 / took.as_secs_f64()
    );
    println!("wait: median {:.0} ms, p99 {:.0} ms, longest {:.0} ms", at(0.5), at(0.99), at(1.0));
    if let Some(quarter) = memory.len().checked_div(4).filter(|quarter| *quarter > 0) {
        let most = |samples: &[u64]| samples.iter().max().copied().unwrap_or_default() / 1024;
        let quarters: Vec<_> = memory.chunks(quarter).take(4).map(|part| most(part).to_string()).collect();
        println!("most memory in each quarter of the time: {} MiB", quarters.join(", "));
    }
}

/// Sends pages until all are sent; how long each took to be acknowledged.
fn send(port: u16, token: &str, next: &AtomicUsize, clips: usize) -> Vec<Duration> {
    let mut connection = Connection::open(port);
    let mut waits = Vec::new();
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= clips {
            return waits;
        }
        let body = json!({ "html": page(n), "url": format!("https://courier.example/{n}"), "captured_at": "2026-03-06T10:00:00Z" });
        let headers =
            format!("Authorization: Bearer {token}\r\nIdempotency-Key: 00000000-0000-4000-8000-{n:012x}\r\n");
        let body = body.to_string();
        let start = Instant::now();
        loop {
            let (status, answer) = connection.post("clip", &headers, &body);
            match status {
                201 => break,
                // Its turn did not come: as the extension, come again.
                503 => {
                    thread::sleep(Duration::from_millis(100));
                    connection = Connection::open(port);
                }
                _ => panic!("{status}: {answer}"),
            }
        }
        waits.push(start.elapsed());
    }
}

struct Connection {
    stream: BufReader<TcpStream>,
    port: u16,
}

impl Connection {
    fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        Self { stream: BufReader::new(stream), port }
    }

    fn post(&mut self, path: &str, headers: &str, body: &str) -> (u16, Value) {
        let head = format!(
            "POST /v1/{path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        let stream = self.stream.get_mut();
        stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .expect("it is taken");
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("an answer");
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().expect("a status");
            } else if let Some(("content-length", value)) = line.split_once(": ") {
                length = value.parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a whole answer");
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }
}

/// A story of about six hundred words in a page of half a megabyte, unlike any other `n`.
fn page(n: usize) -> String {
    const WORDS: [&str; 10] =
        ["harbour", "treaty", "minister", "transit", "permit", "cable", "season", "quota", "route", "envoy"];
    let mut body = String::new();
    for p in 0..12 {
        body.push_str("<p>");
        for s in 0..3 {
            let seed = n * 37 + p * 3 + s;
            let word = |at: usize| WORDS[(seed * 7 + at * 13 + (seed / 10) * at) % WORDS.len()];
            let (a, b, c, d) = (word(1), word(2), word(3), word(4));
            write!(
                body,
                "The {a} of {b} {seed} said on Friday that the {c} and the {d} number {n} would be settled before the season. "
            )
            .expect("a string takes all");
        }
        body.push_str("</p>");
    }
    let mut html = format!(
        "<!doctype html><html lang=en><head><title>Story {n} on Japan and Kazakhstan</title></head><body><nav><ul>"
    );
    let rest = PAGE - body.len() - 400;
    for at in 0.. {
        if html.len() >= rest {
            break;
        }
        write!(
            html,
            "<li class=\"menu item-{at}\"><a href=\"/section/{at}\">Section {at} of the paper</a></li>"
        )
        .expect("a string takes all");
    }
    write!(
        html,
        "</ul></nav><article><h1>Story {n} on Japan and Kazakhstan</h1>{body}</article></body></html>"
    )
    .expect("a string takes all");
    html
}

/// The memory that a process holds, in KiB; only Linux tells.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
