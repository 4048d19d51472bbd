//! Markdown → Document: the one place that makes the Markdown parser.
//!
//! CommonMark with tables, footnotes, strikethrough and heading attributes. Math, smart punctuation,
//! wiki links and superscripts stay off: they would change the words of a quotation (`$5 … $10`, `~`).
//! The head is cut off before, since the parser would take any later `---` block for one and drop it.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};

use crate::citation;
use crate::document::{Align, Block, BlockKind, Cell, Document, Inline, Note, joins_over_line_end, plain};
use crate::front_matter::{front_matter, split};

/// Containers nested deeper than this are flattened, so that no exporter runs out of stack.
const DEEPEST: usize = 16;

/// Parses a briefing. Any text is a document; what was left out is a warning.
pub fn parse(markdown: &str) -> Document {
    let head = front_matter(markdown);
    let body = split(markdown).map_or(0, |(_, body)| body);
    let mut reader = Reader::new(markdown, body);
    if let Some(warning) = &head.warning {
        reader.document.warnings.push((1, warning.clone()));
    }
    for (event, at) in parser(&markdown[body..]).into_offset_iter() {
        reader.take(event, at.start + body..at.end + body);
    }
    let mut document = reader.finish();
    document.front_matter = head;
    document
}

fn parser(markdown: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options)
}

/// The address, when following it can do no harm.
fn safe_address(address: &str) -> Option<String> {
    let address = address.trim();
    let good = ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    (good && !address.chars().any(char::is_control)).then(|| address.to_owned())
}

/// What is open while events come in.
enum Open {
    Blocks(Container, Vec<Block>, Vec<Inline>, Range<usize>),
    Inlines(Running, Vec<Inline>, Range<usize>),
    List(Option<u64>, Vec<Vec<Block>>, Range<usize>),
    Table(Vec<Align>, Vec<Cell>, Vec<Vec<Cell>>, Range<usize>),
    Row(Vec<Cell>),
    Code(String, Range<usize>),
    /// Raw HTML: its pieces and where each starts.
    Html(Vec<Inline>, Range<usize>, bool),
    /// A container that was too deep: its content belongs to what is open below.
    Flattened,
}

enum Container {
    Root,
    Quote,
    Item,
    Note(String),
}

enum Running {
    Paragraph,
    Heading(u8),
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link(Option<String>),
}

struct Reader<'a> {
    markdown: &'a str,
    line_starts: Vec<usize>,
    open: Vec<Open>,
    document: Document,
    /// One past the last byte that an inline event gave.
    last_end: usize,
}

impl<'a> Reader<'a> {
    fn new(markdown: &'a str, body: usize) -> Self {
        Self {
            markdown,
            line_starts: line_starts(markdown),
            open: vec![Open::Blocks(Container::Root, vec![], vec![], body..markdown.len())],
            document: Document::default(),
            last_end: body,
        }
    }

