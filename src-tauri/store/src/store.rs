//! One writer thread, three read-only readers.
//!
//! SQLite allows one writer at a time. Rather than let callers race for the lock, every change is a
//! closure queued to the one thread that owns the write connection, in a transaction of its own;
//! the write-ahead log lets readers carry on beside it. Other processes share the file the same way:
//! the command line can write while the window is open, each change waiting up to five seconds.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::error::{Error, OpenError, Result};
use crate::migrate;
use crate::open::{self, Opened};
use crate::search::index;

const READERS: usize = 3;

/// How long nobody must have written before the index is tidied.
const LULL: Duration = Duration::from_secs(5);

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Whether a library that does not exist is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Make it, with its folder, where it does not exist.
    Create,
    /// Fail where it does not exist.
    Existing,
}

/// An open library. Cheap to clone; closed when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    readers: Readers,
    writer: Option<Writer>,
}

#[derive(Debug)]
struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Readers {
    idle: Mutex<Vec<Connection>>,
    back: Condvar,
}

impl Store {
    /// Opens the library at `path`, bringing its tables up to date.
    ///
    /// # Errors
    /// See [`OpenError`]; a file that is refused is not written to.
    pub fn open(path: impl AsRef<Path>, access: Access) -> Result<Self, OpenError> {
        open::open(path.as_ref(), access, READERS, migrate::STEPS).map(Self::of)
    }

    pub(crate) fn of(opened: Opened) -> Self {
        let writer = opened.writer.map(Writer::start);
        let readers = Readers { idle: Mutex::new(opened.readers), back: Condvar::new() };
        Self { inner: Arc::new(Inner { path: opened.path, readers, writer }) }
    }

    /// The library file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Whether the library lies on a read-only medium, so that every change fails.
    pub fn is_read_only(&self) -> bool {
        self.inner.writer.is_none()
    }

    /// Runs `query` on a read-only connection, off the async threads.
    ///
    /// # Errors
    /// What `query` returns; [`Error::Panicked`] when it panicked.
    pub async fn read<T, F>(&self, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_blocking(query))
            .await
            .unwrap_or_else(|stopped| Err(Error::Panicked(stopped.to_string())))
    }

    /// As [`Store::read`], on this thread.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_blocking<T>(&self, query: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let lent = self.inner.readers.lend();
        caught(|| query(lent.conn.as_ref().expect("a loan holds a connection until it is dropped")))
    }

    /// Queues `change` to the writer, in a transaction of its own, and waits for the commit. When it
    /// returns, the change is on the disk; when `change` fails or panics, nothing has changed.
    ///
    /// # Errors
    /// What `change` returns; [`Error::ReadOnly`], [`Error::Full`], [`Error::Busy`], [`Error::Panicked`].
    pub async fn write<T, F>(&self, change: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let (done, result) = oneshot::channel();
        self.queue(change, move |outcome| drop(done.send(outcome)))?;
        result.await.unwrap_or(Err(Error::Closed))
    }

    /// As [`Store::write`], on this thread.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T, F>(&self, change: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let (done, result) = mpsc::sync_channel(1);
        self.queue(change, move |outcome| drop(done.send(outcome)))?;
        result.recv().unwrap_or(Err(Error::Closed))
    }

    fn queue<T, F>(&self, change: F, done: impl FnOnce(Result<T>) + Send + 'static) -> Result<()>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let writer = self.inner.writer.as_ref().ok_or(Error::ReadOnly)?;
        let job: Job = Box::new(move |conn| {
            done(caught(|| {
                let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let value = index::once(&tx, || change(&tx))?;
                tx.commit()?;
                Ok(value)
            }));
        });
        writer.jobs.as_ref().ok_or(Error::Closed)?.send(job).map_err(|_| Error::Closed)
    }
}

impl Writer {
    fn start(mut conn: Connection) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = thread::Builder::new()
            .name("library-writer".into())
            .spawn(move || work(&mut conn, &queue))
            .expect("a process that cannot start one thread cannot run at all");
        Self { jobs: Some(jobs), thread: Some(thread) }
    }
}

