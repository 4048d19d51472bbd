// Generated from src-tauri/api/src/commands.rs by `cargo xtask schema`; do not edit.

export type AcceptSuggestion = { 
/**
 * The suggestion.
 */
id: SuggestionId, 
/**
 * The attribution instead of the suggested one.
 */
statement?: StatementDraft | null, 
/**
 * A note.
 */
note?: string | null, 
/**
 * Tags.
 */
tags?: Array<string> | null, };

export type Access = "subscribers" | "truncated" | "paywalled";

export type ActMonth = { 
/**
 * The month in which they happened.
 */
month: Month, 
/**
 * Who acted.
 */
initiator: Actor, 
/**
 * The class.
 */
quad: Quad, 
/**
 * How many.
 */
n: number, };

export type Actor = string;

export type ActorKind = "country" | "organisation";

export type ActorName = { 
/**
 * The code.
 */
code: Actor, 
/**
 * The short English name.
 */
name: string, 
/**
 * Country or organisation.
 */
kind: ActorKind, };

export type AddFeed = { 
/**
 * Its address.
 */
url: string, };

export type AddWatch = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * What is watched.
 */
text: string, 
/**
 * The day, where it is one.
 */
date?: Edtf | null, };

export type Affected = { 
/**
 * The edition.
 */
edition: Edition, 
/**
 * The title its briefing has today.
 */
title: string, 
/**
 * How the sources it rests on differ from what they were.
 */
changes: Array<SourceChange>, 
/**
 * The sentences of the edition that cite them: line and words.
 */
sentences: Array<[number, string]>, };

export type Affiliation = "state_owned" | "state_funded" | "party" | "independent";

export type Annotate = { 
/**
 * The article's number or cite key.
 */
article: string, 
/**
 * The passages, in order.
 */
spans?: Array<Span> | null, 
/**
 * The words, to the letter or but for typography.
 */
exact?: string | null, 
/**
 * What stands before them, where they occur more than once.
 */
prefix?: string | null, 
/**
 * What stands after them, where they occur more than once.
 */
suffix?: string | null, 
/**
 * What the passage is.
 */
kind?: AnnotationKind | null, 
/**
 * A note, Markdown.
 */
note?: string | null, 
/**
 * Tags.
 */
tags?: Array<string> | null, 
/**
 * The attribution, where it is a statement.
 */
statement?: StatementDraft | null, };

export type Annotation = { 
/**
 * Its number.
 */
id: AnnotationId, 
/**
 * The article it is on.
 */
article: ArticleId, 
/**
 * The snapshot it was marked on.
 */
snapshot: SnapshotId, 
/**
 * The passages, in order; most annotations have one.
 */
targets: Array<Target>, 
/**
 * The words, passages joined by ` […] `.
 */
exact: string, 
/**
 * Whether they still stand in the current snapshot.
 */
state: AnnotationState, 
/**
 * What it is.
 */
kind: AnnotationKind, 
/**
 * The analyst's note, Markdown.
 */
note: string, 
/**
 * Tags.
 */
tags: Array<string>, 
/**
 * The attribution, where the passage is a statement.
 */
statement: Statement | null, 
/**
 * What it does to other annotations, and they to it.
 */
links: Array<AnnotationLink>, 
/**
 * When it was made: RFC 3339, UTC.
 */
created_at: string, 
/**
 * When it was last changed: RFC 3339, UTC.
 */
changed_at: string, };

export type AnnotationChange = { 
/**
 * The annotation.
 */
annotation: AnnotationId, 
/**
 * Its words, to the letter.
 */
exact: string, 
/**
 * Whether they stand in the older snapshot.
 */
older: AnnotationState, 
/**
 * Whether they stand in the newer one.
 */
newer: AnnotationState, 
/**
 * The same as evidence is worded: “present 3 Mar; absent 9 Sep”.
 */
wording: string, };

export type AnnotationId = number;

export type AnnotationKind = "quote" | "fact" | "figure" | "judgement" | "to_check";

export type AnnotationLink = { 
/**
 * What is done.
 */
relation: LinkRelation, 
/**
 * Whether this annotation does it to the other; else the other does it to this one.
 */
outgoing: boolean, 
/**
 * The other annotation.
 */
other: AnnotationId, 
/**
 * The article that the other is on.
 */
article: ArticleId, 
/**
 * That article's headline.
 */
title: string, 
/**
 * The other's words.
 */
exact: string, };

export type AnnotationState = "anchored" | "placed" | "needs_review" | "missing";

export type AnswerQuestion = { 
/**
 * The question.
 */
id: QuestionId, 
/**
 * Whether it is.
 */
answered: boolean, };

export type ArchiveFormat = "wacz" | "html";

export type Article = { 
/**
 * Its number.
 */
id: ArticleId, 
/**
 * Its cite key.
 */
key: CiteKey, 
/**
 * The headline.
 */
title: string, 
/**
 * The line under the headline.
 */
standfirst: string | null, 
/**
 * Who wrote it.
 */
byline: string | null, 
/**
 * The people among them, without outlet and agency.
 */
authors: Array<string>, 
/**
 * The publisher.
 */
outlet: string | null, 
/**
 * The publisher's reliability.
 */
reliability: Reliability, 
/**
 * When it was published.
 */
published: Published | null, 
/**
 * The moment of publication with its time zone, RFC 3339, where the page gave both.
 */
published_at: string | null, 
/**
 * The day of the last change that the page owns to.
 */
modified: Edtf | null, 
/**
 * The place in the dateline.
 */
dateline: string | null, 
/**
 * The agency credited.
 */
credit: string | null, 
/**
 * The section of the paper.
 */
section: string | null, 
/**
 * BCP 47 tag of its language.
 */
language: string | null, 
/**
 * Its address.
 */
url: string | null, 
/**
 * The main picture with its caption and credit.
 */
image: Image | null, 
/**
 * Field → where it came from: `json-ld`, `meta`, `time`, `text`, `guess`, `person`.
 */
provenance: { [key in string]: string }, 
/**
 * The pairs a person confirmed.
 */
dyads: Array<Dyad>, 
/**
 * The pairs that are suggested, best first.
 */
suggested_dyads: Array<Dyad>, 
/**
 * Its tags, by name.
 */
tags: Array<string>, 
/**
 * The current snapshot.
 */
snapshot: Snapshot, 
/**
 * All snapshots, newest first.
 */
snapshots: Array<SnapshotSummary>, 
/**
 * What is marked on it, in the order of the text.
 */
annotations: Array<Annotation>, 
/**
 * Open suggestions, in the order of the text.
 */
suggestions: Array<Suggestion>, 
/**
 * Who first wrote the text, where the articles of its origin credit somebody.
 */
origin_name: string | null, 
/**
 * The other articles of its origin, and those that only share quotations with it.
 */
same_origin: Array<Kin>, 
/**
 * Whether it is in the bin.
 */
deleted: boolean, 
/**
 * Whether nobody has opened it yet.
 */
unread: boolean, };

export type ArticleDyad = { 
/**
 * The article.
 */
id: ArticleId, 
/**
 * The pair.
 */
dyad: Dyad, };

export type ArticleExported = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, };

export type ArticleId = number;

export type ArticlePage = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Those asked for.
 */
rows: Array<ArticleRow>, };

export type ArticleRow = { 
/**
 * Its number.
 */
id: ArticleId, 
/**
 * Its cite key.
 */
key: CiteKey, 
/**
 * The headline.
 */
title: string, 
/**
 * The standfirst, or the first words of the body.
 */
snippet: string, 
/**
 * The publisher.
 */
outlet: string | null, 
/**
 * The agency credited.
 */
credit: string | null, 
/**
 * The publisher's reliability.
 */
reliability: Reliability, 
/**
 * When it was published.
 */
published: Published | null, 
/**
 * When it was clipped: RFC 3339, UTC.
 */
clipped_at: string, 
/**
 * BCP 47 tag of its language.
 */
language: string | null, 
/**
 * The pairs it belongs to: confirmed ones first, then suggested ones.
 */
dyads: Array<Dyad>, 
/**
 * How many of `dyads` a person confirmed.
 */
confirmed_dyads: number, 
/**
 * How many statements each side makes in it, most first.
 */
voices: Array<[Actor, number]>, 
/**
 * How many statements it has, whether or not their speaker's side is known.
 */
statements: number, 
/**
 * How many annotations it has.
 */
annotations: number, 
/**
 * Whether nobody has opened it yet.
 */
unread: boolean, 
/**
 * The number of its origin: equal for articles of one text.
 */
origin: number, 
/**
 * How many articles share its origin, itself included.
 */
origin_size: number, };

export type Articles = { 
/**
 * The numbers.
 */
ids: Array<ArticleId>, };

export type AskQuestion = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * The question.
 */
text: string, };

export type BackUp = { 
/**
 * The file to write.
 */
path: string, 
/**
 * Whether a file that stands there is replaced.
 */
replace?: boolean | null, };

export type BackedUp = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * When: RFC 3339, UTC.
 */
at: string, };

export type Block = { 
/**
 * What it is.
 */
kind: BlockKind, 
/**
 * Its first code point in the canonical text.
 */
start: number, 
/**
 * One past its last code point.
 */
end: number, };

export type BlockKind = "title" | "standfirst" | "paragraph" | "heading" | "quote" | "item" | "caption" | "row" | "code";

export type Briefing = { 
/**
 * Its number.
 */
id: BriefingId, 
/**
 * Its title.
 */
title: string, 
/**
 * The pair it is on.
 */
dyad: Dyad, 
/**
 * The Markdown; everything else is derived from it.
 */
markdown: string, 
/**
 * The number of the current revision, from 1.
 */
revision: number, 
/**
 * When it was made: RFC 3339, UTC.
 */
created_at: string, 
/**
 * When it was last saved: RFC 3339, UTC.
 */
changed_at: string, 
/**
 * Whether it is in the bin.
 */
deleted: boolean, };

export type BriefingId = number;

export type BriefingRow = { 
/**
 * Its number.
 */
id: BriefingId, 
/**
 * Its title, from the front matter or the first heading.
 */
title: string, 
/**
 * The pair it is on.
 */
dyad: Dyad, 
/**
 * When it was last saved: RFC 3339, UTC.
 */
changed_at: string, 
/**
 * How many editions were frozen.
 */
editions: number, };

export type Browser = { 
/**
 * Its number.
 */
id: BrowserId, 
/**
 * What it sends with.
 */
kind: BrowserKind, 
/**
 * What it calls itself, such as “Firefox on Linux”.
 */
label: string, 
/**
 * The origin of its extension, such as `moz-extension://…`; nothing for a program that has none.
 */
origin: string | null, 
/**
 * When it was paired: RFC 3339, UTC.
 */
paired_at: string, 
/**
 * When it last sent a clip, to the day: RFC 3339, UTC.
 */
last_used_at: string | null, };

export type BrowserId = number;

