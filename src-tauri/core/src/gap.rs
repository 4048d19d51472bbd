//! Balance and gaps: what a dossier lacks, and what a person keeps beside it.
//!
//! A gap is worked out anew each time from what stands in the library, so it goes by itself once it is filled.
//! Waiving one keeps the reason, and hides nothing: it is shown as waived.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, Dossier, Dyad, Edtf, QuestionId, WatchId};

/// Without an article for more days than this a dossier is stale.
pub const STALE_DAYS: i64 = 30;

/// Something that a dossier lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Lack {
    /// One side says nothing at all.
    Silent {
        /// The side.
        side: Actor,
    },
    /// Only one side has a coded statement on an issue.
    OneSided {
        /// The issue.
        issue: String,
        /// The side that is heard.
        side: Actor,
    },
    /// No ministry or government is among the sources.
    NoPrimary,
    /// Nothing newer than so many days.
    Stale {
        /// How many days ago the newest article was published.
        days: u32,
    },
    /// Events that rest on one origin only.
    SingleOrigin {
        /// How many.
        events: u32,
    },
    /// Events that nothing bears out.
    Unsupported {
        /// How many.
        events: u32,
    },
}

impl Lack {
    /// What a waiver of it goes by: the same however the numbers change.
    pub fn key(&self) -> String {
        match self {
            Lack::Silent { side } => format!("silent {side}"),
            Lack::OneSided { issue, side } => format!("one-sided {side} {}", issue.to_lowercase()),
            Lack::NoPrimary => "no primary".into(),
            Lack::Stale { .. } => "stale".into(),
            Lack::SingleOrigin { .. } => "single origin".into(),
            Lack::Unsupported { .. } => "unsupported".into(),
        }
    }
}

/// Why a gap was waived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Waiver {
    /// The reason.
    pub reason: String,
    /// When: RFC 3339, UTC.
    pub waived_at: String,
}

/// A gap as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Gap {
    /// What a waiver of it goes by.
    pub key: String,
    /// What is lacking.
    pub lack: Lack,
    /// Why it was waived, where it was.
    pub waiver: Option<Waiver>,
}

/// What a person wants to know and does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    /// Its number.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// When it was asked: RFC 3339, UTC.
    pub asked_at: String,
    /// When it was answered.
    pub answered_at: Option<String>,
}

/// An indicator, or a day to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Watch {
    /// Its number.
    pub id: WatchId,
    /// What is watched.
    pub text: String,
    /// The day; nothing for an indicator.
    pub date: Option<Edtf>,
}

/// What came since the last visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SinceVisit {
    /// When that was: RFC 3339, UTC; nothing when this is the first.
    pub visited_at: Option<String>,
    /// Articles on the pair that were clipped.
    pub articles: u32,
    /// Statements that were made.
    pub statements: u32,
    /// Events that were entered.
    pub events: u32,
}

/// What a person keeps beside a dossier, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DossierNotes {
    /// The pair.
    pub dyad: Dyad,
    /// What it lacks.
    pub gaps: Vec<Gap>,
    /// Open questions first.
    pub questions: Vec<Question>,
    /// Days to come first, then indicators.
    pub watches: Vec<Watch>,
    /// What came since the last visit.
    pub since_visit: SinceVisit,
}

/// What `dossier` lacks on `today`. One without anything in it lacks nothing that could be named.
pub fn lacks(dossier: &Dossier, today: NaiveDate) -> Vec<Lack> {
    let head = &dossier.head;
    let mut found = Vec::new();
    if head.statements > 0 {
        let silent = [head.left, head.right].into_iter().filter(|side| side.statements == 0);
        found.extend(silent.map(|side| Lack::Silent { side: side.side }));
    }
    for issue in &dossier.issues {
        let same = |other: &&crate::Issue| other.issue.to_lowercase() == issue.issue.to_lowercase();
        if dossier.issues.iter().filter(same).count() == 1 {
            found.push(Lack::OneSided { issue: issue.issue.clone(), side: issue.side });
        }
    }
    if head.articles > 0
        && !dossier.sources.iter().any(|source| matches!(source.kind.as_str(), "government" | "ministry"))
    {
        found.push(Lack::NoPrimary);
    }
    let latest = dossier.sources.iter().filter_map(|source| source.latest.as_ref()?.last_day()).max();
    let days = latest.map_or(0, |latest| (today - latest).num_days());
    if days > STALE_DAYS {
        found.push(Lack::Stale { days: u32::try_from(days).unwrap_or(u32::MAX) });
    }
    let resting =
        |origins: u32| dossier.ledger.iter().filter(|event| event.origins == origins).count() as u32;
    let (unsupported, single) = (resting(0), resting(1));
    if single > 0 {
        found.push(Lack::SingleOrigin { events: single });
    }
    if unsupported > 0 {
        found.push(Lack::Unsupported { events: unsupported });
    }
    found
}
