//! `bilat serve`, as a browser and a power cut meet it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::Shell;

/// A server of its own process.
struct Serving {
    child: Child,
    said: Value,
}

impl Serving {
    fn start(library: &Path, arguments: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_bilat")), library, arguments)
    }

    /// The same on a disk where no file grows beyond 4 MiB (8 MiB where the shell counts in larger blocks).
    #[cfg(unix)]
    fn start_on_a_small_disk(library: &Path) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 8192; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_bilat")]);
        Self::run(shell, library, &[])
    }

    fn run(mut command: Command, library: &Path, arguments: &[&str]) -> Self {
        let mut child = command
            .arg("--library")
            .arg(library)
            .args(["--json", "serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("bilat starts");
        let out = child.stdout.take().expect("it was asked for");
        let said = serde_json::Deserializer::from_reader(out).into_iter().next();
        Self { child, said: said.expect("it says where it listens").expect("in JSON") }
    }

    fn port(&self) -> u16 {
        self.said["port"].as_u64().expect("a port") as u16
    }

    fn post(&self, path: &str, headers: &str, body: &Value) -> Option<(u16, Value)> {
        post(self.port(), path, headers, body)
    }

    fn pair(&self) -> String {
        let code = &self.said["pairing"]["code"];
        let (status, made) =
            self.post("pair", "", &json!({ "code": code, "label": "A script" })).expect("an answer");
        assert_eq!(status, 201, "{made}");
        format!("Authorization: Bearer {}\r\n", made["token"].as_str().expect("a token"))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The answer's status and JSON; nothing when the server died before it had answered.
fn post(port: u16, path: &str, headers: &str, body: &Value) -> Option<(u16, Value)> {
    let body = body.to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let head = format!(
        "POST /v1/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}Content-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = BufReader::new(stream);
    let mut status = String::new();
    answer.read_line(&mut status).ok()?;
    let mut rest = String::new();
    answer.read_to_string(&mut rest).ok()?;
    let (_, json) = rest.split_once("\r\n\r\n")?;
    // A refusal has no body.
    let json = if json.is_empty() { Value::Null } else { serde_json::from_str(json).ok()? };
    Some((status.split(' ').nth(1)?.parse().ok()?, json))
}

fn page(n: usize) -> Value {
    let html = format!(
        "<html><head><title>Harbour pact number {n}</title></head><body><article><h1>Harbour pact number {n}</h1>
        <p>The two harbours signed pact number {n} on Friday, after talks that had lasted for most of a year.</p>
        <p>“We will keep berth {n} open to every ship that carries grain,” minister Arman Tulebek told reporters.</p>
        </article></body></html>"
    );
    json!({ "html": html, "url": format!("https://courier.example/{n}"), "captured_at": "2026-03-06T10:00:00Z" })
}

#[test]
fn a_script_pairs_and_clips_over_loopback() {
    let shell = Shell::new();
    let library = shell.path("x.bilat");
    let serving = Serving::start(&library, &["--pair"]);
    let auth = serving.pair();
    let (status, stored) = serving.post("clip", &auth, &page(1)).expect("an answer");
    assert_eq!(status, 201, "{stored}");
    assert_eq!(shell.json(&["list"])["rows"][0]["key"], stored["key"]);
    let browsers = shell.json(&["browsers"]);
    assert_eq!(browsers[0]["label"], "A script");
    // Another process revokes it, and the server knows at once.
    let id = browsers[0]["id"].to_string();
    assert_eq!(shell.json(&["browsers", "--revoke", &id]), json!([]));
    let refused = TcpStream::connect(("127.0.0.1", serving.port())).and_then(|mut stream| {
        write!(
            stream,
            "POST /v1/status HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{auth}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
            serving.port()
        )?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(line)
    });
    assert_eq!(refused.expect("an answer"), "HTTP/1.1 401 Unauthorized\r\n");
    let taken = shell.run(&["serve", "--port", &serving.port().to_string()]);
    assert_eq!(taken.code, 1);
    assert!(taken.err.contains("is taken by another program"), "{}", taken.err);
}

#[test]
fn what_was_acknowledged_survives_a_kill_and_nothing_is_there_twice() {
    let shell = Shell::new();
    let library = shell.path("x.bilat");
    let auth = Serving::start(&library, &["--pair"]).pair();
    let key = |n: usize| format!("{auth}Idempotency-Key: 00000000-0000-4000-8000-{n:012}\r\n");
    let mut acknowledged = std::collections::BTreeMap::new();
    for round in 0..6 {
        let mut serving = Serving::start(&library, &[]);
        let port = serving.port();
        let answers = AtomicUsize::new(0);
        let answered = std::thread::scope(|scope| {
            // Each round sends again what the one before it sent last.
            let sending = scope.spawn(|| {
                let send = |n: usize| {
                    let answer = post(port, "clip", &key(n), &page(n))?;
                    answers.fetch_add(1, Ordering::SeqCst);
                    Some((n, answer))
                };
                (5 * round..).map_while(send).collect::<Vec<_>>()
            });
            while answers.load(Ordering::SeqCst) < 8 && !sending.is_finished() {
                std::thread::sleep(Duration::from_millis(1));
            }
            // Somewhere in the middle of the next.
            std::thread::sleep(Duration::from_millis(3 * round as u64));
            serving.child.kill().expect("it runs");
            sending.join().expect("the sender ends")
        });
        for (n, (status, answer)) in answered {
            assert!(matches!(status, 200 | 201), "{answer}");
            acknowledged.insert(n, answer);
        }
    }
    assert!(acknowledged.len() >= 33, "{} were acknowledged", acknowledged.len());
    let listed = shell.json(&["list", "--limit", "1000"]);
    let titles: Vec<&str> =
        listed["rows"].as_array().expect("rows").iter().map(|row| row["title"].as_str().unwrap()).collect();
    for (n, answer) in &acknowledged {
        let title = format!("Harbour pact number {n}");
        assert_eq!(titles.iter().filter(|found| **found == title).count(), 1, "{title}");
        let shown = shell.json(&["show", &answer["id"].to_string()]);
        assert_eq!(shown["snapshots"].as_array().map(Vec::len), Some(1), "{shown}");
        assert_eq!(shown["snapshots"][0]["sha256_raw"], answer["sha256_raw"]);
    }
    assert_eq!(shell.run(&["check"]).code, 0);
}

/// Three hundred kilobytes that do not pack well.
#[cfg(unix)]
fn long_page(n: usize) -> Value {
    let mut state = n as u64 + 1;
    let words: String = (0..40_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("{:06x} ", state >> 40)
        })
        .collect();
    let mut page = page(n);
    page["html"] = page["html"]
        .as_str()
        .expect("HTML")
        .replace("</article>", &format!("<p>{words}</p></article>"))
        .into();
    page
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_acknowledged_stays() {
    let shell = Shell::new();
    let library = shell.path("x.bilat");
    let auth = Serving::start(&library, &["--pair"]).pair();
    let small = Serving::start_on_a_small_disk(&library);
    let mut kept = 0;
    let status = loop {
        match small.post("clip", &auth, &long_page(kept)).expect("an answer") {
            (201, _) if kept < 40 => kept += 1,
            (status, _) => break status,
        }
    };
    assert_eq!(status, 507);
    assert!(kept > 0);
    drop(small);
    assert_eq!(shell.json(&["list", "--limit", "100"])["total"], kept);
    assert_eq!(shell.run(&["check"]).code, 0);
    let roomy = Serving::start(&library, &[]);
    assert_eq!(roomy.post("clip", &auth, &long_page(kept)).expect("an answer").0, 201, "there is room again");
}
