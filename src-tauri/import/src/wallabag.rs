//! wallabag's JSON export (`wallabag/src/…/Entity/Entry`, the serialisation group `export_all`).

use bilat_clip::Media;
use serde_json::Value;

use crate::item::{Item, ItemError, Mark, Words};
use crate::markup::page;
use crate::{Error, Items, Read, json, when};

const THIS: &str = "a wallabag export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let entries = match json::parse(bytes, THIS)? {
        Value::Array(entries) => entries,
        // The API wraps the same entries.
        Value::Object(mut object) => {
            match object.get_mut("_embedded").and_then(|inner| inner.get_mut("items")).map(Value::take) {
                Some(Value::Array(entries)) => entries,
                _ => return Err(Error::not(THIS, "it holds no list of entries")),
            }
        }
        _ => return Err(Error::not(THIS, "it holds no list of entries")),
    };
    Ok(Items::new(entries.len(), entries.into_iter().map(|entry| item(&entry))))
}

fn item(entry: &Value) -> Read {
    if !entry.is_object() {
        return Err(ItemError::new("an entry", "it is no JSON object"));
    }
    let string = |name: &str| json::string(entry, name);
    let title = string("title").unwrap_or_default();
    let authors: Vec<String> = match entry.get("published_by") {
        Some(Value::Array(list)) => list.iter().filter_map(json::plain).collect(),
        Some(value) => json::plain(value).into_iter().collect(),
        None => Vec::new(),
    };
    let published = string("published_at").and_then(|text| when::date(&text));
    let outlet = string("domain_name").map(|domain| domain.trim_start_matches("www.").to_owned());
    // What wallabag writes where it could not fetch the page is no article.
    let words =
        match string("content").filter(|content| !content.contains("wallabag can't retrieve contents")) {
            Some(body) => {
                let day = published.as_ref().map(bilat_core::Edtf::as_str);
                Words::Document {
                    bytes: page(&body, &title, outlet.as_deref(), &authors, day),
                    media: Media::Html,
                    charset: None,
                }
            }
            None => Words::None,
        };
    let mut tags = json::strings(entry, "tags", &["label", "slug"]);
    if json::flag(entry, "is_starred") == Some(true) {
        tags.push("starred".into());
    }
    Item {
        key: json::first(entry, &["id", "uid"]).unwrap_or_default(),
        kind: "entry".into(),
        title,
        authors,
        outlet,
        published,
        url: json::first(entry, &["url", "given_url", "origin_url"]),
        language: string("language").map(|tag| tag.replace('_', "-")),
        tags,
        added_at: json::instant(entry, &["created_at"]),
        read: json::flag(entry, "is_archived"),
        words,
        annotations: json::list(entry, "annotations").iter().map(mark).collect(),
        ..Item::default()
    }
    .tidied()
}

fn mark(annotation: &Value) -> Mark {
    Mark {
        exact: json::string(annotation, "quote").unwrap_or_default(),
        note: json::string(annotation, "text").unwrap_or_default(),
        created_at: json::instant(annotation, &["created_at"]),
        ..Mark::default()
    }
}
