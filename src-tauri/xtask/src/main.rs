//! Set-up, run, test, bundle and bench in one program, which needs nothing but Rust to start.
//!
//! `cargo xtask` stands on the standard library alone, so that it compiles in a second or two on a new machine and
//! can then say what else is missing there, and install it.

mod bundle;
mod display;
mod extension;
mod icons;
mod machine;
mod notices;
mod page;
mod process;
mod steps;
mod test;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [ARGUMENTS]          set up what is missing, build, and open the window
  test [--rust|--ui|--e2e] everything that has to hold, or a part of it
  dev                      the window with hot reload
  bundle [--debug]         a .deb with the window and the `bilat` command
  bench [ARGUMENTS]        the benchmarks (docs/benchmarks.md); with --window, the start of the window;
                           with --kill, 200 clips from the extension while Bilat is killed 50 times
  schema                   write the page's types from the command list
  notices                  write NOTICE.md from what cargo and npm say
  icons                    draw assets/icons anew from bilat.svg
  setup                    set up what `run` and `test` need, and nothing else
  help                     this text

What is missing on the machine is named, and installed with its package manager (apt, dnf, pacman or brew),
as root or through sudo. BILAT_NO_INSTALL=1 only names it.
";

/// What went wrong, in one line.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_else(|| "help".into());
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "run" => window::run(&rest),
        "dev" => window::dev(),
        "test" => test::test(&rest),
        "bundle" => bundle::bundle(&rest),
        "bench" => bench(&rest),
        "schema" => page::schema(),
        "notices" => notices::write(),
        "icons" => icons::draw(),
        "setup" => machine::set_up(machine::For::Tests).and_then(|()| page::install()),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => {
            eprint!("xtask: there is no command “{other}”\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The benchmarks link no WebKit: they measure the library.
fn bench(arguments: &[String]) -> Outcome {
    if arguments == ["--window"] {
        return window::start_up();
    }
    if arguments == ["--kill"] {
        return extension::kill();
    }
    machine::set_up(machine::For::Library)?;
    process::cargo()
        .args(["bench", "--workspace", "--no-default-features", "--benches"])
        .args(arguments)
        .run()
}

/// The repository's root. Cargo says at run time where this package stands; where it was compiled may be another
/// clone's folder when several share one target folder.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(package).join("../..").canonicalize().expect("cargo runs this inside the repository")
}

/// Where cargo builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}
