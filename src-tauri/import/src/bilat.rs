//! Bilat's own export: a ZIP with `bilat.json` (docs/formats.md, “The whole library”) and the documents as
//! they were received.
//!
//! Articles come first, so that the citations of briefings name what is there; rules of outlets come last, since
//! the articles have been read under them already.

use bilat_clip::Media;
use bilat_core::{AnnotationKind, CaptureRecord, Rule, Sha256Hex, StatementDraft};
use serde::Deserialize;
use serde_json::Value;

use crate::archive::Archive;
use crate::item::{Beside, BriefingText, Capture, Feed, Item, ItemError, Mark, Words};
use crate::{Error, Items, Read, json, when};

const THIS: &str = "an export of Bilat";

/// The newest version that is read.
const VERSION: u64 = 1;

pub fn read(bytes: &[u8]) -> Result<Items<'_>, Error> {
    let mut archive = Archive::open(bytes, THIS)?;
    let index = archive
        .read("bilat.json", crate::MOST_BYTES)
        .map_err(|error| Error::not(THIS, error.reason))?
        .ok_or_else(|| Error::not(THIS, "there is no bilat.json in it"))?;
    let mut whole = json::parse(&index, THIS)?;
    match whole.get("bilat_export").and_then(Value::as_u64) {
        Some(version) if version <= VERSION => {}
        Some(version) => {
            return Err(Error::not(THIS, format!("it is of version {version}; a newer Bilat wrote it")));
        }
        None => return Err(Error::not(THIS, "bilat.json does not say its version")),
    }
    let mut list = |name: &str| match whole.get_mut(name).map(Value::take) {
        Some(Value::Array(list)) => Some(list),
        _ => None,
    };
    let articles = list("articles").ok_or_else(|| Error::not(THIS, "it holds no list of articles"))?;
    let (briefings, feeds) = (list("briefings").unwrap_or_default(), list("feeds").unwrap_or_default());
    let searches = list("saved_searches").unwrap_or_default();
    let rules = list("outlet_rules").unwrap_or_default();
    let total = articles.len() + briefings.len() + feeds.len() + searches.len() + rules.len();
    let articles = articles.into_iter().map(move |described| article(&described, &mut archive));
    let rest = briefings
        .into_iter()
        .map(|kept| briefing(&kept))
        .chain(feeds.into_iter().map(|kept| feed(&kept)))
        .chain(searches.into_iter().map(|kept| saved_search(&kept)))
        .chain(rules.into_iter().map(|kept| outlet_rule(&kept)));
    Ok(Items::new(total, articles.chain(rest)))
}

fn article(article: &Value, archive: &mut Archive<'_>) -> Read {
    let string = |name: &str| json::string(article, name);
    let mut item = Item {
        key: string("key").unwrap_or_default(),
        kind: "article".into(),
        title: string("title").unwrap_or_default(),
        authors: json::strings(article, "authors", &[]),
        outlet: string("outlet"),
        section: string("section"),
        published: string("published").and_then(|text| when::date(&text)),
        url: string("url"),
        language: string("language"),
        abstract_: string("standfirst"),
        tags: json::strings(article, "tags", &[]),
        pairs: json::strings(article, "pairs", &[]).iter().filter_map(|pair| pair.parse().ok()).collect(),
        collections: json::strings(article, "collections", &[]),
        added_at: json::instant(article, &["clipped_at"]),
        read: json::flag(article, "unread").map(|unread| !unread),
        annotations: json::list(article, "annotations").iter().map(mark).collect(),
        cite_key: string("key").and_then(|key| key.parse().ok()),
        ..Item::default()
    };
    captures(article, archive, &mut item)?;
    // Exports of a Bilat that wrote down no captures have the current document.
    if item.words == Words::None
        && let Some(file) = string("file")
    {
        let bytes = document(archive, &file)?;
        let media = string("media_type").map(|name| Media::from_type(&name)).unwrap_or_default();
        let media = if media == Media::Text { Media::Unknown } else { media };
        item.words = Words::Document { bytes, media, charset: string("charset") };
    }
    item.tidied()
}

