//! Runs the analysis on standard input: a text, one JSON document, or with `--batch` one JSON document a line.

use std::io::{BufRead, Read, Write};
use std::time::Instant;

use bilat_analysis::{Input, analyze};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let stdin = std::io::stdin();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if std::env::args().any(|a| a == "--batch") {
        for line in stdin.lock().lines() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let document: Value = serde_json::from_str(&line)?;
            writeln!(out, "{}", answer(&document))?;
        }
        return Ok(());
    }
    let mut all = String::new();
    stdin.lock().read_to_string(&mut all)?;
    let document = match serde_json::from_str(&all) {
        Ok(Value::Object(fields)) => Value::Object(fields),
        _ => json!({ "text": all }),
    };
    writeln!(out, "{}", answer(&document))
}

fn answer(document: &Value) -> Value {
    let start = Instant::now();
    let published = document["date"]
        .as_str()
        .or(document["published"].as_str())
        .and_then(|d| d.get(..10))
        .and_then(|d| d.parse().ok());
    let analysis = analyze(&Input {
        title: document["title"].as_str(),
        text: document["text"].as_str().unwrap_or_default(),
        published,
        dateline: document["dateline"].as_str(),
        ..Input::default()
    });
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    let mut value = json!(analysis);
    value["id"] = document["id"].clone();
    value["ms"] = json!(ms);
    value
}
