//! The Tauri shell: one window, one command to the library, and the few things that only the desktop can do.
//!
//! Nothing is decided here. Every question about the library goes through `rpc` to `bilat_api::App::call`;
//! the page is confined to what `capabilities/main.json` lists.
#![cfg(feature = "desktop")]
#![deny(missing_docs)]

#[cfg(test)]
mod confinement;
mod dialog;
mod instance;
mod library;
mod link;
mod rendering;
mod rpc;
mod serving;
mod window;

use std::path::PathBuf;

use library::Library;

/// What the command line asked for.
pub struct Start {
    /// The library to open; the default one when absent.
    pub library: Option<PathBuf>,
    /// A `bilat:` link to follow once the page is there.
    pub link: Option<String>,
}

/// Opens the window and stays until it is closed.
///
/// A library that cannot be opened is no reason to fail here: the window says what is wrong.
///
/// # Errors
/// When the platform has no window to give: no display, or no web view.
pub fn run(start: Start) -> Result<(), tauri::Error> {
    let library = Library::at(start.library.map(|path| std::path::absolute(&path).unwrap_or(path)));
    tauri::Builder::default()
        .plugin(instance::one_per_library(&library))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::remembered_place())
        .manage(library)
        .manage(serving::Serving::default())
        .manage(window::Waiting::new(start.link))
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            window::ready,
            dialog::pick_file,
            dialog::pick_files,
            dialog::pick_folder,
            dialog::pick_save_path,
            link::open_link,
            rendering::clip_rendered
        ])
        .setup(|app| {
            rpc::open_early(app.handle());
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(window::on_event);
    Ok(())
}
