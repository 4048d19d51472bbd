//! Briefings: drafted from accepted evidence, edited, checked and previewed.

use bilat_brief::export::{self, Bibliography, Options};
use bilat_brief::{Check, DraftArticle, DraftEvidence, EditionChanges};
use bilat_core::{Actor, ArticleRow, Briefing, BriefingId, BriefingRow, Dyad, Edtf, Evidence, Marking};
use bilat_store::article::{self, ArticleFilter};
use bilat_store::briefing::{self, Saved};
use bilat_store::statement::{self, Citable, StatementFilter};
use bilat_store::{Connection, setting};

use crate::sources::FromLibrary;
use crate::{
    App, ById, Changed, Code, CompleteCitation, Completion, DraftBriefing, Error, ListEvidence, Markdown,
    Nothing, Preview, RefreshedBriefing, Result, SaveBriefing,
};

/// The setting that holds the name drafts are signed with.
const AUTHOR: &str = "briefing.author";

/// How many completions a half-typed citation gets.
const COMPLETIONS: u32 = 12;

impl App {
    /// The briefings, last saved first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_briefings(&self, _: Nothing) -> Result<Vec<BriefingRow>> {
        self.read(briefing::list).await
    }

    /// Drafts a briefing from a pair's accepted evidence and keeps it.
    ///
    /// # Errors
    /// `bad_input` when the two sides are the same.
    pub async fn draft_briefing(&self, request: DraftBriefing) -> Result<Briefing> {
        let dyad = Dyad::new(request.left, request.right)
            .map_err(|error| Error::bad_input(format!("drafting a briefing: {error}")))?;
        let (today, now) = (self.today(), self.now());
        let evidence = self
            .read(move |conn| {
                evidence(
                    conn,
                    (request.left, request.right),
                    dyad,
                    (request.since.as_ref(), request.until.as_ref()),
                )
            })
            .await?;
        let template = request.template.unwrap_or_default();
        let markdown = bilat_brief::draft(&evidence, template, today)
            .map_err(|error| Error::bad_input(format!("drafting a briefing: {error}")))?;
        let title = bilat_brief::title(&markdown);
        self.write(Changed::Briefings, move |tx| {
            let id = briefing::insert(tx, &title, dyad, &markdown, &now)?;
            briefing::read(tx, id)
        })
        .await
    }

    /// A briefing's tables and sourcing statement, drafted anew from the evidence of today. Nothing is
    /// saved.
    ///
    /// # Errors
    /// `not_found`; `bad_input` when a template is at fault.
    pub async fn refresh_briefing(&self, request: ById<BriefingId>) -> Result<RefreshedBriefing> {
        let today = self.today();
        self.read(move |conn| {
            let Briefing { markdown, dyad, .. } = briefing::read(conn, request.id)?;
            let written = bilat_brief::parse(&markdown).front_matter.pair;
            let sides =
                written.split_once(['-', '–', '/']).map(|(a, b)| (a.trim().parse(), b.trim().parse()));
            let sides = match sides {
                Some((Ok(left), Ok(right))) if Dyad::new(left, right).ok() == Some(dyad) => (left, right),
                _ => (dyad.a(), dyad.b()),
            };
            let evidence = evidence(conn, sides, dyad, (None, None))?;
            let mut text = markdown.clone();
            let found = bilat_brief::refresh(&markdown, &evidence, today).map_err(|error| error.to_string());
            Ok(found.map(|blocks| {
                for block in blocks.iter().rev() {
                    text.replace_range(block.at.clone(), &block.markdown);
                }
                let changes = EditionChanges::new((&markdown, &[]), (&text, &[]), &|_| None).text;
                RefreshedBriefing {
                    blocks: blocks.into_iter().map(|block| block.name).collect(),
                    changes,
                    markdown: text,
                }
            }))
        })
        .await?
        .map_err(|error| Error::bad_input(format!("refreshing briefing {}: {error}", request.id)))
    }

    /// A briefing.
    ///
    /// # Errors
    /// `not_found` when there is none with this number.
    pub async fn read_briefing(&self, request: ById<BriefingId>) -> Result<Briefing> {
        self.read(move |conn| briefing::read(conn, request.id)).await
    }

    /// Saves a briefing as its next revision.
    ///
    /// # Errors
    /// `conflict` when another revision was saved since `revision`; nothing is overwritten.
    pub async fn save_briefing(&self, request: SaveBriefing) -> Result<Briefing> {
        let SaveBriefing { id, markdown, revision } = request;
        let now = self.now();
        let title = bilat_brief::title(&markdown);
        let (saved, briefing) = self
            .store
            .write(move |tx| {
                let dyad = briefing::read(tx, id)?.dyad;
                let saved = briefing::save(tx, id, &title, dyad, &markdown, revision, &now)?;
                Ok((saved, briefing::read(tx, id)?))
            })
            .await?;
        self.tell(Changed::Briefings, Some(id.0));
        match saved {
            Saved::Current(_) => Ok(briefing),
            Saved::Conflict { current, kept } => Err(Error::new(
                Code::Conflict,
                format!(
                    "saving briefing {id}: revision {current} was saved elsewhere since revision {revision}; \
                     your text is kept as revision {kept}"
                ),
            )),
        }
    }

    /// Puts a briefing into the bin.
    pub(crate) async fn delete_briefing(&self, request: ById<BriefingId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Briefings, move |tx| briefing::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Takes a briefing out of the bin.
    pub(crate) async fn restore_briefing(&self, request: ById<BriefingId>) -> Result<Briefing> {
        let now = self.now();
        self.write(Changed::Briefings, move |tx| {
            briefing::restore(tx, request.id, &now)?;
            briefing::read(tx, request.id)
        })
        .await
    }

    /// Holds every quotation of a Markdown text against its source, and its language against the scale.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn check_briefing(&self, request: Markdown) -> Result<Check> {
        self.read(move |conn| Ok(bilat_brief::check(&request.markdown, &FromLibrary::new(conn)))).await
    }

    /// The page as it will be printed, from the exporter itself, with the check.
    pub(crate) async fn preview_briefing(&self, request: Markdown) -> Result<Preview> {
        self.read(move |conn| {
            let sources = FromLibrary::new(conn);
            let document = bilat_brief::parse(&request.markdown);
            let check = bilat_brief::check_document(&document, &request.markdown, &sources);
            let works = Bibliography::new(&document, &sources);
            let options = Options { draft: !check.passes(), ..Options::default() };
            let html = export::preview(&document, &check, &works, options);
            let words = bilat_brief::count_words(&document).words;
            Ok(Preview { html, check, words })
        })
        .await
    }

    /// The cards of the evidence tray: a pair's accepted statements, newest first.
    pub(crate) async fn list_evidence(&self, request: ListEvidence) -> Result<Vec<Evidence>> {
        self.read(move |conn| {
            let filter = StatementFilter {
                pair: Some(request.pair),
                query: request.query.as_deref(),
                ..StatementFilter::default()
            };
            let (_, statements) = statement::list(conn, &filter)?;
            let card = |statement: bilat_core::Statement| Evidence {
                markdown: bilat_brief::evidence_markdown(&statement),
                key: statement.key.clone(),
                statement,
            };
            Ok(statements.into_iter().map(card).collect())
        })
        .await
    }

    /// What a half-typed citation may become: statements of the pair first, then other statements and
    /// articles whose key, speaker or headline has the letters.
    pub(crate) async fn complete_citation(&self, request: CompleteCitation) -> Result<Vec<Completion>> {
        self.read(move |conn| {
            let found = statement::list_citable(conn, &request.prefix, request.pair, COMPLETIONS)?;
            Ok(found.into_iter().map(completion).collect())
        })
        .await
    }
}

