//! What the door answers when it cannot do what was asked: a code where the caller does something
//! different for it, and one line that says what is wrong and what to do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a command failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of failure it is.
    pub code: Code,
    /// One line: what was being done, what is wrong, what to do.
    pub message: String,
    /// The quotations that stop an export, when `code` is `quote_lock`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub check: Option<Box<bilat_brief::Check>>,
}

/// Kinds of failure; a kind exists only where a caller acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request is not of the command's shape, or no command has that name.
    BadRequest,
    /// What was given cannot be used.
    BadInput,
    /// There is no such record.
    NotFound,
    /// Somebody else saved in the meantime.
    Conflict,
    /// A file stands where one was to be written.
    Exists,
    /// A quotation is altered, missing or uncited.
    QuoteLock,
    /// The library cannot be opened.
    LibraryUnusable,
    /// The library cannot be written to.
    ReadOnly,
    /// The disk is full; nothing was saved.
    DiskFull,
    /// Reading or writing a file failed.
    Io,
    /// The address leads into a private network: a person may allow it.
    PrivateAddress,
    /// The page is empty without its scripts: a window may run them.
    NeedsScript,
    /// A server could not be reached, refused, took too long or sent too much.
    Network,
}

/// What a command answers.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of kind `code`.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), check: None }
    }

    /// There is no such record: “there is no article 12; …”.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// What was given cannot be used.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self::new(Code::BadInput, message)
    }
}
