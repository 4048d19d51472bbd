//! Origins: what a person says of who first wrote a text.

use bilat_core::{Article, ArticleId};
use bilat_store::origin;

use crate::articles;
use crate::{App, ById, Changed, JoinOrigin, Result};

impl App {
    /// Says that two articles are of one origin.
    pub(crate) async fn join_origin(&self, request: JoinOrigin) -> Result<Article> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            origin::join(tx, request.article, request.with, &now)?;
            articles::read(tx, request.article)
        })
        .await
    }

    /// Says that an article is not of the origin it is in.
    pub(crate) async fn split_origin(&self, request: ById<ArticleId>) -> Result<Article> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            origin::split(tx, request.id, &now)?;
            articles::read(tx, request.id)
        })
        .await
    }
}
