//! HTML out: one file that loads nothing and runs nothing, and prints as a page.
//!
//! Every text is escaped on its way out, every tag is written here, and a Content Security Policy
//! forbids what is left. The preview in the window is this same page with the lines of the Markdown
//! on its blocks.

use std::fmt::Write;

use bilat_core::Edtf;

use crate::check::{Check, Sources};
use crate::document::{Align, Block, BlockKind, Document, Inline, plain};
use crate::draft::long_date;
use crate::export::printed::pair_name;
use crate::export::{
    Bibliography, Options, SourceNote, clean, first_cited, state_words, title_of, verdict, written,
};

const STYLE: &str = include_str!("page.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
                      base-uri 'none'; form-action 'none'";
/// The half-discs of a pair.
const MARK: &str = "<svg class=\"mark\" viewBox=\"0 0 20 20\" width=\"15\" height=\"15\" aria-hidden=\"true\">\
    <path d=\"M9 2.2a7.8 7.8 0 0 0 0 15.6z\" fill=\"currentColor\"/>\
    <path d=\"M11.75 3a7.2 7.2 0 0 1 0 14z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/></svg>";

/// The briefing as one HTML file.
pub fn html(document: &Document, check: &Check, bibliography: &Bibliography, options: Options) -> String {
    Page::new(document, bibliography, false).write(check, options)
}

/// The same page for the window: blocks carry `data-line`, the line of the Markdown they come from.
pub fn preview(document: &Document, check: &Check, bibliography: &Bibliography, options: Options) -> String {
    Page::new(document, bibliography, true).write(check, options)
}

/// An analyst's note on a passage, as the export would set it: its blocks, with its citations below.
pub fn passage(document: &Document, sources: &dyn Sources) -> String {
    let bibliography = Bibliography::new(document, sources);
    let mut page = Page::new(document, &bibliography, false);
    for block in &document.blocks {
        page.block(block);
    }
    page.endnotes();
    page.out
}

/// What a note mark points to.
#[derive(PartialEq, Eq)]
enum Target {
    /// An entry of the bibliography.
    Source(usize),
    /// A footnote of the author's own.
    Own(usize),
}

struct Page<'a> {
    document: &'a Document,
    bibliography: &'a Bibliography,
    lines: bool,
    out: String,
    /// Notes in the order of their first mark, and how many marks each has.
    notes: Vec<(Target, usize)>,
    level: u8,
    headings: usize,
    tight: bool,
    /// Whether the section is that of the key judgements.
    judgements: bool,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, bibliography: &'a Bibliography, lines: bool) -> Self {
        let out = String::new();
        Self {
            document,
            bibliography,
            lines,
            out,
            notes: vec![],
            level: 1,
            headings: 0,
            tight: false,
            judgements: false,
        }
    }

    fn write(mut self, check: &Check, options: Options) -> String {
        let title = title_of(self.document);
        let head = &self.document.front_matter;
        let language = language(&head.language).unwrap_or("en");
        let class = if options.draft { " class=\"draft\"" } else { "" };
        let _ = write!(
            self.out,
            "<!doctype html>\n<html lang=\"{language}\"{class}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"Bilat\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
            text(&title)
        );
        if options.draft {
            self.out.push_str("<p class=\"watermark\" aria-hidden=\"true\">DRAFT</p>\n<p class=\"banner\">DRAFT: not for circulation</p>\n");
        }
        self.masthead(&title);
        self.out.push_str("<main>\n");
        for block in written(&self.document.blocks, &title) {
            self.block(block);
        }
        self.out.push_str("</main>\n");
        self.endnotes();
        if options.draft {
            self.unverified(check);
        }
        let passes = if check.passes() { "passes" } else { "fails" };
        let tick = if check.passes() && check.total > 0 { "✓ " } else { "" };
        let draft = if options.draft { "<span>DRAFT</span>" } else { "" };
        let marking = text(&self.document.front_matter.marking);
        let _ = write!(
            self.out,
            "<footer><span class=\"verdict {passes}\">{tick}{}</span>{draft}<span>{marking}</span></footer>\n</body>\n</html>\n",
            text(&verdict(check))
        );
        self.out
    }

    fn masthead(&mut self, title: &str) {
        let head = &self.document.front_matter;
        let date =
            |text: &str| text.parse::<Edtf>().map_or_else(|_| text.to_owned(), |date| long_date(&date));
        let pair = pair_name(&head.pair);
        let _ = write!(
            self.out,
            "<header>\n<div class=\"masthead\">{MARK}<b>Briefing</b><span class=\"fill\"></span><span>{}</span>",
            text(&pair)
        );
        if !head.as_of.is_empty() {
            let _ = write!(self.out, "<span class=\"date\">{}</span>", text(&date(&head.as_of)));
        }
        let _ = write!(self.out, "</div>\n<h1 dir=\"auto\">{}</h1>\n", text(title));
        let facts = [
            ("Edition", head.edition.clone()),
            ("As of", date(&head.as_of)),
            ("Information cut-off", date(&head.information_cut_off)),
            ("Author", head.author.clone()),
            ("Marking", head.marking.clone()),
        ];
        if facts.iter().any(|(_, value)| !value.is_empty()) {
            self.out.push_str("<dl class=\"facts\">");
            for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                let _ = write!(self.out, "<div><dt>{name}</dt><dd dir=\"auto\">{}</dd></div>", text(value));
            }
            self.out.push_str("</dl>\n");
        }
        self.out.push_str("</header>\n");
    }

    fn line(&self, block: &Block) -> String {
        if self.lines { format!(" data-line=\"{}\"", block.line) } else { String::new() }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let line = self.line(block);
        match &block.kind {
            BlockKind::Heading(level, words) => {
                // The title is the only h1, and no level is skipped.
                let level = (*level).clamp(2, self.level + 1).min(6);
                self.level = level;
                self.headings += 1;
                let heading = plain(words).to_lowercase();
                self.judgements = heading.contains("key judgement") || heading.contains("key judgment");
                // A name of our own: a heading cannot take the name of anything else on the page.
                let _ = write!(self.out, "<h{level} id=\"section-{}\" dir=\"auto\"{line}>", self.headings);
                self.inlines(words);
                let _ = writeln!(self.out, "</h{level}>");
            }
            BlockKind::Paragraph(words) if self.tight => self.inlines(words),
            BlockKind::Paragraph(words) => {
                let attribution = if opens_with_dash(words) { " class=\"attribution\"" } else { "" };
                let _ = write!(self.out, "<p dir=\"auto\"{attribution}{line}>");
                self.inlines(words);
                self.out.push_str("</p>\n");
            }
            BlockKind::Quote(blocks) => {
                let cited = blocks.iter().find_map(|block| match &block.kind {
                    BlockKind::Paragraph(words) => first_cited(words, self.bibliography),
                    _ => None,
                });
                let tag = cited.and_then(|cited| language(cited.language.as_deref()?));
                let tag = tag.map_or(String::new(), |tag| format!(" lang=\"{tag}\""));
                let _ = writeln!(self.out, "<blockquote dir=\"auto\"{tag}{line}>");
                let tight = std::mem::replace(&mut self.tight, false);
                self.blocks(blocks);
                self.tight = tight;
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::List(first, items) => {
                let (name, start) = match first {
                    Some(1) => ("ol", String::new()),
                    Some(first) => ("ol", format!(" start=\"{first}\"")),
                    None => ("ul", String::new()),
                };
                let class = if self.judgements { " class=\"judgements\"" } else { "" };
                let _ = writeln!(self.out, "<{name}{class}{start}{line}>");
                let before = self.tight;
                for item in items {
                    let place = item.first().map_or(String::new(), |block| self.line(block));
                    let _ = write!(self.out, "<li dir=\"auto\"{place}>");
                    let paragraphs =
                        item.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph(_))).count();
                    self.tight = paragraphs <= 1;
                    self.blocks(item);
                    self.out.push_str("</li>\n");
                }
                self.tight = before;
                let _ = writeln!(self.out, "</{name}>");
            }
            BlockKind::Table(aligns, head, rows) => {
                let _ = write!(self.out, "<div class=\"table\"{line}><table>\n<thead><tr>");
                for (at, cell) in head.iter().enumerate() {
                    let _ = write!(self.out, "<th scope=\"col\"{}>", align(aligns.get(at)));
                    self.inlines(cell);
                    self.out.push_str("</th>");
                }
                self.out.push_str("</tr></thead>\n<tbody>\n");
                for row in rows {
                    self.out.push_str("<tr>");
                    for (at, cell) in row.iter().enumerate() {
                        let _ = write!(self.out, "<td dir=\"auto\"{}>", align(aligns.get(at)));
                        self.inlines(cell);
                        self.out.push_str("</td>");
                    }
                    self.out.push_str("</tr>\n");
                }
                self.out.push_str("</tbody></table></div>\n");
            }
            BlockKind::Code(code) => {
                let code: Vec<String> = code.lines().map(text).collect();
                let _ = writeln!(self.out, "<pre dir=\"ltr\"{line}><code>{}</code></pre>", code.join("\n"));
            }
            BlockKind::Rule => {
                let _ = writeln!(self.out, "<hr{line}>");
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        let last = |out: &str| out.chars().next_back();
        for (at, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Text { text: words, .. } => {
                    // A note mark stands close to its word.
                    let marked = matches!(
                        inlines.get(at + 1),
                        Some(Inline::Citation(_) | Inline::NoteReference { .. })
                    );
                    let words = if marked { words.trim_end_matches(' ') } else { words };
                    self.out.push_str(&text(words));
                }
                Inline::Code { text: code, .. } => {
                    let _ = write!(self.out, "<code>{}</code>", text(code));
                }
                Inline::Emphasis(inner) => self.wrapped("em", inner),
                Inline::Strong(inner) => self.wrapped("strong", inner),
                Inline::Strike(inner) => self.wrapped("s", inner),
                Inline::Link(Some(address), inner) if !address.starts_with('#') => {
                    let _ = write!(self.out, "<a href=\"{}\" rel=\"noreferrer noopener\">", text(address));
                    self.inlines(inner);
                    self.out.push_str("</a>");
                }
                Inline::Link(_, inner) => self.inlines(inner),
                Inline::Citation(citation) => {
                    for item in &citation.items {
                        let entry = item.key.as_ref().and_then(|key| {
                            self.bibliography.entries.iter().position(|entry| entry.cited.key == *key)
                        });
                        match entry {
                            Some(entry) => self.mark(Target::Source(entry)),
                            None => {
                                let _ = write!(
                                    self.out,
                                    "<sup class=\"unknown\">[@{}: no such source]</sup>",
                                    text(&item.written)
                                );
                            }
                        }
                    }
                }
                Inline::NoteReference { label, .. } => {
                    match self.document.notes.iter().position(|note| note.label == *label) {
                        Some(note) => self.mark(Target::Own(note)),
                        None => {
                            let _ = write!(self.out, "[^{}]", text(label));
                        }
                    }
                }
                Inline::SoftBreak(_) => {
                    let after = inlines[at + 1..]
                        .iter()
                        .find_map(|next| plain(std::slice::from_ref(next)).chars().next());
                    let before = last(&self.out);
                    let marked = matches!(inlines.get(at + 1), Some(Inline::Citation(_)));
                    if !marked {
                        self.out.push_str(if crate::parse::line_end(before, after).is_empty() {
                            ""
                        } else {
                            "\n"
                        });
                    }
                }
                Inline::HardBreak(_) => self.out.push_str("<br>\n"),
            }
        }
    }

    fn wrapped(&mut self, name: &str, inner: &[Inline]) {
        let _ = write!(self.out, "<{name}>");
        self.inlines(inner);
        let _ = write!(self.out, "</{name}>");
    }

    /// A note mark; the same note keeps its number.
    fn mark(&mut self, target: Target) {
        let at = self.notes.iter().position(|(known, _)| *known == target).unwrap_or_else(|| {
            self.notes.push((target, 0));
            self.notes.len() - 1
        });
        self.notes[at].1 += 1;
        let (number, nth) = (at + 1, self.notes[at].1);
        // Two marks side by side would read as one number.
        let comma = if self.out.ends_with("</a></sup>") { "<sup>,</sup>" } else { "" };
        let _ = write!(
            self.out,
            "{comma}<sup><a id=\"mark-{number}-{nth}\" href=\"#note-{number}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    fn endnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let page = std::mem::take(&mut self.out);
        let mut items: Vec<String> = Vec::new();
        // A note may hold marks of its own, so the list can grow while it is written.
        while let Some((target, _)) = self.notes.get(items.len()) {
            let (bibliography, document) = (self.bibliography, self.document);
            match *target {
                Target::Source(entry) => {
                    self.out.push_str(&source(
                        &SourceNote::new(&bibliography.entries[entry]),
                        &bibliography.entries[entry].cited,
                    ));
                }
                Target::Own(note) => {
                    let blocks = &document.notes[note].blocks;
                    self.tight = blocks.len() == 1;
                    self.blocks(blocks);
                    self.tight = false;
                }
            }
            items.push(std::mem::take(&mut self.out));
        }
        self.out = page;
        self.out.push_str("<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"section-notes\">\n<h2 id=\"section-notes\">Sources and notes</h2>\n<ol>\n");
        for (at, item) in items.iter().enumerate() {
            let number = at + 1;
            let _ = write!(self.out, "<li id=\"note-{number}\"><div>{item}");
            for nth in 1..=self.notes[at].1 {
                let _ = write!(
                    self.out,
                    " <a class=\"back\" href=\"#mark-{number}-{nth}\" role=\"doc-backlink\" aria-label=\"Back to mark {nth} of note {number}\">↩</a>"
                );
            }
            self.out.push_str("</div></li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn unverified(&mut self, check: &Check) {
        let list: Vec<_> =
            check.quotations.iter().filter(|quotation| !quotation.state.is_verified()).collect();
        if list.is_empty() {
            return;
        }
        self.out
            .push_str("<section class=\"unverified\">\n<h2>Quotations that are not verified</h2>\n<ul>\n");
        for quotation in list {
            let _ = writeln!(
                self.out,
                "<li>Line {}, {}: <q dir=\"auto\">{}</q></li>",
                quotation.line,
                state_words(quotation.state),
                text(&quotation.text)
            );
        }
        self.out.push_str("</ul>\n</section>\n");
    }
}

fn source(note: &SourceNote, cited: &crate::check::Cited) -> String {
    let mut out = String::new();
    if let Some(speaker) = &note.speaker {
        let _ = write!(out, "<bdi>{}</bdi>, ", text(speaker));
    }
    if !note.outlet.is_empty() {
        let _ = write!(out, "<b><bdi>{}</bdi></b>, ", text(&note.outlet));
    }
    let tag = cited.language.as_deref().and_then(language);
    let tag = tag.map_or(String::new(), |tag| format!(" lang=\"{tag}\""));
    let _ = write!(out, "<cite{tag}><bdi>{}</bdi></cite>", text(&note.title));
    let rest: Vec<String> = note.rest.iter().map(|part| format!("<bdi>{}</bdi>", text(part))).collect();
    if !rest.is_empty() {
        let _ = write!(out, " {}", rest.join(", "));
    }
    if let Some(url) = &note.url {
        let url = text(url);
        let _ = write!(out, ", <a href=\"{url}\" rel=\"noreferrer noopener\">{url}</a>");
    }
    let _ = write!(
        out,
        ". <span class=\"grade\" title=\"Source and item, Admiralty code\">{}</span>",
        note.grade
    );
    out
}

fn align(align: Option<&Align>) -> &'static str {
    match align {
        Some(Align::Centre) => " class=\"centre\"",
        Some(Align::End) => " class=\"end\"",
        _ => "",
    }
}

fn opens_with_dash(words: &[Inline]) -> bool {
    let words = plain(words);
    words.starts_with("— ") || words.starts_with("– ") || words.starts_with("― ")
}

/// A BCP 47 tag that can stand in an attribute as it is.
fn language(tag: &str) -> Option<&str> {
    let good =
        !tag.is_empty() && tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    good.then_some(tag)
}

/// `words` as HTML text or attribute value.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in clean(words).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
