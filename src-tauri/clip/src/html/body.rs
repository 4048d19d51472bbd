//! The article in the page: what a Readability extractor finds, rendered, with the page's own
//! lines set aside.

use bilat_core::BlockKind;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;

use super::render::{self, Reach, Rendered};
use crate::clipping::Found;
use crate::draft::Draft;
use crate::{Error, byline, date, furniture, line};

/// More elements than this make a page slow to read; the longest real ones have a third of it.
const MOST_ELEMENTS: usize = 200_000;
/// A region with this many times the running text shows that the extractor took only a part.
const PART: f64 = 1.6;
/// So many links in a row are a menu; shorter runs may be the article's own sources.
const MENU: usize = 6;
/// Fewer letters than this are no article.
const LEAST: usize = 80;

pub fn read(document: Document, url: Option<&str>, draft: &mut Draft) -> Result<(), Error> {
    let base = base(&document, url);
    let mut found = candidates(document, base.as_ref());
    trim(&mut found, draft);
    let letters: usize = found.iter().map(|block| line::chars(&block.piece.text)).sum();
    if letters < LEAST {
        return Err(Error::NoArticle);
    }
    draft.body = found.into_iter().map(|block| block.piece).collect();
    Ok(())
}

/// What relative links are relative to.
fn base(document: &Document, url: Option<&str>) -> Option<Url> {
    let page = url.and_then(|url| Url::parse(url).ok());
    let said = document.select_single("base[href]").attr("href")?;
    match &page {
        Some(page) => page.join(&said).ok(),
        None => Url::parse(&said).ok(),
    }
    .or(page.clone())
    .or_else(|| page.clone())
}

/// The extractor's article; or, where it took only a part, the region that the page marks as one.
fn candidates(document: Document, base: Option<&Url>) -> Vec<Rendered> {
    unwrap_links(&document);
    let whole = document.clone();
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config))
        .ok()
        .and_then(|mut reader| reader.parse().ok());
    let article = found
        .map(|article| render::blocks(&Document::from(article.content).root(), base, Reach::All))
        .unwrap_or_default();
    let region = region(&whole, base);
    if (article.is_empty() || !lists_articles(&region))
        && prose(&region) as f64 > PART * prose(&article) as f64
    {
        return region;
    }
    if !article.is_empty() {
        return article;
    }
    // Nothing stood out: the whole page, as far as its lines are sentences.
    let mut blocks = render::blocks(&whole.root(), base, Reach::Article);
    blocks.retain(|block| line::ends_sentence(&block.piece.text) && line::words(&block.piece.text) >= 8);
    blocks
}

/// The part of the page that is marked as its article.
fn region(document: &Document, base: Option<&Url>) -> Vec<Rendered> {
    for place in ["[itemprop=articleBody]", "article", "main, [role=main]"] {
        let mut regions: Vec<Vec<Rendered>> = document
            .select(place)
            .nodes()
            .iter()
            .take(12)
            .map(|node| render::blocks(node, base, Reach::Article))
            .collect();
        regions.sort_by_key(|blocks| std::cmp::Reverse(prose(blocks)));
        let total: usize = regions.iter().map(|blocks| prose(blocks)).sum();
        // Where several are alike, it is a list of articles and none of them is the one.
        if let Some(first) = regions.into_iter().next()
            && prose(&first) >= LEAST
            && prose(&first) * 3 >= total * 2
        {
            return first;
        }
    }
    Vec::new()
}

/// Subheads that are links lead to other articles: such a region is a front page.
fn lists_articles(blocks: &[Rendered]) -> bool {
    let heads = || blocks.iter().filter(|block| block.piece.kind == BlockKind::Heading);
    let links = heads().filter(|head| head.linked * 10 >= line::chars(&head.piece.text) * 7).count();
    links >= MENU && links * 2 >= heads().count()
}

/// How many letters stand in running text: not in links, labels or code.
fn prose(blocks: &[Rendered]) -> usize {
    let running = |block: &&Rendered| {
        let length = line::chars(&block.piece.text);
        length >= 40
            && block.linked * 2 < length
            && !matches!(block.piece.kind, BlockKind::Code | BlockKind::Row | BlockKind::Caption)
    };
    blocks.iter().filter(running).map(|block| line::chars(&block.piece.text)).sum()
}

