//! What is done to many articles at once, each in one transaction with one event: reading state, bin, tags. Whatever may
//! find that some were so already answers which were not, so that taking it back takes back no more than was done.

use bilat_core::{ArticleId, Tag, TagId, TagRecords};
use bilat_store::{article, tag};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{App, Changed, Nothing, Result};

/// Articles by their numbers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Articles {
    /// The numbers.
    pub ids: Vec<ArticleId>,
}

/// Marks articles read or unread.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetUnreadAll {
    /// The articles.
    pub ids: Vec<ArticleId>,
    /// Whether they count as unread.
    pub unread: bool,
}

/// Gives articles tags, and takes tags from them.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct TagArticles {
    /// The articles.
    pub ids: Vec<ArticleId>,
    /// Names of tags that they get.
    #[serde(default)]
    pub add: Vec<String>,
    /// Names of tags that they lose.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// A tag's new name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RenameTag {
    /// The tag.
    pub id: TagId,
    /// The name.
    pub name: String,
}

/// Takes a tag away, or puts another in its place.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RemoveTag {
    /// The tag that goes.
    pub id: TagId,
    /// The one that its articles and passages get instead.
    pub into: Option<TagId>,
}

impl App {
    /// Marks articles read or unread; answers those that were not so already.
    pub(crate) async fn set_unread_all(&self, request: SetUnreadAll) -> Result<Vec<ArticleId>> {
        self.write(Changed::Articles, move |tx| article::set_unread_all(tx, &request.ids, request.unread))
            .await
    }

    /// Puts articles into the bin.
    pub(crate) async fn delete_articles(&self, request: Articles) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            request.ids.iter().try_for_each(|id| article::delete(tx, *id, &now))
        })
        .await?;
        Ok(Nothing {})
    }

    /// Takes articles out of the bin.
    pub(crate) async fn restore_articles(&self, request: Articles) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            request.ids.iter().try_for_each(|id| article::restore(tx, *id, &now))
        })
        .await?;
        Ok(Nothing {})
    }

    /// Destroys articles of the bin with their snapshots and marks; all of the bin where none is named. Answers which.
    /// Nothing brings them back: the log keeps their keys and hashes.
    pub(crate) async fn empty_bin(&self, request: Articles) -> Result<Vec<ArticleId>> {
        let now = self.now();
        self.write(Changed::Articles, move |tx| {
            let ids = if request.ids.is_empty() { article::list_bin(tx)? } else { request.ids };
            ids.iter().try_for_each(|id| article::purge(tx, *id, "the bin was emptied", &now))?;
            Ok(ids)
        })
        .await
    }

    /// Gives articles tags and takes tags from them; answers those that this changed.
    pub(crate) async fn tag_articles(&self, request: TagArticles) -> Result<Vec<ArticleId>> {
        self.write(Changed::Articles, move |tx| {
            tag::change_articles(tx, &request.ids, &request.add, &request.remove)
        })
        .await
    }

    /// The tags by name.
    pub(crate) async fn list_tags(&self, _: Nothing) -> Result<Vec<Tag>> {
        self.read(tag::list).await
    }

    /// Renames a tag.
    pub(crate) async fn rename_tag(&self, request: RenameTag) -> Result<Nothing> {
        self.write(Changed::Articles, move |tx| tag::rename(tx, request.id, &request.name)).await?;
        Ok(Nothing {})
    }

    /// Takes a tag away or merges it into another; what comes back restores it.
    pub(crate) async fn remove_tag(&self, request: RemoveTag) -> Result<TagRecords> {
        self.write(Changed::Articles, move |tx| tag::remove(tx, request.id, request.into)).await
    }

    /// Brings back a tag that was taken away or merged.
    pub(crate) async fn restore_tag(&self, request: TagRecords) -> Result<Nothing> {
        self.write(Changed::Articles, move |tx| tag::restore(tx, &request)).await?;
        Ok(Nothing {})
    }
}
