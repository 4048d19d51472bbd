//! The named styles of a DOCX, its lists, its fonts; and a user's own file that gives other looks.

use std::fmt::Write as _;
use std::io::{Cursor, Read};

use crate::export::docx::xml::attribute;
use crate::export::docx::{DECLARATION, NAMESPACES, TEXT_WIDTH};

const SANS: &str = "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Arial\"/>";
const MONO: &str = "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Courier New\"/>";
const RED: &str = "B32322";
const INK_2: &str = "465061";
const LINE: &str = "D3D9DF";
/// The largest part of a template that is read, in bytes.
const LARGEST_PART: u64 = 4 * 1024 * 1024;

/// A user's own DOCX, of which the styles and the theme are taken.
#[derive(Debug, Clone)]
pub struct DocxTemplate {
    styles: String,
    theme: Option<String>,
}

/// Why a file gives no looks.
#[derive(Debug, thiserror::Error)]
#[error("the template is no DOCX with styles: {0}")]
pub struct BadTemplate(String);

impl DocxTemplate {
    /// Reads the styles and the theme of a DOCX file.
    ///
    /// # Errors
    /// When it is no zip archive, or has no styles, or a part is too large.
    pub fn read(bytes: &[u8]) -> Result<Self, BadTemplate> {
        let mut zip =
            zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| BadTemplate(error.to_string()))?;
        let mut part = |name: &str| -> Result<String, BadTemplate> {
            let file = zip.by_name(name).map_err(|error| BadTemplate(format!("{name}: {error}")))?;
            let mut text = String::new();
            file.take(LARGEST_PART + 1)
                .read_to_string(&mut text)
                .map_err(|error| BadTemplate(format!("{name}: {error}")))?;
            if text.len() as u64 > LARGEST_PART {
                return Err(BadTemplate(format!("{name} is larger than 4 MB")));
            }
            Ok(text)
        };
        let styles = part("word/styles.xml")?;
        if !styles.contains("</w:styles>") {
            return Err(BadTemplate("word/styles.xml does not end".into()));
        }
        Ok(Self { styles, theme: part("word/theme/theme1.xml").ok() })
    }

    /// The template's styles, and after them those of `own` that it does not have.
    pub(super) fn styles(&self, own: &str) -> String {
        let mut missing = String::new();
        for style in own.split_inclusive("</w:style>") {
            let Some(start) = style.find("<w:style ") else { continue };
            let style = &style[start..];
            let id = style
                .split("w:styleId=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap_or_default();
            if !self.styles.contains(&format!("w:styleId=\"{id}\"")) {
                // The template has its own normal paragraph and table.
                missing.push_str(&style.replace(" w:default=\"1\"", ""));
            }
        }
        self.styles.replacen("</w:styles>", &(missing + "</w:styles>"), 1)
    }

    /// The template's theme.
    pub(super) fn theme(&self) -> Option<String> {
        self.theme.clone()
    }
}

/// Fonts that Word has, with what other programs put in their place.
pub(super) fn fonts() -> String {
    format!(
        "{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name=\"Cambria\"><w:altName w:val=\"Caladea\"/></w:font>\
         <w:font w:name=\"Calibri\"><w:altName w:val=\"Carlito\"/></w:font></w:fonts>"
    )
}

/// The lists of the text: two kinds, and one instance each, so that every list counts for itself.
pub(super) fn numbering(lists: &[Option<u64>]) -> String {
    let levels = |numbered: bool| -> String {
        (0..9)
            .map(|level| {
                let (format, text) = if numbered {
                    (["decimal", "lowerLetter", "lowerRoman"][level % 3], format!("%{}.", level + 1))
                } else {
                    ("bullet", ["•", "–", "▪"][level % 3].to_owned())
                };
                format!(
                    "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
                     <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{}\" w:hanging=\"397\"/></w:pPr></w:lvl>",
                    397 * (level + 1)
                )
            })
            .collect()
    };
    let mut out = format!("{DECLARATION}<w:numbering {NAMESPACES}>");
    for (id, numbered) in [false, true].into_iter().enumerate() {
        let _ = write!(
            out,
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{}</w:abstractNum>",
            levels(numbered)
        );
    }
    for (at, start) in lists.iter().enumerate() {
        let number = at + 1;
        let kind = u8::from(start.is_some());
        let _ = write!(out, "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{kind}\"/>");
        if let Some(start) = start {
            // The schema holds a signed number of 32 bits.
            let start = (*start).min(i32::MAX as u64);
            for level in 0..9 {
                let _ = write!(
                    out,
                    "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>"
                );
            }
        }
        out.push_str("</w:num>");
    }
    out + "</w:numbering>"
}