export type BrowserKind = "clipper" | "single_file";

export type ById<T> = { 
/**
 * The number.
 */
id: T, };

export type CaptureMethod = "pasted" | "file" | "fetched" | "rendered";

export type CaptureRecord = { 
/**
 * How the bytes were obtained.
 */
method: CaptureMethod, 
/**
 * When: RFC 3339, UTC.
 */
captured_at: string, 
/**
 * The address given or found in the page.
 */
url: string | null, 
/**
 * The file's name, without its folder.
 */
file_name: string | null, 
/**
 * The media type the bytes were read as.
 */
media_type: string, 
/**
 * Bilat's version.
 */
app_version: string, 
/**
 * The version of the extractor and the sanitising policy.
 */
policy_version: number, 
/**
 * What the browser said of a rendered page: the tab's title, the extension's version and the like.
 */
browser?: { [key in string]: string }, 
/**
 * The character encoding the bytes were read in; nothing for what is not text.
 */
charset?: Charset, 
/**
 * How Bilat fetched it, where it did.
 */
fetch?: FetchRecord, 
/**
 * How much of the article the document shows, where that may be less than all of it.
 */
access?: Access, 
/**
 * What was corrected on the page as it was read, by a person or by the outlet's rules, in order.
 */
corrections?: Array<Rule>, };

export type Change = { 
/**
 * What became of it.
 */
kind: ChangeKind, 
/**
 * The words.
 */
text: string, 
/**
 * Where it stands in the older text.
 */
older: Span | null, 
/**
 * Where it stands in the newer text.
 */
newer: Span | null, };

export type ChangeKind = "same" | "removed" | "added";

export type Changed = "articles" | "annotations" | "suggestions" | "pairs" | "events" | "dossiers" | "collections" | "briefings" | "browsers" | "imports" | "feeds" | "folders" | "knowledge" | "rules" | "settings" | "library";

export type Charset = { 
/**
 * Its name in the WHATWG Encoding Standard, such as `windows-1251`.
 */
name: string, 
/**
 * What spoke for it.
 */
found: CharsetFound, };

export type CharsetFound = "mark" | "transfer" | "page" | "bytes" | "guess";

export type Check = { 
/**
 * Every quotation, in the order of the text.
 */
quotations: Array<CheckedQuotation>, 
/**
 * Findings on language, in the order of the text.
 */
language: Array<Finding>, 
/**
 * Citations that name nothing, in the order of the text.
 */
unknown_keys: Array<UnknownKey>, 
/**
 * How many quotations stand in the current snapshots of their sources.
 */
verified: number, 
/**
 * How many quotations there are.
 */
total: number, 
/**
 * What could not be taken as written, such as a head that is no YAML, or a quotation that cites a
 * statement and stands beside it: line and reason.
 */
warnings: Array<[number, string]>, };

export type CheckedQuotation = { 
/**
 * The words of the draft, without the outer quotation marks.
 */
text: string, 
/**
 * The key it is held against; the first one where several are cited and none has the words.
 */
key: string | null, 
/**
 * What became of it.
 */
state: QuoteState, 
/**
 * The line of the Markdown on which it starts, from 1.
 */
line: number, 
/**
 * Where it stands in the Markdown, in code points, outer marks included.
 */
span: Span, 
/**
 * The source's own words; for `altered` the closest passage. Nothing where there is none.
 */
found: string | null, 
/**
 * Where `found` stands in the current snapshot, in code points.
 */
position: Span | null, 
/**
 * The other place where the same words stand, such as a caption; the body comes first.
 */
also_at: Array<Span>, 
/**
 * How draft and source differ, word by word; empty when they do not.
 */
differs: Array<DiffPart>, 
/**
 * The headline of the cited article.
 */
article: string | null, 
/**
 * The publisher of the cited article.
 */
outlet: string | null, 
/**
 * Whether the words are the stored translation of the cited statement; `found` is the original.
 */
translated: boolean, 
/**
 * The snapshot that has the words, when it is an earlier one: RFC 3339, UTC.
 */
captured_at: string | null, };

export type CiteKey = string;

export type Clip = { 
/**
 * The document.
 */
source: ClipSource, 
/**
 * Its address.
 */
url?: string | null, 
/**
 * When it was published.
 */
published?: Edtf | null, 
/**
 * Who published it.
 */
outlet?: string | null, };

export type ClipServer = { 
/**
 * Whether the clip server runs.
 */
running: boolean, 
/**
 * The port where it listens.
 */
port: number | null, 
/**
 * Why it does not run although it should: one line, what to do included.
 */
problem: string | null, };

export type ClipSource = { "type": "text", 
/**
 * The text.
 */
text: string, } | { "type": "html", 
/**
 * The HTML.
 */
html: string, } | { "type": "url", 
/**
 * Its address, http or https.
 */
url: string, 
/**
 * A person allowed this host, although it is in a private network or at an unusual port. It holds for
 * this address alone, not for where it sends on to.
 */
allow_host?: boolean, } | { "type": "file", 
/**
 * Its path.
 */
path: string, } | { "type": "rendered" } & Rendered;

export type ClipState = "new" | "new snapshot" | "unchanged" | "held back";

export type Clipped = { 
/**
 * The article.
 */
id: ArticleId, 
/**
 * Its cite key.
 */
key: CiteKey, 
/**
 * Its headline.
 */
title: string, 
/**
 * What became of it.
 */
state: ClipState, 
/**
 * Why it stays behind the current one, where it does.
 */
held_back: HeldBack | null, 
/**
 * Whether the article was in the bin and came back.
 */
restored: boolean, 
/**
 * Who first wrote the text, as far as the articles of its origin say: the agency credited, else the outlet.
 */
origin: string | null, 
/**
 * The pair it seems to be about.
 */
pair: Dyad | null, 
/**
 * SHA-256 of the bytes kept; of the earlier capture's, where nothing changed.
 */
sha256_raw: Sha256Hex, 
/**
 * SHA-256 of the text kept.
 */
sha256_text: Sha256Hex, };

export type Code = "bad_request" | "bad_input" | "not_found" | "conflict" | "exists" | "quote_lock" | "library_unusable" | "read_only" | "disk_full" | "io" | "private_address" | "needs_script" | "network";

export type Collection = { 
/**
 * Its number.
 */
id: CollectionId, 
/**
 * Its name.
 */
name: string, 
/**
 * How many articles it holds.
 */
articles: number, };

export type CollectionId = number;

export type CompareEditions = { 
/**
 * The briefing.
 */
id: BriefingId, 
/**
 * The number of the earlier edition; the last one where it is left out.
 */
edition?: number | null, 
/**
 * The number of the later edition; the briefing as it stands where it is left out.
 */
with?: number | null, };

export type CompareSnapshots = { 
/**
 * The one to start from.
 */
older: SnapshotId, 
/**
 * The one to come to.
 */
newer: SnapshotId, };

export type Comparison = { 
/**
 * The texts, stretch by stretch.
 */
changes: Array<Change>, 
/**
 * What it did to each annotation, in the order of the text.
 */
annotations: Array<AnnotationChange>, };

export type CompleteCitation = { 
/**
 * What stands after the `@`.
 */
prefix: string, 
/**
 * The pair whose keys come first.
 */
pair?: Dyad | null, };

export type CompleteQuery = { 
/**
 * The query.
 */
query: string, 
/**
 * Where the caret stands in it, in code points.
 */
cursor: number, };

export type Completion = { 
/**
 * The cite key.
 */
key: CiteKey, 
/**
 * The speaker, or the article's headline.
 */
title: string, 
/**
 * The words said, or outlet and date.
 */
detail: string, 
/**
 * How far the item is borne out, where it is a statement.
 */
credibility: Credibility | null, };

export type CorrectArticle = { 
/**
 * The article.
 */
article: ArticleId, 
/**
 * What is wrong.
 */
correction: Correction, 
/**
 * Whether the same is to be done to the site's later pages.
 */
keep_as_rule: boolean, };

export type Corrected = { 
/**
 * The article as it is now.
 */
article: Article, 
/**
 * The rule, where one was kept.
 */
rule: OutletRule | null, 
/**
 * The snapshot that was current.
 */
before: SnapshotId, };

export type Correction = { "type": "furniture", 
/**
 * The block.
 */
block: number, } | { "type": "keep", 
/**
 * The line, among those set aside.
 */
line: number, } | { "type": "title", 
/**
 * The block.
 */
block: number, } | { "type": "title_part", 
/**
 * The words.
 */
text: string, } | { "type": "standfirst", 
/**
 * The block.
 */
block?: number | null, } | { "type": "outlet", 
/**
 * The publisher's name.
 */
name: string, };

export type Credibility = 1 | 2 | 3 | 4 | 5 | 6;

export type DiffKind = "same" | "source" | "draft";

export type DiffPart = { 
/**
 * The words.
 */
text: string, 
/**
 * Whose they are.
 */
kind: DiffKind, };

export type Dossier = { 
/**
 * How many independent origins the articles have.
 */
origins: number, 
/**
 * Tone by month and side; a month without a coded statement is not in it.
 */
tone: Array<ToneMonth>, 
/**
 * Coded statements that fall into no month.
 */
tone_undated: number, 
/**
 * The plain mean of the stances of the last 90 days, and of how many.
 */
tone_now: [number, number] | null, 
/**
 * The same of the 90 days before those.
 */
tone_before: [number, number] | null, 
/**
 * What was done, by month, direction and class.
 */
acts: Array<ActMonth>, 
/**
 * What was done and falls into no month.
 */
acts_undated: number, 
/**
 * The last day on which the two met or talked, from the ledger (CONSULT, done).
 */
last_met: Edtf | null, 
/**
 * The median of the sources' letters over the statements, and of the statements' digits.
 */
median_grade: [Reliability, Credibility] | null, 
/**
 * The ledger, latest first.
 */
ledger: Array<LedgerEvent>, 
/**
 * Who speaks, most statements first.
 */
voices: Array<Voice>, 
/**
 * Where it comes from, most articles first.
 */
sources: Array<DossierSource>, 
/**
 * Who said what on an issue over time.
 */
issues: Array<Issue>, 
/**
 * The latest words.
 */
latest: Array<Statement>, 
/**
 * The pair.
 */
pair: Dyad, 
/**
 * Side A, in the analyst's order.
 */
left: SideCounts, 
/**
 * Side B.
 */
right: SideCounts, 
/**
 * Whether the analyst follows the pair.
 */
followed: boolean, 
/**
 * How many articles are on the pair.
 */
articles: number, 
/**
 * How many statements one side made about the other.
 */
statements: number, 
/**
 * How many events stand in the ledger.
 */
events: number, 
/**
 * From the first day that this may mean.
 */
since?: Edtf | null, 
/**
 * Through the last day that this may mean.
 */
until?: Edtf | null, };

export type DossierFigure = "tone" | "acts" | "timeline";

