//! Each format: a file as the other program writes it, and what is to come out of it.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use bilat_core::ImportFormat;
use bilat_import::{Item, Words, read, sniff};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What came out, one line a fact.
fn told(bytes: &[u8], format: ImportFormat) -> String {
    let items = match read(bytes, format) {
        Ok(items) => items,
        Err(error) => return format!("REFUSED {error}\n"),
    };
    let total = items.total();
    let mut out = String::new();
    let mut count = 0;
    for item in items {
        count += 1;
        match item {
            Ok(item) => tell(&mut out, &item),
            Err(error) => writeln!(out, "FAILED {error}").unwrap(),
        }
    }
    assert_eq!(total, count, "the total is what was said before");
    out
}

fn tell(out: &mut String, item: &Item) {
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            writeln!(out, "{name}{}", value.replace('\n', " / ")).unwrap();
        }
    };
    line("* ", if item.title.is_empty() { "(no title)" } else { &item.title });
    line("  key ", &item.key);
    line("  kind ", &item.kind);
    line("  by ", &item.authors.join(" + "));
    line("  in ", item.outlet.as_deref().unwrap_or_default());
    line("  section ", item.section.as_deref().unwrap_or_default());
    line("  on ", item.published.as_ref().map_or("", |date| date.as_str()));
    line("  at ", item.url.as_deref().unwrap_or_default());
    line("  language ", item.language.as_deref().unwrap_or_default());
    line("  abstract ", item.abstract_.as_deref().unwrap_or_default());
    line("  tags ", &item.tags.join(", "));
    line("  collections ", &item.collections.join(", "));
    line("  added ", item.added_at.as_deref().unwrap_or_default());
    line("  read ", item.read.map_or("", |read| if read { "yes" } else { "no" }));
    line("  file ", item.attachment.as_deref().unwrap_or_default());
    match &item.words {
        Words::None => {}
        Words::Document { bytes, media, .. } => {
            line("  document ", &format!("{media:?} {} bytes", bytes.len()))
        }
        Words::Paragraphs(paragraphs) => paragraphs.iter().for_each(|words| line("  ¶ ", words)),
    }
    for mark in &item.annotations {
        line("  mark ", &mark.exact);
        line("    before ", &mark.prefix);
        line("    after ", &mark.suffix);
        line("    note ", &mark.note);
        line("    colour ", mark.colour.as_deref().unwrap_or_default());
        line("    made ", mark.created_at.as_deref().unwrap_or_default());
        line("    tags ", &mark.tags.join(", "));
    }
    item.notes.iter().for_each(|note| line("  note ", note));
    if let Some(feed) = &item.feed {
        line("  feed ", &format!("{} “{}” {}", feed.url, feed.title, feed.site.as_deref().unwrap_or("-")));
    }
}

