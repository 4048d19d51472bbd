//! Sources: who publishes, how far each can be relied on and since when, and how it stands to a state.

use bilat_core::SourceId;
use bilat_store::source;

use crate::{App, ById, Changed, EditSource, GradeSource, MergeSources, Nothing, Result, Sources};

impl App {
    /// Every source, and which of them may be one.
    pub(crate) async fn list_sources(&self, _: Nothing) -> Result<Sources> {
        self.read(|conn| {
            let sources = source::list(conn)?;
            let likely_same = source::list_likely_same(&sources);
            Ok(Sources { sources, likely_same })
        })
        .await
    }

    /// Changes what is known of a source; answers the request that takes it back.
    pub(crate) async fn edit_source(&self, request: EditSource) -> Result<EditSource> {
        let (now, EditSource { id, edit }) = (self.now(), request);
        let edit = self.write(Changed::Articles, move |tx| source::edit(tx, id, &edit, &now)).await?;
        Ok(EditSource { id, edit })
    }

    /// Sets how far a source can be relied on from now on; what held before stays on record.
    pub(crate) async fn grade_source(&self, request: GradeSource) -> Result<Nothing> {
        let now = self.now();
        let GradeSource { id, reliability, reason } = request;
        self.write(Changed::Articles, move |tx| source::grade(tx, id, reliability, &reason, &now)).await?;
        Ok(Nothing {})
    }

    /// Files the articles of one source with another.
    pub(crate) async fn merge_sources(&self, request: MergeSources) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| source::merge(tx, request.merge, request.keep, &now)).await?;
        Ok(Nothing {})
    }

    /// Makes a source that was merged one of its own again.
    pub(crate) async fn split_source(&self, request: ById<SourceId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| source::split(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }
}
