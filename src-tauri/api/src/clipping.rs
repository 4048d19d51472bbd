//! Clipping: a document in, an article or a snapshot kept.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use bilat_clip::{Clipping, Document, Found, MOST_BYTES, Media};
use bilat_core::{CaptureMethod, CaptureRecord, CiteKey, Edtf, Sha256Hex, Suggested};
use bilat_store::article::{self, NewArticle};
use bilat_store::receipt::{self, Receipt};
use bilat_store::snapshot::{self, NewSnapshot};
use chrono::{DateTime, TimeDelta, Utc};

use crate::app::rfc3339;
use crate::suggesting::suggest;
use crate::{App, Changed, Clip, ClipSource, ClipState, Clipped, Code, Error, Rendered, Result};

/// The version of the extractor and the sanitising policy that made a reading copy.
const POLICY_VERSION: u32 = 1;

/// A document as it arrived.
struct Arrived {
    bytes: Vec<u8>,
    media: Media,
    method: CaptureMethod,
    file_name: Option<String>,
    /// When and by whom it was read, where that was not here and now.
    elsewhere: Option<Elsewhere>,
}

/// What a browser says of a page it sent.
struct Elsewhere {
    captured_at: DateTime<Utc>,
    browser: Option<BTreeMap<String, String>>,
    receipt: Option<String>,
}

/// How long a receipt is kept, in days: longer than a laptop stays shut.
const RECEIPT: i64 = 90;

impl App {
    /// Clips one document: a new article, a new snapshot of one that is known, or nothing new.
    ///
    /// # Errors
    /// `bad_input` when the document holds no article that can be read; `io` when it cannot be read at
    /// all. Nothing is kept then.
    pub async fn clip(&self, request: Clip) -> Result<Clipped> {
        let Clip { source, url, published, outlet } = request;
        let instant = self.instant();
        let now = rfc3339(instant);
        let today = Edtf::day(self.today());
        let prepared = tokio::task::spawn_blocking(move || {
            let arrived = arrive(source)?;
            let document = Document { bytes: &arrived.bytes, url: url.as_deref(), media: arrived.media, charset: None };
            let mut clipping = bilat_clip::clip(&document)
                .map_err(|error| Error::bad_input(format!("clipping{}: {error}", named(&arrived))))?;
            let provenance = given_by_a_person(&mut clipping, published, outlet);
            let published = clipping.published.as_deref().and_then(|date| date.parse().ok());
            let suggestions = suggest(&clipping.text, published.as_ref(), clipping.dateline.as_deref());
            Ok::<_, Error>((arrived, clipping, provenance, published, suggestions))
        });
        let (arrived, clipping, provenance, published, suggestions) = prepared
            .await
            .map_err(|error| Error::bad_input(format!("clipping: reading the document failed: {error}")))??;

        let pair = suggestions.iter().find_map(|suggestion| match suggestion.what {
            Suggested::Dyad { dyad, .. } => Some(dyad),
            _ => None,
        });
        let title = clipping.title.clone();
        let origin = clipping.credit.clone().or_else(|| clipping.outlet.clone());
        let (captured_at, browser, key_of_receipt) = match arrived.elsewhere {
            Some(Elsewhere { captured_at, browser, receipt }) => (captured_at.min(instant), browser, receipt),
            None => (instant, None, None),
        };
        let capture = CaptureRecord {
            method: arrived.method,
            captured_at: rfc3339(captured_at),
            url: clipping.canonical_url.clone().or_else(|| clipping.url.clone()),
            file_name: arrived.file_name,
            media_type: media_type(arrived.media).into(),
            app_version: env!("CARGO_PKG_VERSION").into(),
            policy_version: POLICY_VERSION,
            browser,
            charset: clipping.charset.clone(),
            fetch: None,
        };
        let key =
            CiteKey::article(clipping.outlet.as_deref(), Some(published.as_ref().unwrap_or(&today)), &title);
        let inferred = clipping.provenance.get("published") == Some(&Found::Guess)
            && provenance.get("published").is_none_or(|from| from != BY_A_PERSON);
        let kept = self.store.write(move |tx| {
            if let Some(receipt) =
                key_of_receipt.as_deref().map(|key| receipt::find(tx, key)).transpose()?.flatten()
            {
                let key = article::read_row(tx, receipt.article)?.key;
                return Ok((key, ClipState::Unchanged, receipt));
            }
            let snapshot = NewSnapshot {
                raw: &arrived.bytes,
                text: &clipping.text,
                html: &clipping.html,
                blocks: &clipping.blocks,
                set_aside: &clipping.set_aside,
                capture: &capture,
            };
            let (id, key, state, snapshot) =
                match article::find_same(tx, &Sha256Hex::of(&clipping.text), capture.url.as_deref())? {
                    Some((id, true)) => (id, article::read_row(tx, id)?.key, ClipState::Unchanged, None),
                    Some((id, false)) => {
                        let snapshot = article::add_snapshot(tx, id, &snapshot)?;
                        (id, article::read_row(tx, id)?.key, ClipState::NewSnapshot, Some(snapshot))
                    }
                    None => {
                        let new = NewArticle {
                            title: &clipping.title,
                            standfirst: clipping.standfirst.as_deref(),
                            byline: clipping.byline.as_deref(),
                            outlet: clipping.outlet.as_deref(),
                            published: published.as_ref(),
                            inferred,
                            dateline: clipping.dateline.as_deref(),
                            credit: clipping.credit.as_deref(),
                            section: clipping.section.as_deref(),
                            language: clipping.language.as_deref(),
                            url: capture.url.as_deref(),
                            provenance: &provenance,
                            key_wish: key,
                            clipped_at: &now,
                        };
                        let (id, key, snapshot) = article::insert(tx, &new, &snapshot)?;
                        (id, key, ClipState::New, Some(snapshot))
                    }
                };
            if let Some(snapshot) = snapshot {
                bilat_store::suggestion::replace_open(tx, snapshot, &suggestions)?;
            }
            let current = snapshot::list(tx, id)?.into_iter().next();
            let current = current.ok_or_else(|| bilat_store::Error::not_found("snapshot of article", id))?;
            let receipt =
                Receipt { article: id, sha256_raw: current.sha256_raw, sha256_text: current.sha256_text };
            if let Some(key) = key_of_receipt {
                receipt::insert(tx, &key, &receipt, &now, &rfc3339(instant - TimeDelta::days(RECEIPT)))?;
            }
            Ok((key, state, receipt))
        });
        let (key, state, Receipt { article: id, sha256_raw, sha256_text }) = kept.await?;
        if state != ClipState::Unchanged {
            self.tell(Changed::Articles, Some(id.0));
        }
        Ok(Clipped { id, key, title, state, origin, pair, sha256_raw, sha256_text })
    }
}

