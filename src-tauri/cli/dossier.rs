//! `bilat dossier`: what the library holds on a pair.

use std::fmt::Write as _;

use bilat_api::ReadDossier;
use bilat_core::{Actor, Dossier, Dyad, Edtf, LedgerEvent, Period, Reliability};
use clap::Args;
use serde_json::{Value, json};

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::{Printer, line};

/// Print the dossier of a pair: counts, voices, events, sources
#[derive(Args)]
pub struct Dossiers {
    /// The pair, such as US-RU
    pair: Dyad,
    /// Leave out what was before this date
    #[arg(long, value_name = "DATE")]
    since: Option<Edtf>,
    /// Leave out what was after this date
    #[arg(long, value_name = "DATE")]
    until: Option<Edtf>,
}

impl Dossiers {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let period = Period { since: self.since, until: self.until };
        let request = ReadDossier { dyad: self.pair, period, latest: None };
        let dossier = wait(library.existing()?.read_dossier(request))?;
        if out.json {
            out.json(&document(&dossier))?
        } else {
            line(&text(&dossier))?
        }
        Ok(Outcome::Done)
    }
}

/// `{pair, counts, statements[], events[], sources[], origins, …}`.
fn document(dossier: &Dossier) -> Value {
    let head = &dossier.head;
    json!({
        "pair": head.pair,
        "since": head.period.since,
        "until": head.period.until,
        "followed": head.followed,
        "counts": {
            "articles": head.articles,
            "statements": head.statements,
            "events": head.events,
            "sources": dossier.sources.len(),
            "left": head.left,
            "right": head.right,
        },
        "origins": dossier.origins,
        "tone": dossier.tone,
        "tone_undated": dossier.tone_undated,
        "acts": dossier.acts,
        "acts_undated": dossier.acts_undated,
        "statements": dossier.latest.iter().map(bilat_api::statement_json).collect::<Vec<_>>(),
        "events": dossier.ledger,
        "voices": dossier.voices,
        "sources": dossier.sources,
        "issues": dossier.issues,
    })
}

fn text(dossier: &Dossier) -> String {
    let head = &dossier.head;
    let (left, right) = (head.left.side, head.right.side);
    let mut text = format!(
        "{} – {}\nRecorded in this library, not in the world: {} articles of {} origins from {} sources, {} statements, {} events\n",
        left.name(),
        right.name(),
        head.articles,
        dossier.origins,
        dossier.sources.len(),
        head.statements,
        head.events,
    );
    let mut put = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    for side in [head.left, head.right] {
        let other = if side.side == left { right } else { left };
        put(format!(
            "\n{}: {} statements by {} voices; {} events {} → {}",
            side.side.name(),
            side.statements,
            side.voices,
            side.events,
            side.side,
            other
        ));
        for voice in dossier.voices.iter().filter(|voice| voice.side == side.side) {
            let tone = voice
                .tone
                .map_or(String::new(), |tone| format!(", tone {} (n = {})", signed(tone), voice.tone_n));
            let name = voice.speaker.as_deref().unwrap_or("unknown speaker");
            put(format!(
                "  {name}: {} statements{tone}; latest [@{}] “{}”",
                voice.statements, voice.latest.key, voice.latest.text
            ));
        }
    }
    if !dossier.tone.is_empty() {
        put("\nTone by month (plain mean of the stances set by people, −2 to +2)".into());
        for tone in &dossier.tone {
            put(format!("  {}  {}  {}  n = {}", tone.month, tone.side, signed(tone.mean), tone.n));
        }
    }
    if !dossier.ledger.is_empty() {
        put("\nEvents".into());
        dossier.ledger.iter().for_each(|event| put(event_line(event)));
    }
    if !dossier.sources.is_empty() {
        put("\nSources".into());
    }
    for source in &dossier.sources {
        put(format!(
            "  {}  {}  {} articles, {} origins, {} statements",
            letter(source.reliability),
            source.name.as_deref().unwrap_or("unknown publisher"),
            source.articles,
            source.origins,
            source.statements
        ));
    }
    text
}

fn event_line(event: &LedgerEvent) -> String {
    let date = event.date.as_ref().map_or("undated", |date| date.as_str());
    let code = |actor: Actor| actor.code();
    format!(
        "  {date}  {} → {}  {}  {}  {}  ({} origins)",
        code(event.initiator),
        code(event.target),
        event.plover,
        event.status.name(),
        event.summary,
        event.origins
    )
}

/// With a true minus.
fn signed(mean: f64) -> String {
    if mean < 0.0 { format!("−{:.1}", -mean) } else { format!("+{mean:.1}") }
}

/// A to F.
fn letter(reliability: Reliability) -> String {
    serde_json::to_value(reliability)
        .ok()
        .and_then(|letter| letter.as_str().map(str::to_owned))
        .unwrap_or_default()
}
