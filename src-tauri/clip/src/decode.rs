//! Bytes to text, by evidence: byte order mark, then valid UTF-8, then what the transfer says, then
//! what the page says of itself, then what the bytes look like (F-8).
//!
//! Valid UTF-8 goes before every label because bytes that are not ASCII and still form valid UTF-8
//! are never anything else, while labels are often left over from an older site. Only ISO-2022-JP,
//! which is written in ASCII bytes, is believed before it.
//! Bytes that fit nothing become U+FFFD, which the reader sees: none is dropped.

use std::borrow::Cow;

use bilat_core::{Charset, CharsetFound};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Error, Media};

/// A page declares its encoding within its first 1,024 bytes (HTML standard, 4.2.5.4).
const DECLARED_WITHIN: usize = 1024;
/// Enough bytes to tell an encoding; a detector over 64 MiB would only be slower.
const ENOUGH: usize = 1 << 20;

/// A document's words, and in which encoding they were read.
#[derive(Debug)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub charset: Charset,
}

/// Decodes `bytes`. `transfer` is the label that HTTP or a message gave them.
pub fn decode<'a>(bytes: &'a [u8], media: Media, transfer: Option<&str>) -> Result<Decoded<'a>, Error> {
    let read = |encoding: &'static Encoding, bytes: &'a [u8], found| Decoded {
        text: encoding.decode_without_bom_handling(bytes).0,
        charset: Charset { name: encoding.name().to_owned(), found },
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read(encoding, &bytes[mark..], CharsetFound::Mark));
    }
    let transfer = transfer.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = transfer.filter(|said| wide(said) && bytes.contains(&0)) {
        return Ok(read(encoding, bytes, CharsetFound::Transfer));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(read(encoding, bytes, CharsetFound::Bytes));
    }
    if let Some(what) = binary(bytes) {
        return Err(Error::Binary { what: what.into() });
    }
    let transfer = transfer.filter(|said| !wide(said)).map(|encoding| (encoding, CharsetFound::Transfer));
    let page = || (media != Media::Text).then(|| declared(bytes)).flatten();
    let said = transfer.or_else(|| page().map(|encoding| (encoding, CharsetFound::Page)));
    if let Some((encoding, found)) = said.filter(|(said, _)| *said == ISO_2022_JP && bytes.contains(&0x1b)) {
        return Ok(read(encoding, bytes, found));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Bytes of ASCII alone fit any label, so the label given is as good as ours.
        let found = said.filter(|(said, _)| *said == UTF_8).map_or(CharsetFound::Bytes, |(_, found)| found);
        let charset = Charset { name: UTF_8.name().to_owned(), found };
        return Ok(Decoded { text: Cow::Borrowed(text), charset });
    }
    // A page that says UTF-8 but has a few torn bytes is UTF-8 still, and the torn ones show; one whose letters are
    // torn throughout is not.
    let said = said.filter(|(said, _)| *said != UTF_8 || !torn(bytes));
    let (encoding, found) = said.unwrap_or_else(|| (detected(bytes), CharsetFound::Guess));
    Ok(read(encoding, bytes, found))
}

/// Whether bytes that are no UTF-8 outnumber the letters beyond ASCII that are.
fn torn(bytes: &[u8]) -> bool {
    const FEW: usize = 4;
    let text = String::from_utf8_lossy(bytes);
    let (broken, whole) = text.chars().filter(|c| !c.is_ascii()).fold((0, 0), |(broken, whole), c| {
        if c == char::REPLACEMENT_CHARACTER { (broken + 1, whole) } else { (broken, whole + 1) }
    });
    broken > FEW && broken > 2 * whole
}

fn wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// ASCII in UTF-16 has a zero in every other byte; nothing else that is text has.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2048) & !1];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |offset| sample.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        () if odd * 10 > half * 7 && even * 20 < half => Some(UTF_16LE),
        () if even * 10 > half * 7 && odd * 20 < half => Some(UTF_16BE),
        () => None,
    }
}

/// What the bytes are when they are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "an archive or office file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a media file"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\x28\xb5\x2f\xfd", "a compressed file"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3\0", "a database"),
        (b"\xd0\xcf\x11\xe0", "an office file"),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(what);
    }
    let sample = &bytes[..bytes.len().min(ENOUGH)];
    let control = |byte: &u8| matches!(byte, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f);
    let odd = sample.iter().filter(|byte| control(byte)).count();
    (sample.contains(&0) || odd * 50 > sample.len()).then_some("binary data")
}

