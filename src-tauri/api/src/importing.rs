//! Imports: whole collections read in by a thread of their own, while everything else goes on.
//!
//! A run reads items one after the other, clips those with documents on every core, and keeps them in
//! batches, each one transaction with its counts: whenever a run is cut off, the library says exactly what
//! is in, and the same run started again does the rest, because an item is known by the other program's
//! key. A person's later work is never touched: a known item adds what it has more, and changes nothing.

mod gather;
mod keep;
mod prepare;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bilat_core::{Import, ImportCounts, ImportFailure, ImportFormat, ImportId, ImportState};
use bilat_store::{import, outlet_rule};
use chrono::{DateTime, TimeDelta};

use crate::app::{Hand, rfc3339};
use crate::{App, ById, Changed, Code, Error, Nothing, Result, StartImport};
use gather::{Gathered, Sources};
use keep::Work;
use prepare::Taught;

/// How many items are kept in one transaction.
const BATCH: usize = 100;

/// How many bytes of documents a batch may hold, so that a hundred large ones do not fill the memory.
const BATCH_BYTES: usize = 16 << 20;

/// A run gives a sign of life at least this often, in seconds.
const BEAT: u64 = 3;

/// A run of another program's that gave none for this long was cut off, in seconds.
const CUT_OFF: i64 = 15;

/// How many runs are listed.
const LISTED: u32 = 100;

/// How many articles of a run go to the bin in one transaction.
const UNDONE: u32 = 200;

/// Listeners hear of a run at most this often.
const TOLD: Duration = Duration::from_millis(200);

/// The runs that are at work.
#[derive(Default)]
pub(crate) struct Running(Mutex<HashMap<ImportId, Working>>);

pub(crate) struct Working {
    pub(crate) wish: Arc<Wish>,
    pub(crate) thread: JoinHandle<()>,
    /// What the run reads.
    pub(crate) format: ImportFormat,
}

/// What is wished of a run.
#[derive(Debug, Default)]
pub(crate) struct Wish(AtomicU8);

const GO_ON: u8 = 0;
const CANCEL: u8 = 1;
/// The library is being closed: the run ends where it is, and says nothing, as after a crash.
const CLOSE: u8 = 2;

impl Wish {
    fn now(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self, wish: u8) {
        self.0.store(wish, Ordering::Relaxed);
    }

    pub(crate) fn is_to_stop(&self) -> bool {
        self.now() != GO_ON
    }

    /// Whether the library is being closed.
    pub(crate) fn is_to_close(&self) -> bool {
        self.now() == CLOSE
    }
}

impl Drop for Running {
    /// Whoever closes the library waits for the batch at hand.
    fn drop(&mut self) {
        let working = std::mem::take(self.0.get_mut().unwrap_or_else(PoisonError::into_inner));
        for working in working.values() {
            working.wish.set(CLOSE);
        }
        for working in working.into_values() {
            let _ = working.thread.join();
        }
    }
}

impl Running {
    pub(crate) fn begin(&self, id: ImportId, working: Working) {
        let mut running = self.lock();
        running.retain(|_, working| !working.thread.is_finished());
        running.insert(id, working);
    }

