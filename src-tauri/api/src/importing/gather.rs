//! From paths to items: files are collections or documents, folders hold files.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use bilat_clip::Media;
use bilat_core::{ImportFailure, ImportFormat, Sha256Hex};
use bilat_import::{Item, Words};
use chrono::DateTime;

use super::file_name;
use crate::app::rfc3339;

/// How deep folders are followed, and how many files are taken of them.
const MOST_DEPTH: usize = 32;
const MOST_FILES: usize = 100_000;

/// What is to be imported.
pub struct Sources {
    pub paths: Vec<PathBuf>,
    /// What a person said the files are.
    pub format: Option<ImportFormat>,
}

/// An item, and where it comes from.
pub struct Found {
    pub format: ImportFormat,
    /// The other program's key, unique in its format.
    pub key: String,
    pub item: Item,
    /// The file it stood in.
    pub file: String,
    /// That file's folder, for attachments beside it.
    pub folder: PathBuf,
    /// Whether the run had an item before that says it is the same thing, and nothing else to tell them apart.
    pub again: bool,
}

impl Found {
    /// How many bytes of documents it holds.
    pub fn bytes(&self) -> usize {
        let others = self.item.earlier.iter().chain(&self.item.later).map(|capture| capture.bytes.len());
        others.sum::<usize>()
            + match &self.item.words {
                Words::None => 1_000,
                Words::Document { bytes, .. } => bytes.len(),
                Words::Paragraphs(paragraphs) => paragraphs.iter().map(String::len).sum(),
            }
    }
}

/// What reading gives, in order.
pub enum Gathered {
    /// What the run is read as, and how many items there are as far as that is known.
    Described { format: ImportFormat, total: Option<u32> },
    /// An item.
    Item(Box<Found>),
    /// What could not be read.
    Failed(ImportFailure),
}

/// What takes what is found; it answers whether to go on.
type Taker<'a> = &'a mut dyn FnMut(Gathered) -> bool;

impl Sources {
    /// Hands everything that is found to `take`, until it says to stop.
    pub fn each(&self, take: Taker<'_>) {
        let mut files = Vec::new();
        for path in &self.paths {
            if let Err(failure) = list(path, 0, &mut files)
                && !take(Gathered::Failed(failure))
            {
                return;
            }
        }
        let mut formats: Vec<ImportFormat> = Vec::new();
        let mut total = 0;
        for (at, path) in files.iter().enumerate() {
            let mut describe = |format: ImportFormat, count: usize, take: Taker<'_>| {
                if !formats.contains(&format) {
                    formats.push(format);
                }
                total += count;
                let format = if formats.len() == 1 { format } else { ImportFormat::Files };
                // A file that was not opened yet counts for one.
                let total = u32::try_from(total + files.len() - at - 1).ok();
                take(Gathered::Described { format, total })
            };
            let go_on = match read(path) {
                Err(failure) => {
                    describe(self.format.unwrap_or(ImportFormat::Files), 1, take)
                        && take(Gathered::Failed(failure))
                }
                Ok(bytes) => self.file(path, bytes, &mut describe, take),
            };
            if !go_on {
                return;
            }
        }
    }

    fn file(
        &self,
        path: &Path,
        bytes: Vec<u8>,
        describe: &mut dyn FnMut(ImportFormat, usize, Taker<'_>) -> bool,
        take: Taker<'_>,
    ) -> bool {
        let name = file_name(path);
        let format =
            self.format.or_else(|| bilat_import::sniff(&bytes, &name)).unwrap_or(ImportFormat::Files);
        if format == ImportFormat::Files {
            return documents(path, bytes, describe, take);
        }
        let items = match bilat_import::read(&bytes, format) {
            Ok(items) => items,
            Err(error) => {
                let failure = ImportFailure { item: name, reason: error.to_string() };
                return describe(format, 1, take) && take(Gathered::Failed(failure));
            }
        };
        if !describe(format, items.total(), take) {
            return false;
        }
        let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
        for read in items {
            let found = match read {
                Ok(item) => {
                    let (key, file, folder) = (item.identity(), name.clone(), folder.clone());
                    Gathered::Item(Box::new(Found { format, key, item, file, folder, again: false }))
                }
                Err(error) => Gathered::Failed(ImportFailure { item: error.item, reason: error.reason }),
            };
            if !take(found) {
                return false;
            }
        }
        true
    }
}

