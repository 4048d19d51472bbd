//! Editions: frozen when the quote lock passes, compared, and what is new since the last one.
//!
//! Text and evidence are taken from one reading of the library, in the transaction that keeps them.

use bilat_brief::export::Bibliography;
use bilat_brief::{Check, EditionChanges, KeptSource, News, SourceChange, Sources, TextChange};
use bilat_core::{BriefingId, CiteKey, Edition, EditionId};
use bilat_store::edition::{self, EditionEvidence};
use bilat_store::statement::{self, StatementFilter};
use bilat_store::{Connection, briefing};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::sources::FromLibrary;
use crate::{App, ById, Changed, Code, Error, Markdown, Nothing, Result};

/// An edition with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EditionText {
    /// The edition.
    pub edition: Edition,
    /// Its Markdown, as it was frozen.
    pub markdown: String,
    /// The cite keys it rests on.
    pub keys: Vec<CiteKey>,
}

/// Compares an edition with a later state of its briefing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct CompareEditions {
    /// The briefing.
    pub id: BriefingId,
    /// The number of the earlier edition; the last one where it is left out.
    pub edition: Option<u32>,
    /// The number of the later edition; the briefing as it stands where it is left out.
    pub with: Option<u32>,
}

/// What changed between two states of a briefing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EditionComparison {
    /// The earlier edition.
    pub from: Edition,
    /// The later edition; nothing where it is the briefing as it stands.
    pub to: Option<Edition>,
    /// What changed.
    pub changes: EditionChanges,
}

/// A judgement's ground that moved: a source that an edition rests on, and how it changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Affected {
    /// The edition.
    pub edition: Edition,
    /// The title its briefing has today.
    pub title: String,
    /// How the sources it rests on differ from what they were.
    pub changes: Vec<SourceChange>,
    /// The sentences of the edition that cite them: line and words.
    pub sentences: Vec<(u32, String)>,
}

/// A briefing with its blocks drafted anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefreshedBriefing {
    /// The whole text; nothing is saved.
    pub markdown: String,
    /// The blocks that differ, such as `timeline`.
    pub blocks: Vec<String>,
    /// How the text differs from what it was.
    pub changes: Vec<TextChange>,
}

/// A text of a briefing that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevisionRow {
    /// Its number.
    pub number: u32,
    /// Whether it lost against another save on the same base, and never became current.
    pub conflict: bool,
    /// Whether it is the current text.
    pub current: bool,
    /// When it was saved: RFC 3339, UTC.
    pub saved_at: String,
    /// Its title.
    pub title: String,
    /// Its length in code points.
    pub length: u32,
}

/// Asks for a text that was saved.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ReadRevision {
    /// The briefing.
    pub id: BriefingId,
    /// The number of the revision.
    pub number: u32,
}

impl App {
    /// Every text of a briefing that was saved, newest first, those that lost a conflict too.
    pub(crate) async fn list_revisions(&self, request: ById<BriefingId>) -> Result<Vec<RevisionRow>> {
        self.read(move |conn| {
            let current = briefing::read(conn, request.id)?.revision;
            let row = |revision: briefing::Revision| RevisionRow {
                number: revision.number,
                conflict: revision.conflict,
                current: revision.number == current,
                saved_at: revision.saved_at,
                title: revision.title,
                length: bilat_core::char_len(&revision.markdown),
            };
            Ok(briefing::list_revisions(conn, request.id)?.into_iter().map(row).collect())
        })
        .await
    }

    /// A text that was saved.
    ///
    /// # Errors
    /// `not_found` when the briefing has no such revision.
    pub(crate) async fn read_revision(&self, request: ReadRevision) -> Result<Markdown> {
        let ReadRevision { id, number } = request;
        let found = self.read(move |conn| briefing::list_revisions(conn, id)).await?;
        let found = found.into_iter().find(|revision| revision.number == number);
        found.map(|revision| Markdown { markdown: revision.markdown }).ok_or_else(|| {
            Error::not_found(format!(
                "there is no revision {number} of briefing {id}; see the list of its revisions"
            ))
        })
    }

    /// Freezes a briefing with its evidence as its next edition.
    ///
    /// # Errors
    /// `quote_lock`, with the check, when a quotation is altered, missing or uncited; `not_found`.
    pub async fn freeze_briefing(&self, request: ById<BriefingId>) -> Result<Edition> {
        let (id, now) = (request.id, self.now());
        let frozen = self
            .store
            .write(move |tx| {
                let markdown = briefing::read(tx, id)?.markdown;
                let (check, kept) = state(tx, &markdown);
                if !check.passes() {
                    return Ok(Err(check));
                }
                let mut evidence = Vec::new();
                for source in kept {
                    let Some(found) = statement::cited(tx, &source.key)? else { continue };
                    evidence.push(EditionEvidence {
                        key: source.key.clone(),
                        article: found.article.id,
                        snapshot: found.article.snapshot,
                        sha256_text: found.article.sha256_text,
                        record: serde_json::to_value(&source).unwrap_or_default(),
                    });
                }
                Ok(Ok(edition::freeze(tx, id, &evidence, &now)?))
            })
            .await?;
        match frozen {
            Ok(edition) => {
                self.tell(Changed::Briefings, Some(id.0));
                Ok(edition)
            }
            Err(check) => {
                let count = check.quotations.iter().filter(|quotation| quotation.state.stops()).count();
                let message = format!(
                    "freezing briefing {id}: {count} of {} quotations cannot be verified, so there is no edition; mend them first",
                    check.total
                );
                Err(Error { check: Some(Box::new(check)), ..Error::new(Code::QuoteLock, message) })
            }
        }
    }

