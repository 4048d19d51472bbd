//! Zotero's RDF (its translator “Zotero RDF”): items as `bib:…` resources, their notes, attachments and
//! collections as resources beside them that they point to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::item::{Item, ItemError, Words};
use crate::markup::note;
use crate::xml::Node;
use crate::zotero::{Fields, attachment};
use crate::{Error, Items, Read, text};

const THIS: &str = "a Zotero RDF file";

/// Resources that are not items of their own.
const PARTS: [&str; 9] =
    ["Collection", "Attachment", "Memo", "Journal", "Periodical", "Series", "Seq", "Person", "AutomaticTag"];

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let text = text::decoded(bytes, THIS)?;
    let whole = Node::parse(&text).map_err(|why| Error::not(THIS, why))?;
    let Some(root) = whole.children.into_iter().find(|node| node.name == "RDF") else {
        return Err(Error::not(THIS, "there is no rdf:RDF in it"));
    };
    let index = Arc::new(Index::of(root));
    let top: Vec<usize> = (0..index.nodes.len()).filter(|at| index.is_item(*at)).collect();
    Ok(Items::new(top.len(), top.into_iter().map(move |at| index.item(at))))
}

/// The resources of a file, found by what others call them.
struct Index {
    nodes: Vec<Node>,
    by_name: HashMap<String, usize>,
    /// The collections that a resource is in.
    folders: HashMap<String, Vec<String>>,
    /// Resources that belong to another: notes and attachments.
    owned: std::collections::HashSet<String>,
}

impl Index {
    fn of(root: Node) -> Self {
        let nodes = root.children;
        let mut index = Self {
            by_name: HashMap::new(),
            folders: HashMap::new(),
            owned: std::collections::HashSet::new(),
            nodes,
        };
        let mut parents: HashMap<String, String> = HashMap::new();
        for (at, node) in index.nodes.iter().enumerate() {
            if let Some(name) = node.attribute("about") {
                index.by_name.insert(name.to_owned(), at);
            }
            let pointed = |kind: &'static str| node.all(kind).filter_map(|link| link.attribute("resource"));
            if node.name != "Collection" {
                index.owned.extend(pointed("link").chain(pointed("isReferencedBy")).map(str::to_owned));
            }
        }
        for node in index.nodes.iter().filter(|node| node.name == "Collection") {
            let Some(own) = node.attribute("about") else { continue };
            for part in node.all("hasPart").filter_map(|part| part.attribute("resource")) {
                let inner = index.by_name.get(part).is_some_and(|at| index.nodes[*at].name == "Collection");
                if inner {
                    parents.insert(part.to_owned(), own.to_owned());
                } else {
                    index.folders.entry(part.to_owned()).or_default().push(own.to_owned());
                }
            }
        }
        let path = |folder: &str| {
            let mut names = Vec::new();
            let mut next = Some(folder.to_owned());
            while let Some(name) = next
                .as_ref()
                .and_then(|about| index.by_name.get(about))
                .and_then(|at| index.nodes[*at].string("title"))
            {
                names.push(name);
                next = next.and_then(|about| parents.get(&about).cloned()).filter(|_| names.len() < 16);
            }
            names.reverse();
            names.join(" / ")
        };
        let folders = index
            .folders
            .iter()
            .map(|(part, folders)| (part.clone(), folders.iter().map(|folder| path(folder)).collect()))
            .collect();
        index.folders = folders;
        index
    }

    fn is_item(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        let owned = node.attribute("about").is_some_and(|about| self.owned.contains(about));
        match node.name.as_str() {
            "Memo" | "Attachment" => !owned,
            // A journal that an article stands in has no itemType.
            name if PARTS.contains(&name) => {
                node.child("itemType").is_some_and(|kind| kind.words() != "attachment")
            }
            _ => !owned,
        }
    }

