//! Every command there is, once: the router, the TypeScript declarations and the tests come from
//! this list. A command that does not stand here does not exist.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use bilat_brief::Check;
use bilat_brief::figure::Figure;
use bilat_brief::pack::PackedEvidence;
use bilat_core::{
    Actor, ActorKind, AnnotationId, AnnotationKind, AnnotationState, Article, ArticleId, ArticleRow,
    BriefingId, CiteKey, CollectionId, Credibility, Dyad, Edtf, EventDraft, EventEvidence, EventId, FeedId,
    HeldBack, ImportFormat, LedgerEvent, Lesson, LikelySame, LikelySameSource, LinkRelation, Mode, Office,
    OutletRule, Period, Person, QuestionId, Reliability, Sha256Hex, SnapshotId, Source, SourceEdit, SourceId,
    Span, SpeakerId, Stance, Statement, StatementChange, StatementDraft, StatementGrouping, StatementId,
    StatementSort, SuggestionId, TagId, Template, WatchId,
};

pub use crate::editions::{
    Affected, CompareEditions, EditionComparison, EditionText, ReadRevision, RefreshedBriefing, RevisionRow,
};
pub use crate::searching::{CompleteQuery, FindPassage, SaveSearch};
pub use crate::shelving::{Articles, RemoveTag, RenameTag, SetUnreadAll, TagArticles};

