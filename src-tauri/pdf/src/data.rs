//! The briefing as data for the template: JSON, with what Typst cannot set made into what it can.

use bilat_brief::export::Printed;
use serde_json::{Value, json};

/// Nodes nested deeper than this are set flat: Typst gives up at about twice as many.
const DEEPEST: usize = 8;
/// A word with more letters than this may be broken, or it would run off the page.
const LONGEST_WORD: usize = 40;
/// Where such a word may be broken: after so many letters.
const BREAK_EVERY: usize = 20;

/// `printed` as JSON text.
pub(crate) fn data(printed: &Printed) -> String {
    let mut value = serde_json::to_value(printed).expect("texts, numbers and lists are JSON");
    settle(&mut value, 0);
    value.to_string()
}

fn settle(value: &mut Value, depth: usize) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| settle(item, depth)),
        Value::Object(fields) => {
            let kind = fields.get("t").and_then(Value::as_str).unwrap_or_default().to_owned();
            let container =
                matches!(kind.as_str(), "quote" | "list" | "emphasis" | "strong" | "strike" | "link");
            let depth = depth + usize::from(container);
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(words) if name != "url" => *words = breakable(words),
                    field => settle(field, depth),
                }
            }
            if container && depth > DEEPEST {
                if let Some(items) = fields.get("items").and_then(Value::as_array) {
                    let blocks: Vec<Value> =
                        items.iter().filter_map(Value::as_array).flatten().cloned().collect();
                    fields.insert("c".into(), blocks.into());
                }
                fields.insert("t".into(), json!("group"));
            }
        }
        _ => {}
    }
}

/// `words` with zero-width spaces in words that no line holds.
fn breakable(words: &str) -> String {
    let long = words.split_whitespace().any(|word| word.chars().count() > LONGEST_WORD);
    if !long {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len() + words.len() / BREAK_EVERY);
    for piece in words.split_inclusive(char::is_whitespace) {
        let breaks = piece.trim_end().chars().count() > LONGEST_WORD;
        for (at, c) in piece.chars().enumerate() {
            if breaks && at > 0 && at % BREAK_EVERY == 0 {
                out.push('\u{200B}');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_no_line_holds_may_be_broken() {
        assert_eq!(breakable("a short word"), "a short word");
        let long = breakable(&format!("x {} y", "ä".repeat(45)));
        assert_eq!(long.matches('\u{200B}').count(), 2);
        assert_eq!(long.replace('\u{200B}', ""), format!("x {} y", "ä".repeat(45)));
    }

    #[test]
    fn what_is_nested_too_deep_is_set_flat() {
        let mut value = json!({ "t": "text", "s": "x" });
        for _ in 0..20 {
            value = json!({ "t": "emphasis", "c": [value] });
        }
        settle(&mut value, 0);
        let text = value.to_string();
        assert_eq!(text.matches("emphasis").count(), DEEPEST);
        assert!(text.contains("\"x\""));
    }
}
