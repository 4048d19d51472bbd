//! The vocabulary of Bilat: types and pure functions.
//!
//! Everything here is a value. Nothing reads a file, asks the time or can block, so every other
//! crate may lean on it, and the same type travels from the library file to the window: rows are
//! read into these types, the door returns them, and the TypeScript declarations are made from them.
#![deny(missing_docs)]

mod actor;
mod address;
mod anchor;
mod annotation;
mod article;
mod briefing;
mod browser;
mod charset;
mod cite_key;
mod collection;
mod difference;
mod dossier;
mod dyad;
mod edtf;
mod event;
mod feed;
mod fetched;
mod gap;
mod grade;
mod hash;
mod holding;
mod id;
mod import;
mod knowledge;
mod library_check;
mod negation;
mod pair;
mod passage;
mod register;
mod rule;
mod search;
mod shingle;
mod source;
mod speaker;
mod statement;
mod suggestion;
mod tag;
mod text;

pub use actor::{Actor, ActorKind, UnknownActor, actors};
pub use address::{host_of, match_url};
pub use anchor::{Anchored, Anchoring, Quote, Target, TextPosition, anchor, quote_at};
pub use annotation::{
    Annotation, AnnotationKind, AnnotationLink, AnnotationState, LinkRelation, UnplacedAnnotation,
};
pub use article::{
    Access, Article, ArticleRow, CaptureMethod, CaptureRecord, HeldBack, Image, Kin, Published, Relation,
    Snapshot, SnapshotSummary, Standing,
};
pub use briefing::{Briefing, BriefingRow, Edition, Evidence, Marking, Template};
pub use browser::{Browser, BrowserKind};
pub use charset::{Charset, CharsetFound};
pub use cite_key::{BadCiteKey, CiteKey};
pub use collection::{Collection, SavedSearch};
pub use difference::{AnnotationChange, Change, ChangeKind, Comparison, difference};
pub use dossier::{
    ActMonth, Dossier, DossierHead, DossierSource, Issue, Period, Position, SideCounts, ToneMonth, Voice,
};
pub use dyad::{BadDyad, Dyad};
pub use edtf::{BadDate, Edtf, Month, Precision};
pub use event::{
    BadEvent, EventDraft, EventEvidence, EventStatus, EvidenceRef, LedgerEvent, Plover, Quad, SoundEvent,
    SuggestedEvent, UnknownEventStatus, UnknownPlover,
};
pub use feed::{Feed, WatchedFailure, WatchedFolder};
pub use fetched::{FetchRecord, Redirect};
pub use gap::{DossierNotes, Gap, Lack, Question, STALE_DAYS, SinceVisit, Waiver, Watch, lacks};
pub use grade::{Credibility, Reliability};
pub use hash::Sha256Hex;
pub use holding::{Captured, held_back};
pub use id::{
    AnnotationId, ArticleId, BriefingId, BrowserId, CollectionId, EditionId, EventId, FeedId, ImportId,
    KnowledgeId, OfficeId, OutletRuleId, QuestionId, SavedSearchId, SnapshotId, SourceId, SpeakerId,
    StatementId, SuggestionId, TagId, WatchId, WatchedFolderId,
};
pub use import::{Import, ImportCounts, ImportFailure, ImportFormat, ImportState, UnknownFormat};
pub use knowledge::{Knowledge, LearnedFrom, Lesson};
pub use library_check::LibraryCheck;
pub use negation::is_negation;
pub use pair::PairRow;
pub use register::{IssueRow, StatementGroup, StatementGrouping, StatementOrder, StatementSort};
pub use rule::{OutletRule, Rule, shape};
pub use search::{Hit, HitKind, KindCount, QueryCompletion, QueryProblem, SearchResults, SnippetPart};
pub use shingle::Shingles;
pub use source::{Affiliation, Grading, LikelySameSource, Source, SourceEdit, SourceKind, SourceName};
pub use speaker::{LikelySame, Office, Person, Speaker, Spelling, WhySame};
pub use statement::{
    Mode, Stance, Statement, StatementChange, StatementDraft, StatementField, TranslationStatus,
};
pub use suggestion::{Suggested, Suggestion};
pub use tag::{Tag, TagRecords};
pub use text::{Block, BlockKind, CodePoints, Span, char_len, normalise_spaces};
