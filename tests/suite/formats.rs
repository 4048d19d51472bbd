//! Files of every kind through `bilat clip`: each document becomes an article, and what fails fails alone.

use serde_json::Value;

use crate::cli::Shell;

const FERRY: &str =
    "The ferry sailed on time on Monday, the harbour office said, and nobody was sick on the way over.";

fn page(title: &str) -> String {
    format!(
        "<!doctype html><html lang=en><title>{title}</title><article><h1>{title}</h1><p>{FERRY}</p><p>The {title} was the first of \
         its kind since the autumn, and the office asked whoever wants to know more to write before Friday.</p></article></html>"
    )
}

fn record(url: &str, status: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-02T10:11:12Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

/// A PDF file of one page with these lines.
fn pdf(lines: &[&str]) -> String {
    let text: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("BT /F 10 Tf 60 {} Td ({line}) Tj ET\n", 760 - 12 * at))
        .collect();
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font \
         /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length {} >>\nstream\n{text}endstream\nendobj\n\
         trailer << /Root 1 0 R >>\n%%EOF",
        text.len()
    )
}

fn capture(shell: &Shell, key: &str) -> Value {
    shell.json(&["show", key])["snapshots"][0]["capture"].clone()
}

#[test]
fn an_archive_of_pages_becomes_an_article_a_page_and_names_what_it_lacks() {
    let shell = Shell::new();
    let archive = [
        record("https://harbour.example/a", "200 OK", &page("Ferry")),
        record("https://harbour.example/gone", "404 Not Found", "<p>Gone"),
        record("https://harbour.example/b", "200 OK", &page("Pier")),
    ];
    std::fs::write(shell.path("pages.warc"), archive.concat()).unwrap();
    let answer = shell.run(&["--json", "clip", "pages.warc"]);
    assert_eq!(answer.code, 1, "what the archive lacks is a failure: {}", answer.err);
    assert!(answer.err.contains("/gone") && answer.err.contains("404"), "{}", answer.err);
    assert!(answer.err.contains("1 of 3 documents were not clipped"), "{}", answer.err);
    let clipped: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(clipped.as_array().unwrap().len(), 2);
    let capture = capture(&shell, clipped[0]["key"].as_str().unwrap());
    assert_eq!(
        (capture["method"].as_str(), capture["media_type"].as_str()),
        (Some("file"), Some("text/html"))
    );
    assert_eq!(capture["url"], "https://harbour.example/a");
    assert_eq!(capture["captured_at"], "2026-03-02T10:11:12Z", "when the archive was made");
    assert_eq!(capture["file_name"], "pages.warc");
    let again = shell.run(&["--json", "clip", "pages.warc"]);
    let again: Value = serde_json::from_str(&again.out).unwrap();
    assert!(again.as_array().unwrap().iter().all(|one| one["state"] == "unchanged"), "{again}");
}

