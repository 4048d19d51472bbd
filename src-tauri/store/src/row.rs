//! Reads columns into the vocabulary's types, and names its values for columns.
//!
//! Codes, dates and keys are stored as their text, enums under the names they travel by. A column
//! that does not parse is reported as the column it is, not as a missing record.

use std::str::FromStr;

use bilat_core::{CiteKey, Sha256Hex};
use rusqlite::types::Type;
use rusqlite::{Result, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn bad<E: Into<Box<dyn std::error::Error + Send + Sync>>>(column: usize, error: E) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}

/// A column that `T` reads from text.
pub fn parsed<T>(row: &Row<'_>, column: usize) -> Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get_ref(column)?.as_str()?.parse().map_err(|error: T::Err| bad(column, error))
}

/// As [`parsed`]; NULL is nothing.
pub fn parsed_opt<T>(row: &Row<'_>, column: usize) -> Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|error: T::Err| bad(column, error)),
    }
}

/// A cite key.
pub fn key(row: &Row<'_>, column: usize) -> Result<CiteKey> {
    parsed(row, column)
}

/// A digest.
pub fn sha256(row: &Row<'_>, column: usize) -> Result<Sha256Hex> {
    row.get(column).map(|text: String| Sha256Hex::from_stored(text))
}

/// A column that holds JSON.
pub fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| bad(column, error))
}

/// As [`json`]; NULL is nothing.
pub fn json_opt<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(serde_json::from_str).transpose().map_err(|error| bad(column, error))
}

/// A column that holds one of an enum's names.
pub fn named<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T> {
    value_named(row.get_ref(column)?.as_str()?).map_err(|error| bad(column, error))
}

/// As [`named`]; NULL is nothing.
pub fn named_opt<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(value_named).transpose().map_err(|error| bad(column, error))
}

/// The value that travels by `name`.
pub fn value_named<T: DeserializeOwned>(name: &str) -> serde_json::Result<T> {
    T::deserialize(serde::de::value::StrDeserializer::<serde_json::Error>::new(name))
}

/// The name that `value`, of an enum without contents, travels by.
pub fn name<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("only plain enums are stored by name, not {other:?}"),
    }
}

/// `value` as JSON for a column.
pub fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the vocabulary's types have string keys and finite numbers only")
}

/// A name as it is compared: lower case, single spaces.
pub fn match_name(name: &str) -> String {
    bilat_core::normalise_spaces(&name.to_lowercase())
}

/// `text` unless it is blank.
pub fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
