//! The dossier of a pair: what this library holds on two sides, counted.
//!
//! Every figure here can be counted again by hand: it is a number of rows, or a plain mean with its number.
//! They say what was recorded in a library, not what happened in the world.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Actor, AnnotationId, ArticleId, Credibility, Dyad, Edtf, LedgerEvent, Month, Quad, Reliability, Statement,
};

/// A stretch of time, by its first and its last date; open where one is not given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Period {
    /// From the first day that this may mean.
    pub since: Option<Edtf>,
    /// Through the last day that this may mean.
    pub until: Option<Edtf>,
}

impl Period {
    /// The first day of it.
    pub fn first(&self) -> Option<NaiveDate> {
        self.since.as_ref().and_then(Edtf::first_day)
    }

    /// The last day of it.
    pub fn last(&self) -> Option<NaiveDate> {
        self.until.as_ref().and_then(Edtf::last_day)
    }

    /// Whether it ends before it begins.
    pub fn is_backwards(&self) -> bool {
        self.first().zip(self.last()).is_some_and(|(first, last)| last < first)
    }

    /// Whether something that lasted from `from` to `to` may have been in it. What has no date at all is in
    /// the whole of time only.
    pub fn has(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
        if from.is_none() && to.is_none() {
            return self.since.is_none() && self.until.is_none();
        }
        self.first().is_none_or(|first| to.is_none_or(|to| to >= first))
            && self.last().is_none_or(|last| from.is_none_or(|from| from <= last))
    }
}

/// What one side did and said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SideCounts {
    /// The side.
    pub side: Actor,
    /// Its statements.
    pub statements: u32,
    /// How many of its people and bodies speak in them.
    pub voices: u32,
    /// What it did to the other.
    pub events: u32,
}

/// The first screen of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DossierHead {
    /// The pair.
    pub pair: Dyad,
    /// The period that the figures are of.
    #[serde(flatten)]
    pub period: Period,
    /// Side A, in the analyst's order.
    pub left: SideCounts,
    /// Side B.
    pub right: SideCounts,
    /// Whether the analyst follows the pair.
    pub followed: bool,
    /// How many articles are on the pair.
    pub articles: u32,
    /// How many statements one side made about the other.
    pub statements: u32,
    /// How many events stand in the ledger.
    pub events: u32,
}

/// The tone of a side in a month: the plain mean of the stances that people set.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct ToneMonth {
    /// The month in which the words were said.
    pub month: Month,
    /// Who said them.
    pub side: Actor,
    /// −2 to +2.
    pub mean: f64,
    /// Of how many statements.
    pub n: u32,
}

/// The events of a month, by direction and class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct ActMonth {
    /// The month in which they happened.
    pub month: Month,
    /// Who acted.
    pub initiator: Actor,
    /// The class.
    pub quad: Quad,
    /// How many.
    pub n: u32,
}

/// Somebody who speaks for a side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Voice {
    /// The name; nothing where the speaker is not known.
    pub speaker: Option<String>,
    /// The side spoken for.
    pub side: Actor,
    /// How many statements.
    pub statements: u32,
    /// The plain mean of the stances.
    pub tone: Option<f64>,
    /// Of how many statements it is the mean.
    pub tone_n: u32,
    /// The latest words.
    pub latest: Statement,
}

/// A publisher and what it contributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DossierSource {
    /// Its name; nothing for articles whose publisher is not known.
    pub name: Option<String>,
    /// What it is: `outlet`, `agency`, `ministry` and others.
    pub kind: String,
    /// Where it sits.
    pub country: Option<String>,
    /// Its reliability.
    pub reliability: Reliability,
    /// The languages of its articles, most frequent first.
    pub languages: Vec<String>,
    /// How many articles.
    pub articles: u32,
    /// Of how many origins.
    pub origins: u32,
    /// How many statements stand in them.
    pub statements: u32,
    /// How many of those are of credibility 1, 2, … 6.
    pub credibility: [u32; 6],
    /// The latest article's date.
    pub latest: Option<Edtf>,
}

/// One stance that a person set, on the way of a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Position {
    /// When it was said, or printed where that is not known.
    pub date: Option<Edtf>,
    /// −2 to +2.
    pub stance: i8,
    /// Who said it.
    pub speaker: Option<String>,
    /// The article.
    pub article: ArticleId,
    /// The statement's words.
    pub annotation: AnnotationId,
    /// Whether the sign turned since the position before: a reversal.
    pub reversal: bool,
    /// Whether another statement of the same side on the same issue and day has the other sign: a contradiction.
    pub contradiction: bool,
}

/// What one side says on an issue over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Issue {
    /// The matter.
    pub issue: String,
    /// The side.
    pub side: Actor,
    /// Its stances, earliest first.
    pub positions: Vec<Position>,
}

/// The dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Dossier {
    /// The first screen.
    #[serde(flatten)]
    pub head: DossierHead,
    /// How many independent origins the articles have.
    pub origins: u32,
    /// Tone by month and side; a month without a coded statement is not in it.
    pub tone: Vec<ToneMonth>,
    /// Coded statements that fall into no month.
    pub tone_undated: u32,
    /// The plain mean of the stances of the last 90 days, and of how many.
    pub tone_now: Option<(f64, u32)>,
    /// The same of the 90 days before those.
    pub tone_before: Option<(f64, u32)>,
    /// What was done, by month, direction and class.
    pub acts: Vec<ActMonth>,
    /// What was done and falls into no month.
    pub acts_undated: u32,
    /// The last day on which the two met or talked, from the ledger (CONSULT, done).
    pub last_met: Option<Edtf>,
    /// The median of the sources' letters over the statements, and of the statements' digits.
    pub median_grade: Option<(Reliability, Credibility)>,
    /// The ledger, latest first.
    pub ledger: Vec<LedgerEvent>,
    /// Who speaks, most statements first.
    pub voices: Vec<Voice>,
    /// Where it comes from, most articles first.
    pub sources: Vec<DossierSource>,
    /// Who said what on an issue over time.
    pub issues: Vec<Issue>,
    /// The latest words.
    pub latest: Vec<Statement>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_been_in_a_period_is_in_it() {
        let period =
            |since: &str, until: &str| Period { since: since.parse().ok(), until: until.parse().ok() };
        let has = |period: &Period, date: &str| {
            let date: Edtf = date.parse().unwrap();
            period.has(date.first_day(), date.last_day())
        };
        let spring = period("2026-03", "2026-05");
        assert!(has(&spring, "2026-05-31") && has(&spring, "2026") && has(&spring, "2020/.."));
        assert!(!has(&spring, "2026-06-01") && !has(&spring, "../2026-02"));
        assert!(!spring.has(None, None) && Period::default().has(None, None));
        assert!(period("2026-05", "2026-03").is_backwards() && !spring.is_backwards());
    }
}
