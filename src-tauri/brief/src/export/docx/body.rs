//! The blocks of a briefing as WordprocessingML.

use std::fmt::Write;

use crate::export::docx::xml::{
    address, attribute, paragraph, paragraph_with, run, runs_right_to_left, styled_field,
};
use crate::export::docx::{DECLARATION, DocxTemplate, OFFICE, PACKAGE, TEXT_WIDTH};
use crate::export::printed::{PrintedBlock, PrintedInline};

/// Levels of a list that Word knows.
const LIST_LEVELS: usize = 9;
const NOTE_MARK: &str = "<w:rStyle w:val=\"FootnoteReference\"/>";

/// What the body gathers for the other parts while it is written.
#[derive(Default)]
pub(super) struct Body {
    /// Addresses that the text links to.
    pub links: Links,
    /// Addresses that the notes link to; a link in a note must stand in a list of its own.
    pub note_links: Links,
    /// The lists: the first number of each numbered one.
    pub lists: Vec<Option<u64>>,
    in_note: bool,
    /// The language of the quotation that is being written.
    language: Option<String>,
}

/// Addresses, each once.
#[derive(Default)]
pub(super) struct Links(Vec<String>);

impl Links {
    fn id(&mut self, url: &str) -> String {
        let at = self.0.iter().position(|known| known == url).unwrap_or_else(|| {
            self.0.push(url.to_owned());
            self.0.len() - 1
        });
        format!("link{at}")
    }

    /// The relationships of the document: its parts and its links.
    pub(super) fn parts(&self, template: Option<&DocxTemplate>) -> String {
        let parts = [
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("footnotes", "footnotes.xml"),
            ("settings", "settings.xml"),
            ("header", "header1.xml"),
            ("header", "header2.xml"),
            ("footer", "footer1.xml"),
            ("fontTable", "fontTable.xml"),
        ];
        let theme = template.and_then(DocxTemplate::theme).map(|_| ("theme", "theme/theme1.xml"));
        let mut out = String::new();
        for (at, (kind, target)) in parts.into_iter().chain(theme).enumerate() {
            let _ = write!(
                out,
                "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>",
                at + 1
            );
        }
        self.write(&out)
    }

    /// The relationships of the notes: their links.
    pub(super) fn notes(&self) -> String {
        self.write("")
    }

    fn write(&self, parts: &str) -> String {
        let mut out = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{parts}");
        for (at, url) in self.0.iter().enumerate() {
            let _ = write!(
                out,
                "<Relationship Id=\"link{at}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                attribute(&address(url))
            );
        }
        out + "</Relationships>"
    }
}

/// The look of a run.
#[derive(Clone, Copy, Default)]
struct Look {
    style: Option<&'static str>,
    bold: bool,
    italic: bool,
    struck: bool,
}

impl Body {
    /// `blocks` of the text.
    pub(super) fn blocks(&mut self, blocks: &[PrintedBlock]) -> String {
        blocks.iter().map(|block| self.block(block, "BodyText", 0)).collect()
    }

    /// A footnote's paragraphs, the first with its mark.
    pub(super) fn note(&mut self, blocks: &[PrintedBlock]) -> String {
        self.in_note = true;
        let mut out: String = blocks.iter().map(|block| self.block(block, "FootnoteText", 0)).collect();
        self.in_note = false;
        if out.is_empty() {
            out = paragraph("FootnoteText", "");
        }
        let mark = format!("<w:r><w:rPr>{NOTE_MARK}</w:rPr><w:footnoteRef/></w:r>{}", run("", " "));
        let at = out.find("</w:pPr>").map_or(0, |at| at + "</w:pPr>".len());
        out.insert_str(at, &mark);
        out
    }

    fn block(&mut self, block: &PrintedBlock, style: &str, depth: usize) -> String {
        match block {
            PrintedBlock::Heading { level, c } => {
                let runs = self.inlines(c, Look::default());
                paragraph(&format!("Heading{level}"), &runs)
            }
            PrintedBlock::Paragraph { c } => {
                let runs = self.inlines(c, Look::default());
                paragraph_with(style, direction(c), &runs)
            }
            PrintedBlock::Attribution { c } => {
                let style = if style == "Quote" { "QuoteAttribution" } else { style };
                let runs = self.inlines(c, Look::default());
                paragraph_with(style, direction(c), &runs)
            }
            PrintedBlock::Quote { c, lang } => {
                let outer = std::mem::replace(&mut self.language, lang.clone());
                let out = c.iter().map(|block| self.block(block, "Quote", depth)).collect();
                self.language = outer;
                out
            }
            PrintedBlock::List { start, judgements, items } => {
                self.lists.push(*start);
                let number = self.lists.len();
                let style = match (start, judgements) {
                    (_, true) => "KeyJudgement",
                    (Some(_), _) => "ListNumber",
                    (None, _) => "ListBullet",
                };
                let mut out = String::new();
                for item in items {
                    let numbered = format!(
                        "<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{number}\"/></w:numPr>",
                        depth.min(LIST_LEVELS - 1)
                    );
                    let mut rest = item.as_slice();
                    let first: &[PrintedInline] = match item.first() {
                        Some(PrintedBlock::Paragraph { c } | PrintedBlock::Attribution { c }) => {
                            rest = &item[1..];
                            c
                        }
                        _ => &[],
                    };
                    let runs = self.inlines(first, Look::default());
                    out.push_str(&paragraph_with(style, &(numbered + direction(first)), &runs));
                    for block in rest {
                        out.push_str(&self.block(block, "ListContinue", depth + 1));
                    }
                }
                out
            }
            PrintedBlock::Table { align, widths, head, rows } => {
                self.table(align, &exact(widths), head, rows)
            }
            PrintedBlock::Code { lines } => {
                lines.iter().map(|line| paragraph("SourceCode", &run("", line))).collect()
            }
            PrintedBlock::Rule => paragraph("HorizontalRule", ""),
        }
    }

