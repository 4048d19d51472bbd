//! A Word document (ISO/IEC 29500-1, transitional and strict): its words as blocks.
//!
//! What was deleted under tracked changes, hidden text, comments, headers and footers are not words of the
//! document and are left out; footnotes stand after the body, their marks in brackets where they are cited.

mod properties;

use std::collections::HashMap;

use bilat_core::BlockKind;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::clipping::Found;
use crate::draft::{Draft, Piece};
use crate::inked::{Ink, Inked, address};
use crate::unzip::Zip;
use crate::{Error, MOST_BYTES, byline, date, language, line};
use properties::Styles;

/// What it is called in an error.
const WHAT: &str = "Word document";
/// Elements nest no deeper in any real document.
const MOST_DEPTH: usize = 500;
/// Cells that hold more letters lay out the page.
const LONGEST_CELL: usize = 600;
/// Byline and date stand within so many blocks of the title.
const HEAD: usize = 6;

/// Reads a document.
pub fn read(bytes: &[u8]) -> Result<Draft, Error> {
    let mut zip = Zip::open(bytes, MOST_BYTES as u64, MOST_BYTES as u64 * 2, WHAT)?;
    let mut xml = |name: &str| -> Result<Option<String>, Error> {
        Ok(zip.entry(name)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    };
    let body = xml("word/document.xml")?.ok_or_else(|| Error::broken(WHAT, "it has no text part"))?;
    let styles = xml("word/styles.xml")?.map(|xml| Styles::read(&xml)).unwrap_or_default();
    let lists = xml("word/numbering.xml")?.map(|xml| properties::numbered(&xml)).unwrap_or_default();
    let notes = xml("word/footnotes.xml")?.unwrap_or_default();
    let links = |xml: Option<String>| xml.map(|xml| properties::links(&xml)).unwrap_or_default();
    let body_links = links(xml("word/_rels/document.xml.rels")?);
    let note_links = links(xml("word/_rels/footnotes.xml.rels")?);
    let core = xml("docProps/core.xml")?.map(|xml| properties::core(&xml)).unwrap_or_default();

    let mut body = Walk::new(&styles, &lists, &body_links).through(&body)?;
    let notes = Walk::new(&styles, &lists, &note_links).through(&notes)?;
    let mut draft = Draft::default();
    head(&mut body, &core, &mut draft);
    draft.body = body.blocks.into_iter().map(|block| block.piece).collect();
    for (number, id) in body.cited.iter().enumerate() {
        for (at, block) in notes.blocks.iter().filter(|block| block.note.as_ref() == Some(id)).enumerate() {
            let mut piece = block.piece.clone();
            if at == 0 {
                let mark = format!("[{}] ", number + 1);
                piece.text.insert_str(0, &mark);
                piece.markup = piece.markup.map(|markup| mark + &markup);
            }
            piece.kind = BlockKind::Item;
            draft.body.push(piece);
        }
    }
    if draft.body.is_empty() && draft.title.is_none() {
        return Err(Error::Empty);
    }
    Ok(draft)
}

/// Title, standfirst, byline and date: from the styles of the first blocks, then from what the file's
/// properties say, which are often left over from the document it was made from.
fn head(body: &mut Walked, core: &HashMap<String, String>, draft: &mut Draft) {
    let blocks = &mut body.blocks;
    let titled = |role: Role| move |block: &Block| block.role == role;
    let first = |blocks: &[Block], role: Role| blocks.iter().take(HEAD).position(titled(role));
    if let Some(at) = first(blocks, Role::Title).or_else(|| first(blocks, Role::Top)) {
        draft.title = line::label(&blocks.remove(at).piece.text);
        draft.say("title", Found::Text);
    } else if let Some(title) = core.get("title").and_then(|title| line::label(title)) {
        if blocks.first().is_some_and(|block| line::folded(&block.piece.text) == line::folded(&title)) {
            blocks.remove(0);
        }
        draft.title = Some(title);
        draft.say("title", Found::Meta);
    }
    if let Some(at) = first(blocks, Role::Subtitle) {
        draft.standfirst = Some(blocks.remove(at).piece.text);
        draft.say("standfirst", Found::Text);
    }
    let mut at = 0;
    while at < blocks.len().min(HEAD) {
        let text = blocks[at].piece.text.clone();
        let signed = draft.authors.is_empty() && line::words(&text) <= 12 && byline::line(&text, draft);
        let dated = !signed
            && draft.published.is_none()
            && date::line(&text).is_some_and(|found| {
                draft.published = Some(found.day);
                true
            });
        if signed || dated {
            draft.say(if signed { "byline" } else { "published" }, Found::Text);
            blocks.remove(at);
            draft.set_aside.push(text);
        } else {
            at += 1;
        }
    }
    if draft.authors.is_empty()
        && let Some(creator) = core.get("creator")
    {
        draft.authors = byline::names(creator);
        if !draft.authors.is_empty() {
            draft.say("byline", Found::Meta);
        }
    }
    // The day the file was made is a guess at the day it was published.
    if draft.published.is_none() {
        draft.published = core.get("created").and_then(|said| date::day(said));
        if draft.published.is_some() {
            draft.say("published", Found::Guess);
        }
    }
    draft.language = core.get("language").and_then(|said| language::tag(said));
    if draft.language.is_some() {
        draft.say("language", Found::Meta);
    }
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Body,
    Title,
    Subtitle,
    /// A heading of the first level.
    Top,
    Heading(u8),
    Quote,
    Caption,
    /// A line of a table of contents.
    Contents,
}

/// A block with what the document says of it.
#[derive(Debug)]
struct Block {
    piece: Piece,
    role: Role,
    /// The footnote it belongs to.
    note: Option<String>,
}

/// What walking a part found.
#[derive(Debug, Default)]
struct Walked {
    blocks: Vec<Block>,
    /// The footnotes in order of their citing.
    cited: Vec<String>,
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    inked: Inked,
    role: Role,
    level: Option<u8>,
    /// The list it is an item of, and how deep in it.
    list: Option<(String, u8)>,
}

/// A table that is open: rows of cells of blocks.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Vec<Block>>>,
}

