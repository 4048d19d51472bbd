//! The door over loopback HTTP.
#![deny(missing_docs)]
