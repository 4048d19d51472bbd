//! The open library behind the door, and the router.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use bilat_store::{Access, Connection, Store, Transaction};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::broadcast;

#[allow(clippy::wildcard_imports, reason = "the command list names most of what they hold")]
use crate::commands::*;
use crate::error::{Code, Error, Result};
use crate::event::{Changed, Event};
use crate::{importing, knowing, pairing, reanalysing};
use bilat_analysis::Known;
use bilat_brief::Check;
#[allow(clippy::wildcard_imports, reason = "the command list names most of what they hold")]
use bilat_core::*;
use bilat_fetch::{Internet, Network};

/// Tells the time; the caller's, so that tests can say what time it is.
pub type Clock = fn() -> DateTime<Utc>;

/// How many events a slow listener may fall behind before it misses some and must read anew.
const BACKLOG: usize = 256;

/// An open library.
pub struct App {
    pub(crate) store: Store,
    pub(crate) path: PathBuf,
    pub(crate) pairing: Mutex<pairing::Window>,
    pub(crate) clip_server: Mutex<ClipServer>,
    pub(crate) known: RwLock<Arc<Known>>,
    pub(crate) reanalysis: reanalysing::Run,
    pub(crate) imports: importing::Running,
    pub(crate) network: Arc<dyn Network>,
    clock: Clock,
    events: broadcast::Sender<Event>,
}

/// What a thread of its own needs of the library while the app does other things.
pub(crate) struct Hand {
    pub(crate) store: Store,
    clock: Clock,
    events: broadcast::Sender<Event>,
}

impl Hand {
    /// As [`App::instant`].
    pub(crate) fn instant(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// As [`App::now`].
    pub(crate) fn now(&self) -> String {
        rfc3339(self.instant())
    }

    /// As [`App::tell`].
    pub(crate) fn tell(&self, what: Changed, id: Option<i64>) {
        let _ = self.events.send(Event { what, id });
    }
}

impl App {
    /// Opens the library at `path`.
    ///
    /// # Errors
    /// `library_unusable` when the file is no library, damaged, newer than this program or cannot be
    /// opened; the file is left as it was.
    pub fn open(path: &Path, access: Access, clock: Clock) -> Result<App> {
        let store = Store::open(path, access)
            .map_err(|error| Error::new(Code::LibraryUnusable, format!("opening the library: {error}")))?;
        let known = store
            .read_blocking(knowing::known)
            .map_err(|error| Error::new(Code::LibraryUnusable, format!("opening the library: {error}")))?;
        Ok(App {
            known: RwLock::new(Arc::new(known)),
            reanalysis: reanalysing::Run::default(),
            store,
            path: path.to_owned(),
            pairing: Mutex::default(),
            clip_server: Mutex::default(),
            imports: importing::Running::default(),
            network: Arc::new(Internet),
            clock,
            events: broadcast::channel(BACKLOG).0,
        })
    }

    /// Everything that changes from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// What a thread of its own needs of the library.
    pub(crate) fn hand(&self) -> Hand {
        Hand { store: self.store.clone(), clock: self.clock, events: self.events.clone() }
    }

    /// The instant.
    pub(crate) fn instant(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// The time, RFC 3339 in UTC.
    pub fn now(&self) -> String {
        rfc3339(self.instant())
    }

    /// The day, in UTC.
    pub(crate) fn today(&self) -> NaiveDate {
        (self.clock)().date_naive()
    }

    /// Reads from the library.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> bilat_store::Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.store.read(query).await?)
    }

    /// Makes one change in one transaction, then tells it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        what: Changed,
        change: impl FnOnce(&Transaction<'_>) -> bilat_store::Result<T> + Send + 'static,
    ) -> Result<T> {
        let value = self.store.write(change).await?;
        self.tell(what, None);
        Ok(value)
    }

    /// Tells listeners what changed. That nobody listens is no fault.
    pub(crate) fn tell(&self, what: Changed, id: Option<i64>) {
        let _ = self.events.send(Event { what, id });
    }
}

/// An instant as it is written everywhere.
pub(crate) fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl From<bilat_store::Error> for Error {
    fn from(error: bilat_store::Error) -> Self {
        use bilat_store::Error as Store;
        let code = match &error {
            Store::NotFound { .. } => Code::NotFound,
            Store::Invalid(_) => Code::BadInput,
            Store::ReadOnly => Code::ReadOnly,
            Store::Full => Code::DiskFull,
            Store::Damaged { .. } => Code::LibraryUnusable,
            _ => Code::Io,
        };
        Error::new(code, error.to_string())
    }
}

macro_rules! router {
    ($($name:ident($request:ty) -> $response:ty),* $(,)?) => {
        impl App {
            /// The name of every command.
            pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

            /// Runs the command `name` on a JSON request: the one door for every host.
            ///
            /// # Errors
            /// `bad_request` when there is no such command or the request is not of its shape; else
            /// what the command itself answers.
            pub async fn call(&self, name: &str, request: Value) -> Result<Value> {
                match name {
                    $(stringify!($name) => {
                        let response: $response = self.$name(parse::<$request>(name, request)?).await?;
                        Ok(serde_json::to_value(response).expect("responses have string keys only"))
                    })*
                    _ => Err(Error::new(Code::BadRequest, format!("there is no command “{name}”"))),
                }
            }
        }
    };
}
with_commands!(router);

fn parse<T: DeserializeOwned>(name: &str, request: Value) -> Result<T> {
    serde_json::from_value(request).map_err(|error| Error::new(Code::BadRequest, format!("{name}: {error}")))
}
