//! Zotero's JSON: the list of its web API (`[{key, data: {itemType, …}}]`, children by `parentItem`), and
//! Better BibTeX's (`{items: [{…, attachments, notes}], collections}`).

use std::collections::HashMap;

use serde_json::Value;

use crate::item::{ItemError, Mark, Words};
use crate::markup::note;
use crate::zotero::{Fields, OUTLETS, WRITERS, attachment};
use crate::{Error, Items, Read, json, when};

const THIS: &str = "a Zotero export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let mut whole = json::parse(bytes, THIS)?;
    let folders = folders(&whole);
    let list = match &mut whole {
        Value::Array(list) => std::mem::take(list),
        Value::Object(object) => match object.get_mut("items").map(Value::take) {
            Some(Value::Array(list)) => list,
            _ => return Err(Error::not(THIS, "it holds no list of items")),
        },
        _ => return Err(Error::not(THIS, "it holds no list of items")),
    };
    // The API puts the fields under `data`, the others do not.
    let entries: Vec<Value> =
        list.into_iter().map(|mut entry| entry.get_mut("data").map(Value::take).unwrap_or(entry)).collect();
    let mut children: HashMap<String, Vec<Value>> = HashMap::new();
    let mut top = Vec::new();
    for entry in entries {
        match json::string(&entry, "parentItem") {
            Some(parent) => children.entry(parent).or_default().push(entry),
            None => top.push(entry),
        }
    }
    Ok(Items::new(top.len(), top.into_iter().map(move |entry| item(&entry, &children, &folders))))
}

type Children = HashMap<String, Vec<Value>>;

fn item(entry: &Value, children: &Children, folders: &Folders) -> Read {
    let string = |name: &str| json::string(entry, name);
    if !entry.is_object() {
        return Err(ItemError::new("an item", "it is no JSON object"));
    }
    let kind = string("itemType").unwrap_or_default();
    let key = json::first(entry, &["key", "itemKey", "citationKey", "itemID"]).unwrap_or_default();
    let mut item = Fields {
        kind: kind.clone(),
        title: json::first(entry, &["title", "caseName", "nameOfAct", "subject"]),
        outlet: json::first(entry, &OUTLETS),
        section: string("section"),
        date: json::first(entry, &["date", "dateDecided", "dateEnacted", "issueDate"]),
        url: string("url"),
        doi: string("DOI"),
        language: string("language"),
        abstract_note: string("abstractNote"),
        added_at: string("dateAdded"),
        key: key.clone(),
    }
    .item();
    item.authors = people(json::list(entry, "creators"));
    item.tags = json::strings(entry, "tags", &["tag", "name"]);
    item.collections = json::list(entry, "collections")
        .iter()
        .filter_map(json::plain)
        .filter_map(|key| folders.path(&key))
        .collect();
    let by_number = string("itemID").and_then(|id| folders.members.get(&id)).into_iter().flatten();
    item.collections.extend(by_number.filter_map(|key| folders.path(key)));

    let none = Vec::new();
    let own = children.get(&key).filter(|_| !key.is_empty()).unwrap_or(&none);
    let mut best = 0;
    let hanging = json::list(entry, "attachments").iter().chain(json::list(entry, "notes")).chain(own);
    for child in hanging.chain((kind == "attachment").then_some(entry)) {
        if let Some(text) = json::string(child, "note")
            .or_else(|| json::plain(child))
            .filter(|_| child.get("itemType") != Some(&"annotation".into()))
        {
            item.notes.push(note(&text));
        }
        let media = json::first(child, &["contentType", "mimeType"]).unwrap_or_default();
        let path = json::first(child, &["path", "localPath"]);
        if let Some((worth, path)) = attachment(path.as_deref(), &media).filter(|(worth, _)| *worth > best) {
            best = worth;
            item.attachment = Some(path);
        }
        let inner = json::string(child, "key").and_then(|key| children.get(&key)).unwrap_or(&none);
        let marked = json::list(child, "annotations").iter().chain(inner).chain(Some(child));
        let mut marked: Vec<&Value> = marked
            .filter(|mark| mark.get("annotationType").is_some() || mark.get("type").is_some())
            .collect();
        // Positions on the page, as text that sorts.
        marked.sort_by_key(|mark| json::string(mark, "annotationSortIndex"));
        for annotation in marked {
            match mark(annotation) {
                Some(mark) if mark.exact.is_empty() => item.notes.push(mark.note),
                Some(mark) => item.annotations.push(mark),
                None => {}
            }
        }
    }
    if kind == "note" {
        // A note of its own is a document.
        let text = string("note").map(|text| note(&text)).unwrap_or_default();
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned);
        item.title = lines.next().map(|line| crate::text::short(&line, 200)).unwrap_or_default();
        let rest: Vec<String> = lines.collect();
        item.notes.clear();
        item.words = if rest.is_empty() { Words::None } else { Words::Paragraphs(rest) };
    }
    item.tidied()
}

fn people(creators: &[Value]) -> Vec<String> {
    let name = |creator: &Value| {
        json::string(creator, "name").or_else(|| {
            let parts: Vec<String> =
                ["firstName", "lastName"].iter().filter_map(|part| json::string(creator, part)).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
    };
    let writes = |creator: &&Value| {
        json::string(creator, "creatorType").is_some_and(|role| WRITERS.contains(&role.as_str()))
    };
    let writers: Vec<String> = creators.iter().filter(writes).filter_map(name).collect();
    if writers.is_empty() { creators.iter().filter_map(name).collect() } else { writers }
}

/// An annotation of Zotero's reader; drawings have neither words nor a comment.
fn mark(annotation: &Value) -> Option<Mark> {
    let exact = json::first(annotation, &["annotationText", "text"]).unwrap_or_default();
    let comment = json::first(annotation, &["annotationComment", "comment"])
        .map(|text| note(&text))
        .unwrap_or_default();
    if exact.is_empty() && comment.is_empty() {
        return None;
    }
    Some(Mark {
        exact,
        note: comment,
        colour: json::first(annotation, &["annotationColor", "color"]),
        created_at: json::instant(annotation, &["dateAdded", "dateModified"])
            .filter(|at| when::instant(at).is_some()),
        tags: json::strings(annotation, "tags", &["tag", "name"]),
        ..Mark::default()
    })
}

/// Collections: their names, what they stand in, and which items are in them.
#[derive(Default)]
struct Folders {
    names: HashMap<String, (String, Option<String>)>,
    members: HashMap<String, Vec<String>>,
}

impl Folders {
    fn path(&self, key: &str) -> Option<String> {
        let mut names = Vec::new();
        let mut next = Some(key.to_owned());
        while let Some((name, parent)) = next.and_then(|key| self.names.get(&key)) {
            names.push(name.as_str());
            next = parent.clone().filter(|_| names.len() < 16);
        }
        names.reverse();
        (!names.is_empty()).then(|| names.join(" / "))
    }
}

fn folders(whole: &Value) -> Folders {
    let mut folders = Folders::default();
    let found: Vec<&Value> = match whole.get("collections") {
        Some(Value::Object(map)) => map.values().collect(),
        Some(Value::Array(list)) => list.iter().map(|entry| entry.get("data").unwrap_or(entry)).collect(),
        _ => Vec::new(),
    };
    for folder in found {
        let (Some(key), Some(name)) = (json::string(folder, "key"), json::string(folder, "name")) else {
            continue;
        };
        for member in json::list(folder, "items").iter().filter_map(json::plain) {
            folders.members.entry(member).or_default().push(key.clone());
        }
        folders.names.insert(key, (name, json::first(folder, &["parent", "parentCollection"])));
    }
    folders
}
