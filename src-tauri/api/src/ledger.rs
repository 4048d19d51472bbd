//! The ledger of events: entering, correcting, merging; and its way to other programs and back.

mod calendar;
mod line;
mod plover;
mod table;
mod timeline_js;

use std::collections::HashSet;
use std::path::Path;

use bilat_core::{BadEvent, EventDraft, EventId, EvidenceRef, LedgerEvent, SuggestedEvent};
use bilat_store::{Connection, event};

use crate::exporting::write_file;
use crate::ledger::line::Line;
use crate::{
    App, ById, Changed, Code, EditEvent, Error, EventDetail, EventsExported, EventsImported, ExportEvents,
    ImportEvents, LedgerFormat, MergeEvents, Nothing, OfDyad, OfKey, Result,
};

impl From<BadEvent> for Error {
    fn from(fault: BadEvent) -> Self {
        Error::bad_input(format!("entering an event: {fault}"))
    }
}

impl App {
    /// An event with what bears it out.
    pub(crate) async fn read_event(&self, request: ById<EventId>) -> Result<EventDetail> {
        self.read(move |conn| {
            let event = event::read(conn, request.id)?;
            let draft = EventDraft {
                initiator: Some(event.initiator),
                target: Some(event.target),
                plover: Some(event.plover),
                date: event.date.clone(),
                status: Some(event.status),
                summary: event.summary.clone(),
                evidence: event::list_refs(conn, request.id)?,
            };
            Ok(EventDetail { event, evidence: event::list_evidence(conn, request.id)?, draft })
        })
        .await
    }

    /// Enters an event.
    ///
    /// # Errors
    /// `bad_input` when it makes no sense; `not_found` when its evidence is not there.
    pub async fn enter_event(&self, draft: EventDraft) -> Result<LedgerEvent> {
        let (sound, now) = (draft.sound(self.today())?, self.now());
        self.write(Changed::Events, move |tx| {
            let id = event::insert(tx, &sound, &draft.evidence, &now)?;
            event::read(tx, id)
        })
        .await
    }

    /// Replaces what is said of an event.
    pub(crate) async fn edit_event(&self, request: EditEvent) -> Result<LedgerEvent> {
        let EditEvent { id, draft } = request;
        let (sound, now) = (draft.sound(self.today())?, self.now());
        self.write(Changed::Events, move |tx| {
            event::edit(tx, id, &sound, &draft.evidence, &now)?;
            event::read(tx, id)
        })
        .await
    }

