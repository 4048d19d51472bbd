//! Where the clip server listens: on 127.0.0.1 and [::1] alone, at the first free port of a few that
//! the extension knows.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::ops::RangeInclusive;

use socket2::{Domain, Protocol, Socket, Type};

/// The ports tried in turn. They are registered to nobody and lie below those that systems hand out.
pub const PORTS: RangeInclusive<u16> = 28410..=28414;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 64;

/// Open sockets, all on one port.
#[derive(Debug)]
pub struct Listeners {
    pub(crate) sockets: Vec<TcpListener>,
    port: u16,
}

impl Listeners {
    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The addresses.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.sockets.iter().filter_map(|socket| socket.local_addr().ok()).collect()
    }
}

/// Why nothing listens.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another program has the port that was asked for.
    #[error("port {0} is taken by another program; close it, or choose another port")]
    Taken(u16),
    /// Other programs have all the ports that the extension knows.
    #[error("ports {} to {} are taken by other programs; close one of them", PORTS.start(), PORTS.end())]
    AllTaken,
    /// The system says otherwise.
    #[error("listening on port {port}: {source}")]
    Other {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
}

/// Listens at `port`, or at the first of [`PORTS`] that is free on both addresses.
///
/// # Errors
/// See [`ListenError`].
pub fn listen(port: Option<u16>) -> Result<Listeners, ListenError> {
    let ports = port.map_or(PORTS, |port| port..=port);
    for port in ports {
        match on(port) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            outcome => return outcome.map_err(|source| ListenError::Other { port, source }),
        }
    }
    Err(port.map_or(ListenError::AllTaken, ListenError::Taken))
}

fn on(port: u16) -> io::Result<Listeners> {
    let first = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let port = first.local_addr()?.port();
    let mut sockets = vec![first];
    match bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
        Ok(second) => sockets.push(second),
        // Somebody else there could answer for us.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        // A computer without IPv6 has no such address, and nobody can squat it.
        Err(_) => {}
    }
    Ok(Listeners { sockets, port })
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // Lets a server that stopped start again; on Windows it would let another program share the port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_listens_on_loopback_alone() {
        let listeners = listen(Some(0)).unwrap();
        let addresses = listeners.addresses();
        assert!(addresses.contains(&SocketAddr::from((Ipv4Addr::LOCALHOST, listeners.port()))));
        assert!(addresses.iter().all(|address| address.ip().is_loopback()), "{addresses:?}");
    }

    #[test]
    fn a_port_that_is_taken_on_either_address_is_named() {
        let taken = listen(Some(0)).unwrap();
        let error = listen(Some(taken.port())).unwrap_err();
        assert!(error.to_string().contains(&format!("port {} is taken", taken.port())), "{error}");
        // And where a squatter sits on the other address only.
        if let Some(six) = taken.addresses().into_iter().find(SocketAddr::is_ipv6) {
            drop(taken);
            let squatter = bind(six).unwrap();
            assert!(matches!(listen(Some(six.port())), Err(ListenError::Taken(_))));
            drop(squatter);
        }
    }
}
