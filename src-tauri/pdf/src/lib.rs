//! PDF out: a briefing laid out by Typst, tagged, with its fonts in it.
//!
//! The template is constant and the briefing is data: no title, note or quotation ever passes through
//! Typst's parser, so none can become markup. The world in which it is compiled holds that template,
//! the data and the fonts, and nothing else: no files, no network, no packages, no clock. What comes
//! out is PDF/A-2a and PDF/UA-1 by Typst's own validator; only where no font has a character, which
//! those standards forbid, is it a plain tagged PDF, and says so.
//!
//! A crate of its own, since Typst takes minutes to build and renames parts of its interface with
//! every release.
#![deny(missing_docs)]

mod data;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bilat_brief::export::Printed;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::{Fonts, Press};

/// A PDF file.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font has, each once; they show as boxes. When there are none, the file is
    /// PDF/A-2a and PDF/UA-1.
    pub missing: Vec<char>,
}

/// Why a briefing could not be laid out.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Typst says what.
    #[error("the pages could not be laid out: {0}")]
    Layout(String),
    /// Typst stopped in the middle; what it said.
    #[error("the layout stopped: {0}")]
    Stopped(String),
}

/// Lays a briefing out. `more_fonts` gives the bytes of further font files, and is asked only when the
/// fonts of our own lack a character.
///
/// # Errors
/// [`PdfError`] when the layout fails, as it may for text beyond all measure.
pub fn pdf(printed: &Printed, more_fonts: impl FnOnce() -> Vec<Vec<u8>>) -> Result<Pdf, PdfError> {
    let data = data::data(printed);
    let mut fonts = Fonts::own();
    let mut missing = fonts.missing(&data);
    if !missing.is_empty() {
        fonts.add(more_fonts());
        missing = fonts.missing(&data);
    }
    let press = Press::new(&data, fonts);
    // A fault of the typesetter must not take the library's window with it.
    let conforming = missing.is_empty();
    let laid_out = catch_unwind(AssertUnwindSafe(|| lay_out(&press, conforming)));
    // What Typst remembers of one document is of no use to the next, and grows.
    comemo::evict(0);
    let (bytes, pages) = laid_out.map_err(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
        PdfError::Stopped(said.unwrap_or_default().lines().next().unwrap_or_default().to_owned())
    })??;
    Ok(Pdf { bytes, pages, missing })
}

fn lay_out(press: &Press, conforming: bool) -> Result<(Vec<u8>, usize), PdfError> {
    let document = typst::compile::<PagedDocument>(press).output.map_err(|faults| press.explain(&faults))?;
    let standards: &[PdfStandard] = if conforming { &[PdfStandard::A_2a, PdfStandard::Ua_1] } else { &[] };
    let standards = PdfStandards::new(standards).map_err(|fault| PdfError::Layout(format!("{fault:?}")))?;
    let creator = Smart::Custom(Some("Bilat".into()));
    let options = PdfOptions { ident: Smart::Auto, creator, standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| press.explain(&faults))?;
    Ok((bytes, document.pages().len()))
}

#[cfg(test)]
mod tests {
    use bilat_brief::export::printed::{PrintedBlock, PrintedInline};
    use typst::layout::{Frame, FrameItem};

    use super::*;

    fn words(s: &str) -> Vec<PrintedInline> {
        vec![PrintedInline::Text { s: s.into() }]
    }

    fn paragraph(s: &str) -> PrintedBlock {
        PrintedBlock::Paragraph { c: words(s) }
    }

    fn printed(blocks: Vec<PrintedBlock>, notes: Vec<Vec<PrintedBlock>>) -> Printed {
        Printed {
            title: "Ferries stay in port".into(),
            pair: "Norway – Finland".into(),
            as_of: "10 March 2024".into(),
            day: "2024-03-10".into(),
            facts: vec![("Edition".into(), "2".into()), ("Marking".into(), "TLP:GREEN".into())],
            edition: "2".into(),
            author: "A. Lind".into(),
            marking: "TLP:GREEN".into(),
            language: "en".into(),
            draft: false,
            verdict: "1 of 1 quotation verified against stored snapshots".into(),
            passes: true,
            blocks,
            notes,
            unverified: vec![],
        }
    }

