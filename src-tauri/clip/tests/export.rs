//! What leaves the library can be read by others, and by Bilat with the same hashes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use bilat_clip::export::{Kept, single_file_html, wacz};
use bilat_clip::{Clipping, Document, Media, clip, unpack};
use bilat_core::{CaptureMethod, CaptureRecord, FetchRecord};

const NOW: &str = "2026-03-03T08:00:00Z";

fn page() -> String {
    let words = [
        "The ferry sailed on time on Monday, the harbour office said, and nobody was sick on the way over.",
        "“We will not sign before the fisheries annex is settled,” said Mara Lund, the <a href=\"/lund\">deputy minister</a> of the islands.",
        "Divers will look at the second pier in April, whatever the weather, the office said in its weekly letter.",
    ];
    let paragraphs: String = words.iter().map(|words| format!("<p>{words}</p>")).collect();
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry & \"pier\"</title><script src=//evil.example/x></script></head>\
         <body><main><article><h1>Ferry &amp; \"pier\"</h1>{paragraphs}<img src=https://evil.example/x.png></article></main></body></html>"
    )
}

fn capture(fetched: bool) -> CaptureRecord {
    let headers = BTreeMap::from([
        ("content-type".to_owned(), "text/html; charset=utf-8".to_owned()),
        ("content-encoding".to_owned(), "gzip".to_owned()),
        ("x-hostile".to_owned(), "a\r\nWARC-Type: response".to_owned()),
    ]);
    let fetch = FetchRecord {
        asked: "https://harbour.example/a?b=1".into(),
        answered: "https://harbour.example/a?b=1".into(),
        redirects: Vec::new(),
        status: 200,
        headers,
        certificate_sha256: None,
        started_at: "2026-03-02T10:11:11Z".into(),
        ended_at: "2026-03-02T10:11:12Z".into(),
    };
    CaptureRecord {
        method: if fetched { CaptureMethod::Fetched } else { CaptureMethod::Rendered },
        captured_at: "2026-03-02T10:11:12Z".into(),
        url: Some("https://harbour.example/a?b=1".into()),
        file_name: None,
        media_type: "text/html".into(),
        app_version: "0.1.0".into(),
        policy_version: 1,
        browser: None,
        charset: None,
        fetch: fetched.then_some(fetch),
        access: None,
        corrections: Vec::new(),
    }
}

fn clipped(raw: &[u8]) -> Clipping {
    clip(&Document {
        bytes: raw,
        url: Some("https://harbour.example/a?b=1"),
        media: Media::Html,
        charset: None,
    })
    .unwrap()
}

fn kept<'a>(raw: &'a [u8], clipping: &'a Clipping, capture: &'a CaptureRecord) -> Kept<'a> {
    Kept {
        title: &clipping.title,
        byline: Some("Ann <Other>"),
        outlet: clipping.outlet.as_deref(),
        published: Some("2026-03-02"),
        language: clipping.language.as_deref(),
        raw,
        text: &clipping.text,
        html: &clipping.html,
        capture,
    }
}

#[test]
fn an_archive_of_ours_comes_back_with_the_same_bytes() {
    let raw = page().into_bytes();
    let clipping = clipped(&raw);
    for fetched in [true, false] {
        let capture = capture(fetched);
        let kept = kept(&raw, &clipping, &capture);
        let archive = wacz(&[kept], NOW).unwrap();
        assert_eq!(archive, wacz(&[kept], NOW).unwrap(), "the same snapshot gives the same file");
        let unpacked = unpack(&archive, Media::Unknown, "x.wacz").unwrap();
        assert!(unpacked.left_out.is_empty(), "{:?}", unpacked.left_out);
        let [part] = unpacked.parts.as_slice() else { panic!("{} parts", unpacked.parts.len()) };
        assert_eq!(part.bytes, raw);
        assert_eq!(
            (part.name.as_str(), part.url.as_deref()),
            (clipping.title.as_str(), capture.url.as_deref())
        );
        assert_eq!(part.captured_at.as_deref(), Some("2026-03-02T10:11:12Z"));
        assert_eq!(clipped(&part.bytes).text, clipping.text);
    }
}

#[test]
fn two_snapshots_of_one_page_are_two_pages_of_the_archive() {
    let (raw, later) = (page().into_bytes(), page().replace("April", "May").into_bytes());
    let (first, second) = (clipped(&raw), clipped(&later));
    let (one, mut other) = (capture(true), capture(true));
    other.captured_at = "2026-09-09T10:11:12Z".into();
    let archive = wacz(&[kept(&raw, &first, &one), kept(&later, &second, &other)], NOW).unwrap();
    let parts = unpack(&archive, Media::Wacz, "x").unwrap().parts;
    assert_eq!(parts.iter().map(|part| &part.bytes).collect::<Vec<_>>(), [&raw, &later]);
}

/// `wacz validate` of PyPI (py-wacz), an oracle that knows nothing of Bilat. `BILAT_WACZ` names it where it
/// is not on the path.
#[test]
fn an_independent_tool_accepts_our_archive() {
    let tool = std::env::var("BILAT_WACZ").unwrap_or_else(|_| "wacz".into());
    if Command::new(&tool).arg("--help").output().is_err() {
        eprintln!("skipped: `{tool}` is not installed (pip install wacz==0.6.0, or name it in BILAT_WACZ)");
        return;
    }
    let raw = page().into_bytes();
    let clipping = clipped(&raw);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for fetched in [true, false] {
        let capture = capture(fetched);
        let path = folder.join(format!("ours-{fetched}.wacz"));
        std::fs::write(&path, wacz(&[kept(&raw, &clipping, &capture)], NOW).unwrap()).unwrap();
        let said = Command::new(&tool).arg("validate").arg("-f").arg(&path).output().unwrap();
        let words = String::from_utf8_lossy(&said.stdout);
        assert!(
            said.status.success() && words.contains("is valid"),
            "{words}\n{}",
            String::from_utf8_lossy(&said.stderr)
        );
    }
}

#[test]
fn a_page_of_ours_asks_nobody_and_says_what_its_hashes_prove() {
    let raw = page().into_bytes();
    let clipping = clipped(&raw);
    let capture = capture(true);
    let page = single_file_html(&kept(&raw, &clipping, &capture), NOW);
    let document = dom_query::Document::from(page.as_str());
    let head = document.select("head > *");
    let first = head.nodes()[0];
    assert_eq!(
        first.attr("http-equiv").as_deref(),
        Some("Content-Security-Policy"),
        "the policy stands first"
    );
    assert!(first.attr("content").unwrap().starts_with("default-src 'none'"));
    for element in document.select("*").nodes() {
        let name = element.node_name().unwrap();
        assert!(
            !["script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "svg"]
                .contains(&name.as_ref()),
            "<{name}>"
        );
        for attribute in element.attrs() {
            let name: &str = attribute.name.local.as_ref();
            assert!(
                !name.starts_with("on") && !["src", "srcset", "style", "background", "ping"].contains(&name),
                "{name}"
            );
        }
    }
    for said in [
        "do not show that the site",
        "bytes fetched by Bilat",
        "https://harbour.example/a?b=1",
        "Ann &lt;Other&gt;",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let back =
        clip(&Document { bytes: page.as_bytes(), url: None, media: Media::Html, charset: None }).unwrap();
    assert_eq!((&back.title, &back.text), (&clipping.title, &clipping.text), "it reads back as it was");
    assert_eq!(back.canonical_url.as_deref(), capture.url.as_deref());
}
