//! A briefing as it is printed: every note numbered, every text clean, nothing left to look up.
//!
//! What is laid out on pages (PDF, DOCX) needs footnotes where they are first called, headings
//! without gaps, and no comment or empty section. That is settled here once; a writer then only
//! translates each node into its own format, and never sees Markdown. The nodes are also data for
//! a template in another language: `t` names the kind.

use serde::Serialize;

use bilat_core::{Actor, Dyad, Edtf, normalise_spaces};

use crate::check::Check;
use crate::document::{Align, Block, BlockKind, Cell, Document, Inline, joins_over_line_end, plain};
use crate::draft::long_date;
use crate::export::{
    Bibliography, Entry, Options, SourceNote, clean, first_cited, state_words, title_of, verdict, written,
};

/// A briefing ready to be laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Printed {
    /// The title, which states the finding.
    pub title: String,
    /// The pair by name, such as “Japan – Kazakhstan”.
    pub pair: String,
    /// The day it describes, written out.
    pub as_of: String,
    /// The same day as `YYYY-MM-DD`, where it is one; otherwise empty.
    pub day: String,
    /// Edition, cut-off, author and marking: name and value, those that are given.
    pub facts: Vec<(String, String)>,
    /// The edition as written; may be empty.
    pub edition: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// Who may read it; may be empty.
    pub marking: String,
    /// BCP 47 tag of its language.
    pub language: String,
    /// Whether every page says DRAFT.
    pub draft: bool,
    /// What the quote lock found, one line.
    pub verdict: String,
    /// Whether the quote lock passes.
    pub passes: bool,
    /// The body.
    pub blocks: Vec<PrintedBlock>,
    /// The footnotes, the first numbered 1. None calls another.
    pub notes: Vec<Vec<PrintedBlock>>,
    /// Of a draft, the quotations that are not verified: line, state, words.
    pub unverified: Vec<(u32, String, String)>,
}

/// A block on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum PrintedBlock {
    /// A heading; levels start at 1 and none is skipped.
    Heading {
        /// 1 to 5.
        level: u8,
        /// Its words.
        c: Vec<PrintedInline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        c: Vec<PrintedInline>,
    },
    /// Who said what stands above it.
    Attribution {
        /// Its words.
        c: Vec<PrintedInline>,
    },
    /// A block quotation.
    Quote {
        /// What is quoted.
        c: Vec<PrintedBlock>,
        /// BCP 47 tag of its language, where the source has one.
        lang: Option<String>,
    },
    /// A list.
    List {
        /// The first number of a numbered one.
        start: Option<u64>,
        /// Whether its items are the key judgements.
        judgements: bool,
        /// The items.
        items: Vec<Vec<PrintedBlock>>,
    },
    /// A table.
    Table {
        /// `start`, `centre` or `end` for each column.
        align: Vec<&'static str>,
        /// How wide each column would like to be: the letters of its longest cell, 9 to 60.
        widths: Vec<u32>,
        /// The head, as many cells as columns.
        head: Vec<Vec<PrintedInline>>,
        /// The rows, as many cells as columns each.
        rows: Vec<Vec<Vec<PrintedInline>>>,
    },
    /// Preformatted text.
    Code {
        /// Its lines.
        lines: Vec<String>,
    },
    /// A rule between two parts.
    Rule,
}

/// A piece of running text on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum PrintedInline {
    /// Words.
    Text {
        /// The words.
        s: String,
    },
    /// A code span.
    Code {
        /// The code.
        s: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        c: Vec<PrintedInline>,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        c: Vec<PrintedInline>,
    },
    /// Struck out.
    Strike {
        /// What is struck out.
        c: Vec<PrintedInline>,
    },
    /// A link that a reader may follow.
    Link {
        /// Its address: `http`, `https` or `mailto`.
        url: String,
        /// Its words.
        c: Vec<PrintedInline>,
    },
    /// A footnote mark.
    Note {
        /// The number of the note, from 1.
        n: usize,
        /// Whether no mark before calls the same note.
        first: bool,
        /// Whether a mark stands directly before it, so that the two would read as one number.
        beside: bool,
    },
    /// A citation that names nothing.
    Unknown {
        /// What a reader sees.
        s: String,
    },
    /// A line end.
    Break,
}

