//! Suggestions found in a text: pure, no I/O, no clock.
#![deny(missing_docs)]