/// The styles.
pub(super) fn styles(language: &str) -> String {
    let mut out = format!(
        "{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Cambria\" w:hAnsi=\"Cambria\" w:eastAsia=\"Noto Serif CJK SC\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"{}\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>",
        attribute(language)
    );
    for style in paragraphs() {
        style.write(&mut out);
    }
    for (id, name, built_in, look) in [
        ("FootnoteReference", "footnote reference", true, "<w:vertAlign w:val=\"superscript\"/>".to_owned()),
        ("Hyperlink", "Hyperlink", true, "<w:color w:val=\"163F86\"/><w:u w:val=\"single\"/>".to_owned()),
        ("VerbatimChar", "Verbatim Char", false, format!("{MONO}{}", size(19))),
        ("UnknownSource", "Unknown Source", false, format!("<w:b/><w:bCs/><w:color w:val=\"{RED}\"/>")),
    ] {
        let custom = if built_in { "" } else { " w:customStyle=\"1\"" };
        let _ = write!(
            out,
            "<w:style w:type=\"character\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:uiPriority w:val=\"99\"/><w:rPr>{look}</w:rPr></w:style>"
        );
    }
    out.push_str(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"BriefingTable\"><w:name w:val=\"Briefing Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>\
         <w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"172030\"/><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"172030\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"D3D9DF\"/></w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>\
         <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"172030\"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>",
    );
    out + "</w:styles>"
}

/// A paragraph style.
#[derive(Default)]
struct Style {
    id: String,
    name: String,
    /// Whether Word knows the name.
    built_in: bool,
    based_on: &'static str,
    next: &'static str,
    paragraph: String,
    look: String,
}

impl Style {
    fn write(&self, out: &mut String) {
        let kind = if self.id == "Normal" { " w:default=\"1\"" } else { "" };
        let custom = if self.built_in { "" } else { " w:customStyle=\"1\"" };
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\"{kind}{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            self.id, self.name
        );
        for (element, value) in [("basedOn", self.based_on), ("next", self.next)] {
            if !value.is_empty() {
                let _ = write!(out, "<w:{element} w:val=\"{value}\"/>");
            }
        }
        out.push_str("<w:qFormat/>");
        for (element, value) in [("pPr", &self.paragraph), ("rPr", &self.look)] {
            if !value.is_empty() {
                let _ = write!(out, "<w:{element}>{value}</w:{element}>");
            }
        }
        out.push_str("</w:style>");
    }
}

/// A size in half points.
fn size(half_points: u8) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

fn small(half_points: u8) -> String {
    format!("{SANS}<w:color w:val=\"{INK_2}\"/>{}", size(half_points))
}