#[test]
fn a_folder_of_files_of_every_kind_is_clipped_file_by_file() {
    let shell = Shell::new();
    let folder = shell.path("in");
    std::fs::create_dir(&folder).unwrap();
    let (start, end) = FERRY.split_at(FERRY.find("the harbour").unwrap());
    std::fs::write(folder.join("a.pdf"), pdf(&["Ferry on time", "", start, end])).unwrap();
    std::fs::write(
        folder.join("b.eml"),
        format!("From: Harbour Letter <a@harbour.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nMessage-ID: <1@x>\nSubject: Letter seven\n\n{FERRY}\n"),
    )
    .unwrap();
    std::fs::write(
        folder.join("c.mht"),
        format!(
            "Snapshot-Content-Location: https://harbour.example/c\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\n{}\n--x--\n",
            page("Saved")
        ),
    )
    .unwrap();
    std::fs::write(folder.join("d.pdf"), "%PDF-1.4\nnothing").unwrap();
    let answer = shell.run(&["--json", "clip", "in"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("d.pdf") && answer.err.contains("could not be read"), "{}", answer.err);
    let clipped: Value = serde_json::from_str(&answer.out).unwrap();
    let kinds: Vec<String> = clipped
        .as_array()
        .unwrap()
        .iter()
        .map(|one| capture(&shell, one["key"].as_str().unwrap())["media_type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["application/pdf", "message/rfc822", "multipart/related"]);
    let letter = shell.json(&["show", clipped[1]["key"].as_str().unwrap()]);
    assert_eq!(
        (letter["title"].as_str(), letter["published"].as_str()),
        (Some("Letter seven"), Some("2026-03-02"))
    );
}

#[test]
fn extract_reads_a_pdf_file_in_a_process_of_its_own() {
    let shell = Shell::new();
    std::fs::write(
        shell.path("a.pdf"),
        pdf(&["The ferry sailed on time on Monday, the har-", "bour office said, and the harbour is calm."]),
    )
    .unwrap();
    let extracted = shell.json(&["extract", "a.pdf"]);
    assert_eq!(
        extracted["paragraphs"][0],
        "The ferry sailed on time on Monday, the harbour office said, and the harbour is calm."
    );
}

/// What a note says: address, title, standfirst, authors, day, tags, first words.
type Note = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static [&'static str],
    Option<&'static str>,
    &'static [&'static str],
    &'static str,
);

/// A note of each program.
const NOTES: [Note; 5] = [
    (
        "https://courier.example/2026/03/new-ferry",
        "The harbour's new ferry",
        Some("The harbour office has ordered a second ferry."),
        &["Ann Other", "Bo Else"],
        Some("2026-03-02"),
        &["ferry", "harbour", "tolls"],
        "The harbour office ordered a second ferry on Monday",
    ),
    (
        "https://courier.example/pilots",
        "Pilots refuse the night shift",
        None,
        &["Cy Third"],
        None,
        &["night shift", "pilots"],
        "The pilots of the north harbour refuse the night shift",
    ),
    (
        "https://courier.example/tolls?page=1",
        "Tolls rise at three harbours",
        Some("Three harbours ask more of grain ships."),
        &["Dee Fourth"],
        None,
        &["tolls", "Trade: harbours"],
        "Three harbours will ask a tenth more of grain ships",
    ),
    (
        "https://courier.example/ferry-pact",
        "Ministers sign: a pact on ferries",
        Some("Two harbours agree on one timetable."),
        &["Ann Other", "Bo Else"],
        Some("2026-03-02"),
        &["clippings", "harbour/ferry"],
        "The ministers of the two harbours signed a pact on ferries",
    ),
    (
        "https://courier.example/grain",
        "Grain goes by the north harbour again",
        Some("The first grain ship of the year has left."),
        &["Ann Other", "Bo Else"],
        Some("2026-02-27"),
        &["grain", "north harbour"],
        "The first grain ship of the year left the north harbour",
    ),
];

#[test]
fn notes_with_front_matter_keep_what_their_programs_say_of_them() {
    let notes = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/notes");
    for (command, unchanged) in [("clip", ["import", "clip"]), ("import", ["clip", "import"])] {
        let shell = Shell::new();
        let folder = notes.to_str().unwrap();
        let done = shell.run(&["--json", command, folder]);
        assert_eq!(done.code, 0, "{}", done.err);
        let listed = shell.json(&["list"]);
        assert_eq!(listed["total"], NOTES.len());
        for (url, title, standfirst, authors, day, tags, words) in NOTES {
            let all: Vec<Value> = listed["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| shell.json(&["show", row["key"].as_str().unwrap()]))
                .collect();
            let note =
                all.iter().find(|note| note["url"] == url).unwrap_or_else(|| panic!("{url} in {all:#?}"));
            assert_eq!((note["title"].as_str(), note["standfirst"].as_str()), (Some(title), standfirst));
            assert_eq!(note["byline"], authors.join(", "), "{url}");
            assert_eq!(note["published"].as_str(), day, "{url}");
            assert_eq!(note["tags"], serde_json::json!(tags), "{url}");
            let first = note["paragraphs"][0].as_str().unwrap();
            assert!(first.starts_with(words), "{first}");
            let text = note["paragraphs"].to_string();
            assert!(
                !["==", "[[", "pilot boat", "office.jpg"].iter().any(|markup| text.contains(markup)),
                "{text}"
            );
        }
        for again in unchanged {
            assert_eq!(shell.run(&["--json", again, folder]).code, 0);
        }
        assert_eq!(shell.json(&["list"])["total"], NOTES.len(), "{command}, then again in both ways");
    }
}

#[test]
fn a_note_was_saved_when_its_program_says_so() {
    let shell = Shell::new();
    let notes = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/notes/joplin.md");
    let clipped = shell.json(&["clip", notes.to_str().unwrap()]);
    let capture = capture(&shell, clipped[0]["key"].as_str().unwrap());
    assert_eq!(capture["captured_at"], "2026-03-05T09:10:11Z");
}
