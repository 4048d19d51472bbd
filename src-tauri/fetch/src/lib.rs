//! The one way out to the network.
#![deny(missing_docs)]