fn paragraphs() -> Vec<Style> {
    let built_in = |id: &str, name: &str, paragraph: &str, look: String| Style {
        id: id.into(),
        name: name.into(),
        built_in: true,
        based_on: if id == "Normal" { "" } else { "Normal" },
        next: "",
        paragraph: paragraph.into(),
        look,
    };
    let own = |id: &str, name: &str, paragraph: &str, look: String| Style {
        built_in: false,
        ..built_in(id, name, paragraph, look)
    };
    let rule = |side: &str, size: u8, colour: &str| {
        format!(
            "<w:pBdr><w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"4\" w:color=\"{colour}\"/></w:pBdr>"
        )
    };
    let tab = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{TEXT_WIDTH}\"/></w:tabs>");
    let line = "w:line=\"240\" w:lineRule=\"auto\"";
    let mut all = vec![
        built_in("Normal", "Normal", "", String::new()),
        built_in("BodyText", "Body Text", "", String::new()),
        own(
            "Masthead",
            "Masthead",
            &format!("{}{tab}<w:spacing w:after=\"280\"/>", rule("bottom", 12, "172030")),
            small(18),
        ),
        built_in(
            "Title",
            "Title",
            &format!("<w:spacing w:before=\"60\" w:after=\"140\" {line}/>"),
            format!("<w:b/><w:bCs/>{}", size(48)),
        ),
        own("Facts", "Facts", &format!("{}<w:spacing w:after=\"280\"/>", rule("bottom", 4, LINE)), small(17)),
    ];
    for (level, points, before) in [(1, 27, 300), (2, 24, 240), (3, 21, 200), (4, 20, 160), (5, 20, 160)] {
        let paragraph = format!(
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"80\" {line}/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        );
        let family = if level > 2 { SANS } else { "" };
        let look = format!("{family}<w:b/><w:bCs/>{}", size(points));
        let heading = built_in(&format!("Heading{level}"), &format!("heading {level}"), &paragraph, look);
        all.push(Style { next: "BodyText", ..heading });
    }
    let quote = format!(
        "<w:keepLines/>{}<w:spacing w:after=\"80\"/><w:ind w:left=\"397\" w:right=\"284\"/>",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"10\" w:color=\"D3D9DF\"/></w:pBdr>"
    );
    let list = "<w:spacing w:after=\"60\"/>";
    let banner = "<w:spacing w:after=\"60\"/><w:jc w:val=\"center\"/>";
    all.extend([
        built_in("Quote", "Quote", &quote, String::new()),
        Style {
            based_on: "Quote",
            ..own(
                "QuoteAttribution",
                "Quote Attribution",
                "",
                format!("<w:color w:val=\"{INK_2}\"/>{}", size(19)),
            )
        },
        built_in("ListBullet", "List Bullet", list, String::new()),
        built_in("ListNumber", "List Number", list, String::new()),
        built_in(
            "ListContinue",
            "List Continue",
            "<w:spacing w:after=\"60\"/><w:ind w:left=\"397\"/>",
            String::new(),
        ),
        own("KeyJudgement", "Key Judgement", "<w:spacing w:before=\"60\" w:after=\"120\"/>", String::new()),
        built_in(
            "Caption",
            "caption",
            "<w:spacing w:before=\"40\" w:after=\"200\"/>",
            format!("{SANS}{}", size(18)),
        ),
        own("Figure", "Figure", "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"40\"/>", String::new()),
        built_in("FootnoteText", "footnote text", &format!("<w:spacing w:after=\"40\" {line}/>"), size(17)),
        own(
            "TableText",
            "Table Text",
            &format!("<w:spacing w:before=\"40\" w:after=\"40\" {line}/>"),
            format!("{SANS}{}", size(18)),
        ),
        own(
            "AfterTable",
            "After Table",
            "<w:spacing w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>",
            String::new(),
        ),
        own(
            "SourceCode",
            "Source Code",
            &format!(
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F3F5F7\"/><w:spacing w:after=\"0\" {line}/>"
            ),
            format!("{MONO}{}", size(18)),
        ),
        own(
            "HorizontalRule",
            "Horizontal Rule",
            &format!("{}<w:spacing w:after=\"200\"/>", rule("bottom", 4, LINE)),
            String::new(),
        ),
        own(
            "Verdict",
            "Verdict",
            &format!("{}<w:spacing w:before=\"360\"/>", rule("top", 4, LINE)),
            small(17),
        ),
        own(
            "DraftMark",
            "Draft Mark",
            banner,
            format!("{SANS}<w:b/><w:bCs/><w:color w:val=\"{RED}\"/>{}", size(18)),
        ),
        own("FirstHeader", "First Header", &format!("{tab}<w:spacing w:after=\"0\"/>"), small(16)),
        built_in(
            "Header",
            "header",
            &format!("{}{tab}<w:spacing w:after=\"0\"/>", rule("bottom", 4, LINE)),
            small(16),
        ),
        built_in("Footer", "footer", &format!("{tab}<w:spacing w:after=\"0\"/>"), small(16)),
    ]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_keeps_its_own_styles_and_gets_those_it_lacks() {
        let template = DocxTemplate {
            styles: "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>".into(),
            theme: None,
        };
        let styles = template.styles(&styles("en"));
        assert_eq!(styles.matches("w:styleId=\"Normal\"").count(), 1);
        assert_eq!(styles.matches("w:styleId=\"Quote\"").count(), 1);
        assert_eq!(styles.matches("w:default=\"1\"").count(), 1);
        assert!(DocxTemplate::read(b"PK no").is_err());
    }
}
