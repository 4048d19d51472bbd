//! Renders a page that is empty without its scripts, when a person says so, and clips what came of it.
//!
//! The page is a stranger's program. It runs in a hidden web view of its own that shares nothing with the window: no
//! capability names it, so that every command and event is refused to it; its cookies and storage begin empty and are
//! gone with it; it opens no window, downloads nothing and goes nowhere but to web addresses that may be fetched. What it
//! loads beside the page goes through a gate, which makes each connection as a fetch's is made: to no private network,
//! through the person's proxy or not at all. It gets its time and no more, and what it made is taken from outside, by
//! evaluation, and clipped like any page that a browser sends.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bilat_api::{Clip, ClipSource, Clipped, Code, Error, Rendered};
use bilat_core::Edtf;
use bilat_fetch::{Gate, Policy, Proxy, Target, is_public};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};

use crate::rpc;

/// What every rendering window's label begins with; no capability names one.
pub const LABEL: &str = "rendering-";
/// How long a page may take from its address to its last word.
const CLOCK: Duration = Duration::from_secs(20);
/// How often it is looked at, and for how many looks its words must stay the same.
const LOOK: Duration = Duration::from_millis(400);
const SAME: u32 = 3;
/// How long one question to the page may take: a page that loops answers none.
const ANSWER: Duration = Duration::from_secs(4);
/// The most that is taken, in UTF-16 units: what is clipped of a page is bounded in bytes again.
const MOST: usize = 32 << 20;

/// Which page to render.
#[derive(Deserialize)]
pub struct Page {
    /// Its address.
    url: String,
    /// Whether a person allowed this host, although it is in a private network.
    #[serde(default)]
    allow_host: bool,
    /// When it was published, where a person says so.
    published: Option<Edtf>,
    /// Who published it, where a person says so.
    outlet: Option<String>,
}

/// Renders a page and clips it.
///
/// # Errors
/// `private_address` when it leads there and nobody allowed it, `network` when nothing came of it in time, and what
/// clipping answers.
#[tauri::command]
pub async fn clip_rendered(app: AppHandle, page: Page) -> Result<Clipped, Error> {
    let door = rpc::open(&app).await?;
    let target = Target::new(&page.url, page.allow_host).map_err(refused)?;
    let policy = door.policy().await?;
    if policy.proxy == Proxy::None && !page.allow_host && target.literal().is_none() {
        only_public(&target, &policy).await?;
    }
    let (url, html) = render(&app, &target, page.allow_host, policy).await?;
    let captured_at = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let source = ClipSource::Rendered(Rendered { html, captured_at, browser: None, receipt: None });
    door.clip(Clip { source, url: Some(url.into()), published: page.published, outlet: page.outlet }).await
}

async fn render(
    app: &AppHandle,
    target: &Target,
    allowed: bool,
    policy: Policy,
) -> Result<(Url, String), Error> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let (gate, way) = gate(target, allowed, policy).await?;
    let label = format!("{LABEL}{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let (loaded, mut loads) = mpsc::unbounded_channel();
    let first = target.clone();
    let mut window = WebviewWindowBuilder::new(app, label, WebviewUrl::External(target.url().clone()))
        .title("Bilat")
        .visible(false)
        .focused(false)
        .skip_taskbar(true)
        .inner_size(1280.0, 1600.0)
        .incognito(true)
        .disable_drag_drop_handler()
        .on_navigation(move |url| may_go(url, &first, allowed))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(move |_, page| {
            if page.event() == PageLoadEvent::Finished {
                let _ = loaded.send(());
            }
        });
    if let Some(way) = way {
        window = window.proxy_url(way);
    }
    let window = window.build().map_err(|why| Error::new(Code::Io, format!("rendering the page: {why}")))?;
    let window = Closing(window, gate);
    let host = target.host();
    let over = timeout(CLOCK, async {
        loads.recv().await;
        settle(&window.0).await;
    });
    // A page whose words never rest is taken as it stands when its time is over; one that never came is not there.
    let came = over.await.is_ok() || words(&window.0).await.is_some_and(|words| words > 0);
    let script = format!("(html => html.length > {MOST} ? null : html)(document.documentElement.outerHTML)");
    let html: Option<String> = if came { ask(&window.0, &script).await } else { None };
    let url = window.0.url().ok().filter(|url| may_go(url, target, allowed));
    match (url, html) {
        (Some(url), Some(html)) => Ok((url, html)),
        _ => Err(Error::new(
            Code::Network,
            format!(
                "rendering the page of {host}: nothing came of it in {} seconds; open it in your browser and send it with the extension",
                CLOCK.as_secs()
            ),
        )),
    }
}

