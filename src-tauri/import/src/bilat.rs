//! Bilat's own export: a ZIP with `bilat.json` (docs/formats.md, “The whole library”) and the documents as
//! they were received.

use bilat_clip::Media;
use bilat_core::{AnnotationKind, StatementDraft};
use serde::Deserialize;
use serde_json::Value;

use crate::archive::Archive;
use crate::item::{Item, ItemError, Mark, Words};
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
    let Some(Value::Array(articles)) = whole.get_mut("articles").map(Value::take) else {
        return Err(Error::not(THIS, "it holds no list of articles"));
    };
    Ok(Items::new(articles.len(), articles.into_iter().map(move |article| item(&article, &mut archive))))
}

fn item(article: &Value, archive: &mut Archive<'_>) -> Read {
    let string = |name: &str| json::string(article, name);
    let words = match string("file") {
        Some(file) => {
            let bytes = archive.read(&file, bilat_clip::MOST_BYTES_OF_MANY)?;
            let bytes = bytes.ok_or_else(|| ItemError::new(&file, "the archive does not hold it"))?;
            // Text may be a page that was pasted; the bytes tell.
            let media = string("media_type").map(|name| Media::from_type(&name)).unwrap_or_default();
            let media = if media == Media::Text { Media::Unknown } else { media };
            Words::Document { bytes, media, charset: string("charset") }
        }
        None => Words::None,
    };
    Item {
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
        words,
        annotations: json::list(article, "annotations").iter().map(mark).collect(),
        ..Item::default()
    }
    .tidied()
}

fn mark(annotation: &Value) -> Mark {
    let raw = |name: &str| annotation.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Mark {
        exact: raw("exact"),
        prefix: raw("prefix"),
        suffix: raw("suffix"),
        note: raw("note"),
        colour: None,
        created_at: json::instant(annotation, &["created_at"]),
        tags: json::strings(annotation, "tags", &[]),
        kind: annotation.get("kind").and_then(|kind| AnnotationKind::deserialize(kind).ok()),
        statement: annotation.get("statement").and_then(|said| StatementDraft::deserialize(said).ok()),
    }
}
