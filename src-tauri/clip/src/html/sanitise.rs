//! What may stand in a reading copy, and nothing else.
//!
//! The renderer writes no other markup anyway; this is the second lock (H-2). No picture, no
//! style, no identifier, no relative address: reading a clip asks nobody for anything.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// The elements of a reading copy.
pub const ELEMENTS: [&str; 13] =
    ["h1", "h2", "h3", "h4", "p", "blockquote", "pre", "a", "em", "strong", "sup", "sub", "code"];
/// The schemes that a link may have.
pub const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
/// What `data-kind` on a paragraph may say.
pub const KINDS: [&str; 4] = ["standfirst", "item", "caption", "row"];

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut policy = Builder::empty();
    policy
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .tag_attribute_values(HashMap::from([("p", HashMap::from([("data-kind", HashSet::from(KINDS))]))]))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(None);
    policy
});

/// The markup without anything that the reading copy does not allow.
pub fn clean(html: &str) -> String {
    POLICY.clean(html).to_string()
}
