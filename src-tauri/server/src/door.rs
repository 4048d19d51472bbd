//! The door over loopback HTTP, for developing the window in a browser and for journeys that a
//! browser walks. It is never part of what ships: only an example and tests start it.
//!
//! A page in any browser can send requests to loopback, so the door opens only to the one origin it
//! was started for: the `Host` must be its own address (a rebound name is refused), the `Origin` the
//! one given, and the body JSON, which a page of another origin cannot send without asking first.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event as Sse, Sse as Stream};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bilat_api::{App, Error};
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;

/// The largest request, as large as the largest document and its JSON around it.
const LARGEST: usize = 96 * 1024 * 1024;

/// Whom the door opens to.
#[derive(Clone)]
pub struct Guard {
    /// The address it listens on.
    pub address: SocketAddr,
    /// The one origin that may call, such as `http://localhost:1420`.
    pub origin: HeaderValue,
}

/// The routes: `POST /rpc/NAME` with a JSON request, and `GET /events`, server-sent.
pub fn door(app: Arc<App>, guard: Guard) -> Router {
    Router::new()
        .route("/rpc/{name}", post(call))
        .route("/events", get(events))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(guard, only_the_origin))
        .with_state(app)
}

async fn call(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Json(request): Json<Value>,
) -> Result<Json<Value>, (StatusCode, Json<Error>)> {
    let answer = app.call(&name, request).await;
    answer.map(Json).map_err(|error| (StatusCode::UNPROCESSABLE_ENTITY, Json(error)))
}

async fn events(State(app): State<Arc<App>>) -> impl IntoResponse {
    let stream = futures_util::stream::unfold(app.subscribe(), |mut changes| async {
        loop {
            match changes.recv().await {
                Ok(event) => {
                    let data = serde_json::to_string(&event).expect("an event has string keys only");
                    return Some((Ok::<_, Infallible>(Sse::default().data(data)), changes));
                }
                // Whoever fell behind hears of the next change and reads anew.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Stream::new(stream)
}

async fn only_the_origin(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if !opens(&guard, request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = match *request.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, guard.origin);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    response
}

fn opens(guard: &Guard, headers: &HeaderMap) -> bool {
    let hosts: Vec<_> = headers.get_all(header::HOST).iter().collect();
    let own = [guard.address.to_string(), format!("localhost:{}", guard.address.port())];
    let host = matches!(hosts.as_slice(), [host] if own.iter().any(|own| own.as_bytes() == host.as_bytes()));
    host && headers.get(header::ORIGIN) == Some(&guard.origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_door_opens_to_its_origin_alone() {
        let guard = Guard {
            address: "127.0.0.1:8733".parse().unwrap(),
            origin: HeaderValue::from_static("http://localhost:1420"),
        };
        let check = |host: &'static str, origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            opens(&guard, &headers)
        };
        assert!(check("127.0.0.1:8733", Some("http://localhost:1420")));
        assert!(check("localhost:8733", Some("http://localhost:1420")));
        assert!(!check("rebound.example:8733", Some("http://localhost:1420")));
        assert!(!check("127.0.0.1:8733", Some("http://rebound.example")));
        assert!(!check("127.0.0.1:8733", Some("null")));
        assert!(!check("127.0.0.1:8733", None));
    }
}
