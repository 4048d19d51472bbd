//! Bilat on loopback: the clip server, which takes pages from paired browsers, and beside it the
//! [`door`] for development.
//!
//! Any page in any browser, and any program of any user of this computer, can send requests to
//! loopback. So the clip server believes nothing that a request says before `guard.rs` has let it
//! in: a list of small pure functions over its head, in one order, each of which a test misses when
//! it is gone. What is let in can add to the library; nothing of the library can be read this way.
#![deny(missing_docs)]

mod answer;
mod body;
mod connection;
pub mod door;
mod endpoint;
mod form;
mod guard;
mod limits;
mod listen;
mod record;
mod server;
mod throttle;

pub use limits::Limits;
pub use listen::{ListenError, Listeners, PORTS, listen};
pub use record::Record;
pub use server::serve;
