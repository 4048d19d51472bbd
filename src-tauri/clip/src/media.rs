//! What a document is written in: told by its bytes where they are sure, by its name otherwise.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use serde::{Deserialize, Serialize};

/// What a document is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// Not said: the bytes decide.
    #[default]
    Unknown,
    /// Plain text, often pasted from a page.
    Text,
    /// An HTML page.
    Html,
    /// Markdown, with or without front matter.
    Markdown,
    /// A page saved with its parts as one message (RFC 2557).
    Mhtml,
    /// A web archive: many records of requests and responses (ISO 28500).
    Warc,
    /// Web archives with their pages named, zipped (WACZ 1.1.1).
    Wacz,
    /// A PDF file.
    Pdf,
    /// A Word document (ISO/IEC 29500).
    Docx,
    /// One mail message (RFC 5322).
    Eml,
    /// Many mail messages (RFC 4155).
    Mbox,
}

impl Media {
    /// What a file of this name usually holds.
    pub fn from_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" | "htm" | "xhtml" | "xht" => Self::Html,
            "md" | "markdown" | "mdown" => Self::Markdown,
            "txt" | "text" => Self::Text,
            "mht" | "mhtml" => Self::Mhtml,
            "warc" => Self::Warc,
            "wacz" => Self::Wacz,
            "pdf" => Self::Pdf,
            "docx" | "docm" | "dotx" => Self::Docx,
            "eml" => Self::Eml,
            "mbox" | "mbx" => Self::Mbox,
            _ => Self::Unknown,
        }
    }

    /// What a server calls a document: the `Content-Type` of HTTP or of a message's part.
    pub fn from_type(content_type: &str) -> Self {
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        match kind.to_ascii_lowercase().as_str() {
            "text/html" | "application/xhtml+xml" => Self::Html,
            "text/markdown" => Self::Markdown,
            "text/plain" => Self::Text,
            "multipart/related" => Self::Mhtml,
            "application/warc" => Self::Warc,
            "application/wacz" | "application/x-wacz" => Self::Wacz,
            "application/pdf" | "application/x-pdf" => Self::Pdf,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Self::Docx,
            "message/rfc822" => Self::Eml,
            "application/mbox" => Self::Mbox,
            _ => Self::Unknown,
        }
    }

    /// The media type that a capture record names.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Unknown | Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::Mhtml => "multipart/related",
            Self::Warc => "application/warc",
            Self::Wacz => "application/wacz",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Eml => "message/rfc822",
            Self::Mbox => "application/mbox",
        }
    }

    /// Whether a document of this kind may hold many.
    pub fn holds_many(self) -> bool {
        matches!(self, Self::Warc | Self::Wacz | Self::Mbox)
    }

    /// What the bytes are: a signature goes before what the sender says, which goes before a guess.
    #[must_use]
    pub fn settled(self, bytes: &[u8]) -> Self {
        match (signed(bytes), self) {
            (Some(media), _) => media,
            (None, Self::Unknown) => message(bytes).unwrap_or(self),
            // A page saved with its parts is often renamed.
            (None, Self::Html) => message(bytes).filter(|found| *found == Self::Mhtml).unwrap_or(self),
            (None, said) => said,
        }
    }

    /// What the text itself looks like: a page starts with a tag that only pages have.
    pub(crate) fn sniff(text: &str) -> Self {
        let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        let head: String = start.chars().take(1024).collect::<String>().to_ascii_lowercase();
        let page =
            ["<!doctype html", "<html", "<head", "<body", "<!--", "<article", "<meta", "<title", "<?xml"];
        if page.iter().any(|tag| head.starts_with(tag)) || (head.starts_with('<') && head.contains("</")) {
            Self::Html
        } else if head.starts_with("---\n") || head.starts_with("---\r\n") {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}

/// What a file's signature says.
fn signed(bytes: &[u8]) -> Option<Media> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
        [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', ..] => Some(Media::Warc),
        [0x1f, 0x8b, ..] => {
            let mut start = [0u8; 5];
            MultiGzDecoder::new(bytes).read_exact(&mut start).ok()?;
            (&start == b"WARC/").then_some(Media::Warc)
        }
        [b'P', b'K', 3, 4, ..] => zip::ZipArchive::new(Cursor::new(bytes)).ok().and_then(|archive| {
            let holds = |name| archive.index_for_name(name).is_some();
            match () {
                () if holds("word/document.xml") => Some(Media::Docx),
                () if holds("datapackage.json") => Some(Media::Wacz),
                () => None,
            }
        }),
        _ => None,
    }
}

/// The header of a message may be so long; newsletters carry kilobytes of signatures.
const HEADER: usize = 32 * 1024;

/// What kind of message the bytes are, when they start with the header of one. Pasted words may well
/// start with "From:", so a line that only machines write is asked for.
fn message(bytes: &[u8]) -> Option<Media> {
    let mut header = &bytes[..bytes.len().min(HEADER)];
    let mailbox = header.starts_with(b"From ");
    if mailbox {
        header = &header[header.iter().position(|&byte| byte == b'\n')? + 1..];
    }
    let (mut machine, mut from, mut related, mut blink) = (false, false, false, false);
    for line in header.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let folded = line[0] == b' ' || line[0] == b'\t';
        let colon = line.iter().position(|&byte| byte == b':');
        let named = colon.is_some_and(|at| at > 0 && line[..at].iter().all(u8::is_ascii_graphic));
        if !folded && !named {
            return None;
        }
        let line = String::from_utf8_lossy(&line[..line.len().min(200)]).to_ascii_lowercase();
        let starts = |names: &[&str]| names.iter().any(|name| line.starts_with(name));
        machine |= starts(&["mime-version:", "message-id:", "received:", "return-path:"]);
        from |= starts(&["from:", "date:"]);
        related |= starts(&["content-type:"]) && line.contains("multipart/related");
        blink |= starts(&["snapshot-content-location:", "from: <saved by", "content-location:"]);
    }
    match () {
        () if mailbox && from => Some(Media::Mbox),
        () if related && (blink || !from) => Some(Media::Mhtml),
        () if machine && from => Some(Media::Eml),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_goes_before_the_name() {
        assert_eq!(Media::Html.settled(b"%PDF-1.7\n"), Media::Pdf);
        assert_eq!(Media::Text.settled(b"WARC/1.1\r\n"), Media::Warc);
        assert_eq!(Media::Html.settled(b"<p>WARC/1.1"), Media::Html);
        assert_eq!(Media::from_name("Crawl.WARC.gz"), Media::Warc);
    }

    #[test]
    fn a_message_is_told_by_lines_that_only_machines_write() {
        let mail = b"From: Ann <ann@harbour.example>\nMessage-ID: <1@harbour.example>\n\nThe ferry sails.";
        assert_eq!(Media::Unknown.settled(mail), Media::Eml);
        assert_eq!(Media::Unknown.settled(b"From: the harbour\nTo: the hill\n\nIt rains."), Media::Unknown);
        let saved = b"From: <Saved by Blink>\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n";
        assert_eq!(Media::Html.settled(saved), Media::Mhtml);
        let box_of_mail = b"From ann@harbour.example Mon Mar  2 10:00:00 2026\nFrom: a@b.example\n\nHello";
        assert_eq!(Media::Unknown.settled(box_of_mail), Media::Mbox);
    }
}
