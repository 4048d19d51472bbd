//! Editions: what one rests on, and what has changed since.
//!
//! An edition keeps its text, and of each source the record as it stood. What changed is found by
//! holding two such states against each other: paragraphs by their words, sources field by field.
//! Nothing is judged here; a source that was corrected is named with what it was and what it is.

use bilat_core::{CiteKey, Credibility, Edtf, Reliability, Sha256Hex, Statement};
use serde::{Deserialize, Serialize};
use similar::{ChangeTag, DiffOp, TextDiff};
use ts_rs::TS;

use crate::check::{Check, Cited, DiffKind, DiffPart};
use crate::draft::{DraftEvent, event_words, evidence_markdown, long_date, without_marks};
use crate::export::Bibliography;
use crate::export::markdown::escape;
use crate::front_matter::split;

/// A source or statement as an edition keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptSource {
    /// Its cite key.
    pub key: CiteKey,
    /// The key of the article.
    pub article_key: CiteKey,
    /// The headline.
    pub title: String,
    /// The publisher.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// Its address.
    pub url: Option<String>,
    /// The agency credited.
    pub credit: Option<String>,
    /// How far its source can be relied on.
    pub reliability: Reliability,
    /// How far the item is borne out, if it is a statement.
    pub credibility: Option<Credibility>,
    /// Who speaks, if it is a statement.
    pub speaker: Option<String>,
    /// In what role.
    pub role: Option<String>,
    /// SHA-256 of the text it was checked in.
    pub sha256_text: Sha256Hex,
    /// The words that were quoted from it, as they stand there.
    pub quoted: Vec<String>,
}

impl KeptSource {
    /// `cited` as it stands, with what `check` found quoted from it.
    pub fn new(cited: &Cited, check: &Check) -> Self {
        let quoted =
            check.quotations.iter().filter(|quotation| quotation.key.as_deref() == Some(cited.key.as_str()));
        Self {
            key: cited.key.clone(),
            article_key: cited.article_key.clone(),
            title: cited.title.clone(),
            outlet: cited.outlet.clone(),
            byline: cited.byline.clone(),
            published: cited.published.clone(),
            url: cited.url.clone(),
            credit: cited.credit.clone(),
            reliability: cited.reliability,
            credibility: cited.credibility,
            speaker: cited.speaker.clone(),
            role: cited.role.clone(),
            sha256_text: Sha256Hex::of(&cited.text),
            quoted: quoted.filter_map(|quotation| quotation.found.clone()).collect(),
        }
    }

    /// Everything that `works` names.
    pub fn all(works: &Bibliography, check: &Check) -> Vec<Self> {
        works.entries.iter().map(|entry| Self::new(&entry.cited, check)).collect()
    }
}

/// What changed between two states of a briefing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditionChanges {
    /// Paragraphs that came, went or changed, in the order of the text.
    pub text: Vec<TextChange>,
    /// Sources that came, went or changed.
    pub sources: Vec<SourceChange>,
}

/// A paragraph that came, went or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextChange {
    /// The heading it stands under; may be empty.
    pub heading: String,
    /// Its words: `source` is the earlier state, `draft` the later one.
    pub parts: Vec<DiffPart>,
}

/// A source that came, went or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceChange {
    /// The cite key.
    pub key: String,
    /// The headline.
    pub title: String,
    /// What changed.
    pub what: SourceChangeKind,
    /// How it was; empty for what came.
    pub before: String,
    /// How it is; empty for what went.
    pub after: String,
}

/// What changed of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceChangeKind {
    /// It is cited now and was not.
    Cited,
    /// It was cited and is no longer.
    Dropped,
    /// The library no longer has it.
    Gone,
    /// The page reads otherwise than when it was cited, and the quoted words still stand.
    NewText,
    /// The words that were quoted no longer stand in it.
    WordsGone,
    /// Its source is graded otherwise.
    Reliability,
    /// The item is graded otherwise.
    Credibility,
    /// Headline, publisher, author, date, speaker or role was corrected.
    Corrected,
}