    /// Whether a run that reads `format` is at work.
    pub(crate) fn has(&self, format: ImportFormat) -> bool {
        self.lock().values().any(|working| working.format == format && !working.thread.is_finished())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ImportId, Working>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Begins an import; it goes on by itself, and tells `imports` as it does.
    ///
    /// # Errors
    /// `io` when a path cannot be read; `bad_input` when none is given.
    pub async fn start_import(&self, request: StartImport) -> Result<Import> {
        let StartImport { paths, format } = request;
        let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
        let name = name(&paths)?;
        for path in &paths {
            std::fs::metadata(path)
                .map_err(|error| Error::new(Code::Io, format!("importing {}: {error}", path.display())))?;
        }
        let now = self.now();
        let first = format.unwrap_or(ImportFormat::Files);
        let id = self.write(Changed::Imports, move |tx| import::start(tx, &name, first, &now)).await?;
        let wish = Arc::<Wish>::default();
        let rules = self.read(outlet_rule::list).await?;
        let run = Run {
            hand: self.hand(),
            id,
            wish: wish.clone(),
            taught: Taught { known: self.known(), rules },
            sources: Sources { paths, format },
        };
        let thread = thread::Builder::new().name(format!("import-{id}")).spawn(move || run.go());
        let thread = thread.map_err(|error| Error::new(Code::Io, format!("starting the import: {error}")))?;
        self.imports.begin(id, Working { wish, thread, format: first });
        self.read_import(ById { id }).await
    }

    /// One run.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn read_import(&self, request: ById<ImportId>) -> Result<Import> {
        let id = request.id;
        let (import, beat_at) =
            self.read(move |conn| Ok((import::read(conn, id)?, import::beat_at(conn, id)?))).await?;
        Ok(self.as_it_stands(import, &beat_at))
    }

    /// The newest runs first.
    pub(crate) async fn list_imports(&self, _: Nothing) -> Result<Vec<Import>> {
        let found = self
            .read(|conn| {
                let imports = import::list(conn, LISTED)?;
                let beats = imports.iter().map(|import| import::beat_at(conn, import.id));
                let beats = beats.collect::<bilat_store::Result<Vec<_>>>()?;
                Ok(imports.into_iter().zip(beats).collect::<Vec<_>>())
            })
            .await?;
        Ok(found.into_iter().map(|(import, beat_at)| self.as_it_stands(import, &beat_at)).collect())
    }

    /// A run that nobody works on any more says so.
    fn as_it_stands(&self, import: Import, beat_at: &str) -> Import {
        if import.state != ImportState::Running || self.is_at_work(import.id) {
            return import;
        }
        let silent = DateTime::parse_from_rfc3339(beat_at).map(|beat| self.instant() - beat.to_utc());
        let cut_off = silent.is_ok_and(|silent| silent.abs() > TimeDelta::seconds(CUT_OFF));
        if cut_off { Import { state: ImportState::Interrupted, ..import } } else { import }
    }

    fn is_at_work(&self, id: ImportId) -> bool {
        self.imports.lock().get(&id).is_some_and(|working| !working.thread.is_finished())
    }

    /// Stops a run between two items; what is in by then stays.
    ///
    /// # Errors
    /// `bad_input` when it does not run here.
    pub async fn cancel_import(&self, request: ById<ImportId>) -> Result<Import> {
        let found = self.read_import(request).await?;
        match self.imports.lock().get(&request.id) {
            Some(working) => working.wish.set(CANCEL),
            None if found.state == ImportState::Running => {
                let message =
                    format!("stopping import {}: another program runs it; stop it there", request.id);
                return Err(Error::bad_input(message));
            }
            None => return Ok(found),
        }
        // A batch takes a moment; whoever asked sees the end of it.
        let patience = Instant::now();
        while self.is_at_work(request.id) && patience.elapsed() < Duration::from_secs(20) {
            tokio::task::spawn_blocking(|| thread::sleep(Duration::from_millis(20))).await.unwrap_or(());
        }
        self.read_import(request).await
    }

    /// Takes back what a run added: its articles go to the bin, its marks on other articles and the
    /// collections that it made and that are empty then are deleted. Briefings, feeds, saved searches and
    /// rules of outlets stay.
    ///
    /// # Errors
    /// `bad_input` while it runs.
    pub async fn undo_import(&self, request: ById<ImportId>) -> Result<Import> {
        let id = request.id;
        if self.read_import(request).await?.state == ImportState::Running {
            return Err(Error::bad_input(format!("taking back import {id}: it is running; stop it first")));
        }
        let now = self.now();
        loop {
            let now = now.clone();
            let moved = self
                .store
                .write(move |tx| {
                    let articles = import::list_made(tx, id, UNDONE)?;
                    articles
                        .iter()
                        .try_for_each(|article| bilat_store::article::delete(tx, *article, &now))?;
                    import::mark_undone(tx, id, &articles)?;
                    Ok(articles.len())
                })
                .await?;
            self.tell(Changed::Imports, Some(id.0));
            if moved == 0 {
                break;
            }
        }
        self.write(Changed::Imports, move |tx| {
            let marks = import::list_annotations(tx, id)?;
            marks.iter().try_for_each(|mark| bilat_store::annotation::delete(tx, *mark, &now))?;
            import::delete_empty_collections(tx, id, &now)?;
            import::end(tx, id, ImportState::Undone, &now)
        })
        .await?;
        self.tell(Changed::Articles, None);
        self.tell(Changed::Annotations, None);
        self.tell(Changed::Collections, None);
        self.read_import(request).await
    }
}

