//! `bilat search`.

use bilat_core::Hit;
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Search articles, statements, notes and briefings
///
/// Words in all their forms, "exact phrases", prefix*, -not, OR, (brackets), and the filters pair:US-RU country:RU
/// speaker:NAME source:NAME since:2022-11 until:2023-01 kind:quote tag:NAME in:inbox lang:ru. Any text is a valid
/// query; a filter that cannot be used is left out and named on standard error.
#[derive(Args)]
pub struct Search {
    /// The query
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    query: Vec<String>,
    /// Best first instead of newest first
    #[arg(long)]
    ranked: bool,
    /// How many hits of each kind at most: articles first, then statements, notes and briefings
    #[arg(long, default_value_t = 20)]
    limit: u32,
}

impl Search {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let request = bilat_api::Search {
            query: self.query.join(" "),
            limit: self.limit,
            ranked: Some(self.ranked),
            grouped: Some(true),
            ..bilat_api::Search::default()
        };
        let results = wait(library.existing()?.search(request))?;
        for problem in &results.problems {
            eprintln!("bilat: {}", problem.text);
        }
        out.show(&results, |results| {
            let plus = if results.capped { "+" } else { "" };
            let hits: String = results.hits.iter().map(describe).collect();
            let suggestion = results.suggestion.as_ref().map(|query| format!("Did you mean: {query}\n"));
            let reached = results.ranked_since.as_ref().map(|day| format!("Ranked: those since {day}\n"));
            let total = results.total;
            format!(
                "{total}{plus} found\n{}{}{hits}",
                suggestion.unwrap_or_default(),
                reached.unwrap_or_default()
            )
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
    let place = match (hit.article, &hit.key) {
        (Some(article), Some(key)) => format!("{article}  {key}"),
        _ => format!("briefing {}", hit.id),
    };
    format!("{place}  {}\n    {}\n", hit.title, snippet.trim())
}
