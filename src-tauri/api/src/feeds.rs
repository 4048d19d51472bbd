//! Feeds that are followed: checked by hand, or as often as the person set; never otherwise.
//!
//! A check is a run like an import's, with progress, counts and failures: it reads each feed, and clips
//! entries that it has not seen, politely (one page of a site at a time, robots.txt, `Retry-After`). An
//! entry is tried once; one that its site asked to come back for later stays new.

use std::sync::Arc;
use std::thread;

use bilat_clip::Media;
use bilat_core::{
    Feed, FeedId, Import, ImportCounts, ImportFailure, ImportFormat, ImportId, ImportState, OutletRule,
};
use bilat_fetch::{Accept, Kind, Policy, Polite, Request, fetch, web_address};
use bilat_store::import::{self, NewItem};
use bilat_store::{feed, outlet_rule};
use chrono::{DateTime, TimeDelta};

use crate::app::{Hand, rfc3339};
use crate::fetching::{arrived, failed};
use crate::importing::{Wish, Working};
use crate::intake::{self, Bin, Said};
use crate::{AddFeed, App, ById, Changed, ClipState, Clipped, Code, Error, Nothing, Result, ScheduleFeed};

/// The most entries of one feed that one check clips; the rest waits for the next.
const MOST_ENTRIES: usize = 30;

/// An entry's address, and what it is known by.
struct Entry {
    key: String,
    url: String,
    title: String,
}

/// A feed as it was read.
struct Read {
    title: Option<String>,
    entries: Vec<Entry>,
}

impl App {
    /// The feeds that are followed.
    pub(crate) async fn list_feeds(&self, _: Nothing) -> Result<Vec<Feed>> {
        self.read(feed::list).await
    }

    /// Follows a feed, after reading it once to see that it is one. Nothing is clipped yet. The address of
    /// a page that names a feed as its own follows that one, the first where it names several.
    ///
    /// # Errors
    /// `bad_input` when there is no feed; `network` when it cannot be read.
    pub async fn add_feed(&self, request: AddFeed) -> Result<Feed> {
        let url = web_address(&request.url).map_err(|error| failed(&request.url, &error))?.to_string();
        let policy = self.policy().await?;
        let bytes = self.fetch_feed(&url, &policy).await?;
        let (url, read) = match parse(&url, &bytes) {
            Ok(read) => (url, read),
            Err(error) => {
                let named = bilat_clip::text_of(&bytes, Media::Html)
                    .ok()
                    .and_then(|page| bilat_clip::feeds(&page, &url).into_iter().next());
                let named = named.ok_or(error)?;
                let read = parse(&named, &self.fetch_feed(&named, &policy).await?)?;
                (named, read)
            }
        };
        let now = self.now();
        self.write(Changed::Feeds, move |tx| {
            let (id, _) = feed::add(tx, &url, read.title.as_deref(), &now)?;
            feed::read(tx, id)
        })
        .await
    }

    async fn fetch_feed(&self, url: &str, policy: &Policy) -> Result<Vec<u8>> {
        let request = Request { url: url.to_owned(), allow_host: false, accept: Accept::Feed };
        let fetched = fetch(&request, policy).await.map_err(|error| match error.kind() {
            // A feed is fetched again by itself, so no private address is ever allowed for one.
            Kind::Ask => Error::bad_input(format!("adding {url}: {error}")),
            _ => failed(url, &error),
        })?;
        Ok(arrived(fetched, self.instant(), self.instant())?.bytes)
    }

    /// Stops following a feed; what it brought stays.
    pub(crate) async fn remove_feed(&self, request: ById<FeedId>) -> Result<Nothing> {
        self.write(Changed::Feeds, move |tx| feed::remove(tx, request.id)).await?;
        Ok(Nothing {})
    }

