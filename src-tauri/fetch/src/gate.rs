//! A proxy on loopback for a web view that renders a stranger's page: whatever the page loads goes where a
//! fetch may go, and nowhere else.
//!
//! A web view tells nobody what a page loads beside itself, and looks names up by itself. Behind a gate it
//! can do neither: each connection is asked for by name, and made here as a fetch's is, by the same policy,
//! through the person's proxy where one is set. What is refused is a closed door, as if nobody were there.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, copy_bidirectional, sink, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::exchange::{Way, reach};
use crate::{Error, Policy, Target};

/// The most bytes of a request's header.
const HEAD: usize = 64 * 1024;

/// The most connections at a time; a browser opens six to a host.
const MOST: usize = 128;

/// How long somebody who is refused may go on talking.
const PARTING: Duration = Duration::from_millis(500);

/// A gate that stands until it is dropped, with every connection through it.
#[derive(Debug)]
pub struct Gate {
    address: SocketAddr,
    listening: tokio::task::JoinHandle<()>,
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Gate {
    /// Opens a gate to where `policy` lets a fetch go. A person may have allowed one host, at the port of
    /// `allowed`, that is in a private network.
    ///
    /// # Errors
    /// When no port of loopback can be had.
    pub async fn open(policy: Policy, allowed: Option<Target>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let rules = Arc::new((policy, allowed));
        let listening = tokio::spawn(async move {
            // They end with this task.
            let mut passing = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                while passing.try_join_next().is_some() {}
                if passing.len() < MOST {
                    let rules = rules.clone();
                    passing.spawn(async move { drop(pass(stream, &rules.0, rules.1.as_ref()).await) });
                }
            }
        });
        Ok(Self { address, listening })
    }

    /// Where it stands, as a proxy's address is given: `http://127.0.0.1:4711`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// One connection of the web view's.
async fn pass(mut from: TcpStream, policy: &Policy, allowed: Option<&Target>) -> io::Result<()> {
    let read = timeout(policy.limits.idle, head(&mut from)).await;
    let Some((head, rest)) = read.unwrap_or(Ok(None))? else {
        return refuse(&mut from, "400 Bad Request").await;
    };
    let Some(asked) = Asked::read(&head) else { return refuse(&mut from, "400 Bad Request").await };
    let Ok((target, allowed)) = asked.target(allowed) else {
        return refuse(&mut from, "403 Forbidden").await;
    };
    let reached = timeout(policy.limits.connect, reach(&target, allowed, policy, asked.tunnel)).await;
    let (mut to, way) = match reached {
        Ok(Ok(reached)) => reached,
        Ok(Err(Error::Private { .. })) => return refuse(&mut from, "403 Forbidden").await,
        _ => return refuse(&mut from, "502 Bad Gateway").await,
    };
    if asked.tunnel {
        from.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
        to.write_all(&rest).await?;
        copy_bidirectional(&mut from, &mut to).await?;
        return Ok(());
    }
    // One request goes through, and its body: the next may be for somebody else, and comes anew.
    let here = usize::try_from(asked.length).map_or(rest.len(), |length| length.min(rest.len()));
    to.write_all(asked.request(&target, way).as_bytes()).await?;
    to.write_all(&rest[..here]).await?;
    let (reading, mut writing) = from.split();
    let (mut answer, mut request) = split(to);
    let mut body = reading.take(asked.length - here as u64);
    tokio::join!(
        async {
            let _ = copy(&mut body, &mut request).await;
        },
        async {
            let _ = copy(&mut answer, &mut writing).await;
            let _ = writing.shutdown().await;
        }
    );
    Ok(())
}

async fn refuse(from: &mut TcpStream, status: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    from.write_all(answer.as_bytes()).await?;
    from.shutdown().await?;
    // What is still on its way would turn the answer into a broken connection.
    let _ = timeout(PARTING, copy(&mut from.take(HEAD as u64), &mut sink())).await;
    Ok(())
}

/// A request's header, and what came after it already; nothing when it has no end or is no text.
async fn head(from: &mut TcpStream) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Ok(String::from_utf8(bytes).ok().map(|head| (head, rest)));
        }
        if bytes.len() > HEAD || from.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

/// What a web view asks of its proxy.
struct Asked<'a> {
    method: &'a str,
    address: &'a str,
    fields: Vec<&'a str>,
    /// Whether it wants a connection to somewhere, and not a document.
    tunnel: bool,
    /// The bytes of the request's body.
    length: u64,
}

impl<'a> Asked<'a> {
    fn read(head: &'a str) -> Option<Self> {
        let mut lines = head.trim_end().split("\r\n");
        let mut first = lines.next()?.split(' ');
        let (method, address, version) = (first.next()?, first.next()?, first.next()?);
        let named = |line: &&str| line.split_once(':').is_some_and(|(name, _)| !name.trim().is_empty());
        let fields: Vec<&str> = lines.collect();
        if first.next().is_some() || !version.starts_with("HTTP/1.") || !fields.iter().all(named) {
            return None;
        }
        let field = |wanted: &str| {
            let of = |line: &&'a str| {
                line.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            };
            fields.iter().find_map(of).map(|(_, value)| value.trim())
        };
        // A body without a length cannot be told from a second request.
        let length = match (field("transfer-encoding"), field("content-length")) {
            (Some(_), _) => return None,
            (None, said) => said.map_or(Some(0), |said| said.parse().ok())?,
        };
        Some(Self { method, address, fields, tunnel: method == "CONNECT", length })
    }

    /// Where it leads, and whether a person allowed that host.
    fn target(&self, allowed: Option<&Target>) -> Result<(Target, bool), Error> {
        let address =
            if self.tunnel { format!("https://{}/", self.address) } else { self.address.to_owned() };
        let is_allowed = allowed.is_some_and(|allowed| {
            let there = Target::new(&address, true);
            there.is_ok_and(|there| (there.host(), there.port()) == (allowed.host(), allowed.port()))
        });
        let target = Target::new(&address, is_allowed)?;
        if !self.tunnel && target.is_https() {
            return Err(Error::Scheme { scheme: "https".into() });
        }
        Ok((target, is_allowed))
    }

    /// The request as the site, or the proxy before it, is to read it: without what is for this proxy, and
    /// for one answer.
    fn request(&self, target: &Target, way: Way) -> String {
        let path = match way {
            Way::Straight => target.path_and_query(),
            Way::ThroughProxy => target.url().as_str().to_owned(),
        };
        let kept = |line: &&&str| {
            let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
            !name.starts_with("proxy-") && name != "connection" && name != "keep-alive"
        };
        let fields: String = self.fields.iter().filter(kept).map(|line| format!("{line}\r\n")).collect();
        format!("{} {path} HTTP/1.1\r\n{fields}Connection: close\r\n\r\n", self.method)
    }
}
