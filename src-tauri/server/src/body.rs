//! Reading a body: within its time, and as JSON that is not nested without end.

use http_body_util::BodyExt;
use hyper::StatusCode;
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use tokio::time::{Duration, Instant, timeout_at};

use crate::answer::Refusal;
use crate::limits::DEPTH;

/// Reads `body`, whose length the head promised. It may rest for `stall` and take until `deadline`.
pub async fn read(mut body: Incoming, stall: Duration, deadline: Instant) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    loop {
        let wait = deadline.min(Instant::now() + stall);
        match timeout_at(wait, body.frame()).await {
            Err(_) => return Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "body too slow")),
            Ok(None) => return Ok(bytes),
            Ok(Some(Err(_))) => return Err(Refusal::new(StatusCode::BAD_REQUEST, "body cut short")),
            Ok(Some(Ok(frame))) => {
                if let Some(chunk) = frame.data_ref() {
                    bytes.extend_from_slice(chunk);
                }
            }
        }
    }
}

/// Takes what a refused client still sends, so that it sees the answer and not a broken connection.
pub async fn discard(mut body: Incoming) {
    let deadline = Instant::now() + Duration::from_secs(1);
    while let Ok(Some(Ok(_))) = timeout_at(deadline, body.frame()).await {}
}

/// Reads JSON of the shape of `T`.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    if depth(bytes) > DEPTH {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "JSON too deep"));
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "JSON of another shape"))
}

/// How deep arrays and objects are nested.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_counted_outside_strings() {
        assert_eq!(depth(br#"{"a": [1, {"b": "[[[\"[[["}]}"#), 3);
        assert_eq!(depth(b"[[], [], []]"), 2);
        assert_eq!(depth(b"]]]["), 1);
    }

    #[test]
    fn deep_json_is_refused() {
        let nested = |deep: usize| format!("{}{}", "[".repeat(deep), "]".repeat(deep));
        assert!(parse::<serde_json::Value>(nested(DEPTH).as_bytes()).is_ok());
        assert!(parse::<serde_json::Value>(nested(DEPTH + 1).as_bytes()).is_err());
    }
}
