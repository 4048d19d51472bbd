//! A ledger as JSON for TimelineJS (Knight Lab), and back.
//!
//! TimelineJS shows year, month and day; what else an event is travels in a field of its own, which it passes over.
//! What it could not place stands aside from its events, so that it shows the rest.

use bilat_core::{Edtf, Precision};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::line::Line;

pub(crate) fn write(lines: &[Line]) -> String {
    let point = |date: NaiveDate, precision: Precision| match precision {
        Precision::Year => json!({ "year": date.year() }),
        Precision::Month => json!({ "year": date.year(), "month": date.month() }),
        _ => json!({ "year": date.year(), "month": date.month(), "day": date.day() }),
    };
    let (mut placed, mut aside) = (Vec::new(), Vec::new());
    for line in lines {
        let date: Option<Edtf> = line.date.parse().ok();
        let Some((date, first)) = date.as_ref().and_then(|date| Some((date, date.first_day()?))) else {
            aside.push(json!(line));
            continue;
        };
        let mut event = json!({
            "start_date": point(first, date.precision()),
            "display_date": line.date,
            "group": format!("{} → {}", line.initiator, line.target),
            "text": { "headline": if line.summary.is_empty() { &line.plover } else { &line.summary }, "text": line.plover },
            "bilat": line,
        });
        if let (Precision::Interval, Some(last)) = (date.precision(), date.last_day()) {
            event["end_date"] = point(last, Precision::Day);
        }
        placed.push(event);
    }
    let all = json!({ "events": placed, "bilat_aside": aside });
    serde_json::to_string_pretty(&all).expect("text and numbers only") + "\n"
}

/// Reads what [`write`] wrote; events of other programs name no initiator, and say so.
pub(crate) fn read(text: &str) -> Result<Vec<Result<Line, String>>, String> {
    let all: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let placed = all["events"].as_array().ok_or("it holds no list of events")?;
    let own =
        |value: &Value| serde_json::from_value::<Line>(value.clone()).map_err(|error| error.to_string());
    let lines = placed.iter().map(|event| match event.get("bilat") {
        Some(line) => own(line),
        None => Ok(Line {
            summary: event["text"]["headline"].as_str().unwrap_or_default().to_owned(),
            ..Line::default()
        }),
    });
    Ok(lines.chain(all["bilat_aside"].as_array().into_iter().flatten().map(own)).collect())
}
