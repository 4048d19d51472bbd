//! The library behind the window: opened once, beside the start of the window, and tried again after a failure.
//!
//! A library that cannot be opened (damaged, newer than the program, locked, in a read-only folder) does not stop
//! the program: each call answers with the reason until an attempt succeeds, and the page shows it. So "try again"
//! in the window is nothing but the next call.

use std::path::PathBuf;

use bilat_api::{App, Code, Error};
use directories::ProjectDirs;
use tokio::sync::OnceCell;

/// One library file, opened or not yet.
pub struct Library {
    path: PathBuf,
    app: OnceCell<App>,
}

impl Library {
    pub fn at(path: PathBuf) -> Self {
        Self { path, app: OnceCell::new() }
    }

    /// The open library; `opened` is called with it once, by the attempt that succeeds.
    ///
    /// # Errors
    /// [`Code::LibraryUnusable`] and why, whatever the reason: the page has one view for it.
    pub async fn open(&self, opened: impl FnOnce(&App)) -> Result<&App, Error> {
        let app = self.app.get_or_try_init(|| async {
            let path = self.path.clone();
            let app = tauri::async_runtime::spawn_blocking(move || App::open(&path)).await;
            let app = app.map_err(|stopped| Error::new(Code::LibraryUnusable, stopped.to_string()))?;
            let app = app.map_err(|error| Error { code: Code::LibraryUnusable, ..error })?;
            opened(&app);
            Ok(app)
        });
        app.await
    }
}

/// Where the library stands when nobody names another place: the platform's data folder, as for the command line.
pub fn default_path() -> PathBuf {
    let folder =
        ProjectDirs::from("", "", "Bilat").map_or_else(PathBuf::new, |dirs| dirs.data_dir().to_owned());
    // Should this fail, opening the library fails too, and says so in the window.
    let _ = std::fs::create_dir_all(&folder);
    folder.join("library.bilat")
}
