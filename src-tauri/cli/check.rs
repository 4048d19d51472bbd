//! `bilat check`: is the library whole?

use bilat_api::Nothing;
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Check the library: structure, every hash recomputed, the log followed from its first entry
#[derive(Args)]
pub struct Check {}

impl Check {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let check = wait(library.existing()?.check_library(Nothing {}))?;
        let whole = check.faults.is_empty();
        out.show(&check, |check| {
            let state = if whole { "whole".to_owned() } else { format!("{} faults", check.faults.len()) };
            let faults: String = check.faults.iter().map(|fault| format!("\n  {fault}")).collect();
            format!(
                "{state}: {} snapshots and {} log entries verified{faults}",
                check.snapshots, check.log_entries
            )
        })?;
        Ok(if whole { Outcome::Done } else { Outcome::Found })
    }
}
