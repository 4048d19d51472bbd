//! The result: an article's words, as text and as a reading copy that say exactly the same.
//!
//! The canonical text is the title, the standfirst and the body blocks, joined by blank lines.
//! The reading copy is one element for each block, in the same order and with nothing between
//! them, so that the text of element *i* is block *i* and a window maps positions by walking text
//! nodes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bilat_core::{Block, BlockKind, Charset};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::access::Access;
use crate::draft::{Draft, Piece};
use crate::html::sanitise;
use crate::image::Image;
use crate::{Error, language, line, wire};

/// Where a field came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// The page's JSON-LD.
    JsonLd,
    /// A `<meta>` element, the front matter, or another declaration in the document's head.
    Meta,
    /// A `<time>` element.
    Time,
    /// The words that the reader sees.
    Text,
    /// Inferred, as a day from the address: to be checked.
    Guess,
    /// A rule that a person made for the outlet's pages.
    Rule,
}

/// A clipped article before it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clipping {
    /// The headline; cut from the first sentence where there is none.
    pub title: String,
    /// The line under the headline.
    pub standfirst: Option<String>,
    /// The authors as printed: "Ann Other and Bo Else".
    pub byline: Option<String>,
    /// The people who wrote it, without outlet and agency.
    pub authors: Vec<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The day of publication, EDTF (`2023-01-20`).
    pub published: Option<String>,
    /// The moment of publication with its time zone, RFC 3339, where the page gives both.
    pub published_at: Option<String>,
    /// The day of the last change, EDTF.
    pub modified: Option<String>,
    /// The place in the dateline.
    pub dateline: Option<String>,
    /// The wire credit, as printed: "REUTERS".
    pub credit: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The outlet's section.
    pub section: Option<String>,
    /// The address that the page calls its own.
    pub canonical_url: Option<String>,
    /// The address that the document came from.
    pub url: Option<String>,
    /// The main picture with its caption and credit: facts, nothing is loaded.
    pub image: Option<Image>,
    /// How much of the article is here, where that may be less than all of it.
    pub access: Option<Access>,
    /// The tags that whoever filed the document gave it, as in a note's front matter; a page's keywords are none.
    pub tags: Vec<String>,
    /// The blocks of `text`, in order.
    pub blocks: Vec<Block>,
    /// The canonical text.
    pub text: String,
    /// The sanitised reading copy: one element for each block.
    pub html: String,
    /// Page furniture that was left out of the text, in order.
    pub set_aside: Vec<String>,
    /// Where each field came from, by the field's name.
    pub provenance: BTreeMap<String, Found>,
    /// The character encoding the document was read in; nothing for what is not text.
    pub charset: Option<Charset>,
}

impl Clipping {
    /// The words of each block, in order.
    fn texts(&self) -> impl Iterator<Item = (&Block, &str)> {
        let mut bytes = self.text.char_indices().map(|(byte, _)| byte).chain([self.text.len()]).enumerate();
        self.blocks.iter().map(move |block| {
            let mut byte_of = |position: u32| {
                bytes.find(|(at, _)| *at == position as usize).map_or(self.text.len(), |(_, byte)| byte)
            };
            let start = byte_of(block.start);
            let end = if block.end == block.start { start } else { byte_of(block.end) };
            (block, &self.text[start..end])
        })
    }

    /// The paragraphs of the body, subheads and items included; without title and standfirst.
    pub fn paragraphs(&self) -> Vec<&str> {
        self.texts()
            .filter(|(block, _)| !matches!(block.kind, BlockKind::Title | BlockKind::Standfirst))
            .map(|(_, text)| text)
            .collect()
    }

    /// The body alone: its paragraphs joined by blank lines.
    pub fn body_text(&self) -> String {
        self.paragraphs().join("\n\n")
    }