/// Takes links out of the blocks that break a sentence around them: an extractor would drop the link.
fn unwrap_links(document: &Document) {
    for wrapper in document.select("div, p, section").nodes() {
        if render::wraps_link(wrapper) {
            wrapper.rename("span");
        }
    }
}

/// After a heading such as "Related articles" or "About the author" no article goes on.
fn cut_tail(blocks: &mut Vec<Rendered>, draft: &mut Draft) {
    let short = |block: &Rendered| line::chars(&block.piece.text) <= 60;
    let from = blocks.len() / 3;
    let cut = blocks.iter().enumerate().skip(from.max(2)).find(|(_, block)| {
        let kind = block.piece.kind;
        matches!(kind, BlockKind::Heading | BlockKind::Paragraph)
            && short(block)
            && furniture::ends_article(&block.piece.text)
    });
    if let Some((at, _)) = cut {
        draft.set_aside.extend(blocks.drain(at..).map(|block| block.piece.text));
    }
}

/// Three or more blocks in a row that are nothing but links are a menu.
fn lift_menus(blocks: &mut Vec<Rendered>, draft: &mut Draft) {
    let link = |block: &Rendered| {
        let length = line::chars(&block.piece.text);
        length <= 150 && block.linked * 10 >= (length - block.piece.text.matches(' ').count()) * 9
    };
    let mut menus = vec![false; blocks.len()];
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks[at..].iter().take_while(|block| link(block)).count();
        if run >= MENU {
            menus[at..at + run].fill(true);
        }
        at += run.max(1);
    }
    let mut at = 0;
    blocks.retain(|block| {
        at += 1;
        if menus[at - 1] {
            draft.set_aside.push(block.piece.text.clone());
        }
        !menus[at - 1]
    });
}

/// A description that is only the start of the first paragraph is no standfirst.
fn settle_standfirst(blocks: &[Rendered], draft: &mut Draft) {
    let declared = draft.provenance.get("standfirst").is_some_and(|found| *found != Found::Text);
    let Some(standfirst) = draft.standfirst.as_deref().filter(|_| declared) else { return };
    let start = line::folded(standfirst.trim_end_matches(['.', '…', '[', ']', ' ']));
    let opening = blocks.iter().filter(|block| block.piece.kind == BlockKind::Paragraph).take(3);
    if !start.is_empty()
        && opening.map(|block| line::folded(&block.piece.text)).any(|text| text.starts_with(&start))
    {
        draft.standfirst = None;
        draft.provenance.remove("standfirst");
    }
}

/// Sets the page's own lines aside and takes what is title, byline and date out of the body.
fn trim(blocks: &mut Vec<Rendered>, draft: &mut Draft) {
    let title = draft.title.as_deref().map(line::folded).unwrap_or_default();
    settle_standfirst(blocks, draft);
    let standfirst = draft.standfirst.as_deref().map(line::folded).unwrap_or_default();
    let mut kept: Vec<Rendered> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        let text = &block.piece.text;
        let head = kept.len() < 4;
        let prose = matches!(block.piece.kind, BlockKind::Code | BlockKind::Row);
        let folded = if head { line::folded(text) } else { String::new() };
        let repeated = head && !folded.is_empty() && (folded == title || folded == standfirst);
        let aside = !prose
            && (repeated
                || furniture::line_of_page(text)
                || (head && date::line(text).is_some())
                || (head && line::words(text) <= 12 && byline::line(text, &mut Draft::default())));
        if aside {
            if folded == standfirst && !folded.is_empty() {
                draft.say("standfirst", Found::Text);
            } else if folded != title {
                draft.set_aside.push(block.piece.text);
            }
        } else {
            kept.push(block);
        }
    }
    cut_tail(&mut kept, draft);
    lift_menus(&mut kept, draft);
    // A subhead with nothing under it heads what was left out.
    while kept.last().is_some_and(|last| last.piece.kind == BlockKind::Heading) {
        draft.set_aside.extend(kept.pop().map(|last| last.piece.text));
    }
    *blocks = kept;
}
