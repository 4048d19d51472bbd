//! Events: what one side did to the other, in PLOVER's categories, dated as exactly as is known.
//!
//! An event is directed, so the two directions of a pair are two ledgers side by side. What Bilat found by
//! itself is a suggestion and no event: here stands only what a person entered or accepted.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Actor, AnnotationId, ArticleId, CiteKey, Edtf, EventId, SuggestionId};

/// One of the four classes of events: words or deeds, for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "u8", into = "u8")]
#[ts(type = "1 | 2 | 3 | 4")]
pub enum Quad {
    /// 1: verbal cooperation.
    VerbalCooperation,
    /// 2: material cooperation.
    MaterialCooperation,
    /// 3: verbal conflict.
    VerbalConflict,
    /// 4: material conflict.
    MaterialConflict,
}

impl Quad {
    /// All four, in the order of their numbers.
    pub const ALL: [Quad; 4] =
        [Quad::VerbalCooperation, Quad::MaterialCooperation, Quad::VerbalConflict, Quad::MaterialConflict];

    /// Its name in words.
    pub fn name(self) -> &'static str {
        match self {
            Quad::VerbalCooperation => "verbal cooperation",
            Quad::MaterialCooperation => "material cooperation",
            Quad::VerbalConflict => "verbal conflict",
            Quad::MaterialConflict => "material conflict",
        }
    }
}

impl TryFrom<u8> for Quad {
    type Error = String;
    fn try_from(number: u8) -> Result<Self, String> {
        let found = usize::from(number).checked_sub(1).and_then(|at| Quad::ALL.get(at));
        found.copied().ok_or_else(|| format!("quad classes run from 1 to 4, not {number}"))
    }
}

impl From<Quad> for u8 {
    fn from(quad: Quad) -> u8 {
        quad as u8 + 1
    }
}

macro_rules! plover {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $quad:ident),* $(,)?) => {
        /// A category of PLOVER (Political Language Ontology for Verifiable Event Records, 2021), by its name there.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum Plover {
            $($(#[$doc])* #[serde(rename = $name)] $variant),*
        }

        impl Plover {
            /// Every category, cooperation before conflict and words before deeds.
            pub const ALL: &[Plover] = &[$(Plover::$variant),*];

            /// The name in PLOVER.
            pub fn name(self) -> &'static str {
                match self { $(Plover::$variant => $name),* }
            }

            /// The class it belongs to.
            pub fn quad(self) -> Quad {
                match self { $(Plover::$variant => Quad::$quad),* }
            }
        }
    };
}

plover! {
    /// Agrees to do something, signs.
    Agree = "AGREE" VerbalCooperation,
    /// Meets, visits, talks.
    Consult = "CONSULT" VerbalCooperation,
    /// Praises, takes the side of.
    Support = "SUPPORT" VerbalCooperation,
    /// Yields in words: apologises, drops a demand.
    Concede = "CONCEDE" VerbalCooperation,
    /// Works together.
    Cooperate = "COOPERATE" MaterialCooperation,
    /// Gives help.
    Aid = "AID" MaterialCooperation,
    /// Yields in deeds: frees, withdraws, eases.
    Retreat = "RETREAT" MaterialCooperation,
    /// Investigates.
    Investigate = "INVESTIGATE" MaterialCooperation,
    /// Demands.
    Demand = "DEMAND" VerbalConflict,
    /// Criticises, complains, accuses.
    Disapprove = "DISAPPROVE" VerbalConflict,
    /// Rejects, refuses.
    Reject = "REJECT" VerbalConflict,
    /// Threatens.
    Threaten = "THREATEN" VerbalConflict,
    /// Reduces relations: sanctions, expels, breaks off.
    Sanction = "SANCTION" VerbalConflict,
    /// Protests in the street, strikes.
    Protest = "PROTEST" MaterialConflict,
    /// Is accused of a crime, from corruption to hacking.
    Crime = "CRIME" MaterialConflict,
    /// Moves forces.
    Mobilize = "MOBILIZE" MaterialConflict,
    /// Coerces: arrests, seizes, bans.
    Coerce = "COERCE" MaterialConflict,
    /// Attacks without arms, or not as an army.
    Assault = "ASSAULT" MaterialConflict,
    /// Fights with arms.
    Fight = "FIGHT" MaterialConflict,
}

/// The text names no category.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no PLOVER category; one is AGREE, another DISAPPROVE")]
pub struct UnknownPlover(pub String);

impl FromStr for Plover {
    type Err = UnknownPlover;
    fn from_str(text: &str) -> Result<Self, UnknownPlover> {
        let found = Plover::ALL.iter().find(|category| category.name().eq_ignore_ascii_case(text.trim()));
        found.copied().ok_or_else(|| UnknownPlover(text.trim().to_owned()))
    }
}

