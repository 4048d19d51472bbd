//! `bilat statements`: the quote register.

use bilat_api::ListStatements;
use bilat_core::{Dyad, Statement};
use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::{Printer, line};

/// Print the register of statements
#[derive(Args)]
pub struct Statements {
    /// Only those of a pair, such as US-RU
    #[arg(long)]
    pair: Option<Dyad>,
    /// Only those with these words, or by this speaker
    #[arg(long, value_name = "WORDS")]
    query: Option<String>,
    /// The form to print in
    #[arg(long, value_enum)]
    format: Option<Form>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Json,
    Csv,
}

impl Statements {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let request = ListStatements { pair: self.pair, query: self.query, ..ListStatements::default() };
        let page = wait(library.existing()?.list_statements(request))?;
        match self.format {
            Some(Form::Csv) => line(&bilat_api::statements_csv(&page.rows))?,
            Some(Form::Json) => {
                out.json(&page.rows.iter().map(bilat_api::statement_json).collect::<Vec<_>>())?
            }
            None if out.json => {
                out.json(&page.rows.iter().map(bilat_api::statement_json).collect::<Vec<_>>())?
            }
            None => line(&page.rows.iter().map(describe).collect::<String>())?,
        }
        Ok(Outcome::Done)
    }
}

fn describe(statement: &Statement) -> String {
    let side = statement.country.map_or("??", |country| country.code());
    let date =
        statement.said_on.as_ref().or(statement.published.as_ref()).map_or("undated", |date| date.as_str());
    let speaker = statement.speaker.as_deref().unwrap_or("unknown speaker");
    format!("[@{}]  {date}  {side}  {speaker}: “{}”\n", statement.key, statement.text)
}