/// “desk.ris”, “desk.ris and 2 more”.
fn name(paths: &[PathBuf]) -> Result<String> {
    let first = paths.first().ok_or_else(|| Error::bad_input("importing: no file was given"))?;
    let first =
        first.file_name().map_or_else(|| first.display().to_string(), |name| name.to_string_lossy().into());
    Ok(match paths.len() {
        1 => first,
        many => format!("{first} and {} more", many - 1),
    })
}

/// One run, on its own thread.
struct Run {
    hand: Hand,
    id: ImportId,
    wish: Arc<Wish>,
    taught: Taught,
    sources: Sources,
}

impl Run {
    fn go(self) {
        let worked = catch_unwind(AssertUnwindSafe(|| self.work()));
        let state = match worked {
            Ok(Ok(())) if self.wish.now() == CLOSE => return,
            Ok(Ok(())) if self.wish.now() == CANCEL => ImportState::Cancelled,
            Ok(Ok(())) => ImportState::Done,
            Ok(Err(error)) => self.broke_off(&error.to_string()),
            Err(_) => self.broke_off("reading the collection failed; please report this file's format"),
        };
        let (id, now) = (self.id, self.hand.now());
        let _ = self.hand.store.write_blocking(move |tx| import::end(tx, id, state, &now));
        self.hand.tell(Changed::Articles, None);
        self.hand.tell(Changed::Collections, None);
        self.hand.tell(Changed::Imports, Some(id.0));
    }

    /// A run that cannot go on says why, as far as the library can still be written.
    fn broke_off(&self, reason: &str) -> ImportState {
        let failure = ImportFailure { item: "the import".into(), reason: reason.to_owned() };
        let id = self.id;
        let _ = self.hand.store.write_blocking(move |tx| import::add_failure(tx, id, &failure));
        ImportState::Failed
    }

