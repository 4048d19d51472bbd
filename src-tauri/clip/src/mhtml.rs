//! A page saved with its parts as one message (RFC 2557), as browsers write `.mht` and `.mhtml`.
//!
//! The page is the root part; pictures, styles and frames beside it are not read.

use mail_parser::{MessagePart, MimeHeaders, PartType};

use crate::Error;
use crate::message::Mime;

/// The page inside a saved page.
#[derive(Debug)]
pub struct Saved {
    /// The page as its site wrote it.
    pub html: Vec<u8>,
    /// The charset that the part's header names.
    pub charset: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When it was saved: RFC 3339.
    pub at: Option<String>,
}

/// Finds the page in the message.
pub fn read(bytes: &[u8]) -> Result<Saved, Error> {
    let mime = Mime::read(bytes, "saved page")?;
    let root = root(&mime).ok_or_else(|| Error::broken("saved page", "no part of it is a page"))?;
    let found_at = |part: &MessagePart| part.content_location().map(|url| url.trim().to_owned());
    let url = mime
        .header("Snapshot-Content-Location")
        .map(std::borrow::Cow::into_owned)
        .or_else(|| found_at(root))
        .or_else(|| mime.message.parts.first().and_then(found_at))
        .filter(|url| url.starts_with("http"));
    Ok(Saved {
        html: mime.body(root).into_owned(),
        charset: Mime::charset(root).map(str::to_owned),
        url,
        at: mime.date(),
    })
}

/// The part that `start` names, or else the first page.
fn root<'m>(mime: &'m Mime) -> Option<&'m MessagePart<'m>> {
    let pages = || mime.message.parts.iter().filter(|part| is_page(part));
    let start = mime.message.parts.first()?.content_type().and_then(|kind| kind.attribute("start"));
    let named = start.and_then(|start| {
        let start = start.trim_matches(['<', '>', ' ']);
        pages().find(|part| part.content_id().is_some_and(|id| id.trim_matches(['<', '>']) == start))
    });
    named.or_else(|| pages().next())
}

fn is_page(part: &MessagePart) -> bool {
    let kind = part.content_type().and_then(|kind| Some((kind.ctype(), kind.subtype()?)));
    let named = kind.is_some_and(|(kind, sub)| {
        (kind.eq_ignore_ascii_case("text") && sub.eq_ignore_ascii_case("html"))
            || (kind.eq_ignore_ascii_case("application") && sub.eq_ignore_ascii_case("xhtml+xml"))
    });
    named && !matches!(part.body, PartType::Multipart(_))
}
