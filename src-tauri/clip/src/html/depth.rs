//! How deep a page nests, told from its bytes before it is parsed.
//!
//! Parsers and extractors take quadratic time or overflow the stack on pages that nest tens of
//! thousands deep, so such pages are refused before anything builds a tree.

/// Elements that have no content or whose end is implied by the next one: they do not nest.
const FLAT: [&[u8]; 31] = [
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"option",
    b"optgroup",
    b"tr",
    b"td",
    b"th",
    b"thead",
    b"tbody",
    b"tfoot",
    b"rt",
    b"rp",
    b"html",
    b"head",
    b"body",
];
/// Elements whose content is text, in which a tag is no tag.
const RAW: [&[u8]; 5] = [b"script", b"style", b"textarea", b"title", b"xmp"];

/// An element with more attributes than this was not written for a reader, and parsers compare
/// each attribute with all others.
const MOST_ATTRIBUTES: usize = 5000;

/// Writing a run of text takes time that grows with the square of the letters in it that HTML writes out;
/// no run of a real page has more than this.
const MOST_ESCAPES: usize = 100_000;

/// Whether some element has more attributes than any real one, or some run of text more letters that are
/// written out.
pub fn overloaded(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut at, mut escapes) = (0, 0);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        escapes += escaped(&bytes[at..at + found]);
        let start = at + found + 1;
        at = match bytes.get(start) {
            Some(byte) if byte.is_ascii_alphabetic() => {
                let end = end_of_tag(bytes, start);
                // Cheap first: so many attributes need at least so many bytes.
                if escapes > MOST_ESCAPES
                    || (end - start > MOST_ATTRIBUTES * 2 && attributes(&bytes[start..end]) > MOST_ATTRIBUTES)
                {
                    return true;
                }
                escapes = 0;
                after_raw(bytes, start, end)
            }
            Some(b'/') => end_of_tag(bytes, start),
            Some(b'!') => start,
            _ => {
                escapes += 1;
                start
            }
        };
    }
    escapes + escaped(&bytes[at.min(bytes.len())..]) > MOST_ESCAPES
}

/// How many letters of a run of text are written out.
fn escaped(text: &[u8]) -> usize {
    text.iter().filter(|byte| matches!(byte, b'&' | b'>' | 0xa0)).count()
}

/// Where the content of an element that holds no markup ends; `end` for any other element.
fn after_raw(bytes: &[u8], start: usize, end: usize) -> usize {
    let name = RAW.iter().find(|name| {
        let said = bytes.get(start..start + name.len());
        said.is_some_and(|said| said.eq_ignore_ascii_case(name))
            && bytes.get(start + name.len()).is_some_and(|byte| !byte.is_ascii_alphanumeric())
    });
    name.map_or(end, |name| {
        let close = [b"</", *name].concat();
        find(bytes, end, &close).unwrap_or(bytes.len())
    })
}

/// How many attributes a tag has: words outside quotation marks.
fn attributes(tag: &[u8]) -> usize {
    let (mut quote, mut count, mut space) = (None, 0, false);
    for &byte in tag {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, _) => {
                count += usize::from(space && !byte.is_ascii_whitespace());
                space = byte.is_ascii_whitespace() || byte == b'/';
            }
            _ => {}
        }
    }
    count
}

/// The deepest nesting, counted no further than just past `most`.
pub fn deepest(html: &str, most: usize) -> usize {
    let bytes = html.as_bytes();
    let (mut depth, mut deepest, mut at) = (0usize, 0usize, 0usize);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        at += found + 1;
        if bytes[at..].starts_with(b"!--") {
            at = find(bytes, at + 3, b"-->").unwrap_or(bytes.len());
            continue;
        }
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let length = bytes[start..].iter().take(20).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length == 0 || !bytes[start].is_ascii_alphabetic() {
            continue;
        }
        let mut lower = [0u8; 20];
        lower[..length].copy_from_slice(&bytes[start..start + length]);
        lower.make_ascii_lowercase();
        let name = &lower[..length];
        let end = end_of_tag(bytes, start + length);
        let empty = end >= 2 && bytes.get(end - 2) == Some(&b'/');
        at = end;
        if RAW.contains(&name) && !closing {
            let mut close = b"</".to_vec();
            close.extend_from_slice(name);
            at = find(bytes, end, &close).unwrap_or(bytes.len());
        } else if FLAT.contains(&name) || RAW.contains(&name) {
        } else if closing {
            depth = depth.saturating_sub(1);
        } else if !(empty && foreign(name)) {
            depth += 1;
            deepest = deepest.max(depth);
            if deepest > most {
                return deepest;
            }
        }
    }
    deepest
}

/// `<path/>` closes itself; `<div/>` does not.
fn foreign(name: &[u8]) -> bool {
    [
        &b"path"[..],
        b"use",
        b"g",
        b"svg",
        b"circle",
        b"rect",
        b"line",
        b"polygon",
        b"polyline",
        b"ellipse",
        b"stop",
        b"image",
    ]
    .contains(&name)
}

/// Just past the `>` that ends the tag, quoted attribute values stepped over.
fn end_of_tag(bytes: &[u8], mut at: usize) -> usize {
    let mut quote = None;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if bytes[..at - 1].ends_with(b"=") => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    at
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let hit = |window: &[u8]| window.eq_ignore_ascii_case(wanted);
    bytes.get(from..)?.windows(wanted.len()).position(hit).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_of_thousands_of_attributes_is_noticed_and_a_long_address_is_not() {
        let many = " a=1".repeat(6000);
        assert!(overloaded(&format!("<p{many}>words")));
        assert!(!overloaded(&format!("<img src='data:image/png;base64,{}'>", "a b ".repeat(50_000))));
    }

    #[test]
    fn a_run_of_letters_that_are_written_out_is_noticed_and_a_script_is_not() {
        let many = "&amp;".repeat(MOST_ESCAPES + 1);
        assert!(overloaded(&format!("<p>{many}")) && overloaded(&format!("<p>{many}</p>")));
        assert!(overloaded(&"<".repeat(MOST_ESCAPES + 1)));
        assert!(!overloaded(&format!("<script>{many}</script><p>a &lt; b")));
        assert!(!overloaded(&"<p>a &amp; b".repeat(MOST_ESCAPES)));
    }

    #[test]
    fn depth_is_counted_and_flat_elements_are_not() {
        assert_eq!(deepest("<div><p>a<p>b<br><img src='a>b'><ul><li>c<li>d</ul></div><div></div>", 50), 2);
        assert_eq!(deepest("<script>'<div><div>'</script><!-- <div><div> --><b>x</b>", 50), 1);
        assert_eq!(deepest(&"<div>".repeat(100_000), 500), 501);
    }
}
