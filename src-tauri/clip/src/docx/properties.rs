//! The parts beside a Word document's text: its styles, lists, links and properties.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Role;

/// A style is based on another one, which is based on another one; no real chain is longer.
const MOST_STEPS: usize = 20;

/// The styles of a document by their identifiers.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    list: Option<(String, u8)>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub fn read(xml: &str) -> Self {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        each(xml, |name, tag| match (name, tag, &mut open) {
            ("style", Some(tag), open) => *open = attribute(tag, "styleId").map(|id| (id, Style::default())),
            ("style", None, open) => styles.extend(open.take()),
            ("name", Some(tag), Some((_, style))) => {
                style.name = attribute(tag, "val").unwrap_or_default().to_lowercase();
            }
            ("basedOn", Some(tag), Some((_, style))) => style.based_on = attribute(tag, "val"),
            ("outlineLvl", Some(tag), Some((_, style))) => {
                style.level = attribute(tag, "val").and_then(|level| level.parse().ok());
            }
            ("numId", Some(tag), Some((_, style))) => {
                let level = style.list.take().map_or(0, |(_, level)| level);
                style.list = attribute(tag, "val").filter(|id| id != "0").map(|id| (id, level));
            }
            ("ilvl", Some(tag), Some((_, style))) => {
                let level = attribute(tag, "val").and_then(|level| level.parse().ok()).unwrap_or(0);
                let id = style.list.take().map_or(String::new(), |(id, _)| id);
                style.list = Some((id, level));
            }
            _ => {}
        });
        Self(styles)
    }

    /// The style and those it is based on.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| self.0.get(style.based_on.as_deref()?);
        std::iter::successors(self.0.get(id), next).take(MOST_STEPS)
    }

    /// What a paragraph of this style is. Names are those of the built-in styles, which are English in
    /// every language of Word.
    pub fn role(&self, id: &str) -> Role {
        let named = |name: &str| match name {
            "title" => Some(Role::Title),
            "subtitle" => Some(Role::Subtitle),
            "quote" | "intense quote" => Some(Role::Quote),
            "caption" => Some(Role::Caption),
            "heading 1" => Some(Role::Top),
            _ if name.starts_with("toc ") => Some(Role::Contents),
            _ => name.strip_prefix("heading ")?.parse().ok().map(Role::Heading),
        };
        let by_name = self.chain(id).find_map(|style| named(&style.name));
        let level = || self.chain(id).find_map(|style| style.level).filter(|level| *level < 9);
        by_name
            // A document without a style part still names its styles by the usual identifiers.
            .or_else(|| named(&id.to_lowercase().replace("heading", "heading ")))
            .or_else(|| level().map(|level| if level == 0 { Role::Top } else { Role::Heading(level + 1) }))
            .unwrap_or_default()
    }

    /// The list that a paragraph of this style is an item of.
    pub fn list(&self, id: &str) -> Option<(String, u8)> {
        self.chain(id).find_map(|style| style.list.clone())
    }
}

/// Whether each level of each list is numbered and not bulleted: `word/numbering.xml`.
pub fn numbered(xml: &str) -> HashMap<(String, u8), bool> {
    let mut kinds: HashMap<(String, u8), bool> = HashMap::new();
    let mut lists: Vec<(String, String)> = Vec::new();
    let (mut kind, mut level, mut list) = (String::new(), 0, String::new());
    each(xml, |name, tag| {
        let Some(tag) = tag else { return };
        match name {
            "abstractNum" => kind = attribute(tag, "abstractNumId").unwrap_or_default(),
            "lvl" => level = attribute(tag, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0),
            "numFmt" => {
                let decimal = attribute(tag, "val").is_some_and(|said| said.starts_with("decimal"));
                kinds.insert((kind.clone(), level), decimal);
            }
            "num" => list = attribute(tag, "numId").unwrap_or_default(),
            "abstractNumId" => lists.extend(attribute(tag, "val").map(|kind| (list.clone(), kind))),
            _ => {}
        }
    });
    let mut out = HashMap::new();
    for (list, kind) in lists {
        for level in 0..9 {
            if let Some(decimal) = kinds.get(&(kind.clone(), level)) {
                out.insert((list.clone(), level), *decimal);
            }
        }
    }
    out
}

/// The addresses that lie outside the document, by their identifiers: a `.rels` part.
pub fn links(xml: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    each(xml, |name, tag| {
        if let ("Relationship", Some(tag)) = (name, tag)
            && attribute(tag, "TargetMode").is_some_and(|mode| mode == "External")
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            links.insert(id, target);
        }
    });
    links
}

/// The properties of the file by their names: `docProps/core.xml`.
pub fn core(xml: &str) -> HashMap<String, String> {
    let mut properties = HashMap::new();
    let mut reader = Reader::from_str(xml);
    let mut open = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => start.local_name().as_ref().clone_into(&mut open),
            Event::End(_) => open.clear(),
            Event::Text(text) if !open.is_empty() => {
                properties.entry(open.clone()).or_insert_with(String::new).push_str(&text.xml10_content());
            }
            Event::GeneralRef(entity) if !open.is_empty() => {
                properties.entry(open.clone()).or_insert_with(String::new).extend(character(&entity));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    properties
}

/// Calls `see` with each element's name and its tag, and with nothing at its end, as far as the XML is sound.
fn each(xml: &str, mut see: impl FnMut(&str, Option<&BytesStart>)) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => see(tag.local_name().as_ref(), Some(&tag)),
            Event::Empty(tag) => {
                see(tag.local_name().as_ref(), Some(&tag));
                see(tag.local_name().as_ref(), None);
            }
            Event::End(tag) => see(tag.local_name().as_ref(), None),
            Event::Eof => break,
            _ => {}
        }
    }
}

/// An attribute by its name without the prefix.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| {
        let local: &str = attribute.key.local_name().into_inner();
        local == name
    })?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The character that an entity stands for; entities that a document defines itself are not believed.
pub fn character(entity: &BytesRef) -> Option<char> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Some(c);
    }
    let name: &str = entity.as_ref();
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
