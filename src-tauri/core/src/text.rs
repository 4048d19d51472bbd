//! Positions in text, counted in Unicode code points, and the blocks a text is made of.
//!
//! The database and the wire count code points (W3C Web Annotation, TextPositionSelector); Rust
//! slices bytes and the window counts UTF-16. `CodePoints` converts once, at the edge.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A half-open range of code points, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Span {
    /// The first code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// How many code points it covers.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the two share a code point.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// What a block of a snapshot's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The line under the headline.
    Standfirst,
    /// A paragraph of the body.
    Paragraph,
    /// A subhead.
    Heading,
    /// A block quotation.
    Quote,
    /// One item of a list.
    Item,
    /// The caption of a picture.
    Caption,
    /// One row of a table, its cells divided by tabs.
    Row,
    /// Preformatted text.
    Code,
}

/// One block of a snapshot's canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its first code point in the canonical text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
}

impl Block {
    /// The block's range.
    pub const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// A text with an index from code points to bytes, built once in linear time.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// The byte at which every 64th code point starts.
    marks: Vec<usize>,
    len: u32,
}

const STRIDE: usize = 64;

impl<'a> CodePoints<'a> {
    /// Indexes `text`.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut len = 0;
        for (count, (byte, _)) in text.char_indices().enumerate() {
            if count % STRIDE == 0 {
                marks.push(byte);
            }
            len = count + 1;
        }
        Self { text, marks, len: len as u32 }
    }

    /// How many code points the text has.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The byte at which code point `at` starts; the end of the text when `at` is past it.
    pub fn byte(&self, at: u32) -> usize {
        if at >= self.len {
            return self.text.len();
        }
        let mark = self.marks[at as usize / STRIDE];
        let rest = &self.text[mark..];
        rest.char_indices().nth(at as usize % STRIDE).map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    /// The code point that starts at, or contains, byte `at`.
    pub fn code_point(&self, at: usize) -> u32 {
        let block = self.marks.partition_point(|mark| *mark <= at).saturating_sub(1);
        let Some(&mark) = self.marks.get(block) else { return 0 };
        let within = self.text[mark..].char_indices().take_while(|(byte, _)| mark + byte < at).count();
        (block * STRIDE + within) as u32
    }

    /// The words of `span`; empty when it lies outside the text.
    pub fn slice(&self, span: Span) -> &'a str {
        let (start, end) = (self.byte(span.start), self.byte(span.end));
        self.text.get(start..end.max(start)).unwrap_or_default()
    }
}

/// The number of code points in `text`.
pub fn char_len(text: &str) -> u32 {
    text.chars().count() as u32
}

/// `text` with every run of white space made one space, and none at the ends.
pub fn normalise_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_code_points_in_any_script() {
        let text = "Пакт — 条約 🕊 signed".repeat(30);
        let index = CodePoints::new(&text);
        assert_eq!(index.len(), char_len(&text));
        for (at, (byte, c)) in text.char_indices().enumerate() {
            assert_eq!(index.byte(at as u32), byte);
            assert_eq!(index.code_point(byte), at as u32);
            assert_eq!(index.slice(Span::new(at as u32, at as u32 + 1)), c.to_string());
        }
        assert_eq!(index.slice(Span::new(index.len() + 5, index.len() + 9)), "");
    }
}
