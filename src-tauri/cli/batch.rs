//! `--batch`: JSON lines in, JSON lines out, in order, until the input ends.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::failure::Failure;

/// Answers each line with what `answer` makes of it, under the same `id` and with `ms`, the time inside.
/// A line that cannot be answered gets an `error`, and the next one is read.
pub fn run<T: DeserializeOwned>(answer: impl Fn(T) -> Result<Value, String>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| Failure::io("reading", "standard input", &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let start = Instant::now();
        let mut reply = respond(&line, &answer).unwrap_or_else(|error| json!({ "error": error }));
        let id = serde_json::from_str::<Value>(&line).ok().and_then(|line| line.get("id").cloned());
        reply["id"] = id.unwrap_or(Value::Null);
        reply["ms"] = json!(start.elapsed().as_secs_f64() * 1000.0);
        writeln!(out, "{reply}").and_then(|()| out.flush()).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
            _ => Failure::io("writing to", "standard output", &error),
        })?;
    }
    Ok(())
}

fn respond<T: DeserializeOwned>(
    line: &str,
    answer: impl Fn(T) -> Result<Value, String>,
) -> Result<Value, String> {
    answer(serde_json::from_str(line).map_err(|error| format!("this line is no request: {error}"))?)
}