/// Calls `$callback!` with the list: `name(Request) -> Response, …`.
macro_rules! with_commands {
    ($callback:ident) => {
        $callback! {
            library_status(Nothing) -> LibraryStatus,
            make_exercise(Nothing) -> LibraryStatus,
            check_library(Nothing) -> LibraryCheck,
            back_up(BackUp) -> BackedUp,

            clip(Clip) -> Clipped,
            list_articles(ListArticles) -> ArticlePage,
            list_article_ids(ListArticles) -> Vec<ArticleId>,
            read_article(ById<ArticleId>) -> Article,
            set_unread(SetUnread) -> Nothing,
            edit_article(EditArticle) -> Article,
            export_article(ExportArticle) -> ArticleExported,
            delete_article(ById<ArticleId>) -> Nothing,
            restore_article(ById<ArticleId>) -> Nothing,
            set_unread_all(SetUnreadAll) -> Vec<ArticleId>,
            delete_articles(Articles) -> Nothing,
            restore_articles(Articles) -> Nothing,
            empty_bin(Articles) -> Vec<ArticleId>,
            tag_articles(TagArticles) -> Vec<ArticleId>,
            confirm_dyad(ArticleDyad) -> Article,
            remove_dyad(ArticleDyad) -> Article,
            reopen_dyad(ArticleDyad) -> Article,

            read_snapshot(ById<SnapshotId>) -> Snapshot,
            compare_snapshots(CompareSnapshots) -> Comparison,
            make_current(ById<SnapshotId>) -> Article,
            join_origin(JoinOrigin) -> Article,
            split_origin(ById<ArticleId>) -> Article,
            correct_article(CorrectArticle) -> Corrected,
            list_outlet_rules(Nothing) -> Vec<OutletRule>,
            delete_outlet_rule(ById<OutletRuleId>) -> Nothing,
            restore_outlet_rule(ById<OutletRuleId>) -> OutletRule,

            annotate(Annotate) -> Annotation,
            edit_annotation(EditAnnotation) -> Annotation,
            delete_annotation(ById<AnnotationId>) -> Nothing,
            restore_annotation(ById<AnnotationId>) -> Annotation,
            place_annotation(PlaceAnnotation) -> Annotation,
            list_unplaced(Nothing) -> Vec<UnplacedAnnotation>,
            link_annotations(LinkAnnotations) -> Annotation,
            unlink_annotations(LinkAnnotations) -> Annotation,
            render_notes(RenderNotes) -> Vec<String>,
            accept_suggestion(AcceptSuggestion) -> Option<Annotation>,
            reject_suggestion(ById<SuggestionId>) -> Nothing,
            reopen_suggestion(ById<SuggestionId>) -> Nothing,

            teach(Teach) -> Option<Knowledge>,
            list_knowledge(Nothing) -> Vec<Knowledge>,
            forget_knowledge(ById<KnowledgeId>) -> Nothing,
            restore_knowledge(ById<KnowledgeId>) -> Knowledge,
            analyse_again(Nothing) -> Reanalysis,
            read_reanalysis(Nothing) -> Reanalysis,
            cancel_reanalysis(Nothing) -> Reanalysis,

            list_statements(ListStatements) -> StatementPage,
            order_statements(ListStatements) -> StatementOrder,
            read_statements(ReadStatements) -> Vec<Statement>,
            edit_statements(EditStatements) -> Vec<StatementChange>,
            list_issues(Nothing) -> Vec<IssueRow>,
            export_statements(ExportStatements) -> StatementsExported,

            list_speakers(ListSpeakers) -> Vec<Speaker>,
            role_on(RoleOn) -> Option<Office>,
            list_people(Nothing) -> People,
            rename_speaker(RenameSpeaker) -> RenameSpeaker,
            merge_speakers(MergeSpeakers) -> Nothing,
            split_speaker(ById<SpeakerId>) -> Nothing,
            keep_speakers_apart(KeepApart) -> Nothing,
            set_office(SetOffice) -> ById<OfficeId>,
            remove_office(ById<OfficeId>) -> SetOffice,

            list_sources(Nothing) -> Sources,
            edit_source(EditSource) -> EditSource,
            grade_source(GradeSource) -> Nothing,
            merge_sources(MergeSources) -> Nothing,
            split_source(ById<SourceId>) -> Nothing,

            list_actors(Nothing) -> Vec<ActorName>,
            list_pairs(Nothing) -> Vec<PairRow>,
            follow_pair(FollowPair) -> Nothing,
            unfollow_pair(OfDyad) -> Nothing,

            read_dossier_head(ReadDossier) -> DossierHead,
            read_dossier(ReadDossier) -> Dossier,
            draw_figure(DrawFigure) -> DrawnFigure,
            read_event(ById<EventId>) -> EventDetail,
            enter_event(EventDraft) -> LedgerEvent,
            edit_event(EditEvent) -> LedgerEvent,
            delete_event(ById<EventId>) -> Nothing,
            restore_event(ById<EventId>) -> LedgerEvent,
            merge_events(MergeEvents) -> LedgerEvent,
            export_events(ExportEvents) -> EventsExported,
            import_events(ImportEvents) -> EventsImported,
            read_dossier_notes(OfDyad) -> DossierNotes,
            visit_dossier(OfDyad) -> Nothing,
            waive_gap(WaiveGap) -> Nothing,
            ask_question(AskQuestion) -> Vec<Question>,
            answer_question(AnswerQuestion) -> Nothing,
            add_watch(AddWatch) -> Watch,
            keep_watch(KeepWatch) -> Nothing,
            export_watches(ExportWatches) -> EventsExported,
            find_evidence(OfKey) -> EvidenceRef,
            list_suggested_events(OfDyad) -> Vec<SuggestedEvent>,

            list_collections(Nothing) -> Vec<Collection>,
            create_collection(NameCollection) -> Collection,
            rename_collection(RenameCollection) -> Nothing,
            delete_collection(ById<CollectionId>) -> Nothing,
            restore_collection(ById<CollectionId>) -> Nothing,
            add_to_collection(InCollection) -> Vec<ArticleId>,
            remove_from_collection(InCollection) -> Vec<ArticleId>,

            list_tags(Nothing) -> Vec<Tag>,
            rename_tag(RenameTag) -> Nothing,
            remove_tag(RemoveTag) -> TagRecords,
            restore_tag(TagRecords) -> Nothing,

            search(Search) -> SearchResults,
            complete_query(CompleteQuery) -> Vec<QueryCompletion>,
            find_passage(FindPassage) -> Option<Span>,
            list_saved_searches(Nothing) -> Vec<SavedSearch>,
            save_search(SaveSearch) -> SavedSearch,
            edit_saved_search(SavedSearch) -> Nothing,
            delete_saved_search(ById<SavedSearchId>) -> Nothing,
            restore_saved_search(ById<SavedSearchId>) -> Nothing,

            list_briefings(Nothing) -> Vec<BriefingRow>,
            draft_briefing(DraftBriefing) -> Briefing,
            read_briefing(ById<BriefingId>) -> Briefing,
            save_briefing(SaveBriefing) -> Briefing,
            delete_briefing(ById<BriefingId>) -> Nothing,
            restore_briefing(ById<BriefingId>) -> Briefing,
            check_briefing(Markdown) -> Check,
            preview_briefing(Markdown) -> Preview,
            export_briefing(ExportBriefing) -> Exported,
            freeze_briefing(ById<BriefingId>) -> Edition,
            list_editions(ById<BriefingId>) -> Vec<Edition>,
            read_edition(ById<EditionId>) -> EditionText,
            compare_editions(CompareEditions) -> EditionComparison,
            draft_changes(ById<BriefingId>) -> Markdown,
            refresh_briefing(ById<BriefingId>) -> RefreshedBriefing,
            list_affected(Nothing) -> Vec<Affected>,
            list_revisions(ById<BriefingId>) -> Vec<RevisionRow>,
            read_revision(ReadRevision) -> Markdown,
            list_evidence(ListEvidence) -> Vec<Evidence>,
            complete_citation(CompleteCitation) -> Vec<Completion>,

            export_library(ExportLibrary) -> LibraryExported,
            start_import(StartImport) -> Import,
            read_import(ById<ImportId>) -> Import,
            list_imports(Nothing) -> Vec<Import>,
            cancel_import(ById<ImportId>) -> Import,
            undo_import(ById<ImportId>) -> Import,

            list_feeds(Nothing) -> Vec<Feed>,
            add_feed(AddFeed) -> Feed,
            remove_feed(ById<FeedId>) -> Nothing,
            schedule_feed(ScheduleFeed) -> Feed,
            check_feeds(Nothing) -> Import,
            list_watched_folders(Nothing) -> Vec<WatchedFolder>,
            watch_folder(WatchFolder) -> WatchedFolder,
            unwatch_folder(ById<WatchedFolderId>) -> Nothing,

            open_pairing(Nothing) -> Pairing,
            pair_single_file(Nothing) -> SingleFilePairing,
            list_browsers(Nothing) -> Vec<Browser>,
            revoke_browser(ById<BrowserId>) -> Nothing,
            clip_server(Nothing) -> ClipServer,

            read_settings(Nothing) -> Settings,
            write_setting(WriteSetting) -> Nothing,
        }
    };
}
pub(crate) use with_commands;

