//! Pairing a browser: a code is opened here, typed into the extension, and exchanged for a token.
//!
//! Nobody can raise a prompt from outside: while no person has opened a code, there is nothing to
//! guess. A code works once, for two minutes, for five tries. The token leaves once and is kept as
//! its SHA-256 only, with the origin it was given to, because an extension's origin is what a page
//! cannot forge, and in Firefox it is another on every installation.
//!
//! SingleFile cannot exchange a code: it has a field for a token and no more. So its token is made here,
//! when a person asks for it, and is nobody's until the first page comes with it, which has to be soon;
//! from then on it belongs to the origin that sent that page.

use std::sync::{MutexGuard, PoisonError};

use bilat_core::{Browser, BrowserId, BrowserKind};
use bilat_store::paired_browser::{self, PairedBrowser};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::app::rfc3339;
use crate::{App, ById, Changed, Error, Nothing, Pairing, Result, SingleFilePairing};

/// How long a code works, in seconds.
const OPEN_FOR: i64 = 120;
/// How many wrong tries close it.
const TRIES: u8 = 5;
/// What SingleFile is called in the list of browsers.
const SINGLE_FILE: &str = "SingleFile";
/// How much of a browser's name for itself is kept, in characters.
const LABEL: usize = 100;

/// How long SingleFile's first page may take to come, in seconds: its token is pasted into its settings first.
const FIRST_PAGE: i64 = 600;

/// Who may pair now.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// The code that is open.
    code: Option<Open>,
    /// The SingleFile whose first page is awaited.
    single_file: Option<Awaited>,
}

#[derive(Debug)]
struct Awaited {
    sha256_token: [u8; 32],
    until: DateTime<Utc>,
}

#[derive(Debug)]
struct Open {
    code: String,
    closes_at: DateTime<Utc>,
    tries: u8,
}

#[derive(Debug, PartialEq, Eq)]
enum Tried {
    Right,
    Wrong,
    Closed,
}

impl Window {
    fn open(&mut self, code: String, now: DateTime<Utc>) -> DateTime<Utc> {
        let closes_at = now + TimeDelta::seconds(OPEN_FOR);
        self.code = Some(Open { code, closes_at, tries: TRIES });
        closes_at
    }

    /// A code that was seen to be over stays so, should the clock be set back.
    fn is_open(&mut self, now: DateTime<Utc>) -> bool {
        self.code.take_if(|open| now >= open.closes_at);
        self.code.is_some()
    }

    fn awaited(&mut self, now: DateTime<Utc>) -> Option<[u8; 32]> {
        self.single_file.take_if(|awaited| now >= awaited.until);
        self.single_file.as_ref().map(|awaited| awaited.sha256_token)
    }

    fn guess(&mut self, code: &str, now: DateTime<Utc>) -> Tried {
        self.is_open(now);
        let Some(open) = &mut self.code else { return Tried::Closed };
        if bool::from(open.code.as_bytes().ct_eq(code.as_bytes())) {
            self.code = None;
            return Tried::Right;
        }
        open.tries -= 1;
        if open.tries == 0 {
            self.code = None;
        }
        Tried::Wrong
    }
}

/// What came of a code that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    /// It is the one; the browser is paired.
    Right(Paired),
    /// It is not.
    Wrong,
    /// None is open.
    Closed,
}

/// What a browser gets when it is paired, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// Its number.
    pub id: BrowserId,
    /// What it shows to be let in: 64 hexadecimal digits of 256 random bits.
    pub token: String,
    /// What it knows the server by, see [`prove`]: 64 hexadecimal digits.
    pub proof_key: String,
}

impl App {
    /// Opens a code. One that was open before stops working.
    ///
    /// # Errors
    /// `io` when the system gives no random numbers.
    #[allow(clippy::unused_async, reason = "a command like the others")]
    pub async fn open_pairing(&self, _: Nothing) -> Result<Pairing> {
        // 2^64 is not a multiple of 10^8; what that favours is one part in 10^11.
        let code = format!("{:08}", getrandom::u64().map_err(no_chance)? % 100_000_000);
        let expires_at = rfc3339(self.window().open(code.clone(), self.instant()));
        Ok(Pairing { code, expires_at, port: self.serving().port })
    }

