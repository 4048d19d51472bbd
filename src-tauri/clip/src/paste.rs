//! Text as it comes from the clipboard or a text file: often a whole page, furniture and all.
//!
//! In order: lines that were wrapped by hand are unwrapped, the first line is the title, page
//! furniture is set aside before anything is joined (so that a sentence can be mended across an
//! advert), then byline, date, standfirst and credit are taken, and what is left is mended.

use std::sync::LazyLock;

use bilat_core::BlockKind;
use regex::Regex;

use crate::clipping::Found;
use crate::draft::{Draft, Piece};

use crate::{byline, date, furniture, join, language, line, wire};

/// A byline or date stands within this many lines of the title.
const HEAD: usize = 14;
/// A credit stands within this many lines of the end.
const FOOT: usize = 6;

static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:photos?|picture|image|foto|bild)s?(?: credit| by)?\s*:")
        .expect("the pattern is a constant and a test compiles it")
});

pub fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let lines = unwrapped(text);
    let guess = language::guess(text);
    let openers = language::openers(guess.unwrap_or("en"));

    let mut lines = lines.into_iter();
    let mut title = String::new();
    for first in lines.by_ref() {
        if furniture::is_furniture(&first) {
            draft.set_aside.push(first);
        } else {
            title = first;
            break;
        }
    }
    let rest: Vec<String> = lines.collect();
    if rest.is_empty() {
        // One paragraph and no title: the words are the body, and the title is taken from them.
        draft.body.push(Piece::new(BlockKind::Paragraph, title));
        return draft;
    }

    let foot = rest.len().saturating_sub(FOOT);
    let mut kept: Vec<String> = Vec::with_capacity(rest.len());
    let mut captioned = false;
    for (at, text) in rest.into_iter().enumerate() {
        if furniture::is_furniture(&text) {
            captioned |= kept.len() == 1 && PICTURE.is_match(&text);
        } else if at < HEAD && draft.authors.is_empty() && byline::line(&text, &mut draft) {
            draft.say("byline", Found::Text);
        } else if at < HEAD && dated(&text, &mut draft) {
        } else if at >= foot
            && let Some(credit) = wire::credit_alone(&text)
        {
            draft.credit = Some(credit);
            draft.say("credit", Found::Text);
            continue;
        } else if kept.last() == Some(&text) {
            if kept.len() <= 2 {
                draft.standfirst = Some(text.clone());
            }
        } else if at < 6 && text == title {
        } else {
            kept.push(text);
            continue;
        }
        draft.set_aside.push(text);
    }
    draft.title = line::label(&title);
    draft.say("title", Found::Text);

    let standfirst = draft.standfirst.take();
    trim_head(&mut kept, standfirst.as_deref(), openers, &mut draft.set_aside);
    trim_foot(&mut kept, &mut draft.set_aside);
    let mut body = join::mend(kept, guess.unwrap_or("en"));
    draft.standfirst = standfirst.or_else(|| single_standfirst(&body, captioned));
    if let Some(standfirst) = &draft.standfirst {
        draft.provenance.insert("standfirst", Found::Text);
        if body.first() == Some(standfirst) {
            body.remove(0);
        } else if body.get(1) == Some(standfirst) {
            body.remove(1);
        }
    }
    draft.body = kinds(body);
    draft
}

/// The paragraphs of a text that has its title elsewhere.
pub fn paragraphs(text: &str) -> Vec<Piece> {
    kinds(join::mend(unwrapped(text), language::guess(text).unwrap_or("en")))
}

/// A line that gives the day of publication or of the last change.
fn dated(text: &str, draft: &mut Draft) -> bool {
    let Some(found) = date::line(text) else { return false };
    let (field, name) =
        if found.modified { (&mut draft.modified, "modified") } else { (&mut draft.published, "published") };
    if field.is_none() {
        *field = Some(found.day);
        draft.say(name, Found::Text);
    }
    true
}

