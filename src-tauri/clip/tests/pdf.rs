//! What reading PDF promises: paragraphs as they were written, and a reader that may die without taking
//! anybody with it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bilat_clip::{Clipping, Document, Error, Media, apart, clip};
use bilat_core::BlockKind;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Result<Clipping, Error> {
    apart::use_program(env!("CARGO_BIN_EXE_bilat-apart").into());
    clip(&Document { bytes, url: None, media: Media::Pdf, charset: None })
}

/// A line: where it starts, from the bottom left of the page, its size and whether it is bold.
struct Set<'a>(f32, f32, f32, bool, &'a str);

/// A file of pages of lines, each object at its place in the table.
fn file(pages: &[Vec<Set>], info: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< {info} >>"),
    ];
    let mut kids = String::new();
    for page in pages {
        let mut content = String::new();
        for Set(x, y, size, bold, words) in page {
            let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(words);
            let mut escaped = String::new();
            for byte in bytes.iter() {
                match byte {
                    b'(' | b')' | b'\\' => write!(escaped, "\\{}", *byte as char).unwrap(),
                    0x20..=0x7e => escaped.push(*byte as char),
                    _ => write!(escaped, "\\{byte:03o}").unwrap(),
                }
            }
            writeln!(content, "BT /F{} {size} Tf {x} {y} Td ({escaped}) Tj ET", i32::from(*bold)).unwrap();
        }
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
        let stream = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R /Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>"
        ));
        write!(kids, "{} 0 R ", objects.len()).unwrap();
    }
    objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len());
    written(&objects)
}

fn written(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(
        out,
        "trailer << /Size {} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF",
        objects.len() + 1
    )
    .unwrap();
    out.into_bytes()
}

/// Lines of a column, set under each other from `y` down.
fn column<'a>(x: f32, y: f32, lines: &[&'a str]) -> Vec<Set<'a>> {
    lines.iter().enumerate().map(|(at, words)| Set(x, y - 12.0 * at as f32, 10.0, false, words)).collect()
}

const INFO: &str = "/Title (Harbour talks resume after a winter pause) /Author (Ann Other) /CreationDate (D:20260302101112+01'00')";

fn two_columns() -> Vec<Vec<Set<'static>>> {
    let mut first = vec![
        Set(60.0, 810.0, 8.0, false, "THE HARBOUR LETTER No. 7"),
        Set(60.0, 760.0, 20.0, true, "Harbour talks resume"),
        Set(60.0, 736.0, 20.0, true, "after a winter pause"),
        Set(60.0, 712.0, 10.0, false, "By Ann Other"),
        Set(60.0, 698.0, 10.0, false, "2 March 2026"),
    ];
    first.extend(column(
        60.0,
        670.0,
        &[
            "The ferry sailed on time on Monday, the har-",
            "bour office said, and nobody was sick on the",
            "way over to the islands in the north.",
        ],
    ));
    first.push(Set(60.0, 616.0, 12.0, true, "What comes next"));
    first.extend(column(
        60.0,
        596.0,
        &[
            "“We will not sign before the well-",
            "known annex is settled,” said Mara Lund, the",
            "deputy minister of the islands, in a letter to",
        ],
    ));
    first.extend(column(
        320.0,
        670.0,
        &[
            "the harbour office that was sent on Sunday.",
            "",
            "Divers will look at the second pier in April,",
            "whatever the weather. The internation-",
            "alisation of the well-known line is a matter",
            "for the next meeting, which has no day yet and",
        ],
    ));
    first.push(Set(290.0, 30.0, 8.0, false, "1"));
    let mut second = vec![Set(60.0, 810.0, 8.0, false, "THE HARBOUR LETTER No. 7")];
    second.extend(column(
        60.0,
        760.0,
        &["may well have none before the summer, as the", "office of the envoy said on the same evening."],
    ));
    for (at, row) in
        [["Pier", "Depth"], ["First", "7 m"], ["Second", "9 m"], ["Third", "4 m"]].into_iter().enumerate()
    {
        let y = 700.0 - 14.0 * at as f32;
        second.extend([Set(60.0, y, 10.0, false, row[0]), Set(200.0, y, 10.0, false, row[1])]);
    }
    second.push(Set(290.0, 30.0, 8.0, false, "2"));
    vec![first, second]
}

