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

use std::borrow::Cow;

use apart::Patience;

mod access;
pub mod apart;
mod byline;
mod clipping;
mod date;
mod decode;
mod docx;
mod draft;
mod error;
pub mod export;
mod feed_link;
mod furniture;
mod html;
mod image;
mod inked;
mod join;
mod language;
mod line;
mod mail;
mod markdown;
mod mbox;
mod media;
mod message;
mod mhtml;
mod parts;
mod paste;
mod pdf;
mod rule;
mod single_file;
mod unzip;
mod wacz;
mod warc;
mod wire;

pub use access::Access;
pub use clipping::{Clipping, Found, of_record, of_words};
pub use date::day;
pub use error::Error;
pub use feed_link::feeds;
pub use image::Image;
pub use media::Media;
pub use parts::{LeftOut, MOST_BYTES_OF_MANY, Part, Unpacked, parts, unpack};
pub use rule::{Words, clip_with, correct, correct_clipping};

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

/// Reads a document into a clipping.
///
/// # Errors
/// Says in one line what is wrong with the document and what to do: it is empty, too large, not
/// text, nested too deeply, a page without an article, or a file of many documents.
pub fn clip(document: &Document) -> Result<Clipping, Error> {
    let media = document.media.settled(document.bytes);
    if media.holds_many() {
        return single(document, media);
    }
    if document.bytes.len() > MOST_BYTES {
        return Err(Error::TooLarge { bytes: document.bytes.len() });
    }
    match media {
        Media::Pdf => apart::clip(document, media, Patience::DOCUMENT),
        Media::Docx | Media::Eml if document.bytes.len() > MOST_HERE && apart::is_possible() => {
            apart::clip(document, media, Patience::DOCUMENT)
        }
        _ => clip_here(document, media),
    }
}

/// A document with more bytes is read in a process of its own where there can be one: 8 MiB.
const MOST_HERE: usize = 8 * 1024 * 1024;

/// Reads a document in this process.
fn clip_here(document: &Document, media: Media) -> Result<Clipping, Error> {
    match media {
        Media::Pdf => pdf::read(document.bytes)?.finish(document.url),
        Media::Docx => docx::read(document.bytes)?.finish(document.url),
        Media::Eml => mail::read(document.bytes)?.finish(document.url),
        Media::Mhtml => {
            let saved = mhtml::read(document.bytes)?;
            let url = document.url.or(saved.url.as_deref());
            words(&Document {
                bytes: &saved.html,
                url,
                media: Media::Html,
                charset: saved.charset.as_deref(),
            })
        }
        _ => {
            let saved = document.url.is_none().then(|| single_file::said(document.bytes)).flatten();
            let url = document.url.or(saved.as_ref().and_then(|saved| saved.url.as_deref()));
            words(&Document { url, media, ..*document })
        }
    }
}

/// Reads a document that is text.
fn words(document: &Document) -> Result<Clipping, Error> {
    let decode::Decoded { text, charset } = decode::decode(document.bytes, document.media, document.charset)?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let media = match document.media {
        Media::Unknown => Media::sniff(&text),
        said => said,
    };
    let draft = match media {
        Media::Html if apart::is_possible() && html::is_heavy(&text) => {
            return apart::clip(document, media, Patience::of_page(document.bytes.len()));
        }
        Media::Html => html::read(&text, document.url)?,
        Media::Markdown => markdown::read(&text),
        _ => paste::read(&text),
    };
    let mut clipping = draft.finish(document.url)?;
    clipping.charset = Some(charset);
    Ok(clipping)
}

/// The text of a document that is text, whatever its encoding.
///
/// # Errors
/// When it is not text.
pub fn text_of(bytes: &[u8], media: Media) -> Result<Cow<'_, str>, Error> {
    decode::decode(bytes, media, None).map(|decoded| decoded.text)
}

/// Reads a file that may hold many documents and holds one.
fn single(document: &Document, media: Media) -> Result<Clipping, Error> {
    let mut unpacked = unpack(document.bytes, media, "")?;
    match (unpacked.parts.len(), unpacked.left_out.first()) {
        (1, _) => {
            let part = unpacked.parts.remove(0);
            let url = document.url.or(part.url.as_deref());
            clip(&Document { bytes: &part.bytes, url, media: part.media, charset: part.charset.as_deref() })
        }
        (0, Some(left)) => Err(Error::broken("archive", &left.reason)),
        (0, None) => Err(Error::NoPages),
        (count, _) => Err(Error::Many { count }),
    }
}

/// Every block of a page with the measures that the judge weighs: for fitting its trees, not for
/// clipping.
#[doc(hidden)]
pub fn measured(document: &Document) -> Vec<(String, Vec<f32>)> {
    decode::decode(document.bytes, Media::Html, document.charset)
        .map_or_else(|_| Vec::new(), |decoded| html::measured(&decoded.text, document.url))
}
