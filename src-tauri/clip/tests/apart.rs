//! Whatever comes in, in whatever format: an answer within the clock, in one line where it is no.

use std::io::Write as _;
use std::time::{Duration, Instant};

use bilat_clip::{Document, Media, apart, clip, unpack};
use proptest::prelude::*;

const ALL: [Media; 11] = [
    Media::Unknown,
    Media::Text,
    Media::Html,
    Media::Markdown,
    Media::Mhtml,
    Media::Warc,
    Media::Wacz,
    Media::Pdf,
    Media::Docx,
    Media::Eml,
    Media::Mbox,
];

/// What is waited for the largest page, its share of the processor and ten seconds that others may take, and
/// what starting a process and copying 64 MiB to it takes in an unoptimised build.
const SOON: Duration = Duration::from_secs(20);

#[track_caller]
fn answers_soon(bytes: &[u8], media: Media, what: &str) {
    apart::use_program(env!("CARGO_BIN_EXE_bilat-apart").into());
    let start = Instant::now();
    let answer = clip(&Document { bytes, url: None, media, charset: None });
    let took = start.elapsed();
    assert!(took < SOON, "{what}: {took:?}");
    if let Err(error) = answer {
        let message = error.to_string();
        assert!(!message.contains('\n') && message.contains(';'), "{what}: {message}");
    }
}

#[test]
fn hostile_pages_end_within_the_clock() {
    let words = "<p>The harbour office said on Monday that the <a href=/f>ferry</a> would sail in April, whatever the divers found there.</p>";
    let start =
        format!("<!doctype html><title>The ferry</title><article><h1>The ferry</h1>{}", words.repeat(5));
    let most = (63 << 20) / words.len();
    let nested = format!("{}{words}{}", "<div>".repeat(1_400), "</div>".repeat(1_400)).repeat(40);
    let pages = [
        ("50,000 nested divisions", "<div>".repeat(50_000)),
        ("20,000 nested spans", "<span>".repeat(20_000)),
        ("an article of 20 MB", words.repeat((20 << 20) / words.len())),
        ("60,000 links", "<a href=/x>link</a> ".repeat(60_000)),
        ("60,000 linked paragraphs", "<p><a href=/x>link</a></p>".repeat(60_000)),
        ("a page of 64 MB", words.repeat(most)),
        ("deep again and again", nested),
        ("a million ampersands", "&amp;".repeat(1_000_000)),
        ("ten million brackets", "<".repeat(10_000_000)),
        ("a million comments", "<!---->".repeat(1_000_000)),
        ("150,000 rows", format!("<table>{}", "<tr><td>a<td>b".repeat(150_000))),
        ("tables in tables", "<table><tr><td>".repeat(400)),
        ("formatting that never closes", "<p>x<b>".repeat(100_000)),
    ];
    for (what, hostile) in pages {
        answers_soon(format!("{start}{hostile}{words}").as_bytes(), Media::Html, what);
    }
}

#[test]
fn a_page_that_carries_its_pictures_is_no_hostile_page() {
    apart::use_program(env!("CARGO_BIN_EXE_bilat-apart").into());
    let words = "<p>The harbour office said on Monday that the ferry would sail in April, whatever the divers found there.</p>";
    let picture = format!("<img src='data:image/png;base64,{}'>", "A".repeat(20 << 20));
    let page = format!(
        "<!doctype html><title>The ferry</title><article><h1>The ferry</h1>{0}{picture}{0}</article>",
        words.repeat(4)
    );
    let read =
        clip(&Document { bytes: page.as_bytes(), url: None, media: Media::Html, charset: None }).unwrap();
    assert_eq!(read.paragraphs().len(), 8);
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The start of a file of each format, sound enough to be read on.
fn seeds() -> Vec<Vec<u8>> {
    let mail = b"From: Ann Other <a@harbour.example>\r\nMIME-Version: 1.0\r\nSubject: =?utf-8?B?QQ==?=\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>The ferry=20sails again, the office said on Monday.</p>\r\n--x--\r\n".to_vec();
    let warc = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/\r\nContent-Length: 77\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>a \r\n0\r\n\r\n\r\n\r\n".to_vec();
    let word = r#"<w:document xmlns:w="x"><w:body><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>The ferry &amp; sails.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"#;
    let package = r#"{"resources":[{"path":"archive/a.warc","hash":"sha256:00","bytes":1}]}"#;
    vec![
        Vec::new(),
        b"<!doctype html><title>a</title><article><p>The ferry sails again.</p>".to_vec(),
        b"---\ntitle: a\nauthor: [b, c]\ndate: 2026-03-02\n---\n# The ferry\n\nIt sails.\n".to_vec(),
        [b"From a@b.example Mon Mar  2 09:00:00 2026\n".as_slice(), &mail].concat(),
        gzipped(&warc),
        zipped("word/document.xml", word.as_bytes()),
        zipped("datapackage.json", package.as_bytes()),
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /MediaBox [0 0 9 9] >>\nendobj\ntrailer << /Root 1 0 R >>".to_vec(),
        mail,
        warc,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, max_shrink_iters: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_format_get_an_answer(
        seed in prop::sample::select(seeds()),
        noise in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        more in prop::collection::vec(any::<u8>(), 0..200),
        media in prop::sample::select(ALL.to_vec()),
    ) {
        let mut bytes = seed;
        for (at, byte) in noise {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        bytes.extend(more);
        answers_soon(&bytes, media, "noise");
        let start = Instant::now();
        if let Err(error) = unpack(&bytes, media, "noise") {
            prop_assert!(!error.to_string().contains('\n'));
        }
        prop_assert!(start.elapsed() < SOON);
    }
}
