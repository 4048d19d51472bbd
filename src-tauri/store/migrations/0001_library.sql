-- The library, version 1.
--
-- Countries and organisations are stored as their codes (ISO 3166-1 alpha-2, or initials), pairs as
-- two codes sorted ('RU-US'), instants as RFC 3339 in UTC, dates as EDTF, positions as code points.
-- JSON columns hold the types of bilat-core as they travel.

-- Publishers ------------------------------------------------------------------------------------

CREATE TABLE source (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    name              TEXT NOT NULL,
    match_name        TEXT NOT NULL UNIQUE,           -- lower case, single spaces
    kind              TEXT NOT NULL DEFAULT 'outlet' CHECK (kind IN ('outlet', 'agency', 'newspaper', 'magazine',
        'broadcaster', 'online', 'ministry', 'government', 'think_tank', 'organisation', 'other')),
    country           TEXT,
    language          TEXT,
    affiliation       TEXT CHECK (affiliation IN ('state_owned', 'state_funded', 'party', 'independent')), -- NULL: unknown
    affiliation_note  TEXT NOT NULL DEFAULT '',       -- what is meant
    affiliation_from  TEXT NOT NULL DEFAULT '',       -- who says so
    url               TEXT,
    note              TEXT NOT NULL DEFAULT '',
    merged_into       INTEGER REFERENCES source(id)   -- the one that stands for it
) STRICT;
CREATE INDEX source_merged ON source(merged_into) WHERE merged_into IS NOT NULL;

-- Which articles a merge of two sources moved, so that it can be taken back.
CREATE TABLE source_merge (
    source   INTEGER PRIMARY KEY REFERENCES source(id), -- the one that went
    articles TEXT NOT NULL                            -- JSON: their numbers
) STRICT;

-- The Admiralty letter with its history: the newest row holds, F where there is none.
CREATE TABLE source_reliability (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    source      INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    reliability TEXT NOT NULL CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
    reason      TEXT NOT NULL DEFAULT '',
    set_at      TEXT NOT NULL
) STRICT;
CREATE INDEX source_reliability_source ON source_reliability(source, id);

CREATE VIEW source_now AS
    SELECT source.*, coalesce((SELECT reliability FROM source_reliability
        WHERE source = source.id ORDER BY id DESC LIMIT 1), 'F') AS reliability
    FROM source;

-- Articles and their words ----------------------------------------------------------------------

-- A key is taken once and for ever, even when what it named is purged.
CREATE TABLE cite_key (
    key        TEXT PRIMARY KEY,
    article    INTEGER,
    annotation INTEGER                                -- of the statement it names
) STRICT, WITHOUT ROWID;
CREATE INDEX cite_key_annotation ON cite_key(annotation) WHERE annotation IS NOT NULL;

