//! Through a proxy, or not at all (F-6).

#[path = "support/town.rs"]
mod town;

use std::io::{Read, Write, copy};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use bilat_fetch::{Error, Kind, Policy, Proxy};
use town::{Site, Town, get, ok, policy};

/// A SOCKS5 proxy (RFC 1928) that notes whom it was asked for, and connects to `site` whoever that is.
fn socks5(site: SocketAddr) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
    let noted = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut take = |n: usize| {
                let mut bytes = vec![0; n];
                stream.read_exact(&mut bytes).unwrap();
                bytes
            };
            let hello = take(2);
            let methods = take(hello[1].into());
            assert!(hello[0] == 5 && methods.contains(&0));
            stream.write_all(&[5, 0]).unwrap();
            let mut take = |n: usize| {
                let mut bytes = vec![0; n];
                stream.read_exact(&mut bytes).unwrap();
                bytes
            };
            let request = take(4);
            let host = match request[3] {
                1 => format!("v4 {:?}", take(4)),
                3 => {
                    let length = take(1)[0];
                    format!("name {}", String::from_utf8(take(length.into())).unwrap())
                }
                other => format!("kind {other}"),
            };
            let port = u16::from_be_bytes(take(2).try_into().unwrap());
            noted.lock().unwrap().push(format!("{host} {port}"));
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
            join(stream, site);
        }
    });
    (address, asked)
}

/// Passes bytes both ways.
fn join(near: TcpStream, site: SocketAddr) {
    let far = TcpStream::connect(site).unwrap();
    let (mut from_far, mut to_near) = (far.try_clone().unwrap(), near.try_clone().unwrap());
    let (mut from_near, mut to_far) = (near, far);
    thread::spawn(move || copy(&mut from_near, &mut to_far));
    thread::spawn(move || {
        let _ = copy(&mut from_far, &mut to_near);
        let _ = to_near.shutdown(std::net::Shutdown::Both);
    });
}

fn through(proxy: &str, address: SocketAddr, town: &Arc<Town>) -> Policy {
    town.place("127.0.0.1", address);
    Policy { proxy: Proxy::new(proxy, &address.to_string()).unwrap(), ..policy(town) }
}

#[test]
fn a_socks_proxy_gets_the_name_and_nobody_here_looks_it_up() {
    let site = Site::saying(ok("Harbour"));
    let (proxy, asked) = socks5(site.address);
    let town = Arc::new(Town::default());
    let policy = through("socks5", proxy, &town);
    assert_eq!(get("http://courier.example/", &policy).unwrap().body, b"Harbour");
    assert_eq!(get("http://harbourpapers.onion/", &policy).unwrap().body, b"Harbour");
    assert_eq!(get("http://8.8.4.4/", &policy).unwrap().body, b"Harbour");
    assert_eq!(
        *asked.lock().unwrap(),
        ["name courier.example 80", "name harbourpapers.onion 80", "v4 [8, 8, 4, 4] 80"]
    );
    assert_eq!(town.looked_up(), Vec::<String>::new());
    assert_eq!(town.connected(), vec![proxy.to_string(); 3], "the proxy and nobody else");
}

#[test]
fn an_http_proxy_gets_the_whole_address() {
    let site = Site::saying(ok("Harbour"));
    let town = Arc::new(Town::default());
    let policy = through("http", site.address, &town);
    assert_eq!(get("http://courier.example/a?b=c", &policy).unwrap().body, b"Harbour");
    let head = site.heads().remove(0);
    assert!(
        head.starts_with("GET http://courier.example/a?b=c HTTP/1.1\r\nHost: courier.example\r\n"),
        "{head}"
    );
    assert_eq!(town.looked_up(), Vec::<String>::new());
}

