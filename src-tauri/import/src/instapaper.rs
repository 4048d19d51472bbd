//! Instapaper's CSV: `URL,Title,Selection,Folder,Timestamp`, and `Tags` since 2024.

use serde_json::Value;

use crate::item::{Item, Mark};
use crate::table::Table;
use crate::{Error, Items, json, when};

const THIS: &str = "an Instapaper export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let mut table = Table::read(bytes, THIS, &["url"])?;
    let mut items = Vec::new();
    while let Some(row) = table.next() {
        items.push(row.and_then(|row| {
            let folder = row.get("folder").unwrap_or("Unread");
            // Instapaper's own folders are states, the others are the reader's.
            let own = ["unread", "archive", "starred"].contains(&folder.to_lowercase().as_str());
            let mut tags = tags(&row.text("tags"));
            if folder.eq_ignore_ascii_case("starred") {
                tags.push("starred".into());
            }
            // A selection is the passage that was selected when the page was saved.
            let selection =
                row.get("selection").map(|words| Mark { exact: words.to_owned(), ..Mark::default() });
            Item {
                kind: "link".into(),
                title: row.text("title"),
                url: Some(row.text("url")),
                tags,
                collections: if own { Vec::new() } else { vec![folder.to_owned()] },
                added_at: row.get("timestamp").and_then(when::instant),
                read: Some(folder.eq_ignore_ascii_case("archive")),
                annotations: selection.into_iter().collect(),
                ..Item::default()
            }
            .tidied()
        }));
    }
    Ok(Items::of(items))
}

/// `["coding", "harbour"]`, a JSON list in a cell.
fn tags(cell: &str) -> Vec<String> {
    match serde_json::from_str(cell) {
        Ok(Value::Array(list)) => {
            list.iter().filter_map(|tag| json::plain(tag).or_else(|| json::string(tag, "name"))).collect()
        }
        _ => cell.split(',').map(str::to_owned).collect(),
    }
}
