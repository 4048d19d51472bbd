//! The library itself: where it is, what stands in it, whether it is whole.

use std::path::{Path, PathBuf};

use bilat_core::LibraryCheck;
use bilat_store::{article, briefing, setting, statement};
use chrono::{DateTime, Utc};

use crate::{App, BackUp, BackedUp, Changed, Code, Error, LibraryStatus, Nothing, Result, exercise};

/// The setting that remembers the last backup.
const LAST_BACKUP: &str = "last_backup";

/// Puts a verified backup in the place of the library at `to`. What stood there stays beside it, under a name with
/// the time in it, and that name is answered; nothing is replaced unless `replace` says so.
///
/// # Errors
/// `exists` when there is a library and it may not be replaced; `bad_input`, `library_unusable`, `io` when the backup is not
/// whole or the library is open. The library is left as it was.
pub fn restore_library(from: &Path, to: &Path, replace: bool, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    if to.exists() && !replace {
        let message = format!(
            "restoring: there is a library at {}; add --replace to put the backup in its place (it is kept beside it)",
            to.display()
        );
        return Err(Error::new(Code::Exists, message));
    }
    let name = to.file_stem().map_or("library".into(), |name| name.to_string_lossy().into_owned());
    let aside = to.with_file_name(format!("{name}-before-{}.bilat", now.format("%Y%m%d-%H%M%S")));
    Ok(bilat_store::backup::restore(from, to, &aside)?)
}

/// The library used when none is named: `library.bilat` in `data_folder`, which is made if need be.
///
/// # Errors
/// `io` when there is no such folder and it cannot be made.
pub fn default_library(data_folder: Option<&Path>) -> Result<PathBuf> {
    let advice = "name a library file with --library";
    let folder = data_folder.ok_or_else(|| {
        Error::new(Code::Io, format!("this system has no data folder for the user; {advice}"))
    })?;
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::new(Code::Io, format!("making {}: {error}; {advice}", folder.display())))?;
    Ok(folder.join("library.bilat"))
}

impl App {
    /// What stands in the library.
    pub(crate) async fn library_status(&self, _: Nothing) -> Result<LibraryStatus> {
        let (articles, unread, statements, briefings, exercise) = self
            .read(|conn| {
                let (articles, unread) = article::count(conn)?;
                let exercise = setting::read(conn, exercise::MARK)?.is_some();
                Ok((articles, unread, statement::count(conn)?, briefing::list(conn)?.len() as u32, exercise))
            })
            .await?;
        let name = self.path.file_stem().map_or("Library".into(), |name| name.to_string_lossy().into_owned());
        Ok(LibraryStatus {
            path: self.path.display().to_string(),
            name: if exercise { "Exercise".into() } else { name },
            articles,
            unread,
            statements,
            briefings,
            exercise,
            read_only: self.store.is_read_only(),
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }

    /// Writes a verified copy of the library to a file, and remembers where and when.
    ///
    /// # Errors
    /// `exists` when a file stands there and may not be replaced; `bad_input`, `disk_full`, `io` when it cannot be
    /// written.
    pub async fn back_up(&self, request: BackUp) -> Result<BackedUp> {
        let path = PathBuf::from(&request.path);
        if !request.replace.unwrap_or_default() && path.exists() {
            let message = format!(
                "backing up: {} is there already; replace it, or choose another name",
                path.display()
            );
            return Err(Error::new(Code::Exists, message));
        }
        let (store, to) = (self.store.clone(), path.clone());
        let copied = tokio::task::spawn_blocking(move || bilat_store::backup::backup(&store, &to)).await;
        copied.map_err(|stopped| Error::new(Code::Io, format!("backing up: {stopped}")))??;
        let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
        let made = BackedUp { path: request.path, bytes, at: self.now() };
        let kept = serde_json::json!(made);
        self.write(Changed::Settings, move |tx| setting::write(tx, LAST_BACKUP, &kept)).await?;
        Ok(made)
    }

    /// Recomputes every hash and follows the log from its first entry.
    ///
    /// # Errors
    /// Only when the library cannot be read at all; what is damaged is in the answer.
    pub async fn check_library(&self, _: Nothing) -> Result<LibraryCheck> {
        self.read(bilat_store::integrity::check).await
    }
}
