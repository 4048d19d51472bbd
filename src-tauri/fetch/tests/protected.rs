//! https: certificates are judged here, kept as evidence, and never given up on the way (F-4).

#[path = "support/town.rs"]
mod town;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use bilat_fetch::{Error, Policy, Trust};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use town::{Site, Town, get, ok, policy, read_head, sends_to};

/// An authority, and a site whose certificate it signed for `name`.
struct Harbour {
    authority: CertificateDer<'static>,
    certificate: CertificateDer<'static>,
    site: SocketAddr,
}

fn harbour(name: &str, answer: String) -> Harbour {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let signed = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let certificate = signed.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let site = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            if read_head(&mut stream).is_some() {
                let _ = stream.write_all(answer.as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    Harbour { authority: issuer.der().clone(), certificate, site }
}

fn trusting(harbour: &Harbour, town: &Arc<Town>) -> Policy {
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", harbour.site);
    Policy { trust: Trust::Only(vec![harbour.authority.clone()]), ..policy(town) }
}

#[test]
fn a_protected_page_comes_with_the_certificate_that_was_shown() {
    let harbour = harbour("courier.example", ok("Harbour"));
    let town = Arc::new(Town::default());
    let fetched = get("https://courier.example/", &trusting(&harbour, &town)).unwrap();
    assert_eq!(fetched.body, b"Harbour");
    assert_eq!(fetched.certificate.as_deref(), Some(&*harbour.certificate));
    assert_eq!(town.connected(), ["8.8.4.4:443"]);
}

#[test]
fn a_certificate_for_another_name_or_of_a_stranger_is_refused() {
    let town = Arc::new(Town::default());
    let other = harbour("other.example", ok("Harbour"));
    let refused = get("https://courier.example/", &trusting(&other, &town)).unwrap_err();
    assert!(matches!(refused, Error::Tls { .. }), "{refused}");
    let town = Arc::new(Town::default());
    let (known, stranger) = (harbour("courier.example", ok("x")), harbour("courier.example", ok("x")));
    let policy = Policy { trust: Trust::Only(vec![known.authority]), ..trusting(&stranger, &town) };
    let refused = get("https://courier.example/", &policy).unwrap_err();
    assert!(matches!(&refused, Error::Tls { .. }), "{refused}");
}

#[test]
fn a_site_that_speaks_no_tls_is_an_error() {
    let site = Site::saying(ok("Harbour"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    let mut policy = trusting(&harbour("courier.example", ok("x")), &Arc::new(Town::default()));
    policy.network = town;
    policy.limits.connect = std::time::Duration::from_millis(800);
    assert!(get("https://courier.example/", &policy).is_err());
}

#[test]
fn a_redirect_from_https_to_http_is_refused_without_asking() {
    let harbour = harbour("courier.example", sends_to("http://courier.example/plain"));
    let town = Arc::new(Town::default());
    let refused = get("https://courier.example/", &trusting(&harbour, &town)).unwrap_err();
    assert!(matches!(refused, Error::SentUnprotected { .. }), "{refused}");
    assert_eq!(town.connected(), ["8.8.4.4:443"]);
}

#[test]
fn a_redirect_from_http_to_https_is_followed() {
    let harbour = harbour("courier.example", ok("Harbour"));
    let plain = Site::saying(sends_to("https://courier.example/"));
    let town = Arc::new(Town::default());
    let policy = trusting(&harbour, &town);
    town.name("old.example", &["8.8.8.8"]).place("8.8.8.8", plain.address);
    let fetched = get("http://old.example/", &policy).unwrap();
    assert_eq!((fetched.url.as_str(), fetched.redirects.len()), ("https://courier.example/", 1));
}