    /// The editions of a briefing, newest first.
    pub(crate) async fn list_editions(&self, request: ById<BriefingId>) -> Result<Vec<Edition>> {
        self.read(move |conn| edition::list(conn, request.id)).await
    }

    /// An edition with its words.
    pub(crate) async fn read_edition(&self, request: ById<EditionId>) -> Result<EditionText> {
        self.read(move |conn| {
            let (edition, markdown, evidence) = edition::read(conn, request.id)?;
            let keys = evidence.into_iter().map(|item| item.key).collect();
            Ok(EditionText { edition, markdown, keys })
        })
        .await
    }

    /// What changed between an edition and a later one, or the briefing as it stands.
    ///
    /// # Errors
    /// `not_found` when there is no such edition.
    pub async fn compare_editions(&self, request: CompareEditions) -> Result<EditionComparison> {
        self.read(move |conn| {
            let CompareEditions { id, edition, with } = request;
            let (from, before, then) = kept(conn, edition::find(conn, id, edition)?)?;
            let (to, after, now) = match with {
                Some(number) => {
                    let (to, after, now) = kept(conn, edition::find(conn, id, Some(number))?)?;
                    (Some(to), after, now)
                }
                None => {
                    let markdown = briefing::read(conn, id)?.markdown;
                    let (_, now) = state(conn, &markdown);
                    (None, markdown, now)
                }
            };
            let sources = FromLibrary::new(conn);
            let changes = EditionChanges::new((&before, &then), (&after, &now), &|key| sources.cited(key));
            Ok(EditionComparison { from, to, changes })
        })
        .await
    }

    /// What is new on the pair since the last edition, as Markdown to be put into the briefing.
    ///
    /// # Errors
    /// `not_found` when the briefing has no edition yet.
    pub async fn draft_changes(&self, request: ById<BriefingId>) -> Result<Markdown> {
        self.read(move |conn| {
            let (last, _, then) = kept(conn, edition::find(conn, request.id, None)?)?;
            let dyad = briefing::read(conn, request.id)?.dyad;
            let new = edition::statements_since(conn, &last.frozen_at)?;
            let filter = StatementFilter { pair: Some(dyad), ..StatementFilter::default() };
            let (_, mut statements) = statement::list(conn, &filter)?;
            statements.retain(|said| new.contains(&said.key) && then.iter().all(|kept| kept.key != said.key));
            statements.sort_by_key(|said| said.said_on.as_ref().or(said.published.as_ref())?.first_day());
            let library = FromLibrary::new(conn);
            let sources = then
                .iter()
                .flat_map(|kept| bilat_brief::source_changes(kept, library.cited(&kept.key).as_ref()));
            let news = News { statements, events: Vec::new(), sources: sources.collect() };
            Ok(Markdown { markdown: bilat_brief::since_markdown(last.number, &last.frozen_at, &news) })
        })
        .await
    }

    /// Every edition that rests on a source which was corrected, graded otherwise, changed or taken
    /// away since, with the sentences that cite it. The latest edition first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_affected(&self, _: Nothing) -> Result<Vec<Affected>> {
        self.read(|conn| {
            let library = FromLibrary::new(conn);
            let mut out = Vec::new();
            for (title, found) in edition::list_all(conn)? {
                let (edition, markdown, then) = kept(conn, found.id)?;
                let changes: Vec<SourceChange> = then
                    .iter()
                    .flat_map(|kept| bilat_brief::source_changes(kept, library.cited(&kept.key).as_ref()))
                    .collect();
                if !changes.is_empty() {
                    let keys: Vec<&str> = changes.iter().map(|change| change.key.as_str()).collect();
                    let sentences = bilat_brief::citing(&markdown, &keys);
                    out.push(Affected { edition, title, changes, sentences });
                }
            }
            Ok(out)
        })
        .await
    }
}

/// The check of `markdown` and what it cites, as both stand.
fn state(conn: &Connection, markdown: &str) -> (Check, Vec<KeptSource>) {
    let sources = FromLibrary::new(conn);
    let document = bilat_brief::parse(markdown);
    let check = bilat_brief::check_document(&document, markdown, &sources);
    let works = Bibliography::new(&document, &sources);
    let kept = KeptSource::all(&works, &check);
    (check, kept)
}

/// An edition, its words and what it kept of its sources.
fn kept(conn: &Connection, id: EditionId) -> bilat_store::Result<(Edition, String, Vec<KeptSource>)> {
    let (edition, markdown, evidence) = edition::read(conn, id)?;
    let sources = evidence.into_iter().filter_map(|item| serde_json::from_value(item.record).ok());
    Ok((edition, markdown, sources.collect()))
}
