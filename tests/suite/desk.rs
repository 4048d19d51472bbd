//! A desk to work at in a test: a library in a folder of its own, a clock that stands still, and
//! sentences instead of requests.

use std::path::PathBuf;
use std::sync::Arc;

use bilat_api::{Access, App, Error};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// An open library and the way to its door.
pub struct Desk {
    app: Arc<App>,
    runtime: Runtime,
    folder: TempDir,
}

/// The moment at which every test happens.
fn noon() -> DateTime<Utc> {
    "2026-03-09T12:00:00Z".parse().expect("this is a moment")
}

impl Desk {
    /// A desk with an empty library.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let app =
            App::open(&folder.path().join("desk.bilat"), Access::Create, noon).expect("a new library opens");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        Self { app: Arc::new(app), runtime, folder }
    }

    /// A path in the desk's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Calls the door; it must answer.
    #[track_caller]
    pub fn call(&self, command: &str, request: Value) -> Value {
        match self.try_call(command, request) {
            Ok(response) => response,
            Err(error) => panic!("{command}: {:?}: {error}", error.code),
        }
    }

    /// Calls the door.
    pub fn try_call(&self, command: &str, request: Value) -> Result<Value, Error> {
        self.runtime.block_on(self.app.call(command, request))
    }

    /// Clips a text published by the Meridian Courier on 6 March 2026.
    #[track_caller]
    pub fn clip(&self, text: &str) -> Value {
        let source = json!({ "type": "text", "text": text });
        self.call(
            "clip",
            json!({ "source": source, "outlet": "The Meridian Courier", "published": "2026-03-06" }),
        )
    }

    /// Marks words as a statement.
    #[track_caller]
    pub fn statement(&self, article: &Value, exact: &str, attribution: Value) -> Value {
        let article = article["id"].to_string();
        self.call("annotate", json!({ "article": article, "exact": exact, "statement": attribution }))
    }

    /// Does what `work` says while the library's host does its part in the background.
    pub fn while_host_works<T, F>(&self, work: impl FnOnce(Arc<App>) -> F) -> T
    where
        F: Future<Output = T>,
    {
        self.runtime.block_on(async {
            tokio::select! {
                () = self.app.keep_analysed() => unreachable!("a host works as long as the library is open"),
                done = work(self.app.clone()) => done,
            }
        })
    }

    /// Everything the door tells from now on.
    pub fn listen(&self) -> tokio::sync::broadcast::Receiver<bilat_api::Event> {
        self.app.subscribe()
    }
}

/// A news story of our own: invented people, invented words.
pub const TREATY: &str = "\
Japan and Kazakhstan sign a transit pact

The pact opens a rail route for minerals

ASTANA – Japan and Kazakhstan signed a transit pact on Friday after two years of talks.

“The pact opens a door that was shut for a decade,” Kazakh transport minister Arman Tulebek told reporters. “We will walk through it together.”

Japanese envoy Haruka Sugimori said the route was “a promise kept, not a favour granted”.

The first train leaves in May. EXERCISE WIRE
";
