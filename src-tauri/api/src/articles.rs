//! Articles: listing, reading, correcting, the bin, the pairs they belong to.

use bilat_core::{Article, ArticleId};
use bilat_store::Connection;
use bilat_store::article::{self, ArticleEdit, ArticleFilter};
use bilat_store::search::Query;

use crate::{
    App, ArticleDyad, ArticlePage, ById, Changed, EditArticle, ListArticles, Nothing, Result, SetUnread,
    Sort, View,
};

/// The longest page of a list; longer lists are read page by page.
const LONGEST_PAGE: u32 = 200;

impl App {
    /// A page of the article list.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_articles(&self, request: ListArticles) -> Result<ArticlePage> {
        let limit = if request.limit == 0 { LONGEST_PAGE } else { request.limit.min(LONGEST_PAGE) };
        let (total, rows) = self
            .read(move |conn| {
                let query = request.query.as_deref().map(Query::parse);
                article::list(conn, &ArticleFilter { limit, ..filter(&request, query.as_ref()) })
            })
            .await?;
        Ok(ArticlePage { total, rows })
    }

    /// The numbers of the articles of a list, in its order: what “select all” selects. `limit` 0 is all of them.
    pub(crate) async fn list_article_ids(&self, request: ListArticles) -> Result<Vec<ArticleId>> {
        let limit = if request.limit == 0 { u32::MAX } else { request.limit };
        self.read(move |conn| {
            let query = request.query.as_deref().map(Query::parse);
            article::list_ids_of(conn, &ArticleFilter { limit, ..filter(&request, query.as_ref()) })
        })
        .await
    }

    /// An article with everything marked on it.
    pub(crate) async fn read_article(&self, request: ById<ArticleId>) -> Result<Article> {
        self.read(move |conn| read(conn, request.id)).await
    }

    /// Marks an article read or unread.
    pub(crate) async fn set_unread(&self, request: SetUnread) -> Result<Nothing> {
        self.write(Changed::Articles, move |tx| article::set_unread(tx, request.id, request.unread)).await?;
        Ok(Nothing {})
    }

    /// Corrects what is known of an article.
    pub(crate) async fn edit_article(&self, request: EditArticle) -> Result<Article> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            let edit = ArticleEdit {
                title: request.title.as_deref(),
                standfirst: request.standfirst.as_deref(),
                outlet: request.outlet.as_deref(),
                published: request.published.as_ref(),
                reliability: request.reliability,
                ..ArticleEdit::default()
            };
            article::edit(tx, request.id, &edit, &now)?;
            read(tx, request.id)
        })
        .await
    }

    /// Puts an article into the bin.
    pub(crate) async fn delete_article(&self, request: ById<ArticleId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| article::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Takes an article out of the bin.
    pub(crate) async fn restore_article(&self, request: ById<ArticleId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| article::restore(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Says that an article belongs to a pair.
    pub(crate) async fn confirm_dyad(&self, request: ArticleDyad) -> Result<Article> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            article::confirm_dyad(tx, request.id, request.dyad, &now)?;
            read(tx, request.id)
        })
        .await
    }

    /// Says that an article does not belong to a pair, confirmed or suggested.
    pub(crate) async fn remove_dyad(&self, request: ArticleDyad) -> Result<Article> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            article::remove_dyad(tx, request.id, request.dyad, &now)?;
            read(tx, request.id)
        })
        .await
    }

    /// Takes back a confirmation or removal: the pair is suggested again, where Bilat suggested it.
    pub(crate) async fn reopen_dyad(&self, request: ArticleDyad) -> Result<Article> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            article::reopen_dyad(tx, request.id, request.dyad, &now)?;
            read(tx, request.id)
        })
        .await
    }
}

fn filter<'a>(request: &ListArticles, query: Option<&'a Query>) -> ArticleFilter<'a> {
    ArticleFilter {
        view: match request.view {
            View::Inbox => article::View::Inbox,
            View::Read => article::View::Read,
            View::Used => article::View::Used,
            View::All => article::View::All,
            View::Bin => article::View::Bin,
        },
        pair: request.pair,
        collection: request.collection,
        outlet: None,
        tag: request.tag,
        query,
        unread: request.unread.unwrap_or_default(),
        sort: match request.sort.unwrap_or_default() {
            Sort::Published => article::Sort::Published,
            Sort::Oldest => article::Sort::Oldest,
            Sort::Clipped => article::Sort::Clipped,
            Sort::Outlet => article::Sort::Outlet,
            Sort::Title => article::Sort::Title,
            Sort::Origin => article::Sort::Origin,
        },
        offset: request.offset,
        limit: request.limit,
    }
}

/// The article with this number.
///
/// # Errors
/// [`bilat_store::Error::NotFound`].
pub(crate) fn read(conn: &Connection, id: ArticleId) -> bilat_store::Result<Article> {
    article::read(conn, id)?.ok_or_else(|| bilat_store::Error::not_found("article", id))
}
