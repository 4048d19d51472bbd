//! Suggestions: what Bilat found by itself, until a person decides.
//!
//! Accepting one makes a record of another kind; the suggestion only points at it. What was rejected
//! once is not suggested again, on no later snapshot either.

use bilat_core::{
    Actor, AnnotationId, ArticleId, CodePoints, Dyad, SnapshotId, Span, Suggested, Suggestion, SuggestionId,
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{annotation, event, log, row, search, snapshot};

/// Something to suggest.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSuggestion {
    /// How sure Bilat is, 0 to 1.
    pub confidence: f32,
    /// What is suggested.
    pub what: Suggested,
}

/// Replaces the open suggestions of the article of `on` by `new`, leaving out what a person has already
/// decided.
///
/// # Errors
/// [`Error::NotFound`].
pub fn replace_open(conn: &Connection, on: SnapshotId, new: &[NewSuggestion]) -> Result<()> {
    let article = conn
        .prepare_cached("SELECT article FROM snapshot WHERE id = ?1")?
        .query_row([on.0], |row| row.get(0).map(ArticleId))
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", on))?;
    let text = snapshot::read(conn, on)?.text;
    let text = CodePoints::new(&text);
    conn.prepare_cached("DELETE FROM suggestion WHERE article = ?1 AND state = 'open'")?
        .execute([article.0])?;
    let mut known =
        conn.prepare_cached("SELECT 1 FROM suggestion WHERE article = ?1 AND kind = ?2 AND likeness = ?3")?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO suggestion (article, snapshot, kind, body, likeness, start, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for suggestion in new {
        let (kind, likeness, start) = likeness(&text, &suggestion.what);
        // Decided before, or twice in one batch.
        if !known.exists((article.0, kind, &likeness))? {
            let body = row::to_json(&suggestion.what);
            insert.execute((article.0, on.0, kind, body, likeness, start, suggestion.confidence))?;
        }
    }
    search::index::refresh(conn, article)
}

/// The kind of a suggestion, what makes two of them the same, and where it starts.
fn likeness(text: &CodePoints<'_>, what: &Suggested) -> (&'static str, String, u32) {
    let words = |span: &Span| text.slice(*span);
    match what {
        Suggested::Statement { spans, .. } => {
            let said = spans.iter().map(words).collect::<Vec<_>>().join(crate::annotation::GAP);
            ("statement", said, spans.first().map_or(0, |span| span.start))
        }
        Suggested::Dyad { dyad, .. } => ("dyad", dyad.to_string(), 0),
        Suggested::Country { country, spans, .. } => {
            ("country", country.to_string(), spans.first().map_or(0, |span| span.start))
        }
        Suggested::Date { span, date } => ("date", format!("{} {date}", words(span)), span.start),
        Suggested::Event { span, initiator, target, plover, .. } => {
            ("event", format!("{} {initiator} {target} {plover}", words(span)), span.start)
        }
    }
}

/// Whether a person has decided on a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionState {
    /// Nobody has.
    Open,
    /// It became a record.
    Accepted,
    /// It was turned down.
    Rejected,
}

/// A suggestion, its article and its state.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: SuggestionId) -> Result<(Suggestion, ArticleId, SuggestionState)> {
    conn.prepare_cached(
        "SELECT id, snapshot, confidence, body, article, state FROM suggestion WHERE id = ?1",
    )?
    .query_row([id.0], |row| {
        let state = match row.get_ref(5)?.as_str()? {
            "open" => SuggestionState::Open,
            "accepted" => SuggestionState::Accepted,
            _ => SuggestionState::Rejected,
        };
        Ok((suggestion(row)?, ArticleId(row.get(4)?), state))
    })
    .optional()?
    .ok_or_else(|| Error::not_found("suggestion", id))
}

fn suggestion(row: &Row<'_>) -> rusqlite::Result<Suggestion> {
    Ok(Suggestion {
        id: SuggestionId(row.get(0)?),
        snapshot: SnapshotId(row.get(1)?),
        confidence: row.get(2)?,
        what: row::json(row, 3)?,
    })
}