    /// What `bilat extract` prints.
    pub fn extract_json(&self) -> Value {
        json!({
            "title": self.title,
            "byline": self.byline,
            "authors": self.authors,
            "published": self.published,
            "published_at": self.published_at,
            "modified": self.modified,
            "outlet": self.outlet,
            "section": self.section,
            "dateline": self.dateline,
            "credit": self.credit,
            "language": self.language,
            "canonical_url": self.canonical_url,
            "image": self.image,
            "access": self.access,
            "tags": self.tags,
            "standfirst": self.standfirst,
            "text": self.body_text(),
            "paragraphs": self.paragraphs(),
            "set_aside": self.set_aside,
            "provenance": self.provenance,
        })
    }
}

/// A clipping of an article whose words are not at hand: what a record of it gives stands for them.
///
/// # Errors
/// [`Error::Empty`] when there is no title.
pub fn of_record(title: &str, standfirst: Option<&str>, url: Option<&str>) -> Result<Clipping, Error> {
    of_words(title, standfirst, &[], url)
}

/// A clipping of words that were taken apart already, such as an article of a press database's download.
///
/// # Errors
/// [`Error::Empty`] when there is no title.
pub fn of_words(
    title: &str,
    standfirst: Option<&str>,
    paragraphs: &[String],
    url: Option<&str>,
) -> Result<Clipping, Error> {
    let tidy = |text: &str| Some(bilat_core::normalise_spaces(text)).filter(|text| !text.is_empty());
    let title = tidy(title).ok_or(Error::Empty)?;
    let body = paragraphs.iter().filter_map(|text| tidy(text));
    let body = body.map(|text| Piece::new(BlockKind::Paragraph, text)).collect();
    Draft { title: Some(title), standfirst: standfirst.and_then(tidy), body, ..Draft::default() }.finish(url)
}

/// A title that is cut from the first sentence has at most this many letters.
const GUESSED_TITLE: usize = 120;

impl Draft {
    /// Makes the clipping: credit and dateline, language, text, blocks and reading copy.
    pub fn finish(mut self, url: Option<&str>) -> Result<Clipping, Error> {
        self.body.retain(|piece| !piece.text.is_empty());
        self.take_credit();
        let title = if let Some(title) = self.title.take() {
            title
        } else {
            self.say("title", Found::Guess);
            first_sentence(&self.body.first().ok_or(Error::Empty)?.text)
        };
        let dateline = self
            .body
            .iter()
            .filter(|piece| piece.kind == BlockKind::Paragraph)
            .take(3)
            .find_map(|piece| wire::dateline(&piece.text));
        if let Some((_, agency)) = &dateline {
            self.provenance.insert("dateline", Found::Text);
            if let (None, Some(agency)) = (&self.credit, agency) {
                self.credit = Some(agency.clone());
                self.provenance.insert("credit", Found::Text);
            }
        }
        if self.language.is_none() {
            let sample: String =
                self.body.iter().take(12).map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
            self.language = language::guess(&sample).map(str::to_owned);
            if self.language.is_some() {
                self.say("language", Found::Guess);
            }
        }
        if self.byline.is_none() && !self.authors.is_empty() {
            self.byline = Some(self.authors.join(", "));
        }

        let mut paper = Paper::default();
        paper.write(&Piece::new(BlockKind::Title, title.clone()));
        if let Some(standfirst) = &self.standfirst {
            paper.write(&Piece::new(BlockKind::Standfirst, standfirst.clone()));
        }
        self.body.iter().for_each(|piece| paper.write(piece));
        Ok(Clipping {
            title,
            standfirst: self.standfirst,
            byline: self.byline,
            authors: self.authors,
            outlet: self.outlet,
            published: self.published,
            published_at: self.published_at,
            modified: self.modified,
            dateline: dateline.map(|(place, _)| place),
            credit: self.credit,
            language: self.language,
            section: self.section,
            canonical_url: self.canonical_url,
            url: url.map(str::to_owned),
            image: self.image,
            access: self.access,
            tags: self.tags,
            blocks: paper.blocks,
            text: paper.text,
            html: sanitise::clean(&paper.html),
            set_aside: self.set_aside,
            provenance: self.provenance.into_iter().map(|(field, found)| (field.to_owned(), found)).collect(),
            charset: None,
        })
    }

