//! What reading each format promises, on files of our own making: what goes in comes out right, and what
//! was made to do harm ends in one line.

use std::io::{Cursor, Write};

use bilat_clip::{Clipping, Document, Error, Media, Part, clip, parts, unpack};
use bilat_core::BlockKind;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

const FERRY: [&str; 4] = [
    "The ferry sailed on time on Monday, the harbour office said, and nobody was sick on the way over.",
    "“We will not sign before the fisheries annex is settled,” said Mara Lund, the deputy minister of the islands.",
    "Divers will look at the second pier in April, whatever the weather, the office said in its weekly letter.",
    "Until then the ferry sails from the old quay, which the fishermen have cleared of nets for the purpose.",
];

fn page(title: &str) -> String {
    let paragraphs: String = FERRY.iter().map(|words| format!("<p>{words}</p>")).collect();
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body><nav><a href=/>Home</a></nav>\
         <main><article><h1>{title}</h1><div class=article-body>{paragraphs}</div></article></main></body></html>"
    )
}

fn read(bytes: &[u8], media: Media) -> Result<Clipping, Error> {
    clip(&Document { bytes, url: None, media, charset: None })
}

#[track_caller]
fn one_line(result: Result<impl std::fmt::Debug, Error>, word: &str) {
    let message = result.expect_err("what was made to do harm is refused").to_string();
    assert!(message.contains(word) && !message.contains('\n'), "{message}");
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(
            *name,
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated),
        )
        .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for byte in text.bytes() {
        let written = if (0x20..0x7f).contains(&byte) && byte != b'=' {
            (byte as char).to_string()
        } else {
            format!("={byte:02X}")
        };
        if width + written.len() > 72 {
            out.push_str("=\r\n");
            width = 0;
        }
        width += written.len();
        out.push_str(&written);
    }
    out
}

// ── MHTML and SingleFile ────────────────────────────────────────────────────────────────────────────

fn mhtml(body: &str, encoding: &str, charset: &str) -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/2026/03/ferry\r\n\
         Subject: =?utf-8?Q?The_ferry_sails_again?=\r\nDate: Mon, 2 Mar 2026 10:11:12 +0100\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----x\"\r\n\r\n\r\n\
         ------x\r\nContent-Type: text/html{charset}\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: {encoding}\r\n\
         Content-Location: https://harbour.example/2026/03/ferry\r\n\r\n{body}\r\n\
         ------x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://ads.example/frame\r\n\r\n<p>Buy four thousand buns before noon in the bakery on the corner of the street.</p>\r\n\
         ------x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://harbour.example/a.png\r\n\r\niVBORw0KGgo=\r\n------x--\r\n"
    )
}

#[test]
fn a_saved_page_is_read_from_its_root_part_with_its_address_and_its_moment() {
    let saved = mhtml(&quoted_printable(&page("The ferry sails again")), "quoted-printable", "");
    for media in [Media::Unknown, Media::Mhtml, Media::Html] {
        let clipping = read(saved.as_bytes(), media).unwrap();
        assert_eq!(clipping.title, "The ferry sails again");
        assert_eq!(clipping.paragraphs(), FERRY);
        assert_eq!(clipping.url.as_deref(), Some("https://harbour.example/2026/03/ferry"));
        assert!(!clipping.text.contains("buns"));
    }
    let parts = parts(saved.as_bytes(), Media::from_name("ferry.mht"), "ferry.mht").unwrap();
    let [part] = parts.as_slice() else { panic!("{} parts", parts.len()) };
    assert_eq!((part.media, part.captured_at.as_deref()), (Media::Mhtml, Some("2026-03-02T10:11:12+01:00")));
    assert_eq!(part.bytes, saved.as_bytes(), "the file is kept as it was received");
}

#[test]
fn a_saved_page_in_an_old_encoding_keeps_its_letters() {
    use mail_parser::decoders::base64::base64_decode;
    let words = "Паром отошёл от причала вовремя, сообщили в конторе порта, и никого не укачало, хотя море было бурным.";
    let html = format!(
        "<!doctype html><title>Паром</title><article><h1>Паром</h1><p>{words}</p><p>{words} Потом стемнело.</p></article>"
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&html);
    let base64 = base64(&bytes);
    assert_eq!(base64_decode(base64.as_bytes()).unwrap(), bytes.as_ref());
    let saved = mhtml(&base64, "base64", "; charset=windows-1251");
    let clipping = read(saved.as_bytes(), Media::Mhtml).unwrap();
    assert_eq!(clipping.title, "Паром");
    assert!(clipping.text.contains("никого не укачало"), "{}", clipping.text);
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (at, chunk) in bytes.chunks(3).enumerate() {
        let joined =
            chunk.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(joined >> (18 - 6 * place)) as usize & 63] as char;
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
        if at % 19 == 18 {
            out.push_str("\r\n");
        }
    }
    out
}

