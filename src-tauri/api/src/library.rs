//! The library itself: where it is, what stands in it, whether it is whole.

use std::path::{Path, PathBuf};

use bilat_core::LibraryCheck;
use bilat_store::{article, briefing, setting, statement};

use crate::{App, Code, Error, LibraryStatus, Nothing, Result, exercise};

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

    /// Recomputes every hash and follows the log from its first entry.
    ///
    /// # Errors
    /// Only when the library cannot be read at all; what is damaged is in the answer.
    pub async fn check_library(&self, _: Nothing) -> Result<LibraryCheck> {
        self.read(bilat_store::integrity::check).await
    }
}