/// An empty request or response.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A record by its number.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ById<T> {
    /// The number.
    pub id: T,
}

/// What stands in the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LibraryStatus {
    /// The library file.
    pub path: String,
    /// Its name, shown in the window.
    pub name: String,
    /// How many articles, the bin left out.
    pub articles: u32,
    /// How many of them are unread.
    pub unread: u32,
    /// How many statements.
    pub statements: u32,
    /// How many briefings.
    pub briefings: u32,
    /// Whether it holds the exercise.
    pub exercise: bool,
    /// Whether nothing can be written to it.
    pub read_only: bool,
    /// Bilat's version.
    pub version: String,
}

/// Writes a verified copy of the library to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct BackUp {
    /// The file to write.
    pub path: String,
    /// Whether a file that stands there is replaced.
    pub replace: Option<bool>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackedUp {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When: RFC 3339, UTC.
    pub at: String,
}

/// What is to be clipped.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClipSource {
    /// Pasted or piped text.
    Text {
        /// The text.
        text: String,
    },
    /// A page's HTML.
    Html {
        /// The HTML.
        html: String,
    },
    /// A page that Bilat fetches.
    Url {
        /// Its address, http or https.
        url: String,
        /// A person allowed this host, although it is in a private network or at an unusual port. It holds for
        /// this address alone, not for where it sends on to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        allow_host: Option<bool>,
    },
    /// A file on this computer.
    File {
        /// Its path.
        path: String,
    },
    /// A page as a browser shows it.
    Rendered(Rendered),
}

/// A page as a browser shows it, sent by its extension.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Rendered {
    /// The document's HTML.
    pub html: String,
    /// When the browser read it: RFC 3339. A time to come is taken for now.
    pub captured_at: String,
    /// What the browser says of it: the tab's title, the extension's version and the like.
    pub browser: Option<BTreeMap<String, String>>,
    /// A key of the sender's choice: a clip sent again under it gets the first answer and is not kept again.
    pub receipt: Option<String>,
}

/// Clips one document. The options say what the source itself does not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Clip {
    /// The document.
    pub source: ClipSource,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// Writes the whole library to a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExportLibrary {
    /// Where to: a ZIP file.
    pub path: String,
    /// Whether a file that stands there is replaced.
    pub replace: Option<bool>,
}

/// A library that was written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LibraryExported {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many articles are in it.
    pub articles: u32,
    /// How many annotations.
    pub annotations: u32,
    /// How many documents, as they were received.
    pub files: u32,
}

/// Begins an import of files and folders.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StartImport {
    /// Files and folders on this computer.
    pub paths: Vec<String>,
    /// What the files are; each is recognised by what stands in it where this is left out.
    pub format: Option<ImportFormat>,
}

/// What became of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum ClipState {
    /// An article that was not in the library.
    #[serde(rename = "new")]
    New,
    /// A known article whose words changed.
    #[serde(rename = "new snapshot")]
    NewSnapshot,
    /// A known article with the same words.
    #[serde(rename = "unchanged")]
    Unchanged,
    /// A known article whose new capture is kept, but says less than the current one and stays behind it.
    #[serde(rename = "held back")]
    HeldBack,
}

