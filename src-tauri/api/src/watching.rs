//! Watched folders: new files are clipped, and nothing in the folder is moved, changed or deleted.
//! A file that holds many documents (a web archive, a mailbox, another program's collection) is imported.
//!
//! Folders are looked into every few seconds, which works on network drives too. A file is taken when it
//! stood still from one look to the next, so that none is read while it is still being written.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use bilat_clip::{MOST_BYTES, MOST_BYTES_OF_MANY, Media};
use bilat_core::{ImportState, Sha256Hex, WatchedFolder, WatchedFolderId};
use bilat_store::watched_folder::{self, Known};

use crate::{App, ById, Changed, Clip, ClipSource, Code, Error, Nothing, Result, StartImport, WatchFolder};

/// How often folders are looked into.
const LOOK: Duration = Duration::from_secs(5);

/// The most files of a folder that are looked at, and the deepest sub-folder.
const MOST_FILES: usize = 20_000;
const DEEPEST: usize = 16;

/// What was there at the last look, by folder and path.
type Seen = HashMap<WatchedFolderId, BTreeMap<String, Known>>;

impl App {
    /// The folders that are watched.
    pub(crate) async fn list_watched_folders(&self, _: Nothing) -> Result<Vec<WatchedFolder>> {
        self.read(watched_folder::list).await
    }

    /// Watches a folder, with its sub-folders: what is in it and what will be is clipped.
    ///
    /// # Errors
    /// `bad_input` when it is no folder.
    pub async fn watch_folder(&self, request: WatchFolder) -> Result<WatchedFolder> {
        let path = fs::canonicalize(&request.path)
            .map_err(|error| Error::new(Code::Io, format!("watching {}: {error}", request.path)))?;
        if !path.is_dir() {
            return Err(Error::bad_input(format!("watching {}: it is no folder", request.path)));
        }
        let (path, now) = (path.to_string_lossy().into_owned(), self.now());
        self.write(Changed::Folders, move |tx| {
            let id = watched_folder::add(tx, &path, &now)?;
            let found = watched_folder::list(tx)?.into_iter().find(|folder| folder.id == id);
            found.ok_or_else(|| bilat_store::Error::not_found("watched folder", id))
        })
        .await
    }

    /// Stops watching a folder; what was clipped of it stays.
    pub(crate) async fn unwatch_folder(&self, request: ById<WatchedFolderId>) -> Result<Nothing> {
        self.write(Changed::Folders, move |tx| watched_folder::remove(tx, request.id)).await?;
        Ok(Nothing {})
    }

    /// Looks into watched folders and checks feeds whose time has come, for as long as it is awaited. Where
    /// nothing is watched and nothing scheduled, it does nothing.
    pub async fn run_schedules(&self) {
        let mut seen = Seen::new();
        loop {
            tokio::time::sleep(LOOK).await;
            // What fails now is tried at the next look; a folder's and a feed's own failures are kept with them.
            let _ = self.look_into_folders(&mut seen).await;
            let _ = self.check_due_feeds().await;
        }
    }

    async fn look_into_folders(&self, seen: &mut Seen) -> Result<()> {
        let folders = self.read(watched_folder::list).await?;
        seen.retain(|id, _| folders.iter().any(|folder| folder.id == *id));
        for folder in folders {
            let (id, path) = (folder.id, folder.path.clone());
            let listed = tokio::task::spawn_blocking(move || files(Path::new(&path))).await;
            let listed = listed.unwrap_or_else(|error| Err(error.to_string()));
            let problem = listed.as_ref().err().cloned();
            if problem != folder.problem
                && self.store.write(move |tx| watched_folder::set_problem(tx, id, problem.as_deref())).await?
            {
                self.tell(Changed::Folders, Some(id.0));
            }
            let Ok(now) = listed else { continue };
            let before = seen.insert(id, now.clone()).unwrap_or_default();
            let known = self.read(move |conn| watched_folder::known(conn, id)).await?;
            for (path, file) in now {
                if before.get(&path) == Some(&file) && known.get(&path) != Some(&file) {
                    self.take(&folder, path, file).await?;
                }
            }
        }
        Ok(())
    }

