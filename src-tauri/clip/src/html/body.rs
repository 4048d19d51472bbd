//! The article in the page: what a Readability extractor finds, rendered, with the page's own
//! lines set aside.

use bilat_core::BlockKind;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;

use super::render::{self, Rendered};
use crate::clipping::Found;
use crate::draft::Draft;
use crate::{Error, byline, date, furniture, line};

/// More elements than this make a page slow to read; the longest real ones have a third of it.
const MOST_ELEMENTS: usize = 200_000;
/// Fewer letters than this are no article.
const LEAST: usize = 80;

pub fn read(document: Document, url: Option<&str>, draft: &mut Draft) -> Result<(), Error> {
    let base = base(&document, url);
    let mut found = candidates(document, base.as_ref())?;
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

fn candidates(document: Document, base: Option<&Url>) -> Result<Vec<Rendered>, Error> {
    let whole = document.clone();
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config))
        .ok()
        .and_then(|mut reader| reader.parse().ok());
    if let Some(article) = found {
        let tree = Document::from(article.content);
        return Ok(render::blocks(&tree.root(), base));
    }
    // Nothing stood out: the whole page, as far as its lines are sentences.
    let mut blocks = render::blocks(&whole.root(), base);
    blocks.retain(|block| line::ends_sentence(&block.piece.text) && line::words(&block.piece.text) >= 8);
    Ok(blocks)
}

/// Sets the page's own lines aside and takes what is title, byline and date out of the body.
fn trim(blocks: &mut Vec<Rendered>, draft: &mut Draft) {
    let title = draft.title.as_deref().map(line::folded).unwrap_or_default();
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
    // A subhead with nothing under it heads what was left out.
    while kept.last().is_some_and(|last| last.piece.kind == BlockKind::Heading) {
        draft.set_aside.extend(kept.pop().map(|last| last.piece.text));
    }
    *blocks = kept;
}
