//! `bilat browsers`: who may send clips.

use bilat_api::{ById, Nothing};
use bilat_core::{Browser, BrowserId};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// List the browsers that may send clips, or revoke one
#[derive(Args)]
pub struct Browsers {
    /// Refuse this browser from now on
    #[arg(long, value_name = "ID")]
    revoke: Option<BrowserId>,
}

impl Browsers {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = library.existing()?;
        if let Some(id) = self.revoke {
            wait(app.revoke_browser(ById { id }))?;
        }
        let browsers = wait(app.list_browsers(Nothing {}))?;
        out.show(&browsers, |browsers| browsers.iter().map(describe).collect())?;
        Ok(Outcome::Done)
    }
}

fn describe(browser: &Browser) -> String {
    let day = |at: &str| at.get(..10).unwrap_or(at).to_owned();
    let used = browser.last_used_at.as_deref().map_or("never used".into(), |at| format!("used {}", day(at)));
    let origin = browser.origin.as_deref().unwrap_or("a program");
    format!("{}  {}  {origin}  paired {}, {used}\n", browser.id, browser.label, day(&browser.paired_at))
}