/// The captures of an article with their documents, each held against the hash that the export names.
fn captures(article: &Value, archive: &mut Archive<'_>, item: &mut Item) -> Result<(), ItemError> {
    let mut kept: Vec<&Value> = json::list(article, "snapshots").iter().collect();
    kept.sort_by_key(|kept| kept["snapshot"]["id"].as_u64());
    for kept in kept {
        let summary = &kept["snapshot"];
        let (Some(file), Ok(record)) =
            (json::string(kept, "file"), CaptureRecord::deserialize(&summary["capture"]))
        else {
            continue;
        };
        let bytes = document(archive, &file)?;
        if summary["sha256_raw"].as_str().is_some_and(|said| said != Sha256Hex::of(&bytes).as_str()) {
            return Err(ItemError::new(&file, "its bytes are not those that the export was made of"));
        }
        let held_back = Deserialize::deserialize(&summary["reason"]).unwrap_or_default();
        let capture = Capture { bytes, record, held_back };
        match (summary["standing"].as_str(), &item.words) {
            (Some("current"), Words::None) => {
                let charset = capture.record.charset.as_ref().map(|charset| charset.name.clone());
                let media = capture.media();
                item.record = Some(capture.record);
                item.words = Words::Document { bytes: capture.bytes, media, charset };
            }
            (_, Words::None) => item.earlier.push(capture),
            _ => item.later.push(capture),
        }
    }
    if item.words == Words::None {
        (item.earlier, item.later) = Default::default();
    }
    Ok(())
}

fn document(archive: &mut Archive<'_>, file: &str) -> Result<Vec<u8>, ItemError> {
    let bytes = archive.read(file, bilat_clip::MOST_BYTES_OF_MANY)?;
    bytes.ok_or_else(|| ItemError::new(file, "the archive does not hold it"))
}

fn mark(annotation: &Value) -> Mark {
    let raw = |name: &str| annotation.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let statement = annotation.get("statement");
    Mark {
        exact: raw("exact"),
        prefix: raw("prefix"),
        suffix: raw("suffix"),
        note: raw("note"),
        colour: None,
        created_at: json::instant(annotation, &["created_at"]),
        tags: json::strings(annotation, "tags", &[]),
        kind: annotation.get("kind").and_then(|kind| AnnotationKind::deserialize(kind).ok()),
        statement: statement.and_then(|said| StatementDraft::deserialize(said).ok()),
        cite_key: statement.and_then(|said| json::string(said, "key")?.parse().ok()),
    }
}

fn briefing(kept: &Value) -> Read {
    let text = kept.get("briefing").unwrap_or(kept);
    let raw = |name: &str| text.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let title = raw("title");
    let dyad = raw("dyad").parse().map_err(|_| ItemError::new(&title, "the briefing names no pair"))?;
    Item {
        // Two briefings of one library may be made in one second.
        key: format!("briefing {} {}", text["id"], raw("created_at")),
        kind: "briefing".into(),
        title: title.clone(),
        briefing: Some(BriefingText { title, dyad, markdown: raw("markdown") }),
        ..Item::default()
    }
    .tidied()
}

fn feed(kept: &Value) -> Read {
    let url = json::string(kept, "url").unwrap_or_default();
    let title = json::string(kept, "title").unwrap_or_else(|| url.clone());
    if !crate::item::web(&url) {
        return Err(ItemError::new(title, "the feed has no address"));
    }
    Item {
        key: format!("feed {url}"),
        kind: "feed".into(),
        feed: Some(Feed { url, title, site: None }),
        ..Item::default()
    }
    .tidied()
}

fn saved_search(kept: &Value) -> Read {
    let name = json::string(kept, "name").unwrap_or_default();
    let Some(query) = json::string(kept, "query").filter(|_| !name.is_empty()) else {
        return Err(ItemError::new(name, "the saved search has no name or looks for nothing"));
    };
    Item {
        key: format!("search {name}"),
        kind: "saved search".into(),
        title: name.clone(),
        beside: Some(Beside::Search { name, query }),
        ..Item::default()
    }
    .tidied()
}

fn outlet_rule(kept: &Value) -> Read {
    let host = json::string(kept, "host").unwrap_or_default();
    let Some(rule) = Rule::deserialize(&kept["rule"]).ok().filter(|_| !host.is_empty()) else {
        return Err(ItemError::new(host, "the rule names no outlet, or what it does is not known here"));
    };
    Item {
        key: format!("rule {host} {}", kept["rule"]),
        kind: "outlet rule".into(),
        title: host.clone(),
        beside: Some(Beside::Rule { host, rule }),
        ..Item::default()
    }
    .tidied()
}
