//! Who signs the article: declared, linked and printed, people apart from desks and agencies.

use bilat_core::BlockKind;
use dom_query::NodeRef;
use serde_json::Value;
use url::Url;

use super::linked::types;
use super::{AFTER_TITLE, BEFORE_TITLE, Draft, Found, PICTURE, Page};
use crate::html::render;
use crate::{byline, date, line};

/// The group of names that speak of an author.
const AUTHOR: usize = 7;

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

impl Page<'_> {
    pub(super) fn authors(&self, draft: &mut Draft) {
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