    /// Has a feed checked every so many hours while Bilat runs, or by hand only.
    pub(crate) async fn schedule_feed(&self, request: ScheduleFeed) -> Result<Feed> {
        let ScheduleFeed { id, hours } = request;
        self.write(Changed::Feeds, move |tx| {
            feed::schedule(tx, id, hours)?;
            feed::read(tx, id)
        })
        .await
    }

    /// Checks every feed; the run goes on by itself, and tells `imports` as it does.
    ///
    /// # Errors
    /// `bad_input` when none is followed.
    pub async fn check_feeds(&self, _: Nothing) -> Result<Import> {
        let feeds = self.read(feed::list).await?;
        if feeds.is_empty() {
            return Err(Error::bad_input("checking feeds: none is followed; add one first"));
        }
        self.check(feeds).await
    }

    /// Checks the feeds whose time has come. Nothing is asked of anybody where none is scheduled.
    pub(crate) async fn check_due_feeds(&self) -> Result<()> {
        let now = self.instant();
        let is_due = |feed: &Feed| {
            let checked = feed.checked_at.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
            feed.hours.is_some_and(|hours| {
                checked.is_none_or(|at| now - at.to_utc() >= TimeDelta::hours(i64::from(hours)))
            })
        };
        let due: Vec<Feed> = self.read(feed::list).await?.into_iter().filter(is_due).collect();
        if !due.is_empty() && !self.store.is_read_only() && !self.imports.has(ImportFormat::Feeds) {
            self.check(due).await?;
        }
        Ok(())
    }

    async fn check(&self, feeds: Vec<Feed>) -> Result<Import> {
        let policy = self.policy().await?;
        let rules = self.read(outlet_rule::list).await?;
        let now = self.now();
        let name = match &feeds[..] {
            [only] => only.title.clone(),
            many => format!("{} feeds", many.len()),
        };
        let id = self
            .write(Changed::Imports, move |tx| import::start(tx, &name, ImportFormat::Feeds, &now))
            .await?;
        let wish = Arc::<Wish>::default();
        let check =
            Check { hand: self.hand(), known: self.known(), rules, id, wish: wish.clone(), policy, feeds };
        let thread = thread::Builder::new().name(format!("feeds-{id}")).spawn(move || check.go());
        let thread = thread.map_err(|error| Error::new(Code::Io, format!("checking feeds: {error}")))?;
        self.imports.begin(id, Working { wish, thread, format: ImportFormat::Feeds });
        self.read_import(ById { id }).await
    }
}

/// Reads a feed of any kind.
fn parse(url: &str, bytes: &[u8]) -> Result<Read> {
    let parser = feed_rs::parser::Builder::new().base_uri(Some(url)).build();
    let feed = parser.parse(bytes).map_err(|_| {
        Error::bad_input(format!("reading {url}: it is no feed (RSS, Atom or JSON Feed); check the address"))
    })?;
    let entries = feed.entries.into_iter().filter_map(|entry| {
        let page = |link: &&feed_rs::model::Link| matches!(link.rel.as_deref(), None | Some("alternate"));
        let link = entry.links.iter().find(page).or_else(|| entry.links.first())?;
        let url = web_address(&link.href).ok()?.to_string();
        let title = entry.title.map_or_else(|| url.clone(), |title| title.content);
        let key = if entry.id.trim().is_empty() { url.clone() } else { entry.id };
        Some(Entry { key, url, title })
    });
    Ok(Read { title: feed.title.map(|title| title.content), entries: entries.collect() })
}

/// A check of some feeds, on its own thread.
struct Check {
    hand: Hand,
    known: Arc<bilat_analysis::Known>,
    rules: Vec<OutletRule>,
    id: ImportId,
    wish: Arc<Wish>,
    policy: Policy,
    feeds: Vec<Feed>,
}

