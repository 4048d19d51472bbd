//! A collection that another program wrote in, items out.
//!
//! [`read`] takes the bytes of a file and answers an iterator: one [`Item`] an article, bookmark,
//! record or feed, or the reason why that one could not be read. Only a file that is not of the
//! format at all is refused as a whole: an export of ten thousand items with one broken date gives
//! 10,000 items, one of them without a date. It is pure: it neither opens files nor asks for the time.
//!
//! One module reads one format and says at its top where the format is written down.
#![deny(missing_docs)]

mod archive;
mod bibtex;
mod bilat;
mod bookmarks;
mod csl;
mod docx;
mod factiva;
mod hypothesis;
mod instapaper;
mod item;
mod json;
mod karakeep;
mod markup;
mod nexis;
mod omnivore;
mod opml;
mod pocket;
mod press;
mod readwise;
mod ris;
mod rtf;
mod sniff;
mod table;
mod text;
mod wallabag;
mod when;
mod xml;
mod zotero;
mod zotero_json;
mod zotero_rdf;

pub use item::{Beside, BriefingText, Capture, Feed, Item, ItemError, Mark, Words};
pub use sniff::sniff;

use bilat_core::ImportFormat;

/// The most bytes that one file of a collection may have: 1 GiB.
pub const MOST_BYTES: usize = 1 << 30;

/// Why a file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is not of the format.
    #[error("this is not {expected}: {why}")]
    NotThat {
        /// What it should be, with an article: “a RIS file”.
        expected: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// It has more bytes than [`MOST_BYTES`].
    #[error("the file has more than 1 GiB; export the collection in parts")]
    TooLarge,
    /// Documents are not collections.
    #[error("{0} is no format of one file")]
    NotAFile(ImportFormat),
}

impl Error {
    pub(crate) fn not(expected: &'static str, why: impl ToString) -> Self {
        // What a parser says may quote the file, with its line breaks.
        Self::NotThat { expected, why: one_line(&why.to_string()) }
    }
}

/// A reason in one line, cut where it goes on and on.
pub(crate) fn one_line(reason: &str) -> String {
    reason.replace(['\r', '\n'], " ").chars().take(500).collect()
}

/// What one item gave.
pub type Read = Result<Item, ItemError>;

/// The items of a collection, read as they are asked for.
pub struct Items<'a> {
    total: usize,
    items: Box<dyn Iterator<Item = Read> + Send + 'a>,
}

impl<'a> Items<'a> {
    pub(crate) fn new<I>(total: usize, items: I) -> Self
    where
        I: IntoIterator<Item = Read>,
        I::IntoIter: Send + 'a,
    {
        Self { total, items: Box::new(items.into_iter()) }
    }

    pub(crate) fn of(items: Vec<Read>) -> Items<'a> {
        Items::new(items.len(), items)
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }
}

impl Iterator for Items<'_> {
    type Item = Read;
    fn next(&mut self) -> Option<Read> {
        self.items.next()
    }
}

/// Reads a collection.
///
/// # Errors
/// When the file is not of that format at all.
pub fn read(bytes: &[u8], format: ImportFormat) -> Result<Items<'_>, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::TooLarge);
    }
    match format {
        ImportFormat::CslJson => csl::read(bytes),
        ImportFormat::Ris => ris::read(bytes),
        ImportFormat::Bibtex => bibtex::read(bytes),
        ImportFormat::ZoteroRdf => zotero_rdf::read(bytes),
        ImportFormat::ZoteroJson => zotero_json::read(bytes),
        ImportFormat::Bookmarks => bookmarks::read(bytes),
        ImportFormat::Pocket => pocket::read(bytes),
        ImportFormat::Instapaper => instapaper::read(bytes),
        ImportFormat::Readwise => readwise::read(bytes),
        ImportFormat::Omnivore => omnivore::read(bytes),
        ImportFormat::Wallabag => wallabag::read(bytes),
        ImportFormat::Karakeep => karakeep::read(bytes),
        ImportFormat::Hypothesis => hypothesis::read(bytes),
        ImportFormat::Opml => opml::read(bytes),
        ImportFormat::Nexis => nexis::read(bytes),
        ImportFormat::Factiva => factiva::read(bytes),
        ImportFormat::Bilat => bilat::read(bytes),
        ImportFormat::Files | ImportFormat::Feeds => Err(Error::NotAFile(format)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_one_line_whatever_it_quotes() {
        let rdf = b"<rdf:RDF xmlns:rdf=\"x\"><a></b\nc\nd></rdf:RDF>";
        let refused = read(rdf, ImportFormat::ZoteroRdf).map(|items| items.total()).unwrap_err().to_string();
        assert!(!refused.contains('\n'), "{refused}");
    }
}
