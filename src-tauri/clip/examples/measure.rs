//! Prints the measures of every block of the pages named on standard input, for fitting the judge.
//!
//! Reads JSON lines `{"id", "path", "url"}` and answers each with `{"id", "blocks": [[text, [measure…]]…]}`.

use std::io::{self, BufRead, Write};

use bilat_clip::{Document, Media, measured};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for asked in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&asked?)?;
        let bytes = std::fs::read(asked["path"].as_str().unwrap_or_default())?;
        let blocks = measured(&Document {
            bytes: &bytes,
            url: asked["url"].as_str(),
            media: Media::Html,
            charset: None,
        });
        writeln!(out, "{}", json!({ "id": asked["id"], "blocks": blocks }))?;
    }
    Ok(())
}