impl EditionChanges {
    /// What changed from one state to the other; `cited` says how a source of the earlier state stands
    /// today.
    pub fn new(
        before: (&str, &[KeptSource]),
        after: (&str, &[KeptSource]),
        today: &dyn Fn(&CiteKey) -> Option<Cited>,
    ) -> Self {
        let mut sources = Vec::new();
        for now in after.1 {
            if before.1.iter().all(|then| then.key != now.key) {
                sources.push(change(now, SourceChangeKind::Cited, String::new(), describe(now)));
            }
        }
        for then in before.1 {
            if after.1.iter().all(|now| now.key != then.key) {
                sources.push(change(then, SourceChangeKind::Dropped, describe(then), String::new()));
            }
        }
        for then in before.1 {
            sources.extend(source_changes(then, today(&then.key).as_ref()));
        }
        Self { text: text_changes(before.0, after.0), sources }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.sources.is_empty()
    }
}

/// How a source that an edition kept differs from what it is today.
pub fn source_changes(then: &KeptSource, today: Option<&Cited>) -> Vec<SourceChange> {
    let Some(now) = today else {
        return vec![change(then, SourceChangeKind::Gone, describe(then), String::new())];
    };
    let mut out = Vec::new();
    if Sha256Hex::of(&now.text) != then.sha256_text {
        let gone: Vec<&String> =
            then.quoted.iter().filter(|words| crate::places(&now.text, words).is_empty()).collect();
        if gone.is_empty() {
            let when = now.clipped_at.get(..10).unwrap_or(&now.clipped_at).to_owned();
            out.push(change(then, SourceChangeKind::NewText, String::new(), when));
        }
        for words in gone {
            out.push(change(then, SourceChangeKind::WordsGone, words.clone(), String::new()));
        }
    }
    if now.reliability != then.reliability {
        let grades = (then.reliability.letter().to_string(), now.reliability.letter().to_string());
        out.push(change(then, SourceChangeKind::Reliability, grades.0, grades.1));
    }
    if let (Some(was), Some(is)) = (then.credibility, now.credibility)
        && was != is
    {
        let grades = (u8::from(was).to_string(), u8::from(is).to_string());
        out.push(change(then, SourceChangeKind::Credibility, grades.0, grades.1));
    }
    let date = |date: &Option<Edtf>| date.as_ref().map(long_date);
    let fields = [
        (Some(then.title.clone()), Some(now.title.clone())),
        (then.outlet.clone(), now.outlet.clone()),
        (then.byline.clone(), now.byline.clone()),
        (date(&then.published), date(&now.published)),
        (then.speaker.clone(), now.speaker.clone()),
        (then.role.clone(), now.role.clone()),
    ];
    for (was, is) in fields {
        if was != is {
            let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
            out.push(change(then, SourceChangeKind::Corrected, was, is));
        }
    }
    out
}

fn change(of: &KeptSource, what: SourceChangeKind, before: String, after: String) -> SourceChange {
    SourceChange { key: of.key.to_string(), title: of.title.clone(), what, before, after }
}

