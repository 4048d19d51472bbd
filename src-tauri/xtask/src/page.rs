//! The page in `ui/`: its packages, its build.

use std::fs;
use std::path::Path;

use crate::process::{cargo, npm};
use crate::{Outcome, root};

/// Installs the page's packages when the lock file is not the one they were installed from.
///
/// No package may run a script of its own while it is installed.
pub fn install() -> Outcome {
    let ui = root().join("ui");
    let lock = read(&ui.join("package-lock.json"))?;
    let installed = ui.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|from| from == lock) {
        return Ok(());
    }
    npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).run()?;
    fs::write(&installed, lock).map_err(|error| format!("writing {}: {error}", installed.display()))
}

/// Builds `ui/dist`, which the window carries inside.
pub fn build() -> Outcome {
    install()?;
    npm().args(["run", "build"]).run()
}

/// Writes the types of everything that passes the door, as `bilat-api` declares them.
pub fn schema() -> Outcome {
    let path = root().join("ui/src/host/schema.ts");
    let mut text = String::new();
    let print = cargo().args(["run", "--quiet", "--package", "bilat-api", "--example", "schema"]);
    print.read(|line| text.extend([line, "\n"]))?;
    fs::write(&path, text).map_err(|error| format!("writing {}: {error}", path.display()))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("reading {}: {error}", path.display()))
}
