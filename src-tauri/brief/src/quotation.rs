//! Finds the quotations of a document and the citation each is bound to.
//!
//! A quotation is a block quotation, or text of four words or more in any language's quotation marks.
//! It is bound to the next citation in its block. What a reader would take for a quotation counts:
//! marks may nest, run over line ends, stand in code, be escaped or written as entities. A mark without
//! its partner hides nothing: the words up to the citation, or from the start of the block, are held
//! against the source all the same. The values of the head are printed too, so they count as well.

use std::ops::Range;

use bilat_core::CiteKey;

use crate::document::{
    Block, BlockKind, Citation, CitationItem, Document, Inline, is_unspaced, joins_over_line_end,
};
use crate::fold::is_word;

/// Text in quotation marks with fewer words than this is a term or a title, not a quotation.
const FEWEST_WORDS: usize = 4;
/// Stands between two cells of a table row; no quotation runs over it.
const CELL_END: char = '\u{1E}';

/// One character as a reader sees it, and its bytes in the Markdown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    pub c: char,
    pub start: usize,
    pub end: usize,
    /// Whether it stands in code, which is no sentence of the author's.
    pub code: bool,
}

/// A citation in a passage.
#[derive(Debug, Clone)]
pub(crate) struct Cite {
    pub citation: Citation,
    /// The glyph before which it stands.
    pub at: usize,
    /// Whether it is a footnote reference: a citation only if its label is a known key.
    pub is_note: bool,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PassageKind {
    Running,
    Heading,
    Row,
    Quote,
    Note,
    Code,
    /// A value of the front matter.
    Head,
}

/// The text of one block: a paragraph, a heading, a table row, a whole block quotation.
#[derive(Debug)]
pub(crate) struct Passage {
    pub kind: PassageKind,
    pub glyphs: Vec<Glyph>,
    pub citations: Vec<Cite>,
    /// The label of the footnote it belongs to.
    pub note: Option<String>,
    /// The words of the headings it stands under, innermost last.
    pub headings: Vec<String>,
    last_break: Option<Range<usize>>,
}

/// A quotation and what it cites.
#[derive(Debug)]
pub(crate) struct Quotation {
    /// The words without the outer marks.
    pub text: String,
    /// Its bytes in the Markdown, outer marks included.
    pub at: Range<usize>,
    /// What it cites; nothing when no citation follows.
    pub cites: Vec<CitationItem>,
}

/// All passages of a document, in order.
pub(crate) fn passages(document: &Document) -> Vec<Passage> {
    let mut out = Vec::new();
    let mut headings: Vec<(u8, String)> = Vec::new();
    for block in &document.blocks {
        if let BlockKind::Heading(level, words) = &block.kind {
            headings.retain(|(above, _)| above < level);
            headings.push((*level, crate::document::plain(words)));
        }
        let under: Vec<String> = headings.iter().map(|(_, words)| words.clone()).collect();
        collect(block, None, &under, &mut out);
    }
    for note in &document.notes {
        for block in &note.blocks {
            collect(block, Some(&note.label), &[], &mut out);
        }
    }
    out.extend(head(document, &out));
    out
}

/// The values of the head. No citation can stand in them, so they may quote whatever `body` cites.
fn head(document: &Document, body: &[Passage]) -> Vec<Passage> {
    let cites = body.iter().flat_map(|passage| &passage.citations).filter(|cite| !cite.is_note);
    let mut items: Vec<CitationItem> = Vec::new();
    for item in cites.flat_map(|cite| &cite.citation.items) {
        if items.iter().all(|known| known.key != item.key) {
            items.push(item.clone());
        }
    }
    let passage = |(value, place): &(String, Range<usize>)| {
        let mut passage = Passage::new(PassageKind::Head);
        passage.add_text(value, place, false);
        let at = passage.glyphs.len();
        passage.citations.extend(items.iter().map(|item| Cite {
            citation: Citation { items: vec![item.clone()], at: place.clone() },
            at,
            is_note: true,
        }));
        passage
    };
    document.front_matter.values.iter().map(passage).collect()
}

fn collect(block: &Block, note: Option<&str>, headings: &[String], out: &mut Vec<Passage>) {
    let new = |kind| {
        let kind = if note.is_some() && kind == PassageKind::Running { PassageKind::Note } else { kind };
        Passage { note: note.map(str::to_owned), headings: headings.to_vec(), ..Passage::new(kind) }
    };
    match &block.kind {
        BlockKind::Paragraph(words) => {
            let mut passage = new(PassageKind::Running);
            passage.add(words);
            out.push(passage);
        }
        BlockKind::Heading(_, words) => {
            let mut passage = new(PassageKind::Heading);
            passage.add(words);
            out.push(passage);
        }
        BlockKind::Quote(blocks) => {
            let mut passage = new(PassageKind::Quote);
            for block in blocks {
                passage.add_block(block);
            }
            out.push(passage);
        }
        BlockKind::List(_, items) => {
            items.iter().flatten().for_each(|block| collect(block, note, headings, out));
        }
        BlockKind::Table(_, head, rows) => {
            for row in std::iter::once(head).chain(rows) {
                let mut passage = new(PassageKind::Row);
                for cell in row {
                    passage.add(cell);
                    passage.end_cell(block.at.end);
                }
                out.push(passage);
            }
        }
        BlockKind::Code(code) => {
            let mut passage = new(PassageKind::Code);
            passage.add_text(code, &block.at, true);
            out.push(passage);
        }
        BlockKind::Rule => {}
    }
}

impl Passage {
    fn new(kind: PassageKind) -> Self {
        Self { kind, glyphs: vec![], citations: vec![], note: None, headings: vec![], last_break: None }
    }

