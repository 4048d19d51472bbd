//! `POST /v1/single-file`: the form that the SingleFile extension uploads to a “REST Form API”.
//!
//! It sends the saved page as the part `file` and the page's address as the part `url`, both named in its
//! settings, with its token in `Authorization`, and takes 200 or 201 with JSON for success; anything else it
//! shows to the person as it stands. docs/clip-server.md says why a form may come in here at all.

use std::convert::Infallible;

use bilat_api::{App, Clip, ClipSource, PairedBrowser, Rendered};
use futures_util::stream;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, ORIGIN};
use multer::Multipart;

use crate::answer::Refusal;
use crate::endpoint::{self, Done, refused};
use crate::guard::is_awaited;

/// The part with the page.
const FILE: &str = "file";
/// The part with its address.
const URL: &str = "url";

/// What the form holds.
#[derive(Debug, PartialEq, Eq)]
struct Upload {
    html: String,
    url: Option<String>,
}

/// Keeps a page that SingleFile uploads; the first one binds its token to the origin it comes from.
pub async fn single_file(body: Vec<u8>, headers: &HeaderMap, app: &App, from: &PairedBrowser) -> Done {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bound = if is_awaited(from) { bind(app, from, text(ORIGIN)).await? } else { from.clone() };
    let Upload { html, url } = read(body, text(CONTENT_TYPE)).await?;
    // SingleFile uploads as it saves; the page itself says when that was, too.
    let rendered = Rendered { html, captured_at: app.now(), browser: None, receipt: None };
    let clip = Clip { source: ClipSource::Rendered(rendered), url, published: None, outlet: None };
    endpoint::keep(app, &bound, clip, None).await
}

async fn bind(app: &App, awaited: &PairedBrowser, origin: &str) -> Result<PairedBrowser, Refusal> {
    let bound = app.bind_single_file(awaited, origin.to_owned()).await?;
    // Another request with the same token came a moment before, from this origin or from another.
    bound.ok_or(Refusal::busy("first page of SingleFile"))
}

async fn read(body: Vec<u8>, content_type: &str) -> Result<Upload, Refusal> {
    let malformed = |_| refused("the form is cut short or malformed");
    let boundary = multer::parse_boundary(content_type).map_err(malformed)?;
    let whole = stream::iter([Ok::<_, Infallible>(Bytes::from(body))]);
    let mut form = Multipart::new(whole, boundary);
    let (mut html, mut url) = (None, None);
    while let Some(part) = form.next_field().await.map_err(malformed)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(malformed)?;
        let place = match name.as_str() {
            FILE => &mut html,
            URL => &mut url,
            _ => {
                return Err(refused(
                    "the form's fields are to be named “file” and “url” in SingleFile's settings",
                ));
            }
        };
        if place.replace(bytes).is_some() {
            return Err(refused("the form has a field twice"));
        }
    }
    let html =
        html.ok_or_else(|| refused("the form has no field “file”; name it so in SingleFile's settings"))?;
    let html = String::from_utf8(html.into()).map_err(|_| {
        refused("the page is not HTML in UTF-8; in SingleFile's settings choose the file format HTML")
    })?;
    let url =
        url.map(|url| String::from_utf8(url.into()).map_err(|_| refused("url: not UTF-8"))).transpose()?;
    let url = url.filter(|url| !url.is_empty()).map(|url| endpoint::address(&url)).transpose()?;
    Ok(Upload { html, url })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, bytes) in parts {
            body.extend_from_slice(
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--x--\r\n");
        body
    }

    fn read_all(body: Vec<u8>) -> Result<Upload, u16> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = runtime.block_on(read(body, "multipart/form-data; boundary=x"));
        read.map_err(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn a_form_holds_a_page_and_its_address() {
        let url: &[u8] = b"https://courier.example/a";
        let page: &[u8] = "<p>Ständig</p>\r\n--y".as_bytes();
        let expected =
            Upload { html: "<p>Ständig</p>\r\n--y".into(), url: Some("https://courier.example/a".into()) };
        assert_eq!(read_all(form(&[("file", page), ("url", url)])), Ok(expected));
        assert_eq!(read_all(form(&[("file", page)])).unwrap().url, None, "the page itself may say it");
        assert_eq!(read_all(form(&[("file", page), ("url", b"")])).unwrap().url, None);
    }

    #[test]
    fn any_other_form_is_refused() {
        let page: &[u8] = b"<p>Page</p>";
        let mut cut = form(&[("file", page)]);
        cut.truncate(cut.len() - 8);
        for (what, body) in [
            ("no page", form(&[("url", b"https://courier.example/a")])),
            ("another field", form(&[("file", page), ("token", b"x")])),
            ("twice", form(&[("file", page), ("file", page)])),
            ("a local address", form(&[("file", page), ("url", b"file:///etc/passwd")])),
            ("a ZIP", form(&[("file", b"PK\x03\x04\xff\xfe")])),
            ("cut short", cut),
            ("empty", Vec::new()),
            ("no form", b"{}".to_vec()),
        ] {
            assert_eq!(read_all(body), Err(400), "{what}");
        }
    }
}