/// The lines of a text; where lines were wrapped at a fixed width, whole paragraphs.
fn unwrapped(text: &str) -> Vec<String> {
    let normal = text.replace("\r\n", "\n");
    let blocks: Vec<Vec<&str>> = normal
        .split("\n\n")
        .map(|block| block.split('\n').filter(|text| !text.trim().is_empty()).collect::<Vec<_>>())
        .filter(|block| !block.is_empty())
        .collect();
    let full: Vec<usize> =
        blocks.iter().flat_map(|block| &block[..block.len() - 1]).map(|text| line::chars(text)).collect();
    let even = full.iter().filter(|length| (45..=100).contains(*length)).count();
    if blocks.len() < 2 || full.len() < 3 || even * 10 < full.len() * 9 {
        return line::lines(&normal).collect();
    }
    blocks
        .into_iter()
        .flat_map(|block| {
            let mut whole: Vec<String> = Vec::new();
            for text in block {
                match whole.last_mut() {
                    Some(last) if !line::lists(text.trim_start()) => {
                        last.push(' ');
                        last.push_str(text);
                    }
                    _ => whole.push(text.to_owned()),
                }
            }
            whole
        })
        .map(|text| line::tidy(&text))
        .filter(|text| !text.is_empty())
        .collect()
}

/// A short line that ends no sentence.
fn label_like(text: &str) -> bool {
    line::chars(text) <= 40 && line::words(text) <= 5 && !line::ends_clause(text)
}

/// Short labels between the title and the first paragraph are the page's, not the article's:
/// nothing has been said yet that a subhead could divide.
fn trim_head(
    kept: &mut Vec<String>,
    standfirst: Option<&str>,
    openers: language::Openers,
    aside: &mut Vec<String>,
) {
    let mut at = 0;
    while let Some(text) = kept.get(at) {
        if Some(text.as_str()) == standfirst && at == 0 {
            at += 1;
            continue;
        }
        let last = line::last_word(text);
        let open = openers.always(&last) || openers.in_prose(&last) || line::starts_lower(text);
        if !label_like(text) || open {
            break;
        }
        at += 1;
    }
    let start = usize::from(kept.first().map(String::as_str) == standfirst && standfirst.is_some());
    let follows =
        |text: &String| line::chars(text) >= 60 && !line::starts_lower(text) && !line::starts_closing(text);
    if at > start && kept.len() > at + 1 && kept.get(at).is_some_and(follows) {
        aside.extend(kept.drain(start..at));
    }
}

/// A subhead needs a paragraph after it, so short labels after the last paragraph are furniture.
fn trim_foot(kept: &mut Vec<String>, aside: &mut Vec<String>) {
    let start = kept.iter().rposition(|text| !label_like(text)).map_or(0, |last| last + 1);
    let labels = &kept[start..];
    let sound = start > 2
        && line::ends_sentence(&kept[start - 1])
        && !labels.iter().any(|text| line::starts_lower(text));
    if sound && labels.len() <= 2 {
        aside.extend(kept.drain(start..));
    }
}

/// A standfirst that stands once: a picture credit or the dateline follows it.
fn single_standfirst(body: &[String], captioned: bool) -> Option<String> {
    let [first, second, ..] = body else { return None };
    let fits = (25..=400).contains(&line::chars(first)) && wire::dateline(first).is_none();
    let open = !line::ends_sentence(first) && line::chars(first) >= 40 && line::chars(second) > 80;
    (fits && (captioned || wire::dateline(second).is_some() || open)).then(|| first.clone())
}

/// Says of each paragraph what it is, as far as its words show it.
fn kinds(body: Vec<String>) -> Vec<Piece> {
    let heads: Vec<bool> = (0..body.len())
        .map(|at| {
            let text = &body[at];
            let short = line::words(text) <= 12 && line::chars(text) <= 90 && !line::ends_clause(text);
            short
                && at > 0
                && line::ends_clause(&body[at - 1])
                && !line::lists(text)
                && body
                    .get(at + 1)
                    .is_some_and(|next| line::ends_clause(next) && line::chars(next) > line::chars(text))
        })
        .collect();
    body.into_iter()
        .zip(heads)
        .map(|(text, head)| {
            let kind = match () {
                () if head => BlockKind::Heading,
                () if text.starts_with(['•', '▪', '◦', '●', '‣', '*']) => BlockKind::Item,
                () => BlockKind::Paragraph,
            };
            Piece::new(kind, text)
        })
        .collect()
}
