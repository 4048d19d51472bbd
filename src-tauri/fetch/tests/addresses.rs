//! What may be asked, by value: schemes, ports, literal addresses in every spelling, and what names
//! resolve to (F-2, F-3).

#[path = "support/town.rs"]
mod town;

use std::sync::Arc;

use bilat_fetch::{Error, Kind, Request, Target};
use town::{Site, Town, get, ok, page, policy, run};

/// What the address is refused as; its host where it is not.
fn judge(url: &str) -> String {
    match Target::new(url, false) {
        Ok(target) => target.host(),
        Err(Error::Private { host }) => format!("private {host}"),
        Err(error) => format!("{:?}", error.kind()),
    }
}

#[test]
fn this_computer_is_known_in_every_spelling() {
    let spellings = [
        "http://127.0.0.1",
        "http://127.1",
        "http://127.0.1",
        "http://2130706433",
        "http://0x7f000001",
        "http://0X7F.1",
        "http://0x7f.0x0.0x0.0x1",
        "http://017700000001",
        "http://0177.0.0.01",
        "http://0177.0x0.1",
        "http://127.0.0.1.",
        "http://127.0.0.1:80/",
        "http://%31%32%37.0.0.1",
        "http://%30%78%37%66%30%30%30%30%30%31",
        "http://127%2e0%2e0%2e1",
        "http://１２７.０.０.１",
        "http://127。0。0。1",
        "http://127．0．0．1",
        "http://①②⑦.0.0.1",
        "http://ⓛocalhost",
        "http://localhost",
        "http://LOCALHOST.",
        "http://harbour.localhost",
        "http://[::1]",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::127.0.0.1]",
        "http://[::ffff:127.0.0.1]",
        "http://[::ffff:7f00:1]",
        "http://[0000::FFFF:7F00:0001]",
        "http://[64:ff9b::7f00:1]",
        "http://[2002:7f00:1::]",
        "http://user:secret@127.0.0.1",
        "http:\\\\127.0.0.1",
        "http:127.0.0.1",
        "http:///127.0.0.1",
        " \thttp://127.0.0.1\n",
        "ht\ntp://127.0.\t0.1",
    ];
    for spelling in spellings {
        assert!(judge(spelling).starts_with("private "), "{spelling}: {}", judge(spelling));
    }
}

#[test]
fn closed_addresses_are_known_in_every_spelling() {
    for (spelling, found) in [
        ("http://0xffffffff", "private 255.255.255.255"),
        ("http://192.0x00A80001", "private 192.168.0.1"),
        ("http://192.0x00a80001/", "private 192.168.0.1"),
        ("http://3232235521", "private 192.168.0.1"),
        ("http://%30%78%63%30%61%38%30%31", "private 0.192.168.1"),
        ("http://0xa9fea9fe/latest/meta-data", "private 169.254.169.254"),
        ("http://169.254.43518", "private 169.254.169.254"),
        ("http://0", "private 0.0.0.0"),
        ("http://0x", "private 0.0.0.0"),
        ("http://10.256", "private 10.0.1.0"),
        ("http://[fe80::1]", "private fe80::1"),
        ("http://[::]", "private ::"),
    ] {
        assert_eq!(judge(spelling), found, "{spelling}");
    }
    for open in ["http://8.8.8.8", "http://0x08080808", "http://[2606:4700::1111]", "http://courier.example"]
    {
        assert!(!judge(open).starts_with("private"), "{open}");
    }
    // What looks like a number and is none is no address.
    for broken in
        ["http://256.1.1.1", "http://1.2.3.4.5", "http://0x1g.1", "http://[::1", "http://127.0.0.08"]
    {
        assert_eq!(judge(broken), "Address", "{broken}");
    }
}

