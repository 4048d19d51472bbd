//! Tags and text of HTML that no parser would accept: bookmark files, notes, downloads.
//!
//! Nothing here needs a tree, and ten thousand folders inside each other must cost no stack, so it is
//! one pass over the text: a tag opens, a tag closes, words stand between.

use quick_xml::escape::resolve_html5_entity;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A tag that opens; its name as written, and what follows the name.
    Open(&'a str, &'a str),
    /// A tag that closes.
    Close(&'a str),
    /// What stands between, with its entities.
    Text(&'a str),
}

/// The pieces of `page` in order; comments, declarations, scripts and styles are left out.
pub fn pieces(page: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(after) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, more) = rest.split_at(end);
                rest = more;
                return Some(Piece::Text(text));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, more)| more);
                continue;
            }
            let starts = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
            if !after.starts_with(starts) {
                // A “less than” that opens nothing.
                let end = after.find('<').map_or(rest.len(), |at| at + 1);
                let (text, more) = rest.split_at(end);
                rest = more;
                return Some(Piece::Text(text));
            }
            let end = tag_end(after);
            let tag = &after[..end];
            rest = after.get(end + 1..).unwrap_or("");
            if let Some(closed) = tag.strip_prefix('/') {
                return Some(Piece::Close(closed.trim()));
            }
            if tag.starts_with(['!', '?']) {
                continue;
            }
            let (name, attributes) =
                tag.split_once(|c: char| c.is_whitespace() || c == '/').unwrap_or((tag, ""));
            if let Some(raw) = ["script", "style"].iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
                rest = skipped(rest, raw);
                continue;
            }
            return Some(Piece::Open(name, attributes));
        }
    })
}

/// Where a tag ends: at the first `>` outside quotation marks.
fn tag_end(tag: &str) -> usize {
    let mut quoted = None;
    let mut valued = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quoted, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if valued => quoted = Some(byte),
            (Some(mark), _) if byte == mark => quoted = None,
            _ => {}
        }
        valued = byte == b'=' || (valued && byte == b' ');
    }
    // A quotation mark that never closes: the tag ends at the first `>` after all.
    tag.find('>').unwrap_or(tag.len())
}

fn skipped<'a>(page: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = page[from..].find("</").map(|at| from + at) {
        let tag = &page[at + 2..];
        if tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return tag.split_once('>').map_or("", |(_, more)| more);
        }
        from = at + 2;
    }
    ""
}

/// The value of an attribute, its entities resolved.
pub fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        // A stray sign must not keep us here for ever.
        let end = end.max(rest.chars().next().map_or(1, char::len_utf8));
        let (name, after) = rest.split_at(end);
        let spaced = after.trim_start();
        let Some(value) = spaced.strip_prefix('=').map(str::trim_start) else {
            rest = after;
            continue;
        };
        let (value, more) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolved(value));
        }
        rest = more;
    }
}

/// The characters that entities stand for; what is no entity stays as it is.
pub fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 32);
        let found = name.and_then(|name| match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                };
                code.and_then(char::from_u32).filter(|c| *c != '\0').map(String::from)
            }
            None => resolve_html5_entity(name).map(str::to_owned),
        });
        match (found, name) {
            (Some(found), Some(name)) => {
                out.push_str(&found);
                rest = &rest[name.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

const BLOCKS: [&str; 21] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "hr",
    "pre",
    "dt",
    "dd",
];

/// The paragraphs of a page: its words, divided where a block element divides them.
pub fn paragraphs(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut line = String::new();
    let mut end = |line: &mut String| {
        let tidy = bilat_core::normalise_spaces(line);
        if !tidy.is_empty() {
            found.push(tidy);
        }
        line.clear();
    };
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) => line.push_str(&resolved(text)),
            Piece::Open(name, _) | Piece::Close(name) => {
                if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
                    end(&mut line);
                } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
                    line.push(' ');
                }
            }
        }
    }
    end(&mut line);
    found
}

/// A note in HTML as plain text, a line a paragraph; plain text stays as it is.
pub fn note(text: &str) -> String {
    if text.contains('<') && text.contains('>') {
        paragraphs(text).join("\n\n")
    } else {
        resolved(text.trim())
    }
}

/// `text` as it stands in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page of its own for the body of an article that another program kept without its head, so that
/// the document says by itself what it is.
pub fn page(
    body: &str,
    title: &str,
    outlet: Option<&str>,
    authors: &[String],
    published: Option<&str>,
) -> Vec<u8> {
    let mut head = format!("<meta charset=\"utf-8\"><title>{}</title>", escaped(title));
    let mut meta = |name: &str, value: &str| {
        head.push_str(&format!("<meta name=\"{name}\" content=\"{}\">", escaped(value)));
    };
    for author in authors {
        meta("author", author);
    }
    if let Some(published) = published {
        meta("article:published_time", published);
    }
    if let Some(outlet) = outlet {
        meta("og:site_name", outlet);
    }
    let heading = if title.is_empty() { String::new() } else { format!("<h1>{}</h1>", escaped(title)) };
    format!(
        "<!doctype html><html><head>{head}</head><body><article>{heading}\n{body}</article></body></html>"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_soup_is_taken_apart() {
        let page = "<!DOCTYPE x><!-- <a> --><DT><A HREF=\"https://a.example/?x=1&amp;y=>2\" TAGS='b,c'>1 < 2 &amp; 3</A><script>if(a<b)</script>!";
        let found: Vec<Piece<'_>> = pieces(page).collect();
        let Piece::Open("A", attributes) = &found[1] else { panic!("{found:?}") };
        assert_eq!(attribute(attributes, "href").unwrap(), "https://a.example/?x=1&y=>2");
        assert_eq!(attribute(attributes, "tags").unwrap(), "b,c");
        assert_eq!(attribute(attributes, "none"), None);
        assert_eq!(paragraphs(page), ["1 < 2 & 3!"]);
    }

    #[test]
    fn unended_tags_and_entities_end_with_the_text() {
        for page in [
            "<",
            "<a",
            "<a href=\"",
            "&",
            "&#xFFFFFFFF;",
            "<script>",
            "</",
            "<!--",
            "a<b",
            "<a ===>",
            "<a =\"x\">b",
        ] {
            let _ = paragraphs(page);
            pieces(page).for_each(|piece| {
                if let Piece::Open(_, attributes) = piece {
                    let _ = attribute(attributes, "href");
                }
            });
        }
        assert_eq!(resolved("&eacute;&#233;&#xe9;&nope;&"), "ééé&nope;&");
    }

    #[test]
    fn a_note_keeps_its_paragraphs() {
        assert_eq!(note("<div><p>One<br>two</p><p>Three &amp; four</p></div>"), "One\n\ntwo\n\nThree & four");
        assert_eq!(note("plain &amp; simple"), "plain & simple");
    }
}