export type DossierHead = { 
/**
 * The pair.
 */
pair: Dyad, 
/**
 * Side A, in the analyst's order.
 */
left: SideCounts, 
/**
 * Side B.
 */
right: SideCounts, 
/**
 * Whether the analyst follows the pair.
 */
followed: boolean, 
/**
 * How many articles are on the pair.
 */
articles: number, 
/**
 * How many statements one side made about the other.
 */
statements: number, 
/**
 * How many events stand in the ledger.
 */
events: number, 
/**
 * From the first day that this may mean.
 */
since?: Edtf | null, 
/**
 * Through the last day that this may mean.
 */
until?: Edtf | null, };

export type DossierNotes = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * What it lacks.
 */
gaps: Array<Gap>, 
/**
 * Open questions first.
 */
questions: Array<Question>, 
/**
 * Days to come first, then indicators.
 */
watches: Array<Watch>, 
/**
 * What came since the last visit.
 */
since_visit: SinceVisit, };

export type DossierSource = { 
/**
 * Its name; nothing for articles whose publisher is not known.
 */
name: string | null, 
/**
 * What it is: `outlet`, `agency`, `ministry` and others.
 */
kind: string, 
/**
 * Where it sits.
 */
country: string | null, 
/**
 * Its reliability.
 */
reliability: Reliability, 
/**
 * The languages of its articles, most frequent first.
 */
languages: Array<string>, 
/**
 * How many articles.
 */
articles: number, 
/**
 * Of how many origins.
 */
origins: number, 
/**
 * How many statements stand in them.
 */
statements: number, 
/**
 * How many of those are of credibility 1, 2, … 6.
 */
credibility: [number, number, number, number, number, number], 
/**
 * The latest article's date.
 */
latest: Edtf | null, };

export type DraftBriefing = { 
/**
 * The pair; the order is kept.
 */
left: Actor, 
/**
 * The other side.
 */
right: Actor, 
/**
 * The shape it starts from.
 */
template?: Template | null, 
/**
 * Leave out what was said before.
 */
since?: Edtf | null, 
/**
 * Leave out what was said after.
 */
until?: Edtf | null, };

export type DrawFigure = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * Which.
 */
figure: DossierFigure, 
/**
 * How wide, in CSS pixels.
 */
width: number, 
/**
 * From when to when a timeline shows, in days since 1970-01-01; all of it where nothing is said.
 */
window?: [number, number] | null, 
/**
 * From the first day that this may mean.
 */
since?: Edtf | null, 
/**
 * Through the last day that this may mean.
 */
until?: Edtf | null, };

export type DrawnFigure = { 
/**
 * The figure.
 */
figure: Figure, 
/**
 * From when to when a timeline shows, in days since 1970-01-01.
 */
window: [number, number] | null, 
/**
 * Where that begins and ends in the figure, in pixels.
 */
plot: [number, number] | null, };

export type Dyad = string;

export type EditAnnotation = { 
/**
 * The annotation.
 */
id: AnnotationId, 
/**
 * What the passage is.
 */
kind?: AnnotationKind | null, 
/**
 * The note.
 */
note?: string | null, 
/**
 * The tags, all of them.
 */
tags?: Array<string> | null, 
/**
 * The attribution, all of it.
 */
statement?: StatementDraft | null, };

export type EditArticle = { 
/**
 * The article.
 */
id: ArticleId, 
/**
 * The headline.
 */
title?: string | null, 
/**
 * The line under it.
 */
standfirst?: string | null, 
/**
 * The publisher.
 */
outlet?: string | null, 
/**
 * When it was published; given by a person, so no longer inferred.
 */
published?: Edtf | null, 
/**
 * The reliability of its publisher.
 */
reliability?: Reliability | null, };

export type EditEvent = { 
/**
 * The event.
 */
id: EventId, 
/**
 * What is said of it now, all of it.
 */
draft: EventDraft, };

export type EditSource = { 
/**
 * The source.
 */
id: SourceId, 
/**
 * What changes.
 */
edit: SourceEdit, };

export type EditStatements = { 
/**
 * The changes.
 */
changes: Array<StatementChange>, };

export type Edition = { 
/**
 * Its number in the library.
 */
id: EditionId, 
/**
 * The briefing it was frozen from.
 */
briefing: BriefingId, 
/**
 * 1, 2, 3 …
 */
number: number, 
/**
 * When: RFC 3339, UTC.
 */
frozen_at: string, 
/**
 * SHA-256 of the Markdown.
 */
sha256: Sha256Hex, };

export type EditionChanges = { 
/**
 * Paragraphs that came, went or changed, in the order of the text.
 */
text: Array<TextChange>, 
/**
 * Sources that came, went or changed.
 */
sources: Array<SourceChange>, };

export type EditionComparison = { 
/**
 * The earlier edition.
 */
from: Edition, 
/**
 * The later edition; nothing where it is the briefing as it stands.
 */
to: Edition | null, 
/**
 * What changed.
 */
changes: EditionChanges, };

export type EditionId = number;

export type EditionText = { 
/**
 * The edition.
 */
edition: Edition, 
/**
 * Its Markdown, as it was frozen.
 */
markdown: string, 
/**
 * The cite keys it rests on.
 */
keys: Array<CiteKey>, };

export type Edtf = string;

export type Error = { 
/**
 * What kind of failure it is.
 */
code: Code, 
/**
 * One line: what was being done, what is wrong, what to do.
 */
message: string, 
/**
 * The quotations that stop an export, when `code` is `quote_lock`.
 */
check?: Check, };

export type Event = { 
/**
 * What sort of record changed.
 */
what: Changed, 
/**
 * Which one, where one changed.
 */
id: number | null, };

export type EventDetail = { 
/**
 * The event.
 */
event: LedgerEvent, 
/**
 * What bears it out, what is in the bin left out.
 */
evidence: Array<EventEvidence>, 
/**
 * What it was made of, as an edit takes it; what is in the bin included.
 */
draft: EventDraft, };

export type EventDraft = { 
/**
 * Who acted.
 */
initiator?: Actor | null, 
/**
 * On whom.
 */
target?: Actor | null, 
/**
 * What it was.
 */
plover?: Plover | null, 
/**
 * When, as exactly as is known.
 */
date?: Edtf | null, 
/**
 * How it stands; done where nothing is said.
 */
status?: EventStatus | null, 
/**
 * One line.
 */
summary: string, 
/**
 * What bears it out.
 */
evidence: Array<EvidenceRef>, };

export type EventEvidence = { 
/**
 * The article.
 */
article: ArticleId, 
/**
 * The passage; nothing where the article as a whole is meant.
 */
annotation: AnnotationId | null, 
/**
 * The cite key of the statement, else of the article.
 */
key: CiteKey, 
/**
 * The article's headline.
 */
title: string, 
/**
 * Its publisher.
 */
outlet: string | null, 
/**
 * When it was published.
 */
published: Edtf | null, 
/**
 * The marked words; nothing where the article as a whole is meant.
 */
text: string | null, 
/**
 * Who said them, where they are a statement.
 */
speaker: string | null, };

export type EventId = number;

export type EventStatus = "done" | "planned" | "threatened" | "denied" | "disputed" | "called off";

export type EventsExported = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * How many events are in it.
 */
events: number, };

export type EventsImported = { 
/**
 * How many were entered.
 */
entered: number, 
/**
 * How many stood in the ledger already, the same in everything.
 */
known: number, 
/**
 * What could not be read, each in one line that names it.
 */
failures: Array<string>, };

export type Evidence = { 
/**
 * The statement.
 */
statement: Statement, 
/**
 * What the Markdown gets: the words in quotation marks and the citation.
 */
markdown: string, 
/**
 * Its cite key.
 */
key: CiteKey, };

export type EvidenceRef = { 
/**
 * The article.
 */
article: ArticleId, 
/**
 * The passage, where it is one.
 */
annotation?: AnnotationId | null, };

export type ExportArticle = { 
/**
 * The article.
 */
id: ArticleId, 
/**
 * The format.
 */
format: ArchiveFormat, 
/**
 * The file to write.
 */
path: string, 
/**
 * Whether a file that stands at `path` may be replaced.
 */
replace?: boolean | null, };

export type ExportBriefing = { 
/**
 * The briefing.
 */
id: BriefingId, 
/**
 * The format.
 */
format: Format, 
/**
 * The file to write.
 */
path: string, 
/**
 * Export although the quote lock fails, marked DRAFT on every page.
 */
draft: boolean, 
/**
 * Whether a file that stands at `path` may be replaced.
 */
replace?: boolean | null, 
/**
 * Markdown only: citations stay as Pandoc's, with the works as CSL-JSON in a file beside it.
 */
pandoc?: boolean | null, 
/**
 * An evidence pack only: how much of the sources it holds; the passages that are quoted where it is
 * left out.
 */
evidence?: PackedEvidence | null, 
/**
 * A DOCX only: a DOCX file that gives its looks.
 */
template?: string | null, };

export type ExportEvents = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * The form.
 */
format: LedgerFormat, 
/**
 * The file to write.
 */
path: string, 
/**
 * Whether a file that stands at `path` may be replaced.
 */
replace?: boolean | null, 
/**
 * From the first day that this may mean.
 */
since?: Edtf | null, 
/**
 * Through the last day that this may mean.
 */
until?: Edtf | null, };

export type ExportLibrary = { 
/**
 * Where to: a ZIP file.
 */
path: string, 
/**
 * Whether a file that stands there is replaced.
 */
replace?: boolean | null, };

export type ExportStatements = { 
/**
 * Which, in which order.
 */
filter: ListStatements, 
/**
 * The format.
 */
format: StatementFormat, 
/**
 * The file to write.
 */
path: string, 
/**
 * Whether a file that stands there is replaced.
 */
replace?: boolean | null, };

export type ExportWatches = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * The file.
 */
path: string, };

export type Exported = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * The check of what was exported.
 */
check: Check, 
/**
 * What a person should know of the file, one line each.
 */
remarks: Array<string>, };

export type Feed = { 
/**
 * Its number.
 */
id: FeedId, 
/**
 * Its address.
 */
url: string, 
/**
 * Its title; its address until the feed was read.
 */
title: string, 
/**
 * Every how many hours it is checked by itself; nothing when only by hand.
 */
hours: number | null, 
/**
 * When it was added: RFC 3339, UTC.
 */
added_at: string, 
/**
 * When it was last checked: RFC 3339, UTC.
 */
checked_at: string | null, 
/**
 * Why the last check failed, where it did.
 */
problem: string | null, };

export type FeedId = number;

