//! A line of a ledger as it travels between programs: codes, names and cite keys, no numbers of this library.

use bilat_core::{EventDraft, LedgerEvent};
use serde::{Deserialize, Serialize};

/// An event as text. What a field may hold is checked when it is read back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    pub initiator: String,
    pub target: String,
    pub plover: String,
    pub date: String,
    pub status: String,
    pub summary: String,
    /// Cite keys.
    pub evidence: Vec<String>,
}

impl Line {
    pub fn new(event: &LedgerEvent, evidence: Vec<String>) -> Self {
        Self {
            initiator: event.initiator.code().to_owned(),
            target: event.target.code().to_owned(),
            plover: event.plover.name().to_owned(),
            date: event.date.as_ref().map_or(String::new(), ToString::to_string),
            status: event.status.name().to_owned(),
            summary: event.summary.clone(),
            evidence,
        }
    }

    /// What it says of an event, its evidence left out; else what is wrong with it, in one line.
    pub fn draft(&self) -> Result<EventDraft, String> {
        fn read<T: std::str::FromStr>(text: &str) -> Result<Option<T>, String>
        where
            T::Err: std::fmt::Display,
        {
            let text = text.trim();
            if text.is_empty() {
                Ok(None)
            } else {
                text.parse().map(Some).map_err(|error: T::Err| error.to_string())
            }
        }
        Ok(EventDraft {
            initiator: read(&self.initiator)?,
            target: read(&self.target)?,
            plover: read(&self.plover)?,
            date: read(&self.date)?,
            status: read(&self.status)?,
            summary: self.summary.clone(),
            evidence: Vec::new(),
        })
    }

    /// What a message about it calls it.
    pub fn name(&self) -> String {
        format!("{} {} → {} {} {}", self.date, self.initiator, self.target, self.plover, self.summary)
            .trim()
            .to_owned()
    }
}
