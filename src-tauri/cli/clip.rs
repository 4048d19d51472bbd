//! `bilat clip`: documents into the library.

use std::path::{Path, PathBuf};

use bilat_api::{App, ClipSource, ClipState, Clipped, Facts};
use bilat_core::{Edtf, HeldBack};
use clap::Args;

use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;
use crate::{Outcome, document};

/// Clip documents into the library
///
/// A web address is fetched: without cookies, through the proxy of the settings where one is set, and never from
/// this computer or a private network unless --allow-private says so.
#[derive(Args)]
pub struct Clip {
    /// Web addresses, files, folders, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// The address the document came from
    #[arg(long)]
    url: Option<String>,
    /// Fetch the addresses given even where they are in a private network or at an unusual port
    #[arg(long)]
    allow_private: bool,
    /// When it was published, where the document does not say
    #[arg(long, value_name = "DATE")]
    published: Option<Edtf>,
    /// Who published it, where the document does not say
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
}

/// What a document is called, and what became of it.
type Named = (String, Result<Clipped, Failure>);

impl Clip {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let sources =
            self.sources.iter().map(|source| files(source)).collect::<Result<Vec<_>, _>>()?.concat();
        let documents = sources.iter().map(|path| self.request(path)).collect::<Result<Vec<_>, _>>();
        // One document that cannot be read must not make a library where there was none.
        let documents = if sources.len() == 1 { documents? } else { Vec::new() };
        let app = library.create()?;
        let mut clipped = Vec::new();
        let (mut failed, mut count) = (0, 0);
        for (at, path) in sources.iter().enumerate() {
            let source = documents.get(at).cloned().map_or_else(|| self.request(path), Ok);
            let results = match source.and_then(|source| self.clip(&app, source)) {
                Ok(results) => results,
                Err(failure) => vec![(document::name(Some(path)), Err(failure))],
            };
            count += results.len();
            for (name, result) in results {
                match result {
                    Ok(outcome) => clipped.push(outcome),
                    Err(failure) if sources.len() == 1 && count == 1 => return Err(failure),
                    Err(failure) => {
                        failed += 1;
                        eprintln!("bilat: clipping {name}: {failure}");
                    }
                }
            }
        }
        out.show(&clipped, |clipped| clipped.iter().map(describe).collect())?;
        if failed > 0 {
            return Err(Failure::Other(format!("{failed} of {count} documents were not clipped")));
        }
        Ok(Outcome::Done)
    }

    /// Clips what a source holds: one document, or each of a file that holds many, by its name.
    fn clip(&self, app: &App, source: ClipSource) -> Result<Vec<Named>, Failure> {
        let (url, published, outlet) = (self.url.clone(), self.published.clone(), self.outlet.clone());
        match source {
            ClipSource::File { path } => {
                let clipped = wait(app.clip_file(&path, Facts { url, published, outlet }))?;
                Ok(clipped.into_iter().map(|(name, result)| (name, result.map_err(Failure::from))).collect())
            }
            source => {
                let clipped = wait(app.clip(bilat_api::Clip { source, url, published, outlet }))?;
                Ok(vec![(String::new(), Ok(clipped))])
            }
        }
    }

    fn request(&self, source: &Path) -> Result<ClipSource, Failure> {
        if source == Path::new("-") {
            return Ok(ClipSource::Text { text: document::read_text(None)? });
        }
        if is_address(source) {
            let url = source.to_string_lossy().into_owned();
            return Ok(ClipSource::Url { url, allow_host: Some(self.allow_private) });
        }
        let path = source.canonicalize().map_err(|error| Failure::io("reading", source.display(), &error))?;
        Ok(ClipSource::File { path: path.display().to_string() })
    }
}

/// Whether a source is a web address and not a file.
fn is_address(source: &Path) -> bool {
    let text = source.to_string_lossy().to_ascii_lowercase();
    text.starts_with("http://") || text.starts_with("https://")
}

/// The files that `source` stands for: itself, or every file below it in order of name. Links to folders
/// below it are not followed; they may lead round in a circle.
fn files(source: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !source.is_dir() {
        return Ok(vec![source.to_owned()]);
    }
    let listing =
        std::fs::read_dir(source).map_err(|error| Failure::io("reading", source.display(), &error))?;
    let mut entries: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    entries.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    entries.retain(|path| !(path.is_symlink() && path.is_dir()));
    entries.sort();
    entries.iter().map(|path| files(path)).collect::<Result<Vec<_>, _>>().map(|files| files.concat())
}

fn describe(clipped: &Clipped) -> String {
    let state = match clipped.state {
        ClipState::New => "new",
        ClipState::NewSnapshot => "new snapshot",
        ClipState::Unchanged => "unchanged",
        ClipState::HeldBack => "held back",
    };
    let mut line = format!("{}  {}  {}  [{state}]", clipped.id, clipped.key, clipped.title);
    if let Some(reason) = clipped.held_back {
        line.push_str(match reason {
            HeldBack::Failed => "  not the article itself: the former words stay current",
            HeldBack::Shorter => "  less than half the words: the former ones stay current",
            HeldBack::Paywalled => "  cut off by the page: the former words stay current",
        });
    }
    if clipped.restored {
        line.push_str("  back from the bin");
    }
    if let Some(pair) = clipped.pair {
        line.push_str(&format!("  {pair}"));
    }
    if let Some(origin) = &clipped.origin {
        line.push_str(&format!("  from {origin}"));
    }
    line + "\n"
}
