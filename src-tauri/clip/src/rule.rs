//! What a person corrected, done to a page: the last layer, after every reader.
//!
//! It works on the blocks as they will be stored and not on a reader's drafts, so that a correction of an
//! article that is kept and the rule for the outlet's next page are one piece of code. Text, blocks and
//! reading copy change together. A rule that fits nothing does nothing.

use bilat_core::{Block, BlockKind, CodePoints, Rule, char_len, normalise_spaces, shape};

use crate::{Clipping, Document, Error, Media, clip, line, text_of};

/// No headline and no standfirst that a rule finds is longer, in code points.
const LONGEST: u32 = 600;

/// The words of a page: its text, blocks and reading copy, and the lines left out of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The canonical text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The reading copy, one element a block.
    pub html: String,
    /// Lines left out, in order.
    pub set_aside: Vec<String>,
}

impl Words {
    /// The words of the first block of this kind.
    pub fn first(&self, kind: BlockKind) -> Option<&str> {
        let block = self.blocks.iter().find(|block| block.kind == kind)?;
        Some(CodePoints::new(&self.text).slice(block.span()))
    }
}

/// Reads a document as [`clip`] does, and corrects it by `rules`. Answers with those of them that found
/// something to do.
///
/// # Errors
/// As [`clip`].
pub fn clip_with(document: &Document, rules: &[Rule]) -> Result<(Clipping, Vec<Rule>), Error> {
    let mut clipping = clip(document)?;
    let applied = correct_clipping(&mut clipping, rules, document.bytes, document.media);
    Ok((clipping, applied))
}

/// Corrects a clipping that was read from `raw`. Answers with the rules that found something to do.
pub fn correct_clipping(clipping: &mut Clipping, rules: &[Rule], raw: &[u8], media: Media) -> Vec<Rule> {
    if rules.is_empty() {
        return Vec::new();
    }
    let mut words = Words {
        text: std::mem::take(&mut clipping.text),
        blocks: std::mem::take(&mut clipping.blocks),
        html: std::mem::take(&mut clipping.html),
        set_aside: std::mem::take(&mut clipping.set_aside),
    };
    let mut applied = correct(&mut words, rules, raw, media);
    for rule in rules {
        if let Rule::Outlet { name } = rule {
            clipping.outlet = Some(name.clone());
            clipping.provenance.insert("outlet".into(), crate::Found::Rule);
            applied.push(rule.clone());
        }
    }
    if let Some(title) = words.first(BlockKind::Title).filter(|title| *title != clipping.title) {
        clipping.title = title.to_owned();
        clipping.provenance.insert("title".into(), crate::Found::Rule);
    }
    let standfirst = words.first(BlockKind::Standfirst).map(str::to_owned);
    if standfirst != clipping.standfirst {
        clipping.standfirst = standfirst;
        clipping.provenance.insert("standfirst".into(), crate::Found::Rule);
    }
    Words {
        text: clipping.text,
        blocks: clipping.blocks,
        html: clipping.html,
        set_aside: clipping.set_aside,
    } = words;
    applied
}

/// Corrects the words of a page that was read from `raw`. Answers with the rules that found something to do.
pub fn correct(words: &mut Words, rules: &[Rule], raw: &[u8], media: Media) -> Vec<Rule> {
    let Some(mut page) = Page::open(words) else { return Vec::new() };
    let applied: Vec<Rule> =
        rules.iter().filter(|rule| page.apply(rule, || plain(raw, media))).cloned().collect();
    if !applied.is_empty() {
        *words = page.close();
    }
    applied
}

/// All text of a page in order, for finding the place of a line that was set aside.
fn plain(raw: &[u8], media: Media) -> String {
    let Ok(source) = text_of(raw, media) else { return String::new() };
    let page = matches!(media, Media::Html | Media::Unknown) && source.contains('<');
    let text = if page { spaced(&source) } else { source.into_owned() };
    normalise_spaces(&text)
}

/// The text of HTML with a space for every tag, so that no two blocks run together.
fn spaced(html: &str) -> String {
    let page = dom_query::Document::from(html);
    let mut text = String::new();
    let root = page.root();
    for node in root.descendants_it() {
        if node.is_text() && !node.parent().is_some_and(|of| of.has_name("script") || of.has_name("style")) {
            text.push_str(&node.text());
            text.push(' ');
        }
    }
    text
}

/// One block with its element of the reading copy.
#[derive(Debug, Clone)]
struct Part {
    kind: BlockKind,
    text: String,
    element: String,
}

impl Part {
    fn inner(&self) -> &str {
        let start = tag_end(&self.element, 0).unwrap_or(0);
        let end = self.element.rfind("</").unwrap_or(self.element.len());
        self.element.get(start..end).unwrap_or_default()
    }

