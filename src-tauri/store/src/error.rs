//! What can go wrong with a library, each in one line that says what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The result of reading or changing a library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a library could not be read or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such record.
    #[error("there is no {what} {id} in this library")]
    NotFound {
        /// What was looked for, such as `article`.
        what: &'static str,
        /// The number or key given.
        id: String,
    },
    /// The input cannot be kept; the text says what and why.
    #[error("{0}")]
    Invalid(String),
    /// What was stored does not have the hash it was stored with.
    #[error("{what} is damaged: its words do not match their hash; run a check and restore a backup")]
    Damaged {
        /// What is damaged, such as `snapshot 12`.
        what: String,
    },
    /// The disk is full.
    #[error("the disk is full, so nothing was saved; free some space and try again")]
    Full,
    /// The library is read-only.
    #[error("this library is open for reading only; copy it to a folder you may write to")]
    ReadOnly,
    /// Another program kept the library busy for five seconds.
    #[error("another program is writing to this library; try again in a moment")]
    Busy,
    /// The closure given panicked; its transaction was rolled back.
    #[error("an operation on the library failed inside Bilat and was undone: {0}")]
    Panicked(String),
    /// The library was closed.
    #[error("the library is closed")]
    Closed,
    /// SQLite says otherwise.
    #[error("the library could not be read or written: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// A file beside the library could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Error {
    /// No `what` numbered or named `id`.
    pub fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::File { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error().map(|error| (error.code, error.extended_code)) {
            // A disk that fills under the write-ahead log shows as an I/O error of the write.
            Some((ErrorCode::DiskFull, _) | (_, rusqlite::ffi::SQLITE_IOERR_WRITE)) => Self::Full,
            Some((ErrorCode::ReadOnly, _)) => Self::ReadOnly,
            Some((ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _)) => Self::Busy,
            Some((ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _)) => {
                Self::Damaged { what: "the library file".into() }
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Sqlite(rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into()))
    }
}

/// Why a file was not opened. It was not written to.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such file.
    #[error("there is no library at {}; check the path, or clip something to make one", .0.display())]
    Missing(PathBuf),
    /// The file has no bytes: a synchroniser may have cut it short.
    #[error("{} is empty (0 bytes), so it was left as it is; restore a backup, or move it away", .0.display())]
    Empty(PathBuf),
    /// The file is something else.
    #[error("{} is not a Bilat library, so it was left as it is; choose another file", .0.display())]
    NotALibrary(PathBuf),
    /// The file was made by a newer Bilat.
    #[error(
        "{} was made by a newer Bilat (version {found} of its tables, this one knows {known}); update Bilat",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version that this program writes.
        known: i64,
    },
    /// SQLite finds the file damaged.
    #[error("{} is damaged ({reason}), so it was left as it is; restore a backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// The folder cannot be written to, or the file not read.
    #[error("{} cannot be opened ({reason}); choose a folder that you may write to", path.display())]
    Denied {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Another program holds the file locked.
    #[error("{} is locked by another program; close it and try again", .0.display())]
    Locked(PathBuf),
    /// The disk is full.
    #[error("the disk is full, so {} was not opened; free some space and try again", .0.display())]
    Full(PathBuf),
    /// The SQLite that this program was built with has a known fault.
    #[error("this Bilat was built with SQLite {0}, which can damage libraries; 3.51.3 or newer is needed")]
    OldSqlite(&'static str),
    /// SQLite did not take a setting that the library's safety rests on.
    #[error(
        "SQLite did not keep the setting {name} ({found} instead of {wanted}); the library was not opened"
    )]
    Setting {
        /// The setting.
        name: &'static str,
        /// What was asked for.
        wanted: String,
        /// What it reads.
        found: String,
    },
    /// A step to a newer version failed; the backup made before it stands.
    #[error("{} could not be brought to version {to} ({reason}); it is unchanged, and {} is a copy", path.display(), backup.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// The version of the step.
        to: i64,
        /// What failed.
        reason: String,
        /// The copy made before.
        backup: PathBuf,
    },
    /// Anything else.
    #[error("{} could not be opened: {reason}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What failed.
        reason: String,
    },
}
