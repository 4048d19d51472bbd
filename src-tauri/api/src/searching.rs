//! Search over articles, notes, statements and briefings, and searches that are kept.

use std::time::Duration;

use bilat_core::{ArticleId, QueryCompletion, SavedSearch, SavedSearchId, SearchResults, Span};
use bilat_store::saved_search;
use bilat_store::search::{self, Order, Query};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{App, ById, Changed, Nothing, Result, Search};

/// How many hits come when the caller does not say.
const USUAL: u32 = 20;
/// How many hits come at most.
const MOST: u32 = 200;
/// How long ranking may take. What it does not reach by then is left out, and said.
const RANKING: Duration = Duration::from_millis(6);

/// Asks how a query may go on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompleteQuery {
    /// The query.
    pub query: String,
    /// Where the caret stands in it, in code points.
    pub cursor: u32,
}

/// Asks where in an article the passage stands that a search shows of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindPassage {
    /// The query.
    pub query: String,
    /// The article.
    pub article: ArticleId,
    /// Whether the query is still being typed.
    #[serde(default)]
    pub typing: bool,
}

/// Keeps a search.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveSearch {
    /// Its name.
    pub name: String,
    /// What is looked for.
    pub query: String,
}

fn read(query: &str, typing: bool) -> Query {
    if typing { Query::typed(query) } else { Query::parse(query) }
}

impl App {
    /// What the query finds. Any text is a valid query; what it cannot do is said in the answer.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn search(&self, request: Search) -> Result<SearchResults> {
        let typing = request.typing.unwrap_or_default();
        let order = Order {
            limit: if request.limit == 0 { USUAL } else { request.limit.min(MOST) },
            offset: request.offset,
            ranked: request.ranked.unwrap_or_default().then_some(RANKING),
            grouped: request.grouped.unwrap_or_default(),
            suggest: !typing,
        };
        self.read(move |conn| search::find(conn, &read(&request.query, typing), order)).await
    }

    /// How the query may go on where the caret stands.
    pub(crate) async fn complete_query(&self, request: CompleteQuery) -> Result<Vec<QueryCompletion>> {
        let today = self.today();
        self.read(move |conn| search::completions(conn, &request.query, request.cursor, today)).await
    }

    /// Where in the article the passage stands that a search shows of it.
    pub(crate) async fn find_passage(&self, request: FindPassage) -> Result<Option<Span>> {
        let query = read(&request.query, request.typing);
        self.read(move |conn| search::passage(conn, &query, request.article)).await
    }

    /// The searches that were kept, by name.
    pub(crate) async fn list_saved_searches(&self, _: Nothing) -> Result<Vec<SavedSearch>> {
        self.read(saved_search::list).await
    }

    /// Keeps a search.
    pub(crate) async fn save_search(&self, request: SaveSearch) -> Result<SavedSearch> {
        let now = self.now();
        self.write(Changed::Collections, move |tx| {
            let SaveSearch { name, query } = request;
            let id = saved_search::create(tx, &name, &query, &now)?;
            saved_search::read(tx, id)
        })
        .await
    }

    /// Gives a saved search another name or query.
    pub(crate) async fn edit_saved_search(&self, request: SavedSearch) -> Result<Nothing> {
        let SavedSearch { id, name, query } = request;
        self.write(Changed::Collections, move |tx| saved_search::edit(tx, id, &name, &query)).await?;
        Ok(Nothing {})
    }

    /// Takes a saved search away; it can be restored.
    pub(crate) async fn delete_saved_search(&self, request: ById<SavedSearchId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Collections, move |tx| saved_search::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Brings a saved search back.
    pub(crate) async fn restore_saved_search(&self, request: ById<SavedSearchId>) -> Result<Nothing> {
        self.write(Changed::Collections, move |tx| saved_search::restore(tx, request.id)).await?;
        Ok(Nothing {})
    }
}
