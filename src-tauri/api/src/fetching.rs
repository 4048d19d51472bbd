//! Fetching: what a person's address or a feed's entry leads to, under the person's settings.
//!
//! The one way out to the network is `bilat-fetch`; this turns what it brings into a document with its
//! evidence, and its errors into codes where the window does something for them.

use std::sync::Arc;

use bilat_clip::{Document, Media};
use bilat_core::{CaptureMethod, FetchRecord, Redirect, Sha256Hex};
use bilat_fetch::{Accept, Fetched, Kind, Network, Policy, Proxy, Request, fetch};
use bilat_store::setting;
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::app::rfc3339;
use crate::intake::Arrived;
use crate::{App, Code, Error, Result};

/// The setting that names the proxy: `{"kind": "none" | "http" | "socks5", "address": "host:port"}`.
const PROXY: &str = "proxy";

impl App {
    /// Goes out through `network` instead of the system's: tests stay on loopback this way.
    #[must_use]
    pub fn through(mut self, network: Arc<dyn Network>) -> Self {
        self.network = network;
        self
    }

    /// The rules that every fetch goes by. A proxy that cannot be understood is an error, never ignored.
    ///
    /// # Errors
    /// `network` when the proxy that is set is none.
    pub async fn policy(&self) -> Result<Policy> {
        let set = self.read(|conn| setting::read(conn, PROXY)).await?;
        Ok(Policy { network: self.network.clone(), proxy: proxy(set.as_ref())?, ..Policy::default() })
    }

    /// Fetches the page at an address that a person gave. An answer that is not the page is an error.
    pub(crate) async fn fetch_page(&self, url: &str, allow_host: bool) -> Result<Arrived> {
        let policy = self.policy().await?;
        let started = self.instant();
        let request = Request { url: url.to_owned(), allow_host, accept: Accept::Page };
        let fetched = fetch(&request, &policy).await.map_err(|error| failed(url, &error))?;
        arrived(fetched, started, self.instant())
    }
}

fn proxy(set: Option<&Value>) -> Result<Proxy> {
    let Some(set) = set else { return Ok(Proxy::None) };
    let word = |name: &str| set[name].as_str().unwrap_or_default();
    Proxy::new(word("kind"), word("address")).map_err(|error| {
        Error::new(Code::Network, format!("fetching: {error}; nothing is fetched until the setting is right"))
    })
}

/// An error of the fetch as the door tells it.
pub(crate) fn failed(url: &str, error: &bilat_fetch::Error) -> Error {
    let code = match error.kind() {
        Kind::Address => Code::BadInput,
        Kind::Ask => Code::PrivateAddress,
        Kind::Network | Kind::Unwelcome => Code::Network,
    };
    Error::new(code, format!("fetching {url}: {error}"))
}

/// What was fetched as a document with its evidence.
pub(crate) fn arrived(fetched: Fetched, started: DateTime<Utc>, ended: DateTime<Utc>) -> Result<Arrived> {
    if !fetched.is_success() {
        let what = match fetched.status {
            401 | 403 | 407 | 451 => {
                "keeps the page back; open it in your browser and send it with the extension"
            }
            402 => "asks to be paid for the page; open it in your browser and send it with the extension",
            404 | 410 => "has no such page; check the address",
            429 | 503 => "is too busy; try again later",
            _ => "did not answer with the page",
        };
        let message = format!("fetching {}: the site {what} (HTTP {})", fetched.url, fetched.status);
        return Err(Error::new(Code::Network, message));
    }
    let media = fetched.media_type().map_or(Media::Unknown, |kind| Media::from_type(&kind));
    let charset = fetched.charset().map(str::to_owned);
    let record = FetchRecord {
        asked: fetched.asked,
        answered: fetched.url.clone(),
        redirects: fetched
            .redirects
            .into_iter()
            .map(|sent| Redirect { url: sent.url, status: sent.status })
            .collect(),
        status: fetched.status,
        headers: fetched.headers.into_iter().collect(),
        certificate_sha256: fetched.certificate.map(Sha256Hex::of),
        started_at: rfc3339(started),
        ended_at: rfc3339(ended),
    };
    let page = Arrived::new(fetched.body, media, CaptureMethod::Fetched, ended);
    Ok(Arrived { charset, url: Some(fetched.url), fetch: Some(record), ..page })
}

/// Whether a page that was fetched has no article because a browser would first have to run its scripts.
pub(crate) fn needs_script(page: &Arrived) -> bool {
    let scripted = page.bytes.windows(7).any(|tag| tag.eq_ignore_ascii_case(b"<script"));
    let document = Document {
        bytes: &page.bytes,
        url: page.url.as_deref(),
        media: page.media,
        charset: page.charset.as_deref(),
    };
    let read = || bilat_clip::clip(&document);
    scripted && matches!(read(), Err(bilat_clip::Error::NoArticle | bilat_clip::Error::Empty))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_proxy_that_is_not_understood_stops_everything() {
        assert_eq!(proxy(None).unwrap(), Proxy::None);
        assert_eq!(proxy(Some(&json!({ "kind": "none" }))).unwrap(), Proxy::None);
        let socks = json!({ "kind": "socks5", "address": "127.0.0.1:9050" });
        assert!(matches!(proxy(Some(&socks)).unwrap(), Proxy::Socks5(_)));
        for bad in
            [json!("x"), json!({}), json!({ "kind": "http" }), json!({ "kind": "ftp", "address": "a:1" })]
        {
            assert_eq!(proxy(Some(&bad)).unwrap_err().code, Code::Network, "{bad}");
        }
    }
}