/// Runs the jobs, and tidies the search index when there have been none for a while.
fn work(conn: &mut Connection, queue: &mpsc::Receiver<Job>) {
    let mut untidy = true;
    loop {
        let next = if untidy { queue.recv_timeout(LULL) } else { queue.recv().map_err(Into::into) };
        match next {
            Ok(job) => {
                job(conn);
                untidy = true;
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let tidied = caught(|| {
                    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
                    let more = index::tidy(&tx, index::SMALL_LIBRARY)?;
                    tx.commit()?;
                    Ok(more)
                });
                // What could not be done now (another program writes) is done after the next change.
                untidy = tidied.unwrap_or(false);
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => return,
        }
    }
}

impl Drop for Inner {
    /// Closes the readers, then the writer, which moves the log into the file as the last one.
    fn drop(&mut self) {
        self.readers.idle().clear();
        if let Some(writer) = &mut self.writer {
            writer.jobs = None;
            // The last clone may have been dropped by a job, on the writer itself.
            if let Some(thread) = writer.thread.take().filter(|t| t.thread().id() != thread::current().id()) {
                let _ = thread.join();
            }
        }
    }
}

impl Readers {
    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend(&self) -> Lent<'_> {
        let mut idle = self.idle();
        loop {
            match idle.pop() {
                Some(conn) => return Lent { conn: Some(conn), home: self },
                None => idle = self.back.wait(idle).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// A reader on loan; it goes home when the loan ends, panic or not.
struct Lent<'a> {
    conn: Option<Connection>,
    home: &'a Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        self.home.idle().extend(self.conn.take());
        self.home.back.notify_one();
    }
}

/// Runs `work`; a panic in it becomes an error, so that neither thread nor connection is lost.
fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Error::Panicked(message(&*panic))))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;
    use crate::setting;

    #[test]
    fn readers_see_a_committed_write_and_no_reader_can_write() {
        let desk = Desk::new();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        runtime.block_on(async {
            desk.store.write(|tx| setting::write(tx, "theme", &"dark".into())).await.unwrap();
            let reads = (0..20).map(|_| {
                tokio::spawn({
                    let store = desk.store.clone();
                    async move { store.read(|conn| setting::read(conn, "theme")).await.unwrap() }
                })
            });
            for read in reads.collect::<Vec<_>>() {
                assert_eq!(read.await.unwrap().unwrap(), "dark");
            }
            let write = desk.store.read(|conn| setting::write(conn, "theme", &"light".into())).await;
            assert!(matches!(write, Err(Error::ReadOnly | Error::Sqlite(_))), "{write:?}");
        });
    }

    #[test]
    fn a_panic_undoes_its_change_and_the_writer_lives_on() {
        let desk = Desk::new();
        let fell = desk.store.write_blocking(|tx| -> Result<()> {
            setting::write(tx, "half", &true.into())?;
            panic!("a bug")
        });
        assert!(matches!(fell, Err(Error::Panicked(why)) if why == "a bug"));
        let fell = desk.store.read_blocking(|_| -> Result<()> { panic!("another") });
        assert!(matches!(fell, Err(Error::Panicked(_))));
        desk.store.write_blocking(|tx| setting::write(tx, "whole", &true.into())).unwrap();
        for _ in 0..=READERS {
            let settings = desk.store.read_blocking(setting::list).unwrap();
            assert_eq!(settings.keys().collect::<Vec<_>>(), ["whole"]);
        }
    }

    #[test]
    fn an_error_undoes_its_change() {
        let desk = Desk::new();
        let failed = desk.store.write_blocking(|tx| {
            setting::write(tx, "half", &true.into())?;
            Err::<(), _>(Error::Invalid("no".into()))
        });
        assert!(matches!(failed, Err(Error::Invalid(_))));
        assert!(desk.store.read_blocking(setting::list).unwrap().is_empty());
    }

    #[test]
    fn what_was_acknowledged_is_there_after_reopening() {
        let desk = Desk::new();
        let id = desk.clip("Pact signed", "The harbour pact was signed on Friday.", "2031-05-02");
        let path = desk.store.path().to_owned();
        let Desk { store, folder } = desk;
        drop(store);
        assert!(!path.with_extension("bilat-wal").exists(), "the log is moved into the file at the end");
        let store = Store::open(&path, Access::Existing).unwrap();
        let article = store.read_blocking(|conn| crate::article::read(conn, id)).unwrap().unwrap();
        assert_eq!(article.title, "Pact signed");
        drop(folder);
    }

    #[test]
    fn two_programs_write_to_one_library() {
        let desk = Desk::new();
        let other = Store::open(desk.store.path(), Access::Existing).unwrap();
        let writes = |store: Store, name: &'static str| {
            thread::spawn(move || {
                for n in 0..50 {
                    store
                        .write_blocking(move |tx| setting::write(tx, &format!("{name}{n}"), &n.into()))
                        .unwrap();
                }
            })
        };
        let (one, two) = (writes(desk.store.clone(), "a"), writes(other, "b"));
        one.join().unwrap();
        two.join().unwrap();
        assert_eq!(desk.store.read_blocking(setting::list).unwrap().len(), 100);
    }

    #[test]
    fn a_full_disk_is_named_and_loses_nothing_that_was_saved() {
        let desk = Desk::new();
        desk.write(|tx| setting::write(tx, "kept", &true.into()));
        let full = desk.store.write_blocking(|tx| {
            // SQLite's own way to run out of room: no page more than there are now.
            let pages: i64 = tx.pragma_query_value(None, "page_count", |row| row.get(0))?;
            tx.pragma_update(None, "max_page_count", pages)?;
            setting::write(tx, "lost", &"x".repeat(1 << 20).into())
        });
        assert!(matches!(full, Err(Error::Full)), "{full:?}");
        assert!(full.unwrap_err().to_string().starts_with("the disk is full, so nothing was saved"));
        desk.write(|tx| Ok(tx.pragma_update(None, "max_page_count", 1 << 30)?));
        desk.write(|tx| setting::write(tx, "again", &true.into()));
        let names: Vec<_> = desk.read(setting::list).into_keys().collect();
        assert_eq!(names, ["again", "kept"]);
    }
}
