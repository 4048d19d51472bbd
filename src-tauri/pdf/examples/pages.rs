//! Lays a Markdown file out as PDF or DOCX with invented sources, so that the pages can be looked at:
//! `cargo run -p bilat-pdf --example pages -- FILE OUT`.

use std::time::Instant;

use bilat_brief::export::{self, Bibliography, Options, Printed};
use bilat_brief::{Cited, Sources, check_document, parse};
use bilat_core::{CiteKey, Reliability};

/// Every key names something.
struct Anything;

impl Sources for Anything {
    fn cited(&self, key: &CiteKey) -> Option<Cited> {
        Some(Cited {
            key: key.clone(),
            article_key: key.clone(),
            title: "Talks end without a date".into(),
            outlet: Some("The Harbour Courier".into()),
            byline: Some("A. Writer".into()),
            published: "2026-03-08".parse().ok(),
            url: Some(format!("https://example.org/2026/03/08/{key}")),
            credit: None,
            language: None,
            clipped_at: "2026-03-09T08:00:00Z".into(),
            reliability: Reliability::B,
            credibility: None,
            speaker: None,
            role: None,
            text: String::new(),
            blocks: vec![],
            earlier: vec![],
            spans: vec![],
            translation: None,
        })
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (file, out) =
        arguments.next().zip(arguments.next()).ok_or("two files: the Markdown and what to write")?;
    let markdown = std::fs::read_to_string(file)?;
    let document = parse(&markdown);
    let check = check_document(&document, &markdown, &Anything);
    let works = Bibliography::new(&document, &Anything);
    let printed = Printed::new(&document, &check, &works, Options::default());
    let started = Instant::now();
    if std::path::Path::new(&out).extension().is_some_and(|ending| ending == "docx") {
        std::fs::write(&out, export::docx(&printed, None))?;
    } else {
        let pdf = bilat_pdf::pdf(&printed, Vec::new)?;
        println!("{} pages, without a font: {:?}", pdf.pages, pdf.missing);
        std::fs::write(&out, pdf.bytes)?;
    }
    println!("{out}: {:?}", started.elapsed());
    Ok(())
}