/// What is to come out of a file stands beside it; `BLESS=1` writes it anew.
#[track_caller]
fn check(bytes: &[u8], name: &str, format: ImportFormat) {
    assert_eq!(sniff(bytes, name), Some(format), "{name} is recognised");
    let found = told(bytes, format);
    let beside = folder().join(format!("{name}.items"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&beside, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&beside).unwrap_or_default();
    assert_eq!(found, expected, "{name}");
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn omnivore() -> Vec<u8> {
    zip(&[
        ("metadata_0_to_20.json", &fixture("omnivore-metadata.json")),
        ("content/pact.html", b"<div class=\"page\"><p>Two ministers met at the quay on Friday and signed a pact on the harbour of Port Luna.</p></div>"),
        ("highlights/pact.md", &fixture("omnivore-highlights.md")),
    ])
}

fn docx(paragraphs: &str) -> Vec<u8> {
    let body: String = paragraphs
        .lines()
        .map(|line| {
            format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", line.replace('&', "&amp;"))
        })
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn nexis_docx() -> Vec<u8> {
    docx(&String::from_utf8(fixture("nexis-paragraphs.txt")).unwrap())
}

/// Every file there is, with its name and format.
fn files() -> Vec<(&'static str, Vec<u8>, ImportFormat)> {
    let plain = [
        ("desk.json", ImportFormat::CslJson),
        ("desk.ris", ImportFormat::Ris),
        ("desk.bib", ImportFormat::Bibtex),
        ("bookmarks.html", ImportFormat::Bookmarks),
        ("pocket.csv", ImportFormat::Pocket),
        ("ril_export.html", ImportFormat::Pocket),
        ("instapaper.csv", ImportFormat::Instapaper),
        ("readwise.csv", ImportFormat::Readwise),
        ("readwise-reader.csv", ImportFormat::Readwise),
        ("wallabag.json", ImportFormat::Wallabag),
        ("karakeep.json", ImportFormat::Karakeep),
        ("hypothesis.json", ImportFormat::Hypothesis),
        ("feeds.opml", ImportFormat::Opml),
        ("zotero.rdf", ImportFormat::ZoteroRdf),
        ("zotero.json", ImportFormat::ZoteroJson),
        ("better-bibtex.json", ImportFormat::ZoteroJson),
        ("nexis-older.txt", ImportFormat::Nexis),
        ("nexis.rtf", ImportFormat::Nexis),
        ("factiva.txt", ImportFormat::Factiva),
        ("factiva.html", ImportFormat::Factiva),
    ];
    let mut files: Vec<_> = plain.into_iter().map(|(name, format)| (name, fixture(name), format)).collect();
    files.push(("nexis.docx", nexis_docx(), ImportFormat::Nexis));
    files.push(("omnivore.zip", omnivore(), ImportFormat::Omnivore));
    files
}

#[test]
fn each_format_comes_out_as_it_went_in() {
    for (name, bytes, format) in files() {
        check(&bytes, name, format);
    }
}

#[test]
fn a_download_gives_the_same_articles_whatever_it_is_written_in() {
    let rtf = told(&fixture("nexis.rtf"), ImportFormat::Nexis);
    assert_eq!(rtf, told(&nexis_docx(), ImportFormat::Nexis));
    let indexed = told(&fixture("factiva.html"), ImportFormat::Factiva);
    let titles = |told: &str| {
        told.lines()
            .filter(|line| line.starts_with("* ") || line.starts_with("  key"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&indexed), titles(&told(&fixture("factiva.txt"), ImportFormat::Factiva)));
}

#[test]
fn line_ends_marks_and_encodings_change_nothing() {
    for (name, bytes, format) in files() {
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        // RTF is ASCII by itself.
        if format == ImportFormat::Nexis && bytes.starts_with(b"{") {
            continue;
        }
        let plain = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let expected = told(plain.as_bytes(), format);
        let crlf = plain.replace('\n', "\r\n");
        assert_eq!(told(crlf.as_bytes(), format), expected, "{name} with CRLF");
        assert_eq!(told(format!("\u{feff}{plain}").as_bytes(), format), expected, "{name} with a mark");
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(told(&wide, format), expected, "{name} in UTF-16");
    }
}

#[test]
fn a_cut_or_spoilt_file_ends_and_says_so() {
    for (name, bytes, format) in files() {
        let step = (bytes.len() / 60).max(1);
        for cut in (0..bytes.len()).step_by(step) {
            let _ = (sniff(&bytes[..cut], name), told(&bytes[..cut], format));
            let mut spoilt = bytes.clone();
            spoilt[cut] ^= 0x5a;
            let _ = (sniff(&spoilt, name), told(&spoilt, format));
        }
        // Every reader meets every file.
        for other in ImportFormat::ALL {
            let _ = told(&bytes, *other);
        }
    }
    for format in ImportFormat::ALL {
        for bytes in [&b""[..], b"{}", b"[]", b"null", b"<a>", b"PK\x03\x04", b"\0\0\0\0", b"\xff\xfe"] {
            let _ = told(bytes, *format);
        }
        let refused = told(b"just words", *format);
        assert!(refused.starts_with("REFUSED") || refused.is_empty(), "{format}: {refused}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    let bomb = zip(&[("metadata_0_to_1.json", &vec![b' '; 100 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert!(told(&bomb, ImportFormat::Omnivore).contains("unpacks to more than 64 MiB"));
}

#[test]
fn folders_inside_each_other_without_end_cost_no_stack() {
    let deep = format!(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>{}<A HREF=\"https://a.example/\">x</A>",
        "<DT><H3>f</H3><DL>".repeat(50_000)
    );
    assert!(told(deep.as_bytes(), ImportFormat::Bookmarks).contains("https://a.example/"));
    let deep = format!("<rdf:RDF>{}", "<a>".repeat(50_000));
    assert!(told(deep.as_bytes(), ImportFormat::ZoteroRdf).starts_with("REFUSED"));
    let deep = "[".repeat(50_000);
    assert!(told(deep.as_bytes(), ImportFormat::CslJson).starts_with("REFUSED"));
    let list = r#"{"bookmarks":[{"title":"x","lists":["a"],"content":{"type":"link","url":"https://a.example/"}}],"lists":[{"id":"a","name":"A","parentId":"a"}]}"#;
    assert!(
        told(list.as_bytes(), ImportFormat::Karakeep).contains("https://a.example/"),
        "a list inside itself"
    );
}

#[test]
fn a_field_may_be_as_long_as_it_likes() {
    let long = "word ".repeat(1 << 20);
    let item = serde_json::json!([{ "type": "report", "title": long, "abstract": long, "author": [{ "literal": long }] }]);
    let items: Vec<_> = read(item.to_string().as_bytes(), ImportFormat::CslJson).unwrap().collect();
    assert_eq!(items[0].as_ref().unwrap().title.len(), long.len() - 1);
}