    fn work(&self) -> bilat_store::Result<()> {
        let (to_writer, batches) = sync_channel(1);
        thread::scope(|scope| {
            let writer = scope.spawn(move || self.write(&batches));
            self.read(&to_writer);
            drop(to_writer);
            writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Reads items, gathers them into batches and prepares these.
    fn read(&self, to_writer: &SyncSender<Batch>) {
        let mut keys: HashMap<(ImportFormat, String), u32> = HashMap::new();
        let mut batch = Vec::with_capacity(BATCH);
        let mut bytes = 0;
        // The writer is gone when it could not go on; what it says is what counts.
        self.sources.each(&mut |found| {
            if self.wish.is_to_stop() {
                return false;
            }
            match found {
                Gathered::Described { format, total } => {
                    return to_writer.send(Batch::Described { format, total }).is_ok();
                }
                Gathered::Item(mut item) => {
                    let seen = keys.entry((item.format, item.key.clone())).or_default();
                    *seen += 1;
                    // What has neither a number nor an address is one thing where all that it is known by
                    // is equal. A second item under one number is another: many programs number badly.
                    item.again = *seen > 1 && item.item.key.is_empty() && item.item.url.is_none();
                    if *seen > 1 && !item.again {
                        item.key = format!("{} ~{seen}", item.key);
                    }
                    bytes += item.bytes();
                    batch.push(Ok(*item));
                }
                Gathered::Failed(failure) => batch.push(Err(failure)),
            }
            if batch.len() < BATCH && bytes < BATCH_BYTES {
                return true;
            }
            bytes = 0;
            self.send(std::mem::take(&mut batch), to_writer)
        });
        if !batch.is_empty() && !self.wish.is_to_stop() {
            self.send(batch, to_writer);
        }
    }

    fn send(
        &self,
        items: Vec<std::result::Result<gather::Found, ImportFailure>>,
        to_writer: &SyncSender<Batch>,
    ) -> bool {
        match prepare::all(items, &self.hand, &self.taught) {
            Ok(work) => to_writer.send(Batch::Work(Arc::new(work))).is_ok(),
            Err(error) => to_writer.send(Batch::Broken(error)).is_ok(),
        }
    }

    /// Keeps batches as they come.
    fn write(&self, batches: &Receiver<Batch>) -> bilat_store::Result<()> {
        let mut told = Instant::now();
        let mut told_articles = Instant::now();
        loop {
            match batches.recv_timeout(Duration::from_secs(BEAT)) {
                Ok(Batch::Work(_)) if self.wish.is_to_stop() => continue,
                Ok(Batch::Work(work)) => {
                    let patient = self.keep(work.clone());
                    if let Err(error) = patient {
                        if is_fatal(&error) {
                            return Err(error);
                        }
                        // Something in the batch broke all of it: each item stands alone.
                        for at in 0..work.len() {
                            self.keep_one(&work, at)?;
                        }
                    }
                }
                Ok(Batch::Described { format, total }) => {
                    let id = self.id;
                    self.hand.store.write_blocking(move |tx| import::describe(tx, id, format, total))?;
                }
                Ok(Batch::Broken(error)) => return Err(error),
                Err(RecvTimeoutError::Timeout) => {
                    let (id, now) = (self.id, self.hand.now());
                    let none = ImportCounts::default();
                    self.hand.store.write_blocking(move |tx| import::progress(tx, id, 0, &none, &now))?;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            if told.elapsed() >= TOLD {
                told = Instant::now();
                self.hand.tell(Changed::Imports, Some(self.id.0));
            }
            // Lists that are open follow, but not at every batch.
            if told_articles.elapsed() >= 5 * TOLD {
                told_articles = Instant::now();
                self.hand.tell(Changed::Articles, None);
            }
        }
    }

    fn keep(&self, work: Arc<Vec<Work>>) -> bilat_store::Result<()> {
        let (id, now) = (self.id, self.hand.instant());
        self.hand.store.write_blocking(move |tx| keep::batch(tx, id, &work, now))
    }

    fn keep_one(&self, work: &Arc<Vec<Work>>, at: usize) -> bilat_store::Result<()> {
        let (id, now) = (self.id, self.hand.instant());
        let whole = work.clone();
        let kept = self.hand.store.write_blocking(move |tx| keep::batch(tx, id, &whole[at..=at], now));
        match kept {
            Err(error) if !is_fatal(&error) => {
                let failure = ImportFailure { item: work[at].name.clone(), reason: error.to_string() };
                let now = rfc3339(now);
                self.hand.store.write_blocking(move |tx| {
                    import::add_failure(tx, id, &failure)?;
                    import::progress(tx, id, 1, &ImportCounts { failed: 1, ..ImportCounts::default() }, &now)
                })
            }
            kept => kept,
        }
    }
}

/// What goes from reading to keeping.
enum Batch {
    /// Items.
    Work(Arc<Vec<Work>>),
    /// What the run is read as, and how many items there are.
    Described { format: ImportFormat, total: Option<u32> },
    /// The library could not be read.
    Broken(bilat_store::Error),
}

/// Whether nothing more can be kept.
fn is_fatal(error: &bilat_store::Error) -> bool {
    use bilat_store::Error::{Busy, Closed, Full, ReadOnly};
    matches!(error, Busy | Closed | Full | ReadOnly)
}

/// The name of a file without its folder.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
