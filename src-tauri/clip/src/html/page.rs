//! What a page declares of itself: JSON-LD, `<meta>`, `<time>`, and what it prints at the top.

mod authors;
mod dates;
mod headline;
mod linked;

use std::collections::HashMap;

use bilat_core::BlockKind;
use dom_query::{Document, NodeRef};
use serde_json::Value;
use url::Url;

use super::image;
use super::render::{self, Rendered};
use crate::clipping::Found;
use crate::draft::Draft;
use crate::{language, line};
use headline::alike;
use linked::{collect, is_article, json, plain, string};

/// What the page's JSON-LD states of the article's words.
#[derive(Debug, Default)]
pub struct Stated {
    /// The words themselves, without paragraphs and perhaps cut short.
    pub text: Option<String>,
    /// How many there are.
    pub words: Option<usize>,
    /// Whether they are for subscribers.
    pub paid: bool,
}

/// What the page declares, of itself and of its article's words.
pub fn read(document: &Document, blocks: &[Rendered], url: Option<&str>) -> (Draft, Stated) {
    let page = Page::new(document, blocks, url);
    let mut draft = Draft::default();
    page.outlet(&mut draft);
    page.title(&mut draft);
    page.standfirst(&mut draft);
    page.authors(&mut draft);
    page.dates(&mut draft);
    page.rest(&mut draft);
    page.image(&mut draft);
    let text = page.linked("articleBody");
    let words = page.linked("wordCount").and_then(|words| words.parse().ok());
    let words = words.or_else(|| text.as_deref().map(line::words));
    (draft, Stated { text, words, paid: page.paid() })
}

struct Page<'a> {
    document: &'a Document,
    blocks: &'a [Rendered],
    url: Option<Url>,
    /// What each `<meta>` says, in order where one is repeated.
    meta: HashMap<String, Vec<String>>,
    /// Every node of the page's JSON-LD, in order.
    nodes: Vec<Value>,
    /// Which of the nodes is the article.
    own: Option<usize>,
}

/// A byline and a date stand within this many blocks after the headline, or before it.
const AFTER_TITLE: usize = 12;
const BEFORE_TITLE: usize = 5;
/// A `<meta>` that is repeated oftener says nothing of the article: some papers have a few hundred authors.
const MOST_REPEATED: usize = 40;
/// The group of names that speak of a picture.
const PICTURE: usize = 9;
/// A title with fewer letters may stand inside another by chance.
const LEAST_TITLE: usize = 12;

