//! `bilat list`: what is in the library.

use bilat_api::{ListArticles, View};
use bilat_core::{ArticleRow, Dyad};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// List the articles, newest first
#[derive(Args)]
pub struct List {
    /// Only those of a pair, such as US-RU
    #[arg(long)]
    pair: Option<Dyad>,
    /// Only those nobody has opened
    #[arg(long, conflicts_with = "bin")]
    inbox: bool,
    /// Those in the bin
    #[arg(long)]
    bin: bool,
    /// How many at most
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

impl List {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let view = match (self.inbox, self.bin) {
            (true, _) => View::Inbox,
            (_, true) => View::Bin,
            _ => View::All,
        };
        let request = ListArticles { view, pair: self.pair, limit: self.limit, ..ListArticles::default() };
        let page = wait(library.existing()?.list_articles(request))?;
        out.show(&page, |page| {
            let mut lines: String = page.rows.iter().map(describe).collect();
            let more = page.total as usize - page.rows.len().min(page.total as usize);
            if more > 0 {
                lines.push_str(&format!("… and {more} more\n"));
            }
            lines
        })?;
        Ok(Outcome::Done)
    }
}

fn describe(row: &ArticleRow) -> String {
    let date = row.published.as_ref().map_or("undated", |published| published.on.as_str());
    let outlet = row.outlet.as_deref().unwrap_or("unknown outlet");
    format!("{}  {}  {date}  {outlet}  {}\n", row.id, row.key, row.title)
}
