//! Search over articles, statements and notes.

use bilat_core::SearchResults;
use bilat_store::search::{self, Query};

use crate::{App, Result, Search};

/// How many hits come when the caller does not say.
const USUAL: u32 = 20;
/// How many hits come at most.
const MOST: u32 = 200;

impl App {
    /// What the query finds, newest first. Any text is a valid query.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn search(&self, request: Search) -> Result<SearchResults> {
        let limit = if request.limit == 0 { USUAL } else { request.limit.min(MOST) };
        self.read(move |conn| {
            let read = if request.typing.unwrap_or_default() { Query::typed } else { Query::parse };
            search::search(conn, &read(&request.query), limit, request.offset)
        })
        .await
    }
}
