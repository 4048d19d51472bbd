//! What a site learns: the same of everybody (F-5).

#[path = "support/town.rs"]
mod town;

use std::sync::Arc;

use bilat_fetch::{Accept, Request, fetch};
use town::{Site, Town, get, page, policy, run};

const HEAD: &str = "\
GET /a?b=c HTTP/1.1\r
Host: courier.example\r
User-Agent: Mozilla/5.0 (compatible; Bilat)\r
Accept: text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.8\r
Accept-Language: en, *;q=0.5\r
Accept-Encoding: gzip, deflate, br\r
Connection: close\r
\r
";

#[test]
fn a_request_has_these_lines_and_no_other() {
    let site = Site::saying(
        "HTTP/1.1 200 OK\r\nSet-Cookie: id=1; Path=/\r\nETag: \"a\"\r\nLast-Modified: Fri, 06 Mar 2026 12:00:00 GMT\r\n\
         Accept-CH: Sec-CH-UA\r\nContent-Length: 2\r\n\r\nok",
    );
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    let policy = policy(&town);
    // The second visit is like the first: nothing was remembered.
    for _ in 0..2 {
        let fetched = get("http://courier.example/a?b=c", &policy).unwrap();
        assert!(!fetched.headers.iter().any(|(name, _)| name.contains("cookie")));
        assert_eq!(fetched.header("etag"), Some("\"a\""));
    }
    assert_eq!(site.heads(), [HEAD, HEAD]);
}

#[test]
fn a_redirect_carries_neither_cookies_nor_where_it_came_from() {
    let site = Site::of(&[
        ("/a?b=c", "302 Found\r\nLocation: /moved\r\nSet-Cookie: id=1", ""),
        ("/moved", "200 OK", "ok"),
    ]);
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    get("http://courier.example/a?b=c", &policy(&town)).unwrap();
    assert_eq!(site.heads(), [HEAD.to_owned(), HEAD.replace("/a?b=c", "/moved")]);
}

#[test]
fn a_feed_is_asked_for_as_a_feed_and_in_all_else_alike() {
    let site = Site::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    run(fetch(&Request { accept: Accept::Feed, ..page("http://courier.example/a?b=c") }, &policy(&town)))
        .unwrap();
    let head = site.heads().remove(0);
    assert!(head.contains("\r\nAccept: application/atom+xml, application/rss+xml"), "{head}");
    assert_eq!(head.lines().count(), HEAD.lines().count());
}

#[test]
fn the_charset_of_the_transfer_is_handed_on() {
    for (said, media, charset) in [
        ("text/html; charset=windows-1251", Some("text/html"), Some("windows-1251")),
        ("Text/HTML;Charset=\"UTF-8\"; x=y", Some("text/html"), Some("UTF-8")),
        ("application/pdf", Some("application/pdf"), None),
        ("nonsense", None, None),
    ] {
        let site = Site::saying(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {said}\r\nContent-Length: 2\r\n\r\n\u{e9}"
        ));
        let town = Arc::new(Town::default());
        town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
        let fetched = get("http://courier.example/", &policy(&town)).unwrap();
        assert_eq!((fetched.media_type().as_deref(), fetched.charset()), (media, charset));
        assert_eq!(fetched.body, "\u{e9}".as_bytes());
    }
}