impl Check {
    fn go(self) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let worked = match runtime {
            Ok(runtime) => runtime.block_on(async {
                tokio::select! {
                    worked = self.work() => worked,
                    () = self.stopped() => Ok(()),
                }
            }),
            Err(error) => Err(Error::new(Code::Io, error.to_string())),
        };
        if self.wish.is_to_close() {
            return;
        }
        let state = match worked {
            Ok(()) if self.wish.is_to_stop() => ImportState::Cancelled,
            Ok(()) => ImportState::Done,
            Err(error) => {
                let failure = ImportFailure { item: "the check".into(), reason: error.message };
                let id = self.id;
                let _ = self.hand.store.write_blocking(move |tx| import::add_failure(tx, id, &failure));
                ImportState::Failed
            }
        };
        let (id, now) = (self.id, self.hand.now());
        let _ = self.hand.store.write_blocking(move |tx| import::end(tx, id, state, &now));
        self.hand.tell(Changed::Feeds, None);
        self.hand.tell(Changed::Imports, Some(id.0));
    }

    /// Ends when somebody wants the check to; says meanwhile that it lives.
    async fn stopped(&self) {
        let mut beats = 0_u32;
        while !self.wish.is_to_stop() {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            beats += 1;
            if beats.is_multiple_of(30) {
                let (id, now) = (self.id, self.hand.now());
                let none = ImportCounts::default();
                let _ = self.hand.store.write(move |tx| import::progress(tx, id, 0, &none, &now)).await;
            }
        }
    }

    async fn work(&self) -> Result<()> {
        let mut polite = Polite::new(self.policy.clone());
        let mut total = 0;
        for followed in &self.feeds {
            let (id, now) = (followed.id, self.hand.now());
            match self.read(followed, &mut polite).await {
                Ok(Read { title, entries }) => {
                    let keys = entries.iter().map(|entry| entry.key.clone()).collect();
                    let new = self.hand.store.read(move |conn| feed::unseen(conn, id, keys)).await?;
                    self.hand
                        .store
                        .write(move |tx| feed::set_checked(tx, id, title.as_deref(), None, &now))
                        .await
                        .or_else(gone)?;
                    let mut new: Vec<Entry> =
                        entries.into_iter().filter(|entry| new.contains(&entry.key)).collect();
                    new.truncate(MOST_ENTRIES);
                    total += new.len() as u32;
                    let run = self.id;
                    self.hand
                        .store
                        .write(move |tx| import::describe(tx, run, ImportFormat::Feeds, Some(total)))
                        .await?;
                    for entry in new {
                        self.take(id, entry, &mut polite).await?;
                    }
                }
                Err(error) => {
                    let (reason, item, run) = (error.message, followed.title.clone(), self.id);
                    let failure = ImportFailure { item, reason: reason.clone() };
                    self.hand
                        .store
                        .write(move |tx| {
                            import::add_failure(tx, run, &failure)?;
                            let counts = ImportCounts { failed: 1, ..ImportCounts::default() };
                            import::progress(tx, run, 1, &counts, &now)?;
                            match feed::set_checked(tx, id, None, Some(&reason), &now) {
                                Err(bilat_store::Error::NotFound { .. }) => Ok(()),
                                other => other,
                            }
                        })
                        .await?;
                    total += 1;
                }
            }
            self.hand.tell(Changed::Feeds, Some(id.0));
        }
        Ok(())
    }

    async fn read(&self, followed: &Feed, polite: &mut Polite) -> Result<Read> {
        let request = Request { url: followed.url.clone(), allow_host: false, accept: Accept::Feed };
        let fetched = polite.fetch(&request).await.map_err(|error| failed(&followed.url, &error))?;
        let now = self.hand.instant();
        parse(&followed.url, &arrived(fetched, now, now)?.bytes)
    }

    /// Fetches and keeps an entry, or says why not.
    async fn take(&self, feed: FeedId, entry: Entry, polite: &mut Polite) -> Result<()> {
        let request = Request { url: entry.url.clone(), allow_host: false, accept: Accept::Page };
        let started = self.hand.instant();
        let fetched = polite.fetch(&request).await;
        let later = matches!(fetched, Err(bilat_fetch::Error::Later { .. }));
        let now = self.hand.instant();
        let page =
            fetched.map_err(|error| failed(&entry.url, &error)).and_then(|page| arrived(page, started, now));
        let (known, rules) = (self.known.clone(), self.rules.clone());
        let prepared = match page {
            Ok(page) => tokio::task::spawn_blocking(move || {
                intake::read(page, Said { by: "feed", ..Said::default() }, &known, &rules)
            })
            .await
            .unwrap_or_else(|error| Err(Error::bad_input(format!("reading the page failed: {error}")))),
            Err(error) => Err(error),
        };
        let (run, at) = (self.id, rfc3339(now));
        let clipped: Option<Clipped> = self
            .hand
            .store
            .write(move |tx| {
                let mut counts = ImportCounts::default();
                let clipped = match &prepared {
                    Ok(prepared) => {
                        let clipped = prepared.keep(tx, Bin::Leave, now)?;
                        match clipped.state {
                            ClipState::New => counts.new = 1,
                            ClipState::NewSnapshot => counts.new_snapshots = 1,
                            _ => counts.unchanged = 1,
                        }
                        let item = NewItem {
                            import: run,
                            format: ImportFormat::Feeds,
                            key: &entry.key,
                            sha256: clipped.sha256_raw.as_str(),
                            article: Some(clipped.id),
                            made: clipped.state == ClipState::New,
                        };
                        import::remember(tx, &item)?;
                        Some(clipped)
                    }
                    Err(error) => {
                        counts.failed = 1;
                        let failure =
                            ImportFailure { item: entry.title.clone(), reason: error.message.clone() };
                        import::add_failure(tx, run, &failure)?;
                        None
                    }
                };
                if !later {
                    feed::see(tx, feed, &entry.key, &at)?;
                }
                import::progress(tx, run, 1, &counts, &at)?;
                Ok(clipped)
            })
            .await?;
        if let Some(clipped) = clipped.filter(|clipped| clipped.state != ClipState::Unchanged) {
            self.hand.tell(Changed::Articles, Some(clipped.id.0));
        }
        self.hand.tell(Changed::Imports, Some(run.0));
        Ok(())
    }
}

