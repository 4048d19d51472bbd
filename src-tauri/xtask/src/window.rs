//! `run` and `dev`: the window on this machine.

use crate::process::{cargo, tauri};
use crate::{Outcome, machine, page};

/// What makes a build carry the page inside instead of asking Vite's server for it.
pub const WITH_PAGE: &str = "tauri/custom-protocol";

/// Opens the window on the code as it stands. `--release` builds what ships; the rest goes to the program.
pub fn run(arguments: &[String]) -> Outcome {
    machine::set_up(machine::For::Window)?;
    page::build()?;
    let (release, rest): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| *argument == "--release");
    cargo()
        .args(["run", "--bin", "bilat-desktop", "--features", WITH_PAGE])
        .args(release)
        .arg("--")
        .args(rest.into_iter().filter(|argument| *argument != "--"))
        .run()
}

/// Vite serves the page and Tauri builds and starts the window again when Rust changes.
pub fn dev() -> Outcome {
    machine::set_up(machine::For::Window)?;
    page::install()?;
    tauri().arg("dev").run()
}