export type FetchRecord = { 
/**
 * The address asked for, without user name, password and fragment.
 */
asked: string, 
/**
 * The address that answered.
 */
answered: string, 
/**
 * The redirects between the two, in order.
 */
redirects?: Array<Redirect>, 
/**
 * The HTTP status of the answer.
 */
status: number, 
/**
 * Those of its headers that say something of the document; no cookies.
 */
headers: { [key in string]: string }, 
/**
 * SHA-256 of the certificate that the server showed (DER); nothing over plain HTTP.
 */
certificate_sha256?: Sha256Hex, 
/**
 * When the fetch began: RFC 3339, UTC.
 */
started_at: string, 
/**
 * When the last byte had come: RFC 3339, UTC.
 */
ended_at: string, };

export type Figure = { 
/**
 * SVG; the root is `svg` with title and description, an image, or a group where its parts can be focused.
 */
svg: string, 
/**
 * What it shows, in words.
 */
description: string, 
/**
 * The names of the table's columns.
 */
columns: Array<string>, 
/**
 * The table.
 */
rows: Array<Array<string>>, };

export type FindPassage = { 
/**
 * The query.
 */
query: string, 
/**
 * The article.
 */
article: ArticleId, 
/**
 * Whether the query is still being typed.
 */
typing: boolean, };

export type Finding = { 
/**
 * The rule, such as `mixed_scales`.
 */
rule: string, 
/**
 * The line of the Markdown, from 1.
 */
line: number, 
/**
 * Where the words stand in the Markdown, in code points.
 */
span: Span, 
/**
 * The words.
 */
text: string, 
/**
 * What is wrong and what to do, one sentence or two.
 */
advice: string, 
/**
 * The words to put in their place, where there are any.
 */
suggestion: string | null, 
/**
 * Why the author sets the rule aside here, where the text says so in a comment:
 * `<!-- bilat:waive rule: reason -->`.
 */
waived: string | null, };

export type FollowPair = { 
/**
 * Side A.
 */
left: Actor, 
/**
 * Side B.
 */
right: Actor, };

export type Format = "markdown" | "html" | "docx" | "pdf" | "pack";

export type Gap = { 
/**
 * What a waiver of it goes by.
 */
key: string, 
/**
 * What is lacking.
 */
lack: Lack, 
/**
 * Why it was waived, where it was.
 */
waiver: Waiver | null, };

export type GradeSource = { 
/**
 * The source.
 */
id: SourceId, 
/**
 * The letter.
 */
reliability: Reliability, 
/**
 * Why.
 */
reason: string, };

export type Grading = { 
/**
 * The letter.
 */
reliability: Reliability, 
/**
 * Why.
 */
reason: string, 
/**
 * When: RFC 3339, UTC.
 */
set_at: string, };

export type HeldBack = "failed" | "shorter" | "paywalled";

export type Hit = { 
/**
 * What it is.
 */
kind: HitKind, 
/**
 * The number of the article, statement, annotation or briefing.
 */
id: number, 
/**
 * The article it stands in; none for a briefing.
 */
article: ArticleId | null, 
/**
 * The mark it stands on, for statements and notes.
 */
annotation: AnnotationId | null, 
/**
 * The cite key of the article or statement; none for a briefing.
 */
key: CiteKey | null, 
/**
 * The headline of the article or briefing.
 */
title: string, 
/**
 * The passage around the hit.
 */
snippet: Array<SnippetPart>, 
/**
 * The publisher.
 */
outlet: string | null, 
/**
 * When it was published; for a briefing when it was last changed.
 */
published: Edtf | null, };

export type HitKind = "article" | "statement" | "note" | "briefing";

export type Image = { 
/**
 * Its address.
 */
url: string, 
/**
 * What stands under it, without the credit.
 */
caption: string | null, 
/**
 * Who took it or owns it, as printed: "A. Other / Harbour Agency".
 */
credit: string | null, 
/**
 * The words for readers who cannot see it.
 */
alt: string | null, };

export type Import = { 
/**
 * Its number.
 */
id: ImportId, 
/**
 * What was imported: the file's name, or the first's and how many more.
 */
name: string, 
/**
 * What it is read as; `files` while that is not known, and where the files differ.
 */
format: ImportFormat, 
/**
 * How far it is.
 */
state: ImportState, 
/**
 * When it was started: RFC 3339, UTC.
 */
started_at: string, 
/**
 * When it ended: RFC 3339, UTC.
 */
ended_at: string | null, 
/**
 * How many items there are, as far as that is known.
 */
total: number | null, 
/**
 * How many items were tried.
 */
done: number, 
/**
 * What became of them.
 */
counts: ImportCounts, 
/**
 * The items that failed, the first thousand of them.
 */
failures: Array<ImportFailure>, };

export type ImportCounts = { 
/**
 * Articles that were not in the library, those without words included; of OPML, feeds.
 */
new: number, 
/**
 * Known articles whose words changed.
 */
new_snapshots: number, 
/**
 * Known articles with nothing new.
 */
unchanged: number, 
/**
 * How many of `new` have no words yet: title, names and date only.
 */
records_only: number, 
/**
 * Items that could not be read or kept.
 */
failed: number, 
/**
 * Annotations added.
 */
annotations: number, 
/**
 * How many of `annotations` mark words that the article does not have, or not yet.
 */
annotations_missing: number, };

export type ImportEvents = { 
/**
 * The file.
 */
path: string, 
/**
 * Its form; told from its name and contents where it is left out.
 */
format?: LedgerFormat | null, };

export type ImportFailure = { 
/**
 * What it is called: its title, else its address, file or number.
 */
item: string, 
/**
 * What is wrong with it.
 */
reason: string, };

export type ImportFormat = "csl_json" | "ris" | "bibtex" | "zotero_rdf" | "zotero_json" | "bookmarks" | "pocket" | "instapaper" | "readwise" | "omnivore" | "wallabag" | "karakeep" | "hypothesis" | "opml" | "nexis" | "factiva" | "bilat" | "files" | "feeds";

export type ImportId = number;

export type ImportState = "running" | "done" | "cancelled" | "failed" | "interrupted" | "undone";

export type InCollection = { 
/**
 * The collection.
 */
collection: CollectionId, 
/**
 * The articles.
 */
articles: Array<ArticleId>, };

export type Issue = { 
/**
 * The matter.
 */
issue: string, 
/**
 * The side.
 */
side: Actor, 
/**
 * Its stances, earliest first.
 */
positions: Array<Position>, };

export type IssueRow = { 
/**
 * The issue.
 */
issue: string, 
/**
 * How many statements.
 */
statements: number, };

export type JoinOrigin = { 
/**
 * The article that joins.
 */
article: ArticleId, 
/**
 * The one whose origin it joins.
 */
with: ArticleId, };

export type KeepApart = { 
/**
 * One.
 */
one: SpeakerId, 
/**
 * The other.
 */
other: SpeakerId, 
/**
 * Whether they are two.
 */
apart: boolean, };

export type KeepWatch = { 
/**
 * What is watched.
 */
id: WatchId, 
/**
 * Whether it is to be.
 */
watched: boolean, };

export type Kin = { 
/**
 * The article.
 */
row: ArticleRow, 
/**
 * How it comes by the words.
 */
relation: Relation, 
/**
 * How much of the shorter of the two stands in the other, 0 to 1; nothing where that was not measured,
 * because the two belong together through a third.
 */
share: number | null, 
/**
 * Whether a person said that they are of one origin.
 */
by_person: boolean, };

export type KindCount = { 
/**
 * The kind.
 */
kind: HitKind, 
/**
 * How many.
 */
total: number, 
/**
 * Whether there are more than `total` says.
 */
capped: boolean, };

export type Knowledge = { 
/**
 * Its number.
 */
id: KnowledgeId, 
/**
 * How it was learned.
 */
learned_from: LearnedFrom, 
/**
 * When: RFC 3339, UTC.
 */
learned_at: string, } & ({ "type": "person", 
/**
 * The name as texts write it: “Velko”, “Iwan Welko”.
 */
named: string, 
/**
 * The name in full.
 */
name: string, 
/**
 * What they are, where a text does not say.
 */
role?: string | null, 
/**
 * The side they speak for.
 */
country?: Actor | null, } | { "type": "place", 
/**
 * The words as texts write them.
 */
words: string, 
/**
 * What they stand for; nothing: no country.
 */
country?: Actor | null, });

export type KnowledgeId = number;

export type Lack = { "type": "silent", 
/**
 * The side.
 */
side: Actor, } | { "type": "one_sided", 
/**
 * The issue.
 */
issue: string, 
/**
 * The side that is heard.
 */
side: Actor, } | { "type": "no_primary" } | { "type": "stale", 
/**
 * How many days ago the newest article was published.
 */
days: number, } | { "type": "single_origin", 
/**
 * How many.
 */
events: number, } | { "type": "unsupported", 
/**
 * How many.
 */
events: number, };

export type LearnedFrom = "accepted" | "corrected" | "taught";

export type LedgerEvent = { 
/**
 * Its number.
 */
id: EventId, 
/**
 * Who acted.
 */
initiator: Actor, 
/**
 * On whom.
 */
target: Actor, 
/**
 * What it was.
 */
plover: Plover, 
/**
 * The class of that.
 */
quad: Quad, 
/**
 * When, as exactly as is known.
 */
date: Edtf | null, 
/**
 * How it stands.
 */
status: EventStatus, 
/**
 * One line.
 */
summary: string, 
/**
 * How many pieces of evidence.
 */
evidence: number, 
/**
 * From how many origins: five outlets that print one agency's text are one.
 */
origins: number, };

export type LedgerFormat = "csv" | "plover" | "ics" | "timelinejs";

export type Lesson = { "type": "person", 
/**
 * The name as texts write it: “Velko”, “Iwan Welko”.
 */
named: string, 
/**
 * The name in full.
 */
name: string, 
/**
 * What they are, where a text does not say.
 */
role?: string | null, 
/**
 * The side they speak for.
 */
country?: Actor | null, } | { "type": "place", 
/**
 * The words as texts write them.
 */
words: string, 
/**
 * What they stand for; nothing: no country.
 */
country?: Actor | null, };

export type LibraryCheck = { 
/**
 * How many snapshots were read and their hashes recomputed.
 */
snapshots: number, 
/**
 * How many entries of the log were followed.
 */
log_entries: number, 
/**
 * What is wrong, a line each; empty when all is well.
 */
faults: Array<string>, };

export type LibraryExported = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * How many articles are in it.
 */
articles: number, 
/**
 * How many annotations.
 */
annotations: number, 
/**
 * How many documents, as they were received.
 */
files: number, };

export type LibraryStatus = { 
/**
 * The library file.
 */
path: string, 
/**
 * Its name, shown in the window.
 */
name: string, 
/**
 * How many articles, the bin left out.
 */
articles: number, 
/**
 * How many of them are unread.
 */
unread: number, 
/**
 * How many statements.
 */
statements: number, 
/**
 * How many briefings.
 */
briefings: number, 
/**
 * Whether it holds the exercise.
 */
exercise: boolean, 
/**
 * Whether nothing can be written to it.
 */
read_only: boolean, 
/**
 * Bilat's version.
 */
version: string, };