    fn table(
        &mut self,
        align: &[&'static str],
        widths: &[u32],
        head: &[Vec<PrintedInline>],
        rows: &[Vec<Vec<PrintedInline>>],
    ) -> String {
        let mut out = String::from(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"BriefingTable\"/>\
             <w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             </w:tblPr><w:tblGrid>",
        );
        for width in widths {
            let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
        }
        out.push_str("</w:tblGrid>");
        for (at, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            // The head stands again on every page; no row is torn by a page's end.
            out.push_str(if at == 0 {
                "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
            } else {
                "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            });
            for (column, cell) in row.iter().enumerate() {
                let side = match align.get(column) {
                    Some(&"centre") => "<w:jc w:val=\"center\"/>",
                    Some(&"end") => "<w:jc w:val=\"end\"/>",
                    _ => "",
                };
                let runs = self.inlines(cell, Look::default());
                let _ = write!(
                    out,
                    "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                    widths[column],
                    paragraph_with("TableText", &format!("{}{side}", direction(cell)), &runs)
                );
            }
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
        // Two tables side by side would become one.
        out.push_str(&paragraph("AfterTable", ""));
        out
    }

    fn inlines(&mut self, inlines: &[PrintedInline], look: Look) -> String {
        inlines.iter().map(|inline| self.inline(inline, look)).collect()
    }

    fn inline(&mut self, inline: &PrintedInline, look: Look) -> String {
        match inline {
            PrintedInline::Text { s } => run(&self.properties(look), s),
            PrintedInline::Code { s } => {
                run(&self.properties(Look { style: Some("VerbatimChar"), ..look }), s)
            }
            PrintedInline::Unknown { s } => {
                run(&self.properties(Look { style: Some("UnknownSource"), ..look }), s)
            }
            PrintedInline::Emphasis { c } => self.inlines(c, Look { italic: !look.italic, ..look }),
            PrintedInline::Strong { c } => self.inlines(c, Look { bold: true, ..look }),
            PrintedInline::Strike { c } => self.inlines(c, Look { struck: true, ..look }),
            PrintedInline::Link { url, c } => {
                let links = if self.in_note { &mut self.note_links } else { &mut self.links };
                let id = links.id(url);
                let runs = self.inlines(c, Look { style: Some("Hyperlink"), ..look });
                format!("<w:hyperlink r:id=\"{id}\" w:history=\"1\">{runs}</w:hyperlink>")
            }
            PrintedInline::Note { n, first, beside } => {
                let comma = if *beside { run(NOTE_MARK, ",") } else { String::new() };
                let mark = if *first {
                    format!(
                        "<w:bookmarkStart w:id=\"{n}\" w:name=\"_RefNote{n}\"/><w:r><w:rPr>{NOTE_MARK}</w:rPr>\
                         <w:footnoteReference w:id=\"{n}\"/></w:r><w:bookmarkEnd w:id=\"{n}\"/>"
                    )
                } else {
                    // Word has no second call of one note, only a reference to its first mark.
                    styled_field(NOTE_MARK, &format!("NOTEREF _RefNote{n} \\f \\h"), &n.to_string())
                };
                comma + &mark
            }
            PrintedInline::Break => "<w:r><w:br/></w:r>".into(),
        }
    }

    /// Run properties in the order of the schema.
    fn properties(&self, look: Look) -> String {
        let mut out = String::new();
        if let Some(style) = look.style {
            let _ = write!(out, "<w:rStyle w:val=\"{style}\"/>");
        }
        if look.bold {
            out.push_str("<w:b/><w:bCs/>");
        }
        if look.italic {
            out.push_str("<w:i/><w:iCs/>");
        }
        if look.struck {
            out.push_str("<w:strike/>");
        }
        if let Some(language) = &self.language {
            let tag = attribute(language);
            let _ = match tag.get(..2) {
                Some("ar" | "he" | "fa" | "ur") => write!(out, "<w:lang w:bidi=\"{tag}\"/>"),
                Some("zh" | "ja" | "ko") => write!(out, "<w:lang w:eastAsia=\"{tag}\"/>"),
                _ => write!(out, "<w:lang w:val=\"{tag}\"/>"),
            };
        }
        out
    }
}

/// The paragraph's direction, by its first letter.
fn direction(inlines: &[PrintedInline]) -> &'static str {
    if first_letter(inlines).is_some_and(runs_right_to_left) { "<w:bidi/>" } else { "" }
}

fn first_letter(inlines: &[PrintedInline]) -> Option<char> {
    inlines.iter().find_map(|inline| match inline {
        PrintedInline::Text { s } | PrintedInline::Code { s } | PrintedInline::Unknown { s } => {
            s.chars().find(|c| c.is_alphabetic())
        }
        PrintedInline::Emphasis { c }
        | PrintedInline::Strong { c }
        | PrintedInline::Strike { c }
        | PrintedInline::Link { c, .. } => first_letter(c),
        PrintedInline::Note { .. } | PrintedInline::Break => None,
    })
}

/// Columns as wide as they would like to be, together the width of the text.
fn exact(wanted: &[u32]) -> Vec<u32> {
    let sum: u32 = wanted.iter().sum::<u32>().max(1);
    let mut widths: Vec<u32> = wanted.iter().map(|width| TEXT_WIDTH * width / sum).collect();
    let rest = TEXT_WIDTH - widths.iter().sum::<u32>();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