/// “The Harbour Courier, 8 March 2024”.
fn describe(source: &KeptSource) -> String {
    let parts = [source.speaker.clone(), source.outlet.clone(), source.published.as_ref().map(long_date)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The paragraphs of the body, each with the heading it stands under.
fn paragraphs(markdown: &str) -> Vec<(String, String)> {
    let body = split(markdown).map_or(0, |(_, body)| body);
    let mut heading = String::new();
    let mut out = Vec::new();
    for paragraph in markdown[body..].split("\n\n") {
        let paragraph = paragraph.trim();
        if paragraph.is_empty() || paragraph.starts_with("<!--") && paragraph.ends_with("-->") {
            continue;
        }
        if paragraph.starts_with('#') {
            let line = paragraph.lines().next().unwrap_or_default();
            line.trim_start_matches('#').trim().clone_into(&mut heading);
        }
        out.push((heading.clone(), paragraph.to_owned()));
    }
    out
}

fn text_changes(before: &str, after: &str) -> Vec<TextChange> {
    let (old, new) = (paragraphs(before), paragraphs(after));
    let words = |all: &[(String, String)]| all.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
    let (old_words, new_words) = (words(&old), words(&new));
    let old_words: Vec<&str> = old_words.iter().map(String::as_str).collect();
    let new_words: Vec<&str> = new_words.iter().map(String::as_str).collect();
    let whole = |(heading, text): &(String, String), kind| TextChange {
        heading: heading.clone(),
        parts: vec![DiffPart { text: text.clone(), kind }],
    };
    let mut out = Vec::new();
    for op in TextDiff::from_slices(&old_words, &new_words).ops() {
        match *op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                out.extend(
                    old[old_index..old_index + old_len].iter().map(|one| whole(one, DiffKind::Source)),
                );
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                out.extend(new[new_index..new_index + new_len].iter().map(|one| whole(one, DiffKind::Draft)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (old, new) = (&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
                let both = old_len.min(new_len);
                for (was, is) in old.iter().zip(new) {
                    out.push(TextChange { heading: is.0.clone(), parts: word_diff(&was.1, &is.1) });
                }
                out.extend(old[both..].iter().map(|one| whole(one, DiffKind::Source)));
                out.extend(new[both..].iter().map(|one| whole(one, DiffKind::Draft)));
            }
        }
    }
    out
}

fn word_diff(before: &str, after: &str) -> Vec<DiffPart> {
    let mut parts: Vec<DiffPart> = Vec::new();
    for piece in TextDiff::from_words(before, after).iter_all_changes() {
        let kind = match piece.tag() {
            ChangeTag::Equal => DiffKind::Same,
            ChangeTag::Delete => DiffKind::Source,
            ChangeTag::Insert => DiffKind::Draft,
        };
        match parts.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(piece.value()),
            _ => parts.push(DiffPart { text: piece.value().to_owned(), kind }),
        }
    }
    parts
}

/// What is new on the pair since an edition.
#[derive(Debug, Clone, Default)]
pub struct News {
    /// Statements that the edition did not rest on and that were not accepted then.
    pub statements: Vec<Statement>,
    /// Events that were not recorded then.
    pub events: Vec<DraftEvent>,
    /// What changed of the sources that the edition cites.
    pub sources: Vec<SourceChange>,
}

/// “Since the last edition” as Markdown: a block between comment marks, so that it can be drafted anew.
/// Every line rests on what a person accepted; where nothing changed it says so.
pub fn since_markdown(edition: u32, frozen_at: &str, news: &News) -> String {
    let day = frozen_at.get(..10).and_then(|day| day.parse::<Edtf>().ok());
    let day = day.map_or_else(String::new, |day| format!(" of {}", long_date(&day)));
    let mut lines = vec![format!("<!-- bilat:changes edition={edition} -->"), String::new()];
    let mut list = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("**{title}**"));
            lines.push(String::new());
            lines.extend(items.into_iter().map(|item| format!("- {item}")));
            lines.push(String::new());
        }
    };
    list(
        "New events",
        news.events.iter().map(|event| format!("{}: {}", long_date(&event.on), event_words(event))).collect(),
    );
    let said = |statement: &Statement| {
        let who = without_marks(statement.speaker.as_deref().unwrap_or("Speaker not named"));
        let on = statement.said_on.as_ref().or(statement.published.as_ref());
        let on = on.map_or_else(String::new, |on| format!("{}, ", long_date(on)));
        format!("{on}{}: {}", escape(&who), evidence_markdown(statement))
    };
    list("New statements", news.statements.iter().map(said).collect());
    list("Sources corrected or changed", news.sources.iter().filter_map(source_line).collect());
    if lines.len() == 2 {
        lines.push(format!("Nothing on record has changed since edition {edition}{day}."));
        lines.push(String::new());
    }
    lines.push("<!-- /bilat -->".into());
    lines.join("\n")
}

