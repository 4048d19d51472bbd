//! Snapshots as a web archive with its pages named (WACZ 1.1.1, WARC 1.1).
//!
//! What Bilat fetched is a `response`, with the header that it came with; what came by another way is a
//! `resource`, because no answer of a server was seen. The capture record stands beside each as `metadata`.
//! The archive and its index are stored, not packed again, so that a reader can seek in them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Kept, sha256};
use crate::Error;

/// The name of the archive in the package.
const ARCHIVE: &str = "data.warc.gz";

/// The snapshots as a WACZ file; `made_at` is now, RFC 3339 in UTC to the second.
///
/// # Errors
/// Where the file would be too large for its format.
pub fn wacz(kept: &[Kept], made_at: &str) -> Result<Vec<u8>, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::broken("web archive", &error.to_string());
    let mut archive = Archive { bytes: Vec::new(), index: Vec::new(), made_at };
    archive.info().map_err(|error| failed(&error))?;
    let mut pages = format!("{}\n", json!({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}));
    for kept in kept {
        archive.snapshot(kept).map_err(|error| failed(&error))?;
        let page = json!({
            "id": sha256(kept.raw)[..16],
            "url": kept.address(),
            "title": kept.title,
            "ts": kept.capture.captured_at,
            "text": kept.text,
        });
        writeln!(pages, "{page}").expect("writing to a string cannot fail");
    }
    let index = archive.cdxj();
    let entries = [
        (format!("archive/{ARCHIVE}"), archive.bytes),
        ("indexes/index.cdx".to_owned(), index.into_bytes()),
        ("pages/pages.jsonl".to_owned(), pages.into_bytes()),
    ];
    let resources: Vec<_> = entries
        .iter()
        .map(|(path, bytes)| {
            let name = path.rsplit('/').next().unwrap_or(path);
            json!({"name": name, "path": path, "hash": format!("sha256:{}", sha256(bytes)), "bytes": bytes.len()})
        })
        .collect();
    let package = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "created": made_at,
        "software": software(),
        "title": kept.first().map_or("", |kept| kept.title),
        "mainPageUrl": kept.first().map(Kept::address),
        "mainPageDate": kept.first().map(|kept| &kept.capture.captured_at),
        "resources": resources,
    });
    let package = format!("{package:#}");
    let digest =
        json!({"path": "datapackage.json", "hash": format!("sha256:{}", sha256(package.as_bytes()))});

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let package = [
        ("datapackage.json".to_owned(), package.into_bytes()),
        ("datapackage-digest.json".to_owned(), format!("{digest:#}").into_bytes()),
    ];
    for (path, bytes) in entries.iter().chain(&package) {
        let packed = [".gz", ".cdx"].iter().any(|ending| path.ends_with(ending));
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // The moment of the file is in the package; that of its entries would tell nothing more.
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        zip.start_file(path.as_str(), options).map_err(|error| failed(&error))?;
        zip.write_all(bytes).map_err(|error| failed(&error))?;
    }
    Ok(zip.finish().map_err(|error| failed(&error))?.into_inner())
}

fn software() -> String {
    format!("Bilat {}", env!("CARGO_PKG_VERSION"))
}

/// An archive that is being written: one gzip member a record, and where each stands.
struct Archive<'a> {
    bytes: Vec<u8>,
    index: Vec<String>,
    made_at: &'a str,
}

/// A record before it is written.
struct Record<'a> {
    kind: &'static str,
    date: &'a str,
    url: Option<&'a str>,
    content_type: &'a str,
    /// Further fields of its header.
    fields: Vec<(&'static str, String)>,
    block: &'a [u8],
}

