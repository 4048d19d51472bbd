//! Writes NOTICE.md: what is in Bilat that others made, and under which licence.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use crate::process::{cargo, npm};
use crate::{Outcome, root};

const HEAD: &str = "\
# What others made

Bilat itself is licensed under MIT or Apache-2.0. It holds the works below; their licences apply to them. This page is written by
`cargo xtask notices` from what cargo and npm say.

## Fonts

Source Serif 4 (© Adobe), IBM Plex Sans (© IBM Corp.) and Source Code Pro (© Adobe), under the SIL Open Font License 1.1; \"Source\" is
a trademark of Adobe, \"Plex\" of IBM.

## Data

Capital and city names in `assets/gazetteer` contain data from GeoNames (geonames.org), Creative Commons Attribution 4.0. Country
names in several languages come from i18n-iso-countries (MIT). `assets/gazetteer/README.md` says what each file is made from.

The decision trees in `src-tauri/clip/src/html/judge.trees` were fitted on the articles of the web content extraction benchmark
WCXB (Creative Commons Attribution 4.0) and of Readability's test pages (Apache-2.0); no text of either is in Bilat.

";

/// Writes the page.
pub fn write() -> Outcome {
    let mut text = String::from(HEAD);
    let tree = ["tree", "--package", "bilat", "--edges", "normal", "--target", "all", "--prefix", "none"];
    let mut crates = BTreeSet::new();
    cargo().args(tree).args(["--format", "{p}|{l}"]).read(|line| {
        // Our own packages stand in a folder, which cargo names; those of a registry do not.
        if let Some((package, licence)) =
            line.trim_end_matches(" (*)").split_once('|').filter(|_| !line.contains(" (/"))
        {
            let name = package.trim_end_matches(" (proc-macro)").replacen(" v", " ", 1);
            crates.insert(format!("| {name} | {} |", licence.trim_end_matches(" (*)")));
        }
    })?;
    table(&mut text, "Crates", &crates);

    let mut packages = BTreeSet::new();
    npm().args(["ls", "--omit=dev", "--all", "--parseable", "--long"]).read(|line| {
        // PATH:NAME@VERSION, and more after another colon; the first line is the page itself.
        let Some((folder, package)) = line.split_once(':') else { return };
        let package = package.split(':').next().unwrap_or_default();
        if let (Some((name, version)), true) = (package.rsplit_once('@'), folder.contains("node_modules")) {
            packages.insert(format!("| {name} {version} | {} |", licence(folder)));
        }
    })?;
    table(&mut text, "Packages of the page", &packages);
    let path = root().join("NOTICE.md");
    fs::write(&path, text).map_err(|error| format!("writing {}: {error}", path.display()))
}

fn table(text: &mut String, title: &str, rows: &BTreeSet<String>) {
    let _ = write!(text, "## {title}\n\n| package | licence |\n|---|---|\n");
    for row in rows {
        let _ = writeln!(text, "{row}");
    }
    text.push('\n');
}

/// The licence that the package in `folder` declares.
fn licence(folder: &str) -> String {
    let manifest = fs::read_to_string(format!("{folder}/package.json")).unwrap_or_default();
    let after = manifest.split_once("\"license\"").map_or("", |(_, after)| after);
    after.split('"').nth(1).unwrap_or("see its folder").to_owned()
}
