//! A web archive (ISO 28500, WARC 1.0 and 1.1): records of what servers answered, plain or in gzip.
//!
//! Only pages and PDF files that a server gave with status 200 become parts; pictures, scripts and styles
//! are passed over. A revisit names words that stand in another record, and is said and not taken.

use std::io::{BufRead, BufReader, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::media::Media;
use crate::parts::{Part, Sink};
use crate::unzip::{FREE, MOST_RATIO};
use crate::{Error, MOST_BYTES};

const WHAT: &str = "web archive";
/// The most bytes that an archive may unpack to: 4 GiB, read in passing and not held.
const MOST_UNPACKED: u64 = 4 * 1024 * 1024 * 1024;
/// The most records.
const MOST_RECORDS: usize = 2_000_000;
/// A record's header or an answer's header has at most so many bytes.
const MOST_HEADER: usize = 256 * 1024;

/// Takes the pages of an archive.
pub fn read(bytes: &[u8], name: &str, sink: &mut Sink) -> Result<(), Error> {
    each(bytes, &mut |record| take(&record, name, sink))
}

/// Calls `see` with each record of an archive.
pub fn each(bytes: &[u8], see: &mut dyn FnMut(Record) -> Result<(), Error>) -> Result<(), Error> {
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    let most = if packed {
        (bytes.len() as u64).saturating_mul(MOST_RATIO).saturating_add(FREE).min(MOST_UNPACKED)
    } else {
        bytes.len() as u64
    };
    let source: Box<dyn Read + '_> =
        if packed { Box::new(MultiGzDecoder::new(bytes)) } else { Box::new(bytes) };
    // One byte more than allowed tells a bomb from an archive that just ends there.
    let mut source = BufReader::with_capacity(64 * 1024, source.take(most + 1));
    let mut read = 0u64;
    let mut count = 0;
    while let Some(record) = next(&mut source, &mut read, most)? {
        count += 1;
        if count > MOST_RECORDS {
            return Err(Error::TooMany);
        }
        see(record)?;
    }
    if count == 0 {
        return Err(Error::broken(WHAT, "it holds no record"));
    }
    Ok(())
}

/// A record of an archive.
pub struct Record {
    /// The fields of its header, names in lower case.
    fields: Vec<(String, String)>,
    /// Its block; nothing when it is too large to be a document.
    block: Option<Vec<u8>>,
}

impl Record {
    /// A field of its header.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its block, where it is no larger than a document.
    pub fn block(&self) -> Option<&[u8]> {
        self.block.as_deref()
    }

    /// The address it is about, without the angle brackets of WARC 1.0's grammar.
    pub fn url(&self) -> Option<&str> {
        self.field("warc-target-uri").map(|url| url.trim_matches(['<', '>']))
    }
}

/// The next record, or nothing at the end.
fn next(source: &mut impl BufRead, read: &mut u64, most: u64) -> Result<Option<Record>, Error> {
    let damaged = |why: &str| Error::broken(WHAT, why);
    let mut line = Vec::new();
    let mut header = 0;
    let mut next_line = |source: &mut dyn BufRead, line: &mut Vec<u8>| -> Result<usize, Error> {
        line.clear();
        let got = source.take(MOST_HEADER as u64).read_until(b'\n', line);
        let got = got.map_err(|_| Error::broken(WHAT, "its compression is damaged or it is cut off"))?;
        *read += got as u64;
        header += got;
        if *read > most {
            return Err(Error::Bomb { what: WHAT.into() });
        }
        if header > MOST_HEADER {
            return Err(Error::broken(WHAT, "a record's header has no end"));
        }
        Ok(got)
    };
    // Empty lines stand between records.
    loop {
        if next_line(source, &mut line)? == 0 {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(damaged("a record does not start where the one before says that it ends"));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        if next_line(source, &mut line)? == 0 {
            return Err(damaged("it is cut off in the header of a record"));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        if text.is_empty() {
            break;
        }
        match (text.starts_with([' ', '\t']), text.split_once(':'), fields.last_mut()) {
            (true, _, Some((_, value))) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (false, Some((name, value)), _) => {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            }
            _ => {}
        }
    }
    let length = fields
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, said)| said.parse::<u64>().ok());
    let length = length.ok_or_else(|| damaged("a record does not say how long it is"))?;
    let mut block = source.take(length);
    let small = length <= MOST_BYTES as u64 + MOST_HEADER as u64;
    let mut bytes = Vec::new();
    // A length that lies takes no memory: what is read is what is there.
    let got = if small {
        block.read_to_end(&mut bytes).map(|got| got as u64)
    } else {
        std::io::copy(&mut block, &mut std::io::sink())
    };
    let got = got.map_err(|_| damaged("its compression is damaged or it is cut off"))?;
    *read += got;
    if *read > most {
        return Err(Error::Bomb { what: WHAT.into() });
    }
    if got < length {
        return Err(damaged("its last record is cut off"));
    }
    Ok(Some(Record { fields, block: small.then_some(bytes) }))
}

/// Takes a record that is a page.
fn take(record: &Record, file: &str, sink: &mut Sink) -> Result<(), Error> {
    let Some(url) = record.url().filter(|url| url.starts_with("http")).map(str::to_owned) else {
        return Ok(());
    };
    match page(record) {
        Ok(None) => Ok(()),
        Ok(Some(Page { media, charset, bytes })) => {
            let captured_at = record.field("warc-date").map(str::to_owned);
            sink.take(Part { name: url.clone(), url: Some(url), media, charset, captured_at, bytes })
        }
        Err(reason) => sink.leave(format!("{url} in {file}"), reason),
    }
}

/// A page as its server gave it, with the transfer undone.
pub struct Page {
    /// What the bytes are.
    pub media: Media,
    /// The charset that the answer names.
    pub charset: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The page that a record holds; nothing where it holds something else; the reason where it holds one that
/// cannot be taken.
pub fn page(record: &Record) -> Result<Option<Page>, String> {
    let kind = record.field("warc-type").unwrap_or_default();
    match kind.to_ascii_lowercase().as_str() {
        "response" => answer(record),
        "resource" => {
            let media = Media::from_type(record.field("content-type").unwrap_or_default());
            // Crawlers keep what they made themselves so; Bilat what never came over HTTP, in whatever format.
            let document = taken(media)
                || matches!(media, Media::Text | Media::Markdown | Media::Docx | Media::Eml | Media::Mhtml);
            let Some(block) = record.block().filter(|_| document) else { return Ok(None) };
            Ok(Some(Page { media, charset: None, bytes: block.to_vec() }))
        }
        // Only a revisit that its server answered with a page's header is one of a page.
        "revisit" => {
            let head = record.block().map(Answer::parse);
            let page = head.flatten().is_none_or(|answer| taken(answer.media()));
            if !page {
                return Ok(None);
            }
            let first = record.field("warc-refers-to-date").unwrap_or("an earlier day");
            Err(format!(
                "a revisit of a page that had not changed since {first}; its words are in the earlier record"
            ))
        }
        _ => Ok(None),
    }
}

fn taken(media: Media) -> bool {
    matches!(media, Media::Html | Media::Pdf)
}

/// A server's answer, its header read.
struct Answer<'a> {
    status: u16,
    fields: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    fn parse(block: &'a [u8]) -> Option<Self> {
        let head = &block[..block.len().min(MOST_HEADER)];
        let (end, gap) = head
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .map(|at| (at, 4))
            .or_else(|| head.windows(2).position(|window| window == b"\n\n").map(|at| (at, 2)))
            .unwrap_or((head.len(), 0));
        let text = String::from_utf8_lossy(&head[..end]);
        let mut lines = text.lines();
        let status =
            lines.next().filter(|line| line.starts_with("HTTP/"))?.split_whitespace().nth(1)?.parse().ok()?;
        let field = |line: &str| {
            line.split_once(':')
                .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        };
        Some(Self { status, fields: lines.filter_map(field).collect(), body: &block[end + gap..] })
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn media(&self) -> Media {
        Media::from_type(self.field("content-type").unwrap_or_default())
    }
}

fn answer(record: &Record) -> Result<Option<Page>, String> {
    let Some(block) = record.block() else {
        return Err(format!("larger than {} MiB", MOST_BYTES / (1024 * 1024)));
    };
    let Some(answer) = Answer::parse(block) else { return Ok(None) };
    let media = answer.media();
    if !taken(media) || (300..400).contains(&answer.status) {
        return Ok(None);
    }
    if answer.status != 200 {
        return Err(format!("the server answered with status {} and not with the page", answer.status));
    }
    let charset = answer.field("content-type").and_then(charset);
    let mut bytes = match answer.field("transfer-encoding") {
        // Some writers undo the chunks and leave the field.
        Some(said) if said.to_ascii_lowercase().contains("chunked") => {
            dechunked(answer.body).unwrap_or_else(|| answer.body.to_vec())
        }
        _ => answer.body.to_vec(),
    };
    for coding in answer.field("content-encoding").unwrap_or_default().split(',').rev() {
        bytes = decoded(bytes, coding.trim())?;
    }
    Ok(Some(Page { media, charset, bytes }))
}

/// The charset in `text/html; charset=…`.
fn charset(content_type: &str) -> Option<String> {
    let said = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Some(said.trim().trim_matches('"').to_owned())
}

/// A body without the marks of its chunks (RFC 9112, 7.1); nothing where it has none.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = body.iter().take(64).position(|&byte| byte == b'\n')?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

/// Bytes with one content coding undone (RFC 9110, 8.4.1).
fn decoded(bytes: Vec<u8>, coding: &str) -> Result<Vec<u8>, String> {
    let most = (bytes.len() as u64 * MOST_RATIO + FREE).min(MOST_BYTES as u64);
    let read = |source: &mut dyn Read| {
        let mut out = Vec::new();
        source.take(most + 1).read_to_end(&mut out).map_err(|_| "its compression is damaged".to_owned())?;
        if out.len() as u64 > most {
            return Err("it unpacks to more than any page".to_owned());
        }
        Ok(out)
    };
    match coding.to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(bytes),
        // Some writers undo the compression and leave the field.
        "gzip" | "x-gzip" if !bytes.starts_with(&[0x1f, 0x8b]) => Ok(bytes),
        "gzip" | "x-gzip" => read(&mut MultiGzDecoder::new(bytes.as_slice())),
        "deflate" => read(&mut ZlibDecoder::new(bytes.as_slice()))
            .or_else(|_| read(&mut DeflateDecoder::new(bytes.as_slice()))),
        "br" => read(&mut brotli_decompressor::Decompressor::new(bytes.as_slice(), 4096)),
        other => Err(format!("its compression “{}” is not read", other.chars().take(20).collect::<String>())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_lying_chunks_are_none() {
        assert_eq!(dechunked(b"4\r\nThe \r\n5;x=y\r\nferry\r\n0\r\n\r\n").unwrap(), b"The ferry");
        for lying in [&b"ffffffffffffffff\r\nThe"[..], b"9\r\nThe\r\n0\r\n", b"-1\r\n", b"<html>", b""] {
            assert_eq!(dechunked(lying), None);
        }
    }

    #[test]
    fn the_charset_is_found_among_parameters() {
        assert_eq!(charset("text/html; x=y; Charset=\"windows-1251\"").as_deref(), Some("windows-1251"));
        assert_eq!(charset("text/html"), None);
    }
}
