//! The bibliography as CSL-JSON, which Zotero, Pandoc and every citation processor read.

use bilat_core::Edtf;
use chrono::Datelike;
use serde_json::{Value, json};

use crate::export::{Bibliography, Entry};

/// The works of a bibliography as CSL-JSON items; their ids are the cite keys.
pub fn csl_json(bibliography: &Bibliography) -> Value {
    bibliography.entries.iter().map(item).collect()
}

fn item(entry: &Entry) -> Value {
    let cited = &entry.cited;
    let mut item = json!({
        "id": cited.key.as_str(),
        "type": if cited.outlet.is_some() { "article-newspaper" } else { "webpage" },
        "title": cited.title,
    });
    let text = |value: &Option<String>| value.as_deref().map(Value::from);
    let fields = [
        ("container-title", text(&cited.outlet)),
        ("source", text(&cited.credit)),
        ("URL", text(&cited.url)),
        // Without it, a style made for English would capitalise a title in another language.
        ("language", text(&cited.language)),
        ("author", cited.byline.as_ref().map(|byline| json!([{ "literal": byline }]))),
        ("issued", cited.published.as_ref().and_then(date)),
        ("accessed", cited.clipped_at.get(..10).and_then(|day| day.parse().ok()).as_ref().and_then(date)),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            item[name] = value;
        }
    }
    item
}

/// As exact as the date is known.
fn date(date: &Edtf) -> Option<Value> {
    let day = date.first_day()?;
    let point = date.as_str().split('/').next()?.trim_end_matches(['?', '~', '%']);
    let parts = match point.trim_start_matches('-').matches('-').count() {
        0 => json!([day.year()]),
        1 => json!([day.year(), day.month()]),
        _ => json!([day.year(), day.month(), day.day()]),
    };
    Some(json!({ "date-parts": [parts] }))
}