#[test]
fn a_page_that_singlefile_saved_says_where_and_when() {
    let page = page("The ferry sails again").replace(
        "<html lang=en>",
        "<html lang=en><!--\n Page saved with SingleFile \n url: https://harbour.example/2026/03/ferry \n saved date: Mon Mar 02 2026 10:11:12 GMT+0100 (CET)\n-->",
    );
    let part = parts(page.as_bytes(), Media::Html, "ferry.html").unwrap().remove(0);
    assert_eq!(part.url.as_deref(), Some("https://harbour.example/2026/03/ferry"));
    assert_eq!(part.captured_at.as_deref(), Some("2026-03-02T10:11:12+01:00"));
    let clipping = read(page.as_bytes(), Media::Html).unwrap();
    assert_eq!(clipping.url.as_deref(), Some("https://harbour.example/2026/03/ferry"));
    assert_eq!(clipping.paragraphs(), FERRY);
}

// ── Mail ────────────────────────────────────────────────────────────────────────────────────────────

fn newsletter(from: &str) -> String {
    let rows: String = FERRY
        .iter()
        .map(|words| format!("<tr><td style=\"font:16px serif\"><p>{words}</p></td></tr>"))
        .collect();
    let html = format!(
        "<html><body><div style=\"display:none;max-height:0\">The preview that no reader sees &#847;&nbsp;</div>\
         <table width=600><tr><td><a href=\"https://post.example/x\">View in browser</a></td></tr><tr><td><h1>A week at the harbour</h1></td></tr>\
         {rows}<tr><td><h2>What comes next</h2></td></tr><tr><td><p>The office asked <a href=\"https://harbour.example/plan\">whoever wants to unsubscribe from the old plan</a> to write to it before the end of the month, and not later.</p></td></tr>\
         <tr><td><p>You are receiving this email because you signed up at harbour.example.</p><p><a href=\"https://post.example/u\">Unsubscribe</a></p><p>1 Quay Street</p></td></tr></table></body></html>"
    );
    format!(
        "Return-Path: <b@post.example>\r\nReceived: from post.example\r\nFrom: {from} <ann@post.example>\r\nTo: desk@ministry.example\r\n\
         Subject: =?UTF-8?B?{}?=\r\nDate: Mon, 2 Mar 2026 23:30:00 -0500\r\nMessage-ID: <1@post.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe plain words.\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--a--\r\n\
         --m\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=evil.html\r\n\r\n<p>An attachment is not read.</p>\r\n--m--\r\n",
        base64("A week at the harbour – no. 7".as_bytes()),
        quoted_printable(&html)
    )
}

