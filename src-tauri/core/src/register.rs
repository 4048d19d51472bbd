//! How the register of statements is put in order.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::StatementId;

/// What the register is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatementSort {
    /// The day it was said, latest first; the day of publication stands in where that is not known.
    #[default]
    SaidOn,
    /// The speaker's name.
    Speaker,
    /// The side spoken for.
    Country,
    /// The issue.
    Issue,
    /// Stance, most hostile first.
    Stance,
    /// The outlet's name.
    Outlet,
    /// The source's reliability, then the item's credibility, best first.
    Grade,
}

/// What the register is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatementGrouping {
    /// By speaker.
    Speaker,
    /// By issue.
    Issue,
    /// By the article they stand in, latest first.
    Article,
    /// By the month they were said in, latest first.
    Month,
}

/// The register in its order: every number, so that a table of any length knows its rows before it reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatementOrder {
    /// The statements.
    pub ids: Vec<StatementId>,
    /// The groups, one after the other; empty where it is not grouped.
    pub groups: Vec<StatementGroup>,
}

/// A group of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatementGroup {
    /// The speaker's name, the issue, the headline, or the month as `2022-11`; nothing where it is not known.
    pub name: Option<String>,
    /// How many statements follow.
    pub statements: u32,
}

/// An issue and how many statements are on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// How many statements.
    pub statements: u32,
}
