//! Markdown to Document: quote lock, language check, exporters.
#![deny(missing_docs)]
