//! The library file: SQLite, one writer, three readers.
//!
//! [`Store`] opens the file and runs closures on it; the modules hold plain synchronous functions
//! over a connection, one module an idea, so that a use case can put several of them into one
//! transaction. Nothing in the tables' modules asks for the time: instants come in as RFC 3339.
#![deny(missing_docs)]

pub mod annotation;
pub mod article;
pub mod backup;
pub mod briefing;
mod cite_key;
pub mod collection;
#[cfg(test)]
mod desk;
pub mod dossier;
pub mod dossier_note;
pub mod edition;
mod error;
pub mod event;
pub mod feed;
pub mod import;
pub mod integrity;
pub mod knowledge;
pub mod link;
pub mod log;
mod migrate;
mod open;
pub mod origin;
pub mod outlet_rule;
pub mod pair;
pub mod paired_browser;
pub mod receipt;
mod row;
pub mod saved_search;
pub mod search;
pub mod setting;
pub mod snapshot;
pub mod source;
pub mod speaker;
pub mod statement;
mod store;
pub mod suggestion;
pub mod tag;
pub mod watched_folder;

pub use error::{Error, OpenError, Result};
pub use rusqlite::{Connection, Transaction};
pub use store::{Access, Store};
