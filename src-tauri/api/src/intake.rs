//! The one way into the library: a document is read, then kept.
//!
//! Reading ([`read`]) is work for any thread and may fail; keeping ([`Prepared::keep`]) is part of the
//! caller's transaction. A clip, an item of an import and an entry of a feed go the same way, so that
//! what is known is recognised, held back, joined to its origin and logged alike, whoever brings it.

use std::collections::BTreeMap;

use bilat_analysis::Known;
use bilat_clip::{Clipping, Document, Found, Media, correct_clipping};
use bilat_core::{
    ArticleId, BlockKind, CaptureMethod, CaptureRecord, Captured, CiteKey, Dyad, Edtf, FetchRecord, HeldBack,
    OutletRule, Rule, Sha256Hex, Shingles, SnapshotId, Suggested, host_of,
};
use bilat_store::article::{self, NewArticle, Words};
use bilat_store::receipt::Receipt;
use bilat_store::snapshot::{self, NewSnapshot};
use bilat_store::suggestion::{self, NewSuggestion};
use bilat_store::{Connection, origin, tag};
use chrono::{DateTime, Utc};

use crate::app::rfc3339;
use crate::suggesting::suggest;
use crate::{ClipState, Clipped, Error, Result};

/// The version of the extractor and the sanitising policy that made a reading copy.
const POLICY_VERSION: u32 = 1;

/// A document as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    /// The bytes, untouched.
    pub bytes: Vec<u8>,
    /// What the sender says they are.
    pub media: Media,
    /// The character encoding that the transfer names.
    pub charset: Option<String>,
    /// Where the document was found.
    pub url: Option<String>,
    /// How the bytes were obtained.
    pub method: CaptureMethod,
    /// The file's name, without its folder.
    pub file_name: Option<String>,
    /// When they were obtained.
    pub captured_at: DateTime<Utc>,
    /// What the browser said of a rendered page.
    pub browser: Option<BTreeMap<String, String>>,
    /// How they were fetched.
    pub fetch: Option<FetchRecord>,
}

impl Arrived {
    /// Bytes of which nothing else is known.
    pub(crate) fn new(
        bytes: Vec<u8>,
        media: Media,
        method: CaptureMethod,
        captured_at: DateTime<Utc>,
    ) -> Self {
        Self {
            bytes,
            media,
            charset: None,
            url: None,
            method,
            file_name: None,
            captured_at,
            browser: None,
            fetch: None,
        }
    }
}

/// What is known of a document besides what it says itself, and stands above that.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// By whom, as provenance names it: `person`, `import`, `feed`.
    pub by: &'static str,
    pub title: Option<String>,
    pub standfirst: Option<String>,
    pub byline: Option<String>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<Edtf>,
    pub section: Option<String>,
    pub language: Option<String>,
    /// The cite key it would like.
    pub key: Option<CiteKey>,
}

/// What becomes of a document whose article is in the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bin {
    /// The article comes back: a person clipped it again.
    Restore,
    /// It stays there, and the document is not kept: nobody asked for it.
    Leave,
}

/// What became of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    /// The article.
    pub id: ArticleId,
    /// What became of it.
    pub state: ClipState,
    /// The snapshot it is kept as, or that says the same.
    pub snapshot: SnapshotId,
    /// Whether the article came back from the bin.
    pub restored: bool,
}

/// A document that was read and waits to be kept.
#[derive(Debug)]
pub(crate) struct Prepared {
    raw: Vec<u8>,
    clipping: Clipping,
    capture: CaptureRecord,
    provenance: BTreeMap<String, String>,
    published: Option<Edtf>,
    modified: Option<Edtf>,
    inferred: bool,
    suggestions: Vec<NewSuggestion>,
    shingles: Shingles,
    key: Option<CiteKey>,
    url: Option<String>,
    /// Why another library of ours holds it back, where it does.
    held_back: Option<HeldBack>,
    /// What another library of ours captured before and after it.
    earlier: Vec<Prepared>,
    later: Vec<Prepared>,
}

/// Reads a document, and corrects it by the rules of its site.
///
/// # Errors
/// `bad_input` when it holds no article that can be read.
pub(crate) fn read(arrived: Arrived, said: Said, known: &Known, rules: &[OutletRule]) -> Result<Prepared> {
    corrected(arrived, said, known, |host| {
        rules.iter().filter(|rule| Some(&rule.host) == host.as_ref()).map(|rule| rule.rule.clone()).collect()
    })
}

