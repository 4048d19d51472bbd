//! Bombs, drips, floods and silence end soon and cost little (F-7).

#[path = "support/town.rs"]
mod town;

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use bilat_fetch::{Error, Limits, Policy};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use town::{Site, Town, get, hasty, ok, policy};

fn town(site: &Site) -> Arc<Town> {
    let town = Arc::new(Town::default());
    town.name("courier.example", &["8.8.4.4"]).place("8.8.4.4", site.address);
    town
}

/// Writes 10 GiB of zeros, packed, until the other side has had enough.
fn bomb(coding: &'static str) -> Site {
    Site::new(move |_, stream| {
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n");
        let _ = stream.write_all(head.as_bytes());
        let zeros = vec![0; 1 << 20];
        let mut encoder: Box<dyn Write> = match coding {
            "gzip" => Box::new(GzEncoder::new(&*stream, Compression::fast())),
            "deflate" => Box::new(ZlibEncoder::new(&*stream, Compression::fast())),
            _ => Box::new(brotli::CompressorWriter::new(&*stream, 4096, 1, 22)),
        };
        for _ in 0..10 << 10 {
            if encoder.write_all(&zeros).is_err() {
                // The brotli encoder cannot be dropped after its stream is gone.
                std::mem::forget(encoder);
                return;
            }
        }
    })
}

/// The most memory that this process has had so far, in MiB.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().split(' ').next().unwrap().parse::<u64>().unwrap() >> 10
}

#[test]
fn a_bomb_of_ten_gibibytes_is_an_error_within_five_seconds_and_costs_little() {
    for coding in ["gzip", "deflate", "br"] {
        let town = town(&bomb(coding));
        #[cfg(target_os = "linux")]
        let before = peak();
        let start = Instant::now();
        let refused = get("http://courier.example/", &policy(&town)).unwrap_err();
        assert!(matches!(refused, Error::Bomb { .. }), "{coding}: {refused}");
        assert!(start.elapsed() < Duration::from_secs(5), "{coding}: {:?}", start.elapsed());
        #[cfg(target_os = "linux")]
        assert!(peak() - before < 100, "{coding}: {} MiB more", peak() - before);
    }
}

#[test]
fn an_endless_page_ends_at_the_limit() {
    let site = Site::new(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'a'; 1 << 12]).is_ok() {}
    });
    let refused = get("http://courier.example/", &policy(&town(&site))).unwrap_err();
    assert!(matches!(refused, Error::TooLarge { unpacked: false, .. }), "{refused}");
    let said = Site::saying("HTTP/1.1 200 OK\r\nContent-Length: 33554433\r\n\r\n");
    let refused = get("http://courier.example/", &policy(&town(&said))).unwrap_err();
    assert!(matches!(refused, Error::TooLarge { .. }), "{refused}");
}

fn drip(stream: &mut TcpStream, head: &str) {
    let _ = stream.write_all(head.as_bytes());
    while stream.write_all(b"x").is_ok() {
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_drip_ends_when_its_time_is_over_in_the_body_and_in_the_head() {
    for head in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Drip: "] {
        let site = Site::new(move |_, stream| drip(stream, head));
        let start = Instant::now();
        // Idle for longer than the whole, so that only the whole can end it.
        let mut policy = hasty(&town(&site));
        policy.limits.idle = Duration::from_secs(5);
        let refused = get("http://courier.example/", &policy).unwrap_err();
        assert!(matches!(refused, Error::TooSlow { .. }), "{refused}");
        assert!((0.9..4.0).contains(&start.elapsed().as_secs_f32()), "{:?}", start.elapsed());
    }
}

#[test]
fn silence_ends_before_the_answer_within_it_and_between_redirects() {
    for said in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"] {
        let site = Site::new(move |_, stream| {
            let _ = stream.write_all(said.as_bytes());
            sleep(Duration::from_secs(4));
        });
        let start = Instant::now();
        let refused = get("http://courier.example/", &hasty(&town(&site))).unwrap_err();
        assert!(matches!(refused, Error::Silent { .. }), "{refused}");
        assert!(start.elapsed() < Duration::from_secs(3));
    }
    let slow = Site::new(|_, stream| {
        sleep(Duration::from_millis(250));
        let _ = stream.write_all(town::sends_to("/").as_bytes());
    });
    let refused = get("http://courier.example/", &hasty(&town(&slow))).unwrap_err();
    assert!(matches!(refused, Error::TooSlow { .. }), "redirects share one time: {refused}");
}

#[test]
fn a_page_that_breaks_off_is_an_error_and_no_short_page() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf \r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200",
        "",
        "SSH-2.0-harbour\r\n",
        "<html>no headers",
    ] {
        let site = Site::saying(answer);
        let refused = get("http://courier.example/", &policy(&town(&site))).unwrap_err();
        assert!(matches!(refused, Error::Broken { .. }), "{answer}: {refused}");
    }
}

#[test]
fn a_head_without_end_or_with_too_many_lines_is_refused() {
    let endless = Site::new(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-More: and more and more and more\r\n").is_ok() {}
    });
    let refused = get("http://courier.example/", &policy(&town(&endless))).unwrap_err();
    assert!(matches!(refused, Error::Broken { .. }), "{refused}");
    let many = format!("HTTP/1.1 200 OK\r\n{}Content-Length: 0\r\n\r\n", "X: y\r\n".repeat(300));
    assert!(get("http://courier.example/", &policy(&town(&Site::saying(many)))).is_err());
}

#[test]
fn limits_are_the_callers_to_narrow() {
    let site = Site::saying(ok("Harbour"));
    let limits = Limits { decoded: 3, ..Limits::default() };
    let narrow = Policy { limits, ..policy(&town(&site)) };
    assert!(matches!(get("http://courier.example/", &narrow), Err(Error::TooLarge { .. })));
}

#[test]
fn a_dropped_fetch_closes_its_connection() {
    let (gone, wait) = std::sync::mpsc::channel();
    let site = Site::new(move |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            sleep(Duration::from_millis(10));
        }
        gone.send(()).unwrap();
    });
    let policy = policy(&town(&site));
    town::run(async {
        let request = town::page("http://courier.example/");
        let fetching = bilat_fetch::fetch(&request, &policy);
        assert!(tokio::time::timeout(Duration::from_millis(200), fetching).await.is_err());
        // The runtime lives on; only the fetch is gone.
        tokio::task::spawn_blocking(move || wait.recv_timeout(Duration::from_secs(3)).unwrap())
            .await
            .unwrap();
    });
}
