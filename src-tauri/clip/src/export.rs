//! Snapshots out: as a web archive for every tool that reads one, and as one page for every browser.
//!
//! Pure: bytes and facts in, bytes out. The same snapshot at the same moment gives the same file.

mod page;
mod wacz;

use bilat_core::{CaptureMethod, CaptureRecord};
use sha2::{Digest, Sha256};

pub use page::single_file_html;
pub use wacz::wacz;

/// A snapshot as it leaves the library.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// The article's title.
    pub title: &'a str,
    /// Who wrote it, as printed.
    pub byline: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// The day of publication, EDTF.
    pub published: Option<&'a str>,
    /// The language, as a BCP 47 tag.
    pub language: Option<&'a str>,
    /// The bytes as they were received.
    pub raw: &'a [u8],
    /// The canonical text.
    pub text: &'a str,
    /// The sanitised reading copy.
    pub html: &'a str,
    /// How the bytes came.
    pub capture: &'a CaptureRecord,
}

impl Kept<'_> {
    /// Where the bytes were found; a name made of their hash where nobody says.
    fn address(&self) -> String {
        let answered = self.capture.fetch.as_ref().map(|fetch| fetch.answered.clone());
        answered
            .or_else(|| self.capture.url.clone())
            .unwrap_or_else(|| format!("urn:sha256:{}", sha256(self.raw)))
    }
}

/// What a method says of the bytes.
fn words_of(method: CaptureMethod) -> &'static str {
    match method {
        CaptureMethod::Pasted => "text pasted",
        CaptureMethod::File => "file imported",
        CaptureMethod::Fetched => "bytes fetched by Bilat",
        CaptureMethod::Rendered => "page as rendered in the browser",
    }
}

/// SHA-256 in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
