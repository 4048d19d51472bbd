//! A tree of elements into a flat run of blocks, each with its words and the same words with
//! inline markup.
//!
//! Words and markup are written by the same hand at the same time, so they cannot differ. A link
//! that is wrapped in a block of its own in the middle of a sentence stays in the sentence.

use bilat_core::BlockKind;
use dom_query::NodeRef;
use url::Url;

use super::around::Around;
use crate::draft::Piece;
use crate::line;

/// A line that starts with one of these goes on from the line before.
const CLOSING: [char; 10] = [',', '.', ';', ':', '!', '?', ')', ']', '%', '…'];

/// One block and how much of it is link text.
#[derive(Debug)]
pub struct Rendered {
    pub piece: Piece,
    /// How many code points stand inside links.
    pub linked: usize,
    /// How many of them lead to a place on the page itself.
    pub inward: usize,
    /// What the elements around it say.
    pub around: Around,
}

/// Renders what stands under `root`, in order.
pub fn blocks(root: &NodeRef, base: Option<&Url>) -> Vec<Rendered> {
    let mut press = Press { base, ..Press::default() };
    press.children(root);
    press.flush();
    press.done
}

/// The words under a node on one line.
pub fn words(node: &NodeRef) -> String {
    line::tidy(&node.text())
}

/// The words under a node with a stroke wherever a page shows a gap that its text has not: between blocks, between
/// links, and where a capital follows a small letter across elements.
pub fn apart(node: &NodeRef) -> String {
    let mut parted = Parted::default();
    parted.walk(node);
    line::tidy(&parted.out)
}

/// What [`apart`] has written, and what it came past since the last word.
#[derive(Default)]
struct Parted {
    out: String,
    gap: bool,
    edge: bool,
    after_link: bool,
}

impl Parted {
    fn walk(&mut self, node: &NodeRef) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.write(&child.text());
                continue;
            }
            match child.node_name().map_or(Role::Skip, |name| role(&name)) {
                Role::Skip => {}
                Role::Link => {
                    self.edge = true;
                    self.gap |= self.after_link;
                    self.walk(&child);
                    self.edge = true;
                    self.after_link = true;
                }
                Role::Inline(_) => {
                    self.edge = true;
                    self.walk(&child);
                    self.edge = true;
                }
                _ => {
                    self.gap = true;
                    self.walk(&child);
                    self.gap = true;
                }
            }
        }
    }

    fn write(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let glued =
                self.edge && self.out.ends_with(char::is_lowercase) && text.starts_with(char::is_uppercase);
            if (self.gap || glued) && !self.out.is_empty() {
                self.out.push_str(" | ");
            }
            (self.gap, self.edge, self.after_link) = (false, false, false);
        }
        self.out.push_str(text);
    }
}