impl Printed {
    /// `document` as it is printed, its citations looked up in `bibliography`.
    pub fn new(document: &Document, check: &Check, bibliography: &Bibliography, options: Options) -> Self {
        let head = &document.front_matter;
        let title = title_of(document);
        let mut setter = Setter { document, bibliography, notes: vec![], level: 0, judgements: false };
        let blocks = written(&document.blocks, &title);
        let blocks = blocks.into_iter().map(|block| setter.block(block)).collect();
        let notes = setter.notes.into_iter().map(|(_, note)| note).collect();
        let as_of = date(&head.as_of);
        let facts = [
            ("Edition", clean(&head.edition)),
            ("As of", as_of.clone()),
            ("Information cut-off", date(&head.information_cut_off)),
            ("Author", clean(&head.author)),
            ("Marking", clean(&head.marking)),
        ];
        let unverified =
            check.quotations.iter().filter(|quotation| options.draft && !quotation.state.is_verified());
        Self {
            title: clean(&title),
            pair: clean(&pair_name(&head.pair)),
            as_of,
            day: head.as_of.parse::<chrono::NaiveDate>().map_or(String::new(), |day| day.to_string()),
            facts: facts
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            edition: clean(&head.edition),
            author: clean(&head.author),
            marking: clean(&head.marking),
            language: tag(&head.language).unwrap_or_else(|| "en".into()),
            draft: options.draft,
            verdict: verdict(check),
            passes: check.passes(),
            blocks,
            notes,
            unverified: unverified
                .map(|quotation| {
                    (quotation.line, state_words(quotation.state).to_owned(), clean(&quotation.text))
                })
                .collect(),
        }
    }
}

/// “Japan – Kazakhstan” of `JP-KZ`, in the order it is written in; other texts as they are.
pub(crate) fn pair_name(pair: &str) -> String {
    if pair.parse::<Dyad>().is_err() {
        return pair.to_owned();
    }
    let sides = pair.split_once(['-', '–', '/']);
    let names = sides.and_then(|(a, b)| Some((a.parse::<Actor>().ok()?, b.parse::<Actor>().ok()?)));
    names.map_or_else(|| pair.to_owned(), |(a, b)| format!("{} – {}", a.name(), b.name()))
}

fn date(text: &str) -> String {
    text.parse::<Edtf>().map_or_else(|_| clean(text), |date| long_date(&date))
}

/// A BCP 47 tag, when it has the form of one.
fn tag(tag: &str) -> Option<String> {
    let good =
        !tag.is_empty() && tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    good.then(|| tag.to_owned())
}

/// What a note mark calls.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Called {
    /// An entry of the bibliography.
    Source(usize),
    /// A footnote of the author's own.
    Own(usize),
}

struct Setter<'a> {
    document: &'a Document,
    bibliography: &'a Bibliography,
    /// The notes in the order of their first mark.
    notes: Vec<(Called, Vec<PrintedBlock>)>,
    level: u8,
    judgements: bool,
}

