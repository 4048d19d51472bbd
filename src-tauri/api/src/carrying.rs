//! The whole library as a file that needs no Bilat to be read: one JSON document and the articles'
//! documents as they were received, in a ZIP (docs/formats.md, “The whole library”).
//!
//! Everything is of one moment: it is read in one transaction, article by article, so that a large
//! library does not have to fit into the memory. The file is written beside its place and renamed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use bilat_core::{Article, BlockKind, Snapshot, SnapshotId, SnapshotSummary};
use bilat_store::{
    Connection, article, briefing, collection, edition, feed, outlet_rule, saved_search, snapshot,
};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{App, Code, Error, ExportLibrary, LibraryExported, Result, articles};

/// The version of the document's shape.
const VERSION: u32 = 1;

impl App {
    /// Writes the whole library to a ZIP: `bilat.json` and the documents as they were received.
    ///
    /// # Errors
    /// `exists` when a file stands at the path and may not be replaced; `io` when it cannot be written.
    pub async fn export_library(&self, request: ExportLibrary) -> Result<LibraryExported> {
        let ExportLibrary { path, replace } = request;
        if !replace.unwrap_or_default() && Path::new(&path).exists() {
            let message =
                format!("exporting the library: {path} is there already; replace it, or choose another name");
            return Err(Error::new(Code::Exists, message));
        }
        let now = self.now();
        let target = path.clone();
        // A failure of the file travels beside what the library answers.
        let written = self.read(move |conn| Ok(write(conn, Path::new(&target), &now))).await?;
        let (articles, annotations, files) = written.map_err(|failure| match failure {
            Failure::Library(error) => Error::from(error),
            Failure::File(error) => Error::new(Code::Io, format!("exporting the library to {path}: {error}")),
        })?;
        let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
        Ok(LibraryExported { path, bytes, articles, annotations, files })
    }
}

enum Failure {
    Library(bilat_store::Error),
    File(io::Error),
}

impl From<bilat_store::Error> for Failure {
    fn from(error: bilat_store::Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl From<zip::result::ZipError> for Failure {
    fn from(error: zip::result::ZipError) -> Self {
        Self::File(io::Error::other(error))
    }
}

/// Writes the file; answers how many articles, annotations and documents are in it.
fn write(conn: &Connection, path: &Path, now: &str) -> std::result::Result<(u32, u32, u32), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = tempfile::Builder::new().prefix(".bilat-").tempfile_in(folder)?;
    // One moment: later changes are not seen.
    let moment = conn.unchecked_transaction().map_err(bilat_store::Error::from)?;
    let ids = article::list_ids(&moment)?;
    let mut zip = ZipWriter::new(BufWriter::new(draft.as_file()));
    let options = SimpleFileOptions::default().large_file(true);

    zip.start_file("bilat.json", options)?;
    let mut annotations = 0;
    write!(zip, "{{\"bilat_export\":{VERSION},\"exported_at\":{},\"articles\":[", Value::from(now))?;
    for (n, id) in ids.iter().enumerate() {
        let found = articles::read(&moment, *id)?;
        annotations += found.annotations.len();
        zip.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut zip, &described(&moment, &found)?).map_err(io::Error::from)?;
    }
    let briefings: Vec<Value> = briefing::list(&moment)?
        .iter()
        .map(|row| {
            let found = briefing::read(&moment, row.id)?;
            let editions = edition::list(&moment, row.id)?;
            let editions: Vec<Value> = editions
                .iter()
                .map(|frozen| {
                    Ok(json!({ "edition": frozen, "markdown": edition::read(&moment, frozen.id)?.1 }))
                })
                .collect::<bilat_store::Result<_>>()?;
            Ok(json!({ "briefing": found, "editions": editions }))
        })
        .collect::<bilat_store::Result<_>>()?;
    let rest = [
        ("briefings", json!(briefings)),
        ("feeds", json!(feed::list(&moment)?)),
        ("saved_searches", json!(saved_search::list(&moment)?)),
        ("outlet_rules", json!(outlet_rule::list(&moment)?)),
    ];
    zip.write_all(b"\n]")?;
    for (name, list) in rest {
        write!(zip, ",\"{name}\":{list}")?;
    }
    zip.write_all(b"}")?;

