//! The `Host` must be our own address. A page whose name was rebound to loopback differs from a local
//! program in nothing else.

use hyper::StatusCode;
use hyper::header::HOST;

use super::Asked;
use crate::answer::Refusal;

/// Exactly one `Host`, and one of ours, with our port.
pub fn our_own(asked: &Asked<'_>) -> Result<(), Refusal> {
    let malformed = Refusal::new(StatusCode::BAD_REQUEST, "host malformed");
    let [host] = asked.all(HOST)[..] else { return Err(malformed) };
    let host = host.to_str().unwrap_or_default();
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    if host.is_empty() || !host.bytes().all(legal) {
        return Err(malformed);
    }
    let ours = ["127.0.0.1", "[::1]", "localhost"].map(|name| format!("{name}:{}", asked.port));
    if ours.iter().any(|own| host.eq_ignore_ascii_case(own)) {
        Ok(())
    } else {
        Err(Refusal::new(StatusCode::FORBIDDEN, "host"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Head;
    use super::*;

    #[test]
    fn only_our_own_address_is_answered() {
        let status = |lines: &str| {
            our_own(&Head::without_host("GET /v1/ping", lines).asked()).map_err(|r| r.status.as_u16())
        };
        for host in ["127.0.0.1:28410", "[::1]:28410", "localhost:28410", "LocalHost:28410"] {
            assert_eq!(status(&format!("host: {host}")), Ok(()), "{host}");
        }
        for host in [
            "evil.example:28410",
            "127.0.0.1",
            "127.0.0.1:28411",
            "127.0.0.1:028410",
            "127.0.0.1:28410.evil.example",
            "localhost.evil.example:28410",
            "localhost.:28410",
            "127.1:28410",
            "0.0.0.0:28410",
            "[::]:28410",
            "[::ffff:127.0.0.1]:28410",
            "2130706433:28410",
        ] {
            assert_eq!(status(&format!("host: {host}")), Err(403), "{host}");
        }
        for lines in [
            "",
            "host: ",
            "host: 127.0.0.1:28410@evil.example",
            "host: 127.0.0.1:28410/",
            "host: 127.0.0.1:28410, evil.example",
            "host: 127.0.0.1:28410\nhost: 127.0.0.1:28410",
            "host: 127.0.0.1:28410\nhost: evil.example",
        ] {
            assert_eq!(status(lines), Err(400), "{lines}");
        }
    }
}
