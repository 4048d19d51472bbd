// Generated from src-tauri/api/src/commands.rs by `cargo xtask schema`; do not edit.

export type AcceptSuggestion = { id: SuggestionId, statement?: StatementDraft | null, note?: string | null, tags?: Array<string> | null };

export type Actor = string;

export type ActorKind = "country" | "organisation";

export type ActorName = { code: Actor, name: string, kind: ActorKind };

export type Annotate = { article: string, spans?: Array<Span> | null, exact?: string | null, prefix?: string | null, suffix?: string | null, kind?: AnnotationKind | null, note?: string | null, tags?: Array<string> | null, statement?: StatementDraft | null };

export type Annotation = { id: AnnotationId, article: ArticleId, snapshot: SnapshotId, targets: Array<Target>, exact: string, state: AnnotationState, kind: AnnotationKind, note: string, tags: Array<string>, statement: Statement | null, created_at: string, changed_at: string };

export type AnnotationId = number;

export type AnnotationKind = "quote" | "fact" | "figure" | "judgement" | "to_check";

export type AnnotationState = "anchored" | "needs_review" | "missing";

export type Article = { id: ArticleId, key: CiteKey, title: string, standfirst: string | null, byline: string | null, outlet: string | null, reliability: Reliability, published: Published | null, dateline: string | null, credit: string | null, section: string | null, language: string | null, url: string | null, provenance: { [key in string]: string }, dyads: Array<Dyad>, suggested_dyads: Array<Dyad>, snapshot: Snapshot, snapshots: Array<SnapshotSummary>, annotations: Array<Annotation>, suggestions: Array<Suggestion>, same_origin: Array<ArticleRow>, deleted: boolean, unread: boolean };

export type ArticleDyad = { id: ArticleId, dyad: Dyad };

export type ArticleId = number;

export type ArticlePage = { total: number, rows: Array<ArticleRow> };

export type ArticleRow = { id: ArticleId, key: CiteKey, title: string, snippet: string, outlet: string | null, credit: string | null, reliability: Reliability, published: Published | null, clipped_at: string, language: string | null, dyads: Array<Dyad>, confirmed_dyads: number, voices: Array<[Actor, number]>, annotations: number, unread: boolean, origin_size: number };

export type Block = { kind: BlockKind, start: number, end: number };

export type BlockKind = "title" | "standfirst" | "paragraph" | "heading" | "quote" | "item" | "caption" | "row" | "code";

export type Briefing = { id: BriefingId, title: string, dyad: Dyad, markdown: string, revision: number, created_at: string, changed_at: string, deleted: boolean };

export type BriefingId = number;

export type BriefingRow = { id: BriefingId, title: string, dyad: Dyad, changed_at: string, editions: number };

export type CaptureMethod = "pasted" | "file" | "fetched" | "rendered";

export type CaptureRecord = { method: CaptureMethod, captured_at: string, url: string | null, file_name: string | null, media_type: string, app_version: string, policy_version: number };

export type Changed = "articles" | "annotations" | "suggestions" | "pairs" | "collections" | "briefings" | "settings" | "library";

export type Check = { quotations: Array<Record<string, unknown>>, language: Array<Record<string, unknown>>, verified: number, total: number };

export type CiteKey = string;

export type Clip = { source: ClipSource, url?: string | null, published?: Edtf | null, outlet?: string | null };

export type ClipSource = { "type": "text", text: string } | { "type": "html", html: string } | { "type": "file", path: string };

export type ClipState = "new" | "new snapshot" | "unchanged";

export type Clipped = { id: ArticleId, key: CiteKey, title: string, state: ClipState, origin: string | null, pair: Dyad | null };

export type Code = "bad_request" | "bad_input" | "not_found" | "conflict" | "quote_lock" | "library_unusable" | "read_only" | "io";

export type Collection = { id: CollectionId, name: string, articles: number };

export type CollectionId = number;

export type CompleteCitation = { prefix: string, pair?: Dyad | null };

export type Completion = { key: CiteKey, title: string, detail: string, credibility: Credibility | null };

export type Credibility = 1 | 2 | 3 | 4 | 5 | 6;

export type Directed = { initiator: Actor, target: Actor };

export type DraftBriefing = { left: Actor, right: Actor, template?: Template | null, since?: Edtf | null, until?: Edtf | null };

export type Dyad = string;