export type LikelySame = { 
/**
 * The one with more statements.
 */
keep: SpeakerId, 
/**
 * The other.
 */
merge: SpeakerId, 
/**
 * Why.
 */
why: WhySame, };

export type LikelySameSource = { 
/**
 * The one with more articles.
 */
keep: SourceId, 
/**
 * The other.
 */
merge: SourceId, };

export type LinkAnnotations = { 
/**
 * The one that does it.
 */
annotation: AnnotationId, 
/**
 * What it does.
 */
relation: LinkRelation, 
/**
 * The one it is done to.
 */
other: AnnotationId, };

export type LinkRelation = "supports" | "contradicts" | "repeats";

export type ListArticles = { 
/**
 * Which.
 */
view: View, 
/**
 * Only those of a pair.
 */
pair?: Dyad | null, 
/**
 * Only those of a collection.
 */
collection?: CollectionId | null, 
/**
 * Only those with this tag.
 */
tag?: TagId | null, 
/**
 * Only those that this query finds.
 */
query?: string | null, 
/**
 * Only those that nobody has opened.
 */
unread?: boolean | null, 
/**
 * How sorted.
 */
sort?: Sort | null, 
/**
 * How many to skip.
 */
offset: number, 
/**
 * How many at most; 200 when it is 0 or more.
 */
limit: number, };

export type ListEvidence = { 
/**
 * The pair.
 */
pair: Dyad, 
/**
 * With these words, or by this speaker.
 */
query?: string | null, };

export type ListSpeakers = { 
/**
 * The letters.
 */
prefix: string, 
/**
 * The day whose role is wanted; the latest on record where it is left out.
 */
on?: Edtf | null, };

export type ListStatements = { 
/**
 * Of a pair.
 */
pair?: Dyad | null, 
/**
 * In an article.
 */
article?: ArticleId | null, 
/**
 * By this speaker, whole name in any of its spellings.
 */
speaker?: string | null, 
/**
 * For a side.
 */
country?: Actor | null, 
/**
 * About a side.
 */
about?: Actor | null, 
/**
 * On this issue; on none where it is empty.
 */
issue?: string | null, 
/**
 * Of one of these stances; null is one that nobody set.
 */
stances?: Array<Stance | null>, 
/**
 * Given so.
 */
mode?: Mode | null, 
/**
 * From sources of this reliability.
 */
reliability?: Reliability | null, 
/**
 * In articles of this origin.
 */
origin?: number | null, 
/**
 * Whose words stand so in the current snapshot.
 */
state?: AnnotationState | null, 
/**
 * With a translation, or without.
 */
translated?: boolean | null, 
/**
 * Said on this day or later.
 */
since?: Edtf | null, 
/**
 * Said on this day or earlier.
 */
until?: Edtf | null, 
/**
 * With these words, or by this speaker.
 */
query?: string | null, 
/**
 * Sorted by.
 */
sort?: StatementSort, 
/**
 * The other way round.
 */
reverse?: boolean, 
/**
 * Grouped by.
 */
group?: StatementGrouping | null, 
/**
 * How many to skip.
 */
offset?: number, 
/**
 * How many at most; 0 means all.
 */
limit?: number, };

export type Markdown = { 
/**
 * The text.
 */
markdown: string, };

export type MergeEvents = { 
/**
 * The one that stays, with the evidence of all.
 */
into: EventId, 
/**
 * Those that go.
 */
others: Array<EventId>, };

export type MergeSources = { 
/**
 * The one that goes.
 */
merge: SourceId, 
/**
 * The one that stays.
 */
keep: SourceId, };

export type MergeSpeakers = { 
/**
 * The one that becomes a spelling.
 */
merge: SpeakerId, 
/**
 * The one that stays.
 */
keep: SpeakerId, };

export type Mode = "direct" | "indirect" | "mixed" | "paraphrase";

export type Month = string;

export type NameCollection = { 
/**
 * The name.
 */
name: string, };

export type Nothing = Record<symbol, never>;

export type OfDyad = { 
/**
 * The pair.
 */
dyad: Dyad, };

export type OfKey = { 
/**
 * The key.
 */
key: CiteKey, };

export type Office = { 
/**
 * Its number, where a person wrote it down; nothing where statements show it.
 */
id?: OfficeId | null, 
/**
 * The role, such as “foreign minister”.
 */
role?: string | null, 
/**
 * The organisation.
 */
organisation?: string | null, 
/**
 * The side spoken for.
 */
country?: Actor | null, 
/**
 * The first day: by a person's word, or on which a statement shows it.
 */
from?: Edtf | null, 
/**
 * The last day; nothing where it is not known, or where it lasts.
 */
until?: Edtf | null, };

export type OfficeId = number;

export type OutletRule = { 
/**
 * Its number.
 */
id: OutletRuleId, 
/**
 * The host of the outlet's pages, without `www.`.
 */
host: string, 
/**
 * What is done to them.
 */
rule: Rule, 
/**
 * The article it was made on.
 */
article: ArticleId | null, 
/**
 * When it was made: RFC 3339, UTC.
 */
created_at: string, };

export type OutletRuleId = number;

export type PackedEvidence = "snapshots" | "passages" | "hashes";

export type PairRow = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * Side A.
 */
left: Actor, 
/**
 * Side B.
 */
right: Actor, 
/**
 * Whether the analyst follows it; else it is suggested by what is in the library.
 */
followed: boolean, 
/**
 * How many articles.
 */
articles: number, 
/**
 * How many statements.
 */
statements: number, 
/**
 * The plain mean of the stances people set, −2 to +2.
 */
tone: number | null, 
/**
 * Of how many statements it is the mean.
 */
tone_n: number, };

export type Pairing = { 
/**
 * Eight digits, to be typed into the extension.
 */
code: string, 
/**
 * When the code stops working: RFC 3339, UTC.
 */
expires_at: string, 
/**
 * The port where the clip server listens; nothing while it does not run.
 */
port: number | null, };

export type People = { 
/**
 * Those with the most statements first.
 */
people: Array<Person>, 
/**
 * Who of them may be one.
 */
likely_same: Array<LikelySame>, };

export type Person = { 
/**
 * The number.
 */
id: SpeakerId, 
/**
 * The name that is shown.
 */
name: string, 
/**
 * Other spellings that were merged into it.
 */
spellings: Array<Spelling>, 
/**
 * The side spoken for last.
 */
country: Actor | null, 
/**
 * Roles, the latest first; those that a person wrote down before those that statements show.
 */
offices: Array<Office>, 
/**
 * How many statements are on record.
 */
statements: number, 
/**
 * The first day of them.
 */
first_on: Edtf | null, 
/**
 * The last day of them.
 */
last_on: Edtf | null, };

export type PlaceAnnotation = { 
/**
 * The annotation.
 */
id: AnnotationId, 
/**
 * Which of its passages, from 0.
 */
passage: number, 
/**
 * Where it stands; left out, Bilat looks for it again as if nobody had placed it.
 */
span?: Span | null, };

export type Plover = "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" | "COOPERATE" | "AID" | "RETREAT" | "INVESTIGATE" | "DEMAND" | "DISAPPROVE" | "REJECT" | "THREATEN" | "SANCTION" | "PROTEST" | "CRIME" | "MOBILIZE" | "COERCE" | "ASSAULT" | "FIGHT";

export type Position = { 
/**
 * When it was said, or printed where that is not known.
 */
date: Edtf | null, 
/**
 * −2 to +2.
 */
stance: number, 
/**
 * Who said it.
 */
speaker: string | null, 
/**
 * The article.
 */
article: ArticleId, 
/**
 * The statement's words.
 */
annotation: AnnotationId, 
/**
 * Whether the sign turned since the position before: a reversal.
 */
reversal: boolean, 
/**
 * Whether another statement of the same side on the same issue and day has the other sign: a contradiction.
 */
contradiction: boolean, };

export type Preview = { 
/**
 * The exporter's own HTML.
 */
html: string, 
/**
 * The check.
 */
check: Check, 
/**
 * How many words, tables and notes left out.
 */
words: number, };

export type Published = { 
/**
 * The date.
 */
on: Edtf, 
/**
 * Whether it was worked out from the text and no person has confirmed it.
 */
inferred: boolean, };

export type Quad = 1 | 2 | 3 | 4;

export type QueryCompletion = { 
/**
 * What takes the place of `span`.
 */
text: string, 
/**
 * Where it goes, in code points of the query.
 */
span: Span, 
/**
 * What it means.
 */
label: string, };

export type QueryProblem = { 
/**
 * Where it stands in the query, in code points.
 */
span: Span, 
/**
 * What is wrong, in a sentence.
 */
text: string, };

export type Question = { 
/**
 * Its number.
 */
id: QuestionId, 
/**
 * The question.
 */
text: string, 
/**
 * When it was asked: RFC 3339, UTC.
 */
asked_at: string, 
/**
 * When it was answered.
 */
answered_at: string | null, };

export type QuestionId = number;

export type Quote = { 
/**
 * The words, to the letter.
 */
exact: string, 
/**
 * Up to 32 code points before them.
 */
prefix: string, 
/**
 * Up to 32 code points after them.
 */
suffix: string, };

export type QuoteState = "verified" | "typography" | "elided" | "altered" | "missing" | "source_changed" | "uncited";

export type ReadDossier = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * How many of the latest statements; all of them where it is left out.
 */
latest?: number | null, 
/**
 * From the first day that this may mean.
 */
since?: Edtf | null, 
/**
 * Through the last day that this may mean.
 */
until?: Edtf | null, };

export type ReadRevision = { 
/**
 * The briefing.
 */
id: BriefingId, 
/**
 * The number of the revision.
 */
number: number, };

export type ReadStatements = { 
/**
 * The numbers.
 */
ids: Array<StatementId>, };

export type Reanalysis = { 
/**
 * Where it stands.
 */
state: ReanalysisState, 
/**
 * How many articles were analysed.
 */
done: number, 
/**
 * Of how many.
 */
total: number, 
/**
 * In how many of them the suggestions changed.
 */
changed: number, 
/**
 * Why it could not go on.
 */
problem: string | null, };

export type ReanalysisState = "idle" | "running" | "done" | "cancelled" | "failed";

export type Redirect = { 
/**
 * The address that was asked.
 */
url: string, 
/**
 * The HTTP status with which it sent on.
 */
status: number, };

export type RefreshedBriefing = { 
/**
 * The whole text; nothing is saved.
 */
markdown: string, 
/**
 * The blocks that differ, such as `timeline`.
 */
blocks: Array<string>, 
/**
 * How the text differs from what it was.
 */
changes: Array<TextChange>, };

export type Relation = "same_text" | "derived" | "quoting";

export type Reliability = "A" | "B" | "C" | "D" | "E" | "F";

export type RemoveTag = { 
/**
 * The tag that goes.
 */
id: TagId, 
/**
 * The one that its articles and passages get instead.
 */
into?: TagId | null, };