#[test]
fn a_newsletter_is_its_words_without_what_letters_say_of_themselves() {
    let mail = newsletter("Ann Other from The Harbour Letter");
    let clipping = read(mail.as_bytes(), Media::Unknown).unwrap();
    assert_eq!(clipping.title, "A week at the harbour – no. 7");
    assert_eq!(
        (clipping.authors.as_slice(), clipping.outlet.as_deref()),
        (&["Ann Other".to_owned()][..], Some("The Harbour Letter"))
    );
    assert_eq!(clipping.published.as_deref(), Some("2026-03-02"), "the day where it was written");
    assert_eq!(clipping.published_at.as_deref(), Some("2026-03-02T23:30:00-05:00"));
    let text = clipping.body_text();
    for words in FERRY {
        assert!(text.contains(words), "{words} is lost in\n{text}");
    }
    assert!(
        text.contains("What comes next") && text.contains("whoever wants to unsubscribe from the old plan")
    );
    for furniture in
        ["View in browser", "receiving this email", "Quay Street", "preview", "attachment", "plain words"]
    {
        assert!(!text.contains(furniture), "{furniture} stands in\n{text}");
    }
    assert!(clipping.set_aside.iter().any(|line| line == "Unsubscribe"));
    assert!(clipping.html.contains(r#"<a href="https://harbour.example/plan">"#), "{}", clipping.html);
}

#[test]
fn a_plain_letter_flows_into_paragraphs_in_its_charset() {
    let (words, _, _) = encoding_rs::ISO_8859_15.encode(
        "Die Fähre fährt wieder, sagte das Hafenamt am Montag, und niemandem wurde auf der \nÜberfahrt schlecht.\n\n\
         Taucher sehen sich im April den zweiten Pier an, gleich bei welchem Wetter, schrieb \ndas Amt. Es kostet 40 €.\n-- \nHafenamt, Kaistraße 1\n");
    let mut mail = b"From: \"Hafenbrief\" <brief@hafen.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nSubject: =?iso-8859-1?Q?Die_F=E4hre_f=E4hrt?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-15; format=flowed\nContent-Transfer-Encoding: 8bit\n\n".to_vec();
    mail.extend_from_slice(&words);
    let clipping = read(&mail, Media::Eml).unwrap();
    assert_eq!(
        (clipping.title.as_str(), clipping.outlet.as_deref()),
        ("Die Fähre fährt", Some("Hafenbrief"))
    );
    let paragraphs = clipping.paragraphs();
    assert_eq!(paragraphs.len(), 2, "{paragraphs:?}");
    assert!(paragraphs[0].ends_with("auf der Überfahrt schlecht.") && paragraphs[1].ends_with("40 €."));
}

#[test]
fn a_mailbox_gives_each_letter_as_it_was_before_it_was_filed() {
    let mut filed = String::new();
    for at in 1..=3 {
        filed.push_str(&format!(
            "From ann@post.example Mon Mar  {at} 09:00:00 2026\nFrom: Harbour Letter <ann@post.example>\nDate: Mon, {at} Mar 2026 09:00:00 +0000\nSubject: Letter {at}\nMessage-ID: <{at}@x>\n\n{}\n\n>From the quay one sees it all, said the office, and it was right about that again.\n\n",
            FERRY[0]
        ));
    }
    for bytes in [filed.clone().into_bytes(), gzipped(filed.as_bytes())] {
        let parts = parts(&bytes, Media::Mbox, "letters.mbox").unwrap();
        assert_eq!(parts.len(), 3);
        let Part { name, media, bytes, captured_at, .. } = &parts[1];
        assert_eq!((name.as_str(), *media), ("letters.mbox, message 2: Letter 2", Media::Eml));
        assert_eq!(captured_at.as_deref(), Some("2026-03-02T09:00:00Z"));
        let clipping = read(bytes, *media).unwrap();
        assert_eq!(clipping.title, "Letter 2");
        assert!(clipping.text.contains("\nFrom the quay"), "{}", clipping.text);
    }
    one_line(read(filed.as_bytes(), Media::Unknown), "3 documents");
}

#[test]
fn letters_made_to_do_harm_end_in_one_line() {
    one_line(read(b"", Media::Eml), "message");
    one_line(read(b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\nxx\n--x--", Media::Eml), "no text");
    one_line(
        read(
            b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/css\n\nx\n--x--",
            Media::Mhtml,
        ),
        "page",
    );
    let mut nested = String::from("From: a@b.example\nMIME-Version: 1.0\n");
    for at in 0..5_000 {
        nested.push_str(&format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"));
    }
    let _ = read(nested.as_bytes(), Media::Eml);
    let many = format!("Content-Type: multipart/mixed; boundary=x\n\n{}", "--x\n\na\n".repeat(200_000));
    let _ = read(many.as_bytes(), Media::Eml);
    one_line(unpack(b"no mailbox", Media::Mbox, "x"), "mailbox");
    one_line(unpack(&gzipped(&vec![b' '; 96 << 20]), Media::Mbox, "x"), "bomb");
}

// ── Word ────────────────────────────────────────────────────────────────────────────────────────────

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}</w:body></w:document>"#
    );
    let mut entries = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())];
    entries.extend_from_slice(more);
    zipped(&entries.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

fn paragraph(style: &str, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#
    )
}

const STYLES: &str = r#"<w:styles xmlns:w="x"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="Eigen"><w:name w:val="Eigener"/><w:basedOn w:val="berschrift2"/></w:style>
 <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop"/></w:style><w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>"#;

#[test]
fn a_word_document_is_its_words_as_they_stand_and_none_that_were_deleted() {
    let body = [
        paragraph("Titel", "Harbour talks resume"),
        paragraph("TOC1", "What comes next 4"),
        "<w:p><w:r><w:t>By Ann Other</w:t></w:r></w:p><w:p><w:r><w:t>2 March 2026</w:t></w:r></w:p>".into(),
        r#"<w:p><w:r><w:t>The ferry </w:t></w:r><w:ins w:author="x"><w:r><w:rPr><w:b/></w:rPr><w:t>sails</w:t></w:r></w:ins><w:del w:author="x"><w:r><w:delText> never</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> again &amp; </w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>the office</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> knows it.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>A hidden word.</w:t></w:r></w:p>"#.into(),
        paragraph("Eigen", "What comes next"),
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://harbour.example/pier" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Divers</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> will look.</w:t></w:r></w:p>"#.into(),
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>one item</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>another item</w:t></w:r></w:p>"#.into(),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Pier</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Depth</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Second</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>9 m</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".into(),
        r#"<w:p><w:r><w:t>Until then it sails from the old quay.</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r><w:moveFrom><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom></w:p>"#.into(),
    ]
    .concat();
    let bytes = docx(
        &body,
        &[
            ("word/styles.xml", STYLES),
            (
                "word/numbering.xml",
                r#"<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#,
            ),
            (
                "word/_rels/document.xml.rels",
                r#"<Relationships><Relationship Id="r1" Target="https://harbour.example/office" TargetMode="External"/></Relationships>"#,
            ),
            (
                "word/footnotes.xml",
                r#"<w:footnotes xmlns:w="x"><w:footnote w:id="0"><w:p><w:r><w:t>separator</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Letter of 1 March.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
            ),
            (
                "docProps/core.xml",
                r#"<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>Old template</dc:title><dc:creator>desk</dc:creator><dcterms:created>2019-01-01T00:00:00Z</dcterms:created><dc:language>en-GB</dc:language></cp:coreProperties>"#,
            ),
        ],
    );
    let clipping = read(&bytes, Media::from_name("x.docx")).unwrap();
    assert_eq!(clipping.title, "Harbour talks resume");
    assert_eq!(
        (clipping.authors.as_slice(), clipping.published.as_deref()),
        (&["Ann Other".to_owned()][..], Some("2026-03-02"))
    );
    assert_eq!(clipping.language.as_deref(), Some("en-GB"));
    let expected = [
        (BlockKind::Paragraph, "The ferry sails again & the office knows it.[1]"),
        (BlockKind::Heading, "What comes next"),
        (BlockKind::Paragraph, "Divers will look."),
        (BlockKind::Item, "1. one item"),
        (BlockKind::Item, "2. another item"),
        (BlockKind::Row, "Pier\tDepth"),
        (BlockKind::Row, "Second\t9 m"),
        (BlockKind::Paragraph, "Until then it sails from the old quay."),
        (BlockKind::Item, "[1] Letter of 1 March."),
    ];
    let kinds: Vec<_> =
        clipping.blocks[1..].iter().map(|block| block.kind).zip(clipping.paragraphs()).collect();
    assert_eq!(kinds, expected);
    for link in [
        r#"<a href="https://harbour.example/office">the office</a>"#,
        r#"<a href="https://harbour.example/pier">Divers</a>"#,
        "<strong>sails</strong>",
    ] {
        assert!(clipping.html.contains(link), "{}", clipping.html);
    }
    assert_eq!(read(&bytes, Media::Unknown).unwrap(), clipping, "the bytes say what it is");
}

#[test]
fn word_documents_made_to_do_harm_end_in_one_line() {
    let sound = docx("<w:p><w:r><w:t>The ferry sails.</w:t></w:r></w:p>", &[]);
    assert!(read(&sound, Media::Docx).is_ok());
    for cut in [0, 4, sound.len() / 2, sound.len() - 1] {
        one_line(read(&sound[..cut], Media::Docx), "Word document");
    }
    one_line(read(&zipped(&[("word/other.xml", b"x")]), Media::Docx), "no text part");
    one_line(
        read(&zipped(&[("word/document.xml", b"<a/>"), ("../../etc/passwd", b"x")]), Media::Docx),
        "leads out",
    );
    let bomb = vec![b' '; 96 << 20];
    one_line(read(&zipped(&[("word/document.xml", &bomb)]), Media::Docx), "bomb");
    let deep = docx(&"<w:sdt>".repeat(100_000), &[]);
    one_line(read(&deep, Media::Docx), "deep");
    let entities = docx("<w:p><w:r><w:t>The &lol; ferry.</w:t></w:r></w:p>", &[]);
    assert_eq!(read(&entities, Media::Docx).unwrap().text, "The ferry\n\nThe ferry.");
    let looped = docx(&paragraph("Loop", FERRY[0]), &[("word/styles.xml", STYLES)]);
    assert_eq!(read(&looped, Media::Docx).unwrap().paragraphs(), [FERRY[0]]);
    let hostile = docx(
        r#"<w:p><w:r><w:t>The &lt;script&gt; of a ferry.</w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"#,
        &[(
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="r1" Target="javascript:alert(1)" TargetMode="External"/></Relationships>"#,
        )],
    );
    assert!(!read(&hostile, Media::Docx).unwrap().html.contains("href"));
}

// ── Web archives ────────────────────────────────────────────────────────────────────────────────────

fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{url}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-02T10:11:12Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = bytes
        .chunks(100)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .collect();
    out.extend_from_slice(b"0\r\n\r\n");
    out
}

