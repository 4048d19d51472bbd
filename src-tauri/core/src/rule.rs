//! Rules: what a person corrected on one page of an outlet and wants done to its later pages too.
//!
//! A rule says what to do by what later pages have in common with the one it was made on: the words of a
//! line, its figures left open, or the place of a block among those of its kind.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ArticleId, BlockKind, OutletRuleId, normalise_spaces};

/// What is done to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Rule {
    /// Lines of this shape are set aside.
    Furniture {
        /// See [`shape`].
        shape: String,
    },
    /// Lines of this shape that were set aside are paragraphs.
    Keep {
        /// See [`shape`].
        shape: String,
    },
    /// This block is the headline.
    Title {
        /// The block's kind.
        kind: BlockKind,
        /// How many of its kind stand before it.
        nth: u32,
    },
    /// These words around the headline are no part of it.
    TitlePart {
        /// The shape of what stands before it.
        before: String,
        /// The shape of what stands after it.
        after: String,
    },
    /// This block is the line under the headline.
    Standfirst {
        /// The block's kind.
        kind: BlockKind,
        /// How many of its kind stand before it.
        nth: u32,
    },
    /// What was taken for the line under the headline is the first paragraph.
    NoStandfirst,
    /// This is who publishes it.
    Outlet {
        /// The publisher's name.
        name: String,
    },
}

/// A rule with the outlet it holds for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutletRule {
    /// Its number.
    pub id: OutletRuleId,
    /// The host of the outlet's pages, without `www.`.
    pub host: String,
    /// What is done to them.
    pub rule: Rule,
    /// The article it was made on.
    pub article: Option<ArticleId>,
    /// When it was made: RFC 3339, UTC.
    pub created_at: String,
}

/// A line as rules compare it: lower case, single spaces, every figure a `0`.
///
/// ```
/// assert_eq!(bilat_core::shape("Published  3:45 PM"), bilat_core::shape("published 9:10 pm"));
/// ```
pub fn shape(line: &str) -> String {
    let folded: String = line.to_lowercase().chars().map(|c| if c.is_numeric() { '0' } else { c }).collect();
    let mut out = String::with_capacity(folded.len());
    for c in normalise_spaces(&folded).chars() {
        // “12 comments” and “9 comments” are one line.
        if c != '0' || !out.ends_with('0') {
            out.push(c);
        }
    }
    out
}
