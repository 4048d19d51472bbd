//! What touches the outside: looking names up and opening connections.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// Something that will be there, or fail.
pub type Waiting<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// A stream of bytes both ways.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// An open connection.
pub struct Connection {
    /// The bytes.
    pub stream: Box<dyn Stream>,
    /// Whom it reached.
    pub peer: SocketAddr,
}

/// Looks names up and opens connections. Tests bring one that stays on loopback.
pub trait Network: fmt::Debug + Send + Sync {
    /// All addresses of `host`, a name.
    fn resolve<'a>(&'a self, host: &'a str) -> Waiting<'a, Vec<IpAddr>>;

    /// A connection to `address`.
    fn connect(&self, address: SocketAddr) -> Waiting<'_, Connection>;
}

/// The real network: the system's resolver and TCP. The environment's proxies are not heeded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Internet;

impl Network for Internet {
    fn resolve<'a>(&'a self, host: &'a str) -> Waiting<'a, Vec<IpAddr>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }

    fn connect(&self, address: SocketAddr) -> Waiting<'_, Connection> {
        Box::pin(async move {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let peer = stream.peer_addr()?;
            Ok(Connection { stream: Box::new(stream), peer })
        })
    }
}
