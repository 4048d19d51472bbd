//! Words into WordprocessingML: the one place where text becomes XML.

use std::fmt::Write;

/// `words` as XML text. What XML 1.0 cannot hold was taken out before, and is taken out here again.
pub(super) fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' && !matches!(c, '\t' | '\n' | '\r') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// `words` as the value of an attribute.
pub(super) fn attribute(words: &str) -> String {
    text(words)
}

/// A paragraph in a named style around `runs`.
pub(super) fn paragraph(style: &str, runs: &str) -> String {
    paragraph_with(style, "", runs)
}

/// A paragraph in a named style with `more` properties, which stand after the style in the schema.
pub(super) fn paragraph_with(style: &str, more: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{runs}</w:p>")
}

/// Runs of `words` with the properties `properties`. Stretches that run from right to left say so, or
/// Word would set them in the font, and sometimes the order, of the others.
pub(super) fn run(properties: &str, words: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    let mut right = false;
    for (at, c) in words.char_indices() {
        let goes_right = runs_right_to_left(c) || right && !c.is_alphabetic();
        if goes_right != right {
            piece(&mut out, properties, right, &words[from..at]);
            (from, right) = (at, goes_right);
        }
    }
    piece(&mut out, properties, right, &words[from..]);
    out
}

fn piece(out: &mut String, properties: &str, right: bool, words: &str) {
    if words.is_empty() {
        return;
    }
    // The schema wants the language last, and `rtl` before it.
    let (before, language) = match properties.find("<w:lang") {
        Some(at) => properties.split_at(at),
        None => (properties, ""),
    };
    let right = if right { "<w:rtl/>" } else { "" };
    let properties = format!("{before}{right}{language}");
    let properties = if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") };
    let _ = write!(out, "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", text(words));
}

/// Whether a character belongs to a script that runs from right to left.
pub(super) fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// A field that Word works out, with what it shows until then.
pub(super) fn field(code: &str, shown: &str) -> String {
    styled_field("", code, shown)
}

/// A field whose parts have the properties `properties`.
pub(super) fn styled_field(properties: &str, code: &str, shown: &str) -> String {
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    let mark = |kind: &str| format!("<w:r>{properties}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r>{properties}<w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>{}<w:r>{properties}<w:t>{shown}</w:t></w:r>{}",
        mark("begin"),
        mark("separate"),
        mark("end")
    )
}

/// An address with everything encoded that RFC 3986 does not allow; Word calls a file damaged otherwise.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let bytes = url.trim().as_bytes();
    let mut fragment = false;
    for (at, byte) in bytes.iter().enumerate() {
        let escape = bytes.get(at + 1..at + 3).is_some_and(|next| next.iter().all(u8::is_ascii_hexdigit));
        let kept = match byte {
            b'#' => !std::mem::replace(&mut fragment, true),
            b'%' => escape,
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'@' | b'!' | b'$' | b'&' | b'\'' | b'('
            | b')' | b'*' | b'+' | b',' | b';' | b'=' => true,
            byte => byte.is_ascii_alphanumeric(),
        };
        if kept {
            out.push(char::from(*byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        assert_eq!(text("</w:t>]]>&\"\u{0}\u{FFFE}"), "&lt;/w:t&gt;]]&gt;&amp;&quot;\u{FFFD}");
    }

    #[test]
    fn stretches_that_run_from_right_to_left_say_so() {
        let runs = run("<w:b/><w:bCs/><w:lang w:val=\"he\"/>", "a שלום, ב b");
        assert_eq!(runs.matches("<w:rtl/><w:lang").count(), 1);
        assert_eq!(runs.matches("<w:r>").count(), 3);
    }

    #[test]
    fn an_address_holds_only_what_an_address_may() {
        assert_eq!(address("https://a/ b%c?x=[1]#y#z"), "https://a/%20b%25c?x=%5B1%5D#y%23z");
        assert_eq!(address("https://a/%D0%BF"), "https://a/%D0%BF");
    }
}