/// Reads a document that was read before, and does to it what was done to it then.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_again(
    arrived: Arrived,
    said: Said,
    known: &Known,
    corrections: &[Rule],
) -> Result<Prepared> {
    corrected(arrived, said, known, |_| corrections.to_vec())
}

fn corrected(
    arrived: Arrived,
    said: Said,
    known: &Known,
    rules: impl FnOnce(Option<String>) -> Vec<Rule>,
) -> Result<Prepared> {
    let document = Document {
        bytes: &arrived.bytes,
        url: arrived.url.as_deref(),
        media: arrived.media,
        charset: arrived.charset.as_deref(),
    };
    let named = arrived.file_name.as_ref().map_or(String::new(), |name| format!(" {name}"));
    let mut clipping =
        bilat_clip::clip(&document).map_err(|error| Error::bad_input(format!("clipping{named}: {error}")))?;
    let url = clipping.canonical_url.as_deref().or(clipping.url.as_deref()).or(arrived.url.as_deref());
    let rules = rules(url.and_then(host_of));
    let corrections = correct_clipping(&mut clipping, &rules, &arrived.bytes, arrived.media);
    let mut prepared = prepare(clipping, arrived, said, known);
    prepared.capture.corrections = corrections;
    Ok(prepared)
}

/// Takes a record of an article whose words are not at hand: its headline and, where given, its abstract
/// as standfirst stand for it until its page is clipped. `arrived.bytes` are the record as received.
///
/// # Errors
/// `bad_input` when the record has no title.
pub(crate) fn record(arrived: Arrived, said: Said, known: &Known) -> Result<Prepared> {
    words(arrived, said, &[], known)
}

/// Takes an article whose words were taken apart already: its headline, standfirst and paragraphs.
///
/// # Errors
/// `bad_input` when it has no title.
pub(crate) fn words(arrived: Arrived, said: Said, paragraphs: &[String], known: &Known) -> Result<Prepared> {
    let title = said.title.clone().unwrap_or_default();
    let (standfirst, url) = (said.standfirst.as_deref(), arrived.url.as_deref());
    let clipping = bilat_clip::of_words(&title, standfirst, paragraphs, url)
        .map_err(|error| Error::bad_input(format!("taking in a record: {error}")))?;
    Ok(prepare(clipping, arrived, said, known))
}

fn prepare(mut clipping: Clipping, arrived: Arrived, mut said: Said, known: &Known) -> Prepared {
    let key = said.key.take();
    let provenance = take(&mut clipping, said);
    let date = |text: &Option<String>| text.as_deref().and_then(|date| date.parse::<Edtf>().ok());
    let published = date(&clipping.published);
    let capture = CaptureRecord {
        method: arrived.method,
        captured_at: rfc3339(arrived.captured_at),
        url: clipping.canonical_url.clone().or_else(|| clipping.url.clone()).or(arrived.url),
        file_name: arrived.file_name,
        media_type: arrived.media.media_type().into(),
        app_version: env!("CARGO_PKG_VERSION").into(),
        policy_version: POLICY_VERSION,
        browser: arrived.browser,
        charset: clipping.charset.clone(),
        fetch: arrived.fetch,
        access: clipping.access,
        corrections: Vec::new(),
    };
    let guessed = serde_json::to_value(Found::Guess).ok();
    Prepared {
        inferred: provenance.get("published").map(String::as_str)
            == guessed.as_ref().and_then(|word| word.as_str()),
        suggestions: suggest(&clipping.text, published.as_ref(), clipping.dateline.as_deref(), known),
        shingles: Shingles::of(&clipping.text, &clipping.blocks, clipping.dateline.as_deref()),
        modified: date(&clipping.modified),
        raw: arrived.bytes,
        clipping,
        url: capture.url.clone(),
        capture,
        provenance,
        published,
        key,
        held_back: None,
        earlier: Vec::new(),
        later: Vec::new(),
    }
}

