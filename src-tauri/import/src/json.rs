//! JSON of other programs: any field may be missing, null, or of another type than last year.

use serde_json::Value;

use crate::{Error, text};

/// The document, whatever its encoding.
pub fn parse(bytes: &[u8], expected: &'static str) -> Result<Value, Error> {
    let text = text::decoded(bytes, expected)?;
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| Error::not(expected, error))
}

/// What stands under `name` as text; numbers count, null and blanks do not.
pub fn string(value: &Value, name: &str) -> Option<String> {
    plain(value.get(name)?)
}

/// A value as text.
pub fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What stands under the first of `names` that has text.
pub fn first(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| string(value, name))
}

/// The entries of the list under `name`; none where there is no list.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The texts of the list under `name`; where it holds objects, what they have under one of `inner`.
pub fn strings(value: &Value, name: &str, inner: &[&str]) -> Vec<String> {
    list(value, name).iter().filter_map(|entry| plain(entry).or_else(|| first(entry, inner))).collect()
}

/// A flag, written as `true`, `1` or `"1"`.
pub fn flag(value: &Value, name: &str) -> Option<bool> {
    match value.get(name)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// An instant under the first of `names` that has one.
pub fn instant(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| crate::when::instant(&string(value, name)?))
}
