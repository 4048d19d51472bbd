//! The one door to Bilat.
//!
//! The window, the command line, the development server and the tests all come through here: a
//! command has a name, a JSON request and a JSON response (`commands.rs` lists them), and every
//! change is told to listeners after its commit (`event.rs`). This crate composes the others:
//! `clip` reads documents, `analysis` suggests, `store` keeps, `brief` writes and checks; none of
//! them knows another. There is no state here but the library file.
#![deny(missing_docs)]

mod app;
mod archiving;
mod articles;
mod briefings;
mod carrying;
mod clipping;
mod collections;
mod commands;
mod correcting;
mod dossier;
mod dossier_notes;
mod editions;
mod error;
mod event;
mod exercise;
mod exporting;
mod feeds;
mod fetching;
#[cfg(feature = "pdf")]
mod fonts;
mod importing;
mod intake;
mod knowing;
mod ledger;
mod library;
mod marking;
mod origins;
mod pairing;
mod pairs;
mod people;
mod publishers;
mod reanalysing;
mod receiving;
mod register;
pub mod schema;
mod searching;
mod serving;
mod settings;
mod shelving;
mod show;
mod snapshots;
mod sources;
mod suggesting;
mod watching;

pub use app::{App, Clock};
pub use bilat_core::BrowserKind;
pub use bilat_store::Access;
pub use bilat_store::paired_browser::PairedBrowser;
#[allow(clippy::wildcard_imports, reason = "every request and response is part of the door")]
pub use clipping::Facts;
pub use commands::*;
pub use error::{Code, Error, Result};
pub use event::{Changed, Event};
pub use exporting::write_file;
pub use library::{default_library, restore_library};
pub use pairing::{Guess, Paired, digest, prove, recognise};
pub use receiving::{Received, Selection};
pub use register::statement_json;
pub use show::{ShownAnnotation, ShownArticle};
