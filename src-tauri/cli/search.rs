//! `bilat search`.

use bilat_core::Hit;
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Search articles, notes and statements
///
/// Words, "exact phrases", prefix*, -not, and the filters pair:US-RU speaker:NAME source:NAME
/// since:2022-11 until:2023-01 kind:quote. Any text is a valid query.
#[derive(Args)]
pub struct Search {
    /// The query
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    query: Vec<String>,
    /// How many hits at most
    #[arg(long, default_value_t = 20)]
    limit: u32,
}

impl Search {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let request = bilat_api::Search {
            query: self.query.join(" "),
            limit: self.limit,
            ..bilat_api::Search::default()
        };
        let results = wait(library.existing()?.search(request))?;
        out.show(&results, |results| {
            let plus = if results.capped { "+" } else { "" };
            let hits: String = results.hits.iter().map(describe).collect();
            format!("{}{plus} found\n{hits}", results.total)
        })?;
        Ok(Outcome::Done)
    }
}

fn describe(hit: &Hit) -> String {
    let snippet: String = hit
        .snippet
        .iter()
        .map(|part| if part.hit { format!("*{}*", part.text) } else { part.text.clone() })
        .collect();
    format!("{}  {}  {}\n    {}\n", hit.article, hit.key, hit.title, snippet.trim())
}