    fn item(&self, at: usize) -> Read {
        let node = &self.nodes[at];
        let about = node.attribute("about").unwrap_or_default();
        let kind = node.string("itemType").unwrap_or_else(|| node.name.clone());
        if node.name == "Memo" {
            return memo(node, about);
        }
        let title = node.string("title");
        let outlet = node.child("isPartOf").map(|part| match part.attribute("resource") {
            Some(name) => self.by_name.get(name).and_then(|at| self.nodes[*at].string("title")),
            None => part.find("title").map(Node::words).or_else(|| part.find("name").map(Node::words)),
        });
        let publisher = node.child("publisher").and_then(|publisher| publisher.find("name")).map(Node::words);
        let identifiers: Vec<String> = node
            .all("identifier")
            .map(|id| id.find("value").map_or_else(|| id.words(), Node::words))
            .chain(node.attribute("about").map(str::to_owned))
            .collect();
        let doi = node.child("isPartOf").and_then(|part| part.find("identifier")).map(Node::words);
        let doi =
            identifiers.iter().cloned().chain(doi).find_map(|id| id.strip_prefix("DOI ").map(str::to_owned));
        let mut item = Fields {
            key: about.to_owned(),
            kind,
            title,
            outlet: outlet.flatten().or(publisher).filter(|name| !name.is_empty()),
            section: node.string("section"),
            date: node.string("date"),
            url: identifiers.into_iter().find(|id| crate::item::web(id)),
            doi,
            language: node.string("language"),
            abstract_note: node.string("abstract"),
            added_at: node.string("dateSubmitted").filter(|_| node.name == "Attachment"),
        }
        .item();
        item.authors = people(node);
        item.tags = node
            .all("subject")
            .map(|tag| tag.find("value").map_or_else(|| tag.words(), Node::words))
            .collect();
        item.collections = self.folders.get(about).cloned().unwrap_or_default();
        let linked = |kind: &'static str| {
            node.all(kind)
                .filter_map(|link| link.attribute("resource"))
                .filter_map(|name| self.by_name.get(name))
        };
        item.notes = linked("isReferencedBy")
            .map(|at| &self.nodes[*at])
            .filter_map(|memo| memo.string("value").or_else(|| memo.string("description")))
            .map(|text| note(&text))
            .collect();
        item.notes.extend(
            node.string("description").filter(|text| !text.starts_with("Zotero")).map(|text| note(&text)),
        );
        let mut best = 0;
        let files =
            linked("link").map(|at| &self.nodes[*at]).chain((node.name == "Attachment").then_some(node));
        for file in files {
            let path = file.child("resource").and_then(|path| path.attribute("resource"));
            let media = file.string("type").unwrap_or_default();
            if let Some((worth, path)) = attachment(path, &media).filter(|(worth, _)| *worth > best) {
                best = worth;
                item.attachment = Some(path);
            }
        }
        item.tidied()
    }
}

fn memo(node: &Node, about: &str) -> Read {
    let text = node
        .string("value")
        .or_else(|| node.string("description"))
        .map(|text| note(&text))
        .unwrap_or_default();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned);
    let Some(first) = lines.next() else { return Err(ItemError::new(about, "the note is empty")) };
    let rest: Vec<String> = lines.collect();
    Item {
        key: about.to_owned(),
        kind: "note".into(),
        title: crate::text::short(&first, 200),
        words: if rest.is_empty() { Words::None } else { Words::Paragraphs(rest) },
        ..Item::default()
    }
    .tidied()
}

fn people(node: &Node) -> Vec<String> {
    let roles =
        ["authors", "presenters", "podcasters", "directors", "interviewees", "contributors", "editors"];
    let of = |role: &str| -> Vec<String> {
        let mut names = Vec::new();
        if let Some(list) = node.child(role) {
            collect(list, &mut names);
        }
        names
    };
    roles.iter().map(|role| of(role)).find(|names| !names.is_empty()).unwrap_or_default()
}

fn collect(node: &Node, names: &mut Vec<String>) {
    if node.name == "Person" || node.name == "Agent" {
        let parts = [node.string("givenName").or_else(|| node.string("givenname")), node.string("surname")];
        let whole: Vec<String> = parts.into_iter().flatten().collect();
        let name = if whole.is_empty() { node.string("name").unwrap_or_default() } else { whole.join(" ") };
        names.push(name);
        return;
    }
    node.children.iter().for_each(|child| collect(child, names));
}
