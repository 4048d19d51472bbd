//! Figures of a dossier as SVG: tone, acts and timeline.
//!
//! The window and the exports show the very same text, so there is one geometry and nothing to keep in step.
//! Colours are presentation attributes, which any style sheet overrides: a theme needs no other drawing. Every
//! figure comes with the table that it was drawn from, for those who cannot see it and for those who count.

mod acts;
mod paint;
mod scale;
mod timeline;
mod tone;

use bilat_core::{Actor, LedgerEvent};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use acts::acts;
pub use timeline::{Shown, timeline};
pub use tone::tone;

/// A figure, and what it was drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Figure {
    /// SVG; the root is `svg` with title and description, an image, or a group where its parts can be focused.
    pub svg: String,
    /// What it shows, in words.
    pub description: String,
    /// The names of the table's columns.
    pub columns: Vec<String>,
    /// The table.
    pub rows: Vec<Vec<String>>,
}

/// The two sides in the analyst's order, and how wide the figure is, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Side A.
    pub left: Actor,
    /// Side B.
    pub right: Actor,
    /// Pixels, at least 320.
    pub width: f64,
}

impl Frame {
    fn width(self) -> f64 {
        self.width.clamp(320.0, 4000.0)
    }
}

/// Which of the two stands on which side; `a` for neither of them does not occur in a dossier.
fn letter(frame: Frame, side: Actor) -> char {
    if side == frame.right { 'b' } else { 'a' }
}

/// The day of an event since 1970-01-01 with its part of the day, from and to.
fn span(event: &LedgerEvent) -> Option<(f64, f64)> {
    let day = |date: chrono::NaiveDate| (date - chrono::NaiveDate::default()).num_days() as f64;
    let (from, to) = event.days();
    if let Some(seconds) = event.date.as_ref().and_then(bilat_core::Edtf::seconds) {
        let at = day(from?) + f64::from(seconds) / 86_400.0;
        return Some((at, at));
    }
    match (from.map(day), to.map(|to| day(to) + 1.0)) {
        (Some(from), Some(to)) => Some((from, to)),
        (Some(from), None) => Some((from, f64::INFINITY)),
        (None, Some(to)) => Some((f64::NEG_INFINITY, to)),
        (None, None) => None,
    }
}
