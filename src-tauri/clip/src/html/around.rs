//! What the elements around a block say of it: their names, classes and identifiers.
//!
//! Pages name their parts in a few dozen words of English, whatever language they are written in.
//! A block remembers how far above it the nearest element of each kind of name stands, and which
//! boxes hold it, so that one can ask how much running text its box holds.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::{NodeId, NodeRef};

/// How many kinds of names are told apart.
pub const GROUPS: usize = 16;
/// No name of this kind stands above the block.
pub const NOWHERE: u8 = 12;
/// How many of the boxes around a block are remembered.
pub const BOXES: usize = 3;

/// The words of each group.
const WORDS: [&[&str]; GROUPS] = [
    // Ways through the site.
    &[
        "breadcrumb",
        "breadcrumbs",
        "menu",
        "nav",
        "navbar",
        "navigation",
        "pager",
        "pagination",
        "tabs",
        "toolbar",
    ],
    // Beside the text.
    &["aside", "module", "rail", "side", "sidebar", "widget", "widgets"],
    // Other articles.
    &[
        "also",
        "card",
        "cards",
        "feed",
        "grid",
        "latest",
        "list",
        "more",
        "next",
        "outbrain",
        "popular",
        "previous",
        "promo",
        "recirc",
        "recirculation",
        "recommendation",
        "recommendations",
        "recommended",
        "related",
        "river",
        "taboola",
        "teaser",
        "teasers",
        "trending",
    ],
    // Readers' comments.
    &["comment", "comments", "discussion", "disqus", "replies", "reply", "respond", "responses"],
    // Tools.
    &["action", "actions", "bookmark", "follow", "print", "share", "sharing", "social", "tools", "utility"],
    // Asks the reader for something.
    &[
        "banner",
        "consent",
        "cookie",
        "cookies",
        "cta",
        "donate",
        "form",
        "gdpr",
        "login",
        "modal",
        "newsletter",
        "optin",
        "overlay",
        "paywall",
        "popup",
        "register",
        "signup",
        "subscribe",
        "subscription",
    ],
    // Sells something.
    &[
        "ad",
        "ads",
        "advert",
        "advertisement",
        "affiliate",
        "disclaimer",
        "disclosure",
        "promoted",
        "sponsor",
        "sponsored",
    ],
    // Who wrote it.
    &["about", "author", "authors", "avatar", "bio", "byline", "contributor", "profile"],
    // When, and under which headings.
    &[
        "categories",
        "category",
        "date",
        "eyebrow",
        "info",
        "kicker",
        "label",
        "meta",
        "metadata",
        "published",
        "tag",
        "tags",
        "time",
        "timestamp",
        "topic",
        "topics",
        "updated",
    ],
    // Pictures.
    &[
        "caption", "credit", "credits", "figure", "gallery", "image", "img", "media", "photo", "player",
        "slider", "video",
    ],
    // The text.
    &[
        "body", "content", "copy", "editor", "entry", "markdown", "prose", "rich", "richtext", "rte", "text",
        "wysiwyg",
    ],
    // The article as a whole.
    &["article", "blog", "main", "post", "single", "story"],
    // Above the text.
    &[
        "dek",
        "head",
        "header",
        "headline",
        "hero",
        "intro",
        "lead",
        "lede",
        "standfirst",
        "subtitle",
        "summary",
        "title",
    ],
    // Under the page.
    &["bottom", "copyright", "foot", "footer", "legal"],
    // Not to be seen.
    &["hidden", "hide", "invisible", "none", "only", "sr", "visually"],
    // Contents.
    &["accordion", "anchor", "contents", "faq", "index", "jump", "toc"],
];

/// The groups of a word as bits; the highest is the standfirst's.
static GROUPS_OF: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut groups: HashMap<&str, u32> = HashMap::new();
    for (group, words) in WORDS.iter().enumerate() {
        for word in *words {
            *groups.entry(word).or_default() |= 1 << group;
        }
    }
    for word in LEAD {
        *groups.entry(word).or_default() |= 1 << GROUPS;
    }
    groups
});

/// The groups that an element's own name belongs to.
fn element(name: &str) -> Option<usize> {
    Some(match name {
        "nav" => 0,
        "aside" => 1,
        "form" => 5,
        "figure" => 9,
        "article" | "main" => 11,
        "header" => 12,
        "footer" => 13,
        _ => return None,
    })
}

/// What sites call the line between headline and text.
const LEAD: [&str; 47] = [
    "abstract",
    "accroche",
    "anleser",
    "anrisstext",
    "bajada",
    "cappello",
    "catenaccio",
    "chapeau",
    "chapo",
    "copete",
    "deck",
    "dek",
    "einleitung",
    "entradilla",
    "excerpt",
    "headnote",
    "ingres",
    "ingress",
    "intro",
    "introtext",
    "lead",
    "leadin",
    "leadtext",
    "lede",
    "linhafina",
    "manchet",
    "perex",
    "preamble",
    "sapo",
    "sommario",
    "sottotitolo",
    "standfirst",
    "strapline",
    "subheader",
    "subheading",
    "subheadline",
    "subtitle",
    "subtitolo",
    "subtitulo",
    "summary",
    "synopsis",
    "teaser",
    "underrubrik",
    "untertitel",
    "vorspann",
    "vorspanntext",
    "zajawka",
];

