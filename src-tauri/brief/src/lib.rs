//! Briefings: Markdown to a document, the verbatim check, the language check, drafts and exports.
//!
//! The Markdown is the truth. Everything here is a function of it and of what the caller passes in:
//! the sources that citations name, today's date, the evidence. One parser makes one tree; the check
//! and every exporter read that tree, so that what was checked is what leaves the building.
#![deny(missing_docs)]

mod check;
mod citation;
mod document;
mod draft;
mod edition;
pub mod export;
pub mod figure;
mod fold;
mod front_matter;
mod language;
mod lock;
pub mod pack;
mod parse;
mod places;
mod quotation;
mod words;

pub use check::{
    Check, CheckedQuotation, Cited, DiffKind, DiffPart, Finding, QuoteState, Sources, UnknownKey, check,
    check_document,
};
pub use document::{Align, Block, BlockKind, Cell, Citation, CitationItem, Document, Inline, Note, plain};
pub use draft::{
    DraftArticle, DraftError, DraftEvent, DraftEvidence, Refreshed, draft, evidence_markdown, refresh,
};
pub use edition::{
    EditionChanges, KeptSource, News, SourceChange, SourceChangeKind, TextChange, citing, since_markdown,
    source_changes,
};
pub use front_matter::{FrontMatter, front_matter, title};
pub use parse::parse;
pub use places::places;
pub use words::{SectionWords, WordCount, count_words};