#[test]
fn other_schemes_and_ports_are_refused() {
    for url in [
        "file:///etc/passwd",
        "ftp://courier.example/",
        "gopher://courier.example/",
        "data:text/html,x",
        "blob:https://courier.example/1",
        "jar:http://courier.example!/",
        "javascript:alert(1)",
        "ws://courier.example/",
        "about:blank",
        "courier.example",
        "",
        "http://",
        "http://courier.example:22/",
        "http://courier.example:25/",
        "http://courier.example:0/",
        "http://courier.example:65536/",
    ] {
        assert_eq!(judge(url), "Address", "{url}");
    }
    let unusual = Target::new("http://courier.example:8080/", false).unwrap_err();
    assert_eq!(unusual.kind(), Kind::Ask);
    assert!(Target::new("http://courier.example:8080/", true).is_ok());
    assert!(Target::new("http://courier.example:22/", true).is_err(), "no person can want this");
}

#[test]
fn user_name_password_and_fragment_are_stripped() {
    let site = Site::saying(ok("Harbour"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    let fetched = get("http://ann:secret@courier.example/a?b=c#d", &policy(&town)).unwrap();
    assert_eq!(fetched.asked, "http://courier.example/a?b=c");
    assert_eq!(fetched.url, fetched.asked);
    assert!(!site.heads()[0].contains("secret") && !site.heads()[0].contains("uthorization"));
}

#[test]
fn one_bad_answer_of_the_resolver_spoils_all() {
    for bad in ["10.0.0.7", "127.0.0.1", "::1", "fd00::1", "64:ff9b::a00:1", "169.254.169.254"] {
        let town = Arc::new(Town::default());
        town.name("courier.example", &["8.8.4.4", bad]);
        let refused = get("http://courier.example/", &policy(&town)).unwrap_err();
        assert!(matches!(refused, Error::Private { .. }), "{bad}: {refused}");
        assert_eq!(town.connected(), Vec::<String>::new(), "{bad}");
    }
}

#[test]
fn a_name_that_turns_private_is_never_connected_to() {
    // Checked once and used once: the second answer is never asked for.
    let site = Site::saying(ok("Harbour"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).name("courier.example", &["127.0.0.1"]);
    town.place("8.8.4.4", site.address).place("127.0.0.1", site.address);
    assert!(get("http://courier.example/", &policy(&town)).is_ok());
    assert_eq!((town.connected(), town.looked_up().len()), (vec!["8.8.4.4:80".to_owned()], 1));
    // And the next page of that name is refused.
    let refused = get("http://courier.example/", &policy(&town)).unwrap_err();
    assert_eq!(refused.kind(), Kind::Ask);
    assert_eq!(town.connected().len(), 1);
}

#[test]
fn whom_the_connection_reached_is_looked_at_too() {
    let site = Site::saying(ok("Router settings"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address).peer("8.8.4.4", "192.168.1.1");
    let refused = get("http://courier.example/", &policy(&town)).unwrap_err();
    assert!(matches!(refused, Error::Private { .. }), "{refused}");
    assert_eq!(site.heads(), Vec::<String>::new(), "nothing was asked of it");
}

#[test]
fn a_host_that_a_person_allowed_is_asked_at_any_address() {
    let site = Site::saying(ok("The intranet"));
    let town = Arc::new(Town::default());
    town.name("desk.intranet", &["10.1.2.3"]).place("10.1.2.3", site.address);
    let allowed = Request { allow_host: true, ..page("http://desk.intranet:8080/today") };
    let fetched = run(bilat_fetch::fetch(&allowed, &policy(&town))).unwrap();
    assert_eq!(fetched.body, b"The intranet");
    assert_eq!(town.connected(), ["10.1.2.3:8080"]);
}

#[test]
fn an_address_that_does_not_answer_gives_way_to_the_next() {
    let site = Site::saying(ok("Harbour"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["2606:4700::9", "8.8.4.4"]).place("8.8.4.4", site.address);
    assert!(get("http://courier.example/", &policy(&town)).is_ok());
    assert_eq!(town.connected(), ["[2606:4700::9]:80", "8.8.4.4:80"]);
    let nobody = get("http://nobody.example/", &policy(&town)).unwrap_err();
    assert!(matches!(nobody, Error::Resolve { .. }), "{nobody}");
}