    /// The paired browsers, oldest pairing first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_browsers(&self, _: Nothing) -> Result<Vec<Browser>> {
        Ok(self.paired_browsers().await?.into_iter().map(|paired| paired.browser).collect())
    }

    /// Takes a browser's leave to send away; its next request is refused.
    ///
    /// # Errors
    /// `not_found` when there is no such browser.
    pub async fn revoke_browser(&self, request: ById<BrowserId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Browsers, move |tx| paired_browser::revoke(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// The paired browsers with what their tokens are recognised by.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn paired_browsers(&self) -> Result<Vec<PairedBrowser>> {
        self.read(paired_browser::list).await
    }

    /// Whether a code is open.
    pub fn is_pairing(&self) -> bool {
        self.window().is_open(self.instant())
    }

    /// Pairs a browser that sent `code`, bound to `origin`, its extension's.
    ///
    /// # Errors
    /// When the library cannot be written; the code is used up then.
    pub async fn pair(&self, code: &str, origin: Option<String>, label: &str) -> Result<Guess> {
        let tried = self.window().guess(code, self.instant());
        match tried {
            Tried::Closed => return Ok(Guess::Closed),
            Tried::Wrong => return Ok(Guess::Wrong),
            Tried::Right => {}
        }
        let (token, digest) = new_token()?;
        let label: String = label.chars().filter(|letter| !letter.is_control()).take(LABEL).collect();
        let now = self.now();
        let insert = move |tx: &bilat_store::Transaction<'_>| {
            paired_browser::insert(tx, BrowserKind::Clipper, &digest, origin.as_deref(), label.trim(), &now)
        };
        let id = self.write(Changed::Browsers, insert).await?;
        Ok(Guess::Right(Paired { id, token, proof_key: hex(&digest) }))
    }

    /// Makes a token for SingleFile. Its first page has to come within ten minutes; a token made before,
    /// and not used yet, stops working.
    ///
    /// # Errors
    /// `io` when the system gives no random numbers.
    #[allow(clippy::unused_async, reason = "a command like the others")]
    pub async fn pair_single_file(&self, _: Nothing) -> Result<SingleFilePairing> {
        let (token, sha256_token) = new_token()?;
        let until = self.instant() + TimeDelta::seconds(FIRST_PAGE);
        self.window().single_file = Some(Awaited { sha256_token, until });
        let address = self.serving().port.map(|port| format!("http://127.0.0.1:{port}/v1/single-file"));
        Ok(SingleFilePairing {
            address,
            token,
            file_field: "file".into(),
            url_field: "url".into(),
            expires_at: rfc3339(until),
        })
    }

    /// The SingleFile whose first page is awaited, as a browser that has no origin yet.
    pub fn awaited_single_file(&self) -> Option<PairedBrowser> {
        let sha256_token = self.window().awaited(self.instant())?;
        let browser = Browser {
            id: BrowserId(0),
            kind: BrowserKind::SingleFile,
            label: SINGLE_FILE.into(),
            origin: None,
            paired_at: self.now(),
            last_used_at: None,
        };
        Some(PairedBrowser { browser, sha256_token })
    }

    /// Pairs the SingleFile that was awaited, bound to `origin`; nothing when another came first.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub async fn bind_single_file(
        &self,
        awaited: &PairedBrowser,
        origin: String,
    ) -> Result<Option<PairedBrowser>> {
        let sha256_token = awaited.sha256_token;
        let came =
            self.window().single_file.take_if(|open| bool::from(open.sha256_token.ct_eq(&sha256_token)));
        if came.is_none() {
            return Ok(None);
        }
        let now = self.now();
        let browser = Browser { origin: Some(origin.clone()), ..awaited.browser.clone() };
        let insert = move |tx: &bilat_store::Transaction<'_>| {
            paired_browser::insert(
                tx,
                BrowserKind::SingleFile,
                &sha256_token,
                Some(&origin),
                SINGLE_FILE,
                &now,
            )
        };
        let id = self.write(Changed::Browsers, insert).await?;
        Ok(Some(PairedBrowser { browser: Browser { id, ..browser }, sha256_token }))
    }

    /// Notes that a browser sent a clip; once a day.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub async fn used(&self, browser: Browser) -> Result<()> {
        let day = format!("{}T00:00:00Z", self.today());
        if browser.last_used_at.as_ref() == Some(&day) {
            return Ok(());
        }
        self.write(Changed::Browsers, move |tx| paired_browser::set_used(tx, browser.id, &day)).await
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.pairing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whose token this is. Every digest is compared, each in constant time.
pub fn recognise<'a>(browsers: &'a [PairedBrowser], token: &str) -> Option<&'a PairedBrowser> {
    let shown = digest(token);
    browsers.iter().fold(None, |found, browser| {
        if bool::from(browser.sha256_token.ct_eq(&shown)) { Some(browser) } else { found }
    })
}

