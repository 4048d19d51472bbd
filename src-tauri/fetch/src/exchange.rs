//! One connection, one request, one answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Empty;
use hyper::Response;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, HOST, USER_AGENT};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::error::chain;
use crate::fetch::Accept;
use crate::target::Target;
use crate::{Connection, Error, Policy, Proxy, Stream, is_public};

/// How long one of several addresses is waited for before the next is tried.
const ATTEMPT: Duration = Duration::from_secs(3);

/// The most bytes of an answer's headers, and the most headers.
const HEAD: usize = 64 * 1024;
const HEADERS: usize = 200;

/// A connection to a site, ready for a request.
pub struct Wire {
    stream: Box<dyn Stream>,
    /// Whether a proxy reads the request, and so needs the whole address in it.
    through_proxy: bool,
    /// The certificate that the site showed, DER.
    pub certificate: Option<Vec<u8>>,
}

/// An answer whose body is still to come; the connection ends when it is dropped.
pub struct Answer {
    pub response: Response<Incoming>,
    driver: JoinSet<()>,
}

impl Answer {
    /// The next bytes of the body; nothing at its end.
    pub async fn next(&mut self, host: &str, idle: Duration) -> Result<Option<Bytes>, Error> {
        use http_body_util::BodyExt;
        debug_assert!(self.driver.len() == 1, "the connection is driven for as long as the answer lives");
        loop {
            let frame = timeout(idle, self.response.body_mut().frame());
            match frame.await.map_err(|_| Error::Silent { host: host.to_owned(), after: idle })? {
                None => return Ok(None),
                Some(Err(error)) => {
                    return Err(Error::Broken { host: host.to_owned(), reason: chain(&error) });
                }
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Ok(Some(bytes));
                    }
                }
            }
        }
    }
}

/// Connects to `target`, as the policy says, within its time.
pub async fn connect(target: &Target, allowed: bool, policy: &Policy) -> Result<Wire, Error> {
    let limit = policy.limits.connect;
    let opened = timeout(limit, open(target, allowed, policy)).await;
    opened.unwrap_or_else(|_| Err(Error::Silent { host: target.host(), after: limit }))
}

/// How a stream leads to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The site reads what is written.
    Straight,
    /// A proxy reads the request, and so needs the whole address in it.
    ThroughProxy,
}

/// A stream to `target`, as the policy says; through an HTTP proxy as a tunnel, or to the proxy itself.
pub async fn reach(
    target: &Target,
    allowed: bool,
    policy: &Policy,
    tunnel: bool,
) -> Result<(Box<dyn Stream>, Way), Error> {
    let network = &*policy.network;
    let stream = match &policy.proxy {
        Proxy::None => direct(target, allowed, policy).await?,
        Proxy::Socks5(proxy) => proxy.socks5(proxy.connect(network).await?, target).await?,
        Proxy::Http(proxy) if tunnel => proxy.tunnel(proxy.connect(network).await?, target).await?,
        Proxy::Http(proxy) => return Ok((proxy.connect(network).await?, Way::ThroughProxy)),
    };
    Ok((stream, Way::Straight))
}

async fn open(target: &Target, allowed: bool, policy: &Policy) -> Result<Wire, Error> {
    let (stream, way) = reach(target, allowed, policy, target.is_https()).await?;
    let through_proxy = way == Way::ThroughProxy;
    if !target.is_https() {
        return Ok(Wire { stream, through_proxy, certificate: None });
    }
    let fails = |reason: String| Error::Tls { host: target.host(), reason };
    let config = policy.trust.config().map_err(fails)?;
    let name = ServerName::try_from(target.host()).map_err(|error| fails(error.to_string()))?;
    let protected = TlsConnector::from(Arc::clone(&config)).connect(name, stream).await;
    let protected = protected.map_err(|error| fails(error.to_string()))?;
    let shown = protected.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let certificate = shown.map(|certificate| certificate.to_vec());
    Ok(Wire { stream: Box::new(protected), through_proxy, certificate })
}

/// Connects without a proxy, to an address that was checked and to no other: one bad answer of the
/// resolver spoils all, and whom the connection reached is looked at once more (F-3).
async fn direct(target: &Target, allowed: bool, policy: &Policy) -> Result<Box<dyn Stream>, Error> {
    let host = target.host();
    if target.is_onion() {
        return Err(Error::Onion { host });
    }
    let network = &*policy.network;
    let addresses = match target.literal() {
        Some(address) => vec![address],
        None => {
            let found = network.resolve(&host).await;
            found.map_err(|error| Error::Resolve { host: host.clone(), reason: error.to_string() })?
        }
    };
    if !allowed && !addresses.iter().copied().all(is_public) {
        return Err(Error::Private { host });
    }
    let mut failure = Error::Resolve { host: host.clone(), reason: "it has none".into() };
    for (at, address) in addresses.iter().enumerate() {
        let patience = if at + 1 < addresses.len() { ATTEMPT } else { policy.limits.connect };
        let attempt = timeout(patience, network.connect(SocketAddr::new(*address, target.port()))).await;
        match attempt {
            Ok(Ok(Connection { peer, .. })) if !allowed && !is_public(peer.ip()) => {
                return Err(Error::Private { host });
            }
            Ok(Ok(Connection { stream, .. })) => return Ok(stream),
            Ok(Err(error)) => failure = Error::Connect { host: host.clone(), reason: error.to_string() },
            Err(_) => failure = Error::Silent { host: host.clone(), after: patience },
        }
    }
    Err(failure)
}

/// Asks for the document. What is sent is the same for everybody (F-5): no cookies, no Referer, no
/// conditions, nothing kept from an earlier visit.
pub async fn ask(wire: Wire, target: &Target, accept: Accept, idle: Duration) -> Result<Answer, Error> {
    let broken = |error: hyper::Error| Error::Broken { host: target.host(), reason: chain(&error) };
    let (mut sender, connection) = http1::Builder::new()
        .title_case_headers(true)
        .max_buf_size(HEAD)
        .max_headers(HEADERS)
        .handshake(TokioIo::new(wire.stream))
        .await
        .map_err(broken)?;
    let mut driver = JoinSet::new();
    // What goes wrong with the connection is told to whoever waits for the answer.
    driver.spawn(async move { drop(connection.await) });
    let uri = if wire.through_proxy { target.url().as_str().to_owned() } else { target.path_and_query() };
    let request = hyper::Request::get(uri)
        .header(HOST, target.authority())
        .header(USER_AGENT, crate::USER_AGENT)
        .header(ACCEPT, accept.types())
        .header(ACCEPT_LANGUAGE, "en, *;q=0.5")
        .header(ACCEPT_ENCODING, "gzip, deflate, br")
        .header(CONNECTION, "close")
        .body(Empty::<Bytes>::new())
        .map_err(|error| Error::Broken { host: target.host(), reason: error.to_string() })?;
    let answered = timeout(idle, sender.send_request(request)).await;
    let response =
        answered.map_err(|_| Error::Silent { host: target.host(), after: idle })?.map_err(broken)?;
    Ok(Answer { response, driver })
}
