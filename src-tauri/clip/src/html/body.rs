//! The article in the page: what a Readability extractor finds, rendered, with the page's own
//! lines set aside.

use bilat_core::BlockKind;
use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use url::Url;

use super::judge;
use super::page::Stated;
use super::render::Rendered;
use crate::clipping::Found;
use crate::draft::Draft;
use crate::{Error, access, byline, date, furniture, line, wire};

/// More elements than this make a page slow to read; the longest real ones have a third of it.
const MOST_ELEMENTS: usize = 200_000;
/// So many links in a row are a menu; shorter runs may be the article's own sources.
const MENU: usize = 6;
/// Fewer letters than this are no article. A sign of Chinese, Japanese or Korean says as much as three letters.
const LEAST: usize = 80;

/// Log odds above which a block is taken.
const SURE: f32 = 0.2;
/// A credit on a line of its own stands within so many blocks after the last.
const FOOT: usize = 4;
/// A request to pay that cuts the text off stands within so many blocks after it.
const WALL: usize = 12;
/// A block of which so much was taken is the extractor's.
const TAKEN: f32 = 0.7;
/// A stated text of fewer words is a summary.
const LEAST_STATED: usize = 60;
/// So much of a block is in the stated text when the block belongs to it.
const STATED: f32 = 0.6;

/// Reads the article out of the blocks.
pub fn read(
    document: Document,
    blocks: Vec<Rendered>,
    stated: &Stated,
    draft: &mut Draft,
) -> Result<(), Error> {
    let (mut found, notice) = candidates(document, blocks, stated.text.as_deref(), draft);
    trim(&mut found, draft);
    let said = |block: &&Rendered| block.piece.kind == BlockKind::Paragraph;
    let signs = access::Signs {
        declared: stated.paid,
        notice,
        shown: found.iter().map(|block| line::words(&block.piece.text)).sum(),
        stated: stated.words,
        last: found.iter().rfind(said).map_or("", |block| &block.piece.text),
    };
    draft.access = access::weigh(&signs);
    if draft.access.is_some() {
        draft.say("access", if stated.paid { Found::JsonLd } else { Found::Text });
    }
    let weight = |c: char| if matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}') { 3 } else { 1 };
    let letters: usize = found.iter().flat_map(|block| block.piece.text.chars()).map(weight).sum();
    if letters < LEAST {
        return Err(Error::NoArticle);
    }
    draft.body = found.into_iter().map(|block| block.piece).collect();
    Ok(())
}

/// What relative links are relative to.
pub fn base(document: &Document, url: Option<&str>) -> Option<Url> {
    let page = url.and_then(|url| Url::parse(url).ok());
    let Some(said) = document.select_single("base[href]").attr("href") else { return page };
    match &page {
        Some(page) => page.join(&said).ok(),
        None => Url::parse(&said).ok(),
    }
    .or(page)
}

/// What the extractor took, as shingles.
fn taken(document: Document) -> judge::Shingles {
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let article = Readability::with_document(document, None, Some(config))
        .ok()
        .and_then(|mut reader| reader.parse().ok());
    let mut known = judge::Shingles::default();
    if let Some(article) = article {
        for passage in article.text_content.lines() {
            judge::learn(&mut known, &judge::hashed(passage));
        }
    }
    known
}

/// Measures every block of a page in order.
pub fn measure(
    document: Document,
    blocks: &[Rendered],
    words: &[Vec<u64>],
    title: Option<&str>,
    each: impl FnMut(usize, &judge::Measures),
) {
    let title = judge::hashed(title.unwrap_or_default());
    let taken = taken(document);
    judge::measure(&judge::Page { blocks, words, taken: &taken, title: &title }, each);
}

