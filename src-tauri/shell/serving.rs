//! The clip server in the window: it runs while some browser could use it, and not otherwise.
//!
//! That is while a browser is paired, or while a code to pair one is open. When other programs have every port, the
//! library says so to whoever shows it, and the window tries again by itself until a port is free.

use std::sync::Arc;
use std::time::Duration;

use bilat_api::{App, Changed, Event};
use bilat_server::Limits;
use tauri::async_runtime::JoinHandle;
use tokio::sync::Mutex;
use tokio::sync::broadcast::error::RecvError;

/// How long to wait before the ports are tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The server of this window, where it runs.
#[derive(Default)]
pub struct Serving(Mutex<Option<JoinHandle<()>>>);

impl Serving {
    /// Starts the server, or stops it, as the library has it: both are nothing when it is so already.
    pub async fn settle(&self, door: &Arc<App>) {
        let mut running = self.0.lock().await;
        // A library that cannot be read pairs nobody; what is wrong with it is said elsewhere.
        let wanted =
            door.is_pairing() || door.paired_browsers().await.is_ok_and(|browsers| !browsers.is_empty());
        match (wanted, running.take()) {
            (true, Some(server)) if !server.inner().is_finished() => *running = Some(server),
            (true, _) => match bilat_server::listen(None) {
                Ok(listeners) => {
                    // Whoever asks for the port next gets it: it is known from this call on.
                    let server = bilat_server::serve(door.clone(), listeners, Limits::default(), |_| {});
                    let door = door.clone();
                    *running = Some(tauri::async_runtime::spawn(async move {
                        if let Err(error) = server.await {
                            door.not_listening(format!("the clip server stopped: {error}"));
                        }
                    }));
                }
                Err(error) => door.not_listening(error.to_string()),
            },
            (false, Some(server)) => server.abort(),
            // Nobody waits for it any more, so it is no problem either.
            (false, None) => door.listening(None),
        }
    }

    /// Follows the library for as long as the window is open.
    pub async fn follow(&self, door: &Arc<App>) {
        let mut events = door.subscribe();
        loop {
            self.settle(door).await;
            let relevant = async {
                loop {
                    match events.recv().await {
                        Ok(Event { what: Changed::Browsers | Changed::Library, .. })
                        | Err(RecvError::Lagged(_)) => return true,
                        Ok(_) => {}
                        Err(RecvError::Closed) => return false,
                    }
                }
            };
            // The clock is for what no event tells: a code that ran out, a port that became free.
            match tokio::time::timeout(AGAIN, relevant).await {
                Ok(true) | Err(_) => {}
                Ok(false) => return,
            }
        }
    }
}
