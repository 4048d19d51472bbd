//! What leaves the building: one document, one module a format.
//!
//! Every exporter reads the same tree and the same bibliography and escapes for its own format; none
//! reads another's output. Comments are in none of them, raw HTML is text in all of them.

use bilat_core::CiteKey;

use crate::check::{Check, Cited, QuoteState, Sources};
use crate::document::{Block, BlockKind, Document, Inline, plain};
use crate::draft::long_date;
use crate::quotation::passages;

mod csl;
mod docx;
pub(crate) mod html;
pub(crate) mod markdown;
pub mod printed;

pub use csl::csl_json;
pub use docx::{BadTemplate, DocxTemplate, docx};
pub use html::{html, passage, preview};
pub use markdown::markdown;
pub use printed::Printed;

/// How a briefing is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether it may leave although quotations are not verified; then it says DRAFT on every page.
    pub draft: bool,
    /// Markdown only: citations become footnotes. Otherwise they stay as Pandoc's citations.
    pub footnotes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { draft: false, footnotes: true }
    }
}

/// What a briefing cites, in the order of first citation, each once.
#[derive(Debug, Clone, Default)]
pub struct Bibliography {
    /// The works.
    pub entries: Vec<Entry>,
}

/// One work of a bibliography.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What the key names.
    pub cited: Cited,
    /// The places that are cited in it, as written, each once.
    pub locators: Vec<String>,
}

impl Bibliography {
    /// What `document` cites. Keys that `sources` does not know are left out; the check names them.
    pub fn new(document: &Document, sources: &dyn Sources) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for passage in passages(document) {
            for item in
                passage.citations.iter().filter(|cite| !cite.is_note).flat_map(|cite| &cite.citation.items)
            {
                let Some(key) = &item.key else { continue };
                let at = match entries.iter().position(|entry| entry.cited.key == *key) {
                    Some(at) => at,
                    None => match sources.cited(key) {
                        Some(cited) => {
                            entries
                                .push(Entry { cited: Cited { key: key.clone(), ..cited }, locators: vec![] });
                            entries.len() - 1
                        }
                        None => continue,
                    },
                };
                if !item.locator.is_empty() && !entries[at].locators.contains(&item.locator) {
                    entries[at].locators.push(item.locator.clone());
                }
            }
        }
        Self { entries }
    }

    /// The entry of `key`.
    pub fn get(&self, key: &CiteKey) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.cited.key == *key)
    }
}

/// The parts of a source note, in order; every exporter escapes and marks them up its own way.
pub(crate) struct SourceNote {
    /// Speaker and role of a statement.
    pub speaker: Option<String>,
    /// The publisher and the agency credited.
    pub outlet: String,
    /// The headline in quotation marks, closed by a comma where it does not close itself.
    pub title: String,
    /// The author, the dates and the places cited, closed by a full stop.
    pub rest: Vec<String>,
    pub url: Option<String>,
    /// Such as `B2`; the digit only for statements.
    pub grade: String,
}

impl SourceNote {
    pub fn new(entry: &Entry) -> Self {
        let cited = &entry.cited;
        let speaker = cited.speaker.as_ref().map(|speaker| match &cited.role {
            Some(role) => format!("{speaker}, {role}"),
            None => speaker.clone(),
        });
        let mut outlet = cited.outlet.clone().unwrap_or_default();
        if let Some(credit) = &cited.credit {
            outlet = if outlet.is_empty() { credit.clone() } else { format!("{outlet}, from {credit}") };
        }
        let inner: String = cited
            .title
            .chars()
            .map(|c| match c {
                '“' | '„' => '‘',
                '”' | '"' => '’',
                c => c,
            })
            .collect();
        let inner = inner.trim();
        let comma = if inner.ends_with(['?', '!', '.', ',', '…', '？', '！', '。']) { "" } else { "," };
        let mut rest = Vec::new();
        rest.extend(cited.byline.clone());
        rest.extend(cited.published.as_ref().map(long_date));
        let clipped = cited.clipped_at.get(..10).and_then(|day| day.parse().ok());
        rest.extend(clipped.map(|day| format!("accessed {}", long_date(&day))));
        if !entry.locators.is_empty() {
            rest.push(format!("cited at {}", entry.locators.join(", ")));
        }
        let credibility = cited.credibility.map_or(String::new(), |grade| u8::from(grade).to_string());
        Self {
            speaker,
            outlet,
            title: format!("“{inner}{comma}”"),
            rest,
            url: cited.url.clone().filter(|url| is_web(url)),
            grade: format!("{}{credibility}", cited.reliability.letter()),
        }
    }
}

/// Whether a reader may follow `url`.
fn is_web(url: &str) -> bool {
    let web = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (web("https://") || web("http://"))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'))
}

/// “4 of 4 quotations verified against stored snapshots”.
pub(crate) fn verdict(check: &Check) -> String {
    let quotations = if check.total == 1 { "quotation" } else { "quotations" };
    let mut line = match check.total {
        0 => "No quotations".to_owned(),
        total => {
            format!("{} of {total} {quotations} verified against stored snapshots", check.verified)
        }
    };
    let earlier = check.quotations.iter().filter(|q| q.state == QuoteState::SourceChanged).count();
    if earlier > 0 {
        line.push_str(&format!("; {earlier} in an earlier snapshot only"));
    }
    line
}

/// What a reader sees for a state that is not verified.
pub(crate) fn state_words(state: QuoteState) -> &'static str {
    match state {
        QuoteState::Verified => "verified",
        QuoteState::Typography => "verified, typography differs",
        QuoteState::Elided => "verified, shortened",
        QuoteState::Altered => "altered",
        QuoteState::Missing => "not found in the source",
        QuoteState::SourceChanged => "in an earlier snapshot only",
        QuoteState::Uncited => "uncited",
    }
}

/// The title as the head or the first heading gives it.
pub(crate) fn title_of(document: &Document) -> String {
    let head = &document.front_matter.title;
    if head.is_empty() { document.first_heading().unwrap_or_default() } else { head.clone() }
}

/// The blocks that are printed: without the heading that gave or repeats `title`, which stands on top
/// already, and without sections that hold nothing, such as those of a draft that nobody wrote yet.
pub(crate) fn written<'d>(blocks: &'d [Block], title: &str) -> Vec<&'d Block> {
    let repeats = |at: usize, block: &Block| {
        at == 0
            && matches!(&block.kind, BlockKind::Heading(1, words) if bilat_core::normalise_spaces(&plain(words)) == title)
    };
    let mut kept: Vec<&Block> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate().rev() {
        let empty = match (&block.kind, kept.last().map(|next| &next.kind)) {
            (BlockKind::Heading(..), None) => true,
            (BlockKind::Heading(level, _), Some(BlockKind::Heading(next, _))) => next <= level,
            _ => false,
        };
        if !empty && !repeats(at, block) {
            kept.push(block);
        }
    }
    kept.reverse();
    kept
}

/// Characters that reorder or hide text, or that no format can hold, made visible or dropped.
/// Everything else stays as it is.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("⟦U+{:04X}⟧", c as u32));
            }
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}' => {}
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// The first work that is cited in `inlines`.
pub(crate) fn first_cited<'b>(inlines: &[Inline], bibliography: &'b Bibliography) -> Option<&'b Cited> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Citation(citation) => {
            citation.items.iter().find_map(|item| Some(&bibliography.get(item.key.as_ref()?)?.cited))
        }
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) | Inline::Link(_, inner) => {
            first_cited(inner, bibliography)
        }
        _ => None,
    })
}
