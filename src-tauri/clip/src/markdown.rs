//! Markdown with or without front matter, as note programs and clippers write it.

use std::borrow::Cow;
use std::sync::LazyLock;

use bilat_core::BlockKind;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use regex::Regex;

use crate::clipping::Found;
use crate::draft::{Draft, Piece};
use crate::line;

mod front;

pub use front::saved_at;

pub fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let (front, body) = front::split(text);
    if let Some(front) = front {
        front::declare(front, &mut draft);
    }
    draft.body = blocks(body);
    if draft.title.is_none()
        && let Some(at) = draft.body.iter().take(3).position(|piece| piece.kind == BlockKind::Heading)
    {
        draft.title = line::label(&draft.body.remove(at).text);
        draft.say("title", Found::Text);
    }
    if draft
        .body
        .first()
        .is_some_and(|piece| piece.kind == BlockKind::Heading && Some(&piece.text) == draft.title.as_ref())
    {
        draft.body.remove(0);
    }
    take_excerpt(&mut draft);
    draft
}

/// `MarkDownload` sets the page's description above the text, as a quotation under a subhead of its own.
fn take_excerpt(draft: &mut Draft) {
    if let [head, words, ..] = draft.body.as_slice()
        && (head.kind, words.kind) == (BlockKind::Heading, BlockKind::Quote)
        && head.text == "Excerpt"
    {
        if draft.standfirst.is_none() {
            draft.standfirst = line::label(&words.text);
            draft.say("standfirst", Found::Text);
        }
        draft.body.drain(..2);
    }
}

fn blocks(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    let (mut quotes, mut items, mut images) = (0u32, 0u32, 0u32);
    let close = |open: &mut Option<Piece>, pieces: &mut Vec<Piece>| {
        if let Some(mut piece) = open.take() {
            piece.text =
                if piece.kind == BlockKind::Code { line::tidy_lines(&piece.text) } else { cells(&piece) };
            pieces.push(piece);
        }
    };
    for event in Parser::new_ext(
        text,
        Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_WIKILINKS,
    ) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
            Event::Start(Tag::Item) => {
                close(&mut open, &mut pieces);
                items += 1;
                open = Some(Piece::new(BlockKind::Item, String::new()));
            }
            Event::End(TagEnd::Item) => {
                close(&mut open, &mut pieces);
                items = items.saturating_sub(1);
            }
            Event::Start(Tag::Paragraph) if open.as_ref().is_none_or(|piece| !piece.text.is_empty()) => {
                close(&mut open, &mut pieces);
                let kind = match (quotes, items) {
                    (0, 0) => BlockKind::Paragraph,
                    (_, 1..) => BlockKind::Item,
                    _ => BlockKind::Quote,
                };
                open = Some(Piece::new(kind, String::new()));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                close(&mut open, &mut pieces);
                let mut head = Piece::new(BlockKind::Heading, String::new());
                head.level = if level <= HeadingLevel::H2 { 2 } else { level as u8 };
                open = Some(head);
            }
            Event::Start(Tag::CodeBlock(_)) => {
                close(&mut open, &mut pieces);
                open = Some(Piece::new(BlockKind::Code, String::new()));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                close(&mut open, &mut pieces);
                open = Some(Piece::new(BlockKind::Row, String::new()));
            }
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = &mut open {
                    row.text.push('\t');
                }
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) => {
                close(&mut open, &mut pieces);
            }
            // What a picture says for those who do not see it is no text of the article.
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if images == 0 => {
                open.get_or_insert_with(|| Piece::new(BlockKind::Paragraph, String::new()))
                    .text
                    .push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(piece) = &mut open {
                    piece.text.push(' ');
                }
            }
            _ => {}
        }
    }
    close(&mut open, &mut pieces);
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// The words of a piece, with the tabs between the cells of a row kept.
fn cells(piece: &Piece) -> String {
    if piece.kind == BlockKind::Row {
        let cells: Vec<String> = piece.text.trim_end_matches('\t').split('\t').map(line::tidy).collect();
        return cells.join("\t").trim().to_owned();
    }
    line::tidy(&unmarked(&piece.text))
}

/// Words without the marks of a highlight, as Obsidian writes it: `==marked==`.
fn unmarked(text: &str) -> Cow<'_, str> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"==([^\s=](?:[^=]*[^\s=])?)==").expect("a test compiles the constant pattern")
    });
    MARK.replace_all(text, "$1")
}
