//! What a page declares of itself: JSON-LD, `<meta>`, `<time>`, and what it prints at the top.

use std::collections::HashMap;

use bilat_core::BlockKind;
use dom_query::{Document, NodeRef};
use serde_json::Value;
use url::Url;

use super::around::NOWHERE;
use super::image;
use super::render::{self, Rendered};
use crate::clipping::Found;
use crate::draft::Draft;
use crate::{byline, date, furniture, language, line};

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
/// A day so close to the headline is the article's own.
const CLOSE_AFTER: usize = 6;
const CLOSE_BEFORE: usize = 3;
/// The groups of names that speak of an author, and of a picture.
const AUTHOR: usize = 7;
const PICTURE: usize = 9;
/// A `<meta>` that is repeated oftener says nothing of the article: some papers have a few hundred authors.
const MOST_REPEATED: usize = 40;
/// A paragraph with fewer letters may be a label.
const LEAST_PROSE: usize = 60;
/// A title with fewer letters may stand inside another by chance.
const LEAST_TITLE: usize = 12;

/// The `<meta>` elements that name authors, the surest first.
const AUTHORS: [&str; 12] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "og:article:author",
    "cxenseparse:author",
    "article:author_name",
    "twitter:creator:name",
];

/// Types of schema.org that are an article.
fn is_article(node: &Value) -> bool {
    types(node).any(|name| {
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(name, "Report" | "Review" | "Recipe" | "HowTo" | "AnalysisNewsArticle")
    })
}

