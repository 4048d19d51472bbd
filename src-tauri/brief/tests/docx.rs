//! The promise of the DOCX: parts that every reader takes, notes that are notes, and every text where
//! it belongs, whatever it holds.

#[path = "support/shelf.rs"]
mod shelf;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use bilat_brief::export::{Bibliography, Options, Printed, docx};
use bilat_brief::{check, parse};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use shelf::Shelf;

const BRIEFING: &str = "---\ntitle: Ferries stay in port\npair: NO-FI\nedition: 2\nas_of: 2024-03-10\n\
    information_cut_off: 2024-03-09\nauthor: A. Lind\nmarking: TLP:GREEN\n---\n\n## Bottom line\n\n\
    <!-- at most 60 words -->\n\nNorway says “We have signed nothing yet” [@harbour-1, ¶2] and that “the two ports will stay shut” \
    [@harbour-1; @notice-2].[^own]\n\n## Outlook\n\n<!-- nobody wrote this -->\n\n## Voices\n\n> Мы пока ничего не подписали. [@notice-2]\n>\n> — Ilya Morev\n\n\
    | Who | What |\n|---|---:|\n| Morev | “We have signed nothing yet” [@harbour-1] |\n\n1. one\n2. two\n   - deep\n\n\
    <script>alert(1)</script>\n\n[^own]: An *own* note, with [@notice-2].\n\n    A second paragraph with [a link](<https://example.org/a b>).\n\n## Annex\n";

fn shelf() -> Shelf {
    let mut shelf = Shelf::default()
        .with("harbour-1", "We have signed nothing yet, he said; the two ports will stay shut.")
        .with("notice-2", "Мы пока ничего не подписали.");
    shelf.0[1].language = Some("ru".into());
    shelf
}

fn export(markdown: &str, shelf: &Shelf, draft: bool) -> BTreeMap<String, String> {
    let document = parse(markdown);
    let check = check(markdown, shelf);
    let works = Bibliography::new(&document, shelf);
    let printed = Printed::new(&document, &check, &works, Options { draft, ..Options::default() });
    let bytes = docx(&printed, None);
    assert_eq!(bytes, docx(&printed, None), "equal briefings give equal bytes");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut text = String::new();
            zip.by_name(&name).unwrap().read_to_string(&mut text).expect("UTF-8");
            (name, text)
        })
        .collect()
}