fn records() -> Vec<Vec<u8>> {
    let ferry = page("The ferry sails again");
    vec![
        record("warcinfo", "urn:x", b"software: ours\r\n"),
        record("request", "https://harbour.example/a", b"GET /a HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "https://harbour.example/a",
            &answer("200 OK\r\nContent-Type: text/html; charset=utf-8", ferry.as_bytes()),
        ),
        record(
            "response",
            "https://harbour.example/a.css",
            &answer("200 OK\r\nContent-Type: text/css", b"p{}"),
        ),
        record(
            "response",
            "https://harbour.example/b",
            &answer(
                "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
                &chunked(&gzipped(page("A pier in April").as_bytes())),
            ),
        ),
        record(
            "response",
            "https://harbour.example/gone",
            &answer("404 Not Found\r\nContent-Type: text/html", b"<p>Gone"),
        ),
        record(
            "response",
            "https://harbour.example/moved",
            &answer("301 Moved\r\nContent-Type: text/html\r\nLocation: /a", b"<p>Moved"),
        ),
        record("revisit", "https://harbour.example/a", &answer("200 OK\r\nContent-Type: text/html", b"")),
    ]
}

#[test]
fn a_web_archive_gives_its_pages_and_says_what_it_leaves_out() {
    let whole = records().concat();
    let each: Vec<u8> = records().iter().flat_map(|record| gzipped(record)).collect();
    for bytes in [whole.clone(), each, gzipped(&whole)] {
        let unpacked = unpack(&bytes, Media::Unknown, "harbour.warc.gz").unwrap();
        let [a, b] = unpacked.parts.as_slice() else { panic!("{} parts", unpacked.parts.len()) };
        assert_eq!(a.url.as_deref(), Some("https://harbour.example/a"));
        assert_eq!(a.captured_at.as_deref(), Some("2026-03-02T10:11:12Z"));
        assert_eq!((a.media, a.charset.as_deref()), (Media::Html, Some("utf-8")));
        assert_eq!(a.bytes, page("The ferry sails again").into_bytes(), "the page as its server gave it");
        assert_eq!(read(&b.bytes, b.media).unwrap().title, "A pier in April");
        let left: Vec<&str> = unpacked.left_out.iter().map(|left| left.reason.as_str()).collect();
        assert!(left[0].contains("404") && left[1].contains("revisit") && left.len() == 2, "{left:?}");
    }
    let single = record(
        "response",
        "https://harbour.example/a",
        &answer("200 OK\r\nContent-Type: text/html", page("Alone").as_bytes()),
    );
    let clipping = read(&single, Media::Warc).unwrap();
    assert_eq!(
        (clipping.title.as_str(), clipping.url.as_deref()),
        ("Alone", Some("https://harbour.example/a"))
    );
}

