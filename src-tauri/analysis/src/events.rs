//! What one side did to the other.
use std::ops::Range;

use crate::dates::When;
use crate::places::Mention;
use crate::shape::Status;
use crate::text::Text;

#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub source: &'static str,
    pub target: Option<&'static str>,
    pub plover: &'static str,
    pub quad: u8,
    pub date: Option<String>,
    pub run: Range<usize>,
    pub status: Status,
    pub confidence: f64,
}

pub(crate) fn find(_text: &Text, _mentions: &[Mention], _dates: &[When]) -> Vec<Found> {
    Vec::new()
}