export type EditAnnotation = { id: AnnotationId, kind?: AnnotationKind | null, note?: string | null, tags?: Array<string> | null, statement?: StatementDraft | null };

export type EditArticle = { id: ArticleId, title?: string | null, standfirst?: string | null, outlet?: string | null, published?: Edtf | null, reliability?: Reliability | null };

export type Edition = { id: EditionId, briefing: BriefingId, number: number, frozen_at: string, sha256: Sha256Hex };

export type EditionId = number;

export type Edtf = string;

export type Error = { code: Code, message: string, check?: Check | null };

export type Event = { what: Changed, id: number | null };

export type Evidence = { statement: Statement, markdown: string, key: CiteKey };

export type ExportBriefing = { id: BriefingId, format: Format, path: string, draft: boolean };

export type Exported = { path: string, bytes: number, check: Check };

export type FollowPair = { left: Actor, right: Actor };

export type Format = "markdown" | "html";

export type Hit = { kind: HitKind, id: number, article: ArticleId, key: CiteKey, title: string, snippet: Array<SnippetPart>, outlet: string | null, published: Edtf | null };

export type HitKind = "article" | "statement" | "note";

export type InCollection = { collection: CollectionId, articles: Array<ArticleId> };

export type LibraryCheck = { snapshots: number, log_entries: number, faults: Array<string> };

export type LibraryStatus = { path: string, name: string, articles: number, unread: number, statements: number, briefings: number, exercise: boolean, read_only: boolean, version: string };

export type ListArticles = { view: View, pair?: Dyad | null, collection?: CollectionId | null, sort?: Sort | null, offset: number, limit: number };

export type ListEvidence = { pair: Dyad, query?: string | null };

export type ListStatements = { pair?: Dyad | null, article?: ArticleId | null, query?: string | null, offset: number, limit: number };

export type Markdown = { markdown: string };

export type Marking = "TLP:CLEAR" | "TLP:GREEN" | "TLP:AMBER" | "TLP:AMBER+STRICT" | "TLP:RED";

export type Mode = "direct" | "indirect" | "mixed" | "paraphrase";

export type NameCollection = { name: string };

export type ById<T> = { id: T, };

export type Nothing = Record<string, never>;

export type OfDyad = { dyad: Dyad };

export type PairRow = { dyad: Dyad, left: Actor, right: Actor, followed: boolean, articles: number, statements: number, tone: number | null, tone_n: number };

export type Prefix = { prefix: string };

export type Preview = { html: string, check: Check, words: number };

export type Published = { on: Edtf, inferred: boolean };

export type Quote = { exact: string, prefix: string, suffix: string };

export type Reliability = "A" | "B" | "C" | "D" | "E" | "F";

export type RenameCollection = { id: CollectionId, name: string };

export type SaveBriefing = { id: BriefingId, markdown: string, revision: number };

export type Search = { query: string, offset: number, limit: number };

export type SearchResults = { total: number, capped: boolean, hits: Array<Hit> };

export type SetUnread = { id: ArticleId, unread: boolean };

export type Settings = Record<string, unknown>;

export type Sha256Hex = string;

export type Snapshot = { id: SnapshotId, capture: CaptureRecord, sha256_raw: Sha256Hex, sha256_text: Sha256Hex, text: string, blocks: Array<Block>, html: string, set_aside: Array<string> };

export type SnapshotId = number;

export type SnapshotSummary = { id: SnapshotId, capture: CaptureRecord, sha256_raw: Sha256Hex, sha256_text: Sha256Hex };

export type SnippetPart = { text: string, hit: boolean };

export type Sort = "published" | "clipped" | "title";

export type Span = { start: number, end: number };

export type Speaker = { name: string, role: string | null, organisation: string | null, country: Actor | null, statements: number };

export type Stance = -2 | -1 | 0 | 1 | 2;

export type Statement = { id: StatementId, key: CiteKey, annotation: AnnotationId, article: ArticleId, article_key: CiteKey, article_title: string, outlet: string | null, reliability: Reliability, published: Edtf | null, text: string, speaker: string | null, role: string | null, organisation: string | null, country: Actor | null, about: Actor | null, addressee: string | null, venue: string | null, said_on: Edtf | null, mode: Mode, language: string | null, translation: string | null, translator: string | null, translation_status: TranslationStatus | null, issue: string | null, stance: Stance | null, credibility: Credibility, note: string };

