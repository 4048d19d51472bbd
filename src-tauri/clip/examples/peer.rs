//! Extracts pages with dom_smoothie alone, for comparing it with Bilat in one run.
//!
//! Speaks as `bilat extract --batch` does: JSON lines `{"id", "path", "url"}` in, one line out for each.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use dom_smoothie::{Config, Readability, TextMode};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for asked in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&asked?)?;
        let page = std::fs::read(asked["path"].as_str().unwrap_or_default())?;
        let page = String::from_utf8_lossy(&page);
        let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
        let start = Instant::now();
        let read = Readability::new(page.as_ref(), asked["url"].as_str(), Some(config))
            .and_then(|mut reader| reader.parse());
        let mut answer = match read {
            Ok(article) => json!({
                "title": article.title,
                "byline": article.byline,
                "published": article.published_time,
                "standfirst": article.excerpt,
                "text": article.text_content.as_ref(),
            }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        answer["ms"] = json!(start.elapsed().as_secs_f64() * 1000.0);
        answer["id"] = asked["id"].clone();
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