/// The words of a part as a reader shows them, one line a paragraph; fails where it is no XML.
fn words(part: &str) -> String {
    let mut reader = Reader::from_str(part);
    let (mut out, mut in_text) = (String::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) if tag.name().as_ref() == "w:t" => in_text = true,
            Event::End(tag) if tag.name().as_ref() == "w:t" => in_text = false,
            Event::End(tag) if tag.name().as_ref() == "w:p" => out.push('\n'),
            Event::Text(text) if in_text => out.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) if in_text => out.push_str(match entity.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("an entity that nobody wrote: {other}"),
            }),
            Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn a_briefing_has_named_styles_real_notes_and_its_marking_on_every_page() {
    let parts = export(BRIEFING, &shelf(), false);
    let document = &parts["word/document.xml"];
    for style in [
        "Title",
        "Facts",
        "Heading1",
        "BodyText",
        "Quote",
        "QuoteAttribution",
        "ListNumber",
        "ListBullet",
        "TableText",
    ] {
        assert!(document.contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style}");
        assert!(parts["word/styles.xml"].contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    // Three notes: two sources and the author's own, each called once; later calls are references.
    assert_eq!(document.matches("<w:footnoteReference ").count(), 3, "{document}");
    assert_eq!(document.matches("NOTEREF _RefNote1 ").count(), 2);
    assert_eq!(document.matches("NOTEREF _RefNote2 ").count(), 1);
    let notes = &parts["word/footnotes.xml"];
    assert_eq!(notes.matches("<w:footnoteRef/>").count(), 3);
    let text = words(notes);
    assert!(text.contains(" An own note, with (The Harbour Courier, “Ferry talks"), "{text}");
    assert!(text.contains("\nA second paragraph with a link.\n"), "{text}");
    let links = &parts["word/_rels/footnotes.xml.rels"];
    assert!(links.contains("Target=\"https://example.org/ferry?a=1&amp;b=2\""), "{links}");
    assert!(
        parts["word/header1.xml"].contains("TLP:GREEN") && parts["word/header2.xml"].contains("TLP:GREEN")
    );
    assert!(
        parts["word/footer1.xml"].contains(" PAGE ")
            && words(&parts["word/footer1.xml"]).contains("edition 2")
    );
    assert!(parts["docProps/core.xml"].contains("<dc:title>Ferries stay in port</dc:title>"));
}

#[test]
fn what_is_quoted_is_there_word_for_word_and_what_nobody_wrote_is_not() {
    let parts = export(BRIEFING, &shelf(), false);
    let text = words(&parts["word/document.xml"]);
    assert!(
        text.contains("Norway says “We have signed nothing yet” and that “the two ports will stay shut”1,."),
        "{text}"
    );
    assert!(text.contains("Мы пока ничего не подписали."), "{text}");
    assert!(text.contains("<script>alert(1)</script>"), "{text}");
    assert!(text.contains("4 of 4 quotations verified against stored snapshots."), "{text}");
    assert!(!text.contains("at most 60") && !text.contains("Outlook") && !text.contains("Annex"), "{text}");
    assert!(!text.contains("DRAFT"));
}

#[test]
fn a_draft_says_so_on_every_page_and_names_what_is_not_verified() {
    let parts = export(&BRIEFING.replacen("nothing yet", "it all", 1), &shelf(), true);
    for header in ["word/header1.xml", "word/header2.xml"] {
        assert!(words(&parts[header]).starts_with("DRAFT"), "{header}");
    }
    let text = words(&parts["word/document.xml"]);
    assert!(
        text.contains("Quotations that are not verified") && text.contains("altered: We have signed it all")
    );
}

/// Strings of what troubles XML, Word, Markdown, YAML and bidirectional text.
fn hostile() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        "</w:t>",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "<w:p/>",
        "<?xml?>",
        "\u{0}",
        "\u{1}",
        "\u{b}",
        "\u{1f}",
        "\u{7f}",
        "\u{fffe}",
        "\u{202e}",
        "\u{2028}",
        "\u{feff}",
        "שלום",
        "العربية",
        "条約",
        "é",
        "e\u{301}",
        "😀",
        "#read(\"/etc/passwd\")",
        "$x$",
        "{{ x }}",
        "\\",
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        "|",
        "~~",
        "<script>",
        "javascript:",
        "a",
        "Z9",
        " ",
        " ",
        "-->",
        "<!--",
        "@key",
        "^1",
        "---",
        "word",
    ]);
    prop::collection::vec(tokens, 1..14).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_field_becomes_markup_and_every_character_is_where_it_belongs(
        title in hostile(), author in hostile(), headline in hostile(), outlet in hostile(), speaker in hostile(), body in hostile()
    ) {
        let mut shelf = Shelf::default().with("harbour-1", "We have signed nothing yet.");
        shelf.0[0].title = headline.clone();
        shelf.0[0].outlet = Some(outlet.clone());
        shelf.0[0].speaker = Some(speaker.clone());
        shelf.0[0].url = Some(format!("https://example.org/{headline}"));
        // YAML takes no control characters, and no program writes them there.
        let head = |text: &str| -> String {
            text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{feff}')).collect()
        };
        let (title, author) = (head(&title), head(&author));
        let markdown = format!(
            "---\ntitle: {}\nauthor: {}\n---\n\n## Part\n\nHe says “We have signed nothing yet” [@harbour-1].\n\n    {}\n",
            serde_json::to_string(&title).unwrap(), serde_json::to_string(&author).unwrap(), body.replace(['\r', '\n'], " ")
        );
        let parts = export(&markdown, &shelf, true);
        for (name, part) in &parts {
            if matches!(name.rsplit('.').next(), Some("xml" | "rels")) {
                words(part);
            }
        }
        let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        let kept = |text: &str| letters(&text.replace(['\u{fffe}', '\u{feff}'], "").replace('\u{202e}', "U202E"));
        let text = letters(&words(&parts["word/document.xml"]));
        prop_assert!(text.contains(&kept(&title)), "{title:?} in {text}");
        prop_assert!(text.contains(&kept(&author)), "{author:?} in {text}");
        prop_assert!(text.contains(&kept(&body)), "{body:?} in {text}");
        let notes = letters(&words(&parts["word/footnotes.xml"]));
        for field in [&headline, &outlet, &speaker] {
            prop_assert!(notes.contains(&kept(field)), "{field:?} in {notes}");
        }
    }
}

#[test]
fn the_marks_of_two_sources_never_read_as_one_number() {
    let shelf = Shelf::default().with("harbour-1", "One.").with("notice-2", "Two.");
    for sources in ["[@harbour-1; @notice-2]", "[@harbour-1] [@notice-2]", "[@harbour-1][@notice-2]"] {
        let parts = export(&format!("Two ships are booked {sources}.\n"), &shelf, true);
        assert!(words(&parts["word/document.xml"]).contains("booked,."), "{sources}");
    }
}
