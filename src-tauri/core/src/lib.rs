//! The vocabulary of Bilat: types and pure functions.
//!
//! Everything here is a value. Nothing reads a file, asks the time or can block, so every other
//! crate may lean on it, and the same type travels from the library file to the window: rows are
//! read into these types, the door returns them, and the TypeScript declarations are made from them.
#![deny(missing_docs)]

mod actor;
mod anchor;
mod annotation;
mod article;
mod briefing;
mod browser;
mod charset;
mod cite_key;
mod collection;
mod dyad;
mod edtf;
mod fetched;
mod grade;
mod hash;
mod id;
mod import;
mod library_check;
mod pair;
mod search;
mod speaker;
mod statement;
mod suggestion;
mod text;

pub use actor::{Actor, ActorKind, UnknownActor, actors};
pub use anchor::{Anchored, Quote, Target, TextPosition, anchor, quote_at};
pub use annotation::{Annotation, AnnotationKind, AnnotationState};
pub use article::{Article, ArticleRow, CaptureMethod, CaptureRecord, Published, Snapshot, SnapshotSummary};
pub use briefing::{Briefing, BriefingRow, Edition, Evidence, Marking, Template};
pub use browser::Browser;
pub use cite_key::{BadCiteKey, CiteKey};
pub use collection::Collection;
pub use dyad::{BadDyad, Dyad};
pub use edtf::{BadDate, Edtf};
pub use charset::{Charset, CharsetFound};
pub use grade::{Credibility, Reliability};
pub use hash::Sha256Hex;
pub use id::{
    AnnotationId, ArticleId, BriefingId, BrowserId, CollectionId, EditionId, ImportId, SnapshotId,
    StatementId, SuggestionId,
};
pub use library_check::LibraryCheck;
pub use pair::PairRow;
pub use search::{Hit, HitKind, SearchResults, SnippetPart};
pub use speaker::Speaker;
pub use import::{Import, ImportCounts, ImportFailure, ImportFormat, ImportState, UnknownFormat};
pub use statement::{Mode, Stance, Statement, StatementDraft, TranslationStatus};
pub use suggestion::{Suggested, Suggestion};
pub use text::{Block, BlockKind, CodePoints, Span, char_len, normalise_spaces};