impl<'a> Page<'a> {
    fn new(document: &'a Document, blocks: &'a [Rendered], url: Option<&str>) -> Self {
        let mut meta: HashMap<String, Vec<String>> = HashMap::new();
        // Pages that went through other tools have their contents in `value`.
        for element in document.select("meta[content], meta[value]").nodes() {
            let Some(content) = element
                .attr("content")
                .or_else(|| element.attr("value"))
                .map(|content| line::tidy(&plain(&content)))
                .filter(|content| !content.is_empty())
            else {
                continue;
            };
            for key in ["name", "property", "itemprop", "http-equiv"] {
                if let Some(names) = element.attr(key) {
                    for name in names.split_whitespace() {
                        let said = meta.entry(name.to_ascii_lowercase()).or_default();
                        if said.len() < MOST_REPEATED && !said.contains(&content) {
                            said.push(content.clone());
                        }
                    }
                }
            }
        }
        let mut nodes = Vec::new();
        for script in document.select("script[type]").nodes() {
            let linked =
                script.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
            if let Some(value) = linked.then(|| json(&script.text())).flatten() {
                collect(value, &mut nodes, 0);
            }
        }
        let url = url.and_then(|url| Url::parse(url).ok());
        let mut page = Self { document, blocks, url, meta, nodes, own: None };
        page.own = page.own();
        page
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.said(name).next())
    }

    /// Everything that the `<meta>` elements of a name say.
    fn said(&self, name: &str) -> impl Iterator<Item = &str> {
        self.meta.get(name).into_iter().flatten().map(String::as_str)
    }

    /// The article's own JSON-LD.
    fn article(&self) -> Option<&Value> {
        self.nodes.get(self.own?)
    }

    /// Which node is the article's own. Pages describe the stories that they recommend in the same way: the one with
    /// the page's title wins, then the longest description, then the first.
    fn own(&self) -> Option<usize> {
        let articles: Vec<usize> = (0..self.nodes.len()).filter(|&at| is_article(&self.nodes[at])).collect();
        if articles.len() < 2 {
            return articles.first().copied();
        }
        let heads = self.document.select("h1, title");
        let heads = heads.nodes().iter().take(8).map(render::words);
        let declared = self.meta(&["og:title", "twitter:title"]).map(str::to_owned);
        let titles: Vec<String> = heads
            .chain(declared)
            .map(|title| line::folded(&title))
            .filter(|title| title.len() >= LEAST_TITLE)
            .collect();
        let known = |node: &Value| {
            let headline = node.get("headline").or_else(|| node.get("name")).and_then(string);
            headline.map(|headline| line::folded(&headline)).is_some_and(|headline| {
                headline.len() >= LEAST_TITLE
                    && titles.iter().any(|title| title.contains(&headline) || headline.contains(title))
            })
        };
        articles.into_iter().rev().max_by_key(|&at| {
            let node = &self.nodes[at];
            usize::from(known(node)) * 8
                + usize::from(node.get("headline").is_some()) * 4
                + usize::from(node.get("datePublished").is_some()) * 2
                + usize::from(node.get("author").is_some())
        })
    }

    fn linked(&self, field: &str) -> Option<String> {
        string(self.article()?.get(field)?)
    }

    /// Which block is the headline.
    fn headline(&self, title: Option<&str>) -> Option<usize> {
        let wanted = line::folded(title.unwrap_or_default());
        let head = |block: &&Rendered| block.piece.kind == BlockKind::Heading;
        let at = |fits: &dyn Fn(&str) -> bool| {
            self.blocks.iter().position(|block| head(&block) && fits(&line::folded(&block.piece.text)))
        };
        if wanted.is_empty() {
            return self.blocks.iter().position(|block| head(&block));
        }
        at(&|text| text == wanted)
            .or_else(|| at(&|text| !text.is_empty() && alike(&wanted, text)))
            .or_else(|| self.blocks.iter().position(|block| head(&block)))
    }

    /// The short lines that the page prints around its headline.
    fn head_lines(&self, title: Option<&str>) -> Vec<String> {
        let blocks = self.blocks;
        let Some(at) = self.headline(title) else { return Vec::new() };
        let after = blocks[at + 1..].iter().take(AFTER_TITLE);
        let before = blocks[at.saturating_sub(BEFORE_TITLE)..at].iter();
        after
            .chain(before)
            .map(|block| block.piece.text.clone())
            .filter(|text| line::chars(text) <= 160)
            .collect()
    }

    fn first(&self, selector: &str) -> Option<NodeRef<'a>> {
        self.document.select(selector).nodes().first().copied()
    }

    fn outlet(&self, draft: &mut Draft) {
        let publisher =
            self.article().and_then(|node| node.get("publisher")).and_then(|publisher| self.name(publisher));
        if let Some(name) = publisher.and_then(|name| line::label(&name)) {
            draft.outlet = Some(name);
            draft.say("outlet", Found::JsonLd);
        } else if let Some(name) = self
            .meta(&["og:site_name", "application-name", "dc.publisher", "citation_journal_title"])
            .and_then(line::label)
        {
            draft.outlet = Some(name);
            draft.say("outlet", Found::Meta);
        } else if let Some(host) = self.host() {
            draft.outlet = Some(host);
            draft.say("outlet", Found::Guess);
        }
    }

    fn host(&self) -> Option<String> {
        Some(self.url.as_ref()?.host_str()?.trim_start_matches("www.").to_owned())
    }

    /// The name of a person or organisation, looked up where only its identifier is given.
    fn name(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(name) => Some(plain(name)),
            Value::Array(list) => self.name(list.first()?),
            Value::Object(fields) => {
                if let Some(name) = fields.get("name").and_then(string) {
                    return Some(name);
                }
                let id = fields.get("@id")?.as_str()?;
                let node = self.nodes.iter().find(|node| {
                    node.get("@id").and_then(Value::as_str) == Some(id) && node.get("name").is_some()
                })?;
                string(node.get("name")?)
            }
            _ => None,
        }
    }

    /// Whether the page says that its article is for subscribers.
    fn paid(&self) -> bool {
        let shut = |said: &Value| match said {
            Value::Bool(free) => !free,
            Value::String(free) => {
                free.rsplit('/').next().is_some_and(|free| free.eq_ignore_ascii_case("false"))
            }
            _ => false,
        };
        let article = self.article().and_then(|node| node.get("isAccessibleForFree")).is_some_and(shut);
        let is = |names: &[&str], values: &[&str]| {
            self.meta(names).is_some_and(|said| values.iter().any(|value| said.eq_ignore_ascii_case(value)))
        };
        article
            || is(&["article:content_tier", "og:article:content_tier", "content_tier"], &["locked"])
            || is(&["isaccessibleforfree"], &["false"])
            || is(&["paywall", "is_paywalled", "ispaywalled", "premium", "is_premium"], &["true", "1", "yes"])
    }

    fn image(&self, draft: &mut Draft) {
        let linked = self.article().and_then(|node| node.get("image"));
        let social = self.meta(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]);
        let alt = self.meta(&["og:image:alt", "twitter:image:alt"]);
        draft.image = image::main(self.document, linked, social, alt, self.url.as_ref());
        if draft.image.is_some() {
            draft.say("image", if linked.is_some() { Found::JsonLd } else { Found::Meta });
        }
    }

    fn rest(&self, draft: &mut Draft) {
        let said = self
            .first("html[lang]")
            .and_then(|node| node.attr("lang"))
            .and_then(|said| language::tag(&said))
            .or_else(|| self.linked("inLanguage").and_then(|said| language::tag(&said)))
            .or_else(|| {
                self.meta(&["content-language", "language", "dc.language", "og:locale"])
                    .and_then(language::tag)
            });
        if let Some(said) = said {
            draft.language = Some(said);
            draft.say("language", Found::Meta);
        }
        if let Some(section) = self.linked("articleSection").and_then(|text| line::label(&text)) {
            draft.section = Some(section);
            draft.say("section", Found::JsonLd);
        } else if let Some(section) =
            self.meta(&["article:section", "section", "parsely-section"]).and_then(line::label)
        {
            draft.section = Some(section);
            draft.say("section", Found::Meta);
        }
        let canonical = self
            .first("link[rel~=canonical][href]")
            .and_then(|node| node.attr("href"))
            .map(|href| href.to_string());
        let canonical =
            canonical.as_deref().or_else(|| self.meta(&["og:url"])).and_then(|href| match &self.url {
                Some(base) => base.join(href.trim()).ok(),
                None => Url::parse(href.trim()).ok(),
            });
        if let Some(url) = canonical.filter(|url| matches!(url.scheme(), "http" | "https")) {
            draft.canonical_url = Some(url.to_string());
            draft.say("canonical_url", Found::Meta);
        }
    }
}