impl Archive<'_> {
    /// What the archive says of itself.
    fn info(&mut self) -> std::io::Result<()> {
        let block = format!(
            "software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            software()
        );
        let record = Record {
            kind: "warcinfo",
            date: self.made_at,
            url: None,
            content_type: "application/warc-fields",
            fields: vec![("WARC-Filename", ARCHIVE.into())],
            block: block.as_bytes(),
        };
        self.write(&record).map(|_| ())
    }

    fn snapshot(&mut self, kept: &Kept) -> std::io::Result<()> {
        let url = kept.address();
        let payload = format!("sha256:{}", sha256(kept.raw));
        let mut fields = vec![("WARC-Payload-Digest", payload.clone())];
        let block;
        let (kind, content_type, bytes, status) = if let Some(fetch) = &kept.capture.fetch {
            block = answer(fetch.status, &fetch.headers, kept);
            ("response", "application/http; msgtype=response", block.as_slice(), Some(fetch.status))
        } else {
            if let Some(name) = kept.capture.charset.as_ref().map(|charset| &charset.name) {
                fields.push((
                    "WARC-Identified-Payload-Type",
                    format!("{}; charset={name}", kept.capture.media_type),
                ));
            }
            ("resource", kept.capture.media_type.as_str(), kept.raw, None)
        };
        let date = kept.capture.captured_at.as_str();
        let record = Record { kind, date, url: Some(&url), content_type, fields, block: bytes };
        let (id, offset, length) = self.write(&record)?;
        let mut line = json!({
            "url": url,
            "mime": kept.capture.media_type,
            "digest": payload,
            "length": length.to_string(),
            "offset": offset.to_string(),
            "filename": ARCHIVE,
        });
        if let Some(status) = status {
            line["status"] = json!(status.to_string());
        }
        let moment: String = date.chars().filter(char::is_ascii_digit).take(14).collect();
        self.index.push(format!("{} {moment} {line}\n", sortable(&url)));

        let facts = json!({
            "capture": kept.capture,
            "sha256_raw": sha256(kept.raw),
            "sha256_text": sha256(kept.text.as_bytes()),
        });
        let facts = format!("{facts:#}\n");
        let record = Record {
            kind: "metadata",
            date,
            url: Some(&url),
            content_type: "application/json",
            fields: vec![("WARC-Concurrent-To", id)],
            block: facts.as_bytes(),
        };
        self.write(&record).map(|_| ())
    }

    /// Writes a record. Answers its identifier, where it starts and how long it is.
    fn write(&mut self, record: &Record) -> std::io::Result<(String, usize, usize)> {
        let mut seed = Sha256::new();
        for part in [
            record.kind.as_bytes(),
            record.date.as_bytes(),
            record.url.unwrap_or_default().as_bytes(),
            record.block,
        ] {
            seed.update((part.len() as u64).to_be_bytes());
            seed.update(part);
        }
        let id = identifier(&seed.finalize());
        let mut header = format!(
            "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {}\r\n",
            record.kind, record.date
        );
        let block = ("WARC-Block-Digest", format!("sha256:{}", sha256(record.block)));
        let url = record.url.map(|url| ("WARC-Target-URI", url.to_owned()));
        for (name, value) in url.iter().chain(&record.fields).chain([&block]) {
            write!(header, "{name}: {}\r\n", one_line(value)).expect("writing to a string cannot fail");
        }
        write!(
            header,
            "Content-Type: {}\r\nContent-Length: {}\r\n\r\n",
            one_line(record.content_type),
            record.block.len()
        )
        .expect("writing to a string cannot fail");
        let offset = self.bytes.len();
        let mut gzip = GzEncoder::new(&mut self.bytes, Compression::default());
        gzip.write_all(header.as_bytes())?;
        gzip.write_all(record.block)?;
        gzip.write_all(b"\r\n\r\n")?;
        gzip.finish()?;
        Ok((id, offset, self.bytes.len() - offset))
    }

    /// The index: a line a page, sorted by its bytes.
    fn cdxj(&mut self) -> String {
        self.index.sort();
        self.index.concat()
    }
}

/// An answer as its server gave it: the bytes are kept as they read, so what undid their transfer is named
/// in a field of its own.
fn answer(status: u16, headers: &std::collections::BTreeMap<String, String>, kept: &Kept) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {status} {}\r\n", if status == 200 { "OK" } else { "" });
    let mut typed = false;
    for (name, value) in headers {
        let low = name.to_ascii_lowercase();
        let undone = matches!(low.as_str(), "content-encoding" | "transfer-encoding" | "content-length");
        typed |= low == "content-type";
        let before = if undone { "X-Archive-Orig-" } else { "" };
        write!(out, "{before}{}: {}\r\n", one_line(name), one_line(value))
            .expect("writing to a string cannot fail");
    }
    if !typed {
        write!(out, "Content-Type: {}\r\n", one_line(&kept.capture.media_type))
            .expect("writing to a string cannot fail");
    }
    write!(out, "Content-Length: {}\r\n\r\n", kept.raw.len()).expect("writing to a string cannot fail");
    let mut out = out.into_bytes();
    out.extend_from_slice(kept.raw);
    out
}

/// A value that cannot start a line of its own.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A name of a record that its content gives: a UUID of version 8 (RFC 9562, 5.8).
fn identifier(digest: &[u8]) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// An address in the order in which indexes sort it: `example,harbour)/a?b=1`.
fn sortable(address: &str) -> String {
    let Some(url) = Url::parse(address).ok().filter(Url::has_host) else { return address.to_owned() };
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host =
        if url.domain().is_some() { host.rsplit('.').collect::<Vec<_>>().join(",") } else { host.to_owned() };
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    let mut query: Vec<&str> = url.query().map_or(Vec::new(), |query| query.split('&').collect());
    query.sort_unstable();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("{host}{port}){}{query}", url.path()).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_sorted_by_its_host_from_the_right() {
        for (address, sorted) in [
            ("https://www.Harbour.example/A?b=2&a=1#x", "example,harbour)/a?a=1&b=2"),
            ("http://news.harbour.example:8080/", "example,harbour,news:8080)/"),
            ("http://192.0.2.1/x", "192.0.2.1)/x"),
            ("urn:sha256:00", "urn:sha256:00"),
        ] {
            assert_eq!(sortable(address), sorted);
        }
    }

    #[test]
    fn a_value_starts_no_line_of_its_own() {
        assert_eq!(one_line("a\r\nWARC-Type: response"), "a  WARC-Type: response");
    }
}