/// Waits until the page has words, and they stay.
async fn settle(window: &WebviewWindow) {
    let (mut before, mut same) = (0, 0);
    while same < SAME {
        sleep(LOOK).await;
        let now = words(window).await.unwrap_or(0);
        same = if now > 0 && now == before { same + 1 } else { 0 };
        before = now;
    }
}

/// How long the page's text is.
async fn words(window: &WebviewWindow) -> Option<u64> {
    ask(window, "document.body ? document.body.innerText.length : 0").await
}

/// Evaluates an expression in the page. Whatever the page does to its answer, it is only data.
async fn ask<T: DeserializeOwned>(window: &WebviewWindow, script: &str) -> Option<T> {
    let (answer, answered) = oneshot::channel();
    let answer = Mutex::new(Some(answer));
    let take = move |json: String| {
        if let Some(answer) = answer.lock().ok().and_then(|mut answer| answer.take()) {
            let _ = answer.send(json);
        }
    };
    window.eval_with_callback(script, take).ok()?;
    let json = timeout(ANSWER, answered).await.ok()?.ok()?;
    serde_json::from_str(&json).ok()
}

/// The window goes when nobody waits for it any more, whatever happened, and its gate after it.
struct Closing(WebviewWindow, #[expect(dead_code, reason = "it stands as long as it is held")] Option<Gate>);

impl Drop for Closing {
    fn drop(&mut self) {
        let _ = self.0.destroy();
    }
}

/// Whether the page, or a frame in it, may load this: a web address that may be fetched. `first` was asked for by a
/// person; where they allowed its host, that host alone may be in a private network.
fn may_go(url: &Url, first: &Target, allowed: bool) -> bool {
    if url.scheme() == "about" {
        return matches!(url.path(), "blank" | "srcdoc");
    }
    let same = allowed && url.host_str() == first.url().host_str() && url.port() == first.url().port();
    Target::new(url.as_str(), same).is_ok()
}

/// Looks the name up: none of its addresses may be in a private network.
async fn only_public(target: &Target, policy: &Policy) -> Result<(), Error> {
    let host = target.host();
    let addresses = policy.network.resolve(&host).await.map_err(|why| {
        Error::new(Code::Network, format!("looking up {host}: {why}; check the address and the connection"))
    })?;
    if addresses.iter().copied().all(is_public) {
        return Ok(());
    }
    Err(Error::new(Code::PrivateAddress, format!("{host} is in a private network")))
}

/// What the web view goes through, and its address. The web view of macOS is built without proxies: where one is
/// set nothing is rendered, for going around it is worse than not going.
async fn gate(target: &Target, allowed: bool, policy: Policy) -> Result<(Option<Gate>, Option<Url>), Error> {
    if cfg!(target_os = "macos") {
        return match policy.proxy {
            Proxy::None => Ok((None, None)),
            _ => Err(Error::new(
                Code::Network,
                "pages are not rendered through a proxy here; open the page in your browser and send it with the extension",
            )),
        };
    }
    let failed = |why: String| Error::new(Code::Io, format!("rendering the page: {why}"));
    let gate = Gate::open(policy, allowed.then(|| target.clone())).await;
    let gate = gate.map_err(|why| failed(why.to_string()))?;
    let way = Url::parse(&gate.url()).map_err(|why| failed(why.to_string()))?;
    Ok((Some(gate), Some(way)))
}

fn refused(error: bilat_fetch::Error) -> Error {
    let code = match error.kind() {
        bilat_fetch::Kind::Ask => Code::PrivateAddress,
        _ => Code::BadInput,
    };
    Error::new(code, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes_to(address: &str, allowed: bool) -> bool {
        let first = Target::new("http://127.0.0.1:8080/", true).expect("the test's own address");
        may_go(&Url::parse(address).expect("the test's own address"), &first, allowed)
    }

    #[test]
    fn a_rendered_page_goes_to_the_open_web_alone() {
        assert!(goes_to("https://example.org/a", false));
        assert!(goes_to("about:srcdoc", false));
        for address in [
            "http://127.0.0.1:8080/",
            "http://[::1]/",
            "http://192.168.0.1/",
            "http://169.254.169.254/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,<p>",
            "javascript:alert(1)",
            "blob:https://example.org/1",
            "tauri://localhost/",
            "ipc://localhost/rpc",
            "ftp://example.org/",
        ] {
            assert!(!goes_to(address, false), "{address}");
        }
    }

    #[test]
    fn a_host_that_was_allowed_opens_no_other() {
        assert!(goes_to("http://127.0.0.1:8080/next", true));
        assert!(!goes_to("http://127.0.0.1:9090/", true));
        assert!(!goes_to("http://192.168.0.1/", true));
        assert!(!goes_to("file:///etc/passwd", true));
    }
}
