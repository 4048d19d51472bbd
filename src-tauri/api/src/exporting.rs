//! Exports: a briefing leaves as a file, or does not leave.
//!
//! The check and the words come from one reading of the library. The file is written beside its
//! place, synced and renamed, so that the former file is whole until the new one is.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use bilat_brief::export::{self, Bibliography, Options};
use bilat_core::Sha256Hex;
use bilat_store::{briefing, log};

use crate::sources::FromLibrary;
use crate::{App, Changed, Code, Error, ExportBriefing, Exported, Format, Result};

impl App {
    /// Writes a briefing to a file.
    ///
    /// # Errors
    /// `exists` when a file stands at the path and may not be replaced; `quote_lock`, with the check, when a quotation is altered, missing or uncited and no draft was
    /// asked for; `io` when the file cannot be written. The former file is left as it was.
    pub async fn export_briefing(&self, request: ExportBriefing) -> Result<Exported> {
        let ExportBriefing { id, format, path, draft, replace } = request;
        if !replace.unwrap_or_default() && Path::new(&path).exists() {
            let message = format!(
                "exporting briefing {id}: {path} is there already; replace it, or choose another name"
            );
            return Err(Error::new(Code::Exists, message));
        }
        let (document, check) = self
            .read(move |conn| {
                let markdown = briefing::read(conn, id)?.markdown;
                let sources = FromLibrary::new(conn);
                let parsed = bilat_brief::parse(&markdown);
                let check = bilat_brief::check_document(&parsed, &markdown, &sources);
                let works = Bibliography::new(&parsed, &sources);
                let options = Options { draft: draft && !check.passes(), ..Options::default() };
                let document = match format {
                    Format::Markdown => export::markdown(&markdown, &parsed, &check, &works, options),
                    Format::Html => export::html(&parsed, &check, &works, options),
                };
                Ok((document, check))
            })
            .await?;
        if !check.passes() && !draft {
            let count = check.quotations.iter().filter(|quotation| quotation.state.stops()).count();
            let message = format!(
                "exporting briefing {id}: {count} of {} quotations cannot be verified, so nothing was written; \
                 mend them, or export as a draft",
                check.total
            );
            return Err(Error { check: Some(Box::new(check)), ..Error::new(Code::QuoteLock, message) });
        }
        let bytes = document.into_bytes();
        let size = bytes.len() as u64;
        let sha256 = Sha256Hex::of(&bytes);
        let target = path.clone();
        let written = tokio::task::spawn_blocking(move || write_file(Path::new(&target), &bytes));
        written
            .await
            .map_err(|error| Error::new(Code::Io, format!("exporting briefing {id}: {error}")))??;
        let now = self.now();
        let details = serde_json::json!({ "path": path, "draft": draft, "sha256": sha256, "verified": check.verified, "total": check.total });
        self.write(Changed::Briefings, move |tx| {
            log::append(tx, &now, "briefing exported", &format!("briefing {id}"), &details)
        })
        .await?;
        Ok(Exported { path, bytes: size, check })
    }
}

/// Writes `bytes` to `path` whole or not at all: beside it, synced, renamed, the folder synced.
///
/// # Errors
/// `io` when it cannot be written; what stood at `path` is left as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |error: io::Error| {
        Error::new(
            Code::Io,
            format!("writing {}: {error}; the former file, if any, is as it was", path.display()),
        )
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let message =
            format!("writing {}: there is no folder {}; make it first", path.display(), folder.display());
        return Err(Error::new(Code::Io, message));
    }
    let mut file = tempfile::Builder::new().prefix(".bilat-").tempfile_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    readable(file.as_file()).map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    // Where a folder cannot be synced (Windows), the rename is as durable as the system makes it.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A temporary file is its maker's alone; a document is for others too, as the folder allows.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}
