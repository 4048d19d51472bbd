//! A collection that another program wrote in, items out.
#![deny(missing_docs)]