    fn take(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match self.open.last_mut() {
                Some(Open::Code(code, _)) => code.push_str(&text),
                _ => self.words(&text, at),
            },
            Event::Code(text) => {
                self.last_end = at.end;
                self.inline(Inline::Code { text: text.into_string(), at });
            }
            Event::Html(text) => self.html(&text, at),
            Event::InlineHtml(text) => {
                self.last_end = at.end;
                if text.starts_with("<!--") {
                    self.document.comments.push(at);
                } else {
                    self.document.raw_html.push(at.clone());
                    self.inline(Inline::Text { text: text.into_string(), at, escaped: true });
                }
            }
            Event::FootnoteReference(label) => {
                self.last_end = at.end;
                self.inline(Inline::NoteReference { label: label.into_string(), at });
            }
            Event::SoftBreak => self.inline(Inline::SoftBreak(at)),
            Event::HardBreak => self.inline(Inline::HardBreak(at)),
            Event::Rule => self.block(BlockKind::Rule, at),
            Event::TaskListMarker(done) => {
                let text = if done { "☑ " } else { "☐ " };
                self.inline(Inline::Text { text: text.into(), at, escaped: true });
            }
            // These parts of the parser are off.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text, at),
        }
    }

    fn words(&mut self, text: &str, at: Range<usize>) {
        let entity = text.len() != at.len() || self.markdown.get(at.clone()) != Some(text);
        let escaped = at.start > self.last_end && self.markdown.as_bytes()[at.start - 1] == b'\\';
        self.last_end = at.end;
        self.inline(Inline::Text { text: text.to_owned(), at, escaped: escaped || entity });
    }

    /// Raw HTML is text to a reader; comments are gone.
    fn html(&mut self, text: &str, at: Range<usize>) {
        let Some(Open::Html(pieces, _, in_comment)) = self.open.last_mut() else { return };
        let (mut rest, mut start) = (text, at.start);
        while !rest.is_empty() {
            let mark = if *in_comment { "-->" } else { "<!--" };
            let cut = rest.find(mark);
            if !*in_comment {
                let words = &rest[..cut.unwrap_or(rest.len())];
                let words = words.strip_suffix('\n').map_or((words, false), |words| (words, true));
                let end = start + words.0.len();
                if !words.0.is_empty() {
                    self.document.raw_html.push(start..end);
                    pieces.push(Inline::Text { text: words.0.to_owned(), at: start..end, escaped: true });
                }
                if words.1 {
                    pieces.push(Inline::SoftBreak(end..end + 1));
                }
            }
            let step = cut.map_or(rest.len(), |cut| cut + mark.len());
            // A comment's bytes, and the mark that opens it.
            let hidden = if *in_comment {
                start..start + step
            } else {
                start + cut.unwrap_or(rest.len())..start + step
            };
            if !hidden.is_empty() {
                self.document.comments.push(hidden);
            }
            if cut.is_none() {
                break;
            }
            *in_comment = !*in_comment;
            rest = &rest[step..];
            start += step;
            // `<!-->` and `<!--->` are whole comments.
            if let Some(whole) = rest.strip_prefix("->").or(rest.strip_prefix('>')).filter(|_| *in_comment) {
                let end = start + rest.len() - whole.len();
                self.document.comments.push(start..end);
                start = end;
                rest = whole;
                *in_comment = false;
            }
        }
    }

    fn depth(&self) -> usize {
        self.open.len()
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        let container = matches!(
            tag,
            Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
        );
        if container && self.depth() > DEEPEST {
            let line = self.line(at.start);
            let warning = "nested too deep; shown flat".to_owned();
            if self.document.warnings.last() != Some(&(line, warning.clone())) {
                self.document.warnings.push((line, warning));
            }
            self.open.push(Open::Flattened);
            return;
        }
        if let Tag::Link { title, .. } | Tag::Image { title, .. } = &tag
            && !title.is_empty()
        {
            let warning = "the title of a link stands on no page; write it into the text".to_owned();
            self.document.warnings.push((self.line(at.start), warning));
        }
        let open = match tag {
            Tag::Paragraph => Open::Inlines(Running::Paragraph, vec![], at),
            Tag::Heading { level, .. } => Open::Inlines(Running::Heading(level as u8), vec![], at),
            Tag::BlockQuote(_) => Open::Blocks(Container::Quote, vec![], vec![], at),
            Tag::CodeBlock(_) => Open::Code(String::new(), at),
            Tag::HtmlBlock => Open::Html(vec![], at, false),
            Tag::List(first) => Open::List(first, vec![], at),
            Tag::Item => Open::Blocks(Container::Item, vec![], vec![], at),
            Tag::FootnoteDefinition(label) => {
                Open::Blocks(Container::Note(label.into_string()), vec![], vec![], at)
            }
            Tag::Table(aligns) => {
                let aligns = aligns.iter().map(|align| match align {
                    Alignment::Center => Align::Centre,
                    Alignment::Right => Align::End,
                    _ => Align::Start,
                });
                Open::Table(aligns.collect(), vec![], vec![], at)
            }
            Tag::TableHead | Tag::TableRow => Open::Row(vec![]),
            Tag::TableCell => Open::Inlines(Running::Cell, vec![], at),
            Tag::Emphasis => Open::Inlines(Running::Emphasis, vec![], at),
            Tag::Strong => Open::Inlines(Running::Strong, vec![], at),
            Tag::Strikethrough => Open::Inlines(Running::Strike, vec![], at),
            Tag::Link { dest_url, .. } => Open::Inlines(Running::Link(safe_address(&dest_url)), vec![], at),
            // A briefing loads nothing: of a picture its description remains.
            Tag::Image { .. } => Open::Inlines(Running::Link(None), vec![], at),
            // Parts of the parser that are off.
            _ => Open::Flattened,
        };
        self.open.push(open);
    }

    fn end(&mut self, _: TagEnd) {
        let Some(open) = self.open.pop() else { return };
        match open {
            Open::Inlines(running, inlines, at) => {
                let inlines = citation::lift(inlines);
                match running {
                    Running::Paragraph => self.block(BlockKind::Paragraph(inlines), at),
                    Running::Heading(level) => self.block(BlockKind::Heading(level, inlines), at),
                    Running::Cell => {
                        if let Some(Open::Row(cells)) = self.open.last_mut() {
                            cells.push(inlines);
                        }
                    }
                    Running::Emphasis => self.inline(Inline::Emphasis(inlines)),
                    Running::Strong => self.inline(Inline::Strong(inlines)),
                    Running::Strike => self.inline(Inline::Strike(inlines)),
                    Running::Link(address) => self.inline(Inline::Link(address, inlines)),
                }
            }
            Open::Blocks(container, mut blocks, loose, at) => {
                self.settle(&mut blocks, loose);
                match container {
                    Container::Root => self.document.blocks = blocks,
                    Container::Quote => self.block(BlockKind::Quote(blocks), at),
                    Container::Item => match self.open.last_mut() {
                        Some(Open::List(_, items, _)) => items.push(blocks),
                        _ => blocks.into_iter().for_each(|block| self.push(block)),
                    },
                    Container::Note(label) => {
                        self.document.notes.push(Note { label, blocks });
                    }
                }
            }
            Open::List(first, items, at) => self.block(BlockKind::List(first, items), at),
            Open::Table(aligns, head, rows, at) => self.block(BlockKind::Table(aligns, head, rows), at),
            Open::Row(cells) => {
                if let Some(Open::Table(_, head, rows, _)) = self.open.last_mut() {
                    if head.is_empty() && rows.is_empty() { *head = cells } else { rows.push(cells) }
                }
            }
            Open::Code(code, at) => self.block(BlockKind::Code(code), at),
            Open::Html(mut pieces, at, unclosed) => {
                if unclosed {
                    let line = self.line(at.start);
                    let warning = "a comment opens here and never closes; all that follows is left out";
                    self.document.warnings.push((line, warning.to_owned()));
                }
                while matches!(pieces.last(), Some(Inline::SoftBreak(_))) {
                    pieces.pop();
                }
                if !plain(&pieces).trim().is_empty() {
                    self.block(BlockKind::Paragraph(citation::lift(pieces)), at);
                }
            }
            Open::Flattened => {}
        }
    }

    fn finish(mut self) -> Document {
        while self.open.len() > 1 {
            self.end(TagEnd::Paragraph);
        }
        self.end(TagEnd::Paragraph);
        self.document
    }

    fn inline(&mut self, inline: Inline) {
        for open in self.open.iter_mut().rev() {
            match open {
                Open::Inlines(_, inlines, _) | Open::Blocks(_, _, inlines, _) => {
                    inlines.push(inline);
                    return;
                }
                Open::Flattened => {}
                _ => return,
            }
        }
    }

    fn block(&mut self, kind: BlockKind, at: Range<usize>) {
        let line = self.line(at.start);
        self.push(Block { kind, at, line });
    }

    fn push(&mut self, block: Block) {
        for at in (0..self.open.len()).rev() {
            if let Open::Blocks(_, blocks, loose, _) = &mut self.open[at] {
                let (mut settled, waiting) = (std::mem::take(blocks), std::mem::take(loose));
                self.settle(&mut settled, waiting);
                settled.push(block);
                if let Open::Blocks(_, blocks, _, _) = &mut self.open[at] {
                    *blocks = settled;
                }
                return;
            }
        }
    }

    /// Running text that stands loose in a list item becomes a paragraph.
    fn settle(&self, blocks: &mut Vec<Block>, loose: Vec<Inline>) {
        if loose.is_empty() {
            return;
        }
        let start = loose.iter().find_map(first_byte).unwrap_or_default();
        let at = start..loose.iter().rev().find_map(last_byte).unwrap_or(start).max(start);
        let line = self.line(start);
        blocks.push(Block { kind: BlockKind::Paragraph(citation::lift(loose)), at, line });
    }

    fn line(&self, byte: usize) -> u32 {
        line_of(&self.line_starts, byte)
    }
}

/// The first byte of every line.
pub(crate) fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The line of `byte`, from 1.
pub(crate) fn line_of(line_starts: &[usize], byte: usize) -> u32 {
    line_starts.partition_point(|start| *start <= byte) as u32
}

fn bytes(inline: &Inline) -> Option<Range<usize>> {
    match inline {
        Inline::Text { at, .. }
        | Inline::Code { at, .. }
        | Inline::NoteReference { at, .. }
        | Inline::SoftBreak(at)
        | Inline::HardBreak(at) => Some(at.clone()),
        Inline::Citation(citation) => Some(citation.at.clone()),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) | Inline::Link(_, inner) => {
            Some(inner.iter().find_map(first_byte)?..inner.iter().rev().find_map(last_byte)?)
        }
    }
}

fn first_byte(inline: &Inline) -> Option<usize> {
    bytes(inline).map(|at| at.start)
}

fn last_byte(inline: &Inline) -> Option<usize> {
    bytes(inline).map(|at| at.end)
}

/// What a reader sees at a line end between `before` and `after`.
pub(crate) fn line_end(before: Option<char>, after: Option<char>) -> &'static str {
    if joins_over_line_end(before, after) { "" } else { " " }
}