/// A clip's outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Clipped {
    /// The article.
    pub id: ArticleId,
    /// Its cite key.
    pub key: CiteKey,
    /// Its headline.
    pub title: String,
    /// What became of it.
    pub state: ClipState,
    /// Why it stays behind the current one, where it does.
    pub held_back: Option<HeldBack>,
    /// Whether the article was in the bin and came back.
    pub restored: bool,
    /// Who first wrote the text, as far as the articles of its origin say: the agency credited, else the outlet.
    pub origin: Option<String>,
    /// The pair it seems to be about.
    pub pair: Option<Dyad>,
    /// SHA-256 of the bytes kept; of the earlier capture's, where nothing changed.
    pub sha256_raw: Sha256Hex,
    /// SHA-256 of the text kept.
    pub sha256_text: Sha256Hex,
}

/// Which articles a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Those nobody has opened.
    Inbox,
    /// Those that were opened, and are not used.
    Read,
    /// Those that are cited in a briefing or have a statement.
    Used,
    /// All but the bin.
    #[default]
    All,
    /// The bin.
    Bin,
}

/// How a list is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By publication, newest first.
    #[default]
    Published,
    /// By publication, oldest first.
    Oldest,
    /// By time of clipping, newest first.
    Clipped,
    /// By publisher.
    Outlet,
    /// By headline.
    Title,
    /// Those of one origin together, the newest origin first.
    Origin,
}

/// Asks for a page of the article list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListArticles {
    /// Which.
    pub view: View,
    /// Only those of a pair.
    pub pair: Option<Dyad>,
    /// Only those of a collection.
    pub collection: Option<CollectionId>,
    /// Only those with this tag.
    pub tag: Option<TagId>,
    /// Only those that this query finds.
    pub query: Option<String>,
    /// Only those that nobody has opened.
    pub unread: Option<bool>,
    /// How sorted.
    pub sort: Option<Sort>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 200 when it is 0 or more.
    pub limit: u32,
}

/// A page of the article list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ArticlePage {
    /// How many there are in all.
    pub total: u32,
    /// Those asked for.
    pub rows: Vec<ArticleRow>,
}

/// Marks an article read or unread.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SetUnread {
    /// The article.
    pub id: ArticleId,
    /// Whether it counts as unread.
    pub unread: bool,
}

/// Corrects what is known of an article. A field left out stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct EditArticle {
    /// The article.
    pub id: ArticleId,
    /// The headline.
    pub title: Option<String>,
    /// The line under it.
    pub standfirst: Option<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// When it was published; given by a person, so no longer inferred.
    pub published: Option<Edtf>,
    /// The reliability of its publisher.
    pub reliability: Option<Reliability>,
}

/// An article and a pair.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ArticleDyad {
    /// The article.
    pub id: ArticleId,
    /// The pair.
    pub dyad: Dyad,
}

/// Two captures of one article to be held against each other.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct CompareSnapshots {
    /// The one to start from.
    pub older: SnapshotId,
    /// The one to come to.
    pub newer: SnapshotId,
}

/// Says that two articles are of one origin.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct JoinOrigin {
    /// The article that joins.
    pub article: ArticleId,
    /// The one whose origin it joins.
    pub with: ArticleId,
}

/// What was read wrongly from a page. Blocks and lines count from 0 in the current snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(optional_fields = nullable)]
pub enum Correction {
    /// This block is page furniture.
    Furniture {
        /// The block.
        block: u32,
    },
    /// This line that was set aside is a paragraph of the article.
    Keep {
        /// The line, among those set aside.
        line: u32,
    },
    /// This block is the headline.
    Title {
        /// The block.
        block: u32,
    },
    /// Only these words of the headline are the headline.
    TitlePart {
        /// The words.
        text: String,
    },
    /// This block is the line under the headline; none: what was taken for it is the first paragraph.
    Standfirst {
        /// The block.
        block: Option<u32>,
    },
    /// This is who publishes it.
    Outlet {
        /// The publisher's name.
        name: String,
    },
}

/// Corrects what was read from an article's page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CorrectArticle {
    /// The article.
    pub article: ArticleId,
    /// What is wrong.
    pub correction: Correction,
    /// Whether the same is to be done to the site's later pages.
    pub keep_as_rule: bool,
}

/// A correction that was made. Making `before` current again, and deleting the rule, takes it back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Corrected {
    /// The article as it is now.
    pub article: Article,
    /// The rule, where one was kept.
    pub rule: Option<OutletRule>,
    /// The snapshot that was current.
    pub before: SnapshotId,
}

