//! The window: `bilat-desktop [--library FILE] [LINK]`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

use bilat_shell::Start;
use clap::Parser;

/// Bilat: clip articles, attribute what was said, brief on a country pair.
#[derive(Parser)]
#[command(name = "bilat-desktop", version)]
struct Arguments {
    /// The library to open; it is made when it does not exist [default: the platform's data folder].
    #[arg(long, value_name = "FILE", env = "BILAT_LIBRARY")]
    library: Option<PathBuf>,
    /// A bilat: link to follow.
    #[arg(value_name = "LINK")]
    link: Option<String>,
}

fn main() -> ExitCode {
    bilat_clip::apart::run_if_asked();
    let Arguments { library, link } = Arguments::parse();
    match bilat_shell::run(Start { library, link }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bilat-desktop: opening the window: {error}");
            ExitCode::FAILURE
        }
    }
}
