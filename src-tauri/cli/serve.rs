//! `bilat serve`: the clip server without a window.

use std::sync::Arc;

use bilat_api::{Nothing, Pairing, SingleFilePairing};
use bilat_server::Limits;
use clap::Args;
use serde::Serialize;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::Library;
use crate::print::Printer;

/// Take pages from paired browsers until interrupted
///
/// Listens on this computer alone. What is refused and what is kept is written to standard error, a line
/// a request, without addresses or titles.
#[derive(Args)]
pub struct Serve {
    /// The port, instead of the first free one of those the browser extension knows
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Let one browser pair within two minutes: prints the code to type into its extension
    #[arg(long)]
    pair: bool,
    /// Let the SingleFile extension upload its first page within ten minutes: prints what to put into its
    /// settings
    #[arg(long)]
    pair_single_file: bool,
}

/// Where it listens, and the code.
#[derive(Serialize)]
struct Serving {
    addresses: Vec<String>,
    port: u16,
    browsers: usize,
    pairing: Option<Pairing>,
    single_file: Option<SingleFilePairing>,
}

impl Serve {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = Arc::new(library.create()?);
        let listeners =
            bilat_server::listen(self.port).map_err(|error| Failure::Other(format!("serving: {error}")))?;
        let port = listeners.port();
        let addresses = listeners.addresses().iter().map(|address| format!("http://{address}")).collect();
        let failed = |error| Failure::io("serving", "clips", &error);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
        runtime.block_on(async {
            let log = |record: bilat_server::Record| eprintln!("bilat: {record}");
            let serving = bilat_server::serve(app.clone(), listeners, Limits::default(), log);
            let pairing = if self.pair { Some(app.open_pairing(Nothing {}).await?) } else { None };
            let single_file =
                if self.pair_single_file { Some(app.pair_single_file(Nothing {}).await?) } else { None };
            let browsers = app.list_browsers(Nothing {}).await?.len();
            out.show(&Serving { addresses, port, browsers, pairing, single_file }, describe)?;
            tokio::select! {
                served = serving => served.map_err(failed)?,
                stopped = interrupted() => stopped.map_err(failed)?,
                () = app.keep_analysed() => {}
                () = app.run_schedules() => {}
            }
            Ok(Outcome::Done)
        })
    }
}

/// Waits until a person or the system asks the program to stop.
pub async fn interrupted() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn describe(serving: &Serving) -> String {
    let mut lines = format!("Taking clips at {}\n", serving.addresses.join(" and "));
    match &serving.pairing {
        Some(pairing) => lines.push_str(&format!(
            "Pairing code: {} {}  (until {}; type it into the extension)\n",
            &pairing.code[..4],
            &pairing.code[4..],
            pairing.expires_at
        )),
        None if serving.browsers == 0 && serving.single_file.is_none() => {
            lines.push_str("No browser is paired, so none can send anything; start again with --pair\n");
        }
        None => {}
    }
    if let Some(made) = &serving.single_file {
        lines.push_str(&format!(
            "In SingleFile's settings, under Destination, choose “upload to a REST Form API”:\n  \
             URL  {}\n  authorization token  {}\n  archive data field name  {}\n  archive URL field name  {}\n\
             Save a page with it until {}\n",
            made.address.as_deref().unwrap_or_default(),
            made.token,
            made.file_field,
            made.url_field,
            made.expires_at
        ));
    }
    lines
}
