//! The clip server: accepts, asks the guards, reads the body, answers, writes down.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bilat_api::{App, PairedBrowser};
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use crate::answer::{self, Answer, Refusal};
use crate::connection::{Heard, Phase, Place, Places};
use crate::guard::{self, Asked, Route};
use crate::limits::{self, Limits};
use crate::listen::Listeners;
use crate::record::{self, Record};
use crate::throttle::Throttle;
use crate::{body, endpoint, form};

/// How long an answer that is on its way may take when a connection is closed.
const FAREWELL: Duration = Duration::from_millis(250);

/// Where requests are written down.
type Log = Box<dyn Fn(Record) + Send + Sync>;

struct Server {
    app: Arc<App>,
    port: u16,
    limits: Limits,
    places: Places,
    bodies: Semaphore,
    throttle: Throttle,
    log: Log,
}

/// Serves clips to the library of `app` until the future is dropped. Each request is told to `log`.
/// From this call on, not from the future's first turn, the application knows the port.
///
/// # Errors
/// When the sockets cannot be used.
pub fn serve(
    app: Arc<App>,
    listeners: Listeners,
    limits: Limits,
    log: impl Fn(Record) + Send + Sync + 'static,
) -> impl Future<Output = io::Result<()>> {
    let port = listeners.port();
    let places = Places::new(limits.connections);
    let bodies = Semaphore::new(limits.bodies);
    let throttle = Throttle::default();
    let server = Arc::new(Server { app, port, limits, places, bodies, throttle, log: Box::new(log) });
    let listening = Listening::begin(&server);
    async move {
        let _listening = listening;
        let sockets = listeners.sockets.into_iter().map(TcpListener::from_std);
        let sockets = sockets.collect::<io::Result<Vec<_>>>()?;
        let accepting = sockets.into_iter().map(|socket| accept(server.clone(), socket));
        futures_util::future::join_all(accepting).await;
        Ok(())
    }
}

/// The application knows the port for as long as this lives.
struct Listening(Arc<App>);

impl Listening {
    fn begin(server: &Server) -> Self {
        server.app.listening(Some(server.port));
        Self(server.app.clone())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.listening(None);
    }
}

