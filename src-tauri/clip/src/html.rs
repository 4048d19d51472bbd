//! An HTML page: what it declares of itself, and its article as clean blocks.

mod around;
mod body;
mod depth;
mod image;
mod judge;
mod page;
mod render;
pub mod sanitise;

use crate::draft::{Draft, Piece};
use crate::{Error, MOST_DEPTH};

/// A page that nests no deeper is read on the caller's stack: items and cells, which are not counted,
/// at most treble it. A thread for each page would warm up every pattern anew.
const SHALLOW: usize = 64;
/// The stack on which a deeper page is parsed: extractors walk the tree by recursion.
const STACK: usize = 64 * 1024 * 1024;

/// The most blocks that a page may have: the work done on a page grows with them, and the longest real
/// ones have a tenth of it.
const MOST_BLOCKS: usize = 300_000;

/// Work beyond which a page is read in a process of its own: its bytes times how deep it nests, which is what
/// extractors take time for. Two MiB of a usual page; real ones have a tenth.
const MOST_WORK: usize = 100_000_000;
/// How deep a page counts as nested at least.
const USUAL_DEPTH: usize = 48;

/// Whether a page is more work than its reader's own process should do.
pub fn is_heavy(html: &str) -> bool {
    let most = MOST_WORK / html.len().max(1);
    most < USUAL_DEPTH || depth::deepest(html, most.min(MOST_DEPTH)) > most
}

/// Reads a page.
pub fn read(html: &str, url: Option<&str>) -> Result<Draft, Error> {
    guarded(html, || read_shallow(html, url))
}

/// Every block of a page that holds nothing but its article: a letter. `prepare` takes out what such a
/// page hides.
pub fn blocks(html: &str, prepare: impl Fn(&dom_query::Document) + Send + Sync) -> Result<Vec<Piece>, Error> {
    guarded(html, || {
        let document = dom_query::Document::from(html);
        prepare(&document);
        let blocks = render::blocks(&document.root(), body::base(&document, None).as_ref());
        if blocks.len() > MOST_BLOCKS {
            return Err(Error::TooMuch { blocks: blocks.len() });
        }
        Ok(blocks.into_iter().map(|block| block.piece).collect())
    })
}

/// Does `work` on a page that nests no deeper than the stack it is done on bears.
fn guarded<T: Send>(html: &str, work: impl Fn() -> Result<T, Error> + Sync) -> Result<T, Error> {
    let depth = depth::deepest(html, MOST_DEPTH);
    if depth > MOST_DEPTH {
        return Err(Error::TooDeep { depth });
    }
    if depth::overloaded(html) {
        return Err(Error::Overloaded);
    }
    if depth <= SHALLOW {
        // A panic inside a library is that page's loss alone.
        let read = std::panic::AssertUnwindSafe(work);
        return std::panic::catch_unwind(read).unwrap_or(Err(Error::NoArticle));
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().name("page".into()).stack_size(STACK);
        reader
            .spawn_scoped(scope, &work)
            .map_err(|_| Error::NoArticle)?
            .join()
            .unwrap_or(Err(Error::NoArticle))
    })
}

fn read_shallow(html: &str, url: Option<&str>) -> Result<Draft, Error> {
    let document = dom_query::Document::from(html);
    let blocks = render::blocks(&document.root(), body::base(&document, url).as_ref());
    if blocks.len() > MOST_BLOCKS {
        return Err(Error::TooMuch { blocks: blocks.len() });
    }
    let (mut draft, stated) = page::read(&document, &blocks, url);
    body::read(document, blocks, &stated, &mut draft)?;
    Ok(draft)
}

/// The blocks of a page with their measures: what the judge is fitted on.
pub fn measured(html: &str, url: Option<&str>) -> Vec<(String, Vec<f32>)> {
    let document = dom_query::Document::from(html);
    let blocks = render::blocks(&document.root(), body::base(&document, url).as_ref());
    let (draft, _) = page::read(&document, &blocks, url);
    let words: Vec<Vec<u64>> = blocks.iter().map(|block| judge::hashed(&block.piece.text)).collect();
    let mut measured = Vec::with_capacity(blocks.len());
    body::measure(document, &blocks, &words, draft.title.as_deref(), |at, measures| {
        measured.push((blocks[at].piece.text.clone(), measures.to_vec()));
    });
    measured
}
