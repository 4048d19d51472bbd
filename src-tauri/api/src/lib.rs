//! The one door: use cases, the command list, events, errors.
#![deny(missing_docs)]