/// Marks a passage: by `spans` into the current snapshot, or by its `exact` words.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Annotate {
    /// The article's number or cite key.
    pub article: String,
    /// The passages, in order.
    pub spans: Option<Vec<Span>>,
    /// The words, to the letter or but for typography.
    pub exact: Option<String>,
    /// What stands before them, where they occur more than once.
    pub prefix: Option<String>,
    /// What stands after them, where they occur more than once.
    pub suffix: Option<String>,
    /// What the passage is.
    pub kind: Option<AnnotationKind>,
    /// A note, Markdown.
    pub note: Option<String>,
    /// Tags.
    pub tags: Option<Vec<String>>,
    /// The attribution, where it is a statement.
    pub statement: Option<StatementDraft>,
}

/// Changes an annotation. A field left out stays; the words cannot be changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct EditAnnotation {
    /// The annotation.
    pub id: AnnotationId,
    /// What the passage is.
    pub kind: Option<AnnotationKind>,
    /// The note.
    pub note: Option<String>,
    /// The tags, all of them.
    pub tags: Option<Vec<String>>,
    /// The attribution, all of it.
    pub statement: Option<StatementDraft>,
}

/// Says where a passage stands in the article's current snapshot, by hand. Its words stay as they were marked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PlaceAnnotation {
    /// The annotation.
    pub id: AnnotationId,
    /// Which of its passages, from 0.
    pub passage: u32,
    /// Where it stands; left out, Bilat looks for it again as if nobody had placed it.
    pub span: Option<Span>,
}

/// Says, or takes back, what one annotation does to another.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct LinkAnnotations {
    /// The one that does it.
    pub annotation: AnnotationId,
    /// What it does.
    pub relation: LinkRelation,
    /// The one it is done to.
    pub other: AnnotationId,
}

/// Asks for notes as the exporter sets them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RenderNotes {
    /// The notes, Markdown.
    pub notes: Vec<String>,
}

/// Accepts a suggestion, corrected where a field is given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AcceptSuggestion {
    /// The suggestion.
    pub id: SuggestionId,
    /// The attribution instead of the suggested one.
    pub statement: Option<StatementDraft>,
    /// A note.
    pub note: Option<String>,
    /// Tags.
    pub tags: Option<Vec<String>>,
}

/// Which statements the register shows, and in which order.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListStatements {
    /// Of a pair.
    pub pair: Option<Dyad>,
    /// In an article.
    pub article: Option<ArticleId>,
    /// By this speaker, whole name in any of its spellings.
    pub speaker: Option<String>,
    /// For a side.
    pub country: Option<Actor>,
    /// About a side.
    pub about: Option<Actor>,
    /// On this issue; on none where it is empty.
    pub issue: Option<String>,
    /// Of one of these stances; null is one that nobody set.
    #[ts(as = "Option<Vec<Option<Stance>>>", optional)]
    pub stances: Vec<Option<Stance>>,
    /// Given so.
    pub mode: Option<Mode>,
    /// From sources of this reliability.
    pub reliability: Option<Reliability>,
    /// In articles of this origin.
    pub origin: Option<i64>,
    /// Whose words stand so in the current snapshot.
    pub state: Option<AnnotationState>,
    /// With a translation, or without.
    pub translated: Option<bool>,
    /// Said on this day or later.
    pub since: Option<Edtf>,
    /// Said on this day or earlier.
    pub until: Option<Edtf>,
    /// With these words, or by this speaker.
    pub query: Option<String>,
    /// Sorted by.
    #[ts(as = "Option<StatementSort>", optional)]
    pub sort: StatementSort,
    /// The other way round.
    #[ts(as = "Option<bool>", optional)]
    pub reverse: bool,
    /// Grouped by.
    pub group: Option<StatementGrouping>,
    /// How many to skip.
    #[ts(as = "Option<u32>", optional)]
    pub offset: u32,
    /// How many at most; 0 means all.
    #[ts(as = "Option<u32>", optional)]
    pub limit: u32,
}

/// Statements by number.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReadStatements {
    /// The numbers.
    pub ids: Vec<StatementId>,
}

/// Changes to statements, all of them or none. The words cannot be changed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct EditStatements {
    /// The changes.
    pub changes: Vec<StatementChange>,
}

/// What the register leaves as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatementFormat {
    /// What `bilat --json statements` prints.
    Json,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// W3C Web Annotations.
    Jsonld,
}

/// Writes the statements that a filter shows to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExportStatements {
    /// Which, in which order.
    pub filter: ListStatements,
    /// The format.
    pub format: StatementFormat,
    /// The file to write.
    pub path: String,
    /// Whether a file that stands there is replaced.
    pub replace: Option<bool>,
}