    /// Takes the wire credit off the end: a line of its own, or the end of the last paragraph.
    fn take_credit(&mut self) {
        let foot = self.body.len().saturating_sub(3).max(1);
        let alone = self.body.iter().enumerate().skip(foot).find_map(|(at, piece)| {
            let line = matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading);
            line.then(|| wire::credit_alone(&piece.text)).flatten().map(|credit| (at, credit))
        });
        if let Some((at, credit)) = alone {
            self.body.remove(at);
            self.credit = Some(credit);
            self.say("credit", Found::Text);
            return;
        }
        let Some(last) = self.body.iter_mut().rfind(|piece| piece.kind == BlockKind::Paragraph) else {
            return;
        };
        let Some((end, credit)) = wire::credit_at_end(&last.text) else { return };
        if let Some(markup) = &mut last.markup {
            // The markup loses the credit only where it is plain text at the very end.
            let printed = line::escaped(&last.text[end..]).into_owned();
            match markup.strip_suffix(&printed) {
                Some(kept) => markup.truncate(kept.len()),
                None => return,
            }
        }
        last.text.truncate(end);
        self.credit.get_or_insert(credit);
        self.say("credit", Found::Text);
    }
}

/// The first sentence, or as much of it as a title may have.
fn first_sentence(text: &str) -> String {
    let end = text
        .find(['\n', '\t'])
        .into_iter()
        .chain(text.find(". "))
        .chain(text.find(['?', '!']).map(|at| at + 1))
        .min();
    let sentence = text[..end.unwrap_or(text.len())].trim_end_matches('.');
    let sentence = if sentence.trim().is_empty() { text } else { sentence };
    match sentence.char_indices().nth(GUESSED_TITLE) {
        Some((cut, _)) => {
            format!("{}…", sentence[..cut].rsplit_once(' ').map_or(&sentence[..cut], |(whole, _)| whole))
        }
        None => sentence.to_owned(),
    }
}

/// Text, blocks and reading copy, written together so that they cannot differ.
#[derive(Default)]
struct Paper {
    text: String,
    length: u32,
    html: String,
    blocks: Vec<Block>,
}

impl Paper {
    fn write(&mut self, piece: &Piece) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.length += 2;
        }
        let start = self.length;
        self.text.push_str(&piece.text);
        self.length += line::chars(&piece.text) as u32;
        self.blocks.push(Block { kind: piece.kind, start, end: self.length });
        let plain = line::escaped(&piece.text);
        let inner = piece.markup.as_deref().unwrap_or(&plain);
        let level = piece.level.clamp(2, 4);
        let written = match piece.kind {
            BlockKind::Title => write!(self.html, "<h1>{inner}</h1>"),
            BlockKind::Standfirst => write!(self.html, r#"<p data-kind="standfirst">{inner}</p>"#),
            BlockKind::Paragraph => write!(self.html, "<p>{inner}</p>"),
            BlockKind::Heading => write!(self.html, "<h{level}>{inner}</h{level}>"),
            BlockKind::Quote => write!(self.html, "<blockquote>{inner}</blockquote>"),
            BlockKind::Item => write!(self.html, r#"<p data-kind="item">{inner}</p>"#),
            BlockKind::Caption => write!(self.html, r#"<p data-kind="caption">{inner}</p>"#),
            BlockKind::Row => write!(self.html, r#"<p data-kind="row">{inner}</p>"#),
            BlockKind::Code => write!(self.html, "<pre>{inner}</pre>"),
        };
        written.expect("writing to a string cannot fail");
    }
}