    /// The words on the pages, as they are laid out.
    fn text(printed: &Printed) -> String {
        fn read(frame: &Frame, out: &mut String) {
            for (_, item) in frame.items() {
                match item {
                    FrameItem::Text(text) => out.push_str(&text.text),
                    FrameItem::Group(group) => read(&group.frame, out),
                    _ => {}
                }
            }
        }
        let press = Press::new(&data::data(printed), Fonts::own());
        let document = typst::compile::<PagedDocument>(&press).output;
        let document = document.map_err(|faults| press.explain(&faults)).expect("it is laid out");
        let mut out = String::new();
        document.pages().iter().for_each(|page| read(&page.frame, &mut out));
        out
    }

    #[test]
    fn a_briefing_becomes_pages_of_an_archive_standard_the_same_each_time() {
        let note = PrintedInline::Note { n: 1, first: true, beside: false };
        let again = PrintedInline::Note { n: 1, first: false, beside: false };
        let blocks = vec![
            PrintedBlock::Heading { level: 1, c: words("Bottom line") },
            PrintedBlock::Paragraph {
                c: [words("Ферри стоят, Αθήνα waits."), vec![note]].concat()
            },
            PrintedBlock::Heading { level: 1, c: words("Key judgements") },
            PrintedBlock::List {
                start: Some(1),
                judgements: true,
                items: vec![vec![paragraph("It is likely."), paragraph("And more.")], vec![]],
            },
            PrintedBlock::Quote {
                c: vec![paragraph("لم نوقع شيئا بعد")], lang: Some("ar".into())
            },
            PrintedBlock::Attribution { c: words("— Ilya Morev") },
            PrintedBlock::Table {
                align: vec!["start", "end"],
                widths: vec![9, 30],
                head: vec![words("Who"), vec![]],
                rows: vec![vec![words("Morev"), [words("“Nothing yet”"), vec![again]].concat()]],
            },
            PrintedBlock::Code { lines: vec!["let x".into(), String::new()] },
            PrintedBlock::Rule,
        ];
        let source = vec![paragraph("The Harbour Courier."), paragraph("A second paragraph.")];
        let printed = printed(blocks, vec![source]);
        let made = pdf(&printed, || panic!("no other font is needed")).expect("it is laid out");
        assert!(made.bytes.starts_with(b"%PDF-1.7"), "{:?}", &made.bytes[..8]);
        assert_eq!((made.pages, made.missing.len()), (1, 0));
        assert_eq!(made.bytes, pdf(&printed, Vec::new).expect("again").bytes);
    }

    #[test]
    fn a_draft_says_so_and_a_character_without_a_font_is_named() {
        let mut printed = printed(vec![paragraph("条約 and words")], vec![]);
        printed.draft = true;
        printed.unverified = vec![(3, "altered".into(), "we have signed it all".into())];
        let made = pdf(&printed, Vec::new).expect("it is laid out all the same");
        assert_eq!(made.missing, ['条', '約']);
        let text = text(&printed);
        assert!(text.contains("DRAFT") && text.contains("signed"), "{text}");
    }

    #[test]
    fn no_word_becomes_markup_and_none_is_lost() {
        let hostile = [
            "#read(\"/etc/passwd\")",
            "#import \"@preview/x:0.1.0\"",
            "$x^2$ `raw` ```",
            "*_[]{}()<label>@ref",
            "\\u{41} // /* */",
            "= - + / ~ -- --- ...",
            "\"quotes\" 'and'",
            "#panic(\"x\") #eval(\"1+1\")",
            "#set page(width: 1pt)",
            "null \\n &amp; ]]>",
        ];
        for words_of in hostile {
            let note = PrintedInline::Note { n: 1, first: true, beside: false };
            let link = PrintedInline::Link { url: format!("https://x/{words_of}"), c: words(words_of) };
            let blocks = vec![
                PrintedBlock::Heading { level: 1, c: words(words_of) },
                PrintedBlock::Paragraph { c: vec![PrintedInline::Text { s: words_of.into() }, link, note] },
                PrintedBlock::Code { lines: vec![words_of.into()] },
                PrintedBlock::Table {
                    align: vec!["start"],
                    widths: vec![9],
                    head: vec![words(words_of)],
                    rows: vec![],
                },
            ];
            let mut printed = printed(blocks, vec![vec![paragraph(words_of)]]);
            printed.title = words_of.into();
            let text = text(&printed);
            for c in words_of.chars().filter(|c| !c.is_whitespace()) {
                let wanted = 7 * words_of.matches(c).count();
                assert!(
                    text.matches(c).count() >= wanted - words_of.matches(c).count(),
                    "{c} of {words_of} in {text}"
                );
            }
        }
    }
}