/// A register that was written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatementsExported {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many statements are in it.
    pub statements: u32,
}

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StatementPage {
    /// How many there are in all.
    pub total: u32,
    /// Those asked for.
    pub rows: Vec<Statement>,
}

/// Asks who speaks under a name that starts so.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListSpeakers {
    /// The letters.
    pub prefix: String,
    /// The day whose role is wanted; the latest on record where it is left out.
    pub on: Option<Edtf>,
}

/// Asks what a speaker was on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RoleOn {
    /// The name, in any of its spellings.
    pub speaker: String,
    /// The day; the latest role on record where it is left out.
    pub on: Option<Edtf>,
}

/// Everybody who speaks in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct People {
    /// Those with the most statements first.
    pub people: Vec<Person>,
    /// Who of them may be one.
    pub likely_same: Vec<LikelySame>,
}

/// Gives a speaker another name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RenameSpeaker {
    /// The speaker.
    pub id: SpeakerId,
    /// The name.
    pub name: String,
}

/// Makes one speaker another spelling of the other; all statements are kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct MergeSpeakers {
    /// The one that becomes a spelling.
    pub merge: SpeakerId,
    /// The one that stays.
    pub keep: SpeakerId,
}

/// Says whether two speakers, who seem to be one, are not.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct KeepApart {
    /// One.
    pub one: SpeakerId,
    /// The other.
    pub other: SpeakerId,
    /// Whether they are two.
    pub apart: bool,
}

/// Writes down what a speaker was, anew where the role has no number.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetOffice {
    /// The speaker.
    pub speaker: SpeakerId,
    /// The role and its days.
    pub office: Office,
}

/// Every source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sources {
    /// Those with the most articles first.
    pub sources: Vec<Source>,
    /// Which of them may be one.
    pub likely_same: Vec<LikelySameSource>,
}

/// Changes what is known of a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditSource {
    /// The source.
    pub id: SourceId,
    /// What changes.
    pub edit: SourceEdit,
}

/// Sets how far a source can be relied on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GradeSource {
    /// The source.
    pub id: SourceId,
    /// The letter.
    pub reliability: Reliability,
    /// Why.
    pub reason: String,
}

/// Files the articles of one source with another.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct MergeSources {
    /// The one that goes.
    pub merge: SourceId,
    /// The one that stays.
    pub keep: SourceId,
}

/// An actor with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ActorName {
    /// The code.
    pub code: Actor,
    /// The short English name.
    pub name: &'static str,
    /// Country or organisation.
    pub kind: ActorKind,
}

/// Follows a pair, in the analyst's order.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct FollowPair {
    /// Side A.
    pub left: Actor,
    /// Side B.
    pub right: Actor,
}

/// A pair.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfDyad {
    /// The pair.
    pub dyad: Dyad,
}

/// A collection's name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NameCollection {
    /// The name.
    pub name: String,
}

/// A collection's new name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RenameCollection {
    /// The collection.
    pub id: CollectionId,
    /// The name.
    pub name: String,
}

/// Articles and a collection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InCollection {
    /// The collection.
    pub collection: CollectionId,
    /// The articles.
    pub articles: Vec<ArticleId>,
}

/// A search. Any text is a valid query.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Search {
    /// The query: words, `"phrases"`, `prefix*`, `-not`, `OR`, brackets, `pair:US-RU`, `country:`, `speaker:`, `source:`,
    /// `since:`, `until:`, `kind:`, `tag:`, `in:`, `lang:`.
    pub query: String,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 20 when it is 0.
    pub limit: u32,
    /// Whether the query is still being typed, so that its last word may be the start of one.
    pub typing: Option<bool>,
    /// Best first instead of newest first.
    pub ranked: Option<bool>,
    /// `limit` hits of each kind, one kind after the other.
    pub grouped: Option<bool>,
}

/// Drafts a briefing from a pair's accepted evidence and keeps it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DraftBriefing {
    /// The pair; the order is kept.
    pub left: Actor,
    /// The other side.
    pub right: Actor,
    /// The shape it starts from.
    pub template: Option<Template>,
    /// Leave out what was said before.
    pub since: Option<Edtf>,
    /// Leave out what was said after.
    pub until: Option<Edtf>,
}

/// Saves a briefing as a new revision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveBriefing {
    /// The briefing.
    pub id: BriefingId,
    /// The Markdown.
    pub markdown: String,
    /// The revision it was edited from; when another was saved since, nothing is overwritten.
    pub revision: u32,
}

/// A Markdown text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Markdown {
    /// The text.
    pub markdown: String,
}

/// The page as it will be printed, and the check of its quotations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Preview {
    /// The exporter's own HTML.
    pub html: String,
    /// The check.
    pub check: Check,
    /// How many words, tables and notes left out.
    pub words: u32,
}