/// What stands around a block.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// For each group, how many elements up the nearest one stands, at most [`NOWHERE`].
    pub up: [u8; GROUPS],
    /// For each group, how many elements up the list are of it.
    pub many: [u8; GROUPS],
    /// The boxes that hold it, the nearest first.
    pub boxes: [Option<NodeId>; BOXES],
    /// What it is made of: the names and classes of its element and of the one around that.
    pub shape: [u64; 2],
    /// How many elements hold it.
    pub depth: u16,
    /// How many elements up one is called a standfirst.
    pub lead: u8,
    /// Whether the page marks it as the text of its article.
    pub marked: bool,
    /// Whether it stands in an `<article>`, and in a `<main>`.
    pub article: bool,
    pub main: bool,
    /// Whether it is not to be seen.
    pub hidden: bool,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            up: [NOWHERE; GROUPS],
            many: [0; GROUPS],
            boxes: [None; BOXES],
            shape: [0; 2],
            depth: 0,
            lead: NOWHERE,
            marked: false,
            article: false,
            main: false,
            hidden: false,
        }
    }
}

impl Around {
    /// Goes into an element.
    pub fn enter(&mut self, node: &NodeRef, name: &str) {
        for up in &mut self.up {
            *up = (*up + 1).min(NOWHERE);
        }
        self.depth = self.depth.saturating_add(1);
        self.lead = (self.lead + 1).min(NOWHERE);
        if matches!(name, "html" | "body") {
            return;
        }
        self.shape = [stamped(0, name), self.shape[0]];
        let mut bits = element(name).map_or(0, |group| 1u32 << group);
        self.article |= name == "article";
        self.main |= name == "main";
        if let Some(element) = node.element_ref() {
            for attribute in &element.attrs {
                let value: &str = &attribute.value;
                match attribute.name.local.as_ref() {
                    "class" | "id" | "data-testid" | "data-component" if value.len() < 400 => {
                        if &*attribute.name.local == "class" {
                            self.shape[0] = stamped(self.shape[0], value);
                        }
                        each_word(value, |word| {
                            bits |= GROUPS_OF.get(word).copied().unwrap_or_default();
                        });
                    }
                    "role" => match value {
                        "navigation" => bits |= 1,
                        "complementary" | "dialog" => bits |= 1 << 1,
                        "contentinfo" => bits |= 1 << 13,
                        "main" => self.main = true,
                        _ => {}
                    },
                    "itemprop" => self.marked |= value.contains("articleBody"),
                    "hidden" => self.hidden = true,
                    "aria-hidden" => self.hidden |= value == "true",
                    "style" => {
                        self.hidden |= value.contains("display:none") || value.contains("display: none");
                    }
                    _ => {}
                }
            }
        }
        if bits >> GROUPS & 1 == 1 {
            self.lead = 0;
        }
        for group in 0..GROUPS {
            if bits >> group & 1 == 1 {
                self.up[group] = 0;
                self.many[group] = self.many[group].saturating_add(1);
            }
        }
        let holds = matches!(
            name,
            "div" | "section" | "article" | "main" | "td" | "aside" | "header" | "footer" | "form" | "nav"
        );
        if holds {
            self.boxes.rotate_right(1);
            self.boxes[0] = Some(node.id);
        }
    }
}

/// A name added to a hash.
fn stamped(hash: u64, name: &str) -> u64 {
    let add = |hash: u64, byte| (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    name.bytes().fold(hash, add)
}

/// Calls `f` with each word of a class list, in lower case: `articleBody post-text` has four.
fn each_word(names: &str, mut f: impl FnMut(&str)) {
    let mut word = [0u8; 20];
    let mut length = 0;
    let mut lower = false;
    let mut end = |word: &[u8; 20], length: usize| {
        if (2..=20).contains(&length)
            && let Ok(word) = std::str::from_utf8(&word[..length])
        {
            f(word);
        }
    };
    for byte in names.bytes() {
        let starts = byte.is_ascii_uppercase() && lower;
        if !byte.is_ascii_alphabetic() || starts {
            end(&word, length);
            length = 0;
        }
        lower = byte.is_ascii_lowercase();
        if byte.is_ascii_alphabetic() {
            if length < word.len() {
                word[length] = byte.to_ascii_lowercase();
            }
            length += 1;
        }
    }
    end(&word, length);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_fall_into_words() {
        let mut words = Vec::new();
        each_word("articleBody post-text__lead c24", |word| words.push(word.to_owned()));
        assert_eq!(words, ["article", "body", "post", "text", "lead"]);
    }
}
