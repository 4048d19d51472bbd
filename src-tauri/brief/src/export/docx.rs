//! DOCX out: an OOXML package of named styles, real footnotes and fields, written part by part.
//!
//! Written here and not by a library: those that are served either number notes wrongly, leave
//! dangling links in them, or write control characters that no reader takes. Every text is escaped in
//! one place (`xml`), every element stands in the schema's order, and equal briefings give equal bytes.

mod body;
mod styles;
mod xml;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::export::Printed;
use body::Body;
pub use styles::{BadTemplate, DocxTemplate};
use xml::{attribute, field, paragraph, run, text};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// The width of the text on A4 with margins of 22.5 mm, in twentieths of a point.
const TEXT_WIDTH: u32 = 9354;

/// The briefing as a DOCX file; with the looks of `template` where one is given.
pub fn docx(printed: &Printed, template: Option<&DocxTemplate>) -> Vec<u8> {
    let mut body = Body::default();
    let document = document(printed, &mut body);
    let footnotes = footnotes(printed, &mut body);
    let own = styles::styles(&printed.language);
    let parts = [
        ("[Content_Types].xml", content_types(template)),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(printed)),
        ("docProps/app.xml", app()),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", body.links.parts(template)),
        ("word/styles.xml", template.map_or_else(|| own.clone(), |template| template.styles(&own))),
        ("word/numbering.xml", styles::numbering(&body.lists)),
        ("word/footnotes.xml", footnotes),
        ("word/_rels/footnotes.xml.rels", body.note_links.notes()),
        ("word/settings.xml", settings(printed)),
        ("word/fontTable.xml", styles::fonts()),
        ("word/header1.xml", header(printed, false)),
        ("word/header2.xml", header(printed, true)),
        ("word/footer1.xml", footer(printed)),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let theme = template.and_then(DocxTemplate::theme).map(|theme| ("word/theme/theme1.xml", theme));
    for (name, part) in parts.into_iter().chain(theme) {
        zip.start_file(name, options).expect("a name of ours, in memory");
        zip.write_all(part.as_bytes()).expect("memory takes every byte");
    }
    zip.finish().expect("memory takes every byte").into_inner()
}

fn document(printed: &Printed, body: &mut Body) -> String {
    let mut out = String::new();
    let mut line = run("<w:b/><w:bCs/>", "Briefing");
    line.push_str(&run("", &format!("  ·  {}", printed.pair)));
    if !printed.as_of.is_empty() {
        line.push_str("<w:r><w:tab/></w:r>");
        line.push_str(&run("", &printed.as_of));
    }
    out.push_str(&paragraph("Masthead", &line));
    out.push_str(&paragraph("Title", &run("", &printed.title)));
    let facts: Vec<String> = printed
        .facts
        .iter()
        .map(|(name, value)| format!("{}{}", run("<w:b/><w:bCs/>", &format!("{name} ")), run("", value)))
        .collect();
    if !facts.is_empty() {
        out.push_str(&paragraph("Facts", &facts.join(&run("", "  ·  "))));
    }
    out.push_str(&body.blocks(&printed.blocks));
    if !printed.unverified.is_empty() {
        out.push_str(&paragraph("Heading1", &run("", "Quotations that are not verified")));
        for (line, state, words) in &printed.unverified {
            out.push_str(&paragraph("BodyText", &run("", &format!("Line {line}, {state}: {words}"))));
        }
    }
    out.push_str(&paragraph("Verdict", &run("", &format!("{}.", printed.verdict))));
    format!(
        "{DECLARATION}<w:document {NAMESPACES}><w:body>{out}<w:sectPr>\
         <w:headerReference w:type=\"default\" r:id=\"rId5\"/><w:headerReference w:type=\"first\" r:id=\"rId6\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId7\"/><w:footerReference w:type=\"first\" r:id=\"rId7\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1474\" w:right=\"1276\" w:bottom=\"1361\" w:left=\"1276\" \
         w:header=\"709\" w:footer=\"680\" w:gutter=\"0\"/><w:titlePg/></w:sectPr></w:body></w:document>"
    )
}

/// The notes, and before them the two separators that every file must have.
fn footnotes(printed: &Printed, body: &mut Body) -> String {
    let separator = |kind: &str, id: i8, element: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
             </w:pPr><w:r><w:{element}/></w:r></w:p></w:footnote>"
        )
    };
    let mut out = format!("{DECLARATION}<w:footnotes {NAMESPACES}>");
    out.push_str(&separator("separator", -1, "separator"));
    out.push_str(&separator("continuationSeparator", 0, "continuationSeparator"));
    for (at, note) in printed.notes.iter().enumerate() {
        let _ = write!(out, "<w:footnote w:id=\"{}\">{}</w:footnote>", at + 1, body.note(note));
    }
    out + "</w:footnotes>"
}

/// The running head; the first page shows its marking alone, since the rest stands under it.
fn header(printed: &Printed, first: bool) -> String {
    let mut out = format!("{DECLARATION}<w:hdr {NAMESPACES}>");
    if printed.draft {
        out.push_str(&paragraph("DraftMark", &run("", "DRAFT: not for circulation")));
    }
    let marking = format!("<w:r><w:tab/></w:r>{}", run("<w:b/><w:bCs/>", &printed.marking));
    if first {
        out.push_str(&paragraph("FirstHeader", &marking));
    } else {
        out.push_str(&paragraph("Header", &(run("", &printed.title) + &marking)));
    }
    out + "</w:hdr>"
}

fn footer(printed: &Printed) -> String {
    let mut left: Vec<String> = vec![printed.pair.clone()];
    if !printed.edition.is_empty() {
        left.push(format!("edition {}", printed.edition));
    }
    left.push(printed.as_of.clone());
    left.retain(|part| !part.is_empty());
    let pages =
        format!("<w:r><w:tab/></w:r>{}{}{}", field("PAGE", "1"), run("", " / "), field("NUMPAGES", "1"));
    let line = paragraph("Footer", &(run("", &left.join("  ·  ")) + &pages));
    format!("{DECLARATION}<w:ftr {NAMESPACES}>{line}</w:ftr>")
}

fn core(printed: &Printed) -> String {
    let mut out = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    );
    let _ = write!(
        out,
        "<dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords>\
         <dc:language>{}</dc:language>",
        text(&printed.title),
        text(&printed.pair),
        text(&printed.author),
        text(&printed.marking),
        text(&printed.language)
    );
    if !printed.day.is_empty() {
        for name in ["created", "modified"] {
            let _ = write!(
                out,
                "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{}T00:00:00Z</dcterms:{name}>",
                text(&printed.day)
            );
        }
    }
    out + "</cp:coreProperties>"
}

fn app() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Bilat</Application></Properties>"
    )
}

fn settings(printed: &Printed) -> String {
    format!(
        "{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"708\"/>\
         <w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"{}\"/></w:settings>",
        attribute(&printed.language)
    )
}

fn content_types(template: Option<&DocxTemplate>) -> String {
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("footnotes", "footnotes"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("header1", "header"),
        ("header2", "header"),
        ("footer1", "footer"),
    ];
    for (file, kind) in parts {
        let _ = write!(
            out,
            "<Override PartName=\"/word/{file}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        );
    }
    if template.and_then(DocxTemplate::theme).is_some() {
        out.push_str(
            "<Override PartName=\"/word/theme/theme1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.theme+xml\"/>",
        );
    }
    out + "</Types>"
}

fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}
