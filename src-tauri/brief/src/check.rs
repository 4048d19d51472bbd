//! The verbatim check: what it answers, and the one function that asks it.
//!
//! Every quotation of a briefing is looked for in the words of the source it cites, and every
//! sentence that is the author's own is held against the rules of estimative language.

use bilat_core::{Block, CiteKey, CodePoints, Credibility, Edtf, Reliability, Span};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::document::Document;
use crate::lock::Lock;
use crate::quotation::{Quotation, passages};
use crate::{language, parse};

/// What a cite key names, as the library knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    /// The key itself.
    pub key: CiteKey,
    /// The key of the article; the same as `key` where that names an article.
    pub article_key: CiteKey,
    /// The article's headline.
    pub title: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// Its address.
    pub url: Option<String>,
    /// The agency credited.
    pub credit: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// When the current snapshot was taken: RFC 3339, UTC.
    pub clipped_at: String,
    /// How far its source can be relied on.
    pub reliability: Reliability,
    /// How far the item is borne out, if it is a statement.
    pub credibility: Option<Credibility>,
    /// Who speaks, if it is a statement.
    pub speaker: Option<String>,
    /// The speaker's role on the day, if it is a statement.
    pub role: Option<String>,
    /// The canonical text of the current snapshot.
    pub text: String,
    /// The blocks of that text; may be empty.
    pub blocks: Vec<Block>,
    /// Earlier snapshots, newest first: when taken (RFC 3339, UTC) and their text.
    pub earlier: Vec<(String, String)>,
    /// The statement's passages in `text`, in code points.
    pub spans: Vec<Span>,
    /// The statement's words in the briefing's language, as a person gave them.
    pub translation: Option<String>,
}

/// Where cite keys are looked up.
pub trait Sources {
    /// What `key` names; nothing when the library has no such article or statement.
    fn cited(&self, key: &CiteKey) -> Option<Cited>;
}

/// What became of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuoteState {
    /// It stands in the cited source, word for word.
    Verified,
    /// It stands there; quotation marks, dashes or special spaces differ.
    Typography,
    /// It stands there with words left out by `[…]`, or with `[words]` of the author's.
    Elided,
    /// The source has something like it, but not it.
    Altered,
    /// The source has nothing like it, or is not in the library.
    Missing,
    /// It stands in an earlier snapshot of the source and no longer in the current one.
    SourceChanged,
    /// No citation follows it in its block.
    Uncited,
}

impl QuoteState {
    /// Whether the words stand in the current snapshot of the cited source.
    pub fn is_verified(self) -> bool {
        matches!(self, Self::Verified | Self::Typography | Self::Elided)
    }

    /// Whether an export must stop for it.
    pub fn stops(self) -> bool {
        matches!(self, Self::Altered | Self::Missing | Self::Uncited)
    }
}

/// Whose words a part of a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// In both.
    Same,
    /// In the source only.
    Source,
    /// In the draft only.
    Draft,
}

/// A part of the difference between a draft and its source, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiffPart {
    /// The words.
    pub text: String,
    /// Whose they are.
    pub kind: DiffKind,
}

/// A quotation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckedQuotation {
    /// The words of the draft, without the outer quotation marks.
    pub text: String,
    /// The key it is held against; the first one where several are cited and none has the words.
    pub key: Option<String>,
    /// What became of it.
    pub state: QuoteState,
    /// The line of the Markdown on which it starts, from 1.
    pub line: u32,
    /// Where it stands in the Markdown, in code points, outer marks included.
    pub span: Span,
    /// The source's own words; for `altered` the closest passage. Nothing where there is none.
    pub found: Option<String>,
    /// Where `found` stands in the current snapshot, in code points.
    pub position: Option<Span>,
    /// The other place where the same words stand, such as a caption; the body comes first.
    pub also_at: Vec<Span>,
    /// How draft and source differ, word by word; empty when they do not.
    pub differs: Vec<DiffPart>,
    /// The headline of the cited article.
    pub article: Option<String>,
    /// The publisher of the cited article.
    pub outlet: Option<String>,
    /// Whether the words are the stored translation of the cited statement; `found` is the original.
    pub translated: bool,
    /// The snapshot that has the words, when it is an earlier one: RFC 3339, UTC.
    pub captured_at: Option<String>,
}

