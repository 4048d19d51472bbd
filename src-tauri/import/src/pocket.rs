//! Pocket: the CSV of its last years (`title,url,time_added,tags,status`, alone or in a ZIP), and the
//! HTML list before that (`ril_export.html`).

use crate::archive::{Archive, is_archive};
use crate::item::Item;
use crate::markup::{Piece, attribute, pieces, resolved};
use crate::table::Table;
use crate::{Error, Items, Read, text, when};

const THIS: &str = "a Pocket export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    if is_archive(bytes) {
        let mut archive = Archive::open(bytes, THIS)?;
        let tables: Vec<String> =
            archive.names().into_iter().filter(|name| name.to_lowercase().ends_with(".csv")).collect();
        let mut items = Vec::new();
        for table in tables {
            match archive.read(&table, crate::MOST_BYTES) {
                Ok(Some(bytes)) => items.extend(rows(&bytes)?),
                Ok(None) => {}
                Err(error) => items.push(Err(error)),
            }
        }
        if items.is_empty() {
            return Err(Error::not(THIS, "there is no table in the archive"));
        }
        return Ok(Items::of(items));
    }
    let text = text::decoded(bytes, THIS)?;
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Ok(Items::of(page(&text)));
    }
    rows(bytes).map(Items::of)
}

fn rows(bytes: &[u8]) -> Result<Vec<Read>, Error> {
    let mut table = Table::read(bytes, THIS, &["url"])?;
    let mut items = Vec::new();
    while let Some(row) = table.next() {
        items.push(row.and_then(|row| {
            let url = row.text("url");
            Item {
                kind: "link".into(),
                // Where Pocket knew no title it wrote the address.
                title: row.get("title").filter(|title| *title != url).unwrap_or_default().to_owned(),
                url: Some(url),
                tags: row.text("tags").split(['|', ',']).map(str::to_owned).collect(),
                added_at: row.get("time_added").and_then(when::instant),
                read: row.get("status").map(|status| status != "unread"),
                ..Item::default()
            }
            .tidied()
        }));
    }
    Ok(items)
}

fn page(page: &str) -> Vec<Read> {
    let mut items = Vec::new();
    let mut read = None;
    let (mut heading, mut link) = (None::<String>, None::<(Item, String)>);
    for piece in pieces(page) {
        match piece {
            Piece::Open(name, _) if name.eq_ignore_ascii_case("h1") => heading = Some(String::new()),
            Piece::Close(name) if name.eq_ignore_ascii_case("h1") => {
                let words = heading.take().unwrap_or_default().to_lowercase();
                read = Some(!words.contains("unread"));
            }
            Piece::Open(name, attributes) if name.eq_ignore_ascii_case("a") => {
                let item = Item {
                    kind: "link".into(),
                    url: attribute(attributes, "href"),
                    tags: attribute(attributes, "tags")
                        .unwrap_or_default()
                        .split(',')
                        .map(str::to_owned)
                        .collect(),
                    added_at: attribute(attributes, "time_added").and_then(|time| when::instant(&time)),
                    read,
                    ..Item::default()
                };
                link = Some((item, String::new()));
            }
            Piece::Close(name) if name.eq_ignore_ascii_case("a") => {
                if let Some((mut item, words)) = link.take() {
                    item.title = resolved(&words);
                    if Some(item.title.as_str()) == item.url.as_deref() {
                        item.title.clear();
                    }
                    items.push(item.tidied());
                }
            }
            Piece::Text(text) => {
                if let Some((_, words)) = &mut link {
                    words.push_str(text);
                } else if let Some(words) = &mut heading {
                    words.push_str(text);
                }
            }
            _ => {}
        }
    }
    items
}
