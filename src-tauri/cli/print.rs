//! Standard output: text for people, or one JSON document for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::failure::Failure;

/// Prints in the form that was asked for.
pub struct Printer {
    /// Whether JSON was asked for.
    pub json: bool,
}

impl Printer {
    /// Prints `value` as JSON, or what `text` makes of it.
    pub fn show<T: Serialize>(&self, value: &T, text: impl FnOnce(&T) -> String) -> Result<(), Failure> {
        if self.json { self.json(value) } else { line(&text(value)) }
    }

    /// Prints `value` as JSON, whatever was asked for.
    pub fn json<T: Serialize>(&self, value: &T) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(value)
            .map_err(|error| Failure::Other(format!("writing the answer as JSON: {error}")))?;
        line(&json)
    }
}

/// Prints `text` and a line end; nothing when it is empty.
pub fn line(text: &str) -> Result<(), Failure> {
    let text = text.trim_end_matches('\n');
    if text.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => Failure::io("writing to", "standard output", &error),
    })
}
