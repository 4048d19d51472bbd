//! Hypothesis' annotations (its API's search, `{total, rows}`; or a plain list of rows), and others in the
//! W3C Web Annotation model: a `TextQuoteSelector` says which words, the target's source says where.
//!
//! Annotations of one page become one item.

use std::collections::HashMap;

use serde_json::Value;

use crate::item::{Item, ItemError, Mark};
use crate::{Error, Items, Read, json};

const THIS: &str = "a Hypothesis export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let rows = match json::parse(bytes, THIS)? {
        Value::Array(rows) => rows,
        Value::Object(mut object) => {
            let list = ["rows", "annotations", "items", "@graph", "first"].iter().find_map(|name| {
                match object.remove(*name) {
                    Some(Value::Array(list)) => Some(list),
                    // A W3C collection's first page.
                    Some(Value::Object(mut page)) => match page.remove("items") {
                        Some(Value::Array(list)) => Some(list),
                        _ => None,
                    },
                    _ => None,
                }
            });
            match list {
                Some(list) => list,
                None if object.contains_key("target") => vec![Value::Object(object)],
                None => return Err(Error::not(THIS, "it holds no list of annotations")),
            }
        }
        _ => return Err(Error::not(THIS, "it holds no list of annotations")),
    };
    let mut items: Vec<Read> = Vec::new();
    let mut pages: HashMap<String, usize> = HashMap::new();
    for row in &rows {
        add(row, &mut items, &mut pages);
    }
    Ok(Items::of(items.into_iter().map(|item| item.and_then(Item::tidied)).collect()))
}

fn add(row: &Value, items: &mut Vec<Read>, pages: &mut HashMap<String, usize>) {
    let target = match row.get("target") {
        Some(Value::Array(list)) => list.first().unwrap_or(&Value::Null),
        Some(target) => target,
        None => &Value::Null,
    };
    let source = json::string(row, "uri")
        .or_else(|| json::string(target, "source"))
        .or_else(|| target.get("source").and_then(|source| json::string(source, "id")))
        .or_else(|| json::plain(target));
    let Some(uri) = source else {
        let name = json::string(row, "id").unwrap_or_else(|| "an annotation".into());
        items.push(Err(ItemError::new(name, "it does not say which page it is on")));
        return;
    };
    let at = *pages.entry(uri.clone()).or_insert_with(|| {
        let title = row.get("document").map(|document| match document.get("title") {
            Some(Value::Array(list)) => list.iter().find_map(json::plain),
            Some(title) => json::plain(title),
            None => None,
        });
        items.push(Ok(Item {
            key: uri.clone(),
            kind: "page".into(),
            title: title.flatten().unwrap_or_default(),
            url: Some(uri),
            ..Item::default()
        }));
        items.len() - 1
    });
    let Some(Ok(item)) = items.get_mut(at) else { return };
    let quote = selectors(target)
        .find(|selector| json::string(selector, "type").as_deref() == Some("TextQuoteSelector"));
    let raw = |name: &str| quote.and_then(|quote| quote.get(name)?.as_str()).unwrap_or_default().to_owned();
    let created_at = json::instant(row, &["created", "updated"]);
    if item.added_at.is_none() || created_at.as_ref().is_some_and(|at| Some(at) < item.added_at.as_ref()) {
        item.added_at.clone_from(&created_at);
    }
    let (note, mut tags) = body(row);
    tags.extend(json::strings(row, "tags", &["name"]));
    let exact = raw("exact");
    if exact.trim().is_empty() {
        // A note on the page, or an answer to another annotation.
        item.notes.push(note);
        item.tags.extend(tags);
    } else {
        let (prefix, suffix) = (raw("prefix"), raw("suffix"));
        item.annotations.push(Mark { exact, prefix, suffix, note, created_at, tags, ..Mark::default() });
    }
}

fn selectors(target: &Value) -> impl Iterator<Item = &Value> {
    let found = target.get("selector");
    let many = found.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let one = found.filter(|selector| selector.is_object());
    many.iter().chain(one).flat_map(|selector| std::iter::once(selector).chain(selector.get("refinedBy")))
}

/// The note and the tags of an annotation: Hypothesis' `text`, or the bodies of a W3C annotation.
fn body(row: &Value) -> (String, Vec<String>) {
    if let Some(text) = json::string(row, "text") {
        return (text, Vec::new());
    }
    let bodies: Vec<&Value> = match row.get("body") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(body) => vec![body],
        None => Vec::new(),
    };
    let mut notes = Vec::new();
    let mut tags = Vec::new();
    for body in bodies {
        let Some(value) = json::plain(body).or_else(|| json::first(body, &["value", "chars"])) else {
            continue;
        };
        if json::string(body, "purpose").as_deref() == Some("tagging") {
            tags.push(value);
        } else {
            notes.push(value);
        }
    }
    (notes.join("\n\n"), tags)
}
