//! `bundle`: what is handed to people. On Debian and its kin one package with the window and the command line.

use std::fs;
use std::path::PathBuf;

use crate::process::{program, tauri};
use crate::{Outcome, machine, page, target};

/// Builds the package and shows what it installs. `--debug` builds it fast and unoptimised.
pub fn bundle(arguments: &[String]) -> Outcome {
    machine::set_up(machine::For::Window)?;
    page::install()?;
    tauri().args(["build", "--bundles", "deb"]).args(arguments).run()?;
    let package = package(arguments.iter().any(|argument| argument == "--debug"))?;
    program("dpkg-deb").arg("--contents").arg(&package).run()?;
    println!("\n{}", package.display());
    Ok(())
}

/// The newest package.
fn package(debug: bool) -> Outcome<PathBuf> {
    let folder = target().join(if debug { "debug" } else { "release" }).join("bundle/deb");
    let entries = fs::read_dir(&folder).map_err(|error| format!("reading {}: {error}", folder.display()))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let packages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "deb"));
    packages
        .max_by_key(|path| path.metadata().and_then(|metadata| metadata.modified()).ok())
        .ok_or_else(|| format!("no package in {}", folder.display()))
}