/// The documents of a file: itself, or those of a container.
fn documents(
    path: &Path,
    bytes: Vec<u8>,
    describe: &mut dyn FnMut(ImportFormat, usize, Taker<'_>) -> bool,
    take: Taker<'_>,
) -> bool {
    let name = file_name(path);
    let unpacked = match bilat_clip::unpack(&bytes, Media::from_name(&name), &name) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            let failure = ImportFailure { item: name, reason: error.to_string() };
            return describe(ImportFormat::Files, 1, take) && take(Gathered::Failed(failure));
        }
    };
    drop(bytes);
    if !describe(ImportFormat::Files, unpacked.parts.len() + unpacked.left_out.len(), take) {
        return false;
    }
    for left in unpacked.left_out {
        if !take(Gathered::Failed(ImportFailure { item: left.name, reason: left.reason })) {
            return false;
        }
    }
    for part in unpacked.parts {
        // A document is the same one when its bytes are, wherever it lies.
        let key = format!("{} {}", part.url.as_deref().unwrap_or_default(), Sha256Hex::of(&part.bytes));
        let item = Item {
            kind: "document".into(),
            url: part.url,
            added_at: part.captured_at.and_then(|at| utc(&at)),
            words: Words::Document { bytes: part.bytes, media: part.media, charset: part.charset },
            ..Item::default()
        };
        let found = Found {
            format: ImportFormat::Files,
            key: key.trim().to_owned(),
            item,
            file: if part.name.is_empty() { name.clone() } else { part.name },
            folder: path.parent().unwrap_or(Path::new(".")).to_owned(),
            again: false,
        };
        if !take(Gathered::Item(Box::new(found))) {
            return false;
        }
    }
    true
}

/// A moment of any zone, as the library keeps moments.
fn utc(at: &str) -> Option<String> {
    DateTime::parse_from_rfc3339(at).ok().map(|at| rfc3339(at.to_utc()))
}

fn fail(path: &Path, error: impl ToString) -> ImportFailure {
    ImportFailure { item: path.display().to_string(), reason: error.to_string() }
}

fn read(path: &Path) -> Result<Vec<u8>, ImportFailure> {
    let mut bytes = Vec::new();
    // One byte more than is taken, so that a longer file is refused and not cut.
    let file = fs::File::open(path).map_err(|error| fail(path, error))?;
    let took = file.take(bilat_import::MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
    took.map_err(|error| fail(path, error))?;
    if bytes.len() > bilat_import::MOST_BYTES {
        return Err(fail(path, bilat_import::Error::TooLarge));
    }
    Ok(bytes)
}

/// The files below `path`, in order of name. Hidden ones are left out; links to folders are not followed,
/// as they may lead round in a circle.
fn list(path: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ImportFailure> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    if depth > MOST_DEPTH || files.len() >= MOST_FILES {
        return Err(fail(
            path,
            "there are more files or folders here than one import takes; import it in parts",
        ));
    }
    let listing = fs::read_dir(path).map_err(|error| fail(path, error))?;
    let mut entries: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    entries.retain(|path| !file_name(path).starts_with('.'));
    entries.retain(|path| !path.is_symlink() || !path.is_dir());
    entries.sort();
    // An export that lies in a folder with its files: they belong to its items.
    let index = |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("rdf"));
    if let Some(index) = entries.iter().find(index) {
        files.push(index.clone());
        return Ok(());
    }
    entries.iter().try_for_each(|path| list(path, depth + 1, files))
}