    /// Imports a file, and waits for the end of it, so that a folder of many brings one at a time.
    ///
    /// # Errors
    /// `bad_input` with the first reason, where nothing of it came in.
    async fn import_watched(&self, path: String) -> Result<()> {
        let begun = self.start_import(StartImport { paths: vec![path], format: None }).await?;
        loop {
            let run = self.read_import(ById { id: begun.id }).await?;
            if run.state != ImportState::Running {
                let counts = run.counts;
                let nothing = counts.new + counts.new_snapshots + counts.unchanged == 0;
                return match run.failures.into_iter().next().filter(|_| nothing) {
                    Some(failure) => Err(Error::bad_input(failure.reason)),
                    None => Ok(()),
                };
            }
            tokio::time::sleep(LOOK / 10).await;
        }
    }

    /// Clips a file that stood still, unless its bytes were taken before.
    async fn take(&self, folder: &WatchedFolder, path: String, file: Known) -> Result<()> {
        let id = folder.id;
        let whole = Path::new(&folder.path).join(&path);
        let place = whole.clone();
        let looked = tokio::task::spawn_blocking(move || look(&place)).await;
        let looked = looked.unwrap_or_else(|error| Err(error.to_string()));
        let (sha256, problem) = match looked {
            Err(problem) => (None, Some(problem)),
            Ok((sha256, holds)) => {
                let wanted = sha256.clone();
                let known = self.read(move |conn| watched_folder::has(conn, id, &wanted)).await?;
                let path = whole.to_string_lossy().into_owned();
                let taken = match holds {
                    _ if known => Ok(()),
                    Holds::Many => self.import_watched(path).await,
                    Holds::One => {
                        let source = ClipSource::File { path };
                        self.clip(Clip { source, url: None, published: None, outlet: None }).await.map(drop)
                    }
                };
                match taken {
                    // Nothing is wrong with the file: it is taken when there is room again.
                    Err(error) if matches!(error.code, Code::DiskFull | Code::ReadOnly) => return Err(error),
                    Err(error) => (Some(sha256), Some(error.message)),
                    Ok(()) => (Some(sha256), None),
                }
            }
        };
        let now = self.now();
        self.store
            .write(move |tx| {
                watched_folder::see(tx, id, &path, &file, sha256.as_ref(), problem.as_deref(), &now)
            })
            .await?;
        self.tell(Changed::Folders, Some(id.0));
        Ok(())
    }
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// One document.
    One,
    /// Many: a web archive, a mailbox, a collection.
    Many,
}

/// The hash of a file, and what it holds.
fn look(path: &Path) -> std::result::Result<(Sha256Hex, Holds), String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    let too_large =
        |most: usize| Err(format!("it has {} MiB, and {} MiB is the most", size >> 20, most >> 20));
    if size > MOST_BYTES_OF_MANY as u64 {
        return too_large(MOST_BYTES_OF_MANY);
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let many =
        Media::from_name(&name).settled(&bytes).holds_many() || bilat_import::sniff(&bytes, &name).is_some();
    if !many && bytes.len() > MOST_BYTES {
        return too_large(MOST_BYTES);
    }
    Ok((Sha256Hex::of(&bytes), if many { Holds::Many } else { Holds::One }))
}

/// The files of a folder and its sub-folders, by their path in it. Links are not followed.
fn files(folder: &Path) -> std::result::Result<BTreeMap<String, Known>, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((inner, depth)) = folders.pop() {
        let listing = match fs::read_dir(&inner) {
            Ok(listing) => listing,
            Err(error) if depth == 0 => return Err(error.to_string()),
            Err(_) => continue,
        };
        for entry in listing.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(about) = entry.metadata() else { continue };
            if is_passing(&name) || about.is_symlink() {
                continue;
            }
            if about.is_dir() {
                if depth < DEEPEST {
                    folders.push((path, depth + 1));
                }
                continue;
            }
            let modified = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let modified = modified.map_or(0, |since| since.as_nanos() as i64);
            if let Ok(inner) = path.strip_prefix(folder)
                && about.is_file()
                && found.len() < MOST_FILES
            {
                found.insert(inner.to_string_lossy().into_owned(), Known { size: about.len(), modified });
            }
        }
    }
    Ok(found)
}

