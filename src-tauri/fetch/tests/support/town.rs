//! A small internet on loopback: sites that answer as they are told, and a network that knows their
//! names, notes who was looked up and connected to, and never leaves this computer.

#![allow(dead_code, reason = "each test uses its own part of the town")]

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use bilat_fetch::{Accept, Connection, Error, Fetched, Limits, Network, Policy, Request, Waiting, fetch};

/// A server that notes each request's head and hands the connection to `answer`.
pub struct Site {
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub fn new(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (noted, answer) = (heads.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (noted, answer) = (noted.clone(), answer.clone());
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let Some(head) = read_head(&mut stream) else { return };
                    noted.lock().unwrap().push(head.clone());
                    answer(&head, &mut stream);
                });
            }
        });
        Self { address, heads }
    }

    /// A site that answers every request with the same bytes.
    pub fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::new(move |_, stream| drop(stream.write_all(&answer)))
    }

    /// A site of pages by path: `(status line and headers, body)`.
    pub fn of(pages: &[(&str, &str, &str)]) -> Self {
        let pages: BTreeMap<String, String> = pages
            .iter()
            .map(|(path, head, body)| {
                let whole = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                ((*path).to_owned(), whole)
            })
            .collect();
        Self::new(move |head, stream| {
            let path = head.split(' ').nth(1).unwrap();
            let missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned();
            let _ = stream.write_all(pages.get(path).unwrap_or(&missing).as_bytes());
        })
    }

    /// The heads of the requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// The paths asked for so far.
    pub fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| head.split(' ').nth(1).unwrap().to_owned()).collect()
    }
}

/// Reads up to the empty line.
pub fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(String::from_utf8(head).unwrap())
}

pub fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

pub fn sends_to(url: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n")
}

/// The network of the town. An address that is not mapped is refused, as by a computer that is off.
#[derive(Debug, Default)]
pub struct Town {
    names: Mutex<BTreeMap<String, VecDeque<Vec<IpAddr>>>>,
    places: Mutex<BTreeMap<IpAddr, SocketAddr>>,
    peers: Mutex<BTreeMap<IpAddr, IpAddr>>,
    pub looked_up: Mutex<Vec<String>>,
    pub connected: Mutex<Vec<SocketAddr>>,
}

impl Town {
    /// `name` resolves to `addresses`; called again, to the next ones at the next look-up. The last stay.
    pub fn name(&self, name: &str, addresses: &[&str]) -> &Self {
        let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        self.names.lock().unwrap().entry(name.into()).or_default().push_back(addresses);
        self
    }

    /// At `address`, whatever the port, stands `site`.
    pub fn place(&self, address: &str, site: SocketAddr) -> &Self {
        self.places.lock().unwrap().insert(address.parse().unwrap(), site);
        self
    }

    /// Who connects to `address` finds to have reached `peer`.
    pub fn peer(&self, address: &str, peer: &str) -> &Self {
        self.peers.lock().unwrap().insert(address.parse().unwrap(), peer.parse().unwrap());
        self
    }

    pub fn looked_up(&self) -> Vec<String> {
        self.looked_up.lock().unwrap().clone()
    }

    pub fn connected(&self) -> Vec<String> {
        self.connected.lock().unwrap().iter().map(ToString::to_string).collect()
    }
}

impl Network for Town {
    fn resolve<'a>(&'a self, host: &'a str) -> Waiting<'a, Vec<IpAddr>> {
        self.looked_up.lock().unwrap().push(host.to_owned());
        let mut names = self.names.lock().unwrap();
        let found = match names.get_mut(host) {
            None => Err(io::Error::new(io::ErrorKind::NotFound, "no such name in town")),
            Some(answers) if answers.len() > 1 => Ok(answers.pop_front().unwrap()),
            Some(answers) => Ok(answers[0].clone()),
        };
        Box::pin(async move { found })
    }

    fn connect(&self, address: SocketAddr) -> Waiting<'_, Connection> {
        self.connected.lock().unwrap().push(address);
        let place = self.places.lock().unwrap().get(&address.ip()).copied();
        let peer = self.peers.lock().unwrap().get(&address.ip()).copied();
        Box::pin(async move {
            let place = place.ok_or_else(|| io::Error::from(io::ErrorKind::ConnectionRefused))?;
            let stream = tokio::net::TcpStream::connect(place).await?;
            let peer = SocketAddr::new(peer.unwrap_or(address.ip()), address.port());
            Ok(Connection { stream: Box::new(stream), peer })
        })
    }
}

pub fn page(url: &str) -> Request {
    Request { url: url.into(), allow_host: false, accept: Accept::Page }
}

pub fn policy(town: &Arc<Town>) -> Policy {
    Policy { network: town.clone(), ..Policy::default() }
}

/// A policy that is patient for a second in all, for what would take a minute.
pub fn hasty(town: &Arc<Town>) -> Policy {
    let limits = Limits {
        connect: Duration::from_millis(300),
        idle: Duration::from_millis(300),
        total: Duration::from_secs(1),
        gap: Duration::from_millis(20),
        ..Limits::default()
    };
    Policy { limits, ..policy(town) }
}

/// Fetches a page in a runtime of its own.
pub fn get(url: &str, policy: &Policy) -> Result<Fetched, Error> {
    run(fetch(&page(url), policy))
}

pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
