//! Redirects are followed one by one, each checked as strictly as the first (F-4).

#[path = "support/town.rs"]
mod town;

use std::io::Write;
use std::sync::Arc;

use bilat_fetch::{Error, Kind, Request};
use town::{Site, Town, get, ok, page, policy, run, sends_to};

/// A site that sends `/n` on to `/n-1`, and `/0` to `last`.
fn chain(last: &'static str) -> Site {
    Site::new(move |head, stream| {
        let path = head.split(' ').nth(1).unwrap();
        let answer = match path[1..].parse::<u32>() {
            Ok(0) => sends_to(last),
            Ok(n) => sends_to(&format!("/{}", n - 1)),
            Err(_) => ok("Arrived"),
        };
        let _ = stream.write_all(answer.as_bytes());
    })
}

fn town(site: &Site) -> Arc<Town> {
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    town.name("rebound.example", &["10.0.0.1"]).place("10.0.0.1", site.address);
    town
}

#[test]
fn the_chain_is_followed_and_kept() {
    let site = chain("/harbour?berth=7#top");
    let fetched = get("http://courier.example/2", &policy(&town(&site))).unwrap();
    assert_eq!(fetched.url, "http://courier.example/harbour?berth=7");
    assert_eq!(fetched.asked, "http://courier.example/2");
    let chain: Vec<_> = fetched.redirects.iter().map(|sent| (sent.url.as_str(), sent.status)).collect();
    assert_eq!(
        chain,
        [
            ("http://courier.example/2", 302),
            ("http://courier.example/1", 302),
            ("http://courier.example/0", 302)
        ]
    );
    assert_eq!(site.paths(), ["/2", "/1", "/0", "/harbour?berth=7"]);
}

#[test]
fn a_private_address_is_refused_at_whichever_hop_it_comes() {
    for last in [
        "http://127.0.0.1/",
        "http://2130706433/",
        "//10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://rebound.example/",
        "http://localhost/",
    ] {
        for hops in 0..10 {
            let site = chain(last);
            let town = town(&site);
            let refused = get(&format!("http://courier.example/{hops}"), &policy(&town)).unwrap_err();
            assert!(matches!(refused, Error::SentToPrivate { .. }), "{last} after {hops}: {refused}");
            assert_eq!(refused.kind(), Kind::Network, "this is not for a person to allow");
            assert_eq!(town.connected(), vec!["8.8.4.4:80"; hops + 1], "{last} after {hops}");
        }
    }
}

#[test]
fn what_a_person_allowed_is_not_allowed_to_a_redirect() {
    let site = Site::saying(sends_to("http://10.0.0.1/admin"));
    let town = town(&site);
    let allowed = Request { allow_host: true, ..page("http://rebound.example/") };
    let refused = run(bilat_fetch::fetch(&allowed, &policy(&town))).unwrap_err();
    assert!(matches!(refused, Error::SentToPrivate { .. }), "{refused}");
    assert_eq!(town.connected().len(), 1);
    let site = Site::saying(sends_to("http://courier.example:8080/"));
    let refused = get("http://courier.example/", &policy(&self::town(&site))).unwrap_err();
    assert!(matches!(refused, Error::SentAstray { .. }), "{refused}");
}

#[test]
fn ten_redirects_are_followed_and_no_eleventh() {
    let site = chain("/arrived");
    assert_eq!(get("http://courier.example/9", &policy(&town(&site))).unwrap().redirects.len(), 10);
    let refused = get("http://courier.example/10", &policy(&town(&site))).unwrap_err();
    assert!(matches!(refused, Error::TooManyRedirects { most: 10 }), "{refused}");
    let round = Site::saying(sends_to("/"));
    let refused = get("http://courier.example/", &policy(&town(&round))).unwrap_err();
    assert!(matches!(refused, Error::TooManyRedirects { .. }), "{refused}");
    assert_eq!(round.heads().len(), 11);
}

#[test]
fn a_redirect_to_anything_but_the_web_is_not_followed() {
    for to in
        ["file:///etc/passwd", "javascript:alert(1)", "ftp://courier.example/", "http://courier.example:25/"]
    {
        let site = Site::saying(sends_to(to));
        let refused = get("http://courier.example/", &policy(&town(&site))).unwrap_err();
        assert!(matches!(refused, Error::SentAstray { .. }), "{to}: {refused}");
        assert_eq!(site.heads().len(), 1);
    }
}

#[test]
fn a_status_that_is_no_redirect_is_an_answer() {
    for status in ["300 Multiple Choices", "304 Not Modified", "404 Not Found", "503 Service Unavailable"] {
        let site = Site::saying(format!("HTTP/1.1 {status}\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"));
        let fetched = get("http://courier.example/", &policy(&town(&site))).unwrap();
        assert!(!fetched.is_success());
        assert_eq!(fetched.status.to_string(), status[..3]);
        assert_eq!(site.heads().len(), 1);
    }
}
