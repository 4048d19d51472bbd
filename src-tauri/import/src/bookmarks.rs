//! Bookmarks in the Netscape file format, which every browser and most bookmark services write
//! (Microsoft's description of the format; `<DT><A HREF ADD_DATE TAGS>`, `<H3>` before a folder's `<DL>`).

use crate::item::{Item, web};
use crate::markup::{Piece, attribute, note, pieces, resolved};
use crate::{Error, Items, Read, text, when};

const THIS: &str = "a bookmark file";

/// Browsers' own top folders, which say nothing of what is in them.
const ROOTS: [&str; 12] = [
    "bookmarks bar",
    "bookmarks toolbar",
    "other bookmarks",
    "mobile bookmarks",
    "bookmarks menu",
    "bookmarks",
    "favorites bar",
    "favourites bar",
    "lesezeichenleiste",
    "lesezeichen-symbolleiste",
    "barre de favoris",
    "unsorted",
];

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let page = text::decoded(bytes, THIS)?;
    let items = bookmarks(&page);
    if items.is_empty() && !page.to_ascii_lowercase().contains("netscape-bookmark") {
        return Err(Error::not(THIS, "there is no bookmark in it"));
    }
    Ok(Items::of(items))
}

#[derive(PartialEq)]
enum Reading {
    Nothing,
    Folder,
    Link,
    Description,
}

fn bookmarks(page: &str) -> Vec<Read> {
    let mut found: Vec<Read> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    let mut named = String::new();
    let mut words = String::new();
    let mut item = Item::default();
    let mut reading = Reading::Nothing;
    for piece in pieces(page) {
        if reading == Reading::Description && !matches!(piece, Piece::Text(_)) && !inline(&piece) {
            // A description belongs to the bookmark before it.
            let description = note(&resolved(&words));
            if let (false, Some(Ok(last))) = (description.is_empty(), found.last_mut()) {
                last.abstract_ = Some(description);
            }
            reading = Reading::Nothing;
        }
        match piece {
            Piece::Open(name, attributes) => match name.to_ascii_lowercase().as_str() {
                "h3" => {
                    reading = Reading::Folder;
                    words.clear();
                }
                "dl" => folders.push(std::mem::take(&mut named)),
                "a" => {
                    reading = Reading::Link;
                    words.clear();
                    let read = attribute(attributes, "toread").map(|flag| flag != "1");
                    item = Item {
                        kind: "bookmark".into(),
                        url: attribute(attributes, "href"),
                        tags: attribute(attributes, "tags")
                            .unwrap_or_default()
                            .split(',')
                            .map(str::to_owned)
                            .collect(),
                        added_at: attribute(attributes, "add_date").and_then(|date| when::instant(&date)),
                        read,
                        ..Item::default()
                    };
                }
                "dd" => {
                    reading = Reading::Description;
                    words.clear();
                }
                _ => {}
            },
            Piece::Close(name) => match name.to_ascii_lowercase().as_str() {
                "h3" if reading == Reading::Folder => {
                    named = bilat_core::normalise_spaces(&resolved(&words));
                    reading = Reading::Nothing;
                }
                "a" if reading == Reading::Link => {
                    reading = Reading::Nothing;
                    let mut done = std::mem::take(&mut item);
                    // Separators, queries and scripts of the browser are no pages.
                    if !done.url.as_deref().is_some_and(web) {
                        continue;
                    }
                    done.title = resolved(&words);
                    let path: Vec<&str> = folders
                        .iter()
                        .map(String::as_str)
                        .filter(|folder| {
                            !folder.is_empty() && !ROOTS.contains(&folder.to_lowercase().as_str())
                        })
                        .collect();
                    if !path.is_empty() {
                        done.collections = vec![path.join(" / ")];
                    }
                    found.push(done.tidied());
                }
                "dl" => {
                    folders.pop();
                }
                _ => {}
            },
            Piece::Text(text) => {
                if reading != Reading::Nothing {
                    words.push_str(text);
                }
            }
        }
    }
    if reading == Reading::Description
        && let Some(Ok(last)) = found.last_mut()
    {
        last.abstract_ = Some(note(&resolved(&words))).filter(|text| !text.is_empty());
    }
    found
}

fn inline(piece: &Piece<'_>) -> bool {
    let (Piece::Open(name, _) | Piece::Close(name)) = piece else { return false };
    ["b", "i", "em", "strong", "br", "code", "span"].iter().any(|tag| name.eq_ignore_ascii_case(tag))
}