#[test]
fn an_http_proxy_is_asked_to_connect_for_a_protected_page() {
    // It refuses, and says so; what matters is what it was asked.
    let site = Site::saying("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let town = Arc::new(Town::default());
    let policy = through("http", site.address, &town);
    let refused = get("https://courier.example/", &policy).unwrap_err();
    assert!(matches!(&refused, Error::Proxy { reason, .. } if reason.contains("403")), "{refused}");
    assert!(site.heads()[0].starts_with("CONNECT courier.example:443 HTTP/1.1\r\n"), "{}", site.heads()[0]);
}

#[test]
fn a_dead_proxy_is_an_error_and_nothing_goes_around_it() {
    let site = Site::saying(ok("Harbour"));
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    for kind in ["http", "socks5"] {
        for url in ["http://courier.example/", "https://courier.example/", "http://8.8.4.4/"] {
            let town = Arc::new(Town::default());
            town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
            let refused = get(url, &through(kind, closed, &town)).unwrap_err();
            assert!(matches!(refused, Error::Proxy { .. }), "{refused}");
            assert_eq!(refused.kind(), Kind::Network);
            assert_eq!(town.connected(), [closed.to_string()], "{kind} {url}");
            assert_eq!(town.looked_up(), Vec::<String>::new(), "{kind} {url}");
        }
    }
    assert_eq!(site.heads(), Vec::<String>::new());
}

#[test]
fn a_proxy_that_speaks_nonsense_is_an_error() {
    for kind in ["http", "socks5"] {
        let site = Site::new(|_, stream| drop(stream.write_all(b"\0\0\0\0\0\0\0\0\0")));
        let town = Arc::new(Town::default());
        let mut policy = through(kind, site.address, &town);
        policy.limits.connect = std::time::Duration::from_millis(500);
        assert!(get("https://courier.example/", &policy).is_err(), "{kind}");
        assert_eq!(town.connected(), [site.address.to_string()]);
    }
}

#[test]
fn private_addresses_are_refused_before_the_proxy_is_asked() {
    let (proxy, asked) = socks5("127.0.0.1:9".parse().unwrap());
    let town = Arc::new(Town::default());
    let policy = through("socks5", proxy, &town);
    for url in ["http://127.0.0.1/", "http://2130706433/", "http://localhost/", "http://[::ffff:10.0.0.1]/"] {
        assert!(matches!(get(url, &policy), Err(Error::Private { .. })), "{url}");
    }
    assert_eq!(town.connected(), Vec::<String>::new());
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn an_onion_address_is_never_looked_up_without_a_proxy() {
    let town = Arc::new(Town::default());
    for url in ["http://harbourpapers.onion/", "https://www.harbourpapers.ONION./"] {
        assert!(matches!(get(url, &policy(&town)), Err(Error::Onion { .. })), "{url}");
    }
    assert_eq!(town.looked_up(), Vec::<String>::new());
}

#[test]
fn a_proxy_is_written_as_host_and_port() {
    let socks = Proxy::new("socks5", "127.0.0.1:9050").unwrap();
    for same in ["socks5://127.0.0.1:9050", "socks5h://127.0.0.1:9050/", " 127.0.0.1:9050 "] {
        assert_eq!(Proxy::new("socks5", same).unwrap(), socks);
    }
    assert!(matches!(Proxy::new("http", "[::1]:3128"), Ok(Proxy::Http(_))));
    assert_eq!(Proxy::new("none", ""), Ok(Proxy::None));
    for (kind, bad) in
        [("http", ""), ("http", "proxy"), ("http", "proxy:0"), ("http", "a b:80"), ("socks4", "x:1")]
    {
        assert!(Proxy::new(kind, bad).is_err(), "{kind} {bad}");
    }
}

/// The environment is read by this test's child alone, so that no other test sees it.
#[test]
fn the_environments_proxies_are_not_heeded() {
    const MARK: &str = "BILAT_TEST_IN_A_CHILD";
    if std::env::var_os(MARK).is_none() {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            child.env(name, "http://127.0.0.1:9");
        }
        let child =
            child.env(MARK, "1").args(["--exact", "the_environments_proxies_are_not_heeded"]).output();
        let child = child.unwrap();
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
        return;
    }
    let site = Site::saying(ok("Harbour"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    assert_eq!(get("http://courier.example/", &policy(&town)).unwrap().body, b"Harbour");
    assert_eq!(town.connected(), ["8.8.4.4:80"]);
}
