//! What an analysis says, in the shape that it has on the wire.
//!
//! Everything here is a suggestion: nothing is stated without the place in the text that it rests on.

use serde::{Deserialize, Serialize};

/// Start and end, in code points of the text given; the end is the first one outside.
pub type Place = [usize; 2];

/// Everything found in one text.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// What was said and by whom, in the order of the text.
    pub quotes: Vec<Quotation>,
    /// Countries, the most important first; organisations of states follow with `about` false.
    pub countries: Vec<Country>,
    /// Pairs of countries, the most important first.
    pub pairs: Vec<Pair>,
    /// People named in full, in the order of the text.
    pub people: Vec<Person>,
    /// Expressions of time, in the order of the text.
    pub dates: Vec<Date>,
    /// What one side did to the other, the surest first.
    pub events: Vec<Event>,
}

/// How the words of a quotation stand in the text.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// All of it stands in quotation marks.
    Direct,
    /// Part of it stands in quotation marks.
    Mixed,
    /// None of it does.
    Indirect,
}

/// One attributed quotation; several places when the attribution stands in its middle.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Where its words stand, without the outer quotation marks.
    pub contents: Vec<Place>,
    /// Direct, mixed or indirect.
    pub kind: Kind,
    /// The words that attribute it.
    pub cue: Option<Place>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Who said it; none where the text does not tell.
    pub speaker: Option<Speaker>,
}

/// Who said something.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Speaker {
    /// Where the text names them, for this quotation.
    pub spans: Vec<Place>,
    /// The words that name them there.
    pub text: String,
    /// The full name, as the text gives it anywhere; none for the unnamed and for groups.
    pub name: Option<String>,
    /// Office or description.
    pub role: Option<String>,
    /// Code of the country or organisation they speak for.
    pub country: Option<String>,
}

/// A country of the text.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code, or the code of an organisation.
    pub iso2: String,
    /// Weight in this text: 1 is the heaviest.
    pub score: f64,
    /// Whether the text is about it; false for venues, passing mentions and organisations.
    pub about: bool,
    /// Where it is named, by name, people, capital, office or leader.
    pub mentions: Vec<Place>,
}

/// Two countries whose relation the text is about.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Pair {
    /// The code that sorts first.
    pub a: String,
    /// The code that sorts last.
    pub b: String,
    /// Weight in this text: 1 is the heaviest.
    pub score: f64,
}

/// A person whom the text names in full.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Person {
    /// Full name as the text gives it.
    pub name: String,
    /// Office or description as the text gives it, or as it was on that date.
    pub role: Option<String>,
    /// Code of their country or organisation.
    pub country: Option<String>,
    /// Where they are named.
    pub mentions: Vec<Place>,
}

/// The four types of TIMEX3.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum DateType {
    /// A day or something larger.
    Date,
    /// A part of a day.
    Time,
    /// A length.
    Duration,
    /// Something that comes again.
    Set,
}

/// An expression of time.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Date {
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// Kind of expression.
    #[serde(rename = "type")]
    pub kind: DateType,
    /// TIMEX3 value.
    pub value: String,
    /// First day meant, where that is known (ISO 8601).
    pub from: Option<String>,
    /// Last day meant, where that is known (ISO 8601).
    pub to: Option<String>,
    /// Whether it was worked out from the publication date or from other dates of the text.
    pub inferred: bool,
}

/// How far an event has come.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It happened.
    #[serde(rename = "done")]
    Done,
    /// It is to happen.
    #[serde(rename = "planned")]
    Planned,
    /// It was threatened.
    #[serde(rename = "threatened")]
    Threatened,
    /// It was denied, or did not happen.
    #[serde(rename = "denied")]
    Denied,
    /// It was called off.
    #[serde(rename = "called off")]
    CalledOff,
}

/// Something that one side did to the other.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Event {
    /// Code of the initiator.
    pub source: String,
    /// Code of the target; none where the sentence names nobody else.
    pub target: Option<String>,
    /// PLOVER category.
    pub plover: String,
    /// 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    pub quad: u8,
    /// TIMEX3 value of when, where known.
    pub date: Option<String>,
    /// The words that tell it.
    pub span: Place,
    /// Done, planned, threatened, denied or called off.
    pub status: Status,
    /// From 0 to 1.
    pub confidence: f64,
}
