//! Where the clip server listens: said by whoever serves, asked by whoever shows it.

use std::sync::PoisonError;

use crate::{App, Changed, ClipServer, Nothing, Result};

impl App {
    /// Whether pages can be sent from a browser, and if not, why.
    ///
    /// # Errors
    /// None.
    #[allow(clippy::unused_async, reason = "a command like the others")]
    pub async fn clip_server(&self, _: Nothing) -> Result<ClipServer> {
        Ok(self.serving())
    }

    /// Says where the clip server listens; nothing when it stopped.
    pub fn listening(&self, port: Option<u16>) {
        self.set_serving(ClipServer { running: port.is_some(), port, problem: None });
    }

    /// Says why the clip server cannot listen.
    pub fn not_listening(&self, problem: String) {
        self.set_serving(ClipServer { running: false, port: None, problem: Some(problem) });
    }

    pub(crate) fn serving(&self) -> ClipServer {
        self.clip_server.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_serving(&self, now: ClipServer) {
        let mut serving = self.clip_server.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *serving != now;
        *serving = now;
        drop(serving);
        if changed {
            self.tell(Changed::Browsers, None);
        }
    }
}
