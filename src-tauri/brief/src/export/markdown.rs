//! Markdown out: the author's own Markdown, with citations made into footnotes.
//!
//! Nothing is written anew that can be left as it is. Only citations, comments and raw HTML are
//! replaced, at their places; the head, the notes and the line on the check are added.

use std::fmt::Write;

use crate::check::Check;
use crate::document::{Block, BlockKind, Citation, Document};
use crate::export::{Bibliography, Options, SourceNote, clean, state_words, title_of, verdict};
use crate::front_matter::{split, yaml_string};
use crate::parse::parse;
use crate::quotation::passages;

/// The briefing as CommonMark with footnotes and a YAML head. `document` was parsed from `markdown`.
pub fn markdown(
    markdown: &str,
    document: &Document,
    check: &Check,
    bibliography: &Bibliography,
    options: Options,
) -> String {
    let mut out = head(markdown, document, options);
    let body = split(markdown).map_or(0, |(_, body)| body);
    let text = body_text(markdown, body, document, bibliography, options);
    out.push_str(text.trim());
    out.push_str(&closing_fence(text.trim()));
    out.push_str("\n\n");
    if options.draft {
        let unverified: Vec<_> = check.quotations.iter().filter(|q| !q.state.is_verified()).collect();
        if !unverified.is_empty() {
            out.push_str("**Quotations that are not verified**\n\n");
            for quotation in unverified {
                let words = escape(&quotation.text);
                let _ = writeln!(out, "- Line {}, {}: {words}", quotation.line, state_words(quotation.state));
            }
            out.push('\n');
        }
    }
    let _ = writeln!(out, "*{}.*", escape(&verdict(check)));
    if options.footnotes {
        for entry in &bibliography.entries {
            if document.notes.iter().all(|note| note.label != entry.cited.key.as_str()) {
                let _ = write!(out, "\n[^{}]: {}\n", entry.cited.key, note(&SourceNote::new(entry)));
            }
        }
    }
    out
}

fn head(markdown: &str, document: &Document, options: Options) -> String {
    let mut out = String::from("---\n");
    let readable = document.front_matter.warning.is_none();
    if let Some((yaml, _)) = split(markdown).filter(|_| readable) {
        let lines = markdown[yaml].lines().filter(|line| !line.trim_start().starts_with('#'));
        lines.for_each(|line| {
            let _ = writeln!(out, "{line}");
        });
    }
    if document.front_matter.title.is_empty() {
        let _ = writeln!(out, "title: {}", yaml_string(&title_of(document)));
    }
    if options.draft {
        out.push_str("status: DRAFT\n");
    }
    out.push_str("---\n\n");
    if options.draft {
        out.push_str("**DRAFT — not for circulation**\n\n");
    }
    out
}

fn body_text(
    markdown: &str,
    body: usize,
    document: &Document,
    bibliography: &Bibliography,
    options: Options,
) -> String {
    let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    edits.extend(document.comments.iter().map(|at| (at.clone(), String::new())));
    edits.extend(document.raw_html.iter().map(|at| (at.clone(), escape(&markdown[at.clone()]))));
    let passages = passages(document);
    let cites = passages.iter().flat_map(|passage| &passage.citations).filter(|cite| !cite.is_note);
    if options.footnotes {
        edits.extend(cites.filter_map(|cite| {
            let at = cite.citation.at.clone();
            footnotes(&cite.citation, bibliography).map(|marks| (at, marks))
        }));
    }
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::with_capacity(markdown.len());
    let mut from = body;
    for (at, text) in edits {
        if at.start < from {
            continue;
        }
        out.push_str(&markdown[from..at.start]);
        let is_note = text.starts_with("[^");
        if is_note {
            let kept = out.trim_end_matches(' ').len();
            // A mark at the start of a line keeps its place.
            if kept > 0 && !out[..kept].ends_with(['\n', '>', '|']) {
                out.truncate(kept);
            }
        }
        if text.is_empty() {
            escape_open_tag(&mut out);
        }
        out.push_str(&text);
        // “[^key]:” at the start of a line would define the note.
        if is_note && markdown[at.end..].starts_with(':') {
            out.push('\\');
        }
        from = at.end;
    }
    out.push_str(&markdown[from..]);
    without_empty_runs(&out)
}

