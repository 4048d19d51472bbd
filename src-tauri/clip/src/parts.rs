//! The documents in a file: one, or the many of an archive or a mailbox.
//!
//! Parts are held in memory under caps on their number and their bytes, and no path of an archive is ever
//! written. What was left out of a file is said with its reason, one by one.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::media::Media;
use crate::{Error, MOST_BYTES, markdown, mbox, mhtml, single_file, unzip, wacz, warc};

/// The most bytes that a file with many documents may have: 512 MiB.
pub const MOST_BYTES_OF_MANY: usize = 512 * 1024 * 1024;
/// The most bytes that the parts of a file may have together.
const MOST_BYTES_OF_PARTS: usize = 1024 * 1024 * 1024;
/// The most parts that a file may have.
const MOST_PARTS: usize = 200_000;

/// One document of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What to call it: the file's name, the page's title or its address.
    pub name: String,
    /// Where it was found.
    pub url: Option<String>,
    /// What it is written in.
    pub media: Media,
    /// The character encoding that its transfer named.
    pub charset: Option<String>,
    /// When the bytes were taken from where they were found, as the file says: RFC 3339.
    pub captured_at: Option<String>,
    /// The bytes, as they were received.
    pub bytes: Vec<u8>,
}

/// A document that a file names and does not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What to call it.
    pub name: String,
    /// Why it is no part: one line.
    pub reason: String,
}

/// What a file held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// Its documents, in order.
    pub parts: Vec<Part>,
    /// What could not be taken.
    pub left_out: Vec<LeftOut>,
}

/// Where a container's reader puts what it finds.
#[derive(Default)]
pub struct Sink {
    unpacked: Unpacked,
    bytes: usize,
}

impl Sink {
    /// Takes a document.
    pub fn take(&mut self, part: Part) -> Result<(), Error> {
        if part.bytes.len() > MOST_BYTES {
            return self.leave(part.name, Error::TooLarge { bytes: part.bytes.len() }.to_string());
        }
        self.bytes += part.bytes.len();
        if self.bytes > MOST_BYTES_OF_PARTS || self.unpacked.parts.len() == MOST_PARTS {
            return Err(Error::TooMany);
        }
        self.unpacked.parts.push(part);
        Ok(())
    }

    /// Notes what could not be taken.
    pub fn leave(&mut self, name: String, reason: String) -> Result<(), Error> {
        if self.unpacked.left_out.len() == MOST_PARTS {
            return Err(Error::TooMany);
        }
        self.unpacked.left_out.push(LeftOut { name, reason });
        Ok(())
    }
}

/// The documents of a file, and what could not be taken of it. A plain document is its own single part.
///
/// # Errors
/// Says in one line what is wrong with the whole file: damaged, too large, more unpacked than any archive
/// of pages, or with a digest that does not fit.
pub fn unpack(bytes: &[u8], media: Media, name: &str) -> Result<Unpacked, Error> {
    let media = media.settled(bytes);
    let most = if media.holds_many() { MOST_BYTES_OF_MANY } else { MOST_BYTES };
    if bytes.len() > most {
        return Err(Error::TooLarge { bytes: bytes.len() });
    }
    let mut sink = Sink::default();
    match media {
        Media::Warc => warc::read(bytes, name, &mut sink)?,
        Media::Wacz => wacz::read(bytes, name, &mut sink)?,
        Media::Mbox => mbox::read(&gunzipped(bytes)?, name, &mut sink)?,
        _ => sink.take(plain(bytes, media, name))?,
    }
    Ok(sink.unpacked)
}

/// The documents of a file.
///
/// # Errors
/// As [`unpack`].
pub fn parts(bytes: &[u8], media: Media, name: &str) -> Result<Vec<Part>, Error> {
    unpack(bytes, media, name).map(|unpacked| unpacked.parts)
}

/// A document that comes alone.
fn plain(bytes: &[u8], media: Media, name: &str) -> Part {
    let mut part = Part {
        name: name.to_owned(),
        url: None,
        media,
        charset: None,
        captured_at: None,
        bytes: bytes.to_vec(),
    };
    match media {
        // A saved page that cannot be read says so when it is clipped.
        Media::Mhtml => {
            if let Ok(saved) = mhtml::read(bytes) {
                (part.url, part.captured_at) = (saved.url, saved.at);
            }
        }
        Media::Html | Media::Unknown => {
            if let Some(saved) = single_file::said(bytes) {
                (part.url, part.captured_at) = (saved.url, saved.saved_at);
                part.media = Media::Html;
            }
        }
        Media::Markdown => part.captured_at = markdown::saved_at(bytes),
        _ => {}
    }
    part
}

/// The bytes of a mailbox that may have come compressed.
fn gunzipped(bytes: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, Error> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.into());
    }
    let most = (bytes.len() as u64 * unzip::MOST_RATIO + unzip::FREE).min(MOST_BYTES_OF_MANY as u64);
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut out);
    read.map_err(|_| Error::broken("mailbox", "its compression is damaged"))?;
    if out.len() as u64 > most {
        return Err(Error::Bomb { what: "mailbox".into() });
    }
    Ok(out.into())
}
