//! Why a document could not be clipped: one line that says what is wrong and what to do.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Why a document could not be clipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No words at all.
    #[error("the document is empty; copy the article again, or choose another file")]
    Empty,
    /// More bytes than [`crate::MOST_BYTES`].
    #[error("the document has {} MiB, and 64 MiB is the most; save the article alone", bytes / (1024 * 1024))]
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// Not text: a picture, an archive, a program.
    #[error("the document is not text but {what}; export it as HTML, Markdown or plain text")]
    Binary {
        /// What the bytes look like.
        what: Cow<'static, str>,
    },
    /// Elements nested deeper than any real page.
    #[error("the page is nested {depth} elements deep, which no article needs; paste its text instead")]
    TooDeep {
        /// How deep at least.
        depth: usize,
    },
    /// An element with thousands of attributes, or a run of text with a hundred thousand escaped letters.
    #[error(
        "a part of the page has thousands of attributes or escaped letters, which no article needs; paste its text instead"
    )]
    Overloaded,
    /// More blocks of text than any article.
    #[error(
        "the page has {blocks} blocks of text, which is more work than any article needs; paste its text instead"
    )]
    TooMuch {
        /// How many it has.
        blocks: usize,
    },
    /// A page, but no article in it.
    #[error("the page holds no article; select its text in the browser and paste it instead")]
    NoArticle,
    /// A file that is damaged or not what its name says.
    #[error("the {what} could not be read: {why}; save or download it again")]
    Broken {
        /// What kind of file.
        what: Cow<'static, str>,
        /// What is wrong with it.
        why: String,
    },
    /// A file that unpacks to far more than any document.
    #[error("the {what} unpacks to far more than any document holds, as a bomb does; save the article alone")]
    Bomb {
        /// What kind of file.
        what: Cow<'static, str>,
    },
    /// More documents, or more bytes of them, than can be held at once.
    #[error("the file holds more documents than can be read at once; split it")]
    TooMany,
    /// A digest that does not fit the bytes.
    #[error(
        "{path} in the archive was changed: it does not have the digest that the archive states; download it again"
    )]
    Digest {
        /// The entry.
        path: String,
    },
    /// A file of many documents where one was asked for.
    #[error("the file holds {count} documents; import it, and each becomes an article")]
    Many {
        /// How many.
        count: usize,
    },
    /// An archive without a page.
    #[error("the archive holds no page that its server gave; choose another file")]
    NoPages,
    /// A PDF file behind a password.
    #[error("the PDF file asks for a password; save it without one")]
    Locked,
    /// A PDF file of pictures.
    #[error("the PDF file holds pictures of pages and no text; have its text recognised first")]
    NoText,
    /// A document that its reader did not survive, or not in time.
    #[error("the document could not be read: {why}; save its text alone")]
    Apart {
        /// What happened.
        why: String,
    },
}

impl Error {
    /// A file that is damaged, in one line.
    pub(crate) fn broken(what: &'static str, why: &str) -> Self {
        let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
        Self::Broken { what: what.into(), why }
    }
}
