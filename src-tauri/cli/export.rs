//! `bilat export`: the whole library out.

use std::path::PathBuf;

use bilat_api::{ExportLibrary, LibraryExported};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Write the whole library to a ZIP that needs no Bilat
///
/// One JSON document with every article, annotation, statement and briefing, and the articles' documents as
/// they were received. `bilat import` reads it.
#[derive(Args)]
pub struct Export {
    /// The file to write
    file: PathBuf,
    /// Replace a file that stands there
    #[arg(long)]
    replace: bool,
}

impl Export {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = library.existing()?;
        let path = std::path::absolute(&self.file)
            .map_err(|error| Failure::io("exporting to", self.file.display(), &error))?;
        let request = ExportLibrary { path: path.display().to_string(), replace: Some(self.replace) };
        let exported = wait(app.export_library(request))?;
        out.show(&exported, describe)?;
        Ok(Outcome::Done)
    }
}

fn describe(exported: &LibraryExported) -> String {
    let LibraryExported { path, bytes, articles, annotations, files } = exported;
    format!("{path}  {bytes} bytes\n{articles} articles · {annotations} annotations · {files} documents\n")
}
