//! `test`: everything that has to hold, from formatting to a journey in the real window.

use std::fs;
use std::path::PathBuf;

use crate::display::Display;
use crate::process::{Process, cargo, npm, output};
use crate::steps::Steps;
use crate::window::{self, WITH_PAGE};
use crate::{Outcome, extension, machine, page, root, target};

const FORMAT: &str = "formatting";
const CLIPPY: &str = "clippy";
const RUST: &str = "Rust tests";
const NO_WEBKIT: &str = "`bilat` links no WebKit";
const BUILD_PAGE: &str = "building the page";
const LINT: &str = "the page's lint";
const TYPES: &str = "the page's types";
const PAGE: &str = "the page's tests";
const BUILD_EXTENSION: &str = "building the extension";
const LINT_EXTENSION: &str = "the extension, as Firefox's linter has it";
const EXTENSION: &str = "the extension's journey";
const BUILD_WINDOW: &str = "building the window";
const WINDOW: &str = "the window's journey";

/// Which parts to run.
#[derive(Clone, Copy)]
struct Parts {
    rust: bool,
    ui: bool,
    e2e: bool,
}

/// Runs all parts, or those named.
pub fn test(arguments: &[String]) -> Outcome {
    let parts = parts(arguments)?;
    let needs = match parts {
        Parts { ui: false, e2e: false, .. } => machine::For::Window,
        _ => machine::For::Tests,
    };
    machine::set_up(needs)?;

    let mut steps = Steps::new();
    if parts.rust {
        steps.run(FORMAT, cargo().args(["fmt", "--all", "--check"]));
    }
    // The window carries the page inside, so that the page comes first even when only Rust is tested.
    let page = steps.take("the page's packages", page::install())
        && steps.run(BUILD_PAGE, npm().args(["run", "build"]));
    if parts.ui {
        ui(&mut steps, page);
    }
    if parts.rust {
        rust(&mut steps, page);
    }
    if parts.e2e {
        extension(&mut steps, page);
        e2e(&mut steps, page);
    }
    steps.summary()
}

fn parts(arguments: &[String]) -> Outcome<Parts> {
    let mut parts = Parts { rust: false, ui: false, e2e: false };
    for argument in arguments {
        match argument.as_str() {
            "--rust" => parts.rust = true,
            "--ui" => parts.ui = true,
            "--e2e" => parts.e2e = true,
            other => return Err(format!("test: there is no part “{other}”; it is --rust, --ui or --e2e")),
        }
    }
    if arguments.is_empty() { Ok(Parts { rust: true, ui: true, e2e: true }) } else { Ok(parts) }
}

fn ui(steps: &mut Steps, page: bool) {
    if !page {
        for step in [LINT, TYPES, PAGE] {
            steps.leave_out(step, "the page is not built");
        }
        return;
    }
    steps.run(LINT, npm().args(["run", "lint"]));
    steps.run(TYPES, npm().args(["run", "check"]));
    let chromium = machine::chromium().unwrap_or_default();
    steps.run(PAGE, npm().args(["run", "test"]).env("CHROMIUM", chromium));
}

/// Without a page the window cannot be compiled; everything else still is, and tested.
fn rust(steps: &mut Steps, page: bool) {
    let features: &[&str] = if page { &["--features", WITH_PAGE] } else { &["--no-default-features"] };
    let clippy = cargo().args(["clippy", "--workspace", "--all-targets"]).args(features);
    steps.run(CLIPPY, clippy.args(["--", "--deny", "warnings"]));
    let tests = cargo().args(["test", "--workspace", "--no-fail-fast"]).args(features);
    if steps.run(RUST, tests) {
        steps.take(NO_WEBKIT, links_no_webkit());
    } else {
        steps.leave_out(NO_WEBKIT, "the Rust tests failed");
    }
}

/// The command line has to run where there is no web view.
fn links_no_webkit() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let bilat = target().join("debug/bilat");
    let libraries = output("ldd", &[&bilat.to_string_lossy()]).ok_or("ldd cannot read target/debug/bilat")?;
    match libraries.lines().find(|line| line.contains("webkit") || line.contains("libgtk")) {
        Some(line) => Err(format!("it links {}", line.trim())),
        None => Ok(()),
    }
}

/// The built extension in real Chromium, with a Bilat that is killed now and then.
fn extension(steps: &mut Steps, page: bool) {
    if !page || !steps.run(BUILD_EXTENSION, extension::build()) {
        for step in [LINT_EXTENSION, EXTENSION] {
            steps.leave_out(step, "the extension is not built");
        }
        return;
    }
    steps.run(LINT_EXTENSION, extension::lint());
    let Some(journey) = extension::journey() else {
        println!("{EXTENSION}: there is no Chromium on this machine; not run");
        return;
    };
    if let Err(error) = extension::build_bilat() {
        steps.leave_out(EXTENSION, &error);
        return;
    }
    steps.run(EXTENSION, journey);
}

fn e2e(steps: &mut Steps, page: bool) {
    if !cfg!(target_os = "linux") {
        println!("{WINDOW}: only WebKitGTK can be driven; not run on this system");
        return;
    }
    if !page {
        steps.leave_out(WINDOW, "the page is not built");
        return;
    }
    let build = cargo().args(["build", "--bins", "--features", WITH_PAGE]);
    if !steps.run(BUILD_WINDOW, build) {
        steps.leave_out(WINDOW, "the window is not built");
        return;
    }
    match Display::open().and_then(|display| Ok((journey(&display)?, display))) {
        Ok((journey, _display)) => {
            steps.run(WINDOW, journey);
        }
        Err(error) => {
            steps.take(WINDOW, Err(error));
        }
    }
}

/// Node's own test runner on `ui/e2e/*.test.mjs`, told where the programs are and where pictures go.
fn journey(display: &Display) -> Outcome<Process> {
    let tests = journeys()?;
    let reporting = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
    Ok(window::driven(display, "debug").args(reporting).args(tests))
}

fn journeys() -> Outcome<Vec<PathBuf>> {
    let folder = root().join("ui/e2e");
    let entries = fs::read_dir(&folder).map_err(|error| format!("reading {}: {error}", folder.display()))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut tests: Vec<_> = paths.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    tests.sort();
    if tests.is_empty() { Err(format!("no *.test.mjs in {}", folder.display())) } else { Ok(tests) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_name_all_parts_run() {
        let all = parts(&[]).expect("nothing to refuse");
        assert!(all.rust && all.ui && all.e2e);
    }

    #[test]
    fn a_part_that_does_not_exist_is_refused() {
        assert!(parts(&["--rusty".into()]).is_err());
        let one = parts(&["--ui".into()]).expect("there is such a part");
        assert!(one.ui && !one.rust && !one.e2e);
    }

    #[test]
    fn the_window_has_a_journey() {
        assert!(journeys().is_ok());
    }
}
