//! Going through a proxy (F-6): everything or nothing.
//!
//! Names are looked up by the proxy, never here, so that nobody on this side sees where one goes. A
//! proxy that is down is an error; nothing is ever asked without it. The environment's proxy variables
//! are not read: only a person sets one.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use http_body_util::Empty;
use hyper::Method;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio_socks::tcp::Socks5Stream;

use crate::error::chain;
use crate::target::Target;
use crate::{Error, Network, Stream};

/// Through whom Bilat fetches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// Nobody.
    #[default]
    None,
    /// An HTTP proxy.
    Http(ProxyAddress),
    /// A SOCKS5 proxy that looks names up itself (`socks5h`), such as Tor's.
    Socks5(ProxyAddress),
}

/// Where a proxy listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyAddress {
    host: String,
    port: u16,
}

/// An address that is not `host:port`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no proxy's address; write host:port, such as 127.0.0.1:9050")]
pub struct BadProxy(String);

impl FromStr for ProxyAddress {
    type Err = BadProxy;

    /// Reads `host:port`; `http://`, `socks5://` and `socks5h://` before it do no harm.
    fn from_str(text: &str) -> Result<Self, BadProxy> {
        let bad = || BadProxy(text.to_owned());
        let rest = text.trim().trim_end_matches('/');
        let rest = ["http://", "socks5h://", "socks5://"]
            .iter()
            .find_map(|scheme| rest.strip_prefix(scheme))
            .unwrap_or(rest);
        let (host, port) = rest.rsplit_once(':').ok_or_else(bad)?;
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let port = port.parse().ok().filter(|port| *port != 0).ok_or_else(bad)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
        if host.is_empty() || !host.chars().all(plain) {
            return Err(bad());
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            return write!(f, "[{}]:{}", self.host, self.port);
        }
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Proxy {
    /// A proxy of `kind` (`none`, `http` or `socks5`) at `address`.
    ///
    /// # Errors
    /// When there is no such kind, or the address is none.
    pub fn new(kind: &str, address: &str) -> Result<Self, BadProxy> {
        match kind {
            "none" => Ok(Self::None),
            "http" => Ok(Self::Http(address.parse()?)),
            "socks5" | "socks5h" => Ok(Self::Socks5(address.parse()?)),
            other => Err(BadProxy(format!("{other} {address}"))),
        }
    }
}

impl ProxyAddress {
    fn fails(&self, reason: impl Into<String>) -> Error {
        Error::Proxy { proxy: self.to_string(), reason: reason.into() }
    }

    /// A connection to the proxy itself. A person named it, so it may be on this computer.
    pub(crate) async fn connect(&self, network: &dyn Network) -> Result<Box<dyn Stream>, Error> {
        let found = match self.host.parse::<IpAddr>() {
            Ok(address) => Ok(vec![address]),
            Err(_) => network.resolve(&self.host).await,
        };
        let mut failure = String::from("its address was not found");
        for address in found.map_err(|error| self.fails(error.to_string()))? {
            match network.connect(SocketAddr::new(address, self.port)).await {
                Ok(connection) => return Ok(connection.stream),
                Err(error) => failure = error.to_string(),
            }
        }
        Err(self.fails(failure))
    }

    /// Has a SOCKS5 proxy connect to `target`, by name.
    pub(crate) async fn socks5(
        &self,
        stream: Box<dyn Stream>,
        target: &Target,
    ) -> Result<Box<dyn Stream>, Error> {
        let (host, port) = (target.host(), target.port());
        let connected = match target.literal() {
            Some(address) => Socks5Stream::connect_with_socket(stream, SocketAddr::new(address, port)).await,
            None => Socks5Stream::connect_with_socket(stream, (host.as_str(), port)).await,
        };
        Ok(Box::new(connected.map_err(|error| self.fails(error.to_string()))?))
    }

    /// Has an HTTP proxy connect to `target` (RFC 9110, 9.3.6).
    pub(crate) async fn tunnel(
        &self,
        stream: Box<dyn Stream>,
        target: &Target,
    ) -> Result<Box<dyn Stream>, Error> {
        let failed = |error: hyper::Error| self.fails(chain(&error));
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
        let to = target.host_and_port();
        let request = hyper::Request::builder()
            .method(Method::CONNECT)
            .uri(&to)
            .header(hyper::header::HOST, &to)
            .body(Empty::<Bytes>::new())
            .map_err(|error| self.fails(error.to_string()))?;
        // The connection ends by itself when it becomes a tunnel, and with the sender otherwise.
        tokio::spawn(connection.with_upgrades());
        let answer = sender.send_request(request).await.map_err(failed)?;
        if !answer.status().is_success() {
            return Err(self.fails(format!("it answered {}", answer.status())));
        }
        Ok(Box::new(TokioIo::new(hyper::upgrade::on(answer).await.map_err(failed)?)))
    }
}