fn source_line(change: &SourceChange) -> Option<String> {
    let cite = format!("[@{}]", change.key);
    let (before, after) = (escape(&without_marks(&change.before)), escape(&without_marks(&change.after)));
    Some(match change.what {
        SourceChangeKind::Cited | SourceChangeKind::Dropped => return None,
        SourceChangeKind::Gone => {
            format!("No longer in the library: {}, {before}.", escape(&without_marks(&change.title)))
        }
        SourceChangeKind::NewText => {
            format!("The page reads otherwise since {after}; the words quoted still stand {cite}.")
        }
        // Its words were verified on the day; they are not quoted again as if they still were.
        SourceChangeKind::WordsGone => {
            format!("Words quoted in the last edition no longer stand in the source {cite}.")
        }
        SourceChangeKind::Reliability => format!("The source is graded {after}, not {before} {cite}."),
        SourceChangeKind::Credibility => format!("The item is graded {after}, not {before} {cite}."),
        SourceChangeKind::Corrected => match (before.is_empty(), after.is_empty()) {
            (true, _) => format!("Now known: {after} {cite}."),
            (_, true) => format!("Taken back: {before} {cite}."),
            _ => format!("Corrected: {after}, not {before} {cite}."),
        },
    })
}

/// The sentences of a briefing that cite one of `keys`: line and words.
pub fn citing(markdown: &str, keys: &[&str]) -> Vec<(u32, String)> {
    let document = crate::parse(markdown);
    let mut out: Vec<(u32, String)> = Vec::new();
    for passage in crate::quotation::passages(&document) {
        let cites = passage.citations.iter().filter(|cite| {
            !cite.is_note && cite.citation.items.iter().any(|item| keys.contains(&item.written.as_str()))
        });
        for cite in cites {
            let letters = &passage.glyphs;
            let ends = |at: usize| matches!(letters[at].c, '.' | '!' | '?' | '。' | '！' | '？');
            let stop = |at: usize| ends(at) && letters.get(at + 1).is_none_or(|next| next.c.is_whitespace());
            // The citation stands before the full stop of its sentence, or right behind it.
            let last = cite.at.min(letters.len());
            let inside = (0..last.saturating_sub(1)).rev().find(|at| stop(*at)).map_or(0, |at| at + 1);
            let end = (last.saturating_sub(1)..letters.len())
                .find(|at| stop(*at))
                .map_or(letters.len(), |at| at + 1);
            let words: String = letters[inside..end].iter().map(|glyph| glyph.c).collect();
            let words = bilat_core::normalise_spaces(&words).replace(" .", ".");
            let line = markdown[..cite.citation.at.start].matches('\n').count() as u32 + 1;
            if !words.is_empty() && out.iter().all(|(_, known)| *known != words) {
                out.push((line, words));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_one_change_and_names_its_section() {
        let before = "---\ntitle: A\n---\n\n## Outlook\n\nTalks are likely in March.\n\n## Old\n\nGone.\n";
        let after =
            "---\ntitle: A\n---\n\n## Outlook\n\nTalks are unlikely in March.\n\n<!-- a comment -->\n";
        let changes = text_changes(before, after);
        assert_eq!(changes[0].heading, "Outlook");
        let kinds: Vec<_> = changes[0].parts.iter().map(|part| (part.kind, part.text.trim())).collect();
        assert!(
            kinds.contains(&(DiffKind::Source, "likely")) && kinds.contains(&(DiffKind::Draft, "unlikely")),
            "{kinds:?}"
        );
        assert_eq!(changes.len(), 3, "{changes:#?}");
        assert!(text_changes(before, before).is_empty());
    }

    #[test]
    fn the_sentences_that_cite_a_source_are_found() {
        let found = citing(
            "# A\n\nFirst. It is likely that talks fail [@a-1]. Next one.\n\nOther [@b-2].\n",
            &["a-1"],
        );
        assert_eq!(found, [(3, "It is likely that talks fail.".to_owned())]);
    }

    #[test]
    fn a_quiet_month_is_said_to_be_quiet() {
        let text = since_markdown(2, "2024-03-10T08:00:00Z", &News::default());
        assert!(text.contains("Nothing on record has changed since edition 2 of 10 March 2024."), "{text}");
        assert!(text.starts_with("<!-- bilat:changes edition=2 -->") && text.ends_with("<!-- /bilat -->"));
    }
}
