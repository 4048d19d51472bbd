//! The dossier of a pair, for the window and the command line.

use bilat_brief::figure::{self, Frame};
use bilat_core::{Dossier, DossierHead};
use bilat_store::{dossier, event};

use crate::{App, DossierFigure, DrawFigure, DrawnFigure, ReadDossier, Result};

impl App {
    /// The first screen of a dossier.
    ///
    /// # Errors
    /// `bad_input` when the period ends before it begins.
    pub async fn read_dossier_head(&self, request: ReadDossier) -> Result<DossierHead> {
        self.read(move |conn| dossier::head(conn, request.dyad, &request.period)).await
    }

    /// A dossier.
    ///
    /// # Errors
    /// `bad_input` when the period ends before it begins.
    pub async fn read_dossier(&self, request: ReadDossier) -> Result<Dossier> {
        let (today, latest) = (self.today(), request.latest.unwrap_or_default() as usize);
        self.read(move |conn| dossier::read(conn, request.dyad, &request.period, latest, today)).await
    }

    /// Draws a figure of a dossier.
    ///
    /// # Errors
    /// `bad_input` when the period ends before it begins.
    pub async fn draw_figure(&self, request: DrawFigure) -> Result<DrawnFigure> {
        let DrawFigure { dyad, period, figure, width, window } = request;
        if figure == DossierFigure::Timeline {
            let read = move |conn: &bilat_store::Connection| {
                Ok((dossier::sides(conn, dyad)?, event::list(conn, dyad, &period)?))
            };
            let ((left, right, _), ledger) = self.read(read).await?;
            let shown = figure::timeline(Frame { left, right, width }, &ledger, window);
            return Ok(DrawnFigure {
                figure: shown.figure,
                window: Some(shown.window),
                plot: Some(shown.plot),
            });
        }
        let today = self.today();
        let found = self.read(move |conn| dossier::read(conn, dyad, &period, 1, today)).await?;
        let frame = Frame { left: found.head.left.side, right: found.head.right.side, width };
        let figure = match figure {
            DossierFigure::Acts => figure::acts(frame, &found.acts),
            _ => figure::tone(frame, &found.tone),
        };
        Ok(DrawnFigure { figure, window: None, plot: None })
    }
}
