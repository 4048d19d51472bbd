//! An HTML page: what it declares of itself, and its article as clean blocks.

mod body;
mod depth;
mod page;
mod render;
pub mod sanitise;

use crate::draft::Draft;
use crate::{Error, MOST_DEPTH};

/// The stack on which a page is parsed: extractors walk the tree by recursion.
const STACK: usize = 64 * 1024 * 1024;

/// Reads a page.
pub fn read(html: &str, url: Option<&str>) -> Result<Draft, Error> {
    let depth = depth::deepest(html, MOST_DEPTH);
    if depth > MOST_DEPTH {
        return Err(Error::TooDeep { depth });
    }
    if depth::overloaded(html) {
        return Err(Error::Overloaded);
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().name("page".into()).stack_size(STACK);
        reader
            .spawn_scoped(scope, || read_shallow(html, url))
            .map_err(|_| Error::NoArticle)?
            .join()
            .unwrap_or(Err(Error::NoArticle))
    })
}

fn read_shallow(html: &str, url: Option<&str>) -> Result<Draft, Error> {
    let document = dom_query::Document::from(html);
    let mut draft = page::read(&document, url);
    body::read(document, url, &mut draft)?;
    Ok(draft)
}