export type RenameCollection = { 
/**
 * The collection.
 */
id: CollectionId, 
/**
 * The name.
 */
name: string, };

export type RenameSpeaker = { 
/**
 * The speaker.
 */
id: SpeakerId, 
/**
 * The name.
 */
name: string, };

export type RenameTag = { 
/**
 * The tag.
 */
id: TagId, 
/**
 * The name.
 */
name: string, };

export type RenderNotes = { 
/**
 * The notes, Markdown.
 */
notes: Array<string>, };

export type Rendered = { 
/**
 * The document's HTML.
 */
html: string, 
/**
 * When the browser read it: RFC 3339. A time to come is taken for now.
 */
captured_at: string, 
/**
 * What the browser says of it: the tab's title, the extension's version and the like.
 */
browser?: { [key in string]: string } | null, 
/**
 * A key of the sender's choice: a clip sent again under it gets the first answer and is not kept again.
 */
receipt?: string | null, };

export type RevisionRow = { 
/**
 * Its number.
 */
number: number, 
/**
 * Whether it lost against another save on the same base, and never became current.
 */
conflict: boolean, 
/**
 * Whether it is the current text.
 */
current: boolean, 
/**
 * When it was saved: RFC 3339, UTC.
 */
saved_at: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its length in code points.
 */
length: number, };

export type RoleOn = { 
/**
 * The name, in any of its spellings.
 */
speaker: string, 
/**
 * The day; the latest role on record where it is left out.
 */
on?: Edtf | null, };

export type Rule = { "type": "furniture", 
/**
 * See [`shape`].
 */
shape: string, } | { "type": "keep", 
/**
 * See [`shape`].
 */
shape: string, } | { "type": "title", 
/**
 * The block's kind.
 */
kind: BlockKind, 
/**
 * How many of its kind stand before it.
 */
nth: number, } | { "type": "title_part", 
/**
 * The shape of what stands before it.
 */
before: string, 
/**
 * The shape of what stands after it.
 */
after: string, } | { "type": "standfirst", 
/**
 * The block's kind.
 */
kind: BlockKind, 
/**
 * How many of its kind stand before it.
 */
nth: number, } | { "type": "no_standfirst" } | { "type": "outlet", 
/**
 * The publisher's name.
 */
name: string, };

export type SaveBriefing = { 
/**
 * The briefing.
 */
id: BriefingId, 
/**
 * The Markdown.
 */
markdown: string, 
/**
 * The revision it was edited from; when another was saved since, nothing is overwritten.
 */
revision: number, };

export type SaveSearch = { 
/**
 * Its name.
 */
name: string, 
/**
 * What is looked for.
 */
query: string, };

export type SavedSearch = { 
/**
 * Its number.
 */
id: SavedSearchId, 
/**
 * Its name.
 */
name: string, 
/**
 * What is looked for.
 */
query: string, };

export type SavedSearchId = number;

export type ScheduleFeed = { 
/**
 * The feed.
 */
id: FeedId, 
/**
 * How many hours, 1 to 8,760; nothing checks it by hand only.
 */
hours?: number | null, };

export type Search = { 
/**
 * The query: words, `"phrases"`, `prefix*`, `-not`, `OR`, brackets, `pair:US-RU`, `country:`, `speaker:`, `source:`,
 * `since:`, `until:`, `kind:`, `tag:`, `in:`, `lang:`.
 */
query: string, 
/**
 * How many to skip.
 */
offset: number, 
/**
 * How many at most; 20 when it is 0.
 */
limit: number, 
/**
 * Whether the query is still being typed, so that its last word may be the start of one.
 */
typing?: boolean | null, 
/**
 * Best first instead of newest first.
 */
ranked?: boolean | null, 
/**
 * `limit` hits of each kind, one kind after the other.
 */
grouped?: boolean | null, };

export type SearchResults = { 
/**
 * How many there are.
 */
total: number, 
/**
 * Whether there are more than `total` says.
 */
capped: boolean, 
/**
 * Those asked for.
 */
hits: Array<Hit>, 
/**
 * How many there are of each kind that has any.
 */
counts: Array<KindCount>, 
/**
 * Parts of the query that were left out, or that name what the library does not have.
 */
problems: Array<QueryProblem>, 
/**
 * The query with misspelt words put right, where nothing was found.
 */
suggestion: string | null, 
/**
 * The first day that was ranked, where ranking did not reach over the whole library.
 */
ranked_since: string | null, };

export type SetOffice = { 
/**
 * The speaker.
 */
speaker: SpeakerId, 
/**
 * The role and its days.
 */
office: Office, };

export type SetUnread = { 
/**
 * The article.
 */
id: ArticleId, 
/**
 * Whether it counts as unread.
 */
unread: boolean, };

export type SetUnreadAll = { 
/**
 * The articles.
 */
ids: Array<ArticleId>, 
/**
 * Whether they count as unread.
 */
unread: boolean, };

export type Settings = Record<string, unknown>;

export type Sha256Hex = string;

export type SideCounts = { 
/**
 * The side.
 */
side: Actor, 
/**
 * Its statements.
 */
statements: number, 
/**
 * How many of its people and bodies speak in them.
 */
voices: number, 
/**
 * What it did to the other.
 */
events: number, };

export type SinceVisit = { 
/**
 * When that was: RFC 3339, UTC; nothing when this is the first.
 */
visited_at: string | null, 
/**
 * Articles on the pair that were clipped.
 */
articles: number, 
/**
 * Statements that were made.
 */
statements: number, 
/**
 * Events that were entered.
 */
events: number, };

export type SingleFilePairing = { 
/**
 * Where it uploads; nothing while the clip server does not run.
 */
address: string | null, 
/**
 * Its authorization token: 64 hexadecimal digits.
 */
token: string, 
/**
 * The name of the form's field for the page.
 */
file_field: string, 
/**
 * The name of the form's field for the page's address.
 */
url_field: string, 
/**
 * When its first page must have come: RFC 3339, UTC.
 */
expires_at: string, };

export type Snapshot = { 
/**
 * Its number.
 */
id: SnapshotId, 
/**
 * How it came about.
 */
capture: CaptureRecord, 
/**
 * SHA-256 of the bytes as received.
 */
sha256_raw: Sha256Hex, 
/**
 * SHA-256 of the canonical text.
 */
sha256_text: Sha256Hex, 
/**
 * The canonical text: blocks divided by one empty line.
 */
text: string, 
/**
 * The blocks of the text, in order.
 */
blocks: Array<Block>, 
/**
 * The sanitised reading copy: one element a block, in order, of equal text.
 */
html: string, 
/**
 * Page furniture that was set aside, in order.
 */
set_aside: Array<string>, };

export type SnapshotId = number;

export type SnapshotSummary = { 
/**
 * Its number.
 */
id: SnapshotId, 
/**
 * How it came about.
 */
capture: CaptureRecord, 
/**
 * SHA-256 of the bytes as received.
 */
sha256_raw: Sha256Hex, 
/**
 * SHA-256 of the canonical text.
 */
sha256_text: Sha256Hex, 
/**
 * What it is to its article.
 */
standing: Standing, 
/**
 * Why it is held back, where it is.
 */
reason: HeldBack | null, };

export type SnippetPart = { 
/**
 * The words.
 */
text: string, 
/**
 * Whether they are what was searched for.
 */
hit: boolean, };

export type Sort = "published" | "oldest" | "clipped" | "outlet" | "title" | "origin";

export type Source = { 
/**
 * Its number.
 */
id: SourceId, 
/**
 * Its name.
 */
name: string, 
/**
 * Other names that were merged into it.
 */
names: Array<SourceName>, 
/**
 * What sort of publisher it is.
 */
kind: SourceKind, 
/**
 * Where it is at home.
 */
country: Actor | null, 
/**
 * BCP 47 tag of the language it publishes in; that of most of its articles until a person says otherwise.
 */
language: string | null, 
/**
 * How it stands to a state; nothing while that is unknown.
 */
affiliation: Affiliation | null, 
/**
 * What is meant by that.
 */
affiliation_note: string, 
/**
 * Who says so.
 */
affiliation_from: string, 
/**
 * Its home page.
 */
url: string | null, 
/**
 * A note.
 */
note: string, 
/**
 * How far it can be relied on.
 */
reliability: Reliability, 
/**
 * What it was graded, newest first.
 */
gradings: Array<Grading>, 
/**
 * How many articles of it are in the library.
 */
articles: number, 
/**
 * How many origins they have: who first wrote them.
 */
origins: number, 
/**
 * How many statements stand in them.
 */
statements: number, };

export type SourceChange = { 
/**
 * The cite key.
 */
key: string, 
/**
 * The headline.
 */
title: string, 
/**
 * What changed.
 */
what: SourceChangeKind, 
/**
 * How it was; empty for what came.
 */
before: string, 
/**
 * How it is; empty for what went.
 */
after: string, };

export type SourceChangeKind = "cited" | "dropped" | "gone" | "new_text" | "words_gone" | "reliability" | "credibility" | "corrected";

export type SourceEdit = { 
/**
 * The name.
 */
name?: string | null, 
/**
 * What sort of publisher it is.
 */
kind?: SourceKind | null, 
/**
 * Where it is at home: a code or a name.
 */
country?: string | null, 
/**
 * The language.
 */
language?: string | null, 
/**
 * A name of [`Affiliation`].
 */
affiliation?: string | null, 
/**
 * What is meant by that.
 */
affiliation_note?: string | null, 
/**
 * Who says so.
 */
affiliation_from?: string | null, 
/**
 * The home page.
 */
url?: string | null, 
/**
 * A note.
 */
note?: string | null, };

export type SourceId = number;

export type SourceKind = "outlet" | "agency" | "newspaper" | "magazine" | "broadcaster" | "online" | "ministry" | "government" | "think_tank" | "organisation" | "other";

export type SourceName = { 
/**
 * The number of the record that was merged.
 */
id: SourceId, 
/**
 * The name.
 */
name: string, };

export type Sources = { 
/**
 * Those with the most articles first.
 */
sources: Array<Source>, 
/**
 * Which of them may be one.
 */
likely_same: Array<LikelySameSource>, };

export type Span = { 
/**
 * The first code point.
 */
start: number, 
/**
 * One past the last code point.
 */
end: number, };

export type Speaker = { 
/**
 * The number.
 */
id: SpeakerId, 
/**
 * Full name.
 */
name: string, 
/**
 * The role on the day that was asked for; the latest on record where none was.
 */
role: string | null, 
/**
 * The organisation.
 */
organisation: string | null, 
/**
 * The side spoken for.
 */
country: Actor | null, 
/**
 * How many statements are on record.
 */
statements: number, };

export type SpeakerId = number;

export type Spelling = { 
/**
 * The number of the record that was merged.
 */
id: SpeakerId, 
/**
 * The name.
 */
name: string, };

export type Stance = -2 | -1 | 0 | 1 | 2;

