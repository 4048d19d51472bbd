//! What a format reader found, before it becomes a [`Clipping`].

use std::collections::BTreeMap;

use bilat_core::BlockKind;

use crate::access::Access;
use crate::clipping::Found;
use crate::image::Image;

/// One block on its way into the clipping.
#[derive(Debug, Clone)]
pub struct Piece {
    pub kind: BlockKind,
    /// The level of a subhead, 2 to 4.
    pub level: u8,
    /// The words, tidied.
    pub text: String,
    /// The same words with inline markup, escaped; plain when there is none.
    pub markup: Option<String>,
}

impl Piece {
    pub fn new(kind: BlockKind, text: String) -> Self {
        Self { kind, level: 2, text, markup: None }
    }
}

/// What a format reader found.
#[derive(Debug, Default)]
pub struct Draft {
    pub title: Option<String>,
    pub standfirst: Option<String>,
    pub byline: Option<String>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub published_at: Option<String>,
    pub modified: Option<String>,
    pub credit: Option<String>,
    pub language: Option<String>,
    pub section: Option<String>,
    pub canonical_url: Option<String>,
    pub image: Option<Image>,
    pub access: Option<Access>,
    /// The tags that whoever filed the document gave it; a page's keywords are none.
    pub tags: Vec<String>,
    pub body: Vec<Piece>,
    pub set_aside: Vec<String>,
    pub provenance: BTreeMap<&'static str, Found>,
}

impl Draft {
    /// Notes where a field came from.
    pub fn say(&mut self, field: &'static str, found: Found) {
        self.provenance.insert(field, found);
    }
}
