//! Readwise: its CSV of highlights (`Highlight,Book Title,Book Author,…,Highlighted at,Document tags`),
//! grouped by document, and Readwise Reader's CSV of documents (`Title,URL,ID,Document tags,Saved date,…`).

use std::collections::HashMap;

use crate::item::{Item, ItemError, Mark, web};
use crate::table::{Row, Table};
use crate::{Error, Items, Read, when};

const THIS: &str = "a Readwise export";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    match Table::read(bytes, THIS, &["highlight", "book_title"]) {
        Ok(table) => Ok(Items::of(highlights(table))),
        Err(no_highlights) => match Table::read(bytes, THIS, &["url", "saved_date"]) {
            Ok(table) => Ok(Items::of(documents(table))),
            Err(_) => Err(no_highlights),
        },
    }
}

fn highlights(mut table: Table) -> Vec<Read> {
    let mut items: Vec<Read> = Vec::new();
    let mut documents: HashMap<(String, String), usize> = HashMap::new();
    while let Some(row) = table.next() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                items.push(Err(error));
                continue;
            }
        };
        let (title, author) = (row.text("book_title"), row.text("book_author"));
        if title.is_empty() {
            items.push(Err(ItemError::new(
                crate::text::short(&row.text("highlight"), 60),
                "the highlight names no document",
            )));
            continue;
        }
        let at = *documents.entry((title.clone(), author.clone())).or_insert_with(|| {
            // A page's address stands where a book's number would.
            let url = ["source_url", "url", "amazon_book_id"]
                .iter()
                .find_map(|column| row.get(column))
                .filter(|url| web(url));
            items.push(Ok(Item {
                key: format!("{title}\u{1f}{author}"),
                kind: "document".into(),
                title,
                authors: author
                    .split(" and ")
                    .flat_map(|names| names.split(", "))
                    .map(str::to_owned)
                    .collect(),
                url: url.map(str::to_owned),
                tags: tags(&row, "document_tags"),
                ..Item::default()
            }));
            items.len() - 1
        });
        let Some(Ok(item)) = items.get_mut(at) else { continue };
        let mark = Mark {
            exact: row.text("highlight"),
            note: row.text("note"),
            colour: row.get("color").map(str::to_owned),
            created_at: row.get("highlighted_at").and_then(when::instant),
            tags: tags(&row, "tags"),
            ..Mark::default()
        };
        if item.added_at.is_none()
            || mark.created_at.as_ref().is_some_and(|at| Some(at) < item.added_at.as_ref())
        {
            item.added_at.clone_from(&mark.created_at);
        }
        if !mark.exact.is_empty() {
            item.annotations.push(mark);
        } else if !mark.note.is_empty() {
            item.notes.push(mark.note);
        }
    }
    items.into_iter().map(|item| item.and_then(Item::tidied)).collect()
}

fn documents(mut table: Table) -> Vec<Read> {
    let mut items = Vec::new();
    while let Some(row) = table.next() {
        items.push(row.and_then(|row| {
            let place = row.get("location").unwrap_or_default().to_lowercase();
            Item {
                key: row.text("id"),
                kind: "document".into(),
                title: row.text("title"),
                authors: row.text("author").split(", ").map(str::to_owned).collect(),
                url: row.get("url").map(str::to_owned),
                tags: tags(&row, "document_tags"),
                added_at: row.get("saved_date").and_then(when::instant),
                read: Some(place == "archive"),
                ..Item::default()
            }
            .tidied()
        }));
    }
    items
}

fn tags(row: &Row<'_>, column: &str) -> Vec<String> {
    let cell = row.text(column);
    // Reader writes a Python list: ['one', 'two'].
    let inner = cell.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or(&cell);
    inner.split(',').map(|tag| tag.trim().trim_matches(['\'', '"']).to_owned()).collect()
}
