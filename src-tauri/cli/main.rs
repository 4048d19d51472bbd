//! `bilat`: the same door as the window, for scripts, for tests and for machines without a display.
//!
//! One file a command. A command asks the door and prints; what it decides is how to print.

mod analyze;
mod annotate;
mod backup;
mod batch;
mod brief;
mod browsers;
mod check;
mod clip;
mod demo;
mod document;
mod dossier;
mod export;
mod extract;
mod failure;
mod import;
mod learned;
mod list;
mod open;
mod print;
mod search;
mod serve;
mod show;
mod statements;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;
use crate::open::Library;
use crate::print::Printer;

/// Read both sides. Cite every word.
///
/// Keeps articles, marks who said what, and writes briefings on a country pair whose every quotation
/// is held against its source.
#[derive(Parser)]
#[command(name = "bilat", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done · 1 failed · 2 wrong usage · 3 a check found something")]
struct Cli {
    /// The library file; the platform's data folder has the usual one
    #[arg(long, global = true, value_name = "FILE", env = "BILAT_LIBRARY", hide_env_values = true)]
    library: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Extract),
    Analyze(analyze::Analyze),
    Clip(clip::Clip),
    Import(import::Import),
    Export(export::Export),
    List(list::List),
    Show(show::Show),
    Search(search::Search),
    Annotate(annotate::Annotate),
    Statements(statements::Statements),
    Dossier(dossier::Dossiers),
    Brief(brief::Brief),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Verify(verify::Verify),
    Check(check::Check),
    Serve(serve::Serve),
    Browsers(browsers::Browsers),
    Learned(learned::Learned),
    Demo(demo::Demo),
}

/// What a command found, as an exit code.
enum Outcome {
    Done,
    /// A check found something: exit code 3.
    Found,
}

const HELP_WITHOUT_COMMAND: clap::error::ErrorKind =
    clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;

fn main() -> ExitCode {
    bilat_clip::apart::run_if_asked();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are answers, not errors.
        Err(asked) if !asked.use_stderr() || asked.kind() == HELP_WITHOUT_COMMAND => asked.exit(),
        Err(error) => {
            eprintln!("bilat: {}", failure::usage(&error));
            return ExitCode::from(2);
        }
    };
    let library = Library::at(cli.library);
    let out = Printer { json: cli.json };
    let result = match cli.command {
        Command::Extract(command) => command.run(&out),
        Command::Analyze(command) => command.run(&out),
        Command::Clip(command) => command.run(&library, &out),
        Command::Import(command) => command.run(&library, &out),
        Command::Export(command) => command.run(&library, &out),
        Command::List(command) => command.run(&library, &out),
        Command::Show(command) => command.run(&library, &out),
        Command::Search(command) => command.run(&library, &out),
        Command::Annotate(command) => command.run(&library, &out),
        Command::Statements(command) => command.run(&library, &out),
        Command::Dossier(command) => command.run(&library, &out),
        Command::Brief(command) => command.run(&library, &out),
        Command::Backup(command) => command.run(&library, &out),
        Command::Restore(command) => command.run(&library, &out),
        Command::Verify(command) => command.run(&out),
        Command::Check(command) => command.run(&library, &out),
        Command::Serve(command) => command.run(&library, &out),
        Command::Browsers(command) => command.run(&library, &out),
        Command::Learned(command) => command.run(&library, &out),
        Command::Demo(command) => command.run(&library, &out),
    };
    match result {
        Ok(Outcome::Found) => ExitCode::from(3),
        // A closed pipe: whoever reads us has heard enough (`bilat list | head`).
        Ok(Outcome::Done) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bilat: {failure}");
            failure.exit_code()
        }
    }
}