/// The encoding that the page's `<meta>` or XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let after =
        ["charset", "encoding"].iter().find_map(|word| head.split_once(word)).map(|(_, rest)| rest)?;
    let label: String = after
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''))
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    // A page that can be read far enough to find this label is not UTF-16 (HTML standard, 13.2.3.2).
    Encoding::for_label(label.as_bytes()).map(|found| if wide(found) { UTF_8 } else { found })
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = &bytes[..bytes.len().min(ENOUGH)];
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(bytes: &[u8], media: Media) -> String {
        decode(bytes, media, None).unwrap().text.into_owned()
    }

    #[track_caller]
    fn labelled(bytes: &[u8], transfer: &str) -> (String, &'static str, CharsetFound) {
        let Decoded { text, charset } = decode(bytes, Media::Html, Some(transfer)).unwrap();
        (text.into_owned(), Encoding::for_label(charset.name.as_bytes()).unwrap().name(), charset.found)
    }

    #[test]
    fn the_byte_order_mark_goes_before_everything() {
        assert_eq!(read(b"\xff\xfeA\0b\0", Media::Unknown), "Ab");
        assert_eq!(read(b"\xef\xbb\xbf\xc3\xa9", Media::Unknown), "é");
    }

    #[test]
    fn utf16_without_a_mark_is_text_not_binary() {
        let bytes: Vec<u8> = "Talks resume".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bytes, Media::Unknown), "Talks resume");
    }

    #[test]
    fn the_page_names_its_own_encoding() {
        let page = b"<meta charset=windows-1251><p>\xcc\xee\xf1\xea\xe2\xe0";
        assert!(read(page, Media::Html).ends_with("Москва"));
    }

    #[test]
    fn a_wrong_label_does_not_spoil_valid_utf8() {
        let page = "<meta charset=iso-8859-1><p>Zürich".as_bytes();
        assert!(read(page, Media::Html).ends_with("Zürich"));
    }

    #[test]
    fn unlabelled_bytes_are_read_by_what_they_look_like() {
        let bytes = b"Le ministre a d\xe9clar\xe9 que la r\xe9union \xe9tait annul\xe9e apr\xe8s l'\xe9chec";
        assert!(read(bytes, Media::Text).contains("déclaré que la réunion était annulée"));
    }

    #[test]
    fn torn_utf8_shows_where_it_is_torn() {
        let text = read(b"<meta charset=utf-8><p>Caf\xc3\xa9 \xff end", Media::Html);
        assert!(text.ends_with("Café \u{fffd} end"), "{text}");
    }

    #[test]
    fn the_label_of_the_transfer_goes_before_the_pages_own() {
        let page = b"<meta charset=utf-8><p>\xcc\xee\xf1\xea\xe2\xe0";
        let (text, name, found) = labelled(page, " windows-1251");
        assert!(text.ends_with("Москва"), "{text}");
        assert_eq!((name, found), ("windows-1251", CharsetFound::Transfer));
        let (text, _, found) = labelled(b"<meta charset=windows-1251><p>\xcc\xee\xf1", "no such charset");
        assert!(text.ends_with("Мос"), "{text}");
        assert_eq!(found, CharsetFound::Page);
    }

    #[test]
    fn a_byte_order_mark_and_valid_utf8_go_before_the_label_of_the_transfer() {
        let (text, name, found) = labelled(b"\xef\xbb\xbf<p>\xc3\xa9", "windows-1251");
        assert_eq!((text.as_str(), name, found), ("<p>é", "UTF-8", CharsetFound::Mark));
        let (text, name, found) = labelled("<p>Zürich".as_bytes(), "iso-8859-1");
        assert_eq!((text.as_str(), name, found), ("<p>Zürich", "UTF-8", CharsetFound::Bytes));
    }

    #[test]
    fn encodings_that_hide_in_ascii_or_in_zeros_are_believed_when_they_are_named() {
        let (text, _, found) = labelled(b"<p>\x1b$B4A;z\x1b(B", "iso-2022-jp");
        assert_eq!((text.as_str(), found), ("<p>漢字", CharsetFound::Transfer));
        let bytes: Vec<u8> = "<p>会談は再開".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(labelled(&bytes, "utf-16be").0, "<p>会談は再開");
    }

    #[test]
    fn pictures_archives_and_noise_are_not_text() {
        for bytes in [&b"\x89PNG\r\n\x1a\n"[..], b"%PDF-1.7", b"PK\x03\x04abc", b"ab\0cd ef gh ij"] {
            assert!(matches!(decode(bytes, Media::Unknown, None), Err(Error::Binary { .. })));
        }
    }

    #[test]
    fn a_page_that_says_utf_8_and_is_not_is_read_as_what_it_is() {
        let words = "Переговоры в порту начнутся в понедельник, сообщила администрация гавани.";
        let page = format!("<meta charset=utf-8><p>{words}</p>");
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&page);
        let decoded = decode(&bytes, Media::Html, None).unwrap();
        assert!(decoded.text.contains(words), "{}", decoded.text);
        assert_eq!(decoded.charset.found, CharsetFound::Guess);
    }
}
