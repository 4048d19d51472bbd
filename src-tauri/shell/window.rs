//! The one window: its size, its first paint, and where it may go, which is nowhere.
//!
//! It stays hidden until the page says that it has painted, so that nobody sees an empty frame; should the page
//! never say so, it is shown after [`PATIENCE`] all the same, because an invisible program is worse than a blank one.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tauri::plugin::TauriPlugin;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Emitter, Manager, RunEvent, State, Url, WebviewUrl, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

/// The window's label, which `capabilities/main.json` names.
pub const MAIN: &str = "main";
/// Carries a `bilat:` link that another start of the program brought.
const LINK: &str = "link";
/// How long a hidden window waits for its page. A start takes a third of a second; a slow disk takes longer.
const PATIENCE: Duration = Duration::from_secs(4);

/// What waits for the page to be there.
pub struct Waiting {
    link: Mutex<Option<String>>,
    /// The page is there, and nothing is to take its place.
    settled: AtomicBool,
}

impl Waiting {
    pub fn new(link: Option<String>) -> Self {
        Self { link: Mutex::new(link.filter(|link| is_link(link))), settled: AtomicBool::new(false) }
    }
}

/// What the page is told when it has painted.
#[derive(Serialize)]
pub struct Ready {
    /// The `bilat:` link that the program was started with.
    link: Option<String>,
}

/// Builds the window, hidden.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let waiting = app.clone();
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Bilat")
        .inner_size(1440.0, 900.0)
        .min_inner_size(960.0, 600.0)
        .visible(false)
        .on_navigation(move |url| {
            may_load(url, waiting.state::<Waiting>().settled.load(Ordering::Relaxed), tauri::is_dev())
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    #[cfg(target_os = "macos")]
    let window = window.title_bar_style(tauri::TitleBarStyle::Overlay).hidden_title(true);
    #[cfg(not(target_os = "macos"))]
    let window = window.decorations(false);
    let window = window.build()?;
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        if !window.is_visible().unwrap_or(true) {
            let _ = window.show();
        }
    });
    Ok(())
}

/// The page has painted: show it.
#[tauri::command]
pub fn ready(app: AppHandle, waiting: State<'_, Waiting>) -> Ready {
    waiting.settled.store(true, Ordering::Relaxed);
    focus(&app);
    let link = waiting.link.lock().ok().and_then(|mut link| link.take());
    Ready { link }
}

/// Brings the window to the front, from the taskbar too.
pub fn focus(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Hands a link to the page that is already there.
pub fn follow(app: &AppHandle, link: String) {
    let _ = app.emit_to(MAIN, LINK, link);
}

/// Whether this argument is one of our links, and not an address to be opened.
pub fn is_link(argument: &str) -> bool {
    Url::parse(argument).is_ok_and(|url| url.scheme() == "bilat")
}

/// Links that macOS hands over as an event and not as an argument.
pub fn on_event(app: &AppHandle, event: RunEvent) {
    #[cfg(target_os = "macos")]
    if let RunEvent::Opened { urls } = &event {
        for url in urls.iter().filter(|url| url.scheme() == "bilat") {
            follow(app, url.to_string());
        }
    }
    let _ = (app, event);
}

/// Size, place and maximised state come back at the next start. Visibility does not: see [`ready`].
pub fn remembered_place() -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}

/// The page, until it is there; in development Vite's server at any time. A page that is there stays: no link, form or
/// refresh puts another in its place, not the page itself, and not the empty one, which is where WebKit goes from an
/// address that it cannot read.
fn may_load(url: &Url, settled: bool, development: bool) -> bool {
    match (url.scheme(), url.host_str()) {
        ("about", None) => !settled && url.path() == "blank",
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => {
            !settled && url.port().is_none() && matches!(url.path(), "" | "/" | "/index.html")
        }
        ("http", Some("localhost")) => development && url.port() == Some(1420),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes_to(address: &str) -> bool {
        may_load(&Url::parse(address).expect("the test's own address"), false, false)
    }

    fn goes_on_to(address: &str) -> bool {
        may_load(&Url::parse(address).expect("the test's own address"), true, false)
    }

    #[test]
    fn the_page_may_load() {
        assert!(goes_to("tauri://localhost/index.html"));
        assert!(goes_to("about:blank"));
    }

    #[test]
    fn a_page_that_is_there_stays() {
        for address in [
            "tauri://localhost",
            "tauri://localhost/index.html",
            "http://tauri.localhost/?a=b",
            "about:blank",
        ] {
            assert!(goes_to(address), "{address}");
            assert!(!goes_on_to(address), "{address}");
        }
        assert!(!goes_on_to("about:srcdoc"));
        assert!(!goes_on_to("https://example.org/"));
    }

    #[test]
    fn development_alone_loads_from_its_server() {
        let url = Url::parse("http://localhost:1420/").expect("the test's own address");
        assert!(may_load(&url, true, true));
        assert!(!may_load(&url, false, false));
    }

    #[test]
    fn nothing_else_may_load() {
        for address in [
            "https://example.org/",
            "http://localhost/",
            "http://127.0.0.1:1420/",
            "https://tauri.localhost.example.org/",
            "tauri://example.org/",
            "tauri://localhost/etc/hostname",
            "http://tauri.localhost:8080/",
            "file:///etc/passwd",
            "data:text/html,<p>",
            "javascript:alert(1)",
            "about:config",
            "blob:tauri://localhost/1",
        ] {
            assert!(!goes_to(address), "{address}");
        }
    }

    #[test]
    fn only_bilat_links_are_followed() {
        assert!(is_link("bilat:article/straitstimes-20230120"));
        assert!(is_link("bilat://article/straitstimes-20230120"));
        assert!(!is_link("https://example.org/"));
        assert!(!is_link("notes.txt"));
        assert!(Waiting::new(Some("file:///etc/passwd".into())).link.lock().expect("just made").is_none());
    }
}
