//! Many pages are fetched as robots.txt and `Retry-After` ask (F-9).

#[path = "support/town.rs"]
mod town;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bilat_fetch::{Error, Fetched, Polite, Request};
use town::{Site, Town, hasty, page, run};

fn fetch_all(site: &Site, urls: &[&str]) -> Vec<Result<Fetched, Error>> {
    let town = Arc::new(Town::default());
    for name in ["courier.example", "gazette.example"] {
        town.name(name, &["8.8.4.4"]);
    }
    town.place("8.8.4.4", site.address);
    run(async {
        let mut polite = Polite::new(hasty(&town));
        let mut results = Vec::new();
        for url in urls {
            results.push(polite.fetch(&page(url)).await);
        }
        results
    })
}

#[test]
fn what_robots_txt_forbids_is_not_fetched() {
    let rules =
        "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\nAllow: /private/harbour\n";
    let site = Site::of(&[
        ("/robots.txt", "200 OK", rules),
        ("/news", "200 OK", "news"),
        ("/private/harbour", "200 OK", "harbour"),
        ("/private/desk", "200 OK", "desk"),
    ]);
    let results = fetch_all(
        &site,
        &[
            "http://courier.example/news",
            "http://courier.example/private/desk",
            "http://courier.example/private/harbour",
        ],
    );
    assert!(results[0].is_ok() && results[2].is_ok());
    assert!(matches!(&results[1], Err(Error::Robots { host }) if host == "courier.example"));
    assert_eq!(site.paths(), ["/robots.txt", "/news", "/private/harbour"], "robots.txt is read once");
}

#[test]
fn rules_that_name_bilat_go_before_rules_for_all() {
    let rules = "User-agent: *\nDisallow: /\n\nUser-agent: Bilat\nDisallow: /desk\n";
    let site = Site::of(&[("/robots.txt", "200 OK", rules), ("/news", "200 OK", "news")]);
    let results = fetch_all(&site, &["http://courier.example/news", "http://courier.example/desk"]);
    assert!(results[0].is_ok());
    assert!(matches!(results[1], Err(Error::Robots { .. })));
}

#[test]
fn no_robots_txt_is_leave_and_a_broken_one_is_none() {
    let open = Site::of(&[("/news", "200 OK", "news")]);
    assert!(fetch_all(&open, &["http://courier.example/news"])[0].is_ok());
    let broken = Site::of(&[("/robots.txt", "500 Oh No", ""), ("/news", "200 OK", "news")]);
    assert!(matches!(fetch_all(&broken, &["http://courier.example/news"])[0], Err(Error::Robots { .. })));
    assert_eq!(broken.paths(), ["/robots.txt"]);
}

#[test]
fn a_site_that_wants_to_be_left_alone_is_and_others_are_not() {
    let site = Site::new(|head, stream| {
        let courier = head.contains("Host: courier.example");
        let answer = match head.split(' ').nth(1).unwrap() {
            "/robots.txt" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            _ if courier => "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n",
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        };
        let _ = std::io::Write::write_all(stream, answer.as_bytes());
    });
    let results = fetch_all(
        &site,
        &["http://courier.example/1", "http://courier.example/2", "http://gazette.example/1"],
    );
    assert!(matches!(results[0], Err(Error::Later { wait, .. }) if wait == Duration::from_mins(2)));
    assert!(matches!(results[1], Err(Error::Later { wait, .. }) if wait > Duration::from_secs(110)));
    assert!(results[2].is_ok());
    assert_eq!(site.paths(), ["/robots.txt", "/1", "/robots.txt", "/1"]);
}

#[test]
fn a_pause_is_kept_between_two_pages_of_a_site_as_long_as_it_asks() {
    let rules = "User-agent: *\nCrawl-delay: 0.3\n";
    let site =
        Site::of(&[("/robots.txt", "200 OK", rules), ("/1", "200 OK", "one"), ("/2", "200 OK", "two")]);
    let start = Instant::now();
    assert!(
        fetch_all(&site, &["http://courier.example/1", "http://courier.example/2"]).iter().all(Result::is_ok)
    );
    assert!(start.elapsed() >= Duration::from_millis(600), "{:?}", start.elapsed());
}

#[test]
fn the_addresses_are_checked_here_as_everywhere() {
    let site = Site::of(&[]);
    for url in ["http://127.0.0.1/", "file:///etc/passwd", "http://nobody.example/"] {
        assert!(fetch_all(&site, &[url])[0].is_err(), "{url}");
    }
    let allowed = Request { allow_host: true, ..page("http://127.0.0.1:1/") };
    assert!(allowed.allow_host);
    assert_eq!(site.paths(), Vec::<String>::new());
}
