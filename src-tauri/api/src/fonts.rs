//! Fonts of this machine, for characters that the fonts of our own lack.
//!
//! East Asian fonts weigh tens of megabytes each, so none is shipped: where a system has one, it is
//! read when a briefing needs it, and set into the PDF as the part that is used.

use std::path::PathBuf;

/// Folders of fonts, of the machine and of its user.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:\\Windows\\Fonts",
    ]
    .map(PathBuf::from)
    .into();
    if let Some(user) = directories::BaseDirs::new() {
        folders.push(user.data_local_dir().join("fonts"));
        folders.push(user.home_dir().join("Library/Fonts"));
    }
    folders
}

/// The starts of the names of font files worth reading, without case: one face a script, serif first.
const WANTED: &[&str] = &[
    "notoserifcjk-regular",
    "notoserifcjksc-regular",
    "notosanscjk-regular",
    "songti.ttc",
    "simsun.ttc",
    "msyh.ttc",
    "yumin",
    "hiragino",
    "malgun.ttf",
    "applesdgothicneo",
    "notoserifdevanagari-regular",
    "notoserifthai-regular",
    "notoserifarmenian-regular",
    "notoserifbengali-regular",
    "notosanssymbols2-regular",
    "notosansmath-regular",
    "dejavusans.ttf",
    "segoeui.ttf",
    "seguisym.ttf",
    "nirmala.ttf",
    "nirmala.ttc",
];
/// The most files that are read.
const MOST: usize = 16;
/// How deep folders of fonts are looked into.
const DEEPEST: u8 = 4;

/// The bytes of font files of this machine that may have what ours lack.
pub(crate) fn installed() -> Vec<Vec<u8>> {
    let mut found: Vec<(usize, PathBuf)> = Vec::new();
    for folder in folders() {
        collect(&folder, DEEPEST, &mut found);
    }
    found.sort();
    found.into_iter().take(MOST).filter_map(|(_, path)| std::fs::read(path).ok()).collect()
}

fn collect(folder: &std::path::Path, depth: u8, found: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, found);
            }
            continue;
        }
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let good = [".ttf", ".otf", ".ttc"].iter().any(|ending| name.ends_with(ending));
        if let Some(rank) = WANTED.iter().position(|start| name.starts_with(start)).filter(|_| good) {
            found.push((rank, path));
        }
    }
}
