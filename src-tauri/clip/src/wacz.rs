//! A web archive with its pages named, zipped (WACZ 1.1.1, specs.webrecorder.net).
//!
//! The digests that the package states are held against its bytes before anything is read: a package that
//! was changed is refused. The pages it names become parts; other records are what the pages loaded.

use std::collections::HashMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::parts::{Part, Sink};
use crate::unzip::Zip;
use crate::{Error, parts, warc};

const WHAT: &str = "web archive";

/// `datapackage.json` (Frictionless Data).
#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    hash: String,
    bytes: u64,
}

/// `datapackage-digest.json`.
#[derive(Deserialize)]
struct PackageDigest {
    path: String,
    hash: String,
}

/// A line of `pages/pages.jsonl`.
#[derive(Deserialize)]
struct Named {
    url: Option<String>,
    title: Option<String>,
    ts: Option<String>,
}

/// Takes the pages that a package names.
pub fn read(bytes: &[u8], name: &str, sink: &mut Sink) -> Result<(), Error> {
    let most = parts::MOST_BYTES_OF_MANY as u64;
    // Every entry is read twice: for its digest and for its records.
    let mut zip = Zip::open(bytes, most, most * 3, WHAT)?;
    let package = verified(&mut zip)?;
    let named = named(&mut zip)?;
    let mut found = vec![false; named.len()];
    let by_url: HashMap<&str, Vec<usize>> =
        named.iter().enumerate().fold(HashMap::new(), |mut by_url, (at, page)| {
            by_url.entry(page.url.as_deref().unwrap_or_default()).or_insert_with(Vec::new).push(at);
            by_url
        });
    for resource in package.resources.iter().filter(|resource| resource.path.starts_with("archive/")) {
        // The package was held against its digests, so the entry is there.
        let Some(bytes) = zip.entry(&resource.path)? else { continue };
        warc::each(&bytes, &mut |record| {
            let Some(url) = record.url() else { return Ok(()) };
            let date = record.field("warc-date").unwrap_or_default();
            let wanted = by_url.get(url).and_then(|pages| {
                // Crawlers name the moment a page was whole, which is later than that of its record.
                let open = || pages.iter().copied().filter(|&at| !found[at]);
                open().find(|&at| same_moment(named[at].ts.as_deref(), date)).or_else(|| open().next())
            });
            if wanted.is_none() && !named.is_empty() {
                return Ok(());
            }
            let title =
                wanted.and_then(|at| named[at].title.clone()).filter(|title| !title.trim().is_empty());
            let called = title.unwrap_or_else(|| url.to_owned());
            match warc::page(&record) {
                Ok(None) => return Ok(()),
                Ok(Some(page)) => sink.take(Part {
                    name: called,
                    url: Some(url.to_owned()),
                    media: page.media,
                    charset: page.charset,
                    captured_at: Some(date.to_owned()).filter(|date| !date.is_empty()),
                    bytes: page.bytes,
                })?,
                Err(reason) => sink.leave(format!("{url} in {name}"), reason)?,
            }
            if let Some(at) = wanted {
                found[at] = true;
            }
            Ok(())
        })?;
    }
    for (page, _) in named.iter().zip(&found).filter(|(_, found)| !**found) {
        let url = page.url.as_deref().unwrap_or_default();
        sink.leave(format!("{url} in {name}"), "the archive names this page and does not hold it".into())?;
    }
    Ok(())
}

/// The package, its digests held against its bytes.
fn verified(zip: &mut Zip) -> Result<Package, Error> {
    let raw = zip.entry("datapackage.json")?;
    let raw = raw.ok_or_else(|| Error::broken(WHAT, "it has no datapackage.json"))?;
    let package: Package = serde_json::from_slice(&raw).map_err(|_| {
        Error::broken(WHAT, "its datapackage.json is no list of resources with their digests")
    })?;
    if let Some(digest) = zip.entry("datapackage-digest.json")? {
        let digest: PackageDigest = serde_json::from_slice(&digest)
            .map_err(|_| Error::broken(WHAT, "its datapackage-digest.json is no digest"))?;
        if digest.path != "datapackage.json" || digest.hash != sha256(&raw) {
            return Err(Error::Digest { path: "datapackage.json".into() });
        }
    }
    for resource in &package.resources {
        let entry = zip.entry(&resource.path)?;
        let fits = entry
            .is_some_and(|bytes| bytes.len() as u64 == resource.bytes && sha256(&bytes) == resource.hash);
        if !fits {
            return Err(Error::Digest { path: resource.path.clone() });
        }
    }
    Ok(package)
}

/// The pages that the package names.
fn named(zip: &mut Zip) -> Result<Vec<Named>, Error> {
    let Some(lines) = zip.entry("pages/pages.jsonl")? else { return Ok(Vec::new()) };
    let lines = String::from_utf8_lossy(&lines);
    let pages = lines.lines().filter_map(|line| serde_json::from_str::<Named>(line).ok());
    Ok(pages.filter(|page| page.url.is_some()).collect())
}

/// Whether a page's moment is that of a record, to the second; a page without one is any.
fn same_moment(named: Option<&str>, record: &str) -> bool {
    let second = |said: &str| said.chars().filter(char::is_ascii_digit).take(14).collect::<String>();
    named.is_none_or(|named| second(named) == second(record))
}

/// A digest as packages write it.
pub fn sha256(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