/// Escapes a `<` that nothing has closed yet: a comment that goes must not make a tag of what stood on
/// either side of it.
fn escape_open_tag(out: &mut String) {
    let paragraph = out.rfind("\n\n").map_or(0, |at| at + 2);
    let Some(at) = out[paragraph..].rfind('<').map(|at| paragraph + at) else { return };
    // A code span or a tag that has ended needs no escape, and would show it.
    if !out[at..].contains(['>', '`']) && !out[..at].ends_with('\\') {
        out.insert(at, '\\');
    }
}

/// Comments leave empty lines behind; one is enough.
fn without_empty_runs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut empty, mut fence) = (0, None::<&str>);
    for line in text.lines() {
        let start = line.trim_start();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark)) {
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
        }
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty < 2 || fence.is_some() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What closes a code block that runs to the end of `text`, so that the notes after it are none of it.
fn closing_fence(text: &str) -> String {
    let more = format!("{text}\n\nmore");
    let document = parse(&more);
    match document.blocks.last() {
        Some(Block { kind: BlockKind::Code(_), at, .. }) if at.end > text.len() => {
            let fence = more[at.start..].chars().next().unwrap_or('`');
            let width = more[at.start..].chars().take_while(|c| *c == fence).count();
            format!("\n{}", fence.to_string().repeat(width))
        }
        _ => String::new(),
    }
}

/// The marks of a citation; nothing when none of its keys is known.
fn footnotes(citation: &Citation, bibliography: &Bibliography) -> Option<String> {
    let mut out = String::new();
    for item in &citation.items {
        match item.key.as_ref().and_then(|key| bibliography.get(key)) {
            Some(entry) => {
                let _ = write!(out, "[^{}]", entry.cited.key);
            }
            None => {
                let _ = write!(out, "[@{}]", item.written);
            }
        }
    }
    out.contains("[^").then_some(out)
}

/// Outlet, “Title,” date, address, accessed.
fn note(note: &SourceNote) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(note.speaker.as_deref().map(escape));
    if !note.outlet.is_empty() {
        parts.push(format!("*{}*", escape(&note.outlet)));
    }
    let lead = if parts.is_empty() { String::new() } else { parts.join(", ") + ", " };
    let mut rest: Vec<String> = note.rest.iter().map(|part| escape(part)).collect();
    if let Some(url) = &note.url {
        let at = rest.iter().position(|part| part.starts_with("accessed ")).unwrap_or(rest.len());
        rest.insert(at, format!("<{url}>"));
    }
    rest.push(format!("source graded {}", note.grade));
    format!("{lead}{} {}.", escape(&note.title), rest.join(", "))
}

/// `text` as Markdown that reads back as exactly that text on one line, wherever it is put: white
/// space runs become one space, and no character opens, closes or continues any markup, of CommonMark
/// or of the dialects of Pandoc and Obsidian.
pub(crate) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    let mut before: Option<char> = None;
    let mut only_digits = true;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '&' | '|' | '~' | '#' | '{' | '}' | '$' | '^' => true,
            '_' => !(in_word(before) && in_word(after)),
            '@' => !in_word(before),
            '>' | '+' | '-' | ':' => before.is_none(),
            '=' | '%' => before.is_none() || after == Some(c) || before == Some(c),
            '.' | ')' => only_digits && before.is_some(),
            '!' => after == Some('['),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        only_digits &= c.is_ascii_digit();
        before = Some(c);
    }
    out
}

/// `text` with every run of spaces and line ends made one space, and none at the ends. No-break spaces
/// are typography and stay.
fn one_line(text: &str) -> String {
    let text = clean_controls(text);
    let words = text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// NUL cannot stand in Markdown.
fn clean_controls(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\0') { clean(text).into() } else { text.into() }
}
