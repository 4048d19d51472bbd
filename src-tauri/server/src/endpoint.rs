//! What each path does with a body that was let in.

use std::collections::BTreeMap;

use bilat_api::{App, Clip, ClipSource, ClipState, Guess, PairedBrowser, Rendered, Selection, prove};
use hyper::StatusCode;
use hyper::header::{HeaderMap, ORIGIN};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::Refusal;
use crate::body::parse;
use crate::guard::is_uuid;

/// A status, the JSON that goes with it, and a word for the log.
pub type Done = Result<(StatusCode, Value, &'static str), Refusal>;

/// The version of what is spoken here.
const API: u32 = 1;

/// The longest address, in bytes.
const URL: usize = 8 * 1024;
/// The longest title, in bytes.
const TITLE: usize = 4 * 1024;
/// The longest selection, in bytes.
const SELECTION: usize = 256 * 1024;
/// The most metadata, in entries …
const ENTRIES: usize = 64;
/// … and in bytes of each.
const ENTRY: usize = 4 * 1024;

/// `GET /v1/ping`: that something here speaks this language, and nothing about it.
pub fn ping() -> Value {
    json!({ "api": API })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hello {
    nonce: String,
}

/// `POST /v1/hello`: a proof for each paired browser of this origin; only the library that a browser was
/// paired with can make the one it expects.
pub fn hello(body: &[u8], headers: &HeaderMap, browsers: &[PairedBrowser], port: u16) -> Done {
    let Hello { nonce } = parse(body)?;
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !(16..=128).contains(&nonce.len()) || !nonce.bytes().all(legal) {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "nonce"));
    }
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let asked =
        browsers.iter().filter(|paired| origin.is_none() || paired.browser.origin.as_deref() == origin);
    let proofs: Vec<String> = asked.map(|paired| prove(paired, port, &nonce)).collect();
    Ok((StatusCode::OK, json!({ "api": API, "proofs": proofs }), "proved"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    code: String,
    #[serde(default)]
    label: String,
}

/// `POST /v1/pair`: the code that a person read in Bilat, for a token.
pub async fn pair(body: &[u8], headers: &HeaderMap, app: &App) -> Done {
    let Pair { code, label } = parse(body)?;
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok()).map(str::to_owned);
    match app.pair(&code, origin, &label).await? {
        Guess::Right(paired) => {
            let answer = json!({ "id": paired.id, "token": paired.token, "proof_key": paired.proof_key });
            Ok((StatusCode::CREATED, answer, "paired"))
        }
        Guess::Wrong => Err(Refusal::new(StatusCode::UNAUTHORIZED, "code")),
        Guess::Closed => Err(Refusal::new(StatusCode::NOT_FOUND, "pairing closed")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    html: String,
    url: String,
    title: Option<String>,
    selection: Option<String>,
    captured_at: String,
    #[serde(default)]
    metadata: BTreeMap<String, Value>,
}

/// `POST /v1/clip`: a page as our extension sends it.
pub async fn clip(body: Vec<u8>, headers: &HeaderMap, app: &App, from: &PairedBrowser) -> Done {
    let page: Page = parse(&body)?;
    drop(body);
    let url = address(&page.url)?;
    bounded("title", page.title.as_deref().unwrap_or_default(), TITLE)?;
    bounded("selection", page.selection.as_deref().unwrap_or_default(), SELECTION)?;
    let rendered = Rendered {
        html: page.html,
        captured_at: page.captured_at,
        browser: said(page.title, page.metadata)?,
        receipt: receipt(headers, from)?,
    };
    let clip = Clip { source: ClipSource::Rendered(rendered), url: Some(url), published: None, outlet: None };
    keep(app, from, clip, page.selection).await
}

/// Keeps a page. Answered after the commit, so what was answered stays.
pub async fn keep(app: &App, from: &PairedBrowser, clip: Clip, selection: Option<String>) -> Done {
    let received = app.receive(clip, selection).await?;
    // The clip is kept whether or not this is.
    let _ = app.used(from.browser.clone()).await;
    let clipped = received.clipped;
    let mut answer = json!({
        "id": clipped.id,
        "key": clipped.key,
        "state": clipped.state,
        "sha256_raw": clipped.sha256_raw,
        "sha256_text": clipped.sha256_text,
    });
    if let Some(selection) = received.selection {
        answer["selection"] = match selection {
            Selection::Marked => "marked".into(),
            Selection::NotFound => "not found".into(),
        };
    }
    match clipped.state {
        ClipState::Unchanged => Ok((StatusCode::OK, answer, "unchanged")),
        ClipState::New | ClipState::NewSnapshot | ClipState::HeldBack => {
            Ok((StatusCode::CREATED, answer, "stored"))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    url: String,
    canonical_url: Option<String>,
}

/// `POST /v1/status`: whether a page is in the library, by its address or the one it calls its own.
pub async fn status(body: &[u8], app: &App) -> Done {
    let Status { url, canonical_url } = parse(body)?;
    let urls = [Some(url), canonical_url].into_iter().flatten();
    let urls = urls.map(|url| address(&url)).collect::<Result<Vec<_>, _>>()?;
    let since = app.clipped_since(urls).await?;
    Ok((StatusCode::OK, json!({ "in_library": since.is_some(), "since": since }), "told"))
}

/// A web address, as it was given.
pub fn address(url: &str) -> Result<String, Refusal> {
    bounded("url", url, URL)?;
    match url::Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => Ok(url.to_owned()),
        _ => Err(refused("url: only an address that starts with http:// or https:// can be clipped")),
    }
}

/// What the browser said beside the page.
fn said(
    title: Option<String>,
    metadata: BTreeMap<String, Value>,
) -> Result<Option<BTreeMap<String, String>>, Refusal> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let mut said: BTreeMap<String, String> =
        metadata.into_iter().map(|(name, value)| (name, text(value))).collect();
    said.extend(title.map(|title| ("title".into(), title)));
    if said.len() > ENTRIES {
        return Err(refused(&format!("metadata: more than {ENTRIES} entries")));
    }
    for (name, value) in &said {
        bounded("metadata", name, ENTRY)?;
        bounded("metadata", value, ENTRY)?;
    }
    Ok(Some(said).filter(|said| !said.is_empty()))
}

/// The key under which a clip may be sent again, the browser's own.
fn receipt(headers: &HeaderMap, from: &PairedBrowser) -> Result<Option<String>, Refusal> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    match key.to_str() {
        Ok(key) if is_uuid(key) => Ok(Some(format!("{}:{}", from.browser.id, key.to_ascii_lowercase()))),
        _ => Err(refused("Idempotency-Key: not a UUID")),
    }
}

fn bounded(name: &str, text: &str, most: usize) -> Result<(), Refusal> {
    if text.len() <= most { Ok(()) } else { Err(refused(&format!("{name}: longer than {most} bytes"))) }
}

pub fn refused(message: &str) -> Refusal {
    let refusal = Refusal::new(StatusCode::BAD_REQUEST, "cannot be used");
    Refusal { message: Some(message.into()), ..refusal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_taken() {
        assert!(address("https://courier.example/a?b#c").is_ok());
        let long = format!("https://courier.example/{}", "a".repeat(URL));
        for url in ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "/etc/passwd", "", &long]
        {
            assert!(address(url).is_err(), "{url}");
        }
    }

    #[test]
    fn metadata_has_bounds() {
        let entry = |value: &str| BTreeMap::from([("language".to_owned(), Value::from(value))]);
        let kept = said(Some("Pact".into()), entry("en")).unwrap().unwrap();
        assert_eq!(kept["title"], "Pact");
        assert_eq!(kept["language"], "en");
        assert!(said(None, entry(&"x".repeat(ENTRY + 1))).is_err());
        let many = (0..=ENTRIES).map(|n| (n.to_string(), Value::Null)).collect();
        assert!(said(None, many).is_err());
    }
}
