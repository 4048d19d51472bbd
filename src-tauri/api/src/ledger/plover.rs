//! A ledger as JSON in the manner of PLOVER's records: actors as lists of codes, one category, one date.

use serde_json::{Value, json};

use super::line::Line;

pub(crate) fn write(lines: &[Line]) -> String {
    let events: Vec<Value> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let quad =
                line.plover.parse().map_or(0, |category: bilat_core::Plover| u8::from(category.quad()));
            json!({
                "id": format!("bilat-{}", n + 1),
                "date": line.date,
                "source": [{ "code": line.initiator }],
                "target": [{ "code": line.target }],
                "event": line.plover,
                "quad": quad,
                "status": line.status,
                "text": line.summary,
                "evidence": line.evidence,
            })
        })
        .collect();
    serde_json::to_string_pretty(&events).expect("text and numbers only") + "\n"
}

/// An actor's code, wherever programs put it.
fn code(value: &Value) -> String {
    match value {
        Value::String(code) => code.clone(),
        Value::Array(list) => list.first().map(code).unwrap_or_default(),
        Value::Object(of) => {
            ["code", "actor", "country"].iter().find_map(|name| of.get(*name)).map(code).unwrap_or_default()
        }
        _ => String::new(),
    }
}

pub(crate) fn read(text: &str) -> Result<Vec<Result<Line, String>>, String> {
    let all: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let events = all.as_array().or_else(|| all["events"].as_array()).ok_or("it holds no list of events")?;
    Ok(events
        .iter()
        .map(|event| {
            let text = |names: [&str; 2]| {
                names.iter().find_map(|name| event[*name].as_str()).unwrap_or_default().to_owned()
            };
            let side = |names: [&str; 2]| {
                names.iter().map(|name| code(&event[*name])).find(|code| !code.is_empty()).unwrap_or_default()
            };
            let keys = event["evidence"].as_array().into_iter().flatten();
            Ok(Line {
                initiator: side(["source", "actor"]),
                target: side(["target", "recipient"]),
                plover: text(["event", "event_type"]),
                date: text(["date", "event_date"]),
                status: text(["status", "state"]),
                summary: text(["text", "summary"]),
                evidence: keys.filter_map(|key| key.as_str().map(str::to_owned)).collect(),
            })
        })
        .collect())
}
