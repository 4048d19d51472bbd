//! The one command: a name and JSON in, JSON or an error out. And the way back: what happened in the library.

use std::sync::Arc;

use bilat_api::{App, Changed, Error, Event, Nothing};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::error::RecvError;

use crate::library::Library;
use crate::serving::Serving;
use crate::window;

/// The event that carries what happened in the library.
const LIBRARY: &str = "library";
/// The command that lets a browser pair.
const PAIR: &str = "open_pairing";

/// Calls a command of `bilat_api`.
#[tauri::command]
pub async fn rpc(app: AppHandle, name: String, payload: Value) -> Result<Value, Error> {
    let door = open(&app).await?;
    let mut answer = door.call(&name, payload).await?;
    if name == PAIR {
        // A code is for a server that runs: the answer waits until it does, and names its port.
        app.state::<Serving>().settle(door).await;
        answer["port"] = door.clip_server(Nothing {}).await?.port.into();
    }
    Ok(answer)
}

/// Opens the library while the web view is still loading: it is ready before the page asks.
pub fn open_early(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // A failure is not lost: the page's first call meets it again.
        let _ = open(&app).await;
    });
}

/// The library behind the window.
pub async fn open(app: &AppHandle) -> Result<&Arc<App>, Error> {
    let opened = |door: &Arc<App>| {
        forward(door, app.clone());
        let (host, app) = (door.clone(), app.clone());
        tauri::async_runtime::spawn(async move { host.keep_analysed().await });
        let host = door.clone();
        tauri::async_runtime::spawn(async move { host.run_schedules().await });
        let door = door.clone();
        tauri::async_runtime::spawn(async move { app.state::<Serving>().follow(&door).await });
    };
    app.state::<Library>().inner().open(opened).await
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
            // To the page alone: a page that is rendered hears nothing of the library.
            if app.emit_to(window::MAIN, LIBRARY, event).is_err() {
                break;
            }
        }
    });
}
