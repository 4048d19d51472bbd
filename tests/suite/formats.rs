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
