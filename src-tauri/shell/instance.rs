//! A second start on the same library focuses the window that is already open.
//!
//! Two libraries may stand open side by side; two windows on one library would only race each other.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Wry};

use crate::library::Library;
use crate::window;

pub fn one_per_library(library: &Library) -> TauriPlugin<Wry> {
    let place = library.place().unwrap_or_default();
    tauri_plugin_single_instance::Builder::new().dbus_id(bus_name(&place)).callback(second_start).build()
}

fn second_start(app: &AppHandle, arguments: Vec<String>, _folder: String) {
    window::focus(app);
    if let Some(link) = arguments.into_iter().skip(1).find(|argument| window::is_link(argument)) {
        window::follow(app, link);
    }
}

/// A name on the session bus for this library. The default hasher is seeded alike in every process.
fn bus_name(library: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    library.hash(&mut hasher);
    format!("app.bilat.desktop.library{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_library_has_its_own_name_on_the_bus() {
        assert_eq!(bus_name(Path::new("/a/x.bilat")), bus_name(Path::new("/a/x.bilat")));
        assert_ne!(bus_name(Path::new("/a/x.bilat")), bus_name(Path::new("/a/y.bilat")));
    }
}
