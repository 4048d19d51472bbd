//! Bytes to text, whatever the other program wrote: UTF-8 with or without a mark, UTF-16, or an older
//! encoding, with any of the three line ends.

use bilat_clip::Media;

use crate::Error;

/// The text of a file, its lines ended by `\n`.
pub fn decoded(bytes: &[u8], expected: &'static str) -> Result<String, Error> {
    let text = bilat_clip::text_of(bytes, Media::Text).map_err(|error| Error::not(expected, error))?;
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
}

/// At most `most` characters of `text`, for a message.
pub fn short(text: &str, most: usize) -> String {
    let line = bilat_core::normalise_spaces(text);
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
