//! A document in, a Clipping out.
#![deny(missing_docs)]
