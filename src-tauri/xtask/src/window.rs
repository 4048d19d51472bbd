//! `run` and `dev`: the window on this machine; `bench --window`: how long it takes to open.

use crate::display::Display;
use crate::process::{Process, cargo, program, tauri};
use crate::{Outcome, machine, page, root, target};

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

/// Measures the start of what ships.
pub fn start_up() -> Outcome {
    machine::set_up(machine::For::Tests)?;
    page::build()?;
    cargo().args(["build", "--release", "--bins", "--features", WITH_PAGE]).run()?;
    let display = Display::open()?;
    driven(&display, "release").arg("e2e/startup.mjs").run()
}

/// Node in `ui/`, told on which display the window opens, which build is driven and where pictures go.
pub fn driven(display: &Display, build: &str) -> Process {
    let target = target();
    program("node")
        .within(&root().join("ui"))
        .env("DISPLAY", display.name())
        .env("BILAT_DESKTOP", target.join(build).join("bilat-desktop"))
        .env("BILAT", target.join(build).join("bilat"))
        .env("BILAT_PICTURES", target.join("e2e"))
}