    fn turned(&self, kind: BlockKind) -> Part {
        let inner = self.inner();
        let element = match kind {
            BlockKind::Title => format!("<h1>{}</h1>", line::escaped(&self.text)),
            BlockKind::Standfirst => format!(r#"<p data-kind="standfirst">{inner}</p>"#),
            _ => format!("<p>{inner}</p>"),
        };
        Part { kind, text: self.text.clone(), element }
    }

    fn new(kind: BlockKind, text: String) -> Part {
        let element = format!("<p>{}</p>", line::escaped(&text));
        Part { kind, text, element }.turned(kind)
    }
}

/// A page taken to pieces.
struct Page {
    parts: Vec<Part>,
    set_aside: Vec<String>,
}

impl Page {
    /// Nothing where text and reading copy do not fit each other.
    fn open(words: &Words) -> Option<Self> {
        let index = CodePoints::new(&words.text);
        let elements = elements(&words.html);
        (elements.len() == words.blocks.len()).then(|| Self {
            parts: words
                .blocks
                .iter()
                .zip(elements)
                .map(|(block, element)| Part {
                    kind: block.kind,
                    text: index.slice(block.span()).to_owned(),
                    element: element.to_owned(),
                })
                .collect(),
            set_aside: words.set_aside.clone(),
        })
    }

    fn close(self) -> Words {
        let mut words =
            Words { text: String::new(), blocks: Vec::new(), html: String::new(), set_aside: self.set_aside };
        let mut end = 0;
        for part in self.parts {
            if !words.text.is_empty() {
                words.text.push_str("\n\n");
                end += 2;
            }
            let start = end;
            end += char_len(&part.text);
            words.text.push_str(&part.text);
            words.blocks.push(Block { kind: part.kind, start, end });
            words.html.push_str(&part.element);
        }
        words
    }

    /// Whether the rule found something to do.
    fn apply(&mut self, rule: &Rule, plain: impl FnOnce() -> String) -> bool {
        match rule {
            Rule::Furniture { shape } => self.set_aside(shape),
            Rule::Keep { shape } => self.bring_back(shape, plain),
            Rule::Title { kind, nth } => self.head(BlockKind::Title, *kind, *nth),
            Rule::Standfirst { kind, nth } => self.head(BlockKind::Standfirst, *kind, *nth),
            Rule::TitlePart { before, after } => self.trim_title(before, after),
            Rule::NoStandfirst => match self.find(BlockKind::Standfirst, 0) {
                Some(at) => {
                    self.parts[at] = self.parts[at].turned(BlockKind::Paragraph);
                    true
                }
                None => false,
            },
            // Not of the words.
            Rule::Outlet { .. } => false,
        }
    }

    fn find(&self, kind: BlockKind, nth: u32) -> Option<usize> {
        let of_kind = self.parts.iter().enumerate().filter(|(_, part)| part.kind == kind);
        of_kind.map(|(at, _)| at).nth(nth as usize)
    }

    /// A page is never set aside whole: then the rule was made of something else.
    fn set_aside(&mut self, wanted: &str) -> bool {
        let is = |part: &Part| part.kind != BlockKind::Title && shape(&part.text) == wanted;
        let body = self.parts.iter().filter(|part| part.kind != BlockKind::Title);
        if !self.parts.iter().any(is) || body.clone().all(is) {
            return false;
        }
        let (gone, kept) = std::mem::take(&mut self.parts).into_iter().partition(is);
        self.parts = kept;
        self.set_aside.extend(gone.into_iter().map(|part: Part| part.text));
        true
    }

    fn bring_back(&mut self, wanted: &str, plain: impl FnOnce() -> String) -> bool {
        let is = |line: &String| shape(line) == wanted;
        if !self.set_aside.iter().any(is) {
            return false;
        }
        let (back, kept): (Vec<String>, _) = std::mem::take(&mut self.set_aside).into_iter().partition(is);
        self.set_aside = kept;
        let plain = plain();
        for line in back {
            let place = self.place_of(&line, &plain);
            self.parts.insert(place, Part::new(BlockKind::Paragraph, line));
        }
        true
    }

    /// Where `line` belongs: behind the last block that stands before it on the page; at the end where
    /// the page does not tell.
    fn place_of(&self, line: &str, plain: &str) -> usize {
        let line = normalise_spaces(line);
        let Some(at) = plain.find(&line) else { return self.parts.len() };
        let mut from = 0;
        let mut place = self.parts.len();
        let body = self.parts.iter().enumerate();
        for (n, part) in
            body.filter(|(_, part)| !matches!(part.kind, BlockKind::Title | BlockKind::Standfirst))
        {
            let words = normalise_spaces(&part.text);
            let start = words.char_indices().nth(40).map_or(words.as_str(), |(end, _)| &words[..end]);
            let Some(found) = plain[from..].find(start).map(|found| from + found) else { continue };
            if found > at {
                place = n;
                break;
            }
            from = found;
        }
        place
    }

