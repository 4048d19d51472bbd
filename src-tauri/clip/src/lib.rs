//! A document in, a Clipping out.
//!
//! [`clip`] takes the bytes of a document as they were received and returns its title, its dates
//! and names, and its words as clean blocks, with a sanitised reading copy that says exactly the
//! same words. It is pure: it neither fetches nor asks for the time, so the same bytes give the
//! same clipping for ever.
//!
//! One module reads one format ([`Media`]) into a `Draft`; `clipping` turns every draft into a
//! [`Clipping`] in the same way. What a format reader leaves out as page furniture is kept in
//! [`Clipping::set_aside`]: shown to the user, never silently lost.
#![deny(missing_docs)]

mod access;
mod byline;
mod clipping;
mod date;
mod decode;
mod draft;
mod error;
mod furniture;
mod html;
mod image;
mod join;
mod language;
mod line;
mod markdown;
mod paste;
mod wire;

pub use access::Access;
pub use clipping::{Clipping, Found};
pub use error::Error;
pub use image::Image;

/// The most bytes that one document may have: 64 MiB, as on the loopback door (LB-11).
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The deepest nesting of elements that a page may have; real pages stay under 300.
pub const MOST_DEPTH: usize = 1500;

/// A document as it was received.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The bytes, untouched.
    pub bytes: &'a [u8],
    /// Where the document was found, for relative links, the outlet and the day in the address.
    pub url: Option<&'a str>,
    /// What the sender says it is.
    pub media: Media,
    /// The character encoding that the transfer names: HTTP's `Content-Type`, or that of a message's part.
    pub charset: Option<&'a str>,
}

/// What a document is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
}

impl Media {
    /// What a file of this name usually holds.
    pub fn from_name(name: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" | "xht" => Self::Html,
            "md" | "markdown" | "mdown" => Self::Markdown,
            "txt" | "text" => Self::Text,
            _ => Self::Unknown,
        }
    }

    /// What the text itself looks like: a page starts with a tag that only pages have.
    fn sniff(text: &str) -> Self {
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

/// Reads a document into a clipping.
///
/// # Errors
/// Says in one line what is wrong with the document and what to do: it is empty, too large, not
/// text, nested too deeply, or a page without an article.
pub fn clip(document: &Document) -> Result<Clipping, Error> {
    if document.bytes.len() > MOST_BYTES {
        return Err(Error::TooLarge { bytes: document.bytes.len() });
    }
    let decode::Decoded { text, charset } = decode::decode(document.bytes, document.media, document.charset)?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let media = match document.media {
        Media::Unknown => Media::sniff(&text),
        said => said,
    };
    let draft = match media {
        Media::Html => html::read(&text, document.url)?,
        Media::Markdown => markdown::read(&text),
        Media::Text | Media::Unknown => paste::read(&text),
    };
    let mut clipping = draft.finish(document.url)?;
    clipping.charset = Some(charset);
    Ok(clipping)
}

/// Every block of a page with the measures that the judge weighs: for fitting its trees, not for
/// clipping.
#[doc(hidden)]
pub fn measured(document: &Document) -> Vec<(String, Vec<f32>)> {
    decode::decode(document.bytes, Media::Html, document.charset)
        .map_or_else(|_| Vec::new(), |decoded| html::measured(&decoded.text, document.url))
}