export type StatementDraft = { speaker?: string | null, role?: string | null, organisation?: string | null, country?: Actor | null, about?: Actor | null, addressee?: string | null, venue?: string | null, said_on?: Edtf | null, mode?: Mode | null, language?: string | null, translation?: string | null, translator?: string | null, translation_status?: TranslationStatus | null, issue?: string | null, stance?: Stance | null, credibility?: Credibility | null };

export type StatementId = number;

export type StatementPage = { total: number, rows: Array<Statement> };

export type Suggested = { "type": "statement", spans: Array<Span>, mode: Mode, named: string | null, speaker: string | null, role: string | null, country: Actor | null, said_on: Edtf | null } | { "type": "dyad", dyad: Dyad, score: number } | { "type": "country", country: Actor, spans: Array<Span>, score: number } | { "type": "date", span: Span, date: Edtf } | { "type": "event", span: Span, initiator: Actor, target: Actor, plover: string, date: Edtf | null, status: string };

export type Suggestion = { id: SuggestionId, snapshot: SnapshotId, confidence: number } & Suggested;

export type SuggestionId = number;

export type Target = { quote: Quote, position: Span };

export type Template = "alert" | "in_focus" | "long";

export type TranslationStatus = "official" | "human" | "machine";

export type View = "inbox" | "all" | "bin";

export type WriteSetting = { name: string, value: unknown };

export interface Commands {
  library_status: { request: Nothing; response: LibraryStatus };
  make_exercise: { request: Nothing; response: LibraryStatus };
  check_library: { request: Nothing; response: LibraryCheck };
  clip: { request: Clip; response: Clipped };
  list_articles: { request: ListArticles; response: ArticlePage };
  read_article: { request: ById<ArticleId>; response: Article };
  set_unread: { request: SetUnread; response: Nothing };
  edit_article: { request: EditArticle; response: Article };
  delete_article: { request: ById<ArticleId>; response: Nothing };
  restore_article: { request: ById<ArticleId>; response: Nothing };
  confirm_dyad: { request: ArticleDyad; response: Article };
  remove_dyad: { request: ArticleDyad; response: Article };
  annotate: { request: Annotate; response: Annotation };
  edit_annotation: { request: EditAnnotation; response: Annotation };
  delete_annotation: { request: ById<AnnotationId>; response: Nothing };
  restore_annotation: { request: ById<AnnotationId>; response: Annotation };
  accept_suggestion: { request: AcceptSuggestion; response: Annotation | null };
  reject_suggestion: { request: ById<SuggestionId>; response: Nothing };
  reopen_suggestion: { request: ById<SuggestionId>; response: Nothing };
  list_statements: { request: ListStatements; response: StatementPage };
  list_speakers: { request: Prefix; response: Array<Speaker> };
  list_actors: { request: Nothing; response: Array<ActorName> };
  list_pairs: { request: Nothing; response: Array<PairRow> };
  follow_pair: { request: FollowPair; response: Nothing };
  unfollow_pair: { request: OfDyad; response: Nothing };
  list_collections: { request: Nothing; response: Array<Collection> };
  create_collection: { request: NameCollection; response: Collection };
  rename_collection: { request: RenameCollection; response: Nothing };
  delete_collection: { request: ById<CollectionId>; response: Nothing };
  restore_collection: { request: ById<CollectionId>; response: Nothing };
  add_to_collection: { request: InCollection; response: Nothing };
  remove_from_collection: { request: InCollection; response: Nothing };
  search: { request: Search; response: SearchResults };
  list_briefings: { request: Nothing; response: Array<BriefingRow> };
  draft_briefing: { request: DraftBriefing; response: Briefing };
  read_briefing: { request: ById<BriefingId>; response: Briefing };
  save_briefing: { request: SaveBriefing; response: Briefing };
  delete_briefing: { request: ById<BriefingId>; response: Nothing };
  restore_briefing: { request: ById<BriefingId>; response: Briefing };
  check_briefing: { request: Markdown; response: Check };
  preview_briefing: { request: Markdown; response: Preview };
  export_briefing: { request: ExportBriefing; response: Exported };
  list_evidence: { request: ListEvidence; response: Array<Evidence> };
  complete_citation: { request: CompleteCitation; response: Array<Completion> };
  read_settings: { request: Nothing; response: Settings };
  write_setting: { request: WriteSetting; response: Nothing };
}
