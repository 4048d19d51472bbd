//! Compiles the exercise in: every file of `assets/exercise`, by name.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercise");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("assets/exercise is in the repository")
        .map(|entry| entry.expect("assets/exercise can be read").path())
        .collect();
    names.sort();
    let mut code = String::from("static FILES: &[(&str, &str)] = &[\n");
    for path in names {
        let name = path.file_name().expect("an entry has a name").to_string_lossy();
        let path = path.canonicalize().expect("the file is there");
        writeln!(code, "    ({name:?}, include_str!({:?})),", path.display().to_string())
            .expect("a String takes all");
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("exercise.rs"), code).expect("OUT_DIR can be written");
}
