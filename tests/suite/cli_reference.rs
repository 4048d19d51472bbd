//! docs/cli.md says what `--help` says.

use std::fmt::Write;
use std::path::Path;

use crate::cli::Shell;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["extract"],
    &["analyze"],
    &["clip"],
    &["import"],
    &["export"],
    &["list"],
    &["show"],
    &["search"],
    &["annotate"],
    &["statements"],
    &["brief"],
    &["brief", "draft"],
    &["brief", "list"],
    &["brief", "show"],
    &["brief", "edit"],
    &["brief", "check"],
    &["brief", "export"],
    &["backup"],
    &["restore"],
    &["check"],
    &["serve"],
    &["browsers"],
    &["learned"],
    &["demo"],
];

#[test]
fn the_reference_is_what_the_program_says() {
    let shell = Shell::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let written = std::fs::read_to_string(&path).expect("docs/cli.md is in the repository");
    let mut reference = String::new();
    for command in COMMANDS {
        let help = shell.run(&[command, &["--help"][..]].concat()).out;
        let help: String = help.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        let name = [&["bilat"], *command].concat().join(" ");
        write!(reference, "## `{name}`\n\n```text\n{}\n```\n\n", help.trim_end()).unwrap();
    }
    let (head, _) = written.split_once("## `bilat`").unwrap_or((&written, ""));
    let wanted = format!("{}\n", format!("{head}{reference}").trim_end());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
        return;
    }
    assert_eq!(written, wanted, "run UPDATE_DOCS=1 cargo test --no-default-features --test suite reference");
}
