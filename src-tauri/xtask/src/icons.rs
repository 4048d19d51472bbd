//! `icons`: every size of the application's icon, from the one drawing.

use std::fs;

use crate::process::tauri;
use crate::{Outcome, root, target};

const SIZES: &str = "16,24,32,48,64,128,256,512,1024";

/// Draws `assets/icons/*.png`, `bilat.ico` and `bilat.icns` from `assets/icons/bilat.svg`.
pub fn draw() -> Outcome {
    let icons = root().join("assets/icons");
    let drawing = icons.join("bilat.svg");
    tauri().arg("icon").arg(&drawing).arg("--output").arg(&icons).args(["--png", SIZES]).run()?;
    // The formats of Windows and macOS come only with everything else, so they are drawn aside and fetched.
    let aside = target().join("icons");
    tauri().arg("icon").arg(&drawing).arg("--output").arg(&aside).run()?;
    for (from, to) in [("icon.ico", "bilat.ico"), ("icon.icns", "bilat.icns")] {
        fs::copy(aside.join(from), icons.join(to)).map_err(|error| format!("copying {to}: {error}"))?;
    }
    Ok(())
}
