//! The numbers that records go by, each of its own type so that they cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An article.
    ArticleId,
    /// One capture of an article's words.
    SnapshotId,
    /// A marked passage.
    AnnotationId,
    /// An attributed quotation.
    StatementId,
    /// Something Bilat found by itself.
    SuggestionId,
    /// A briefing.
    BriefingId,
    /// A frozen briefing.
    EditionId,
    /// A collection of articles.
    CollectionId,
    /// A tag.
    TagId,
    /// A search that was kept.
    SavedSearchId,
    /// A paired browser.
    BrowserId,
    /// One run of an import.
    ImportId,
    /// A correction that is done to an outlet's later pages.
    OutletRuleId,
    /// A feed that is followed.
    FeedId,
    /// A folder whose new files are clipped.
    WatchedFolderId,
    /// Something a person taught.
    KnowledgeId,
    /// Somebody who speaks, under one spelling.
    SpeakerId,
    /// A role that a person wrote down.
    OfficeId,
    /// A publisher.
    SourceId,
    /// Something one side did to the other.
    EventId,
    /// An indicator or a date that a person watches.
    WatchId,
    /// A question that a person wrote down.
    QuestionId,
}
