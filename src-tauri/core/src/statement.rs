//! Statements: attributed quotations, records of their own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Actor, AnnotationId, AnnotationState, ArticleId, CiteKey, Credibility, Edtf, Reliability, StatementId,
};

/// How the words are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Word for word, in quotation marks.
    #[default]
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
    /// In the analyst's words.
    Paraphrase,
}

/// A statement's attitude to the other side, −2 hostile … +2 cooperative; set by a person, never by software.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "i8", into = "i8")]
#[ts(type = "-2 | -1 | 0 | 1 | 2")]
pub struct Stance(i8);

impl TryFrom<i8> for Stance {
    type Error = String;
    fn try_from(number: i8) -> Result<Self, String> {
        if (-2..=2).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("stance runs from -2 to 2, not {number}"))
        }
    }
}

impl From<Stance> for i8 {
    fn from(stance: Stance) -> i8 {
        stance.0
    }
}

/// How far a translation can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TranslationStatus {
    /// A first translation, by a person or a machine, that nobody has held against the original.
    Draft,
    /// Held against the original by a person who reads both languages.
    Checked,
    /// Published by the speaker's side.
    Official,
}

/// What a register lets a person change: everything but the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatementField {
    /// The speaker's full name.
    Speaker,
    /// The role on the day.
    Role,
    /// The organisation spoken for.
    Organisation,
    /// The side spoken for: a code or a name.
    Country,
    /// The side spoken about.
    About,
    /// To whom it was said.
    Addressee,
    /// Where it was said.
    Venue,
    /// The day it was said: EDTF.
    SaidOn,
    /// How the words are given: a name of [`Mode`].
    Mode,
    /// BCP 47 tag of the words.
    Language,
    /// The words in another language.
    Translation,
    /// Who translated them.
    Translator,
    /// A name of [`TranslationStatus`].
    TranslationStatus,
    /// The matter under discussion.
    Issue,
    /// −2 … +2.
    Stance,
    /// 1 … 6.
    Credibility,
}

/// A field of a statement and what it is to be; nothing empties it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StatementChange {
    /// The statement.
    pub id: StatementId,
    /// Which field.
    pub field: StatementField,
    /// The value as text.
    pub value: Option<String>,
}

/// What a person says of a quotation: everything but the words and their place.
/// A field left out is not known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct StatementDraft {
    /// Full name of the person, body or document that speaks.
    pub speaker: Option<String>,
    /// The role on the day, such as “Kremlin spokesman”.
    pub role: Option<String>,
    /// The organisation spoken for.
    pub organisation: Option<String>,
    /// The side spoken for.
    pub country: Option<Actor>,
    /// The side spoken about.
    pub about: Option<Actor>,
    /// To whom it was said.
    pub addressee: Option<String>,
    /// Where it was said.
    pub venue: Option<String>,
    /// The day it was said, which is not the day it was printed.
    pub said_on: Option<Edtf>,
    /// How the words are given.
    pub mode: Option<Mode>,
    /// BCP 47 tag of the words.
    pub language: Option<String>,
    /// The words in the briefing's language.
    pub translation: Option<String>,
    /// Who translated them.
    pub translator: Option<String>,
    /// Whose translation it is.
    pub translation_status: Option<TranslationStatus>,
    /// The matter under discussion.
    pub issue: Option<String>,
    /// Attitude to the side spoken about.
    pub stance: Option<Stance>,
    /// How far the item is borne out.
    pub credibility: Option<Credibility>,
}

/// A statement as it stands in the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Statement {
    /// Its number.
    pub id: StatementId,
    /// Its cite key.
    pub key: CiteKey,
    /// The annotation that marks the words.
    pub annotation: AnnotationId,
    /// The article they stand in.
    pub article: ArticleId,
    /// That article's cite key.
    pub article_key: CiteKey,
    /// That article's headline.
    pub article_title: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// The publisher's reliability.
    pub reliability: Reliability,
    /// When it was published.
    pub published: Option<Edtf>,
    /// The words, to the letter; passages that stand apart are joined by ` […] `.
    pub text: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// The role on the day.
    pub role: Option<String>,
    /// The organisation spoken for.
    pub organisation: Option<String>,
    /// The side spoken for.
    pub country: Option<Actor>,
    /// The side spoken about.
    pub about: Option<Actor>,
    /// To whom it was said.
    pub addressee: Option<String>,
    /// Where it was said.
    pub venue: Option<String>,
    /// The day it was said.
    pub said_on: Option<Edtf>,
    /// How the words are given.
    pub mode: Mode,
    /// BCP 47 tag of the words.
    pub language: Option<String>,
    /// The words in the briefing's language.
    pub translation: Option<String>,
    /// Who translated them.
    pub translator: Option<String>,
    /// Whose translation it is.
    pub translation_status: Option<TranslationStatus>,
    /// The matter under discussion.
    pub issue: Option<String>,
    /// Attitude to the side spoken about; nothing until a person sets it.
    pub stance: Option<Stance>,
    /// How far the item is borne out.
    pub credibility: Credibility,
    /// The note on the annotation.
    pub note: String,
    /// The number that articles of one origin share.
    pub origin: i64,
    /// Whether the words still stand in the article's current snapshot.
    pub state: AnnotationState,
}
