//! `bilat extract`: a document in, its words out; no library is touched.

use std::path::PathBuf;

use bilat_clip::Document;
use clap::Args;
use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::print::Printer;
use crate::{Outcome, batch, document};

/// Print a document's title, byline, date and clean paragraphs as JSON; touches no library
#[derive(Args)]
pub struct Extract {
    /// The address the document came from
    #[arg(long)]
    url: Option<String>,
    /// Work through JSON lines on standard input: {"id", "path", "url"}
    #[arg(long, conflicts_with_all = ["url", "file"])]
    batch: bool,
    /// The document; standard input when it is - or missing
    file: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Request {
    path: PathBuf,
    url: Option<String>,
}

impl Extract {
    pub fn run(self, out: &Printer) -> Result<Outcome, Failure> {
        if self.batch {
            let answer = |line: Request| {
                extract(Some(line.path), line.url.as_deref()).map_err(|failure| failure.to_string())
            };
            batch::run(answer)?;
        } else {
            out.json(&extract(self.file, self.url.as_deref())?)?;
        }
        Ok(Outcome::Done)
    }
}

fn extract(path: Option<PathBuf>, url: Option<&str>) -> Result<Value, Failure> {
    let path = path.as_deref();
    let bytes = document::read(path)?;
    let source = Document { bytes: &bytes, url, media: document::media(path), charset: None };
    let clipping = bilat_clip::clip(&source)
        .map_err(|error| Failure::Other(format!("extracting {}: {error}", document::name(path))))?;
    Ok(clipping.extract_json())
}
