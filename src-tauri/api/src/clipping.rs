//! Clipping: a document in, an article or a snapshot kept.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use bilat_clip::{LeftOut, MOST_BYTES_OF_MANY, Media, Part, Unpacked, unpack};
use bilat_core::{CaptureMethod, Edtf};
use bilat_store::article::BY_A_PERSON;
use bilat_store::outlet_rule;
use bilat_store::receipt::{self, Receipt};
use chrono::{DateTime, TimeDelta, Utc};

use crate::app::rfc3339;
use crate::fetching::needs_script;
use crate::intake::{self, Arrived, Bin, Prepared, Said};
use crate::{App, Changed, Clip, ClipSource, ClipState, Clipped, Code, Error, Rendered, Result};

/// How long a receipt is kept, in days: longer than a laptop stays shut.
const RECEIPT: i64 = 90;

impl App {
    /// Clips one document: a new article, a new snapshot of one that is known, or nothing new.
    ///
    /// # Errors
    /// `bad_input` when the document holds no article that can be read; `io` when it cannot be read at
    /// all; of an address, also `network`, `private_address` and `needs_script`. Nothing is kept then. Dropped
    /// while it fetches, it ends.
    pub async fn clip(&self, request: Clip) -> Result<Clipped> {
        let Clip { source, url, published, outlet } = request;
        let now = self.instant();
        let known = self.known();
        let rules = self.read(outlet_rule::list).await?;
        let page = match &source {
            ClipSource::Url { url, allow_host } => {
                Some(self.fetch_page(url, allow_host.unwrap_or(false)).await?)
            }
            _ => None,
        };
        let prepared = tokio::task::spawn_blocking(move || {
            let said = Said { by: BY_A_PERSON, published, outlet, ..Said::default() };
            if let Some(page) = page {
                return match intake::read(page.clone(), said, &known, &rules) {
                    Err(_) if needs_script(&page) => Err(Error::new(
                        Code::NeedsScript,
                        "clipping: the page has no words until its scripts run; open it in your browser and \
                         send it with the extension",
                    )),
                    read => Ok((read?, None)),
                };
            }
            let (mut arrived, receipt) = arrive(source, now)?;
            arrived.url = arrived.url.or(url);
            Ok::<_, Error>((intake::read(arrived, said, &known, &rules)?, receipt))
        });
        let (prepared, receipt) = prepared
            .await
            .map_err(|error| Error::bad_input(format!("clipping: reading the document failed: {error}")))??;
        self.keep(prepared, receipt, now).await
    }

    /// Clips every document of a file: one, or the many of a web archive or a mailbox. Each is named and
    /// succeeds or fails alone; what the file does not give is among them, with the reason.
    ///
    /// # Errors
    /// As [`App::clip`], where the file as a whole cannot be read.
    pub async fn clip_file(&self, path: &str, facts: Facts) -> Result<Vec<(String, Result<Clipped>)>> {
        let now = self.instant();
        let rules = Arc::new(self.read(outlet_rule::list).await?);
        let (path, facts) = (path.to_owned(), Arc::new(facts));
        let read = tokio::task::spawn_blocking(move || documents(Path::new(&path), now));
        let (arrived, left_out) = read
            .await
            .map_err(|error| Error::bad_input(format!("clipping: reading the file failed: {error}")))??;
        let mut clipped = Vec::with_capacity(arrived.len());
        for (name, arrived) in arrived {
            let (rules, known, facts) = (rules.clone(), self.known(), facts.clone());
            let prepared = tokio::task::spawn_blocking(move || {
                let Facts { url, published, outlet } = (*facts).clone();
                let said = Said { by: BY_A_PERSON, published, outlet, ..Said::default() };
                intake::read(Arrived { url: url.or(arrived.url.clone()), ..arrived }, said, &known, &rules)
            });
            let kept = match prepared.await {
                Ok(Ok(prepared)) => self.keep(prepared, None, now).await,
                Ok(Err(error)) => Err(error),
                Err(error) => {
                    Err(Error::bad_input(format!("clipping: reading the document failed: {error}")))
                }
            };
            clipped.push((name, kept));
        }
        let left = |left: LeftOut| (left.name, Err(Error::bad_input(format!("clipping: {}", left.reason))));
        clipped.extend(left_out.into_iter().map(left));
        Ok(clipped)
    }

