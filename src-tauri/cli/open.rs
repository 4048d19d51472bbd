//! Which library file, and opening it.

use std::path::PathBuf;

use bilat_api::{Access, App};
use directories::ProjectDirs;

use crate::failure::Failure;

/// The library that the command line names.
pub struct Library {
    path: Option<PathBuf>,
}

impl Library {
    pub fn at(path: Option<PathBuf>) -> Self {
        Self { path }
    }

    /// Opens it; it must be there.
    pub fn existing(&self) -> Result<App, Failure> {
        self.open(Access::Existing)
    }

    /// Opens it, making it where there is none.
    pub fn create(&self) -> Result<App, Failure> {
        self.open(Access::Create)
    }

    fn open(&self, access: Access) -> Result<App, Failure> {
        Ok(App::open(&self.path()?, access, chrono::Utc::now)?)
    }

    /// Where it is, whether it is there or not.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        Ok(match &self.path {
            Some(path) => path.clone(),
            None => bilat_api::default_library(
                ProjectDirs::from("", "", "bilat").as_ref().map(ProjectDirs::data_dir),
            )?,
        })
    }
}

/// Runs one call of the door to its end.
pub fn wait<T>(call: impl Future<Output = bilat_api::Result<T>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::io("starting", "the runtime", &error))?;
    Ok(runtime.block_on(call)?)
}