/// A sentence that breaks a rule of estimative language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// The rule, such as `mixed_scales`.
    pub rule: String,
    /// The line of the Markdown, from 1.
    pub line: u32,
    /// Where the words stand in the Markdown, in code points.
    pub span: Span,
    /// The words.
    pub text: String,
    /// What is wrong and what to do, one sentence or two.
    pub advice: String,
    /// The words to put in their place, where there are any.
    pub suggestion: Option<String>,
    /// Why the author sets the rule aside here, where the text says so in a comment:
    /// `<!-- bilat:waive rule: reason -->`.
    pub waived: Option<String>,
}

/// A citation that names nothing in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnknownKey {
    /// The key as written.
    pub key: String,
    /// The line of the Markdown, from 1.
    pub line: u32,
    /// Where the citation stands in the Markdown, in code points.
    pub span: Span,
}

/// What the check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Check {
    /// Every quotation, in the order of the text.
    pub quotations: Vec<CheckedQuotation>,
    /// Findings on language, in the order of the text.
    pub language: Vec<Finding>,
    /// Citations that name nothing, in the order of the text.
    pub unknown_keys: Vec<UnknownKey>,
    /// How many quotations stand in the current snapshots of their sources.
    pub verified: u32,
    /// How many quotations there are.
    pub total: u32,
    /// What could not be taken as written, such as a head that is no YAML, or a quotation that cites a
    /// statement and stands beside it: line and reason.
    pub warnings: Vec<(u32, String)>,
}

impl Check {
    /// Whether nothing is altered, missing or uncited.
    pub fn passes(&self) -> bool {
        !self.quotations.iter().any(|quotation| quotation.state.stops())
    }
}

/// Checks every quotation of `markdown` against its source, and its language.
pub fn check(markdown: &str, sources: &dyn Sources) -> Check {
    check_document(&parse::parse(markdown), markdown, sources)
}

/// Checks a briefing that is already parsed from `markdown`.
pub fn check_document(document: &Document, markdown: &str, sources: &dyn Sources) -> Check {
    let places = CodePoints::new(markdown);
    let line_starts = parse::line_starts(markdown);
    let place =
        |at: &std::ops::Range<usize>| Span::new(places.code_point(at.start), places.code_point(at.end));
    let line = |byte: usize| parse::line_of(&line_starts, byte);

    let passages = passages(document);
    let mut lock = Lock::new(sources);
    let mut check = Check { warnings: document.warnings.clone(), ..Check::default() };
    for passage in &passages {
        for citation in &passage.citations {
            for item in &citation.citation.items {
                let known = item.key.as_ref().is_some_and(|key| lock.knows(key));
                if !known && !citation.is_note {
                    let at = &citation.citation.at;
                    check.unknown_keys.push(UnknownKey {
                        key: item.written.clone(),
                        line: line(at.start),
                        span: place(at),
                    });
                }
            }
        }
        for quotation in passage.quotations(|key| lock.knows(key)) {
            let Quotation { at, .. } = &quotation;
            let (start, span) = (line(at.start), place(at));
            let checked = lock.check(quotation, start, span);
            check.warnings.extend(lock.said_by_another(&checked).map(|advice| (start, advice)));
            check.quotations.push(checked);
        }
    }
    check.quotations.sort_by_key(|quotation| quotation.span);
    check.total = check.quotations.len() as u32;
    check.verified = check.quotations.iter().filter(|quotation| quotation.state.is_verified()).count() as u32;
    check.language = language::check(document, markdown, &passages, &check.quotations, &line, &place);
    check
}
