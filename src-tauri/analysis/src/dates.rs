//! Expressions of time.
use std::ops::Range;

use chrono::NaiveDate;

use crate::shape::DateType;
use crate::text::Text;

#[derive(Clone, Debug)]
pub(crate) struct When {
    pub bytes: Range<usize>,
    pub kind: DateType,
    pub value: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub inferred: bool,
}

pub(crate) fn find(_text: &Text, _published: Option<NaiveDate>) -> Vec<When> {
    Vec::new()
}
