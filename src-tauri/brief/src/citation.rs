//! Finds Pandoc's citations, `[@key]`, `[@key, ¶3]`, `[@a; @b]`, in parsed text.
//!
//! They are read from the text after Markdown was parsed, not from the source: a citation in code,
//! in a link or behind a backslash is none.

use crate::document::{Citation, CitationItem, Inline};

/// The longest citation, in characters; a bracket that opens none must not cost the whole paragraph.
const LONGEST: usize = 2000;

/// Replaces the citations in `inlines`, which stand beside each other, by `Inline::Citation`.
pub(crate) fn lift(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    let mut at = 0;
    let mut from = 0; // first byte of inlines[at] not yet given out
    'next: while at < inlines.len() {
        if let Inline::Text { text, escaped, .. } = &inlines[at] {
            for (open, _) in text[from..].match_indices('[') {
                let open = from + open;
                if *escaped && open == 0 {
                    continue;
                }
                let Some((written, end, end_byte)) = bracket(&inlines, at, open) else { continue };
                let Some(items) = items(&written) else { continue };
                out.extend(piece(&inlines[at], from, open));
                let start = place(&inlines[at], open);
                let stop = place(&inlines[end], end_byte - 1) + 1;
                out.push(Inline::Citation(Citation { items, at: start..stop }));
                (at, from) = (end, end_byte);
                continue 'next;
            }
            out.extend(piece(&inlines[at], from, text.len()));
        } else {
            out.push(inlines[at].clone());
        }
        (at, from) = (at + 1, 0);
    }
    out
}

/// The text between the bracket at `open` of `inlines[at]` and its closing one, and where that ends.
fn bracket(inlines: &[Inline], at: usize, open: usize) -> Option<(String, usize, usize)> {
    let mut written = String::new();
    for (index, inline) in inlines.iter().enumerate().skip(at) {
        match inline {
            Inline::Text { text, escaped, .. } => {
                let first = if index == at { open + 1 } else { 0 };
                for (byte, c) in text[first..].char_indices() {
                    match c {
                        '[' => return None,
                        ']' if *escaped && first + byte == 0 => return None,
                        ']' => return Some((written, index, first + byte + 1)),
                        _ => written.push(c),
                    }
                    // The key comes at once, so anything else is not worth reading on.
                    if written.len() > LONGEST || !written.starts_with('@') {
                        return None;
                    }
                }
            }
            Inline::SoftBreak(_) => written.push(' '),
            _ => return None,
        }
    }
    None
}

fn items(written: &str) -> Option<Vec<CitationItem>> {
    written
        .split(';')
        .map(|item| {
            let item = item.trim().strip_prefix('@')?;
            let (key, locator) = item.split_once([',', ' ']).unwrap_or((item, ""));
            let key = key.trim();
            (!key.is_empty()).then(|| CitationItem {
                written: key.to_owned(),
                key: key.parse().ok(),
                locator: locator.trim_matches([',', ' ']).to_owned(),
            })
        })
        .collect()
}

/// The bytes `from..to` of a text as a text of its own.
fn piece(inline: &Inline, from: usize, to: usize) -> Option<Inline> {
    let Inline::Text { text, at, escaped } = inline else { return None };
    let at = if text.len() == at.len() { at.start + from..at.start + to } else { at.clone() };
    (from < to).then(|| Inline::Text { text: text[from..to].to_owned(), at, escaped: *escaped && from == 0 })
}

/// Where byte `byte` of a text stands in the Markdown.
fn place(inline: &Inline, byte: usize) -> usize {
    match inline {
        Inline::Text { text, at, .. } if text.len() == at.len() => at.start + byte,
        Inline::Text { at, .. } => at.start,
        _ => 0,
    }
}
