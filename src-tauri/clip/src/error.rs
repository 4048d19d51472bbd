//! Why a document could not be clipped: one line that says what is wrong and what to do.

/// Why a document could not be clipped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
        what: &'static str,
    },
    /// Elements nested deeper than any real page.
    #[error("the page is nested {depth} elements deep, which no article needs; paste its text instead")]
    TooDeep {
        /// How deep at least.
        depth: usize,
    },
    /// An element with thousands of attributes.
    #[error(
        "an element of the page has thousands of attributes, which no article needs; paste its text instead"
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
}
