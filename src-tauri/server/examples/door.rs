//! Serves a library to a browser during development: `door LIBRARY [PORT] [ORIGIN]`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use bilat_api::{Access, App};
use bilat_server::door::{Guard, door};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let library = PathBuf::from(arguments.next().ok_or("name a library file")?);
    let port = arguments.next().map_or(Ok(8733), |port| port.parse())?;
    let origin = arguments.next().unwrap_or("http://localhost:1420".into());
    let app = Arc::new(App::open(&library, Access::Create, chrono::Utc::now)?);
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let guard = Guard { address: listener.local_addr()?, origin: origin.parse()? };
    println!("http://{}", guard.address);
    Ok(axum::serve(listener, door(app, guard)).await?)
}
