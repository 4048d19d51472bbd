//! A machine with much else to do: the process that reads a page gets its turn late, and the page is read.
//!
//! A test of its own, because the program that reads apart is named once in a process.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use bilat_clip::{Document, Media, apart, clip};

const WORDS: &str = "<p>The harbour office said on Monday that the ferry would sail in April, whatever the divers found there.</p>";

/// A page that is read apart: it carries a picture of 5 MiB.
fn page(body: &str) -> String {
    let picture = format!("<img src='data:image/png;base64,{}'>", "A".repeat(5 << 20));
    format!("<!doctype html><title>The ferry</title><article><h1>The ferry</h1>{picture}{body}</article>")
}

#[test]
fn a_page_is_read_however_late_its_reader_gets_its_turn_and_no_longer_than_its_share() {
    let folder = std::env::temp_dir().join(format!("bilat-slow-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join("late");
    // Nothing of the three seconds is the processor's.
    let script = format!("#!/bin/sh\nsleep 3\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_bilat-apart"));
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    apart::use_program(program);

    let begun = Instant::now();
    let body = WORDS.repeat(8);
    let read =
        clip(&Document { bytes: page(&body).as_bytes(), url: None, media: Media::Html, charset: None });
    assert_eq!(read.map(|read| read.paragraphs().len()), Ok(8));
    assert!(begun.elapsed() >= Duration::from_secs(3), "it was read apart");

    // What takes the processor and not the clock is ended by its share, and says so.
    let hostile = page(&format!("{}{body}", "<p><a href=/x>link</a></p>".repeat(400_000)));
    let begun = Instant::now();
    let refused = clip(&Document { bytes: hostile.as_bytes(), url: None, media: Media::Html, charset: None });
    let message = refused.unwrap_err().to_string();
    assert!(begun.elapsed() < Duration::from_secs(16), "{message}");
    std::fs::remove_dir_all(folder).unwrap();
}