    /// Makes block number `nth` of `kind` the headline, or the line under it.
    fn head(&mut self, role: BlockKind, kind: BlockKind, nth: u32) -> bool {
        let Some(at) = self.find(kind, nth) else { return false };
        if kind == role || char_len(&self.parts[at].text) > LONGEST || self.parts.len() < 3 {
            return false;
        }
        let chosen = self.parts.remove(at).turned(role);
        let former = self.find(role, 0);
        match (role, former) {
            (BlockKind::Title, Some(former)) => {
                let old = std::mem::replace(&mut self.parts[former], chosen);
                // A headline that was cut from the first sentence stands in the text still.
                let words = old.text.trim_end_matches('…');
                if !self.parts.iter().any(|part| part.text.starts_with(words)) {
                    self.set_aside.push(old.text);
                }
            }
            (BlockKind::Title, None) => self.parts.insert(0, chosen),
            (_, former) => {
                if let Some(former) = former {
                    self.parts[former] = self.parts[former].turned(BlockKind::Paragraph);
                }
                let behind = usize::from(self.find(BlockKind::Title, 0).is_some());
                self.parts.insert(behind, chosen);
            }
        }
        true
    }

    fn trim_title(&mut self, before: &str, after: &str) -> bool {
        let Some(at) = self.find(BlockKind::Title, 0) else { return false };
        let title = self.parts[at].text.clone();
        let cuts = || title.char_indices().map(|(byte, _)| byte).chain([title.len()]);
        let start =
            if before.is_empty() { Some(0) } else { cuts().find(|cut| shape(&title[..*cut]) == before) };
        let end = if after.is_empty() {
            Some(title.len())
        } else {
            cuts().rfind(|cut| shape(&title[*cut..]) == after)
        };
        let (Some(start), Some(end)) = (start, end) else { return false };
        let kept = title.get(start..end).unwrap_or_default().trim();
        if kept.is_empty() || kept == title {
            return false;
        }
        self.parts[at] = Part::new(BlockKind::Title, kept.to_owned());
        true
    }
}

/// The elements of a reading copy, which has nothing between them.
fn elements(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let Some(end) = tag_end(html, open) else { break };
        let tag = &html[open..end];
        let name: String =
            tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let void = matches!(name.as_str(), "br" | "hr" | "img" | "wbr");
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !void {
            if depth == 0 {
                start = open;
            }
            depth += 1;
        }
        if depth == 0 && !(void && !tag.starts_with("</") && found.is_empty()) {
            found.push(&html[start..end]);
        }
        at = end;
    }
    found
}