async fn accept(server: Arc<Server>, socket: TcpListener) {
    // Connections end with the server.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        match socket.accept().await {
            Ok((stream, _)) => match server.places.take() {
                Some(place) => drop(connections.spawn(converse(server.clone(), stream, place))),
                None => drop(connections.spawn(turn_away(stream))),
            },
            // Out of file handles, most likely: some will be given back.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Tells a client that all places are taken by browsers.
async fn turn_away(mut stream: TcpStream) {
    const FULL: &[u8] =
        b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 2\r\ncontent-length: 0\r\n\r\n";
    let speak = async {
        stream.write_all(FULL).await?;
        stream.shutdown().await?;
        // What it still sends is taken, so that it sees the answer and not a broken connection.
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        io::Result::Ok(())
    };
    let _ = timeout(FAREWELL, speak).await;
}

async fn converse(server: Arc<Server>, stream: TcpStream, place: Arc<Place>) {
    let io = TokioIo::new(Heard { stream, place: place.clone() });
    let service = service_fn(|request| {
        let (server, place) = (&server, &place);
        async move { Ok::<_, Infallible>(answer_one(server, place, request).await) }
    });
    let connection = http1::Builder::new()
        .header_read_timeout(None)
        .half_close(true)
        .max_headers(limits::FIELDS)
        .max_header_size(limits::HEAD)
        .max_buf_size(limits::HEAD)
        .auto_date_header(false)
        .serve_connection(io, service);
    tokio::pin!(connection);
    tokio::select! {
        _ = &mut connection => {}
        () = place.over(&server.limits) => {
            connection.as_mut().graceful_shutdown();
            let _ = timeout(FAREWELL, connection).await;
        }
    }
    server.places.leave(&place);
}

/// Answers one request, and writes it down.
async fn answer_one(server: &Server, place: &Place, request: Request<Incoming>) -> Answer {
    place.enter(Phase::Unknown);
    let (head, body) = request.into_parts();
    let mut record = Record {
        method: record::method(&head.method),
        route: Route::of(&head).map_or("-", Route::name),
        status: 0,
        reason: "",
    };
    let answer = match server.app.paired_browsers().await {
        Err(error) => Refusal::from(error).answer(),
        Ok(mut browsers) => {
            browsers.extend(server.app.awaited_single_file());
            let pairing = server.app.is_pairing();
            let asked = Asked { head: &head, port: server.port, browsers: &browsers, pairing };
            let origin = asked.paired_origin().cloned();
            let done = decide(server, place, &asked, body).await;
            finish(server, &asked, done, origin, &mut record)
        }
    };
    record.status = answer.status().as_u16();
    (server.log)(record);
    place.enter(Phase::Idle);
    answer
}

/// An answer and a word for the log.
type Decided = Result<(Answer, &'static str), Refusal>;

async fn decide(server: &Server, place: &Place, asked: &Asked<'_>, body: Incoming) -> Decided {
    let route = match guard::admit(asked) {
        Ok(route) => route,
        Err(refusal) => {
            let expects = asked.head.headers.contains_key(hyper::header::EXPECT);
            if !expects {
                body::discard(body).await;
            }
            return Err(refusal);
        }
    };
    let browser = asked.browser().filter(|_| route.token_of().is_some());
    if browser.is_some() {
        place.enter(Phase::Known);
    }
    // Held until the clip is kept, so that no more than a few are in memory; a body that waits for its
    // turn stays with its sender.
    let _turn = match browser {
        Some(_) => match timeout(server.limits.turn, server.bodies.acquire()).await {
            Ok(Ok(turn)) => Some(turn),
            _ => return Err(Refusal::busy("bodies")),
        },
        None => None,
    };
    match route {
        Route::Preflight => {
            let origin = asked.head.headers.get(hyper::header::ORIGIN);
            let origin = origin.expect("the guard of origins lets no preflight in without one");
            let private = asked.head.headers.get(answer::ASKS_PRIVATE).is_some_and(|asks| asks == "true");
            Ok((answer::preflight(origin, private), "allowed"))
        }
        Route::Ping => Ok((answer::json_answer(StatusCode::OK, &endpoint::ping()), "here")),
        Route::Hello | Route::Pair | Route::Clip | Route::SingleFile | Route::Status => {
            let time = if browser.is_some() { server.limits.request } else { limits::UNKNOWN };
            let body = body::read(body, server.limits.stall, Instant::now() + time).await?;
            let (status, json, reason) = act(server, asked, route, browser, body).await?;
            Ok((answer::json_answer(status, &json), reason))
        }
    }
}

async fn act(
    server: &Server,
    asked: &Asked<'_>,
    route: Route,
    browser: Option<&PairedBrowser>,
    body: Vec<u8>,
) -> endpoint::Done {
    let headers = &asked.head.headers;
    match (route, browser) {
        (Route::Hello, _) => endpoint::hello(&body, headers, asked.browsers, server.port),
        (Route::Pair, _) => endpoint::pair(&body, headers, &server.app).await,
        (Route::Clip, Some(browser)) => endpoint::clip(body, headers, &server.app, browser).await,
        (Route::SingleFile, Some(browser)) => form::single_file(body, headers, &server.app, browser).await,
        (Route::Status, Some(_)) => endpoint::status(&body, &server.app).await,
        // Even without its guard, nothing is kept without a token.
        _ => Err(Refusal::new(StatusCode::UNAUTHORIZED, "token")),
    }
}

fn finish(
    server: &Server,
    asked: &Asked<'_>,
    decided: Decided,
    origin: Option<HeaderValue>,
    record: &mut Record,
) -> Answer {
    let mut origin = origin;
    let mut answer = match decided {
        Ok((answer, reason)) => {
            record.reason = reason;
            if matches!(asked.route(), Some(Route::Pair | Route::SingleFile)) {
                // Paired a moment ago, if not before.
                origin = asked.head.headers.get(hyper::header::ORIGIN).cloned();
            }
            answer
        }
        Err(refusal) => {
            record.reason = refusal.reason;
            throttled(server, refusal).answer()
        }
    };
    if let Some(origin) = origin {
        answer::readable_by(&mut answer, &origin);
    }
    answer
}

/// A failed authentication counts; after too many, failing takes a minute. A right token never gets here.
fn throttled(server: &Server, refusal: Refusal) -> Refusal {
    if refusal.status != StatusCode::UNAUTHORIZED {
        return refusal;
    }
    match server.throttle.failed(Instant::now()) {
        None => refusal,
        Some(wait) => Refusal {
            retry_after: Some(wait.as_secs() + 1),
            ..Refusal::new(StatusCode::TOO_MANY_REQUESTS, refusal.reason)
        },
    }
}