pub enum Role {
    Skip,
    Inline(Option<&'static str>),
    Link,
    Break,
    Block(Option<BlockKind>, u8),
    Preformatted,
    Table,
}

pub fn role(name: &str) -> Role {
    match name {
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "embed"
        | "applet" | "button" | "input" | "select" | "textarea" | "audio" | "video" | "canvas"
        | "picture" | "img" | "map" | "head" | "title" | "meta" | "link" | "datalist" | "dialog"
        | "frame" | "frameset" | "noframes" | "xmp" | "plaintext" | "rp" => Role::Skip,
        "a" => Role::Link,
        "em" | "i" | "cite" | "dfn" | "var" => Role::Inline(Some("em")),
        "strong" | "b" => Role::Inline(Some("strong")),
        "sup" => Role::Inline(Some("sup")),
        "sub" => Role::Inline(Some("sub")),
        "code" | "kbd" | "samp" | "tt" => Role::Inline(Some("code")),
        "span" | "font" | "u" | "s" | "small" | "big" | "abbr" | "acronym" | "mark" | "q" | "time"
        | "label" | "bdi" | "bdo" | "ins" | "del" | "ruby" | "rt" | "rb" | "data" | "strike" | "wbr"
        | "nobr" | "output" => Role::Inline(None),
        "br" => Role::Break,
        "h1" | "h2" => Role::Block(Some(BlockKind::Heading), 2),
        "h3" => Role::Block(Some(BlockKind::Heading), 3),
        "h4" | "h5" | "h6" => Role::Block(Some(BlockKind::Heading), 4),
        "blockquote" => Role::Block(Some(BlockKind::Quote), 0),
        "li" => Role::Block(Some(BlockKind::Item), 0),
        "figcaption" | "caption" => Role::Block(Some(BlockKind::Caption), 0),
        "pre" | "listing" => Role::Preformatted,
        "table" => Role::Table,
        // Elements that nobody defined are inline in every browser.
        other if other.contains('-') => Role::Inline(None),
        _ => Role::Block(None, 0),
    }
}

#[derive(Default)]
struct Press<'a> {
    base: Option<&'a Url>,
    done: Vec<Rendered>,
    text: String,
    markup: String,
    linked: usize,
    inward: usize,
    /// Whether a link to a place on the page is open.
    is_inward: bool,
    /// White space that is written only when a word follows.
    space: bool,
    breaks: u32,
    /// Opening tags that are open, and their names.
    open: Vec<(String, &'static str)>,
    /// The lists that are open: the number of the next item, or nothing for bullets.
    lists: Vec<Option<i64>>,
    /// The number that the page shows before the item's first word.
    number: Option<i64>,
    /// What the elements around say the block is.
    kinds: Vec<(BlockKind, u8)>,
    around: Around,
}

impl Press<'_> {
    fn children(&mut self, node: &NodeRef) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef) {
        if node.is_text() {
            self.write(&node.text());
            return;
        }
        if !node.is_element() {
            return;
        }
        let name = node.node_name().unwrap_or_default();
        match role(&name) {
            Role::Skip => {}
            Role::Inline(tag) => match tag {
                Some(tag) => self.inline(node, format!("<{tag}>"), tag),
                None => self.children(node),
            },
            Role::Link => {
                let inward = node.attr("href").is_some_and(|href| href.trim_start().starts_with('#'));
                if inward && is_anchor(node) {
                    return;
                }
                self.is_inward = inward;
                match self.address(node) {
                    Some(href) => self.inline(node, format!(r#"<a href="{}">"#, line::escaped(&href)), "a"),
                    None => self.children(node),
                }
                self.is_inward = false;
            }
            Role::Break => {
                self.breaks += 1;
                self.space = true;
                if self.breaks >= 2 {
                    self.flush();
                }
            }
            Role::Block(kind, level) => {
                if wraps_link(node) {
                    self.children(node);
                    return;
                }
                self.flush();
                let around = self.around;
                self.around.enter(node, &name);
                let depth = self.kinds.len();
                if let Some(kind) = kind {
                    self.kinds.push((kind, level));
                }
                let lists = self.lists.len();
                self.enter_list(node, &name);
                self.children(node);
                self.flush();
                self.number = None;
                self.lists.truncate(lists);
                self.kinds.truncate(depth);
                self.around = around;
            }
            Role::Preformatted => {
                self.flush();
                let text = line::tidy_lines(&node.text());
                if !text.is_empty() {
                    let piece = Piece::new(BlockKind::Code, text);
                    self.done.push(Rendered { piece, linked: 0, inward: 0, around: self.around });
                }
            }
            Role::Table => {
                let around = self.around;
                self.around.enter(node, &name);
                self.table(node);
                self.around = around;
            }
        }
    }

    /// Counts the items of numbered lists: the number is on the page, though not in its words.
    fn enter_list(&mut self, node: &NodeRef, name: &str) {
        let said = |attribute| node.attr(attribute).and_then(|said| said.trim().parse::<i64>().ok());
        match name {
            "ol" if node.has_attr("reversed")
                || node.attr("type").is_some_and(|kind| kind.as_ref() != "1") =>
            {
                self.lists.push(None);
            }
            "ol" => self.lists.push(Some(said("start").unwrap_or(1))),
            "ul" | "menu" | "dl" => self.lists.push(None),
            "li" => {
                if let Some(Some(next)) = self.lists.last_mut() {
                    let number = said("value").unwrap_or(*next);
                    *next = number.saturating_add(1);
                    self.number = Some(number);
                }
            }
            _ => {}
        }
    }

    /// A table of facts becomes one block a row; a table that only lays out the page is walked through.
    fn table(&mut self, node: &NodeRef) {
        self.flush();
        if node.descendants_it().any(|inner| inner.has_name("table")) {
            self.children(node);
            self.flush();
            return;
        }
        let rows: Vec<NodeRef> = node.descendants_it().filter(|row| row.has_name("tr")).collect();
        let cells = |row: &NodeRef| -> Vec<String> {
            row.children_it(false)
                .filter(|cell| cell.has_name("td") || cell.has_name("th"))
                .map(|cell| words(&cell))
                .collect()
        };
        let grid: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let wide = grid.iter().filter(|row| row.len() > 1).count();
        let prose = grid.iter().flatten().any(|cell| line::chars(cell) > 600);
        if prose || wide * 2 < grid.len().max(1) {
            self.children(node);
            self.flush();
            return;
        }
        for caption in node.children_it(false).filter(|child| child.has_name("caption")) {
            self.node(&caption);
        }
        for row in grid {
            let text = row.join("\t").trim().to_owned();
            if !text.is_empty() {
                let piece = Piece::new(BlockKind::Row, text);
                self.done.push(Rendered { piece, linked: 0, inward: 0, around: self.around });
            }
        }
    }

    fn inline(&mut self, node: &NodeRef, opening: String, tag: &'static str) {
        if self.open.iter().any(|(_, open)| *open == tag) {
            self.children(node);
            return;
        }
        self.open.push((opening, tag));
        let pieces = self.done.len();
        let before = self.markup.len();
        let words_before = self.text.len();
        if !self.text.is_empty() || self.markup.is_empty() {
            self.markup.push_str(&self.open[self.open.len() - 1].0);
        }
        self.children(node);
        self.open.pop();
        if self.done.len() == pieces && self.text.len() == words_before {
            // Nothing was written: no empty element is left behind.
            self.markup.truncate(before);
        } else if self.markup.is_empty() {
            // A block ended inside the element, and closed it.
        } else {
            self.markup.push_str("</");
            self.markup.push_str(tag);
            self.markup.push('>');
        }
    }

    /// A link's address, when a reader may follow it.
    fn address(&self, node: &NodeRef) -> Option<String> {
        let href = node.attr("href")?;
        let href = href.trim();
        let url = match (Url::parse(href), self.base) {
            (Ok(url), _) => url,
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(href).ok()?,
            _ => return None,
        };
        matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.to_string())
    }

    fn write(&mut self, text: &str) {
        let in_link = self.open.iter().any(|(_, tag)| *tag == "a");
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if line::deceptive(c) {
                continue;
            }
            // A line that is broken once goes on where the next begins in lower case; else each line stands for itself.
            if self.breaks > 0 && !c.is_lowercase() && !CLOSING.contains(&c) {
                self.flush();
            }
            self.breaks = 0;
            if self.text.is_empty()
                && let Some(number) = self.number.take()
                && !c.is_ascii_digit()
            {
                let number = format!("{number}. ");
                self.text.push_str(&number);
                self.markup.insert_str(0, &number);
            }
            if self.text.is_empty() && self.markup.is_empty() {
                for (opening, _) in &self.open {
                    self.markup.push_str(opening);
                }
            }
            if self.space && !self.text.is_empty() {
                self.text.push(' ');
                self.markup.push(' ');
            }
            self.space = false;
            self.text.push(c);
            self.linked += usize::from(in_link);
            self.inward += usize::from(self.is_inward);
            match c {
                '&' => self.markup.push_str("&amp;"),
                '<' => self.markup.push_str("&lt;"),
                '>' => self.markup.push_str("&gt;"),
                '"' => self.markup.push_str("&quot;"),
                '\'' => self.markup.push_str("&#39;"),
                other => self.markup.push(other),
            }
        }
    }

    fn flush(&mut self) {
        self.space = false;
        self.breaks = 0;
        let mut markup = std::mem::take(&mut self.markup);
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let inward = std::mem::take(&mut self.inward);
        if text.is_empty() {
            return;
        }
        for (_, tag) in self.open.iter().rev() {
            markup.push_str("</");
            markup.push_str(tag);
            markup.push('>');
        }
        let (kind, level) = self.kind();
        let piece = Piece { kind, level: level.max(2), text, markup: Some(markup) };
        self.done.push(Rendered { piece, linked, inward, around: self.around });
    }

    /// A caption or a subhead is one wherever it stands; a quotation goes before a list.
    fn kind(&self) -> (BlockKind, u8) {
        let holds = |wanted| self.kinds.iter().rev().find(|(kind, _)| *kind == wanted).copied();
        holds(BlockKind::Caption)
            .or_else(|| holds(BlockKind::Heading))
            .or_else(|| holds(BlockKind::Quote))
            .or_else(|| holds(BlockKind::Item))
            .unwrap_or((BlockKind::Paragraph, 0))
    }
}

