//! What a web view loads goes through a gate: each connection is checked as a fetch's is (F-3).

#[path = "support/town.rs"]
mod town;

use std::sync::Arc;

use bilat_fetch::{Gate, Proxy, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use town::{Site, Town, ok, policy, run};

/// What a gate answers to these bytes.
async fn through(gate: &Gate, sent: &str) -> String {
    let mut stream = TcpStream::connect(gate.url().strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn get(url: &str) -> String {
    let host = url.split('/').nth(2).unwrap();
    format!(
        "GET {url} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\nConnection: keep-alive\r\nCookie: a=b\r\n\r\n"
    )
}

fn connect(host: &str) -> String {
    format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\nGET / HTTP/1.1\r\n\r\n")
}

#[test]
fn what_is_public_passes_and_what_is_private_is_a_closed_door() {
    let site = Site::saying(ok("words"));
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    town.name("inner.example", &["192.168.0.1"]).place("192.168.0.1", site.address);
    town.name("both.example", &["8.8.4.4", "10.0.0.1"]).place("10.0.0.1", site.address);
    town.place("127.0.0.1", site.address).name("localhost", &["127.0.0.1"]);
    // It is public when it is checked, and private when it is reached.
    town.name("turns.example", &["8.8.8.8"]).place("8.8.8.8", site.address).peer("8.8.8.8", "127.0.0.1");
    run(async {
        let gate = Gate::open(policy(&town), None).await.unwrap();
        assert!(through(&gate, &get("http://courier.example/a?b")).await.ends_with("words"));
        let heads = site.heads();
        assert_eq!(
            heads,
            ["GET /a?b HTTP/1.1\r\nHost: courier.example\r\nCookie: a=b\r\nConnection: close\r\n\r\n"]
        );
        assert!(
            through(&gate, &connect("courier.example:443"))
                .await
                .starts_with("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200")
        );

        let before = site.heads().len();
        for host in [
            "inner.example",
            "both.example",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "0x7f.1",
            "2130706433",
            "169.254.169.254",
            "turns.example",
            "[::ffff:127.0.0.1]",
            "nobody.example",
        ] {
            for asked in [
                get(&format!("http://{host}/")),
                connect(&format!("{host}:443")),
                connect(&format!("{host}:22")),
            ] {
                let answer = through(&gate, &asked).await;
                assert!(
                    answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 502"),
                    "{asked}{answer}"
                );
            }
        }
        for asked in [
            "GET / HTTP/1.1\r\nHost: courier.example\r\n\r\n",
            "GET https://courier.example/ HTTP/1.1\r\n\r\n",
            "GET file:///etc/passwd HTTP/1.1\r\n\r\n",
            "POST http://courier.example/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "CONNECT courier.example:25 HTTP/1.1\r\n\r\n",
            "\r\n\r\n",
            "GET http://courier.example/ HTTP/1.1\r\nno colon\r\n\r\n",
        ] {
            let answer = through(&gate, asked).await;
            assert!(answer.starts_with("HTTP/1.1 4"), "{asked}{answer}");
        }
        assert_eq!(site.heads().len(), before, "nothing of it reached anybody");
    });
}

#[test]
fn a_host_that_was_allowed_opens_no_other_and_no_other_port() {
    let site = Site::saying(ok("words"));
    let town = Arc::new(Town::default());
    town.place("127.0.0.1", site.address).place("192.168.0.1", site.address);
    run(async {
        let allowed = Target::new("http://127.0.0.1:8080/page", true).unwrap();
        let gate = Gate::open(policy(&town), Some(allowed)).await.unwrap();
        assert!(through(&gate, &get("http://127.0.0.1:8080/picture")).await.ends_with("words"));
        for other in
            ["http://127.0.0.1:9090/", "http://127.0.0.1/", "http://192.168.0.1:8080/", "http://[::1]:8080/"]
        {
            assert!(through(&gate, &get(other)).await.starts_with("HTTP/1.1 403"), "{other}");
        }
    });
}

#[test]
fn a_second_request_on_one_connection_is_not_passed_on() {
    let site = Site::saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    run(async {
        let gate = Gate::open(policy(&town), None).await.unwrap();
        let posted =
            "POST http://courier.example/ HTTP/1.1\r\nHost: courier.example\r\nContent-Length: 3\r\n\r\nabc";
        through(&gate, &format!("{posted}{}", get("http://courier.example/second"))).await;
        assert_eq!(site.paths(), ["/"]);
    });
}

#[test]
fn with_a_proxy_set_nothing_goes_beside_it_and_no_name_is_looked_up_here() {
    let proxy = Site::saying(ok("by proxy"));
    let town = Arc::new(Town::default());
    town.place("127.0.0.1", proxy.address);
    run(async {
        let proxied = |kind: &str| bilat_fetch::Policy {
            proxy: Proxy::new(kind, "127.0.0.1:3128").unwrap(),
            ..policy(&town)
        };
        let gate = Gate::open(proxied("http"), None).await.unwrap();
        assert!(through(&gate, &get("http://courier.example/a")).await.ends_with("by proxy"));
        assert!(proxy.heads()[0].starts_with("GET http://courier.example/a HTTP/1.1\r\n"));
        assert!(through(&gate, &get("http://127.0.0.1/")).await.starts_with("HTTP/1.1 403"));
        assert!(town.looked_up().is_empty());
        assert_eq!(town.connected(), ["127.0.0.1:3128"]);
    });
}

#[test]
fn a_gate_that_is_dropped_is_gone() {
    let town = Arc::new(Town::default());
    run(async {
        let gate = Gate::open(policy(&town), None).await.unwrap();
        let address = gate.url().strip_prefix("http://").unwrap().to_owned();
        drop(gate);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert!(TcpStream::connect(&address).await.is_err());
    });
}
