//! Why a command did not do what it was asked, and the exit code for it.

use std::fmt;
use std::io;
use std::process::ExitCode;

use bilat_api::Code;

/// One line for standard error.
#[derive(Debug)]
pub enum Failure {
    /// The door said no.
    Door(bilat_api::Error),
    /// Something about the files or the words given.
    Other(String),
    /// Nobody reads our output any more.
    BrokenPipe,
}

impl Failure {
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Door(error) if error.code == Code::QuoteLock => ExitCode::from(3),
            Failure::Door(error) if error.code == Code::BadRequest => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }

    /// A failure to read or write `what`.
    pub fn io(doing: &str, what: impl fmt::Display, error: &io::Error) -> Self {
        Failure::Other(format!("{doing} {what}: {error}"))
    }
}

/// What clap says of wrong usage, in one line; its usage and tips stand in `--help`.
pub fn usage(error: &clap::Error) -> String {
    let message = error.to_string();
    let first: Vec<&str> = message.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let first = first.join(" ");
    format!("{}; see --help", first.trim_start_matches("error: "))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Door(error) => f.write_str(&error.message),
            Failure::Other(line) => f.write_str(line),
            Failure::BrokenPipe => f.write_str("the output was closed"),
        }
    }
}

impl From<bilat_api::Error> for Failure {
    fn from(error: bilat_api::Error) -> Self {
        Failure::Door(error)
    }
}