/// The open suggestions of `article`, in the order of the text.
///
/// # Errors
/// When the library cannot be read.
pub fn list_open(conn: &Connection, article: ArticleId) -> Result<Vec<Suggestion>> {
    let mut query = conn.prepare_cached(
        "SELECT id, snapshot, confidence, body FROM suggestion WHERE article = ?1 AND state = 'open'
         ORDER BY start, confidence DESC, id",
    )?;
    let rows = query.query_map([article.0], suggestion)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The record that an accepted suggestion became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptedAs {
    /// An annotation with its statement.
    Annotation(AnnotationId),
    /// A confirmed country of the article.
    Country(Actor),
    /// Nothing of its own: a date that is right where it stands.
    Itself,
}

/// Marks an open suggestion as accepted and points it at what it became, which the caller makes first.
/// A country is confirmed here, and an event entered into the ledger, borne out by the annotation; a pair is accepted by [`crate::article::confirm_dyad`].
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is not open.
pub fn accept(conn: &Connection, id: SuggestionId, became: AcceptedAs, now: &str) -> Result<()> {
    let (annotation, country) = match became {
        AcceptedAs::Annotation(id) => (Some(id.0), None),
        AcceptedAs::Country(country) => (None, Some(country.code())),
        AcceptedAs::Itself => (None, None),
    };
    let article = decide(conn, id, "accepted", now)?;
    if let AcceptedAs::Annotation(mark) = became {
        event::accept(conn, id, &read(conn, id)?.0.what, article, mark, now)?;
    }
    conn.prepare_cached(
        "UPDATE suggestion SET accepted_annotation = ?2, accepted_country = ?3 WHERE id = ?1",
    )?
    .execute((id.0, annotation, country))?;
    if let Some(country) = country {
        conn.prepare_cached(
            "INSERT OR IGNORE INTO article_country (article, country, confirmed_at) VALUES (?1, ?2, ?3)",
        )?
        .execute((article.0, country, now))?;
    }
    search::index::refresh(conn, article)
}

/// Turns an open suggestion down.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is not open.
pub fn reject(conn: &Connection, id: SuggestionId, now: &str) -> Result<()> {
    let article = decide(conn, id, "rejected", now)?;
    search::index::refresh(conn, article)
}

/// Takes a decision back, with what came of it: the suggestion is open again, the annotation it became is
/// deleted, the pair or country is no longer confirmed. The suggestion still points at that annotation, so
/// that accepting it again brings back the same record under the same cite key; see [`former`].
///
/// # Errors
/// [`Error::NotFound`].
pub fn reopen(conn: &Connection, id: SuggestionId, now: &str) -> Result<()> {
    let (found, article, _) = read(conn, id)?;
    if let Some(made) = former(conn, id)? {
        annotation::delete(conn, made, now)?;
    }
    event::reopen(conn, id, now)?;
    if let Suggested::Dyad { dyad, .. } = found.what {
        conn.prepare_cached("DELETE FROM article_dyad WHERE article = ?1 AND dyad = ?2")?
            .execute((article.0, dyad.to_string()))?;
    }
    conn.prepare_cached(
        "DELETE FROM article_country WHERE article = ?1
            AND country = (SELECT accepted_country FROM suggestion WHERE id = ?2)",
    )?
    .execute((article.0, id.0))?;
    conn.prepare_cached(
        "UPDATE suggestion SET state = 'open', decided_at = NULL, accepted_dyad = NULL, accepted_country = NULL
         WHERE id = ?1",
    )?
    .execute([id.0])?;
    search::index::refresh(conn, article)?;
    log::append(conn, now, "suggestion reopened", &format!("suggestion {id}"), &json!({ "article": article }))
}

/// The annotation that a suggestion is, or was before it was reopened.
///
/// # Errors
/// When the library cannot be read.
pub fn former(conn: &Connection, id: SuggestionId) -> Result<Option<AnnotationId>> {
    let found = conn
        .prepare_cached("SELECT accepted_annotation FROM suggestion WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    Ok(found.flatten().map(AnnotationId))
}

/// The suggestion of `dyad` on `article`, decided or not.
pub(crate) fn of_dyad(conn: &Connection, article: ArticleId, dyad: Dyad) -> Result<Option<SuggestionId>> {
    let mut query = conn
        .prepare_cached("SELECT id FROM suggestion WHERE article = ?1 AND kind = 'dyad' AND likeness = ?2")?;
    Ok(query.query_row((article.0, dyad.to_string()), |row| row.get(0)).optional()?.map(SuggestionId))
}

fn decide(conn: &Connection, id: SuggestionId, state: &str, now: &str) -> Result<ArticleId> {
    let (_, article, was) = read(conn, id)?;
    if was != SuggestionState::Open {
        return Err(Error::Invalid(format!("suggestion {id} was decided already; reopen it first")));
    }
    conn.prepare_cached("UPDATE suggestion SET state = ?2, decided_at = ?3 WHERE id = ?1")?
        .execute((id.0, state, now))?;
    log::append(
        conn,
        now,
        &format!("suggestion {state}"),
        &format!("suggestion {id}"),
        &json!({ "article": article }),
    )?;
    Ok(article)
}

/// Decides the open suggestion of `dyad` on `article`, if there is one, as its confirmation or removal says.
pub(crate) fn decide_dyad(
    conn: &Connection,
    article: ArticleId,
    dyad: Dyad,
    accepted: bool,
    now: &str,
) -> Result<()> {
    let name = dyad.to_string();
    let state = if accepted { "accepted" } else { "rejected" };
    // An acceptance that is taken back becomes a rejection, so that it is not suggested again.
    conn.prepare_cached(
        "UPDATE suggestion SET state = ?3, decided_at = ?4, accepted_dyad = ?5
         WHERE article = ?1 AND kind = 'dyad' AND likeness = ?2",
    )?
    .execute((article.0, &name, state, now, accepted.then_some(&name)))?;
    Ok(())
}

#[cfg(test)]
mod tests {

    use bilat_core::Mode;

    use super::*;
    use crate::article;
    use crate::desk::{Desk, NOW};

    fn dyad(code: &str, score: f32) -> NewSuggestion {
        NewSuggestion { confidence: score, what: Suggested::Dyad { dyad: code.parse().unwrap(), score } }
    }

    fn said(start: u32, end: u32) -> NewSuggestion {
        let what = Suggested::Statement {
            spans: vec![Span::new(start, end)],
            mode: Mode::Direct,
            named: None,
            speaker: Some("Ilya Morev".into()),
            role: None,
            country: None,
            said_on: None,
        };
        NewSuggestion { confidence: 0.8, what }
    }

    fn suggest(desk: &Desk, id: ArticleId, new: Vec<NewSuggestion>) -> Vec<Suggestion> {
        desk.write(move |tx| {
            let on = article::snapshot_text(tx, id)?.id;
            replace_open(tx, on, &new)
        });
        desk.read(|conn| list_open(conn, id))
    }

    #[test]
    fn what_was_decided_is_not_suggested_again() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact.", "2031-05-02");
        let new = || vec![said(6, 22), dyad("US-RU", 0.9), dyad("FR-DE", 0.2), dyad("FR-DE", 0.2)];
        let open = suggest(&desk, id, new());
        assert_eq!(open.len(), 3);
        let found = desk.read(|conn| article::read(conn, id)).unwrap();
        assert_eq!(found.suggested_dyads, ["RU-US".parse().unwrap(), "DE-FR".parse().unwrap()]);
        let statement = open.iter().find(|s| matches!(s.what, Suggested::Statement { .. })).unwrap().id;
        desk.write(move |tx| {
            reject(tx, statement, NOW)?;
            article::confirm_dyad(tx, id, "US-RU".parse().unwrap(), NOW)
        });
        desk.reclip(id, "Pact", "Later: We signed a pact.");
        let again = suggest(&desk, id, vec![said(13, 29), dyad("US-RU", 0.9), dyad("FR-DE", 0.2)]);
        assert_eq!(again.len(), 1, "only DE-FR is still open: {again:?}");
        let found = desk.read(|conn| article::read(conn, id)).unwrap();
        assert_eq!((found.dyads.len(), found.suggested_dyads.len()), (1, 1));
        desk.write(move |tx| reopen(tx, statement, NOW));
        assert_eq!(desk.read(|conn| list_open(conn, id)).len(), 2);
    }

    #[test]
    fn an_accepted_suggestion_points_at_what_it_became_and_stays_its_own_row() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact.", "2031-05-02");
        let open = suggest(&desk, id, vec![said(6, 22)]);
        let (which, mark) = (open[0].id, desk.mark(id, "We signed a pact", "", None));
        desk.write(move |tx| accept(tx, which, AcceptedAs::Annotation(mark), NOW));
        assert_eq!(desk.read(|conn| read(conn, which)).2, SuggestionState::Accepted);
        let twice = desk.store.write_blocking(move |tx| accept(tx, which, AcceptedAs::Annotation(mark), NOW));
        assert_eq!(twice.unwrap_err().to_string(), "suggestion 1 was decided already; reopen it first");
    }

    #[test]
    fn an_acceptance_that_is_taken_back_leaves_what_was_there_before() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact.", "2031-05-02");
        let country = Suggested::Country { country: "FR".parse().unwrap(), score: 0.9, spans: vec![] };
        let open = suggest(&desk, id, vec![said(6, 22), NewSuggestion { confidence: 0.9, what: country }]);
        let draft = bilat_core::StatementDraft { speaker: Some("Ilya Morev".into()), ..Default::default() };
        let mark = desk.mark(id, "We signed a pact", "", Some(draft));
        let (country, statement) = (open[0].id, open[1].id);
        desk.write(move |tx| {
            accept(tx, country, AcceptedAs::Country("FR".parse().unwrap()), NOW)?;
            accept(tx, statement, AcceptedAs::Annotation(mark), NOW)
        });
        let confirmed = || -> i64 {
            desk.read(
                |conn| Ok(conn.query_row("SELECT count(*) FROM article_country", [], |row| row.get(0))?),
            )
        };
        assert_eq!((confirmed(), desk.read(crate::statement::count)), (1, 1));
        desk.write(move |tx| {
            reopen(tx, country, NOW)?;
            reopen(tx, statement, NOW)
        });
        assert_eq!((confirmed(), desk.read(crate::statement::count)), (0, 0));
        assert_eq!(desk.read(|conn| list_open(conn, id)), open);
        assert_eq!(desk.read(|conn| former(conn, statement)), Some(mark));
    }

    #[test]
    fn a_suggested_pair_counts_for_lists_until_it_is_removed() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact.", "2031-05-02");
        let pair: Dyad = "US-RU".parse().unwrap();
        suggest(&desk, id, vec![dyad("US-RU", 0.9)]);
        let filter = article::ArticleFilter { pair: Some(pair), limit: 9, ..Default::default() };
        let rows = desk.read(|conn| article::list(conn, &filter)).1;
        assert_eq!((rows[0].dyads.as_slice(), rows[0].confirmed_dyads), ([pair].as_slice(), 0));
        assert!(!desk.read(crate::pair::list)[0].followed);
        desk.write(move |tx| {
            crate::pair::follow(tx, pair.b(), pair.a(), NOW)?;
            article::remove_dyad(tx, id, pair, NOW)
        });
        assert_eq!(desk.read(|conn| article::list(conn, &filter)).0, 0);
        let row = desk.read(crate::pair::list).remove(0);
        assert_eq!((row.followed, row.left, row.right, row.articles), (true, pair.b(), pair.a(), 0));
    }
}
