//! Imports through the door: ten thousand records, and documents with their words, from the file to the
//! last committed row; and the same file again, when nothing is new.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use bilat_api::{Access, App};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

fn main() {
    divan::main();
}

const RECORDS: usize = 10_000;
const DOCUMENTS: usize = 1_000;

struct Desk {
    app: App,
    runtime: Runtime,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let app = App::open(&folder.path().join("bench.bilat"), Access::Create, chrono::Utc::now)
            .expect("a library");
        Self { app, runtime: Builder::new_current_thread().build().expect("a runtime"), folder }
    }

    fn write(&self, name: &str, content: &Value) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content.to_string()).expect("the file is written");
        path
    }

    /// Runs an import to its end; answers how many articles were new.
    fn import(&self, path: &PathBuf) -> u64 {
        let call = |command: &str, request: Value| {
            self.runtime.block_on(self.app.call(command, request)).expect("the command succeeds")
        };
        let started = call("start_import", json!({ "paths": [path] }));
        loop {
            let run = call("read_import", json!({ "id": started["id"] }));
            if run["state"] != "running" {
                assert_eq!((&run["state"], &run["counts"]["failed"]), (&json!("done"), &json!(0)), "{run}");
                return run["counts"]["new"].as_u64().expect("a count");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn sentence(n: usize, at: usize) -> String {
    let words =
        ["harbour", "treaty", "minister", "transit", "permit", "cable", "season", "quota", "route", "envoy"];
    let pick = |salt: usize| words[(n * 31 + at * 7 + salt * 13 + n / 10) % words.len()];
    format!(
        "The {} of {} {} said on Friday that the {} and the {} would be “settled before the {} {n}”. ",
        pick(1),
        pick(2),
        at,
        pick(3),
        pick(4),
        pick(5)
    )
}

fn records() -> Value {
    let record = |n: usize| {
        json!({
            "id": n, "type": "article-newspaper", "title": format!("Report {n}: {}", sentence(n, 0)),
            "author": [{ "family": "Other", "given": "Ann" }], "container-title": format!("Courier {}", n % 40),
            "issued": { "date-parts": [[2000 + n % 30, 1 + n % 12, 1 + n % 28]] },
            "URL": format!("https://courier.example/{n}"), "abstract": sentence(n, 1).repeat(2), "keyword": "harbour; pact",
        })
    };
    (0..RECORDS).map(record).collect()
}

fn documents() -> Value {
    let entry = |n: usize| {
        let mut content = String::new();
        for p in 0..12 {
            let _ = write!(content, "<p>{}</p>", (0..3).map(|s| sentence(n, p * 3 + s)).collect::<String>());
        }
        json!({
            "id": n, "is_archived": 0, "tags": ["harbour"], "title": format!("Story {n} on Japan and Kazakhstan"),
            "url": format!("https://courier.example/{n}"), "hashed_url": "", "content": content, "domain_name": "courier.example",
            "created_at": "2026-03-06T10:00:00+0000", "published_at": "2026-03-06T10:00:00+0000", "annotations": [],
        })
    };
    (0..DOCUMENTS).map(entry).collect()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_records(bencher: divan::Bencher) {
    bencher
        .with_inputs(|| {
            let desk = Desk::new();
            let path = desk.write("desk.json", &records());
            (desk, path)
        })
        .bench_local_refs(|(desk, path)| assert_eq!(desk.import(path), RECORDS as u64));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_records_again(bencher: divan::Bencher) {
    bencher
        .with_inputs(|| {
            let desk = Desk::new();
            let path = desk.write("desk.json", &records());
            desk.import(&path);
            (desk, path)
        })
        .bench_local_refs(|(desk, path)| assert_eq!(desk.import(path), 0));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_thousand_documents(bencher: divan::Bencher) {
    bencher
        .with_inputs(|| {
            let desk = Desk::new();
            let path = desk.write("wallabag.json", &documents());
            (desk, path)
        })
        .bench_local_refs(|(desk, path)| assert_eq!(desk.import(path), DOCUMENTS as u64));
}