/// Whether a file is hidden, or what a program leaves while it writes or downloads.
fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    lower.starts_with(['.', '~'])
        || lower.ends_with('~')
        || ["tmp", "temp", "part", "partial", "crdownload", "download", "swp", "lock"].contains(&ending)
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use bilat_store::Access;
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::ListArticles;

    fn noon() -> DateTime<Utc> {
        "2026-03-09T12:00:00Z".parse().expect("this is a moment")
    }

    #[tokio::test]
    async fn a_file_is_taken_once_when_it_stands_still() {
        let desk = tempfile::tempdir().unwrap();
        let inbox = desk.path().join("inbox");
        fs::create_dir_all(inbox.join("deep/er")).unwrap();
        let app = App::open(&desk.path().join("a.bilat"), Access::Create, noon).unwrap();
        let folder = WatchFolder { path: inbox.to_string_lossy().into_owned() };
        app.watch_folder(folder).await.unwrap();
        let story =
            "Harbour pact signed\n\nThe two harbours signed a pact on Friday after a year of talks.\n";
        fs::write(inbox.join("deep/er/story.txt"), story).unwrap();
        fs::write(inbox.join(".hidden.txt"), "hidden words").unwrap();
        fs::write(inbox.join("half.txt.crdownload"), "half words").unwrap();
        fs::write(inbox.join("noise.bin"), b"\0\x01\x02\x03").unwrap();
        let mut seen = Seen::new();
        app.look_into_folders(&mut seen).await.unwrap();
        let count = async || app.list_articles(ListArticles::default()).await.unwrap().total;
        assert_eq!(count().await, 0, "nobody knows yet whether it is still being written");
        // It grows between two looks, and is left alone once more.
        fs::write(inbox.join("deep/er/story.txt"), format!("{story}\nMore talks follow in May.\n")).unwrap();
        app.look_into_folders(&mut seen).await.unwrap();
        assert_eq!(count().await, 0);
        for _ in 0..3 {
            app.look_into_folders(&mut seen).await.unwrap();
        }
        assert_eq!(count().await, 1);
        // The same bytes under another name are not news.
        fs::copy(inbox.join("deep/er/story.txt"), inbox.join("copy.txt")).unwrap();
        for _ in 0..3 {
            app.look_into_folders(&mut seen).await.unwrap();
        }
        assert_eq!(count().await, 1);
        let watched = app.list_watched_folders(Nothing {}).await.unwrap().remove(0);
        assert_eq!((watched.clipped, watched.problem), (2, None));
        assert_eq!(watched.failures.len(), 1);
        assert_eq!(watched.failures[0].path, "noise.bin");
        assert!(inbox.join("noise.bin").exists() && inbox.join("deep/er/story.txt").exists());
        // A mailbox and another program's collection hold many, and come in as imports.
        let letter = |n: u8| {
            format!(
                "From ann@harbour.example Mon Mar  2 10:00:00 2026\nFrom: Ann <ann@harbour.example>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\
                 Message-ID: <{n}@harbour.example>\nSubject: Letter {n}\n\nThe ferry number {n} sailed on time, the office said.\n\n"
            )
        };
        fs::write(inbox.join("letters.mbox"), format!("{}{}", letter(7), letter(8))).unwrap();
        fs::write(inbox.join("desk.ris"), "TY  - NEWS\nTI  - Harbour tolls rise\nER  - \n").unwrap();
        fs::write(inbox.join("broken.warc"), "WARC/1.1\r\nWARC-Type: response\r\n").unwrap();
        for _ in 0..3 {
            app.look_into_folders(&mut seen).await.unwrap();
        }
        assert_eq!(count().await, 4, "two letters and a record besides");
        let watched = app.list_watched_folders(Nothing {}).await.unwrap().remove(0);
        let failed: Vec<_> = watched.failures.iter().map(|failure| failure.path.as_str()).collect();
        assert_eq!(failed.len(), 2, "{failed:?}");
        assert!(failed.contains(&"broken.warc"));
        assert_eq!(app.list_imports(Nothing {}).await.unwrap().len(), 3);
        fs::remove_dir_all(&inbox).unwrap();
        app.look_into_folders(&mut seen).await.unwrap();
        assert!(app.list_watched_folders(Nothing {}).await.unwrap()[0].problem.is_some());
    }
}