    let mut files = 0;
    for id in &ids {
        for (name, at) in documents(&moment, &articles::read(&moment, *id)?)? {
            zip.start_file(name, options)?;
            zip.write_all(&snapshot::raw(&moment, at)?)?;
            files += 1;
        }
    }
    zip.finish()?.flush()?;
    drop(moment);
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|error| error.error)?;
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok((ids.len() as u32, annotations as u32, files))
}

/// An article as it is described; its words are in its documents.
fn described(conn: &Connection, found: &Article) -> bilat_store::Result<Value> {
    let documents = documents(conn, found)?;
    let file = |id| documents.iter().find(|(_, of)| *of == id).map(|(name, _)| name);
    let snapshots: Vec<Value> =
        found.snapshots.iter().map(|kept| json!({ "snapshot": kept, "file": file(kept.id) })).collect();
    let marks: Vec<Value> = found
        .annotations
        .iter()
        .map(|mark| {
            let quote = mark.targets.first().map(|target| &target.quote);
            json!({
                "exact": quote.map(|quote| &quote.exact), "prefix": quote.map(|quote| &quote.prefix),
                "suffix": quote.map(|quote| &quote.suffix), "passages": mark.targets, "kind": mark.kind, "note": mark.note,
                "tags": mark.tags, "created_at": mark.created_at, "statement": mark.statement,
            })
        })
        .collect();
    Ok(json!({
        "key": found.key,
        "title": found.title,
        "standfirst": found.standfirst,
        "byline": found.byline,
        "authors": found.authors,
        "outlet": found.outlet,
        "reliability": found.reliability,
        "published": found.published.as_ref().map(|published| &published.on),
        "section": found.section,
        "language": found.language,
        "credit": found.credit,
        "url": found.url,
        "pairs": found.dyads,
        "tags": found.tags,
        "collections": collection::of_article(conn, found.id)?,
        "clipped_at": article::read_row(conn, found.id)?.clipped_at,
        "unread": found.unread,
        "provenance": found.provenance,
        "file": documents.first().map(|(name, _)| name),
        "media_type": found.snapshot.capture.media_type,
        "charset": found.snapshot.capture.charset.as_ref().map(|charset| &charset.name),
        "snapshots": snapshots,
        "annotations": marks,
    }))
}

/// The documents of an article, the current one first; the record that it may have begun as has none.
fn documents(conn: &Connection, found: &Article) -> bilat_store::Result<Vec<(String, SnapshotId)>> {
    let ending = |media: &str| match media {
        "text/html" => "html",
        "text/markdown" => "md",
        "application/pdf" => "pdf",
        "multipart/related" => "mhtml",
        "message/rfc822" => "eml",
        "text/plain" => "txt",
        _ => "bin",
    };
    let first = found.snapshots.iter().map(|kept| kept.id).min();
    let record = match first {
        Some(first) if is_record(&snapshot::read(conn, first)?) => Some(first),
        _ => None,
    };
    let current = found.snapshots.iter().filter(|kept| kept.id == found.snapshot.id);
    let others = found.snapshots.iter().filter(|kept| kept.id != found.snapshot.id);
    let name = |kept: &SnapshotSummary| {
        let (key, ending) = (&found.key, ending(&kept.capture.media_type));
        if kept.id == found.snapshot.id {
            format!("articles/{key}.{ending}")
        } else {
            format!("articles/{key}.{}.{ending}", kept.id)
        }
    };
    let all = current.chain(others).filter(|kept| Some(kept.id) != record);
    Ok(all.map(|kept| (name(kept), kept.id)).collect())
}

fn is_record(snapshot: &Snapshot) -> bool {
    let head = |kind| matches!(kind, BlockKind::Title | BlockKind::Standfirst);
    snapshot.blocks.iter().all(|block| head(block.kind))
}
