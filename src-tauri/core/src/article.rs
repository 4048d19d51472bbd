//! Articles and the snapshots that keep their words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Actor, Annotation, ArticleId, Block, Charset, CiteKey, Dyad, Edtf, FetchRecord, Reliability, Rule,
    Sha256Hex, SnapshotId, Suggestion,
};

/// When an article was published, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Published {
    /// The date.
    pub on: Edtf,
    /// Whether it was worked out from the text and no person has confirmed it.
    pub inferred: bool,
}

/// An article as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ArticleRow {
    /// Its number.
    pub id: ArticleId,
    /// Its cite key.
    pub key: CiteKey,
    /// The headline.
    pub title: String,
    /// The standfirst, or the first words of the body.
    pub snippet: String,
    /// The publisher.
    pub outlet: Option<String>,
    /// The agency credited.
    pub credit: Option<String>,
    /// The publisher's reliability.
    pub reliability: Reliability,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was clipped: RFC 3339, UTC.
    pub clipped_at: String,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// The pairs it belongs to: confirmed ones first, then suggested ones.
    pub dyads: Vec<Dyad>,
    /// How many of `dyads` a person confirmed.
    pub confirmed_dyads: u32,
    /// How many statements each side makes in it, most first.
    pub voices: Vec<(Actor, u32)>,
    /// How many statements it has, whether or not their speaker's side is known.
    pub statements: u32,
    /// How many annotations it has.
    pub annotations: u32,
    /// Whether nobody has opened it yet.
    pub unread: bool,
    /// The number of its origin: equal for articles of one text.
    pub origin: i64,
    /// How many articles share its origin, itself included.
    pub origin_size: u32,
}

/// How the bytes of a snapshot were obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaptureMethod {
    /// Text pasted or piped in.
    Pasted,
    /// A file imported.
    File,
    /// Bytes fetched by Bilat.
    Fetched,
    /// The page as rendered in the browser.
    Rendered,
}

/// How a snapshot came about; what a hash can be held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptureRecord {
    /// How the bytes were obtained.
    pub method: CaptureMethod,
    /// When: RFC 3339, UTC.
    pub captured_at: String,
    /// The address given or found in the page.
    pub url: Option<String>,
    /// The file's name, without its folder.
    pub file_name: Option<String>,
    /// The media type the bytes were read as.
    pub media_type: String,
    /// Bilat's version.
    pub app_version: String,
    /// The version of the extractor and the sanitising policy.
    pub policy_version: u32,
    /// What the browser said of a rendered page: the tab's title, the extension's version and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub browser: Option<BTreeMap<String, String>>,
    /// The character encoding the bytes were read in; nothing for what is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub charset: Option<Charset>,
    /// How Bilat fetched it, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fetch: Option<FetchRecord>,
    /// How much of the article the document shows, where that may be less than all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub access: Option<Access>,
    /// What was corrected on the page as it was read, by a person or by the outlet's rules, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Rule>>", optional)]
    pub corrections: Vec<Rule>,
}

/// How much of the article a document shows, where that may be less than all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// For subscribers, and here as they see it.
    Subscribers,
    /// Broken off, with a link or a count of what is missing: the start of an article in a feed.
    Truncated,
    /// Cut off before a request to pay, subscribe or register.
    Paywalled,
}

impl Access {
    /// Whether words of the article are missing.
    pub fn is_partial(self) -> bool {
        self != Self::Subscribers
    }
}

/// A picture that a page shows with its article: facts about it, nothing is loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Image {
    /// Its address.
    pub url: String,
    /// What stands under it, without the credit.
    pub caption: Option<String>,
    /// Who took it or owns it, as printed: "A. Other / Harbour Agency".
    pub credit: Option<String>,
    /// The words for readers who cannot see it.
    pub alt: Option<String>,
}

/// Why a capture of a known article did not become the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HeldBack {
    /// It is a page about an error, or it shares nothing with the article and is much shorter.
    Failed,
    /// It has less than half the words.
    Shorter,
    /// The page cut it off, before a request to pay or a link to the rest, and it has fewer words.
    Paywalled,
}