impl fmt::Display for Plover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How an event stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// It happened.
    #[default]
    Done,
    /// It is announced.
    Planned,
    /// It is threatened.
    Threatened,
    /// The side that is said to have done it denies it.
    Denied,
    /// Sources contradict each other on whether it happened.
    Disputed,
    /// It was announced and will not be.
    #[serde(rename = "called off")]
    CalledOff,
}

impl EventStatus {
    /// Every status.
    pub const ALL: [EventStatus; 6] = [
        EventStatus::Done,
        EventStatus::Planned,
        EventStatus::Threatened,
        EventStatus::Denied,
        EventStatus::Disputed,
        EventStatus::CalledOff,
    ];

    /// Its name, as it is stored and travels.
    pub fn name(self) -> &'static str {
        match self {
            EventStatus::Done => "done",
            EventStatus::Planned => "planned",
            EventStatus::Threatened => "threatened",
            EventStatus::Denied => "denied",
            EventStatus::Disputed => "disputed",
            EventStatus::CalledOff => "called off",
        }
    }
}

/// The text names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no status of an event; it is done, planned, threatened, denied, disputed or called off")]
pub struct UnknownEventStatus(pub String);

impl FromStr for EventStatus {
    type Err = UnknownEventStatus;
    fn from_str(text: &str) -> Result<Self, UnknownEventStatus> {
        let wanted = text.trim().replace('_', " ");
        let found = EventStatus::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(&wanted));
        found.ok_or_else(|| UnknownEventStatus(text.trim().to_owned()))
    }
}

/// What bears an event out: an article as a whole, or a marked passage in it, which may be a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct EvidenceRef {
    /// The article.
    pub article: ArticleId,
    /// The passage, where it is one.
    #[serde(default)]
    pub annotation: Option<AnnotationId>,
}

/// A piece of evidence as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventEvidence {
    /// The article.
    pub article: ArticleId,
    /// The passage; nothing where the article as a whole is meant.
    pub annotation: Option<AnnotationId>,
    /// The cite key of the statement, else of the article.
    pub key: CiteKey,
    /// The article's headline.
    pub title: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// The marked words; nothing where the article as a whole is meant.
    pub text: Option<String>,
    /// Who said them, where they are a statement.
    pub speaker: Option<String>,
}

/// What a person says of an event. An edit replaces all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct EventDraft {
    /// Who acted.
    pub initiator: Option<Actor>,
    /// On whom.
    pub target: Option<Actor>,
    /// What it was.
    pub plover: Option<Plover>,
    /// When, as exactly as is known.
    pub date: Option<Edtf>,
    /// How it stands; done where nothing is said.
    pub status: Option<EventStatus>,
    /// One line.
    pub summary: String,
    /// What bears it out.
    pub evidence: Vec<EvidenceRef>,
}

/// An event's own facts, found to make sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundEvent {
    /// Who acted.
    pub initiator: Actor,
    /// On whom.
    pub target: Actor,
    /// What it was.
    pub plover: Plover,
    /// When.
    pub date: Option<Edtf>,
    /// How it stands.
    pub status: EventStatus,
    /// One line, single spaces.
    pub summary: String,
}

/// Why a draft is no event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    /// Nobody acts.
    #[error("an event needs an initiator: who acted?")]
    NoInitiator,
    /// Nobody is acted on.
    #[error("an event needs a target: on whom did {0} act?")]
    NoTarget(Actor),
    /// One acts on itself.
    #[error("an event needs two different actors, not {0} twice")]
    Itself(Actor),
    /// No category.
    #[error("an event needs a PLOVER category, such as CONSULT")]
    NoCategory,
    /// It is done on a day to come.
    #[error("{0} lies ahead, so the event cannot be done: call it planned, or correct the date")]
    Ahead(Edtf),
}

impl EventDraft {
    /// The event, where it makes sense on `today`.
    ///
    /// # Errors
    /// [`BadEvent`], the first fault found.
    pub fn sound(&self, today: NaiveDate) -> Result<SoundEvent, BadEvent> {
        let initiator = self.initiator.ok_or(BadEvent::NoInitiator)?;
        let target = self.target.ok_or(BadEvent::NoTarget(initiator))?;
        if initiator == target {
            return Err(BadEvent::Itself(initiator));
        }
        let plover = self.plover.ok_or(BadEvent::NoCategory)?;
        let status = self.status.unwrap_or_default();
        // East of Greenwich a day begins before it begins in UTC.
        let tomorrow = today.succ_opt().unwrap_or(today);
        if let (EventStatus::Done, Some(date)) = (status, &self.date)
            && date.first_day().is_some_and(|first| first > tomorrow)
        {
            return Err(BadEvent::Ahead(date.clone()));
        }
        let summary = crate::normalise_spaces(&self.summary);
        Ok(SoundEvent { initiator, target, plover, date: self.date.clone(), status, summary })
    }
}

