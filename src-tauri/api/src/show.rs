//! An article as `bilat show` prints it: the documented JSON, without what only the window needs.

use bilat_core::{
    AnnotationId, AnnotationState, ArticleId, BlockKind, CiteKey, CodePoints, Edtf, SnapshotSummary,
    Statement,
};
use bilat_store::article;
use serde::Serialize;

use crate::{App, Result, articles};

/// `{id, key, title, standfirst, byline, published, outlet, dateline, credit, paragraphs[], snapshots[],
/// annotations[{id, exact, state}], statements[]}`.
#[derive(Debug, Clone, Serialize)]
pub struct ShownArticle {
    /// Its number.
    pub id: ArticleId,
    /// Its cite key.
    pub key: CiteKey,
    /// The headline.
    pub title: String,
    /// The line under it.
    pub standfirst: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The place in the dateline.
    pub dateline: Option<String>,
    /// The agency credited.
    pub credit: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// Confirmed pairs, then suggested ones.
    pub pairs: Vec<bilat_core::Dyad>,
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// The body.
    pub paragraphs: Vec<String>,
    /// Page furniture that was set aside.
    pub set_aside: Vec<String>,
    /// All snapshots, newest first.
    pub snapshots: Vec<SnapshotSummary>,
    /// What is marked on it.
    pub annotations: Vec<ShownAnnotation>,
    /// The statements among them.
    pub statements: Vec<Statement>,
}

/// An annotation of a shown article.
#[derive(Debug, Clone, Serialize)]
pub struct ShownAnnotation {
    /// Its number.
    pub id: AnnotationId,
    /// The words.
    pub exact: String,
    /// Whether they still stand in the current snapshot.
    pub state: AnnotationState,
    /// The note.
    pub note: String,
    /// Tags.
    pub tags: Vec<String>,
    /// The attribution.
    #[serde(skip)]
    pub statement: Option<Statement>,
}

impl App {
    /// The article with this number or cite key.
    ///
    /// # Errors
    /// `not_found` when there is none.
    pub async fn show_article(&self, id: String) -> Result<ShownArticle> {
        let article = self.read(move |conn| articles::read(conn, article::resolve(conn, &id)?)).await?;
        let text = CodePoints::new(&article.snapshot.text);
        let body =
            |block: &&bilat_core::Block| !matches!(block.kind, BlockKind::Title | BlockKind::Standfirst);
        let paragraphs = article.snapshot.blocks.iter().filter(body);
        Ok(ShownArticle {
            id: article.id,
            key: article.key,
            title: article.title,
            standfirst: article.standfirst,
            byline: article.byline,
            published: article.published.map(|published| published.on),
            outlet: article.outlet,
            dateline: article.dateline,
            credit: article.credit,
            url: article.url,
            language: article.language,
            pairs: [article.dyads, article.suggested_dyads].concat(),
            tags: article.tags,
            paragraphs: paragraphs.map(|block| text.slice(block.span()).to_owned()).collect(),
            set_aside: article.snapshot.set_aside.clone(),
            snapshots: article.snapshots,
            statements: article.annotations.iter().filter_map(|marked| marked.statement.clone()).collect(),
            annotations: article
                .annotations
                .into_iter()
                .map(|marked| ShownAnnotation {
                    id: marked.id,
                    exact: marked.exact,
                    state: marked.state,
                    note: marked.note,
                    tags: marked.tags,
                    statement: marked.statement,
                })
                .collect(),
        })
    }
}
