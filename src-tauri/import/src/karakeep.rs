//! Karakeep's (once Hoarder's) JSON export: `{bookmarks: [{createdAt, title, tags, lists, content: {type,
//! url | text}, note, archived}], lists: [{id, name, parentId}]}` (`packages/shared/import-export`).

use std::collections::HashMap;

use bilat_clip::Media;
use serde_json::Value;

use crate::item::{Item, ItemError, Words};
use crate::markup::page;
use crate::{Error, Items, Read, json};

const THIS: &str = "a Karakeep export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let mut whole = json::parse(bytes, THIS)?;
    let lists: HashMap<String, (String, Option<String>)> = json::list(&whole, "lists")
        .iter()
        .filter_map(|list| {
            Some((json::string(list, "id")?, (json::string(list, "name")?, json::string(list, "parentId"))))
        })
        .collect();
    let Some(Value::Array(bookmarks)) = whole.get_mut("bookmarks").map(Value::take) else {
        return Err(Error::not(THIS, "it holds no list of bookmarks"));
    };
    Ok(Items::new(bookmarks.len(), bookmarks.into_iter().map(move |bookmark| item(&bookmark, &lists))))
}

fn item(bookmark: &Value, lists: &HashMap<String, (String, Option<String>)>) -> Read {
    let Some(content) = bookmark.get("content").filter(|content| content.is_object()) else {
        let name = json::first(bookmark, &["title", "id"]).unwrap_or_else(|| "a bookmark".into());
        return Err(ItemError::new(name, "it has no content"));
    };
    let title =
        json::string(bookmark, "title").or_else(|| json::string(content, "title")).unwrap_or_default();
    let kind = json::string(content, "type").unwrap_or_default();
    let authors: Vec<String> = json::string(content, "author").into_iter().collect();
    let outlet = json::string(content, "publisher");
    let words = match (json::string(content, "htmlContent"), json::string(content, "text")) {
        (Some(body), _) => Words::Document {
            bytes: page(&body, &title, outlet.as_deref(), &authors, None),
            media: Media::Html,
            charset: None,
        },
        (None, Some(text)) => {
            Words::Document { bytes: text.into_bytes(), media: Media::Markdown, charset: None }
        }
        _ => Words::None,
    };
    Item {
        key: json::string(bookmark, "id").unwrap_or_default(),
        kind,
        title,
        authors,
        outlet,
        published: json::string(content, "datePublished").and_then(|text| crate::when::date(&text)),
        url: json::first(content, &["url", "sourceUrl"]),
        abstract_: json::first(bookmark, &["summary"]).or_else(|| json::string(content, "description")),
        tags: json::strings(bookmark, "tags", &["name"]),
        collections: json::strings(bookmark, "lists", &["id"])
            .iter()
            .filter_map(|id| path(id, lists))
            .collect(),
        added_at: json::instant(bookmark, &["createdAt"]),
        read: json::flag(bookmark, "archived"),
        notes: json::string(bookmark, "note").into_iter().collect(),
        words,
        ..Item::default()
    }
    .tidied()
}

/// The names of a list and those it stands in, outer ones first. A list may not stand in itself.
fn path(id: &str, lists: &HashMap<String, (String, Option<String>)>) -> Option<String> {
    let mut names = Vec::new();
    let mut next = Some(id.to_owned());
    while let Some((name, parent)) = next.and_then(|id| lists.get(&id)) {
        names.push(name.as_str());
        next = parent.clone().filter(|_| names.len() < 16);
    }
    names.reverse();
    (!names.is_empty()).then(|| names.join(" / "))
}
