//! Markdown with or without front matter, as note programs and clippers write it.

use bilat_core::BlockKind;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_yaml_ng::Value;

use crate::byline;
use crate::clipping::Found;
use crate::draft::{Draft, Piece};
use crate::{date, language, line};

pub fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let text = text.trim_start_matches('\u{feff}');
    let (front, body) = split(text);
    if let Some(front) = front.and_then(|front| serde_yaml_ng::from_str::<Value>(front).ok()) {
        declare(&front, &mut draft);
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
    draft
}

/// Front matter between lines of three dashes, and what follows.
fn split(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return (None, text);
    };
    for end in ["\n---\n", "\n---\r\n", "\n...\n"] {
        if let Some((front, body)) = rest.split_once(end) {
            return (Some(front), body);
        }
    }
    rest.strip_suffix("\n---").map_or((None, text), |front| (Some(front), ""))
}

fn declare(front: &Value, draft: &mut Draft) {
    let words = |names: &[&str]| -> Option<String> {
        names.iter().find_map(|name| match front.get(name)? {
            Value::String(text) => line::label(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    draft.title = words(&["title"]);
    draft.standfirst = words(&["description", "standfirst", "excerpt", "summary"]);
    draft.outlet = words(&["site", "outlet", "publisher", "publication"]);
    draft.language = words(&["lang", "language"]).and_then(|said| language::tag(&said));
    draft.canonical_url =
        words(&["url", "source", "link", "permalink"]).filter(|url| url.starts_with("http"));
    draft.published = words(&["published", "date", "created"]).and_then(|said| date::day(&said));
    draft.modified = words(&["modified", "updated", "lastmod"]).and_then(|said| date::day(&said));
    for name in ["author", "authors", "byline"] {
        match front.get(name) {
            Some(Value::String(text)) => draft.authors.extend(byline::names(text)),
            Some(Value::Sequence(list)) => {
                draft.authors.extend(list.iter().filter_map(Value::as_str).flat_map(byline::names));
            }
            _ => {}
        }
    }
    draft.authors.dedup();
    for (field, known) in [
        ("title", draft.title.is_some()),
        ("standfirst", draft.standfirst.is_some()),
        ("outlet", draft.outlet.is_some()),
        ("language", draft.language.is_some()),
        ("canonical_url", draft.canonical_url.is_some()),
        ("published", draft.published.is_some()),
        ("modified", draft.modified.is_some()),
        ("byline", !draft.authors.is_empty()),
    ] {
        if known {
            draft.say(field, Found::Meta);
        }
    }
}

fn blocks(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    let (mut quotes, mut items) = (0u32, 0u32);
    let close = |open: &mut Option<Piece>, pieces: &mut Vec<Piece>| {
        if let Some(mut piece) = open.take() {
            piece.text =
                if piece.kind == BlockKind::Code { line::tidy_lines(&piece.text) } else { cells(&piece) };
            pieces.push(piece);
        }
    };
    for event in Parser::new_ext(
        text,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES,
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
            Event::Text(words) | Event::Code(words) => {
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
    line::tidy(&piece.text)
}