fn types(node: &Value) -> impl Iterator<Item = &str> {
    let said = node.get("@type");
    let one = said.and_then(Value::as_str);
    let many = said.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(many).map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

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

    fn title(&self, draft: &mut Draft) {
        let outlet = draft.outlet.clone().unwrap_or_default();
        let strip = |title: &str| without_outlet(title, &outlet, self.host().as_deref().unwrap_or_default());
        let heads: Vec<String> = self
            .document
            .select("h1")
            .nodes()
            .iter()
            .map(|node| {
                without_tail(
                    &plain(&render::words(node)),
                    &outlet,
                    self.host().as_deref().unwrap_or_default(),
                )
            })
            .filter(|text| !text.is_empty() && !is_logo(text, &outlet))
            .collect();
        let headline =
            self.linked("headline").or_else(|| self.linked("name")).map(|title| strip(&line::tidy(&title)));
        let social = self
            .meta(&[
                "og:title",
                "twitter:title",
                "dc.title",
                "dcterms.title",
                "citation_title",
                "parsely-title",
                "sailthru.title",
            ])
            .map(&strip);
        let window =
            self.first("head title").or_else(|| self.first("title")).map(|node| strip(&render::words(&node)));

        // A printed headline that the page also declares is the title as readers know it.
        let declared: Vec<String> =
            [&headline, &social, &window].into_iter().flatten().map(|title| line::folded(title)).collect();
        let agreed = heads.iter().find(|head| {
            let head = line::folded(head);
            line::words(&head) >= 2 && declared.iter().any(|title| *title == head || alike(title, &head))
        });
        let shares = |head: &str| {
            let head = line::folded(head);
            let words: Vec<&str> = head.split(' ').collect();
            let shared = words
                .iter()
                .filter(|word| declared.iter().any(|title| title.split(' ').any(|said| said == **word)))
                .count();
            words.len() >= 3 && shared * 2 >= words.len()
        };
        let agreed = agreed.or_else(|| heads.iter().find(|head| heads.len() <= 3 && shares(head)));
        // A single headline on the page goes before what the head says for other sites.
        let single = match heads.as_slice() {
            [head] if line::words(head) >= 2 && line::folded(head) != line::folded(&outlet) => Some(head),
            _ => None,
        };
        let longer =
            |head: &&String| social.as_ref().is_some_and(|said| line::words(head) >= line::words(said));
        let agreed = agreed.or_else(|| single.filter(|_| headline.is_none()).filter(longer));
        let chosen = match (agreed, headline, social, window) {
            (Some(head), ..) => Some((head.clone(), Found::Text)),
            (None, Some(title), ..) if !title.is_empty() => Some((title, Found::JsonLd)),
            (None, _, Some(title), _) if !title.is_empty() => Some((title, Found::Meta)),
            _ if heads.len() == 1 && line::words(&heads[0]) >= 3 => Some((heads[0].clone(), Found::Text)),
            (None, _, _, Some(title)) if !title.is_empty() => Some((title, Found::Meta)),
            _ => heads.first().map(|head| (head.clone(), Found::Text)),
        };
        if let Some((title, found)) = chosen {
            draft.title = line::label(&title);
            draft.say("title", found);
        }
    }

    fn standfirst(&self, draft: &mut Draft) {
        const LENGTH: std::ops::RangeInclusive<usize> = 25..=600;
        let described: Vec<(String, Found)> = self
            .linked("description")
            .map(|text| (text, Found::JsonLd))
            .into_iter()
            .chain(
                ["og:description", "description", "twitter:description", "dc.description"]
                    .iter()
                    .filter_map(|name| self.meta(&[*name]))
                    .map(|text| (text.to_owned(), Found::Meta)),
            )
            .filter(|(text, _)| line::chars(text) >= *LENGTH.start())
            .collect();
        let title = line::folded(draft.title.as_deref().unwrap_or_default());
        let head = self.headline(draft.title.as_deref());
        let near: Vec<&Rendered> = head.map_or_else(Vec::new, |at| {
            let fits = |block: &&Rendered| {
                let text = &block.piece.text;
                LENGTH.contains(&line::chars(text))
                    && !block.around.hidden
                    && matches!(block.piece.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item)
                    && block.linked * 2 < line::chars(text)
                    && !furniture::line_of_page(text)
                    && date::line(text).is_none()
                    && !byline::line(text, &mut Draft::default())
                    && line::folded(text) != title
            };
            self.blocks[at + 1..]
                .iter()
                .take(AFTER_TITLE)
                .chain(&self.blocks[at.saturating_sub(2)..at])
                .filter(fits)
                .collect()
        });
        let called = near.iter().find(|block| block.around.lead <= 1);
        let says = |block: &&&Rendered| {
            let text = line::folded(&block.piece.text);
            described.iter().any(|(said, _)| line::folded(said) == text) && !self.opens_body(block)
        };
        let under = near.iter().find(|block| {
            block.piece.kind == BlockKind::Heading
                && block.around.up[12] <= 3
                && line::words(&block.piece.text) >= 7
        });
        let printed =
            called.or_else(|| near.iter().find(says)).or(under).map(|block| block.piece.text.clone());
        let chosen = printed.map(|text| (text, Found::Text)).or_else(|| described.into_iter().next());
        if let Some((text, found)) = chosen {
            draft.standfirst = line::label(&text);
            draft.say("standfirst", found);
        }
    }

    /// Whether a block is made as the paragraph under it is, in the same box: then it is the first of the text, even
    /// where a description repeats it.
    fn opens_body(&self, block: &Rendered) -> bool {
        let after = self.blocks.iter().skip_while(|other| !std::ptr::eq(*other, block)).skip(1);
        let prose = |other: &&Rendered| {
            other.piece.kind == BlockKind::Paragraph && line::chars(&other.piece.text) >= LEAST_PROSE
        };
        after.take(4).find(prose).is_some_and(|next| {
            next.piece.kind == block.piece.kind
                && next.around.shape == block.around.shape
                && next.around.boxes[0] == block.around.boxes[0]
        })
    }

    fn authors(&self, draft: &mut Draft) {
        const PLACES: [&str; 10] = [
            "[rel=author]",
            "[itemprop=author] [itemprop=name]",
            "[itemprop=author]",
            "[class*=byline] a",
            "[class*=byline], [class*=Byline]",
            "[class*=author-name], [class*=authorName], [class*=authorname], [class*=author__name], [class*=the-author], .author",
            "[class*=author] a",
            "a[href*='/author/'], a[href*='/authors/'], a[href*='/autor/'], a[href*='/autoren/'], a[href*='/auteur/'], a[href*='/autore/']",
            "[class*=Author] a, [class*=autor] a, [class*=auteur] a, [class*=signature] a",
            ".writer, .autor, .auteur, .firma, [class*=article-author], [class*=post-author], [class*=author_name]",
        ];
        let outlet = draft.outlet.as_deref().map(line::folded).unwrap_or_default();
        let author = self.article().and_then(|node| node.get("author").or_else(|| node.get("creator")));
        let not_outlet = |names: Vec<String>| -> Vec<String> {
            names.into_iter().filter(|name| line::folded(name) != outlet).collect()
        };
        let near = self.signed(draft.title.as_deref());
        // A system may declare its owner or its clerk: who is printed as the author is one of those declared.
        let joined = |name: &String| line::folded(name).replace(' ', "");
        let agrees = |declared: &Vec<String>| match &near {
            Some((byline::Signed::People(printed), true)) => {
                let printed: Vec<String> = printed.iter().map(joined).collect();
                declared.iter().map(joined).any(|name| {
                    printed.iter().any(|other| name.contains(other.as_str()) || other.contains(&name))
                })
            }
            _ => true,
        };
        let found = some(author.map(|author| not_outlet(self.people(author))), Found::JsonLd)
            .or_else(|| {
                let declared = self.declared_authors().map(not_outlet);
                some(declared.filter(agrees).find(|names| !names.is_empty()), Found::Meta)
            })
            .or_else(|| some(self.linked_authors().map(not_outlet), Found::Meta))
            .or_else(|| match &near {
                Some((byline::Signed::People(names), _)) => {
                    // Names that run together in the line stand apart in its elements.
                    let whole = names.concat();
                    let glued = names.iter().any(|name| byline::runs_together(name));
                    let parted = || PLACES.iter().map(|place| self.printed_names(place));
                    let parted = glued.then(|| {
                        parted().find(|names| !names.is_empty() && whole.starts_with(&names.concat()))
                    });
                    some(Some(not_outlet(parted.flatten().unwrap_or_else(|| names.clone()))), Found::Text)
                }
                _ => None,
            })
            .or_else(|| {
                some(
                    PLACES
                        .iter()
                        .map(|place| not_outlet(self.printed_names(place)))
                        .find(|names| !names.is_empty()),
                    Found::Text,
                )
            })
            .or_else(|| {
                some(byline::printed(&self.head_lines(draft.title.as_deref())).map(not_outlet), Found::Text)
            });
        if let Some((names, found)) = found {
            if found == Found::JsonLd
                && let Some(author) = author
            {
                let signers = not_outlet(self.signers(author));
                draft.byline = Some(signers.join(", ")).filter(|_| signers.len() > names.len());
            }
            draft.authors = names;
            draft.say("byline", found);
            return;
        }
        // No person signs it: the desk or the outlet does, in the byline but not among the authors.
        let declared = || AUTHORS.iter().flat_map(|name| self.said(name));
        let desk =
            author.and_then(|author| self.name(author)).map(|name| (name, Found::JsonLd)).or_else(|| {
                declared().find(|text| !text.contains("://")).map(|text| (text.to_owned(), Found::Meta))
            });
        if let Some((name, found)) = desk
            && byline::is_desk(&name)
        {
            draft.byline = line::label(&name);
            draft.say("byline", found);
        } else if let Some((byline::Signed::Desk(name), _)) = near {
            draft.byline = line::label(&name);
            draft.say("byline", Found::Text);
        }
    }

    /// The people that each `<meta>` of an author names.
    fn declared_authors(&self) -> impl Iterator<Item = Vec<String>> {
        AUTHORS.iter().map(|name| {
            let mut people: Vec<String> = Vec::new();
            for said in self.said(name) {
                // Libraries write the family name first: "Other, Ann".
                let turned = said.split_once(", ").filter(|(family, given)| {
                    matches!(*name, "citation_author" | "dc.creator" | "dcterms.creator")
                        && !given.contains(',')
                        && line::words(family) <= 2
                });
                let said = turned.map_or(said.to_owned(), |(family, given)| format!("{given} {family}"));
                let new = byline::names(&said);
                people.extend(new.into_iter().filter(|name| !people.contains(name)).collect::<Vec<_>>());
            }
            people
        })
    }

    /// The people whose pages a `<meta>` of an author leads to, as the page's own links call them.
    fn linked_authors(&self) -> Option<Vec<String>> {
        let pages: Vec<String> = AUTHORS
            .iter()
            .flat_map(|name| self.said(name))
            .filter_map(|said| Url::parse(said).ok())
            .map(|page| page.path().trim_end_matches('/').to_owned())
            .filter(|path| path.len() > 3)
            .collect();
        if pages.is_empty() {
            return None;
        }
        let mut people: Vec<String> = Vec::new();
        for link in self.document.select("a[href]").nodes() {
            let leads = link.attr("href").is_some_and(|href| {
                let href = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
                pages.iter().any(|page| href.ends_with(page.as_str()))
            });
            if leads {
                let names = byline::names(&render::apart(link));
                let new = names.into_iter().filter(|name| line::words(name) >= 2 && !people.contains(name));
                people.extend(new.collect::<Vec<_>>());
            }
        }
        Some(people)
    }

    /// Who signs beside the headline: the lines after it, then those before. And whether a line says "by".
    fn signed(&self, title: Option<&str>) -> Option<(byline::Signed, bool)> {
        let at = self.headline(title)?;
        let after = (at + 1..self.blocks.len()).take(AFTER_TITLE);
        let before = (at.saturating_sub(BEFORE_TITLE)..at).rev();
        let mut desk = None;
        for near in after.chain(before) {
            let block = &self.blocks[near];
            let text = &block.piece.text;
            let picture = block.piece.kind == BlockKind::Caption || block.around.up[PICTURE] <= 1;
            if text.len() > 240 || block.around.up[3] <= 4 || picture {
                continue;
            }
            let short = line::words(text) <= 14;
            let named = block.around.up[AUTHOR] <= 1 && short;
            let dated =
                |at: usize| self.blocks.get(at).is_some_and(|block| date::line(&block.piece.text).is_some());
            let bare = near.abs_diff(at) <= 3
                && byline::bare_name(text)
                && (dated(near + 1) || (near > 0 && dated(near - 1)));
            match byline::signed(text, named || bare).filter(|_| short || text.len() < 120) {
                Some(byline::Signed::Desk(name)) => {
                    desk.get_or_insert(name);
                }
                Some(people) => return Some((people, byline::says_by(text))),
                None => {}
            }
        }
        desk.map(|name| (byline::Signed::Desk(name), false))
    }

    fn printed_names(&self, place: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        // An element that is the author's own name may hold one word.
        let least = if matches!(place, "[rel=author]" | "[itemprop=author] [itemprop=name]") { 1 } else { 2 };
        for node in self.document.select(place).nodes().iter().filter(|node| !is_aside(node)).take(4) {
            let text = render::apart(node);
            if text.len() > 160 {
                continue;
            }
            for name in byline::names(&text) {
                if line::words(&name) >= least && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if names.iter().any(|name| line::words(name) >= 2) {
            names.retain(|name| line::words(name) >= 2);
        } else {
            names.truncate(1);
        }
        names
    }

    /// The people in a JSON-LD author, organisations left out.
    fn people(&self, author: &Value) -> Vec<String> {
        match author {
            Value::Array(list) => {
                let mut people: Vec<String> = Vec::new();
                for name in list.iter().flat_map(|one| self.people(one)) {
                    if !people.contains(&name) {
                        people.push(name);
                    }
                }
                people
            }
            Value::Object(_) if types(author).any(|kind| kind.contains("Organization")) => Vec::new(),
            other => self.name(other).map(|name| byline::names(&name)).unwrap_or_default(),
        }
    }

    /// Everybody that a JSON-LD author names, desks and agencies included.
    fn signers(&self, author: &Value) -> Vec<String> {
        let Value::Array(list) = author else {
            let people = self.people(author);
            if !people.is_empty() {
                return people;
            }
            return self.name(author).filter(|name| byline::is_desk(name)).into_iter().collect();
        };
        let mut signers: Vec<String> = Vec::new();
        for name in list.iter().flat_map(|one| self.signers(one)) {
            if !signers.contains(&name) {
                signers.push(name);
            }
        }
        signers
    }

    fn dates(&self, draft: &mut Draft) {
        let title = draft.title.as_deref();
        let near = self.printed_near(title);
        let mut plain: Vec<&str> =
            near.iter().filter(|near| !near.modified).map(|near| near.day.as_str()).collect();
        plain.dedup();
        let stated = self.stated_days();
        // Where declarations differ, the one that readers see printed is right.
        let confirmed = stated.iter().find(|(_, day, _)| plain.contains(&day.as_str()));
        let chosen = confirmed.or(stated.first());
        // A page that is no news and prints an older day than it declares was moved: a system declares the move.
        let changed = self.modified_day();
        let printed = match (plain.as_slice(), chosen) {
            ([only], Some((_, stated, _))) if confirmed.is_none() && !self.is_news() => {
                (date::apart(only, stated) > 1).then_some(*only)
            }
            _ => None,
        };
        // A moment in UTC may be of the day after the one that the outlet has: its address says which.
        let address = self.url.as_ref().and_then(|url| date::address(url.path()));
        let local = chosen.zip(address.as_deref()).and_then(|((text, day, _), own)| {
            let utc = text.trim_end().ends_with(['Z', 'z']) || text.trim_end().ends_with("+00:00");
            (utc && !self.is_news() && date::apart(own, day) == 1).then_some(own)
        });
        let printed = printed.or(local);
        if printed.is_none() {
            draft.published_at = chosen.and_then(|(text, ..)| date::moment(text));
        }
        let declared = match (printed, chosen) {
            (Some(day), Some(_)) => Some((day.to_owned(), Found::Text)),
            (_, chosen) => chosen.map(|(_, day, found)| (day.clone(), *found)),
        };
        let published = declared
            .or_else(|| self.near_time(title).map(|day| (day, Found::Time)))
            .or_else(|| plain.first().map(|day| ((*day).to_owned(), Found::Text)))
            .or_else(|| address.clone().map(|day| (day, Found::Guess)))
            .or_else(|| self.timed_day().map(|day| (day, Found::Time)))
            .or_else(|| self.head_day(title).map(|day| (day, Found::Text)))
            .or_else(|| self.printed_day().map(|day| (day, Found::Text)))
            .or_else(|| self.only_day());
        if let Some((day, found)) = published {
            draft.published = Some(day);
            draft.say("published", found);
        }
        let printed = || near.iter().find(|near| near.modified).map(|near| (near.day.clone(), Found::Text));
        if let Some((day, found)) = changed.or_else(printed) {
            draft.modified = Some(day);
            draft.say("modified", found);
        }
    }

    /// The day of the last change that the page declares.
    fn modified_day(&self) -> Option<(String, Found)> {
        const NAMES: [&str; 5] =
            ["article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"];
        let linked = self.linked("dateModified").and_then(|text| date::day(&text));
        linked
            .map(|day| (day, Found::JsonLd))
            .or_else(|| self.meta(&NAMES).and_then(date::day).map(|day| (day, Found::Meta)))
    }

    /// The days of publication that the page declares: as written, as a day, and where.
    fn stated_days(&self) -> Vec<(String, String, Found)> {
        let own = self.article().into_iter();
        let articles = own.chain(self.nodes.iter().filter(|node| is_article(node)));
        let pages = self.nodes.iter().filter(|node| types(node).any(|kind| kind.ends_with("Page")));
        let linked = articles
            .flat_map(|node| ["datePublished", "dateCreated"].map(|field| node.get(field)))
            .chain(pages.map(|node| node.get("datePublished")))
            .flatten()
            .filter_map(string)
            .map(|text| (text, Found::JsonLd));
        let meta = self.declared_day().map(|text| (text, Found::Meta));
        let read = |(text, found): (String, Found)| {
            let day = date::day(&text)?;
            Some((text, day, found))
        };
        let declared: Vec<_> = linked.chain(meta).filter_map(read).collect();
        if !declared.is_empty() {
            return declared;
        }
        self.marked_time().map(|text| (text, Found::Time)).into_iter().filter_map(read).collect()
    }

    /// Whether the page declares its article to be news.
    fn is_news(&self) -> bool {
        self.nodes
            .iter()
            .any(|node| types(node).any(|kind| kind.ends_with("NewsArticle") || kind == "LiveBlogPosting"))
    }

    /// In which order the page writes numeric dates.
    fn order(&self) -> date::Order {
        let locale = self.meta(&["og:locale", "content-language"]).map(str::to_owned);
        let said = self.first("html[lang]").and_then(|node| node.attr("lang")).map(|said| said.to_string());
        let known = |said: Option<String>| said.map(|said| date::Order::of(&said));
        let declared = match known(said) {
            Some(date::Order::Open) | None => known(locale).unwrap_or_default(),
            Some(order) => order,
        };
        // A number above 12 on the same page tells more than the language.
        let mut short = self.blocks.iter().filter(|block| block.piece.text.len() <= 60);
        short.find_map(|block| date::order_of(&block.piece.text)).unwrap_or(declared)
    }

    /// The days that are printed close to the headline, the nearest after it first.
    fn printed_near(&self, title: Option<&str>) -> Vec<date::Dated> {
        let Some(at) = self.headline(title) else { return Vec::new() };
        let order = self.order();
        let after = at + 1..self.blocks.len().min(at + 1 + CLOSE_AFTER);
        let before = at.saturating_sub(CLOSE_BEFORE)..at;
        let mut days = Vec::new();
        for near in after.chain(before.rev()) {
            let block = &self.blocks[near];
            let text = &block.piece.text;
            let elsewhere = [0, 1, 3].iter().any(|&group| block.around.up[group] <= 3);
            if elsewhere || text.len() > 200 || line::words(text) > 20 {
                continue;
            }
            let above = near.checked_sub(1).map_or("", |near| self.blocks[near].piece.text.as_str());
            days.extend(date::printed(text, above, order));
        }
        days
    }

    fn declared_day(&self) -> Option<String> {
        const NAMES: [&str; 25] = [
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "og:published_time",
            "article:published",
            "publication_date",
            "date.issued",
            "dcterms.issued",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "dcterms.date",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "published-date",
            "parsely-pub-date",
            "sailthru.date",
            "article.published",
            "citation_publication_date",
            "citation_date",
            "cxenseparse:recs:publishtime",
            "datecreated",
            "published",
        ];
        let known = NAMES.iter().filter_map(|name| self.meta.get(*name));
        // Sites have names of their own for it: "w-published-date".
        let mut other: Vec<(&String, &Vec<String>)> = self
            .meta
            .iter()
            .filter(|(name, _)| name.contains("publish") && (name.contains("date") || name.contains("time")))
            .collect();
        other.sort();
        let said = known.chain(other.into_iter().map(|(_, said)| said)).flatten();
        said.into_iter().find(|text| date::day(text).is_some()).cloned()
    }

    /// A time that its markup calls that of publication.
    fn marked_time(&self) -> Option<String> {
        const PLACES: [&str; 3] = [
            "[itemprop=datePublished]",
            "time[pubdate]",
            "time.published, time.entry-date, .published time, .entry-date time",
        ];
        PLACES.iter().find_map(|place| {
            self.document.select(place).nodes().iter().find_map(|node| {
                let said =
                    node.attr("datetime").or_else(|| node.attr("content")).map(|said| said.to_string());
                let printed = || render::words(node);
                said.into_iter().chain(std::iter::once_with(printed)).find(|text| date::day(text).is_some())
            })
        })
    }

    /// The first time element that is printed beside the headline, that of an update aside.
    fn near_time(&self, title: Option<&str>) -> Option<String> {
        let lines: Vec<String> = self.head_lines(title).iter().map(|text| line::tidy(text)).collect();
        self.document.select("time[datetime]").nodes().iter().take(60).find_map(|node| {
            let text = render::words(node);
            let beside = lines.iter().find(|line| !text.is_empty() && line.contains(&text))?;
            let before = &beside[..beside.find(&text)?];
            let last = before.char_indices().rev().nth(24).map_or(0, |(byte, _)| byte);
            let own = node.class().is_some_and(|class| date::speaks_of_change(&class));
            (!own && !date::speaks_of_change(&before[last..]) && !date::speaks_of_change(&text))
                .then(|| date::day(&node.attr("datetime")?))
                .flatten()
        })
    }

    fn timed_day(&self) -> Option<String> {
        const PLACES: [&str; 3] = [
            "article header time[datetime], header time[datetime]",
            "article time[datetime], main time[datetime]",
            "time[datetime]",
        ];
        PLACES.iter().find_map(|place| {
            self.document.select(place).nodes().iter().find_map(|node| {
                let changed = node.attr("itemprop").is_some_and(|said| said.contains("dateModified"))
                    || node
                        .class()
                        .is_some_and(|class| class.contains("updated") && !class.contains("published"))
                    || date::speaks_of_change(&render::words(node))
                    || node.prev_sibling().is_some_and(|label| {
                        let label = if label.is_nonempty_text() { Some(label) } else { label.prev_sibling() };
                        label.is_some_and(|label| date::speaks_of_change(&render::words(&label)))
                    });
                if changed {
                    return None;
                }
                let said =
                    node.attr("datetime").or_else(|| node.attr("content")).map(|said| said.to_string());
                said.and_then(|said| date::day(&said)).or_else(|| date::day(&render::words(node)))
            })
        })
    }

    /// A day that is printed in the head of the article.
    fn printed_day(&self) -> Option<String> {
        const PLACES: &str = "[class*=date], [class*=Date], [class*=publish], [class*=byline], [class*=posted], [class*=timestamp], [class*=post-meta], [class*=entry-meta], [class*=article-meta], [class*=meta-info], [id*=date], time";
        let order = self.order();
        self.document.select(PLACES).nodes().iter().take(40).find_map(|node| {
            let text = render::words(node);
            if text.is_empty() || text.len() > 200 {
                return None;
            }
            let found = date::printed(&text, "", order).into_iter().next()?;
            (!found.modified).then_some(found.day)
        })
    }

    /// A day in the lines around the headline.
    fn head_day(&self, title: Option<&str>) -> Option<String> {
        let order = self.order();
        self.head_lines(title)
            .iter()
            .filter(|text| line::words(text) <= 14)
            .flat_map(|text| date::printed(text, "", order))
            .find(|found| !found.modified)
            .map(|found| found.day)
    }

    /// The one day that the page prints, wherever it stands. Where that is the day of a change it is the day of the
    /// version that readers see, which is to be checked.
    fn only_day(&self) -> Option<(String, Found)> {
        let order = self.order();
        let (mut published, mut changed) = (Vec::new(), Vec::new());
        for (at, block) in self.blocks.iter().enumerate() {
            let text = &block.piece.text;
            let other = [2, 3].iter().any(|&group| block.around.up[group] < NOWHERE);
            if other || line::words(text) > 12 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let above = at.checked_sub(1).map_or("", |above| self.blocks[above].piece.text.as_str());
            for found in date::printed(text, above, order) {
                let days = if found.modified { &mut changed } else { &mut published };
                if !days.contains(&found.day) {
                    days.push(found.day);
                }
            }
        }
        match (published.as_slice(), changed.as_slice()) {
            ([day], _) => Some((day.clone(), Found::Text)),
            ([], [day]) => Some((day.clone(), Found::Guess)),
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

/// Whether an element names somebody else than the article's author: who took a picture, who is quoted or
/// comments, who wrote another story.
fn is_aside(node: &NodeRef) -> bool {
    const WORDS: [&str; 6] = ["caption", "credit", "comment", "related", "recommend", "quote"];
    let of_other = |node: &NodeRef| {
        let called = node.class().or_else(|| node.attr("id")).is_some_and(|said| {
            let said = said.to_ascii_lowercase();
            said.len() < 400 && WORDS.iter().any(|word| said.contains(word))
        });
        called || ["figure", "figcaption", "blockquote"].iter().any(|name| node.has_name(name))
    };
    of_other(node) || node.ancestors_it(Some(4)).any(|above| !above.has_name("body") && of_other(&above))
}

fn some(names: Option<Vec<String>>, found: Found) -> Option<(Vec<String>, Found)> {
    names.filter(|names| !names.is_empty()).map(|names| (names, found))
}

/// A string value, or the first of a list, as plain text.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(line::tidy(&plain(text))).filter(|text| !text.is_empty()),
        Value::Array(list) => string(list.first()?),
        Value::Object(fields) => string(fields.get("@value").or_else(|| fields.get("name"))?),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Declared text is often escaped twice or holds markup.
fn plain(text: &str) -> String {
    if text.contains('&') || (text.contains('<') && text.contains('>')) {
        return Document::fragment(text).text().to_string();
    }
    text.to_owned()
}

/// JSON as pages write it: with comments or CDATA around it and raw line breaks inside strings.
fn json(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let text =
        text.trim_start_matches("//").trim_start_matches("<![CDATA[").trim_start_matches("/*<![CDATA[*/");
    let text = text
        .trim_end_matches("/*]]>*/")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let mended = mended(text);
        // A stray brace after the value is common: what parses first is taken.
        serde_json::Deserializer::from_str(&mended).into_iter::<Value>().next()?.ok()
    })
}

/// JSON without what hand-written pages put into it: control characters and needless escapes in strings, comments,
/// and a comma after the last member.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut inside = false;
    while let Some(c) = rest.next() {
        match c {
            '\\' if inside => match rest.next() {
                Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    out.extend([c, escaped])
                }
                Some(other) => out.push(other),
                None => {}
            },
            '"' => {
                inside = !inside;
                out.push(c);
            }
            _ if c.is_control() => out.push(' '),
            '/' if !inside && rest.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in rest.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            '}' | ']' if !inside => {
                let kept = out.trim_end();
                out.truncate(kept.strip_suffix(',').unwrap_or(kept).len());
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Every object with a type, wherever it is nested.
fn collect(value: Value, nodes: &mut Vec<Value>, depth: usize) {
    if depth > 8 || nodes.len() > 400 {
        return;
    }
    match value {
        Value::Array(list) => list.into_iter().for_each(|one| collect(one, nodes, depth + 1)),
        Value::Object(mut fields) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "author"] {
                if let Some(inner) = fields.get_mut(key) {
                    let inner = if key == "@graph" { inner.take() } else { inner.clone() };
                    collect(inner, nodes, depth + 1);
                }
            }
            nodes.push(Value::Object(fields));
        }
        _ => {}
    }
}

/// Whether one title is the other with little more.
fn alike(declared: &str, printed: &str) -> bool {
    let (long, short) =
        if declared.len() > printed.len() { (declared, printed) } else { (printed, declared) };
    long.contains(short) && short.len() * 10 >= long.len() * 7
}

/// Whether a heading is nothing but the outlet's name and its logo's description.
fn is_logo(text: &str, outlet: &str) -> bool {
    let (text, outlet) = (line::folded(text), line::folded(outlet));
    let words = || text.split(' ').filter(|word| !word.is_empty());
    words().any(|word| word == "logo") && words().all(|word| word == "logo" || outlet.contains(word))
}

/// A printed headline without the outlet's name after it, which some sites print too.
fn without_tail(title: &str, outlet: &str, host: &str) -> String {
    let title = line::tidy(title);
    let (outlet, host) = (line::folded(outlet), line::folded(host).replace(' ', ""));
    for mark in [" | ", " – ", " — ", " - "] {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let after_folded = line::folded(after);
            let joined = after_folded.replace(' ', "");
            let names = after_folded == outlet || (joined.len() >= 4 && host.contains(&joined));
            let label = mark == " | " && line::words(before) >= 2 && line::words(after) <= 5;
            if (names || label) && !before.trim().is_empty() {
                return before.trim().to_owned();
            }
        }
    }
    title
}

/// A window title without the outlet's name before or after it.
fn without_outlet(title: &str, outlet: &str, host: &str) -> String {
    let title = line::tidy(title);
    let (outlet, host) = (line::folded(outlet), line::folded(host).replace(' ', ""));
    let names = |part: &str| {
        let part = line::folded(part);
        let joined = part.replace(' ', "");
        !part.is_empty()
            && (part == outlet
                || (!outlet.is_empty() && (outlet.contains(&part) || part.contains(&outlet)))
                || (joined.len() >= 3 && host.contains(&joined)))
    };
    for mark in [" | ", " – ", " — ", " - ", " :: ", " « ", " » ", " · ", " • ", ": "] {
        if let Some((before, after)) = title.rsplit_once(mark)
            && names(after)
            && !before.trim().is_empty()
        {
            return without_outlet(before, &outlet, &host);
        }
        if let Some((before, after)) = title.split_once(mark)
            && names(before)
            && line::words(after) >= 3
        {
            return after.to_owned();
        }
    }
    if let Some((before, after)) = title.rsplit_once(" | ")
        && line::words(before) >= 2
        && line::words(after) <= 5
    {
        return without_outlet(before, &outlet, &host);
    }
    title
}
