//! The library behind the window: opened once, beside the start of the window, and tried again after a failure.
//!
//! A library that cannot be opened (damaged, newer than the program, locked, in a read-only folder) does not stop
//! the program: each call answers with the reason until an attempt succeeds, and the page shows it. So "try again"
//! in the window is nothing but the next call.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bilat_api::{Access, App, Code, Error, default_library};
use directories::ProjectDirs;
use tokio::sync::OnceCell;

/// One library file, opened or not yet.
pub struct Library {
    named: Option<PathBuf>,
    app: OnceCell<Arc<App>>,
}

impl Library {
    /// The library at this path, or the default one.
    pub fn at(named: Option<PathBuf>) -> Self {
        Self { named, app: OnceCell::new() }
    }

    /// Where it stands: where the person says, or in the platform's data folder, as for the command line.
    ///
    /// # Errors
    /// When there is no data folder and none can be made.
    pub fn place(&self) -> Result<PathBuf, Error> {
        match &self.named {
            Some(path) => Ok(path.clone()),
            None => default_library(ProjectDirs::from("", "", "bilat").as_ref().map(ProjectDirs::data_dir)),
        }
    }

    /// The open library, made where there is none; `opened` is called with it once, by the attempt that succeeds.
    ///
    /// # Errors
    /// [`Code::LibraryUnusable`] and why, whatever the reason: the page has one view for it.
    pub async fn open(&self, opened: impl FnOnce(&Arc<App>)) -> Result<&Arc<App>, Error> {
        let app = self.app.get_or_try_init(|| async {
            let path = self.place().map_err(unusable)?;
            let app = tauri::async_runtime::spawn_blocking(move || open(&path)).await;
            let app = app.map_err(|stopped| Error::new(Code::LibraryUnusable, stopped.to_string()))??;
            let app = Arc::new(app);
            opened(&app);
            Ok(app)
        });
        app.await
    }
}

fn open(path: &Path) -> Result<App, Error> {
    App::open(path, Access::Create, chrono::Utc::now).map_err(unusable)
}

fn unusable(error: Error) -> Error {
    Error { code: Code::LibraryUnusable, ..error }
}