    fn add(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text, at, .. } => self.add_text(text, at, false),
                Inline::Code { text, at } => self.add_text(text, at, true),
                Inline::Strong(inner)
                | Inline::Emphasis(inner)
                | Inline::Strike(inner)
                | Inline::Link(_, inner) => self.add(inner),
                Inline::SoftBreak(at) => self.last_break = Some(at.clone()),
                Inline::HardBreak(at) => self.push('\n', at.start, at.end, false),
                Inline::Citation(citation) => {
                    let at = self.glyphs.len();
                    self.citations.push(Cite { citation: citation.clone(), at, is_note: false });
                }
                Inline::NoteReference { label, at } => {
                    let item = CitationItem {
                        written: label.clone(),
                        key: label.parse().ok(),
                        locator: String::new(),
                    };
                    let citation = Citation { items: vec![item], at: at.clone() };
                    self.citations.push(Cite { citation, at: self.glyphs.len(), is_note: true });
                }
            }
        }
    }

    /// Everything in a block quotation is one text; its paragraphs are divided by a line end.
    fn add_block(&mut self, block: &Block) {
        if !self.glyphs.is_empty() && self.glyphs.last().is_none_or(|last| last.c != '\n') {
            self.push('\n', block.at.start, block.at.start, false);
        }
        match &block.kind {
            BlockKind::Paragraph(words) | BlockKind::Heading(_, words) => self.add(words),
            BlockKind::Quote(blocks) => blocks.iter().for_each(|block| self.add_block(block)),
            BlockKind::List(_, items) => items.iter().flatten().for_each(|block| self.add_block(block)),
            BlockKind::Table(_, head, rows) => {
                for cell in std::iter::once(head).chain(rows).flatten() {
                    self.add(cell);
                    self.push(' ', block.at.end, block.at.end, false);
                }
            }
            BlockKind::Code(code) => self.add_text(code, &block.at, true),
            BlockKind::Rule => {}
        }
    }

    fn add_text(&mut self, text: &str, at: &Range<usize>, code: bool) {
        let exact = text.len() == at.len();
        for (byte, c) in text.char_indices() {
            let (start, end) =
                if exact { (at.start + byte, at.start + byte + c.len_utf8()) } else { (at.start, at.end) };
            self.push(c, start, end, code);
        }
    }

    fn push(&mut self, c: char, start: usize, end: usize, code: bool) {
        if let Some(at) = self.last_break.take() {
            let before = self.glyphs.last().map(|glyph| glyph.c);
            if !joins_over_line_end(before, Some(c)) {
                self.glyphs.push(Glyph { c: '\n', start: at.start, end: at.end, code });
            }
        }
        self.glyphs.push(Glyph { c, start, end, code });
    }

    fn end_cell(&mut self, at: usize) {
        let at = self.glyphs.last().map_or(at, |last| last.end);
        self.glyphs.push(Glyph { c: CELL_END, start: at, end: at, code: true });
    }

    pub fn text(&self, range: Range<usize>) -> String {
        self.glyphs[range].iter().map(|glyph| glyph.c).collect()
    }

    /// The bytes of the Markdown under the glyphs `range`, which is not empty.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        self.glyphs[range.start].start..self.glyphs[range.end - 1].end
    }

    /// The quotations in this passage; `knows` tells which footnote labels are cite keys.
    pub fn quotations(&self, mut knows: impl FnMut(&CiteKey) -> bool) -> Vec<Quotation> {
        let mut known = |item: &CitationItem| item.key.as_ref().is_some_and(&mut knows);
        let cites: Vec<&Cite> = self
            .citations
            .iter()
            .filter(|cite| !cite.is_note || cite.citation.items.iter().all(&mut known))
            .collect();
        let own = self.note.as_ref().map(|label| CitationItem {
            written: label.clone(),
            key: label.parse().ok(),
            locator: String::new(),
        });
        let own = own.filter(known);
        if self.kind == PassageKind::Quote {
            self.block_quotation(&cites)
        } else {
            self.marked(0, &cites, own)
        }
    }

    /// The pieces of a block quotation, each up to its citation.
    fn block_quotation(&self, cites: &[&Cite]) -> Vec<Quotation> {
        let end = self.attribution();
        let mut out = Vec::new();
        let mut start = 0;
        for cite in cites {
            let stop = cite.at.min(end);
            if let Some(piece) = self.piece(start..stop) {
                let at_once: Vec<CitationItem> = cites
                    .iter()
                    .filter(|other| other.at.min(end) >= stop)
                    .take_while(|other| !has_words(&self.glyphs[stop..other.at.min(end).max(stop)]))
                    .flat_map(|other| other.citation.items.clone())
                    .collect();
                out.push(self.quotation(piece, at_once));
            }
            start = start.max(stop);
        }
        if let Some(piece) = self.piece(start..end) {
            out.push(self.quotation(piece, vec![]));
        }
        if end < self.glyphs.len() {
            out.extend(self.marked(end, cites, None));
        }
        out
    }

    /// Where the attribution starts: the last line of a block quotation, when it opens with a dash and
    /// something stands before it.
    fn attribution(&self) -> usize {
        let last_line = self.glyphs.iter().rposition(|glyph| glyph.c == '\n').map_or(0, |at| at + 1);
        let opens = matches!(self.glyphs.get(last_line), Some(glyph) if matches!(glyph.c, '—' | '–' | '―'))
            && self.glyphs.get(last_line + 1).is_some_and(|glyph| glyph.c.is_whitespace());
        if opens && has_words(&self.glyphs[..last_line]) { last_line } else { self.glyphs.len() }
    }

    /// `range` without the spaces around it; nothing when it has no words.
    fn piece(&self, range: Range<usize>) -> Option<Range<usize>> {
        let glyphs = self.glyphs.get(range.clone())?;
        if !has_words(glyphs) {
            return None;
        }
        let dull = |glyph: &Glyph| glyph.c.is_whitespace();
        let start = range.start + glyphs.iter().position(|glyph| !dull(glyph))?;
        let end = range.start + glyphs.iter().rposition(|glyph| !dull(glyph))? + 1;
        Some(start..end)
    }

    fn quotation(&self, range: Range<usize>, cites: Vec<CitationItem>) -> Quotation {
        Quotation { text: self.text(range.clone()), at: self.bytes(&range), cites }
    }

    /// The quotations in marks from glyph `from` on.
    fn marked(&self, from: usize, cites: &[&Cite], own: Option<CitationItem>) -> Vec<Quotation> {
        let mut out = Vec::new();
        for (outer, inner) in self.in_marks(from, cites) {
            if count_words(&self.glyphs[inner.clone()]) < FEWEST_WORDS {
                continue;
            }
            let bound = cites.iter().find(|cite| cite.at > outer.start);
            let bound = bound.map_or_else(
                || own.clone().into_iter().collect(),
                |first| {
                    let at_once = cites.iter().filter(|cite| cite.at == first.at);
                    at_once.flat_map(|cite| cite.citation.items.clone()).collect()
                },
            );
            out.push(Quotation { text: self.text(inner), at: self.bytes(&outer), cites: bound });
        }
        out
    }

    /// The glyph ranges in quotation marks, with the marks and without.
    pub fn in_marks(&self, from: usize, cites: &[&Cite]) -> Vec<(Range<usize>, Range<usize>)> {
        let mut out = Vec::new();
        // Marks that nothing closes in the rest of the cell.
        let mut unclosed = Vec::new();
        // Where the words start that no quotation has taken yet.
        let mut rest = from;
        let mut at = from;
        while at < self.glyphs.len() {
            let mark = self.glyphs[at].c;
            if mark == CELL_END {
                unclosed.clear();
                rest = at + 1;
            }
            if !self.opens(at) {
                if self.closes_nothing(at, cites) && at > rest {
                    out.push((rest..at + 1, rest..at));
                    rest = at + 1;
                }
                at += 1;
                continue;
            }
            let found = match mark {
                '\'' | '‘' | '‛' | '‚' | '’' => self.close_single(at, cites),
                _ if unclosed.contains(&mark) => None,
                _ => self.close_double(at),
            };
            if let Some(close) = found {
                out.push((at..close + 1, at + 1..close));
                at = close + 1;
                rest = at;
                continue;
            }
            unclosed.push(mark);
            if self.opens_surely(at) {
                // Opened and never closed: a quotation up to its citation, so that none gets by.
                let end = cites.iter().map(|cite| cite.at).find(|cite| *cite > at + 1);
                let end = end.unwrap_or(self.glyphs.len());
                let end = (at..end).find(|at| self.glyphs[*at].c == CELL_END).unwrap_or(end);
                if end > at + 1 {
                    out.push((at..end, at + 1..end));
                }
                at = end.max(at + 1);
                rest = at;
            } else {
                at += 1;
            }
        }
        out
    }

    /// Whether the mark at `at`, which opens and which nothing closes, starts a quotation for certain: a
    /// double mark before a word; a single one, which may be an apostrophe or the letter of a name, only
    /// after what announces speech.
    fn opens_surely(&self, at: usize) -> bool {
        let (before, after) = (self.char_at(at.checked_sub(1)), self.char_at(Some(at + 1)));
        match self.glyphs[at].c {
            '“' | '„' | '«' | '「' | '『' | '❝' => true,
            '‘' | '\'' => {
                let said = self.glyphs[..at].iter().rev().find(|glyph| !glyph.c.is_whitespace());
                said.is_some_and(|glyph| matches!(glyph.c, ':' | ',')) && before.is_whitespace()
            }
            '’' | '‚' | '‛' => false,
            _ => !is_word(before) && (is_word(after) || OPENING.contains(&after) || after == '['),
        }
    }

    /// Whether the mark at `at`, which opens nothing, closes a quotation that another paragraph opened.
    /// A measure (5″) closes only before a citation; a single mark, only after a sentence.
    fn closes_nothing(&self, at: usize, cites: &[&Cite]) -> bool {
        let (before, after) = (self.char_at(at.checked_sub(1)), self.char_at(Some(at + 1)));
        if is_word(after) && !is_unspaced(after) {
            return false;
        }
        let cited = || {
            cites.iter().any(|cite| {
                cite.at > at && self.glyphs[at + 1..cite.at].iter().all(|glyph| !is_word(glyph.c))
            })
        };
        match self.glyphs[at].c {
            '”' | '"' | '＂' | '″' => {
                !before.is_whitespace() && (!before.is_numeric() || is_unspaced(before) || cited())
            }
            '»' | '›' | '」' | '』' | '〞' | '〟' | '﹂' | '﹄' | '｣' | '❞' => true,
            '’' | '\'' => matches!(before, '.' | ',' | '!' | '?' | '…'),
            _ => false,
        }
    }

    fn char_at(&self, at: Option<usize>) -> char {
        at.and_then(|at| self.glyphs.get(at)).map_or(' ', |glyph| glyph.c)
    }

    /// Whether the mark at `at` can open a quotation.
    fn opens(&self, at: usize) -> bool {
        let mark = self.glyphs[at].c;
        let (before, after) = (self.char_at(at.checked_sub(1)), self.char_at(Some(at + 1)));
        let free = |c: char| !is_word(c) || is_unspaced(c);
        let spaced = before.is_whitespace()
            || matches!(before, '(' | '[' | '—' | '–' | '-' | ':' | '/' | CELL_END)
            || OPENING.contains(&before)
            || is_unspaced(before);
        match mark {
            '“' | '„' | '‟' | '«' | '「' | '『' | '〝' | '﹁' | '﹃' | '｢' | '❝' => true,
            '‹' => free(before),
            '»' | '›' | '”' => spaced && (is_word(after) || OPENING.contains(&after) || after == '['),
            '"' | '＂' | '″' | '‘' | '‛' | '‚' => free(before) && !after.is_whitespace(),
            '\'' | '’' => {
                spaced && (is_word(after) && !after.is_numeric() || OPENING.contains(&after) || after == '[')
            }
            _ => false,
        }
    }

    /// The glyph that closes the double mark at `open`.
    fn close_double(&self, open: usize) -> Option<usize> {
        let mark = self.glyphs[open].c;
        let closers: &[char] = match mark {
            '„' | '‟' => &['“', '”', '‟'],
            '“' | '”' => &['”'],
            '«' => &['»'],
            '»' => &['«'],
            '‹' => &['›'],
            '›' => &['‹'],
            '「' => &['」'],
            '『' => &['』'],
            '〝' => &['〞', '〟'],
            '﹁' => &['﹂'],
            '﹃' => &['﹄'],
            '｢' => &['｣'],
            '＂' => &['＂'],
            '″' => &['″'],
            '❝' => &['❞'],
            _ => &['"'],
        };
        let mut depth = 0usize;
        let mut german = 0usize;
        for at in open + 1..self.glyphs.len() {
            let glyph = self.glyphs[at];
            if glyph.c == CELL_END {
                break;
            }
            if mark == '“' && glyph.c == '„' {
                german += 1;
            } else if mark == '“' && german > 0 && matches!(glyph.c, '“' | '”') {
                german -= 1;
            } else if closers.contains(&glyph.c) {
                if depth == 0 {
                    return Some(at);
                }
                depth -= 1;
            } else if glyph.c == mark {
                depth += 1;
            }
        }
        // “…" and „…" are typing slips that a reader takes for quotations all the same.
        if !matches!(mark, '“' | '„') {
            return None;
        }
        (open + 1..self.glyphs.len())
            .take_while(|at| self.glyphs[*at].c != CELL_END)
            .find(|at| self.glyphs[*at].c == '"' && !self.char_at(at.checked_sub(1)).is_whitespace())
    }

    /// The glyph that closes the single mark at `open`. An apostrophe looks the same, so a mark after
    /// an s and before a word is taken only when none better follows.
    fn close_single(&self, open: usize, cites: &[&Cite]) -> Option<usize> {
        let mark = self.glyphs[open].c;
        let stop = cites.iter().map(|cite| cite.at).find(|cite| *cite > open).unwrap_or(self.glyphs.len());
        let mut doubtful = None;
        for at in open + 1..stop {
            let glyph = self.glyphs[at];
            if glyph.c == CELL_END || glyph.c == mark && mark == '‘' {
                break;
            }
            let closes = match mark {
                '\'' => glyph.c == '\'',
                '‚' => matches!(glyph.c, '‘' | '’'),
                _ => glyph.c == '’',
            };
            let (before, after) = (self.char_at(Some(at - 1)), self.char_at(Some(at + 1)));
            if !closes || is_word(after) && !is_unspaced(after) {
                continue;
            }
            if before.is_whitespace() {
                // A slip of typing, unless a better mark follows.
                if mark != '\'' {
                    doubtful = Some(at);
                }
                continue;
            }
            let next = self.char_at(Some(at + 2));
            if matches!(before, 's' | 'S') && after == ' ' && is_word(next) {
                doubtful = Some(at);
                continue;
            }
            // A lone ’ opens a quotation only if a citation follows at once.
            let cited = cites.iter().any(|cite| {
                cite.at > at && self.glyphs[at + 1..cite.at].iter().all(|glyph| !is_word(glyph.c))
            });
            return (mark != '’' || cited).then_some(at);
        }
        if mark == '’' { None } else { doubtful }
    }
}

const OPENING: &[char] = &['“', '„', '«', '‹', '「', '『', '‘', '‚', '"', '\''];

fn has_words(glyphs: &[Glyph]) -> bool {
    glyphs.iter().any(|glyph| glyph.c.is_alphanumeric())
}

/// How many words; two characters of a script without spaces count as one.
fn count_words(glyphs: &[Glyph]) -> usize {
    let (mut words, mut unspaced, mut inside) = (0, 0, false);
    for glyph in glyphs {
        if is_unspaced(glyph.c) && glyph.c.is_alphanumeric() {
            unspaced += 1;
            inside = false;
        } else if is_word(glyph.c) {
            words += usize::from(!inside);
            inside = true;
        } else if !matches!(glyph.c, '\'' | '’' | '-' | '\u{AD}') {
            inside = false;
        }
    }
    words + unspaced / 2
}