/// Whether a link is the sign beside a subhead that leads to itself: "#", "¶".
fn is_anchor(node: &NodeRef) -> bool {
    let text = node.text();
    !text.is_empty() && text.chars().all(|c| c.is_whitespace() || matches!(c, '#' | '¶' | '§' | '🔗'))
}

/// Whether a block is nothing but the wrapper of a link inside a sentence: its neighbours are text.
pub fn wraps_link(node: &NodeRef) -> bool {
    let plain_name = node.has_name("div") || node.has_name("p") || node.has_name("section");
    if !plain_name {
        return false;
    }
    let mut inner = *node;
    for _ in 0..6 {
        let mut children =
            inner.children_it(false).filter(|child| !child.is_text() || child.is_nonempty_text());
        let (Some(only), None) = (children.next(), children.next()) else { return false };
        if only.has_name("a") {
            return beside_text(node);
        }
        if !only.is_element() {
            return false;
        }
        inner = only;
    }
    false
}

/// Whether running text, not another block, stands right before or after.
fn beside_text(node: &NodeRef) -> bool {
    let side = |step: fn(&NodeRef<'_>) -> Option<bool>| step(node).unwrap_or(false);
    side(|node| before(node).map(|text| !line::ends_sentence(&text)))
        || side(|node| after(node).map(|text| line::starts_lower(&text) || line::starts_closing(&text)))
}

fn before(node: &NodeRef) -> Option<String> {
    let mut sibling = node.prev_sibling()?;
    while sibling.is_text() && !sibling.is_nonempty_text() {
        sibling = sibling.prev_sibling()?;
    }
    let inline = sibling.is_element() && matches!(role(&sibling.node_name()?), Role::Inline(_) | Role::Link);
    (sibling.is_text() || inline).then(|| words(&sibling)).filter(|text| !text.is_empty())
}

fn after(node: &NodeRef) -> Option<String> {
    let mut sibling = node.next_sibling()?;
    while sibling.is_text() && !sibling.is_nonempty_text() {
        sibling = sibling.next_sibling()?;
    }
    sibling.is_text().then(|| words(&sibling)).filter(|text| !text.is_empty())
}