/// A field such as a hyperlink, written in letters (ISO/IEC 29500-1, 17.16.5).
#[derive(Default)]
struct Field {
    instruction: String,
    link: Option<String>,
    shown: bool,
}

struct Walk<'a> {
    styles: &'a Styles,
    lists: &'a HashMap<(String, u8), bool>,
    links: &'a HashMap<String, String>,
    walked: Walked,
    open: Vec<Paragraph>,
    tables: Vec<Table>,
    ink: Ink,
    hidden: bool,
    links_open: Vec<Option<String>>,
    fields: Vec<Field>,
    note: Option<String>,
    counts: HashMap<(String, u8), u32>,
}

impl<'a> Walk<'a> {
    fn new(
        styles: &'a Styles,
        lists: &'a HashMap<(String, u8), bool>,
        links: &'a HashMap<String, String>,
    ) -> Self {
        Self {
            styles,
            lists,
            links,
            walked: Walked::default(),
            open: Vec::new(),
            tables: Vec::new(),
            ink: Ink::default(),
            hidden: false,
            links_open: Vec::new(),
            fields: Vec::new(),
            note: None,
            counts: HashMap::new(),
        }
    }

    /// Walks through one XML part.
    fn through(mut self, xml: &str) -> Result<Walked, Error> {
        let mut reader = Reader::from_str(xml);
        // Word writes each element's end; a part that was cut off still holds what came before.
        reader.config_mut().check_end_names = false;
        let mut depth = 0usize;
        // Inside an element whose words are not the document's.
        let mut skipped: Option<usize> = None;
        let mut words = false;
        loop {
            let event = reader
                .read_event()
                .map_err(|error| Error::broken(WHAT, &format!("its text part is damaged ({error})")))?;
            match event {
                Event::Start(start) => {
                    depth += 1;
                    if depth > MOST_DEPTH {
                        return Err(Error::TooDeep { depth });
                    }
                    let name = start.local_name();
                    let name: &str = name.as_ref();
                    if skipped.is_none() && left_out(name) {
                        skipped = Some(depth);
                    }
                    if skipped.is_none() {
                        words = matches!(name, "t" | "instrText");
                        self.start(name, &start);
                    }
                }
                Event::Empty(empty) if skipped.is_none() => {
                    let name = empty.local_name();
                    let name: &str = name.as_ref();
                    self.start(name, &empty);
                    self.end(name);
                }
                Event::End(end) => {
                    if skipped == Some(depth) {
                        skipped = None;
                    } else if skipped.is_none() {
                        words = false;
                        self.end(end.local_name().as_ref());
                    }
                    depth = depth.saturating_sub(1);
                }
                Event::Text(text) if skipped.is_none() && words => self.write(&text.xml10_content()),
                Event::CData(text) if skipped.is_none() && words => self.write(&text.xml10_content()),
                Event::GeneralRef(entity) if skipped.is_none() && words => {
                    if let Some(c) = properties::character(&entity) {
                        self.write(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        // Nothing of a part that was cut off is lost.
        while let Some(paragraph) = self.open.pop() {
            self.paragraph(paragraph);
        }
        while let Some(table) = self.tables.pop() {
            self.table(table);
        }
        Ok(self.walked)
    }

    fn start(&mut self, name: &str, tag: &BytesStart) {
        let value = || properties::attribute(tag, "val");
        let on = || value().is_none_or(|said| !matches!(said.as_str(), "0" | "false" | "none" | "off"));
        match name {
            "p" => self.open.push(Paragraph::default()),
            "pStyle" => {
                let styles = self.styles;
                if let (Some(paragraph), Some(style)) = (self.open.last_mut(), value()) {
                    paragraph.role = styles.role(&style);
                    if paragraph.list.is_none() {
                        paragraph.list = styles.list(&style);
                    }
                }
            }
            "outlineLvl" => {
                self.set(|paragraph| paragraph.level = value().and_then(|level| level.parse().ok()))
            }
            "numId" => self.set(|paragraph| {
                let level = paragraph.list.take().map_or(0, |(_, level)| level);
                // The list 0 takes a paragraph out of the list of its style (17.9.18).
                paragraph.list = value().filter(|id| id != "0").map(|id| (id, level));
            }),
            "ilvl" => self.set(|paragraph| {
                let level = value().and_then(|level| level.parse().ok()).unwrap_or(0);
                let id = paragraph.list.take().map_or(String::new(), |(id, _)| id);
                paragraph.list = Some((id, level));
            }),
            "r" => {
                self.ink = Ink { link: self.link(), ..Ink::default() };
                self.hidden = false;
            }
            "b" => self.ink.strong = on(),
            "i" => self.ink.emphasis = on(),
            "vanish" | "webHidden" => self.hidden |= on(),
            "vertAlign" => {
                let said = value();
                self.ink.raised = said.as_deref() == Some("superscript");
                self.ink.lowered = said.as_deref() == Some("subscript");
            }
            "tab" | "br" | "cr" | "ptab" => self.write(" "),
            "noBreakHyphen" => self.write("\u{2011}"),
            "softHyphen" => self.write("\u{ad}"),
            "hyperlink" => {
                let target = properties::attribute(tag, "id").and_then(|id| self.links.get(&id).cloned());
                self.links_open.push(target);
            }
            "fldSimple" => {
                let said = properties::attribute(tag, "instr").and_then(|said| hyperlink(&said));
                self.links_open.push(said);
            }
            "fldChar" => match properties::attribute(tag, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.link = hyperlink(&field.instruction);
                        field.shown = true;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            "footnoteReference" => {
                if let Some(id) = properties::attribute(tag, "id") {
                    let known = self.walked.cited.iter().position(|cited| *cited == id);
                    let number = known.unwrap_or_else(|| {
                        self.walked.cited.push(id);
                        self.walked.cited.len() - 1
                    });
                    let ink = Ink { raised: true, ..Ink::default() };
                    self.set(|paragraph| paragraph.inked.write(&format!("[{}]", number + 1), &ink));
                }
            }
            "footnote" => self.note = properties::attribute(tag, "id"),
            "tbl" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.paragraph(paragraph);
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    self.table(table);
                }
            }
            "hyperlink" | "fldSimple" => drop(self.links_open.pop()),
            "footnote" => self.note = None,
            _ => {}
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.open.last_mut() {
            change(paragraph);
        }
    }

    fn write(&mut self, words: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
            if field.instruction.len() < 4096 {
                field.instruction.push_str(words);
            }
            return;
        }
        if self.hidden {
            return;
        }
        let ink = self.ink.clone();
        self.set(|paragraph| paragraph.inked.write(words, &ink));
    }

    /// The address of the innermost link that is open.
    fn link(&self) -> Option<String> {
        let fields = self.fields.iter().rev().find_map(|field| field.link.clone());
        fields.or_else(|| self.links_open.last().cloned().flatten()).and_then(|link| address(&link))
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        if paragraph.inked.is_empty() {
            return;
        }
        let level = paragraph.level.filter(|level| *level < 9).map(|level| level + 1);
        let role = match (paragraph.role, level) {
            (Role::Body, Some(level)) => Role::Heading(level),
            (role, _) => role,
        };
        if role == Role::Contents {
            return;
        }
        let item = paragraph.list.filter(|(id, _)| !id.is_empty());
        let (kind, level) = match role {
            Role::Title | Role::Top => (BlockKind::Heading, 2),
            Role::Heading(level) => (BlockKind::Heading, (level + 1).clamp(2, 4)),
            Role::Quote => (BlockKind::Quote, 2),
            Role::Caption => (BlockKind::Caption, 2),
            _ if item.is_some() => (BlockKind::Item, 2),
            _ => (BlockKind::Paragraph, 2),
        };
        let mut piece = paragraph.inked.piece(kind, level);
        if let (BlockKind::Item, Some(item)) = (kind, item)
            && let Some(number) = self.number(&item)
        {
            piece.text.insert_str(0, &number);
            piece.markup = piece.markup.map(|markup| number + &markup);
        }
        self.put(Block { piece, role, note: self.note.clone() });
    }

    /// The number that Word shows before an item of a numbered list.
    fn number(&mut self, item: &(String, u8)) -> Option<String> {
        self.lists.get(item).copied().unwrap_or(false).then_some(())?;
        let count = self.counts.entry(item.clone()).or_default();
        *count += 1;
        let shown = format!("{count}. ");
        self.counts.retain(|(id, level), _| *id != item.0 || *level <= item.1);
        Some(shown)
    }

    /// Puts a block into the cell that is open, or into the body.
    fn put(&mut self, block: Block) {
        let cell =
            self.tables.last_mut().and_then(|table| table.rows.last_mut()).and_then(|row| row.last_mut());
        match cell {
            Some(cell) => cell.push(block),
            None => self.walked.blocks.push(block),
        }
    }

    /// A table of facts becomes one block a row; a table that lays out the page is walked through.
    fn table(&mut self, table: Table) {
        let letters = |cell: &[Block]| cell.iter().map(|block| line::chars(&block.piece.text)).sum::<usize>();
        let wide = table.rows.iter().filter(|row| row.len() > 1).count();
        let prose = table.rows.iter().flatten().any(|cell| letters(cell) > LONGEST_CELL);
        let facts = !prose && wide * 2 >= table.rows.len().max(1);
        for row in table.rows {
            if !facts {
                row.into_iter().flatten().for_each(|block| self.put(block));
                continue;
            }
            let words = |cell: Vec<Block>| {
                cell.into_iter()
                    .map(|block| block.piece.text)
                    .collect::<Vec<_>>()
                    .join(" ")
                    .replace('\t', " ")
            };
            let text = row.into_iter().map(words).collect::<Vec<_>>().join("\t").trim().to_owned();
            if !text.is_empty() {
                let piece = Piece::new(BlockKind::Row, text);
                self.put(Block { piece, role: Role::Body, note: self.note.clone() });
            }
        }
    }
}

/// Elements whose words are not the document's: deleted, moved away, or a second copy of the same.
fn left_out(name: &str) -> bool {
    matches!(
        name,
        "del" | "moveFrom" | "delText" | "Fallback" | "sectPr" | "pPrChange" | "rPrChange" | "tblPrChange"
    )
}

/// The address in a field's instruction: `HYPERLINK "https://…"`.
fn hyperlink(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?;
    rest.split('"').nth(1).map(str::to_owned)
}
