//! A document named on the command line: a file, or standard input as `-` or by its absence.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bilat_clip::{MOST_BYTES, Media};

use crate::failure::Failure;

/// Reads `path`, or standard input, up to one byte more than a document may have.
pub fn read(path: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MOST_BYTES as u64 + 1;
    let read = match path.filter(|path| *path != Path::new("-")) {
        Some(path) => {
            let file = File::open(path).map_err(|error| Failure::io("reading", path.display(), &error))?;
            file.take(limit).read_to_end(&mut bytes).map_err(|error| (path.display().to_string(), error))
        }
        None => io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| ("standard input".into(), error)),
    };
    read.map_err(|(what, error)| Failure::io("reading", what, &error))?;
    Ok(bytes)
}

/// Reads text: a document that must be UTF-8.
pub fn read_text(path: Option<&Path>) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::Other(format!("reading {}: byte {at} is not UTF-8; save the text as UTF-8", name(path)))
    })
}

/// How the file is called in a message.
pub fn name(path: Option<&Path>) -> String {
    path.filter(|path| *path != Path::new("-"))
        .map_or("standard input".into(), |path| path.display().to_string())
}

/// What the file's name says of its format.
pub fn media(path: Option<&Path>) -> Media {
    Media::from_name(path.and_then(Path::to_str).unwrap_or_default())
}
