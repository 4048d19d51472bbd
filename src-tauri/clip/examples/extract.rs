//! Clips documents named on standard input and prints what `bilat extract` prints.
//!
//! `--batch` reads JSON lines `{"id", "path", "url"}` and answers each with one line; otherwise the
//! arguments are files.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use bilat_clip::{Document, Media, clip};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    bilat_clip::apart::run_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if !arguments.iter().any(|argument| argument == "--batch") {
        for path in &arguments {
            writeln!(out, "{:#}", extract(path, None)?)?;
        }
        return Ok(());
    }
    for asked in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&asked?)?;
        let path = asked["path"].as_str().unwrap_or_default();
        let url = asked["url"].as_str().filter(|url| !url.is_empty());
        let mut answer = extract(path, url)?;
        answer["id"] = asked["id"].clone();
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn extract(path: &str, url: Option<&str>) -> io::Result<Value> {
    let bytes = std::fs::read(path)?;
    let start = Instant::now();
    let mut answer =
        match clip(&Document { bytes: &bytes, url, media: Media::from_name(path), charset: None }) {
            Ok(clipping) => clipping.extract_json(),
            Err(error) => json!({ "error": error.to_string() }),
        };
    answer["ms"] = json!(start.elapsed().as_secs_f64() * 1000.0);
    Ok(answer)
}