/// Puts what was said above what the document says; answers where each field came from.
fn take(clipping: &mut Clipping, said: Said) -> BTreeMap<String, String> {
    let word = |found: &Found| serde_json::to_value(found).ok()?.as_str().map(str::to_owned);
    let mut provenance: BTreeMap<_, _> =
        clipping.provenance.iter().filter_map(|(field, found)| Some((field.clone(), word(found)?))).collect();
    let mut set = |field: &str, place: &mut Option<String>, value: Option<String>| {
        if value.is_some() {
            *place = value;
            provenance.insert(field.into(), said.by.into());
        }
    };
    // Title and standfirst are words of the document: they are said only where there is none (see `record`).
    set("byline", &mut clipping.byline, said.byline);
    set("outlet", &mut clipping.outlet, said.outlet);
    set("section", &mut clipping.section, said.section);
    set("language", &mut clipping.language, said.language);
    let published = said.published.map(|date| date.to_string());
    if published.is_some()
        && published.as_deref() != clipping.published_at.as_deref().and_then(|at| at.get(..10))
    {
        clipping.published_at = None;
    }
    set("published", &mut clipping.published, published);
    if !said.authors.is_empty() {
        clipping.authors = said.authors;
        clipping.byline.get_or_insert_with(|| clipping.authors.join(", "));
        provenance.insert("authors".into(), said.by.into());
    }
    provenance
}

impl Prepared {
    /// The headline.
    pub(crate) fn title(&self) -> &str {
        &self.clipping.title
    }

    /// Whether there is nothing but headline and standfirst.
    pub(crate) fn is_record(&self) -> bool {
        let head = |kind| matches!(kind, BlockKind::Title | BlockKind::Standfirst);
        self.clipping.blocks.iter().all(|block| head(block.kind))
    }

    /// The tags that whoever filed the document gave it.
    pub(crate) fn tags(&self) -> &[String] {
        &self.clipping.tags
    }

    /// The same document with how another library of ours came by it, and why that holds it back.
    pub(crate) fn recorded(mut self, record: &CaptureRecord, held_back: Option<HeldBack>) -> Self {
        self.capture = record.clone();
        self.held_back = held_back;
        self
    }

    /// The same document among what another library of ours captured before and after it.
    pub(crate) fn among(self, earlier: Vec<Self>, later: Vec<Self>) -> Self {
        Self { earlier, later, ..self }
    }

    /// The pair it seems to be about.
    fn pair(&self) -> Option<Dyad> {
        self.suggestions.iter().find_map(|suggestion| match suggestion.what {
            Suggested::Dyad { dyad, .. } => Some(dyad),
            _ => None,
        })
    }

