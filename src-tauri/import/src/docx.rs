//! The paragraphs of a DOCX download, for splitting it into articles. (One article in one document is
//! `bilat-clip`'s to read, with its headings and lists.)

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::archive::Archive;
use crate::markup::resolved;
use crate::{Error, MOST_BYTES};

const THIS: &str = "a DOCX file";

/// The paragraphs; empty ones stay, as they divide.
pub fn paragraphs(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let mut archive = Archive::open(bytes, THIS)?;
    let body = archive
        .read("word/document.xml", MOST_BYTES / 4)
        .map_err(|error| Error::not(THIS, error.reason))?
        .ok_or_else(|| Error::not(THIS, "it holds no word/document.xml"))?;
    let body = String::from_utf8_lossy(&body);
    let mut reader = Reader::from_str(&body);
    reader.config_mut().allow_dangling_amp = true;
    let mut found = Vec::new();
    let mut line = String::new();
    let mut words = false;
    loop {
        match reader.read_event().map_err(|error| Error::not(THIS, error))? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => words = true,
                "tab" => line.push(' '),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => line.push(' '),
                "br" | "cr" => found.push(bilat_core::normalise_spaces(&std::mem::take(&mut line))),
                "p" => found.push(String::new()),
                "noBreakHyphen" => line.push('-'),
                _ => {}
            },
            Event::Text(text) if words => line.push_str(&text),
            Event::GeneralRef(name) if words => line.push_str(&resolved(&format!("&{};", &*name))),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => words = false,
                "p" => found.push(bilat_core::normalise_spaces(&std::mem::take(&mut line))),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(found)
}
