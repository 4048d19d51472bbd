//! What a person waits for at the desk, through the door: a clip from bytes to the committed row, and
//! the preview with its check at every keystroke of a two-page briefing.

use bilat_api::{Access, App};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

fn main() {
    divan::main();
}

struct Desk {
    app: App,
    runtime: Runtime,
    _folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let app = App::open(&folder.path().join("bench.bilat"), Access::Create, chrono::Utc::now)
            .expect("a library");
        Self { app, runtime: Builder::new_current_thread().build().expect("a runtime"), _folder: folder }
    }

    fn call(&self, command: &str, request: Value) -> Value {
        self.runtime.block_on(self.app.call(command, request)).expect("the command succeeds")
    }
}

/// A story of about six hundred words in a page of about fifty kilobytes, unlike any other `n`.
fn page(n: usize) -> String {
    let words =
        ["harbour", "treaty", "minister", "transit", "permit", "cable", "season", "quota", "route", "envoy"];
    let sentence = |seed: usize| {
        let pick = |at: usize| words[(seed * 7 + at * 13 + n * 31) % words.len()];
        format!(
            "The {} of {} {seed} said on Friday that the {} and the {} would be “settled before the {}”. ",
            pick(1),
            pick(2),
            pick(3),
            pick(4),
            pick(5)
        )
    };
    let body: String = (0..12)
        .map(|p| format!("<p>{}</p>", (0..3).map(|s| sentence(n * 40 + p * 3 + s)).collect::<String>()))
        .collect();
    let links: String = (0..400)
        .map(|at| format!("<li><a href=\"/section/{at}\">Section {at} of the paper</a></li>"))
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>Story {n} on Japan and Kazakhstan</title>\
         <meta property=article:published_time content=2026-03-06></head><body><nav><ul>{links}</ul></nav>\
         <article><h1>Story {n} on Japan and Kazakhstan</h1>{body}</article><footer><ul>{links}</ul></footer></body></html>"
    )
}

#[divan::bench]
fn clip_page(bencher: divan::Bencher) {
    let desk = Desk::new();
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            json!({ "source": { "type": "html", "html": page(n) } })
        })
        .bench_local_values(|request| desk.call("clip", request));
}

#[divan::bench]
fn preview_two_pages(bencher: divan::Bencher) {
    let desk = Desk::new();
    desk.call("make_exercise", json!({}));
    let id = desk.call("list_briefings", json!({}))[0]["id"].clone();
    let markdown = desk.call("read_briefing", json!({ "id": id }))["markdown"].clone();
    bencher.bench_local(|| desk.call("preview_briefing", json!({ "markdown": markdown })));
}

#[divan::bench]
fn check_two_pages(bencher: divan::Bencher) {
    let desk = Desk::new();
    desk.call("make_exercise", json!({}));
    let id = desk.call("list_briefings", json!({}))[0]["id"].clone();
    let markdown = desk.call("read_briefing", json!({ "id": id }))["markdown"].clone();
    bencher.bench_local(|| desk.call("check_briefing", json!({ "markdown": markdown })));
}