/// A format a briefing can leave in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Markdown with footnotes.
    Markdown,
    /// HTML in one file.
    Html,
    /// A document for Word and its like.
    Docx,
    /// Pages: PDF/A-2a and PDF/UA-1.
    Pdf,
    /// Everything with its evidence, in one file that can be verified.
    Pack,
}

/// Exports a briefing to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExportBriefing {
    /// The briefing.
    pub id: BriefingId,
    /// The format.
    pub format: Format,
    /// The file to write.
    pub path: String,
    /// Export although the quote lock fails, marked DRAFT on every page.
    pub draft: bool,
    /// Whether a file that stands at `path` may be replaced.
    pub replace: Option<bool>,
    /// Markdown only: citations stay as Pandoc's, with the works as CSL-JSON in a file beside it.
    pub pandoc: Option<bool>,
    /// An evidence pack only: how much of the sources it holds; the passages that are quoted where it is
    /// left out.
    pub evidence: Option<PackedEvidence>,
    /// A DOCX only: a DOCX file that gives its looks.
    pub template: Option<String>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Exported {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The check of what was exported.
    pub check: Check,
    /// What a person should know of the file, one line each.
    pub remarks: Vec<String>,
}

/// What an article leaves as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveFormat {
    /// A web archive (WACZ 1.1.1) with every snapshot as it was received.
    Wacz,
    /// One page with the current reading copy and where it comes from; it loads nothing.
    Html,
}

/// Writes an article to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExportArticle {
    /// The article.
    pub id: ArticleId,
    /// The format.
    pub format: ArchiveFormat,
    /// The file to write.
    pub path: String,
    /// Whether a file that stands at `path` may be replaced.
    pub replace: Option<bool>,
}

/// An article's file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArticleExported {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Which evidence the tray shows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ListEvidence {
    /// The pair.
    pub pair: Dyad,
    /// With these words, or by this speaker.
    pub query: Option<String>,
}

/// Asks what a half-typed citation may become.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct CompleteCitation {
    /// What stands after the `@`.
    pub prefix: String,
    /// The pair whose keys come first.
    pub pair: Option<Dyad>,
}

/// What a citation may become.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Completion {
    /// The cite key.
    pub key: CiteKey,
    /// The speaker, or the article's headline.
    pub title: String,
    /// The words said, or outlet and date.
    pub detail: String,
    /// How far the item is borne out, where it is a statement.
    pub credibility: Option<Credibility>,
}

/// Follows a feed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddFeed {
    /// Its address.
    pub url: String,
}

/// Has a feed checked every so many hours.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ScheduleFeed {
    /// The feed.
    pub id: FeedId,
    /// How many hours, 1 to 8,760; nothing checks it by hand only.
    pub hours: Option<u32>,
}

/// Watches a folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WatchFolder {
    /// Its path.
    pub path: String,
}

/// A code that lets one browser pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pairing {
    /// Eight digits, to be typed into the extension.
    pub code: String,
    /// When the code stops working: RFC 3339, UTC.
    pub expires_at: String,
    /// The port where the clip server listens; nothing while it does not run.
    pub port: Option<u16>,
}

/// What SingleFile's settings for uploads to a “REST Form API” ask for. The token is shown this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SingleFilePairing {
    /// Where it uploads; nothing while the clip server does not run.
    pub address: Option<String>,
    /// Its authorization token: 64 hexadecimal digits.
    pub token: String,
    /// The name of the form's field for the page.
    pub file_field: String,
    /// The name of the form's field for the page's address.
    pub url_field: String,
    /// When its first page must have come: RFC 3339, UTC.
    pub expires_at: String,
}

/// Whether pages can be sent from a browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClipServer {
    /// Whether the clip server runs.
    pub running: bool,
    /// The port where it listens.
    pub port: Option<u16>,
    /// Why it does not run although it should: one line, what to do included.
    pub problem: Option<String>,
}

/// The settings that were set; the window knows the rest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "Record<string, unknown>")]
pub struct Settings(pub BTreeMap<String, serde_json::Value>);

/// Sets a setting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteSetting {
    /// Its name.
    pub name: String,
    /// Its value; null removes it.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
}

/// Teaches that a name is a person, or that words are a country or none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Teach {
    /// What is taught.
    pub lesson: Lesson,
}

/// Where an analysis of the whole library stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReanalysisState {
    /// None was asked for.
    #[default]
    Idle,
    /// It goes on.
    Running,
    /// It came to its end.
    Done,
    /// A person stopped it; what was done stays.
    Cancelled,
    /// It could not go on.
    Failed,
}