/// An event as the ledger shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerEvent {
    /// Its number.
    pub id: EventId,
    /// Who acted.
    pub initiator: Actor,
    /// On whom.
    pub target: Actor,
    /// What it was.
    pub plover: Plover,
    /// The class of that.
    pub quad: Quad,
    /// When, as exactly as is known.
    pub date: Option<Edtf>,
    /// How it stands.
    pub status: EventStatus,
    /// One line.
    pub summary: String,
    /// How many pieces of evidence.
    pub evidence: u32,
    /// From how many origins: five outlets that print one agency's text are one.
    pub origins: u32,
}

impl LedgerEvent {
    /// The first and the last day it may have been on; an open end is nothing.
    pub fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        self.date.as_ref().map_or((None, None), |date| (date.first_day(), date.last_day()))
    }

    /// What may be one event that was entered twice: same direction and category, on days that touch.
    pub fn resembles(&self, other: &LedgerEvent) -> bool {
        let near = |end: Option<NaiveDate>, start: Option<NaiveDate>| match (end, start) {
            (Some(end), Some(start)) => (start - end).num_days() <= 1,
            _ => true,
        };
        let ((from, to), (other_from, other_to)) = (self.days(), other.days());
        self.id != other.id
            && (self.initiator, self.target, self.plover) == (other.initiator, other.target, other.plover)
            && self.date.is_some()
            && other.date.is_some()
            && near(to, other_from)
            && near(other_to, from)
    }
}

/// An event that Bilat found in an article, until a person decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SuggestedEvent {
    /// The suggestion.
    pub suggestion: SuggestionId,
    /// The article.
    pub article: ArticleId,
    /// Its headline.
    pub title: String,
    /// The publisher.
    pub outlet: Option<String>,
    /// How sure Bilat is, 0 to 1.
    pub confidence: f32,
    /// The words it rests on.
    pub text: String,
    /// Who acted.
    pub initiator: Actor,
    /// On whom.
    pub target: Actor,
    /// What it was.
    pub plover: Plover,
    /// When.
    pub date: Option<Edtf>,
    /// How it stands.
    pub status: EventStatus,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> EventDraft {
        EventDraft {
            initiator: "JP".parse().ok(),
            target: "KZ".parse().ok(),
            plover: Some(Plover::Consult),
            date: "2026-03".parse().ok(),
            ..EventDraft::default()
        }
    }

    #[test]
    fn a_draft_that_makes_no_sense_is_told_so_in_one_line() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let fault = |change: fn(&mut EventDraft)| {
            let mut draft = draft();
            change(&mut draft);
            draft.sound(today).map_or_else(|fault| fault.to_string(), |event| format!("{event:?}"))
        };
        assert_eq!(fault(|draft| draft.initiator = None), "an event needs an initiator: who acted?");
        assert_eq!(fault(|draft| draft.target = None), "an event needs a target: on whom did JP act?");
        assert_eq!(
            fault(|draft| draft.target = draft.initiator),
            "an event needs two different actors, not JP twice"
        );
        assert_eq!(fault(|draft| draft.plover = None), "an event needs a PLOVER category, such as CONSULT");
        assert_eq!(
            fault(|draft| draft.date = "2026-04".parse().ok()),
            "2026-04 lies ahead, so the event cannot be done: call it planned, or correct the date"
        );
        assert!(draft().sound(today).is_ok(), "part of March is past");
    }

    #[test]
    fn every_category_has_its_class_and_finds_itself() {
        assert_eq!(Plover::ALL.len(), 19);
        for category in Plover::ALL {
            assert_eq!(category.name().to_lowercase().parse(), Ok(*category));
            assert_eq!(serde_json::to_value(category).unwrap(), category.name());
            assert_eq!(Quad::try_from(u8::from(category.quad())), Ok(category.quad()));
        }
        for status in EventStatus::ALL {
            assert_eq!(status.name().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.name());
        }
        assert!("GREET".parse::<Plover>().is_err() && Quad::try_from(5).is_err());
    }

    #[test]
    fn one_event_entered_twice_is_recognised_by_its_days() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let on = |id: i64, date: &str| {
            let SoundEvent { initiator, target, plover, status, summary, .. } = draft().sound(today).unwrap();
            let date = (!date.is_empty()).then(|| date.parse().unwrap());
            let quad = plover.quad();
            LedgerEvent {
                id: EventId(id),
                initiator,
                target,
                plover,
                quad,
                date,
                status,
                summary,
                evidence: 0,
                origins: 0,
            }
        };
        assert!(on(1, "2026-03-02").resembles(&on(2, "2026-03-03")));
        assert!(on(1, "2026-03").resembles(&on(2, "2026-03-20")));
        assert!(!on(1, "2026-03-02").resembles(&on(2, "2026-03-04")));
        assert!(!on(1, "2026-03-02").resembles(&on(1, "2026-03-02")), "itself");
        assert!(!on(1, "").resembles(&on(2, "2026-03-02")), "without a date nothing is known");
    }
}
