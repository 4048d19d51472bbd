//! What a person keeps beside a dossier, and what it lacks.

use bilat_core::{DossierNotes, Period, Question, Watch, lacks};
use bilat_store::{dossier, dossier_note as note};

use crate::ledger::calendar_of;
use crate::{
    AddWatch, AnswerQuestion, App, AskQuestion, Changed, EventsExported, ExportWatches, KeepWatch, Nothing,
    OfDyad, Result, WaiveGap,
};

impl App {
    /// Gaps, questions, the watch list, and what came since the last visit.
    pub(crate) async fn read_dossier_notes(&self, request: OfDyad) -> Result<DossierNotes> {
        let (dyad, today) = (request.dyad, self.today());
        self.read(move |conn| {
            let found = dossier::read(conn, dyad, &Period::default(), 1, today)?;
            Ok(DossierNotes {
                dyad,
                gaps: note::with_waivers(conn, dyad, lacks(&found, today))?,
                questions: note::questions(conn, dyad)?,
                watches: note::watches(conn, dyad)?,
                since_visit: note::since_visit(conn, dyad)?,
            })
        })
        .await
    }

    /// Notes that a person looked into the dossier: what comes from now on is new.
    pub(crate) async fn visit_dossier(&self, request: OfDyad) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Dossiers, move |tx| note::visit(tx, request.dyad, &now)).await?;
        Ok(Nothing {})
    }

    /// Waives a gap for a reason, or takes the waiver back.
    pub(crate) async fn waive_gap(&self, request: WaiveGap) -> Result<Nothing> {
        let now = self.now();
        let WaiveGap { dyad, gap, reason } = request;
        self.write(Changed::Dossiers, move |tx| note::waive(tx, dyad, &gap, reason.as_deref(), &now)).await?;
        Ok(Nothing {})
    }

    /// Writes a question down.
    pub(crate) async fn ask_question(&self, request: AskQuestion) -> Result<Vec<Question>> {
        let now = self.now();
        self.write(Changed::Dossiers, move |tx| {
            note::ask(tx, request.dyad, &request.text, &now)?;
            note::questions(tx, request.dyad)
        })
        .await
    }

    /// Says that a question is answered, or open again.
    pub(crate) async fn answer_question(&self, request: AnswerQuestion) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Dossiers, move |tx| note::answer(tx, request.id, request.answered, &now)).await?;
        Ok(Nothing {})
    }

    /// Begins to watch an indicator or a day.
    pub(crate) async fn add_watch(&self, request: AddWatch) -> Result<Watch> {
        let now = self.now();
        self.write(Changed::Dossiers, move |tx| {
            let id = note::watch(tx, request.dyad, &request.text, request.date.as_ref(), &now)?;
            Ok(Watch { id, text: request.text.trim().to_owned(), date: request.date })
        })
        .await
    }

    /// Stops watching, or begins again.
    pub(crate) async fn keep_watch(&self, request: KeepWatch) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Dossiers, move |tx| note::set_watched(tx, request.id, request.watched, &now))
            .await?;
        Ok(Nothing {})
    }

    /// Writes the days that are watched to a calendar file.
    pub(crate) async fn export_watches(&self, request: ExportWatches) -> Result<EventsExported> {
        let dyad = request.dyad;
        let watches = self.read(move |conn| note::watches(conn, dyad)).await?;
        let (text, events) = calendar_of(&watches, &self.now());
        crate::exporting::write_file(std::path::Path::new(&request.path), text.as_bytes())?;
        Ok(EventsExported { path: request.path, bytes: text.len() as u64, events })
    }
}
