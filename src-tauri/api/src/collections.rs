//! Collections of articles, made by hand.

use bilat_core::{ArticleId, Collection, CollectionId};
use bilat_store::collection;

use crate::{App, ById, Changed, InCollection, NameCollection, Nothing, RenameCollection, Result};

impl App {
    /// The collections by name.
    pub(crate) async fn list_collections(&self, _: Nothing) -> Result<Vec<Collection>> {
        self.read(collection::list).await
    }

    /// Makes a collection.
    pub(crate) async fn create_collection(&self, request: NameCollection) -> Result<Collection> {
        let now = self.now();
        self.write(Changed::Collections, move |tx| {
            collection::read(tx, collection::create(tx, &request.name, &now)?)
        })
        .await
    }

    /// Renames a collection.
    pub(crate) async fn rename_collection(&self, request: RenameCollection) -> Result<Nothing> {
        self.write(Changed::Collections, move |tx| collection::rename(tx, request.id, &request.name)).await?;
        Ok(Nothing {})
    }

    /// Takes a collection away, not its articles; it can be restored.
    pub(crate) async fn delete_collection(&self, request: ById<CollectionId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Collections, move |tx| collection::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Brings a collection back.
    pub(crate) async fn restore_collection(&self, request: ById<CollectionId>) -> Result<Nothing> {
        self.write(Changed::Collections, move |tx| collection::restore(tx, request.id)).await?;
        Ok(Nothing {})
    }

    /// Puts articles into a collection; answers those that were not in it.
    pub(crate) async fn add_to_collection(&self, request: InCollection) -> Result<Vec<ArticleId>> {
        self.write(Changed::Collections, move |tx| collection::add(tx, request.collection, &request.articles))
            .await
    }

    /// Takes articles out of a collection; answers those that were in it.
    pub(crate) async fn remove_from_collection(&self, request: InCollection) -> Result<Vec<ArticleId>> {
        self.write(Changed::Collections, move |tx| {
            collection::remove(tx, request.collection, &request.articles)
        })
        .await
    }
}