export type Standing = "current" | "earlier" | "held_back";

export type StartImport = { 
/**
 * Files and folders on this computer.
 */
paths: Array<string>, 
/**
 * What the files are; each is recognised by what stands in it where this is left out.
 */
format?: ImportFormat | null, };

export type Statement = { 
/**
 * Its number.
 */
id: StatementId, 
/**
 * Its cite key.
 */
key: CiteKey, 
/**
 * The annotation that marks the words.
 */
annotation: AnnotationId, 
/**
 * The article they stand in.
 */
article: ArticleId, 
/**
 * That article's cite key.
 */
article_key: CiteKey, 
/**
 * That article's headline.
 */
article_title: string, 
/**
 * Its publisher.
 */
outlet: string | null, 
/**
 * The publisher's reliability.
 */
reliability: Reliability, 
/**
 * When it was published.
 */
published: Edtf | null, 
/**
 * The words, to the letter; passages that stand apart are joined by ` […] `.
 */
text: string, 
/**
 * Who said it.
 */
speaker: string | null, 
/**
 * The role on the day.
 */
role: string | null, 
/**
 * The organisation spoken for.
 */
organisation: string | null, 
/**
 * The side spoken for.
 */
country: Actor | null, 
/**
 * The side spoken about.
 */
about: Actor | null, 
/**
 * To whom it was said.
 */
addressee: string | null, 
/**
 * Where it was said.
 */
venue: string | null, 
/**
 * The day it was said.
 */
said_on: Edtf | null, 
/**
 * How the words are given.
 */
mode: Mode, 
/**
 * BCP 47 tag of the words.
 */
language: string | null, 
/**
 * The words in the briefing's language.
 */
translation: string | null, 
/**
 * Who translated them.
 */
translator: string | null, 
/**
 * Whose translation it is.
 */
translation_status: TranslationStatus | null, 
/**
 * The matter under discussion.
 */
issue: string | null, 
/**
 * Attitude to the side spoken about; nothing until a person sets it.
 */
stance: Stance | null, 
/**
 * How far the item is borne out.
 */
credibility: Credibility, 
/**
 * The note on the annotation.
 */
note: string, 
/**
 * The number that articles of one origin share.
 */
origin: number, 
/**
 * Whether the words still stand in the article's current snapshot.
 */
state: AnnotationState, };

export type StatementChange = { 
/**
 * The statement.
 */
id: StatementId, 
/**
 * Which field.
 */
field: StatementField, 
/**
 * The value as text.
 */
value?: string | null, };

export type StatementDraft = { 
/**
 * Full name of the person, body or document that speaks.
 */
speaker?: string | null, 
/**
 * The role on the day, such as “Kremlin spokesman”.
 */
role?: string | null, 
/**
 * The organisation spoken for.
 */
organisation?: string | null, 
/**
 * The side spoken for.
 */
country?: Actor | null, 
/**
 * The side spoken about.
 */
about?: Actor | null, 
/**
 * To whom it was said.
 */
addressee?: string | null, 
/**
 * Where it was said.
 */
venue?: string | null, 
/**
 * The day it was said, which is not the day it was printed.
 */
said_on?: Edtf | null, 
/**
 * How the words are given.
 */
mode?: Mode | null, 
/**
 * BCP 47 tag of the words.
 */
language?: string | null, 
/**
 * The words in the briefing's language.
 */
translation?: string | null, 
/**
 * Who translated them.
 */
translator?: string | null, 
/**
 * Whose translation it is.
 */
translation_status?: TranslationStatus | null, 
/**
 * The matter under discussion.
 */
issue?: string | null, 
/**
 * Attitude to the side spoken about.
 */
stance?: Stance | null, 
/**
 * How far the item is borne out.
 */
credibility?: Credibility | null, };

export type StatementField = "speaker" | "role" | "organisation" | "country" | "about" | "addressee" | "venue" | "said_on" | "mode" | "language" | "translation" | "translator" | "translation_status" | "issue" | "stance" | "credibility";

export type StatementFormat = "json" | "csv" | "xlsx" | "jsonld";

export type StatementGroup = { 
/**
 * The speaker's name, the issue, the headline, or the month as `2022-11`; nothing where it is not known.
 */
name: string | null, 
/**
 * How many statements follow.
 */
statements: number, };

export type StatementGrouping = "speaker" | "issue" | "article" | "month";

export type StatementId = number;

export type StatementOrder = { 
/**
 * The statements.
 */
ids: Array<StatementId>, 
/**
 * The groups, one after the other; empty where it is not grouped.
 */
groups: Array<StatementGroup>, };

export type StatementPage = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Those asked for.
 */
rows: Array<Statement>, };

export type StatementSort = "said_on" | "speaker" | "country" | "issue" | "stance" | "outlet" | "grade";

export type StatementsExported = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * How many statements are in it.
 */
statements: number, };

export type SuggestedEvent = { 
/**
 * The suggestion.
 */
suggestion: SuggestionId, 
/**
 * The article.
 */
article: ArticleId, 
/**
 * Its headline.
 */
title: string, 
/**
 * The publisher.
 */
outlet: string | null, 
/**
 * How sure Bilat is, 0 to 1.
 */
confidence: number, 
/**
 * The words it rests on.
 */
text: string, 
/**
 * Who acted.
 */
initiator: Actor, 
/**
 * On whom.
 */
target: Actor, 
/**
 * What it was.
 */
plover: Plover, 
/**
 * When.
 */
date: Edtf | null, 
/**
 * How it stands.
 */
status: EventStatus, };

export type Suggestion = { 
/**
 * Its number.
 */
id: SuggestionId, 
/**
 * The snapshot it was found in.
 */
snapshot: SnapshotId, 
/**
 * How sure Bilat is, 0 to 1.
 */
confidence: number, } & ({ "type": "statement", 
/**
 * The passages, in order.
 */
spans: Array<Span>, 
/**
 * How the words are given.
 */
mode: Mode, 
/**
 * The speaker as the text names them.
 */
named: string | null, 
/**
 * The speaker's full name.
 */
speaker: string | null, 
/**
 * Their role.
 */
role: string | null, 
/**
 * The side they speak for.
 */
country: Actor | null, 
/**
 * The day it was said.
 */
said_on: Edtf | null, } | { "type": "dyad", 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * Share of the article's weight, 0 to 1.
 */
score: number, } | { "type": "country", 
/**
 * The country.
 */
country: Actor, 
/**
 * Where it is named.
 */
spans: Array<Span>, 
/**
 * Share of the article's weight, 0 to 1.
 */
score: number, } | { "type": "date", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * The date.
 */
date: Edtf, } | { "type": "event", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * Who acted.
 */
initiator: Actor, 
/**
 * On whom.
 */
target: Actor, 
/**
 * PLOVER category.
 */
plover: string, 
/**
 * Day or period.
 */
date: Edtf | null, 
/**
 * `done`, `planned`, `threatened`, `denied` or `called off`.
 */
status: string, });

export type SuggestionId = number;

export type Tag = { 
/**
 * Its number.
 */
id: TagId, 
/**
 * Its name, as it was first written.
 */
name: string, 
/**
 * How many articles have it.
 */
articles: number, 
/**
 * How many marked passages have it.
 */
annotations: number, };

export type TagArticles = { 
/**
 * The articles.
 */
ids: Array<ArticleId>, 
/**
 * Names of tags that they get.
 */
add: Array<string>, 
/**
 * Names of tags that they lose.
 */
remove: Array<string>, };

export type TagId = number;

export type TagRecords = { 
/**
 * The tag that is gone.
 */
id: TagId, 
/**
 * Its name.
 */
name: string, 
/**
 * The articles that had it.
 */
articles: Array<ArticleId>, 
/**
 * The marked passages that had it.
 */
annotations: Array<AnnotationId>, 
/**
 * The tag that took its place, if one did.
 */
into: TagId | null, 
/**
 * Those of `articles` that did not have `into` before.
 */
articles_into: Array<ArticleId>, 
/**
 * Those of `annotations` that did not have `into` before.
 */
annotations_into: Array<AnnotationId>, };

export type Target = { 
/**
 * The words and their context.
 */
quote: Quote, 
/**
 * Where they stood.
 */
position: Span, 
/**
 * SHA-256 of the paragraph that they began in; none where they were marked in another program.
 */
paragraph: Sha256Hex | null, };

export type Teach = { 
/**
 * What is taught.
 */
lesson: Lesson, };

export type Template = "alert" | "in_focus" | "long" | "readout" | "weekly";

export type TextChange = { 
/**
 * The heading it stands under; may be empty.
 */
heading: string, 
/**
 * Its words: `source` is the earlier state, `draft` the later one.
 */
parts: Array<DiffPart>, };

export type ToneMonth = { 
/**
 * The month in which the words were said.
 */
month: Month, 
/**
 * Who said them.
 */
side: Actor, 
/**
 * −2 to +2.
 */
mean: number, 
/**
 * Of how many statements.
 */
n: number, };

export type TranslationStatus = "draft" | "checked" | "official";

export type UnknownKey = { 
/**
 * The key as written.
 */
key: string, 
/**
 * The line of the Markdown, from 1.
 */
line: number, 
/**
 * Where the citation stands in the Markdown, in code points.
 */
span: Span, };

export type UnplacedAnnotation = { 
/**
 * Its number.
 */
id: AnnotationId, 
/**
 * The article it is on.
 */
article: ArticleId, 
/**
 * The article's headline.
 */
title: string, 
/**
 * What it is.
 */
kind: AnnotationKind, 
/**
 * Whether there is a place to look at, or none.
 */
state: AnnotationState, 
/**
 * The words as they were marked.
 */
exact: string, };

export type View = "inbox" | "read" | "used" | "all" | "bin";

export type Voice = { 
/**
 * The name; nothing where the speaker is not known.
 */
speaker: string | null, 
/**
 * The side spoken for.
 */
side: Actor, 
/**
 * How many statements.
 */
statements: number, 
/**
 * The plain mean of the stances.
 */
tone: number | null, 
/**
 * Of how many statements it is the mean.
 */
tone_n: number, 
/**
 * The latest words.
 */
latest: Statement, };

export type WaiveGap = { 
/**
 * The pair.
 */
dyad: Dyad, 
/**
 * What the gap goes by.
 */
gap: string, 
/**
 * Why; without a reason the waiver is taken back.
 */
reason?: string | null, };

export type Waiver = { 
/**
 * The reason.
 */
reason: string, 
/**
 * When: RFC 3339, UTC.
 */
waived_at: string, };

export type Watch = { 
/**
 * Its number.
 */
id: WatchId, 
/**
 * What is watched.
 */
text: string, 
/**
 * The day; nothing for an indicator.
 */
date: Edtf | null, };

export type WatchFolder = { 
/**
 * Its path.
 */
path: string, };

export type WatchId = number;

