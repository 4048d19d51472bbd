//! The vocabulary: types and pure functions; no I/O, no clock.
#![deny(missing_docs)]