/// An analysis of the whole library: suggestions made again, decisions left as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reanalysis {
    /// Where it stands.
    pub state: ReanalysisState,
    /// How many articles were analysed.
    pub done: u32,
    /// Of how many.
    pub total: u32,
    /// In how many of them the suggestions changed.
    pub changed: u32,
    /// Why it could not go on.
    pub problem: Option<String>,
}

/// Asks for the dossier of a pair in a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ReadDossier {
    /// The pair.
    pub dyad: Dyad,
    /// From when.
    #[serde(flatten)]
    pub period: Period,
    /// How many of the latest statements; all of them where it is left out.
    pub latest: Option<u32>,
}

/// An event with what bears it out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EventDetail {
    /// The event.
    pub event: LedgerEvent,
    /// What bears it out, what is in the bin left out.
    pub evidence: Vec<EventEvidence>,
    /// What it was made of, as an edit takes it; what is in the bin included.
    pub draft: EventDraft,
}

/// Replaces what is said of an event.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditEvent {
    /// The event.
    pub id: EventId,
    /// What is said of it now, all of it.
    pub draft: EventDraft,
}

/// Makes one event of several.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergeEvents {
    /// The one that stays, with the evidence of all.
    pub into: EventId,
    /// Those that go.
    pub others: Vec<EventId>,
}

/// A figure of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DossierFigure {
    /// The mean stance by month.
    Tone,
    /// Events by month and class.
    Acts,
    /// Every event at its date.
    Timeline,
}

/// Draws a figure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DrawFigure {
    /// The pair.
    pub dyad: Dyad,
    /// What is drawn: what may have been in this period.
    #[serde(flatten)]
    pub period: Period,
    /// Which.
    pub figure: DossierFigure,
    /// How wide, in CSS pixels.
    pub width: f64,
    /// From when to when a timeline shows, in days since 1970-01-01; all of it where nothing is said.
    pub window: Option<(f64, f64)>,
}

/// A figure that was drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DrawnFigure {
    /// The figure.
    pub figure: Figure,
    /// From when to when a timeline shows, in days since 1970-01-01.
    pub window: Option<(f64, f64)>,
    /// Where that begins and ends in the figure, in pixels.
    pub plot: Option<(f64, f64)>,
}

/// What a cite key names.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfKey {
    /// The key.
    pub key: CiteKey,
}

/// A form in which a ledger travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFormat {
    /// A table.
    Csv,
    /// JSON in the manner of PLOVER.
    Plover,
    /// iCalendar.
    Ics,
    /// JSON for `TimelineJS`.
    Timelinejs,
}

/// Writes the ledger of a pair to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExportEvents {
    /// The pair.
    pub dyad: Dyad,
    /// Only what may have been in this period.
    #[serde(flatten)]
    pub period: Period,
    /// The form.
    pub format: LedgerFormat,
    /// The file to write.
    pub path: String,
    /// Whether a file that stands at `path` may be replaced.
    pub replace: Option<bool>,
}

/// A ledger that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventsExported {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many events are in it.
    pub events: u32,
}

/// Reads events from a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ImportEvents {
    /// The file.
    pub path: String,
    /// Its form; told from its name and contents where it is left out.
    pub format: Option<LedgerFormat>,
}

/// What became of the events of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventsImported {
    /// How many were entered.
    pub entered: u32,
    /// How many stood in the ledger already, the same in everything.
    pub known: u32,
    /// What could not be read, each in one line that names it.
    pub failures: Vec<String>,
}

/// Waives a gap.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct WaiveGap {
    /// The pair.
    pub dyad: Dyad,
    /// What the gap goes by.
    pub gap: String,
    /// Why; without a reason the waiver is taken back.
    pub reason: Option<String>,
}

/// Writes a question down.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AskQuestion {
    /// The pair.
    pub dyad: Dyad,
    /// The question.
    pub text: String,
}

/// Says that a question is answered, or open again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct AnswerQuestion {
    /// The question.
    pub id: QuestionId,
    /// Whether it is.
    pub answered: bool,
}

/// Begins to watch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AddWatch {
    /// The pair.
    pub dyad: Dyad,
    /// What is watched.
    pub text: String,
    /// The day, where it is one.
    pub date: Option<Edtf>,
}

/// Stops watching, or begins again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct KeepWatch {
    /// What is watched.
    pub id: WatchId,
    /// Whether it is to be.
    pub watched: bool,
}

/// Writes the days that are watched to a calendar file, replacing what stands there.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportWatches {
    /// The pair.
    pub dyad: Dyad,
    /// The file.
    pub path: String,
}
