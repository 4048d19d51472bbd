//! CSL-JSON, what citation processors read and most reference managers write
//! (citeproc-js documentation, “CSL JSON”; schema `csl-data.json` of the Citation Style Language).

use serde_json::Value;

use crate::item::{Item, ItemError};
use crate::{Error, Items, Read, json, markup, when};

const THIS: &str = "CSL-JSON";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let records = match json::parse(bytes, THIS)? {
        Value::Array(records) => records,
        // Some programs put the list into an object; a single record stands for itself.
        Value::Object(mut object) => match object.remove("items").or_else(|| object.remove("references")) {
            Some(Value::Array(records)) => records,
            _ if object.contains_key("type") => vec![Value::Object(object)],
            _ => return Err(Error::not(THIS, "it holds no list of records")),
        },
        _ => return Err(Error::not(THIS, "it holds no list of records")),
    };
    Ok(Items::new(records.len(), records.into_iter().map(|record| item(&record))))
}

fn item(record: &Value) -> Read {
    if !record.is_object() {
        return Err(ItemError::new("a record", "it is no JSON object"));
    }
    let string = |name: &str| json::string(record, name);
    let title = string("title").map(|title| markup::note(&title)).unwrap_or_default();
    let doi =
        string("DOI").map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")));
    let keywords = match record.get("keyword") {
        Some(Value::Array(list)) => list.iter().filter_map(json::plain).collect(),
        Some(value) => json::plain(value).map(|text| split_keywords(&text)).unwrap_or_default(),
        None => Vec::new(),
    };
    Item {
        key: json::first(record, &["id", "citation-key"]).unwrap_or_default(),
        kind: string("type").unwrap_or_default(),
        title,
        authors: ["author", "editor", "contributor"]
            .iter()
            .map(|role| names(json::list(record, role)))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        outlet: json::first(record, &["container-title", "publisher", "event-title", "archive"]),
        section: string("section"),
        published: record.get("issued").and_then(date),
        url: string("URL").or(doi),
        language: string("language").filter(|tag| tag.len() <= 12),
        abstract_: string("abstract").map(|text| markup::note(&text)),
        tags: keywords,
        added_at: None,
        notes: string("note").map(|note| vec![markup::note(&note)]).unwrap_or_default(),
        ..Item::default()
    }
    .tidied()
}

pub(crate) fn split_keywords(text: &str) -> Vec<String> {
    let mark = if text.contains(';') { ';' } else { ',' };
    text.split(mark).map(|word| word.trim().to_owned()).collect()
}

fn names(list: &[Value]) -> Vec<String> {
    list.iter().filter_map(name).collect()
}

fn name(person: &Value) -> Option<String> {
    if let Some(literal) = json::string(person, "literal").or_else(|| json::plain(person)) {
        return Some(literal);
    }
    let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
    let whole: Vec<String> = parts.iter().filter_map(|part| json::string(person, part)).collect();
    (!whole.is_empty()).then(|| whole.join(" "))
}

fn date(value: &Value) -> Option<bilat_core::Edtf> {
    let written = json::plain(value).or_else(|| json::first(value, &["edtf", "raw", "literal"]));
    if let Some(date) = written.as_deref().and_then(when::date) {
        return Some(date);
    }
    let numbers = |parts: &Value| -> Option<String> {
        let parts: Vec<u32> =
            parts.as_array()?.iter().filter_map(|part| json::plain(part)?.parse().ok()).collect();
        match parts.as_slice() {
            [year] => Some(format!("{year:04}")),
            [year, month] => Some(format!("{year:04}-{month:02}")),
            [year, month, day, ..] => Some(format!("{year:04}-{month:02}-{day:02}")),
            [] => None,
        }
    };
    let mut ends = json::list(value, "date-parts").iter().filter_map(numbers);
    let from = ends.next()?;
    let range = ends.next().and_then(|to| format!("{from}/{to}").parse().ok());
    range.or_else(|| when::date(&from))
}