#[test]
fn columns_are_read_one_after_the_other_and_lines_are_joined_into_paragraphs() {
    let clipping = read(&file(&two_columns(), INFO)).unwrap();
    assert_eq!(clipping.title, "Harbour talks resume after a winter pause");
    assert_eq!(clipping.authors, ["Ann Other"]);
    assert_eq!(clipping.published.as_deref(), Some("2026-03-02"));
    let blocks: Vec<_> =
        clipping.blocks[1..].iter().map(|block| block.kind).zip(clipping.paragraphs()).collect();
    assert_eq!(
        blocks,
        [
            (
                BlockKind::Paragraph,
                "The ferry sailed on time on Monday, the harbour office said, and nobody was sick on the way over to the islands in the north."
            ),
            (BlockKind::Heading, "What comes next"),
            (
                BlockKind::Paragraph,
                "“We will not sign before the well-known annex is settled,” said Mara Lund, the deputy minister of the islands, in a letter to the harbour office that was sent on Sunday."
            ),
            (
                BlockKind::Paragraph,
                "Divers will look at the second pier in April, whatever the weather. The internationalisation of the well-known line is a matter for the next meeting, which has no day yet and may well have none before the summer, as the office of the envoy said on the same evening."
            ),
            (BlockKind::Row, "Pier\tDepth"),
            (BlockKind::Row, "First\t7 m"),
            (BlockKind::Row, "Second\t9 m"),
            (BlockKind::Row, "Third\t4 m"),
        ]
    );
    for aside in ["THE HARBOUR LETTER No. 7", "1"] {
        assert!(clipping.set_aside.iter().any(|line| line == aside), "{:?}", clipping.set_aside);
    }
}

#[test]
fn a_day_that_only_the_properties_give_is_a_guess() {
    let page = column(
        60.0,
        760.0,
        &[
            "The ferry sailed on time on Monday, the harbour office said,",
            "and nobody was sick on the way over.",
        ],
    );
    let clipping = read(&file(&[page], INFO)).unwrap();
    assert_eq!(clipping.published.as_deref(), Some("2026-03-02"));
    assert_eq!(clipping.provenance.get("published"), Some(&bilat_clip::Found::Guess));
    assert_eq!(clipping.title, "Harbour talks resume after a winter pause");
}

#[track_caller]
fn one_line(bytes: &[u8], word: &str) {
    let start = Instant::now();
    let message = read(bytes).expect_err("a file without words is refused").to_string();
    assert!(message.contains(word) && !message.contains('\n'), "{message}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn files_made_to_do_harm_end_in_one_line() {
    let sound = file(&two_columns(), INFO);
    one_line(b"%PDF-1.7\n", "could not be read");
    one_line(&file(&[Vec::new()], INFO), "empty");
    one_line(&file(&[], INFO), "could not be read");
    // A nest of arrays, of dictionaries and of pages, and a page that is its own parent.
    for nest in ["[".repeat(200_000), "<<".repeat(200_000), "<< /A [".repeat(100_000), "(".repeat(200_000)] {
        let _ = read(&written(&[nest.clone(), nest]));
    }
    let looped =
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>"];
    one_line(&written(&looped.map(str::to_owned)), "could not be read");
    // A form that draws itself.
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 8 /Resources << /XObject << /X 3 0 R >> >> >>\nstream\n/X Do /X Do\nendstream";
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << /XObject << /X 3 0 R >> >> >>";
    let own = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        form,
        page,
        "<< >>",
    ];
    let start = Instant::now();
    let _ = read(&written(&own.map(str::to_owned)));
    assert!(start.elapsed() < Duration::from_secs(35));
    // Numbers that lie.
    let text = String::from_utf8_lossy(&sound).into_owned();
    for (said, lie) in [
        ("/Count 2", "/Count 2000000000"),
        ("/Length ", "/Length 9999999999"),
        ("842]", "1e38]"),
        (" 10 Tf", " 1e30 Tf"),
    ] {
        let _ = read(text.replace(said, lie).as_bytes());
    }
}

#[test]
fn a_file_that_was_cut_off_gives_what_it_has_or_one_line() {
    let sound = file(&two_columns(), INFO);
    for cut in [9, 100, sound.len() / 3, sound.len() / 2, sound.len() - 40] {
        if let Err(error) = read(&sound[..cut]) {
            assert!(!error.to_string().contains('\n'));
        }
    }
}

#[test]
fn a_stream_that_unpacks_without_end_takes_neither_memory_nor_time() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let lines = b"BT /F0 10 Tf 60 700 Td (The ferry sails and sails.) Tj ET\n".repeat(20_000);
    for _ in 0..200 {
        packed.write_all(&lines).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut out = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F0 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n"
        .to_vec();
    write!(out, "<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).unwrap();
    out.extend_from_slice(&packed);
    out.extend_from_slice(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
    let start = Instant::now();
    let error = read(&out).expect_err("a quarter of a gigabyte of words is no document");
    let message = error.to_string();
    assert!(message.contains("bomb") || message.contains("could not be read"), "{message}");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 4, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_torn_out_of_a_file_there_is_an_answer(at in 0usize..3_000, noise in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut bytes = file(&two_columns(), INFO);
        let at = at.min(bytes.len() - 1);
        let end = (at + noise.len()).min(bytes.len());
        bytes.splice(at..end, noise);
        let start = Instant::now();
        let _ = read(&bytes);
        prop_assert!(start.elapsed() < Duration::from_secs(15));
    }
}