impl Setter<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<PrintedBlock> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> PrintedBlock {
        match &block.kind {
            BlockKind::Heading(level, words) => {
                // Sections start at level 2 of the Markdown; no level is skipped.
                let level = level.saturating_sub(1).clamp(1, self.level + 1).min(5);
                self.level = level;
                let heading = plain(words).to_lowercase();
                self.judgements = heading.contains("key judgement") || heading.contains("key judgment");
                PrintedBlock::Heading { level, c: self.inlines(words) }
            }
            BlockKind::Paragraph(words) if opens_with_dash(words) => {
                PrintedBlock::Attribution { c: self.inlines(words) }
            }
            BlockKind::Paragraph(words) => PrintedBlock::Paragraph { c: self.inlines(words) },
            BlockKind::Quote(blocks) => {
                let cited = blocks.iter().find_map(|block| match &block.kind {
                    BlockKind::Paragraph(words) => first_cited(words, self.bibliography),
                    _ => None,
                });
                let lang = cited.and_then(|cited| tag(cited.language.as_deref()?));
                PrintedBlock::Quote { c: self.blocks(blocks), lang }
            }
            BlockKind::List(start, items) => {
                let judgements = self.judgements;
                let items = items.iter().map(|item| self.blocks(item)).collect();
                PrintedBlock::List { start: *start, judgements, items }
            }
            BlockKind::Table(aligns, head, rows) => {
                let columns = head.len().max(1);
                let align = |at: usize| match aligns.get(at) {
                    Some(Align::Centre) => "centre",
                    Some(Align::End) => "end",
                    _ => "start",
                };
                let letters = |row: &Vec<Cell>, at: usize| {
                    row.get(at).map_or(0, |cell| bilat_core::char_len(&plain(cell)))
                };
                let width = |at: usize| {
                    let longest = std::iter::once(head).chain(rows).map(|row| letters(row, at)).max();
                    longest.unwrap_or_default().clamp(9, 60)
                };
                PrintedBlock::Table {
                    align: (0..columns).map(align).collect(),
                    widths: (0..columns).map(width).collect(),
                    head: self.cells(head, columns),
                    rows: rows.iter().map(|row| self.cells(row, columns)).collect(),
                }
            }
            BlockKind::Code(code) => PrintedBlock::Code { lines: code.lines().map(clean).collect() },
            BlockKind::Rule => PrintedBlock::Rule,
        }
    }

    fn cells(&mut self, row: &[Cell], columns: usize) -> Vec<Vec<PrintedInline>> {
        (0..columns).map(|at| row.get(at).map_or_else(Vec::new, |cell| self.inlines(cell))).collect()
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Vec<PrintedInline> {
        let mut out = Vec::new();
        for (at, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Citation(citation) => {
                    for item in &citation.items {
                        let entry = item.key.as_ref().and_then(|key| {
                            self.bibliography.entries.iter().position(|entry| entry.cited.key == *key)
                        });
                        match entry {
                            Some(entry) => self.mark(Called::Source(entry), &mut out),
                            None => out.push(PrintedInline::Unknown {
                                s: format!("[@{}: no such source]", clean(&item.written)),
                            }),
                        }
                    }
                }
                Inline::NoteReference { label, .. } => {
                    match self.document.notes.iter().position(|note| note.label == *label) {
                        Some(note) => self.mark(Called::Own(note), &mut out),
                        None => out.push(PrintedInline::Text { s: format!("[^{}]", clean(label)) }),
                    }
                }
                inline => {
                    let next = inlines.get(at + 1);
                    let set = running(
                        inline,
                        next,
                        last_char(&out),
                        inlines.get(at + 1..).unwrap_or_default(),
                        &mut |c| self.inlines(c),
                    );
                    // The space between two citations goes; nothing of it may part their marks.
                    out.extend(
                        set.into_iter()
                            .filter(|one| !matches!(one, PrintedInline::Text { s } if s.is_empty())),
                    );
                }
            }
        }
        out
    }

    /// A mark; the same note keeps its number.
    fn mark(&mut self, called: Called, out: &mut Vec<PrintedInline>) {
        let known = self.notes.iter().position(|(known, _)| *known == called);
        let n = known.unwrap_or_else(|| {
            let text = match called {
                Called::Source(entry) => {
                    vec![PrintedBlock::Paragraph { c: source(&self.bibliography.entries[entry]) }]
                }
                Called::Own(note) => {
                    let blocks = &self.document.notes[note].blocks;
                    InNote { of: self, open: vec![note] }.blocks(blocks)
                }
            };
            self.notes.push((called, text));
            self.notes.len() - 1
        });
        let beside = matches!(out.last(), Some(PrintedInline::Note { .. }));
        out.push(PrintedInline::Note { n: n + 1, first: known.is_none(), beside });
    }
}

/// Sets a footnote's own text. No format has notes inside notes: what is called there stands in
/// parentheses, whole.
struct InNote<'a, 's> {
    of: &'s Setter<'a>,
    /// The notes that are being set, so that none calls itself for ever.
    open: Vec<usize>,
}

impl InNote<'_, '_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<PrintedBlock> {
        let mut out = Vec::new();
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(_, words) | BlockKind::Paragraph(words) => {
                    out.push(PrintedBlock::Paragraph { c: self.inlines(words) });
                }
                BlockKind::Quote(blocks) => out.extend(self.blocks(blocks)),
                BlockKind::List(start, items) => {
                    for (at, item) in items.iter().enumerate() {
                        let label =
                            start.map_or("– ".to_owned(), |start| format!("{}. ", start + at as u64));
                        let mut item = self.blocks(item);
                        match item.first_mut() {
                            Some(PrintedBlock::Paragraph { c }) => {
                                c.insert(0, PrintedInline::Text { s: label })
                            }
                            _ => item.insert(
                                0,
                                PrintedBlock::Paragraph { c: vec![PrintedInline::Text { s: label }] },
                            ),
                        }
                        out.extend(item);
                    }
                }
                BlockKind::Table(_, head, rows) => {
                    for row in std::iter::once(head).chain(rows) {
                        let mut c = Vec::new();
                        for (at, cell) in row.iter().enumerate() {
                            if at > 0 {
                                c.push(PrintedInline::Text { s: " | ".into() });
                            }
                            c.extend(self.inlines(cell));
                        }
                        out.push(PrintedBlock::Paragraph { c });
                    }
                }
                BlockKind::Code(code) => {
                    out.extend(code.lines().map(|line| PrintedBlock::Paragraph {
                        c: vec![PrintedInline::Code { s: clean(line) }],
                    }))
                }
                BlockKind::Rule => {}
            }
        }
        out
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Vec<PrintedInline> {
        let mut out = Vec::new();
        let text = |s: &str| PrintedInline::Text { s: s.to_owned() };
        for (at, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Citation(citation) => {
                    for item in &citation.items {
                        match item.key.as_ref().and_then(|key| self.of.bibliography.get(key)) {
                            Some(entry) => {
                                out.push(text(if last_char(&out).is_some_and(|c| !c.is_whitespace()) {
                                    " ("
                                } else {
                                    "("
                                }));
                                out.extend(source(entry));
                                out.push(text(")"));
                            }
                            None => out.push(PrintedInline::Unknown {
                                s: format!("[@{}: no such source]", clean(&item.written)),
                            }),
                        }
                    }
                }
                Inline::NoteReference { label, .. } => {
                    let notes = &self.of.document.notes;
                    match notes.iter().position(|note| note.label == *label) {
                        Some(note) if !self.open.contains(&note) && self.open.len() < 4 => {
                            self.open.push(note);
                            let inner = self.blocks(&notes[note].blocks);
                            self.open.pop();
                            out.push(text(" ("));
                            for (at, block) in inner.into_iter().enumerate() {
                                if let PrintedBlock::Paragraph { c } = block {
                                    out.extend((at > 0).then(|| text(" ")));
                                    out.extend(c);
                                }
                            }
                            out.push(text(")"));
                        }
                        _ => out.push(PrintedInline::Text { s: format!("[^{}]", clean(label)) }),
                    }
                }
                inline => {
                    let set = running(
                        inline,
                        None,
                        last_char(&out),
                        inlines.get(at + 1..).unwrap_or_default(),
                        &mut |c| self.inlines(c),
                    );
                    out.extend(set);
                }
            }
        }
        out
    }
}