/// What a briefing on a pair is drafted from.
fn evidence(
    conn: &Connection,
    (left, right): (Actor, Actor),
    dyad: Dyad,
    (since, until): (Option<&Edtf>, Option<&Edtf>),
) -> bilat_store::Result<DraftEvidence> {
    let filter = StatementFilter { pair: Some(dyad), since, until, ..StatementFilter::default() };
    let (_, statements) = statement::list(conn, &filter)?;
    Ok(DraftEvidence {
        dyad,
        left,
        right,
        statements,
        articles: articles_of(conn, dyad)?,
        events: Vec::new(),
        period: (since.and_then(Edtf::first_day), until.and_then(Edtf::last_day)),
        author: setting::read(conn, AUTHOR)?.and_then(|name| name.as_str().map(str::to_owned)),
        marking: Marking::default(),
    })
}

/// The articles that belong to a pair, as a draft's sourcing statement counts them.
fn articles_of(conn: &Connection, dyad: Dyad) -> bilat_store::Result<Vec<DraftArticle>> {
    let filter = ArticleFilter { pair: Some(dyad), limit: u32::MAX, ..ArticleFilter::default() };
    let (_, rows) = article::list(conn, &filter)?;
    let article = |row: ArticleRow| DraftArticle {
        origin: row.credit.or_else(|| row.outlet.clone()).unwrap_or_else(|| row.key.to_string()),
        key: row.key,
        title: row.title,
        outlet: row.outlet,
        published: row.published.map(|published| published.on),
        reliability: row.reliability,
    };
    Ok(rows.into_iter().map(article).collect())
}

fn completion(citable: Citable) -> Completion {
    match citable {
        Citable::Statement(said) => Completion {
            key: said.key,
            title: said.speaker.unwrap_or(said.article_title),
            detail: said.text,
            credibility: Some(said.credibility),
        },
        Citable::Article(article) => {
            let date = article.published.map(|date| date.to_string());
            let detail: Vec<String> = [article.outlet, date].into_iter().flatten().collect();
            Completion {
                key: article.key,
                title: article.title,
                detail: detail.join(", "),
                credibility: None,
            }
        }
    }
}