    /// Takes an event out of the ledger.
    pub(crate) async fn delete_event(&self, request: ById<EventId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Events, move |tx| event::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Brings an event back.
    pub(crate) async fn restore_event(&self, request: ById<EventId>) -> Result<LedgerEvent> {
        let now = self.now();
        self.write(Changed::Events, move |tx| {
            event::restore(tx, request.id, &now)?;
            event::read(tx, request.id)
        })
        .await
    }

    /// Makes one event of several.
    pub(crate) async fn merge_events(&self, request: MergeEvents) -> Result<LedgerEvent> {
        let now = self.now();
        self.write(Changed::Events, move |tx| {
            event::merge(tx, request.into, &request.others, &now)?;
            event::read(tx, request.into)
        })
        .await
    }

    /// The events between the two that Bilat found and nobody has decided on.
    pub(crate) async fn list_suggested_events(&self, request: OfDyad) -> Result<Vec<SuggestedEvent>> {
        self.read(move |conn| event::list_suggested(conn, request.dyad)).await
    }

    /// What a cite key bears out as evidence.
    pub(crate) async fn find_evidence(&self, request: OfKey) -> Result<EvidenceRef> {
        self.read(move |conn| event::evidence_of_key(conn, &request.key)).await
    }

    /// Writes the ledger of a pair to a file.
    ///
    /// # Errors
    /// `exists` when a file stands there and may not be replaced; `io` when it cannot be written.
    pub async fn export_events(&self, request: ExportEvents) -> Result<EventsExported> {
        let path = Path::new(&request.path).to_owned();
        if path.exists() && !request.replace.unwrap_or_default() {
            let message = format!(
                "writing {}: a file stands there already; say that it may be replaced",
                path.display()
            );
            return Err(Error::new(Code::Exists, message));
        }
        let ExportEvents { dyad, period, .. } = request;
        let lines = self.read(move |conn| lines(conn, &event::list(conn, dyad, &period)?)).await?;
        let text = match request.format {
            LedgerFormat::Csv => table::write(&lines),
            LedgerFormat::Plover => plover::write(&lines),
            LedgerFormat::Ics => calendar::write(&lines, &self.now()),
            LedgerFormat::Timelinejs => timeline_js::write(&lines),
        };
        write_file(&path, text.as_bytes())?;
        Ok(EventsExported { path: request.path, bytes: text.len() as u64, events: lines.len() as u32 })
    }

    /// Enters the events of a file. One that stands in the ledger already is not entered again; one that makes no
    /// sense is told of and passed over.
    ///
    /// # Errors
    /// `io` when the file cannot be read; `bad_input` when it is none of the forms.
    pub async fn import_events(&self, request: ImportEvents) -> Result<EventsImported> {
        let fail = |error: String| format!("reading events from {}: {error}", request.path);
        let text = std::fs::read_to_string(&request.path)
            .map_err(|error| Error::new(Code::Io, fail(error.to_string())))?;
        let format = request.format.unwrap_or_else(|| guess(&request.path, &text));
        let found = match format {
            LedgerFormat::Csv => table::read(&text),
            LedgerFormat::Plover => plover::read(&text),
            LedgerFormat::Ics => calendar::read(&text),
            LedgerFormat::Timelinejs => timeline_js::read(&text),
        }
        .map_err(|error| Error::bad_input(fail(error)))?;
        let (today, now) = (self.today(), self.now());
        self.write(Changed::Events, move |tx| {
            let mut known: HashSet<Line> = HashSet::new();
            let mut pairs = HashSet::new();
            let mut outcome = EventsImported::default();
            for (n, line) in found.into_iter().enumerate() {
                let read = line.and_then(|line| {
                    let draft = line.draft().map_err(|fault| format!("{}: {fault}", line.name()))?;
                    let sound = draft.sound(today).map_err(|fault| format!("{}: {fault}", line.name()))?;
                    Ok((line, sound))
                });
                let (line, sound) = match read {
                    Ok(read) => read,
                    Err(fault) => {
                        outcome.failures.push(format!("event {}: {fault}", n + 1));
                        continue;
                    }
                };
                let dyad = bilat_core::Dyad::new(sound.initiator, sound.target)
                    .expect("a sound event has two sides");
                if pairs.insert(dyad) {
                    known.extend(lines(tx, &event::list(tx, dyad, &bilat_core::Period::default())?)?);
                }
                let mut evidence = Vec::new();
                let mut kept = Vec::new();
                for key in &line.evidence {
                    match key.parse().ok().map(|key| event::evidence_of_key(tx, &key)) {
                        Some(Ok(piece)) => {
                            evidence.push(piece);
                            kept.push(key.clone());
                        }
                        _ => outcome.failures.push(format!(
                            "event {}: {}: no record here has the cite key {key}; entered without it",
                            n + 1,
                            line.name()
                        )),
                    }
                }
                kept.sort_unstable();
                let own = Line {
                    initiator: sound.initiator.code().to_owned(),
                    target: sound.target.code().to_owned(),
                    plover: sound.plover.name().to_owned(),
                    date: sound.date.as_ref().map_or(String::new(), ToString::to_string),
                    status: sound.status.name().to_owned(),
                    summary: sound.summary.clone(),
                    evidence: kept,
                };
                if !known.insert(own) {
                    outcome.known += 1;
                    continue;
                }
                event::insert(tx, &sound, &evidence, &now)?;
                outcome.entered += 1;
            }
            Ok(outcome)
        })
        .await
    }
}

/// The days that are watched as a calendar, and how many they are; indicators have none.
pub(crate) fn calendar_of(watches: &[bilat_core::Watch], now: &str) -> (String, u32) {
    let entries: Vec<_> = watches
        .iter()
        .filter(|watch| calendar::days(watch.date.as_ref()).is_some())
        .map(|watch| {
            let mut properties =
                vec![("UID", format!("watch-{}@bilat", watch.id)), ("DTSTAMP", calendar::stamp(now))];
            properties.extend(calendar::when(watch.date.as_ref()));
            properties.push(("SUMMARY", calendar::text(&watch.text)));
            ("VEVENT", properties)
        })
        .collect();
    (calendar::calendar(&entries), entries.len() as u32)
}

/// Events with the cite keys of their evidence, each list sorted.
fn lines(conn: &Connection, events: &[LedgerEvent]) -> bilat_store::Result<Vec<Line>> {
    let line = |event: &LedgerEvent| {
        let evidence = event::list_evidence(conn, event.id)?;
        let mut keys: Vec<_> = evidence.iter().map(|piece| piece.key.to_string()).collect();
        keys.sort_unstable();
        Ok(Line::new(event, keys))
    };
    events.iter().map(line).collect()
}

/// What a file is, by its name and, for JSON, by what stands in it.
fn guess(path: &str, text: &str) -> LedgerFormat {
    let extension =
        Path::new(path).extension().and_then(|end| end.to_str()).unwrap_or_default().to_lowercase();
    match extension.as_str() {
        "ics" => LedgerFormat::Ics,
        "json" if text.contains("\"start_date\"") || text.contains("\"bilat_aside\"") => {
            LedgerFormat::Timelinejs
        }
        "json" => LedgerFormat::Plover,
        _ => LedgerFormat::Csv,
    }
}

#[cfg(test)]
mod tests {
    use std::result::Result;