/// What needs no looking up.
fn running(
    inline: &Inline,
    next: Option<&Inline>,
    before: Option<char>,
    rest: &[Inline],
    inner: &mut dyn FnMut(&[Inline]) -> Vec<PrintedInline>,
) -> Vec<PrintedInline> {
    // A note mark stands close to its word.
    let marked = matches!(next, Some(Inline::Citation(_) | Inline::NoteReference { .. }));
    let set = match inline {
        Inline::Text { text, .. } => {
            let text = if marked { text.trim_end_matches(' ') } else { text };
            PrintedInline::Text { s: clean(text) }
        }
        Inline::Code { text, .. } => PrintedInline::Code { s: clean(text) },
        Inline::Emphasis(words) => PrintedInline::Emphasis { c: inner(words) },
        Inline::Strong(words) => PrintedInline::Strong { c: inner(words) },
        Inline::Strike(words) => PrintedInline::Strike { c: inner(words) },
        Inline::Link(Some(url), words) if !url.starts_with('#') => {
            PrintedInline::Link { url: clean(url), c: inner(words) }
        }
        // No bookmark of the author's can be trusted to be there.
        Inline::Link(_, words) => return inner(words),
        Inline::SoftBreak(_) => {
            let after = rest.iter().find_map(|next| plain(std::slice::from_ref(next)).chars().next());
            if marked || joins_over_line_end(before, after) {
                return vec![];
            }
            PrintedInline::Text { s: " ".into() }
        }
        Inline::HardBreak(_) => PrintedInline::Break,
        // They are called, not set.
        Inline::Citation(_) | Inline::NoteReference { .. } => return vec![],
    };
    vec![set]
}

/// The text of a source note.
fn source(entry: &Entry) -> Vec<PrintedInline> {
    let note = SourceNote::new(entry);
    let text = |s: String| PrintedInline::Text { s: clean(&s) };
    let mut out = Vec::new();
    if let Some(speaker) = note.speaker {
        out.push(text(format!("{speaker}, ")));
    }
    if !note.outlet.is_empty() {
        out.push(PrintedInline::Emphasis { c: vec![text(note.outlet)] });
        out.push(text(", ".into()));
    }
    out.push(text(note.title));
    for (at, part) in note.rest.into_iter().enumerate() {
        out.push(text(if at == 0 { format!(" {part}") } else { format!(", {part}") }));
    }
    if let Some(url) = note.url {
        out.push(text(", ".into()));
        out.push(PrintedInline::Link { url: clean(&url), c: vec![text(url)] });
    }
    out.push(text(format!(", source graded {}.", note.grade)));
    out
}

fn opens_with_dash(words: &[Inline]) -> bool {
    normalise_spaces(&plain(words)).starts_with(['—', '–', '―']) && plain(words).chars().nth(1) == Some(' ')
}

/// The last character that a reader sees.
fn last_char(inlines: &[PrintedInline]) -> Option<char> {
    inlines.iter().rev().find_map(|inline| match inline {
        PrintedInline::Text { s } | PrintedInline::Code { s } | PrintedInline::Unknown { s } => {
            s.chars().next_back()
        }
        PrintedInline::Emphasis { c }
        | PrintedInline::Strong { c }
        | PrintedInline::Strike { c }
        | PrintedInline::Link { c, .. } => last_char(c),
        PrintedInline::Note { .. } => Some('1'),
        PrintedInline::Break => Some(' '),
    })
}
