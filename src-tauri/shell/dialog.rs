//! The system's own pickers. Only the chosen path comes back; reading and writing are the library's work.

use std::path::PathBuf;

use serde::Deserialize;
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

/// What to ask for.
#[derive(Deserialize)]
pub struct Ask {
    /// The dialogue's title.
    title: String,
    /// The name that a new file would get.
    #[serde(default)]
    file_name: Option<String>,
    /// Groups of file types, the likeliest first.
    #[serde(default)]
    filters: Vec<Filter>,
}

/// A group of file types.
#[derive(Deserialize)]
struct Filter {
    name: String,
    extensions: Vec<String>,
}

/// Asks for a file to open; nothing when the person cancels.
#[tauri::command]
pub async fn pick_file(window: WebviewWindow, ask: Ask) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    ask.over(&window).pick_file(move |path| drop(answer.send(path)));
    local(answered.await)
}

/// Asks for files to open; none when the person cancels.
#[tauri::command]
pub async fn pick_files(window: WebviewWindow, ask: Ask) -> Vec<PathBuf> {
    let (answer, answered) = oneshot::channel();
    ask.over(&window).pick_files(move |paths| drop(answer.send(paths)));
    let chosen = answered.await.ok().flatten().unwrap_or_default();
    chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// Asks for a folder; nothing when the person cancels.
#[tauri::command]
pub async fn pick_folder(window: WebviewWindow, ask: Ask) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    ask.over(&window).pick_folder(move |path| drop(answer.send(path)));
    local(answered.await)
}

/// Asks where to save; nothing when the person cancels. The system asks before it gives the name of a file that exists.
#[tauri::command]
pub async fn pick_save_path(window: WebviewWindow, ask: Ask) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    ask.over(&window).save_file(move |path| drop(answer.send(path)));
    local(answered.await)
}

impl Ask {
    fn over(self, window: &WebviewWindow) -> FileDialogBuilder<tauri::Wry> {
        let mut dialog = window.dialog().file().set_parent(window).set_title(self.title);
        if let Some(name) = self.file_name {
            dialog = dialog.set_file_name(name);
        }
        for Filter { name, extensions } in &self.filters {
            let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
            dialog = dialog.add_filter(name, &extensions);
        }
        dialog
    }
}

/// A dialogue that the window took down with it counts as cancelled.
fn local(answer: Result<Option<FilePath>, oneshot::error::RecvError>) -> Option<PathBuf> {
    answer.ok().flatten()?.into_path().ok()
}
