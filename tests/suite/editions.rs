//! A briefing on its way out: frozen, compared, exported in every format, verified elsewhere.

use std::io::{Cursor, Read};

use crate::cli::Shell;
use crate::desk::TREATY;

const QUOTE: &str = "The pact opens a door that was shut for a decade";

const FACTS: &[&str] = &[
    "--url",
    "https://courier.example/pact",
    "--outlet",
    "The Meridian Courier",
    "--published",
    "2026-03-06",
];

/// A library with one article, one statement and one briefing; the briefing's number.
fn desk() -> (Shell, String) {
    let shell = Shell::new();
    std::fs::write(shell.path("treaty.txt"), TREATY).unwrap();
    let clipped = shell.json(&[&["clip", "treaty.txt"], FACTS].concat());
    let key = clipped[0]["key"].as_str().unwrap();
    let speaker = ["--speaker", "Arman Tulebek", "--country", "Kazakhstan", "--said-on", "2026-03-06"];
    shell.json(&[&["annotate", key, "--exact", QUOTE], &speaker[..]].concat());
    let drafted = shell.json(&["brief", "draft", "--pair", "KZ-JP"]);
    let id = drafted["id"].to_string();
    (shell, id)
}

#[test]
fn an_edition_keeps_what_it_was_and_says_what_changed_since() {
    let (shell, id) = desk();
    let first = shell.json(&["brief", "freeze", &id]);
    assert_eq!(first["number"], 1);
    assert!(shell.run(&["brief", "diff", &id]).out.contains("nothing changed"));
    assert!(
        shell.json(&["brief", "changes", &id])["markdown"]
            .as_str()
            .unwrap()
            .contains("Nothing on record has changed")
    );

    let markdown = shell.run(&["brief", "show", &id]).out;
    let longer = format!("{markdown}\n## Outlook for spring\n\nTalks resume in April.\n");
    std::fs::write(shell.path("longer.md"), longer).unwrap();
    assert_eq!(shell.run(&["brief", "edit", &id, "longer.md"]).code, 0);
    let diff = shell.run(&["brief", "diff", &id, "1"]);
    assert!(diff.out.contains("+ Outlook for spring: Talks resume in April."), "{diff:?}");
    assert_eq!(shell.json(&["brief", "freeze", &id])["number"], 2);
    let between = shell.json(&["brief", "diff", &id, "1", "--with", "2"]);
    assert_eq!(between["to"]["number"], 2);
    assert!(between["changes"]["sources"].as_array().unwrap().is_empty(), "{between}");
    let unknown = shell.run(&["brief", "diff", &id, "9"]);
    assert_eq!((unknown.code, unknown.err.lines().count()), (1, 1), "{unknown:?}");

    // What is altered does not become an edition.
    std::fs::write(shell.path("bad.md"), markdown.replacen("a decade", "a century", 1)).unwrap();
    assert_eq!(shell.run(&["brief", "edit", &id, "bad.md"]).code, 0);
    assert_eq!(shell.run(&["brief", "freeze", &id]).code, 3);
}

#[test]
fn a_source_that_changed_is_named_with_the_editions_that_rest_on_it() {
    let (shell, id) = desk();
    shell.json(&["brief", "freeze", &id]);
    assert_eq!(shell.json(&["brief", "impact"]).as_array().unwrap().len(), 0);
    // The page says something else now: the quoted words no longer stand.
    std::fs::write(shell.path("treaty.txt"), TREATY.replace("a decade", "twelve years")).unwrap();
    let again = shell.json(&[&["clip", "treaty.txt"], FACTS].concat());
    assert_eq!(again[0]["state"], "new snapshot", "{again}");
    let impact = shell.json(&["brief", "impact"]);
    assert_eq!(impact[0]["edition"]["number"], 1);
    assert_eq!(impact[0]["changes"][0]["what"], "words_gone", "{impact}");
    assert!(impact[0]["sentences"].to_string().contains("opens a door"), "{impact}");
    let changes = shell.json(&["brief", "changes", &id]);
    assert!(changes["markdown"].as_str().unwrap().contains("no longer stand in the source"), "{changes}");
}

#[test]
fn every_format_holds_the_words_and_the_pack_is_verified_without_a_library() {
    let (shell, id) = desk();
    for (format, file) in [("docx", "b.docx"), ("md", "b.md"), ("pack", "b.zip")] {
        let exported = shell.run(&["brief", "export", &id, "--format", format, "-o", file]);
        assert_eq!(exported.code, 0, "{exported:?}");
    }
    let bytes = |name: &str| std::fs::read(shell.path(name)).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes("b.docx"))).unwrap();
    let mut document = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    assert!(document.contains(QUOTE), "{document}");

    let pandoc = shell.run(&["brief", "export", &id, "--format", "md", "--pandoc", "-o", "p.md"]);
    assert_eq!(pandoc.code, 0, "{pandoc:?}");
    let works: serde_json::Value = serde_json::from_slice(&bytes("p.csl.json")).unwrap();
    let key = works[0]["id"].as_str().unwrap();
    assert!(String::from_utf8(bytes("p.md")).unwrap().contains(&format!("[@{key}]")));

    let elsewhere = Shell::new();
    std::fs::copy(shell.path("b.zip"), elsewhere.path("b.zip")).unwrap();
    let sound = elsewhere.run(&["verify", "b.zip"]);
    assert_eq!(sound.code, 0, "{sound:?}");
    assert!(
        sound.out.contains("quotations verified against the pack") && sound.out.contains("\nsound: "),
        "{sound:?}"
    );
    let mut changed = bytes("b.zip");
    let at = changed.windows(QUOTE.len()).position(|words| words == QUOTE.as_bytes()).unwrap();
    changed[at] = b't';
    std::fs::write(elsewhere.path("changed.zip"), changed).unwrap();
    let found = elsewhere.run(&["verify", "changed.zip"]);
    assert_eq!(found.code, 3, "{found:?}");
    assert!(found.out.contains("annotations.jsonld: ") && found.out.contains("NOT SOUND"), "{found:?}");
    assert_eq!(elsewhere.run(&["verify", "absent.zip"]).code, 1);
}

#[test]
#[cfg(feature = "pdf")]
fn the_words_can_be_read_out_of_the_pdf_again() {
    let (shell, id) = desk();
    let exported = shell.run(&["brief", "export", &id, "--format", "pdf", "-o", "b.pdf"]);
    assert_eq!(exported.code, 0, "{exported:?}");
    assert!(std::fs::read(shell.path("b.pdf")).unwrap().starts_with(b"%PDF-1.7"));
    // Our own reader of PDFs takes it as any other.
    let read = shell.json(&["extract", "b.pdf"]);
    let text: String = read["text"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(QUOTE), "{text}");
}
