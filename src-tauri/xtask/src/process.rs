//! Other programs: started in the repository's root, echoed as one would type them, failing in one line.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, root};

/// A program to run.
pub struct Process {
    command: Command,
}

/// Any program.
pub fn program(name: impl AsRef<OsStr>) -> Process {
    let mut command = Command::new(name);
    command.current_dir(root());
    Process { command }
}

/// The cargo that runs this program.
pub fn cargo() -> Process {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm, in the page's folder.
pub fn npm() -> Process {
    program(if cfg!(windows) { "npm.cmd" } else { "npm" }).within(&root().join("ui"))
}

/// Tauri's own command line. The exact version, so that a new release does not change what is built.
pub fn tauri() -> Process {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    program(npm).args(["exec", "--yes", "--package=@tauri-apps/cli@2.12.5", "--", "tauri"])
}

/// Whether a program answers to these arguments.
pub fn answers(name: &str, arguments: &[&str]) -> bool {
    output(name, arguments).is_some()
}

/// What a program prints, if it is there and succeeds.
pub fn output(name: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(name).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program of this name stands in the search path.
pub fn is_there(name: &str) -> bool {
    found(name).is_some()
}

/// Where in the search path a program stands.
pub fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

impl Process {
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn args<T: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Outcome {
        self.echo();
        let status = self.command.status();
        self.judge(status)
    }

    /// Runs it to its end and shows each line that it prints, to us as well.
    pub fn run_and_read(self, mut line_read: impl FnMut(&str)) -> Outcome {
        self.read(|line| {
            println!("{line}");
            line_read(line);
        })
    }

    /// Runs it to its end and takes each line that it prints.
    pub fn read(mut self, mut line_read: impl FnMut(&str)) -> Outcome {
        self.echo();
        let child = self.command.stdout(Stdio::piped()).spawn();
        let status = child.and_then(|mut child| {
            if let Some(stdout) = child.stdout.take() {
                for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                    line_read(&String::from_utf8_lossy(&line));
                }
            }
            child.wait()
        });
        self.judge(status)
    }

    fn echo(&self) {
        eprintln!("\n$ {}", self.as_typed());
    }

    fn judge(&self, status: std::io::Result<std::process::ExitStatus>) -> Outcome {
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("“{}” failed ({status})", self.as_typed())),
            Err(error) => Err(format!("“{}” cannot be started: {error}", self.as_typed())),
        }
    }

    fn as_typed(&self) -> String {
        let program = Path::new(self.command.get_program()).file_stem().unwrap_or_default();
        let words = std::iter::once(program).chain(self.command.get_args());
        words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    }
}
