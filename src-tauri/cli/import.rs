//! `bilat import`: whole collections into the library.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

use bilat_api::{ById, StartImport};
use bilat_core::{Import as Run, ImportFormat, ImportState};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::Library;
use crate::print::Printer;
use crate::serve::interrupted;

/// Import collections of other programs
///
/// Takes exports of reference managers, bookmark and read-later services, press databases, and folders of
/// documents. Each file is recognised by what stands in it. Imported again, a file adds only what is new.
/// Ctrl-C stops between two items; what is in by then stays.
#[derive(Args)]
pub struct Import {
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the files are, where that is not recognised: csl-json, ris, bibtex, zotero-rdf, zotero-json,
    /// bookmarks, pocket, instapaper, readwise, omnivore, wallabag, karakeep, hypothesis, opml, nexis,
    /// factiva, bilat or files
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<ImportFormat>,
}

fn format(name: &str) -> Result<ImportFormat, String> {
    match name.parse() {
        Ok(ImportFormat::Feeds) => Err("feeds are checked, not imported".into()),
        found => found.map_err(|error| error.to_string()),
    }
}

impl Import {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let absolute = |path: &PathBuf| {
            path.canonicalize().map_err(|error| Failure::io("reading", path.display(), &error))
        };
        let paths = self.files.iter().map(absolute).collect::<Result<Vec<_>, _>>()?;
        let app = library.create()?;
        let paths = paths.into_iter().map(|path| path.display().to_string()).collect();
        let failed = |error| Failure::io("importing", "files", &error);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let done = runtime.block_on(async {
            let started = app.start_import(StartImport { paths, format: self.format }).await?;
            let id = ById { id: started.id };
            let watch = async {
                let mut line = Line::default();
                loop {
                    let run = app.read_import(id).await?;
                    if run.state != ImportState::Running {
                        line.end();
                        return Ok::<Run, Failure>(run);
                    }
                    line.show(&run);
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            };
            tokio::select! {
                run = watch => run,
                stopped = interrupted() => {
                    stopped.map_err(failed)?;
                    Ok(app.cancel_import(id).await?)
                }
            }
        })?;
        out.show(&done, describe)?;
        outcome(&done)
    }
}

/// Nothing that could be imported is a failure; items that could not are listed.
fn outcome(run: &Run) -> Result<Outcome, Failure> {
    let counts = &run.counts;
    let came = counts.new + counts.new_snapshots + counts.unchanged;
    match run.state {
        ImportState::Cancelled => Err(Failure::Other(format!(
            "importing {}: stopped after {} items, which stay",
            run.name, run.done
        ))),
        ImportState::Done if came > 0 || counts.failed == 0 => Ok(Outcome::Done),
        _ => {
            let reason = run.failures.last().map_or("no item could be read", |failure| &failure.reason);
            Err(Failure::Other(format!("importing {}: {reason}", run.name)))
        }
    }
}

/// One line on the terminal that is written over and over.
#[derive(Default)]
struct Line {
    shown: bool,
}

impl Line {
    fn show(&mut self, run: &Run) {
        let mut to = std::io::stderr();
        if !to.is_terminal() {
            return;
        }
        let of = run.total.map_or(String::new(), |total| format!(" of {total}"));
        let failed =
            if run.counts.failed > 0 { format!(", {} failed", run.counts.failed) } else { String::new() };
        let _ = write!(to, "\r\x1b[K{}: {}{of}{failed}", run.name, run.done);
        let _ = to.flush();
        self.shown = true;
    }

    fn end(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn describe(run: &Run) -> String {
    let counts = &run.counts;
    let mut parts = vec![format!("{} new", counts.new)];
    if counts.records_only > 0 {
        parts[0].push_str(&format!(" ({} without words yet)", counts.records_only));
    }
    if counts.new_snapshots > 0 {
        parts.push(format!("{} new snapshots", counts.new_snapshots));
    }
    parts.push(format!("{} unchanged", counts.unchanged));
    if counts.annotations > 0 {
        let missing = match counts.annotations_missing {
            0 => String::new(),
            many => format!(" ({many} whose words are not in the text)"),
        };
        parts.push(format!("{} annotations{missing}", counts.annotations));
    }
    parts.push(format!("{} failed", counts.failed));
    let mut text = format!("import {}  {}  [{}]\n{}\n", run.id, run.name, run.format, parts.join(" · "));
    for failure in &run.failures {
        text.push_str(&format!("failed: {}: {}\n", failure.item, failure.reason));
    }
    text
}
