//! `bilat backup` and `bilat restore`: a verified copy of the library, and the way back from one.

use std::path::PathBuf;

use bilat_api::{BackUp, BackedUp, restore_library};
use clap::Args;
use serde_json::json;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Write a verified copy of the library
#[derive(Args)]
pub struct Backup {
    /// The file to write; in the working folder, named after the library and the day, where it is left out
    file: Option<PathBuf>,
    /// Replace a file that stands there
    #[arg(long)]
    replace: bool,
}

/// Put a verified backup in the place of the library
///
/// The backup is checked first, every hash recomputed. The library that stood there is kept beside it.
#[derive(Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
    /// Put it in the place of the library that is there
    #[arg(long)]
    replace: bool,
}

impl Backup {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = library.existing()?;
        let file = match self.file {
            Some(file) => file,
            None => {
                let path = library.path()?;
                let name = path.file_stem().map_or("library".into(), |name| name.to_string_lossy());
                PathBuf::from(format!("{name}-{}.bilat", chrono::Utc::now().format("%Y-%m-%d")))
            }
        };
        let path = std::path::absolute(&file)
            .map_err(|error| Failure::io("backing up to", file.display(), &error))?;
        let request = BackUp { path: path.display().to_string(), replace: Some(self.replace) };
        let made = wait(app.back_up(request))?;
        out.show(&made, |BackedUp { path, bytes, .. }| format!("{path}  {bytes} bytes  verified"))?;
        Ok(Outcome::Done)
    }
}

impl Restore {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let path = library.path()?;
        let kept = restore_library(&self.file, &path, self.replace, chrono::Utc::now())?;
        let answer = json!({ "path": path, "kept": kept });
        out.show(&answer, |_| {
            let kept =
                kept.as_ref().map_or(String::new(), |kept| format!("\nwhat stood there: {}", kept.display()));
            format!("{}  restored{kept}", path.display())
        })?;
        Ok(Outcome::Done)
    }
}
