//! From items to what can be kept: documents are clipped and analysed, on every core.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use bilat_analysis::Known;
use bilat_clip::{MOST_BYTES, Media};
use bilat_core::{CaptureMethod, ImportFailure, OutletRule};
use bilat_import::{Capture, Item, Words};
use bilat_store::import;
use chrono::{DateTime, Utc};

use super::gather::Found;
use super::keep::{What, Work};
use crate::app::Hand;
use crate::intake::{self, Arrived, Prepared, Said};

/// Whose word it is, in an article's provenance.
const BY_IMPORT: &str = "import";

/// What a person taught, which holds for all that comes in.
pub struct Taught {
    pub known: Arc<Known>,
    pub rules: Vec<OutletRule>,
}

/// Prepares a batch, in order. Items that are known and unchanged are not read again.
pub fn all(
    items: Vec<Result<Found, ImportFailure>>,
    hand: &Hand,
    taught: &Taught,
) -> bilat_store::Result<Vec<Work>> {
    let items: Vec<(Result<Found, ImportFailure>, String)> = items
        .into_iter()
        .map(|found| {
            let sha256 = found.as_ref().map_or(String::new(), |found| found.item.sha256().to_string());
            (found, sha256)
        })
        .collect();
    let before = hand.store.read_blocking(|conn| {
        let find = |(found, _): &(Result<Found, ImportFailure>, String)| match found {
            Ok(found) => import::find_item(conn, found.format, &found.key),
            Err(_) => Ok(None),
        };
        items.iter().map(find).collect::<bilat_store::Result<Vec<_>>>()
    })?;
    let now = hand.instant();
    let jobs: Vec<Mutex<Option<Job>>> = items
        .into_iter()
        .zip(before)
        .map(|((found, sha256), before)| Mutex::new(Some(Job { found, sha256, before })))
        .collect();
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Work>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let work = || {
        while let Some((job, place)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            jobs.get(at).zip(done.get(at))
        } {
            let job = job.lock().ok().and_then(|mut job| job.take());
            if let (Some(job), Ok(mut place)) = (job, place.lock()) {
                *place = Some(job.work(taught, now));
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).clamp(1, 8);
    thread::scope(|scope| {
        // Records alone are quicker to make than a thread.
        let heavy = jobs.len() > 1;
        for _ in 1..threads {
            if heavy {
                scope.spawn(work);
            }
        }
        work();
    });
    Ok(done.into_iter().filter_map(|work| work.into_inner().ok().flatten()).collect())
}

struct Job {
    found: Result<Found, ImportFailure>,
    sha256: String,
    before: Option<import::Known>,
}

impl Job {
    fn work(self, taught: &Taught, now: DateTime<Utc>) -> Work {
        let found = match self.found {
            Ok(found) => found,
            Err(failure) => return Work::failed(failure),
        };
        let name = match found.item.name() {
            _ if !found.item.title.is_empty() => found.item.title.clone(),
            "an item without a name" => found.file.clone(),
            name => name.to_owned(),
        };
        let unchanged =
            self.before.as_ref().is_some_and(|before| before.sha256 == self.sha256 && !before.undone);
        let (what, lost) = if unchanged {
            (What::Unchanged, None)
        } else if let Some(feed) = found.item.feed.clone() {
            (What::Feed(feed), None)
        } else if let Some(briefing) = found.item.briefing.clone() {
            (What::Briefing(briefing), None)
        } else if let Some(beside) = found.item.beside.clone() {
            (What::Beside(beside), None)
        } else {
            // A reader that panics on one document must not cost the others.
            let made = catch_unwind(AssertUnwindSafe(|| prepared(&found, taught, now)));
            match made.unwrap_or_else(|_| Err("reading the document failed".into())) {
                Ok((prepared, lost)) => (What::Article(Box::new(prepared)), lost),
                Err(reason) => return Work::failed(ImportFailure { item: name, reason }),
            }
        };
        let Found { format, key, item, again, .. } = found;
        let item = Item { words: Words::None, earlier: Vec::new(), later: Vec::new(), ..item };
        let (sha256, before) = (self.sha256, self.before);
        Work { name, format: Some(format), key, sha256, before, again, item, what, lost }
    }
}

/// The item ready to be kept; and why its words are not in it, where it should have some.
fn prepared(
    found: &Found,
    taught: &Taught,
    now: DateTime<Utc>,
) -> Result<(Prepared, Option<String>), String> {
    let item = &found.item;
    let said = || Said {
        by: BY_IMPORT,
        title: Some(title(item)),
        standfirst: item.abstract_.clone(),
        byline: None,
        authors: item.authors.clone(),
        outlet: item.outlet.clone(),
        published: item.published.clone(),
        section: item.section.clone(),
        language: item.language.clone(),
        key: item.cite_key.clone(),
    };
    let saved = item.added_at.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let captured_at = saved.map_or(now, |at| at.to_utc().min(now));
    let arrive = |bytes: Vec<u8>, media: Media, file: &str| {
        let mut arrived = Arrived::new(bytes, media, CaptureMethod::File, captured_at);
        arrived.url.clone_from(&item.url);
        arrived.file_name = Some(file.to_owned());
        arrived
    };
    let record = || {
        let bytes = serde_json::to_vec(item).map_err(|error| error.to_string())?;
        intake::record(arrive(bytes, Media::Text, &found.file), said(), &taught.known)
            .map_err(|error| error.message)
    };
    // A document that cannot be read leaves what the record says of it.
    let or_record = |read: crate::Result<Prepared>| match read {
        Ok(prepared) => Ok((prepared, None)),
        Err(error) if item.title.is_empty() => Err(error.message),
        Err(error) => record().map(|prepared| (prepared, Some(error.message))),
    };
    match &item.words {
        Words::Document { bytes, media, charset } => {
            let mut arrived = arrive(bytes.clone(), *media, &found.file);
            arrived.charset.clone_from(charset);
            let Some(record) = &item.record else {
                return or_record(intake::read(arrived, said(), &taught.known, &taught.rules));
            };
            // What another library of ours kept is to be here as it is there, with its own corrections.
            let current = intake::read_again(arrived, said(), &taught.known, &record.corrections);
            let (current, lost) = or_record(current)?;
            if lost.is_some() {
                return Ok((current, lost));
            }
            let capture = |capture: &Capture| {
                let mut arrived = arrive(capture.bytes.clone(), capture.media(), &found.file);
                arrived.charset = capture.record.charset.as_ref().map(|charset| charset.name.clone());
                let corrections = &capture.record.corrections;
                let read = intake::read_again(arrived, said(), &taught.known, corrections);
                Ok(read.map_err(|error| error.message)?.recorded(&capture.record, capture.held_back))
            };
            let all = |captures: &[Capture]| captures.iter().map(capture).collect::<Result<Vec<_>, String>>();
            let (earlier, later) = (all(&item.earlier)?, all(&item.later)?);
            Ok((current.recorded(record, None).among(earlier, later), lost))
        }
        Words::Paragraphs(paragraphs) => {
            let head = std::iter::once(title(item)).chain(item.abstract_.clone());
            let text = head.chain(paragraphs.iter().cloned()).collect::<Vec<_>>().join("\n\n");
            let arrived = arrive(text.into_bytes(), Media::Text, &found.file);
            or_record(intake::words(arrived, said(), paragraphs, &taught.known))
        }
        Words::None => match item.attachment.as_deref().map(|path| (path, attached(&found.folder, path))) {
            Some((path, Ok(bytes))) => {
                let file = path.rsplit('/').next().unwrap_or(path);
                or_record(intake::read(
                    arrive(bytes, Media::from_name(file), file),
                    said(),
                    &taught.known,
                    &taught.rules,
                ))
            }
            Some((path, Err(reason))) => {
                record().map(|prepared| (prepared, Some(format!("{path}: {reason}"))))
            }
            None => record().map(|prepared| (prepared, None)),
        },
    }
}

/// What to call an item in the library: its title, else its address without the scheme.
fn title(item: &Item) -> String {
    if !item.title.is_empty() {
        return item.title.clone();
    }
    let url = item.url.as_deref().unwrap_or_default();
    let plain = url.split_once("://").map_or(url, |(_, rest)| rest);
    plain.trim_start_matches("www.").trim_end_matches('/').chars().take(200).collect()
}

/// A file beside the collection. Its path came out of a file, so it may not lead out of the folder.
fn attached(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let folder = folder.canonicalize().map_err(|error| error.to_string())?;
    let whole = folder.join(path).canonicalize().map_err(|error| error.to_string())?;
    if !whole.starts_with(&folder) {
        return Err("it lies outside the export's folder".into());
    }
    let size = whole.metadata().map_err(|error| error.to_string())?.len();
    if size > MOST_BYTES as u64 {
        return Err(format!("it has more than {} MiB", MOST_BYTES >> 20));
    }
    std::fs::read(whole).map_err(|error| error.to_string())
}