    /// Keeps what was read, and tells of it.
    async fn keep(&self, prepared: Prepared, receipt: Option<String>, now: DateTime<Utc>) -> Result<Clipped> {
        let clipped = self
            .store
            .write(move |tx| {
                let known = receipt.as_deref().map(|key| receipt::find(tx, key)).transpose()?.flatten();
                if let Some(known) = known {
                    return prepared.kept_before(tx, known);
                }
                let clipped = prepared.keep(tx, Bin::Restore, now)?;
                if let Some(key) = receipt {
                    let kept = Receipt {
                        article: clipped.id,
                        sha256_raw: clipped.sha256_raw.clone(),
                        sha256_text: clipped.sha256_text.clone(),
                    };
                    let stale = rfc3339(now - TimeDelta::days(RECEIPT));
                    receipt::insert(tx, &key, &kept, &rfc3339(now), &stale)?;
                }
                Ok(clipped)
            })
            .await?;
        if clipped.state != ClipState::Unchanged || clipped.restored {
            self.tell(Changed::Articles, Some(clipped.id.0));
        }
        Ok(clipped)
    }
}

/// What a person says of the documents of a file; it stands above what they say themselves.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Where they were found.
    pub url: Option<String>,
    /// When they were published.
    pub published: Option<Edtf>,
    /// Who published them.
    pub outlet: Option<String>,
}

/// A document and what it is called.
type Named = (String, Arrived);

/// The documents of a file by their names, and what it does not give.
fn documents(path: &Path, now: DateTime<Utc>) -> Result<(Vec<Named>, Vec<LeftOut>)> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let fail = |error| Error::new(Code::Io, format!("reading {}: {error}", path.display()));
    let mut bytes = Vec::new();
    // One byte more than a file may have, so that a longer one is refused and not cut.
    let file = std::fs::File::open(path).map_err(fail)?;
    file.take(MOST_BYTES_OF_MANY as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
    let Unpacked { parts, left_out } = unpack(&bytes, Media::from_name(&name), &name)
        .map_err(|error| Error::bad_input(format!("clipping {name}: {error}")))?;
    let arrived = |part: Part| {
        // What a file says of the future is not believed.
        let said = part.captured_at.as_deref().and_then(|said| DateTime::parse_from_rfc3339(said).ok());
        let captured_at = said.map_or(now, |said| said.to_utc().min(now));
        let document = Arrived {
            url: part.url,
            charset: part.charset,
            file_name: Some(name.clone()),
            ..Arrived::new(part.bytes, part.media, CaptureMethod::File, captured_at)
        };
        (part.name, document)
    };
    Ok((parts.into_iter().map(arrived).collect(), left_out))
}

/// The document of a source, and the key under which its sender wants a receipt.
fn arrive(source: ClipSource, now: DateTime<Utc>) -> Result<(Arrived, Option<String>)> {
    let pasted = |bytes, media| (Arrived::new(bytes, media, CaptureMethod::Pasted, now), None);
    match source {
        ClipSource::Text { text } => Ok(pasted(text.into_bytes(), Media::Unknown)),
        ClipSource::Html { html } => Ok(pasted(html.into_bytes(), Media::Html)),
        ClipSource::Url { .. } => unreachable!("a page is fetched before documents are read"),
        ClipSource::Rendered(Rendered { html, captured_at, browser, receipt }) => {
            let captured_at = DateTime::parse_from_rfc3339(&captured_at).map_err(|error| {
                Error::bad_input(format!("clipping: captured_at is no RFC 3339 time ({error})"))
            })?;
            let captured_at = captured_at.to_utc().min(now);
            let page = Arrived::new(html.into_bytes(), Media::Html, CaptureMethod::Rendered, captured_at);
            Ok((Arrived { browser, ..page }, receipt))
        }
        ClipSource::File { path } => {
            let (mut arrived, left_out) = documents(Path::new(&path), now)?;
            match (arrived.len(), left_out.first()) {
                (1, _) => Ok((arrived.remove(0).1, None)),
                (0, Some(left)) => Err(Error::bad_input(format!("clipping {}: {}", left.name, left.reason))),
                (0, None) => Err(Error::bad_input(format!("clipping: {}", bilat_clip::Error::NoPages))),
                (count, _) => {
                    Err(Error::bad_input(format!("clipping: {}", bilat_clip::Error::Many { count })))
                }
            }
        }
    }
}