    use proptest::prelude::*;

    use super::*;

    fn any_line() -> impl Strategy<Value = Line> {
        let date = prop_oneof![
            Just(String::new()),
            "(-?[0-9]{4}|20[0-9]{2}-0[1-9]|19[0-9]{2}-1[0-2]-2[0-8])[?~%]?",
            "Y-?[1-9][0-9]{4}",
            "19[0-9]{2}/20[0-9]{2}-0[1-9]",
            Just("2022-02-24T05:50:00+03:00".to_owned()),
            Just("2022/..".to_owned()),
        ];
        let side = || proptest::sample::select(vec!["JP", "KZ", "EU"]);
        let plover = proptest::sample::select(bilat_core::Plover::ALL);
        let status = proptest::sample::select(bilat_core::EventStatus::ALL.to_vec());
        (
            side(),
            side(),
            plover,
            date,
            status,
            "\\PC{0,90}",
            proptest::collection::vec("[a-z]{3,8}-[a-z0-9]{2,8}", 0..3),
        )
            .prop_map(|(initiator, target, plover, date, status, summary, evidence)| Line {
                initiator: initiator.into(),
                target: target.into(),
                plover: plover.name().into(),
                date,
                status: status.name().into(),
                summary: bilat_core::normalise_spaces(&summary),
                evidence,
            })
    }

    proptest! {
        #[test]
        fn a_ledger_that_leaves_comes_back_the_same(lines in proptest::collection::vec(any_line(), 0..8)) {
            let same = |read: Result<Vec<Result<Line, String>>, String>| -> Vec<Line> {
                read.unwrap().into_iter().map(Result::unwrap).collect()
            };
            // TimelineJS puts aside what it could not place; the ledger has no order of its own.
            let sorted = |mut lines: Vec<Line>| {
                lines.sort_by_key(|line| format!("{line:?}"));
                lines
            };
            prop_assert_eq!(&same(table::read(&table::write(&lines))), &lines);
            prop_assert_eq!(&same(plover::read(&plover::write(&lines))), &lines);
            prop_assert_eq!(&same(calendar::read(&calendar::write(&lines, "2026-03-09T12:00:00Z"))), &lines);
            prop_assert_eq!(sorted(same(timeline_js::read(&timeline_js::write(&lines)))), sorted(lines));
        }
    }

    #[test]
    fn no_line_of_a_calendar_is_too_long() {
        let line = Line {
            initiator: "JP".into(),
            target: "KZ".into(),
            plover: "AGREE".into(),
            date: "2026-03".into(),
            status: "done".into(),
            summary: "договор ".repeat(40),
            evidence: vec![],
        };
        let calendar = calendar::write(&[line], "2026-03-09T12:00:00Z");
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
        assert!(calendar.contains("DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260401"));
    }

    #[test]
    fn a_cell_of_csv_is_never_a_formula() {
        let line = Line { summary: "=HYPERLINK(1)".into(), ..Line::default() };
        assert!(table::write(&[line]).contains(",'=HYPERLINK(1),"));
    }
}
