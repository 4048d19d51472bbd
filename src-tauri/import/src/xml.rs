//! XML into a small tree, for formats that refer from one part of the file to another.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::markup::resolved;

/// Deeper than any export; deeper still is refused before it costs the stack.
const MOST_DEPTH: usize = 256;

/// An element, its namespaces left out.
#[derive(Debug, Default)]
pub struct Node {
    /// Its local name.
    pub name: String,
    /// Its attributes by local name.
    pub attributes: HashMap<String, String>,
    /// The elements in it.
    pub children: Vec<Node>,
    /// The words directly in it.
    pub text: String,
}

impl Node {
    /// Reads a document; its root is the one child of the answer.
    pub fn parse(text: &str) -> Result<Node, String> {
        let mut reader = Reader::from_str(text);
        // Exporters forget to escape addresses; what is no entity stands for itself.
        reader.config_mut().allow_dangling_amp = true;
        let mut open = vec![Node::default()];
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(tag) => {
                    if open.len() > MOST_DEPTH {
                        return Err(format!("it is nested more than {MOST_DEPTH} elements deep"));
                    }
                    open.push(Node::of(&tag));
                }
                Event::Empty(tag) => Self::last(&mut open).children.push(Node::of(&tag)),
                Event::End(_) => {
                    let done = open.pop().unwrap_or_default();
                    Self::last(&mut open).children.push(done);
                }
                Event::Text(text) => Self::last(&mut open).text.push_str(&text),
                Event::CData(text) => Self::last(&mut open).text.push_str(&text),
                Event::GeneralRef(name) => {
                    let entity = format!("&{};", &*name);
                    Self::last(&mut open).text.push_str(&resolved(&entity));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        // What was still open when the file ended is kept: the rest of a cut export is good.
        while open.len() > 1 {
            let done = open.pop().unwrap_or_default();
            Self::last(&mut open).children.push(done);
        }
        Ok(open.pop().unwrap_or_default())
    }

    fn last(open: &mut Vec<Node>) -> &mut Node {
        if open.is_empty() {
            open.push(Node::default());
        }
        let last = open.len() - 1;
        &mut open[last]
    }

    fn of(tag: &BytesStart<'_>) -> Self {
        let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
        let attributes = tag
            .html_attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| (local(attribute.key.as_ref()), resolved(&attribute.value)))
            .collect();
        Self { name: local(tag.name().as_ref()), attributes, children: Vec::new(), text: String::new() }
    }

    /// The first element in it called `name`.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements in it called `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element called `name` at any depth.
    pub fn find(&self, name: &str) -> Option<&Node> {
        self.child(name).or_else(|| self.children.iter().find_map(|child| child.find(name)))
    }

    /// The words of the first element in it called `name`.
    pub fn string(&self, name: &str) -> Option<String> {
        self.child(name).map(Node::words).filter(|text| !text.is_empty())
    }

    /// Its words, those of the elements in it too.
    pub fn words(&self) -> String {
        let mut words = self.text.clone();
        for child in &self.children {
            words.push(' ');
            words.push_str(&child.words());
        }
        words.trim().to_owned()
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}