/// What a snapshot is to its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its words are the article's.
    Current,
    /// It is kept as evidence.
    Earlier,
    /// It is kept, and never becomes current by itself.
    HeldBack,
}

/// A snapshot without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SnapshotSummary {
    /// Its number.
    pub id: SnapshotId,
    /// How it came about.
    pub capture: CaptureRecord,
    /// SHA-256 of the bytes as received.
    pub sha256_raw: Sha256Hex,
    /// SHA-256 of the canonical text.
    pub sha256_text: Sha256Hex,
    /// What it is to its article.
    pub standing: Standing,
    /// Why it is held back, where it is.
    pub reason: Option<HeldBack>,
}

/// How an article comes by the words that it shares with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// At least four fifths of the shorter text stand in the other.
    SameText,
    /// At least three tenths do: cut, edited, or part of a longer story.
    Derived,
    /// What they share are quotations; they are of different origins.
    Quoting,
}

/// Another article that shares words with this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Kin {
    /// The article.
    pub row: ArticleRow,
    /// How it comes by the words.
    pub relation: Relation,
    /// How much of the shorter of the two stands in the other, 0 to 1; nothing where that was not measured,
    /// because the two belong together through a third.
    pub share: Option<f32>,
    /// Whether a person said that they are of one origin.
    pub by_person: bool,
}

/// One capture of an article. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Snapshot {
    /// Its number.
    pub id: SnapshotId,
    /// How it came about.
    pub capture: CaptureRecord,
    /// SHA-256 of the bytes as received.
    pub sha256_raw: Sha256Hex,
    /// SHA-256 of the canonical text.
    pub sha256_text: Sha256Hex,
    /// The canonical text: blocks divided by one empty line.
    pub text: String,
    /// The blocks of the text, in order.
    pub blocks: Vec<Block>,
    /// The sanitised reading copy: one element a block, in order, of equal text.
    pub html: String,
    /// Page furniture that was set aside, in order.
    pub set_aside: Vec<String>,
}

/// An article with its current snapshot and everything marked on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Article {
    /// Its number.
    pub id: ArticleId,
    /// Its cite key.
    pub key: CiteKey,
    /// The headline.
    pub title: String,
    /// The line under the headline.
    pub standfirst: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The people among them, without outlet and agency.
    pub authors: Vec<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// The publisher's reliability.
    pub reliability: Reliability,
    /// When it was published.
    pub published: Option<Published>,
    /// The moment of publication with its time zone, RFC 3339, where the page gave both.
    pub published_at: Option<String>,
    /// The day of the last change that the page owns to.
    pub modified: Option<Edtf>,
    /// The place in the dateline.
    pub dateline: Option<String>,
    /// The agency credited.
    pub credit: Option<String>,
    /// The section of the paper.
    pub section: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The main picture with its caption and credit.
    pub image: Option<Image>,
    /// Field → where it came from: `json-ld`, `meta`, `time`, `text`, `guess`, `person`.
    pub provenance: BTreeMap<String, String>,
    /// The pairs a person confirmed.
    pub dyads: Vec<Dyad>,
    /// The pairs that are suggested, best first.
    pub suggested_dyads: Vec<Dyad>,
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// The current snapshot.
    pub snapshot: Snapshot,
    /// All snapshots, newest first.
    pub snapshots: Vec<SnapshotSummary>,
    /// What is marked on it, in the order of the text.
    pub annotations: Vec<Annotation>,
    /// Open suggestions, in the order of the text.
    pub suggestions: Vec<Suggestion>,
    /// Who first wrote the text, where the articles of its origin credit somebody.
    pub origin_name: Option<String>,
    /// The other articles of its origin, and those that only share quotations with it.
    pub same_origin: Vec<Kin>,
    /// Whether it is in the bin.
    pub deleted: bool,
    /// Whether nobody has opened it yet.
    pub unread: bool,
}