-- Who first wrote the text. Every article has one; reprints share it (see kinship).
CREATE TABLE origin (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

-- `article`: the last number given to one. `completed`: how many there were when the tables of
-- completions were made.
CREATE TABLE counter (
    name   TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The rowid is the minute of publication since 1970, or the next free one, so that reading an index
-- backwards is reading newest first. It moves when the date is corrected; `uid` never does.
CREATE TABLE article (
    ord        INTEGER PRIMARY KEY,
    uid        INTEGER NOT NULL UNIQUE,
    key        TEXT NOT NULL UNIQUE REFERENCES cite_key(key),
    title      TEXT NOT NULL,
    standfirst TEXT,
    byline     TEXT,
    authors    TEXT NOT NULL DEFAULT '[]',            -- JSON: people alone, without outlet and agency
    source     INTEGER REFERENCES source(id),
    published  TEXT,
    inferred   INTEGER NOT NULL DEFAULT 0,
    published_at TEXT,                                -- RFC 3339 with the page's own time zone
    modified   TEXT,
    month      INTEGER NOT NULL,                      -- of `ord`: year * 12 + month - 1
    dateline   TEXT,
    credit     TEXT,
    section    TEXT,
    language   TEXT,
    url        TEXT,
    match_url  TEXT,                                  -- `url` as it is compared: article::match_url
    image      TEXT,                                  -- JSON: facts about the main picture
    provenance TEXT NOT NULL DEFAULT '{}',
    clipped_at TEXT NOT NULL,
    origin     INTEGER NOT NULL REFERENCES origin(id),
    snapshot   INTEGER REFERENCES snapshot(id),       -- the current one
    snippet    TEXT NOT NULL DEFAULT '',              -- of the list row
    unread     INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
) STRICT;
CREATE INDEX article_source ON article(source, ord);
CREATE INDEX article_origin ON article(origin);
CREATE INDEX article_of ON article(uid, ord, origin, source, deleted_at); -- covers what dossiers ask of one
CREATE INDEX article_snapshot ON article(snapshot);
CREATE INDEX article_clipped ON article(clipped_at);
CREATE INDEX article_title ON article(title COLLATE NOCASE);
CREATE INDEX article_match_url ON article(match_url) WHERE match_url IS NOT NULL;
CREATE INDEX article_unread ON article(ord) WHERE unread = 1 AND deleted_at IS NULL;
CREATE INDEX article_deleted ON article(deleted_at) WHERE deleted_at IS NOT NULL;

-- Evidence. `raw` is zstd and comes last, so that reading the text does not walk through it.
CREATE TABLE snapshot (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    article     INTEGER NOT NULL REFERENCES article(uid),
    captured_at TEXT NOT NULL,
    held_back   TEXT CHECK (held_back IN ('failed', 'shorter', 'paywalled')), -- why it did not become current
    sha256_raw  TEXT NOT NULL,
    sha256_text TEXT NOT NULL,
    capture     TEXT NOT NULL,
    blocks      TEXT NOT NULL,
    set_aside   TEXT NOT NULL,
    text        TEXT NOT NULL,
    html        TEXT NOT NULL,
    raw         BLOB NOT NULL
) STRICT;
CREATE INDEX snapshot_article ON snapshot(article, id);
CREATE INDEX snapshot_text ON snapshot(sha256_text);

CREATE TRIGGER snapshot_never_changes BEFORE UPDATE ON snapshot
BEGIN SELECT raise(ABORT, 'a snapshot never changes'); END;

CREATE TRIGGER snapshot_stays BEFORE DELETE ON snapshot
WHEN (SELECT deleted_at FROM article WHERE uid = old.article) IS NULL
BEGIN SELECT raise(ABORT, 'a snapshot goes only with its article, from the bin'); END;

-- The pairs a person confirmed.
CREATE TABLE article_dyad (
    article      INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    dyad         TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (article, dyad)
) STRICT, WITHOUT ROWID;

-- The countries a person confirmed it is about.
CREATE TABLE article_country (
    article      INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    country      TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (article, country)
) STRICT, WITHOUT ROWID;

-- For the search for near duplicates: a sample of the hashes of the current text's shingles.
CREATE TABLE shingle (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX shingle_article ON shingle(article);

-- Two articles that share words, found at intake or said by a person; a < b. Those whose words are
-- shared otherwise than by quoting, and that nobody cut apart, are of one origin.
CREATE TABLE kinship (
    a         INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    b         INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    relation  TEXT CHECK (relation IN ('same_text', 'derived', 'quoting')), -- NULL: not found by Bilat
    share     REAL CHECK (share BETWEEN 0 AND 1),     -- of the shorter text that stands in the other
    by_person INTEGER NOT NULL DEFAULT 0,             -- a person said that they are of one origin
    cut       INTEGER NOT NULL DEFAULT 0,             -- a person said that they are not
    PRIMARY KEY (a, b),
    CHECK (a < b AND NOT (by_person AND cut))
) STRICT, WITHOUT ROWID;
CREATE INDEX kinship_b ON kinship(b);

-- Annotations and statements --------------------------------------------------------------------

CREATE TABLE annotation (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article    INTEGER NOT NULL REFERENCES article(uid),
    snapshot   INTEGER NOT NULL REFERENCES snapshot(id),  -- the one it was marked on
    kind       TEXT NOT NULL CHECK (kind IN ('quote', 'fact', 'figure', 'judgement', 'to_check')),
    note       TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX annotation_article ON annotation(article);
CREATE INDEX annotation_snapshot ON annotation(snapshot);

-- The words as they were marked: a W3C TextQuoteSelector each, never rewritten.
CREATE TABLE annotation_target (
    annotation INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    exact      TEXT NOT NULL CHECK (exact <> ''),
    prefix     TEXT NOT NULL,
    suffix     TEXT NOT NULL,
    paragraph  TEXT,                                  -- SHA-256 of the one they began in; NULL: marked elsewhere
    PRIMARY KEY (annotation, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER marked_words_never_change BEFORE UPDATE ON annotation_target
BEGIN SELECT raise(ABORT, 'marked words never change'); END;

-- Where they stand in each snapshot (W3C TextPositionSelector); no position where they are missing.
-- `placed`: by a person, at other words.
CREATE TABLE annotation_place (
    annotation INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    snapshot   INTEGER NOT NULL REFERENCES snapshot(id) ON DELETE CASCADE,
    state      TEXT NOT NULL CHECK (state IN ('anchored', 'placed', 'needs_review', 'missing')),
    start      INTEGER,
    "end"      INTEGER,
    PRIMARY KEY (annotation, n, snapshot),
    FOREIGN KEY (annotation, n) REFERENCES annotation_target(annotation, n) ON DELETE CASCADE,
    CHECK ((state = 'missing') = (start IS NULL) AND (start IS NULL) = ("end" IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX annotation_place_snapshot ON annotation_place(snapshot);
CREATE INDEX annotation_place_unplaced ON annotation_place(state, snapshot) WHERE state IN ('needs_review', 'missing');

-- What one annotation does to another: the first supports, contradicts or repeats the second.
CREATE TABLE annotation_link (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    annotation INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    relation   TEXT NOT NULL CHECK (relation IN ('supports', 'contradicts', 'repeats')),
    other      INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    made_at    TEXT NOT NULL,
    UNIQUE (annotation, relation, other),
    CHECK (annotation <> other)
) STRICT;
CREATE INDEX annotation_link_other ON annotation_link(other);

-- Persons and bodies that speak, one row a spelling.
CREATE TABLE actor (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    match_name  TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'body')),
    merged_into INTEGER REFERENCES actor(id)          -- the one that this is another spelling of
) STRICT;
CREATE INDEX actor_merged ON actor(merged_into) WHERE merged_into IS NOT NULL;

-- What a speaker was by a person's word, from and until which day as far as that is known.
CREATE TABLE actor_office (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    actor        INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
    role         TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    country      TEXT NOT NULL DEFAULT '',
    from_on      TEXT,
    until_on     TEXT
) STRICT;
CREATE INDEX actor_office_actor ON actor_office(actor);

-- Two that a person said are not one; a < b.
CREATE TABLE actor_distinct (
    a INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;

-- What a speaker was, from the first to the last day that a statement shows it; derived from statements.
CREATE TABLE actor_role (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    actor        INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
    role         TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    country      TEXT NOT NULL DEFAULT '',
    from_on      TEXT,
    to_on        TEXT,
    UNIQUE (actor, role, organisation, country)
) STRICT;

CREATE TABLE statement (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    annotation         INTEGER NOT NULL UNIQUE REFERENCES annotation(id) ON DELETE CASCADE,
    key                TEXT NOT NULL UNIQUE REFERENCES cite_key(key),
    speaker            INTEGER REFERENCES actor(id),  -- whom `named` is merged into
    named              INTEGER REFERENCES actor(id),  -- the spelling that was given
    role               TEXT,
    organisation       TEXT,
    country            TEXT,
    about              TEXT,
    addressee          TEXT,
    venue              TEXT,
    said_on            TEXT,
    mode               TEXT NOT NULL DEFAULT 'direct' CHECK (mode IN ('direct', 'indirect', 'mixed', 'paraphrase')),
    language           TEXT,
    translation        TEXT,
    translator         TEXT,
    translation_status TEXT CHECK (translation_status IN ('draft', 'checked', 'official')),
    issue              TEXT,
    stance             INTEGER CHECK (stance BETWEEN -2 AND 2),
    credibility        INTEGER NOT NULL DEFAULT 6 CHECK (credibility BETWEEN 1 AND 6)
) STRICT;
CREATE INDEX statement_speaker ON statement(speaker);
CREATE INDEX statement_named ON statement(named);
CREATE INDEX statement_issue ON statement(issue) WHERE issue IS NOT NULL;
CREATE INDEX statement_country ON statement(country, about);

CREATE TABLE tag (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    match_name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE annotation_tag (
    annotation INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    tag        INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    PRIMARY KEY (annotation, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotation_tag_tag ON annotation_tag(tag);
CREATE TABLE article_tag (
    article INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    tag     INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_tag ON article_tag(tag);

-- Events: what one side did to the other, with what bears them out.
CREATE TABLE event (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    initiator  TEXT NOT NULL,
    target     TEXT NOT NULL CHECK (target <> initiator),
    plover     TEXT NOT NULL,
    on_date    TEXT,
    from_day   INTEGER,                               -- first day it may mean, since 1970-01-01; NULL: open
    to_day     INTEGER,                               -- last day
    status     TEXT NOT NULL
        CHECK (status IN ('done', 'planned', 'threatened', 'denied', 'disputed', 'called off')),
    summary    TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX event_sides ON event(initiator, target, from_day) WHERE deleted_at IS NULL;
CREATE TABLE event_evidence (
    event      INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
    article    INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    annotation INTEGER REFERENCES annotation(id) ON DELETE CASCADE -- NULL: the article as a whole
) STRICT;
CREATE UNIQUE INDEX event_evidence_once ON event_evidence(event, article, coalesce(annotation, 0));
CREATE INDEX event_evidence_article ON event_evidence(article);
CREATE INDEX event_evidence_annotation ON event_evidence(annotation) WHERE annotation IS NOT NULL;

-- What Bilat found by itself. Accepting one makes another row elsewhere; this one only points at it.
CREATE TABLE suggestion (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    article             INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    snapshot            INTEGER NOT NULL REFERENCES snapshot(id),
    kind                TEXT NOT NULL CHECK (kind IN ('statement', 'dyad', 'country', 'date', 'event')),
    body                TEXT NOT NULL,
    likeness            TEXT NOT NULL,                -- equal for equal suggestions on any snapshot
    start               INTEGER NOT NULL,             -- for the order of the text; 0 where it has no place
    confidence          REAL NOT NULL,
    state               TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected')),
    decided_at          TEXT,
    accepted_annotation INTEGER REFERENCES annotation(id) ON DELETE SET NULL,
    accepted_dyad       TEXT,
    accepted_country    TEXT,
    accepted_event      INTEGER REFERENCES event(id) ON DELETE SET NULL,
    CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT;
CREATE INDEX suggestion_article ON suggestion(article, state, start);
CREATE INDEX suggestion_snapshot ON suggestion(snapshot);
CREATE INDEX suggestion_annotation ON suggestion(accepted_annotation) WHERE accepted_annotation IS NOT NULL;
CREATE INDEX suggestion_event ON suggestion(accepted_event) WHERE accepted_event IS NOT NULL;
CREATE INDEX suggestion_open_event ON suggestion(json_extract(body, '$.initiator'), json_extract(body, '$.target'))
    WHERE kind = 'event' AND state = 'open';

-- What a person taught: names that are people, words that are a country or none.
CREATE TABLE knowledge (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL CHECK (kind IN ('person', 'place')),
    match_words  TEXT NOT NULL,
    lesson       TEXT NOT NULL,                       -- JSON
    learned_from TEXT NOT NULL CHECK (learned_from IN ('accepted', 'corrected', 'taught')),
    learned_at   TEXT NOT NULL,
    forgotten_at TEXT
) STRICT;
CREATE UNIQUE INDEX knowledge_words ON knowledge(kind, match_words) WHERE forgotten_at IS NULL;

-- Pairs, collections ----------------------------------------------------------------------------

CREATE TABLE followed_pair (
    dyad        TEXT PRIMARY KEY,
    "left"      TEXT NOT NULL,                        -- the analyst's own side order
    "right"     TEXT NOT NULL,
    position    INTEGER NOT NULL,
    followed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- When a person last looked into a pair's dossier.
CREATE TABLE dossier_visit (
    dyad       TEXT PRIMARY KEY,
    visited_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A warning that a person waived, and why.
CREATE TABLE gap_waiver (
    dyad      TEXT NOT NULL,
    gap       TEXT NOT NULL,                          -- what the warning goes by
    reason    TEXT NOT NULL CHECK (reason <> ''),
    waived_at TEXT NOT NULL,
    PRIMARY KEY (dyad, gap)
) STRICT, WITHOUT ROWID;

-- What a person wants to know about a pair and does not.
CREATE TABLE question (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    dyad        TEXT NOT NULL,
    text        TEXT NOT NULL CHECK (text <> ''),
    asked_at    TEXT NOT NULL,
    answered_at TEXT,
    deleted_at  TEXT
) STRICT;
CREATE INDEX question_dyad ON question(dyad);

-- Indicators and days to come that a person watches.
CREATE TABLE watch (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    dyad       TEXT NOT NULL,
    text       TEXT NOT NULL CHECK (text <> ''),
    on_date    TEXT,                                  -- NULL: an indicator
    created_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX watch_dyad ON watch(dyad);

CREATE TABLE collection (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    match_name TEXT NOT NULL,
    position   INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX collection_name ON collection(match_name) WHERE deleted_at IS NULL;
CREATE TABLE collection_article (
    collection INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
    article    INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    PRIMARY KEY (collection, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_article_article ON collection_article(article);

CREATE TABLE saved_search (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    match_name TEXT NOT NULL,
    query      TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX saved_search_name ON saved_search(match_name) WHERE deleted_at IS NULL;

-- Briefings -------------------------------------------------------------------------------------

CREATE TABLE briefing (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    title      TEXT NOT NULL,
    dyad       TEXT NOT NULL,
    revision   INTEGER NOT NULL,                      -- the current one
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX briefing_dyad ON briefing(dyad);

-- Every text that was ever saved. One written on a revision that was no longer current is kept too,
-- marked as a conflict; it never becomes current by itself.
CREATE TABLE briefing_revision (
    briefing INTEGER NOT NULL REFERENCES briefing(id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    base     INTEGER,                                 -- the revision it was written on
    conflict INTEGER NOT NULL DEFAULT 0,
    saved_at TEXT NOT NULL,
    title    TEXT NOT NULL,
    markdown TEXT NOT NULL,
    PRIMARY KEY (briefing, number)
) STRICT;

-- Which sources and statements a briefing's current text cites.
CREATE TABLE briefing_citation (
    briefing INTEGER NOT NULL REFERENCES briefing(id) ON DELETE CASCADE,
    key      TEXT NOT NULL,
    PRIMARY KEY (briefing, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX briefing_citation_key ON briefing_citation(key);

CREATE TABLE edition (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    briefing  INTEGER NOT NULL REFERENCES briefing(id),
    number    INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    frozen_at TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    markdown  TEXT NOT NULL,
    UNIQUE (briefing, number)
) STRICT;
CREATE TRIGGER an_edition_never_changes BEFORE UPDATE ON edition
BEGIN SELECT raise(ABORT, 'an edition never changes'); END;

-- What an edition rests on, as it stood then.
CREATE TABLE edition_evidence (
    edition     INTEGER NOT NULL REFERENCES edition(id) ON DELETE CASCADE,
    key         TEXT NOT NULL,
    article     INTEGER NOT NULL,
    snapshot    INTEGER NOT NULL,
    sha256_text TEXT NOT NULL,
    record      TEXT NOT NULL,                        -- JSON: the article or statement as it stood
    PRIMARY KEY (edition, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER edition_evidence_never_changes BEFORE UPDATE ON edition_evidence
BEGIN SELECT raise(ABORT, 'an edition never changes'); END;

-- What a person corrected on a page of an outlet, to be done to its later pages too.
CREATE TABLE outlet_rule (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    host       TEXT NOT NULL,                         -- lower case, without "www."
    rule       TEXT NOT NULL,                         -- JSON
    article    INTEGER REFERENCES article(uid) ON DELETE SET NULL, -- the one it was made on
    created_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX outlet_rule_host ON outlet_rule(host) WHERE deleted_at IS NULL;
CREATE INDEX outlet_rule_article ON outlet_rule(article);

-- Imports ---------------------------------------------------------------------------------------

-- One run each. `beat_at` is written while it runs, so that a run that was cut off is recognised.
CREATE TABLE import (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    name                TEXT NOT NULL,
    format              TEXT NOT NULL,
    state               TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'undone')),
    started_at          TEXT NOT NULL,
    beat_at             TEXT NOT NULL,
    ended_at            TEXT,
    total               INTEGER,
    done                INTEGER NOT NULL DEFAULT 0,
    new                 INTEGER NOT NULL DEFAULT 0,
    new_snapshots       INTEGER NOT NULL DEFAULT 0,
    unchanged           INTEGER NOT NULL DEFAULT 0,
    records_only        INTEGER NOT NULL DEFAULT 0,
    failed              INTEGER NOT NULL DEFAULT 0,
    annotations         INTEGER NOT NULL DEFAULT 0,
    annotations_missing INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE import_failure (
    import INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    item   TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (import, n)
) STRICT, WITHOUT ROWID;

-- What an item of another program became, so that a second import of it adds nothing.
CREATE TABLE import_item (
    format  TEXT NOT NULL,
    key     TEXT NOT NULL,                            -- the other program's
    sha256  TEXT NOT NULL,                            -- of the item as it was last read
    article INTEGER REFERENCES article(uid) ON DELETE CASCADE, -- NULL: a feed
    import  INTEGER NOT NULL REFERENCES import(id),
    made    INTEGER NOT NULL,                         -- whether `import` made the article
    undone  INTEGER NOT NULL DEFAULT 0,               -- whether it went to the bin with its import
    PRIMARY KEY (format, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_item_import ON import_item(import);
CREATE INDEX import_item_article ON import_item(article);
CREATE TABLE import_annotation (
    import     INTEGER NOT NULL REFERENCES import(id),
    annotation INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    PRIMARY KEY (import, annotation)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_annotation_annotation ON import_annotation(annotation);

-- What is followed -------------------------------------------------------------------------------

CREATE TABLE feed (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    url        TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL DEFAULT '',
    hours      INTEGER CHECK (hours BETWEEN 1 AND 8760), -- NULL: checked by hand only
    added_at   TEXT NOT NULL,
    checked_at TEXT,
    problem    TEXT                                   -- of the last check
) STRICT;
-- Entries that were clipped, or tried: none is tried twice.
CREATE TABLE feed_entry (
    feed    INTEGER NOT NULL REFERENCES feed(id) ON DELETE CASCADE,
    key     TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE watched_folder (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    path    TEXT NOT NULL UNIQUE,
    since   TEXT NOT NULL,
    problem TEXT
) STRICT;
-- Files as they were when they were looked into.
CREATE TABLE watched_file (
    folder   INTEGER NOT NULL REFERENCES watched_folder(id) ON DELETE CASCADE,
    path     TEXT NOT NULL,                           -- in the folder
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,                        -- nanoseconds since 1970
    sha256   TEXT,                                    -- NULL: it could not be read
    problem  TEXT,                                    -- NULL: it was clipped
    seen_at  TEXT NOT NULL,
    PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_file_sha256 ON watched_file(folder, sha256);

-- Settings and the log --------------------------------------------------------------------------

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL                               -- JSON
) STRICT, WITHOUT ROWID;

-- Those that may send clips over loopback. A token is never stored, only its SHA-256.
CREATE TABLE paired_browser (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL CHECK (kind IN ('clipper', 'single_file')),
    sha256_token BLOB NOT NULL UNIQUE,
    origin       TEXT,                                -- of its extension; NULL: a program without one
    label        TEXT NOT NULL,
    paired_at    TEXT NOT NULL,
    last_used_at TEXT
) STRICT;

-- What became of a clip that a browser may send again because it missed the answer.
CREATE TABLE clip_receipt (
    key         TEXT PRIMARY KEY,                     -- chosen by the browser
    article     INTEGER NOT NULL REFERENCES article(uid) ON DELETE CASCADE,
    sha256_raw  TEXT NOT NULL,
    sha256_text TEXT NOT NULL,
    received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- hash = SHA-256(hash before it, as text || canonical record); see log.rs.
CREATE TABLE log (
    n       INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL,
    hash    TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_never_changes BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_stays BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- Search: derived from the above, and made again from it at any time (search/index.rs) ------------

-- One row for each article outside the bin.
CREATE TABLE article_text (
    ord   INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body  TEXT NOT NULL,
    cjk   TEXT NOT NULL,                              -- bigrams of Han and Kana
    tags  TEXT NOT NULL                               -- 'xcus xcru xprus xo12 …', for filters
) STRICT;
-- Covers a dossier's lists, months and outlets.
CREATE TABLE article_pair (
    dyad      TEXT NOT NULL,
    ord       INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    source    INTEGER,
    month     INTEGER NOT NULL,
    origin    INTEGER NOT NULL,
    language  TEXT,
    PRIMARY KEY (dyad, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_pair_ord ON article_pair(ord);
CREATE TRIGGER article_pair_origin AFTER UPDATE OF origin, language ON article
BEGIN UPDATE article_pair SET origin = new.origin, language = new.language WHERE ord = new.ord; END;

-- All of them hold folded words (search/text.rs): the tokenizer only cuts.
CREATE VIRTUAL TABLE fts USING fts5(title, body, cjk, tags, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
INSERT INTO fts(fts, rank) VALUES ('rank', 'bm25(4.0, 1.0, 0.5, 0.0)');
CREATE VIRTUAL TABLE fts_title USING fts5(title, content = '', contentless_delete = 1,
    prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
CREATE VIRTUAL TABLE fts_vocab USING fts5vocab(fts, col);

-- Small ones; rowids are the ids of annotations and briefings.
CREATE VIRTUAL TABLE fts_note USING fts5(words, cjk, tags, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
CREATE VIRTUAL TABLE fts_statement USING fts5(words, cjk, tags, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
CREATE VIRTUAL TABLE fts_briefing USING fts5(words, cjk, tags, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'");

-- The library's words, and completions of the last one typed; made when idle.
CREATE TABLE vocab (
    term  TEXT PRIMARY KEY,
    df    INTEGER NOT NULL,
    latin TEXT                                        -- of a term in another alphabet
) STRICT, WITHOUT ROWID;
CREATE INDEX vocab_latin ON vocab(latin) WHERE latin IS NOT NULL;
CREATE TABLE prefix_top (
    prefix TEXT NOT NULL,
    rank   INTEGER NOT NULL,
    term   TEXT NOT NULL,
    PRIMARY KEY (prefix, rank)
) STRICT, WITHOUT ROWID;