/// A feed that was removed while it was being checked is no fault.
fn gone(error: bilat_store::Error) -> bilat_store::Result<()> {
    if matches!(error, bilat_store::Error::NotFound { .. }) { Ok(()) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{IpAddr, SocketAddr, TcpListener};
    use std::sync::Mutex;
    use std::time::Duration;

    use bilat_fetch::{Connection, Network, Waiting};
    use bilat_store::Access;
    use chrono::Utc;

    use super::*;
    use crate::ListArticles;

    /// A network in which every name is one site, on loopback.
    #[derive(Debug)]
    struct OneSite(SocketAddr);

    impl Network for OneSite {
        fn resolve<'a>(&'a self, _: &'a str) -> Waiting<'a, Vec<IpAddr>> {
            Box::pin(async { Ok(vec![IpAddr::from([8, 8, 4, 4])]) })
        }

        fn connect(&self, peer: SocketAddr) -> Waiting<'_, Connection> {
            Box::pin(async move {
                Ok(Connection { stream: Box::new(tokio::net::TcpStream::connect(self.0).await?), peer })
            })
        }
    }

    const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title>
        <item><guid>1</guid><title>One</title><link>http://courier.example/1</link></item>
        <item><guid>2</guid><title>Two</title><link>http://courier.example/2</link></item>
        <item><guid>3</guid><title>Forbidden</title><link>http://courier.example/private/3</link></item>
        <item><guid>4</guid><title>Inside</title><link>http://127.0.0.1/4</link></item>
        </channel></rss>"#;

    const FRONT: &str = "<html><head><title>The Courier</title><link rel=alternate type=application/rss+xml href=/feed></head><body>News";

    /// The Courier's site: its port's address, and the paths asked for.
    fn courier() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let noted = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut head = vec![0; 2048];
                let read = stream.read(&mut head).unwrap();
                let path =
                    String::from_utf8_lossy(&head[..read]).split(' ').nth(1).unwrap_or_default().to_owned();
                let body = match path.as_str() {
                    "/feed" => FEED.to_owned(),
                    "/" => FRONT.to_owned(),
                    "/robots.txt" => "User-agent: *\nDisallow: /private/\n".to_owned(),
                    page => format!(
                        "<html><body><article><h1>Harbour pact {page}</h1><p>The two harbours signed pact {page} on \
                         Friday, after talks that had lasted for most of a year.</p><p>Berth {page} stays open to \
                         every ship that carries grain, the minister told reporters.</p></article></body></html>"
                    ),
                };
                noted.lock().unwrap().push(path);
                let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            }
        });
        (address, asked)
    }

    async fn ended(app: &App, import: Import) -> Import {
        for _ in 0..600 {
            let import = app.read_import(ById { id: import.id }).await.unwrap();
            if import.state != ImportState::Running {
                return import;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the check did not end");
    }

    #[tokio::test]
    async fn new_entries_are_clipped_once_and_as_the_site_allows() {
        let (site, asked) = courier();
        let desk = tempfile::tempdir().unwrap();
        let app = App::open(&desk.path().join("a.bilat"), Access::Create, Utc::now).unwrap();
        let app = app.through(Arc::new(OneSite(site)));
        let not_a_feed = app.add_feed(AddFeed { url: "http://courier.example/1".into() }).await.unwrap_err();
        assert_eq!(not_a_feed.code, Code::BadInput);
        let feed = app.add_feed(AddFeed { url: "http://courier.example/feed".into() }).await.unwrap();
        let named = app.add_feed(AddFeed { url: "http://courier.example/".into() }).await.unwrap();
        assert_eq!(named.id, feed.id, "a page that names its feed stands for it");
        assert_eq!((feed.title.as_str(), feed.hours), ("The Courier", None));

        // Nothing is asked of anybody where nothing is scheduled.
        let before = asked.lock().unwrap().len();
        app.check_due_feeds().await.unwrap();
        assert_eq!(asked.lock().unwrap().len(), before);

        let check = app.check_feeds(Nothing {}).await.unwrap();
        let check = ended(&app, check).await;
        assert_eq!(
            (check.state, check.counts.new, check.counts.failed),
            (ImportState::Done, 2, 2),
            "{check:?}"
        );
        let failed: Vec<_> = check.failures.iter().map(|failure| failure.item.as_str()).collect();
        assert_eq!(failed, ["Forbidden", "Inside"]);
        assert!(!asked.lock().unwrap().iter().any(|path| path.contains("private") || path == "/4"));
        assert_eq!(app.list_articles(ListArticles::default()).await.unwrap().total, 2);

        // A second check finds nothing new, and asks for no entry again.
        let check = app.check_feeds(Nothing {}).await.unwrap();
        let check = ended(&app, check).await;
        assert_eq!((check.counts.new, check.done), (0, 0));
        assert_eq!(asked.lock().unwrap().iter().filter(|path| *path == "/1").count(), 2);

        // What is scheduled and never was checked since is due only after its hours.
        app.schedule_feed(ScheduleFeed { id: feed.id, hours: Some(1) }).await.unwrap();
        let before = asked.lock().unwrap().len();
        app.check_due_feeds().await.unwrap();
        assert_eq!(asked.lock().unwrap().len(), before, "it was checked a moment ago");
        app.undo_import(ById { id: ImportId(1) }).await.unwrap();
        assert_eq!(app.list_articles(ListArticles::default()).await.unwrap().total, 0);
        app.remove_feed(ById { id: feed.id }).await.unwrap();
        assert!(app.list_feeds(Nothing {}).await.unwrap().is_empty());
    }
}
