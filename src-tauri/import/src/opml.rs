//! OPML, the list of feeds that feed readers write (OPML 2.0, “Subscription lists”).
//!
//! Read as loose tags, because many readers write addresses with a bare `&` in them.

use crate::item::{Feed, Item, ItemError, web};
use crate::markup::{Piece, attribute, pieces};
use crate::{Error, Items, Read, text};

const THIS: &str = "an OPML file";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let text = text::decoded(bytes, THIS)?;
    let mut items: Vec<Read> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    let mut outline = false;
    for piece in pieces(&text) {
        match piece {
            Piece::Open(name, _) if name.eq_ignore_ascii_case("opml") => outline = true,
            Piece::Open(name, attributes) if name.eq_ignore_ascii_case("outline") => {
                let own = |name: &str| attribute(attributes, name).filter(|value| !value.trim().is_empty());
                let title = own("title").or_else(|| own("text")).unwrap_or_default();
                let closed = attributes.trim_end().ends_with('/');
                if let Some(url) = own("xmlUrl") {
                    items.push(feed(url, title.clone(), own("htmlUrl"), own("category"), &folders));
                }
                if !closed {
                    folders.push(title);
                }
            }
            Piece::Close(name) if name.eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            _ => {}
        }
    }
    if !outline {
        return Err(Error::not(THIS, "there is no <opml> in it"));
    }
    Ok(Items::of(items))
}

fn feed(
    url: String,
    title: String,
    site: Option<String>,
    category: Option<String>,
    folders: &[String],
) -> Read {
    let url = url.trim().strip_prefix("feed:").map_or(url.trim().to_owned(), |rest| {
        if rest.starts_with("//") { format!("https:{rest}") } else { rest.to_owned() }
    });
    if !web(&url) {
        let name = if title.is_empty() { &url } else { &title };
        return Err(ItemError::new(name, "its address is not one of the web"));
    }
    let path: Vec<&str> = folders.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let categories = category.unwrap_or_default();
    Item {
        key: url.clone(),
        kind: "feed".into(),
        tags: categories.split(',').map(|tag| tag.trim_matches('/').to_owned()).collect(),
        collections: if path.is_empty() { Vec::new() } else { vec![path.join(" / ")] },
        feed: Some(Feed {
            url,
            title: bilat_core::normalise_spaces(&title),
            site: site.filter(|site| web(site)),
        }),
        ..Item::default()
    }
    .tidied()
}