fn arrive(source: ClipSource) -> Result<Arrived> {
    match source {
        ClipSource::Text { text } => {
            let bytes = text.into_bytes();
            Ok(Arrived {
                bytes,
                media: Media::Unknown,
                method: CaptureMethod::Pasted,
                file_name: None,
                elsewhere: None,
            })
        }
        ClipSource::Html { html } => Ok(Arrived {
            bytes: html.into_bytes(),
            media: Media::Html,
            method: CaptureMethod::Pasted,
            file_name: None,
            elsewhere: None,
        }),
        ClipSource::Rendered(Rendered { html, captured_at, browser, receipt }) => {
            let captured_at = DateTime::parse_from_rfc3339(&captured_at).map_err(|error| {
                Error::bad_input(format!("clipping: captured_at is no RFC 3339 time ({error})"))
            })?;
            let elsewhere = Some(Elsewhere { captured_at: captured_at.to_utc(), browser, receipt });
            let method = CaptureMethod::Rendered;
            Ok(Arrived { bytes: html.into_bytes(), media: Media::Html, method, file_name: None, elsewhere })
        }
        ClipSource::File { path } => {
            let path = Path::new(&path);
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let fail = |error| Error::new(Code::Io, format!("reading {}: {error}", path.display()));
            let mut bytes = Vec::new();
            // One byte more than a document may have, so that a longer one is refused and not cut.
            let file = std::fs::File::open(path).map_err(fail)?;
            file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
            let media = Media::from_name(name.as_deref().unwrap_or_default());
            Ok(Arrived { bytes, media, method: CaptureMethod::File, file_name: name, elsewhere: None })
        }
    }
}

/// The media type that the capture record names.
fn media_type(media: Media) -> &'static str {
    match media {
        Media::Html => "text/html",
        Media::Markdown => "text/markdown",
        Media::Text | Media::Unknown => "text/plain",
    }
}

/// “ notes.txt”, for a message.
fn named(arrived: &Arrived) -> String {
    arrived.file_name.as_ref().map_or(String::new(), |name| format!(" {name}"))
}

/// The provenance of a field that a person gave.
const BY_A_PERSON: &str = "person";

/// What a person says of a document stands above what the document says. Answers where each field came from.
fn given_by_a_person(
    clipping: &mut Clipping,
    published: Option<Edtf>,
    outlet: Option<String>,
) -> BTreeMap<String, String> {
    let word = |found: &Found| serde_json::to_value(found).ok()?.as_str().map(str::to_owned);
    let mut provenance: BTreeMap<_, _> =
        clipping.provenance.iter().filter_map(|(field, found)| Some((field.clone(), word(found)?))).collect();
    if let Some(date) = published {
        clipping.published = Some(date.to_string());
        provenance.insert("published".into(), BY_A_PERSON.into());
    }
    if let Some(name) = outlet {
        clipping.outlet = Some(name);
        provenance.insert("outlet".into(), BY_A_PERSON.into());
    }
    provenance
}