#[test]
fn web_archives_made_to_do_harm_end_in_one_line() {
    let whole = records().concat();
    for cut in [whole.len() - 10, whole.len() / 2, 30] {
        one_line(unpack(&whole[..cut], Media::Warc, "x"), "cut off");
    }
    one_line(unpack(b"", Media::Warc, "x"), "no record");
    one_line(
        unpack(b"WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", Media::Warc, "x"),
        "how long",
    );
    one_line(
        unpack(b"WARC/1.1\r\nContent-Length: 18446744073709551615\r\n\r\nx", Media::Warc, "x"),
        "cut off",
    );
    one_line(unpack(b"WARC/1.1\r\nContent-Length: 2\r\n\r\nabcdef\r\n", Media::Warc, "x"), "does not start");
    let endless = [b"WARC/1.1\r\n".as_slice(), &vec![b'a'; 1 << 20]].concat();
    one_line(unpack(&endless, Media::Warc, "x"), "no end");
    let bomb = record("response", "https://a.example", &vec![b' '; 96 << 20]);
    one_line(unpack(&gzipped(&bomb), Media::Warc, "x"), "bomb");
    let packed = gzipped(&vec![b' '; 96 << 20]);
    let inner = record(
        "response",
        "https://a.example",
        &answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &packed),
    );
    let unpacked = unpack(&inner, Media::Warc, "x").unwrap();
    assert!(unpacked.parts.is_empty() && unpacked.left_out[0].reason.contains("unpacks"));
    one_line(unpack(&[0x1f, 0x8b, 8, 0, 0, 0], Media::Warc, "x"), "compression");
}

fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn wacz(pages: &str, change: impl Fn(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let warc: Vec<u8> = records().iter().flat_map(|record| gzipped(record)).collect();
    let mut entries = vec![
        ("archive/data.warc.gz".to_owned(), warc),
        ("pages/pages.jsonl".to_owned(), pages.as_bytes().to_vec()),
    ];
    let resources: Vec<String> = entries
        .iter()
        .map(|(path, bytes)| {
            format!(r#"{{"name":"x","path":"{path}","hash":"{}","bytes":{}}}"#, sha256(bytes), bytes.len())
        })
        .collect();
    let package = format!(
        r#"{{"profile":"data-package","wacz_version":"1.1.1","resources":[{}]}}"#,
        resources.join(",")
    );
    let digest = format!(r#"{{"path":"datapackage.json","hash":"{}"}}"#, sha256(package.as_bytes()));
    entries.push(("datapackage.json".into(), package.into_bytes()));
    entries.push(("datapackage-digest.json".into(), digest.into_bytes()));
    change(&mut entries);
    zipped(&entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

const PAGES: &str = "{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n\
    {\"id\":\"1\",\"url\":\"https://harbour.example/b\",\"title\":\"The pier\",\"ts\":\"2026-03-02T10:11:13.5Z\"}\n\
    {\"id\":\"2\",\"url\":\"https://harbour.example/never\",\"title\":\"Never\"}\n";

#[test]
fn a_zipped_archive_gives_the_pages_it_names() {
    let unpacked = unpack(&wacz(PAGES, |_| ()), Media::Unknown, "harbour.wacz").unwrap();
    let [part] = unpacked.parts.as_slice() else { panic!("{} parts", unpacked.parts.len()) };
    assert_eq!((part.name.as_str(), part.url.as_deref()), ("The pier", Some("https://harbour.example/b")));
    assert_eq!(unpacked.left_out.len(), 1);
    assert!(unpacked.left_out[0].name.contains("never"));
}

#[test]
fn a_zipped_archive_that_was_changed_is_refused() {
    let flip = |at: usize| {
        move |entries: &mut Vec<(String, Vec<u8>)>| {
            let last = entries[at].1.len() - 2;
            entries[at].1[last] ^= 1;
        }
    };
    one_line(unpack(&wacz(PAGES, flip(0)), Media::Wacz, "x"), "archive/data.warc.gz");
    one_line(unpack(&wacz(PAGES, flip(1)), Media::Wacz, "x"), "pages/pages.jsonl");
    one_line(unpack(&wacz(PAGES, |entries| entries[2].1.push(b' ')), Media::Wacz, "x"), "datapackage.json");
    one_line(
        unpack(&wacz(PAGES, |entries| drop(entries.remove(0))), Media::Wacz, "x"),
        "archive/data.warc.gz",
    );
    one_line(unpack(&wacz(PAGES, |entries| drop(entries.remove(2))), Media::Wacz, "x"), "datapackage.json");
    one_line(
        unpack(&wacz(PAGES, |entries| entries.push(("../x".into(), vec![1]))), Media::Wacz, "x"),
        "leads out",
    );
    one_line(
        unpack(&wacz(PAGES, |entries| entries.push(("C:\\x".into(), vec![1]))), Media::Wacz, "x"),
        "leads out",
    );
    let sound = wacz(PAGES, |_| ());
    one_line(unpack(&sound[..sound.len() / 2], Media::Wacz, "x"), "cut off");
}