/// The blocks that the judge takes, and whether a request to pay stands among or under them. What it leaves
/// out between them is set aside.
fn candidates(
    document: Document,
    blocks: Vec<Rendered>,
    stated: Option<&str>,
    draft: &mut Draft,
) -> (Vec<Rendered>, bool) {
    let words: Vec<Vec<u64>> = blocks.iter().map(|block| judge::hashed(&block.piece.text)).collect();
    let mut odds = vec![0f32; blocks.len()];
    let mut shares = vec![0f32; blocks.len()];
    measure(document, &blocks, &words, draft.title.as_deref(), |at, measures| {
        odds[at] = judge::odds(measures);
        shares[at] = measures[judge::TAKEN];
    });
    if let Some(stated) = stated {
        hear(stated, &blocks, &words, &mut odds);
    }
    let letters = |fits: &dyn Fn(usize) -> bool| {
        let kept = (0..blocks.len()).filter(|&at| fits(at));
        kept.map(|at| line::chars(&blocks[at].piece.text)).sum::<usize>()
    };
    // Where the judge takes next to nothing of what the extractor took, the page is of a kind that it was
    // never shown: the extractor's word stands.
    let judged = letters(&|at| odds[at] > SURE);
    if judged * 4 < letters(&|at| shares[at] > TAKEN) {
        for (odds, share) in odds.iter_mut().zip(&shares) {
            *odds = if *share > TAKEN { 1.0 } else { -1.0 };
        }
    }
    let first = odds.iter().position(|&odds| odds > SURE).unwrap_or(0);
    let last = odds.iter().rposition(|&odds| odds > SURE).unwrap_or(0);
    // The patterns are slow and the article's own paragraphs are many: only its end and what was left out is asked.
    let asked = |at: usize| at <= last + WALL && (at + 1 >= last || odds[at] <= SURE);
    let notice = blocks
        .iter()
        .enumerate()
        .skip(first)
        .any(|(at, block)| asked(at) && !block.around.hidden && access::is_notice(&block.piece.text));
    let mut kept = Vec::new();
    for (at, (block, odds)) in blocks.into_iter().zip(odds).enumerate() {
        if odds > SURE {
            kept.push(block);
        } else if at > first && at < last {
            draft.set_aside.push(block.piece.text);
        } else if at > last
            && at <= last + FOOT
            && let Some(credit) = wire::credit_alone(&block.piece.text)
        {
            draft.credit.get_or_insert(credit);
            draft.say("credit", Found::Text);
        }
    }
    (kept, notice)
}

/// Hears the third witness: the text that the page's JSON-LD states. It has no paragraphs and may
/// be cut short, so it only says which blocks belong, and only where most of it is on the page.
fn hear(stated: &str, blocks: &[Rendered], words: &[Vec<u64>], odds: &mut [f32]) {
    let said = judge::hashed(stated);
    if said.len() < LEAST_STATED {
        return;
    }
    let mut known = judge::Shingles::default();
    judge::learn(&mut known, &said);
    let shares: Vec<f32> = words.iter().map(|words| judge::share(&known, words)).collect();
    let count = |fits: &dyn Fn(usize) -> bool| {
        (0..words.len())
            .filter(|&at| words[at].len() > 5 && fits(at))
            .map(|at| words[at].len())
            .sum::<usize>()
    };
    let found = count(&|at| shares[at] > STATED);
    let judged = count(&|at| odds[at] > SURE);
    if found * 10 < said.len() * 7 || found * 10 < judged * 6 {
        return;
    }
    let first = shares.iter().zip(words).position(|(share, words)| *share > STATED && words.len() > 5);
    let last = shares.iter().zip(words).rposition(|(share, words)| *share > STATED && words.len() > 5);
    let (Some(first), Some(last)) = (first, last) else { return };
    for (at, odds) in odds.iter_mut().enumerate() {
        let long = words[at].len() > 5;
        if long && shares[at] > STATED {
            *odds = odds.max(1.0);
        } else if at + 2 < first || at > last + 1 || (long && shares[at] < 0.2) {
            // A quotation or a list may be missing from what is stated; what the judge is sure of stays.
            let sure = matches!(
                blocks[at].piece.kind,
                BlockKind::Quote | BlockKind::Item | BlockKind::Heading | BlockKind::Row
            ) && (first..=last).contains(&at);
            if !sure {
                *odds = odds.min(-1.0);
            }
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