export type WatchedFailure = { 
/**
 * Its path in the folder.
 */
path: string, 
/**
 * What is wrong with it.
 */
reason: string, };

export type WatchedFolder = { 
/**
 * Its number.
 */
id: WatchedFolderId, 
/**
 * Its path.
 */
path: string, 
/**
 * Since when it is watched: RFC 3339, UTC.
 */
since: string, 
/**
 * How many of its files were clipped.
 */
clipped: number, 
/**
 * Why the folder itself cannot be read, where it cannot.
 */
problem: string | null, 
/**
 * The files that could not be clipped, the newest hundred.
 */
failures: Array<WatchedFailure>, };

export type WatchedFolderId = number;

export type WhySame = "surname" | "transliteration";

export type WriteSetting = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its value; null removes it.
 */
value: unknown, };

export interface Commands {
  library_status: { request: Nothing; response: LibraryStatus };
  make_exercise: { request: Nothing; response: LibraryStatus };
  check_library: { request: Nothing; response: LibraryCheck };
  back_up: { request: BackUp; response: BackedUp };
  clip: { request: Clip; response: Clipped };
  list_articles: { request: ListArticles; response: ArticlePage };
  list_article_ids: { request: ListArticles; response: Array<ArticleId> };
  read_article: { request: ById<ArticleId>; response: Article };
  set_unread: { request: SetUnread; response: Nothing };
  edit_article: { request: EditArticle; response: Article };
  export_article: { request: ExportArticle; response: ArticleExported };
  delete_article: { request: ById<ArticleId>; response: Nothing };
  restore_article: { request: ById<ArticleId>; response: Nothing };
  set_unread_all: { request: SetUnreadAll; response: Array<ArticleId> };
  delete_articles: { request: Articles; response: Nothing };
  restore_articles: { request: Articles; response: Nothing };
  empty_bin: { request: Articles; response: Array<ArticleId> };
  tag_articles: { request: TagArticles; response: Array<ArticleId> };
  confirm_dyad: { request: ArticleDyad; response: Article };
  remove_dyad: { request: ArticleDyad; response: Article };
  reopen_dyad: { request: ArticleDyad; response: Article };
  read_snapshot: { request: ById<SnapshotId>; response: Snapshot };
  compare_snapshots: { request: CompareSnapshots; response: Comparison };
  make_current: { request: ById<SnapshotId>; response: Article };
  join_origin: { request: JoinOrigin; response: Article };
  split_origin: { request: ById<ArticleId>; response: Article };
  correct_article: { request: CorrectArticle; response: Corrected };
  list_outlet_rules: { request: Nothing; response: Array<OutletRule> };
  delete_outlet_rule: { request: ById<OutletRuleId>; response: Nothing };
  restore_outlet_rule: { request: ById<OutletRuleId>; response: OutletRule };
  annotate: { request: Annotate; response: Annotation };
  edit_annotation: { request: EditAnnotation; response: Annotation };
  delete_annotation: { request: ById<AnnotationId>; response: Nothing };
  restore_annotation: { request: ById<AnnotationId>; response: Annotation };
  place_annotation: { request: PlaceAnnotation; response: Annotation };
  list_unplaced: { request: Nothing; response: Array<UnplacedAnnotation> };
  link_annotations: { request: LinkAnnotations; response: Annotation };
  unlink_annotations: { request: LinkAnnotations; response: Annotation };
  render_notes: { request: RenderNotes; response: Array<string> };
  accept_suggestion: { request: AcceptSuggestion; response: Annotation | null };
  reject_suggestion: { request: ById<SuggestionId>; response: Nothing };
  reopen_suggestion: { request: ById<SuggestionId>; response: Nothing };
  teach: { request: Teach; response: Knowledge | null };
  list_knowledge: { request: Nothing; response: Array<Knowledge> };
  forget_knowledge: { request: ById<KnowledgeId>; response: Nothing };
  restore_knowledge: { request: ById<KnowledgeId>; response: Knowledge };
  analyse_again: { request: Nothing; response: Reanalysis };
  read_reanalysis: { request: Nothing; response: Reanalysis };
  cancel_reanalysis: { request: Nothing; response: Reanalysis };
  list_statements: { request: ListStatements; response: StatementPage };
  order_statements: { request: ListStatements; response: StatementOrder };
  read_statements: { request: ReadStatements; response: Array<Statement> };
  edit_statements: { request: EditStatements; response: Array<StatementChange> };
  list_issues: { request: Nothing; response: Array<IssueRow> };
  export_statements: { request: ExportStatements; response: StatementsExported };
  list_speakers: { request: ListSpeakers; response: Array<Speaker> };
  role_on: { request: RoleOn; response: Office | null };
  list_people: { request: Nothing; response: People };
  rename_speaker: { request: RenameSpeaker; response: RenameSpeaker };
  merge_speakers: { request: MergeSpeakers; response: Nothing };
  split_speaker: { request: ById<SpeakerId>; response: Nothing };
  keep_speakers_apart: { request: KeepApart; response: Nothing };
  set_office: { request: SetOffice; response: ById<OfficeId> };
  remove_office: { request: ById<OfficeId>; response: SetOffice };
  list_sources: { request: Nothing; response: Sources };
  edit_source: { request: EditSource; response: EditSource };
  grade_source: { request: GradeSource; response: Nothing };
  merge_sources: { request: MergeSources; response: Nothing };
  split_source: { request: ById<SourceId>; response: Nothing };
  list_actors: { request: Nothing; response: Array<ActorName> };
  list_pairs: { request: Nothing; response: Array<PairRow> };
  follow_pair: { request: FollowPair; response: Nothing };
  unfollow_pair: { request: OfDyad; response: Nothing };
  read_dossier_head: { request: ReadDossier; response: DossierHead };
  read_dossier: { request: ReadDossier; response: Dossier };
  draw_figure: { request: DrawFigure; response: DrawnFigure };
  read_event: { request: ById<EventId>; response: EventDetail };
  enter_event: { request: EventDraft; response: LedgerEvent };
  edit_event: { request: EditEvent; response: LedgerEvent };
  delete_event: { request: ById<EventId>; response: Nothing };
  restore_event: { request: ById<EventId>; response: LedgerEvent };
  merge_events: { request: MergeEvents; response: LedgerEvent };
  export_events: { request: ExportEvents; response: EventsExported };
  import_events: { request: ImportEvents; response: EventsImported };
  read_dossier_notes: { request: OfDyad; response: DossierNotes };
  visit_dossier: { request: OfDyad; response: Nothing };
  waive_gap: { request: WaiveGap; response: Nothing };
  ask_question: { request: AskQuestion; response: Array<Question> };
  answer_question: { request: AnswerQuestion; response: Nothing };
  add_watch: { request: AddWatch; response: Watch };
  keep_watch: { request: KeepWatch; response: Nothing };
  export_watches: { request: ExportWatches; response: EventsExported };
  find_evidence: { request: OfKey; response: EvidenceRef };
  list_suggested_events: { request: OfDyad; response: Array<SuggestedEvent> };
  list_collections: { request: Nothing; response: Array<Collection> };
  create_collection: { request: NameCollection; response: Collection };
  rename_collection: { request: RenameCollection; response: Nothing };
  delete_collection: { request: ById<CollectionId>; response: Nothing };
  restore_collection: { request: ById<CollectionId>; response: Nothing };
  add_to_collection: { request: InCollection; response: Array<ArticleId> };
  remove_from_collection: { request: InCollection; response: Array<ArticleId> };
  list_tags: { request: Nothing; response: Array<Tag> };
  rename_tag: { request: RenameTag; response: Nothing };
  remove_tag: { request: RemoveTag; response: TagRecords };
  restore_tag: { request: TagRecords; response: Nothing };
  search: { request: Search; response: SearchResults };
  complete_query: { request: CompleteQuery; response: Array<QueryCompletion> };
  find_passage: { request: FindPassage; response: Span | null };
  list_saved_searches: { request: Nothing; response: Array<SavedSearch> };
  save_search: { request: SaveSearch; response: SavedSearch };
  edit_saved_search: { request: SavedSearch; response: Nothing };
  delete_saved_search: { request: ById<SavedSearchId>; response: Nothing };
  restore_saved_search: { request: ById<SavedSearchId>; response: Nothing };
  list_briefings: { request: Nothing; response: Array<BriefingRow> };
  draft_briefing: { request: DraftBriefing; response: Briefing };
  read_briefing: { request: ById<BriefingId>; response: Briefing };
  save_briefing: { request: SaveBriefing; response: Briefing };
  delete_briefing: { request: ById<BriefingId>; response: Nothing };
  restore_briefing: { request: ById<BriefingId>; response: Briefing };
  check_briefing: { request: Markdown; response: Check };
  preview_briefing: { request: Markdown; response: Preview };
  export_briefing: { request: ExportBriefing; response: Exported };
  freeze_briefing: { request: ById<BriefingId>; response: Edition };
  list_editions: { request: ById<BriefingId>; response: Array<Edition> };
  read_edition: { request: ById<EditionId>; response: EditionText };
  compare_editions: { request: CompareEditions; response: EditionComparison };
  draft_changes: { request: ById<BriefingId>; response: Markdown };
  refresh_briefing: { request: ById<BriefingId>; response: RefreshedBriefing };
  list_affected: { request: Nothing; response: Array<Affected> };
  list_revisions: { request: ById<BriefingId>; response: Array<RevisionRow> };
  read_revision: { request: ReadRevision; response: Markdown };
  list_evidence: { request: ListEvidence; response: Array<Evidence> };
  complete_citation: { request: CompleteCitation; response: Array<Completion> };
  export_library: { request: ExportLibrary; response: LibraryExported };
  start_import: { request: StartImport; response: Import };
  read_import: { request: ById<ImportId>; response: Import };
  list_imports: { request: Nothing; response: Array<Import> };
  cancel_import: { request: ById<ImportId>; response: Import };
  undo_import: { request: ById<ImportId>; response: Import };
  list_feeds: { request: Nothing; response: Array<Feed> };
  add_feed: { request: AddFeed; response: Feed };
  remove_feed: { request: ById<FeedId>; response: Nothing };
  schedule_feed: { request: ScheduleFeed; response: Feed };
  check_feeds: { request: Nothing; response: Import };
  list_watched_folders: { request: Nothing; response: Array<WatchedFolder> };
  watch_folder: { request: WatchFolder; response: WatchedFolder };
  unwatch_folder: { request: ById<WatchedFolderId>; response: Nothing };
  open_pairing: { request: Nothing; response: Pairing };
  pair_single_file: { request: Nothing; response: SingleFilePairing };
  list_browsers: { request: Nothing; response: Array<Browser> };
  revoke_browser: { request: ById<BrowserId>; response: Nothing };
  clip_server: { request: Nothing; response: ClipServer };
  read_settings: { request: Nothing; response: Settings };
  write_setting: { request: WriteSetting; response: Nothing };
}
