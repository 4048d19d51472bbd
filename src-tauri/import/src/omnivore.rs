//! Omnivore's archive: `metadata_0_to_20.json …` with the items, `content/SLUG.html` with their words,
//! `highlights/SLUG.md` with what was marked in them.

use bilat_clip::Media;
use serde_json::Value;

use crate::archive::Archive;
use crate::item::{Item, ItemError, Mark, Words};
use crate::markup::page;
use crate::{Error, Items, Read, json, when};

const THIS: &str = "an Omnivore export";

pub fn read(bytes: &[u8]) -> Result<Items<'_>, Error> {
    let mut archive = Archive::open(bytes, THIS)?;
    let mut records: Vec<Result<Value, ItemError>> = Vec::new();
    let metadata = |name: &String| is_metadata(name);
    let names = archive.names();
    if !names.iter().any(metadata) {
        return Err(Error::not(THIS, "there is no metadata_….json in the archive"));
    }
    for name in names.iter().filter(|name| metadata(name)) {
        match archive.read(name, bilat_clip::MOST_BYTES) {
            Ok(Some(bytes)) => match json::parse(&bytes, THIS) {
                Ok(Value::Array(list)) => records.extend(list.into_iter().map(Ok)),
                Ok(_) => records.push(Err(ItemError::new(name, "it holds no list of items"))),
                Err(error) => records.push(Err(ItemError::new(name, error.to_string()))),
            },
            Ok(None) => {}
            Err(error) => records.push(Err(error)),
        }
    }
    let folder = |name: &str| {
        names.iter().find_map(|found| Some(found[..found.find(&format!("{name}/"))?].to_owned()))
    };
    let (content, highlights) =
        (folder("content").unwrap_or_default(), folder("highlights").unwrap_or_default());
    Ok(Items::new(
        records.len(),
        records.into_iter().map(move |record| item(&record?, &mut archive, &content, &highlights)),
    ))
}

/// `metadata_0_to_20.json`, in whatever folder.
pub fn is_metadata(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    file.strip_prefix("metadata_").is_some_and(|rest| rest.strip_suffix(".json").is_some())
}

fn item(record: &Value, archive: &mut Archive<'_>, content: &str, highlights: &str) -> Read {
    let string = |name: &str| json::string(record, name);
    let slug = string("slug").unwrap_or_default();
    let title = string("title").unwrap_or_default();
    let published = string("publishedAt").and_then(|text| when::date(&text));
    let authors: Vec<String> = string("author").into_iter().collect();
    let outlet = json::first(record, &["siteName", "site"]);
    let words = match (!slug.is_empty())
        .then(|| archive.read(&format!("{content}content/{slug}.html"), bilat_clip::MOST_BYTES))
    {
        Some(Ok(Some(body))) if !body.is_empty() => {
            let body = String::from_utf8_lossy(&body);
            let day = published.as_ref().map(bilat_core::Edtf::as_str);
            Words::Document {
                bytes: page(&body, &title, outlet.as_deref(), &authors, day),
                media: Media::Html,
                charset: None,
            }
        }
        Some(Err(error)) => return Err(error),
        _ => Words::None,
    };
    let marked = match (!slug.is_empty())
        .then(|| archive.read(&format!("{highlights}highlights/{slug}.md"), 8 << 20))
    {
        Some(Ok(Some(text))) => String::from_utf8_lossy(&text).into_owned(),
        _ => String::new(),
    };
    Item {
        key: json::first(record, &["id", "slug"]).unwrap_or_default(),
        kind: "article".into(),
        title,
        authors,
        outlet,
        published,
        url: json::first(record, &["url", "originalArticleUrl"]),
        abstract_: string("description"),
        tags: json::strings(record, "labels", &["name"]),
        added_at: json::instant(record, &["savedAt", "createdAt"]),
        read: string("state").map(|state| state.eq_ignore_ascii_case("archived")),
        words,
        annotations: marks(&marked),
        ..Item::default()
    }
    .tidied()
}

/// `> words` with an optional link back to Omnivore, then the note, then tags as `#tag`.
fn marks(markdown: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut quoting = false;
    for line in markdown.lines() {
        let line = line.trim_end();
        if let Some(words) = line.strip_prefix('>') {
            if !quoting {
                marks.push(Mark::default());
            }
            quoting = true;
            let exact = &mut marks.last_mut().expect("one was just added").exact;
            let words = words.trim();
            let words = words.find("[⤴").map_or(words, |at| words[..at].trim_end());
            if !exact.is_empty() && !words.is_empty() {
                exact.push('\n');
            }
            exact.push_str(words);
            continue;
        }
        if line.trim().is_empty() {
            quoting = false;
            continue;
        }
        quoting = false;
        let Some(mark) = marks.last_mut() else { continue };
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.iter().all(|word| word.len() > 1 && word.starts_with('#') && !word.starts_with("##")) {
            mark.tags.extend(words.iter().map(|tag| tag[1..].to_owned()));
        } else if !line.starts_with('#') {
            if !mark.note.is_empty() {
                mark.note.push('\n');
            }
            mark.note.push_str(line.trim());
        }
    }
    marks
}
