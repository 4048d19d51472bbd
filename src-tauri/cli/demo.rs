//! `bilat demo`: a library to try things on.

use bilat_api::Nothing;
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Fill an empty library with the exercise: invented officials, invented words
#[derive(Args)]
pub struct Demo {}

impl Demo {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let status = wait(library.create()?.make_exercise(Nothing {}))?;
        out.show(&status, |status| {
            let (path, articles, statements) = (&status.path, status.articles, status.statements);
            format!("{path}: the exercise, {articles} articles and {statements} statements; people and words are invented")
        })?;
        Ok(Outcome::Done)
    }
}
