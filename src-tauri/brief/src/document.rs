//! The document between the Markdown and every exporter, with its places in the source.
//!
//! The checker and the exporters read the same tree, so what is checked is what is printed: raw HTML
//! is text in both, comments are gone from both, an entity or an escape is the letter it stands for
//! in both. Ranges are bytes of the Markdown.

use std::ops::Range;

use bilat_core::CiteKey;

use crate::front_matter::FrontMatter;

/// A parsed briefing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The head.
    pub front_matter: FrontMatter,
    /// The body.
    pub blocks: Vec<Block>,
    /// Footnotes of the author's own, in the order of their definitions. Where two have one label, the
    /// first is meant; the other is checked as well, since other readers may show it.
    pub notes: Vec<Note>,
    /// Comments: bytes of the Markdown that no reader sees.
    pub comments: Vec<Range<usize>>,
    /// Raw HTML: bytes of the Markdown that a reader sees as text, not as markup.
    pub raw_html: Vec<Range<usize>>,
    /// What could not be taken as written, one line each, with its line number.
    pub warnings: Vec<(u32, String)>,
}

/// A footnote's definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The label, without `^`.
    pub label: String,
    /// The text.
    pub blocks: Vec<Block>,
}

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the Markdown.
    pub at: Range<usize>,
    /// The line of its first byte, from 1.
    pub line: u32,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading, 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list; its first number when it is numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A table: the alignment of its columns, its head, its rows.
    Table(Vec<Align>, Vec<Cell>, Vec<Vec<Cell>>),
    /// Preformatted text.
    Code(String),
    /// A rule between two parts.
    Rule,
}

/// One cell of a table.
pub type Cell = Vec<Inline>;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the language runs.
    Start,
    /// In the middle.
    Centre,
    /// At the far side.
    End,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words. Where `text` is as long as `at`, each of its bytes stands at its own place;
    /// otherwise it is one entity.
    Text {
        /// The words as a reader sees them.
        text: String,
        /// Their bytes in the Markdown.
        at: Range<usize>,
        /// Whether the first character was escaped or came from an entity, so that it opens nothing.
        escaped: bool,
    },
    /// A code span.
    Code {
        /// The code.
        text: String,
        /// Its bytes in the Markdown.
        at: Range<usize>,
    },
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// A link. The address is one a reader may follow (`http`, `https`, `mailto`, `#…`), or nothing.
    Link(Option<String>, Vec<Inline>),
    /// A citation.
    Citation(Citation),
    /// A reference to a footnote of the author's own.
    NoteReference {
        /// The label, without `^`.
        label: String,
        /// Its bytes in the Markdown.
        at: Range<usize>,
    },
    /// A line end that a reader does not see; none between two ideographs.
    SoftBreak(Range<usize>),
    /// A line end that a reader sees.
    HardBreak(Range<usize>),
}

/// `[@key, ¶3; @other]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// What is cited, in order.
    pub items: Vec<CitationItem>,
    /// Its bytes in the Markdown, brackets included.
    pub at: Range<usize>,
}

/// One work in a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationItem {
    /// The key as written.
    pub written: String,
    /// The key, when it is one.
    pub key: Option<CiteKey>,
    /// The place in the work, as written, such as `¶3`.
    pub locator: String,
}

impl Document {
    /// The words of the first heading.
    pub fn first_heading(&self) -> Option<String> {
        self.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading(_, words) => Some(bilat_core::normalise_spaces(&plain(words))),
            _ => None,
        })
    }
}

/// The words of `inlines`, without citations and notes.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Code { text, .. } => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link(_, inner) => {
                out.push_str(&plain(inner));
            }
            Inline::SoftBreak(_) | Inline::HardBreak(_) => out.push(' '),
            Inline::Citation(_) | Inline::NoteReference { .. } => {}
        }
    }
    out
}

/// Whether `c` belongs to a script that is written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}'
        | '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Whether a line end after `before` and before `after` is no space: between two characters of East
/// Asian writing (CSS Text 4, segment break transformation).
pub(crate) fn joins_over_line_end(before: Option<char>, after: Option<char>) -> bool {
    let wide = |c: Option<char>| {
        c.is_some_and(|c| {
            is_unspaced(c) && !('\u{E00}'..='\u{17FF}').contains(&c)
                || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}')
        })
    };
    wide(before) && wide(after)
}
