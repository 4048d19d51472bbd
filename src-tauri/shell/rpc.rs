//! The one command: a name and JSON in, JSON or an error out. And the way back: what happened in the library.

use bilat_api::{App, Changed, Error, Event};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::error::RecvError;

use crate::library::Library;

/// The event that carries what happened in the library.
const LIBRARY: &str = "library";

/// Calls a command of `bilat_api`.
#[tauri::command]
pub async fn rpc(app: AppHandle, name: String, payload: Value) -> Result<Value, Error> {
    open(&app).await?.call(&name, payload).await
}

/// Opens the library while the web view is still loading: it is ready before the page asks.
pub fn open_early(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // A failure is not lost: the page's first call meets it again.
        let _ = open(&app).await;
    });
}

async fn open(app: &AppHandle) -> Result<&App, Error> {
    app.state::<Library>().inner().open(|door| forward(door, app.clone())).await
}

/// Hands every event of the library to the page.
fn forward(door: &App, app: AppHandle) {
    let mut events = door.subscribe();
    tauri::async_runtime::spawn(async move {
        loop {
            let event = match events.recv().await {
                Ok(event) => event,
                // Some were lost on the way: whatever is shown must be read anew.
                Err(RecvError::Lagged(_)) => Event { what: Changed::Library, id: None },
                Err(RecvError::Closed) => break,
            };
            if app.emit(LIBRARY, event).is_err() {
                break;
            }
        }
    });
}
