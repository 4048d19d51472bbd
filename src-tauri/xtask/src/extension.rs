//! The browser extension in `ui/extension`: built, linted, and driven in real Chromium.

use crate::process::{Process, cargo, npm, program};
use crate::{Outcome, machine, page, root, target};

/// Builds `ui/extension/dist/chromium` and `…/firefox`.
pub fn build() -> Process {
    npm().args(["run", "extension"])
}

/// The linter of Firefox's add-on site, which `web-ext lint` runs too.
pub fn lint() -> Process {
    npm().args(["run", "extension:lint"])
}

/// Builds the `bilat` that the journey starts and kills. It links no WebKit.
pub fn build_bilat() -> Outcome {
    cargo().args(["build", "--bin", "bilat", "--no-default-features"]).run()
}

/// The journey; nothing where there is no Chromium.
pub fn journey() -> Option<Process> {
    Some(told(npm().args(["run", "extension:e2e"]), &machine::chromium()?))
}

/// The full kill test: 200 clips, 50 deaths.
pub fn kill() -> Outcome {
    machine::set_up(machine::For::Tests)?;
    page::install()?;
    build().run()?;
    build_bilat()?;
    let chromium = machine::chromium().ok_or("there is no Chromium on this machine")?;
    let node = program("node").within(&root().join("ui"));
    told(node.args(["extension/e2e/kill.mjs", "200", "50"]), &chromium).run()
}

fn told(process: Process, chromium: &std::path::Path) -> Process {
    process.env("CHROMIUM", chromium).env("BILAT", target().join("debug/bilat"))
}