/// What shows `browser` that it talks to this library's server and not to another program on the port:
/// HMAC-SHA-256, under its proof key, of `bilat PORT NONCE`. The port stands in it so that a program on
/// another port cannot pass the question on and the answer back.
pub fn prove(browser: &PairedBrowser, port: u16, nonce: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&browser.sha256_token).expect("a key of any length will do");
    mac.update(format!("bilat {port} {nonce}").as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// A token of 256 random bits, and what it is recognised by.
fn new_token() -> Result<(String, [u8; 32])> {
    let mut bits = [0; 32];
    getrandom::fill(&mut bits).map_err(no_chance)?;
    let token = hex(&bits);
    let digest = digest(&token);
    Ok((token, digest))
}

/// What a token is recognised by.
pub fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn no_chance(error: getrandom::Error) -> Error {
    Error::new(crate::Code::Io, format!("pairing: the system gives no random numbers ({error}); try again"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_900_000_000 + second, 0).unwrap()
    }

    fn open() -> Window {
        let mut window = Window::default();
        window.open("12345678".into(), at(0));
        window
    }

    #[test]
    fn a_code_works_once() {
        let mut window = open();
        assert_eq!(window.guess("12345678", at(1)), Tried::Right);
        assert_eq!(window.guess("12345678", at(2)), Tried::Closed);
    }

    #[test]
    fn a_code_works_for_two_minutes() {
        assert_eq!(open().guess("12345678", at(119)), Tried::Right);
        let mut late = open();
        assert_eq!(late.guess("12345678", at(120)), Tried::Closed);
        assert_eq!(late.guess("12345678", at(0)), Tried::Closed, "setting the clock back opens nothing");
    }

    #[test]
    fn five_wrong_tries_close_the_code() {
        let mut window = open();
        for code in ["", "1", "123456789", "00000000", "87654321"] {
            assert_eq!(window.guess(code, at(1)), Tried::Wrong);
        }
        assert!(!window.is_open(at(1)));
        assert_eq!(window.guess("12345678", at(1)), Tried::Closed);
    }

    #[test]
    fn a_browser_is_known_by_its_token_alone_until_it_is_revoked() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("x.bilat"), Access::Create, Utc::now).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut paired = Vec::new();
            for label in ["Firefox\u{7} on Linux", "Chromium"] {
                let code = app.open_pairing(Nothing {}).await.unwrap().code;
                assert_eq!(code.len(), 8);
                let Guess::Right(made) = app.pair(&code, None, label).await.unwrap() else { panic!() };
                paired.push(made);
            }
            let known = app.paired_browsers().await.unwrap();
            assert_eq!(known[0].browser.label, "Firefox on Linux");
            for made in &paired {
                assert_eq!(made.token.len(), 64);
                assert_eq!(recognise(&known, &made.token).unwrap().browser.id, made.id);
                assert_eq!(recognise(&known, &made.token.to_uppercase()), None);
            }
            assert_eq!(recognise(&known, &paired[0].proof_key), None, "what is stored opens nothing");
            app.revoke_browser(ById { id: paired[0].id }).await.unwrap();
            assert_eq!(recognise(&app.paired_browsers().await.unwrap(), &paired[0].token), None);
        });
    }

    #[test]
    fn single_file_is_bound_to_the_origin_of_its_first_page() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("x.bilat"), Access::Create, Utc::now).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            assert_eq!(app.awaited_single_file(), None);
            let replaced = app.pair_single_file(Nothing {}).await.unwrap();
            let made = app.pair_single_file(Nothing {}).await.unwrap();
            let awaited = app.awaited_single_file().unwrap();
            assert_eq!(awaited.sha256_token, digest(&made.token));
            assert_ne!(awaited.sha256_token, digest(&replaced.token));
            assert!(app.paired_browsers().await.unwrap().is_empty(), "nobody's so far");
            let bound = app.bind_single_file(&awaited, "moz-extension://x".into()).await.unwrap().unwrap();
            assert_eq!(app.paired_browsers().await.unwrap()[0].browser.id, bound.browser.id);
            assert_eq!(bound.browser.origin.as_deref(), Some("moz-extension://x"));
            assert_eq!(app.awaited_single_file(), None);
            assert_eq!(app.bind_single_file(&awaited, "moz-extension://y".into()).await.unwrap(), None);
        });
    }

    #[test]
    fn single_file_is_awaited_for_ten_minutes() {
        let awaited = Awaited { sha256_token: [7; 32], until: at(FIRST_PAGE) };
        let mut window = Window { single_file: Some(awaited), ..Window::default() };
        assert_eq!(window.awaited(at(FIRST_PAGE - 1)), Some([7; 32]));
        assert_eq!(window.awaited(at(FIRST_PAGE)), None);
        assert_eq!(window.awaited(at(0)), None, "setting the clock back opens nothing");
    }

    #[test]
    fn a_proof_answers_one_question_on_one_port() {
        let browser = Browser {
            id: BrowserId(1),
            kind: BrowserKind::Clipper,
            label: String::new(),
            origin: None,
            paired_at: String::new(),
            last_used_at: None,
        };
        let paired = PairedBrowser { browser, sha256_token: [7; 32] };
        // printf 'bilat 28410 nonce' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
        let expected = "aeec5000c728399187c5b9a16d8e90a7715abead5e0a972c778b8269517b1d8a";
        assert_eq!(prove(&paired, 28410, "nonce"), expected);
        assert_ne!(prove(&paired, 28411, "nonce"), expected);
        assert_ne!(prove(&paired, 28410, "other"), expected);
    }

    #[test]
    fn no_plain_comparison_touches_a_token() {
        let source = include_str!("pairing.rs");
        let (code, _) = source.split_once("#[cfg(test)]").unwrap();
        let plain: Vec<_> =
            code.lines().filter(|line| line.contains("==") && line.contains("token")).collect();
        assert!(plain.is_empty(), "{plain:?}");
    }
}
