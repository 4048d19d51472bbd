//! What Zotero's two exports have in common: its item types and fields (`zotero-schema`).

use crate::item::Item;
use crate::markup::note;
use crate::when;

/// The fields that name a publisher, the nearer one first.
pub const OUTLETS: [&str; 15] = [
    "publicationTitle",
    "websiteTitle",
    "blogTitle",
    "forumTitle",
    "proceedingsTitle",
    "bookTitle",
    "encyclopediaTitle",
    "dictionaryTitle",
    "programTitle",
    "seriesTitle",
    "publisher",
    "institution",
    "university",
    "network",
    "libraryCatalog",
];

/// Roles of those who wrote it; where there is none of them, whoever is named.
pub const WRITERS: [&str; 9] = [
    "author",
    "bookAuthor",
    "presenter",
    "podcaster",
    "director",
    "interviewee",
    "inventor",
    "sponsor",
    "artist",
];

/// Fields that both exports give.
#[derive(Default)]
pub struct Fields {
    pub key: String,
    pub kind: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub date: Option<String>,
    pub url: Option<String>,
    pub doi: Option<String>,
    pub language: Option<String>,
    pub abstract_note: Option<String>,
    pub added_at: Option<String>,
}

impl Fields {
    /// The item, still without people, tags and what hangs on it.
    pub fn item(self) -> Item {
        let doi =
            self.doi.map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")));
        Item {
            key: self.key,
            kind: self.kind,
            title: self.title.map(|title| note(&title)).unwrap_or_default(),
            outlet: self.outlet,
            section: self.section,
            published: self.date.as_deref().and_then(when::date),
            url: self.url.filter(|url| crate::item::web(url)).or(doi),
            language: self.language.as_deref().and_then(crate::press::language),
            abstract_: self.abstract_note.map(|text| note(&text)),
            added_at: self.added_at.as_deref().and_then(when::instant),
            ..Item::default()
        }
    }
}

/// A file beside the export that may hold an item's words: its path where it lies inside the export, and
/// how good it is, 0 for none.
pub fn attachment(path: Option<&str>, media: &str) -> Option<(u8, String)> {
    let path = path?.replace('\\', "/");
    let inside = !path.starts_with('/') && !path.contains(':') && path.split('/').all(|part| part != "..");
    let worth = match media {
        "text/html" | "application/xhtml+xml" => 2,
        "application/pdf" | "text/plain" => 1,
        _ => return None,
    };
    (inside && !path.is_empty()).then_some((worth, path))
}