/// Where the tag that opens at `open` ends; quotation marks may hold its closing bracket.
fn tag_end(html: &str, open: usize) -> Option<usize> {
    let mut quote = None;
    for (at, c) in html[open..].char_indices() {
        match (quote, c) {
            (None, '>') => return Some(open + at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if mark == c => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head><title>World</title></head><body><article>
        <h1>World</h1>
        <h2>Two ports agree on a ferry</h2>
        <p>The first <a href="https://courier.example/a?b=1&amp;c=2">ferry</a> leaves in May, the harbour office said on Friday after a long meeting.</p>
        <p>Published at 10:30 by the night desk of the paper, which is on the second floor.</p>
        <p>The ministers will meet again in June, and they will talk about the price of the tickets then.</p>
        <p>Nobody objected to the plan, which had been discussed for two years in both of the towns.</p>
        </article></body></html>"#;

    fn document(html: &str) -> Document<'_> {
        Document {
            bytes: html.as_bytes(),
            url: Some("https://courier.example/ferry"),
            media: Media::Html,
            charset: None,
        }
    }

    fn lines(clipping: &Clipping) -> Vec<String> {
        let index = CodePoints::new(&clipping.text);
        clipping.blocks.iter().map(|block| index.slice(block.span()).to_owned()).collect()
    }

    /// Text, blocks and reading copy still say the same.
    fn fits(clipping: &Clipping) {
        let page = dom_query::Document::from(clipping.html.as_str());
        let shown: Vec<String> =
            page.select("body > *").iter().map(|element| element.text().to_string()).collect();
        assert_eq!(shown, lines(clipping));
    }

    /// A page with these paragraphs under `title`, as a reader left it, and its source.
    fn kept(title: &str, paragraphs: &[&str]) -> (Words, String) {
        let parts = std::iter::once((BlockKind::Title, title))
            .chain(paragraphs.iter().map(|text| (BlockKind::Paragraph, *text)));
        let parts = parts.map(|(kind, text)| Part::new(kind, text.to_owned())).collect();
        let words = Page { parts, set_aside: Vec::new() }.close();
        let source = format!("<html><body>{}</body></html>", words.html);
        (words, source)
    }

    const NIGHT: &str = "Published at 10:30 by the night desk.";

    #[test]
    fn a_line_once_called_furniture_is_set_aside_whatever_its_figures() {
        let rule = Rule::Furniture { shape: shape("Published at 9:05 by the night desk.") };
        let (mut words, source) = kept("Ferry", &["The first ferry left.", NIGHT, "Nobody objected."]);
        let applied = correct(&mut words, std::slice::from_ref(&rule), source.as_bytes(), Media::Html);
        assert_eq!(applied, [rule]);
        assert_eq!(words.text, "Ferry\n\nThe first ferry left.\n\nNobody objected.");
        assert_eq!(words.html, "<h1>Ferry</h1><p>The first ferry left.</p><p>Nobody objected.</p>");
        assert_eq!((words.set_aside.as_slice(), words.blocks.len()), (&[NIGHT.to_owned()][..], 3));
    }

    #[test]
    fn a_line_set_aside_comes_back_to_its_place() {
        let lines = ["The first ferry left.", NIGHT, "Nobody objected.", "Ships & <boats> whistled."];
        for line in lines {
            let (before, source) = kept("Ferry", &lines);
            let rules = [Rule::Furniture { shape: shape(line) }, Rule::Keep { shape: shape(line) }];
            let mut words = before.clone();
            assert_eq!(correct(&mut words, &rules, source.as_bytes(), Media::Html).len(), 2);
            assert_eq!(words, before, "{line}");
        }
    }

    #[test]
    fn the_headline_and_the_line_under_it_are_what_a_person_chose() {
        let whole = clip(&document(PAGE)).unwrap();
        let chosen =
            "Nobody objected to the plan, which had been discussed for two years in both of the towns.";
        let paragraphs: Vec<String> = whole
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
            .map(|block| CodePoints::new(&whole.text).slice(block.span()).to_owned())
            .collect();
        let nth = paragraphs.iter().position(|text| text == chosen).unwrap() as u32;
        for role in [BlockKind::Title, BlockKind::Standfirst] {
            let rule = match role {
                BlockKind::Title => Rule::Title { kind: BlockKind::Paragraph, nth },
                _ => Rule::Standfirst { kind: BlockKind::Paragraph, nth },
            };
            let (clipping, applied) = clip_with(&document(PAGE), &[rule]).unwrap();
            assert_eq!(applied.len(), 1);
            let found = if role == BlockKind::Title {
                Some(clipping.title.clone())
            } else {
                clipping.standfirst.clone()
            };
            assert_eq!(found.as_deref(), Some(chosen));
            assert_eq!(clipping.text.matches(chosen).count(), 1);
            fits(&clipping);
        }
    }

    #[test]
    fn words_around_a_headline_go_also_on_the_next_page() {
        let rule = [Rule::TitlePart { before: String::new(), after: shape(" | Issue 12") }];
        let (mut words, source) = kept("A ferry for two ports | Issue 9", &["It left."]);
        assert_eq!(correct(&mut words, &rule, source.as_bytes(), Media::Html), rule);
        assert_eq!(words.text, "A ferry for two ports\n\nIt left.");
        assert_eq!(correct(&mut words, &rule, source.as_bytes(), Media::Html), [], "nothing is left to do");
    }

    #[test]
    fn a_rule_that_fits_nothing_or_everything_changes_nothing() {
        let whole = clip(&document(PAGE)).unwrap();
        let rules = [
            Rule::Furniture { shape: "no such line".into() },
            Rule::Keep { shape: "no such line".into() },
            Rule::Title { kind: BlockKind::Code, nth: 3 },
            Rule::Standfirst { kind: BlockKind::Heading, nth: 9 },
        ];
        assert_eq!(clip_with(&document(PAGE), &rules).unwrap(), (whole, Vec::new()));
        let single = Document {
            bytes: b"Pact\n\nThe same line.\n\nThe same line.",
            url: None,
            media: Media::Text,
            charset: None,
        };
        let rule = Rule::Furniture { shape: shape("The same line.") };
        assert!(clip_with(&single, &[rule]).unwrap().1.is_empty(), "a page is never set aside whole");
    }

    #[test]
    fn elements_are_told_apart_whatever_stands_in_them() {
        let html = r#"<h1>A</h1><p><a href="x>y">b</a><br>c</p><blockquote><p>d</p></blockquote>"#;
        assert_eq!(
            elements(html),
            ["<h1>A</h1>", r#"<p><a href="x>y">b</a><br>c</p>"#, "<blockquote><p>d</p></blockquote>"]
        );
    }
}