    /// Keeps the document: a new article, a new snapshot of one that is known, or nothing new.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub(crate) fn keep(&self, tx: &Connection, bin: Bin, now: DateTime<Utc>) -> bilat_store::Result<Clipped> {
        let Kept { id, state, snapshot, restored } = self.place(tx, bin, now)?;
        if state == ClipState::New {
            tag::add_to_article(tx, id, self.tags())?;
        }
        self.outcome(tx, id, state, snapshot, restored)
    }

    /// As [`Prepared::keep`], without reading back what a person is shown of it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub(crate) fn place(&self, tx: &Connection, bin: Bin, now: DateTime<Utc>) -> bilat_store::Result<Kept> {
        let (clipping, now_text) = (&self.clipping, rfc3339(now));
        let today = Edtf::day(now.date_naive());
        let on = self.published.as_ref().unwrap_or(&today);
        let new = NewArticle {
            title: &clipping.title,
            standfirst: clipping.standfirst.as_deref(),
            byline: clipping.byline.as_deref(),
            authors: &clipping.authors,
            outlet: clipping.outlet.as_deref(),
            published: self.published.as_ref(),
            inferred: self.inferred,
            published_at: clipping.published_at.as_deref(),
            modified: self.modified.as_ref(),
            dateline: clipping.dateline.as_deref(),
            credit: clipping.credit.as_deref(),
            section: clipping.section.as_deref(),
            language: clipping.language.as_deref(),
            url: self.url.as_deref(),
            image: clipping.image.as_ref(),
            provenance: &self.provenance,
            key_wish: self
                .key
                .clone()
                .unwrap_or_else(|| CiteKey::article(clipping.outlet.as_deref(), Some(on), &clipping.title)),
            clipped_at: &now_text,
        };
        let words = Sha256Hex::of(&clipping.text);
        let Some(same) = article::find_same(tx, &words, new.url, new.outlet)? else {
            let (id, snapshot) = self.insert(tx, &new)?;
            suggestion::replace_open(tx, snapshot, &self.suggestions)?;
            origin::place(tx, id, &now_text)?;
            return Ok(Kept { id, state: ClipState::New, snapshot, restored: false });
        };
        let current = article::current(tx, same.id)?;
        if same.in_bin && bin == Bin::Leave {
            let state = ClipState::Unchanged;
            return Ok(Kept { id: same.id, state, snapshot: current, restored: false });
        }
        if same.in_bin {
            article::restore(tx, same.id, &now_text)?;
        }
        let known = snapshot::shingles(tx, current)?;
        let (state, snapshot) = match same.words {
            Words::Current => (ClipState::Unchanged, current),
            // A record adds no words to an article that is known, be it a record itself.
            _ if self.is_record() => (ClipState::Unchanged, current),
            Words::HeldBack(held) => (ClipState::HeldBack, held),
            Words::Earlier | Words::New => {
                let access = self.capture.access;
                let before = snapshot::read(tx, current)?.text;
                let before = Captured { text: &before, body: &known };
                let after = Captured { text: &clipping.text, body: &self.shingles };
                let held_back = bilat_core::held_back(before, after, access);
                let snapshot = NewSnapshot { held_back, ..self.snapshot() };
                let added = article::add_snapshot(tx, same.id, &snapshot, &now_text)?;
                if held_back.is_some() {
                    (ClipState::HeldBack, added)
                } else {
                    suggestion::replace_open(tx, added, &self.suggestions)?;
                    (ClipState::NewSnapshot, added)
                }
            }
        };
        if state != ClipState::HeldBack {
            article::fill_in(tx, same.id, &new)?;
        }
        if state == ClipState::NewSnapshot {
            origin::place(tx, same.id, &now_text)?;
        }
        Ok(Kept { id: same.id, state, snapshot, restored: same.in_bin })
    }

    /// Keeps a new article with all its captures in their order; answers the one that is current.
    fn insert(&self, tx: &Connection, new: &NewArticle<'_>) -> bilat_store::Result<(ArticleId, SnapshotId)> {
        let first = self.earlier.first().unwrap_or(self);
        let (id, _, snapshot) = article::insert(tx, new, &first.snapshot())?;
        let add = |captured: &Self| {
            let next = NewSnapshot { held_back: captured.held_back, ..captured.snapshot() };
            article::add_snapshot(tx, id, &next, new.clipped_at)
        };
        self.earlier.iter().skip(1).try_for_each(|captured| add(captured).map(drop))?;
        let current = if self.earlier.is_empty() { snapshot } else { add(self)? };
        self.later.iter().try_for_each(|captured| add(captured).map(drop))?;
        if article::current(tx, id)? != current {
            article::make_current(tx, current, new.clipped_at)?;
        }
        Ok((id, current))
    }

    /// The answer to a document that was kept before, under its receipt.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub(crate) fn kept_before(&self, tx: &Connection, known: Receipt) -> bilat_store::Result<Clipped> {
        let current = article::current(tx, known.article)?;
        let clipped = self.outcome(tx, known.article, ClipState::Unchanged, current, false)?;
        Ok(Clipped { sha256_raw: known.sha256_raw, sha256_text: known.sha256_text, ..clipped })
    }

    fn snapshot(&self) -> NewSnapshot<'_> {
        NewSnapshot {
            raw: &self.raw,
            text: &self.clipping.text,
            html: &self.clipping.html,
            blocks: &self.clipping.blocks,
            set_aside: &self.clipping.set_aside,
            capture: &self.capture,
            held_back: None,
        }
    }

    fn outcome(
        &self,
        tx: &Connection,
        id: ArticleId,
        state: ClipState,
        snapshot: SnapshotId,
        restored: bool,
    ) -> bilat_store::Result<Clipped> {
        let row = article::read_row(tx, id)?;
        let kept = snapshot::summary(tx, snapshot)?;
        let title = match state {
            // What is held back may call itself anything.
            ClipState::HeldBack => row.title,
            _ => self.clipping.title.clone(),
        };
        Ok(Clipped {
            id,
            key: row.key,
            title,
            state,
            held_back: kept.reason,
            restored,
            origin: origin::name(tx, id)?.or(row.outlet),
            pair: self.pair(),
            sha256_raw: kept.sha256_raw,
            sha256_text: kept.sha256_text,
        })
    }
}
