//! The library file: SQLite, one writer, three readers.
#![deny(missing_docs)]
