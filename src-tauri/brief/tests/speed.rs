//! The check of a briefing is fast enough to run at every pause of the keys.

#[path = "support/shelf.rs"]
mod shelf;

use std::time::Instant;

use bilat_brief::export::{self, Bibliography, Options};
use bilat_brief::{check_document, parse};
use shelf::Shelf;

/// Two pages: 40 paragraphs and 24 quotations from six sources of 900 words each; `times` over.
fn briefing(times: usize) -> (String, Shelf) {
    let mut shelf = Shelf::default();
    for source in 0..6 {
        let sentences: Vec<String> = (0..100)
            .map(|n| format!("Sentence {n} of source {source} says that the ferry will not sail."))
            .collect();
        shelf = shelf.with(&format!("source-{source}"), &sentences.join(" "));
    }
    let mut markdown = String::from("---\ntitle: Ferries\npair: NO-FI\n---\n");
    for n in 0..24 * times {
        let (source, sentence) = (n % 6, n % 100);
        markdown.push_str(&format!(
            "The harbour said “Sentence {sentence} of source {source} says that the ferry will not sail” [@source-{source}].\n\n\
             It is likely that the next sailing falls on a day that nobody has named so far [@source-{source}].\n\n"
        ));
    }
    (markdown, shelf)
}

/// Generous in a debug build; `cargo test --release -p bilat-brief --test speed -- --nocapture` prints
/// the real figures.
#[test]
fn two_pages_are_checked_and_previewed_between_two_keys() {
    for (times, most) in [(1, 5.0), (21, 50.0)] {
        let (markdown, shelf) = briefing(times);
        let mut best = (f64::MAX, f64::MAX);
        for _ in 0..7 {
            let start = Instant::now();
            let document = parse(&markdown);
            let check = check_document(&document, &markdown, &shelf);
            best.0 = best.0.min(start.elapsed().as_secs_f64() * 1e3);
            assert_eq!(check.verified as usize, 24 * times);
            let bibliography = Bibliography::new(&document, &shelf);
            let page = export::preview(&document, &check, &bibliography, Options::default());
            best.1 = best.1.min(start.elapsed().as_secs_f64() * 1e3);
            assert!(page.len() > markdown.len());
        }
        println!("{} quotations: check {:.2} ms, check and preview {:.2} ms", 24 * times, best.0, best.1);
        let slow = if cfg!(debug_assertions) { 60.0 } else { 1.0 };
        assert!(best.0 < most * slow, "{best:?}");
    }
}
