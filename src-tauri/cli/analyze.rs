//! `bilat analyze`: a text in, suggestions out; no library is touched.

use std::path::PathBuf;

use bilat_analysis::Input;
use chrono::NaiveDate;
use clap::Args;
use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::print::Printer;
use crate::{Outcome, batch, document};

/// Print who says what, countries, pairs, dates and events found in a text as JSON; touches no library
#[derive(Args)]
pub struct Analyze {
    /// The day the text was published, which "on Friday" is counted from
    #[arg(long, value_name = "DATE")]
    published: Option<NaiveDate>,
    /// Work through JSON lines on standard input: {"id", "date", "title", "text"}
    #[arg(long, conflicts_with_all = ["published", "file"])]
    batch: bool,
    /// Plain text, or a JSON document {title, text, date}; standard input when it is - or missing
    file: Option<PathBuf>,
}

/// What `--batch` reads a line of, and what a JSON document may hold; also what `extract` prints.
#[derive(Deserialize)]
struct Request {
    title: Option<String>,
    text: String,
    #[serde(alias = "published")]
    date: Option<String>,
    dateline: Option<String>,
}

impl Analyze {
    pub fn run(self, out: &Printer) -> Result<Outcome, Failure> {
        if self.batch {
            batch::run(|request: Request| Ok(analyze(&request, None)))?;
            return Ok(Outcome::Done);
        }
        let text = document::read_text(self.file.as_deref())?;
        let request =
            serde_json::from_str(&text).unwrap_or(Request { title: None, text, date: None, dateline: None });
        out.json(&analyze(&request, self.published))?;
        Ok(Outcome::Done)
    }
}

fn analyze(request: &Request, published: Option<NaiveDate>) -> Value {
    let day = request.date.as_deref().and_then(|date| date.get(..10)).and_then(|date| date.parse().ok());
    let input = Input {
        title: request.title.as_deref(),
        text: &request.text,
        published: published.or(day),
        dateline: request.dateline.as_deref(),
        ..Input::default()
    };
    serde_json::to_value(bilat_analysis::analyze(&input)).expect("an analysis holds only strings and numbers")
}
