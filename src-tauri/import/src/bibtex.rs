//! BibTeX and BibLaTeX (BibLaTeX manual, chapter 2), read by the `biblatex` crate.
//!
//! That parser gives up at the first fault of a file, and refuses a key that stands twice. So where the
//! whole does not parse, each entry is read for itself, with the abbreviations before it.

use biblatex::{Bibliography, ChunksExt, DateValue, Entry, PermissiveType};

use crate::item::{Item, ItemError};
use crate::{Error, Items, Read, csl, markup, text, when};

const THIS: &str = "a BibTeX file";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let text = text::decoded(bytes, THIS)?;
    if let Ok(whole) = Bibliography::parse(&text) {
        if whole.is_empty() && !text.contains('@') {
            return Err(Error::not(THIS, "there is no entry in it"));
        }
        let entries = whole.into_vec();
        return Ok(Items::new(entries.len(), entries.into_iter().map(|entry| item(&entry))));
    }
    let (abbreviations, entries) = entries(&text);
    if entries.is_empty() {
        return Err(Error::not(THIS, "there is no entry in it"));
    }
    Ok(Items::new(entries.len(), entries.into_iter().map(move |source| one(&abbreviations, &source))))
}

fn one(abbreviations: &str, source: &str) -> Read {
    let fail =
        |reason: String| ItemError::new(text::short(source.lines().next().unwrap_or(source), 80), reason);
    // An abbreviation that is itself at fault must not cost every entry.
    let parsed = Bibliography::parse(&format!("{abbreviations}\n{source}"))
        .or_else(|_| Bibliography::parse(source))
        .map_err(|error| fail(error.to_string()))?;
    let entry = parsed.iter().next().ok_or_else(|| fail("it is no entry".into()))?;
    item(entry)
}

/// The `@string`s of a file, and its entries.
fn entries(text: &str) -> (String, Vec<String>) {
    let mut abbreviations = String::new();
    let mut entries: Vec<String> = Vec::new();
    // An entry starts at an @ at the start of a line: a brace that never closes costs one entry only.
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| {
            *c == '@' && text[..*at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
        })
        .map(|(at, _)| at)
        .collect();
    for (n, start) in starts.iter().enumerate() {
        let source = text[*start..starts.get(n + 1).copied().unwrap_or(text.len())].trim();
        let kind = source[1..].split(['{', '(']).next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "string" => {
                abbreviations.push_str(source);
                abbreviations.push('\n');
            }
            "comment" | "preamble" => {}
            _ => entries.push(source.to_owned()),
        }
    }
    (abbreviations, entries)
}

fn item(entry: &Entry) -> Read {
    let field =
        |name: &str| entry.get(name).map(ChunksExt::format_verbatim).filter(|text| !text.trim().is_empty());
    let first = |names: &[&str]| names.iter().copied().find_map(field);
    let people = entry.author().ok().filter(|people| !people.is_empty());
    let authors = people.unwrap_or_default();
    let authors = authors.iter().map(|person| {
        let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    });
    // Older entries of the web have their address here, as \url{…}.
    let published_how = field("howpublished").map(|text| {
        let inner = text.trim().strip_prefix("\\url{").and_then(|url| url.strip_suffix('}'));
        inner.map_or(text.clone(), str::to_owned)
    });
    let doi =
        || field("doi").map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")));
    let title = match (field("title"), field("subtitle")) {
        (Some(title), Some(rest)) => format!("{title}: {rest}"),
        (title, _) => title.unwrap_or_default(),
    };
    Item {
        key: entry.key.clone(),
        kind: entry.entry_type.to_string(),
        title,
        authors: authors.collect(),
        outlet: first(&[
            "journaltitle",
            "journal",
            "booktitle",
            "eventtitle",
            "publisher",
            "institution",
            "organization",
        ])
        .or_else(|| published_how.clone().filter(|outlet| !crate::item::web(outlet))),
        published: published(entry).or_else(|| first(&["date", "year"]).and_then(|text| when::date(&text))),
        url: field("url")
            .or_else(|| published_how.clone().filter(|text| crate::item::web(text)))
            .or_else(doi),
        language: first(&["langid", "language"]).and_then(|name| crate::press::language(&name)),
        abstract_: field("abstract"),
        tags: first(&["keywords", "keyword"]).map(|text| csl::split_keywords(&text)).unwrap_or_default(),
        added_at: first(&["timestamp", "date-added"]).and_then(|text| when::instant(&text)),
        notes: ["note", "annotation", "annote"]
            .iter()
            .filter_map(|name| field(name))
            .map(|note| markup::note(&note))
            .collect(),
        ..Item::default()
    }
    .tidied()
}

fn published(entry: &Entry) -> Option<bilat_core::Edtf> {
    let PermissiveType::Typed(date) = entry.date().ok()? else { return None };
    let point = |time: &biblatex::Datetime| match (time.month, time.day) {
        (Some(month), Some(day)) => format!("{:04}-{:02}-{:02}", time.year, month + 1, day + 1),
        (Some(month), None) => format!("{:04}-{:02}", time.year, month + 1),
        _ => format!("{:04}", time.year),
    };
    let (text, range) = match &date.value {
        DateValue::At(at) => (point(at), None),
        DateValue::After(from) => (point(from), Some(format!("{}/..", point(from)))),
        DateValue::Before(to) => (point(to), Some(format!("../{}", point(to)))),
        DateValue::Between(from, to) => (point(from), Some(format!("{}/{}", point(from), point(to)))),
    };
    let mark = match (date.uncertain, date.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        _ => "",
    };
    range
        .and_then(|range| range.parse().ok())
        .or_else(|| when::date(&format!("{text}{mark}")))
        .or_else(|| when::date(&text))
}
